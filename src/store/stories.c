// stories.c - the stories of a store's documents and events, found anew where
// something has changed. What they are is record/; here is what is kept of it.
// SPDX-License-Identifier: Apache-2.0
#include "store/internal.h"
#include <stdlib.h>

enum {
  WINDOW = STORY_DAYS + 1, // days of documents around a change
  NEAR = STORY_DAYS        // events further apart are never compared (story.c has less)
};

// ---- numbers in blobs: little-endian, whatever the machine

static void put_number(Out *out, uint32_t n, int bytes) {
  for (int i = 0; i < bytes; i++)
    out_char(out, (char)(n >> 8 * i & 255));
}

static uint32_t get_number(const unsigned char *at, int bytes) {
  uint32_t n = 0;
  for (int i = 0; i < bytes; i++)
    n |= (uint32_t)at[i] << 8 * i;
  return n;
}

enum { WORD_BYTES = 6, TOP = 1 << 15 };

static void sign_write(Out *out, const Sign *sign) {
  out_reset(out);
  for (uint32_t i = 0; i < sign->count; i++) {
    put_number(out, sign->words[i].word, 4);
    put_number(out, sign->words[i].weight | (sign->words[i].top ? TOP : 0), 2);
  }
}

Sign sign_read(sqlite3_stmt *s, int column, Arena *arena) {
  const unsigned char *at = sqlite3_column_blob(s, column);
  uint32_t count = (uint32_t)sqlite3_column_bytes(s, column) / WORD_BYTES;
  SignWord *words = arena_alloc(arena, (count + 1) * sizeof *words);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t weight = get_number(at + i * WORD_BYTES + 4, 2);
    words[i] = (SignWord){get_number(at + i * WORD_BYTES, 4), (uint16_t)(weight & (TOP - 1)),
                          (weight & TOP) != 0};
  }
  return (Sign){words, count};
}

static Value blob(const Out *out) {
  return (Value){.kind = 'b', .t = {out->at ? out->at : "", out->len}};
}

// ---- a document comes and goes

BedeStatus story_drop(Store *store, int64_t document, BedeError *err) {
  static const char *const steps[] = {
      "INSERT OR IGNORE INTO changed_documents SELECT b, 0 FROM document_links WHERE a = ?",
      "DELETE FROM document_links WHERE (a, b) IN (SELECT b, a FROM document_links WHERE a = ?)",
      "DELETE FROM document_links WHERE a = ?",
      "DELETE FROM document_stories WHERE document = ?",
      "DELETE FROM signs WHERE document = ?",
      "DELETE FROM changed_documents WHERE document = ?",
      ("INSERT OR IGNORE INTO changed_pairs SELECT pair, day FROM tellings "
       "WHERE event IN (SELECT key FROM events WHERE document = ?)"),
      "DELETE FROM tellings WHERE event IN (SELECT key FROM events WHERE document = ?)",
      ("INSERT OR IGNORE INTO changed_stories SELECT k.story FROM events e "
       "JOIN event_stories k ON k.event = e.key WHERE e.document = ? AND e.status = 'planned'"),
      "DELETE FROM event_stories WHERE event IN (SELECT key FROM events WHERE document = ?)",
  };
  BedeStatus status = BEDE_OK;
  for (size_t i = 0; !status && i < COUNT(steps); i++)
    status = RUN(store, err, steps[i], I(document));
  return status;
}

BedeStatus story_put(Store *store, const BedeDoc *doc, int64_t document, BedeError *err) {
  Arena arena = {0};
  Out words = {0}, hashes = {0};
  uint32_t sketch[SKETCH], count = sketch_make(doc, sketch);
  Sign sign = sign_make(store->run_said.model, doc, 0, doc->tokens.count, SIGN_WORDS, &arena);
  sign_write(&words, &sign);
  for (uint32_t i = 0; i < count; i++)
    put_number(&hashes, sketch[i], 4);
  BedeStatus status =
      RUN(store, err, "INSERT INTO signs VALUES (?, ?, ?, ?)", I(document),
          doc->day.year ? I(day_number(doc->day)) : NIL, blob(&words), blob(&hashes));
  if (!status)
    status = RUN(store, err, "INSERT OR REPLACE INTO changed_documents VALUES (?, 1)", I(document));
  out_free(&words);
  out_free(&hashes);
  arena_free(&arena);
  return status;
}

