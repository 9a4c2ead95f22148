// test_archive.c - web archives, feeds and packed files. All texts are invented;
// the files are those that fuzzing starts from.
// SPDX-License-Identifier: Apache-2.0
#include "read/read.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <cmocka.h>

static BedeModel *model;

#define FERRY "The port council voted on Tuesday to buy a second ferry for the island, after two " \
              "years of talks with the yard."

// Documents as "url|id|title|published|author|text", messages as "!…", a line
// each. name: below tests/fuzz/corpus.
static void expect_read(const char *name, const char *want) {
  char path[512];
  snprintf(path, sizeof path, "%s/tests/fuzz/corpus/%s", getenv("BEDE_SOURCE"), name);
  const char *inputs[] = {path};
  Reader *reader = reader_new(model, inputs, 1);
  Out out = {0};
  BedeDoc *doc;
  BedeError err = {0};
  while (reader_next(reader, &doc, &err)) {
    if (doc) {
      const Frame *f = &doc->frame;
      assert_null(doc_check(doc));
      out_print(&out, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s\n", STR_ARG(f->url), STR_ARG(f->id), STR_ARG(f->title),
                STR_ARG(f->published), (int)(f->authors.count ? f->authors.items[0].len : 0),
                f->authors.count ? f->authors.items[0].at : "", STR_ARG(doc->text));
      doc_free(doc);
    } else {
      size_t skip = strlen(path) + 1;
      out_print(&out, "!%s\n", err.message + skip + (err.message[skip] == ' '));
    }
  }
  out_char(&out, 0);
  assert_string_equal(out.at, want);
  out_free(&out);
  reader_free(reader);
}

#define PAGE "http://a.example/1|http://a.example/1||||" FERRY "\n"

static void answers_are_plain_chunked_or_packed(void **state) {
  (void)state;
  expect_read("warc/three", PAGE PAGE PAGE);
}

static void a_cut_archive_gives_what_is_before_the_cut(void **state) {
  (void)state;
  expect_read("warc/cut", PAGE PAGE "!record at byte 631 (http://a.example/1): is cut short\n");
  expect_read("packed/warc.gz", PAGE "!record at byte 293 (http://a.example/1): is cut short: its last "
                                     "gzip member has no end\n");
}

static void a_length_that_lies_is_told(void **state) {
  (void)state;
  expect_read("warc/length", "!record at byte 0: is cut short\n");
}

static void items_of_feeds_are_documents(void **state) {
  (void)state;
  expect_read("feed/rss", "http://a.example/1|http://a.example/1|Ferry & fares|2031-07-04T09:15+02:00|"
                          "Maren Holt|" FERRY "\n\nFares stay.\n"
                          "http://a.example/2|http://a.example/2|Second|||" FERRY "\n");
  expect_read("feed/atom", "http://a.example/3|http://a.example/3|A|2031-07-04T09:15Z|Idris Bell|" FERRY "\n");
}

static void news_items_in_xml_are_documents(void **state) {
  (void)state;
  expect_read("feed/nitf", "|x1|Ferry bought|2031-07-04T09:15Z|Maren Holt|" FERRY "\n\nFares stay.\n");
  expect_read("feed/newsml", "|urn:x:2|Ferry bought|2031-07-04T09:15+02:00||" FERRY "\n");
}

static void rows_of_tables_are_documents(void **state) {
  (void)state;
  expect_read("csv/commas", "|7|Ferry, \"fares\"|2031-07-04||" FERRY "\r\n\r\nFares stay.\n"
                            "!5: has 2 columns, not 5 as the head\n"
                            "|9|Second|2031-07-05||The port council voted on Tuesday to buy a second "
                            "ferry for the island after two years of talks with the yard.\n");
  expect_read("csv/tabs", "http://a.example/1|http://a.example/1||||" FERRY "\n"
                          "!4: a quotation mark is not closed\n");
}

static void petrarch_sentences_are_documents(void **state) {
  (void)state;
  expect_read("feed/petrarch", "|TID_1||2031-07-04||" FERRY "\n");
}

