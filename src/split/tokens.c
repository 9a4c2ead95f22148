// tokens.c - text to tokens, the words of Universal Dependencies.
//
// One pass over the bytes. A run without white space (a chunk) is cut from left
// to right: addresses and smileys are kept whole; a word takes its letters,
// digits, inner apostrophes and the periods of abbreviations; hyphens part
// words, except behind prefixes ("non-", "anti-", "e-"), in dates and in
// telephone numbers; what is left is punctuation, a run of the same sign being
// one token. Then contractions are taken apart. The choices are those of EWT
// and GUM (train), by count where the two differ.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "split/internal.h"

typedef enum Class { BLANK, LETTER, DIGIT, APOSTROPHE, HYPHEN, PERIOD, OTHER } Class;

typedef struct Cutter Cutter;
struct Cutter {
  BedeDoc *doc;
  const Words *words;
  Str text;     // of the document, up to the end of the range
  uint32_t end; // of the chunk
  bool quoted;  // a single quotation mark is open
};

// ---- characters

uint32_t split_blank(Str text, uint32_t at) {
  const unsigned char *p = (const unsigned char *)text.at + at;
  if (p[0] <= ' ' || p[0] == 0x7F)
    return 1;
  if (p[0] == 0xC2 && at + 1 < text.len && (p[1] == 0xA0 || p[1] == 0x85))
    return 2; // no-break space, next line
  if (at + 2 < text.len &&
      ((p[0] == 0xE2 && p[1] == 0x80 &&
        ((p[2] >= 0x80 && p[2] <= 0x8B) || p[2] == 0xA8 || p[2] == 0xA9 || p[2] == 0xAF)) ||
       (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80) ||
       (p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF)))
    return 3; // blanks of all widths, line separators, byte order mark
  return 0;
}

// The class of the character at `at` and its number of bytes; OTHER, 0 at the
// chunk's end.
static Class class_at(const Cutter *c, uint32_t at, uint32_t *size) {
  if (at >= c->end) {
    *size = 0;
    return OTHER;
  }
  unsigned char b = (unsigned char)c->text.at[at];
  if (b < 0x80) {
    *size = 1;
    return (b | 32) >= 'a' && (b | 32) <= 'z' ? LETTER
           : b >= '0' && b <= '9'             ? DIGIT
           : b == '\''                        ? APOSTROPHE
           : b == '-'                         ? HYPHEN
           : b == '.'                         ? PERIOD
                                              : OTHER;
  }
  size_t next = at;
  uint32_t code = utf8_next((Str){c->text.at, c->end}, &next);
  *size = (uint32_t)(next - at);
  return code == 0x2019 || code == 0x02BC     ? APOSTROPHE
         : code == 0x2010 || code == 0x2011   ? HYPHEN
         : code == 0xAD || utf8_is_letter(code) ? LETTER
                                              : OTHER;
}

static unsigned char byte_at(const Cutter *c, uint32_t at) {
  return at < c->end ? (unsigned char)c->text.at[at] : 0;
}
static bool is_digit(unsigned char b) { return b >= '0' && b <= '9'; }
static bool is_lower(unsigned char b) { return b >= 'a' && b <= 'z'; }
static bool is_upper(unsigned char b) { return b >= 'A' && b <= 'Z'; }
static bool is_alpha(unsigned char b) { return is_lower(b | 32); }

static uint32_t digits_from(const Cutter *c, uint32_t at) {
  uint32_t n = 0;
  while (is_digit(byte_at(c, at + n)))
    n++;
  return n;
}

static Str piece(const Cutter *c, uint32_t begin, uint32_t end) {
  return (Str){c->text.at + begin, end - begin};
}

static bool is_one_of(Str word, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_equal_fold(word, str_of(list[i])))
      return true;
  return false;
}
#define ONE_OF(word, list) is_one_of(word, list, COUNT(list))

static void push(Cutter *c, uint32_t begin, uint32_t end, bool glued) {
  if (begin < end)
    array_push(&c->doc->arena, &c->doc->tokens,
               (Token){.span = {begin, end}, .glued = glued});
}

// ---- abbreviations

