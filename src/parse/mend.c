// mend.c - what every tree of Universal Dependencies has, where the network's
// arcs miss it: a name hangs by its first word, a title by the name, what stands behind "and"
// is joined to what stands before it, and what is reported is whole.
// SPDX-License-Identifier: Apache-2.0
#include "parse/internal.h"

static bool is_nominal(const Token *t) {
  return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_PRON || t->upos == UPOS_NUM;
}

static bool is_under(const BedeDoc *doc, uint32_t token, uint32_t ancestor) {
  for (;;) {
    if (token == ancestor)
      return true;
    uint32_t head = doc->tokens.items[token].head;
    if (head == token)
      return false;
    token = head;
  }
}

static bool is_argument(uint8_t r) {
  return r == DEPREL_NSUBJ || r == DEPREL_NSUBJ_PASS || r == DEPREL_OBJ || r == DEPREL_IOBJ || r == DEPREL_OBL ||
         r == DEPREL_OBL_AGENT || r == DEPREL_NMOD || r == DEPREL_NMOD_POSS || r == DEPREL_CONJ || r == DEPREL_APPOS ||
         r == DEPREL_ROOT;
}

// "Xi" the subject and "Jinping" an object: the name is one phrase. The first
// word takes the best place that one of the words has.
static void mend_name(BedeDoc *doc, const Name *name) {
  Token *tokens = doc->tokens.items;
  uint32_t first = name->first, end = first + name->count, place = NONE, outside = 0;
  for (uint32_t i = first; i < end; i++) {
    uint32_t head = tokens[i].head;
    if (head >= first && head < end && head != i)
      continue;
    outside++;
    if (place == NONE || (!is_argument(tokens[place].deprel) && is_argument(tokens[i].deprel)))
      place = i;
  }
  if (outside < 2 || place == NONE)
    return;
  uint32_t head = tokens[place].head == place ? first : tokens[place].head;
  uint8_t relation = tokens[place].deprel;
  if (head != first && (head < first || head >= end)) {
    for (uint32_t i = first; i < end; i++)
      if (is_under(doc, head, i))
        return; // it would close a circle
  }
  for (uint32_t i = first; i < end; i++) {
    tokens[i].head = i == first ? head : first;
    tokens[i].deprel = i == first ? relation : tokens[i].upos == UPOS_PUNCT ? DEPREL_PUNCT : DEPREL_FLAT;
  }
}

static bool is_role(const BedeModel *model, const BedeDoc *doc, uint32_t token) {
  if (!is_nominal(&doc->tokens.items[token]))
    return false;
  const ActorTable *actors = &model->actors;
  const PhraseSlot *slot = phrase_at(&actors->role_phrases, actor_step(0, doc_word(doc, token), FORM_LOWER));
  return slot && slot->value < actors->role_count && actors->roles[slot->value].kind == ROLE_PERSON;
}

static bool is_modifier(uint8_t r) {
  return r == DEPREL_DET || r == DEPREL_AMOD || r == DEPREL_COMPOUND || r == DEPREL_NMOD_POSS || r == DEPREL_NUMMOD ||
         r == DEPREL_FLAT || r == DEPREL_NMOD_DESC;
}

// "Palestinian leader Mahmoud Abbas and Israeli Foreign Minister Silvan Shalom":
// a role right before a name describes it, and the name has the place.
static void mend_title(const BedeModel *model, BedeDoc *doc, const Sentence *s, const Name *name) {
  Token *tokens = doc->tokens.items;
  uint32_t n = name->first, t = n - 1, end = n + name->count;
  if (n == s->first || !is_role(model, doc, t) || tokens[t].head == n)
    return;
  bool determined = false, under = is_under(doc, n, t);
  for (uint32_t i = s->first; i < t; i++)
    determined |= tokens[i].head == t && (tokens[i].deprel == DEPREL_DET || tokens[i].deprel == DEPREL_NMOD_POSS);
  if (tokens[n].head != t && determined)
    return; // "told the minister Abbas had left"
  if (under || !is_argument(tokens[n].deprel)) {
    uint32_t head = tokens[t].head;
    if (!is_argument(tokens[t].deprel) || (head != t && is_under(doc, head, n)))
      return;
    tokens[n].head = head == t ? n : head;
    tokens[n].deprel = tokens[t].deprel;
  } else if (is_under(doc, tokens[n].head, t) && tokens[n].head != t) {
    return;
  }
  tokens[t].head = n;
  tokens[t].deprel = DEPREL_NMOD_DESC;
  for (uint32_t i = s->first; i < s->first + s->count; i++)
    if (tokens[i].head == t && i != n && (i > end || (i < t && !is_modifier(tokens[i].deprel))))
      tokens[i].head = n;
}

