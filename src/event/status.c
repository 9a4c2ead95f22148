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
static const char *const conditions[] = {"if", "unless", "provided", NULL};
static const char *const provisos[] = {"provided", "providing", "assuming", "supposing", NULL}; // before "that"
static const char *const mild[] = {"only", "just", "merely", "simply", "solely", NULL}; // "not only" denies nothing
static const char *const nobodies[] = {"nobody", "nothing", "none", "neither", NULL};
static const char *const ordinals[] = {"first", "second", "third", "last", "latest", "only", "next", NULL};
static const char *const truths[] = {"true", "correct", "right", "case", "fact", NULL};
static const char *const untruths[] = {"false", "untrue", "incorrect", "wrong", "impossible", NULL};
static const char *const doubts[] = {"possible", "conceivable", "likely", "probable", "unlikely", "doubtful", "improbable", NULL};
static const char *const to_word[] = {"to", NULL};
static const char *const readiness[] = {"due", "about", "set", NULL}; // "is due to"
static const char *const before_words[] = {"before", "until", "till", NULL};
// prepositions before a noun of action
static const char *const ahead[] = {"before", "for", "towards", "toward", "until", NULL};
static const char *const without[] = {"without", NULL};

// What data/en/words/status.txt says of a word.
static bool is_status(const Tree *t, Str word, const char *kind) {
  const char *found = words_find(&t->model->words, WORDS_STATUS, word);
  return found && !strcmp(found, kind);
}

static bool lemma_is_status(const Tree *t, uint32_t i, const char *kind) {
  return is_status(t, str_of(doc_string(t->doc, tok(t, i)->lemma)), kind);
}

static bool next_is(const Tree *t, uint32_t i, const char *const *words) {
  return i + 1 < t->first + t->count && is_one_of(t, i + 1, words);
}

static bool negated_here(const Tree *t, uint32_t i) {
  EACH_CHILD(t, c, i) {
    if (tok(t, c)->deprel == DEPREL_ADVMOD && is_one_of(t, c, negations) && !next_is(t, c, mild))
      return true;
    if (tok(t, c)->deprel == DEPREL_ADVMOD && word_is(t->doc, c, "longer") && c > t->first && word_is(t->doc, c - 1, "no"))
      return true;
    if (tok(t, c)->deprel == DEPREL_DET && word_is(t->doc, c, "no"))
      return true;
    if (tok(t, c)->deprel == DEPREL_CC_PRECONJ && word_is(t->doc, c, "neither"))
      return true;
  }
  return false;
}

