// test_actors.c - the actor tables, and which noun phrases are actors.
// SPDX-License-Identifier: Apache-2.0
#include "mention/mention.h"
#include "written.h"

static const Day may_2003 = {2003, 5, 20}, may_2008 = {2008, 5, 20}, may_2000 = {2000, 5, 20};

// All mentions, one after the other: text, code, sector, kind letter.
static const char *list(const char *const *text, uint32_t count, Day day) {
  static char out[2048];
  static const char kinds[] = "NTCAPG";
  BedeModel *model = written_model();
  BedeDoc *doc = written_doc(text, count, day);
  find_actors(doc, model);
  assert_null(doc_check(doc));
  size_t len = 0;
  out[0] = 0;
  for (uint32_t i = 0; i < doc->actors.count; i++) {
    const Actor *a = &doc->actors.items[i];
    len += (size_t)snprintf(out + len, sizeof out - len, "%s%.*s|%s|%s|%c%s", i ? "; " : "",
                            STR_ARG(doc_span(doc, a->span)), a->code, a->sector, kinds[a->kind],
                            a->is_place ? "|place" : "");
    assert_int_equal(actor_at(doc, a->head) == NONE, 0);
  }
  doc_free(doc);
  written_model_free(model);
  return out;
}
#define LIST(day, ...) list((const char *const[]){__VA_ARGS__}, COUNT(((const char *const[]){__VA_ARGS__})), day)

static void country_title_and_name_are_one_mention(void **state) {
  (void)state;
  assert_string_equal(
      LIST(may_2003, "Kenyan/A/2/amod President/P/3/nmod:desc Amina/P/5/nsubj/p2 Wekesa/P/3/flat spoke/V/0/root"),
      "Kenyan President Amina Wekesa|KEN|GOV|T");
}

static void a_person_the_table_lacks_gets_country_and_role_from_the_words(void **state) {
  (void)state;
  assert_string_equal(
      LIST(may_2003, "Ivorian/A/3/amod Foreign/A/3/amod Minister/P/4/nmod:desc Kofi/P/6/nsubj/p2 Zadi/P/4/flat left/V/0/root"),
      "Ivorian Foreign Minister Kofi Zadi|CIV|GOV|T");
  // the network missed the name
  assert_string_equal(
      LIST(may_2003, "Ivorian/A/3/amod Foreign/A/3/amod Minister/P/4/nmod:desc Yao/P/8/nsubj Brou/P/4/flat -/U/4/punct Kan/P/4/flat left/V/0/root"),
      "Ivorian Foreign Minister Yao Brou- Kan|CIV|GOV|T");
}

static void the_tree_may_part_title_and_name(void **state) {
  (void)state;
  assert_string_equal(
      LIST(may_2003, "Kenyan/A/2/amod President/P/5/nsubj Amina/P/5/obj/p2 Wekesa/P/3/flat spoke/V/0/root"),
      "Kenyan President Amina Wekesa|KEN|GOV|T");
}

static void an_office_holds_between_its_days(void **state) {
  (void)state;
  const char *text = "Amina/P/3/nsubj/p2 Wekesa/P/1/flat spoke/V/0/root";
  assert_string_equal(LIST(may_2003, text), "Amina Wekesa|KEN|GOV|N");
  assert_string_equal(LIST(may_2000, text), "Amina Wekesa|KEN|OPP|N");
  assert_string_equal(LIST(may_2008, text), "Amina Wekesa|KEN|ELI|N");
  assert_string_equal(LIST((Day){0}, text), "Amina Wekesa|KEN|ELI|N");
  assert_string_equal(
      LIST(may_2003, "Former/A/2/amod president/N/3/nmod:desc Amina/P/5/nsubj/p2 Wekesa/P/3/flat spoke/V/0/root"),
      "Former president Amina Wekesa|KEN|ELI|T");
}

