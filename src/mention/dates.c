// dates.c - points of the calendar: days, months, quarters, years, seasons,
// feasts, and what fills in the year or the day that an expression leaves open.
// SPDX-License-Identifier: Apache-2.0
#include "mention/times.h"
#include <stdio.h>
#include <stdlib.h>

// ---- filling what is left open

static Point day_point(Day d) { return point_of_day(d); }

static Day now_day(const Clock *c) {
  return (Day){(int16_t)c->now.year, c->now.month, c->now.day};
}

// A weekday: the last such day, today included, or the next.
static Point weekday_point(const Clock *c, int weekday, int direction) {
  Point p = {.grain = 'D'};
  if (c->now.grain != 'D')
    return p;
  Day day = now_day(c);
  if (c->history && c->talked.grain == 'D')
    day = (Day){(int16_t)c->talked.year, c->talked.month, c->talked.day};
  int today = day_weekday(day);
  int ahead = (weekday - today + 7) % 7;
  int shift = direction > 0 || c->history ? ahead : ahead ? ahead - 7 : 0;
  return day_point(day_of_number(day_number(day) + shift));
}

// "by Oct. 31", "until January": a limit lies ahead more often than behind.
static bool is_limit(const Clock *c, uint32_t at) {
  uint32_t k = c->from > c->first ? c->from - 1 : at;
  if (is(c, k, "the") && k > c->first)
    k--;
  return is(c, k, "by") || is(c, k, "until") || is(c, k, "till") || is(c, k, "through") ||
         is(c, k, "effective") || is(c, k, "before");
}

// For dates that name a month: in doubt the nearest.
static int month_direction(const Clock *c, uint32_t at) {
  return is_limit(c, at) ? 0 : times_direction(c, at);
}

// The year of a month and day that name none.
static int year_for(const Clock *c, int month, int day, int direction) {
  if (c->history && c->talked.year)
    return c->talked.year + (c->talked.month && month + 6 < c->talked.month);
  if (!c->now.grain)
    return c->talked.year;
  int year = c->now.year;
  if (c->now.grain == 'Y')
    return year;
  int at = 32 * c->now.month + (c->now.grain == 'D' && day ? c->now.day : 0);
  int it = 32 * month + (c->now.grain == 'D' ? day : 0);
  if (direction > 0)
    return it < at ? year + 1 : year;
  if (direction < 0) // "a dividend payable Dec. 7 was declared": what is near lies ahead
    return it > at + 32 * (day ? 3 : 2) ? year - 1 : year;
  if (direction == 0 && is_limit(c, c->from)) // "by August": what lies ahead, within reason
    return it < at - 32 * 4 ? year + 1 : it > at + 32 * 9 ? year - 1 : year;
  // The nearest, but in doubt the past.
  if (it > at + 32 * 5)
    return year - 1;
  if (it < at - 32 * 8)
    return year + 1;
  return year;
}

static int quarter_of(int month) { return (month - 1) / 3 + 1; }

// Winter is counted to the year that its December is in.
static Point season_point(const Clock *c, int season, int rel, bool has_rel, int direction) {
  Point p = {.grain = 'S', .n = (uint8_t)season};
  Point base = c->history && c->talked.year ? c->talked : c->now;
  if (!base.year)
    return p;
  p.year = base.year;
  if (c->history || !base.month)
    return p;
  int current = base.month >= 12 || base.month <= 2 ? 4 : base.month / 3;
  bool early = base.month <= 2;
  if (has_rel && rel < 0) {
    if (season >= current || early)
      p.year--;
    if (early && season == 4 && rel < 0 && current == 4)
      p.year--;
  } else if (has_rel && rel > 0) {
    if (season <= current && !(early && season < 4))
      p.year++;
  } else if (season > current && direction <= 0 && !has_rel && season - current > 1) {
    p.year--;
  } else if (season == 4 && early) {
    p.year--;
  }
  return p;
}

static int season_of(const char *arg) {
  return !strcmp(arg, "SP") ? 1 : !strcmp(arg, "SU") ? 2 : !strcmp(arg, "FA") ? 3 : 4;
}

// The stretch of a unit that lies `rel` from the base: "last year".
Point times_unit_point(Point base, const char *unit, int rel) {
  Point p = base;
  if (!p.year)
    return (Point){.grain = unit[0] == 'W' && unit[1] ? 'w' : unit[0]};
  switch (unit[0]) {
  case 'Y': return point_shift(p, 'Y', rel);
  case 'M': return point_shift(p, 'M', rel);
  case 'D': return point_shift(p, 'D', rel);
  case 'W':
    if (unit[1]) { // weekend: that of the week, but on a Monday "the last" is near
      p = point_shift(p, 'D', 7 * rel);
      p.grain = 'w';
      return p;
    }
    p = point_shift(p, 'W', rel);
    p.grain = 'W';
    return p;
  case 'Q': {
    int q = p.year * 4 + quarter_of(p.month ? p.month : 1) - 1 + rel;
    return (Point){.year = q / 4, .n = (uint8_t)(q % 4 + 1), .grain = 'Q'};
  }
  case 'E': return (Point){.year = p.year / 10 * 10 + 10 * rel, .grain = 'E'};
  case 'C': return (Point){.year = p.year / 100 * 100 + 100 * rel, .grain = 'C'};
  default: return (Point){0};
  }
}

// ---- readings

