// dump.h - the content of a store as text, to compare two of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

// All rows of all tables and views in a fixed order; of runs, all but the time
// of day. malloc'ed.
static inline char *store_dump(const char *path) {
  static const char *const tables[] = {
      "documents", "codings", "sentences",  "actors", "times",   "places", "figures",
      "speeches",  "events",  "event_uses", "derived", "traces", "evidence", "event_list",
      "signs",     "document_links", "document_stories", "tellings", "event_stories",
      "sides",     "totals",        "ledger", "document_days, (SELECT 0)"};
  sqlite3 *db;
  sqlite3_stmt *s;
  Out out = {0};
  out_text(&out, "");
  if (sqlite3_open(path, &db))
    abort();
  for (size_t i = 0; i <= COUNT(tables); i++) {
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2, 3", i < COUNT(tables) ? tables[i] : "");
    if (sqlite3_prepare_v2(db,
                           i < COUNT(tables) ? sql
                                             : "SELECT key, program, data, options, "
                                               "finished IS NULL FROM runs ORDER BY 1",
                           -1, &s, NULL))
      abort();
    while (sqlite3_step(s) == SQLITE_ROW) {
      for (int k = 0; k < sqlite3_column_count(s); k++) {
        out_bytes(&out, sqlite3_column_blob(s, k), (size_t)sqlite3_column_bytes(s, k));
        out_char(&out, '|');
      }
      out_char(&out, '\n');
    }
    sqlite3_finalize(s);
  }
  sqlite3_close(db);
  return out.at;
}
