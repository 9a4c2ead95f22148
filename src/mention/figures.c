// figures.c - how much, how many: values with unit, change and what they measure.
//
// A figure is a number (number.c) with what belongs to it: a currency before
// it, a unit or the noun it counts behind it, the second end of a range, and
// the words that say how it is meant ("more than", "up", "fell by"). Its unit
// is an ISO 4217 code, "%", the usual symbol of a measure, or the counted noun
// as written. What it measures is asked of the tree: the subject of "reached",
// "totals", "rose", the noun before "of" or "worth", the noun behind "in".
// Dates, ordinals, times of day and numbers of things ("Resolution 2254",
// "F-16") are no figures. The layout follows CQE (Almasian et al. 2023).
// SPDX-License-Identifier: Apache-2.0
#include "mention/internal.h"
#include <math.h>
#include <stdio.h>

enum { UNIT_LIMIT = 160, UNIT_WORDS = 6 };

typedef struct Unit Unit;
struct Unit {
  uint32_t count;  // tokens, 0: none
  char kind;       // as in data/en/words/units.txt
  const char *symbol;
};

typedef struct Reader Reader;
struct Reader {
  BedeDoc *doc;
  const BedeModel *model;
  uint32_t first, end; // the sentence
};

static bool is(const Reader *r, uint32_t at, const char *word) {
  return at >= r->first && at < r->end && word_is(r->doc, at, word);
}

static Str form(const Reader *r, uint32_t at) {
  return at >= r->first && at < r->end ? doc_word(r->doc, at) : (Str){"", 0};
}

static uint8_t upos(const Reader *r, uint32_t at) {
  return at >= r->first && at < r->end ? token_at(r->doc, at)->upos : UPOS_NO_UPOS;
}

static bool is_nominal(uint8_t tag) { return tag == UPOS_NOUN || tag == UPOS_PROPN; }

static bool hyphen(const Reader *r, uint32_t at) {
  return at >= r->first && at < r->end && is_hyphen(r->doc, at);
}

static bool starts_with_letter(Str s) {
  return s.len && ((s.at[0] | 32) >= 'a' && (s.at[0] | 32) <= 'z');
}

static Unit unit_of(const char *value, uint32_t count) {
  if (!value || !value[0] || value[1] != ' ')
    return (Unit){0};
  return (Unit){count, value[0], value + 2};
}

static Unit unit_at(const Reader *r, uint32_t at) {
  const char *value = NULL;
  if (at < r->first || at >= r->end)
    return (Unit){0};
  uint32_t count = words_match(&r->model->words, WORDS_UNITS, r->doc, at, &value);
  return count && at + count <= r->end ? unit_of(value, count) : (Unit){0};
}

// Inside a date or a time of day; durations and sets are figures too.
static bool in_time(const Reader *r, uint32_t at) {
  uint32_t time = time_at(r->doc, at);
  return time != NONE && (r->doc->times.items[time].type == TIME_DATE || r->doc->times.items[time].type == TIME_TIME);
}

// ---- the number and what it is not

// "Resolution 2254", "Flight 370", "Boeing 737", "No. 2": a name, no count.
static bool is_label(const Reader *r, uint32_t at, const Number *n) {
  if (at == r->first)
    return n->digits && !n->scaled && upos(r, at + 1) == UPOS_PROPN && upos(r, at + 2) == UPOS_PROPN;
  Str before = form(r, at - 1);
  if (str_equal_fold(before, STR("No.")) || str_equal_fold(before, STR("Nos.")) ||
      str_equal(before, STR("#")) || str_equal_fold(before, STR("number")))
    return true;
  // "COVID-19", "F-16", "U-20"
  if (hyphen(r, at - 1) && at >= r->first + 2 && is_close(r->doc, at - 2) && is_close(r->doc, at - 1)) {
    Str word = form(r, at - 2);
    double v;
    Str rest;
    if (!digits_value(word, &v, &rest) && starts_with_letter(word) && n->digits && !is(r, at - 2, "minus") &&
        !is(r, at - 2, "negative") && !is(r, at - 2, "now") && !is(r, at - 2, "then"))
      return true;
  }
  if (!n->digits)
    return false;
  if (words_of_kind(&r->model->words, WORDS_LABELS, form(r, at - 1), "number"))
    return !unit_at(r, at + n->count).count;
  if (!has_tree(r->doc))
    return false;
  if (n->scaled || n->count > 1 || unit_at(r, at + 1).count || n->value != floor(n->value) ||
      unit_of(words_find(&r->model->words, WORDS_UNITS, n->suffix), 1).count)
    return false;
  // "S&P 500", "the Big 12"
  uint8_t next = upos(r, at + 1);
  if (upos(r, at - 1) == UPOS_PROPN && next != UPOS_NOUN && next != UPOS_ADJ && next != UPOS_PROPN && !is(r, at + 1, "of"))
    return true;
  // "737 Max", "71 Wharf Road": a name that begins with digits
  const Token *t = token_at(r->doc, at);
  Str name = form(r, at + 1);
  return next == UPOS_PROPN && t->head > at && upos(r, t->head) == UPOS_PROPN && !str_ends(name, STR("s")) &&
         !str_ends(doc_word(r->doc, t->head), STR("s")) && n->digits;
}

// "one", "two": words that are often no count at all.
static bool is_pronoun_number(const Reader *r, uint32_t at, const Number *n) {
  if (n->count != 1 || !is(r, at, "one") || is(r, at - 1, "minus") || is(r, at - 1, "negative"))
    return false;
  uint32_t whole = is(r, at + 1, "out") && is(r, at + 2, "of") ? at + 3 : is(r, at + 1, "in") ? at + 2 : 0;
  if (whole && number_at(r->doc, r->model, whole, r->end).value >= 2) // "one in five"
    return false;
  if (is(r, at + 1, "of") && !is(r, at - 1, "the") && !is(r, at - 1, "no") && !is(r, at - 1, "every") &&
      !is(r, at - 1, "each") && !is(r, at - 1, "only"))
    return false;
  if (is(r, at + 1, "another") || is(r, at + 1, "day") || is(r, at - 1, "no") || is(r, at - 1, "the") ||
      is(r, at - 1, "this") || is(r, at - 1, "that") || is(r, at - 1, "any") || is(r, at - 1, "every"))
    return true;
  if (!has_tree(r->doc))
    return upos(r, at + 1) != UPOS_NO_UPOS;
  const Token *t = token_at(r->doc, at);
  return !(t->upos == UPOS_NUM && t->deprel == DEPREL_NUMMOD && t->head > at);
}