BedeStatus story_put_event(Store *store, const BedeDoc *doc, uint32_t index, int64_t event,
                           char story[17], BedeError *err) {
  Arena arena = {0};
  Out words = {0};
  Telling t = telling_make(store->run_said.model, doc, index, &arena);
  sign_write(&words, &t.sign);
  hash_hex(telling_story(&t), story);
  BedeStatus status = RUN(store, err, "INSERT INTO tellings VALUES (?,?,?,?,?,?,?,?,?,?,?)", I(event),
                          I(t.pair), I(t.day), I(t.first), I(t.length), I(t.trigger), I(t.place),
                          I(t.mode), I(t.names[0]), I(t.names[1]), blob(&words));
  if (!status)
    status = RUN(store, err, "INSERT OR IGNORE INTO changed_pairs VALUES (?, ?)", I(t.pair), I(t.day));
  out_free(&words);
  arena_free(&arena);
  return status;
}

// ---- what is compared, in memory

typedef struct Member Member; // a document or an event of a component
struct Member {
  int64_t key;
  uint64_t block; // it was found with; 0: never
  char story[17]; // "" where it has none yet
};

typedef Array(Report) Reports;

static BedeStatus read_reports(Store *store, sqlite3_stmt *s, Arena *arena, Reports *out,
                               BedeError *err) {
  BedeStatus status = BEDE_OK;
  while (store_row(store, s, &status, err)) {
    Report r = {.place = sqlite3_column_int64(s, 0), .id = arena_str(arena, row_text(s, 1))};
    r.day = sqlite3_column_type(s, 2) == SQLITE_NULL ? UNDATED : sqlite3_column_int(s, 2);
    r.sign = sign_read(s, 3, arena);
    const unsigned char *at = sqlite3_column_blob(s, 4);
    r.sketch_count = MIN((uint32_t)sqlite3_column_bytes(s, 4) / 4, (uint32_t)SKETCH);
    uint32_t *sketch = arena_alloc(arena, (r.sketch_count + 1) * sizeof *sketch);
    for (uint32_t i = 0; i < r.sketch_count; i++)
      sketch[i] = get_number(at + 4 * i, 4);
    r.sketch = sketch;
    r.fresh = sqlite3_column_int(s, 5) == 1;
    array_push(arena, out, r);
  }
  if (!status && out->count)
    qsort(out->items, out->count, sizeof(Report), report_order);
  return status;
}

// ---- links of documents

// Links of the changed documents dated first … last, with all that are near.
static BedeStatus link_days(Store *store, int64_t first, int64_t last, BedeError *err) {
  Arena arena = {0};
  Reports reports = {0};
  Links links = {0};
  sqlite3_stmt *s;
  bool undated = first == UNDATED;
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT s.document, d.id, s.day, s.words, s.sketch, "
            "c.links = 1 AND coalesce(s.day, ?3) BETWEEN ?4 AND ?5 "
            "FROM signs s JOIN documents d ON d.key = s.document "
            "LEFT JOIN changed_documents c ON c.document = s.document "
            "WHERE s.day BETWEEN ?1 AND ?2 OR s.day IS NULL",
            I(undated ? INT32_MIN : first - STORY_DAYS), I(undated ? INT32_MAX : last + STORY_DAYS),
            I(UNDATED), I(first), I(last));
  if (!status)
    status = read_reports(store, s, &arena, &reports, err);
  if (!status)
    report_links(reports.items, reports.count, &arena, &links);
  for (uint32_t i = 0; !status && i < links.count; i++) {
    const Report *a = &reports.items[links.items[i].a], *b = &reports.items[links.items[i].b];
    bool copy = sketch_is_copy(a->sketch, a->sketch_count, b->sketch, b->sketch_count);
    for (int way = 0; !status && way < 2; way++)
      status = RUN(store, err, "INSERT OR REPLACE INTO document_links VALUES (?, ?, ?, ?)",
                   I(way ? b->place : a->place), I(way ? a->place : b->place),
                   I(links.items[i].score), I(copy));
  }
  arena_free(&arena);
  return status;
}

