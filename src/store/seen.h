// seen.h - near-copies among documents that are read and not stored. What is kept
// of them lies in a file without a name, so that memory does not grow.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store/store.h"

typedef struct Seen Seen;

// list: they are to be listed by seen_next, not only counted.
BedeStatus seen_open(bool list, Seen **out, BedeError *err);
void seen_close(Seen *seen);
// place, length: the caller's, for seen_next.
BedeStatus seen_put(Seen *seen, const BedeDoc *doc, uint64_t place, uint64_t length, BedeError *err);
uint64_t seen_copies(const Seen *seen); // documents beyond the first of their like

typedef struct SeenRow SeenRow;
struct SeenRow {
  uint64_t place, length;
  Str id;    // until the next call
  bool copy; // of the last row that is none
};
// After all are put: each that stands for its like (published first, then the least
// id), and then its copies by the same order. False at the end, or where *status says so.
bool seen_next(Seen *seen, SeenRow *out, BedeStatus *status, BedeError *err);
