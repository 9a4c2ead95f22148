// internal.h - what store.c and query.c share.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "record/record.h"
#include "store/store.h"
#include <sqlite3.h>

#define ACTOR_KIND_MAP(X)                                                      \
  X(NAME, "name") X(TITLED, "titled") X(COMMON, "common")                      \
  X(ADJECTIVE, "adjective") X(PRONOUN, "pronoun") X(GROUP, "group")

// A run of doc->members that an event names, and the role it has.
#define ROLE_MAP(X)                                                            \
  X(withs, with_count, "with") X(target_withs, target_with_count, "target with") \
  X(behalves, behalf_count, "behalf") X(times, time_count, "time")             \
  X(places, place_count, "place") X(figures, figure_count, "figure")

enum { STATEMENTS = 128 };

struct Store {
  char *path;
  sqlite3 *db;
  struct {
    const char *sql; // a literal: compared by what it says
    sqlite3_stmt *statement;
  } statements[STATEMENTS];
  int64_t run;      // key; 0: not written yet
  int64_t run_kept; // the same, as it was when last committed
  Arena arena;      // of the strings of run_said
  StoreRun run_said;
  uint64_t network; // version of the network of the run's model
  uint32_t batch;   // documents in the open transaction
  uint32_t places;  // and how often it was said how far a file was read
  bool merge;       // near-copies are stored once
};

// A value for a statement's next parameter.
typedef struct Value Value;
struct Value {
  char kind; // 'i' 'r' 't', 'b' for bytes; NULL else
  int64_t i;
  double r;
  Str t;
};
#define I(x) ((Value){.kind = 'i', .i = (int64_t)(x)})
#define R(x) ((Value){.kind = 'r', .r = (x)})
#define T(x) value_text(x)
#define NIL ((Value){0})
Value value_text(Str s); // NULL where it is empty

// Runs a statement that gives no rows. sql is prepared once.
#define RUN(store, err, sql, ...)                                              \
  store_run((store), (err), (sql), (const Value[]){{0}, ##__VA_ARGS__} + 1,    \
            sizeof((const Value[]){{0}, ##__VA_ARGS__}) / sizeof(Value) - 1)
BedeStatus store_run(Store *store, BedeError *err, const char *sql, const Value *values,
                     size_t count);
// A statement to step through with store_row.
#define QUERY(store, err, out, sql, ...)                                       \
  store_query((store), (err), (out), (sql), (const Value[]){{0}, ##__VA_ARGS__} + 1, \
              sizeof((const Value[]){{0}, ##__VA_ARGS__}) / sizeof(Value) - 1)
BedeStatus store_query(Store *store, BedeError *err, sqlite3_stmt **out, const char *sql,
                       const Value *values, size_t count);
// True while there is a row; at the end or on an error (*status) it resets.
bool store_row(Store *store, sqlite3_stmt *statement, BedeStatus *status, BedeError *err);
BedeStatus store_fail(Store *store, BedeError *err);

Str row_text(sqlite3_stmt *statement, int column); // until the next step
Day row_day(sqlite3_stmt *statement, int column);
// The hash of a document's text and frame.
void store_hash(const BedeDoc *doc, char out[17]);
void store_add_functions(Store *store); // query.c: words_in, draw

// A store in a file without a name, in one open transaction; for what is not kept.
BedeStatus store_open_temporary(Store **out, BedeError *err);

// ---- stories.c

// Takes a document and its events out of the stories: before it is coded again,
// and when it is no longer the current version.
BedeStatus story_drop(Store *store, int64_t document, BedeError *err);
BedeStatus story_put(Store *store, const BedeDoc *doc, int64_t document, BedeError *err);
// story: what it is as long as nothing else tells it.
BedeStatus story_put_event(Store *store, const BedeDoc *doc, uint32_t index, int64_t event,
                           char story[17], BedeError *err);
// Finds the stories of all that has changed, within the open transaction.
Sign sign_read(sqlite3_stmt *s, int column, Arena *arena);
BedeStatus story_find(Store *store, BedeError *err);

// Is it in the store as it stands, coded by this program with this data?
BedeStatus document_is_same(Store *store, const BedeDoc *doc, bool *out, BedeError *err);
// Takes all layers of a document out, before newer ones come in.
BedeStatus document_clear(Store *store, int64_t document, BedeError *err);
// It is the current version no more.
BedeStatus document_retire(Store *store, int64_t document, BedeError *err);

// ---- copies.c

typedef struct Placing Placing; // of a document among its near-copies
struct Placing {
  Arena arena;
  Fingerprint fingerprint;
  Array(int64_t) others; // documents that stand for what is alike to it
  int64_t first;         // the one of them that stands for it; 0: none, it does itself
  int64_t own;           // the current version of the same id; 0: none
  bool near;             // and that is alike to it
};
// Takes the current version of the same id out of what changes, too.
BedeStatus copies_place(Store *store, const BedeDoc *doc, const Fingerprint *f, Placing *out,
                        BedeError *err);
// The document goes where it was placed, before it is stored ...
BedeStatus copies_leave(Store *store, const BedeDoc *doc, const Placing *placing, BedeError *err);
// ... and then, with the key of its row, or with that which stands for it.
BedeStatus copies_join(Store *store, const BedeDoc *doc, const char *hash, const Placing *placing,
                       int64_t key, BedeError *err);

// ---- parsed.c

BedeStatus parsed_put(Store *store, const BedeDoc *doc, int64_t document, BedeError *err);
// Into a document with text and sentences; false where it is damaged.
bool parsed_read(BedeDoc *doc, const void *packed, size_t size);
// query.c: text, frame and sentences.
BedeStatus load_text(Store *store, BedeDoc *doc, int64_t key, BedeError *err);

// ---- sides.c: of events of current documents

BedeStatus sides_put(Store *store, const BedeDoc *doc, uint32_t index, int64_t event,
                     const char *story, BedeError *err);
// '@' and what stands for a place there, cut to 79 bytes.
Str side_of_place(Str place, bool country, char out[80]);
BedeStatus sides_drop(Store *store, int64_t document, BedeError *err);
