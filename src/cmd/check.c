// check.c - `bede check`: cases that a linguist can write (docs/CASES.md).
//
//     === a plan: "about to reopen"
//     date: 2024-03-05
//     Norway is about to reopen its embassy in Asmara.
//     ---
//     NOR -> ERI   COOPERATE   planned   "reopen ... embassy"
//
// The section behind `---` holds one line for each event, or `none`; `--- tokens`
// holds sentences on lines with blanks between words; `--- parse` CoNLL-U, where
// `_` is not asked for.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/cmd.h"
#include "cmd/expect.h"
#include "model/table.h"
#include "read/read.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

typedef enum SectionKind { EVENTS, TOKENS, TREES, SECTIONS } SectionKind;

typedef struct Section Section;
struct Section {
  Str body; // its lines, in the file
  uint32_t line;
  bool given;
};

typedef struct Case Case;
struct Case {
  uint32_t line;
  Str title, date, headline, known_bug; // known_bug: "" where it is none
  Str text;
  bool is_known;
  Section sections[SECTIONS];
};

typedef struct Check Check; // one file at work
struct Check {
  const Args *args;
  const BedeModel *model;
  Coder *coder;
  const char *path;
  Arena arena; // of one case
  Out report;  // what is wrong with one case
  Out fresh;   // the file, rewritten
  Str kept;    // of the file: what is not yet in fresh
  uint64_t passed, failed, known, broken;
};

// ---- reading

typedef struct Lines Lines;
struct Lines {
  Str rest;
  uint32_t number; // of the line just read
};

static bool peek(const Lines *lines, Str *line) {
  Str rest = lines->rest;
  if (!rest.len)
    return false;
  *line = str_cut(&rest, '\n');
  while (line->len && (line->at[line->len - 1] == '\r' || line->at[line->len - 1] == ' '))
    line->len--;
  return true;
}

static void move_on(Lines *lines) {
  str_cut(&lines->rest, '\n');
  lines->number++;
}

static bool begins_case(Str line) { return str_starts(line, STR("===")); }
static bool begins_section(Str line) { return str_starts(line, STR("---")); }

static bool read_header(Str line, Case *c) {
  static const Str names[] = {{"date:", 5}, {"title:", 6}, {"known-bug:", 10}};
  Str *const fields[] = {&c->date, &c->headline, &c->known_bug};
  for (size_t i = 0; i < COUNT(names); i++)
    if (str_starts(line, names[i])) {
      *fields[i] = str_trim((Str){line.at + names[i].len, line.len - names[i].len});
      c->is_known = c->is_known || i == 2;
      return true;
    }
  return false;
}

// Lines of a paragraph are joined by blanks, paragraphs by an empty line.
static Str read_text_of_case(Lines *lines, Arena *arena) {
  Out out = {0};
  Str line;
  bool gap = false;
  while (peek(lines, &line) && !begins_section(line) && !begins_case(line)) {
    move_on(lines);
    line = str_trim(line);
    if (!line.len) {
      gap = true;
      continue;
    }
    if (out.len)
      out_text(&out, gap ? "\n\n" : " ");
    gap = false;
    out_str(&out, line);
  }
  Str text = arena_str(arena, (Str){out.at ? out.at : "", out.len});
  out_free(&out);
  return text;
}

static BedeStatus read_section(Lines *lines, const char *path, Case *c, BedeError *err) {
  static const Str names[SECTIONS] = {{"", 0}, {"tokens", 6}, {"parse", 5}};
  Str line;
  peek(lines, &line);
  Str name = str_trim((Str){line.at + 3, line.len - 3});
  move_on(lines);
  size_t kind = 0;
  while (kind < SECTIONS && !str_equal(name, names[kind]))
    kind++;
  if (kind == SECTIONS || c->sections[kind].given)
    return fail(err, BEDE_SYNTAX, "%s:%u: `--- %.*s` is no section, or stands twice", path,
                lines->number, STR_ARG(name));
  const char *begin = lines->rest.at, *end = begin;
  c->sections[kind] = (Section){.line = lines->number + 1, .given = true};
  while (peek(lines, &line) && !begins_section(line) && !begins_case(line)) {
    move_on(lines);
    if (line.len)
      end = line.at + line.len;
  }
  c->sections[kind].body = (Str){begin, (size_t)(end - begin)};
  return BEDE_OK;
}

