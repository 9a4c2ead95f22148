// test_places.c - names of places, and which of several is meant.
// SPDX-License-Identifier: Apache-2.0
#include "worded.h"

static const Day day = {2003, 5, 20};
static BedeModel *model;

static const char *print(const char *const *text, uint32_t count) {
  static char out[2048];
  BedeDoc *doc = written_doc(text, count, day);
  find_places(doc, model);
  assert_null(doc_check(doc));
  size_t len = 0;
  out[0] = 0;
  for (uint32_t i = 0; i < doc->places.count; i++) {
    const Place *p = &doc->places.items[i];
    len += (size_t)snprintf(out + len, sizeof out - len, "%s%.*s|%s|%s", i ? "; " : "",
                            STR_ARG(doc_span(doc, p->span)), p->country, p->located ? "yes" : "no");
  }
  doc_free(doc);
  return out;
}

#define PLACES(expected, ...)                                                  \
  assert_string_equal(print((const char *const[]){__VA_ARGS__}, 1), expected)

static void countries_and_capitals_have_code_and_point(void **state) {
  (void)state;
  PLACES("Oslo|NOR|yes; Norway|NOR|yes",
         "They/R/2/nsubj met=meet/V/0/root in/I/4/case Oslo/P/2/obl ,/U/6/punct Norway/P/4/appos");
}

static void part_of_a_person_or_body_is_no_place(void **state) {
  (void)state;
  PLACES("", "London/P/3/nsubj/p2 Smith/P/1/flat left=leave/V/0/root");
  PLACES("", "Oslo/P/2/compound/o2 University/P/3/nsubj closed=close/V/0/root");
}

static void the_country_behind_a_name_decides(void **state) {
  (void)state;
  PLACES("Hyderabad|PAK|yes; Pakistan|PAK|yes",
         "They/R/2/nsubj met=meet/V/0/root in/I/4/case Hyderabad/P/2/obl/l1 ,/U/6/punct Pakistan/P/4/appos/l1");
  PLACES("Hyderabad|IND|yes", "They/R/2/nsubj met=meet/V/0/root in/I/4/case Hyderabad/P/2/obl/l1");
}

static void what_only_the_network_knows_has_no_point(void **state) {
  (void)state;
  PLACES("Nowhereville|NOR|no; Norway|NOR|yes",
         "They/R/2/nsubj met=meet/V/0/root in/I/4/case Nowhereville/P/2/obl/l1 ,/U/6/punct Norway/P/4/appos/l1");
}

int main(void) {
  model = worded_model();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(countries_and_capitals_have_code_and_point),
      cmocka_unit_test(part_of_a_person_or_body_is_no_place),
      cmocka_unit_test(the_country_behind_a_name_decides),
      cmocka_unit_test(what_only_the_network_knows_has_no_point),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  worded_model_free(model);
  return failed;
}
