// told.c - reads stories.
// SPDX-License-Identifier: Apache-2.0
#include "store/told.h"
#include "store/internal.h"
#include <stdio.h>
#include <stdlib.h>

static BedeStatus take_hits(Store *store, sqlite3_stmt *s, StoreHits *out, BedeError *err) {
  BedeStatus status = BEDE_OK;
  *out = (StoreHits){.items = malloc(TOLD_LIMIT * sizeof *out->items)};
  if (!out->items)
    out_of_memory();
  while (store_row(store, s, &status, err))
    if (out->count < TOLD_LIMIT)
      out->items[out->count++] =
          (StoreHit){sqlite3_column_int64(s, 0), (uint32_t)sqlite3_column_int64(s, 1)};
  return status;
}

BedeStatus told_events(Store *store, const char *story, StoreHits *out, BedeError *err) {
  sqlite3_stmt *s;
  *out = (StoreHits){0};
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT e.document, e.number FROM event_stories s JOIN events e ON e.key = s.event "
            "JOIN documents d ON d.key = e.document AND d.current WHERE s.story = ? "
            "ORDER BY d.date, d.id, e.number LIMIT 200",
            T(str_of(story)));
  return status ? status : take_hits(store, s, out, err);
}

BedeStatus told_documents(Store *store, const char *story, StoreHits *out, BedeError *err) {
  sqlite3_stmt *s;
  *out = (StoreHits){0};
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT d.key, 4294967295 FROM document_stories s "
            "JOIN documents d ON d.key = s.document AND d.current WHERE s.story = ? "
            "ORDER BY d.date, d.id LIMIT 200",
            T(str_of(story)));
  return status ? status : take_hits(store, s, out, err);
}

BedeStatus told_by(Store *store, int64_t document, char out[17], BedeError *err) {
  sqlite3_stmt *s;
  out[0] = 0;
  BedeStatus status =
      QUERY(store, err, &s, "SELECT story FROM document_stories WHERE document = ?", I(document));
  while (!status && store_row(store, s, &status, err))
    snprintf(out, 17, "%.*s", (int)row_text(s, 0).len, row_text(s, 0).at);
  return status;
}

BedeStatus told_standing(Store *store, const char *story, char out[24], int64_t *independent,
                         BedeError *err) {
  sqlite3_stmt *s;
  out[0] = 0;
  *independent = 0;
  BedeStatus status = QUERY(store, err, &s, "SELECT standing, independent FROM stories WHERE story = ?",
                            T(str_of(story)));
  while (!status && store_row(store, s, &status, err)) {
    snprintf(out, 24, "%.*s", (int)row_text(s, 0).len, row_text(s, 0).at);
    *independent = sqlite3_column_int64(s, 1);
  }
  return status;
}
