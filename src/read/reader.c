// reader.c - files, folders and standard input to documents, one after the
// other.
//
// Folders are listed first (names in byte order), so that progress is known;
// files are opened one at a time. A file's first bytes tell its kind: "{" is
// JSON Lines, read line by line with bounded memory; text is one dispatch.
// Whatever cannot be read is told by name, and the rest goes on.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "read/internal.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
  BLOCK = 1 << 16,
  LINE_LIMIT = 32 << 20, // a line of JSON Lines: a text of BEDE_TEXT_LIMIT, escaped
  DEPTH_LIMIT = 100      // folders in folders
};

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
  uint32_t at; // entry being read, or next
  uint64_t all, done, before; // bytes; before: of entries done
  FILE *file;                 // JSON Lines being read, else NULL
  bool lines;
  uint64_t line; // number of the line read last
  char *block;   // BLOCK bytes
  size_t used, filled;
  Out text;  // the line or file being put together
  Out place; // "news.jsonl:7", for messages
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
  if (!r || !(r->block = malloc(BLOCK)))
    out_of_memory();
  r->model = model;
  for (size_t i = 0; i < count; i++)
    add_path(r, arena_copy(&r->arena, str_of(inputs[i])), 0);
  return r;
}

void reader_progress(const Reader *r, uint64_t *done, uint64_t *all) {
  *done = r->done;
  *all = r->all;
}

void reader_free(Reader *r) {
  if (!r)
    return;
  if (r->file && r->file != stdin)
    fclose(r->file);
  out_free(&r->text);
  out_free(&r->place);
  free(r->block);
  arena_free(&r->arena);
  free(r);
}

// ---- bytes

static bool fill(Reader *r) { // false at the end of the file
  r->used = 0;
  r->filled = fread(r->block, 1, BLOCK, r->file);
  r->done += r->filled;
  return r->filled > 0;
}

static void close_file(Reader *r) {
  const Entry *entry = &r->entries.items[r->at];
  if (r->file && r->file != stdin)
    fclose(r->file);
  r->file = NULL;
  r->lines = false;
  r->before += entry->size;
  r->done = r->before;
  r->at++;
}

// Reads on to a line's end, or to the end of the file; keeps at most `limit`
// bytes. False where nothing was left. *over: it was longer.
static bool gather(Reader *r, bool line, size_t limit, bool *over) {
  bool any = false;
  out_reset(&r->text);
  *over = false;
  while (r->used < r->filled || fill(r)) {
    any = true;
    const char *at = r->block + r->used;
    size_t left = r->filled - r->used;
    const char *end = line ? memchr(at, '\n', left) : NULL;
    size_t take = end ? (size_t)(end - at) : left;
    if (r->text.len + take > limit)
      *over = true;
    else
      out_bytes(&r->text, at, take);
    r->used += take + (end ? 1 : 0);
    if (end || (*over && !line))
      break;
  }
  if (*over)
    out_free(&r->text);
  return any;
}

// ---- kinds of files

static bool starts_fold(Str s, const char *prefix) {
  Str p = str_of(prefix);
  return s.len >= p.len && str_equal_fold((Str){s.at, p.len}, p);
}

