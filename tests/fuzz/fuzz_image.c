// fuzz_image.c - any bytes as a knowledge image: refused, or opened whole.
// SPDX-License-Identifier: Apache-2.0
#include "compile/compile.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  BedeError err = {0};
  Image image;
  BedeModel *model = NULL;
  char *bytes = malloc(size + 1);
  if (!bytes)
    out_of_memory();
  memcpy(bytes, data, size);
  if (!image_take(bytes, size, "input", &image, &err) && !model_open_image(image, &model, &err))
    bede_model_free(model);
  return 0;
}
