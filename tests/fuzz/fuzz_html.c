// fuzz_html.c - any bytes as a web page.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
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
  Record record = {.kind = RECORD_PAGE, .bytes = {(const char *)data, size}, .place = "page"};
  BedeDoc *doc;
  for (int piece = 0; piece < 2; piece++) {
    record.kind = piece ? RECORD_PIECE : RECORD_PAGE;
    record_read(model, &record, &doc, &err);
    if (!doc)
      continue;
    split_sentences(doc, model);
    const char *bad = doc_check(doc);
    if (bad || utf8_invalid(doc->text) < doc->text.len) {
      fprintf(stderr, "%s\n", bad ? bad : "the text is no UTF-8");
      abort();
    }
    doc_free(doc);
  }
  return 0;
}
