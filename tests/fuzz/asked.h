// asked.h - a small store that fuzz targets put questions to.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "../unit/made.h"
#include "store/store.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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
