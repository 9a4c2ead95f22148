// predicate.c - trees to frames: the general rules of English syntax in one place.
// SPDX-License-Identifier: Apache-2.0
#include "event/predicate.h"
#include "parse/parse.h"

static const Token *tok(const Tree *t, uint32_t i) { return &t->doc->tokens.items[i]; }
static Predicate *predicate_at(Tree *t, uint32_t i) { return &t->predicates[i - t->first]; }

Tree tree_of(BedeDoc *doc, const BedeModel *model, uint32_t sentence) {
  const Sentence *s = &doc->sentences.items[sentence];
  Tree t = {.doc = doc, .model = model, .first = s->first, .count = s->count};
  t.child = arena_alloc(&doc->arena, s->count * sizeof *t.child);
  t.sibling = arena_alloc(&doc->arena, s->count * sizeof *t.sibling);
  t.predicates = arena_alloc(&doc->arena, s->count * sizeof *t.predicates);
  for (uint32_t i = 0; i < s->count; i++)
    t.child[i] = t.sibling[i] = NONE;
  for (uint32_t i = s->count; i-- > 0;) { // backwards: lists come out in order
    uint32_t head = tok(&t, s->first + i)->head;
    if (head == s->first + i)
      continue;
    t.sibling[i] = t.child[head - s->first];
    t.child[head - s->first] = s->first + i;
  }
  return t;
}

#define EACH_CHILD(t, c, parent)                                               \
  for (uint32_t c = (t)->child[(parent) - (t)->first]; c != NONE;              \
       c = (t)->sibling[c - (t)->first])

uint32_t prep_hash(Str words) {
  uint32_t h = 2166136261u;
  for (size_t i = 0; i < words.len; i++) {
    char c = words.at[i];
    h = (h ^ (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c)) * 16777619u;
  }
  return h | 1;
}

// The words that make another verb of the one before them.
static bool may_be_particle(const Tree *t, uint32_t token) {
  static const char *const words[] = {"out", "up", "down", "off", "back", "away", "over"};
  for (size_t i = 0; i < COUNT(words); i++)
    if (word_is(t->doc, token, words[i]))
      return true;
  return false;
}

// "out" before "of" is a preposition with it, whatever the parser says.
static bool is_out_of(const Tree *t, uint32_t c) {
  return c + 1 < t->first + t->count && word_is(t->doc, c, "out") && word_is(t->doc, c + 1, "of");
}

// Particles, also where the parser calls them adverbs: "pulled out".
static bool is_particle(const Tree *t, uint32_t verb, uint32_t c) {
  if (is_out_of(t, c))
    return false;
  return tok(t, c)->deprel == DEPREL_COMPOUND_PRT ||
         (tok(t, c)->deprel == DEPREL_ADVMOD && c == verb + 1 && tok(t, verb)->upos == UPOS_VERB && may_be_particle(t, c));
}

// Is there another object of the same verb behind this one?
static bool later_object(const Tree *t, uint32_t object) {
  static const char *const naming[] = {"call", "name", "elect", "appoint", "label", "brand", "dub", "make"};
  for (size_t i = 0; i < COUNT(naming); i++) // "called Chile an aggressor"
    if (!strcmp(doc_string(t->doc, tok(t, tok(t, object)->head)->lemma), naming[i]))
      return false;
  EACH_CHILD(t, c, tok(t, object)->head)
  if (c > object && tok(t, c)->deprel == DEPREL_OBJ)
    return true;
  return false;
}

// Does a particle of the verb stand before its dependent?
static bool particle_before(const Tree *t, uint32_t verb, uint32_t token) {
  return verb + 1 < token && is_particle(t, verb, verb + 1) && tok(t, verb + 1)->head == verb;
}

// A particle that the parser took for a preposition of what follows: "pulled
// [out of Mali]", "laid [down their arms]".
static bool is_loose_particle(const Tree *t, uint32_t c) {
  if (tok(t, c)->deprel != DEPREL_CASE || c == t->first || tok(t, c - 1)->upos != UPOS_VERB || !may_be_particle(t, c) || is_out_of(t, c))
    return false;
  uint32_t noun = tok(t, c)->head;
  if (noun <= c || tok(t, noun)->head != c - 1)
    return false;
  return tok(t, noun)->deprel == DEPREL_OBJ ||
         (c + 1 < t->first + t->count && tok(t, c + 1)->deprel == DEPREL_CASE && tok(t, c + 1)->head == noun);
}

