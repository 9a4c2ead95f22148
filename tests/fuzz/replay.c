// replay.c - runs a fuzz target over the files of its corpus, where there is no libFuzzer.
// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv) {
  size_t files = 0;
  for (int i = 1; i < argc; i++) {
    DIR *folder = opendir(argv[i]);
    if (!folder) {
      fprintf(stderr, "%s: no such folder\n", argv[i]);
      return 1;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
      char path[4096];
      snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
      FILE *f = entry->d_name[0] == '.' ? NULL : fopen(path, "rb");
      if (!f)
        continue;
      uint8_t *data = malloc(1 << 22);
      size_t size = data ? fread(data, 1, 1 << 22, f) : 0;
      fclose(f);
      uint8_t *exact = malloc(size + 1); // so that a sanitizer sees the end
      for (size_t k = 0; exact && k < size; k++)
        exact[k] = data[k];
      LLVMFuzzerTestOneInput(exact, size);
      free(exact);
      free(data);
      files++;
    }
    closedir(folder);
  }
  printf("%zu files replayed\n", files);
  return files ? 0 : 1;
}
