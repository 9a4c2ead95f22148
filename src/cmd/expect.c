// expect.c - lines of expectation: reading, comparing, printing.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/expect.h"

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The next word, or what stands in quotation marks (with *quoted set).
static bool next_word(Str *rest, Str *word, bool *quoted) {
  while (rest->len && is_blank(rest->at[0]))
    rest->at++, rest->len--;
  if (!rest->len)
    return false;
  *quoted = rest->at[0] == '"';
  if (*quoted) {
    const char *end = memchr(rest->at + 1, '"', rest->len - 1);
    *word = (Str){rest->at + 1, end ? (size_t)(end - rest->at - 1) : rest->len - 1};
    size_t used = word->len + (end ? 2 : 1);
    *rest = (Str){rest->at + used, rest->len - used};
    return true;
  }
  size_t len = 0;
  while (len < rest->len && !is_blank(rest->at[len]))
    len++;
  *word = (Str){rest->at, len};
  *rest = (Str){rest->at + len, rest->len - len};
  return true;
}

static bool parse_side(Str word, Str *code, Str *sector) {
  *sector = word;
  *code = str_cut(sector, '.');
  if (str_equal(*code, STR("_")))
    *code = STR("");
  else if (!code->len)
    return false;
  for (size_t i = 0; i < code->len; i++)
    if (!(code->at[i] >= 'A' && code->at[i] <= 'Z') && !(code->at[i] >= '0' && code->at[i] <= '9'))
      return false;
  return true;
}

static Day last_day(Day day) {
  if (!day.month)
    day.month = 12;
  if (!day.day)
    day.day = (uint8_t)days_in_month(day.year, day.month);
  return day;
}

static Day first_day(Day day) {
  day.month = day.month ? day.month : 1;
  day.day = day.day ? day.day : 1;
  return day;
}

static bool parse_days(Str word, Expect *out) {
  Str last = word, first = str_cut(&last, '/');
  if (!day_parse(first, &out->begin))
    return false;
  out->end = out->begin;
  return !last.len || day_parse(last, &out->end);
}

static bool parse_enum(Str word, Expect *out) {
  for (uint32_t i = 0; i < EVENT_TYPES; i++)
    if (str_equal(word, str_of(event_types[i]))) {
      out->has_type = true;
      out->type = (EventType)i;
      return true;
    }
  for (uint32_t i = 0; i < STATUS_COUNT; i++)
    if (str_equal(word, str_of(status_names[i]))) {
      out->status = (EventStatus)i;
      return true;
    }
  return false;
}

bool expect_parse(Str line, Expect *out, BedeError *err) {
  Str rest = str_trim(line), source, arrow, target, word;
  bool quoted;
  *out = (Expect){.status = STATUS_ACTUAL};
  if (rest.len && rest.at[0] == '?') {
    out->optional = true;
    rest = str_trim((Str){rest.at + 1, rest.len - 1});
  }
  if (!next_word(&rest, &source, &quoted) || !next_word(&rest, &arrow, &quoted) ||
      !next_word(&rest, &target, &quoted) ||
      !(str_equal(arrow, STR("->")) || str_equal(arrow, STR("<->"))) ||
      !parse_side(source, &out->source, &out->source_sector) ||
      !parse_side(target, &out->target, &out->target_sector)) {
    fail(err, BEDE_SYNTAX, "`%.*s` does not begin with `SOURCE -> TARGET` or `A <-> B`",
         STR_ARG(line));
    return false;
  }
  out->mutual = arrow.len == 3;
  while (next_word(&rest, &word, &quoted)) {
    bool good = true;
    if (quoted) {
      out->trigger = word;
    } else if (str_equal(word, STR("says"))) {
      good = next_word(&rest, &word, &quoted) && (quoted || str_equal(word, STR("_")));
      out->narrated = good && !quoted;
      out->speaker = good && quoted ? word : STR("");
    } else if (str_equal(word, STR("on"))) {
      good = next_word(&rest, &word, &quoted) && parse_days(word, out);
    } else {
      good = parse_enum(word, out);
    }
    if (!good) {
      fail(err, BEDE_SYNTAX, "`%.*s`: `%.*s` is no type, status, \"words\", says or on",
           STR_ARG(line), STR_ARG(word));
      return false;
    }
  }
  return true;
}

// ---- comparing

static bool next_plain(Str *rest, Str *word) {
  while (rest->len && (unsigned char)rest->at[0] <= ' ')
    rest->at++, rest->len--;
  size_t len = 0;
  while (len < rest->len && (unsigned char)rest->at[len] > ' ')
    len++;
  *word = (Str){rest->at, len};
  *rest = (Str){rest->at + len, rest->len - len};
  return len > 0;
}

// Do the words of the pattern stand in the text, one behind the other, "..."
// being any words? Before and behind them may be others.
static bool words_match(Str text, Str pattern, bool anywhere) {
  Str word, have;
  Str rest = pattern;
  if (!next_plain(&rest, &word))
    return true;
  if (str_equal(word, STR("...")) || str_equal(word, STR("…")))
    return words_match(text, rest, true);
  for (;;) {
    Str after = text;
    if (!next_plain(&after, &have))
      return false;
    // a comma or the like may hang at the word in the text
    while (have.len > word.len && strchr(",.;:\"')", have.at[have.len - 1]))
      have.len--;
    if (str_equal_fold(have, word) && words_match(after, rest, false))
      return true;
    if (!anywhere)
      return false;
    text = after;
  }
}

