// tree.c - small questions to the tree that several layers ask.
// SPDX-License-Identifier: Apache-2.0
#include "mention/internal.h"

uint32_t clause_verb(const BedeDoc *doc, uint32_t token) {
  if (!has_tree(doc))
    return NONE;
  for (uint32_t steps = 0; steps < 64; steps++) {
    const Token *t = token_at(doc, token);
    if (t->upos == UPOS_VERB && t->deprel != DEPREL_AMOD)
      return token;
    if (t->head == token)
      return token;
    if (t->deprel == DEPREL_CCOMP || t->deprel == DEPREL_ADVCL ||
        t->deprel == DEPREL_ACL_RELCL || t->deprel == DEPREL_PARATAXIS)
      return token; // a nominal predicate
    token = t->head;
  }
  return NONE;
}

void subtree(const BedeDoc *doc, uint32_t token, uint32_t *first, uint32_t *last) {
  uint32_t begin = doc->sentences.items[token_at(doc, token)->sentence].first;
  uint32_t end = sentence_end(doc, token);
  *first = *last = token;
  begin = MAX(begin, token > REACH ? token - REACH : 0);
  end = MIN(end, token + REACH);
  // A token belongs to it if its chain of heads meets it. Going outwards from
  // the token, the first that does not ends the run.
  for (int side = 0; side < 2; side++)
    for (uint32_t i = side ? token + 1 : token - 1; side ? i < end : i + 1 > begin && i < end;
         i += side ? 1u : (uint32_t)-1) {
      uint32_t at = i, steps = 0;
      while (at != token && token_at(doc, at)->head != at && steps++ < 200)
        at = token_at(doc, at)->head;
      if (at != token)
        break;
      *(side ? last : first) = i;
    }
}

uint32_t time_at(const BedeDoc *doc, uint32_t token) {
  uint32_t low = 0, high = doc->times.count;
  while (low < high) { // the first that begins behind the token
    uint32_t middle = low + (high - low) / 2;
    if (doc->times.items[middle].first <= token)
      low = middle + 1;
    else
      high = middle;
  }
  return low && token < doc->times.items[low - 1].first + doc->times.items[low - 1].count ? low - 1 : NONE;
}
