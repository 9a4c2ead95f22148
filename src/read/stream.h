// stream.h - a file read piece by piece: lines, counted bytes, all the rest.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "read/unpack.h"

enum { STREAM_BLOCK = 1 << 16 };

typedef struct Stream Stream;
struct Stream {
  Source *source;
  char *block; // STREAM_BLOCK bytes, unpacked
  size_t used, filled;
  uint64_t at; // bytes handed out, as unpacked
  Out text;    // what was read last
};

bool stream_open(Stream *stream, const char *path); // false: see errno
void stream_close(Stream *stream);                  // may be opened again
void stream_free(Stream *stream);
// Right after stream_open: goes to the unpacked byte `at`, from a mark at or before
// it. False where the file cannot be moved in, or ends before.
bool stream_seek(Stream *stream, SourceMark mark, uint64_t at);
// Reads a block where none is left. False at the end.
bool stream_fill(Stream *stream);
// The next line without its \n; at most `limit` bytes, *over: it was longer (and
// is dropped). False at the end.
bool stream_line(Stream *stream, size_t limit, bool *over);
// All that is left; stops at `limit` bytes with *over.
void stream_rest(Stream *stream, size_t limit, bool *over);
// `size` bytes into text, or past them; false where the file ends before.
bool stream_take(Stream *stream, uint64_t size, bool keep);