// "He will be 35 by June", "was 21.": years of age.
static bool is_years(const Reader *r, uint32_t at, const Number *n, uint32_t end) {
  if (!has_tree(r->doc) || n->value < 1 || n->value > 110 || n->value != floor(n->value) || n->scaled || !n->digits ||
      is_nominal(upos(r, end)) || upos(r, end) == UPOS_ADJ)
    return false;
  static const char *const forms[] = {"is", "was", "be", "turned", "turns", "turn", "'s", "'m", "am"};
  static const char *const persons[] = {"he", "she", "i", "who"};
  uint32_t verb = at - 1, who = NONE;
  bool is_form = false;
  for (size_t i = 0; i < COUNT(forms); i++)
    is_form = is_form || is(r, verb, forms[i]);
  if (is_form)
    who = upos(r, verb - 1) == UPOS_AUX ? verb - 2 : verb - 1;
  for (size_t i = 0; i < COUNT(persons) && who != NONE; i++)
    if (is(r, who, persons[i]))
      return true;
  return false;
}

static bool in_person(const Reader *r, uint32_t token) {
  const BedeDoc *doc = r->doc;
  uint32_t low = 0, high = doc->names.count; // in order
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (doc->names.items[middle].first + doc->names.items[middle].count <= token)
      low = middle + 1;
    else
      high = middle;
  }
  return low < doc->names.count && doc->names.items[low].type == NAME_PERSON && doc->names.items[low].first <= token;
}

// ---- units

// "four-, five- and six-cylinder": behind the hyphen that hangs, to the noun that
// all of them count; where it is no such row, the hyphen itself.
static uint32_t past_suspended(const Reader *r, uint32_t hanging) {
  uint32_t at = hanging + 1;
  for (int more = 0; more < 4; more++) {
    uint32_t k = at + is(r, at, ",");
    k += is(r, k, "and") || is(r, k, "or") || is(r, k, "to");
    Number n = k > at ? number_at(r->doc, r->model, k, r->end) : (Number){0};
    if (!n.count || !hyphen(r, k + n.count) || !is_close(r->doc, k + n.count - 1))
      break;
    at = k + n.count + 1;
    if (is_close(r->doc, at - 1))
      return at;
  }
  return hanging;
}

// "280 million of the 1.5 billion shekels": to the unit of the whole. The token
// itself where nothing of the kind stands there.
static uint32_t of_the_whole(const Reader *r, uint32_t at) {
  if (!is(r, at, "of") || !(is(r, at + 1, "the") || is(r, at + 1, "its") || is(r, at + 1, "their")))
    return at;
  Number whole = number_at(r->doc, r->model, at + 2, r->end);
  uint32_t unit = at + 2 + whole.count;
  return whole.count && !whole.ordinal && unit_at(r, unit).count ? unit : at;
}

// "517 rushing yards", "50 previous years": the unit behind a word or two that
// only describe it.
static uint32_t past_describers(const Reader *r, uint32_t at) {
  uint32_t k = at;
  if (unit_at(r, at).count || is(r, at, "square") || is(r, at, "cubic"))
    return at;
  while (k < at + 2 && !in_time(r, k) && (upos(r, k) == UPOS_ADJ || (upos(r, k) == UPOS_VERB && str_ends(form(r, k), STR("ing")))))
    k++;
  Unit unit = k > at && upos(r, k) == UPOS_NOUN && form(r, k).len > 2 ? unit_at(r, k) : (Unit){0};
  return unit.count && (unit.kind == 'u' || unit.kind == 't') && strcmp(unit.symbol, "years old") ? k : at;
}

// The noun that the number counts: from the token behind it to the head noun.
static bool counted(const Reader *r, uint32_t number, uint32_t count, uint32_t *from, uint32_t *to) {
  uint32_t at = number + count;
  bool joined = hyphen(r, at) && is_close(r->doc, at - 1);
  if (joined && is_close(r->doc, at) && !is(r, at + 1, ","))
    at++;
  else if (joined)
    at = past_suspended(r, at);
  if (is(r, at, "of")) { // "two of the five leaders"
    uint32_t k = at + 1;
    if (!(is(r, k, "the") || is(r, k, "its") || is(r, k, "their") || is(r, k, "his") ||
          is(r, k, "our") || is(r, k, "these") || is(r, k, "those") || is(r, k, "her")))
      return false;
    at = k + 1;
  }
  uint32_t last = NONE;
  while (upos(r, at) == UPOS_VERB && upos(r, at + 1) == UPOS_NOUN && str_ends(form(r, at), STR("ed")))
    at++; // "300 recorded songs" are songs
  for (uint32_t i = at; i < r->end && i < at + UNIT_WORDS; i++) {
    uint8_t tag = upos(r, i);
    Str w = form(r, i);
    if (in_time(r, i))
      break;
    if (tag == UPOS_CCONJ && last == NONE && i > at && upos(r, i - 1) == UPOS_ADJ && upos(r, i + 1) == UPOS_ADJ)
      continue; // "digital and physical sales"
    if (tag == UPOS_NOUN || tag == UPOS_PROPN) {
      last = i;
      // "200 troops Sunday": a date ends it
    } else if ((hyphen(r, i) && i > at) || (tag == UPOS_NUM && i > at && last == NONE && upos(r, i + 1) == UPOS_PROPN)) {
      continue; // also "two new 737 jets"
    } else if (!(tag == UPOS_ADJ || (tag == UPOS_VERB && i < r->end - 1 && w.len > 3 &&
                                     (str_ends(w, STR("ed")) || str_ends(w, STR("ing"))) && last == NONE) ||
                 (tag == UPOS_ADV && last == NONE && upos(r, i + 1) == UPOS_ADJ))) {
      break;
    }
    if (last == i && (upos(r, i + 1) != UPOS_NOUN && upos(r, i + 1) != UPOS_PROPN && !hyphen(r, i + 1)))
      break;
  }
  if (last == NONE)
    return false;
  // A plural number before a singular noun is a label or a modifier; keep to
  // what the tree says where the number hangs on a noun further left.
  if (has_tree(r->doc)) {
    uint32_t head = token_at(r->doc, number + count - 1)->head;
    bool one_compound = !joined; // "36 league games", whatever the tree says
    for (uint32_t i = head; i <= last && i > number; i++)
      one_compound = one_compound && upos(r, i) == UPOS_NOUN;
    if (!one_compound && head > number && head < last && head >= at && upos(r, head) == UPOS_NOUN &&
        token_at(r->doc, number + count - 1)->deprel == DEPREL_NUMMOD)
      last = head;
  }
  *from = at;
  *to = last;
  return true;
}

