// diff.c - `bede diff OLD NEW`: what another store says otherwise.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/changes.h"
#include <inttypes.h>
#include <stdlib.h>

// What came of a document, for the reader of the feed.
static const char *why_of(const BedeDoc *old, const BedeDoc *new) {
  if (!old)
    return "new document";
  if (!new)
    return "document gone";
  return str_equal(old->text, new->text) ? "coded again" : "new text";
}

static BedeStatus put_pair(Changes *changes, Store *const stores[2], const StorePair *pair,
                           BedeError *err) {
  const int64_t keys[] = {pair->old, pair->new};
  BedeDoc *docs[2] = {NULL, NULL};
  StoreRun runs[2] = {{0}, {0}};
  Arena arena = {0};
  BedeStatus status = BEDE_OK;
  for (int i = 0; !status && i < 2; i++) {
    if (!keys[i])
      continue;
    status = store_load(stores[i], keys[i], &docs[i], err);
    if (!status)
      status = store_run_of(stores[i], keys[i], &arena, &runs[i], err);
  }
  if (!status)
    changes_put(changes, docs[0], docs[1], &(Version){runs[0].program, runs[0].data},
                &(Version){runs[1].program, runs[1].data}, why_of(docs[0], docs[1]));
  doc_free(docs[0]);
  doc_free(docs[1]);
  arena_free(&arena);
  return status;
}

int cmd_diff(const Args *args) {
  Format format;
  BedeError err;
  Store *stores[2] = {NULL, NULL};
  StorePairs pairs = {0};
  if (args->count != 2)
    return usage_error("which two stores? (bede diff OLD.db NEW.db)");
  if (!format_of(args->to, &format))
    return WRONG_USAGE;
  Changes changes = {.show = show_new(format)};
  BedeStatus status = BEDE_OK;
  for (int i = 0; !status && i < 2; i++)
    status = store_open(args->inputs[i], STORE_READ, &stores[i], &err);
  if (!status)
    status = store_pairs(stores[0], stores[1], &pairs, &err);
  bool good = true;
  changes_head(&changes);
  for (uint32_t i = 0; !status && good && i < pairs.count; i++) {
    status = put_pair(&changes, stores, &pairs.items[i], &err);
    if (changes.out.len > 1 << 16)
      good = print_out(&changes.out);
  }
  if (status)
    complain("%s", err.message);
  good = print_out(&changes.out) && print_end() && good;
  if (!status && !args->quiet && format == FORMAT_TABLE)
    fprintf(stderr, "%" PRIu64 " added, %" PRIu64 " deleted, %" PRIu64 " corrected, in %u of %" PRIu64 " documents\n",
            changes.added, changes.deleted, changes.corrected, pairs.count, pairs.count + pairs.same);
  free(pairs.items);
  out_free(&changes.out);
  store_close(stores[0]);
  store_close(stores[1]);
  return good && !status ? DONE : SOME_FAILED;
}