// "nineteen ninety-seven", as it is spoken: its tokens, 0 where there is none.
static uint32_t spelled_year(const Clock *c, uint32_t at, int *year) {
  Number a = number(c, at);
  if (a.count != 1 || a.digits || a.ordinal || a.value < 17 || a.value > 20)
    return 0;
  Number b = number(c, at + 1);
  if (!b.count || b.digits || b.ordinal || b.value < 10 || b.value >= 100 || b.scaled)
    return 0;
  *year = (int)a.value * 100 + (int)b.value;
  return 1 + b.count;
}

// A year behind a month or a quarter: ", 2023", "of 2023", "this year",
// "of last year". Returns the token behind it, or `at`.
static uint32_t trailing_year(const Clock *c, uint32_t at, bool comma, int *year) {
  uint32_t k = at;
  if (comma && is(c, k, ","))
    k++;
  else if (is(c, k, "of") || is(c, k, "in"))
    k++;
  if (is(c, k, "fiscal"))
    k++;
  int y;
  if (times_year_digits(form(c, k), &y) && y >= 1000 && kind_at(c, k + 1) != K_UNITS) {
    *year = y;
    return k + 1;
  }
  uint32_t words = k == at || is(c, k - 1, "of") || is(c, k - 1, ",") ? spelled_year(c, k, year) : 0;
  if (words)
    return k + words;
  Str w = form(c, k); // '98
  double v;
  Str rest;
  if (k == at && w.len == 3 && w.at[0] == '\'' && digits_value((Str){w.at + 1, 2}, &v, &rest) && !rest.len) {
    *year = v < 40 ? 2000 + (int)v : 1900 + (int)v;
    return k + 1;
  }
  k = is(c, at, "of") ? at + 1 : at;
  if (kind_at(c, k) == K_REL && word_at(c, k + 1)->kind == K_UNIT &&
      word_at(c, k + 1)->arg[0] == 'Y' && c->now.year) {
    *year = c->now.year + word_at(c, k)->n;
    return k + 2;
  }
  return at;
}

// The number of a day: 1 to 31, digits or ordinal.
uint32_t times_day_of_month(const Clock *c, uint32_t at, int *day, bool *ordinal) {
  Str w = form(c, at);
  double v;
  Str rest;
  *ordinal = false;
  if (digits_value(w, &v, &rest)) {
    bool th = rest.len == 2 && (str_equal(rest, STR("st")) || str_equal(rest, STR("nd")) ||
                                str_equal(rest, STR("rd")) || str_equal(rest, STR("th")));
    if ((rest.len && !th) || w.len > 4 || v < 1 || v > 31 || v != (int)v)
      return at;
    // "4.5", "10:30", "15 percent", "20 years"
    if (is_close(c->doc, at) && at + 1 < c->end &&
        form(c, at + 1).at[0] == '%')
      return at;
    *day = (int)v;
    *ordinal = th;
    return at + 1;
  }
  Number n = number(c, at);
  if (n.count && n.ordinal && n.value >= 1 && n.value <= 31) {
    *day = (int)n.value;
    *ordinal = true;
    return at + n.count;
  }
  return at;
}

Point times_full_day(int year, int month, int day) {
  return (Point){.year = year, .month = (uint8_t)month, .day = (uint8_t)day, .grain = 'D'};
}

bool times_valid_day(int year, int month, int day) {
  return day >= 1 && day <= (year > 0 ? days_in_month(year, month) : 31) && month >= 1 && month <= 12;
}

// "December 31, 2023", "Dec. 31", "December 2023", "December of last year".
static bool read_month(const Clock *c, uint32_t at, Reading *r) {
  int month = word_at(c, at)->n, day, year = 0;
  bool ordinal;
  uint32_t k = at + 1;
  if (is(c, k, ".") && is_close(c->doc, at) && form(c, at).len <= 4 && k + 1 < c->end)
    k++;
  uint32_t after = times_day_of_month(c, is(c, k, "the") ? k + 1 : k, &day, &ordinal);
  if (is(c, k, "the") && !ordinal)
    after = k;
  if (after > k && !(kind_at(c, after) == K_UNITS) &&
      !(is_close(c->doc, after - 1) && is(c, after, "/"))) {
    uint32_t end = trailing_year(c, after, true, &year);
    bool explicit_year = end > after;
    if (!explicit_year)
      year = year_for(c, month, day, month_direction(c, at));
    if (times_valid_day(year, month, day))
      return times_put_date(r, times_full_day(year, month, day), end, true);
  }
  uint32_t end = trailing_year(c, k, false, &year);
  if (end == k && is(c, k, ",")) { // "March, 2003"
    int y;
    if (times_year_at(c, k + 1, &y) && y > 1900)
      end = k + 2, year = y;
  }
  if (end == k)
    year = year_for(c, month, 0, month_direction(c, at));
  if (end == k && is(c, at, "may") && at == c->first && !has_tree(c->doc))
    return false;
  return times_put_date(r, (Point){.year = year, .month = (uint8_t)month, .grain = 'M'}, end, true);
}

// "31 December 2023", "the 31st of December"; also "14-16 April" from its end.
static bool read_day_month(const Clock *c, uint32_t at, Reading *r) {
  int day, year = 0;
  bool ordinal;
  uint32_t k = times_day_of_month(c, at, &day, &ordinal);
  if (k == at)
    return false;
  k = is(c, k, "of") && ordinal ? k + 1 : k;
  if (kind_at(c, k) != K_MONTH)
    return false;
  int month = word_at(c, k)->n;
  // "Sunday 3 May 7 people": a day behind the month binds closer.
  uint32_t end = trailing_year(c, k + 1, true, &year);
  if (end == k + 1)
    year = year_for(c, month, day, month_direction(c, at));
  if (!times_valid_day(year, month, day))
    return false;
  return times_put_date(r, times_full_day(year, month, day), end, true);
}

