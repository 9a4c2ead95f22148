// tree.c - the maximum spanning tree with one word at the root.
//
// Chu-Liu/Edmonds: each word takes its best head; a circle is contracted to
// one node and the problem solved again. Usually there is no circle and no
// second root, and the first step is all. Where the free tree has several
// roots it is solved again with arcs from the root made so dear that one has
// to do: trees with one root all lose the same, so the best of them wins.
// SPDX-License-Identifier: Apache-2.0
#include "parse/internal.h"

// score[d * size + h]; node 0 is the root; alive[v]: not swallowed.
typedef struct Graph Graph;
struct Graph {
  int64_t *score;
  uint32_t size;
  uint32_t *head, *mark, *stack;
  // where an arc into or out of a contracted circle really goes
  uint32_t *real_dep, *real_head; // size x size, [dependent][head]
  uint32_t *owner;                // the living node that swallowed each node
  uint8_t *alive;
};

size_t tree_work(uint32_t n) {
  size_t s = n + 1;
  return s * s * (sizeof(int64_t) + 2 * sizeof(uint32_t)) + s * (6 * sizeof(uint32_t) + 1) + 64;
}

// Solves over the living nodes: writes the heads of those words by which the
// living nodes are entered; the words inside of circles follow on the way back.
static void solve(Graph *g, uint32_t *heads) {
  uint32_t n = g->size;
  for (uint32_t d = 1; d < n; d++) {
    if (!g->alive[d])
      continue;
    uint32_t best = 0;
    int64_t best_score = INT64_MIN;
    for (uint32_t h = 0; h < n; h++)
      if (h != d && g->alive[h] && g->score[d * n + h] > best_score)
        best = h, best_score = g->score[d * n + h];
    g->head[d] = best;
  }
  // a circle?
  memset(g->mark, 0, n * sizeof *g->mark);
  uint32_t circle = 0;
  for (uint32_t d = 1; d < n && !circle; d++) {
    if (!g->alive[d])
      continue;
    uint32_t v = d;
    while (v && !g->mark[v]) {
      g->mark[v] = d;
      v = g->head[v];
    }
    if (v && g->mark[v] == d)
      circle = v;
  }
  if (!circle) {
    for (uint32_t d = 1; d < n; d++)
      if (g->alive[d]) {
        uint32_t h = g->head[d];
        heads[g->real_dep[d * n + h]] = g->real_head[d * n + h];
      }
    return;
  }
  // Contract the circle into its node `circle`. For every living node outside,
  // keep the best arc in and out. The choices inside are kept on the stack of
  // the caller (recursion depth: number of circles).
  uint32_t count = 0, v = circle;
  uint32_t *in_circle = g->stack;
  do {
    in_circle[count++] = v;
    v = g->head[v];
  } while (v != circle);
  g->stack += count;
  uint32_t inner_dep[PIECE_LIMIT + 2], inner_head[PIECE_LIMIT + 2], owner[PIECE_LIMIT + 2];
  int64_t inner_score[PIECE_LIMIT + 2], sum = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t d = in_circle[i], h = g->head[d];
    inner_dep[i] = g->real_dep[d * n + h];
    inner_head[i] = g->real_head[d * n + h];
    inner_score[i] = g->score[d * n + h];
    sum += inner_score[i];
  }
  uint8_t is_in[PIECE_LIMIT + 2] = {0};
  for (uint32_t i = 0; i < count; i++)
    is_in[in_circle[i]] = 1;
  for (uint32_t x = 0; x < n; x++) {
    if (!g->alive[x] || is_in[x])
      continue;
    // arcs from x into the circle: breaking it at d gains score - inner
    int64_t best_in = INT64_MIN, best_out = INT64_MIN;
    uint32_t in_d = 0, out_h = 0;
    for (uint32_t i = 0; i < count; i++) {
      uint32_t d = in_circle[i];
      int64_t gain = g->score[d * n + x] - inner_score[i];
      if (gain > best_in)
        best_in = gain, in_d = d;
      if (x && g->score[x * n + d] > best_out)
        best_out = g->score[x * n + d], out_h = d;
    }
    uint32_t rd = g->real_dep[in_d * n + x], rh = g->real_head[in_d * n + x];
    g->score[circle * n + x] = best_in + sum;
    g->real_dep[circle * n + x] = rd;
    g->real_head[circle * n + x] = rh;
    if (x) {
      rd = g->real_dep[x * n + out_h], rh = g->real_head[x * n + out_h];
      g->score[x * n + circle] = best_out;
      g->real_dep[x * n + circle] = rd;
      g->real_head[x * n + circle] = rh;
    }
  }
  memcpy(owner, g->owner, n * sizeof *owner);
  for (uint32_t i = 0; i < count; i++)
    if (in_circle[i] != circle)
      g->alive[in_circle[i]] = 0;
  for (uint32_t v = 1; v < n; v++)
    if (is_in[g->owner[v]])
      g->owner[v] = circle;
  solve(g, heads);
  // the word by which the circle was entered; its member keeps that arc, the
  // others get theirs inside the circle
  uint32_t entered = circle;
  for (uint32_t v = 1; v < n; v++)
    if (heads[v] != NONE && is_in[owner[v]])
      entered = owner[v];
  for (uint32_t i = 0; i < count; i++)
    if (in_circle[i] != entered)
      heads[inner_dep[i]] = inner_head[i];
}

