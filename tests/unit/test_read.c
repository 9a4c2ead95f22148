// test_read.c - files to documents with their frame. All texts are invented.
// SPDX-License-Identifier: Apache-2.0
#include "read/read.h"
#include "split/split.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static BedeModel *model;

static BedeDoc *read_with(const char *text, const char *date, bool dispatch) {
  BedeInput input = {.text = text, .len = strlen(text), .date = date, .dispatch = dispatch};
  BedeError err = {0};
  BedeDoc *doc;
  if (read_text(model, &input, &doc, &err))
    fail_msg("%s", err.message);
  split_sentences(doc, model);
  assert_null(doc_check(doc));
  return doc;
}
static BedeDoc *dispatch(const char *text) { return read_with(text, NULL, true); }

static void expect(Str have, const char *want) {
  char copy[512];
  snprintf(copy, sizeof copy, "%.*s", STR_ARG(have));
  assert_string_equal(copy, want);
}

static void expect_day(const BedeDoc *doc, const char *want) {
  char day[11];
  day_print(doc->day, day);
  assert_string_equal(day, want);
}

static void the_frame_of_a_crawled_dispatch_is_taken_off(void **state) {
  (void)state;
  BedeDoc *doc = dispatch(" date 2025-01-01 Laos, Chad pledge closer ties on New Year's Day\n\n"
                          "Xinhua) 07:15, January 01, 2025\n\n"
                          "VIENTIANE, Dec. 31 (Xinhua) -- Laos and Chad exchanged envoys.\n\n"
                          "Both sides were glad.\n\n"
                          "(Web editor: Noy Sisouk, Mahamat Idriss)\n");
  expect(doc->frame.title, "Laos, Chad pledge closer ties on New Year's Day");
  expect(doc->frame.agency, "Xinhua");
  expect(doc->frame.published, "2025-01-01T07:15");
  expect(doc->frame.dateline_place, "Vientiane");
  expect(doc->frame.dateline_date, "2024-12-31");
  expect(doc->frame.language, "en");
  assert_int_equal(doc->frame.editors.count, 2);
  expect(doc->frame.editors.items[0], "Noy Sisouk");
  expect(doc->frame.editors.items[1], "Mahamat Idriss");
  expect(doc->text, "Laos and Chad exchanged envoys.\n\nBoth sides were glad.");
  expect_day(doc, "2024-12-31");
  assert_int_equal(doc->day_basis, BASIS_DATELINE);
  doc_free(doc);
}

static void datelines_of_many_agencies_are_known(void **state) {
  (void)state;
  static const struct {
    const char *text, *place, *agency, *body;
  } cases[] = {
      {"OSLO, March 5 (Reuters) - Norway waits.", "Oslo", "Reuters", "Norway waits."},
      {"NAIROBI, Kenya (AP) \u2014 Kenya waits.", "Nairobi", "AP", "Kenya waits."},
      {"LONDON (AP) - Britain waits.", "London", "AP", "Britain waits."},
      {"ULAANBAATAR, April 11. /TASS/. Mongolia waits.", "Ulaanbaatar", "TASS", "Mongolia waits."},
      {"TOKYO, May 20, Kyodo - Japan waits.", "Tokyo", "Kyodo", "Japan waits."},
      {"La Paz, Oct 14 (EFE).- Bolivia waits.", "La Paz", "EFE", "Bolivia waits."},
      {"New Delhi, Jan 16 (PTI) India waits.", "New Delhi", "PTI", "India waits."},
      {"Tehran, Sept 23, IRNA \u2013 Iran waits.", "Tehran", "IRNA", "Iran waits."},
      {"Berlin (dpa) - Germany waits.", "Berlin", "dpa", "Germany waits."},
      {"MANILA \u2013 The Philippines wait.", "Manila", "", "The Philippines wait."},
      {"PARIS, April 1 (AFP)\n\nFrance waits.", "Paris", "AFP", "France waits."},
      {"MOSCOW, Dec 1, 2006\n\nRussia waits.", "Moscow", "", "Russia waits."},
      {"BUFFALO, N.Y. (AP) -- New York waits.", "Buffalo", "AP", "New York waits."},
      {"(Reuters) - Oil waits.", "", "Reuters", "Oil waits."},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    BedeDoc *doc = dispatch(cases[i].text);
    expect(doc->frame.dateline_place, cases[i].place);
    expect(doc->frame.agency, cases[i].agency);
    expect(doc->text, cases[i].body);
    doc_free(doc);
  }
}