Abbreviation split_abbreviation(const Words *words, Str word) {
  if (word.len < 2 || word.at[word.len - 1] != '.')
    return NO_ABBREVIATION;
  const char *kind = word.len > 8 ? NULL : words_find(words, WORDS_ABBREVIATIONS, word);
  if (kind && !strcmp(kind, "inner"))
    return ABBR_TITLE;
  if (kind && !strcmp(kind, "clock"))
    return ABBR_CLOCK;
  // (letter, period)+, and the longer pieces of degrees: Ph.D., B.Sc.
  uint32_t pieces = 0, letters = 0, most = 0;
  for (size_t i = 0; i < word.len; i++) {
    if (word.at[i] != '.') {
      if (!is_alpha((unsigned char)word.at[i])) {
        most = 99;
        break;
      }
      letters++;
      continue;
    }
    if (!letters)
      most = 99;
    most = MAX(most, letters);
    letters = 0;
    pieces++;
  }
  if (most == 1 && (pieces > 1 || is_upper((unsigned char)word.at[0])))
    return ABBR_NAME;
  if (pieces > 1 && most == 2)
    return ABBR_NAME;
  if (!kind)
    return NO_ABBREVIATION;
  if (!strcmp(kind, "word"))
    return ABBR_WORD;
  if (!strcmp(kind, "number"))
    return ABBR_NUMBER;
  if (!is_upper((unsigned char)word.at[0]))
    return NO_ABBREVIATION;
  return !strcmp(kind, "title")  ? ABBR_TITLE
         : !strcmp(kind, "date") ? ABBR_DATE
         : !strcmp(kind, "firm") ? ABBR_FIRM
                                 : ABBR_NAME;
}

// Does the period at `at` belong to the word that begins at `begin`? What
// follows decides for abbreviations that need a number.
static bool keeps_period(const Cutter *c, uint32_t begin, uint32_t at) {
  Abbreviation kind = split_abbreviation(c->words, piece(c, begin, at + 1));
  if (kind != ABBR_NUMBER)
    return kind != NO_ABBREVIATION;
  uint32_t next = at + 1, size;
  while (next < c->text.len && (size = split_blank(c->text, next)))
    next += size;
  return next < c->text.len && is_digit((unsigned char)c->text.at[next]);
}

// ---- addresses and smileys

static bool is_domain_end(Str s) {
  static const char *const ends[] = {
      "com", "org", "net", "gov", "edu", "mil", "int", "info", "biz", "tv", "eu",
      "uk",  "us",  "cn",  "ru",  "de",  "fr",  "jp",  "in",   "au",  "ca", "ch",
      "at",  "io",  "co",  "kr",  "ir",  "il",  "tr",  "ua",   "za",  "mx", "br",
      "doc", "pdf", "xls", "txt", "jpg", "gif", "htm", "html", "mp3", "zip", "exe", "url"};
  return ONE_OF(s, ends);
}

// An address of web or mail that fills text[begin, end), end being before any
// closing punctuation.
static bool is_address(const Cutter *c, uint32_t begin, uint32_t end) {
  Str s = piece(c, begin, end);
  size_t at;
  if (s.len < 5)
    return false;
  if (str_find(s, STR("://"), &at))
    return at > 1 && at < 8 && s.len > at + 4;
  if (str_starts(s, STR("www.")) || str_starts(s, STR("mailto:")))
    return true;
  const char *mail = memchr(s.at, '@', s.len);
  if (mail)
    return mail > s.at && mail < s.at + s.len - 1 &&
           (is_alpha((unsigned char)mail[1]) || is_digit((unsigned char)mail[1]));
  // name.name.end/…, of letters, digits, hyphens and underscores
  Str host = s;
  const char *slash = memchr(s.at, '/', s.len);
  if (slash)
    host.len = (size_t)(slash - s.at);
  size_t dot = 0, letters = 0, dots = 0, capitals = 0;
  for (size_t i = 0; i < host.len; i++) {
    unsigned char b = (unsigned char)host.at[i];
    if (b == '.') {
      if (!i || host.at[i - 1] == '.')
        return false;
      dot = i;
      dots++;
    } else if (is_alpha(b)) {
      letters++;
      capitals += is_upper(b);
    }
    else if (!is_digit(b) && b != '-' && b != '_')
      return false;
  }
  if (dots > 1 && !capitals && letters > 4 * dots && is_alpha((unsigned char)host.at[0]))
    return true; // names of newsgroups
  if (!dot || letters < 3)
    return false;
  Str last = {host.at + dot + 1, host.len - dot - 1};
  // "fell.In Moscow" lacks a blank and is no address: the end is in small
  // letters, or all of it is in capitals
  bool small = last.len && is_lower((unsigned char)last.at[0]);
  bool loud = is_upper((unsigned char)host.at[0]) && last.len > 1 &&
              is_upper((unsigned char)last.at[1]);
  return (small || loud) && is_domain_end(last) && dot > 1;
}

