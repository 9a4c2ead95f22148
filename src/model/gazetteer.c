// gazetteer.c - the table of places: text to records.
// SPDX-License-Identifier: Apache-2.0
#include "model/gazetteer.h"
#include "model/actors.h"
#include "model/table.h"
#include <math.h>
#include <stdlib.h>

typedef struct Builder Builder;
struct Builder {
  Arena arena;
  ImageWriter *writer;
  PhraseBuilder *phrases;
  PhraseBuilder *divisions; // country, code -> entry
  PhraseBuilder *ids;       // GeoNames id -> entry, of places.tsv
  Array(PlaceEntry) entries;
  Array(PlaceName) names;
  uint32_t countries; // entries at the front that are countries
};

static const char kinds[] = "CKPDRAT";

// Digits with sign and point, whatever the locale.
static bool read_number(Str s, double low, double high, double *out) {
  double value = 0, scale = 0;
  bool minus = s.len && s.at[0] == '-';
  for (size_t i = minus; i < s.len; i++) {
    if (s.at[i] == '.' && scale == 0) {
      scale = 1;
    } else if (s.at[i] >= '0' && s.at[i] <= '9') {
      value = 10 * value + (s.at[i] - '0');
      scale *= 10;
    } else {
      return false;
    }
  }
  if (scale > 1)
    value /= scale;
  *out = minus ? -value : value;
  return s.len > minus && *out >= low && *out <= high;
}

static bool goes_before(const PlaceEntry *a, const PlaceEntry *b) {
  if ((a->kind == PLACE_COUNTRY) != (b->kind == PLACE_COUNTRY))
    return a->kind == PLACE_COUNTRY;
  if (a->known != b->known)
    return a->known;
  return a->population > b->population;
}

// The words of a name in the form that text is looked up in.
typedef struct Folded Folded;
struct Folded {
  Out letters;
  Str words[ACTOR_WORDS];
  uint32_t count; // ACTOR_WORDS + 1 where there are more, or none
};

static void fold_name(Str name, Folded *out) {
  size_t ends[ACTOR_WORDS], at = 0;
  out->letters.len = 0;
  out->count = actor_words(name, out->words);
  if (!out->count)
    out->count = ACTOR_WORDS + 1;
  for (uint32_t i = 0; i < out->count && out->count <= ACTOR_WORDS; i++) {
    actor_fold(&out->letters, out->words[i]);
    ends[i] = out->letters.len;
  }
  for (uint32_t i = 0; i < out->count && out->count <= ACTOR_WORDS; i++) {
    out->words[i] = (Str){out->letters.at + at, ends[i] - at};
    at = ends[i];
  }
}

// Into the chain of the name; its first keeps its index.
static void add_to_chain(Builder *b, uint32_t link, uint32_t entry) {
  uint32_t own = b->names.count;
  for (;;) {
    PlaceName *n = &b->names.items[link];
    if (n->entry == entry)
      return;
    if (goes_before(&b->entries.items[entry], &b->entries.items[n->entry])) {
      uint32_t other = n->entry;
      n->entry = entry;
      entry = other;
    }
    if (!n->next)
      break;
    link = n->next;
  }
  b->names.items[link].next = own;
  array_push(&b->arena, &b->names, (PlaceName){.entry = entry});
}

static BedeStatus add_name(Builder *b, const Table *t, Str name, uint32_t entry, BedeError *err) {
  Folded f = {0};
  uint32_t before = 0;
  fold_name(name, &f);
  BedeStatus st = BEDE_OK;
  if (f.count > ACTOR_WORDS)
    st = table_fail(t, err, "\"%.*s\" is no name: it needs 1 to %d words",
                    (int)MIN(name.len, 80u), name.at, ACTOR_WORDS);
  else if (phrases_add(b->phrases, f.words, f.count, b->names.count, &before))
    array_push(&b->arena, &b->names, (PlaceName){.entry = entry});
  else
    add_to_chain(b, before, entry);
  out_free(&f.letters);
  return st;
}