static void a_possessor_gives_the_country(void **state) {
  (void)state;
  assert_string_equal(
      LIST(may_2003, "Norway/P/4/nmod:poss 's/T/1/case foreign/A/4/amod minister/N/5/nsubj left/V/0/root"),
      "Norway's foreign minister|NOR|GOV|T");
}

static void apposition_joins_in_both_orders(void **state) {
  (void)state;
  assert_string_equal(
      LIST(may_2003, "the/D/4/det Ivorian/A/4/amod foreign/A/4/amod minister/N/9/nsubj ,/U/6/punct Kofi/P/4/appos/p2 Zadi/P/6/flat ,/U/4/punct left/V/0/root"),
      "the Ivorian foreign minister, Kofi Zadi|CIV|GOV|T");
  assert_string_equal(
      LIST(may_2003, "Kofi/P/9/nsubj/p2 Zadi/P/1/flat ,/U/7/punct the/D/7/det Ivorian/A/7/amod foreign/A/7/amod minister/N/1/appos ,/U/1/punct left/V/0/root"),
      "Kofi Zadi, the Ivorian foreign minister|CIV|GOV|T");
}

static void what_hangs_behind_gives_the_country(void **state) {
  (void)state;
  assert_string_equal(
      LIST(may_2003, "government/N/2/compound officials=official/N/5/nsubj from/I/4/case Uganda/P/2/nmod met/V/0/root"),
      "government officials from Uganda|UGA|GOV|C");
  assert_string_equal(
      LIST(may_2003, "Rebels=rebel/N/5/nsubj in/I/4/case eastern/A/4/amod Uganda/P/1/nmod fled/V/0/root"),
      "Rebels in eastern Uganda|UGA|REB|C; eastern Uganda|UGA||N|place");
  assert_string_equal(
      LIST(may_2003, "the/D/2/det president/N/5/nsubj of/I/4/case Kenya/P/2/nmod left/V/0/root"),
      "the president of Kenya|KEN|GOV|T");
  assert_string_equal(
      LIST(may_2003, "a/D/2/det spokesman/N/8/nsubj for/I/7/case the/D/7/det Kenyan/A/7/amod Foreign/A/7/amod Ministry/P/2/nmod left/V/0/root"),
      "a spokesman for the Kenyan Foreign Ministry|KEN|GOV|T; the Kenyan Foreign Ministry|KEN|GOV|C");
}

static void amounts_of_people_are_the_people(void **state) {
  (void)state;
  assert_string_equal(
      LIST(may_2003, "Thousands=thousand/N/5/nsubj of/I/4/case Ugandan/A/4/amod protesters=protester/N/1/nmod marched/V/0/root"),
      "Thousands of Ugandan protesters|UGA|CVL|C");
}

static void a_bare_country_is_an_actor_or_a_place(void **state) {
  (void)state;
  assert_string_equal(LIST(may_2003, "Norway/P/2/nsubj thanked/V/0/root Kenya/P/2/obj in/I/5/case Kampala/P/2/obl"),
                      "Norway|NOR||N; Kenya|KEN||N; Kampala|UGA||N|place");
  assert_string_equal(LIST(may_2003, "Kampala/P/2/nsubj denied/V/0/root it/R/2/obj"), "Kampala|UGA|GOV|N");
}

static void adjectives_before_what_is_no_actor(void **state) {
  (void)state;
  assert_string_equal(
      LIST(may_2003, "Kenyan/A/2/amod tea/N/5/nsubj and/C/4/cc gas/N/2/conj flowed/V/0/root under/I/8/case UN/P/8/compound sanctions=sanction/N/5/obl"),
      "Kenyan|KEN||A; UN|UNO|IGO|A");
  assert_string_equal(LIST(may_2003, "The/D/4/det Kenyan/A/4/amod army/N/4/compound offensive/N/5/nsubj began/V/0/root"),
                      "Kenyan army|KEN|MIL|C");
}