// The changed documents, a few days at a time, so that memory is bounded.
static BedeStatus link_documents(Store *store, BedeError *err) {
  Arena arena = {0};
  Array(int64_t) days = {0};
  sqlite3_stmt *s;
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT DISTINCT coalesce(s.day, ?) FROM changed_documents c "
                            "JOIN signs s ON s.document = c.document WHERE c.links = 1 ORDER BY 1",
                            I(UNDATED));
  while (!status && store_row(store, s, &status, err))
    array_push(&arena, &days, sqlite3_column_int64(s, 0));
  for (uint32_t i = 0, end; !status && i < days.count; i = end) {
    for (end = i + 1; end < days.count && days.items[i] != UNDATED &&
                      days.items[end] < days.items[i] + 2 * WINDOW;)
      end++;
    status = link_days(store, days.items[i], days.items[end - 1], err);
  }
  arena_free(&arena);
  return status;
}

// ---- components and what becomes of them

typedef struct Block Block; // for Skip: the components that need no work
struct Block {
  Report *reports;   // or
  Telling *tellings;
  Member *members;   // in the same order
  uint64_t *blocks;  // of each, as found now
  const bool *marks; // those that may need work; NULL: all
};

static bool is_known(Block *b, const uint32_t *items, uint32_t count) {
  uint64_t hash = 1;
  if (b->marks && !b->marks[items[0]])
    return true;
  bool same = true;
  for (uint32_t i = 0; i < count; i++) {
    Str id = b->reports ? b->reports[items[i]].id : b->tellings[items[i]].id;
    hash = hash_bytes(id.at, id.len, hash);
    if (b->tellings) // what else decides is the story of its document
      hash = hash_bytes(&b->tellings[items[i]].story, sizeof(uint64_t), hash);
  }
  hash = hash >> 1 | 1;
  for (uint32_t i = 0; i < count; i++) {
    b->blocks[items[i]] = hash;
    same = same && b->members[items[i]].block == hash;
  }
  return same;
}

static bool skip_documents(void *items, const uint32_t *members, uint32_t count) {
  return is_known(((Block *)items), members, count);
}
static int32_t documents_alike(const void *items, uint32_t a, uint32_t b) {
  return report_alike(((const Block *)items)->reports, a, b);
}
static int32_t events_alike(const void *items, uint32_t a, uint32_t b) {
  return telling_alike(((const Block *)items)->tellings, a, b);
}

static BedeStatus put_alias(Store *store, const char *old, const char *story, BedeError *err) {
  if (!*old || !strcmp(old, story))
    return BEDE_OK;
  return RUN(store, err, "INSERT OR REPLACE INTO story_aliases VALUES (?, ?)", T(str_of(old)),
             T(str_of(story)));
}

typedef Array(Member) Members;

static int by_place(const void *a, const void *b) {
  const Report *x = *(Report *const *)a, *y = *(Report *const *)b;
  return (x->place > y->place) - (x->place < y->place);
}

// The index of the report of a document: places holds reports by document.
static uint32_t index_of(Report *const *places, uint32_t count, const Report *first, int64_t key) {
  Report wanted = {.place = key}, *w = &wanted;
  Report *const *hit = bsearch(&w, places, count, sizeof *places, by_place);
  return hit ? (uint32_t)(*hit - first) : NONE;
}

static uint32_t first_copy(uint32_t *copies, uint32_t i) {
  while (copies[i] != i)
    i = copies[i] = copies[copies[i]];
  return i;
}

static BedeStatus write_documents(Store *store, const Block *block, const uint32_t *parts,
                                  uint32_t *copies, uint32_t count, BedeError *err) {
  BedeStatus status = BEDE_OK;
  for (uint32_t i = 0; !status && i < count; i++) {
    const Member *m = &block->members[i];
    char story[17];
    if (parts[i] == NONE)
      continue;
    hash_hex(report_story(&block->reports[parts[i]]), story);
    status = RUN(store, err, "INSERT OR REPLACE INTO document_stories VALUES (?, ?, ?, ?)",
                 I(m->key), T(str_of(story)),
                 I(block->reports[first_copy(copies, i)].place), I(block->blocks[i]));
    if (!status && strcmp(m->story, story)) { // its events are told in another story
      status = put_alias(store, m->story, story, err);
      if (!status)
        status = RUN(store, err,
                     "INSERT OR IGNORE INTO changed_pairs SELECT t.pair, t.day FROM tellings t "
                     "JOIN events e ON e.key = t.event WHERE e.document = ?",
                     I(m->key));
    }
  }
  return status;
}