// ---- reading on from where it was left

enum { PARTS = 40 };

typedef enum Form { LINES, TABLE, ARCHIVE } Form;
typedef enum Pack { PLAIN, GZIP_EACH, GZIP_WHOLE, ZSTD_EACH, ZSTD_WHOLE, ZSTD_DICTIONARY } Pack;

#define DICTIONARY FERRY FERRY // raw: any bytes will do

static void part_put(Out *out, Form form, int i) { // i < 0: the head
  Out body = {0};
  out_print(&body, "Day %d. " FERRY, i);
  if (form == LINES && i >= 0)
    out_print(out, "{\"id\":\"%d\",\"text\":\"%s\"}\n", i, body.at);
  else if (form == TABLE)
    i < 0 ? out_text(out, "id,text,date\n") : out_print(out, "%d,\"%s\nEnd.\",2031-07-04\n", i, body.at);
  else if (i >= 0)
    out_print(out, "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
                   "WARC-Target-URI: http://a.example/%d\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n",
              i, body.len, body.at);
  out_free(&body);
}

static void packed_write(FILE *file, Pack pack, const Out *out) {
  char room[1 << 16];
  size_t len = out->len;
  if (pack == PLAIN) {
    memcpy(room, out->at, len);
  } else if (pack == GZIP_EACH || pack == GZIP_WHOLE) {
    z_stream z = {.next_in = (Bytef *)out->at, .avail_in = (uInt)len, .next_out = (Bytef *)room,
                  .avail_out = sizeof room};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    len = sizeof room - z.avail_out;
    deflateEnd(&z);
  } else if (pack == ZSTD_DICTIONARY) {
    ZSTD_CCtx *packer = ZSTD_createCCtx();
    if (!ftell(file)) { // before all others, in a frame that is passed over
      uint32_t size = sizeof DICTIONARY - 1;
      const unsigned char head[] = {0x5D, 0x2A, 0x4D, 0x18, size & 255, size >> 8 & 255, 0, 0};
      assert_int_equal(fwrite(head, 1, sizeof head, file), sizeof head);
      assert_int_equal(fwrite(DICTIONARY, 1, size, file), size);
    }
    len = ZSTD_compress_usingDict(packer, room, sizeof room, out->at, len, DICTIONARY,
                                  sizeof DICTIONARY - 1, 3);
    assert_false(ZSTD_isError(len));
    ZSTD_freeCCtx(packer);
  } else {
    len = ZSTD_compress(room, sizeof room, out->at, len, 3);
    assert_false(ZSTD_isError(len));
  }
  assert_int_equal(fwrite(room, 1, len, file), len);
}

static bool from_place(void *context, ReaderPlace *place) {
  const ReaderPlace *from = context;
  assert_string_equal(place->path, from->path);
  assert_int_equal(place->size, from->size);
  *place = *from;
  return true;
}

// Reads the documents behind a place, or all; keeps the places behind each. How many.
static int read_from(const char *path, ReaderPlace *from, char ids[PARTS][32], ReaderPlace *places) {
  const char *inputs[] = {path};
  Reader *reader = reader_new(model, inputs, 1);
  Record record;
  BedeError err = {0};
  BedeDoc *doc;
  int count = 0;
  if (from)
    reader_resume(reader, from_place, from);
  for (; reader_take(reader, &record, &err); count++) {
    record_read(model, &record, &doc, &err);
    if (!doc)
      fail_msg("%s", err.message);
    assert_true(count < PARTS);
    snprintf(ids[count], sizeof ids[0], "%.*s", STR_ARG(doc->frame.id));
    if (places) {
      places[count] = record.reached;
      places[count].path = strdup(record.reached.path);
    } else { // messages name the same lines
      assert_non_null(strstr(record.place, path));
    }
    doc_free(doc);
    record_free(&record);
  }
  reader_free(reader);
  return count;
}

