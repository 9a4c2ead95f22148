// parse.c - tags, lemmas, names and trees of a document.
// SPDX-License-Identifier: Apache-2.0
#include "parse/internal.h"
#include <stdlib.h>

struct Parser {
  const BedeModel *model;
  const Kernel *kernel;
  Arena arena; // of one document's call
  Scores scores[PIECES];
  Features *features[PIECES];
  uint32_t *heads;
  uint32_t room; // words that each of the scores has room for
  void *work;
  Out lemma, mended;
};

Parser *parser_new(const BedeModel *model) {
  Parser *p = calloc(1, sizeof *p);
  if (!p)
    out_of_memory();
  p->model = model;
  p->kernel = kernel_best();
  return p;
}

void parser_free(Parser *p) {
  if (!p)
    return;
  arena_free(&p->arena);
  out_free(&p->lemma);
  out_free(&p->mended);
  free(p);
}

static void make_room(Parser *p, uint32_t n) {
  if (n <= p->room)
    return;
  n = MIN(MAX(2 * n, 64u), (uint32_t)PIECE_LIMIT);
  const Network *net = &p->model->network;
  arena_reset(&p->arena);
  size_t rows = n + 1;
  for (int k = 0; k < PIECES; k++) {
    scores_in(net, n, arena_alloc(&p->arena, scores_room(net, n)), &p->scores[k]);
    p->features[k] = arena_alloc(&p->arena, n * sizeof *p->features[k]);
  }
  p->heads = arena_alloc(&p->arena, rows * sizeof *p->heads);
  p->work = arena_alloc(&p->arena, tree_work(n));
  p->room = n;
}

static uint32_t best_of(const int16_t *scores, uint32_t count) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < count; i++)
    if (scores[i] > scores[best])
      best = i;
  return best;
}

// Lemmas repeat; the strings of a document are interned by a small table.
static Text intern(BedeDoc *doc, uint32_t *slots, uint32_t mask, Str s) {
  uint32_t at = (uint32_t)hash_str(s) & mask;
  for (uint32_t i = 0; i < 8; i++, at = (at + 1) & mask) {
    if (!slots[at])
      return slots[at] = doc_text(doc, s);
    if (str_equal(str_of(doc_string(doc, slots[at])), s))
      return slots[at];
  }
  return doc_text(doc, s);
}

enum { INTERN_SLOTS = 4096 };

// A person's name that training hardly saw, but the actor table knows, is read as one
// that training knows well: "Xi" as "Bush". Short foreign names have endings
// that look like anything.
static Features features_of(const Parser *p, Str form) {
  const Network *net = &p->model->network;
  Features f = word_features(net, form);
  enum { RARE = 6000, SHORT_NAME = 3 }; // rows are in the order of frequency: "xi" is the numeral
  if ((f.word != WORD_UNKNOWN && f.word < RARE) || !form.len || form.at[0] < 'A' || form.at[0] > 'Z')
    return f;
  const ActorTable *table = &p->model->actors;
  const PhraseSlot *slot = phrase_at(&table->phrases, actor_step(0, form, FORM_AS_IS));
  if (!slot)
    return f;
  if (slot->value != PHRASE_PREFIX) { // places and states are read as they are
    const ActorName *name = slot->value < table->name_count ? &table->names[slot->value] : NULL;
    if (!name || !name->count || table->entries[table->runs[name->first]].kind != ENTRY_PERSON)
      return f;
  } else if (form.len > SHORT_NAME) {
    return f;
  }
  Features known = word_features(net, STR("Bush"));
  return known.word != WORD_UNKNOWN ? known : f;
}

