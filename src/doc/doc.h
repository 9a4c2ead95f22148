// doc.h - a document and the layers that grow over its text.
//
// The text never changes. Each stage adds one array of small records, and a
// record names byte spans of the text, indexes into layers below, or offsets
// of strings in doc->strings; never pointers. So any layer can be printed,
// compared, stored and traced back to the words that justify it.
//
//   text       bytes
//   sentences  spans of text                                        (split)
//   tokens     spans of text; words in the sense of UD; tags and tree
//              are filled in later by parse                         (split, parse)
//   names      spans of tokens                                      (parse)
//   actors     mentions of states, people, bodies, groups           (mention)
//   times, places, figures, speeches                                (mention)
//   events     who did what to whom: indexes of all of these        (event)
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

#define NONE UINT32_MAX // an index or offset that points at nothing

typedef struct Span Span;
struct Span {
  uint32_t begin, end; // bytes of the text, half-open
};

typedef uint32_t Text; // offset of a NUL-terminated string in doc->strings; 0 is ""

// ---- days

typedef struct Day Day;
struct Day {
  int16_t year;       // 0: no date at all
  uint8_t month, day; // 0: not known
};

// ---- split

typedef struct Sentence Sentence;
struct Sentence {
  Span span;
  uint32_t first, count; // its tokens
  uint32_t paragraph;    // number of its paragraph in the document, from 0
};

// ---- parse

// Universal Dependencies' parts of speech, in the order of their names.
#define UPOS_MAP(X)                                                            \
  X(NO_UPOS, "_") X(ADJ, "ADJ") X(ADP, "ADP") X(ADV, "ADV") X(AUX, "AUX")      \
  X(CCONJ, "CCONJ") X(DET, "DET") X(INTJ, "INTJ") X(NOUN, "NOUN")              \
  X(NUM, "NUM") X(PART, "PART") X(PRON, "PRON") X(PROPN, "PROPN")              \
  X(PUNCT, "PUNCT") X(SCONJ, "SCONJ") X(SYM, "SYM") X(VERB, "VERB") X(X, "X")

typedef enum Upos {
#define X(name, text) UPOS_##name,
  UPOS_MAP(X)
#undef X
      UPOS_COUNT
} Upos;

// Relations of Universal Dependencies 2 as the English treebanks use them.
#define DEPREL_MAP(X)                                                          \
  X(NONE, "_") X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl")       \
  X(ADVCL_RELCL, "advcl:relcl") X(ADVMOD, "advmod") X(AMOD, "amod")            \
  X(APPOS, "appos") X(AUX, "aux") X(AUX_PASS, "aux:pass") X(CASE, "case")      \
  X(CC, "cc") X(CC_PRECONJ, "cc:preconj") X(CCOMP, "ccomp")                    \
  X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt") X(CONJ, "conj")      \
  X(COP, "cop") X(CSUBJ, "csubj") X(CSUBJ_OUTER, "csubj:outer")                \
  X(CSUBJ_PASS, "csubj:pass") X(DEP, "dep") X(DET, "det")                      \
  X(DET_PREDET, "det:predet") X(DISCOURSE, "discourse")                        \
  X(DISLOCATED, "dislocated") X(EXPL, "expl") X(FIXED, "fixed")                \
  X(FLAT, "flat") X(GOESWITH, "goeswith") X(IOBJ, "iobj") X(LIST, "list")      \
  X(MARK, "mark") X(NMOD, "nmod") X(NMOD_DESC, "nmod:desc")                    \
  X(NMOD_POSS, "nmod:poss") X(NMOD_UNMARKED, "nmod:unmarked")                  \
  X(NSUBJ, "nsubj") X(NSUBJ_OUTER, "nsubj:outer") X(NSUBJ_PASS, "nsubj:pass")  \
  X(NUMMOD, "nummod") X(OBJ, "obj") X(OBL, "obl") X(OBL_AGENT, "obl:agent")    \
  X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan")                          \
  X(PARATAXIS, "parataxis") X(PUNCT, "punct") X(REPARANDUM, "reparandum")      \
  X(ROOT, "root") X(VOCATIVE, "vocative") X(XCOMP, "xcomp")

