// own.h - a user's own actors and clauses, beside those under data/en/.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

typedef struct Own Own; // paths; NULL and 0 where there are none
struct Own {
  const char *const *actors;    // dictionaries (own.c tells their forms apart)
  const char *const *codebooks; // entries as in data/en/codebook/
  size_t actor_count, codebook_count;
};

typedef enum OwnKind { OWN_STATE, OWN_ADJECTIVE, OWN_PEOPLE, OWN_CAPITAL, OWN_PERSON,
                       OWN_BODY, OWN_GROUP, OWN_SEAT, OWN_AGENT, OWN_KINDS } OwnKind;

typedef struct OwnRow OwnRow; // one name with one code, or a common noun
struct OwnRow {
  OwnKind kind;
  Str code, sector; // of an agent the sector alone
  Str name;         // canonical
  Str names;        // all names, parted by '|'
  Str from, to;     // dates as in data/en/actors, "" where open
  uint32_t line;
};

typedef Array(OwnRow) OwnRows;

// Reads a dictionary of one of these forms, told apart by content:
//   own      code TAB sector TAB name TAB aliases TAB kind TAB from TAB to
//   own      agent lines: "" TAB sector TAB nouns TAB "" TAB "agent"
//   TABARI, PETRARCH actors   NAME_ [CODE 900101-951231], +SYNONYM, [CODE >960101]
//   PETRARCH agents           NOUN {PLURAL} [~GOV], [MIL~]
//   the same as tables with the columns pattern, code, from, to
//                         or pattern, plural, code, side
// Strings are in the arena. Lines that code nobody ("---") are left out.
BedeStatus own_read(const char *path, Arena *arena, OwnRows *out, BedeError *err);
