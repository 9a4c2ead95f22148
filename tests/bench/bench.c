// bench.c - how fast each stage is, on one core, and how much memory a
// document takes: a table for people, run by `./dev bench`. Nothing passes or
// fails here; accuracy is measured elsewhere.
//
//   bench NEWS FILE...    codes NEWS where there is such a file, else the FILEs
//
// Times are processor time, so that a busy machine changes them less. "whole"
// is everything from bytes to the JSON Lines of the events, with what lies
// between the stages. "first event" counts from the start of the program.
// SPDX-License-Identifier: Apache-2.0
#include "code.h"
#include "doc/json.h"
#include "read/read.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { READ, SPLIT, PARSE, MENTION, EVENT, JSON, WHOLE, ROWS };
static const char *const names[ROWS] = {"read",  "split", "parse", "mention",
                                        "event", "json",  "whole"};

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double spent(double *since) {
  double now = seconds(CLOCK_THREAD_CPUTIME_ID), passed = now - *since;
  *since = now;
  return passed;
}

int main(int argc, char **argv) {
  const char *data = getenv("BEDE_DATA");
  if (!data || argc < 3) {
    fprintf(stderr, "usage: BEDE_DATA=IMAGE bench NEWS FILE...\n");
    return 2;
  }
  bool has_news = !access(argv[1], R_OK);
  BedeModel *model;
  BedeError err = {0};
  double first = 0;
  if (bede_model_open(data, &model, &err)) {
    fprintf(stderr, "bench: %s\n", err.message);
    return 1;
  }
  Coder *coder = coder_new(model);
  const char *const *inputs = (const char *const *)argv + (has_news ? 1 : 2);
  Reader *reader = reader_new(model, inputs, has_news ? 1 : (size_t)argc - 2);
  double times[ROWS] = {0}, begin = seconds(CLOCK_THREAD_CPUTIME_ID), since = begin;
  size_t documents = 0, sentences = 0, words = 0, events = 0, text = 0, arena = 0, largest = 0;
  int failed = 0;
  Out out = {0};
  BedeDoc *doc;
  while (reader_next(reader, &doc, &err)) {
    times[READ] += spent(&since);
    if (!doc) {
      fprintf(stderr, "bench: %s\n", err.message);
      failed = 1;
      continue;
    }
    coder_run(coder, doc, CODE_ALL, NULL);
    spent(&since);
    out_reset(&out);
    for (uint32_t i = 0; i < doc->events.count; i++) {
      json_event(&out, doc, i);
      out_char(&out, '\n');
    }
    times[JSON] += spent(&since);
    if (doc->events.count && !first)
      first = seconds(CLOCK_PROCESS_CPUTIME_ID);
    documents++;
    sentences += doc->sentences.count;
    words += doc->tokens.count;
    events += doc->events.count;
    text += doc->text.len;
    arena += doc->arena.used;
    largest = MAX(largest, doc->arena.used);
    doc_free(doc);
    spent(&since);
  }
  times[WHOLE] = seconds(CLOCK_THREAD_CPUTIME_ID) - begin;
  coder_times(coder, times + SPLIT);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);

  printf("%s\n%zu documents, %zu sentences, %zu words (punctuation counts), %zu events\n\n",
         has_news ? argv[1] : "the examples", documents, sentences, words, events);
  if (documents) {
    printf("%-9s%10s%8s%14s%14s%12s\n", "stage", "seconds", "share", "documents/s", "sentences/s",
           "words/s");
    for (int row = 0; row < ROWS; row++) {
      double t = MAX(times[row], 1e-9);
      printf("%-9s%10.3f%7.1f%%%14.1f%14.0f%12.0f\n", names[row], times[row],
             100 * t / times[WHOLE], (double)documents / t, (double)sentences / t,
             (double)words / t);
    }
    printf("\nbytes a document: %zu of memory (largest %zu) for %zu of text\n", arena / documents,
           largest, text / documents);
  }
  if (first > 0)
    printf("first event: after %.0f ms\n", 1000 * first);
  printf("peak of resident memory: %.0f MB\n", (double)usage.ru_maxrss / 1024);
  out_free(&out);
  reader_free(reader);
  coder_free(coder);
  bede_model_free(model);
  return failed || !documents;
}