typedef enum Deprel {
#define X(name, text) DEPREL_##name,
  DEPREL_MAP(X)
#undef X
      DEPREL_COUNT
} Deprel;

extern const char *const upos_names[UPOS_COUNT];
extern const char *const deprel_names[DEPREL_COUNT];

typedef struct Token Token; // a word of UD: "don't" is two, the second glued
struct Token {
  Span span;
  uint32_t sentence; // its sentence
  uint32_t head;     // token index of the governor in doc; itself at the root
  Text lemma;
  uint8_t upos;      // Upos
  uint8_t deprel;    // Deprel
  uint8_t xpos;      // index into the network's labels
  uint8_t space;     // 1: white space (or the text's end) follows
  uint8_t glued;     // 1: continues the multiword token begun before it
  uint8_t free_[1];
  uint16_t feats;    // index into the network's labels
};

typedef enum NameType {
  NAME_PERSON, NAME_ORG, NAME_PLACE, NAME_EVENT, NAME_OTHER, NAME_NORP
} NameType;
extern const char *const name_types[6];

typedef struct Name Name;
struct Name {
  uint32_t first, count; // tokens
  uint8_t type;          // NameType
  uint32_t actor;        // the actor mention it belongs to, or NONE
};

// ---- mention

typedef enum ActorKind {
  ACTOR_NAME,      // "Xi Jinping", "China", "NATO"
  ACTOR_TITLED,    // "Chinese President Xi Jinping", "Norway's foreign minister"
  ACTOR_COMMON,    // "rebels", "two officials", "the ministry"
  ACTOR_ADJECTIVE, // "Chinese" before a noun that is no actor
  ACTOR_PRONOUN,   // "he", "it", "they"
  ACTOR_GROUP,     // "the two sides", "both leaders": members say who
  ACTOR_MARKED,    // by the user of `bede relate`; may be a thing: "a draft resolution"
} ActorKind;

typedef struct Actor Actor; // one mention of an actor
struct Actor {
  uint32_t first, count; // tokens of the mention, modifiers and apposed name
                         // included, relative clauses not
  uint32_t head;         // the token by which it hangs in the tree
  Span span;             // bytes of first … first + count - 1
  char code[12];         // "CHN", "UNO"; "" where unknown
  char sector[4];        // "GOV", "MIL"; "" where none
  uint8_t kind;          // ActorKind
  uint8_t number;        // grammatical: 1 singular, 2 plural
  uint8_t is_place;      // 1: used as a place here ("in Moscow")
  Text name;             // canonical: "Xi Jinping"; "" where none
  Text role;             // "president"; "" where none
  uint32_t antecedent;   // for what stands for an earlier mention: its index
  uint32_t member;       // ACTOR_GROUP: first in doc->members …
  uint32_t members;      // … and how many mentions
};

typedef enum TimeType { TIME_DATE, TIME_TIME, TIME_DURATION, TIME_SET } TimeType;
extern const char *const time_types[4];

typedef struct Time Time;
struct Time {
  uint32_t first, count; // tokens
  Span span;
  uint8_t type;          // TimeType
  Text value;            // TIMEX3 value: "2023-12-31", "2023", "P75Y"
  Day begin, end;        // first and last day, year 0 where it has none
};

typedef enum PlacePrecision { PRECISION_COUNTRY, PRECISION_TOWN, PRECISION_DIVISION, PRECISION_COUNTY, PRECISION_REGION } PlacePrecision;

typedef struct Place Place;
struct Place {
  uint32_t first, count; // tokens
  Span span;
  Text name;
  char country[4];       // ISO 3166-1 alpha-3, "" where unknown
  uint8_t located;       // 1: lat, lon hold
  double lat, lon;       // degrees
  uint32_t geonames;     // 0 where unknown
  Text division;         // name of the first-level division it lies in, 0 where unknown
  uint8_t precision;     // PlacePrecision: how much of the map the name is
  uint8_t confidence;    // percent that this place of the name is meant
};

typedef struct Figure Figure;
struct Figure {
  uint32_t first, count; // tokens
  Span span;
  double value, value2;  // value2: end of a range
  uint8_t has_value2;
  char change;           // '=' '~' '>' '<' 'u' up 'd' down
  Text unit;             // "USD", "%", "km", "troops"; "" where none
  Text of;               // what it measures; "" where not known
};

