// pieces.c - which words name actors: the table's phrases, role nouns, the
// network's names, and surnames of people named in full elsewhere.
//
// From left to right the longest reading wins. A name that the network found
// is kept as one piece where it is longer than what the tables know ("Bank of
// China" is not China), unless tables and role nouns explain all its words
// ("Chinese Foreign Ministry").
// SPDX-License-Identifier: Apache-2.0
#include "mention/draft.h"
#include "base/utf8.h"
#include <stdlib.h>

bool word_in(const BedeDoc *doc, uint32_t token, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (word_is(doc, token, list[i]))
      return true;
  return false;
}

bool is_capital(const BedeDoc *doc, uint32_t token) {
  size_t at = 0;
  return utf8_is_upper(utf8_next(doc_word(doc, token), &at));
}

bool is_possessive_mark(const BedeDoc *doc, uint32_t token) {
  static const char *const marks[] = {"'s", "\xE2\x80\x99s", "'", "\xE2\x80\x99"};
  const Token *t = &doc->tokens.items[token]; // the tree may be right where the tag is not
  return (t->upos == UPOS_PART || (t->upos == UPOS_AUX && t->deprel == DEPREL_CASE)) && IN_LIST(doc, token, marks);
}

uint32_t sentence_end(const BedeDoc *doc, uint32_t token) {
  const Sentence *s = &doc->sentences.items[doc->tokens.items[token].sentence];
  return s->first + s->count;
}

bool is_subject(const BedeDoc *doc, uint32_t token) {
  for (int i = 0; i < 4; i++) {
    const Token *t = &doc->tokens.items[token];
    switch (t->deprel) {
    case DEPREL_NSUBJ: case DEPREL_NSUBJ_PASS: case DEPREL_NSUBJ_OUTER: return true;
    case DEPREL_CONJ: case DEPREL_FLAT: case DEPREL_APPOS: token = t->head; break;
    default: return false;
    }
  }
  return false;
}

bool is_plural(const BedeDoc *doc, uint32_t token) {
  static const char *const always[] = {"people", "police", "troops", "men", "women",
                                       "children", "militia", "personnel"};
  Str word = doc_word(doc, token);
  Str lemma = str_of(doc_string(doc, doc->tokens.items[token].lemma));
  if (IN_LIST(doc, token, always))
    return true;
  return word.len > 3 && (word.at[word.len - 1] | 32) == 's' && lemma.len &&
         !str_equal_fold(word, lemma) && (lemma.at[lemma.len - 1] | 32) != 's';
}

// ---- looking up

static uint32_t match_names(const BedeDoc *doc, const ActorTable *table,
                            uint32_t token, uint32_t end, WordForm form, uint32_t *name) {
  uint64_t key = 0;
  uint32_t best = 0;
  for (uint32_t i = token; i < end; i++) {
    key = actor_step(key, doc_word(doc, i), form);
    const PhraseSlot *slot = phrase_at(&table->phrases, key);
    if (!slot)
      break;
    if (slot->value != PHRASE_PREFIX) {
      best = i - token + 1;
      *name = slot->value;
    }
    if (!slot->more)
      break;
  }
  return best;
}

static bool all_capitals(Str word) {
  uint32_t letters = 0;
  for (size_t i = 0; i < word.len; i++) {
    if (word.at[i] >= 'a' && word.at[i] <= 'z')
      return false;
    letters += word.at[i] >= 'A' && word.at[i] <= 'Z';
  }
  return letters > 3;
}

static uint32_t match_table(const BedeDoc *doc, const ActorTable *table,
                            uint32_t token, uint32_t end, uint32_t *name) {
  uint32_t best = match_names(doc, table, token, end, FORM_AS_IS, name), other = NONE;
  if (all_capitals(doc_word(doc, token))) {
    uint32_t count = match_names(doc, table, token, end, FORM_TITLE, &other);
    if (count > best) {
      best = count;
      *name = other;
    }
  }
  return best;
}

enum { FORM_BYTES = 32 };

