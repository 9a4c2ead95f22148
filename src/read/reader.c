// reader.c - files, folders and standard input to documents, one after the
// other.
//
// Folders are listed first (names in byte order), so that progress is known;
// files are opened one at a time. A file's first bytes tell its kind: "{" is
// JSON Lines, read line by line with bounded memory; text is one dispatch.
// Whatever cannot be read is told by name, and the rest goes on.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "read/csv.h"
#include "read/feed.h"
#include "read/internal.h"
#include "read/language.h"
#include "read/stream.h"
#include "read/warc.h"
#include <dirent.h>
#include <errno.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
  LINE_LIMIT = 32 << 20, // a line of JSON Lines: a text of BEDE_TEXT_LIMIT, escaped
  PAGE_LIMIT = 32 << 20, // bytes of a page
  DEPTH_LIMIT = 100      // folders in folders
};

typedef enum Form { FORM_TEXT_FILE, FORM_PAGE, FORM_LINES, FORM_ARCHIVE, FORM_FEED, FORM_TABLE } Form;

typedef struct Entry Entry;
struct Entry {
  const char *path;
  uint64_t size;
  int error; // errno of what could not be listed, else 0
};

typedef struct Folder Folder; // seen already: links may lead in circles
struct Folder {
  dev_t device;
  ino_t number;
};

struct Reader {
  const BedeModel *model;
  Arena arena;
  Array(Entry) entries;
  Array(Folder) folders;
  uint32_t at;          // entry being read, or next
  uint64_t all, before; // bytes; before: of entries done
  Stream stream;        // of the entry being read
  bool open;
  Form form;
  uint64_t line; // number of the line read last
  Feed *feed;    // FORM_FEED
  Csv csv;       // FORM_TABLE
  ReaderPlace place; // of the entry being read
  ReaderResume resume;
  void *context; // its
};

// ---- what there is to read

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_path(Reader *r, const char *path, int depth);

static void add_folder(Reader *r, const char *path, const struct stat *st, int depth) {
  for (uint32_t i = 0; i < r->folders.count; i++)
    if (r->folders.items[i].device == st->st_dev && r->folders.items[i].number == st->st_ino)
      return;
  array_push(&r->arena, &r->folders, (Folder){st->st_dev, st->st_ino});
  DIR *dir = depth < DEPTH_LIMIT ? opendir(path) : NULL;
  if (!dir) {
    array_push(&r->arena, &r->entries,
               (Entry){.path = path, .error = depth < DEPTH_LIMIT ? errno : ELOOP});
    return;
  }
  Array(char *) names = {0};
  for (struct dirent *entry; (entry = readdir(dir));)
    if (entry->d_name[0] != '.' && !str_starts(str_of(entry->d_name), STR("README")))
      array_push(&r->arena, &names, arena_copy(&r->arena, str_of(entry->d_name)));
  closedir(dir);
  if (names.count)
    qsort(names.items, names.count, sizeof *names.items, by_name);
  size_t len = strlen(path);
  const char *slash = len && path[len - 1] == '/' ? "" : "/";
  for (uint32_t i = 0; i < names.count; i++)
    add_path(r, arena_print(&r->arena, "%s%s%s", path, slash, names.items[i]).at, depth + 1);
}

static void add_path(Reader *r, const char *path, int depth) {
  struct stat st;
  if (!strcmp(path, "-")) {
    array_push(&r->arena, &r->entries, (Entry){.path = path});
  } else if (stat(path, &st)) {
    array_push(&r->arena, &r->entries, (Entry){.path = path, .error = errno});
  } else if (S_ISDIR(st.st_mode)) {
    add_folder(r, path, &st, depth);
  } else if (depth == 0 || S_ISREG(st.st_mode)) { // a pipe only where it is named
    uint64_t size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
    array_push(&r->arena, &r->entries, (Entry){.path = path, .size = size});
    r->all += size;
  }
}

Reader *reader_new(const BedeModel *model, const char *const *inputs, size_t count) {
  Reader *r = calloc(1, sizeof *r);
  if (!r)
    out_of_memory();
  xmlInitParser(); // before there are threads
  r->model = model;
  for (size_t i = 0; i < count; i++)
    add_path(r, arena_copy(&r->arena, str_of(inputs[i])), 0);
  return r;
}

