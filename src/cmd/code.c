// code.c - `bede code`: news to events, stored and printed.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/cmd.h"
#include "cmd/pipeline.h"
#include "store/store.h"
#include <inttypes.h>
#include <pthread.h>

typedef struct Work Work;
struct Work {
  const Args *args;
  Show show;
  PipelinePlan plan;
  Store *store; // NULL: nothing is stored
  pthread_mutex_t lock; // of store: the workers ask it for near-copies
  ReaderPlace last; // how far the documents taken reach
  Coder *coder; // for a document that was taken for a copy and is none
  Out out;
  uint64_t documents, events, known, known_copies, foreign, failed;
  int64_t copies; // new ones
};

// For the workers. What cannot be asked is coded, and the store tells why when it
// is written to.
static bool is_copy(void *context, const BedeDoc *doc) {
  Work *w = context;
  Fingerprint fingerprint;
  bool copy = false;
  fingerprint_make(doc, &fingerprint);
  pthread_mutex_lock(&w->lock);
  if (store_is_copy(w->store, &fingerprint, doc, &copy, NULL))
    copy = false;
  pthread_mutex_unlock(&w->lock);
  return copy;
}

// How far a file is in the store already.
static bool resume(void *context, ReaderPlace *place) {
  Work *w = context;
  bool known;
  pthread_mutex_lock(&w->lock);
  if (store_place(w->store, place, &known, NULL))
    known = false;
  pthread_mutex_unlock(&w->lock);
  if (known && !w->args->quiet)
    complain("%s: %s %llu", place->path, place->done ? "was read to its end; bytes:" : "gone on with at byte",
             (unsigned long long)(place->done ? place->size : place->at));
  return known;
}

// Keeps how far the files were read: what comes from another file says that the one
// before is at its end, unless it broke off, which is to be told again.
static BedeStatus reached(Work *w, const ReaderPlace *place, BedeError *err) {
  BedeStatus status = BEDE_OK;
  if (w->last.path && w->last.path != place->path && !w->last.broken) {
    w->last.done = true;
    status = store_reached(w->store, &w->last, err);
  }
  w->last = *place;
  return !status && place->path && place->at ? store_reached(w->store, place, err) : status;
}

// What the store has of a document that needed no coding.
static BedeStatus print_stored(Work *w, const BedeDoc *doc, BedeError *err) {
  int64_t key;
  BedeDoc *stored;
  BedeStatus status = store_key(w->store, doc, &key, err);
  if (!status && !key) { // its address alone is kept
    w->known_copies++;
    return BEDE_OK;
  }
  if (!status)
    status = store_load(w->store, key, &stored, err);
  if (status)
    return status;
  for (uint32_t i = 0; i < stored->events.count; i++)
    show_event(&w->show, &w->out, stored, i);
  w->events += stored->events.count;
  doc_free(stored);
  return BEDE_OK;
}

static void print_events(Work *w, const Piece *piece) {
  w->events += piece->doc->events.count;
  w->foreign += piece->foreign;
  if (w->show.format == FORMAT_JSONL) // printed by a worker already
    out_bytes(&w->out, piece->out.at, piece->out.len);
  else
    for (uint32_t i = 0; i < piece->doc->events.count; i++)
      show_event(&w->show, &w->out, piece->doc, i);
}

// Stores and prints what became of one document.
static BedeStatus take(Work *w, Piece *piece, BedeError *err) {
  StorePut put = PUT_NEW;
  BedeStatus status = BEDE_OK;
  w->documents++;
  w->known += piece->known;
  if (piece->known)
    return print_stored(w, piece->doc, err);
  if (piece->copy) {
    status = store_put_copy(w->store, piece->doc, &put, err);
    if (status || put == PUT_SAME || put == PUT_COPY)
      return status;
    if (!w->coder)
      w->coder = coder_new(w->plan.model);
    pipeline_code(&w->plan, w->coder, piece);
  }
  if (w->store)
    status = store_put(w->store, piece->doc, &put, err);
  if (!status && put != PUT_COPY)
    print_events(w, piece);
  return status;
}

