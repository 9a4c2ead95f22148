// unpack.c - see unpack.h.
// SPDX-License-Identifier: Apache-2.0
#include "read/unpack.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

enum { BLOCK = 1 << 16, WINDOW_LOG = 27, MARKS = 256, DICTIONARY = 16 << 20 }; // zstd's own limit, 128 MiB

typedef enum Packing { PACKING_UNKNOWN, PACKING_NONE, PACKING_GZIP, PACKING_ZSTD } Packing;

struct Source {
  FILE *file;
  Packing packing;
  char *block; // BLOCK bytes as they stand in the file
  size_t used, filled;
  uint64_t taken;
  uint64_t given;     // bytes unpacked so far
  bool ended, inside; // no more bytes; inside a member
  SourceMark marks[MARKS]; // begins of members, those ahead of the reader's place
  uint32_t mark_count;
  const char *trouble;
  z_stream gzip;
  ZSTD_DStream *zstd;
};

static void load(Source *s) {
  s->used = 0;
  s->filled = s->ended ? 0 : fread(s->block, 1, BLOCK, s->file);
  s->taken += s->filled;
  if (!s->filled) {
    s->ended = true;
    if (ferror(s->file))
      s->trouble = strerror(errno);
  }
}

static bool begins(const Source *s, const char *magic, size_t len) {
  return s->filled - s->used >= len && !memcmp(s->block + s->used, magic, len);
}

// zstd's skippable frames are frames like others.
static bool begins_zstd(const Source *s) {
  return begins(s, "\x28\xB5\x2F\xFD", 4) ||
         (s->filled - s->used >= 4 && (s->block[s->used] & 0xF0) == 0x50 &&
          !memcmp(s->block + s->used + 1, "\x2A\x4D\x18", 3));
}

Source *source_open(const char *path) {
  FILE *file = !strcmp(path, "-") ? stdin : fopen(path, "rb");
  if (!file)
    return NULL;
  Source *s = calloc(1, sizeof *s);
  if (!s || !(s->block = malloc(BLOCK)))
    out_of_memory();
  s->file = file;
  s->trouble = "";
  return s;
}

// A member begins here; out: bytes of the read under way that are unpacked.
static void mark_member(Source *s, uint64_t out) {
  if (s->mark_count < MARKS) // of more, some are passed over: an earlier one does as well
    s->marks[s->mark_count++] = (SourceMark){s->taken - (s->filled - s->used), s->given + out};
}

SourceMark source_mark(Source *s, uint64_t at) {
  if (s->packing <= PACKING_NONE)
    return (SourceMark){at, at};
  uint32_t past = 0;
  while (past + 1 < s->mark_count && s->marks[past + 1].at <= at)
    past++;
  if (past) {
    s->mark_count -= past;
    memmove(s->marks, s->marks + past, s->mark_count * sizeof *s->marks);
  }
  return s->mark_count ? s->marks[0] : (SourceMark){0, 0};
}

static void broken(Source *s, const char *why) {
  s->trouble = why;
  s->ended = true;
  s->used = s->filled = 0;
}

// A dictionary of all frames may stand before them, in a skippable frame of its own
// that may be packed itself (IIPC, WARC-zstd).
static void take_dictionary(Source *s) {
  if (!begins(s, "\x5D\x2A\x4D\x18", 4) || s->filled - s->used < 8)
    return;
  const unsigned char *at = (const unsigned char *)s->block + s->used + 4;
  size_t size = at[0] | at[1] << 8 | at[2] << 16 | (size_t)at[3] << 24;
  if (size > DICTIONARY) {
    broken(s, "is damaged: its zstd dictionary is larger than 16 MiB");
    return;
  }
  Out held = {0};
  s->used += 8;
  while (held.len < size) {
    if (s->used == s->filled)
      load(s);
    size_t take = MIN(s->filled - s->used, size - held.len);
    if (!take)
      break;
    out_bytes(&held, s->block + s->used, take);
    s->used += take;
  }
  char *open = NULL;
  size_t got;
  if (held.len >= 4 && !memcmp(held.at, "\x28\xB5\x2F\xFD", 4)) {
    if (!(open = malloc(DICTIONARY)))
      out_of_memory();
    got = ZSTD_decompress(open, DICTIONARY, held.at, held.len);
    if (!ZSTD_isError(got))
      got = ZSTD_DCtx_loadDictionary(s->zstd, open, got);
  } else {
    got = ZSTD_DCtx_loadDictionary(s->zstd, held.at, held.len);
  }
  if (held.len < size || ZSTD_isError(got))
    broken(s, "is damaged: its zstd dictionary is no dictionary");
  free(open);
  out_free(&held);
}

