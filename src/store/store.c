// store.c - opening a store, and putting documents into it.
// SPDX-License-Identifier: Apache-2.0
#include "store/internal.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

extern const char schema_sql[], schema_2_sql[], schema_3_sql[], schema_4_sql[],
    schema_5_sql[], schema_6_sql[], schema_7_sql[]; // made by tools/embed.c

// What brings a store from version i to i + 1. Version 1 is schema.sql; a later
// change adds a script here, raises STORE_VERSION, and leaves the old ones.
static const char *const migrations[STORE_VERSION] = {schema_sql, schema_2_sql, schema_3_sql,
                                                     schema_4_sql, schema_5_sql, schema_6_sql,
                                                     schema_7_sql};

enum { APPLICATION = 0x42656465 }; // "Bede", PRAGMA application_id

static const char *const actor_kinds[] = {
#define X(name, text) [ACTOR_##name] = text,
    ACTOR_KIND_MAP(X)
#undef X
};

// ---- errors

BedeStatus store_fail(Store *store, BedeError *err) {
  int code = store->db ? sqlite3_errcode(store->db) : SQLITE_NOMEM;
  const char *path = store->path;
  switch (code & 0xff) {
  case SQLITE_FULL:
    return fail(err, BEDE_STORE, "%s: the disk is full", path);
  case SQLITE_NOTADB:
    return fail(err, BEDE_STORE, "%s: is no SQLite database", path);
  case SQLITE_READONLY:
    return fail(err, BEDE_STORE, "%s: cannot be written: no right to change it or its folder",
                path);
  case SQLITE_CANTOPEN: {
    int why = sqlite3_system_errno(store->db);
    return fail(err, BEDE_STORE, "%s: cannot be opened%s%s", path, why ? ": " : "",
                why ? strerror(why) : "");
  }
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return fail(err, BEDE_STORE, "%s: another program is writing to it", path);
  case SQLITE_CORRUPT:
    return fail(err, BEDE_STORE, "%s: is damaged: %s", path, sqlite3_errmsg(store->db));
  case SQLITE_IOERR: {
    int why = sqlite3_system_errno(store->db);
    return fail(err, BEDE_STORE, "%s: cannot read or write: %s", path,
                why ? strerror(why) : sqlite3_errmsg(store->db));
  }
  default:
    return fail(err, BEDE_STORE, "%s: %s", path, sqlite3_errmsg(store->db));
  }
}

// ---- statements

Value value_text(Str s) {
  return s.len ? (Value){.kind = 't', .t = s} : (Value){0};
}

static sqlite3_stmt *prepared(Store *store, const char *sql) {
  for (int i = 0; i < STATEMENTS; i++) {
    if (!store->statements[i].sql) {
      if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                             &store->statements[i].statement, NULL))
        return NULL;
      store->statements[i].sql = sql;
    } else if (store->statements[i].sql != sql && strcmp(store->statements[i].sql, sql)) {
      continue;
    }
    return store->statements[i].statement;
  }
  return NULL; // STATEMENTS is too small: a mistake of ours
}

BedeStatus store_query(Store *store, BedeError *err, sqlite3_stmt **out, const char *sql,
                       const Value *values, size_t count) {
  sqlite3_stmt *statement = *out = prepared(store, sql);
  if (!statement)
    return store_fail(store, err);
  int bad = 0;
  for (size_t i = 0; i < count; i++) {
    const Value *v = &values[i];
    int at = (int)i + 1;
    if (v->kind == 'i')
      bad |= sqlite3_bind_int64(statement, at, v->i);
    else if (v->kind == 'r')
      bad |= sqlite3_bind_double(statement, at, v->r);
    else if (v->kind == 'b')
      bad |= sqlite3_bind_blob64(statement, at, v->t.at, v->t.len, SQLITE_STATIC);
    else if (v->kind == 't')
      bad |= sqlite3_bind_text64(statement, at, v->t.at ? v->t.at : "", v->t.len, SQLITE_STATIC, SQLITE_UTF8);
    else
      bad |= sqlite3_bind_null(statement, at);
  }
  return bad ? store_fail(store, err) : BEDE_OK;
}

bool store_row(Store *store, sqlite3_stmt *statement, BedeStatus *status, BedeError *err) {
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW)
    return true;
  if (code != SQLITE_DONE)
    *status = store_fail(store, err);
  sqlite3_reset(statement);
  return false;
}