static BedeStatus part_documents(Store *store, BedeError *err) {
  Arena arena = {0};
  Reports reports = {0};
  Links links = {0}, copied = {0};
  sqlite3_stmt *s;
  BedeStatus status = RUN(store, err, "DELETE FROM temp.component");
  if (!status)
    status = RUN(store, err,
                 "INSERT INTO temp.component WITH RECURSIVE c (d) AS (SELECT document FROM "
                 "changed_documents UNION SELECT l.b FROM c JOIN document_links l ON l.a = c.d) "
                 "SELECT d FROM c");
  if (!status)
    status = QUERY(store, err, &s,
                   "SELECT s.document, d.id, s.day, s.words, NULL, 0 FROM temp.component c "
                   "JOIN signs s ON s.document = c.item JOIN documents d ON d.key = s.document");
  if (!status)
    status = read_reports(store, s, &arena, &reports, err);
  uint32_t count = reports.count;
  Report **places = arena_alloc(&arena, (count + 1) * sizeof *places);
  Member *members = arena_alloc(&arena, (count + 1) * sizeof *members);
  uint64_t *blocks = arena_alloc(&arena, (count + 1) * sizeof *blocks);
  uint32_t *parts = arena_alloc(&arena, (count + 1) * sizeof *parts);
  uint32_t *copies = arena_alloc(&arena, (count + 1) * sizeof *copies);
  for (uint32_t i = 0; i < count; i++) {
    places[i] = &reports.items[i];
    members[i].key = reports.items[i].place;
    copies[i] = i;
  }
  qsort(places, count, sizeof *places, by_place);
  if (!status)
    status = QUERY(store, err, &s,
                   "SELECT s.document, s.story, s.block FROM temp.component c "
                   "JOIN document_stories s ON s.document = c.item");
  while (!status && store_row(store, s, &status, err)) {
    uint32_t i = index_of(places, count, reports.items, sqlite3_column_int64(s, 0));
    if (i == NONE)
      continue;
    Str story = row_text(s, 1);
    memcpy(members[i].story, story.at, MIN(story.len, 16));
    members[i].block = (uint64_t)sqlite3_column_int64(s, 2);
  }
  if (!status)
    status = QUERY(store, err, &s,
                   "SELECT l.a, l.b, l.score, l.copy FROM temp.component c "
                   "JOIN document_links l ON l.a = c.item WHERE l.a < l.b");
  while (!status && store_row(store, s, &status, err)) {
    uint32_t a = index_of(places, count, reports.items, sqlite3_column_int64(s, 0));
    uint32_t b = index_of(places, count, reports.items, sqlite3_column_int64(s, 1));
    if (a == NONE || b == NONE)
      continue;
    Link link = {MIN(a, b), MAX(a, b), sqlite3_column_int(s, 2)};
    array_push(&arena, &links, link);
    if (sqlite3_column_int(s, 3))
      array_push(&arena, &copied, link);
  }
  if (!status) {
    Block block = {.reports = reports.items, .members = members, .blocks = blocks};
    record_part(&block, count, documents_alike, links.items, links.count, skip_documents, parts);
    for (uint32_t i = 0; i < copied.count; i++) {
      uint32_t a = copied.items[i].a, b = copied.items[i].b;
      if (parts[a] == NONE || parts[a] != parts[b])
        continue; // copies of one story only
      a = first_copy(copies, a), b = first_copy(copies, b);
      copies[MAX(a, b)] = MIN(a, b);
    }
    status = write_documents(store, &block, parts, copies, count, err);
  }
  arena_free(&arena);
  return status;
}

// ---- events: those of one pair whose days hang together are compared anew

typedef Array(Telling) Tellings;

