// test_serve.c - the page's server: who may ask, what is answered, and what
// clients do that are slow, wrong or gone.
// SPDX-License-Identifier: Apache-2.0
#include "made.h"
#include "serve/plot.h"
#include "serve/serve.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

static char folder[] = "/tmp/bede-serve-XXXXXX";
static char path[64];
static Serve *serve;
static uint16_t port;

// The made document, with markup wherever a text can stand.
static BedeDoc *hostile(void) {
  BedeDoc *doc = made_doc("<script>alert(1)</script>", 77);
  doc->frame.title = STR("\"><img src=x onerror=alert(1)>");
  doc->frame.url = STR("javascript:alert(1)");
  doc->frame.agency = STR("</title><script>alert(1)</script>");
  doc->actors.items[0].name = doc_text(doc, STR("<svg onload=alert(1)>"));
  memcpy(doc->actors.items[0].code, "<b>&\"", 6);
  doc->places.items[0].name = doc_text(doc, STR("]]><script>\x01'\"&"));
  return doc;
}

static void put(Store *store, BedeDoc *doc) {
  StorePut what;
  BedeError err = {0};
  if (store_put(store, doc, &what, &err))
    fail_msg("%s", err.message);
  doc_free(doc);
}

static void fill(int from, int until) {
  Store *store;
  BedeError err = {0};
  if (store_open(path, STORE_WRITE, &store, &err) ||
      store_begin(store, &(StoreRun){"1", "d", "code", NULL}, &err))
    fail_msg("%s", err.message);
  for (int i = from; i < until; i++) {
    char id[20];
    snprintf(id, sizeof id, "doc/%d", i);
    put(store, made_doc(id, (uint64_t)i * 64));
  }
  put(store, hostile());
  assert_int_equal(store_finish(store, &err), BEDE_OK);
  store_close(store);
}

static int open_all(void **state) {
  (void)state;
  BedeError err = {0};
  if (!mkdtemp(folder))
    return 1;
  snprintf(path, sizeof path, "%s/a.db", folder);
  fill(0, 30);
  ServePlan plan = {.db = path, .host = "127.0.0.1", .threads = 2};
  if (serve_new(&plan, &serve, &err) || serve_start(serve, &port, &err)) {
    print_message("%s\n", err.message);
    return 1;
  }
  return 0;
}

static int close_all(void **state) {
  (void)state;
  char command[100];
  serve_free(serve);
  snprintf(command, sizeof command, "rm -r %s", folder);
  return system(command) != 0;
}

static Reply asked(Request request) {
  Reply reply;
  char host[32];
  snprintf(host, sizeof host, "127.0.0.1:%u", port);
  if (!request.method)
    request.method = "GET";
  if (!request.host)
    request.host = host;
  serve_answer(serve, &request, &reply);
  out_char(&reply.body, 0);
  return reply;
}

static void expect(Request request, int status, const char *has) {
  Reply reply = asked(request);
  if (reply.status != status)
    fail_msg("%s: %d, not %d: %.200s", request.target, reply.status, status, reply.body.at);
  if (has && !strstr(reply.body.at, has))
    fail_msg("%s: no `%s` in: %.300s", request.target, has, reply.body.at);
  out_free(&reply.body);
}

static void get(const char *target, int status, const char *has) {
  expect((Request){.target = target}, status, has);
}

// ---- who may ask

static void only_reading_is_allowed(void **state) {
  (void)state;
  expect((Request){.method = "POST", .target = "/"}, 405, NULL);
  expect((Request){.method = "DELETE", .target = "/api/v1/events"}, 405, NULL);
  expect((Request){.method = "HEAD", .target = "/"}, 200, NULL);
}

static void another_name_for_this_host_is_refused(void **state) {
  (void)state;
  char own[40];
  expect((Request){.host = "evil.example", .target = "/"}, 421, NULL);
  expect((Request){.host = "127.0.0.1:1", .target = "/"}, 421, NULL);
  expect((Request){.host = "127.0.0.1.evil.example", .target = "/"}, 421, NULL);
  expect((Request){.host = "", .target = "/"}, 421, NULL);
  snprintf(own, sizeof own, "localhost:%u", port);
  expect((Request){.host = own, .target = "/"}, 200, NULL);
}

