// test_figures.c - figures: value, unit, change, what they measure.
// SPDX-License-Identifier: Apache-2.0
#include "worded.h"

static const Day day = {2023, 12, 31};
static BedeModel *model;

static const char *print(const char *const *text, uint32_t count) {
  static char out[2048];
  BedeDoc *doc = written_doc(text, count, day);
  find_times(doc, model);
  find_figures(doc, model);
  assert_null(doc_check(doc));
  size_t len = 0;
  out[0] = 0;
  for (uint32_t i = 0; i < doc->figures.count; i++) {
    const Figure *f = &doc->figures.items[i];
    len += (size_t)snprintf(out + len, sizeof out - len, "%s%c%.15g", i ? "; " : "", f->change, f->value);
    if (f->has_value2)
      len += (size_t)snprintf(out + len, sizeof out - len, "-%.15g", f->value2);
    len += (size_t)snprintf(out + len, sizeof out - len, " %s", doc_string(doc, f->unit));
    if (f->of)
      len += (size_t)snprintf(out + len, sizeof out - len, " of %s", doc_string(doc, f->of));
  }
  doc_free(doc);
  return out;
}

#define FIGURES(expected, ...)                                                 \
  assert_string_equal(print((const char *const[]){__VA_ARGS__}, 1), expected)

static void a_target_reached_measures_its_subject(void **state) {
  (void)state;
  FIGURES("=200000000000 USD of Annual bilateral trade volume",
          "Annual/A/4/amod bilateral/A/4/amod trade/N/4/compound volume/N/5/nsubj reached=reach/V/0/root "
          "the/D/7/det target/N/5/obj of/I/12/case 200/M/10/compound billion/M/12/nummod U.S./P/12/compound "
          "dollars=dollar/N/7/nmod");
}

static void change_comes_from_words_before_and_from_the_verb(void **state) {
  (void)state;
  FIGURES(">3000 troops", "More/A/3/advmod than/I/3/case 3,000/M/4/nummod troops=troop/N/5/nsubj left=leave/V/0/root");
  FIGURES("~40 people", "Nearly/B/2/advmod 40/M/3/nummod people/N/4/nsubj left=leave/V/0/root");
  FIGURES("u7 % of Exports", "Exports=export/N/2/nsubj rose=rise/V/0/root by/I/5/case 7/M/5/nummod percent/N/2/obl");
  FIGURES("=9 % of Exports", "Exports=export/N/2/nsubj fell=fall/V/0/root to/I/5/case 9/M/5/nummod percent/N/2/obl");
}

static void number_words_and_magnitudes(void **state) {
  (void)state;
  FIGURES("=2 meetings", "Two/M/2/nummod meetings=meeting/N/3/nsubj failed=fail/V/0/root");
  FIGURES("=12 boats", "A/D/2/det dozen/N/3/nummod boats=boat/N/4/nsubj sank=sink/V/0/root");
  FIGURES("=25 boats", "Twenty/M/2/compound five/M/3/nummod boats=boat/N/4/nsubj sank=sink/V/0/root");
  FIGURES("=2500000 t", "2.5/M/2/compound million/M/3/nummod tonnes=tonne/N/4/nsubj arrived=arrive/V/0/root");
}

static void a_range_has_two_ends_and_one_magnitude(void **state) {
  (void)state;
  FIGURES("=5000000-10000000 people",
          "5/M/4/compound to/I/4/case 10/M/4/compound million/M/5/nummod people/N/6/nsubj fled=flee/V/0/root");
}

static void names_dates_and_ordinals_are_no_figures(void **state) {
  (void)state;
  FIGURES("", "Resolution/P/3/nsubj 2254/M/1/nummod passed=pass/V/0/root in/I/5/case 2015/M/3/obl");
  FIGURES("", "The/D/3/det third/A/3/amod meeting/N/4/nsubj failed=fail/V/0/root");
  FIGURES("", "He/R/2/nsubj left=leave/V/0/root on/I/4/case May/P/2/obl 14/M/4/nummod");
}

static void a_line_break_in_a_decimal_is_mended(void **state) {
  (void)state;
  FIGURES("=5500000000 USD",
          "It/R/2/nsubj lent=lend/V/0/root 5./M/5/compound 5/M/5/compound billion/M/6/nummod dollars=dollar/N/2/obj");
}

static void a_unit_may_stand_further_on(void **state) {
  (void)state;
  FIGURES("=80000000 EUR of 200 million euros; =200000000 EUR",
          "They/R/2/nsubj paid=pay/V/0/root 80/M/4/compound million/M/2/obj of/I/9/case the/D/9/det 200/M/8/compound "
          "million/M/9/nummod euros=euro/N/4/nmod");
}

