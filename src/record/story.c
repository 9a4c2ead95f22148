// story.c - which documents, and which events, may be one story: their scores
// and the links between them.
// SPDX-License-Identifier: Apache-2.0
#include "record/record.h"
#include <stdlib.h>
#include <stdio.h>

// ---- documents

int report_order(const void *a, const void *b) {
  const Report *x = a, *y = b;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return str_compare(x->id, y->id);
}

// Days apart; the undated may be of any day.
static int32_t days_between(int32_t a, int32_t b) {
  if (a == UNDATED || b == UNDATED)
    return 0;
  return a > b ? a - b : b - a;
}

// News of one week has much in common that is no story: beats, places, people
// in office. Where days are known it takes more words, and more each day.
int32_t report_alike(const void *reports, uint32_t a, uint32_t b) {
  const Report *x = (const Report *)reports + a, *y = (const Report *)reports + b;
  int32_t days = days_between(x->day, y->day);
  if (days > STORY_DAYS || !sign_meet(&x->sign, &y->sign))
    return 0;
  int32_t same_beat = x->day == UNDATED || y->day == UNDATED ? 0 : SIGN_ONE * 12 / 100 + days * SIGN_ONE * 2 / 100;
  return MAX(0, sign_alike(&x->sign, &y->sign) - same_beat);
}

typedef struct Posting Posting; // a top word of a report
struct Posting {
  uint32_t word, report;
};

static int by_posting(const void *a, const void *b) {
  const Posting *x = a, *y = b;
  if (x->word != y->word)
    return x->word < y->word ? -1 : 1;
  return (x->report > y->report) - (x->report < y->report);
}

static uint32_t first_posting(const Posting *postings, uint32_t count, uint32_t word,
                              uint32_t report) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const Posting *p = &postings[middle];
    if (p->word < word || (p->word == word && p->report < report))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// The first report on the day or later.
static uint32_t first_report(const Report *reports, uint32_t count, int64_t day) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (reports[middle].day < day)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void report_links(const Report *reports, uint32_t count, Arena *arena, Links *out) {
  Arena scratch = {0};
  Array(Posting) postings = {0};
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < reports[i].sign.count; k++)
      if (reports[i].sign.words[k].top)
        array_push(&scratch, &postings, (Posting){reports[i].sign.words[k].word, i});
  if (postings.count)
    qsort(postings.items, postings.count, sizeof(Posting), by_posting);
  uint8_t *shared = arena_alloc(&scratch, count + 1);
  Array(uint32_t) met = {0};
  uint32_t undated = first_report(reports, count, (int64_t)UNDATED + 1); // they stand first
  for (uint32_t i = 0; i < count; i++) {
    const Report *r = &reports[i];
    if (!r->fresh)
      continue;
    bool dated = r->day != UNDATED;
    uint32_t begin = dated ? first_report(reports, count, (int64_t)r->day - STORY_DAYS) : 0;
    uint32_t end = dated ? first_report(reports, count, (int64_t)r->day + STORY_DAYS + 1) : count;
    met.count = 0;
    for (uint32_t k = 0; k < r->sign.count; k++) {
      uint32_t word = r->sign.words[k].word;
      if (!r->sign.words[k].top)
        continue;
      for (uint32_t p = first_posting(postings.items, postings.count, word, 0);
           p < postings.count && postings.items[p].word == word && postings.items[p].report < end;
           p++) {
        uint32_t other = postings.items[p].report;
        if (other < begin && other >= undated) { // too early: on to the window
          p = first_posting(postings.items, postings.count, word, begin) - 1;
          continue;
        }
        if (other == i || (other < i && reports[other].fresh))
          continue;
        if (shared[other] < 2 && ++shared[other] == 2)
          array_push(&scratch, &met, other);
      }
    }
    for (uint32_t k = 0; k < met.count; k++) {
      uint32_t other = met.items[k];
      int32_t score = report_alike(reports, i, other);
      if (score >= STORY_LIMIT)
        array_push(arena, out, (Link){MIN(i, other), MAX(i, other), score});
    }
    memset(shared, 0, count);
  }
  arena_free(&scratch);
}