static void another_origin_may_not_read(void **state) {
  (void)state;
  char own[60];
  expect((Request){.origin = "http://evil.example", .target = "/api/v1/summary"}, 403, NULL);
  expect((Request){.origin = "null", .target = "/api/v1/summary"}, 403, NULL);
  expect((Request){.site = "cross-site", .target = "/api/v1/summary"}, 403, NULL);
  snprintf(own, sizeof own, "http://127.0.0.1:%u", port);
  expect((Request){.origin = own, .site = "same-origin", .target = "/api/v1/summary"}, 200, NULL);
}

// ---- what is answered

static void every_view_and_file_is_there(void **state) {
  (void)state;
  static const char *const views[] = {"/", "/relation?actor=A&other=B", "/map", "/matrix", "/calendar", "/about",
                                      "/event/x", "/document/doc/1", "/story/x", "/actor/PER"};
  for (size_t i = 0; i < COUNT(views); i++)
    get(views[i], 200, "<!doctype html>");
  get("/page.css", 200, "--paper");
  get("/page.js", 200, "DOMParser");
  get("/icon.svg", 200, "<svg");
  get("/api/v1/openapi.json", 200, "\"openapi\"");
}

static void what_is_not_there_is_404(void **state) {
  (void)state;
  static const char *const paths[] = {"/nothing", "/page.js/", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                                      "/api/v1/nothing", "/api/v1/events/", "/api/v1/events/0123456789abcdef",
                                      "/api/v1/events/'%20OR%201=1%20--", "/api/v1/documents/none",
                                      "/api/v1/documents/..%2f..%2fetc", "/api/v1/plot/x.svg", "/api/v1/stories/x", "/event/"};
  for (size_t i = 0; i < COUNT(paths); i++)
    get(paths[i], 404, "\"error\"");
}

static void what_makes_no_sense_is_400(void **state) {
  (void)state;
  static const char *const targets[] = {
      "nothing", "", "/%", "/%2", "/%zz", "/a%00b", "/%ff", "/api/v1/events?actor=%ff",
      "/api/v1/events?limit=0", "/api/v1/events?limit=-1", "/api/v1/events?limit=99999999999999999999",
      "/api/v1/events?limit=10001", "/api/v1/events?foo=1", "/api/v1/events?type=DANCE",
      "/api/v1/events?status=maybe", "/api/v1/events?quad=5", "/api/v1/events?from=yesterday",
      "/api/v1/events?from=2024-13", "/api/v1/events?until=2024-01-01x", "/api/v1/events?cursor=1_2",
      "/api/v1/events?cursor=a_b_c_d", "/api/v1/events?order=up", "/api/v1/series?unit=hour",
      "/api/v1/events?other=CHL", "/api/v1/plot/map.svg?width=100000",
      "/api/v1/plot/map.svg?box=1,2,3", "/api/v1/plot/map.svg?box=1,2,3,4,5", "/api/v1/plot/map.svg?box=30,0,10,20",
      "/api/v1/plot/map.svg?box=-181,0,10,20", "/api/v1/plot/map.svg?box=nan,0,10,20", "/api/v1/plot/map.svg?box=1e9,0,10,20",
      "/api/v1/plot/map.svg?box=0,0,0.5,20",
      "/api/v1/events.csv?order=strong"};
  for (size_t i = 0; i < COUNT(targets); i++)
    get(targets[i], 400, "\"error\"");
  char many[800] = "/api/v1/events?";
  for (int i = 0; i < 40; i++)
    strcat(many, "q=a&");
  get(many, 400, "parameters");
  char *longer = calloc(1, 6000);
  memset(longer, 'a', 5999);
  longer[0] = '/';
  get(longer, 414, "longer");
  free(longer);
}

static void words_of_sql_are_words(void **state) {
  (void)state;
  get("/api/v1/events?actor='%20OR%201=1%20--", 200, "\"total\":0");
  get("/api/v1/events?q=%25", 200, "\"events\"");
  get("/api/v1/events?actor=PER'%3B%20DROP%20TABLE%20events", 200, "\"total\":0");
}