uint32_t prep_of(const Tree *t, uint32_t token) {
  char words[64];
  size_t len = 0;
  EACH_CHILD(t, c, token) {
    if (tok(t, c)->deprel != DEPREL_CASE && !(tok(t, c)->deprel == DEPREL_MARK && tok(t, c)->upos != UPOS_PART))
      continue;
    if (is_loose_particle(t, c))
      continue;
    Str w = doc_word(t->doc, c);
    if (tok(t, c)->deprel == DEPREL_MARK && (word_is(t->doc, c, "that") || word_is(t->doc, c, "if") || word_is(t->doc, c, "whether")))
      continue;
    if (str_equal(w, STR("'s")) || str_equal(w, STR("'")) || len + w.len + 2 > sizeof words)
      continue;
    if (c > t->first && is_out_of(t, c - 1)) {
      memcpy(words, "out", len = 3); // "pulled out [of Mali]"
    }
    if (len)
      words[len++] = '_';
    memcpy(words + len, w.at, w.len);
    len += w.len;
    EACH_CHILD(t, f, c) { // "because of": of hangs on because
      Str more = doc_word(t->doc, f);
      if (tok(t, f)->deprel != DEPREL_FIXED || len + more.len + 2 > sizeof words)
        continue;
      words[len++] = '_';
      memcpy(words + len, more.at, more.len);
      len += more.len;
    }
  }
  return len ? prep_hash((Str){words, len}) : 0;
}

uint32_t child_with(const Tree *t, uint32_t token, Deprel relation) {
  EACH_CHILD(t, c, token)
  if (tok(t, c)->deprel == relation)
    return c;
  return NONE;
}

Str predicate_lemma(const Tree *t, uint32_t token, char *buffer, size_t room) {
  Str lemma = str_of(doc_string(t->doc, tok(t, token)->lemma));
  size_t len = 0;
  for (; len < lemma.len && len + 2 < room; len++)
    buffer[len] = lemma.at[len] >= 'A' && lemma.at[len] <= 'Z' ? (char)(lemma.at[len] + 32) : lemma.at[len];
  // "troops" is a word of its own in one treebank, a plural in the other
  if (len > 3 && len < room && buffer[len - 1] == 's' && buffer[len - 2] != 's' && is_xpos(t, token, "NNS") &&
      str_equal_fold((Str){buffer, len}, doc_word(t->doc, token)))
    len--;
  uint32_t loose = token + 1 < t->first + t->count && is_loose_particle(t, token + 1) ? token + 1 : NONE;
  for (uint32_t c = loose != NONE ? loose : t->child[token - t->first]; c != NONE;
       c = c == loose ? t->child[token - t->first] : t->sibling[c - t->first]) {
    if (c != loose && !is_particle(t, token, c))
      continue;
    Str w = doc_word(t->doc, c);
    if (len + w.len + 2 > room)
      break;
    buffer[len++] = '_';
    for (size_t i = 0; i < w.len; i++)
      buffer[len++] = w.at[i] >= 'A' && w.at[i] <= 'Z' ? (char)(w.at[i] + 32) : w.at[i];
  }
  return (Str){buffer, len};
}

bool is_xpos(const Tree *t, uint32_t token, const char *tag) {
  return !strcmp(xpos_name(t->model, tok(t, token)), tag);
}

bool is_under(const Tree *t, uint32_t token, uint32_t ancestor) {
  for (uint32_t steps = 0; steps <= t->count; steps++) {
    if (token == ancestor)
      return true;
    uint32_t head = tok(t, token)->head;
    if (head == token)
      return false;
    token = head;
  }
  return false;
}

