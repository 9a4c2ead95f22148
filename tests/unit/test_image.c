// test_image.c - a knowledge image that is cut off or damaged is refused, or does
// no harm.
// SPDX-License-Identifier: Apache-2.0
#include "code.h"
#include "compile/compile.h"
#include "model/table.h"
#include "read/read.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

static char *bytes; // of the real image
static size_t size;

// The header and the list of sections, as image.h draws them.
enum { AT_ORDER = 8, AT_VERSION = 12, AT_SIZE = 16, AT_COUNT = 24, AT_SECTIONS = 32, SECTION = 48 };
enum { IN_OFFSET = 24, IN_SIZE = 32, IN_ITEM = 40, IN_ITEMS = 44 };

static uint64_t number(size_t at, size_t width) {
  uint64_t value = 0;
  memcpy(&value, bytes + at, width);
  return value;
}
static size_t sections(void) { return (size_t)number(AT_COUNT, 4); }
static size_t section(size_t i) { return AT_SECTIONS + i * SECTION; }

static char *copy_of(size_t length) {
  char *copy = malloc(length ? length : 1);
  assert_non_null(copy);
  memcpy(copy, bytes, length);
  return copy;
}

static void put(char *copy, size_t at, uint64_t value, size_t width) {
  memcpy(copy + at, &value, width);
}

// Opens a copy, which is taken over.
static BedeStatus opened(char *copy, size_t length, BedeModel **model, BedeError *err) {
  Image image;
  *model = NULL;
  BedeStatus status = image_take(copy, length, "copy", &image, err);
  return status ? status : model_open_image(image, model, err);
}

static void refused(char *copy, size_t length, const char *why) {
  BedeModel *model;
  BedeError err = {0};
  BedeStatus status = opened(copy, length, &model, &err);
  if (status != BEDE_IMAGE)
    fail_msg("%s: status %d, %s", why, (int)status, err.message);
  if (!err.message[0])
    fail_msg("%s: no message", why);
}

// Opens a copy and codes a sentence with it; false where it was refused.
static bool code_with(char *copy) {
  BedeModel *model;
  BedeError err = {0};
  if (opened(copy, size, &model, &err))
    return false;
  BedeDoc *doc;
  const char *text = "The President of Peru met 2 Chilean ministers in Lima on Monday.";
  BedeInput input = {.text = text, .len = strlen(text), .date = "2024-03-05"};
  if (!read_text(model, &input, &doc, &err)) {
    Coder *coder = coder_new(model);
    coder_run(coder, doc, CODE_ALL, NULL);
    coder_free(coder);
    assert_null(doc_check(doc));
    doc_free(doc);
  }
  bede_model_free(model);
  return true;
}

static void the_whole_image_opens(void **state) {
  (void)state;
  BedeModel *model;
  BedeError err = {0};
  if (opened(copy_of(size), size, &model, &err))
    fail_msg("%s", err.message);
  bede_model_free(model);
}

static void an_image_cut_at_any_section_is_refused(void **state) {
  (void)state;
  for (size_t i = 0; i < sections(); i++) {
    size_t begin = (size_t)number(section(i) + IN_OFFSET, 8);
    size_t length = (size_t)number(section(i) + IN_SIZE, 8);
    const size_t cuts[] = {begin, begin + length / 2, begin + length - (length > 0)};
    for (size_t k = 0; k < COUNT(cuts); k++) {
      if (cuts[k] >= size)
        continue;
      refused(copy_of(cuts[k]), cuts[k], "cut off");
      // and where the header claims that this is all
      if (cuts[k] < AT_SECTIONS || begin + length <= cuts[k])
        continue;
      char *copy = copy_of(cuts[k]);
      put(copy, AT_SIZE, cuts[k], 8);
      refused(copy, cuts[k], "cut off, with a size that fits");
    }
  }
  for (size_t length = 0; length < section(sections()); length += 7)
    refused(copy_of(length), length, "cut off in the list of sections");
}

static void a_section_that_is_missing_or_empty_is_refused_or_does_no_harm(void **state) {
  (void)state;
  for (size_t i = 0; i < sections(); i++) {
    char *copy = copy_of(size);
    copy[section(i)] ^= 0x20; // another name
    refused(copy, size, bytes + section(i));
    copy = copy_of(size);
    put(copy, section(i) + IN_ITEM, number(section(i) + IN_ITEM, 4) + 4, 4);
    refused(copy, size, bytes + section(i));
    copy = copy_of(size);
    put(copy, section(i) + IN_OFFSET, UINT64_MAX - 63, 8);
    refused(copy, size, bytes + section(i));
    for (int half = 0; half < 2; half++) {
      copy = copy_of(size);
      uint64_t items = half ? number(section(i) + IN_ITEMS, 4) / 2 : 0;
      put(copy, section(i) + IN_ITEMS, items, 4);
      put(copy, section(i) + IN_SIZE, items * number(section(i) + IN_ITEM, 4), 8);
      code_with(copy);
    }
  }
}

static void another_byte_order_or_version_is_told(void **state) {
  (void)state;
  char *copy = copy_of(size);
  put(copy, AT_ORDER, 0x04030201, 4);
  BedeModel *model;
  BedeError err = {0};
  assert_int_equal(opened(copy, size, &model, &err), BEDE_IMAGE);
  assert_non_null(strstr(err.message, "byte order"));
  copy = copy_of(size);
  put(copy, AT_VERSION, number(AT_VERSION, 4) + 1, 4);
  assert_int_equal(opened(copy, size, &model, &err), BEDE_IMAGE);
  assert_non_null(strstr(err.message, "version"));
}

// Bytes changed at random, by a fixed seed: refused, or a model that codes a
// sentence without leaving its memory (the sanitizers look).
static void changed_bytes_do_no_harm(void **state) {
  (void)state;
  uint64_t random = 12345;
#define NEXT() (random = random * 6364136223846793005u + 1442695040888963407u, random >> 33)
  unsigned refusals = 0;
  for (int round = 0; round < 60; round++) {
    char *copy = copy_of(size);
    for (int change = 0; change < 4; change++) {
      size_t i = (size_t)(NEXT() % sections());
      uint64_t length = number(section(i) + IN_SIZE, 8);
      size_t at = (size_t)(number(section(i) + IN_OFFSET, 8) + (length ? NEXT() % length : 0));
      copy[MIN(at, size - 1)] = (char)(NEXT() % 3 ? NEXT() : 0xFF);
    }
    refusals += !code_with(copy);
  }
  print_message("%u of 60 refused\n", refusals);
}

int main(void) {
  BedeError err;
  const char *path = getenv("BEDE_DATA");
  if (!path || file_read(path, SIZE_MAX, &bytes, &size, &err)) {
    fprintf(stderr, "BEDE_DATA must name an image\n");
    return 1;
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_whole_image_opens),
      cmocka_unit_test(an_image_cut_at_any_section_is_refused),
      cmocka_unit_test(a_section_that_is_missing_or_empty_is_refused_or_does_no_harm),
      cmocka_unit_test(changed_bytes_do_no_harm),
      cmocka_unit_test(another_byte_order_or_version_is_told),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  free(bytes);
  return failed;
}
