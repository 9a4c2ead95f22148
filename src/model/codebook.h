// codebook.h - the compiled codebook: patterns over predicate-argument
// structure, made from the clauses of data/en/codebook/ (compile/codebook.c).
//
// A pattern is an anchor (the word that carries the meaning) and items, each
// the filler of a role of the anchor or of an item before it:
//
//   "S imposes {sanctions} on T"
//      anchor impose/v    item 1 WORD {sanctions} OBJ    of the anchor
//                         item 2 S                SUBJ   of the anchor
//                         item 3 T                PREP on of either
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/phrase.h"

typedef enum Filler {
  FILL_WORD,  // a word of a class
  FILL_ANY,   // "something": a noun that is no actor
  FILL_S, FILL_T,
  FILL_SAME,  // S again: "S says that S will …"
  FILL_EVENT, // [E], a verb
  FILL_NOUN,  // [N], a noun
} Filler;

enum { PATTERN_ITEMS = 8, ITEM_PREPS = 4 };

typedef struct PatternItem PatternItem;
struct PatternItem {
  uint8_t filler; // Filler
  uint8_t role;   // Role of event/predicate.h
  uint8_t parent; // 0 the anchor, k item k - 1
  uint8_t infinitive; // [E] stands with "to": no that-clause fits
  uint32_t preps[ITEM_PREPS]; // any of these; 0 ends the list
  uint32_t class_number;      // FILL_WORD
};

#define PATTERN_FLAGS_MAP(X)                                                   \
  X(MUTUAL, 1) X(QUIET, 2) X(NOT, 4) X(NEEDS_T, 8) X(NEEDS_S, 16)              \
  X(BETWEEN, 32)  /* S stands for "S and T" */                                 \
  X(NOMINAL, 64)  /* made from a verb's clause for its noun */                 \
  X(HAS_STATUS, 128) /* says what becomes of [E] */                            \
  X(PASSIVE, 256)    /* the clause is a passive: "S is said to [E]" */         \
  X(IMPLIED, 512)    /* its parties may be the two sides spoken of before */ \
  X(OWN, 1024)       /* of a user's file: before all others */

enum {
#define X(name, bit) PATTERN_##name = bit,
  PATTERN_FLAGS_MAP(X)
#undef X
};

typedef struct Pattern Pattern;
struct Pattern {
  uint32_t anchor_class;
  char pos;          // 'v' verb, 'n' noun, 'a' anything else
  uint8_t type;      // EventType; EVENT_TYPES for operators
  uint16_t flags;
  uint8_t e_status;  // EventStatus of [E]
  uint8_t reserved;
  uint16_t e_types;  // a bit for each EventType that [E] may have; 0: any
  uint32_t first, count; // items
  float goldstein;
  uint32_t line;         // in file
  Name32 file, clause, rule, cameo, mode, context;
};

typedef struct PatternList PatternList; // patterns of one anchor lemma
struct PatternList {
  uint32_t first, count; // in codebook.order
};

typedef struct Codebook Codebook;
struct Codebook {
  const Image *image;
  const Pattern *patterns;
  const PatternItem *items;
  const PatternList *lists;
  const uint32_t *order; // pattern numbers, the most specific first
  uint32_t pattern_count, item_count, list_count, order_count;
  Phrases anchors; // lemma -> number of a list
  Phrases classes; // class number, lemma -> 1
};

uint64_t class_key(uint32_t class_number);
bool codebook_in_class(const Codebook *codebook, uint32_t class_number, Str lemma);
// The patterns whose anchor has this lemma; NULL where there are none.
const PatternList *codebook_list(const Codebook *codebook, Str lemma);
BedeStatus codebook_open(const Image *image, Codebook *out, BedeError *err);
