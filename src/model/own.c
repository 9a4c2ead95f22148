// own.c - reads the actor dictionaries that users bring: Bede's own tables, and
// those of TABARI and PETRARCH as they are.
// SPDX-License-Identifier: Apache-2.0
#include "model/own.h"
#include "model/table.h"
#include <ctype.h>

typedef struct Reading Reading;
struct Reading {
  Arena *arena;
  OwnRows *rows;
  Table table;
};

// ---- patterns of TABARI: "ABU_BAKR_", "ARGENTIN"

static bool is_upper_word(Str s) {
  for (size_t i = 0; i < s.len; i++)
    if (s.at[i] >= 'a' && s.at[i] <= 'z')
      return false;
  return true;
}

// "MINAS_TIRITH_" to "Minas Tirith"; as it stands where it has small letters.
static Str pattern_name(Arena *arena, Str pattern, bool capitals) {
  while (pattern.len && (pattern.at[pattern.len - 1] == '_' || pattern.at[pattern.len - 1] == ' '))
    pattern.len--;
  char *out = arena_copy(arena, pattern);
  bool shout = is_upper_word(pattern) && !capitals, first = true;
  for (size_t i = 0; i < pattern.len; i++) {
    unsigned char c = (unsigned char)out[i];
    if (c == '_')
      out[i] = ' ';
    else if (shout && !first)
      out[i] = (char)tolower(c);
    first = c == '_' || c == ' ' || c == '-';
  }
  return (Str){out, pattern.len};
}

static void add_name(Out *out, Str name) {
  if (out->len)
    out_char(out, '|');
  out_str(out, name);
}

// All that a pattern stands for: with and without capitals, and, of a single
// word that may go on (no '_' at its end), with the endings of peoples.
static void add_pattern(Arena *arena, Str pattern, Out *names, Out *adjectives) {
  static const char *const endings[] = {"n", "an", "ian", "ean", "i", "ese", "ish", "e", "ine", "ic"};
  bool open = pattern.len > 3 && pattern.at[pattern.len - 1] != '_' && !memchr(pattern.at, '_', pattern.len) &&
              !memchr(pattern.at, ' ', pattern.len);
  Str name = pattern_name(arena, pattern, false);
  add_name(names, name);
  if (is_upper_word(pattern))
    add_name(names, pattern_name(arena, pattern, true));
  for (size_t i = 0; open && i < COUNT(endings); i++)
    add_name(adjectives, arena_print(arena, "%.*s%s", STR_ARG(name), endings[i]));
  if (open) {
    add_name(names, arena_print(arena, "%.*sa", STR_ARG(name)));
    add_name(adjectives, arena_print(arena, "%.*ss", STR_ARG(name)));
  }
}

// "901231", "19901231" to a date of data/en; false where it is none.
static bool own_date(Arena *arena, Str s, Str *out) {
  s = str_trim(s);
  *out = (Str){"", 0};
  if (!s.len)
    return true;
  for (size_t i = 0; i < s.len; i++)
    if (s.at[i] < '0' || s.at[i] > '9')
      return false;
  if (s.len == 8)
    *out = arena_print(arena, "%.4s-%.2s-%.2s", s.at, s.at + 4, s.at + 6);
  else if (s.len == 6)
    *out = arena_print(arena, "%s%.2s-%.2s-%.2s", s.at[0] < '4' ? "20" : "19", s.at, s.at + 2, s.at + 4);
  else
    return false;
  return true;
}

// The code's state or group, and the sector behind it: "DAGGOV" to DAG, GOV.
static void split_code(Str code, Str *state, Str *sector) {
  static const char *const sectors[] = {
      "GOV", "MIL", "REB", "OPP", "COP", "JUD", "LEG", "SPY", "PTY", "BUS", "CVL", "EDU", "MED", "REF",
      "REL", "LAB", "NGO", "IGO", "CRM", "ELI", "UAF", "SEP", "RAD", "MOD", "PRM", "AGR", "HLH", "ENV",
      "HRI", "SET", "UNK", "INS", "BAS", "MNC", "DEV", "LAW", "VER"};
  *state = code;
  *sector = (Str){"", 0};
  for (size_t i = 0; i < COUNT(sectors); i++) {
    Str s = str_of(sectors[i]);
    if (code.len > 3 && str_starts(code, s)) { // "IGOUNO", "REBISI"
      *sector = s;
      *state = (Str){code.at + 3, code.len - 3};
      return;
    }
    if (code.len >= 6 && !memcmp(code.at + 3, s.at, 3)) {
      *sector = s;
      state->len = 3;
      return;
    }
  }
  if (code.len > 11)
    state->len = 11;
}

static bool is_nobody(Str code) { return !code.len || code.at[0] == '-' || code.at[0] == '+' || code.at[0] == '#'; }

