// match.c - patterns against predicates.
// SPDX-License-Identifier: Apache-2.0
#include "event/match.h"
#include "event/status.h"

enum { LEMMA_BYTES = 64 };

static const Token *tok(const Tree *t, uint32_t i) { return &t->doc->tokens.items[i]; }

Cast cast_of(Tree *tree) {
  Cast c = {.tree = tree};
  c.actor_of = arena_alloc(&tree->doc->arena, tree->count * sizeof *c.actor_of);
  for (uint32_t i = 0; i < tree->count; i++)
    c.actor_of[i] = NONE;
  const BedeDoc *doc = tree->doc;
  // mentions are ordered by their tokens; the longest at a head wins
  for (uint32_t i = 0; i < doc->actors.count; i++) {
    uint32_t head = doc->actors.items[i].head;
    if (head < tree->first || head >= tree->first + tree->count)
      continue;
    uint32_t *at = &c.actor_of[head - tree->first];
    if (*at == NONE || doc->actors.items[i].count > doc->actors.items[*at].count)
      *at = i;
  }
  return c;
}

static uint32_t actor_of(const Cast *c, uint32_t token) {
  uint32_t i = token - c->tree->first;
  return i < c->tree->count ? c->actor_of[i] : NONE;
}

// No actor, or a marked one, which may be the thing that the clause wants.
static bool may_be_thing(const Cast *c, uint32_t token) {
  uint32_t actor = actor_of(c, token);
  return actor == NONE || c->tree->doc->actors.items[actor].kind == ACTOR_MARKED;
}

static void add_actor(Cast *c, uint32_t actor, Side *side) {
  const BedeDoc *doc = c->tree->doc;
  const Actor *a = &doc->actors.items[actor];
  if (a->kind == ACTOR_GROUP && a->members) {
    for (uint32_t i = 0; i < a->members; i++)
      if (doc->members.items[a->member + i] != actor)
        add_actor(c, doc->members.items[a->member + i], side);
    return;
  }
  for (uint32_t i = 0; i < side->count; i++)
    if (side->actors[i] == actor)
      return;
  if (side->count < SIDE_LIMIT)
    side->actors[side->count++] = actor;
}

static bool is_conj_noun(const Tree *t, uint32_t c) {
  return tok(t, c)->deprel == DEPREL_CONJ && tok(t, c)->upos != UPOS_VERB && tok(t, c)->upos != UPOS_AUX;
}

// Does the word stand for an actor with a code?
static bool is_known(const Cast *c, uint32_t token) {
  uint32_t a = actor_of(c, token);
  if (a == NONE)
    return false;
  const Actor *actor = &c->tree->doc->actors.items[a];
  return actor->code[0] || actor->kind != ACTOR_COMMON;
}

// How good a place inside a noun phrase is for finding its actor; 0: none.
static int dig_rank(const Tree *t, uint32_t child) {
  static const struct { const char *words; int rank; } preps[] = {
      {"of", 5}, {"by", 5}, {"from", 4}, {"between", 4}, {"with", 3}, {"against", 3},
      {"to", 3}, {"in", 2}, {"on", 2}, {"for", 1}, {"over", 1}, {"towards", 3}, {"toward", 3}};
  switch ((Deprel)tok(t, child)->deprel) {
  case DEPREL_NMOD_POSS: return 7;
  case DEPREL_AMOD: case DEPREL_COMPOUND: case DEPREL_NMOD_DESC: return 6;
  case DEPREL_NMOD: {
    uint32_t prep = prep_of(t, child);
    for (size_t i = 0; i < COUNT(preps); i++)
      if (prep == prep_hash(str_of(preps[i].words)))
        return preps[i].rank;
    return 0;
  }
  default: return 0;
  }
}

// "the Juba talks": a city that a noun is named after is where it is held.
static bool is_venue(const Cast *c, uint32_t token) {
  const Token *k = tok(c->tree, token);
  uint32_t a = actor_of(c, token);
  return a != NONE && (k->deprel == DEPREL_COMPOUND || k->deprel == DEPREL_NMOD_DESC || k->deprel == DEPREL_AMOD) &&
         k->upos == UPOS_PROPN && c->tree->doc->actors.items[a].is_place;
}

static void dig_into(Cast *c, uint32_t token, Side *side, int depth) {
  Tree *t = c->tree;
  int best = 0;
  for (uint32_t k = t->child[token - t->first]; k != NONE; k = t->sibling[k - t->first]) {
    int rank = dig_rank(t, k);
    if (rank > best && (actor_of(c, k) != NONE || rank >= 4))
      best = rank;
  }
  for (; best && !side->count; best--)
    for (uint32_t k = t->child[token - t->first]; k != NONE; k = t->sibling[k - t->first]) {
      if (dig_rank(t, k) != best)
        continue;
      uint32_t a = actor_of(c, k);
      if (is_venue(c, k))
        continue;
      if (a != NONE && !(best <= 2 && t->doc->actors.items[a].is_place && best == 1))
        add_side(c, k, false, side);
      else if (a == NONE && depth < 2 && (best == 5 || best == 7))
        dig_into(c, k, side, depth + 1);
    }
  if (side->count)
    side->dug = 1;
}

