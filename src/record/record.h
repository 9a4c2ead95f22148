// record.h - reports of the same thing found and merged.
//
// Two reports are compared by the rare words they share: each has a *sign*, its
// words weighted by how rare they are in English (data/en/words/rarity.txt).
// The weights are fixed, so that a pair has the same score in any collection,
// and all numbers are whole, so that sums do not depend on their order.
//
// Pairs whose score reaches STORY_LIMIT are links. What hangs together by links
// is a component, and is parted into stories by itself: from the bottom up, the
// two groups most alike on average first, as long as they are no looser
// together than each is in itself (STORY_TIGHT). One strong pair thus never
// draws two groups together. The result depends on the set of items alone,
// given in their canonical order: by day, then by id.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/model.h"

enum {
  SIGN_WORDS = 120,      // words of a document's sign
  SIGN_SENTENCE = 40,    // of an event's
  SIGN_TOP = 24,         // its weightiest, of which two reports must share two
  SIGN_ONE = 4096,       // the score of a sign with itself
  SKETCH = 64,           // hashes of a document's sketch
  STORY_DAYS = 7,        // reports further apart in time are never one story
  STORY_LIMIT = 737,     // 0.18 of SIGN_ONE
  STORY_COMPONENT = 1000 // larger ones are parted at a higher limit first
};
#define UNDATED INT32_MIN

typedef struct SignWord SignWord;
struct SignWord {
  uint32_t word;   // hash
  uint16_t weight; // the weights' squares add up to SIGN_ONE squared
  uint16_t top;    // 1: among the SIGN_TOP weightiest
};

typedef struct Sign Sign;
struct Sign {
  const SignWord *words; // by hash
  uint32_t count;
};

// ---- sign.c

// The sign of `count` tokens; the weightiest `limit` words count.
Sign sign_make(const BedeModel *model, const BedeDoc *doc, uint32_t first, uint32_t count,
               uint32_t limit, Arena *arena);
int32_t sign_alike(const Sign *a, const Sign *b); // 0 … SIGN_ONE
bool sign_meet(const Sign *a, const Sign *b);     // do they share two top words?

// The least hashes of a document's runs of five words, ascending: what is left
// of it to tell copies by (Broder 1997, bottom-k). Returns how many.
uint32_t sketch_make(const BedeDoc *doc, uint32_t out[SKETCH]);
// Half of the runs of words are the same: one is a copy of the other.
bool sketch_is_copy(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count);

// ---- fingerprint.c: near-copies told before a text is split and parsed

enum { FINGERPRINT_HASHES = 64, FINGERPRINT_BANDS = 16 };

typedef struct Fingerprint Fingerprint;
struct Fingerprint {
  uint64_t words;   // hash of all words in their order: equal texts
  uint64_t numbers; // and of the numbers among them, whatever their order
  int32_t day;      // of the document, or UNDATED
  bool empty;       // there are no words
  uint16_t hashes[FINGERPRINT_HASHES];
};

void fingerprint_make(const BedeDoc *doc, Fingerprint *out);
// Texts that are alike are sure, but for one pair in ten thousand, to have a band
// in common.
void fingerprint_bands(const Fingerprint *f, int64_t out[FINGERPRINT_BANDS]);
// Four fifths of the runs of words are the same (as far as 64 hashes tell), and
// the days are the same; or they are within STORY_DAYS, or not known, and the
// numbers are the same, so that a daily bulletin is not taken for yesterday's.
bool fingerprint_alike(const Fingerprint *a, const Fingerprint *b);
// Minutes since 1970, UTC where the offset is given, to tell which was first;
// a day without a time is over; INT64_MAX where nothing is known.
int64_t published_at(Str published, Day day);

// ---- cluster.c

typedef struct Link Link;
struct Link {
  uint32_t a, b; // items, a < b
  int32_t score;
};

// The score of two items, 0 … SIGN_ONE.
typedef int32_t (*Alike)(const void *items, uint32_t a, uint32_t b);

// Parts items into stories: out[i] is the least item of i's story. Items stand
// in canonical order, links are all pairs that reach STORY_LIMIT. Where skip is
// given, components for which skip(items, members, count) is true are left as
// they are (out[i] = NONE).
typedef bool (*Skip)(void *items, const uint32_t *members, uint32_t count);
void record_part(void *items, uint32_t count, Alike alike, const Link *links, uint32_t link_count,
                 Skip skip, uint32_t *out);

// ---- story.c

typedef struct Report Report; // a document, as far as its story asks
struct Report {
  Str id;
  int32_t day;    // as of day_number, or UNDATED
  Sign sign;
  bool fresh;     // its links are wanted
  int64_t place;  // where it came from; the caller's
  const uint32_t *sketch;
  uint32_t sketch_count;
};

int report_order(const void *a, const void *b); // canonical, for qsort
int32_t report_alike(const void *reports, uint32_t a, uint32_t b);
typedef Array(Link) Links;
// All links of fresh reports. Reports are in canonical order.
void report_links(const Report *reports, uint32_t count, Arena *arena, Links *out);
// The story that begins with this report.
uint64_t report_story(const Report *report);

// ---- stories of events

typedef struct Telling Telling; // an event, as far as its story asks
struct Telling {
  Str id;
  uint64_t pair;      // hash of who, whom and what, with the type in the last
                      // four bits: only equal ones are compared
  int32_t day;        // when it happened, or where that is vague, of the report
  int32_t first;      // the first day on which it may lie
  uint32_t length;    // and how many; 1 is exact
  uint64_t story;     // of its document
  int64_t document;
  uint32_t sentence;
  uint32_t trigger;   // hash of the lemmas
  uint32_t place;     // hash; 0 not known
  uint32_t mode;      // hash; 0 none
  uint32_t count;     // 2 for "two meetings"
  uint32_t names[2];  // hashes of the two sides' persons; 0 none
  Sign sign;          // of its sentence
  bool fresh;
  bool planned;       // the caller's, as the key is
  int64_t key;        // where it came from
};

int telling_order(const void *a, const void *b); // by pair, day, id
int32_t telling_alike(const void *tellings, uint32_t a, uint32_t b);
void telling_links(const Telling *tellings, uint32_t count, Arena *arena, Links *out);
uint64_t telling_story(const Telling *telling);
// What doc's event has of this: all but story and document, which are the store's.
Telling telling_make(const BedeModel *model, const BedeDoc *doc, uint32_t event, Arena *arena);

// ---- changes.c

// Marks the periods with which a series of counts takes another level: the one
// cut that makes two Poisson rates fit best is made where it gains 3 ln n in
// log-likelihood, and each part is cut likewise (binary segmentation; Scott and
// Knott 1974). A rate is counts by exposure: what was read in the period.
void series_changes(const double *counts, const double *exposure, uint32_t count, bool *out);