BedeStatus store_run(Store *store, BedeError *err, const char *sql, const Value *values,
                     size_t count) {
  sqlite3_stmt *statement;
  BedeStatus status = store_query(store, err, &statement, sql, values, count);
  while (!status && store_row(store, statement, &status, err))
    ;
  return status;
}

Str row_text(sqlite3_stmt *statement, int column) {
  const char *at = (const char *)sqlite3_column_text(statement, column);
  return (Str){at ? at : "", (size_t)sqlite3_column_bytes(statement, column)};
}

Day row_day(sqlite3_stmt *statement, int column) {
  Day day;
  day_parse(row_text(statement, column), &day);
  return day;
}

// One number from a query without parameters.
static BedeStatus number(Store *store, const char *sql, int64_t *out, BedeError *err) {
  sqlite3_stmt *statement;
  BedeStatus status = BEDE_OK;
  *out = 0;
  if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL))
    return store_fail(store, err);
  if (store_row(store, statement, &status, err))
    *out = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return status;
}

static BedeStatus execute(Store *store, const char *sql, BedeError *err) {
  return sqlite3_exec(store->db, sql, NULL, NULL, NULL) ? store_fail(store, err) : BEDE_OK;
}

static void roll_back(Store *store) {
  if (!sqlite3_get_autocommit(store->db))
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  store->batch = store->places = 0;
  store->run = store->run_kept;
}

// ---- opening

static BedeStatus migrate(Store *store, BedeError *err) {
  int64_t version; // asked again: another program may have been faster
  BedeStatus status = execute(store, "BEGIN IMMEDIATE", err);
  if (!status && !(status = number(store, "PRAGMA user_version", &version, err))) {
    for (int64_t v = version; !status && v < STORE_VERSION; v++)
      status = execute(store, migrations[v], err);
    char sql[120];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d; PRAGMA application_id = %d", STORE_VERSION,
             APPLICATION);
    if (!status && version < STORE_VERSION)
      status = execute(store, sql, err);
    if (!status)
      status = execute(store, "COMMIT", err);
  }
  if (status)
    roll_back(store);
  return status;
}

// Is it ours, and not newer than we are? *fresh: there is nothing in it.
static BedeStatus recognise(Store *store, int64_t *version, bool *fresh, BedeError *err) {
  int64_t application, tables;
  BedeStatus status = number(store, "PRAGMA user_version", version, err);
  if (!status)
    status = number(store, "PRAGMA application_id", &application, err);
  if (!status)
    status = number(store, "SELECT count(*) FROM sqlite_schema", &tables, err);
  if (status)
    return status;
  *fresh = tables == 0 && *version == 0;
  if (!*fresh && application != APPLICATION)
    return fail(err, BEDE_STORE, "%s: is a database of another program", store->path);
  if (*version > STORE_VERSION)
    return fail(err, BEDE_STORE,
                "%s: was written by a newer Bede (store version %lld; this program knows %d)",
                store->path, (long long)*version, STORE_VERSION);
  if (*version < 0 || (!*fresh && *version == 0))
    return fail(err, BEDE_STORE, "%s: has no valid version", store->path);
  return BEDE_OK;
}

static BedeStatus connect(Store *store, int flags, const char *name, BedeError *err) {
  sqlite3_close(store->db);
  store->db = NULL;
  if (sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL))
    return store_fail(store, err);
  sqlite3_extended_result_codes(store->db, 1);
  sqlite3_busy_timeout(store->db, 30000);
  return BEDE_OK;
}

// A store in a folder that cannot be written has no place for the files that
// WAL needs. It is read as it is, which is right as nobody writes there.
static BedeStatus connect_frozen(Store *store, BedeError *err) {
  Out uri = {0};
  out_text(&uri, "file:");
  for (const char *c = store->path; *c; c++) {
    if (strchr("%?#", *c))
      out_print(&uri, "%%%02X", *c);
    else
      out_char(&uri, *c);
  }
  out_text(&uri, "?immutable=1");
  BedeStatus status = connect(store, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, uri.at, err);
  out_free(&uri);
  return status;
}

