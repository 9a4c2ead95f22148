// file.h - any bytes as a file that is read: the body of several targets, which
// differ in their corpus.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/utf8.h"
#include "read/read.h"
#include "split/split.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int fuzz_file(const uint8_t *data, size_t size) {
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
    if (bad || utf8_invalid(doc->text) < doc->text.len) {
      fprintf(stderr, "%s\n", bad ? bad : "the text is no UTF-8");
      abort();
    }
    doc_free(doc);
  }
  reader_free(reader);
  close(file);
  return 0;
}
