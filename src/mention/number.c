// number.c - runs of tokens that are a number.
//
// Digits with commas and point, number words, magnitudes and fractions, in the
// ways newswire mixes them: "200 billion", "two and a half million", "a dozen",
// "three-quarters", "5bn", "twenty-five", "one hundred and five".
// SPDX-License-Identifier: Apache-2.0
#include "mention/internal.h"
#include <stdlib.h>

bool is_hyphen(const BedeDoc *doc, uint32_t token) {
  Str w = doc_word(doc, token);
  return (w.len == 1 && w.at[0] == '-') || str_equal(w, STR("–")) ||
         str_equal(w, STR("‑")) || str_equal(w, STR("−"));
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool digits_value(Str s, double *value, Str *rest) {
  size_t at = 0;
  double v = 0;
  if (!s.len || !(is_digit(s.at[0]) || (s.at[0] == '.' && s.len > 1 && is_digit(s.at[1]))))
    return false;
  size_t whole = 0;
  for (; at < s.len && is_digit(s.at[at]) && at < 18; at++, whole++)
    v = 10 * v + (s.at[at] - '0');
  // Commas part groups of three: "1,234,567".
  // and of two, before the last three, in India: "12,34,567".
  if (whole && whole < 3 && at + 6 < s.len && s.at[at] == ',' && is_digit(s.at[at + 1]) && is_digit(s.at[at + 2]) &&
      s.at[at + 3] == ',')
    for (; at + 3 < s.len && s.at[at] == ',' && is_digit(s.at[at + 1]) && is_digit(s.at[at + 2]) && s.at[at + 3] == ',' && at < 16; at += 3)
      v = 100 * v + 10 * (s.at[at + 1] - '0') + (s.at[at + 2] - '0');
  while (whole && at + 3 < s.len && s.at[at] == ',' && is_digit(s.at[at + 1]) &&
         is_digit(s.at[at + 2]) && is_digit(s.at[at + 3]) &&
         (at + 4 == s.len || !is_digit(s.at[at + 4])) && at < 24) {
    for (int i = 1; i <= 3; i++)
      v = 10 * v + (s.at[at + (size_t)i] - '0');
    at += 4;
  }
  if (at + 1 < s.len && s.at[at] == '.' && is_digit(s.at[at + 1])) {
    // Dividing once keeps 1.1 the double nearest to 1.1.
    double part = 0, scale = 1;
    for (at++; at < s.len && is_digit(s.at[at]); at++)
      if (scale < 1e15)
        part = 10 * part + (s.at[at] - '0'), scale *= 10;
    v = (v * scale + part) / scale;
  }
  *value = v;
  *rest = (Str){s.at + at, s.len - at};
  return true;
}

// Kind and value of a number word: 0 where it is none.
static char word_of(const BedeDoc *doc, const BedeModel *model, uint32_t token,
                    double *value) {
  const char *v = words_find(&model->words, WORDS_NUMBERS, doc_word(doc, token));
  if (!v || !v[0] || v[1] != ' ')
    return 0;
  Str rest;
  return digits_value(str_of(v + 2), value, &rest) ? v[0] : 0;
}

static char suffix_kind(const BedeModel *model, Str suffix, double *value) {
  const char *v = words_find(&model->words, WORDS_NUMBERS, suffix);
  Str rest;
  return v && v[0] && v[1] == ' ' && digits_value(str_of(v + 2), value, &rest) ? v[0] : 0;
}

static bool is_ordinal_suffix(Str s) {
  return s.len == 2 && (str_equal_fold(s, STR("st")) || str_equal_fold(s, STR("nd")) ||
                        str_equal_fold(s, STR("rd")) || str_equal_fold(s, STR("th")));
}

// "1/2", "3/4" in one token.
static bool slash_fraction(Str s, double *value) {
  double top, bottom;
  Str rest, end;
  if (!digits_value(s, &top, &rest) || rest.len < 2 || rest.at[0] != '/')
    return false;
  if (!digits_value((Str){rest.at + 1, rest.len - 1}, &bottom, &end) || end.len ||
      bottom < 2 || top >= bottom || bottom > 16)
    return false;
  *value = top / bottom;
  return true;
}

// A fraction behind a whole number and "and": "a quarter", "one fourth", "three
// fifths", "2 thirds". Its tokens, 0 where there is none.
static uint32_t part_at(const BedeDoc *doc, const BedeModel *model, uint32_t at, uint32_t end, double *part) {
  double top = 1, bottom;
  if (at + 1 >= end)
    return 0;
  if (!word_is(doc, at, "a") && !(word_of(doc, model, at, &top) == 'n' && top >= 1 && top < 20))
    return 0;
  char kind = word_of(doc, model, at + 1, &bottom);
  if (kind == 'f' && bottom < 1)
    *part = top * bottom;
  else if (kind == 'o' && bottom >= 3)
    *part = top / bottom;
  else
    return 0;
  return *part < 1 ? 2 : 0;
}

// "of a million" behind a fraction, "point seven one" behind a number word.
static uint32_t of_scale(const BedeDoc *doc, const BedeModel *model, uint32_t at, uint32_t end, double *value) {
  double scale;
  if (at + 2 < end && word_is(doc, at, "of") && word_is(doc, at + 1, "a") && word_of(doc, model, at + 2, &scale) == 'x' && scale >= 1000) {
    *value *= scale;
    return 3;
  }
  return 0;
}

static uint32_t spelled_decimals(const BedeDoc *doc, const BedeModel *model, uint32_t at, uint32_t end, double *part) {
  double v, value = 0, scale = 1;
  uint32_t k = at + 1;
  if (!word_is(doc, at, "point") || k >= end)
    return 0;
  for (; k < end && scale < 1e12 && word_of(doc, model, k, &v) == 'n'; k++) {
    bool tens = v >= 10;
    value = tens ? 100 * value + v : 10 * value + v, scale *= tens ? 100 : 10;
    double ones; // "seventy-one"
    if (v >= 20 && k + 2 < end && is_hyphen(doc, k + 1) && word_of(doc, model, k + 2, &ones) == 'n' && ones < 10)
      value += ones, k += 2;
  }
  *part = value / scale;
  return k > at + 1 ? k - at : 0;
}

// Powers of ten written close to the digits: "1.3e6", "12e-1".
static bool exponent(Str s, double *value) {
  double power;
  Str rest;
  size_t sign = s.len > 2 && (s.at[1] == '-' || s.at[1] == '+');
  if (s.len < 2 || (s.at[0] | 32) != 'e' || !digits_value((Str){s.at + 1 + sign, s.len - 1 - sign}, &power, &rest) ||
      rest.len || power > 30 || power != (int)power)
    return false;
  for (int i = 0; i < (int)power; i++)
    *value = sign && s.at[1] == '-' ? *value / 10 : *value * 10;
  return true;
}

// No word follows: "a fifth."
static bool ends_phrase(const BedeDoc *doc, uint32_t at, uint32_t end) {
  if (at >= end)
    return true;
  char c = doc_word(doc, at).at[0];
  return c == '.' || c == ',' || c == ';' || c == ')';
}

// "million", "billion", of which there may be a half or a quarter
static bool scale_at(const BedeDoc *doc, const BedeModel *model, uint32_t at, uint32_t end) {
  double scale;
  return at < end && word_of(doc, model, at, &scale) == 'x' && scale >= 1000;
}

Number number_at(const BedeDoc *doc, const BedeModel *model, uint32_t first,
                 uint32_t end) {
  Number n = {0};
  double total = 0, current = 0, v;
  uint32_t at = first;
  bool any = false;       // current holds something
  double last_scale = 1;  // for "two million and a half"
  double unit_room = 0;   // what may still be added: below 10 after "twenty"
  Str word, rest;

  if (at >= end)
    return n;
  word = doc_word(doc, at);
  if (word.len > 1 && (word.at[0] == '+' || word.at[0] == '-') && is_digit(word.at[1])) {
    n.sign = word.at[0];
    word = (Str){word.at + 1, word.len - 1};
  }
  if (digits_value(word, &v, &rest)) {
    if (slash_fraction(word, &v)) {
      n = (Number){.count = 1, .value = v, .digits = true, .fraction = true, .sign = n.sign};
      n.count += of_scale(doc, model, first + 1, end, &n.value);
      return n;
    }
    n.digits = true;
    current = v, any = true;
    at++;
    if (rest.len) {
      double scale;
      if (is_ordinal_suffix(rest)) {
        n.ordinal = true, n.count = 1, n.value = v;
        return n;
      }
      if (str_equal(rest, STR("½")) || str_equal(rest, STR("¼")) || str_equal(rest, STR("¾"))) {
        suffix_kind(model, rest, &scale);
        current += scale;
      } else {
        char kind = suffix_kind(model, rest, &scale);
        if (exponent(rest, &current)) {
          n.count = 1, n.value = current;
          return n;
        }
        if (kind == 'x' || kind == 'a') {
          current *= scale;
          n.scaled = true;
        } else {
          n.suffix = rest;
        }
        n.count = 1, n.value = current;
        return n;
      }
    }
    // "1 234 567": groups of three, parted by blanks
    if (v >= 1 && v < 1000 && word.len <= 3 && v == (double)(int)v) {
      uint32_t k = at;
      double groups = v, group;
      for (; k < end && doc_word(doc, k).len >= 3 && !is_close(doc, k - 1); k++) {
        Str tail;
        if (!digits_value(doc_word(doc, k), &group, &tail) || tail.len || memchr(doc_word(doc, k).at, ',', doc_word(doc, k).len) ||
            strcspn(doc_word(doc, k).at, ".") < 3 || (doc_word(doc, k).len > 3 && doc_word(doc, k).at[3] != '.'))
          break;
        groups = groups * 1000 + group;
      }
      if (k > at + 1 || (k == at + 1 && word.len == 2)) // "40 000"
        current = groups, at = k;
    }
    double part;
    double bottom; // "1⁄32"
    if (at + 1 < end && str_equal(doc_word(doc, at), STR("⁄")) && is_close(doc, at - 1) && is_close(doc, at) &&
        digits_value(doc_word(doc, at + 1), &bottom, &rest) && !rest.len && bottom > v) {
      n = (Number){.count = 3, .value = v / bottom, .digits = true, .fraction = true, .sign = n.sign};
      return n;
    }
    if (at < end && v < 1000 && slash_fraction(doc_word(doc, at), &part)) {
      current += part, at++; // "2 1/2"
    } else if (at < end && v < 1000 && word_of(doc, model, at, &part) == 'f' &&
               doc_word(doc, at).len && (unsigned char)doc_word(doc, at).at[0] >= 0x80) {
      current += part, at++; // "2 ½"
    }
  } else if (word_is(doc, at, "a") || word_is(doc, at, "an")) {
    // "a hundred", "a third of", "a half"; plain "a" is no number here
    char kind = at + 1 < end ? word_of(doc, model, at + 1, &v) : 0;
    if (kind == 'x') {
      current = 1, any = true, n.article = true, at++;
    } else if (kind == 'f' || (kind == 'o' && v >= 3 && at + 2 < end && word_is(doc, at + 2, "of")) ||
               (kind == 'o' && v >= 4 && ends_phrase(doc, at + 2, end))) {
      if (kind == 'f' && at + 2 < end && is_hyphen(doc, at + 2))
        return n; // "a half-hearted"
      n = (Number){.count = 2, .value = kind == 'f' ? v : 1 / v, .spelled = true,
                   .fraction = true, .article = true};
      double scale; // "a quarter million"
      if (at + 2 < end && word_of(doc, model, at + 2, &scale) == 'x')
        n.value *= scale, n.count = 3, n.scaled = true;
      return n;
    } else {
      return n;
    }
  }

  while (at < end) {
    uint32_t next = at;
    // "twenty-five": the hyphen is a token of its own.
    if (any && is_hyphen(doc, next) && next + 1 < end && is_close(doc, next - 1) && is_close(doc, next))
      next++;
    bool joined = next > at;
    if (any && word_is(doc, next, "and") && !joined && next + 1 < end) {
      double share; // "five and a quarter", "two million and three fifths"
      uint32_t parts = part_at(doc, model, next + 1, end, &share);
      double beyond; // "one billion and a half million" are two
      if (parts && !(next + 1 + parts < end && word_of(doc, model, next + 1 + parts, &beyond) == 'x' && total > 0)) {
        current += share * (current || total == 0 ? 1 : last_scale);
        at = next + 1 + parts;
        unit_room = 0;
        n.spelled = true;
        continue;
      }
      // "two and a half", "one hundred and five"
      if (next + 2 < end && word_is(doc, next + 1, "a") && word_is(doc, next + 2, "half")) {
        current += 0.5 * (current || total == 0 ? 1 : last_scale);
        at = next + 3;
        unit_room = 0;
        n.spelled = true;
        continue;
      }
      char kind = word_of(doc, model, next + 1, &v);
      double ones; // "3 hundred and 21"
      Str tail;
      if (n.digits && n.scaled && unit_room > 0 && digits_value(doc_word(doc, next + 1), &ones, &tail) && !tail.len &&
          ones > 0 && ones < unit_room && !word_of(doc, model, next + 2 < end ? next + 2 : next + 1, &v)) {
        current += ones;
        at = next + 2;
        unit_room = 0;
        continue;
      }
      if (kind == 'n' && n.scaled && v < unit_room && v > 0) {
        next++;
      } else {
        break;
      }
    }
    char kind = word_of(doc, model, next, &v);
    if (kind == 'v' && v == 12 && any && !n.scaled && current > 0 && total == 0 && !joined) { // "three dozens"
      current *= v;
      n.scaled = true;
      unit_room = 0;
    } else if (kind == 'n') {
      if (any && (v >= unit_room || (n.digits && !n.scaled) || (v == 0)))
        break;
      current += v;
      unit_room = v >= 20 ? 10 : 0;
      any = true;
    } else if (kind == 'x' || (kind == 'a' && any && n.digits && v > 1000 && doc_word(doc, next).len > 1)) {
      if (!any || (joined && !n.digits && v != 100))
        break;
      if (v == 100 || v == 12) {
        if (current == 0)
          break;
        current *= v;
        unit_room = v;
      } else {
        if (current == 0)
          break; // "million million"
        total += current * v;
        current = 0;
        last_scale = v;
        unit_room = v;
      }
      n.scaled = true;
    } else if (kind == 'f' || (kind == 'o' && v >= 3)) {
      bool plural = doc_word(doc, next).at[doc_word(doc, next).len - 1] == 's';
      double share = kind == 'f' ? v : 1 / v;
      if (!any && kind == 'f' && v >= 0.25 && v <= 0.5 && !plural && (v == 0.5 || scale_at(doc, model, next + 1, end))) { // "half a million"
        double scale = 1;
        n = (Number){.count = 1, .value = v, .spelled = true, .fraction = true};
        uint32_t after = next + 1;
        if (after < end && (word_is(doc, after, "a") || is_hyphen(doc, after)))
          after++;
        if (after < end && after < next + 3 && word_of(doc, model, after, &scale) == 'x')
          n.count = after + 1 - first, n.value *= scale, n.scaled = true;
        return n;
      }
      if (any && !n.scaled && total == 0 && current > 0 && current < 100 &&
          (plural || (joined && current == 1) || (kind == 'f' && v < 0.5) || (current == 1 && v != 0.5) || (current == 1 && kind == 'f')) &&
          (kind == 'f' || plural || (next + 1 < end && word_is(doc, next + 1, "of")) || (v >= 4 && ends_phrase(doc, next + 1, end)))) {
        if (n.digits && !joined)
          break; // "3 quarters" are three
        if (!joined && kind == 'f' && v == 0.25 && plural &&
            !(next + 1 < end && word_is(doc, next + 1, "of")))
          break; // "the next three quarters"
        n.value = current * share;
        n.count = next + 1 - first;
        n.count += of_scale(doc, model, next + 1, end, &n.value);
        n.spelled = n.fraction = true;
        return n;
      }
      if (kind == 'o' && !plural && (!any || (v < unit_room || joined))) {
        if (n.digits)
          break;
        n.value = total + current + v; // "twenty-fifth", "third"
        n.count = next + 1 - first;
        n.ordinal = n.spelled = true;
        return n;
      }
      break;
    } else if (kind == 'o' && (!any || (joined && v < unit_room))) { // first, second
      if (n.digits)
        break;
      n.value = total + current + v;
      n.count = next + 1 - first;
      n.ordinal = n.spelled = true;
      return n;
    } else {
      break;
    }
    n.spelled = true;
    at = next + 1;
  }
  if (!any)
    return (Number){0};
  n.value = total + current;
  double decimals;
  uint32_t more = n.spelled && !n.digits ? spelled_decimals(doc, model, at, end, &decimals) : 0;
  if (more)
    n.value += decimals, at += more;
  n.count = at - first;
  return n;
}
