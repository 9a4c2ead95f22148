// phrase.c - tables of phrases: open addressing, linear probing.
// SPDX-License-Identifier: Apache-2.0
#include "model/phrase.h"
#include <stdlib.h>

const PhraseSlot *phrase_at(const Phrases *phrases, uint64_t key) {
  uint32_t at = (uint32_t)key & phrases->mask;
  for (uint32_t i = 0; i <= phrases->mask; i++, at = (at + 1) & phrases->mask) {
    if (phrases->slots[at].key == key)
      return &phrases->slots[at];
    if (!phrases->slots[at].key)
      return NULL;
  }
  return NULL;
}

BedeStatus phrases_open(const Image *image, const char *section, Phrases *out,
                        BedeError *err) {
  const void *slots;
  uint32_t count;
  BedeStatus status = image_section(image, section, sizeof(PhraseSlot), &slots, &count, err);
  if (status)
    return status;
  if (!count || (count & (count - 1)))
    return fail(err, BEDE_IMAGE, "the image's section %s has a wrong size", section);
  *out = (Phrases){slots, count - 1};
  return BEDE_OK;
}

struct PhraseBuilder {
  PhraseSlot *slots;
  uint32_t count, used;
};

PhraseBuilder *phrases_new(void) {
  PhraseBuilder *b = calloc(1, sizeof *b);
  if (!b || !(b->slots = calloc(16, sizeof *b->slots)))
    out_of_memory();
  b->count = 16;
  return b;
}

static PhraseSlot *put(PhraseBuilder *b, uint64_t key) {
  if (2 * b->used >= b->count) {
    PhraseBuilder bigger = {calloc(2 * b->count, sizeof *b->slots), 2 * b->count, 0};
    if (!bigger.slots)
      out_of_memory();
    for (uint32_t i = 0; i < b->count; i++)
      if (b->slots[i].key)
        *put(&bigger, b->slots[i].key) = b->slots[i];
    free(b->slots);
    *b = bigger;
  }
  uint32_t at = (uint32_t)key & (b->count - 1);
  while (b->slots[at].key && b->slots[at].key != key)
    at = (at + 1) & (b->count - 1);
  if (!b->slots[at].key) {
    b->slots[at] = (PhraseSlot){.key = key, .value = PHRASE_PREFIX};
    b->used++;
  }
  return &b->slots[at];
}

bool phrases_add(PhraseBuilder *b, const Str *words, uint32_t count,
                 uint32_t value, uint32_t *before) {
  uint64_t key = 0;
  for (uint32_t i = 0; i < count; i++) {
    key = phrase_step(key, words[i]);
    PhraseSlot *slot = put(b, key);
    if (i + 1 < count) {
      slot->more = 1;
    } else if (slot->value != PHRASE_PREFIX && slot->value != value) {
      if (before)
        *before = slot->value;
      return false;
    } else {
      slot->value = value;
    }
  }
  return true;
}

uint32_t phrases_value(const PhraseBuilder *b, const Str *words, uint32_t count) {
  uint64_t key = 0;
  for (uint32_t i = 0; i < count; i++)
    key = phrase_step(key, words[i]);
  const PhraseSlot *slot = phrase_at(&(Phrases){b->slots, b->count - 1}, key);
  return count && slot ? slot->value : PHRASE_PREFIX;
}

void phrases_write(PhraseBuilder *b, ImageWriter *writer, const char *section) {
  image_add(writer, section, b->slots, sizeof *b->slots, b->count);
}

void phrases_free(PhraseBuilder *b) {
  if (b)
    free(b->slots);
  free(b);
}