// Role nouns are matched in lower case, the last word also by its lemma.
static uint32_t match_role(const BedeDoc *doc, const ActorTable *table,
                           uint32_t token, uint32_t end, uint32_t *role) {
  static const char *const adjectives[] = {"military", "rebel", "civilian", "paramilitary", "militant",
                                           "insurgent", "guerrilla", "opposition", "naval", "parliamentary"};
  uint64_t key = 0;
  uint32_t best = 0;
  if (token >= 2 && word_is(doc, token - 1, "-") && doc->tokens.items[token - 2].upos == UPOS_NUM)
    return 0; // "six-party", "four-nation"
  if (token > 0 && word_is(doc, token, "pm") && doc->tokens.items[token - 1].upos == UPOS_NUM)
    return 0;
  for (uint32_t i = token; i < end; i++) {
    const Token *t = &doc->tokens.items[i];
    Str lemma = str_of(doc_string(doc, t->lemma));
    bool noun = t->upos == UPOS_NOUN || t->upos == UPOS_PROPN ||
                (t->upos == UPOS_ADJ && (i > token || IN_LIST(doc, i, adjectives)));
    Str word = doc_word(doc, i);
    char man[FORM_BYTES]; // "policemen", where the lemma does not help
    if (word.len < sizeof man && word.len > 4 && str_ends(word, STR("men")) && !str_ends(lemma, STR("man"))) {
      memcpy(man, word.at, word.len);
      man[word.len - 2] = 'a';
      lemma = (Str){man, word.len};
    }
    const PhraseSlot *slot =
        lemma.len && noun ? phrase_at(&table->role_phrases, actor_step(key, lemma, FORM_LOWER)) : NULL;
    key = actor_step(key, doc_word(doc, i), FORM_LOWER);
    const PhraseSlot *as_is = phrase_at(&table->role_phrases, key);
    if (noun && as_is && as_is->value != PHRASE_PREFIX)
      slot = as_is;
    if (noun && slot && slot->value != PHRASE_PREFIX) {
      best = i - token + 1;
      *role = slot->value;
    }
    if (!as_is || !as_is->more)
      break;
  }
  return best;
}

static uint8_t kinds_of(const ActorTable *table, uint32_t name) {
  uint8_t kinds = 0;
  for (uint32_t i = 0; i < table->names[name].count; i++)
    kinds |= (uint8_t)KIND(table->entries[table->runs[table->names[name].first + i]].kind);
  return kinds;
}

const ActorEntry *piece_entry(const BedeDoc *doc, const BedeModel *model,
                              const Piece *piece, uint32_t kinds) {
  const ActorTable *table = &model->actors;
  const ActorEntry *best = NULL;
  int best_when = 2;
  if (piece->name == NONE)
    return NULL;
  const ActorName *name = &table->names[piece->name];
  for (uint32_t i = 0; i < name->count; i++) {
    const ActorEntry *e = &table->entries[table->runs[name->first + i]];
    if (!(KIND(e->kind) & kinds))
      continue;
    int when = entry_when(e, doc->day);
    // holding before ended before to come; of those ended, the latest
    int rank = when == 0 ? 0 : when == 1 ? 1 : 2;
    int best_rank = best_when == 0 ? 0 : best_when == 1 ? 1 : 2;
    // who is out of office is of the state he served, not of the body he led later
    bool later = day_compare(e->end, best ? best->end : e->end) > 0;
    bool home = best && e->kind == ENTRY_PERSON && e->of_state != best->of_state ? e->of_state : later;
    if (!best || rank < best_rank || (rank == 1 && best_rank == 1 && home)) {
      best = e;
      best_when = when;
    }
  }
  return best;
}

const ActorEntry *piece_entry_of(const BedeModel *model, const Piece *piece, uint32_t kinds, const char *code) {
  const ActorTable *table = &model->actors;
  const ActorName *name = piece->name == NONE ? NULL : &table->names[piece->name];
  for (uint32_t i = 0; name && i < name->count; i++) {
    const ActorEntry *e = &table->entries[table->runs[name->first + i]];
    if (KIND(e->kind) & kinds && !strcmp(e->code, code))
      return e;
  }
  return NULL;
}

bool piece_is_person(const Piece *p) {
  return p->kind == PIECE_PERSON ||
         (p->kind == PIECE_TABLE && p->kinds & KIND(ENTRY_PERSON) &&
          !(p->kinds & (KINDS_STATE | KINDS_BODY)));
}