static bool read_weekday(const Clock *c, uint32_t at, Reading *r) {
  int weekday = word_at(c, at)->n;
  uint32_t k = at + 1;
  uint32_t next = skip(c, k, ",");
  Reading inner = {.first = next};
  if ((kind_at(c, next) == K_MONTH && read_month(c, next, &inner) && inner.point.grain == 'D') ||
      (next > k - 1 && read_day_month(c, skip(c, next, "the"), &inner)))
    return times_put_date(r, inner.point, inner.end, true);
  uint32_t b = c->from > c->first ? c->from - 1 : at;
  bool limit = is(c, b, "until") || is(c, b, "till") || (is(c, b, "as") && is(c, b - 1, "soon"));
  return times_put_date(r, weekday_point(c, weekday, limit ? 1 : times_direction(c, at)), k, true);
}

static bool read_numeric(const Clock *c, uint32_t at, Reading *r) {
  // 2023-12-31 and 12/31/2023, in one token or in five
  Str w = form(c, at);
  uint32_t end = at + 1;
  if (w.len <= 4 && at + 4 < c->end && is_close(c->doc, at) && is_close(c->doc, at + 1) &&
      is_close(c->doc, at + 2) && is_close(c->doc, at + 3)) {
    w = doc_span(c->doc, doc_token_span(c->doc, at, 5));
    end = at + 5;
  }
  int part[3], count = 0;
  char divider = 0;
  size_t i = 0, lens[3] = {0};
  while (count < 3 && i < w.len) {
    int v = 0;
    size_t begin = i;
    for (; i < w.len && w.at[i] >= '0' && w.at[i] <= '9' && i - begin < 4; i++)
      v = 10 * v + (w.at[i] - '0');
    if (i == begin)
      return false;
    lens[count] = i - begin;
    part[count++] = v;
    if (i < w.len) {
      if ((w.at[i] != '-' && w.at[i] != '/' && w.at[i] != '.') || (divider && w.at[i] != divider))
        return false;
      divider = w.at[i++];
      if (i == w.len)
        return false;
    }
  }
  if (count != 3 || i != w.len)
    return false;
  int year, month, day;
  if (lens[0] == 4) {
    year = part[0], month = part[1], day = part[2];
  } else if (divider == '.') {
    day = part[0], month = part[1], year = part[2];
  } else {
    month = part[0], day = part[1], year = part[2];
    if (month > 12)
      month = part[1], day = part[0];
  }
  if (lens[0] != 4 && lens[2] == 2 && divider == '/')
    year += year < 40 ? 2000 : 1900;
  if (year < 1000 || year > 2100 || !times_valid_day(year, month, day))
    return false;
  return times_put_date(r, times_full_day(year, month, day), end, true);
}

// "2023", "2024-2025", "480 BC", "nineteen ninety-six"
static bool read_year(const Clock *c, uint32_t at, Reading *r) {
  int year, last;
  Str w = form(c, at);
  double v;
  Str rest;
  if (digits_value(w, &v, &rest) && !rest.len && v >= 1 && v < 4000 && v == (int)v && w.len <= 4 &&
      !memchr(w.at, '.', w.len)) {
    if (is(c, at + 1, "BC") || is(c, at + 1, "B.C.") || is(c, at + 1, "BCE"))
      return times_put_date(r, (Point){.year = -(int)v, .grain = 'Y'}, at + 2, true);
    if ((is(c, at + 1, "AD") || is(c, at + 1, "A.D.")))
      return times_put_date(r, (Point){.year = (int)v, .grain = 'Y'}, at + 2, true);
  }
  if (times_year_at(c, at, &year)) {
    if (hyphen(c, at + 1) && is_close(c->doc, at) && is_close(c->doc, at + 1)) {
      Str to = form(c, at + 2);
      bool two = to.len == 2 && digits_value(to, &v, &rest) && !rest.len;
      last = two ? year / 100 * 100 + (int)v : 0;
      if ((two || times_year_digits(to, &last)) && last > year && last - year < 100) {
        times_put_date(r, (Point){.year = year, .grain = 'Y'}, at + 3, true);
        snprintf(r->value, sizeof r->value, "%04d/%04d", year % 10000, last % 10000);
        return true;
      }
    }
    // "the 2024/25 season", "2024/2025"
    return times_put_date(r, (Point){.year = year, .grain = 'Y'}, at + 1, true);
  }
  uint32_t words = spelled_year(c, at, &year);
  if (words)
    return times_put_date(r, (Point){.year = year, .grain = 'Y'}, at + words, true);
  return false;
}

static bool read_decade(const Clock *c, uint32_t at, Reading *r) {
  int year;
  Str w = form(c, at);
  if (times_decade_digits(w, &year))
    return times_put_date(r, (Point){.year = year, .grain = 'E'}, at + 1, true);
  if ((str_equal(w, STR("'")) || str_equal(w, STR("’"))) && is_close(c->doc, at) &&
      form(c, at + 1).len == 3 && times_decade_digits(form(c, at + 1), &year))
    return times_put_date(r, (Point){.year = year, .grain = 'E'}, at + 2, true);
  if (times_year_digits(w, &year) && is(c, at + 1, "s") && is_close(c->doc, at) && year % 10 == 0)
    return times_put_date(r, (Point){.year = year, .grain = 'E'}, at + 2, true);
  static const char *const tens[] = {"twenties", "thirties", "forties", "fifties",
                                     "sixties",  "seventies", "eighties", "nineties"};
  for (size_t i = 0; i < COUNT(tens); i++)
    if (is(c, at, tens[i]) && is(c, at - 1, "the"))
      return times_put_date(r, (Point){.year = 1920 + 10 * (int)i, .grain = 'E'}, at + 1, true);
  return false;
}

