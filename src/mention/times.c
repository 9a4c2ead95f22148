// times.c - time expressions: TIMEX3 spans and values.
//
// A reader of token patterns. `word_at` says what a token is to the calendar
// (data/en/words/calendar.txt); `read_date` and its helpers read one
// expression that begins at a token; the longest reading wins and the scan
// goes on behind it. What an expression leaves open is filled from
//
//   now     the day of the document: "yesterday", "last year", "Friday"
//   talked  the day spoken of last: "the next day", "two weeks later"
//
// and the direction, where the words do not say it, from the tense of the
// clause: a plain weekday in a dispatch is the last such day, today included,
// unless the verb looks ahead. A text about the past (most of its years lie
// well before its day) is a history: there "July" is July of the year talked
// about. After TIMEX3 (TimeML 1.2.1) and HeidelTime's news and narrative modes
// (Strötgen and Gertz 2013).
// SPDX-License-Identifier: Apache-2.0
#include "mention/internal.h"
#include "parse/parse.h"
#include <stdio.h>
#include <stdlib.h>

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

static const char *const kinds[] = {
    "",
#define X(name, text) text,
    KINDS(X)
#undef X
};

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

static const Word none;

static const Word *word_at(const Clock *c, uint32_t at) {
  return at >= c->first && at < c->end ? &c->words[at - c->first] : &none;
}

static Kind kind_at(const Clock *c, uint32_t at) { return (Kind)word_at(c, at)->kind; }

static bool is(const Clock *c, uint32_t at, const char *word) {
  return at >= c->first && at < c->end && word_is(c->doc, at, word);
}

static Str form(const Clock *c, uint32_t at) {
  return at >= c->first && at < c->end ? doc_word(c->doc, at) : (Str){"", 0};
}

static bool hyphen(const Clock *c, uint32_t at) {
  return at >= c->first && at < c->end && is_hyphen(c->doc, at);
}

static uint8_t upos(const Clock *c, uint32_t at) {
  return at >= c->first && at < c->end ? token_at(c->doc, at)->upos : UPOS_NO_UPOS;
}

static Number number(const Clock *c, uint32_t at) {
  return number_at(c->doc, c->model, at, c->end);
}

// ---- what words are

static bool is_letter(char ch) { return (ch | 32) >= 'a' && (ch | 32) <= 'z'; }

// "Jan Smuts", "April Glaspie", "Mar del Plata"
static bool in_name(const Clock *c, uint32_t at) {
  const BedeDoc *doc = c->doc;
  uint32_t low = 0, high = doc->names.count; // names are in order
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (doc->names.items[middle].first + doc->names.items[middle].count <= at)
      low = middle + 1;
    else
      high = middle;
  }
  const Name *n = low < doc->names.count ? &doc->names.items[low] : NULL;
  return n && (n->type == NAME_PERSON || n->type == NAME_PLACE) && n->count > 1 && n->first <= at;
}

static Word classify(const Clock *c, uint32_t at) {
  const char *value = NULL;
  Word w = {0};
  uint32_t count = words_match(&c->model->words, WORDS_CALENDAR, c->doc, at, &value);
  if (!count)
    return w;
  const char *blank = strchr(value, ' ');
  size_t len = blank ? (size_t)(blank - value) : strlen(value);
  for (size_t k = 1; k < COUNT(kinds); k++)
    if (strlen(kinds[k]) == len && !memcmp(kinds[k], value, len))
      w.kind = (uint8_t)k;
  w.count = (uint8_t)MIN(count, 200u);
  w.arg = blank ? blank + 1 : "";
  w.n = (int16_t)strtol(w.arg, NULL, 10);
  // "may", "march", "sun." are words of other kinds without a capital.
  if ((w.kind == K_MONTH || w.kind == K_WEEKDAY) && !is_capital(c->doc, at))
    return none;
  if (w.kind == K_MONTH && (upos(c, at) == UPOS_AUX || upos(c, at) == UPOS_VERB))
    return none;
  if (w.kind == K_MONTH && in_name(c, at))
    return none;
  if (w.kind == K_REL && upos(c, at) == UPOS_VERB)
    return none; // "likely to last over a week"
  return w;
}

static bool year_digits(Str s, int *year) {
  double v;
  Str rest;
  if (s.len != 4 || !digits_value(s, &v, &rest) || rest.len || v < 1000 || v > 2100 || v != (int)v)
    return false;
  *year = (int)v;
  return true;
}

// "1990s", "'80s"
static bool decade_digits(Str s, int *year) {
  if (s.len && s.at[0] == '\'')
    s = (Str){s.at + 1, s.len - 1};
  else if (str_starts(s, STR("’")) || str_starts(s, STR("‘")))
    s = (Str){s.at + 3, s.len - 3};
  double v;
  Str rest;
  if ((s.len != 5 && s.len != 3) || !digits_value(s, &v, &rest) || !str_equal(rest, STR("s")))
    return false;
  *year = (int)v;
  if (s.len == 3) {
    if (*year < 10)
      return false;
    *year += 1900;
  }
  return *year % 10 == 0 && *year >= 1000 && *year <= 2100;
}

// The words after which a bare number of four digits is a year.
static bool leads_year(const Clock *c, uint32_t at) {
  static const char *const words[] = {
      "in", "since", "of", "by", "until", "till", "from", "during", "between",
      "before", "after", "through", "and", "to", "circa", "year", "early", "late",
      "mid", "fiscal", "around", "throughout", "and", "or", "for", "(", "years",
      "than", "as", "about", "late", "election", "into"};
  for (size_t i = 0; i < COUNT(words); i++)
    if (is(c, at, words[i]))
      return true;
  return false;
}

