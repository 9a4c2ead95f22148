// export.c - `bede export`: stories in the columns that readers of other data
// sets expect (docs/EXPORTS.md). A row is a story by its first report, with the
// number of its reports; GDELT's mentions are the reports themselves.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "cmd/parquet.h"
#include "cmd/stored.h"
#include "doc/json.h"
#include <errno.h>
#include <stdlib.h>

typedef struct Row Row;
struct Row {
  const BedeModel *model;
  const BedeDoc *doc;
  const Event *e;
  const Actor *source, *target; // NULL where there is none
  const Place *place;           // NULL where there is none
  StoreStory story;
};

// ---- fields

// A field parted by tabs: nothing in it may part fields or lines, nor be taken
// for a quotation that does.
static void put_clean(Out *out, Str s) {
  for (size_t i = 0; i < s.len; i++)
    out_char(out, (unsigned char)s.at[i] < ' ' ? ' ' : s.at[i] == '"' ? '\'' : s.at[i]);
}

static void field(Out *out, Str s) {
  put_clean(out, s);
  out_char(out, '\t');
}
static void word(Out *out, const char *s) { field(out, str_of(s)); }
static void blanks(Out *out, int count) {
  while (count-- > 0)
    out_char(out, '\t');
}
#define number(out, ...) (out_print(out, __VA_ARGS__), out_char(out, '\t'))

static void end_line(Out *out) { // instead of the last tab
  out->at[out->len - 1] = '\n';
}

// ---- what the fields say

// "710" and the like of a country: FIPS 10-4, Correlates of War, name.
typedef struct Country Country;
struct Country {
  Str fips, cow, name; // "" where there is none
};

static bool country_of(const Row *r, const char *code, Country *out) {
  const char *value = *code ? words_find(&r->model->words, WORDS_COUNTRY_CODES, str_of(code)) : NULL;
  *out = (Country){0};
  if (!value)
    return false;
  out->name = str_of(value);
  out->fips = str_cut(&out->name, ' ');
  out->cow = str_cut(&out->name, ' ');
  if (str_equal(out->fips, STR("-")))
    out->fips.len = 0;
  if (str_equal(out->cow, STR("-")))
    out->cow.len = 0;
  return true;
}

static Str actor_name(const Row *r, const Actor *a) {
  Country country;
  if (!a)
    return (Str){0};
  if (a->name)
    return str_of(doc_string(r->doc, a->name));
  return country_of(r, a->code, &country) && !a->sector[0] ? country.name : doc_span(r->doc, a->span);
}

static Day event_day(const Row *r) {
  Day day = r->e->begin.year ? r->e->begin : r->doc->day;
  day.month = day.month ? day.month : 1;
  day.day = day.day ? day.day : 1;
  return day;
}

static Str place_name(const Row *r) { return r->place ? str_of(doc_string(r->doc, r->place->name)) : (Str){0}; }

// The place is a town or division, and not the country itself.
static bool is_town(const Row *r) {
  Country country;
  return r->place && !(country_of(r, r->place->country, &country) &&
                       str_equal_fold(country.name, place_name(r)));
}

static Str publisher(const Row *r) {
  return r->doc->frame.agency.len ? r->doc->frame.agency : r->doc->frame.source;
}
static Str address(const Row *r) { return r->doc->frame.url.len ? r->doc->frame.url : r->doc->frame.id; }

// A whole number that other programs can hold: 53 bits.
static uint64_t event_number(const Row *r) {
  return (r->e->story ? r->e->story : r->e->id) >> 11;
}

static Str root_code(const char *cameo) { return (Str){cameo, MIN(strlen(cameo), 2)}; }

static const char *cameo_of(const Row *r) {
  static const char *const roots[EVENT_TYPES] = {
      [EVENT_AGREE] = "030",    [EVENT_CONSULT] = "040",   [EVENT_SUPPORT] = "050",
      [EVENT_COOPERATE] = "060", [EVENT_AID] = "070",      [EVENT_CONCEDE] = "080",
      [EVENT_RETREAT] = "087",  [EVENT_REQUEST] = "100",   [EVENT_ACCUSE] = "110",
      [EVENT_REJECT] = "120",   [EVENT_THREATEN] = "130",  [EVENT_PROTEST] = "140",
      [EVENT_MOBILIZE] = "150", [EVENT_SANCTION] = "160",  [EVENT_COERCE] = "170",
      [EVENT_ASSAULT] = "180"};
  const char *cameo = doc_string(r->doc, r->e->cameo);
  return *cameo ? cameo : roots[r->e->type];
}

