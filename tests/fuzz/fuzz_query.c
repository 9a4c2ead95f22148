// fuzz_query.c - any words in the fields of a question to a store: an answer or
// an error, and the store as it was.
// SPDX-License-Identifier: Apache-2.0
#include "../unit/made.h"
#include "store/store.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Store *store;

static void open_store(void) {
  static char path[64];
  BedeError err;
  StorePut put;
  snprintf(path, sizeof path, "/tmp/bede-fuzz-query-%d.db", (int)getpid());
  unlink(path);
  if (store_open(path, STORE_WRITE, &store, &err) ||
      store_begin(store, &(StoreRun){"1.0", "a", "x", NULL}, &err))
    abort();
  for (uint64_t i = 0; i < 3; i++) {
    char id[4] = {'d', (char)('0' + i), 0};
    BedeDoc *doc = made_doc(id, i << 8);
    if (store_put(store, doc, &put, &err))
      abort();
    doc_free(doc);
  }
  if (store_finish(store, &err))
    abort();
  unlink(path); // it lives as long as it is open
}

// The next field of the input, up to a line's end; NULL where it is empty.
static const char *next_field(Arena *arena, Str *rest) {
  Str field = str_cut(rest, '\n');
  for (size_t i = 0; i < field.len; i++)
    if (!field.at[i])
      field.len = i;
  return field.len ? arena_copy(arena, field) : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena = {0};
  Str rest = {(const char *)data, MIN(size, 2000)};
  StoreQuery q = {0};
  StoreHits hits = {0};
  StoreSeries series = {0};
  Pledges pledges = {0};
  BedeError err;
  if (!store)
    open_store();
  const char *flags = next_field(&arena, &rest);
  const char **fields[] = {&q.either, &q.other, &q.source, &q.target, &q.type, &q.status, &q.from,
                           &q.until, &q.words, &q.speaker, &q.place, &q.story, &q.id};
  for (size_t i = 0; i < COUNT(fields); i++)
    *fields[i] = next_field(&arena, &rest);
  if (!q.either)
    q.other = NULL;
  q.limit = flags ? (uint32_t)(flags[0] & 3) : 0;
  q.once = flags && flags[0] & 4;
  q.strongest = flags && flags[0] & 8 ? 2 : 0;
  if (!store_find(store, &q, &hits, &err))
    for (uint32_t i = 0; i < hits.count; i++) {
      BedeDoc *doc;
      if (store_load(store, hits.items[i].document, &doc, &err) || hits.items[i].event >= doc->events.count)
        abort();
      doc_free(doc);
    }
  if (!store_series(store, &q, flags ? (SeriesUnit)(flags[0] >> 4 & 3) : SERIES_MONTH, &series, &err))
    for (uint32_t i = 0; i < series.count; i++)
      if (series.rows[i].reports < 0)
        abort();
  if (store_pledges(store, &q, q.from, q.until, &pledges, &err))
    pledges.count = 0;
  StoreCounts counts;
  if (store_counts(store, &counts, &err) || counts.documents != 3 || counts.events != 6)
    abort();
  free(hits.items);
  free(series.rows);
  free(pledges.items);
  arena_free(&arena);
  return 0;
}
