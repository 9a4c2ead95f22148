// charset.c - see charset.h. The table of labels follows the Encoding Standard
// (encoding.spec.whatwg.org) where it matters: latin-1 means windows-1252,
// gb2312 means gb18030.
// SPDX-License-Identifier: Apache-2.0
#include "read/charset.h"
#include "base/utf8.h"
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <uchardet/uchardet.h>

enum { HEAD = 4096, SAMPLE = 1 << 16, LABEL_BYTES = 40 };

static bool is_space(char c) { return c && strchr(" \t\r\n\f", c); }

// The value behind `key` and an equals sign, quoted or not.
static Str value_behind(Str s, const char *key) {
  Str rest = s, name = str_of(key);
  for (size_t i = 0; i + name.len < rest.len; i++) {
    if (!str_equal_fold((Str){rest.at + i, name.len}, name))
      continue;
    size_t at = i + name.len;
    while (at < rest.len && is_space(rest.at[at]))
      at++;
    if (at >= rest.len || rest.at[at] != '=')
      continue;
    at++;
    while (at < rest.len && (is_space(rest.at[at]) || rest.at[at] == '"' || rest.at[at] == '\''))
      at++;
    size_t end = at;
    while (end < rest.len && end - at < LABEL_BYTES && !is_space(rest.at[end]) &&
           !strchr("\"'>;/?", rest.at[end]))
      end++;
    return (Str){rest.at + at, end - at};
  }
  return STR("");
}

Str charset_named(Str type) { return value_behind(type, "charset"); }

// <meta charset="…">, <meta … content="…; charset=…">, <?xml encoding="…"?>
static Str label_inside(Str bytes) {
  Str head = {bytes.at, MIN(bytes.len, (size_t)HEAD)};
  Str start = str_trim(head);
  if (str_starts(start, STR("<?xml"))) {
    const char *end = memchr(start.at, '>', start.len);
    Str label = value_behind((Str){start.at, end ? (size_t)(end - start.at) : 0}, "encoding");
    if (label.len)
      return label;
  }
  for (size_t i = 0; i + 5 < head.len; i++) {
    if (head.at[i] != '<' || !str_equal_fold((Str){head.at + i + 1, 4}, STR("meta")))
      continue;
    const char *end = memchr(head.at + i, '>', head.len - i);
    Str tag = {head.at + i, end ? (size_t)(end - head.at) - i : head.len - i};
    Str label = charset_named(tag);
    if (label.len)
      return label;
  }
  return STR("");
}

// The name for iconv; NULL where the label says nothing that can be used.
static const char *known(Str label, char out[LABEL_BYTES + 1]) {
  static const char *const same[][2] = {
      {"iso-8859-1", "WINDOWS-1252"}, {"iso8859-1", "WINDOWS-1252"},
      {"iso_8859-1", "WINDOWS-1252"}, {"latin1", "WINDOWS-1252"},
      {"latin-1", "WINDOWS-1252"},    {"l1", "WINDOWS-1252"},
      {"ascii", "WINDOWS-1252"},      {"us-ascii", "WINDOWS-1252"},
      {"cp1252", "WINDOWS-1252"},     {"x-cp1252", "WINDOWS-1252"},
      {"ansi", "WINDOWS-1252"},       {"iso-8859-9", "WINDOWS-1254"},
      {"latin5", "WINDOWS-1254"},     {"tis-620", "CP874"},
      {"iso-8859-11", "CP874"},       {"gb2312", "GB18030"},
      {"gbk", "GB18030"},             {"x-gbk", "GB18030"},
      {"gb_2312-80", "GB18030"},      {"shift_jis", "CP932"},
      {"shift-jis", "CP932"},         {"sjis", "CP932"},
      {"x-sjis", "CP932"},            {"windows-31j", "CP932"},
      {"euc-kr", "CP949"},            {"ks_c_5601-1987", "CP949"},
      {"ksc5601", "CP949"},           {"x-x-big5", "BIG5-HKSCS"},
      {"big5", "BIG5-HKSCS"},         {"unicode", NULL}};
  static const char *const refused[] = {"utf-16", "utf16", "utf-32", "utf32", "ucs-", "utf-7",
                                        "utf7",   "unicode", "iso-10646", "utf-8", "utf8", "wchar",
                                        "java", "c99", "ebcdic", "ibm", "utf-ebcdic"};
  if (!label.len || label.len > LABEL_BYTES)
    return NULL;
  for (size_t i = 0; i < label.len; i++) {
    char c = label.at[i];
    if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9') && !strchr("-_.:", c))
      return NULL;
    out[i] = c;
  }
  out[label.len] = 0;
  for (size_t i = 0; i < COUNT(same); i++)
    if (str_equal_fold(label, str_of(same[i][0])))
      return same[i][1];
  for (size_t i = 0; i < COUNT(refused); i++)
    if (label.len >= strlen(refused[i]) &&
        str_equal_fold((Str){label.at, strlen(refused[i])}, str_of(refused[i])))
      return NULL;
  return out;
}