// "he and President Putin had …", each with a verb of its own: the second
// joins the first.
static void mend_coordination(BedeDoc *doc, const Sentence *s) {
  Token *tokens = doc->tokens.items;
  for (uint32_t c = s->first + 1; c + 1 < s->first + s->count; c++) {
    uint32_t y = tokens[c].head, x = c - 1;
    if (tokens[c].deprel != DEPREL_CC || y <= c || !is_nominal(&tokens[y]) || !is_nominal(&tokens[x]) || y == tokens[y].head)
      continue;
    uint8_t r = tokens[y].deprel;
    if (r == DEPREL_CONJ || !is_argument(r) || tokens[x].head == y || tokens[y].head == x)
      continue;
    // up from x to the noun phrase that begins the coordination
    uint32_t head = tokens[y].head;
    while (tokens[x].head != x && tokens[x].head < c && tokens[x].head >= s->first && is_nominal(&tokens[tokens[x].head]) &&
           !is_argument(tokens[x].deprel))
      x = tokens[x].head;
    if (tokens[x].head == x || is_under(doc, head, x) || is_under(doc, x, y))
      continue;
    tokens[x].head = head;
    tokens[x].deprel = r;
    tokens[y].head = x;
    tokens[y].deprel = DEPREL_CONJ;
  }
}

static bool is_speech_verb(const BedeModel *model, const BedeDoc *doc, uint32_t token) {
  return doc->tokens.items[token].upos == UPOS_VERB &&
         words_find(&model->words, WORDS_SPEECH_VERBS, str_of(doc_string(doc, doc->tokens.items[token].lemma)));
}

static bool is_subject(uint8_t r) { return r == DEPREL_NSUBJ || r == DEPREL_NSUBJ_PASS; }

// "Ruto left for Oslo after meeting Lund, an aide said": what stands before
// "an aide" belongs to "left", also its subject and "after meeting".
static void mend_report(const BedeModel *model, BedeDoc *doc, const Sentence *s) {
  Token *tokens = doc->tokens.items;
  uint32_t end = s->first + s->count;
  for (uint32_t w = s->first + 1; w < end; w++) {
    if (!is_speech_verb(model, doc, w))
      continue;
    uint32_t told = NONE, speaker = NONE, earlier = NONE;
    bool own = false;
    if (tokens[w].deprel == DEPREL_PARATAXIS && tokens[w].head < w)
      told = tokens[w].head;
    for (uint32_t i = s->first; i < end; i++) {
      if (tokens[i].head != w || i == w)
        continue;
      if (i < w && told == NONE && tokens[i].upos == UPOS_VERB && (tokens[i].deprel == DEPREL_CCOMP || tokens[i].deprel == DEPREL_PARATAXIS))
        told = i;
      if (is_subject(tokens[i].deprel)) {
        if (told == NONE && i < w)
          earlier = i;
        else
          speaker = i;
      }
    }
    if (told == NONE || speaker == NONE || speaker < told)
      continue;
    for (uint32_t i = s->first; i < end; i++)
      own |= tokens[i].head == told && i != told && is_subject(tokens[i].deprel);
    if (earlier != NONE && earlier < told && !own)
      tokens[earlier].head = told;
    for (uint32_t i = told + 1; i < speaker && i < w; i++)
      if (tokens[i].head == w && (tokens[i].deprel == DEPREL_ADVCL || tokens[i].deprel == DEPREL_OBL))
        tokens[i].head = told;
  }
}

