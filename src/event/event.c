// event.c - matches to events: operators, actors, speakers, times, places.
// SPDX-License-Identifier: Apache-2.0
#include "event/event.h"
#include "event/attach.h"
#include "event/confidence.h"
#include "event/match.h"
#include "event/status.h"
#include <stdio.h>

typedef struct Coding Coding; // of one sentence
struct Coding {
  BedeDoc *doc;
  const BedeModel *model;
  Out *explain;
  uint32_t sentence;
  Tree tree;
  Cast cast;
  Array(Match) matches;
  uint32_t *match_of; // [token - first]: the match anchored there, or NONE
  uint32_t disasters;  // words of topics.txt in the sentence
  bool sport;          // the sentence, or the whole document, is about sport
  uint32_t *governor; // [token - first]: the match whose [E] or [N] it is, or NONE
};

static const Token *tok(const Coding *c, uint32_t i) { return &c->doc->tokens.items[i]; }
static const char *text_of(const Coding *c, Name32 name) { return image_string(c->model->codebook.image, name); }

static const PatternItem *item_of(const Coding *c, const Match *m, uint32_t k) {
  return &c->model->codebook.items[m->pattern->first + k];
}

static void say(Coding *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(Coding *c, const char *format, ...) {
  if (!c->explain)
    return;
  char line[1000];
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof line, format, args);
  va_end(args);
  out_print(c->explain, "    %s\n", line);
}

// ---- finding matches

// A word with a capital within an actor's name.
static bool is_named(const Coding *c, uint32_t token) {
  if (tok(c, token)->upos != UPOS_PROPN)
    return false;
  for (uint32_t i = 0; i < c->doc->actors.count; i++) {
    const Actor *a = &c->doc->actors.items[i];
    if (token >= a->first && token < a->first + a->count && a->kind != ACTOR_COMMON)
      return true;
  }
  return false;
}

static bool has_capital(const Coding *c, uint32_t token) {
  Str w = doc_word(c->doc, token);
  return w.len && w.at[0] >= 'A' && w.at[0] <= 'Z';
}

// A verb with a capital among others, in a sentence that is no headline: a part
// of a name, "the Fund to Rebuild Schools".
static bool is_title_word(const Coding *c, uint32_t token) {
  if (tok(c, token)->upos != UPOS_VERB || token == c->tree.first || !has_capital(c, token))
    return false;
  uint32_t capitals = 0, words = 0, end = c->tree.first + c->tree.count;
  for (uint32_t i = c->tree.first; i < end; i++) {
    words += tok(c, i)->upos != UPOS_PUNCT;
    capitals += has_capital(c, i);
  }
  return 2 * capitals < words && token + 1 < end && has_capital(c, token + 1);
}

static void find_matches(Coding *c) {
  for (uint32_t i = c->tree.first; i < c->tree.first + c->tree.count; i++) {
    uint8_t upos = tok(c, i)->upos;
    if (upos != UPOS_VERB && upos != UPOS_NOUN && upos != UPOS_ADJ && upos != UPOS_PROPN && upos != UPOS_AUX && upos != UPOS_ADV)
      continue;
    if (upos == UPOS_AUX && tok(c, i)->deprel != DEPREL_ROOT && tok(c, i)->deprel != DEPREL_CCOMP)
      continue;
    if (c->cast.actor_of[i - c->tree.first] != NONE && upos != UPOS_VERB)
      continue; // an actor is no act: "the visitor", "the opposition"
    Match m;
    Out why = {0};
    bool found = best_match(&c->cast, i, &m, c->explain ? &why : NULL);
    if (found && (is_named(c, i) || is_title_word(c, i)))
      found = false; // "the Lord's Resistance Army"
    if (!found && upos == UPOS_VERB && order_match(&c->cast, i, &m))
      found = true;
    if (c->explain && (found || why.len)) {
      out_print(c->explain, "  %.*s: %s%s%s\n", STR_ARG(doc_word(c->doc, i)),
                found ? "fits " : "fits no clause", found ? text_of(c, m.pattern->clause) : "",
                found && m.by_order ? " (by word order)" : "");
      if (!found)
        out_str(c->explain, (Str){why.at, why.len});
    }
    out_free(&why);
    if (!found)
      continue;
    c->match_of[i - c->tree.first] = c->matches.count;
    array_push(&c->doc->arena, &c->matches, m);
  }
}

// A clause with "of TYPE" is about acts of these types alone (match.c sees to
// their status): "said it would send aid", not "said it would visit".
static void drop_other_acts(Coding *c) {
  for (uint32_t i = 0; i < c->matches.count; i++) {
    const Match *m = &c->matches.items[i];
    if (!m->pattern->e_types)
      continue;
    uint32_t inner = m->event == NONE ? NONE : c->match_of[m->event - c->tree.first];
    uint8_t type = inner == NONE || inner == i ? EVENT_TYPES : c->matches.items[inner].pattern->type;
    if (type == EVENT_TYPES || !(m->pattern->e_types >> type & 1))
      c->match_of[m->anchor - c->tree.first] = NONE;
  }
}

// "rejected Chile's demand": the demand is an event beside its answer.
static bool is_answered(const Match *said, const Match *answer) {
  return said->pattern->type == EVENT_REQUEST && said->source.count && answer->pattern->type == EVENT_REJECT;
}

// Words that one match uses are not events of their own: "talks" in "held
// talks with", "agreement" in "signed an agreement".
static void drop_used_words(Coding *c) {
  for (uint32_t i = 0; i < c->matches.count; i++) {
    const Match *m = &c->matches.items[i];
    if (m->by_order)
      continue;
    for (uint32_t k = 0; k < m->pattern->count; k++) {
      uint8_t filler = item_of(c, m, k)->filler;
      if (m->tokens[k] == NONE || (filler != FILL_WORD && !(filler == FILL_ANY && m->pattern->flags & PATTERN_NOT)))
        continue;
      uint32_t *other = &c->match_of[m->tokens[k] - c->tree.first];
      if (*other != NONE && *other != i && c->matches.items[*other].score <= m->score + 10 && !is_answered(&c->matches.items[*other], m))
        *other = NONE;
    }
  }
}

