// actors.c - which noun phrases are actors: states, people, bodies, groups.
//
// A sentence is cut into chunks, runs of words that make one noun phrase
// without what hangs behind it ("the Norwegian foreign minister"); the
// possessive "'s" cuts a chunk into segments. Each segment has at most one
// core (a person, a role noun, a name); the words before it give the country.
// Then chunks are joined: "president | of the European Commission", "the
// foreign minister | , Ola Nordmann", "Israeli | and | Palestinian leaders".
//
// The tree says where a chunk ends and what hangs where; plain word order
// repairs what it gets wrong most, titles parted from their names.
// SPDX-License-Identifier: Apache-2.0
#include "mention/draft.h"
#include <stdlib.h>

typedef struct Chunk Chunk;
struct Chunk {
  uint32_t first, end, top; // tokens; top hangs outside
  uint32_t draft;           // of its last segment, or NONE
};

typedef struct Work Work;
struct Work {
  const BedeDoc *doc;
  const BedeModel *model;
  const Token *tokens;
  Arena *arena;
  Pieces pieces;
  Drafts drafts;
  Array(Chunk) chunks; // of the sentence
};

// ---- closed lists

static const char *const articles[] = {"the", "a", "an", "this", "that", "these", "those"};
static const char *const definites[] = {"the", "this", "that", "these", "those"};
static const char *const formers[] = {"former", "ex", "retired", "ousted", "deposed",
                                      "toppled", "erstwhile", "onetime"};
static const char *const against[] = {"pro", "anti", "non", "post"};
// "Kenya-led" makes an actor of Kenya, "Kenya-backed" does not.
static const char *const led[] = {"led", "based", "run"};
static const char *const amounts[] = {
    "thousands", "hundreds", "dozens", "scores", "millions", "tens", "number", "group",
    "groups", "crowd", "crowds", "majority", "handful", "couple", "pair", "series",
    "most", "some", "many", "several", "all", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "none", "each", "both", "any", "few"};
static const char *const lands[] = {"country", "countries", "nation", "nations", "state",
                                    "states"};
static const char *const sides[] = {"side", "sides", "parties", "neighbours", "neighbors",
                                    "powers", "capitals", "governments", "rivals", "allies",
                                    "foes"};
static const char *const males[] = {"mr", "mr.", "king", "prince", "sheikh", "lord", "sir",
                                    "pope", "emir", "sultan", "ayatollah", "mullah", "imam"};
static const char *const females[] = {"mrs", "mrs.", "ms", "ms.", "queen", "princess", "lady",
                                      "madame", "miss", "dame"};
// Who stands for a state, though a body is named before: "the US NATO envoy".
static const char *const envoys[] = {"ambassador", "ambassadors", "envoy", "envoys",
                                     "representative", "delegate", "diplomat", "diplomats",
                                     "mission", "delegation"};

// Role nouns that take the sector of what they belong to: "rebel leader",
// "army official", "member of parliament".
static const char *const generic[] = {
    "leader", "chief", "head", "member", "official", "senior official", "top official", "spokesman",
    "spokeswoman", "spokesperson", "representative", "delegate", "delegation", "chairman", "director",
    "negotiator", "adviser", "advisor", "aide", "assistant", "deputy", "counterpart", "colleague", "leadership",
    "group", "organization", "organisation", "council", "committee", "commission", "association",
    "agency", "bloc", "league", "federation", "secretariat", "mission", "side", "commissioner",
    "supporter", "candidate", "secretary", "commander", "partner", "ally", "source", "person"};
// Nouns of places that roles.tsv has as bodies: actors only with a country.
static const char *const grounds[] = {
    "capital", "city", "region", "province", "territory", "municipality", "village", "mainland",
    "motherland", "state", "country", "nation", "republic", "kingdom", "hotel", "school", "plant",
    "factory", "shop", "household", "palace", "crown", "club", "industry", "network", "fan", "player"};

// How many the word asks for: 2 of "both", 0 of what is no such word.
static uint8_t wanted(const BedeDoc *doc, uint32_t token) {
  static const struct {
    const char *word;
    uint8_t count;
  } words[] = {{"two", 2}, {"both", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"2", 2}, {"3", 3}, {"each", 2}};
  for (size_t i = 0; i < COUNT(words); i++)
    if (word_is(doc, token, words[i].word))
      return words[i].count;
  return 0;
}

static bool in_words(Str word, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_equal(word, str_of(list[i])))
      return true;
  return false;
}
#define IN_WORDS(word, list) in_words((word), (list), COUNT(list))

static bool in_run(uint32_t token, uint32_t first, uint32_t end) {
  return token >= first && token < end;
}

// ---- chunks

static bool joins_chunk(const Work *w, uint32_t token) {
  const Token *t = &w->tokens[token];
  if (w->pieces.of_token[token] != NONE)
    return true;
  switch (t->upos) {
  case UPOS_DET: case UPOS_ADJ: case UPOS_NOUN: case UPOS_PROPN: case UPOS_NUM:
  case UPOS_X: case UPOS_SYM:
    return true;
  case UPOS_PRON:
    return t->deprel == DEPREL_NMOD_POSS;
  case UPOS_PART: case UPOS_AUX:
    return is_possessive_mark(w->doc, token);
  case UPOS_VERB:
    return t->deprel == DEPREL_AMOD || t->deprel == DEPREL_COMPOUND;
  case UPOS_ADV:
    return t->deprel == DEPREL_ADVMOD && t->head > token && t->head - token < 4 &&
           (w->tokens[t->head].upos == UPOS_ADJ || w->tokens[t->head].upos == UPOS_NUM ||
            w->tokens[t->head].deprel == DEPREL_AMOD);
  case UPOS_PUNCT:
    return word_is(w->doc, token, "-") || word_is(w->doc, token, "\xE2\x80\x93");
  default:
    return false;
  }
}

static bool begins_chunk(const Work *w, uint32_t token, uint32_t before) {
  if (w->pieces.of_token[token] != NONE)
    return false;
  return w->tokens[token].upos == UPOS_PRON ||
         (w->tokens[token].upos == UPOS_DET && w->tokens[before].upos != UPOS_DET &&
          IN_LIST(w->doc, token, articles));
}

enum { CHUNK_WORDS = 48 };

static uint32_t top_in(const Work *w, uint32_t token, uint32_t first, uint32_t end) {
  for (uint32_t steps = 0; steps < CHUNK_WORDS; steps++) {
    uint32_t head = w->tokens[token].head;
    if (head == token || !in_run(head, first, end))
      break;
    token = head;
  }
  return token;
}

// The first token of the run that hangs outside it; a noun before an adjective
// ("[foreign and] Afghan security forces").
static uint32_t run_top(const Work *w, uint32_t first, uint32_t end) {
  uint32_t adjective = NONE;
  for (uint32_t i = first; i < end; i++) {
    uint32_t head = w->tokens[i].head;
    if ((head != i && in_run(head, first, end)) || w->tokens[i].upos == UPOS_PUNCT)
      continue;
    if (w->tokens[i].upos != UPOS_ADJ && (adjective == NONE || w->tokens[i].upos == UPOS_NOUN))
      return i;
    if (adjective == NONE)
      adjective = i;
  }
  return adjective == NONE ? end - 1 : adjective;
}

static const Piece *piece_at(const Work *w, uint32_t token) {
  uint32_t piece = w->pieces.of_token[token];
  return piece == NONE ? NULL : &w->pieces.list.items[piece];
}

static const ActorRole *role_of(const Work *w, const Piece *p) {
  return p->role == NONE ? NULL : &w->model->actors.roles[p->role];
}

static bool only_states(const Work *w, const Chunk *c) {
  for (uint32_t i = c->first; i < c->end; i++) {
    const Piece *p = piece_at(w, i);
    if (!(p && piece_is_state(p)) && w->tokens[i].upos != UPOS_DET && w->tokens[i].upos != UPOS_PRON)
      return false;
  }
  return true;
}

static bool is_adjective_here(const Work *w, uint32_t token) {
  for (int i = 0; i < 4; i++) {
    const Token *t = &w->tokens[token];
    if (t->deprel == DEPREL_AMOD || t->deprel == DEPREL_COMPOUND)
      return true;
    if (t->deprel != DEPREL_CONJ && t->deprel != DEPREL_FLAT)
      return false;
    token = t->head;
  }
  return false;
}

