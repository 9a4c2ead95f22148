// columns.c - loads all events as rows, and filters them.
// SPDX-License-Identifier: Apache-2.0
#include "store/columns.h"
#include "store/internal.h"
#include "store/search.h"
#include <stdlib.h>

// ---- tables of what is named again and again
//
// Open addressing over the indexes of an array; what is compared is a string
// that holds all of the entry's parts.

typedef struct Table Table;
struct Table {
  struct {
    const char *key;
    uint32_t index; // + 1; 0 is empty
  } *slots;
  uint32_t count, room; // room is a power of two
};

static void table_grow(Table *t) {
  Table old = *t;
  t->room = old.room ? 2 * old.room : 1024;
  t->slots = calloc(t->room, sizeof *t->slots);
  if (!t->slots)
    out_of_memory();
  for (uint32_t i = 0; i < old.room; i++) {
    if (!old.slots[i].index)
      continue;
    uint64_t at = hash_str(str_of(old.slots[i].key)) & (t->room - 1);
    while (t->slots[at].index)
      at = (at + 1) & (t->room - 1);
    t->slots[at] = old.slots[i];
  }
  free(old.slots);
}

// The index of the key; *fresh: it is new, and has the index `next`.
static uint32_t table_find(Table *t, Arena *arena, Str key, uint32_t next, bool *fresh) {
  if (2 * t->count >= t->room)
    table_grow(t);
  uint64_t at = hash_str(key) & (t->room - 1);
  while (t->slots[at].index) {
    if (str_equal(str_of(t->slots[at].key), key)) {
      *fresh = false;
      return t->slots[at].index - 1;
    }
    at = (at + 1) & (t->room - 1);
  }
  t->slots[at].key = arena_copy(arena, key);
  t->slots[at].index = next + 1;
  t->count++;
  *fresh = true;
  return next;
}

// ---- loading

typedef struct Loader Loader;
struct Loader {
  Columns *columns;
  Table actors, codes, places, agencies;
  Out key;
};

// Parts of a key are parted by a byte that no text has.
static Str key_of(Loader *l, const Str *parts, size_t count) {
  out_reset(&l->key);
  for (size_t i = 0; i < count; i++) {
    out_str(&l->key, parts[i]);
    out_char(&l->key, '\x1f');
  }
  return (Str){l->key.at, l->key.len};
}

static uint32_t code_index(Loader *l, Str code, const char **out) {
  Columns *c = l->columns;
  bool fresh;
  uint32_t i = table_find(&l->codes, &c->arena, key_of(l, &code, 1), c->codes.count, &fresh);
  if (fresh)
    array_push(&c->arena, &c->codes, arena_copy(&c->arena, code));
  *out = c->codes.items[i];
  return i;
}

static uint32_t actor_index(Loader *l, Str code, Str sector, Str name) {
  Columns *c = l->columns;
  bool fresh;
  const Str parts[] = {code, sector, name};
  uint32_t i = table_find(&l->actors, &c->arena, key_of(l, parts, 3), c->actors.count, &fresh);
  if (fresh) {
    RowActor a = {.sector = arena_copy(&c->arena, sector), .name = arena_copy(&c->arena, name)};
    a.codes = code_index(l, code, &a.code);
    array_push(&c->arena, &c->actors, a);
  }
  return i;
}

static uint32_t agency_index(Loader *l, Str name) {
  Columns *c = l->columns;
  bool fresh;
  uint32_t i = table_find(&l->agencies, &c->arena, key_of(l, &name, 1), c->agencies.count, &fresh);
  if (fresh)
    array_push(&c->arena, &c->agencies, arena_copy(&c->arena, name));
  return i;
}

static uint32_t place_index(Loader *l, sqlite3_stmt *s, int column) {
  Columns *c = l->columns;
  bool fresh;
  const Str parts[] = {row_text(s, column), row_text(s, column + 1), row_text(s, column + 2),
                       row_text(s, column + 3)};
  if (!parts[0].len && !parts[1].len)
    return 0;
  uint32_t i = table_find(&l->places, &c->arena, key_of(l, parts, 4), c->places.count, &fresh);
  if (fresh)
    array_push(&c->arena, &c->places,
               (RowPlace){.name = arena_copy(&c->arena, parts[0]),
                          .country = arena_copy(&c->arena, parts[1]),
                          .located = parts[2].len && parts[3].len,
                          .lat = sqlite3_column_double(s, column + 2),
                          .lon = sqlite3_column_double(s, column + 3)});
  return i;
}