static uint64_t name_story(const char *level, int32_t day, Str id) {
  char head[32];
  int length = snprintf(head, sizeof head, "%s %d ", level, day);
  return hash_bytes(id.at, id.len, hash_bytes(head, (size_t)length, 0));
}

uint64_t report_story(const Report *report) {
  return name_story("document", report->day, report->id);
}

// ---- events

enum { EXACT_DAYS = 2, VAGUE_DAYS = 5 }; // how far apart two events may be dated

int telling_order(const void *a, const void *b) {
  const Telling *x = a, *y = b;
  if (x->pair != y->pair)
    return x->pair < y->pair ? -1 : 1;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return str_compare(x->id, y->id);
}

uint64_t telling_story(const Telling *t) { return name_story("event", t->day, t->id); }

static int64_t days_apart(int64_t a, int64_t b) { return a > b ? a - b : b - a; }
static bool differ(uint32_t a, uint32_t b) { return a && b && a != b; }
static bool agree(uint32_t a, uint32_t b) { return a && a == b; }

// Do the days on which both may lie meet, give or take two?
static bool days_meet(const Telling *x, const Telling *y) {
  return (int64_t)x->first <= (int64_t)y->first + y->length + 1 &&
         (int64_t)y->first <= (int64_t)x->first + x->length + 1;
}

// Two persons meet once a day, however it is told.
static bool is_meeting(const Telling *t) { return (t->pair & 15) == EVENT_CONSULT; }

// In hundredths. What is alike: the words of the sentences, the act, the place,
// the mode, the persons, and that the documents tell one story. What speaks
// against it: days apart, other places, other persons, another number of times.
int32_t telling_alike(const void *tellings, uint32_t a, uint32_t b) {
  const Telling *x = (const Telling *)tellings + a, *y = (const Telling *)tellings + b;
  if (x->pair != y->pair)
    return 0;
  int64_t days = days_apart(x->day, y->day);
  bool exact = x->length == 1 && y->length == 1;
  if (days > (exact ? EXACT_DAYS : VAGUE_DAYS) || !days_meet(x, y))
    return 0;
  bool one_sentence = x->document == y->document && x->sentence == y->sentence;
  int64_t score = one_sentence ? 0 : 60 * sign_alike(&x->sign, &y->sign) / SIGN_ONE;
  bool same_persons = false, other_persons = false;
  for (int side = 0; side < 2; side++) {
    same_persons |= agree(x->names[side], y->names[side]);
    other_persons |= differ(x->names[side], y->names[side]);
  }
  score += 20 * (x->story == y->story) + 12 * agree(x->trigger, y->trigger) +
           10 * agree(x->place, y->place) + 6 * agree(x->mode, y->mode) +
           (same_persons && !other_persons) * (8 + 14 * (exact && is_meeting(x)));
  score -= (exact ? 8 : 3) * days + 20 * differ(x->place, y->place) + 20 * other_persons +
           10 * (x->count != y->count) + 10 * (x->length != y->length) + 31;
  return (int32_t)MIN(MAX(score, 0) * SIGN_ONE / 100, SIGN_ONE);
}

void telling_links(const Telling *tellings, uint32_t count, Arena *arena, Links *out) {
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = i + 1; k < count && tellings[k].pair == tellings[i].pair &&
                             days_apart(tellings[k].day, tellings[i].day) <= VAGUE_DAYS;
         k++) {
      if (!tellings[i].fresh && !tellings[k].fresh)
        continue;
      int32_t score = telling_alike(tellings, i, k);
      if (score >= STORY_LIMIT)
        array_push(arena, out, (Link){i, k, score});
    }
}

// ---- an event as a telling

