// words.h - closed lists of words and phrases, one text file each under
// data/en/words/: a phrase a line, and after a tab what it stands for.
//
// A list is added by a line in WORDS_MAP and a file of that name. Phrases are
// looked up in lower case (ASCII), word by word as the tokens are.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/phrase.h"

// Lists, in the order of the stages that use them.
#define WORDS_MAP(X)                                                           \
  X(AGENCIES, "agencies")           /* read: "(Xinhua)" -> Xinhua */           \
  X(ABBREVIATIONS, "abbreviations") /* split: "Dec." does not end a sentence */ \
  X(MULTIWORD, "multiword")         /* split: "cannot" -> can not */           \
  X(IRREGULAR, "irregular")         /* parse: met -> meet */                   \
  X(LEMMAS, "lemmas")               /* parse: wolves -> NNS wolf */           \
  X(VERBS, "verbs")                 /* parse: verbs of news */                 \
  X(DITRANSITIVE, "ditransitive")   /* parse: give (Chile aid) */              \
  X(SPEECH_VERBS, "speech-verbs")   /* mention: say, tell, add */              \
  X(SUPPORT_VERBS, "support-verbs") /* event: pay (a visit), hold (talks) */    \
  X(SUBJECT_CONTROL, "subject-control") /* event: promise T to do */            \
  X(STATUS, "status")               /* event: planned (visit) -> planned */     \
  X(NOUNS, "nouns")                 /* event: town -> place, series -> quantity */ \
  X(TOPICS, "topics")               /* event: earthquake -> disaster */         \
  X(CONFIDENCE, "confidence")     /* event: rule feature -> weight */           \
  X(CAMEO, "cameo")                 /* event: code -> Goldstein value */         \
  X(CALENDAR, "calendar")           /* mention: months, days, seasons */       \
  X(NUMBERS, "numbers")             /* mention: seven -> 7, million -> 1e6 */  \
  X(UNITS, "units")                 /* mention: dollars -> USD, km -> km */    \
  X(CHANGES, "changes")             /* mention: more than -> > */              \
  X(LABELS, "labels")               /* split, mention, event: Flight -> number */ \
  X(RARITY, "rarity")               /* record: kidnap -> 5.5 */               \
  X(COUNTRY_CODES, "country-codes") /* export: CHN -> CH 710 China */

typedef enum WordSet {
#define X(name, file) WORDS_##name,
  WORDS_MAP(X)
#undef X
      WORDS_COUNT
} WordSet;

typedef struct Words Words;
struct Words {
  const Image *image;
  Phrases sets[WORDS_COUNT];
};

// What the phrase (words parted by single blanks, any case) stands for: its
// second field, "" where it has none, NULL where the list does not have it.
const char *words_find(const Words *words, WordSet set, Str phrase);
// Does the word stand for this kind, one of those its second field names?
bool words_of_kind(const Words *words, WordSet set, Str word, const char *kind);
// The longest phrase of the list that begins at the token: the number of its
// tokens, 0 where there is none; *value (may be NULL) as of words_find.
uint32_t words_match(const Words *words, WordSet set, const BedeDoc *doc,
                     uint32_t token, const char **value);

BedeStatus words_build(const char *folder, ImageWriter *writer, BedeError *err);
BedeStatus words_open(const Image *image, Words *out, BedeError *err);
