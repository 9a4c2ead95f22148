// durations.c - stretches of time ("three years"), what recurs ("every Friday"),
// times of the day, and vague references ("recently").
// SPDX-License-Identifier: Apache-2.0
#include "mention/times.h"
#include <stdio.h>

// ---- durations

static void print_amount(char *out, size_t size, double v) {
  if (v == (double)(int64_t)v)
    snprintf(out, size, "%lld", (long long)v);
  else
    snprintf(out, size, "%lld.%lld", (long long)v, (long long)(v * 10) % 10);
}

// P3Y, PT48H, P75Y; a vague number is X.
static void amount_value(char out[POINT_VALUE], double n, bool vague, const char *unit) {
  char amount[24];
  if (n > 1e9)
    n = 1e9;
  char letter = unit[0];
  double times = 1;
  const char *extra = "";
  if (letter == 'E')
    letter = vague ? 'E' : 'Y', times = 10;
  else if (letter == 'C')
    letter = vague ? 'C' : 'Y', times = 100;
  else if (letter == 'K')
    letter = 'Y', times = 1000;
  else if (letter == 'F')
    letter = 'W', times = 2;
  else if (letter == 'Q')
    letter = 'M', times = 3;
  else if (letter == 'W' && unit[1])
    extra = "E";
  double whole = n * times;
  char rest[12] = "";
  if (!vague && whole != (double)(int64_t)whole && letter != 'T') {
    double part = whole - (double)(int64_t)whole;
    if (letter == 'Y' && whole >= 1) {
      snprintf(rest, sizeof rest, "%dM", (int)(part * 12 + 0.5));
      whole = (double)(int64_t)whole;
    } else if (letter == 'Y') {
      whole *= 12, letter = 'M';
    }
  }
  if (letter == 'T') {
    double part = whole - (double)(int64_t)whole;
    if (!vague && part > 0 && (unit[1] == 'H' || unit[1] == 'M')) {
      snprintf(rest, sizeof rest, "%d%c", (int)(part * 60 + 0.5), unit[1] == 'H' ? 'M' : 'S');
      whole = (double)(int64_t)whole;
    }
    print_amount(amount, sizeof amount, whole);
    if (!vague && whole == 0 && rest[0])
      snprintf(out, POINT_VALUE, "PT%s", rest);
    else
      snprintf(out, POINT_VALUE, "PT%s%c%s", vague ? "X" : amount, unit[1], rest);
    return;
  }
  print_amount(amount, sizeof amount, whole);
  snprintf(out, POINT_VALUE, "P%s%c%s%s", vague ? "X" : amount, letter, extra, rest);
}

typedef struct Amount Amount;
struct Amount {
  uint32_t end;
  double n;
  bool vague, article, plural, joined;
  const char *unit;
};

