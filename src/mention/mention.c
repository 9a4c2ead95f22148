// mention.c - the layers of mentions, one after the other.
// SPDX-License-Identifier: Apache-2.0
#include "mention/mention.h"

void find_mentions(BedeDoc *doc, const BedeModel *model) {
  find_times(doc, model);
  find_figures(doc, model);
  find_actors(doc, model);
  find_places(doc, model);
  find_speech(doc, model);
  find_first_persons(doc);
}

uint32_t actor_at(const BedeDoc *doc, uint32_t token) {
  // mentions are in the order of their first tokens: begin behind the last
  // that can hold the token, and look back over nested ones
  uint32_t low = 0, high = doc->actors.count, found = NONE;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (doc->actors.items[middle].first <= token)
      low = middle + 1;
    else
      high = middle;
  }
  for (uint32_t i = low; i-- > 0 && low - i <= 64;)
    if (doc->actors.items[i].head == token &&
        (found == NONE || doc->actors.items[i].count > doc->actors.items[found].count))
      found = i;
  return found;
}