static void peoples_are_actors(void **state) {
  (void)state;
  assert_string_equal(LIST(may_2003, "The/D/2/det Ugandans/P/3/nsubj left/V/0/root"), "The Ugandans|UGA||C");
}

static void the_core_noun_tells_the_sector(void **state) {
  (void)state;
  assert_string_equal(LIST(may_2003, "rebel/N/2/compound leaders=leader/N/3/nsubj left/V/0/root"), "rebel leaders||REB|C");
  assert_string_equal(LIST(may_2003, "the/D/3/det Kenyan/A/3/amod leader/N/4/nsubj left/V/0/root"), "the Kenyan leader|KEN|GOV|T");
  assert_string_equal(LIST(may_2003, "River/P/3/compound Front/P/1/flat leaders=leader/N/4/nsubj left/V/0/root"),
                      "River Front leaders|RVF|REB|C");
  assert_string_equal(LIST(may_2003, "Kenyan/A/4/amod Northern/P/4/compound Pact/P/2/flat ambassador/N/5/nsubj left/V/0/root"),
                      "Kenyan Northern Pact ambassador|KEN|GOV|T");
}

static void countries_that_back_somebody_are_not_his(void **state) {
  (void)state;
  assert_string_equal(
      LIST(may_2003, "the/D/5/det Kenya/P/4/obl -/U/4/punct backed/V/5/amod rebels=rebel/N/6/nsubj fled/V/0/root"),
      "the Kenya- backed rebels||REB|C");
}

static void two_adjectives_make_a_group(void **state) {
  (void)state;
  assert_string_equal(
      LIST(may_2003, "Kenyan/A/4/amod and/C/3/cc Ugandan/A/1/conj leaders=leader/N/5/nsubj met/V/0/root"),
      "Kenyan and Ugandan leaders||GOV|G; Kenyan|KEN|GOV|C; Ugandan|UGA|GOV|C");
  assert_string_equal(
      LIST(may_2003, "the/D/2/det leaders=leader/N/7/nsubj of/I/4/case Kenya/P/2/nmod and/C/6/cc Uganda/P/4/conj met/V/0/root"),
      "the leaders of Kenya and Uganda||GOV|G; Kenya|KEN|GOV|N; Uganda|UGA|GOV|N");
}

static void objects_side_by_side_are_two(void **state) {
  (void)state;
  assert_string_equal(LIST(may_2003, "Kenya/P/2/nsubj gave/V/0/root Uganda/P/2/iobj UN/P/5/compound tents=tent/N/2/obj"),
                      "Kenya|KEN||N; Uganda|UGA||N; UN|UNO|IGO|A");
}

static void accents_and_capitals_do_not_matter(void **state) {
  (void)state;
  assert_string_equal(LIST(may_2003, "Cote/P/3/nsubj d'Ivoire/P/1/flat thanked/V/0/root NAIROBI/P/3/obj"),
                      "Cote d'Ivoire|CIV||N; NAIROBI|KEN|GOV|N");
}

static void given_names_have_spellings_and_who_left_is_of_his_state(void **state) {
  (void)state;
  Day later = {2009, 5, 1};
  assert_string_equal(LIST(may_2003, "Yury/P/4/nsubj/p3 Muhammad/P/1/flat Kato/P/1/flat left/V/0/root"), "Yury Muhammad Kato|UNO|IGO|N");
  assert_string_equal(LIST(later, "Yury/P/4/nsubj/p3 Mohamed/P/1/flat Kato/P/1/flat left/V/0/root"), "Yury Mohamed Kato|UGA|ELI|N");
  // the words before say which office is meant; a name of one word is not respelled
  assert_string_equal(LIST(later, "UN/P/2/compound leader/N/3/compound Mohammed/P/4/nsubj/p1 left/V/0/root"), "UN leader Mohammed|UNO||T");
  assert_string_equal(LIST(may_2003, "Muhammad/P/2/nsubj left/V/0/root"), "");
}

