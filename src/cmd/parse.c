// parse.c - `bede parse`: CoNLL-U with words, or plain text, to CoNLL-U.
//
// The input is worked through in batches of a few thousand words, so that it
// may be of any length.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "parse/parse.h"
#include <errno.h>
#include <stdlib.h>

enum { BATCH_WORDS = 4096, BATCH_BYTES = 1 << 18 };

typedef struct Line Line; // of the input, kept until its batch is parsed
struct Line {
  Str text;
  uint32_t token; // NONE: printed as it is
};

typedef struct Batch Batch;
struct Batch {
  const BedeModel *model;
  Coder *coder;
  BedeDoc *doc;
  Array(Line) lines;
  Out text, out;
  uint32_t range_begin, range_end; // words of the multiword token now read
  bool space;         // white space follows the word before
  bool range_space;   // … follows the multiword token
  uint64_t number;    // of the sentence, for --text
  bool tree;          // drawn for people
};

static void put_word(Out *out, Str s) {
  for (size_t i = 0; i < s.len; i++)
    out_char(out, (unsigned char)s.at[i] < ' ' ? ' ' : s.at[i]);
}

static void put_columns(Batch *b, uint32_t token) {
  const BedeDoc *doc = b->doc;
  const Token *t = &doc->tokens.items[token];
  const char *lemma = doc_string(doc, t->lemma), *feats = feats_name(b->model, t);
  uint32_t first = doc->sentences.items[t->sentence].first;
  Out *out = &b->out;
  if (*lemma)
    put_word(out, str_of(lemma));
  else
    out_char(out, '_');
  out_char(out, '\t');
  out_text(out, upos_names[t->upos]);
  out_char(out, '\t');
  out_text(out, xpos_name(b->model, t));
  out_char(out, '\t');
  out_text(out, *feats ? feats : "_");
  out_print(out, "\t%u\t", t->head == token ? 0 : t->head - first + 1);
  out_text(out, deprel_names[t->deprel]);
  out_text(out, "\t_\t");
}

// ---- drawings

// The words under head, each under a branch of its own, in the order of the
// text: its place, the word, its tag and its relation.
static void draw_branches(Batch *b, const Sentence *s, uint32_t head, Out *margin) {
  const Token *tokens = b->doc->tokens.items;
  uint32_t end = s->first + s->count, last = NONE;
  for (uint32_t i = s->first; i < end; i++)
    if (tokens[i].head == head && i != head)
      last = i;
  for (uint32_t i = s->first; i < end && last != NONE; i++) {
    if (tokens[i].head != head || i == head)
      continue;
    out_str(&b->out, (Str){margin->at ? margin->at : "", margin->len});
    out_print(&b->out, "%s %s: ", i == last ? "└─" : "├─", deprel_names[tokens[i].deprel]);
    put_word(&b->out, doc_word(b->doc, i));
    out_print(&b->out, " (%u %s)\n", i - s->first + 1, xpos_name(b->model, &tokens[i]));
    size_t before = margin->len;
    out_text(margin, i == last ? "   " : "│  ");
    draw_branches(b, s, i, margin);
    margin->len = before;
  }
}

static void draw_sentence(Batch *b, const Sentence *s) {
  const Token *tokens = b->doc->tokens.items;
  Out margin = {0};
  for (uint32_t i = s->first; i < s->first + s->count; i++) {
    put_word(&b->out, doc_word(b->doc, i));
    out_char(&b->out, i + 1 < s->first + s->count ? ' ' : '\n');
  }
  for (uint32_t i = s->first; i < s->first + s->count; i++)
    if (tokens[i].head == i) {
      out_text(&b->out, "root: ");
      put_word(&b->out, doc_word(b->doc, i));
      out_print(&b->out, " (%u %s)\n", i - s->first + 1, xpos_name(b->model, &tokens[i]));
      draw_branches(b, s, i, &margin);
    }
  out_char(&b->out, '\n');
  out_free(&margin);
}