bool is_noun_of(const Tree *t, uint32_t token, const char *kind) {
  const char *found = words_find(&t->model->words, WORDS_NOUNS, str_of(doc_string(t->doc, tok(t, token)->lemma)));
  return found && !strcmp(found, kind);
}

// ---- building

static bool is_noun(const Token *k) {
  return k->upos == UPOS_NOUN || k->upos == UPOS_PROPN || k->upos == UPOS_PRON ||
         k->upos == UPOS_NUM || k->upos == UPOS_SYM || k->upos == UPOS_DET;
}

static bool is_relative_pronoun(const Tree *t, uint32_t i) {
  return tok(t, i)->upos == UPOS_PRON && (is_xpos(t, i, "WP") || is_xpos(t, i, "WDT") || is_xpos(t, i, "WP$") ||
         (word_is(t->doc, i, "that") && !is_xpos(t, i, "DT")));
}

// Arguments are collected here while a frame is built: frames above are built
// on the way, and the arguments of one frame must stand together.
enum { ARG_LIMIT = 48 };
typedef struct Draft Draft;
struct Draft {
  Arg args[ARG_LIMIT];
  uint32_t count;
};

static void put(Draft *d, Role role, uint32_t token, uint32_t prep, bool inherited) {
  for (uint32_t i = 0; i < d->count; i++)
    if (d->args[i].token == token && d->args[i].role == role && d->args[i].prep == prep)
      return;
  if (d->count < ARG_LIMIT && token != NONE)
    d->args[d->count++] = (Arg){.role = (uint8_t)role, .inherited = inherited, .token = token, .prep = prep};
}

// "A series of attacks" is attacks, "ten million dollars in aid" is aid: what a
// quantity is of stands beside it.
static void put_counted(const Tree *t, Draft *d) {
  uint32_t of = prep_hash(STR("of")), in = prep_hash(STR("in"));
  for (uint32_t i = 0, count = d->count; i < count; i++) {
    Arg a = d->args[i];
    if (a.role == ROLE_ADV || a.role == ROLE_COMP || child_with(t, a.token, DEPREL_NMOD) == NONE)
      continue;
    const char *unit = words_find(&t->model->words, WORDS_UNITS, doc_word(t->doc, a.token));
    bool sum = unit && unit[0] == 'c';
    if (!sum && !is_noun_of(t, a.token, "quantity"))
      continue;
    EACH_CHILD(t, c, a.token)
    if (tok(t, c)->deprel == DEPREL_NMOD && (prep_of(t, c) == of || (sum && prep_of(t, c) == in)))
      put(d, a.role, c, a.prep, true);
  }
}

static bool has(const Draft *d, Role role) {
  for (uint32_t i = 0; i < d->count; i++)
    if (d->args[i].role == role)
      return true;
  return false;
}

// Copies the arguments of one role of another frame; as: the role they get.
static bool inherit(Tree *t, Draft *d, uint32_t from, Role role, Role as) {
  const Predicate *f = predicate_of(t, from);
  bool any = false;
  for (uint32_t i = 0; i < f->count; i++) {
    Arg a = *predicate_arg(t, f, i);
    if (a.role == role) {
      put(d, as, a.token, as == ROLE_PREP ? a.prep : 0, true);
      any = true;
    }
  }
  return any;
}

static bool has_child(const Tree *t, uint32_t token, Deprel a, Deprel b) {
  return child_with(t, token, a) != NONE || child_with(t, token, b) != NONE;
}

static bool has_to(const Tree *t, uint32_t token) {
  EACH_CHILD(t, c, token)
  if (tok(t, c)->deprel == DEPREL_MARK && word_is(t->doc, c, "to"))
    return true;
  return false;
}

// "the ships seized by Kenya", "a country torn by war", "was seized"
static bool is_passive(const Tree *t, uint32_t p) {
  if (has_child(t, p, DEPREL_AUX_PASS, DEPREL_NSUBJ_PASS) || child_with(t, p, DEPREL_CSUBJ_PASS) != NONE)
    return true;
  if (tok(t, p)->upos != UPOS_VERB || !is_xpos(t, p, "VBN"))
    return false;
  EACH_CHILD(t, c, p)
  if (tok(t, c)->deprel == DEPREL_AUX || tok(t, c)->deprel == DEPREL_NSUBJ || tok(t, c)->deprel == DEPREL_OBJ)
    return false;
  return true;
}

