// main.c - the program: reads the command line and runs one command.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/cmd.h"
#include <signal.h>

int main(int argc, char **argv) {
  Args args;
  // A limit on the size of files is an error to be told, not an end.
  signal(SIGXFSZ, SIG_IGN);
  int status;
  Run run = options_read(argc, argv, &args, &status);
  if (run)
    status = run(&args);
  options_free(&args);
  return status;
}
