// fuzz_actors.c - hostile text of an actor table: the first byte chooses the
// file. What compiles must open, and names must be found in it.
// SPDX-License-Identifier: Apache-2.0
#include "model/actors.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/bede-fuzz-XXXXXX";
static const char *const files[] = {"countries", "people", "bodies", "groups", "seats", "roles", "spellings"};

static const char *path_of(size_t file) {
  static char path[128];
  snprintf(path, sizeof path, "%s/actors%s%s%s", folder, file < COUNT(files) ? "/" : "",
           file < COUNT(files) ? files[file] : "", file < COUNT(files) ? ".tsv" : "");
  return path;
}

static void clean(void) {
  for (size_t i = 0; i < COUNT(files); i++)
    unlink(path_of(i));
  rmdir(path_of(COUNT(files)));
  rmdir(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (str_ends(str_of(folder), STR("XXXXXX"))) {
    if (!mkdtemp(folder) || mkdir(path_of(COUNT(files)), 0700))
      abort();
    atexit(clean);
  }
  if (!size)
    return 0;
  for (size_t i = 0; i < COUNT(files); i++) {
    FILE *f = fopen(path_of(i), "wb");
    if (!f)
      abort();
    if (i == data[0] % COUNT(files))
      fwrite(data + 1, 1, size - 1, f);
    fclose(f);
  }
  ImageWriter *writer = image_writer_new();
  BedeError err = {0};
  if (!actors_build(folder, NULL, writer, &err)) {
    Image image;
    ActorTable table;
    size_t len;
    char *bytes = image_write(writer, &len);
    if (image_take(bytes, len, "fuzz", &image, &err) || actors_open(&image, &table, &err))
      abort(); // what we wrote we can read
    uint64_t key = 0;
    for (Str rest = {(const char *)data + 1, size - 1}; rest.len;)
      phrase_at(&table.phrases, key = actor_step(key, str_cut(&rest, ' '), FORM_TITLE));
    image_close(&image);
  } else if (!err.message[0]) {
    abort(); // a failure says why
  }
  image_writer_free(writer);
  return 0;
}
