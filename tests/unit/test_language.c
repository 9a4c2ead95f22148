// test_language.c - languages by their words. All texts are invented.
// SPDX-License-Identifier: Apache-2.0
#include "read/language.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

static void expect(const char *text, const char *want) {
  Str have = language_of(str_of(text));
  char copy[8];
  snprintf(copy, sizeof copy, "%.*s", STR_ARG(have));
  assert_string_equal(copy, want);
}

static void texts_are_told_by_their_words(void **state) {
  (void)state;
  expect("The port council said on Tuesday that it would buy a second ferry for the island.", "en");
  expect("Der Hafenrat hat am Dienstag beschlossen, dass die Insel eine zweite F\u00e4hre bekommt und "
         "die Preise nicht steigen.", "de");
  expect("Le conseil du port a d\u00e9cid\u00e9 mardi que les habitants de l'\u00eele auront un second bac et "
         "que les tarifs ne sont pas en hausse dans ce port.", "fr");
  expect("El consejo del puerto dijo el martes que la isla y los pueblos de la costa van a tener un "
         "segundo barco para los viajes de invierno.", "es");
  expect("\u0421\u043e\u0432\u0435\u0442 \u043f\u043e\u0440\u0442\u0430 \u0440\u0435\u0448\u0438\u043b \u0432\u043e \u0432\u0442\u043e\u0440\u043d\u0438\u043a, \u0447\u0442\u043e \u043d\u0430 \u043e\u0441\u0442\u0440\u043e\u0432\u0435 \u0431\u0443\u0434\u0435\u0442 \u0432\u0442\u043e\u0440\u043e\u0439 \u043f\u0430\u0440\u043e\u043c, \u0438 \u0446\u0435\u043d\u044b \u043d\u0435 \u0432\u044b\u0440\u0430\u0441\u0442\u0443\u0442 \u043f\u043e \u0432\u043e\u0441\u043a\u0440\u0435\u0441\u0435\u043d\u044c\u044f\u043c.", "ru");
  expect("\u6e2f\u53e3\u59d4\u5458\u4f1a\u661f\u671f\u4e8c\u51b3\u5b9a\u4e3a\u8be5\u5c9b\u8d2d\u4e70\u7b2c\u4e8c\u8258\u6e21\u8f6e\u5e76\u4fdd\u6301\u7968\u4ef7\u4e0d\u53d8", "zh");
}

static void short_texts_and_names_tell_nothing(void **state) {
  (void)state;
  expect("", "");
  expect("Lima, La Paz, El Salvador", "");
  expect("Rio de Janeiro and La Paz are in a list of the cities that host the games.", "en");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_are_told_by_their_words),
      cmocka_unit_test(short_texts_and_names_tell_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
