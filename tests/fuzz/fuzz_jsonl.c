// fuzz_jsonl.c - any bytes as a file: JSON Lines, a dispatch, or neither.
// SPDX-License-Identifier: Apache-2.0
#include "file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return fuzz_file(data, size); }
