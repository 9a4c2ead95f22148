// codebook.c - opening the compiled codebook.
// SPDX-License-Identifier: Apache-2.0
#include "model/codebook.h"

BedeStatus codebook_open(const Image *image, Codebook *out, BedeError *err) {
  (void)err;
  out->image = image;
  return BEDE_OK;
}
