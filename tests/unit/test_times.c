// test_times.c - time expressions: spans, values, days.
// SPDX-License-Identifier: Apache-2.0
#include "worded.h"

static const Day sunday = {2023, 12, 31}, wednesday = {2024, 3, 6};

static BedeModel *model;

static const char *print(BedeDoc *doc) {
  static char out[2048];
  find_times(doc, model);
  assert_null(doc_check(doc));
  size_t len = 0;
  out[0] = 0;
  for (uint32_t i = 0; i < doc->times.count; i++) {
    const Time *t = &doc->times.items[i];
    len += (size_t)snprintf(out + len, sizeof out - len, "%s%.*s=%s", i ? "; " : "",
                            STR_ARG(doc_span(doc, t->span)), doc_string(doc, t->value));
    if (t->type != TIME_DATE)
      len += (size_t)snprintf(out + len, sizeof out - len, " %s", time_types[t->type]);
  }
  doc_free(doc);
  return out;
}

#define TIMES(day, text, expected)                                             \
  assert_string_equal(print(worded_doc(model, text, day)), expected)

static void dates_in_all_their_forms(void **state) {
  (void)state;
  TIMES(sunday, "They met on Dec. 31, 2022, and on 14 April 2021.", "Dec. 31, 2022=2022-12-31; 14 April 2021=2021-04-14");
  TIMES(sunday, "It began in October 2019 and ended in 2021.", "October 2019=2019-10; 2021=2021");
  TIMES(sunday, "The form says 2023-11-05 and 11/30/2023.", "2023-11-05=2023-11-05; 11/30/2023=2023-11-30");
  TIMES(sunday, "Trade grew in the 1990s and in the 19th century.", "the 1990s=199; the 19th century=18");
  TIMES(sunday, "Output fell in the third quarter of 2022.", "the third quarter of 2022=2022-Q3");
  TIMES(sunday, "They will hold the 2024-2025 years of sport.", "2024-2025=2024/2025");
}

static void a_plain_weekday_is_the_last_such_day_today_included(void **state) {
  (void)state;
  TIMES(sunday, "The envoy said on Sunday.", "Sunday=2023-12-31");
  TIMES(sunday, "The envoy arrived on Friday.", "Friday=2023-12-29");
  TIMES(wednesday, "The envoy arrived last Tuesday.", "last Tuesday=2024-03-05");
}

static void a_verb_that_looks_ahead_turns_the_weekday_round(void **state) {
  (void)state;
  TIMES(wednesday, "The envoy will arrive on Friday.", "Friday=2024-03-08");
  TIMES(wednesday, "The envoy arrives next Monday.", "next Monday=2024-03-11");
}

static void the_tense_comes_from_the_tree(void **state) {
  (void)state;
  static const char *const text[] = {
      "Ministers/N/3/nsubj will/X/3/aux meet/V/0/root on/I/5/case Friday/P/3/obl ./U/3/punct"};
  assert_string_equal(print(written_doc(text, 1, wednesday)), "Friday=2024-03-08");
}

static void days_and_stretches_near_the_document(void **state) {
  (void)state;
  TIMES(wednesday, "They spoke yesterday and will speak tomorrow.", "yesterday=2024-03-05; tomorrow=2024-03-07");
  TIMES(wednesday, "Prices rose last year, last month and this week.", "last year=2023; last month=2024-02; this week=2024-W10");
  TIMES(wednesday, "He came two days ago.", "two days ago=2024-03-04");
  TIMES(wednesday, "Earlier this month he resigned.", "Earlier this month=2024-03");
  TIMES(wednesday, "She resigned in mid-June.", "mid-June=2023-06");
}

static void durations_and_sets(void **state) {
  (void)state;
  TIMES(sunday, "In the past three years nothing moved.", "the past three years=P3Y DURATION");
  TIMES(sunday, "It lasted three-quarters of a century.", "three-quarters of a century=P75Y DURATION");
  TIMES(sunday, "A 48-hour truce held for a decade.", "48-hour=PT48H DURATION; a decade=P10Y DURATION");
  TIMES(sunday, "They meet every year and report annually.", "every year=P1Y SET; annually=P1Y SET");
  TIMES(sunday, "It took a year and a half.", "a year and a half=P1Y6M DURATION");
}

static void times_of_the_day_take_the_day_beside_them(void **state) {
  (void)state;
  TIMES(sunday, "It began at 6 p.m. on Sunday.", "6 p.m.=2023-12-31T18:00 TIME; Sunday=2023-12-31");
  TIMES(sunday, "It began at 18:47.", "18:47=2023-12-31T18:47 TIME");
  TIMES(sunday, "They left on Friday night.", "Friday night=2023-12-29TNI TIME");
}

static void what_counts_is_no_year(void **state) {
  (void)state;
  TIMES(sunday, "About $2000 was paid.", "");
  TIMES(sunday, "They may march on.", "");
  TIMES(sunday, "He is 52 years old.", "");
}

