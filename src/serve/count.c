// count.c - rows counted.
// SPDX-License-Identifier: Apache-2.0
#include "serve/count.h"
#include <math.h>
#include <stdlib.h>

// ---- by time

static int32_t bin_first(int32_t day, Unit unit) {
  Day d = day_of_number(day);
  switch (unit) {
  case UNIT_WEEK:
    return day - day_weekday(d);
  case UNIT_MONTH:
    return day_number((Day){d.year, d.month, 1});
  case UNIT_YEAR:
    return day_number((Day){d.year, 1, 1});
  default:
    return day;
  }
}

static int32_t bin_last(int32_t first, Unit unit) {
  Day d = day_of_number(first);
  switch (unit) {
  case UNIT_WEEK:
    return first + 6;
  case UNIT_MONTH:
    return first + days_in_month(d.year, d.month) - 1;
  case UNIT_YEAR:
    return day_number((Day){d.year, 12, 31});
  default:
    return first;
  }
}

static Precision precision_of(Unit unit) {
  return unit == UNIT_YEAR ? PRECISION_YEAR : unit == UNIT_MONTH ? PRECISION_MONTH : PRECISION_DAY;
}

static Unit unit_for(int32_t days) {
  return days <= 100 ? UNIT_DAY : days <= 500 ? UNIT_WEEK : days <= 366 * 25 ? UNIT_MONTH : UNIT_YEAR;
}

// Rows are sorted by their first day, those without one at the end.
static bool time_shown(const Columns *c, Rows rows, const RowFilter *f, int32_t *from,
                       int32_t *until) {
  uint32_t dated = rows.count;
  while (dated && c->rows.items[rows.items[dated - 1]].first == NO_DAY)
    dated--;
  if (!dated)
    return false;
  const Row *first = &c->rows.items[rows.items[0]], *last = &c->rows.items[rows.items[dated - 1]];
  *from = first->first;
  *until = last->first;
  if (dated >= 20) { // the inner 96 %, where the rest would stretch it
    int32_t low = c->rows.items[rows.items[dated / 50]].first;
    int32_t high = c->rows.items[rows.items[dated - 1 - dated / 50]].first;
    int32_t inner = MAX(high - low, 30);
    if (low - *from > inner / 2)
      *from = low;
    if (*until - high > inner / 2)
      *until = high;
  }
  if (f->from_given)
    *from = f->from;
  if (f->until_given)
    *until = f->until;
  return *from <= *until;
}

// Where the level of a count changes: the series is cut in two where that makes
// the counts likeliest under one Poisson rate on each side, as long as the gain
// is worth it (binary segmentation; twice the log-likelihood against 3 log n).
static double level_gain(const uint32_t *sums, uint32_t a, uint32_t m, uint32_t b) {
  double left = sums[m] - sums[a], right = sums[b] - sums[m], all = left + right;
  double gain = 0;
  if (left > 0)
    gain += left * log(left / (m - a));
  if (right > 0)
    gain += right * log(right / (b - m));
  if (all > 0)
    gain -= all * log(all / (b - a));
  return 2 * gain;
}

enum { SHORTEST = 3, BREAKS = 12 }; // bins between two breaks; breaks

static void cut_levels(const uint32_t *sums, uint32_t a, uint32_t b, double price, Series *out) {
  double best = price;
  uint32_t at = 0;
  for (uint32_t m = a + SHORTEST; m + SHORTEST <= b; m++) {
    double gain = level_gain(sums, a, m, b);
    if (gain > best)
      best = gain, at = m;
  }
  if (!at || out->break_count == BREAKS)
    return;
  cut_levels(sums, a, at, price, out);
  if (out->break_count < BREAKS)
    out->breaks[out->break_count++] = at;
  cut_levels(sums, at, b, price, out);
}