static Text counted_text(Reader *r, uint32_t from, uint32_t to) {
  Str s = doc_span(r->doc, doc_token_span(r->doc, from, to - from + 1));
  if (s.len > UNIT_LIMIT || memchr(s.at, '\n', s.len))
    s = doc_word(r->doc, to);
  return doc_text(r->doc, s);
}

// "per barrel", "a day", "an hour": behind money and measures.
static uint32_t per_unit(const Reader *r, uint32_t at, char *out, size_t size) {
  uint32_t k = at;
  if (hyphen(r, k) && is_close(r->doc, k) && hyphen(r, k + 2)) { // "barrel-a-day"
    uint32_t inside = per_unit(r, k + 1, out, size);
    return inside ? inside + 1 : 0;
  }
  if (is(r, k, "per") || is(r, k, "a") || is(r, k, "an") || is(r, k, "each") || is(r, k, "/"))
    k++;
  else
    return 0;
  bool article = is(r, at, "a") || is(r, at, "an");
  k += hyphen(r, k) && is_close(r->doc, k);
  if (article && (is(r, k + 1, "earlier") || is(r, k + 1, "ago") || is(r, k + 1, "before") || is(r, k + 1, "later")))
    return 0; // "from $6 billion a year earlier"
  Unit u = unit_at(r, k);
  if (u.count && u.kind != 'c' && u.kind != 'p') {
    if (article && u.kind == 't' && upos(r, k) != UPOS_NOUN && has_tree(r->doc))
      return 0;
    snprintf(out, size, "/%s", u.kind == 'm' ? "lb" : u.symbol);
    return k + u.count - at;
  }
  if (is(r, k, "share") || is(r, k, "person") || is(r, k, "head") || is(r, k, "capita") ||
      is(r, k, "bushel") || is(r, k, "unit") || is(r, k, "gallon") || (is(r, at, "per") && upos(r, k) == UPOS_NOUN)) {
    Str w = form(r, k);
    if (w.len > 30)
      return 0;
    snprintf(out, size, "/%.*s", STR_ARG(w));
    return k + 1 - at;
  }
  return 0;
}

// ---- change

// The sign of a phrase that ends right before the token; '=' where none does.
static char sign_before(const Reader *r, uint32_t at) {
  for (uint32_t len = 3; len >= 1; len--) {
    if (at < r->first + len)
      continue;
    const char *value = NULL;
    if (words_match(&r->model->words, WORDS_CHANGES, r->doc, at - len, &value) == len && value[0] == 'b')
      return value[2];
  }
  return 0;
}

static char sign_of_lemma(const Reader *r, uint32_t at, char kind) {
  if (upos(r, at) != UPOS_VERB && upos(r, at) != UPOS_ADJ && upos(r, at) != UPOS_NOUN)
    return 0;
  const char *lemma = doc_string(r->doc, token_at(r->doc, at)->lemma);
  const char *value = words_find(&r->model->words, WORDS_CHANGES, str_of(lemma));
  return value && value[0] == kind ? value[2] : 0;
}

// The noun or predicate the figure hangs on: the last token of the figure
// whose head is outside.
static uint32_t figure_head(const Reader *r, uint32_t first, uint32_t count) {
  for (uint32_t i = first + count; i-- > first;) {
    uint32_t head = token_at(r->doc, i)->head;
    if (head < first || head >= first + count || head == i)
      return i;
  }
  return first;
}

static bool has_case(const Reader *r, uint32_t token, uint32_t first, const char *word) {
  for (uint32_t i = first > r->first + 4 ? first - 4 : r->first; i < first; i++)
    if (token_at(r->doc, i)->head == token && token_at(r->doc, i)->deprel == DEPREL_CASE && is(r, i, word))
      return true;
  return false;
}

static char change_of(const Reader *r, uint32_t begin, uint32_t first, uint32_t count) {
  char sign = sign_before(r, begin);
  if (sign == '~' && begin > r->first) { // "up nearly 5 percent"
    char further = sign_before(r, begin - 1);
    if (further == 'u' || further == 'd')
      return further;
  }
  if (sign && sign != '=')
    return sign;
  const char *value = NULL;
  uint32_t after = first + count;
  if (after < r->end && words_match(&r->model->words, WORDS_CHANGES, r->doc, after, &value) && value[0] == 'a')
    return value[2];
  // "rose 5 percent", "fell by 5 percent"; "rose to 5 percent" is the level
  if (is(r, begin - 1, "to") || is(r, begin - 1, "at") || is(r, begin - 1, "from"))
    return '=';
  if (!has_tree(r->doc))
    return '=';
  // "rose 5 percent": right behind the verb, whatever the tree says
  uint32_t beside = is(r, begin - 1, "by") ? begin - 2 : begin - 1;
  if (beside >= r->first && beside < r->end && (sign = sign_of_lemma(r, beside, 'v')) != 0)
    return sign;
  uint32_t token = figure_head(r, first, count);
  const Token *t = token_at(r->doc, token);
  if (t->head == token || t->head > begin || has_case(r, token, first, "to") || has_case(r, token, first, "from") ||
      has_case(r, token, first, "at") || has_case(r, token, first, "for") || has_case(r, token, first, "with"))
    return '=';
  if (t->deprel == DEPREL_OBJ || t->deprel == DEPREL_OBL || t->deprel == DEPREL_OBL_UNMARKED ||
      t->deprel == DEPREL_ADVMOD || t->deprel == DEPREL_NMOD || t->deprel == DEPREL_NMOD_UNMARKED ||
      t->deprel == DEPREL_XCOMP) {
    if ((t->deprel == DEPREL_OBL || t->deprel == DEPREL_NMOD) &&
        !(has_case(r, token, first, "by") || has_case(r, token, first, "of")) && !is(r, begin - 1, "by"))
      if (begin > r->first && upos(r, begin - 1) == UPOS_ADP)
        return '=';
    char s = sign_of_lemma(r, t->head, 'v');
    if (s)
      return s;
  }
  return '=';
}

// ---- what it measures

