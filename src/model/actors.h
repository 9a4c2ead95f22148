// actors.h - the tables of states, people, bodies, groups and roles.
//
// Made from data/en/actors/ (format: docs/DATA.md). A phrase of one or more
// words names a run of entries: "Georgia" may be a state and part of another,
// "Bush" two presidents. Which of them holds is a matter of the day and of the
// words around, so all are kept and the mention stage chooses.
//
//   phrases   words -> index of a name
//   names     name  -> run of entries
//   entries   one row of a table under one of its kinds of name
//   roles     lower-case nouns -> sector, kind
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/own.h"
#include "model/phrase.h"

typedef enum EntryKind {
  ENTRY_COUNTRY,   // "China"
  ENTRY_ADJECTIVE, // "Chinese"
  ENTRY_PEOPLE,    // "Russians"
  ENTRY_CAPITAL,   // "Beijing"
  ENTRY_PERSON,
  ENTRY_BODY,      // "United Nations"
  ENTRY_GROUP,     // parties, armed groups
  ENTRY_SEAT,      // "Kremlin"
  ENTRY_KINDS
} EntryKind;

typedef enum RoleKind { ROLE_PERSON, ROLE_PEOPLE, ROLE_BODY, ROLE_KINDS } RoleKind;

typedef struct ActorEntry ActorEntry;
struct ActorEntry {
  char code[12];
  char sector[4];
  char country[4];  // of a group, "" where it has none
  Name32 name;      // canonical
  Name32 role;      // of a person, "" where not told
  Day begin, end;   // full days; year 0: no limit
  uint32_t kind;    // EntryKind
  uint32_t of_state; // 1: the code is that of a state of the tables
};

typedef struct ActorName ActorName;
struct ActorName {
  uint32_t first, count; // run of entries
};

typedef struct ActorRole ActorRole;
struct ActorRole {
  char sector[4]; // "": only that of what it belongs to
  Name32 noun;
  uint32_t kind; // RoleKind
};

typedef struct ActorTable ActorTable;
struct ActorTable {
  const Image *image;
  Phrases phrases, role_phrases;
  const ActorName *names;
  const uint32_t *runs; // what the runs of names consist of: indexes of entries
  const ActorEntry *entries;
  const ActorRole *roles;
  uint32_t name_count, run_count, entry_count, role_count;
};

// own (may be NULL): a user's dictionaries; a name in them is theirs alone.
BedeStatus actors_build(const char *folder, const Own *own, ImageWriter *writer, BedeError *err);
BedeStatus actors_open(const Image *image, ActorTable *out, BedeError *err);

// ---- looking up; table and text go the same way

enum { ACTOR_WORDS = 24 }; // most words of a name

// The words of a name as the splitter parts them: at blanks; hyphens, commas,
// brackets and "'s" are words of their own; "U.S." stays whole. Returns their
// number, ACTOR_WORDS + 1 where there are more.
uint32_t actor_words(Str name, Str out[ACTOR_WORDS]);

// One word further in a phrase. Accents and forms of apostrophe and hyphen do
// not count ("Benítez" is "Benitez").
typedef enum WordForm {
  FORM_AS_IS,
  FORM_LOWER,
  FORM_TITLE, // first letter kept, the others lower: headlines' "LEBANON"
} WordForm;
uint64_t actor_step(uint64_t key, Str word, WordForm form);
// The form of a word that actor_step hashes as it is, for building tables.
void actor_fold(Out *out, Str word);

// Whether the entry holds on the day: 0 it does, -1 not yet, 1 no longer.
// Without a day (year 0) everything holds that has no end.
int entry_when(const ActorEntry *entry, Day day);