static void find_breaks(Series *s, Arena *arena) {
  uint32_t *sums = arena_alloc(arena, (s->count + 1u) * sizeof *sums);
  s->breaks = arena_alloc(arena, (BREAKS + 1) * sizeof *s->breaks);
  for (uint32_t i = 0; i < s->count; i++) {
    const uint32_t *q = s->bins[i].quads;
    sums[i + 1] = sums[i] + q[0] + q[1] + q[2] + q[3];
  }
  if (s->count >= 2 * SHORTEST)
    cut_levels(sums, 0, s->count, 3 * log(s->count) + 6, s);
}

enum { BINS = 4000 };

Series count_series(const Columns *c, Rows rows, const RowFilter *f, Unit unit, Arena *arena) {
  Series s = {.unit = unit};
  int32_t from = 0, until = 0;
  if (!time_shown(c, rows, f, &from, &until)) {
    s.undated = rows.count;
    return s;
  }
  if (!unit)
    s.unit = unit_for(until - from + 1);
  while (s.unit < UNIT_YEAR && (until - from) / (s.unit == UNIT_DAY ? 1 : s.unit == UNIT_WEEK ? 7 : 30) >= BINS)
    s.unit++;
  int32_t first = bin_first(from, s.unit), span = until - first + 1;
  uint32_t *bin_of = arena_alloc(arena, (size_t)span * sizeof *bin_of); // by day
  int shortest = s.unit == UNIT_DAY ? 1 : s.unit == UNIT_WEEK ? 7 : s.unit == UNIT_MONTH ? 28 : 365;
  s.bins = arena_alloc(arena, (size_t)(span / shortest + 2) * sizeof *s.bins);
  for (int32_t at = first; at <= until; at = s.bins[s.count - 1].last + 1) {
    s.bins[s.count++] = (Bin){.first = at, .last = bin_last(at, s.unit)};
    for (int32_t day = at; day <= MIN(until, s.bins[s.count - 1].last); day++)
      bin_of[day - first] = s.count - 1;
  }
  for (uint32_t i = 0; i < rows.count; i++) {
    const Row *row = &c->rows.items[rows.items[i]];
    if (row->first == NO_DAY) {
      s.undated++;
    } else if (row->precision < precision_of(s.unit)) {
      s.vague++;
    } else if (row->first < first || row->first > until) {
      row->first < first ? s.before++ : s.after++;
    } else {
      Bin *bin = &s.bins[bin_of[row->first - first]];
      bin->quads[event_quads[row->type]]++;
      bin->goldstein += row->goldstein;
    }
  }
  find_breaks(&s, arena);
  return s;
}

// ---- by whom and where

static void add(Tally *t, const Row *row) {
  t->quads[event_quads[row->type]]++;
  t->count++;
  t->goldstein += row->goldstein;
}