static void set_governors(Coding *c) {
  for (uint32_t i = c->tree.first; i < c->tree.first + c->tree.count; i++) {
    uint32_t own = c->match_of[i - c->tree.first];
    if (own == NONE)
      continue;
    uint32_t e = c->matches.items[own].event;
    if (e == NONE || e == i)
      continue;
    c->governor[e - c->tree.first] = own;
    for (uint32_t k = c->tree.child[e - c->tree.first]; k != NONE; k = c->tree.sibling[k - c->tree.first])
      if (tok(c, k)->deprel == DEPREL_CONJ && c->governor[k - c->tree.first] == NONE && k != i)
        c->governor[k - c->tree.first] = own;
  }
}

// ---- status

// The match has words of negation or modality of its own.
static bool names_modal(const Coding *c, uint32_t anchor) {
  uint32_t own = c->match_of[anchor - c->tree.first];
  const Match *m = own == NONE ? NULL : &c->matches.items[own];
  for (uint32_t k = 0; m && k < m->pattern->count; k++) {
    const PatternItem *item = item_of(c, m, k);
    if (item->filler == FILL_WORD && item->role == ROLE_ADV && item->parent == 0 && m->tokens[k] != NONE &&
        (tok(c, m->tokens[k])->deprel == DEPREL_AUX || word_is(c->doc, m->tokens[k], "not") || word_is(c->doc, m->tokens[k], "n't")))
      return true;
  }
  return false;
}

static EventStatus status_of(Coding *c, uint32_t anchor, uint32_t *accuser, Out *trace) {
  const char *why = NULL;
  EventStatus s = own_status(&c->tree, anchor, &why);
  if (s != STATUS_CONDITIONAL && names_modal(c, anchor)) {
    s = STATUS_ACTUAL; // "S will not accept T": the clause says so itself
    why = NULL;
  }
  if (why && trace)
    out_print(trace, "%s: %s\n", status_names[s], why);
  *accuser = NONE;
  uint32_t at = anchor;
  for (uint32_t steps = 0; steps < 8; steps++) {
    uint32_t g = c->governor[at - c->tree.first];
    // "called for an end to [N]": look through the nouns of a chain
    if (g == NONE || c->matches.items[g].anchor == at)
      break;
    const Match *op = &c->matches.items[g];
    EventStatus outer = op->pattern->flags & PATTERN_HAS_STATUS ? (EventStatus)op->pattern->e_status : STATUS_ACTUAL;
    if (op->pattern->type == EVENT_ACCUSE && outer == STATUS_ACTUAL && op->source.count && *accuser == NONE)
      *accuser = op->source.actors[0];
    EventStatus before = s;
    s = compose_status(&c->tree, s, outer, op->anchor);
    if (trace && (s != before || op->pattern->flags & PATTERN_HAS_STATUS))
      out_print(trace, "%s: under \"%.*s\" (%s)\n", status_names[s], STR_ARG(doc_word(c->doc, op->anchor)), text_of(c, op->pattern->clause));
    at = op->anchor;
  }
  return s;
}

// ---- sides

static bool same_actor(const BedeDoc *doc, uint32_t a, uint32_t b) {
  const Actor *x = &doc->actors.items[a], *y = &doc->actors.items[b];
  return a == b || (!strcmp(x->code, y->code) && !strcmp(x->sector, y->sector) &&
                    (!x->name || !y->name || !strcmp(doc_string(doc, x->name), doc_string(doc, y->name))));
}

static void without(const BedeDoc *doc, Side *side, const Side *others) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < side->count; i++) {
    bool there = false;
    for (uint32_t k = 0; k < others->count; k++)
      there |= same_actor(doc, side->actors[i], others->actors[k]) ||
               (doc->actors.items[side->actors[i]].code[0] &&
                !strcmp(doc->actors.items[side->actors[i]].code, doc->actors.items[others->actors[k]].code) && side->dug);
    if (!there) {
      side->bloc[kept] = side->bloc[i];
      side->actors[kept++] = side->actors[i];
    }
  }
  side->count = kept;
}

// "Norway proposed a truce. Chile rejected the offer": what is welcomed, refused
// or blamed by a noun with "the" is what the last event before it was, in this
// sentence or the one before, and its author is the target.
static void find_author(Coding *c, const Match *m, Side *found) {
  uint8_t type = m->pattern->type;
  if ((type != EVENT_REJECT && type != EVENT_SUPPORT && type != EVENT_ACCUSE) || tok(c, m->anchor)->upos != UPOS_VERB || !m->source.count)
    return;
  uint32_t object = child_with(&c->tree, m->anchor, DEPREL_OBJ);
  uint32_t the = object == NONE ? NONE : child_with(&c->tree, object, DEPREL_DET);
  if (the == NONE || (!word_is(c->doc, the, "the") && !word_is(c->doc, the, "this") && !word_is(c->doc, the, "these") && !word_is(c->doc, the, "that")))
    return;
  bool said = is_noun_of(&c->tree, object, "move") || is_noun_of(&c->tree, object, "request") || is_noun_of(&c->tree, object, "document");
  bool done = is_noun_of(&c->tree, object, "attack");
  const BedeDoc *doc = c->doc;
  for (uint32_t i = doc->events.count; (said || done) && i-- > 0;) {
    const Event *e = &doc->events.items[i];
    if (e->sentence + 1 < c->sentence)
      return;
    if (e->source == NONE || e->trigger >= m->anchor || (done ? event_quads[e->type] != 3 : (e->type == EVENT_ASSAULT && e->status == STATUS_ACTUAL) || e->type == EVENT_CONSULT))
      continue;
    *found = (Side){.token = NONE, .dug = 1, .count = 1, .actors = {e->source}};
    without(doc, found, &m->source);
    return;
  }
}

