// fuzz_split.c - any bytes as text of a document, cut into sentences and tokens.
// SPDX-License-Identifier: Apache-2.0
#include "document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  BedeDoc *doc = doc_new();
  doc->text = arena_str(&doc->arena, (Str){(const char *)data, size});
  if (size > 2) // a dateline anywhere
    doc->frame.dateline = (Span){data[0] % size, MAX(data[0], data[1]) % size};
  split_sentences(doc, fuzz_model());
  fuzz_check(doc);
  doc_free(doc);
  return 0;
}
