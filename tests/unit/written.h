// written.h - documents written by hand as tokens with tags, trees and names,
// and a model with a small actor table, for tests of single stages.
//
//   static const char *const text[] = {
//       "Kenyan/A/2/amod officials=official/N/3/nsubj met=meet/V/0/root", …};
//
// A token is form[=lemma]/tag/head/relation[/name], parted by blanks; the head
// is counted from 1 in its sentence, 0 at the root. Tags: A adj, B adv, C
// cconj, D det, I adp, M num, N noun, P propn, R pron, T part, U punct, V verb,
// X aux. A name is its type's first letter and number of tokens: p2, o3, l1.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/actors.h"
#include "model/model.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
  const char *file, *text;
} written_table[] = {
    {"countries.tsv",
     "# invented states among real ones\n"
     "NOR\tNorway\tKingdom of Norway\tNorwegian\tNorwegians\tOslo\t\t\n"
     "KEN\tKenya\t\tKenyan\tKenyans\tNairobi\t\t\n"
     "UGA\tUganda\t\tUgandan\tUgandans\tKampala\t\t\n"
     "CIV\tCôte d'Ivoire\tIvory Coast\tIvorian\tIvorians\tYamoussoukro\t\t\n"
     "OLD\tOldland\t\tOldish\tOldlanders\tOldham\t\t1990\n"},
    {"people.tsv",
     "KEN\tGOV\tAmina Wekesa\tWekesa\tpresident\t2001-03-01\t2006-05-31\n"
     "KEN\tOPP\tAmina Wekesa\t\topposition leader\t1995\t2001-02-28\n"
     "NOR\tGOV\tOla Nordmann\t\tforeign minister\t1999\t\n"
     "UGA\tGOV\tYuri Mohammed Kato\tMohammed\tminister\t1999\t2002\n"
     "UNO\tIGO\tYuri Mohammed Kato\tMohammed\tenvoy\t2002\t2003\n"},
    {"bodies.tsv", "UNO\tIGO\tUnited Nations\tUN|U.N.\t\t\nNAT\tIGO\tNorthern Pact\t\t\t\n"},
    {"groups.tsv", "RVF\tREB\tRiver Front\t\tUGA\t\t\n"},
    {"seats.tsv", "NOR\tGOV\tBlue House\n"},
    {"spellings.tsv", "Mohammed|Mohamed|Muhammad\nYuri|Yury\n"},
    {"roles.tsv",
     "GOV\tpresident|prime minister|premier|foreign minister|minister|ambassador|king\tperson\n"
     "GOV\tleader|official|spokesman|spokeswoman|member|counterpart\tperson\n"
     "GOV\tgovernment|foreign ministry|ministry\tbody\n"
     "MIL\tarmy\tbody\nMIL\ttroops|soldier\tpeople\nCOP\tpolice\tpeople\n"
     "REB\trebel|insurgent\tpeople\nCVL\tprotester|people\tpeople\n"},
};

// Writes the table, with `text` in the place of the file `other` where it is
// not NULL, and compiles it. The folder is removed again.
static BedeStatus written_build(const char *other, Str text, ImageWriter *writer, BedeError *err) {
  char folder[] = "/tmp/bede-test-XXXXXX", path[128];
  if (!mkdtemp(folder))
    abort();
  snprintf(path, sizeof path, "%s/actors", folder);
  mkdir(path, 0700);
  for (size_t i = 0; i < COUNT(written_table); i++) {
    Str s = str_of(written_table[i].text);
    if (other && !strcmp(other, written_table[i].file))
      s = text;
    snprintf(path, sizeof path, "%s/actors/%s", folder, written_table[i].file);
    FILE *f = fopen(path, "wb");
    if (!f)
      abort();
    fwrite(s.at, 1, s.len, f);
    fclose(f);
  }
  BedeStatus status = actors_build(folder, NULL, writer, err);
  for (size_t i = 0; i < COUNT(written_table); i++) {
    snprintf(path, sizeof path, "%s/actors/%s", folder, written_table[i].file);
    unlink(path);
  }
  snprintf(path, sizeof path, "%s/actors", folder);
  rmdir(path);
  rmdir(folder);
  return status;
}

