// placing.c - which of the places of one name is meant.
//
// What stands beside a name decides first: "Springfield, Illinois", "Pakistan's
// Punjab", "Oregon (Ohio)", "New York state". Names without such help are
// weighed together. Each of a name's places begins with a weight that grows
// with its people; the weights of a name sum to one, and so each name votes for
// countries and first-level divisions; a place then gains by the votes of the
// other names for its country and its division, and all is weighed again. So
// "Paris" among towns of Texas is one of them, and alone it is in France. A
// name means one place throughout a document, except where words beside it say
// otherwise (one sense per discourse: Gale, Church and Yarowsky 1992; the votes
// follow the idea of Leidner 2007, ch. 5, without his distances).
// SPDX-License-Identifier: Apache-2.0
#include "mention/places.h"
#include <math.h>

enum { CANDIDATES = 64, ROUNDS = 4 };

typedef struct Candidate Candidate;
struct Candidate {
  uint32_t entry;
  float prior, weight;
};

typedef struct Namesakes Namesakes; // the places of one name
struct Namesakes {
  uint32_t name;         // first index in Gazetteer.names
  uint32_t first, count; // candidates
  bool fixed;            // a mention of it has its place by what stands beside
};

typedef struct Votes Votes; // entry or country -> weight; open addressing
struct Votes {
  uint32_t *keys;
  float *weights;
  uint32_t mask;
};

typedef struct Placing Placing;
struct Placing {
  const BedeDoc *doc;
  const Gazetteer *gazetteer;
  PlaceFound *found;
  uint32_t count;
  Arena *arena;
  Array(Namesakes) names;
  Array(Candidate) candidates;
  uint32_t *of_found; // found -> index of names
  Votes countries, divisions;
};

static const PlaceEntry *entry_at(const Placing *p, uint32_t name) {
  return &p->gazetteer->entries[p->gazetteer->names[name].entry];
}

static uint32_t own_division(const Placing *p, const PlaceEntry *e) {
  return e->kind == PLACE_DIVISION ? (uint32_t)(e - p->gazetteer->entries) : e->division;
}

// ---- what stands beside

// How well `inner` lies in `outer`: 0 not at all.
static int lies_in(const Placing *p, const PlaceEntry *inner, const PlaceEntry *outer) {
  if (inner == outer || inner->kind == PLACE_COUNTRY || strcmp(inner->country, outer->country) || !inner->country[0])
    return 0;
  if (outer->kind == PLACE_COUNTRY)
    return 2;
  if (outer->kind == PLACE_DIVISION)
    return inner->kind != PLACE_DIVISION && inner->division == own_division(p, outer) ? 4 : 0;
  if (outer->kind == PLACE_COUNTY && inner->kind != PLACE_DIVISION && inner->kind != PLACE_COUNTY &&
      inner->division == outer->division && inner->division != NONE)
    return fabsf(inner->lat - outer->lat) < 0.7f && fabsf(inner->lon - outer->lon) < 0.9f ? 3 : 0;
  return outer->kind == PLACE_REGION && inner->kind != PLACE_DIVISION ? 1 : 0;
}

// "Iowa, Louisiana" is a list: both are names of divisions of one country, or of countries.
static bool is_list(const Placing *p, uint32_t a, uint32_t b) {
  const PlaceEntry *first = entry_at(p, b);
  for (uint32_t n = a; n; n = p->gazetteer->names[n].next) {
    const PlaceEntry *e = entry_at(p, n);
    for (uint32_t m = b; m && (e->kind == PLACE_DIVISION || e->kind == PLACE_COUNTRY); m = p->gazetteer->names[m].next)
      if (entry_at(p, m)->kind == e->kind && (e->kind == PLACE_COUNTRY || !strcmp(e->country, entry_at(p, m)->country)))
        return first->kind == PLACE_COUNTRY || first->kind == PLACE_DIVISION;
  }
  return false;
}

