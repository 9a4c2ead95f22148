// explain.c - `bede explain`: the evidence of an event, and every candidate with
// the reason why it was kept or rejected.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stored.h"
#include "read/read.h"
#include <stdlib.h>

static void heading(const Show *show, Out *out, const char *text) {
  out_char(out, '\n');
  show_ink(show, out, BOLD, text);
  out_char(out, '\n');
}

static int explain_text(const Args *args, const BedeModel *model) {
  BedeDoc *doc;
  BedeError err;
  BedeInput input = {.text = args->words, .len = strlen(args->words), .id = "text",
                     .date = args->date};
  if (read_text(model, &input, &doc, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  Coder *coder = coder_new(model);
  Show show = show_new(FORMAT_TABLE);
  Out out = {0}, why = {0};
  coder_run(coder, doc, CODE_ALL, &why);
  if (!doc->events.count)
    out_text(&out, "no event\n");
  for (uint32_t i = 0; i < doc->events.count; i++) {
    out_text(&out, i ? "\n" : "");
    show_evidence(&show, &out, doc, i);
  }
  heading(&show, &out, "What was considered");
  out_str(&out, why.len ? (Str){why.at, why.len} : STR("nothing\n"));
  bool good = print_out(&out) && print_end();
  out_free(&out);
  out_free(&why);
  coder_free(coder);
  doc_free(doc);
  return good ? DONE : SOME_FAILED;
}

// The document as it was before it was coded.
static BedeDoc *uncoded(const BedeDoc *stored) {
  BedeDoc *doc = doc_new();
  doc->text = stored->text; // both live until the command ends
  doc->frame = stored->frame;
  doc->day = stored->day;
  doc->day_basis = stored->day_basis;
  return doc;
}

static void considered(const BedeModel *model, const BedeDoc *stored, uint64_t id, const Show *show,
                       Out *out) {
  Coder *coder = coder_new(model);
  BedeDoc *doc = uncoded(stored);
  Out why = {0};
  coder_run(coder, doc, CODE_ALL, &why);
  bool still = false;
  for (uint32_t i = 0; i < doc->events.count; i++)
    still = still || doc->events.items[i].id == id;
  heading(show, out, "What was considered in the document");
  out_str(out, why.len ? (Str){why.at, why.len} : STR("nothing\n"));
  if (!still)
    out_text(out, "\nThe present program and data would not code this event: the store is of "
                  "others.\n");
  out_free(&why);
  doc_free(doc);
  coder_free(coder);
}

// The other addresses at which the document's text was met.
static BedeStatus show_copies(Store *store, int64_t document, Out *out, BedeError *err) {
  enum { SHOWN = 5 };
  Arena arena = {0};
  Str *ids;
  uint32_t count;
  BedeStatus status = store_copies_of(store, document, SHOWN, &arena, &ids, &count, err);
  for (uint32_t i = 0; !status && i < MIN(count, (uint32_t)SHOWN); i++)
    out_print(out, "  %-9s %.*s\n", i ? "" : "also at", STR_ARG(ids[i]));
  if (!status && count > SHOWN)
    out_print(out, "  %-9s and %u more\n", "", count - SHOWN);
  arena_free(&arena);
  return status;
}

static BedeStatus explain_event(const char *id, const BedeModel *model, Stored *stored,
                                StoreHits *hits, Out *out, BedeError *err) {
  Show show = show_new(FORMAT_TABLE);
  const BedeDoc *doc;
  Arena arena = {0};
  StoreRun run;
  BedeStatus status = store_find(stored->store, &(StoreQuery){.id = id}, hits, err);
  if (!status && !hits->count)
    status = fail(err, BEDE_INPUT, "%s: the store has no such event", id);
  if (!status)
    status = stored_doc(stored, hits->items[0].document, &doc, err);
  if (!status)
    status = store_run_of(stored->store, hits->items[0].document, &arena, &run, err);
  if (!status) {
    char day[11];
    day_print(doc->day, day);
    show_evidence(&show, out, doc, hits->items[0].event);
    out_print(out, "  %-9s %.*s%s%s%s%.*s\n", "from", STR_ARG(doc->frame.id), *day ? ", " : "", day,
              doc->frame.title.len ? ": " : "", STR_ARG(doc->frame.title));
    Out address = {0};
    doc_shown_at(doc, doc->sentences.items[doc->events.items[hits->items[0].event].sentence].span, &address);
    if (address.len)
      out_print(out, "  %-9s %s\n", "shown at", address.at);
    out_free(&address);
    status = show_copies(stored->store, hits->items[0].document, out, err);
    out_print(out, "  %-9s Bede %s, data %s\n", "coded by", run.program, run.data);
    considered(model, doc, doc->events.items[hits->items[0].event].id, &show, out);
  }
  arena_free(&arena);
  return status;
}

int cmd_explain(const Args *args) {
  BedeModel *model;
  BedeError err;
  if (args->words ? args->count != 0 : args->count != 1)
    return usage_error("which event? (bede explain EVENT-ID, or --text \"…\")");
  Day day;
  if (args->date && !day_parse(str_of(args->date), &day))
    return usage_error("--date needs YYYY-MM-DD, not `%s`", args->date);
  Stored stored = {0};
  if ((!args->words && stored_open(args, &stored, &err)) || model_find(args, &model, &err)) {
    complain("%s", err.message);
    stored_close(&stored);
    return SOME_FAILED;
  }
  int status = DONE;
  if (args->words) {
    status = explain_text(args, model);
  } else {
    Out out = {0};
    StoreHits hits = {0};
    if (explain_event(args->inputs[0], model, &stored, &hits, &out, &err)) {
      complain("%s", err.message);
      status = SOME_FAILED;
    }
    if (!print_out(&out) || !print_end())
      status = SOME_FAILED;
    free(hits.items);
    out_free(&out);
  }
  stored_close(&stored);
  bede_model_free(model);
  return status;
}
