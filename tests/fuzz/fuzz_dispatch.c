// fuzz_dispatch.c - any bytes as a plain-text dispatch.
// SPDX-License-Identifier: Apache-2.0
#include "document.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  BedeError err = {0};
  for (int dispatch = 0; dispatch < 2; dispatch++) {
    BedeInput input = {.text = (const char *)data, .len = size, .dispatch = dispatch};
    BedeDoc *doc;
    if (!read_text(fuzz_model(), &input, &doc, &err))
      fuzz_take(doc);
  }
  return 0;
}