// Characters before a byte of the text.
static uint32_t characters(const BedeDoc *doc, uint32_t byte) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < byte && i < doc->text.len; i++)
    count += ((unsigned char)doc->text.at[i] & 0xC0) != 0x80;
  return count;
}

// YYYYMMDDHHMMSS of "2023-12-31T18:47" or of the document's day.
static void put_time(Out *out, const Row *r) {
  Str published = r->doc->frame.published;
  char digits[15] = "", day[11];
  size_t count = 0;
  day_print(r->doc->day, day);
  Str s = published.len >= 10 ? published : str_of(day);
  for (size_t i = 0; i < s.len && count < 14; i++)
    if (s.at[i] >= '0' && s.at[i] <= '9')
      digits[count++] = s.at[i];
    else if (s.at[i] != '-' && s.at[i] != ':' && s.at[i] != 'T' && s.at[i] != ' ')
      break;
  while (count && count < 14) {
    digits[count] = count == 5 || count == 7 ? '1' : '0';
    count++;
  }
  word(out, digits);
}

// ---- GDELT 2.0

static void gdelt_actor(Out *out, const Row *r, const Actor *a) {
  Country country;
  if (!a) {
    blanks(out, 10);
    return;
  }
  bool state = country_of(r, a->code, &country);
  number(out, "%s%s", a->code, a->sector);
  field(out, actor_name(r, a));
  word(out, state ? a->code : "");
  word(out, state ? "" : a->code);
  blanks(out, 3);
  word(out, a->sector);
  blanks(out, 2);
}

// Type 1 is a country, 4 a city of the world.
static void gdelt_place(Out *out, const Row *r) {
  Country country;
  if (!r->place) {
    out_text(out, "0\t");
    blanks(out, 7);
    return;
  }
  bool known = country_of(r, r->place->country, &country);
  out_text(out, is_town(r) ? "4\t" : "1\t");
  put_clean(out, place_name(r));
  if (known && is_town(r)) {
    out_text(out, ", ");
    put_clean(out, country.name);
  }
  out_char(out, '\t');
  field(out, country.fips);
  blanks(out, 2);
  if (r->place->located)
    out_print(out, "%.4f\t%.4f\t", r->place->lat, r->place->lon);
  else
    blanks(out, 2);
  if (r->place->geonames)
    number(out, "%u", r->place->geonames);
  else
    blanks(out, 1);
}

static void put_gdelt(Out *out, const Row *r) {
  Day day = event_day(r);
  const char *cameo = cameo_of(r);
  number(out, "%llu", (unsigned long long)event_number(r));
  number(out, "%04d%02d%02d", day.year, day.month, day.day);
  number(out, "%04d%02d", day.year, day.month);
  number(out, "%d", day.year);
  number(out, "%.4f", day.year + (day.month * 30 + day.day - 31) / 365.0);
  gdelt_actor(out, r, r->source);
  gdelt_actor(out, r, r->target);
  number(out, "%d", r->e->sentence == 0);
  word(out, cameo);
  field(out, (Str){cameo, MIN(strlen(cameo), 3)});
  field(out, root_code(cameo));
  number(out, "%d", event_quads[r->e->type] + 1);
  number(out, "%.1f", (double)r->e->goldstein);
  number(out, "%lld", (long long)r->story.reports);
  number(out, "%lld", (long long)r->story.independent);
  number(out, "%lld", (long long)r->story.documents);
  blanks(out, 1); // no tone is measured
  out_text(out, "0\t"), blanks(out, 7); // where the actors are is not told
  out_text(out, "0\t"), blanks(out, 7);
  gdelt_place(out, r);
  put_time(out, r);
  field(out, address(r));
  end_line(out);
}

static void put_mention(Out *out, const Row *r) {
  Day day = event_day(r);
  number(out, "%llu", (unsigned long long)event_number(r));
  number(out, "%04d%02d%02d000000", day.year, day.month, day.day);
  put_time(out, r);
  out_text(out, "1\t");
  field(out, publisher(r));
  field(out, address(r));
  number(out, "%u", r->e->sentence + 1);
  number(out, "%d", r->source ? (int)characters(r->doc, r->source->span.begin) : -1);
  number(out, "%d", r->target ? (int)characters(r->doc, r->target->span.begin) : -1);
  number(out, "%u", characters(r->doc, r->e->trigger_span.begin));
  out_text(out, "1\t");
  number(out, "%d", (int)(10 * (double)r->e->confidence + 0.5) * 10);
  number(out, "%u", characters(r->doc, (uint32_t)r->doc->text.len));
  blanks(out, 3);
  end_line(out);
}