static BedeStatus open_reading(Store *store, BedeError *err) {
  int64_t version;
  bool fresh;
  if (access(store->path, R_OK))
    return errno == ENOENT
               ? fail(err, BEDE_STORE, "%s: there is no such store; `bede code` makes one",
                      store->path)
               : fail(err, BEDE_STORE, "%s: cannot be opened: %s", store->path, strerror(errno));
  BedeStatus status = connect(store, SQLITE_OPEN_READONLY, store->path, err);
  if (!status)
    status = recognise(store, &version, &fresh, err);
  int code = store->db ? sqlite3_errcode(store->db) & 0xff : 0;
  if (status && (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) &&
      !(status = connect_frozen(store, err)))
    status = recognise(store, &version, &fresh, err);
  if (!status && fresh)
    status = fail(err, BEDE_STORE, "%s: is empty; `bede code` fills it", store->path);
  if (!status && version < STORE_VERSION)
    status = fail(err, BEDE_STORE,
                  "%s: is of an older store version (%lld); `bede code` brings it up to date",
                  store->path, (long long)version);
  return status;
}

// May a file be made in the folder that the path names?
static bool may_make(const char *path) {
  Arena arena = {0};
  char *folder = arena_copy(&arena, str_of(path)), *slash = strrchr(folder, '/');
  if (slash)
    slash[slash == folder] = 0;
  const char *name = slash ? folder : ".";
  bool may = access(name, F_OK) || !access(name, W_OK); // no folder is another matter
  arena_free(&arena);
  return may;
}

static BedeStatus open_writing(Store *store, BedeError *err) {
  int64_t version;
  bool fresh;
  BedeStatus status =
      connect(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, store->path, err);
  if (status && access(store->path, F_OK) && !may_make(store->path))
    return fail(err, BEDE_STORE, "%s: cannot be made: no right to write in its folder", store->path);
  if (!status)
    status = recognise(store, &version, &fresh, err);
  if (!status && sqlite3_db_readonly(store->db, "main") == 1)
    status = fail(err, BEDE_STORE, "%s: cannot be written: no right to change it", store->path);
  if (!status)
    status = execute(store, "PRAGMA journal_mode = WAL", err);
  if (!status)
    status = execute(store, "PRAGMA synchronous = NORMAL", err);
  // A batch touches pages all over a large store: they stay in memory, and go
  // from the log to their places less often.
  if (!status)
    status = execute(store, "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000", err);
  if (!status && version < STORE_VERSION)
    status = migrate(store, err);
  return status;
}

BedeStatus store_open(const char *path, StoreMode mode, Store **out, BedeError *err) {
  Store *store = calloc(1, sizeof *store);
  if (!store)
    out_of_memory();
  store->path = arena_copy(&store->arena, str_of(path));
  BedeStatus status =
      mode == STORE_READ ? open_reading(store, err) : open_writing(store, err);
  if (status) {
    store_close(store);
    store = NULL;
  } else {
    store_add_functions(store);
  }
  *out = store;
  return status;
}

BedeStatus store_open_temporary(Store **out, BedeError *err) {
  Store *store = calloc(1, sizeof *store);
  if (!store)
    out_of_memory();
  store->path = arena_copy(&store->arena, STR("temporary file"));
  BedeStatus status = connect(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "", err);
  if (!status)
    status = execute(store, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
                            "PRAGMA cache_size = -32768; BEGIN", err);
  for (int v = 0; !status && v < STORE_VERSION; v++)
    status = execute(store, migrations[v], err);
  if (status) {
    store_close(store);
    store = NULL;
  }
  *out = store;
  return status;
}

void store_close(Store *store) {
  if (!store)
    return;
  for (int i = 0; i < STATEMENTS; i++)
    sqlite3_finalize(store->statements[i].statement);
  if (store->db)
    roll_back(store);
  sqlite3_close(store->db);
  arena_free(&store->arena);
  free(store);
}

// ---- runs

static Str now(char out[24]) {
  time_t seconds = time(NULL);
  struct tm utc;
  gmtime_r(&seconds, &utc);
  strftime(out, 24, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return str_of(out);
}

BedeStatus store_begin(Store *store, const StoreRun *run, BedeError *err) {
  Arena *arena = &store->arena;
  store->run_said = (StoreRun){arena_copy(arena, str_of(run->program)),
                               arena_copy(arena, str_of(run->data)),
                               arena_copy(arena, str_of(run->options)), run->model};
  store->run = store->run_kept = 0;
  store->network = run->model ? network_version(&run->model->network) : 0;
  sqlite3_stmt *s;
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT key FROM runs WHERE program = ? AND data = ? AND "
                            "finished IS NULL ORDER BY key DESC LIMIT 1",
                            T(str_of(run->program)), T(str_of(run->data)));
  while (!status && store_row(store, s, &status, err))
    store->run = store->run_kept = sqlite3_column_int64(s, 0);
  return status;
}

