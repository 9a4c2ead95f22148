// main.c - the program: reads the command line and runs one command.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/cmd.h"

int main(int argc, char **argv) {
  Args args;
  int status;
  Run run = options_read(argc, argv, &args, &status);
  if (run)
    status = run(&args);
  options_free(&args);
  return status;
}