// ---- ICEWS

static const char icews_head[] =
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n";

static void icews_actor(Out *out, const Row *r, const Actor *a) {
  Country country;
  field(out, actor_name(r, a));
  word(out, a ? a->sector : "");
  field(out, a && country_of(r, a->code, &country) ? country.name : (Str){0});
}

static void put_place(Out *out, const Row *r) { // city, district, province, country, point
  Country country;
  field(out, is_town(r) ? place_name(r) : (Str){0});
  blanks(out, 2);
  field(out, r->place && country_of(r, r->place->country, &country) ? country.name : (Str){0});
  if (r->place && r->place->located)
    out_print(out, "%.4f\t%.4f\t", r->place->lat, r->place->lon);
  else
    blanks(out, 2);
}

static void put_icews_row(Out *out, const Row *r, const Actor *source, const Actor *target) {
  Day day = event_day(r);
  const char *mode = doc_string(r->doc, r->e->mode);
  number(out, "%llu", (unsigned long long)event_number(r));
  number(out, "%04d-%02d-%02d", day.year, day.month, day.day);
  icews_actor(out, r, source);
  number(out, *mode ? "%s (%s)" : "%s", event_types[r->e->type], mode);
  word(out, cameo_of(r));
  number(out, "%.1f", (double)r->e->goldstein);
  icews_actor(out, r, target);
  number(out, "%llu", (unsigned long long)(hash_str(r->doc->frame.id) >> 33));
  number(out, "%u", r->e->sentence + 1);
  field(out, publisher(r));
  put_place(out, r);
  end_line(out);
}

static void put_icews(Out *out, const Row *r) {
  put_icews_row(out, r, r->source, r->target);
  if (r->e->mutual && r->target) // stands twice, mirrored
    put_icews_row(out, r, r->target, r->source);
}

// ---- Phoenix

static void phoenix_actor(Out *out, const Actor *a) {
  number(out, "%s%s", a ? a->code : "", a ? a->sector : "");
  word(out, a ? a->code : "");
  word(out, a ? a->sector : "");
  blanks(out, 1);
}

static int penta_class(const char *cameo) {
  int root = atoi((char[]){cameo[0], cameo[1], 0});
  return root <= 2 ? 0 : root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}

static void put_phoenix(Out *out, const Row *r) {
  Day day = event_day(r);
  const char *cameo = cameo_of(r);
  number(out, "%llu", (unsigned long long)event_number(r));
  number(out, "%04d%02d%02d", day.year, day.month, day.day);
  number(out, "%d", day.year);
  number(out, "%d", day.month);
  number(out, "%d", day.day);
  phoenix_actor(out, r->source);
  phoenix_actor(out, r->target);
  word(out, cameo);
  field(out, root_code(cameo));
  number(out, "%d", penta_class(cameo));
  number(out, "%.1f", (double)r->e->goldstein);
  blanks(out, 1);
  if (r->place && r->place->located)
    out_print(out, "%.4f\t%.4f\t", r->place->lat, r->place->lon);
  else
    blanks(out, 2);
  field(out, place_name(r));
  blanks(out, 1);
  word(out, r->place ? r->place->country : "");
  put_clean(out, r->doc->frame.id);
  number(out, "_%u", r->e->sentence + 1);
  field(out, address(r));
  field(out, publisher(r));
  end_line(out);
}

// ---- POLECAT

static const char polecat_head[] =
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\t"
    "Actor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\t"
    "Wikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\t"
    "Primary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\t"
    "Wikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\t"
    "GeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\t"
    "Story Organizations\tStory Locations\tLanguage\tVersion\n";

static void polecat_actor(Out *out, const Row *r, const Actor *a) {
  Country country;
  if (!a) {
    blanks(out, 8);
    return;
  }
  bool state = country_of(r, a->code, &country);
  field(out, actor_name(r, a));
  word(out, state ? a->code : "");
  field(out, country.cow);
  word(out, a->sector);
  word(out, a->sector);
  word(out, doc_string(r->doc, a->role));
  field(out, doc_span(r->doc, a->span));
  blanks(out, 1);
}

