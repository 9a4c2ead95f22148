// test_store.c - documents and events in a SQLite file, and what may go wrong.
// SPDX-License-Identifier: Apache-2.0
#include "doc/json.h"
#include "dump.h"
#include "made.h"
#include "store/internal.h"
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zstd.h>
#include <cmocka.h>

static char folder[] = "/tmp/bede-store-XXXXXX";
static char path[64];

static int clean(void **state) {
  (void)state;
  static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < COUNT(ends); i++) {
    char file[80];
    snprintf(file, sizeof file, "%s%s", path, ends[i]);
    unlink(file);
  }
  return 0;
}

static Store *opened(StoreMode mode) {
  Store *store;
  BedeError err = {0};
  if (store_open(path, mode, &store, &err))
    fail_msg("%s", err.message);
  return store;
}

static void begin(Store *store, const char *data) {
  BedeError err;
  assert_int_equal(store_begin(store, &(StoreRun){"1.0", data, "code x", NULL}, &err), BEDE_OK);
}

static StorePut put(Store *store, BedeDoc *doc) {
  StorePut what;
  BedeError err = {0};
  if (store_put(store, doc, &what, &err))
    fail_msg("%s", err.message);
  doc_free(doc);
  return what;
}

static void finish(Store *store) {
  BedeError err = {0};
  if (store_finish(store, &err))
    fail_msg("%s", err.message);
  store_close(store);
}

static void expect_same(char *a, char *b) {
  assert_string_equal(a, b);
  free(a);
  free(b);
}

static int64_t ask(const char *sql) {
  sqlite3 *db;
  sqlite3_stmt *s;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(s), SQLITE_ROW);
  int64_t value = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  sqlite3_close(db);
  return value;
}

static void change(const char *sql) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

static void refused(StoreMode mode, const char *reason) {
  Store *store;
  BedeError err = {0};
  assert_int_equal(store_open(path, mode, &store, &err), BEDE_STORE);
  assert_null(store);
  if (!strstr(err.message, reason) || !strstr(err.message, path))
    fail_msg("`%s` should name the file and say `%s`", err.message, reason);
}

// ---- what is stored

static void a_loaded_document_prints_as_it_did(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  assert_int_equal(put(store, made_doc("x", 1)), PUT_NEW);
  finish(store);
  store = opened(STORE_READ);
  BedeDoc *made = made_doc("x", 1), *loaded;
  int64_t key;
  BedeError err = {0};
  assert_int_equal(store_key(store, made, &key, &err), BEDE_OK);
  assert_int_equal(store_load(store, key, &loaded, &err), BEDE_OK);
  Out a = {0}, b = {0};
  json_document(&a, made), json_document(&b, loaded);
  made->names.count = 0;
  json_annotation(&a, made), json_annotation(&b, loaded);
  for (uint32_t i = 0; i < loaded->events.count; i++) {
    assert_true(loaded->events.items[i].story != 0); // the store alone knows
    loaded->events.items[i].story = 0;
  }
  for (uint32_t i = 0; i < made->events.count; i++)
    json_event(&a, made, i), json_event(&b, loaded, i);
  assert_string_equal(a.at, b.at);
  assert_string_equal(doc_string(loaded, loaded->members.items[loaded->events.items[0].trace]),
                      "clause S meets T");
  out_free(&a);
  out_free(&b);
  doc_free(made);
  doc_free(loaded);
  store_close(store);
}

static void coding_again_changes_nothing(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  put(store, made_doc("x", 1));
  put(store, made_doc("y", 2));
  assert_int_equal(put(store, made_doc("x", 1)), PUT_SAME);
  finish(store);
  char *before = store_dump(path);
  store = opened(STORE_WRITE);
  begin(store, "a");
  StoreKnown *known;
  BedeError err;
  BedeDoc *doc = made_doc("y", 2), *other = made_doc("z", 2);
  assert_int_equal(store_known(store, &known, &err), BEDE_OK);
  assert_true(store_is_known(known, doc));
  assert_false(store_is_known(known, other));
  store_known_free(known);
  doc_free(other);
  assert_int_equal(put(store, doc), PUT_SAME);
  assert_int_equal(put(store, made_doc("x", 1)), PUT_SAME);
  finish(store);
  expect_same(before, store_dump(path));
  assert_int_equal(ask("SELECT count(*) FROM runs"), 1);
}

static void other_data_replaces_events_and_keeps_the_run(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  put(store, made_doc("x", 1));
  finish(store);
  store = opened(STORE_WRITE);
  begin(store, "b");
  BedeDoc *doc = made_doc("x", 7);
  doc->events.count = 1;
  assert_int_equal(put(store, doc), PUT_RECODED);
  finish(store);
  assert_int_equal(ask("SELECT count(*) FROM documents"), 1);
  assert_int_equal(ask("SELECT count(*) FROM events"), 1);
  assert_int_equal(ask("SELECT count(*) FROM actors"), 3);
  assert_int_equal(ask("SELECT count(*) FROM event_uses"), 1);
  assert_int_equal(ask("SELECT count(*) FROM derived"), 0);
  assert_int_equal(ask("SELECT count(*) FROM runs"), 2);
  assert_int_equal(ask("SELECT count(*) FROM codings"), 2);
  assert_int_equal(ask("SELECT events FROM codings WHERE run = 1"), 2);
}

