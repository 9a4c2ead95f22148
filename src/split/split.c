// split.c - tokens to sentences.
//
// A sentence ends where a paragraph does, and after a period, question mark,
// exclamation mark or ellipsis with the quotation marks and brackets that close
// behind it, unless what follows shows that it goes on: a period of an
// abbreviation ends a sentence only before a word that clearly begins one.
// A period within a number that an agency's line broke ("5. 5 billion"), or of
// a numbered item ("1. Wheat"), ends nothing.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "read/read.h"
#include "split/internal.h"

typedef enum Gap { ADJACENT, SPACE, LINE, PARAGRAPH } Gap;
typedef enum Start { LOWER, UPPER, NUMBER, SIGN } Start; // how a token begins

typedef struct Splitter Splitter;
struct Splitter {
  BedeDoc *doc;
  const Words *words;
  uint32_t first, count; // tokens in question: [first, count)
  bool wrapped;          // a single line end is a blank
};

static Str word(const Splitter *s, uint32_t token) { return doc_word(s->doc, token); }

static bool is_word(const Splitter *s, uint32_t token, const char *text) {
  return str_equal(word(s, token), str_of(text));
}

static bool one_of(Str w, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_equal(w, str_of(list[i])))
      return true;
  return false;
}
#define ONE_OF(w, list) one_of(w, list, COUNT(list))

static Start start_of(const Splitter *s, uint32_t token) {
  Str w = word(s, token);
  unsigned char b = (unsigned char)w.at[0];
  if (b < 0x80)
    return b >= 'a' && b <= 'z'   ? LOWER
           : b >= 'A' && b <= 'Z' ? UPPER
           : b >= '0' && b <= '9' ? NUMBER
                                  : SIGN;
  size_t at = 0;
  uint32_t code = utf8_next(w, &at);
  return !utf8_is_letter(code) ? SIGN : utf8_is_upper(code) ? UPPER : LOWER;
}

// What lies between a token and the next.
static Gap gap_after(const Splitter *s, uint32_t token) {
  if (!s->doc->tokens.items[token].space)
    return ADJACENT;
  uint32_t at = s->doc->tokens.items[token].span.end;
  uint32_t end = s->doc->tokens.items[token + 1].span.begin, lines = 0;
  for (; at < end; at++)
    lines += s->doc->text.at[at] == '\n';
  return lines == 0 ? SPACE : lines > 1 ? PARAGRAPH : s->wrapped ? SPACE : LINE;
}

static bool is_terminal(Str w) { // . ! ? … and runs of them
  unsigned char b = (unsigned char)w.at[0];
  return b == '!' || b == '?' || (b == '.' && w.at[w.len - 1] == '.') ||
         str_equal(w, STR("\u2026"));
}

static bool is_quote(Str w) {
  static const char *const quotes[] = {"\"", "''", "'", "\u201d", "\u2019", "\u00bb"};
  return ONE_OF(w, quotes);
}

static bool is_closer(Str w) {
  static const char *const brackets[] = {")", "]", "}"};
  return is_quote(w) || ONE_OF(w, brackets);
}

static bool is_smiley(Str w) { // :) ;-) =(
  return w.len > 1 && w.len < 5 && strchr(":;=", w.at[0]) && strchr("()DPp", w.at[w.len - 1]);
}

static bool is_opener(Str w) {
  static const char *const openers[] = {"\"", "``", "'", "`", "(", "[",
                                        "\u201c", "\u2018", "\u00ab", "*"};
  return ONE_OF(w, openers);
}

// Is the word of this kind in data/en/words/labels.txt?
static bool is_label(const Splitter *s, Str w, const char *kind) {
  return words_of_kind(s->words, WORDS_LABELS, w, kind);
}

// Words that begin a sentence when they have a capital behind an abbreviation:
// "in the U.S. The ban" but "the U.S. Senate".
static bool begins_sentence(const Splitter *s, uint32_t token) {
  if (token + 1 < s->count && !s->doc->tokens.items[token].space &&
      !s->doc->tokens.items[token + 1].glued)
    return false; // "A-10"
  return is_label(s, word(s, token), "starts");
}

// Does a word with a capital go on after "p.m.", as in "5 p.m. Monday"?
static bool is_of_clock(const Splitter *s, Str w) { return is_label(s, w, "clock"); }

// Does a word with a capital go on after "Inc.", as in "Orion Inc. Chairman"?
static bool is_of_firm(const Splitter *s, Str w) { return is_label(s, w, "firm"); }

