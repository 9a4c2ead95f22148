// read.h - files to documents with their frame.
//
// What agencies and crawlers put around a text (headline, agency line, page
// time, dateline, web editors, "Reporting by", "-0-") is taken off and kept in
// doc->frame; the body stays. JSON Lines come with their frame in fields, and
// their text is kept byte for byte; only its dateline is looked at.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"

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

// One document from memory. dispatch: take the frame out of the text; else the
// text is kept whole. Fills doc->frame, doc->text, doc->day; id: see
// FORMATS (url, else a hash of title, date and text). BEDE_TOO_BIG.
BedeStatus read_text(const BedeModel *model, const BedeInput *input,
                     BedeDoc **out, BedeError *err);

// Are the lines of the text broken at some 70 to 80 columns, so that a single
// line end is only a blank?
bool read_is_wrapped(Str text);