static uint32_t total(const char *target) {
  Reply reply = asked((Request){.target = target});
  const char *at = strstr(reply.body.at, "\"total\":");
  if (reply.status != 200 || !at)
    fail_msg("%s: %d %.200s", target, reply.status, reply.body.at);
  uint32_t number = (uint32_t)strtoul(at + 8, NULL, 10);
  out_free(&reply.body);
  return number;
}

// The columns must choose as the SQL of `bede events` does.
static void the_page_finds_what_events_finds(void **state) {
  (void)state;
  Store *store;
  BedeError err = {0};
  assert_int_equal(store_open(path, STORE_READ, &store, &err), BEDE_OK);
  const struct {
    const char *target;
    StoreQuery query;
  } pairs[] = {
      {"/api/v1/events?limit=1", {0}},
      {"/api/v1/events?actor=PER", {.either = "PER"}},
      {"/api/v1/events?actor=PER&other=CHL", {.either = "PER", .other = "CHL"}},
      {"/api/v1/events?actor=CHL&other=PER", {.either = "CHL", .other = "PER"}},
      {"/api/v1/events?source=CHL", {.source = "CHL"}},
      {"/api/v1/events?target=PER.GOV", {.target = "PER.GOV"}},
      {"/api/v1/events?source=peru", {.source = "peru"}},
      {"/api/v1/events?type=CONSULT", {.type = "CONSULT"}},
      {"/api/v1/events?status=planned", {.status = "planned"}},
      {"/api/v1/events?from=2031", {.from = "2031"}},
      {"/api/v1/events?until=2030-05", {.until = "2030-05"}},
      {"/api/v1/events?q=million+FUND", {.words = "million FUND"}},
      {"/api/v1/events?q=lima+fund", {.words = "lima fund"}},
      {"/api/v1/events?q=mill", {.words = "mill"}},
  };
  for (size_t i = 0; i < COUNT(pairs); i++) {
    StoreHits hits;
    assert_int_equal(store_find(store, &pairs[i].query, &hits, &err), BEDE_OK);
    if (total(pairs[i].target) != hits.count)
      fail_msg("%s: %u, but `bede events` finds %u", pairs[i].target, total(pairs[i].target), hits.count);
    free(hits.items);
  }
  assert_true(total("/api/v1/events") >= 60);
  store_close(store);
}

static void pages_follow_each_other_in_both_orders(void **state) {
  (void)state;
  for (int newest = 0; newest < 2; newest++) {
    char target[200], cursor[100] = "";
    uint32_t seen = 0;
    char *all = calloc(1, 1 << 16); // ids met so far
    for (int page = 0; page < 200; page++) {
      snprintf(target, sizeof target, "/api/v1/events?limit=7&order=%s%s%s", newest ? "new" : "old",
               *cursor ? "&cursor=" : "", cursor);
      Reply reply = asked((Request){.target = target});
      assert_int_equal(reply.status, 200);
      for (const char *at = reply.body.at; (at = strstr(at, "{\"id\":\"")); at++) {
        char id[17] = "";
        memcpy(id, at + 7, 16);
        assert_null(strstr(all, id));
        strcat(all, id);
        seen++;
      }
      const char *next = strstr(reply.body.at, "\"next\":\"");
      *cursor = 0;
      if (next)
        snprintf(cursor, sizeof cursor, "%.*s", (int)strcspn(next + 8, "\""), next + 8);
      out_free(&reply.body);
      if (!*cursor)
        break;
    }
    assert_int_equal(seen, total("/api/v1/events"));
    free(all);
  }
}

// The fewer degrees, the finer the shapes; nothing of elsewhere is drawn.
static void a_part_of_the_world_has_finer_shapes(void **state) {
  (void)state;
  get("/api/v1/plot/map.svg", 200, "data-scale=\"110m\"");
  get("/api/v1/plot/map.svg?box=-25,34,45,72", 200, "data-scale=\"50m\"");
  get("/api/v1/plot/map.svg?box=-25.5,34,45,72", 200, "<title>MLT</title>");
  Reply reply = asked((Request){.target = "/api/v1/plot/map.svg?box=-25,34,45,72"});
  assert_null(strstr(reply.body.at, "<title>AUS</title>"));
  assert_null(strstr(reply.body.at, "<title>BRA</title>"));
  out_free(&reply.body);
}