static void the_same_id_with_other_text_is_a_new_version(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  put(store, made_doc("x", 1));
  BedeDoc *doc = made_doc("x", 1);
  doc->text = arena_print(&doc->arena, "%.*s More.", STR_ARG(doc->text));
  assert_int_equal(put(store, doc), PUT_VERSION);
  assert_int_equal(put(store, made_doc("x", 1)), PUT_SAME); // the older one again
  finish(store);
  assert_int_equal(ask("SELECT version FROM documents WHERE current"), 2);
  assert_int_equal(ask("SELECT count(*) FROM event_list"), 2);
}

// A document of words drawn by dice; twelve topics in three weeks.
static BedeDoc *dice_doc(uint32_t number, uint64_t edition) {
  char id[20];
  snprintf(id, sizeof id, "d%03u", number);
  uint64_t dice = hash_bytes(&number, sizeof number, edition);
  BedeDoc *doc = made_doc(id, (uint64_t)number << 8);
  Out text = {0};
  out_str(&text, doc->text);
  out_text(&text, "\n\n");
  uint32_t topic = (uint32_t)(dice % 12);
  for (uint32_t i = 0; i < 30; i++) {
    dice = hash_bytes(&i, sizeof i, dice);
    uint32_t begin = (uint32_t)text.len;
    out_print(&text, "w%u", dice % 3 ? topic * 40 + (uint32_t)(dice % 37) : 1000 + (uint32_t)(dice % 300));
    array_push(&doc->arena, &doc->tokens,
               (Token){.span = {begin, (uint32_t)text.len}, .upos = UPOS_NOUN, .sentence = 1});
    out_char(&text, ' ');
  }
  doc->text = arena_str(&doc->arena, (Str){text.at, text.len});
  out_free(&text);
  doc->sentences.items[1].span.end = (uint32_t)doc->text.len;
  doc->sentences.items[1].count = doc->tokens.count;
  doc->day.day = (uint8_t)(1 + (topic + dice % 3) % 28);
  doc->events.items[0].begin = doc->events.items[0].end = doc->day;
  return doc;
}

// Documents and events with their stories, by their own ids.
static char *stories(void) {
  static const char *const questions[] = {
      "SELECT d.id, s.story, c.id FROM document_stories s JOIN documents d ON d.key = s.document "
      "JOIN documents c ON c.key = s.copy_of WHERE d.current ORDER BY 1",
      "SELECT e.id, d.id, s.story FROM event_stories s JOIN events e ON e.key = s.event "
      "JOIN documents d ON d.key = e.document WHERE d.current ORDER BY 1, 2",
      "SELECT a.id, b.id, l.score, l.copy FROM document_links l JOIN documents a ON a.key = l.a "
      "JOIN documents b ON b.key = l.b ORDER BY 1, 2"};
  sqlite3 *db;
  sqlite3_stmt *s;
  Out out = {0};
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  for (size_t i = 0; i < COUNT(questions); i++) {
    assert_int_equal(sqlite3_prepare_v2(db, questions[i], -1, &s, NULL), SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW)
      for (int k = 0; k < sqlite3_column_count(s); k++)
        out_print(&out, "%s%c", sqlite3_column_text(s, k), k + 1 < sqlite3_column_count(s) ? ' ' : '\n');
    sqlite3_finalize(s);
  }
  sqlite3_close(db);
  return out.at;
}

static void shuffle(uint32_t *order, uint32_t count, uint64_t round) { // round 0: as they come
  uint64_t dice = round;
  for (uint32_t i = 0; i < count; i++)
    order[i] = i;
  for (uint32_t i = count - 1; round && i > 0; i--) {
    dice = hash_bytes(&i, sizeof i, dice);
    uint32_t other = (uint32_t)(dice % (i + 1)), held = order[i];
    order[i] = order[other], order[other] = held;
  }
}

// In any order and number of runs, with other editions and other data between,
// the stories are those of the documents that are there in the end.
static void stories_depend_on_the_documents_alone(void **state) {
  (void)state;
  enum { DOCS = 90 };
  char *first = NULL;
  for (uint64_t round = 0; round < 6; round++) {
    uint32_t order[DOCS];
    shuffle(order, DOCS, round);
    clean(NULL);
    Store *store = opened(STORE_WRITE);
    begin(store, "a");
    for (uint32_t i = 0; i < DOCS; i++) {
      if (round > 2 && i % 3 == 0) // an edition that will be replaced
        put(store, dice_doc(order[i], 77));
      if (round && i % 17 == 16) {
        finish(store);
        store = opened(STORE_WRITE);
        begin(store, i % 2 ? "a" : "b");
      }
      put(store, dice_doc(order[i], 1));
    }
    finish(store);
    store = opened(STORE_WRITE);
    begin(store, "c"); // all coded again
    for (uint32_t i = 0; round % 2 && i < DOCS; i++)
      put(store, dice_doc(order[DOCS - 1 - i], 1));
    finish(store);
    if (!first) {
      first = stories();
      assert_true(ask("SELECT count(DISTINCT story) FROM document_stories") < DOCS / 2);
      assert_true(ask("SELECT count(DISTINCT story) FROM document_stories") > 8);
      assert_true(ask("SELECT count(*) FROM stories WHERE reports > 1") > 0);
    } else {
      char *again = stories();
      assert_string_equal(first, again);
      free(again);
    }
  }
  free(first);
}

