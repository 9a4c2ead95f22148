// cmd.h - the commands: what main.c calls, and what they share.
//
// Here, and only here, is printed and given up. Each command has a file of its
// own with one function; commands and options stand in the tables of
// options.c, from which also `--help` and the manual pages are made.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "code.h"
#include "doc/doc.h"
#include "model/model.h"
#include <stdio.h>

enum { DONE = 0, SOME_FAILED = 1, WRONG_USAGE = 2 }; // exit status

// name, inputs, summary
#define COMMAND_MAP(X)                                                         \
  X(CODE, code, "[INPUT…]", "code the events of news and store them")          \
  X(READ, read, "[INPUT…]", "print the documents that were read")              \
  X(ANNOTATE, annotate, "[INPUT…]",                                            \
    "print sentences, names, times, places, figures and speech")               \
  X(PARSE, parse, "[FILE]", "tag and parse words or plain text to CoNLL-U")    \
  X(RELATE, relate, "[FILE]", "name the relation between two marked actors")   \
  X(ACTOR, actor, "[FILE]", "give country and sector of actor phrases")        \
  X(EXPLAIN, explain, "[EVENT-ID]", "show why an event was coded as it is")    \
  X(EVENTS, events, "[ACTOR [TARGET]]", "find events in the store")            \
  X(SERIES, series, "[ACTOR [TARGET]]", "count events by day, week, month or year") \
  X(DYAD, dyad, "ACTOR ACTOR", "tell the course of a relation by date")        \
  X(PLEDGES, pledges, "[ACTOR [TARGET]]", "list what was promised, and what came of it") \
  X(SERVE, serve, "", "show the store in a browser, as a page on this machine")  \
  X(EXPORT, export, "[ACTOR [TARGET]]", "write stories in the columns of other data sets") \
  X(PLOT, plot, "timeline|matrix|map|calendar|story [ACTOR [OTHER]]",                \
    "draw a picture of the store as SVG or PNG")                               \
  X(AUDIT, audit, "[ACTOR [TARGET]]", "judge events beside their sentences; precision") \
  X(DIFF, diff, "OLD.db NEW.db", "tell what another store says otherwise")     \
  X(WHATIF, whatif, "", "tell what other actors or clauses would change in the store") \
  X(CITE, cite, "[ACTOR [TARGET]]", "cite an answer of the store so that it can be made again") \
  X(SAMPLE, sample, "", "draw events from the store for reading")              \
  X(CHECK, check, "FILE…", "run cases that say what a text must give")         \
  X(DATA, data, "check|build|book [FOLDER] [IMAGE]",                                \
    "check the knowledge under data/, build its image, print the codebook")                     \
  X(HELP, help, "[COMMAND]", "show this help, or that of a command")           \
  X(VERSION, version, "", "print the versions of program and data")

typedef struct Args Args;
struct Args {
  const char **inputs; // what is no option
  size_t count;
  bool quiet, text, tree, codebook_only, explain, features, accept, man;
  int64_t jobs, limit, count_wanted, seed, port, width; // 0: not given
  const char *data, *db, *to, *date, *words, *actor, *target, *type, *status;
  const char *from, *until, *patterns, *host, *page, *out; // NULL: not given
  const char *speaker, *place, *story, *where, *expect, *by, *due, *as_of, *state, *completion, *box;
  bool once, report, each, resume;
  const char *own_actors, *own_codebook;
};

#define X(name, function, inputs, summary) int cmd_##function(const Args *args);
COMMAND_MAP(X)
#undef X

// ---- options.c

// Reads the command line; returns the command to run. NULL where it is wrong
// (told on standard error) or nothing is left to do; *status says which.
typedef int (*Run)(const Args *args);
Run options_read(int argc, char **argv, Args *args, int *status);
void options_free(Args *args);

// ---- shared.c

// "bede: …" on standard error, on one line.
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
int usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
// Opens what --data, BEDE_DATA, or the place of the program says.
BedeStatus model_find(const Args *args, BedeModel **out, BedeError *err);
// The files of --actors and --codebook, each "FILE,FILE…".
typedef struct OwnFiles OwnFiles;
struct OwnFiles {
  Arena arena; // of the paths
  Array(const char *) actors, codebooks;
};
void own_files(const Args *args, OwnFiles *out);
Own own_of(const OwnFiles *files);
// Standard output: written, and checked for a full disk at the end. Both
// return false after complaining once.
bool print_out(Out *out); // and resets it
bool print_end(void);
// The whole of one input, "-" or NULL being standard input.
BedeStatus input_read(const char *path, char **out, size_t *size, BedeError *err);
unsigned thread_count(const Args *args);
// Files are whole or not at all: written under the name of path_beside, and renamed
// by path_keep. What is no file (a pipe, /dev/null) is its own name, and written to.
const char *path_beside(const char *path, Arena *arena);
// Removes what was written where it is not good; then it says nothing.
BedeStatus path_keep(const char *beside, const char *path, bool good, BedeError *err);
BedeStatus file_write(const char *path, const char *bytes, size_t size, BedeError *err);

typedef enum Format { FORMAT_TABLE, FORMAT_JSONL, FORMAT_CSV } Format;
bool format_of(const char *word, Format *out); // NULL is a table

const char *export_form(size_t index); // of export's --to; NULL behind the last (export.c)

// ---- progress.c: a bar on standard error, where that is a terminal and the
// work takes longer than a second

typedef struct Progress Progress;
struct Progress {
  bool wanted, shown;
  double begun, told; // seconds
};
Progress progress_new(const Args *args);
void progress_tell(Progress *progress, uint64_t done, uint64_t all, uint64_t documents);
void progress_end(Progress *progress);

// ---- show.c: events for people, as lines of a table, CSV, and pages

typedef struct Show Show;
struct Show {
  Format format;
  bool colour, terminal;
  uint32_t width; // columns of the page
};
Show show_new(Format format);
void show_head(const Show *show, Out *out);
void show_event(const Show *show, Out *out, const BedeDoc *doc, uint32_t event);
// "CHN.GOV Xi Jinping", "rebels" in quotes where there is no code, "_".
void show_actor(Out *out, const BedeDoc *doc, uint32_t actor);
void show_days(Out *out, Day begin, Day end);
void show_figure(Out *out, const BedeDoc *doc, const Figure *figure);
// The sentence with its spans marked: [source: …], and wrapped to the width.
void show_sentence(const Show *show, Out *out, const BedeDoc *doc, const Event *e,
                   const char *indent);
// All of an event with its evidence, over several lines.
void show_evidence(const Show *show, Out *out, const BedeDoc *doc, uint32_t event);
// Words wrapped to the width, each line behind the indent.
void show_wrapped(const Show *show, Out *out, Str text, const char *indent);
typedef enum Ink { PLAIN, BOLD, DIM, GREEN, CYAN, YELLOW, RED } Ink;
void show_ink(const Show *show, Out *out, Ink ink, const char *text);