// The apposition of the noun that lists several actors with codes, or NONE.
static uint32_t apposed_members(const Cast *c, uint32_t token) {
  const Tree *t = c->tree;
  for (uint32_t k = t->child[token - t->first]; k != NONE; k = t->sibling[k - t->first]) {
    if (k < token || (tok(t, k)->deprel != DEPREL_APPOS && tok(t, k)->deprel != DEPREL_PARATAXIS && tok(t, k)->deprel != DEPREL_CONJ) ||
        !is_known(c, k) || tok(t, k - 1)->upos != UPOS_PUNCT || word_is(t->doc, k - 1, ","))
      continue;
    uint32_t more = 0;
    for (uint32_t j = t->child[k - t->first]; j != NONE; j = t->sibling[j - t->first])
      more += is_conj_noun(t, j) && is_known(c, j);
    if (more)
      return k;
  }
  return NONE;
}

void add_side(Cast *c, uint32_t token, bool dig, Side *side) {
  Tree *t = c->tree;
  uint32_t own = actor_of(c, token);
  uint32_t had = side->count;
  uint32_t members = own == NONE ? NONE : apposed_members(c, token);
  if (members != NONE) { // "the three states -- Mali, Chad and Niger"
    add_side(c, members, false, side);
    uint8_t bloc = 0;
    for (uint32_t i = 0; i < had; i++)
      bloc = MAX(bloc, side->bloc[i]);
    for (uint32_t i = had; i < side->count; i++)
      side->bloc[i] = (uint8_t)(bloc + 1);
    return;
  }
  if (own != NONE) {
    add_actor(c, own, side);
  } else { // "the country, Norway": the name stands in apposition
    for (uint32_t k = t->child[token - t->first]; k != NONE; k = t->sibling[k - t->first])
      if (tok(t, k)->deprel == DEPREL_APPOS && actor_of(c, k) != NONE)
        add_actor(c, actor_of(c, k), side);
  }
  if (side->count == had && dig)
    dig_into(c, token, side, 0);
  for (uint32_t k = t->child[token - t->first]; k != NONE; k = t->sibling[k - t->first])
    if (is_conj_noun(t, k) && (actor_of(c, k) != NONE || dig))
      add_side(c, k, dig, side);
}

// ---- one pattern

// The name of a place that is no state: "Gao", and "Kabul", which may also stand
// for a government.
static bool names_a_place(const Cast *c, uint32_t token) {
  const BedeDoc *doc = c->tree->doc;
  if (tok(c->tree, token)->upos != UPOS_PROPN || (is_known(c, token) && doc->actors.items[actor_of(c, token)].name))
    return false;
  for (uint32_t i = 0; i < doc->places.count; i++) {
    const Place *p = &doc->places.items[i];
    if (p->first <= token && token < p->first + p->count)
      return true;
  }
  return false;
}

// A class that has the word PLACE takes the names of places.
static bool in_class(Cast *c, uint32_t token, uint32_t class_number) {
  char buffer[LEMMA_BYTES];
  const Codebook *book = &c->tree->model->codebook;
  if (codebook_in_class(book, class_number, STR("PLACE")) && names_a_place(c, token))
    return true;
  Str lemma = predicate_lemma(c->tree, token, buffer, sizeof buffer);
  if (codebook_in_class(book, class_number, lemma))
    return true;
  const char *low = memchr(buffer, '_', lemma.len); // the bare verb
  return low && codebook_in_class(book, class_number, (Str){buffer, (size_t)(low - buffer)});
}

static bool fits_prep(const PatternItem *item, uint32_t prep) {
  for (int i = 0; i < ITEM_PREPS && item->preps[i]; i++)
    if (item->preps[i] == prep)
      return true;
  return !item->preps[0] && !prep;
}

static bool is_nominal(const Tree *t, uint32_t token) {
  uint8_t u = tok(t, token)->upos;
  return u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_NUM || u == UPOS_SYM || u == UPOS_ADJ || u == UPOS_DET;
}

// "Accused of murder, Chile kept silent", "the man jailed in May appealed": a
// participle beside the clause, or of a noun in it, is no part of it.
static bool stands_aside(const Tree *t, const Arg *arg, uint32_t anchor) {
  if (tok(t, arg->token)->deprel == DEPREL_ACL && !arg->prep && tok(t, anchor)->upos == UPOS_VERB && tok(t, arg->token)->head != anchor &&
      is_xpos(t, arg->token, "VBN"))
    return true;
  return tok(t, arg->token)->deprel == DEPREL_ADVCL && !arg->prep && tok(t, anchor)->upos == UPOS_VERB &&
         child_with(t, arg->token, DEPREL_MARK) == NONE &&
         (arg->token < anchor || child_with(t, arg->token, DEPREL_PUNCT) != NONE ||
          (arg->token > t->first && tok(t, arg->token - 1)->upos == UPOS_PUNCT));
}

