// where.c - the language of --where: conditions on an event, in words.
//
//   condition  = all { "or" all }
//   all        = one { "and" one }
//   one        = "not" one | "(" condition ")" | field test
//   test       = ("=" | "!=" | "<" | "<=" | ">" | ">=" | "~") value
//              | ["not"] "in" "(" value { "," value } ")"
//   value      = word or "words in quotation marks" (a doubled "" is one)
//
// A field that is yes or no stands alone. What is written becomes parameters of
// a statement, never its text. docs/RECORD.md lists the fields.
// SPDX-License-Identifier: Apache-2.0
#include "store/query.h"
#include <stdio.h>
#include <stdlib.h>

enum { DEEPEST = 40, MOST_VALUES = 60, LONGEST = 4000 };

typedef enum Kind {
  SIDE,   // an actor; sql: the ways of it in the table sides
  NAMED,  // one of a list of words
  STRING, // sql: an expression, NULL where there is none
  NUMBER, // low … high
  DATE,
  FLAG,
  WORDS, // of the sentence
  PLACE,
  STORY,
} Kind;

typedef struct Field Field;
struct Field {
  const char *name;
  Kind kind;
  const char *sql;
  const char *const *words; // NAMED
  size_t count;
  double low, high; // NUMBER
};

#define DOCUMENT(column) "(SELECT " column " FROM documents WHERE key = e.document)"
static const Field fields[] = {
    {.name = "actor", .kind = SIDE, .sql = "0, 1, 2"},
    {.name = "source", .kind = SIDE, .sql = "0, 1"},
    {.name = "target", .kind = SIDE, .sql = "0, 2"},
    {.name = "speaker", .kind = SIDE, .sql = "3"},
    {.name = "type", .kind = NAMED, .sql = "e.type", .words = event_types, .count = EVENT_TYPES},
    {.name = "status", .kind = NAMED, .sql = "e.status", .words = status_names, .count = STATUS_COUNT},
    {.name = "quad", .kind = NAMED, .sql = "e.quad", .words = quad_names, .count = 4},
    {.name = "mode", .kind = STRING, .sql = "e.mode"},
    {.name = "context", .kind = STRING, .sql = "e.contexts"},
    {.name = "cameo", .kind = STRING, .sql = "e.cameo"},
    {.name = "rule", .kind = STRING, .sql = "e.rule"},
    {.name = "id", .kind = STRING, .sql = "e.id"},
    {.name = "document", .kind = STRING, .sql = DOCUMENT("id")},
    {.name = "agency", .kind = STRING, .sql = DOCUMENT("coalesce(agency, source)")},
    {.name = "title", .kind = STRING, .sql = DOCUMENT("title")},
    {.name = "pledge", .kind = STRING, .sql = "e.pledge"},
    {.name = "goldstein", .kind = NUMBER, .sql = "e.goldstein", .low = -10, .high = 10},
    {.name = "confidence", .kind = NUMBER, .sql = "e.confidence", .low = 0, .high = 1},
    {.name = "count", .kind = NUMBER, .sql = "e.count", .low = 0, .high = 1e9},
    {.name = "sentence", .kind = NUMBER, .sql = "(e.sentence + 1)", .low = 1, .high = 1e9},
    {.name = "reports", .kind = NUMBER, .low = 1, .high = 1e9,
     .sql = "(SELECT count(*) FROM event_stories x JOIN event_stories y ON y.story = x.story "
            "WHERE x.event = e.key)"},
    {.name = "date", .kind = DATE, .sql = "nullif(e.day, '~')"},
    {.name = "said", .kind = DATE, .sql = DOCUMENT("date")},
    {.name = "due", .kind = DATE, .sql = "coalesce(e.due_begin, CASE e.basis WHEN 'text' THEN e.\"begin\" END)"},
    {.name = "mutual", .kind = FLAG, .sql = "e.mutual"},
    {.name = "inferred", .kind = FLAG, .sql = "e.inferred"},
    {.name = "text", .kind = WORDS},
    {.name = "place", .kind = PLACE},
    {.name = "story", .kind = STORY},
};

typedef struct Parser Parser;
struct Parser {
  Str rest;
  Sql *sql;
  Arena *arena;
  BedeError *err;
  int depth, values;
  bool failed;
};

