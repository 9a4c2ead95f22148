// places.h - what places.c finds and placing.c places.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "mention/internal.h"

typedef struct PlaceFound PlaceFound;
struct PlaceFound {
  uint32_t first, count;   // tokens
  uint32_t name;           // index in Gazetteer.names; 0: not in the gazetteer
  const PlaceEntry *entry; // set by choose_places where it has a name
  float sure;              // set by choose_places: the chosen place's share of all of the name
  bool silent;             // part of a body's name: it votes, and is no place
};

// Chooses, for each name, one of its places.
void choose_places(const BedeDoc *doc, const Gazetteer *gazetteer, Arena *arena,
                   PlaceFound *found, uint32_t count);
