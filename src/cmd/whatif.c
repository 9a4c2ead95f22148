// whatif.c - `bede whatif`: what other actors or clauses would change in a store,
// from the parses that it keeps. Nothing is parsed, and nothing is written.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/changes.h"
#include "cmd/stored.h"
#include <inttypes.h>
#include <stdlib.h>

typedef struct Work Work;
struct Work {
  Store *store;
  BedeModel *model;
  Coder *coder;
  Changes changes;
  char data[17];
  uint64_t network;
  uint64_t documents, unparsed;
};

static BedeStatus try_document(Work *w, int64_t key, BedeError *err) {
  BedeDoc *old = NULL, *new = NULL;
  Arena arena = {0};
  StoreRun run = {0};
  BedeStatus status = store_load(w->store, key, &old, err);
  if (!status)
    status = store_load_parsed(w->store, key, w->network, &new, err);
  if (!status)
    status = store_run_of(w->store, key, &arena, &run, err);
  if (!status && new) {
    coder_run(w->coder, new, CODE_MENTIONS | CODE_EVENTS, NULL);
    changes_put(&w->changes, old, new, &(Version){run.program, run.data},
                &(Version){BEDE_VERSION, w->data}, "");
    w->documents++;
  } else if (!status && old->sentences.count) { // else it is not in English
    w->unparsed++;
  }
  doc_free(old);
  doc_free(new);
  arena_free(&arena);
  return status;
}

int cmd_whatif(const Args *args) {
  Format format;
  BedeError err;
  Work w = {0};
  int64_t *keys = NULL;
  uint32_t count = 0;
  bool good = true;
  if (args->count)
    return usage_error("`bede whatif` takes no input; --codebook FILE or --actors FILE say what is new");
  if (!args->own_codebook && !args->own_actors && !args->data)
    return usage_error("what is new? --codebook FILE, --actors FILE, or --data FOLDER");
  if (!format_of(args->to, &format))
    return WRONG_USAGE;
  w.changes.show = show_new(format);
  BedeStatus status = model_find(args, &w.model, &err);
  if (!status)
    status = store_open(args->db ? args->db : "bede.db", STORE_READ, &w.store, &err);
  if (!status)
    status = store_documents(w.store, &keys, &count, &err);
  if (!status) {
    w.coder = coder_new(w.model);
    hash_hex(w.model->version, w.data);
    w.network = network_version(&w.model->network);
    changes_head(&w.changes);
  }
  Progress progress = progress_new(args);
  for (uint32_t i = 0; !status && good && i < count; i++) {
    status = try_document(&w, keys[i], &err);
    if (w.changes.out.len > 1 << 16)
      good = print_out(&w.changes.out);
    progress_tell(&progress, i + 1, count, i + 1);
  }
  progress_end(&progress);
  if (status)
    complain("%s", err.message);
  good = print_out(&w.changes.out) && print_end() && good;
  if (!status && w.unparsed)
    complain("of %" PRIu64 " document%s there is no parse of this network in the store; `bede code` them again",
             w.unparsed, w.unparsed == 1 ? "" : "s");
  if (!status && !args->quiet && format == FORMAT_TABLE)
    fprintf(stderr, "%" PRIu64 " would appear, %" PRIu64 " vanish, %" PRIu64 " change, %" PRIu64
                    " stay, in %" PRIu64 " documents\n",
            w.changes.added, w.changes.deleted, w.changes.corrected, w.changes.same, w.documents);
  free(keys);
  out_free(&w.changes.out);
  if (w.coder)
    coder_free(w.coder);
  store_close(w.store);
  if (w.model)
    bede_model_free(w.model);
  return good && !status && !w.unparsed ? DONE : SOME_FAILED;
}
