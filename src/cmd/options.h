// options.h - the tables of commands and options, for what is made from them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cmd/cmd.h"

enum {
#define X(name, function, inputs, summary) name##_,
  COMMAND_MAP(X)
#undef X
      COMMANDS
};

typedef struct Command Command;
struct Command {
  const char *name, *inputs, *summary;
  Run run;
};
extern const Command commands[COMMANDS];

typedef enum Kind { FLAG, NUMBER, WORD } Kind;

typedef struct Option Option;
struct Option {
  const char *name;
  char letter;
  Kind kind;
  const char *value; // its name in the help
  size_t place;      // in Args
  int commands;      // bits
  const char *help;
};
extern const Option options[];
extern const size_t option_count;

static inline bool in_command(const Option *o, int command) {
  return (o->commands & 1 << command) != 0;
}

// What a command does, beyond its summary: paragraphs parted by empty lines.
const char *command_more(int command);
int command_index(const char *name); // -1: there is none
// ---- complete.c: a script for bash, zsh or fish; false where it is none of them
bool complete_print(Out *out, const char *shell);