// Targets that the clause does not name: those of the act it is about
// ("threatened to attack Chile"), or inside its object ("rejected Chile's plan").
static void find_target(Coding *c, Match *m) {
  if (m->target.count || (m->pattern->flags & PATTERN_MUTUAL && m->source.count > 1))
    return;
  Side found = {.token = NONE};
  if (m->event != NONE) {
    uint32_t inner = c->match_of[m->event - c->tree.first];
    if (inner != NONE && &c->matches.items[inner] != m) {
      found = c->matches.items[inner].target;
      without(c->doc, &found, &m->source);
    }
    const Predicate *p = predicate_of(&c->tree, m->event);
    uint32_t first = p->first, count = p->count;
    bool answer = m->pattern->type == EVENT_REJECT || m->pattern->type == EVENT_REQUEST; // "rejected calls for talks with Chile"
    for (int pass = 0; pass < 2 + answer && !found.count; pass++) // known actors first, last those inside nouns
      for (uint32_t i = 0; i < count && !found.count; i++) {
        Arg a = c->tree.args.items[first + i];
        if (a.role != ROLE_OBJ && a.role != ROLE_PREP)
          continue;
        add_side(&c->cast, a.token, a.role == ROLE_OBJ || pass == 2, &found);
        found.dug = 1;
        without(c->doc, &found, &m->source);
        if (pass != 1 && found.count && !c->doc->actors.items[found.actors[0]].code[0])
          found.count = 0;
      }
  }
  // "fired tear gas to drive away the marchers", "gave aid to rebuild schools in Mali"
  bool aid = m->pattern->type == EVENT_AID;
  if ((event_quads[m->pattern->type] == 3 || aid) && tok(c, m->anchor)->upos == UPOS_VERB)
    for (uint32_t k = c->tree.child[m->anchor - c->tree.first]; k != NONE && !found.count; k = c->tree.sibling[k - c->tree.first]) {
      uint32_t mark = tok(c, k)->deprel == DEPREL_ADVCL ? child_with(&c->tree, k, DEPREL_MARK) : NONE;
      uint32_t object = mark != NONE && word_is(c->doc, mark, "to") ? child_with(&c->tree, k, DEPREL_OBJ) : NONE;
      if (object == NONE)
        continue;
      add_side(&c->cast, object, aid, &found);
      for (uint32_t j = c->tree.child[k - c->tree.first]; aid && j != NONE && !found.count; j = c->tree.sibling[j - c->tree.first])
        if (tok(c, j)->deprel == DEPREL_OBL)
          add_side(&c->cast, j, true, &found);
      without(c->doc, &found, &m->source);
    }
  for (uint32_t k = 0; k < m->pattern->count && !found.count; k++) {
    uint8_t filler = item_of(c, m, k)->filler;
    if (m->tokens[k] == NONE || (filler != FILL_WORD && filler != FILL_ANY && filler != FILL_NOUN))
      continue;
    add_side(&c->cast, m->tokens[k], true, &found);
    without(c->doc, &found, &m->source);
  }
  if (!found.count)
    find_author(c, m, &found);
  if (found.count) {
    m->target = found;
    m->target.dug = 1;
  }
}

// "At Chad's request", "in response to a request": what is done answers it.
static bool answers(Coding *c, uint32_t noun) {
  static const char *const preps[] = {"at", "upon", "on", "following", "after", "despite"};
  uint32_t prep = prep_of(&c->tree, noun);
  for (size_t i = 0; i < COUNT(preps); i++)
    if (prep == prep_hash(str_of(preps[i])))
      return true;
  uint32_t mark = child_with(&c->tree, noun, DEPREL_CASE);
  return mark != NONE && mark > c->tree.first && word_is(c->doc, mark, "to") &&
         (word_is(c->doc, mark - 1, "response") || word_is(c->doc, mark - 1, "answer"));
}

// "rejected Chile's demands": whom a demand, a threat or a charge of a noun is
// addressed to is who answers it.
static void find_answerer(Coding *c, Match *m) {
  const Token *t = tok(c, m->anchor);
  uint8_t type = m->pattern->type;
  if (m->target.count || !m->source.count || predicate_of(&c->tree, m->anchor)->clausal ||
      (type != EVENT_REQUEST && type != EVENT_THREATEN && type != EVENT_ACCUSE))
    return;
  if (t->deprel == DEPREL_OBL && type == EVENT_REQUEST && answers(c, m->anchor)) { // "came at the request of Chad"
    const Predicate *p = predicate_of(&c->tree, t->head);
    for (uint32_t i = 0, first = p->first, count = p->count; i < count && !m->target.count; i++) {
      Arg a = c->tree.args.items[first + i];
      if (a.role != ROLE_SUBJ)
        continue;
      add_side(&c->cast, a.token, false, &m->target);
      without(c->doc, &m->target, &m->source);
    }
    m->target.dug = 1;
    return;
  }
  if (t->deprel != DEPREL_OBJ && t->deprel != DEPREL_NSUBJ_PASS)
    return;
  uint32_t verb = c->match_of[t->head - c->tree.first];
  if (verb == NONE || &c->matches.items[verb] == m)
    return;
  const Match *answer = &c->matches.items[verb];
  uint8_t said = answer->pattern->type;
  if (said != EVENT_REJECT && said != EVENT_CONCEDE && said != EVENT_AGREE && said != EVENT_SUPPORT)
    return;
  Side found = answer->source;
  without(c->doc, &found, &m->source);
  if (found.count) {
    m->target = found;
    m->target.dug = 1;
  }
}

// Actors of one state stand together: the first speaks for them.
typedef struct Groups Groups;
struct Groups {
  uint32_t heads[SIDE_LIMIT], count;
  uint8_t bloc[SIDE_LIMIT]; // of each head, as Side has it
  uint32_t of[SIDE_LIMIT]; // group of each actor of the side
};

