// fuzz_relation.c - hostile text of the table of relation weights: what
// compiles must open, and its features must be found.
// SPDX-License-Identifier: Apache-2.0
#include "model/relation.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/bede-fuzz-XXXXXX", corpus[64], path[80];

static void clean(void) {
  unlink(path);
  rmdir(corpus);
  rmdir(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (str_ends(str_of(folder), STR("XXXXXX"))) {
    if (!mkdtemp(folder))
      abort();
    snprintf(corpus, sizeof corpus, "%s/corpus", folder);
    snprintf(path, sizeof path, "%s/weights.tsv", corpus);
    if (mkdir(corpus, 0700))
      abort();
    atexit(clean);
  }
  FILE *f = fopen(path, "wb");
  if (!f)
    abort();
  fwrite(data, 1, size, f);
  fclose(f);
  ImageWriter *writer = image_writer_new();
  BedeError err = {0};
  if (!relation_build(folder, writer, &err)) {
    Image image;
    RelationModel model;
    size_t len;
    char *bytes = image_write(writer, &len);
    if (image_take(bytes, len, "fuzz", &image, &err) || relation_open(&image, &model, &err))
      abort(); // what we wrote we can read
    for (Str rest = {(const char *)data, size}; rest.len;)
      relation_row(&model, str_cut(&rest, '\t'));
    image_close(&image);
  } else if (!err.message[0]) {
    abort(); // a failure says why
  }
  image_writer_free(writer);
  return 0;
}