static BedeStatus need_run(Store *store, BedeError *err) {
  if (store->run)
    return BEDE_OK;
  char time[24];
  const StoreRun *said = &store->run_said;
  BedeStatus status =
      RUN(store, err, "INSERT INTO runs (program, data, options, begun) VALUES (?, ?, ?, ?)",
          T(str_of(said->program)), T(str_of(said->data)),
          // options may be empty, but not NULL
          ((Value){.kind = 't', .t = str_of(said->options)}), T(now(time)));
  if (!status)
    store->run = sqlite3_last_insert_rowid(store->db);
  return status;
}

BedeStatus store_commit(Store *store, BedeError *err) {
  if (sqlite3_get_autocommit(store->db))
    return BEDE_OK;
  store->batch = store->places = 0;
  BedeStatus status = execute(store, "COMMIT", err);
  if (status)
    roll_back(store);
  else
    store->run_kept = store->run;
  return status;
}

BedeStatus store_finish(Store *store, BedeError *err) {
  char time[24];
  BedeStatus status = BEDE_OK;
  if (sqlite3_get_autocommit(store->db))
    status = execute(store, "BEGIN IMMEDIATE", err);
  if (!status)
    status = story_find(store, err);
  if (!status && store->run)
    status = RUN(store, err, "UPDATE runs SET finished = ? WHERE key = ?", T(now(time)),
                 I(store->run));
  if (status) {
    roll_back(store);
    return status;
  }
  return store_commit(store, err);
}

// ---- documents

void store_hash(const BedeDoc *doc, char out[17]) {
  const Frame *f = &doc->frame;
  const Str parts[] = {f->url,    f->title,    f->published,      f->date,
                       f->agency, f->source,   f->dateline_place, f->dateline_country,
                       f->dateline_date, doc->text};
  uint64_t hash = 0;
  for (size_t i = 0; i < COUNT(parts); i++)
    hash = hash_bytes(parts[i].at, parts[i].len, hash + parts[i].len);
  hash_hex(hash, out);
}

static Value day_value(Day day, char digits[11]) {
  day_print(day, digits);
  return T(str_of(digits));
}

static Value index_value(uint32_t index) { return index == NONE ? NIL : I(index); }

static Str lines(Arena *arena, const Str *items, uint32_t count) {
  Str joined = {0};
  for (uint32_t i = 0; i < count; i++)
    joined = i ? arena_print(arena, "%.*s\n%.*s", STR_ARG(joined), STR_ARG(items[i])) : items[i];
  return joined;
}

BedeStatus document_retire(Store *store, int64_t document, BedeError *err) {
  BedeStatus status = story_drop(store, document, err);
  if (!status)
    status = sides_drop(store, document, err);
  if (!status)
    status = RUN(store, err, "DELETE FROM parses WHERE document = ?", I(document));
  return status ? status : RUN(store, err, "UPDATE documents SET current = 0 WHERE key = ?", I(document));
}

static BedeStatus put_document(Store *store, const BedeDoc *doc, const char *hash,
                               int64_t version, int64_t *key, BedeError *err) {
  const Frame *f = &doc->frame;
  char day[11];
  Arena scratch = {0};
  int64_t before = 0;
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s, "SELECT key FROM documents WHERE id = ? AND current", T(f->id));
  while (!status && store_row(store, s, &status, err))
    before = sqlite3_column_int64(s, 0);
  if (!status && before)
    status = document_retire(store, before, err);
  if (!status)
    status = RUN(store, err,
                 "INSERT INTO documents (id, version, current, hash, run, path, url, title, "
                 "published, date, date_basis, agency, source, language, authors, editors, "
                 "dateline_place, dateline_country, dateline_date, dateline_begin, "
                 "dateline_end, text) "
                 "VALUES (?,?,1,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                 T(f->id), I(version), T(str_of(hash)), I(store->run), T(f->path), T(f->url),
                 T(f->title), T(f->published), day_value(doc->day, day),
                 T(str_of(basis_names[doc->day_basis])), T(f->agency), T(f->source),
                 T(f->language), T(lines(&scratch, f->authors.items, f->authors.count)),
                 T(lines(&scratch, f->editors.items, f->editors.count)), T(f->dateline_place),
                 T(f->dateline_country), T(f->dateline_date), I(f->dateline.begin),
                 I(f->dateline.end), ((Value){.kind = 't', .t = doc->text}));
  arena_free(&scratch);
  *key = sqlite3_last_insert_rowid(store->db);
  return status;
}