// The end of an address without closing punctuation behind it.
static uint32_t address_end(const Cutter *c, uint32_t begin) {
  uint32_t end = begin;
  while (end < c->end && !strchr("<>\"", c->text.at[end]) &&
         (unsigned char)c->text.at[end] < 0x80)
    end++;
  bool open = memchr(c->text.at + begin, '(', end - begin) != NULL;
  while (end > begin && strchr(open ? ".,;:!?'" : ".,;:!?')]}", c->text.at[end - 1]))
    end--;
  return end;
}

static uint32_t smiley_from(const Cutter *c, uint32_t begin) {
  static const char *const smileys[] = {
      ":)", ":-)", ":(", ":-(", ";)", ";-)", ":D", ":-D", ":P", ":-P", ":p",
      ":/", ":-/", "=)", "=(", "=D", "=]", "<3", "^_^", ":O", ":]", ":'(", "XD", ":))"};
  Str rest = piece(c, begin, c->end);
  for (size_t i = 0; i < COUNT(smileys); i++) {
    size_t len = strlen(smileys[i]);
    if (rest.len >= len && !memcmp(rest.at, smileys[i], len) &&
        (rest.len == len || (rest.len == len + 1 && strchr(".,!?)", rest.at[len]))))
      return (uint32_t)len;
  }
  return 0;
}

// ---- numbers

// Digits with what belongs to them: 1,200.50  18:47  9/11  11/28/2000
// 2023-12-31  713-853-3989  20th  1980s. Units are left for the next token.
static uint32_t number_end(const Cutter *c, uint32_t begin) {
  uint32_t first = digits_from(c, begin), at = begin + first;
  // telephone numbers and days: 3-3-4, 3-4, 1-3-3-4, 4-2-2, 2-2-4 digits
  if (byte_at(c, at) == '-' || byte_at(c, at) == '/') {
    uint32_t groups[4] = {first}, count = 1, to = at;
    unsigned char sign = byte_at(c, at);
    while (count < 4 && (byte_at(c, to) == sign || (byte_at(c, to) == '-' && sign == '/')) &&
           is_digit(byte_at(c, to + 1))) {
      groups[count] = digits_from(c, to + 1);
      to += 1 + groups[count++];
    }
    bool more = byte_at(c, to) == '-' || byte_at(c, to) == '/' || is_alpha(byte_at(c, to));
    uint32_t g = groups[0] * 1000 + (count > 1 ? groups[1] * 100 : 0) +
                 (count > 2 ? groups[2] * 10 : 0) + (count > 3 ? groups[3] : 0);
    bool whole = g == 3340 || g == 3400 || g == 1334 || g == 4220 || g == 2240 ||
                 (count == 3 && groups[0] < 3 && groups[1] < 3 &&
                  (groups[2] == 2 || groups[2] == 4));
    if (sign == '/' && count == 2 && groups[0] < 3 && groups[1] < 3) {
      int month = byte_at(c, begin) - '0', day = byte_at(c, at + 1) - '0';
      if (groups[0] == 2)
        month = 10 * month + byte_at(c, begin + 1) - '0';
      if (groups[1] == 2)
        day = 10 * day + byte_at(c, at + 2) - '0';
      whole = month >= 1 && day >= 1 && day <= 31 && (month <= 12 || day <= 12);
    } else if (sign == '/' && g == 3340)
      whole = true;
    if (whole && !more)
      return to;
  }
  for (;;) {
    unsigned char b = byte_at(c, at);
    uint32_t n = digits_from(c, at + 1);
    if (!((b == '.' || b == ':') && n) && !(b == ',' && n == 3))
      break;
    at += 1 + n;
  }
  // letters behind: part of the word, or a unit of its own
  uint32_t to = at;
  while (is_alpha(byte_at(c, to)))
    to++;
  static const char *const units[] = {
      "k",  "m",   "b",  "t",   "bn", "mn",  "mm", "cm",  "km",  "kg",   "g",
      "am", "pm",  "a",  "p",   "ft", "lb",  "lbs", "oz", "mb",  "gb",   "kb",
      "mg", "ml",  "hr", "hrs", "min", "mins", "mph", "yr", "yrs", "million", "billion",
      "kbps", "x", "ha", "sq", "kw", "mw", "gw", "kwh", "mwh", "ghz", "mhz", "kt", "nm"};
  if (to == at)
    return at;
  if (byte_at(c, to) == '.' && to == at + 1 && is_alpha(byte_at(c, to + 1)))
    return at; // 6p.m.
  return ONE_OF(piece(c, at, to), units) ? at : to;
}

