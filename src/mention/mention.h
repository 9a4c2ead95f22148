// mention.h - who, when, where, how much, and who says so.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"

// All layers of this stage, in the order in which they need each other.
void find_mentions(BedeDoc *doc, const BedeModel *model);

// Fills doc->times: TIMEX3 spans and values, relative to doc->day.
void find_times(BedeDoc *doc, const BedeModel *model);
// Fills doc->figures.
void find_figures(BedeDoc *doc, const BedeModel *model);
// Fills doc->actors and the coreference between them: names, titles, common
// nouns, adjectives, pronouns, groups ("the two countries").
void find_actors(BedeDoc *doc, const BedeModel *model);
// Fills doc->places, and marks actors that are places here ("in Moscow").
void find_places(BedeDoc *doc, const BedeModel *model);
// Fills doc->speeches: direct, indirect and mixed, with their speakers.
void find_speech(BedeDoc *doc, const BedeModel *model);
// Gives "I", "we", "our country" in what is said the actor who says it.
void find_first_persons(BedeDoc *doc);

// The actor mention whose head is this token, or NONE.
uint32_t actor_at(const BedeDoc *doc, uint32_t token);