static void group(const BedeDoc *doc, const Side *side, Groups *g) {
  for (uint32_t i = 0; i < side->count; i++) {
    const Actor *a = &doc->actors.items[side->actors[i]];
    uint32_t k = 0;
    for (; k < g->count; k++) {
      const Actor *head = &doc->actors.items[g->heads[k]];
      if (a->code[0] ? !strcmp(a->code, head->code) : same_actor(doc, side->actors[i], g->heads[k]))
        break;
    }
    if (k == g->count) {
      g->bloc[k] = side->bloc[i];
      g->heads[g->count++] = side->actors[i];
    }
    g->of[i] = k;
  }
}

// The other members of a group, as a run in doc->members.
static void add_withs(BedeDoc *doc, const Side *side, const Groups *g, uint32_t k, uint32_t *first, uint32_t *count) {
  *first = doc->members.count;
  for (uint32_t i = 0; i < side->count; i++)
    if (g->of[i] == k && side->actors[i] != g->heads[k])
      array_push(&doc->arena, &doc->members, side->actors[i]);
  *count = doc->members.count - *first;
}

// ---- events

static bool is_coded(const BedeDoc *doc, uint32_t actor) {
  return actor != NONE && doc->actors.items[actor].code[0];
}

static bool is_of_state(const Actor *a) {
  static const char *const sectors[] = {"GOV", "MIL", "COP", "JUD", "LEG", "SPY"};
  for (size_t i = 0; i < COUNT(sectors); i++)
    if (!strcmp(a->sector, sectors[i]))
      return true;
  return false;
}

// A verb, or a noun that the codebook knows as an act.
static bool is_act(const Coding *c, uint32_t token) {
  return tok(c, token)->upos == UPOS_VERB || c->match_of[token - c->tree.first] != NONE;
}

// Counts words that say what tokens are about: those of disaster, and different
// ones of sport.
enum { SPORT_SENTENCE = 2, SPORT_DOCUMENT = 6 };
typedef struct Topics Topics;
struct Topics {
  uint32_t disasters, sports;
};

static Topics topics_of(const BedeDoc *doc, const BedeModel *model, uint32_t first, uint32_t count) {
  Topics t = {0};
  uint64_t seen[SPORT_DOCUMENT];
  for (uint32_t i = first; i < first + count; i++) {
    const Token *token = &doc->tokens.items[i];
    if (token->upos != UPOS_NOUN && token->upos != UPOS_PROPN && token->upos != UPOS_VERB)
      continue;
    Str lemma = str_of(doc_string(doc, token->lemma));
    const char *topic = words_find(&model->words, WORDS_TOPICS, lemma);
    // "stormed the building": of verbs only those that are marked
    if (!topic || (token->upos == UPOS_VERB) != !strcmp(topic, "mishap"))
      continue;
    if (strcmp(topic, "sport")) {
      t.disasters++;
      continue;
    }
    uint64_t h = hash_str(lemma);
    bool again = false;
    for (uint32_t k = 0; k < t.sports; k++)
      again |= seen[k] == h;
    if (!again && t.sports < SPORT_DOCUMENT)
      seen[t.sports++] = h;
  }
  return t;
}

// The target is the subject: "T stands trial".
static bool undergoes(const Coding *c, const Match *m) {
  for (uint32_t k = 0; k < m->pattern->count; k++)
    if (item_of(c, m, k)->filler == FILL_T && item_of(c, m, k)->role == ROLE_SUBJ && !item_of(c, m, k)->parent)
      return true;
  return false;
}

// The clause names more than its verb: "denied any role in [N]".
static bool has_word(const Coding *c, const Match *m) {
  for (uint32_t k = 0; k < m->pattern->count; k++)
    if (item_of(c, m, k)->filler == FILL_WORD)
      return true;
  return false;
}

// Whether the doer of a deed that a noun names is only the subject of the verb the
// noun hangs on, and the preposition or the verb speaks against it: "mourned after
// the murder of", "was wounded in an attack on". "Convicted of the murder of",
// "killed in clashes with" stand.
static bool borrows_doer(Coding *c, const Match *m, uint32_t source) {
  static const char *const preps[] = {"in", "of", "for", "with", "to", "through", "by"};
  const Predicate *p = predicate_of(&c->tree, m->anchor);
  if (event_quads[m->pattern->type] != 3 || p->clausal || tok(c, m->anchor)->upos == UPOS_ADJ)
    return false;
  bool borrowed = false;
  for (uint32_t i = 0; i < p->count && source != NONE; i++) {
    const Arg *a = predicate_arg(&c->tree, p, i);
    if (a->role == ROLE_SUBJ && is_under(&c->tree, c->doc->actors.items[source].head, a->token))
      borrowed = a->inherited;
  }
  uint32_t noun = m->anchor;
  for (uint32_t steps = 0; steps < c->tree.count && tok(c, noun)->deprel == DEPREL_CONJ; steps++)
    noun = tok(c, noun)->head;
  if (!borrowed || (tok(c, noun)->deprel != DEPREL_OBL && tok(c, noun)->deprel != DEPREL_NMOD))
    return false;
  uint32_t prep = prep_of(&c->tree, noun), verb = tok(c, noun)->head;
  bool fitting = false;
  for (size_t i = 0; i < COUNT(preps); i++)
    fitting |= prep == prep_hash(str_of(preps[i]));
  uint32_t own = c->match_of[verb - c->tree.first];
  uint8_t type = own == NONE ? EVENT_TYPES : c->matches.items[own].pattern->type;
  bool suffered = predicate_of(&c->tree, verb)->passive && type < EVENT_TYPES && event_quads[type] == 3;
  return !fitting || (suffered && prep == prep_hash(STR("in")) && !(m->pattern->flags & PATTERN_MUTUAL));
}

// "The government condemned the raid": of a state or a body this is said whatever
// it is about.
static bool takes_a_stand(const Coding *c, const Match *m, uint32_t source) {
  static const char *const sectors[] = {"GOV", "IGO", "LEG", "MIL", "REB"};
  if (!is_coded(c->doc, source) || m->pattern->type != EVENT_ACCUSE || strcmp(text_of(c, m->pattern->mode), "disapprove"))
    return false;
  const Actor *a = &c->doc->actors.items[source];
  if (!a->sector[0])
    return true;
  for (size_t i = 0; i < COUNT(sectors); i++)
    if (!strcmp(a->sector, sectors[i]))
      return true;
  return false;
}

