// copies.c - near-copies in the store: which document stands for its like, and
// what happens when another comes that is to stand for them.
//
// The one that stands for all has a row in documents, the others in copies; the
// home of their fingerprints is its key. It is the least by time of publishing and
// id of all that hang together, whenever they come.
// SPDX-License-Identifier: Apache-2.0
#include "store/door.h"

typedef struct Standing Standing; // what decides who stands for the others
struct Standing {
  int64_t published;
  Str id;
};

static bool is_before(const Standing *a, const Standing *b) {
  if (a->published != b->published)
    return a->published < b->published;
  return str_compare(a->id, b->id) < 0;
}

static Standing standing_of(const BedeDoc *doc) {
  return (Standing){published_at(doc->frame.published, doc->day), doc->frame.id};
}

// From a row with id, published, date.
static Standing standing_read(sqlite3_stmt *s, int column, Arena *arena) {
  return (Standing){published_at(row_text(s, column + 1), row_day(s, column + 2)),
                    arena_str(arena, row_text(s, column))};
}

// The least of those that stand for something alike and come before the document;
// 0 where there is none.
static BedeStatus find_first(Store *store, const Homes *homes, const BedeDoc *doc, Arena *arena,
                             int64_t *out, BedeError *err) {
  Standing least = standing_of(doc);
  BedeStatus status = BEDE_OK;
  sqlite3_stmt *s;
  *out = 0;
  for (uint32_t i = 0; !status && i < homes->count; i++) {
    status = QUERY(store, err, &s, "SELECT id, published, date FROM documents WHERE key = ?",
                   I(homes->items[i]));
    while (!status && store_row(store, s, &status, err)) {
      Standing other = standing_read(s, 0, arena);
      if (str_equal(other.id, doc->frame.id) || !is_before(&other, &least))
        continue;
      least = other;
      *out = homes->items[i];
    }
  }
  return status;
}

BedeStatus store_is_copy(Store *store, const Fingerprint *f, const BedeDoc *doc, bool *out,
                         BedeError *err) {
  Arena arena = {0};
  Homes homes;
  int64_t first = 0;
  bool same;
  BedeStatus status = document_is_same(store, doc, &same, err);
  if (!status && !same)
    status = door_find(store, f, &arena, &homes, err);
  if (!status && !same)
    status = find_first(store, &homes, doc, &arena, &first, err);
  *out = same || first;
  arena_free(&arena);
  return status;
}

BedeStatus store_copies_of(Store *store, int64_t document, uint32_t limit, Arena *arena, Str **out,
                           uint32_t *count, BedeError *err) {
  sqlite3_stmt *s;
  *count = 0;
  *out = arena_alloc(arena, (limit + 1) * sizeof **out);
  BedeStatus status =
      QUERY(store, err, &s,
            "SELECT id FROM copies WHERE document = ? ORDER BY published IS NULL, published, id",
            I(document));
  while (!status && store_row(store, s, &status, err)) {
    if (*count < limit)
      (*out)[*count] = arena_str(arena, row_text(s, 0));
    ++*count;
  }
  return status;
}

BedeStatus copies_place(Store *store, const BedeDoc *doc, const Fingerprint *f, Placing *out,
                        BedeError *err) {
  Homes homes = {0};
  sqlite3_stmt *s;
  *out = (Placing){.fingerprint = *f};
  BedeStatus status = QUERY(store, err, &s, "SELECT key FROM documents WHERE id = ? AND current",
                            T(doc->frame.id));
  while (!status && store_row(store, s, &status, err))
    out->own = sqlite3_column_int64(s, 0);
  if (!status)
    status = door_find(store, f, &out->arena, &homes, err);
  if (!status && store->merge)
    status = find_first(store, &homes, doc, &out->arena, &out->first, err);
  for (uint32_t i = 0; i < homes.count; i++) {
    if (homes.items[i] == out->own)
      out->near = true;
    else if (store->merge)
      array_push(&out->arena, &out->others, homes.items[i]);
  }
  return status;
}