static void begin(Source *s) {
  load(s);
  s->packing = PACKING_NONE;
  if (begins(s, "\x1f\x8b\x08", 3)) {
    s->packing = PACKING_GZIP;
    if (inflateInit2(&s->gzip, 15 + 16) != Z_OK)
      out_of_memory();
    mark_member(s, 0);
    s->inside = true;
  } else if (begins_zstd(s)) {
    s->packing = PACKING_ZSTD;
    if (!(s->zstd = ZSTD_createDStream()))
      out_of_memory();
    ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, WINDOW_LOG);
    take_dictionary(s);
    mark_member(s, 0);
    s->inside = s->used < s->filled;
  }
}

static size_t read_gzip(Source *s, char *out, size_t room) {
  s->gzip.next_out = (Bytef *)out;
  s->gzip.avail_out = (uInt)room;
  while (s->gzip.avail_out) {
    if (s->used == s->filled)
      load(s);
    if (s->used == s->filled) {
      if (s->inside && !*s->trouble)
        broken(s, "is cut short: its last gzip member has no end");
      break;
    }
    if (!s->inside) { // zeros may pad the end, as on tapes
      if (!s->block[s->used]) {
        s->used++;
        continue;
      }
      if (s->block[s->used] != '\x1f') {
        broken(s, "is damaged: behind a gzip member stands something else");
        break;
      }
      inflateReset(&s->gzip);
      mark_member(s, room - s->gzip.avail_out);
      s->inside = true;
    }
    s->gzip.next_in = (Bytef *)s->block + s->used;
    s->gzip.avail_in = (uInt)(s->filled - s->used);
    int got = inflate(&s->gzip, Z_NO_FLUSH);
    s->used = s->filled - s->gzip.avail_in;
    if (got == Z_STREAM_END) {
      s->inside = false;
    } else if (got != Z_OK && got != Z_BUF_ERROR) {
      broken(s, "is damaged: its gzip data or their checksum are wrong");
      break;
    }
  }
  return room - s->gzip.avail_out;
}

static size_t read_zstd(Source *s, char *out, size_t room) {
  ZSTD_outBuffer to = {out, room, 0};
  while (to.pos < to.size) {
    if (s->used == s->filled)
      load(s);
    size_t before = to.pos;
    if (!s->inside && s->used < s->filled)
      mark_member(s, to.pos);
    ZSTD_inBuffer from = {s->block, s->filled, s->used};
    size_t got = ZSTD_decompressStream(s->zstd, &to, &from);
    if (ZSTD_isError(got)) {
      broken(s, "is damaged: its zstd data are wrong");
      break;
    }
    bool moved = from.pos > s->used || to.pos > before;
    s->used = from.pos;
    if (moved)
      s->inside = got != 0;
    if (!moved && s->ended) {
      if (s->inside && !*s->trouble)
        broken(s, "is cut short: its last zstd frame has no end");
      break;
    }
  }
  return to.pos;
}

static size_t read_plain(Source *s, char *out, size_t room) {
  if (s->used == s->filled)
    load(s);
  size_t take = MIN(room, s->filled - s->used);
  memcpy(out, s->block + s->used, take);
  s->used += take;
  return take;
}

// The head tells the packing, and may hold a dictionary.
bool source_seek(Source *s, SourceMark mark) {
  if (s->packing != PACKING_UNKNOWN)
    return false;
  begin(s);
  if (*s->trouble || fseeko(s->file, (off_t)mark.packed, SEEK_SET))
    return false;
  s->used = s->filled = 0;
  s->ended = false;
  s->taken = mark.packed;
  s->given = mark.at;
  s->inside = s->packing > PACKING_NONE;
  s->marks[0] = mark;
  s->mark_count = s->inside;
  return true;
}

size_t source_read(Source *s, char *out, size_t room) {
  if (s->packing == PACKING_UNKNOWN)
    begin(s);
  size_t got = s->packing == PACKING_GZIP   ? read_gzip(s, out, room)
               : s->packing == PACKING_ZSTD ? read_zstd(s, out, room)
                                            : read_plain(s, out, room);
  s->given += got;
  return got;
}

const char *source_trouble(const Source *s) { return s->trouble; }
uint64_t source_taken(const Source *s) { return s->taken; }
bool source_is_packed(const Source *s) { return s->packing > PACKING_NONE; }

void source_close(Source *s) {
  if (!s)
    return;
  if (s->file != stdin)
    fclose(s->file);
  if (s->packing == PACKING_GZIP)
    inflateEnd(&s->gzip);
  ZSTD_freeDStream(s->zstd);
  free(s->block);
  free(s);
}