// "expected Kenya to free the men and pay": a bare verb behind "and" joins the
// infinitive, not the verb above it.
static void mend_infinitives(const BedeModel *model, BedeDoc *doc, const Sentence *s) {
  Token *tokens = doc->tokens.items;
  for (uint32_t i = s->first + 1; i < s->first + s->count; i++) {
    uint32_t head = tokens[i].head, joined = NONE;
    if (tokens[i].deprel != DEPREL_CONJ || strcmp(xpos_name(model, &tokens[i]), "VB") || head >= i ||
        !strcmp(xpos_name(model, &tokens[head]), "VB") || tokens[head].upos != UPOS_VERB)
      continue;
    bool own = false;
    for (uint32_t k = s->first; k < s->first + s->count; k++) {
      own |= tokens[k].head == i && (tokens[k].deprel == DEPREL_AUX || tokens[k].deprel == DEPREL_MARK || is_subject(tokens[k].deprel));
      own |= tokens[k].head == head && tokens[k].deprel == DEPREL_AUX; // "will meet and praise"
    }
    for (uint32_t k = head + 1; k < i && !own; k++) {
      if (tokens[k].head != head || strcmp(xpos_name(model, &tokens[k]), "VB") ||
          (tokens[k].deprel != DEPREL_XCOMP && tokens[k].deprel != DEPREL_ADVCL && tokens[k].deprel != DEPREL_CCOMP))
        continue;
      joined = k;
    }
    if (joined != NONE)
      tokens[i].head = joined;
  }
}

// "killed up to 30 men": "up to" belongs to the number, and the men are an object.
static void mend_up_to(BedeDoc *doc, const Sentence *s) {
  Token *tokens = doc->tokens.items;
  for (uint32_t up = s->first + 1; up + 2 < s->first + s->count; up++) {
    uint32_t to = up + 1, number = up + 2, verb = up - 1;
    if (!word_is(doc, up, "up") || !word_is(doc, to, "to") || tokens[number].upos != UPOS_NUM || tokens[verb].upos != UPOS_VERB ||
        tokens[up].head != verb)
      continue;
    uint32_t noun = tokens[number].deprel == DEPREL_NUMMOD ? tokens[number].head : number;
    if (noun < number || noun >= s->first + s->count || tokens[noun].head != verb || tokens[noun].deprel != DEPREL_OBL ||
        tokens[to].head != noun)
      continue;
    bool has_object = false;
    for (uint32_t i = s->first; i < s->first + s->count; i++)
      has_object |= tokens[i].head == verb && tokens[i].deprel == DEPREL_OBJ;
    if (has_object)
      continue;
    tokens[noun].deprel = DEPREL_OBJ;
    tokens[up].head = to;
    tokens[up].deprel = DEPREL_FIXED;
    tokens[to].head = number;
    tokens[to].deprel = DEPREL_ADVMOD;
  }
}

static bool has_child(const BedeDoc *doc, const Sentence *s, uint32_t head, Deprel a, Deprel b) {
  for (uint32_t i = s->first; i < s->first + s->count; i++)
    if (doc->tokens.items[i].head == head && i != head && (doc->tokens.items[i].deprel == a || doc->tokens.items[i].deprel == b))
      return true;
  return false;
}

// "rejected [UN] [demands]": a name right before another object of a verb that
// takes but one belongs to that noun.
static void mend_objects(const BedeModel *model, BedeDoc *doc, const Sentence *s) {
  Token *tokens = doc->tokens.items;
  for (uint32_t i = s->first + 1; i + 1 < s->first + s->count; i++) {
    uint32_t verb = tokens[i].head;
    if (tokens[i].upos != UPOS_PROPN || tokens[i].deprel != DEPREL_OBJ || verb >= i || tokens[verb].upos != UPOS_VERB ||
        tokens[i + 1].head != verb || tokens[i + 1].upos != UPOS_NOUN || tokens[i + 1].deprel != DEPREL_OBJ ||
        words_find(&model->words, WORDS_DITRANSITIVE, str_of(doc_string(doc, tokens[verb].lemma))))
      continue;
    tokens[i].head = i + 1;
    tokens[i].deprel = DEPREL_COMPOUND;
  }
}

