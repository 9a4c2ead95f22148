// internal.h - what the files of read/ share.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "read/read.h"

// ---- dates.c

// The day that is written at s[*at], which moves behind it: "Dec. 31, 2023",
// "31 December 2023", "Sunday, Dec. 31", "2023-12-31", "31.12.2023". Year 0
// where none is said. False, and *at stays, where there is none.
bool read_day_at(Str s, size_t *at, Day *out);
// The first day with a year in s, and where it stands.
bool read_find_day(Str s, Day *out, Span *where);
// The first time of day in s: "18:47", "6:47 PM".
bool read_find_time(Str s, int *hour, int *minute);
// The year in which the day without year is nearest to `near`.
Day read_nearest(Day day, Day near);

// ---- dateline.c

typedef struct Dateline Dateline;
struct Dateline {
  Str place;  // "BEIJING", as it stands; "" where there is none
  Str region; // "South Korea"; "" where there is none
  Str agency; // as the list of agencies has it, else as it stands; "" if none
  Day day;    // year 0 where none is said; month 0 where there is no day
  size_t end; // behind the dateline and its dash
};

// The dateline that text begins with. alone: a place in capitals that fills
// the line counts too.
bool read_dateline(const BedeModel *model, Str text, bool alone, Dateline *out);
// Fills what doc->frame does not have yet.
void read_keep_dateline(const BedeModel *model, BedeDoc *doc, const Dateline *dateline);
// An agency of the list that s is, "" where it is none.
Str read_agency(const BedeModel *model, Str s);

// ---- dispatch.c

// Plain text with its frame: fills doc->frame and doc->text.
void read_dispatch(const BedeModel *model, BedeDoc *doc, Str text);

// ---- reader.c

// Looks for a dateline in doc->text, which stays whole.
void read_find_dateline(const BedeModel *model, BedeDoc *doc);
// The last steps for all kinds: doc->day, its basis, date, language, id.
void read_finish(BedeDoc *doc);

// ---- page.c

bool read_looks_html(Str head); // do the first bytes of a file look so?
// RECORD_PAGE and RECORD_PIECE.
BedeStatus read_page(const BedeModel *model, const Record *record, BedeDoc **out, BedeError *err);

// ---- csv.c

// RECORD_ROW: the text is kept whole.
BedeStatus read_row(const BedeModel *model, const Record *record, BedeDoc **out, BedeError *err);

// ---- marks.c

uint16_t read_marks(Str names); // MARK_… of a class or id (body.h)

// ---- jsonl.c

// One object of JSON Lines. A line that is none, or has no text: BEDE_INPUT;
// the message begins with place ("news.jsonl:7").
BedeStatus read_json(const BedeModel *model, Str line, const char *place,
                     BedeDoc **out, BedeError *err);
