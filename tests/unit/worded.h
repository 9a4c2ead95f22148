// worded.h - a model with the word lists of data/en and a gazetteer made of a
// few lines, for tests of the layers of mentions that need no network.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "mention/mention.h"
#include "split/split.h"
#include "written.h"

static inline BedeModel *worded_model(void) {
  char folder[512];
  const char *source = getenv("BEDE_SOURCE");
  snprintf(folder, sizeof folder, "%s/data/en", source ? source : ".");
  ImageWriter *writer = image_writer_new();
  BedeModel *model = calloc(1, sizeof *model);
  BedeError err = {0};
  size_t size;
  if (written_build(NULL, (Str){0}, writer, &err) || words_build(folder, writer, &err) ||
      gazetteer_build(folder, writer, &err))
    fail_msg("%s", err.message);
  char *bytes = image_write(writer, &size);
  image_writer_free(writer);
  if (image_take(bytes, size, "test", &model->image, &err) ||
      actors_open(&model->image, &model->actors, &err) ||
      words_open(&model->image, &model->words, &err) ||
      gazetteer_open(&model->image, &model->gazetteer, &err))
    fail_msg("%s", err.message);
  return model;
}

static inline void worded_model_free(BedeModel *model) {
  image_close(&model->image);
  free(model);
}

// Text cut into tokens, without tags and trees.
static inline BedeDoc *worded_doc(const BedeModel *model, const char *text, Day day) {
  BedeDoc *doc = doc_new();
  doc->text = arena_str(&doc->arena, str_of(text));
  doc->day = day;
  split_sentences(doc, model);
  return doc;
}
