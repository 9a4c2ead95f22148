// test_relate.c - the relation of a marked pair: clauses, what is told of an
// act, the learned model; and the table of its weights.
// SPDX-License-Identifier: Apache-2.0
#include "event/relate.h"
#include "code.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static BedeModel *model;

static Span find(const char *text, const char *what) {
  const char *at = *what ? strstr(text, what) : NULL;
  if (!at)
    return (Span){0};
  return (Span){(uint32_t)(at - text), (uint32_t)(at - text + (ptrdiff_t)strlen(what))};
}

// The type, and "learned" or "clause"; what is ever said begins with that.
static const char *relation(const char *text, const char *source, const char *target) {
  static char out[64];
  BedeDoc *doc = doc_new();
  Coder *coder = coder_new(model);
  Out why = {0};
  doc->text = arena_str(&doc->arena, str_of(text));
  coder_run(coder, doc, CODE_ALL & ~CODE_EVENTS, NULL);
  Relation r = relate_pair(doc, find(text, source), find(text, target), model, &why);
  assert_null(doc_check(doc));
  snprintf(out, sizeof out, "%s by %s", event_types[r.type], r.learned ? "learned" : "clause");
  assert_true(why.len > 0);
  assert_true(!r.learned == !str_starts((Str){why.at, why.len}, STR("learned")));
  out_free(&why);
  coder_free(coder);
  doc_free(doc);
  return out;
}

static void a_clause_between_the_two_decides(void **state) {
  (void)state;
  assert_string_equal(relation("Norway condemned Chile for the raid.", "Norway", "Chile"), "ACCUSE by clause");
  assert_string_equal(relation("Kenya was visited by the Omani king.", "the Omani king", "Kenya"), "CONSULT by clause");
}

static void an_act_that_lies_ahead_is_a_promise_or_a_threat(void **state) {
  (void)state;
  assert_string_equal(relation("Norway will visit Chile next week.", "Norway", "Chile"), "AGREE by clause");
  assert_string_equal(relation("Norway will bomb Chile next week.", "Norway", "Chile"), "THREATEN by clause");
}

static void where_no_clause_holds_the_model_decides_and_says_so(void **state) {
  (void)state;
  assert_string_equal(relation("A cheque from Norway keeps the clinics of Togo going.", "Norway", "Togo"), "AID by learned");
  // a missing mark, and no mark at all, get an answer too
  assert_non_null(strstr(relation("Shots were heard.", "", "Shots"), "by learned"));
  assert_string_equal(relation("Shots were heard.", "", ""), "CONSULT by clause");
}

// ---- the table

static BedeStatus build(const char *text, BedeError *err) {
  char folder[] = "/tmp/bede-relate-XXXXXX", corpus[64], path[80];
  assert_non_null(mkdtemp(folder));
  snprintf(corpus, sizeof corpus, "%s/corpus", folder);
  snprintf(path, sizeof path, "%s/weights.tsv", corpus);
  mkdir(corpus, 0700);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  fclose(f);
  ImageWriter *writer = image_writer_new();
  BedeStatus status = relation_build(folder, writer, err);
  if (!status) {
    Image image;
    RelationModel weights;
    size_t size;
    char *bytes = image_write(writer, &size);
    assert_int_equal(image_take(bytes, size, "test", &image, err), BEDE_OK);
    assert_int_equal(relation_open(&image, &weights, err), BEDE_OK);
    const RelationRow *row = relation_row(&weights, STR("p:raid"));
    assert_true(!row || row->weight[EVENT_ASSAULT] == 12);
    assert_null(relation_row(&weights, STR("p:nothing")));
    image_close(&image);
  }
  image_writer_free(writer);
  unlink(path);
  rmdir(corpus);
  rmdir(folder);
  return status;
}

static void a_bad_weight_is_refused_with_its_line(void **state) {
  (void)state;
  BedeError err = {0};
  assert_int_equal(build("# weights\np:raid\tASSAULT:12 AID:-3\nk:gift\tAID:127\n", &err), BEDE_OK);
  assert_int_equal(build("", &err), BEDE_OK);
  const char *const bad[] = {"p:raid\tASSAULT:128\n", "p:raid\tASSAULT:x\n", "p:raid\tASSAULT\n", "p:raid\tRAID:1\n",
                             "p:raid\tASSAULT:1x\n", "p:raid\tAID:1\np:raid\tAID:2\n"};
  for (size_t i = 0; i < COUNT(bad); i++) {
    assert_int_not_equal(build(bad[i], &err), BEDE_OK);
    assert_non_null(strstr(err.message, "weights.tsv"));
  }
}

static int open_model(void **state) {
  (void)state;
  BedeError err = {0};
  return bede_model_open(getenv("BEDE_DATA"), &model, &err) != BEDE_OK;
}

static int close_model(void **state) {
  (void)state;
  bede_model_free(model);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_clause_between_the_two_decides),
      cmocka_unit_test(an_act_that_lies_ahead_is_a_promise_or_a_threat),
      cmocka_unit_test(where_no_clause_holds_the_model_decides_and_says_so),
      cmocka_unit_test(a_bad_weight_is_refused_with_its_line),
  };
  return cmocka_run_group_tests(tests, open_model, close_model);
}
