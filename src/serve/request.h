// request.h - the target of an HTTP request ("/api/v1/events?actor=KEN") as a
// path and parameters, and the parameters as what they ask for.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store/columns.h"

enum { TARGET_LIMIT = 4096, PARAMS_LIMIT = 32 }; // bytes; parameters

typedef struct Param Param;
struct Param {
  const char *name, *value; // decoded; no NUL, valid UTF-8
};

typedef struct Target Target;
struct Target {
  Arena arena;
  const char *path; // decoded
  Param params[PARAMS_LIMIT];
  size_t count;
};

// BEDE_INPUT, with what is wrong, where it is too long or no UTF-8.
BedeStatus target_parse(Str text, Target *out, BedeError *err);
void target_free(Target *target);
const char *target_param(const Target *target, const char *name); // NULL: not given

typedef enum Unit { UNIT_AUTO, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR } Unit;
extern const char *const unit_names[5];

typedef struct Cursor Cursor; // the last row of the page before
struct Cursor {
  int64_t first, precision, document, number;
};

typedef struct Box Box; // of a map, in degrees
struct Box {
  double west, south, east, north;
};

typedef struct Asked Asked;
struct Asked {
  RowFilter filter;
  bool newest_first, strongest, has_cursor;
  Cursor cursor;
  uint32_t limit; // of items on a page
  Unit unit;
  uint32_t width; // of a picture
  bool has_box;
  Box box;        // of a map
};

// BEDE_INPUT with a sentence for a parameter that is unknown or has no sense.
BedeStatus asked_read(const Target *target, Asked *out, BedeError *err);