static void own_arguments(Tree *t, uint32_t p, bool passive, Draft *d) {
  uint32_t by = prep_hash(STR("by")), to = prep_hash(STR("to"));
  EACH_CHILD(t, c, p) {
    uint32_t prep;
    switch ((Deprel)tok(t, c)->deprel) {
    case DEPREL_NSUBJ: case DEPREL_NSUBJ_OUTER: case DEPREL_CSUBJ:
      put(d, passive ? ROLE_OBJ : ROLE_SUBJ, c, 0, false);
      break;
    case DEPREL_NSUBJ_PASS: case DEPREL_CSUBJ_PASS:
      // "Morocco was offered a loan": the subject is whom it was offered to
      put(d, child_with(t, p, DEPREL_OBJ) != NONE ? ROLE_PREP : ROLE_OBJ, c,
          child_with(t, p, DEPREL_OBJ) != NONE ? to : 0, false);
      break;
    case DEPREL_OBL_AGENT:
      put(d, ROLE_SUBJ, c, 0, false);
      break;
    case DEPREL_OBJ: // of two objects the first is to whom: "sent Jordan aid"
      put(d, later_object(t, c) ? ROLE_PREP : ROLE_OBJ, c, later_object(t, c) ? to : 0, false);
      break;
    case DEPREL_IOBJ: // "gave Chile aid" is "to Chile"; "told Chile to leave" is an object
      if (child_with(t, p, DEPREL_OBJ) != NONE)
        put(d, ROLE_PREP, c, to, false);
      else
        put(d, ROLE_OBJ, c, 0, false);
      break;
    case DEPREL_OBL: case DEPREL_NMOD: case DEPREL_OBL_UNMARKED:
      prep = prep_of(t, c);
      if (prep == by && passive)
        put(d, ROLE_SUBJ, c, 0, false);
      else if (prep)
        put(d, ROLE_PREP, c, prep, false);
      else if (tok(t, c)->deprel == DEPREL_OBL && !passive && particle_before(t, p, c) && child_with(t, p, DEPREL_OBJ) == NONE)
        put(d, ROLE_OBJ, c, 0, false); // "laid down their arms"
      break;
    case DEPREL_AUX: // "must", "will": for clauses that name them
      if (is_xpos(t, c, "MD"))
        put(d, ROLE_ADV, c, 0, false);
      break;
    case DEPREL_ADVMOD:
      if (!is_particle(t, p, c))
        put(d, ROLE_ADV, c, 0, false);
      break;
    case DEPREL_XCOMP: case DEPREL_CCOMP:
      put(d, ROLE_COMP, c, prep_of(t, c), false);
      break;
    case DEPREL_ADVCL: case DEPREL_ACL:
      put(d, ROLE_COMP, c, prep_of(t, c), false);
      break;
    default:
      break;
    }
  }
}

// "the killing of a nurse [by rebels]", "the visit of the envoy [to Chile]": the
// parser may hang the phrase on the noun before it.
static void hoist(Tree *t, uint32_t noun, Draft *d) {
  uint32_t by = prep_hash(STR("by")), of = prep_hash(STR("of"));
  EACH_CHILD(t, c, noun) {
    uint32_t prep = tok(t, c)->deprel == DEPREL_NMOD ? prep_of(t, c) : 0;
    if (prep == by)
      put(d, ROLE_SUBJ, c, 0, true);
    else if (prep && prep != of)
      put(d, ROLE_PREP, c, prep, true);
  }
}

