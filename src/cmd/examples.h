// examples.h - the codebook's examples run as tests, and the codebook printed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cmd/cmd.h"

// Compiles the folder and runs every example: "+" must give all events below
// it, "-" none by its entry; with --codebook, those of the user's clauses alone,
// which go before ours. Prints what does not; returns the exit status.
int examples_check(const Args *args, const char *folder);
// book.c: prints the codebook as Markdown.
int book_print(const Args *args, const char *folder);
