// test_archive.c - web archives, feeds and packed files. All texts are invented;
// the files are those that fuzzing starts from.
// SPDX-License-Identifier: Apache-2.0
#include "read/read.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static BedeModel *model;

#define FERRY "The port council voted on Tuesday to buy a second ferry for the island, after two " \
              "years of talks with the yard."

// Documents as "url|id|title|published|author|text", messages as "!…", a line
// each. name: below tests/fuzz/corpus.
static void expect_read(const char *name, const char *want) {
  char path[512];
  snprintf(path, sizeof path, "%s/tests/fuzz/corpus/%s", getenv("BEDE_SOURCE"), name);
  const char *inputs[] = {path};
  Reader *reader = reader_new(model, inputs, 1);
  Out out = {0};
  BedeDoc *doc;
  BedeError err = {0};
  while (reader_next(reader, &doc, &err)) {
    if (doc) {
      const Frame *f = &doc->frame;
      assert_null(doc_check(doc));
      out_print(&out, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s\n", STR_ARG(f->url), STR_ARG(f->id), STR_ARG(f->title),
                STR_ARG(f->published), (int)(f->authors.count ? f->authors.items[0].len : 0),
                f->authors.count ? f->authors.items[0].at : "", STR_ARG(doc->text));
      doc_free(doc);
    } else {
      size_t skip = strlen(path) + 1;
      out_print(&out, "!%s\n", err.message + skip + (err.message[skip] == ' '));
    }
  }
  out_char(&out, 0);
  assert_string_equal(out.at, want);
  out_free(&out);
  reader_free(reader);
}

#define PAGE "http://a.example/1|http://a.example/1||||" FERRY "\n"

static void answers_are_plain_chunked_or_packed(void **state) {
  (void)state;
  expect_read("warc/three", PAGE PAGE PAGE);
}

static void a_cut_archive_gives_what_is_before_the_cut(void **state) {
  (void)state;
  expect_read("warc/cut", PAGE PAGE "!record at byte 631 (http://a.example/1): is cut short\n");
  expect_read("packed/warc.gz", PAGE "!record at byte 293 (http://a.example/1): is cut short: its last "
                                     "gzip member has no end\n");
}

static void a_length_that_lies_is_told(void **state) {
  (void)state;
  expect_read("warc/length", "!record at byte 0: is cut short\n");
}

static void items_of_feeds_are_documents(void **state) {
  (void)state;
  expect_read("feed/rss", "http://a.example/1|http://a.example/1|Ferry & fares|2031-07-04T09:15+02:00|"
                          "Maren Holt|" FERRY "\n\nFares stay.\n"
                          "http://a.example/2|http://a.example/2|Second|||" FERRY "\n");
  expect_read("feed/atom", "http://a.example/3|http://a.example/3|A|2031-07-04T09:15Z|Idris Bell|" FERRY "\n");
}

static void news_items_in_xml_are_documents(void **state) {
  (void)state;
  expect_read("feed/nitf", "|x1|Ferry bought|2031-07-04T09:15Z|Maren Holt|" FERRY "\n\nFares stay.\n");
  expect_read("feed/newsml", "|urn:x:2|Ferry bought|2031-07-04T09:15+02:00||" FERRY "\n");
}

static void rows_of_tables_are_documents(void **state) {
  (void)state;
  expect_read("csv/commas", "|7|Ferry, \"fares\"|2031-07-04||" FERRY "\r\n\r\nFares stay.\n"
                            "!5: has 2 columns, not 5 as the head\n"
                            "|9|Second|2031-07-05||The port council voted on Tuesday to buy a second "
                            "ferry for the island after two years of talks with the yard.\n");
  expect_read("csv/tabs", "http://a.example/1|http://a.example/1||||" FERRY "\n"
                          "!4: a quotation mark is not closed\n");
}

static void petrarch_sentences_are_documents(void **state) {
  (void)state;
  expect_read("feed/petrarch", "|TID_1||2031-07-04||" FERRY "\n");
}

int main(void) {
  BedeError err = {0};
  if (bede_model_open(getenv("BEDE_DATA"), &model, &err)) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(answers_are_plain_chunked_or_packed),
      cmocka_unit_test(a_cut_archive_gives_what_is_before_the_cut),
      cmocka_unit_test(a_length_that_lies_is_told),
      cmocka_unit_test(items_of_feeds_are_documents),
      cmocka_unit_test(rows_of_tables_are_documents),
      cmocka_unit_test(petrarch_sentences_are_documents),
      cmocka_unit_test(news_items_in_xml_are_documents),
  };
  int status = cmocka_run_group_tests(tests, NULL, NULL);
  bede_model_free(model);
  return status;
}