static BedeStatus read_tellings(Store *store, int64_t pair, int64_t first, int64_t last,
                                Arena *arena, Tellings *out, BedeError *err) {
  sqlite3_stmt *s;
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT t.event, e.id, t.day, t.length, t.trigger, t.place, t.mode, "
                            "t.source, t.words, e.document, e.sentence, e.count, d.story, "
                            "t.target, t.first, e.status = 'planned' "
                            "FROM tellings t JOIN events e ON e.key = t.event "
                            "JOIN document_stories d ON d.document = e.document "
                            "WHERE t.pair = ? AND t.day BETWEEN ? AND ?",
                            I(pair), I(first), I(last));
  while (!status && store_row(store, s, &status, err)) {
    Telling t = {.pair = (uint64_t)pair, .fresh = true};
    t.key = sqlite3_column_int64(s, 0);
    t.id = arena_str(arena, row_text(s, 1));
    t.day = sqlite3_column_int(s, 2);
    t.length = (uint32_t)sqlite3_column_int64(s, 3);
    t.trigger = (uint32_t)sqlite3_column_int64(s, 4);
    t.place = (uint32_t)sqlite3_column_int64(s, 5);
    t.mode = (uint32_t)sqlite3_column_int64(s, 6);
    t.names[0] = (uint32_t)sqlite3_column_int64(s, 7);
    t.names[1] = (uint32_t)sqlite3_column_int64(s, 13);
    t.first = sqlite3_column_int(s, 14);
    t.planned = sqlite3_column_int(s, 15) == 1;
    t.sign = sign_read(s, 8, arena);
    t.document = sqlite3_column_int64(s, 9);
    t.sentence = (uint32_t)sqlite3_column_int64(s, 10);
    t.count = (uint32_t)sqlite3_column_int64(s, 11);
    t.story = hash_str(row_text(s, 12));
    array_push(arena, out, t);
  }
  if (!status && out->count)
    qsort(out->items, out->count, sizeof(Telling), telling_order);
  return status;
}

// Days on which events of a pair came or went; what hangs together with an event
// near one of them is found anew.
typedef struct Change Change;
struct Change {
  int64_t pair, day;
};

static bool near_change(const Change *changes, uint32_t count, int64_t day) {
  for (uint32_t i = 0; i < count; i++)
    if (day >= changes[i].day - NEAR && day <= changes[i].day + NEAR)
      return true;
  return false;
}

static uint32_t root_of(uint32_t *roots, uint32_t i) {
  while (roots[i] != i)
    i = roots[i] = roots[roots[i]];
  return i;
}

// Marks the tellings whose component has one near a change. What such a
// component may still have beyond first or last is told by *more_before and
// *more_after.
static bool *mark_touched(const Tellings *tellings, const Links *links, const Change *changes,
                          uint32_t change_count, int64_t first, int64_t last, Arena *arena,
                          bool *more_before, bool *more_after) {
  uint32_t count = tellings->count;
  uint32_t *roots = arena_alloc(arena, (count + 1) * sizeof *roots);
  bool *touched = arena_alloc(arena, count + 1), *marks = arena_alloc(arena, count + 1);
  for (uint32_t i = 0; i < count; i++)
    roots[i] = i;
  for (uint32_t i = 0; i < links->count; i++) {
    uint32_t a = root_of(roots, links->items[i].a), b = root_of(roots, links->items[i].b);
    roots[MAX(a, b)] = MIN(a, b);
  }
  for (uint32_t i = 0; i < count; i++)
    if (near_change(changes, change_count, tellings->items[i].day))
      touched[root_of(roots, i)] = true;
  *more_before = *more_after = false;
  for (uint32_t i = 0; i < count; i++) {
    marks[i] = touched[root_of(roots, i)];
    *more_before |= marks[i] && tellings->items[i].day < first + NEAR;
    *more_after |= marks[i] && tellings->items[i].day > last - NEAR;
  }
  return marks;
}