int32_t day_first(Day day) { return day_number(day); }

int32_t day_last(Day day) {
  if (!day.month)
    return day_number((Day){day.year, 12, 31});
  if (!day.day)
    day.day = (uint8_t)days_in_month(day.year, day.month);
  return day_number(day);
}

static void set_days(Row *row, Day begin, Day end, Day document) {
  row->first = row->last = NO_DAY;
  if (!begin.year) {
    begin = end = document;
    row->flags |= ROW_REPORTED;
  }
  if (!begin.year)
    return;
  if (!end.year)
    end = begin;
  row->first = day_first(begin);
  row->last = MAX(day_last(end), row->first);
  row->precision = begin.day ? PRECISION_DAY : begin.month ? PRECISION_MONTH : PRECISION_YEAR;
  int32_t span = row->last - row->first; // "2023 to 2024" is no month
  if (row->precision == PRECISION_DAY && span > 0)
    row->precision = span > 30 ? PRECISION_YEAR : PRECISION_MONTH;
  else if (row->precision == PRECISION_MONTH && span > 30)
    row->precision = PRECISION_YEAR;
}

static uint8_t name_index(Str word, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_equal(word, str_of(names[i])))
      return (uint8_t)i;
  return 0;
}

static Row read_row(Loader *l, sqlite3_stmt *s) {
  Row row = {.document = sqlite3_column_int64(s, 0),
             .number = (uint32_t)sqlite3_column_int64(s, 1),
             .type = name_index(row_text(s, 2), event_types, EVENT_TYPES),
             .status = name_index(row_text(s, 3), status_names, STATUS_COUNT)};
  double goldstein = sqlite3_column_double(s, 4), confidence = sqlite3_column_double(s, 5);
  row.goldstein = (int8_t)(MAX(-10.0, MIN(10.0, goldstein)) * 10 + (goldstein < 0 ? -0.5 : 0.5));
  row.confidence = (uint8_t)(MAX(0.0, MIN(1.0, confidence)) * 100 + 0.5);
  if (sqlite3_column_int(s, 6))
    row.flags |= ROW_MUTUAL;
  if (sqlite3_column_type(s, 7) != SQLITE_NULL)
    row.flags |= ROW_PLEDGE;
  set_days(&row, row_day(s, 8), row_day(s, 9), row_day(s, 10));
  row.agency = agency_index(l, row_text(s, 11));
  row.source = actor_index(l, row_text(s, 12), row_text(s, 13), row_text(s, 14));
  row.target = actor_index(l, row_text(s, 15), row_text(s, 16), row_text(s, 17));
  row.place = place_index(l, s, 18);
  return row;
}

static int compare_rows(const Row *a, const Row *b) {
  if ((a->first == NO_DAY) != (b->first == NO_DAY))
    return a->first == NO_DAY ? 1 : -1;
  if (a->first != b->first)
    return a->first < b->first ? -1 : 1;
  if (a->precision != b->precision)
    return a->precision < b->precision ? -1 : 1;
  if (a->document != b->document)
    return a->document < b->document ? -1 : 1;
  return a->number < b->number ? -1 : a->number > b->number;
}

static int by_order(const void *a, const void *b) { return compare_rows(a, b); }