void reader_resume(Reader *r, ReaderResume resume, void *context) {
  r->resume = resume;
  r->context = context;
}

void reader_progress(const Reader *r, uint64_t *done, uint64_t *all) {
  *done = r->before + (r->open ? source_taken(r->stream.source) : 0);
  *all = r->all;
}

void reader_free(Reader *r) {
  if (!r)
    return;
  feed_close(r->feed);
  stream_free(&r->stream);
  arena_free(&r->arena);
  free(r);
}

static void close_entry(Reader *r) {
  feed_close(r->feed);
  r->feed = NULL;
  stream_close(&r->stream);
  r->open = false;
  r->before += r->entries.items[r->at++].size;
}

// ---- kinds of files

// Why these first bytes of a file are nothing that is read; NULL if they are.
static const char *unreadable(Str head) {
  if (str_starts(head, STR("\x1f\x8b")) || str_starts(head, STR("\x28\xB5\x2F\xFD")))
    return "is packed twice, which is not read";
  if (str_starts(head, STR("BZh")) || str_starts(head, STR("\xFD" "7zXZ")) ||
      str_starts(head, STR("PK\x03\x04")))
    return "is packed, but not with gzip or zstd, which is not read";
  if (str_starts(head, STR("%PDF")))
    return "is PDF, which is not read";
  size_t odd = 0, at = 0;
  while (at < head.len) {
    unsigned char b = (unsigned char)head.at[at];
    if (!b)
      return "is binary: it holds NUL bytes";
    if (b < 0x80) {
      odd += (b < ' ' && !strchr("\t\n\r\f\v\x1b", b)) || b == 0x7F;
      at++;
      continue;
    }
    size_t before = at;
    odd += utf8_next(head, &at) == 0xFFFD && at == before + 1;
  }
  return odd > 16 && odd * 5 > head.len ? "is no text" : NULL;
}

static Str without_mark(Str s) {
  return str_starts(s, STR("\xEF\xBB\xBF")) ? (Str){s.at + 3, s.len - 3} : s;
}

// UTF-16 with or without its mark, and what begins with NUL bytes: as one byte
// each, to look at.
static Str narrow(Str head, char out[512]) {
  size_t n = 0;
  if (str_starts(head, STR("\xFF\xFE")) || str_starts(head, STR("\xFE\xFF")))
    head = (Str){head.at + 2, head.len - 2};
  for (size_t i = 0; i < head.len && n < 512; i++)
    if (head.at[i])
      out[n++] = head.at[i];
  return (Str){out, n};
}

static BedeStatus open_feed(Reader *r, const char *name, BedeError *err) {
  bool over;
  stream_rest(&r->stream, PAGE_LIMIT, &over);
  const char *trouble = source_trouble(r->stream.source);
  if (over)
    return fail(err, BEDE_TOO_BIG, "%s: is larger than %d bytes", name, PAGE_LIMIT);
  if (*trouble)
    return fail(err, BEDE_IO, "%s: %s", name, trouble);
  return feed_open((Str){r->stream.text.at, r->stream.text.len}, name, &r->feed, err);
}

// Which file it is, so that it can be gone on with later.
static void note_place(Reader *r, const Entry *entry) {
  struct stat st;
  r->place = (ReaderPlace){0};
  if (!strcmp(entry->path, "-") || stat(entry->path, &st) || !S_ISREG(st.st_mode))
    return;
  char *path = realpath(entry->path, NULL);
  if (!path)
    return;
  r->place.path = arena_copy(&r->arena, str_of(path));
  r->place.size = (uint64_t)st.st_size;
  r->place.modified = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
  free(path);
}

// Goes on behind what was read before; the form is known.
static BedeStatus go_on(Reader *r, const Entry *entry, const ReaderPlace *from, BedeError *err) {
  if (r->form != FORM_ARCHIVE && r->form != FORM_LINES && r->form != FORM_TABLE)
    return BEDE_OK;
  stream_close(&r->stream);
  if (!stream_open(&r->stream, entry->path))
    return fail(err, BEDE_IO, "%s: cannot open: %s", entry->path, strerror(errno));
  if (!stream_seek(&r->stream, (SourceMark){from->member, from->member_at}, from->at))
    return fail(err, BEDE_IO, "%s: cannot be gone on with at byte %llu", entry->path,
                (unsigned long long)from->at);
  r->line = r->csv.line = from->line;
  r->place.at = from->at, r->place.line = from->line; // also where no record follows
  r->place.member = from->member, r->place.member_at = from->member_at;
  return BEDE_OK;
}

