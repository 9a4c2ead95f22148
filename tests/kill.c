// kill.c - runs of `bede code` that are killed at random moments: the next goes
// on, and in the end the store is that of an undisturbed run. Once over JSON Lines
// from their beginning, once with --resume over a web archive, packed record by record.
// usage: kill BEDE EXAMPLES   (BEDE_DATA as for every command)
// SPDX-License-Identifier: Apache-2.0
#include "unit/dump.h"
#include <fcntl.h>
#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

enum { COPIES = 20 }; // of each example

static char folder[] = "/tmp/bede-kill-XXXXXX";

typedef struct Trial Trial;
struct Trial {
  const char *news, *whole, *killed;
  const char *flag; // of the runs
};
static const Trial trials[] = {{"news.jsonl", "whole.db", "killed.db", "--each"},
                               {"news.warc.gz", "whole2.db", "killed2.db", "--resume"}};

static pid_t start(const char *bede, const Trial *trial, const char *db) {
  pid_t child = fork();
  if (child == 0) {
    if (chdir(folder))
      _exit(9);
    int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    execl(bede, bede, "code", "--quiet", "-j2", trial->flag, "--db", db, trial->news, (char *)NULL);
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

static bool add_record(const char *path, const char *example, int copy, const char *text) {
  gzFile file = gzopen(path, "ab"); // each a member of its own
  if (!file)
    return false;
  Out body = {0}; // with a first paragraph of its own: these are no near-copies
  for (int i = 0; i < 200; i++)
    out_print(&body, "w%dx%d ", copy, i * copy);
  out_print(&body, "\n\n%s", text);
  bool good = gzprintf(file,
                       "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
                       "WARC-Target-URI: http://wire.example/%d/%s\r\nContent-Length: %zu\r\n\r\n",
                       copy, example, body.len) > 0 &&
              gzwrite(file, body.at, (unsigned)body.len) > 0 && gzputs(file, "\r\n\r\n") > 0;
  out_free(&body);
  return gzclose(file) == Z_OK && good;
}

// The example documents as records of a web archive.
static bool write_archive(const char *examples) {
  char path[4200];
  bool good = true, any = false;
  struct dirent **names;
  int count = scandir(examples, &names, NULL, alphasort);
  char *archive = in_folder("news.warc.gz");
  for (int copy = 1; copy <= COPIES; copy++) {
    for (int i = 0; good && i < count; i++) {
      const char *dot = strrchr(names[i]->d_name, '.');
      if (!dot || strcmp(dot, ".txt"))
        continue;
      static char text[1 << 16];
      snprintf(path, sizeof path, "%s/%s", examples, names[i]->d_name);
      FILE *file = fopen(path, "r");
      size_t len = file ? fread(text, 1, sizeof text - 1, file) : 0;
      if (file)
        fclose(file);
      text[len] = 0;
      good = add_record(archive, names[i]->d_name, copy, text);
      any = true;
    }
  }
  for (int i = 0; i < count; i++)
    free(names[i]);
  if (count >= 0)
    free(names);
  free(archive);
  return good && any;
}

static int64_t ask(const char *path, const char *sql) {
  sqlite3 *db;
  sqlite3_stmt *s;
  int64_t value = -1;
  if (sqlite3_open(path, &db) == SQLITE_OK && sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK) {
    if (sqlite3_step(s) == SQLITE_ROW)
      value = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
  }
  sqlite3_close(db);
  return value;
}

static bool running(pid_t child) { // it stays to be waited for
  siginfo_t info = {0};
  return waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && !info.si_pid;
}

// The number of runs that were killed; -1 where the stores differ, -2 where it fails.
static int try(const char *bede, const Trial *trial, uint64_t *random) {
  struct timespec begun, ended;
  clock_gettime(CLOCK_MONOTONIC, &begun);
  if (!done(start(bede, trial, trial->whole)))
    return -2;
  clock_gettime(CLOCK_MONOTONIC, &ended);
  double whole = (double)(ended.tv_sec - begun.tv_sec) + 1e-9 * (double)(ended.tv_nsec - begun.tv_nsec);
  *random ^= (uint64_t)begun.tv_nsec | 1;
  char *paths[] = {in_folder(trial->whole), in_folder(trial->killed)};
  int kills = 0, places = 0;
  int64_t place = 0;
  bool resume = !strcmp(trial->flag, "--resume"), forward = true;
  for (; kills < 12; kills++) {
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    double wait = whole * 0.4 * (double)(*random >> 40) / (double)(1 << 24);
    pid_t child = start(bede, trial, trial->killed);
    if (resume) // as soon as it has come further
      while (ask(paths[1], "SELECT at FROM inputs") <= place && running(child))
        usleep(2000);
    else
      usleep((useconds_t)(wait * 1e6));
    kill(child, SIGKILL);
    if (done(child))
      break; // it was faster
    int64_t now = ask(paths[1], "SELECT at FROM inputs");
    forward = forward && (now < 0 || now >= place);
    places += now > place;
    place = MAX(place, now);
  }
  if (!done(start(bede, trial, trial->killed)))
    return -2;
  char *a = store_dump(paths[0]), *b = store_dump(paths[1]);
  bool same = strcmp(a, b) == 0 && strlen(a) > 100000;
  if (resume) // it was gone on with, and is done
    same = same && forward && places &&
           ask(paths[1], "SELECT done AND member > 0 AND member_at > member FROM inputs") == 1;
  printf("%s: %d runs killed, of %.2f s, %d of them further than before; %zu bytes of rows %s\n",
         trial->news, kills, whole, places, strlen(a), same ? "are the same" : "DIFFER");
  free(a), free(b), free(paths[0]), free(paths[1]);
  return same ? kills : -1;
}

int main(int argc, char **argv) {
  if (argc != 3 || !mkdtemp(folder))
    return 2;
  char bede[4096];
  if (!realpath(argv[1], bede) || !write_news(bede, argv[2]) || !write_archive(argv[2]))
    return 2;
  uint64_t random = 1;
  bool good = true;
  for (size_t i = 0; i < COUNT(trials); i++)
    good = try(bede, &trials[i], &random) >= 0 && good;
  char command[200];
  snprintf(command, sizeof command, "%s '%s'", good ? "rm -r" : "echo kept:", folder);
  if (system(command))
    return 2;
  return good ? 0 : 1;
}