static int by_count(const void *a, const void *b) {
  const Tally *x = a, *y = b;
  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

static Tallies sorted(Tally *items, uint32_t count) {
  Tallies out = {.items = items};
  for (uint32_t i = 0; i < count; i++)
    if (items[i].count)
      items[out.count++] = items[i];
  if (out.count)
    qsort(items, out.count, sizeof *items, by_count);
  return out;
}

static Tally *tallies_new(uint32_t count, Arena *arena) {
  Tally *items = arena_alloc(arena, (count + 1u) * sizeof *items);
  for (uint32_t i = 0; i < count; i++)
    items[i].a = i;
  return items;
}

Tallies count_actors(const Columns *c, Rows rows, Arena *arena) {
  Tally *items = tallies_new(c->codes.count, arena);
  for (uint32_t i = 0; i < rows.count; i++) {
    const Row *row = &c->rows.items[rows.items[i]];
    uint32_t a = c->actors.items[row->source].codes, b = c->actors.items[row->target].codes;
    if (a)
      add(&items[a], row);
    if (b && b != a)
      add(&items[b], row);
  }
  return sorted(items, c->codes.count);
}

Tallies count_places(const Columns *c, Rows rows, Arena *arena) {
  Tally *items = tallies_new(c->places.count, arena);
  for (uint32_t i = 0; i < rows.count; i++) {
    const Row *row = &c->rows.items[rows.items[i]];
    if (row->place)
      add(&items[row->place], row);
  }
  return sorted(items, c->places.count);
}

Tallies count_agencies(const Columns *c, Rows rows, Arena *arena) {
  Tally *items = tallies_new(c->agencies.count, arena);
  for (uint32_t i = 0; i < rows.count; i++) {
    const Row *row = &c->rows.items[rows.items[i]];
    if (row->agency)
      add(&items[row->agency], row);
  }
  return sorted(items, c->agencies.count);
}

Tallies count_names(const Columns *c, Rows rows, const char *code, Arena *arena) {
  Tally *items = tallies_new(c->actors.count, arena);
  for (uint32_t i = 0; i < rows.count; i++) {
    const Row *row = &c->rows.items[rows.items[i]];
    const RowActor *a = &c->actors.items[row->source], *b = &c->actors.items[row->target];
    if (*a->name && !strcmp(a->code, code))
      add(&items[row->source], row);
    if (*b->name && !strcmp(b->code, code) && row->target != row->source)
      add(&items[row->target], row);
  }
  return sorted(items, c->actors.count);
}

// Pairs that occur, in open addressing by both numbers.
typedef struct Pairs Pairs;
struct Pairs {
  Tally *slots;
  uint32_t room, count;
};

static Tally *pair_slot(Tally *slots, uint32_t room, uint32_t a, uint32_t b) {
  uint64_t key[] = {a, b};
  uint64_t at = hash_bytes(key, sizeof key, 0) & (room - 1);
  while (slots[at].count && (slots[at].a != a || slots[at].b != b))
    at = (at + 1) & (room - 1);
  slots[at].a = a;
  slots[at].b = b;
  return &slots[at];
}

static void add_pair(Pairs *p, uint32_t a, uint32_t b, const Row *row, Arena *arena) {
  if (2 * p->count >= p->room) {
    uint32_t room = p->room ? 4 * p->room : 1024;
    Tally *slots = arena_alloc(arena, room * sizeof *slots);
    for (uint32_t i = 0; i < p->room; i++)
      if (p->slots[i].count)
        *pair_slot(slots, room, p->slots[i].a, p->slots[i].b) = p->slots[i];
    p->slots = slots;
    p->room = room;
  }
  Tally *t = pair_slot(p->slots, p->room, a, b);
  p->count += !t->count;
  add(t, row);
}

static Tallies count_both(const Columns *c, Rows rows, bool directed, Arena *arena) {
  Pairs pairs = {0};
  for (uint32_t i = 0; i < rows.count; i++) {
    const Row *row = &c->rows.items[rows.items[i]];
    uint32_t a = c->actors.items[row->source].codes, b = c->actors.items[row->target].codes;
    if (!a || !b || (a == b && !directed))
      continue;
    add_pair(&pairs, directed ? a : MIN(a, b), directed ? b : MAX(a, b), row, arena);
    if (directed && a != b && row->flags & ROW_MUTUAL)
      add_pair(&pairs, b, a, row, arena);
  }
  return sorted(pairs.slots, pairs.room);
}

Tallies count_pairs(const Columns *c, Rows rows, Arena *arena) {
  return count_both(c, rows, false, arena);
}

Tallies count_directed(const Columns *c, Rows rows, Arena *arena) {
  return count_both(c, rows, true, arena);
}

Totals count_totals(const Columns *c, Rows rows) {
  Totals t = {0};
  for (uint32_t i = 0; i < rows.count; i++) {
    const Row *row = &c->rows.items[rows.items[i]];
    t.types[row->type]++;
    t.statuses[row->status]++;
    t.quads[event_quads[row->type]]++;
  }
  return t;
}