static BedeStatus begin_entry(Reader *r, const Entry *entry, const char *name, BedeError *err) {
  if (!stream_open(&r->stream, entry->path))
    return fail(err, BEDE_IO, "%s: cannot open: %s", entry->path, strerror(errno));
  r->open = true;
  r->line = 0;
  r->form = FORM_TEXT_FILE;
  bool any = stream_fill(&r->stream);
  const char *trouble = source_trouble(r->stream.source);
  if (!any && *trouble)
    return fail(err, BEDE_IO, "%s: %s", name, trouble);
  Str head = {r->stream.block, r->stream.filled};
  if (!any || (!str_trim(head).len && head.len < STREAM_BLOCK))
    return fail(err, BEDE_INPUT, "%s: is empty", name);
  Str start = without_mark(head);
  char room[512];
  if (str_trim(start).len && str_trim(start).at[0] == '{') {
    r->form = FORM_LINES;
    r->stream.used = r->stream.at = head.len - start.len; // the byte order mark
    return BEDE_OK;
  }
  if (warc_begins(start)) {
    r->form = FORM_ARCHIVE;
    return BEDE_OK;
  }
  Str letters = narrow(start, room);
  if (feed_begins(letters)) {
    r->form = FORM_FEED;
    return open_feed(r, name, err);
  }
  if (read_looks_html(letters)) {
    r->form = FORM_PAGE;
    return BEDE_OK;
  }
  if (csv_begins(start, &r->csv)) {
    r->form = FORM_TABLE;
    r->stream.used = r->stream.at = head.len - start.len;
    return BEDE_OK;
  }
  const char *why = unreadable(head);
  return why ? fail(err, BEDE_INPUT, "%s: %s", name, why) : BEDE_OK;
}

static BedeStatus open_entry(Reader *r, const Entry *entry, const char *name, bool *done, BedeError *err) {
  note_place(r, entry);
  ReaderPlace from = r->place;
  bool known = r->resume && from.path && r->resume(r->context, &from);
  *done = known && from.done;
  if (*done)
    return BEDE_OK;
  BedeStatus status = begin_entry(r, entry, name, err);
  return status || !known || !from.at ? status : go_on(r, entry, &from, err);
}

// ---- documents

// The paragraphs of a text that is kept whole are looked at for a dateline: the
// first, or one of the next two below short lines.
void read_find_dateline(const BedeModel *model, BedeDoc *doc) {
  size_t at = 0;
  for (int i = 0; i < 3 && at < doc->text.len; i++) {
    while (at < doc->text.len && strchr(" \t\r\n", doc->text.at[at]))
      at++;
    Str rest = {doc->text.at + at, doc->text.len - at};
    Dateline dateline;
    if (rest.len && read_dateline(model, rest, false, &dateline)) {
      doc->frame.dateline = (Span){(uint32_t)at, (uint32_t)(at + dateline.end)};
      read_keep_dateline(model, doc, &dateline);
      return;
    }
    const char *end = rest.len ? memchr(rest.at, '\n', rest.len) : NULL;
    if (!end || end - rest.at > 150)
      return;
    at += (size_t)(end - rest.at);
  }
}

void read_finish(BedeDoc *doc) {
  enum { NEAR = 20 }; // days by which a dateline may differ from a date given
  Frame *f = &doc->frame;
  Day dateline = {0}, date = {0}, published = {0};
  day_parse(f->dateline_date, &dateline);
  day_parse(f->date, &date);
  day_parse(f->published, &published);
  bool fits = dateline.day && (!date.day || (day_number(dateline) - day_number(date) <= NEAR &&
                                             day_number(date) - day_number(dateline) <= NEAR));
  if (fits) {
    doc->day = dateline;
    doc->day_basis = BASIS_DATELINE;
  } else if (date.year || published.year) {
    doc->day = date.year ? date : published;
    doc->day_basis = BASIS_PUBLISHED;
  }
  if (!f->language.len)
    f->language = language_of(doc->text);
  if (!f->language.len)
    f->language = STR("en");
  if (!f->id.len)
    f->id = f->url;
  if (!f->id.len) {
    char hex[17];
    Str when = f->date.len ? f->date : (Str){f->published.at, MIN(f->published.len, (size_t)10)};
    uint64_t hash = hash_bytes(f->title.at, f->title.len, 0);
    hash = hash_bytes(when.at, when.len, hash);
    hash_hex(hash_bytes(doc->text.at, doc->text.len, hash), hex);
    f->id = arena_str(&doc->arena, str_of(hex));
  }
  if (!f->date.len && doc->day.year) {
    char printed[11];
    day_print(doc->day, printed);
    f->date = arena_str(&doc->arena, str_of(printed));
  }
}

