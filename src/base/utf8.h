// utf8.h - reading UTF-8 one code point at a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

// The code point at s[*at]; *at moves behind it. A byte that is no valid UTF-8
// (RFC 3629: overlong forms, surrogates, beyond 0x10FFFF) gives 0xFFFD and *at
// moves by one. At the end of s: 0, and *at stays.
uint32_t utf8_next(Str s, size_t *at);
// The code point that ends before s[*at]; *at moves back to its begin.
uint32_t utf8_before(Str s, size_t *at);
// The offset of the first byte that is no valid UTF-8, or s.len.
size_t utf8_invalid(Str s);
void utf8_put(Out *out, uint32_t code);
// Replaces invalid bytes by U+FFFD; returns s itself where nothing is invalid.
Str utf8_mend(Arena *arena, Str s);

bool utf8_is_letter(uint32_t code); // also marks; ASCII, Latin, Greek, Cyrillic …
bool utf8_is_upper(uint32_t code);  // ASCII, Latin-1, Latin Extended A