// "three years", "a year and a half", "three-quarters of a century", "48-hour",
// "several days"; what counts, without words around it.
static bool read_amount(const Clock *c, uint32_t at, Amount *out) {
  *out = (Amount){0};
  uint32_t k = at;
  Number n = number(c, at);
  if (n.count && !n.ordinal && !n.suffix.len) {
    k += n.count;
    out->n = n.value;
    // "two to three weeks", "12 to 18 months": as long as the first
    Number more = is(c, k, "to") || is(c, k, "or") || hyphen(c, k) ? number(c, k + 1) : (Number){0};
    if (more.count && !more.ordinal && !more.fraction && !more.suffix.len && more.value > n.value && more.value < 1000 &&
        (kind_at(c, k + 1 + more.count) == K_UNITS))
      k += 1 + more.count;
    if (n.fraction && n.value < 1) { // "half a century", "three-quarters of a century"
      if (is(c, k, "of"))
        k++;
      if (hyphen(c, k))
        k++;
      else if (is(c, k, "a") || is(c, k, "an"))
        k++;
      else if (!is(c, k - 1, "of") && !n.article)
        return false;
      if (kind_at(c, k) != K_UNIT || word_at(c, k)->arg[0] == 'Q')
        return false;
    }
  } else if (is(c, at, "a") || is(c, at, "an")) {
    k++;
    out->n = 1;
    if (is(c, k, "few") || is(c, k, "number") || is(c, k, "couple") || is(c, k, "good")) {
      if (is(c, k, "number") && !is(c, k + 1, "of"))
        return false;
      out->vague = !is(c, k, "couple");
      if (is(c, k, "couple"))
        out->n = 2;
      k++;
      k = skip(c, k, "of");
      k = skip(c, k, "more");
      if (kind_at(c, k) != K_UNITS)
        return false;
    } else {
      out->article = true;
      if (is(c, k, "full") || is(c, k, "single") || is(c, k, "whole"))
        k++;
    }
  } else if (kind_at(c, at) == K_VAGUE) {
    out->vague = !is(c, at, "couple");
    out->n = 2;
    k++;
    k = skip(c, k, out->vague ? "more" : "of");
  } else {
    return false;
  }
  if (hyphen(c, k)) {
    k++;
    out->joined = true;
  } else if (!out->article) {
    static const char *const between[] = {"more", "additional", "consecutive", "straight",
                                          "full", "long", "successive", "whole", "solid", "further"};
    for (size_t i = 0; i < COUNT(between); i++)
      if (is(c, k, between[i])) {
        k++;
        break;
      }
  }
  const Word *unit = word_at(c, k);
  if (unit->kind != K_UNIT && unit->kind != K_UNITS)
    return false;
  out->plural = unit->kind == K_UNITS;
  out->unit = unit->arg;
  if (!strcmp(unit->arg, "TS") && !out->plural && !(out->joined && n.count))
    return false; // "a second term", "one second"
  if (unit->arg[0] == 'Q' && (out->article || !out->plural))
    return false;
  if (unit->arg[0] == 'Q' && n.fraction)
    return false;
  if (n.count && !out->joined && !out->plural && n.value != 1 && !(n.fraction && n.value < 1) &&
      upos(c, k) == UPOS_VERB)
    return false;
  k++;
  if (out->n == 1 && is(c, k, "or") && is(c, k + 1, "two")) // "a year or two"
    k += 2;
  else if (is(c, k, "or") && is(c, k + 1, "so"))
    k += 2;
  // "a year and a half"
  if (out->n == 1 && is(c, k, "and") && is(c, k + 1, "a") && is(c, k + 2, "half")) {
    out->n = 1.5;
    k += 3;
  }
  out->end = k;
  return true;
}

// The token behind "about", "more than", "at least" …, or `at`.
static uint32_t skip_approx(const Clock *c, uint32_t at) {
  return kind_at(c, at) == K_APPROX ? at + word_at(c, at)->count : at;
}

