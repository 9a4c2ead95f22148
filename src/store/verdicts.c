// verdicts.c - what people found when they read events. See schema-4.sql.
// SPDX-License-Identifier: Apache-2.0
#include "store/internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

BedeStatus store_judge(Store *store, const BedeDoc *doc, uint32_t event, bool right,
                       const char *role, BedeError *err) {
  const Event *e = &doc->events.items[event];
  char id[17], at[24];
  time_t seconds = time(NULL);
  struct tm utc;
  gmtime_r(&seconds, &utc);
  strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &utc);
  hash_hex(e->id, id);
  return RUN(store, err, "INSERT OR REPLACE INTO verdicts VALUES (?,?,?,?,?,?,?)", T(str_of(id)),
             T(right ? STR("right") : STR("wrong")), T(str_of(role)), T(str_of(event_types[e->type])),
             e->source == NONE ? NIL : T(str_of(doc->actors.items[e->source].code)),
             e->target == NONE ? NIL : T(str_of(doc->actors.items[e->target].code)), T(str_of(at)));
}

BedeStatus store_is_judged(Store *store, uint64_t event, bool *out, BedeError *err) {
  char id[17];
  sqlite3_stmt *s;
  *out = false;
  hash_hex(event, id);
  BedeStatus status = QUERY(store, err, &s, "SELECT 1 FROM verdicts WHERE event = ?", T(str_of(id)));
  while (!status && store_row(store, s, &status, err))
    *out = true;
  return status;
}

// The interval in which the share lies with 95%: Wilson's.
static void interval(StoreJudged *j) {
  double n = (double)j->judged, p = n > 0 ? (double)j->right / n : 0, z = 1.96;
  if (n < 1)
    return;
  double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  j->low = MAX(0, middle - half);
  j->high = MIN(1, middle + half);
}

BedeStatus store_judged(Store *store, StoreJudgedList *out, BedeError *err) {
  static const char *const questions[] = {
      "SELECT 'all', '', count(*), sum(verdict = 'right') FROM verdicts",
      "SELECT 'type', type, count(*), sum(verdict = 'right') FROM verdicts GROUP BY 2 ORDER BY 2",
      ("SELECT 'actor', code, count(*), sum(right) FROM (SELECT source AS code, verdict = 'right' AS "
       "right FROM verdicts WHERE source IS NOT NULL UNION ALL SELECT target, verdict = 'right' FROM "
       "verdicts WHERE target IS NOT NULL AND target <> coalesce(source, '')) GROUP BY 2 ORDER BY 3 DESC, 2"),
      ("SELECT 'wrong', coalesce(role, 'event'), count(*), 0 FROM verdicts WHERE verdict = 'wrong' "
       "GROUP BY 2 ORDER BY 3 DESC, 2")};
  uint32_t room = 0;
  BedeStatus status = BEDE_OK;
  *out = (StoreJudgedList){0};
  for (size_t i = 0; !status && i < COUNT(questions); i++) {
    sqlite3_stmt *s;
    status = QUERY(store, err, &s, questions[i]);
    while (!status && store_row(store, s, &status, err)) {
      if (out->count == room) {
        room = room ? 2 * room : 64;
        out->items = realloc(out->items, room * sizeof *out->items);
        if (!out->items)
          out_of_memory();
      }
      StoreJudged *j = &out->items[out->count++];
      *j = (StoreJudged){.judged = sqlite3_column_int64(s, 2), .right = sqlite3_column_int64(s, 3)};
      snprintf(j->what, sizeof j->what, "%.*s", STR_ARG(row_text(s, 0)));
      snprintf(j->name, sizeof j->name, "%.*s", STR_ARG(row_text(s, 1)));
      interval(j);
    }
  }
  return status;
}

BedeStatus store_precision(Store *store, StoreJudged out[EVENT_TYPES], BedeError *err) {
  StoreJudgedList list;
  StoreJudged all = {.judged = 0};
  memset(out, 0, EVENT_TYPES * sizeof *out);
  BedeStatus status = store_judged(store, &list, err);
  for (uint32_t i = 0; !status && i < list.count; i++) {
    const StoreJudged *j = &list.items[i];
    if (!strcmp(j->what, "all"))
      all = *j;
    for (int type = 0; type < EVENT_TYPES && !strcmp(j->what, "type"); type++)
      if (!strcmp(j->name, event_types[type]))
        out[type] = *j;
  }
  for (int type = 0; type < EVENT_TYPES; type++)
    if (!out[type].judged)
      out[type] = all;
  free(list.items);
  return status;
}