// One of each agency, in the form that it sends; what remains is the body.
static void the_frames_of_fourteen_agencies_are_taken_off(void **state) {
  (void)state;
#define BODY "Norway will reopen its embassy, two officials said."
  static const struct {
    const char *text, *agency, *place, *day;
  } cases[] = {
      {"Norway to reopen embassy\n\nSource: Xinhua| 2031-07-04 18:47:12|Editor: Noy Sisouk\n\n"
       "OSLO, July 4 (Xinhua) -- " BODY " Enditem", "Xinhua", "Oslo", "2031-07-04"},
      {"Norway to reopen embassy\n\n(People's Daily Online) 09:15, July 05, 2031\n\n" BODY
       "\n\n(Web editor: Noy Sisouk, Liu Ana)", "People's Daily Online", "", "2031-07-05"},
      {"OSLO, July 4. /TASS/. " BODY, "TASS", "Oslo", "2031-07-04"},
      {"OSLO, June 30. /ITAR-TASS/. " BODY, "TASS", "Oslo", "2031-06-30"},
      {"OSLO, July 4 (RIA Novosti) \u2013 " BODY, "RIA Novosti", "Oslo", "2031-07-04"},
      {"OSLO (Sputnik) - " BODY, "Sputnik", "Oslo", "2031-07-05"},
      {"OSLO/BERGEN, July 4 (Reuters) - " BODY "\n\n(Reporting by Maren Holt and Idris Bell; "
       "Writing by Ana Liu; Editing by Noy Sisouk)", "Reuters", "Oslo/Bergen", "2031-07-04"},
      {"OSLO, Norway (AP) \u2014 " BODY "\n\n___\n\nHolt reported from Bergen.", "AP", "Oslo",
       "2031-07-05"},
      {"Oslo (AFP) \u2013 " BODY "\n\nabc/de/fgh", "AFP", "Oslo", "2031-07-05"},
      {"Oslo (dpa) - " BODY "\n\n# dpa-Notebook\n\ndpa mh ib\n\n041847 GMT Jul 31", "dpa", "Oslo",
       "2031-07-05"},
      {"(ANSA) - OSLO, JUL 4 - " BODY " (ANSA).", "ANSA", "Oslo", "2031-07-04"},
      {"OSLO, July 4 (Yonhap) -- " BODY "\n\nholt@agency.example\n\n(END)", "Yonhap", "Oslo",
       "2031-07-04"},
      {"Oslo, July 4 (KCNA) --" BODY " -0-", "KCNA", "Oslo", "2031-07-04"},
      {"Oslo, July 4 (KCNA) -- " BODY "\n\nwww.agency.example (Juche120.7.4.)", "KCNA", "Oslo",
       "2031-07-04"},
      {"Norway to reopen embassy\n\nOSLO, July 4, Kyodo - " BODY "\n\n==Kyodo", "Kyodo", "Oslo",
       "2031-07-04"},
      {"Oslo, 4 jul (EFE).- " BODY " EFE\n\nmh/ib", "EFE", "Oslo", "2031-07-04"},
      {"OSLO, Jul. 04 (MNA) \u2013 " BODY "\n\nMH/6123456", "Mehr", "Oslo", "2031-07-04"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    BedeDoc *doc = read_with(cases[i].text, "2031-07-05", true);
    char have[512], want[512], day[11];
    day_print(doc->day, day);
    snprintf(have, sizeof have, "%.*s|%.*s|%s|%.*s", STR_ARG(doc->frame.agency),
             STR_ARG(doc->frame.dateline_place), day, STR_ARG(doc->text));
    snprintf(want, sizeof want, "%s|%s|%s|" BODY, cases[i].agency, cases[i].place, cases[i].day);
    assert_string_equal(have, want);
    doc_free(doc);
  }
#undef BODY
}

static void the_country_of_a_dateline_is_that_of_its_region_or_capital(void **state) {
  (void)state;
  static const struct {
    const char *text, *country;
  } cases[] = {
      {"VIENTIANE (AP) - Laos waits.", "LAO"},
      {"DAR ES SALAAM (AP) - Tanzania waits.", "TZA"}, // small "es" in the table
      {"ARUSHA, Tanzania (AP) - Tanzania waits.", "TZA"},
      {"PORT-AU-PRINCE (AP) - Haiti waits.", "HTI"},
      {"HOUSTON, Texas, March 5 (AFP) - Texas waits.", "USA"},
      {"BATUMI, Georgia (AP) - Georgia waits.", ""}, // or the American state
      {"GUANGZHOU, South China, May 1 (Xinhua) -- China waits.", "CHN"},
      {"SEOUL, South Korea (AP) - Korea waits.", "KOR"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    BedeDoc *doc = dispatch(cases[i].text);
    expect(doc->frame.dateline_country, cases[i].country);
    doc_free(doc);
  }
}

static void what_looks_like_a_dateline_stays(void **state) {
  (void)state;
  static const char *const texts[] = {
      "On Monday, March 5 - a day of rain - Norway waited.",
      "BREAKING - Norway waits for rain.",
      "Norway (population 5 million) waits.",
      "NATO, Norway and Chile wait.",
      "Chile-Peru talks go on - again.",
      "Norway waits.\n\nBy Thursday evening the rain had not yet come.",
      "Norway waits.\n\nEdited by hand, the list that the ministry gave out was short.",
  };
  for (size_t i = 0; i < COUNT(texts); i++) {
    BedeDoc *doc = dispatch(texts[i]);
    expect(doc->text, texts[i]);
    expect(doc->frame.dateline_place, "");
    doc_free(doc);
  }
}

static void tails_are_taken_off(void **state) {
  (void)state;
  static const char *const tails[] = {
      "\n\n(Reporting by Ada Lind in Oslo; Editing by Bo Berg)", "\n\n-0-", " Enditem",
      "\n\nEnditem", "\n\n///", "\n\n\u00a9 Agence France-Presse", "\n\nab-cd/ef", " (PNA)",
      " EFE\n\nxyz/abc", " PTI ABC DEF\nGHI GHI", "\n\n==Kyodo", "\n\n9376**4411",
      "\n\n___\n\nLind reported from Bergen.", "\n\nRelated topics\nNorway\nTrade",
      "\n\nWriting by Ada Lind", "\n\n(Web editor: Ada Lind)"};
  for (size_t i = 0; i < COUNT(tails); i++) {
    char text[256];
    snprintf(text, sizeof text, "Norway waits\n\nOSLO (NTB) - Norway waits.\n\nChile goes.%s", tails[i]);
    BedeDoc *doc = dispatch(text);
    expect(doc->text, "Norway waits.\n\nChile goes.");
    expect(doc->frame.title, "Norway waits");
    doc_free(doc);
  }
}

static void authors_and_editors_are_people(void **state) {
  (void)state;
  BedeDoc *doc = dispatch("Norway waits\n\nBy Ada Lind and Bo Berg, Associated Press\n\n"
                          "OSLO (AP) - Norway waits.\n\nChile goes.\n\n"
                          "(Reporting by Ada Lind in Oslo; Additional reporting by Eva Dahl; "
                          "Editing by Max Holm and Ivar Aas)");
  assert_int_equal(doc->frame.authors.count, 3);
  expect(doc->frame.authors.items[0], "Ada Lind");
  expect(doc->frame.authors.items[2], "Eva Dahl");
  assert_int_equal(doc->frame.editors.count, 2);
  expect(doc->frame.editors.items[1], "Ivar Aas");
  doc_free(doc);
}

static void wrapped_lines_are_joined(void **state) {
  (void)state;
  BedeDoc *doc = dispatch(
      "Norway waits\n\n"
      "OSLO (NTB) - The government of Norway said on Monday that it would wait\n"
      "for an answer until the long-\n"
      "term plan was ready.\n\nChile goes.\n");
  expect(doc->text, "The government of Norway said on Monday that it would wait for an answer "
                    "until the long-term plan was ready.\n\nChile goes.");
  doc_free(doc);
}

static void a_plain_text_keeps_its_words(void **state) {
  (void)state;
  BedeDoc *doc = dispatch("Norway waits. So does Chile.\n\nNobody goes.");
  expect(doc->frame.title, "");
  expect(doc->text, "Norway waits. So does Chile.\n\nNobody goes.");
  doc_free(doc);
}

static void a_text_kept_whole_has_its_dateline_marked(void **state) {
  (void)state;
  const char *text = "LIMA, Dec. 31 (EFE).- Peru waits.\n\n  Chile goes. (EFE)";
  BedeDoc *doc = read_with(text, "2024-01-01", false);
  expect(doc->text, text);
  expect(doc_span(doc, doc->frame.dateline), "LIMA, Dec. 31 (EFE).-");
  expect(doc_span(doc, doc->sentences.items[0].span), "LIMA, Dec. 31 (EFE).-");
  expect_day(doc, "2023-12-31"); // the nearest year
  doc_free(doc);
}

static void a_wrong_day_is_refused(void **state) {
  (void)state;
  BedeInput input = {.text = "x", .len = 1, .date = "yesterday"};
  BedeError err = {0};
  BedeDoc *doc;
  assert_int_equal(read_text(model, &input, &doc, &err), BEDE_INPUT);
  assert_null(doc);
}

// ---- files

static char folder[] = "/tmp/bede-read-XXXXXX";

static void put(const char *name, const char *bytes, size_t size) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes, 1, size, f), size);
  fclose(f);
}

