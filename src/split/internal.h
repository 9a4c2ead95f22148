// internal.h - what the files of split/ share.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "split/split.h"

// Appends the tokens of text[begin, end) to doc->tokens: spans, space, glued.
void split_tokens(BedeDoc *doc, const Words *words, uint32_t begin, uint32_t end);

// What a word with its final period stands for in the list of abbreviations.
typedef enum Abbreviation {
  NO_ABBREVIATION,
  ABBR_TITLE,  // a name follows
  ABBR_NAME,   // may end a sentence, before a word that clearly begins one
  ABBR_FIRM,   // may, before a capital that begins no office
  ABBR_DATE,   // may, before a capital
  ABBR_CLOCK,  // may, before a capital that is no day or time zone
  ABBR_NUMBER, // only before a number
  ABBR_WORD    // may end a sentence; in any case of letters
} Abbreviation;

// word: with its final period. Letters parted by periods ("U.S.") and single
// capitals ("J.") are ABBR_NAME without an entry in the list.
Abbreviation split_abbreviation(const Words *words, Str word);

// White space of the text: ASCII control characters, and Unicode's blanks. The
// number of bytes at text.at[at], 0 where there is none.
uint32_t split_blank(Str text, uint32_t at);
