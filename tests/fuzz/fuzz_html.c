// fuzz_html.c - any bytes as a web page.
// SPDX-License-Identifier: Apache-2.0
#include "document.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  BedeError err = {0};
  Record record = {.kind = RECORD_PAGE, .bytes = {(const char *)data, size}, .place = "page"};
  BedeDoc *doc;
  for (int piece = 0; piece < 2; piece++) {
    record.kind = piece ? RECORD_PIECE : RECORD_PAGE;
    record_read(fuzz_model(), &record, &doc, &err);
    fuzz_take(doc);
  }
  return 0;
}
