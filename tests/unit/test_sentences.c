// test_sentences.c - our own news sentences (tests/parse): where they end, the
// clauses in them, the lemmas of their words. Each file is counted as a whole and must reach a share.
// SPDX-License-Identifier: Apache-2.0
#include "model/table.h"
#include "parse/parse.h"
#include "split/split.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static BedeModel *model;
static Parser *parser;

typedef struct Score Score;
struct Score {
  uint32_t right, all;
};

static double share(Score s) { return s.all ? 100.0 * s.right / s.all : 0; }

static Table open_table(const char *path) {
  const char *source = getenv("BEDE_SOURCE");
  BedeError err = {0};
  Table table;
  if (table_open(source ? source : ".", path, &table, &err))
    fail_msg("%s", err.message);
  return table;
}

static BedeDoc *read_text(Str text) {
  BedeDoc *doc = doc_new();
  doc->text = arena_str(&doc->arena, text);
  split_sentences(doc, model);
  return doc;
}

// ---- where sentences end

// Takes the marks out of a paragraph: its text, and where its sentences begin
// and end.
static Str unmark(Arena *arena, Str marked, Span *spans, uint32_t *count) {
  char *text = arena_alloc(arena, marked.len + 1);
  uint32_t len = 0, begin = 0, n = 0;
  Str mark = STR("\u2016");
  for (size_t i = 0; i < marked.len;) {
    if (!str_starts((Str){marked.at + i, marked.len - i}, mark)) {
      text[len++] = marked.at[i++];
      continue;
    }
    i += mark.len;
    if (i < marked.len && (marked.at[i] == ' ' || marked.at[i] == '\n'))
      text[len - 1] = marked.at[i++]; // "end. ‖ Begin", "end ‖\nBegin"
    uint32_t end = len - (text[len - 1] == ' ' || text[len - 1] == '\n');
    spans[n++] = (Span){begin, end};
    begin = len;
  }
  spans[n++] = (Span){begin, len};
  *count = n;
  return (Str){text, len};
}

static void count_sentences(Arena *arena, Str paragraph, Score *score) {
  Span want[64];
  uint32_t count;
  Str text = unmark(arena, paragraph, want, &count);
  BedeDoc *doc = read_text(text);
  for (uint32_t i = 0; i < count; i++) {
    bool found = false;
    for (uint32_t k = 0; k < doc->sentences.count; k++) {
      Span is = doc->sentences.items[k].span;
      found |= is.begin == want[i].begin && is.end == want[i].end;
    }
    score->right += found;
    score->all++;
    if (!found)
      printf("  not a sentence: %.*s\n", (int)(want[i].end - want[i].begin),
             text.at + want[i].begin);
  }
  doc_free(doc);
}

static void sentences_end_where_they_should(void **state) {
  (void)state;
  Table table = open_table("tests/parse/sentences.txt");
  Score score = {0};
  Arena arena = {0};
  Out paragraph = {0};
  out_text(&paragraph, "");
  for (bool more = true; more;) {
    more = table_line(&table);
    if (more && table.whole.len && table.whole.at[0] != '#') {
      if (paragraph.len)
        out_char(&paragraph, '\n');
      out_str(&paragraph, table.whole);
    } else if (paragraph.len) {
      count_sentences(&arena, (Str){paragraph.at, paragraph.len}, &score);
      paragraph.len = 0;
    }
  }
  printf("  sentences: %u of %u, %.1f%%\n", score.right, score.all, share(score));
  assert_true(score.all >= 200);
  assert_true(share(score) >= 99);
  out_free(&paragraph);
  arena_free(&arena);
  table_close(&table);
}

// ---- clauses

static uint32_t first_token(const BedeDoc *doc, Str word) {
  for (uint32_t i = 0; i < doc->tokens.count; i++)
    if (str_equal(doc_word(doc, i), word))
      return i;
  return NONE;
}

