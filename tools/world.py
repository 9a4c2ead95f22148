#!/usr/bin/env python3
"""world.py - makes data/world/countries.tsv from Natural Earth's shapes.

    npm install world-atlas@2.0.2; pip install pycountry
    tools/world.py node_modules/world-atlas/countries-110m.json >data/world/countries.tsv

Natural Earth (1:110m, public domain) comes in TopoJSON: arcs of differences
that neighbours share. Here each country gets its rings as plain points.
SPDX-License-Identifier: Apache-2.0
"""
import json
import sys

import pycountry

NAMES = {"Kosovo": "XKX", "N. Cyprus": "-", "Somaliland": "-"}


def arcs_of(topology):
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        yield points


def ring_of(indexes, arcs):
    ring = []
    for i in indexes:
        points = arcs[i] if i >= 0 else arcs[~i][::-1]
        ring += points[1:] if ring else points
    return ring


def code_of(shape):
    name = shape["properties"]["name"]
    if name in NAMES:
        return NAMES[name]
    country = pycountry.countries.get(numeric=shape.get("id", ""))
    return country.alpha_3 if country else "-"


def main():
    topology = json.load(open(sys.argv[1], encoding="utf-8"))
    arcs = list(arcs_of(topology))
    lines = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [ring_of(ring, arcs) for polygon in polygons for ring in polygon]
        text = ";".join(
            " ".join(f"{x:.1f},{y:.1f}" for x, y in ring) for ring in rings)
        lines.append(f"{code_of(shape)}\t{text}")
    print("# countries.tsv - the shapes of countries, for the map.\n"
          "# Source: Natural Earth 1:110m (naturalearthdata.com), public domain, by way of world-atlas 2.0.2\n"
          "# (npm) and tools/world.py, 2026-11-29. Borders are Natural Earth's, as they are held de facto.\n"
          "# Columns: ISO 3166-1 alpha-3 (- where it has none), rings of points parted by semicolons,\n"
          "# a point being longitude,latitude in degrees. A ring inside another is a hole.")
    print("\n".join(sorted(lines)))


main()
