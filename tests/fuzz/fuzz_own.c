// fuzz_own.c - hostile text of a user's dictionary of actors: it is read or
// refused with a reason.
// SPDX-License-Identifier: Apache-2.0
#include "model/own.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/bede-own-XXXXXX";

static void clean(void) { unlink(path); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (str_ends(str_of(path), STR("XXXXXX"))) {
    int made = mkstemp(path);
    if (made < 0)
      abort();
    close(made);
    atexit(clean);
  }
  FILE *f = fopen(path, "wb");
  if (!f)
    abort();
  fwrite(data, 1, size, f);
  fclose(f);
  Arena arena = {0};
  OwnRows rows = {0};
  BedeError err = {0};
  if (own_read(path, &arena, &rows, &err)) {
    if (!err.message[0])
      abort(); // a failure says why
  } else {
    size_t sum = 0;
    for (uint32_t i = 0; i < rows.count; i++)
      sum += rows.items[i].code.len + rows.items[i].names.len;
    if (!rows.count || sum == SIZE_MAX)
      abort();
  }
  arena_free(&arena);
  return 0;
}
