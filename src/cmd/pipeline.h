// pipeline.h - documents read, coded by several threads, and handed out in the
// order of the input.
//
//     inputs -> reader -> N workers (each with its own coder) -> pieces in order
//
// A worker takes the next document from the reader, runs the stages over it
// and writes its JSON; pieces wait in a ring of bounded size until it is their
// turn. So the output is the same for any number of threads, and memory does
// not grow with the input.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "code.h"
#include "read/read.h"
#include "store/store.h"

typedef enum PipelinePrint {
  PRINT_NOTHING, PRINT_DOCUMENT, PRINT_ANNOTATION, PRINT_EVENTS
} PipelinePrint;

typedef struct PipelinePlan PipelinePlan;
struct PipelinePlan {
  const BedeModel *model;
  const char *const *inputs;
  size_t count;
  unsigned stages, threads;
  PipelinePrint print;    // what Piece.out holds, one object a line
  const StoreKnown *known; // documents that need no coding; may be NULL
  // Called by the workers: is it a near-copy that needs no coding? May be NULL.
  bool (*is_copy)(void *context, const BedeDoc *doc);
  ReaderResume resume; // as of reader_resume; called by the workers; may be NULL
  void *context;       // of both
};

typedef struct Piece Piece; // what became of one document
struct Piece {
  BedeDoc *doc;  // NULL: it could not be read, and err says why
  BedeError err;
  ReaderPlace reached; // as of Record
  Out out;
  bool known;    // it was in the store; not coded, nothing in out
  bool copy;     // is_copy said so; not coded, nothing in out
  bool foreign;  // it is not in English: read, but not coded
};

typedef struct Pipeline Pipeline;
Pipeline *pipeline_new(const PipelinePlan *plan);
// The next piece, in order; NULL at the end. It is freed by the next call.
Piece *pipeline_next(Pipeline *pipeline);
// What a worker does with a document that is neither known nor a copy.
void pipeline_code(const PipelinePlan *plan, Coder *coder, Piece *piece);
// As of reader_progress.
void pipeline_progress(Pipeline *pipeline, uint64_t *done, uint64_t *all);
// Also in the middle of the work: what is left is dropped.
void pipeline_free(Pipeline *pipeline);