// May the abbreviation, the last word before `begin`, be the end of a sentence?
static bool may_end(const Splitter *s, Abbreviation kind, uint32_t begin) {
  Str next = word(s, begin);
  Start start = start_of(s, begin);
  switch (kind) {
  case ABBR_TITLE:
  case ABBR_NUMBER: return false;
  case ABBR_DATE:
    return start == UPPER && split_abbreviation(s->words, next) != ABBR_DATE;
  case ABBR_CLOCK: // "5 p.m. Moscow time"
    return start == UPPER && !is_of_clock(s, next) &&
           !(begin + 1 < s->count && is_word(s, begin + 1, "time"));
  case ABBR_FIRM:
    return start == UPPER && !is_of_firm(s, next) && !is_word(s, begin - 1, "(") &&
           split_abbreviation(s->words, next) != ABBR_FIRM;
  default: return start == UPPER && begins_sentence(s, begin);
  }
}

// The first token at or after `token` that is no opening quotation mark.
static uint32_t past_openers(const Splitter *s, uint32_t token) {
  for (int i = 0; i < 3 && token + 1 < s->count && is_opener(word(s, token)); i++)
    token++;
  return token;
}

// Is the number before the period at `token` one with the number behind it,
// parted by a line's end at the agency: "5. 5 billion"?
static bool is_broken_number(const Splitter *s, uint32_t token, uint32_t sentence) {
  if (token < sentence + 2 || token + 2 >= s->count)
    return false;
  Str before = word(s, token - 1), after = word(s, token + 1);
  return start_of(s, token - 1) == NUMBER && before.len <= 3 &&
         start_of(s, token + 1) == NUMBER && after.len <= 3 &&
         (start_of(s, token + 2) == LOWER || is_word(s, token + 2, "%"));
}

// Does "1." or "a." stand at the head of a sentence, as the number of an item?
static bool is_item_number(const Splitter *s, uint32_t token, uint32_t sentence) {
  if (token != sentence + 1)
    return false;
  Str w = word(s, sentence);
  return (start_of(s, sentence) == NUMBER && w.len <= 2) ||
         (w.len == 1 && start_of(s, sentence) != SIGN);
}

static bool is_unit(const Splitter *s, Str w) { return is_label(s, w, "unit"); }

// Do these words go before a letter that is a label and no initial: "Sector C."?
static bool is_labelled(const Splitter *s, Str w) {
  return w.len && w.at[0] >= 'A' && w.at[0] <= 'Z' && is_label(s, w, "letter");
}

static bool is_saying(const Splitter *s, Str w) { return is_label(s, w, "saying"); }

// Does a sentence that began at token `sentence` end with the terminal `token`
// when `last` is the last of what closes behind it?
static bool ends_here(const Splitter *s, uint32_t sentence, uint32_t token,
                      uint32_t last) {
  Str t = word(s, token);
  uint32_t next = last + 1;
  Str n = word(s, next);
  bool touches = gap_after(s, last) == ADJACENT;
  bool quoted = last > token && is_quote(word(s, last));
  uint32_t begin = past_openers(s, next);
  Start start = start_of(s, begin);
  if (is_terminal(n) || str_equal(n, STR(",")) || str_equal(n, STR(";")) ||
      str_equal(n, STR(":")))
    return false;
  if (t.len > 1 && t.at[t.len - 1] == '.' && t.at[0] != '.') { // an abbreviation
    if (t.len == 2 && token > sentence && is_labelled(s, word(s, token - 1)))
      return start != LOWER;
    return !touches && may_end(s, split_abbreviation(s->words, t), begin);
  }
  if (t.at[0] == '.' && t.len == 1) {
    if (touches && last == token)
      return start == UPPER && token > sentence && word(s, token - 1).len > 1 &&
             start_of(s, token - 1) == LOWER;
    if (is_item_number(s, token, sentence) || is_broken_number(s, token, sentence))
      return false;
    if (start == LOWER && begin == next) {
      // "Govt. said": a short word with a capital may be an abbreviation;
      // "61.5. percent": a slip; ". . . and": an ellipsis
      Start before = token > sentence ? start_of(s, token - 1) : LOWER;
      bool brief = token > sentence && word(s, token - 1).len <= 4 && before == UPPER;
      bool dots = token > sentence && is_word(s, token - 1, ".");
      bool slip = before == NUMBER && is_unit(s, word(s, begin));
      return !quoted && !brief && !dots && !slip;
    }
    return true;
  }
  if (touches)
    return start == UPPER && last == token && t.at[0] != '.';
  if (t.at[0] == '!' || t.at[0] == '?') {
    if (start == LOWER && begin == next) // "Yahoo! said"
      return !quoted && token > sentence && start_of(s, token - 1) != UPPER;
    if (quoted) // "Why now?" Brandt asked.
      for (uint32_t i = next; i < next + 4 && i < s->count; i++)
        if (is_saying(s, word(s, i)))
          return false;
    return true;
  }
  return start != LOWER; // an ellipsis
}

