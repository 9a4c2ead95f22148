// documents.c - `bede read` and `bede annotate`: documents or their layers as
// JSON Lines.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/cmd.h"
#include "cmd/pipeline.h"
#include "record/record.h"
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
    good = wait ? wait_for_story(&waiting, model, piece->doc, &piece->out) : print_out(&piece->out);
    if (!good)
      break;
    pipeline_progress(pipeline, &done, &all);
    progress_tell(&progress, done, all, ++documents);
  }
  progress_end(&progress);
  pipeline_free(pipeline);
  good = good && print_waiting(&waiting);
  waiting_free(&waiting);
  bede_model_free(model);
  return print_end() && good ? status : SOME_FAILED;
}

int cmd_read(const Args *args) { return print_documents(args, 0, PRINT_DOCUMENT); }

int cmd_annotate(const Args *args) {
  return print_documents(args, CODE_SPLIT | CODE_PARSE | CODE_MENTIONS, PRINT_ANNOTATION);
}