// "third quarter of 2023", "first half", "19th century", "Q3 2023".
static bool read_ordinal_unit(const Clock *c, uint32_t at, Reading *r) {
  Str w = form(c, at);
  int n = 0;
  uint32_t k = at;
  if (w.len == 2 && (w.at[0] == 'Q' || w.at[0] == 'H') && w.at[1] >= '1' && w.at[1] <= '4') {
    n = w.at[1] - '0';
    char grain = w.at[0];
    if (grain == 'H' && n > 2)
      return false;
    int year = c->now.year;
    uint32_t end = trailing_year(c, at + 1, false, &year);
    return times_put_date(r, (Point){.year = year, .n = (uint8_t)n, .grain = grain}, end, true);
  }
  if (is(c, at, "fiscal"))
    k++;
  if (is(c, k, "last") || is(c, k, "final") || is(c, k, "latter")) {
    n = -1, k++;
  } else {
    Number number = number_at(c->doc, c->model, k, c->end);
    if (!number.count || !number.ordinal || number.value > 21)
      return false;
    n = (int)number.value;
    k += number.count;
  }
  bool joined = hyphen(c, k);
  if (joined && is(c, at - 1, "the") && at == c->from + 1)
    return false; // begins behind "the"
  if (joined)
    k++;
  if (is(c, k, "fiscal"))
    k++;
  const Word *unit = word_at(c, k);
  bool half = is(c, k, "half");
  if (half || (unit->kind == K_UNIT && unit->arg[0] == 'Q')) {
    char grain = half ? 'H' : 'Q';
    if (n < 0 && (half || is(c, at, "final")))
      n = half ? 2 : 4;
    if (n < 0 || n > (half ? 2 : 4))
      return false;
    int year = 0;
    uint32_t end = trailing_year(c, k + 1, false, &year);
    if (end == k + 1 && is(c, k + 1, "of") && is(c, k + 2, "the") && is(c, k + 3, "year")) {
      end = k + 4, year = c->now.year;
    } else if (end == k + 1) {
      if (half && !joined && !is(c, at - 1, "the"))
        return false; // "scored in the first half" has no year either, but so be it
      if (is(c, k + 1, "of") && !half && upos(c, k + 2) != UPOS_SYM && upos(c, k + 2) != UPOS_NUM)
        return false; // not "a third-quarter loss of $20 million"
      if (half)
        return false;
      year = c->history && c->talked.year ? c->talked.year : c->now.year;
      if (c->now.month && !c->history) {
        int begin = 3 * n - 2;
        if (begin > c->now.month && times_direction(c, at) <= 0 && begin - c->now.month > 2)
          year--;
        else if (times_direction(c, at) > 0 && 3 * n < c->now.month - 3) // "expects to report third-quarter net"
          year++;
        else if (n == 4 && c->now.month <= 3 && times_direction(c, at) <= 0)
          year--;
      }
    }
    return times_put_date(r, (Point){.year = year, .n = (uint8_t)n, .grain = grain}, end, true);
  }
  if ((unit->kind == K_UNIT || unit->kind == K_UNITS) && unit->arg[0] == 'C' && n > 0) {
    bool bc = is(c, k + 1, "BC") || is(c, k + 1, "B.C.") || is(c, k + 1, "BCE");
    return times_put_date(r, (Point){.year = bc ? -100 * (n - 1) : 100 * (n - 1), .grain = 'C'},
                k + 1 + bc, true);
  }
  return false;
}

// Adds a part of the day: "Friday night".
static void add_part(const Clock *c, Reading *r) {
  if (r->point.grain != 'D' || r->type != TIME_DATE)
    return;
  uint32_t k = r->end;
  if (kind_at(c, k) == K_MOD)
    k++;
  if (kind_at(c, k) != K_PART || !strcmp(word_at(c, k)->arg, "MI"))
    return;
  r->type = TIME_TIME;
  r->end = k + 1;
  size_t len = strlen(r->value);
  snprintf(r->value + len, sizeof r->value - len, "T%s", word_at(c, k)->arg);
}

static bool read_feast(const Clock *c, uint32_t at, Reading *r) {
  const Word *w = word_at(c, at);
  uint32_t k = at + w->count;
  int year = 0;
  uint32_t end = trailing_year(c, k, true, &year);
  bool open = end == k;
  Day day = {0};
  if (!is_capital(c->doc, at))
    return false;
  int month = 11;
  if (w->arg[0] == '0' || w->arg[0] == '1')
    month = (w->arg[0] - '0') * 10 + w->arg[1] - '0';
  else if (w->arg[0] == 'e')
    month = 4;
  if (open)
    year = year_for(c, month, 0, month_direction(c, at));
  if (!year)
    return times_put_date(r, (Point){.grain = 'D'}, end, false);
  if (w->arg[0] == '0' || w->arg[0] == '1') {
    day = (Day){(int16_t)year, (uint8_t)month, (uint8_t)strtol(w->arg + 3, NULL, 10)};
  } else if (w->arg[0] == 'e') {
    day = day_of_number(day_number(easter(year)) + (int)strtol(w->arg + 6, NULL, 10));
  } else if (w->arg[0] == 't') { // the fourth Thursday of November
    day = (Day){(int16_t)year, 11, 1};
    day.day = (uint8_t)(1 + (3 - day_weekday(day) + 7) % 7 + 21);
  } else if (w->arg[0] == 'l') { // the first Monday of September
    day = (Day){(int16_t)year, 9, 1};
    day.day = (uint8_t)(1 + (7 - day_weekday(day)) % 7);
  } else { // the last Monday of May
    day = (Day){(int16_t)year, 5, 31};
    day.day = (uint8_t)(31 - day_weekday(day));
  }
  return times_put_date(r, day_point(day), end, true);
}