static const char *not_wanted(Coding *c, const Match *m, uint32_t source, uint32_t target) {
  const BedeDoc *doc = c->doc;
  if (c->sport)
    return "it is about sport";
  if (m->pattern->type == EVENT_ASSAULT && source == NONE && c->disasters)
    return "the sentence tells of a disaster, and of nobody who did it";
  if (m->pattern->flags & PATTERN_NEEDS_T && target == NONE && !m->blamed)
    return "the clause needs a target";
  if (m->pattern->flags & PATTERN_NEEDS_S && source == NONE)
    return "the clause needs a source";
  if (!is_coded(doc, source) && !is_coded(doc, target)) {
    bool both = source != NONE && target != NONE && doc->actors.items[source].sector[0] && doc->actors.items[target].sector[0];
    if (!both)
      return "neither side is a known actor";
  }
  if (source != NONE && target != NONE) {
    const Actor *s = &doc->actors.items[source], *t = &doc->actors.items[target];
    if (same_actor(doc, source, target))
      return "source and target are the same";
    if (s->code[0] && !strcmp(s->code, t->code) && !strcmp(s->sector, t->sector) && m->pattern->flags & PATTERN_MUTUAL)
      return "both sides are of one state and kind";
  }
  bool verbal = event_quads[m->pattern->type] < 2 || m->pattern->type == EVENT_REQUEST;
  if (verbal && source != NONE && target != NONE && doc->actors.items[source].code[0] &&
      !strcmp(doc->actors.items[source].code, doc->actors.items[target].code) &&
      is_of_state(&doc->actors.items[source]) && is_of_state(&doc->actors.items[target]))
    return "both are organs of one state";
  if (m->event != NONE && target == NONE && m->pattern->type != EVENT_REQUEST && !is_act(c, m->event) && !has_word(c, m) &&
      !takes_a_stand(c, m, source))
    return "what it is about is no act, and nobody is its target";
  bool noun = !(m->pattern->flags & PATTERN_IMPLIED) && !predicate_of(&c->tree, m->anchor)->clausal && tok(c, m->anchor)->upos != UPOS_ADJ;
  if (noun && m->event == NONE && (source == NONE || target == NONE))
    return "a noun that does not name both sides";
  if (noun && borrows_doer(c, m, source))
    return "its doer would be that of another verb";
  if (source == NONE && event_quads[m->pattern->type] != 3 && event_quads[m->pattern->type] != 1 &&
      !(m->target.token != NONE && (predicate_of(&c->tree, m->anchor)->passive || undergoes(c, m))))
    return "nobody is named who did it";
  // "the blast in northern Gaza killed two": it is the blast that killed
  if (source != NONE && m->source.dug && event_quads[m->pattern->type] == 3 && doc->actors.items[source].is_place)
    return "a place does nothing";
  // "the outlawed party", "talks with the exiled king": the word tells which one
  if (source == NONE && m->event == NONE && tok(c, m->anchor)->deprel == DEPREL_AMOD && is_xpos(&c->tree, m->anchor, "VBN") && !is_had(&c->tree, m->anchor))
    return "a participle that only tells which one is meant";
  if (m->target.dug && m->source.dug && m->source.actors[0] == m->target.actors[0])
    return "one mention cannot be both sides";
  return NULL;
}

// The latest group of two states or leaders before this sentence.
static void imply_parties(Coding *c, Match *m) {
  const BedeDoc *doc = c->doc;
  uint32_t best = NONE;
  for (uint32_t i = 0; i < doc->actors.count; i++) {
    const Actor *a = &doc->actors.items[i];
    if (a->kind == ACTOR_GROUP && a->members == 2 && a->first < c->tree.first + c->tree.count &&
        (best == NONE || a->first > doc->actors.items[best].first))
      best = i;
  }
  if (best == NONE)
    return;
  const Actor *g = &doc->actors.items[best];
  m->source = (Side){.token = NONE, .dug = 1, .count = 2,
                     .actors = {doc->members.items[g->member], doc->members.items[g->member + 1]}};
}

static Span trigger_span(Coding *c, const Match *m) {
  enum { NEAR = 5 };
  uint32_t low = m->anchor, high = m->anchor;
  for (uint32_t pass = 0; pass < 2; pass++)
    for (uint32_t k = 0; k < m->pattern->count; k++) {
      uint32_t t = m->tokens[k];
      if (t == NONE || item_of(c, m, k)->filler != FILL_WORD)
        continue;
      if (t + NEAR >= low && t <= high + NEAR)
        low = MIN(low, t), high = MAX(high, t);
    }
  return doc_token_span(c->doc, low, high - low + 1);
}

static uint64_t event_id(const BedeDoc *doc, const Event *e) {
  uint64_t h = hash_str(doc->frame.id);
  Span none = {0}, spans[3] = {e->trigger_span, e->source == NONE ? none : doc->actors.items[e->source].span,
                               e->target == NONE ? none : doc->actors.items[e->target].span};
  h = hash_bytes(spans, sizeof spans, h);
  return hash_bytes(event_types[e->type], strlen(event_types[e->type]), h);
}

static bool is_plain(const BedeDoc *doc, uint32_t actor) {
  static const char *const sectors[] = {"CVL", "UNK", "BUS", "MED", "EDU", "HLH", "CRM", "REL", "LAB", "REF"};
  for (size_t i = 0; i < COUNT(sectors); i++)
    if (!strcmp(doc->actors.items[actor].sector, sectors[i]))
      return true;
  return false;
}