bool times_duration(const Clock *c, uint32_t at, Reading *r) {
  uint32_t k = skip_approx(c, at);
  bool the = is(c, k, "the");
  if (the && k > at)
    return false; // "over the past year" begins at "the"
  if (the)
    k++;
  int span = 0; // -1 "the past three years", 1 "the next three years"
  bool ordinal = false;
  if (kind_at(c, k) == K_REL || kind_at(c, k) == K_SPAN) {
    span = word_at(c, k)->n < 0 ? -1 : 1;
    if (is(c, k, "this"))
      return false;
    k++;
  } else if (the && (is(c, k, "first") || is(c, k, "final") || is(c, k, "second"))) {
    ordinal = true;
    k++;
  } else if (is(c, k, "another") || is(c, k, "an")) {
    if (is(c, k, "an") && is(c, k + 1, "additional"))
      k++;
    else if (is(c, k, "an"))
      k--;
    k++;
  }
  k = skip_approx(c, k);
  Amount a;
  if (!read_amount(c, k, &a)) {
    const Word *w = word_at(c, k);
    // "another year", "an additional month"
    if (w->kind == K_UNIT && k > at && (is(c, k - 1, "another") || is(c, k - 1, "additional")) &&
        strcmp(w->arg, "TS") && w->arg[0] != 'Q') {
      char value[POINT_VALUE];
      amount_value(value, 1, false, w->arg);
      return times_put_duration(r, value, k + 1);
    }
    // Bare plurals: "for years", "in months", "decades of war", "years-long"
    if (w->kind == K_UNITS && k == at && w->arg[0] != 'Q' && !(is_capital(c->doc, k) && k > c->first)) {
      static const char *const leads[] = {"for", "in", "after", "over", "within", "of",
                                          "during", "took", "take", "takes", "lasted", "last"};
      bool lead = false;
      for (size_t i = 0; i < COUNT(leads); i++)
        lead = lead || is(c, k - 1, leads[i]);
      if (kind_at(c, k + 1) == K_AGO && is(c, k + 1, "ago"))
        return times_put_vague(r, "PAST_REF", k + 2);
      int year;
      lead = lead || (is(c, k + 1, "of") && !times_year_digits(form(c, k - 1), &year)) || (hyphen(c, k + 1) && (is(c, k + 2, "long") || is(c, k + 2, "old")));
      if (!lead || (is(c, k + 1, "of") && is(c, k - 1, "the")))
        return false;
      char value[POINT_VALUE];
      amount_value(value, 1, true, w->arg);
      uint32_t end = k + 1;
      if (hyphen(c, end) && (is(c, end + 1, "long") || is(c, end + 1, "old")))
        end += 2;
      return times_put_duration(r, value, end);
    }
    return false;
  }
  char value[POINT_VALUE];
  uint32_t end = a.end;
  if (a.article && hyphen(c, end) && (is(c, end + 1, "earlier") || is(c, end + 1, "ago")))
    return false; // "a year-earlier loss": begins at "year"
  if (a.joined && the && !span && !ordinal)
    return false; // "the 30-day rate"
  bool old = is(c, end, "old") || (hyphen(c, end) && is(c, end + 1, "old")) ||
             (is(c, end, "of") && is(c, end + 1, "age"));
  if (old && a.unit[0] == 'Y' && !a.vague)
    return false; // an age
  if (a.joined && hyphen(c, end) && (is(c, end + 1, "old") || is(c, end + 1, "long")))
    end += 2;
  const Word *ago = word_at(c, end);
  uint32_t ago_end = end + 1;
  int direction_n = 0;
  bool from_now = false;
  if (!a.joined && ago->kind == K_AGO) {
    from_now = ago->n == -1 || ago->n == 1;
    direction_n = ago->n < 0 ? -1 : 1;
    if (ago->n == -3 || ago->n == 3)
      direction_n = 0; // "two days after the vote"
  } else if (!a.joined && is(c, end, "from") && is(c, end + 1, "now")) {
    from_now = true, direction_n = 1, ago_end = end + 2;
  }
  if (direction_n && a.unit[0] != 'T') {
    if (a.vague && !from_now) { // "a few days later"
      amount_value(value, a.n, true, a.unit);
      return times_put_duration(r, value, ago_end);
    }
    if (a.vague || a.n > 9999)
      return times_put_vague(r, direction_n < 0 ? "PAST_REF" : "FUTURE_REF", ago_end);
    Point base = from_now ? c->now : base_of(c);
    int n = (int)a.n * direction_n;
    char grain = a.unit[0];
    if (grain == 'E')
      grain = 'Y', n *= 10;
    else if (grain == 'C')
      grain = 'Y', n *= 100;
    else if (grain == 'F')
      grain = 'W', n *= 2;
    else if (grain == 'Q')
      grain = 'M', n *= 3;
    else if (grain == 'K')
      return times_put_vague(r, "PAST_REF", ago_end);
    if (grain == 'Y' && n == -1 && a.article && c->quarter.grain == 'Q')
      return times_put_date(r, (Point){.year = c->quarter.year - 1, .n = c->quarter.n, .grain = 'Q'}, ago_end, false);
    if (a.n != (int)a.n && grain == 'Y')
      grain = 'M', n = (int)(a.n * 12) * direction_n;
    if ((grain == 'M' && !base.month) || ((grain == 'D' || grain == 'W') && base.grain != 'D')) {
      if (c->history && base.year && !from_now) // some day of that year
        return times_put_date(r, (Point){.year = grain == 'W' ? 0 : base.year, .grain = grain}, ago_end, false);
      base = c->now;
    }
    if (!base.year)
      return times_put_vague(r, direction_n < 0 ? "PAST_REF" : "FUTURE_REF", ago_end);
    Point p = point_shift(base, grain, n);
    return times_put_date(r, p, ago_end, true);
  }
  if (is(c, k, "one") && is(c, k + 1, "day") && end == k + 2 && k == at && times_direction(c, at) > 0 &&
      !is(c, at - 1, "for") && !is(c, at - 1, "in") && !is(c, at - 1, "within"))
    return times_put_vague(r, "FUTURE_REF", end); // "will one day return"
  if (direction_n) // hours ago
    return times_put_vague(r, direction_n < 0 ? "PAST_REF" : "FUTURE_REF", ago_end);
  if (the && !span && !ordinal && a.article)
    return false;
  amount_value(value, a.n, a.vague, a.unit);
  // A rate: "$5 a day", "twice a week", "barrels a day"
  if (a.article && k == at) {
    uint8_t tag = upos(c, at - 1);
    Str p = form(c, at - 1);
    bool counted = is(c, at - 1, "times") || is(c, at - 1, "once") || is(c, at - 1, "twice") ||
                   is(c, at - 1, "barrels") || is(c, at - 1, "%") || is(c, at - 1, "percent") ||
                   is(c, at - 1, "dollars") || is(c, at - 1, "tons") || is(c, at - 1, "tonnes") ||
                   is(c, at - 1, "people") || is(c, at - 1, "hours") || is(c, at - 1, "days");
    double v;
    Str rest;
    if (digits_value(p, &v, &rest) || str_ends(p, STR("illion")))
      counted = true;
    if (tag == UPOS_NOUN && p.len > 2 && p.at[p.len - 1] == 's' && p.at[p.len - 2] != 's' &&
        at >= c->first + 2 && (upos(c, at - 2) == UPOS_NUM || upos(c, at - 2) == UPOS_NOUN))
      counted = true;
    if (counted) {
      times_put_duration(r, value, end);
      r->type = TIME_SET;
      return true;
    }
  }
  return times_put_duration(r, value, end);
}

