// book.c - `bede data book`: the codebook as Markdown, for docs/CODEBOOK.md.
// What types, modes, contexts and CAMEO codes mean stands in codebook/terms.tsv;
// one that is used and has no meaning there is an error.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/examples.h"
#include "compile/compile.h"
#include "model/table.h"
#include <stdlib.h>

typedef struct Term Term;
struct Term {
  Str kind, name, meaning;
  bool used;
};

typedef struct Book Book;
struct Book {
  Arena arena;
  Array(Term) terms;
  CodebookSource source;
  Out out;
  bool lacking; // a meaning
};

static BedeStatus read_terms(Book *b, const char *folder, BedeError *err) {
  Table t;
  BedeStatus st = table_open(folder, "codebook/terms.tsv", &t, err);
  if (st)
    return st;
  while (!st && table_next(&t)) {
    if (t.count != 3)
      st = table_fail(&t, err, "a line is: kind, name, meaning, parted by tabs");
    else
      array_push(&b->arena, &b->terms, ((Term){arena_str(&b->arena, t.fields[0]), arena_str(&b->arena, t.fields[1]), arena_str(&b->arena, t.fields[2]), false}));
  }
  table_close(&t);
  return st;
}

static Term *term_of(Book *b, Str kind, Str name) {
  for (uint32_t i = 0; i < b->terms.count; i++)
    if (str_equal(b->terms.items[i].kind, kind) && str_equal(b->terms.items[i].name, name))
      return &b->terms.items[i];
  return NULL;
}

static void use(Book *b, Str kind, Str name, const Entry *e) {
  if (!name.len)
    return;
  Term *term = term_of(b, kind, name);
  if (term) {
    term->used = true;
    return;
  }
  complain("codebook/%.*s.txt:%u: the %.*s %.*s is not in codebook/terms.tsv", STR_ARG(e->file), e->line, STR_ARG(kind), STR_ARG(name));
  b->lacking = true;
}

static Str mode_name(Book *b, const Entry *e) {
  return e->mode.len && e->type < EVENT_TYPES ? arena_print(&b->arena, "%s/%.*s", event_types[e->type], STR_ARG(e->mode)) : (Str){"", 0};
}

static void use_terms(Book *b) {
  for (uint32_t i = 0; i < b->source.entries.count; i++) {
    const Entry *e = &b->source.entries.items[i];
    if (e->type == EVENT_TYPES)
      continue;
    use(b, STR("type"), str_of(event_types[e->type]), e);
    use(b, STR("mode"), mode_name(b, e), e);
    use(b, STR("cameo"), e->cameo, e);
    for (Str rest = e->context; rest.len;)
      use(b, STR("context"), str_cut(&rest, ' '), e);
  }
}

// A table of the terms of a kind that are used; of modes those of a type.
static void put_terms(Book *b, const char *kind, const char *head, Str prefix) {
  bool any = false;
  for (uint32_t i = 0; i < b->terms.count; i++) {
    const Term *t = &b->terms.items[i];
    if (!t->used || !str_equal(t->kind, str_of(kind)) || !str_starts(t->name, prefix))
      continue;
    if (!any)
      out_print(&b->out, "| %s | |\n|---|---|\n", head);
    any = true;
    out_print(&b->out, "| `%.*s` | %.*s |\n", (int)(t->name.len - prefix.len), t->name.at + prefix.len, STR_ARG(t->meaning));
  }
  if (any)
    out_char(&b->out, '\n');
}

static void put_examples(Book *b, uint32_t entry) {
  for (uint32_t i = 0; i < b->source.examples.count; i++) {
    const Example *x = &b->source.examples.items[i];
    if (x->entry != entry)
      continue;
    out_print(&b->out, "- %s%.*s%s", x->counter ? "*not:* " : "", STR_ARG(x->text), x->expected.count ? " → " : "");
    for (uint32_t k = 0; k < x->expected.count; k++)
      out_print(&b->out, "%s`%.*s`", k ? ", " : "", STR_ARG(x->expected.items[k]));
    out_char(&b->out, '\n');
  }
}

static void put_word(Out *out, bool *first, const char *format, Str s) {
  out_text(out, *first ? "" : " · ");
  out_print(out, format, STR_ARG(s));
  *first = false;
}

