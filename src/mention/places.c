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
#include "mention/internal.h"

typedef struct Found Found;
struct Found {
  uint32_t first, count; // tokens
  uint32_t name;         // index of a PlaceName; 0: not in the gazetteer
};

typedef struct Search Search;
struct Search {
  BedeDoc *doc;
  const BedeModel *model;
  Array(Found) found;
  uint32_t *name_of; // token -> index + 1 of doc->names, 0 none
};

// The longest name of the gazetteer that begins at the token.
static Found lookup(const Search *s, uint32_t at, WordForm form) {
  const Phrases *phrases = &s->model->gazetteer.phrases;
  Found best = {.first = at};
  uint64_t key = 0;
  uint32_t end = sentence_end(s->doc, at);
  for (uint32_t i = at; i < end && i < at + ACTOR_WORDS; i++) {
    Str word = doc_word(s->doc, i);
    key = actor_step(key, word, form);
    const PhraseSlot *slot = phrase_at(phrases, key);
    if (!slot)
      break;
    if (slot->value != PHRASE_PREFIX && slot->value < s->model->gazetteer.name_count)
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
static bool is_other(const Search *s, const Found *f, bool *is_place) {
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

static bool accepts(const Search *s, const Found *f) {
  const BedeDoc *doc = s->doc;
  const PlaceEntry *e = entry_of(s, f->name);
  bool place;
  if (in_dateline(doc, f->first))
    return true;
  if (words_match(&s->model->words, WORDS_UNITS, doc, f->first, NULL) > f->count)
    return false; // "U.S. dollars"
  // Part of a longer name written with a hyphen or as a person's ("Jordan Smith")
  uint32_t next = f->first + f->count;
  bool sure = e->kind == PLACE_COUNTRY || e->kind == PLACE_CAPITAL || e->kind == PLACE_REGION;
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
  return f->first > 0 && is_in(doc, f->first - 1);
}

static void scan(Search *s) {
  BedeDoc *doc = s->doc;
  for (uint32_t at = 0; at < doc->tokens.count;) {
    const Name *n = s->name_of[at] ? &doc->names.items[s->name_of[at] - 1] : NULL;
    unsigned char c = (unsigned char)doc->text.at[token_at(doc, at)->span.begin];
    bool capital = (c >= 'A' && c <= 'Z') || c >= 0xC3;
    Found f = {.first = at};
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
    // A place of the network that the gazetteer does not know.
    if (n && n->type == NAME_PLACE && n->first == at) {
      bool inner = false; // the gazetteer may know a part: "eastern Aleppo"
      for (uint32_t i = at + 1; i < n->first + n->count && !inner; i++) {
        Found part = lookup(s, i, FORM_AS_IS);
        inner = part.count && i + part.count == n->first + n->count && part.name &&
                token_at(doc, at)->upos == UPOS_ADJ;
      }
      if (!inner) {
        uint32_t first = at, count = n->count;
        if (count > 1 && token_at(doc, first)->upos == UPOS_DET)
          first++, count--;
        array_push(&doc->arena, &s->found, (Found){.first = first, .count = count});
        at += n->count;
        continue;
      }
    }
    at++;
  }
}

// The country that follows: "Geneva, Switzerland", "Springfield (Illinois)".
static const char *container(const Search *s, uint32_t found) {
  const Found *f = &s->found.items[found];
  if (found + 1 >= s->found.count)
    return "";
  const Found *next = &s->found.items[found + 1];
  uint32_t gap = f->first + f->count;
  bool tied = next->first == gap + 1 && (word_is(s->doc, gap, ",") || word_is(s->doc, gap, "(") || word_is(s->doc, gap, "in"));
  if (!tied || !next->name)
    return "";
  const PlaceEntry *e = entry_of(s, next->name);
  return e->kind == PLACE_COUNTRY || e->kind == PLACE_DIVISION || e->kind == PLACE_REGION ? e->country : "";
}

typedef struct Countries Countries; // that the document speaks of
struct Countries {
  Array(uint32_t) codes; // three letters as a number
};

static uint32_t packed(const char *code) {
  uint32_t v = 0;
  memcpy(&v, code, 3);
  return v;
}

static bool speaks_of(const Countries *c, const char *code) {
  for (uint32_t i = 0; i < c->codes.count; i++)
    if (c->codes.items[i] == packed(code))
      return true;
  return false;
}

static void note_country(Search *s, Countries *c, const char *code) {
  if (strlen(code) == 3 && !speaks_of(c, code))
    array_push(&s->doc->arena, &c->codes, packed(code));
}

static const PlaceEntry *choose(const Search *s, const Countries *c, uint32_t found) {
  const Gazetteer *g = &s->model->gazetteer;
  uint32_t first = s->found.items[found].name;
  const char *in = container(s, found);
  for (uint32_t n = first; n && in[0]; n = g->names[n].next)
    if (!strcmp(g->entries[g->names[n].entry].country, in) && g->entries[g->names[n].entry].kind != PLACE_COUNTRY)
      return &g->entries[g->names[n].entry];
  const PlaceEntry *best = &g->entries[g->names[first].entry];
  if (best->kind == PLACE_COUNTRY || best->kind == PLACE_CAPITAL)
    return best;
  for (uint32_t n = first; n; n = g->names[n].next) {
    const PlaceEntry *e = &g->entries[g->names[n].entry];
    if (e->country[0] && speaks_of(c, e->country))
      return e;
  }
  return best;
}

void find_places(BedeDoc *doc, const BedeModel *model) {
  Search s = {.doc = doc, .model = model};
  Countries countries = {0};
  if (!doc->tokens.count || !model->gazetteer.name_count)
    return;
  s.name_of = arena_alloc(&doc->arena, doc->tokens.count * sizeof *s.name_of);
  for (uint32_t i = 0; i < doc->names.count; i++)
    for (uint32_t k = 0; k < doc->names.items[i].count; k++)
      s.name_of[doc->names.items[i].first + k] = i + 1;
  scan(&s);
  if (doc->frame.dateline_country.len == 3) {
    char code[4] = {0};
    memcpy(code, doc->frame.dateline_country.at, 3);
    note_country(&s, &countries, code);
  }
  for (uint32_t i = 0; i < s.found.count; i++)
    if (s.found.items[i].name) {
      const PlaceEntry *e = entry_of(&s, s.found.items[i].name);
      if (e->kind == PLACE_COUNTRY || e->kind == PLACE_CAPITAL)
        note_country(&s, &countries, e->country);
    }
  for (uint32_t i = 0; i < s.found.count; i++) {
    const Found *f = &s.found.items[i];
    Place p = {.first = f->first, .count = f->count};
    p.span = doc_token_span(doc, p.first, p.count);
    if (f->name) {
      const PlaceEntry *e = choose(&s, &countries, i);
      const char *name = image_string(model->gazetteer.image, e->name);
      p.name = doc_text(doc, name[0] ? str_of(name) : doc_span(doc, p.span));
      memcpy(p.country, e->country, sizeof p.country);
      p.located = 1;
      // floats of two decimals, as doubles that print so
      p.lat = (double)(int64_t)(e->lat * 100.0 + (e->lat < 0 ? -0.5 : 0.5)) / 100;
      p.lon = (double)(int64_t)(e->lon * 100.0 + (e->lon < 0 ? -0.5 : 0.5)) / 100;
      p.geonames = e->geonames;
    } else {
      p.name = doc_text(doc, doc_span(doc, p.span));
      memcpy(p.country, container(&s, i), strlen(container(&s, i)) + 1);
    }
    array_push(&doc->arena, &doc->places, p);
  }
}
