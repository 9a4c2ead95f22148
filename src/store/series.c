// series.c - counts of events by day, week, month or year. See store.h.
// SPDX-License-Identifier: Apache-2.0
#include "store/internal.h"
#include "store/query.h"
#include <stdio.h>
#include <stdlib.h>

// The period of a day as SQL, and how precise a day must be.
static const char *const periods[] = {
    "%1$s", "date(%1$s, 'weekday 0', '-6 days')", "substr(%1$s, 1, 7)", "substr(%1$s, 1, 4)"};
static const int precise[] = {10, 10, 7, 4};

static void put_period(Out *out, SeriesUnit unit, const char *day) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  out_print(out, periods[unit], day);
#pragma GCC diagnostic pop
}

// The day on which the period after this begins.
static Day next_period(Day day, SeriesUnit unit) {
  switch (unit) {
  case SERIES_DAY:
    return day_of_number(day_number(day) + 1);
  case SERIES_WEEK:
    return day_of_number(day_number(day) + 7);
  case SERIES_MONTH:
    return day.month == 12 ? (Day){(int16_t)(day.year + 1), 1, 0}
                           : (Day){day.year, (uint8_t)(day.month + 1), 0};
  default:
    return (Day){(int16_t)(day.year + 1), 0, 0};
  }
}