// The names of a document's places or of its persons or bodies, each once.
static void put_story_names(Out *out, const BedeDoc *doc, int what) {
  enum { MOST = 40 };
  Str told[MOST];
  uint32_t count = 0;
  for (uint32_t i = 0; count < MOST && i < (what == 2 ? doc->places.count : doc->actors.count); i++) {
    Str name;
    if (what == 2) {
      name = str_of(doc_string(doc, doc->places.items[i].name));
    } else {
      const Actor *a = &doc->actors.items[i];
      bool body = !strcmp(a->sector, "IGO") || !strcmp(a->sector, "NGO") || !strcmp(a->sector, "BUS") ||
                  !strcmp(a->sector, "PTY") || !strcmp(a->sector, "REB");
      name = str_of(doc_string(doc, a->name));
      if (!a->sector[0] || body != (what == 1))
        continue;
    }
    bool again = !name.len;
    for (uint32_t k = 0; k < count; k++)
      again = again || str_equal(told[k], name);
    if (again)
      continue;
    if (count)
      out_char(out, ';');
    put_clean(out, name);
    told[count++] = name;
  }
  out_char(out, '\t');
}

static void put_polecat(Out *out, const Row *r) {
  static const char *const quads[] = {"VERBAL COOPERATION", "MATERIAL COOPERATION",
                                      "VERBAL CONFLICT", "MATERIAL CONFLICT"};
  Day day = event_day(r);
  char published[11];
  day_print(r->doc->day, published);
  number(out, "%llu", (unsigned long long)event_number(r));
  number(out, "%04d-%02d-%02d", day.year, day.month, day.day);
  word(out, event_types[r->e->type]);
  word(out, doc_string(r->doc, r->e->mode));
  number(out, "%.1f", (double)r->e->goldstein);
  word(out, quads[event_quads[r->e->type]]);
  for (const char *c = doc_string(r->doc, r->e->context); *c; c++)
    out_char(out, *c == ' ' ? ';' : *c);
  out_char(out, '\t');
  polecat_actor(out, r, r->source);
  polecat_actor(out, r, r->target);
  field(out, place_name(r));
  put_place(out, r);
  if (r->place && r->place->geonames)
    number(out, "%u", r->place->geonames);
  else
    blanks(out, 1);
  field(out, r->place ? doc_span(r->doc, r->place->span) : (Str){0});
  blanks(out, 1);
  field(out, publisher(r));
  word(out, published);
  for (int what = 0; what < 3; what++)
    put_story_names(out, r->doc, what);
  field(out, r->doc->frame.language.len ? r->doc->frame.language : STR("en"));
  word(out, BEDE_VERSION);
  end_line(out);
}

// ---- GeoJSON: a feature a line, so that it can be read as it comes

static void put_geojson(Out *out, const Row *r) {
  char id[17], day[11];
  if (!r->place || !r->place->located)
    return;
  hash_hex(r->e->story ? r->e->story : r->e->id, id);
  day_print(r->e->begin.year ? r->e->begin : r->doc->day, day);
  out_print(out, "%s{\"type\":\"Feature\",\"id\":\"%s\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.4f,%.4f]},"
                 "\"properties\":{\"date\":\"%s\",\"event\":\"%s\",\"status\":\"%s\",\"goldstein\":%.1f,\"place\":",
            out->len && out->at[out->len - 1] == '[' ? "\n" : ",\n", id, r->place->lon, r->place->lat, day,
            event_types[r->e->type], status_names[r->e->status], (double)r->e->goldstein);
  json_str(out, place_name(r));
  out_print(out, ",\"source\":\"%s\",\"target\":\"%s\",\"reports\":%lld,\"text\":", r->source ? r->source->code : "",
            r->target ? r->target->code : "", (long long)r->story.reports);
  json_str(out, doc_span(r->doc, r->doc->sentences.items[r->e->sentence].span));
  out_text(out, "}}");
}

// ---- the command

typedef struct Target Target; // of export
struct Target {
  const char *name, *head, *foot;
  void (*put)(Out *out, const Row *row);
  bool reports; // every report, not every story
};

static const Target targets[] = {
    {"gdelt", "", "", put_gdelt, false},
    {"gdelt-mentions", "", "", put_mention, true},
    {"icews", icews_head, "", put_icews, false},
    {"phoenix", "", "", put_phoenix, false},
    {"polecat", polecat_head, "", put_polecat, false},
    {"parquet", "", "", NULL, true},
    {"geojson", "{\"type\":\"FeatureCollection\",\"features\":[", "\n]}\n", put_geojson, false},
};

const char *export_form(size_t index) { return index < COUNT(targets) ? targets[index].name : NULL; }

