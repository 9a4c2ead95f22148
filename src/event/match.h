// match.h - patterns of the codebook against the predicates of a sentence.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "event/predicate.h"

enum { SIDE_LIMIT = 8 };

typedef struct Side Side; // who fills S or T: mentions, groups opened
struct Side {
  uint32_t actors[SIDE_LIMIT];
  uint8_t bloc[SIDE_LIMIT]; // of each actor: equal and not 0 where they stand on one side ("the six powers")
  uint32_t count;
  uint8_t dug;    // 1: found inside the noun phrase, not at its head
  uint32_t token; // the argument, or NONE
};

typedef struct Match Match;
struct Match {
  const Pattern *pattern;
  uint32_t anchor;
  uint32_t tokens[PATTERN_ITEMS]; // of each item, NONE where it is left out
  uint32_t event;                 // token of [E] or [N], or NONE
  Side source, target;
  int32_t score;
  uint8_t by_order; // word order, not the tree
  uint8_t reciprocal; // the target is "each other"
  uint8_t blamed; // the target is who did the deed condemned, or nobody
};

// Mentions by their head token, for one sentence; NONE elsewhere.
typedef struct Cast Cast;
struct Cast {
  Tree *tree;
  uint32_t *actor_of; // [token - tree->first]
};
Cast cast_of(Tree *tree);

// The best pattern for a predicate; false where none fits. why: where not
// NULL, gets a line for each pattern that was tried in vain.
bool best_match(Cast *cast, uint32_t anchor, Match *out, Out *why);
// Adds the actors that the noun phrase at token stands for: its own, those
// joined to it by "and", or, if dig, those inside it ("the Norwegian plan").
void add_side(Cast *cast, uint32_t token, bool dig, Side *side);
// The same where the tree fails: words of the clause in their order, between
// the nearest actors.
bool order_match(Cast *cast, uint32_t anchor, Match *out);
