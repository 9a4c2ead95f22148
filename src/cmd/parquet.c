// parquet.c - the columns of a Parquet file, and DuckDB's library to write it.
//
// The library is loaded while the program runs: from BEDE_DUCKDB, from beside the
// program, else from where the system has libraries. Its C interface is stable; the
// few functions of it that are called here are declared here.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/parquet.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct DuckDate {
  int32_t days; // since 1970-01-01
} DuckDate;
typedef struct DuckResult { // owned by the library; larger than it needs
  uint64_t fields[32];
} DuckResult;

// name, returns, takes; 0 is success
#define DUCKDB_MAP(X)                                                          \
  X(open, int, (const char *path, void **out))                                 \
  X(connect, int, (void *database, void **out))                                \
  X(query, int, (void *connection, const char *sql, DuckResult *out))          \
  X(result_error, const char *, (DuckResult * result))                         \
  X(destroy_result, void, (DuckResult * result))                               \
  X(appender_create, int, (void *connection, const char *schema, const char *table, void **out)) \
  X(appender_error, const char *, (void *appender))                            \
  X(appender_end_row, int, (void *appender))                                   \
  X(appender_close, int, (void *appender))                                     \
  X(appender_destroy, int, (void **appender))                                  \
  X(append_null, int, (void *appender))                                        \
  X(append_bool, int, (void *appender, bool value))                            \
  X(append_int64, int, (void *appender, int64_t value))                        \
  X(append_double, int, (void *appender, double value))                        \
  X(append_date, int, (void *appender, DuckDate value))                        \
  X(append_varchar_length, int, (void *appender, const char *text, uint64_t length)) \
  X(disconnect, void, (void **connection))                                     \
  X(close, void, (void **database))

struct Parquet {
  void *library, *database, *connection, *appender;
#define X(name, returns, takes) returns(*name) takes;
  DUCKDB_MAP(X)
#undef X
};

// name, type
#define COLUMN_MAP(X)                                                          \
  X(id, VARCHAR) X(story, VARCHAR) X(document, VARCHAR) X(sentence, BIGINT)    \
  X(text, VARCHAR) X(type, VARCHAR) X(mode, VARCHAR) X(contexts, VARCHAR)      \
  X(cameo, VARCHAR) X(quad, VARCHAR) X(goldstein, DOUBLE) X(status, VARCHAR)   \
  X(mutual, BOOLEAN) X(count, BIGINT)                                          \
  X(source, VARCHAR) X(source_sector, VARCHAR) X(source_name, VARCHAR)         \
  X(target, VARCHAR) X(target_sector, VARCHAR) X(target_name, VARCHAR)         \
  X(speaker, VARCHAR) X(speaker_name, VARCHAR) X("trigger", VARCHAR)           \
  X(date, DATE) X(date_end, DATE) X(precision, VARCHAR) X(inferred, BOOLEAN)   \
  X(place, VARCHAR) X(country, VARCHAR) X(lat, DOUBLE) X(lon, DOUBLE)          \
  X(geonames, BIGINT) X(pledge, VARCHAR) X(due, DATE) X(due_end, DATE)         \
  X(confidence, DOUBLE) X(rule, VARCHAR) X(said, DATE) X(agency, VARCHAR)      \
  X(url, VARCHAR) X(title, VARCHAR)

static const char create[] = "CREATE TABLE events ("
#define X(name, type) #name " " #type ","
    COLUMN_MAP(X)
#undef X
    ")";

// ---- the library

static void *load(void) {
  char path[4096];
  const char *given = getenv("BEDE_DUCKDB");
  if (given && *given)
    return dlopen(given, RTLD_NOW | RTLD_LOCAL);
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 20);
  void *library = NULL;
  if (length > 0) {
    path[length] = 0;
    char *slash = strrchr(path, '/');
    strcpy(slash ? slash + 1 : path, "libduckdb.so");
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  }
  return library ? library : dlopen("libduckdb.so", RTLD_NOW | RTLD_LOCAL);
}

static BedeStatus run(Parquet *p, const char *sql, BedeError *err) {
  DuckResult result = {{0}};
  BedeStatus status = BEDE_OK;
  if (p->query(p->connection, sql, &result)) {
    const char *why = p->result_error(&result);
    status = fail(err, BEDE_IO, "DuckDB: %s", why ? why : "no reason given");
  }
  p->destroy_result(&result);
  return status;
}

