// places.c - names of places, with country and point.
//
// Two witnesses: the gazetteer (model/gazetteer.h) knows names, the network
// knows which words are a place here. A name of the gazetteer counts unless the
// network reads it as part of a person or a body ("Paris Hilton", "University
// of Chicago"); small cities, which are ordinary words elsewhere, need the
// network or a preposition of place before them. What only the network calls a
// place is kept without a point. Where a name has several places, the country
// named behind it decides ("Tripoli, Lebanon"), then the countries the document
// speaks of, then the number of people.
// SPDX-License-Identifier: Apache-2.0
#include "mention/places.h"

typedef struct Search Search;
struct Search {
  BedeDoc *doc;
  const BedeModel *model;
  Array(PlaceFound) found;
  uint32_t *name_of; // token -> index + 1 of doc->names, 0 none
  const char *country; // that nearly all known places of the document lie in, or ""
};

// The longest name of the gazetteer that begins at the token.
static PlaceFound lookup(const Search *s, uint32_t at, WordForm form) {
  const Phrases *phrases = &s->model->gazetteer.phrases;
  PlaceFound best = {.first = at};
  uint64_t key = 0;
  uint32_t end = sentence_end(s->doc, at);
  for (uint32_t i = at; i < end && i < at + ACTOR_WORDS; i++) {
    Str word = doc_word(s->doc, i);
    key = actor_step(key, word, form);
    const PhraseSlot *slot = phrase_at(phrases, key);
    if (!slot)
      break;
    if (gazetteer_first(&s->model->gazetteer, slot))
      best.count = i + 1 - at, best.name = slot->value;
    if (!slot->more)
      break;
  }
  return best;
}

static const PlaceEntry *entry_of(const Search *s, uint32_t name) {
  return &s->model->gazetteer.entries[s->model->gazetteer.names[name].entry];
}

static bool is_shouted(Str w) {
  bool letters = false;
  for (size_t i = 0; i < w.len; i++) {
    if (w.at[i] >= 'a' && w.at[i] <= 'z')
      return false;
    letters = letters || (w.at[i] >= 'A' && w.at[i] <= 'Z');
  }
  return letters && w.len > 3;
}

static bool is_in(const BedeDoc *doc, uint32_t at) {
  static const char *const words[] = {"in", "at", "near", "from", "to", "outside", "around",
                                      "across", "into", "towards", "toward", "between", "of"};
  for (size_t i = 0; i < COUNT(words); i++)
    if (word_is(doc, at, words[i]))
      return true;
  return false;
}

static bool in_dateline(const BedeDoc *doc, uint32_t at) {
  Span line = doc->frame.dateline, span = token_at(doc, at)->span;
  return line.end > line.begin && span.begin >= line.begin && span.end <= line.end;
}

// Does the network say that the words are something else?
static bool is_other(const Search *s, const PlaceFound *f, bool *is_place) {
  *is_place = false;
  for (uint32_t i = f->first; i < f->first + f->count; i++) {
    if (!s->name_of[i])
      continue;
    const Name *n = &s->doc->names.items[s->name_of[i] - 1];
    bool longer = n->first < f->first || n->first + n->count > f->first + f->count;
    if (n->type == NAME_PLACE)
      *is_place = true;
    else if (n->type == NAME_PERSON || n->type == NAME_EVENT || n->type == NAME_OTHER)
      return longer || n->type == NAME_PERSON;
    else if (n->type == NAME_ORG && longer)
      return true;
  }
  return false;
}