// ---- words

// May the word text[begin, at) be joined by its hyphen to what follows?
static bool is_prefix(const Cutter *c, uint32_t begin, uint32_t at) {
  static const char *const prefixes[] = {
      "non",  "mid",  "anti",  "re",    "co",    "pre",   "pro",    "cross", "post",
      "over", "multi", "ex",   "sub",   "counter", "semi", "mini",  "inter", "neo",
      "socio", "psycho", "intra", "micro", "pan", "arch", "ultra", "quasi", "pseudo",
      "trans", "bi", "de", "un", "hyper", "macro", "meta", "infra", "extra"};
  uint32_t len = at - begin;
  if (len == 1)
    return (byte_at(c, begin) | 32) == 'e' && is_lower(byte_at(c, at + 1));
  return len < 8 && ONE_OF(piece(c, begin, at), prefixes);
}

static bool is_suffix(const Cutter *c, uint32_t begin) {
  uint32_t to = begin;
  while (is_alpha(byte_at(c, to)))
    to++;
  Str s = piece(c, begin, to);
  return str_equal(s, STR("esque")) || str_equal(s, STR("wise"));
}

// The end of the word that begins with a letter at `begin`: letters and digits
// with inner apostrophes, periods of abbreviations, "&" between capitals, "$"
// behind capitals, the hyphen of a prefix. A final period is taken where it
// belongs to an abbreviation.
static uint32_t word_end(const Cutter *c, uint32_t begin) {
  uint32_t at = begin, part = begin, size; // part: begins after the last joint
  bool hyphenated = false;
  for (;;) {
    Class k = class_at(c, at, &size);
    if (k == LETTER || k == DIGIT || (k == OTHER && byte_at(c, at) == '_')) {
      at += size;
      continue;
    }
    uint32_t beyond = at + size, next_size;
    Class next = size ? class_at(c, beyond, &next_size) : OTHER;
    unsigned char b = byte_at(c, at);
    if (k == APOSTROPHE && next == LETTER)
      at = beyond;
    else if (k == HYPHEN && !hyphenated && (next == LETTER || next == DIGIT) &&
             part == begin && (is_prefix(c, begin, at) || is_suffix(c, beyond))) {
      hyphenated = true;
      part = at = beyond;
    } else if (b == '&' && next == LETTER && at - begin <= 4 &&
               is_alpha(byte_at(c, at - 1)) && is_upper(byte_at(c, begin)) &&
               is_upper(byte_at(c, beyond)))
      at = beyond;
    else if (b == '$' && at - begin <= 3 && is_upper(byte_at(c, begin)) &&
             is_upper(byte_at(c, at - 1)))
      return beyond; // US$, HK$
    else if (b == '/' && at == begin + 1 && (byte_at(c, begin) | 32) == 'w' &&
             (beyond == c->end || (byte_at(c, beyond) | 32) == 'o'))
      at = beyond; // w/, w/o, w/out
    else if (b == '.') {
      // another piece of "U.S." or "Ph.D." follows without a blank: the pieces
      // so far are an abbreviation, and the next is one letter, or two in front
      // of a period
      uint32_t to = beyond;
      while (is_alpha(byte_at(c, to)) && to - beyond < 4)
        to++;
      uint32_t len = to - beyond, last = at;
      while (last > part && byte_at(c, last - 1) != '.')
        last--;
      bool short_here = at - last == 1 ? is_alpha(byte_at(c, last))
                                       : at - last == 2 && is_upper(byte_at(c, last));
      bool ends_here = class_at(c, to, &next_size) != LETTER &&
                       class_at(c, to, &next_size) != DIGIT;
      if (short_here && ends_here &&
          ((len == 1) || (len == 2 && byte_at(c, to) == '.')))
        at = to;
      else if ((byte_at(c, beyond) != '.' || byte_at(c, beyond + 1) != '.') &&
               keeps_period(c, part, at))
        return beyond;
      else
        return at;
    } else
      return at;
  }
}

