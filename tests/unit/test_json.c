// test_json.c - documents, annotations and events as JSON.
// SPDX-License-Identifier: Apache-2.0
#include "doc/json.h"
#include "made.h"
#include <float.h>
#include <jansson.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static void string_is(Str s, const char *want) {
  Out out = {0};
  json_str(&out, s);
  assert_string_equal(out.at, want);
  out_free(&out);
}

static void number_is(double value, const char *want) {
  Out out = {0};
  json_number(&out, value);
  assert_string_equal(out.at, want);
  out_free(&out);
}

static void control_characters_and_quotes_are_escaped(void **state) {
  (void)state;
  string_is(STR(""), "\"\"");
  string_is(STR("a \"b\" \\ c"), "\"a \\\"b\\\" \\\\ c\"");
  string_is(STR("\n\t\r\b\f"), "\"\\n\\t\\r\\b\\f\"");
  string_is(STR("\x01\x1f\0"), "\"\\u0001\\u001f\\u0000\"");
}

static void characters_beyond_ascii_stand_as_they_are(void **state) {
  (void)state;
  string_is(STR("Ñandú – 中 \U0001F30D"), "\"Ñandú – 中 \U0001F30D\"");
  string_is(STR("\xEF\xBF\xBD"), "\"\xEF\xBF\xBD\"");
}

