// file.h - any bytes as a file that is read: the body of several targets, which
// differ in their corpus.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "document.h"
#include "read/read.h"
#include <unistd.h>

static char fuzz_path[] = "/dev/shm/bede-fuzz-XXXXXX";
static void fuzz_end(void) { unlink(fuzz_path); }

static bool from_place(void *context, ReaderPlace *place) {
  *place = *(const ReaderPlace *)context;
  return true;
}

static void take_document(const Record *record) {
  BedeError err = {0};
  BedeDoc *doc;
  record_read(fuzz_model(), record, &doc, &err);
  fuzz_take(doc);
}

// Reads all records, or those behind a place; keeps the place behind record `wanted`.
static size_t read_records(ReaderPlace *from, size_t wanted, ReaderPlace *kept) {
  const char *inputs[] = {fuzz_path};
  Reader *reader = reader_new(fuzz_model(), inputs, 1);
  Record record;
  BedeError err = {0};
  size_t count = 0;
  if (from)
    reader_resume(reader, from_place, from);
  for (; reader_take(reader, &record, &err); count++) {
    if (!from)
      take_document(&record);
    if (kept && count == wanted)
      *kept = record.reached;
    record_free(&record);
  }
  reader_free(reader);
  return count;
}

static int fuzz_file(const uint8_t *data, size_t size) {
  static int file = -1;
  if (file < 0) {
    file = mkstemp(fuzz_path);
    atexit(fuzz_end);
  }
  if (file < 0 || ftruncate(file, 0) || pwrite(file, data, size, 0) != (ssize_t)size)
    abort();
  ReaderPlace middle = {0};
  size_t count = read_records(NULL, 1, &middle);
  if (count < 3 || !middle.at)
    return 0;
  size_t rest = read_records(&middle, 0, NULL);
  if (rest != count - 2) {
    fprintf(stderr, "%zu records, but %zu behind the second\n", count, rest);
    abort();
  }
  return 0;
}