static BedeStatus load_rows(Store *store, Loader *l, BedeError *err) {
  Columns *c = l->columns;
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT e.document, e.number, e.type, e.status, e.goldstein, e.confidence, e.mutual, "
            "e.pledge, e.\"begin\", e.\"end\", d.date, coalesce(d.agency, d.source), "
            "s.code, s.sector, s.name, t.code, t.sector, t.name, p.name, p.country, p.lat, p.lon "
            "FROM documents d JOIN events e ON e.document = d.key "
            "LEFT JOIN actors s ON s.document = e.document AND s.number = e.source "
            "LEFT JOIN actors t ON t.document = e.document AND t.number = e.target "
            "LEFT JOIN event_uses u ON u.event = e.key AND u.role = 'place' AND u.position = 0 "
            "LEFT JOIN places p ON p.document = e.document AND p.number = u.number "
            "WHERE d.current AND ?",
            I(1));
  while (!status && store_row(store, s, &status, err))
    array_push(&c->arena, &c->rows, read_row(l, s));
  if (!status && c->rows.count)
    qsort(c->rows.items, c->rows.count, sizeof *c->rows.items, by_order);
  return status;
}

// ---- by document and number, for what is read after the rows were sorted

typedef struct RowKey RowKey;
struct RowKey {
  int64_t document;
  uint32_t number, row;
};

static int by_place(const void *a, const void *b) {
  const RowKey *x = a, *y = b;
  if (x->document != y->document)
    return x->document < y->document ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

static uint32_t row_of(const RowKey *places, uint32_t count, int64_t document, uint32_t number) {
  const RowKey key = {document, number, 0};
  const RowKey *hit =
      count ? bsearch(&key, places, count, sizeof *places, by_place) : NULL;
  return hit ? hit->row : NONE;
}

// ---- the rows of each actor

enum { ON_SOURCE = 1, ON_TARGET = 2 };

static void post(Columns *c, uint32_t *ends, uint32_t actor, uint32_t row, uint32_t side) {
  if (c->posted)
    c->posted[ends[actor]] = row * 4 + side;
  ends[actor]++;
}

// Twice over all: first they are counted, then put where they belong.
static void post_all(Columns *c, uint32_t *ends) {
  for (uint32_t i = 0; i < c->rows.count; i++) {
    post(c, ends, c->rows.items[i].source, i, ON_SOURCE);
    post(c, ends, c->rows.items[i].target, i, ON_TARGET);
  }
  for (uint32_t i = 0; i < c->besides.count; i++) {
    const RowBeside *b = &c->besides.items[i];
    post(c, ends, b->actor, b->row, b->target ? ON_TARGET : ON_SOURCE);
  }
}

static void index_actors(Columns *c) {
  uint32_t *ends = calloc(c->actors.count + 1u, sizeof *ends), all = 0;
  if (!ends)
    out_of_memory();
  c->postings = arena_alloc(&c->arena, (c->actors.count + 1u) * sizeof *c->postings);
  post_all(c, ends);
  for (uint32_t i = 0; i < c->actors.count; i++) {
    c->postings[i] = all;
    all += ends[i];
    ends[i] = c->postings[i];
  }
  c->postings[c->actors.count] = all;
  c->posted = arena_alloc(&c->arena, (all + 1u) * sizeof *c->posted);
  post_all(c, ends);
  free(ends);
}

static BedeStatus load_besides(Store *store, Loader *l, const RowKey *places, BedeError *err) {
  Columns *c = l->columns;
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT e.document, e.number, u.role, a.code, a.sector, a.name FROM event_uses u "
            "JOIN events e ON e.key = u.event "
            "JOIN actors a ON a.document = e.document AND a.number = u.number "
            "WHERE u.role IN ('with', 'target with') AND ?",
            I(1));
  while (!status && store_row(store, s, &status, err)) {
    uint32_t row = row_of(places, c->rows.count, sqlite3_column_int64(s, 0),
                          (uint32_t)sqlite3_column_int64(s, 1));
    if (row != NONE)
      array_push(&c->arena, &c->besides,
                 (RowBeside){row, actor_index(l, row_text(s, 3), row_text(s, 4), row_text(s, 5)),
                             str_equal(row_text(s, 2), STR("target with"))});
  }
  return status;
}

