// test_record.c - which reports become one story.
// SPDX-License-Identifier: Apache-2.0
#include "record/record.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

enum { REPORTS = 60 };

static uint64_t seed;
static uint32_t dice(uint32_t sides) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33) % sides;
}

// A sign of equally heavy words.
static Sign sign_of(Arena *arena, const uint32_t *words, uint32_t count) {
  SignWord *out = arena_alloc(arena, (count + 1) * sizeof *out);
  uint16_t weight = SIGN_ONE;
  while ((uint64_t)weight * weight * count > (uint64_t)SIGN_ONE * SIGN_ONE)
    weight--;
  for (uint32_t i = 0; i < count; i++)
    out[i] = (SignWord){words[i], weight, 1};
  return (Sign){out, count};
}

static Report report(Arena *arena, const char *id, int32_t day, const uint32_t *words, uint32_t count) {
  return (Report){.id = str_of(id), .day = day, .fresh = true, .sign = sign_of(arena, words, count)};
}
#define WORDS(...) (const uint32_t[]){__VA_ARGS__}, COUNT(((const uint32_t[]){__VA_ARGS__}))

// The stories of reports in any order; parts[i] is of sorted report i.
static void part_reports(Report *reports, uint32_t count, uint32_t *parts) {
  Arena arena = {0};
  Links links = {0};
  qsort(reports, count, sizeof *reports, report_order);
  report_links(reports, count, &arena, &links);
  record_part(reports, count, report_alike, links.items, links.count, NULL, parts);
  arena_free(&arena);
}

static void what_shares_its_rare_words_is_one_story(void **state) {
  (void)state;
  Arena arena = {0};
  uint32_t parts[3];
  Report reports[] = {report(&arena, "c", 100, WORDS(1, 2, 3, 4)),
                      report(&arena, "a", 100, WORDS(2, 3, 4, 5)),
                      report(&arena, "b", 101, WORDS(6, 7, 8, 9))};
  part_reports(reports, 3, parts);
  assert_int_equal(parts[0], 0); // a and c; the least begins it
  assert_int_equal(parts[1], 0);
  assert_int_equal(parts[2], 2);
  assert_true(report_story(&reports[0]) != report_story(&reports[2]));
  arena_free(&arena);
}

static void the_same_words_weeks_later_are_another_story(void **state) {
  (void)state;
  Arena arena = {0};
  uint32_t parts[3];
  Report reports[] = {report(&arena, "a", 100, WORDS(1, 2, 3, 4)),
                      report(&arena, "b", 100 + STORY_DAYS + 1, WORDS(1, 2, 3, 4)),
                      report(&arena, "c", UNDATED, WORDS(1, 2, 3, 5))};
  part_reports(reports, 2, parts);
  assert_int_equal(parts[0], 0);
  assert_int_equal(parts[1], 1);
  part_reports(reports, 3, parts); // the undated is of any day
  assert_true(parts[1] == 0 || parts[2] == 0);
  arena_free(&arena);
}

// Two groups, each tight, and one report that is of both.
static void one_report_does_not_draw_two_groups_together(void **state) {
  (void)state;
  Arena arena = {0};
  uint32_t parts[7];
  Report reports[] = {report(&arena, "a", 1, WORDS(1, 2, 3, 4, 5, 6)),
                      report(&arena, "b", 1, WORDS(1, 2, 3, 4, 5, 7)),
                      report(&arena, "c", 1, WORDS(1, 2, 3, 4, 5, 8)),
                      report(&arena, "d", 1, WORDS(3, 4, 5, 13, 14, 15)),
                      report(&arena, "e", 1, WORDS(11, 12, 13, 14, 15, 16)),
                      report(&arena, "f", 1, WORDS(11, 12, 13, 14, 15, 17)),
                      report(&arena, "g", 1, WORDS(11, 12, 13, 14, 15, 18))};
  part_reports(reports, 7, parts);
  assert_true(parts[0] == parts[1] && parts[1] == parts[2]);
  assert_true(parts[4] == parts[5] && parts[5] == parts[6]);
  assert_true(parts[0] != parts[4]);
  arena_free(&arena);
}

