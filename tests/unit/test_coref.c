// test_coref.c - who stands for whom.
// SPDX-License-Identifier: Apache-2.0
#include "mention/mention.h"
#include "written.h"

// What the mention whose text is `what` (the last such) stands for: code,
// sector and name; the codes of the members of a group.
static const char *stands_for(const char *const *text, uint32_t count, const char *what) {
  static char out[256];
  BedeModel *model = written_model();
  BedeDoc *doc = written_doc(text, count, (Day){2003, 5, 20});
  find_actors(doc, model);
  assert_null(doc_check(doc));
  snprintf(out, sizeof out, "no such mention");
  for (uint32_t i = 0; i < doc->actors.count; i++) {
    const Actor *a = &doc->actors.items[i];
    if (!str_equal(doc_span(doc, a->span), str_of(what)))
      continue;
    if (a->antecedent != NONE)
      assert_true(a->antecedent < doc->actors.count);
    int len = snprintf(out, sizeof out, "%s|%s|%s", a->code, a->sector, doc_string(doc, a->name));
    for (uint32_t k = 0; k < a->members; k++)
      len += snprintf(out + len, sizeof out - (size_t)len, "+%s",
                      doc->actors.items[doc->members.items[a->member + k]].code);
  }
  doc_free(doc);
  written_model_free(model);
  return out;
}
#define STANDS_FOR(what, ...) \
  stands_for((const char *const[]){__VA_ARGS__}, COUNT(((const char *const[]){__VA_ARGS__})), what)

#define ZADI "Ivorian/A/3/amod Foreign/A/3/amod Minister/P/4/nmod:desc Kofi/P/6/nsubj/p2 Zadi/P/4/flat arrived/V/0/root"
#define WEKESA "Kenyan/A/2/amod President/P/3/nmod:desc Amina/P/5/nsubj/p2 Wekesa/P/3/flat met/V/0/root " \
               "Ugandan/A/8/amod Foreign/A/8/amod Minister/P/9/nmod:desc Moses/P/5/obj/p2 Okello/P/9/flat"

static void a_surname_is_the_person_named_before(void **state) {
  (void)state;
  assert_string_equal(STANDS_FOR("Zadi", ZADI, "Zadi/P/2/nsubj smiled/V/0/root"), "CIV|GOV|Kofi Zadi");
  assert_string_equal(STANDS_FOR("Okello", WEKESA, "Okello/P/2/nsubj/p1 smiled/V/0/root"), "UGA|GOV|Moses Okello");
}

static void an_office_is_the_person_who_holds_it(void **state) {
  (void)state;
  assert_string_equal(STANDS_FOR("The minister", ZADI, "The/D/2/det minister/N/3/nsubj smiled/V/0/root"), "CIV|GOV|Kofi Zadi");
  assert_string_equal(STANDS_FOR("The Kenyan leader", WEKESA, "The/D/3/det Kenyan/A/3/amod leader/N/4/nsubj smiled/V/0/root"),
                      "KEN|GOV|Amina Wekesa");
  assert_string_equal(STANDS_FOR("the president", WEKESA, "Okello/P/2/nsubj thanked/V/0/root the/D/4/det president/N/2/obj"),
                      "KEN|GOV|Amina Wekesa");
  // another country's minister is not he
  assert_string_equal(STANDS_FOR("the Norwegian minister", WEKESA, "the/D/3/det Norwegian/A/3/amod minister/N/4/nsubj smiled/V/0/root"),
                      "NOR|GOV|");
}

static void a_counterpart_has_the_office_of_the_other(void **state) {
  (void)state;
  assert_string_equal(STANDS_FOR("his Norwegian counterpart",
                                 ZADI, "Zadi/P/2/nsubj met/V/0/root his/R/5/nmod:poss Norwegian/A/5/amod counterpart/N/2/obj"),
                      "NOR|GOV|");
  assert_string_equal(STANDS_FOR("his Norwegian counterpart, Kari Berg",
                                 ZADI, "Zadi/P/2/nsubj met/V/0/root his/R/5/nmod:poss Norwegian/A/5/amod counterpart/N/2/obj "
                                       ",/U/7/punct Kari/P/5/appos/p2 Berg/P/7/flat ./U/2/punct"),
                      "NOR|GOV|Kari Berg");
}

