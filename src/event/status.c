// status.c - whether an act happened.
// SPDX-License-Identifier: Apache-2.0
#include "event/status.h"

static const Token *tok(const Tree *t, uint32_t i) { return &t->doc->tokens.items[i]; }

#define EACH_CHILD(t, c, parent)                                               \
  for (uint32_t c = (t)->child[(parent) - (t)->first]; c != NONE;              \
       c = (t)->sibling[c - (t)->first])

static bool is_one_of(const Tree *t, uint32_t i, const char *const *words) {
  for (; *words; words++)
    if (word_is(t->doc, i, *words))
      return true;
  return false;
}

static const char *const negations[] = {"not", "n't", "never", "neither", "nor", NULL};
static const char *const futures[] = {"will", "'ll", "shall", "would", "'d", "wo", NULL};
static const char *const possibles[] = {"may", "might", "could", "can", "ca", NULL};
static const char *const obligations[] = {"must", "should", "ought", NULL};
static const char *const conditions[] = {"if", "unless", "whether", "provided", "should", NULL};
static const char *const before_words[] = {"before", "until", "till", NULL};
// prepositions before a noun of action
static const char *const ahead[] = {"before", "for", "towards", "toward", "until", NULL};
static const char *const without[] = {"without", NULL};

static bool negated_here(const Tree *t, uint32_t i) {
  EACH_CHILD(t, c, i) {
    if (tok(t, c)->deprel == DEPREL_ADVMOD && is_one_of(t, c, negations))
      return true;
    if (tok(t, c)->deprel == DEPREL_DET && word_is(t->doc, c, "no"))
      return true;
    if (tok(t, c)->deprel == DEPREL_CC_PRECONJ && word_is(t->doc, c, "neither"))
      return true;
  }
  return false;
}

static bool no_before_object(const Tree *t, uint32_t i) { // "held no talks", "no talks were held"
  EACH_CHILD(t, c, i) {
    uint8_t r = tok(t, c)->deprel;
    if ((r == DEPREL_OBJ || r == DEPREL_NSUBJ_PASS || r == DEPREL_NSUBJ))
      EACH_CHILD(t, d, c)
      if (tok(t, d)->deprel == DEPREL_DET && word_is(t->doc, d, "no"))
        return true;
  }
  return false;
}

static bool has_to(const Tree *t, uint32_t i) {
  EACH_CHILD(t, c, i)
  if (tok(t, c)->deprel == DEPREL_MARK && word_is(t->doc, c, "to"))
    return true;
  return false;
}

// The clause is, or stands in, a condition: "if Norway attacks".
static bool conditional_clause(const Tree *t, uint32_t i) {
  for (uint32_t steps = 0; steps < t->count; steps++) {
    EACH_CHILD(t, c, i)
    if ((tok(t, c)->deprel == DEPREL_MARK || tok(t, c)->deprel == DEPREL_ADVMOD) && is_one_of(t, c, conditions) && c < i)
      return true;
    uint8_t r = tok(t, i)->deprel;
    if (tok(t, i)->head == i || r == DEPREL_CCOMP || r == DEPREL_PARATAXIS || r == DEPREL_ACL_RELCL || r == DEPREL_ADVCL)
      return false;
    i = tok(t, i)->head;
  }
  return false;
}

static EventStatus verb_status(Tree *t, uint32_t i, const char **reason) {
  bool negated = negated_here(t, i) || no_before_object(t, i);
  bool future = false, possible = false, obliged = false, have = false, going = false, be_to = false;
  uint32_t marks = 0;
  EACH_CHILD(t, c, i) {
    uint8_t r = tok(t, c)->deprel;
    if (r == DEPREL_AUX || r == DEPREL_AUX_PASS || r == DEPREL_COP) {
      future |= is_one_of(t, c, futures);
      possible |= is_one_of(t, c, possibles);
      obliged |= is_one_of(t, c, obligations);
      have |= lemma_is(t->doc, c, "have");
    }
    if (r == DEPREL_MARK) {
      marks++;
      if (is_one_of(t, c, before_words) && c < i)
        future = true;
    }
  }
  uint8_t r = tok(t, i)->deprel;
  uint32_t q = tok(t, i)->head;
  bool to = has_to(t, i);
  // a conjunct without auxiliaries of its own shares those of the first
  if (r == DEPREL_CONJ && !future && !possible && !obliged && q != i &&
      (is_xpos(t, i, "VB") || to == has_to(t, q)) && tok(t, q)->upos == UPOS_VERB) {
    const char *why = NULL;
    EventStatus s = is_xpos(t, i, "VB") ? verb_status(t, q, &why) : STATUS_ACTUAL;
    if (s == STATUS_PLANNED || s == STATUS_CONDITIONAL || s == STATUS_REQUESTED) {
      *reason = why;
      return negated ? STATUS_NEGATED : s;
    }
  }
  if (to && (r == DEPREL_ADVCL || r == DEPREL_ACL || q == i || r == DEPREL_PARATAXIS || r == DEPREL_XCOMP || r == DEPREL_CCOMP)) {
    // "to VERB": a purpose or a headline's future; complements of verbs that
    // the codebook does not know are taken as plans too, except perfect ones
    going = !have;
    be_to = true;
  }
  if (conditional_clause(t, i)) {
    *reason = "stands in a condition";
    return STATUS_CONDITIONAL;
  }
  if (negated) {
    *reason = "is negated";
    return STATUS_NEGATED;
  }
  if (possible) {
    *reason = "is only said to be possible";
    return STATUS_CONDITIONAL;
  }
  if (obliged) {
    *reason = "is called for (must, should)";
    return STATUS_REQUESTED;
  }
  if (future && have) {
    *reason = "would have been";
    return STATUS_CONDITIONAL;
  }
  if (future || going) {
    *reason = be_to ? "an infinitive: purpose or plan" : "lies ahead (will, would)";
    return STATUS_PLANNED;
  }
  return STATUS_ACTUAL;
}