// "President" and "Xi Jinping" belong together though the tree parts them.
static bool belongs_behind(const Work *w, const Chunk *a, const Chunk *b) {
  const Piece *last = piece_at(w, a->end - 1), *next = piece_at(w, b->first);
  if (a->end == b->first && is_possessive_mark(w->doc, a->end - 1))
    return true; // "Kenya's | president"
  if (a->end != b->first || !last)
    return false;
  // "Kenyan and | Ugandan | leaders": the second adjective hangs on the first
  if (w->tokens[a->top].deprel == DEPREL_CONJ && is_adjective_here(w, a->top) && only_states(w, a) &&
      w->tokens[b->top].upos != UPOS_VERB)
    return true;
  if (!next)
    return false;
  bool tied = in_run(w->tokens[b->top].head, a->first, a->end) ||
              in_run(w->tokens[a->top].head, b->first, b->end);
  if (last->kind == PIECE_ROLE && piece_is_person(next)) {
    for (uint32_t i = a->first; i < a->end; i++)
      if (piece_at(w, i) && piece_is_person(piece_at(w, i)))
        return false;
    return tied || !is_plural(w->doc, a->end - 1);
  }
  return next->kind == PIECE_ROLE && only_states(w, a) && is_capital(w->doc, next->first) &&
         last->kinds & KIND(ENTRY_ADJECTIVE);
}

static void cut_run(Work *w, uint32_t first, uint32_t end) {
  uint32_t tops[CHUNK_WORDS];
  while (end > first && (w->tokens[end - 1].upos == UPOS_PUNCT && !piece_at(w, end - 1)))
    end--;
  if (end == first)
    return;
  for (uint32_t i = first; i < end; i++)
    tops[i - first] = top_in(w, i, first, end);
  for (uint32_t i = first; i < end; i++) { // a piece is never cut
    const Piece *p = piece_at(w, i);
    if (p && p->first == i && p->first + p->count <= end) {
      uint32_t top = tops[run_top(w, i, i + p->count) - first];
      for (uint32_t k = 0; k < p->count; k++)
        tops[i - first + k] = top;
    }
  }
  for (uint32_t i = first; i < end;) {
    uint32_t next = i + 1;
    while (next < end && (tops[next - first] == tops[i - first] ||
                          w->tokens[next].upos == UPOS_PUNCT || is_possessive_mark(w->doc, next)))
      next++;
    Chunk c = {i, next, run_top(w, i, next), NONE};
    Chunk *last = w->chunks.count ? array_last(&w->chunks) : NULL;
    if (last && belongs_behind(w, last, &c)) {
      bool inner = in_run(w->tokens[last->top].head, c.first, c.end) || is_adjective_here(w, last->top) ||
                   is_possessive_mark(w->doc, last->end - 1);
      last->end = next;
      last->top = inner ? c.top : last->top;
    } else {
      array_push(w->arena, &w->chunks, c);
    }
    i = next;
  }
}

static void cut_sentence(Work *w, const Sentence *s) {
  uint32_t end = s->first + s->count;
  w->chunks.count = 0;
  for (uint32_t i = s->first; i < end;) {
    if (!joins_chunk(w, i)) {
      i++;
      continue;
    }
    uint32_t first = i++;
    while (i < end && i - first < CHUNK_WORDS && joins_chunk(w, i) && !begins_chunk(w, i, i - 1))
      i++;
    const Piece *p = piece_at(w, i - 1); // do not cut a piece at the limit
    if (p && p->first > first && p->first + p->count > i)
      i = p->first;
    cut_run(w, first, MIN(i, first + CHUNK_WORDS));
  }
}

// ---- drafts

static Draft *draft_at(Work *w, uint32_t index) { return &w->drafts.list.items[index]; }

static uint32_t push(Work *w, Draft draft) {
  array_push(w->arena, &w->drafts.list, draft);
  return w->drafts.list.count - 1;
}

static Draft new_draft(DraftWhat what, uint32_t first, uint32_t end, uint32_t head) {
  return (Draft){.actor = {.first = first, .count = end - first, .head = head, .number = 1,
                           .antecedent = NONE},
                 .owner = NONE, .inside = NONE, .full = NONE,
                 .what = (uint8_t)what, .role_kind = ROLE_KINDS};
}

static void set_text(char *out, size_t room, const char *from) {
  memset(out, 0, room);
  memcpy(out, from, strnlen(from, room - 1));
}

static void set_code(Draft *d, const char *code) {
  set_text(d->actor.code, sizeof d->actor.code, code);
}

static void set_sector(Draft *d, const char *sector) {
  set_text(d->actor.sector, sizeof d->actor.sector, sector);
}

static Str lower_words(Work *w, uint32_t first, uint32_t count) {
  Str words = doc_span(w->doc, doc_token_span(w->doc, first, count));
  char *low = arena_copy(w->arena, words);
  for (size_t i = 0; i < words.len; i++)
    low[i] = low[i] >= 'A' && low[i] <= 'Z' ? (char)(low[i] + 32) : low[i];
  return (Str){low, words.len};
}

static void set_role(Work *w, Draft *d, const Piece *p) {
  const ActorRole *role = role_of(w, p);
  if (!role)
    return;
  d->role = lower_words(w, p->first, p->count);
  d->role_kind = (uint8_t)role->kind;
  d->generic = !role->sector[0] || IN_WORDS(str_of(image_string(w->model->actors.image, role->noun)), generic);
  d->former |= !strcmp(role->sector, "ELI") && role->kind == ROLE_PERSON;
  if (d->generic)
    memcpy(d->otherwise, role->sector, sizeof d->otherwise);
  else
    set_sector(d, role->sector);
}

// Code, sector and name of a name's entry. Who holds an office no longer is
// ELI, unless the words around give an office.
static void set_entry(Work *w, Draft *d, const ActorEntry *e, bool role_in_text) {
  int when = entry_when(e, w->doc->day);
  set_code(d, e->code);
  d->known = 1;
  d->state = KIND(e->kind) & KINDS_STATE || e->kind == ENTRY_PERSON || e->kind == ENTRY_SEAT;
  d->name = str_of(image_string(w->model->actors.image, e->name));
  if (e->kind == ENTRY_PERSON) {
    if (when == 0 && e->sector[0])
      set_sector(d, e->sector);
    else if (when > 0 && !role_in_text)
      set_sector(d, "ELI");
    if (when == 0 && !d->role.len)
      d->role = str_of(image_string(w->model->actors.image, e->role));
    if (e->sector[0] || when > 0)
      d->generic = 0;
  } else if (e->kind == ENTRY_CAPITAL) {
    set_sector(d, "GOV");
    d->name = (Str){0};
  } else if (e->sector[0]) {
    set_sector(d, e->sector);
  }
}

// A code that words before the core give it.
typedef struct Giver Giver;
struct Giver {
  char code[12], sector[4];
  bool state;
};

static bool give(Giver *g, const ActorEntry *e) {
  if (!e)
    return false;
  memcpy(g->code, e->code, sizeof g->code);
  memcpy(g->sector, e->sector, sizeof g->sector);
  g->state = KIND(e->kind) & KINDS_STATE || e->kind == ENTRY_SEAT;
  return true;
}

// "Kenya-backed rebels", "pro-Kenyan lawmakers": Kenya is not their country.
static bool is_other_country(const Work *w, const Piece *p, uint32_t first, uint32_t end) {
  uint32_t next = p->first + p->count;
  if (p->first >= first + 2 && word_is(w->doc, p->first - 1, "-") &&
      IN_LIST(w->doc, p->first - 2, against))
    return true;
  if (next + 1 < MIN(end, w->doc->tokens.count) && word_is(w->doc, next, "-")) {
    const Token *t = &w->tokens[next + 1];
    Str word = doc_word(w->doc, next + 1);
    bool participle = t->upos == UPOS_VERB || str_ends(word, STR("ed")) ||
                      word_is(w->doc, next + 1, "held") || word_is(w->doc, next + 1, "born");
    return participle && !IN_LIST(w->doc, next + 1, led);
  }
  return false;
}

// "UN secretary general" is one role phrase, and names the body.
static bool give_inside(Work *w, const Piece *role, Giver *out) {
  const ActorEntry *entry = NULL;
  const ActorRole *inner;
  if (role && is_capital(w->doc, role->first))
    piece_inside(w->doc, w->model, role, &entry, &inner);
  return give(out, entry);
}