// A year as such: 2023. What stands around it must not make it a count.
static bool year_at(const Clock *c, uint32_t at, int *year) {
  if (!year_digits(form(c, at), year))
    return false;
  Str before = form(c, at - 1), after = form(c, at + 1);
  if (at > c->first && before.len &&
      (str_ends(before, STR("$")) || str_equal(before, STR("€")) || str_equal(before, STR("£")) ||
       str_equal(before, STR("¥")) || str_equal_fold(before, STR("No.")) || str_equal(before, STR("#"))))
    return false;
  if (after.len && (after.at[0] == '%' || str_equal_fold(after, STR("percent")) || str_equal_fold(after, STR("rpm"))))
    return false;
  if (is_close(c->doc, at) && after.len && (after.at[0] == '/' || after.at[0] == ':'))
    return false;
  const char *unit = NULL;
  if (at + 1 < c->end && words_match(&c->model->words, WORDS_UNITS, c->doc, at + 1, &unit) &&
      !hyphen(c, at + 1) && is_letter(after.at[0]) && after.len > 1)
    return false;
  if (kind_at(c, at + 1) == K_UNITS)
    return false;
  bool plural = upos(c, at + 1) == UPOS_NOUN && after.len > 3 && after.at[after.len - 1] == 's' &&
                after.at[after.len - 2] != 's';
  int other; // "1872, 1873 and 1874"
  if (at >= c->first + 2 && (str_equal(before, STR(",")) || is(c, at - 1, "and")) &&
      year_digits(form(c, at - 2), &other))
    return !plural;
  if (*year >= 1900 && *year <= 2060)
    return !plural || leads_year(c, at - 1);
  return leads_year(c, at - 1) && !plural && upos(c, at + 1) != UPOS_NOUN &&
         upos(c, at + 1) != UPOS_ADJ && *year >= 1000;
}

// ---- tense

// 1 where the clause looks ahead, -1 where it tells of the past, 0 unknown.
static int direction(const Clock *c, uint32_t at) {
  const BedeDoc *doc = c->doc;
  if (!has_tree(doc)) {
    for (uint32_t i = at; i-- > c->first && at - i < 12;) {
      Str w = form(c, i);
      if (w.len == 1 && (w.at[0] == ';' || w.at[0] == '.'))
        return 0;
      if (kind_at(c, i) == K_FUTURE)
        return 1;
      if (w.len > 3 && str_ends(w, STR("ed")))
        return -1;
    }
    return 0;
  }
  uint32_t verb = clause_verb(doc, at);
  for (int level = 0; level < 4 && verb != NONE; level++) {
    const Token *v = token_at(doc, verb);
    bool infinitive = false;
    if (kind_at(c, verb) == K_FUTURE && level)
      return 1; // "is scheduled to meet"
    uint32_t begin = verb - c->first > 12 ? verb - 12 : c->first;
    for (uint32_t i = begin; i < verb; i++) {
      const Token *t = token_at(doc, i);
      if (t->head != verb)
        continue;
      if (t->upos == UPOS_AUX) {
        if (kind_at(c, i) == K_FUTURE)
          return 1;
        if (is(c, i, "was") || is(c, i, "were") || is(c, i, "had") || is(c, i, "did") ||
            is(c, i, "has") || is(c, i, "have"))
          return -1;
      } else if (t->upos == UPOS_PART && is(c, i, "to")) {
        infinitive = true;
      } else if (t->deprel == DEPREL_MARK && kind_at(c, i) == K_FUTURE) {
        return 1; // "is due to arrive"
      }
    }
    const char *tag = xpos_name(c->model, v);
    if (!strcmp(tag, "VBD"))
      return -1;
    if (kind_at(c, verb) == K_FUTURE)
      return 1; // "scheduled for Friday"
    if (!strcmp(tag, "VBZ") || !strcmp(tag, "VBP"))
      return infinitive ? 1 : 0;
    if (v->head == verb)
      return infinitive ? 1 : 0;
    verb = clause_verb(doc, v->head);
  }
  return 0;
}

// ---- filling what is left open

static Point day_point(Day d) { return point_of_day(d); }

static Day now_day(const Clock *c) {
  return (Day){(int16_t)c->now.year, c->now.month, c->now.day};
}

