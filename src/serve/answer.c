// answer.c - requests to replies: the page's files, and the JSON API under
// /api/v1 (page/openapi.json describes it).
// SPDX-License-Identifier: Apache-2.0
#include "doc/csv.h"
#include "doc/json.h"
#include "model/table.h"
#include "serve/internal.h"
#include "serve/plot.h"
#include "store/told.h"
#include <stdio.h>
#include <stdlib.h>

// ---- one request at work

typedef enum Form { FORM_JSON, FORM_JSONL, FORM_CSV } Form;

enum { SLOTS = 64 };

typedef struct Work Work;
struct Work {
  Serve *serve;
  const Columns *columns; // held while the request is answered
  ServeReader *reader;
  Arena arena;
  Target target;
  Asked asked;
  Form form;
  Reply *reply;
  Out *out;
  int64_t keys[SLOTS]; // documents that were loaded
  BedeDoc *docs[SLOTS];
};

static void refuse(Reply *reply, int status, const char *why) {
  out_reset(&reply->body);
  reply->status = status;
  reply->type = "application/json";
  reply->file = NULL;
  out_text(&reply->body, "{\"error\":");
  json_str(&reply->body, str_of(why));
  out_text(&reply->body, "}\n");
}

static BedeStatus load(Work *w, int64_t key, const BedeDoc **out, BedeError *err) {
  size_t slot = (size_t)key % SLOTS;
  BedeStatus status = BEDE_OK;
  *out = NULL;
  if (!w->reader)
    status = serve_take(w->serve, &w->reader, err);
  if (!status && (w->keys[slot] != key || !w->docs[slot])) {
    doc_free(w->docs[slot]);
    w->docs[slot] = NULL;
    w->keys[slot] = key;
    status = store_load(w->reader->store, key, &w->docs[slot], err);
  }
  *out = w->docs[slot];
  return status;
}

static void field(Out *out, const char *name, const char *value) {
  out_print(out, ",\"%s\":", name);
  json_str(out, str_of(value));
}

static void field_str(Out *out, const char *name, Str value) {
  out_print(out, ",\"%s\":", name);
  value.len ? json_str(out, value) : out_text(out, "null");
}

// ---- events

// An event of FORMATS with what a page needs beside it: where its sentence
// begins, its document, why it was coded.
static void put_event(Out *out, const BedeDoc *doc, uint32_t number) {
  const Event *e = &doc->events.items[number];
  char day[11];
  day_print(doc->day, day);
  json_event(out, doc, number);
  out->len--; // its last brace
  out_print(out, ",\"sentence_begin\":%u", doc->sentences.items[e->sentence].span.begin);
  field_str(out, "title", doc->frame.title);
  field_str(out, "url", doc->frame.url);
  Out address = {0};
  doc_shown_at(doc, doc->sentences.items[e->sentence].span, &address);
  field_str(out, "shown_at", (Str){address.at ? address.at : "", address.len});
  out_free(&address);
  field(out, "reported", day);
  out_print(out, ",\"by_order\":%s,\"because\":[", e->by_order ? "true" : "false");
  for (uint32_t i = 0; i < e->trace_count; i++) {
    out_text(out, i ? "," : "");
    json_str(out, str_of(doc_string(doc, doc->members.items[e->trace + i])));
  }
  out_text(out, "]}");
}

static int compare_cursor(const Row *row, const Cursor *c) {
  const int64_t a[] = {row->first == NO_DAY ? (int64_t)1 << 40 : row->first, row->precision,
                       row->document, row->number};
  const int64_t b[] = {c->first == NO_DAY ? (int64_t)1 << 40 : c->first, c->precision, c->document,
                       c->number};
  for (size_t i = 0; i < COUNT(a); i++)
    if (a[i] != b[i])
      return a[i] < b[i] ? -1 : 1;
  return 0;
}

