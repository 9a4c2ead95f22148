// codebook.h - the compiled codebook: patterns over predicate-argument
// structure, made from the clauses of data/en/codebook/.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/phrase.h"

typedef struct Codebook Codebook;
struct Codebook {
  const Image *image;
};

BedeStatus codebook_open(const Image *image, Codebook *out, BedeError *err);