static void a_name_the_network_found_is_more_than_its_country(void **state) {
  (void)state;
  assert_string_equal(LIST(may_2003, "Bank/P/4/nsubj/o3 of/I/3/case Uganda/P/1/nmod warned/V/0/root"),
                      "Bank of Uganda|UGA||N");
}

// ---- tables

static BedeStatus build(const char *file, const char *text, BedeError *err) {
  ImageWriter *writer = image_writer_new();
  BedeStatus status = written_build(file, str_of(text), writer, err);
  image_writer_free(writer);
  return status;
}

static void a_bad_line_is_named(void **state) {
  (void)state;
  BedeError err = {0};
  assert_int_equal(build("people.tsv", "# a\nNOR\tGOV\tOla\t\tking\t2001-13-01\t\n", &err), BEDE_SYNTAX);
  assert_non_null(strstr(err.message, "people.tsv:2: \"2001-13-01\" is no day"));
  assert_int_equal(build("people.tsv", "NOR\tGOV\tOla\t\tking\t2001\t1999\n", &err), BEDE_SYNTAX);
  assert_non_null(strstr(err.message, "ends before it begins"));
  assert_int_equal(build("roles.tsv", "GOV\tking\tperson\nREB\tking\tperson\n", &err), BEDE_SYNTAX);
  assert_non_null(strstr(err.message, "roles.tsv:2: \"king\" stands here twice"));
  assert_int_equal(build("roles.tsv", "GOV\tking\troyal\n", &err), BEDE_SYNTAX);
  assert_int_equal(build("countries.tsv", "ABCDEFGHIJKLMNOP\tLong\n", &err), BEDE_SYNTAX);
  assert_int_equal(build("bodies.tsv", "UNO\n", &err), BEDE_SYNTAX);
}

static void names_are_parted_as_the_splitter_does(void **state) {
  (void)state;
  Str words[ACTOR_WORDS];
  assert_int_equal(actor_words(STR("Yasmin Abdel-Rahman"), words), 4);
  assert_true(str_equal(words[2], STR("-")));
  assert_int_equal(actor_words(STR("People's Front, U.S."), words), 5);
  assert_true(str_equal(words[1], STR("'s")));
  assert_true(str_equal(words[4], STR("U.S.")));
  assert_int_equal(actor_words(STR(""), words), 0);
  assert_int_equal(actor_words(STR("a a a a a a a a a a a a a a a a a a a a a a a a a a"), words), ACTOR_WORDS + 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(country_title_and_name_are_one_mention),
      cmocka_unit_test(a_person_the_table_lacks_gets_country_and_role_from_the_words),
      cmocka_unit_test(the_tree_may_part_title_and_name),
      cmocka_unit_test(an_office_holds_between_its_days),
      cmocka_unit_test(a_possessor_gives_the_country),
      cmocka_unit_test(apposition_joins_in_both_orders),
      cmocka_unit_test(what_hangs_behind_gives_the_country),
      cmocka_unit_test(amounts_of_people_are_the_people),
      cmocka_unit_test(a_bare_country_is_an_actor_or_a_place),
      cmocka_unit_test(adjectives_before_what_is_no_actor),
      cmocka_unit_test(peoples_are_actors),
      cmocka_unit_test(the_core_noun_tells_the_sector),
      cmocka_unit_test(countries_that_back_somebody_are_not_his),
      cmocka_unit_test(two_adjectives_make_a_group),
      cmocka_unit_test(objects_side_by_side_are_two),
      cmocka_unit_test(accents_and_capitals_do_not_matter),
      cmocka_unit_test(given_names_have_spellings_and_who_left_is_of_his_state),
      cmocka_unit_test(a_name_the_network_found_is_more_than_its_country),
      cmocka_unit_test(a_bad_line_is_named),
      cmocka_unit_test(names_are_parted_as_the_splitter_does),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
