// warc.h - the records of a web archive (WARC 1.0 and 1.1), and the answers of
// servers in them.
//
// Kept are pages: `response` records with an HTML page that was found (200),
// `resource` records that are HTML, and `conversion` records (text that others
// drew from pages). All else is passed over. A record that is cut short is told
// by its place and address; those before it are documents.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "read/read.h"
#include "read/stream.h"

bool warc_begins(Str head);
// The next page. True with out->kind RECORD_BROKEN where err says what is wrong;
// *stop: nothing behind it can be read. False at the end.
bool warc_next(Stream *stream, const char *name, size_t page_limit, Record *out, bool *stop,
               BedeError *err);
// The body of a server's answer: chunks joined, unpacked. BEDE_INPUT, BEDE_TOO_BIG.
BedeStatus http_body(Arena *arena, Str answer, size_t limit, const char *place, Str *out,
                     BedeError *err);
