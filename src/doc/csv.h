// csv.h - events as lines of CSV, for spreadsheets and R (docs/DATA.md).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"

void csv_head(Out *out); // the line with the names of the columns
void csv_quoted(Out *out, Str s); // a field of other tables, on one line
void csv_event(Out *out, const BedeDoc *doc, uint32_t event);
