// expect.h - what a case or an example of the codebook says an event must be.
//
//   NOR -> ERI   COOPERATE   planned   "reopen ... embassy"   says "two officials"
//   KEN.GOV <-> UGA   CONSULT   on 2024-03
//   _ -> FRA   ACCUSE
//
// `<->` is mutual: either may be the source. `_` is an actor that is absent or
// has no code (`_.REB`: no code, but this sector); `CODE.SECTOR` also asks for
// the sector. Type and status may be left out: any type (the caller may set a
// default), and actual. "…" are words of the trigger, "..." among them standing for
// any words; `says` gives words of the speaker, `says _` that it is the agency;
// `on` the time, as precise as written. What is not written is not asked for.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"

typedef struct Expect Expect;
struct Expect {
  Str source, source_sector, target, target_sector; // code "" for _; sector "": any
  Str trigger, speaker;                             // "" is not asked for
  bool mutual, has_type, narrated;                  // narrated: `says _`
  EventType type;
  EventStatus status;
  Day begin, end; // year 0: not asked for
};

// The strings of *out point into the line.
bool expect_parse(Str line, Expect *out, BedeError *err);
bool expect_match(const Expect *expect, const BedeDoc *doc, const Event *event);
// An event as a line that expect_match accepts.
void expect_print(Out *out, const BedeDoc *doc, const Event *event);
