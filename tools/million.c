// million.c - makes a large store from a small collection of news: each document
// is coded once and put into the store again and again, under new ids and on
// other days, until there are so many events. For measuring what a store of a
// million events takes (tests/bench/ask.py, `bede serve`).
//
//     BEDE_DATA=build/bede.image build/million NEWS STORE.db [EVENTS]   (1000000)
//
// Copies lie six weeks apart, so that no two are one story, by turns before and
// after the real days; all that is dated in a document moves with it. Events go
// through the same door as those of `bede code`, and stories are found as it
// finds them. It needs about 5 KB of disk for each event, and half an hour.
// SPDX-License-Identifier: Apache-2.0
#include "code.h"
#include "read/read.h"
#include "store/internal.h"
#include <stdio.h>
#include <stdlib.h>

enum { APART = 42, FINISH = 16 }; // days; turns between two findings of stories

typedef struct Original Original; // what a copy changes, as it was
struct Original {
  BedeDoc *doc;
  Str id;
  Day day;
  Event *events;
  Time *times;
};

static void stop(const BedeError *err) {
  fprintf(stderr, "million: %s\n", err->message);
  exit(1);
}

static void *copied(const void *from, size_t size) {
  void *at = malloc(size + 1);
  if (!at)
    out_of_memory();
  return size ? memcpy(at, from, size) : at;
}

// As precise as it was: a month moves by its middle.
static Day moved(Day day, int days) {
  if (!day.year)
    return day;
  Day middle = {day.year, day.month ? day.month : 7, day.day ? day.day : 15};
  Day to = day_of_number(day_number(middle) + days);
  return (Day){to.year, day.month ? to.month : 0, day.day ? to.day : 0};
}

static Str day_text(Arena *arena, Day day) {
  char digits[11];
  day_print(day, digits);
  return arena_str(arena, str_of(digits));
}

static void move(Original *o, int turn, int days) {
  BedeDoc *doc = o->doc;
  doc->frame.id = arena_print(&doc->arena, "%.*s/%d", STR_ARG(o->id), turn);
  doc->day = moved(o->day, days);
  doc->frame.date = doc->frame.published = day_text(&doc->arena, doc->day);
  if (doc->frame.dateline_date.len)
    doc->frame.dateline_date = doc->frame.date;
  for (uint32_t i = 0; i < doc->times.count; i++) {
    doc->times.items[i].begin = moved(o->times[i].begin, days);
    doc->times.items[i].end = moved(o->times[i].end, days);
  }
  for (uint32_t i = 0; i < doc->events.count; i++) {
    Event *e = &doc->events.items[i];
    const Event *was = &o->events[i];
    e->id = hash_bytes(&turn, sizeof turn, was->id);
    e->begin = moved(was->begin, days);
    e->end = moved(was->end, days);
    e->due_begin = moved(was->due_begin, days);
    e->due_end = moved(was->due_end, days);
  }
}

int main(int argc, char **argv) {
  const char *data = getenv("BEDE_DATA");
  if (argc < 3 || argc > 4 || !data) {
    fprintf(stderr, "usage: BEDE_DATA=IMAGE million NEWS STORE.db [EVENTS]\n");
    return 2;
  }
  long long wanted = argc > 3 ? atoll(argv[3]) : 1000000, count = 0, documents = 0;
  BedeModel *model;
  BedeError err = {0};
  Store *store;
  if (bede_model_open(data, &model, &err) || store_open(argv[2], STORE_WRITE, &store, &err))
    stop(&err);
  char version[17];
  hash_hex(model->version, version);
  StoreRun run = {BEDE_VERSION, version, "made by tools/million.c", model};
  if (store_begin(store, &run, &err))
    stop(&err);
  sqlite3_exec(store->db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000", 0, 0, 0);

  Arena arena = {0};
  Array(Original) originals = {0};
  Coder *coder = coder_new(model);
  const char *inputs[] = {argv[1]};
  Reader *reader = reader_new(model, inputs, 1);
  BedeDoc *doc;
  while (reader_next(reader, &doc, &err)) {
    if (!doc)
      stop(&err);
    coder_run(coder, doc, CODE_ALL, NULL);
    array_push(&arena, &originals,
               (Original){doc, doc->frame.id, doc->day,
                          copied(doc->events.items, doc->events.count * sizeof(Event)),
                          copied(doc->times.items, doc->times.count * sizeof(Time))});
  }
  reader_free(reader);
  coder_free(coder);
  for (int turn = 0; count < wanted; turn++) {
    int days = APART * (turn % 2 ? -(turn + 1) / 2 : turn / 2);
    long long before = count;
    for (uint32_t i = 0; i < originals.count && count < wanted; i++, documents++) {
      StorePut put;
      move(&originals.items[i], turn, days);
      if (store_put(store, originals.items[i].doc, &put, &err))
        stop(&err);
      count += originals.items[i].doc->events.count;
    }
    if (count == before) {
      fprintf(stderr, "million: %s has no events\n", argv[1]);
      return 1;
    }
    if ((turn % FINISH == FINISH - 1 || count >= wanted) && store_finish(store, &err))
      stop(&err);
    fprintf(stderr, "\r%lld events in %lld documents ", count, documents);
  }
  sqlite3_exec(store->db, "ANALYZE", 0, 0, 0);
  fputc('\n', stderr);
  for (uint32_t i = 0; i < originals.count; i++) {
    free(originals.items[i].events), free(originals.items[i].times);
    doc_free(originals.items[i].doc);
  }
  store_close(store);
  arena_free(&arena);
  bede_model_free(model);
  return 0;
}