// A clause with a subject or "that" and without "to".
static bool is_finite(const Tree *t, uint32_t token) {
  bool own = child_with(t, token, DEPREL_NSUBJ) != NONE || child_with(t, token, DEPREL_NSUBJ_PASS) != NONE;
  for (uint32_t k = t->child[token - t->first]; k != NONE; k = t->sibling[k - t->first]) {
    if (tok(t, k)->deprel == DEPREL_MARK && word_is(t->doc, k, "to"))
      return false;
    own |= tok(t, k)->deprel == DEPREL_MARK && word_is(t->doc, k, "that");
  }
  return own;
}

// Helicopters and tanks of nobody in particular may be things.
static bool is_arms(const Cast *c, uint32_t token) {
  return !is_known(c, token) && !strcmp(c->tree->doc->actors.items[actor_of(c, token)].sector, "MIL");
}

// "Each other", "one another": the parties are all in the subject.
static bool is_reciprocal(const Tree *t, uint32_t token) {
  uint32_t end = t->first + t->count;
  return token != NONE && token + 1 < end &&
         ((word_is(t->doc, token, "each") && word_is(t->doc, token + 1, "other")) ||
          (word_is(t->doc, token, "one") && word_is(t->doc, token + 1, "another")));
}

// Is "each other" in the place that the item asks for?
static bool find_reciprocal(Cast *c, const PatternItem *item, uint32_t anchor) {
  const Predicate *p = predicate_of(c->tree, anchor);
  for (uint32_t i = 0, first = p->first, count = p->count; i < count; i++) {
    Arg a = c->tree->args.items[first + i];
    if (a.role == item->role && (a.role != ROLE_PREP || fits_prep(item, a.prep)) &&
        (is_reciprocal(c->tree, a.token) || (a.token > c->tree->first && is_reciprocal(c->tree, a.token - 1))))
      return true;
  }
  return false;
}

// "Staged a strike on Monday": a day is nothing that an act is done to.
static bool is_day(const Cast *c, uint32_t token) {
  const BedeDoc *doc = c->tree->doc;
  for (uint32_t i = 0; i < doc->times.count; i++) {
    const Time *time = &doc->times.items[i];
    if (token >= time->first && token < time->first + time->count && (time->type == TIME_DATE || time->type == TIME_TIME))
      return true;
  }
  return false;
}

static bool fits(Cast *c, const PatternItem *item, const Arg *arg, const Match *m) {
  Tree *t = c->tree;
  if (arg->role != item->role) {
    // a gerund is a clause to one parser and a noun to another, and [N] may be
    // either: "accused of attacking", "denied attacking"
    bool loose = (item->filler == FILL_EVENT || item->filler == FILL_NOUN) &&
                 ((item->role == ROLE_COMP && (arg->role == ROLE_OBJ || arg->role == ROLE_PREP)) ||
                  (arg->role == ROLE_COMP && (item->role == ROLE_OBJ || item->role == ROLE_PREP)));
    if (!loose)
      return false;
    if (item->filler == FILL_EVENT && arg->role != ROLE_COMP && tok(t, arg->token)->upos != UPOS_VERB && item->role == ROLE_COMP &&
        (!item->preps[0] || item->infinitive))
      return false;
  }
  if (item->role == ROLE_PREP && arg->role == ROLE_PREP && !fits_prep(item, arg->prep))
    return false;
  if (item->role == ROLE_PREP && arg->role == ROLE_COMP && !fits_prep(item, arg->prep))
    return false;
  if (item->role == ROLE_COMP && !(arg->role == ROLE_OBJ && !item->preps[0]) && !fits_prep(item, arg->prep))
    return false;
  switch ((Filler)item->filler) {
  case FILL_WORD:
    return in_class(c, arg->token, item->class_number);
  case FILL_ANY:
    return is_nominal(t, arg->token) && !arg->modifier && (actor_of(c, arg->token) == NONE || is_arms(c, arg->token)) &&
           !(arg->role == ROLE_PREP && is_day(c, arg->token));
  case FILL_NOUN:
    // "suggested talks" and "suggested meeting", not "suggested that they met"
    return !stands_aside(t, arg, m->anchor) && !arg->modifier && may_be_thing(c, arg->token) &&
           !(arg->role == ROLE_COMP && is_finite(t, arg->token)) &&
           (is_nominal(t, arg->token) || tok(t, arg->token)->upos == UPOS_VERB);
  case FILL_EVENT:
    // "told Chile to withdraw" is an order, "told Chile that it works" is none
    if (stands_aside(t, arg, m->anchor) || (item->infinitive && arg->role == ROLE_COMP && is_finite(t, arg->token)))
      return false;
    // an adverbial clause is no complement, unless its mark is the clause's own
    return !(tok(t, arg->token)->deprel == DEPREL_ADVCL && !(item->preps[0] && arg->prep == item->preps[0]) &&
             tok(t, m->anchor)->upos != UPOS_ADJ && child_with(t, arg->token, DEPREL_MARK) != NONE &&
             !word_is(t->doc, child_with(t, arg->token, DEPREL_MARK), "to"));
  default:
    return true;
  }
}

