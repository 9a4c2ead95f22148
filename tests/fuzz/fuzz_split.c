// fuzz_split.c - any bytes as text of a document, cut into sentences and tokens.
// SPDX-License-Identifier: Apache-2.0
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
  BedeDoc *doc = doc_new();
  doc->text = arena_str(&doc->arena, (Str){(const char *)data, size});
  if (size > 2) // a dateline anywhere
    doc->frame.dateline = (Span){data[0] % size, MAX(data[0], data[1]) % size};
  split_sentences(doc, model);
  const char *bad = doc_check(doc);
  if (bad) {
    fprintf(stderr, "%s\n", bad);
    abort();
  }
  doc_free(doc);
  return 0;
}
