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

// ---- the network in plain floats, over the same weights

static float *dense(Arena *arena, const Layer *l, const float *x, uint32_t rows) {
  float *y = arena_alloc(arena, (size_t)rows * l->out * sizeof *y);
  for (uint32_t o = 0; o < l->out; o++) {
    int32_t bias = l->bias[o];
    for (uint32_t i = 0; i < l->in; i++)
      bias += 128 * layer_weight(l, i, o);
    double step = (double)l->scale[o] / 2147483648.0 * (double)l->unit_out;
    for (uint32_t r = 0; r < rows; r++) {
      double sum = bias * step;
      for (uint32_t i = 0; i < l->in; i++)
        sum += (double)x[(size_t)r * l->in + i] * (step / (double)l->unit_in) * layer_weight(l, i, o);
      y[(size_t)r * l->out + o] = (float)sum;
    }
  }
  return y;
}

static void leak(float *x, size_t count) {
  for (size_t i = 0; i < count; i++)
    x[i] = x[i] < 0 ? .125f * x[i] : x[i];
}

static float sigmoid(float x) { return 1 / (1 + expf(-x)); }

static void lstm(Arena *arena, const Lstm *l, const float *x, uint32_t rows, bool backward, float *out) {
  uint32_t hidden = l->hidden.in;
  float *gates = dense(arena, &l->input, x, rows);
  float *cell = arena_alloc(arena, hidden * sizeof *cell), *last = arena_alloc(arena, hidden * sizeof *last);
  for (uint32_t k = 0; k < rows; k++) {
    uint32_t r = backward ? rows - 1 - k : k;
    float *g = gates + (size_t)r * 4 * hidden, *more = dense(arena, &l->hidden, last, 1);
    for (uint32_t i = 0; i < 4 * hidden; i++)
      g[i] += more[i];
    for (uint32_t i = 0; i < hidden; i++) {
      cell[i] = sigmoid(g[hidden + i]) * cell[i] + sigmoid(g[i]) * tanhf(g[2 * hidden + i]);
      last[i] = sigmoid(g[3 * hidden + i]) * tanhf(cell[i]);
      out[(size_t)r * 2 * hidden + (backward ? hidden : 0) + i] = last[i];
    }
  }
}

typedef struct Reference Reference;
struct Reference {
  float *tag[LABELS_NAME + 1], *arc;
};

static Reference reference(Arena *arena, const Features *features, uint32_t n) {
  const Network *net = &model->network;
  uint32_t rows = n + 1, dim = net->word.columns, wide = 2 * net->lstm[0][0].hidden.in;
  float *x = arena_alloc(arena, (size_t)rows * dim * sizeof *x);
  const Features root = {.word = WORD_ROOT};
  for (uint32_t r = 0; r < rows; r++) {
    const Features *f = r ? &features[r - 1] : &root;
    for (uint32_t d = 0; d < dim; d++) {
      int sum = net->word.at[(size_t)f->word * dim + d];
      for (int k = 0; k < NETWORK_AFFIXES; k++)
        sum += net->affix.at[(size_t)f->affix[k] * dim + d];
      x[(size_t)r * dim + d] = (float)sum * net->word.unit;
    }
  }
  for (int layer = 0; layer < NETWORK_LAYERS; layer++) {
    float *y = arena_alloc(arena, (size_t)rows * wide * sizeof *y);
    for (int d = 0; d < 2; d++)
      lstm(arena, &net->lstm[layer][d], x, rows, d, y);
    x = y;
  }
  Reference out;
  for (int t = 0; t <= LABELS_NAME; t++)
    out.tag[t] = dense(arena, &net->tag[t], x, rows);
  float *dep = dense(arena, &net->arc_dep, x, rows), *head = dense(arena, &net->arc_head, x, rows);
  leak(dep, (size_t)rows * net->arc_dep.out);
  leak(head, (size_t)rows * net->arc_head.out);
  float *mid = dense(arena, &net->arc, dep, rows);
  uint32_t size = net->arc_head.out;
  out.arc = arena_alloc(arena, (size_t)rows * rows * sizeof *out.arc);
  for (uint32_t d = 0; d < rows; d++)
    for (uint32_t h = 0; h < rows; h++)
      for (uint32_t i = 0; i < size; i++)
        out.arc[(size_t)d * rows + h] += mid[(size_t)d * size + i] * head[(size_t)h * size + i];
  return out;
}