static BedeStatus write_events(Store *store, const Tellings *tellings, const Links *links,
                               const bool *marks, Arena *arena, BedeError *err) {
  uint32_t count = tellings->count;
  Member *members = arena_alloc(arena, (count + 1) * sizeof *members);
  uint64_t *blocks = arena_alloc(arena, (count + 1) * sizeof *blocks);
  uint32_t *parts = arena_alloc(arena, (count + 1) * sizeof *parts);
  BedeStatus status = BEDE_OK;
  sqlite3_stmt *s;
  for (uint32_t i = 0; !status && i < count; i++) {
    members[i].key = tellings->items[i].key;
    if (!marks[i])
      continue;
    status = QUERY(store, err, &s, "SELECT story, block FROM event_stories WHERE event = ?",
                   I(members[i].key));
    while (!status && store_row(store, s, &status, err)) {
      Str story = row_text(s, 0);
      memcpy(members[i].story, story.at, MIN(story.len, 16));
      members[i].block = (uint64_t)sqlite3_column_int64(s, 1);
    }
  }
  if (status)
    return status;
  Block block = {.tellings = tellings->items, .members = members, .blocks = blocks, .marks = marks};
  record_part(&block, count, events_alike, links->items, links->count, skip_documents, parts);
  for (uint32_t i = 0; !status && i < count; i++) {
    char story[17];
    if (parts[i] == NONE)
      continue;
    hash_hex(telling_story(&tellings->items[parts[i]]), story);
    status = RUN(store, err, "INSERT OR REPLACE INTO event_stories VALUES (?, ?, ?)",
                 I(members[i].key), T(str_of(story)), I(blocks[i]));
    if (!status)
      status = put_alias(store, members[i].story, story, err);
    if (!status)
      status = RUN(store, err, "UPDATE sides SET story = ?2 WHERE event = ?1 AND story IS NOT ?2",
                   I(members[i].key), T(str_of(story)));
    const char *const plans[] = {members[i].story, story};
    for (int k = 0; !status && tellings->items[i].planned && k < 2; k++)
      if (*plans[k])
        status = RUN(store, err, "INSERT OR IGNORE INTO changed_stories VALUES (?)",
                     T(str_of(plans[k])));
  }
  return status;
}

// Changes of one pair that lie near each other. As many days around them are
// looked at as what they touch reaches over.
static BedeStatus part_events(Store *store, const Change *changes, uint32_t count, BedeError *err) {
  int64_t first = changes[0].day - 2 * NEAR, last = changes[count - 1].day + 2 * NEAR;
  BedeStatus status = BEDE_OK;
  for (bool done = false; !status && !done;) {
    Arena arena = {0};
    Tellings tellings = {0};
    Links links = {0};
    status = read_tellings(store, changes[0].pair, first, last, &arena, &tellings, err);
    if (!status) {
      bool before, after;
      telling_links(tellings.items, tellings.count, &arena, &links);
      bool *marks = mark_touched(&tellings, &links, changes, count, first, last, &arena, &before, &after);
      first -= before ? 4 * NEAR : 0;
      last += after ? 4 * NEAR : 0;
      done = !before && !after;
      if (done)
        status = write_events(store, &tellings, &links, marks, &arena, err);
    }
    arena_free(&arena);
  }
  return status;
}

static BedeStatus find_events(Store *store, BedeError *err) {
  Arena arena = {0};
  Array(Change) changes = {0};
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s, "SELECT pair, day FROM changed_pairs ORDER BY pair, day");
  while (!status && store_row(store, s, &status, err))
    array_push(&arena, &changes,
               (Change){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1)});
  for (uint32_t i = 0, end; !status && i < changes.count; i = end) {
    const Change *c = changes.items;
    for (end = i + 1; end < changes.count && c[end].pair == c[i].pair &&
                      c[end].day <= c[end - 1].day + 4 * NEAR;)
      end++;
    status = part_events(store, c + i, end - i, err);
  }
  arena_free(&arena);
  return status;
}

BedeStatus story_find(Store *store, BedeError *err) {
  static const char *const ends[] = {
      "DELETE FROM ledger WHERE story IN (SELECT story FROM changed_stories)",
      "INSERT INTO ledger SELECT * FROM changed_plans",
      "DELETE FROM changed_documents", "DELETE FROM changed_pairs", "DELETE FROM changed_stories",
      ("DELETE FROM story_aliases WHERE alias IN (SELECT story FROM document_stories) "
       "OR alias IN (SELECT story FROM event_stories)")};
  int64_t changes = 0;
  sqlite3_stmt *s;
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT EXISTS (SELECT 1 FROM changed_documents) OR "
                            "EXISTS (SELECT 1 FROM changed_pairs) OR "
                            "EXISTS (SELECT 1 FROM changed_stories)");
  while (!status && store_row(store, s, &status, err))
    changes = sqlite3_column_int64(s, 0);
  if (status || !changes)
    return status;
  if (sqlite3_exec(store->db, "CREATE TEMP TABLE IF NOT EXISTS component (item INTEGER PRIMARY KEY)",
                   NULL, NULL, NULL))
    return store_fail(store, err);
  status = link_documents(store, err);
  if (!status)
    status = part_documents(store, err);
  if (!status)
    status = find_events(store, err);
  for (size_t i = 0; !status && i < COUNT(ends); i++)
    status = RUN(store, err, ends[i]);
  return status;
}