static void random_reports(Arena *arena, Report *reports) {
  for (uint32_t i = 0; i < REPORTS; i++) {
    uint32_t words[8], topic = dice(6);
    for (uint32_t k = 0; k < 8; k++)
      words[k] = 100 * k + (dice(3) ? topic : dice(40));
    char id[16];
    snprintf(id, sizeof id, "d%u", i);
    reports[i] = report(arena, arena_copy(arena, str_of(id)),
                        dice(5) ? (int32_t)dice(20) : UNDATED, words, 8);
  }
}

static void the_order_of_input_changes_nothing(void **state) {
  (void)state;
  for (seed = 1; seed < 100000; seed += 997) {
    Arena arena = {0};
    Report reports[REPORTS];
    uint32_t first[REPORTS], parts[REPORTS];
    uint64_t begun = seed;
    random_reports(&arena, reports);
    part_reports(reports, REPORTS, first);
    for (uint32_t i = REPORTS - 1; i > 0; i--) {
      uint32_t other = dice(i + 1);
      Report held = reports[i];
      reports[i] = reports[other];
      reports[other] = held;
    }
    part_reports(reports, REPORTS, parts);
    assert_memory_equal(first, parts, sizeof parts);
    arena_free(&arena);
    seed = begun;
  }
}

static void links_are_all_pairs_alike_enough(void **state) {
  (void)state;
  for (seed = 7; seed < 100; seed += 7) {
    Arena arena = {0};
    Report reports[REPORTS];
    uint64_t begun = seed;
    random_reports(&arena, reports);
    for (uint32_t i = 0; i < REPORTS; i++)
      reports[i].fresh = dice(2);
    qsort(reports, REPORTS, sizeof *reports, report_order);
    Links links = {0};
    report_links(reports, REPORTS, &arena, &links);
    uint32_t expected = 0;
    for (uint32_t a = 0; a < REPORTS; a++)
      for (uint32_t b = a + 1; b < REPORTS; b++)
        expected += (reports[a].fresh || reports[b].fresh) &&
                    report_alike(reports, a, b) >= STORY_LIMIT;
    assert_int_equal(links.count, expected);
    for (uint32_t i = 0; i < links.count; i++)
      assert_int_equal(links.items[i].score, report_alike(reports, links.items[i].a, links.items[i].b));
    arena_free(&arena);
    seed = begun;
  }
}

// Half of the items of a large component are alike; it is parted all the same.
static void a_component_may_be_large(void **state) {
  (void)state;
  enum { MANY = STORY_COMPONENT + 200 };
  Arena arena = {0};
  Report *reports = arena_alloc(&arena, MANY * sizeof *reports);
  uint32_t *parts = arena_alloc(&arena, MANY * sizeof *parts);
  for (uint32_t i = 0; i < MANY; i++) {
    char id[16];
    snprintf(id, sizeof id, "d%05u", i);
    uint32_t at = 2 * i; // a chain: each shares four of its six words with the next
    reports[i] = report(&arena, arena_copy(&arena, str_of(id)), 5,
                        WORDS(at, at + 1, at + 2, at + 3, at + 4, at + 5));
  }
  part_reports(reports, MANY, parts);
  assert_true(parts[0] != parts[MANY - 1]);
  for (uint32_t i = 0; i < MANY; i++)
    assert_true(parts[i] <= i);
  arena_free(&arena);
}

static uint32_t sketch_of(const char *text, uint32_t out[SKETCH]) {
  BedeDoc *doc = doc_new();
  doc->text = arena_str(&doc->arena, str_of(text));
  for (uint32_t i = 0; text[i];) {
    uint32_t begin = i;
    while (text[i] && text[i] != ' ')
      i++;
    array_push(&doc->arena, &doc->tokens, (Token){.span = {begin, i}, .upos = UPOS_NOUN});
    while (text[i] == ' ')
      i++;
  }
  uint32_t count = sketch_make(doc, out);
  doc_free(doc);
  return count;
}

static void a_copy_is_known_by_its_sketch(void **state) {
  (void)state;
  uint32_t a[SKETCH], b[SKETCH], c[SKETCH];
  uint32_t as = sketch_of("the port of Mombasa will be closed to ships from Monday until the quay "
                          "has been mended the harbour master said in a note to all lines", a);
  uint32_t bs = sketch_of("the port of Mombasa will be closed to ships from Monday until the quay "
                          "has been mended the harbour master said in a note to all lines today", b);
  uint32_t cs = sketch_of("ships will have to wait from Monday on as the quay of the port of Mombasa "
                          "is mended and no line may land there as long as it takes", c);
  assert_true(sketch_is_copy(a, as, b, bs));
  assert_false(sketch_is_copy(a, as, c, cs));
  assert_false(sketch_is_copy(a, 0, b, 0));
}