// Behind "last", "this", "next".
static bool read_related(const Clock *c, uint32_t at, Reading *r) {
  const Word *rel = word_at(c, at);
  int n = rel->n;
  uint32_t k = at + rel->count;
  bool span = rel->kind == K_SPAN;
  if (!span && kind_at(c, k) == K_SPAN) { // "this past week", "this coming Sunday"
    n = word_at(c, k)->n > 0 ? 1 : -1;
    k++;
  }
  if (is(c, k, "fiscal") || is(c, k, "academic") || is(c, k, "financial") || is(c, k, "calendar"))
    k++;
  const Word *w = word_at(c, k);
  Point base = c->now;
  switch (w->kind) {
  case K_UNIT: {
    if (w->arg[0] == 'T')
      return false; // "this minute"
    bool previous = n == -2 || n == 2;
    if (previous)
      base = base_of(c), n /= 2;
    if (w->arg[0] == 'D') {
      if (n == 0)
        base = base_of(c);
      if (!previous && n == 1)
        base = base_of(c); // "the next day"
    } else if (c->history && n >= 0) {
      base = base_of(c);
    }
    if (span && n == -1 && !previous) { // "the past year" is a stretch
      char value[POINT_VALUE];
      int count = w->arg[0] == 'E' ? 10 : w->arg[0] == 'C' ? 100 : 1;
      char letter = w->arg[0] == 'E' || w->arg[0] == 'C' ? 'Y' : w->arg[0];
      if (letter == 'Q')
        letter = 'M', count = 3;
      if (w->arg[0] == 'W' && w->arg[1])
        return times_put_date(r, times_unit_point(base, "WE", -1), k + 1, true);
      snprintf(value, sizeof value, "P%d%c", count, letter);
      return times_put_duration(r, value, k + 1);
    }
    if (w->arg[0] == 'W' && w->arg[1] && n == 0 && base.grain == 'D' &&
        times_direction(c, at) < 0 && day_weekday(now_day(c)) < 5)
      n = -1; // "this weekend", told of on a Monday
    if (is(c, k + 1, "of") && !span && n < 0 && (w->arg[0] == 'W' || w->arg[0] == 'D')) { // "the last week of August"
      Reading whole = {.first = k + 2};
      uint32_t of = k + 2;
      if ((kind_at(c, of) == K_MONTH && read_month(c, of, &whole)) || (w->arg[0] == 'W' && read_year(c, of, &whole)))
        return times_put_date(r, whole.point, whole.end, true);
    }
    if ((w->arg[0] == 'E' || w->arg[0] == 'C') && n != 0 && rel->kind == K_REL && n < 0)
      return times_put_duration(r, w->arg[0] == 'E' ? "P10Y" : "P100Y", k + 1);
    return times_put_date(r, times_unit_point(base, w->arg, n), k + 1, true);
  }
  case K_UNITS: // "recent years", "coming months"; "last years" is rare
    if (span)
      return times_put_vague(r, n > 0 ? "FUTURE_REF" : "PAST_REF", k + 1);
    return false;
  case K_WEEKDAY: {
    Point p = {.grain = 'D'};
    if (c->now.grain == 'D') {
      Day day = now_day(c);
      int ahead = (w->n - day_weekday(day) + 7) % 7;
      int shift = n < 0 ? (ahead ? ahead - 7 : -7) : n > 0 ? (ahead ? ahead : 7) : 0;
      if (n == 0)
        shift = times_direction(c, at) < 0 ? (ahead ? ahead - 7 : 0) : ahead;
      p = day_point(day_of_number(day_number(day) + shift));
    }
    return times_put_date(r, p, k + 1, true);
  }
  case K_MONTH: {
    int year = c->now.year, month = w->n;
    if (c->now.month) {
      if (n < 0)
        year -= month >= c->now.month;
      else if (n > 0)
        year += month <= c->now.month;
      // "this March" is that of the year, whatever the tense
    }
    uint32_t end = k + 1;
    int day;
    bool ordinal;
    uint32_t after = times_day_of_month(c, end, &day, &ordinal);
    if (after > end && times_valid_day(year, month, day))
      return times_put_date(r, times_full_day(year, month, day), after, true);
    return times_put_date(r, (Point){.year = year, .month = (uint8_t)month, .grain = 'M'}, end, true);
  }
  case K_SEASON:
    return times_put_date(r, season_point(c, season_of(w->arg), n, true, 0), k + 1, true);
  case K_PART: {
    Point day = n > 0 || c->history ? base_of(c) : c->now; // "the next morning"
    Point p = day.grain == 'D' && n ? point_shift(day, 'D', n < 0 ? -1 : 1) : day;
    if (p.grain != 'D')
      p = (Point){.grain = 'D'};
    times_put_date(r, p, k, true);
    add_part(c, r);
    return r->type == TIME_TIME;
  }
  case K_FEAST:
    if (!read_feast(c, k, r) || r->point.grain != 'D' || !r->point.year)
      return false;
    if (n) {
      Point p = r->point;
      bool later = day_compare((Day){(int16_t)p.year, p.month, p.day}, now_day(c)) > 0;
      if (n < 0 && later)
        p.year--;
      else if (n > 0 && !later)
        p.year++;
      times_put_date(r, p, r->end, true);
    }
    return true;
  default: return false;
  }
}

