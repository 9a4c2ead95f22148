// seen.c - see seen.h.
// SPDX-License-Identifier: Apache-2.0
#include "store/seen.h"
#include "store/door.h"
#include <stdlib.h>

struct Seen {
  Store *store;
  bool list;
  uint64_t count, homes; // documents; those that stand for others or themselves
  sqlite3_stmt *rows;    // of seen_next
  int64_t home;          // of the row given last
};

BedeStatus seen_open(bool list, Seen **out, BedeError *err) {
  Seen *seen = calloc(1, sizeof *seen);
  if (!seen)
    out_of_memory();
  seen->list = list;
  BedeStatus status = store_open_temporary(&seen->store, err);
  if (!status && list)
    status = RUN(seen->store, err,
                 "CREATE TABLE seen (number INTEGER PRIMARY KEY, home INTEGER, published INTEGER, "
                 "id TEXT, place INTEGER, length INTEGER)");
  if (!status && list)
    status = RUN(seen->store, err, "CREATE INDEX seen_by_home ON seen (home, published, id)");
  if (status) {
    seen_close(seen);
    seen = NULL;
  }
  *out = seen;
  return status;
}

void seen_close(Seen *seen) {
  if (seen)
    store_close(seen->store);
  free(seen);
}

BedeStatus seen_put(Seen *seen, const BedeDoc *doc, uint64_t place, uint64_t length, BedeError *err) {
  Arena arena = {0};
  Homes homes;
  Fingerprint f;
  Store *store = seen->store;
  int64_t number = (int64_t)++seen->count;
  fingerprint_make(doc, &f);
  BedeStatus status = door_find(store, &f, &arena, &homes, err);
  int64_t home = homes.count ? homes.items[0] : number; // the one read first
  for (uint32_t i = 1; !status && i < homes.count; i++) {
    status = door_move(store, homes.items[i], home, err);
    if (!status && seen->list)
      status = RUN(store, err, "UPDATE seen SET home = ? WHERE home = ?", I(home), I(homes.items[i]));
  }
  seen->homes = seen->homes + 1 - homes.count;
  if (!status)
    status = door_add(store, &f, home, err);
  if (!status && seen->list)
    status = RUN(store, err, "INSERT INTO seen VALUES (?,?,?,?,?,?)", I(number), I(home),
                 I(published_at(doc->frame.published, doc->day)),
                 ((Value){.kind = 't', .t = doc->frame.id}), I(place), I(length));
  arena_free(&arena);
  return status;
}

uint64_t seen_copies(const Seen *seen) { return seen->count - seen->homes; }

bool seen_next(Seen *seen, SeenRow *out, BedeStatus *status, BedeError *err) {
  if (!seen->rows &&
      (*status = QUERY(seen->store, err, &seen->rows,
                       "SELECT home, place, length, id FROM seen ORDER BY home, published, id, number")))
    return false;
  if (!store_row(seen->store, seen->rows, status, err))
    return false;
  int64_t home = sqlite3_column_int64(seen->rows, 0);
  *out = (SeenRow){(uint64_t)sqlite3_column_int64(seen->rows, 1),
                   (uint64_t)sqlite3_column_int64(seen->rows, 2), row_text(seen->rows, 3),
                   home == seen->home};
  seen->home = home;
  return true;
}
