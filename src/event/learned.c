// learned.c - features of a marked pair and the linear model over them.
// SPDX-License-Identifier: Apache-2.0
#include "event/learned.h"
#include "event/predicate.h"
#include "event/status.h"
#include <stdio.h>

enum { SEEN_SLOTS = 4096, FEATURE_BYTES = 120, PATH_LIMIT = 24 };

typedef struct Pair Pair; // what is collected, and of whom
struct Pair {
  Tree tree;
  Features features;
  uint64_t seen[SEEN_SLOTS]; // hashes; 0 is free
  uint32_t head[2];          // tokens of source and target, or NONE
  Span words[2];             // their tokens, half-open
  uint32_t path[PATH_LIMIT]; // tokens between the two, ends left out
  uint32_t steps;
};

static const Token *tok(const Pair *p, uint32_t i) { return &p->tree.doc->tokens.items[i]; }

static void add(Pair *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(Pair *p, const char *format, ...) {
  char name[FEATURE_BYTES];
  va_list args;
  va_start(args, format);
  int len = vsnprintf(name, sizeof name, format, args);
  va_end(args);
  if (len <= 0 || (size_t)len >= sizeof name || p->features.count >= SEEN_SLOTS / 2)
    return;
  for (int i = 0; i < len; i++)
    if ((unsigned char)name[i] <= ' ')
      name[i] = '_';
  Str s = {name, (size_t)len};
  uint64_t key = hash_str(s) | 1;
  uint32_t at = (uint32_t)(key >> 32) % SEEN_SLOTS;
  for (; p->seen[at]; at = (at + 1) % SEEN_SLOTS)
    if (p->seen[at] == key)
      return;
  p->seen[at] = key;
  array_push(&p->tree.doc->arena, &p->features, arena_str(&p->tree.doc->arena, s));
}

// 0 source, 1 target, -1 neither.
static int side_of(const Pair *p, uint32_t token) {
  for (int i = 0; i < 2; i++)
    if (p->head[i] != NONE && token >= p->words[i].begin && token < p->words[i].end)
      return i;
  return -1;
}

enum { LEMMA_BYTES = 48 };
typedef struct Lemma Lemma;
struct Lemma {
  char at[LEMMA_BYTES];
};

// The word as features name it: S, T, a name, a number, or its lemma with a
// verb's particle.
static Lemma lemma_of(Pair *p, uint32_t token) {
  Lemma out = {{0}};
  char buffer[LEMMA_BYTES];
  int side = side_of(p, token);
  Str s = {buffer, 0};
  if (side >= 0)
    s = side ? STR("T") : STR("S");
  else if (tok(p, token)->upos == UPOS_PROPN)
    s = STR("NAME");
  else if (tok(p, token)->upos == UPOS_NUM)
    s = STR("NUM");
  else
    s = predicate_lemma(&p->tree, token, buffer, sizeof buffer);
  snprintf(out.at, sizeof out.at, "%.*s", STR_ARG(s));
  return out;
}

static bool is_content(const Pair *p, uint32_t token) {
  uint8_t u = tok(p, token)->upos;
  return side_of(p, token) < 0 && (u == UPOS_NOUN || u == UPOS_VERB || u == UPOS_ADJ || u == UPOS_ADV);
}

// Modals, negations, and prepositions count as words too.
static bool is_small(const Pair *p, uint32_t token) {
  uint8_t u = tok(p, token)->upos;
  return u == UPOS_AUX || u == UPOS_PART || u == UPOS_ADP || u == UPOS_SCONJ;
}

static uint32_t depth_of(const Pair *p, uint32_t token) {
  uint32_t n = 0;
  for (; tok(p, token)->head != token && n < p->tree.count; n++)
    token = tok(p, token)->head;
  return n;
}

static void walk(Pair *p, uint32_t *turn) {
  uint32_t a = p->head[0], b = p->head[1], down[PATH_LIMIT], below = 0;
  uint32_t da = depth_of(p, a), db = depth_of(p, b);
  while (a != b) {
    bool first = da >= db;
    uint32_t *at = first ? &a : &b, next = tok(p, *at)->head;
    if (*at == next)
      break;
    *at = next;
    if (first)
      da--;
    else
      db--;
    if (a == b)
      break;
    if (first && p->steps < PATH_LIMIT / 2)
      p->path[p->steps++] = next;
    else if (!first && below < PATH_LIMIT / 2 - 1)
      down[below++] = next;
  }
  *turn = a;
  if (side_of(p, a) < 0)
    p->path[p->steps++] = a;
  while (below)
    p->path[p->steps++] = down[--below];
}

static void path_features(Pair *p) {
  uint32_t turn = NONE;
  if (p->head[0] != NONE && p->head[1] != NONE) {
    walk(p, &turn);
  } else { // one mark is missing: the words above the other
    uint32_t at = p->head[0] != NONE ? p->head[0] : p->head[1];
    while (tok(p, at)->head != at && p->steps < 3)
      p->path[p->steps++] = at = tok(p, at)->head;
    turn = at;
  }
  add(p, "k:%s", lemma_of(p, turn).at);
  for (uint32_t i = 0; i < p->steps; i++) {
    uint32_t at = p->path[i];
    if (side_of(p, at) >= 0)
      continue;
    Lemma own = lemma_of(p, at);
    add(p, "p:%s", own.at);
    add(p, "p:%s.%s", own.at, deprel_names[tok(p, at)->deprel]);
    if (i && p->path[i - 1] != at)
      add(p, "v:%s_%s", lemma_of(p, p->path[i - 1]).at, own.at);
    for (uint32_t k = p->tree.child[at - p->tree.first]; k != NONE; k = p->tree.sibling[k - p->tree.first]) {
      bool on_path = false;
      for (uint32_t j = 0; j < p->steps; j++)
        on_path |= p->path[j] == k;
      if (on_path || side_of(p, k) >= 0 || tok(p, k)->upos == UPOS_PUNCT)
        continue;
      Lemma hung = lemma_of(p, k);
      if (is_content(p, k) || tok(p, k)->upos == UPOS_AUX || (tok(p, k)->upos == UPOS_PART && tok(p, k)->deprel != DEPREL_MARK)) {
        add(p, "o:%s", hung.at);
        add(p, "v:%s_%s", own.at, hung.at);
      }
      for (uint32_t j = p->tree.child[k - p->tree.first]; j != NONE; j = p->tree.sibling[j - p->tree.first])
        if (is_content(p, j))
          add(p, "o:%s", lemma_of(p, j).at);
    }
    if (tok(p, at)->upos == UPOS_VERB || tok(p, at)->upos == UPOS_NOUN) {
      const char *reason = NULL;
      EventStatus status = own_status(&p->tree, at, &reason);
      // a purpose ("sent jets to bomb") is no plan of its own
      const char *name = status == STATUS_PLANNED && reason && strstr(reason, "infinitive") ? "purpose" : status_names[status];
      add(p, "st:%s", name);
      if (at == turn)
        add(p, "kst:%s", name);
    }
  }
  for (uint32_t at = turn, n = 0; tok(p, at)->head != at && n < 4; n++) {
    at = tok(p, at)->head;
    add(p, "a:%s", lemma_of(p, at).at);
  }
}

static const char *const role_names[] = {"subj", "obj", "prep", "comp", "adv"};

// The place of each of the two under predicates: at the argument's head, or
// inside its noun phrase.
static void role_features(Pair *p) {
  for (uint32_t i = p->tree.first; i < p->tree.first + p->tree.count; i++) {
    uint8_t u = tok(p, i)->upos;
    if ((u != UPOS_VERB && u != UPOS_NOUN && u != UPOS_ADJ) || side_of(p, i) >= 0)
      continue;
    const Predicate *f = predicate_of(&p->tree, i);
    uint32_t first = f->first, count = f->count;
    bool has[2] = {false};
    for (uint32_t k = 0; k < count; k++) {
      Arg a = p->tree.args.items[first + k];
      if (a.role > ROLE_PREP)
        continue;
      for (int side = 0; side < 2; side++) {
        if (p->head[side] == NONE || !is_under(&p->tree, p->head[side], a.token) || is_under(&p->tree, i, a.token))
          continue;
        bool own = a.token == p->head[side];
        add(p, "%c%s%s:%s", side ? 't' : 's', own ? "." : "~", role_names[a.role], lemma_of(p, i).at);
        add(p, "%c%s%s", side ? 't' : 's', own ? "." : "~", role_names[a.role]);
        has[side] = true;
      }
    }
    if (has[0] && has[1])
      add(p, "k:%s", lemma_of(p, i).at);
    for (uint32_t k = 0; (has[0] || has[1]) && k < count; k++) {
      Arg a = p->tree.args.items[first + k];
      if (!is_content(p, a.token))
        continue;
      add(p, "o:%s", lemma_of(p, a.token).at);
      add(p, "v:%s_%s", lemma_of(p, i).at, lemma_of(p, a.token).at);
    }
  }
}

static void word_features(Pair *p) {
  uint32_t low = NONE, high = 0;
  if (p->head[0] != NONE && p->head[1] != NONE) {
    low = MIN(p->words[0].end, p->words[1].end);
    high = MAX(p->words[0].begin, p->words[1].begin);
  }
  Lemma before = {"^"};
  int last_side = -1;
  for (uint32_t i = p->tree.first; i < p->tree.first + p->tree.count; i++) {
    uint8_t u = tok(p, i)->upos;
    int side = side_of(p, i);
    if (u == UPOS_PUNCT || u == UPOS_DET || (side >= 0 && side == last_side))
      continue;
    last_side = side;
    Lemma own = lemma_of(p, i);
    if (side < 0 && (is_content(p, i) || is_small(p, i))) {
      if (u == UPOS_PART && tok(p, i)->deprel == DEPREL_MARK) {
        before = own;
        continue; // "to": its neighbours tell more
      }
      if (is_content(p, i) || u == UPOS_AUX || u == UPOS_PART)
        add(p, "w:%s", own.at);
      if (low != NONE && i >= low && i < high)
        add(p, "b:%s", own.at);
    }
    add(p, "2:%s_%s", before.at, own.at);
    before = own;
  }
  if (low != NONE)
    add(p, "order:%s", p->words[0].begin < p->words[1].begin ? "ST" : "TS");
  for (int side = 0; side < 2; side++)
    if (p->head[side] != NONE) {
      const Token *h = tok(p, p->head[side]);
      Str lemma = str_of(doc_string(p->tree.doc, h->lemma));
      add(p, "%ch:%.*s", side ? 't' : 's', (int)(h->upos == UPOS_PROPN ? 4 : lemma.len), h->upos == UPOS_PROPN ? "NAME" : lemma.at);
    } else {
      add(p, "%ch:nobody", side ? 't' : 's');
    }
}

// What the codebook's clauses gave, and how near they are to the pair.
static void event_features(Pair *p, uint32_t source, uint32_t target) {
  const BedeDoc *doc = p->tree.doc;
  for (uint32_t i = 0; i < doc->events.count; i++) {
    const Event *e = &doc->events.items[i];
    bool s = source != NONE && (e->source == source || e->target == source);
    bool t = target != NONE && (e->source == target || e->target == target);
    const char *near = s && t ? "both" : s || t ? "one" : "far";
    add(p, "e:%s.%s", event_types[e->type], near);
    add(p, "e:%s.%s.%s", event_types[e->type], near, status_names[e->status]);
  }
}

Features relation_features(BedeDoc *doc, const BedeModel *model, uint32_t source, uint32_t target) {
  Pair *p = arena_alloc(&doc->arena, sizeof *p);
  *p = (Pair){.head = {NONE, NONE}};
  const uint32_t actors[2] = {source, target};
  uint32_t sentence = NONE;
  for (int i = 0; i < 2; i++) {
    if (actors[i] == NONE)
      continue;
    const Actor *a = &doc->actors.items[actors[i]];
    uint32_t where = doc->tokens.items[a->head].sentence;
    if (sentence != NONE && where != sentence)
      continue; // the other is in another sentence: as if it were missing
    sentence = where;
    p->head[i] = a->head;
    p->words[i] = (Span){a->first, a->first + a->count};
  }
  p->tree = tree_of(doc, model, sentence);
  path_features(p);
  role_features(p);
  word_features(p);
  event_features(p, source, target);
  return p->features;
}

Guess relation_guess(const RelationModel *model, const Features *features, EventType favourite, int32_t lead) {
  int32_t sum[EVENT_TYPES + 1] = {0};
  sum[favourite] = lead;
  for (uint32_t i = 0; i < features->count; i++) {
    const RelationRow *row = relation_row(model, features->items[i]);
    for (int type = 0; row && type < EVENT_TYPES; type++)
      sum[type] += row->weight[type];
  }
  int best = 0, second = 1;
  for (int type = 1; type < EVENT_TYPES; type++)
    if (sum[type] > sum[best])
      second = best, best = type;
    else if (type == 1 || sum[type] > sum[second])
      second = type;
  return (Guess){(EventType)best, (EventType)second, sum[best], sum[second]};
}

void guess_tell(const RelationModel *model, const Features *features, const Guess *guess, Out *out) {
  enum { REASONS = 3 };
  out_print(out, "%s %d before %s %d", event_types[guess->type], guess->sum, event_types[guess->second], guess->second_sum);
  int last = 128;
  uint32_t from = 0;
  for (int n = 0; n < REASONS; n++) { // the next greatest weight
    int most = 0;
    uint32_t at = NONE;
    for (uint32_t i = 0; i < features->count; i++) {
      const RelationRow *row = relation_row(model, features->items[i]);
      int w = row ? row->weight[guess->type] : 0;
      if (w > most && (w < last || (w == last && i > from))) {
        most = w;
        at = i;
      }
    }
    if (at == NONE)
      break;
    out_print(out, "%s%.*s +%d", n ? ", " : " (", STR_ARG(features->items[at]), most);
    last = most;
    from = at;
  }
  out_text(out, last < 128 ? ")" : "");
}
