// codebook.h - the clauses of data/en/codebook/ to patterns.
//
// A clause is parsed five times, with a state, offices, a body and a person in
// its places; the pattern that most give, two at the least, counts. Clauses
// without one are left out, with a warning that shows the trees; `data check`
// makes it an error. Examples are kept apart for `data check`.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/model.h"

typedef struct Example Example; // a sentence with the coding it must give
struct Example {
  Str file;
  uint32_t line;   // of the sentence
  uint32_t entry;  // number of its entry
  bool counter;    // "-": the entry must give nothing here
  bool own;        // of a file that a user brought
  Str text;
  Array(Str) expected;        // "NOR <-> CHL", each a line
  Array(uint32_t) expected_lines;
};

typedef struct Entry Entry; // a block of clauses with their attributes
struct Entry {
  Str file;                   // "consult"
  uint8_t type;               // EventType, or EVENT_TYPES
  uint8_t e_status;           // of [E]; STATUS_COUNT: not stated
  uint16_t flags;             // PATTERN_…
  Str own_type;               // a kind of that type that a user named; "" else
  Str cameo, mode, context;   // as stated
  uint32_t line;              // of its first clause
  Array(Str) clauses;
  Array(uint32_t) patterns;   // numbers of the patterns made from it
};

typedef struct WordClass WordClass; // "{talks}"
struct WordClass {
  Str name;
  Array(Str) words;
};

typedef struct CodebookSource CodebookSource;
struct CodebookSource {
  Arena arena;
  Array(WordClass) classes;
  Array(Entry) entries;
  Array(Example) examples;
  Array(Str) warnings; // "file:line: …": clauses that gave no certain pattern
};

// Compiles the folder's codebook into the writer's sections. model: words,
// network and actors are there, the codebook is not. source, patterns (text
// of all patterns) may be NULL.
BedeStatus codebook_compile(const char *folder, const Own *own, const BedeModel *model,
                            ImageWriter *writer, CodebookSource *source,
                            Out *patterns, BedeError *err);
void codebook_source_free(CodebookSource *source);
