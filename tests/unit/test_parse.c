// test_parse.c - the network in C against what its training program recorded
// (train/recorded.txt), and the best tree against every tree.
// SPDX-License-Identifier: Apache-2.0
#include "model/table.h"
#include "parse/internal.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static BedeModel *model;

// ---- the network

typedef struct Recorded Recorded; // a word: what train.py's record() wrote
struct Recorded {
  Str form;
  uint32_t best[LABELS_NAME + 1]; // of each head
  uint32_t arc;                   // the head with the best score, 0 the root
  float score;
};

typedef struct Agreement Agreement;
struct Agreement {
  uint32_t words, tags[LABELS_NAME + 1], arcs, scores;
};

static Scores room_for(Arena *arena, uint32_t n) {
  const Network *net = &model->network;
  size_t rows = n + 1, hidden = net->lstm[0][0].hidden.rows;
  Scores s = {0};
#define ROOM(columns) arena_alloc(arena, rows * (columns) * sizeof(float))
  s.embedded = ROOM(net->word.columns);
  s.layer[0] = ROOM(2 * hidden);
  s.layer[1] = ROOM(2 * hidden);
  s.gates = ROOM(4 * hidden);
  for (int t = 0; t <= LABELS_NAME; t++)
    s.tag[t] = ROOM(net->tag[t].weight.columns);
  s.arc_dep = ROOM(net->arc_dep.weight.columns);
  s.arc_head = ROOM(net->arc_head.weight.columns);
  s.arc_mid = ROOM(net->arc_head.weight.columns);
  s.rel_dep = ROOM(net->rel_dep.weight.columns);
  s.rel_head = ROOM(net->rel_head.weight.columns);
  s.arc = ROOM(rows);
  s.rel = ROOM(net->rel.weight.columns);
#undef ROOM
  return s;
}

// The best of count scores but for the one at `except`.
static uint32_t best_of(const float *scores, uint32_t count, uint32_t except) {
  uint32_t best = NONE;
  for (uint32_t i = 0; i < count; i++)
    if (i != except && (best == NONE || scores[i] > scores[best]))
      best = i;
  return best;
}

static void compare(const Recorded *words, uint32_t n, Agreement *sum) {
  const Network *net = &model->network;
  Arena arena = {0};
  Features *features = arena_alloc(&arena, n * sizeof *features);
  for (uint32_t i = 0; i < n; i++)
    features[i] = word_features(net, words[i].form);
  Scores scores = room_for(&arena, n);
  encode(net, features, n, &scores);
  for (uint32_t i = 0; i < n; i++) {
    const Recorded *w = &words[i];
    for (int t = 0; t <= LABELS_NAME; t++) {
      uint32_t labels = net->label_count[t];
      sum->tags[t] += best_of(scores.tag[t] + (size_t)(i + 1) * labels, labels, NONE) == w->best[t];
    }
    const float *row = scores.arc + (size_t)(i + 1) * (n + 1);
    uint32_t arc = best_of(row, n + 1, i + 1);
    sum->arcs += arc == w->arc;
    sum->scores += fabsf(row[arc] - w->score) <= .05f + .01f * fabsf(w->score);
    sum->words++;
  }
  arena_free(&arena);
}

static uint32_t number(Str s) {
  char *end;
  unsigned long value = strtoul(s.at, &end, 10); // a tab ends it
  if (end != s.at + s.len)
    fail_msg("%.*s is no number", STR_ARG(s));
  return (uint32_t)value;
}

static void the_network_computes_what_its_training_program_recorded(void **state) {
  (void)state;
  static const char *const heads[] = {"upos", "xpos", "feats", "lemma", "name"};
  const char *source = getenv("BEDE_SOURCE");
  BedeError err = {0};
  Table table;
  Agreement sum = {0};
  Arena arena = {0};
  Array(Recorded) sentence = {0};
  if (table_open(source ? source : ".", "train/recorded.txt", &table, &err))
    fail_msg("%s", err.message);
  for (bool more = true; more;) {
    more = table_line(&table);
    if (more && table.whole.len) {
      if (table.whole.at[0] == '#' && table.line == 1)
        continue;
      assert_int_equal(table.count, 8);
      Recorded w = {.form = table.fields[0]};
      for (int t = 0; t <= LABELS_NAME; t++)
        w.best[t] = number(table.fields[1 + t]);
      w.arc = number(table.fields[6]);
      w.score = strtof(table.fields[7].at, NULL);
      array_push(&arena, &sentence, w);
    } else if (sentence.count) {
      compare(sentence.items, sentence.count, &sum);
      sentence.count = 0;
    }
  }
  table_close(&table);
  arena_free(&arena);
  print_message("%u words; equal:", sum.words);
  for (int t = 0; t <= LABELS_NAME; t++)
    print_message(" %s %u,", heads[t], sum.tags[t]);
  print_message(" arc %u; score near %u\n", sum.arcs, sum.scores);
  // The weights were rounded to half floats, so a tie may break the other way.
  uint32_t least = (uint32_t)ceil(.995 * sum.words);
  assert_true(sum.words > 100);
  for (int t = 0; t <= LABELS_NAME; t++)
    if (sum.tags[t] < least)
      fail_msg("%s: %u of %u words as recorded", heads[t], sum.tags[t], sum.words);
  assert_true(sum.arcs >= least);
  assert_true(sum.scores >= least);
}