bool piece_is_body(const Piece *p) {
  return p->kind == PIECE_ORG || (p->kind == PIECE_TABLE && p->kinds & KINDS_BODY &&
                                  !(p->kinds & (KIND(ENTRY_COUNTRY) | KIND(ENTRY_ADJECTIVE))));
}

bool piece_is_state(const Piece *p) {
  return p->kind == PIECE_TABLE && p->kinds & KINDS_STATE && !piece_is_body(p);
}

void piece_inside(const BedeDoc *doc, const BedeModel *model, const Piece *piece,
                  const ActorEntry **entry, const ActorRole **role) {
  const ActorTable *table = &model->actors;
  uint32_t end = piece->first + piece->count, name = NONE, id = NONE;
  bool of = false;
  *entry = NULL;
  *role = NULL;
  for (uint32_t i = piece->first; i < end;) {
    uint32_t in_table = match_table(doc, table, i, end, &name);
    uint32_t in_roles = match_role(doc, table, i, end, &id);
    of |= word_is(doc, i, "of");
    if (in_table && !*entry) {
      Piece part = {.name = name};
      *entry = piece_entry(doc, model, &part, KINDS_STATE | KIND(ENTRY_BODY));
    }
    if (in_roles && (!of || !*role)) // "University of …", "Tokyo District Court"
      *role = &table->roles[id];
    i += MAX(1, MAX(in_table, in_roles));
  }
}

const char *place_country(const BedeDoc *doc, const BedeModel *model, const Piece *piece) {
  const Gazetteer *g = &model->gazetteer;
  uint64_t key = 0;
  if (!g->name_count)
    return NULL;
  for (uint32_t i = piece->first; i < piece->first + piece->count; i++)
    key = actor_step(key, doc_word(doc, i), FORM_AS_IS);
  const PlaceEntry *e = gazetteer_first(g, phrase_at(&g->phrases, key));
  return e && e->known && e->country[0] ? e->country : NULL; // a town's name is anybody's
}

// ---- surnames

typedef struct Surname Surname;
struct Surname {
  uint64_t key; // 0: free
  uint32_t full, count;
  bool several; // different people
};

typedef struct Surnames Surnames;
struct Surnames {
  Surname *slots;
  uint32_t mask;
};

static uint64_t run_key(const BedeDoc *doc, uint32_t first, uint32_t count) {
  uint64_t key = 0;
  for (uint32_t i = first; i < first + count; i++)
    key = actor_step(key, doc_word(doc, i), FORM_LOWER);
  return key;
}

static bool same_run(const BedeDoc *doc, uint32_t a, uint32_t b, uint32_t count) {
  return run_key(doc, a, count) == run_key(doc, b, count);
}

static Surname *surname_at(Surnames *s, uint64_t key) {
  uint32_t at = (uint32_t)key & s->mask;
  while (s->slots[at].key && s->slots[at].key != key)
    at = (at + 1) & s->mask;
  return &s->slots[at];
}

enum { PERSON_WORDS = 8 };

static bool weak_word(const BedeDoc *doc, uint32_t token) {
  static const char *const weak[] = {"-", "al", "bin", "ben", "de", "van", "von", "jr.",
                                     "jr", "sr.", "el", "abu", "abdul", "abdel", "ibn"};
  Str word = doc_word(doc, token);
  return IN_LIST(doc, token, weak) || (word.len == 2 && word.at[1] == '.') || word.len < 2;
}

static void learn(const BedeDoc *doc, const Pieces *pieces, Surnames *s,
                  uint32_t piece, uint32_t first, uint32_t count) {
  // a part must hold more than an initial or a particle
  if (weak_word(doc, first + count - 1) || (count == 1 && !is_capital(doc, first)))
    return;
  Surname *slot = surname_at(s, run_key(doc, first, count));
  if (!slot->key) {
    *slot = (Surname){run_key(doc, first, count), piece, count, false};
    return;
  }
  const Piece *old = &pieces->list.items[slot->full], *new = &pieces->list.items[piece];
  if (old->count != new->count || !same_run(doc, old->first, new->first, old->count))
    if (old->name == NONE || old->name != new->name)
      slot->several = true;
}