static void what_has_not_changed_is_304(void **state) {
  (void)state;
  Reply reply = asked((Request){.target = "/api/v1/series"});
  assert_int_equal(reply.status, 200);
  expect((Request){.target = "/api/v1/series", .known = reply.tag}, 304, NULL);
  expect((Request){.target = "/api/v1/series", .known = "\"other\""}, 200, NULL);
  out_free(&reply.body);
}

static void form_follows_suffix_and_accept(void **state) {
  (void)state;
  get("/api/v1/events.csv", 200, "id,doc,begin");
  get("/api/v1/series.csv", 200, "begin,end,events");
  get("/api/v1/events.jsonl?limit=2", 200, "{\"id\":");
  expect((Request){.target = "/api/v1/pairs", .accept = "text/csv"}, 200, "a,b,events");
}

// Markup of the news must not stand as markup in a picture, nor in a reply that
// a browser would take for a page.
static void markup_of_the_news_stays_text(void **state) {
  (void)state;
  static const char *const pictures[] = {"timeline", "matrix", "map", "calendar"};
  for (size_t i = 0; i < COUNT(pictures); i++) {
    char target[60];
    snprintf(target, sizeof target, "/api/v1/plot/%s.svg", pictures[i]);
    Reply reply = asked((Request){.target = target});
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.type, "image/svg+xml");
    assert_null(strstr(reply.body.at, "<script"));
    assert_null(strstr(reply.body.at, "<b>"));
    assert_null(strstr(reply.body.at, "<svg onload"));
    assert_null(strchr(reply.body.at, '\x01'));
    out_free(&reply.body);
  }
  get("/api/v1/plot/matrix.svg", 200, "&lt;b&gt;&amp;&quot;");
  get("/api/v1/plot/map.svg", 200, "]]&gt;&lt;script&gt;");
  Reply reply = asked((Request){.target = "/api/v1/documents/%3Cscript%3Ealert(1)%3C/script%3E"});
  assert_int_equal(reply.status, 200);
  assert_string_equal(reply.type, "application/json");
  out_free(&reply.body);
}

static void what_is_written_meanwhile_is_seen(void **state) {
  (void)state;
  uint32_t before = total("/api/v1/events");
  fill(100, 103);
  for (int i = 0; i < 60 && total("/api/v1/events") == before; i++)
    usleep(50000);
  assert_true(total("/api/v1/events") > before);
}

static void counts_agree_with_each_other(void **state) {
  (void)state;
  Reply reply = asked((Request){.target = "/api/v1/series?unit=day"});
  uint32_t sum = 0;
  for (const char *at = reply.body.at; (at = strstr(at, "\"count\":")); at += 8)
    sum += (uint32_t)strtoul(at + 8, NULL, 10);
  static const char *const rest[] = {"\"before\":", "\"after\":", "\"vague\":", "\"undated\":"};
  for (size_t i = 0; i < COUNT(rest); i++)
    sum += (uint32_t)strtoul(strstr(reply.body.at, rest[i]) + strlen(rest[i]), NULL, 10);
  assert_int_equal(sum, total("/api/v1/events"));
  out_free(&reply.body);
}

// ---- over sockets

static int connected(int seconds) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct timeval limit = {.tv_sec = seconds};
  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (s < 0 || connect(s, (struct sockaddr *)&to, sizeof to))
    fail_msg("cannot connect");
  return s;
}

static void say(int s, const char *text) { (void)!send(s, text, strlen(text), MSG_NOSIGNAL); }

static int status_of(int s) {
  char head[16] = "";
  size_t len = 0;
  for (ssize_t got; len < 15 && (got = recv(s, head + len, 15 - len, 0)) > 0;)
    len += (size_t)got;
  return len > 12 ? atoi(head + 9) : 0;
}

static void say_get(int s) {
  char text[100];
  snprintf(text, sizeof text, "GET /api/v1/summary HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", port);
  say(s, text);
}