// Why these first bytes of a file are nothing that is read; NULL if they are.
static const char *unreadable(Str head) {
  if (str_starts(head, STR("\x1f\x8b")) || str_starts(head, STR("BZh")) ||
      str_starts(head, STR("\xFD" "7zXZ")) || str_starts(head, STR("PK\x03\x04")) ||
      str_starts(head, STR("\x28\xB5\x2F\xFD")))
    return "is compressed, which is not read yet";
  if (str_starts(head, STR("%PDF")))
    return "is PDF, which is not read";
  if (str_starts(head, STR("\xFF\xFE")) || str_starts(head, STR("\xFE\xFF")))
    return "is UTF-16, which is not read; convert it to UTF-8";
  Str start = str_starts(head, STR("\xEF\xBB\xBF")) ? (Str){head.at + 3, head.len - 3} : head;
  start = str_trim(start);
  if (starts_fold(start, "WARC/1"))
    return "is WARC, which is not read yet";
  if (starts_fold(start, "<?xml") || starts_fold(start, "<rss") || starts_fold(start, "<feed"))
    return "is XML, which is not read yet";
  if (starts_fold(start, "<!doctype") || starts_fold(start, "<html") ||
      starts_fold(start, "<head") || starts_fold(start, "<body") || starts_fold(start, "<!--"))
    return "is HTML, which is not read yet";
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

static BedeStatus open_entry(Reader *r, const Entry *entry, BedeError *err) {
  r->file = !strcmp(entry->path, "-") ? stdin : fopen(entry->path, "rb");
  if (!r->file)
    return fail(err, BEDE_IO, "%s: cannot open: %s", entry->path, strerror(errno));
  r->line = 0;
  const char *name = r->file == stdin ? "standard input" : entry->path;
  bool any = fill(r);
  if (ferror(r->file))
    return fail(err, BEDE_IO, "%s: cannot read: %s", name, strerror(errno));
  Str head = {r->block, r->filled};
  if (!any || !str_trim(head).len) {
    // white space only, as far as the block goes: a longer file is read on
    if (!any || r->filled < BLOCK)
      return fail(err, BEDE_INPUT, "%s: is empty", name);
  }
  Str start = str_starts(head, STR("\xEF\xBB\xBF")) ? (Str){head.at + 3, head.len - 3} : head;
  if (str_trim(start).len && str_trim(start).at[0] == '{') {
    r->lines = true;
    r->used = head.len - start.len; // the byte order mark
    return BEDE_OK;
  }
  const char *why = unreadable(head);
  return why ? fail(err, BEDE_INPUT, "%s: %s", name, why) : BEDE_OK;
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

static void keep_path(const Reader *r, BedeDoc *doc) {
  if (r->file != stdin)
    doc->frame.path = arena_str(&doc->arena, str_of(r->entries.items[r->at].path));
}

// The document was read, but not as it stands: the user should know.
static void remark_mended(Str text, const char *place, BedeError *err) {
  size_t bad = utf8_invalid(text);
  if (bad < text.len)
    fail(err, BEDE_INPUT, "%s: is no valid UTF-8 at byte %zu; U+FFFD stands for what is not", place, bad);
}

// The next line of JSON Lines; false at the file's end.
static bool next_line(Reader *r, const char *name, BedeDoc **out, BedeError *err) {
  bool over;
  while (gather(r, true, LINE_LIMIT, &over)) {
    r->line++;
    if (over) {
      fail(err, BEDE_TOO_BIG, "%s:%llu: the line is longer than %d bytes", name,
           (unsigned long long)r->line, LINE_LIMIT);
      return true;
    }
    Str line = str_trim((Str){r->text.at, r->text.len});
    if (!line.len)
      continue;
    out_reset(&r->place);
    out_print(&r->place, "%s:%llu", name, (unsigned long long)r->line);
    if (!read_json(r->model, line, r->place.at, out, err)) {
      if (!(*out)->frame.path.len)
        keep_path(r, *out);
      remark_mended(line, r->place.at, err);
    }
    return true;
  }
  return false;
}

static void read_file(Reader *r, const char *name, BedeDoc **out, BedeError *err) {
  bool over;
  gather(r, false, BEDE_TEXT_LIMIT, &over);
  Str text = {r->text.at ? r->text.at : "", r->text.len};
  if (over)
    fail(err, BEDE_TOO_BIG, "%s: is larger than %u bytes", name, BEDE_TEXT_LIMIT);
  else if (ferror(r->file))
    fail(err, BEDE_IO, "%s: cannot read: %s", name, strerror(errno));
  else if (memchr(text.at, 0, text.len))
    fail(err, BEDE_INPUT, "%s: is binary: it holds NUL bytes", name);
  else if (!str_trim(text).len)
    fail(err, BEDE_INPUT, "%s: is empty", name);
  else {
    BedeInput input = {.text = text.at, .len = text.len, .dispatch = true};
    if (!read_text(r->model, &input, out, err)) {
      keep_path(r, *out);
      remark_mended(text, name, err);
    }
  }
}

bool reader_next(Reader *r, BedeDoc **out, BedeError *err) {
  *out = NULL;
  while (r->at < r->entries.count) {
    const Entry *entry = &r->entries.items[r->at];
    const char *name = strcmp(entry->path, "-") ? entry->path : "standard input";
    if (entry->error) {
      fail(err, BEDE_IO, "%s: cannot open: %s", name, strerror(entry->error));
      r->at++;
      return true;
    }
    if (!r->file && open_entry(r, entry, err)) {
      close_file(r);
      return true;
    }
    if (!r->lines) {
      read_file(r, name, out, err);
      close_file(r);
      return true;
    }
    if (next_line(r, name, out, err))
      return true;
    bool broken = ferror(r->file) != 0;
    if (broken)
      fail(err, BEDE_IO, "%s: cannot read: %s", name, strerror(errno));
    close_file(r);
    if (broken)
      return true;
  }
  return false;
}
