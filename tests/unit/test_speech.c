// test_speech.c - who says what.
// SPDX-License-Identifier: Apache-2.0
#include "worded.h"

static const Day day = {2003, 5, 20};
static BedeModel *model;

static const char *print(const char *const *text, uint32_t count) {
  static char out[2048];
  BedeDoc *doc = written_doc(text, count, day);
  find_actors(doc, model);
  find_speech(doc, model);
  assert_null(doc_check(doc));
  size_t len = 0;
  out[0] = 0;
  for (uint32_t i = 0; i < doc->speeches.count; i++) {
    const Speech *s = &doc->speeches.items[i];
    len += (size_t)snprintf(out + len, sizeof out - len, "%s[%.*s] %.*s (%.*s) %s", i ? "; " : "",
                            STR_ARG(doc_span(doc, s->speaker)), STR_ARG(doc_span(doc, s->span)),
                            STR_ARG(doc_span(doc, s->cue)), speech_kinds[s->kind]);
    if (s->actor != NONE)
      len += (size_t)snprintf(out + len, sizeof out - len, " %s", doc->actors.items[s->actor].code);
  }
  doc_free(doc);
  return out;
}

#define SPEECH(expected, ...)                                                  \
  assert_string_equal(print((const char *const[]){__VA_ARGS__},                \
                            COUNT(((const char *const[]){__VA_ARGS__}))), expected)

static void indirect_speech_behind_its_verb(void **state) {
  (void)state;
  SPEECH("[Kenya] that Uganda left (said) indirect KEN",
         "Kenya/P/2/nsubj/l1 said=say/V/0/root that/I/5/mark Uganda/P/5/nsubj/l1 left=leave/V/2/ccomp ./U/2/punct");
}

static void indirect_speech_before_its_verb_is_the_sentence_without_the_attribution(void **state) {
  (void)state;
  SPEECH("[Kenya] Uganda left (said) indirect KEN",
         "Uganda/P/2/nsubj/l1 left=leave/V/5/ccomp ,/U/5/punct Kenya/P/5/nsubj/l1 said=say/V/0/root "
         "on/I/7/case Sunday/P/5/obl ./U/5/punct");
}

static void the_noun_phrase_between_comma_and_verb_speaks_whatever_the_tree_says(void **state) {
  (void)state;
  SPEECH("[Kenyan officials] The talks show progress (said) indirect KEN",
         "The/D/2/det talks=talk/N/8/nsubj show/V/8/ccomp progress/N/3/obj ,/U/8/punct Kenyan/A/7/amod "
         "officials=official/N/8/obl said=say/V/0/root on/I/10/case Sunday/P/8/obl ./U/8/punct");
}

static void what_is_said_begins_right_behind_said(void **state) {
  (void)state;
  // the tree takes the subject of the content for the object of "says"
  SPEECH("[Kenya] the talks are“ lies” (says) mixed KEN",
         "Kenya/P/2/nsubj/l1 says=say/V/0/root the/D/4/det talks=talk/N/2/obj are=be/X/7/cop “/U/7/punct lies=lie/N/2/ccomp ”/U/7/punct ./U/2/punct");
}

static void a_second_clause_with_that_is_said_too(void **state) {
  (void)state;
  SPEECH("[Kenya] Uganda left, and that peace holds (said) indirect KEN",
         "Kenya/P/2/nsubj/l1 said=say/V/0/root Uganda/P/4/nsubj/l1 left=leave/V/2/ccomp ,/U/9/punct and/C/9/cc "
         "that/I/9/mark peace/N/9/nsubj holds=hold/V/2/conj ./U/2/punct");
}

static void an_announced_paragraph_is_what_was_said(void **state) {
  (void)state;
  SPEECH("[Kenya] Peace holds (added) indirect KEN", "Kenya/P/2/nsubj/l1 added=add/V/0/root :/U/2/punct",
         "Peace/N/2/nsubj holds=hold/V/0/root ./U/2/punct");
}

static void a_second_verb_goes_on_with_the_content(void **state) {
  (void)state;
  SPEECH("[Kenya] they talked and agreed (said) indirect KEN",
         "Kenya/P/2/nsubj/l1 said=say/V/0/root they/R/4/nsubj talked=talk/V/2/ccomp and/C/6/cc agreed=settle/V/2/conj ./U/2/punct");
  SPEECH("[Kenya] they talked (said) indirect KEN",
         "Kenya/P/2/nsubj/l1 said=say/V/0/root they/R/4/nsubj talked=talk/V/2/ccomp and/C/6/cc urged=urge/V/2/conj calm/N/6/obj ./U/2/punct");
}

static void a_parenthetic_attribution_leaves_two_parts(void **state) {
  (void)state;
  SPEECH("[Kenya] The talks (said) indirect KEN; [Kenya] failed badly (said) indirect KEN",
         "The/D/2/det talks=talk/N/7/nsubj ,/U/5/punct Kenya/P/5/nsubj/l1 said=say/V/7/parataxis ,/U/5/punct "
         "failed=fail/V/0/root badly/B/7/advmod ./U/7/punct");
}

