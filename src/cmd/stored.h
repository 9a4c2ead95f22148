// stored.h - documents of the store, loaded when they are first asked for.
//
// Events come by date, so the same few documents are asked for in turn.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cmd/cmd.h"
#include "store/store.h"

enum { STORED_SLOTS = 256 };

typedef struct Stored Stored;
struct Stored {
  Store *store;
  int64_t keys[STORED_SLOTS];
  BedeDoc *docs[STORED_SLOTS];
};

// Opens args->db for reading.
BedeStatus stored_open(const Args *args, Stored *out, BedeError *err);
// Borrowed until the next call.
BedeStatus stored_doc(Stored *stored, int64_t key, const BedeDoc **out, BedeError *err);
void stored_close(Stored *stored);
// The query that the options ask for; false after saying what is wrong.
bool known_date(const char *word, const char *option); // complains where it is none
bool query_of(const Args *args, StoreQuery *out);

// ---- spark.c: two lines of bars over time, cooperation and conflict

void show_sparks(const Show *show, Out *out, const StoreSeries *series, const char *unit);