static void tie(Placing *p, PlaceFound *inner, PlaceFound *outer) {
  const Gazetteer *g = p->gazetteer;
  const PlaceEntry *best = NULL, *in = NULL;
  int most = 0;
  if (inner->entry || is_list(p, inner->name, outer->name))
    return;
  for (uint32_t n = inner->name; n; n = g->names[n].next)
    for (uint32_t m = outer->name; m; m = g->names[m].next) {
      const PlaceEntry *a = entry_at(p, n), *b = entry_at(p, m);
      int how = outer->entry && outer->entry != b ? 0 : lies_in(p, a, b);
      if (how > most)
        most = how, best = a, in = b;
    }
  if (best) {
    inner->entry = best;
    outer->entry = in;
  }
}

// "Springfield, IL": the code of a division of the United States.
static void tie_code(Placing *p, PlaceFound *f) {
  uint32_t at = f->first + f->count + 1;
  if (at >= p->doc->tokens.count || !word_is(p->doc, at - 1, ","))
    return;
  Str code = doc_word(p->doc, at);
  if (code.len != 2 || code.at[0] < 'A' || code.at[0] > 'Z' || code.at[1] < 'A' || code.at[1] > 'Z')
    return;
  for (uint32_t n = f->name; n && !f->entry; n = p->gazetteer->names[n].next) {
    const PlaceEntry *e = entry_at(p, n);
    if (e->division != NONE && !strcmp(e->country, "USA") &&
        str_equal(code, str_of(image_string(p->gazetteer->image, p->gazetteer->entries[e->division].code))))
      f->entry = e;
  }
}

// "New York state", "the province of Luxembourg": a division, where the name has one.
static bool in_words(const BedeDoc *doc, uint32_t at, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (word_is(doc, at, words[i]))
      return true;
  return false;
}

static void tie_kind(Placing *p, PlaceFound *f) {
  static const char *const kinds[] = {"state",    "province",   "region",      "oblast",     "governorate", "prefecture",
                                      "governor", "gubernatorial", "department", "provincial", "legislature"};
  uint32_t next = f->first + f->count;
  bool behind = next < sentence_end(p->doc, f->first) && in_words(p->doc, next, kinds, COUNT(kinds));
  bool before = f->first > 1 && word_is(p->doc, f->first - 1, "of") && in_words(p->doc, f->first - 2, kinds, 6);
  static const char *const towns[] = {"town", "city", "village", "capital", "port", "suburb"};
  bool town = f->first > 1 && (in_words(p->doc, f->first - 1, towns, COUNT(towns)) ||
                               (word_is(p->doc, f->first - 1, "of") && in_words(p->doc, f->first - 2, towns, COUNT(towns))));
  bool divided = false; // "the town of Vlore" is not the county
  for (uint32_t n = f->name; n && town; n = p->gazetteer->names[n].next)
    divided = divided || entry_at(p, n)->kind == PLACE_DIVISION || entry_at(p, n)->kind == PLACE_COUNTY;
  for (uint32_t n = f->name; n && divided && !f->entry; n = p->gazetteer->names[n].next) {
    const PlaceEntry *e = entry_at(p, n), *in = NULL;
    for (uint32_t k = f->name; k; k = p->gazetteer->names[k].next)
      if (own_division(p, entry_at(p, k)) == e->division && entry_at(p, k)->kind == PLACE_DIVISION)
        in = entry_at(p, k);
    if (in && (e->kind == PLACE_TOWN || e->kind == PLACE_CITY || e->kind == PLACE_CAPITAL))
      f->entry = e;
  }
  if (f->entry || (!behind && !before))
    return;
  for (uint32_t n = f->name; n && !f->entry; n = p->gazetteer->names[n].next)
    if (entry_at(p, n)->kind == PLACE_DIVISION)
      f->entry = entry_at(p, n);
}

// "Utah, Washington and Wisconsin": among divisions of a country, one of them.
static const PlaceEntry *division_of(const Placing *p, const PlaceFound *f, const char *country) {
  for (uint32_t n = f->name; n; n = p->gazetteer->names[n].next) {
    const PlaceEntry *e = entry_at(p, n);
    if (e->kind == PLACE_DIVISION && (!country || !strcmp(e->country, country)))
      return e;
    if (!country && e->kind != PLACE_DIVISION)
      return NULL; // first of all something else
  }
  return NULL;
}

