// fuzz_query.c - any words in the fields of a question to a store: an answer or
// an error, and the store as it was.
// SPDX-License-Identifier: Apache-2.0
#include "asked.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
