// parse.h - tokens to tags, lemmas, names and trees.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"

typedef struct Parser Parser; // the scratch memory of one thread
Parser *parser_new(const BedeModel *model);
void parser_free(Parser *parser);

// Fills upos, xpos, feats, lemma, head and deprel of every token, and
// doc->names. Each sentence gets one root and no circle, also one of
// thousands of words (those are parsed in pieces, hung together at the root).
void parse_document(Parser *parser, BedeDoc *doc);

// The treebank names of the network's own labels.
const char *xpos_name(const BedeModel *model, const Token *token);
const char *feats_name(const BedeModel *model, const Token *token);