// "held no talks", "no talks were held", "neither Chile nor Peru met"
static bool no_before(const Tree *t, uint32_t i, bool objects) {
  EACH_CHILD(t, c, i) {
    uint8_t r = tok(t, c)->deprel;
    if ((r != DEPREL_OBJ || !objects) && r != DEPREL_NSUBJ_PASS && r != DEPREL_NSUBJ)
      continue;
    if (is_one_of(t, c, nobodies))
      return true;
    EACH_CHILD(t, d, c)
    if ((tok(t, d)->deprel == DEPREL_DET && (word_is(t->doc, d, "no") || word_is(t->doc, d, "neither"))) ||
        (tok(t, d)->deprel == DEPREL_CC_PRECONJ && word_is(t->doc, d, "neither")))
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

// "without meeting", "instead of thanking", "rather than wait"
static bool left_undone(const Tree *t, uint32_t i) {
  static const char *const preps[] = {"without", "instead_of", "rather_than"};
  uint32_t prep = prep_of(t, i);
  for (size_t k = 0; prep && k < COUNT(preps); k++)
    if (prep == prep_hash(str_of(preps[k])))
      return true;
  return false;
}

// "if the tax is raised", "provided that", "should the talks fail"
static bool states_condition(const Tree *t, uint32_t clause) {
  static const char *const inverted[] = {"should", "were", "had", NULL};
  uint32_t subject = child_with(t, clause, DEPREL_NSUBJ);
  EACH_CHILD(t, c, clause) {
    uint8_t r = tok(t, c)->deprel;
    if ((r == DEPREL_MARK || r == DEPREL_ADVMOD) && c < clause && is_one_of(t, c, conditions))
      return true;
    if (r == DEPREL_AUX && subject != NONE && c + 1 < clause && c < subject && is_one_of(t, c, inverted) && c == t->first)
      return true;
  }
  static const char *const that[] = {"that", NULL};
  return is_one_of(t, clause, provisos) && (next_is(t, clause, that) || child_with(t, clause, DEPREL_CCOMP) != NONE);
}

// What will be done only under a condition: "will pay if", "on condition that".
static bool has_condition(const Tree *t, uint32_t i) {
  EACH_CHILD(t, c, i) {
    if (tok(t, c)->deprel == DEPREL_CONJ && is_xpos(t, c, "VB") && has_condition(t, c))
      return true; // "will visit and sign if"
    uint8_t r = tok(t, c)->deprel;
    if ((r == DEPREL_ADVCL || r == DEPREL_XCOMP || r == DEPREL_ACL || r == DEPREL_PARATAXIS) && states_condition(t, c))
      return true;
    if (r == DEPREL_OBL && word_is(t->doc, c, "condition") && child_with(t, c, DEPREL_CASE) != NONE && word_is(t->doc, child_with(t, c, DEPREL_CASE), "on"))
      return true;
  }
  return false;
}

// "It is not true that …", "it is possible that …": what the copula says of the clause.
static bool judged(const Tree *t, uint32_t i, EventStatus *status, const char **reason) {
  uint8_t r = tok(t, i)->deprel;
  uint32_t q = tok(t, i)->head;
  if ((r != DEPREL_CCOMP && r != DEPREL_CSUBJ) || q == i || child_with(t, q, DEPREL_COP) == NONE || has_to(t, i))
    return false;
  bool no = negated_here(t, q);
  if (is_one_of(t, q, truths) ? no : is_one_of(t, q, untruths) && !no) {
    *status = STATUS_NEGATED;
    *reason = "is said not to be true";
    return true;
  }
  if (is_one_of(t, q, doubts)) {
    *status = STATUS_CONDITIONAL;
    *reason = "is only said to be possible";
    return true;
  }
  return false;
}

// The clause is, or stands in, a condition: "if Norway attacks".
static bool conditional_clause(const Tree *t, uint32_t i) {
  for (uint32_t steps = 0; steps < t->count; steps++) {
    if (states_condition(t, i))
      return true;
    uint8_t r = tok(t, i)->deprel;
    if (tok(t, i)->head == i || r == DEPREL_CCOMP || r == DEPREL_PARATAXIS || r == DEPREL_ACL_RELCL || r == DEPREL_ADVCL)
      return false;
    i = tok(t, i)->head;
  }
  return false;
}

// "the first to", "the only country to"
static bool is_ranked(const Tree *t, uint32_t noun) {
  if (is_one_of(t, noun, ordinals))
    return true;
  EACH_CHILD(t, c, noun)
  if (tok(t, c)->deprel == DEPREL_AMOD && is_one_of(t, c, ordinals))
    return true;
  return false;
}

// "demands that Iran halt it": a bare verb with a subject behind "that".
static bool is_subjunctive(const Tree *t, uint32_t i) {
  uint8_t r = tok(t, i)->deprel;
  uint32_t subject = child_with(t, i, DEPREL_NSUBJ), mark = child_with(t, i, DEPREL_MARK);
  if (subject == NONE || mark == NONE || !word_is(t->doc, mark, "that") || child_with(t, i, DEPREL_AUX) != NONE ||
      (r != DEPREL_CCOMP && r != DEPREL_ACL && r != DEPREL_ACL_RELCL))
    return false;
  // the tagger takes "that it halt" for a plural
  static const char *const singular[] = {"it", "he", "she", NULL};
  bool one = is_one_of(t, subject, singular) ||
             ((is_xpos(t, subject, "NN") || is_xpos(t, subject, "NNP")) && child_with(t, subject, DEPREL_CONJ) == NONE);
  return is_xpos(t, i, "VB") || (is_xpos(t, i, "VBP") && one);
}

static EventStatus verb_status(Tree *t, uint32_t i, const char **reason) {
  bool negated = negated_here(t, i) || no_before(t, i, true) || left_undone(t, i);
  if (tok(t, i)->deprel == DEPREL_CONJ && child_with(t, i, DEPREL_NSUBJ) == NONE && child_with(t, i, DEPREL_NSUBJ_PASS) == NONE)
    negated |= no_before(t, tok(t, i)->head, false); // "no policemen were killed or hurt"
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
      if (is_one_of(t, c, before_words) && c < i && !is_xpos(t, i, "VBD"))
        future = true;
      if (is_one_of(t, c, readiness) && next_is(t, c, to_word))
        future = true; // "is due to arrive": the parser joins "due to"
    }
  }
  uint8_t r = tok(t, i)->deprel;
  uint32_t q = tok(t, i)->head;
  bool to = has_to(t, i), inner_of_rank = false;
  // a conjunct without auxiliaries of its own shares those of the first
  if (r == DEPREL_CONJ && !future && !possible && !obliged && q != i &&
      (is_xpos(t, i, "VB") || to == has_to(t, q)) && tok(t, q)->upos == UPOS_VERB) {
    const char *why = NULL;
    EventStatus s = is_xpos(t, i, "VB") ? verb_status(t, q, &why) : STATUS_ACTUAL;
    if (s == STATUS_PLANNED || s == STATUS_CONDITIONAL || s == STATUS_REQUESTED) {
      *reason = why;
      if (s == STATUS_PLANNED && !negated && has_condition(t, i)) {
        *reason = "depends on a condition";
        return STATUS_CONDITIONAL;
      }
      return negated ? STATUS_NEGATED : s;
    }
  }
  if (to && (r == DEPREL_ADVCL || r == DEPREL_ACL || q == i || r == DEPREL_PARATAXIS || r == DEPREL_XCOMP || r == DEPREL_CCOMP)) {
    // "to VERB": a purpose or a headline's future; complements of verbs that
    // the codebook does not know are taken as plans too, except perfect ones
    going = !have;
    be_to = true;
    if (r == DEPREL_XCOMP && q != i && word_is(t->doc, q, "used") && lemma_is(t->doc, q, "use") && child_with(t, q, DEPREL_AUX_PASS) == NONE)
      going = false; // "used to demand": it did
    if (going && q != i && (r == DEPREL_ACL || r == DEPREL_XCOMP || r == DEPREL_ADVCL) && is_ranked(t, q)) {
      going = false; // "was the first country to expel": as the copula says
      inner_of_rank = true;
    }
    if (going && (r == DEPREL_ADVCL || (r == DEPREL_XCOMP && lemma_is_status(t, q, "movement"))) && lemma_is_status(t, i, "expressive") &&
        tok(t, q)->upos == UPOS_VERB && !negated && verb_status(t, q, reason) == STATUS_ACTUAL)
      return STATUS_ACTUAL; // "phoned to congratulate": done by the main act
  }
  if (!to && !negated && is_subjunctive(t, i)) {
    *reason = "is called for (a bare verb behind \"that\")";
    return STATUS_REQUESTED;
  }
  EventStatus said;
  if (judged(t, i, &said, reason))
    return said;
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
  if ((future || going) && has_condition(t, i)) {
    *reason = "depends on a condition";
    return STATUS_CONDITIONAL;
  }
  if (inner_of_rank)
    return verb_status(t, q, reason);
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
  static const char *const be_words[] = {"is", "are", "was", "were", "be", NULL};
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
    if (r == DEPREL_AMOD && is_status(t, doc_word(t->doc, c), "possible")) {
      *reason = "is only said to be possible";
      return STATUS_CONDITIONAL;
    }
    if (r == DEPREL_AMOD && is_status(t, doc_word(t->doc, c), "planned")) {
      *reason = "is called planned";
      return STATUS_PLANNED;
    }
  }
  // otherwise as the clause it stands in: "will hold talks", "may lead to talks"
  uint32_t q = tok(t, i)->head;
  uint8_t r = tok(t, i)->deprel;
  if (q != i && r == DEPREL_NSUBJ && child_with(t, q, DEPREL_COP) != NONE) {
    EACH_CHILD(t, c, q) // "the visit is due next week"
    if (tok(t, c)->deprel == DEPREL_AMOD && (is_status(t, doc_word(t->doc, c), "planned") || word_is(t->doc, c, "due")) && c > i && is_one_of(t, c - 1, be_words)) {
      *reason = "is called planned";
      return STATUS_PLANNED;
    }
    EventStatus s = verb_status(t, q, reason); // "the visit would be a sign"
    if (s == STATUS_PLANNED || s == STATUS_CONDITIONAL)
      return s;
    *reason = NULL; // "the visit was no success": it took place
    return STATUS_ACTUAL;
  }
  if (q != i && tok(t, q)->upos == UPOS_VERB &&
      (r == DEPREL_OBJ || r == DEPREL_NSUBJ_PASS || r == DEPREL_NSUBJ || r == DEPREL_OBL)) {
    EventStatus s = verb_status(t, q, reason);
    if (r == DEPREL_NSUBJ && s == STATUS_NEGATED) {
      *reason = NULL; // "the attack surprised nobody"
      return STATUS_ACTUAL;
    }
    return s;
  }
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

