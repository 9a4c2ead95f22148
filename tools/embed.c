// embed.c - writes a file as a C array, so that the program is one file.
//
//   embed NAME FILE >OUTPUT.c      const char NAME[] = "…" with a NUL behind it
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

int main(int argc, char **argv) {
  FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
  if (!file) {
    fprintf(stderr, "usage: embed NAME FILE\n");
    return 2;
  }
  printf("extern const char %s[];\nconst char %s[] = {", argv[1], argv[1]);
  long at = 0;
  for (int c; (c = getc(file)) != EOF; at++)
    printf("%s%d,", at % 20 ? "" : "\n", c > 127 ? c - 256 : c);
  printf("\n0};\n");
  return ferror(file) || fclose(file) || fflush(stdout) ? 1 : 0;
}
