// predicate.h - predicates and their arguments, with syntax undone.
//
// A tree says where words hang; a frame says who does what. For each predicate
// (verb, adjective, noun) the frame lists arguments by role, and it is the
// same whether the clause is active or passive, main, relative or participial,
// infinitive or nominal:
//
//   "Norway imposed sanctions on Chile"        impose: SUBJ Norway, OBJ sanctions, PREP(on) Chile
//   "Chile was hit by sanctions that Norway imposed"    the same impose
//   "Norway wants to impose sanctions"          the same: control
//   "Norway's visit to Chile"                   visit: SUBJ Norway, PREP(to) Chile
//
// Both the codebook's clauses (when compiled) and the news are read through
// this one file, so that an entry is written once.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"

typedef enum Role {
  ROLE_SUBJ, // who does it; of nouns: possessive, country adjective, "by"
  ROLE_OBJ,  // whom it is done to; subject of a passive
  ROLE_PREP, // with its preposition; "gave T aid" is PREP(to) T
  ROLE_COMP, // a clause that fills a place: to-infinitive, that-clause, -ing
  ROLE_ADV,  // an adverb or a modal: "no longer", "must"
} Role;

typedef struct Arg Arg;
struct Arg {
  uint8_t role;      // Role
  uint8_t inherited; // 1: by control, coordination or support verb, not own
  uint8_t modifier;  // 1: adjective or compound of a noun
  uint32_t token;
  uint32_t prep;     // hash of the preposition in lower case ("in_front_of"); 0: none
};

typedef struct Predicate Predicate;
struct Predicate {
  uint32_t first, count; // in tree->args
  uint8_t state;         // 0 not built, 1 being built, 2 built
  uint8_t passive;
  uint8_t clausal; // 1: a verb or a word with copula or subject
};

typedef struct Tree Tree; // one sentence
struct Tree {
  BedeDoc *doc;
  const BedeModel *model;
  uint32_t first, count;  // tokens
  uint32_t *child;        // first child of each token, or NONE (token numbers)
  uint32_t *sibling;      // next child of the same head, or NONE
  Predicate *predicates;          // of each token
  Array(Arg) args;
};

// Memory comes from the document's arena.
Tree tree_of(BedeDoc *doc, const BedeModel *model, uint32_t sentence);
const Predicate *predicate_of(Tree *tree, uint32_t token);
static inline const Arg *predicate_arg(const Tree *tree, const Predicate *frame, uint32_t i) {
  return &tree->args.items[frame->first + i];
}

uint32_t prep_hash(Str words); // of a preposition as in Arg.prep
// The hash of the prepositions that stand before the word ("because of"), or 0.
uint32_t prep_of(const Tree *tree, uint32_t token);
// The child of token with this relation (subtypes apart), or NONE.
uint32_t child_with(const Tree *tree, uint32_t token, Deprel relation);
// The lemma of a predicate with its particle, "call_off", in lower case.
Str predicate_lemma(const Tree *tree, uint32_t token, char *buffer, size_t room);
bool is_xpos(const Tree *tree, uint32_t token, const char *tag);
// The participle that stands right behind "have" and is read as a modifier of its object.
bool is_had(const Tree *tree, uint32_t participle);
// ancestor is token or above it.
bool is_under(const Tree *tree, uint32_t token, uint32_t ancestor);
// What data/en/words/nouns.txt says of a noun: "place", "document", …
bool is_noun_of(const Tree *tree, uint32_t token, const char *kind);
