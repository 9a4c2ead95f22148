// internal.h - what the files of parse/ share.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "parse/parse.h"

enum { WORD_UNKNOWN = 1 };   // the row of words that training did not see
enum { PIECE_LIMIT = 256 }; // words parsed at once; longer sentences are cut

// The rows of the network's tables that stand for a word.
typedef struct Features Features;
struct Features {
  uint32_t word, affix[NETWORK_AFFIXES];
};

// Computes what train.py's feats() does, on bytes.
Features word_features(const Network *network, Str form);

// Numbers of one piece of a sentence, n words and the root before them.
// All rows are padded to the sizes of the network.
typedef struct Scores Scores;
struct Scores {
  float *embedded;   // (n + 1) x dim
  float *layer[2];   // (n + 1) x 2 hidden, each
  float *gates;      // (n + 1) x 4 hidden
  float *tag[LABELS_NAME + 1]; // (n + 1) x labels
  float *arc_dep, *arc_head, *arc_mid, *rel_dep, *rel_head; // (n + 1) x size
  float *arc;        // (n + 1) x (n + 1), [dependent][head]
  float *rel;        // labels of one word
};

// Runs the network over n words. Nothing is allocated; sums are taken in one
// fixed order, so that the result is the same on every machine.
void encode(const Network *network, const Features *features, uint32_t n, Scores *scores);
// Scores of all labels for the arc from head to dependent, in scores->rel.
void score_labels(const Network *network, uint32_t dependent, uint32_t head, Scores *scores);

// The best tree over scores[dependent * (n + 1) + head] with one word at the
// root: heads[1 … n], 0 is the root. Ties go to the lower index. work: room
// for tree_work(n) bytes.
void best_tree(const float *scores, uint32_t n, uint32_t *heads, void *work);
size_t tree_work(uint32_t n);

// The lemma that an edit script "case|cut|add" makes of a form.
Str apply_script(Out *out, Str form, const char *script);
// Names to one phrase, conjuncts to their coordination; trees stay trees.
void mend_trees(BedeDoc *doc);

// guess, or the lemma of a verb's form (xpos VBD, VBN, VBG, VBZ) where the
// guess is no word; kept in out.
Str mend_lemma(const BedeModel *model, Str form, Str guess, const char *xpos, Out *out);