// ---- CoNLL-U

static void begin_batch(Batch *b) {
  b->doc = doc_new();
  b->lines.count = b->lines.room = 0;
  b->lines.items = NULL;
  out_reset(&b->text);
}

static bool flush_batch(Batch *b) {
  BedeDoc *doc = b->doc;
  doc->text = arena_str(&doc->arena, (Str){b->text.at ? b->text.at : "", b->text.len});
  if (doc->tokens.count)
    coder_run(b->coder, doc, CODE_PARSE, NULL);
  for (uint32_t i = 0; b->tree && i < doc->sentences.count; i++)
    draw_sentence(b, &doc->sentences.items[i]);
  for (uint32_t i = 0; !b->tree && i < b->lines.count; i++) {
    const Line *line = &b->lines.items[i];
    if (line->token == NONE) {
      out_str(&b->out, line->text);
    } else {
      Str rest = line->text;
      for (int column = 0; column < 2; column++) {
        out_str(&b->out, str_cut(&rest, '\t'));
        out_char(&b->out, '\t');
      }
      put_columns(b, line->token);
      for (int column = 2; column < 9; column++)
        str_cut(&rest, '\t');
      out_str(&b->out, rest);
    }
    out_char(&b->out, '\n');
  }
  doc_free(doc);
  begin_batch(b);
  return print_out(&b->out);
}

// The first token behind the last complete sentence.
static uint32_t open_token(const BedeDoc *doc) {
  const Sentence *last = doc->sentences.count ? array_last(&doc->sentences) : NULL;
  return last ? last->first + last->count : 0;
}

static void end_sentence(Batch *b) {
  BedeDoc *doc = b->doc;
  uint32_t first = open_token(doc);
  uint32_t count = doc->tokens.count - first;
  b->range_end = 0;
  if (!count)
    return;
  array_last(&doc->tokens)->space = 1;
  array_push(&doc->arena, &doc->sentences,
             (Sentence){.span = {doc->tokens.items[first].span.begin,
                                 array_last(&doc->tokens)->span.end},
                        .first = first,
                        .count = count});
  out_char(&b->text, '\n');
}

static bool no_space(Str misc) { return str_find(misc, STR("SpaceAfter=No"), NULL); }

static bool number(Str s, uint32_t *out) {
  uint32_t value = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (s.at[i] < '0' || s.at[i] > '9' || value > 100000000)
      return false;
    value = 10 * value + (uint32_t)(s.at[i] - '0');
  }
  *out = value;
  return s.len > 0;
}

// A word's line, checked; also those of multiword tokens and empty nodes.
static BedeStatus read_word(Batch *b, Str line, const char *name, uint64_t at, BedeError *err) {
  BedeDoc *doc = b->doc;
  Str columns[10], rest = line;
  uint32_t count = 1, id, end;
  for (size_t i = 0; i < line.len; i++)
    count += line.at[i] == '\t';
  if (count != 10)
    return fail(err, BEDE_INPUT, "%s:%llu: has %u columns, not 10", name,
                (unsigned long long)at, count);
  for (int i = 0; i < 10; i++)
    columns[i] = str_cut(&rest, '\t');
  Str after = columns[0], before = str_cut(&after, '-');
  uint32_t next = doc->tokens.count - open_token(doc) + 1;
  Line kept = {arena_str(&doc->arena, line), NONE};
  if (after.len) {
    if (!number(before, &id) || !number(after, &end) || id != next || end < id)
      return fail(err, BEDE_INPUT, "%s:%llu: `%.*s` is no range of the words that follow", name,
                  (unsigned long long)at, STR_ARG(columns[0]));
    b->range_begin = id;
    b->range_end = end;
    b->range_space = !no_space(columns[9]);
  } else if (!memchr(columns[0].at, '.', columns[0].len)) {
    if (!number(columns[0], &id) || id != next)
      return fail(err, BEDE_INPUT, "%s:%llu: the word's number is `%.*s`, not %u", name,
                  (unsigned long long)at, STR_ARG(columns[0]), next);
    Str form = str_trim(columns[1]);
    if (!form.len || b->text.len + form.len + 2 > UINT32_MAX)
      return fail(err, BEDE_INPUT, "%s:%llu: the word is empty", name, (unsigned long long)at);
    bool in_range = id <= b->range_end;
    Token *before_it = id > 1 ? array_last(&doc->tokens) : NULL;
    bool glued = in_range && id > b->range_begin;
    if (before_it && before_it->space)
      out_char(&b->text, ' ');
    uint32_t begin = (uint32_t)b->text.len;
    out_str(&b->text, form);
    kept.token = doc->tokens.count;
    bool space = !in_range ? !no_space(columns[9]) : id == b->range_end && b->range_space;
    array_push(&doc->arena, &doc->tokens,
               (Token){.span = {begin, (uint32_t)b->text.len},
                       .sentence = doc->sentences.count,
                       .head = doc->tokens.count,
                       .space = space,
                       .glued = glued});
  }
  array_push(&doc->arena, &b->lines, kept);
  return BEDE_OK;
}