BedeStatus read_text(const BedeModel *model, const BedeInput *input, BedeDoc **out,
                     BedeError *err) {
  *out = NULL;
  if (input->len > BEDE_TEXT_LIMIT)
    return fail(err, BEDE_TOO_BIG, "the text has %zu bytes; the limit is %u", input->len,
                BEDE_TEXT_LIMIT);
  Day date = {0};
  if (input->date && *input->date && !day_parse(str_of(input->date), &date))
    return fail(err, BEDE_INPUT, "\"%.40s\" is no day of the form YYYY-MM-DD", input->date);
  BedeDoc *doc = doc_new();
  Frame *f = &doc->frame;
  f->id = arena_str(&doc->arena, str_of(input->id));
  f->title = arena_str(&doc->arena, str_of(input->title));
  f->date = arena_str(&doc->arena, str_of(input->date));
  Str text = utf8_mend(&doc->arena, (Str){input->len ? input->text : "", input->len});
  if (input->dispatch) {
    read_dispatch(model, doc, text);
  } else {
    doc->text = arena_str(&doc->arena, text);
    read_find_dateline(model, doc);
  }
  read_finish(doc);
  *out = doc;
  return BEDE_OK;
}

// The document was read, but not as it stands: the user should know.
static void remark_mended(Str text, const char *place, BedeError *err) {
  size_t bad = utf8_invalid(text);
  if (bad < text.len)
    fail(err, BEDE_INPUT, "%s: is no valid UTF-8 at byte %zu; U+FFFD stands for what is not", place, bad);
}

void record_free(Record *record) {
  arena_free(&record->arena);
  *record = (Record){0};
}

void record_read(const BedeModel *model, const Record *record, BedeDoc **out, BedeError *err) {
  *out = NULL;
  switch (record->kind) {
  case RECORD_BROKEN:
    return;
  case RECORD_TEXT: {
    BedeInput input = {.text = record->bytes.at, .len = record->bytes.len, .dispatch = true};
    if (!read_text(model, &input, out, err))
      remark_mended(record->bytes, record->place, err);
    break;
  }
  case RECORD_JSON:
    if (!read_json(model, record->bytes, record->place, out, err))
      remark_mended(record->bytes, record->place, err);
    break;
  case RECORD_PAGE:
  case RECORD_PIECE:
    read_page(model, record, out, err);
    break;
  case RECORD_ROW:
    read_row(model, record, out, err);
    break;
  case RECORD_HTTP: {
    Record page = *record;
    Arena arena = {0};
    page.kind = RECORD_PAGE;
    if (!http_body(&arena, record->bytes, PAGE_LIMIT, record->place, &page.bytes, err))
      read_page(model, &page, out, err);
    arena_free(&arena);
    break;
  }
  }
  if (*out && !(*out)->frame.path.len)
    (*out)->frame.path = arena_str(&(*out)->arena, record->path);
}

// ---- records

static void keep_bytes(Reader *r, Record *out, RecordKind kind) {
  out->kind = kind;
  out->bytes = arena_str(&out->arena, (Str){r->stream.text.at ? r->stream.text.at : "", r->stream.text.len});
}

// The next line of JSON Lines; false at the file's end.
static bool next_line(Reader *r, const char *name, Record *out, BedeError *err) {
  bool over;
  while (stream_line(&r->stream, LINE_LIMIT, &over)) {
    r->line++;
    out->place = arena_print(&out->arena, "%s:%llu", name, (unsigned long long)r->line).at;
    if (over) {
      fail(err, BEDE_TOO_BIG, "%s: the line is longer than %d bytes", out->place, LINE_LIMIT);
      return true;
    }
    Str line = str_trim((Str){r->stream.text.at, r->stream.text.len});
    if (!line.len)
      continue;
    out->kind = RECORD_JSON;
    out->bytes = arena_str(&out->arena, line);
    return true;
  }
  return false;
}