// Behind "that", "the same", "the following": from the day talked about.
static bool read_talked(const Clock *c, uint32_t unit, int n, Reading *r) {
  const Word *w = word_at(c, unit);
  Point base = base_of(c);
  if (w->kind == K_PART || w->kind == K_PARTS) {
    if (base.grain != 'D' || n)
      return false;
    times_put_date(r, base, unit, true);
    add_part(c, r);
    return r->type == TIME_TIME;
  }
  if (w->kind == K_WEEKDAY) {
    if (base.grain != 'D')
      return times_put_date(r, (Point){.grain = 'D'}, unit + 1, false);
    Day day = {(int16_t)base.year, base.month, base.day};
    int ahead = (w->n - day_weekday(day) + 7) % 7;
    int shift = n > 0 ? (ahead ? ahead : 7) : n < 0 ? (ahead ? ahead - 7 : -7) : ahead;
    return times_put_date(r, day_point(day_of_number(day_number(day) + shift)), unit + 1, true);
  }
  if (w->kind == K_MONTH && n) {
    if (!base.month)
      return false;
    int year = base.year + (n > 0 ? w->n <= base.month : -(w->n >= base.month));
    return times_put_date(r, (Point){.year = year, .month = (uint8_t)w->n, .grain = 'M'}, unit + 1, true);
  }
  if (w->kind == K_SEASON && base.year)
    return times_put_date(r, (Point){.year = base.year + (n > 0), .n = (uint8_t)season_of(w->arg), .grain = 'S'},
                unit + 1, true);
  if (w->kind != K_UNIT || w->arg[0] == 'T')
    return false;
  if (w->arg[0] == 'D' && base.grain != 'D')
    return times_put_date(r, (Point){.grain = 'D', .year = base.year}, unit + 1, false);
  if (w->arg[0] == 'M' && !base.month)
    return false;
  return times_put_date(r, times_unit_point(base, w->arg, n), unit + 1, true);
}

// "the 1988 third quarter", "the 1988 period", "the year-ago quarter", "the
// latest period", "the fiscal year": stretches of accounts.
static uint32_t account_period(const Clock *c, uint32_t k, int year, Point *p) {
  uint32_t end = k;
  Number n = number(c, k);
  int quarter = c->quarter.grain == 'Q' ? c->quarter.n : 0;
  if (n.count && n.ordinal && n.value <= 4) {
    quarter = (int)n.value;
    end += n.count;
    end += hyphen(c, end);
  }
  bool is_quarter = is(c, end, "quarter"), period = end == k && is(c, end, "period");
  if (!is_quarter && !period)
    return k;
  *p = quarter ? (Point){.year = year, .n = (uint8_t)quarter, .grain = 'Q'} : (Point){.year = year, .grain = 'Y'};
  return end + 1;
}

bool times_account(const Clock *c, uint32_t at, Reading *r) {
  bool the = is(c, at, "the") || is(c, at, "a");
  uint32_t k = the ? at + 1 : at;
  Point p;
  int year;
  if (c->history || !c->now.year)
    return false;
  if (the && times_year_digits(form(c, k), &year)) {
    uint32_t end = account_period(c, k + 1, year, &p);
    return end > k + 1 && times_put_date(r, p, end, false);
  }
  k += the && is(c, k, "comparable");
  if (is(c, k, "year") && hyphen(c, k + 1) && (is(c, k + 2, "ago") || is(c, k + 2, "earlier"))) {
    uint32_t end = account_period(c, k + 3, c->now.year - 1, &p);
    if (end > k + 3)
      return times_put_date(r, p, end, false);
    if (at != k)
      return false; // begins at "year"
    p = c->quarter.grain == 'Q' ? c->quarter : (Point){.year = c->now.year, .grain = 'Y'};
    p.year--;
    return times_put_date(r, p, k + 3, false);
  }
  if (is(c, at, "the") && is(c, k, "latest") && (is(c, k + 1, "period") || is(c, k + 1, "quarter")) && c->quarter.grain == 'Q')
    return times_put_date(r, c->quarter, k + 2, false);
  if (is(c, at, "the") && (is(c, k, "fiscal") || is(c, k, "full")) && is(c, k + 1, "year"))
    return is(c, k + 2, "ended") || is(c, k + 2, "ending") ? times_put_duration(r, "P1Y", k + 2)
                                                           : times_put_date(r, (Point){.year = c->now.year, .grain = 'Y'}, k + 2, false);
  if (is(c, at, "the") && is(c, k, "year") && (is(c, k + 1, "ended") || is(c, k + 1, "ending")))
    return times_put_duration(r, "P1Y", k + 1);
  if (at == k && is(c, k, "year")) { // "by year-end", "at year's end"
    uint32_t end = k + 1;
    end += hyphen(c, end) || is(c, end, "'s");
    if (is(c, end, "end"))
      return times_put_date(r, times_full_day(c->now.year, 12, 31), end + 1, false);
  }
  return false;
}

