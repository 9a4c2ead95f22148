// attach.c - what belongs to an event besides its actors.
// SPDX-License-Identifier: Apache-2.0
#include "event/attach.h"
#include <stdlib.h>

static const Token *tok(const Tree *t, uint32_t i) { return &t->doc->tokens.items[i]; }

static uint32_t head_of(const Tree *t, uint32_t first, uint32_t count) {
  for (uint32_t i = first; i < first + count; i++) {
    uint32_t h = tok(t, i)->head;
    if (h < first || h >= first + count || h == i)
      return i;
  }
  return first;
}

static bool in_tree(const Tree *t, uint32_t token) { return token >= t->first && token < t->first + t->count; }

static bool is_part(const Tree *t, const Match *m, uint32_t token) {
  if (token == m->anchor)
    return true;
  const PatternItem *items = &t->model->codebook.items[m->pattern->first];
  for (uint32_t k = 0; k < m->pattern->count; k++)
    if (m->tokens[k] == token && (items[k].filler == FILL_WORD || items[k].filler == FILL_ANY || items[k].filler == FILL_NOUN))
      return true;
  return false;
}

// The mention that covers a token, where none hangs by it.
static uint32_t actor_over(const BedeDoc *doc, uint32_t token) {
  uint32_t best = NONE;
  for (uint32_t i = 0; i < doc->actors.count; i++) {
    const Actor *a = &doc->actors.items[i];
    if (token >= a->first && token < a->first + a->count && (best == NONE || a->count > doc->actors.items[best].count))
      best = i;
  }
  return best;
}

static bool is_narrated(const Tree *t, uint32_t cue, const uint32_t *narrated) {
  return cue != NONE && in_tree(t, cue) && narrated[cue - t->first] != NONE;
}

// The word stands in the clause that the cue has as its object.
static bool is_said(const Tree *t, uint32_t token, uint32_t cue) {
  for (uint32_t steps = 0; steps < t->count && tok(t, token)->head != token; steps++) {
    if (tok(t, token)->head == cue)
      return tok(t, token)->deprel == DEPREL_CCOMP;
    token = tok(t, token)->head;
  }
  return false;
}

// "As trade grew, Xi said …": what stands before the speaker is said by him if
// it is told with "as", or tells of another day than the report's ("During
// their meetings this year, Xi said"); "after meeting Putin, Xi said" is not.
static bool is_fronted(const Tree *t, const Speech *s, const Event *e) {
  if (s->cue_token == NONE || s->speaker_head == NONE || !in_tree(t, s->cue_token) || e->trigger >= s->speaker_head)
    return false;
  uint32_t at = e->trigger;
  for (uint32_t steps = 0; steps < t->count && tok(t, at)->head != at && tok(t, at)->head != s->cue_token; steps++)
    at = tok(t, at)->head;
  if (tok(t, at)->head != s->cue_token)
    return false;
  uint32_t prep = prep_of(t, at);
  bool other_day = e->basis == BASIS_TEXT && (day_compare(e->begin, t->doc->day) != 0 || e->end.year != e->begin.year);
  return (tok(t, at)->deprel == DEPREL_ADVCL && (prep == prep_hash(STR("as")) || prep == prep_hash(STR("since")))) ||
         (tok(t, at)->deprel == DEPREL_OBL && (prep == prep_hash(STR("during")) || prep == prep_hash(STR("at"))) && other_day);
}

