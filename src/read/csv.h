// csv.h - tables of documents: rows of comma, tab or semicolon separated values
// under a head that names the columns.
//
// RFC 4180: a quoted value may hold separators, line ends and doubled quotes. A
// file is such a table if its first line names a column of text and one more
// that is known (`csv_names` in csv.c).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "read/read.h"
#include "read/stream.h"

typedef enum Column {
  COLUMN_TEXT, COLUMN_TITLE, COLUMN_DATE, COLUMN_URL, COLUMN_ID, COLUMN_SOURCE, COLUMN_AUTHOR,
  COLUMN_AGENCY, COLUMN_LANGUAGE,
  COLUMNS
} Column;

typedef struct Csv Csv;
struct Csv {
  char separator;
  int columns[COLUMNS]; // their numbers; -1: there is none
  int count;
  uint64_t line; // of the last line read
};

// Is the first line a head? head: the first bytes of the file.
bool csv_begins(Str head, Csv *out);
// The next row: RECORD_ROW. True with RECORD_BROKEN where err says what is wrong;
// *stop: nothing behind it can be read. False at the end.
bool csv_next(Csv *csv, Stream *stream, const char *name, Record *out, bool *stop, BedeError *err);