static void the_two_countries_are_those_of_the_sentence_before(void **state) {
  (void)state;
  assert_string_equal(STANDS_FOR("The two countries", "Norway/P/2/nsubj left/V/0/root", "Kenya/P/2/nsubj thanked/V/0/root Uganda/P/2/obj",
                                 "The/D/3/det two/M/3/nummod countries=country/N/4/nsubj agreed/V/0/root"),
                      "||+KEN+UGA");
  assert_string_equal(STANDS_FOR("both sides", WEKESA, "both/D/2/det sides=side/N/3/nsubj agreed/V/0/root"), "||+KEN+UGA");
  assert_string_equal(STANDS_FOR("the two", WEKESA, "the/D/2/det two/M/3/nsubj agreed/V/0/root"), "||+KEN+UGA");
}

static void pronouns_prefer_the_subject(void **state) {
  (void)state;
  assert_string_equal(STANDS_FOR("He", "Ivorian/A/3/amod Foreign/A/3/amod Minister/P/4/nmod:desc Kofi/P/6/nsubj/p2 Zadi/P/4/flat met/V/0/root Moses/P/6/obj/p2 Okello/P/7/flat",
                                 "He/R/2/nsubj smiled/V/0/root"),
                      "CIV|GOV|Kofi Zadi");
  assert_string_equal(STANDS_FOR("its", "Norway/P/2/nsubj thanked/V/0/root Kenya/P/2/obj for/I/6/case its/R/6/nmod:poss help/N/2/obl"),
                      "NOR||Norway");
}

static void who_meets_him_is_not_he(void **state) {
  (void)state;
  assert_string_equal(STANDS_FOR("him", ZADI, "Moses/P/3/nsubj/p2 Okello/P/1/flat met/V/0/root him/R/3/obj"), "CIV|GOV|Kofi Zadi");
}

static void they_may_be_two_subjects(void **state) {
  (void)state;
  assert_string_equal(STANDS_FOR("They", "Kenya/P/4/nsubj and/C/3/cc Uganda/P/1/conj agreed/V/0/root", "They/R/2/nsubj met/V/0/root"),
                      "||+KEN+UGA");
}

static void the_rebels_are_the_group_named_before(void **state) {
  (void)state;
  assert_string_equal(STANDS_FOR("the rebels", "River/P/3/nsubj Front/P/1/flat attacked/V/0/root",
                                 "Kenya/P/2/nsubj condemned/V/0/root the/D/4/det rebels=rebel/N/2/obj"),
                      "RVF|REB|River Front");
}

static void letters_in_brackets_name_the_body_too(void **state) {
  (void)state;
  const char *first = "the/D/3/det Ugandan/A/3/amod Tea/P/9/nsubj/o2 Union/P/3/flat (/U/6/punct UTU/P/3/appos/o1 )/U/6/punct has/X/9/aux protested/V/0/root";
  assert_string_equal(STANDS_FOR("UTU", first, "UTU/P/2/nsubj/o1 protested/V/0/root"), "UGA||Tea Union");
}

static void speakers_of_i_and_we_are_left_open(void **state) {
  (void)state;
  assert_string_equal(STANDS_FOR("we", ZADI, "we/R/2/nsubj agreed/V/0/root"), "||");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_surname_is_the_person_named_before),
      cmocka_unit_test(an_office_is_the_person_who_holds_it),
      cmocka_unit_test(a_counterpart_has_the_office_of_the_other),
      cmocka_unit_test(the_two_countries_are_those_of_the_sentence_before),
      cmocka_unit_test(pronouns_prefer_the_subject),
      cmocka_unit_test(who_meets_him_is_not_he),
      cmocka_unit_test(they_may_be_two_subjects),
      cmocka_unit_test(the_rebels_are_the_group_named_before),
      cmocka_unit_test(letters_in_brackets_name_the_body_too),
      cmocka_unit_test(speakers_of_i_and_we_are_left_open),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