// The next case. *found: false at the end of the file.
static BedeStatus read_case(Lines *lines, const char *path, Arena *arena, Case *out, bool *found,
                            BedeError *err) {
  Str line;
  *out = (Case){0};
  *found = false;
  while (peek(lines, &line) && !begins_case(line)) {
    move_on(lines);
    if (line.len && line.at[0] != '#')
      return fail(err, BEDE_SYNTAX, "%s:%u: `=== title` was expected", path, lines->number);
  }
  if (!peek(lines, &line))
    return BEDE_OK;
  move_on(lines);
  *found = true;
  out->line = lines->number;
  out->title = str_trim((Str){line.at + 3, line.len - 3});
  while (peek(lines, &line) && read_header(line, out))
    move_on(lines);
  out->text = read_text_of_case(lines, arena);
  if (!peek(lines, &line) || !begins_section(line))
    return fail(err, BEDE_SYNTAX, "%s:%u: the case has no `---` and so expects nothing", path,
                out->line);
  BedeStatus status = BEDE_OK;
  while (!status && peek(lines, &line) && begins_section(line))
    status = read_section(lines, path, out, err);
  return status;
}

// ---- comparing; what differs is written to c->report

static void say(Check *c, const char *what, Str line) {
  out_print(&c->report, "    %-8s %.*s\n", what, STR_ARG(line));
}

static BedeStatus check_events(Check *c, const Section *section, const BedeDoc *doc,
                               BedeError *err) {
  Array(Expect) expects = {0};
  Array(Str) texts = {0};
  Str rest = section->body;
  for (uint32_t number = section->line; rest.len; number++) {
    Str line = str_trim(str_cut(&rest, '\n'));
    Expect expect;
    BedeError why;
    if (!line.len || line.at[0] == '#' || str_equal(line, STR("none")))
      continue;
    if (!expect_parse(line, &expect, &why))
      return fail(err, BEDE_SYNTAX, "%s:%u: %s", c->path, number, why.message);
    array_push(&c->arena, &expects, expect);
    array_push(&c->arena, &texts, line);
  }
  uint32_t *event_of = arena_alloc(&c->arena, (expects.count + 1) * sizeof *event_of);
  bool *expected = arena_alloc(&c->arena, doc->events.count + 1);
  expect_pair(expects.items, expects.count, doc, event_of, expected);
  for (uint32_t i = 0; i < expects.count; i++)
    if (event_of[i] == NONE && !expects.items[i].optional)
      say(c, "missing", texts.items[i]);
  for (uint32_t k = 0; k < doc->events.count; k++) {
    if (expected[k])
      continue;
    Out line = {0};
    expect_print(&line, doc, &doc->events.items[k]);
    say(c, "extra", (Str){line.at, line.len});
    out_free(&line);
  }
  return BEDE_OK;
}

static void print_tokens(Out *out, const BedeDoc *doc, uint32_t sentence) {
  const Sentence *s = &doc->sentences.items[sentence];
  for (uint32_t i = s->first; i < s->first + s->count; i++) {
    if (i > s->first)
      out_char(out, ' ');
    out_str(out, doc_word(doc, i));
  }
}