static BedeStatus put_mentions(Store *store, const BedeDoc *doc, int64_t key, BedeError *err) {
  BedeStatus status = BEDE_OK;
  char first[11], last[11];
#define STRING(text) T(str_of(doc_string(doc, text)))
  for (uint32_t i = 0; !status && i < doc->sentences.count; i++) {
    const Sentence *s = &doc->sentences.items[i];
    status = RUN(store, err, "INSERT INTO sentences VALUES (?,?,?,?,?)", I(key), I(i),
                 I(s->span.begin), I(s->span.end), I(s->paragraph));
  }
  for (uint32_t i = 0; !status && i < doc->actors.count; i++) {
    const Actor *a = &doc->actors.items[i];
    status = RUN(store, err, "INSERT INTO actors VALUES (?,?,?,?,?,?,?,?,?,?)", I(key), I(i),
                 I(a->span.begin), I(a->span.end), T(str_of(a->code)), T(str_of(a->sector)),
                 STRING(a->name), STRING(a->role),
                 T(str_of(actor_kinds[a->kind < COUNT(actor_kinds) ? a->kind : 0])),
                 I(a->is_place));
  }
  for (uint32_t i = 0; !status && i < doc->times.count; i++) {
    const Time *t = &doc->times.items[i];
    status = RUN(store, err, "INSERT INTO times VALUES (?,?,?,?,?,?,?,?)", I(key), I(i),
                 I(t->span.begin), I(t->span.end), T(str_of(time_types[t->type])),
                 STRING(t->value), day_value(t->begin, first), day_value(t->end, last));
  }
  for (uint32_t i = 0; !status && i < doc->places.count; i++) {
    const Place *p = &doc->places.items[i];
    status = RUN(store, err, "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?)", I(key), I(i),
                 I(p->span.begin), I(p->span.end), STRING(p->name), T(str_of(p->country)),
                 p->located ? R(p->lat) : NIL, p->located ? R(p->lon) : NIL,
                 p->geonames ? I(p->geonames) : NIL);
  }
  for (uint32_t i = 0; !status && i < doc->figures.count; i++) {
    const Figure *f = &doc->figures.items[i];
    char change[2] = {f->change ? f->change : '=', 0};
    status = RUN(store, err, "INSERT INTO figures VALUES (?,?,?,?,?,?,?,?,?)", I(key), I(i),
                 I(f->span.begin), I(f->span.end), R(f->value),
                 f->has_value2 ? R(f->value2) : NIL,
                 T(str_of(*change == 'u' ? "up" : *change == 'd' ? "down" : change)),
                 STRING(f->unit), STRING(f->of));
  }
  for (uint32_t i = 0; !status && i < doc->speeches.count; i++) {
    const Speech *s = &doc->speeches.items[i];
    bool speaker = s->speaker.end > 0, cue = s->cue.end > 0;
    status = RUN(store, err, "INSERT INTO speeches VALUES (?,?,?,?,?,?,?,?,?,?)", I(key), I(i),
                 I(s->span.begin), I(s->span.end), speaker ? I(s->speaker.begin) : NIL,
                 speaker ? I(s->speaker.end) : NIL, cue ? I(s->cue.begin) : NIL,
                 cue ? I(s->cue.end) : NIL, T(str_of(speech_kinds[s->kind])),
                 index_value(s->actor));
  }
  return status;
}

static BedeStatus put_uses(Store *store, const BedeDoc *doc, const Event *e, int64_t event,
                           BedeError *err) {
  BedeStatus status = BEDE_OK;
  char first[11], last[11];
#define X(begin, length, role)                                                 \
  for (uint32_t i = 0; !status && i < e->length; i++)                          \
    status = RUN(store, err, "INSERT INTO event_uses VALUES (?,?,?,?)",        \
                 I(event), T(STR(role)), I(i), I(doc->members.items[e->begin + i]));
  ROLE_MAP(X)
#undef X
  for (uint32_t i = 0; !status && i < e->derived_count; i++) {
    const Derived *d = &doc->derived.items[e->derived + i];
    status = RUN(store, err, "INSERT INTO derived VALUES (?,?,?,?,?,?,?)", I(event), I(i),
                 STRING(d->statement), STRING(d->code), day_value(d->begin, first),
                 day_value(d->end, last), STRING(d->reason));
  }
  for (uint32_t i = 0; !status && i < e->trace_count; i++)
    status = RUN(store, err, "INSERT INTO traces VALUES (?,?,?)", I(event), I(i),
                 STRING(doc->members.items[e->trace + i]));
  return status;
}