// ---- sets

bool times_set(const Clock *c, uint32_t at, Reading *r) {
  const Word *w = word_at(c, at);
  char value[POINT_VALUE] = "";
  if (w->kind == K_SET) {
    times_put_duration(r, w->arg, at + 1);
    r->type = TIME_SET;
    if (is(c, at, "quarterly") && (upos(c, at + 1) == UPOS_NOUN || upos(c, at + 1) == UPOS_ADJ))
      return false; // "a quarterly dividend" is of a quarter, not told for each
    // A newspaper's name or a report: "the China Daily"
    return !(is_capital(c->doc, at) && at > c->first);
  }
  if (w->kind == K_WEEKDAYS) {
    snprintf(value, sizeof value, "XXXX-WXX-%d", w->n + 1);
    times_put_duration(r, value, at + 1);
    r->type = TIME_SET;
    return true;
  }
  if (w->kind != K_EVERY)
    return false;
  uint32_t k = at + 1;
  if (is(c, k, "other") || is(c, k, "single"))
    k++;
  Amount a;
  const Word *u = word_at(c, k);
  if (u->kind == K_UNIT && strcmp(u->arg, "TS")) {
    if (is(c, at, "each") && is(c, k + 1, "of"))
      return false;
    amount_value(value, is(c, at + 1, "other") ? 2 : 1, false, u->arg);
    k++;
  } else if (u->kind == K_WEEKDAY) {
    snprintf(value, sizeof value, "XXXX-WXX-%d", u->n + 1);
    k++;
  } else if (u->kind == K_MONTH) {
    snprintf(value, sizeof value, "XXXX-%02d", u->n % 100);
    k++;
  } else if (u->kind == K_SEASON) {
    snprintf(value, sizeof value, "XXXX-%s", u->arg);
    k++;
  } else if (u->kind == K_PART) {
    snprintf(value, sizeof value, "XXXX-XX-XXT%s", u->arg);
    k++;
  } else if (is(c, at, "every") && read_amount(c, k, &a) && a.plural) {
    amount_value(value, a.n, a.vague, a.unit);
    k = a.end;
  } else {
    return false;
  }
  times_put_duration(r, value, k);
  r->type = TIME_SET;
  return true;
}

