// query.c - finding events in a store, and loading documents with their layers.
// SPDX-License-Identifier: Apache-2.0
#include "store/internal.h"
#include "store/query.h"
#include <stdio.h>
#include <stdlib.h>

// ---- functions for SQL

static bool is_word_byte(char c) {
  return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z');
}

// Does a word of the text begin so? Case is ignored for ASCII.
static bool has_word(Str text, Str word) {
  for (size_t i = 0; i + word.len <= text.len; i++)
    if ((i == 0 || !is_word_byte(text.at[i - 1])) &&
        str_equal_fold((Str){text.at + i, word.len}, word))
      return true;
  return false;
}

// words_in(text, begin, end, words): each of the words begins a word in there.
static void words_in(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  Str text = {(const char *)sqlite3_value_text(values[0]), (size_t)sqlite3_value_bytes(values[0])};
  size_t begin = (size_t)sqlite3_value_int64(values[1]);
  size_t end = (size_t)sqlite3_value_int64(values[2]);
  Str rest = str_of((const char *)sqlite3_value_text(values[3]));
  if (!text.at || begin > end || end > text.len) {
    sqlite3_result_int(context, 0);
    return;
  }
  bool all = true;
  while (all && rest.len) {
    Str word = str_cut(&rest, ' ');
    all = !word.len || has_word((Str){text.at + begin, end - begin}, word);
  }
  sqlite3_result_int(context, all);
}

// draw(seed, id): a number that only these two decide.
static void draw(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  Str id = {(const char *)sqlite3_value_text(values[1]), (size_t)sqlite3_value_bytes(values[1])};
  uint64_t seed = (uint64_t)sqlite3_value_int64(values[0]);
  uint64_t hash = hash_bytes(&seed, sizeof seed, 0);
  sqlite3_result_int64(context, (int64_t)(hash_bytes(id.at, id.len, hash) >> 1));
}

void store_add_functions(Store *store) {
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
  sqlite3_create_function(store->db, "words_in", 4, flags, NULL, words_in, NULL, NULL);
  sqlite3_create_function(store->db, "draw", 2, flags, NULL, draw, NULL, NULL);
}

// ---- finding

void sql_ask(Sql *sql, const char *condition, Value value) {
  sql->values[sql->count++] = value;
  out_text(&sql->text, condition);
}

