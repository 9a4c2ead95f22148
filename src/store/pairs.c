// pairs.c - the documents of two stores side by side, by their ids.
// SPDX-License-Identifier: Apache-2.0
#include "store/internal.h"
#include <stdlib.h>

typedef struct Row Row; // of one of the two: a current document
struct Row {
  bool any;
  int64_t key;
  char *id, *state; // text, frame and who coded it; of the arena
};

static const char documents[] =
    "SELECT d.key, d.id, d.hash || ' ' || r.program || ' ' || r.data FROM documents d "
    "JOIN runs r ON r.key = d.run WHERE d.current ORDER BY d.id";

static BedeStatus next_row(Store *store, sqlite3_stmt *s, Arena *arena, Row *out, BedeError *err) {
  BedeStatus status = BEDE_OK;
  *out = (Row){.any = store_row(store, s, &status, err)};
  arena_reset(arena);
  if (out->any)
    *out = (Row){true, sqlite3_column_int64(s, 0), arena_copy(arena, row_text(s, 1)),
                 arena_copy(arena, row_text(s, 2))};
  return status;
}

static void add(StorePairs *out, uint32_t *room, StorePair pair) {
  if (out->count == *room) {
    *room = *room ? 2 * *room : 256;
    out->items = realloc(out->items, *room * sizeof *out->items);
    if (!out->items)
      out_of_memory();
  }
  out->items[out->count++] = pair;
}

BedeStatus store_pairs(Store *old, Store *new, StorePairs *out, BedeError *err) {
  Arena arenas[2] = {{0}, {0}};
  sqlite3_stmt *statements[2];
  Row a = {0}, b = {0};
  uint32_t room = 0;
  *out = (StorePairs){0};
  BedeStatus status = QUERY(old, err, &statements[0], documents);
  if (!status)
    status = QUERY(new, err, &statements[1], documents);
  if (!status)
    status = next_row(old, statements[0], &arenas[0], &a, err);
  if (!status)
    status = next_row(new, statements[1], &arenas[1], &b, err);
  while (!status && (a.any || b.any)) {
    int order = !a.any ? 1 : !b.any ? -1 : strcmp(a.id, b.id);
    if (order || strcmp(a.state, b.state))
      add(out, &room, (StorePair){order <= 0 ? a.key : 0, order >= 0 ? b.key : 0});
    else
      out->same++;
    if (order <= 0)
      status = next_row(old, statements[0], &arenas[0], &a, err);
    if (!status && order >= 0)
      status = next_row(new, statements[1], &arenas[1], &b, err);
  }
  arena_free(&arenas[0]);
  arena_free(&arenas[1]);
  return status;
}

BedeStatus store_documents(Store *store, int64_t **out, uint32_t *count, BedeError *err) {
  uint32_t room = 0;
  sqlite3_stmt *s;
  *out = NULL;
  *count = 0;
  BedeStatus status = QUERY(store, err, &s, "SELECT key FROM documents WHERE current ORDER BY date, id");
  while (!status && store_row(store, s, &status, err)) {
    if (*count == room) {
      room = room ? 2 * room : 256;
      *out = realloc(*out, room * sizeof **out);
      if (!*out)
        out_of_memory();
    }
    (*out)[(*count)++] = sqlite3_column_int64(s, 0);
  }
  return status;
}