static bool accepts(const Search *s, const PlaceFound *f) {
  const BedeDoc *doc = s->doc;
  const PlaceEntry *e = entry_of(s, f->name);
  bool place;
  if (in_dateline(doc, f->first)) // but "(Xinhua)" is the agency, not the town
    return !f->first || !word_is(doc, f->first - 1, "(");
  if (words_match(&s->model->words, WORDS_UNITS, doc, f->first, NULL) > f->count)
    return false; // "U.S. dollars"
  // Part of a longer name written with a hyphen or as a person's ("Jordan Smith")
  uint32_t next = f->first + f->count;
  bool sure = e->known && (e->kind == PLACE_COUNTRY || e->kind == PLACE_CAPITAL || e->kind == PLACE_REGION);
  if (is_other(s, f, &place))
    return sure && e->kind == PLACE_COUNTRY && !place && f->first > 0 && word_is(doc, f->first - 1, "in");
  if (place)
    return true;
  uint8_t tag = token_at(doc, f->first)->upos;
  if (has_tree(doc) && tag != UPOS_PROPN && f->count == 1)
    return false;
  if (next < doc->tokens.count && token_at(doc, next)->upos == UPOS_PROPN && f->count == 1 &&
      token_at(doc, f->first)->head == next && e->kind != PLACE_COUNTRY &&
      token_at(doc, f->first)->deprel == DEPREL_FLAT)
    return false;
  if (sure)
    return true;
  return e->known && f->first > 0 && is_in(doc, f->first - 1);
}

// A place of the network that the gazetteer does not know: how many tokens were
// dealt with. "North Georgia" and "Mahim province" lie where the known part
// does; in "north Georgia" only that is the name.
static uint32_t unknown_place(Search *s, const Name *n) {
  static const char *const sides[] = {"north", "south", "east", "west", "northern", "southern", "eastern", "western",
                                      "central", "northeast", "northwest", "southeast", "southwest", "northeastern",
                                      "northwestern", "southeastern", "southwestern", "downtown", "mid", "inner", "lower",
                                      "upper", "greater", "old", "rural"};
  BedeDoc *doc = s->doc;
  uint32_t first = n->first, count = n->count, skip = 1;
  if (count > 1 && token_at(doc, first)->upos == UPOS_DET)
    first++, count--;
  while (skip < count && word_is(doc, first + skip, "-"))
    skip++;
  bool side = false;
  for (size_t i = 0; i < COUNT(sides) && count > skip && !side; i++)
    side = word_is(doc, first, sides[i]);
  PlaceFound tail = side ? lookup(s, first + skip, FORM_AS_IS) : (PlaceFound){0};
  if (side && tail.count == count - skip && !is_capital(doc, first))
    return first + skip - n->first; // the scan meets the rest
  PlaceFound f = {.first = first, .count = count};
  if (side && tail.count == count - skip)
    f.name = tail.name;
  array_push(&doc->arena, &s->found, f);
  return n->count;
}

static void scan(Search *s) {
  BedeDoc *doc = s->doc;
  for (uint32_t at = 0; at < doc->tokens.count;) {
    const Name *n = s->name_of[at] ? &doc->names.items[s->name_of[at] - 1] : NULL;
    unsigned char c = (unsigned char)doc->text.at[token_at(doc, at)->span.begin];
    bool capital = (c >= 'A' && c <= 'Z') || c >= 0xC3;
    PlaceFound f = {.first = at};
    if (capital) {
      f = lookup(s, at, FORM_AS_IS);
      if (!f.count && is_shouted(doc_word(doc, at)))
        f = lookup(s, at, FORM_TITLE);
    }
    if (f.count && accepts(s, &f)) {
      // "The" and the like that the network counts in are no part of it
      array_push(&doc->arena, &s->found, f);
      at += f.count;
      continue;
    }
    if (f.count && n && n->type == NAME_ORG) {
      f.silent = true;
      array_push(&doc->arena, &s->found, f);
      at += f.count;
      continue;
    }
    if (n && n->type == NAME_PLACE && n->first == at) {
      at += unknown_place(s, n);
      continue;
    }
    at++;
  }
}