static void a_history_counts_from_the_year_talked_about(void **state) {
  (void)state;
  TIMES(sunday,
        "In May 1871 it began. By June 1871, 1872, 1873, 1874, 1875, 1876 and 1877 it had spread. In July it ended.",
        "May 1871=1871-05; June 1871=1871-06; 1872=1872; 1873=1873; 1874=1874; 1875=1875; 1876=1876; 1877=1877; July=1877-07");
}

static void first_and_last_day_are_filled(void **state) {
  (void)state;
  BedeDoc *doc = worded_doc(model, "It fell in February 2024.", wednesday);
  find_times(doc, model);
  assert_int_equal(doc->times.count, 1);
  assert_int_equal(day_compare(doc->times.items[0].begin, (Day){2024, 2, 1}), 0);
  assert_int_equal(day_compare(doc->times.items[0].end, (Day){2024, 2, 29}), 0);
  doc_free(doc);
}

static void without_a_day_relative_dates_stay_open(void **state) {
  (void)state;
  TIMES(((Day){0}), "They met on Friday.", "Friday=XXXX-XX-XX");
}

static void what_is_near_lies_ahead_of_a_past_verb(void **state) {
  (void)state;
  TIMES(((Day){2023, 10, 27}), "It announced a dividend payable Nov. 22.", "Nov. 22=2023-11-22");
  TIMES(((Day){2023, 10, 27}), "It opened the plant on June 22.", "June 22=2023-06-22");
  TIMES(((Day){2023, 10, 27}), "They must repay it by February.", "February=2024-02");
  TIMES(wednesday, "The deadline was moved to as soon as Friday.", "Friday=2024-03-08");
  TIMES(wednesday, "They stayed until Friday.", "Friday=2024-03-08");
}

static void a_year_earlier_is_the_same_quarter(void **state) {
  (void)state;
  TIMES(((Day){2023, 11, 2}), "Profit in the third quarter of 2023 was two million, against three million a year earlier.",
        "the third quarter of 2023=2023-Q3; a year earlier=2022-Q3");
  TIMES(((Day){2023, 11, 2}), "Profit in the third quarter of 2023 was above the year-ago quarter and a year-earlier loss.",
        "the third quarter of 2023=2023-Q3; the year-ago quarter=2022-Q3; year-earlier=2022-Q3");
  TIMES(((Day){2023, 11, 2}), "Profit was three million a year earlier.", "a year earlier=2022");
  TIMES(((Day){2023, 11, 2}), "The sale should be complete by year-end.", "year-end=2023-12-31");
}

static void spoken_years_count_where_digits_would(void **state) {
  (void)state;
  TIMES(sunday, "It opened in March nineteen eighty-four.", "March nineteen eighty-four=1984-03");
}

static void a_stretch_of_two_lengths_is_one(void **state) {
  (void)state;
  TIMES(sunday, "Repairs take three to four weeks or a month or two.", "three to four weeks=P3W DURATION; a month or two=P1M DURATION");
  TIMES(sunday, "Recent weeks and months were quiet.", "Recent weeks and months=PXW DURATION");
}

static void this_month_by_name_is_of_the_year(void **state) {
  (void)state;
  TIMES(((Day){2023, 2, 5}), "The vote was moved to this September.", "this September=2023-09");
}

static void a_month_in_a_name_is_none(void **state) {
  (void)state;
  static const char *const text[] = {"They/R/2/nsubj met=meet/V/0/root in/I/4/case Mar/P/2/obl/l3 del/P/4/flat Plata/P/4/flat"};
  assert_string_equal(print(written_doc(text, 1, wednesday)), "");
}

static void two_days_share_a_month(void **state) {
  (void)state;
  TIMES(wednesday, "They met on January 24 and 25.", "January 24=2024-01-24; 25=2024-01-25");
  TIMES(wednesday, "It fell in the last week of August 2023.", "the last week of August 2023=2023-08");
}

int main(void) {
  model = worded_model();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(dates_in_all_their_forms),
      cmocka_unit_test(a_plain_weekday_is_the_last_such_day_today_included),
      cmocka_unit_test(a_verb_that_looks_ahead_turns_the_weekday_round),
      cmocka_unit_test(the_tense_comes_from_the_tree),
      cmocka_unit_test(days_and_stretches_near_the_document),
      cmocka_unit_test(durations_and_sets),
      cmocka_unit_test(times_of_the_day_take_the_day_beside_them),
      cmocka_unit_test(what_counts_is_no_year),
      cmocka_unit_test(a_history_counts_from_the_year_talked_about),
      cmocka_unit_test(first_and_last_day_are_filled),
      cmocka_unit_test(without_a_day_relative_dates_stay_open),
      cmocka_unit_test(what_is_near_lies_ahead_of_a_past_verb),
      cmocka_unit_test(a_year_earlier_is_the_same_quarter),
      cmocka_unit_test(spoken_years_count_where_digits_would),
      cmocka_unit_test(a_stretch_of_two_lengths_is_one),
      cmocka_unit_test(this_month_by_name_is_of_the_year),
      cmocka_unit_test(a_month_in_a_name_is_none),
      cmocka_unit_test(two_days_share_a_month),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  worded_model_free(model);
  return failed;
}