// Whether another item has that word already: "its accord with Ecuador" is not
// also whom the accord is with.
static bool is_taken(const Match *m, uint32_t token, uint32_t k) {
  for (uint32_t w = 0; w < k; w++)
    if (m->tokens[w] == token)
      return true;
  return false;
}

// The mention that the token is the head of, in any sentence.
static uint32_t mention_at(const BedeDoc *doc, uint32_t token) {
  for (uint32_t i = 0; i < doc->actors.count; i++)
    if (doc->actors.items[i].head == token)
      return i;
  return NONE;
}

// "The statement called for …": whose it is was told where it came up, as the
// subject of what has it for its object ("adopted a statement"), of what was
// said "in a statement", or beside it ("a statement by", "the NATO statement").
static uint32_t author_of(const Cast *c, uint32_t document) {
  enum { SENTENCES = 4 };
  const BedeDoc *doc = c->tree->doc;
  const Token *tokens = doc->tokens.items;
  for (uint32_t d = document; d-- > 0 && tokens[d].sentence + SENTENCES >= tokens[document].sentence;) {
    if (tokens[d].lemma != tokens[document].lemma || tokens[d].upos != UPOS_NOUN)
      continue;
    const Sentence *s = &doc->sentences.items[tokens[d].sentence];
    uint32_t verb = tokens[d].head, found = NONE;
    for (uint32_t i = s->first; i < s->first + s->count && found == NONE; i++) {
      uint8_t r = tokens[i].deprel;
      bool of_verb = tokens[i].head == verb && r == DEPREL_NSUBJ && tokens[verb].upos == UPOS_VERB &&
                     (tokens[d].deprel == DEPREL_OBJ || tokens[d].deprel == DEPREL_OBL);
      bool of_noun = tokens[i].head == d && (r == DEPREL_NMOD_POSS || r == DEPREL_COMPOUND || r == DEPREL_AMOD || r == DEPREL_NMOD);
      if (of_verb || of_noun)
        found = mention_at(doc, i);
    }
    if (found != NONE)
      return found;
  }
  return NONE;
}

// A statement that speaks is its author, where he is known.
static void add_author(Cast *c, uint32_t token, Side *side) {
  Tree *t = c->tree;
  if (!is_noun_of(t, token, "document"))
    return;
  uint32_t verb = tok(t, token)->head, det = child_with(t, token, DEPREL_DET), author = NONE;
  if (tok(t, token)->deprel == DEPREL_OBJ && tok(t, verb)->upos == UPOS_VERB) { // "issued a statement that welcomed"
    uint32_t subject = child_with(t, verb, DEPREL_NSUBJ);
    if (subject != NONE)
      add_side(c, subject, true, side);
  } else if (det != NONE && !word_is(t->doc, det, "a") && !word_is(t->doc, det, "an")) {
    author = author_of(c, token);
  }
  if (author != NONE)
    add_actor(c, author, side);
  side->dug = side->count > 0;
}

// Looks for the item among the arguments of one word. For S and T all
// arguments count that hold an actor; *seen: some argument had the role.
static bool find_in(Cast *c, const PatternItem *item, uint32_t token, Match *m, uint32_t k, bool *seen) {
  Tree *t = c->tree;
  const Predicate *p = predicate_of(t, token);
  uint32_t first = p->first, count = p->count;
  Side *side = item->filler == FILL_S ? &m->source : item->filler == FILL_T ? &m->target : NULL;
  for (int pass = 0; pass < 2; pass++) // own arguments before inherited ones
    for (uint32_t i = 0; i < count; i++) {
      Arg arg = t->args.items[first + i];
      if (item->filler == FILL_WORD && arg.inherited == pass && arg.role == item->role && !in_class(c, arg.token, item->class_number))
        for (uint32_t j = t->child[arg.token - t->first]; j != NONE; j = t->sibling[j - t->first])
          if (is_conj_noun(t, j) && in_class(c, j, item->class_number)) {
            arg.token = j; // "signed a plan and an agreement with"
            break;
          }
      if (arg.inherited != pass || arg.token == m->anchor || (item->role == ROLE_PREP && is_taken(m, arg.token, k)) || !fits(c, item, &arg, m))
        continue;
      if (item->filler == FILL_SAME) {
        m->tokens[k] = arg.token;
        return true;
      }
      if (!side) {
        m->tokens[k] = arg.token;
        return true;
      }
      if (arg.modifier && !is_known(c, arg.token))
        continue; // "press conference"
      *seen |= !arg.modifier;
      Side more = {.token = arg.token};
      add_side(c, arg.token, true, &more);
      if (!more.count && item->filler == FILL_S && item->role == ROLE_SUBJ)
        add_author(c, arg.token, &more);
      if (!more.count)
        continue;
      if (m->tokens[k] == NONE) {
        m->tokens[k] = side->token = arg.token;
        side->dug = more.dug;
      } else if (!(arg.modifier && !more.dug)) {
        continue; // several modifiers join ("US-China talks"), nothing else
      }
      for (uint32_t a = 0; a < more.count && side->count < SIDE_LIMIT; a++) {
        side->bloc[side->count] = more.bloc[a];
        side->actors[side->count++] = more.actors[a];
      }
      if (!arg.modifier)
        return true;
    }
  return m->tokens[k] != NONE;
}

