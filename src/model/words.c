// words.c - closed lists of words.
// SPDX-License-Identifier: Apache-2.0
#include "model/words.h"
#include "model/table.h"
#include <stdio.h>

static const char *const names[WORDS_COUNT] = {
#define X(name, file) file,
    WORDS_MAP(X)
#undef X
};

enum { WORD_LIMIT = 64, PHRASE_LIMIT = 12 };

static uint64_t step_lower(uint64_t key, Str word) {
  char low[WORD_LIMIT];
  if (word.len > WORD_LIMIT)
    return phrase_step(key, word);
  for (size_t i = 0; i < word.len; i++)
    low[i] = word.at[i] >= 'A' && word.at[i] <= 'Z' ? (char)(word.at[i] + 32) : word.at[i];
  return phrase_step(key, (Str){low, word.len});
}

const char *words_find(const Words *words, WordSet set, Str phrase) {
  uint64_t key = 0;
  while (phrase.len)
    key = step_lower(key, str_cut(&phrase, ' '));
  const PhraseSlot *slot = phrase_at(&words->sets[set], key);
  if (!slot || slot->value == PHRASE_PREFIX)
    return NULL;
  return image_string(words->image, slot->value);
}

bool words_of_kind(const Words *words, WordSet set, Str word, const char *kind) {
  const char *value = words_find(words, set, word);
  for (Str rest = str_of(value), want = str_of(kind); rest.len;)
    if (str_equal(str_cut(&rest, ' '), want))
      return true;
  return false;
}

uint32_t words_match(const Words *words, WordSet set, const BedeDoc *doc,
                     uint32_t token, const char **value) {
  uint64_t key = 0;
  uint32_t best = 0;
  const Sentence *s = &doc->sentences.items[doc->tokens.items[token].sentence];
  for (uint32_t i = token; i < s->first + s->count; i++) {
    key = step_lower(key, doc_word(doc, i));
    const PhraseSlot *slot = phrase_at(&words->sets[set], key);
    if (!slot)
      break;
    if (slot->value != PHRASE_PREFIX) {
      best = i - token + 1;
      if (value)
        *value = image_string(words->image, slot->value);
    }
    if (!slot->more)
      break;
  }
  return best;
}

static BedeStatus build_one(const char *folder, WordSet set,
                            ImageWriter *writer, BedeError *err) {
  char file[64], section[IMAGE_NAME];
  snprintf(file, sizeof file, "words/%s.txt", names[set]);
  snprintf(section, sizeof section, "words.%s", names[set]);
  Table table;
  BedeStatus status = table_open(folder, file, &table, err);
  if (status)
    return status;
  PhraseBuilder *builder = phrases_new();
  while (!status && table_next(&table)) {
    Str parts[PHRASE_LIMIT], rest = table.fields[0];
    char low[PHRASE_LIMIT][WORD_LIMIT];
    uint32_t count = 0;
    while (!status && rest.len) {
      Str part = str_cut(&rest, ' ');
      if (count == PHRASE_LIMIT || part.len >= WORD_LIMIT) {
        status = table_fail(&table, err, "phrase or word is too long");
        break;
      }
      for (size_t i = 0; i < part.len; i++)
        low[count][i] = part.at[i] >= 'A' && part.at[i] <= 'Z' ? (char)(part.at[i] + 32) : part.at[i];
      parts[count] = (Str){low[count], part.len};
      count++;
    }
    if (!status && !phrases_add(builder, parts, count,
                                image_add_string(writer, table.fields[1]), NULL))
      status = table_fail(&table, err, "\"%.*s\" stands here twice with different values",
                          STR_ARG(table.fields[0]));
  }
  if (!status)
    phrases_write(builder, writer, section);
  phrases_free(builder);
  table_close(&table);
  return status;
}

BedeStatus words_build(const char *folder, ImageWriter *writer, BedeError *err) {
  for (int set = 0; set < WORDS_COUNT; set++) {
    BedeStatus status = build_one(folder, (WordSet)set, writer, err);
    if (status)
      return status;
  }
  return BEDE_OK;
}

BedeStatus words_open(const Image *image, Words *out, BedeError *err) {
  out->image = image;
  for (int set = 0; set < WORDS_COUNT; set++) {
    char section[IMAGE_NAME];
    snprintf(section, sizeof section, "words.%s", names[set]);
    BedeStatus status = phrases_open(image, section, &out->sets[set], err);
    if (status)
      return status;
  }
  return BEDE_OK;
}
