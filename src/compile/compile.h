// compile.h - the text under data/en/ and the weights to one image.
//
// The only place that reads the codebook's clauses; it parses them with the
// program's own parser, so it stands after the stages.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "compile/codebook.h"
#include "model/model.h"

// Bytes of an image from malloc. source: where not NULL, the codebook's
// entries, examples and warnings. patterns: where not NULL, the compiled
// codebook as text, a pattern a line. own: a user's own files, or NULL.
BedeStatus compile_folder(const char *folder, const Own *own, char **image, size_t *size,
                          CodebookSource *source, Out *patterns, BedeError *err);
// Opens an image (mapped or taken over) as a model; closes it on failure.
BedeStatus model_open_image(Image image, BedeModel **out, BedeError *err);
