// store.h - documents and their events in a SQLite file.
//
// A run puts documents into the store, in batches of one transaction each: a
// run that is killed loses at most the open batch, and the next goes on. What
// stands in the store depends only on the documents, the program and the data:
// coding a document again changes nothing, coding it with another program or
// other data replaces its events. Tables: schema.sql.
//
//   Store *store;
//   if (store_open("bede.db", STORE_WRITE, &store, err)) …
//   store_begin(store, &run, err);
//   store_put(store, doc, &put, err);        // as often as wanted
//   store_finish(store, err);
//   store_close(store);                      // drops what was not committed
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"
#include "read/place.h"
#include "record/record.h"

enum { STORE_BATCH = 64, STORE_VERSION = 7 }; // documents; of the schema

typedef struct Store Store;
typedef enum StoreMode { STORE_READ, STORE_WRITE } StoreMode;

// STORE_WRITE makes the file where there is none, and brings an older schema
// up to date; STORE_READ never writes. BEDE_STORE with a reason where the file
// cannot be used: no database, another program's, a newer schema, no right.
BedeStatus store_open(const char *path, StoreMode mode, Store **out, BedeError *err);
void store_close(Store *store);

// ---- writing

typedef struct StoreRun StoreRun;
struct StoreRun {
  const char *program, *data, *options; // see the table runs
  const BedeModel *model; // tells rare words, for stories; NULL: all are rare
};

// Says who codes. A run of the same program and data that was stopped is taken
// up again; the run is written with the first document that changes something.
BedeStatus store_begin(Store *store, const StoreRun *run, BedeError *err);

typedef enum StorePut { PUT_SAME, PUT_NEW, PUT_VERSION, PUT_RECODED, PUT_COPY } StorePut;

// Stores a coded document. After an error nothing of the open batch is kept.
BedeStatus store_put(Store *store, const BedeDoc *doc, StorePut *out, BedeError *err);

// ---- near-copies
//
// Where wanted, of documents that are near-copies (fingerprint_alike) only one is
// stored, which stands for all: the one published first, then that with the least
// id. Of the others their addresses are kept (table copies). What is stored does
// not depend on the order of the documents.

void store_merge_copies(Store *store);
// Does a document of the store stand for this one, or is it the very same, so that
// it need not be coded?
BedeStatus store_is_copy(Store *store, const Fingerprint *f, const BedeDoc *doc, bool *out,
                         BedeError *err);
// Keeps the address of a document that was not coded: PUT_COPY, PUT_SAME. Any other
// *out: it is to stand for itself after all, and nothing was kept.
BedeStatus store_put_copy(Store *store, const BedeDoc *doc, StorePut *out, BedeError *err);
// How many near-copies the store knows the addresses of.
BedeStatus store_copies(Store *store, int64_t *out, BedeError *err);
// The ids of a document's near-copies, the first `limit` by time of publishing, into an
// array of the arena; *count: how many there are in all.
BedeStatus store_copies_of(Store *store, int64_t document, uint32_t limit, Arena *arena, Str **out,
                           uint32_t *count, BedeError *err);

// Says how far a file was read, all before it being stored; kept with the open batch.
BedeStatus store_reached(Store *store, const ReaderPlace *place, BedeError *err);
// How far the file of this path, size and time was read by a run of the same program
// and data: fills in the rest. *known is false where that is not known.
BedeStatus store_place(Store *store, ReaderPlace *place, bool *known, BedeError *err);
// Commits the open batch.
BedeStatus store_commit(Store *store, BedeError *err);
// Finds the stories of what is new, commits, and marks the run as finished.
BedeStatus store_finish(Store *store, BedeError *err);

// The documents that this run need not code, as the store is now: read-only,
// for many threads.
typedef struct StoreKnown StoreKnown;
BedeStatus store_known(Store *store, StoreKnown **out, BedeError *err);
bool store_is_known(const StoreKnown *known, const BedeDoc *doc);
void store_known_free(StoreKnown *known);