// Reads name below the folder; ids and, behind "!", messages, parted by blanks.
static void expect_read(const char *name, const char *want) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  const char *inputs[] = {path};
  Reader *reader = reader_new(model, inputs, 1);
  Out out = {0};
  out_text(&out, "");
  BedeDoc *doc;
  BedeError err = {0};
  while (reader_next(reader, &doc, &err)) {
    if (out.len)
      out_char(&out, ' ');
    if (doc) {
      out_str(&out, doc->frame.id);
    } else {
      assert_true(str_starts(str_of(err.message), str_of(folder)));
      out_print(&out, "!%s", err.message + strlen(folder) + 1);
    }
    doc_free(doc);
  }
  out_char(&out, 0);
  assert_string_equal(out.at, want);
  uint64_t done, all;
  reader_progress(reader, &done, &all);
  assert_int_equal(done, all);
  reader_free(reader);
  out_free(&out);
}

static void each_broken_line_is_named_and_the_rest_read(void **state) {
  (void)state;
  static const char lines[] = "{\"id\":\"a\",\"text\":\"x\"}\n{\"text\":\"cut\n\n{\"text\":1}\n"
                              "{\"id\":\"b\",\"text\":\"\xff\"}\n[]\n"
                              "{\"id\":\"c\",\"text\":\"x\",\"date\":\"never\"}\n"
                              "{\"url\":\"http://d\",\"text\":\"x\"}";
  put("lines.jsonl", lines, sizeof lines - 1);
  expect_read("lines.jsonl",
              "a !lines.jsonl:2: is no JSON: premature end of input near '\"cut', at byte 12 "
              "!lines.jsonl:4: the object has no string \"text\" b "
              "!lines.jsonl:6: is no JSON object !lines.jsonl:7: \"date\" is no day: never http://d");
}