// The words of every sentence that has events.
static BedeStatus load_words(Store *store, Columns *c, const RowKey *places, BedeError *err) {
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT d.key, e.number, e.sentence, n.\"begin\", n.\"end\", d.text FROM documents d "
            "JOIN events e ON e.document = d.key "
            "JOIN sentences n ON n.document = d.key AND n.number = e.sentence "
            "WHERE d.current AND ? ORDER BY d.key, e.number",
            I(1));
  while (!status && store_row(store, s, &status, err)) {
    uint32_t row = row_of(places, c->rows.count, sqlite3_column_int64(s, 0),
                          (uint32_t)sqlite3_column_int64(s, 1));
    uint64_t begin = (uint64_t)sqlite3_column_int64(s, 3), end = (uint64_t)sqlite3_column_int64(s, 4);
    Str text = row_text(s, 5);
    if (row != NONE && begin <= end && end <= text.len)
      search_add(c->index, row, (Str){text.at + begin, end - begin});
  }
  if (!status)
    search_finish(c->index);
  return status;
}

BedeStatus columns_load(Store *store, Columns **out, BedeError *err) {
  Columns *c = calloc(1, sizeof *c);
  if (!c)
    out_of_memory();
  Loader l = {.columns = c};
  StoreCounts counts;
  c->index = search_new();
  actor_index(&l, STR(""), STR(""), STR(""));
  agency_index(&l, STR(""));
  array_push(&c->arena, &c->places, (RowPlace){.name = "", .country = ""});
  BedeStatus status = store_counts(store, &counts, err);
  if (!status)
    status = load_rows(store, &l, err);
  RowKey *places = calloc(c->rows.count + 1u, sizeof *places);
  if (!places)
    out_of_memory();
  for (uint32_t i = 0; i < c->rows.count; i++)
    places[i] = (RowKey){c->rows.items[i].document, c->rows.items[i].number, i};
  qsort(places, c->rows.count, sizeof *places, by_place);
  if (!status)
    status = load_besides(store, &l, places, err);
  if (!status)
    status = load_words(store, c, places, err);
  if (!status)
    index_actors(c);
  free(places);
  free(l.actors.slots), free(l.codes.slots), free(l.places.slots), free(l.agencies.slots);
  out_free(&l.key);
  if (status) {
    columns_free(c);
    *out = NULL;
    return status;
  }
  c->documents = counts.documents;
  *out = c;
  return BEDE_OK;
}

void columns_free(Columns *c) {
  if (!c)
    return;
  search_free(c->index);
  arena_free(&c->arena);
  free(c);
}

BedeStatus store_stamp(Store *store, int64_t *out, BedeError *err) {
  sqlite3_stmt *s;
  // data_version tells of other connections' commits.
  BedeStatus status = store_query(store, err, &s, "PRAGMA data_version", NULL, 0);
  *out = 0;
  while (!status && store_row(store, s, &status, err))
    *out = sqlite3_column_int64(s, 0);
  return status;
}

// ---- filtering

static bool has_piece(const char *text, const char *piece) {
  size_t len = strlen(piece), room = strlen(text);
  for (size_t i = 0; i + len <= room; i++)
    if (str_equal_fold((Str){text + i, len}, (Str){piece, len}))
      return true;
  return false;
}

