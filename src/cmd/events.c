// events.c - `bede events` and `bede sample`: events of the store.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stored.h"
#include <stdlib.h>

static bool known_word(const char *word, const char *const *names, size_t count, const char *what) {
  if (!word)
    return true;
  for (size_t i = 0; i < count; i++)
    if (!strcmp(word, names[i]))
      return true;
  fprintf(stderr, "bede: `%s` is no %s; there are", word, what);
  for (size_t i = 0; i < count; i++)
    fprintf(stderr, "%s %s", i ? "," : "", names[i]);
  fputc('\n', stderr);
  return false;
}

bool known_date(const char *word, const char *option) {
  Day day;
  size_t len = word ? strlen(word) : 0;
  if (!word || (day_parse(str_of(word), &day) && len == (day.day ? 10u : day.month ? 7u : 4u)))
    return true;
  usage_error("--%s needs YYYY, YYYY-MM or YYYY-MM-DD, not `%s`", option, word);
  return false;
}

static int print_hits(Stored *stored, const StoreHits *hits, const Show *show) {
  Out out = {0};
  BedeError err;
  bool good = true;
  show_head(show, &out);
  for (uint32_t i = 0; good && i < hits->count; i++) {
    const BedeDoc *doc;
    if (stored_doc(stored, hits->items[i].document, &doc, &err)) {
      complain("%s", err.message);
      good = false;
    } else if (hits->items[i].event < doc->events.count) {
      show_event(show, &out, doc, hits->items[i].event);
    }
    if (out.len > 1 << 16)
      good = print_out(&out) && good;
  }
  good = print_out(&out) && print_end() && good;
  out_free(&out);
  return good ? DONE : SOME_FAILED;
}

bool query_of(const Args *args, StoreQuery *out) {
  if (args->count > 2) {
    usage_error("two actors at most");
    return false;
  }
  if (!known_word(args->type, event_types, COUNT(event_types), "type") ||
      !known_word(args->status, status_names, COUNT(status_names), "status") ||
      !known_date(args->from, "from") || !known_date(args->until, "until"))
    return false;
  if (args->from && args->until && strcmp(args->from, args->until) > 0 &&
      strncmp(args->from, args->until, strlen(args->until))) {
    usage_error("--from %s is after --until %s", args->from, args->until);
    return false;
  }
  BedeError err;
  if (args->where && store_where(args->where, &err)) {
    usage_error("%s", err.message);
    return false;
  }
  if (args->words && !*str_trim(str_of(args->words)).at) {
    usage_error("--text needs words");
    return false;
  }
  *out = (StoreQuery){.source = args->actor,
                      .target = args->target,
                      .either = args->count > 0 ? args->inputs[0] : NULL,
                      .other = args->count > 1 ? args->inputs[1] : NULL,
                      .type = args->type,
                      .status = args->status,
                      .from = args->from,
                      .until = args->until,
                      .words = args->words,
                      .speaker = args->speaker,
                      .place = args->place,
                      .story = args->story,
                      .where = args->where,
                      .once = args->once,
                      .limit = (uint32_t)MIN(args->limit, UINT32_MAX)};
  return true;
}

int cmd_events(const Args *args) {
  Format format;
  Stored stored;
  StoreHits hits;
  BedeError err;
  StoreQuery query;
  if (!format_of(args->to, &format) || !query_of(args, &query))
    return WRONG_USAGE;
  if (stored_open(args, &stored, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  Show show = show_new(format);
  int status = SOME_FAILED;
  if (store_find(stored.store, &query, &hits, &err))
    complain("%s", err.message);
  else
    status = print_hits(&stored, &hits, &show);
  if (!args->quiet && status == DONE && format == FORMAT_TABLE)
    fprintf(stderr, "%u event%s\n", hits.count, hits.count == 1 ? "" : "s");
  free(hits.items);
  stored_close(&stored);
  return status;
}

int cmd_sample(const Args *args) {
  Stored stored;
  StoreHits hits;
  BedeError err;
  Out out = {0};
  if (args->count)
    return usage_error("`bede sample` takes no input");
  if (stored_open(args, &stored, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  Show show = show_new(FORMAT_TABLE);
  StoreQuery query = {.draw = true,
                      .seed = args->seed ? (uint64_t)args->seed : 1,
                      .limit = args->count_wanted ? (uint32_t)MIN(args->count_wanted, UINT32_MAX)
                                                  : 20};
  BedeStatus status = store_find(stored.store, &query, &hits, &err);
  for (uint32_t i = 0; !status && i < hits.count; i++) {
    const BedeDoc *doc;
    if ((status = stored_doc(&stored, hits.items[i].document, &doc, &err)))
      break;
    out_print(&out, "%s%u. ", i ? "\n" : "", i + 1);
    show_evidence(&show, &out, doc, hits.items[i].event);
    char day[11];
    day_print(doc->day, day);
    out_print(&out, "  %-9s %.*s%s%s%s%.*s\n", "from", STR_ARG(doc->frame.id), *day ? ", " : "", day,
              doc->frame.title.len ? ": " : "", STR_ARG(doc->frame.title));
    if (!print_out(&out))
      break;
  }
  if (status)
    complain("%s", err.message);
  free(hits.items);
  out_free(&out);
  stored_close(&stored);
  return print_end() && !status ? DONE : SOME_FAILED;
}