void attach_speaker(Tree *t, Event *e, uint32_t accuser, const uint32_t *narrated) {
  const BedeDoc *doc = t->doc;
  uint32_t at = tok(t, e->trigger)->span.begin, best = NONE, best_size = UINT32_MAX;
  for (uint32_t i = 0; i < doc->speeches.count; i++) {
    const Speech *s = &doc->speeches.items[i];
    if (s->span.begin > at || s->span.end <= at || s->cue_token == e->trigger || (!s->speaker.end && s->actor == NONE))
      continue;
    uint32_t size = s->span.end - s->span.begin;
    bool told = best != NONE && is_narrated(t, doc->speeches.items[best].cue_token, narrated);
    bool better = size < best_size ? !is_narrated(t, s->cue_token, narrated) || best == NONE : told;
    if (better)
      best = i, best_size = size;
  }
  for (uint32_t i = 0; i < doc->speeches.count && best == NONE; i++) {
    const Speech *s = &doc->speeches.items[i];
    bool under = s->cue_token != NONE && in_tree(t, s->cue_token) && e->trigger > s->cue_token && !is_narrated(t, s->cue_token, narrated) &&
                 is_said(t, e->trigger, s->cue_token) && s->speaker.end;
    if (under || is_fronted(t, s, e))
      best = i;
  }
  // "X said …, adding that …": who adds is who said
  uint32_t cue = best == NONE ? NONE : doc->speeches.items[best].cue_token;
  if (cue != NONE && in_tree(t, cue) && is_xpos(t, cue, "VBG"))
    for (uint32_t i = 0; i < doc->speeches.count; i++) {
      uint32_t main = doc->speeches.items[i].cue_token;
      if (main != NONE && in_tree(t, main) && main < cue && !is_xpos(t, main, "VBG") && !is_narrated(t, main, narrated) &&
          is_under(t, cue, main)) {
        best = i;
        break;
      }
    }
  if (accuser != NONE) {
    e->speaker = accuser;
    e->speaker_span = doc->actors.items[accuser].span;
  } else if (best != NONE) {
    const Speech *s = &doc->speeches.items[best];
    e->speech = best;
    e->speaker = s->actor != NONE || s->speaker_head == NONE ? s->actor : actor_over(doc, s->speaker_head);
    e->speaker_span = e->speaker != NONE && s->actor == NONE ? doc->actors.items[e->speaker].span : s->speaker;
    if (!e->speaker_span.end)
      e->speaker_span = doc->actors.items[e->speaker].span;
  }
}

void attach_behalf(Cast *c, Event *e) {
  Tree *t = c->tree;
  e->behalves = t->doc->members.count;
  for (uint32_t k = t->first; k < t->first + t->count; k++) {
    if (!lemma_is(t->doc, k, "behalf") || !is_under(t, k, e->trigger))
      continue;
    Side side = {.token = k};
    for (uint32_t n = t->child[k - t->first]; n != NONE; n = t->sibling[n - t->first])
      if (tok(t, n)->deprel == DEPREL_NMOD || tok(t, n)->deprel == DEPREL_NMOD_POSS)
        add_side(c, n, true, &side);
    for (uint32_t i = 0; i < side.count; i++)
      array_push(&t->doc->arena, &t->doc->members, side.actors[i]);
  }
  e->behalf_count = t->doc->members.count - e->behalves;
}

// ---- times

// Steps from a time or place up to the match; UINT32_MAX: it does not get
// there, or another event's predicate stands between.
static uint32_t distance(const Tree *t, const Match *m, uint32_t token, const uint32_t *match_of) {
  for (uint32_t steps = 0; steps <= t->count; steps++) {
    if (is_part(t, m, token))
      return steps;
    if (steps && match_of && match_of[token - t->first] != NONE && tok(t, token)->upos == UPOS_VERB)
      return UINT32_MAX;
    uint32_t head = tok(t, token)->head;
    uint8_t r = tok(t, token)->deprel;
    if (head == token || (steps && (r == DEPREL_CCOMP || r == DEPREL_ACL_RELCL || r == DEPREL_PARATAXIS)))
      return UINT32_MAX;
    token = head;
  }
  return UINT32_MAX;
}

// Also the noun of such a verb: "hopes of talks rose on Sunday".
static bool is_saying(const Tree *t, uint32_t token) {
  return words_find(&t->model->words, WORDS_SPEECH_VERBS, str_of(doc_string(t->doc, tok(t, token)->lemma))) != NULL;
}

// "welcomed last month's truce", "the 1992 murder": the time of that noun; "though
// ties frayed this year", "before he goes on Monday": the time of that clause.
static bool is_of_another(const Tree *t, const Match *m, uint32_t token) {
  static const char *const marks[] = {"though", "although", "before", "after", "since"};
  uint8_t r = tok(t, token)->deprel;
  if ((r == DEPREL_NMOD_POSS || r == DEPREL_COMPOUND || r == DEPREL_AMOD) && !is_part(t, m, tok(t, token)->head))
    return true;
  for (int steps = 0; steps < 4 && !is_part(t, m, token) && tok(t, token)->head != token && in_tree(t, tok(t, token)->head); steps++) {
    for (size_t i = 0; tok(t, token)->deprel == DEPREL_ADVCL && i < COUNT(marks); i++)
      if (prep_of(t, token) == prep_hash(str_of(marks[i])))
        return true;
    token = tok(t, token)->head;
  }
  return false;
}

