// parsed.c - the parse of a document, kept small: sentences, words, lemmas, tags,
// the tree and names, so that mentions and events can be found anew with other
// actors or clauses without parsing again (bede whatif).
//
// A row of the table parses is packed by zstd. Unpacked, all numbers are written
// seven bits a byte, the lowest first, the eighth bit saying that more follow:
//   tokens, names
//   of each token: bytes between the token before and its begin, its length,
//     1 if it begins a sentence | space << 1 | glued << 2, head - token (zigzag),
//     upos, deprel, xpos, feats, lemma (0 none; n the n-th string met; n one above
//     all met: its length and bytes follow)
//   of each name: tokens between the name before and its first, count, type
// SPDX-License-Identifier: Apache-2.0
#include "store/internal.h"
#include <zstd.h>

enum { LEVEL = 3, LARGEST = 256 << 20 };

static void put(Out *out, uint64_t n) {
  for (; n > 127; n >>= 7)
    out_char(out, (char)(n | 128));
  out_char(out, (char)n);
}

static uint64_t zigzag(int64_t n) { return n < 0 ? 2 * (uint64_t)-n - 1 : 2 * (uint64_t)n; }
static int64_t unzigzag(uint64_t n) { return n & 1 ? -(int64_t)(n / 2) - 1 : (int64_t)(n / 2); }

static void write_parse(const BedeDoc *doc, Arena *arena, Out *out) {
  Array(Text) met = {0};
  uint32_t *slots, room = 64, end = 0;
  while (room < 2 * doc->tokens.count + 2)
    room *= 2;
  slots = arena_alloc(arena, room * sizeof *slots);
  put(out, doc->tokens.count);
  put(out, doc->names.count);
  for (uint32_t i = 0; i < doc->tokens.count; i++) {
    const Token *t = &doc->tokens.items[i];
    bool first = t->sentence < doc->sentences.count && doc->sentences.items[t->sentence].first == i;
    put(out, zigzag((int64_t)t->span.begin - end)); // words of one multiword token share bytes
    put(out, t->span.end - t->span.begin);
    put(out, first | (unsigned)t->space << 1 | (unsigned)t->glued << 2);
    put(out, zigzag((int64_t)t->head - i));
    put(out, t->upos), put(out, t->deprel), put(out, t->xpos), put(out, t->feats);
    end = t->span.end;
    if (!t->lemma) {
      put(out, 0);
      continue;
    }
    Str lemma = str_of(doc_string(doc, t->lemma));
    uint32_t at = (uint32_t)hash_str(lemma) & (room - 1);
    while (slots[at] && !str_equal(str_of(doc_string(doc, met.items[slots[at] - 1])), lemma))
      at = (at + 1) & (room - 1);
    if (slots[at]) {
      put(out, slots[at]);
      continue;
    }
    array_push(arena, &met, t->lemma);
    slots[at] = met.count;
    put(out, met.count);
    put(out, lemma.len);
    out_str(out, lemma);
  }
  for (uint32_t i = 0, last = 0; i < doc->names.count; i++) {
    const Name *n = &doc->names.items[i];
    put(out, zigzag((int64_t)n->first - last));
    put(out, n->count), put(out, n->type);
    last = n->first;
  }
}

BedeStatus parsed_put(Store *store, const BedeDoc *doc, int64_t document, BedeError *err) {
  if (!doc->tokens.count || !store->network)
    return BEDE_OK;
  Arena arena = {0};
  Out plain = {0};
  write_parse(doc, &arena, &plain);
  size_t room = ZSTD_compressBound(plain.len);
  char *packed = arena_alloc(&arena, room);
  size_t size = ZSTD_compress(packed, room, plain.at, plain.len, LEVEL);
  BedeStatus status = BEDE_OK;
  if (!ZSTD_isError(size))
    status = RUN(store, err, "INSERT OR REPLACE INTO parses VALUES (?, ?, ?)", I(document),
                 I(store->network),
                 ((Value){.kind = 'b', .t = {packed, size}}));
  out_free(&plain);
  arena_free(&arena);
  return status;
}

// ---- and back; nothing is believed before it is checked

typedef struct Input Input;
struct Input {
  const unsigned char *at, *end;
  bool bad;
};

// Less than 2^35, which is more than is written, so that sums of them are no trouble.
static uint64_t take(Input *in) {
  uint64_t n = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    if (in->at == in->end)
      break;
    unsigned char byte = *in->at++;
    n |= (uint64_t)(byte & 127) << shift;
    if (byte < 128)
      return n;
  }
  in->bad = true;
  return 0;
}