static uint32_t features_of(const Coding *c, const Match *m, const Event *e) {
  const BedeDoc *doc = c->doc;
  uint32_t f = 0;
  f |= m->by_order ? FEATURE_ORDER : 0;
  f |= m->pattern->flags & PATTERN_NOMINAL ? FEATURE_NOUN : m->pattern->pos == 'n' ? FEATURE_NOUN_CLAUSE : 0;
  f |= m->source.dug ? FEATURE_SOURCE_DUG : 0;
  f |= m->target.dug ? FEATURE_TARGET_DUG : 0;
  const uint32_t sides[2] = {e->source, e->target};
  for (int i = 0; i < 2; i++) {
    bool none = sides[i] == NONE;
    f |= none ? (i ? FEATURE_TARGET_NONE : FEATURE_SOURCE_NONE) : 0;
    f |= !none && !is_coded(doc, sides[i]) ? (i ? FEATURE_TARGET_UNKNOWN : FEATURE_SOURCE_UNKNOWN) : 0;
    f |= !none && doc->actors.items[sides[i]].antecedent != NONE ? (i ? FEATURE_TARGET_STANDS : FEATURE_SOURCE_STANDS) : 0;
    f |= !none && is_plain(doc, sides[i]) ? (i ? FEATURE_TARGET_PLAIN : FEATURE_SOURCE_PLAIN) : 0;
  }
  f |= e->speaker_span.end > e->speaker_span.begin ? FEATURE_SPOKEN : 0;
  f |= c->tree.count > 40 ? FEATURE_LONG : 0;
  uint8_t r = tok(c, m->anchor)->deprel;
  f |= r == DEPREL_ADVCL || r == DEPREL_ACL || r == DEPREL_ACL_RELCL || r == DEPREL_XCOMP || r == DEPREL_CCOMP ? FEATURE_DEEP : 0;
  f |= e->source != NONE && e->target != NONE && is_coded(doc, e->source) && !strcmp(doc->actors.items[e->source].code, doc->actors.items[e->target].code)
           ? FEATURE_SAME : 0;
  for (uint32_t k = 0; k < m->pattern->count; k++)
    f |= item_of(c, m, k)->filler == FILL_WORD ? FEATURE_WORDS : 0;
  return f;
}

static void write_trace(Coding *c, Event *e, const Match *m, const Out *status_trace) {
  BedeDoc *doc = c->doc;
  Array(uint32_t) lines = {0};
  array_push(&doc->arena, &lines, doc_text(doc, arena_print(&doc->arena, "clause %s (%s:%u)%s", text_of(c, m->pattern->clause),
             text_of(c, m->pattern->file), m->pattern->line,
             m->by_order ? ", by word order: the tree does not fit" : m->pattern->flags & PATTERN_NOMINAL ? ", of its noun" : "")));
  Str rest = {status_trace->at ? status_trace->at : "", status_trace->len};
  while (rest.len)
    array_push(&doc->arena, &lines, doc_text(doc, str_cut(&rest, '\n')));
  const uint32_t sides[2] = {e->source, e->target};
  for (int i = 0; i < 2; i++) {
    if (sides[i] == NONE)
      continue;
    const Actor *a = &doc->actors.items[sides[i]];
    if (a->antecedent != NONE) {
      Str before = doc_span(doc, doc->actors.items[a->antecedent].span), own = doc_span(doc, a->span);
      array_push(&doc->arena, &lines, doc_text(doc, arena_print(&doc->arena, "%s \"%.*s\" stands for \"%.*s\"", i ? "target" : "source", STR_ARG(own), STR_ARG(before))));
    }
    if (i ? m->target.dug : m->source.dug)
      array_push(&doc->arena, &lines, doc_text(doc, str_of(i ? "target found inside the noun phrase" : "source found inside the noun phrase")));
  }
  e->trace = doc->members.count;
  e->trace_count = lines.count;
  for (uint32_t i = 0; i < lines.count; i++)
    array_push(&doc->arena, &doc->members, lines.items[i]);
}

static void emit(Coding *c, const Match *m, EventStatus status, uint32_t accuser, const Out *status_trace, const Groups *sources, uint32_t s,
                 const Side *target_side, const Groups *targets, uint32_t t) {
  BedeDoc *doc = c->doc;
  const Pattern *p = m->pattern;
  uint32_t source = sources && s < sources->count ? sources->heads[s] : NONE;
  uint32_t target = targets && t < targets->count ? targets->heads[t] : NONE;
  if (p->type == EVENT_MOBILIZE && is_coded(c->doc, source) && is_coded(c->doc, target) &&
      !strcmp(doc->actors.items[source].code, doc->actors.items[target].code))
    target = NONE; // its own forces
  const char *bad = not_wanted(c, m, source, target);
  if (bad) {
    say(c, "no event: %s", bad);
    return;
  }
  Event e = {.sentence = c->sentence, .trigger = m->anchor, .type = p->type, .status = (uint8_t)status,
             .mutual = (p->flags & PATTERN_MUTUAL) != 0 || (sources && sources == targets), .by_order = m->by_order, .source = source, .target = target,
             .speech = NONE, .speaker = NONE, .count = 1, .goldstein = p->goldstein};
  e.trigger_span = trigger_span(c, m);
  if (source != NONE)
    add_withs(doc, &m->source, sources, s, &e.withs, &e.with_count);
  if (target != NONE)
    add_withs(doc, target_side, targets, t, &e.target_withs, &e.target_with_count);
  e.rule = doc_text(doc, str_of(text_of(c, p->rule)));
  e.cameo = doc_text(doc, str_of(text_of(c, p->cameo)));
  e.mode = doc_text(doc, str_of(text_of(c, p->mode)));
  e.context = doc_text(doc, str_of(text_of(c, p->context)));
  attach_behalf(&c->cast, &e);
  attach_time(&c->tree, m, &e, c->match_of);
  attach_speaker(&c->tree, &e, accuser, c->match_of);
  attach_places(&c->tree, m, &e);
  attach_figures(&c->tree, m, &e);
  attach_pledge(&c->tree, m, &e);
  attach_derived(&c->tree, m, &e);
  e.features = features_of(c, m, &e);
  e.confidence = confidence_of(&c->model->words, &e);
  write_trace(c, &e, m, status_trace);
  e.id = event_id(doc, &e);
  say(c, "%s %s: %s -> %s", event_types[e.type], status_names[e.status], source == NONE ? "_" : doc->actors.items[source].code,
      target == NONE ? "_" : doc->actors.items[target].code);
  array_push(&doc->arena, &doc->events, e);
}