// A file that is one document.
static void whole_file(Reader *r, const char *name, Record *out, BedeError *err) {
  bool over, page = r->form == FORM_PAGE;
  size_t limit = page ? (size_t)PAGE_LIMIT : BEDE_TEXT_LIMIT;
  stream_rest(&r->stream, limit, &over);
  Str text = {r->stream.text.at ? r->stream.text.at : "", r->stream.text.len};
  const char *trouble = source_trouble(r->stream.source);
  if (over)
    fail(err, BEDE_TOO_BIG, "%s: is larger than %zu bytes", name, limit);
  else if (*trouble)
    fail(err, BEDE_IO, "%s: %s", name, trouble);
  else if (!page && memchr(text.at, 0, text.len))
    fail(err, BEDE_INPUT, "%s: is binary: it holds NUL bytes", name);
  else if (!str_trim(text).len)
    fail(err, BEDE_INPUT, "%s: is empty", name);
  else
    keep_bytes(r, out, page ? RECORD_PAGE : RECORD_TEXT);
}

static const char *name_of(const Entry *entry) {
  return strcmp(entry->path, "-") ? entry->path : "standard input";
}

static bool take(Reader *r, Record *out, BedeError *err) {
  while (r->at < r->entries.count) {
    const Entry *entry = &r->entries.items[r->at];
    const char *name = name_of(entry);
    out->place = arena_copy(&out->arena, str_of(name));
    if (strcmp(entry->path, "-"))
      out->path = str_of(out->place);
    if (entry->error) {
      fail(err, BEDE_IO, "%s: cannot open: %s", name, strerror(entry->error));
      r->place = (ReaderPlace){0};
      r->at++;
      return true;
    }
    bool done = false;
    if (!r->open && open_entry(r, entry, name, &done, err)) {
      close_entry(r);
      return true;
    }
    if (done) { // in a run before
      close_entry(r);
      arena_reset(&out->arena);
      *out = (Record){.arena = out->arena};
      continue;
    }
    switch (r->form) {
    case FORM_TEXT_FILE:
    case FORM_PAGE:
      whole_file(r, name, out, err);
      close_entry(r);
      return true;
    case FORM_LINES:
      if (next_line(r, name, out, err))
        return true;
      break;
    case FORM_ARCHIVE:
    case FORM_TABLE: {
      bool stop = false;
      bool more = r->form == FORM_ARCHIVE
                      ? warc_next(&r->stream, name, PAGE_LIMIT, out, &stop, err)
                      : csv_next(&r->csv, &r->stream, name, out, &stop, err);
      if (!more)
        break;
      out->path = arena_str(&out->arena, str_of(strcmp(entry->path, "-") ? name : ""));
      if (stop)
        close_entry(r);
      return true;
    }
    case FORM_FEED:
      if (feed_next(r->feed, name, out))
        return true;
    }
    const char *trouble = source_trouble(r->stream.source);
    bool broken = *trouble != 0;
    if (broken)
      fail(err, BEDE_IO, "%s: %s", name, trouble);
    close_entry(r);
    if (broken)
      return true;
  }
  record_free(out);
  return false;
}

bool reader_take(Reader *r, Record *out, BedeError *err) {
  *out = (Record){0};
  if (!take(r, out, err))
    return false;
  ReaderPlace *place = &r->place;
  if (r->open && r->form != FORM_FEED) { // a feed is read as a whole
    SourceMark mark = source_mark(r->stream.source, r->stream.at);
    place->at = r->stream.at;
    place->line = r->form == FORM_TABLE ? r->csv.line : r->line;
    place->member = mark.packed;
    place->member_at = mark.at;
  }
  place->broken = !r->open && out->kind == RECORD_BROKEN;
  out->reached = *place;
  return true;
}

bool reader_next(Reader *r, BedeDoc **out, BedeError *err) {
  Record record;
  *out = NULL;
  bool more = reader_take(r, &record, err);
  if (more)
    record_read(r->model, &record, out, err);
  record_free(&record);
  return more;
}
