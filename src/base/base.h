// base.h - what every room uses: strings, arenas, arrays, errors, hashes.
//
// The ground floor. Nothing here knows that languages exist: a string is bytes
// with a length, memory is an arena that is dropped as a whole, an array grows
// in an arena, an error is a status with a sentence for people.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bede.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

// ---- Str: bytes that somebody else owns; need not end in NUL

typedef struct Str Str;
struct Str {
  const char *at;
  size_t len;
};

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_ARG(s) (int)(s).len, (s).at // for "%.*s"

Str str_of(const char *c_string); // NULL gives an empty Str
bool str_equal(Str a, Str b);
bool str_equal_fold(Str a, Str b); // ASCII letters compare without case
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
Str str_trim(Str s);                  // without ASCII white space at both ends
Str str_cut(Str *rest, char divider); // the piece before divider; rest moves on
int str_compare(Str a, Str b);        // byte order, as strcmp
bool str_find(Str s, Str what, size_t *at);

// ---- Arena: memory with one lifetime
//
// Never fails: when memory is out, out_of_memory() prints and aborts. In a
// sanitizer build every piece is a malloc of its own, of exact size, so that
// reading one byte too far is reported at its line.

typedef struct Arena Arena;
struct Arena {
  struct ArenaBlock *last; // newest block
  size_t used;             // bytes handed out, for the bench
};

void *arena_alloc(Arena *arena, size_t size); // zeroed, aligned to 16
void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size);
char *arena_copy(Arena *arena, Str s); // with a NUL at the end
Str arena_str(Arena *arena, Str s);
Str arena_print(Arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void arena_reset(Arena *arena); // forgets all, keeps one block
void arena_free(Arena *arena);

_Noreturn void out_of_memory(void);

// ---- Array: grows in an arena; {0} is empty
//
//   Array(Token) tokens = {0};
//   array_push(arena, &tokens, (Token){.span = span});

#define Array(T)                                                               \
  struct {                                                                     \
    T *items;                                                                  \
    uint32_t count, room;                                                      \
  }

#define array_push(arena, array, ...)                                          \
  do {                                                                         \
    if ((array)->count == (array)->room) {                                     \
      uint32_t room_ = (array)->room ? 2 * (array)->room : 8;                  \
      (array)->items = arena_grow((arena), (array)->items,                     \
                                  (array)->room * sizeof *(array)->items,      \
                                  room_ * sizeof *(array)->items);             \
      (array)->room = room_;                                                   \
    }                                                                          \
    (array)->items[(array)->count++] = __VA_ARGS__;                            \
  } while (0)

#define array_last(array) (&(array)->items[(array)->count - 1])

// ---- errors: BedeStatus and BedeError are public (bede.h)

// Writes the message and returns status; err may be NULL.
BedeStatus fail(BedeError *err, BedeStatus status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// ---- hashes

uint64_t hash_bytes(const void *data, size_t size, uint64_t seed);
static inline uint64_t hash_str(Str s) { return hash_bytes(s.at, s.len, 0); }
// Sixteen hexadecimal digits of a hash, NUL at the end.
void hash_hex(uint64_t hash, char out[17]);

// ---- Out: text being put together in memory, for printing and storing

typedef struct Out Out;
struct Out {
  char *at; // malloc'ed
  size_t len, room;
};

void out_bytes(Out *out, const void *data, size_t size);
void out_str(Out *out, Str s);
void out_text(Out *out, const char *c_string);
void out_char(Out *out, char c);
void out_print(Out *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void out_reset(Out *out); // keeps its memory
void out_free(Out *out);
