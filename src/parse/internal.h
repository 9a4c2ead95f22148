// internal.h - what the files of parse/ share.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "parse/kernel.h"
#include "parse/parse.h"

enum { WORD_UNKNOWN = 1, WORD_ROOT = 2 }; // rows of words that training did not see, of the root
enum { PIECE_LIMIT = 256 }; // words parsed at once; longer sentences are cut

// The rows of the network's tables that stand for a word.
typedef struct Features Features;
struct Features {
  uint32_t word, affix[NETWORK_AFFIXES];
};

// Computes what train.py's feats() does, on bytes.
Features word_features(const Network *network, Str form);

// Numbers of one piece of a sentence, n words and the root before them:
// (n + 1) rows each. Bytes have 128 added.
typedef struct Scores Scores;
struct Scores {
  uint8_t *embedded;            // dim
  uint8_t *layer[2];            // 2 hidden, each
  int16_t *gates;               // 4 hidden
  int16_t *tag[LABELS_NAME + 1]; // labels, made wide (Layer.wide); in 1/256
  uint8_t *arc_dep;
  int16_t *arc_head, *arc_mid, *rel_dep, *rel_head;
  int32_t *arc;                 // n + 1: [dependent][head]
  int16_t *rel;                 // labels of one word, made wide
};

// Bytes of room for the scores of n words, and the scores in such room.
size_t scores_room(const Network *network, uint32_t n);
size_t scores_in(const Network *network, uint32_t n, char *room, Scores *scores);

// A piece of a sentence, to be scored.
typedef struct Piece Piece;
struct Piece {
  const Features *features;
  uint32_t first, count; // words
  Scores *scores;
};

// Runs the network over up to PIECES pieces. Nothing is allocated; the same
// numbers on every machine, with every kernel and whatever the other pieces.
enum { PIECES = 4 };
void encode(const Kernel *kernel, const Network *network, uint32_t count, const Piece *pieces);
// Scores of all labels for the arc from head to dependent, in scores->rel.
void score_labels(const Kernel *kernel, const Network *network, uint32_t dependent,
                  uint32_t head, Scores *scores);

// The best tree over scores[dependent * (n + 1) + head], |score| <= TREE_MOST,
// with one word at the root: heads[1 … n], 0 is the root. Scores of words as
// their own heads are not looked at. Ties go to the lower index. work: room
// for tree_work(n) bytes.
enum { TREE_MOST = 1 << 30 };
void best_tree(const int32_t *scores, uint32_t n, uint32_t *heads, void *work);
size_t tree_work(uint32_t n);

// Fills in the names of a piece.
void find_names(const BedeModel *model, BedeDoc *doc, const Piece *piece);

// The lemma that an edit script "case|cut|add" makes of a form.
Str apply_script(Out *out, Str form, const char *script);
// Names to one phrase, conjuncts to their coordination; trees stay trees.
void mend_trees(const BedeModel *model, BedeDoc *doc);

// The lemma of a form under its tag, kept in out: of the lists, or by the rules
// of inflection; guess where neither speaks.
Str mend_lemma(const BedeModel *model, Str form, Str guess, const char *xpos, Out *out);
