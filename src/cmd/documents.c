// documents.c - `bede read` and `bede annotate`: documents or their layers as
// JSON Lines.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/cmd.h"
#include "cmd/pipeline.h"

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
    if (!print_out(&piece->out)) {
      status = SOME_FAILED;
      break;
    }
    pipeline_progress(pipeline, &done, &all);
    progress_tell(&progress, done, all, ++documents);
  }
  progress_end(&progress);
  pipeline_free(pipeline);
  bede_model_free(model);
  return print_end() ? status : SOME_FAILED;
}

int cmd_read(const Args *args) { return print_documents(args, 0, PRINT_DOCUMENT); }

int cmd_annotate(const Args *args) {
  return print_documents(args, CODE_SPLIT | CODE_PARSE | CODE_MENTIONS, PRINT_ANNOTATION);
}