static int run(Work *w) {
  BedeError err;
  BedeStatus status = BEDE_OK;
  int64_t before = 0, after = 0;
  if (w->store)
    status = store_copies(w->store, &before, &err);
  Progress progress = progress_new(w->args);
  Pipeline *pipeline = pipeline_new(&w->plan);
  uint64_t done, all;
  bool printed = true;
  show_head(&w->show, &w->out);
  for (Piece *piece; !status && printed && (piece = pipeline_next(pipeline));) {
    if (piece->err.message[0]) { // with a document a remark: it was read all the same
      progress_end(&progress);
      complain("%s", piece->err.message);
    }
    w->failed += !piece->doc;
    pthread_mutex_lock(&w->lock);
    if (piece->doc)
      status = take(w, piece, &err);
    if (!status && w->store)
      status = reached(w, &piece->reached, &err);
    pthread_mutex_unlock(&w->lock);
    printed = print_out(&w->out);
    pipeline_progress(pipeline, &done, &all);
    progress_tell(&progress, done, all, w->documents);
  }
  progress_end(&progress);
  if (!status && printed && w->store)
    status = reached(w, &(ReaderPlace){0}, &err);
  pipeline_free(pipeline);
  if (!status && w->store) // also where printing failed: what is coded is kept
    status = printed ? store_finish(w->store, &err) : store_commit(w->store, &err);
  if (status)
    complain("%s; documents after the last complete batch are not stored", err.message);
  if (!status && w->store)
    status = store_copies(w->store, &after, &err);
  w->copies = (int64_t)w->known_copies + after - before;
  bool ended = print_end(); // also where an input failed: its message is not the disk's
  return status || w->failed || !printed || !ended ? SOME_FAILED : DONE;
}

static void tell_summary(const Work *w) {
  fflush(stdout);
  fprintf(stderr, "%" PRIu64 " document%s", w->documents, w->documents == 1 ? "" : "s");
  if (w->known)
    fprintf(stderr, " (%" PRIu64 " as in the store)", w->known);
  if (w->copies > 0)
    fprintf(stderr, ", %" PRId64 " near-%s of others", w->copies, w->copies == 1 ? "copy" : "copies");
  fprintf(stderr, ", %" PRIu64 " event%s", w->events, w->events == 1 ? "" : "s");
  if (w->foreign)
    fprintf(stderr, ", %" PRIu64 " not in English and not coded", w->foreign);
  if (w->failed)
    fprintf(stderr, ", %" PRIu64 " not read", w->failed);
  fputc('\n', stderr);
}

static Str typed(const Args *args, Arena *arena) {
  Str words = STR("code");
  for (size_t i = 0; i < args->count; i++)
    words = arena_print(arena, "%.*s %s", STR_ARG(words), args->inputs[i]);
  return words;
}

static BedeStatus open_store(Work *w, const char *path, const BedeModel *model, StoreKnown **known,
                             BedeError *err) {
  char version[17];
  Arena arena = {0};
  hash_hex(model->version, version);
  BedeStatus status = store_open(path, STORE_WRITE, &w->store, err);
  if (!status)
    status = store_begin(w->store, &(StoreRun){BEDE_VERSION, version, typed(w->args, &arena).at, model},
                         err);
  if (!status && !w->args->each)
    store_merge_copies(w->store);
  if (!status)
    status = store_known(w->store, known, err);
  arena_free(&arena);
  return status;
}

int cmd_code(const Args *args) {
  Format format;
  BedeModel *model;
  BedeError err;
  StoreKnown *known = NULL;
  Work work = {.args = args, .lock = PTHREAD_MUTEX_INITIALIZER};
  if (!format_of(args->to, &format))
    return WRONG_USAGE;
  if (!args->count)
    return usage_error("which files or folders? (- is standard input)");
  const char *path = args->db ? args->db : format == FORMAT_TABLE ? "bede.db" : NULL;
  if (args->resume && !path)
    return usage_error("--resume needs a store: --db FILE");
  if (model_find(args, &model, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  work.show = show_new(format);
  int status = SOME_FAILED;
  if (path && open_store(&work, path, model, &known, &err)) {
    complain("%s", err.message);
  } else {
    work.plan = (PipelinePlan){.model = model,
                               .inputs = args->inputs,
                               .count = args->count,
                               .stages = CODE_ALL,
                               .threads = thread_count(args),
                               .print = format == FORMAT_JSONL ? PRINT_EVENTS : PRINT_NOTHING,
                               .known = known,
                               .is_copy = path && !args->each ? is_copy : NULL,
                               .resume = args->resume ? resume : NULL,
                               .context = &work};
    status = run(&work);
    if (!args->quiet && format == FORMAT_TABLE)
      tell_summary(&work);
  }
  store_known_free(known);
  store_close(work.store);
  if (work.coder)
    coder_free(work.coder);
  out_free(&work.out);
  bede_model_free(model);
  return status;
}
