// actor.c - `bede actor`: country and sector of actor phrases that stand alone.
//
// A phrase is read as a small document; the mention that covers its head word
// is the answer. What it leaves open is asked again with the phrase inside a
// sentence, since a fragment may be read as one ("Kenya's ruling council").
// Where the phrase itself names no country, the words of the context, as if they
// stood before it ("Russian" and "foreign minister"), are asked. A place without
// any actor gives its country, and an armed group that of its land.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "read/read.h"
#include <stdlib.h>

typedef struct Answer Answer;
struct Answer {
  char code[12], sector[4];
};

static void complete(Answer *answer, const Actor *actor) {
  if (!answer->code[0])
    memcpy(answer->code, actor->code, sizeof answer->code);
  if (!answer->sector[0])
    memcpy(answer->sector, actor->sector, sizeof answer->sector);
}

// The land of an armed group; its code where it has none, and of all others.
static void put_land(const ActorTable *table, Answer *answer) {
  for (uint32_t i = 0; i < table->entry_count; i++) {
    const ActorEntry *e = &table->entries[i];
    if (e->kind == ENTRY_GROUP && e->country[0] && !strcmp(e->code, answer->code)) {
      snprintf(answer->code, sizeof answer->code, "%s", e->country);
      return;
    }
  }
}

// The answer of a document whose phrase stands between these bytes.
static Answer answer_of(const BedeDoc *doc, const ActorTable *table, uint32_t begin, uint32_t end) {
  Answer answer = {"", ""};
  const Actor *best = NULL;
  uint32_t root = NONE; // of the phrase: its first token whose head is outside
  for (uint32_t i = 0; i < doc->tokens.count && root == NONE; i++) {
    const Token *t = &doc->tokens.items[i];
    const Span head = doc->tokens.items[t->head].span;
    if (t->span.begin >= begin && t->span.begin < end && (t->head == i || head.begin < begin || head.begin >= end))
      root = i;
  }
  for (uint32_t i = 0; i < doc->actors.count; i++) {
    const Actor *a = &doc->actors.items[i];
    if (a->span.end <= begin || a->span.begin >= end)
      continue;
    bool covers = root != NONE && a->first <= root && root < a->first + a->count;
    if (!best || (covers && !(best->first <= root && root < best->first + best->count)))
      best = a;
  }
  if (best)
    complete(&answer, best);
  // "four Saudi men": what else the phrase names, where the head says nothing
  for (uint32_t i = 0; i < doc->actors.count && !answer.code[0]; i++)
    if (doc->actors.items[i].span.begin >= begin && doc->actors.items[i].span.begin < end)
      complete(&answer, &doc->actors.items[i]);
  for (uint32_t i = 0; i < doc->places.count && !best; i++)
    if (doc->places.items[i].span.begin >= begin && doc->places.items[i].span.begin < end && !answer.code[0])
      snprintf(answer.code, sizeof answer.code, "%.3s", doc->places.items[i].country);
  put_land(table, &answer);
  return answer;
}

static BedeStatus ask(const BedeModel *model, Coder *coder, Str context, Str phrase, bool framed,
                      const char *date, Answer *out, BedeError *err) {
  Out text = {0};
  BedeDoc *doc = NULL;
  if (framed)
    out_text(&text, "They saw ");
  if (context.len) {
    out_str(&text, context);
    out_char(&text, ' ');
  }
  uint32_t begin = (uint32_t)text.len;
  out_str(&text, phrase);
  uint32_t end = (uint32_t)text.len;
  if (framed)
    out_text(&text, " .");
  BedeInput input = {.text = text.at ? text.at : "", .len = text.len, .id = "actor",
                     .date = *date ? date : NULL};
  BedeStatus status = read_text(model, &input, &doc, err);
  if (!status) {
    coder_run(coder, doc, CODE_SPLIT | CODE_PARSE | CODE_MENTIONS, NULL);
    *out = answer_of(doc, &model->actors, begin, end);
    // a country that only the context names
    for (uint32_t i = 0; context.len && i < doc->actors.count && !out->code[0]; i++)
      memcpy(out->code, doc->actors.items[i].code, sizeof out->code);
    doc_free(doc);
  }
  out_free(&text);
  return status;
}