// Finds the parts of full names: "Xi" of "Xi Jinping", "Al-Bashir" of "Omar
// Hassan al-Bashir". First words are learnt last, so that a surname that is
// another's first name stays a surname.
static Surnames learn_surnames(const BedeDoc *doc, const Pieces *pieces, Arena *arena) {
  Surnames s = {.mask = 63};
  uint32_t need = 0;
  for (uint32_t i = 0; i < pieces->list.count; i++)
    need += piece_is_person(&pieces->list.items[i]) ? 2 * PERSON_WORDS : 0;
  while (s.mask / 2 < need)
    s.mask = 2 * s.mask + 1;
  s.slots = arena_alloc(arena, (s.mask + (size_t)1) * sizeof *s.slots);
  for (int heads = 0; heads < 2; heads++)
    for (uint32_t i = 0; i < pieces->list.count; i++) {
      const Piece *p = &pieces->list.items[i];
      if (!piece_is_person(p) || p->count < 2 || p->count > PERSON_WORDS)
        continue;
      if (heads && !weak_word(doc, p->first))
        learn(doc, pieces, &s, i, p->first, 1);
      for (uint32_t k = 1; !heads && k < p->count; k++)
        // "Maliki" of "al-Maliki", but not "Ha" of "Chong-Ha"
        if (!word_is(doc, p->first + k, "-") &&
            !(word_is(doc, p->first + k - 1, "-") && !weak_word(doc, p->first + k - 2)))
          learn(doc, pieces, &s, i, p->first + k, p->count - k);
    }
  return s;
}

// ---- finding

typedef struct Finder Finder;
struct Finder {
  const BedeDoc *doc;
  const BedeModel *model;
  Arena *arena;
  Pieces *pieces;
  uint32_t *name_at; // token -> the network's name that begins there, or NONE
  uint8_t *timed;    // token belongs to a time expression
};

// A person's name ends before "and", "of" or a verb, though the network may
// take what follows into it.
static bool ends_name(const BedeDoc *doc, uint32_t token) {
  static const char *const inner[] = {"al", "el", "bin", "ben", "ibn", "de", "da", "do", "dos", "du", "del",
                                      "di", "der", "den", "van", "von", "la", "le", "y", "e"};
  uint8_t upos = doc->tokens.items[token].upos;
  if (upos == UPOS_CCONJ)
    return true;
  return (upos == UPOS_VERB || upos == UPOS_AUX || upos == UPOS_ADP) && !is_capital(doc, token) &&
         !IN_LIST(doc, token, inner) && !(token && word_is(doc, token - 1, "-"));
}

static uint32_t name_words(const BedeDoc *doc, const Name *name) {
  uint32_t count = 0;
  while (count < name->count && (name->type != NAME_PERSON || !count || !ends_name(doc, name->first + count)))
    count++;
  return count;
}

static bool explained(const Finder *f, uint32_t first, uint32_t end) {
  static const char *const glue[] = {"of", "the", "and", "for", "'s", "'"};
  uint32_t id;
  for (uint32_t i = first; i < end;) {
    uint32_t count = MAX(match_table(f->doc, &f->model->actors, i, end, &id),
                         match_role(f->doc, &f->model->actors, i, end, &id));
    if (!count && !IN_LIST(f->doc, i, glue))
      return false;
    i += count ? count : 1;
  }
  return true;
}

// "Kenyan President Amina Wekesa" is no body, though the network may say so.
static bool is_titled(const Finder *f, uint32_t first, uint32_t end) {
  const ActorTable *table = &f->model->actors;
  uint32_t id, count;
  if ((count = match_table(f->doc, table, first, end, &id)) && kinds_of(table, id) & KINDS_STATE)
    first += count;
  return first < end && (count = match_role(f->doc, table, first, end, &id)) && first + count < end &&
         table->roles[id].kind == ROLE_PERSON && f->doc->tokens.items[first + count].upos == UPOS_PROPN;
}