static bool in_phrase(uint8_t deprel) {
  switch (deprel) {
  case DEPREL_AMOD: case DEPREL_COMPOUND: case DEPREL_NMOD: case DEPREL_NMOD_POSS:
  case DEPREL_FLAT: case DEPREL_CASE: case DEPREL_NUMMOD: case DEPREL_ADVMOD: case DEPREL_DET:
  case DEPREL_FIXED: case DEPREL_NMOD_DESC: case DEPREL_NMOD_UNMARKED:
    return true;
  default: return false;
  }
}

// The noun phrase of a head without its article, clauses and appositions.
static Text phrase_text(Reader *r, uint32_t head, uint32_t not_first, uint32_t not_last) {
  const BedeDoc *doc = r->doc;
  uint32_t first = head, last = head;
  for (int side = 0; side < 2; side++)
    for (uint32_t i = side ? head + 1 : head - 1; i >= r->first && i < r->end; i += side ? 1u : (uint32_t)-1) {
      if (i >= not_first && i <= not_last)
        break;
      uint32_t at = i, steps = 0;
      while (at != head && in_phrase(token_at(doc, at)->deprel) && token_at(doc, at)->head != at && steps++ < 12)
        at = token_at(doc, at)->head;
      bool inner_hyphen = hyphen(r, i) && (side ? token_at(doc, i)->head <= i : true);
      if (at != head && !inner_hyphen)
        break;
      if (head - first > 8 || last - head > 8)
        break;
      *(side ? &last : &first) = i;
    }
  while (first < head && (upos(r, first) == UPOS_DET || upos(r, first) == UPOS_ADP || hyphen(r, first) ||
                          upos(r, first) == UPOS_PUNCT || upos(r, first) == UPOS_ADV))
    first++;
  while (last > head && (upos(r, last) == UPOS_ADP || upos(r, last) == UPOS_PUNCT || upos(r, last) == UPOS_DET))
    last--;
  Str s = doc_span(doc, doc_token_span(doc, first, last - first + 1));
  if (s.len > UNIT_LIMIT || memchr(s.at, '\n', s.len))
    s = doc_word(doc, head);
  return doc_text(r->doc, s);
}

static uint32_t child(const Reader *r, uint32_t head, uint8_t deprel) {
  uint32_t first = MAX(r->first, head > REACH ? head - REACH : 0), end = MIN(r->end, head + REACH);
  for (uint32_t i = first; i < end; i++)
    if (token_at(r->doc, i)->head == head && i != head && token_at(r->doc, i)->deprel == deprel)
      return i;
  return NONE;
}

static Text measured(Reader *r, uint32_t first, uint32_t count, bool measure) {
  const BedeDoc *doc = r->doc;
  if (!has_tree(doc))
    return 0;
  uint32_t last = first + count - 1;
  // "20 percent of the vote", "5 million dollars in aid", "a third of members"
  if (measure && (is(r, last + 1, "of") || is(r, last + 1, "in") || is(r, last + 1, "worth"))) {
    bool of = is(r, last + 1, "of") || is(r, last + 1, "worth");
    uint32_t k = last + 2;
    if (is(r, last + 1, "worth") && is(r, k, "of"))
      k++;
    if (of || (upos(r, k) != UPOS_PROPN && upos(r, k) != UPOS_NUM)) {
      uint32_t limit = MIN(r->end, k + 10);
      uint32_t noun = NONE;
      for (uint32_t i = k; i < limit; i++) {
        uint8_t tag = upos(r, i);
        if (is_nominal(tag)) {
          noun = i;
          if (!is_nominal(upos(r, i + 1)) && !hyphen(r, i + 1))
            break;
        } else if (tag != UPOS_ADJ && tag != UPOS_DET && tag != UPOS_PRON && !hyphen(r, i) &&
                   tag != UPOS_PART && tag != UPOS_NUM && !(tag == UPOS_VERB && noun == NONE)) {
          break;
        }
      }
      if (noun != NONE && time_at(doc, noun) == NONE)
        return phrase_text(r, noun, first, last);
    }
  }
  // Also of a counted noun: what is said of it comes from its governor.
  uint32_t at = figure_head(r, first, count);
  for (int steps = 0; steps < 8; steps++) {
    const Token *t = token_at(doc, at);
    uint32_t head = t->head;
    if (head == at) {
      // A predicate: "exports were 5 billion dollars"
      uint32_t subject = child(r, at, DEPREL_NSUBJ);
      if (subject != NONE && (subject < first || subject > last))
        return phrase_text(r, subject, first, last);
      return 0;
    }
    if (t->deprel == DEPREL_NSUBJ || t->deprel == DEPREL_NSUBJ_PASS)
      return 0; // the figure itself is the subject
    uint32_t subject = child(r, at, DEPREL_NSUBJ);
    if (subject != NONE && (subject < first || subject > last) && child(r, at, DEPREL_COP) != NONE)
      return phrase_text(r, subject, first, last);
    const Token *h = token_at(doc, head);
    if (h->upos == UPOS_VERB || h->upos == UPOS_AUX) {
      bool change = sign_of_lemma(r, head, 'v') || sign_of_lemma(r, head, 'm');
      if (!change)
        return 0; // "spent 5 million dollars on roads"
      // "raised taxes by 5 percent": the object is what changes
      uint32_t object = child(r, head, DEPREL_OBJ);
      if (object != NONE && (object < first || object > last) && t->deprel != DEPREL_OBJ)
        return phrase_text(r, object, first, last);
      subject = child(r, head, DEPREL_NSUBJ);
      if (subject == NONE)
        subject = child(r, head, DEPREL_NSUBJ_PASS);
      if (subject != NONE && (upos(r, subject) == UPOS_NOUN || upos(r, subject) == UPOS_PROPN))
        return phrase_text(r, subject, first, last);
      if (h->deprel == DEPREL_ACL || h->deprel == DEPREL_ACL_RELCL)
        return phrase_text(r, h->head, first, last);
      if (h->deprel == DEPREL_CONJ || h->deprel == DEPREL_ADVCL || h->deprel == DEPREL_XCOMP) {
        uint32_t up = h->head;
        subject = child(r, up, DEPREL_NSUBJ);
        if (subject != NONE && is_nominal(upos(r, subject)))
          return phrase_text(r, subject, first, last);
      }
      return 0;
    }
    if (is_nominal(h->upos) && (head < first || head > last)) {
      // "the target of 200 billion dollars": a level; go on to what reached it
      bool level = words_of_kind(&r->model->words, WORDS_LABELS, str_of(doc_string(doc, h->lemma)), "level");
      if (!level || h->head == head)
        return measure ? phrase_text(r, head, first, last) : 0;
      if (h->deprel == DEPREL_NSUBJ)
        return phrase_text(r, head, first, last);
      at = head;
      continue;
    }
    at = head; // adjectives: "worth", "up", "higher"
  }
  return 0;
}

