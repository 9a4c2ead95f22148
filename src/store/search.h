// search.h - which rows have which words: an index of words in memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

typedef struct WordIndex WordIndex;
WordIndex *search_new(void);
void search_free(WordIndex *index);
// The words of a row's sentence. Case is ignored for ASCII letters.
void search_add(WordIndex *index, uint32_t row, Str text);
// After the last search_add, before the first search_find.
void search_finish(WordIndex *index);
// One byte for each row: 1 where each of the words begins a word of the row.
uint8_t *search_find(const WordIndex *index, const char *words, uint32_t rows, Arena *arena);