// ---- times of the day

static bool half_day(const Clock *c, uint32_t at, int *shift, uint32_t *end) {
  static const char *const am[] = {"a.m.", "am", "a.m"};
  static const char *const pm[] = {"p.m.", "pm", "p.m"};
  for (size_t i = 0; i < COUNT(am); i++)
    for (int p = 0; p < 2; p++)
      if (is(c, at, p ? pm[i] : am[i])) {
        *shift = p ? 12 : 0;
        *end = at + 1;
        return true;
      }
  return false;
}

// "18:47", "6 p.m.", "6:30pm", "0735 GMT", "noon"
static bool clock_time(const Clock *c, uint32_t at, int *hour, int *minute, uint32_t *end) {
  Str w = form(c, at);
  double v;
  Str rest;
  *minute = -1;
  int shift = -1;
  const Word *x = word_at(c, at);
  if (x->kind == K_CLOCK) {
    *hour = x->n, *minute = 0, *end = at + 1;
    return true;
  }
  if (!digits_value(w, &v, &rest) || v > 2400 || v != (int)v || memchr(w.at, ',', w.len))
    return false;
  *end = at + 1;
  if (w.len == 4 && !rest.len && kind_at(c, at + 1) == K_ZONE) {
    *hour = (int)v / 100, *minute = (int)v % 100;
    return *hour < 24 && *minute < 60;
  }
  if (v > 24)
    return false;
  *hour = (int)v;
  if (rest.len && (rest.at[0] == ':' || rest.at[0] == '.')) {
    Str m = {rest.at + 1, rest.len - 1};
    double minutes;
    Str tail;
    if (!digits_value(m, &minutes, &tail) || minutes > 59 || m.len - tail.len != 2)
      return false;
    if (rest.at[0] == '.' && !half_day(c, at + 1, &shift, end) && !tail.len)
      return false;
    *minute = (int)minutes;
    rest = tail;
    if (tail.len && tail.at[0] == ':') { // seconds
      if (!digits_value((Str){tail.at + 1, tail.len - 1}, &minutes, &rest))
        return false;
    }
  } else if (rest.len && w.at[0] != '0' && (is_letter(rest.at[0]) == false)) {
    return false;
  } else if (memchr(w.at, '.', w.len)) {
    // "6.30 p.m." was read as a decimal number
    size_t dot = (size_t)((const char *)memchr(w.at, '.', w.len) - w.at);
    if (w.len - dot != 3 || !half_day(c, at + 1, &shift, end))
      return false;
    *minute = (w.at[dot + 1] - '0') * 10 + w.at[dot + 2] - '0';
  }
  if (rest.len) {
    if (str_equal_fold(rest, STR("am")) || str_equal_fold(rest, STR("a.m.")))
      shift = 0;
    else if (str_equal_fold(rest, STR("pm")) || str_equal_fold(rest, STR("p.m.")))
      shift = 12;
    else if (!str_equal_fold(rest, STR("hrs")) && !str_equal_fold(rest, STR("h")))
      return false;
    else if (*minute < 0)
      return false;
  } else if (half_day(c, at + 1, &shift, end)) {
    ;
  } else if (is(c, at + 1, "o'clock") || is(c, at + 1, "o’clock")) {
    *end = at + 2;
    if (*minute < 0)
      *minute = 0;
    return *hour <= 12;
  }
  if (shift >= 0) {
    if (*hour > 12 || *hour == 0)
      return false;
    *hour = *hour % 12 + shift;
    if (*minute < 0)
      *minute = 0;
    return true;
  }
  if (*minute < 0 || *hour > 23)
    return false;
  // "a 3:1 victory" is none; two digits of minutes are asked for above
  return true;
}

