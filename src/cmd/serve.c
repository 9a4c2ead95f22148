// serve.c - `bede serve`: a store to look at, in a browser on this machine.
// SPDX-License-Identifier: Apache-2.0
#include "serve/serve.h"
#include "cmd/cmd.h"
#include <signal.h>

static void wait_for_end(void) {
  sigset_t ends;
  int which;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  sigwait(&ends, &which);
}

// Before there are threads, so that all of them leave the signals to sigwait.
static void hold_signals(void) {
  sigset_t ends;
  signal(SIGPIPE, SIG_IGN);
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  sigprocmask(SIG_BLOCK, &ends, NULL);
}

int cmd_serve(const Args *args) {
  BedeError err;
  BedeModel *model = NULL;
  Serve *serve;
  uint16_t port;
  if (args->count)
    return usage_error("`bede serve` takes no input; the store is --db FILE");
  if (args->port > 65535)
    return usage_error("--port needs a number up to 65535");
  hold_signals();
  if (model_find(args, &model, &err)) { // it can do without
    complain("%s", err.message);
    complain("so codes have no names, and no rejected readings are shown");
  }
  ServePlan plan = {.db = args->db ? args->db : "bede.db", .model = model, .page = args->page,
                    .host = args->host ? args->host : "127.0.0.1",
                    .port = (uint16_t)(args->port ? args->port : 8321),
                    .threads = thread_count(args)};
  if (serve_new(&plan, &serve, &err) || serve_start(serve, &port, &err)) {
    complain("%s", err.message);
    serve_free(serve);
    bede_model_free(model);
    return SOME_FAILED;
  }
  bool six = strchr(plan.host, ':') != NULL;
  printf("%s at http://%s%s%s:%u/ (Ctrl-C ends it)\n", plan.db, six ? "[" : "", plan.host, six ? "]" : "",
         port);
  fflush(stdout);
  wait_for_end();
  serve_free(serve);
  bede_model_free(model);
  return DONE;
}