// "Had pressed for sanctions by the year-end": what is told in the past was not
// done on a day ahead.
static bool is_past(const Tree *t, uint32_t verb) {
  uint32_t aux = child_with(t, verb, DEPREL_AUX);
  return is_xpos(t, verb, "VBD") || (is_xpos(t, verb, "VBN") && aux != NONE && lemma_is(t->doc, aux, "have"));
}

void attach_time(Tree *t, const Match *m, Event *e, const uint32_t *match_of) {
  BedeDoc *doc = t->doc;
  bool past = e->status == STATUS_ACTUAL && doc->day.year && is_past(t, m->anchor);
  uint32_t best = NONE, best_steps = UINT32_MAX;
  for (uint32_t i = 0; i < doc->times.count; i++) {
    const Time *time = &doc->times.items[i];
    if (!in_tree(t, time->first) || !time->begin.year || (time->type != TIME_DATE && time->type != TIME_TIME))
      continue;
    uint32_t head = head_of(t, time->first, time->count);
    if (past && time->begin.day && day_compare(time->begin, doc->day) > 0)
      continue;
    if (prep_of(t, head) == prep_hash(STR("since")))
      continue; // "his first visit since August"
    if (is_of_another(t, m, head))
      continue;
    uint32_t steps = distance(t, m, head, match_of);
    if (steps < best_steps)
      best = i, best_steps = steps;
  }
  // a clause without a time of its own takes that of the verb above it, if
  // that is no verb of saying: "met …, pledging to" on the same day
  uint32_t up = m->anchor;
  for (uint32_t steps = 0; best == NONE && steps < 3; steps++) {
    uint32_t head = tok(t, up)->head;
    uint8_t r = tok(t, up)->deprel;
    if (head == up || is_saying(t, head) || r == DEPREL_ACL_RELCL || r == DEPREL_CCOMP || r == DEPREL_PARATAXIS || r == DEPREL_XCOMP)
      break;
    up = head;
    for (uint32_t i = 0; i < doc->times.count; i++) {
      const Time *time = &doc->times.items[i];
      if (in_tree(t, time->first) && time->begin.year && time->type == TIME_DATE &&
          tok(t, head_of(t, time->first, time->count))->head == up)
        best = i;
    }
  }
  e->times = doc->members.count;
  if (best != NONE) {
    const Time *time = &doc->times.items[best];
    e->begin = time->begin;
    e->end = time->end.year ? time->end : time->begin;
    e->basis = BASIS_TEXT;
    array_push(&doc->arena, &doc->members, best);
    if (e->status == STATUS_ACTUAL && doc->day.year && day_compare(e->begin, doc->day) > 0 && e->begin.day)
      e->status = STATUS_PLANNED; // "is visiting Chile on Monday"
  } else if (doc->day.year) {
    e->begin = doc->day;
    e->end = e->status == STATUS_ACTUAL ? doc->day : (Day){0}; // a plan: from then on
    e->basis = doc->day_basis;
    e->inferred = 1;
  }
  e->time_count = doc->members.count - e->times;
}

// ---- places and figures

// "in the Tunisian capital Tunis", "in the Darfur province": the noun that has
// the preposition.
static uint32_t place_noun(const Tree *t, uint32_t head) {
  for (int steps = 0; steps < 3; steps++) {
    const Token *n = tok(t, head);
    bool part = n->deprel == DEPREL_FLAT || n->deprel == DEPREL_APPOS || n->deprel == DEPREL_COMPOUND || n->deprel == DEPREL_NMOD_DESC;
    part = part || (n->deprel == DEPREL_NMOD && prep_of(t, head) == prep_hash(STR("of"))); // "the town of Tema"
    if (!part || !in_tree(t, n->head) || (prep_of(t, head) && n->deprel != DEPREL_NMOD) || tok(t, n->head)->upos != UPOS_NOUN)
      break;
    if (!is_noun_of(t, n->head, "place"))
      break;
    head = n->head;
  }
  return head;
}

