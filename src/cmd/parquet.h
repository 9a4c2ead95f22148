// parquet.h - events as a Parquet file, written by DuckDB's C library where that
// is on the machine. It is looked for when it is needed: Bede runs without.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cmd/cmd.h"

typedef struct Parquet Parquet;

// BEDE_IO with a message that says how to get the library, where there is none.
BedeStatus parquet_new(Parquet **out, BedeError *err);
BedeStatus parquet_put(Parquet *parquet, const BedeDoc *doc, uint32_t event, BedeError *err);
// Writes all that was put, under another name until it is whole.
BedeStatus parquet_write(Parquet *parquet, const char *path, BedeError *err);
void parquet_free(Parquet *parquet);
