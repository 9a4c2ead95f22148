// internal.h - what answer.c, http.c and reader.c share.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "code.h"
#include "serve/request.h"
#include "serve/serve.h"
#include <pthread.h>

enum { READERS = 16, KEPT = 256 }; // connections; replies

typedef struct Kept Kept;

// What one request needs for itself: a connection to the store, and a coder
// where one asked for what was considered.
typedef struct ServeReader ServeReader;
struct ServeReader {
  Store *store;
  Coder *coder;
};

struct Serve {
  ServePlan plan;
  pthread_rwlock_t lock; // of columns
  Columns *columns;
  pthread_mutex_t pool;  // of what follows
  ServeReader *free[READERS];
  unsigned free_count;
  Store *watch; // tells whether the file changed
  int64_t stamp;
  time_t looked;
  uint64_t generation; // of the columns
  Kept *kept;          // KEPT slots
  Arena arena;
  const char **names; // of codes, sorted: code, name, code, name …
  size_t name_count;
  void *daemon;       // of libmicrohttpd
  uint16_t port;
};

// ---- reader.c

BedeStatus serve_take(Serve *serve, ServeReader **out, BedeError *err);
void serve_give(Serve *serve, ServeReader *reader);
// Reads the columns anew where the file has changed.
BedeStatus serve_refresh(Serve *serve, BedeError *err);
// ---- kept.c: replies to the same question, as long as the store is the same

Kept *kept_new(void);
bool kept_find(Serve *serve, const Request *request, Reply *reply);
void kept_put(Serve *serve, const Request *request, const Reply *reply);
void kept_free(Serve *serve);

const char *serve_name(const Serve *serve, const char *code); // "" where not known
