// door.c - see door.h.
// SPDX-License-Identifier: Apache-2.0
#include "store/door.h"

static Value day_of(const Fingerprint *f) { return f->day == UNDATED ? NIL : I(f->day); }

static void hashes_write(const Fingerprint *f, char out[2 * FINGERPRINT_HASHES]) {
  for (uint32_t i = 0; i < FINGERPRINT_HASHES; i++) { // little-endian
    out[2 * i] = (char)(f->hashes[i] & 255);
    out[2 * i + 1] = (char)(f->hashes[i] >> 8);
  }
}

static bool hashes_read(sqlite3_stmt *s, int column, Fingerprint *out) {
  const unsigned char *at = sqlite3_column_blob(s, column);
  if (sqlite3_column_bytes(s, column) != 2 * FINGERPRINT_HASHES)
    return false;
  for (uint32_t i = 0; i < FINGERPRINT_HASHES; i++)
    out->hashes[i] = (uint16_t)(at[2 * i] | at[2 * i + 1] << 8);
  return true;
}

static void add_home(Arena *arena, Homes *homes, int64_t home) {
  uint32_t at = 0;
  while (at < homes->count && homes->items[at] < home)
    at++;
  if (at < homes->count && homes->items[at] == home)
    return;
  array_push(arena, homes, home);
  memmove(homes->items + at + 1, homes->items + at, (homes->count - 1 - at) * sizeof home);
  homes->items[at] = home;
}

static bool has_home(const Homes *homes, int64_t home) {
  for (uint32_t i = 0; i < homes->count; i++)
    if (homes->items[i] == home)
      return true;
  return false;
}

BedeStatus door_find(Store *store, const Fingerprint *f, Arena *arena, Homes *out, BedeError *err) {
  *out = (Homes){0};
  if (f->empty)
    return BEDE_OK;
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s, "SELECT home FROM fingerprints WHERE words = ? AND day IS ?",
            I(f->words), day_of(f));
  while (!status && store_row(store, s, &status, err))
    add_home(arena, out, sqlite3_column_int64(s, 0));
  if (status || out->count) // it was linked to the others when it was new
    return status;
  int64_t bands[FINGERPRINT_BANDS];
  fingerprint_bands(f, bands);
  for (uint32_t i = 0; !status && i < FINGERPRINT_BANDS; i++) {
    status = QUERY(store, err, &s,
                   "SELECT f.home, f.words, f.numbers, f.day, f.hashes FROM fingerprint_bands b "
                   "JOIN fingerprints f ON f.key = b.fingerprint WHERE b.band = ?",
                   I(bands[i]));
    while (!status && store_row(store, s, &status, err)) {
      int64_t home = sqlite3_column_int64(s, 0);
      Fingerprint other = {.words = (uint64_t)sqlite3_column_int64(s, 1),
                           .numbers = (uint64_t)sqlite3_column_int64(s, 2)};
      other.day = sqlite3_column_type(s, 3) == SQLITE_NULL ? UNDATED : sqlite3_column_int(s, 3);
      if (!has_home(out, home) && hashes_read(s, 4, &other) && fingerprint_alike(f, &other))
        add_home(arena, out, home);
    }
  }
  return status;
}

BedeStatus door_add(Store *store, const Fingerprint *f, int64_t home, BedeError *err) {
  char hashes[2 * FINGERPRINT_HASHES];
  int64_t bands[FINGERPRINT_BANDS], there = 0;
  sqlite3_stmt *s;
  if (f->empty)
    return BEDE_OK;
  BedeStatus status = QUERY(store, err, &s,
                            "SELECT count(*) FROM fingerprints WHERE words = ? AND day IS ? AND home = ?",
                            I(f->words), day_of(f), I(home));
  while (!status && store_row(store, s, &status, err))
    there = sqlite3_column_int64(s, 0);
  if (status || there)
    return status;
  hashes_write(f, hashes);
  fingerprint_bands(f, bands);
  status = RUN(store, err,
               "INSERT INTO fingerprints (home, words, numbers, day, hashes) VALUES (?, ?, ?, ?, ?)",
               I(home), I(f->words), I(f->numbers), day_of(f),
               ((Value){.kind = 'b', .t = {hashes, sizeof hashes}}));
  int64_t key = sqlite3_last_insert_rowid(store->db);
  for (uint32_t i = 0; !status && i < FINGERPRINT_BANDS; i++)
    status = RUN(store, err, "INSERT OR IGNORE INTO fingerprint_bands VALUES (?, ?)", I(bands[i]), I(key));
  return status;
}

BedeStatus door_move(Store *store, int64_t from, int64_t to, BedeError *err) {
  return RUN(store, err, "UPDATE fingerprints SET home = ? WHERE home = ?", I(to), I(from));
}

BedeStatus door_forget(Store *store, int64_t home, BedeError *err) {
  Arena arena = {0};
  Array(Fingerprint) all = {0};
  Array(int64_t) keys = {0};
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s, "SELECT key, hashes FROM fingerprints WHERE home = ?", I(home));
  while (!status && store_row(store, s, &status, err)) {
    Fingerprint f = {0};
    if (!hashes_read(s, 1, &f))
      continue;
    array_push(&arena, &keys, sqlite3_column_int64(s, 0));
    array_push(&arena, &all, f);
  }
  for (uint32_t k = 0; !status && k < keys.count; k++) {
    int64_t bands[FINGERPRINT_BANDS];
    fingerprint_bands(&all.items[k], bands);
    for (uint32_t i = 0; !status && i < FINGERPRINT_BANDS; i++)
      status = RUN(store, err, "DELETE FROM fingerprint_bands WHERE band = ? AND fingerprint = ?",
                   I(bands[i]), I(keys.items[k]));
  }
  arena_free(&arena);
  return status ? status : RUN(store, err, "DELETE FROM fingerprints WHERE home = ?", I(home));
}