// "The visit of the envoy to Chile": where an act of a noun has a place for its
// target, "of" names who does it.
static bool of_subject(Cast *c, uint32_t anchor, Match *m) {
  const Codebook *book = &c->tree->model->codebook;
  const Pattern *p = m->pattern;
  bool placed = p->flags & PATTERN_MUTUAL;
  for (uint32_t k = 0; k < p->count; k++) {
    const PatternItem *item = &book->items[p->first + k];
    placed |= item->filler == FILL_T && item->role == ROLE_PREP && item->preps[0] != prep_hash(STR("of"));
    if (item->role == ROLE_PREP && item->preps[0] == prep_hash(STR("of")))
      return false;
  }
  if (!placed)
    return false;
  PatternItem of = {.filler = FILL_S, .role = ROLE_PREP, .preps = {prep_hash(STR("of"))}};
  bool seen = false;
  m->tokens[PATTERN_ITEMS - 1] = NONE;
  bool found = find_in(c, &of, anchor, m, PATTERN_ITEMS - 1, &seen);
  m->tokens[PATTERN_ITEMS - 1] = NONE;
  return found;
}

// A by-phrase with an actor, behind the anchor, on the noun or a noun below it.
static bool agent_under(Cast *c, uint32_t noun, uint32_t anchor, uint32_t depth, Match *m) {
  Tree *t = c->tree;
  for (uint32_t k = t->child[noun - t->first]; k != NONE; k = t->sibling[k - t->first]) {
    if (k < anchor || !is_nominal(t, k))
      continue;
    if (prep_of(t, k) == prep_hash(STR("by"))) {
      add_side(c, k, true, &m->source);
      if (m->source.count) {
        m->source.token = k;
        return true;
      }
    }
    if (depth < 3 && agent_under(c, k, anchor, depth + 1, m))
      return true;
  }
  return false;
}

// "a fine was imposed on the bank by Chile": the by-phrase hangs on a noun.
static bool find_agent(Cast *c, uint32_t anchor, Match *m) {
  Tree *t = c->tree;
  if (!predicate_of(t, anchor)->passive)
    return false;
  const Predicate *own = predicate_of(t, anchor);
  uint32_t own_first = own->first, own_count = own->count;
  for (uint32_t i = 0; i < own_count; i++) {
    Arg a = t->args.items[own_first + i];
    if (a.role != ROLE_PREP && a.role != ROLE_OBJ)
      continue;
    if (agent_under(c, a.token, anchor, 0, m))
      return true;
  }
  return false;
}

// A state and those at home who stand against it are two: "Burma denied that
// rebels attacked", "China said the Dalai Lama must".
static bool is_foe_of(const Actor *x, const Actor *state) {
  static const char *const foes[] = {"REB", "OPP", "REL", "PTY", "MED", "CRM"};
  if (state->sector[0] && strcmp(state->sector, "GOV") && strcmp(state->sector, "MIL") && strcmp(state->sector, "COP"))
    return false;
  for (size_t i = 0; i < COUNT(foes); i++)
    if (!strcmp(x->sector, foes[i]))
      return true;
  return false;
}

// "Norway said its government would …": the second subject speaks for the
// first if it is a pronoun of theirs or of the same state.
static bool is_same_source(Cast *c, const Match *m, uint32_t token) {
  Tree *t = c->tree;
  Side again = {.token = token};
  add_side(c, token, true, &again);
  if (!again.count || !m->source.count)
    return tok(t, token)->upos == UPOS_PRON && !word_is(t->doc, token, "there");
  for (uint32_t i = 0; i < again.count; i++)
    for (uint32_t k = 0; k < m->source.count; k++) {
      const Actor *x = &t->doc->actors.items[again.actors[i]], *y = &t->doc->actors.items[m->source.actors[k]];
      bool other = x->name && y->name && x->role && y->role && // two persons of one state
                   strcmp(doc_string(t->doc, x->name), doc_string(t->doc, y->name));
      other |= is_foe_of(x, y) || is_foe_of(y, x);
      if (again.actors[i] == m->source.actors[k] || (x->code[0] && !strcmp(x->code, y->code) && !other))
        return true;
    }
  return false;
}

