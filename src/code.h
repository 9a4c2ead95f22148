// code.h - the stages in a row, for the library and the commands.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"

enum { CODE_SPLIT = 1, CODE_PARSE = 2, CODE_MENTIONS = 4, CODE_EVENTS = 8, CODE_ALL = 15 };

typedef struct Coder Coder; // a model and the scratch memory of one thread
Coder *coder_new(const BedeModel *model);
void coder_free(Coder *coder);
// Runs the stages over a document that was read. A stage needs those before
// it: without CODE_SPLIT the document has its tokens already. explain: see
// event.h; may be NULL.
void coder_run(Coder *coder, BedeDoc *doc, unsigned stages, Out *explain);
// Seconds of processor time spent in each stage so far, in the order of the bits above.
void coder_times(const Coder *coder, double seconds[4]);
