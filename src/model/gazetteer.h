// gazetteer.h - names of places, with country and point.
//
// Made from data/en/places.tsv (own choice: what is well known) and towns.tsv
// (GeoNames' towns and divisions); the names of countries are those of
// data/en/actors/countries.tsv. A name may belong to several places ("Georgia");
// they hang together as a chain, countries first, then what is well known, then
// the most populous.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/phrase.h"

typedef enum PlaceKind { PLACE_COUNTRY, PLACE_CAPITAL, PLACE_CITY, PLACE_DIVISION, PLACE_REGION, PLACE_COUNTY, PLACE_TOWN, PLACE_KINDS } PlaceKind;

typedef struct PlaceEntry PlaceEntry;
struct PlaceEntry {
  Name32 name;         // canonical; "" for a country: its name is as written
  char country[4];     // ISO 3166-1 alpha-3, "" where it lies in several
  float lat, lon;      // degrees
  uint32_t geonames;   // 0 where unknown
  uint32_t population; // 0 where unknown
  uint32_t division;   // index of the first-level division it lies in, or NONE
  Name32 code;         // of a first-level division: GeoNames' ("IL")
  uint8_t kind;        // PlaceKind
  uint8_t known;       // 1: of places.tsv; the others need a witness in the text
  uint16_t unused;
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
// The first place of the chain that a slot of `phrases` names; NULL where the
// slot is NULL, only a prefix, or damaged.
static inline const PlaceEntry *gazetteer_first(const Gazetteer *g, const PhraseSlot *slot) {
  return slot && slot->value && slot->value < g->name_count ? &g->entries[g->names[slot->value].entry] : NULL;
}
