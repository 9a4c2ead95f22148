// bench_parse.c - where the time of the parse stage goes, on one core: words
// a second of each part, and the bytes that a word touches. Run by
// `./dev bench parse`, which adds callgrind's count of instructions.
//
//   bench_parse FILE... [--documents N]
//
// SPDX-License-Identifier: Apache-2.0
#include "parse/internal.h"
#include "read/read.h"
#include "split/split.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { FEATURES, ENCODE, TREE, WHOLE, PARTS };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

// The parts of one sentence by itself, each with its time.
static void run(const BedeModel *model, const Kernel *kernel, const BedeDoc *doc, const Sentence *s,
                Features *features, Scores *scores, uint32_t *heads, void *work, double *times) {
  double begin = now(), next;
  for (uint32_t i = 0; i < s->count; i++)
    features[i] = word_features(&model->network, doc_span(doc, doc->tokens.items[s->first + i].span));
  times[FEATURES] += (next = now()) - begin;
  encode(kernel, &model->network, 1, &(Piece){features, s->first, s->count, scores});
  times[ENCODE] += (begin = now()) - next;
  best_tree(scores->arc, s->count, heads, work);
  times[TREE] += now() - begin;
}

static size_t layer_bytes(const Layer *l) { return (size_t)l->in * l->wide + 8 * (size_t)l->wide; }

int main(int argc, char **argv) {
  const char *data = getenv("BEDE_DATA");
  size_t limit = SIZE_MAX;
  if (argc > 3 && !strcmp(argv[argc - 2], "--documents")) {
    limit = strtoul(argv[argc - 1], NULL, 10);
    argc -= 2;
  }
  BedeModel *model;
  BedeError err = {0};
  if (!data || argc < 2 || bede_model_open(data, &model, &err)) {
    fprintf(stderr, "usage: BEDE_DATA=IMAGE bench_parse FILE... [--documents N] %s\n", err.message);
    return 2;
  }
  const Network *net = &model->network;
  const Kernel *kernel = kernel_best();
  Arena arena = {0};
  Features *features = arena_alloc(&arena, PIECE_LIMIT * sizeof *features);
  uint32_t *heads = arena_alloc(&arena, (PIECE_LIMIT + 1) * sizeof *heads);
  void *work = arena_alloc(&arena, tree_work(PIECE_LIMIT));
  char *room = arena_alloc(&arena, scores_room(net, PIECE_LIMIT));
  Parser *parser = parser_new(model);
  Reader *reader = reader_new(model, (const char *const *)argv + 1, (size_t)argc - 1);
  double times[PARTS] = {0};
  size_t words = 0, sentences = 0, documents = 0, parts_words = 0;
  BedeDoc *doc;
  while (documents < limit && reader_next(reader, &doc, &err)) {
    if (!doc)
      continue;
    split_sentences(doc, model);
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
      const Sentence *s = &doc->sentences.items[i];
      if (s->count > PIECE_LIMIT)
        continue;
      Scores scores;
      scores_in(net, s->count, room, &scores);
      run(model, kernel, doc, s, features, &scores, heads, work, times);
      parts_words += s->count;
    }
    double begin = now();
    parse_document(parser, doc);
    times[WHOLE] += now() - begin;
    words += doc->tokens.count;
    sentences += doc->sentences.count;
    documents++;
    doc_free(doc);
  }
  if (words) {
    size_t lstm = 0, heads_bytes = 0;
    for (int layer = 0; layer < NETWORK_LAYERS; layer++)
      for (int d = 0; d < 2; d++)
        lstm += layer_bytes(&net->lstm[layer][d].input) / 4 + layer_bytes(&net->lstm[layer][d].hidden);
    for (int t = 0; t <= LABELS_NAME; t++)
      heads_bytes += layer_bytes(&net->tag[t]) / 4;
    const Layer *others[] = {&net->arc_dep, &net->arc_head, &net->arc, &net->rel_dep, &net->rel_head};
    for (size_t k = 0; k < COUNT(others); k++)
      heads_bytes += layer_bytes(others[k]) / 4;
    heads_bytes += layer_bytes(&net->rel);
    printf("kernel %s; %zu documents, %zu sentences, %zu words\n\n%-22s%12s%14s\n", kernel->name, documents,
           sentences, words, "part", "words/s", "us a word");
    static const char *const names[] = {"rows of the tables", "network", "trees"};
    double parts = 0;
    for (int k = 0; k < WHOLE; k++) {
      double t = times[k] / (double)parts_words;
      parts += t;
      printf("%-22s%12.0f%14.2f\n", names[k], 1 / t, 1e6 * t);
    }
    double whole = times[WHOLE] / (double)words, rest = whole > parts ? whole - parts : 1e-9;
    printf("%-22s%12.0f%14.2f\n%-22s%12.0f%14.2f\n", "labels, lemmas, names", 1 / rest, 1e6 * rest,
           "whole stage", 1 / whole, 1e6 * whole);
    printf("\nbytes a word touches: %u of table rows, %zu of LSTM weights, %zu of the heads'\n"
           "(weights over inputs are read once for four words)\n",
           (NETWORK_AFFIXES + 1) * net->word.columns, lstm, heads_bytes);
  }
  reader_free(reader);
  parser_free(parser);
  arena_free(&arena);
  bede_model_free(model);
  return !words;
}
