// fuzz_dispatch.c - any bytes as a plain-text dispatch.
// SPDX-License-Identifier: Apache-2.0
#include "read/read.h"
#include "split/split.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static BedeModel *model; // opened once
  BedeError err = {0};
  const char *path = getenv("BEDE_DATA");
  if (!model && bede_model_open(path ? path : "data/en", &model, &err)) {
    fprintf(stderr, "%s\n", err.message);
    abort();
  }
  for (int dispatch = 0; dispatch < 2; dispatch++) {
    BedeInput input = {.text = (const char *)data, .len = size, .dispatch = dispatch};
    BedeDoc *doc;
    if (read_text(model, &input, &doc, &err))
      continue;
    split_sentences(doc, model);
    const char *bad = doc_check(doc);
    if (bad) {
      fprintf(stderr, "%s\n", bad);
      abort();
    }
    doc_free(doc);
  }
  return 0;
}
