// sign.c - what a text is about, in few numbers: its rare words, and a sketch
// that tells copies.
// SPDX-License-Identifier: Apache-2.0
#include "record/record.h"
#include <math.h>
#include <stdlib.h>

// A word rarer than the list's rarest, and one so common that it says nothing;
// chosen on stories.ecbplus-read.
static const double rarest = 5.8, common = 3.0;

typedef struct Heavy Heavy; // a word while the sign is made
struct Heavy {
  uint32_t word, times;
  double weight;
};

static int by_word(const void *a, const void *b) {
  uint32_t x = ((const Heavy *)a)->word, y = ((const Heavy *)b)->word;
  return (x > y) - (x < y);
}

static int by_weight(const void *a, const void *b) {
  const Heavy *x = a, *y = b;
  if (x->weight != y->weight)
    return x->weight < y->weight ? 1 : -1;
  return by_word(a, b);
}

static double rarity(const BedeModel *model, Str word) {
  const char *value = !model ? NULL : words_find(&model->words, WORDS_RARITY, word);
  if (!value || !(value[0] >= '0' && value[0] <= '9') || value[1] != '.')
    return rarest;
  return MIN(rarest, value[0] - '0' + (value[2] - '0') / 10.0);
}

// Nouns, names, verbs, adjectives and numbers speak of the matter.
static bool counts(const BedeDoc *doc, const Token *t, Str lemma) {
  if (t->upos != UPOS_NOUN && t->upos != UPOS_PROPN && t->upos != UPOS_VERB &&
      t->upos != UPOS_ADJ && t->upos != UPOS_NUM)
    return false;
  (void)doc;
  for (size_t i = 0; i < lemma.len; i++) {
    char c = lemma.at[i];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c < 0)
      return lemma.len > 1;
  }
  return false;
}

static Str lower_lemma(const BedeDoc *doc, uint32_t token, char *room, size_t size) {
  Str lemma = str_of(doc_string(doc, doc->tokens.items[token].lemma));
  if (!lemma.len)
    lemma = doc_word(doc, token);
  lemma.len = MIN(lemma.len, size);
  for (size_t i = 0; i < lemma.len; i++)
    room[i] = lemma.at[i] >= 'A' && lemma.at[i] <= 'Z' ? (char)(lemma.at[i] + 32) : lemma.at[i];
  return (Str){room, lemma.len};
}

// Equal words become one with their number of times.
static uint32_t gather(Heavy *words, uint32_t count) {
  uint32_t kept = 0;
  qsort(words, count, sizeof *words, by_word);
  for (uint32_t i = 0; i < count; i++) {
    if (kept && words[kept - 1].word == words[i].word)
      words[kept - 1].times++;
    else
      words[kept++] = words[i];
  }
  return kept;
}

Sign sign_make(const BedeModel *model, const BedeDoc *doc, uint32_t first, uint32_t count,
               uint32_t limit, Arena *arena) {
  enum { READ = 20000 }; // a longer text is told by its beginning
  Arena scratch = {0};
  count = MIN(count, READ);
  Heavy *words = arena_alloc(&scratch, (count + 1) * sizeof *words);
  uint32_t kept = 0;
  double squares = 0;
  for (uint32_t i = first; i < first + count; i++) {
    char room[64];
    Str lemma = lower_lemma(doc, i, room, sizeof room);
    if (!counts(doc, &doc->tokens.items[i], lemma))
      continue;
    double weight = rarity(model, lemma) - common;
    if (weight > 0)
      words[kept++] = (Heavy){(uint32_t)hash_str(lemma), 1, weight};
  }
  kept = gather(words, kept);
  for (uint32_t i = 0; i < kept; i++)
    words[i].weight *= 1 + log(words[i].times);
  qsort(words, kept, sizeof *words, by_weight);
  kept = MIN(kept, limit);
  for (uint32_t i = 0; i < kept; i++) {
    words[i].times = i < SIGN_TOP;
    squares += words[i].weight * words[i].weight;
  }
  qsort(words, kept, sizeof *words, by_word);
  SignWord *out = arena_alloc(arena, (kept + 1) * sizeof *out);
  for (uint32_t i = 0; i < kept; i++)
    out[i] = (SignWord){words[i].word, (uint16_t)(words[i].weight / sqrt(squares) * SIGN_ONE + 0.5),
                        (uint16_t)words[i].times};
  arena_free(&scratch);
  return (Sign){out, kept};
}

int32_t sign_alike(const Sign *a, const Sign *b) {
  uint64_t sum = 0;
  for (uint32_t i = 0, k = 0; i < a->count && k < b->count;) {
    const SignWord *x = &a->words[i], *y = &b->words[k];
    if (x->word == y->word)
      sum += (uint64_t)x->weight * y->weight;
    i += x->word <= y->word;
    k += y->word <= x->word;
  }
  return (int32_t)MIN(sum / SIGN_ONE, SIGN_ONE);
}

bool sign_meet(const Sign *a, const Sign *b) {
  int both = 0;
  for (uint32_t i = 0, k = 0; i < a->count && k < b->count && both < 2;) {
    const SignWord *x = &a->words[i], *y = &b->words[k];
    both += x->word == y->word && x->top && y->top;
    i += x->word <= y->word;
    k += y->word <= x->word;
  }
  return both >= 2;
}

// ---- copies

static int by_hash(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

uint32_t sketch_make(const BedeDoc *doc, uint32_t out[SKETCH]) {
  enum { RUN = 5 };
  Arena scratch = {0};
  uint32_t count = doc->tokens.count, hashes = 0, kept = 0;
  uint64_t *words = arena_alloc(&scratch, (count + 1) * sizeof *words);
  uint32_t *runs = arena_alloc(&scratch, (count + 1) * sizeof *runs);
  uint32_t plain = 0;
  for (uint32_t i = 0; i < count; i++)
    if (doc->tokens.items[i].upos != UPOS_PUNCT)
      words[plain++] = hash_str(doc_word(doc, i));
  for (uint32_t i = 0; i + RUN <= plain; i++)
    runs[hashes++] = (uint32_t)hash_bytes(words + i, RUN * sizeof *words, 0);
  qsort(runs, hashes, sizeof *runs, by_hash);
  for (uint32_t i = 0; i < hashes && kept < SKETCH; i++)
    if (!i || runs[i] != runs[i - 1])
      out[kept++] = runs[i];
  arena_free(&scratch);
  return kept;
}

// Of the least hashes of both together, how many are in both?
bool sketch_is_copy(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count) {
  uint32_t all = 0, both = 0;
  for (uint32_t i = 0, k = 0; all < SKETCH && i < a_count && k < b_count; all++) {
    uint32_t x = a[i], y = b[k];
    both += x == y;
    i += x <= y;
    k += y <= x;
  }
  return all >= 8 && 2 * both >= all;
}