BedeStatus parquet_new(Parquet **out, BedeError *err) {
  Parquet *p = calloc(1, sizeof *p);
  if (!p)
    out_of_memory();
  *out = NULL;
  BedeStatus status = BEDE_OK;
  if (!(p->library = load()))
    status = fail(err, BEDE_IO,
                  "Parquet is written by DuckDB's library, and libduckdb.so is not there: `./dev duckdb` "
                  "fetches it; or name it with BEDE_DUCKDB, or put it beside the program (%s)",
                  dlerror());
#define X(name, returns, takes)                                                \
  if (!status && !(*(void **)&p->name = dlsym(p->library, "duckdb_" #name)))   \
    status = fail(err, BEDE_IO, "libduckdb.so has no duckdb_" #name ": is it another library?");
  DUCKDB_MAP(X)
#undef X
  if (!status && (p->open(NULL, &p->database) || p->connect(p->database, &p->connection)))
    status = fail(err, BEDE_IO, "DuckDB cannot be started");
  if (!status)
    status = run(p, create, err);
  if (!status && p->appender_create(p->connection, NULL, "events", &p->appender))
    status = fail(err, BEDE_IO, "DuckDB: %s", p->appender_error(p->appender));
  if (status) {
    parquet_free(p);
    return status;
  }
  *out = p;
  return BEDE_OK;
}

void parquet_free(Parquet *p) {
  if (!p)
    return;
  if (p->appender)
    p->appender_destroy(&p->appender);
  if (p->connection)
    p->disconnect(&p->connection);
  if (p->database)
    p->close(&p->database);
  free(p); // the library stays: its threads may still be ending
}

// ---- a row

typedef struct Row Row;
struct Row {
  Parquet *p;
  int bad;
};

static void text(Row *r, Str s) {
  r->bad |= s.len ? r->p->append_varchar_length(r->p->appender, s.at, s.len)
                  : r->p->append_null(r->p->appender);
}
static void word(Row *r, const char *s) { text(r, str_of(s)); }
static void yes(Row *r, bool value) { r->bad |= r->p->append_bool(r->p->appender, value); }
static void whole(Row *r, int64_t n, bool known) {
  r->bad |= known ? r->p->append_int64(r->p->appender, n) : r->p->append_null(r->p->appender);
}
static void real(Row *r, double n, bool known) {
  r->bad |= known ? r->p->append_double(r->p->appender, n) : r->p->append_null(r->p->appender);
}
// The first day that it may be, or the last.
static void date(Row *r, Day day, bool last) {
  if (last && day.year && !day.month)
    day.month = 12;
  if (last && day.year && !day.day)
    day.day = (uint8_t)days_in_month(day.year, day.month);
  r->bad |= day.year ? r->p->append_date(r->p->appender, (DuckDate){day_number(day)})
                     : r->p->append_null(r->p->appender);
}
static void actor(Row *r, const BedeDoc *doc, uint32_t index, bool sector) {
  const Actor *a = index < doc->actors.count ? &doc->actors.items[index] : NULL;
  word(r, a ? a->code : "");
  if (sector)
    word(r, a ? a->sector : "");
  word(r, a ? doc_string(doc, a->name) : "");
}
static void id(Row *r, uint64_t hash) {
  char hex[17] = "";
  if (hash)
    hash_hex(hash, hex);
  word(r, hex);
}

// 0.77, as it was stored, and not the nearest of another kind of number.
static double rounded(float value) {
  char digits[32];
  snprintf(digits, sizeof digits, "%.6g", (double)value);
  return strtod(digits, NULL);
}

BedeStatus parquet_put(Parquet *p, const BedeDoc *doc, uint32_t index, BedeError *err) {
  const Event *e = &doc->events.items[index];
  const Place *place = e->place_count ? &doc->places.items[doc->members.items[e->places]] : NULL;
  Row row = {p, 0}, *r = &row;
  id(r, e->id);
  id(r, e->story);
  text(r, doc->frame.id);
  whole(r, e->sentence + 1, true);
  text(r, doc_span(doc, doc->sentences.items[e->sentence].span));
  word(r, event_types[e->type]);
  word(r, doc_string(doc, e->mode));
  word(r, doc_string(doc, e->context));
  word(r, doc_string(doc, e->cameo));
  word(r, quad_names[event_quads[e->type]]);
  real(r, rounded(e->goldstein), true);
  word(r, status_names[e->status]);
  yes(r, e->mutual);
  whole(r, e->count, true);
  actor(r, doc, e->source, true);
  actor(r, doc, e->target, true);
  actor(r, doc, e->speaker, false);
  text(r, doc_span(doc, e->trigger_span));
  date(r, e->begin, false);
  date(r, e->end.year ? e->end : e->begin, true);
  word(r, !e->begin.year ? "" : e->begin.day ? "day" : e->begin.month ? "month" : "year");
  yes(r, e->inferred);
  word(r, place ? doc_string(doc, place->name) : "");
  word(r, place ? place->country : "");
  real(r, place ? place->lat : 0, place && place->located);
  real(r, place ? place->lon : 0, place && place->located);
  whole(r, place ? place->geonames : 0, place && place->geonames);
  word(r, doc_string(doc, e->pledge));
  date(r, e->due_begin, false);
  date(r, e->due_end.year ? e->due_end : e->due_begin, true);
  real(r, rounded(e->confidence), true);
  word(r, doc_string(doc, e->rule));
  date(r, doc->day, false);
  text(r, doc->frame.agency.len ? doc->frame.agency : doc->frame.source);
  text(r, doc->frame.url);
  text(r, doc->frame.title);
  if (row.bad || p->appender_end_row(p->appender)) {
    const char *why = p->appender_error(p->appender);
    return fail(err, BEDE_IO, "DuckDB: %s", why ? why : "cannot take a row");
  }
  return BEDE_OK;
}

BedeStatus parquet_write(Parquet *p, const char *path, BedeError *err) {
  Out sql = {0};
  Arena arena = {0};
  const char *part = path_beside(path, &arena);
  BedeStatus status = BEDE_OK;
  if (p->appender_close(p->appender))
    status = fail(err, BEDE_IO, "DuckDB: %s", p->appender_error(p->appender));
  out_text(&sql, "COPY events TO '");
  for (const char *c = part; *c; c++) {
    if (*c == '\'')
      out_char(&sql, '\'');
    out_char(&sql, *c);
  }
  out_text(&sql, "' (FORMAT parquet, COMPRESSION zstd)");
  if (!status)
    status = run(p, sql.at, err);
  BedeStatus kept = path_keep(part, path, !status, err);
  out_free(&sql);
  arena_free(&arena);
  return status ? status : kept;
}
