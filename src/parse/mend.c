// mend.c - what every tree of Universal Dependencies has, where the network's
// arcs miss it: a name hangs by its first word, and what stands behind "and"
// is joined to what stands before it.
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

void mend_trees(BedeDoc *doc) {
  for (uint32_t i = 0; i < doc->names.count; i++)
    if (doc->names.items[i].count > 1 && doc->names.items[i].type == NAME_PERSON)
      mend_name(doc, &doc->names.items[i]);
  for (uint32_t i = 0; i < doc->sentences.count; i++)
    mend_coordination(doc, &doc->sentences.items[i]);
}