// The best of count scores but for the one at `except`.
#define BEST_OF(scores, count, except)                                         \
  ({                                                                           \
    uint32_t best_ = NONE;                                                     \
    for (uint32_t i_ = 0; i_ < (count); i_++)                                  \
      if (i_ != (except) && (best_ == NONE || (scores)[i_] > (scores)[best_])) \
        best_ = i_;                                                            \
    best_;                                                                     \
  })

static void count_equal(const Recorded *w, uint32_t t, uint32_t best, Agreement *sum) {
  sum->tags[t] += best == w->best[t];
}

static void compare(const Recorded *words, uint32_t n, Agreement *floats, Agreement *bytes) {
  const Network *net = &model->network;
  Arena arena = {0};
  Features *features = arena_alloc(&arena, n * sizeof *features);
  for (uint32_t i = 0; i < n; i++)
    features[i] = word_features(net, words[i].form);
  Reference wanted = reference(&arena, features, n);
  Scores scores;
  scores_in(net, n, arena_alloc(&arena, scores_room(net, n)), &scores);
  encode(kernel_best(), net, 1, &(Piece){features, 0, n, &scores});
  float unit = net->arc.unit_out * net->arc_head.unit_out;
  for (uint32_t i = 0; i < n; i++) {
    const Recorded *w = &words[i];
    for (uint32_t t = 0; t <= LABELS_NAME; t++) {
      uint32_t labels = net->label_count[t];
      count_equal(w, t, BEST_OF(wanted.tag[t] + (size_t)(i + 1) * labels, labels, NONE), floats);
      count_equal(w, t, BEST_OF(scores.tag[t] + (size_t)(i + 1) * net->tag[t].wide, labels, NONE), bytes);
    }
    const float *row = wanted.arc + (size_t)(i + 1) * (n + 1);
    uint32_t arc = BEST_OF(row, n + 1, i + 1);
    floats->arcs += arc == w->arc;
    floats->scores += fabsf(row[arc] - w->score) <= .002f + .0005f * fabsf(w->score);
    const int32_t *numbers = scores.arc + (size_t)(i + 1) * (n + 1);
    arc = BEST_OF(numbers, n + 1, i + 1);
    bytes->arcs += arc == w->arc;
    bytes->scores += fabsf((float)numbers[arc] * unit - w->score) <= .5f + .1f * fabsf(w->score);
    floats->words++;
    bytes->words++;
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

// The same numbers in every run.
static uint32_t draw(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 33);
}

static void check(const char *what, const Agreement *sum, double share) {
  static const char *const heads[] = {"upos", "xpos", "feats", "lemma", "name"};
  print_message("%s: %u words; equal:", what, sum->words);
  for (int t = 0; t <= LABELS_NAME; t++)
    print_message(" %s %u,", heads[t], sum->tags[t]);
  print_message(" arc %u; score near %u\n", sum->arcs, sum->scores);
  uint32_t least = (uint32_t)ceil(share * sum->words);
  for (int t = 0; t <= LABELS_NAME; t++)
    if (sum->tags[t] < least)
      fail_msg("%s: %s: %u of %u words as recorded", what, heads[t], sum->tags[t], sum->words);
  assert_true(sum->arcs >= least);
  assert_true(sum->scores >= least);
}

static void the_network_computes_what_its_training_program_recorded(void **state) {
  (void)state;
  const char *source = getenv("BEDE_SOURCE");
  BedeError err = {0};
  Table table;
  Agreement floats = {0}, bytes = {0};
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
      compare(sentence.items, sentence.count, &floats, &bytes);
      sentence.count = 0;
    }
  }
  table_close(&table);
  arena_free(&arena);
  assert_true(floats.words > 800);
  check("floats", &floats, .999);
  check("bytes", &bytes, .97);
}

// ---- kernels