typedef enum SpeechKind { SPEECH_DIRECT, SPEECH_INDIRECT, SPEECH_MIXED } SpeechKind;
extern const char *const speech_kinds[3];

typedef struct Speech Speech;
struct Speech {
  Span span;             // what is said
  uint32_t first, count; // its tokens
  Span speaker, cue;     // {0,0} where there is none
  uint32_t speaker_head; // head token of the speaker, or NONE
  uint32_t cue_token;    // "said", or NONE
  uint32_t actor;        // the speaker as an actor mention, or NONE
  uint8_t kind;          // SpeechKind
};

// ---- event

#define PLOVER_MAP(X)                                                          \
  X(AGREE) X(CONSULT) X(SUPPORT) X(CONCEDE) X(COOPERATE) X(AID) X(RETREAT)     \
  X(REQUEST) X(ACCUSE) X(REJECT) X(THREATEN) X(PROTEST) X(SANCTION)            \
  X(MOBILIZE) X(COERCE) X(ASSAULT)

typedef enum EventType {
#define X(name) EVENT_##name,
  PLOVER_MAP(X)
#undef X
      EVENT_TYPES
} EventType;
extern const char *const event_types[EVENT_TYPES];
// Quad class of each type: 0 verbal cooperation, 1 material cooperation,
// 2 verbal conflict, 3 material conflict.
extern const uint8_t event_quads[EVENT_TYPES];
extern const char *const quad_names[4];

#define STATUS_MAP(X)                                                          \
  X(ACTUAL, "actual") X(PLANNED, "planned") X(CONDITIONAL, "conditional")      \
  X(REQUESTED, "requested") X(DENIED, "denied") X(NEGATED, "negated")

typedef enum EventStatus {
#define X(name, text) STATUS_##name,
  STATUS_MAP(X)
#undef X
      STATUS_COUNT
} EventStatus;
extern const char *const status_names[STATUS_COUNT];

typedef enum DateBasis { BASIS_NONE, BASIS_TEXT, BASIS_DATELINE, BASIS_PUBLISHED } DateBasis;
extern const char *const basis_names[4];

typedef struct Derived Derived; // a fact that follows from an event, by reasoning
struct Derived {
  Text statement; // "diplomatic relations established"
  Text code;      // "CHN-RUS"
  Day begin, end;
  Text reason;
};

// What an event's confidence rests on, besides its type, status and sides.
#define FEATURE_MAP(X)                                                         \
  X(ORDER, "order")             /* word order matched, not the tree */         \
  X(NOUN, "noun")               /* a verb's clause, by its noun */             \
  X(NOUN_CLAUSE, "noun clause") /* a clause of a noun */                       \
  X(SOURCE_DUG, "source dug")   /* found inside the noun phrase */             \
  X(TARGET_DUG, "target dug")                                                  \
  X(SOURCE_NONE, "source none") X(TARGET_NONE, "target none")                  \
  X(SOURCE_UNKNOWN, "source unknown") X(TARGET_UNKNOWN, "target unknown") /* no code */ \
  X(SOURCE_STANDS, "source stands") X(TARGET_STANDS, "target stands") /* for one before */ \
  X(SOURCE_PLAIN, "source plain") X(TARGET_PLAIN, "target plain") /* private people, firms, media */ \
  X(SPOKEN, "spoken")           /* somebody in the text says so */             \
  X(LONG, "long")               /* more than 40 words in the sentence */       \
  X(DEEP, "deep")               /* the word hangs in a clause inside another */ \
  X(SAME, "same")               /* both sides have one code */                 \
  X(WORDS, "words")             /* the clause has words beside its verb */

enum {
#define X(name, text) FEATURE_##name##_,
  FEATURE_MAP(X)
#undef X
      EVENT_FEATURES
};
enum {
#define X(name, text) FEATURE_##name = 1 << FEATURE_##name##_,
  FEATURE_MAP(X)
#undef X
};
extern const char *const feature_names[EVENT_FEATURES];

