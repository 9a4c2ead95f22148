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
    put_period(&sql.text, unit, what ? "day" : "date");
    out_text(&sql.text, what ? ", sum(reports) FROM totals WHERE 1" : ", count(*) FROM documents WHERE current");
    if (what && q->status)
      sql_ask(&sql, " AND status = ?", T(str_of(q->status)));
    out_print(&sql.text, " AND length(%s) >= %d GROUP BY 1", what ? "day" : "date", precise[unit]);
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
  return !q->source && !q->target && !q->either && !q->speaker && !q->place && !q->words &&
         !q->story && !q->id && !q->where;
}

static void write_series(Sql *sql, const StoreQuery *q, SeriesUnit unit, Arena *arena) {
  if (from_totals(q)) {
    out_text(&sql->text, "SELECT ");
    put_period(&sql->text, unit, "day");
    out_text(&sql->text, ", sum(reports), -1, 0, 0, 0, 0, NULL FROM totals WHERE 1");
    if (q->type)
      sql_ask(sql, " AND type = ?", T(str_of(q->type)));
    if (q->status)
      sql_ask(sql, " AND status = ?", T(str_of(q->status)));
    if (q->from)
      sql_ask(sql, " AND day || '~' >= ?", T(str_of(q->from)));
    if (q->until)
      sql_ask(sql, " AND day <= ? || '~'", T(str_of(q->until)));
    out_print(&sql->text, " AND length(day) >= %d GROUP BY 1 ORDER BY 1", precise[unit]);
    return;
  }
  StoreQuery own = *q; // an event counts in the period in which it begins
  own.from = NULL;
  out_text(&sql->text, "SELECT p, sum(n), count(*)");
  for (int quad = 0; quad < 4; quad++) {
    const char *before = ", sum(type IN ('";
    for (int type = 0; type < EVENT_TYPES; type++)
      if (event_quads[type] == quad) {
        out_print(&sql->text, "%s%s", before, event_types[type]);
        before = "', '";
      }
    out_text(&sql->text, "'))");
  }
  out_text(&sql->text, ", sum(g) / sum(n) FROM (SELECT ");
  put_period(&sql->text, unit, "e.day");
  out_text(&sql->text, " AS p, k.story, e.type, count(*) AS n, sum(e.goldstein) AS g FROM ");
  bool sides = query_sides(sql, &own, arena);
  if (!sides)
    query_from(sql, &own);
  out_text(&sql->text, "LEFT JOIN event_stories k ON k.event = e.key WHERE e.day IS NOT NULL");
  if (!sides)
    query_conditions(sql, &own, arena);
  if (q->from)
    sql_ask(sql, " AND e.day || '~' >= ?", T(str_of(q->from)));
  out_print(&sql->text, " AND length(e.day) >= %d GROUP BY 1, 2, 3) GROUP BY 1 ORDER BY 1",
            precise[unit]);
}

BedeStatus store_series(Store *store, const StoreQuery *q, SeriesUnit unit, StoreSeries *out,
                        BedeError *err) {
  Arena arena = {0};
  Sql sql = {0};
  sqlite3_stmt *s = NULL;
  Array(StorePeriod) found = {0};
  *out = (StoreSeries){0};
  if (q->where && store_where(q->where, err))
    return BEDE_USAGE;
  write_series(&sql, q, unit, &arena);
  BedeStatus status = sql_prepare(store, &sql, &s, err);
  while (!status && store_row(store, s, &status, err)) {
    StorePeriod row = {.reports = sqlite3_column_int64(s, 1), .stories = sqlite3_column_int64(s, 2)};
    snprintf(row.period, sizeof row.period, "%.*s", STR_ARG(row_text(s, 0)));
    for (int quad = 0; quad < 4; quad++)
      row.quads[quad] = sqlite3_column_int64(s, 3 + quad);
    row.goldstein = sqlite3_column_double(s, 7);
    Day day;
    if (day_parse(str_of(row.period), &day))
      array_push(&arena, &found, row);
  }
  sqlite3_finalize(s);
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
  out_free(&sql.text);
  arena_free(&arena);
  return status;
}
