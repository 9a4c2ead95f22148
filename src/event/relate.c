// relate.c - the relation between two marked actors.
// SPDX-License-Identifier: Apache-2.0
#include "event/relate.h"
#include "event/event.h"
#include "event/learned.h"

enum { CLAUSE_LEAD = 60 }; // how far ahead the learned model has to be to go against a clause

static bool overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

// Makes the span the one mention of its words; returns its index, or NONE.
static uint32_t mark(BedeDoc *doc, Span span, const char *code) {
  uint32_t first = NONE, last = 0;
  for (uint32_t i = 0; i < doc->tokens.count; i++)
    if (overlap(doc->tokens.items[i].span, span)) {
      if (first == NONE)
        first = i;
      last = i;
    }
  if (first == NONE)
    return NONE;
  // the head: the token whose governor is outside; of several, the noun that
  // the others lean on comes first in the tree
  uint32_t head = first;
  for (uint32_t i = first; i <= last; i++) {
    uint32_t h = doc->tokens.items[i].head;
    if ((h < first || h > last || h == i) && doc->tokens.items[i].upos != UPOS_PUNCT && doc->tokens.items[i].upos != UPOS_ADP) {
      head = i;
      break;
    }
  }
  uint32_t own = NONE;
  for (uint32_t i = 0; i < doc->actors.count; i++) {
    Actor *a = &doc->actors.items[i];
    if (a->head < first || a->head > last)
      continue;
    if (a->head == head && own == NONE)
      own = i;
    else
      a->code[0] = a->sector[0] = 0; // parts of the marked actor
  }
  Actor fresh = {.first = first, .count = last - first + 1, .head = head, .kind = ACTOR_MARKED, .number = 1, .antecedent = NONE};
  fresh.span = doc_token_span(doc, first, fresh.count);
  memcpy(fresh.code, code, 4);
  memcpy(fresh.sector, "GOV", 4);
  if (own == NONE) {
    own = doc->actors.count;
    array_push(&doc->arena, &doc->actors, fresh);
  } else {
    doc->actors.items[own] = fresh;
  }
  return own;
}

// The root of a CAMEO code where the codebook, made for whole documents, has
// another: PLOVER counts treaties signed as SUPPORT, blockades and the seizure
// of ground as ASSAULT.
static EventType root_of(const BedeDoc *doc, const Event *e) {
  static const struct { const char *cameo; EventType type; } roots[] = {
      {"057", EVENT_SUPPORT}, {"191", EVENT_ASSAULT}, {"192", EVENT_ASSAULT}};
  for (size_t i = 0; i < COUNT(roots); i++)
    if (!strcmp(doc_string(doc, e->cameo), roots[i].cameo))
      return roots[i].type;
  return (EventType)e->type;
}

// What is done by telling of an act that is not done (yet); *why says so.
static EventType told_as(EventType type, EventStatus status, const char **why) {
  bool verbal = type == EVENT_ACCUSE || type == EVENT_REQUEST || type == EVENT_REJECT || type == EVENT_THREATEN || type == EVENT_AGREE;
  bool hostile = event_quads[type] >= 2;
  if (status == STATUS_PLANNED && !verbal) {
    *why = hostile ? "a hostile act that lies ahead is a threat" : "a friendly act that lies ahead is a promise";
    return hostile ? EVENT_THREATEN : EVENT_AGREE;
  }
  if (status == STATUS_NEGATED && !hostile && type != EVENT_REQUEST) {
    *why = "a friendly act that is refused";
    return EVENT_REJECT;
  }
  return type;
}

// "called for sanctions on T": what is asked for is done to the target, not by
// him; that is no request to him but a word against him.
static bool asked_against(const BedeDoc *doc, const Event *e) {
  for (uint32_t i = 0; i < doc->events.count && e->type == EVENT_REQUEST && e->target != NONE; i++) {
    const Event *act = &doc->events.items[i];
    if (act->target == e->target && act->source != e->target && act->status == STATUS_REQUESTED && event_quads[act->type] == 3)
      return true;
  }
  return false;
}

static void tell(const BedeDoc *doc, const Event *e, const char *told, Out *why) {
  for (uint32_t i = 0; i < e->trace_count; i++)
    out_print(why, "%s%s", i ? "; " : "", doc_string(doc, (Text)doc->members.items[e->trace + i]));
  if (told)
    out_print(why, "; %s", told);
}

Relation relate_pair(BedeDoc *doc, Span source, Span target, const BedeModel *model, Out *why) {
  uint32_t s = mark(doc, source, "ONE"), t = mark(doc, target, "TWO");
  // pronouns and groups that stand for one of the two do not matter here
  for (uint32_t i = 0; i < doc->actors.count; i++)
    if (i != s && i != t && doc->actors.items[i].kind == ACTOR_GROUP)
      doc->actors.items[i].members = 0;
  code_events(doc, model, NULL);
  const Event *best = NULL;
  int best_rank = 0;
  for (uint32_t i = 0; i < doc->events.count; i++) {
    const Event *e = &doc->events.items[i];
    bool ss = s != NONE && e->source == s, tt = t != NONE && e->target == t;
    bool st = s != NONE && e->target == s, ts = t != NONE && e->source == t;
    int rank = ss && tt ? 6 : st && ts ? (e->mutual ? 5 : 3) : ss ? 4 : tt ? 4 : ts || st ? 2 : 1;
    // of two, what is told as done: the act under a refusal or a threat is not
    bool surer = best && (e->status == STATUS_ACTUAL) != (best->status == STATUS_ACTUAL)
                     ? e->status == STATUS_ACTUAL : best && e->confidence > best->confidence;
    if (rank > best_rank || (rank == best_rank && surer))
      best = e, best_rank = rank;
  }
  Relation r = {.type = EVENT_CONSULT, .basis = best_rank > 4 ? RELATION_PAIR : best_rank > 1 ? RELATION_ONE : best ? RELATION_FAR : RELATION_NOTHING};
  const char *told = NULL;
  if (best)
    r.type = r.clause = (uint8_t)told_as(root_of(doc, best), (EventStatus)best->status, &told);
  if (best && asked_against(doc, best)) {
    r.type = r.clause = EVENT_ACCUSE;
    told = "what is asked for would be done to the target";
  }
  if (s != NONE || t != NONE)
    r.features = relation_features(doc, model, s, t);
  // Where a clause holds between the two, it stands unless the model is sure.
  EventType clause = best_rank > 4 ? (EventType)r.clause : EVENT_TYPES;
  Guess guess = relation_guess(&model->relation, &r.features, clause, CLAUSE_LEAD);
  if (r.features.count && guess.type != clause) {
    r.type = (uint8_t)guess.type;
    r.learned = true;
  }
  if (!why)
    return r;
  if (r.learned) {
    out_print(why, "learned, %s: ", clause == EVENT_TYPES ? "no clause holds between the two" : "against the clause");
    guess_tell(&model->relation, &r.features, &guess, why);
  }
  if (best && (!r.learned || clause != EVENT_TYPES)) {
    out_print(why, r.learned ? "; " : "");
    tell(doc, best, told, why);
  }
  if (!why->len)
    out_text(why, "nothing to go by");
  return r;
}