// For each actor, is it whom the spec means? As actor_is of query.c.
static uint8_t *actors_meant(const Columns *c, const char *spec, Arena *arena) {
  uint8_t *meant = arena_alloc(arena, c->actors.count + 1);
  bool is_code = true;
  for (const char *p = spec; *p; p++)
    is_code = is_code && ((*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '.');
  Str sector = str_of(spec), code = str_cut(&sector, '.');
  for (uint32_t i = 1; i < c->actors.count; i++) {
    const RowActor *a = &c->actors.items[i];
    meant[i] = is_code ? str_equal(str_of(a->code), code) &&
                             (!sector.len || str_equal(str_of(a->sector), sector))
                       : has_piece(a->name, spec);
  }
  return meant;
}

static uint32_t posting_count(const Columns *c, const uint8_t *meant) {
  uint32_t count = 0;
  for (uint32_t i = 1; i < c->actors.count; i++)
    count += meant[i] ? c->postings[i + 1] - c->postings[i] : 0;
  return count;
}

// For each row, on which sides those are whom the spec means. Where source and
// target stand on one footing, each side is both. *most: no more rows than that.
static uint8_t *sides_of(const Columns *c, const char *spec, uint32_t *most, Arena *arena) {
  if (!spec)
    return NULL;
  const uint8_t *meant = actors_meant(c, spec, arena);
  uint8_t *sides = arena_alloc(arena, c->rows.count + 1);
  for (uint32_t i = 1; i < c->actors.count; i++)
    for (uint32_t k = meant[i] ? c->postings[i] : c->postings[i + 1]; k < c->postings[i + 1]; k++)
      sides[c->posted[k] / 4] |= c->posted[k] % 4;
  *most = MIN(*most, posting_count(c, meant));
  return sides;
}

static bool mutual_or(const Row *row, uint8_t sides, uint8_t side) {
  return sides & side || (sides && row->flags & ROW_MUTUAL);
}

// The pair stands on the two sides, one on each: with "mutual" the actor that is
// on both must not count for two.
static bool between_sides(const Row *row, uint8_t a, uint8_t b) {
  return (mutual_or(row, a, ON_SOURCE) && mutual_or(row, b, ON_TARGET)) ||
         (mutual_or(row, b, ON_SOURCE) && mutual_or(row, a, ON_TARGET));
}

static uint8_t *flags_of(Arena *arena, uint32_t count) { return arena_alloc(arena, count + 1u); }

static bool in_time(const Row *row, const RowFilter *f) {
  if (!f->from_given && !f->until_given)
    return true;
  return row->first != NO_DAY && (!f->from_given || row->last >= f->from) &&
         (!f->until_given || row->first <= f->until);
}

Rows columns_filter(const Columns *c, const RowFilter *f, Arena *arena) {
  uint32_t most = c->rows.count;
  const uint8_t *actor = sides_of(c, f->actor, &most, arena), *other = sides_of(c, f->other, &most, arena);
  const uint8_t *source = sides_of(c, f->source, &most, arena), *target = sides_of(c, f->target, &most, arena);
  Rows out = {.items = arena_alloc(arena, (most + 1u) * sizeof *out.items)};
  const uint8_t *words = f->words ? search_find(c->index, f->words, c->rows.count, arena) : NULL;
  uint8_t *places = NULL, *agencies = NULL;
  if (f->place) {
    places = flags_of(arena, c->places.count);
    for (uint32_t i = 1; i < c->places.count; i++)
      places[i] = str_equal_fold(str_of(c->places.items[i].name), str_of(f->place)) ||
                  str_equal(str_of(c->places.items[i].country), str_of(f->place));
  }
  if (f->agency) {
    agencies = flags_of(arena, c->agencies.count);
    for (uint32_t i = 1; i < c->agencies.count; i++)
      agencies[i] = str_equal_fold(str_of(c->agencies.items[i]), str_of(f->agency));
  }
  for (uint32_t i = 0; i < c->rows.count; i++) {
    // what is looked up by a byte first: most rows go by here, unread
    if ((words && !words[i]) || (actor && !actor[i]) || (other && !other[i]) || (source && !source[i]) ||
        (target && !target[i]))
      continue;
    const Row *row = &c->rows.items[i];
    if ((f->types && !(f->types & 1u << row->type)) ||
        (f->statuses && !(f->statuses & 1u << row->status)) ||
        (f->quads && !(f->quads & 1u << event_quads[row->type])) || !in_time(row, f) ||
        (places && !places[row->place]) || (agencies && !agencies[row->agency]))
      continue;
    if (actor && other && !between_sides(row, actor[i], other[i]))
      continue;
    if ((source && !mutual_or(row, source[i], ON_SOURCE)) ||
        (target && !mutual_or(row, target[i], ON_TARGET)))
      continue;
    out.items[out.count++] = i;
  }
  return out;
}

BedeStatus store_current(Store *store, const char *id, int64_t *out, BedeError *err) {
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s, "SELECT key FROM documents WHERE id = ? AND current", T(str_of(id)));
  *out = 0;
  while (!status && store_row(store, s, &status, err))
    *out = sqlite3_column_int64(s, 0);
  return status;
}