// "The decision by Chile", "talks with Chile": the actor is part of what is done.
static bool is_party_to(const Cast *c, uint32_t actor) {
  static const char *const preps[] = {"by", "with", "between", "against", "from"};
  const Tree *t = c->tree;
  uint32_t head = t->doc->actors.items[actor].head;
  for (size_t i = 0; i < COUNT(preps); i++)
    if (tok(t, head)->deprel == DEPREL_NMOD && prep_of(t, head) == prep_hash(str_of(preps[i])))
      return true;
  return false;
}

static const char *try_pattern(Cast *c, const Pattern *p, uint32_t anchor, Match *m) {
  Tree *t = c->tree;
  const Codebook *book = &t->model->codebook;
  *m = (Match){.pattern = p, .anchor = anchor, .event = NONE, .source.token = NONE, .target.token = NONE};
  for (uint32_t k = 0; k < PATTERN_ITEMS; k++)
    m->tokens[k] = NONE;
  uint8_t upos = tok(t, anchor)->upos;
  bool verb = upos == UPOS_VERB || upos == UPOS_AUX, noun = upos == UPOS_NOUN || upos == UPOS_PROPN;
  if ((p->pos == 'v' && !verb && upos != UPOS_ADJ) || (p->pos == 'n' && !noun) || (p->pos == 'a' && noun))
    return "is another part of speech";
  if ((p->flags & PATTERN_PASSIVE) && verb && !predicate_of(t, anchor)->passive)
    return "is no passive";
  bool has_t = false;
  for (uint32_t k = 0; k < p->count; k++) {
    const PatternItem *item = &book->items[p->first + k];
    uint32_t parent = item->parent ? m->tokens[item->parent - 1] : anchor;
    bool seen = false, found = false;
    has_t |= item->filler == FILL_T;
    // "summons T's ambassador": the Iranian ambassador is an actor himself
    if (item->parent && item->role == ROLE_SUBJ && parent != NONE && (item->filler == FILL_S || item->filler == FILL_T) &&
        actor_of(c, parent) != NONE) {
      Side *side = item->filler == FILL_S ? &m->source : &m->target;
      side->token = m->tokens[k] = parent;
      add_actor(c, actor_of(c, parent), side);
      found = side->count > 0;
    } else if (parent != NONE) {
      found = find_in(c, item, parent, m, k, &seen);
    }
    if (!found && (item->role == ROLE_PREP || (item->role == ROLE_COMP && item->preps[0]))) {
      // a preposition may hang on any word of the clause, and what is no actor
      // also on an actor: "accused Chile of attacks"
      bool actor = item->filler == FILL_S || item->filler == FILL_T;
      if (parent != anchor)
        found = find_in(c, item, anchor, m, k, &seen);
      for (uint32_t w = 0; w < k && !found; w++) {
        uint8_t f = book->items[p->first + w].filler;
        if (m->tokens[w] != NONE && m->tokens[w] != parent && !(actor && (f == FILL_S || f == FILL_T)))
          found = find_in(c, item, m->tokens[w], m, k, &seen);
      }
      // and deeper in its nouns: "messages of greetings with", "met in
      // Washington with"
      for (uint32_t w = 0; w <= k && !found && item->role == ROLE_PREP; w++) {
        uint8_t f = w ? book->items[p->first + w - 1].filler : (uint8_t)FILL_WORD;
        uint32_t token = w ? m->tokens[w - 1] : anchor;
        if (token == NONE || (f != FILL_WORD && f != FILL_ANY))
          continue;
        for (uint32_t j = t->child[token - t->first]; j != NONE && !found && token != anchor; j = t->sibling[j - t->first])
          if (is_conj_noun(t, j)) // "congratulations and wishes to"
            found = find_in(c, item, j, m, k, &seen);
        const Predicate *noun = predicate_of(t, token);
        for (uint32_t i = 0, first = noun->first, count = noun->count; i < count && !found; i++) {
          Arg a = t->args.items[first + i];
          uint32_t actor = actor_of(c, a.token);
          if (a.role == ROLE_PREP && !a.inherited && (!is_known(c, a.token) || t->doc->actors.items[actor].is_place))
            found = find_in(c, item, a.token, m, k, &seen);
        }
      }
    }
    if (found) {
      m->score += item->filler == FILL_WORD ? 10 : item->filler == FILL_ANY ? 1 : 4;
      if (item->filler == FILL_EVENT || item->filler == FILL_NOUN)
        m->event = m->tokens[k];
      continue;
    }
    switch ((Filler)item->filler) {
    case FILL_S:
      if (!seen && item->role == ROLE_SUBJ && !item->parent && find_agent(c, anchor, m))
        break;
      if (p->pos == 'n' && of_subject(c, anchor, m))
        break;
      if (seen)
        return "its subject is no actor";
      break; // passives and nouns need not name who did it
    case FILL_T:
      if (m->source.count > 1 && find_reciprocal(c, item, anchor)) {
        m->reciprocal = 1;
        break;
      }
      if (seen)
        return "what stands in the target's place is no actor";
      if (!(p->flags & PATTERN_MUTUAL) && !(p->flags & PATTERN_NOMINAL))
        return "there is no target";
      break;
    case FILL_SAME:
      break;
    default:
      return "a word of the clause is missing";
    }
  }
  // "the meeting between S and T": both stand where a noun has its target
  if ((p->flags & PATTERN_MUTUAL) && !m->source.count && m->target.count > 1 && prep_of(t, m->target.token) == prep_hash(STR("between"))) {
    m->source = m->target;
    m->target = (Side){.token = NONE};
  }
  // "talks between S and T" where the clause has a verb: the sides stand in a
  // between-phrase of any of its words
  if ((p->flags & PATTERN_MUTUAL) && m->source.count + m->target.count < 2 && !m->target.count) {
    PatternItem between = {.filler = FILL_S, .role = ROLE_PREP, .preps = {prep_hash(STR("between"))}};
    PatternItem among = {.filler = FILL_S, .role = ROLE_PREP, .preps = {prep_hash(STR("among"))}};
    Match trial = *m;
    trial.source = (Side){.token = NONE};
    bool seen = false, found = false;
    for (uint32_t w = 0; w <= p->count && !found; w++) {
      uint32_t token = w ? m->tokens[w - 1] : anchor;
      if (token == NONE || (w && book->items[p->first + w - 1].filler != FILL_WORD))
        continue;
      trial.tokens[PATTERN_ITEMS - 1] = NONE;
      found = find_in(c, &between, token, &trial, PATTERN_ITEMS - 1, &seen) ||
              find_in(c, &among, token, &trial, PATTERN_ITEMS - 1, &seen);
    }
    if (found && trial.source.count >= 2)
      m->source = trial.source;
  }
  if (has_t && !m->target.count && (p->flags & PATTERN_MUTUAL) && m->source.count < 2 && !(p->flags & PATTERN_NOMINAL))
    return "it takes two, and there is one";
  for (uint32_t k = 0; k < p->count; k++) {
    if (book->items[p->first + k].filler != FILL_SAME)
      continue;
    if (m->tokens[k] == NONE)
      return "the subject is not named again";
    if (!is_same_source(c, m, m->tokens[k]))
      return "the subject of what is said is somebody else";
  }
  // "told reporters the decision by Chile not to sign …": an order has a hearer
  if (p->type == EVENT_REQUEST && m->target.dug && m->event != NONE)
    for (uint32_t k = 0; k < p->count; k++) {
      const PatternItem *item = &book->items[p->first + k];
      if (item->filler == FILL_T && item->role == ROLE_OBJ && !item->parent && is_party_to(c, m->target.actors[0]))
        return "who is asked is inside another noun";
    }
  // "denied attacking": who attacks is who denies, not the target
  for (uint32_t k = 0; k < p->count; k++) {
    const PatternItem *item = &book->items[p->first + k];
    if (item->filler == FILL_T && item->parent && item->role == ROLE_SUBJ && m->tokens[k] != NONE && m->source.count &&
        m->target.count && is_same_source(c, m, m->tokens[k]) &&
        book->items[p->first + item->parent - 1].filler == FILL_EVENT)
      return "who does it is the source";
  }
  // "of TYPE": what is ahead where the clause says what becomes of it ("said it
  // would send aid"), else what will not be done ("said it would not attend")
  if (p->e_types && m->event != NONE &&
      own_status(t, m->event, NULL) != (p->flags & PATTERN_HAS_STATUS ? STATUS_PLANNED : STATUS_NEGATED))
    return "what is said is of another status";
  if ((p->flags & PATTERN_NEEDS_S) && !m->source.count)
    return "it needs a source";
  if ((p->flags & PATTERN_NEEDS_T) && !m->target.count && has_t)
    return "it needs a target";
  m->score += (int32_t)(m->source.count > 0) + 2 * (m->target.count > 0) - m->source.dug - m->target.dug;
  m->score -= p->flags & PATTERN_NOMINAL ? 1 : 0;
  m->score += p->flags & PATTERN_OWN ? 100 : 0;
  return NULL;
}

