// fuzz_where.c - any condition: told what was expected, or it is an answer, also
// together with its opposite: no event is in both, none is in neither.
// SPDX-License-Identifier: Apache-2.0
#include "asked.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t count_of(const char *where) {
  StoreHits hits;
  BedeError err;
  if (store_find(store, &(StoreQuery){.where = where}, &hits, &err))
    abort();
  free(hits.items);
  return hits.count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena = {0};
  BedeError err = {0};
  if (!store)
    open_store();
  const char *where = arena_copy(&arena, (Str){(const char *)data, MIN(size, 1500)});
  if (store_where(where, &err)) {
    if (strncmp(err.message, "--where: ", 9))
      abort();
  } else {
    const char *opposite = arena_print(&arena, "not (%s)", where).at;
    uint32_t all = count_of("not sentence = 99");
    if (!store_where(opposite, &err) && count_of(where) + count_of(opposite) != all)
      abort();
  }
  arena_free(&arena);
  return 0;
}