static bool is_code(const char *spec) {
  for (const char *c = spec; *c; c++)
    if (!((*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '.'))
      return false;
  return true;
}

// The actor a is whom the spec means: ?N code, ?N+1 sector or NULL, or ?N a
// piece of a name.
static void actor_is(Sql *sql, const char *a, const char *spec, Arena *arena) {
  if (!is_code(spec)) {
    Str like = arena_print(arena, "%%%s%%", spec);
    out_print(&sql->text, "(%s.name LIKE ?%zu)", a, sql->count + 1);
    sql_ask(sql, "", T(like));
    return;
  }
  Str sector = str_of(spec), code = str_cut(&sector, '.');
  out_print(&sql->text, "(%s.code = ?%zu AND (?%zu IS NULL OR %s.sector = ?%zu))", a,
            sql->count + 1, sql->count + 2, a, sql->count + 2);
  sql_ask(sql, "", T(code));
  sql_ask(sql, "", T(sector));
}

// One of those on a side of the event: alone, among others, or, where source
// and target stand on one footing, on the other side.
static void side_is(Sql *sql, bool source, const char *spec, Arena *arena) {
  out_text(&sql->text, "(");
  actor_is(sql, source ? "s" : "t", spec, arena);
  out_text(&sql->text, " OR (e.mutual AND ");
  actor_is(sql, source ? "t" : "s", spec, arena);
  out_print(&sql->text,
            ") OR EXISTS (SELECT 1 FROM event_uses u JOIN actors x ON x.document = e.document "
            "AND x.number = u.number WHERE u.event = e.key AND (u.role = '%s' OR "
            "(e.mutual AND u.role = '%s')) AND ",
            source ? "with" : "target with", source ? "target with" : "with");
  actor_is(sql, "x", spec, arena);
  out_text(&sql->text, "))");
}

static void between(Sql *sql, const char *a, const char *b, Arena *arena) {
  out_text(&sql->text, " AND (");
  for (int way = 0; way < 2; way++) {
    out_text(&sql->text, way ? " OR (" : "(");
    if (!b) {
      side_is(sql, way == 0, a, arena);
    } else {
      side_is(sql, true, way == 0 ? a : b, arena);
      out_text(&sql->text, " AND ");
      side_is(sql, false, way == 0 ? b : a, arena);
    }
    out_text(&sql->text, ")");
  }
  out_text(&sql->text, ")");
}

// ---- few events first
//
// The table sides finds events of an actor at once; what it says of the way is
// all there is to ask, unless a sector is wanted.

// The rows of sides that are whom the spec means.
void query_side(Sql *sql, const char *spec, Arena *arena) {
  if (is_code(spec)) {
    Str rest = str_of(spec);
    sql_ask(sql, "a = ?", T(str_cut(&rest, '.')));
    if (rest.len)
      sql_ask(sql, " AND sector = ?", T(rest));
  } else {
    sql_ask(sql, "name IN (SELECT name FROM side_names WHERE name LIKE ?)",
            T(arena_print(arena, "%%%s%%", spec)));
  }
}

// What else sides know of an event is asked there too, so that few are left.
static void sides_where(Sql *sql, const StoreQuery *q, const char *spec, const char *other,
                        const char *ways, Arena *arena) {
  query_side(sql, spec, arena);
  if (other && is_code(spec) && is_code(other)) {
    Str rest = str_of(other);
    sql_ask(sql, " AND b = ?", T(str_cut(&rest, '.')));
  }
  out_print(&sql->text, " AND way IN (%s)", ways);
  if (q->type)
    sql_ask(sql, " AND type = ?", T(str_of(q->type)));
  if (q->status)
    sql_ask(sql, " AND status = ?", T(str_of(q->status)));
  if (q->until)
    sql_ask(sql, " AND day <= ? || '~'", T(str_of(q->until)));
}

static void has_side(Sql *sql, const StoreQuery *q, const char *spec, const char *other,
                     const char *ways, Arena *arena) {
  out_text(&sql->text, " AND e.key IN (SELECT event FROM sides WHERE ");
  sides_where(sql, q, spec, other, ways, arena);
  out_char(&sql->text, ')');
}

// The words as a question to FTS5: each in quotation marks, so that nothing in
// it is taken for an operator, and each may go on.
static Str words_question(const char *words, Arena *arena) {
  Out out = {0};
  Str rest = str_of(words);
  while (rest.len) {
    Str word = str_cut(&rest, ' ');
    if (!word.len)
      continue;
    out_text(&out, out.len ? " \"" : "\"");
    for (size_t i = 0; i < word.len; i++)
      out_char(&out, word.at[i] == '"' ? ' ' : word.at[i]);
    out_text(&out, "\"*");
  }
  Str question = arena_str(arena, (Str){out.at, out.len});
  out_free(&out);
  return question;
}

static bool plain_code(const char *spec) {
  return !spec || (is_code(spec) && !strchr(spec, '.'));
}

// Of two sides that are more than codes, sides cannot tell that they face each
// other and do not stand side by side: the actors themselves are asked.
static bool must_ask(const char *a, const char *b) {
  return a && b && !(plain_code(a) && plain_code(b));
}
static bool needs_actors(const StoreQuery *q) {
  return must_ask(q->source, q->target) || must_ask(q->either, q->other);
}

// Full text knows words of letters and digits as we do; other signs in them
// it takes for gaps, so the sentence itself is asked.
static bool plain_words(const char *words) {
  for (const char *c = words; *c; c++)
    if (*c != ' ' && (!is_word_byte(*c) || (unsigned char)*c >= 0x80))
      return false;
  return true;
}

void query_words(Sql *sql, const char *words, Arena *arena) {
  // "+" keeps SQLite from going through all that have the words first
  out_text(&sql->text, sql->walk ? " AND +e.key" : " AND e.key");
  sql_ask(sql, " IN (SELECT rowid FROM event_words WHERE event_words MATCH ?)",
          T(words_question(words, arena)));
  if (!plain_words(words))
    sql_ask(sql, " AND words_in((SELECT text FROM documents WHERE key = e.document), "
                 "(SELECT \"begin\" FROM sentences WHERE document = e.document AND number = e.sentence), "
                 "(SELECT \"end\" FROM sentences WHERE document = e.document AND number = e.sentence), ?)",
            T(str_of(words)));
}

// As a row of sides has it.
static Str place_side(const char *place, Arena *arena) {
  char side[80];
  return arena_str(arena, side_of_place(str_of(place), strlen(place) == 3 && is_code(place), side));
}

void query_place(Sql *sql, const char *place, Arena *arena) {
  sql_ask(sql, " AND e.key IN (SELECT event FROM sides WHERE a = ? AND way = 4)",
          T(place_side(place, arena)));
}

void query_story(Sql *sql, const char *story) {
  out_print(&sql->text, " AND e.key IN (SELECT event FROM event_stories WHERE story = "
                        "coalesce((SELECT story FROM story_aliases WHERE alias = ?%zu), ?%zu))",
            sql->count + 1, sql->count + 1);
  sql_ask(sql, "", T(str_of(story)));
}

// What events e must be, as conditions that begin with AND.
void query_conditions(Sql *sql, const StoreQuery *q, Arena *arena) {
  const char *pair = q->either ? q->other : NULL;
  if (q->id)
    sql_ask(sql, " AND e.id = ?", T(str_of(q->id)));
  if (q->either)
    has_side(sql, q, q->either, pair, "0, 1, 2", arena);
  if (pair && !(plain_code(q->either) && plain_code(pair)))
    has_side(sql, q, pair, q->either, "0, 1, 2", arena);
  if (q->source)
    has_side(sql, q, q->source, q->target, "0, 1", arena);
  if (q->target)
    has_side(sql, q, q->target, q->source, "0, 2", arena);
  if (q->speaker)
    has_side(sql, q, q->speaker, NULL, "3", arena);
  if (q->story)
    query_story(sql, q->story);
  if (q->type)
    sql_ask(sql, " AND e.type = ?", T(str_of(q->type)));
  if (q->status)
    sql_ask(sql, " AND e.status = ?", T(str_of(q->status)));
  // Days are compared as text. '~' comes after digits and '-', so a year ends
  // after all its days: 2023 is over before 2024-03, and not before 2023-05.
  if (q->from)
    sql_ask(sql, " AND e.day <> '~' AND coalesce(e.\"end\", e.day) || '~' >= ?", T(str_of(q->from)));
  if (q->until)
    sql_ask(sql, " AND e.day <= ? || '~'", T(str_of(q->until)));
  if (q->words)
    query_words(sql, q->words, arena);
  if (q->place)
    query_place(sql, q->place, arena);
  if (q->where) {
    out_text(&sql->text, " AND (");
    query_where(sql, q->where, arena, NULL); // store_where was asked before
    out_char(&sql->text, ')');
  }
  if (must_ask(q->source, q->target)) {
    out_text(&sql->text, " AND ");
    side_is(sql, true, q->source, arena);
    out_text(&sql->text, " AND ");
    side_is(sql, false, q->target, arena);
  }
  if (must_ask(q->either, q->other))
    between(sql, q->either, q->other, arena);
}

// ---- the rows of one side, by day
//
// Where one side is asked for, its rows come from an index in the order of
// their days, and a list of the first hundred ends after a hundred.

bool query_drive(Sql *sql, const StoreQuery *q, Arena *arena, StoreQuery *rest) {
  *rest = *q;
  if (q->id || q->story || q->words || needs_actors(q))
    return false;
  const char *spec, *other = NULL, *ways;
  if (q->either && is_code(q->either)) {
    spec = q->either, other = q->other, ways = "0, 1, 2";
    rest->either = rest->other = NULL;
  } else if (q->source && is_code(q->source)) {
    spec = q->source, other = q->target, ways = "0, 1";
    rest->source = NULL;
    rest->target = NULL;
  } else if (q->target && is_code(q->target)) {
    spec = q->target, other = q->source, ways = "0, 2";
    rest->target = NULL;
  } else if (q->speaker && is_code(q->speaker)) {
    spec = q->speaker, ways = "3";
    rest->speaker = NULL;
  } else if (q->place) {
    spec = NULL, ways = "4";
    rest->place = NULL;
  } else {
    return false;
  }
  rest->type = rest->status = rest->from = rest->until = NULL;
  if (spec) {
    Str sector = str_of(spec);
    sql_ask(sql, "x.a = ?", T(str_cut(&sector, '.')));
    if (sector.len)
      sql_ask(sql, " AND x.sector = ?", T(sector));
  } else {
    sql_ask(sql, "x.a = ?", T(place_side(q->place, arena)));
  }
  if (other) // plain codes both, or the actors would be asked
    sql_ask(sql, " AND x.b = ?", T(str_of(other)));
  out_print(&sql->text, " AND x.way IN (%s)", ways);
  if (q->type)
    sql_ask(sql, " AND x.type = ?", T(str_of(q->type)));
  if (q->status)
    sql_ask(sql, " AND x.status = ?", T(str_of(q->status)));
  if (q->from)
    sql_ask(sql, " AND x.day <> '~' AND coalesce(x.last, x.day) || '~' >= ?", T(str_of(q->from)));
  if (q->until)
    sql_ask(sql, " AND x.day <= ? || '~'", T(str_of(q->until)));
  return true;
}

bool query_is_empty(const StoreQuery *q) {
  return !q->id && !q->source && !q->target && !q->either && !q->type && !q->status && !q->from &&
         !q->until && !q->words && !q->speaker && !q->place && !q->story && !q->where && !q->once;
}

void query_from(Sql *sql, const StoreQuery *q) {
  out_text(&sql->text, "events e ");
  if (needs_actors(q))
    out_text(&sql->text,
             "LEFT JOIN actors s ON s.document = e.document AND s.number = e.source "
             "LEFT JOIN actors t ON t.document = e.document AND t.number = e.target ");
}

static void write_strongest(Sql *sql, const StoreQuery *q, Arena *arena) {
  out_text(&sql->text, "SELECT key, document, number, day FROM (SELECT e.key, e.document, e.number, e.day, "
                       "max(abs(e.goldstein) * e.confidence) AS strength, count(*) AS reports, "
                       "min(e.id) AS least FROM ");
  query_from(sql, q);
  out_text(&sql->text, "LEFT JOIN event_stories k ON k.event = e.key WHERE e.day IS NOT NULL");
  query_conditions(sql, q, arena);
  out_print(&sql->text,
            " GROUP BY coalesce(k.story, e.id) "
            "ORDER BY strength * (1 + 0.2 * min(reports, 10)) DESC, least LIMIT %u) e "
            "ORDER BY day, (SELECT date FROM documents WHERE key = e.document), "
            "(SELECT id FROM documents WHERE key = e.document), e.number",
            q->strongest);
}

static void write_once(Sql *sql) {
  out_text(&sql->text,
           " AND e.key = (SELECT f.key FROM event_stories x JOIN event_stories y "
           "ON y.story = x.story JOIN events f ON f.key = y.event WHERE x.event = e.key "
           "ORDER BY f.day, f.id LIMIT 1)");
}

// key, document, number and day of events, by day; of a side's rows, one event
// may come several times in turn.
static void write_query(Sql *sql, const StoreQuery *q, Arena *arena) {
  StoreQuery rest = *q;
  Sql drive = {0};
  bool driven = !q->draw && query_drive(&drive, q, arena, &rest);
  if (driven) {
    out_text(&sql->text, "SELECT e.key, e.document, e.number, x.day FROM sides x "
                         "CROSS JOIN events e ON e.key = x.event WHERE ");
    out_str(&sql->text, (Str){drive.text.at, drive.text.len});
    memcpy(sql->values, drive.values, drive.count * sizeof *drive.values);
    sql->count = drive.count;
  } else {
    rest = *q;
    out_text(&sql->text, "SELECT e.key, e.document, e.number, e.day FROM ");
    query_from(sql, q);
    out_text(&sql->text, "WHERE e.day IS NOT NULL");
  }
  query_conditions(sql, &rest, arena);
  if (q->once)
    write_once(sql);
  if (q->draw)
    sql_ask(sql, " ORDER BY draw(?, e.id), e.document, e.number", I(q->seed));
  else
    out_text(&sql->text, driven ? " ORDER BY x.day, x.event" : " ORDER BY e.day, e.key");
  if (q->draw && q->limit)
    out_print(&sql->text, " LIMIT %u", q->limit);
  out_free(&drive.text);
}

BedeStatus sql_prepare(Store *store, const Sql *sql, sqlite3_stmt **out, BedeError *err) {
  if (sqlite3_prepare_v2(store->db, sql->text.at, -1, out, NULL))
    return store_fail(store, err);
  for (size_t i = 0; i < sql->count; i++) {
    const Value *v = &sql->values[i];
    if (v->kind == 'i')
      sqlite3_bind_int64(*out, (int)i + 1, v->i);
    else if (v->kind == 'r')
      sqlite3_bind_double(*out, (int)i + 1, v->r);
    else if (v->kind == 't')
      sqlite3_bind_text64(*out, (int)i + 1, v->t.at, v->t.len, SQLITE_STATIC, SQLITE_UTF8);
  }
  return BEDE_OK;
}

typedef struct Found Found; // an event, and what it is put in order by
struct Found {
  int64_t key, document;
  uint32_t number;
  char day[12];
  Str date, id; // of the document
};
typedef Array(Found) FoundList;

static int found_order(const void *a, const void *b) {
  const Found *x = a, *y = b;
  int order = strcmp(x->day, y->day);
  order = order ? order : str_compare(x->date, y->date);
  order = order ? order : str_compare(x->id, y->id);
  return order ? order : (x->number > y->number) - (x->number < y->number);
}

// What stands in one document follows each other seldom, but then often.
static BedeStatus put_in_order(Store *store, FoundList *list, Arena *arena, BedeError *err) {
  BedeStatus status = BEDE_OK;
  for (uint32_t i = 0; !status && i < list->count; i++) {
    Found *f = &list->items[i];
    if (i && f[-1].document == f->document) {
      f->date = f[-1].date, f->id = f[-1].id;
      continue;
    }
    sqlite3_stmt *s;
    status = QUERY(store, err, &s, "SELECT date, id FROM documents WHERE key = ?", I(f->document));
    while (!status && store_row(store, s, &status, err)) {
      f->date = arena_str(arena, row_text(s, 0));
      f->id = arena_str(arena, row_text(s, 1));
    }
  }
  if (!status && list->count)
    qsort(list->items, list->count, sizeof(Found), found_order);
  return status;
}

// Reads events in the order of their days until there are enough; of the last
// day all, as they are put in order afterwards.
static BedeStatus read_found(Store *store, sqlite3_stmt *s, uint32_t limit, Arena *arena,
                             FoundList *out, BedeError *err) {
  BedeStatus status = BEDE_OK;
  while (!status && store_row(store, s, &status, err)) {
    Found f = {.key = sqlite3_column_int64(s, 0), .document = sqlite3_column_int64(s, 1),
               .number = (uint32_t)sqlite3_column_int64(s, 2)};
    if (out->count && array_last(out)->key == f.key)
      continue;
    Str day = row_text(s, 3);
    memcpy(f.day, day.at, MIN(day.len, sizeof f.day - 1));
    if (limit && out->count >= limit && strcmp(f.day, array_last(out)->day))
      break;
    array_push(arena, out, f);
  }
  return status;
}

// Words that many events have: the first hundred by day come sooner by going
// through the days.
static BedeStatus are_frequent(Store *store, const StoreQuery *q, Arena *arena, bool *out,
                               BedeError *err) {
  enum { MANY = 3000 };
  sqlite3_stmt *s;
  *out = false;
  if (!q->words || !q->limit || q->draw || q->strongest)
    return BEDE_OK;
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT count(*) FROM (SELECT 1 FROM event_words WHERE event_words MATCH ? LIMIT ?)",
            T(words_question(q->words, arena)), I(MANY));
  while (!status && store_row(store, s, &status, err))
    *out = sqlite3_column_int64(s, 0) == MANY;
  return status;
}

