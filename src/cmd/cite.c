// cite.c - `bede cite`: an answer of the store with all that makes it again: the
// question, the versions of program and knowledge, and hashes of what was read and
// of what was found.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stored.h"
#include <stdlib.h>
#include <time.h>

typedef struct Citation Citation;
struct Citation {
  StoreDigest store;
  StoreAnswer answer;
  Out question; // "CHN RUS --from 2024", as a shell takes it
  char read[17], found[17];
};

static bool is_plain(const char *word) {
  for (const char *c = word; *c; c++)
    if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/", *c))
      return false;
  return *word != 0;
}

static void put_word(Out *out, const char *word) {
  if (is_plain(word)) {
    out_text(out, word);
    return;
  }
  out_char(out, '\'');
  for (const char *c = word; *c; c++)
    *c == '\'' ? out_text(out, "'\\''") : out_char(out, *c);
  out_char(out, '\'');
}

static void put_option(Out *out, const char *name, const char *value) {
  if (!value)
    return;
  out_print(out, "%s--%s ", out->len ? " " : "", name);
  put_word(out, value);
}

static void put_question(Out *out, const Args *args) {
  for (size_t i = 0; i < args->count; i++) {
    if (out->len)
      out_char(out, ' ');
    put_word(out, args->inputs[i]);
  }
  put_option(out, "actor", args->actor);
  put_option(out, "target", args->target);
  put_option(out, "type", args->type);
  put_option(out, "status", args->status);
  put_option(out, "from", args->from);
  put_option(out, "until", args->until);
  put_option(out, "speaker", args->speaker);
  put_option(out, "place", args->place);
  put_option(out, "text", args->words);
  put_option(out, "where", args->where);
  if (args->once)
    out_print(out, "%s--once", out->len ? " " : "");
  if (!out->at)
    out_text(out, "");
}

static int this_year(void) {
  time_t seconds = time(NULL);
  struct tm utc;
  gmtime_r(&seconds, &utc);
  return utc.tm_year + 1900;
}

static void put_versions(Out *out, const Citation *c) {
  for (uint32_t i = 0; i < c->store.version_count; i++) {
    const StoreVersion *v = &c->store.versions[i];
    out_print(out, "%sBede %s with knowledge %s", i ? "; " : "", v->program, v->data);
    if (c->store.version_count > 1)
      out_print(out, " (%lld documents)", (long long)v->documents);
  }
}

static void put_numbers(Out *out, const Citation *c) {
  out_print(out, "%u events in %u stories, mean Goldstein value %.4f", c->answer.events,
            c->answer.stories, c->answer.goldstein);
}

static void put_line(Out *out, const Args *args, const Citation *c) {
  out_text(out, "bede cite");
  put_option(out, "db", args->db);
  if (c->question.len)
    out_print(out, " %s", c->question.at);
  out_print(out, " --expect %s-%s", c->read, c->found);
}

static void put_text(Out *out, const Args *args, const Citation *c) {
  out_print(out, "Events coded by Bede from %lld documents", (long long)c->store.documents);
  if (*c->store.first)
    out_print(out, " of %s to %s", c->store.first, c->store.last);
  out_print(out, ". Question: %s. Answer: ", c->question.len ? c->question.at : "all events");
  put_numbers(out, c);
  out_text(out, ". Coded by ");
  put_versions(out, c);
  out_print(out, ". Documents %s, answer %s.\n\n", c->read, c->found);

  out_print(out, "@misc{bede-%.8s,\n  title = {Political events coded by Bede: %s},\n  year = {%d},\n  note = {",
            c->found, c->question.len ? c->question.at : "all events", this_year());
  put_versions(out, c);
  out_print(out, "; %lld documents (%s); ", (long long)c->store.documents, c->read);
  put_numbers(out, c);
  out_print(out, " (%s)}\n}\n\n", c->found);
  put_line(out, args, c);
  out_char(out, '\n');
}

// Compares with what was cited; says what is not the same.
static int compare(const Args *args, const Citation *c) {
  Str rest = str_of(args->expect), read = str_cut(&rest, '-');
  bool same_read = str_equal(read, str_of(c->read)), same_found = str_equal(rest, str_of(c->found));
  if (!same_read)
    complain("the documents are not those that were cited (%s, not %.*s)", c->read, STR_ARG(read));
  if (!same_found)
    complain("the answer is not the one that was cited (%s, not %.*s): %u events in %u stories now",
             c->found, STR_ARG(rest), c->answer.events, c->answer.stories);
  return same_read && same_found ? DONE : SOME_FAILED;
}

static bool is_expected(const char *word) {
  if (!word || (strlen(word) == 33 && strspn(word, "0123456789abcdef") == 16 && word[16] == '-' &&
                strspn(word + 17, "0123456789abcdef") == 16))
    return true;
  usage_error("--expect needs two hashes as `bede cite` prints them, not `%s`", word);
  return false;
}

int cmd_cite(const Args *args) {
  Stored stored;
  StoreQuery query;
  StoreHits hits = {0};
  BedeError err;
  Citation c = {0};
  Out out = {0};
  if (!query_of(args, &query) || !is_expected(args->expect))
    return WRONG_USAGE;
  if (stored_open(args, &stored, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  BedeStatus status = store_find(stored.store, &query, &hits, &err);
  if (!status)
    status = store_digest(stored.store, &c.store, &err);
  if (!status)
    status = store_answer(stored.store, &hits, &c.answer, &err);
  int result = SOME_FAILED;
  if (status) {
    complain("%s", err.message);
  } else {
    hash_hex(c.store.hash, c.read);
    hash_hex(c.answer.hash, c.found);
    put_question(&c.question, args);
    result = args->expect ? compare(args, &c) : DONE;
    if (result == DONE)
      put_text(&out, args, &c);
    result = print_out(&out) && print_end() ? result : SOME_FAILED;
  }
  free(hits.items);
  out_free(&c.question);
  out_free(&out);
  stored_close(&stored);
  return result;
}
