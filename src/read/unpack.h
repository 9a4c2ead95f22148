// unpack.h - a file's bytes, unpacked where it is packed with gzip or zstd.
//
// Told by content, not by name. A file may hold any number of members one
// after the other, as web archives do. What is cut or broken gives all bytes
// before the damage, and then a reason. Unpacked once: what is packed twice
// comes out packed. Memory is that of the unpacker's window.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

typedef struct Source Source;

// path "-": standard input. NULL: it cannot be opened, see errno.
Source *source_open(const char *path);
// Up to `room` bytes; 0 at the end, and where nothing more can be had.
size_t source_read(Source *source, char *out, size_t room);
// Why it ended before its end, "" where it did not: "is cut short".
const char *source_trouble(const Source *source);
uint64_t source_taken(const Source *source); // bytes of the file itself
// A place from which bytes can be had without those before it: a byte of the file
// and, of what is unpacked, the byte that it begins with.
typedef struct SourceMark SourceMark;
struct SourceMark {
  uint64_t packed, at;
};
// The last such place at or before the unpacked byte `at`, which is no less than
// it was in the call before.
SourceMark source_mark(Source *source, uint64_t at);
// Goes on from there; before anything is read. False: the file cannot be moved in.
bool source_seek(Source *source, SourceMark mark);
bool source_is_packed(const Source *source);
void source_close(Source *source);