BedeStatus store_find(Store *store, const StoreQuery *query, StoreHits *out, BedeError *err) {
  Sql sql = {0};
  Arena arena = {0};
  FoundList found = {0};
  sqlite3_stmt *s = NULL;
  *out = (StoreHits){0};
  if (query->where && store_where(query->where, err))
    return BEDE_USAGE;
  bool in_order = query->strongest || query->draw;
  BedeStatus status = are_frequent(store, query, &arena, &sql.walk, err);
  if (status) {
    arena_free(&arena);
    return status;
  }
  if (query->strongest)
    write_strongest(&sql, query, &arena);
  else
    write_query(&sql, query, &arena);
  status = sql_prepare(store, &sql, &s, err);
  if (!status)
    status = read_found(store, s, in_order ? 0 : query->limit, &arena, &found, err);
  sqlite3_finalize(s);
  if (!status && !in_order)
    status = put_in_order(store, &found, &arena, err);
  if (!status && query->limit)
    found.count = MIN(found.count, query->limit);
  out->items = malloc((found.count + 1) * sizeof *out->items);
  if (!out->items)
    out_of_memory();
  for (uint32_t i = 0; !status && i < found.count; i++)
    out->items[out->count++] = (StoreHit){found.items[i].document, found.items[i].number};
  out_free(&sql.text);
  arena_free(&arena);
  return status;
}

