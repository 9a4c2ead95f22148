// compile.c - puts the parts of the image together.
// SPDX-License-Identifier: Apache-2.0
#include "compile/compile.h"
#include "compile/codebook.h"
#include <stdlib.h>

static BedeStatus open_base(BedeModel *m, BedeError *err) {
  BedeStatus st;
  if ((st = words_open(&m->image, &m->words, err)) ||
      (st = network_open(&m->image, &m->network, err)) ||
      (st = actors_open(&m->image, &m->actors, err)) ||
      (st = gazetteer_open(&m->image, &m->gazetteer, err)) ||
      (st = relation_open(&m->image, &m->relation, err)))
    return st;
  return BEDE_OK;
}

BedeStatus model_open_image(Image image, BedeModel **out, BedeError *err) {
  BedeModel *m = calloc(1, sizeof *m);
  if (!m)
    out_of_memory();
  m->image = image;
  BedeStatus st = open_base(m, err);
  if (!st)
    st = codebook_open(&m->image, &m->codebook, err);
  if (!st) { // the last bytes of the image are a hash of the rest
    const void *at;
    uint32_t count;
    st = image_section(&m->image, "version", sizeof m->version, &at, &count, err);
    if (!st && count != 1)
      st = fail(err, BEDE_IMAGE, "the image's version is damaged");
    if (!st)
      memcpy(&m->version, at, sizeof m->version);
  }
  if (st) {
    image_close(&m->image);
    free(m);
    m = NULL;
  }
  *out = m;
  return st;
}

BedeStatus compile_folder(const char *folder, const Own *own, char **image, size_t *size, CodebookSource *source, Out *patterns, BedeError *err) {
  *image = NULL;
  *size = 0;
  ImageWriter *writer = image_writer_new();
  BedeModel base = {0};
  BedeStatus st;
  if (!(st = words_build(folder, writer, err)) && !(st = network_build(folder, writer, err)) &&
      !(st = actors_build(folder, own, writer, err)) && !(st = gazetteer_build(folder, writer, err)) &&
      !(st = relation_build(folder, writer, err))) {
    size_t base_size;
    char *bytes = image_write(writer, &base_size);
    if (!(st = image_take(bytes, base_size, folder, &base.image, err)) && !(st = open_base(&base, err)))
      st = codebook_compile(folder, own, &base, writer, source, patterns, err);
  }
  if (!st) {
    char *bytes = image_write(writer, size);
    uint64_t version = hash_bytes(bytes, *size, IMAGE_VERSION);
    free(bytes);
    image_add(writer, "version", &version, sizeof version, 1);
    *image = image_write(writer, size);
  }
  if (base.image.at)
    image_close(&base.image);
  image_writer_free(writer);
  return st;
}
