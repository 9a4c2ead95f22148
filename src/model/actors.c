// actors.c - tables of actors from text to the image and back.
// SPDX-License-Identifier: Apache-2.0
#include "model/actors.h"
#include "base/utf8.h"
#include "model/table.h"
#include <stdlib.h>

// ---- words

// Latin letters with marks to their plain ones: U+00C0 … U+017F. '*' stays.
static const char plain[] = "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTs"
                            "aaaaaaaceeeeiiiidnooooo*ouuuuyty"
                            "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"
                            "GgGgHhHhIiIiIiIiIiJjJjKkkLlLlLlL"
                            "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSs"
                            "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static uint32_t fold(uint32_t code) {
  if (code >= 0xC0 && code < 0xC0 + sizeof plain - 1 && plain[code - 0xC0] != '*')
    return (uint8_t)plain[code - 0xC0];
  switch (code) {
  case 0x2018: case 0x2019: case 0x02BC: case 0x60: return '\'';
  case 0x2010: case 0x2011: case 0x2013: return '-';
  case 0x218: return 'S';
  case 0x219: return 's';
  case 0x21A: return 'T';
  case 0x21B: return 't';
  default: return code;
  }
}

enum { FOLDED = 96 }; // longest word that is folded; longer ones stay as they are

static uint32_t fold_word(Str word, WordForm form, char out[FOLDED]) {
  uint32_t len = 0;
  if (word.len > FOLDED)
    return 0;
  for (size_t at = 0; at < word.len;) {
    size_t begin = at;
    uint32_t code = fold(utf8_next(word, &at));
    if (code < 128) {
      if (code >= 'A' && code <= 'Z' && (form == FORM_LOWER || (form == FORM_TITLE && begin)))
        code += 32;
      out[len++] = (char)code;
    } else {
      memcpy(out + len, word.at + begin, at - begin);
      len += (uint32_t)(at - begin);
    }
  }
  return len;
}

uint64_t actor_step(uint64_t key, Str word, WordForm form) {
  char low[FOLDED];
  uint32_t len = fold_word(word, form, low);
  return phrase_step(key, len ? (Str){low, len} : word);
}

void actor_fold(Out *out, Str word) {
  char low[FOLDED];
  uint32_t len = fold_word(word, FORM_AS_IS, low);
  out_str(out, len ? (Str){low, len} : word);
}

static bool is_hyphen(Str s, size_t at, size_t *len) {
  if (s.at[at] == '-' || s.at[at] == ',' || s.at[at] == '(' || s.at[at] == ')') {
    *len = 1;
    return true;
  }
  if (s.len - at >= 3 && !memcmp(s.at + at, "\xE2\x80", 2) &&
      ((uint8_t)s.at[at + 2] == 0x90 || (uint8_t)s.at[at + 2] == 0x91 ||
       (uint8_t)s.at[at + 2] == 0x93)) {
    *len = 3;
    return true;
  }
  return false;
}

// The genitive at the end of a word: "'s", "’s", or a bare apostrophe after s.
static size_t genitive(Str word) {
  static const char *const ends[] = {"'s", "\xE2\x80\x99s"};
  for (size_t i = 0; i < COUNT(ends); i++)
    if (word.len > strlen(ends[i]) && str_ends(word, str_of(ends[i])))
      return strlen(ends[i]);
  if (word.len > 2 && str_ends(word, STR("s'")))
    return 1;
  if (word.len > 4 && str_ends(word, STR("s\xE2\x80\x99")))
    return 3;
  return 0;
}

uint32_t actor_words(Str name, Str out[ACTOR_WORDS]) {
  uint32_t count = 0;
  for (Str rest = name; rest.len;) {
    Str part = str_cut(&rest, ' ');
    for (size_t at = 0; at < part.len;) {
      size_t end = at, len = 1;
      while (end < part.len && !is_hyphen(part, end, &len))
        end++;
      if (end == at)
        end += len;
      Str word = {part.at + at, end - at};
      size_t tail = genitive(word);
      if (count + 2 > ACTOR_WORDS)
        return ACTOR_WORDS + 1;
      out[count++] = (Str){word.at, word.len - tail};
      if (tail)
        out[count++] = (Str){word.at + word.len - tail, tail};
      at = end;
    }
  }
  return count;
}

