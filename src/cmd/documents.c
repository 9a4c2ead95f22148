// documents.c - `bede read` and `bede annotate`: documents or their layers as
// JSON Lines.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/cmd.h"
#include "cmd/pipeline.h"
#include "doc/json.h"
#include "record/record.h"
#include "store/seen.h"
#include <errno.h>
#include <stdlib.h>

// ---- stories
//
// Which documents tell one story is known when all have been read. Until then
// the annotations wait in a file without a name.

typedef struct Waiting Waiting;
struct Waiting {
  FILE *file; // NULL: nothing waits
  Arena arena;
  Array(Report) reports; // in the order of the file
};

static const Str no_story = STR("\"story\":null}\n"); // the end of a line

static bool wait_failed(void) {
  complain("temporary file: cannot write: %s", strerror(errno));
  return false;
}

static bool wait_for_story(Waiting *w, const BedeModel *model, const BedeDoc *doc, const Out *line) {
  uint32_t tokens = doc->tokens.count;
  if (!w->file && !(w->file = tmpfile()))
    return wait_failed();
  array_push(&w->arena, &w->reports,
             (Report){.id = arena_str(&w->arena, doc->frame.id),
                      .day = doc->day.year ? day_number(doc->day) : UNDATED,
                      .sign = sign_make(model, doc, 0, tokens, SIGN_WORDS, &w->arena),
                      .fresh = true});
  return fwrite(line->at, 1, line->len, w->file) == line->len || wait_failed();
}

// Each report's story, by its id. Equal documents stand at one place.
static char (*find_stories(Waiting *w))[17] {
  uint32_t count = w->reports.count;
  Report *sorted = arena_alloc(&w->arena, (count + 1) * sizeof *sorted);
  uint32_t *parts = arena_alloc(&w->arena, (count + 1) * sizeof *parts);
  char(*stories)[17] = arena_alloc(&w->arena, (count + 1) * sizeof *stories);
  Links links = {0};
  memcpy(sorted, w->reports.items, count * sizeof *sorted);
  for (uint32_t i = 0; i < count; i++)
    sorted[i].place = i;
  qsort(sorted, count, sizeof *sorted, report_order);
  report_links(sorted, count, &w->arena, &links);
  record_part(sorted, count, report_alike, links.items, links.count, NULL, parts);
  for (uint32_t i = 0; i < count; i++)
    hash_hex(report_story(&sorted[parts[i]]), stories[sorted[i].place]);
  return stories;
}

static bool print_waiting(Waiting *w) {
  if (!w->file)
    return true;
  char(*stories)[17] = find_stories(w);
  char *line = NULL;
  size_t room = 0;
  ssize_t len;
  Out out = {0};
  bool good = true;
  rewind(w->file);
  for (uint32_t i = 0; good && (len = getline(&line, &room, w->file)) > 0; i++) {
    out_bytes(&out, line, (size_t)len - no_story.len);
    out_print(&out, "\"story\":\"%s\"}\n", stories[i]);
    good = print_out(&out);
  }
  if (good && ferror(w->file))
    complain("temporary file: cannot read: %s", strerror(errno)), good = false;
  free(line);
  out_free(&out);
  return good;
}

static void waiting_free(Waiting *w) {
  if (w->file)
    fclose(w->file);
  arena_free(&w->arena);
}

// ---- near-copies of `bede read`
//
// With --once the lines wait in a file without a name, until it is known which of
// them stand for their like.

typedef struct Door Door;
struct Door {
  Seen *seen;
  FILE *lines; // NULL: they are printed as they come
  uint64_t at;
};

static bool door_open(Door *d, bool once) {
  BedeError err;
  *d = (Door){0};
  if (seen_open(once, &d->seen, &err)) {
    complain("%s", err.message);
    return false;
  }
  return !once || (d->lines = tmpfile()) || wait_failed();
}

static void door_close(Door *d) {
  seen_close(d->seen);
  if (d->lines)
    fclose(d->lines);
}