// Where "the next day" and a month without a year count from.
static Point base_of(const Clock *c) {
  return c->talked.grain ? c->talked : c->now;
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
  return is_limit(c, at) ? 0 : direction(c, at);
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
static Point unit_point(Point base, const char *unit, int rel) {
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

static bool date(Reading *r, Point p, uint32_t end, bool anchors) {
  r->type = TIME_DATE;
  r->point = p;
  r->end = end;
  r->anchors = anchors;
  point_value(p, r->value);
  return true;
}

static bool vague(Reading *r, const char *value, uint32_t end) {
  r->type = TIME_DATE;
  r->point = (Point){0};
  r->end = end;
  r->anchors = false;
  snprintf(r->value, sizeof r->value, "%s", value);
  return true;
}

static bool duration(Reading *r, const char *value, uint32_t end) {
  vague(r, value, end);
  r->type = TIME_DURATION;
  return true;
}

static uint32_t skip(const Clock *c, uint32_t at, const char *word) {
  return is(c, at, word) ? at + 1 : at;
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
  if (year_digits(form(c, k), &y) && y >= 1000 && kind_at(c, k + 1) != K_UNITS) {
    *year = y;
    return k + 1;
  }
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
static uint32_t day_of_month(const Clock *c, uint32_t at, int *day, bool *ordinal) {
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

static Point full_day(int year, int month, int day) {
  return (Point){.year = year, .month = (uint8_t)month, .day = (uint8_t)day, .grain = 'D'};
}

static bool valid_day(int year, int month, int day) {
  return day >= 1 && day <= (year > 0 ? days_in_month(year, month) : 31) && month >= 1 && month <= 12;
}

// "December 31, 2023", "Dec. 31", "December 2023", "December of last year".
static bool read_month(const Clock *c, uint32_t at, Reading *r) {
  int month = word_at(c, at)->n, day, year = 0;
  bool ordinal;
  uint32_t k = at + 1;
  if (is(c, k, ".") && is_close(c->doc, at) && form(c, at).len <= 4 && k + 1 < c->end)
    k++;
  uint32_t after = day_of_month(c, is(c, k, "the") ? k + 1 : k, &day, &ordinal);
  if (is(c, k, "the") && !ordinal)
    after = k;
  if (after > k && !(kind_at(c, after) == K_UNITS) &&
      !(is_close(c->doc, after - 1) && is(c, after, "/"))) {
    uint32_t end = trailing_year(c, after, true, &year);
    bool explicit_year = end > after;
    if (!explicit_year)
      year = year_for(c, month, day, month_direction(c, at));
    if (valid_day(year, month, day))
      return date(r, full_day(year, month, day), end, true);
  }
  uint32_t end = trailing_year(c, k, false, &year);
  if (end == k && is(c, k, ",")) { // "March, 2003"
    int y;
    if (year_at(c, k + 1, &y) && y > 1900)
      end = k + 2, year = y;
  }
  if (end == k)
    year = year_for(c, month, 0, month_direction(c, at));
  if (end == k && is(c, at, "may") && at == c->first && !has_tree(c->doc))
    return false;
  return date(r, (Point){.year = year, .month = (uint8_t)month, .grain = 'M'}, end, true);
}

// "31 December 2023", "the 31st of December"; also "14-16 April" from its end.
static bool read_day_month(const Clock *c, uint32_t at, Reading *r) {
  int day, year = 0;
  bool ordinal;
  uint32_t k = day_of_month(c, at, &day, &ordinal);
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
  if (!valid_day(year, month, day))
    return false;
  return date(r, full_day(year, month, day), end, true);
}

static bool read_weekday(const Clock *c, uint32_t at, Reading *r) {
  int weekday = word_at(c, at)->n;
  uint32_t k = at + 1;
  uint32_t next = skip(c, k, ",");
  Reading inner = {.first = next};
  if ((kind_at(c, next) == K_MONTH && read_month(c, next, &inner) && inner.point.grain == 'D') ||
      (next > k - 1 && read_day_month(c, skip(c, next, "the"), &inner)))
    return date(r, inner.point, inner.end, true);
  uint32_t b = c->from > c->first ? c->from - 1 : at;
  bool limit = is(c, b, "until") || is(c, b, "till") || (is(c, b, "as") && is(c, b - 1, "soon"));
  return date(r, weekday_point(c, weekday, limit ? 1 : direction(c, at)), k, true);
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
  if (year < 1000 || year > 2100 || !valid_day(year, month, day))
    return false;
  return date(r, full_day(year, month, day), end, true);
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
      return date(r, (Point){.year = -(int)v, .grain = 'Y'}, at + 2, true);
    if ((is(c, at + 1, "AD") || is(c, at + 1, "A.D.")))
      return date(r, (Point){.year = (int)v, .grain = 'Y'}, at + 2, true);
  }
  if (year_at(c, at, &year)) {
    if (hyphen(c, at + 1) && is_close(c->doc, at) && is_close(c->doc, at + 1)) {
      Str to = form(c, at + 2);
      bool two = to.len == 2 && digits_value(to, &v, &rest) && !rest.len;
      last = two ? year / 100 * 100 + (int)v : 0;
      if ((two || year_digits(to, &last)) && last > year && last - year < 100) {
        date(r, (Point){.year = year, .grain = 'Y'}, at + 3, true);
        snprintf(r->value, sizeof r->value, "%04d/%04d", year % 10000, last % 10000);
        return true;
      }
    }
    // "the 2024/25 season", "2024/2025"
    return date(r, (Point){.year = year, .grain = 'Y'}, at + 1, true);
  }
  Number a = number(c, at);
  if (a.count == 1 && !a.digits && !a.ordinal && a.value >= 17 && a.value <= 20) {
    Number b = number(c, at + 1);
    if (b.count && !b.digits && !b.ordinal && b.value >= 10 && b.value < 100 && !b.scaled)
      return date(r, (Point){.year = (int)a.value * 100 + (int)b.value, .grain = 'Y'},
                  at + 1 + b.count, true);
  }
  return false;
}

static bool read_decade(const Clock *c, uint32_t at, Reading *r) {
  int year;
  Str w = form(c, at);
  if (decade_digits(w, &year))
    return date(r, (Point){.year = year, .grain = 'E'}, at + 1, true);
  if ((str_equal(w, STR("'")) || str_equal(w, STR("’"))) && is_close(c->doc, at) &&
      form(c, at + 1).len == 3 && decade_digits(form(c, at + 1), &year))
    return date(r, (Point){.year = year, .grain = 'E'}, at + 2, true);
  if (year_digits(w, &year) && is(c, at + 1, "s") && is_close(c->doc, at) && year % 10 == 0)
    return date(r, (Point){.year = year, .grain = 'E'}, at + 2, true);
  static const char *const tens[] = {"twenties", "thirties", "forties", "fifties",
                                     "sixties",  "seventies", "eighties", "nineties"};
  for (size_t i = 0; i < COUNT(tens); i++)
    if (is(c, at, tens[i]) && is(c, at - 1, "the"))
      return date(r, (Point){.year = 1920 + 10 * (int)i, .grain = 'E'}, at + 1, true);
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
    return date(r, (Point){.year = year, .n = (uint8_t)n, .grain = grain}, end, true);
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
      if (is(c, k + 1, "of") && !half)
        return false;
      if (half)
        return false;
      year = c->history && c->talked.year ? c->talked.year : c->now.year;
      if (c->now.month && !c->history) {
        int begin = 3 * n - 2;
        if (begin > c->now.month && direction(c, at) <= 0 && begin - c->now.month > 2)
          year--;
        else if (direction(c, at) > 0 && 3 * n < c->now.month - 3) // "expects to report third-quarter net"
          year++;
        else if (n == 4 && c->now.month <= 3 && direction(c, at) <= 0)
          year--;
      }
    }
    return date(r, (Point){.year = year, .n = (uint8_t)n, .grain = grain}, end, true);
  }
  if ((unit->kind == K_UNIT || unit->kind == K_UNITS) && unit->arg[0] == 'C' && n > 0) {
    bool bc = is(c, k + 1, "BC") || is(c, k + 1, "B.C.") || is(c, k + 1, "BCE");
    return date(r, (Point){.year = bc ? -100 * (n - 1) : 100 * (n - 1), .grain = 'C'},
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
    return date(r, (Point){.grain = 'D'}, end, false);
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
  return date(r, day_point(day), end, true);
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
        return date(r, unit_point(base, "WE", -1), k + 1, true);
      snprintf(value, sizeof value, "P%d%c", count, letter);
      return duration(r, value, k + 1);
    }
    if (w->arg[0] == 'W' && w->arg[1] && n == 0 && base.grain == 'D' &&
        direction(c, at) < 0 && day_weekday(now_day(c)) < 5)
      n = -1; // "this weekend", told of on a Monday
    if (is(c, k + 1, "of") && !span && n < 0 && (w->arg[0] == 'W' || w->arg[0] == 'D')) { // "the last week of August"
      Reading whole = {.first = k + 2};
      uint32_t of = k + 2;
      if ((kind_at(c, of) == K_MONTH && read_month(c, of, &whole)) || (w->arg[0] == 'W' && read_year(c, of, &whole)))
        return date(r, whole.point, whole.end, true);
    }
    if ((w->arg[0] == 'E' || w->arg[0] == 'C') && n != 0 && rel->kind == K_REL && n < 0)
      return duration(r, w->arg[0] == 'E' ? "P10Y" : "P100Y", k + 1);
    return date(r, unit_point(base, w->arg, n), k + 1, true);
  }
  case K_UNITS: // "recent years", "coming months"; "last years" is rare
    if (span)
      return vague(r, n > 0 ? "FUTURE_REF" : "PAST_REF", k + 1);
    return false;
  case K_WEEKDAY: {
    Point p = {.grain = 'D'};
    if (c->now.grain == 'D') {
      Day day = now_day(c);
      int ahead = (w->n - day_weekday(day) + 7) % 7;
      int shift = n < 0 ? (ahead ? ahead - 7 : -7) : n > 0 ? (ahead ? ahead : 7) : 0;
      if (n == 0)
        shift = direction(c, at) < 0 ? (ahead ? ahead - 7 : 0) : ahead;
      p = day_point(day_of_number(day_number(day) + shift));
    }
    return date(r, p, k + 1, true);
  }
  case K_MONTH: {
    int year = c->now.year, month = w->n;
    if (c->now.month) {
      if (n < 0)
        year -= month >= c->now.month;
      else if (n > 0)
        year += month <= c->now.month;
      else
        year = direction(c, at) < 0 && month > c->now.month ? year - 1 : year;
    }
    uint32_t end = k + 1;
    int day;
    bool ordinal;
    uint32_t after = day_of_month(c, end, &day, &ordinal);
    if (after > end && valid_day(year, month, day))
      return date(r, full_day(year, month, day), after, true);
    return date(r, (Point){.year = year, .month = (uint8_t)month, .grain = 'M'}, end, true);
  }
  case K_SEASON:
    return date(r, season_point(c, season_of(w->arg), n, true, 0), k + 1, true);
  case K_PART: {
    Point day = n > 0 || c->history ? base_of(c) : c->now; // "the next morning"
    Point p = day.grain == 'D' && n ? point_shift(day, 'D', n < 0 ? -1 : 1) : day;
    if (p.grain != 'D')
      p = (Point){.grain = 'D'};
    date(r, p, k, true);
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
      date(r, p, r->end, true);
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
    date(r, base, unit, true);
    add_part(c, r);
    return r->type == TIME_TIME;
  }
  if (w->kind == K_WEEKDAY) {
    if (base.grain != 'D')
      return date(r, (Point){.grain = 'D'}, unit + 1, false);
    Day day = {(int16_t)base.year, base.month, base.day};
    int ahead = (w->n - day_weekday(day) + 7) % 7;
    int shift = n > 0 ? (ahead ? ahead : 7) : n < 0 ? (ahead ? ahead - 7 : -7) : ahead;
    return date(r, day_point(day_of_number(day_number(day) + shift)), unit + 1, true);
  }
  if (w->kind == K_MONTH && n) {
    if (!base.month)
      return false;
    int year = base.year + (n > 0 ? w->n <= base.month : -(w->n >= base.month));
    return date(r, (Point){.year = year, .month = (uint8_t)w->n, .grain = 'M'}, unit + 1, true);
  }
  if (w->kind == K_SEASON && base.year)
    return date(r, (Point){.year = base.year + (n > 0), .n = (uint8_t)season_of(w->arg), .grain = 'S'},
                unit + 1, true);
  if (w->kind != K_UNIT || w->arg[0] == 'T')
    return false;
  if (w->arg[0] == 'D' && base.grain != 'D')
    return date(r, (Point){.grain = 'D', .year = base.year}, unit + 1, false);
  if (w->arg[0] == 'M' && !base.month)
    return false;
  return date(r, unit_point(base, w->arg, n), unit + 1, true);
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

static bool read_account(const Clock *c, uint32_t at, Reading *r) {
  bool the = is(c, at, "the") || is(c, at, "a");
  uint32_t k = the ? at + 1 : at;
  Point p;
  int year;
  if (c->history || !c->now.year)
    return false;
  if (the && year_digits(form(c, k), &year)) {
    uint32_t end = account_period(c, k + 1, year, &p);
    return end > k + 1 && date(r, p, end, false);
  }
  k += the && is(c, k, "comparable");
  if (is(c, k, "year") && hyphen(c, k + 1) && (is(c, k + 2, "ago") || is(c, k + 2, "earlier"))) {
    uint32_t end = account_period(c, k + 3, c->now.year - 1, &p);
    if (end > k + 3)
      return date(r, p, end, false);
    if (at != k)
      return false; // begins at "year"
    p = c->quarter.grain == 'Q' ? c->quarter : (Point){.year = c->now.year, .grain = 'Y'};
    p.year--;
    return date(r, p, k + 3, false);
  }
  if (is(c, at, "the") && is(c, k, "latest") && (is(c, k + 1, "period") || is(c, k + 1, "quarter")) && c->quarter.grain == 'Q')
    return date(r, c->quarter, k + 2, false);
  if (is(c, at, "the") && (is(c, k, "fiscal") || is(c, k, "full")) && is(c, k + 1, "year"))
    return is(c, k + 2, "ended") || is(c, k + 2, "ending") ? duration(r, "P1Y", k + 2)
                                                           : date(r, (Point){.year = c->now.year, .grain = 'Y'}, k + 2, false);
  if (is(c, at, "the") && is(c, k, "year") && (is(c, k + 1, "ended") || is(c, k + 1, "ending")))
    return duration(r, "P1Y", k + 1);
  if (at == k && is(c, k, "year")) { // "by year-end", "at year's end"
    uint32_t end = k + 1;
    end += hyphen(c, end) || is(c, end, "'s");
    if (is(c, end, "end"))
      return date(r, (Point){.year = c->now.year, .grain = 'Y'}, end + 1, false);
  }
  return false;
}

// The date proper, without "early" or "the end of" before it.
static bool read_core(const Clock *c, uint32_t at, Reading *r) {
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
      return vague(r, w->n ? "XXXX-XX-XX" : "PRESENT_REF", at + 1);
    date(r, p, at + 1, true);
    add_part(c, r);
    return true;
  }
  case K_NIGHT:
    if (c->now.grain != 'D')
      return vague(r, "XXXX-XX-XXTNI", at + 1);
    date(r, c->now, at + 1, true);
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
      return date(r, (Point){.year = year, .n = (uint8_t)season, .grain = 'S'}, end, true);
    bool leads = the || is(c, k - 1, "in") || is(c, k - 1, "by") || is(c, k - 1, "during") ||
                 is(c, k - 1, "since") || is(c, k - 1, "until") || x->kind == K_MOD;
    if (!leads || is(c, s + 1, "of") || (fall && !is(c, k - 1 - the, "in") && !is(c, k - 1 - the, "by")))
      return false;
    return date(r, season_point(c, season, 0, false, direction(c, at)), s + 1, true);
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
  if (the && is(c, k, "year") && year_digits(form(c, k + 1), &(int){0})) {
    int year = 0;
    year_digits(form(c, k + 1), &year);
    return date(r, (Point){.year = year, .grain = 'Y'}, k + 2, true);
  }
  if (the && is(c, k, "year")) {
    Number n = number(c, k + 1);
    if (n.count && n.spelled && n.value >= 1000 && n.value < 2100)
      return date(r, (Point){.year = (int)n.value, .grain = 'Y'}, k + 1 + n.count, true);
  }
  if (the && is(c, k, "years") && read_year(c, k + 1, r))
    return true;
  if (is(c, k, "fiscal") || is(c, k, "FY")) {
    uint32_t y = skip(c, k + 1, "year");
    int year;
    if (year_digits(form(c, y), &year))
      return date(r, (Point){.year = year, .grain = 'Y'}, y + 1, true);
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
      return date(r, unit_point(c->now, "Q", -1), q + 1, false);
  }
  if (the && x->kind == K_UNIT) {
    // Alone, "the week" is too vague; the weekend is that of the week.
    if (x->arg[0] == 'W' && x->arg[1] && c->now.grain == 'D') {
      int n = direction(c, at) > 0 || day_weekday(now_day(c)) >= 5 ? 0 : -1;
      return date(r, unit_point(c->now, "WE", n), k + 1, true);
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
  if (year_digits(w, &year))
    return date(r, (Point){.year = year, .grain = 'Y'}, at + 1, true);
  if (decade_digits(w, &year))
    return date(r, (Point){.year = year, .grain = 'E'}, at + 1, true);
  const char *v = words_find(&c->model->words, WORDS_CALENDAR, w);
  if (v && !strncmp(v, "month ", 6)) {
    int month = (int)strtol(v + 6, NULL, 10);
    uint32_t end = trailing_year(c, at + 1, false, &year);
    if (end == at + 1)
      year = year_for(c, month, 0, month_direction(c, at));
    return date(r, (Point){.year = year, .month = (uint8_t)month, .grain = 'M'}, end, true);
  }
  if (v && !strncmp(v, "season ", 7)) {
    int season = season_of(v + 7);
    uint32_t end = trailing_year(c, at + 1, false, &year);
    Point p = {.year = year, .n = (uint8_t)season, .grain = 'S'};
    return date(r, end > at + 1 ? p : season_point(c, season, 0, false, direction(c, at)), end, true);
  }
  return false;
}

// A date with what stands before it: "early", "mid-", "the end of".
static bool read_date(const Clock *c, uint32_t at, Reading *r) {
  uint32_t k = at;
  if (read_mid(c, skip(c, at, "the"), r))
    return true;
  if (read_core(c, at, r)) {
    // "this year 's third quarter", "2023 's second half"
    if (r->type == TIME_DATE && r->point.grain == 'Y' && r->point.year > 0 &&
        (is(c, r->end, "'s") || is(c, r->end, "’s"))) {
      Reading inner = {0};
      uint32_t q = r->end + 1;
      if (read_ordinal_unit(c, q, &inner) && inner.point.grain != 'C')
        return inner.point.year = r->point.year, date(r, inner.point, inner.end, true);
      // "next year 's first half"
      Number n = number(c, q);
      if (n.count && n.ordinal && n.value <= 2 && is(c, q + n.count, "half"))
        return date(r, (Point){.year = r->point.year, .n = (uint8_t)n.value, .grain = 'H'},
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
        kind_at(c, d) != K_WEEKDAY && kind_at(c, d) != K_SEQ && !is(c, d, "the") &&
        kind_at(c, d) != K_MONTH && !(from > k + 1))
      return false;
    if (comparative && from > k + 1 && is(c, d, "the") &&
        is(c, d + 1, "day") && c->now.grain == 'D')
      return date(r, c->now, d + 2, false);
    if (comparative && is(c, from - 1, "on"))
      return false;
    if (is(c, d, "the") && word_at(c, d + 1)->kind == K_UNIT && c->now.grain)
      return word_at(c, d + 1)->arg[0] != 'T' && comparative &&
             date(r, unit_point(c->now, word_at(c, d + 1)->arg, 0), d + 2, false);
    Reading inner = *r;
    if (!read_core(c, d, &inner) || inner.type == TIME_DURATION)
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
      return date(r, unit_point(base, w->arg, 0), d + 2, true);
    }
    if (!read_core(c, d, &inner) || inner.type != TIME_DATE || !inner.point.grain ||
        inner.point.grain == 'D')
      return false;
    *r = inner;
    return true;
  }
  return false;
}

// ---- durations

static void print_amount(char *out, size_t size, double v) {
  if (v == (double)(int64_t)v)
    snprintf(out, size, "%lld", (long long)v);
  else
    snprintf(out, size, "%lld.%lld", (long long)v, (long long)(v * 10) % 10);
}

// P3Y, PT48H, P75Y; a vague number is X.
static void duration_value(char out[POINT_VALUE], double n, bool vague, const char *unit) {
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

static bool read_duration(const Clock *c, uint32_t at, Reading *r) {
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
      duration_value(value, 1, false, w->arg);
      return duration(r, value, k + 1);
    }
    // Bare plurals: "for years", "in months", "decades of war", "years-long"
    if (w->kind == K_UNITS && k == at && w->arg[0] != 'Q' && !(is_capital(c->doc, k) && k > c->first)) {
      static const char *const leads[] = {"for", "in", "after", "over", "within", "of",
                                          "during", "took", "take", "takes", "lasted", "last"};
      bool lead = false;
      for (size_t i = 0; i < COUNT(leads); i++)
        lead = lead || is(c, k - 1, leads[i]);
      if (kind_at(c, k + 1) == K_AGO && is(c, k + 1, "ago"))
        return vague(r, "PAST_REF", k + 2);
      int year;
      lead = lead || (is(c, k + 1, "of") && !year_digits(form(c, k - 1), &year)) || (hyphen(c, k + 1) && (is(c, k + 2, "long") || is(c, k + 2, "old")));
      if (!lead || (is(c, k + 1, "of") && is(c, k - 1, "the")))
        return false;
      char value[POINT_VALUE];
      duration_value(value, 1, true, w->arg);
      uint32_t end = k + 1;
      if (hyphen(c, end) && (is(c, end + 1, "long") || is(c, end + 1, "old")))
        end += 2;
      return duration(r, value, end);
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
    if (a.vague || a.n > 9999)
      return vague(r, direction_n < 0 ? "PAST_REF" : "FUTURE_REF", ago_end);
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
      return vague(r, "PAST_REF", ago_end);
    if (grain == 'Y' && n == -1 && a.article && c->quarter.grain == 'Q')
      return date(r, (Point){.year = c->quarter.year - 1, .n = c->quarter.n, .grain = 'Q'}, ago_end, false);
    if (a.n != (int)a.n && grain == 'Y')
      grain = 'M', n = (int)(a.n * 12) * direction_n;
    if ((grain == 'M' && !base.month) || ((grain == 'D' || grain == 'W') && base.grain != 'D')) {
      if (c->history && base.year && !from_now) // some day of that year
        return date(r, (Point){.year = grain == 'W' ? 0 : base.year, .grain = grain}, ago_end, false);
      base = c->now;
    }
    if (!base.year)
      return vague(r, direction_n < 0 ? "PAST_REF" : "FUTURE_REF", ago_end);
    Point p = point_shift(base, grain, n);
    return date(r, p, ago_end, true);
  }
  if (direction_n) // hours ago
    return vague(r, direction_n < 0 ? "PAST_REF" : "FUTURE_REF", ago_end);
  if (the && !span && !ordinal && a.article)
    return false;
  duration_value(value, a.n, a.vague, a.unit);
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
      duration(r, value, end);
      r->type = TIME_SET;
      return true;
    }
  }
  return duration(r, value, end);
}

// ---- sets

static bool read_set(const Clock *c, uint32_t at, Reading *r) {
  const Word *w = word_at(c, at);
  char value[POINT_VALUE] = "";
  if (w->kind == K_SET) {
    duration(r, w->arg, at + 1);
    r->type = TIME_SET;
    if (is(c, at, "quarterly") && (upos(c, at + 1) == UPOS_NOUN || upos(c, at + 1) == UPOS_ADJ))
      return false; // "a quarterly dividend" is of a quarter, not told for each
    // A newspaper's name or a report: "the China Daily"
    return !(is_capital(c->doc, at) && at > c->first);
  }
  if (w->kind == K_WEEKDAYS) {
    snprintf(value, sizeof value, "XXXX-WXX-%d", w->n + 1);
    duration(r, value, at + 1);
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
    duration_value(value, is(c, at + 1, "other") ? 2 : 1, false, u->arg);
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
    duration_value(value, a.n, a.vague, a.unit);
    k = a.end;
  } else {
    return false;
  }
  duration(r, value, k);
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
static bool read_clock(const Clock *c, uint32_t at, const Reading *before, Reading *r) {
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
  if ((next == K_WEEKDAY || next == K_MONTH || next == K_DAY) && read_core(c, d, &day) &&
      day.point.grain == 'D' && day.type == TIME_DATE) {
    p = day.point;
    end = day.end;
  } else {
    // "at 6 p.m. on Sunday", "10:35 a.m. (0735 GMT) Friday": two expressions
    for (uint32_t i = end; i < c->end && i < end + 7 && p.grain == 0; i++)
      if ((kind_at(c, i) == K_WEEKDAY || kind_at(c, i) == K_MONTH || kind_at(c, i) == K_DAY ||
           form(c, i).len <= 2) &&
          (is(c, i - 1, "on") || is(c, i - 1, ")") || kind_at(c, i) == K_DAY || kind_at(c, i) == K_WEEKDAY) &&
          read_core(c, i, &day) && day.point.grain == 'D' && day.type == TIME_DATE)
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
  date(r, p, end, p.year != 0);
  r->type = TIME_TIME;
  size_t len = strlen(r->value);
  snprintf(r->value + len, sizeof r->value - len, "T%02d:%02d", hour % 100, minute % 100);
  return true;
}

// ---- vague references

static bool read_ref(const Clock *c, uint32_t at, Reading *r) {
  const Word *w = word_at(c, at);
  if (w->kind == K_REF) {
    if (is(c, at - 1, "as"))
      return false; // "as soon as"
    return vague(r, w->arg, at + w->count);
  }
  uint32_t k = skip(c, at, "the");
  k = skip(c, k, "most");
  w = word_at(c, k);
  if (w->kind == K_REFA) {
    const Word *u = word_at(c, k + 1);
    if (u->kind == K_UNITS && u->arg[0] != 'T')
      return vague(r, "PAST_REF", k + 2);
    return false;
  }
  if (w->kind == K_REFC) {
    const Word *u = word_at(c, k + 1);
    if (is(c, k + 1, "fiscal"))
      u = word_at(c, k + 2);
    if (u->kind == K_UNIT && u->arg[0] != 'T' && c->now.grain)
      return date(r, unit_point(c->now, u->arg, 0), (uint32_t)(u - c->words) + c->first + 1, true);
    if (k == at)
      return vague(r, w->arg, k + 1);
  }
  return false;
}

// ---- the scan

static bool read_any(const Clock *c, uint32_t at, const Reading *before, Reading *r) {
  Reading best = {.first = at}, next = {.first = at};
  bool found = false;
  if (read_clock(c, at, before, &next))
    found = true, best = next;
  next = (Reading){.first = at};
  if (read_date(c, at, &next) && (!found || next.end > best.end))
    found = true, best = next;
  next = (Reading){.first = at};
  if (read_account(c, at, &next) && (!found || next.end > best.end))
    found = true, best = next;
  next = (Reading){.first = at};
  if (read_duration(c, at, &next) && (!found || next.end > best.end))
    found = true, best = next;
  next = (Reading){.first = at};
  if (!found && read_set(c, at, &next))
    found = true, best = next;
  next = (Reading){.first = at};
  if (!found && read_ref(c, at, &next))
    found = true, best = next;
  *r = best;
  return found;
}

static void keep(Clock *c, const Reading *r) {
  BedeDoc *doc = c->doc;
  Time t = {.first = r->first, .count = r->end - r->first, .type = r->type};
  t.span = doc_token_span(doc, t.first, t.count);
  t.value = doc_text(doc, str_of(r->value));
  point_days(r->point, &t.begin, &t.end);
  const char *slash = strchr(r->value, '/');
  Day last;
  if (slash && day_parse(str_of(slash + 1), &last))
    t.end = (Day){last.year, 12, 31};
  array_push(&doc->arena, &doc->times, t);
  bool quoted = c->history && (kind_at(c, r->first) == K_DAY || kind_at(c, r->first) == K_NIGHT);
  if (r->anchors && !quoted && r->point.year && r->point.grain &&
      (r->type == TIME_DATE || r->type == TIME_TIME)) {
    c->talked = r->point;
  }
  if (r->type == TIME_DATE && r->point.grain == 'Q' &&
      (r->point.year == c->now.year || (r->point.year == c->now.year - 1 && c->now.month <= 4 && r->point.n > 2)))
    c->quarter = r->point;
}

// Could an expression begin here? A cheap look before the readers try.
static bool may_begin(const Clock *c, uint32_t at) {
  const Word *w = word_at(c, at);
  if (w->kind && w->kind != K_ZONE && w->kind != K_FUTURE && w->kind != K_AGO && w->kind != K_PER &&
      w->kind != K_PARTS)
    return true;
  if (w->kind == K_AGO)
    return is(c, at, "earlier") || is(c, at, "later");
  Str s = form(c, at);
  if ((s.at[0] >= '0' && s.at[0] <= '9') || s.at[0] == '\'' || (unsigned char)s.at[0] >= 0x80 ||
      (s.len > 6 && (s.at[0] | 32) == 'm' && s.at[3] == '-'))
    return true;
  if (is(c, at, "the") || is(c, at, "a") || is(c, at, "an") || is(c, at, "that") ||
      is(c, at, "another") || is(c, at, "fiscal") || is(c, at, "FY") || is(c, at, "final") ||
      is(c, at, "same") || (s.len == 2 && (s.at[0] == 'Q' || s.at[0] == 'H')))
    return true;
  return words_find(&c->model->words, WORDS_NUMBERS, s) != NULL;
}

static void read_sentence(Clock *c, const Sentence *s) {
  c->first = s->first;
  c->end = s->first + s->count;
  for (uint32_t i = c->first; i < c->end; i++)
    c->words[i - c->first] = classify(c, i);
  Reading before = {0};
  for (uint32_t at = c->first; at < c->end;) {
    Reading r;
    c->from = at;
    if (!may_begin(c, at) || !read_any(c, at, &before, &r) || r.end <= at) {
      at++;
      continue;
    }
    r.first = at;
    keep(c, &r);
    before = r;
    at = r.end;
    // "April 14-16", "15 and 16 June": the second day shares the month
    bool joined = hyphen(c, at) || (is(c, at, "and") && upos(c, at + 2) != UPOS_NOUN && upos(c, at + 2) != UPOS_PROPN &&
                                    upos(c, at + 2) != UPOS_ADJ);
    if (r.type == TIME_DATE && r.point.grain == 'D' && r.point.month && joined && kind_at(c, at - 2) == K_MONTH) {
      int day;
      bool ordinal;
      uint32_t end = day_of_month(c, at + 1, &day, &ordinal);
      if (end > at + 1 && day > r.point.day && valid_day(r.point.year, r.point.month, day)) {
        Reading to = {.first = at + 1};
        date(&to, full_day(r.point.year, r.point.month, day), end, true);
        keep(c, &to);
        at = end;
      }
    }
  }
}

// A history has many years, and most lie well before its day; or its dates are
// written with their years, and those are past ones.
static bool is_history(const Clock *c) {
  const BedeDoc *doc = c->doc;
  uint32_t old = 0, young = 0, dated = 0, current = 0;
  if (!doc->day.year)
    return false;
  for (uint32_t i = 0; i < doc->tokens.count; i++) {
    int year;
    bool bc = i && (word_is(doc, i, "BC") || word_is(doc, i, "BCE")) && doc_word(doc, i - 1).at[0] <= '9';
    old += bc;
    if (!year_digits(doc_word(doc, i), &year) || year < 1000)
      continue;
    old += year < doc->day.year - 3;
    young += year >= doc->day.year - 3 && year <= doc->day.year + 2;
    bool month = false; // "May 2003", "May 3, 2003"
    for (uint32_t k = 1; k <= 3 && k <= i && !month; k++) {
      const char *value = words_find(&c->model->words, WORDS_CALENDAR, doc_word(doc, i - k));
      month = value && !strncmp(value, "month ", 6);
    }
    dated += month && year < doc->day.year;
    current += month && year >= doc->day.year;
  }
  return (old >= 5 && old > 4 * young) || (dated >= 10 && dated > 4 * current);
}

void find_times(BedeDoc *doc, const BedeModel *model) {
  uint32_t longest = 0;
  for (uint32_t i = 0; i < doc->sentences.count; i++)
    longest = MAX(longest, doc->sentences.items[i].count);
  if (!longest)
    return;
  Clock c = {.doc = doc, .model = model, .now = point_of_day(doc->day)};
  c.words = arena_alloc(&doc->arena, longest * sizeof *c.words);
  c.history = is_history(&c);
  for (uint32_t i = 0; i < doc->sentences.count; i++)
    read_sentence(&c, &doc->sentences.items[i]);
}