// "the Kenya-Uganda Years of Trade": two states, and nobody's body, though the
// network may begin the name with the second.
static bool begins_with_two(const Finder *f, uint32_t first, uint32_t end) {
  const ActorTable *table = &f->model->actors;
  if (first >= 2 && word_is(f->doc, first - 1, "-") && f->pieces->of_token[first - 2] != NONE &&
      piece_is_state(&f->pieces->list.items[f->pieces->of_token[first - 2]]))
    first -= 2;
  for (uint32_t i = first, name; i < end; i++) {
    uint32_t count = match_table(f->doc, table, i, end, &name);
    if (!count || !(kinds_of(table, name) & KINDS_STATE))
      continue;
    i += count;
    return i + 1 < end && (word_is(f->doc, i, "-") || word_is(f->doc, i, "\xE2\x80\x93")) &&
           match_table(f->doc, table, i + 1, end, &name) && kinds_of(table, name) & KINDS_STATE;
  }
  return false;
}

static uint32_t add(Finder *f, Piece piece) {
  for (uint32_t i = 0; i < piece.count; i++)
    f->pieces->of_token[piece.first + i] = f->pieces->list.count;
  array_push(f->arena, &f->pieces->list, piece);
  return piece.count;
}

// "minister of foreign affairs": the office goes on behind "of".
static uint32_t office(const Finder *f, uint32_t first, uint32_t count, uint32_t end) {
  static const char *const heads[] = {"minister", "ministers", "ministry", "secretary",
                                      "department", "ministries"};
  static const char *const links[] = {"of", "for"};
  uint32_t at = first + count, name, role;
  if (at + 1 >= end || !IN_LIST(f->doc, at - 1, heads) || !IN_LIST(f->doc, at, links))
    return count;
  uint32_t last = at++;
  if (word_is(f->doc, at, "the"))
    at++;
  for (uint32_t n = 0; at < end && n < 6; at++, n++) {
    uint8_t upos = f->doc->tokens.items[at].upos;
    bool joins = upos == UPOS_CCONJ || word_is(f->doc, at, ",") || word_is(f->doc, at, "-");
    if (match_table(f->doc, &f->model->actors, at, end, &name) ||
        (match_role(f->doc, &f->model->actors, at, end, &role) && !is_capital(f->doc, at)))
      break;
    if (f->name_at[at] != NONE && f->doc->names.items[f->name_at[at]].type == NAME_PERSON)
      break;
    if (joins)
      continue;
    if (upos != UPOS_NOUN && upos != UPOS_PROPN && upos != UPOS_ADJ)
      break;
    if (upos != UPOS_ADJ)
      last = at;
    // "minister of defence and the army" ends with the noun
    if (upos == UPOS_NOUN && at + 1 < end && f->doc->tokens.items[at + 1].upos == UPOS_CCONJ &&
        !(is_capital(f->doc, at) && at + 2 < end && is_capital(f->doc, at + 2)))
      break;
  }
  return last > first + count ? last + 1 - first : count;
}

static bool name_word(const Finder *f, uint32_t token, bool loose) {
  uint8_t upos = f->doc->tokens.items[token].upos;
  return !f->timed[token] && is_capital(f->doc, token) &&
         (upos == UPOS_PROPN || upos == UPOS_X ||
          (loose && (upos == UPOS_NOUN || upos == UPOS_VERB || upos == UPOS_ADJ)));
}

// The words of a person's name behind a title: "Foreign Minister Yoo Chong-Ha".
static uint32_t titled_name(const Finder *f, uint32_t token, uint32_t end) {
  static const char *const inner[] = {"-", "al", "bin", "de", "van", "von", "el", "ben",
                                      "da", "dos", "der"};
  uint32_t at = token, name, role, last = token;
  bool loose = token > 0 && is_capital(f->doc, token - 1); // "Supreme Leader Ola …"
  for (; at < end && at - token < PERSON_WORDS; at++) {
    if (name_word(f, at, loose) || (last > token && word_is(f->doc, at - 1, "-") && at > token)) {
      uint32_t known = match_table(f->doc, &f->model->actors, at, end, &name);
      if (at > token && known && !(kinds_of(&f->model->actors, name) & KIND(ENTRY_PERSON)))
        break;
      if (at == token && match_role(f->doc, &f->model->actors, at, end, &role))
        break;
      last = at + 1;
    } else if (!IN_LIST(f->doc, at, inner) || at + 1 >= end) {
      break;
    }
  }
  return last - token;
}

