// facts.h - what a page says of itself: headline, times, authors, address, in
// JSON-LD, meta tags, microdata, <time>, classes and the address.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "read/body.h"

typedef struct Facts Facts;
struct Facts {
  Str title;       // the best headline
  Str published;   // ISO 8601, as the page has it, offset kept; "" where none
  Str url, source; // canonical address; name of the site
  Str language;    // "en", of <html lang>
  Str text;        // articleBody of JSON-LD
  Array(Str) authors;
};

// url: where the page was fetched, "" where not known.
void facts_find(const Page *page, Str url, Facts *out);
// What only the article's own blocks can tell, after body_find: a byline, a
// time beside the headline.
void facts_add(const Page *page, const Body *body, Facts *facts);

// White space collapsed, and what was escaped twice resolved.
Str facts_tidy(Arena *arena, Str s);
// A day and perhaps a time as ISO 8601 with the offset that is given:
// "2023-12-31T18:47+08:00". "" where there is none, or an absurd one.
Str facts_time(Arena *arena, Str s);