static void copies_are_one_source_and_other_agencies_confirm(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  for (uint32_t i = 0; i < 4; i++) {
    BedeDoc *doc = dice_doc(1, 1); // four times the same words
    doc->frame.id = arena_print(&doc->arena, "copy %u", i);
    doc->frame.agency = (Str){0};
    doc->events.items[0].id += i;
    doc->events.items[1].id += i;
    put(store, doc);
  }
  finish(store);
  assert_int_equal(ask("SELECT count(DISTINCT story) FROM document_stories"), 1);
  assert_int_equal(ask("SELECT count(DISTINCT copy_of) FROM document_stories"), 1);
  assert_int_equal(ask("SELECT reports = 4 AND independent = 1 AND standing = 'single source' "
                       "FROM stories WHERE type = 'CONSULT'"), 1);
  change("UPDATE documents SET agency = 'Lake Wire' WHERE id = 'copy 3'");
  assert_int_equal(ask("SELECT independent = 2 AND standing = 'confirmed' "
                       "FROM stories WHERE type = 'CONSULT'"), 1);
  change("UPDATE events SET status = 'denied' WHERE document = 4");
  assert_int_equal(ask("SELECT standing = 'disputed' FROM stories WHERE type = 'CONSULT'"), 1);
}

// ---- near-copies

enum { ISSUES = 60 };

// Five issues each of twelve texts: some stay as they are, of some a word is another
// each time, of some ever more words are, so that only neighbours are alike.
static BedeDoc *issue(uint32_t number, uint64_t salt) {
  char id[20];
  uint32_t text = number % 12, chain = number / 12;
  uint64_t dice = hash_bytes(&text, sizeof text, salt);
  snprintf(id, sizeof id, "i%03u", (number * 7) % ISSUES);
  BedeDoc *doc = made_doc(id, (uint64_t)number << 8);
  Out out = {0};
  out_str(&out, doc->text);
  for (uint32_t i = 0; i < 300; i++) {
    dice = hash_bytes(&i, sizeof i, dice);
    bool other = text % 3 == 1 ? i == 30 * chain : text % 3 == 2 && i % 20 == 0 && i / 20 < 3 * chain;
    out_print(&out, " %c%c%c%c%s", (char)('a' + dice % 26), (char)('a' + dice / 26 % 26),
              (char)('a' + dice / 676 % 26), (char)('a' + dice / 17576 % 26), other ? "x" : "");
  }
  doc->text = arena_str(&doc->arena, (Str){out.at, out.len});
  out_free(&out);
  doc->sentences.items[1].span.end = (uint32_t)doc->text.len;
  doc->frame.published = arena_print(&doc->arena, "2030-05-06T%02u:00", 20 - 3 * chain);
  doc->frame.url = arena_print(&doc->arena, "https://%s.example/%u", id, number);
  return doc;
}

static char *rows(const char *sql) {
  sqlite3 *db;
  sqlite3_stmt *s;
  Out out = {0};
  out_text(&out, "");
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
  while (sqlite3_step(s) == SQLITE_ROW)
    for (int k = 0; k < sqlite3_column_count(s); k++)
      out_print(&out, "%s%c", (const char *)sqlite3_column_text(s, k),
                k + 1 < sqlite3_column_count(s) ? ' ' : '\n');
  sqlite3_finalize(s);
  sqlite3_close(db);
  return out.at;
}

