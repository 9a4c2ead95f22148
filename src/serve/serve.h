// serve.h - a store to look at: an HTTP server for one's own browser.
//
// serve_answer is a function from a request to a reply and knows no socket; it
// reads the store and never writes. http.c puts it behind libmicrohttpd. The
// page (page/) is in the program, and fetches from nowhere else.
//
// Whoever can reach the port can read the store, hence 127.0.0.1 by default. A
// page of another site that a browser shows must not: requests must name this
// host (so that a name made to point at 127.0.0.1 is of no use) and come from
// this origin, and no reply allows another.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/model.h"
#include "store/store.h"

typedef struct Serve Serve;

typedef struct ServePlan ServePlan;
struct ServePlan {
  const char *db;
  const BedeModel *model; // NULL: no names of codes, no rejected readings
  const char *page;       // folder to read the page from; NULL: that of the program
  const char *host;       // address to listen at
  uint16_t port;          // 0: any that is free
  unsigned threads;
};

BedeStatus serve_new(const ServePlan *plan, Serve **out, BedeError *err);
void serve_free(Serve *serve);

typedef struct Request Request;
struct Request { // NULL: the header is not there
  const char *method, *target, *host, *origin, *site, *accept, *known; // Sec-Fetch-Site, If-None-Match
};

typedef struct Reply Reply;
struct Reply {
  int status;
  const char *type; // of the body
  const char *file; // name to save it under; NULL: shown
  Out body;
  char tag[20];     // ETag with its quotes, "" for none
};

// For many threads at once. The caller frees reply->body.
void serve_answer(Serve *serve, const Request *request, Reply *reply);
// The same for the own program, which may ask whatever it wants.
void serve_ask(Serve *serve, const char *target, Reply *reply);

// Listens until serve_stop; then `port` is what was taken. BEDE_IO where it cannot.
BedeStatus serve_start(Serve *serve, uint16_t *port, BedeError *err);
void serve_stop(Serve *serve);
