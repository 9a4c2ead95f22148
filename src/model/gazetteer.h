// gazetteer.h - names of places, with country and point.
//
// Made from data/en/places.tsv; the names of countries are those of
// data/en/actors/countries.tsv. A name may belong to several places ("Georgia");
// they hang together as a chain, countries first, then the most populous.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/phrase.h"

typedef enum PlaceKind { PLACE_COUNTRY, PLACE_CAPITAL, PLACE_CITY, PLACE_DIVISION, PLACE_REGION, PLACE_KINDS } PlaceKind;

typedef struct PlaceEntry PlaceEntry;
struct PlaceEntry {
  Name32 name;         // canonical; "" for a country: its name is as written
  char country[4];     // ISO 3166-1 alpha-3, "" where it lies in several
  float lat, lon;      // degrees
  uint32_t geonames;   // 0 where unknown
  uint32_t population; // 0 where unknown
  uint32_t kind;       // PlaceKind
};

typedef struct PlaceName PlaceName; // one place of a name
struct PlaceName {
  uint32_t entry;
  uint32_t next; // the next place of this name, 0 at the end
};

typedef struct Gazetteer Gazetteer;
struct Gazetteer {
  const Image *image;
  Phrases phrases;         // words -> index of a PlaceName
  const PlaceEntry *entries;
  const PlaceName *names;  // [0] is nobody's
  uint32_t entry_count, name_count;
};

BedeStatus gazetteer_build(const char *folder, ImageWriter *writer, BedeError *err);
BedeStatus gazetteer_open(const Image *image, Gazetteer *out, BedeError *err);
// The country's own entry, or NULL.
const PlaceEntry *gazetteer_country(const Gazetteer *gazetteer, const char *code);