static void near_copies_are_stored_once_in_any_order(void **state) {
  (void)state;
  static const char all[] =
      "SELECT document, copy, id, url, published, title FROM addresses UNION ALL "
      "SELECT d.id, e.number, e.id, e.day, d.current, d.hash FROM events e "
      "JOIN documents d ON d.key = e.document UNION ALL "
      "SELECT a, b, way, name, type, day FROM sides UNION ALL "
      "SELECT day, type, status, reports, 0, 0 FROM totals ORDER BY 1, 2, 3";
  char *first = NULL;
  for (uint64_t round = 0; round < 8; round++) {
    uint32_t order[ISSUES];
    shuffle(order, ISSUES, round);
    clean(NULL);
    Store *store = opened(STORE_WRITE);
    store_merge_copies(store);
    begin(store, "a");
    for (uint32_t i = 0; i < ISSUES; i++) {
      if (round > 3 && i % 9 == 8) { // another run goes on
        finish(store);
        store = opened(STORE_WRITE);
        store_merge_copies(store);
        begin(store, round % 2 ? "a" : "b");
      }
      // as the workers do: what is a copy is not coded
      BedeDoc *doc = issue(order[i], 5);
      Fingerprint f;
      bool copy;
      StorePut what = PUT_NEW;
      BedeError err;
      fingerprint_make(doc, &f);
      assert_int_equal(store_is_copy(store, &f, doc, &copy, &err), BEDE_OK);
      if (copy) {
        assert_int_equal(store_put_copy(store, doc, &what, &err), BEDE_OK);
        assert_true(what == PUT_COPY || what == PUT_SAME);
        doc_free(doc);
      } else {
        put(store, doc);
      }
    }
    StoreKnown *known;
    BedeError err;
    begin(store, "b"); // addresses are known whatever the data
    assert_int_equal(store_known(store, &known, &err), BEDE_OK);
    store_known_free(known);
    finish(store);
    char *again = rows(all);
    if (!first) {
      first = again;
      assert_int_equal(ask("SELECT count(*) FROM documents"), 12);
      assert_int_equal(ask("SELECT count(*) FROM copies"), ISSUES - 12);
      assert_int_equal(ask("SELECT count(*) FROM documents d WHERE EXISTS (SELECT 1 FROM addresses a "
                           "WHERE a.document = d.id AND (a.published < d.published OR "
                           "(a.published = d.published AND a.id < d.id)))"), 0);
    } else {
      assert_string_equal(first, again);
      free(again);
    }
    assert_int_equal(ask("SELECT count(*) FROM fingerprints WHERE home NOT IN (SELECT key FROM documents)"), 0);
    assert_int_equal(ask("SELECT count(*) FROM sentences WHERE document NOT IN (SELECT key FROM documents)"), 0);
  }
  free(first);
}

static void a_copy_takes_over_when_the_page_becomes_another(void **state) {
  (void)state;
  BedeError err;
  Store *store = opened(STORE_WRITE);
  store_merge_copies(store);
  begin(store, "a");
  assert_int_equal(put(store, issue(0, 5)), PUT_NEW);
  BedeDoc *copy = issue(0, 5), *other = issue(3, 9), *known = issue(0, 5);
  copy->frame.id = known->frame.id = STR("zz");
  assert_int_equal(put(store, copy), PUT_COPY);
  other->frame.id = STR("i000");
  assert_int_equal(put(store, other), PUT_VERSION); // under the same address another text
  StoreCounts counts;
  assert_int_equal(store_counts(store, &counts, &err), BEDE_OK);
  assert_int_equal(counts.documents, 2);
  assert_int_equal(counts.copies, 0);
  assert_int_equal(counts.events, 4);
  assert_int_equal(put(store, known), PUT_SAME);
  finish(store);
  assert_int_equal(ask("SELECT count(*) FROM documents WHERE id = 'zz' AND current AND version = 1"), 1);
  // a text that nobody else has is an old version, as ever
  store = opened(STORE_WRITE);
  store_merge_copies(store);
  begin(store, "a");
  other = issue(4, 9);
  other->frame.id = STR("zz");
  assert_int_equal(put(store, other), PUT_VERSION);
  finish(store);
  assert_int_equal(ask("SELECT count(*) FROM documents"), 3);
  assert_int_equal(ask("SELECT count(*) FROM fingerprints"), 2);
  assert_int_equal(ask("SELECT count(DISTINCT fingerprint) FROM fingerprint_bands"), 2);
}

static void a_copy_takes_over_also_where_each_is_coded(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  store_merge_copies(store);
  begin(store, "a");
  BedeDoc *copy = issue(0, 5), *other = issue(3, 9);
  copy->frame.id = STR("zz");
  other->frame.id = STR("i000");
  put(store, issue(0, 5));
  assert_int_equal(put(store, copy), PUT_COPY);
  finish(store);
  store = opened(STORE_WRITE);
  begin(store, "a");
  assert_int_equal(put(store, other), PUT_VERSION);
  finish(store);
  assert_int_equal(ask("SELECT count(*) FROM copies"), 0);
  assert_int_equal(ask("SELECT count(*) FROM documents WHERE id = 'zz' AND current"), 1);
  assert_int_equal(ask("SELECT count(*) FROM documents WHERE id = 'i000' AND current"), 1);
}

static void an_unfinished_run_is_taken_up_again(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  BedeError err;
  begin(store, "a");
  put(store, made_doc("x", 1));
  assert_int_equal(store_commit(store, &err), BEDE_OK);
  put(store, made_doc("y", 2)); // lost: not committed
  store_close(store);
  assert_int_equal(ask("SELECT count(*) FROM documents"), 1);
  store = opened(STORE_WRITE);
  begin(store, "a");
  put(store, made_doc("x", 1));
  assert_int_equal(put(store, made_doc("y", 2)), PUT_NEW);
  finish(store);
  char *resumed = store_dump(path);
  clean(NULL);
  store = opened(STORE_WRITE);
  begin(store, "a");
  put(store, made_doc("x", 1));
  put(store, made_doc("y", 2));
  finish(store);
  expect_same(resumed, store_dump(path));
}