// ---- near-copies

static Fingerprint fingerprint_of(const char *text, int day) {
  BedeDoc *doc = doc_new();
  Fingerprint f;
  doc->text = str_of(text);
  if (day)
    doc->day = (Day){2031, 3, (uint8_t)day};
  fingerprint_make(doc, &f);
  doc_free(doc);
  return f;
}

static bool near_copies(const char *a, int a_day, const char *b, int b_day) {
  Fingerprint x = fingerprint_of(a, a_day), y = fingerprint_of(b, b_day);
  bool alike = fingerprint_alike(&x, &y);
  assert_int_equal(alike, fingerprint_alike(&y, &x));
  if (alike) { // then they can be found
    int64_t p[FINGERPRINT_BANDS], q[FINGERPRINT_BANDS];
    bool met = false;
    fingerprint_bands(&x, p);
    fingerprint_bands(&y, q);
    for (int i = 0; i < FINGERPRINT_BANDS; i++)
      met |= p[i] == q[i];
    assert_true(met);
  }
  return alike;
}

// clang-format off
#define LOCK \
  "The lock at Arlen was opened to barges on Tuesday after 3 weeks of repairs, the canal "   \
  "board said. It had been shut since a gate gave way under the flood, and some 140 "        \
  "barges with grain and coal had to wait below the town. Their owners asked the board "     \
  "to pay for the days that they lost. The board's head, Mr. Tolan, answered that the "      \
  "flood was nobody's fault but that he would meet the owners within the month, and that "   \
  "the two other gates were to be looked at before the winter."
// clang-format on

static void near_copies_are_known_by_their_words(void **state) {
  (void)state;
  static const char other[] =
      "The lock at Arlen opened again for barges on Tuesday. The canal board said that the "
      "repairs of its gate, which the flood had broken, took three weeks. The owners of the "
      "barges that lay below the town want the board to pay for what they lost by it, but "
      "Mr. Tolan, who leads the board, sees no fault and has promised them a meeting.";
  static const char typeset[] = // quotation marks, dashes, capitals, blanks as another page has them
      "THE LOCK at Arlen was opened to barges on Tuesday after 3\u00a0weeks of repairs, the canal "
      "board said.\n\nIt had been shut since a gate gave way under the flood \u2014 and some 140 "
      "barges with grain and coal had to wait below the town. Their owners asked the board "
      "to pay for the days that they lost. The board\u2019s head, Mr. Tolan, answered that the "
      "flood was nobody\u2019s fault but that he would meet the owners within the month, and that "
      "the two other gates were to be looked at before the winter.";
  assert_true(near_copies(LOCK, 4, LOCK, 4));
  assert_true(near_copies(LOCK, 4, typeset, 4));
  assert_true(near_copies(LOCK, 4, LOCK " Further reports will follow.", 4));
  assert_false(near_copies(LOCK, 4, other, 4));
  assert_false(near_copies(LOCK, 4, "", 4));
  assert_false(near_copies("", 4, "", 4));
  assert_true(near_copies("No news.", 4, "No news", 4));
  assert_false(near_copies("No news.", 4, "Good news", 4));
}

// A text that is cut down to its half has lost events: it is no near-copy.
static void half_a_text_is_no_near_copy(void **state) {
  (void)state;
  char half[sizeof LOCK];
  snprintf(half, sizeof half, "%.*s", (int)(sizeof LOCK / 2), LOCK);
  assert_false(near_copies(LOCK, 4, half, 4));
}

static void a_bulletin_is_no_near_copy_of_yesterdays(void **state) {
  (void)state;
  char next[sizeof LOCK];
  snprintf(next, sizeof next, "%s", LOCK);
  memcpy(strstr(next, "140"), "155", 3);
  assert_true(near_copies(LOCK, 4, next, 4)); // corrected on the same day
  assert_false(near_copies(LOCK, 4, next, 5));
  assert_false(near_copies(LOCK, 0, next, 5));
  assert_true(near_copies(LOCK, 4, LOCK, 5)); // printed the day after
  assert_true(near_copies(LOCK, 0, LOCK, 5));
  assert_false(near_copies(LOCK, 4, LOCK, 20));
}

