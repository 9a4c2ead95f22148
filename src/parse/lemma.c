// lemma.c - the lemma of a word: the network's edit script, checked against
// the words it knows.
//
// An edit script is a guess for words that were not seen in training:
// "slammed" gives "slamm" or "slamme". The regular inflections of English are
// few, so the candidates they allow are tried, and the first that is a known
// word wins, unless another is far more frequent; irregular verbs come from data/en/words/irregular.txt.
// SPDX-License-Identifier: Apache-2.0
#include "parse/internal.h"

enum { LEMMA_BYTES = 48 };

static bool is_vowel(char c) { return c && strchr("aeiou", c); }

// How rare a known word is: its row, since rows are in the order of frequency,
// and less where other tables have it as a verb ("sever", not "severe");
// NONE: not known.
enum { RARE = 20000, VERB = 8 };
static uint32_t rank_of(const BedeModel *model, const char *word, size_t len) {
  uint64_t key = hash_bytes(word, len, 0);
  const Network *n = &model->network;
  uint32_t at = (uint32_t)key & n->word_mask, rank = NONE;
  for (uint32_t i = 0; i <= n->word_mask && n->words[at].key; i++, at = (at + 1) & n->word_mask)
    if (n->words[at].key == key)
      rank = n->words[at].row;
  bool verb = (model->codebook.anchors.slots && codebook_list(&model->codebook, (Str){word, len})) ||
              words_find(&model->words, WORDS_VERBS, (Str){word, len}); // no anchors while the codebook is compiled
  return verb ? MIN(rank, (uint32_t)RARE) / VERB : rank;
}

typedef struct Candidates Candidates;
struct Candidates {
  char words[4][LEMMA_BYTES];
  size_t lens[4];
  uint32_t count;
};

static void add(Candidates *c, const char *stem, size_t len, const char *ending) {
  size_t more = strlen(ending);
  memcpy(c->words[c->count], stem, len);
  memcpy(c->words[c->count] + len, ending, more);
  c->lens[c->count++] = len + more;
}

// What an ending leaves: "slamm", "blam", "carri", "visit".
static void stems(Candidates *c, const char *w, size_t len) {
  bool doubled = len > 2 && w[len - 1] == w[len - 2] && !is_vowel(w[len - 1]);
  if (len > 1 && w[len - 1] == 'i')
    add(c, w, len - 1, "y");
  // a silent e is likelier than none after v, c, z, u, one s or g, and after
  // a consonant behind one vowel
  bool likes_e = strchr("vczu", w[len - 1]) || (strchr("sg", w[len - 1]) && !doubled && w[len - 2] != 'n') ||
                 (len > 2 && !is_vowel(w[len - 1]) && is_vowel(w[len - 2]) && !is_vowel(w[len - 3]) &&
                  !strchr("wxyrnt", w[len - 1])) ||
                 (len > 3 && !memcmp(w + len - 2, "at", 2)) || (len > 3 && !memcmp(w + len - 2, "ur", 2));
  if (doubled && !strchr("sflz", w[len - 1]))
    add(c, w, len - 1, "");
  if (likes_e)
    add(c, w, len, "e");
  add(c, w, len, "");
  if (!likes_e && c->count < 4)
    add(c, w, len, "e");
  if (doubled && strchr("sflz", w[len - 1]) && c->count < 4)
    add(c, w, len - 1, "");
}

Str mend_lemma(const BedeModel *model, Str form, Str guess, const char *xpos, Out *out) {
  char low[LEMMA_BYTES];
  if (xpos[0] != 'V' || form.len < 3 || form.len + 2 > LEMMA_BYTES)
    return guess;
  for (size_t i = 0; i < form.len; i++)
    low[i] = form.at[i] >= 'A' && form.at[i] <= 'Z' ? (char)(form.at[i] + 32) : form.at[i];
  const char *irregular = words_find(&model->words, WORDS_IRREGULAR, (Str){low, form.len});
  if (irregular && !(strcmp(xpos, "VB") == 0 || strcmp(xpos, "VBP") == 0))
    return str_of(irregular);
  Candidates c = {.count = 0};
  size_t len = form.len;
  if (xpos[2] == 'D' || xpos[2] == 'N') {
    if (len < 4 || memcmp(low + len - 2, "ed", 2))
      return guess;
    stems(&c, low, len - 2);
  } else if (xpos[2] == 'G') {
    if (len < 5 || memcmp(low + len - 3, "ing", 3))
      return guess;
    stems(&c, low, len - 3);
  } else if (xpos[2] == 'Z') {
    if (low[len - 1] != 's' || low[len - 2] == 's')
      return guess;
    if (len > 4 && !memcmp(low + len - 3, "ies", 3))
      add(&c, low, len - 3, "y");
    if (low[len - 2] == 'e' && ((len > 4 && strchr("shxz", low[len - 3])) || low[len - 3] == 'o'))
      add(&c, low, len - 2, "");
    add(&c, low, len - 1, "");
  } else {
    return guess;
  }
  uint32_t choice = NONE, guessed = NONE, least = NONE;
  for (uint32_t i = 0; i < c.count; i++) {
    uint32_t rank = rank_of(model, c.words[i], c.lens[i]);
    if (rank != NONE && (choice == NONE || rank < least / 2))
      choice = i, least = rank;
    if (str_equal((Str){c.words[i], c.lens[i]}, guess))
      guessed = i;
  }
  if (guessed != NONE && (choice == NONE || guessed == choice || rank_of(model, guess.at, guess.len) / 2 <= least))
    return guess; // the network agrees with one that may be
  if (choice == NONE)
    choice = 0;
  out_reset(out);
  out_bytes(out, c.words[choice], c.lens[choice]);
  return (Str){out->at, out->len};
}
