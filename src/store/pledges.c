// pledges.c - what was planned, and what came of it. See store.h.
// SPDX-License-Identifier: Apache-2.0
#include "store/internal.h"
#include "store/query.h"
#include <stdlib.h>

const char *const pledge_states[PLEDGE_STATES] = {
#define X(name, text) text,
    PLEDGE_MAP(X)
#undef X
};

// As the index events_by_due has them.
#define DUE_BEGIN "coalesce(e.due_begin, CASE e.basis WHEN 'text' THEN e.\"begin\" END)"
#define DUE_END                                                                \
  "coalesce(e.due_end, e.due_begin, CASE e.basis WHEN 'text' THEN "            \
  "coalesce(e.\"end\", e.\"begin\") END)"

enum { EARLY = 3, LATE = 31, LONG = 400 }; // days

typedef struct Promise Promise; // a pledge, and what it is compared by
struct Promise {
  int64_t event;
  Str source, target, type;
  bool mutual;
  uint32_t trigger, mode;
  Sign sign;
};

static Day whole(Day day) { // its last day
  if (!day.month)
    return (Day){day.year, 12, 31};
  if (!day.day)
    day.day = (uint8_t)days_in_month(day.year, day.month);
  return day;
}

// ---- the list

// The stories of which a planned report fits.
static void write_stories(Sql *sql, const StoreQuery *q, Arena *arena) {
  StoreQuery rest;
  Sql drive = {0};
  if (query_drive(&drive, q, arena, &rest) && query_is_empty(&rest)) {
    out_text(&sql->text, "SELECT x.story FROM sides x WHERE ");
    out_str(&sql->text, (Str){drive.text.at, drive.text.len});
    memcpy(sql->values, drive.values, drive.count * sizeof *drive.values);
    sql->count = drive.count;
  } else {
    out_text(&sql->text, "SELECT k.story FROM ");
    query_from(sql, q);
    out_text(&sql->text, "JOIN event_stories k ON k.event = e.key WHERE e.day IS NOT NULL");
    query_conditions(sql, q, arena);
  }
  out_free(&drive.text);
}

static BedeStatus list(Store *store, const StoreQuery *q, const char *due, Arena *arena,
                       Pledges *out, int64_t **events, BedeError *err) {
  Sql sql = {0};
  sqlite3_stmt *s = NULL;
  StoreQuery own = *q;
  Array(Pledge) found = {0};
  Array(int64_t) keys = {0};
  own.status = NULL;
  own.limit = 0;
  bool all = query_is_empty(&own);
  own.status = "planned";
  out_text(&sql.text, "SELECT e.document, e.number, l.event, l.due_begin, l.due_end, l.first, "
                      "l.last_said, l.reports FROM ledger l CROSS JOIN events e "
                      "ON e.key = l.event WHERE ");
  out_text(&sql.text, all ? "1" : "l.story IN (");
  if (!all) {
    write_stories(&sql, &own, arena);
    out_char(&sql.text, ')');
  }
  if (due) {
    sql_ask(&sql, " AND l.due_begin IS NOT NULL AND l.due_begin <= ? || '~'", T(str_of(due)));
    sql_ask(&sql, " AND l.due_end || '~' >= ?", T(str_of(due)));
  }
  out_text(&sql.text, " ORDER BY l.due_begin IS NULL, l.due_begin, l.first");
  if (q->limit)
    out_print(&sql.text, " LIMIT %u", q->limit);
  BedeStatus status = sql_prepare(store, &sql, &s, err);
  while (!status && store_row(store, s, &status, err)) {
    Str said = row_text(s, 5);
    Pledge p = {.first = {sqlite3_column_int64(s, 0), (uint32_t)sqlite3_column_int64(s, 1)},
                .due_begin = row_day(s, 3), .due_end = row_day(s, 4), .last_said = row_day(s, 6),
                .reports = (uint32_t)sqlite3_column_int64(s, 7), .state = PLEDGE_OPEN};
    day_parse(str_cut(&said, ' '), &p.said);
    array_push(arena, &found, p);
    array_push(arena, &keys, sqlite3_column_int64(s, 2));
  }
  sqlite3_finalize(s);
  out_free(&sql.text);
  out->count = found.count;
  out->items = malloc((found.count + 1) * sizeof *out->items);
  if (!out->items)
    out_of_memory();
  if (found.count)
    memcpy(out->items, found.items, found.count * sizeof *out->items);
  *events = keys.items;
  return status;
}

// ---- what came of it

static BedeStatus look_up(Store *store, int64_t event, Arena *arena, Promise *out, bool *known,
                          BedeError *err) {
  sqlite3_stmt *s;
  *known = false;
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT a.code, b.code, e.type, e.mutual, t.trigger, t.mode, t.words FROM events e "
            "JOIN tellings t ON t.event = e.key "
            "LEFT JOIN actors a ON a.document = e.document AND a.number = e.source "
            "LEFT JOIN actors b ON b.document = e.document AND b.number = e.target "
            "WHERE e.key = ?",
            I(event));
  while (!status && store_row(store, s, &status, err)) {
    *out = (Promise){.event = event, .source = arena_str(arena, row_text(s, 0)),
                     .target = arena_str(arena, row_text(s, 1)),
                     .type = arena_str(arena, row_text(s, 2)),
                     .mutual = sqlite3_column_int(s, 3) == 1,
                     .trigger = (uint32_t)sqlite3_column_int64(s, 4),
                     .mode = (uint32_t)sqlite3_column_int64(s, 5),
                     .sign = sign_read(s, 6, arena)};
    *known = out->source.len > 0;
  }
  return status;
}