// The date proper, without "early" or "the end of" before it.
bool times_core(const Clock *c, uint32_t at, Reading *r) {
  const Word *w = word_at(c, at);
  bool the = is(c, at, "the");
  uint32_t k = the ? at + 1 : at;
  const Word *x = word_at(c, k);
  switch (w->kind) {
  case K_WEEKDAY:
    read_weekday(c, at, r);
    add_part(c, r);
    return true;
  case K_MONTH:
    if (read_month(c, at, r)) {
      add_part(c, r);
      return true;
    }
    return false;
  case K_DAY: {
    Point p = c->now.grain == 'D' ? point_shift(c->now, 'D', w->n) : (Point){.grain = 'D'};
    if (!p.year)
      return times_put_vague(r, w->n ? "XXXX-XX-XX" : "PRESENT_REF", at + 1);
    times_put_date(r, p, at + 1, true);
    add_part(c, r);
    return true;
  }
  case K_NIGHT:
    if (c->now.grain != 'D')
      return times_put_vague(r, "XXXX-XX-XXTNI", at + 1);
    times_put_date(r, c->now, at + 1, true);
    r->type = TIME_TIME;
    snprintf(r->value + strlen(r->value), 8, "TNI");
    return true;
  case K_FEAST: return read_feast(c, at, r);
  case K_REL: return read_related(c, at, r) || (is(c, at, "last") && read_ordinal_unit(c, at, r));
  default: break;
  }
  if (is(c, at, "that") && kind_at(c, at + 1) != K_UNITS)
    return !is(c, at + 2, "'s") && read_talked(c, is(c, at + 1, "same") ? at + 2 : at + 1, 0, r);
  if (x->kind == K_SEASON || (x->kind == K_MOD && kind_at(c, k + 1) == K_SEASON)) {
    uint32_t s = x->kind == K_MOD ? k + 1 : k;
    int season = season_of(word_at(c, s)->arg), year = 0;
    uint32_t end = trailing_year(c, s + 1, false, &year);
    bool fall = is(c, s, "fall") || is(c, s, "spring");
    if (fall && upos(c, s) == UPOS_VERB)
      return false;
    if (end > s + 1)
      return times_put_date(r, (Point){.year = year, .n = (uint8_t)season, .grain = 'S'}, end, true);
    bool leads = the || is(c, k - 1, "in") || is(c, k - 1, "by") || is(c, k - 1, "during") ||
                 is(c, k - 1, "since") || is(c, k - 1, "until") || x->kind == K_MOD;
    if (!leads || is(c, s + 1, "of") || (fall && !is(c, k - 1 - the, "in") && !is(c, k - 1 - the, "by")))
      return false;
    return times_put_date(r, season_point(c, season, 0, false, times_direction(c, at)), s + 1, true);
  }
  if (the && (x->kind == K_REL || x->kind == K_SPAN))
    return read_related(c, k, r) || read_ordinal_unit(c, k, r);
  if (x->kind == K_SPAN && x->n != -2)
    return read_related(c, k, r);
  if (x->kind == K_SEQ && (the || x->n == 0)) {
    if (word_at(c, k + 1)->kind == K_UNITS)
      return false;
    return read_talked(c, k + 1, x->n, r);
  }
  if (read_decade(c, k, r))
    return true;
  if (the && is(c, k, "year") && times_year_digits(form(c, k + 1), &(int){0})) {
    int year = 0;
    times_year_digits(form(c, k + 1), &year);
    return times_put_date(r, (Point){.year = year, .grain = 'Y'}, k + 2, true);
  }
  if (the && is(c, k, "year")) {
    Number n = number(c, k + 1);
    if (n.count && n.spelled && n.value >= 1000 && n.value < 2100)
      return times_put_date(r, (Point){.year = (int)n.value, .grain = 'Y'}, k + 1 + n.count, true);
  }
  if (the && is(c, k, "years") && read_year(c, k + 1, r))
    return true;
  if (is(c, k, "fiscal") || is(c, k, "FY")) {
    uint32_t y = skip(c, k + 1, "year");
    int year;
    if (times_year_digits(form(c, y), &year))
      return times_put_date(r, (Point){.year = year, .grain = 'Y'}, y + 1, true);
  }
  if (read_ordinal_unit(c, k, r))
    return true;
  // "2023's third quarter", "this year 's first half"
  if (read_numeric(c, k, r) || read_day_month(c, k, r))
    return add_part(c, r), true;
  if (!the && read_year(c, k, r))
    return true;
  // "the quarter", "the latest quarter": the last that has ended
  if (the && !c->history && c->now.month && (word_at(c, k)->kind == K_UNIT || is(c, k, "latest"))) {
    uint32_t q = is(c, k, "latest") ? k + 1 : k;
    if (word_at(c, q)->kind == K_UNIT && word_at(c, q)->arg[0] == 'Q' && !is(c, q + 1, "of"))
      return times_put_date(r, times_unit_point(c->now, "Q", -1), q + 1, false);
  }
  // "a high for the year", "the first months of the year"; not "the year of the horse"
  uint8_t after = upos(c, k + 1);
  if (the && !c->history && c->now.year && is(c, k, "year") && (is(c, at - 1, "for") || is(c, at - 1, "of")) &&
      !hyphen(c, k + 1) && !is(c, k + 1, "ended") && !is(c, k + 1, "ending") &&
      (k + 1 >= c->end || after == UPOS_PUNCT || after == UPOS_CCONJ || after == UPOS_VERB))
    return times_put_date(r, (Point){.year = c->now.year, .grain = 'Y'}, k + 1, false);
  if (the && x->kind == K_UNIT) {
    // Alone, "the week" is too vague; the weekend is that of the week.
    if (x->arg[0] == 'W' && x->arg[1] && c->now.grain == 'D') {
      int n = times_direction(c, at) > 0 || day_weekday(now_day(c)) >= 5 ? 0 : -1;
      return times_put_date(r, times_unit_point(c->now, "WE", n), k + 1, true);
    }
  }
  return false;
}

