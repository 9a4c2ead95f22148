// utf8.c - reading UTF-8.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

uint32_t utf8_next(Str s, size_t *at) {
  if (*at >= s.len)
    return 0;
  const unsigned char *p = (const unsigned char *)s.at + *at;
  size_t left = s.len - *at, more;
  uint32_t code, least;
  if (p[0] < 0x80) {
    *at += 1;
    return p[0];
  }
  if (p[0] >= 0xC2 && p[0] < 0xE0)
    more = 1, code = p[0] & 0x1F, least = 0x80;
  else if (p[0] >= 0xE0 && p[0] < 0xF0)
    more = 2, code = p[0] & 0x0F, least = 0x800;
  else if (p[0] >= 0xF0 && p[0] < 0xF5)
    more = 3, code = p[0] & 0x07, least = 0x10000;
  else
    more = 9, code = 0, least = 0;
  if (more < left) {
    size_t i = 1;
    while (i <= more && (p[i] & 0xC0) == 0x80)
      code = code << 6 | (p[i++] & 0x3Fu);
    if (i > more && code >= least && code <= 0x10FFFF &&
        !(code >= 0xD800 && code < 0xE000)) {
      *at += more + 1;
      return code;
    }
  }
  *at += 1;
  return 0xFFFD;
}

uint32_t utf8_before(Str s, size_t *at) {
  if (*at == 0 || *at > s.len)
    return 0;
  size_t begin = *at - 1;
  while (begin > 0 && *at - begin < 4 && ((unsigned char)s.at[begin] & 0xC0) == 0x80)
    begin--;
  size_t end = begin;
  uint32_t code = utf8_next((Str){s.at, *at}, &end);
  if (end != *at)
    begin = *at - 1, code = 0xFFFD;
  *at = begin;
  return code;
}

size_t utf8_invalid(Str s) {
  size_t at = 0;
  while (at < s.len) {
    if ((unsigned char)s.at[at] < 0x80) {
      at++;
      continue;
    }
    size_t begin = at;
    if (utf8_next(s, &at) == 0xFFFD && at == begin + 1)
      return begin;
  }
  return s.len;
}

void utf8_put(Out *out, uint32_t c) {
  char b[4];
  size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = n; i-- > 1; c >>= 6)
    b[i] = (char)(0x80 | (c & 0x3F));
  b[0] = (char)(lead[n] | c);
  out_bytes(out, b, n);
}

Str utf8_mend(Arena *arena, Str s) {
  size_t bad = utf8_invalid(s);
  if (bad == s.len)
    return s;
  Out out = {0};
  out_bytes(&out, s.at, bad);
  for (size_t at = bad; at < s.len;)
    utf8_put(&out, utf8_next(s, &at));
  Str mended = arena_str(arena, (Str){out.at, out.len});
  out_free(&out);
  return mended;
}

bool utf8_is_letter(uint32_t c) {
  if (c < 0x80)
    return (c | 32) >= 'a' && (c | 32) <= 'z';
  return (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) || c == 0xAA ||
         c == 0xB5 || c == 0xBA || (c >= 0x2C00 && c < 0x2E00) ||
         (c >= 0x3040 && c < 0xFE00) || c >= 0x10000;
}

bool utf8_is_upper(uint32_t c) {
  if (c < 0x80)
    return c >= 'A' && c <= 'Z';
  if (c >= 0xC0 && c <= 0xDE)
    return c != 0xD7;
  if (c >= 0x139 && c <= 0x148)
    return c & 1;
  return c >= 0x100 && c <= 0x177 && !(c & 1);
}