// ---- one figure

static bool is_currency_sign(const Reader *r, uint32_t at, Unit *unit) {
  *unit = unit_at(r, at);
  if (!unit->count || (unit->kind != 'c' && unit->kind != 's' && unit->kind != 'M'))
    return false;
  uint32_t next = at + unit->count;
  if (hyphen(r, next) && is_close(r->doc, next - 1) && is_close(r->doc, next)) { // "$-5"
    next++;
    unit->count++;
  }
  double v;
  Str rest;
  if (next >= r->end || !digits_value(form(r, next), &v, &rest))
    return false;
  // A word before digits ("yen 500 people") only where it is a sign or code.
  Str w = form(r, at);
  if (!starts_with_letter(w) || str_ends(w, STR("$")) || (unit->count > 1 && !hyphen(r, next - 1)))
    return true;
  bool upper = true;
  for (size_t i = 0; i < w.len; i++)
    upper = upper && !(w.at[i] >= 'a' && w.at[i] <= 'z');
  return upper || str_equal(w, STR("Rs")) || str_equal(w, STR("Rs.")) || str_equal(w, STR("Rp")) ||
         str_equal(w, STR("dlrs")) || str_equal(w, STR("Ksh"));
}

// A sign glued to its digits in one token: "RM23.50", "USD10m". Where commas
// were cut off as tokens ("$US55 , 931,000") the groups are joined again.
static uint32_t glued_money(const Reader *r, uint32_t at, Unit *sign, Number *n) {
  Str w = form(r, at), rest;
  bool dollar = str_equal(w, STR("$")) && is_close(r->doc, at) && starts_with_letter(form(r, at + 1));
  if (dollar) // "$US55" is cut behind its sign
    w = (Str){w.at, w.len + form(r, at + 1).len};
  uint32_t end = at + 1 + dollar;
  size_t digits = 0;
  while (digits < w.len && !(w.at[digits] >= '0' && w.at[digits] <= '9'))
    digits++;
  if (!digits || digits > 4 || digits == w.len)
    return 0;
  *sign = unit_of(words_find(&r->model->words, WORDS_UNITS, (Str){w.at, digits}), 1);
  *n = (Number){.count = 1, .digits = true};
  if ((sign->kind != 'c' && sign->kind != 's') || !digits_value((Str){w.at + digits, w.len - digits}, &n->value, &rest))
    return 0;
  while (!rest.len && n->value < 1000 && is(r, end, ",") && is_close(r->doc, end - 1) && is_close(r->doc, end)) {
    Str group = form(r, end + 1);
    double more;
    if (group.len < 3 || (group.len > 3 && group.at[3] != ',') || !digits_value(group, &more, &rest) || rest.len)
      break;
    for (size_t i = 0; i < group.len; i += 4)
      n->value *= 1000;
    n->value += more;
    end += 2;
  }
  double factor;
  Str part = form(r, end + 1);
  if (!rest.len && is(r, end, ".") && is_close(r->doc, end - 1) && is_close(r->doc, end) && part.len < 6 &&
      digits_value(part, &factor, &rest)) { // "RM31 . 20", "PS2 . 7m"
    for (size_t i = 0; i < part.len - rest.len; i++)
      factor /= 10;
    n->value += factor;
    end += 2;
  }
  const char *scale = rest.len ? words_find(&r->model->words, WORDS_NUMBERS, rest) : NULL;
  if (scale && (scale[0] == 'a' || scale[0] == 'x') && digits_value(str_of(scale + 2), &factor, &rest)) {
    n->value *= factor;
    n->scaled = true;
  } else if (rest.len) {
    return 0;
  } else {
    scale = // "RM2 million"
        words_find(&r->model->words, WORDS_NUMBERS, form(r, end));
    if (scale && (scale[0] == 'x' || (scale[0] == 'a' && is_close(r->doc, end - 1))) &&
        digits_value(str_of(scale + 2), &factor, &rest)) {
      n->value *= factor;
      n->scaled = true;
      end++;
    }
  }
  n->count = end - at;
  return n->count;
}

// "dozens", "tens of thousands": from the value to ten times it.
static uint32_t vague_count(const Reader *r, uint32_t at, double *value) {
  uint32_t k = at;
  *value = 1;
  for (int words = 0; words < 2; words++) {
    const char *v = words_find(&r->model->words, WORDS_NUMBERS, form(r, k));
    double factor;
    Str rest;
    if (!v || v[0] != 'v' || !digits_value(str_of(v + 2), &factor, &rest))
      return 0;
    *value *= factor;
    k++;
    const char *next = is(r, k, "of") ? words_find(&r->model->words, WORDS_NUMBERS, form(r, k + 1)) : NULL;
    if (!next || next[0] != 'v')
      break;
    k++;
  }
  return is(r, k, "of") || is(r, k, "more") ? k - at : 0;
}

// "5. 5 billion": a line break inside a decimal number, also where it made the
// splitter begin a sentence.
static uint32_t broken_decimal(const Reader *r, uint32_t at, double *value) {
  const BedeDoc *doc = r->doc;
  double whole, part;
  Str rest;
  Str w = form(r, at);
  uint32_t next;
  if (!digits_value(w, &whole, &rest) || whole > 999 || memchr(w.at, '.', w.len - rest.len))
    return 0;
  if (rest.len == 1 && rest.at[0] == '.')
    next = at + 1;
  else if (!rest.len && is_close(doc, at) && str_equal(doc_word(doc, at + 1), STR(".")))
    next = at + 2;
  else
    return 0;
  if (next >= doc->tokens.count || token_at(doc, next)->span.begin != token_at(doc, next - 1)->span.end + 1)
    return 0;
  Str digits = doc_word(doc, next);
  if (digits.len > 2 || !digits_value(digits, &part, &rest) || rest.len || part != (int)part)
    return 0;
  uint32_t limit = sentence_end(doc, next);
  if (next + 1 >= limit)
    return 0;
  Number scale = number_at(doc, r->model, next, limit);
  if (scale.count < 2 || !scale.scaled || !(scale.value > part))
    return 0;
  double factor = scale.value / (part == 0 ? 1 : part);
  if (part == 0)
    return 0;
  *value = (whole + part / (digits.len == 2 ? 100 : 10)) * factor;
  return next + scale.count - at;
}