// "met on the sidelines of a summit in Accra": nouns only up to the verb.
static bool in_nouns(const Tree *t, uint32_t token) {
  for (int steps = 0; steps < 3 && tok(t, token)->deprel == DEPREL_NMOD; steps++)
    token = tok(t, token)->head;
  return tok(t, token)->deprel == DEPREL_OBL;
}

// Words are said where they are said, not where that lies which they are about:
// "supported the talks in Juba", "refused to go to Juba".
static bool is_verbal(const Event *e) {
  return e->type == EVENT_AGREE || e->type == EVENT_SUPPORT || e->type == EVENT_REQUEST || e->type == EVENT_ACCUSE ||
         e->type == EVENT_REJECT || e->type == EVENT_THREATEN;
}

// Does another thing than the act lie there: the path up goes over a second verb
// ("is critical and met him in Accra") or a noun that the act is about ("met
// over the crisis in Darfur")?
static bool is_elsewhere(const Tree *t, const Match *m, const Event *e, uint32_t token) {
  static const char *const around[] = {"at", "on", "during", "in", "after", "before"};
  for (uint32_t steps = 0; steps < 4 && !is_part(t, m, token); steps++) {
    const Token *n = tok(t, token);
    if (!in_tree(t, n->head) || n->head == token)
      return false;
    if (steps && n->upos == UPOS_VERB && is_verbal(e) && (n->deprel == DEPREL_CONJ || n->deprel == DEPREL_XCOMP))
      return true; // but "killed two and arrested three in Khost": both there
    bool about = steps && (n->deprel == DEPREL_OBL || n->deprel == DEPREL_NMOD) && prep_of(t, token);
    for (size_t i = 0; i < COUNT(around) && about; i++)
      about = prep_of(t, token) != prep_hash(str_of(around[i]));
    if (about && (is_verbal(e) || e->type == EVENT_CONSULT))
      return true;
    if (steps && n->deprel == DEPREL_OBJ && is_verbal(e))
      return true;
    token = n->head;
  }
  return false;
}

// "headed for Ghana for talks", "will visit Ghana for talks": where one goes, the
// talks are.
static void places_of_travel(const Tree *t, Event *e) {
  BedeDoc *doc = t->doc;
  bool errand = (tok(t, e->trigger)->deprel == DEPREL_ADVCL || tok(t, e->trigger)->deprel == DEPREL_XCOMP) &&
                e->trigger > t->first && word_is(doc, e->trigger - 1, "to"); // "left for Accra to resume talks"
  if (prep_of(t, e->trigger) != prep_hash(STR("for")) && !errand)
    return;
  uint32_t verb = tok(t, e->trigger)->head; // over "aboard a helicopter for talks"
  for (int steps = 0; steps < 2 && tok(t, verb)->upos == UPOS_NOUN && in_tree(t, tok(t, verb)->head); steps++)
    verb = tok(t, verb)->head;
  const char *kind = words_find(&t->model->words, WORDS_STATUS, str_of(doc_string(doc, tok(t, verb)->lemma)));
  bool goes = kind && (!strcmp(kind, "travel") || !strcmp(kind, "errand") || !strcmp(kind, "movement"));
  bool calls = lemma_is(doc, verb, "visit") || lemma_is(doc, verb, "tour");
  for (uint32_t i = 0; i < doc->places.count && (goes || calls); i++) {
    uint32_t head = in_tree(t, doc->places.items[i].first) ? head_of(t, doc->places.items[i].first, doc->places.items[i].count) : NONE;
    if (head == NONE)
      continue;
    uint32_t first = place_noun(t, head), prep = prep_of(t, first);
    bool to = prep == prep_hash(STR("to")) || prep == prep_hash(STR("for")) || prep == prep_hash(STR("in")) || prep == prep_hash(STR("at"));
    if (tok(t, first)->head == verb && ((calls && tok(t, first)->deprel == DEPREL_OBJ) || (goes && to && tok(t, first)->deprel == DEPREL_OBL)))
      array_push(&doc->arena, &doc->members, i);
  }
}

