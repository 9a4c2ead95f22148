// relate.h - the relation between two marked actors of a text.
//
// The codebook answers where a clause of it holds between the two. A text
// about one pair may tell of an act under a plan, a refusal or a demand; the
// relation is then what is done by saying so, as PLOVER has it: a planned visit
// is AGREE, a planned raid THREATEN, an aid refused REJECT. And the answer is
// the root that PLOVER gives the clause's CAMEO code: a treaty signed (057) is
// SUPPORT there.
// Where no clause holds between the two, the small model of learned.h decides;
// where one does, it stands unless the model is far surer of something else.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "event/learned.h"

typedef enum RelationBasis {
  RELATION_NOTHING, // no clause at all
  RELATION_FAR,     // the nearest clause, which names neither
  RELATION_ONE,     // a clause that names one of the two
  RELATION_PAIR,    // a clause between exactly the two
} RelationBasis;

typedef struct Relation Relation;
struct Relation {
  uint8_t type;      // EventType
  uint8_t basis;     // RelationBasis: what the codebook found
  uint8_t clause;    // EventType that the clause alone gives, from RELATION_FAR
  bool learned;      // the type is the learned model's
  Features features; // what the model sees; empty without any mark
};

// doc: with its mentions (find_mentions), without events; it is changed: the
// two spans become its actors "source" and "target". An empty span stands for
// a mark that is missing. why: gets the reasons, a line; may be NULL.
Relation relate_pair(BedeDoc *doc, Span source, Span target, const BedeModel *model, Out *why);