bool best_match(Cast *c, uint32_t anchor, Match *best, Out *why) {
  Tree *t = c->tree;
  const Codebook *book = &t->model->codebook;
  char buffer[LEMMA_BYTES];
  Str lemma = predicate_lemma(t, anchor, buffer, sizeof buffer);
  bool found = false;
  for (int bare = 0; bare < 2 && !found; bare++) {
    const char *low = memchr(lemma.at, '_', lemma.len);
    if (bare && !low)
      break;
    Str key = bare ? (Str){lemma.at, (size_t)(low - lemma.at)} : lemma;
    const PatternList *list = codebook_list(book, key);
    for (uint32_t i = 0; list && i < list->count; i++) {
      Match m;
      const Pattern *p = &book->patterns[book->order[list->first + i]];
      const char *reason = try_pattern(c, p, anchor, &m);
      if (reason) {
        if (why)
          out_print(why, "    %s (%s): %s\n", image_string(book->image, p->rule), image_string(book->image, p->clause), reason);
      } else if (!found || m.score > best->score) {
        *best = m;
        found = true;
      }
    }
  }
  return found;
}

// ---- word order

static bool is_boundary(const Tree *t, uint32_t i) {
  Str w = doc_word(t->doc, i);
  return w.len == 1 && strchr(";:\"", w.at[0]);
}

