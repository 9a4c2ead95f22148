// bede.h - the whole public interface: text in, events out.
//
//   BedeModel *model;  BedeDoc *doc;  BedeError err = {0};
//   if (bede_model_open("bede.image", &model, &err)) die(err.message);
//   BedeCoder *coder = bede_coder_new(model);
//   BedeInput input = {.text = text, .len = len, .date = "2024-03-05"};
//   if (bede_code(coder, &input, &doc, &err)) die(err.message);
//   for (size_t i = 0; i < bede_doc_event_count(doc); i++) {
//     BedeEvent e = bede_doc_event(doc, i);
//     printf("%s %s %s\n", e.source.code, e.type, e.target.code);
//   }
//   bede_doc_free(doc);  bede_coder_free(coder);  bede_model_free(model);
//
// Ownership: what `new`, `open` or a `**out` hands you, you free. A plain
// pointer got from a handle is borrowed and lives as long as that handle.
//
// Threads: a model never changes once open; share it. A coder serves one
// thread at a time; give each thread its own. There is no global state.
//
// Text is UTF-8 with a length and need not end in NUL; spans are byte offsets
// into it, half-open. Strings that come out end in NUL and are never NULL.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BEDE_VERSION "0.1.0"
#define BEDE_API __attribute__((visibility("default")))

// ---- errors

#define BEDE_STATUS_MAP(X)                                                     \
  X(OK, "ok")                                                                  \
  X(IO, "cannot read or write")                                                \
  X(SYNTAX, "a data file is malformed")                                        \
  X(INPUT, "an input document is malformed")                                   \
  X(IMAGE, "the knowledge image does not fit this program")                    \
  X(STORE, "the store cannot be used")                                         \
  X(TOO_BIG, "the document exceeds the coder's size limit")                    \
  X(USAGE, "wrong usage")

typedef enum BedeStatus {
#define X(name, text) BEDE_##name,
  BEDE_STATUS_MAP(X)
#undef X
} BedeStatus;

// A status and one sentence for people, complete enough to print.
typedef struct BedeError {
  BedeStatus status;
  char message[1024];
} BedeError;

BEDE_API const char *bede_status_text(BedeStatus status);

// ---- the model: lexicon, actors, codebook, weights; read-only

typedef struct BedeModel BedeModel;

// path: an image made by `bede data build`, or a folder of text (slower: it is
// compiled in memory). BEDE_IO, BEDE_SYNTAX or BEDE_IMAGE.
BEDE_API BedeStatus bede_model_open(const char *path, BedeModel **out,
                                    BedeError *err);
// The same with a user's own files beside the folder of text: dictionaries of
// actors (a table, or TABARI's or PETRARCH's) and codebooks. What they name is
// theirs alone. Both are NULL, 0 where there are none. Compiling takes seconds;
// `bede data build --actors FILE --codebook FILE` makes an image of it.
BEDE_API BedeStatus bede_model_open_own(const char *folder, const char *const *actors, size_t actor_count,
                                        const char *const *codebooks, size_t codebook_count,
                                        BedeModel **out, BedeError *err);
BEDE_API void bede_model_free(BedeModel *model);

// ---- the coder: a model and the scratch memory of one thread

typedef struct BedeCoder BedeCoder;
typedef struct BedeDoc BedeDoc;

// Largest text in bytes that bede_code takes; longer text is BEDE_TOO_BIG.
#define BEDE_TEXT_LIMIT (16u << 20)

BEDE_API BedeCoder *bede_coder_new(const BedeModel *model);
BEDE_API void bede_coder_free(BedeCoder *coder);

// One document. Only text is needed; the rest may be NULL.
typedef struct BedeInput {
  const char *text; // UTF-8; invalid bytes are replaced by U+FFFD
  size_t len;       // bytes
  const char *id;   // default: a hash of title, date and text
  const char *title;
  const char *date; // the day of the document, YYYY-MM-DD
  bool dispatch;    // true: take the frame (headline, agency, dateline,
                    // tails) out of the text, as for a plain-text file
} BedeInput;

// Reads, parses and codes one document. BEDE_TOO_BIG, BEDE_INPUT.
BEDE_API BedeStatus bede_code(BedeCoder *coder, const BedeInput *input,
                              BedeDoc **out, BedeError *err);
BEDE_API void bede_doc_free(BedeDoc *doc);

// ---- what is in a coded document

typedef struct BedeSpan {
  uint32_t begin, end;
} BedeSpan;

typedef struct BedeActor {
  BedeSpan span;      // 0,0: there is none
  const char *code;   // ISO 3166-1 alpha-3 or the actor table's code
  const char *sector; // PLOVER sector: GOV MIL LEG …
  const char *name;
} BedeActor;

typedef struct BedeEvent {
  char id[17];        // 16 hexadecimal digits: the same input and data give
                      // the same id
  const char *type;   // PLOVER: AGREE CONSULT SUPPORT …
  const char *cameo;  // CAMEO code, "042"
  const char *status; // actual planned conditional requested denied negated
  const char *rule;   // codebook entry
  BedeActor source, target, speaker;
  BedeSpan sentence, trigger;
  bool mutual;
  double goldstein, confidence;
} BedeEvent;

BEDE_API const char *bede_doc_text(const BedeDoc *doc, size_t *len);
BEDE_API size_t bede_doc_event_count(const BedeDoc *doc);
BEDE_API BedeEvent bede_doc_event(const BedeDoc *doc, size_t index);
// The document, its annotations, or one of its events as a JSON object of
// docs/DATA.md; the caller frees it with free().
BEDE_API char *bede_doc_json(const BedeDoc *doc);
BEDE_API char *bede_doc_annotation_json(const BedeDoc *doc);
BEDE_API char *bede_doc_event_json(const BedeDoc *doc, size_t index);

// ---- a store of coded documents, for reading

typedef struct BedeStore BedeStore;

// path: what `bede code --db` wrote. model: gives codes their names, and tells
// what else was considered; may be NULL, and must outlive the store. All events
// are read once into memory, some 60 bytes each. BEDE_STORE.
BEDE_API BedeStatus bede_store_open(const char *path, const BedeModel *model, BedeStore **out,
                                    BedeError *err);
BEDE_API void bede_store_close(BedeStore *store);
// What `bede serve` answers under /api/v1: "events?actor=CHN&limit=20",
// "series?unit=month", "plot/timeline.svg", … (its openapi.json has them all).
// The caller frees *out with free(). BEDE_INPUT where the question is wrong or
// what it names is not there. Threads may ask at the same time.
BEDE_API BedeStatus bede_store_ask(BedeStore *store, const char *question, char **out,
                                   BedeError *err);

#ifdef __cplusplus
}
#endif