// "weighs sanctions on Chile", "ruled out talks with Chile": who weighs them
// would impose them. Whom an act is asked of is another matter.
static void find_source(Coding *c, Match *m) {
  uint32_t g = c->governor[m->anchor - c->tree.first];
  if (m->source.count || m->pattern->flags & PATTERN_IMPLIED || g == NONE || &c->matches.items[g] == m)
    return;
  const Match *op = &c->matches.items[g];
  uint16_t flags = op->pattern->flags;
  uint8_t type = op->pattern->type;
  if (op->event != m->anchor || !(flags & PATTERN_HAS_STATUS) || op->pattern->e_status == STATUS_REQUESTED || op->pattern->e_status == STATUS_DENIED)
    return;
  if (!(flags & PATTERN_QUIET) && type != EVENT_REJECT && type != EVENT_AGREE && type != EVENT_THREATEN)
    return;
  if (predicate_of(&c->tree, m->anchor)->clausal && predicate_of(&c->tree, m->anchor)->passive)
    return;
  Side found = op->source;
  without(c->doc, &found, &m->target);
  if (!found.count)
    return;
  m->source = found;
  m->source.dug = 1;
}

// "Condemned the raid on Chile": it is who raided that is blamed, if anybody is named.
static void find_blamed(Coding *c, Match *m) {
  bool praise = m->pattern->type == EVENT_SUPPORT;
  if (m->pattern->type != EVENT_ACCUSE && !praise)
    return;
  uint32_t act = m->target.count ? (m->target.dug ? m->target.token : NONE) : m->event;
  uint32_t inner = act == NONE ? NONE : c->match_of[act - c->tree.first];
  if (inner == NONE || &c->matches.items[inner] == m || predicate_of(&c->tree, act)->clausal)
    return;
  const Match *deed = &c->matches.items[inner];
  if (deed->pattern->type >= EVENT_TYPES || (praise ? !deed->source.count || deed->pattern->flags & PATTERN_MUTUAL : event_quads[deed->pattern->type] != 3))
    return;
  m->target = deed->source;
  m->target.dug = 1;
  m->blamed = 1;
  without(c->doc, &m->target, &m->source);
}

static void emit_match(Coding *c, Match *m) {
  const Pattern *p = m->pattern;
  if (c->explain)
    out_print(c->explain, "  \"%.*s\" by %s\n", STR_ARG(doc_word(c->doc, m->anchor)), text_of(c, p->clause));
  if (p->type == EVENT_TYPES || p->flags & (PATTERN_QUIET | PATTERN_NOT)) {
    say(c, p->flags & PATTERN_NOT ? "is no event" : "only an operator");
    return;
  }
  uint32_t over = c->governor[m->anchor - c->tree.first];
  if (over != NONE && c->matches.items[over].pattern->flags & PATTERN_NOT && c->matches.items[over].anchor != m->anchor) {
    say(c, "no event: under \"%s\"", text_of(c, c->matches.items[over].pattern->clause));
    return;
  }
  if (is_question(&c->tree, m->anchor)) {
    say(c, "no event: it is asked, not told");
    return;
  }
  if (over == NONE && is_mere_purpose(&c->tree, m->anchor)) {
    say(c, "no event: what another act is meant to bring about");
    return;
  }
  Out trace = {0};
  find_source(c, m);
  find_blamed(c, m);
  if (!(p->flags & PATTERN_IMPLIED) && !m->blamed)
    find_target(c, m);
  find_answerer(c, m);
  if (p->flags & PATTERN_IMPLIED && m->source.count + m->target.count == 0) {
    imply_parties(c, m);
    out_text(&trace, "the parties are not named here: the two sides spoken of before\n");
  }
  uint32_t accuser;
  EventStatus status = status_of(c, m->anchor, &accuser, &trace);
  Groups sources = {0}, targets = {0};
  group(c->doc, &m->source, &sources);
  group(c->doc, &m->target, &targets);
  // "Norway and Chile agreed to": with each other, unless somebody else is named; "are ready to" is each for himself
  bool joint = ((p->type == EVENT_AGREE && tok(c, m->anchor)->upos == UPOS_VERB) || m->reciprocal) && sources.count > 1 && !targets.count;
  if (((p->flags & PATTERN_MUTUAL) && !targets.count) || joint) {
    bool blocs = false; // "between Iran and the six powers": the six are one side
    for (uint32_t a = 0; a < sources.count; a++)
      blocs |= sources.bloc[a] != sources.bloc[0];
    for (uint32_t a = 0; a < sources.count; a++)
      for (uint32_t b = a + 1; b < sources.count; b++)
        if (!blocs || !sources.bloc[a] || sources.bloc[a] != sources.bloc[b])
          emit(c, m, status, accuser, &trace, &sources, a, &m->source, &sources, b);
    if (sources.count < 2)
      say(c, "no event: it takes two sides of different states");
  } else {
    for (uint32_t a = 0; a < MAX(sources.count, 1u); a++)
      for (uint32_t b = 0; b < MAX(targets.count, 1u); b++)
        emit(c, m, status, accuser, &trace, &sources, a, &m->target, &targets, b);
  }
  out_free(&trace);
}

// ---- repeats

static const char *name_of(const BedeDoc *doc, uint32_t actor) {
  return actor == NONE ? "" : doc_string(doc, doc->actors.items[actor].name);
}

static bool names_clash(const BedeDoc *doc, uint32_t a, uint32_t b) {
  const char *x = name_of(doc, a), *y = name_of(doc, b);
  return *x && *y && strcmp(x, y) && strcmp(doc->actors.items[a].sector, "") && doc->actors.items[a].role && doc->actors.items[b].role;
}

