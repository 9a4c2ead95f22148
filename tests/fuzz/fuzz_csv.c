// fuzz_csv.c - any bytes as a file: a table of documents.
// SPDX-License-Identifier: Apache-2.0
#include "file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return fuzz_file(data, size); }
