// place.h - how far a file was read: to go on with it later.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

typedef struct ReaderPlace ReaderPlace;
struct ReaderPlace {
  const char *path;      // canonical; NULL: nothing that can be gone back to
  uint64_t size;
  int64_t modified;      // nanoseconds since 1970
  uint64_t at, line;     // bytes, unpacked, and lines behind the last record
  uint64_t member, member_at; // where to begin: of the file, and unpacked
  bool done;             // it was read to its end
  bool broken;           // it cannot be read on from here; so it is never done
};
