// dyad.c - `bede dyad`: the course of a relation between two actors, as a page.
//
// What was done stands apart from what is planned, asked for or denied; a claim
// has its speaker; every line has the sentence it rests on, printed once where
// several events stand in it.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stored.h"
#include <stdlib.h>

enum { SHOWN = 80 }; // events, unless --limit says otherwise

typedef struct Part Part; // of the page
struct Part {
  const char *title;
  unsigned statuses; // bits
};

static const Part parts[] = {
    {"What was done", 1u << STATUS_ACTUAL},
    {"Planned and pledged", 1u << STATUS_PLANNED},
    {"Asked for, threatened, or on a condition",
     1u << STATUS_REQUESTED | 1u << STATUS_CONDITIONAL},
    {"Denied, or said not to be so", 1u << STATUS_DENIED | 1u << STATUS_NEGATED},
};

typedef struct Page Page;
struct Page {
  Stored stored;
  StoreHits hits;
  Show show;
  Out out;
  const char *sides[2]; // codes, as they were given
  int64_t last_document; // of the sentence printed last
  uint32_t last_sentence;
};

static void put_ink(Page *p, Ink ink, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void put_ink(Page *p, Ink ink, const char *format, ...) {
  char text[1000];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  show_ink(&p->show, &p->out, ink, text);
}

// "  Xinhua, 2023-12-31, from <id>"
static void put_report(Page *p, const BedeDoc *doc) {
  char day[11];
  day_print(doc->day, day);
  Str agency = doc->frame.agency.len ? doc->frame.agency : doc->frame.source;
  put_ink(p, DIM, "        %.*s%s%s%s%.*s\n", STR_ARG(agency), agency.len ? ", " : "", day,
          *day ? ", " : "", (int)MIN(doc->frame.id.len, 80), doc->frame.id.at);
}

static void put_words(Page *p, const BedeDoc *doc, Span span) {
  Out line = {0};
  out_char(&line, '"');
  out_str(&line, str_trim(doc_span(doc, span)));
  out_char(&line, '"');
  for (size_t i = 0; i < line.len; i++)
    if ((unsigned char)line.at[i] < ' ')
      line.at[i] = ' ';
  show_wrapped(&p->show, &p->out, (Str){line.at, line.len}, "        ");
  out_free(&line);
}

// The sentence, unless the line above rests on the same.
static void put_sentence(Page *p, const BedeDoc *doc, int64_t document, uint32_t sentence) {
  p->last_document = document;
  p->last_sentence = sentence;
  put_words(p, doc, doc->sentences.items[sentence].span);
  put_report(p, doc);
}

static void put_speaker(Page *p, const BedeDoc *doc, const Event *e) {
  if (e->speaker_span.begin >= e->speaker_span.end && e->speaker >= doc->actors.count)
    return;
  out_text(&p->out, "; so says ");
  if (e->speaker < doc->actors.count &&
      (doc->actors.items[e->speaker].code[0] || doc->actors.items[e->speaker].name))
    show_actor(&p->out, doc, e->speaker);
  else
    out_str(&p->out, doc_span(doc, e->speaker_span));
}

static void put_event(Page *p, const BedeDoc *doc, const Event *e) {
  const uint32_t *members = doc->members.items;
  Out *out = &p->out;
  Out days = {0};
  show_days(&days, e->begin.year ? e->begin : doc->day, e->begin.year ? e->end : doc->day);
  put_ink(p, BOLD, "  %-10s  ", days.at ? days.at : "");
  out_free(&days);
  show_actor(out, doc, e->source);
  out_text(out, e->mutual ? " <-> " : " -> ");
  show_actor(out, doc, e->target);
  static const Ink inks[] = {GREEN, CYAN, YELLOW, RED};
  put_ink(p, inks[event_quads[e->type]], "  %s", event_types[e->type]);
  if (e->mode)
    out_print(out, " (%s)", doc_string(doc, e->mode));
  Str words = str_trim(doc_span(doc, e->trigger_span));
  out_text(out, ": ");
  for (size_t i = 0; i < MIN(words.len, 120); i++)
    out_char(out, (unsigned char)words.at[i] < ' ' ? ' ' : words.at[i]);
  if (e->count > 1)
    out_print(out, ", %u times", e->count);
  if (e->status != STATUS_ACTUAL && e->status != STATUS_PLANNED)
    out_print(out, ", %s", status_names[e->status]);
  for (uint32_t i = 0; i < e->place_count; i++)
    out_print(out, "%s %s", i ? "," : ", in",
              doc_string(doc, doc->places.items[members[e->places + i]].name));
  if (e->pledge) {
    out_print(out, ", pledge: %s", doc_string(doc, e->pledge));
    if (e->due_begin.year) {
      out_text(out, " by ");
      show_days(out, e->due_begin, e->due_end);
      out_text(out, e->due_inferred ? " (inferred)" : "");
    }
  }
  if (!e->begin.year)
    out_text(out, " (day of the report)");
  else if (e->inferred)
    out_text(out, " (date inferred)");
  put_speaker(p, doc, e);
  out_char(out, '\n');
}

static const Event *event_of(const BedeDoc *doc, const StoreHit *hit) {
  return hit->event < doc->events.count ? &doc->events.items[hit->event] : NULL;
}

static BedeStatus put_part(Page *p, const Part *part, BedeError *err) {
  bool begun = false;
  const BedeDoc *doc;
  for (uint32_t i = 0; i < p->hits.count; i++) {
    const StoreHit *hit = &p->hits.items[i];
    BedeStatus status = stored_doc(&p->stored, hit->document, &doc, err);
    if (status)
      return status;
    const Event *e = event_of(doc, hit);
    if (!e || !(part->statuses & 1u << e->status))
      continue;
    if (!begun)
      put_ink(p, BOLD, "\n%s\n", part->title);
    begun = true;
    put_event(p, doc, e);
    // Its sentence comes below the last of the events that stand in it.
    uint32_t next = i + 1;
    while (next < p->hits.count) {
      const Event *other = NULL;
      if (p->hits.items[next].document == hit->document)
        other = event_of(doc, &p->hits.items[next]);
      if (other && !(part->statuses & 1u << other->status)) {
        next++;
        continue;
      }
      if (!other || other->sentence != e->sentence)
        next = p->hits.count + 1;
      break;
    }
    if (next >= p->hits.count)
      put_sentence(p, doc, hit->document, e->sentence);
  }
  return BEDE_OK;
}

// ---- figures and derived facts

static bool is_side(const Page *p, const char *code) {
  for (int i = 0; i < 2; i++) {
    Str rest = str_of(p->sides[i]);
    if (str_equal(str_cut(&rest, '.'), str_of(code)))
      return true;
  }
  return false;
}

// Is the document about the two alone? Then its figures are about them too.
static bool only_between(const Page *p, const BedeDoc *doc) {
  for (uint32_t i = 0; i < doc->events.count; i++) {
    const uint32_t sides[] = {doc->events.items[i].source, doc->events.items[i].target};
    for (int k = 0; k < 2; k++)
      if (sides[k] != NONE && doc->actors.items[sides[k]].code[0] &&
          !is_side(p, doc->actors.items[sides[k]].code))
        return false;
  }
  return true;
}

static bool in_events(const Page *p, int64_t document, const BedeDoc *doc, uint32_t figure) {
  for (uint32_t i = 0; i < p->hits.count; i++) {
    const Event *e =
        p->hits.items[i].document == document ? event_of(doc, &p->hits.items[i]) : NULL;
    for (uint32_t k = 0; e && k < e->figure_count; k++)
      if (doc->members.items[e->figures + k] == figure)
        return true;
  }
  return false;
}

// "the two sides": says who, not how many.
static bool in_actor(const BedeDoc *doc, Span span) {
  for (uint32_t i = 0; i < doc->actors.count; i++)
    if (doc->actors.items[i].span.begin <= span.begin && span.end <= doc->actors.items[i].span.end)
      return true;
  return false;
}

static uint32_t sentence_at(const BedeDoc *doc, uint32_t byte) {
  uint32_t i = 0;
  while (i + 1 < doc->sentences.count && doc->sentences.items[i].span.end <= byte)
    i++;
  return i;
}

static void put_figures_of(Page *p, int64_t document, const BedeDoc *doc, bool *begun) {
  bool alone = only_between(p, doc);
  uint32_t last = NONE;
  for (uint32_t i = 0; i < doc->figures.count; i++) {
    const Figure *f = &doc->figures.items[i];
    if ((!in_events(p, document, doc, i) && !(alone && f->of && f->unit)) ||
        in_actor(doc, f->span))
      continue;
    if (!*begun)
      put_ink(p, BOLD, "\nFigures\n");
    *begun = true;
    uint32_t sentence = sentence_at(doc, f->span.begin);
    if (last != NONE && last != sentence)
      put_sentence(p, doc, document, last);
    last = sentence;
    out_text(&p->out, "  ");
    show_figure(&p->out, doc, f);
    out_char(&p->out, '\n');
  }
  if (last != NONE)
    put_sentence(p, doc, document, last);
}

static void put_derived(Page *p, const BedeDoc *doc, int64_t document, const Event *e, bool *begun) {
  for (uint32_t i = 0; i < e->derived_count; i++) {
    const Derived *d = &doc->derived.items[e->derived + i];
    if (!*begun)
      put_ink(p, BOLD, "\nWhat follows from it\n");
    *begun = true;
    Out days = {0};
    show_days(&days, d->begin, d->end);
    put_ink(p, BOLD, "  %-10s  ", days.at ? days.at : "");
    out_free(&days);
    out_print(&p->out, "%s %s: %s\n", doc_string(doc, d->code), doc_string(doc, d->statement),
              doc_string(doc, d->reason));
    put_sentence(p, doc, document, e->sentence);
  }
}

static int by_document(const void *a, const void *b) {
  int64_t x = ((const StoreHit *)a)->document, y = ((const StoreHit *)b)->document;
  return (x > y) - (x < y);
}

static BedeStatus put_figures(Page *p, BedeError *err) {
  bool begun = false;
  const BedeDoc *doc;
  Arena arena = {0};
  BedeStatus status = BEDE_OK;
  StoreHit *sorted = arena_alloc(&arena, (p->hits.count + 1) * sizeof *sorted);
  if (p->hits.count)
    memcpy(sorted, p->hits.items, p->hits.count * sizeof *sorted);
  qsort(sorted, p->hits.count, sizeof *sorted, by_document);
  for (uint32_t i = 0; !status && i < p->hits.count; i++)
    if (i == 0 || sorted[i].document != sorted[i - 1].document) {
      status = stored_doc(&p->stored, sorted[i].document, &doc, err);
      if (!status)
        put_figures_of(p, sorted[i].document, doc, &begun);
    }
  arena_free(&arena);
  begun = false;
  for (uint32_t i = 0; !status && i < p->hits.count; i++) {
    status = stored_doc(&p->stored, p->hits.items[i].document, &doc, err);
    const Event *e = status ? NULL : event_of(doc, &p->hits.items[i]);
    if (e)
      put_derived(p, doc, p->hits.items[i].document, e, &begun);
  }
  return status;
}

static uint32_t document_count(const Page *p) {
  uint32_t documents = 0;
  for (uint32_t i = 0; i < p->hits.count; i++) {
    bool before = false;
    for (uint32_t k = 0; k < i && !before; k++)
      before = p->hits.items[k].document == p->hits.items[i].document;
    documents += !before;
  }
  return documents;
}

static void put_title(Page *p, int64_t events) {
  uint32_t documents = document_count(p), shown = p->hits.count;
  put_ink(p, BOLD, "%s and %s", p->sides[0], p->sides[1]);
  out_print(&p->out, ": %lld event%s", (long long)events, events == 1 ? "" : "s");
  if (events > shown)
    out_print(&p->out, "; the %u strongest follow, one a story (--limit N shows more)\n", shown);
  else
    out_print(&p->out, " in %u document%s\n", documents, documents == 1 ? "" : "s");
}

// The course of the relation by year, where there is more than one.
static void put_course(Page *p, const StoreSeries *series) {
  if (series->count < 2)
    return;
  put_ink(p, BOLD, "\nYear by year\n");
  out_text(&p->out, "         stories  cooperation         conflict            mean Goldstein\n"
                    "                  verbal   material   verbal   material\n");
  for (uint32_t i = 0; i < series->count; i++) {
    const StorePeriod *row = &series->rows[i];
    if (row->reports)
      out_print(&p->out, "  %-6s %7lld  %6lld %10lld %8lld %10lld %16.1f\n", row->period,
                (long long)row->stories, (long long)row->quads[0], (long long)row->quads[1],
                (long long)row->quads[2], (long long)row->quads[3], row->goldstein);
    else if (!row->documents)
      out_print(&p->out, "  %-6s      no documents read\n", row->period);
    else
      out_print(&p->out, "  %-6s %7d\n", row->period, 0);
  }
}

// On a terminal, the course at a glance: by month, and by year where that is long.
static BedeStatus put_sparks(Page *p, const StoreQuery *query, const StoreSeries *years, BedeError *err) {
  StoreSeries months = {0};
  BedeStatus status = BEDE_OK;
  if (!p->show.terminal)
    return BEDE_OK;
  if (years->count <= 12)
    status = store_series(p->stored.store, query, SERIES_MONTH, &months, err);
  if (!status)
    show_sparks(&p->show, &p->out, months.count ? &months : years, months.count ? "month" : "year");
  free(months.rows);
  return status;
}

int cmd_dyad(const Args *args) {
  BedeError err;
  Page page = {0};
  StoreSeries series = {0};
  StoreQuery query;
  if (args->count != 2)
    return usage_error("which two actors? (bede dyad CHN RUS)");
  if (!query_of(args, &query))
    return WRONG_USAGE;
  if (stored_open(args, &page.stored, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  page.show = show_new(FORMAT_TABLE);
  page.sides[0] = args->inputs[0];
  page.sides[1] = args->inputs[1];
  query.limit = 0; // of what is shown, not of what counts
  BedeStatus status = store_series(page.stored.store, &query, SERIES_YEAR, &series, &err);
  const StoreQuery all = query; // as it was counted
  int64_t events = 0;
  for (uint32_t i = 0; i < series.count; i++)
    events += series.rows[i].reports;
  query.strongest = args->limit ? (uint32_t)MIN(args->limit, UINT32_MAX) : SHOWN;
  if (events <= query.strongest)
    query.strongest = 0;
  if (!status)
    status = store_find(page.stored.store, &query, &page.hits, &err);
  if (!status) {
    put_title(&page, MAX(events, page.hits.count));
    status = put_sparks(&page, &all, &series, &err);
  }
  if (!status) {
    if (query.strongest || series.count > 3)
      put_course(&page, &series);
  }
  for (size_t i = 0; !status && i < COUNT(parts); i++)
    status = put_part(&page, &parts[i], &err);
  if (!status)
    status = put_figures(&page, &err);
  if (status)
    complain("%s", err.message);
  print_out(&page.out);
  out_free(&page.out);
  free(page.hits.items);
  free(series.rows);
  stored_close(&page.stored);
  return print_end() && !status ? DONE : SOME_FAILED;
}