static void wrong(Parser *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void wrong(Parser *p, const char *format, ...) { // the first counts
  char text[600];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (!p->failed)
    fail(p->err, BEDE_USAGE, "--where: %s", text);
  p->failed = true;
}

// ---- words and signs

static bool in_word(char c) {
  return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z') || strchr("._-*/+:", c);
}

static void skip_space(Parser *p) {
  while (p->rest.len && strchr(" \t\r\n", p->rest.at[0]))
    p->rest.at++, p->rest.len--;
}

// What comes next, for a message.
static const char *next(Parser *p) {
  skip_space(p);
  size_t len = MIN(p->rest.len, 30);
  while (len && len < p->rest.len && (p->rest.at[len] & 0xC0) == 0x80)
    len--; // whole characters only
  return p->rest.len ? arena_print(p->arena, "`%.*s`", (int)len, p->rest.at).at : "the end";
}

static Str peek(Parser *p) {
  skip_space(p);
  size_t len = 0;
  while (len < p->rest.len && p->rest.at[len] && in_word(p->rest.at[len]))
    len++;
  return (Str){p->rest.at, len};
}

static bool take_sign(Parser *p, const char *sign) {
  skip_space(p);
  Str s = str_of(sign);
  bool is = str_starts(p->rest, s);
  if (is)
    p->rest.at += s.len, p->rest.len -= s.len;
  return is;
}

static bool take_word(Parser *p, const char *word) {
  Str s = peek(p);
  bool is = str_equal_fold(s, str_of(word));
  if (is)
    p->rest.at += s.len, p->rest.len -= s.len;
  return is;
}

static Str quoted(Parser *p) {
  Out out = {0};
  bool closed = false;
  p->rest.at++, p->rest.len--;
  while (p->rest.len && !closed) {
    char c = p->rest.at[0];
    p->rest.at++, p->rest.len--;
    if (c != '"') {
      out_char(&out, c ? c : ' ');
    } else if (p->rest.len && p->rest.at[0] == '"') {
      out_char(&out, '"');
      p->rest.at++, p->rest.len--;
    } else {
      closed = true;
    }
  }
  if (!closed)
    wrong(p, "a quotation mark is not closed");
  Str text = arena_str(p->arena, (Str){out.at ? out.at : "", out.len});
  out_free(&out);
  return text;
}

static Str take_value(Parser *p, const Field *field) {
  Str value = peek(p);
  if (p->rest.len && p->rest.at[0] == '"')
    value = quoted(p);
  else
    p->rest.at += value.len, p->rest.len -= value.len;
  if (!str_trim(value).len)
    wrong(p, "%s needs a value (a word, or \"words\"), and there is %s", field->name, next(p));
  if (++p->values > MOST_VALUES)
    wrong(p, "more than %d values", MOST_VALUES);
  return arena_str(p->arena, value);
}

// ---- tests

typedef enum Test { IS, IS_NOT, LESS, AT_MOST, MORE, AT_LEAST, HAS, IN, NOT_IN, NO_TEST } Test;
static const struct {
  const char *sign;
  Test test;
} signs[] = {{"!=", IS_NOT}, {"<=", AT_MOST}, {">=", AT_LEAST}, {"=", IS},
             {"<", LESS},    {">", MORE},     {"~", HAS}};
static const char *const operators[] = {"=", "<>", "<", "<=", ">", ">="};

static Test take_test(Parser *p) {
  for (size_t i = 0; i < COUNT(signs); i++)
    if (take_sign(p, signs[i].sign))
      return signs[i].test;
  if (take_word(p, "in"))
    return IN;
  Parser before = *p;
  if (take_word(p, "not") && take_word(p, "in"))
    return NOT_IN;
  *p = before;
  return NO_TEST;
}

static void put(Parser *p, const char *text) { out_text(&p->sql->text, text); }

static void list_words(Out *out, const Field *field) {
  for (size_t i = 0; i < field->count; i++)
    out_print(out, "%s%s", i ? ", " : "", field->words[i]);
}

static Str known_word(Parser *p, const Field *field, Str value) {
  for (size_t i = 0; i < field->count; i++)
    if (str_equal_fold(value, str_of(field->words[i])))
      return str_of(field->words[i]);
  Out out = {0};
  list_words(&out, field);
  wrong(p, "`%.*s` is no %s; there are %s", (int)MIN(value.len, 40), value.at, field->name, out.at);
  out_free(&out);
  return value;
}

// LIKE takes % and _ for signs.
static Str pattern_of(Parser *p, Str piece, bool within) {
  Out out = {0};
  out_text(&out, within ? "%" : "");
  for (size_t i = 0; i < piece.len; i++) {
    if (strchr("%_\\", piece.at[i]))
      out_char(&out, '\\');
    out_char(&out, piece.at[i]);
  }
  out_char(&out, '%');
  Str pattern = arena_str(p->arena, (Str){out.at, out.len});
  out_free(&out);
  return pattern;
}

static void number_test(Parser *p, const Field *field, Test test, Str value) {
  char *end;
  double number = strtod(value.at, &end);
  if (end != value.at + value.len || !(number >= field->low && number <= field->high)) {
    wrong(p, "%s needs a number from %g to %g, not `%.*s`", field->name, field->low, field->high,
          (int)MIN(value.len, 40), value.at);
    return;
  }
  out_print(&p->sql->text, "%s %s ", field->sql, operators[test]);
  // 0.35 as it was stored: the nearest of a shorter kind of number
  sql_ask(p->sql, "?", R(strcmp(field->name, "confidence") && strcmp(field->name, "goldstein")
                             ? number
                             : (double)(float)number));
}

// A year or month is all of its days: date = 2024-05 holds for 2024-05-17.
static void date_test(Parser *p, const Field *field, Test test, Str value) {
  Day day;
  if (!day_parse(value, &day) || value.len != (day.day ? 10u : day.month ? 7u : 4u)) {
    wrong(p, "%s needs YYYY, YYYY-MM or YYYY-MM-DD, not `%.*s`", field->name,
          (int)MIN(value.len, 40), value.at);
    return;
  }
  if (test == IS || test == IS_NOT) {
    out_print(&p->sql->text, "%s(%s >= ", test == IS ? "" : "NOT ", field->sql);
    sql_ask(p->sql, "?", T(value));
    out_print(&p->sql->text, " AND %s <= ", field->sql);
    sql_ask(p->sql, "? || '~')", T(value));
    return;
  }
  bool after = test == MORE || test == AT_MOST; // behind all days of it
  out_print(&p->sql->text, "%s %s ", field->sql, operators[test]);
  sql_ask(p->sql, after ? "? || '~'" : "?", T(value));
}

static void string_test(Parser *p, const Field *field, Test test, Str value) {
  bool begins = value.at[value.len - 1] == '*';
  if (test == HAS || begins) {
    if (test != HAS)
      value.len--;
    out_print(&p->sql->text, "%s %sLIKE ", field->sql, test == IS_NOT ? "NOT " : "");
    sql_ask(p->sql, "? ESCAPE '\\'", T(pattern_of(p, value, test == HAS)));
  } else {
    out_print(&p->sql->text, "%s %s ", field->sql, operators[test]);
    sql_ask(p->sql, "?", T(value));
  }
}

static void side_test(Parser *p, const Field *field, Test test, Str value) {
  out_print(&p->sql->text, "e.key %sIN (SELECT event FROM sides WHERE ", test == IS_NOT ? "NOT " : "");
  query_side(p->sql, value.at, p->arena);
  out_print(&p->sql->text, " AND way IN (%s))", field->sql);
}

static void test_value(Parser *p, const Field *field, Test test, Str value) {
  // What is not known fits no test, and so neither the opposite of one.
  put(p, "coalesce(");
  switch (field->kind) {
  case SIDE: side_test(p, field, test, value); break;
  case NUMBER: number_test(p, field, test, value); break;
  case DATE: date_test(p, field, test, value); break;
  case STRING: string_test(p, field, test, value); break;
  case NAMED:
    out_print(&p->sql->text, "%s %s ", field->sql, operators[test]);
    sql_ask(p->sql, "?", T(known_word(p, field, value)));
    break;
  case WORDS:
    put(p, test == IS_NOT ? "NOT (1" : "(1");
    query_words(p->sql, value.at, p->arena);
    put(p, ")");
    break;
  case PLACE:
    put(p, test == IS_NOT ? "NOT (1" : "(1");
    query_place(p->sql, value.at, p->arena);
    put(p, ")");
    break;
  case STORY:
    put(p, test == IS_NOT ? "NOT (1" : "(1");
    query_story(p->sql, value.at);
    put(p, ")");
    break;
  default: break;
  }
  put(p, ", 0)");
}

static const char *tests_of(Kind kind) {
  switch (kind) {
  case NUMBER:
  case DATE: return "= != < <= > >= in";
  case STRING: return "= != ~ in";
  case WORDS: return "~";
  default: return "= != in";
  }
}

static bool may(Kind kind, Test test) {
  switch (test) {
  case HAS: return kind == STRING || kind == WORDS;
  case LESS:
  case AT_MOST:
  case MORE:
  case AT_LEAST: return kind == NUMBER || kind == DATE;
  default: return kind != WORDS && test != NO_TEST;
  }
}

static const Field *take_field(Parser *p) {
  for (size_t i = 0; i < COUNT(fields); i++)
    if (take_word(p, fields[i].name))
      return &fields[i];
  Out out = {0};
  for (size_t i = 0; i < COUNT(fields); i++)
    out_print(&out, "%s%s", i ? ", " : "", fields[i].name);
  wrong(p, "a field was expected where there is %s; fields are %s", next(p), out.at);
  out_free(&out);
  return NULL;
}

static void parse_test(Parser *p) {
  const Field *field = take_field(p);
  if (!field)
    return;
  if (field->kind == FLAG) {
    put(p, field->sql);
    return;
  }
  Test test = take_test(p);
  if (!may(field->kind, test)) {
    const char *found = test == IN || test == NOT_IN ? "`in`" : next(p);
    for (size_t i = 0; i < COUNT(signs); i++)
      if (signs[i].test == test)
        found = arena_print(p->arena, "`%s`", signs[i].sign).at;
    wrong(p, "%s takes %s, and there is %s", field->name, tests_of(field->kind), found);
    return;
  }
  if (test != IN && test != NOT_IN) {
    Str value = take_value(p, field);
    if (!p->failed)
      test_value(p, field, test, value);
    return;
  }
  if (!take_sign(p, "("))
    wrong(p, "%s in needs (…), and there is %s", field->name, next(p));
  put(p, test == NOT_IN ? "(1" : "(0");
  do {
    Str value = take_value(p, field);
    put(p, test == NOT_IN ? " AND " : " OR ");
    if (!p->failed)
      test_value(p, field, test == NOT_IN ? IS_NOT : IS, value);
  } while (!p->failed && take_sign(p, ","));
  put(p, ")");
  if (!p->failed && !take_sign(p, ")"))
    wrong(p, "`,` or `)` was expected where there is %s", next(p));
}

static void parse_any(Parser *p);

static void parse_one(Parser *p) {
  if (++p->depth > DEEPEST) {
    wrong(p, "more than %d brackets within each other", DEEPEST);
  } else if (take_word(p, "not")) {
    put(p, "NOT ");
    parse_one(p);
  } else if (take_sign(p, "(")) {
    put(p, "(");
    parse_any(p);
    put(p, ")");
    if (!p->failed && !take_sign(p, ")"))
      wrong(p, "`and`, `or` or `)` was expected where there is %s", next(p));
  } else {
    parse_test(p);
  }
  p->depth--;
}

static void parse_all(Parser *p) {
  parse_one(p);
  while (!p->failed && take_word(p, "and")) {
    put(p, " AND ");
    parse_one(p);
  }
}

static void parse_any(Parser *p) {
  parse_all(p);
  while (!p->failed && take_word(p, "or")) {
    put(p, " OR ");
    parse_all(p);
  }
}

BedeStatus query_where(Sql *sql, const char *where, Arena *arena, BedeError *err) {
  Parser p = {.rest = str_of(where), .sql = sql, .arena = arena, .err = err};
  if (p.rest.len > LONGEST)
    return fail(err, BEDE_USAGE, "--where: longer than %d characters", LONGEST);
  parse_any(&p);
  skip_space(&p);
  if (!p.failed && p.rest.len)
    wrong(&p, "`and` or `or` was expected where there is %s", next(&p));
  return p.failed ? BEDE_USAGE : BEDE_OK;
}

BedeStatus store_where(const char *where, BedeError *err) {
  Sql sql = {0};
  Arena arena = {0};
  BedeStatus status = query_where(&sql, where, &arena, err);
  out_free(&sql.text);
  arena_free(&arena);
  return status;
}
