// feed.h - news in XML: RSS and Atom feeds, NITF and NewsML-G2 items,
// PETRARCH's input.
//
// The file is one tree of bounded size and depth; entities that it declares are
// not resolved, and nothing else is opened. What is damaged gives the items
// before the damage.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "read/read.h"

typedef struct Feed Feed;

bool feed_begins(Str head);
// BEDE_INPUT where it is no XML, or none of these kinds.
BedeStatus feed_open(Str bytes, const char *name, Feed **out, BedeError *err);
// The next item: RECORD_PIECE or RECORD_ROW. False at the end.
bool feed_next(Feed *feed, const char *name, Record *out);
void feed_close(Feed *feed);
