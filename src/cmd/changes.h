// changes.h - what has become of a document's events: added, deleted, corrected.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cmd/cmd.h"
#include "store/store.h"

typedef struct Changes Changes;
struct Changes {
  Show show;
  Out out;
  uint64_t added, deleted, corrected, same; // events so far
};

typedef struct Version Version; // who coded a document's events
struct Version {
  const char *program, *data;
};

void changes_head(Changes *changes); // of a table or CSV
// Prints what differs between two codings of a document; one may be NULL. Events
// of one id are the same event; of the rest, those are that stand on the same
// words (where the text has changed: on the same words with the same actors).
// Certainty, rule and story alone make no difference. why: "" or what came of
// the document.
void changes_put(Changes *changes, const BedeDoc *old, const BedeDoc *new, const Version *was,
                 const Version *is, const char *why);