BedeStatus store_story(Store *store, uint64_t story, StoreStory *out, BedeError *err) {
  char id[17];
  sqlite3_stmt *s;
  *out = (StoreStory){0};
  hash_hex(story, id);
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT reports, documents, independent FROM stories WHERE story = ?",
                            T(str_of(id)));
  while (!status && store_row(store, s, &status, err))
    *out = (StoreStory){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1),
                        sqlite3_column_int64(s, 2)};
  return status;
}

// ---- loading
//
// The file may have been changed by another hand: every number is checked
// against what it points into before it is believed, and doc_check has the
// last word.

static uint32_t enum_of(Str word, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_equal(word, str_of(names[i])))
      return (uint32_t)i;
  return 0;
}
#define ENUM(column, names) (uint8_t)enum_of(row_text(s, column), names, COUNT(names))
#define NUMBER(column) (uint32_t)sqlite3_column_int64(s, column)
#define STRING(column) doc_text(doc, row_text(s, column))
#define COPY(column) arena_str(&doc->arena, row_text(s, column))
#define GIVEN(column) (sqlite3_column_type(s, column) != SQLITE_NULL)
#define INDEX(column) (GIVEN(column) ? NUMBER(column) : NONE)
#define SPAN(column) ((Span){NUMBER(column), NUMBER((column) + 1)})

