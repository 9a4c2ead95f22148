// phrase.h - which runs of words are in a table: names of actors, terms, cues.
//
// A phrase is the hash of its words; a run of tokens is looked up by hashing
// one word after the other. The table also knows every proper prefix, so a
// scan stops at the first word that leads nowhere.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/image.h"

#define PHRASE_PREFIX UINT32_MAX // the value of what only begins phrases

typedef struct PhraseSlot PhraseSlot;
struct PhraseSlot {
  uint64_t key;   // phrase_step over the words; 0: free
  uint32_t value; // or PHRASE_PREFIX
  uint32_t more;  // 1: longer phrases begin like this
};

typedef struct Phrases Phrases;
struct Phrases {
  const PhraseSlot *slots;
  uint32_t mask; // number of slots - 1
};

static inline uint64_t phrase_step(uint64_t key, Str word) {
  uint64_t h = hash_bytes(word.at, word.len, key);
  return h ? h : 1;
}

// The slot of a key, or NULL.
const PhraseSlot *phrase_at(const Phrases *phrases, uint64_t key);
BedeStatus phrases_open(const Image *image, const char *section, Phrases *out,
                        BedeError *err);

// ---- building

typedef struct PhraseBuilder PhraseBuilder;
PhraseBuilder *phrases_new(void);
// Words of a phrase in order; false where it has another value already (the
// first stays, *before tells its value).
bool phrases_add(PhraseBuilder *builder, const Str *words, uint32_t count,
                 uint32_t value, uint32_t *before);
// The value that a phrase has, or PHRASE_PREFIX.
uint32_t phrases_value(const PhraseBuilder *builder, const Str *words, uint32_t count);
void phrases_write(PhraseBuilder *builder, ImageWriter *writer,
                   const char *section);
void phrases_free(PhraseBuilder *builder);