static void a_file_is_gone_on_with_where_it_was_left(void **state) {
  (void)state;
  char path[] = "/tmp/bede-place-XXXXXX";
  assert_true(close(mkstemp(path)) == 0);
  for (Form form = LINES; form <= ARCHIVE; form++) {
    for (Pack pack = PLAIN; pack <= ZSTD_DICTIONARY; pack++) {
      static char all[PARTS][32], rest[PARTS][32];
      static ReaderPlace places[PARTS];
      FILE *file = fopen(path, "w");
      Out out = {0};
      bool each = pack == GZIP_EACH || pack == ZSTD_EACH || pack == ZSTD_DICTIONARY;
      for (int i = -1; i < PARTS; i++) {
        part_put(&out, form, i);
        if (each && out.len) {
          packed_write(file, pack, &out);
          out_reset(&out);
        }
      }
      if (!each)
        packed_write(file, pack, &out);
      fclose(file);
      out_free(&out);
      assert_int_equal(read_from(path, NULL, all, places), PARTS);
      assert_int_equal(places[PARTS - 1].line, form == LINES ? PARTS : form == TABLE ? 1 + 2 * PARTS : 0);
      if (each) // nothing before the member has to be unpacked
        assert_true(places[PARTS - 1].member > 0 && places[PARTS / 2].member_at > 0);
      if (pack == GZIP_WHOLE || pack == ZSTD_WHOLE)
        assert_int_equal(places[PARTS - 1].member, 0);
      for (int i = 0; i < PARTS; i++) {
        int count = read_from(path, &places[i], rest, NULL);
        assert_int_equal(count, PARTS - 1 - i);
        for (int k = 0; k < count; k++)
          assert_string_equal(rest[k], all[i + 1 + k]);
      }
      places[0].done = true; // then nothing is read
      assert_int_equal(read_from(path, &places[0], rest, NULL), 0);
      for (int i = 0; i < PARTS; i++)
        free((char *)places[i].path);
    }
  }
  unlink(path);
}

// Half of a file: what is missing is told whenever it is read on.
static void a_file_that_breaks_off_is_never_done(void **state) {
  (void)state;
  char path[] = "/tmp/bede-place-XXXXXX";
  const char *inputs[] = {path};
  ReaderPlace last = {0};
  assert_true(close(mkstemp(path)) == 0);
  FILE *file = fopen(path, "w");
  Out out = {0};
  for (int i = 0; i < PARTS; i++)
    part_put(&out, LINES, i);
  packed_write(file, GZIP_WHOLE, &out);
  long size = ftell(file);
  fclose(file);
  out_free(&out);
  assert_int_equal(truncate(path, size / 2), 0);
  for (int run = 0; run < 3; run++) {
    Reader *reader = reader_new(model, inputs, 1);
    Record record;
    BedeError err = {0};
    ReaderPlace from = last;
    int count = 0;
    if (run)
      reader_resume(reader, from_place, &from);
    for (bool broken = false; reader_take(reader, &record, &err); count++) {
      assert_false(broken);
      broken = record.reached.broken;
      last = record.reached;
      last.path = path;
      record_free(&record);
    }
    assert_true(run ? count == 1 : count > 1);
    assert_true(last.broken && last.at && (!run || last.at == from.at));
    assert_non_null(strstr(err.message, "is cut short"));
    reader_free(reader);
  }
  unlink(path);
}

int main(void) {
  BedeError err = {0};
  if (bede_model_open(getenv("BEDE_DATA"), &model, &err)) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(answers_are_plain_chunked_or_packed),
      cmocka_unit_test(a_cut_archive_gives_what_is_before_the_cut),
      cmocka_unit_test(a_length_that_lies_is_told),
      cmocka_unit_test(items_of_feeds_are_documents),
      cmocka_unit_test(rows_of_tables_are_documents),
      cmocka_unit_test(petrarch_sentences_are_documents),
      cmocka_unit_test(news_items_in_xml_are_documents),
      cmocka_unit_test(a_file_is_gone_on_with_where_it_was_left),
      cmocka_unit_test(a_file_that_breaks_off_is_never_done),
  };
  int status = cmocka_run_group_tests(tests, NULL, NULL);
  bede_model_free(model);
  return status;
}
