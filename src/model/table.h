// table.h - reading the text files under data/: lines, fields, messages with
// file and line.
//
//   Table table;
//   if (table_open(folder, "actors/people.tsv", &table, err)) return …;
//   while (table_next(&table))           // skips blank lines and # comments
//     if (table.count < 3) st = table_fail(&table, err, "needs 3 fields");
//   table_close(&table);
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

enum { TABLE_FIELDS = 16 };

typedef struct Table Table;
struct Table {
  char *path, *text; // malloc'ed
  size_t size;
  Str rest;
  uint32_t line;            // number of the line just read, from 1
  Str whole;                // that line without its end
  Str fields[TABLE_FIELDS]; // parted by tabs, trimmed; "" beyond count
  uint32_t count;
};

// Reads folder/name (name alone where folder is NULL); refuses files that are no valid UTF-8 (naming the line).
BedeStatus table_open(const char *folder, const char *name, Table *out,
                      BedeError *err);
// The next line with something on it that does not begin with '#'.
bool table_next(Table *table);
// The same, but every line is given (for block formats).
bool table_line(Table *table);
BedeStatus table_fail(const Table *table, BedeError *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void table_close(Table *table);

// The whole of a file in memory from malloc, with a NUL behind it.
BedeStatus file_read(const char *path, size_t limit, char **out, size_t *size,
                     BedeError *err);