static void the_first_published_is_told_by_time_and_offset(void **state) {
  (void)state;
  Day day = {2031, 3, 4}, none = {0};
  assert_true(published_at(STR("2031-03-04T10:00"), none) < published_at(STR("2031-03-04T10:01"), none));
  assert_true(published_at(STR("2031-03-04T10:00:59+02:00"), none) < published_at(STR("2031-03-04T08:01Z"), none));
  assert_true(published_at(STR("2031-03-04T10:00-0130"), none) == published_at(STR("2031-03-04T11:30"), none));
  assert_true(published_at(STR("2031-03-04T23:59"), none) < published_at(STR("2031-03-04"), none));
  assert_true(published_at(STR(""), day) == published_at(STR("2031-03-04"), none));
  assert_true(published_at(STR("2031-03"), none) > published_at(STR("2099-01-01"), none));
  assert_true(published_at(STR(""), none) > published_at(STR("2099-01-01"), none));
}

static Telling telling(Arena *arena, const char *id, int32_t day, const uint32_t *words, uint32_t count) {
  return (Telling){.id = str_of(id), .pair = 1, .day = day, .length = 1, .count = 1, .fresh = true,
                   .trigger = 5, .document = id[0], .sign = sign_of(arena, words, count)};
}

static void events_told_alike_are_one_and_other_places_are_not(void **state) {
  (void)state;
  Arena arena = {0};
  Links links = {0};
  Telling t[] = {telling(&arena, "a", 10, WORDS(1, 2, 3, 4)), telling(&arena, "b", 10, WORDS(2, 3, 4, 5)),
                 telling(&arena, "c", 10, WORDS(2, 3, 4, 6)), telling(&arena, "d", 30, WORDS(1, 2, 3, 4))};
  for (uint32_t i = 0; i < COUNT(t); i++)
    t[i].first = t[i].day;
  t[0].place = t[1].place = 1;
  t[2].place = 2;
  assert_true(telling_alike(t, 0, 1) >= STORY_LIMIT);
  assert_true(telling_alike(t, 0, 2) < telling_alike(t, 0, 1));
  assert_int_equal(telling_alike(t, 0, 3), 0);
  t[1].pair = 2;
  assert_int_equal(telling_alike(t, 0, 1), 0);
  t[1].pair = 1;
  qsort(t, COUNT(t), sizeof *t, telling_order);
  telling_links(t, COUNT(t), &arena, &links);
  uint32_t parts[COUNT(t)];
  record_part(t, COUNT(t), telling_alike, links.items, links.count, NULL, parts);
  assert_true(parts[0] == parts[1] && parts[3] == 3);
  arena_free(&arena);
}

static void a_series_that_takes_another_level_is_marked(void **state) {
  (void)state;
  double exposure[24], counts[24];
  bool changes[24];
  for (int i = 0; i < 24; i++) {
    exposure[i] = 10;
    counts[i] = 3 + i % 2;
  }
  series_changes(counts, exposure, 24, changes);
  for (int i = 0; i < 24; i++)
    assert_false(changes[i]);
  for (int i = 12; i < 24; i++)
    counts[i] = 14 + i % 3;
  series_changes(counts, exposure, 24, changes);
  for (int i = 0; i < 24; i++)
    assert_int_equal(changes[i], i == 12);
  for (int i = 12; i < 24; i++)
    exposure[i] = 45; // so much more was read
  series_changes(counts, exposure, 24, changes);
  assert_false(changes[12]);
  series_changes(counts, exposure, 0, changes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_shares_its_rare_words_is_one_story),
      cmocka_unit_test(the_same_words_weeks_later_are_another_story),
      cmocka_unit_test(one_report_does_not_draw_two_groups_together),
      cmocka_unit_test(the_order_of_input_changes_nothing),
      cmocka_unit_test(links_are_all_pairs_alike_enough),
      cmocka_unit_test(a_component_may_be_large),
      cmocka_unit_test(a_copy_is_known_by_its_sketch),
      cmocka_unit_test(near_copies_are_known_by_their_words),
      cmocka_unit_test(half_a_text_is_no_near_copy),
      cmocka_unit_test(a_bulletin_is_no_near_copy_of_yesterdays),
      cmocka_unit_test(the_first_published_is_told_by_time_and_offset),
      cmocka_unit_test(a_series_that_takes_another_level_is_marked),
      cmocka_unit_test(events_told_alike_are_one_and_other_places_are_not),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
