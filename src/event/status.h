// status.h - whether an act happened: planned, negated, asked for, or done.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "event/match.h"

// What the words around the predicate say of it: auxiliaries, negation, "to",
// conditions, and, for nouns, the preposition before them ("before talks").
// reason (may be NULL) is set to what decided, a static string.
EventStatus own_status(Tree *tree, uint32_t anchor, const char **reason);
// The status of [E] under an operator: inner is its own, outer what the
// operator's clause gives, op the operator's own status (an operator that is
// itself negated: "did not refuse to").
EventStatus compose_status(EventStatus inner, EventStatus outer, EventStatus op);
// The sentence or clause asks ("Will Norway …?"): nothing is claimed.
bool is_question(const Tree *tree, uint32_t anchor);