typedef struct Draft Draft;
struct Draft {
  uint32_t first, count;
  uint32_t begin;   // with what stands before the number: its currency
  double value, value2;
  bool range, measure;
  char change;
  char unit[UNIT_LIMIT];
  Text counted;
  bool skip;        // a date or a label: only step over it
};

static bool plain_suffix(Str s) {
  return !s.len || starts_with_letter(s) || s.at[0] == '%' || (unsigned char)s.at[0] >= 0x80;
}

// "$13.6 M", "4.3M", "5k", where the letter is a token of its own.
static void letter_scale(const Reader *r, uint32_t at, bool money, Number *n) {
  uint32_t m = at + n->count;
  Str letter = form(r, m), rest;
  if (!n->count || !n->digits || n->scaled || letter.len != 1 || !is_close(r->doc, m - 1))
    return;
  const char *scale = words_find(&r->model->words, WORDS_NUMBERS, letter);
  double factor;
  bool sure = money || (letter.at[0] >= 'A' && letter.at[0] <= 'Z') || letter.at[0] == 'k' || letter.at[0] == 'b';
  if (scale && scale[0] == 'a' && sure && digits_value(str_of(scale + 2), &factor, &rest)) {
    n->value *= factor;
    n->scaled = true;
    n->count++;
  }
}

// "5 feet 2 inches", "thirteen dollars and forty cents": the tokens of the
// smaller part, whose value is added.
static uint32_t smaller_part(const Reader *r, uint32_t at, const char *symbol, double *value) {
  static const struct {
    const char *large, *small;
    double parts;
  } pairs[] = {{"ft", "in", 12}, {"lb", "oz", 16}, {"GBP lb", "oz", 16}, {"m", "cm", 100}};
  uint32_t k = is(r, at, "and") ? at + 1 : at;
  Number n = number_at(r->doc, r->model, k, r->end);
  if (!n.count || n.ordinal || n.fraction || n.value < 1)
    return 0;
  // "15 dollars 50"; not "15 dollars, 50 people"
  bool money = !strcmp(symbol, "USD") || !strcmp(symbol, "EUR") || !strcmp(symbol, "GBP");
  if (money && n.digits && n.count == 1 && !n.suffix.len && n.value >= 10 && n.value < 100 && *value == floor(*value) &&
      *value < 1000 && form(r, k).len == 2 && !is_nominal(upos(r, k + 1)) && upos(r, k + 1) != UPOS_ADJ &&
      !unit_at(r, k + 1).count) {
    *value += n.value / 100;
    return k + 1 - at;
  }
  Unit unit = unit_at(r, k + n.count);
  double parts = 0;
  for (size_t i = 0; i < COUNT(pairs); i++)
    if (unit.count && !strcmp(pairs[i].large, symbol) && !strcmp(pairs[i].small, unit.symbol))
      parts = pairs[i].parts;
  bool cents = is(r, k + n.count, "cents") || is(r, k + n.count, "cent");
  if (cents && (!strcmp(symbol, "USD") || !strcmp(symbol, "EUR") || !strcmp(symbol, "AUD") || !strcmp(symbol, "CAD")))
    parts = 100;
  if (parts == 0 || n.value >= parts)
    return 0;
  *value += n.value / parts;
  return k + n.count + MAX(unit.count, 1u) - at;
}

// "from 252 miles to 287", "from $36,040 at night to $34,935 at dawn": the "to"
// of a stretch whose ends have the same unit, or the second none of its own.
static uint32_t far_end(const Reader *r, uint32_t at, uint32_t after, Unit own, Unit sign) {
  bool from = false;
  for (uint32_t back = 1; back <= 3 && at >= r->first + back; back++)
    from = from || is(r, at - back, "from");
  for (uint32_t k = after; from && k < MIN(r->end, after + 8); k++) {
    if ((upos(r, k) == UPOS_VERB && !str_ends(form(r, k), STR("ed"))) || upos(r, k) == UPOS_AUX || is(r, k, ",") || is(r, k, "from"))
      return 0;
    if (!is(r, k, "to"))
      continue;
    Unit again = {0};
    uint32_t second = k + 1 + (is_currency_sign(r, k + 1, &again) ? again.count : 0);
    if (second == k + 1)
      again = (Unit){0};
    Number m = number_at(r->doc, r->model, second, r->end);
    if (!m.count || m.ordinal || in_time(r, second) || (sign.count > 0) != (again.count > 0) ||
        (sign.count && strcmp(sign.symbol, again.symbol)))
      return 0;
    Unit behind = unit_at(r, second + m.count);
    return !own.count || !behind.count || !strcmp(behind.symbol, own.symbol) ? k : 0;
  }
  return 0;
}

// "more than ten but fewer than twenty": two bounds of one figure are a range.
static void other_bound(Reader *r, Draft *d) {
  uint32_t k = d->first + d->count;
  k += is(r, k, ",");
  if (!(is(r, k, "and") || is(r, k, "but")) || (d->change != '>' && d->change != '<'))
    return;
  const char *value = NULL;
  uint32_t words = words_match(&r->model->words, WORDS_CHANGES, r->doc, k + 1, &value);
  if (!words || value[0] != 'b' || (value[2] != '>' && value[2] != '<') || value[2] == d->change)
    return;
  uint32_t second = k + 1 + words;
  Number n = number_at(r->doc, r->model, second, r->end);
  bool lower = d->change == '>';
  if (!n.count || n.ordinal || in_time(r, second) || (lower ? n.value <= d->value : n.value >= d->value))
    return;
  uint32_t end = second + n.count;
  Unit unit = unit_at(r, end);
  if (unit.count && d->unit[0] && strcmp(unit.symbol, d->unit))
    return;
  d->value2 = lower ? n.value : d->value;
  d->value = lower ? d->value : n.value;
  d->range = true;
  d->change = '=';
  uint32_t from, to;
  if (unit.count && !d->unit[0] && !d->counted) {
    snprintf(d->unit, sizeof d->unit, "%s", unit.symbol);
    d->measure = unit.kind != 't';
  } else if (!unit.count && !d->unit[0] && !d->counted && counted(r, second, n.count, &from, &to)) {
    d->counted = counted_text(r, from, to);
    end = to + 1;
  }
  d->count = end + unit.count - d->first;
}

