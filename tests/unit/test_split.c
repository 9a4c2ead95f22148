// test_split.c - text to sentences and tokens.
// SPDX-License-Identifier: Apache-2.0
#include "split/split.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static BedeModel *model;

static BedeDoc *split(const char *text, const char *dateline) {
  BedeDoc *doc = doc_new();
  doc->text = arena_str(&doc->arena, str_of(text));
  if (dateline)
    doc->frame.dateline = (Span){0, (uint32_t)strlen(dateline)};
  split_sentences(doc, model);
  const char *bad = doc_check(doc);
  if (bad)
    fail_msg("%s: %s", bad, text);
  return doc;
}

// Sentences one a line, tokens parted by blanks, glued ones by "+".
static void expect_with(const char *text, const char *dateline, const char *want) {
  BedeDoc *doc = split(text, dateline);
  Out out = {0};
  out_text(&out, "");
  for (uint32_t i = 0; i < doc->tokens.count; i++) {
    const Token *t = &doc->tokens.items[i];
    if (i)
      out_char(&out, t->glued ? '+' : t->sentence != t[-1].sentence ? '\n' : ' ');
    out_str(&out, doc_word(doc, i));
  }
  out_char(&out, 0);
  assert_string_equal(out.at, want);
  out_free(&out);
  doc_free(doc);
}
static void expect(const char *text, const char *want) { expect_with(text, NULL, want); }

static void empty_text_has_no_sentence(void **state) {
  (void)state;
  expect("", "");
  expect(" \n\n\t ", "");
}

static void hyphens_part_words_but_not_prefixes(void **state) {
  (void)state;
  expect("a long-term Chile-Peru plan", "a long - term Chile - Peru plan");
  expect("non-nuclear anti-Polish re-elected e-mail mid-1980s",
         "non-nuclear anti-Polish re-elected e-mail mid-1980s");
  expect("pro-U.S. and U.S.-led", "pro-U.S. and U.S. - led");
  expect("the long- term plan", "the long - term plan");
}

static void contractions_are_several_words(void **state) {
  (void)state;
  expect("They don't and can\u2019t go", "They do+n't and ca+n\u2019t go");
  expect("Ruto's aides; the ministers' aides",
         "Ruto+'s aides ; the ministers+' aides");
  expect("We cannot; I'd've", "We can+not ; I+'d+'ve");
  expect("O'Brien at two o'clock", "O'Brien at two o'clock");
  expect("He said 'we go' and left", "He said ' we go ' and left");
}

static void abbreviations_keep_their_periods(void **state) {
  (void)state;
  expect("Gen. Okello met Mr. Lund on Dec. 31 in St. Gallen.",
         "Gen. Okello met Mr. Lund on Dec. 31 in St. Gallen .");
  expect("The U.S. Senate voted. The U.N. agreed.",
         "The U.S. Senate voted .\nThe U.N. agreed .");
  expect("It left the U.S. The rest stayed.", "It left the U.S.\nThe rest stayed .");
  expect("Plan No. 2 failed. No. We go.", "Plan No. 2 failed .\nNo .\nWe go .");
  expect("J. K. Lund came at 5 p.m. Monday.", "J. K. Lund came at 5 p.m. Monday .");
}

static void numbers_stay_whole(void **state) {
  (void)state;
  expect("$5 US$4.5 30% 1,200.50 18:47 20th 1980s",
         "$ 5 US$ 4.5 30 % 1,200.50 18:47 20th 1980s");
  expect("2024-2025 and 2-1 and 2023-12-31 and 9/11",
         "2024 - 2025 and 2 - 1 and 2023-12-31 and 9/11");
  expect("It cost $3m, or 65km.", "It cost $ 3 m , or 65 km .");
}

static void a_number_broken_by_the_agency_ends_no_sentence(void **state) {
  (void)state;
  expect("Trade rose by 5. 5 billion euros. It fell.",
         "Trade rose by 5 . 5 billion euros .\nIt fell .");
}