// Actors that modify a noun: "Norway's visit", "the Norwegian visit", "a
// Norway visit", "the visit by Norway".
static void nominal_arguments(Tree *t, uint32_t p, Draft *d) {
  uint32_t by = prep_hash(STR("by")), of = prep_hash(STR("of"));
  EACH_CHILD(t, c, p) {
    switch ((Deprel)tok(t, c)->deprel) {
    case DEPREL_NMOD_POSS:
      put(d, ROLE_SUBJ, c, 0, false);
      break;
    case DEPREL_AMOD: case DEPREL_COMPOUND: case DEPREL_NMOD_DESC: case DEPREL_NMOD_UNMARKED:
      put(d, ROLE_SUBJ, c, 0, false);
      if (d->count && d->args[d->count - 1].token == c)
        d->args[d->count - 1].modifier = 1;
      break;
    case DEPREL_NMOD: case DEPREL_OBL: case DEPREL_OBL_AGENT: {
      uint32_t prep = prep_of(t, c);
      if (prep == by)
        put(d, ROLE_SUBJ, c, 0, false);
      else if (prep)
        put(d, ROLE_PREP, c, prep, false);
      if (prep == by || prep == of)
        hoist(t, c, d);
      else if (prep) // "the attack on Chile by rebels"
        for (uint32_t j = t->child[c - t->first]; j != NONE; j = t->sibling[j - t->first])
          if (tok(t, j)->deprel == DEPREL_NMOD && prep_of(t, j) == by)
            put(d, ROLE_SUBJ, j, 0, true);
      break;
    }
    case DEPREL_ACL: case DEPREL_ADVCL: case DEPREL_CCOMP: case DEPREL_XCOMP:
      put(d, ROLE_COMP, c, prep_of(t, c), false);
      break;
    default:
      break;
    }
  }
}

// Relative clauses: the noun takes the place of its pronoun, or fills the gap.
static void relative(Tree *t, uint32_t p, uint32_t noun, bool passive, Draft *d) {
  bool replaced = false;
  for (uint32_t i = 0; i < d->count; i++)
    if (is_relative_pronoun(t, d->args[i].token)) {
      d->args[i].token = noun;
      replaced = true;
    }
  if (replaced)
    return;
  EACH_CHILD(t, c, p) // "whose army": the pronoun hangs deeper; "where": no gap
  if (tok(t, c)->deprel == DEPREL_ADVMOD && (word_is(t->doc, c, "where") || word_is(t->doc, c, "when")))
    return;
  if (!passive && !has(d, ROLE_SUBJ))
    put(d, ROLE_SUBJ, noun, 0, true);
  else if (!has(d, ROLE_OBJ))
    put(d, ROLE_OBJ, noun, 0, true);
}

static bool is_speech_verb(const Tree *t, uint32_t token) {
  return tok(t, token)->upos == UPOS_VERB &&
         words_find(&t->model->words, WORDS_SPEECH_VERBS, str_of(doc_string(t->doc, tok(t, token)->lemma)));
}

// Prepositions whose gerund is about the object of the verb above.
static bool takes_object(uint32_t prep) {
  static const char *const words[] = {"of", "for", "from", "with", "against", "into"};
  for (size_t i = 0; i < COUNT(words); i++)
    if (prep == prep_hash(str_of(words[i])))
      return true;
  return false;
}

bool is_had(const Tree *t, uint32_t participle) {
  uint32_t noun = tok(t, participle)->head, verb = tok(t, noun)->head;
  return tok(t, participle)->deprel == DEPREL_AMOD && is_xpos(t, participle, "VBN") && tok(t, noun)->deprel == DEPREL_OBJ &&
         !strcmp(doc_string(t->doc, tok(t, verb)->lemma), "have") && participle == verb + 1;
}