// "after a deadly [attack] killed six": a noun behind "after" that stands right
// before a finite verb with an object is its subject.
static void mend_after(const BedeModel *model, BedeDoc *doc, const Sentence *s) {
  static const char *const words[] = {"after", "before", "as", "since", "until", "because"};
  Token *tokens = doc->tokens.items;
  for (uint32_t v = s->first + 2; v < s->first + s->count; v++) {
    uint32_t n = v - 1, mark = NONE;
    if (strcmp(xpos_name(model, &tokens[v]), "VBD") || (tokens[v].deprel != DEPREL_ADVCL && tokens[v].deprel != DEPREL_ACL))
      continue;
    if ((tokens[n].upos != UPOS_NOUN && tokens[n].upos != UPOS_PROPN) || (tokens[n].deprel != DEPREL_OBL && tokens[n].deprel != DEPREL_NMOD) ||
        (tokens[v].head != tokens[n].head && tokens[v].head != n) || tokens[n].head >= n ||
        has_child(doc, s, v, DEPREL_NSUBJ, DEPREL_MARK) || !has_child(doc, s, v, DEPREL_OBJ, DEPREL_OBJ))
      continue;
    for (uint32_t i = s->first; i < n; i++)
      for (size_t k = 0; k < COUNT(words); k++)
        if (tokens[i].head == n && tokens[i].deprel == DEPREL_CASE && word_is(doc, i, words[k]))
          mark = i;
    if (mark == NONE)
      continue;
    tokens[v].head = tokens[n].head;
    tokens[v].deprel = DEPREL_ADVCL;
    tokens[n].head = v;
    tokens[n].deprel = DEPREL_NSUBJ;
    tokens[mark].head = v;
    tokens[mark].deprel = DEPREL_MARK;
  }
}

// "15 million dollars [in aid]": what a sum is given in hangs on the sum.
static void mend_sums(const BedeModel *model, BedeDoc *doc, const Sentence *s) {
  Token *tokens = doc->tokens.items;
  for (uint32_t in = s->first + 1; in + 1 < s->first + s->count; in++) {
    uint32_t noun = tokens[in].head, sum = in - 1;
    if (!word_is(doc, in, "in") || tokens[in].deprel != DEPREL_CASE || noun <= in || tokens[noun].upos != UPOS_NOUN ||
        tokens[noun].deprel != DEPREL_OBL || tokens[noun].head != tokens[sum].head || tokens[sum].deprel != DEPREL_OBJ)
      continue;
    const char *unit = words_find(&model->words, WORDS_UNITS, doc_word(doc, sum));
    if (unit && unit[0] == 'c') {
      tokens[noun].head = sum;
      tokens[noun].deprel = DEPREL_NMOD;
    }
  }
}

void mend_trees(const BedeModel *model, BedeDoc *doc) {
  for (uint32_t i = 0, k = 0; i < doc->names.count; i++) {
    const Name *name = &doc->names.items[i];
    if (name->type != NAME_PERSON && name->type != NAME_PLACE)
      continue;
    while (name->first >= doc->sentences.items[k].first + doc->sentences.items[k].count)
      k++;
    if (name->count > 1)
      mend_name(doc, name);
    if (name->type == NAME_PERSON)
      mend_title(model, doc, &doc->sentences.items[k], name);
  }
  for (uint32_t i = 0; i < doc->sentences.count; i++) {
    const Sentence *s = &doc->sentences.items[i];
    mend_coordination(doc, s);
    mend_report(model, doc, s);
    mend_infinitives(model, doc, s);
    mend_up_to(doc, s);
    mend_objects(model, doc, s);
    mend_after(model, doc, s);
    mend_sums(model, doc, s);
  }
}
