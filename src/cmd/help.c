// help.c - `bede help`: what there is, and the manual pages, from the tables of
// options.c.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/options.h"

// ---- help

static void option_words(Out *out, const Option *o) {
  if (o->letter)
    out_print(out, "-%c%s%s, ", o->letter, o->value ? " " : "", o->value ? o->value : "");
  out_print(out, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
}

// The text up to the next empty line, cut off.
static Str cut_paragraph(Str *rest) {
  size_t at;
  Str paragraph = *rest;
  if (!str_find(*rest, STR("\n\n"), &at)) {
    rest->len = 0;
    return paragraph;
  }
  paragraph.len = at;
  *rest = (Str){rest->at + at + 2, rest->len - at - 2};
  return paragraph;
}

static void help_command(Out *out, int command) {
  const Command *c = &commands[command];
  Show page = {.width = 78};
  out_print(out, "usage: bede %s [OPTION…]%s%s\n\n  %s.\n", c->name, *c->inputs ? " " : "",
            c->inputs, c->summary);
  Str rest = str_of(command_more(command));
  while (rest.len) {
    Str paragraph = cut_paragraph(&rest);
    out_char(out, '\n');
    if (paragraph.at[0] == ' ') // a sample: as it stands
      out_str(out, paragraph), out_char(out, '\n');
    else
      show_wrapped(&page, out, paragraph, "  ");
  }
  out_text(out, "\n");
  for (size_t i = 0; i < option_count; i++) {
    if (!in_command(&options[i], command))
      continue;
    Out words = {0};
    option_words(&words, &options[i]);
    out_print(out, "  %-18s %s\n", words.at, options[i].help);
    out_free(&words);
  }
}

static void help_all(Out *out) {
  out_text(out, "Bede turns newswire into political event data, and shows why.\n\n"
                "usage: bede COMMAND [OPTION…] [INPUT…]\n\n");
  for (size_t i = 0; i < COMMANDS; i++)
    out_print(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
  out_text(out, "\n`bede help COMMAND` tells more. Exit status: 0 all done; 1 some input "
                "failed,\nthe rest is done; 2 wrong usage.\n");
}

// ---- manual pages

// Text of a page: a hyphen or backslash is meant literally.
static void roff(Out *out, Str s) {
  for (size_t i = 0; i < s.len; i++) {
    if ((s.at[i] == '.' || s.at[i] == '\'') && (i == 0 || s.at[i - 1] == '\n'))
      out_text(out, "\\&");
    if (s.at[i] == '\\')
      out_text(out, "\\e");
    else if (s.at[i] == '-')
      out_text(out, "\\-");
    else
      out_char(out, s.at[i]);
  }
}

static void man_options(Out *out, int command) {
  out_text(out, ".SH OPTIONS\n");
  for (size_t i = 0; i < option_count; i++) {
    if (!in_command(&options[i], command))
      continue;
    Out words = {0};
    option_words(&words, &options[i]);
    out_text(out, ".TP\n.B ");
    roff(out, (Str){words.at, words.len});
    out_char(out, '\n');
    roff(out, str_of(options[i].help));
    out_text(out, ".\n");
    out_free(&words);
  }
}

static void man_more(Out *out, Str rest) {
  while (rest.len) {
    Str paragraph = cut_paragraph(&rest);
    bool sample = paragraph.at[0] == ' ';
    out_text(out, sample ? ".PP\n.nf\n" : ".PP\n");
    roff(out, paragraph);
    out_text(out, sample ? "\n.fi\n" : "\n");
  }
}

static void man_command(Out *out, int command) {
  const Command *c = &commands[command];
  out_print(out, ".TH BEDE\\-%s 1 \"\" \"Bede " BEDE_VERSION "\"\n.SH NAME\nbede\\-%s \\- ",
            c->name, c->name);
  roff(out, str_of(c->summary));
  out_print(out, "\n.SH SYNOPSIS\n.B bede %s\n[OPTION…] ", c->name);
  roff(out, str_of(c->inputs));
  out_text(out, "\n.SH DESCRIPTION\n");
  roff(out, str_of(c->summary));
  out_text(out, ".\n");
  man_more(out, str_of(command_more(command)));
  man_options(out, command);
  out_text(out, ".SH EXIT STATUS\n0 all done; 1 some input failed, each named on standard "
                "error, the rest is done; 2 wrong usage.\n.SH SEE ALSO\n.BR bede (1)\n");
}

static void man_all(Out *out) {
  out_text(out, ".TH BEDE 1 \"\" \"Bede " BEDE_VERSION "\"\n.SH NAME\nbede \\- newswire to "
                "political event data\n.SH SYNOPSIS\n.B bede\nCOMMAND [OPTION…] [INPUT…]\n"
                ".SH DESCRIPTION\nBede reads news, codes who did what to whom and who says "
                "so, keeps it in a store, and shows the words on which each event rests.\n"
                ".SH COMMANDS\n");
  for (size_t i = 0; i < COMMANDS; i++) {
    out_print(out, ".TP\n.BR bede\\-%s (1)\n", commands[i].name);
    roff(out, str_of(commands[i].summary));
    out_char(out, '\n');
  }
  out_text(out, ".SH ENVIRONMENT\n.TP\n.B BEDE_DATA\nThe knowledge: an image or a folder of "
                "text. Else bede.image beside the program, or share/bede/bede.image beside "
                "the folder it is in.\n.TP\n.B NO_COLOR\nNo colours on a terminal.\n"
                ".SH EXIT STATUS\n0 all done; 1 some input failed, the rest is done; 2 wrong "
                "usage.\n");
}

int cmd_help(const Args *args) {
  Out out = {0};
  int command = args->count ? command_index(args->inputs[0]) : -1;
  if (args->count && command < 0)
    return usage_error("there is no command `%s`", args->inputs[0]);
  if (args->completion && !complete_print(&out, args->completion))
    return usage_error("--completion needs bash, zsh or fish, not `%s`", args->completion);
  if (args->completion)
    ;
  else if (args->man)
    args->count ? man_command(&out, command) : man_all(&out);
  else
    args->count ? help_command(&out, command) : help_all(&out);
  bool ok = print_out(&out) && print_end();
  out_free(&out);
  return ok ? DONE : SOME_FAILED;
}