// The verb's own argument of the role, or NONE.
static uint32_t own_argument(Tree *t, uint32_t verb, Role role) {
  const Predicate *p = predicate_of(t, verb);
  if (role == ROLE_SUBJ && tok(t, verb)->deprel == DEPREL_ACL)
    return tok(t, verb)->head; // "a motion condemning"
  for (uint32_t i = 0, first = p->first, count = p->count; i < count; i++)
    if (t->args.items[first + i].role == role && !t->args.items[first + i].inherited)
      return t->args.items[first + i].token;
  return NONE;
}

// Is the token the noun, one joined to it, or a name beside it?
static bool is_joined(const Tree *t, uint32_t token, uint32_t noun) {
  for (uint32_t steps = 0; steps < t->count && token != noun; steps++) {
    uint8_t r = tok(t, token)->deprel;
    if (r != DEPREL_CONJ && r != DEPREL_APPOS && r != DEPREL_FLAT && r != DEPREL_NMOD_DESC && r != DEPREL_COMPOUND)
      return false;
    token = tok(t, token)->head;
  }
  return token == noun;
}

bool order_match(Cast *c, uint32_t anchor, Match *best) {
  enum { REACH = 12 };
  Tree *t = c->tree;
  const Codebook *book = &t->model->codebook;
  char buffer[LEMMA_BYTES];
  const PatternList *list = codebook_list(book, predicate_lemma(t, anchor, buffer, sizeof buffer));
  if (!list || tok(t, anchor)->upos != UPOS_VERB || tok(t, anchor)->deprel == DEPREL_AMOD)
    return false;
  const Predicate *frame = predicate_of(t, anchor); // "warned that Chile …": the rest is what was said
  for (uint32_t i = 0, first = frame->first, count = frame->count; i < count; i++)
    if (t->args.items[first + i].role == ROLE_COMP && is_finite(t, t->args.items[first + i].token))
      return false;
  uint32_t before = NONE, after = NONE, end = t->first + t->count;
  for (uint32_t i = anchor; i-- > t->first && anchor - i <= REACH && before == NONE && !is_boundary(t, i);)
    before = actor_of(c, i) != NONE && tok(t, i)->deprel != DEPREL_NMOD_POSS && tok(t, i)->deprel != DEPREL_AMOD ? i : NONE;
  for (uint32_t i = anchor + 1; i < end && i - anchor <= REACH && after == NONE && !is_boundary(t, i) && tok(t, i)->upos != UPOS_VERB; i++)
    after = actor_of(c, i) != NONE ? i : NONE;
  if (before == NONE || after == NONE || frame->passive)
    return false;
  // what the tree does say stands: "the plan met with", "received praise from"
  uint32_t object = own_argument(t, anchor, ROLE_OBJ), subject = own_argument(t, anchor, ROLE_SUBJ);
  if (subject != NONE && !is_joined(t, before, subject))
    return false;
  for (uint32_t k = 0; k < list->count; k++) {
    const Pattern *p = &book->patterns[book->order[list->first + k]];
    if (p->pos != 'v' || p->type == EVENT_TYPES || (p->flags & (PATTERN_NOT | PATTERN_QUIET)))
      continue;
    Match m = {.pattern = p, .anchor = anchor, .event = NONE, .by_order = 1};
    uint32_t at = anchor + 1;
    bool ok = true, has_t = false;
    for (uint32_t i = 0; i < PATTERN_ITEMS; i++)
      m.tokens[i] = NONE;
    for (uint32_t i = 0; i < p->count && ok; i++) {
      const PatternItem *item = &book->items[p->first + i];
      if (item->filler == FILL_WORD) {
        while (at < after && !in_class(c, at, item->class_number))
          at++;
        ok = at < after;
        m.tokens[i] = at;
      } else if (item->filler == FILL_T) {
        has_t = true;
        if (item->role == ROLE_OBJ)
          ok = object == NONE ? !(tok(t, after)->head == anchor && prep_of(t, after)) : is_joined(t, after, object);
        if (item->role == ROLE_PREP)
          ok = fits_prep(item, prep_of(t, after));
      } else if (item->filler != FILL_S) {
        ok = false;
      }
    }
    if (!ok || !has_t)
      continue;
    m.source = (Side){.token = before};
    m.target = (Side){.token = after};
    add_side(c, before, false, &m.source);
    add_side(c, after, false, &m.target);
    if (!m.source.count || !m.target.count)
      continue;
    *best = m;
    return true;
  }
  return false;
}
