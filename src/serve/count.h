// count.h - rows counted: by time, by pair of actors, by actor, by place.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "serve/request.h"

typedef struct Bin Bin;
struct Bin {
  int32_t first, last; // days
  uint32_t quads[4];
  int64_t goldstein;   // sum, in tenths
};

typedef struct Series Series;
struct Series {
  Unit unit;
  Bin *bins;
  uint32_t count;
  uint32_t *breaks, break_count; // bins that begin another level of events
  uint32_t before, after; // events outside of the time shown
  uint32_t vague;         // dated less precisely than the unit
  uint32_t undated;
};

// Without from and until, the time that nearly all events lie in: a lone "since
// 1841" makes no empty century.
Series count_series(const Columns *columns, Rows rows, const RowFilter *filter, Unit unit,
                    Arena *arena);

typedef struct Tally Tally; // of a code, a pair of codes, a place, a name
struct Tally {
  uint32_t a, b;       // indexes of codes (or of places, agencies: then a alone)
  uint32_t quads[4], count;
  int64_t goldstein;
};

typedef struct Tallies Tallies; // the most frequent first
struct Tallies {
  Tally *items;
  uint32_t count;
};

// Of actors with a code; what both sides of one code do counts once.
Tallies count_actors(const Columns *columns, Rows rows, Arena *arena);
// Undirected, a < b; only of two codes.
Tallies count_pairs(const Columns *columns, Rows rows, Arena *arena);
// Directed, a does to b; what is mutual counts both ways.
Tallies count_directed(const Columns *columns, Rows rows, Arena *arena);
Tallies count_places(const Columns *columns, Rows rows, Arena *arena);
Tallies count_agencies(const Columns *columns, Rows rows, Arena *arena);
// The names that an actor code goes by: a is an index of actors.
Tallies count_names(const Columns *columns, Rows rows, const char *code, Arena *arena);

typedef struct Totals Totals;
struct Totals {
  uint32_t types[EVENT_TYPES], statuses[STATUS_COUNT], quads[4];
};
Totals count_totals(const Columns *columns, Rows rows);