static const char *const kinds[] = {
#define X(name, text) [ACTOR_##name] = text,
    ACTOR_KIND_MAP(X)
#undef X
};

static BedeStatus load_document(Store *store, BedeDoc *doc, int64_t key, BedeError *err) {
  sqlite3_stmt *s;
  bool found = false;
  Frame *f = &doc->frame;
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT id, path, url, title, published, date, date_basis, agency, "
                            "source, language, authors, editors, dateline_place, "
                            "dateline_country, dateline_date, dateline_begin, dateline_end, text "
                            "FROM documents WHERE key = ?",
                            I(key));
  while (!status && store_row(store, s, &status, err)) {
    found = true;
    f->id = COPY(0), f->path = COPY(1), f->url = COPY(2), f->title = COPY(3);
    f->published = COPY(4), f->date = COPY(5), f->agency = COPY(7), f->source = COPY(8);
    f->language = COPY(9);
    f->dateline_place = COPY(12), f->dateline_country = COPY(13), f->dateline_date = COPY(14);
    f->dateline = SPAN(15);
    doc->text = COPY(17);
    doc->day = row_day(s, 5);
    doc->day_basis = ENUM(6, basis_names);
    for (Str rest = COPY(10); rest.len;)
      array_push(&doc->arena, &f->authors, str_cut(&rest, '\n'));
    for (Str rest = COPY(11); rest.len;)
      array_push(&doc->arena, &f->editors, str_cut(&rest, '\n'));
  }
  return !status && !found ? fail(err, BEDE_STORE, "%s: has no document %lld", store->path,
                                  (long long)key)
                           : status;
}