int entry_when(const ActorEntry *entry, Day day) {
  if (!day.year)
    return entry->end.year ? 1 : 0;
  if (entry->begin.year && day_compare(day, entry->begin) < 0)
    return -1;
  return entry->end.year && day_compare(day, entry->end) > 0 ? 1 : 0;
}

// ---- building

typedef struct Alias Alias; // one phrase of one entry
struct Alias {
  Str key; // its words folded, a blank after each
  uint32_t entry;
};

typedef struct Spelling Spelling; // of one given name, each with a blank behind
struct Spelling {
  Array(Str) words;
};

typedef struct Builder Builder;
struct Builder {
  Arena arena;
  ImageWriter *writer;
  Array(ActorEntry) entries;
  Array(Alias) aliases;
  Array(ActorName) names;
  Array(uint32_t) runs;
  Array(ActorRole) roles;
  Array(Spelling) spellings;
  uint32_t own_entries, own_roles; // those of the user come first
};

static int by_key(const void *a, const void *b) {
  const Alias *x = a, *y = b;
  int order = str_compare(x->key, y->key);
  return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static BedeStatus fold_phrase(const Table *t, Str phrase, WordForm form,
                              Arena *arena, Str *out, BedeError *err) {
  Str words[ACTOR_WORDS];
  uint32_t count = actor_words(phrase, words);
  if (!count || count > ACTOR_WORDS)
    return table_fail(t, err, "\"%.*s\" is no name: it needs 1 to %d words",
                      (int)MIN(phrase.len, 80u), phrase.at, ACTOR_WORDS);
  Out key = {0};
  for (uint32_t i = 0; i < count; i++) {
    char low[FOLDED];
    uint32_t len = fold_word(words[i], form, low);
    if (!len) {
      out_free(&key);
      return table_fail(t, err, "a word of \"%.*s\" is too long",
                        (int)MIN(phrase.len, 80u), phrase.at);
    }
    out_bytes(&key, low, len);
    out_char(&key, ' ');
  }
  *out = arena_str(arena, (Str){key.at, key.len});
  out_free(&key);
  return BEDE_OK;
}

// Given names that newswire spells in many ways ("Mohammed", "Mohamed") stand in
// the table in one of them; a person's name gets the others too.
static BedeStatus read_spellings(Builder *b, const char *folder, BedeError *err) {
  Table t;
  BedeStatus status = table_open(folder, "actors/spellings.tsv", &t, err);
  if (status)
    return status;
  while (!status && table_next(&t)) {
    Spelling group = {0};
    for (Str rest = t.fields[0]; rest.len && !status;) {
      Str word = str_trim(str_cut(&rest, '|')), key;
      if (!(status = fold_phrase(&t, word, FORM_AS_IS, &b->arena, &key, err)))
        array_push(&b->arena, &group.words, key);
    }
    array_push(&b->arena, &b->spellings, group);
  }
  table_close(&t);
  return status;
}

static const Spelling *spelling_of(const Builder *b, Str word) {
  for (uint32_t i = 0; i < b->spellings.count; i++)
    for (uint32_t k = 0; k < b->spellings.items[i].words.count; k++)
      if (str_equal(b->spellings.items[i].words.items[k], word))
        return &b->spellings.items[i];
  return NULL;
}

// The name with each of its words in each spelling, two at most; `from`: words before stand.
static void add_spelled(Builder *b, Str key, size_t from, int depth) {
  for (size_t at = from; at < key.len;) {
    size_t end = at;
    while (key.at[end++] != ' ') // a blank ends each word
      ;
    Str word = {key.at + at, end - at};
    const Spelling *s = word.len < key.len ? spelling_of(b, word) : NULL; // not a name of one word
    for (uint32_t k = 0; s && k < s->words.count; k++) {
      Str other = s->words.items[k];
      if (str_equal(other, word))
        continue;
      Str fresh = arena_print(&b->arena, "%.*s%.*s%.*s", (int)at, key.at, STR_ARG(other), (int)(key.len - end), key.at + end);
      array_push(&b->arena, &b->aliases, (Alias){fresh, b->entries.count - 1});
      if (depth)
        add_spelled(b, fresh, at + other.len, depth - 1);
    }
    at = end;
  }
}

// Adds the names in a field, parted by '|', to the entry just pushed.
static BedeStatus add_names(Builder *b, const Table *t, Str field, BedeError *err) {
  while (field.len) {
    Str name = str_trim(str_cut(&field, '|')), key;
    if (!name.len)
      continue;
    BedeStatus status = fold_phrase(t, name, FORM_AS_IS, &b->arena, &key, err);
    if (status)
      return status;
    array_push(&b->arena, &b->aliases, (Alias){key, b->entries.count - 1});
    if (array_last(&b->entries)->kind == ENTRY_PERSON)
      add_spelled(b, key, 0, 1);
  }
  return BEDE_OK;
}

static BedeStatus copy_code(const Table *t, Str s, char *out, size_t room,
                            const char *what, BedeError *err) {
  if (s.len >= room)
    return table_fail(t, err, "%s \"%.*s\" is longer than %zu letters", what,
                      (int)MIN(s.len, 40u), s.at, room - 1);
  for (size_t i = 0; i < s.len; i++)
    if (!((s.at[i] >= 'A' && s.at[i] <= 'Z') || (s.at[i] >= 'a' && s.at[i] <= 'z') ||
          (s.at[i] >= '0' && s.at[i] <= '9')))
      return table_fail(t, err, "%s \"%.*s\" may only have letters and digits", what,
                        STR_ARG(s));
  memcpy(out, s.at, s.len);
  return BEDE_OK;
}

static BedeStatus copy_day(const Table *t, Str s, bool end, Day *out, BedeError *err) {
  if (!s.len)
    return BEDE_OK;
  if (!day_parse(s, out))
    return table_fail(t, err, "\"%.*s\" is no day (YYYY-MM-DD or YYYY)",
                      (int)MIN(s.len, 40u), s.at);
  // "1997" ends with December, "1997-05" with the last day of May
  if (!out->month)
    out->month = end ? 12 : 1;
  if (!out->day)
    out->day = end ? (uint8_t)days_in_month(out->year, out->month) : 1;
  return BEDE_OK;
}

// What the columns of a file mean; -1 where it has no such column.
typedef struct File File;
struct File {
  const char *name;
  int kind, least, sector, canonical, role, country, from, to;
  struct {
    int column, kind;
  } names[6]; // ended by kind -1
};

static const File files[] = {
    {"actors/countries.tsv", ENTRY_COUNTRY, 2, -1, 1, -1, -1, 6, 7,
     {{1, ENTRY_COUNTRY}, {2, ENTRY_COUNTRY}, {3, ENTRY_ADJECTIVE},
      {4, ENTRY_PEOPLE}, {5, ENTRY_CAPITAL}, {0, -1}}},
    {"actors/people.tsv", ENTRY_PERSON, 3, 1, 2, 4, -1, 5, 6,
     {{2, ENTRY_PERSON}, {3, ENTRY_PERSON}, {0, -1}}},
    {"actors/bodies.tsv", ENTRY_BODY, 3, 1, 2, -1, -1, 4, 5,
     {{2, ENTRY_BODY}, {3, ENTRY_BODY}, {0, -1}}},
    {"actors/groups.tsv", ENTRY_GROUP, 3, 1, 2, -1, 4, 5, 6,
     {{2, ENTRY_GROUP}, {3, ENTRY_GROUP}, {0, -1}}},
    {"actors/seats.tsv", ENTRY_SEAT, 3, 1, -1, -1, -1, 3, 4,
     {{2, ENTRY_SEAT}, {0, -1}}},
};

static Str column(const Table *t, int index) {
  return index >= 0 && (uint32_t)index < t->count ? t->fields[index] : (Str){"", 0};
}

static BedeStatus read_row(Builder *b, const File *file, const Table *t, BedeError *err) {
  ActorEntry row = {0};
  BedeStatus status = BEDE_OK;
  if (t->count < (uint32_t)file->least || !column(t, 0).len)
    return table_fail(t, err, "needs %d fields, the first a code", file->least);
  if ((status = copy_code(t, column(t, 0), row.code, sizeof row.code, "code", err)) ||
      (status = copy_code(t, column(t, file->sector), row.sector, sizeof row.sector, "sector", err)) ||
      (status = copy_code(t, column(t, file->country), row.country, sizeof row.country, "country", err)) ||
      (status = copy_day(t, column(t, file->from), false, &row.begin, err)) ||
      (status = copy_day(t, column(t, file->to), true, &row.end, err)))
    return status;
  if (row.begin.year && row.end.year && day_compare(row.begin, row.end) > 0)
    return table_fail(t, err, "ends before it begins");
  if (file->canonical >= 0 && !column(t, file->canonical).len)
    return table_fail(t, err, "has no name");
  row.name = image_add_string(b->writer, column(t, file->canonical));
  row.role = image_add_string(b->writer, column(t, file->role));
  int before = -1;
  for (int i = 0; !status && file->names[i].kind >= 0; i++) {
    if (!column(t, file->names[i].column).len)
      continue;
    row.kind = (uint32_t)file->names[i].kind;
    if (before != file->names[i].kind)
      array_push(&b->arena, &b->entries, row);
    before = file->names[i].kind;
    status = add_names(b, t, column(t, file->names[i].column), err);
  }
  return status;
}

static BedeStatus read_roles(Builder *b, const char *folder, PhraseBuilder *phrases,
                             BedeError *err) {
  static const char *const kinds[ROLE_KINDS] = {"person", "people", "body"};
  Table t;
  BedeStatus status = table_open(folder, "actors/roles.tsv", &t, err);
  if (status)
    return status;
  while (!status && table_next(&t)) {
    ActorRole role = {.kind = ROLE_KINDS};
    for (uint32_t i = 0; i < ROLE_KINDS; i++)
      if (str_equal(column(&t, 2), str_of(kinds[i])))
        role.kind = i;
    if (role.kind == ROLE_KINDS) {
      status = table_fail(&t, err, "the third field is person, people or body");
      break;
    }
    status = copy_code(&t, column(&t, 0), role.sector, sizeof role.sector, "sector", err);
    for (Str rest = column(&t, 1); !status && rest.len;) {
      Str noun = str_trim(str_cut(&rest, '|')), key, words[ACTOR_WORDS];
      if (!noun.len || (status = fold_phrase(&t, noun, FORM_LOWER, &b->arena, &key, err)))
        continue;
      role.noun = image_add_string(b->writer, noun);
      uint32_t count = 0;
      while (key.len)
        words[count++] = str_cut(&key, ' ');
      uint32_t before;
      if (phrases_add(phrases, words, count, b->roles.count, &before)) {
        array_push(&b->arena, &b->roles, role);
        continue;
      }
      // "attaché" and "attache" are one; nouns of two sectors are a mistake
      ActorRole *other = &b->roles.items[before];
      if (before < b->own_roles) { // the user's sector, our kind
        other->kind = role.kind;
        continue;
      }
      if (strcmp(other->sector, role.sector) || other->kind != role.kind)
        status = table_fail(&t, err, "\"%.*s\" stands here twice, with different sectors or kinds",
                            STR_ARG(noun));
    }
  }
  table_close(&t);
  return status;
}

// Equal phrases become one name with a run of entries.
static void join_names(Builder *b, PhraseBuilder *phrases) {
  if (b->aliases.count)
    qsort(b->aliases.items, b->aliases.count, sizeof *b->aliases.items, by_key);
  for (uint32_t i = 0; i < b->aliases.count;) {
    Str key = b->aliases.items[i].key, words[ACTOR_WORDS];
    ActorName name = {.first = b->runs.count};
    bool own = b->aliases.items[i].entry < b->own_entries;
    for (; i < b->aliases.count && str_equal(b->aliases.items[i].key, key); i++)
      if (own && b->aliases.items[i].entry >= b->own_entries)
        continue; // the user's name
      else if (!name.count || *array_last(&b->runs) != b->aliases.items[i].entry) {
        array_push(&b->arena, &b->runs, b->aliases.items[i].entry);
        name.count++;
      }
    uint32_t count = 0;
    while (key.len && count < ACTOR_WORDS)
      words[count++] = str_cut(&key, ' ');
    phrases_add(phrases, words, count, b->names.count, NULL);
    array_push(&b->arena, &b->names, name);
  }
}

static BedeStatus add_agent(Builder *b, const Table *t, const OwnRow *row, PhraseBuilder *phrases, BedeError *err) {
  ActorRole role = {.kind = ROLE_PERSON};
  BedeStatus status = copy_code(t, row->sector, role.sector, sizeof role.sector, "sector", err);
  for (Str rest = row->names; !status && rest.len;) {
    Str noun = str_trim(str_cut(&rest, '|')), key, words[ACTOR_WORDS];
    if (!noun.len || (status = fold_phrase(t, noun, FORM_LOWER, &b->arena, &key, err)))
      continue;
    role.noun = image_add_string(b->writer, noun);
    uint32_t count = 0, before;
    while (key.len)
      words[count++] = str_cut(&key, ' ');
    if (phrases_add(phrases, words, count, b->roles.count, &before))
      array_push(&b->arena, &b->roles, role);
  }
  return status;
}

// The dictionaries of the user.
static BedeStatus read_own(Builder *b, const Own *own, PhraseBuilder *roles, BedeError *err) {
  static const EntryKind kinds[OWN_KINDS] = {ENTRY_COUNTRY, ENTRY_ADJECTIVE, ENTRY_PEOPLE, ENTRY_CAPITAL, ENTRY_PERSON,
                                             ENTRY_BODY,    ENTRY_GROUP,     ENTRY_SEAT,   ENTRY_KINDS};
  BedeStatus status = BEDE_OK;
  for (size_t f = 0; !status && f < own->actor_count; f++) {
    OwnRows rows = {0};
    status = own_read(own->actors[f], &b->arena, &rows, err);
    for (uint32_t i = 0; !status && i < rows.count; i++) {
      const OwnRow *row = &rows.items[i];
      Table t = {.path = (char *)own->actors[f], .line = row->line}; // for messages
      if (row->kind == OWN_AGENT) {
        status = add_agent(b, &t, row, roles, err);
        continue;
      }
      ActorEntry entry = {.kind = kinds[row->kind]};
      if ((status = copy_code(&t, row->code, entry.code, sizeof entry.code, "code", err)) ||
          (status = copy_code(&t, row->sector, entry.sector, sizeof entry.sector, "sector", err)) ||
          (status = copy_day(&t, row->from, false, &entry.begin, err)) ||
          (status = copy_day(&t, row->to, true, &entry.end, err)))
        break;
      entry.name = image_add_string(b->writer, row->name);
      entry.role = image_add_string(b->writer, (Str){"", 0});
      array_push(&b->arena, &b->entries, entry);
      status = add_names(b, &t, row->names, err);
    }
  }
  b->own_entries = b->entries.count;
  b->own_roles = b->roles.count;
  return status;
}

// Whose code is a state's.
static void mark_states(Builder *b) {
  Arena arena = {0};
  Array(uint64_t) codes = {0};
  for (uint32_t i = 0; i < b->entries.count; i++)
    if (b->entries.items[i].kind == ENTRY_COUNTRY)
      array_push(&arena, &codes, hash_str(str_of(b->entries.items[i].code)));
  for (uint32_t i = 0; i < b->entries.count; i++) {
    uint64_t code = hash_str(str_of(b->entries.items[i].code));
    for (uint32_t k = 0; k < codes.count && !b->entries.items[i].of_state; k++)
      b->entries.items[i].of_state = codes.items[k] == code;
  }
  arena_free(&arena);
}

BedeStatus actors_build(const char *folder, const Own *own, ImageWriter *writer, BedeError *err) {
  Builder b = {.writer = writer};
  PhraseBuilder *phrases = phrases_new(), *roles = phrases_new();
  BedeStatus status = read_spellings(&b, folder, err);
  if (!status && own)
    status = read_own(&b, own, roles, err);
  for (size_t i = 0; !status && i < COUNT(files); i++) {
    Table t;
    if ((status = table_open(folder, files[i].name, &t, err)))
      break;
    while (!status && table_next(&t))
      status = read_row(&b, &files[i], &t, err);
    table_close(&t);
  }
  if (!status)
    status = read_roles(&b, folder, roles, err);
  if (!status) {
    mark_states(&b);
    join_names(&b, phrases);
    phrases_write(phrases, writer, "actors.phrases");
    phrases_write(roles, writer, "actors.role-phrases");
    image_add(writer, "actors.names", b.names.items, sizeof *b.names.items, b.names.count);
    image_add(writer, "actors.runs", b.runs.items, sizeof *b.runs.items, b.runs.count);
    image_add(writer, "actors.entries", b.entries.items, sizeof *b.entries.items, b.entries.count);
    image_add(writer, "actors.roles", b.roles.items, sizeof *b.roles.items, b.roles.count);
  }
  phrases_free(phrases);
  phrases_free(roles);
  arena_free(&b.arena);
  return status;
}

// ---- opening

static bool bad_day(Day d) {
  return d.year && (d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31);
}

BedeStatus actors_open(const Image *image, ActorTable *out, BedeError *err) {
  *out = (ActorTable){.image = image};
  const void *names, *runs, *entries, *roles;
  BedeStatus status;
  if ((status = phrases_open(image, "actors.phrases", &out->phrases, err)) ||
      (status = phrases_open(image, "actors.role-phrases", &out->role_phrases, err)) ||
      (status = image_section(image, "actors.names", sizeof(ActorName), &names, &out->name_count, err)) ||
      (status = image_section(image, "actors.runs", sizeof(uint32_t), &runs, &out->run_count, err)) ||
      (status = image_section(image, "actors.entries", sizeof(ActorEntry), &entries, &out->entry_count, err)) ||
      (status = image_section(image, "actors.roles", sizeof(ActorRole), &roles, &out->role_count, err)))
    return status;
  out->names = names, out->runs = runs, out->entries = entries, out->roles = roles;
  for (uint32_t i = 0; i < out->name_count; i++)
    if (!out->names[i].count || out->names[i].first > out->run_count ||
        out->names[i].count > out->run_count - out->names[i].first)
      return fail(err, BEDE_IMAGE, "the image's actor names are damaged");
  for (uint32_t i = 0; i < out->run_count; i++)
    if (out->runs[i] >= out->entry_count)
      return fail(err, BEDE_IMAGE, "the image's actor runs are damaged");
  for (uint32_t i = 0; i < out->entry_count; i++) {
    const ActorEntry *e = &out->entries[i];
    if (e->code[sizeof e->code - 1] || e->sector[sizeof e->sector - 1] ||
        e->country[sizeof e->country - 1] || e->kind >= ENTRY_KINDS ||
        bad_day(e->begin) || bad_day(e->end))
      return fail(err, BEDE_IMAGE, "the image's actor entries are damaged");
  }
  for (uint32_t i = 0; i < out->role_count; i++)
    if (out->roles[i].sector[3] || out->roles[i].kind >= ROLE_KINDS)
      return fail(err, BEDE_IMAGE, "the image's roles are damaged");
  for (uint32_t i = 0; i <= out->phrases.mask; i++)
    if (out->phrases.slots[i].key && out->phrases.slots[i].value != PHRASE_PREFIX &&
        out->phrases.slots[i].value >= out->name_count)
      return fail(err, BEDE_IMAGE, "the image's actor phrases are damaged");
  for (uint32_t i = 0; i <= out->role_phrases.mask; i++)
    if (out->role_phrases.slots[i].key && out->role_phrases.slots[i].value != PHRASE_PREFIX &&
        out->role_phrases.slots[i].value >= out->role_count)
      return fail(err, BEDE_IMAGE, "the image's role phrases are damaged");
  return BEDE_OK;
}