// What the clause gets from above it: control, coordination, participles.
static void from_above(Tree *t, uint32_t p, bool passive, Draft *d) {
  const Token *k = tok(t, p);
  uint32_t q = k->head;
  if (q == p)
    return;
  Role missing = passive ? ROLE_OBJ : ROLE_SUBJ;
  switch ((Deprel)k->deprel) {
  case DEPREL_CONJ:
    if (is_noun(tok(t, q)) && !predicate_of(t, q)->clausal)
      break;
    if (!has(d, ROLE_SUBJ) && !passive)
      inherit(t, d, q, ROLE_SUBJ, ROLE_SUBJ);
    if (passive && !has(d, ROLE_OBJ)) { // "was arrested and jailed"
      if (!inherit(t, d, q, predicate_of(t, q)->passive ? ROLE_OBJ : ROLE_SUBJ, ROLE_OBJ))
        inherit(t, d, q, ROLE_OBJ, ROLE_OBJ);
      if (!has(d, ROLE_SUBJ) && predicate_of(t, q)->passive)
        inherit(t, d, q, ROLE_SUBJ, ROLE_SUBJ);
    }
    break;
  case DEPREL_ACL_RELCL: case DEPREL_ADVCL_RELCL:
    if (is_noun(tok(t, q)))
      relative(t, p, q, passive, d);
    break;
  case DEPREL_ACL:
    if (!is_noun(tok(t, q)))
      break;
    if (has_to(t, p)) { // "its plan to visit": who has the plan
      uint32_t verb = tok(t, q)->head;
      bool asked = is_noun_of(t, q, "request"); // "refused its demand to free": who refused
      if (!has(d, missing) && asked && tok(t, q)->deprel == DEPREL_OBJ && tok(t, verb)->upos == UPOS_VERB)
        inherit(t, d, verb, ROLE_SUBJ, missing);
      else if (!has(d, missing) && !asked)
        inherit(t, d, q, ROLE_SUBJ, missing);
    } else if (!has(d, missing)) {
      uint32_t verb = tok(t, q)->head;
      bool spoken = !passive && is_noun_of(t, q, "document") && is_speech_verb(t, p);
      if (spoken && tok(t, q)->deprel == DEPREL_OBJ && tok(t, verb)->upos == UPOS_VERB) // "issued a report accusing"
        inherit(t, d, verb, ROLE_SUBJ, missing);
      else if (spoken)
        inherit(t, d, q, ROLE_SUBJ, missing);
      if (!has(d, missing))
        put(d, missing, q, 0, true);
    }
    break;
  case DEPREL_XCOMP: case DEPREL_ADVCL: case DEPREL_CCOMP: {
    if (has(d, missing) || (k->deprel == DEPREL_CCOMP && !is_xpos(t, p, "VBG") && !has_to(t, p)))
      break;
    // object control ("urged Chile to leave"), else subject control; a
    // passive governor hands its own object on ("was forced to leave")
    bool object = k->deprel == DEPREL_XCOMP || has_to(t, p) || prep_of(t, p);
    bool done = false;
    // "accused Chile of attacking", not "left Chile after meeting"
    bool closed = k->deprel != DEPREL_ADVCL || takes_object(prep_of(t, p));
    if (object && closed && !words_find(&t->model->words, WORDS_SUBJECT_CONTROL,
                       str_of(doc_string(t->doc, tok(t, q)->lemma)))) {
      const Predicate *f = predicate_of(t, q);
      for (uint32_t i = 0; i < f->count && !done; i++) {
        Arg a = *predicate_arg(t, f, i);
        if (a.role == ROLE_OBJ && !a.inherited && a.token != p)
          put(d, missing, a.token, 0, true), done = true;
      }
      if (!done && k->deprel == DEPREL_XCOMP) // "ordered by NATO to", "asked of"
        for (uint32_t i = 0; i < f->count && !done; i++) {
          Arg a = *predicate_arg(t, f, i);
          if (a.role == ROLE_PREP && a.prep == prep_hash(STR("to")) && child_with(t, q, DEPREL_IOBJ) == a.token)
            put(d, missing, a.token, 0, true), done = true;
        }
    }
    // of a passive the subject that is seen: "were jailed by Chile after being …"
    uint32_t seen = predicate_of(t, q)->passive ? child_with(t, q, DEPREL_NSUBJ_PASS) : NONE;
    if (!done && seen != NONE && !is_relative_pronoun(t, seen))
      put(d, missing, seen, 0, true);
    else if (!done && !(predicate_of(t, q)->passive && inherit(t, d, q, ROLE_OBJ, missing)))
      inherit(t, d, q, ROLE_SUBJ, missing);
    break;
  }
  case DEPREL_ADVMOD: // "Likely to visit Oman, the minister …"
    if (k->upos == UPOS_ADJ && child_with(t, p, DEPREL_XCOMP) != NONE && !has(d, ROLE_SUBJ))
      inherit(t, d, q, ROLE_SUBJ, ROLE_SUBJ);
    break;
  case DEPREL_AMOD: // "the visiting minister", "the occupied town"
    if (is_noun(tok(t, q)) && !has(d, missing))
      put(d, missing, q, 0, true);
    if (is_had(t, p)) // "have frozen aid" is read as "have aid that is frozen"
      inherit(t, d, tok(t, q)->head, ROLE_SUBJ, ROLE_SUBJ);
    break;
  case DEPREL_PARATAXIS:
  default:
    break;
  }
}