// Where the page after the cursor begins, counted in the order asked for.
static uint32_t after_cursor(const Work *w, Rows rows) {
  uint32_t low = 0, high = rows.count;
  bool newest = w->asked.newest_first;
  if (!w->asked.has_cursor)
    return 0;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const Row *row = &w->columns->rows.items[rows.items[newest ? rows.count - 1 - middle : middle]];
    int order = compare_cursor(row, &w->asked.cursor);
    if (newest ? order >= 0 : order <= 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void put_in(Out *out, const char *field, const char *const *names, size_t count, uint32_t bits) {
  bool any = false;
  if (!bits)
    return;
  out_print(out, "%s%s in (", out->len ? " and " : "", field);
  for (size_t i = 0; i < count; i++)
    if (bits & 1u << i) {
      out_print(out, "%s\"%s\"", any ? ", " : "", names[i]);
      any = true;
    }
  out_char(out, ')');
}

// What was asked for, as a question to the store.
static StoreQuery query_of(Work *w, bool any_status) {
  const RowFilter *f = &w->asked.filter;
  StoreQuery q = {.source = f->source, .target = f->target, .either = f->actor, .other = f->other,
                  .from = target_param(&w->target, "from"), .until = target_param(&w->target, "until"),
                  .words = f->words, .place = f->place};
  q.from = q.from && *q.from ? q.from : NULL;
  q.until = q.until && *q.until ? q.until : NULL;
  Out where = {0};
  put_in(&where, "type", event_types, EVENT_TYPES, f->types);
  put_in(&where, "quad", quad_names, 4, f->quads);
  put_in(&where, "status", status_names, STATUS_COUNT, any_status ? 0 : f->statuses);
  if (f->agency) {
    out_print(&where, "%sagency = \"", where.len ? " and " : "");
    for (const char *c = f->agency; *c; c++) {
      out_char(&where, *c);
      out_text(&where, *c == '"' ? "\"" : "");
    }
    out_char(&where, '"');
  }
  if (where.len)
    q.where = arena_copy(&w->arena, (Str){where.at, where.len});
  out_free(&where);
  return q;
}

// The strongest stories by date, each by one report.
static BedeStatus answer_strongest(Work *w, uint32_t total, BedeError *err) {
  StoreQuery q = query_of(w, false);
  StoreHits hits = {0};
  bool any = false;
  q.strongest = MIN(w->asked.limit, 100u);
  BedeStatus status = serve_take(w->serve, &w->reader, err);
  if (!status)
    status = store_find(w->reader->store, &q, &hits, err);
  out_print(w->out, "{\"total\":%u,\"events\":[", total);
  for (uint32_t i = 0; !status && i < hits.count; i++) {
    const BedeDoc *doc;
    status = load(w, hits.items[i].document, &doc, err);
    if (status || hits.items[i].event >= doc->events.count)
      continue;
    out_text(w->out, any ? ",\n" : "\n");
    put_event(w->out, doc, hits.items[i].event);
    any = true;
  }
  out_text(w->out, "],\"next\":null}\n");
  free(hits.items);
  return status;
}

static void put_day_field(Out *out, const char *name, Day day) {
  char text[11];
  day_print(day, text);
  field_str(out, name, str_of(text));
}

static BedeStatus put_pledge(Work *w, const Pledge *p, uint32_t *given, BedeError *err) {
  const BedeDoc *doc;
  char outcome[17] = "";
  Out *out = w->out;
  if (p->outcome_day.year) {
    BedeStatus status = load(w, p->outcome.document, &doc, err);
    if (status)
      return status;
    if (p->outcome.event < doc->events.count)
      hash_hex(doc->events.items[p->outcome.event].id, outcome);
  }
  BedeStatus status = load(w, p->first.document, &doc, err);
  if (status || p->first.event >= doc->events.count)
    return status;
  out_print(out, "%s\n{\"state\":\"%s\",\"reports\":%u", (*given)++ ? "," : "", pledge_states[p->state], p->reports);
  put_day_field(out, "due_begin", p->due_begin);
  put_day_field(out, "due_end", p->due_end);
  put_day_field(out, "said", p->said);
  put_day_field(out, "last_said", p->last_said);
  field_str(out, "outcome", str_of(outcome));
  put_day_field(out, "outcome_day", p->outcome_day);
  out_text(out, ",\"event\":");
  put_event(out, doc, p->first.event);
  out_char(out, '}');
  return BEDE_OK;
}

// What was planned or promised, and what came of it.
static BedeStatus answer_pledges(Work *w, BedeError *err) {
  StoreQuery q = query_of(w, true); // all are planned
  Pledges pledges = {0};
  w->form = FORM_JSON;
  BedeStatus status = serve_take(w->serve, &w->reader, err);
  if (!status)
    status = store_pledges(w->reader->store, &q, NULL, NULL, &pledges, err);
  out_print(w->out, "{\"total\":%u,\"pledges\":[", pledges.count);
  for (uint32_t i = 0, given = 0; !status && i < pledges.count && given < w->asked.limit; i++)
    status = put_pledge(w, &pledges.items[i], &given, err);
  out_text(w->out, "]}\n");
  free(pledges.items);
  return status;
}

static BedeStatus answer_events(Work *w, Rows rows, BedeError *err) {
  Out *out = w->out;
  const Row *row = NULL;
  BedeStatus status = BEDE_OK;
  uint32_t at = after_cursor(w, rows), end = at + MIN(rows.count - at, w->asked.limit);
  if (w->form == FORM_CSV)
    csv_head(out);
  if (w->form == FORM_JSON)
    out_print(out, "{\"total\":%u,\"events\":[", rows.count);
  for (uint32_t i = at; !status && i < end; i++) {
    const BedeDoc *doc;
    row = &w->columns->rows.items[rows.items[w->asked.newest_first ? rows.count - 1 - i : i]];
    status = load(w, row->document, &doc, err);
    if (status || row->number >= doc->events.count)
      continue; // changed since the columns were read
    if (w->form == FORM_CSV) {
      csv_event(out, doc, row->number);
    } else if (w->form == FORM_JSONL) {
      json_event(out, doc, row->number);
      out_char(out, '\n');
    } else {
      out_text(out, i > at ? ",\n" : "\n");
      put_event(out, doc, row->number);
    }
  }
  if (w->form != FORM_JSON)
    return status;
  if (row && end < rows.count)
    out_print(out, "],\"next\":\"%d_%d_%lld_%u\"}\n", row->first, row->precision,
              (long long)row->document, row->number);
  else
    out_text(out, "],\"next\":null}\n");
  return status;
}

// What the program thought of one sentence when it coded the document.
static void put_considered(Work *w, const BedeDoc *stored, uint32_t sentence) {
  const BedeModel *model = w->serve->plan.model;
  if (!model) {
    out_text(w->out, "null");
    return;
  }
  if (!w->reader->coder)
    w->reader->coder = coder_new(model);
  BedeDoc *doc = doc_new();
  Out why = {0};
  doc->text = stored->text;
  doc->frame = stored->frame;
  doc->day = stored->day;
  doc->day_basis = stored->day_basis;
  coder_run(w->reader->coder, doc, CODE_ALL, &why);
  char head[32];
  int len = snprintf(head, sizeof head, "sentence %u: ", sentence + 1);
  Str rest = {why.at, why.len};
  bool in = false;
  out_char(w->out, '[');
  for (uint32_t count = 0; rest.len;) {
    Str line = str_cut(&rest, '\n');
    if (str_starts(line, STR("sentence ")))
      in = str_starts(line, (Str){head, (size_t)len});
    else if (in && line.len) {
      out_text(w->out, count++ ? "," : "");
      json_str(w->out, line);
    }
  }
  out_char(w->out, ']');
  out_free(&why);
  doc_free(doc);
}

static void put_document(Out *out, const BedeDoc *doc) {
  char day[11];
  day_print(doc->day, day);
  json_document(out, doc);
  out->len--;
  field(out, "day", day);
  out_char(out, '}');
}

// Events of a story, but for the one that is shown.
static BedeStatus put_reports(Work *w, const StoreHits *hits, uint64_t but, BedeError *err) {
  BedeStatus status = BEDE_OK;
  bool any = false;
  out_char(w->out, '[');
  for (uint32_t i = 0; !status && i < hits->count; i++) {
    const BedeDoc *doc;
    status = load(w, hits->items[i].document, &doc, err);
    if (status || hits->items[i].event >= doc->events.count ||
        doc->events.items[hits->items[i].event].id == but)
      continue;
    out_text(w->out, any ? ",\n" : "\n");
    put_event(w->out, doc, hits->items[i].event);
    any = true;
  }
  out_char(w->out, ']');
  return status;
}

// A story of events, or one of documents with all that they tell.
static BedeStatus answer_story(Work *w, const char *id, BedeError *err) {
  StoreHits events = {0}, documents = {0};
  char standing[24] = "";
  int64_t independent = 0;
  BedeStatus status = serve_take(w->serve, &w->reader, err);
  if (!status)
    status = told_events(w->reader->store, id, &events, err);
  if (!status && events.count)
    status = told_standing(w->reader->store, id, standing, &independent, err);
  if (!status && !events.count)
    status = told_documents(w->reader->store, id, &documents, err);
  if (!status && !events.count && !documents.count) {
    refuse(w->reply, 404, "the store has no such story");
  } else if (!status) {
    out_text(w->out, "{\"story\":");
    json_str(w->out, str_of(id));
    field(w->out, "standing", standing);
    out_print(w->out, ",\"independent\":%lld,\"events\":", (long long)independent);
    status = put_reports(w, &events, 0, err);
    out_text(w->out, ",\"documents\":[");
    for (uint32_t i = 0; !status && i < documents.count; i++) {
      const BedeDoc *doc;
      status = load(w, documents.items[i].document, &doc, err);
      if (status)
        break;
      out_text(w->out, i ? ",\n" : "\n");
      put_document(w->out, doc);
    }
    out_text(w->out, "]}\n");
  }
  free(events.items);
  free(documents.items);
  return status;
}

static BedeStatus answer_event(Work *w, const char *id, BedeError *err) {
  StoreHits hits = {0}, reports = {0};
  char story[17];
  const BedeDoc *doc = NULL;
  Out *out = w->out;
  BedeStatus status = strlen(id) == 16 ? serve_take(w->serve, &w->reader, err) : BEDE_OK;
  if (!status && w->reader)
    status = store_find(w->reader->store, &(StoreQuery){.id = id, .limit = 1}, &hits, err);
  if (!status && hits.count)
    status = load(w, hits.items[0].document, &doc, err);
  if (!status && (!doc || hits.items[0].event >= doc->events.count)) {
    refuse(w->reply, 404, "the store has no such event");
  } else if (!status) {
    const Event *e = &doc->events.items[hits.items[0].event];
    const Sentence *s = &doc->sentences.items[e->sentence];
    Span paragraph = s->span;
    for (uint32_t i = 0; i < doc->sentences.count; i++)
      if (doc->sentences.items[i].paragraph == s->paragraph) {
        paragraph.begin = MIN(paragraph.begin, doc->sentences.items[i].span.begin);
        paragraph.end = MAX(paragraph.end, doc->sentences.items[i].span.end);
      }
    out_text(out, "{\"event\":");
    put_event(out, doc, hits.items[0].event);
    out_print(out, ",\"paragraph\":{\"begin\":%u,\"text\":", paragraph.begin);
    json_str(out, doc_span(doc, paragraph));
    out_text(out, "},\"siblings\":[");
    bool any = false;
    for (uint32_t i = 0; i < doc->events.count; i++)
      if (doc->events.items[i].sentence == e->sentence && i != hits.items[0].event) {
        out_text(out, any ? "," : "");
        put_event(out, doc, i);
        any = true;
      }
    out_text(out, "],\"considered\":");
    put_considered(w, doc, e->sentence);
    hash_hex(e->story, story);
    status = told_events(w->reader->store, story, &reports, err);
    out_text(out, ",\"reports\":");
    if (!status)
      status = put_reports(w, &reports, e->id, err);
    if (!status)
      status = load(w, hits.items[0].document, &doc, err);
    if (status)
      goto done;
    out_text(out, ",\"document\":");
    put_document(out, doc);
    StoreRun run;
    status = store_run_of(w->reader->store, hits.items[0].document, &w->arena, &run, err);
    if (!status) {
      field(out, "program", run.program);
      field(out, "data", run.data);
      out_text(out, "}\n");
    }
  }
done:
  free(hits.items);
  free(reports.items);
  return status;
}

static BedeStatus answer_document(Work *w, const char *id, BedeError *err) {
  int64_t key = 0;
  const BedeDoc *doc;
  BedeStatus status = serve_take(w->serve, &w->reader, err);
  if (!status)
    status = store_current(w->reader->store, id, &key, err);
  if (!status && !key) {
    refuse(w->reply, 404, "the store has no such document");
    return BEDE_OK;
  }
  if (!status)
    status = load(w, key, &doc, err);
  if (status)
    return status;
  char story[17];
  status = told_by(w->reader->store, key, story, err);
  if (status)
    return status;
  out_text(w->out, "{\"document\":");
  put_document(w->out, doc);
  field(w->out, "story", story);
  out_text(w->out, ",\"events\":[");
  for (uint32_t i = 0; i < doc->events.count; i++) {
    out_text(w->out, i ? ",\n" : "\n");
    put_event(w->out, doc, i);
  }
  out_text(w->out, "]}\n");
  return BEDE_OK;
}

// ---- counts

static void put_counts(Out *out, const Tally *t) {
  out_print(out, "\"count\":%u,\"quads\":[%u,%u,%u,%u],\"goldstein\":", t->count, t->quads[0], t->quads[1],
            t->quads[2], t->quads[3]);
  json_number(out, t->count ? (double)(t->goldstein * 10 / t->count) / 100 : 0);
}

static void csv_text(Out *out, const char *text) {
  csv_quoted(out, str_of(text));
  out_char(out, ',');
}

static void csv_counts(Out *out, const uint32_t quads[4], int64_t goldstein) {
  uint32_t all = quads[0] + quads[1] + quads[2] + quads[3];
  out_print(out, "%u,%u,%u,%u,%u,%.2f\n", all, quads[0], quads[1], quads[2], quads[3],
            all ? (double)goldstein / 10 / all : 0);
}

#define CSV_COUNTS "events,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,goldstein\n"

static BedeStatus answer_series(Work *w, Rows rows) {
  Out *out = w->out;
  Series s = count_series(w->columns, rows, &w->asked.filter, w->asked.unit, &w->arena);
  char from[11], until[11];
  if (w->form == FORM_CSV)
    out_text(out, "begin,end," CSV_COUNTS);
  else
    out_print(out, "{\"unit\":\"%s\",\"total\":%u,\"before\":%u,\"after\":%u,\"vague\":%u,\"undated\":%u,\"breaks\":[",
              unit_names[s.unit], rows.count, s.before, s.after, s.vague, s.undated);
  for (uint32_t i = 0; i < s.break_count && w->form != FORM_CSV; i++) {
    day_print(day_of_number(s.bins[s.breaks[i]].first), from);
    out_print(out, "%s\"%s\"", i ? "," : "", from);
  }
  if (w->form != FORM_CSV)
    out_text(out, "],\"bins\":[");
  for (uint32_t i = 0; i < s.count; i++) {
    const Bin *b = &s.bins[i];
    day_print(day_of_number(b->first), from);
    day_print(day_of_number(b->last), until);
    if (w->form == FORM_CSV) {
      out_print(out, "%s,%s,", from, until);
      csv_counts(out, b->quads, b->goldstein);
      continue;
    }
    Tally t = {.count = b->quads[0] + b->quads[1] + b->quads[2] + b->quads[3], .goldstein = b->goldstein};
    memcpy(t.quads, b->quads, sizeof t.quads);
    out_print(out, "%s{\"begin\":\"%s\",\"end\":\"%s\",", i ? ",\n" : "\n", from, until);
    put_counts(out, &t);
    out_char(out, '}');
  }
  if (w->form != FORM_CSV)
    out_text(out, "]}\n");
  return BEDE_OK;
}

typedef enum TallyKind { OF_ACTORS, OF_PAIRS, OF_PLACES, OF_AGENCIES, OF_NAMES } TallyKind;

static void put_tally(Work *w, const Tally *t, TallyKind kind) {
  const Columns *c = w->columns;
  Out *out = w->out;
  const char *a = kind == OF_AGENCIES ? c->agencies.items[t->a]
                  : kind == OF_PLACES ? c->places.items[t->a].name
                  : kind == OF_NAMES  ? c->actors.items[t->a].name
                                      : c->codes.items[t->a];
  const char *b = kind == OF_PAIRS ? c->codes.items[t->b] : "";
  const RowPlace *p = kind == OF_PLACES ? &c->places.items[t->a] : NULL;
  if (w->form == FORM_CSV) {
    csv_text(out, a);
    if (kind == OF_PAIRS)
      csv_text(out, b);
    if (p)
      csv_text(out, p->country);
    csv_counts(out, t->quads, t->goldstein);
    return;
  }
  out_text(out, kind == OF_PAIRS ? "{\"a\":" : kind == OF_PLACES || kind >= OF_AGENCIES ? "{\"name\":" : "{\"code\":");
  json_str(out, str_of(a));
  if (kind == OF_ACTORS)
    field(out, "name", serve_name(w->serve, a));
  if (kind == OF_NAMES)
    field(out, "sector", c->actors.items[t->a].sector);
  if (kind == OF_PAIRS) {
    field(out, "b", b);
    field(out, "a_name", serve_name(w->serve, a));
    field(out, "b_name", serve_name(w->serve, b));
  }
  if (p) {
    field(out, "country", p->country);
    if (p->located) {
      out_text(out, ",\"lat\":"), json_number(out, p->lat);
      out_text(out, ",\"lon\":"), json_number(out, p->lon);
    }
  }
  out_char(out, ',');
  put_counts(out, t);
  out_char(out, '}');
}

static void put_tallies(Work *w, Tallies tallies, TallyKind kind, uint32_t limit) {
  static const char *const heads[] = {"code," CSV_COUNTS, "a,b," CSV_COUNTS, "name,country," CSV_COUNTS,
                                      "name," CSV_COUNTS, "name," CSV_COUNTS};
  if (w->form == FORM_CSV)
    out_text(w->out, heads[kind]);
  else
    out_char(w->out, '[');
  for (uint32_t i = 0; i < MIN(tallies.count, limit); i++) {
    if (w->form != FORM_CSV)
      out_text(w->out, i ? ",\n" : "\n");
    put_tally(w, &tallies.items[i], kind);
  }
  if (w->form != FORM_CSV)
    out_char(w->out, ']');
}

static BedeStatus answer_tallies(Work *w, Tallies tallies, TallyKind kind) {
  if (w->form != FORM_CSV)
    out_print(w->out, "{\"total\":%u,\"items\":", tallies.count);
  put_tallies(w, tallies, kind, w->asked.limit);
  if (w->form != FORM_CSV)
    out_text(w->out, "}\n");
  return BEDE_OK;
}

static void put_named(Out *out, const char *const *names, const uint32_t *counts, size_t count) {
  bool any = false;
  out_char(out, '{');
  for (size_t i = 0; i < count; i++)
    if (counts[i]) {
      out_print(out, "%s\"%s\":%u", any ? "," : "", names[i], counts[i]);
      any = true;
    }
  out_char(out, '}');
}

// All that a first look needs: how much there is, of what, by whom.
static BedeStatus answer_summary(Work *w, Rows rows) {
  Out *out = w->out;
  const Columns *c = w->columns;
  Totals t = count_totals(c, rows);
  const RowFilter *f = &w->asked.filter;
  w->form = FORM_JSON;
  out_print(out, "{\"version\":\"" BEDE_VERSION "\",\"documents\":%lld,\"events\":%u,\"total\":%u,\"types\":",
            (long long)c->documents, c->rows.count, rows.count);
  put_named(out, event_types, t.types, EVENT_TYPES);
  out_text(out, ",\"statuses\":");
  put_named(out, status_names, t.statuses, STATUS_COUNT);
  out_text(out, ",\"quads\":");
  put_named(out, quad_names, t.quads, 4);
  out_text(out, ",\"names\":{");
  const char *const sides[] = {f->actor, f->other};
  for (int i = 0, any = 0; i < 2; i++) {
    Str code = str_of(sides[i]), piece = str_cut(&code, '.');
    char word[16];
    snprintf(word, sizeof word, "%.*s", (int)MIN(piece.len, 15), piece.at);
    if (!*serve_name(w->serve, word))
      continue;
    out_text(out, any++ ? "," : "");
    json_str(out, str_of(sides[i]));
    out_char(out, ':');
    json_str(out, str_of(serve_name(w->serve, word)));
  }
  out_text(out, "},\"actors\":");
  put_tallies(w, count_actors(c, rows, &w->arena), OF_ACTORS, w->asked.limit);
  out_text(out, ",\"pairs\":");
  put_tallies(w, count_pairs(c, rows, &w->arena), OF_PAIRS, w->asked.limit);
  out_text(out, ",\"agencies\":");
  put_tallies(w, count_agencies(c, rows, &w->arena), OF_AGENCIES, w->asked.limit);
  out_text(out, "}\n");
  return BEDE_OK;
}

static BedeStatus answer_actor(Work *w, const char *code) {
  Out *out = w->out;
  RowFilter *f = &w->asked.filter;
  f->actor = code;
  Rows rows = columns_filter(w->columns, f, &w->arena);
  w->form = FORM_JSON;
  out_print(out, "{\"total\":%u", rows.count);
  field(out, "code", code);
  field(out, "name", serve_name(w->serve, code));
  out_text(out, ",\"names\":");
  put_tallies(w, count_names(w->columns, rows, code, &w->arena), OF_NAMES, w->asked.limit);
  out_text(out, ",\"actors\":");
  put_tallies(w, count_actors(w->columns, rows, &w->arena), OF_ACTORS, w->asked.limit);
  out_text(out, "}\n");
  return BEDE_OK;
}

static BedeStatus answer_plot(Work *w, const char *name, Rows rows) {
  Plot plot = {.width = w->asked.width, .title = "", .links = true,
               .box = w->asked.has_box ? &w->asked.box : NULL};
  w->reply->type = "image/svg+xml";
  if (!strcmp(name, "timeline.svg")) {
    Series s = count_series(w->columns, rows, &w->asked.filter, w->asked.unit, &w->arena);
    plot_timeline(w->out, &plot, &s);
  } else if (!strcmp(name, "calendar.svg")) {
    Series s = count_series(w->columns, rows, &w->asked.filter, UNIT_DAY, &w->arena);
    plot_calendar(w->out, &plot, &s);
  } else if (!strcmp(name, "matrix.svg")) {
    plot_matrix(w->out, &plot, w->columns, rows, &w->arena);
  } else if (!strcmp(name, "map.svg")) {
    plot_map(w->out, &plot, w->columns, rows, &w->arena);
  } else {
    refuse(w->reply, 404, "there is no such picture");
  }
  return BEDE_OK;
}

// ---- routes

// "events.csv" is "events" as CSV; else the Accept header decides.
static const char *cut_form(Work *w, const char *rest, const char *accept) {
  Str name = str_of(rest);
  size_t at;
  w->form = FORM_JSON;
  if (accept && str_find(str_of(accept), STR("text/csv"), &at))
    w->form = FORM_CSV;
  if (accept && (str_find(str_of(accept), STR("ndjson"), &at) || str_find(str_of(accept), STR("jsonl"), &at)))
    w->form = FORM_JSONL;
  if (strchr(rest, '/'))
    return rest;
  if (str_ends(name, STR(".csv")))
    w->form = FORM_CSV, name.len -= 4;
  else if (str_ends(name, STR(".jsonl")))
    w->form = FORM_JSONL, name.len -= 6;
  return arena_copy(&w->arena, name);
}

static bool after(const char *path, const char *prefix, const char **rest) {
  size_t len = strlen(prefix);
  *rest = path + len;
  return !strncmp(path, prefix, len) && path[len];
}

extern const char openapi_json[], index_html[], page_css[], page_js[], icon_svg[];

static BedeStatus answer_api(Work *w, const char *path, const char *accept, BedeError *err) {
  const char *rest;
  Reply *reply = w->reply;
  if (!strcmp(path, "openapi.json")) {
    out_text(w->out, openapi_json);
    return BEDE_OK;
  }
  if (after(path, "events/", &rest))
    return answer_event(w, rest, err);
  if (after(path, "documents/", &rest))
    return answer_document(w, rest, err);
  if (after(path, "stories/", &rest))
    return answer_story(w, rest, err);
  if (asked_read(&w->target, &w->asked, err)) {
    refuse(reply, 400, err->message);
    return BEDE_OK;
  }
  if (after(path, "actors/", &rest))
    return answer_actor(w, rest);
  if (!strcmp(path, "pledges"))
    return answer_pledges(w, err);
  Rows rows = columns_filter(w->columns, &w->asked.filter, &w->arena);
  if (after(path, "plot/", &rest))
    return answer_plot(w, rest, rows);
  path = cut_form(w, path, accept);
  if (w->form == FORM_JSONL && strcmp(path, "events"))
    w->form = FORM_JSON;
  if (w->form == FORM_CSV) {
    reply->type = "text/csv";
    reply->file = "bede.csv";
  } else if (w->form == FORM_JSONL) {
    reply->type = "application/jsonl";
    reply->file = "bede.jsonl";
  }
  if (!strcmp(path, "events") && w->asked.strongest && w->form != FORM_JSON) {
    refuse(reply, 400, "order: `strong` is answered as JSON alone");
    return BEDE_OK;
  }
  if (!strcmp(path, "events") && w->asked.strongest)
    return answer_strongest(w, rows.count, err);
  if (!strcmp(path, "events"))
    return answer_events(w, rows, err);
  if (!strcmp(path, "series"))
    return answer_series(w, rows);
  if (!strcmp(path, "actors"))
    return answer_tallies(w, count_actors(w->columns, rows, &w->arena), OF_ACTORS);
  if (!strcmp(path, "pairs"))
    return answer_tallies(w, count_pairs(w->columns, rows, &w->arena), OF_PAIRS);
  if (!strcmp(path, "places"))
    return answer_tallies(w, count_places(w->columns, rows, &w->arena), OF_PLACES);
  if (!strcmp(path, "summary"))
    return answer_summary(w, rows);
  refuse(reply, 404, "there is no such thing; /api/v1/openapi.json tells what there is");
  return BEDE_OK;
}

// Each view of the page has an address; all are the same file.
static bool is_view(const char *path) {
  static const char *const views[] = {"/", "/relation", "/map", "/matrix", "/calendar", "/about"};
  static const char *const prefixes[] = {"/event/", "/document/", "/story/", "/actor/"};
  const char *rest;
  for (size_t i = 0; i < COUNT(views); i++)
    if (!strcmp(path, views[i]))
      return true;
  for (size_t i = 0; i < COUNT(prefixes); i++)
    if (after(path, prefixes[i], &rest))
      return true;
  return false;
}

static void answer_file(Work *w, const char *path) {
  static const struct {
    const char *path, *file, *type, *content;
  } files[] = {
      {"/page.css", "page.css", "text/css", page_css},
      {"/page.js", "page.js", "text/javascript", page_js},
      {"/icon.svg", "icon.svg", "image/svg+xml", icon_svg},
      {"", "index.html", "text/html", index_html},
  };
  for (size_t i = 0; i < COUNT(files); i++) {
    if (*files[i].path ? strcmp(files[i].path, path) : !is_view(path))
      continue;
    w->reply->type = files[i].type;
    char *text = NULL, name[4096];
    size_t size;
    BedeError err;
    if (w->serve->plan.page) {
      snprintf(name, sizeof name, "%s/%s", w->serve->plan.page, files[i].file);
      if (file_read(name, 1 << 20, &text, &size, &err)) {
        refuse(w->reply, 500, err.message);
        return;
      }
      out_bytes(w->out, text, size);
      free(text);
    } else {
      out_text(w->out, files[i].content);
    }
    return;
  }
  refuse(w->reply, 404, "there is no such page");
}

// ---- who may ask

// The host and port of "127.0.0.1:8321" as this server's; IPv6 in brackets.
static bool is_own_host(const Serve *serve, const char *host) {
  char port[16];
  snprintf(port, sizeof port, ":%u", serve->port);
  Str name = str_of(host);
  if (str_ends(name, str_of(port)))
    name.len -= strlen(port);
  else if (serve->port != 80)
    return false;
  if (name.len > 2 && name.at[0] == '[' && name.at[name.len - 1] == ']')
    name = (Str){name.at + 1, name.len - 2};
  const char *bound = serve->plan.host;
  bool any = !strcmp(bound, "0.0.0.0") || !strcmp(bound, "::");
  if (any) // reachable by many addresses: an address, but no name
    return name.len && strspn(name.at, "0123456789abcdefABCDEF.:") >= name.len;
  return str_equal_fold(name, STR("localhost")) || str_equal(name, STR("127.0.0.1")) ||
         str_equal(name, STR("::1")) || str_equal_fold(name, str_of(bound));
}

static bool allowed(const Serve *serve, const Request *r, Reply *reply) {
  if (strcmp(r->method, "GET") && strcmp(r->method, "HEAD"))
    refuse(reply, 405, "only GET and HEAD");
  else if (!r->host || !is_own_host(serve, r->host))
    refuse(reply, 421, "the Host header names another host");
  else if (r->origin && (strncmp(r->origin, "http://", 7) || !is_own_host(serve, r->origin + 7)))
    refuse(reply, 403, "a page of another origin may not read this");
  else if (r->site && (!strcmp(r->site, "cross-site") || !strcmp(r->site, "same-site")) &&
           !strncmp(r->target, "/api/", 5))
    refuse(reply, 403, "a page of another site may not read this");
  else
    return true;
  return false;
}

// ---- from request to reply

static void finish(const Request *r, Reply *reply) {
  if (reply->status != 200)
    return;
  char digits[17];
  hash_hex(hash_bytes(reply->body.at, reply->body.len, 1), digits);
  snprintf(reply->tag, sizeof reply->tag, "\"%s\"", digits);
  size_t at;
  if (r->known && str_find(str_of(r->known), str_of(reply->tag), &at)) {
    reply->status = 304;
    out_reset(&reply->body);
  }
}

static void answer(Serve *serve, const Request *r, Reply *reply) {
  BedeError err = {0};
  Work w = {.serve = serve, .reply = reply, .out = &reply->body};
  const char *rest;
  Str target = str_of(r->target);
  if (target_parse(target, &w.target, &err)) {
    refuse(reply, target.len > TARGET_LIMIT ? 414 : 400, err.message);
  } else if (!after(w.target.path, "/api/v1/", &rest)) {
    answer_file(&w, w.target.path);
  } else {
    BedeStatus status = serve_refresh(serve, &err);
    pthread_rwlock_rdlock(&serve->lock);
    w.columns = serve->columns;
    if (!status && !kept_find(serve, r, reply)) {
      status = answer_api(&w, rest, r->accept, &err);
      if (!status)
        kept_put(serve, r, reply);
    }
    pthread_rwlock_unlock(&serve->lock);
    if (status)
      refuse(reply, 500, err.message);
  }
  for (size_t i = 0; i < SLOTS; i++)
    doc_free(w.docs[i]);
  serve_give(serve, w.reader);
  target_free(&w.target);
  arena_free(&w.arena);
  finish(r, reply);
}

void serve_answer(Serve *serve, const Request *r, Reply *reply) {
  *reply = (Reply){.status = 200, .type = "application/json"};
  if (allowed(serve, r, reply))
    answer(serve, r, reply);
}

void serve_ask(Serve *serve, const char *target, Reply *reply) {
  *reply = (Reply){.status = 200, .type = "application/json"};
  answer(serve, &(Request){.method = "GET", .target = target}, reply);
}
