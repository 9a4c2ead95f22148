#!/usr/bin/env python3
"""world.py - makes the files of data/world/ from Natural Earth's shapes.

    npm install world-atlas@2.0.2; pip install pycountry
    atlas=node_modules/world-atlas
    tools/world.py $atlas/countries-110m.json $atlas/countries-50m.json >data/world/countries.tsv
    tools/world.py $atlas/countries-50m.json >data/world/countries-50m.tsv

Natural Earth (public domain) comes in TopoJSON: arcs of differences
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


def shapes(path, digits):
    """Code and rings of each country, points rounded, none twice in a row."""
    topology = json.load(open(path, encoding="utf-8"))
    arcs = list(arcs_of(topology))
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = []
        for ring in (ring_of(ring, arcs) for polygon in polygons for ring in polygon):
            points = [f"{x:.{digits}f},{y:.{digits}f}" for x, y in ring]
            rings.append([p for i, p in enumerate(points) if i == 0 or p != points[i - 1]])
        yield code_of(shape), rings


def middle(ring):
    points = [tuple(map(float, p.split(","))) for p in ring]
    return f"{sum(p[0] for p in points) / len(points):.1f},{sum(p[1] for p in points) / len(points):.1f}"


def main():
    fine = "50m" in sys.argv[1]
    found = list(shapes(sys.argv[1], 2 if fine else 1))
    if len(sys.argv) > 2:  # states too small for this scale, as a point each
        known = {code for code, _ in found}
        found += [(code, [[middle(max(rings, key=len))]]) for code, rings in shapes(sys.argv[2], 2)
                  if code != "-" and code not in known]
    print(f"# {'countries-50m' if fine else 'countries'}.tsv - the shapes of countries, for the map.\n"
          f"# Source: Natural Earth 1:{'50m' if fine else '110m'} (naturalearthdata.com), public domain, by way of world-atlas 2.0.2\n"
          "# (npm) and tools/world.py, 2026-11-29. Borders are Natural Earth's, as they are held de facto.\n"
          "# Columns: ISO 3166-1 alpha-3 (- where it has none), rings of points parted by semicolons,\n"
          "# a point being longitude,latitude in degrees. A ring inside another is a hole; one of a\n"
          "# single point is a state too small to have a shape at this scale.")
    print("\n".join(sorted(f"{code}\t" + ";".join(" ".join(ring) for ring in rings) for code, rings in found)))


main()
