// fuzz_mentions.c - any bytes as text: all layers of mentions over the tokens,
// first without tags and trees, then with tags and trees made of the bytes.
// SPDX-License-Identifier: Apache-2.0
#include "document.h"
#include "mention/mention.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const BedeModel *model = fuzz_model();
  for (int tree = 0; tree < 2; tree++) {
    BedeDoc *doc = doc_new();
    doc->text = arena_str(&doc->arena, (Str){(const char *)data, size});
    if (size > 2 && data[0] % 4)
      doc->day = (Day){(int16_t)(1900 + data[0]), (uint8_t)(data[1] % 12 + 1), (uint8_t)(data[2] % 28 + 1)};
    split_sentences(doc, model);
    for (uint32_t i = 0; tree && i < doc->tokens.count; i++) {
      Token *t = &doc->tokens.items[i];
      const Sentence *s = &doc->sentences.items[t->sentence];
      uint32_t byte = data[(i * 7 + 3) % size];
      // Heads lie before their token, so there is no circle; the first is root.
      t->head = i == s->first ? i : s->first + byte % (i - s->first);
      t->upos = (uint8_t)(1 + data[(i * 5 + 1) % size] % (UPOS_COUNT - 1));
      t->deprel = (uint8_t)(data[(i * 3 + 2) % size] % DEPREL_COUNT);
      t->lemma = doc_text(doc, doc_word(doc, i));
      if (byte % 5 == 0)
        array_push(&doc->arena, &doc->names, (Name){i, 1, (uint8_t)(byte % 6), NONE});
    }
    fuzz_check(doc);
    find_mentions(doc, model);
    fuzz_check(doc);
    doc_free(doc);
  }
  return 0;
}
