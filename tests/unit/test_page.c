// test_page.c - web pages to documents. All pages are invented.
// SPDX-License-Identifier: Apache-2.0
#include "read/read.h"
#include "split/split.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static BedeModel *model;

static BedeDoc *page_of(const char *bytes, size_t len, const char *charset) {
  Record record = {.kind = RECORD_PAGE, .bytes = {bytes, len}, .charset = str_of(charset),
                   .url = STR("http://paper.example/2031/07/04/ferry"), .place = "page"};
  BedeError err = {0};
  BedeDoc *doc;
  record_read(model, &record, &doc, &err);
  if (!doc)
    fail_msg("%s", err.message);
  split_sentences(doc, model);
  assert_null(doc_check(doc));
  return doc;
}
static BedeDoc *page(const char *html) { return page_of(html, strlen(html), ""); }

static void expect(Str have, const char *want) {
  char copy[2048];
  snprintf(copy, sizeof copy, "%.*s", STR_ARG(have));
  assert_string_equal(copy, want);
}

#define FIRST "The port council voted on Tuesday to buy a second ferry for the island, after two " \
              "years of talks with the yard."
#define SECOND "Its chairwoman said that the ship would sail before the winter storms begin, and " \
               "that fares would stay as they are."

static void a_page_is_cut_down_to_its_article(void **state) {
  (void)state;
  BedeDoc *doc = page(
      "<!DOCTYPE html><html lang='en-GB'><head><title>Island buys ferry | The Tidal Post</title>"
      "<meta property='og:site_name' content='The Tidal Post'>"
      "<meta property='article:published_time' content='2031-07-04T09:15:00+02:00'>"
      "<link rel=canonical href='http://paper.example/ferry'><style>p { color: red }</style></head>"
      "<body class='has-sidebar'><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>"
      "<article><h1>Island buys ferry</h1><p class=byline>By <a rel=author>Maren Holt</a></p>"
      "<figure><img src=a.jpg><figcaption>The old ferry, which was built before the war and still "
      "sails twice a day.</figcaption></figure>"
      "<p>" FIRST "</p><p><a href=/x>Read more: the yard is full of orders until next summer</a></p>"
      "<script>var x = '<p>no</p>';</script><p>" SECOND "</p>"
      "<div class='newsletter-signup'><p>Sign up for our letter, which comes every morning and "
      "tells you all that happened on the island.</p></div></article>"
      "<div class=comments><p>I have waited for this since I was a child, and now I am too old to "
      "go anywhere, thank you very much.</p></div>"
      "<footer><p>All rights reserved, and no part of this page may be copied without leave of the "
      "publisher.</p></footer></body></html>");
  expect(doc->text, FIRST "\n\n" SECOND);
  expect(doc->frame.title, "Island buys ferry");
  expect(doc->frame.published, "2031-07-04T09:15+02:00");
  expect(doc->frame.date, "2031-07-04");
  expect(doc->frame.source, "The Tidal Post");
  expect(doc->frame.language, "en");
  expect(doc->frame.authors.items[0], "Maren Holt");
  doc_free(doc);
}

static void json_ld_tells_title_time_and_authors(void **state) {
  (void)state;
  BedeDoc *doc = page(
      "<html><head><script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\","
      "\"headline\":\"Island &amp; yard agree\",\"datePublished\":\"2031-07-03T23:50:00Z\","
      "\"dateModified\":\"2031-07-09\",\"author\":[{\"@type\":\"Person\",\"name\":\"Maren Holt\"},"
      "{\"name\":\"Idris Bell\"}]}]}</script></head><body><p>" FIRST "<p>" SECOND "</body></html>");
  expect(doc->frame.title, "Island & yard agree");
  expect(doc->frame.published, "2031-07-03T23:50Z");
  assert_int_equal(doc->frame.authors.count, 2);
  doc_free(doc);
}

// A class that says what the page has, or of what it is a part, is no frame.
static void state_and_parts_in_classes_are_no_frame(void **state) {
  (void)state;
  BedeDoc *doc = page(
      "<html><body><div class='story-page comments-enabled'><h1>Island buys ferry</h1>"
      "<div class='article-widget text'><p>" FIRST "</p></div>"
      "<div class='article-widget text'><p>" SECOND "</p></div>"
      "<div class='widget'><p>The weather on the island will be fair until Sunday, with light winds "
      "from the west and a calm sea.</p></div></div>"
      "<div class=comments><p>I have waited for this since I was a child, and now I am too old to "
      "go anywhere, thank you very much.</p></div></body></html>");
  expect(doc->text, FIRST "\n\n" SECOND);
  doc_free(doc);
}

#define TEASER(n) "<li><a href=/" n ">Harbour master is to retire after forty years of service</a> <span>The " \
                  "harbour master, who has seen four ferries come and go, told the council that he..." \
                  "</span></li>"

static void teasers_in_lists_are_other_stories(void **state) {
  (void)state;
  BedeDoc *doc = page("<html><body><div class=left><h1>Island buys ferry</h1><p>" FIRST "</p><p>" SECOND
                      "</p><div class=further><ul>" TEASER("1") TEASER("2") TEASER("3") TEASER("4")
                      "</ul></div></div></body></html>");
  expect(doc->text, FIRST "\n\n" SECOND);
  doc_free(doc);
}

static void what_an_article_quotes_from_a_network_is_in_it(void **state) {
  (void)state;
  BedeDoc *doc = page("<html><body><article><p>" FIRST "</p><div class='social-embed'><blockquote><p>I shall be on "
                      "the first sailing, and my dog will, too.</p></blockquote></div><p>" SECOND "</p>"
                      "<div class='social-share'><p>Tell your friends what you have read here today, and "
                      "they will thank you for it.</p></div></article></body></html>");
  expect(doc->text, FIRST "\n\nI shall be on the first sailing, and my dog will, too.\n\n" SECOND);
  doc_free(doc);
}