// The country of a name that is in no table: that of the place behind it
// ("Nowhereville, Norway"), else that of nearly all places of the document.
static const char *container(const Search *s, uint32_t found) {
  const PlaceFound *f = &s->found.items[found], *next = f + 1;
  uint32_t gap = f->first + f->count;
  if (found + 1 >= s->found.count || next->first != gap + 1 || !next->entry)
    return s->country;
  bool tied = word_is(s->doc, gap, ",") || word_is(s->doc, gap, "(") || word_is(s->doc, gap, "in");
  return tied && next->entry->country[0] ? next->entry->country : s->country;
}

// A majority, if there is one, is what is left when unlike ones are paired off.
static const char *main_country(const Search *s) {
  const char *country = "";
  uint32_t lead = 0, count = 0, all = 0;
  for (uint32_t i = 0; i < s->found.count; i++) {
    const PlaceEntry *e = s->found.items[i].entry;
    if (!e || !e->country[0])
      continue;
    if (!lead)
      country = e->country;
    lead = !strcmp(country, e->country) ? lead + 1 : lead - 1;
  }
  for (uint32_t i = 0; i < s->found.count; i++) {
    const PlaceEntry *e = s->found.items[i].entry;
    all += e && e->country[0];
    count += e && !strcmp(country, e->country);
  }
  return count >= 2 && 3 * count >= 2 * all ? country : "";
}

static uint8_t precision_of(const PlaceEntry *e) {
  switch ((PlaceKind)e->kind) {
  case PLACE_COUNTRY: return PRECISION_COUNTRY;
  case PLACE_DIVISION: return PRECISION_DIVISION;
  case PLACE_COUNTY: return PRECISION_COUNTY;
  case PLACE_REGION: return PRECISION_REGION;
  default: return PRECISION_TOWN;
  }
}

void find_places(BedeDoc *doc, const BedeModel *model) {
  Search s = {.doc = doc, .model = model};
  if (!doc->tokens.count || !model->gazetteer.name_count)
    return;
  s.name_of = arena_alloc(&doc->arena, doc->tokens.count * sizeof *s.name_of);
  for (uint32_t i = 0; i < doc->names.count; i++)
    for (uint32_t k = 0; k < doc->names.items[i].count; k++)
      s.name_of[doc->names.items[i].first + k] = i + 1;
  scan(&s);
  choose_places(doc, &model->gazetteer, &doc->arena, s.found.items, s.found.count);
  s.country = main_country(&s);
  for (uint32_t i = 0; i < s.found.count; i++) {
    const PlaceFound *f = &s.found.items[i];
    if (f->silent)
      continue;
    Place p = {.first = f->first, .count = f->count};
    p.span = doc_token_span(doc, p.first, p.count);
    if (f->name) {
      const PlaceEntry *e = f->entry;
      const char *name = image_string(model->gazetteer.image, e->name);
      p.name = doc_text(doc, name[0] ? str_of(name) : doc_span(doc, p.span));
      memcpy(p.country, e->country, sizeof p.country);
      p.located = 1;
      // floats of two decimals, as doubles that print so
      p.lat = (double)(int64_t)(e->lat * 100.0 + (e->lat < 0 ? -0.5 : 0.5)) / 100;
      p.lon = (double)(int64_t)(e->lon * 100.0 + (e->lon < 0 ? -0.5 : 0.5)) / 100;
      p.geonames = e->geonames;
      p.precision = precision_of(e);
      p.confidence = (uint8_t)(f->sure * 100 + 0.5f);
      uint32_t division = e->kind == PLACE_DIVISION ? (uint32_t)(e - model->gazetteer.entries) : e->division;
      if (division != NONE)
        p.division = doc_text(doc, str_of(image_string(model->gazetteer.image, model->gazetteer.entries[division].name)));
    } else {
      p.name = doc_text(doc, doc_span(doc, p.span));
      memcpy(p.country, container(&s, i), strlen(container(&s, i)) + 1);
    }
    array_push(&doc->arena, &doc->places, p);
  }
}