static void a_killed_run_loses_at_most_the_open_batch(void **state) {
  (void)state;
  int pipes[2];
  assert_int_equal(pipe(pipes), 0);
  pid_t child = fork();
  if (child == 0) {
    Store *store = opened(STORE_WRITE);
    begin(store, "a");
    for (uint32_t i = 0;; i++) {
      char id[20];
      snprintf(id, sizeof id, "%06u", i);
      put(store, made_doc(id, i));
      if (write(pipes[1], &i, sizeof i) < 0)
        _exit(1);
    }
  }
  close(pipes[1]);
  uint32_t stored = 0, number;
  while (stored < 5 * STORE_BATCH + 7 && read(pipes[0], &number, sizeof number) > 0)
    stored = number;
  kill(child, 9);
  waitpid(child, NULL, 0);
  while (read(pipes[0], &number, sizeof number) > 0)
    stored = number;
  close(pipes[0]);
  int64_t kept = ask("SELECT count(*) FROM documents");
  assert_true(kept + STORE_BATCH > stored);
  assert_int_equal(ask("SELECT count(*) FROM events") , 2 * kept);
}

// ---- queries

static uint32_t found(Store *store, StoreQuery query) {
  StoreHits hits;
  BedeError err = {0};
  if (store_find(store, &query, &hits, &err))
    fail_msg("%s", err.message);
  free(hits.items);
  return hits.count;
}

static void events_are_found_by_actor_type_date_and_words(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  put(store, made_doc("x", 1));
  finish(store);
  store = opened(STORE_READ);
  assert_int_equal(found(store, (StoreQuery){0}), 2);
  assert_int_equal(found(store, (StoreQuery){.source = "PER"}), 1);
  assert_int_equal(found(store, (StoreQuery){.source = "CHL"}), 2); // also of the mutual one
  assert_int_equal(found(store, (StoreQuery){.source = "PER.GOV"}), 1);
  assert_int_equal(found(store, (StoreQuery){.source = "PER.MIL"}), 0);
  assert_int_equal(found(store, (StoreQuery){.source = "eru"}), 1);
  assert_int_equal(found(store, (StoreQuery){.either = "CHL", .other = "PER"}), 1);
  assert_int_equal(found(store, (StoreQuery){.either = "CHL"}), 2);
  assert_int_equal(found(store, (StoreQuery){.type = "AID", .status = "planned"}), 1);
  assert_int_equal(found(store, (StoreQuery){.from = "2030-06"}), 1);
  assert_int_equal(found(store, (StoreQuery){.from = "2031-07-01"}), 1); // in the year 2031
  assert_int_equal(found(store, (StoreQuery){.until = "2030"}), 1);
  assert_int_equal(found(store, (StoreQuery){.until = "2030-05-05"}), 0);
  assert_int_equal(found(store, (StoreQuery){.words = "official LIMA"}), 1);
  assert_int_equal(found(store, (StoreQuery){.words = "lima fund"}), 0);
  assert_int_equal(found(store, (StoreQuery){.words = "ima"}), 0); // begins no word
  assert_int_equal(found(store, (StoreQuery){.id = "00000000feed0001"}), 1);
  assert_int_equal(found(store, (StoreQuery){.limit = 1}), 1);
  assert_int_equal(found(store, (StoreQuery){.source = "x'; DROP TABLE events; --"}), 0);
  assert_int_equal(found(store, (StoreQuery){.draw = true, .seed = 3, .limit = 2}), 2);
  assert_int_equal(found(store, (StoreQuery){.place = "PER"}), 1);
  assert_int_equal(found(store, (StoreQuery){.place = "lima"}), 1);
  assert_int_equal(found(store, (StoreQuery){.place = "CHL"}), 0);
  assert_int_equal(found(store, (StoreQuery){.place = "x' OR '1'='1"}), 0);
  assert_int_equal(found(store, (StoreQuery){.speaker = "PER"}), 0);
  assert_int_equal(found(store, (StoreQuery){.words = "\" OR text NEAR("}), 0);
  assert_int_equal(found(store, (StoreQuery){.words = "*"}), 0);
  assert_int_equal(found(store, (StoreQuery){.once = true}), 2);
  assert_int_equal(found(store, (StoreQuery){.story = "0000000000000000"}), 0);
  assert_int_equal(found(store, (StoreQuery){.strongest = 1}), 1);
  store_close(store);
}

static uint32_t fits(Store *store, const char *where) {
  return found(store, (StoreQuery){.where = where});
}

