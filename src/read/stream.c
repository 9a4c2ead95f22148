// stream.c - see stream.h.
// SPDX-License-Identifier: Apache-2.0
#include "read/stream.h"
#include <stdlib.h>

bool stream_open(Stream *s, const char *path) {
  if (!s->block && !(s->block = malloc(STREAM_BLOCK)))
    out_of_memory();
  s->used = s->filled = 0;
  s->at = 0;
  s->source = source_open(path);
  return s->source != NULL;
}

void stream_close(Stream *s) {
  source_close(s->source);
  s->source = NULL;
}

void stream_free(Stream *s) {
  stream_close(s);
  out_free(&s->text);
  free(s->block);
}

bool stream_fill(Stream *s) {
  if (s->used < s->filled)
    return true;
  s->used = 0;
  s->filled = source_read(s->source, s->block, STREAM_BLOCK);
  return s->filled > 0;
}

bool stream_seek(Stream *s, SourceMark mark, uint64_t at) {
  s->at = mark.at;
  return mark.at <= at && source_seek(s->source, mark) && stream_take(s, at - mark.at, false);
}

// Takes up to a line's end, or all.
static bool gather(Stream *s, bool line, size_t limit, bool *over) {
  bool any = false;
  out_reset(&s->text);
  *over = false;
  while (stream_fill(s)) {
    any = true;
    const char *at = s->block + s->used;
    size_t left = s->filled - s->used;
    const char *end = line ? memchr(at, '\n', left) : NULL;
    size_t take = end ? (size_t)(end - at) : left;
    if (*over || s->text.len + take > limit)
      *over = true;
    else
      out_bytes(&s->text, at, take);
    s->used += take + (end ? 1 : 0);
    s->at += take + (end ? 1 : 0);
    if (end || (*over && !line))
      break;
  }
  if (*over)
    out_free(&s->text);
  return any;
}

bool stream_line(Stream *s, size_t limit, bool *over) { return gather(s, true, limit, over); }
void stream_rest(Stream *s, size_t limit, bool *over) { gather(s, false, limit, over); }

bool stream_take(Stream *s, uint64_t size, bool keep) {
  out_reset(&s->text);
  while (size && stream_fill(s)) {
    size_t take = (size_t)MIN((uint64_t)(s->filled - s->used), size);
    if (keep)
      out_bytes(&s->text, s->block + s->used, take);
    s->used += take;
    s->at += take;
    size -= take;
  }
  return !size;
}
