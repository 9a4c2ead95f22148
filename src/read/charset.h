// charset.h - bytes in whatever charset to clean UTF-8.
//
// A byte order mark wins; then what is valid UTF-8 is UTF-8, whatever it says
// of itself; then the label counts, read as browsers read it; then what the
// bytes look like. Clean: no control characters but tab and line ends.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

// label: what the server said ("iso-8859-1"), "" for nothing; labels in the
// bytes themselves (meta, XML declaration) are looked for. The result may be
// `bytes` itself.
Str charset_decode(Arena *arena, Str bytes, Str label);
// The charset that a header or attribute names: "text/html; charset=UTF-8".
Str charset_named(Str type);