static bool are_listed(const Placing *p, const PlaceFound *a, const PlaceFound *b) {
  uint32_t gap = a->first + a->count;
  gap += gap < b->first && word_is(p->doc, gap, ",");
  gap += gap < b->first && (word_is(p->doc, gap, "and") || word_is(p->doc, gap, "or"));
  return gap == b->first && gap > a->first + a->count;
}

static void tie_list(Placing *p, uint32_t at) {
  PlaceFound *f = &p->found[at];
  const PlaceEntry *before = at && are_listed(p, f - 1, f) ? division_of(p, f - 1, NULL) : NULL;
  const PlaceEntry *behind = at + 1 < p->count && are_listed(p, f, f + 1) ? division_of(p, f + 1, NULL) : NULL;
  if (!f->entry && before && behind && !strcmp(before->country, behind->country))
    f->entry = division_of(p, f, before->country);
}

static void tie_neighbours(Placing *p) {
  const BedeDoc *doc = p->doc;
  for (uint32_t i = 0; i < p->count; i++)
    if (p->found[i].name)
      tie_kind(p, &p->found[i]), tie_list(p, i);
  for (uint32_t i = p->count; i-- > 1;) { // from the right: "Paris, Lamar County, Texas"
    PlaceFound *inner = &p->found[i - 1], *outer = &p->found[i];
    uint32_t gap = inner->first + inner->count;
    if (!inner->name || !outer->name || outer->first != gap + 1)
      continue;
    if (word_is(doc, gap, ",") || word_is(doc, gap, "(") || word_is(doc, gap, "in"))
      tie(p, inner, outer);
    else if (word_is(doc, gap, "'s") || word_is(doc, gap, "\xE2\x80\x99s"))
      tie(p, outer, inner);
  }
  for (uint32_t i = 0; i < p->count; i++)
    if (p->found[i].name && !p->found[i].entry)
      tie_code(p, &p->found[i]);
}

// ---- votes

static float *vote_of(Votes *v, uint32_t key) {
  uint32_t at = key * 2654435761u & v->mask;
  while (v->keys[at] != NONE && v->keys[at] != key)
    at = (at + 1) & v->mask;
  v->keys[at] = key;
  return &v->weights[at];
}

static void votes_clear(Votes *v) {
  for (uint32_t i = 0; i <= v->mask; i++)
    v->keys[i] = NONE, v->weights[i] = 0;
}

static void votes_new(Placing *p, Votes *v) {
  uint32_t room = 64;
  while (room < 2 * p->candidates.count + 16)
    room *= 2;
  *v = (Votes){arena_alloc(p->arena, room * sizeof(uint32_t)), arena_alloc(p->arena, room * sizeof(float)), room - 1};
}

static uint32_t country_key(const char *code) {
  uint32_t key = 0;
  memcpy(&key, code, 3);
  return key;
}

// Before anything is known of the text: the root of the people, 0.3 billion for
// a country, 20 million for a region, 20,000 for a county.
static float prior_of(const PlaceEntry *e) {
  float people = 2000 + (float)e->population;
  switch ((PlaceKind)e->kind) {
  case PLACE_COUNTRY: return sqrtf(3e8f);
  case PLACE_REGION: return sqrtf(2e7f);
  case PLACE_COUNTY: return sqrtf(2e4f);
  case PLACE_CAPITAL: return 3 * sqrtf(people);
  default: return sqrtf(people);
  }
}

// The names with their places; what stands beside one mention holds for all.
static void gather(Placing *p) {
  const Gazetteer *g = p->gazetteer;
  p->of_found = arena_alloc(p->arena, (p->count + 1) * sizeof *p->of_found);
  Votes seen;
  uint32_t room = 64;
  while (room < 2 * p->count + 16)
    room *= 2;
  seen = (Votes){arena_alloc(p->arena, room * sizeof(uint32_t)), arena_alloc(p->arena, room * sizeof(float)), room - 1};
  votes_clear(&seen);
  for (uint32_t i = 0; i < p->count; i++) {
    const PlaceFound *f = &p->found[i];
    p->of_found[i] = NONE;
    if (!f->name)
      continue;
    float *slot = vote_of(&seen, f->name); // holds the index + 1, exact below 2^24
    if (*slot == 0) {
      Namesakes n = {.name = f->name, .first = p->candidates.count};
      for (uint32_t k = f->name; k && n.count < CANDIDATES; k = g->names[k].next, n.count++)
        array_push(p->arena, &p->candidates, (Candidate){.entry = g->names[k].entry, .prior = prior_of(entry_at(p, k))});
      array_push(p->arena, &p->names, n);
      *slot = (float)p->names.count;
    }
    p->of_found[i] = (uint32_t)*slot - 1;
    Namesakes *n = &p->names.items[p->of_found[i]];
    if (!f->entry)
      continue;
    for (uint32_t c = n->first; c < n->first + n->count; c++) {
      Candidate *k = &p->candidates.items[c];
      if (&g->entries[k->entry] == f->entry)
        k->prior *= 1e6f; // said outright
    }
    n->fixed = true;
  }
}