// Pages that a script fills in the browser have their text in JSON-LD alone.
static void a_page_without_text_has_what_it_states(void **state) {
  (void)state;
  BedeDoc *doc = page("<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\","
                      "\"headline\":\"Island buys ferry\",\"articleBody\":\"" FIRST "\\n\\n" SECOND "\"}</script>"
                      "</head><body><div id=app></div><p>This page needs a script.</p></body></html>");
  expect(doc->text, FIRST "\n\n" SECOND);
  doc_free(doc);
  doc = page("<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\","
             "\"articleBody\":\"<p>" FIRST "</p><p>" SECOND "</p>\"}</script></head><body></body></html>");
  expect(doc->text, FIRST "\n\n" SECOND);
  doc_free(doc);
}

// Where all of the prose is in boxes, they are none.
static void boxes_that_are_all_there_is_are_the_article(void **state) {
  (void)state;
  BedeDoc *doc = page("<html><body><div><div class='promo'><p>" FIRST "</p></div><div class='promo'><p>" SECOND
                      "</p></div><div class='promo'><p>The old ship, which is older than most of those who sail in her, will be sold, if "
                      "anybody should want her at all.</p></div></div></body></html>");
  expect(doc->text, FIRST "\n\n" SECOND "\n\nThe old ship, which is older than most of those who sail in her, will be sold, if anybody should "
                    "want her at all.");
  doc_free(doc);
}

static void the_address_tells_the_day_where_nothing_else_does(void **state) {
  (void)state;
  BedeDoc *doc = page("<p>" FIRST "<p>" SECOND);
  expect(doc->frame.published, "2031-07-04");
  doc_free(doc);
}

static void a_dateline_on_a_page_goes_to_the_frame(void **state) {
  (void)state;
  BedeDoc *doc = page("<div>BERGEN, July 3 (Reuters) - " FIRST "<br><br>" SECOND
                      "<br><br>(Reporting by Maren Holt; Editing by Idris Bell)</div>");
  expect(doc->frame.agency, "Reuters");
  expect(doc->frame.dateline_date, "2031-07-03");
  expect(doc->text, FIRST "\n\n" SECOND);
  doc_free(doc);
}

static void charsets_are_read_as_browsers_do(void **state) {
  (void)state;
  static const struct {
    const char *label, *bytes, *want;
  } rows[] = {
      {"", "caf\xC3\xA9", "caf\u00e9"},            // valid UTF-8 needs no label
      {"iso-8859-1", "caf\xC3\xA9", "caf\u00e9"},  // and is stronger than one
      {"iso-8859-1", "20 \x80 caf\xE9", "20 \u20ac caf\u00e9"},
      {"utf-8", "caf\xE9", "caf\u00e9"},           // a wrong label
      {"klingon", "caf\xE9 in Z\xFCrich", "caf\u00e9 in Z\u00fcrich"},
      {"windows-1251", "\xCC\xE8\xF0", "\u041c\u0438\u0440"},
      {"shift_jis", "\x93\x8C\x8B\x9E", "\u6771\u4eac"},
      {"utf-16", "cafe", "cafe"}};
  for (size_t i = 0; i < COUNT(rows); i++) {
    char html[512], want[512];
    int len = snprintf(html, sizeof html, "<html><body><p>" FIRST " %s.</p></body></html>", rows[i].bytes);
    snprintf(want, sizeof want, FIRST " %s.", rows[i].want);
    BedeDoc *doc = page_of(html, (size_t)len, rows[i].label);
    expect(doc->text, want);
    doc_free(doc);
  }
}

static void nul_and_control_bytes_do_not_come_out(void **state) {
  (void)state;
  static const char html[] = "<html>\0<body><p>The port coun\0cil vo\x1b\x07ted on Tuesday to buy a "
                             "second ferry for the island.&#27;&#0;</p></body></html>";
  BedeDoc *doc = page_of(html, sizeof html - 1, "");
  expect(doc->text, "The port council voted on Tuesday to buy a second ferry for the island.");
  doc_free(doc);
}

static void a_million_open_elements_are_no_trouble(void **state) {
  (void)state;
  Out html = {0};
  out_text(&html, "<html><body>");
  for (int i = 0; i < 200000; i++)
    out_text(&html, "<div>");
  out_text(&html, "<p>" FIRST "</p>");
  BedeDoc *doc = page_of(html.at, html.len, "");
  expect(doc->text, FIRST);
  doc_free(doc);
  out_free(&html);
}

int main(void) {
  BedeError err = {0};
  if (bede_model_open(getenv("BEDE_DATA"), &model, &err)) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_page_is_cut_down_to_its_article),
      cmocka_unit_test(json_ld_tells_title_time_and_authors),
      cmocka_unit_test(state_and_parts_in_classes_are_no_frame),
      cmocka_unit_test(teasers_in_lists_are_other_stories),
      cmocka_unit_test(what_an_article_quotes_from_a_network_is_in_it),
      cmocka_unit_test(a_page_without_text_has_what_it_states),
      cmocka_unit_test(boxes_that_are_all_there_is_are_the_article),
      cmocka_unit_test(the_address_tells_the_day_where_nothing_else_does),
      cmocka_unit_test(a_dateline_on_a_page_goes_to_the_frame),
      cmocka_unit_test(charsets_are_read_as_browsers_do),
      cmocka_unit_test(nul_and_control_bytes_do_not_come_out),
      cmocka_unit_test(a_million_open_elements_are_no_trouble),
  };
  int status = cmocka_run_group_tests(tests, NULL, NULL);
  bede_model_free(model);
  return status;
}