static void broken_utf8_becomes_the_replacement_character(void **state) {
  (void)state;
  string_is(STR("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
  string_is(STR("\xC3"), "\"\xEF\xBF\xBD\"");
  string_is(STR("\xC0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

static void numbers_are_short_and_read_back_the_same(void **state) {
  (void)state;
  number_is(0, "0");
  number_is(-0.0, "0");
  number_is(200000000000.0, "200000000000");
  number_is(-17, "-17");
  number_is(0.1, "0.1");
  number_is(1.9, "1.9");
  number_is(1e300, "1e+300");
  number_is(NAN, "null");
  number_is(INFINITY, "null");
  const double values[] = {1.0 / 3, DBL_MAX, DBL_MIN, 5e-324, 123456789.125, 0.30000000000000004};
  for (size_t i = 0; i < COUNT(values); i++) {
    Out out = {0};
    json_number(&out, values[i]);
    assert_true(strtod(out.at, NULL) == values[i]);
    out_free(&out);
  }
}

static void the_locale_changes_nothing(void **state) {
  (void)state;
  static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8"};
  for (size_t i = 0; i < COUNT(locales); i++)
    if (setlocale(LC_ALL, locales[i]))
      number_is(1.5, "1.5");
  setlocale(LC_ALL, "C");
}

static json_t *parsed(void (*write)(Out *, const BedeDoc *), const BedeDoc *doc) {
  Out out = {0};
  write(&out, doc);
  json_t *object = json_loads(out.at, JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(object);
  out_free(&out);
  return object;
}

static json_t *parsed_event(const BedeDoc *doc, uint32_t event) {
  Out out = {0};
  json_event(&out, doc, event);
  json_t *object = json_loads(out.at, JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(object);
  out_free(&out);
  return object;
}

static void text_is(json_t *object, const char *key, const char *want) {
  json_t *value = json_object_get(object, key);
  assert_non_null(value);
  if (!want)
    assert_true(json_is_null(value));
  else
    assert_string_equal(json_string_value(value), want);
}

static void a_document_has_its_frame_and_null_for_what_is_absent(void **state) {
  (void)state;
  BedeDoc *doc = made_doc("x", 0);
  json_t *o = parsed(json_document, doc);
  text_is(o, "id", "x");
  text_is(o, "title", "Neighbours \"meet\"");
  text_is(o, "date", "2030-05-06");
  text_is(o, "url", NULL);
  text_is(o, "dateline", NULL);
  assert_int_equal(json_array_size(json_object_get(o, "authors")), 2);
  assert_int_equal(json_array_size(json_object_get(o, "editors")), 0);
  text_is(o, "text", doc->text.at);
  json_decref(o);
  doc_free(doc);
}

static void an_annotation_has_all_layers(void **state) {
  (void)state;
  BedeDoc *doc = made_doc("x", 0);
  json_t *o = parsed(json_annotation, doc);
  assert_int_equal(json_array_size(json_object_get(o, "sentences")), 2);
  json_t *place = json_array_get(json_object_get(o, "places"), 0);
  text_is(place, "country", "PER");
  assert_true(json_real_value(json_object_get(place, "lat")) == -12.05);
  json_t *figure = json_array_get(json_object_get(o, "figures"), 0);
  text_is(figure, "change", "~");
  text_is(figure, "unit", "USD");
  assert_int_equal(json_integer_value(json_object_get(figure, "value2")), 4000000);
  json_t *speech = json_array_get(json_object_get(o, "speech"), 0);
  text_is(speech, "kind", "indirect");
  assert_int_equal(json_array_size(json_object_get(speech, "speaker")), 2);
  json_decref(o);
  doc_free(doc);
}

static void an_event_has_words_and_bytes_for_each_role(void **state) {
  (void)state;
  BedeDoc *doc = made_doc("x", 0);
  json_t *o = parsed_event(doc, 0);
  text_is(o, "id", "00000000feed0000");
  text_is(o, "doc", "x");
  text_is(o, "event", "CONSULT");
  text_is(o, "quad", "verbal cooperation");
  text_is(o, "status", "actual");
  text_is(json_object_get(o, "source"), "text", "Peru");
  text_is(json_object_get(o, "source"), "sector", "GOV");
  text_is(json_object_get(o, "target"), "sector", NULL);
  text_is(json_object_get(o, "trigger"), "text", "met");
  text_is(json_object_get(o, "speaker"), "text", "an official");
  text_is(json_object_get(o, "speaker"), "code", NULL);
  text_is(json_object_get(o, "place"), "name", "Lima");
  assert_true(json_is_true(json_object_get(o, "mutual")));
  assert_int_equal(json_integer_value(json_object_get(o, "count")), 2);
  assert_true(json_real_value(json_object_get(o, "confidence")) == 0.93);
  assert_true(json_real_value(json_object_get(o, "goldstein")) == 1.9);
  json_t *date = json_object_get(o, "date");
  text_is(date, "precision", "day");
  text_is(date, "basis", "published");
  assert_true(json_is_true(json_object_get(date, "inferred")));
  text_is(o, "pledge", NULL);
  json_decref(o);
  doc_free(doc);
}

static void a_pledge_says_what_and_by_when(void **state) {
  (void)state;
  BedeDoc *doc = made_doc("x", 0);
  json_t *o = parsed_event(doc, 1);
  text_is(o, "target", NULL);
  text_is(o, "speaker", NULL);
  text_is(json_object_get(o, "date"), "precision", "year");
  json_t *pledge = json_object_get(o, "pledge");
  text_is(pledge, "what", "set up a fund");
  text_is(json_object_get(pledge, "by"), "begin", "2031");
  text_is(json_object_get(pledge, "by"), "precision", "year");
  assert_int_equal(json_array_size(json_object_get(o, "contexts")), 2);
  text_is(json_array_get(json_object_get(o, "derived"), 0), "code", "CHL-PER");
  json_decref(o);
  doc_free(doc);
}

static void shown(const char *url, const char *text, const char *want) {
  BedeDoc *doc = doc_new();
  Out out = {0};
  doc->frame.url = str_of(url);
  doc->text = str_of(text);
  doc_shown_at(doc, (Span){0, (uint32_t)doc->text.len}, &out);
  assert_string_equal(out.at ? out.at : "", want);
  out_free(&out);
  doc_free(doc);
}

static void a_sentence_leads_back_to_its_page(void **state) {
  (void)state;
  shown("https://a.example/1", "Peru's envoy left.", "https://a.example/1#:~:text=Peru%27s%20envoy%20left.");
  shown("https://a.example/1#top", "One two, three-four \u00e9 & six seven eight nine ten eleven twelve.",
        "https://a.example/1#top:~:text=One%20two%2C%20three%2Dfour%20%C3%A9%20%26%20six,"
        "seven%20eight%20nine%20ten%20eleven%20twelve.");
  shown("http://a.example/", "One two three four five six seven eight.\n\nNext.",
        "http://a.example/#:~:text=One%20two%20three%20four%20five%20six%20seven%20eight.");
  shown("urn:x:2", "Peru's envoy left.", ""); // no page
  shown("", "Peru's envoy left.", "");
  shown("https://a.example/1", " ", "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(control_characters_and_quotes_are_escaped),
      cmocka_unit_test(characters_beyond_ascii_stand_as_they_are),
      cmocka_unit_test(broken_utf8_becomes_the_replacement_character),
      cmocka_unit_test(numbers_are_short_and_read_back_the_same),
      cmocka_unit_test(the_locale_changes_nothing),
      cmocka_unit_test(a_document_has_its_frame_and_null_for_what_is_absent),
      cmocka_unit_test(an_annotation_has_all_layers),
      cmocka_unit_test(an_event_has_words_and_bytes_for_each_role),
      cmocka_unit_test(a_pledge_says_what_and_by_when),
      cmocka_unit_test(a_sentence_leads_back_to_its_page),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
