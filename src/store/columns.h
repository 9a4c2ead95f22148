// columns.h - all events of a store as small rows in memory, for counting.
//
// A page with a million events counts them anew at every touch: by month, by
// pair of actors, by place, for any filter. Here each event is one row of fixed
// size, its actors, places and agencies indexes of short tables, so that a
// filter and a count are one pass over memory. What is read in full (sentences,
// evidence) stays in the store: Row.document and Row.number say where.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store/store.h"

enum { NO_DAY = INT32_MIN };
typedef enum Precision { PRECISION_NONE, PRECISION_YEAR, PRECISION_MONTH, PRECISION_DAY } Precision;
typedef enum RowFlag {
  ROW_MUTUAL = 1,
  ROW_PLEDGE = 2,
  ROW_REPORTED = 4, // has no date of its own: the day is the document's
} RowFlag;

typedef struct Row Row;
struct Row {
  int64_t document;        // key, for store_load
  uint32_t number;         // of the event in its document
  int32_t first, last;     // days since 1970-01-01, or NO_DAY
  uint32_t source, target; // indexes of actors; 0: nobody
  uint32_t place;          // index of places; 0: none told
  uint32_t agency;         // index of agencies; 0: none told
  uint8_t type, status, precision, flags;
  int8_t goldstein;        // tenths
  uint8_t confidence;      // hundredths
};

typedef struct RowActor RowActor;
struct RowActor {
  const char *code, *sector, *name; // "" where not known
  uint32_t codes;                   // index of its code
};

typedef struct RowPlace RowPlace;
struct RowPlace {
  const char *name, *country;
  double lat, lon;
  bool located; // lat, lon hold
};

// One more actor on a side of an event.
typedef struct RowBeside RowBeside;
struct RowBeside {
  uint32_t row, actor;
  bool target; // on the target's side
};

typedef struct Columns Columns;
struct Columns {
  Arena arena;
  int64_t documents;           // current ones
  Array(Row) rows;             // by first day, less precise before; then document, number
  Array(RowBeside) besides;
  Array(RowActor) actors;      // [0] is nobody
  Array(const char *) codes;   // [0] is ""
  Array(RowPlace) places;      // [0] is none
  Array(const char *) agencies; // [0] is ""
  struct WordIndex *index;
  // For each actor its rows, as row * 4 + sides: those of actor a are the items
  // from postings[a] to postings[a + 1].
  uint32_t *postings, *posted;
};

BedeStatus columns_load(Store *store, Columns **out, BedeError *err);
void columns_free(Columns *columns);

// A number that changes when another program has written to the file.
BedeStatus store_stamp(Store *store, int64_t *out, BedeError *err);

// What is asked for. Actors as in StoreQuery; zero and NULL ask for nothing.
typedef struct RowFilter RowFilter;
struct RowFilter {
  const char *actor, *other;   // one side is `actor`, the other side `other`
  const char *source, *target;
  const char *place, *agency;  // its name; of a place also the country's code
  const char *words;           // all of them in the sentence, each at a word's begin
  uint32_t types, statuses, quads; // bits
  int32_t from, until;         // days; 0, 0: all
  bool from_given, until_given;
};

typedef struct Rows Rows; // indexes of rows, in their order
struct Rows {
  uint32_t *items, count;
};
Rows columns_filter(const Columns *columns, const RowFilter *filter, Arena *arena);
// First and last day of a day that may be a month or a year.
int32_t day_first(Day day);
int32_t day_last(Day day);

// The key of the current version of the document with this id; 0: there is none.
BedeStatus store_current(Store *store, const char *id, int64_t *out, BedeError *err);