static void a_condition_finds_what_it_says(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  put(store, made_doc("x", 1)); // a meeting, and a fund planned for 2031
  finish(store);
  store = opened(STORE_READ);
  assert_int_equal(fits(store, "actor = CHL"), 2);
  assert_int_equal(fits(store, "source = PER and target = CHL"), 1);
  assert_int_equal(fits(store, "source = PER.MIL or target = \"hil\""), 1);
  assert_int_equal(fits(store, "source != PER"), 1);
  assert_int_equal(fits(store, "not (type = consult)"), 1);
  assert_int_equal(fits(store, "type in (CONSULT, AID) AND status in (planned)"), 1);
  assert_int_equal(fits(store, "type not in (CONSULT)"), 1);
  assert_int_equal(fits(store, "source not in (PER, CHL)"), 0);
  assert_int_equal(fits(store, "date not in (2030, 2029)"), 1);
  assert_int_equal(fits(store, "due != 2035"), 1); // nothing is due of the other
  assert_int_equal(fits(store, "due not in (2035)"), 1);
  assert_int_equal(fits(store, "not due in (2035)"), 2);
  assert_int_equal(fits(store, "date = 2030"), 1);
  assert_int_equal(fits(store, "date <= 2030 or date > 2031"), 1);
  assert_int_equal(fits(store, "date >= 2031"), 1);
  assert_int_equal(fits(store, "text ~ \"lima MET\" and place = PER"), 1);
  assert_int_equal(fits(store, "title ~ \"\"\"MEET\"\"\" and agency = And*"), 2);
  assert_int_equal(fits(store, "agency = Andean"), 0);
  assert_int_equal(fits(store, "agency ~ \"%\""), 0); // a sign of LIKE is a sign
  assert_int_equal(fits(store, "goldstein >= -10 and goldstein <= 10"), 2);
  assert_int_equal(fits(store, "mutual and count = 2"), 1);
  // "and" binds closer than "or", "not" closer than both
  assert_int_equal(fits(store, "type = AID or type = CONSULT and type = AID"), 1);
  assert_int_equal(fits(store, "not type = AID or type = AID"), 2);
  assert_int_equal(fits(store, "agency = \"x') OR 1 --\""), 0);
  store_close(store);
}

static void a_condition_that_is_none_says_what_was_expected(void **state) {
  (void)state;
  static const char *const wrong[][2] = {
      {"", "a field was expected where there is the end"},
      {"colour = red", "a field was expected where there is `colour = red`"},
      {"type = WAR", "`WAR` is no type; there are AGREE"},
      {"goldstein > 50", "goldstein needs a number from -10 to 10, not `50`"},
      {"confidence = nan", "confidence needs a number from 0 to 1"},
      {"date > 2031-02-30", "date needs YYYY, YYYY-MM or YYYY-MM-DD"},
      {"type < AID", "type takes = != in, and there is `<`"},
      {"source", "source takes = != in, and there is the end"},
      {"source =", "source needs a value"},
      {"(source = PER", "`and`, `or` or `)` was expected"},
      {"source = PER target = CHL", "`and` or `or` was expected where there is `target = CHL`"},
      {"title = \"half", "a quotation mark is not closed"},
      {"type in AID", "type in needs (…)"},
      {"source = PER; DROP TABLE events", "`and` or `or` was expected where there is `; DROP"},
  };
  BedeError err;
  for (size_t i = 0; i < COUNT(wrong); i++) {
    assert_int_equal(store_where(wrong[i][0], &err), BEDE_USAGE);
    if (!strstr(err.message, wrong[i][1]))
      fail_msg("%s: %s", wrong[i][0], err.message);
  }
  Out deep = {0}; // no limit of ours may be one of the stack
  for (int i = 0; i < 500; i++)
    out_text(&deep, "(");
  assert_int_equal(store_where(deep.at, &err), BEDE_USAGE);
  out_reset(&deep);
  out_text(&deep, "source in (A");
  for (int i = 0; i < 500; i++)
    out_text(&deep, ", A");
  out_text(&deep, ")");
  assert_int_equal(store_where(deep.at, &err), BEDE_USAGE);
  out_free(&deep);
}

// Whatever is asked for, the table of sides must find what the actors themselves say.
static void sides_find_what_a_search_of_all_finds(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  for (uint32_t i = 0; i < 40; i++) {
    BedeDoc *doc = dice_doc(i, 1);
    for (uint32_t k = 0; k < 2; k++) { // among others, on footing or not
      Event *e = &doc->events.items[k];
      uint64_t dice = hash_bytes(&i, sizeof i, k);
      e->mutual = dice & 1;
      e->source = (uint32_t)(dice >> 8) % 2;
      e->target = dice & 2 ? 1 - e->source : NONE;
      if (dice & 4) {
        e->withs = doc->members.count;
        e->with_count = 1;
        array_push(&doc->arena, &doc->members, 2u);
        strcpy(doc->actors.items[2].code, "BOL");
      }
    }
    put(store, doc);
  }
  for (uint32_t i = 0; i < 40; i += 3) // some come again in another edition
    put(store, dice_doc(i, 2));
  finish(store);
  store = opened(STORE_READ);
#define BY_HAND(condition)                                                     \
  ask("SELECT count(*) FROM events e JOIN documents d ON d.key = e.document AND d.current "        \
      "LEFT JOIN actors s ON s.document = e.document AND s.number = e.source "                     \
      "LEFT JOIN actors t ON t.document = e.document AND t.number = e.target "                     \
      "LEFT JOIN event_uses u ON u.event = e.key AND u.role = 'with' "                             \
      "LEFT JOIN actors w ON w.document = e.document AND w.number = u.number WHERE " condition)
  assert_int_equal(found(store, (StoreQuery){0}), BY_HAND("1"));
  assert_int_equal(found(store, (StoreQuery){.either = "BOL"}), BY_HAND("w.code = 'BOL'"));
  assert_int_equal(found(store, (StoreQuery){.source = "PER"}),
                   BY_HAND("s.code = 'PER' OR (e.mutual AND t.code = 'PER')"));
  assert_int_equal(found(store, (StoreQuery){.source = "PER", .target = "CHL"}),
                   BY_HAND("(s.code = 'PER' AND t.code = 'CHL') OR "
                           "(e.mutual AND t.code = 'PER' AND s.code = 'CHL')"));
  assert_int_equal(found(store, (StoreQuery){.either = "CHL", .other = "PER.GOV"}),
                   BY_HAND("(s.code = 'PER' AND t.code = 'CHL') OR "
                           "(t.code = 'PER' AND s.code = 'CHL')"));
  assert_int_equal(found(store, (StoreQuery){.either = "BOL", .other = "CHL"}),
                   BY_HAND("w.code = 'BOL' AND t.code = 'CHL'"));
  assert_int_equal(found(store, (StoreQuery){.source = "CHL", .limit = 5}), 5);
  assert_int_equal(ask("SELECT sum(reports) FROM totals"), BY_HAND("1"));
  StoreSeries series;
  BedeError err;
  StoreQuery query = {.either = "PER", .other = "CHL", .type = "CONSULT"};
  assert_int_equal(store_series(store, &query, SERIES_MONTH, &series, &err), BEDE_OK);
  assert_int_equal(series.count, 1); // all in May 2030
  assert_string_equal(series.rows[0].period, "2030-05");
  assert_int_equal(series.rows[0].reports, found(store, query));
  assert_int_equal(series.rows[0].documents, 40);
  assert_true(series.rows[0].stories > 0 && series.rows[0].stories <= series.rows[0].reports);
  free(series.rows);
  store_close(store);
}