// The day of a clock time: one written beside it, else the last one told.
bool times_clock(const Clock *c, uint32_t at, const Reading *before, Reading *r) {
  int hour, minute;
  uint32_t k = at, end;
  if (kind_at(c, at) == K_APPROX && word_at(c, at)->count == 1 && clock_time(c, at + 1, &hour, &minute, &end))
    k = at + 1;
  if (!clock_time(c, k, &hour, &minute, &end))
    return false;
  if (kind_at(c, end) == K_ZONE)
    end += word_at(c, end)->count;
  Reading day = {.first = end};
  Point p = {0};
  bool clock_word = kind_at(c, k) == K_CLOCK;
  uint32_t d = skip(c, end, ",");
  Kind next = kind_at(c, d);
  if ((next == K_WEEKDAY || next == K_MONTH || next == K_DAY) && times_core(c, d, &day) &&
      day.point.grain == 'D' && day.type == TIME_DATE) {
    p = day.point;
    end = day.end;
  } else {
    // "at 6 p.m. on Sunday", "10:35 a.m. (0735 GMT) Friday": two expressions
    for (uint32_t i = end; i < c->end && i < end + 7 && p.grain == 0; i++)
      if ((kind_at(c, i) == K_WEEKDAY || kind_at(c, i) == K_MONTH || kind_at(c, i) == K_DAY ||
           form(c, i).len <= 2) &&
          (is(c, i - 1, "on") || is(c, i - 1, ")") || kind_at(c, i) == K_DAY || kind_at(c, i) == K_WEEKDAY) &&
          times_core(c, i, &day) && day.point.grain == 'D' && day.type == TIME_DATE)
        p = day.point;
    if (!p.grain && before && before->point.grain == 'D')
      p = before->point;
    if (!p.grain)
      p = c->history ? c->talked : c->now;
  }
  if (clock_word && is(c, at - 1, "high"))
    return false;
  if (p.grain != 'D')
    p = (Point){.grain = 'D'};
  times_put_date(r, p, end, p.year != 0);
  r->type = TIME_TIME;
  size_t len = strlen(r->value);
  snprintf(r->value + len, sizeof r->value - len, "T%02d:%02d", hour % 100, minute % 100);
  return true;
}

// ---- vague references

bool times_ref(const Clock *c, uint32_t at, Reading *r) {
  const Word *w = word_at(c, at);
  if (w->kind == K_REF) {
    if (is(c, at - 1, "as"))
      return false; // "as soon as"
    return times_put_vague(r, w->arg, at + w->count);
  }
  uint32_t k = skip(c, at, "the");
  k = skip(c, k, "most");
  w = word_at(c, k);
  if (w->kind == K_REFA) {
    const Word *u = word_at(c, k + 1);
    if (u->kind != K_UNITS || u->arg[0] == 'T')
      return false;
    if (u->arg[0] == 'Y' || u->arg[0] == 'E' || u->arg[0] == 'C')
      return times_put_vague(r, "PAST_REF", k + 2);
    char value[POINT_VALUE]; // "in recent weeks"
    amount_value(value, 1, true, u->arg);
    uint32_t end = k + 2;
    if ((is(c, end, "and") || is(c, end, "or")) && kind_at(c, end + 1) == K_UNITS) // "weeks and months"
      end += 2;
    return times_put_duration(r, value, end);
  }
  if (w->kind == K_REFC) {
    const Word *u = word_at(c, k + 1);
    if (is(c, k + 1, "fiscal"))
      u = word_at(c, k + 2);
    if (u->kind == K_UNIT && u->arg[0] != 'T' && c->now.grain)
      return times_put_date(r, times_unit_point(c->now, u->arg, 0), (uint32_t)(u - c->words) + c->first + 1, true);
    if (k == at)
      return times_put_vague(r, w->arg, k + 1);
  }
  return false;
}