static BedeStatus put_event(Store *store, const BedeDoc *doc, uint32_t index, int64_t key,
                            bool current, BedeError *err) {
  const Event *e = &doc->events.items[index];
  char id[17], days[4][11];
  hash_hex(e->id, id);
  bool speaker = e->speaker_span.end > 0;
  BedeStatus status = RUN(
      store, err,
      "INSERT INTO events (document, number, id, sentence, type, status, quad, mode, contexts, "
      "cameo, goldstein, confidence, rule, mutual, by_order, count, trigger_begin, trigger_end, "
      "source, target, speaker, speaker_begin, speaker_end, speech, \"begin\", \"end\", basis, "
      "inferred, pledge, due_begin, due_end, due_inferred) "
      "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      I(key), I(index), T(str_of(id)), I(e->sentence), T(str_of(event_types[e->type])),
      T(str_of(status_names[e->status])), T(str_of(quad_names[event_quads[e->type]])),
      STRING(e->mode), STRING(e->context), STRING(e->cameo), R((double)e->goldstein),
      R((double)e->confidence), STRING(e->rule), I(e->mutual), I(e->by_order), I(e->count),
      I(e->trigger_span.begin), I(e->trigger_span.end), index_value(e->source),
      index_value(e->target), index_value(e->speaker), speaker ? I(e->speaker_span.begin) : NIL,
      speaker ? I(e->speaker_span.end) : NIL, index_value(e->speech),
      day_value(e->begin, days[0]), day_value(e->end, days[1]), T(str_of(basis_names[e->basis])),
      I(e->inferred), STRING(e->pledge), day_value(e->due_begin, days[2]),
      day_value(e->due_end, days[3]), I(e->due_inferred));
  int64_t event = sqlite3_last_insert_rowid(store->db);
  if (!status)
    status = put_uses(store, doc, e, event, err);
  char story[17];
  if (!status && current)
    status = story_put_event(store, doc, index, event, story, err);
  if (!status && current)
    status = sides_put(store, doc, index, event, story, err);
  return status;
#undef STRING
}

BedeStatus document_clear(Store *store, int64_t key, BedeError *err) {
  static const char *const deletes[] = {
      "DELETE FROM event_uses WHERE event IN (SELECT key FROM events WHERE document = ?)",
      "DELETE FROM derived WHERE event IN (SELECT key FROM events WHERE document = ?)",
      "DELETE FROM traces WHERE event IN (SELECT key FROM events WHERE document = ?)",
      "DELETE FROM events WHERE document = ?",    "DELETE FROM speeches WHERE document = ?",
      "DELETE FROM figures WHERE document = ?",   "DELETE FROM places WHERE document = ?",
      "DELETE FROM times WHERE document = ?",     "DELETE FROM actors WHERE document = ?",
      "DELETE FROM sentences WHERE document = ?", "DELETE FROM parses WHERE document = ?",
  };
  BedeStatus status = story_drop(store, key, err);
  if (!status)
    status = sides_drop(store, key, err);
  for (size_t i = 0; !status && i < COUNT(deletes); i++)
    status = RUN(store, err, deletes[i], I(key));
  return status;
}

typedef struct Stored Stored; // what the store has of a document
struct Stored {
  int64_t key, newest; // 0: this text, or any text, is not there
  bool current;        // this text is the newest
  bool same_run;       // coded by this program with this data
};

static BedeStatus look_up(Store *store, const BedeDoc *doc, const char *hash, Stored *out,
                          BedeError *err) {
  *out = (Stored){0};
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT d.key, d.version, d.hash = ?2, r.program = ?3 AND r.data = ?4, "
            "d.current "
            "FROM documents d JOIN runs r ON r.key = d.run WHERE d.id = ?1",
            T(doc->frame.id), T(str_of(hash)), T(str_of(store->run_said.program)),
            T(str_of(store->run_said.data)));
  while (!status && store_row(store, s, &status, err)) {
    out->newest = MAX(out->newest, sqlite3_column_int64(s, 1));
    if (sqlite3_column_int(s, 2)) {
      out->key = sqlite3_column_int64(s, 0);
      out->same_run = sqlite3_column_int(s, 3) == 1;
      out->current = sqlite3_column_int(s, 4) == 1;
    }
  }
  return status;
}

BedeStatus document_is_same(Store *store, const BedeDoc *doc, bool *out, BedeError *err) {
  char hash[17];
  Stored stored;
  store_hash(doc, hash);
  BedeStatus status = look_up(store, doc, hash, &stored, err);
  *out = stored.key && stored.same_run;
  return status;
}

