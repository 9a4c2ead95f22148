// door.h - near-copies known while documents come in, on disk, so that memory
// does not grow with their number.
//
// Fingerprints that are alike (record.h) are linked, and what hangs together by
// links has one *home*, a number of the caller's: whichever order documents come
// in, the same ones share a home. A fingerprint whose words and day are those of
// one that is there is not kept again.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store/internal.h"

typedef Array(int64_t) Homes;

// The homes of all that the fingerprint is alike to, each once, ascending.
BedeStatus door_find(Store *store, const Fingerprint *f, Arena *arena, Homes *out, BedeError *err);
BedeStatus door_add(Store *store, const Fingerprint *f, int64_t home, BedeError *err);
// All of one home moves to another.
BedeStatus door_move(Store *store, int64_t from, int64_t to, BedeError *err);
// Forgets a home and its fingerprints.
BedeStatus door_forget(Store *store, int64_t home, BedeError *err);
