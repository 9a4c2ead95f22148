// document.h - what fuzz targets of documents share: the knowledge, and what must
// hold of a document in the end.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/utf8.h"
#include "model/model.h"
#include "split/split.h"
#include <stdio.h>
#include <stdlib.h>

static inline const BedeModel *fuzz_model(void) { // opened once
  static BedeModel *model;
  BedeError err = {0};
  const char *path = getenv("BEDE_DATA");
  if (!model && bede_model_open(path ? path : "data/en", &model, &err)) {
    fprintf(stderr, "%s\n", err.message);
    abort();
  }
  return model;
}

static inline void fuzz_check(const BedeDoc *doc) {
  const char *bad = doc_check(doc);
  if (bad) {
    fprintf(stderr, "%s\n", bad);
    abort();
  }
}

// Of a document that was read: as it is, split, and freed. NULL: it was refused.
static inline void fuzz_take(BedeDoc *doc) {
  if (!doc)
    return;
  split_sentences(doc, fuzz_model());
  fuzz_check(doc);
  if (utf8_invalid(doc->text) < doc->text.len) {
    fprintf(stderr, "the text is no UTF-8\n");
    abort();
  }
  doc_free(doc);
}