// "his Malian counterpart, Oumar Dembaka,": capitals between commas behind an
// office are its holder's name, whatever the network took them for.
static uint32_t apposed_name(const Finder *f, uint32_t token, uint32_t end) {
  static const char *const closers[] = {",", ".", "--", ";", "(", "who", "and"};
  const BedeDoc *doc = f->doc;
  uint32_t first = doc->sentences.items[doc->tokens.items[token].sentence].first, name;
  if (token + 1 >= end || token < first + 2 || !word_is(doc, token - 1, ",") || f->pieces->of_token[token - 2] == NONE)
    return 0;
  const Piece *title = &f->pieces->list.items[f->pieces->of_token[token - 2]];
  if (title->kind != PIECE_ROLE || f->model->actors.roles[title->role].kind != ROLE_PERSON ||
      is_plural(doc, token - 2))
    return 0;
  static const char *const inner[] = {"al", "el", "bin", "ben", "ibn", "de", "da", "dos", "del", "der", "den",
                                      "van", "von"};
  uint32_t at = token;
  for (; at < end && at - token < PERSON_WORDS; at++) {
    bool joint = word_is(doc, at, "-") || (at > token && word_is(doc, at - 1, "-")) || IN_LIST(doc, at, inner);
    // "Jan van Dorp" begins with no month
    if (!(joint && at > token) && (!is_capital(doc, at) || (f->timed[at] && (at > token || f->timed[at + 1]))))
      break;
    if (match_table(doc, &f->model->actors, at, end, &name) &&
        !(kinds_of(&f->model->actors, name) & KIND(ENTRY_PERSON)))
      return 0;
  }
  Piece place = {token, at - token, NONE, NONE, NONE, PIECE_PLACE, 0};
  bool closed = at == end || IN_LIST(doc, at, closers);
  if (at - token < 2 || !closed || place_country(doc, f->model, &place))
    return 0;
  return at - token;
}

static uint32_t name_from(const Finder *f, uint32_t token, uint32_t end, uint8_t *type) {
  if (f->name_at[token] == NONE)
    return 0;
  const Name *name = &f->doc->names.items[f->name_at[token]];
  *type = name->type;
  if (name->first + name->count > end)
    return 0;
  return token == name->first ? name_words(f->doc, name) : name->first + name->count - token;
}

// The table's person of "Vladimir V. Putin": by the first and the last word.
static uint32_t person_by_ends(const Finder *f, uint32_t first, uint32_t count) {
  if (count < 3)
    return NONE;
  uint64_t key = actor_step(0, doc_word(f->doc, first), FORM_AS_IS);
  key = actor_step(key, doc_word(f->doc, first + count - 1), FORM_AS_IS);
  const PhraseSlot *slot = phrase_at(&f->model->actors.phrases, key);
  if (!slot || slot->value == PHRASE_PREFIX ||
      !(kinds_of(&f->model->actors, slot->value) & KIND(ENTRY_PERSON)))
    return NONE;
  return slot->value;
}

static uint32_t add_person(Finder *f, uint32_t first, uint32_t count) {
  uint32_t name = person_by_ends(f, first, count);
  Piece place = {first, count, NONE, NONE, NONE, PIECE_PLACE, 0};
  bool titled = first > 0 && f->pieces->of_token[first - 1] != NONE;
  if (count == 1 && !titled && place_country(f->doc, f->model, &place))
    return add(f, place); // one word that is a city: surnames come later
  return add(f, (Piece){first, count, name, NONE, NONE,
                        name == NONE ? PIECE_PERSON : PIECE_TABLE,
                        name == NONE ? 0 : KIND(ENTRY_PERSON)});
}