static bool door_take(Door *d, Piece *piece) {
  BedeError err;
  if (seen_put(d->seen, piece->doc, d->at, piece->out.len, &err)) {
    complain("%s", err.message);
    return false;
  }
  if (!d->lines)
    return print_out(&piece->out);
  d->at += piece->out.len;
  return fwrite(piece->out.at, 1, piece->out.len, d->lines) == piece->out.len || wait_failed();
}

// The line of a document that stands for its like, still open at its end.
static bool copy_line(Door *d, const SeenRow *row, Out *out) {
  char block[4096];
  if (fseeko(d->lines, (off_t)row->place, SEEK_SET))
    return wait_failed();
  for (uint64_t left = row->length - 2; left;) { // "}\n"
    size_t got = fread(block, 1, (size_t)MIN(left, sizeof block), d->lines);
    if (!got)
      return wait_failed();
    out_bytes(out, block, got);
    left -= got;
  }
  return true;
}

static bool print_once(Door *d) {
  Out out = {0};
  SeenRow row;
  BedeError err;
  BedeStatus status = BEDE_OK;
  bool good = true, first = true, any = false;
  while (good && seen_next(d->seen, &row, &status, &err)) {
    if (row.copy) {
      out_text(&out, any ? "," : ",\"copies\":[");
      json_str(&out, row.id);
      any = true;
      continue;
    }
    if (!first) {
      out_text(&out, any ? "]}\n" : "}\n");
      good = print_out(&out);
    }
    first = any = false;
    good = good && copy_line(d, &row, &out);
  }
  if (good && !first) {
    out_text(&out, any ? "]}\n" : "}\n");
    good = print_out(&out);
  }
  if (status)
    complain("%s", err.message);
  out_free(&out);
  return good && !status;
}

static void tell_copies(const Door *d, uint64_t documents) {
  uint64_t copies = seen_copies(d->seen);
  if (!copies)
    return;
  fflush(stdout);
  fprintf(stderr, "%llu document%s, %llu of them near-%s of others\n", (unsigned long long)documents,
          documents == 1 ? "" : "s", (unsigned long long)copies, copies == 1 ? "copy" : "copies");
}

static int print_documents(const Args *args, unsigned stages, PipelinePrint print) {
  BedeModel *model;
  BedeError err;
  if (!args->count)
    return usage_error("which files or folders? (- is standard input)");
  if (model_find(args, &model, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  int status = DONE;
  bool wait = print == PRINT_ANNOTATION, good = true;
  Waiting waiting = {0};
  Door door = {0};
  if (!wait && !door_open(&door, args->once)) {
    door_close(&door);
    bede_model_free(model);
    return SOME_FAILED;
  }
  Progress progress = progress_new(args);
  Pipeline *pipeline = pipeline_new(&(PipelinePlan){.model = model,
                                                    .inputs = args->inputs,
                                                    .count = args->count,
                                                    .stages = stages,
                                                    .threads = thread_count(args),
                                                    .print = print});
  uint64_t documents = 0, done, all;
  for (Piece *piece; (piece = pipeline_next(pipeline));) {
    if (!piece->doc) {
      progress_end(&progress);
      complain("%s", piece->err.message);
      status = SOME_FAILED;
      continue;
    }
    if (piece->err.message[0]) { // a remark: it was read all the same
      progress_end(&progress);
      complain("%s", piece->err.message);
    }
    good = wait ? wait_for_story(&waiting, model, piece->doc, &piece->out) : door_take(&door, piece);
    if (!good)
      break;
    pipeline_progress(pipeline, &done, &all);
    progress_tell(&progress, done, all, ++documents);
  }
  progress_end(&progress);
  pipeline_free(pipeline);
  if (wait)
    good = good && print_waiting(&waiting);
  else if (door.lines)
    good = good && print_once(&door);
  if (good && !wait && !args->quiet)
    tell_copies(&door, documents);
  waiting_free(&waiting);
  door_close(&door);
  bede_model_free(model);
  return print_end() && good ? status : SOME_FAILED;
}

int cmd_read(const Args *args) { return print_documents(args, 0, PRINT_DOCUMENT); }

int cmd_annotate(const Args *args) {
  return print_documents(args, CODE_SPLIT | CODE_PARSE | CODE_MENTIONS, PRINT_ANNOTATION);
}