static void an_inverted_direct_quotation(void **state) {
  (void)state;
  SPEECH("[Amina Wekesa] “ We won,” (said) direct KEN",
         "“/U/3/punct We/R/3/nsubj won=win/V/6/ccomp ,/U/6/punct ”/U/6/punct said=say/V/0/root "
         "Amina/P/6/nsubj/p2 Wekesa/P/7/flat ./U/6/punct");
}

static void according_to_gives_the_rest_of_the_sentence(void **state) {
  (void)state;
  SPEECH("[Kenya] Uganda left (according) indirect KEN",
         "Uganda/P/2/nsubj/l1 left=leave/V/0/root ,/U/2/punct according=accord/V/6/case to/I/4/fixed "
         "Kenya/P/2/obl/l1 ./U/2/punct");
  SPEECH("[Kenya] Uganda left (In) indirect KEN",
         "In/I/3/case the/D/3/det words=word/N/7/obl of/I/5/case Kenya/P/3/nmod/l1 ,/U/7/punct Uganda/P/8/nsubj/l1 "
         "left=leave/V/0/root ./U/8/punct");
}

static void an_attribution_without_content_is_none(void **state) {
  (void)state;
  SPEECH("", "Kenya/P/2/nsubj/l1 spoke=speak/V/0/root in/I/5/case a/D/5/det speech/N/2/obl ./U/2/punct");
  SPEECH("", "Kenya/P/2/nsubj/l1 said=say/V/0/root so/B/2/advmod in/I/6/case a/D/6/det speech/N/2/obl ./U/2/punct");
}

static void a_relative_clause_is_no_part_of_the_speaker(void **state) {
  (void)state;
  SPEECH("[The official] that Uganda left (said) indirect ",
         "The/D/2/det official/N/5/nsubj who/R/4/nsubj resigned=resign/V/2/acl:relcl said=say/V/0/root "
         "that/I/8/mark Uganda/P/8/nsubj/l1 left=leave/V/5/ccomp ./U/5/punct");
}

static void told_has_its_hearer_between(void **state) {
  (void)state;
  SPEECH("[Kenya] that it left (told) indirect KEN",
         "Kenya/P/2/nsubj/l1 told=tell/V/0/root Uganda/P/2/iobj/l1 that/I/6/mark it/R/6/nsubj left=leave/V/2/ccomp ./U/2/punct");
}

static void a_quotation_is_signed_or_announced(void **state) {
  (void)state;
  SPEECH("[Ada Byron] “ We will stay here” (—) direct ",
         "“/U/4/punct We/R/4/nsubj will/X/4/aux stay/V/0/root here/B/4/advmod ”/U/4/punct —/U/8/punct Ada/P/4/nmod/p2 Byron/P/8/flat");
  SPEECH("[Kenya] “ We will stay here” (said) direct KEN", "Kenya/P/2/nsubj/l1 said=say/V/0/root :/U/2/punct",
         "“/U/4/punct We/R/4/nsubj will/X/4/aux stay/V/0/root here/B/4/advmod ”/U/4/punct");
}

static void a_clause_that_the_tree_hangs_on_the_hearer_is_told(void **state) {
  (void)state;
  SPEECH("[Kenya] that Uganda left (told) indirect KEN",
         "Kenya/P/2/nsubj/l1 told=tell/V/0/root Radio/P/4/compound Oslo/P/2/obj that/I/7/mark Uganda/P/7/nsubj/l1 "
         "left=leave/V/4/acl:relcl ./U/2/punct");
}

int main(void) {
  model = worded_model();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(indirect_speech_behind_its_verb),
      cmocka_unit_test(indirect_speech_before_its_verb_is_the_sentence_without_the_attribution),
      cmocka_unit_test(the_noun_phrase_between_comma_and_verb_speaks_whatever_the_tree_says),
      cmocka_unit_test(what_is_said_begins_right_behind_said),
      cmocka_unit_test(a_second_clause_with_that_is_said_too),
      cmocka_unit_test(an_announced_paragraph_is_what_was_said),
      cmocka_unit_test(a_second_verb_goes_on_with_the_content),
      cmocka_unit_test(a_parenthetic_attribution_leaves_two_parts),
      cmocka_unit_test(an_inverted_direct_quotation),
      cmocka_unit_test(according_to_gives_the_rest_of_the_sentence),
      cmocka_unit_test(an_attribution_without_content_is_none),
      cmocka_unit_test(a_relative_clause_is_no_part_of_the_speaker),
      cmocka_unit_test(told_has_its_hearer_between),
      cmocka_unit_test(a_quotation_is_signed_or_announced),
      cmocka_unit_test(a_clause_that_the_tree_hangs_on_the_hearer_is_told),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  worded_model_free(model);
  return failed;
}