// How many bytes at the end of the word text[begin, end) are a contracted word
// of their own: n't 's 're 've 'll 'd 'm; 0 where there is none.
static uint32_t contracted(const Cutter *c, uint32_t begin, uint32_t end) {
  // walk back over at most two letters to an apostrophe
  for (uint32_t letters = 1; letters <= 2 && begin + letters + 1 < end; letters++) {
    uint32_t at = end - letters, mark = 0;
    if (!is_alpha(byte_at(c, at)))
      return 0;
    if (byte_at(c, at - 1) == '\'' || byte_at(c, at - 1) == '`')
      mark = 1;
    else if (at >= begin + 4 && byte_at(c, at - 1) == 0x99 && byte_at(c, at - 2) == 0x80 &&
             byte_at(c, at - 3) == 0xE2)
      mark = 3;
    if (!mark)
      continue;
    static const char *const tails[] = {"s", "re", "ve", "ll", "d", "m"};
    Str tail = piece(c, at, end);
    uint32_t from = at - mark;
    if (str_equal_fold(tail, STR("t")) && from > begin + 1 &&
        (byte_at(c, from - 1) | 32) == 'n')
      return end - from + 1;
    return from > begin && ONE_OF(tail, tails) ? end - from : 0;
  }
  return 0;
}

// Pushes the word text[begin, end), taken apart where it is several.
static void push_word(Cutter *c, uint32_t begin, uint32_t end) {
  uint32_t len = end - begin;
  bool capital = is_upper(byte_at(c, begin));
  if (len >= 2 && len <= 8 && (!capital || len > 4) &&
      (len == 1 || is_lower(byte_at(c, begin + 1)) || byte_at(c, begin + 1) == '\'')) {
    const char *pieces = words_find(c->words, WORDS_MULTIWORD, piece(c, begin, end));
    if (pieces) {
      Str rest = str_of(pieces);
      uint32_t at = begin;
      while (rest.len && at < end) {
        Str part = str_cut(&rest, ' ');
        uint32_t to = rest.len ? MIN(end, at + (uint32_t)part.len) : end;
        push(c, at, to, at > begin);
        at = to;
      }
      return;
    }
  }
  uint32_t ends[8], count = 0, to = end, tail;
  while (count < COUNT(ends) && (tail = contracted(c, begin, to))) {
    ends[count++] = to;
    to -= tail;
  }
  push(c, begin, to, false);
  while (count) {
    push(c, to, ends[count - 1], true);
    to = ends[--count];
  }
}

// ---- punctuation

// A run of one sign is one token: "...", "--", "!!!", "***". "!" and "?" mix.
static uint32_t sign_end(const Cutter *c, uint32_t at) {
  static const char runs[] = ".-=*_~#+`'<>!?|$/\\";
  unsigned char b = byte_at(c, at);
  uint32_t to = at + 1;
  if (b == '\'' || b == '`')
    return byte_at(c, to) == b ? to + 1 : to;
  if (b == '<' || b == '>')
    return byte_at(c, to) == b ? to + 1 : to;
  if (b == '!' || b == '?') {
    while (byte_at(c, to) == '!' || byte_at(c, to) == '?')
      to++;
    return to;
  }
  if (b < 0x80 && memchr(runs, b, sizeof runs - 1))
    while (byte_at(c, to) == b)
      to++;
  return to;
}

