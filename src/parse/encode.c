// encode.c - the network in integers; docs/network.md has a drawing of it.
//
//   embedding  = word row + five affix rows, halved to a byte
//   two layers of BiLSTM; gates input, forget, cell, output
//   heads      = linear; arcs biaffine; labels one hidden layer
//
// Every sum is of integers and every rounding is stated, so plain C and all
// vector units (kernel.c) give the same numbers on every machine.
// SPDX-License-Identifier: Apache-2.0
#include "parse/internal.h"

static inline int32_t cut(int32_t x, int32_t least, int32_t most) {
  return x < least ? least : x > most ? most : x;
}

// A row of 16 bits, negative values an eighth of themselves, to bytes of 16
// steps each with 128 added.
static void leak_to_bytes(const int16_t *x, uint32_t count, uint8_t *out) {
  for (uint32_t i = 0; i < count; i++) {
    int32_t y = x[i] < 0 ? (x[i] + 4) >> 3 : x[i];
    out[i] = (uint8_t)(cut((y + 8) >> 4, -127, 127) + 128);
  }
}

static void cut_dots(int16_t *x, size_t count) {
  for (size_t i = 0; i < count; i++)
    x[i] = (int16_t)cut(x[i], -DOT_MOST, DOT_MOST);
}

static void embed(const Network *net, const Features *f, uint8_t *out) {
  uint32_t dim = net->word.columns;
  int16_t sum[NETWORK_WIDEST];
  const int8_t *row = net->word.at + (size_t)f->word * dim;
  for (uint32_t d = 0; d < dim; d++)
    sum[d] = row[d];
  for (int k = 0; k < NETWORK_AFFIXES; k++) {
    row = net->affix.at + (size_t)f->affix[k] * dim;
    for (uint32_t d = 0; d < dim; d++)
      sum[d] = (int16_t)(sum[d] + row[d]);
  }
  for (uint32_t d = 0; d < dim; d++)
    out[d] = (uint8_t)(cut((sum[d] + 1) >> 1, -127, 127) + 128);
}

static void lstm(const Kernel *k, const Network *net, const Lstm *l, const uint8_t *x, uint32_t rows,
                 bool backward, int16_t *gates, uint8_t *out) {
  uint32_t hidden = l->hidden.in, wide = 4 * hidden;
  int16_t cell[NETWORK_WIDEST / 2] = {0}, last[2 * NETWORK_WIDEST];
  uint8_t before[NETWORK_WIDEST / 2]; // no output yet: zeros
  memset(before, 128, sizeof before);
  k->multiply(&l->input, x, l->input.in, rows, gates, wide);
  const uint8_t *from = before;
  for (uint32_t i = 0; i < rows; i++) {
    uint32_t r = backward ? rows - 1 - i : i;
    uint8_t *y = out + (size_t)r * 2 * hidden + (backward ? hidden : 0);
    k->multiply(&l->hidden, from, 0, 1, last, wide);
    k->step(net, gates + (size_t)r * wide, last, hidden, cell, y);
    from = y;
  }
}

void encode(const Kernel *k, const Network *net, const Features *features, uint32_t n, Scores *s) {
  uint32_t rows = n + 1, dim = net->word.columns;
  // The root is a word with no affix: train.py gives it row 0 of that table
  // five times, and the row is not zero.
  const Features root = {.word = WORD_ROOT};
  for (uint32_t r = 0; r < rows; r++)
    embed(net, r ? &features[r - 1] : &root, s->embedded + (size_t)r * dim);
  const uint8_t *x = s->embedded;
  for (int layer = 0; layer < NETWORK_LAYERS; layer++) {
    uint8_t *y = s->layer[layer & 1];
    for (int d = 0; d < 2; d++)
      lstm(k, net, &net->lstm[layer][d], x, rows, d, s->gates, y);
    x = y;
  }
  uint32_t wide = net->arc_dep.in;
  for (int t = 0; t <= LABELS_NAME; t++)
    k->multiply(&net->tag[t], x, wide, rows, s->tag[t], net->tag[t].wide);
  uint32_t dep = net->arc_dep.out, head = net->arc_head.out, rel = net->rel_dep.out;
  k->multiply(&net->rel_dep, x, wide, rows, s->rel_dep, rel);
  k->multiply(&net->rel_head, x, wide, rows, s->rel_head, rel);
  k->multiply(&net->arc_head, x, wide, rows, s->arc_head, head);
  k->multiply(&net->arc_dep, x, wide, rows, s->arc_mid, dep);
  leak_to_bytes(s->arc_mid, rows * dep, s->arc_dep);
  for (size_t i = 0; i < (size_t)rows * head; i++)
    if (s->arc_head[i] < 0)
      s->arc_head[i] = (int16_t)((s->arc_head[i] + 4) >> 3);
  k->multiply(&net->arc, s->arc_dep, dep, rows, s->arc_mid, head);
  cut_dots(s->arc_mid, (size_t)rows * head);
  cut_dots(s->arc_head, (size_t)rows * head);
  for (uint32_t d = 0; d < rows; d++)
    k->dots(s->arc_mid + (size_t)d * head, s->arc_head, rows, head, s->arc + (size_t)d * rows);
}

void score_labels(const Kernel *k, const Network *net, uint32_t dependent, uint32_t head, Scores *s) {
  uint32_t size = net->rel.in;
  int16_t sum[NETWORK_WIDEST];
  uint8_t hidden[NETWORK_WIDEST];
  const int16_t *d = s->rel_dep + (size_t)dependent * size, *h = s->rel_head + (size_t)head * size;
  for (uint32_t i = 0; i < size; i++)
    sum[i] = (int16_t)cut(d[i] + h[i], INT16_MIN, INT16_MAX);
  leak_to_bytes(sum, size, hidden);
  k->multiply(&net->rel, hidden, size, 1, s->rel, net->rel.wide);
}

size_t scores_room(const Network *net, uint32_t n) {
  Scores s;
  return scores_in(net, n, NULL, &s);
}

size_t scores_in(const Network *net, uint32_t n, char *room, Scores *s) {
  size_t rows = (size_t)n + 1, hidden = net->lstm[0][0].hidden.in, used = 0;
#define ROOM(field, columns)                                                   \
  (s->field = room ? (void *)(room + used) : NULL,                             \
   used += (rows * (columns) * sizeof *s->field + 63) / 64 * 64)
  ROOM(embedded, net->word.columns);
  ROOM(layer[0], 2 * hidden);
  ROOM(layer[1], 2 * hidden);
  ROOM(gates, 4 * hidden);
  for (int t = 0; t <= LABELS_NAME; t++)
    ROOM(tag[t], net->tag[t].wide);
  ROOM(arc_dep, net->arc_dep.out);
  ROOM(arc_head, net->arc_head.out);
  ROOM(arc_mid, MAX(net->arc_head.out, net->arc_dep.out));
  ROOM(rel_dep, net->rel_dep.out);
  ROOM(rel_head, net->rel_head.out);
  ROOM(arc, rows);
  ROOM(rel, net->rel.wide);
#undef ROOM
  return used;
}
