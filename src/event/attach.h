// attach.h - who says so, when, where, how much: by the tree, not by nearness.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "event/match.h"

// accuser: the source of an accusation that the event is the content of, or NONE.
// narrated[token - tree->first]: a cue that is an event itself ("announced"):
// who says what it announces is who tells of it, if anybody does.
void attach_speaker(Tree *tree, Event *event, uint32_t accuser, const uint32_t *narrated);
// "On behalf of the government": those spoken for.
void attach_behalf(Cast *cast, Event *event);
// match_of[token - tree->first] is NONE where no event is anchored: a time that hangs on another
// event's predicate is not this one's.
void attach_time(Tree *tree, const Match *match, Event *event, const uint32_t *match_of);
void attach_places(Tree *tree, const Match *match, Event *event);
void attach_figures(Tree *tree, const Match *match, Event *event);
void attach_pledge(Tree *tree, const Match *match, Event *event);
// Facts that follow: "the 75th anniversary of …" tells about when it began.
void attach_derived(Tree *tree, const Match *match, Event *event);
