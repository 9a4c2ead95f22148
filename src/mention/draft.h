// draft.h - what the files of actors share: pieces and drafts.
//
//   tokens -> pieces   which words are names or role nouns       (pieces.c)
//   pieces -> drafts   which noun phrases are actors             (actors.c)
//   drafts -> actors   who stands for whom                       (coref.c)
//
// Nobody outside mention/ includes this.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "mention/mention.h"

// ---- pieces: names and role nouns, before anyone asks how they hang together

typedef enum PieceKind {
  PIECE_TABLE,  // a name of the actor table
  PIECE_ROLE,   // a common noun of roles.tsv
  PIECE_PERSON, // a person that the table does not know
  PIECE_ORG,    // a body that the table does not know
  PIECE_PLACE,  // a place that the table does not know
  PIECE_OTHER,  // a treaty, a war, a newspaper's title: no actor
} PieceKind;

typedef struct Piece Piece;
struct Piece {
  uint32_t first, count; // tokens
  uint32_t name;         // index into the table's names, or NONE
  uint32_t role;         // index into the table's roles, or NONE
  uint32_t full;         // a surname: the piece of the full name, or NONE
  uint8_t kind;          // PieceKind
  uint8_t kinds;         // bit of each EntryKind that the name has
};

typedef struct Pieces Pieces;
struct Pieces {
  Array(Piece) list;  // in order, without overlap
  uint32_t *of_token; // its piece, or NONE
};

#define KIND(kind) (1u << (kind))
enum {
  KINDS_STATE = KIND(ENTRY_COUNTRY) | KIND(ENTRY_ADJECTIVE) | KIND(ENTRY_PEOPLE) |
                KIND(ENTRY_CAPITAL),
  KINDS_BODY = KIND(ENTRY_BODY) | KIND(ENTRY_GROUP) | KIND(ENTRY_SEAT),
  KINDS_ALL = (1u << ENTRY_KINDS) - 1,
};

void find_pieces(const BedeDoc *doc, const BedeModel *model, Arena *arena,
                 Pieces *out);
// The entry of these kinds that holds on the document's day, else the one that
// held last; NULL where the piece has none.
const ActorEntry *piece_entry(const BedeDoc *doc, const BedeModel *model,
                              const Piece *piece, uint32_t kinds);
// The first entry of the piece's name with this code; NULL where there is none.
const ActorEntry *piece_entry_of(const BedeModel *model, const Piece *piece, uint32_t kinds, const char *code);
// What the words of an unknown body or place tell: "Tokyo District Court" has
// an entry (Japan) and a role (court). NULL where they tell nothing.
void piece_inside(const BedeDoc *doc, const BedeModel *model, const Piece *piece,
                  const ActorEntry **entry, const ActorRole **role);
// The country of a place that the gazetteer knows by these words, or NULL.
const char *place_country(const BedeDoc *doc, const BedeModel *model, const Piece *piece);
bool piece_is_person(const Piece *piece);
bool piece_is_body(const Piece *piece);
bool piece_is_state(const Piece *piece); // a country, its people or capital

// ---- drafts: an actor and what is needed to find its antecedent

typedef enum DraftWhat {
  DRAFT_STATE, DRAFT_PEOPLE, DRAFT_ADJECTIVE, DRAFT_PERSON, DRAFT_BODY,
  DRAFT_ROLE, DRAFT_PRONOUN, DRAFT_GROUP,
} DraftWhat;

typedef struct Draft Draft;
struct Draft {
  Actor actor;          // name and role are filled at the end
  Str name, role;       // canonical name; lower-case role noun
  uint32_t name_first, name_count; // tokens of the name; count 0: none
  uint32_t owner;       // possessor's draft ("Norway's", "his"), or NONE
  uint32_t inside;      // the draft that this one is a part of, or NONE
  uint32_t full;        // first token of the full name of a surname, or NONE
  uint32_t member, members; // of a group, in the drafts' list of members
  uint8_t what;         // DraftWhat
  uint8_t role_kind;    // RoleKind, ROLE_KINDS where there is no role
  uint8_t definite;     // "the", "this" or a possessor before it
  uint8_t indefinite;   // "a", "some", a number
  uint8_t generic;      // the sector is that of what it belongs to ("member")
  char otherwise[4];    // the sector of a generic role that belongs to nothing
  uint8_t state;        // code is that of a state
  uint8_t known;        // name is in the table
  uint8_t former;
  uint8_t gender;       // 'm', 'f', 'n' a thing, 0 not known
  uint8_t dropped;      // merged into another draft
  uint8_t counted;      // asks for so many members: "two", "both", "the three"
};

typedef struct Drafts Drafts;
struct Drafts {
  Arena *arena;
  Array(Draft) list;
  Array(uint32_t) members; // drafts
};

// Resolves names, role nouns, pronouns and groups; the drafts are in the order
// of the text. Fills actor.antecedent and member with indexes of drafts.
void resolve_drafts(const BedeDoc *doc, const BedeModel *model, Drafts *drafts);

// ---- small questions about tokens

#define IN_LIST(doc, token, list) word_in((doc), (token), (list), COUNT(list))
bool word_in(const BedeDoc *doc, uint32_t token, const char *const *list, size_t count);
bool is_capital(const BedeDoc *doc, uint32_t token); // begins with a capital letter
bool is_subject(const BedeDoc *doc, uint32_t token); // of a clause, also by conjunction
bool is_plural(const BedeDoc *doc, uint32_t token);
bool is_possessive_mark(const BedeDoc *doc, uint32_t token); // "'s"
uint32_t sentence_end(const BedeDoc *doc, uint32_t token);
