// progress.c - a bar on standard error while long work is done.
//
// Only where people see it: standard error is a terminal, standard output is
// not (else the lines printed are progress enough), and a second has passed.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/cmd.h"
#include <time.h>
#include <unistd.h>

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

Progress progress_new(const Args *args) {
  return (Progress){.wanted = !args->quiet && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO),
                    .begun = seconds()};
}

void progress_tell(Progress *p, uint64_t done, uint64_t all, uint64_t documents) {
  if (!p->wanted)
    return;
  double now = seconds();
  if (now - p->begun < 1 || now - p->told < 0.2)
    return;
  p->told = now;
  p->shown = true;
  double rate = (double)documents / (now - p->begun);
  if (!all) {
    fprintf(stderr, "\r\033[K%llu documents, %.0f a second", (unsigned long long)documents, rate);
    return;
  }
  double share = MIN((double)done / (double)all, 1.0);
  char bar[31];
  for (int i = 0; i < 30; i++)
    bar[i] = i < (int)(share * 30) ? '#' : '.';
  bar[30] = 0;
  double left = share > 0 ? (now - p->begun) * (1 - share) / share : 0;
  fprintf(stderr, "\r\033[K[%s] %3.0f%%  %llu documents, %.0f a second, %.0f:%02.0f left", bar,
          100 * share, (unsigned long long)documents, rate, (double)((long)left / 60),
          (double)((long)left % 60));
}

void progress_end(Progress *p) {
  if (p->shown)
    fputs("\r\033[K", stderr);
  p->shown = false;
}