// Writes the row and the layers of a document.
static BedeStatus put_all(Store *store, const BedeDoc *doc, const char *hash, const Stored *stored,
                        int64_t *key, BedeError *err) {
  BedeStatus status = need_run(store, err);
  if (status)
    return status;
  *key = stored->key;
  if (!*key)
    status = put_document(store, doc, hash, stored->newest + 1, key, err);
  else if (!(status = document_clear(store, *key, err)))
    status = RUN(store, err, "UPDATE documents SET run = ? WHERE key = ?", I(store->run), I(*key));
  if (!status)
    status = put_mentions(store, doc, *key, err);
  bool current = !stored->key || stored->current;
  for (uint32_t i = 0; !status && i < doc->events.count; i++)
    status = put_event(store, doc, i, *key, current, err);
  if (!status && current)
    status = story_put(store, doc, *key, err);
  if (!status && current)
    status = parsed_put(store, doc, *key, err);
  if (!status)
    status = RUN(store, err, "INSERT OR REPLACE INTO codings VALUES (?, ?, ?)", I(*key),
                 I(store->run), I(doc->events.count));
  return status;
}

// coded: false where it need not be, as it is a near-copy; *out says whether it is.
static BedeStatus put(Store *store, const BedeDoc *doc, bool coded, StorePut *out, BedeError *err) {
  char hash[17];
  Stored stored;
  Fingerprint fingerprint;
  Placing placing;
  int64_t key;
  store_hash(doc, hash);
  BedeStatus status = look_up(store, doc, hash, &stored, err);
  if (status)
    return status;
  *out = stored.key ? PUT_RECODED : stored.newest ? PUT_VERSION : PUT_NEW;
  if (stored.key && stored.same_run) {
    *out = PUT_SAME;
    return BEDE_OK;
  }
  if (stored.key && !stored.current) // an old version stays one
    return coded ? put_all(store, doc, hash, &stored, &key, err) : BEDE_OK;
  fingerprint_make(doc, &fingerprint);
  status = copies_place(store, doc, &fingerprint, &placing, err);
  if (stored.key && stored.key == placing.own)
    placing.near = true; // also where it has no fingerprint yet
  if (!status && (coded || placing.first)) {
    key = placing.first;
    status = copies_leave(store, doc, &placing, err);
    if (!status && !key)
      status = put_all(store, doc, hash, &stored, &key, err);
    if (!status)
      status = copies_join(store, doc, hash, &placing, key, err);
    if (placing.first)
      *out = PUT_COPY;
  }
  arena_free(&placing.arena);
  return status;
}

static BedeStatus put_in_batch(Store *store, const BedeDoc *doc, bool coded, StorePut *out,
                               BedeError *err) {
  BedeStatus status = BEDE_OK;
  if (sqlite3_get_autocommit(store->db))
    status = execute(store, "BEGIN IMMEDIATE", err);
  if (!status)
    status = put(store, doc, coded, out, err);
  if (!status && ++store->batch >= STORE_BATCH)
    status = store_commit(store, err);
  if (status)
    roll_back(store);
  return status;
}

BedeStatus store_put(Store *store, const BedeDoc *doc, StorePut *out, BedeError *err) {
  return put_in_batch(store, doc, true, out, err);
}

BedeStatus store_put_copy(Store *store, const BedeDoc *doc, StorePut *out, BedeError *err) {
  return put_in_batch(store, doc, false, out, err);
}

void store_merge_copies(Store *store) { store->merge = true; }

BedeStatus store_key(Store *store, const BedeDoc *doc, int64_t *out, BedeError *err) {
  char hash[17];
  sqlite3_stmt *s;
  *out = 0;
  store_hash(doc, hash);
  BedeStatus status = QUERY(store, err, &s, "SELECT key FROM documents WHERE id = ? AND hash = ?",
                            T(doc->frame.id), T(str_of(hash)));
  while (!status && store_row(store, s, &status, err))
    *out = sqlite3_column_int64(s, 0);
  return status;
}

// ---- how far files were read

static Str version_of(Store *store, char room[80]) {
  snprintf(room, 80, "%.40s %.30s", store->run_said.program, store->run_said.data);
  return str_of(room);
}

