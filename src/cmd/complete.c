// complete.c - scripts that complete commands, options and their values in bash,
// zsh and fish.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/options.h"
#include "store/store.h"

// ---- what may stand as the value of an option

// Appends the words that may stand there, parted by blanks; none: anything may.
static void put_values(Out *out, const Option *o, int command) {
  static const char *const periods = "day week month year", *const forms = "table jsonl csv";
  if (!strcmp(o->value, "TYPE"))
    for (int i = 0; i < EVENT_TYPES; i++)
      out_print(out, "%s%s", i ? " " : "", event_types[i]);
  else if (!strcmp(o->value, "STATUS"))
    for (int i = 0; i < STATUS_COUNT; i++)
      out_print(out, "%s%s", i ? " " : "", status_names[i]);
  else if (!strcmp(o->value, "STATE"))
    for (int i = 0; i < PLEDGE_STATES; i++)
      out_print(out, "%s%s", i ? " " : "", pledge_states[i]);
  else if (!strcmp(o->value, "PERIOD"))
    out_text(out, periods);
  else if (!strcmp(o->value, "SHELL"))
    out_text(out, "bash zsh fish");
  else if (!strcmp(o->value, "FORM") && command == EXPORT_)
    for (size_t i = 0; export_form(i); i++)
      out_print(out, "%s%s", i ? " " : "", export_form(i));
  else if (!strcmp(o->value, "FORM"))
    out_text(out, forms);
}

static bool takes_files(const Option *o) {
  return !strcmp(o->value, "FILE") || !strcmp(o->value, "PATH") || !strcmp(o->value, "FOLDER");
}

// The words that may stand first behind a command: "check|build [FOLDER]", and
// the commands behind `help`.
static void put_first(Out *out, int command) {
  Str inputs = str_of(commands[command].inputs), word = str_cut(&inputs, ' ');
  if (command == HELP_) {
    for (int i = 0; i < COMMANDS; i++)
      out_print(out, "%s%s", i ? " " : "", commands[i].name);
    return;
  }
  if (!memchr(word.at ? word.at : "", '|', word.len))
    return;
  while (word.len) {
    out_str(out, str_cut(&word, '|'));
    out_text(out, word.len ? " " : "");
  }
}

static bool inputs_are_files(int command) {
  const char *inputs = commands[command].inputs;
  return strstr(inputs, "INPUT") || strstr(inputs, "FILE") || strstr(inputs, "FOLDER");
}

// The text without what the quotes of a shell would take for their own.
static void put_quoted(Out *out, const char *text, const char *special) {
  for (; *text; text++) {
    if (*text == '\'') {
      out_text(out, "'\\''");
      continue;
    }
    if (strchr(special, *text))
      out_char(out, '\\');
    out_char(out, *text);
  }
}

// ---- bash

static void bash_options(Out *out, int command) {
  out_print(out, "    %s) options='", commands[command].name);
  for (size_t i = 0; i < option_count; i++)
    if (in_command(&options[i], command)) {
      if (options[i].letter)
        out_print(out, "-%c ", options[i].letter);
      out_print(out, "--%s ", options[i].name);
    }
  out_text(out, "--help' first='");
  put_first(out, command);
  out_print(out, "' files=%s ;;\n", inputs_are_files(command) ? "yes" : "");
}

// Which words stand behind an option, by command and option.
static void bash_values(Out *out, int command) {
  for (size_t i = 0; i < option_count; i++) {
    const Option *o = &options[i];
    if (!in_command(o, command) || o->kind == FLAG)
      continue;
    out_print(out, "    %s:--%s", commands[command].name, o->name);
    if (o->letter)
      out_print(out, "|%s:-%c", commands[command].name, o->letter);
    out_text(out, ") values='");
    put_values(out, o, command);
    out_print(out, "' value=%s ;;\n", takes_files(o) ? "file" : "word");
  }
}

static void put_bash(Out *out) {
  out_text(out, "# bash completion for bede; made by `bede help --completion bash`\n"
                "_bede() {\n"
                "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                "  local command=${COMP_WORDS[1]} options= first= files= values= value=\n"
                "  COMPREPLY=()\n"
                "  if [ \"$COMP_CWORD\" = 1 ]; then\n"
                "    COMPREPLY=($(compgen -W '");
  for (int i = 0; i < COMMANDS; i++)
    out_print(out, "%s ", commands[i].name);
  out_text(out, "' -- \"$word\"))\n    return\n  fi\n"
                "  case $command in\n");
  for (int i = 0; i < COMMANDS; i++)
    bash_options(out, i);
  out_text(out, "  esac\n  case $command:$before in\n");
  for (int i = 0; i < COMMANDS; i++)
    bash_values(out, i);
  out_text(out, "  esac\n"
                "  if [ \"$value\" = file ]; then files=yes\n"
                "  elif [ -n \"$value\" ]; then files= options=$values\n"
                "  elif [ \"${word#-}\" != \"$word\" ]; then files=\n"
                "  else options=; [ \"$COMP_CWORD\" != 2 ] || options=$first\n"
                "  fi\n"
                "  if [ \"$value\" != file ]; then COMPREPLY=($(compgen -W \"$options\" -- \"$word\")); fi\n"
                "  if [ -n \"$files\" ] && [ ${#COMPREPLY[@]} = 0 ]; then\n"
                "    compopt -o filenames 2>/dev/null\n"
                "    local IFS=$'\\n'\n"
                "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
                "  fi\n"
                "}\n"
                "complete -F _bede bede\n");
}

