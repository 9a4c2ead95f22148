// arena.c - memory with one lifetime.
// SPDX-License-Identifier: Apache-2.0
#include "base/base.h"
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define EXACT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EXACT 1
#endif
#endif
#ifndef EXACT
#define EXACT 0
#endif

enum { ALIGN = 16, FIRST_BLOCK = 1 << 16, LARGEST_BLOCK = 1 << 22 };

struct ArenaBlock {
  struct ArenaBlock *before;
  size_t room, used; // bytes of what follows this header
};
typedef struct ArenaBlock Block;
#define HEADER ((sizeof(Block) + ALIGN - 1) / ALIGN * ALIGN)

_Noreturn void out_of_memory(void) {
  fputs("bede: out of memory\n", stderr);
  abort();
}

static Block *add_block(Arena *arena, size_t room) {
  if (room > SIZE_MAX - HEADER)
    out_of_memory();
  Block *block = malloc(HEADER + room);
  if (!block)
    out_of_memory();
  *block = (Block){.before = arena->last, .room = room};
  arena->last = block;
  return block;
}

void *arena_alloc(Arena *arena, size_t size) {
  if (size > SIZE_MAX - ALIGN)
    out_of_memory();
  size_t need = EXACT ? size : (size + ALIGN - 1) / ALIGN * ALIGN;
  Block *block = arena->last;
  if (EXACT || !block || block->room - block->used < need) {
    size_t room = EXACT ? need : FIRST_BLOCK;
    if (!EXACT && block)
      room = MIN(2 * block->room, (size_t)LARGEST_BLOCK);
    block = add_block(arena, MAX(room, need));
  }
  char *at = (char *)block + HEADER + block->used;
  block->used += need;
  arena->used += need;
  memset(at, 0, need);
  return at;
}

void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size) {
  Block *block = arena->last;
  size_t had = (old_size + ALIGN - 1) / ALIGN * ALIGN;
  if (!EXACT && old && block && new_size > old_size &&
      (char *)old + had == (char *)block + HEADER + block->used &&
      block->room - block->used >= new_size - old_size + ALIGN) {
    size_t more = (new_size + ALIGN - 1) / ALIGN * ALIGN - had;
    memset((char *)old + old_size, 0, had + more - old_size);
    block->used += more;
    arena->used += more;
    return old;
  }
  void *at = arena_alloc(arena, new_size);
  if (old_size)
    memcpy(at, old, old_size);
  return at;
}

char *arena_copy(Arena *arena, Str s) {
  char *copy = arena_alloc(arena, s.len + 1);
  if (s.len)
    memcpy(copy, s.at, s.len);
  return copy;
}

Str arena_str(Arena *arena, Str s) {
  return (Str){arena_copy(arena, s), s.len};
}

Str arena_print(Arena *arena, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int size = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *at = arena_alloc(arena, (size_t)MAX(size, 0) + 1);
  if (size > 0)
    vsnprintf(at, (size_t)size + 1, format, again);
  va_end(again);
  return (Str){at, (size_t)MAX(size, 0)};
}

void arena_reset(Arena *arena) {
  Block *block = arena->last;
  size_t keep = EXACT || !block || block->room > LARGEST_BLOCK ? 0 : 1;
  Block *kept = keep ? block : NULL;
  if (kept)
    block = block->before;
  while (block) {
    Block *before = block->before;
    free(block);
    block = before;
  }
  if (kept)
    *kept = (Block){.room = kept->room};
  *arena = (Arena){.last = kept};
}

void arena_free(Arena *arena) {
  arena_reset(arena);
  free(arena->last);
  *arena = (Arena){0};
}