// fee: what an arc from the root costs. Returns the number of roots.
static uint32_t run(const int32_t *scores, uint32_t n, int64_t fee, uint32_t *heads, char *work) {
  uint32_t size = n + 1;
  Graph g = {.size = size};
  g.score = (int64_t *)work;
  g.real_dep = (uint32_t *)(g.score + (size_t)size * size);
  g.real_head = g.real_dep + (size_t)size * size;
  g.head = g.real_head + (size_t)size * size;
  g.mark = g.head + size;
  g.stack = g.mark + size;       // 3 x size: circles nest, and each swallows
  g.owner = g.stack + 3 * (size_t)size; // all but one of its nodes
  g.alive = (uint8_t *)(g.owner + size);
  for (size_t i = 0; i < (size_t)size * size; i++)
    g.score[i] = scores[i];
  for (uint32_t d = 0; d < size; d++) {
    g.alive[d] = 1;
    g.owner[d] = d;
    heads[d] = d ? NONE : 0;
    for (uint32_t h = 0; h < size; h++) {
      g.real_dep[d * size + h] = d;
      g.real_head[d * size + h] = h;
    }
    g.score[d * size] -= fee;
  }
  solve(&g, heads);
  uint32_t roots = 0;
  for (uint32_t d = 1; d < size; d++)
    roots += heads[d] == 0;
  return roots;
}

// Each word's best head; whether that is a tree with one root, as most are.
static bool greedy(const int32_t *scores, uint32_t n, uint32_t *heads, uint32_t *mark) {
  uint32_t roots = 0;
  heads[0] = 0;
  for (uint32_t d = 1; d <= n; d++) {
    const int32_t *row = scores + (size_t)d * (n + 1);
    uint32_t best = 0;
    for (uint32_t h = 1; h <= n; h++)
      if (row[h] > row[best] && h != d)
        best = h;
    heads[d] = best;
    mark[d] = 0;
    roots += !best;
  }
  for (uint32_t d = 1; d <= n && roots == 1; d++) {
    uint32_t v = d;
    for (; v && !mark[v]; v = heads[v])
      mark[v] = d;
    if (v && mark[v] == d)
      return false;
  }
  return roots == 1;
}

void best_tree(const int32_t *scores, uint32_t n, uint32_t *heads, void *work) {
  if (greedy(scores, n, heads, work) || run(scores, n, 0, heads, work) <= 1)
    return;
  // More than any two trees can differ by.
  int64_t fee = 1;
  for (uint32_t d = 1; d <= n; d++) {
    const int32_t *row = scores + (size_t)d * (n + 1);
    int64_t least = row[0], most = least;
    for (uint32_t h = 1; h <= n; h++)
      if (h != d) {
        int64_t score = row[h];
        least = MIN(least, score);
        most = MAX(most, score);
      }
    fee += most - least;
  }
  run(scores, n, fee, heads, work);
}
