// search.c - words to rows. A word's rows are a chain of blocks while they come
// in; at the end the words are sorted, so that all that begin alike are a run.
// SPDX-License-Identifier: Apache-2.0
#include "store/search.h"
#include <stdlib.h>

typedef struct Word Word;
struct Word {
  Str text;
  uint32_t *rows; // as they came; one may stand twice in a row
  uint32_t count, room;
};

struct WordIndex {
  Arena arena;
  Word *words;
  uint32_t count, room;
  uint32_t *slots; // indexes of words + 1
  uint32_t slot_count;
};

enum { LONGEST = 64 }; // bytes of a word that count

WordIndex *search_new(void) {
  WordIndex *index = calloc(1, sizeof *index);
  if (!index)
    out_of_memory();
  return index;
}

void search_free(WordIndex *index) {
  if (!index)
    return;
  for (uint32_t i = 0; i < index->count; i++)
    free(index->words[i].rows);
  free(index->words);
  free(index->slots);
  arena_free(&index->arena);
  free(index);
}

static bool in_word(char c) {
  return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z');
}

// The next word, in small letters; false at the end.
static bool next_word(Str *rest, char out[LONGEST], size_t *len) {
  while (rest->len && !in_word(rest->at[0]))
    rest->at++, rest->len--;
  for (*len = 0; rest->len && in_word(rest->at[0]); rest->at++, rest->len--) {
    char c = rest->at[0];
    if (*len < LONGEST)
      out[(*len)++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  return *len > 0;
}

static void *grown(void *old, size_t count, size_t size) {
  void *at = realloc(old, count * size);
  if (!at)
    out_of_memory();
  return at;
}

static void rehash(WordIndex *index) {
  free(index->slots);
  index->slot_count = index->slot_count ? 2 * index->slot_count : 4096;
  index->slots = calloc(index->slot_count, sizeof *index->slots);
  if (!index->slots)
    out_of_memory();
  for (uint32_t i = 0; i < index->count; i++) {
    uint64_t at = hash_str(index->words[i].text) & (index->slot_count - 1);
    while (index->slots[at])
      at = (at + 1) & (index->slot_count - 1);
    index->slots[at] = i + 1;
  }
}

static Word *word_of(WordIndex *index, Str text) {
  if (2 * index->count >= index->slot_count)
    rehash(index);
  uint64_t at = hash_str(text) & (index->slot_count - 1);
  for (; index->slots[at]; at = (at + 1) & (index->slot_count - 1))
    if (str_equal(index->words[index->slots[at] - 1].text, text))
      return &index->words[index->slots[at] - 1];
  if (index->count == index->room) {
    index->room = index->room ? 2 * index->room : 1024;
    index->words = grown(index->words, index->room, sizeof *index->words);
  }
  index->words[index->count] = (Word){.text = arena_str(&index->arena, text)};
  index->slots[at] = index->count + 1;
  return &index->words[index->count++];
}

void search_add(WordIndex *index, uint32_t row, Str text) {
  char word[LONGEST];
  size_t len;
  while (next_word(&text, word, &len)) {
    Word *w = word_of(index, (Str){word, len});
    if (w->count && w->rows[w->count - 1] == row)
      continue;
    if (w->count == w->room) {
      w->room = w->room ? w->room + w->room / 2 + 1 : 2;
      w->rows = grown(w->rows, w->room, sizeof *w->rows);
    }
    w->rows[w->count++] = row;
  }
}

static int by_text(const void *a, const void *b) {
  return str_compare(((const Word *)a)->text, ((const Word *)b)->text);
}

void search_finish(WordIndex *index) {
  if (index->count)
    qsort(index->words, index->count, sizeof *index->words, by_text);
  free(index->slots); // they point at where the words were
  index->slots = NULL;
}

// The first word that is not before the text.
static uint32_t first_word(const WordIndex *index, Str text) {
  uint32_t low = 0, high = index->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (str_compare(index->words[middle].text, text) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

uint8_t *search_find(const WordIndex *index, const char *words, uint32_t rows, Arena *arena) {
  uint8_t *found = arena_alloc(arena, rows + 1u);
  Str rest = str_of(words);
  char word[LONGEST];
  size_t len;
  uint8_t asked = 0; // how many words so far; 200 are enough
  memset(found, 0, rows);
  while (asked < 200 && next_word(&rest, word, &len)) {
    Str text = {word, len};
    for (uint32_t i = first_word(index, text);
         i < index->count && str_starts(index->words[i].text, text); i++)
      for (uint32_t k = 0; k < index->words[i].count; k++)
        if (found[index->words[i].rows[k]] == asked)
          found[index->words[i].rows[k]] = (uint8_t)(asked + 1);
    asked++;
  }
  for (uint32_t i = 0; i < rows; i++)
    found[i] = found[i] == asked;
  return found;
}