static uint32_t piece_from(Finder *f, uint32_t token, uint32_t end) {
  const ActorTable *table = &f->model->actors;
  const BedeDoc *doc = f->doc;
  uint32_t table_name = NONE, role = NONE;
  uint32_t in_table = match_table(doc, table, token, end, &table_name);
  uint32_t in_roles = match_role(doc, table, token, end, &role);
  uint8_t type = 0;
  uint32_t in_text = name_from(f, token, end, &type);
  uint8_t kinds = in_table ? kinds_of(table, table_name) : 0;
  bool after_title = token > 0 && f->pieces->of_token[token - 1] != NONE &&
                     f->pieces->list.items[f->pieces->of_token[token - 1]].kind == PIECE_ROLE &&
                     table->roles[f->pieces->list.items[f->pieces->of_token[token - 1]].role].kind == ROLE_PERSON &&
                     doc->tokens.items[token - 1].sentence == doc->tokens.items[token].sentence;

  if (!in_table && !in_roles) {
    uint32_t count = apposed_name(f, token, end);
    if (count > in_text || (count == in_text && count && type == NAME_PLACE))
      return add_person(f, token, count);
  }
  if (in_text && type == NAME_PERSON && in_text >= in_table) {
    if (in_table == in_text && kinds & KIND(ENTRY_PERSON))
      return add(f, (Piece){token, in_table, table_name, NONE, NONE, PIECE_TABLE, KIND(ENTRY_PERSON)});
    // titles and adjectives that the network took into the name stand alone
    if (in_roles && in_roles < in_text && !after_title)
      return add(f, (Piece){token, in_roles, NONE, role, NONE, PIECE_ROLE, 0});
    if (in_table && in_table < in_text && kinds & KIND(ENTRY_ADJECTIVE) &&
        match_role(doc, table, token + in_table, end, &role))
      return add(f, (Piece){token, in_table, table_name, NONE, NONE, PIECE_TABLE, kinds});
    if (!(in_roles == in_text && !is_capital(doc, token)) && (!in_roles || (after_title && in_text > 1)) &&
        (in_text > in_table || !in_table))
      return add_person(f, token, in_text);
  }
  if (after_title && !in_roles && !(in_table && kinds & KIND(ENTRY_PERSON))) {
    uint32_t count = titled_name(f, token, end);
    if (count > in_table && (count > 1 || !in_table))
      return add_person(f, token, MAX(count, type == NAME_PERSON ? in_text : 0));
    if (count && in_table && count == in_table && !(kinds & (KINDS_BODY)) &&
        !is_possessive_mark(doc, MIN(token + count, end - 1)) && kinds & KIND(ENTRY_PERSON))
      return add(f, (Piece){token, in_table, table_name, NONE, NONE, PIECE_TABLE, KIND(ENTRY_PERSON)});
  }
  if (in_text > in_table && in_text > in_roles && type != NAME_PERSON &&
      !explained(f, token, token + in_text) && !begins_with_two(f, token, token + in_text) && !is_titled(f, token, token + in_text)) {
    Piece named = {token, in_text, NONE, NONE, NONE, PIECE_PLACE, 0};
    if (type == NAME_ORG && (in_text > 1 || !place_country(doc, f->model, &named)))
      named.kind = PIECE_ORG;
    if (type == NAME_ORG || type == NAME_PLACE)
      return add(f, named);
    if (!in_table || !(kinds & (KIND(ENTRY_COUNTRY) | KIND(ENTRY_ADJECTIVE))))
      return add(f, (Piece){token, in_text, NONE, NONE, NONE, PIECE_OTHER, 0});
  }
  // "the establishment of ties", "in front of": no bodies here
  static const char *const abstract[] = {"establishment", "foundation", "foundations", "front",
                                         "representation", "administration", "apparatus"};
  if (in_roles == 1 && IN_LIST(doc, token, abstract) && token + 1 < end && word_is(doc, token + 1, "of") &&
      !is_capital(doc, token) && (token == 0 || doc->tokens.items[token - 1].upos != UPOS_ADJ ||
                                  word_is(doc, token, "foundations")))
    in_roles = 0;
  if (in_table && kinds == KIND(ENTRY_PERSON) && in_table == 1 && f->timed[token])
    in_table = 0; // "May 20"
  if (in_roles && in_roles >= in_table) {
    uint32_t count = office(f, token, in_roles, end);
    return add(f, (Piece){token, count, NONE, role, NONE, PIECE_ROLE, 0});
  }
  // "Mark English": the second word of a name the network did not see
  const Token *t = &doc->tokens.items[token];
  bool surname = in_table == 1 && t->deprel == DEPREL_FLAT && t->head + 1 == token &&
                 f->pieces->of_token[t->head] == NONE && kinds & (KIND(ENTRY_ADJECTIVE) | KIND(ENTRY_PEOPLE)) &&
                 !(kinds & KIND(ENTRY_COUNTRY)) && doc->tokens.items[t->head].upos == UPOS_PROPN;
  if (in_table && !surname)
    return add(f, (Piece){token, in_table, table_name, NONE, NONE, PIECE_TABLE, kinds});
  return 0;
}

