// features.c - words to rows of the embedding tables, as train/train.py has
// them: the lower-case word, endings of two, three and four bytes, a beginning
// of three, and the shape ("Xxx", "dd.d"). Only ASCII letters are lowered.
// SPDX-License-Identifier: Apache-2.0
#include "parse/internal.h"

enum { WORD_BYTES = 128, SHAPE_BYTES = 16 };

static uint32_t fnv1a(const char *at, size_t len, uint32_t seed) {
  uint32_t h = 2166136261u ^ seed;
  for (size_t i = 0; i < len; i++)
    h = (h ^ (unsigned char)at[i]) * 16777619u;
  return h;
}

static size_t shape(Str w, char *out) {
  size_t n = 0;
  for (size_t i = 0; i < MIN(w.len, (size_t)SHAPE_BYTES); i++) {
    unsigned char b = (unsigned char)w.at[i];
    char k = b >= 'A' && b <= 'Z' ? 'X'
             : (b >= 'a' && b <= 'z') || b >= 128 ? 'x'
             : b >= '0' && b <= '9' ? 'd' : (char)b;
    if (n > 1 && out[n - 1] == k && out[n - 2] == k)
      continue;
    out[n++] = k;
  }
  return n;
}

Features word_features(const Network *network, Str form) {
  char low[WORD_BYTES], shaped[SHAPE_BYTES];
  size_t len = MIN(form.len, (size_t)WORD_BYTES), end = form.len;
  for (size_t i = 0; i < len; i++)
    low[i] = form.at[i] >= 'A' && form.at[i] <= 'Z' ? (char)(form.at[i] + 32) : form.at[i];
  Features f = {.word = WORD_UNKNOWN};
  uint64_t key = hash_bytes(low, len, 0);
  uint32_t at = (uint32_t)key & network->word_mask;
  for (uint32_t i = 0; i <= network->word_mask && network->words[at].key; i++) {
    if (network->words[at].key == key) {
      f.word = network->words[at].row;
      break;
    }
    at = (at + 1) & network->word_mask;
  }
  end = len; // a word of more than WORD_BYTES bytes is judged by its beginning
  const struct { size_t begin, len; } parts[] = {
      {end - MIN(end, 2u), MIN(end, 2u)}, {end - MIN(end, 3u), MIN(end, 3u)},
      {end - MIN(end, 4u), MIN(end, 4u)}, {0, MIN(end, 3u)}};
  uint32_t rows = network->affix.rows - 1;
  for (uint32_t k = 0; k < COUNT(parts); k++)
    f.affix[k] = 1 + fnv1a(low + parts[k].begin, parts[k].len, k + 1) % rows;
  f.affix[4] = 1 + fnv1a(shaped, shape(form, shaped), 5) % rows;
  return f;
}

Str apply_script(Out *out, Str form, const char *script) {
  out_reset(out);
  bool low = script[0] == '1';
  const char *p = script[0] && script[1] == '|' ? script + 2 : "0|";
  size_t cut = 0;
  for (; *p >= '0' && *p <= '9'; p++)
    cut = 10 * cut + (size_t)(*p - '0');
  if (*p == '|')
    p++;
  size_t keep = cut <= form.len ? form.len - cut : form.len;
  // a script that does not fit the word leaves it as it is
  if (cut > form.len || (keep < form.len && ((unsigned char)form.at[keep] & 0xC0) == 0x80)) {
    keep = form.len;
    p = "";
  }
  for (size_t i = 0; i < keep; i++) {
    char c = form.at[i];
    out_char(out, low && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
  }
  out_text(out, p);
  return (Str){out->at ? out->at : "", out->len};
}
