// json.h - layers of a document as JSON Lines (docs/DATA.md).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"

// Each appends one object without a line's end. Fields stand in a fixed order;
// numbers are printed in the shortest form that reads back the same, whatever
// the locale.
void json_document(Out *out, const BedeDoc *doc);
void json_annotation(Out *out, const BedeDoc *doc);
void json_event(Out *out, const BedeDoc *doc, uint32_t event);

// Building blocks, also for the commands: a string with its quotes (control
// characters and quotes escaped, the rest as it is), a number.
void json_str(Out *out, Str s);
void json_number(Out *out, double value);
