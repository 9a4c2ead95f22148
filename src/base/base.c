// base.c - strings, errors, hashes and growing text.
// SPDX-License-Identifier: Apache-2.0
#include "base/base.h"
#include <stdio.h>
#include <stdlib.h>

Str str_of(const char *s) { return (Str){s ? s : "", s ? strlen(s) : 0}; }

bool str_equal(Str a, Str b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

bool str_equal_fold(Str a, Str b) {
  if (a.len != b.len)
    return false;
  for (size_t i = 0; i < a.len; i++)
    if (lower(a.at[i]) != lower(b.at[i]))
      return false;
  return true;
}

bool str_starts(Str s, Str prefix) {
  return s.len >= prefix.len && str_equal((Str){s.at, prefix.len}, prefix);
}

bool str_ends(Str s, Str suffix) {
  return s.len >= suffix.len &&
         str_equal((Str){s.at + s.len - suffix.len, suffix.len}, suffix);
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' ||
         c == '\v';
}

Str str_trim(Str s) {
  while (s.len && is_blank(s.at[0]))
    s.at++, s.len--;
  while (s.len && is_blank(s.at[s.len - 1]))
    s.len--;
  return s;
}

Str str_cut(Str *rest, char divider) {
  const char *hit = rest->len ? memchr(rest->at, divider, rest->len) : NULL;
  Str piece = {rest->at, hit ? (size_t)(hit - rest->at) : rest->len};
  if (hit)
    *rest = (Str){hit + 1, rest->len - piece.len - 1};
  else
    *rest = (Str){rest->at + rest->len, 0};
  return piece;
}

int str_compare(Str a, Str b) {
  size_t n = MIN(a.len, b.len);
  int order = n ? memcmp(a.at, b.at, n) : 0;
  return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_find(Str s, Str what, size_t *at) {
  const char *hit = s.len ? memmem(s.at, s.len, what.at, what.len) : NULL;
  if (hit && at)
    *at = (size_t)(hit - s.at);
  return hit != NULL;
}

BedeStatus fail(BedeError *err, BedeStatus status, const char *format, ...) {
  if (err) {
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    err->status = status;
  }
  return status;
}

// FNV-1a with a final mix (the one of MurmurHash3, Appleby): short keys, and
// the high bits are used for table indexes.
uint64_t hash_bytes(const void *data, size_t size, uint64_t seed) {
  const unsigned char *p = data;
  uint64_t h = 14695981039346656037u ^ seed;
  for (size_t i = 0; i < size; i++)
    h = (h ^ p[i]) * 1099511628211u;
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdu;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53u;
  return h ^ h >> 33;
}

void hash_hex(uint64_t hash, char out[17]) {
  for (int i = 0; i < 16; i++)
    out[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
  out[16] = 0;
}

static void out_reserve(Out *out, size_t more) {
  if (out->room - out->len > more)
    return;
  size_t room = out->room ? 2 * out->room : 256;
  while (room - out->len <= more)
    room *= 2;
  out->at = realloc(out->at, room);
  if (!out->at)
    out_of_memory();
  out->room = room;
}

void out_bytes(Out *out, const void *data, size_t size) {
  if (!size)
    return;
  out_reserve(out, size);
  memcpy(out->at + out->len, data, size);
  out->len += size;
  out->at[out->len] = 0;
}

void out_str(Out *out, Str s) { out_bytes(out, s.at, s.len); }
void out_text(Out *out, const char *s) { out_bytes(out, s, strlen(s)); }
void out_char(Out *out, char c) { out_bytes(out, &c, 1); }

void out_print(Out *out, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int size = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (size > 0) {
    out_reserve(out, (size_t)size + 1);
    vsnprintf(out->at + out->len, (size_t)size + 1, format, again);
    out->len += (size_t)size;
  }
  va_end(again);
}

void out_reset(Out *out) {
  out->len = 0;
  if (out->at)
    out->at[0] = 0;
}

void out_free(Out *out) {
  free(out->at);
  *out = (Out){0};
}
