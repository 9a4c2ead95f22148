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

static const char *where(const char *sentence) { // name and rounded point of each place
  static char out[2048];
  BedeDoc *doc = written_doc(&sentence, 1, day);
  find_places(doc, model);
  assert_null(doc_check(doc));
  size_t len = 0;
  out[0] = 0;
  for (uint32_t i = 0; i < doc->places.count; i++) {
    const Place *p = &doc->places.items[i];
    len += (size_t)snprintf(out + len, sizeof out - len, "%s%.*s %d %d", i ? "; " : "",
                            STR_ARG(doc_span(doc, p->span)), (int)p->lat, (int)p->lon);
  }
  doc_free(doc);
  return out;
}

static void the_division_behind_a_name_decides(void **state) {
  (void)state;
  assert_string_equal(where("They/R/2/nsubj met=meet/V/0/root in/I/4/case Springfield/P/2/obl/l1 ,/U/6/punct Ohio/P/4/appos/l1"),
                      "Springfield 39 -83; Ohio 40 -82");
  assert_string_equal(where("They/R/2/nsubj met=meet/V/0/root in/I/4/case Springfield/P/2/obl/l1 ,/U/6/punct IL/P/4/appos"),
                      "Springfield 39 -89");
  assert_string_equal(where("They/R/2/nsubj met=meet/V/0/root in/I/4/case Atlanta/P/2/obl/l1 ,/U/6/punct Georgia/P/4/appos/l1"),
                      "Atlanta 33 -84; Georgia 32 -83");
}

static void states_in_a_list_are_states(void **state) {
  (void)state;
  assert_string_equal(where("It/R/2/nsubj spread=spread/V/0/root to/I/4/case Oregon/P/2/obl/l1 ,/U/6/punct Washington/P/4/conj/l1 "
                            "and/C/8/cc Idaho/P/4/conj/l1"),
                      "Oregon 43 -120; Washington 47 -120; Idaho 44 -114");
  assert_string_equal(where("It/R/2/nsubj spread=spread/V/0/root to/I/4/case Washington/P/2/obl/l1"), "Washington 38 -77");
}

static void neighbours_of_a_name_decide(void **state) {
  (void)state;
  assert_string_equal(where("Buses/N/2/nsubj link=link/V/0/root Paris/P/2/obj/l1 with/I/5/case Tulsa/P/2/obl/l1 and/C/7/cc "
                            "Dallas/P/5/conj/l1 and/C/9/cc Texas/P/5/conj/l1 and/C/11/cc Abilene/P/5/conj/l1 and/C/13/cc Waco/P/5/conj/l1 and/C/15/cc Plano/P/5/conj/l1 "),
                      "Paris 33 -95; Tulsa 36 -95; Dallas 32 -96; Texas 31 -99; Abilene 32 -99; Waco 31 -97; Plano 33 -96");
  assert_string_equal(where("Trains/N/2/nsubj link=link/V/0/root Paris/P/2/obj/l1 with/I/5/case Lyon/P/2/obl/l1"),
                      "Paris 48 2; Lyon 45 4");
}

static void a_word_for_its_kind_decides(void **state) {
  (void)state;
  assert_string_equal(where("They/R/2/nsubj met=meet/V/0/root in/I/5/case the/D/5/det town/N/2/obl of/I/7/case Vlore/P/5/nmod/l1"), "Vlore 40 19");
  assert_string_equal(where("They/R/2/nsubj met=meet/V/0/root in/I/5/case New/P/5/compound/l2 York/P/6/compound state/N/2/obl"), "New York 42 -75");
}

static void a_town_needs_the_network(void **state) {
  (void)state;
  PLACES("", "They/R/2/nsubj believe=believe/V/0/root in/I/4/case Reading/P/2/obl");
  PLACES("Reading|GBR|yes", "They/R/2/nsubj met=meet/V/0/root in/I/4/case Reading/P/2/obl/l1");
}

static void a_side_of_the_known_lies_there(void **state) {
  (void)state;
  PLACES("Sudan|SDN|yes", "They/R/2/nsubj met=meet/V/0/root in/I/5/case southern/A/5/amod/l2 Sudan/P/2/obl");
  PLACES("North Georgia|USA|yes; Atlanta|USA|yes",
         "They/R/2/nsubj left=leave/V/0/root North/P/4/compound/l2 Georgia/P/2/obj for/I/6/case Atlanta/P/2/obl/l1");
}

int main(void) {
  model = worded_model();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(countries_and_capitals_have_code_and_point),
      cmocka_unit_test(part_of_a_person_or_body_is_no_place),
      cmocka_unit_test(the_country_behind_a_name_decides),
      cmocka_unit_test(what_only_the_network_knows_has_no_point),
      cmocka_unit_test(the_division_behind_a_name_decides),
      cmocka_unit_test(states_in_a_list_are_states),
      cmocka_unit_test(neighbours_of_a_name_decide),
      cmocka_unit_test(a_word_for_its_kind_decides),
      cmocka_unit_test(a_town_needs_the_network),
      cmocka_unit_test(a_side_of_the_known_lies_there),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  worded_model_free(model);
  return failed;
}