static void put_entry(Book *b, uint32_t number) {
  const Entry *e = &b->source.entries.items[number];
  Out *out = &b->out;
  for (uint32_t i = 0; i < e->clauses.count; i++)
    out_print(out, "%s`%.*s`", i ? " · " : "", STR_ARG(e->clauses.items[i]));
  bool first = true;
  out_text(out, "\\\n");
  const Term *cameo = term_of(b, STR("cameo"), e->cameo);
  if (e->flags & PATTERN_NOT)
    put_word(out, &first, "%.*s", STR("**no event**"));
  if (e->cameo.len && cameo)
    put_word(out, &first, "%.*s", arena_print(&b->arena, "%.*s (%.*s)", STR_ARG(e->cameo), STR_ARG(cameo->meaning)));
  if (e->mode.len)
    put_word(out, &first, "mode %.*s", e->mode);
  if (e->context.len)
    put_word(out, &first, "context %.*s", e->context);
  if (e->flags & PATTERN_MUTUAL)
    put_word(out, &first, "%.*s", STR("mutual"));
  if (e->flags & PATTERN_NEEDS_T)
    put_word(out, &first, "%.*s", STR("needs T"));
  if (e->flags & PATTERN_NEEDS_S)
    put_word(out, &first, "%.*s", STR("needs S"));
  if (e->flags & PATTERN_IMPLIED)
    put_word(out, &first, "%.*s", STR("implied"));
  if (e->flags & PATTERN_QUIET)
    put_word(out, &first, "%.*s", STR("quiet"));
  if (e->e_status < STATUS_COUNT)
    put_word(out, &first, "the act is %.*s", str_of(status_names[e->e_status]));
  out_char(out, '\n');
  put_examples(b, number);
  out_char(out, '\n');
}

static void put_entries(Book *b, uint8_t type, bool nothing) {
  for (uint32_t i = 0; i < b->source.entries.count; i++) {
    const Entry *e = &b->source.entries.items[i];
    if (e->type == type && (type < EVENT_TYPES || nothing == ((e->flags & PATTERN_NOT) != 0)))
      put_entry(b, i);
  }
}

static int by_name(const void *a, const void *b) {
  return str_compare(((const WordClass *)a)->name, ((const WordClass *)b)->name);
}

static void put_classes(Book *b) {
  if (b->source.classes.count)
    qsort(b->source.classes.items, b->source.classes.count, sizeof *b->source.classes.items, by_name);
  for (uint32_t i = 0; i < b->source.classes.count; i++) {
    const WordClass *k = &b->source.classes.items[i];
    out_print(&b->out, "- `{%.*s}`:", STR_ARG(k->name));
    for (uint32_t w = 0; w < k->words.count; w++)
      out_print(&b->out, "%s%.*s", w ? ", " : " ", STR_ARG(k->words.items[w]));
    out_char(&b->out, '\n');
  }
}

static void put_book(Book *b) {
  Out *out = &b->out;
  out_text(out, "## All of it\n\nMade by `bede data book`; `./dev docs` renews it.\n\n");
  put_terms(b, "context", "context", STR(""));
  put_terms(b, "cameo", "CAMEO", STR(""));
  for (uint8_t type = 0; type < EVENT_TYPES; type++) {
    const Term *t = term_of(b, STR("type"), str_of(event_types[type]));
    out_print(out, "### %s\n\n", event_types[type]);
    if (t)
      out_print(out, "%.*s (%s)\n\n", STR_ARG(t->meaning), quad_names[event_quads[type]]);
    put_terms(b, "mode", "mode", arena_print(&b->arena, "%s/", event_types[type]));
    put_entries(b, type, false);
  }
  out_text(out, "### Operators\n\nThey give no event and say what becomes of another.\n\n");
  put_entries(b, EVENT_TYPES, false);
  out_text(out, "### No events\n\n");
  put_entries(b, EVENT_TYPES, true);
  out_text(out, "### Word classes\n\n");
  put_classes(b);
}

int book_print(const Args *args, const char *folder) {
  (void)args;
  Book b = {0};
  BedeError err;
  char *image = NULL;
  size_t size;
  BedeStatus st = read_terms(&b, folder, &err);
  if (!st)
    st = compile_folder(folder, NULL, &image, &size, &b.source, NULL, &err);
  free(image);
  if (st)
    complain("%s", err.message);
  else
    use_terms(&b);
  bool good = !st && !b.lacking;
  if (good) {
    put_book(&b);
    good = print_out(&b.out) && print_end();
  }
  out_free(&b.out);
  codebook_source_free(&b.source);
  arena_free(&b.arena);
  return good ? DONE : SOME_FAILED;
}
