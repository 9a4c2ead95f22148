// times.h - what the files of time expressions share.
//
//   times.c      what a token is to the calendar, and the scan
//   dates.c      points of the calendar: "Dec. 31", "last spring", "by year-end"
//   durations.c  stretches, what recurs, times of the day, vague references
//
// Nobody outside mention/ includes this.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "mention/internal.h"

#define KINDS(X)                                                               \
  X(MONTH, "month") X(WEEKDAY, "weekday") X(WEEKDAYS, "weekdays")              \
  X(SEASON, "season") X(SEASONS, "seasons") X(UNIT, "unit") X(UNITS, "units")  \
  X(PART, "part") X(PARTS, "parts") X(DAY, "day") X(NIGHT, "night")            \
  X(CLOCK, "clock") X(FEAST, "feast") X(REF, "ref") X(REFA, "refa")            \
  X(REFC, "refc") X(SET, "set") X(REL, "rel") X(SPAN, "span") X(SEQ, "seq")    \
  X(AGO, "ago") X(MOD, "mod") X(EDGE, "edge") X(APPROX, "approx")              \
  X(VAGUE, "vague") X(EVERY, "every") X(PER, "per") X(ZONE, "zone")            \
  X(FUTURE, "future")

typedef enum Kind {
  K_NONE,
#define X(name, text) K_##name,
  KINDS(X)
#undef X
} Kind;

typedef struct Word Word; // what a token is to the calendar
struct Word {
  uint8_t kind;  // Kind
  uint8_t count; // tokens
  int16_t n;
  const char *arg;
};

typedef struct Clock Clock;
struct Clock {
  BedeDoc *doc;
  const BedeModel *model;
  Word *words;    // of the sentence, from first
  uint32_t first, end;
  uint32_t from;  // where the expression being read begins
  Point now;      // grain 0: the document has no day
  Point talked;   // grain 0: nothing yet
  Point quarter;  // the last quarter named: "a year earlier" is that of the year before
  bool history;
};

typedef struct Reading Reading;
struct Reading {
  uint32_t first, end; // tokens
  uint8_t type;        // TimeType
  Point point;         // DATE and TIME; grain 0: none
  char value[POINT_VALUE];
  bool anchors;        // later expressions may count from it
};

static inline const Word *word_at(const Clock *c, uint32_t at) {
  static const Word none;
  return at >= c->first && at < c->end ? &c->words[at - c->first] : &none;
}

static inline Kind kind_at(const Clock *c, uint32_t at) { return (Kind)word_at(c, at)->kind; }

static inline bool is(const Clock *c, uint32_t at, const char *word) {
  return at >= c->first && at < c->end && word_is(c->doc, at, word);
}

static inline Str form(const Clock *c, uint32_t at) {
  return at >= c->first && at < c->end ? doc_word(c->doc, at) : (Str){"", 0};
}

static inline bool hyphen(const Clock *c, uint32_t at) {
  return at >= c->first && at < c->end && is_hyphen(c->doc, at);
}

static inline uint8_t upos(const Clock *c, uint32_t at) {
  return at >= c->first && at < c->end ? token_at(c->doc, at)->upos : UPOS_NO_UPOS;
}

static inline Number number(const Clock *c, uint32_t at) {
  return number_at(c->doc, c->model, at, c->end);
}

static inline uint32_t skip(const Clock *c, uint32_t at, const char *word) {
  return is(c, at, word) ? at + 1 : at;
}
static inline bool is_letter(char ch) { return (ch | 32) >= 'a' && (ch | 32) <= 'z'; }

// ---- times.c

// 1 where the clause of the token looks ahead, -1 where it tells of the past, 0 unknown.
int times_direction(const Clock *c, uint32_t at);
bool times_year_digits(Str s, int *year);   // "1997"
bool times_decade_digits(Str s, int *year); // "1990s", "'80s"
// A year as such: 2023. What stands around it must not make it a count.
bool times_year_at(const Clock *c, uint32_t at, int *year);
// What fills a reading; true, so that a reader may return it.
bool times_put_date(Reading *r, Point p, uint32_t end, bool anchors);
bool times_put_vague(Reading *r, const char *value, uint32_t end);
bool times_put_duration(Reading *r, const char *value, uint32_t end);

// ---- dates.c: each reads one expression that begins at the token

bool times_date(const Clock *c, uint32_t at, Reading *r);
bool times_core(const Clock *c, uint32_t at, Reading *r);    // without "early", "the end of"
bool times_account(const Clock *c, uint32_t at, Reading *r); // "the year-ago quarter"
// The number of a day, 1 to 31: the token behind it, or `at`.
uint32_t times_day_of_month(const Clock *c, uint32_t at, int *day, bool *ordinal);
Point times_full_day(int year, int month, int day);
bool times_valid_day(int year, int month, int day);
// The stretch of a unit that lies `rel` from the base: "last year".
Point times_unit_point(Point base, const char *unit, int rel);
// Where "the next day" and a month without a year count from.
static inline Point base_of(const Clock *c) { return c->talked.grain ? c->talked : c->now; }

// ---- durations.c

bool times_duration(const Clock *c, uint32_t at, Reading *r);
bool times_set(const Clock *c, uint32_t at, Reading *r);
bool times_clock(const Clock *c, uint32_t at, const Reading *before, Reading *r);
bool times_ref(const Clock *c, uint32_t at, Reading *r);