static const Target *target_of(const char *name) {
  for (size_t i = 0; name && i < COUNT(targets); i++)
    if (!strcmp(targets[i].name, name))
      return &targets[i];
  usage_error("--to needs gdelt, gdelt-mentions, icews, phoenix, polecat, geojson or parquet, not `%s`",
              name ? name : "");
  return NULL;
}

static BedeStatus put_hit(Stored *stored, const BedeModel *model, const Target *target,
                          const StoreHit *hit, Out *out, BedeError *err) {
  Row row = {.model = model};
  BedeStatus status = stored_doc(stored, hit->document, &row.doc, err);
  if (status || hit->event >= row.doc->events.count)
    return status;
  const Event *e = row.e = &row.doc->events.items[hit->event];
  if (e->source != NONE)
    row.source = &row.doc->actors.items[e->source];
  if (e->target != NONE)
    row.target = &row.doc->actors.items[e->target];
  if (e->place_count)
    row.place = &row.doc->places.items[row.doc->members.items[e->places]];
  if (!target->reports)
    status = store_story(stored->store, e->story, &row.story, err);
  if (!status)
    target->put(out, &row);
  return status;
}

// A Parquet file holds Bede's own fields, a row a report; no model is needed.
static int export_parquet(const Args *args, const StoreQuery *query) {
  Stored stored;
  StoreHits hits = {0};
  Parquet *parquet = NULL;
  BedeError err;
  if (!args->out)
    return usage_error("a Parquet file is not printed: which file? (-o FILE)");
  if (stored_open(args, &stored, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  BedeStatus status = parquet_new(&parquet, &err);
  if (!status)
    status = store_find(stored.store, query, &hits, &err);
  for (uint32_t i = 0; !status && i < hits.count; i++) {
    const BedeDoc *doc;
    status = stored_doc(&stored, hits.items[i].document, &doc, &err);
    if (!status && hits.items[i].event < doc->events.count)
      status = parquet_put(parquet, doc, hits.items[i].event, &err);
  }
  if (!status)
    status = parquet_write(parquet, args->out, &err);
  if (status)
    complain("%s", err.message);
  free(hits.items);
  parquet_free(parquet);
  stored_close(&stored);
  return status ? SOME_FAILED : DONE;
}

// Standard output becomes a file, which gets its name when it is whole.
static bool to_file(const char *path, const char *beside) {
  if (!path || freopen(beside, "wb", stdout))
    return true;
  complain("%s: cannot be written: %s", path, strerror(errno));
  return false;
}

static bool keep_file(const char *path, const char *beside, bool good) {
  BedeError err;
  if (!path)
    return good;
  if (path_keep(beside, path, good, &err)) {
    complain("%s", err.message);
    return false;
  }
  if (!good && beside != path)
    complain("%s: is not written", path);
  return good;
}

int cmd_export(const Args *args) {
  Stored stored;
  StoreQuery query;
  StoreHits hits = {0};
  BedeModel *model;
  BedeError err;
  Out out = {0};
  const Target *target = target_of(args->to);
  bool every = args->status && !strcmp(args->status, "all"), good = true;
  Args asked = *args;
  asked.status = every ? NULL : args->status ? args->status : "actual";
  if (!target || !query_of(&asked, &query))
    return WRONG_USAGE;
  if (!target->put)
    return export_parquet(args, &query);
  if (model_find(args, &model, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  if (stored_open(args, &stored, &err)) {
    complain("%s", err.message);
    bede_model_free(model);
    return SOME_FAILED;
  }
  query.once = !target->reports;
  Arena arena = {0};
  const char *beside = args->out ? path_beside(args->out, &arena) : NULL;
  if (!to_file(args->out, beside)) {
    arena_free(&arena);
    stored_close(&stored);
    bede_model_free(model);
    return SOME_FAILED;
  }
  BedeStatus status = store_find(stored.store, &query, &hits, &err);
  out_text(&out, target->head);
  for (uint32_t i = 0; !status && good && i < hits.count; i++) {
    status = put_hit(&stored, model, target, &hits.items[i], &out, &err);
    if (out.len > 1 << 16 && out.at[out.len - 1] != '[')
      good = print_out(&out), out_text(&out, "");
  }
  if (!status)
    out_text(&out, target->foot);
  else
    complain("%s", err.message);
  good = print_out(&out) && print_end() && good && !status;
  good = keep_file(args->out, beside, good);
  free(hits.items);
  out_free(&out);
  arena_free(&arena);
  stored_close(&stored);
  bede_model_free(model);
  return good ? DONE : SOME_FAILED;
}
