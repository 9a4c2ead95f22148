// series.c - `bede series`: events counted by period.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stored.h"
#include "record/record.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static const char *const units[] = {"day", "week", "month", "year"};

static bool unit_of(const char *word, SeriesUnit *out) {
  for (size_t i = 0; i < COUNT(units); i++)
    if (!strcmp(word, units[i])) {
      *out = (SeriesUnit)i;
      return true;
    }
  usage_error("--by needs day, week, month or year, not `%s`", word);
  return false;
}

// Which rows begin another level. Periods without documents have nothing to say
// and count as read a little.
static bool *changes_of(const StoreSeries *series, Arena *arena) {
  double *counts = arena_alloc(arena, (series->count + 1) * sizeof *counts);
  double *exposure = arena_alloc(arena, (series->count + 1) * sizeof *exposure);
  bool *changes = arena_alloc(arena, series->count + 1);
  for (uint32_t i = 0; i < series->count; i++) {
    const StorePeriod *row = &series->rows[i];
    counts[i] = (double)(row->stories >= 0 ? row->stories : row->reports);
    exposure[i] = MAX((double)row->documents, 0.1);
  }
  series_changes(counts, exposure, series->count, changes);
  return changes;
}

// A count, or what stands for none.
#define put_count(out, count, form, none) \
  ((count) < 0 ? out_text(out, none) : out_print(out, form, (int64_t)(count)))

// How many of the counted are right, as far as events of their types were judged.
typedef struct Bar Bar;
struct Bar {
  bool known;
  double right, low, high;
};

// Precision of each type, times its count; what types are unsure by adds up in
// squares, as they were judged apart.
static Bar bar_of(const StorePeriod *row, const StoreJudged precision[EVENT_TYPES]) {
  Bar bar = {.known = precision[0].judged > 0}; // of all, where not of the type
  double below = 0, above = 0;
  for (int type = 0; bar.known && type < EVENT_TYPES; type++) {
    const StoreJudged *j = &precision[type];
    double count = (double)row->types[type], share = (double)j->right / (double)j->judged;
    bar.right += count * share;
    below += pow(count * (share - j->low), 2);
    above += pow(count * (j->high - share), 2);
  }
  bar.low = MAX(0, bar.right - sqrt(below));
  bar.high = bar.right + sqrt(above);
  return bar;
}

static void put_row(Out *out, Format format, const StorePeriod *row, const Bar *bar, bool change) {
  double share = row->all ? (double)row->reports / (double)row->all : 0;
  bool counted = row->stories >= 0, any = counted && row->reports;
  if (format == FORMAT_TABLE) {
    out_print(out, "%-10s ", row->period);
    put_count(out, row->stories, "%8" PRId64, "       -");
    out_print(out, "%9" PRId64, row->reports);
    for (int quad = 0; quad < 4; quad++)
      put_count(out, counted ? row->quads[quad] : -1, "%9" PRId64, "        -");
    if (any)
      out_print(out, "%10.1f", row->goldstein);
    else
      out_text(out, "         -");
    out_print(out, "%8.2f%%%10" PRId64, 100 * share, row->documents);
    if (bar->known)
      out_print(out, "%8.1f (%.1f-%.1f)", bar->right, bar->low, bar->high);
    out_text(out, change ? " *\n" : "\n");
  } else if (format == FORMAT_CSV) {
    out_print(out, "%s,", row->period);
    put_count(out, row->stories, "%" PRId64, "");
    out_print(out, ",%" PRId64, row->reports);
    for (int quad = 0; quad < 4; quad++) {
      out_char(out, ',');
      put_count(out, counted ? row->quads[quad] : -1, "%" PRId64, "");
    }
    out_char(out, ',');
    if (any)
      out_print(out, "%.3f", row->goldstein);
    out_print(out, ",%.6f,%" PRId64 ",%" PRId64 ",%d,", share, row->all, row->documents, change);
    if (bar->known)
      out_print(out, "%.2f,%.2f,%.2f\n", bar->right, bar->low, bar->high);
    else
      out_text(out, ",,\n");
  } else {
    out_print(out, "{\"period\":\"%s\",\"stories\":", row->period);
    put_count(out, row->stories, "%" PRId64, "null");
    out_print(out, ",\"reports\":%" PRId64, row->reports);
    static const char *const names[] = {"verbal_cooperation", "material_cooperation",
                                        "verbal_conflict", "material_conflict"};
    for (int quad = 0; quad < 4; quad++) {
      out_print(out, ",\"%s\":", names[quad]);
      put_count(out, counted ? row->quads[quad] : -1, "%" PRId64, "null");
    }
    out_text(out, ",\"goldstein\":");
    if (any)
      out_print(out, "%.3f", row->goldstein);
    else
      out_text(out, "null");
    out_print(out, ",\"share\":%.6f,\"all\":%" PRId64 ",\"documents\":%" PRId64 ",\"change\":%s,\"right\":",
              share, row->all, row->documents, change ? "true" : "false");
    if (bar->known)
      out_print(out, "{\"count\":%.2f,\"low\":%.2f,\"high\":%.2f}}\n", bar->right, bar->low, bar->high);
    else
      out_text(out, "null}\n");
  }
}

int cmd_series(const Args *args) {
  Format format;
  Stored stored;
  StoreQuery query;
  StoreSeries series = {0};
  SeriesUnit unit = SERIES_MONTH;
  BedeError err;
  Arena arena = {0};
  Out out = {0};
  bool every = args->status && !strcmp(args->status, "all");
  Args asked = *args;
  asked.status = every ? NULL : args->status ? args->status : "actual";
  if (!format_of(args->to, &format) || (args->by && !unit_of(args->by, &unit)) ||
      !query_of(&asked, &query))
    return WRONG_USAGE;
  if (stored_open(args, &stored, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  StoreJudged precision[EVENT_TYPES];
  BedeStatus status = store_series(stored.store, &query, unit, &series, &err);
  if (!status)
    status = store_precision(stored.store, precision, &err);
  if (status) {
    complain("%s", err.message);
  } else {
    bool *changes = changes_of(&series, &arena);
    if (format == FORMAT_TABLE)
      out_print(&out, "%-10s  stories  reports  verb.co  mat.co   verb.cf  mat.cf   goldstein   share documents%s\n",
                units[unit], precision[0].judged ? "   right (95%)" : "");
    else if (format == FORMAT_CSV)
      out_text(&out, "period,stories,reports,verbal_cooperation,material_cooperation,verbal_conflict,"
                     "material_conflict,goldstein,share,all,documents,change,right,low,high\n");
    for (uint32_t i = 0; i < series.count; i++) {
      Bar bar = bar_of(&series.rows[i], precision);
      put_row(&out, format, &series.rows[i], &bar, changes[i]);
    }
    Show show = show_new(format);
    if (format == FORMAT_TABLE && show.terminal)
      show_sparks(&show, &out, &series, units[unit]);
  }
  bool good = print_out(&out);
  if (!status && !series.count && !args->quiet && format == FORMAT_TABLE)
    fprintf(stderr, "no events\n");
  free(series.rows);
  out_free(&out);
  arena_free(&arena);
  stored_close(&stored);
  return good && print_end() && !status ? DONE : SOME_FAILED;
}