static bool read_figure(Reader *r, uint32_t at, Draft *d) {
  const BedeDoc *doc = r->doc;
  Unit sign = {0};
  uint32_t k = at;
  *d = (Draft){.first = at, .begin = at, .change = '='};
  double vague;
  uint32_t vague_words = vague_count(r, at, &vague);
  if (vague_words) {
    uint32_t of = at + vague_words, from, to;
    d->value = vague;
    d->value2 = 10 * vague;
    d->range = true;
    d->count = vague_words;
    Unit money = unit_at(r, of + 1);
    if (is(r, of, "of") && money.count && money.kind != 's') {
      snprintf(d->unit, sizeof d->unit, "%.*s", money.kind == 'm' ? 3 : 30, money.symbol);
      d->measure = money.kind != 't';
      d->count += 1 + money.count;
    } else if (counted(r, at, vague_words + is(r, of, "of"), &from, &to)) {
      d->counted = counted_text(r, from, to);
      d->count = to + 1 - at;
    }
    d->change = change_of(r, d->begin, d->first, d->count);
    return true;
  }
  Number n;
  bool glued = glued_money(r, at, &sign, &n) > 0;
  if (!glued) {
    sign = (Unit){0};
    if (is_currency_sign(r, at, &sign))
      k += sign.count;
    else
      sign = (Unit){0};
    n = number_at(doc, r->model, k, r->end);
    letter_scale(r, k, sign.count > 0, &n);
  }
  if (!n.count)
    return false;
  double broken = 0;
  uint32_t broken_count = n.digits && !glued ? broken_decimal(r, k, &broken) : 0;
  if (broken_count && token_at(doc, k + broken_count - 1)->sentence != token_at(doc, k)->sentence)
    r->end = sentence_end(doc, k + broken_count - 1); // reads on in the next sentence
  if (broken_count)
    n = (Number){.count = broken_count, .value = broken, .digits = true, .scaled = true};
  d->count = k + n.count - at;
  if (!sign.count && (in_time(r, k) || n.ordinal)) {
    d->skip = true;
    return true;
  }
  if (!plain_suffix(n.suffix) || (!sign.count && is_label(r, k, &n)) || is_pronoun_number(r, k, &n)) {
    d->skip = true;
    return true;
  }
  if (n.fraction && !n.digits && n.count == 1 && starts_with_letter(form(r, k)) && !is(r, k + 1, "of") &&
      !is(r, k + 1, "the") && !sign_before(r, at)) {
    d->skip = true; // "half" by itself
    return true;
  }
  d->value = n.value;
  // "minus 5", "minus-5"
  uint8_t left = at >= r->first + 2 ? upos(r, at - 2) : UPOS_NO_UPOS; // not "Covid -19"
  bool dashed = hyphen(r, at - 1) && is_close(doc, at - 1) && (at - 1 == r->first || !is_close(doc, at - 2)) &&
                left != UPOS_PROPN && left != UPOS_NUM && left != UPOS_NOUN;
  if (n.sign == '-' || (sign.count && k > at && hyphen(r, k - 1)) || is(r, at - 1, "minus") || is(r, at - 1, "negative") || dashed ||
      (hyphen(r, at - 1) && is(r, at - 2, "minus")))
    d->value = -d->value;
  uint32_t end = k + n.count;

  // A share: "one out of three", "one in five"
  uint32_t whole = is(r, end, "out") && is(r, end + 1, "of") ? end + 2 : is(r, end, "in") && n.value == 1 ? end + 1 : 0;
  Number of = whole && !n.suffix.len && !sign.count ? number_at(doc, r->model, whole, r->end) : (Number){0};
  if (of.count && !of.ordinal && !of.suffix.len && of.value > n.value && of.value <= 1e6 && !in_time(r, whole) && n.value > 0 &&
      !unit_at(r, whole + of.count).count) {
    d->value /= of.value;
    end = whole + of.count;
    k = whole;
    n = of;
  }

  // A range: "10 to 15 percent", "10-15", "between 5 and 10"
  uint32_t to = end;
  Unit own = n.suffix.len ? (Unit){0} : unit_at(r, to); // "5 percent to 6 percent"
  if (own.count && own.kind != 's')
    to += own.count;
  else
    own = (Unit){0};
  bool between = is(r, at - 1, "between") && is(r, to, "and");
  bool from = is(r, at - 1, "from") && is(r, to, "to");
  uint32_t far = own.count || sign.count ? far_end(r, at, to, own, sign) : 0;
  if (far)
    from = true, to = far;
  bool dash = hyphen(r, to) && (is_close(doc, to - 1) == is_close(doc, to));
  // "three or four years"
  Number next = is(r, to, "or") && !own.count ? number_at(doc, r->model, to + 1, r->end) : (Number){0};
  bool either = next.count == 1 && n.count == 1 && next.value == n.value + 1 && next.digits == n.digits;
  bool added = (sign.count || own.count) && !between && !from &&
               (is(r, at - 1, "by") || change_of(r, at, at, end - at) != '='); // "rose by $5 to $8"
  if (!n.suffix.len && !added && (between || (dash && !own.count) || is(r, to, "to") || is(r, to, "through") || either)) {
    uint32_t second = to + 1;
    Unit again = {0};
    if (is_currency_sign(r, second, &again))
      second += again.count;
    else
      again = (Unit){0};
    Number m = number_at(doc, r->model, second, r->end);
    letter_scale(r, second, again.count > 0, &m);
    if (m.count && !m.ordinal && plain_suffix(m.suffix) && !(dash && !m.digits && n.digits) &&
        !in_time(r, second) && (m.digits == n.digits || m.scaled || own.count || m.value > n.value) &&
        (far || !own.count || (unit_at(r, second + m.count).symbol == own.symbol && own.symbol))) {
      if (m.scaled && !n.scaled && n.value < 1000 && m.value >= 1000) {
        // the magnitude counts for both: "5 to 10 million"
        double mantissa = m.value;
        double scale = 1;
        while (mantissa >= 1000)
          mantissa /= 1000, scale *= 1000;
        if (scale > 1 && (!(sign.count && again.count) || n.value < mantissa))
          d->value *= scale;
      }
      d->range = true;
      d->value2 = m.value;
      n.suffix = m.suffix;
      n.scaled = n.scaled || m.scaled;
      if (!sign.count)
        sign = again;
      end = second + m.count;
      if (between)
        d->begin = at - 1;
    }
  }
  d->count = end - at;

  // The unit.
  Unit unit = {0};
  uint32_t after = end;
  if (n.suffix.len) {
    unit = unit_of(words_find(&r->model->words, WORDS_UNITS, n.suffix), 0);
  } else {
    uint32_t u = after;
    if (hyphen(r, u) && is_close(doc, u - 1) && is_close(doc, u) && !is(r, u + 1, ","))
      u++;
    else if (hyphen(r, u) && is_close(doc, u - 1))
      u = past_suspended(r, u);
    else if (is(r, u, "of") && (is(r, u + 1, "a") || is(r, u + 1, "an")) && n.fraction)
      u += 2 + (is(r, u + 2, "US") || is(r, u + 2, "imperial"));
    else
      u = of_the_whole(r, u);
    // The unit stands further on, where another figure has it, too.
    bool elsewhere = (u > after + 2 && is(r, after, "of") && !n.fraction) ||
                     (u > after + 1 && hyphen(r, after) && is_close(doc, after - 1));
    u = past_describers(r, u);
    unit = unit_at(r, u);
    if (unit.kind == 's')
      unit = (Unit){0};
    // "won", "second", "foot" may be other words here
    if (unit.count == 1 && has_tree(doc) && (upos(r, u) == UPOS_VERB || upos(r, u) == UPOS_AUX || upos(r, u) == UPOS_ADP || upos(r, u) == UPOS_PRON))
      unit = (Unit){0};
    if (unit.count == 1 && unit.kind == 'u' && form(r, u).len == 1 && starts_with_letter(form(r, u)) &&
        !is_close(doc, u - 1) && upos(r, u) != UPOS_NOUN && (!n.digits || upos(r, u) == UPOS_DET || upos(r, u) == UPOS_ADP))
      unit = (Unit){0};
    if (unit.count && !elsewhere)
      after = u + unit.count;
    double factor;
    Str tail;
    const char *scale = unit.kind == 'c' && !n.scaled ? words_find(&r->model->words, WORDS_NUMBERS, form(r, after)) : NULL;
    if (scale && scale[0] == 'x' && digits_value(str_of(scale + 2), &factor, &tail) && factor >= 1000) {
      d->value *= factor; // "75 USD million"
      after++;
    } else if (unit.count && !d->range && !elsewhere) {
      after += smaller_part(r, after, unit.symbol, &d->value);
    }
  }
  // "a five-year contract" lasts; it is among the times
  if (unit.count && unit.kind == 't' && !sign.count && hyphen(r, end) && after == end + 1 + unit.count && !d->range &&
      strcmp(unit.symbol, "years old") && !is(r, after, "old") && !hyphen(r, after) && upos(r, after) != UPOS_PUNCT) {
    d->count = after - at;
    d->skip = true;
    return true;
  }
  if (unit.kind == 'M') { // "30 MUSD"
    d->value *= 1e6;
    d->value2 *= 1e6;
  }
  if (sign.count && !(unit.kind == 'c' && unit.count)) {
    bool time_unit = unit.kind == 't' || unit.kind == 'u' || unit.kind == 'p' || unit.kind == 'm';
    if (time_unit)
      after = end; // "$5 a barrel" is read below
    snprintf(d->unit, sizeof d->unit, "%s", sign.symbol);
    if (sign.kind == 'M')
      d->value *= 1e6;
    d->measure = true;
  } else if (unit.symbol) {
    const char *symbol = unit.symbol;
    char money[8];
    if (unit.kind == 'm') { // "GBP lb"
      snprintf(money, sizeof money, "%.3s", symbol);
      symbol = n.scaled ? money : symbol + 4;
    }
    snprintf(d->unit, sizeof d->unit, "%s", symbol);
    d->measure = unit.kind != 't';
  }
  if (d->unit[0]) {
    d->count = after - at;
    uint32_t per = unit.kind == 'p' ? 0 : per_unit(r, after, d->unit + strlen(d->unit), sizeof d->unit - strlen(d->unit));
    d->count += per;
  } else {
    uint32_t from_noun, to_noun;
    bool comma = is(r, at - 1, ",") && (is(r, end, ",") || is(r, end, ".")) && at > r->first + 1;
    bool age = is(r, at - 1, "aged") || (is(r, at - 1, "of") && is(r, at - 2, "age"));
    if ((age || is_years(r, at, &n, end) || (comma && !n.scaled && n.value >= 5 && n.value < 110 && n.value == (int)n.value &&
                                   in_person(r, at - 2))) && n.digits) { // "Ada Lovelace, 36,"
      snprintf(d->unit, sizeof d->unit, "years old");
    } else if (counted(r, k, end - k, &from_noun, &to_noun)) {
      d->counted = counted_text(r, from_noun, to_noun);
      bool hanging = from_noun > end + 1 && hyphen(r, end) && is_close(doc, end - 1);
      d->count = (hanging ? end : to_noun + 1) - at;
      Str noun = str_of(doc_string(doc, d->counted));
      size_t room = sizeof d->unit - noun.len - 1;
      uint32_t per = !hanging && noun.len + 40 < sizeof d->unit ? per_unit(r, to_noun + 1, d->unit + noun.len, room) : 0;
      if (per) { // "3,000 tests per day"
        memcpy(d->unit, noun.at, noun.len);
        d->counted = 0;
        d->count += per;
      }
    }
  }
  d->change = change_of(r, d->begin, d->first, d->count);
  if (n.sign == '+' && d->change == '=')
    d->change = 'u';
  if (!d->range)
    other_bound(r, d);
  return true;
}

void find_figures(BedeDoc *doc, const BedeModel *model) {
  Reader r = {.doc = doc, .model = model};
  uint32_t done = 0; // tokens before it are part of a figure
  for (uint32_t i = 0; i < doc->sentences.count; i++) {
    const Sentence s = doc->sentences.items[i];
    r.first = s.first;
    r.end = s.first + s.count;
    for (uint32_t at = MAX(s.first, done); at < r.end && at < s.first + s.count;) {
      Draft d;
      r.end = s.first + s.count;
      if (!read_figure(&r, at, &d)) {
        at++;
        continue;
      }
      if (!d.skip) {
        Figure f = {.first = d.first, .count = d.count, .value = d.value, .value2 = d.value2,
                    .has_value2 = d.range, .change = d.change};
        f.span = doc_token_span(doc, f.first, f.count);
        f.unit = d.counted ? d.counted : doc_text(doc, str_of(d.unit));
        if (r.end == s.first + s.count)
          f.of = measured(&r, d.first, d.count, d.measure);
        array_push(&doc->arena, &doc->figures, f);
      }
      at += MAX(d.count, 1u);
      done = at;
    }
  }
}
