// relate.c - `bede relate`: the type of the relation between two marked actors.
// SPDX-License-Identifier: Apache-2.0
#include "event/relate.h"
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "read/read.h"
#include <errno.h>
#include <stdlib.h>

typedef struct Marked Marked; // a sentence without its marks
struct Marked {
  Out text;
  Span source, target; // {0,0} where the mark is missing
};

// A closing mark that fits nothing is dropped, an open one ends with the text;
// of several marks of one kind the first counts.
static void take_marks(Marked *m, Str s) {
  static const struct {
    Str word;
    int role; // 0 source, 1 target
    bool closes;
  } marks[] = {{{"<s>", 3}, 0, false}, {{"</s>", 4}, 0, true},
               {{"<t>", 3}, 1, false}, {{"</t>", 4}, 1, true}};
  Span spans[2] = {{0}};
  bool open[2] = {false}, done[2] = {false};
  out_reset(&m->text);
  for (size_t at = 0; at < s.len;) {
    size_t k = 0;
    Str rest = {s.at + at, s.len - at};
    while (k < COUNT(marks) && !str_starts(rest, marks[k].word))
      k++;
    if (k == COUNT(marks)) {
      out_char(&m->text, s.at[at++]);
      continue;
    }
    int role = marks[k].role;
    at += marks[k].word.len;
    if (!marks[k].closes && !open[role] && !done[role]) {
      open[role] = true;
      spans[role].begin = (uint32_t)m->text.len;
    } else if (marks[k].closes && open[role]) {
      open[role] = false;
      done[role] = true;
      spans[role].end = (uint32_t)m->text.len;
    }
  }
  for (int role = 0; role < 2; role++)
    if (open[role])
      spans[role].end = (uint32_t)m->text.len;
  m->source = spans[0];
  m->target = spans[1];
}

static BedeStatus relate_line(const Args *args, const BedeModel *model, Coder *coder, Marked *m,
                              Str line, Out *out, BedeError *err) {
  Arena arena = {0};
  Str rest = line, id = str_cut(&rest, '\t');
  BedeDoc *doc = NULL;
  take_marks(m, utf8_mend(&arena, rest));
  // The id of the document plays no part; it must not be taken from the text.
  BedeInput input = {.text = m->text.at ? m->text.at : "", .len = m->text.len, .id = "relate"};
  BedeStatus status = read_text(model, &input, &doc, err);
  if (!status) {
    Out why = {0};
    coder_run(coder, doc, CODE_ALL & ~CODE_EVENTS, NULL);
    Relation r = relate_pair(doc, m->source, m->target, model, &why);
    out_str(out, id);
    out_print(out, "\t%s", !args->codebook_only ? event_types[r.type]
                         : r.basis < RELATION_ONE ? "NONE" : event_types[r.clause]);
    if (args->explain)
      out_print(out, "\t%.*s", (int)why.len, why.at ? why.at : "");
    for (uint32_t i = 0; args->features && i < r.features.count; i++)
      out_print(out, "%c%.*s", i ? ' ' : '\t', STR_ARG(r.features.items[i]));
    out_char(out, '\n');
    out_free(&why);
    doc_free(doc);
  }
  arena_free(&arena);
  return status;
}

int cmd_relate(const Args *args) {
  const char *path = args->count ? args->inputs[0] : "-";
  bool standard = !strcmp(path, "-");
  const char *name = standard ? "standard input" : path;
  BedeModel *model;
  BedeError err;
  if (args->count > 1)
    return usage_error("`bede relate` reads one file");
  FILE *file = standard ? stdin : fopen(path, "rb");
  if (!file) {
    complain("%s: cannot open: %s", path, strerror(errno));
    return SOME_FAILED;
  }
  int status = DONE;
  if (model_find(args, &model, &err)) {
    complain("%s", err.message);
    status = SOME_FAILED;
  } else {
    Coder *coder = coder_new(model);
    Marked marked = {0};
    Out out = {0};
    char *buffer = NULL;
    size_t room = 0;
    uint64_t at = 0;
    bool printed = true;
    for (ssize_t got; printed && (got = getline(&buffer, &room, file)) >= 0;) {
      Str line = {buffer, (size_t)got};
      at++;
      while (line.len && (line.at[line.len - 1] == '\n' || line.at[line.len - 1] == '\r'))
        line.len--;
      if (!line.len)
        continue;
      if (relate_line(args, model, coder, &marked, line, &out, &err)) {
        complain("%s:%llu: %s", name, (unsigned long long)at, err.message);
        status = SOME_FAILED;
      }
      printed = print_out(&out);
    }
    if (ferror(file)) {
      complain("%s: cannot read: %s", name, strerror(errno));
      status = SOME_FAILED;
    }
    free(buffer);
    out_free(&out);
    out_free(&marked.text);
    coder_free(coder);
    bede_model_free(model);
  }
  if (!standard)
    fclose(file);
  return print_end() ? status : SOME_FAILED;
}