BedeStatus store_reached(Store *store, const ReaderPlace *place, BedeError *err) {
  char room[80];
  BedeStatus status = BEDE_OK;
  if (sqlite3_get_autocommit(store->db))
    status = execute(store, "BEGIN IMMEDIATE", err);
  if (!status)
    status = RUN(store, err, "INSERT OR REPLACE INTO inputs VALUES (?,?,?,?,?,?,?,?,?)",
                 T(str_of(place->path)), I(place->size), I(place->modified), T(version_of(store, room)),
                 I(place->at), I(place->line), I(place->member), I(place->member_at), I(place->done));
  if (!status && ++store->places >= 16 * STORE_BATCH) // where nothing is new
    status = store_commit(store, err);
  if (status)
    roll_back(store);
  return status;
}

BedeStatus store_place(Store *store, ReaderPlace *place, bool *known, BedeError *err) {
  char room[80];
  sqlite3_stmt *s;
  *known = false;
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT at, line, member, member_at, done FROM inputs WHERE path = ? AND "
                            "size = ? AND modified = ? AND version = ?",
                            T(str_of(place->path)), I(place->size), I(place->modified),
                            T(version_of(store, room)));
  while (!status && store_row(store, s, &status, err)) {
    place->at = (uint64_t)sqlite3_column_int64(s, 0);
    place->line = (uint64_t)sqlite3_column_int64(s, 1);
    place->member = (uint64_t)sqlite3_column_int64(s, 2);
    place->member_at = (uint64_t)sqlite3_column_int64(s, 3);
    place->done = sqlite3_column_int(s, 4) == 1;
    *known = true;
  }
  return status;
}

// ---- what need not be coded

struct StoreKnown {
  Arena arena;
  Array(uint64_t) keys; // sorted
};

static uint64_t known_key(Str id, Str hash) {
  return hash_bytes(id.at, id.len, hash_str(hash));
}

static int by_number(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

BedeStatus store_known(Store *store, StoreKnown **out, BedeError *err) {
  StoreKnown *known = calloc(1, sizeof *known);
  if (!known)
    out_of_memory();
  sqlite3_stmt *s;
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT d.id, d.hash FROM documents d JOIN runs r ON r.key = d.run "
                            "WHERE r.program = ? AND r.data = ?",
                            T(str_of(store->run_said.program)), T(str_of(store->run_said.data)));
  while (!status && store_row(store, s, &status, err))
    array_push(&known->arena, &known->keys, known_key(row_text(s, 0), row_text(s, 1)));
  if (!status && store->merge)
    status = QUERY(store, err, &s, "SELECT id, hash FROM copies");
  while (!status && store->merge && store_row(store, s, &status, err))
    array_push(&known->arena, &known->keys, known_key(row_text(s, 0), row_text(s, 1)));
  if (status) {
    store_known_free(known);
    known = NULL;
  } else if (known->keys.count) {
    qsort(known->keys.items, known->keys.count, sizeof *known->keys.items, by_number);
  }
  *out = known;
  return status;
}

bool store_is_known(const StoreKnown *known, const BedeDoc *doc) {
  char hash[17];
  if (!known->keys.count)
    return false;
  store_hash(doc, hash);
  uint64_t key = known_key(doc->frame.id, str_of(hash));
  return bsearch(&key, known->keys.items, known->keys.count, sizeof key, by_number) != NULL;
}

void store_known_free(StoreKnown *known) {
  if (known)
    arena_free(&known->arena);
  free(known);
}

// ---- counts and runs

BedeStatus store_copies(Store *store, int64_t *out, BedeError *err) {
  return number(store, "SELECT count(*) FROM copies", out, err);
}

BedeStatus store_counts(Store *store, StoreCounts *out, BedeError *err) {
  *out = (StoreCounts){0};
  BedeStatus status = number(store, "SELECT count(*) FROM documents WHERE current",
                             &out->documents, err);
  if (!status)
    status = number(store,
                    "SELECT count(*) FROM events e JOIN documents d ON d.key = e.document "
                    "WHERE d.current",
                    &out->events, err);
  if (!status)
    status = store_copies(store, &out->copies, err);
  return status ? status : number(store, "SELECT count(*) FROM runs", &out->runs, err);
}

BedeStatus store_run_of(Store *store, int64_t document, Arena *arena, StoreRun *out,
                        BedeError *err) {
  sqlite3_stmt *s;
  *out = (StoreRun){"", "", "", NULL};
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT r.program, r.data, r.options FROM documents d "
                            "JOIN runs r ON r.key = d.run WHERE d.key = ?",
                            I(document));
  while (!status && store_row(store, s, &status, err))
    *out = (StoreRun){arena_copy(arena, row_text(s, 0)), arena_copy(arena, row_text(s, 1)),
                      arena_copy(arena, row_text(s, 2)), NULL};
  return status;
}