static void a_pledge_is_kept_by_what_is_done(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  put(store, made_doc("said", 1)); // Chile will set up a fund in 2031
  BedeDoc *doc = made_doc("done", 2);
  doc->day = (Day){2031, 9, 1};
  doc->events.items[1].status = STATUS_ACTUAL;
  doc->events.items[1].begin = doc->events.items[1].end = (Day){2031, 8, 30};
  assert_int_equal(store_finish(store, &(BedeError){0}), BEDE_OK);
  Pledges pledges;
  BedeError err;
  StoreQuery all = {0};
  assert_int_equal(store_pledges(store, &all, "2031", NULL, &pledges, &err), BEDE_OK);
  assert_int_equal(pledges.count, 1);
  assert_int_equal(pledges.items[0].state, PLEDGE_OPEN);
  assert_int_equal(pledges.items[0].due_begin.year, 2031);
  free(pledges.items);
  assert_int_equal(store_pledges(store, &all, "2031", "2032-02-01", &pledges, &err), BEDE_OK);
  assert_int_equal(pledges.items[0].state, PLEDGE_OVERDUE);
  free(pledges.items);
  assert_int_equal(store_pledges(store, &all, "2029", NULL, &pledges, &err), BEDE_OK);
  assert_int_equal(pledges.count, 0);
  free(pledges.items);
  put(store, doc);
  assert_int_equal(store_finish(store, &err), BEDE_OK);
  assert_int_equal(store_pledges(store, &all, "2031", "2032-02-01", &pledges, &err), BEDE_OK);
  assert_int_equal(pledges.count, 1);
  assert_int_equal(pledges.items[0].state, PLEDGE_KEPT);
  assert_int_equal(pledges.items[0].outcome_day.month, 8);
  free(pledges.items);
  store_close(store);
}

// ---- what may go wrong

static bool parse_is_read(const char *bytes, size_t size) {
  char packed[1024];
  BedeDoc *doc = made_doc("p", 1);
  doc->tokens.count = doc->names.count = 0;
  size_t got = ZSTD_compress(packed, sizeof packed, bytes, size, 3);
  bool good = parsed_read(doc, packed, got);
  doc_free(doc);
  return good;
}

static void a_damaged_parse_is_refused(void **state) {
  (void)state;
  // one token, whose begin and length are as large as can be written
  static const char largest[] = "\1\0\xfe\xff\xff\xff\xff\xff\xff\xff\x7f\xff\xff\xff\xff\xff\xff\xff\xff\x7f\1\0\0\0\0\0\0";
  assert_false(parse_is_read(largest, sizeof largest - 1));
  assert_false(parse_is_read("\xff\xff\xff\x7f\0", 5)); // more tokens than bytes
  assert_false(parse_is_read("\1\0\0", 3));             // cut short
  assert_false(parse_is_read("", 0));
  for (uint64_t round = 0; round < 3000; round++) {
    char bytes[64] = {2, 1};
    for (uint64_t i = 2, dice = round; i < sizeof bytes; i++) {
      dice = hash_bytes(&i, sizeof i, dice);
      bytes[i] = (char)(dice % 3 ? dice >> 8 & 7 : dice >> 8);
    }
    parse_is_read(bytes, sizeof bytes); // whatever it says; sanitizers look on
  }
}

static void a_file_that_is_no_database_is_refused(void **state) {
  (void)state;
  FILE *f = fopen(path, "wb");
  for (int i = 0; i < 300; i++)
    fputs("no database at all; ", f);
  fclose(f);
  refused(STORE_WRITE, "is no SQLite database");
  refused(STORE_READ, "is no SQLite database");
  struct stat st;
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_size, 6000); // untouched
}