// At an apostrophe that does not stand inside a word: 's and n't behind a sign,
// the possessive of a plural, '90s, or a quotation mark.
static uint32_t apostrophe(Cutter *c, uint32_t begin, uint32_t at, uint32_t size) {
  uint32_t after = at + size;
  const Token *before = c->doc->tokens.count ? array_last(&c->doc->tokens) : NULL;
  bool touches = at > begin && before && before->span.end == at;
  if (byte_at(c, at) == '\'' && byte_at(c, after) == '\'') {
    push(c, at, after + 1, false);
    return after + 1;
  }
  uint32_t to = after;
  while (is_alpha(byte_at(c, to)))
    to++;
  Str letters = piece(c, after, to);
  uint32_t next_size;
  Class next = class_at(c, to, &next_size);
  bool ends = next != LETTER && next != DIGIT;
  static const char *const tails[] = {"s", "re", "ve", "ll", "d", "m", "t"};
  static const char *const words[] = {"em", "cause", "til", "till", "n", "bout", "round", "em."};
  if (letters.len && ends && (ONE_OF(letters, tails) || (!touches && ONE_OF(letters, words)))) {
    unsigned char last = at ? (unsigned char)c->text.at[at - 1] : 0;
    bool word = touches && (is_alpha(last) || is_digit(last) || last == '.' || last >= 0x80);
    push(c, at, to, word && letters.len < 3);
    return to;
  }
  if (!touches && is_digit(byte_at(c, after))) {
    to = after + digits_from(c, after);
    if (byte_at(c, to) == 's')
      to++;
    push(c, at, to, false); // '90s
    return to;
  }
  bool plural = touches && (byte_at(c, at - 1) | 32) == 's' &&
                before->span.end - before->span.begin > 2;
  if (plural && !(c->quoted && (after == c->end || !is_alpha(byte_at(c, after))))) {
    push(c, at, after, true);
    return after;
  }
  c->quoted = !touches && letters.len;
  push(c, at, after, false);
  return after;
}

// ---- chunks

static void cut_chunk(Cutter *c, uint32_t begin, bool odd) {
  uint32_t at = begin;
  while (at < c->end) {
    uint32_t size, to;
    Class k = class_at(c, at, &size);
    if (odd && (k == LETTER || k == DIGIT)) {
      to = address_end(c, at);
      if (to > at && is_address(c, at, to)) {
        push(c, at, to, false);
        at = to;
        continue;
      }
    }
    if (odd && at == begin && (to = smiley_from(c, at))) {
      push(c, at, at + to, false);
      at += to;
      continue;
    }
    switch (k) {
    case LETTER:
      to = word_end(c, at);
      push_word(c, at, to);
      break;
    case DIGIT:
      to = number_end(c, at);
      push(c, at, to, false);
      break;
    case APOSTROPHE:
      to = apostrophe(c, begin, at, size);
      break;
    case PERIOD:
      if (is_digit(byte_at(c, at + 1)) && (at == begin || !is_digit(byte_at(c, at - 1)))) {
        to = number_end(c, at + 1); // .04
        push(c, at, to, false);
        break;
      }
      to = sign_end(c, at);
      push(c, at, to, false);
      break;
    default:
      if (byte_at(c, at) == '+' && at == begin && is_digit(byte_at(c, at + 1)))
        to = number_end(c, at + 1); // +44
      else
        to = size == 1 ? sign_end(c, at) : at + size;
      push(c, at, to, false);
    }
    at = to;
  }
}

void split_tokens(BedeDoc *doc, const Words *words, uint32_t begin, uint32_t end) {
  Cutter c = {.doc = doc, .words = words, .text = {doc->text.at, end}};
  uint32_t at = begin, size;
  while (at < end) {
    if ((size = split_blank(c.text, at))) {
      if (c.text.at[at] == '\n')
        c.quoted = false;
      at += size;
      continue;
    }
    // The chunk, and whether it may hold an address or a smiley.
    uint32_t to = at;
    bool odd = false, dot = false;
    while (to < end) {
      unsigned char b = (unsigned char)c.text.at[to];
      if (b <= ' ' || b >= 0x7F) {
        if (split_blank(c.text, to))
          break;
      } else if (b < 'A') {
        odd |= b == ':' || b == '/' || b == '=' || b == ';' || b == '<' || (dot && b != '.');
        dot = b == '.';
      } else {
        odd |= b == '@' || b == '^' || dot || b == 'X';
        dot = false;
      }
      to++;
    }
    c.end = to;
    uint32_t first = doc->tokens.count;
    cut_chunk(&c, at, odd);
    if (doc->tokens.count > first)
      array_last(&doc->tokens)->space = 1;
    at = to;
  }
}
