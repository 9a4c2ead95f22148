// language.h - which language a text is in, by its commonest words and its
// script.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

// ISO 639-1: "en", "de", "ru"; "" where the text is too short or its words tell
// nothing. English is only given up where another language shows clearly.
Str language_of(Str text);