static bool find_giver(Work *w, uint32_t first, uint32_t end, bool envoy, Giver *out) {
  const ActorEntry *state = NULL, *body = NULL;
  const char *place = NULL;
  for (uint32_t i = first; i < end; i++) {
    const Piece *p = piece_at(w, i);
    if (!p || p->first != i)
      continue;
    if (piece_is_state(p) && !state && !is_other_country(w, p, first, end + 2))
      state = piece_entry(w->doc, w->model, p, KINDS_STATE);
    else if (p->kind == PIECE_TABLE && piece_is_body(p))
      body = piece_entry(w->doc, w->model, p, KINDS_BODY);
    else if ((p->kind == PIECE_ORG || p->kind == PIECE_PLACE) && !state) {
      const ActorRole *role;
      piece_inside(w->doc, w->model, p, &state, &role);
      if (p->kind == PIECE_PLACE && !place)
        place = place_country(w->doc, w->model, p);
    }
  }
  if (!state && !body && place) {
    *out = (Giver){.state = true};
    set_text(out->code, sizeof out->code, place);
    return true;
  }
  bool state_first = state && (!body || envoy || !strcmp(body->sector, "IGO"));
  return give(out, state_first ? state : body);
}

static void take(Draft *d, const Giver *g, bool sector) {
  if (!d->actor.code[0]) {
    memcpy(d->actor.code, g->code, sizeof g->code);
    d->state = g->state;
  }
  if (sector && d->generic && g->sector[0] && !d->actor.sector[0])
    memcpy(d->actor.sector, g->sector, sizeof g->sector);
}

static Giver giver_of(const Draft *d) {
  Giver g = {.state = d->state};
  memcpy(g.code, d->actor.code, sizeof g.code);
  memcpy(g.sector, d->actor.sector, sizeof g.sector);
  return g;
}

// Leaders and officials of a state are its government, where nothing else is said.
static void finish_sector(Draft *d) {
  if (d->former)
    set_sector(d, "ELI");
  else if (d->generic && !d->actor.sector[0] && d->state && d->actor.code[0])
    set_sector(d, d->otherwise);
}

static void look_before(Work *w, Draft *d, uint32_t first, uint32_t core) {
  for (uint32_t i = first; i < core; i++) {
    d->former |= IN_LIST(w->doc, i, formers);
    if (IN_LIST(w->doc, i, males) && i + 1 < d->actor.first + d->actor.count)
      d->gender = 'm';
    if (IN_LIST(w->doc, i, females))
      d->gender = 'f';
    if (wanted(w->doc, i) || w->tokens[i].upos == UPOS_NUM)
      d->counted = wanted(w->doc, i);
    if (w->tokens[i].upos == UPOS_NUM || word_is(w->doc, i, "a") || word_is(w->doc, i, "an") ||
        word_is(w->doc, i, "some") || word_is(w->doc, i, "several") || word_is(w->doc, i, "many"))
      d->indefinite = 1;
  }
  d->definite |= IN_LIST(w->doc, first, definites) || d->owner != NONE;
}

static uint8_t gender_of_role(const Work *w, uint32_t token) {
  Str word = doc_word(w->doc, token);
  if (IN_LIST(w->doc, token, females) || str_ends(word, STR("woman")))
    return 'f';
  if (IN_LIST(w->doc, token, males) || (word.len > 4 && str_ends(word, STR("sman"))))
    return 'm';
  return 0;
}

// A state, its people, its capital or its adjective by itself.
static uint32_t state_draft(Work *w, const Piece *p, uint32_t first, uint32_t end,
                            uint32_t head, bool modifies) {
  uint32_t kinds = p->kinds & (KIND(ENTRY_COUNTRY) | KIND(ENTRY_CAPITAL));
  DraftWhat what = DRAFT_STATE;
  if (modifies) {
    kinds = KINDS_STATE;
    what = DRAFT_ADJECTIVE;
  } else if (!kinds) {
    kinds = KIND(ENTRY_PEOPLE) | KIND(ENTRY_ADJECTIVE);
    what = DRAFT_PEOPLE;
  }
  if (kinds & KIND(ENTRY_COUNTRY) && piece_entry(w->doc, w->model, p, KIND(ENTRY_COUNTRY)))
    kinds = KIND(ENTRY_COUNTRY);
  static const char *const money[] = {"dollar", "dollars", "pound", "pounds", "franc", "francs", "peso", "pesos",
                                      "rupee", "rupees", "shilling", "shillings", "dinar", "dinars", "riyal",
                                      "riyals", "yuan", "yen", "won", "ruble", "rubles", "rouble", "roubles",
                                      "lira", "mark", "marks", "crown", "crowns"};
  static const char *const common[] = {"ordinary", "fellow", "young", "poor", "elderly"};
  const ActorEntry *e = piece_entry(w->doc, w->model, p, kinds);
  bool coin = modifies && end < w->doc->tokens.count && IN_LIST(w->doc, end, money);
  if (!e || coin)
    return NONE;
  Draft d = new_draft(what, first, end, head);
  set_entry(w, &d, e, false);
  d.name_first = p->first, d.name_count = p->count;
  d.gender = what == DRAFT_PEOPLE ? 0 : 'n';
  if (what == DRAFT_PEOPLE) {
    Str word = doc_word(w->doc, p->first + p->count - 1);
    bool one = word_is(w->doc, first, "a") || word_is(w->doc, first, "an");
    d.actor.number = one || !(str_ends(word, STR("s")) || word_is(w->doc, first, "the")) ? 1 : 2;
    d.name = (Str){0};
    if (str_ends(word, STR("people")) || str_ends(word, STR("peoples"))) // "the Kenyan people"
      set_sector(&d, "CVL");
    look_before(w, &d, first, p->first);
    d.counted = 0;
    for (uint32_t i = first; i < p->first; i++)
      d.indefinite |= IN_LIST(w->doc, i, common);
    if (d.indefinite && !one) // "three Kenyans" are not Kenya
      set_sector(&d, "CVL");
  }
  if (what == DRAFT_ADJECTIVE && e->kind == ENTRY_CAPITAL)
    d.actor.is_place = 1;
  return push(w, d);
}

static uint32_t body_draft(Work *w, const Piece *p, uint32_t first, uint32_t end,
                           uint32_t head, bool modifies) {
  Draft d = new_draft(modifies ? DRAFT_ADJECTIVE : DRAFT_BODY, first, end, head);
  d.name_first = p->first, d.name_count = p->count;
  d.gender = 'n';
  const ActorEntry *e = piece_entry(w->doc, w->model, p, KINDS_BODY);
  if (e) {
    set_entry(w, &d, e, false);
    d.state = e->kind == ENTRY_SEAT;
    d.actor.number = e->kind == ENTRY_GROUP && is_plural(w->doc, p->first + p->count - 1) &&
                     !is_capital(w->doc, p->first + p->count - 1) ? 2 : 1; // "Hutu rebels"
  } else {
    const ActorRole *role;
    piece_inside(w->doc, w->model, p, &e, &role);
    if (role) {
      memcpy(d.actor.sector, role->sector, sizeof role->sector);
      d.role = str_of(image_string(w->model->actors.image, role->noun));
      d.role_kind = (uint8_t)role->kind;
    }
    if (e) {
      memcpy(d.actor.code, e->code, sizeof e->code);
      d.state = (KIND(e->kind) & KINDS_STATE) != 0;
    }
    d.name = doc_span(w->doc, doc_token_span(w->doc, p->first, p->count));
  }
  d.definite = IN_LIST(w->doc, first, definites);
  return push(w, d);
}

static uint32_t person_draft(Work *w, const Piece *p, const Piece *title, uint32_t first,
                             uint32_t end, uint32_t head, uint32_t owner) {
  Draft d = new_draft(DRAFT_PERSON, first, end, head);
  d.name_first = p->first, d.name_count = p->count;
  d.role_kind = ROLE_PERSON;
  if (title) {
    set_role(w, &d, title);
    d.role_kind = ROLE_PERSON;
    d.gender = gender_of_role(w, title->first + title->count - 1);
  }
  const ActorEntry *e = piece_entry(w->doc, w->model, p, KIND(ENTRY_PERSON));
  // "South Korean foreign minister Ban", "UN chief Ban": the words before say which office is meant
  Giver g;
  bool told = false;
  if (e && title && entry_when(e, w->doc->day)) {
    told = find_giver(w, first, p->first, false, &g) || give_inside(w, title, &g);
    if (!told && owner != NONE && draft_at(w, owner)->actor.code[0])
      g = giver_of(draft_at(w, owner)), told = true;
  }
  if (told && strcmp(g.code, e->code)) {
    const ActorEntry *then = piece_entry_of(w->model, p, KIND(ENTRY_PERSON), g.code);
    e = then ? then : e;
  }
  if (e)
    set_entry(w, &d, e, title != NULL);
  if (!d.name.len)
    d.name = doc_span(w->doc, doc_token_span(w->doc, p->first, p->count));
  d.full = p->full;
  return push(w, d);
}