// What the scores of a piece say, into the document.
static void read_scores(Parser *p, BedeDoc *doc, const Piece *piece, uint32_t *slots) {
  const Network *net = &p->model->network;
  uint32_t first = piece->first, n = piece->count;
  Token *tokens = doc->tokens.items + first;
  Scores *s = piece->scores;
  best_tree(s->arc, n, p->heads, p->work);
  for (uint32_t i = 0; i < n; i++) {
    Token *t = &tokens[i];
    uint32_t best[LABELS_NAME];
    for (int k = 0; k < LABELS_NAME; k++)
      best[k] = best_of(s->tag[k] + (size_t)(i + 1) * net->tag[k].wide, net->label_count[k]);
    t->upos = net->upos_of[best[LABELS_UPOS]];
    t->xpos = (uint8_t)best[LABELS_XPOS];
    t->feats = (uint16_t)best[LABELS_FEATS];
    Str lemma = apply_script(&p->lemma, doc_span(doc, t->span),
                             network_label(net, LABELS_LEMMA, best[LABELS_LEMMA]));
    lemma = mend_lemma(p->model, doc_span(doc, t->span), lemma, xpos_name(p->model, t), &p->mended);
    t->lemma = intern(doc, slots, INTERN_SLOTS - 1, lemma);
    uint32_t head = p->heads[i + 1];
    t->head = head ? first + head - 1 : first + i;
    // the relation "root" is for the root, and for nothing else
    if (!head) {
      t->deprel = DEPREL_ROOT;
      continue;
    }
    score_labels(p->kernel, net, i + 1, head, s);
    uint32_t top = NONE;
    for (uint32_t l = 0; l < net->label_count[LABELS_DEPREL]; l++)
      if (net->deprel_of[l] != DEPREL_ROOT && (top == NONE || s->rel[l] > s->rel[top]))
        top = l;
    t->deprel = top == NONE ? DEPREL_DEP : net->deprel_of[top];
  }
  find_names(p->model, doc, piece);
}

// Where to cut a sentence that is too long: behind the last punctuation mark
// of the second half, else hard.
static uint32_t piece_end(const BedeDoc *doc, uint32_t first, uint32_t end) {
  if (end - first <= PIECE_LIMIT)
    return end;
  for (uint32_t i = first + PIECE_LIMIT; i > first + PIECE_LIMIT / 2; i--) {
    Str w = doc_word(doc, i - 1);
    if (w.len == 1 && strchr(",;:-)", w.at[0]))
      return i;
  }
  return first + PIECE_LIMIT;
}

// The further pieces of a sentence hang at the root of the first.
static void join_pieces(BedeDoc *doc, uint32_t first, uint32_t end) {
  Token *tokens = doc->tokens.items;
  for (uint32_t i = first, root = NONE; i < end; i++) {
    if (tokens[i].head != i)
      continue;
    if (root == NONE) {
      root = i;
    } else {
      tokens[i].head = root;
      tokens[i].deprel = DEPREL_PARATAXIS;
    }
  }
}

void parse_document(Parser *p, BedeDoc *doc) {
  uint32_t *slots = arena_alloc(&doc->arena, INTERN_SLOTS * sizeof *slots), longest = 0;
  for (uint32_t i = 0; i < doc->sentences.count; i++)
    longest = MAX(longest, doc->sentences.items[i].count);
  make_room(p, MIN(longest, (uint32_t)PIECE_LIMIT));
  Piece pieces[PIECES];
  uint32_t count = 0;
  for (uint32_t i = 0; i < doc->sentences.count; i++) {
    const Sentence *s = &doc->sentences.items[i];
    uint32_t end = s->first + s->count;
    for (uint32_t first = s->first, to; first < end; first = to) {
      to = piece_end(doc, first, end);
      Features *features = p->features[count];
      for (uint32_t w = first; w < to; w++)
        features[w - first] = features_of(p, doc_word(doc, w));
      pieces[count] = (Piece){features, first, to - first, &p->scores[count]};
      bool last = i + 1 == doc->sentences.count && to == end;
      if (++count < PIECES && !last)
        continue;
      encode(p->kernel, &p->model->network, count, pieces);
      for (uint32_t k = 0; k < count; k++)
        read_scores(p, doc, &pieces[k], slots);
      count = 0;
    }
  }
  for (uint32_t i = 0; i < doc->sentences.count; i++) {
    const Sentence *s = &doc->sentences.items[i];
    if (s->count > PIECE_LIMIT)
      join_pieces(doc, s->first, s->first + s->count);
  }
  mend_trees(p->model, doc);
}

const char *xpos_name(const BedeModel *model, const Token *t) {
  return network_label(&model->network, LABELS_XPOS, t->xpos);
}

const char *feats_name(const BedeModel *model, const Token *t) {
  return network_label(&model->network, LABELS_FEATS, t->feats);
}