static void a_newer_store_is_refused(void **state) {
  (void)state;
  store_close(opened(STORE_WRITE));
  change("PRAGMA user_version = 99");
  refused(STORE_WRITE, "newer Bede");
  refused(STORE_READ, "newer Bede");
}

static void a_database_of_another_program_is_refused(void **state) {
  (void)state;
  change("CREATE TABLE mine (x)");
  refused(STORE_WRITE, "another program");
  assert_int_equal(ask("SELECT count(*) FROM sqlite_schema"), 1);
}

static void a_missing_store_is_not_made_by_reading(void **state) {
  (void)state;
  refused(STORE_READ, "no such store");
  assert_int_equal(access(path, F_OK), -1);
}

static void a_full_disk_keeps_what_was_committed(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  put(store, made_doc("first", 1));
  BedeError err = {0};
  assert_int_equal(store_commit(store, &err), BEDE_OK);
  store_close(store);
  // A child, as the limit on its files cannot be taken back; what it may write
  // is a little more than what is there.
  pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    struct stat st;
    stat(path, &st);
    struct rlimit most = {(rlim_t)st.st_size + 65536, (rlim_t)st.st_size + 65536};
    setrlimit(RLIMIT_FSIZE, &most);
    store = opened(STORE_WRITE);
    begin(store, "b");
    BedeStatus status = BEDE_OK;
    for (uint32_t i = 0; !status && i < 4096; i++) {
      char id[20];
      snprintf(id, sizeof id, "%06u", i);
      StorePut what;
      BedeDoc *doc = made_doc(id, i);
      status = store_put(store, doc, &what, &err);
      doc_free(doc);
    }
    store_close(store);
    _exit(status == BEDE_STORE && strstr(err.message, path) ? 0 : 1);
  }
  int status;
  waitpid(child, &status, 0);
  assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  store = opened(STORE_WRITE); // whole, and works on
  store_close(store);
  assert_int_equal(ask("SELECT count(*) FROM documents WHERE id = 'first'"), 1);
  int64_t documents = ask("SELECT count(*) FROM documents");
  assert_int_equal(ask("SELECT count(*) FROM events"), 2 * documents);
  assert_int_equal((documents - 1) % STORE_BATCH, 0);
}

static void a_damaged_number_is_told(void **state) {
  (void)state;
  Store *store = opened(STORE_WRITE);
  begin(store, "a");
  put(store, made_doc("x", 1));
  finish(store);
  static const char *const harms[] = {
      "UPDATE events SET source = 77", "UPDATE sentences SET \"end\" = 9999",
      "UPDATE events SET sentence = 5", "UPDATE event_uses SET number = 1000000",
      "UPDATE actors SET \"begin\" = -4", "UPDATE events SET trigger_end = 4000000000",
      "UPDATE derived SET position = 9", "UPDATE documents SET text = ''"};
  for (size_t i = 0; i < COUNT(harms); i++) {
    change(harms[i]);
    store = opened(STORE_READ);
    BedeDoc *doc;
    BedeError err = {0};
    if (!store_load(store, 1, &doc, &err)) {
      Out out = {0};
      for (uint32_t k = 0; k < doc->events.count; k++)
        json_event(&out, doc, k);
      out_free(&out);
      doc_free(doc);
    }
    store_close(store);
  }
}

int main(void) {
  if (!mkdtemp(folder))
    return 1;
  snprintf(path, sizeof path, "%s/store.db", folder);
#define TEST(name) cmocka_unit_test_setup_teardown(name, clean, clean)
  const struct CMUnitTest tests[] = {
      TEST(a_loaded_document_prints_as_it_did),
      TEST(coding_again_changes_nothing),
      TEST(other_data_replaces_events_and_keeps_the_run),
      TEST(the_same_id_with_other_text_is_a_new_version),
      TEST(stories_depend_on_the_documents_alone),
      TEST(copies_are_one_source_and_other_agencies_confirm),
      TEST(near_copies_are_stored_once_in_any_order),
      TEST(a_copy_takes_over_when_the_page_becomes_another),
      TEST(a_copy_takes_over_also_where_each_is_coded),
      TEST(an_unfinished_run_is_taken_up_again),
      TEST(a_killed_run_loses_at_most_the_open_batch),
      TEST(events_are_found_by_actor_type_date_and_words),
      TEST(a_condition_finds_what_it_says),
      TEST(a_condition_that_is_none_says_what_was_expected),
      TEST(sides_find_what_a_search_of_all_finds),
      TEST(a_pledge_is_kept_by_what_is_done),
      TEST(a_damaged_parse_is_refused),
      TEST(a_file_that_is_no_database_is_refused),
      TEST(a_newer_store_is_refused),
      TEST(a_database_of_another_program_is_refused),
      TEST(a_missing_store_is_not_made_by_reading),
      TEST(a_full_disk_keeps_what_was_committed),
      TEST(a_damaged_number_is_told),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  rmdir(folder);
  return failed;
}