static void a_unit_counts_behind_what_describes_it(void **state) {
  (void)state;
  FIGURES("=40 km", "The/D/5/det 40/M/5/nummod remaining=remain/V/5/amod kilometres=kilometre/N/5/nsubj "
                    "closed=close/V/0/root");
  FIGURES("=300 songs", "He/R/2/nsubj left=leave/V/0/root 300/M/5/nummod recorded=record/V/5/amod songs=song/N/2/obj");
}

static void counts_have_a_rate_too(void **state) {
  (void)state;
  FIGURES("=900 tests/day", "They/R/2/nsubj ran=run/V/0/root 900/M/4/nummod tests=test/N/2/obj per/I/6/case day/N/4/nmod");
}

static void two_bounds_make_a_range(void **state) {
  (void)state;
  FIGURES("=20-30 ships", "More/A/3/advmod than/I/3/case 20/M/8/nummod but/C/7/cc fewer/A/7/advmod than/I/7/case "
                          "30/M/3/conj ships=ship/N/9/nsubj sank=sink/V/0/root");
}

static void the_ends_of_from_and_to_are_one_range(void **state) {
  (void)state;
  FIGURES("=50-65 EUR", "Fees=fee/N/2/nsubj went=go/V/0/root from/I/5/case €/N/5/compound 50/M/2/obl in/I/7/case "
                        "May/P/5/nmod to/I/10/case €/N/10/compound 65/M/2/obl in/I/12/case July/P/10/nmod");
}

static void a_minus_may_stand_apart(void **state) {
  (void)state;
  FIGURES("=-7 °C", "At/I/4/case minus/N/4/compound 7/M/4/nummod celsius/N/5/obl it/R/6/nsubj froze=freeze/V/0/root");
}

static void a_currency_before_the_number(void **state) {
  (void)state;
  FIGURES("=3000000 EUR", "They/R/2/nsubj owe/V/0/root €/N/2/obj 3/M/5/compound million/M/3/nummod");
}

static void fractions_decimals_and_shares_in_words(void **state) {
  (void)state;
  FIGURES("=3.25 t", "Three/M/5/nummod and/C/4/cc a/D/4/det quarter/N/1/conj tonnes=tonne/N/6/nsubj arrived=arrive/V/0/root");
  FIGURES("=5.71 points", "Five/M/6/nummod point/N/6/compound seventy/M/6/compound -/U/5/punct one/M/6/nmod points=point/N/7/nsubj won=win/V/0/root");
  FIGURES("=0.2 children", "One/M/4/nummod in/I/3/case five/M/4/nummod children=child/N/5/nsubj left=leave/V/0/root");
  FIGURES("=3-4 boats", "Three/M/4/nummod or/C/3/cc four/M/1/conj boats=boat/N/5/nsubj sank=sink/V/0/root");
}

static void two_units_make_one_measure(void **state) {
  (void)state;
  FIGURES("=5.5 ft", "It/R/3/nsubj is/X/3/cop 5/M/4/nummod feet=foot/N/0/root 6/M/6/nummod inches=inch/N/4/nmod");
}

static void what_a_year_earlier_was_is_no_rate(void **state) {
  (void)state;
  FIGURES("=6000000000 USD of Sales", "Sales=sale/N/2/nsubj rose=rise/V/0/root from/I/4/case $/N/2/obl 6/M/6/compound billion/M/4/nummod "
                             "a/D/8/det year/N/9/obl earlier/B/2/advmod");
}

int main(void) {
  model = worded_model();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_target_reached_measures_its_subject),
      cmocka_unit_test(change_comes_from_words_before_and_from_the_verb),
      cmocka_unit_test(number_words_and_magnitudes),
      cmocka_unit_test(a_range_has_two_ends_and_one_magnitude),
      cmocka_unit_test(names_dates_and_ordinals_are_no_figures),
      cmocka_unit_test(a_line_break_in_a_decimal_is_mended),
      cmocka_unit_test(a_unit_may_stand_further_on),
      cmocka_unit_test(a_unit_counts_behind_what_describes_it),
      cmocka_unit_test(counts_have_a_rate_too),
      cmocka_unit_test(two_bounds_make_a_range),
      cmocka_unit_test(the_ends_of_from_and_to_are_one_range),
      cmocka_unit_test(a_minus_may_stand_apart),
      cmocka_unit_test(a_currency_before_the_number),
      cmocka_unit_test(fractions_decimals_and_shares_in_words),
      cmocka_unit_test(two_units_make_one_measure),
      cmocka_unit_test(what_a_year_earlier_was_is_no_rate),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  worded_model_free(model);
  return failed;
}