// ---- segments

static uint32_t role_draft(Work *w, const Piece *p, uint32_t first, uint32_t end, uint32_t head) {
  Draft d = new_draft(DRAFT_ROLE, first, end, head);
  uint32_t last = p->first + p->count - 1;
  set_role(w, &d, p);
  d.actor.number = is_plural(w->doc, last) ? 2 : 1;
  if (word_is(w->doc, p->first, "ministers"))
    d.actor.number = 2;
  d.gender = d.role_kind == ROLE_BODY ? 'n' : gender_of_role(w, last);
  return push(w, d);
}

// The role noun before the core that says whose the core is: "rebel leader",
// "army officials".
static const Piece *role_before(const Work *w, uint32_t first, uint32_t core) {
  const Piece *best = NULL;
  for (uint32_t i = first; i < core; i++) {
    const Piece *p = piece_at(w, i);
    if (p && p->first == i && p->kind == PIECE_ROLE && p->first + p->count <= core)
      best = p;
  }
  return best;
}

static void fill_core(Work *w, uint32_t index, uint32_t first, uint32_t core, uint32_t owner) {
  Draft *d = draft_at(w, index);
  Giver g = {0};
  d->owner = owner;
  bool envoy = false;
  for (uint32_t i = first; i < d->actor.first + d->actor.count; i++)
    envoy |= IN_LIST(w->doc, i, envoys);
  look_before(w, d, first, core);
  if (owner != NONE && draft_at(w, owner)->actor.code[0]) {
    g = giver_of(draft_at(w, owner));
    take(d, &g, d->role_kind != ROLE_PERSON || !g.state);
  }
  const Piece *before = d->what == DRAFT_ROLE && d->generic ? role_before(w, first, core) : NULL;
  if (before && role_of(w, before) && role_of(w, before)->sector[0]) {
    set_sector(d, role_of(w, before)->sector);
    d->role = lower_words(w, before->first, d->name_count ? before->count : core - before->first + 1);
  }
  // "opposition ministers", "rebel generals", "intelligence agency officer"
  static const char *const camps[] = {"OPP", "REB", "SPY", "COP"};
  const Piece *camp = d->what == DRAFT_ROLE && !d->generic ? role_before(w, first, core) : NULL;
  const ActorRole *side = camp ? role_of(w, camp) : NULL;
  bool mil = !strcmp(d->actor.sector, "MIL");
  if (side && (mil || !strcmp(d->actor.sector, "GOV")) &&
      in_words(str_of(side->sector), camps, mil ? 4 : 2))
    set_sector(d, side->sector);
  if (find_giver(w, first, core, envoy, &g))
    take(d, &g, true);
  for (uint32_t i = first; !d->actor.code[0] && i <= core; i++)
    if (piece_at(w, i) && piece_at(w, i)->kind == PIECE_ROLE && piece_at(w, i)->first == i &&
        give_inside(w, piece_at(w, i), &g))
      take(d, &g, false);
  finish_sector(d);
}

static Str noun_of(const Work *w, const Piece *p) {
  return str_of(image_string(w->model->actors.image, role_of(w, p)->noun));
}

// What stands before a noun that is no actor: "Israeli | strikes", "UN |
// sanctions", "Israeli army | offensive". Owner is the possessor of it all.
static void read_modifiers(Work *w, uint32_t first, uint32_t end, uint32_t owner) {
  for (uint32_t i = first; i < end; i++) {
    const Piece *p = piece_at(w, i);
    if (!p || p->first != i || p->first + p->count > end)
      continue;
    const Piece *last = p;
    for (;;) {
      uint32_t next = last->first + last->count;
      const Piece *q = next < end ? piece_at(w, next) : NULL;
      bool grows = q && q->first == next && next + q->count <= end &&
                   (q->kind == PIECE_ROLE || piece_is_person(q)) && !piece_is_person(last);
      if (!grows)
        break;
      last = q;
    }
    uint32_t stop = last->first + last->count, head = run_top(w, last->first, stop), made = NONE;
    if (piece_is_person(last))
      made = person_draft(w, last, last != p && role_before(w, i, last->first) ? role_before(w, i, last->first) : NULL, i, stop, head, i == first ? owner : NONE);
    else if (last->kind == PIECE_ROLE && !IN_WORDS(noun_of(w, last), grounds))
      made = role_draft(w, last, i, stop, head);
    else if (last->kind == PIECE_ROLE && last != p && piece_is_state(p))
      state_draft(w, p, i, p->first + p->count, p->first, true);
    else if (piece_is_body(last) && last->kind == PIECE_TABLE)
      body_draft(w, last, i, stop, head, true);
    else if (piece_is_state(last))
      state_draft(w, last, i, stop, head, true);
    if (made != NONE)
      fill_core(w, made, i, last->first, i == first ? owner : NONE);
    i = stop - 1;
  }
}

static bool has_piece(const Work *w, uint32_t first, uint32_t end, bool roles) {
  for (uint32_t i = first; i < end; i++)
    if (piece_at(w, i) && (roles || piece_at(w, i)->kind != PIECE_ROLE))
      return true;
  return false;
}

// "the two countries", "both sides", "the two", "the country": they stand for
// others and say nothing themselves.
static uint32_t read_stand_in(Work *w, uint32_t first, uint32_t end, uint32_t top, uint32_t owner) {
  bool both = first > w->doc->sentences.items[w->tokens[first].sentence].first && word_is(w->doc, first - 1, "both");
  uint8_t number = both ? 2 : 0;
  bool definite = owner != NONE || IN_LIST(w->doc, first, definites);
  if (has_piece(w, first, end, false))
    return NONE;
  for (uint32_t i = first; i < end && !number; i++)
    number = wanted(w->doc, i);
  bool land = IN_LIST(w->doc, top, lands), side = IN_LIST(w->doc, top, sides);
  // "his country", "their countries", "our two countries"
  if (owner != NONE && !(land && draft_at(w, owner)->what == DRAFT_PRONOUN))
    return NONE;
  if (owner != NONE && is_plural(w->doc, top) && !number)
    number = 2;
  bool bare = (wanted(w->doc, top) && definite && top == end - 1 && end - first <= 2) ||
              (word_is(w->doc, top, "both") && end - first == 1);
  if (bare || ((land || side) && (number || (definite && side && is_plural(w->doc, top))))) {
    Draft d = new_draft(DRAFT_GROUP, both ? first - 1 : first, end, top);
    d.actor.number = 2;
    d.counted = number ? number : 2;
    d.definite = definite || both || number <= 2;
    d.owner = owner;
    d.role = land || side ? lower_words(w, top, 1) : (Str){0};
    return push(w, d);
  }
  if (land && definite && !is_plural(w->doc, top)) {
    Draft d = new_draft(DRAFT_ROLE, first, end, top);
    d.role = STR("country");
    d.role_kind = ROLE_BODY;
    d.gender = 'n';
    d.definite = 1;
    d.owner = owner; // "his country"
    return push(w, d);
  }
  return NONE;
}

// The last piece of the segment that can be its core, given the token by which
// the segment hangs; NULL where a noun that is no actor is the head.
static const Piece *find_core(const Work *w, uint32_t first, uint32_t end, uint32_t top) {
  const Piece *at_top = piece_at(w, top), *person = NULL, *last = NULL;
  for (uint32_t i = first; i < end; i++) {
    const Piece *p = piece_at(w, i);
    if (!p || p->first != i)
      continue;
    person = piece_is_person(p) ? p : person;
    if (p->kind != PIECE_PLACE && p->kind != PIECE_OTHER)
      last = p;
  }
  if (!last)
    return at_top;
  bool noun_behind = false;
  for (uint32_t i = last->first + last->count; i < end; i++)
    noun_behind |= w->tokens[i].upos == UPOS_NOUN || w->tokens[i].upos == UPOS_PROPN ||
                   (i == top && w->tokens[i].upos != UPOS_PART);
  if (!at_top && noun_behind)
    return NULL;
  if (at_top && noun_behind && at_top != last && top < last->first)
    last = at_top;
  if (person && person != last && last->kind != PIECE_ROLE && !piece_is_body(last))
    return person;
  if (at_top && at_top != last && (at_top->kind == PIECE_ROLE || piece_is_person(at_top)) &&
      piece_is_state(last))
    return at_top;
  if (at_top && (at_top->kind == PIECE_OTHER || at_top->kind == PIECE_PLACE) && last->first < at_top->first)
    return at_top;
  return last;
}