// ---- reading

// Actors: "CHN", "CHN.GOV", or a piece of a name, told by a small letter.
// Zero and NULL ask for nothing.
typedef struct StoreQuery StoreQuery;
struct StoreQuery {
  const char *id;             // of the event
  const char *source, *target;
  const char *either, *other; // one side is `either`, the other side `other`
  const char *type, *status;
  const char *from, *until;   // days, as precise as wanted; overlapping counts
  const char *words;          // all of them in the sentence, or their beginnings
  const char *speaker;        // who says so
  const char *place;          // a country's code, or a name
  const char *story;          // its story, also by a former id
  const char *where;          // a condition in the language of docs/RECORD.md
  bool once;                  // of each story its first event alone
  uint32_t limit;
  uint32_t strongest;         // the so many strongest stories alone, each by its
                              // strongest report: intensity, certainty, reports
  bool draw;                  // in an order that depends on seed and ids only
  uint64_t seed;
};

typedef struct StoreHit StoreHit;
struct StoreHit {
  int64_t document; // key, for store_load
  uint32_t event;   // its index in the loaded document
};

typedef struct StoreHits StoreHits;
struct StoreHits {
  StoreHit *items; // malloc'ed
  uint32_t count;
};

// Is it a condition of that language? BEDE_USAGE and what was expected.
BedeStatus store_where(const char *where, BedeError *err);
// Events of current documents, by date, document and place in the text.
BedeStatus store_find(Store *store, const StoreQuery *query, StoreHits *out, BedeError *err);
// The key of the stored version of a document that was read; 0: it has none.
BedeStatus store_key(Store *store, const BedeDoc *doc, int64_t *out, BedeError *err);
// A document with its layers, but no tokens and names: fit for json_event.
BedeStatus store_load(Store *store, int64_t document, BedeDoc **out, BedeError *err);

// The same from its parse, without mentions and events: fit for the stages behind
// the parse. NULL where the store has no parse by this network (network_version).
BedeStatus store_load_parsed(Store *store, int64_t document, uint64_t network, BedeDoc **out,
                             BedeError *err);
// The keys of all current documents, by date and id. malloc'ed.
BedeStatus store_documents(Store *store, int64_t **out, uint32_t *count, BedeError *err);

typedef struct StorePair StorePair; // a document in two stores
struct StorePair {
  int64_t old, new; // keys; 0: not there
};
typedef struct StorePairs StorePairs;
struct StorePairs {
  StorePair *items; // malloc'ed; by id
  uint32_t count;
  uint64_t same;    // documents left out
};
// Current documents of which text, frame, program or data are not the same.
BedeStatus store_pairs(Store *old, Store *new, StorePairs *out, BedeError *err);

typedef struct StoreVersion StoreVersion; // of what coded
struct StoreVersion {
  char program[64], data[64];
  int64_t documents;
};
typedef struct StoreDigest StoreDigest;
struct StoreDigest {
  uint64_t hash; // of ids, texts and frames of current documents
  int64_t documents;
  char first[11], last[11]; // their days
  StoreVersion versions[8]; // the most frequent
  uint32_t version_count;
};
BedeStatus store_digest(Store *store, StoreDigest *out, BedeError *err);

typedef struct StoreAnswer StoreAnswer; // to a question
struct StoreAnswer {
  uint64_t hash; // of ids, types, statuses, days and stories, in their order
  uint32_t events, stories;
  double goldstein; // mean
};
BedeStatus store_answer(Store *store, const StoreHits *hits, StoreAnswer *out, BedeError *err);

typedef struct StoreStory StoreStory;
struct StoreStory {
  int64_t reports, documents, independent; // see the view stories
};
// 0 reports where there is no such story.
BedeStatus store_story(Store *store, uint64_t story, StoreStory *out, BedeError *err);

// ---- series: events that a query finds, counted by period

typedef enum SeriesUnit { SERIES_DAY, SERIES_WEEK, SERIES_MONTH, SERIES_YEAR } SeriesUnit;

