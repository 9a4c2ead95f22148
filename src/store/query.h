// query.h - how a question becomes SQL: shared by what finds and what counts.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store/internal.h"

// A query grows piece by piece, its values beside it.
typedef struct Sql Sql;
struct Sql {
  Out text;
  Value values[192]; // six for each side of each way, three for each of --where, and a few
  size_t count;
  bool walk; // events come by day, and are looked up among those with the words
};

void sql_ask(Sql *sql, const char *condition, Value value);
BedeStatus sql_prepare(Store *store, const Sql *sql, sqlite3_stmt **out, BedeError *err);
// "events e …", and what the question asks of e, beginning with AND.
void query_from(Sql *sql, const StoreQuery *query);
void query_conditions(Sql *sql, const StoreQuery *query, Arena *arena);
// Where a side is asked for: conditions on rows x of the table sides, which come
// by day from an index. rest: what they do not say. False where there is none.
bool query_drive(Sql *sql, const StoreQuery *query, Arena *arena, StoreQuery *rest);
bool query_is_empty(const StoreQuery *query); // it asks for nothing

// Pieces of it, for --where: that a row of sides is whom the spec means; and
// beginning with AND, what e's sentence, place and story must be.
void query_side(Sql *sql, const char *spec, Arena *arena);
void query_words(Sql *sql, const char *words, Arena *arena);
void query_place(Sql *sql, const char *place, Arena *arena);
void query_story(Sql *sql, const char *story);
// where.c: a condition on e. BEDE_USAGE and what was expected where it is none.
BedeStatus query_where(Sql *sql, const char *where, Arena *arena, BedeError *err);