static uint32_t read_segment(Work *w, uint32_t first, uint32_t end, uint32_t owner) {
  uint32_t top = run_top(w, first, end);
  uint32_t stand_in = read_stand_in(w, first, end, top, owner);
  if (stand_in != NONE)
    return stand_in;
  const Piece *core = find_core(w, first, end, top);
  static const char *const offices[] = {"office", "camp", "entourage", "staff"};
  if (!core && owner != NONE && draft_at(w, owner)->what != DRAFT_STATE && IN_LIST(w->doc, top, offices)) {
    Draft d = new_draft(DRAFT_ROLE, first, end, top); // "the president's office"
    const Draft *whose = draft_at(w, owner);
    d.role = lower_words(w, top, 1);
    d.role_kind = ROLE_BODY;
    d.gender = 'n';
    d.definite = d.generic = 1;
    d.owner = owner;
    memcpy(d.actor.code, whose->actor.code, sizeof d.actor.code);
    memcpy(d.actor.sector, whose->actor.sector, sizeof d.actor.sector);
    d.state = whose->state;
    return push(w, d);
  }
  if (!core) {
    read_modifiers(w, first, end, owner);
    return NONE;
  }
  // "the Iranian-backed": a country that modifies what follows stays by itself
  uint32_t begin = first, index = NONE, behind = core->first + core->count;
  if (piece_is_person(core)) {
    const Piece *title = role_before(w, first, core->first);
    index = person_draft(w, core, title, begin, top < behind ? behind : end, top, owner);
    fill_core(w, index, first, core->first, owner);
  } else if (core->kind == PIECE_ROLE) {
    const Piece *person = NULL;
    for (uint32_t i = first; i < core->first; i++)
      if (piece_at(w, i) && piece_is_person(piece_at(w, i)))
        person = piece_at(w, i);
    index = role_draft(w, core, begin, end, top);
    if (person) { // "the Bush administration"
      uint32_t title_first = first;
      while (title_first < person->first && IN_LIST(w->doc, title_first, articles))
        title_first++;
      const Piece *title = role_before(w, first, person->first);
      uint32_t whose = person_draft(w, person, title, title_first, person->first + person->count,
                                    run_top(w, person->first, person->first + person->count), owner);
      fill_core(w, whose, title_first, person->first, owner);
      draft_at(w, whose)->inside = index;
      owner = whose;
    }
    fill_core(w, index, first, core->first, owner);
    if (IN_WORDS(noun_of(w, core), grounds) && !draft_at(w, index)->actor.code[0])
      draft_at(w, index)->dropped = 1;
  } else if (piece_is_body(core)) {
    index = body_draft(w, core, begin, end, top, is_adjective_here(w, top) && piece_at(w, top) == core && core->kind == PIECE_TABLE);
    Draft *d = draft_at(w, index);
    d->owner = owner;
    // "the Uganda People's Army" is not the People's Army of another country
    const Piece *state = core->first > first ? piece_at(w, core->first - 1) : NULL;
    const ActorEntry *own = piece_entry(w->doc, w->model, core, KIND(ENTRY_GROUP));
    const ActorEntry *land = state && piece_is_state(state) ? piece_entry(w->doc, w->model, state, KINDS_STATE) : NULL;
    if (own && land && own->country[0] && strcmp(own->country, land->code)) {
      const ActorRole *role;
      piece_inside(w->doc, w->model, core, &land, &role);
      land = piece_entry(w->doc, w->model, state, KINDS_STATE);
      set_code(d, land->code);
      set_sector(d, role ? role->sector : "");
      d->state = 1, d->known = 0;
      d->name_first = state->first, d->name_count = core->first + core->count - state->first;
      d->name = doc_span(w->doc, doc_token_span(w->doc, d->name_first, d->name_count));
    }
    if (!d->actor.code[0]) {
      Giver g = {0};
      if (owner != NONE) {
        g = giver_of(draft_at(w, owner));
        take(d, &g, false);
        // "the fleet's Arctic Group", "the Ombudsman's Office"
        bool vague = !d->actor.sector[0] || IN_WORDS(d->role, generic);
        if (vague && !d->known && g.sector[0])
          memcpy(d->actor.sector, g.sector, sizeof d->actor.sector);
      }
      if (find_giver(w, first, core->first, false, &g))
        take(d, &g, false);
    }
    finish_sector(d);
  } else if (piece_is_state(core)) {
    bool modifies = is_adjective_here(w, top);
    if (piece_at(w, top) != core) {
      read_modifiers(w, first, end, owner);
      return NONE;
    }
    for (uint32_t i = first; i < core->first; i++)
      if (piece_at(w, i) && piece_is_state(piece_at(w, i))) { // "the China-Russia …"
        read_modifiers(w, first, core->first, owner);
        begin = core->first;
        break;
      }
    index = state_draft(w, core, begin, behind, top, modifies);
  } else if (core->kind == PIECE_PLACE) {
    const ActorEntry *e;
    const ActorRole *role;
    piece_inside(w->doc, w->model, core, &e, &role);
    const char *country = e ? e->code : place_country(w->doc, w->model, core);
    if (country) {
      Draft d = new_draft(DRAFT_STATE, begin, end, top);
      set_code(&d, country);
      d.actor.is_place = !e; // a city is a place, also where it is visited
      d.state = 1, d.gender = 'n';
      d.name = doc_span(w->doc, doc_token_span(w->doc, core->first, core->count));
      d.name_first = core->first, d.name_count = core->count;
      index = push(w, d);
    }
  }
  return index;
}

// A possessor becomes part of what it possesses where that is an actor.
static void swallow_owner(Work *w, uint32_t index) {
  Draft *d = draft_at(w, index);
  if (d->owner == NONE)
    return;
  Draft *owner = draft_at(w, d->owner);
  if (owner->actor.first < d->actor.first) {
    d->actor.count += d->actor.first - owner->actor.first;
    d->actor.first = owner->actor.first;
  }
  owner->inside = index;
  if (owner->what == DRAFT_STATE || owner->what == DRAFT_ADJECTIVE)
    owner->dropped = 1;
}

static uint32_t pronoun_draft(Work *w, uint32_t token) {
  static const struct {
    const char *word;
    uint8_t number, gender;
  } pronouns[] = {
      {"he", 1, 'm'}, {"him", 1, 'm'}, {"his", 1, 'm'}, {"himself", 1, 'm'},
      {"she", 1, 'f'}, {"her", 1, 'f'}, {"hers", 1, 'f'}, {"herself", 1, 'f'},
      {"it", 1, 'n'}, {"its", 1, 'n'}, {"itself", 1, 'n'},
      {"they", 2, 0}, {"them", 2, 0}, {"their", 2, 0}, {"theirs", 2, 0}, {"themselves", 2, 0},
      {"i", 1, 0}, {"me", 1, 0}, {"my", 1, 0}, {"we", 2, 0}, {"us", 2, 0}, {"our", 2, 0}};
  const Token *t = &w->tokens[token];
  if (t->upos != UPOS_PRON || t->deprel == DEPREL_EXPL)
    return NONE;
  for (size_t i = 0; i < COUNT(pronouns); i++)
    if (word_is(w->doc, token, pronouns[i].word)) {
      Draft d = new_draft(DRAFT_PRONOUN, token, token + 1, token);
      d.actor.number = pronouns[i].number;
      d.gender = pronouns[i].gender;
      return push(w, d);
    }
  return NONE;
}

// "Latvia, whose foreign minister": whose is what the relative clause is about.
static uint32_t whose_draft(Work *w, uint32_t token) {
  uint32_t at = token;
  for (int steps = 0; steps < 6 && w->tokens[at].deprel != DEPREL_ACL_RELCL; steps++)
    at = w->tokens[at].head;
  uint32_t about = w->tokens[at].head;
  if (!word_is(w->doc, token, "whose") || w->tokens[at].deprel != DEPREL_ACL_RELCL || about >= token)
    return NONE;
  for (uint32_t i = w->drafts.list.count, n = 0; i-- > 0 && n < 64; n++) {
    const Draft *e = draft_at(w, i);
    if (e->actor.head != about || e->dropped || !e->actor.code[0])
      continue;
    Draft d = new_draft(DRAFT_PRONOUN, token, token + 1, token);
    memcpy(d.actor.code, e->actor.code, sizeof d.actor.code);
    d.state = e->state;
    return push(w, d);
  }
  return NONE;
}

