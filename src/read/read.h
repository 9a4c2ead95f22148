// read.h - files to documents with their frame.
//
// A file may be a web page, a web archive (WARC), a feed, JSON Lines, a table or
// plain text, packed with gzip or zstd or not; its content tells, not its name.
// A page is cut down to its article.
//
// What agencies and crawlers put around a text (headline, agency line, page
// time, dateline, web editors, "Reporting by", "-0-") is taken off and kept in
// doc->frame; the body stays. JSON Lines come with their frame in fields, and
// their text is kept byte for byte; only its dateline is looked at.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"
#include "read/place.h"

typedef struct Reader Reader;

// inputs: files, folders (read recursively, in byte order of names; hidden files
// and READMEs are passed over), or "-".
Reader *reader_new(const BedeModel *model, const char *const *inputs, size_t count);
// The next document, in order. False at the end. Where an input or a line
// cannot be read, *out is NULL and err says which and why; the next call goes
// on with the rest. With a document, err->message may hold a remark ("" where
// there is none): it was mended to valid UTF-8. The caller frees the document.
bool reader_next(Reader *reader, BedeDoc **out, BedeError *err);
// Bytes read and bytes in all (0 where not known, as for standard input).
void reader_progress(const Reader *reader, uint64_t *done, uint64_t *all);
void reader_free(Reader *reader);

// Called for each file that is opened; fills in from `at` on what is known of the
// file of that path, size and time; false: nothing is. A file that was done is
// passed over, another is gone on with, where its form allows (archives, lines,
// tables).
typedef bool (*ReaderResume)(void *context, ReaderPlace *place);
void reader_resume(Reader *reader, ReaderResume resume, void *context);

// reader_next in two steps, so that threads can share the second: what stands
// in the file for one document, and the document made of it.
typedef enum RecordKind {
  RECORD_BROKEN, // it could not be read; err says why
  RECORD_TEXT,   // plain text with its frame
  RECORD_JSON,   // an object of JSON Lines
  RECORD_PAGE,   // an HTML page
  RECORD_PIECE,  // HTML that is the article and nothing else, as in feeds
  RECORD_ROW,    // a text with its frame in fields, as tables have it
  RECORD_HTTP    // a server's answer, with its head
} RecordKind;

typedef struct Record Record;
struct Record {
  Arena arena; // of all strings here
  RecordKind kind;
  Str bytes, charset; // charset: as the server says, "" where it says nothing
  Str id, url, title, published, date, source, agency, author, language; // where told
  Str path;
  const char *place; // "news.jsonl:7", for messages
  ReaderPlace reached; // behind this record; its strings are the reader's
};

// As of reader_next; false at the end.
bool reader_take(Reader *reader, Record *out, BedeError *err);
// *out is NULL where it is no document, and err says why. Needs no reader.
void record_read(const BedeModel *model, const Record *record, BedeDoc **out, BedeError *err);
void record_free(Record *record);

// One document from memory. dispatch: take the frame out of the text; else the
// text is kept whole. Fills doc->frame, doc->text, doc->day; id: see
// FORMATS (url, else a hash of title, date and text). BEDE_TOO_BIG.
BedeStatus read_text(const BedeModel *model, const BedeInput *input,
                     BedeDoc **out, BedeError *err);

// Are the lines of the text broken at some 70 to 80 columns, so that a single
// line end is only a blank?
bool read_is_wrapped(Str text);