typedef struct StorePeriod StorePeriod;
struct StorePeriod {
  char period[11];    // 2024, 2024-05, 2024-05-01; a week by its Monday
  int64_t reports;    // events
  int64_t stories;    // of them; -1: not counted, as no actor was asked for
  int64_t quads[4];   // stories by quad class
  int64_t types[EVENT_TYPES]; // stories by type; reports where those are not counted
  double goldstein;   // mean over reports
  int64_t all;        // events of the whole store in the period, of that status
  int64_t documents;  // documents of the period that were read
};

typedef struct StoreSeries StoreSeries;
struct StoreSeries {
  StorePeriod *rows; // malloc'ed; all periods from the first to the last
  uint32_t count;
};

// Events dated less precisely than the unit are left out.
BedeStatus store_series(Store *store, const StoreQuery *query, SeriesUnit unit, StoreSeries *out,
                        BedeError *err);

// ---- pledges: what was planned or promised, and what came of it

#define PLEDGE_MAP(X)                                                          \
  X(KEPT, "kept") X(DROPPED, "dropped") X(POSTPONED, "postponed")              \
  X(OVERDUE, "overdue") X(OPEN, "open")

typedef enum PledgeState {
#define X(name, text) PLEDGE_##name,
  PLEDGE_MAP(X)
#undef X
      PLEDGE_STATES
} PledgeState;
extern const char *const pledge_states[PLEDGE_STATES];

typedef struct Pledge Pledge; // one story of planned events
struct Pledge {
  StoreHit first;          // its first report
  Day due_begin, due_end;  // year 0: not said
  Day said, last_said;     // days of the documents
  uint32_t reports;
  PledgeState state;
  StoreHit outcome;        // what it was kept, dropped or postponed by
  Day outcome_day;         // year 0: none
};

typedef struct Pledges Pledges;
struct Pledges {
  Pledge *items; // malloc'ed
  uint32_t count;
};

// By the day they are due, those without a day last. due: a day, month or year
// in which it is due; NULL: any. as_of: the day on which it is asked; NULL: the
// last day of which there is a document. query.status is not asked for.
// What was done counts as kept if its sides and type are the same, its day is
// about that on which it was due (or within 400 days, where that was not said),
// and its words, act or mode are alike; what is denied then drops it, what is
// planned again for later postpones it.
BedeStatus store_pledges(Store *store, const StoreQuery *query, const char *due,
                         const char *as_of, Pledges *out, BedeError *err);

// ---- verdicts of people who read events

// role: what is wrong; "" where the event is right.
BedeStatus store_judge(Store *store, const BedeDoc *doc, uint32_t event, bool right,
                       const char *role, BedeError *err);
BedeStatus store_is_judged(Store *store, uint64_t event, bool *out, BedeError *err);

typedef struct StoreJudged StoreJudged;
struct StoreJudged {
  char what[8];         // all, type, actor; wrong: how often a role was
  char name[16];
  int64_t judged, right;
  double low, high;     // of the share that is right, with 95% (Wilson)
};
typedef struct StoreJudgedList StoreJudgedList;
struct StoreJudgedList {
  StoreJudged *items; // malloc'ed
  uint32_t count;
};
BedeStatus store_judged(Store *store, StoreJudgedList *out, BedeError *err);

// How sure events of a type are, by what was judged so far: of the type, or where
// none of it was, of all. judged 0: nothing was judged.
BedeStatus store_precision(Store *store, StoreJudged out[EVENT_TYPES], BedeError *err);

typedef struct StoreCounts StoreCounts;
struct StoreCounts {
  int64_t documents, events, runs; // documents: current versions
  int64_t copies;                  // near-copies of them, at other addresses
};
BedeStatus store_counts(Store *store, StoreCounts *out, BedeError *err);
// Program and data of the run that coded a document.
BedeStatus store_run_of(Store *store, int64_t document, Arena *arena, StoreRun *out,
                        BedeError *err);
