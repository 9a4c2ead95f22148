// learned.h - the small linear model that names the relation of a marked pair.
//
// A feature is a short name of something that stands in the sentence, its tree
// or what the codebook made of it; the model has a whole number for each
// feature and type, and the type with the greatest sum is the answer. What the
// features are:
//
//   p:LEMMA      on the tree's path between the two      k:LEMMA  where it turns
//   a:LEMMA      governs the path                        o:LEMMA  hangs on it
//   s.subj:LEMMA the source's place under a predicate    t.obj:LEMMA  the target's
//   v:LEMMA_LEMMA a word of the path and one on it       st:planned   its status
//   b:LEMMA      between the two in the text             w:LEMMA  in the sentence
//   2:A_B        neighbours; S and T stand for the two   sh: th:  the two's heads
//   e:ACCUSE.one what a clause of the codebook gave      order:ST who comes first
//
// The weights are made by train/relate.py from data/en/corpus and the
// codebook's examples, which sees the same features (`bede relate --features`).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"

typedef Array(Str) Features; // no name twice, none with a blank

// source and target: actors of doc, or NONE; not both NONE. doc has its events.
Features relation_features(BedeDoc *doc, const BedeModel *model, uint32_t source, uint32_t target);

typedef struct Guess Guess;
struct Guess {
  EventType type, second;
  int32_t sum, second_sum;
};

// The type with the greatest sum, of equals the first. favourite (EVENT_TYPES:
// none) begins with so much lead.
Guess relation_guess(const RelationModel *model, const Features *features, EventType favourite, int32_t lead);
// "ACCUSE 140 before REJECT 95 (p:blast +21, …)": the features that spoke for
// the type most.
void guess_tell(const RelationModel *model, const Features *features, const Guess *guess, Out *out);