// "Forty men were arrested and arms found by the police": the agent of the last
// passive is that of the first.
static void agent_of_conjunct(Tree *t, uint32_t p, Draft *d) {
  EACH_CHILD(t, c, p) {
    if (tok(t, c)->deprel != DEPREL_CONJ || tok(t, c)->upos != UPOS_VERB || !is_xpos(t, c, "VBN") || child_with(t, c, DEPREL_OBJ) != NONE)
      continue;
    EACH_CHILD(t, a, c)
    if (tok(t, a)->deprel == DEPREL_OBL_AGENT ||
        ((tok(t, a)->deprel == DEPREL_OBL || tok(t, a)->deprel == DEPREL_NMOD) && prep_of(t, a) == prep_hash(STR("by"))))
      put(d, ROLE_SUBJ, a, 0, true);
  }
}

// Prepositions of what a journey or a stay is for, or goes with.
static bool is_errand(uint32_t prep) {
  static const char *const words[] = {"for", "after", "before", "during", "following"};
  for (size_t i = 0; i < COUNT(words); i++)
    if (prep == prep_hash(str_of(words[i])))
      return true;
  return false;
}

// Prepositions of a place or a vehicle, behind which an errand may be told.
static bool is_way(uint32_t prep) {
  static const char *const words[] = {"to", "from", "in", "at", "by", "aboard", "into"};
  for (size_t i = 0; i < COUNT(words); i++)
    if (prep == prep_hash(str_of(words[i])))
      return true;
  return false;
}

// "said after the abduction of a nurse": what was done to somebody, told as
// the time or the cause of a word, is not done by who speaks.
static bool is_occasion(const Tree *t, uint32_t noun) {
  static const char *const words[] = {"after", "following", "amid", "since", "despite", "over", "about"};
  uint32_t prep = prep_of(t, noun);
  bool aside = false;
  for (size_t i = 0; i < COUNT(words); i++)
    aside |= prep == prep_hash(str_of(words[i]));
  EACH_CHILD(t, c, noun)
  if (aside && tok(t, c)->deprel == DEPREL_NMOD && prep_of(t, c) == prep_hash(STR("of")))
    return true;
  return false;
}