// "met in Nairobi and agreed to go on": what was agreed by those who met there.
static void places_of_meeting(const Tree *t, Event *e) {
  BedeDoc *doc = t->doc;
  uint32_t verb = tok(t, e->trigger)->head;
  if (tok(t, e->trigger)->deprel != DEPREL_CONJ || e->type != EVENT_AGREE)
    return;
  for (uint32_t k = 0; k < doc->events.count; k++) {
    const Event *met = &doc->events.items[k];
    if (met->trigger != verb || met->type != EVENT_CONSULT)
      continue;
    for (uint32_t j = 0; j < met->place_count; j++) {
      uint32_t place = doc->members.items[met->places + j];
      array_push(&doc->arena, &doc->members, place); // may move what is read
    }
    return;
  }
}

void attach_places(Tree *t, const Match *m, Event *e) {
  BedeDoc *doc = t->doc;
  e->places = doc->members.count;
  bool visit = !strcmp(doc_string(doc, e->mode), "visit");
  for (uint32_t i = 0; i < doc->places.count; i++) {
    const Place *p = &doc->places.items[i];
    if (!in_tree(t, p->first))
      continue;
    uint32_t head = head_of(t, p->first, p->count);
    uint32_t first = place_noun(t, head), prep = prep_of(t, first);
    if (tok(t, first)->deprel == DEPREL_CONJ) { // "in Moscow and Beijing"
      first = tok(t, first)->head;
      prep = prep_of(t, first);
    }
    bool is_target = e->target != NONE && doc->actors.items[e->target].head == head;
    bool located = prep == prep_hash(STR("in")) || prep == prep_hash(STR("at")) || prep == prep_hash(STR("near")) ||
                   prep == prep_hash(STR("outside")) || prep == prep_hash(STR("inside"));
    bool visited = visit && prep == prep_hash(STR("to")) && distance(t, m, first, NULL) <= 2;
    bool left = e->type == EVENT_RETREAT && prep == prep_hash(STR("from")); // "withdrew from parts of Mali"
    if ((is_target && visit) || visited ||
        ((located || left) && distance(t, m, first, NULL) <= (in_nouns(t, first) ? 3 : 2) && !is_elsewhere(t, m, e, first)))
      array_push(&doc->arena, &doc->members, i);
  }
  if (doc->members.count == e->places)
    places_of_travel(t, e);
  if (doc->members.count == e->places)
    places_of_meeting(t, e);
  e->place_count = doc->members.count - e->places;
}

void attach_figures(Tree *t, const Match *m, Event *e) {
  BedeDoc *doc = t->doc;
  e->figures = doc->members.count;
  for (uint32_t i = 0; i < doc->figures.count; i++) {
    const Figure *f = &doc->figures.items[i];
    if (!in_tree(t, f->first))
      continue;
    uint32_t head = head_of(t, f->first, f->count);
    // "two meetings": how often, not how much
    uint32_t counted = tok(t, head)->deprel == DEPREL_NUMMOD ? tok(t, head)->head : head;
    if (is_part(t, m, counted) && f->value >= 1 && f->value < 100 && f->value == (double)(uint32_t)f->value && !doc_string(doc, f->unit)[0])
      e->count = (uint32_t)f->value;
    else if (is_part(t, m, counted) && f->value >= 2 && f->value < 100 && tok(t, counted)->upos == UPOS_NOUN && counted == m->anchor)
      e->count = (uint32_t)f->value;
    else if (is_under(t, head, m->anchor))
      array_push(&doc->arena, &doc->members, i);
  }
  // a sum or share elsewhere in the sentence, where no other event has it
  for (uint32_t i = 0; i < doc->figures.count && doc->members.count == e->figures; i++) {
    const Figure *f = &doc->figures.items[i];
    const char *unit = doc_string(doc, f->unit);
    bool money = strlen(unit) == 3 && unit[0] >= 'A' && unit[0] <= 'Z' && unit[2] >= 'A' && unit[2] <= 'Z';
    bool taken = false;
    for (uint32_t k = 0; k < doc->events.count; k++)
      for (uint32_t j = 0; j < doc->events.items[k].figure_count; j++)
        taken |= doc->members.items[doc->events.items[k].figures + j] == i;
    if (in_tree(t, f->first) && !taken && (money || !strcmp(unit, "%")))
      array_push(&doc->arena, &doc->members, i);
  }
  e->figure_count = doc->members.count - e->figures;
}