static void read_chunk(Work *w, Chunk *c) {
  uint32_t first = c->first, owner = NONE;
  for (;;) {
    if (first < c->end && w->tokens[first].upos == UPOS_PRON && w->pieces.of_token[first] == NONE) {
      owner = pronoun_draft(w, first);
      owner = owner == NONE ? whose_draft(w, first) : owner;
      first++;
    }
    uint32_t end = first;
    while (end < c->end && !(is_possessive_mark(w->doc, end) && w->pieces.of_token[end] == NONE))
      end++;
    if (end == first) {
      if (end == c->end)
        return;
      first++;
      continue;
    }
    uint32_t made = read_segment(w, first, end, owner);
    bool last = end + 1 >= c->end;
    if (made != NONE)
      swallow_owner(w, made);
    if (last) {
      c->draft = end == c->end || made == NONE ? made : NONE; // "Japan's" without more
      if (made != NONE && end < c->end)
        c->draft = made;
      return;
    }
    owner = made;
    first = end + 1;
  }
}

// ---- joining chunks

static uint32_t end_of(const Draft *d) { return d->actor.first + d->actor.count; }

static void stretch(Draft *d, uint32_t end) {
  if (end > end_of(d))
    d->actor.count = end - d->actor.first;
}

static bool is_amount(const Work *w, const Chunk *c) {
  return c->draft == NONE && (IN_LIST(w->doc, c->top, amounts) || w->tokens[c->top].upos == UPOS_NUM);
}

// The state that a chunk without a core speaks of: "the Iraqi city".
static uint32_t modifier_in(Work *w, const Chunk *c) {
  for (uint32_t i = w->drafts.list.count; i-- > 0;) {
    const Draft *d = draft_at(w, i);
    if (d->actor.first < c->first && d->actor.first + 64 < c->first)
      break;
    if (in_run(d->actor.first, c->first, c->end) && d->state && d->actor.code[0] && !d->dropped)
      return i;
  }
  return NONE;
}

// "leaders of Kenya and Uganda": the chunks behind that continue the list.
static uint32_t list_behind(Work *w, size_t at, uint32_t out[8]) {
  uint32_t count = 0, sure = 1;
  out[count++] = w->chunks.items[at].draft;
  for (size_t k = at + 1; k < w->chunks.count && count < 8; k++) {
    const Chunk *before = &w->chunks.items[k - 1], *c = &w->chunks.items[k];
    uint32_t gap = c->first - before->end;
    bool linked = (gap == 1 && (word_is(w->doc, before->end, "and") || word_is(w->doc, before->end, ","))) ||
                  (gap == 2 && word_is(w->doc, before->end, ",") && word_is(w->doc, before->end + 1, "and"));
    if (!linked || c->draft == NONE || draft_at(w, c->draft)->what != draft_at(w, out[0])->what)
      break;
    bool and = word_is(w->doc, c->first - 1, "and");
    out[count++] = c->draft;
    if (w->tokens[c->top].deprel == DEPREL_CONJ)
      sure = count;
    else if (and && only_states(w, c)) // "Ghana, Togo and Benin", whatever the tree says
      sure = count;
    if (and)
      break;
  }
  return sure;
}

static void make_group(Work *w, Draft *group, const uint32_t *members, uint32_t count) {
  group->what = DRAFT_GROUP;
  group->counted = 0;
  group->actor.number = 2;
  group->member = w->drafts.members.count;
  group->members = count;
  memset(group->actor.code, 0, sizeof group->actor.code);
  for (uint32_t i = 0; i < count; i++)
    array_push(w->arena, &w->drafts.members, members[i]);
}

// "president of the European Commission", "officials from Uganda", "rebels in
// eastern Congo": what hangs behind gives the country, or the sector.
static void attach(Work *w, size_t at) {
  static const char *const links[] = {"of", "from", "for", "in", "at", "with"};
  static const char *const leaving[] = {"withdraw", "pull", "remove", "expel", "evacuate",
                                        "deport", "recall", "return", "drive", "free"};
  Chunk *a = &w->chunks.items[at], *b = at + 1 < w->chunks.count ? &w->chunks.items[at + 1] : NULL;
  if (!b || b->first != a->end + 1 || !IN_LIST(w->doc, a->end, links))
    return;
  bool of = word_is(w->doc, a->end, "of"), in = word_is(w->doc, a->end, "in") || word_is(w->doc, a->end, "at");
  bool hangs = in_run(w->tokens[b->top].head, a->first, a->end);
  if (of && is_amount(w, a) && b->draft != NONE) { // "thousands of protesters"
    Draft *d = draft_at(w, b->draft);
    if (d->what == DRAFT_ROLE || d->what == DRAFT_PEOPLE || d->what == DRAFT_BODY) {
      Draft whole = *d;
      d->dropped = 1;
      whole.actor.first = a->first;
      whole.actor.count = end_of(d) - a->first;
      whole.actor.head = a->top;
      whole.definite = 0, whole.indefinite = 1;
      whole.counted = 0;
      whole.actor.number = word_is(w->doc, a->top, "one") ? 1 : 2;
      if (whole.what == DRAFT_BODY)
        return;
      if (whole.what == DRAFT_PEOPLE)
        set_sector(&whole, "CVL");
      a->draft = push(w, whole);
    }
    return;
  }
  if (a->draft == NONE)
    return;
  Draft *d = draft_at(w, a->draft);
  // "King Harald of Norway"
  bool titled = of && d->what == DRAFT_PERSON && d->role.len && !d->known && !d->actor.code[0] &&
                b->draft != NONE && draft_at(w, b->draft)->what != DRAFT_PERSON;
  if ((d->what != DRAFT_ROLE && !titled) || str_equal(d->role, STR("country")))
    return;
  if (!of && !hangs)
    return;
  if (word_is(w->doc, a->end, "from") && word_in(w->doc, w->tokens[a->top].head, leaving, COUNT(leaving)))
    return;
  if (word_is(w->doc, a->end, "for") && d->role_kind != ROLE_PERSON)
    return;
  // "the head of Iraqi affairs", but not "the ship of Iraqi policy"
  bool loose = d->role_kind == ROLE_PERSON || !of || IN_LIST(w->doc, b->top, grounds);
  uint32_t inner = b->draft != NONE ? b->draft : loose ? modifier_in(w, b) : NONE;
  if (word_is(w->doc, a->end, "with") && // "an official with the ministry"
      (d->role_kind != ROLE_PERSON || inner == NONE || inner != b->draft ||
       !(draft_at(w, inner)->what == DRAFT_BODY || draft_at(w, inner)->role_kind == ROLE_BODY)))
    return;
  uint32_t end = b->draft != NONE ? end_of(draft_at(w, b->draft)) : b->end;
  if (b->draft == NONE && !of)
    end = inner == NONE ? 0 : b->end;
  if (end)
    stretch(d, end);
  if (inner == NONE && of && d->generic && !d->actor.sector[0]) // "chairman of the firm's board"
    for (uint32_t i = w->drafts.list.count, n = 0; i-- > 0 && n < 200; n++)
      if (in_run(draft_at(w, i)->actor.first, b->first, b->end) && draft_at(w, i)->actor.sector[0])
        memcpy(d->actor.sector, draft_at(w, i)->actor.sector, sizeof d->actor.sector);
  if (inner == NONE)
    return;
  Draft *e = draft_at(w, inner);
  Giver g = giver_of(e);
  uint32_t list[8], count = 1;
  if (b->draft != NONE && (of || word_is(w->doc, a->end, "from")) && d->actor.number == 2 && e->what == DRAFT_STATE && !d->actor.code[0])
    count = list_behind(w, at + 1, list);
  if (count > 1) {
    if (d->generic && !d->actor.sector[0])
      set_sector(d, d->otherwise);
    for (uint32_t i = 0; i < count; i++) {
      Draft *m = draft_at(w, list[i]);
      set_sector(m, d->actor.sector);
      m->role = d->role;
      m->inside = a->draft;
      stretch(d, end_of(m));
    }
    make_group(w, d, list, count);
    return;
  }
  if (e->what == DRAFT_GROUP && !e->counted && e->members && !d->actor.code[0]) {
    d->member = e->member, d->members = e->members;
    d->what = DRAFT_GROUP;
    e->inside = a->draft;
    return;
  }
  take(d, &g, !in);
  // "president of the Workers' League": the League's sector
  static const char *const heads[] = {"president", "vice president", "secretary general", "secretary-general"};
  if (of && e->what == DRAFT_BODY && (!e->state || (!e->known && IN_WORDS(d->role, heads))) && d->role_kind == ROLE_PERSON && e->actor.sector[0] &&
      !strcmp(d->actor.sector, "GOV"))
    memcpy(d->actor.sector, e->actor.sector, sizeof d->actor.sector);
  if (e->what == DRAFT_GROUP && e->counted && !d->actor.code[0] && d->actor.number == 2) {
    d->what = DRAFT_GROUP; // "leaders of the two countries"
    d->counted = e->counted;
    e->dropped = 1;
  } else if (d->owner == NONE && !in) {
    d->owner = inner;
  }
  finish_sector(d);
  if (b->draft == inner && !in && (e->what == DRAFT_STATE || e->what == DRAFT_PEOPLE))
    e->dropped = 1;
  else
    e->inside = a->draft;
}

