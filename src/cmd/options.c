// options.c - the tables of commands and options, and the command line. The help,
// the manual pages (help.c) and shell completion (complete.c) are made from them.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/options.h"
#include <errno.h>
#include <stdlib.h>

enum {
#define X(name, function, inputs, summary) name = 1 << name##_,
  COMMAND_MAP(X)
#undef X
      ALL = (1 << COMMANDS) - 1,
  DOCUMENTS = CODE | READ | ANNOTATE,
  MODEL = DOCUMENTS | PARSE | RELATE | ACTOR | EXPLAIN | CHECK | SERVE | EXPORT | WHATIF | VERSION,
  STORE = CODE | EXPLAIN | EVENTS | SERIES | DYAD | PLEDGES | EXPORT | AUDIT | SAMPLE | SERVE | PLOT | WHATIF | CITE,
  OWN = DOCUMENTS | RELATE | ACTOR | EXPLAIN | CHECK | DATA | WHATIF,
  LIST = EVENTS | SERIES | PLEDGES | EXPORT | AUDIT, // events that fit, in a form
  ASK = LIST | CITE,
  WORK = DOCUMENTS | PARSE | RELATE | ACTOR | CHECK | DATA, // may take long
};

const Command commands[COMMANDS] = {
#define X(NAME, function, inputs, summary)                                     \
  [NAME##_] = {#function, inputs, summary, cmd_##function},
    COMMAND_MAP(X)
#undef X
};

// What a command does, beyond its summary: paragraphs parted by empty lines; one
// that begins with blanks is printed as it stands.
static const char *const more[COMMANDS] = {
    [CODE_] =
        "INPUT is a file or a folder of news, or - for standard input: web "
        "pages, web archives (WARC), RSS and Atom feeds, NITF and NewsML-G2 "
        "items, tables (CSV, TSV), PETRARCH's input, plain text dispatches, or JSON Lines with one document a line, "
        "packed with gzip or zstd or not; content tells which. Each document "
        "is read, its events are coded and kept in the store, and printed.\n\n"
        "Coding a document again with the same program and data changes "
        "nothing; with other data its events are replaced. A run that was "
        "stopped loses at most its last few documents, and the next goes on; with "
        "--resume it does not read again what is in the store, which counts for large "
        "archives. "
        "Of near-copies (a page fetched twice, an agency's text in many papers, a "
        "corrected issue) the one published first is stored, with the addresses of "
        "all; the order in which they come does not matter. "
        "With --to jsonl or csv, and no --db, nothing is stored.",
    [READ_] = "Prints one JSON object for each document: its text without what "
              "agency and crawler put around it, and the frame taken off. Near-copies "
              "are counted; with --once, one of them is printed, when all is read.",
    [ANNOTATE_] = "Prints one JSON object for each document with the layers "
                  "found over its text; begin and end are bytes of the text.",
    [PARSE_] = "Reads CoNLL-U with words and fills in lemma, tags, features, heads "
               "and relations; comments, ranges and MISC stay. With --text, "
               "reads plain text, paragraphs parted by empty lines.",
    [RELATE_] = "Reads lines of `id TAB sentence`, with <s>source</s> and "
                "<t>target</t> marked, and prints `id TAB TYPE`. There is always "
                "an answer; with --codebook-only, NONE where no clause of the "
                "codebook matches. With --explain, the clause that fits, or what "
                "decided where none does, stands behind it.",
    [ACTOR_] = "Reads a table parted by tabs with the columns id, text, context "
               "and date, named in its first line, and prints `id TAB code TAB "
               "sector`. The code of an armed group is that of its land.",
    [EXPLAIN_] = "Shows the evidence of an event of the store, and every candidate "
                 "of its document and why it was kept or rejected. With --text, "
                 "codes the given words instead.",
    [EVENTS_] = "Prints the events that fit all that is given. ACTOR is one of "
                "the two sides; with TARGET, events between both, in either "
                "direction. --to also takes a date, as --until does.",
    [SERIES_] = "Counts the events that fit all that is given, as `bede events` "
                "finds them, of status actual unless --status says otherwise (all "
                "takes every one). A line a period, none left out: stories (reports "
                "of one occurrence count once), reports, stories by quad class, the "
                "mean Goldstein value, the share of all events of the period, and the "
                "documents that were read; where that is 0, silence says nothing. "
                "A * marks a period with which the number of stories for each "
                "document takes another level (Poisson rates, binary segmentation, "
                "a gain of 3 ln n in log-likelihood). Of the whole store, without an "
                "actor, only reports are counted. Events dated less precisely than "
                "the period are left out.",
    [DYAD_] = "Prints what the store holds on two actors, by date: what was done, "
              "what was planned or pledged, demanded or denied, who said so, "
              "figures, and facts that follow, each with its sentence.",
    [PLEDGES_] = "Prints what was planned or promised: by when it is due, when it was "
                 "said first, who to whom, what, and its state. kept: the same sides did "
                 "it, about when it was due (within 400 days, where no day was said). "
                 "dropped: it was denied, or said not to come. postponed: planned again "
                 "for later. overdue: the day has passed and nothing like it is in the "
                 "store, which is no proof that nothing came. open: the rest. Reports of one plan "
                 "are one line; `bede events --story ID` shows them.",
    [SERVE_] = "Listens at http://127.0.0.1:8321/ until it is ended (Ctrl-C). The page "
               "shows events over time, by relation and on a map, each down to the "
               "words it rests on; it reads the store only, and fetches nothing from "
               "elsewhere. Whoever reaches the port can read the store, so another "
               "--host than 127.0.0.1 is for networks that you trust. The JSON API is "
               "described at /api/v1/openapi.json.",
    [EXPORT_] = "Writes the stories whose events fit all that is given, by their "
                "first report, of status actual unless --status says otherwise: GDELT "
                "2.0 events and mentions, ICEWS, Phoenix, POLECAT, or GeoJSON of those "
                "with a place; or, as Parquet, all reports with Bede's own fields, typed. docs/EXPORTS.md says what each column holds; what Bede "
                "does not measure is left empty. CSV and JSON Lines of Bede's own fields "
                "are printed by `bede events`.",
    [PLOT_] = "Draws what `bede serve` shows, with the same choice of events: a timeline with "
              "cooperation above the line and conflict below, a matrix of who does what to "
              "whom, a map of places, or a calendar of days. ACTOR is one of the two sides; "
              "with OTHER, events between both. `bede plot story ID` shows the reports of one "
              "story, of that id or of the event with that id, and what they differ in.",
    [AUDIT_] = "Draws events that fit all that is given, of each type as many, shows each "
               "with its sentence and the words of every role, and takes a key (and "
               "Enter): r right, w wrong, or s, t, y, u, d: wrong in source, target, type, "
               "status, date; n leaves it open, q ends. Verdicts are kept in the store by "
               "the event's id, also when documents are coded again, and what was judged is "
               "not drawn again. Then it prints precision for all, by type and by actor, each "
               "with the interval in which it lies with 95% (Wilson), and what was wrong.",
    [DIFF_] = "Compares the events of two stores and prints what was added (+), deleted (-) "
              "and corrected (~): events of one id, or of one document on the same words, are "
              "the same event. With --to jsonl, a feed: each line has the change, why (new "
              "document, document gone, new text, coded again), the fields that differ, and both "
              "versions of the event with the program and the knowledge that coded it. "
              "Certainty, rule and story alone make no difference.",
    [WHATIF_] = "Finds the events of all documents of the store anew, with your own actors or "
                "clauses beside ours, or with the knowledge that --data names, and prints what "
                "would appear (+), vanish (-) and change (~). Mentions and events are found from "
                "the parses that the store keeps; nothing is parsed again, and nothing is written.",
    [CITE_] = "Prints what must be said of an answer so that others can make it again: the "
              "question, how many events and stories it finds, the versions of program and "
              "knowledge, and hashes of the documents and of the answer; as a sentence, as BibTeX, "
              "and as a command that fails where documents or answer are others.",
    [SAMPLE_] = "Draws events and prints each with its sentence, the words of "
                "every role marked, to be read and judged. The same seed and "
                "store give the same events.",
    [CHECK_] = "Runs the cases of each FILE: a title, a text, and the events that "
               "it must give, all of them. With --accept, writes what the program "
               "gives now into the files instead; read the change before you "
               "keep it.\n\n"
               "A case:\n\n"
               "    === a plan\n"
               "    date: 2024-03-05\n"
               "    Norway is about to reopen its embassy in Asmara.\n"
               "    ---\n"
               "    NOR -> ERI   COOPERATE   planned   \"reopen ... embassy\"",
    [DATA_] = "`data check FOLDER` reads all of the knowledge and runs the examples "
              "of the codebook; with --codebook, of your own clauses alone, which go before. `data book FOLDER` "
              "prints all types, modes, contexts and CAMEO codes with clauses and examples as Markdown "
              "(the second half of docs/CODEBOOK.md). `data build FOLDER IMAGE` makes the image that the "
              "program maps at start; an old one is replaced when the new one is "
              "complete.",
    [HELP_] = "", [VERSION_] = "",
};

#define AT(field) offsetof(Args, field)
// clang-format off
const Option options[] = {
  {"db", 0, WORD, "FILE", AT(db), STORE, "the store (bede.db)"},
  {"to", 0, WORD, "FORM", AT(to), CODE | (LIST & ~EXPORT) | DIFF | WHATIF, "print a table, jsonl or csv (table)"},
  {"to", 0, WORD, "FORM", AT(to), EXPORT, "gdelt, gdelt-mentions, icews, phoenix, polecat, geojson or parquet"},
  {"port", 0, NUMBER, "N", AT(port), SERVE, "the port to listen at (8321)"},
  {"host", 0, WORD, "ADDRESS", AT(host), SERVE, "the address to listen at (127.0.0.1)"},
  {"page", 0, WORD, "FOLDER", AT(page), SERVE, "read the page's files from there, while they are edited"},
  {"out", 'o', WORD, "FILE", AT(out), PLOT, "write FILE, a PNG where it ends in .png (standard output)"},
  {"out", 'o', WORD, "FILE", AT(out), EXPORT, "write FILE (standard output; Parquet needs a file)"},
  {"expect", 0, WORD, "HASHES", AT(expect), CITE, "fail where documents or answer are others"},
  {"width", 0, NUMBER, "N", AT(width), PLOT, "in pixels (900)"},
  {"box", 0, WORD, "W,S,E,N", AT(box), PLOT, "of the map, in degrees: -25,34,45,72 is Europe"},
  {"jobs", 'j', NUMBER, "N", AT(jobs), SERVE, "threads (one a core)"},
  {"jobs", 'j', NUMBER, "N", AT(jobs), DOCUMENTS, "threads (one a core); the output is the same for any number"},
  {"data", 0, WORD, "PATH", AT(data), MODEL, "the knowledge: an image, or a folder of text"},
  {"actors", 0, WORD, "FILE", AT(own_actors), OWN, "your own actors: tables, or dictionaries of TABARI and PETRARCH; FILE,FILE for several"},
  {"codebook", 0, WORD, "FILE", AT(own_codebook), OWN, "your own clauses (docs/CODEBOOK.md)"},
  {"each", 0, FLAG, NULL, AT(each), CODE, "store near-copies, too, each as a document of its own"},
  {"resume", 0, FLAG, NULL, AT(resume), CODE, "go on with each file behind what of it is in the store"},
  {"once", 0, FLAG, NULL, AT(once), READ, "of near-copies print one, with the addresses of the others"},
  {"text", 0, FLAG, NULL, AT(text), PARSE, "read plain text"},
  {"tree", 0, FLAG, NULL, AT(tree), PARSE, "draw the trees for people instead"},
  {"text", 0, WORD, "WORDS", AT(words), EXPLAIN, "code these words"},
  {"text", 0, WORD, "WORDS", AT(words), ASK | PLOT, "whose sentence has these words"},
  {"date", 0, WORD, "DATE", AT(date), EXPLAIN, "the day of the words, YYYY-MM-DD"},
  {"actor", 0, WORD, "CODE", AT(actor), ASK, "whose source is CODE, or CODE.SECTOR"},
  {"target", 0, WORD, "CODE", AT(target), ASK, "whose target is CODE, or CODE.SECTOR"},
  {"type", 0, WORD, "TYPE", AT(type), ASK | PLOT, "of this PLOVER type: CONSULT, ACCUSE, …"},
  {"status", 0, WORD, "STATUS", AT(status), EVENTS | SERIES | EXPORT | AUDIT | PLOT | CITE, "actual, planned, conditional, requested, denied or negated"},
  {"from", 0, WORD, "DATE", AT(from), ASK | DYAD | PLOT, "not over before DATE: YYYY, YYYY-MM or YYYY-MM-DD"},
  {"until", 0, WORD, "DATE", AT(until), ASK | DYAD | PLOT, "begun by DATE"},
  {"speaker", 0, WORD, "CODE", AT(speaker), ASK, "said by CODE, or by a piece of a name"},
  {"place", 0, WORD, "PLACE", AT(place), ASK, "in the country of this code, or at the place of this name"},
  {"where", 0, WORD, "CONDITION", AT(where), ASK | DYAD, "that fit, as in \"goldstein < -5 and not source = USA\" (docs/RECORD.md)"},
  {"story", 0, WORD, "ID", AT(story), EVENTS, "reports of this story"},
  {"once", 0, FLAG, NULL, AT(once), EVENTS | CITE, "of each story its first report alone"},
  {"by", 0, WORD, "PERIOD", AT(by), PLOT, "of the timeline: day, week, month or year (what fits)"},
  {"by", 0, WORD, "PERIOD", AT(by), SERIES, "day, week, month or year (month)"},
  {"due", 0, WORD, "DATE", AT(due), PLEDGES, "due in this year, month or day"},
  {"as-of", 0, WORD, "DATE", AT(as_of), PLEDGES, "overdue is what was due before (the last document's day)"},
  {"state", 0, WORD, "STATE", AT(state), PLEDGES, "kept, dropped, postponed, overdue or open"},
  {"limit", 0, NUMBER, "N", AT(limit), EVENTS | DYAD | PLEDGES | EXPORT, "at most N events"},
  {"report", 0, FLAG, NULL, AT(report), AUDIT, "only what was found so far"},
  {"seed", 0, NUMBER, "N", AT(seed), SAMPLE | AUDIT, "which sample (1)"},
  {"count", 0, NUMBER, "N", AT(count_wanted), SAMPLE | AUDIT, "how many events (20; of an audit 50)"},
  {"codebook-only", 0, FLAG, NULL, AT(codebook_only), RELATE, "no guess where no clause matches"},
  {"explain", 0, FLAG, NULL, AT(explain), RELATE, "a third column: why"},
  {"features", 0, FLAG, NULL, AT(features), RELATE, "a last column: what the learned model sees, for training"},
  {"accept", 0, FLAG, NULL, AT(accept), CHECK, "write the results into the files"},
  {"patterns", 0, WORD, "FILE", AT(patterns), DATA, "also write the compiled codebook as text"},
  {"quiet", 'q', FLAG, NULL, AT(quiet), ALL, "no progress and no summary; errors are still told"},
  {"man", 0, FLAG, NULL, AT(man), HELP, "print the manual page"},
  {"completion", 0, WORD, "SHELL", AT(completion), HELP, "print what bash, zsh or fish needs to complete commands and options"},
};
// clang-format on
const size_t option_count = COUNT(options);

const char *command_more(int command) { return more[command]; }

// ---- the command line

int usage_error(const char *format, ...) {
  va_list args;
  va_start(args, format);
  fputs("bede: ", stderr);
  vfprintf(stderr, format, args);
  fputs("\n(`bede help` shows what there is)\n", stderr);
  va_end(args);
  return WRONG_USAGE;
}

int command_index(const char *name) {
  for (size_t i = 0; i < COMMANDS; i++)
    if (!strcmp(commands[i].name, name))
      return (int)i;
  return -1;
}

static const Option *find_option(int command, const char *name, size_t len, bool letter) {
  for (size_t i = 0; i < COUNT(options); i++) {
    const Option *o = &options[i];
    bool same = letter ? o->letter == *name
                       : strlen(o->name) == len && !memcmp(o->name, name, len);
    if (same && o->commands & 1 << command)
      return o;
  }
  return NULL;
}

static bool set_option(const Option *o, const char *value, Args *args) {
  char *at = (char *)args + o->place;
  if (o->kind == FLAG) {
    *(bool *)(void *)at = true;
  } else if (o->kind == WORD) {
    *(const char **)(void *)at = value;
  } else {
    char *end;
    errno = 0;
    long long number = strtoll(value, &end, 10);
    if (errno || *end || end == value || number < 0) {
      usage_error("--%s needs a number, not `%s`", o->name, value);
      return false;
    }
    *(int64_t *)(void *)at = number;
  }
  return true;
}

// `--to 2024-05-01` beside `--from`: a date, not a form of output.
static void part_dates(int command, const Option *o, const char *value, Args *args) {
  if (o->place == AT(to) && 1 << command & (LIST & ~EXPORT) && value[0] >= '0' && value[0] <= '9') {
    args->until = value;
    args->to = NULL;
  }
}

Run options_read(int argc, char **argv, Args *args, int *status) {
  *args = (Args){0};
  *status = WRONG_USAGE;
  args->inputs = calloc((size_t)MAX(argc, 1), sizeof *args->inputs);
  if (!args->inputs)
    out_of_memory();
  if (argc < 2) {
    args->count = 0;
    cmd_help(args);
    return NULL;
  }
  const char *name = argv[1];
  if (!strcmp(name, "--help") || !strcmp(name, "-h"))
    name = "help";
  if (!strcmp(name, "--version"))
    name = "version";
  int command = command_index(name);
  if (command < 0) {
    usage_error("there is no command `%s`", name);
    return NULL;
  }
  const char *form = NULL; // of --to, which part_dates may take for a date
  bool only_inputs = false;
  for (int i = 2; i < argc; i++) {
    const char *word = argv[i];
    if (only_inputs || word[0] != '-' || !word[1]) {
      args->inputs[args->count++] = word;
      continue;
    }
    if (!strcmp(word, "--")) {
      only_inputs = true;
      continue;
    }
    if (!strcmp(word, "--help") || !strcmp(word, "-h")) {
      args->inputs[0] = commands[command].name;
      args->count = 1;
      *status = cmd_help(args);
      return NULL;
    }
    bool letter = word[1] != '-';
    const char *body = word + (letter ? 1 : 2);
    const char *equals = letter ? NULL : strchr(body, '=');
    size_t len = equals ? (size_t)(equals - body) : strlen(body);
    const Option *o = find_option(command, body, len, letter);
    const char *value = equals ? equals + 1 : letter && body[1] ? body + 1 : NULL;
    if (!o) {
      usage_error("`bede %s` has no option `%s`", name, word);
      return NULL;
    }
    if (o->kind == FLAG && value) {
      usage_error("`%s` takes no value", word);
      return NULL;
    }
    if (o->kind != FLAG && !value && !(value = i + 1 < argc ? argv[++i] : NULL)) {
      usage_error("`%s` needs a value: %s", word, o->value);
      return NULL;
    }
    if (!set_option(o, value, args))
      return NULL;
    if (value) {
      part_dates(command, o, value, args);
      if (o->place == AT(to)) {
        form = args->to ? args->to : form;
        args->to = form;
      }
    }
  }
  return commands[command].run;
}

void options_free(Args *args) { free(args->inputs); }
