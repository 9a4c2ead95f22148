// fuzz_request.c - any bytes as the target of a request to `bede serve`.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "serve/request.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Target target;
  Asked asked;
  BedeError err = {0};
  if (!target_parse((Str){(const char *)data, size}, &target, &err)) {
    Str path = str_of(target.path);
    if (utf8_invalid(path) != path.len || path.len > size)
      abort();
    if (!asked_read(&target, &asked, &err) && (asked.limit < 1 || asked.limit > 10000))
      abort();
  }
  target_free(&target);
  return 0;
}
