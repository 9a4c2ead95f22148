// reader.c - the store behind the server: connections, columns, names of codes.
// SPDX-License-Identifier: Apache-2.0
#include "serve/internal.h"
#include <stdlib.h>
#include <time.h>

// ---- connections: taken for one request, given back

static void reader_free(ServeReader *reader) {
  if (!reader)
    return;
  store_close(reader->store);
  coder_free(reader->coder);
  free(reader);
}

BedeStatus serve_take(Serve *serve, ServeReader **out, BedeError *err) {
  pthread_mutex_lock(&serve->pool);
  ServeReader *reader = serve->free_count ? serve->free[--serve->free_count] : NULL;
  pthread_mutex_unlock(&serve->pool);
  BedeStatus status = BEDE_OK;
  if (!reader) {
    reader = calloc(1, sizeof *reader);
    if (!reader)
      out_of_memory();
    status = store_open(serve->plan.db, STORE_READ, &reader->store, err);
    if (status) {
      reader_free(reader);
      reader = NULL;
    }
  }
  *out = reader;
  return status;
}

void serve_give(Serve *serve, ServeReader *reader) {
  if (!reader)
    return;
  pthread_mutex_lock(&serve->pool);
  bool kept = serve->free_count < READERS;
  if (kept)
    serve->free[serve->free_count++] = reader;
  pthread_mutex_unlock(&serve->pool);
  if (!kept)
    reader_free(reader);
}

// ---- names of codes, from the actor tables

typedef struct CodeName CodeName;
struct CodeName {
  const char *code, *name;
  uint32_t order; // countries first, then as the tables have them
};

static int by_code(const void *a, const void *b) {
  const CodeName *x = a, *y = b;
  int order = strcmp(x->code, y->code);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void read_names(Serve *serve) {
  const BedeModel *model = serve->plan.model;
  if (!model)
    return;
  const ActorTable *t = &model->actors;
  CodeName *all = arena_alloc(&serve->arena, (t->entry_count + 1u) * sizeof *all);
  size_t count = 0;
  for (uint32_t i = 0; i < t->entry_count; i++) {
    const ActorEntry *e = &t->entries[i];
    if (e->kind == ENTRY_COUNTRY || e->kind == ENTRY_BODY || e->kind == ENTRY_GROUP)
      all[count++] = (CodeName){e->code, image_string(&model->image, e->name),
                                i + (e->kind == ENTRY_COUNTRY ? 0 : t->entry_count)};
  }
  qsort(all, count, sizeof *all, by_code);
  serve->names = arena_alloc(&serve->arena, (2 * count + 2) * sizeof *serve->names);
  for (size_t i = 0; i < count; i++)
    if (i == 0 || strcmp(all[i].code, all[i - 1].code)) {
      serve->names[2 * serve->name_count] = all[i].code;
      serve->names[2 * serve->name_count++ + 1] = all[i].name;
    }
}

static int compare_code(const void *key, const void *item) {
  return strcmp(key, *(const char *const *)item);
}

const char *serve_name(const Serve *serve, const char *code) {
  const char *const *hit = serve->name_count ? bsearch(code, serve->names, serve->name_count,
                                                       2 * sizeof *serve->names, compare_code)
                                             : NULL;
  return hit ? hit[1] : "";
}

// ---- columns

BedeStatus serve_refresh(Serve *serve, BedeError *err) {
  int64_t stamp = 0;
  Columns *fresh = NULL;
  time_t now = time(NULL);
  BedeStatus status = BEDE_OK;
  pthread_mutex_lock(&serve->pool); // one looks, the others go on with the old
  if (now != serve->looked) {
    serve->looked = now;
    status = store_stamp(serve->watch, &stamp, err);
    if (!status && stamp != serve->stamp)
      status = columns_load(serve->watch, &fresh, err);
    if (!status)
      serve->stamp = stamp;
  }
  pthread_mutex_unlock(&serve->pool);
  if (fresh) {
    pthread_rwlock_wrlock(&serve->lock);
    Columns *old = serve->columns;
    serve->columns = fresh;
    pthread_mutex_lock(&serve->pool);
    serve->generation++;
    pthread_mutex_unlock(&serve->pool);
    pthread_rwlock_unlock(&serve->lock);
    columns_free(old);
  }
  return status;
}

BedeStatus serve_new(const ServePlan *plan, Serve **out, BedeError *err) {
  Serve *serve = calloc(1, sizeof *serve);
  if (!serve)
    out_of_memory();
  serve->kept = kept_new();
  serve->plan = *plan; // with strings of its own
  serve->plan.db = arena_copy(&serve->arena, str_of(plan->db));
  serve->plan.host = arena_copy(&serve->arena, str_of(plan->host));
  if (plan->page)
    serve->plan.page = arena_copy(&serve->arena, str_of(plan->page));
  serve->port = plan->port;
  pthread_rwlock_init(&serve->lock, NULL);
  pthread_mutex_init(&serve->pool, NULL);
  BedeStatus status = store_open(serve->plan.db, STORE_READ, &serve->watch, err);
  if (!status)
    status = store_stamp(serve->watch, &serve->stamp, err);
  if (!status)
    status = columns_load(serve->watch, &serve->columns, err);
  if (!status) {
    read_names(serve);
  } else {
    serve_free(serve);
    serve = NULL;
  }
  *out = serve;
  return status;
}

void serve_free(Serve *serve) {
  if (!serve)
    return;
  serve_stop(serve);
  while (serve->free_count)
    reader_free(serve->free[--serve->free_count]);
  kept_free(serve);
  store_close(serve->watch);
  columns_free(serve->columns);
  arena_free(&serve->arena);
  pthread_rwlock_destroy(&serve->lock);
  pthread_mutex_destroy(&serve->pool);
  free(serve);
}