// "mid-June", "mid-2023", "mid-1990s", where they are one token.
static bool read_mid(const Clock *c, uint32_t at, Reading *r) {
  Str w = form(c, at);
  if (w.len < 7 || !str_equal_fold((Str){w.at, 4}, STR("mid-")))
    return false;
  w = (Str){w.at + 4, w.len - 4};
  int year;
  if (times_year_digits(w, &year))
    return times_put_date(r, (Point){.year = year, .grain = 'Y'}, at + 1, true);
  if (times_decade_digits(w, &year))
    return times_put_date(r, (Point){.year = year, .grain = 'E'}, at + 1, true);
  const char *v = words_find(&c->model->words, WORDS_CALENDAR, w);
  if (v && !strncmp(v, "month ", 6)) {
    int month = (int)strtol(v + 6, NULL, 10);
    uint32_t end = trailing_year(c, at + 1, false, &year);
    if (end == at + 1)
      year = year_for(c, month, 0, month_direction(c, at));
    return times_put_date(r, (Point){.year = year, .month = (uint8_t)month, .grain = 'M'}, end, true);
  }
  if (v && !strncmp(v, "season ", 7)) {
    int season = season_of(v + 7);
    uint32_t end = trailing_year(c, at + 1, false, &year);
    Point p = {.year = year, .n = (uint8_t)season, .grain = 'S'};
    return times_put_date(r, end > at + 1 ? p : season_point(c, season, 0, false, times_direction(c, at)), end, true);
  }
  return false;
}

// A date with what stands before it: "early", "mid-", "the end of".
bool times_date(const Clock *c, uint32_t at, Reading *r) {
  uint32_t k = at;
  if (read_mid(c, skip(c, at, "the"), r))
    return true;
  if (times_core(c, at, r)) {
    // "this year 's third quarter", "2023 's second half"
    if (r->type == TIME_DATE && r->point.grain == 'Y' && r->point.year > 0 &&
        (is(c, r->end, "'s") || is(c, r->end, "’s"))) {
      Reading inner = {0};
      uint32_t q = r->end + 1;
      if (read_ordinal_unit(c, q, &inner) && inner.point.grain != 'C')
        return inner.point.year = r->point.year, times_put_date(r, inner.point, inner.end, true);
      // "next year 's first half"
      Number n = number(c, q);
      if (n.count && n.ordinal && n.value <= 2 && is(c, q + n.count, "half"))
        return times_put_date(r, (Point){.year = r->point.year, .n = (uint8_t)n.value, .grain = 'H'},
                    q + n.count + 1, true);
    }
    return true;
  }
  bool the = is(c, k, "the");
  if (the)
    k++;
  if (is(c, k, "very"))
    k++;
  if (kind_at(c, k) == K_MOD || is(c, k, "earlier") || is(c, k, "later")) {
    bool comparative = kind_at(c, k) != K_MOD;
    uint32_t d = k + 1;
    if (!comparative && hyphen(c, d))
      d++;
    else if (is(c, d, "in") || is(c, d, "on"))
      d++;
    uint32_t from = d;
    if (comparative && kind_at(c, d) != K_REL && kind_at(c, d) != K_DAY && !is(c, d, "that") &&
        kind_at(c, d) != K_SEQ && !is(c, d, "the") &&
        kind_at(c, d) != K_MONTH && !(from > k + 1))
      return false;
    if (comparative && from > k + 1 && is(c, d, "the") &&
        is(c, d + 1, "day") && c->now.grain == 'D')
      return times_put_date(r, c->now, d + 2, false);
    if (comparative && is(c, from - 1, "on"))
      return false;
    if (is(c, d, "the") && word_at(c, d + 1)->kind == K_UNIT && c->now.grain)
      return word_at(c, d + 1)->arg[0] != 'T' && comparative &&
             times_put_date(r, times_unit_point(c->now, word_at(c, d + 1)->arg, 0), d + 2, false);
    Reading inner = *r;
    if (!times_core(c, d, &inner) || inner.type == TIME_DURATION)
      return false;
    uint32_t first = r->first;
    *r = inner;
    r->first = first;
    return true;
  }
  if (kind_at(c, k) == K_EDGE && is(c, k + 1, "of")) {
    uint32_t d = k + 2;
    Reading inner = *r;
    const Word *w = word_at(c, d + 1);
    if (is(c, d, "the") && w->kind == K_UNIT && (w->arg[0] == 'Y' || w->arg[0] == 'M' || w->arg[0] == 'W' || w->arg[0] == 'Q' || w->arg[0] == 'C' || w->arg[0] == 'E')) {
      Point base = c->history ? base_of(c) : c->now;
      if (!base.year || (w->arg[0] == 'M' && !base.month))
        return false;
      return times_put_date(r, times_unit_point(base, w->arg, 0), d + 2, true);
    }
    if (!times_core(c, d, &inner) || inner.type != TIME_DATE || !inner.point.grain ||
        inner.point.grain == 'D')
      return false;
    *r = inner;
    return true;
  }
  return false;
}
