// cluster.c - items and the links between them to stories. See record.h.
// SPDX-License-Identifier: Apache-2.0
#include "record/record.h"
#include <math.h>
#include <stdlib.h>

// Two groups become one if, on average, a pair across them is at least so much
// of a pair within them. Groups of few members are not yet known well: their
// tightness is counted as if one more pair had nothing in common.
static const double tight = 0.7;

// ---- one component

typedef struct Group Group;
struct Group {
  uint32_t size;    // 0: it went into another
  double within;    // sum of the scores of its pairs
  uint32_t best;    // the later group it should join first, or NONE
  double mean;      // and how alike they are
};

typedef struct Sums Sums;
struct Sums {
  uint32_t count;
  double *sums; // count * count: of the scores across two groups; whole numbers
  Group *groups;
};

static double tightness(const Group *g) {
  double pairs = (double)g->size * (g->size - 1) / 2;
  return g->size > 1 ? g->within / (pairs + 1) : 0;
}

// How alike two groups are; 0 where they must stay apart.
static double nearness(const Sums *t, uint32_t a, uint32_t b) {
  const Group *x = &t->groups[a], *y = &t->groups[b];
  double mean = t->sums[(size_t)a * t->count + b] / ((double)x->size * y->size);
  if (mean < STORY_LIMIT || mean < tight * sqrt(tightness(x) * tightness(y)))
    return 0;
  return mean;
}

static void find_best(Sums *t, uint32_t a) {
  Group *g = &t->groups[a];
  g->best = NONE;
  g->mean = 0;
  for (uint32_t b = a + 1; b < t->count; b++) {
    double mean = t->groups[b].size ? nearness(t, a, b) : 0;
    if (mean > g->mean)
      g->best = b, g->mean = mean;
  }
}

static void join(Sums *t, uint32_t a, uint32_t b) {
  size_t n = t->count;
  Group *x = &t->groups[a], *y = &t->groups[b];
  x->within += y->within + t->sums[a * n + b];
  x->size += y->size;
  y->size = 0;
  for (uint32_t k = 0; k < t->count; k++) {
    t->sums[a * n + k] += t->sums[b * n + k];
    t->sums[k * n + a] = t->sums[a * n + k];
  }
  find_best(t, a);
  for (uint32_t k = 0; k < b; k++) {
    Group *g = &t->groups[k];
    if (!g->size || k == a)
      continue;
    if (g->best == b || (g->best == a && k < a)) {
      find_best(t, k);
    } else if (k < a) {
      double mean = nearness(t, k, a);
      if (mean > g->mean || (mean > 0 && mean >= g->mean && a < g->best))
        g->best = a, g->mean = mean;
    }
  }
}

static void part_component(const void *items, Alike alike, const uint32_t *members,
                           uint32_t count, Arena *arena, uint32_t *out) {
  Sums t = {count, arena_alloc(arena, (size_t)count * count * sizeof(double)),
            arena_alloc(arena, count * sizeof(Group))};
  uint32_t *into = arena_alloc(arena, count * sizeof *into);
  for (uint32_t i = 0; i < count; i++) {
    t.groups[i].size = 1;
    into[i] = i;
    for (uint32_t k = 0; k < i; k++)
      t.sums[(size_t)i * count + k] = t.sums[(size_t)k * count + i] =
          alike(items, members[k], members[i]);
  }
  for (uint32_t i = 0; i < count; i++)
    find_best(&t, i);
  for (;;) {
    uint32_t a = NONE;
    for (uint32_t i = 0; i < count; i++)
      if (t.groups[i].size && t.groups[i].best != NONE &&
          (a == NONE || t.groups[i].mean > t.groups[a].mean))
        a = i;
    if (a == NONE)
      break;
    uint32_t b = t.groups[a].best;
    into[b] = a;
    join(&t, a, b);
  }
  for (uint32_t i = 0; i < count; i++) { // an item's group is never later than itself
    into[i] = into[into[i]];
    out[members[i]] = members[into[i]];
  }
}

// ---- components

static uint32_t root_of(uint32_t *roots, uint32_t i) {
  while (roots[i] != i)
    i = roots[i] = roots[roots[i]];
  return i;
}

static int by_root_at(const void *a, const void *b, void *roots) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  const uint32_t *r = roots;
  return r[x] != r[y] ? (r[x] > r[y]) - (r[x] < r[y]) : (x > y) - (x < y);
}

typedef struct Job Job;
struct Job {
  void *items;
  Alike alike;
  Skip skip;
  uint32_t *out, *roots;
};

// Parts the members, which hang together by links of the limit before, into
// what hangs together at this one.
static void part(const Job *job, uint32_t *members, uint32_t count, const Link *links,
                 uint32_t link_count, int32_t limit) {
  uint32_t *roots = job->roots;
  for (uint32_t i = 0; i < count; i++)
    roots[members[i]] = members[i];
  for (uint32_t i = 0; i < link_count; i++) {
    if (links[i].score < limit)
      continue;
    uint32_t a = root_of(roots, links[i].a), b = root_of(roots, links[i].b);
    roots[MAX(a, b)] = MIN(a, b);
  }
  for (uint32_t i = 0; i < count; i++)
    roots[members[i]] = root_of(roots, members[i]);
  qsort_r(members, count, sizeof *members, by_root_at, roots);
  Arena arena = {0};
  for (uint32_t begin = 0, end; begin < count; begin = end) {
    for (end = begin + 1; end < count && roots[members[end]] == roots[members[begin]];)
      end++;
    uint32_t size = end - begin;
    if (size == 1 && !job->skip) {
      job->out[members[begin]] = members[begin];
    } else if (size > STORY_COMPONENT && limit < SIGN_ONE) {
      Arena below = {0};
      Links inside = {0};
      uint32_t root = roots[members[begin]];
      for (uint32_t i = 0; i < link_count; i++)
        if (links[i].score >= limit && roots[links[i].a] == root)
          array_push(&below, &inside, links[i]);
      uint32_t *copy = arena_alloc(&below, size * sizeof *copy);
      uint32_t *kept = arena_alloc(&below, count * sizeof *kept);
      memcpy(copy, members + begin, size * sizeof *copy);
      for (uint32_t i = 0; i < count; i++)
        kept[i] = roots[members[i]];
      part(job, copy, size, inside.items, inside.count, limit + SIGN_ONE / 20);
      for (uint32_t i = 0; i < count; i++)
        roots[members[i]] = kept[i];
      arena_free(&below);
    } else if (!job->skip || !job->skip(job->items, members + begin, size)) {
      arena_reset(&arena);
      if (size > STORY_COMPONENT) // the very same text so often: one story
        for (uint32_t i = begin; i < end; i++)
          job->out[members[i]] = members[begin];
      else
        part_component(job->items, job->alike, members + begin, size, &arena, job->out);
    }
  }
  arena_free(&arena);
}

void record_part(void *items, uint32_t count, Alike alike, const Link *links, uint32_t link_count,
                 Skip skip, uint32_t *out) {
  Arena arena = {0};
  uint32_t *members = arena_alloc(&arena, (count + 1) * sizeof *members);
  Job job = {items, alike, skip, out, arena_alloc(&arena, (count + 1) * sizeof(uint32_t))};
  for (uint32_t i = 0; i < count; i++)
    members[i] = i, out[i] = NONE;
  part(&job, members, count, links, link_count, STORY_LIMIT);
  arena_free(&arena);
}