// The last of the tokens that close behind the terminal `token`: quotation
// marks, brackets, further terminals, the number of a note: .[1]
static uint32_t closed(const Splitter *s, uint32_t token, bool open) {
  uint32_t last = token;
  while (last + 1 < s->count) {
    Str next = word(s, last + 1);
    Gap gap = gap_after(s, last);
    if (gap == ADJACENT && (is_closer(next) || is_terminal(next)))
      last++;
    else if (gap == SPACE && open && str_equal(next, STR("\"")) &&
             last + 2 < s->count && gap_after(s, last + 1) != ADJACENT)
      last++; // a closing quotation mark with blanks around it
    else if (gap <= SPACE && str_equal(next, STR("[")) && last + 3 < s->count &&
             start_of(s, last + 2) == NUMBER && is_word(s, last + 3, "]"))
      last += 3;
    else if (gap == SPACE && is_smiley(next))
      last++;
    else
      break;
    if (str_equal(next, STR("\"")))
      open = false;
  }
  return last;
}

// Does a line that ends with this token go on in the next one: "Oct.", "12"?
static bool goes_on(const Splitter *s, uint32_t token) {
  Abbreviation kind = split_abbreviation(s->words, word(s, token));
  return kind == ABBR_TITLE || kind == ABBR_NUMBER ||
         (kind == ABBR_DATE && start_of(s, token + 1) == NUMBER);
}

static void push_sentence(Splitter *s, uint32_t first, uint32_t last,
                          uint32_t paragraph) {
  BedeDoc *doc = s->doc;
  for (uint32_t i = first; i <= last; i++)
    doc->tokens.items[i].sentence = doc->sentences.count;
  array_push(&doc->arena, &doc->sentences,
             (Sentence){.span = doc_token_span(doc, first, last - first + 1),
                        .first = first,
                        .count = last - first + 1,
                        .paragraph = paragraph});
}

static void cut_sentences(Splitter *s, uint32_t *paragraph) {
  uint32_t begin = s->first;
  bool open = false; // a straight double quotation mark is
  for (uint32_t i = s->first; i < s->count; i++) {
    Str w = word(s, i);
    if (w.len == 1 && w.at[0] == '"')
      open = !open;
    bool ends = false, breaks = false;
    uint32_t last = i;
    unsigned char tail = (unsigned char)w.at[w.len - 1];
    if (tail == '.' || tail == '!' || tail == '?' || tail == 0xA6) {
      bool terminal = is_terminal(w) || (w.len > 1 && tail == '.');
      if (terminal) {
        last = closed(s, i, open);
        for (uint32_t k = i + 1; k <= last; k++)
          open ^= is_word(s, k, "\"");
        ends = last + 1 >= s->count || gap_after(s, last) < LINE
                   ? last + 1 < s->count && ends_here(s, begin, i, last)
                   : false;
        if (!ends && last > i) { // quotation marks are looked at again
          for (uint32_t k = i + 1; k <= last; k++)
            open ^= is_word(s, k, "\"");
          last = i;
        }
      }
    } else if (w.len > 1 && (tail == ')' || tail == '(') && i + 1 < s->count) {
      ends = start_of(s, i + 1) == UPPER; // a smiley
    }
    if (last + 1 == s->count)
      ends = breaks = true;
    else {
      Gap gap = gap_after(s, last);
      breaks = gap == PARAGRAPH ||
               (gap == LINE &&
                (ends || (start_of(s, last + 1) != LOWER && !goes_on(s, last))));
    }
    if (ends || breaks) {
      push_sentence(s, begin, last, *paragraph);
      begin = last + 1;
      *paragraph += breaks;
      if (breaks)
        open = false;
    }
    i = last;
  }
}

void split_sentences(BedeDoc *doc, const BedeModel *model) {
  uint32_t len = (uint32_t)doc->text.len, paragraph = 0;
  Span dateline = doc->frame.dateline;
  uint32_t from = MIN(dateline.begin, len), to = MIN(MAX(dateline.end, from), len);
  uint32_t cuts[] = {0, from, to, len};
  Splitter s = {.doc = doc, .words = &model->words};
  s.wrapped = read_is_wrapped(doc->text);
  for (int i = 0; i < 3; i++) {
    if (cuts[i] >= cuts[i + 1])
      continue;
    s.first = doc->tokens.count;
    split_tokens(doc, s.words, cuts[i], cuts[i + 1]);
    s.count = doc->tokens.count;
    if (s.first == s.count)
      continue;
    if (i == 1) { // the dateline is whole
      push_sentence(&s, s.first, s.count - 1, paragraph);
      uint32_t at = cuts[2], size;
      while (at < len && doc->text.at[at] != '\n' && (size = split_blank(doc->text, at)))
        at += size;
      paragraph += at < len && doc->text.at[at] == '\n';
    } else
      cut_sentences(&s, &paragraph);
  }
}
