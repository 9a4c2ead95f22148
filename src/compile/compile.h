// compile.h - the text under data/en/ and the weights to one image.
//
// The only place that reads the codebook's clauses; it parses them with the
// program's own parser, so it stands after the stages.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/model.h"

// Bytes of an image from malloc. patterns: where not NULL, the compiled
// codebook is written there as text.
BedeStatus compile_folder(const char *folder, char **image, size_t *size,
                          Out *patterns, BedeError *err);
// Opens an image (mapped or taken over) as a model.
BedeStatus model_open_image(Image image, BedeModel **out, BedeError *err);