static bool same_side(const BedeDoc *doc, uint32_t a, uint32_t b) {
  if (a == NONE || b == NONE)
    return a == b;
  const Actor *x = &doc->actors.items[a], *y = &doc->actors.items[b];
  return !strcmp(x->code, y->code) && (x->code[0] || a == b || same_actor(doc, a, b)) && !names_clash(doc, a, b);
}

static bool is_noun_event(const BedeDoc *doc, const Event *e) {
  uint8_t upos = doc->tokens.items[e->trigger].upos;
  return upos == UPOS_NOUN || upos == UPOS_PROPN;
}

// "are meeting to consult": the second is what the first is for.
static bool is_purpose_of(const BedeDoc *doc, const Event *e, const Event *old) {
  const Token *t = &doc->tokens.items[e->trigger];
  if (t->deprel == DEPREL_CONJ)
    t = &doc->tokens.items[t->head];
  return t->head == old->trigger && (t->deprel == DEPREL_ADVCL || t->deprel == DEPREL_XCOMP);
}

static bool is_told(const Event *e) { return e->status == STATUS_ACTUAL || e->status == STATUS_PLANNED; }

static bool is_repeat(const BedeDoc *doc, const Event *old, const Event *e) {
  if (old->type != e->type)
    return false;
  // "Lund's visit comes as …" is the visit that was planned a sentence ago
  bool again = is_told(old) && is_told(e) && ((is_noun_event(doc, e) && old->sentence != e->sentence) || is_purpose_of(doc, e, old));
  if (old->status != e->status && !again)
    return false;
  if (old->count != e->count)
    return false; // "their two meetings this year" are not the one reported
  // an exchange of messages is no meeting, and a visit neither
  const char *mode = doc_string(doc, old->mode), *other = doc_string(doc, e->mode);
  if (*mode && *other && strcmp(mode, other))
    return false;
  // material help and joint work come in kinds: what another clause tells is another
  if (e->type == EVENT_PROTEST && is_purpose_of(doc, e, old) && same_side(doc, old->source, e->source))
    return true; // "demonstrated outside the embassy to protest the raids"
  if (event_quads[e->type] == 1 && strcmp(doc_string(doc, old->rule), doc_string(doc, e->rule)))
    return false;
  // two things planned in one sentence are two, also for the same parties
  if (e->status == STATUS_PLANNED && e->type != EVENT_CONSULT && old->sentence == e->sentence && old->trigger != e->trigger &&
      strcmp(doc_string(doc, old->rule), doc_string(doc, e->rule)))
    return false;
  bool way = same_side(doc, old->source, e->source) && same_side(doc, old->target, e->target);
  bool back = (old->mutual || e->mutual) && same_side(doc, old->source, e->target) && same_side(doc, old->target, e->source);
  // a mention without a target adds nothing to one that has it
  bool less = same_side(doc, old->source, e->source) && e->target == NONE && old->target != NONE && old->sentence + 4 >= e->sentence;
  if (!way && !back && !less)
    return false;
  bool dated = old->basis == BASIS_TEXT && e->basis == BASIS_TEXT && old->begin.year && e->begin.year &&
               (day_compare(old->begin, e->begin) != 0) && !(old->begin.day == 0 && old->begin.year == e->begin.year);
  return !dated;
}

static void drop_repeats(BedeDoc *doc, Out *explain) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < doc->events.count; i++) {
    const Event *e = &doc->events.items[i];
    Event fuller; // the clause that tells what a noun spoke of before
    bool repeat = false;
    for (uint32_t k = 0; k < kept && !repeat; k++) {
      Event *old = &doc->events.items[k];
      repeat = is_repeat(doc, old, e);
      if (!repeat || !is_noun_event(doc, old) || is_noun_event(doc, e) || old->sentence == e->sentence)
        continue;
      fuller = *e;
      if (!fuller.place_count)
        fuller.places = old->places, fuller.place_count = old->place_count;
      memmove(old, old + 1, (kept - k - 1) * sizeof *old);
      kept--;
      e = &fuller;
      repeat = false;
      break;
    }
    if (!repeat)
      doc->events.items[kept++] = *e;
    else if (explain)
      out_print(explain, "  dropped: %s at byte %u repeats an earlier event\n", event_types[e->type], e->trigger_span.begin);
  }
  doc->events.count = kept;
}

void code_events(BedeDoc *doc, const BedeModel *model, Out *explain) {
  bool sport = topics_of(doc, model, 0, doc->tokens.count).sports >= SPORT_DOCUMENT;
  for (uint32_t s = 0; s < doc->sentences.count; s++) {
    const Sentence *sentence = &doc->sentences.items[s];
    if (doc->frame.dateline.end > sentence->span.begin && doc->frame.dateline.begin < sentence->span.end &&
        doc->frame.dateline.end + 4 >= sentence->span.end)
      continue;
    Coding c = {.doc = doc, .model = model, .explain = explain, .sentence = s};
    c.tree = tree_of(doc, model, s);
    c.cast = cast_of(&c.tree);
    c.match_of = arena_alloc(&doc->arena, sentence->count * sizeof *c.match_of);
    c.governor = arena_alloc(&doc->arena, sentence->count * sizeof *c.governor);
    for (uint32_t i = 0; i < sentence->count; i++)
      c.match_of[i] = c.governor[i] = NONE;
    if (explain)
      out_print(explain, "sentence %u: %.*s\n", s, STR_ARG(doc_span(doc, sentence->span)));
    find_matches(&c);
    drop_other_acts(&c);
    Topics topics = c.matches.count ? topics_of(doc, model, sentence->first, sentence->count) : (Topics){0};
    c.disasters = topics.disasters;
    c.sport = sport || topics.sports >= SPORT_SENTENCE;
    set_governors(&c); // before words are dropped: "the anniversary of [N]" speaks of [N] still
    drop_used_words(&c);
    for (uint32_t i = 0; i < sentence->count; i++)
      if (c.match_of[i] != NONE)
        emit_match(&c, &c.matches.items[c.match_of[i]]);
  }
  drop_repeats(doc, explain);
}
