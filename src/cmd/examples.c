// examples.c - `bede data check`: clauses that gave no certain pattern, and
// examples of the codebook that do not give what stands below them.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/examples.h"
#include "cmd/expect.h"
#include "compile/compile.h"
#include "read/read.h"
#include <stdlib.h>

typedef struct Checking Checking;
struct Checking {
  const BedeModel *model;
  const CodebookSource *source;
  Coder *coder;
  Out report; // what is wrong with one example
  uint64_t passed, failed;
};

static bool by_entry(const Checking *c, const Entry *entry, const char *rule) {
  const Codebook *book = &c->model->codebook;
  for (uint32_t i = 0; i < entry->patterns.count; i++) {
    uint32_t number = entry->patterns.items[i];
    if (number < book->pattern_count &&
        !strcmp(image_string(&c->model->image, book->patterns[number].rule), rule))
      return true;
  }
  return false;
}

static void say(Out *out, const char *what, const BedeDoc *doc, const Event *event) {
  out_print(out, "    %-8s ", what);
  expect_print(out, doc, event);
  out_print(out, "   (%s)\n", doc_string(doc, event->rule));
}

static BedeStatus check_expected(Checking *c, const Example *example, const Entry *entry,
                                 const BedeDoc *doc, BedeError *err) {
  Arena arena = {0};
  BedeStatus status = BEDE_OK;
  uint32_t count = example->expected.count;
  Expect *expects = arena_alloc(&arena, (count + 1) * sizeof *expects);
  uint32_t *event_of = arena_alloc(&arena, (count + 1) * sizeof *event_of);
  bool *expected = arena_alloc(&arena, doc->events.count + 1);
  for (uint32_t i = 0; !status && i < count; i++) {
    BedeError why;
    if (!expect_parse(example->expected.items[i], &expects[i], &why))
      status = fail(err, BEDE_SYNTAX, "%.*s:%u: %s", STR_ARG(example->file),
                    example->expected_lines.items[i], why.message);
    if (!expects[i].has_type && entry->type < EVENT_TYPES) {
      expects[i].has_type = true;
      expects[i].type = entry->type;
      expects[i].mode = entry->own_type;
    }
  }
  if (!status)
    expect_pair(expects, count, doc, event_of, expected);
  bool missing = false;
  for (uint32_t i = 0; !status && i < count; i++)
    if (event_of[i] == NONE && !expects[i].optional) {
      missing = true;
      out_print(&c->report, "    missing  %.*s\n", STR_ARG(example->expected.items[i]));
    }
  for (uint32_t k = 0; !status && missing && k < doc->events.count; k++)
    if (!expected[k])
      say(&c->report, "instead", doc, &doc->events.items[k]);
  arena_free(&arena);
  return status;
}

static BedeStatus check_example(Checking *c, const Example *example, BedeError *err) {
  BedeDoc *doc;
  const Entry *entry = &c->source->entries.items[example->entry];
  BedeInput input = {.text = example->text.at, .len = example->text.len, .id = "example"};
  BedeStatus status = read_text(c->model, &input, &doc, err);
  if (status)
    return status;
  coder_run(c->coder, doc, CODE_ALL, NULL);
  out_reset(&c->report);
  if (!example->counter)
    status = check_expected(c, example, entry, doc, err);
  for (uint32_t k = 0; example->counter && k < doc->events.count; k++)
    if (by_entry(c, entry, doc_string(doc, doc->events.items[k].rule)))
      say(&c->report, "extra", doc, &doc->events.items[k]);
  if (!status && c->report.len)
    printf("%.*s:%u: %.*s\n%s", STR_ARG(example->file), example->line, STR_ARG(example->text),
           c->report.at);
  c->passed += !status && !c->report.len;
  c->failed += c->report.len || status;
  doc_free(doc);
  return status;
}

static BedeStatus open_model(const Args *args, const char *folder, CodebookSource *source,
                             BedeModel **out, BedeError *err) {
  OwnFiles files;
  own_files(args, &files);
  Own own = own_of(&files);
  char *bytes;
  size_t size;
  Image image;
  *out = NULL;
  BedeStatus status = compile_folder(folder, &own, &bytes, &size, source, NULL, err);
  arena_free(&files.arena);
  if (!status)
    status = image_take(bytes, size, folder, &image, err);
  return status ? status : model_open_image(image, out, err);
}

int examples_check(const Args *args, const char *folder) {
  CodebookSource source = {0};
  BedeModel *model;
  BedeError err;
  if (open_model(args, folder, &source, &model, &err)) {
    complain("%s", err.message);
    codebook_source_free(&source);
    return SOME_FAILED;
  }
  Checking checking = {.model = model, .source = &source, .coder = coder_new(model)};
  for (uint32_t i = 0; !args->quiet && i < source.warnings.count; i++)
    printf("%.*s\n", STR_ARG(source.warnings.items[i]));
  bool broken = false;
  for (uint32_t i = 0; i < source.examples.count; i++)
    if (!args->own_codebook == !source.examples.items[i].own && check_example(&checking, &source.examples.items[i], &err)) {
      complain("%s", err.message);
      broken = true;
    }
  printf("%u entries, %u clauses that gave no certain pattern\n%llu examples passed, %llu failed\n",
         source.entries.count, source.warnings.count, (unsigned long long)checking.passed,
         (unsigned long long)checking.failed);
  out_free(&checking.report);
  coder_free(checking.coder);
  bede_model_free(model);
  codebook_source_free(&source);
  return print_end() && !checking.failed && !broken ? DONE : SOME_FAILED;
}