// A document's row goes; what was like it is to stand under another.
static BedeStatus absorb(Store *store, int64_t from, int64_t to, BedeError *err) {
  BedeStatus status = RUN(store, err,
                          "INSERT OR REPLACE INTO copies SELECT id, ?2, hash, path, url, title, "
                          "published, date, agency, source FROM documents WHERE key = ?1",
                          I(from), I(to));
  if (!status)
    status = RUN(store, err, "UPDATE copies SET document = ?2 WHERE document = ?1", I(from), I(to));
  if (!status)
    status = door_move(store, from, to, err);
  if (!status)
    status = document_clear(store, from, err);
  if (!status)
    status = RUN(store, err, "DELETE FROM codings WHERE document = ?", I(from));
  return status ? status : RUN(store, err, "DELETE FROM documents WHERE key = ?", I(from));
}

// The text at the document's address has become another. Where copies of the
// former text are known, the first of them takes its row over, with the date
// that its events were coded with; else the former text is an old version.
static BedeStatus part_from(Store *store, int64_t own, bool keep_row, BedeError *err) {
  Arena arena = {0};
  Standing heir = {0};
  bool any = false;
  sqlite3_stmt *s;
  BedeStatus status =
      QUERY(store, err, &s, "SELECT id, published, date FROM copies WHERE document = ?", I(own));
  while (!status && store_row(store, s, &status, err)) {
    Standing other = standing_read(s, 0, &arena);
    if (!any || is_before(&other, &heir))
      heir = other;
    any = true;
  }
  if (!status && any)
    status = RUN(store, err,
                 "UPDATE documents SET (id, hash, path, url, title, published, agency, source) = "
                 "(SELECT id, hash, path, url, title, published, agency, source FROM copies "
                 "WHERE id = ?2), version = (SELECT coalesce(max(version), 0) + 1 FROM documents "
                 "WHERE id = ?2) WHERE key = ?1",
                 I(own), T(heir.id));
  if (!status && any)
    status = RUN(store, err, "DELETE FROM copies WHERE id = ?", T(heir.id));
  if (!status && any)
    status = RUN(store, err, "INSERT OR REPLACE INTO changed_documents VALUES (?, 1)", I(own));
  if (!status && !any)
    status = door_forget(store, own, err);
  if (!status && !any && !keep_row)
    status = document_retire(store, own, err);
  arena_free(&arena);
  return status;
}

BedeStatus copies_leave(Store *store, const BedeDoc *doc, const Placing *p, BedeError *err) {
  BedeStatus status = RUN(store, err, "DELETE FROM copies WHERE id = ?", T(doc->frame.id));
  if (!status && p->own && !p->near)
    status = part_from(store, p->own, !p->first, err);
  return status;
}

BedeStatus copies_join(Store *store, const BedeDoc *doc, const char *hash, const Placing *p,
                       int64_t key, BedeError *err) {
  const Frame *f = &doc->frame;
  BedeStatus status = BEDE_OK;
  char day[11];
  day_print(doc->day, day);
  if (p->own && p->own != key && p->near) {
    if (p->first) {
      status = absorb(store, p->own, key, err);
    } else { // a newer version of itself
      status = door_move(store, p->own, key, err);
      if (!status)
        status = RUN(store, err, "UPDATE copies SET document = ? WHERE document = ?", I(key), I(p->own));
    }
  }
  for (uint32_t i = 0; !status && i < p->others.count; i++)
    if (p->others.items[i] != key)
      status = absorb(store, p->others.items[i], key, err);
  if (!status && p->first)
    status = RUN(store, err, "INSERT OR REPLACE INTO copies VALUES (?,?,?,?,?,?,?,?,?,?)", T(f->id),
                 I(key), T(str_of(hash)), T(f->path), T(f->url), T(f->title), T(f->published),
                 T(str_of(day)), T(f->agency), T(f->source));
  return status ? status : door_add(store, &p->fingerprint, key, err);
}
