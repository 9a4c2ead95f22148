// audit.c - `bede audit`: events are read beside their sentences, and judged;
// precision with intervals follows.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stored.h"
#include <stdlib.h>

typedef struct Answer Answer; // a key and what it says
struct Answer {
  char key;
  bool right;
  const char *role, *words;
};

static const Answer answers[] = {
    {'r', true, "", "right"},           {'w', false, "event", "wrong: no such event"},
    {'s', false, "source", "source"},   {'t', false, "target", "target"},
    {'y', false, "type", "type"},       {'u', false, "status", "status"},
    {'d', false, "date", "date"},
};

static void put_keys(Out *out) {
  out_text(out, "  [");
  for (size_t i = 0; i < COUNT(answers); i++)
    out_print(out, "%s%c %s", i == 2 ? ", or wrong in " : i ? ", " : "", answers[i].key, answers[i].words);
  out_text(out, "; n next, q quit] ");
}

// The events to be read: of each type as many, in an order that the seed draws.
static BedeStatus draw(Store *store, const StoreQuery *query, uint32_t count, StoreHits *out,
                       BedeError *err) {
  StoreHits of_type[EVENT_TYPES] = {{0}};
  StoreJudgedList known; // of all, first
  BedeStatus status = store_judged(store, &known, err);
  uint32_t enough = count + (uint32_t)(status || !known.count ? 0 : known.items[0].judged);
  free(known.items);
  *out = (StoreHits){.items = calloc(count + 1, sizeof *out->items)};
  if (!out->items)
    out_of_memory();
  for (int type = 0; !status && type < EVENT_TYPES; type++) {
    StoreQuery q = *query;
    if (q.type && strcmp(q.type, event_types[type]))
      continue;
    q.type = event_types[type];
    q.limit = enough; // of which as many as are new are read
    status = store_find(store, &q, &of_type[type], err);
  }
  bool more = true;
  for (uint32_t turn = 0; !status && more && out->count < count; turn++) {
    more = false;
    for (int type = 0; type < EVENT_TYPES && out->count < count; type++) {
      if (turn >= of_type[type].count)
        continue;
      more = true;
      BedeDoc *doc;
      bool judged = true;
      StoreHit hit = of_type[type].items[turn];
      if ((status = store_load(store, hit.document, &doc, err)))
        break;
      if (hit.event < doc->events.count)
        status = store_is_judged(store, doc->events.items[hit.event].id, &judged, err);
      doc_free(doc);
      if (!status && !judged)
        out->items[out->count++] = hit;
    }
  }
  for (int type = 0; type < EVENT_TYPES; type++)
    free(of_type[type].items);
  return status;
}

// Asks until there is an answer. False at the end: q, or of the input.
static bool ask(Stored *stored, const BedeDoc *doc, uint32_t event, uint32_t *judged,
                BedeStatus *status, BedeError *err) {
  char line[100];
  for (;;) {
    if (!fgets(line, sizeof line, stdin) || line[0] == 'q')
      return false;
    if (line[0] == 'n')
      return true;
    for (size_t i = 0; i < COUNT(answers); i++)
      if (line[0] == answers[i].key) {
        *status = store_judge(stored->store, doc, event, answers[i].right, answers[i].role, err);
        *judged += !*status;
        return !*status;
      }
    Out out = {0};
    put_keys(&out);
    bool good = print_out(&out);
    fflush(stdout);
    out_free(&out);
    if (!good)
      return false;
  }
}

static BedeStatus put_report(Stored *stored, Format format, Out *out, BedeError *err) {
  StoreJudgedList list;
  BedeStatus status = store_judged(stored->store, &list, err);
  const char *last = "";
  if (format == FORMAT_CSV)
    out_text(out, "what,name,judged,right,precision,low,high\n");
  for (uint32_t i = 0; !status && i < list.count; i++) {
    const StoreJudged *j = &list.items[i];
    bool wrong = !strcmp(j->what, "wrong");
    double share = j->judged ? (double)j->right / (double)j->judged : 0;
    if (format == FORMAT_CSV) {
      out_print(out, "%s,%s,%lld,%lld,%.4f,%.4f,%.4f\n", j->what, j->name, (long long)j->judged,
                (long long)j->right, share, j->low, j->high);
    } else if (format == FORMAT_JSONL) {
      out_print(out, "{\"what\":\"%s\",\"name\":\"%s\",\"judged\":%lld,\"right\":%lld,\"precision\":%.4f,"
                     "\"low\":%.4f,\"high\":%.4f}\n",
                j->what, j->name, (long long)j->judged, (long long)j->right, share, j->low, j->high);
    } else if (!j->judged) {
      out_text(out, "nothing has been judged yet\n");
    } else {
      if (strcmp(last, j->what))
        out_print(out, "%s%s\n", *last ? "\n" : "",
                  wrong ? "wrong in" : "judged  right  precision, with 95% between");
      if (wrong)
        out_print(out, "%6lld  %s\n", (long long)j->judged, j->name);
      else
        out_print(out, "%6lld %6lld  %5.1f%%  %5.1f%% - %5.1f%%  %s\n", (long long)j->judged,
                  (long long)j->right, 100 * share, 100 * j->low, 100 * j->high, *j->name ? j->name : j->what);
    }
    last = j->what;
  }
  free(list.items);
  return status;
}

int cmd_audit(const Args *args) {
  Format format;
  Stored stored = {0};
  StoreQuery query;
  StoreHits hits = {0};
  BedeError err;
  Out out = {0};
  if (!format_of(args->to, &format) || !query_of(args, &query))
    return WRONG_USAGE;
  if (args->report)
    query.limit = 0;
  query.draw = true;
  query.seed = args->seed ? (uint64_t)args->seed : 1;
  uint32_t count = args->count_wanted ? (uint32_t)MIN(args->count_wanted, 100000) : 50, judged = 0;
  BedeStatus status = store_open(args->db ? args->db : "bede.db", args->report ? STORE_READ : STORE_WRITE,
                                 &stored.store, &err);
  if (!status && !args->report)
    status = draw(stored.store, &query, count, &hits, &err);
  Show show = show_new(FORMAT_TABLE);
  bool good = true;
  for (uint32_t i = 0; !status && good && i < hits.count; i++) {
    const BedeDoc *doc;
    if ((status = stored_doc(&stored, hits.items[i].document, &doc, &err)))
      break;
    out_print(&out, "\n%u of %u. ", i + 1, hits.count);
    show_evidence(&show, &out, doc, hits.items[i].event);
    put_keys(&out);
    good = print_out(&out);
    fflush(stdout);
    if (good && !ask(&stored, doc, hits.items[i].event, &judged, &status, &err))
      break;
  }
  if (!status && !args->report)
    out_text(&out, "\n\n");
  if (!status)
    status = put_report(&stored, format, &out, &err);
  if (status)
    complain("%s", err.message);
  good = print_out(&out) && print_end() && good;
  free(hits.items);
  out_free(&out);
  stored_close(&stored);
  return good && !status ? DONE : SOME_FAILED;
}
