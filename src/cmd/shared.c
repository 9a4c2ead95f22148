// shared.c - what several commands need: messages, the model, input and output.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/cmd.h"
#include "model/table.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void complain(const char *format, ...) {
  char message[2048];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  for (char *c = message; *c; c++)
    if ((unsigned char)*c < 0x20)
      *c = ' ';
  fprintf(stderr, "bede: %s\n", message);
}

// The folder of the running program, without the last slash.
static bool program_folder(char *out, size_t size) {
  ssize_t len = readlink("/proc/self/exe", out, size - 1);
  if (len <= 0 || (size_t)len >= size - 1)
    return false;
  out[len] = 0;
  char *slash = strrchr(out, '/');
  if (!slash)
    return false;
  *slash = 0;
  return true;
}

// What is wrong inside an image is told without its name.
static BedeStatus open_named(const char *path, BedeModel **out, BedeError *err) {
  BedeError why;
  BedeStatus status = bede_model_open(path, out, &why);
  if (!status)
    return status;
  bool named = str_find(str_of(why.message), str_of(path), NULL);
  return fail(err, status, "%.*s%s%.*s", named ? 0 : 500, path, named ? "" : ": ", 500,
              why.message);
}

static bool is_folder(const char *path) {
  struct stat st;
  return !stat(path, &st) && S_ISDIR(st.st_mode);
}

void own_files(const Args *args, OwnFiles *out) {
  *out = (OwnFiles){0};
  for (Str rest = str_of(args->own_actors); rest.len;)
    array_push(&out->arena, &out->actors, arena_copy(&out->arena, str_cut(&rest, ',')));
  for (Str rest = str_of(args->own_codebook); rest.len;)
    array_push(&out->arena, &out->codebooks, arena_copy(&out->arena, str_cut(&rest, ',')));
}

Own own_of(const OwnFiles *files) {
  return (Own){files->actors.items, files->codebooks.items, files->actors.count, files->codebooks.count};
}

// Own actors and clauses are compiled with the text that the image is made of.
static BedeStatus open_with_own(const Args *args, const char *given, BedeModel **out, BedeError *err) {
  static const char *const places[] = {"../data/en", "../share/bede/en"};
  char folder[3500], path[4096];
  *out = NULL;
  const char *text = given && is_folder(given) ? given : NULL;
  if (args->data && !text)
    return fail(err, BEDE_IO, "%s: own actors and clauses need the knowledge as text: a folder like data/en", args->data);
  for (size_t i = 0; !text && i < COUNT(places) && program_folder(folder, sizeof folder); i++) {
    snprintf(path, sizeof path, "%s/%s", folder, places[i]);
    if (is_folder(path))
      text = path;
  }
  if (!text)
    return fail(err, BEDE_IO, "own actors and clauses need the knowledge as text (data/en); name its folder with --data");
  OwnFiles own;
  own_files(args, &own);
  BedeStatus status = bede_model_open_own(text, own.actors.items, own.actors.count, own.codebooks.items, own.codebooks.count, out, err);
  arena_free(&own.arena);
  return status;
}

BedeStatus model_find(const Args *args, BedeModel **out, BedeError *err) {
  const char *given = args->data ? args->data : getenv("BEDE_DATA");
  if (args->own_actors || args->own_codebook)
    return open_with_own(args, given, out, err);
  if (given && *given)
    return open_named(given, out, err);
  static const char *const places[] = {"bede.image", "../share/bede/bede.image"};
  char folder[3500], path[4096];
  *out = NULL;
  if (!program_folder(folder, sizeof folder))
    return fail(err, BEDE_IO, "cannot tell where the program is; name the knowledge image "
                              "with --data or BEDE_DATA");
  for (size_t i = 0; i < COUNT(places); i++) {
    snprintf(path, sizeof path, "%s/%s", folder, places[i]);
    if (!access(path, F_OK))
      return open_named(path, out, err);
  }
  return fail(err, BEDE_IO, "%s: there is no bede.image beside the program; build it with "
              "`bede data build`, or name it with --data or BEDE_DATA", folder);
}

// Complains once: later calls find the stream's error already set.
bool print_out(Out *out) {
  if (out->len && !ferror(stdout) && fwrite(out->at, 1, out->len, stdout) != out->len)
    complain("standard output: cannot write: %s", strerror(errno));
  out_reset(out);
  return !ferror(stdout);
}

bool print_end(void) {
  if (!ferror(stdout) && fflush(stdout))
    complain("standard output: cannot write: %s", strerror(errno));
  return !ferror(stdout);
}

BedeStatus input_read(const char *path, char **out, size_t *size, BedeError *err) {
  const size_t limit = (size_t)4 << 30;
  if (path && strcmp(path, "-"))
    return file_read(path, limit, out, size, err);
  return file_read("/dev/stdin", limit, out, size, err);
}

const char *path_beside(const char *path, Arena *arena) {
  struct stat st;
  bool other = !stat(path, &st) && !S_ISREG(st.st_mode);
  return other ? path : arena_print(arena, "%s.%ld.part", path, (long)getpid()).at;
}

BedeStatus path_keep(const char *beside, const char *path, bool good, BedeError *err) {
  if (beside == path || (good && !rename(beside, path)))
    return BEDE_OK;
  int why = errno;
  unlink(beside);
  return good ? fail(err, BEDE_IO, "%s: cannot be written: %s", path, strerror(why)) : BEDE_OK;
}

BedeStatus file_write(const char *path, const char *bytes, size_t size, BedeError *err) {
  Arena arena = {0};
  const char *beside = path_beside(path, &arena);
  FILE *file = fopen(beside, "wb");
  bool good = file && fwrite(bytes, 1, size, file) == size && !fflush(file) &&
              (beside == path || !fsync(fileno(file)));
  int why = errno;
  if (file && fclose(file) && good) {
    good = false;
    why = errno;
  }
  BedeStatus status = good ? BEDE_OK : fail(err, BEDE_IO, "%s: cannot be written: %s", path, strerror(why));
  BedeStatus kept = file ? path_keep(beside, path, good, err) : BEDE_OK;
  arena_free(&arena);
  return status ? status : kept;
}

unsigned thread_count(const Args *args) {
  long cores = args->jobs ? (long)args->jobs : sysconf(_SC_NPROCESSORS_ONLN);
  return (unsigned)MIN(MAX(cores, 1), 256);
}

bool format_of(const char *word, Format *out) {
  static const char *const names[] = {"table", "jsonl", "csv"};
  *out = FORMAT_TABLE;
  for (size_t i = 0; word && i < COUNT(names); i++)
    if (!strcmp(word, names[i])) {
      *out = (Format)i;
      return true;
    }
  if (word)
    usage_error("--to knows table, jsonl and csv, not `%s`", word);
  return !word;
}