static void a_line_too_long_is_refused_and_the_rest_read(void **state) {
  (void)state;
  char path[256];
  snprintf(path, sizeof path, "%s/long.jsonl", folder);
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  fputs("{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"long\",\"text\":\"", f);
  for (int i = 0; i < 40 << 20; i += 64)
    fputs("words words words words words words words words words words wor ", f);
  fputs("\"}\n{\"id\":\"b\",\"text\":\"x\"}\n", f);
  fclose(f);
  expect_read("long.jsonl", "a !long.jsonl:2: the line is longer than 33554432 bytes b");
  remove(path);
}

static void unreadable_files_are_named(void **state) {
  (void)state;
  put("empty", "", 0);
  put("binary", "\0\1\2", 3);
  put("page", "<!DOCTYPE html>", 15);
  put("packed", "\x1f\x8b\x08", 3);
  expect_read("empty", "!empty: is empty");
  expect_read("binary", "!binary: is binary: it holds NUL bytes");
  put("twice", "\x1f\x8b\x08\0\0\0\0\0\0\3\1\4\0\xfb\xff\x1f\x8b\x08\0", 19);
  expect_read("page", "!page: no article was found in the page");
  expect_read("packed", "!packed: is cut short: its last gzip member has no end");
  expect_read("twice", "!twice: is packed twice, which is not read");
  expect_read("missing", "!missing: cannot open: No such file or directory");
}