static void copy_code(char *out, size_t size, Str code) {
  snprintf(out, size, "%.*s", STR_ARG(code));
}

BedeStatus load_text(Store *store, BedeDoc *doc, int64_t key, BedeError *err) {
  Arena *arena = &doc->arena;
  sqlite3_stmt *s;
  BedeStatus status = load_document(store, doc, key, err);
  if (!status)
    status = QUERY(store, err, &s, "SELECT * FROM sentences WHERE document = ? ORDER BY number", I(key));
  while (!status && store_row(store, s, &status, err))
    array_push(arena, &doc->sentences, (Sentence){.span = SPAN(2), .paragraph = NUMBER(4)});
  return status;
}

static BedeStatus load_mentions(Store *store, BedeDoc *doc, int64_t key, BedeError *err) {
  Arena *arena = &doc->arena;
  sqlite3_stmt *s;
  BedeStatus status = QUERY(store, err, &s, "SELECT * FROM actors WHERE document = ? ORDER BY number",
                   I(key));
  while (!status && store_row(store, s, &status, err)) {
    Actor a = {.span = SPAN(2), .name = STRING(6), .role = STRING(7), .kind = ENUM(8, kinds),
               .is_place = NUMBER(9) != 0, .antecedent = NONE};
    copy_code(a.code, sizeof a.code, row_text(s, 4));
    copy_code(a.sector, sizeof a.sector, row_text(s, 5));
    array_push(arena, &doc->actors, a);
  }
  if (!status)
    status = QUERY(store, err, &s, "SELECT * FROM times WHERE document = ? ORDER BY number",
                   I(key));
  while (!status && store_row(store, s, &status, err))
    array_push(arena, &doc->times,
               (Time){.span = SPAN(2), .type = ENUM(4, time_types), .value = STRING(5),
                      .begin = row_day(s, 6), .end = row_day(s, 7)});
  if (!status)
    status = QUERY(store, err, &s, "SELECT * FROM places WHERE document = ? ORDER BY number",
                   I(key));
  while (!status && store_row(store, s, &status, err)) {
    Place p = {.span = SPAN(2), .name = STRING(4), .located = GIVEN(6),
               .lat = sqlite3_column_double(s, 6), .lon = sqlite3_column_double(s, 7),
               .geonames = NUMBER(8)};
    copy_code(p.country, sizeof p.country, row_text(s, 5));
    array_push(arena, &doc->places, p);
  }
  if (!status)
    status = QUERY(store, err, &s, "SELECT * FROM figures WHERE document = ? ORDER BY number",
                   I(key));
  while (!status && store_row(store, s, &status, err)) {
    Str change = row_text(s, 6);
    array_push(arena, &doc->figures,
               (Figure){.span = SPAN(2), .value = sqlite3_column_double(s, 4),
                        .value2 = sqlite3_column_double(s, 5), .has_value2 = GIVEN(5),
                        .change = change.len ? change.at[0] : '=', .unit = STRING(7),
                        .of = STRING(8)});
  }
  if (!status)
    status = QUERY(store, err, &s, "SELECT * FROM speeches WHERE document = ? ORDER BY number",
                   I(key));
  while (!status && store_row(store, s, &status, err))
    array_push(arena, &doc->speeches,
               (Speech){.span = SPAN(2), .speaker = SPAN(4), .cue = SPAN(6),
                        .kind = ENUM(8, speech_kinds), .actor = INDEX(9), .speaker_head = NONE,
                        .cue_token = NONE});
  return status;
}