// ---- pledges and derived facts

// Bytes of a clause: its words from the anchor on, without what follows a
// subordinate "noting that".
static Span clause_span(Tree *t, const Match *m) {
  uint32_t low = m->anchor, high = m->anchor;
  for (uint32_t i = t->first; i < t->first + t->count; i++) {
    if (!is_under(t, i, m->anchor) || tok(t, i)->upos == UPOS_PUNCT)
      continue;
    bool own = true;
    for (uint32_t k = i; k != m->anchor && own; k = tok(t, k)->head) {
      uint8_t r = tok(t, k)->deprel;
      own = r != DEPREL_ADVCL && r != DEPREL_PARATAXIS && r != DEPREL_NSUBJ && r != DEPREL_MARK && r != DEPREL_AUX &&
            !(r == DEPREL_CONJ && tok(t, k)->upos == UPOS_VERB);
    }
    if (own && i >= low)
      high = MAX(high, i);
  }
  return doc_token_span(t->doc, low, high - low + 1);
}

void attach_pledge(Tree *t, const Match *m, Event *e) {
  BedeDoc *doc = t->doc;
  if (e->status != STATUS_PLANNED)
    return;
  e->pledge = doc_text(doc, doc_span(doc, clause_span(t, m)));
  if (e->basis == BASIS_TEXT) {
    e->due_begin = e->begin;
    e->due_end = e->end;
  }
}

static int ordinal_value(Str word) { // "75th", "1st"
  int value = 0;
  size_t i = 0;
  for (; i < word.len && word.at[i] >= '0' && word.at[i] <= '9' && i < 4; i++)
    value = 10 * value + (word.at[i] - '0');
  return i && word.len == i + 2 ? value : 0;
}

void attach_derived(Tree *t, const Match *m, Event *e) {
  BedeDoc *doc = t->doc;
  e->derived = doc->derived.count;
  for (uint32_t i = t->first; i < t->first + t->count; i++) {
    if (!lemma_is(doc, i, "anniversary") || !is_under(t, i, m->anchor))
      continue;
    uint32_t verb = i; // of the verb it belongs to, not of those above that
    while (verb != m->anchor && tok(t, verb)->upos != UPOS_VERB)
      verb = tok(t, verb)->head;
    if (verb != m->anchor)
      continue;
    int years = 0;
    uint32_t of = NONE;
    for (uint32_t k = t->child[i - t->first]; k != NONE; k = t->sibling[k - t->first]) {
      if (ordinal_value(doc_word(doc, k)))
        years = ordinal_value(doc_word(doc, k));
      if (tok(t, k)->deprel == DEPREL_NMOD && prep_of(t, k) == prep_hash(STR("of")))
        of = k;
    }
    if (!years || of == NONE || !doc->day.year)
      continue;
    // a celebration ahead without a date comes in the year after the report,
    // unless the year is young
    int year = e->basis == BASIS_TEXT ? e->begin.year : doc->day.year;
    bool ahead = e->status == STATUS_PLANNED && e->basis != BASIS_TEXT && doc->day.month >= 10;
    year += ahead;
    uint32_t low = of, high = of;
    for (uint32_t k = t->first; k < t->first + t->count; k++)
      if (is_under(t, k, of) && tok(t, k)->upos != UPOS_PUNCT && !(tok(t, k)->deprel == DEPREL_CASE && tok(t, k)->head == of) && k > i)
        low = MIN(low, k), high = MAX(high, k);
    Span span = doc_token_span(doc, low, high - low + 1);
    Derived d = {.statement = doc_text(doc, doc_span(doc, span)), .begin = {.year = (int16_t)(year - years)}};
    d.end = d.begin;
    if (e->source != NONE && e->target != NONE)
      d.code = doc_text(doc, arena_print(&doc->arena, "%s-%s", doc->actors.items[e->source].code, doc->actors.items[e->target].code));
    d.reason = doc_text(doc, arena_print(&doc->arena, "%d years before the anniversary, taken to be in %d%s", years, year,
                                         ahead ? " (it is still ahead late in the year before)" : ""));
    array_push(&doc->arena, &doc->derived, d);
  }
  e->derived_count = doc->derived.count - e->derived;
}
