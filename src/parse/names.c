// names.c - the names in a piece: the best sequence of the network's BIO
// labels, helped where the words are a name that the tables know.
// SPDX-License-Identifier: Apache-2.0
#include "parse/internal.h"

// What a label gains at a word of a known name of that type, in 1/256.
enum { KNOWN = 512 };

// 2 type + 1 for the first word of a name, 2 type + 2 for the others; 0: none.
static uint8_t code_of(uint32_t type, bool begins) { return (uint8_t)(2 * type + (begins ? 1 : 2)); }

static uint8_t label_code(const Network *net, uint32_t label) {
  const char *text = network_label(net, LABELS_NAME, label);
  bool tagged = (text[0] == 'B' || text[0] == 'I') && text[1] == '-';
  for (uint32_t type = 0; tagged && type < COUNT(name_types); type++)
    if (!strcmp(name_types[type], text + 2))
      return code_of(type, text[0] == 'B');
  return 0;
}

static bool same_type(const ActorTable *t, const ActorName *name, uint32_t *type) {
  static const uint8_t types[ENTRY_KINDS] = {
      [ENTRY_COUNTRY] = NAME_PLACE, [ENTRY_ADJECTIVE] = NAME_OTHER, [ENTRY_PEOPLE] = NAME_OTHER,
      [ENTRY_CAPITAL] = NAME_PLACE, [ENTRY_PERSON] = NAME_PERSON, [ENTRY_BODY] = NAME_ORG,
      [ENTRY_GROUP] = NAME_ORG, [ENTRY_SEAT] = NAME_PLACE};
  for (uint32_t i = 0; i < name->count; i++) {
    uint32_t kind = t->entries[t->runs[name->first + i]].kind, now = kind < ENTRY_KINDS ? types[kind] : NAME_OTHER;
    if (i && now != *type)
      return false;
    *type = now;
  }
  return name->count && *type != NAME_OTHER;
}

// The longest name of the tables that begins at word i: its number of words
// and its type, 0 where there is none, or it may be of several types.
static uint32_t known_at(const BedeModel *model, const BedeDoc *doc, uint32_t i, uint32_t end, uint32_t *type) {
  const ActorTable *actors = &model->actors;
  const Gazetteer *places = &model->gazetteer;
  uint64_t key = 0;
  uint32_t count = 0;
  bool in_actors = true, in_places = true;
  for (uint32_t k = i; k < end && k < i + ACTOR_WORDS && (in_actors || in_places); k++) {
    key = actor_step(key, doc_word(doc, k), FORM_AS_IS);
    const PhraseSlot *slot = in_actors ? phrase_at(&actors->phrases, key) : NULL, *place = in_places ? phrase_at(&places->phrases, key) : NULL;
    const PlaceEntry *entry = gazetteer_first(places, place); // towns are too many to help
    bool is_place = entry && entry->known, is_actor = slot && slot->value < actors->name_count;
    uint32_t actor_type = NAME_OTHER;
    bool one = is_actor && same_type(actors, &actors->names[slot->value], &actor_type);
    if (is_actor || is_place) {
      bool sure = is_place ? !is_actor || (one && actor_type == NAME_PLACE) : one;
      *type = is_place ? NAME_PLACE : actor_type;
      count = sure ? k - i + 1 : 0;
    }
    in_actors = slot && slot->more;
    in_places = place && place->more;
  }
  return count;
}

// The codes of the words of known names.
static uint8_t *known_names(const BedeModel *model, BedeDoc *doc, uint32_t first, uint32_t n) {
  uint8_t *codes = arena_alloc(&doc->arena, n);
  for (uint32_t i = 0; i < n;) {
    Str word = doc_word(doc, first + i);
    uint32_t type = 0, count = 0;
    if (word.len && word.at[0] >= 'A' && word.at[0] <= 'Z')
      count = known_at(model, doc, first + i, first + n, &type);
    for (uint32_t k = 0; k < count; k++)
      codes[i + k] = code_of(type, !k);
    i += MAX(count, 1u);
  }
  return codes;
}

static uint32_t best_of(const int32_t *scores, uint32_t count) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < count; i++)
    if (scores[i] > scores[best])
      best = i;
  return best;
}

// The best sequence of BIO labels: I-X only behind B-X or I-X. Labels are
// "O", then pairs B-X, I-X (checked by their text).
void find_names(const BedeModel *model, BedeDoc *doc, const Piece *piece) {
  uint32_t first = piece->first, n = piece->count;
  const Network *net = &model->network;
  uint32_t labels = net->label_count[LABELS_NAME];
  enum { LABEL_LIMIT = 32 };
  if (labels > LABEL_LIMIT || labels < 3)
    return;
  int32_t value[LABEL_LIMIT], next[LABEL_LIMIT], never = -(1 << 29);
  uint8_t *from = arena_alloc(&doc->arena, (size_t)n * labels);
  bool inside[LABEL_LIMIT];
  for (uint32_t l = 0; l < labels; l++)
    inside[l] = network_label(net, LABELS_NAME, l)[0] == 'I';
  uint8_t *known = known_names(model, doc, first, n);
  for (uint32_t i = 0; i < n; i++) {
    const int16_t *score = piece->scores->tag[LABELS_NAME] + (size_t)(i + 1) * net->tag[LABELS_NAME].wide;
    for (uint32_t l = 0; l < labels; l++) {
      uint32_t best = 0;
      int32_t top = 2 * never;
      for (uint32_t b = 0; b < labels && i; b++)
        if ((!inside[l] || b == l || b + 1 == l) && value[b] > top)
          best = b, top = value[b];
      next[l] = score[l] + (known[i] && known[i] == label_code(net, l) ? KNOWN : 0) + (i ? top : inside[l] ? never : 0);
      from[i * labels + l] = (uint8_t)best;
    }
    memcpy(value, next, sizeof value);
  }
  uint32_t label = n ? best_of(value, labels) : 0, end = 0;
  uint32_t begin_of = doc->names.count;
  for (uint32_t i = n; i-- > 0;) {
    const char *text = network_label(net, LABELS_NAME, label);
    if (text[0] != 'O' && !end)
      end = i + 1;
    if (text[0] == 'B') {
      uint32_t type = 0;
      while (type < COUNT(name_types) - 1 && strcmp(name_types[type], text + 2))
        type++;
      array_push(&doc->arena, &doc->names,
                 (Name){.first = first + i, .count = end - i, .type = (uint8_t)type, .actor = NONE});
      end = 0;
    } else if (text[0] == 'O') {
      end = 0;
    }
    label = from[i * labels + label];
  }
  for (uint32_t a = begin_of, b = doc->names.count; a + 1 < b; a++) { // they came last first
    Name t = doc->names.items[a];
    doc->names.items[a] = doc->names.items[--b];
    doc->names.items[b] = t;
  }
}