typedef struct Event Event;
struct Event {
  uint64_t id;
  uint64_t story;                  // 0: not known; a store knows it
  uint32_t sentence;
  uint32_t trigger;                // token that carries the meaning
  Span trigger_span;               // all words of the clause that matched
  uint8_t type, status;            // EventType, EventStatus
  uint32_t features;               // FEATURE_…, while it is coded; a store does not keep them
  uint8_t mutual, by_order;        // by_order: word order matched, not the tree
  uint32_t source, target;         // actor mentions, or NONE
  uint32_t withs, with_count;      // doc->members: others on the source's side
  uint32_t behalves, behalf_count; // doc->members: those spoken for
  uint32_t target_withs, target_with_count;
  uint32_t speech;                 // doc->speeches, or NONE: the agency narrates
  uint32_t speaker;                // actor mention, or NONE
  Span speaker_span;               // {0,0} where the agency narrates
  Day begin, end;                  // when; year 0: not known
  uint8_t basis, inferred;         // DateBasis; 1: not said, concluded
  uint32_t times, time_count;      // doc->members: time expressions used
  uint32_t places, place_count;    // doc->members: places
  uint32_t figures, figure_count;  // doc->members: figures
  uint32_t count;                  // 2 for "two meetings"; 1 usually
  Text pledge;                     // what was promised; "" where nothing was
  Day due_begin, due_end;          // by when; year 0: not said
  uint8_t due_inferred;
  uint32_t derived, derived_count; // doc->derived
  Text rule;                       // "consult/meet.with"
  Text cameo, mode, context;       // contexts parted by blanks
  float goldstein, confidence;
  uint32_t trace, trace_count;     // doc->members used as strings: why (Text)
};

// ---- the frame: what the agency put around the text

typedef struct Frame Frame;
struct Frame {
  Str id, path, url, title, published, date; // "" where there is none;
  Str agency, source, language;              // published "2023-12-31T18:47"
  Str dateline_place, dateline_country, dateline_date;
  Array(Str) authors, editors;
  Span dateline; // in text, where the text holds it; {0,0} else
};

struct BedeDoc {
  Arena arena; // all of the document; BedeDoc itself is malloc'ed
  Str text;
  Frame frame;
  Day day;                // of the dateline, else the page; year 0: unknown
  uint8_t day_basis;      // DateBasis
  Array(char) strings;    // what Text points into; begins with NUL
  Array(Sentence) sentences;
  Array(Token) tokens;
  Array(Name) names;
  Array(Actor) actors;
  Array(Time) times;
  Array(Place) places;
  Array(Figure) figures;
  Array(Speech) speeches;
  Array(Event) events;
  Array(Derived) derived;
  Array(uint32_t) members; // runs of indexes that records above name
};

BedeDoc *doc_new(void);
void doc_free(BedeDoc *doc);
Text doc_text(BedeDoc *doc, Str s);                    // adds a string
const char *doc_string(const BedeDoc *doc, Text text); // never NULL
Str doc_span(const BedeDoc *doc, Span span);
Str doc_word(const BedeDoc *doc, uint32_t token); // its form
// Bytes from the begin of token first to the end of token first + count - 1.
Span doc_token_span(const BedeDoc *doc, uint32_t first, uint32_t count);
// Where a browser shows a sentence of the document's page: its address with a text
// fragment (WICG, Text Fragments: "#:~:text=first words,last words"). Nothing where
// the document has no address on the web.
void doc_shown_at(const BedeDoc *doc, Span span, Out *out);
bool word_is(const BedeDoc *doc, uint32_t token, const char *lower); // ASCII case aside
bool lemma_is(const BedeDoc *doc, uint32_t token, const char *lemma);

// The invariants of every layer. Returns NULL where all hold, else the first
// that does not, in words. Called by tests, fuzz targets and debug builds.
const char *doc_check(const BedeDoc *doc);

// ---- days

bool day_parse(Str s, Day *out);       // YYYY, YYYY-MM, YYYY-MM-DD, at its begin
void day_print(Day day, char out[11]); // "" for none; as precise as it is
int32_t day_number(Day day);           // days since 1970-01-01 (month, day 0 count as 1)
Day day_of_number(int32_t number);
int day_weekday(Day day);              // 0 Monday … 6 Sunday
int day_compare(Day a, Day b);
int days_in_month(int year, int month);