// ---- trees

enum { WORDS = 5, SIZE = WORDS + 1, GRAPHS = 3000 };

static bool is_tree(const uint32_t *heads, uint32_t n) {
  uint32_t roots = 0;
  for (uint32_t d = 1; d <= n; d++) {
    uint32_t v = d, steps = 0;
    if (heads[d] > n)
      return false;
    roots += heads[d] == 0;
    while (v && steps++ <= n)
      v = heads[v];
    if (v)
      return false; // a circle
  }
  return roots == 1;
}

static float total(const float *scores, uint32_t n, const uint32_t *heads) {
  float sum = 0;
  for (uint32_t d = 1; d <= n; d++)
    sum += scores[d * (n + 1) + heads[d]];
  return sum;
}

// The same numbers in every run.
static uint32_t draw(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 33);
}

static void fill(float *scores, uint32_t n, uint64_t *random) {
  uint32_t spread = 1 + draw(random) % 20;
  for (uint32_t i = 0; i < (n + 1) * (n + 1); i++)
    scores[i] = (float)spread * ((float)(draw(random) % 20001) / 10000 - 1);
  for (uint32_t d = 0; d <= n; d++)
    scores[d * (n + 1) + d] = -1e30f;
}

static void no_other_tree_scores_higher(void **state) {
  (void)state;
  uint64_t random = 1;
  void *work = malloc(tree_work(WORDS));
  for (int graph = 0; graph < GRAPHS; graph++) {
    float scores[SIZE * SIZE], top = -1e30f;
    fill(scores, WORDS, &random);
    uint32_t heads[SIZE] = {0}, all = 1;
    for (uint32_t d = 0; d < WORDS; d++)
      all *= SIZE;
    for (uint32_t k = 0; k < all; k++) {
      for (uint32_t d = 1, rest = k; d < SIZE; d++, rest /= SIZE)
        heads[d] = rest % SIZE;
      float sum = total(scores, WORDS, heads);
      if (sum > top && is_tree(heads, WORDS))
        top = sum;
    }
    best_tree(scores, WORDS, heads, work);
    if (!is_tree(heads, WORDS))
      fail_msg("graph %d: no tree with one root", graph);
    if (total(scores, WORDS, heads) < top - 1e-3f)
      fail_msg("graph %d: %f, but a tree has %f", graph, total(scores, WORDS, heads), top);
  }
  free(work);
}

static void long_sentences_get_trees_too(void **state) {
  (void)state;
  uint64_t random = 2;
  float *scores = malloc((PIECE_LIMIT + 1) * (PIECE_LIMIT + 1) * sizeof *scores);
  uint32_t *heads = malloc((PIECE_LIMIT + 1) * sizeof *heads);
  for (uint32_t n = 1; n <= PIECE_LIMIT; n += n < 40 ? 1 : 54) {
    void *work = malloc(tree_work(n)); // of exact size: sanitizers see its end
    fill(scores, n, &random);
    best_tree(scores, n, heads, work);
    if (!is_tree(heads, n))
      fail_msg("%u words: no tree with one root", n);
    for (uint32_t i = 0; i < (n + 1) * (n + 1); i++)
      scores[i] = 0; // every tree is as good as the other
    best_tree(scores, n, heads, work);
    if (!is_tree(heads, n))
      fail_msg("%u words, all arcs alike: no tree with one root", n);
    for (uint32_t i = 0; i < (n + 1) * (n + 1); i++)
      scores[i] = i % 3 ? NAN : INFINITY; // from a damaged image
    best_tree(scores, n, heads, work);
    if (!is_tree(heads, n))
      fail_msg("%u words, no numbers: no tree with one root", n);
    free(work);
  }
  free(heads);
  free(scores);
}

int main(void) {
  const char *image = getenv("BEDE_DATA");
  BedeError err = {0};
  if (!image || bede_model_open(image, &model, &err)) {
    fprintf(stderr, "test_parse: %s\n", image ? err.message : "BEDE_DATA names no image");
    return 1;
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_network_computes_what_its_training_program_recorded),
      cmocka_unit_test(no_other_tree_scores_higher),
      cmocka_unit_test(long_sentences_get_trees_too),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  bede_model_free(model);
  return failed;
}
