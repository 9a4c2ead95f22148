// asked.h - a small store that fuzz targets put questions to.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "../unit/made.h"
#include "store/store.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static Store *store;
static char store_path[64];

// The last to close a store takes its log with it.
static void close_store(void) {
  store_close(store);
  unlink(store_path);
}

static void open_store(void) {
  BedeError err;
  StorePut put;
  snprintf(store_path, sizeof store_path, "/tmp/bede-fuzz-query-%d.db", (int)getpid());
  unlink(store_path);
  if (store_open(store_path, STORE_WRITE, &store, &err) ||
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
  atexit(close_store);
}
