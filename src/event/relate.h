// relate.h - the relation between two marked actors of a text.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"

// doc: with its mentions (find_mentions), without events; it is changed: the
// two spans become its actors "source" and "target". An empty span stands for
// a mark that is missing. *found: a clause relates the two, or else one names
// at least one of them; without, the type of the nearest clause, or CONSULT,
// is the answer (never with codebook_only).
EventType relate_pair(BedeDoc *doc, Span source, Span target, const BedeModel *model,
                      bool codebook_only, bool *found);