static BedeStatus parse_words(Batch *b, FILE *file, const char *name, BedeError *err) {
  char *buffer = NULL;
  size_t room = 0;
  uint64_t at = 0;
  BedeStatus status = BEDE_OK;
  bool printed = true;
  begin_batch(b);
  for (ssize_t got; !status && printed && (got = getline(&buffer, &room, file)) >= 0;) {
    at++;
    Str line = {buffer, (size_t)got};
    while (line.len && (line.at[line.len - 1] == '\n' || line.at[line.len - 1] == '\r'))
      line.len--;
    size_t bad = utf8_invalid(line);
    if (bad < line.len) {
      status = fail(err, BEDE_INPUT, "%s:%llu: byte %zu is no valid UTF-8", name,
                    (unsigned long long)at, bad + 1);
    } else if (!line.len) {
      end_sentence(b);
      array_push(&b->doc->arena, &b->lines, (Line){STR(""), NONE});
      if (b->doc->tokens.count >= BATCH_WORDS)
        printed = flush_batch(b);
    } else if (line.at[0] == '#') {
      array_push(&b->doc->arena, &b->lines, (Line){arena_str(&b->doc->arena, line), NONE});
    } else {
      status = read_word(b, line, name, at, err);
    }
  }
  if (!status && ferror(file))
    status = fail(err, BEDE_IO, "%s: cannot read: %s", name, strerror(errno));
  if (status && printed) { // what was complete before the bad line
    b->doc->tokens.count = open_token(b->doc);
    while (b->lines.count && array_last(&b->lines)->text.len)
      b->lines.count--;
    flush_batch(b);
  } else if (printed) {
    bool open = b->lines.count && array_last(&b->lines)->text.len;
    end_sentence(b); // the last may lack its empty line
    if (open)
      array_push(&b->doc->arena, &b->lines, (Line){STR(""), NONE});
    flush_batch(b);
  }
  doc_free(b->doc);
  free(buffer);
  return status;
}

// ---- plain text

static void put_token(Batch *b, const Sentence *s, uint32_t i, bool in_range) {
  const Token *t = &b->doc->tokens.items[i];
  out_print(&b->out, "%u\t", i - s->first + 1);
  put_word(&b->out, doc_word(b->doc, i));
  out_char(&b->out, '\t');
  put_columns(b, i);
  out_text(&b->out, t->space || in_range ? "_\n" : "SpaceAfter=No\n");
}

