// http.c - serve_answer behind libmicrohttpd.
//
// Its threads poll their connections, so a slow client holds a socket and no
// thread; a request that stops in the middle is dropped after LINGER seconds.
// SPDX-License-Identifier: Apache-2.0
#include "serve/internal.h"
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECTIONS = 500, LINGER = 15, HEADERS = 16 << 10 }; // ; seconds; bytes

// The target as it was sent: the library hands out only the decoded path.
static void *keep_target(void *context, const char *target, struct MHD_Connection *connection) {
  (void)context, (void)connection;
  return strdup(target);
}

static void drop_target(void *context, struct MHD_Connection *connection, void **target,
                        enum MHD_RequestTerminationCode code) {
  (void)context, (void)connection, (void)code;
  free(*target);
  *target = NULL;
}

static const char *header(struct MHD_Connection *connection, const char *name) {
  return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static void put_headers(struct MHD_Response *response, const Reply *reply) {
  static const char *const always[][2] = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
       "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cache-Control", "no-cache"}, // ask again, with the ETag
      {"Vary", "Accept"},
  };
  for (size_t i = 0; i < COUNT(always); i++)
    MHD_add_response_header(response, always[i][0], always[i][1]);
  char value[200];
  snprintf(value, sizeof value, "%s; charset=utf-8", reply->type);
  MHD_add_response_header(response, "Content-Type", value);
  if (*reply->tag)
    MHD_add_response_header(response, "ETag", reply->tag);
  if (reply->status == 405)
    MHD_add_response_header(response, "Allow", "GET, HEAD");
  if (reply->file) {
    snprintf(value, sizeof value, "attachment; filename=\"%s\"", reply->file);
    MHD_add_response_header(response, "Content-Disposition", value);
  }
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *body,
                              size_t *body_size, void **target) {
  (void)url, (void)version, (void)body, (void)body_size;
  Request request = {.method = method, .target = *target ? *target : "",
                     .host = header(connection, "Host"), .origin = header(connection, "Origin"),
                     .site = header(connection, "Sec-Fetch-Site"),
                     .accept = header(connection, "Accept"),
                     .known = header(connection, "If-None-Match")};
  Reply reply;
  serve_answer(context, &request, &reply);
  struct MHD_Response *response = MHD_create_response_from_buffer(
      reply.body.len, reply.body.len ? reply.body.at : (void *)"", MHD_RESPMEM_MUST_COPY);
  out_free(&reply.body);
  if (!response)
    return MHD_NO;
  put_headers(response, &reply);
  enum MHD_Result result = MHD_queue_response(connection, (unsigned)reply.status, response);
  MHD_destroy_response(response);
  return result;
}

BedeStatus serve_start(Serve *serve, uint16_t *port, BedeError *err) {
  struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                           .ai_socktype = SOCK_STREAM}, *address = NULL;
  char digits[8];
  const char *host = serve->plan.host;
  snprintf(digits, sizeof digits, "%u", serve->plan.port);
  if (getaddrinfo(!strcmp(host, "localhost") ? "127.0.0.1" : host, digits, &hints, &address))
    return fail(err, BEDE_IO, "%s: is no address to listen at", host);
  unsigned flags = MHD_USE_AUTO_INTERNAL_THREAD | (address->ai_family == AF_INET6 ? MHD_USE_IPv6 : 0u);
  unsigned threads = MAX(serve->plan.threads, 1);
  errno = 0;
  serve->daemon = MHD_start_daemon(
      flags, serve->plan.port, NULL, NULL, handle, serve, MHD_OPTION_SOCK_ADDR, address->ai_addr,
      MHD_OPTION_THREAD_POOL_SIZE, threads > 1 ? threads : 0u, MHD_OPTION_CONNECTION_LIMIT,
      (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)LINGER,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS, MHD_OPTION_URI_LOG_CALLBACK, keep_target,
      NULL, MHD_OPTION_NOTIFY_COMPLETED, drop_target, NULL, MHD_OPTION_END);
  int why = errno;
  freeaddrinfo(address);
  if (!serve->daemon)
    return fail(err, BEDE_IO, "%s:%u: cannot listen: %s", host, serve->plan.port,
                why ? strerror(why) : "the address is taken or not allowed");
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(serve->daemon, MHD_DAEMON_INFO_BIND_PORT);
  *port = serve->port = info ? info->port : serve->plan.port;
  return BEDE_OK;
}

void serve_stop(Serve *serve) {
  if (serve->daemon)
    MHD_stop_daemon(serve->daemon);
  serve->daemon = NULL;
}