// Nouns of action take their doer from the verb they hang on: "paid a visit to
// Chile", "left for talks with Chile".
static void nominal_from_above(Tree *t, uint32_t p, Draft *d) {
  const Token *k = tok(t, p);
  uint32_t q = k->head;
  for (uint32_t steps = 0; steps < t->count && tok(t, q)->deprel == DEPREL_CONJ && is_noun(tok(t, q)); steps++)
    q = tok(t, q)->head;
  if (k->deprel == DEPREL_CONJ && is_noun(tok(t, k->head))) { // "a visit and talks"
    k = tok(t, k->head);
    q = k->head;
  }
  if (k->deprel == DEPREL_NMOD && is_noun(tok(t, q)) && is_noun_of(t, q, "quantity") && prep_of(t, p) == prep_hash(STR("of"))) {
    k = tok(t, q); // "made a series of attacks"
    q = k->head;
  }
  bool aside = k->deprel == DEPREL_NMOD && is_errand(prep_of(t, p));
  if (aside) // "flew to Oslo on Monday for talks with Chile"
    for (uint32_t steps = 0; steps < t->count &&
         ((tok(t, q)->upos == UPOS_PROPN &&
           (tok(t, q)->deprel == DEPREL_OBL || tok(t, q)->deprel == DEPREL_NMOD || tok(t, q)->deprel == DEPREL_OBL_UNMARKED)) ||
          (tok(t, q)->upos == UPOS_NOUN && tok(t, q)->deprel == DEPREL_OBL && is_way(prep_of(t, q)))); steps++)
      q = tok(t, q)->head;
  if (q == p || tok(t, q)->upos != UPOS_VERB || (is_speech_verb(t, q) && is_occasion(t, p)))
    return;
  bool support = words_find(&t->model->words, WORDS_SUPPORT_VERBS, str_of(doc_string(t->doc, tok(t, q)->lemma)));
  bool own = false;
  for (uint32_t i = 0; i < d->count; i++)
    own |= d->args[i].role == ROLE_SUBJ && !d->args[i].modifier;
  const Predicate *f = predicate_of(t, q);
  bool is_object = k->deprel == DEPREL_OBJ || k->deprel == DEPREL_NSUBJ_PASS ||
                   (k->deprel == DEPREL_NSUBJ && f->passive);
  if (is_object && support) {
    if (!own)
      inherit(t, d, q, ROLE_SUBJ, ROLE_SUBJ);
    for (uint32_t i = 0; i < f->count; i++) {
      Arg a = *predicate_arg(t, f, i);
      if (a.role == ROLE_PREP)
        put(d, ROLE_PREP, a.token, a.prep, true);
    }
  } else if ((k->deprel == DEPREL_OBL || aside) && !own) {
    // "accused Chile in the murder of": the one spoken of, not who speaks
    uint32_t prep = prep_of(t, p);
    if (prep == prep_hash(STR("about")) || prep == prep_hash(STR("on")) || prep == prep_hash(STR("regarding")) || prep == prep_hash(STR("concerning")))
      return; // "exchanged views on aid to Chad"
    bool accused = !f->passive && child_with(t, p, DEPREL_DET) != NONE && (prep == prep_hash(STR("in")) || prep == prep_hash(STR("over")));
    if (!(accused && inherit(t, d, q, ROLE_OBJ, ROLE_SUBJ)))
      inherit(t, d, q, f->passive ? ROLE_OBJ : ROLE_SUBJ, ROLE_SUBJ);
  }
}

const Predicate *predicate_of(Tree *t, uint32_t p) {
  Predicate *f = predicate_at(t, p);
  if (f->state)
    return f; // also when being built: a circle through the noun above
  f->state = 1;
  const Token *k = tok(t, p);
  Draft d = {.count = 0};
  f->clausal = k->upos == UPOS_VERB || k->upos == UPOS_AUX || has_child(t, p, DEPREL_COP, DEPREL_NSUBJ) ||
               has_child(t, p, DEPREL_AUX, DEPREL_NSUBJ_PASS);
  if (f->clausal) {
    f->passive = is_passive(t, p);
    own_arguments(t, p, f->passive, &d);
    // ", X said": the clause it hangs on is what is said
    if (k->deprel == DEPREL_PARATAXIS && k->head != p && !has(&d, ROLE_COMP) && is_speech_verb(t, p))
      put(&d, ROLE_COMP, k->head, 0, false);
    from_above(t, p, f->passive, &d);
    if (f->passive && !has(&d, ROLE_SUBJ))
      agent_of_conjunct(t, p, &d);
    if (is_noun(k) && k->upos != UPOS_PRON) // "is a party to", "was a victim of"
      nominal_arguments(t, p, &d);
  } else if (k->upos == UPOS_ADJ || k->upos == UPOS_ADV) {
    own_arguments(t, p, false, &d);
    from_above(t, p, false, &d);
    if (k->deprel == DEPREL_AMOD && !has(&d, ROLE_SUBJ))
      put(&d, ROLE_SUBJ, k->head, 0, true);
  } else {
    nominal_arguments(t, p, &d);
    nominal_from_above(t, p, &d);
  }
  put_counted(t, &d);
  f = predicate_at(t, p);
  f->first = t->args.count;
  f->count = d.count;
  f->state = 2;
  for (uint32_t i = 0; i < d.count; i++)
    array_push(&t->doc->arena, &t->args, d.args[i]);
  return f;
}
