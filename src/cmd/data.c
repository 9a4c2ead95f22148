// data.c - `bede data`: checks the knowledge under data/, and builds its image. That
// is replaced when it is whole, so programs that have the old one mapped keep it.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/examples.h"
#include "compile/compile.h"
#include <stdlib.h>
#include <sys/stat.h>

static BedeStatus build(const Args *args, const char *folder, const char *path, BedeError *err) {
  char *image = NULL;
  size_t size = 0;
  Out patterns = {0};
  OwnFiles files;
  own_files(args, &files);
  Own own = own_of(&files);
  BedeStatus status =
      compile_folder(folder, &own, &image, &size, NULL, args->patterns ? &patterns : NULL, err);
  if (!status)
    status = file_write(path, image, size, err);
  if (!status && args->patterns)
    status = file_write(args->patterns, patterns.at ? patterns.at : "", patterns.len, err);
  if (!status && !args->quiet)
    printf("%s: %.1f MB\n", path, (double)size / 1e6);
  out_free(&patterns);
  arena_free(&files.arena);
  free(image);
  return status;
}

int cmd_data(const Args *args) {
  BedeError err;
  const char *what = args->count ? args->inputs[0] : "";
  const char *folder = args->count > 1 ? args->inputs[1] : "data/en";
  bool check = !strcmp(what, "check"), making = !strcmp(what, "build"), book = !strcmp(what, "book");
  if ((!check && !making && !book) || args->count > (making ? 3u : 2u))
    return usage_error("`bede data check [FOLDER]`, `bede data book [FOLDER]` or `bede data build [FOLDER [IMAGE]]`");
  char below[4096];
  struct stat st;
  snprintf(below, sizeof below, "%s/en", folder);
  if (!stat(below, &st) && S_ISDIR(st.st_mode)) // data/ stands for data/en
    folder = below;
  const char *image = args->count > 2 ? args->inputs[2] : "bede.image";
  if (book)
    return book_print(args, folder);
  if (check)
    return examples_check(args, folder);
  if (build(args, folder, image, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  return print_end() ? DONE : SOME_FAILED;
}