static void cast(Placing *p, const Namesakes *n, float sign) {
  for (uint32_t c = n->first; c < n->first + n->count; c++) {
    const Candidate *k = &p->candidates.items[c];
    const PlaceEntry *e = &p->gazetteer->entries[k->entry];
    if (e->country[0])
      *vote_of(&p->countries, country_key(e->country)) += sign * k->weight;
    if (own_division(p, e) != NONE)
      *vote_of(&p->divisions, own_division(p, e)) += sign * k->weight;
  }
}

// The weights of a name's places by the votes of all other names.
static void weigh(Placing *p, const Namesakes *n) {
  const float floor_country = 0.03f, floor_division = 0.02f, others = (float)p->names.count;
  float sum = 0;
  cast(p, n, -1);
  for (uint32_t c = n->first; c < n->first + n->count; c++) {
    Candidate *k = &p->candidates.items[c];
    const PlaceEntry *e = &p->gazetteer->entries[k->entry];
    uint32_t division = own_division(p, e);
    float country = e->country[0] ? *vote_of(&p->countries, country_key(e->country)) : 0;
    float here = division != NONE ? *vote_of(&p->divisions, division) : 0;
    k->weight = k->prior * (floor_country + MAX(country, 0.0f) / others) * (floor_division + MAX(here, 0.0f) / others);
    sum += k->weight;
  }
  for (uint32_t c = n->first; c < n->first + n->count; c++)
    p->candidates.items[c].weight /= sum;
  cast(p, n, 1);
}

static void weigh_alone(Placing *p, const Namesakes *n) {
  float sum = 0;
  for (uint32_t c = n->first; c < n->first + n->count; c++)
    sum += p->candidates.items[c].prior;
  for (uint32_t c = n->first; c < n->first + n->count; c++)
    p->candidates.items[c].weight = p->candidates.items[c].prior / sum;
  cast(p, n, 1);
}

void choose_places(const BedeDoc *doc, const Gazetteer *gazetteer, Arena *arena, PlaceFound *found, uint32_t count) {
  Placing p = {.doc = doc, .gazetteer = gazetteer, .found = found, .count = count, .arena = arena};
  char home[4] = {0};
  if (doc->frame.dateline_country.len == 3)
    memcpy(home, doc->frame.dateline_country.at, 3);
  tie_neighbours(&p);
  gather(&p);
  votes_new(&p, &p.countries);
  votes_new(&p, &p.divisions);
  votes_clear(&p.countries);
  votes_clear(&p.divisions);
  if (home[0])
    *vote_of(&p.countries, country_key(home)) += 1;
  for (uint32_t i = 0; i < p.names.count; i++)
    weigh_alone(&p, &p.names.items[i]);
  for (int round = 0; round < ROUNDS; round++)
    for (uint32_t i = 0; i < p.names.count; i++)
      weigh(&p, &p.names.items[i]);
  for (uint32_t i = 0; i < count; i++) {
    found[i].sure = found[i].entry ? 0.99f : 0; // what stands beside it says so
    if (found[i].entry || p.of_found[i] == NONE)
      continue;
    const Namesakes *n = &p.names.items[p.of_found[i]];
    uint32_t best = n->first;
    for (uint32_t c = n->first; c < n->first + n->count; c++)
      if (p.candidates.items[c].weight > p.candidates.items[best].weight)
        best = c;
    found[i].entry = &gazetteer->entries[p.candidates.items[best].entry];
    found[i].sure = MIN(p.candidates.items[best].weight, 0.99f);
  }
}