static bool actor_match(const BedeDoc *doc, uint32_t actor, Str code, Str sector) {
  const Actor *a = actor < doc->actors.count ? &doc->actors.items[actor] : NULL;
  return str_equal(str_of(a ? a->code : ""), code) &&
         (!sector.len || str_equal(str_of(a ? a->sector : ""), sector));
}

static bool sides_match(const Expect *x, const BedeDoc *doc, uint32_t source, uint32_t target) {
  return actor_match(doc, source, x->source, x->source_sector) &&
         actor_match(doc, target, x->target, x->target_sector);
}

bool expect_match(const Expect *x, const BedeDoc *doc, const Event *e) {
  if (x->mutual != (e->mutual != 0) || (x->has_type && x->type != e->type) ||
      x->status != e->status)
    return false;
  if (!sides_match(x, doc, e->source, e->target) &&
      !(x->mutual && sides_match(x, doc, e->target, e->source)))
    return false;
  if (x->mode.len && !str_equal(x->mode, str_of(doc_string(doc, e->mode))))
    return false;
  if (x->trigger.len && !words_match(doc_span(doc, e->trigger_span), x->trigger, true))
    return false;
  if (x->speaker.len && !words_match(doc_span(doc, e->speaker_span), x->speaker, true))
    return false;
  if (x->narrated && e->speaker_span.end > e->speaker_span.begin)
    return false;
  if (x->begin.year) {
    if (!e->begin.year)
      return false;
    Day end = e->end.year ? e->end : e->begin;
    bool one_day = x->begin.day && !day_compare(x->begin, x->end);
    return !day_compare(first_day(x->begin), first_day(e->begin)) &&
           (one_day || !day_compare(last_day(x->end), last_day(end)));
  }
  return true;
}

// ---- pairing: augmenting paths (Kuhn 1955)

typedef struct Pairing Pairing;
struct Pairing {
  const Expect *expects;
  const BedeDoc *doc;
  uint32_t *event_of;  // of each expectation
  uint32_t *expect_of; // of each event
  bool *seen;          // events on the present path
};

static bool pair_one(Pairing *p, uint32_t i) {
  for (uint32_t k = 0; k < p->doc->events.count; k++) {
    if (p->seen[k] || !expect_match(&p->expects[i], p->doc, &p->doc->events.items[k]))
      continue;
    p->seen[k] = true;
    if (p->expect_of[k] == NONE || pair_one(p, p->expect_of[k])) {
      p->expect_of[k] = i;
      p->event_of[i] = k;
      return true;
    }
  }
  return false;
}

void expect_pair(const Expect *expects, uint32_t count, const BedeDoc *doc, uint32_t *event_of,
                 bool *expected) {
  Arena arena = {0};
  uint32_t events = doc->events.count;
  Pairing p = {expects, doc, event_of, arena_alloc(&arena, (events + 1) * sizeof(uint32_t)),
               arena_alloc(&arena, events + 1)};
  for (uint32_t k = 0; k < events; k++)
    p.expect_of[k] = NONE;
  for (uint32_t i = 0; i < count; i++)
    event_of[i] = NONE;
  for (int optional = 0; optional < 2; optional++)
    for (uint32_t i = 0; i < count; i++)
      if (expects[i].optional == (optional == 1)) {
        memset(p.seen, 0, events);
        pair_one(&p, i);
      }
  for (uint32_t k = 0; k < events; k++)
    expected[k] = p.expect_of[k] != NONE;
  arena_free(&arena);
}

// ---- printing

static void print_side(Out *out, const BedeDoc *doc, uint32_t actor) {
  const Actor *a = actor < doc->actors.count ? &doc->actors.items[actor] : NULL;
  out_text(out, a && a->code[0] ? a->code : "_");
}

// Words for a line: at most three, the middle left out; no quotation marks.
static void print_words(Out *out, Str text) {
  Str words[3], word, rest = text;
  uint32_t count = 0;
  while (next_plain(&rest, &word)) {
    while (word.len && strchr("\",.;:", word.at[word.len - 1]))
      word.len--;
    while (word.len && word.at[0] == '"')
      word.at++, word.len--;
    if (!word.len || memchr(word.at, '"', word.len))
      continue;
    words[MIN(count, 2)] = word;
    count++;
  }
  out_char(out, '"');
  for (uint32_t i = 0; i < MIN(count, 3); i++) {
    out_text(out, i == 0 ? "" : i == 2 && count > 3 ? " ... " : " ");
    if (i == 1 && count > 3)
      continue;
    out_str(out, words[i]);
  }
  out_char(out, '"');
}

void expect_print(Out *out, const BedeDoc *doc, const Event *e) {
  print_side(out, doc, e->source);
  out_text(out, e->mutual ? " <-> " : " -> ");
  print_side(out, doc, e->target);
  out_print(out, "   %s   ", event_types[e->type]);
  if (e->status != STATUS_ACTUAL)
    out_print(out, "%s   ", status_names[e->status]);
  print_words(out, doc_span(doc, e->trigger_span));
  if (e->speaker_span.end > e->speaker_span.begin) {
    out_text(out, "   says ");
    print_words(out, doc_span(doc, e->speaker_span));
  }
}
