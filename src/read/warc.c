// warc.c - see warc.h. ISO 28500:2017; RFC 9112 for the answers.
// SPDX-License-Identifier: Apache-2.0
#include "read/warc.h"
#include "read/charset.h"
#include "read/internal.h"
#include <stdlib.h>
#include <zlib.h>

enum { HEAD_LINE = 1 << 16, HEAD_BYTES = 1 << 20 };

static bool is_field(Str line, const char *name, Str *value) {
  size_t len = strlen(name);
  if (line.len <= len || line.at[len] != ':' || !str_equal_fold((Str){line.at, len}, (Str){name, len}))
    return false;
  *value = str_trim((Str){line.at + len + 1, line.len - len - 1});
  return true;
}

static bool find_fold(Str s, const char *what) {
  size_t len = strlen(what);
  for (size_t i = 0; i + len <= s.len; i++)
    if (str_equal_fold((Str){s.at + i, len}, (Str){what, len}))
      return true;
  return false;
}

bool warc_begins(Str head) { return str_starts(head, STR("WARC/1.")) || str_starts(head, STR("WARC/0.")); }

// ---- a server's answer

typedef struct Answer Answer;
struct Answer {
  int status;
  Str type, encoding;
  bool chunked;
};

static void answer_line(Arena *arena, Answer *a, Str line, bool first) {
  Str value;
  if (first) { // HTTP/1.1 200 OK
    const char *blank = memchr(line.at, ' ', line.len);
    size_t at = blank ? (size_t)(blank - line.at) + 1 : line.len;
    for (size_t i = at; i < line.len && i < at + 3 && line.at[i] >= '0' && line.at[i] <= '9'; i++)
      a->status = 10 * a->status + line.at[i] - '0';
  } else if (is_field(line, "Content-Type", &value)) {
    a->type = arena_str(arena, value);
  } else if (is_field(line, "Content-Encoding", &value)) {
    a->encoding = arena_str(arena, value);
  } else if (is_field(line, "Transfer-Encoding", &value)) {
    a->chunked = find_fold(value, "chunked");
  }
}

// Chunks of a hexadecimal size and so many bytes. What is no chunk ends it;
// crawlers that joined the chunks leave the header all the same.
static Str join_chunks(Arena *arena, Str s) {
  Out out = {0};
  bool whole = false;
  Str rest = s;
  while (rest.len) {
    Str line = str_trim(str_cut(&rest, '\n'));
    size_t size = 0, i = 0;
    for (; i < line.len && i < 8; i++) {
      char c = line.at[i];
      int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
      if (digit < 0)
        break;
      size = 16 * size + (size_t)digit;
    }
    if (!i || (i < line.len && !strchr("; \t", line.at[i])))
      break;
    if (!size) {
      whole = true;
      break;
    }
    size_t take = MIN(size, rest.len);
    out_bytes(&out, rest.at, take);
    rest = (Str){rest.at + take, rest.len - take};
    if (rest.len)
      str_cut(&rest, '\n');
  }
  Str joined = whole || out.len ? arena_str(arena, (Str){out.at ? out.at : "", out.len}) : s;
  out_free(&out);
  return joined;
}

static BedeStatus inflate_all(Arena *arena, Str s, size_t limit, const char *place, Str *out,
                              BedeError *err) {
  BedeStatus status = BEDE_OK;
  Out all = {0};
  for (int raw = 0; raw < 2; raw++) { // "deflate" is sent with its header or without
    z_stream z = {0};
    if (inflateInit2(&z, raw ? -15 : 15 + 32) != Z_OK)
      out_of_memory();
    z.next_in = (Bytef *)s.at;
    z.avail_in = (uInt)s.len;
    int got = Z_OK;
    char room[1 << 14];
    out_reset(&all);
    while (got == Z_OK && all.len <= limit) {
      z.next_out = (Bytef *)room;
      z.avail_out = sizeof room;
      got = inflate(&z, Z_NO_FLUSH);
      out_bytes(&all, room, sizeof room - z.avail_out);
    }
    inflateEnd(&z);
    if (all.len)
      break;
  }
  if (all.len > limit)
    status = fail(err, BEDE_TOO_BIG, "%s: the page unpacks to more than %zu bytes", place, limit);
  else if (!all.len)
    status = fail(err, BEDE_INPUT, "%s: the page is packed, and its data are damaged", place);
  else
    *out = arena_str(arena, (Str){all.at, all.len});
  out_free(&all);
  return status;
}

BedeStatus http_body(Arena *arena, Str answer, size_t limit, const char *place, Str *out,
                     BedeError *err) {
  Answer a = {.type = STR(""), .encoding = STR("")};
  Str rest = answer;
  for (bool first = true; rest.len; first = false) {
    Str line = str_trim(str_cut(&rest, '\n'));
    if (!line.len)
      break;
    answer_line(arena, &a, line, first);
  }
  if (a.chunked)
    rest = join_chunks(arena, rest);
  *out = rest;
  if (str_equal_fold(a.encoding, STR("br")) || str_equal_fold(a.encoding, STR("zstd")))
    return read_looks_html(rest) ? BEDE_OK // a crawler has unpacked it
                                 : fail(err, BEDE_INPUT, "%s: the page is packed with %.*s, which is not read",
                                        place, STR_ARG(a.encoding));
  bool packed = str_starts(rest, STR("\x1f\x8b")) ||
                (str_equal_fold(a.encoding, STR("deflate")) && !read_looks_html(rest));
  return packed ? inflate_all(arena, rest, limit, place, out, err) : BEDE_OK;
}

