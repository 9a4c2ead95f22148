// split.h - document text to sentences and tokens.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"

// Fills doc->sentences and doc->tokens. Sentences are in order, do not
// overlap, are never empty, begin and end at non-space bytes, and never cross
// an empty line. Tokens are the words of Universal Dependencies as the English
// treebanks have them: "don't" is two, the second marked as glued; hyphens
// part words ("China-Russia" is three). The dateline (doc->frame.dateline) is
// a sentence of its own.
void split_sentences(BedeDoc *doc, const BedeModel *model);