static int likeness(const Promise *p, const Sign *sign, uint32_t trigger, uint32_t mode) {
  return 60 * sign_alike(&p->sign, sign) / SIGN_ONE + 20 * (trigger == p->trigger) +
         15 * (mode && mode == p->mode);
}

// The first event after the pledge that settles it.
static BedeStatus settle(Store *store, const Promise *p, Pledge *pledge, Arena *arena,
                         BedeError *err) {
  enum { ALIKE = 25, VERY_ALIKE = 35 };
  char from[11], until[11], begin[11], end[11];
  bool dated = pledge->due_begin.year != 0;
  int32_t said = day_number(pledge->said);
  int32_t first = dated ? day_number(pledge->due_begin) - EARLY : said;
  int32_t last = dated ? day_number(whole(pledge->due_end)) + LATE : said + LONG;
  day_print(pledge->said, from);
  day_print(day_of_number(MAX(last, said + LONG)), until);
  day_print(day_of_number(first), begin); // what is done counts in time only
  day_print(day_of_number(last), end);
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT e.document, e.number, e.day, e.status, t.trigger, t.mode, t.words, e.mutual, "
            DUE_BEGIN " FROM sides x JOIN events e ON e.key = x.event "
            "JOIN tellings t ON t.event = e.key "
            "WHERE x.a = ?1 AND x.b = ?2 AND x.way < 2 AND x.day >= ?3 AND x.day <= ?4 || '~' "
            "AND x.type = ?5 AND (x.status IN ('denied', 'negated', 'planned') OR "
            "(x.status = 'actual' AND x.day >= ?8 AND x.day <= ?9)) "
            "AND e.key <> ?6 AND (SELECT date FROM documents WHERE key = e.document) >= ?7 "
            "ORDER BY x.day, e.id LIMIT 400",
            T(p->source), ((Value){.kind = 't', .t = p->target}), T(str_of(from)),
            T(str_of(until)), T(p->type), I(p->event), T(str_of(from)), T(str_of(begin)), T(str_of(end)));
  while (!status && store_row(store, s, &status, err)) {
    Day day = row_day(s, 2), due = row_day(s, 8);
    Str what = row_text(s, 3);
    Sign sign = sign_read(s, 6, arena);
    int alike = likeness(p, &sign, (uint32_t)sqlite3_column_int64(s, 4),
                         (uint32_t)sqlite3_column_int64(s, 5));
    bool in_time = day.day && day_number(day) >= first && day_number(day) <= last;
    PledgeState state = PLEDGE_OPEN;
    if (str_equal(what, STR("actual")) && in_time && alike + 10 * dated >= ALIKE)
      state = PLEDGE_KEPT;
    else if ((str_equal(what, STR("denied")) || str_equal(what, STR("negated"))) && alike >= VERY_ALIKE)
      state = PLEDGE_DROPPED;
    else if (str_equal(what, STR("planned")) && dated && due.year && alike >= VERY_ALIKE &&
             day_compare(due, whole(pledge->due_end)) > 0)
      state = PLEDGE_POSTPONED;
    if (state < pledge->state) {
      pledge->state = state;
      pledge->outcome = (StoreHit){sqlite3_column_int64(s, 0), (uint32_t)sqlite3_column_int64(s, 1)};
      pledge->outcome_day = state == PLEDGE_POSTPONED ? due : day;
    }
    if (state == PLEDGE_KEPT) { // nothing later says better
      sqlite3_reset(s);
      break;
    }
  }
  return status;
}

BedeStatus store_pledges(Store *store, const StoreQuery *q, const char *due, const char *as_of,
                         Pledges *out, BedeError *err) {
  Arena arena = {0}, scratch = {0};
  int64_t *events = NULL;
  Day today = {0};
  sqlite3_stmt *s;
  *out = (Pledges){0};
  if (q->where && store_where(q->where, err))
    return BEDE_USAGE;
  BedeStatus status = list(store, q, due, &arena, out, &events, err);
  if (!status && as_of)
    day_parse(str_of(as_of), &today);
  else if (!status)
    status = QUERY(store, err, &s, "SELECT max(date) FROM documents WHERE current");
  while (!status && !as_of && store_row(store, s, &status, err))
    today = row_day(s, 0);
  for (uint32_t i = 0; !status && i < out->count; i++) {
    Pledge *p = &out->items[i];
    Promise promise;
    bool known;
    arena_reset(&scratch);
    status = look_up(store, events[i], &scratch, &promise, &known, err);
    if (!status && known && p->said.year)
      status = settle(store, &promise, p, &scratch, err);
    if (p->state == PLEDGE_OPEN && p->due_end.year && day_compare(whole(p->due_end), today) < 0)
      p->state = PLEDGE_OVERDUE;
  }
  arena_free(&arena);
  arena_free(&scratch);
  return status;
}