static StorePeriod *row_of(StoreSeries *series, Str period) {
  uint32_t low = 0, high = series->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    int order = str_compare(str_of(series->rows[middle].period), period);
    if (!order)
      return &series->rows[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

enum { MOST = 200000 }; // periods without events, or the empty ones are left out

// Rows for all periods from the first to the last, none left out.
static void make_rows(StoreSeries *series, Day first, Day last, SeriesUnit unit) {
  uint32_t room = series->count;
  for (Day day = first; day_compare(day, last) <= 0;
       day = next_period(day, unit)) {
    if (series->count == room) {
      room = room ? 2 * room : 64;
      series->rows = realloc(series->rows, room * sizeof *series->rows);
      if (!series->rows)
        out_of_memory();
    }
    StorePeriod *row = &series->rows[series->count++];
    *row = (StorePeriod){.stories = 0};
    day_print(day, row->period);
  }
}

// What is counted against: documents read, and all events, of each period.
static BedeStatus add_totals(Store *store, StoreSeries *series, SeriesUnit unit, const StoreQuery *q,
                             BedeError *err) {
  BedeStatus status = BEDE_OK;
  for (int what = 0; !status && what < 2; what++) {
    Sql sql = {0};
    sqlite3_stmt *s = NULL;
    out_text(&sql.text, "SELECT ");
    put_period(&sql.text, unit, "day");
    out_text(&sql.text, what ? ", sum(reports) FROM totals WHERE 1" : ", sum(documents) FROM document_days WHERE 1");
    if (what && q->status)
      sql_ask(&sql, " AND status = ?", T(str_of(q->status)));
    out_print(&sql.text, " AND length(day) >= %d GROUP BY 1", precise[unit]);
    status = sql_prepare(store, &sql, &s, err);
    while (!status && store_row(store, s, &status, err)) {
      StorePeriod *row = row_of(series, row_text(s, 0));
      if (row)
        *(what ? &row->all : &row->documents) = sqlite3_column_int64(s, 1);
    }
    sqlite3_finalize(s);
    out_free(&sql.text);
  }
  return status;
}

// Without anything that only the events know, counts by day are there already.
static bool from_totals(const StoreQuery *q) {
  StoreQuery rest = *q;
  rest.type = rest.status = rest.from = rest.until = NULL;
  return query_is_empty(&rest);
}

typedef Array(StorePeriod) Periods;

static int type_of(Str name) {
  for (int i = 0; i < EVENT_TYPES; i++)
    if (str_equal(name, str_of(event_types[i])))
      return i;
  return 0;
}

static BedeStatus read_totals(Store *store, const StoreQuery *q, SeriesUnit unit, Arena *arena,
                              Periods *out, BedeError *err) {
  Sql sql = {0};
  sqlite3_stmt *s = NULL;
  out_text(&sql.text, "SELECT ");
  put_period(&sql.text, unit, "day");
  out_text(&sql.text, ", type, sum(reports) FROM totals WHERE 1");
  if (q->type)
    sql_ask(&sql, " AND type = ?", T(str_of(q->type)));
  if (q->status)
    sql_ask(&sql, " AND status = ?", T(str_of(q->status)));
  if (q->from)
    sql_ask(&sql, " AND day || '~' >= ?", T(str_of(q->from)));
  if (q->until)
    sql_ask(&sql, " AND day <= ? || '~'", T(str_of(q->until)));
  out_print(&sql.text, " AND length(day) >= %d GROUP BY 1, 2 ORDER BY 1", precise[unit]);
  BedeStatus status = sql_prepare(store, &sql, &s, err);
  while (!status && store_row(store, s, &status, err)) {
    StorePeriod row = {.stories = -1};
    snprintf(row.period, sizeof row.period, "%.*s", STR_ARG(row_text(s, 0)));
    Day day;
    if (!day_parse(str_of(row.period), &day))
      continue;
    if (!out->count || strcmp(array_last(out)->period, row.period))
      array_push(arena, out, row);
    array_last(out)->reports += sqlite3_column_int64(s, 2);
    array_last(out)->types[type_of(row_text(s, 1))] += sqlite3_column_int64(s, 2);
  }
  sqlite3_finalize(s);
  out_free(&sql.text);
  return status;
}

// ---- events one by one
//
// Rows come with their day, event, type, Goldstein value and story, from the
// index of a side where that knows all that is asked.

static void write_rows(Sql *sql, const StoreQuery *q, Arena *arena) {
  StoreQuery own = *q, rest;
  own.from = NULL; // an event counts in the period in which it begins
  own.once = false;
  Sql drive = {0};
  bool driven = query_drive(&drive, &own, arena, &rest);
  out_text(&sql->text, driven ? "SELECT x.day, x.event, x.type, x.goldstein, x.story FROM sides x "
                              : "SELECT e.day, e.key, e.type, e.goldstein, k.story FROM ");
  if (driven) {
    if (!query_is_empty(&rest))
      out_text(&sql->text, "CROSS JOIN events e ON e.key = x.event ");
    out_text(&sql->text, "WHERE ");
    out_str(&sql->text, (Str){drive.text.at, drive.text.len});
    memcpy(sql->values, drive.values, drive.count * sizeof *drive.values);
    sql->count = drive.count;
    query_conditions(sql, &rest, arena);
  } else {
    query_from(sql, &own);
    out_text(&sql->text, "LEFT JOIN event_stories k ON k.event = e.key WHERE e.day IS NOT NULL");
    query_conditions(sql, &own, arena);
  }
  if (q->from)
    sql_ask(sql, driven ? " AND x.day || '~' >= ?" : " AND e.day || '~' >= ?", T(str_of(q->from)));
  if (driven)
    out_text(&sql->text, " ORDER BY x.day, x.event");
  out_free(&drive.text);
}

typedef struct Tally Tally; // periods, and which stories they have had
struct Tally {
  Arena *arena;
  Periods periods;
  Array(double) sums;  // of Goldstein values
  uint32_t *slots;     // indexes of periods + 1, by their begin
  uint64_t *seen;      // hashes of period, story, type
  uint32_t slot_count, seen_count, seen_room;
};

// A slot of a table of which less than half is taken, for what hashes so.
static uint32_t period_slot(Tally *t, Str period) {
  if (2 * t->periods.count >= t->slot_count) {
    t->slot_count = t->slot_count ? 2 * t->slot_count : 64;
    t->slots = arena_alloc(t->arena, t->slot_count * sizeof *t->slots);
    for (uint32_t i = 0; i < t->periods.count; i++)
      t->slots[period_slot(t, str_of(t->periods.items[i].period))] = i + 1;
  }
  uint32_t at = (uint32_t)hash_str(period) & (t->slot_count - 1);
  while (t->slots[at] && !str_equal(str_of(t->periods.items[t->slots[at] - 1].period), period))
    at = (at + 1) & (t->slot_count - 1);
  return at;
}

static bool first_seen(Tally *t, uint64_t hash) {
  if (2 * t->seen_count >= t->seen_room) {
    uint64_t *old = t->seen;
    uint32_t count = t->seen_room;
    t->seen_room = count ? 2 * count : 1024;
    t->seen = arena_alloc(t->arena, t->seen_room * sizeof *t->seen);
    t->seen_count = 0;
    for (uint32_t i = 0; i < count; i++)
      if (old[i])
        first_seen(t, old[i]);
  }
  hash |= hash == 0;
  uint32_t at = (uint32_t)(hash >> 20) & (t->seen_room - 1);
  while (t->seen[at] && t->seen[at] != hash)
    at = (at + 1) & (t->seen_room - 1);
  if (t->seen[at])
    return false;
  t->seen[at] = hash;
  t->seen_count++;
  return true;
}

// The period of a day that is precise enough.
static bool period_of(Str text, SeriesUnit unit, char out[11]) {
  Day day;
  if ((int)text.len < precise[unit] || !day_parse(text, &day))
    return false;
  if (unit == SERIES_WEEK)
    day = day_of_number(day_number(day) - day_weekday(day));
  if (unit == SERIES_MONTH || unit == SERIES_YEAR)
    day.day = 0;
  if (unit == SERIES_YEAR)
    day.month = 0;
  day_print(day, out);
  return true;
}

static void tally_add(Tally *t, Str period, Str type_name, double goldstein, Str story, int64_t event) {
  uint32_t at = period_slot(t, period);
  if (!t->slots[at]) {
    StorePeriod new = {.reports = 0};
    snprintf(new.period, sizeof new.period, "%.*s", STR_ARG(period));
    array_push(t->arena, &t->periods, new);
    array_push(t->arena, &t->sums, 0.0);
    t->slots[at] = t->periods.count;
  }
  uint32_t index = t->slots[at] - 1;
  StorePeriod *p = &t->periods.items[index];
  int type = type_of(type_name);
  p->reports++;
  t->sums.items[index] += goldstein;
  uint64_t hash = story.len ? hash_str(story) : hash_bytes(&event, sizeof event, 1);
  hash = hash_bytes(&hash, sizeof hash, index + 1);
  if (first_seen(t, hash_bytes(&type, sizeof type, hash))) {
    p->stories++;
    p->types[type]++;
    p->quads[event_quads[type]]++;
  }
}

static int by_period(const void *a, const void *b) {
  return strcmp(((const StorePeriod *)a)->period, ((const StorePeriod *)b)->period);
}

static BedeStatus read_rows(Store *store, const StoreQuery *q, SeriesUnit unit, Arena *arena,
                            Periods *out, BedeError *err) {
  Sql sql = {0};
  sqlite3_stmt *s = NULL;
  Tally tally = {.arena = arena};
  int64_t last = 0;
  char period[11], day[11] = "";
  bool counts = false;
  write_rows(&sql, q, arena);
  BedeStatus status = sql_prepare(store, &sql, &s, err);
  while (!status && store_row(store, s, &status, err)) {
    int64_t event = sqlite3_column_int64(s, 1);
    if (event == last)
      continue;
    last = event;
    Str text = row_text(s, 0);
    if (!str_equal(text, str_of(day))) { // often that of the row before
      counts = text.len < sizeof day && period_of(text, unit, period);
      snprintf(day, sizeof day, "%.*s", STR_ARG(text));
    }
    if (counts)
      tally_add(&tally, str_of(period), row_text(s, 2), sqlite3_column_double(s, 3),
                row_text(s, 4), event);
  }
  for (uint32_t i = 0; i < tally.periods.count; i++)
    tally.periods.items[i].goldstein = tally.sums.items[i] / (double)tally.periods.items[i].reports;
  if (tally.periods.count)
    qsort(tally.periods.items, tally.periods.count, sizeof(StorePeriod), by_period);
  *out = tally.periods;
  sqlite3_finalize(s);
  out_free(&sql.text);
  return status;
}

BedeStatus store_series(Store *store, const StoreQuery *q, SeriesUnit unit, StoreSeries *out,
                        BedeError *err) {
  Arena arena = {0};
  Periods found = {0};
  *out = (StoreSeries){0};
  if (q->where && store_where(q->where, err))
    return BEDE_USAGE;
  BedeStatus status = from_totals(q) ? read_totals(store, q, unit, &arena, &found, err)
                                     : read_rows(store, q, unit, &arena, &found, err);
  if (!status && found.count) {
    Day first, last;
    day_parse(str_of(found.items[0].period), &first);
    day_parse(str_of(array_last(&found)->period), &last);
    if (day_number(last) - day_number(first) < MOST)
      make_rows(out, first, last, unit);
    else
      for (uint32_t i = 0; i < found.count; i++) {
        Day day;
        day_parse(str_of(found.items[i].period), &day);
        make_rows(out, day, day, unit);
      }
    for (uint32_t i = 0; i < found.count; i++) {
      StorePeriod *row = row_of(out, str_of(found.items[i].period));
      if (row)
        *row = found.items[i];
    }
    status = add_totals(store, out, unit, q, err);
  }
  arena_free(&arena);
  return status;
}