static void malformed_requests_do_no_harm(void **state) {
  (void)state;
  static const char *const texts[] = {"\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02",
                                      "GET / HTTP/1.1\r\nHost\r\n\r\n", "GET /api/v1/events HTTP/1.1\r\n\r\n",
                                      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"};
  for (size_t i = 0; i < COUNT(texts); i++) {
    int s = connected(1); // an answer, or none: both do
    say(s, texts[i]);
    shutdown(s, SHUT_WR);
    int status = status_of(s);
    assert_true(status == 0 || status >= 400);
    close(s);
  }
  int s = connected(20);
  say_get(s);
  assert_int_equal(status_of(s), 200);
  close(s);
}

// Two hundred clients of which most say half a request, or go away.
static void slow_clients_hold_up_nobody(void **state) {
  (void)state;
  int clients[200];
  for (int i = 0; i < 200; i++) {
    clients[i] = connected(20);
    if (i % 4 == 0)
      say(clients[i], "GET /api/v1/summary HTTP/1.1\r\nHo");
    else if (i % 4 == 1)
      say_get(clients[i]);
    else if (i % 4 == 2) {
      say_get(clients[i]);
      close(clients[i]);
      clients[i] = -1;
    }
  }
  time_t begun = time(NULL);
  int s = connected(20);
  say_get(s);
  assert_int_equal(status_of(s), 200);
  assert_true(time(NULL) - begun < 5);
  close(s);
  for (int i = 1; i < 200; i += 4)
    assert_int_equal(status_of(clients[i]), 200);
  for (int i = 0; i < 200; i++)
    if (clients[i] >= 0)
      close(clients[i]);
}

static int open_files(void) {
  DIR *folder = opendir("/proc/self/fd");
  int count = 0;
  while (folder && readdir(folder))
    count++;
  if (folder)
    closedir(folder);
  return count;
}

static long resident(void) { // pages
  long all = 0, here = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file && fscanf(file, "%ld %ld", &all, &here) != 2)
    here = 0;
  if (file)
    fclose(file);
  return here;
}

// Crowds come and go, some in the middle of an answer: sockets are given back, and
// memory is what it was after the first of them.
static void crowds_leave_nothing_behind(void **state) {
  (void)state;
  int files = open_files();
  long before = 0;
  for (int round = 0; round < 6; round++) {
    int clients[200];
    for (int i = 0; i < 200; i++) {
      clients[i] = connected(20);
      say_get(clients[i]);
      if (i % 3 == 0) {
        close(clients[i]); // without waiting for the answer
        clients[i] = -1;
      }
    }
    for (int i = 0; i < 200; i++) {
      if (clients[i] < 0)
        continue;
      assert_int_equal(status_of(clients[i]), 200);
      close(clients[i]);
    }
    if (round == 1)
      before = resident();
  }
  for (int i = 0; i < 200 && open_files() > files; i++)
    usleep(100000);
  assert_true(open_files() <= files + 2); // connections to the store may be kept
#ifndef __SANITIZE_ADDRESS__ // which keeps what was freed
  if (before) // not where there is no /proc
    assert_true(resident() - before < (8 << 20) / getpagesize());
#endif
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_reading_is_allowed),
      cmocka_unit_test(another_name_for_this_host_is_refused),
      cmocka_unit_test(another_origin_may_not_read),
      cmocka_unit_test(every_view_and_file_is_there),
      cmocka_unit_test(what_is_not_there_is_404),
      cmocka_unit_test(what_makes_no_sense_is_400),
      cmocka_unit_test(words_of_sql_are_words),
      cmocka_unit_test(the_page_finds_what_events_finds),
      cmocka_unit_test(pages_follow_each_other_in_both_orders),
      cmocka_unit_test(a_part_of_the_world_has_finer_shapes),
      cmocka_unit_test(what_has_not_changed_is_304),
      cmocka_unit_test(form_follows_suffix_and_accept),
      cmocka_unit_test(markup_of_the_news_stays_text),
      cmocka_unit_test(counts_agree_with_each_other),
      cmocka_unit_test(what_is_written_meanwhile_is_seen),
      cmocka_unit_test(malformed_requests_do_no_harm),
      cmocka_unit_test(slow_clients_hold_up_nobody),
      cmocka_unit_test(crowds_leave_nothing_behind),
  };
  return cmocka_run_group_tests(tests, open_all, close_all);
}
