// bench_coverage.c - what the codebook does not know: the verbs that link two
// actors of different codes and have no clause, by frequency. Run by
// `./dev bench coverage`.
//
//   bench_coverage FILE... [--lines N]
//
// A verb links two actors if one stands in its subject and another in its
// object, a prepositional phrase or their nouns. "No clause" means that no
// clause of the codebook, not-an-event entries included, begins with the verb;
// "none fits" that it has some, but not for these words.
// SPDX-License-Identifier: Apache-2.0
#include "event/match.h"
#include "mention/mention.h"
#include "parse/parse.h"
#include "read/read.h"
#include "split/split.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct Verb Verb;
struct Verb {
  char lemma[64];
  uint32_t count, no_fit;
  bool known;
  char sentence[200];
};

static bool has_code(const BedeDoc *doc, const Side *side, const char *other) {
  for (uint32_t i = 0; i < side->count; i++) {
    const char *code = doc->actors.items[side->actors[i]].code;
    if (code[0] && strcmp(code, other))
      return true;
  }
  return false;
}

// Does the verb have an actor for its subject and one of another code beside?
static bool links(Cast *cast, uint32_t verb) {
  Tree *t = cast->tree;
  const Predicate *p = predicate_of(t, verb);
  uint32_t first = p->first, count = p->count;
  Side subject = {.token = NONE};
  for (uint32_t i = 0; i < count; i++)
    if (t->args.items[first + i].role == ROLE_SUBJ)
      add_side(cast, t->args.items[first + i].token, false, &subject);
  if (!subject.count || !t->doc->actors.items[subject.actors[0]].code[0])
    return false;
  for (uint32_t i = 0; i < count; i++) {
    Arg a = t->args.items[first + i];
    Side side = {.token = NONE};
    if (a.role != ROLE_OBJ && a.role != ROLE_PREP)
      continue;
    add_side(cast, a.token, a.role == ROLE_OBJ, &side);
    if (has_code(t->doc, &side, t->doc->actors.items[subject.actors[0]].code))
      return true;
  }
  return false;
}

static int by_count(const void *a, const void *b) {
  const Verb *x = a, *y = b;
  return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->lemma, y->lemma);
}

int main(int argc, char **argv) {
  const char *data = getenv("BEDE_DATA");
  uint32_t lines = 60;
  if (argc > 3 && !strcmp(argv[argc - 2], "--lines")) {
    lines = (uint32_t)strtoul(argv[argc - 1], NULL, 10);
    argc -= 2;
  }
  BedeModel *model;
  BedeError err = {0};
  if (!data || argc < 2 || bede_model_open(data, &model, &err)) {
    fprintf(stderr, "usage: BEDE_DATA=IMAGE bench_coverage FILE... [--lines N] %s\n", err.message);
    return 2;
  }
  Parser *parser = parser_new(model);
  Reader *reader = reader_new(model, (const char *const *)argv + 1, (size_t)argc - 1);
  Arena arena = {0};
  Array(Verb) verbs = {0};
  uint32_t all = 0, unknown = 0, unfit = 0;
  BedeDoc *doc;
  while (reader_next(reader, &doc, &err)) {
    if (!doc)
      continue;
    split_sentences(doc, model);
    parse_document(parser, doc);
    find_mentions(doc, model);
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
      Tree tree = tree_of(doc, model, s);
      Cast cast = cast_of(&tree);
      for (uint32_t i = tree.first; i < tree.first + tree.count; i++) {
        if (doc->tokens.items[i].upos != UPOS_VERB || !links(&cast, i))
          continue;
        char buffer[64];
        Str lemma = predicate_lemma(&tree, i, buffer, sizeof buffer - 1);
        Match m;
        bool fits = best_match(&cast, i, &m, NULL);
        const char *low = memchr(lemma.at, '_', lemma.len);
        bool known = fits || codebook_list(&model->codebook, lemma) ||
                     (low && codebook_list(&model->codebook, (Str){lemma.at, (size_t)(low - lemma.at)}));
        all++, unknown += !known, unfit += known && !fits;
        uint32_t k = 0;
        while (k < verbs.count && !str_equal(str_of(verbs.items[k].lemma), lemma))
          k++;
        if (k == verbs.count) {
          Verb fresh = {.known = known};
          memcpy(fresh.lemma, lemma.at, lemma.len);
          array_push(&arena, &verbs, fresh);
        }
        verbs.items[k].count++;
        verbs.items[k].no_fit += !fits;
        Str text = doc_span(doc, doc->sentences.items[s].span);
        if (!fits)
          snprintf(verbs.items[k].sentence, sizeof verbs.items[k].sentence, "%.*s", STR_ARG(text));
      }
    }
    doc_free(doc);
  }
  qsort(verbs.items, verbs.count, sizeof *verbs.items, by_count);
  printf("verbs between two actors: %u; no clause %u (%.1f%%); a clause, but none fits %u (%.1f%%)\n\n", all, unknown,
         100.0 * unknown / (all ? all : 1), unfit, 100.0 * unfit / (all ? all : 1));
  for (int part = 0; part < 2; part++) {
    printf("%s\n", part ? "\nnone fits" : "no clause");
    for (uint32_t i = 0, shown = 0; i < verbs.count && shown < lines; i++) {
      Verb *v = &verbs.items[i];
      if (v->known != (part == 1) || !v->no_fit)
        continue;
      for (char *c = v->sentence; *c; c++)
        *c = *c == '\n' ? ' ' : *c;
      printf("%5u of %5u  %-20s %s\n", v->no_fit, v->count, v->lemma, v->sentence);
      shown++;
    }
  }
  reader_free(reader);
  parser_free(parser);
  arena_free(&arena);
  bede_model_free(model);
  return 0;
}