// Is `dependent` one of `head` by the relation, whatever its subtype?
static bool depends(const BedeDoc *doc, Str dependent, Str relation, uint32_t head) {
  uint32_t at = first_token(doc, dependent);
  if (at == NONE || head == NONE)
    return false;
  Str is = str_of(deprel_names[doc->tokens.items[at].deprel]);
  return doc->tokens.items[at].head == head && str_equal(str_cut(&is, ':'), relation);
}

static void count_clause(const BedeDoc *doc, Str line, bool main, Score *score) {
  line = str_trim(line);
  Str verb = str_cut(&line, ' ');
  uint32_t head = first_token(doc, verb);
  if (main) {
    Str root = STR("root");
    bool is = head != NONE && str_equal(str_of(deprel_names[doc->tokens.items[head].deprel]), root);
    score->right += is;
    score->all++;
    if (!is)
      printf("  not the root: %.*s\n", (int)verb.len, verb.at);
  }
  while (line.len) {
    Str word = str_cut(&line, ' '), relation = str_cut(&word, '=');
    bool is = depends(doc, word, relation, head);
    score->right += is;
    score->all++;
    if (!is)
      printf("  not %.*s of %.*s: %.*s\n", (int)relation.len, relation.at,
             (int)verb.len, verb.at, (int)word.len, word.at);
  }
}

static void clauses_hold_together(void **state) {
  (void)state;
  Table table = open_table("tests/parse/clauses.txt");
  Score section = {0}, all = {0};
  Arena arena = {0};
  BedeDoc *doc = NULL;
  bool main = false;
  Str heading = {0};
  for (bool more = true; more;) {
    more = table_line(&table);
    Str line = more ? table.whole : STR("#");
    if (line.len && line.at[0] == '#') {
      if (section.all)
        printf("  %.*s: %u of %u, %.1f%%\n", (int)heading.len, heading.at,
               section.right, section.all, share(section));
      all.right += section.right;
      all.all += section.all;
      section = (Score){0};
      heading = arena_str(&arena, str_trim((Str){line.at + 1, line.len - 1}));
    } else if (line.len && line.at[0] == ' ') {
      assert_non_null(doc);
      count_clause(doc, line, main, &section);
      main = false;
    } else if (line.len) {
      doc_free(doc);
      doc = read_text(line);
      parse_document(parser, doc);
      main = true;
    }
  }
  printf("  clauses: %u of %u, %.1f%%\n", all.right, all.all, share(all));
  assert_true(share(all) >= 88);
  doc_free(doc);
  arena_free(&arena);
  table_close(&table);
}

// ---- lemmas

static void words_have_their_lemmas(void **state) {
  (void)state;
  Table table = open_table("tests/parse/lemmas.txt");
  Score score = {0};
  BedeDoc *doc = NULL;
  while (table_next(&table)) {
    Str line = table.whole;
    if (line.at[0] != ' ') {
      doc_free(doc);
      doc = read_text(line);
      parse_document(parser, doc);
      continue;
    }
    line = str_trim(line);
    while (line.len) {
      Str lemma = str_cut(&line, ' '), word = str_cut(&lemma, '=');
      uint32_t at = first_token(doc, word);
      Str is = at == NONE ? (Str){0} : str_of(doc_string(doc, doc->tokens.items[at].lemma));
      score.right += str_equal(is, lemma);
      score.all++;
      if (!str_equal(is, lemma))
        printf("  %.*s: %.*s, not %.*s\n", (int)word.len, word.at, (int)is.len, is.at,
               (int)lemma.len, lemma.at);
    }
  }
  printf("  lemmas: %u of %u, %.1f%%\n", score.right, score.all, share(score));
  assert_true(score.all >= 100);
  assert_true(share(score) >= 98);
  doc_free(doc);
  table_close(&table);
}

int main(void) {
  BedeError err = {0};
  if (bede_model_open(getenv("BEDE_DATA"), &model, &err)) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  parser = parser_new(model);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sentences_end_where_they_should),
      cmocka_unit_test(clauses_hold_together),
      cmocka_unit_test(words_have_their_lemmas),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  parser_free(parser);
  bede_model_free(model);
  return failed;
}