// The first-level division of the country that has the name, or NONE.
static uint32_t division_named(const Builder *b, Str name, const char *country) {
  Folded f = {0};
  uint32_t found = NONE;
  fold_name(name, &f);
  uint32_t at = f.count > ACTOR_WORDS ? PHRASE_PREFIX : phrases_value(b->phrases, f.words, f.count);
  for (uint32_t n = at == PHRASE_PREFIX ? 0 : at; n && found == NONE; n = b->names.items[n].next) {
    const PlaceEntry *e = &b->entries.items[b->names.items[n].entry];
    if (e->kind == PLACE_DIVISION && !strcmp(e->country, country))
      found = b->names.items[n].entry;
  }
  out_free(&f.letters);
  return found;
}

static uint32_t entry_of_key(const PhraseBuilder *map, Str a, Str b) {
  Str key[] = {a, b};
  uint32_t entry = a.len ? phrases_value(map, key, b.len ? 2 : 1) : PHRASE_PREFIX;
  return entry == PHRASE_PREFIX ? NONE : entry;
}

static void note_key(PhraseBuilder *map, Str a, Str b, uint32_t entry) {
  Str key[] = {a, b};
  if (a.len)
    phrases_add(map, key, b.len ? 2 : 1, entry, NULL);
}

static BedeStatus read_row(const Builder *b, const Table *t, PlaceEntry *e, BedeError *err) {
  double lat = 0, lon = 0, id = 0, people = 0;
  // Not strchr: it finds the NUL at the end of `kinds`, too, where the file has one.
  const char *kind = t->fields[0].len == 1 ? memchr(kinds, t->fields[0].at[0], PLACE_KINDS) : NULL;
  if (!kind || t->count < 6)
    return table_fail(t, err, "needs a kind (C K P D R A T), name, other names, country, latitude, longitude");
  if (t->fields[3].len > 3)
    return table_fail(t, err, "\"%.*s\" is no country code of three letters", STR_ARG(t->fields[3]));
  if (!read_number(t->fields[4], -90, 90, &lat) || !read_number(t->fields[5], -180, 180, &lon))
    return table_fail(t, err, "latitude or longitude is no number of degrees");
  if (t->fields[6].len && !read_number(t->fields[6], 0, UINT32_MAX, &id))
    return table_fail(t, err, "the GeoNames id is no number");
  if (t->fields[7].len && !read_number(t->fields[7], 0, UINT32_MAX, &people))
    return table_fail(t, err, "the population is no number");
  *e = (PlaceEntry){.lat = (float)lat, .lon = (float)lon, .geonames = (uint32_t)id, .population = (uint32_t)people,
                    .division = NONE, .kind = (uint8_t)(kind - kinds)};
  if (t->fields[3].len)
    memcpy(e->country, t->fields[3].at, t->fields[3].len);
  if (e->kind == PLACE_COUNTRY && b->countries != b->entries.count)
    return table_fail(t, err, "the countries stand first");
  return BEDE_OK;
}

// What places.tsv says of a place of towns.tsv already: its entry, or NONE.
static uint32_t same_place(const Builder *b, const Table *t, const PlaceEntry *e) {
  uint32_t same = NONE;
  if (e->kind != PLACE_DIVISION)
    return entry_of_key(b->ids, t->fields[6], (Str){0});
  if ((same = entry_of_key(b->divisions, t->fields[3], t->fields[8])) != NONE ||
      (same = division_named(b, t->fields[1], e->country)) != NONE)
    return same;
  return t->fields[2].len ? division_named(b, t->fields[2], e->country) : NONE;
}

static BedeStatus read_places(Builder *b, const char *folder, const char *file, bool known, BedeError *err) {
  Table t;
  BedeStatus st = table_open(folder, file, &t, err);
  if (st)
    return st;
  while (!st && table_next(&t)) {
    PlaceEntry e;
    if ((st = read_row(b, &t, &e, err)))
      break;
    e.known = known;
    uint32_t entry = known ? NONE : same_place(b, &t, &e);
    if (entry == NONE) {
      entry = b->entries.count;
      e.name = image_add_string(b->writer, t.fields[1]);
      array_push(&b->arena, &b->entries, e);
      b->countries += e.kind == PLACE_COUNTRY;
      if (known)
        note_key(b->ids, t.fields[6], (Str){0}, entry);
    }
    PlaceEntry *own = &b->entries.items[entry];
    if (e.kind == PLACE_DIVISION && t.fields[8].len) {
      own->code = image_add_string(b->writer, t.fields[8]);
      own->population = MAX(own->population, e.population);
      note_key(b->divisions, t.fields[3], t.fields[8], entry);
    } else if (t.fields[8].len) {
      own->division = entry_of_key(b->divisions, t.fields[3], t.fields[8]);
    }
    if (e.kind != PLACE_COUNTRY)
      st = add_name(b, &t, t.fields[1], entry, err);
    for (Str rest = t.fields[2]; !st && rest.len;)
      st = add_name(b, &t, str_trim(str_cut(&rest, '|')), entry, err);
  }
  table_close(&t);
  return st;
}