// Words left over, and one-word names, that are parts of full names.
static void add_surnames(Finder *f, Surnames *surnames) {
  const BedeDoc *doc = f->doc;
  Pieces *pieces = f->pieces;
  for (uint32_t i = 0; i < doc->tokens.count; i++) {
    uint32_t piece = pieces->of_token[i];
    if (piece != NONE) {
      const Piece *p = &pieces->list.items[piece];
      if (p->count > 3 || p->first != i ||
          (p->kind == PIECE_TABLE && !(p->kinds & KIND(ENTRY_PERSON))) || p->kind == PIECE_ROLE)
        continue;
    }
    if (!is_capital(doc, i) || f->timed[i])
      continue;
    uint32_t end = sentence_end(doc, i), best = 0, full = NONE;
    for (uint32_t n = 1; n < PERSON_WORDS && i + n <= end; n++) {
      if (piece == NONE && pieces->of_token[i + n - 1] != NONE)
        break;
      if (piece != NONE && n > pieces->list.items[piece].count)
        break;
      const Surname *s = surname_at(surnames, run_key(doc, i, n));
      if (s->key && !s->several)
        best = n, full = s->full;
    }
    if (!best || (piece != NONE && best != pieces->list.items[piece].count))
      continue;
    const Piece *whole = &pieces->list.items[full];
    Piece part = {i, best, whole->name, NONE, full, whole->kind, whole->kinds};
    if (piece != NONE)
      pieces->list.items[piece] = part;
    else
      add(f, part);
    i += best - 1;
  }
}

static int by_place(const void *a, const void *b) {
  const Piece *x = a, *y = b;
  return (x->first > y->first) - (x->first < y->first);
}

void find_pieces(const BedeDoc *doc, const BedeModel *model, Arena *arena, Pieces *out) {
  uint32_t tokens = doc->tokens.count;
  Finder f = {doc, model, arena, out, arena_alloc(arena, (tokens + 1) * sizeof(uint32_t)),
              arena_alloc(arena, tokens + 1)};
  *out = (Pieces){.of_token = arena_alloc(arena, (tokens + 1) * sizeof(uint32_t))};
  for (uint32_t i = 0; i < tokens; i++)
    f.name_at[i] = out->of_token[i] = NONE;
  for (uint32_t i = 0; i < doc->names.count; i++)
    f.name_at[doc->names.items[i].first] = i;
  for (uint32_t i = 0; i < doc->names.count; i++) {
    const Name *name = &doc->names.items[i]; // "Abbas and Shalom": the second begins anew
    uint32_t count = name_words(doc, name), rest = name->first + count + 1;
    if (!count || count + 1 >= name->count || f.name_at[rest] != NONE)
      continue; // nothing behind the first: rest may lie behind the text
    if (doc->tokens.items[rest - 1].upos != UPOS_CCONJ || name->count - count - 1 == count)
      f.name_at[rest] = i;
  }
  for (uint32_t i = 0; i < doc->times.count; i++)
    for (uint32_t k = 0; k < doc->times.items[i].count; k++)
      f.timed[doc->times.items[i].first + k] = 1;
  for (uint32_t s = 0; s < doc->sentences.count; s++) {
    uint32_t end = doc->sentences.items[s].first + doc->sentences.items[s].count;
    for (uint32_t i = doc->sentences.items[s].first; i < end;) {
      uint32_t count = piece_from(&f, i, end);
      i += count ? count : 1;
    }
  }
  Surnames surnames = learn_surnames(doc, out, arena);
  // a surname's piece names the token of the full name, since pieces move
  add_surnames(&f, &surnames);
  for (uint32_t i = 0; i < out->list.count; i++)
    if (out->list.items[i].full != NONE)
      out->list.items[i].full = out->list.items[out->list.items[i].full].first;
  if (out->list.count)
    qsort(out->list.items, out->list.count, sizeof(Piece), by_place);
  for (uint32_t i = 0; i < out->list.count; i++)
    for (uint32_t k = 0; k < out->list.items[i].count; k++)
      out->of_token[out->list.items[i].first + k] = i;
}