static void check_tokens(Check *c, const Section *section, const BedeDoc *doc) {
  uint32_t i = 0;
  for (Str rest = section->body; rest.len;) {
    Str line = str_trim(str_cut(&rest, '\n'));
    if (!line.len || line.at[0] == '#')
      continue;
    Out is = {0};
    out_text(&is, "");
    if (i < doc->sentences.count)
      print_tokens(&is, doc, i);
    i++;
    if (is.len != line.len || memcmp(is.at, line.at, line.len)) {
      say(c, "missing", line);
      if (is.len)
        say(c, "extra", (Str){is.at, is.len});
    }
    out_free(&is);
  }
  for (; i < doc->sentences.count; i++) {
    Out is = {0};
    print_tokens(&is, doc, i);
    say(c, "extra", (Str){is.at, is.len});
    out_free(&is);
  }
}

static void print_word(Out *out, const BedeDoc *doc, uint32_t i) {
  const Token *t = &doc->tokens.items[i];
  uint32_t first = doc->sentences.items[t->sentence].first;
  out_print(out, "%u\t", i - first + 1);
  out_str(out, doc_word(doc, i));
  out_print(out, "\t%s\t%s\t_\t_\t%u\t%s\t_\t_", doc_string(doc, t->lemma), upos_names[t->upos],
            t->head == i ? 0 : t->head - first + 1, deprel_names[t->deprel]);
}

static bool same_columns(Str expected, Str is) {
  while (expected.len || is.len) {
    Str a = str_trim(str_cut(&expected, '\t')), b = str_cut(&is, '\t');
    if (!str_equal(a, STR("_")) && a.len && !str_equal(a, b))
      return false;
  }
  return true;
}

static void check_trees(Check *c, const Section *section, const BedeDoc *doc) {
  uint32_t i = 0;
  for (Str rest = section->body; rest.len;) {
    Str line = str_trim(str_cut(&rest, '\n'));
    if (!line.len || line.at[0] == '#')
      continue;
    Out is = {0};
    out_text(&is, "");
    if (i < doc->tokens.count)
      print_word(&is, doc, i);
    i++;
    if (!is.len || !same_columns(line, (Str){is.at, is.len})) {
      say(c, "missing", line);
      if (is.len)
        say(c, "extra", (Str){is.at, is.len});
    }
    out_free(&is);
  }
  if (i < doc->tokens.count)
    out_print(&c->report, "    extra    %u more words\n", doc->tokens.count - i);
}

// ---- accepting

static void accept(Check *c, const Case *x, const BedeDoc *doc) {
  for (int kind = 0; kind < SECTIONS; kind++) {
    // sections stand in any order in the file: take the next one each time
    const Section *next = NULL;
    int which = 0;
    for (int k = 0; k < SECTIONS; k++) {
      const Section *s = &x->sections[k];
      if (s->given && s->body.at >= c->kept.at && (!next || s->body.at < next->body.at)) {
        next = s;
        which = k;
      }
    }
    if (!next)
      return;
    size_t before = (size_t)(next->body.at - c->kept.at);
    out_bytes(&c->fresh, c->kept.at, before);
    size_t used = before + next->body.len;
    c->kept = (Str){c->kept.at + used, c->kept.len - used};
    size_t begin = c->fresh.len;
    if (which == EVENTS && !doc->events.count)
      out_text(&c->fresh, "none\n");
    for (uint32_t i = 0; which == EVENTS && i < doc->events.count; i++) {
      expect_print(&c->fresh, doc, &doc->events.items[i]);
      out_char(&c->fresh, '\n');
    }
    for (uint32_t i = 0; which == TOKENS && i < doc->sentences.count; i++) {
      print_tokens(&c->fresh, doc, i);
      out_char(&c->fresh, '\n');
    }
    for (uint32_t i = 0; which == TREES && i < doc->tokens.count; i++) {
      if (i && doc->tokens.items[i].sentence != doc->tokens.items[i - 1].sentence)
        out_char(&c->fresh, '\n');
      print_word(&c->fresh, doc, i);
      out_char(&c->fresh, '\n');
    }
    if (c->fresh.len > begin && next->body.len) // the line's end stands in the file
      c->fresh.len--;
  }
}

