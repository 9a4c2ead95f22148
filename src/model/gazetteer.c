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
  Array(PlaceEntry) entries;
  Array(PlaceName) names;
};

static const char kinds[] = "CKPDR";

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
  return a->population > b->population;
}

static BedeStatus add_name(Builder *b, const Table *t, Str name, uint32_t entry, BedeError *err) {
  Str words[ACTOR_WORDS];
  uint32_t count = actor_words(name, words), before = 0;
  if (!count || count > ACTOR_WORDS)
    return table_fail(t, err, "\"%.*s\" is no name: it needs 1 to %d words",
                      (int)MIN(name.len, 80u), name.at, ACTOR_WORDS);
  Out folded = {0};
  size_t ends[ACTOR_WORDS];
  for (uint32_t i = 0; i < count; i++) {
    actor_fold(&folded, words[i]);
    ends[i] = folded.len;
  }
  size_t at = 0;
  for (uint32_t i = 0; i < count; i++) {
    words[i] = (Str){folded.at + at, ends[i] - at};
    at = ends[i];
  }
  uint32_t own = b->names.count;
  if (phrases_add(b->phrases, words, count, own, &before)) {
    array_push(&b->arena, &b->names, (PlaceName){.entry = entry});
  } else { // into the chain that begins there; its first keeps its index
    PlaceName fresh = {.entry = entry};
    uint32_t link = before;
    for (;;) {
      PlaceName *n = &b->names.items[link];
      if (n->entry == entry) {
        out_free(&folded);
        return BEDE_OK;
      }
      if (goes_before(&b->entries.items[fresh.entry], &b->entries.items[n->entry])) {
        uint32_t other = n->entry;
        n->entry = fresh.entry;
        fresh.entry = other;
      }
      if (!n->next)
        break;
      link = n->next;
    }
    b->names.items[link].next = own;
    array_push(&b->arena, &b->names, fresh);
  }
  out_free(&folded);
  return BEDE_OK;
}

static BedeStatus read_places(Builder *b, const char *folder, BedeError *err) {
  Table t;
  BedeStatus st = table_open(folder, "places.tsv", &t, err);
  if (st)
    return st;
  while (!st && table_next(&t)) {
    PlaceEntry e = {0};
    double lat = 0, lon = 0, number = 0;
    const char *kind = t.fields[0].len == 1 ? strchr(kinds, t.fields[0].at[0]) : NULL;
    if (!kind || t.count < 6)
      st = table_fail(&t, err, "needs a kind (C K P D R), name, other names, country, latitude, longitude");
    else if (t.fields[3].len > 3)
      st = table_fail(&t, err, "\"%.*s\" is no country code of three letters", STR_ARG(t.fields[3]));
    else if (!read_number(t.fields[4], -90, 90, &lat) || !read_number(t.fields[5], -180, 180, &lon))
      st = table_fail(&t, err, "latitude or longitude is no number of degrees");
    else if (t.fields[6].len && !read_number(t.fields[6], 0, UINT32_MAX, &number))
      st = table_fail(&t, err, "the GeoNames id is no number");
    if (st)
      break;
    e.kind = (uint32_t)(kind - kinds);
    e.geonames = (uint32_t)number;
    number = 0;
    if (t.fields[7].len && !read_number(t.fields[7], 0, UINT32_MAX, &number))
      st = table_fail(&t, err, "the population is no number");
    e.population = (uint32_t)number;
    e.lat = (float)lat;
    e.lon = (float)lon;
    if (t.fields[3].len)
      memcpy(e.country, t.fields[3].at, t.fields[3].len);
    e.name = image_add_string(b->writer, t.fields[1]);
    uint32_t entry = b->entries.count;
    array_push(&b->arena, &b->entries, e);
    if (e.kind != PLACE_COUNTRY && !st)
      st = add_name(b, &t, t.fields[1], entry, err);
    for (Str rest = t.fields[2]; !st && rest.len;)
      st = add_name(b, &t, str_trim(str_cut(&rest, '|')), entry, err);
  }
  table_close(&t);
  return st;
}

// Names of the countries that have a point.
static BedeStatus read_countries(Builder *b, const char *folder, BedeError *err) {
  Table t;
  uint32_t points = b->entries.count;
  BedeStatus st = table_open(folder, "actors/countries.tsv", &t, err);
  if (st)
    return st;
  while (!st && table_next(&t)) {
    uint32_t entry = points;
    for (uint32_t i = 0; i < points && entry == points; i++)
      if (b->entries.items[i].kind == PLACE_COUNTRY &&
          str_equal(t.fields[0], str_of(b->entries.items[i].country)))
        entry = i;
    if (entry == points)
      continue;
    if (t.fields[1].len)
      st = add_name(b, &t, t.fields[1], entry, err);
    for (Str rest = t.fields[2]; !st && rest.len;)
      st = add_name(b, &t, str_trim(str_cut(&rest, '|')), entry, err);
  }
  table_close(&t);
  return st;
}

BedeStatus gazetteer_build(const char *folder, ImageWriter *writer, BedeError *err) {
  Builder b = {.writer = writer, .phrases = phrases_new()};
  array_push(&b.arena, &b.names, (PlaceName){0});
  BedeStatus st = read_places(&b, folder, err);
  if (!st)
    st = read_countries(&b, folder, err);
  if (!st) {
    phrases_write(b.phrases, writer, "places.phrases");
    image_add(writer, "places.entries", b.entries.items, sizeof(PlaceEntry), b.entries.count);
    image_add(writer, "places.names", b.names.items, sizeof(PlaceName), b.names.count);
  }
  phrases_free(b.phrases);
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
  for (uint32_t i = 0; i < out->entry_count; i++)
    if (out->entries[i].kind >= PLACE_KINDS || !memchr(out->entries[i].country, 0, 4) ||
        !(fabsf(out->entries[i].lat) <= 90) || !(fabsf(out->entries[i].lon) <= 180))
      return fail(err, BEDE_IMAGE, "the image's place %u is damaged", i);
  // A chain goes on to a higher index, so it ends.
  for (uint32_t i = 1; i < out->name_count; i++)
    if (out->names[i].entry >= out->entry_count || out->names[i].next >= out->name_count ||
        (out->names[i].next && out->names[i].next <= i))
      return fail(err, BEDE_IMAGE, "the image's name of a place %u is damaged", i);
  for (uint32_t i = 0; i <= out->phrases.mask; i++)
    if (out->phrases.slots[i].key && out->phrases.slots[i].value != PHRASE_PREFIX &&
        (!out->phrases.slots[i].value || out->phrases.slots[i].value >= out->name_count))
      return fail(err, BEDE_IMAGE, "the image's table of places is damaged");
  return BEDE_OK;
}

const PlaceEntry *gazetteer_country(const Gazetteer *g, const char *code) {
  for (uint32_t i = 0; i < g->entry_count && code[0]; i++)
    if (g->entries[i].kind == PLACE_COUNTRY && !strcmp(g->entries[i].country, code))
      return &g->entries[i];
  return NULL;
}