// ---- zsh

static void zsh_option(Out *out, const Option *o, int command) {
  Out values = {0};
  if (o->letter)
    out_print(out, " '(-%c --%s)'{-%c%s,--%s%s}'[", o->letter, o->name, o->letter, o->kind == FLAG ? "" : "+",
              o->name, o->kind == FLAG ? "" : "=");
  else
    out_print(out, " '--%s%s[", o->name, o->kind == FLAG ? "" : "=");
  put_quoted(out, o->help, "[]:\\");
  out_char(out, ']');
  if (o->kind != FLAG) {
    put_values(&values, o, command);
    out_print(out, ":%s:", o->value);
    if (values.len)
      out_print(out, "(%s)", values.at);
    else
      out_text(out, takes_files(o) ? "_files" : " ");
  }
  out_text(out, "'");
  out_free(&values);
}

static void put_zsh(Out *out) {
  out_text(out, "#compdef bede\n# made by `bede help --completion zsh`\n"
                "_bede() {\n  local -a commands\n  commands=(\n");
  for (int i = 0; i < COMMANDS; i++) {
    out_print(out, "    '%s:", commands[i].name);
    put_quoted(out, commands[i].summary, ":\\");
    out_text(out, "'\n");
  }
  out_text(out, "  )\n"
                "  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
                "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n");
  for (int i = 0; i < COMMANDS; i++) {
    Out first = {0};
    out_print(out, "    %s) _arguments -s -S", commands[i].name);
    for (size_t k = 0; k < option_count; k++)
      if (in_command(&options[k], i))
        zsh_option(out, &options[k], i);
    out_text(out, " '--help[show help]'");
    put_first(&first, i);
    if (first.len)
      out_print(out, " '1:word:(%s)'", first.at);
    if (inputs_are_files(i))
      out_text(out, " '*:file:_files'");
    out_text(out, " ;;\n");
    out_free(&first);
  }
  out_text(out, "  esac\n}\n_bede \"$@\"\n");
}

// ---- fish

static void fish_option(Out *out, const Option *o, int command) {
  Out values = {0};
  out_print(out, "complete -c bede -n '__fish_seen_subcommand_from %s' -l %s", commands[command].name, o->name);
  if (o->letter)
    out_print(out, " -s %c", o->letter);
  if (o->kind != FLAG) {
    put_values(&values, o, command);
    out_text(out, takes_files(o) ? " -r -F" : " -x");
    if (values.len)
      out_print(out, " -a '%s'", values.at);
  }
  out_text(out, " -d \"");
  for (const char *c = o->help; *c; c++) {
    if (strchr("\"\\$", *c))
      out_char(out, '\\');
    out_char(out, *c);
  }
  out_text(out, "\"\n");
  out_free(&values);
}

static void put_fish(Out *out) {
  out_text(out, "# fish completion for bede; made by `bede help --completion fish`\n"
                "complete -c bede -f\n");
  for (int i = 0; i < COMMANDS; i++) {
    Out first = {0};
    const char *name = commands[i].name;
    out_print(out, "complete -c bede -n __fish_use_subcommand -a %s -d \"%s\"\n", name, commands[i].summary);
    put_first(&first, i);
    if (first.len)
      out_print(out, "complete -c bede -n '__fish_seen_subcommand_from %s; and test (count (commandline -opc)) = 2' -a '%s'\n",
                name, first.at);
    if (inputs_are_files(i))
      out_print(out, "complete -c bede -n '__fish_seen_subcommand_from %s' -F\n", name);
    for (size_t k = 0; k < option_count; k++)
      if (in_command(&options[k], i))
        fish_option(out, &options[k], i);
    out_free(&first);
  }
}

bool complete_print(Out *out, const char *shell) {
  if (!strcmp(shell, "bash"))
    put_bash(out);
  else if (!strcmp(shell, "zsh"))
    put_zsh(out);
  else if (!strcmp(shell, "fish"))
    put_fish(out);
  else
    return false;
  return true;
}
