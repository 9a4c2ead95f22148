// pipeline.c - the threads of code, read and annotate.
//
// Two locks. `reading` is held by the worker that reads the next document, so
// documents get their numbers in the order of the input. `state` guards the
// ring and is held for moments only. A worker that reads waits for room in the
// ring; the piece the caller waits for is then in the hands of another worker,
// which needs no `reading` any more: nobody waits in a circle.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/pipeline.h"
#include "doc/json.h"
#include <pthread.h>
#include <stdlib.h>

typedef struct Slot Slot;
struct Slot {
  Piece piece;
  bool ready;
};

struct Pipeline {
  PipelinePlan plan;
  Reader *reader;
  pthread_t *threads;
  unsigned started;
  pthread_mutex_t reading, state;
  pthread_cond_t room, ready; // waited for by workers, and by the caller
  Slot *ring;
  uint64_t size;        // of the ring
  uint64_t read, taken; // pieces numbered so far, and handed out so far
  bool ended, stop, holding;
  uint64_t done, all; // progress
};

static void piece_clear(Piece *piece) {
  doc_free(piece->doc);
  out_free(&piece->out);
  *piece = (Piece){0};
}

// The number of the piece that was read, or false at the end.
static bool read_piece(Pipeline *p, Piece *piece, Record *record, uint64_t *number) {
  bool more = false;
  pthread_mutex_lock(&p->reading);
  pthread_mutex_lock(&p->state);
  while (!p->stop && !p->ended && p->read - p->taken >= p->size)
    pthread_cond_wait(&p->room, &p->state);
  bool go = !p->stop && !p->ended;
  pthread_mutex_unlock(&p->state);
  if (go)
    more = reader_take(p->reader, record, &piece->err);
  pthread_mutex_lock(&p->state);
  if (go)
    reader_progress(p->reader, &p->done, &p->all);
  if (more)
    *number = p->read++;
  else
    p->ended = true;
  pthread_cond_signal(&p->ready);
  pthread_mutex_unlock(&p->state);
  pthread_mutex_unlock(&p->reading);
  return more;
}

static bool is_english(Str language) { // "en", "en-GB", "English"
  return language.len < 2 || str_equal_fold((Str){language.at, 2}, STR("en"));
}

static void work(const PipelinePlan *plan, Coder *coder, Piece *piece) {
  BedeDoc *doc = piece->doc;
  if (plan->known && store_is_known(plan->known, doc)) {
    piece->known = true;
    return;
  }
  if (plan->is_copy && plan->is_copy(plan->context, doc)) {
    piece->copy = true;
    return;
  }
  pipeline_code(plan, coder, piece);
}

void pipeline_code(const PipelinePlan *plan, Coder *coder, Piece *piece) {
  BedeDoc *doc = piece->doc;
  piece->foreign = (plan->stages & CODE_EVENTS) && !is_english(doc->frame.language);
  if (coder && !piece->foreign)
    coder_run(coder, doc, plan->stages, NULL);
  switch (plan->print) {
  case PRINT_NOTHING:
    break;
  case PRINT_DOCUMENT:
    json_document(&piece->out, doc);
    out_char(&piece->out, '\n');
    break;
  case PRINT_ANNOTATION:
    json_annotation(&piece->out, doc);
    out_char(&piece->out, '\n');
    break;
  case PRINT_EVENTS:
    for (uint32_t i = 0; i < doc->events.count; i++) {
      json_event(&piece->out, doc, i);
      out_char(&piece->out, '\n');
    }
  }
}

static void *worker(void *argument) {
  Pipeline *p = argument;
  Coder *coder = p->plan.stages ? coder_new(p->plan.model) : NULL;
  for (;;) {
    Piece piece = {0};
    Record record = {0};
    uint64_t number;
    if (!read_piece(p, &piece, &record, &number))
      break;
    piece.reached = record.reached;
    record_read(p->plan.model, &record, &piece.doc, &piece.err);
    record_free(&record);
    if (piece.doc)
      work(&p->plan, coder, &piece);
    pthread_mutex_lock(&p->state);
    Slot *slot = &p->ring[number % p->size];
    slot->piece = piece;
    slot->ready = true;
    pthread_cond_signal(&p->ready);
    pthread_mutex_unlock(&p->state);
  }
  if (coder)
    coder_free(coder);
  return NULL;
}

Pipeline *pipeline_new(const PipelinePlan *plan) {
  Pipeline *p = calloc(1, sizeof *p);
  if (!p)
    out_of_memory();
  p->plan = *plan;
  p->size = 4 * (uint64_t)plan->threads + 4;
  p->ring = calloc(p->size, sizeof *p->ring);
  p->threads = calloc(plan->threads, sizeof *p->threads);
  if (!p->ring || !p->threads)
    out_of_memory();
  p->reader = reader_new(plan->model, plan->inputs, plan->count);
  if (plan->resume)
    reader_resume(p->reader, plan->resume, plan->context);
  pthread_mutex_init(&p->reading, NULL);
  pthread_mutex_init(&p->state, NULL);
  pthread_cond_init(&p->room, NULL);
  pthread_cond_init(&p->ready, NULL);
  while (p->started < plan->threads &&
         pthread_create(&p->threads[p->started], NULL, worker, p) == 0)
    p->started++;
  if (!p->started)
    out_of_memory(); // not even one thread
  return p;
}

Piece *pipeline_next(Pipeline *p) {
  pthread_mutex_lock(&p->state);
  if (p->holding) {
    Slot *before = &p->ring[p->taken % p->size];
    pthread_mutex_unlock(&p->state);
    piece_clear(&before->piece); // ours until `taken` moves on
    pthread_mutex_lock(&p->state);
    before->ready = false;
    p->holding = false;
    p->taken++;
    pthread_cond_broadcast(&p->room);
  }
  Slot *slot = &p->ring[p->taken % p->size];
  while (!slot->ready && !(p->ended && p->taken == p->read))
    pthread_cond_wait(&p->ready, &p->state);
  p->holding = slot->ready;
  pthread_mutex_unlock(&p->state);
  return p->holding ? &slot->piece : NULL;
}

void pipeline_progress(Pipeline *p, uint64_t *done, uint64_t *all) {
  pthread_mutex_lock(&p->state);
  *done = p->done;
  *all = p->all;
  pthread_mutex_unlock(&p->state);
}

void pipeline_free(Pipeline *p) {
  if (!p)
    return;
  pthread_mutex_lock(&p->state);
  p->stop = true;
  pthread_cond_broadcast(&p->room);
  pthread_mutex_unlock(&p->state);
  for (unsigned i = 0; i < p->started; i++)
    pthread_join(p->threads[i], NULL);
  for (uint64_t i = 0; i < p->size; i++)
    piece_clear(&p->ring[i].piece);
  reader_free(p->reader);
  pthread_mutex_destroy(&p->reading);
  pthread_mutex_destroy(&p->state);
  pthread_cond_destroy(&p->room);
  pthread_cond_destroy(&p->ready);
  free(p->ring);
  free(p->threads);
  free(p);
}
