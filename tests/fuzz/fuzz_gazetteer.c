// fuzz_gazetteer.c - hostile text of the tables of places: the first byte
// chooses the file. What compiles must open, and every chain must end.
// SPDX-License-Identifier: Apache-2.0
#include "model/actors.h"
#include "model/gazetteer.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/bede-fuzz-XXXXXX";
static const char *const files[] = {"places.tsv", "towns.tsv", "actors/countries.tsv"};
// So that countries have a name, and towns a division, whatever is hostile.
static const char *const plain[] = {"C\t\t\tNOR\t62\t10\nD\tSmall Land\tS.L.\tNOR\t60\t9\n",
                                    "D\tUpland\t\tNOR\t61\t9\t\t0\t05\nT\tOslo\t\tNOR\t59.91\t10.75\t1\t7\t05\n",
                                    "NOR\tNorway\tSmall Land\n"};

static const char *path_of(const char *file) {
  static char path[128];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  return path;
}

static void clean(void) {
  for (size_t i = 0; i < COUNT(files); i++)
    unlink(path_of(files[i]));
  rmdir(path_of("actors"));
  rmdir(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (str_ends(str_of(folder), STR("XXXXXX"))) {
    if (!mkdtemp(folder) || mkdir(path_of("actors"), 0700))
      abort();
    atexit(clean);
  }
  if (!size)
    return 0;
  for (size_t i = 0; i < COUNT(files); i++) {
    FILE *f = fopen(path_of(files[i]), "wb");
    if (!f)
      abort();
    if (i == data[0] % COUNT(files))
      fwrite(data + 1, 1, size - 1, f);
    else
      fputs(plain[i], f);
    fclose(f);
  }
  ImageWriter *writer = image_writer_new();
  BedeError err = {0};
  if (!gazetteer_build(folder, writer, &err)) {
    Image image;
    Gazetteer g;
    size_t len;
    char *bytes = image_write(writer, &len);
    if (image_take(bytes, len, "fuzz", &image, &err) || gazetteer_open(&image, &g, &err))
      abort(); // what we wrote we can read
    for (uint32_t i = 1; i < g.name_count; i++) {
      uint32_t steps = 0;
      for (uint32_t n = i; n; n = g.names[n].next)
        if (++steps > g.name_count)
          abort();
    }
    gazetteer_first(&g, phrase_at(&g.phrases, actor_step(0, STR("Oslo"), FORM_AS_IS)));
    image_close(&image);
  } else if (!err.message[0]) {
    abort(); // a failure says why
  }
  image_writer_free(writer);
  return 0;
}
