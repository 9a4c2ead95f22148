// sides.c - events of current documents by who is on their sides, and the
// counts that shares are taken of. See schema-3.sql.
// SPDX-License-Identifier: Apache-2.0
#include "store/internal.h"

typedef struct Side Side;
struct Side {
  const Actor *actors[64]; // a side of more is a list, not an act
  uint32_t count;
};

static void side_add(const BedeDoc *doc, Side *side, uint32_t actor) {
  if (actor < doc->actors.count && side->count < COUNT(side->actors))
    side->actors[side->count++] = &doc->actors.items[actor];
}

static Side side_of(const BedeDoc *doc, uint32_t actor, uint32_t withs, uint32_t count) {
  Side side = {0};
  side_add(doc, &side, actor);
  for (uint32_t i = 0; i < count; i++)
    side_add(doc, &side, doc->members.items[withs + i]);
  return side;
}

static Value text_or_empty(const char *s) { return (Value){.kind = 't', .t = str_of(s)}; }

typedef struct Row Row; // what all rows of an event have
struct Row {
  int64_t event;
  Value day, last;
  const char *story;
};

static BedeStatus put_row(Store *store, const Event *e, const Row *row, const char *a,
                          const char *b, int way, Str sector, Str name, BedeError *err) {
  return RUN(store, err, "INSERT INTO sides VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", I(row->event),
             text_or_empty(a), text_or_empty(b), I(way), T(sector), T(name), row->day,
             T(str_of(event_types[e->type])), T(str_of(status_names[e->status])),
             R((double)e->goldstein), row->last, T(str_of(row->story)));
}

static BedeStatus put_side(Store *store, const BedeDoc *doc, const Event *e, const Row *row,
                           const Actor *a, const Actor *b, int way, BedeError *err) {
  Str name = str_of(doc_string(doc, a->name));
  if (!a->code[0] && !name.len)
    return BEDE_OK;
  BedeStatus status = put_row(store, e, row, a->code, b ? b->code : "", way, str_of(a->sector),
                              name, err);
  if (!status && name.len)
    status = RUN(store, err, "INSERT OR IGNORE INTO side_names VALUES (?)", T(name));
  return status;
}

// A place is found by its country and by its name, each once.
static BedeStatus put_places(Store *store, const BedeDoc *doc, const Event *e, const Row *row,
                             BedeError *err) {
  enum { MOST = 64 };
  char names[MOST][80];
  uint32_t count = 0;
  BedeStatus status = BEDE_OK;
  for (uint32_t i = 0; i < e->place_count; i++) {
    const Place *p = &doc->places.items[doc->members.items[e->places + i]];
    const char *const both[] = {p->country, doc_string(doc, p->name)};
    for (int k = 0; !status && k < 2 && *both[k] && count < MOST; k++) {
      Str name = side_of_place(str_of(both[k]), k == 0, names[count]);
      bool again = false;
      for (uint32_t n = 0; n < count && !again; n++)
        again = str_equal(str_of(names[n]), name);
      if (!again && ++count)
        status = put_row(store, e, row, name.at, "", 4, (Str){0}, (Str){0}, err);
    }
  }
  return status;
}

Str side_of_place(Str place, bool country, char out[80]) {
  size_t len = 0;
  out[len++] = '@';
  for (size_t i = 0; i < place.len && len < 79; i++) {
    char c = place.at[i];
    out[len++] = !country && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  if (len == 79 && (place.at[len - 1] & 0xC0) == 0x80) // whole characters only
    while (len > 1 && (out[--len] & 0xC0) == 0x80)
      ;
  out[len] = 0;
  return (Str){out, len};
}

BedeStatus sides_put(Store *store, const BedeDoc *doc, uint32_t index, int64_t event,
                     const char *story, BedeError *err) {
  const Event *e = &doc->events.items[index];
  Side sources = side_of(doc, e->source, e->withs, e->with_count);
  Side targets = side_of(doc, e->target, e->target_withs, e->target_with_count);
  char digits[11], last[11];
  day_print(e->begin.year ? e->begin : doc->day, digits);
  day_print(e->end, last);
  const Row row = {event, text_or_empty(*digits ? digits : "~"), T(str_of(last)), story};
  BedeStatus status = BEDE_OK;
  for (uint32_t i = 0; !status && i < MAX(sources.count, 1); i++)
    for (uint32_t k = 0; !status && k < MAX(targets.count, 1); k++) {
      const Actor *a = i < sources.count ? sources.actors[i] : NULL;
      const Actor *b = k < targets.count ? targets.actors[k] : NULL;
      if (a)
        status = put_side(store, doc, e, &row, a, b, e->mutual ? 0 : 1, err);
      if (!status && b)
        status = put_side(store, doc, e, &row, b, a, e->mutual ? 0 : 2, err);
    }
  if (!status && e->speaker < doc->actors.count)
    status = put_side(store, doc, e, &row, &doc->actors.items[e->speaker], NULL, 3, err);
  if (!status)
    status = put_places(store, doc, e, &row, err);
  if (!status)
    status = RUN(store, err, "UPDATE events SET day = ? WHERE key = ?", row.day, I(event));
  if (!status)
    status = RUN(store, err, "INSERT INTO event_words (rowid, text) VALUES (?, ?)", I(event),
                 T(doc_span(doc, doc->sentences.items[e->sentence].span)));
  return status ? status
                : RUN(store, err,
                      "INSERT INTO totals VALUES (?, ?, ?, 1) "
                      "ON CONFLICT DO UPDATE SET reports = reports + 1",
                      text_or_empty(digits), T(str_of(event_types[e->type])),
                      T(str_of(status_names[e->status])));
}

// What a full text without content needs to forget: the words as they were.
static BedeStatus forget_words(Store *store, int64_t document, BedeError *err) {
  return RUN(store, err,
             "INSERT INTO event_words (event_words, rowid, text) SELECT 'delete', e.key, "
             "CAST(substr(CAST(d.text AS BLOB), n.\"begin\" + 1, n.\"end\" - n.\"begin\") AS TEXT) "
             "FROM events e JOIN documents d ON d.key = e.document JOIN sentences n "
             "ON n.document = e.document AND n.number = e.sentence "
             "WHERE e.document = ? AND e.day IS NOT NULL",
             I(document));
}

BedeStatus sides_drop(Store *store, int64_t document, BedeError *err) {
  BedeStatus status = forget_words(store, document, err);
  if (!status)
    status = RUN(store, err,
                          "UPDATE totals AS t SET reports = reports - n.count FROM "
                          "(SELECT coalesce(e.\"begin\", d.date, '') AS day, e.type, e.status, "
                          "count(*) AS count FROM events e JOIN documents d ON d.key = e.document "
                          "WHERE e.document = ? AND d.current GROUP BY 1, 2, 3) AS n "
                          "WHERE t.day = n.day AND t.type = n.type AND t.status = n.status",
                          I(document));
  if (!status)
    status = RUN(store, err, "DELETE FROM totals WHERE reports = 0 AND day IN (SELECT "
                 "coalesce(e.\"begin\", d.date, '') FROM events e JOIN documents d "
                 "ON d.key = e.document WHERE e.document = ?)",
                 I(document));
  if (!status)
    status = RUN(store, err, "UPDATE events SET day = NULL WHERE document = ?", I(document));
  return status ? status
                : RUN(store, err,
                      "DELETE FROM sides WHERE event IN (SELECT key FROM events WHERE document = ?)",
                      I(document));
}
