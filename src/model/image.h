// image.h - the knowledge image: lexicons, actors, codebook and weights in one
// file that is mapped and never changed.
//
// Layout (all numbers in the byte order of the machine that wrote it):
//
//    0  magic      "BEDEIMG" and a NUL
//    8  order      u32 0x01020304; another order is refused
//   12  version    u32 IMAGE_VERSION; another version is refused
//   16  size       u64 bytes of the whole file
//   24  count      u32 number of sections
//   28  reserved   u32 0
//   32  sections   count times { name[24], offset u64, size u64, item u32,
//                  items u32 }: an array of `items` records of `item` bytes
//   ..  data       each section aligned to 64
//
// The section "strings" holds all strings, each ending in NUL; records name
// them by offset. The image is derived from text and weights, and is treated
// as hostile: every offset is checked before it is used.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

enum { IMAGE_VERSION = 1, IMAGE_NAME = 24 };

typedef uint32_t Name32; // offset in the section "strings"; 0 is ""

typedef struct Image Image;
struct Image {
  const char *at; // mapped or owned
  size_t size;
  bool mapped;
  const char *strings;
  size_t strings_size;
};

// Maps the file at path.
BedeStatus image_open(const char *path, Image *out, BedeError *err);
// Takes bytes got from malloc (image_write) over; name is for messages.
BedeStatus image_take(char *bytes, size_t size, const char *name, Image *out,
                      BedeError *err);
void image_close(Image *image);

// The records of a section: BEDE_IMAGE where it is missing, or its records do
// not have `item` bytes.
BedeStatus image_section(const Image *image, const char *name, size_t item,
                         const void **out, uint32_t *count, BedeError *err);
// Never NULL: "" where the offset is out of range.
const char *image_string(const Image *image, Name32 name);

// ---- writing

typedef struct ImageWriter ImageWriter;
ImageWriter *image_writer_new(void);
void image_writer_free(ImageWriter *writer);
// The offset of an interned copy of s.
Name32 image_add_string(ImageWriter *writer, Str s);
void image_add(ImageWriter *writer, const char *name, const void *items,
               size_t item, uint32_t count);
// All of it in memory from malloc. More may be added and written again.
char *image_write(ImageWriter *writer, size_t *size);