static bool read_parse(BedeDoc *doc, Input *in) {
  Arena *arena = &doc->arena;
  Array(Text) met = {0};
  uint64_t tokens = take(in), names = take(in);
  int64_t end = 0, sentence = -1, last = 0;
  if (in->bad || tokens > (uint64_t)(in->end - in->at) || names > tokens)
    return false;
  for (uint32_t i = 0; i < tokens; i++) {
    int64_t begin = end + unzigzag(take(in));
    end = begin + (int64_t)take(in);
    uint64_t flags = take(in);
    int64_t head = i + unzigzag(take(in));
    uint64_t tags[4];
    for (int k = 0; k < 4; k++)
      tags[k] = take(in);
    uint64_t lemma = take(in);
    Token t = {.span = {(uint32_t)begin, (uint32_t)end}, .head = (uint32_t)head,
               .upos = (uint8_t)tags[0], .deprel = (uint8_t)tags[1], .xpos = (uint8_t)tags[2],
               .feats = (uint16_t)tags[3], .space = flags >> 1 & 1, .glued = flags >> 2 & 1};
    if (lemma == met.count + 1u) {
      uint64_t len = take(in);
      if (in->bad || len > (uint64_t)(in->end - in->at))
        return false;
      array_push(arena, &met, doc_text(doc, (Str){(const char *)in->at, len}));
      in->at += len;
    }
    sentence += flags & 1;
    if (in->bad || begin < 0 || end < begin || (uint64_t)end > doc->text.len || head < 0 ||
        (uint64_t)head >= tokens || tags[0] >= UPOS_COUNT || tags[1] >= DEPREL_COUNT ||
        tags[2] > UINT8_MAX || tags[3] > UINT16_MAX || lemma > met.count || sentence < 0 ||
        (uint64_t)sentence >= doc->sentences.count)
      return false;
    t.lemma = lemma ? met.items[lemma - 1] : 0;
    t.sentence = (uint32_t)sentence;
    Sentence *s = &doc->sentences.items[sentence];
    s->first = s->count++ ? s->first : i;
    array_push(arena, &doc->tokens, t);
  }
  for (uint32_t i = 0; i < names; i++) {
    int64_t first = last + unzigzag(take(in));
    uint64_t count = take(in), type = take(in);
    if (in->bad || first < 0 || !count || count > tokens || (uint64_t)first + count > tokens ||
        type >= COUNT(name_types))
      return false;
    array_push(arena, &doc->names,
               (Name){.first = (uint32_t)first, .count = (uint32_t)count, .type = (uint8_t)type,
                      .actor = NONE});
    last = first;
  }
  return sentence + 1 == (int64_t)doc->sentences.count;
}

bool parsed_read(BedeDoc *doc, const void *packed, size_t size) {
  unsigned long long room = ZSTD_getFrameContentSize(packed, size);
  if (room == ZSTD_CONTENTSIZE_ERROR || room == ZSTD_CONTENTSIZE_UNKNOWN || room > LARGEST)
    return false;
  Arena arena = {0};
  unsigned char *plain = arena_alloc(&arena, (size_t)room + 1);
  size_t got = ZSTD_decompress(plain, (size_t)room, packed, size);
  Input in = {plain, plain + room, false};
  bool good = !ZSTD_isError(got) && got == room && read_parse(doc, &in) && !doc_check(doc);
  arena_free(&arena);
  return good;
}

BedeStatus store_load_parsed(Store *store, int64_t key, uint64_t network, BedeDoc **out,
                             BedeError *err) {
  BedeDoc *doc = doc_new();
  sqlite3_stmt *s;
  bool parsed = false, good = true;
  BedeStatus status = load_text(store, doc, key, err);
  if (!status)
    status = QUERY(store, err, &s, "SELECT bytes FROM parses WHERE document = ? AND network = ?",
                   I(key), I(network));
  while (!status && store_row(store, s, &status, err)) {
    parsed = true;
    good = parsed_read(doc, sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0));
  }
  if (!status && !good)
    status = fail(err, BEDE_STORE, "%s: document %.*s is damaged: its parse cannot be read",
                  store->path, STR_ARG(doc->frame.id));
  if (status || !parsed) {
    doc_free(doc);
    doc = NULL;
  }
  *out = doc;
  return status;
}