static EventStatus noun_status(Tree *t, uint32_t i, const char **reason) {
  if (negated_here(t, i)) {
    *reason = "is negated (no)";
    return STATUS_NEGATED;
  }
  static const char *const planned[] = {"planned", "proposed", "upcoming", "forthcoming", "scheduled", "future", "coming", "expected", "next", "impending", "possible", "threatened", "fresh", NULL};
  EACH_CHILD(t, c, i) {
    uint8_t r = tok(t, c)->deprel;
    if (r == DEPREL_CASE && is_one_of(t, c, ahead)) {
      *reason = "a noun behind a preposition that looks ahead";
      return STATUS_PLANNED;
    }
    if (r == DEPREL_CASE && (word_is(t->doc, c, "ahead") || word_is(t->doc, c, "prior"))) {
      *reason = "a noun behind a preposition that looks ahead";
      return STATUS_PLANNED;
    }
    if (r == DEPREL_CASE && is_one_of(t, c, without)) {
      *reason = "is negated (without)";
      return STATUS_NEGATED;
    }
    if (r == DEPREL_AMOD && is_one_of(t, c, planned) && !word_is(t->doc, c, "fresh")) {
      *reason = word_is(t->doc, c, "possible") ? "is only said to be possible" : "is called planned";
      return word_is(t->doc, c, "possible") ? STATUS_CONDITIONAL : STATUS_PLANNED;
    }
  }
  // otherwise as the clause it stands in: "will hold talks", "may lead to talks"
  uint32_t q = tok(t, i)->head;
  uint8_t r = tok(t, i)->deprel;
  if (q != i && tok(t, q)->upos == UPOS_VERB &&
      (r == DEPREL_OBJ || r == DEPREL_NSUBJ_PASS || r == DEPREL_NSUBJ || r == DEPREL_OBL))
    return verb_status(t, q, reason);
  return STATUS_ACTUAL;
}

EventStatus own_status(Tree *t, uint32_t anchor, const char **reason) {
  const char *why = NULL;
  const Predicate *p = predicate_of(t, anchor);
  EventStatus s = p->clausal || tok(t, anchor)->upos == UPOS_ADJ ? verb_status(t, anchor, &why) : noun_status(t, anchor, &why);
  if (reason)
    *reason = why;
  return s;
}

EventStatus compose_status(EventStatus inner, EventStatus outer, EventStatus op) {
  if (op == STATUS_NEGATED || op == STATUS_DENIED) {
    // an operator that did not happen: "did not refuse to meet", "no plans to"
    if (outer == STATUS_NEGATED || outer == STATUS_DENIED)
      return inner;
    if (outer == STATUS_PLANNED || outer == STATUS_ACTUAL)
      return STATUS_NEGATED;
    return STATUS_CONDITIONAL;
  }
  if ((outer == STATUS_NEGATED || outer == STATUS_DENIED) && (inner == STATUS_NEGATED || inner == STATUS_DENIED))
    return STATUS_CONDITIONAL; // "refused to rule out sanctions"
  if (outer == STATUS_ACTUAL)
    return inner == STATUS_PLANNED ? op : inner; // "managed to", under "will": planned
  if (inner == STATUS_NEGATED && outer == STATUS_PLANNED)
    return STATUS_NEGATED; // "plans not to"
  if ((op == STATUS_CONDITIONAL || op == STATUS_REQUESTED) && outer == STATUS_PLANNED)
    return op;
  return outer;
}

bool is_question(const Tree *t, uint32_t anchor) {
  const BedeDoc *doc = t->doc;
  uint32_t last = t->first + t->count - 1;
  while (last > t->first && tok(t, last)->upos == UPOS_PUNCT && !word_is(doc, last, "?"))
    last--;
  if (!word_is(doc, last, "?"))
    return false;
  uint32_t root = anchor;
  while (tok(t, root)->head != root)
    root = tok(t, root)->head;
  return is_under(t, last, root) && (root == anchor || tok(t, anchor)->deprel == DEPREL_CONJ || tok(t, anchor)->deprel == DEPREL_CCOMP);
}
