// fuzz_jsonl.c - any bytes as a file: JSON Lines, a dispatch, or neither.
// SPDX-License-Identifier: Apache-2.0
#include "read/read.h"
#include "split/split.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static BedeModel *model; // opened once
  BedeError err = {0};
  const char *path = getenv("BEDE_DATA");
  if (!model && bede_model_open(path ? path : "data/en", &model, &err)) {
    fprintf(stderr, "%s\n", err.message);
    abort();
  }
  int file = memfd_create("input", 0);
  char name[64];
  snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  if (file < 0 || write(file, data, size) != (ssize_t)size)
    abort();
  const char *inputs[] = {name};
  Reader *reader = reader_new(model, inputs, 1);
  BedeDoc *doc;
  while (reader_next(reader, &doc, &err)) {
    if (!doc)
      continue;
    split_sentences(doc, model);
    const char *bad = doc_check(doc);
    if (bad) {
      fprintf(stderr, "%s\n", bad);
      abort();
    }
    doc_free(doc);
  }
  reader_free(reader);
  close(file);
  return 0;
}
