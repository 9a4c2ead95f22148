// kill.c - runs of `bede code` that are killed at random moments: the next goes
// on, and in the end the store is that of an undisturbed run.
// usage: kill BEDE EXAMPLES   (BEDE_DATA as for every command)
// SPDX-License-Identifier: Apache-2.0
#include "unit/dump.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COPIES = 20 }; // of each example

static char folder[] = "/tmp/bede-kill-XXXXXX";

static pid_t start(const char *bede, const char *db) {
  pid_t child = fork();
  if (child == 0) {
    if (chdir(folder))
      _exit(9);
    int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    execl(bede, bede, "code", "--quiet", "-j2", "--db", db, "news.jsonl", (char *)NULL);
    _exit(9);
  }
  return child;
}

static bool done(pid_t child) {
  int status;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The example documents many times over, each time with other ids.
static bool write_news(const char *bede, const char *examples) {
  Out command = {0};
  out_print(&command,
            "'%s' read --quiet '%s'/*.txt >'%s'/read && for i in $(seq %d); do "
            "sed \"s/^{\\\"id\\\":\\\"/&$i-/\" '%s'/read; done >'%s'/news.jsonl",
            bede, examples, folder, COPIES, folder, folder);
  bool good = system(command.at) == 0;
  out_free(&command);
  return good;
}

static char *in_folder(const char *name) {
  char *path = malloc(sizeof folder + 64);
  if (path)
    snprintf(path, sizeof folder + 64, "%s/%s", folder, name);
  return path;
}

int main(int argc, char **argv) {
  if (argc != 3 || !mkdtemp(folder))
    return 2;
  char bede[4096];
  if (!realpath(argv[1], bede) || !write_news(bede, argv[2]))
    return 2;
  struct timespec begun, ended;
  clock_gettime(CLOCK_MONOTONIC, &begun);
  if (!done(start(bede, "whole.db")))
    return 2;
  clock_gettime(CLOCK_MONOTONIC, &ended);
  double whole = (double)(ended.tv_sec - begun.tv_sec) + 1e-9 * (double)(ended.tv_nsec - begun.tv_nsec);
  uint64_t random = (uint64_t)begun.tv_nsec | 1;
  int kills = 0;
  for (; kills < 12; kills++) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    double wait = whole * 0.4 * (double)(random >> 40) / (double)(1 << 24);
    pid_t child = start(bede, "killed.db");
    usleep((useconds_t)(wait * 1e6));
    kill(child, SIGKILL);
    if (done(child))
      break; // it was faster
  }
  if (!done(start(bede, "killed.db")))
    return 2;
  char *paths[] = {in_folder("whole.db"), in_folder("killed.db")};
  char *a = store_dump(paths[0]), *b = store_dump(paths[1]);
  bool same = strcmp(a, b) == 0 && strlen(a) > 10000;
  printf("%d runs killed, of %.2f s; %zu bytes of rows %s\n", kills, whole, strlen(a),
         same ? "are the same" : "DIFFER");
  char command[200];
  snprintf(command, sizeof command, "%s '%s'", same ? "rm -r" : "echo kept:", folder);
  if (system(command))
    return 2;
  free(a), free(b), free(paths[0]), free(paths[1]);
  return same ? 0 : 1;
}