static void a_closing_quotation_mark_belongs_to_its_sentence(void **state) {
  (void)state;
  expect("\"We go.\" \"They stay.\" It rained.",
         "\" We go . \"\n\" They stay . \"\nIt rained .");
  expect("\"Why now?\" he asked. \"Why?\" Lund asked.",
         "\" Why now ? \" he asked .\n\" Why ? \" Lund asked .");
  expect("\u201cWe go.\u201d (They stay.) End", "\u201c We go . \u201d\n( They stay . )\nEnd");
}

static void addresses_are_one_token(void **state) {
  (void)state;
  expect("See http://example.org/a-b?c=1, www.example.org. Or x.y@example.org.",
         "See http://example.org/a-b?c=1 , www.example.org .\nOr x.y@example.org .");
  expect("Ask example.com; it fell.In time.", "Ask example.com ; it fell .\nIn time .");
}

static void ellipses_and_dashes_are_one_token(void **state) {
  (void)state;
  expect("Well... we go -- now... Then what?!",
         "Well ... we go -- now ...\nThen what ?!");
}

static void an_empty_line_ends_a_sentence(void **state) {
  (void)state;
  expect("Kenya signs\n\nUganda waits", "Kenya signs\nUganda waits");
  BedeDoc *doc = split("One. Two.\n\nThree.", NULL);
  assert_int_equal(doc->sentences.count, 3);
  assert_int_equal(doc->sentences.items[1].paragraph, 0);
  assert_int_equal(doc->sentences.items[2].paragraph, 1);
  doc_free(doc);
}

static void a_single_line_end_is_a_blank_in_wrapped_text(void **state) {
  (void)state;
  expect("The ministers of the two countries met on Monday in the capital of the\n"
         "third, and they agreed.",
         "The ministers of the two countries met on Monday in the capital of the "
         "third , and they agreed .");
  expect("Wheat up\nRice down", "Wheat up\nRice down");
}

static void a_dateline_is_a_sentence(void **state) {
  (void)state;
  expect_with("OSLO, Dec. 3 (NTB) -- Norway waits.", "OSLO, Dec. 3 (NTB) --",
              "OSLO , Dec. 3 ( NTB ) --\nNorway waits .");
  BedeDoc *doc = split("OSLO (NTB) - Norway waits.\n\nSo does Chile.", "OSLO (NTB) -");
  assert_int_equal(doc->sentences.items[1].paragraph, 0);
  assert_int_equal(doc->sentences.items[2].paragraph, 1);
  doc_free(doc);
}

static void invalid_bytes_are_tokens(void **state) {
  (void)state;
  doc_free(split("a\xff\xc3 b\xe2\x80", NULL));
  doc_free(split("\xe2", NULL));
}

int main(void) {
  BedeError err = {0};
  if (bede_model_open(getenv("BEDE_DATA"), &model, &err)) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(empty_text_has_no_sentence),
      cmocka_unit_test(hyphens_part_words_but_not_prefixes),
      cmocka_unit_test(contractions_are_several_words),
      cmocka_unit_test(abbreviations_keep_their_periods),
      cmocka_unit_test(numbers_stay_whole),
      cmocka_unit_test(a_number_broken_by_the_agency_ends_no_sentence),
      cmocka_unit_test(a_closing_quotation_mark_belongs_to_its_sentence),
      cmocka_unit_test(addresses_are_one_token),
      cmocka_unit_test(ellipses_and_dashes_are_one_token),
      cmocka_unit_test(an_empty_line_ends_a_sentence),
      cmocka_unit_test(a_single_line_end_is_a_blank_in_wrapped_text),
      cmocka_unit_test(a_dateline_is_a_sentence),
      cmocka_unit_test(invalid_bytes_are_tokens),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  bede_model_free(model);
  return failed;
}
