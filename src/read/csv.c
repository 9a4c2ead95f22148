// csv.c - see csv.h.
// SPDX-License-Identifier: Apache-2.0
#include "read/csv.h"
#include "read/facts.h"
#include "read/internal.h"
#include "base/utf8.h"

enum { ROW_LIMIT = 32 << 20, HEAD_LIMIT = 4096, COLUMN_LIMIT = 256 };

static const struct {
  const char *name;
  Column column;
} csv_names[] = {
    {"text", COLUMN_TEXT}, {"body", COLUMN_TEXT}, {"content", COLUMN_TEXT}, {"article", COLUMN_TEXT},
    {"article_text", COLUMN_TEXT}, {"full_text", COLUMN_TEXT}, {"fulltext", COLUMN_TEXT},
    {"story", COLUMN_TEXT}, {"maintext", COLUMN_TEXT}, {"sentence", COLUMN_TEXT},
    {"title", COLUMN_TITLE}, {"headline", COLUMN_TITLE}, {"date", COLUMN_DATE},
    {"published", COLUMN_DATE}, {"publish_date", COLUMN_DATE}, {"published_at", COLUMN_DATE},
    {"date_publish", COLUMN_DATE}, {"publication_date", COLUMN_DATE}, {"pubdate", COLUMN_DATE},
    {"time", COLUMN_DATE}, {"url", COLUMN_URL}, {"link", COLUMN_URL}, {"id", COLUMN_ID},
    {"uid", COLUMN_ID}, {"doc_id", COLUMN_ID}, {"source", COLUMN_SOURCE},
    {"publisher", COLUMN_SOURCE}, {"publication", COLUMN_SOURCE}, {"newspaper", COLUMN_SOURCE},
    {"author", COLUMN_AUTHOR}, {"authors", COLUMN_AUTHOR}, {"byline", COLUMN_AUTHOR},
    {"agency", COLUMN_AGENCY}, {"language", COLUMN_LANGUAGE}, {"lang", COLUMN_LANGUAGE}};

// The next value of the row, quotes undone, in the arena; row moves on.
// *more: a separator followed.
static Str value_of(Arena *arena, Str *row, char separator, bool *more) {
  Str s = *row;
  size_t i = 0, n = 0;
  while (i < s.len && s.at[i] == ' ')
    i++;
  if (i < s.len && s.at[i] == '"') {
    char *out = arena_alloc(arena, s.len);
    for (i++; i < s.len; i++) {
      if (s.at[i] == '"') {
        if (i + 1 < s.len && s.at[i + 1] == '"')
          i++;
        else
          break;
      }
      out[n++] = s.at[i];
    }
    i += i < s.len;
    while (i < s.len && s.at[i] != separator)
      i++;
    *more = i < s.len;
    *row = (Str){s.at + i + *more, s.len - i - *more};
    return (Str){out, n};
  }
  for (i = 0; i < s.len && s.at[i] != separator; i++)
    ;
  *more = i < s.len;
  *row = (Str){s.at + i + *more, s.len - i - *more};
  return str_trim((Str){s.at, i});
}

bool csv_begins(Str head, Csv *out) {
  const char *end = memchr(head.at, '\n', MIN(head.len, (size_t)HEAD_LIMIT));
  if (!end)
    return false;
  Str line = str_trim((Str){head.at, (size_t)(end - head.at)});
  bool found = false;
  Arena arena = {0};
  for (const char *separator = ",\t;"; *separator && !found; separator++) {
    *out = (Csv){.separator = *separator};
    for (int i = 0; i < COLUMNS; i++)
      out->columns[i] = -1;
    int known = 0;
    bool more = true, sane = true;
    for (Str row = line; more && sane && out->count < COLUMN_LIMIT; out->count++) {
      Str name = value_of(&arena, &row, *separator, &more);
      sane = name.len <= 60;
      for (size_t i = 0; i < COUNT(csv_names); i++)
        if (str_equal_fold(name, str_of(csv_names[i].name)) && out->columns[csv_names[i].column] < 0) {
          out->columns[csv_names[i].column] = out->count;
          known++;
          break;
        }
    }
    found = sane && known > 1 && out->columns[COLUMN_TEXT] >= 0;
  }
  arena_free(&arena);
  return found;
}