// "Israeli and Palestinian leaders": one group of two.
static void join_adjectives(Work *w, size_t at) {
  Chunk *b = &w->chunks.items[at];
  if (b->draft == NONE)
    return;
  Draft *last = draft_at(w, b->draft);
  if (last->what != DRAFT_ROLE || !last->actor.code[0])
    return;
  uint32_t members[8], count = 0;
  size_t k = at;
  while (k > 0 && count < 7) {
    Chunk *before = &w->chunks.items[k - 1];
    uint32_t gap = w->chunks.items[k].first - before->end;
    bool and = gap == 1 && (word_is(w->doc, before->end, "and") || word_is(w->doc, before->end, "or"));
    bool comma = (gap == 1 && word_is(w->doc, before->end, ",")) ||
                 (gap == 2 && word_is(w->doc, before->end, ",") && word_is(w->doc, before->end + 1, "and"));
    const Piece *word = piece_at(w, before->end - 1); // "his Kenyan and Ugandan counterparts"
    bool adjective = before->draft != NONE && (draft_at(w, before->draft)->what == DRAFT_ADJECTIVE ||
                     (draft_at(w, before->draft)->what == DRAFT_PEOPLE && and && word && word->kinds & KIND(ENTRY_ADJECTIVE)));
    if ((!and && !comma) || !adjective || !only_states(w, before))
      break;
    members[count++] = before->draft;
    k--;
  }
  if (!count || k == at)
    return;
  const Piece *own = NULL;
  for (uint32_t i = b->first; i < b->end && !own; i++)
    own = piece_at(w, i) && piece_is_state(piece_at(w, i)) ? piece_at(w, i) : NULL;
  if (!own)
    return;
  uint32_t last_one = state_draft(w, own, own->first, own->first + own->count, own->first, true);
  if (last_one == NONE)
    return;
  uint32_t order[9], n = 0;
  for (uint32_t i = count; i-- > 0;)
    order[n++] = members[i];
  order[n++] = last_one;
  last = draft_at(w, b->draft);
  for (uint32_t i = 0; i < n; i++) {
    Draft *m = draft_at(w, order[i]);
    memcpy(m->actor.sector, last->actor.sector, sizeof m->actor.sector);
    m->role = last->role;
    m->role_kind = last->role_kind;
    m->what = DRAFT_ROLE;
    m->actor.number = 2;
    m->inside = b->draft;
  }
  last->actor.count = end_of(last) - w->chunks.items[k].first;
  last->actor.first = w->chunks.items[k].first;
  make_group(w, last, order, n);
}

// "Spain's king and prime minister", "the Kenyan government and people",
// "the king and prime minister of Spain":
// offices joined without an article between them are of one state.
static void join_offices(Work *w, size_t at) {
  static const char *const official[] = {"GOV", "MIL", "COP", "LEG", "JUD"};
  const Chunk *a = &w->chunks.items[at], *b = at + 1 < w->chunks.count ? &w->chunks.items[at + 1] : NULL;
  if (!b || b->first != a->end + 1 || !word_is(w->doc, a->end, "and") || a->draft == NONE || b->draft == NONE ||
      w->tokens[b->top].deprel != DEPREL_CONJ || IN_LIST(w->doc, b->first, articles))
    return;
  Draft *d = draft_at(w, a->draft), *e = draft_at(w, b->draft);
  if (d->what != DRAFT_ROLE || e->what != DRAFT_ROLE || d->role_kind == ROLE_KINDS || e->role_kind == ROLE_KINDS ||
      !IN_WORDS(str_of(d->actor.sector), official) ||
      !(IN_WORDS(str_of(e->actor.sector), official) || str_equal(e->role, STR("people"))))
    return;
  Draft *from = d->actor.code[0] ? d : e, *to = from == d ? e : d;
  if (from->state && from->actor.code[0] && !to->actor.code[0] && to->owner == NONE) {
    Giver g = giver_of(from);
    take(to, &g, false);
  }
}

static void absorb(Work *w, uint32_t into, uint32_t other, uint32_t head) {
  Draft *a = draft_at(w, into), *b = draft_at(w, other);
  uint32_t end = MAX(end_of(a), end_of(b));
  a->actor.first = MIN(a->actor.first, b->actor.first);
  a->actor.count = end - a->actor.first;
  a->actor.head = head;
  const Draft *person = a->what == DRAFT_PERSON ? a : b, *role = a->what == DRAFT_PERSON ? b : a;
  Draft sum = *person;
  sum.actor.first = a->actor.first, sum.actor.count = a->actor.count, sum.actor.head = head;
  if (!sum.actor.code[0] || !person->known) {
    if (role->actor.code[0])
      memcpy(sum.actor.code, role->actor.code, sizeof sum.actor.code);
    sum.state |= role->state;
  }
  if (!sum.actor.sector[0] || !person->known || role->former || !strcmp(sum.actor.sector, "ELI"))
    if (role->actor.sector[0])
      memcpy(sum.actor.sector, role->actor.sector, sizeof sum.actor.sector);
  if (role->role.len)
    sum.role = role->role;
  sum.generic = role->generic;
  sum.gender = person->gender ? person->gender : role->gender;
  sum.owner = person->owner != NONE ? person->owner : role->owner;
  sum.definite = 1;
  *a = sum;
  b->dropped = 1;
  for (uint32_t i = other; i < w->drafts.list.count; i++)
    if (draft_at(w, i)->inside == other)
      draft_at(w, i)->inside = into;
  for (uint32_t i = into; i < w->drafts.list.count; i++)
    if (draft_at(w, i)->inside == other)
      draft_at(w, i)->inside = into;
}

// "the Norwegian foreign minister, Ola Nordmann," and "Ola Nordmann, the
// Norwegian foreign minister,": one actor.
static void join_apposition(Work *w, size_t at, uint32_t sentence_stop) {
  Chunk *ca = &w->chunks.items[at];
  if (ca->draft == NONE)
    return;
  Draft *a = draft_at(w, ca->draft);
  uint32_t comma = end_of(a);
  if (comma + 1 >= sentence_stop || !(word_is(w->doc, comma, ",") || word_is(w->doc, comma, "--")) ||
      a->actor.number != 1)
    return;
  Chunk *cb = NULL;
  for (size_t k = at + 1; k < w->chunks.count && !cb; k++)
    if (w->chunks.items[k].first > comma)
      cb = &w->chunks.items[k];
  if (!cb || cb->first != comma + 1 || cb->draft == NONE)
    return;
  Draft *b = draft_at(w, cb->draft);
  uint32_t after = end_of(b);
  bool closed = after < sentence_stop && (word_is(w->doc, after, ",") || word_is(w->doc, after, ".") ||
                                          word_is(w->doc, after, "--") || word_is(w->doc, after, "("));
  bool tied = w->tokens[cb->top].deprel == DEPREL_APPOS && in_run(w->tokens[cb->top].head, a->actor.first, comma);
  bool list = w->tokens[cb->top].deprel == DEPREL_CONJ;
  bool name_behind = a->what == DRAFT_ROLE && a->role_kind == ROLE_PERSON && b->what == DRAFT_PERSON &&
                     b->actor.first == b->name_first && !a->indefinite && (tied || closed);
  bool role_behind = a->what == DRAFT_PERSON && b->what == DRAFT_ROLE && b->role_kind == ROLE_PERSON &&
                     b->actor.number == 1 && (tied || (closed && (b->definite || b->actor.code[0] || b->indefinite)));
  if (list || b->dropped || b->inside != NONE || !(name_behind || role_behind))
    return;
  uint32_t head = in_run(w->tokens[ca->top].head, b->actor.first, after) ? cb->top : a->actor.head;
  absorb(w, ca->draft, cb->draft, head);
  cb->draft = NONE;
}

// ---- places, and what the frame put there