EventStatus compose_status(Tree *t, EventStatus inner, EventStatus outer, uint32_t anchor) {
  const char *why = NULL;
  EventStatus op = own_status(t, anchor, &why);
  if (op == STATUS_NEGATED || op == STATUS_DENIED) {
    // an operator that did not happen: "did not refuse to meet", "no plans to"
    if (outer == STATUS_NEGATED || outer == STATUS_DENIED) {
      EACH_CHILD(t, c, anchor) // "will not hesitate to"
      if (is_one_of(t, c, futures))
        return STATUS_PLANNED;
      return inner == STATUS_PLANNED ? STATUS_ACTUAL : inner;
    }
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

// "raised taxes to help the farmers": what an act is meant to bring about is
// told of nobody's plans, unless somebody goes or is sent to do it.
bool is_mere_purpose(Tree *t, uint32_t anchor) {
  uint32_t q = tok(t, anchor)->head;
  if (tok(t, anchor)->deprel != DEPREL_ADVCL || q == anchor || !has_to(t, anchor) || tok(t, q)->upos != UPOS_VERB ||
      lemma_is_status(t, q, "movement") || lemma_is_status(t, q, "errand") || lemma_is_status(t, q, "travel"))
    return false;
  return own_status(t, anchor, NULL) == STATUS_PLANNED;
}

// "asked whether Chile had left", "whether it attacked is not known"
static bool is_embedded_question(const Tree *t, uint32_t i) {
  for (uint32_t steps = 0; steps < t->count; steps++) {
    uint8_t r = tok(t, i)->deprel;
    EACH_CHILD(t, c, i) {
      if (tok(t, c)->deprel != DEPREL_MARK || c > i || has_to(t, i))
        continue;
      if (word_is(t->doc, c, "whether") && !(r == DEPREL_ADVCL && child_with(t, tok(t, i)->head, DEPREL_NSUBJ) != NONE))
        return true;
      if (word_is(t->doc, c, "if") && (r == DEPREL_CCOMP || r == DEPREL_CSUBJ))
        return true;
    }
    if (r != DEPREL_CONJ || tok(t, i)->head == i)
      return false;
    i = tok(t, i)->head;
  }
  return false;
}

bool is_question(const Tree *t, uint32_t anchor) {
  const BedeDoc *doc = t->doc;
  if (is_embedded_question(t, anchor))
    return true;
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
