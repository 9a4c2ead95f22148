// event.h - mentions and trees to events: who did what to whom, who says so.
//
// The codebook's clauses were compiled to patterns over normalised structure
// (frame.h); here they are matched, operators applied, actors, times, places
// and figures attached, and repeats within the document dropped.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"

// Fills doc->events, ordered by place in the text. explain: where it is not
// NULL, every candidate is written there with the reason why it was kept or
// rejected.
void code_events(BedeDoc *doc, const BedeModel *model, Out *explain);