// All kernels over the same numbers.
static void all_kernels_compute_the_same(void **state) {
  (void)state;
  enum { IN = 320, OUT = 53, WIDE = 64, ROWS = 7 };
  const Kernel *kernels[4];
  uint32_t count = kernels_all(kernels);
  uint64_t random = 3;
  int8_t *weight = malloc(IN * WIDE);
  int32_t bias[WIDE], scale[WIDE];
  uint8_t x[ROWS * IN];
  int16_t y[ROWS * WIDE], wanted[ROWS * WIDE];
  for (int round = 0; round < 40; round++) {
    // rounds 0-3: every product as large as it can be, and all of one sign
    for (int i = 0; i < IN * WIDE; i++)
      weight[i] = round < 4 ? (round & 1 ? LAYER_MOST : LAYER_LEAST)
                            : (int8_t)(LAYER_LEAST + (int)(draw(&random) % (LAYER_MOST - LAYER_LEAST + 1)));
    for (int i = 0; i < ROWS * IN; i++)
      x[i] = round < 4 ? (round & 2 ? 255 : 1) : (uint8_t)draw(&random);
    for (int o = 0; o < WIDE; o++) {
      bias[o] = (int32_t)(draw(&random) % 2000000) - 1000000;
      scale[o] = round % 5 ? (int32_t)(draw(&random) % 200000000) : INT32_MAX;
    }
    Layer l = {.weight = weight, .bias = bias, .scale = scale, .in = IN, .out = OUT, .wide = WIDE};
    for (uint32_t k = 0; k < count; k++) {
      memset(y, 0, sizeof y);
      kernels[k]->multiply(&l, x, IN, ROWS, y, WIDE);
      if (!k)
        memcpy(wanted, y, sizeof y);
      if (memcmp(y, wanted, sizeof y))
        fail_msg("%s multiplies otherwise than plain C, round %d", kernels[k]->name, round);
    }
    enum { HIDDEN = 64, SIZE = 96 };
    int16_t gates[8 * HIDDEN], cell[HIDDEN], first[HIDDEN], wanted_cell[HIDDEN], dots[ROWS * SIZE], mid[SIZE];
    uint8_t out[HIDDEN], wanted_out[HIDDEN];
    int32_t products[ROWS], wanted_products[ROWS];
    for (int i = 0; i < 8 * HIDDEN; i++)
      gates[i] = round < 4 ? (round & 1 ? INT16_MIN : INT16_MAX) : (int16_t)(draw(&random) % 6000 - 3000);
    for (int i = 0; i < HIDDEN; i++)
      first[i] = round < 4 ? (round & 2 ? INT16_MIN : INT16_MAX) : (int16_t)draw(&random);
    for (int i = 0; i < ROWS * SIZE; i++)
      dots[i] = round < 4 ? (round & 1 ? -DOT_MOST : DOT_MOST) : (int16_t)(draw(&random) % 4095 - DOT_MOST);
    for (int i = 0; i < SIZE; i++)
      mid[i] = round < 4 ? DOT_MOST : (int16_t)(draw(&random) % 4095 - DOT_MOST);
    for (uint32_t k = 0; k < count; k++) {
      memcpy(cell, first, sizeof cell);
      kernels[k]->step(&model->network, gates, gates + 4 * HIDDEN, HIDDEN, cell, out);
      kernels[k]->dots(mid, dots, ROWS, SIZE, products);
      if (!k) {
        memcpy(wanted_cell, cell, sizeof cell);
        memcpy(wanted_out, out, sizeof out);
        memcpy(wanted_products, products, sizeof products);
      }
      if (memcmp(cell, wanted_cell, sizeof cell) || memcmp(out, wanted_out, sizeof out))
        fail_msg("%s steps otherwise than plain C, round %d", kernels[k]->name, round);
      if (memcmp(products, wanted_products, sizeof products))
        fail_msg("%s takes other dot products than plain C, round %d", kernels[k]->name, round);
    }
  }
  free(weight);
}

static void all_kernels_score_sentences_alike(void **state) {
  (void)state;
  const Network *net = &model->network;
  const Kernel *kernels[4];
  uint32_t count = kernels_all(kernels);
  uint64_t random = 4;
  for (uint32_t n = 1; n <= PIECE_LIMIT; n += n < 12 ? 1 : 61) {
    Arena arena = {0};
    Features *features = arena_alloc(&arena, n * sizeof *features);
    for (uint32_t i = 0; i < n; i++) {
      features[i].word = draw(&random) % net->word.rows;
      for (int k = 0; k < NETWORK_AFFIXES; k++)
        features[i].affix[k] = draw(&random) % net->affix.rows;
    }
    size_t room = scores_room(net, n);
    char *wanted = arena_alloc(&arena, room), *got = arena_alloc(&arena, room);
    for (uint32_t k = 0; k < count; k++) {
      Scores s;
      scores_in(net, n, k ? got : wanted, &s);
      encode(kernels[k], net, 1, &(Piece){features, 0, n, &s});
      score_labels(kernels[k], net, n, n / 2, &s);
      if (k && memcmp(got, wanted, room))
        fail_msg("%s scores %u words otherwise than plain C", kernels[k]->name, n);
    }
    arena_free(&arena);
  }
  print_message("kernels:");
  for (uint32_t k = 0; k < count; k++)
    print_message(" %s%s", kernels[k]->name, k + 1 < count ? "," : "\n");
}

