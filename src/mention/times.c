// times.c - time expressions: TIMEX3 spans and values.
//
// A reader of token patterns. `word_at` says what a token is to the calendar
// (data/en/words/calendar.txt); the readers of dates.c and durations.c read one
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
#include "mention/times.h"
#include "parse/parse.h"
#include <stdio.h>
#include <stdlib.h>

static const char *const kinds[] = {
    "",
#define X(name, text) text,
    KINDS(X)
#undef X
};

// ---- what words are

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
    return (Word){0};
  if (w.kind == K_MONTH && (upos(c, at) == UPOS_AUX || upos(c, at) == UPOS_VERB))
    return (Word){0};
  if (w.kind == K_MONTH && in_name(c, at))
    return (Word){0};
  if (w.kind == K_REL && upos(c, at) == UPOS_VERB)
    return (Word){0}; // "likely to last over a week"
  return w;
}

bool times_year_digits(Str s, int *year) {
  double v;
  Str rest;
  if (s.len != 4 || !digits_value(s, &v, &rest) || rest.len || v < 1000 || v > 2100 || v != (int)v)
    return false;
  *year = (int)v;
  return true;
}

// "1990s", "'80s"
bool times_decade_digits(Str s, int *year) {
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
bool times_year_at(const Clock *c, uint32_t at, int *year) {
  if (!times_year_digits(form(c, at), year))
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
      times_year_digits(form(c, at - 2), &other))
    return !plural;
  if (*year >= 1900 && *year <= 2060)
    return !plural || leads_year(c, at - 1);
  return leads_year(c, at - 1) && !plural && upos(c, at + 1) != UPOS_NOUN &&
         upos(c, at + 1) != UPOS_ADJ && *year >= 1000;
}

// ---- tense

static bool has_object(const Clock *c, uint32_t verb) {
  for (uint32_t i = verb + 1; i < MIN(c->end, verb + 12); i++)
    if (token_at(c->doc, i)->head == verb && token_at(c->doc, i)->deprel == DEPREL_OBJ)
      return true;
  return false;
}

int times_direction(const Clock *c, uint32_t at) {
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
    if (!level && kind_at(c, verb) == K_FUTURE && has_object(c, verb))
      return 1; // "has scheduled a vote Thursday"
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

// ---- readings

bool times_put_date(Reading *r, Point p, uint32_t end, bool anchors) {
  r->type = TIME_DATE;
  r->point = p;
  r->end = end;
  r->anchors = anchors;
  point_value(p, r->value);
  return true;
}

bool times_put_vague(Reading *r, const char *value, uint32_t end) {
  r->type = TIME_DATE;
  r->point = (Point){0};
  r->end = end;
  r->anchors = false;
  snprintf(r->value, sizeof r->value, "%s", value);
  return true;
}

bool times_put_duration(Reading *r, const char *value, uint32_t end) {
  times_put_vague(r, value, end);
  r->type = TIME_DURATION;
  return true;
}

// ---- the scan

static bool read_any(const Clock *c, uint32_t at, const Reading *before, Reading *r) {
  Reading best = {.first = at}, next = {.first = at};
  bool found = false;
  if (times_clock(c, at, before, &next))
    found = true, best = next;
  next = (Reading){.first = at};
  if (times_date(c, at, &next) && (!found || next.end > best.end))
    found = true, best = next;
  next = (Reading){.first = at};
  if (times_account(c, at, &next) && (!found || next.end > best.end))
    found = true, best = next;
  next = (Reading){.first = at};
  if (times_duration(c, at, &next) && (!found || next.end > best.end))
    found = true, best = next;
  next = (Reading){.first = at};
  if (!found && times_set(c, at, &next))
    found = true, best = next;
  next = (Reading){.first = at};
  if (!found && times_ref(c, at, &next))
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
      uint32_t end = times_day_of_month(c, at + 1, &day, &ordinal);
      if (end > at + 1 && day > r.point.day && times_valid_day(r.point.year, r.point.month, day)) {
        Reading to = {.first = at + 1};
        times_put_date(&to, times_full_day(r.point.year, r.point.month, day), end, true);
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
    if (!times_year_digits(doc_word(doc, i), &year) || year < 1000)
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