// A row ends at a line end outside quotes.
static bool gather_row(Csv *csv, Stream *s, Out *row, bool *over, bool *open) {
  bool any = false, quoted = false, begins = true; // a quote opens at a value's begin only
  out_reset(row);
  *over = *open = false;
  while (stream_line(s, ROW_LIMIT, over)) {
    any = true;
    csv->line++;
    if (*over || row->len + s->text.len > ROW_LIMIT) {
      *over = true;
      return true;
    }
    Str line = {s->text.at ? s->text.at : "", s->text.len};
    for (size_t i = 0; i < line.len; i++) {
      char c = line.at[i];
      if (c == '"' && (quoted || begins))
        quoted = !quoted, begins = quoted; // a doubled quote closes and opens
      else if (!quoted)
        begins = c == csv->separator || (begins && c == ' ');
    }
    if (row->len)
      out_char(row, '\n');
    out_str(row, line);
    if (!quoted)
      return true;
  }
  *open = quoted;
  return any;
}

bool csv_next(Csv *csv, Stream *s, const char *name, Record *out, bool *stop, BedeError *err) {
  Arena *arena = &out->arena;
  Out row = {0};
  bool over, open, found = false;
  *stop = false;
  if (!csv->line) { // the head
    stream_line(s, HEAD_LIMIT, &over);
    csv->line = 1;
  }
  while (!found) {
    uint64_t line = csv->line + 1;
    if (!gather_row(csv, s, &row, &over, &open))
      break;
    out->place = arena_print(arena, "%s:%llu", name, (unsigned long long)line).at;
    if (over || open) {
      found = *stop = true;
      fail(err, over ? BEDE_TOO_BIG : BEDE_INPUT, over ? "%s: the row is longer than %d bytes"
                                                       : "%s: a quotation mark is not closed", out->place,
           ROW_LIMIT);
      break;
    }
    Str rest = arena_str(arena, (Str){row.at ? row.at : "", row.len}), values[COLUMNS] = {0};
    if (str_ends(rest, STR("\r")))
      rest.len--;
    if (!str_trim(rest).len)
      continue;
    found = true;
    bool more = true;
    int count = 0;
    for (; more && count < COLUMN_LIMIT; count++) {
      Str value = value_of(arena, &rest, csv->separator, &more);
      for (int i = 0; i < COLUMNS; i++)
        if (csv->columns[i] == count)
          values[i] = value;
    }
    if (count != csv->count) {
      fail(err, BEDE_INPUT, "%s: has %d columns, not %d as the head", out->place, count, csv->count);
      break;
    }
    out->kind = RECORD_ROW;
    out->bytes = values[COLUMN_TEXT];
    out->title = values[COLUMN_TITLE];
    out->date = values[COLUMN_DATE];
    out->url = values[COLUMN_URL];
    out->id = values[COLUMN_ID];
    out->source = values[COLUMN_SOURCE];
    out->author = values[COLUMN_AUTHOR];
    out->agency = values[COLUMN_AGENCY];
    out->language = values[COLUMN_LANGUAGE];
  }
  out_free(&row);
  return found;
}

// Valid UTF-8 without NUL.
static Str read_clean(Arena *arena, Str s) {
  s = utf8_mend(arena, s);
  if (!memchr(s.at, 0, s.len))
    return s;
  char *copy = arena_alloc(arena, s.len + 1);
  size_t n = 0;
  for (size_t i = 0; i < s.len; i++)
    if (s.at[i])
      copy[n++] = s.at[i];
  return (Str){copy, n};
}

// A row's text is kept whole, as that of JSON Lines.
BedeStatus read_row(const BedeModel *model, const Record *record, BedeDoc **out, BedeError *err) {
  *out = NULL;
  if (!str_trim(record->bytes).len)
    return fail(err, BEDE_INPUT, "%s: the text is empty", record->place);
  if (record->bytes.len > BEDE_TEXT_LIMIT)
    return fail(err, BEDE_TOO_BIG, "%s: the text has %zu bytes; the limit is %u", record->place,
                record->bytes.len, BEDE_TEXT_LIMIT);
  BedeDoc *doc = doc_new();
  Arena *arena = &doc->arena;
  Frame *f = &doc->frame;
  doc->text = read_clean(arena, arena_str(arena, record->bytes));
  f->id = read_clean(arena, arena_str(arena, record->id));
  f->url = read_clean(arena, arena_str(arena, record->url));
  f->title = read_clean(arena, arena_str(arena, record->title));
  f->source = read_clean(arena, arena_str(arena, record->source));
  f->agency = read_clean(arena, arena_str(arena, record->agency));
  f->language = read_clean(arena, arena_str(arena, record->language));
  f->published = facts_time(arena, record->date);
  if (f->published.len >= 10)
    f->date = (Str){f->published.at, 10};
  Str rest = read_clean(arena, arena_str(arena, record->author));
  while (rest.len) {
    Str name = str_trim(str_cut(&rest, ';'));
    if (name.len)
      array_push(arena, &f->authors, name);
  }
  read_find_dateline(model, doc);
  read_finish(doc);
  *out = doc;
  return BEDE_OK;
}