// ---- records

typedef struct Head Head;
struct Head {
  Str type, url, content;
  uint64_t length;
  bool counted; // there is a Content-Length, and it is a number
};

// Reads the head, behind its first line. NULL, or what is wrong.
static const char *read_head(Stream *s, Arena *arena, Head *head) {
  bool over;
  size_t bytes = 0;
  *head = (Head){.type = STR(""), .url = STR(""), .content = STR("")};
  for (;;) {
    if (!stream_line(s, HEAD_LINE, &over))
      return "its head is cut short";
    bytes += s->text.len;
    if (over || bytes > HEAD_BYTES)
      return "its head is too long";
    Str line = str_trim((Str){s->text.at ? s->text.at : "", s->text.len}), value;
    if (!line.len)
      break;
    if (is_field(line, "WARC-Type", &value)) {
      head->type = arena_str(arena, value);
    } else if (is_field(line, "WARC-Target-URI", &value)) {
      if (value.len > 1 && value.at[0] == '<' && value.at[value.len - 1] == '>')
        value = (Str){value.at + 1, value.len - 2}; // as wget writes it
      head->url = arena_str(arena, value);
    } else if (is_field(line, "Content-Type", &value)) {
      head->content = arena_str(arena, value);
    } else if (is_field(line, "Content-Length", &value)) {
      head->counted = value.len > 0 && value.len < 19;
      head->length = 0;
      for (size_t i = 0; i < value.len && head->counted; i++) {
        head->counted = value.at[i] >= '0' && value.at[i] <= '9';
        head->length = 10 * head->length + (uint64_t)(value.at[i] - '0');
      }
      if (value.len == 19) // 2^63 - 1 is a number, if an absurd one
        head->counted = true, head->length = UINT64_MAX / 4;
    }
  }
  return head->counted ? NULL : "it has no usable Content-Length";
}

// Reads the answer's head into `kept`; is it a page that is wanted?
static bool wanted_answer(Stream *s, Arena *arena, uint64_t *left, Out *kept, Answer *a) {
  bool over, first = true;
  while (*left) {
    // a head has short lines; what has none is no head
    uint64_t before = s->at;
    if (!stream_line(s, HEAD_LINE, &over))
      return false;
    uint64_t used = s->at - before;
    *left = used < *left ? *left - used : 0;
    if (over || kept->len > HEAD_BYTES)
      return false;
    out_bytes(kept, s->text.at ? s->text.at : "", s->text.len);
    out_char(kept, '\n');
    Str line = str_trim((Str){s->text.at ? s->text.at : "", s->text.len});
    if (!line.len)
      break;
    answer_line(arena, a, line, first);
    first = false;
  }
  return a->status == 200 && find_fold(a->type, "html");
}

bool warc_next(Stream *s, const char *name, size_t page_limit, Record *out, bool *stop,
               BedeError *err) {
  Arena *arena = &out->arena;
  bool over;
  for (;;) {
    uint64_t at = s->at;
    if (!stream_line(s, HEAD_LINE, &over))
      return false;
    Str line = str_trim((Str){s->text.at ? s->text.at : "", s->text.len});
    if (!over && !line.len)
      continue;
    out->place = arena_print(arena, "%s: record at byte %llu", name, (unsigned long long)at).at;
    *stop = true;
    if (over || !warc_begins(line)) {
      fail(err, BEDE_INPUT, "%s: is no WARC record", out->place);
      return true;
    }
    Head head;
    const char *why = read_head(s, arena, &head);
    if (why) {
      fail(err, BEDE_INPUT, "%s: %s", out->place, why);
      return true;
    }
    if (head.url.len)
      out->place = arena_print(arena, "%s (%.*s)", out->place, (int)MIN(head.url.len, (size_t)200),
                               head.url.at).at;
    Answer a = {.type = head.content, .encoding = STR("")};
    Out kept = {0};
    uint64_t left = head.length;
    bool want = false;
    RecordKind kind = RECORD_HTTP;
    if (str_equal_fold(head.type, STR("response"))) {
      want = wanted_answer(s, arena, &left, &kept, &a);
    } else if (str_equal_fold(head.type, STR("resource"))) {
      kind = RECORD_PAGE;
      want = find_fold(head.content, "html");
    } else if (str_equal_fold(head.type, STR("conversion"))) {
      kind = RECORD_TEXT;
      want = find_fold(head.content, "text/plain");
    }
    size_t limit = kind == RECORD_TEXT ? BEDE_TEXT_LIMIT : page_limit;
    bool big = want && kept.len + left > limit;
    bool whole = stream_take(s, left, want && !big);
    if (want && !big && whole) {
      out_bytes(&kept, s->text.at ? s->text.at : "", s->text.len);
      out->kind = kind;
      out->bytes = arena_str(arena, (Str){kept.at ? kept.at : "", kept.len});
      out->url = head.url;
      out->charset = arena_str(arena, charset_named(a.type));
      *stop = false;
    }
    out_free(&kept);
    if (!whole) {
      const char *trouble = source_trouble(s->source);
      fail(err, BEDE_INPUT, "%s: %s", out->place, *trouble ? trouble : "is cut short");
      return true;
    }
    *stop = false;
    if (big) {
      fail(err, BEDE_TOO_BIG, "%s: is larger than %zu bytes", out->place, limit);
      return true;
    }
    if (want)
      return true;
    arena_reset(arena);
  }
}