static bool is_place_here(const Work *w, const Draft *d) {
  static const char *const in[] = {"in", "at", "near", "inside", "outside", "across", "around",
                                   "within", "throughout", "into", "through", "via", "off",
                                   "toward", "towards", "over"};
  static const char *const motion[] = {"go", "come", "arrive", "travel", "fly", "return", "send",
                                       "leave", "head", "move", "drive", "sail", "flee", "deploy"};
  static const char *const regions[] = {"north", "south", "east", "west", "outskirts", "city", "town",
                                        "capital", "area", "region", "part", "parts", "village",
                                        "province", "port", "northeast", "southeast", "northwest",
                                        "southwest", "suburb", "coast", "district"};
  const Sentence *s = &w->doc->sentences.items[w->tokens[d->actor.head].sentence];
  uint32_t first = d->actor.first, head = d->actor.head;
  for (int steps = 0; steps < 6 && w->tokens[head].deprel == DEPREL_CONJ; steps++)
    first = head = w->tokens[head].head; // "in Oslo and Bergen"
  for (uint32_t i = first; i-- > s->first && first - i < 3;) {
    const Token *t = &w->tokens[i];
    if (t->upos != UPOS_ADP && t->upos != UPOS_SCONJ)
      continue;
    uint32_t governor = w->tokens[head].head;
    if (IN_LIST(w->doc, i, in))
      return true;
    if (word_is(w->doc, i, "to") || word_is(w->doc, i, "from"))
      for (size_t k = 0; k < COUNT(motion); k++)
        if (lemma_is(w->doc, governor, motion[k]))
          return true;
    if (word_is(w->doc, i, "of"))
      return i > s->first && IN_LIST(w->doc, i - 1, regions);
    return false;
  }
  return false;
}

static bool in_dateline(const Work *w, const Draft *d) {
  Span line = w->doc->frame.dateline, span = doc_token_span(w->doc, d->actor.first, d->actor.count);
  return line.end > line.begin && span.begin < line.end && span.end > line.begin;
}

static void place_drafts(Work *w) {
  for (uint32_t i = 0; i < w->drafts.list.count; i++) {
    Draft *d = draft_at(w, i);
    if (in_dateline(w, d)) {
      d->dropped = !d->state || d->what == DRAFT_PERSON || d->what == DRAFT_ROLE;
      d->actor.is_place = 1;
    } else if ((d->what == DRAFT_STATE || str_equal(d->role, STR("country"))) && is_place_here(w, d)) {
      d->actor.is_place = 1;
    }
    if (d->what == DRAFT_STATE && d->actor.is_place)
      set_sector(d, "");
  }
}

// ---- all together

static void read_sentence(Work *w, uint32_t index) {
  const Sentence *s = &w->doc->sentences.items[index];
  uint32_t stop = s->first + s->count;
  cut_sentence(w, s);
  for (size_t i = 0; i < w->chunks.count; i++)
    read_chunk(w, &w->chunks.items[i]);
  for (uint32_t i = s->first; i < stop; i++)
    if (w->tokens[i].deprel != DEPREL_NMOD_POSS || !joins_chunk(w, i))
      pronoun_draft(w, i);
  for (size_t i = 0; i < w->chunks.count; i++)
    join_adjectives(w, i);
  for (size_t i = w->chunks.count; i-- > 0;)
    attach(w, i);
  for (size_t i = 0; i < w->chunks.count; i++)
    join_offices(w, i);
  for (size_t i = 0; i < w->chunks.count; i++)
    join_apposition(w, i, stop);
}

typedef struct Order Order;
struct Order {
  uint32_t first, count, draft;
};

static int by_text(const void *a, const void *b) {
  const Order *x = a, *y = b;
  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return (x->draft > y->draft) - (x->draft < y->draft);
}

// Puts the drafts that are left in the order of the text.
static void sort_drafts(Work *w) {
  uint32_t count = w->drafts.list.count, kept = 0;
  Order *order = arena_alloc(w->arena, (count + (size_t)1) * sizeof *order);
  uint32_t *moved = arena_alloc(w->arena, (count + (size_t)1) * sizeof *moved);
  for (uint32_t i = 0; i < count; i++) {
    moved[i] = NONE;
    if (!draft_at(w, i)->dropped)
      order[kept++] = (Order){draft_at(w, i)->actor.first, draft_at(w, i)->actor.count, i};
  }
  if (kept)
    qsort(order, kept, sizeof *order, by_text);
  Drafts sorted = {.arena = w->arena};
  for (uint32_t i = 0; i < kept; i++) {
    moved[order[i].draft] = i;
    array_push(w->arena, &sorted.list, *draft_at(w, order[i].draft));
  }
  for (uint32_t i = 0; i < kept; i++) {
    Draft *d = &sorted.list.items[i];
    d->owner = d->owner == NONE ? NONE : moved[d->owner];
    d->inside = d->inside == NONE ? NONE : moved[d->inside];
    uint32_t first = sorted.members.count;
    for (uint32_t k = 0; k < d->members; k++) {
      uint32_t member = moved[w->drafts.members.items[d->member + k]];
      if (member != NONE)
        array_push(w->arena, &sorted.members, member);
    }
    d->member = first;
    d->members = sorted.members.count - first;
  }
  w->drafts = sorted;
}

static ActorKind kind_of(const Draft *d) {
  switch (d->what) {
  case DRAFT_STATE: case DRAFT_BODY: return ACTOR_NAME;
  case DRAFT_PERSON: return d->role.len && d->actor.count > d->name_count ? ACTOR_TITLED : ACTOR_NAME;
  case DRAFT_ROLE:
    return d->role_kind == ROLE_PERSON && d->actor.number == 1 && d->actor.code[0] &&
                   d->actor.antecedent == NONE ? ACTOR_TITLED : ACTOR_COMMON;
  case DRAFT_PEOPLE: return ACTOR_COMMON;
  case DRAFT_ADJECTIVE: return ACTOR_ADJECTIVE;
  case DRAFT_PRONOUN: return ACTOR_PRONOUN;
  case DRAFT_GROUP: return d->members ? ACTOR_GROUP : ACTOR_COMMON;
  }
  return ACTOR_COMMON;
}

// "it" that stands for no actor found is left out.
static void write_actors(BedeDoc *doc, const Drafts *drafts) {
  uint32_t *index = arena_alloc(drafts->arena, (drafts->list.count + (size_t)1) * sizeof *index);
  for (uint32_t i = 0, next = 0; i < drafts->list.count; i++) {
    const Draft *d = &drafts->list.items[i];
    bool thing = d->what == DRAFT_PRONOUN && d->gender == 'n' && d->actor.antecedent == NONE;
    index[i] = thing ? NONE : next++;
  }
  for (uint32_t i = 0; i < drafts->list.count; i++) {
    const Draft *d = &drafts->list.items[i];
    Actor a = d->actor;
    if (index[i] == NONE)
      continue;
    a.antecedent = a.antecedent == NONE ? NONE : index[a.antecedent];
    a.span = doc_token_span(doc, a.first, a.count);
    a.kind = (uint8_t)kind_of(d);
    a.name = doc_text(doc, d->name);
    a.role = doc_text(doc, d->role);
    a.member = doc->members.count;
    for (uint32_t k = 0; k < d->members; k++) {
      uint32_t member = index[drafts->members.items[d->member + k]];
      if (member != NONE)
        array_push(&doc->arena, &doc->members, member);
    }
    a.members = doc->members.count - a.member;
    array_push(&doc->arena, &doc->actors, a);
  }
  for (uint32_t i = 0, next = 0; i < doc->names.count; i++) {
    Name *name = &doc->names.items[i];
    name->actor = NONE;
    while (next < doc->actors.count && doc->actors.items[next].first + 64 < name->first)
      next++;
    // the smallest mention around the name, preferring one that is named so
    for (uint32_t k = next; k < doc->actors.count && doc->actors.items[k].first <= name->first; k++) {
      const Actor *a = &doc->actors.items[k];
      if (a->first + a->count >= name->first + name->count &&
          (name->actor == NONE || a->count <= doc->actors.items[name->actor].count))
        name->actor = k;
    }
  }
}

void find_actors(BedeDoc *doc, const BedeModel *model) {
  Arena arena = {0};
  Work w = {.doc = doc, .model = model, .tokens = doc->tokens.items, .arena = &arena,
            .drafts = {.arena = &arena}};
  find_pieces(doc, model, &arena, &w.pieces);
  for (uint32_t i = 0; i < doc->sentences.count; i++)
    read_sentence(&w, i);
  place_drafts(&w);
  sort_drafts(&w);
  resolve_drafts(doc, model, &w.drafts);
  write_actors(doc, &w.drafts);
  arena_free(&arena);
}
