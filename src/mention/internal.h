// internal.h - what the files of mention/ share.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "mention/mention.h"

// ---- numbers (number.c)

typedef struct Number Number;
struct Number {
  uint32_t count; // tokens, 0: no number here
  double value;
  bool digits;    // begins with digits
  bool spelled;   // has a number word
  bool scaled;    // has hundred, thousand, million …
  bool ordinal;   // "third", "21st"
  bool fraction;  // "half", "two thirds"
  bool article;   // begins with "a": "a hundred"
  bool vague;     // "dozens"
  char sign;      // '+' or '-' where its token begins with one
  Str suffix;     // letters written close to the digits: "km" of "5km"
};

// The longest number that begins at the token and ends before `end`.
Number number_at(const BedeDoc *doc, const BedeModel *model, uint32_t token,
                 uint32_t end);
// The number that a string of digits is, with commas and a point; what is left
// behind it in *rest. False where s does not begin with digits.
bool digits_value(Str s, double *value, Str *rest);

// ---- what all files ask of tokens

static inline const Token *token_at(const BedeDoc *doc, uint32_t token) {
  return &doc->tokens.items[token];
}
static inline uint32_t sentence_end(const BedeDoc *doc, uint32_t token) {
  const Sentence *s = &doc->sentences.items[token_at(doc, token)->sentence];
  return s->first + s->count;
}
static inline bool has_tree(const BedeDoc *doc) {
  return doc->tokens.count && doc->tokens.items[0].upos != UPOS_NO_UPOS;
}
static inline bool is_capital(const BedeDoc *doc, uint32_t token) {
  char c = doc->text.at[token_at(doc, token)->span.begin];
  return c >= 'A' && c <= 'Z';
}
// No white space between the token and the next.
static inline bool is_close(const BedeDoc *doc, uint32_t token) {
  return token + 1 < doc->tokens.count &&
         token_at(doc, token)->span.end == token_at(doc, token + 1)->span.begin;
}
// A hyphen or dash that joins words.
bool is_hyphen(const BedeDoc *doc, uint32_t token);
// The verb (or predicate) of the token's clause, by the tree; NONE without one.
uint32_t clause_verb(const BedeDoc *doc, uint32_t token);
// A text may be one sentence of millions of words: no search goes further.
enum { REACH = 400 };
// The time expression that the token is part of, or NONE.
uint32_t time_at(const BedeDoc *doc, uint32_t token);
// First and last token of the subtree of a token, cut to what hangs together.
void subtree(const BedeDoc *doc, uint32_t token, uint32_t *first, uint32_t *last);

// ---- points of the calendar (point.c)

// A stretch of the calendar as TIMEX3 names it. The grain says which fields
// hold: 'Y' year, 'M' month, 'D' day, 'W' week and 'w' weekend (of the day
// given), 'Q' quarter n, 'H' half n, 'S' season n (1 SP 2 SU 3 FA 4 WI), 'E'
// the decade that year begins, 'C' the century that year begins, 0 nothing.
typedef struct Point Point;
struct Point {
  int32_t year; // 0: not known; negative: BC
  uint8_t month, day, n;
  char grain;
};

enum { POINT_VALUE = 40 };
// The TIMEX3 value: "2023", "1997-Q3", "1998-W02-WE", "199".
void point_value(Point point, char out[POINT_VALUE]);
// First and last day; {0} where it has none.
void point_days(Point point, Day *begin, Day *end);
Point point_of_day(Day day);
// n days, weeks, months, years (grain D W M Y) later; grain becomes that.
Point point_shift(Point point, char grain, int n);
Day easter(int year);
