// file.h - any bytes as a file that is read: the body of several targets, which
// differ in their corpus.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/utf8.h"
#include "read/read.h"
#include "split/split.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char fuzz_path[] = "/dev/shm/bede-fuzz-XXXXXX";
static void fuzz_end(void) { unlink(fuzz_path); }

static bool from_place(void *context, ReaderPlace *place) {
  *place = *(const ReaderPlace *)context;
  return true;
}

static void take_document(const BedeModel *model, const Record *record) {
  BedeError err = {0};
  BedeDoc *doc;
  record_read(model, record, &doc, &err);
  if (!doc)
    return;
  split_sentences(doc, model);
  const char *bad = doc_check(doc);
  if (bad || utf8_invalid(doc->text) < doc->text.len) {
    fprintf(stderr, "%s\n", bad ? bad : "the text is no UTF-8");
    abort();
  }
  doc_free(doc);
}

// Reads all records, or those behind a place; keeps the place behind record `wanted`.
static size_t read_records(const BedeModel *model, ReaderPlace *from, size_t wanted, ReaderPlace *kept) {
  const char *inputs[] = {fuzz_path};
  Reader *reader = reader_new(model, inputs, 1);
  Record record;
  BedeError err = {0};
  size_t count = 0;
  if (from)
    reader_resume(reader, from_place, from);
  for (; reader_take(reader, &record, &err); count++) {
    if (!from)
      take_document(model, &record);
    if (kept && count == wanted)
      *kept = record.reached;
    record_free(&record);
  }
  reader_free(reader);
  return count;
}

static int fuzz_file(const uint8_t *data, size_t size) {
  static BedeModel *model; // opened once
  static int file = -1;
  BedeError err = {0};
  const char *path = getenv("BEDE_DATA");
  if (!model && bede_model_open(path ? path : "data/en", &model, &err)) {
    fprintf(stderr, "%s\n", err.message);
    abort();
  }
  if (file < 0) {
    file = mkstemp(fuzz_path);
    atexit(fuzz_end);
  }
  if (file < 0 || ftruncate(file, 0) || pwrite(file, data, size, 0) != (ssize_t)size)
    abort();
  ReaderPlace middle = {0};
  size_t count = read_records(model, NULL, 1, &middle);
  if (count < 3 || !middle.at)
    return 0;
  size_t rest = read_records(model, &middle, 0, NULL);
  if (rest != count - 2) {
    fprintf(stderr, "%zu records, but %zu behind the second\n", count, rest);
    abort();
  }
  return 0;
}