// The table of actors counts "Texas" among the names of the United States, in
// rows behind the country's own; here it is a division's.
static BedeStatus add_country_name(Builder *b, const Table *t, Str name, uint32_t entry, bool own, BedeError *err) {
  if (!own && division_named(b, name, b->entries.items[entry].country) != NONE)
    return BEDE_OK;
  return add_name(b, t, name, entry, err);
}

// Names of the countries that have a point.
static BedeStatus read_countries(Builder *b, const char *folder, BedeError *err) {
  Table t;
  BedeStatus st = table_open(folder, "actors/countries.tsv", &t, err);
  if (st)
    return st;
  uint8_t *seen = arena_alloc(&b->arena, b->countries + 1);
  while (!st && table_next(&t)) {
    uint32_t entry = 0;
    while (entry < b->countries && !str_equal(t.fields[0], str_of(b->entries.items[entry].country)))
      entry++;
    if (entry == b->countries)
      continue;
    bool own = !seen[entry];
    seen[entry] = 1;
    if (t.fields[1].len)
      st = add_country_name(b, &t, t.fields[1], entry, own, err);
    for (Str rest = t.fields[2]; !st && rest.len;)
      st = add_country_name(b, &t, str_trim(str_cut(&rest, '|')), entry, own, err);
  }
  table_close(&t);
  return st;
}

BedeStatus gazetteer_build(const char *folder, ImageWriter *writer, BedeError *err) {
  Builder b = {.writer = writer, .phrases = phrases_new(), .divisions = phrases_new(), .ids = phrases_new()};
  array_push(&b.arena, &b.names, (PlaceName){0});
  BedeStatus st = read_places(&b, folder, "places.tsv", true, err);
  if (!st)
    st = read_places(&b, folder, "towns.tsv", false, err);
  if (!st)
    st = read_countries(&b, folder, err);
  if (!st) {
    phrases_write(b.phrases, writer, "places.phrases");
    image_add(writer, "places.entries", b.entries.items, sizeof(PlaceEntry), b.entries.count);
    image_add(writer, "places.names", b.names.items, sizeof(PlaceName), b.names.count);
  }
  phrases_free(b.phrases);
  phrases_free(b.divisions);
  phrases_free(b.ids);
  arena_free(&b.arena);
  return st;
}

BedeStatus gazetteer_open(const Image *image, Gazetteer *out, BedeError *err) {
  const void *entries, *names;
  BedeStatus st;
  *out = (Gazetteer){.image = image};
  if ((st = phrases_open(image, "places.phrases", &out->phrases, err)) ||
      (st = image_section(image, "places.entries", sizeof(PlaceEntry), &entries, &out->entry_count, err)) ||
      (st = image_section(image, "places.names", sizeof(PlaceName), &names, &out->name_count, err)))
    return st;
  out->entries = entries;
  out->names = names;
  for (uint32_t i = 0; i < out->entry_count; i++) {
    const PlaceEntry *e = &out->entries[i];
    if (e->kind >= PLACE_KINDS || !memchr(e->country, 0, 4) || !(fabsf(e->lat) <= 90) || !(fabsf(e->lon) <= 180) ||
        (e->division != NONE && e->division >= out->entry_count))
      return fail(err, BEDE_IMAGE, "the image's place %u is damaged", i);
  }
  // A chain goes on to a higher index, so it ends. Slots are checked where
  // they are looked up: there are too many of them to read at every start.
  for (uint32_t i = 1; i < out->name_count; i++)
    if (out->names[i].entry >= out->entry_count || out->names[i].next >= out->name_count ||
        (out->names[i].next && out->names[i].next <= i))
      return fail(err, BEDE_IMAGE, "the image's name of a place %u is damaged", i);
  return BEDE_OK;
}