static void push_actor(Reading *r, Str code, Str from, Str to, Str first, Str names, Str adjectives) {
  OwnRow row = {.from = from, .to = to, .line = r->table.line, .name = first, .names = names};
  if (is_nobody(code))
    return;
  code = str_cut(&code, '/'); // "ELR/GAL": of two the first
  split_code(arena_str(r->arena, code), &row.code, &row.sector);
  bool state = row.code.len == 3 && !row.sector.len;
  row.kind = state ? OWN_STATE : OWN_GROUP;
  array_push(r->arena, r->rows, row);
  if (!adjectives.len)
    return;
  row.kind = state ? OWN_ADJECTIVE : OWN_GROUP;
  row.names = adjectives;
  array_push(r->arena, r->rows, row);
}

static Str kept(Reading *r, const Out *out) { return arena_str(r->arena, (Str){out->at ? out->at : "", out->len}); }

// ---- TABARI and PETRARCH

// "[ARG]", "[ARGGOV >990101]", "[ARGREB 900101-951231]": the code and its time.
static BedeStatus read_code(Reading *r, Str inside, Str *code, Str *from, Str *to, BedeError *err) {
  inside = str_trim(inside);
  *code = str_cut(&inside, ' ');
  *from = *to = (Str){"", 0};
  Str time = str_trim(inside);
  if (!time.len)
    return BEDE_OK;
  bool fine;
  if (time.at[0] == '>') {
    fine = own_date(r->arena, (Str){time.at + 1, time.len - 1}, from);
  } else if (time.at[0] == '<') {
    fine = own_date(r->arena, (Str){time.at + 1, time.len - 1}, to);
  } else {
    Str begin = str_cut(&time, '-');
    fine = own_date(r->arena, begin, from) && own_date(r->arena, time, to);
  }
  return fine ? BEDE_OK : table_fail(&r->table, err, "\"%.*s\" is no time: >YYMMDD, <YYMMDD or YYMMDD-YYMMDD are", STR_ARG(inside));
}

typedef struct Block Block; // a name, its synonyms and codes
struct Block {
  Out names, adjectives;
  Str first;
  struct {
    Str code, from, to;
  } codes[64];
  uint32_t count;
  bool agent;
};

static void flush(Reading *r, Block *b) {
  for (uint32_t i = 0; i < b->count && b->first.len; i++) {
    if (b->agent) {
      Str code = b->codes[i].code;
      while (code.len && code.at[0] == '~')
        code.at++, code.len--;
      while (code.len && code.at[code.len - 1] == '~')
        code.len--;
      if (!is_nobody(code))
        array_push(r->arena, r->rows, ((OwnRow){.kind = OWN_AGENT, .sector = arena_str(r->arena, (Str){code.at, MIN(code.len, 3u)}), .name = b->first,
                                                .names = kept(r, &b->names), .line = r->table.line}));
    } else {
      push_actor(r, b->codes[i].code, b->codes[i].from, b->codes[i].to, b->first, kept(r, &b->names), kept(r, &b->adjectives));
    }
  }
  out_reset(&b->names);
  out_reset(&b->adjectives);
  b->first = (Str){"", 0};
  b->count = 0;
  b->agent = false;
}

static BedeStatus read_brackets(Reading *r, BedeError *err) {
  Block b = {.first = {"", 0}};
  BedeStatus st = BEDE_OK;
  while (!st && table_line(&r->table)) {
    Str rest = r->table.whole, line = str_cut(&rest, ';');
    line = str_trim(str_cut(&line, '#'));
    if (!line.len || line.at[0] == '&' || line.at[0] == '<' || line.at[0] == '!')
      continue;
    size_t at;
    Str name = line;
    if (str_find(line, STR("["), &at))
      name.len = at, line.at += at, line.len -= at;
    else
      line = (Str){"", 0};
    if (str_find(name, STR("{"), &at)) { // an agent's plural: Bede finds it by the lemma
      name.len = at;
      b.agent |= line.len > 0;
    }
    name = str_trim(name);
    bool synonym = name.len && name.at[0] == '+';
    if (name.len && !synonym) {
      flush(r, &b);
      b.first = pattern_name(r->arena, name, false);
    }
    if (synonym)
      name.at++, name.len--;
    name = str_trim(name);
    b.agent |= str_find(line, STR("~"), NULL);
    if (name.len && b.agent) {
      Str noun = pattern_name(r->arena, name, false);
      char *low = arena_copy(r->arena, noun);
      for (size_t i = 0; i < noun.len; i++)
        low[i] = (char)tolower((unsigned char)low[i]);
      add_name(&b.names, (Str){low, noun.len});
    } else if (name.len) {
      add_pattern(r->arena, name, &b.names, &b.adjectives);
    }
    while (!st && line.len && str_find(line, STR("["), &at)) {
      Str inside = {line.at + at + 1, line.len - at - 1};
      size_t end;
      if (!str_find(inside, STR("]"), &end)) {
        st = table_fail(&r->table, err, "a bracket is not closed");
        break;
      }
      line = (Str){inside.at + end + 1, inside.len - end - 1};
      inside.len = end;
      if (b.count == COUNT(b.codes))
        st = table_fail(&r->table, err, "a name may have at most %zu codes", COUNT(b.codes));
      else
        st = read_code(r, inside, &b.codes[b.count].code, &b.codes[b.count].from, &b.codes[b.count].to, err);
      b.count += !st;
    }
  }
  if (!st)
    flush(r, &b);
  out_free(&b.names);
  out_free(&b.adjectives);
  return st;
}

