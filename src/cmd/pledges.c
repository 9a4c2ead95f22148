// pledges.c - `bede pledges`: the ledger of what was promised.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stored.h"
#include "doc/csv.h"
#include "doc/json.h"
#include <stdlib.h>

static bool state_of(const char *word, PledgeState *out) {
  for (size_t i = 0; i < PLEDGE_STATES; i++)
    if (!strcmp(word, pledge_states[i])) {
      *out = (PledgeState)i;
      return true;
    }
  usage_error("--state needs kept, dropped, postponed, overdue or open, not `%s`", word);
  return false;
}

static Str what_of(const BedeDoc *doc, const Event *e) {
  return e->pledge ? str_of(doc_string(doc, e->pledge)) : str_trim(doc_span(doc, e->trigger_span));
}

static void put_line_text(Out *out, Str s, size_t most) {
  for (size_t i = 0; i < MIN(s.len, most); i++)
    out_char(out, (unsigned char)s.at[i] < ' ' ? ' ' : s.at[i]);
}

static void put_table(Out *out, const Show *show, const BedeDoc *doc, const Event *e, const Pledge *p) {
  static const Ink inks[] = {GREEN, RED, YELLOW, RED, PLAIN};
  char said[11], day[11];
  Out due = {0};
  if (p->due_begin.year)
    show_days(&due, p->due_begin, p->due_end);
  day_print(p->said, said);
  day_print(p->outcome_day, day);
  out_print(out, "%-21s ", due.at ? due.at : "-");
  char state[40];
  snprintf(state, sizeof state, "%-9s %-10s", pledge_states[p->state], day);
  show_ink(show, out, inks[p->state], state);
  out_print(out, " said %s%s ", said, e->due_inferred ? " (day inferred)" : "");
  if (p->reports > 1)
    out_print(out, "(%u reports) ", p->reports);
  show_actor(out, doc, e->source);
  out_text(out, e->mutual ? " <-> " : " -> ");
  show_actor(out, doc, e->target);
  out_print(out, "  %s: ", event_types[e->type]);
  put_line_text(out, what_of(doc, e), 120);
  out_char(out, '\n');
  out_free(&due);
}

static const char *code_of(const BedeDoc *doc, uint32_t actor) {
  return actor < doc->actors.count ? doc->actors.items[actor].code : "";
}

static void put_other(Out *out, Format format, const BedeDoc *doc, const Event *e, const Pledge *p,
                      const char *outcome) {
  char id[17], story[17] = "", days[5][11];
  hash_hex(e->id, id);
  if (e->story)
    hash_hex(e->story, story);
  const Day all[] = {p->due_begin, p->due_end, p->said, p->last_said, p->outcome_day};
  for (int i = 0; i < 5; i++)
    day_print(all[i], days[i]);
  if (format == FORMAT_CSV) {
    out_print(out, "%s,%s,%s,%s,%s,%s,%s,%s,%d,", story, id, days[0], days[1], pledge_states[p->state],
              days[4], outcome, code_of(doc, e->source), e->mutual);
    out_print(out, "%s,%s,", code_of(doc, e->target), event_types[e->type]);
    csv_quoted(out, what_of(doc, e));
    out_print(out, ",%s,%s,%u,%d,", days[2], days[3], p->reports, e->due_inferred);
    csv_quoted(out, doc->frame.id);
    out_char(out, '\n');
    return;
  }
  out_print(out, "{\"story\":\"%s\",\"event\":\"%s\",\"due\":", story, id);
  if (*days[0])
    out_print(out, "{\"begin\":\"%s\",\"end\":\"%s\",\"inferred\":%s}", days[0], days[1],
              e->due_inferred ? "true" : "false");
  else
    out_text(out, "null");
  out_print(out, ",\"state\":\"%s\",\"outcome\":", pledge_states[p->state]);
  if (*outcome)
    out_print(out, "{\"event\":\"%s\",\"date\":\"%s\"}", outcome, days[4]);
  else
    out_text(out, "null");
  out_print(out, ",\"source\":\"%s\",\"target\":\"%s\",\"mutual\":%s,\"type\":\"%s\",\"what\":",
            code_of(doc, e->source), code_of(doc, e->target), e->mutual ? "true" : "false",
            event_types[e->type]);
  json_str(out, what_of(doc, e));
  out_print(out, ",\"said\":\"%s\",\"last_said\":\"%s\",\"reports\":%u,\"doc\":", days[2], days[3],
            p->reports);
  json_str(out, doc->frame.id);
  out_text(out, "}\n");
}

static BedeStatus put_pledge(Stored *stored, const Show *show, Out *out, const Pledge *p,
                             BedeError *err) {
  char outcome[17] = "";
  const BedeDoc *doc;
  if (p->outcome_day.year) {
    BedeStatus status = stored_doc(stored, p->outcome.document, &doc, err);
    if (status)
      return status;
    if (p->outcome.event < doc->events.count)
      hash_hex(doc->events.items[p->outcome.event].id, outcome);
  }
  BedeStatus status = stored_doc(stored, p->first.document, &doc, err);
  if (status || p->first.event >= doc->events.count)
    return status;
  const Event *e = &doc->events.items[p->first.event];
  if (show->format == FORMAT_TABLE)
    put_table(out, show, doc, e, p);
  else
    put_other(out, show->format, doc, e, p, outcome);
  return BEDE_OK;
}

int cmd_pledges(const Args *args) {
  Format format;
  Stored stored;
  StoreQuery query;
  Pledges pledges = {0};
  PledgeState wanted = PLEDGE_STATES;
  BedeError err;
  Out out = {0};
  if (!format_of(args->to, &format) || !known_date(args->due, "due") ||
      !known_date(args->as_of, "as-of") || (args->state && !state_of(args->state, &wanted)) ||
      !query_of(args, &query))
    return WRONG_USAGE;
  if (stored_open(args, &stored, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  Show show = show_new(format);
  uint32_t told = 0;
  bool good = true;
  if (args->state)
    query.limit = 0; // of those in this state
  BedeStatus status = store_pledges(stored.store, &query, args->due, args->as_of, &pledges, &err);
  if (format == FORMAT_CSV)
    out_text(&out, "story,event,due_begin,due_end,state,outcome_date,outcome_event,source,mutual,"
                   "target,type,what,said,last_said,reports,inferred,document\n");
  for (uint32_t i = 0; !status && good && i < pledges.count; i++) {
    if (wanted != PLEDGE_STATES && pledges.items[i].state != wanted)
      continue;
    if (args->limit && told == args->limit)
      break;
    told++;
    status = put_pledge(&stored, &show, &out, &pledges.items[i], &err);
    if (out.len > 1 << 16)
      good = print_out(&out);
  }
  if (status)
    complain("%s", err.message);
  good = print_out(&out) && print_end() && good;
  if (!status && !args->quiet && format == FORMAT_TABLE)
    fprintf(stderr, "%u pledge%s\n", told, told == 1 ? "" : "s");
  free(pledges.items);
  out_free(&out);
  stored_close(&stored);
  return good && !status ? DONE : SOME_FAILED;
}