static BedeStatus replace_file(const char *path, const Out *text, BedeError *err) {
  char fresh[4096];
  snprintf(fresh, sizeof fresh, "%s.new", path);
  FILE *file = fopen(fresh, "wb");
  if (!file)
    return fail(err, BEDE_IO, "%s: cannot write: %s", fresh, strerror(errno));
  bool good = fwrite(text->at, 1, text->len, file) == text->len;
  good = !fclose(file) && good;
  if (!good || rename(fresh, path)) {
    fail(err, BEDE_IO, "%s: cannot write: %s", path, strerror(errno));
    unlink(fresh);
    return BEDE_IO;
  }
  return BEDE_OK;
}

// ---- running

static BedeStatus run_case(Check *c, const Case *x, BedeError *err) {
  BedeDoc *doc;
  BedeInput input = {.text = x->text.at, .len = x->text.len, .id = "case",
                     .title = x->headline.len ? arena_copy(&c->arena, x->headline) : NULL,
                     .date = x->date.len ? arena_copy(&c->arena, x->date) : NULL};
  BedeStatus status = read_text(c->model, &input, &doc, err);
  if (status)
    return status;
  coder_run(c->coder, doc, CODE_ALL, NULL);
  out_reset(&c->report);
  if (x->sections[TOKENS].given)
    check_tokens(c, &x->sections[TOKENS], doc);
  if (x->sections[TREES].given)
    check_trees(c, &x->sections[TREES], doc);
  if (x->sections[EVENTS].given)
    status = check_events(c, &x->sections[EVENTS], doc, err);
  bool good = !c->report.len;
  if (status) {
    doc_free(doc);
    return status;
  }
  if (x->is_known && good)
    out_print(&c->report, "    passes now: take its `known-bug:` out\n");
  c->passed += good && !x->is_known;
  c->known += !good && x->is_known;
  c->failed += good == x->is_known;
  if (good == x->is_known) {
    printf("%s:%u: %.*s\n%s", c->path, x->line, STR_ARG(x->title), c->report.at);
    if (c->args->accept && !x->is_known)
      accept(c, x, doc);
  }
  doc_free(doc);
  return BEDE_OK;
}

static BedeStatus run_file(Check *c, const char *path, BedeError *err) {
  char *text;
  size_t size;
  BedeStatus status = file_read(path, 64u << 20, &text, &size, err);
  if (status)
    return status;
  c->path = path;
  Str whole = c->kept = (Str){text, size};
  Lines lines = {whole, 0};
  out_reset(&c->fresh);
  uint64_t failed = c->failed;
  for (bool found = true; !status && found;) {
    Case x;
    arena_reset(&c->arena);
    status = read_case(&lines, path, &c->arena, &x, &found, err);
    if (!status && found)
      status = run_case(c, &x, err);
  }
  if (!status && c->args->accept && c->failed > failed && c->fresh.len) {
    out_str(&c->fresh, c->kept);
    status = replace_file(path, &c->fresh, err);
  }
  free(text);
  return status;
}

int cmd_check(const Args *args) {
  BedeModel *model;
  BedeError err;
  if (!args->count)
    return usage_error("which files of cases?");
  if (model_find(args, &model, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  Check check = {.args = args, .model = model, .coder = coder_new(model)};
  for (size_t i = 0; i < args->count; i++)
    if (run_file(&check, args->inputs[i], &err)) {
      complain("%s", err.message);
      check.broken++;
    }
  if (check.known)
    printf("%llu known bugs\n", (unsigned long long)check.known);
  printf("%llu passed, %llu failed\n", (unsigned long long)check.passed,
         (unsigned long long)check.failed);
  arena_free(&check.arena);
  out_free(&check.report);
  out_free(&check.fresh);
  coder_free(check.coder);
  bede_model_free(model);
  return print_end() && !check.failed && !check.broken ? DONE : SOME_FAILED;
}