static void put_sentence(Batch *b, const Sentence *s) {
  const BedeDoc *doc = b->doc;
  const Token *tokens = doc->tokens.items;
  uint32_t end = s->first + s->count, range_end = 0;
  out_print(&b->out, "# sent_id = %llu\n# text = ", (unsigned long long)++b->number);
  Str words = doc_span(doc, s->span);
  for (size_t i = 0; i < words.len; i++) // one line, single blanks
    if ((unsigned char)words.at[i] > ' ')
      out_char(&b->out, words.at[i]);
    else if ((unsigned char)words.at[i - 1] > ' ')
      out_char(&b->out, ' ');
  out_char(&b->out, '\n');
  for (uint32_t i = s->first; i < end; i++) {
    if (i >= range_end) {
      uint32_t last = i;
      while (last + 1 < end && tokens[last + 1].glued)
        last++;
      if (last > i) {
        range_end = last + 1;
        out_print(&b->out, "%u-%u\t", i - s->first + 1, last - s->first + 1);
        put_word(&b->out, doc_span(doc, doc_token_span(doc, i, last - i + 1)));
        out_text(&b->out, tokens[last].space ? "\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                             : "\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n");
      }
    }
    put_token(b, s, i, i < range_end);
  }
  out_char(&b->out, '\n');
}

static bool flush_text(Batch *b, bool first_chunk) {
  BedeDoc *doc = b->doc = doc_new();
  doc->text = utf8_mend(&doc->arena, arena_str(&doc->arena, (Str){b->text.at, b->text.len}));
  coder_run(b->coder, doc, CODE_SPLIT | CODE_PARSE, NULL);
  uint32_t paragraph = NONE;
  for (uint32_t i = 0; i < doc->sentences.count; i++) {
    const Sentence *s = &doc->sentences.items[i];
    if (b->tree) {
      draw_sentence(b, s);
      continue;
    }
    if (s->paragraph != paragraph)
      out_text(&b->out, first_chunk && i == 0 ? "# newdoc\n# newpar\n" : "# newpar\n");
    paragraph = s->paragraph;
    put_sentence(b, s);
  }
  doc_free(doc);
  out_reset(&b->text);
  return print_out(&b->out);
}

static BedeStatus parse_text(Batch *b, FILE *file, const char *name, BedeError *err) {
  char *buffer = NULL;
  size_t room = 0;
  bool printed = true, first = true;
  BedeStatus status = BEDE_OK;
  for (ssize_t got; !status && printed && (got = getline(&buffer, &room, file)) >= 0;) {
    out_bytes(&b->text, buffer, (size_t)got);
    bool empty = !str_trim((Str){buffer, (size_t)got}).len;
    if (empty && b->text.len >= BATCH_BYTES) {
      printed = flush_text(b, first);
      first = false;
    }
    if (b->text.len > BEDE_TEXT_LIMIT)
      status = fail(err, BEDE_TOO_BIG, "%s: a paragraph has more than %u bytes", name,
                    BEDE_TEXT_LIMIT);
  }
  if (!status && ferror(file))
    status = fail(err, BEDE_IO, "%s: cannot read: %s", name, strerror(errno));
  if (!status && printed && b->text.len)
    flush_text(b, first);
  free(buffer);
  return status;
}

int cmd_parse(const Args *args) {
  const char *path = args->count ? args->inputs[0] : "-";
  bool standard = !strcmp(path, "-");
  BedeModel *model;
  BedeError err;
  if (args->count > 1)
    return usage_error("`bede parse` reads one file");
  FILE *file = standard ? stdin : fopen(path, "rb");
  if (!file) {
    complain("%s: cannot open: %s", path, strerror(errno));
    return SOME_FAILED;
  }
  BedeStatus status = model_find(args, &model, &err);
  if (!status) {
    Batch batch = {.model = model, .coder = coder_new(model), .tree = args->tree};
    status = (args->text ? parse_text : parse_words)(&batch, file,
                                                     standard ? "standard input" : path, &err);
    coder_free(batch.coder);
    out_free(&batch.text);
    out_free(&batch.out);
    bede_model_free(model);
  }
  if (!standard)
    fclose(file);
  if (status)
    complain("%s", err.message);
  return print_end() && !status ? DONE : SOME_FAILED;
}