// Rows of event_uses come in the order of events and roles, so each role's are
// one run of doc->members.
static BedeStatus load_uses(Store *store, BedeDoc *doc, int64_t key, BedeError *err) {
  Arena *arena = &doc->arena;
  sqlite3_stmt *s;
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT e.number, u.role, u.number FROM event_uses u "
                            "JOIN events e ON e.key = u.event WHERE e.document = ? "
                            "ORDER BY e.number, u.role, u.position",
                            I(key));
  while (!status && store_row(store, s, &status, err)) {
    uint32_t event = NUMBER(0), at = doc->members.count;
    Str role = row_text(s, 1);
    if (event >= doc->events.count)
      continue;
    Event *e = &doc->events.items[event];
#define X(begin, length, name)                                                 \
  if (str_equal(role, STR(name)))                                              \
    e->begin = e->length++ ? e->begin : at;
    ROLE_MAP(X)
#undef X
    array_push(arena, &doc->members, NUMBER(2));
  }
  if (!status)
    status = QUERY(store, err, &s,
                   "SELECT e.number, d.statement, d.code, d.\"begin\", d.\"end\", d.reason "
                   "FROM derived d JOIN events e ON e.key = d.event WHERE e.document = ? "
                   "ORDER BY e.number, d.position",
                   I(key));
  while (!status && store_row(store, s, &status, err)) {
    Event *e = NUMBER(0) < doc->events.count ? &doc->events.items[NUMBER(0)] : NULL;
    if (e)
      e->derived = e->derived_count++ ? e->derived : doc->derived.count;
    array_push(arena, &doc->derived,
               (Derived){STRING(1), STRING(2), row_day(s, 3), row_day(s, 4), STRING(5)});
  }
  if (!status)
    status = QUERY(store, err, &s,
                   "SELECT e.number, t.text FROM traces t JOIN events e ON e.key = t.event "
                   "WHERE e.document = ? ORDER BY e.number, t.position",
                   I(key));
  while (!status && store_row(store, s, &status, err)) {
    Event *e = NUMBER(0) < doc->events.count ? &doc->events.items[NUMBER(0)] : NULL;
    if (e)
      e->trace = e->trace_count++ ? e->trace : doc->members.count;
    array_push(arena, &doc->members, STRING(1));
  }
  return status;
}

static uint64_t hex_of(Str hex) {
  uint64_t number = 0;
  for (size_t i = 0; i < hex.len; i++) {
    const char *digits = "0123456789abcdef", *hit = strchr(digits, hex.at[i]);
    number = number << 4 | (hit && *hit ? (uint64_t)(hit - digits) : 0);
  }
  return number;
}