// Pieces of different lengths, together and each by itself.
static void pieces_are_scored_alike_in_any_company(void **state) {
  (void)state;
  const Network *net = &model->network;
  static const uint32_t lengths[PIECES] = {7, 31, 1, 31};
  uint64_t random = 5;
  Arena arena = {0};
  Piece pieces[PIECES];
  Scores scores[PIECES], alone;
  char *rooms[PIECES], *room = arena_alloc(&arena, scores_room(net, 31));
  for (uint32_t p = 0; p < PIECES; p++) {
    Features *features = arena_alloc(&arena, lengths[p] * sizeof *features);
    for (uint32_t i = 0; i < lengths[p]; i++)
      features[i] = (Features){.word = draw(&random) % net->word.rows, .affix = {draw(&random) % net->affix.rows}};
    rooms[p] = arena_alloc(&arena, scores_room(net, lengths[p]));
    scores_in(net, lengths[p], rooms[p], &scores[p]);
    pieces[p] = (Piece){features, 0, lengths[p], &scores[p]};
  }
  encode(kernel_best(), net, PIECES, pieces);
  for (uint32_t p = 0; p < PIECES; p++) {
    size_t size = scores_in(net, lengths[p], room, &alone);
    memset(room, 0, size);
    encode(kernel_best(), net, 1, &(Piece){pieces[p].features, 0, lengths[p], &alone});
    if (memcmp(room, rooms[p], size))
      fail_msg("piece %u is scored otherwise among others", p);
  }
  arena_free(&arena);
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

static int64_t total(const int32_t *scores, uint32_t n, const uint32_t *heads) {
  int64_t sum = 0;
  for (uint32_t d = 1; d <= n; d++)
    sum += scores[d * (n + 1) + heads[d]];
  return sum;
}

static void fill(int32_t *scores, uint32_t n, uint64_t *random) {
  uint32_t spread = 1 + draw(random) % 20;
  for (uint32_t i = 0; i < (n + 1) * (n + 1); i++)
    scores[i] = (int32_t)(spread * (draw(random) % 20001)) - (int32_t)(spread * 10000);
}

static void no_other_tree_scores_higher(void **state) {
  (void)state;
  uint64_t random = 1;
  void *work = malloc(tree_work(WORDS));
  for (int graph = 0; graph < GRAPHS; graph++) {
    int32_t scores[SIZE * SIZE];
    int64_t top = INT64_MIN;
    fill(scores, WORDS, &random);
    uint32_t heads[SIZE] = {0}, all = 1;
    for (uint32_t d = 0; d < WORDS; d++)
      all *= SIZE;
    for (uint32_t k = 0; k < all; k++) {
      for (uint32_t d = 1, rest = k; d < SIZE; d++, rest /= SIZE)
        heads[d] = rest % SIZE;
      int64_t sum = total(scores, WORDS, heads);
      if (sum > top && is_tree(heads, WORDS))
        top = sum;
    }
    best_tree(scores, WORDS, heads, work);
    if (!is_tree(heads, WORDS))
      fail_msg("graph %d: no tree with one root", graph);
    if (total(scores, WORDS, heads) < top)
      fail_msg("graph %d: %lld, but a tree has %lld", graph, (long long)total(scores, WORDS, heads), (long long)top);
  }
  free(work);
}

static void long_sentences_get_trees_too(void **state) {
  (void)state;
  uint64_t random = 2;
  int32_t *scores = malloc((PIECE_LIMIT + 1) * (PIECE_LIMIT + 1) * sizeof *scores);
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
      scores[i] = i % 3 ? -TREE_MOST : TREE_MOST;
    best_tree(scores, n, heads, work);
    if (!is_tree(heads, n))
      fail_msg("%u words, as far apart as can be: no tree with one root", n);
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
      cmocka_unit_test(all_kernels_compute_the_same),
      cmocka_unit_test(all_kernels_score_sentences_alike),
      cmocka_unit_test(pieces_are_scored_alike_in_any_company),
      cmocka_unit_test(no_other_tree_scores_higher),
      cmocka_unit_test(long_sentences_get_trees_too),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  bede_model_free(model);
  return failed;
}