static void folders_are_read_in_byte_order(void **state) {
  (void)state;
  char path[256];
  snprintf(path, sizeof path, "%s/tree", folder);
  assert_int_equal(mkdir(path, 0700), 0);
  snprintf(path, sizeof path, "%s/tree/b", folder);
  assert_int_equal(mkdir(path, 0700), 0);
  snprintf(path, sizeof path, "%s/tree/b/loop", folder);
  assert_int_equal(symlink("..", path), 0);
  put("tree/b/x", "{\"id\":\"x\",\"text\":\"\"}", 20);
  put("tree/a", "{\"id\":\"a\",\"text\":\"\"}", 20);
  put("tree/C", "{\"id\":\"C\",\"text\":\"\"}", 20);
  put("tree/.hidden", "{\"id\":\"h\",\"text\":\"\"}", 20);
  expect_read("tree", "C a x");
}

static void the_same_document_has_the_same_id(void **state) {
  (void)state;
  BedeDoc *a = dispatch("Norway waits\n\nOSLO (NTB) - Norway waits.");
  BedeDoc *b = dispatch("Norway waits\r\n\r\nOSLO (NTB) - Norway waits.\r\n");
  BedeDoc *c = dispatch("Norway waits\n\nOSLO (NTB) - Norway waits!");
  assert_int_equal(a->frame.id.len, 16);
  assert_true(str_equal(a->frame.id, b->frame.id));
  assert_false(str_equal(a->frame.id, c->frame.id));
  doc_free(a), doc_free(b), doc_free(c);
}

static void remove_folder(void) {
  static const char *const names[] = {"lines.jsonl", "empty",       "binary",  "page",
                                      "packed",      "twice",       "tree/b/loop", "tree/b/x", "tree/b",
                                      "tree/a",      "tree/C",      "tree/.hidden", "tree", ""};
  for (size_t i = 0; i < COUNT(names); i++) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, names[i]);
    remove(path);
  }
}

int main(void) {
  BedeError err = {0};
  if (bede_model_open(getenv("BEDE_DATA"), &model, &err)) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  if (!mkdtemp(folder))
    return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_frame_of_a_crawled_dispatch_is_taken_off),
      cmocka_unit_test(datelines_of_many_agencies_are_known),
      cmocka_unit_test(the_frames_of_fourteen_agencies_are_taken_off),
      cmocka_unit_test(the_country_of_a_dateline_is_that_of_its_region_or_capital),
      cmocka_unit_test(what_looks_like_a_dateline_stays),
      cmocka_unit_test(tails_are_taken_off),
      cmocka_unit_test(authors_and_editors_are_people),
      cmocka_unit_test(wrapped_lines_are_joined),
      cmocka_unit_test(a_plain_text_keeps_its_words),
      cmocka_unit_test(a_text_kept_whole_has_its_dateline_marked),
      cmocka_unit_test(a_wrong_day_is_refused),
      cmocka_unit_test(each_broken_line_is_named_and_the_rest_read),
      cmocka_unit_test(a_line_too_long_is_refused_and_the_rest_read),
      cmocka_unit_test(unreadable_files_are_named),
      cmocka_unit_test(folders_are_read_in_byte_order),
      cmocka_unit_test(the_same_document_has_the_same_id),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  remove_folder();
  bede_model_free(model);
  return failed;
}