static BedeStatus load_events(Store *store, BedeDoc *doc, int64_t key, BedeError *err) {
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT id, sentence, type, status, mode, contexts, cameo, goldstein, confidence, "
            "rule, mutual, by_order, count, trigger_begin, trigger_end, source, target, speaker, "
            "speaker_begin, speaker_end, speech, \"begin\", \"end\", basis, inferred, pledge, "
            "due_begin, due_end, due_inferred, s.story FROM events e "
            "LEFT JOIN event_stories s ON s.event = e.key WHERE document = ? ORDER BY number",
            I(key));
  while (!status && store_row(store, s, &status, err)) {
    Str id = row_text(s, 0);
    Event e = {.sentence = NUMBER(1), .type = ENUM(2, event_types), .status = ENUM(3, status_names),
               .mode = STRING(4), .context = STRING(5), .cameo = STRING(6),
               .goldstein = (float)sqlite3_column_double(s, 7),
               .confidence = (float)sqlite3_column_double(s, 8), .rule = STRING(9),
               .mutual = NUMBER(10) != 0, .by_order = NUMBER(11) != 0, .count = NUMBER(12),
               .trigger_span = SPAN(13), .source = INDEX(15), .target = INDEX(16),
               .speaker = INDEX(17), .speaker_span = SPAN(18), .speech = INDEX(20),
               .begin = row_day(s, 21), .end = row_day(s, 22), .basis = ENUM(23, basis_names),
               .inferred = NUMBER(24) != 0, .pledge = STRING(25), .due_begin = row_day(s, 26),
               .due_end = row_day(s, 27), .due_inferred = NUMBER(28) != 0};
    e.id = hex_of(id);
    e.story = hex_of(row_text(s, 29));
    array_push(&doc->arena, &doc->events, e);
  }
  return status;
}

// Do all numbers point at something? As doc_check, but without tokens.
static bool sound(const BedeDoc *doc) {
#define INSIDE(span) ((span).begin <= (span).end && (span).end <= doc->text.len)
#define KNOWN(index, layer) ((index) == NONE || (index) < doc->layer.count)
#define EACH(T, layer)                                                         \
  for (const T *x = doc->layer.items; x < doc->layer.items + doc->layer.count; x++)
  EACH(Sentence, sentences) if (!INSIDE(x->span)) return false;
  EACH(Actor, actors) if (!INSIDE(x->span)) return false;
  EACH(Time, times) if (!INSIDE(x->span)) return false;
  EACH(Place, places) if (!INSIDE(x->span)) return false;
  EACH(Figure, figures) if (!INSIDE(x->span)) return false;
  EACH(Speech, speeches)
  if (!INSIDE(x->span) || !INSIDE(x->speaker) || !INSIDE(x->cue) || !KNOWN(x->actor, actors))
    return false;
  EACH(Event, events) {
    if (x->sentence >= doc->sentences.count || !INSIDE(x->trigger_span) ||
        !INSIDE(x->speaker_span) || !KNOWN(x->source, actors) || !KNOWN(x->target, actors) ||
        !KNOWN(x->speaker, actors) || !KNOWN(x->speech, speeches))
      return false;
    const struct {
      uint32_t first, count, limit;
    } runs[] = {{x->withs, x->with_count, doc->actors.count},
                {x->target_withs, x->target_with_count, doc->actors.count},
                {x->behalves, x->behalf_count, doc->actors.count},
                {x->times, x->time_count, doc->times.count},
                {x->places, x->place_count, doc->places.count},
                {x->figures, x->figure_count, doc->figures.count}};
    for (size_t i = 0; i < COUNT(runs); i++)
      for (uint32_t k = 0; k < runs[i].count; k++)
        if (doc->members.items[runs[i].first + k] >= runs[i].limit)
          return false;
  }
  return true;
}

BedeStatus store_load(Store *store, int64_t key, BedeDoc **out, BedeError *err) {
  BedeDoc *doc = doc_new();
  BedeStatus status = load_text(store, doc, key, err);
  if (!status)
    status = load_mentions(store, doc, key, err);
  if (!status)
    status = load_events(store, doc, key, err);
  if (!status)
    status = load_uses(store, doc, key, err);
  if (!status && !sound(doc))
    status = fail(err, BEDE_STORE, "%s: document %.*s is damaged: a number points at nothing",
                  store->path, STR_ARG(doc->frame.id));
  if (status) {
    doc_free(doc);
    doc = NULL;
  }
  *out = doc;
  return status;
}
