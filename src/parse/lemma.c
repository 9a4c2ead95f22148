// lemma.c - the lemma of a word under its tag: from lists, else by the regular
// inflections of English, which are few; else the network's edit script.
//
// An edit script is a guess, and a poor one for words that training hardly saw:
// "slammed" gives "slamm". A form that no rule explains stands in
// data/en/words/lemmas.txt ("wolves NNS wolf") or irregular.txt ("met meet").
// Where an ending leaves several stems ("hop" or "hope" of "hoping"), the first
// that is a known word wins, likelier spellings first.
// SPDX-License-Identifier: Apache-2.0
#include "parse/internal.h"

enum { LEMMA_BYTES = 48 };

typedef struct Low Low; // a form in lower case, or a stem
struct Low {
  char at[LEMMA_BYTES];
  size_t len;
};

static bool is_vowel(char c) { return c && strchr("aeiou", c); }
static bool is_small(char c) { return c >= 'a' && c <= 'z'; }
static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

static bool ends(Str s, const char *ending) {
  size_t len = strlen(ending);
  return s.len > len && !memcmp(s.at + s.len - len, ending, len);
}

// What the pairs "JJR good RBR well" have for the tag; empty where nothing.
static Str listed(const Words *words, Str low, const char *xpos) {
  const char *pairs = words_find(words, WORDS_LEMMAS, low);
  Str rest = str_of(pairs ? pairs : "");
  while (rest.len) {
    Str tag = str_cut(&rest, ' '), lemma = str_cut(&rest, ' ');
    if (str_equal(tag, str_of(xpos)))
      return lemma;
  }
  return (Str){0};
}

// tag: VB, or JJ for what is compared.
static bool is_known(const BedeModel *model, Str word, const char *tag) {
  if (str_equal(listed(&model->words, word, tag), word))
    return true;
  if (tag[0] != 'V')
    return false;
  if (model->codebook.anchors.slots && codebook_list(&model->codebook, word))
    return true; // not while the codebook itself is compiled
  return words_find(&model->words, WORDS_VERBS, word) != NULL;
}

typedef struct Candidates Candidates;
struct Candidates {
  Low words[6];
  uint32_t count;
};

static void add(Candidates *c, Str stem, size_t len, const char *ending) {
  size_t more = strlen(ending);
  if (c->count == COUNT(c->words) || len + more > LEMMA_BYTES)
    return;
  Low *w = &c->words[c->count++];
  memcpy(w->at, stem.at, len);
  memcpy(w->at + len, ending, more);
  w->len = len + more;
}

// What -ed, -ing, -er and -est leave: "slamm", "blam", "carri", "visit".
static void stems(Candidates *c, Str s) {
  const char *w = s.at;
  size_t len = s.len;
  char last = w[len - 1], before = w[len - 2], third = len > 2 ? w[len - 3] : 0;
  bool doubled = third && last == before && !is_vowel(last);
  if (last == 'i')
    add(c, s, len - 1, "y");
  // a silent e is likelier than none after v, c, z, u, one s or g, after a
  // consonant behind one vowel, and in -ate, -ure, -ble
  bool likes_e = strchr("vczu", last) || (strchr("sg", last) && !doubled && before != 'n') ||
                 (third && !is_vowel(last) && is_vowel(before) && !is_vowel(third) &&
                  !strchr("wxyrnt", last)) ||
                 (len > 3 && !is_vowel(third) && (ends(s, "at") || ends(s, "ur"))) ||
                 (third && last == 'l' && !strchr("aeioulrw", before));
  bool keeps = strchr("sflz", last); // "pass", "stuff", "call", "buzz"
  if (doubled && !keeps)
    add(c, s, len - 1, "");
  if (likes_e)
    add(c, s, len, "e");
  add(c, s, len, "");
  if (!likes_e)
    add(c, s, len, "e");
  if (doubled && keeps)
    add(c, s, len - 1, "");
  if (last == 'y') // "dying", which the lists have, and its kind
    add(c, s, len - 1, "ie");
}

static Str keep(Out *out, Str s) {
  out_reset(out);
  out_str(out, s);
  return (Str){out->at, out->len};
}

static Str keep_stem(const BedeModel *model, Out *out, Str stem, const char *tag) {
  Candidates c = {.count = 0};
  stems(&c, stem);
  for (uint32_t i = 0; i < c.count; i++)
    if (is_known(model, (Str){c.words[i].at, c.words[i].len}, tag))
      return keep(out, (Str){c.words[i].at, c.words[i].len});
  return keep(out, (Str){c.words[0].at, c.words[0].len});
}