// ---- tables

static Str field(const Table *t, uint32_t i) { return i < t->count ? t->fields[i] : (Str){"", 0}; }

static BedeStatus need_pattern(const Table *t, BedeError *err) {
  return field(t, 0).len ? BEDE_OK : table_fail(t, err, "the pattern is missing");
}

// pattern, code, from, to
static BedeStatus read_patterns(Reading *r, BedeError *err) {
  BedeStatus st = BEDE_OK;
  while (!st && table_next(&r->table)) {
    Str from, to;
    if ((st = need_pattern(&r->table, err)))
      break;
    if (!own_date(r->arena, field(&r->table, 2), &from) || !own_date(r->arena, field(&r->table, 3), &to)) {
      st = table_fail(&r->table, err, "a date is YYYYMMDD");
      break;
    }
    Out names = {0}, adjectives = {0};
    add_pattern(r->arena, field(&r->table, 0), &names, &adjectives);
    Str code = arena_str(r->arena, field(&r->table, 1)), all = kept(r, &names), more = kept(r, &adjectives);
    push_actor(r, code, from, to, pattern_name(r->arena, field(&r->table, 0), false), all, more);
    out_free(&names);
    out_free(&adjectives);
  }
  return st;
}

// pattern, plural, code, side
static BedeStatus read_agents(Reading *r, BedeError *err) {
  while (table_next(&r->table)) {
    BedeStatus st = need_pattern(&r->table, err);
    if (st)
      return st;
    Str noun = pattern_name(r->arena, field(&r->table, 0), false), code = field(&r->table, 2);
    char *low = arena_copy(r->arena, noun);
    for (size_t i = 0; i < noun.len; i++)
      low[i] = (char)tolower((unsigned char)low[i]);
    if (!is_nobody(code))
      array_push(r->arena, r->rows, ((OwnRow){.kind = OWN_AGENT, .sector = arena_str(r->arena, (Str){code.at, MIN(code.len, 3u)}),
                                              .name = {low, noun.len}, .names = {low, noun.len}, .line = r->table.line}));
  }
  return BEDE_OK;
}

static BedeStatus read_own(Reading *r, BedeError *err) {
  static const char *const kinds[OWN_KINDS] = {"state", "adjective", "people", "capital", "person", "body", "group", "seat", "agent"};
  do {
    const Table *t = &r->table;
    OwnRow row = {.kind = OWN_GROUP, .line = t->line};
    Str kind = field(t, 4), aliases = field(t, 3);
    if (kind.len) {
      row.kind = OWN_KINDS;
      for (uint32_t i = 0; i < OWN_KINDS; i++)
        if (str_equal(kind, str_of(kinds[i])))
          row.kind = (OwnKind)i;
    }
    if (row.kind == OWN_KINDS)
      return table_fail(t, err, "the fifth field is state, adjective, people, capital, person, body, group, seat or agent");
    if ((!field(t, 0).len && row.kind != OWN_AGENT) || !field(t, 2).len)
      return table_fail(t, err, "a line is: code, sector, name, aliases, kind, from, to, parted by tabs; code and name must be there");
    row.code = arena_str(r->arena, field(t, 0));
    row.sector = arena_str(r->arena, field(t, 1));
    row.name = arena_str(r->arena, field(t, 2));
    row.names = arena_print(r->arena, "%.*s%s%.*s", STR_ARG(row.name), aliases.len ? "|" : "", STR_ARG(aliases));
    row.from = arena_str(r->arena, field(t, 5));
    row.to = arena_str(r->arena, field(t, 6));
    array_push(r->arena, r->rows, row);
  } while (table_next(&r->table));
  return BEDE_OK;
}

// Has the file brackets outside its comments? They are TABARI's codes.
static bool has_brackets(Table t) {
  bool found = false;
  while (!found && table_next(&t))
    found = memchr(t.whole.at, '[', t.whole.len) != NULL;
  return found;
}

BedeStatus own_read(const char *path, Arena *arena, OwnRows *out, BedeError *err) {
  Reading r = {.arena = arena, .rows = out};
  BedeStatus st = table_open(NULL, path, &r.table, err);
  if (st)
    return st;
  if (has_brackets(r.table)) {
    st = read_brackets(&r, err);
  } else if (table_next(&r.table)) {
    if (str_equal(field(&r.table, 0), STR("pattern")) && str_equal(field(&r.table, 1), STR("plural")))
      st = read_agents(&r, err);
    else if (str_equal(field(&r.table, 0), STR("pattern")))
      st = read_patterns(&r, err);
    else
      st = read_own(&r, err);
  }
  if (!st && !out->count)
    st = fail(err, BEDE_IO, "%s: there is no actor in it", path);
  table_close(&r.table);
  return st;
}
