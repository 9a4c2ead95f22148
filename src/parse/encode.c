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

// One direction of one layer over several pieces in step, so that the weights
// over the last outputs are read once for all. The longest piece comes first.
static void lstm(const Kernel *k, const Network *net, int layer, bool backward, uint32_t count,
                 const uint32_t *rows, Scores *const *scores) {
  const Lstm *l = &net->lstm[layer][backward];
  uint32_t hidden = l->hidden.in, wide = 4 * hidden, active = count;
  int16_t cell[PIECES][NETWORK_WIDEST / 2] = {{0}}, last[PIECES * 2 * NETWORK_WIDEST];
  uint8_t before[PIECES * NETWORK_WIDEST / 2]; // no output yet: zeros
  memset(before, 128, sizeof before);
  for (uint32_t p = 0; p < count; p++) {
    const uint8_t *x = layer ? scores[p]->layer[layer - 1] : scores[p]->embedded;
    k->multiply(&l->input, x, l->input.in, rows[p], scores[p]->gates, wide);
  }
  for (uint32_t i = 0; i < rows[0]; i++) {
    while (i >= rows[active - 1])
      active--;
    // four rows cost little more than two: a vector unit's tile has four
    k->multiply(&l->hidden, before, hidden, active > 1 ? PIECES : 1, last, wide);
    for (uint32_t p = 0; p < active; p++) {
      uint32_t r = backward ? rows[p] - 1 - i : i;
      uint8_t *y = scores[p]->layer[layer] + (size_t)r * 2 * hidden + (backward ? hidden : 0);
      k->step(net, scores[p]->gates + (size_t)r * wide, last + (size_t)p * wide, hidden, cell[p], y);
      memcpy(before + (size_t)p * hidden, y, hidden);
    }
  }
}

// What stands behind the encoder, for one piece.
static void score(const Kernel *k, const Network *net, uint32_t rows, Scores *s) {
  const uint8_t *x = s->layer[NETWORK_LAYERS - 1];
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

void encode(const Kernel *k, const Network *net, uint32_t count, const Piece *pieces) {
  uint32_t dim = net->word.columns, rows[PIECES];
  Scores *scores[PIECES];
  for (uint32_t p = 0; p < count; p++) { // the longest first
    uint32_t at = p, n = pieces[p].count + 1;
    for (; at && rows[at - 1] < n; at--)
      rows[at] = rows[at - 1], scores[at] = scores[at - 1];
    rows[at] = n;
    scores[at] = pieces[p].scores;
    // The root is a word with no affix: train.py gives it row 0 of that table
    // five times, and the row is not zero.
    const Features root = {.word = WORD_ROOT};
    for (uint32_t r = 0; r < n; r++)
      embed(net, r ? &pieces[p].features[r - 1] : &root, pieces[p].scores->embedded + (size_t)r * dim);
  }
  for (int layer = 0; layer < NETWORK_LAYERS; layer++)
    for (int d = 0; d < 2; d++)
      lstm(k, net, layer, d, count, rows, scores);
  for (uint32_t p = 0; p < count; p++)
    score(k, net, rows[p], scores[p]);
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
