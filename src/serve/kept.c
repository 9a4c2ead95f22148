// kept.c - replies kept until the store changes: many look at the same views.
// SPDX-License-Identifier: Apache-2.0
#include "serve/internal.h"
#include <stdlib.h>

enum { LARGEST = 256 << 10 }; // bytes of a reply that is kept

struct Kept {
  char *question;      // target and Accept header
  uint64_t generation; // of the columns
  Reply reply;
};

Kept *kept_new(void) {
  Kept *kept = calloc(KEPT, sizeof *kept);
  if (!kept)
    out_of_memory();
  return kept;
}

static Str question_of(const Request *r, Arena *arena) {
  return arena_print(arena, "%s\n%s", r->target, r->accept ? r->accept : "");
}

static Kept *slot_of(Serve *serve, Str question) {
  return &serve->kept[hash_str(question) % KEPT];
}

bool kept_find(Serve *serve, const Request *r, Reply *reply) {
  Arena arena = {0};
  Str question = question_of(r, &arena);
  bool found = false;
  pthread_mutex_lock(&serve->pool);
  const Kept *k = slot_of(serve, question);
  if (k->question && k->generation == serve->generation && str_equal(str_of(k->question), question)) {
    Out body = reply->body;
    out_reset(&body);
    out_bytes(&body, k->reply.body.at, k->reply.body.len);
    *reply = k->reply;
    reply->body = body;
    found = true;
  }
  pthread_mutex_unlock(&serve->pool);
  arena_free(&arena);
  return found;
}

static void drop(Kept *k) {
  free(k->question);
  out_free(&k->reply.body);
  *k = (Kept){0};
}

void kept_put(Serve *serve, const Request *r, const Reply *reply) {
  if (reply->status != 200 || reply->body.len > LARGEST)
    return;
  Arena arena = {0};
  Str question = question_of(r, &arena);
  pthread_mutex_lock(&serve->pool);
  Kept *k = slot_of(serve, question);
  drop(k);
  k->question = strndup(question.at, question.len);
  k->generation = serve->generation;
  k->reply = *reply;
  k->reply.body = (Out){0};
  out_bytes(&k->reply.body, reply->body.at, reply->body.len);
  pthread_mutex_unlock(&serve->pool);
  arena_free(&arena);
}

void kept_free(Serve *serve) {
  for (size_t i = 0; i < KEPT; i++)
    drop(&serve->kept[i]);
  free(serve->kept);
}
