// codebook.c - opening the compiled codebook; every index is checked here once.
// SPDX-License-Identifier: Apache-2.0
#include "model/codebook.h"

uint64_t class_key(uint32_t class_number) {
  char digits[8];
  for (int i = 0; i < 8; i++)
    digits[i] = "0123456789abcdef"[class_number >> 4 * i & 15];
  return phrase_step(0, (Str){digits, sizeof digits});
}

bool codebook_in_class(const Codebook *c, uint32_t class_number, Str lemma) {
  const PhraseSlot *slot = phrase_at(&c->classes, phrase_step(class_key(class_number), lemma));
  return slot && slot->value != PHRASE_PREFIX;
}

const PatternList *codebook_list(const Codebook *c, Str lemma) {
  const PhraseSlot *slot = phrase_at(&c->anchors, phrase_step(0, lemma));
  return slot && slot->value < c->list_count ? &c->lists[slot->value] : NULL;
}

BedeStatus codebook_open(const Image *image, Codebook *out, BedeError *err) {
  *out = (Codebook){.image = image};
  BedeStatus status;
#define SECTION(name, field, type, count)                                      \
  if ((status = image_section(image, "codebook." name, sizeof(type),           \
                              (const void **)&out->field, &out->count, err)))  \
  return status
  SECTION("patterns", patterns, Pattern, pattern_count);
  SECTION("items", items, PatternItem, item_count);
  SECTION("lists", lists, PatternList, list_count);
  SECTION("order", order, uint32_t, order_count);
#undef SECTION
  if ((status = phrases_open(image, "codebook.anchors", &out->anchors, err)) ||
      (status = phrases_open(image, "codebook.classes", &out->classes, err)))
    return status;
  bool bad = false;
  for (uint32_t i = 0; i < out->pattern_count; i++) {
    const Pattern *p = &out->patterns[i];
    bad |= p->count > PATTERN_ITEMS || p->first > out->item_count ||
           p->count > out->item_count - p->first || p->type > EVENT_TYPES ||
           p->e_status >= STATUS_COUNT;
    for (uint32_t k = 0; !bad && k < p->count; k++)
      bad |= out->items[p->first + k].parent > k;
  }
  for (uint32_t i = 0; i < out->list_count; i++)
    bad |= out->lists[i].first > out->order_count ||
           out->lists[i].count > out->order_count - out->lists[i].first;
  for (uint32_t i = 0; i < out->order_count; i++)
    bad |= out->order[i] >= out->pattern_count;
  return bad ? fail(err, BEDE_IMAGE, "the image's codebook is damaged") : BEDE_OK;
}