static uint64_t hash_lower(Str s, uint64_t seed) {
  for (size_t i = 0; i < s.len; i++) {
    char c = s.at[i] >= 'A' && s.at[i] <= 'Z' ? (char)(s.at[i] + 32) : s.at[i];
    seed = hash_bytes(&c, 1, seed);
  }
  return seed + 1;
}

// Who an actor is: its code; without one its name, else its last word.
static uint64_t side_of(const BedeDoc *doc, uint32_t actor) {
  if (actor == NONE)
    return 1;
  const Actor *a = &doc->actors.items[actor];
  if (a->code[0])
    return hash_str(str_of(a->code));
  if (a->name)
    return hash_lower(str_of(doc_string(doc, a->name)), 3);
  Str words = doc_span(doc, a->span), last = {0};
  while (words.len) {
    Str word = str_cut(&words, ' ');
    last = word.len ? word : last;
  }
  return hash_lower(last, 5);
}

static uint64_t person_of(const BedeDoc *doc, uint32_t actor) {
  const Actor *a = actor == NONE ? NULL : &doc->actors.items[actor];
  // A state's own name names nobody.
  if (!a || !a->name || (a->code[0] && !a->sector[0]))
    return 0;
  return hash_lower(str_of(doc_string(doc, a->name)), 7);
}

static Day last_day(Day day) {
  if (!day.month)
    return (Day){day.year, 12, 31};
  if (!day.day)
    day.day = (uint8_t)days_in_month(day.year, day.month);
  return day;
}

static uint32_t not_zero(uint64_t hash) { return (uint32_t)hash ? (uint32_t)hash : 1; }

Telling telling_make(const BedeModel *model, const BedeDoc *doc, uint32_t event, Arena *arena) {
  const Event *e = &doc->events.items[event];
  const Sentence *s = &doc->sentences.items[e->sentence];
  // What was denied is told as what happened; a plan or a wish is another thing.
  uint8_t status = e->status == STATUS_DENIED ? STATUS_ACTUAL : e->status;
  uint64_t source = side_of(doc, e->source), target = side_of(doc, e->target);
  bool turn = e->mutual && source > target; // either may be named first
  if (turn) {
    uint64_t first = source;
    source = target, target = first;
  }
  const uint64_t key[] = {source, target, e->type, status, e->mutual};
  Telling t = {.pair = hash_bytes(key, sizeof key, 0) << 4 | e->type,
               .day = doc->day.year ? day_number(doc->day) : UNDATED,
               .length = 30, // about its report
               .sentence = e->sentence,
               .count = e->count,
               .sign = sign_make(model, doc, s->first, s->count, SIGN_SENTENCE, arena)};
  char id[17];
  hash_hex(e->id, id);
  t.id = arena_str(arena, str_of(id));
  t.first = t.day;
  if (e->begin.year) {
    Day end = e->end.year ? e->end : e->begin;
    t.first = day_number(e->begin);
    t.length = (uint32_t)MAX(1, 1 + day_number(last_day(end)) - t.first);
    if (t.length <= STORY_DAYS || t.day == UNDATED)
      t.day = day_number(e->begin);
  }
  Str trigger = doc_span(doc, e->trigger_span);
  if (e->trigger < doc->tokens.count && doc->tokens.items[e->trigger].lemma)
    trigger = str_of(doc_string(doc, doc->tokens.items[e->trigger].lemma));
  t.trigger = not_zero(hash_lower(trigger, 0));
  if (e->place_count) {
    const Place *p = &doc->places.items[doc->members.items[e->places]];
    Str name = str_of(doc_string(doc, p->name));
    t.place = not_zero(hash_lower(name.len ? name : doc_span(doc, p->span), 0));
  }
  if (e->mode)
    t.mode = not_zero(hash_lower(str_of(doc_string(doc, e->mode)), 0));
  uint64_t persons[] = {person_of(doc, turn ? e->target : e->source),
                        person_of(doc, turn ? e->source : e->target)};
  for (int side = 0; side < 2; side++)
    t.names[side] = persons[side] ? not_zero(persons[side]) : 0;
  return t;
}
