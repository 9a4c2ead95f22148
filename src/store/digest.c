// digest.c - what a store and an answer of it are, as numbers that tell whether
// another is the same.
// SPDX-License-Identifier: Apache-2.0
#include "store/internal.h"
#include <stdio.h>
#include <stdlib.h>

BedeStatus store_digest(Store *store, StoreDigest *out, BedeError *err) {
  sqlite3_stmt *s;
  *out = (StoreDigest){0};
  BedeStatus status = QUERY(store, err, &s, "SELECT id, hash FROM documents WHERE current ORDER BY id");
  while (!status && store_row(store, s, &status, err)) {
    Str id = row_text(s, 0), hash;
    out->documents++;
    out->hash = hash_bytes(id.at, id.len, out->hash + id.len);
    hash = row_text(s, 1);
    out->hash = hash_bytes(hash.at, hash.len, out->hash);
  }
  if (!status)
    status = QUERY(store, err, &s,
                   "SELECT r.program, r.data, count(*), min(d.date), max(d.date) FROM documents d "
                   "JOIN runs r ON r.key = d.run WHERE d.current GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2");
  while (!status && store_row(store, s, &status, err)) {
    Str first = row_text(s, 3), last = row_text(s, 4);
    if (first.len && (!*out->first || str_compare(first, str_of(out->first)) < 0))
      snprintf(out->first, sizeof out->first, "%.*s", STR_ARG(first));
    if (str_compare(last, str_of(out->last)) > 0)
      snprintf(out->last, sizeof out->last, "%.*s", STR_ARG(last));
    if (out->version_count == COUNT(out->versions))
      continue;
    StoreVersion *v = &out->versions[out->version_count++];
    snprintf(v->program, sizeof v->program, "%.*s", STR_ARG(row_text(s, 0)));
    snprintf(v->data, sizeof v->data, "%.*s", STR_ARG(row_text(s, 1)));
    v->documents = sqlite3_column_int64(s, 2);
  }
  return status;
}

static int by_number(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

BedeStatus store_answer(Store *store, const StoreHits *hits, StoreAnswer *out, BedeError *err) {
  Arena arena = {0};
  uint64_t *stories = arena_alloc(&arena, (hits->count + 1) * sizeof *stories);
  double goldstein = 0;
  BedeStatus status = BEDE_OK;
  *out = (StoreAnswer){.events = hits->count};
  for (uint32_t i = 0; !status && i < hits->count; i++) {
    sqlite3_stmt *s;
    status = QUERY(store, err, &s,
                   "SELECT e.id, e.type, e.status, e.day, coalesce(k.story, e.id), e.goldstein "
                   "FROM events e LEFT JOIN event_stories k ON k.event = e.key "
                   "WHERE e.document = ? AND e.number = ?",
                   I(hits->items[i].document), I(hits->items[i].event));
    while (!status && store_row(store, s, &status, err)) {
      for (int column = 0; column < 5; column++) {
        Str text = row_text(s, column);
        out->hash = hash_bytes(text.at, text.len, out->hash + text.len);
      }
      stories[i] = hash_str(row_text(s, 4));
      goldstein += sqlite3_column_double(s, 5);
    }
  }
  qsort(stories, hits->count, sizeof *stories, by_number);
  for (uint32_t i = 0; i < hits->count; i++)
    out->stories += !i || stories[i] != stories[i - 1];
  out->goldstein = hits->count ? goldstein / hits->count : 0;
  arena_free(&arena);
  return status;
}