static BedeStatus answer_row(const BedeModel *model, Coder *coder, Str phrase, Str context, Str date,
                             Answer *out, BedeError *err) {
  Arena arena = {0};
  Answer more = {"", ""};
  phrase = utf8_mend(&arena, phrase);
  const char *day = arena_copy(&arena, date);
  *out = (Answer){"", ""};
  BedeStatus status = ask(model, coder, (Str){0}, phrase, false, day, out, err);
  for (int framed = 0; framed < 2 && !status; framed++) {
    bool open = !out->code[0] || (framed && !out->sector[0]);
    if (!open || (!framed && !context.len))
      continue;
    status = ask(model, coder, framed ? (Str){0} : utf8_mend(&arena, context), phrase, framed, day, &more, err);
    if (!status && !out->code[0])
      memcpy(out->code, more.code, sizeof out->code);
    if (!status && !out->sector[0])
      memcpy(out->sector, more.sector, sizeof out->sector);
  }
  arena_free(&arena);
  return status;
}

typedef enum Column { ID, TEXT, CONTEXT, DATE, COLUMNS } Column;

// Where each column stands; -1: nowhere.
static bool read_head(Str line, int places[COLUMNS]) {
  static const char *const names[COLUMNS] = {"id", "text", "context", "date"};
  for (int c = 0; c < COLUMNS; c++)
    places[c] = -1;
  int at = 0;
  for (; line.len; at++) {
    Str name = str_trim(str_cut(&line, '\t'));
    for (int c = 0; c < COLUMNS; c++)
      if (str_equal(name, str_of(names[c])))
        places[c] = at;
  }
  return places[ID] >= 0 && places[TEXT] >= 0;
}

static void read_columns(Str line, const int places[COLUMNS], Str out[COLUMNS]) {
  memset(out, 0, COLUMNS * sizeof *out);
  for (int at = 0; line.len; at++) {
    Str field = str_cut(&line, '\t');
    for (int c = 0; c < COLUMNS; c++)
      if (places[c] == at)
        out[c] = str_trim(field);
  }
}

int cmd_actor(const Args *args) {
  const char *path = args->count ? args->inputs[0] : "-";
  const char *name = strcmp(path, "-") ? path : "standard input";
  char *text = NULL;
  size_t size = 0;
  BedeModel *model = NULL;
  BedeError err;
  int places[COLUMNS], status = DONE;
  if (args->count > 1)
    return usage_error("`bede actor` reads one file");
  if (input_read(path, &text, &size, &err) || model_find(args, &model, &err)) {
    complain("%s", err.message);
    free(text);
    return SOME_FAILED;
  }
  Coder *coder = coder_new(model);
  Out out = {0};
  Str rest = {text, size}, columns[COLUMNS];
  if (!read_head(str_trim(str_cut(&rest, '\n')), places)) {
    complain("%s:1: the first line must name the columns id and text", name);
    status = SOME_FAILED;
    rest.len = 0;
  }
  for (uint64_t at = 2; rest.len; at++) {
    Str line = str_cut(&rest, '\n');
    Answer answer;
    if (line.len && line.at[line.len - 1] == '\r')
      line.len--;
    if (!line.len)
      continue;
    read_columns(line, places, columns);
    if (answer_row(model, coder, columns[TEXT], columns[CONTEXT], columns[DATE], &answer, &err)) {
      complain("%s:%llu: %s", name, (unsigned long long)at, err.message);
      status = SOME_FAILED;
      continue;
    }
    out_str(&out, columns[ID]);
    out_print(&out, "\t%s\t%s\n", answer.code, answer.sector);
    if (!print_out(&out))
      break;
  }
  out_free(&out);
  coder_free(coder);
  bede_model_free(model);
  free(text);
  return print_end() ? status : SOME_FAILED;
}
