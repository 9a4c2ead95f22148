// features.c - the events of documents (JSON Lines) with what their confidence
// rests on, for train/confidence.py: id, document, span of the trigger, type,
// status, codes of the sides, mutual, features.
// SPDX-License-Identifier: Apache-2.0
#include "code.h"
#include "compile/compile.h"
#include "model/model.h"
#include "read/read.h"
#include <stdio.h>
#include <stdlib.h>

static void print_event(const BedeDoc *doc, const Event *e) {
  char id[17];
  hash_hex(e->id, id);
  printf("%s\t%s\t%u\t%u\t%s\t%s\t%s\t%s\t%d\t%.3f\t", id, doc->frame.id.at, e->trigger_span.begin, e->trigger_span.end, event_types[e->type],
         status_names[e->status], e->source == NONE ? "" : doc->actors.items[e->source].code,
         e->target == NONE ? "" : doc->actors.items[e->target].code, e->mutual, (double)e->confidence);
  for (int i = 0; i < EVENT_FEATURES; i++)
    if (e->features & 1u << i)
      printf("%s;", feature_names[i]);
  putchar('\n');
}

int main(int argc, char **argv) {
  BedeModel *model;
  BedeError err = {0};
  const char *image = getenv("BEDE_DATA");
  if (argc < 2 || bede_model_open(image ? image : "build/bede.image", &model, &err)) {
    fprintf(stderr, "features: %s\n", argc < 2 ? "usage: features FILE... (BEDE_DATA names the image)" : err.message);
    return 1;
  }
  Reader *reader = reader_new(model, (const char *const *)argv + 1, (size_t)argc - 1);
  Coder *coder = coder_new(model);
  BedeDoc *doc;
  int failed = 0;
  while (reader_next(reader, &doc, &err)) {
    if (!doc) {
      fprintf(stderr, "features: %s\n", err.message);
      failed = 1;
      continue;
    }
    coder_run(coder, doc, CODE_ALL, NULL);
    for (uint32_t i = 0; i < doc->events.count; i++)
      print_event(doc, &doc->events.items[i]);
    doc_free(doc);
  }
  coder_free(coder);
  reader_free(reader);
  bede_model_free(model);
  return failed;
}
