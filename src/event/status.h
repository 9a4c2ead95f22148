// status.h - whether an act happened: planned, negated, asked for, or done.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "event/match.h"

// What the words around the predicate say of it: auxiliaries, negation, "to",
// conditions, and, for nouns, the preposition before them ("before talks").
// reason (may be NULL) is set to what decided, a static string.
EventStatus own_status(Tree *tree, uint32_t anchor, const char **reason);
// The status of [E] under an operator anchored at token: inner is its own,
// outer what the operator's clause gives; the operator itself may be negated
// or lie ahead ("did not refuse to", "will fail to").
EventStatus compose_status(Tree *tree, EventStatus inner, EventStatus outer, uint32_t anchor);
// The infinitive is only what another act is meant to bring about.
bool is_mere_purpose(Tree *tree, uint32_t anchor);
// The sentence or clause asks ("Will Norway …?"): nothing is claimed.
bool is_question(const Tree *tree, uint32_t anchor);