// Bytes that iconv does not take are U+FFFD. False: there is no such charset.
static bool convert(Arena *arena, Str bytes, const char *charset, Str *out) {
  iconv_t cd = iconv_open("UTF-8", charset);
  if (cd == (iconv_t)-1)
    return false;
  Out all = {0};
  char *in = (char *)bytes.at, room[4096];
  size_t left = bytes.len;
  while (left) {
    char *to = room;
    size_t space = sizeof room;
    size_t got = iconv(cd, &in, &left, &to, &space);
    out_bytes(&all, room, sizeof room - space);
    if (got != (size_t)-1 || errno == E2BIG)
      continue;
    utf8_put(&all, 0xFFFD);
    if (errno == EINVAL)
      break; // cut in the middle of a character
    in++;
    left--;
  }
  iconv_close(cd);
  *out = arena_str(arena, (Str){all.at ? all.at : "", all.len});
  out_free(&all);
  return true;
}

// UTF-16 without a mark: every other byte of western text is zero.
static const char *looks_wide(Str bytes) {
  size_t zeros[2] = {0}, n = MIN(bytes.len, (size_t)HEAD);
  for (size_t i = 0; i < n; i++)
    zeros[i & 1] += !bytes.at[i];
  if (n < 16)
    return NULL;
  if (zeros[1] * 10 > n * 3 && zeros[0] * 20 < n)
    return "UTF-16LE";
  return zeros[0] * 10 > n * 3 && zeros[1] * 20 < n ? "UTF-16BE" : NULL;
}

// Is invalid UTF-8 another charset throughout, or UTF-8 with a few bad bytes?
// In windows-1252 most of its bytes stand beside letters ("Caf\xE9").
static bool is_damaged_utf8(Str bytes) {
  size_t good = 0, bad = 0, beside = 0, at = 0;
  while (at < bytes.len) {
    if (!(bytes.at[at] & 0x80)) {
      at++;
      continue;
    }
    size_t before = at;
    if (utf8_next(bytes, &at) != 0xFFFD || at > before + 1) {
      good++;
      continue;
    }
    bad++;
    char left = before ? bytes.at[before - 1] | 32 : 0, right = at < bytes.len ? bytes.at[at] | 32 : 0;
    beside += (left >= 'a' && left <= 'z') || (right >= 'a' && right <= 'z');
  }
  return good > bad || (!good && 2 * beside < bad);
}

static const char *guess(Str bytes, char out[LABEL_BYTES + 1]) {
  uchardet_t detector = uchardet_new();
  const char *found = NULL;
  if (!detector)
    out_of_memory();
  // what is ASCII tells nothing: start at the first byte that is not
  size_t from = utf8_invalid(bytes);
  from = from > 1024 ? from - 1024 : 0;
  if (!uchardet_handle_data(detector, bytes.at + from, MIN(bytes.len - from, (size_t)SAMPLE))) {
    uchardet_data_end(detector);
    found = known(str_of(uchardet_get_charset(detector)), out);
  }
  uchardet_delete(detector);
  return found;
}

// Control characters, of which HTML knows none; what is no UTF-8.
static Str clean(Arena *arena, Str s) {
  s = utf8_mend(arena, s);
  size_t i = 0;
  for (; i < s.len; i++) {
    unsigned char c = (unsigned char)s.at[i];
    if ((c < ' ' && c != '\n' && c != '\t' && c != '\r') || c == 0x7F)
      break;
  }
  if (i == s.len)
    return s;
  char *copy = arena_alloc(arena, s.len);
  size_t len = 0;
  for (i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.at[i];
    if (c >= ' ' ? c != 0x7F : c == '\n' || c == '\t' || c == '\r')
      copy[len++] = (char)c;
  }
  return (Str){copy, len};
}

Str charset_decode(Arena *arena, Str bytes, Str label) {
  static const struct {
    Str mark;
    const char *charset;
  } marks[] = {{{"\xEF\xBB\xBF", 3}, NULL},
               {{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
               {{"\xFF\xFE", 2}, "UTF-16LE"},
               {{"\xFE\xFF", 2}, "UTF-16BE"}};
  Str out;
  for (size_t i = 0; i < COUNT(marks); i++)
    if (str_starts(bytes, marks[i].mark)) {
      Str rest = {bytes.at + marks[i].mark.len, bytes.len - marks[i].mark.len};
      if (!marks[i].charset || !convert(arena, rest, marks[i].charset, &out))
        out = rest;
      return clean(arena, out);
    }
  const char *wide = looks_wide(bytes);
  if (wide && convert(arena, bytes, wide, &out))
    return clean(arena, out);
  char name[LABEL_BYTES + 1];
  bool escapes = bytes.len && memchr(bytes.at, 0x1B, bytes.len);
  if (utf8_invalid(bytes) == bytes.len && !escapes)
    return clean(arena, bytes);
  Str inside = label_inside(bytes);
  const char *charset = known(label, name);
  if (!charset)
    charset = known(inside, name);
  if (utf8_invalid(bytes) == bytes.len) { // ISO-2022 shifts by escapes
    if (charset && str_equal_fold((Str){charset, MIN(strlen(charset), (size_t)8)}, STR("iso-2022")) &&
        convert(arena, bytes, charset, &out))
      return clean(arena, out);
    return clean(arena, bytes);
  }
  if (charset && convert(arena, bytes, charset, &out))
    return clean(arena, out);
  bool says_utf8 = str_equal_fold(label, STR("utf-8")) || str_equal_fold(inside, STR("utf-8"));
  if (is_damaged_utf8(bytes))
    return clean(arena, bytes);
  if (!says_utf8 && (charset = guess(bytes, name)) && convert(arena, bytes, charset, &out))
    return clean(arena, out);
  return clean(arena, convert(arena, bytes, "WINDOWS-1252", &out) ? out : bytes);
}