// Without its -s: "parties", "Embassies", "1990s". Letters keep their case.
static Str keep_singular(Out *out, Str s, Str low) {
  size_t cut = 1;
  const char *ending = "";
  char before = low.len > 2 ? low.at[low.len - 2] : 's';
  if (low.len < 3 || low.at[low.len - 1] != 's' || strchr("sui", before) ||
      (before >= '0' && before <= '9'))
    cut = 0;
  else if (before == '\'')
    cut = 2;
  else if (low.len > 4 && ends(low, "ies"))
    cut = 3, ending = is_capital(s.at[s.len - 1]) ? "Y" : "y";
  else if (low.len > 4 && (ends(low, "sses") || ends(low, "shes") || ends(low, "ches") || ends(low, "xes") ||
                           ends(low, "zzes") || ends(low, "oes")))
    cut = 2;
  keep(out, (Str){s.at, s.len - cut});
  out_text(out, ending);
  return (Str){out->at, out->len};
}

static Str verb_lemma(const BedeModel *model, Str low, Str guess, const char *xpos, Out *out) {
  // "found", "lay" and "saw" are also verbs of their own
  bool base = !xpos[2] || xpos[2] == 'P';
  const char *irregular = words_find(&model->words, WORDS_IRREGULAR, low);
  if (irregular && !(base && is_known(model, low, "VB")))
    return keep(out, str_of(irregular));
  switch (xpos[2]) {
  case 'D':
  case 'N':
    return low.len > 3 && ends(low, "ed") ? keep_stem(model, out, (Str){low.at, low.len - 2}, "VB") : guess;
  case 'G':
    return low.len > 4 && ends(low, "ing") ? keep_stem(model, out, (Str){low.at, low.len - 3}, "VB") : guess;
  case 'Z':
    if (low.len < 3 || !ends(low, "s") || ends(low, "ss"))
      return guess;
    if (low.len > 4 && ends(low, "ies")) {
      keep(out, (Str){low.at, low.len - 3});
      out_char(out, 'y');
      return (Str){out->at, out->len};
    }
    bool es = low.len > 4 && ends(low, "es") && strchr("shxzo", low.at[low.len - 3]) &&
              !is_known(model, (Str){low.at, low.len - 1}, "VB");
    return keep(out, (Str){low.at, low.len - (es ? 2 : 1)});
  }
  return keep(out, low); // VB, VBP
}

Str mend_lemma(const BedeModel *model, Str form, Str guess, const char *xpos, Out *out) {
  Low buffer = {.len = form.len};
  if (!form.len || form.len + 2 > LEMMA_BYTES)
    return guess;
  bool letters = false, large = false, digits = true, foreign = false;
  for (size_t i = 0; i < form.len; i++) {
    char c = form.at[i];
    large |= is_capital(c);
    buffer.at[i] = is_capital(c) ? (char)(c + 32) : c;
    letters |= is_small(buffer.at[i]);
    digits &= (c >= '0' && c <= '9') || c == ',' || c == '.';
    foreign |= (unsigned char)c >= 0x80; // its case is the network's to tell
  }
  Str low = {buffer.at, buffer.len}, entry = listed(&model->words, low, xpos);
  if (entry.len)
    return keep(out, entry);
  if (!strcmp(xpos, "CD") && digits && form.at[0] >= '0' && form.at[0] <= '9') { // 18,000
    out_reset(out);
    for (size_t i = 0; i < form.len; i++)
      if (form.at[i] != ',')
        out_char(out, form.at[i]);
    return (Str){out->at, out->len};
  }
  if (!letters || foreign)
    return guess;
  if (xpos[0] == 'V')
    return verb_lemma(model, low, guess, xpos, out);
  if (!strcmp(xpos, "NNS"))
    return keep_singular(out, low, low);
  if (!strcmp(xpos, "NNPS"))
    return keep_singular(out, form, low);
  if (!strcmp(xpos, "NNP")) { // names have a capital, also where the writer has none
    keep(out, form);
    if (!large && is_small(out->at[0]))
      out->at[0] = (char)(out->at[0] - 32);
    return (Str){out->at, out->len};
  }
  bool compared = xpos[0] == 'J' || xpos[0] == 'R';
  if (compared && xpos[1] != 'P' && xpos[2] == 'R' && low.len > 4 && ends(low, "er"))
    return keep_stem(model, out, (Str){low.at, low.len - 2}, "JJ");
  if (compared && xpos[1] != 'P' && xpos[2] == 'S' && low.len > 5 && ends(low, "est"))
    return keep_stem(model, out, (Str){low.at, low.len - 3}, "JJ");
  static const char *const uncertain[] = {"FW", "GW", "ADD", "AFX", "LS", "SYM", "NFP", "HYPH", "CD"};
  for (size_t i = 0; i < COUNT(uncertain); i++)
    if (!strcmp(xpos, uncertain[i]))
      return guess;
  if (!strcmp(xpos, "JJ") && large) // "Kafkaesque"
    return guess;
  return keep(out, low);
}
