// table.c - reading text files line by line.
// SPDX-License-Identifier: Apache-2.0
#include "model/table.h"
#include "base/utf8.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

BedeStatus file_read(const char *path, size_t limit, char **out, size_t *size,
                     BedeError *err) {
  *out = NULL;
  *size = 0;
  FILE *f = fopen(path, "rb");
  if (!f)
    return fail(err, BEDE_IO, "%s: cannot open: %s", path, strerror(errno));
  BedeStatus status = BEDE_OK;
  size_t room = 1 << 16, len = 0;
  char *at = malloc(room + 1);
  for (;;) {
    if (!at)
      out_of_memory();
    size_t got = fread(at + len, 1, room - len, f);
    len += got;
    if (len > limit) {
      status = fail(err, BEDE_TOO_BIG, "%s: is larger than %zu bytes", path, limit);
      break;
    }
    if (len < room) {
      if (ferror(f))
        status = fail(err, BEDE_IO, "%s: cannot read: %s", path, strerror(errno));
      break;
    }
    room *= 2;
    at = realloc(at, room + 1);
  }
  fclose(f);
  if (status) {
    free(at);
    return status;
  }
  at[len] = 0;
  *out = at;
  *size = len;
  return BEDE_OK;
}

BedeStatus table_open(const char *folder, const char *name, Table *out,
                      BedeError *err) {
  *out = (Table){0};
  size_t len = (folder ? strlen(folder) : 0) + strlen(name) + 2;
  out->path = malloc(len);
  if (!out->path)
    out_of_memory();
  snprintf(out->path, len, "%s%s%s", folder ? folder : "", folder ? "/" : "", name);
  BedeStatus status = file_read(out->path, 256u << 20, &out->text, &out->size, err);
  if (!status) {
    Str text = {out->text, out->size};
    size_t bad = utf8_invalid(text);
    if (bad < text.len) {
      uint32_t line = 1;
      for (size_t i = 0; i < bad; i++)
        line += text.at[i] == '\n';
      status = fail(err, BEDE_SYNTAX, "%s:%u: is no valid UTF-8", out->path, line);
    }
    out->rest = text;
  }
  if (status)
    table_close(out);
  return status;
}

bool table_line(Table *t) {
  if (!t->rest.len)
    return false;
  t->line++;
  t->whole = str_cut(&t->rest, '\n');
  if (t->whole.len && t->whole.at[t->whole.len - 1] == '\r')
    t->whole.len--;
  memset(t->fields, 0, sizeof t->fields);
  t->count = 0;
  Str rest = t->whole;
  while (t->count < TABLE_FIELDS && (rest.len || (t->count && rest.at[-1] == '\t')))
    t->fields[t->count++] = str_trim(str_cut(&rest, '\t'));
  return true;
}

bool table_next(Table *t) {
  while (table_line(t))
    if (str_trim(t->whole).len && t->whole.at[0] != '#')
      return true;
  return false;
}

BedeStatus table_fail(const Table *t, BedeError *err, const char *format, ...) {
  char message[700];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  return fail(err, BEDE_SYNTAX, "%s:%u: %s", t->path, t->line, message);
}

void table_close(Table *t) {
  free(t->path);
  free(t->text);
  *t = (Table){0};
}
