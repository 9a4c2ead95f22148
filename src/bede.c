// bede.c - the public functions, each a few lines over the stages.
// SPDX-License-Identifier: Apache-2.0
#include "bede.h"
#include "code.h"
#include "compile/compile.h"
#include "doc/json.h"
#include "event/event.h"
#include "mention/mention.h"
#include "parse/parse.h"
#include "read/read.h"
#include "serve/serve.h"
#include "split/split.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

static const char *const status_texts[] = {
#define X(name, text) text,
    BEDE_STATUS_MAP(X)
#undef X
};

const char *bede_status_text(BedeStatus status) {
  return (size_t)status < COUNT(status_texts) ? status_texts[status] : "unknown status";
}

// ---- stages in a row

struct Coder {
  const BedeModel *model;
  Parser *parser;
  double seconds[4];
};

Coder *coder_new(const BedeModel *model) {
  Coder *coder = calloc(1, sizeof *coder);
  if (!coder)
    out_of_memory();
  coder->model = model;
  coder->parser = parser_new(model);
  return coder;
}

void coder_free(Coder *coder) {
  if (coder)
    parser_free(coder->parser);
  free(coder);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void coder_run(Coder *coder, BedeDoc *doc, unsigned stages, Out *explain) {
  double at = now();
  for (int stage = 0; stage < 4; stage++) {
    if (!(stages & 1u << stage))
      continue;
    if (stage == 0)
      split_sentences(doc, coder->model);
    else if (stage == 1)
      parse_document(coder->parser, doc);
    else if (stage == 2)
      find_mentions(doc, coder->model);
    else
      code_events(doc, coder->model, explain);
#ifndef NDEBUG
    const char *bad = doc_check(doc);
    if (bad) // our own mistake: say which invariant before stopping
      fprintf(stderr, "bede: doc_check: %s\n", bad);
    assert(!bad);
#endif
    double then = at;
    at = now();
    coder->seconds[stage] += at - then;
  }
}

void coder_times(const Coder *coder, double seconds[4]) {
  memcpy(seconds, coder->seconds, sizeof coder->seconds);
}

// ---- the model

BedeStatus bede_model_open_own(const char *folder, const char *const *actors, size_t actor_count,
                               const char *const *codebooks, size_t codebook_count, BedeModel **out, BedeError *err) {
  Own own = {actors, codebooks, actor_count, codebook_count};
  Image image;
  char *bytes;
  size_t size;
  *out = NULL;
  BedeStatus status = compile_folder(folder, &own, &bytes, &size, NULL, NULL, err);
  if (!status)
    status = image_take(bytes, size, folder, &image, err);
  return status ? status : model_open_image(image, out, err);
}

BedeStatus bede_model_open(const char *path, BedeModel **out, BedeError *err) {
  *out = NULL;
  struct stat st;
  if (stat(path, &st))
    return fail(err, BEDE_IO, "%s: there is no such image or folder", path);
  if (S_ISDIR(st.st_mode))
    return bede_model_open_own(path, NULL, 0, NULL, 0, out, err);
  Image image;
  BedeStatus status = image_open(path, &image, err);
  return status ? status : model_open_image(image, out, err);
}

void bede_model_free(BedeModel *model) {
  if (model)
    image_close(&model->image);
  free(model);
}

// ---- the coder

struct BedeCoder {
  const BedeModel *model;
  Coder *coder;
};

BedeCoder *bede_coder_new(const BedeModel *model) {
  BedeCoder *c = malloc(sizeof *c);
  if (!c)
    out_of_memory();
  *c = (BedeCoder){model, coder_new(model)};
  return c;
}

void bede_coder_free(BedeCoder *c) {
  if (c)
    coder_free(c->coder);
  free(c);
}

BedeStatus bede_code(BedeCoder *c, const BedeInput *input, BedeDoc **out, BedeError *err) {
  BedeStatus status = read_text(c->model, input, out, err);
  if (!status)
    coder_run(c->coder, *out, CODE_ALL, NULL);
  return status;
}

void bede_doc_free(BedeDoc *doc) { doc_free(doc); }

// ---- what is in a document

const char *bede_doc_text(const BedeDoc *doc, size_t *len) {
  if (len)
    *len = doc->text.len;
  return doc->text.at;
}

size_t bede_doc_event_count(const BedeDoc *doc) { return doc->events.count; }

static BedeActor public_actor(const BedeDoc *doc, uint32_t index) {
  if (index == NONE)
    return (BedeActor){{0, 0}, "", "", ""};
  const Actor *a = &doc->actors.items[index];
  return (BedeActor){{a->span.begin, a->span.end}, a->code, a->sector, doc_string(doc, a->name)};
}

BedeEvent bede_doc_event(const BedeDoc *doc, size_t index) {
  assert(index < doc->events.count);
  const Event *e = &doc->events.items[index];
  const Sentence *s = &doc->sentences.items[e->sentence];
  char hex[17];
  hash_hex(e->id, hex);
  BedeEvent out = {
      .type = event_types[e->type],
      .cameo = doc_string(doc, e->cameo),
      .status = status_names[e->status],
      .rule = doc_string(doc, e->rule),
      .source = public_actor(doc, e->source),
      .target = public_actor(doc, e->target),
      .speaker = public_actor(doc, e->speaker),
      .sentence = {s->span.begin, s->span.end},
      .trigger = {e->trigger_span.begin, e->trigger_span.end},
      .mutual = e->mutual,
      .goldstein = e->goldstein,
      .confidence = e->confidence,
  };
  memcpy(out.id, hex, sizeof hex);
  return out;
}

static char *as_json(const BedeDoc *doc, void (*write)(Out *, const BedeDoc *)) {
  Out out = {0};
  write(&out, doc);
  return out.at;
}

char *bede_doc_json(const BedeDoc *doc) { return as_json(doc, json_document); }
char *bede_doc_annotation_json(const BedeDoc *doc) { return as_json(doc, json_annotation); }

char *bede_doc_event_json(const BedeDoc *doc, size_t index) {
  Out out = {0};
  if (index < doc->events.count)
    json_event(&out, doc, (uint32_t)index);
  else
    out_text(&out, "null");
  return out.at;
}

// ---- a store

struct BedeStore {
  Serve *serve;
};

BedeStatus bede_store_open(const char *path, const BedeModel *model, BedeStore **out,
                           BedeError *err) {
  Serve *serve;
  BedeStatus status = serve_new(&(ServePlan){.db = path, .model = model, .host = ""}, &serve, err);
  *out = NULL;
  if (status)
    return status;
  *out = malloc(sizeof **out);
  if (!*out)
    out_of_memory();
  **out = (BedeStore){serve};
  return BEDE_OK;
}

void bede_store_close(BedeStore *store) {
  if (store)
    serve_free(store->serve);
  free(store);
}

BedeStatus bede_store_ask(BedeStore *store, const char *question, char **out, BedeError *err) {
  Reply reply;
  Arena arena = {0};
  serve_ask(store->serve, arena_print(&arena, "/api/v1/%s", question).at, &reply);
  arena_free(&arena);
  out_char(&reply.body, 0);
  *out = NULL;
  if (reply.status == 200) {
    *out = reply.body.at;
    return BEDE_OK;
  }
  // {"error":"…"}: the sentence alone
  BedeStatus status = fail(err, reply.status == 500 ? BEDE_STORE : BEDE_INPUT, "%.*s",
                           (int)MAX((int)reply.body.len - 14, 0), reply.body.at + 10);
  out_free(&reply.body);
  return status;
}
