// expect.h - what a case or an example of the codebook says an event must be.
//
//   NOR -> ERI   COOPERATE   planned   "reopen ... embassy"   says "two officials"
//   KEN.GOV <-> UGA   CONSULT   on 2024-03
//   ? _ -> FRA   ACCUSE
//
// `?`: right if the event is there, and right if not. `<->` is mutual: either may be
// the source. `_` is an actor that is absent or has no code (`_.REB`: no code,
// but this sector); `CODE.SECTOR` also asks for the sector. Type and status may be
// left out: any type (the caller may set a default), and actual. What stands in
// quotation marks are words of the trigger, "..." or "…" among them any words;
// `says` gives words of the speaker, `says _` that it is the agency; `on` is the
// first day of the event, or all of its time where no day is written (`2024-03`,
// `2024/2025`). What is not written is not asked for.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"

typedef struct Expect Expect;
struct Expect {
  Str source, source_sector, target, target_sector; // code "" for _; sector "": any
  Str trigger, speaker;                             // "" is not asked for
  bool optional, mutual, has_type, narrated;        // narrated: `says _`
  EventType type;
  Str mode;                                        // "": any
  EventStatus status;
  Day begin, end; // year 0: not asked for
};

// The strings of *out point into the line.
bool expect_parse(Str line, Expect *out, BedeError *err);
bool expect_match(const Expect *expect, const BedeDoc *doc, const Event *event);
// An event as a line that expect_match accepts.
void expect_print(Out *out, const BedeDoc *doc, const Event *event);
// Pairs expectations with a document's events, one to one, as many as can be,
// those that are not optional first. event_of[i]: the event of expectation i, or
// NONE; expected[k]: event k belongs to an expectation.
void expect_pair(const Expect *expects, uint32_t count, const BedeDoc *doc, uint32_t *event_of,
                 bool *expected);