static inline BedeModel *written_model(void) {
  ImageWriter *writer = image_writer_new();
  BedeModel *model = calloc(1, sizeof *model);
  BedeError err = {0};
  size_t size;
  if (written_build(NULL, (Str){0}, writer, &err))
    fail_msg("%s", err.message);
  char *bytes = image_write(writer, &size);
  image_writer_free(writer);
  if (image_take(bytes, size, "test", &model->image, &err) ||
      actors_open(&model->image, &model->actors, &err))
    fail_msg("%s", err.message);
  return model;
}

static inline void written_model_free(BedeModel *model) {
  image_close(&model->image);
  free(model);
}

static inline uint8_t written_tag(char c) {
  static const struct {
    char letter;
    uint8_t upos;
  } tags[] = {{'A', UPOS_ADJ}, {'B', UPOS_ADV}, {'C', UPOS_CCONJ}, {'D', UPOS_DET},
              {'I', UPOS_ADP}, {'M', UPOS_NUM}, {'N', UPOS_NOUN}, {'P', UPOS_PROPN},
              {'R', UPOS_PRON}, {'T', UPOS_PART}, {'U', UPOS_PUNCT}, {'V', UPOS_VERB},
              {'X', UPOS_AUX}};
  for (size_t i = 0; i < COUNT(tags); i++)
    if (tags[i].letter == c)
      return tags[i].upos;
  fail_msg("no tag %c", c);
  return 0;
}

static inline uint8_t written_deprel(Str s) {
  for (int i = 0; i < DEPREL_COUNT; i++)
    if (str_equal(s, str_of(deprel_names[i])))
      return (uint8_t)i;
  fail_msg("no relation %.*s", STR_ARG(s));
  return 0;
}

static inline BedeDoc *written_doc(const char *const *sentences, uint32_t count, Day day) {
  static const char names[] = "poleO";
  BedeDoc *doc = doc_new();
  Out text = {0};
  doc->day = day;
  for (uint32_t i = 0; i < count; i++) {
    Sentence s = {.first = doc->tokens.count};
    if (i)
      out_text(&text, "\n\n");
    s.span.begin = (uint32_t)text.len;
    s.paragraph = i;
    for (Str rest = str_of(sentences[i]); rest.len;) {
      Str part = str_cut(&rest, ' ');
      Str form = str_cut(&part, '/'), tag = str_cut(&part, '/'), head = str_cut(&part, '/');
      Str deprel = str_cut(&part, '/'), word = str_cut(&form, '=');
      Token t = {.sentence = i, .space = 1, .upos = written_tag(tag.at[0])};
      bool glued = t.upos == UPOS_PUNCT || t.upos == UPOS_PART;
      if (!glued && text.len > s.span.begin)
        out_char(&text, ' ');
      t.span.begin = (uint32_t)text.len;
      out_str(&text, word);
      t.span.end = (uint32_t)text.len;
      char low[64] = {0};
      for (size_t k = 0; k < word.len && k < 63; k++)
        low[k] = word.at[k] >= 'A' && word.at[k] <= 'Z' && t.upos != UPOS_PROPN ? (char)(word.at[k] + 32) : word.at[k];
      t.lemma = doc_text(doc, form.len ? form : str_of(low));
      int at = atoi(head.at);
      t.head = at ? s.first + (uint32_t)at - 1 : doc->tokens.count;
      t.deprel = written_deprel(deprel);
      if (part.len)
        array_push(&doc->arena, &doc->names,
                   (Name){doc->tokens.count, (uint32_t)(part.at[1] - '0'),
                          (uint8_t)(strchr(names, part.at[0]) - names), NONE});
      array_push(&doc->arena, &doc->tokens, t);
    }
    s.span.end = (uint32_t)text.len;
    s.count = doc->tokens.count - s.first;
    array_push(&doc->arena, &doc->sentences, s);
  }
  doc->text = arena_str(&doc->arena, (Str){text.at, text.len});
  out_free(&text);
  const char *bad = doc_check(doc);
  if (bad)
    fail_msg("the written document: %s", bad);
  return doc;
}
