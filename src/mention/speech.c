// speech.c - who says what: direct, indirect and mixed speech.
//
// A report of speech has a cue ("said"), a speaker and a content. The cue is a
// verb of data/en/words/speech-verbs.txt; its attribution is what hangs on it
// without the content: "Xi said on Sunday", "he told reporters in Oslo". The
// content stands
//
//   behind it    Xi said (that) A.   Xi said: "A."   Xi told Putin that A.
//   before it    A, Xi said on Sunday.   "A," said Xi.
//   around it    A, Xi said, B.      (two records)
//   elsewhere    "A," Xi said. "B."  - a quotation without a cue of its own
//                belongs to whom the paragraph quoted last
//
// "According to X" and transcripts ("WALLACE: …") are cues as well. Where the
// tree and the punctuation disagree on where the content before an attribution
// begins, the punctuation wins: it runs from the sentence's begin. Follows the
// notion of attribution of Pareti (2015): source, cue, content.
// SPDX-License-Identifier: Apache-2.0
#include "mention/internal.h"

enum { CONTENT = 2000, NEIGHBOURS = 32 };

typedef struct Quote Quote;
struct Quote {
  uint32_t first, last; // tokens, the marks included
  bool taken;           // part of a record
};

typedef struct Attribution Attribution;
struct Attribution {
  uint32_t cue;
  uint32_t first, last;   // its tokens without the content
  uint32_t speaker;       // head token, or NONE
  uint32_t speaker_first, speaker_last;
  bool moved;             // the tree had another speaker: do not ask it for more
};

typedef struct Finder Finder;
struct Finder {
  BedeDoc *doc;
  const BedeModel *model;
  uint32_t first, end;    // the sentence
  Array(Quote) quotes;
  uint32_t *quote_of;     // token -> index + 1 of its quote, 0 none
  bool transcript;        // a paragraph began "WALLACE: …"
};

static bool is(const Finder *f, uint32_t at, const char *word) {
  return at >= f->first && at < f->end && word_is(f->doc, at, word);
}

static bool punct(const Finder *f, uint32_t at) {
  return at >= f->first && at < f->end && token_at(f->doc, at)->upos == UPOS_PUNCT;
}

static bool is_stop(const Finder *f, uint32_t at) {
  return is(f, at, ".") || is(f, at, ";") || is(f, at, "!") || is(f, at, "?");
}

// ---- quotations

typedef enum Mark { NO_MARK, OPENS, CLOSES, EITHER } Mark;

static Mark mark_of(const BedeDoc *doc, uint32_t at) {
  Str w = doc_word(doc, at);
  if (str_equal(w, STR("\"")))
    return EITHER;
  if (str_equal(w, STR("“")) || str_equal(w, STR("``")) || str_equal(w, STR("«")) || str_equal(w, STR("„")))
    return OPENS;
  if (str_equal(w, STR("”")) || str_equal(w, STR("»")))
    return CLOSES;
  if (str_equal(w, STR("''")))
    return EITHER;
  return NO_MARK;
}

static uint32_t paragraph(const BedeDoc *doc, uint32_t at) {
  return doc->sentences.items[token_at(doc, at)->sentence].paragraph;
}

static void find_quotes(Finder *f) {
  BedeDoc *doc = f->doc;
  uint32_t open = NONE;
  for (uint32_t i = 0; i < doc->tokens.count; i++) {
    bool new_paragraph = i && paragraph(doc, i) != paragraph(doc, i - 1);
    Mark mark = mark_of(doc, i);
    if (new_paragraph && open != NONE) {
      // Left open: it runs to the paragraph's end if the next paragraph goes on
      // with a mark, or if it began with the paragraph; else it was no quote.
      bool whole = open == 0 || paragraph(doc, open - 1) != paragraph(doc, open);
      if (mark == OPENS || mark == EITHER || whole)
        array_push(&doc->arena, &f->quotes, (Quote){open, i - 1, false});
      open = NONE;
    }
    if (mark == NO_MARK)
      continue;
    if (mark == EITHER) {
      bool before = i == 0 || token_at(doc, i - 1)->span.end < token_at(doc, i)->span.begin;
      bool after = !is_close(doc, i);
      if (open == NONE)
        mark = before && after && i ? NO_MARK : OPENS;
      else
        mark = before && !after && i - open > 60 ? OPENS : CLOSES;
      if (mark == OPENS && !before && open == NONE && after)
        mark = NO_MARK; // a closing mark without its opening
    }
    // "”A," at a paragraph's begin: the wrong one of two marks
    if (mark == CLOSES && open == NONE && (i == 0 || new_paragraph) && is_close(doc, i))
      mark = OPENS;
    if (mark == OPENS) {
      if (open == NONE)
        open = i;
    } else if (mark == CLOSES && open != NONE) {
      array_push(&doc->arena, &f->quotes, (Quote){open, i, false});
      open = NONE;
    }
  }
  if (open != NONE && (open == 0 || paragraph(doc, open - 1) != paragraph(doc, open)))
    array_push(&doc->arena, &f->quotes, (Quote){open, doc->tokens.count - 1, false});
  for (uint32_t q = 0; q < f->quotes.count; q++)
    for (uint32_t i = f->quotes.items[q].first; i <= f->quotes.items[q].last; i++)
      f->quote_of[i] = q + 1;
}

static Quote *quote_at(const Finder *f, uint32_t at) {
  return at < f->doc->tokens.count && f->quote_of[at] ? &f->quotes.items[f->quote_of[at] - 1] : NULL;
}

// ---- trees

static uint32_t child(const Finder *f, uint32_t head, uint8_t deprel) {
  uint32_t first = MAX(f->first, head > REACH ? head - REACH : 0), end = MIN(f->end, head + REACH);
  for (uint32_t i = first; i < end; i++)
    if (token_at(f->doc, i)->head == head && i != head && token_at(f->doc, i)->deprel == deprel)
      return i;
  return NONE;
}

static bool below(const Finder *f, uint32_t token, uint32_t above) {
  for (uint32_t steps = 0; steps < 200; steps++) {
    if (token == above)
      return true;
    uint32_t head = token_at(f->doc, token)->head;
    if (head == token)
      return false;
    token = head;
  }
  return false;
}

static uint32_t subject_of(const Finder *f, uint32_t verb) {
  uint32_t s = child(f, verb, DEPREL_NSUBJ);
  if (s == NONE)
    s = child(f, verb, DEPREL_NSUBJ_OUTER);
  return s;
}

// The verb that lends its subject to one without: "Xi met Putin and said",
// "… , adding that", "was quoted as saying", "wants to say".
static uint32_t speaker_of(const Finder *f, uint32_t cue, bool *passive) {
  uint32_t verb = cue;
  *passive = false;
  for (int steps = 0; steps < 5; steps++) {
    uint32_t s = subject_of(f, verb);
    if (s == NONE && (s = child(f, verb, DEPREL_NSUBJ_PASS)) != NONE && verb == cue) {
      uint32_t agent = child(f, verb, DEPREL_OBL_AGENT);
      *passive = true;
      return agent;
    }
    const Token *v = token_at(f->doc, verb);
    if (s != NONE) {
      // "who said": whom the clause describes
      if (v->deprel == DEPREL_ACL_RELCL &&
          (is(f, s, "who") || is(f, s, "which") || is(f, s, "that")))
        return v->head;
      return s;
    }
    if (child(f, verb, DEPREL_EXPL) != NONE)
      return NONE;
    if (v->head == verb)
      return NONE;
    if (v->deprel == DEPREL_ACL || v->deprel == DEPREL_ACL_RELCL)
      return v->head;
    if (v->deprel != DEPREL_CONJ && v->deprel != DEPREL_ADVCL && v->deprel != DEPREL_XCOMP &&
        v->deprel != DEPREL_PARATAXIS && v->deprel != DEPREL_CCOMP)
      return NONE;
    verb = v->head;
    if (token_at(f->doc, verb)->upos != UPOS_VERB && token_at(f->doc, verb)->upos != UPOS_AUX &&
        subject_of(f, verb) == NONE)
      return NONE;
  }
  return NONE;
}

// The noun phrase of a speaker: its subtree without clauses and what follows a
// comma.
static void speaker_phrase(const Finder *f, uint32_t head, uint32_t *first, uint32_t *last) {
  *first = *last = head;
  for (int side = 0; side < 2; side++)
    for (uint32_t i = side ? head + 1 : head - 1, n = 0; i >= f->first && i < f->end && n < REACH;
         i += side ? 1u : (uint32_t)-1, n++) {
      uint32_t at = i, steps = 0;
      bool inside = true;
      while (at != head && steps++ < 60) {
        const Token *t = token_at(f->doc, at);
        if (t->deprel == DEPREL_ACL_RELCL || t->deprel == DEPREL_ACL || t->head == at) {
          inside = false;
          break;
        }
        at = t->head;
      }
      if (!inside || at != head)
        break;
      *(side ? last : first) = i;
    }
  while (*last > head && punct(f, *last))
    --*last;
  while (*first < head && punct(f, *first))
    ++*first;
}

// What of the verb's dependents is content rather than attribution.
static bool is_content_relation(uint8_t deprel) {
  return deprel == DEPREL_CCOMP || deprel == DEPREL_PARATAXIS || deprel == DEPREL_ADVCL ||
         deprel == DEPREL_CONJ || deprel == DEPREL_XCOMP || deprel == DEPREL_DISLOCATED ||
         deprel == DEPREL_CC;
}

static bool attributes(const Finder *f, uint32_t at, uint32_t cue) {
  uint32_t steps = 0;
  while (at != cue && steps++ < 60) {
    const Token *t = token_at(f->doc, at);
    if (t->head == at || (t->head == cue && is_content_relation(t->deprel)))
      return false;
    at = t->head;
  }
  return at == cue;
}

// "…, President Xi Jinping said on Sunday": the noun phrase between comma and
// verb speaks, also where the tree looks further back. Its head, or NONE.
static uint32_t speaker_beside(const Finder *f, uint32_t cue, uint32_t *first) {
  uint32_t nominal = NONE, i = cue;
  for (; i-- > f->first && cue - i < 20;) {
    uint8_t tag = token_at(f->doc, i)->upos;
    if (is(f, i, ",") || quote_at(f, i))
      break;
    // A name that the network lacks may be anything ("Xi", a verb).
    if (tag == UPOS_NOUN || tag == UPOS_PROPN || tag == UPOS_PRON || (tag == UPOS_VERB && is_capital(f->doc, i))) {
      if (nominal == NONE)
        nominal = i;
    } else if (tag != UPOS_ADJ && tag != UPOS_DET && tag != UPOS_NUM && tag != UPOS_PART &&
               !(tag == UPOS_ADP && is(f, i, "of")) && !is(f, i, "-") &&
               !(nominal == NONE && (tag == UPOS_ADV || tag == UPOS_AUX))) {
      return NONE;
    }
  }
  if (nominal == NONE || i < f->first || i >= cue || !(is(f, i, ",") || quote_at(f, i)))
    return NONE;
  *first = i + 1;
  // The head: the token of the phrase that hangs outside it.
  for (uint32_t k = *first; k <= nominal; k++) {
    uint32_t head = token_at(f->doc, k)->head;
    uint8_t tag = token_at(f->doc, k)->upos;
    if ((head < *first || head > nominal || head == k) && (tag == UPOS_NOUN || tag == UPOS_PROPN || tag == UPOS_PRON))
      return k;
  }
  return nominal;
}

// "said Rep. Ada Byron, head of …": the noun phrase right behind the verb. Its
// head, or NONE.
static uint32_t speaker_behind(const Finder *f, uint32_t cue, uint32_t *first) {
  uint32_t i = cue + 1, end = NONE;
  while (i < f->end && token_at(f->doc, i)->upos == UPOS_ADV)
    i++;
  *first = i;
  for (; i < f->end && i < cue + 12 && !quote_at(f, i); i++) {
    uint8_t tag = token_at(f->doc, i)->upos;
    if (tag == UPOS_NOUN || tag == UPOS_PROPN || tag == UPOS_PRON)
      end = i;
    else if (tag != UPOS_ADJ && tag != UPOS_DET && tag != UPOS_NUM)
      break;
  }
  return end;
}

// ""A," Rep. Ada Byron (D-Wis.), head of the panel, said": all between the closing
// mark and the verb, brackets and appositions too. Its head, or NONE.
static uint32_t speaker_after_quote(const Finder *f, uint32_t cue, uint32_t *first, uint32_t *last) {
  uint32_t begin = cue, head = NONE;
  while (begin > f->first && cue - begin < 30 && !quote_at(f, begin - 1)) {
    const Token *t = token_at(f->doc, begin - 1);
    if (t->upos == UPOS_VERB || t->upos == UPOS_AUX || t->upos == UPOS_SCONJ || is_stop(f, begin - 1))
      return NONE;
    begin--;
  }
  if (begin == f->first || begin == cue || !quote_at(f, begin - 1) || quote_at(f, begin - 1)->last != begin - 1)
    return NONE;
  for (uint32_t i = begin; i < cue && !punct(f, i) && token_at(f->doc, i)->upos != UPOS_ADP; i++) {
    uint8_t tag = token_at(f->doc, i)->upos;
    if (tag == UPOS_NOUN || tag == UPOS_PROPN || tag == UPOS_PRON)
      head = i;
  }
  *first = begin;
  *last = cue - 1;
  while (head != NONE && *last > head && (token_at(f->doc, *last)->upos == UPOS_ADV || is(f, *last, ",")))
    --*last;
  return head;
}

static Attribution attribution_of(const Finder *f, uint32_t cue) {
  Attribution a = {.cue = cue, .first = cue, .last = cue};
  bool passive;
  a.speaker = speaker_of(f, cue, &passive);
  if (a.speaker != NONE && (a.speaker < f->first || a.speaker >= f->end))
    a.speaker = NONE;
  uint32_t beside = NONE, comma = 0;
  // Nobody inside a quotation speaks it.
  if (a.speaker != NONE && quote_at(f, a.speaker) && quote_at(f, a.speaker) != quote_at(f, cue) && !passive) {
    uint32_t from;
    a.speaker = speaker_beside(f, cue, &from);
    bool closed = cue > f->first && quote_at(f, cue - 1) && quote_at(f, cue - 1)->last == cue - 1;
    if (a.speaker == NONE && closed)
      a.speaker = speaker_behind(f, cue, &from);
    a.moved = a.speaker != NONE;
  }
  uint32_t complement = child(f, cue, DEPREL_CCOMP);
  if ((lemma_is(f->doc, cue, "say") || lemma_is(f->doc, cue, "tell")) && (complement == NONE || complement < cue))
    beside = speaker_beside(f, cue, &comma);
  if (a.speaker != NONE)
    speaker_phrase(f, a.speaker, &a.speaker_first, &a.speaker_last);
  uint32_t from, to, quoting = beside == NONE && complement == NONE ? speaker_after_quote(f, cue, &from, &to) : NONE;
  if (quoting != NONE && (a.speaker == NONE || a.speaker < from)) {
    a.speaker = quoting;
    a.speaker_first = from;
    a.speaker_last = to;
    a.first = from;
    a.moved = true;
    while (a.last + 1 < f->end && !punct(f, a.last + 1) && !quote_at(f, a.last + 1) && a.last - cue < 12)
      a.last++;
    return a;
  }
  if (beside != NONE && (a.speaker == NONE || a.speaker < comma || a.speaker_first > comma)) {
    if (a.speaker == NONE || a.speaker < comma || a.speaker > cue)
      a.speaker = beside;
    a.speaker_first = comma;
    a.speaker_last = MAX(beside, a.speaker);
    while (a.speaker_last + 1 < cue && (token_at(f->doc, a.speaker_last + 1)->upos == UPOS_PROPN ||
                                        token_at(f->doc, a.speaker_last + 1)->upos == UPOS_NOUN))
      a.speaker_last++;
    a.first = comma;
    a.moved = true;
    while (a.last + 1 < f->end && !punct(f, a.last + 1) && !quote_at(f, a.last + 1) && a.last - cue < 12)
      a.last++;
    return a;
  }
  for (uint32_t i = cue; i-- > f->first && cue - i < REACH;) {
    if (quote_at(f, i) && !quote_at(f, cue))
      break;
    if (!attributes(f, i, cue) || (punct(f, i) && (i == f->first || !attributes(f, i - 1, cue) || is(f, i, ","))))
      if (!(is(f, i, ",") && a.speaker != NONE && i >= a.speaker_first && i <= a.speaker_last))
        break;
    a.first = i;
  }
  for (uint32_t i = cue + 1; i < f->end && i - cue < REACH; i++) {
    if (quote_at(f, i) && !quote_at(f, cue))
      break;
    if (!attributes(f, i, cue) || punct(f, i))
      if (!(punct(f, i) && a.speaker != NONE && i >= a.speaker_first && i <= a.speaker_last))
        break;
    a.last = i;
  }
  return a;
}

// ---- records

static uint8_t kind_of(const Finder *f, uint32_t first, uint32_t last) {
  uint32_t words = 0, quoted = 0;
  for (uint32_t i = first; i <= last; i++) {
    if (token_at(f->doc, i)->upos == UPOS_PUNCT)
      continue;
    words++;
    quoted += f->quote_of[i] != 0;
  }
  if (!quoted)
    return SPEECH_INDIRECT;
  return 10 * quoted >= 9 * words ? SPEECH_DIRECT : SPEECH_MIXED;
}

static void keep(Finder *f, const Attribution *a, uint32_t first, uint32_t last) {
  BedeDoc *doc = f->doc;
  // Content keeps near its cue, so that a text of one sentence takes no age.
  uint32_t near = a->cue != NONE ? a->cue : first;
  first = MAX(first, near > CONTENT ? near - CONTENT : 0);
  last = MIN(last, near + CONTENT);
  if (first > last)
    return;
  // Commas and stops at the ends are the report's, not the speaker's.
  while (first < last && punct(f, first) && !quote_at(f, first))
    first++;
  while (last > first && last < f->end && punct(f, last) && !quote_at(f, last))
    last--;
  if (first == last && token_at(doc, first)->upos == UPOS_PUNCT)
    return;
  Speech s = {.first = first, .count = last - first + 1, .speaker_head = NONE, .cue_token = NONE,
              .actor = NONE};
  s.span = doc_token_span(doc, s.first, s.count);
  s.kind = kind_of(f, first, last);
  if (a->speaker != NONE) {
    s.speaker_head = a->speaker;
    s.speaker = doc_token_span(doc, a->speaker_first, a->speaker_last - a->speaker_first + 1);
    s.actor = actor_at(doc, a->speaker);
    // The tree may hang the name on another of its words than the actors do.
    for (uint32_t i = a->speaker_first; s.actor == NONE && i <= a->speaker_last; i++) {
      uint32_t actor = actor_at(doc, i);
      if (actor != NONE && doc->actors.items[actor].first <= a->speaker &&
          doc->actors.items[actor].first + doc->actors.items[actor].count > a->speaker)
        s.actor = actor;
    }
  }
  if (a->cue != NONE) {
    s.cue_token = a->cue;
    s.cue = doc_token_span(doc, a->cue, 1);
  }
  array_push(&doc->arena, &doc->speeches, s);
  // Quotations that lie in it wholly are told; one that reaches in counts too.
  for (uint32_t i = first; i <= last; i++)
    if (quote_at(f, i) && (a->cue == NONE || quote_at(f, a->cue) != quote_at(f, i)))
      quote_at(f, i)->taken = true; // not by what is told inside it
}

// ---- cues

typedef enum Cue { C_NONE, C_SAY, C_TELL, C_ASK, C_THINK, C_SHOW, C_QUOTE, C_NOUN, C_SOURCE, C_PAPER } Cue;

static Cue cue_kind(const Finder *f, Str word) {
  static const char *const names[] = {"", "say", "tell", "ask", "think", "show", "quote", "noun", "source", "paper"};
  const char *v = words_find(&f->model->words, WORDS_SPEECH_VERBS, word);
  for (size_t i = 1; v && i < COUNT(names); i++)
    if (!strcmp(v, names[i]))
      return (Cue)i;
  return C_NONE;
}

// First and last token of the content that a complement clause is.
static void clause(const Finder *f, uint32_t head, const Attribution *a, uint32_t *first, uint32_t *last) {
  subtree(f->doc, head, first, last);
  // The subtree may not reach over the attribution.
  if (head > a->cue && *first <= a->last)
    *first = a->last + 1;
  if (head < a->cue && *last >= a->first)
    *last = a->first - 1;
}

// A sentence's content before its attribution: "A, Xi said".
static bool before(Finder *f, const Attribution *a, Cue kind) {
  if (a->first <= f->first + 1)
    return false;
  uint32_t edge = a->first - 1;
  bool comma = is(f, edge, ",") || is(f, edge, "-") || is(f, edge, "--") || is(f, edge, "—") || is(f, edge, "–");
  Quote *quote = quote_at(f, edge);
  bool closes = quote && quote->last == edge;
  if (closes && comma)
    closes = false;
  if (!comma && !closes)
    return false;
  if (comma && edge > f->first && quote_at(f, edge - 1) && quote_at(f, edge - 1)->last == edge - 1)
    closes = true, quote = quote_at(f, edge - 1);
  const Token *v = token_at(f->doc, a->cue);
  uint32_t complement = child(f, a->cue, DEPREL_CCOMP);
  bool tree = (complement != NONE && complement < a->first) ||
              (v->deprel == DEPREL_PARATAXIS && v->head < a->first);
  if (kind == C_THINK || kind == C_SHOW || kind == C_QUOTE) {
    if (!tree && !closes)
      return false;
    if (kind != C_QUOTE && !tree)
      return false;
    if (kind == C_QUOTE && !closes)
      return false;
  }
  // "To be safe, he said, shops should close": between two commas
  bool infix = comma && kind == C_SAY && a->speaker != NONE && is(f, a->last + 1, ",") && a->last - a->first < 8;
  if (!tree && !closes && !a->moved && !infix) {
    // The parser may have missed it: "A, the ministry said." ends the sentence
    // with a bare attribution whose verb takes no object.
    bool ends = a->last + 1 >= f->end || is_stop(f, a->last + 1) || is(f, a->last + 1, ",");
    if (!ends || kind != C_SAY || child(f, a->cue, DEPREL_OBJ) != NONE || complement != NONE ||
        a->speaker == NONE || v->deprel == DEPREL_CONJ || v->deprel == DEPREL_ADVCL ||
        v->deprel == DEPREL_ACL_RELCL || v->deprel == DEPREL_ACL)
      return false;
  }
  uint32_t first = f->first;
  // Where the report stands inside another one ("Y said A, X said"), begin at
  // the clause.
  if (!closes && complement != NONE && complement < a->first) {
    uint32_t from, to;
    subtree(f->doc, complement, &from, &to);
    if (v->head != a->cue && v->deprel != DEPREL_PARATAXIS)
      first = from;
  }
  if (closes && quote->first < first)
    first = quote->first; // the quotation began sentences ago
  else if (quote_at(f, first) && quote_at(f, first)->first < first)
    first = quote_at(f, first)->first;
  keep(f, a, first, edge);
  return true;
}

// ", and that A", ", but A": the end of a clause that goes on behind the token,
// where it has a subject and reports nothing by itself; else the token.
static uint32_t with_clause(const Finder *f, uint32_t last) {
  uint32_t k = last + 1 + is(f, last + 1, ",");
  if (!is(f, k, "and") && !is(f, k, "but"))
    return last;
  bool that = is(f, k + 1, "that");
  for (uint32_t i = k + 1; i < f->end && i < k + 20; i++) {
    const Token *t = token_at(f->doc, i);
    if (punct(f, i) && !quote_at(f, i))
      return last;
    uint32_t subject = subject_of(f, i);
    if (subject == NONE)
      subject = child(f, i, DEPREL_NSUBJ_PASS);
    if (subject == NONE || subject <= k || (t->deprel != DEPREL_CONJ && t->deprel != DEPREL_CCOMP && t->deprel != DEPREL_PARATAXIS))
      continue;
    if (!that && t->upos == UPOS_VERB && cue_kind(f, str_of(doc_string(f->doc, t->lemma))) != C_NONE)
      return last;
    uint32_t from, to;
    subtree(f->doc, i, &from, &to);
    return MAX(last, MIN(to, f->end - 1));
  }
  return last;
}

// "Xi said they had talks and reached a consensus": a second verb without a
// subject that the tree hangs on "said" goes on with the content, unless it is
// a verbal act itself ("… and urged").
static uint32_t with_conjuncts(const Finder *f, const Attribution *a, uint32_t last) {
  uint32_t k = last + 1;
  if (is(f, k, ","))
    k++;
  if (!is(f, k, "and") && !is(f, k, "or") && !is(f, k, "but"))
    return last;
  for (uint32_t i = k + 1; i < f->end && i < k + 4; i++) {
    const Token *t = token_at(f->doc, i);
    if (t->upos != UPOS_VERB)
      continue;
    if (words_of_kind(&f->model->words, WORDS_LABELS, str_of(doc_string(f->doc, t->lemma)), "act"))
      return last;
    if (t->head != a->cue || t->deprel != DEPREL_CONJ || subject_of(f, i) != NONE ||
        cue_kind(f, str_of(doc_string(f->doc, t->lemma))) != C_NONE)
      return last;
    uint32_t first, end;
    subtree(f->doc, i, &first, &end);
    return MAX(last, end);
  }
  return last;
}

// "She says the talks in Oslo are "lies"": right behind "say" begins what is said,
// whatever the tree takes for its object. Else NONE.
static uint32_t content_begin(const Finder *f, const Attribution *a) {
  uint32_t at = a->cue + 1;
  if (!lemma_is(f->doc, a->cue, "say") || (a->speaker != NONE && a->speaker > a->cue))
    return NONE;
  if (at < f->end && time_at(f->doc, at) != NONE) {
    const Time *t = &f->doc->times.items[time_at(f->doc, at)];
    at = t->first + t->count;
  }
  uint8_t tag = at < f->end ? token_at(f->doc, at)->upos : UPOS_NO_UPOS;
  bool begins = tag == UPOS_DET || tag == UPOS_PRON || tag == UPOS_NOUN || tag == UPOS_PROPN || tag == UPOS_ADJ ||
                tag == UPOS_NUM || is(f, at, "that") || is(f, at, "if");
  return begins ? at : NONE;
}

// What goes on with a content that the tree ends too early: a quotation that
// begins inside or right behind it, "and that A", "and A" with a subject of its
// own, a second verb. Not a clause that reports on ("and urged", "but she denied").
static uint32_t content_end(const Finder *f, const Attribution *a, uint32_t first, uint32_t last) {
  for (int steps = 0; steps < 8 && last + 1 < f->end; steps++) {
    Quote *tail = quote_at(f, last), *next = quote_at(f, last + 1);
    uint32_t before_step = last;
    if (tail && tail->last > last && tail->first >= first)
      last = tail->last;
    else if (next && (next->last == last + 1 || next->first == last + 1))
      last = next->last;
    else
      last = with_conjuncts(f, a, last);
    for (uint32_t i = last + 1; i < MIN(f->end, last + 40) && last == before_step; i++) {
      const Token *t = token_at(f->doc, i); // a second clause of the same verb
      uint32_t from, to;
      if (t->head != a->cue || t->deprel != DEPREL_CCOMP)
        continue;
      subtree(f->doc, i, &from, &to);
      if (from <= last + 1)
        last = MAX(last, to);
    }
    if (last == before_step && last + 1 < f->end)
      last = with_clause(f, last);
    if (last == before_step)
      break;
  }
  // Over sentences only where a quotation does.
  return last;
}

// "X said the campaign planned to …": where the tree gives "say" no clause, the
// first predicate behind it with a subject of its own, or NONE.
static uint32_t misread_clause(const Finder *f, const Attribution *a) {
  uint32_t begin = content_begin(f, a);
  for (uint32_t i = begin; begin != NONE && i < f->end && i < begin + 25; i++) {
    const Token *t = token_at(f->doc, i);
    if (punct(f, i) && !quote_at(f, i))
      return NONE;
    if (t->upos != UPOS_VERB && t->upos != UPOS_AUX)
      continue;
    uint32_t subject = subject_of(f, i);
    if (subject != NONE && subject >= begin)
      return i;
  }
  return NONE;
}

// What stands behind the attribution.
static bool behind(Finder *f, const Attribution *a, Cue kind, bool had_before) {
  BedeDoc *doc = f->doc;
  uint32_t next = a->last + 1;
  const Token *v = token_at(doc, a->cue);
  // ": …" and ", "…"" : quotations, and all that follows a colon
  uint32_t k = next;
  while (k < f->end && (is(f, k, ",") || is(f, k, ":") || is(f, k, ".")) )
    k++;
  Quote *quote = k < f->end ? quote_at(f, k) : NULL;
  bool colon = k > next && is(f, k - 1, ":");
  if (quote && quote->first == k && kind != C_THINK && kind != C_SHOW) {
    uint32_t last = quote->last;
    uint32_t begin = k == next ? content_begin(f, a) : NONE;
    for (uint32_t i = begin; begin != NONE && i < k; i++)
      if (punct(f, i))
        begin = NONE;
    if (begin < k) { // "said the breaks "do nothing""
      keep(f, a, begin, content_end(f, a, begin, last));
      return true;
    }
    // "said "A" and that B": the clause goes on behind the quotation
    uint32_t complement = child(f, a->cue, DEPREL_CCOMP);
    if (complement != NONE && complement > a->last && last < f->end) {
      uint32_t from, to;
      clause(f, complement, a, &from, &to);
      if (to > last && from <= k)
        last = to;
    }
    keep(f, a, k, last);
    return true;
  }
  if (colon && !had_before && k < f->end && (kind == C_SAY || kind == C_TELL || kind == C_ASK)) {
    keep(f, a, k, f->end - 1);
    return true;
  }
  uint32_t found = NONE;
  for (uint32_t i = next; i < f->end && i < next + REACH; i++) {
    const Token *t = token_at(doc, i);
    if (t->head != a->cue || i == a->cue)
      continue;
    if (t->deprel == DEPREL_CCOMP || (t->deprel == DEPREL_PARATAXIS && kind == C_SAY && !had_before && i <= next + 12)) {
      found = i;
      break;
    }
  }
  // "told Radio Oslo that A": the tree may hang A on the hearer
  Attribution shorter = *a;
  for (uint32_t i = a->cue + 1; found == NONE && kind != C_QUOTE && i < f->end && i < a->cue + 12; i++) {
    const Token *t = token_at(doc, i);
    if (is(f, i, "that") && t->deprel == DEPREL_MARK && t->head > i && below(f, t->head, a->cue)) {
      found = t->head;
      shorter.last = MIN(a->last, i - 1);
      a = &shorter;
    } else if (t->upos == UPOS_VERB || t->upos == UPOS_AUX || is(f, i, ",") || is_stop(f, i)) {
      break;
    }
  }
  if (found == NONE && had_before && v->deprel == DEPREL_PARATAXIS && v->head != a->cue &&
      is(f, next, ",")) {
    // around: something behind still hangs on the clause
    for (uint32_t i = next + 1; i < f->end && i < next + REACH && found == NONE; i++)
      if (!punct(f, i) && below(f, i, v->head) && !below(f, i, a->cue))
        found = i;
    if (found != NONE && found < f->end) {
      keep(f, a, found, f->end - 1);
      return true;
    }
  }
  if (found == NONE && (had_before || (found = misread_clause(f, a)) == NONE))
    return false;
  uint32_t first, last;
  clause(f, found, a, &first, &last);
  if (first > last || first <= a->cue)
    return false;
  first = MIN(first, content_begin(f, a));
  last = content_end(f, a, first, last);
  keep(f, a, first, last);
  return true;
}

static bool is_passive_hearer(const Finder *f, uint32_t cue, Cue kind) {
  return kind == C_TELL && child(f, cue, DEPREL_NSUBJ_PASS) != NONE;
}

static void read_verb(Finder *f, uint32_t cue, Cue kind) {
  Attribution a = attribution_of(f, cue);
  if (a.speaker == NONE && (kind == C_THINK || kind == C_SHOW) && child(f, cue, DEPREL_CCOMP) == NONE)
    return;
  if (kind == C_SHOW) { // a poll shows that; a person's success does not
    Cue subject = a.speaker == NONE ? C_NONE : cue_kind(f, str_of(doc_string(f->doc, token_at(f->doc, a.speaker)->lemma)));
    uint32_t told = child(f, cue, DEPREL_CCOMP), mark = told == NONE ? NONE : child(f, told, DEPREL_MARK);
    bool clause = told > cue && mark != NONE && is(f, mark, "that"); // "it shows that"
    if (!clause && subject != C_PAPER && subject != C_NOUN && token_at(f->doc, a.speaker != NONE ? a.speaker : cue)->upos != UPOS_PROPN)
      return;
  }
  if (is_passive_hearer(f, cue, kind) && a.speaker == NONE && child(f, cue, DEPREL_CCOMP) == NONE)
    return;
  bool first = before(f, &a, kind);
  if (kind == C_QUOTE) {
    if (!first && !quote_at(f, cue))
      behind(f, &a, kind, false);
    return;
  }
  bool second = behind(f, &a, kind, first);
  if (first || second)
    return;
  // A clause before it without a comma between, or a quotation as its object.
  uint32_t complement = child(f, cue, DEPREL_CCOMP);
  if (complement != NONE && complement < cue) {
    uint32_t from, to;
    clause(f, complement, &a, &from, &to);
    if (from <= to && to < a.first)
      keep(f, &a, from, to);
    return;
  }
  if (kind == C_THINK || kind == C_SHOW || a.speaker == NONE)
    return;
  for (uint32_t i = a.first; i < f->end && i < a.first + REACH; i++) {
    Quote *q = quote_at(f, i);
    if (q && !q->taken && q->first == i && i > cue && !quote_at(f, cue) &&
        below(f, MIN(i + 1, f->end - 1), cue)) {
      keep(f, &a, q->first, q->last);
      return;
    }
  }
}

// "according to X", "in the words of X": the rest of the clause is what X says.
static void read_source(Finder *f, uint32_t at, uint32_t count) {
  BedeDoc *doc = f->doc;
  uint32_t speaker = NONE;
  for (uint32_t i = at + count; i < f->end && i < at + count + 12; i++) {
    uint8_t tag = token_at(doc, i)->upos;
    uint32_t head = token_at(doc, i)->head;
    if ((tag == UPOS_NOUN || tag == UPOS_PROPN || tag == UPOS_PRON) && (head < at + count || head >= i) &&
        !(head > i && head < i + 12 && (token_at(doc, i)->deprel == DEPREL_COMPOUND ||
                                        token_at(doc, i)->deprel == DEPREL_NMOD_POSS ||
                                        token_at(doc, i)->deprel == DEPREL_AMOD))) {
      speaker = i;
      break;
    }
    if (punct(f, i))
      break;
  }
  if (speaker == NONE)
    return;
  Attribution a = {.cue = at, .speaker = speaker};
  speaker_phrase(f, speaker, &a.speaker_first, &a.speaker_last);
  a.speaker_first = MAX(a.speaker_first, at + count);
  if (a.speaker_last < a.speaker_first)
    a.speaker_first = a.speaker_last = speaker;
  a.first = at;
  a.last = MAX(a.speaker_last, at + count);
  // What else describes the speaker belongs to the attribution.
  for (uint32_t i = a.last + 1; i < f->end && below(f, i, speaker) && !punct(f, i); i++)
    a.last = i;
  bool opens = at <= f->first + 1;
  if (opens) {
    uint32_t k = a.last + 1;
    while (k < f->end && k < at + REACH && !is(f, k, ","))
      k++;
    if (k + 1 < f->end)
      keep(f, &a, k + 1, f->end - 1);
    return;
  }
  uint32_t first = f->first;
  // In the second half of a coordinated sentence, from its clause on.
  uint32_t verb = clause_verb(doc, token_at(doc, speaker)->head);
  if (verb != NONE && verb >= f->first && verb < at) {
    uint32_t from, to;
    subtree(doc, verb, &from, &to);
    const Token *v = token_at(doc, verb);
    if (v->head != verb && (v->deprel == DEPREL_CCOMP || v->deprel == DEPREL_CONJ))
      first = MAX(first, from);
  }
  if (first < at)
    keep(f, &a, first, at - 1);
  uint32_t k = a.last + 1;
  if (is(f, k, ",") && k + 3 < f->end)
    keep(f, &a, k + 1, f->end - 1);
}

// "the claim that A", with whose claim it is.
static void read_noun(Finder *f, uint32_t noun) {
  uint32_t content = NONE;
  for (uint32_t i = noun + 1; i < f->end && i < noun + 30; i++) {
    const Token *t = token_at(f->doc, i);
    if (t->head == noun && (t->deprel == DEPREL_ACL || t->deprel == DEPREL_CCOMP)) {
      content = i;
      break;
    }
  }
  if (content == NONE)
    return;
  uint32_t first, last;
  subtree(f->doc, content, &first, &last);
  if (first <= noun)
    first = noun + 1;
  if (!is(f, first, "that") && !is(f, noun + 1, "that"))
    return;
  Attribution a = {.cue = noun, .first = noun, .last = noun, .speaker = child(f, noun, DEPREL_NMOD_POSS)};
  if (a.speaker == NONE) {
    // "made the claim that": the verb's subject
    uint32_t verb = token_at(f->doc, noun)->head;
    if (token_at(f->doc, noun)->deprel == DEPREL_OBJ && verb != noun)
      a.speaker = subject_of(f, verb);
  }
  if (a.speaker == NONE)
    return;
  speaker_phrase(f, a.speaker, &a.speaker_first, &a.speaker_last);
  keep(f, &a, first, last);
}

// "WALLACE: …" at a paragraph's begin: a transcript, or a headline.
static bool read_transcript(Finder *f, const Sentence *s) {
  BedeDoc *doc = f->doc;
  if (s->first && doc->sentences.items[token_at(doc, s->first)->sentence - 1].paragraph == s->paragraph)
    return false;
  uint32_t at = s->first, names = 0;
  if (mark_of(doc, at) != NO_MARK)
    at++;
  uint32_t begin = at;
  for (; at < f->end && at < begin + 6 && !is(f, at, ":"); at++) {
    if (punct(f, at) || !is_capital(doc, at))
      return false;
    names++;
  }
  if (!names || names > 5 || !is(f, at, ":") || at + 2 >= f->end)
    return false;
  uint8_t tag = token_at(doc, at - 1)->upos;
  if (tag != UPOS_PROPN && !f->transcript)
    return false;
  bool shouted = true, person = false;
  for (uint32_t i = begin; i < at; i++)
    for (uint32_t k = token_at(doc, i)->span.begin; k < token_at(doc, i)->span.end; k++)
      shouted = shouted && !(doc->text.at[k] >= 'a' && doc->text.at[k] <= 'z');
  uint32_t low = 0, high = doc->names.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (doc->names.items[middle].first < begin)
      low = middle + 1;
    else
      high = middle;
  }
  person = low < doc->names.count && doc->names.items[low].first == begin &&
           doc->names.items[low].type == NAME_PERSON;
  if (!shouted && !person)
    return false;
  Attribution a = {.cue = at, .speaker = at - 1, .speaker_first = begin, .speaker_last = at - 1};
  // Upper case without a comma may be a label ("BREAKING:"); the paragraph is
  // the speech.
  uint32_t last = f->end - 1;
  for (uint32_t i = token_at(doc, at)->sentence + 1;
       i < doc->sentences.count && doc->sentences.items[i].paragraph == s->paragraph; i++)
    last = doc->sentences.items[i].first + doc->sentences.items[i].count - 1;
  keep(f, &a, at + 1, last);
  f->transcript = true;
  return true;
}

static bool goes_before(const Speech *a, const Speech *b) {
  if (a->first != b->first)
    return a->first < b->first;
  return a->count != b->count ? a->count > b->count : a->cue_token < b->cue_token;
}

// In the order of the text; where two begin together, the longer first.
static void sort(BedeDoc *doc) {
  uint32_t count = doc->speeches.count;
  Speech *from = doc->speeches.items, *to = arena_alloc(&doc->arena, (count + 1) * sizeof *to);
  for (uint32_t width = 1; width < count; width *= 2) {
    for (uint32_t at = 0; at < count; at += 2 * width) {
      uint32_t a = at, b = MIN(at + width, count), a_end = b, b_end = MIN(at + 2 * width, count);
      for (uint32_t k = at; k < b_end; k++)
        to[k] = a < a_end && (b >= b_end || !goes_before(&from[b], &from[a])) ? from[a++] : from[b++];
    }
    Speech *swap = from;
    from = to;
    to = swap;
  }
  if (from != doc->speeches.items)
    memcpy(doc->speeches.items, from, count * sizeof *from);
}

// "“A.” — Ada Byron" at a paragraph's end.
static bool read_signed(Finder *f, Quote *quote) {
  BedeDoc *doc = f->doc;
  uint32_t dash = quote->last + 1, at = dash + 1;
  static const char *const dashes[] = {"―", "—", "–", "--", "-"};
  bool is_dash = false;
  for (size_t i = 0; i < COUNT(dashes) && dash < doc->tokens.count; i++)
    is_dash = is_dash || str_equal(doc_word(doc, dash), str_of(dashes[i]));
  if (!is_dash || at >= doc->tokens.count || paragraph(doc, at) != paragraph(doc, quote->first))
    return false;
  uint32_t end = at;
  while (end < doc->tokens.count && end < at + 5 && paragraph(doc, end) == paragraph(doc, at) && is_capital(doc, end))
    end++;
  bool ends = end == doc->tokens.count || paragraph(doc, end) != paragraph(doc, at) || str_equal(doc_word(doc, end), STR(".")) ||
              mark_of(doc, end) == OPENS; // or the next one begins
  if (end == at || !ends)
    return false;
  f->first = quote->first, f->end = quote->last + 1;
  Attribution a = {.cue = dash, .speaker = end - 1, .speaker_first = at, .speaker_last = end - 1};
  keep(f, &a, quote->first, quote->last);
  quote->taken = true;
  return true;
}

// "The minister said:" and the quotation begins the next sentence or paragraph.
static bool read_announced(Finder *f, Quote *quote) {
  BedeDoc *doc = f->doc;
  if (!quote->first || !str_equal(doc_word(doc, quote->first - 1), STR(":")))
    return false;
  const Sentence *s = &doc->sentences.items[token_at(doc, quote->first - 1)->sentence];
  f->first = s->first, f->end = s->first + s->count;
  for (uint32_t at = f->end; at-- > f->first && f->end - at < REACH;) {
    Cue kind = token_at(doc, at)->upos == UPOS_VERB ? cue_kind(f, str_of(doc_string(doc, token_at(doc, at)->lemma))) : C_NONE;
    if (kind != C_SAY && kind != C_TELL && kind != C_ASK && kind != C_QUOTE)
      continue;
    Attribution a = attribution_of(f, at);
    if (a.speaker == NONE)
      continue;
    f->first = quote->first, f->end = quote->last + 1;
    keep(f, &a, quote->first, quote->last);
    quote->taken = true;
    return true;
  }
  return false;
}

// "The minister added:" ends a paragraph, and the next one, without marks, is
// what was said.
static void read_announced_block(Finder *f, uint32_t sentence) {
  BedeDoc *doc = f->doc;
  const Sentence *s = &doc->sentences.items[sentence];
  f->first = s->first, f->end = s->first + s->count;
  if (sentence + 1 >= doc->sentences.count || !is(f, f->end - 1, ":") || s[1].paragraph == s->paragraph ||
      s->count > 25 || mark_of(doc, s[1].first) != NO_MARK)
    return;
  for (uint32_t at = f->end; at-- > f->first;) {
    Cue kind = token_at(doc, at)->upos == UPOS_VERB ? cue_kind(f, str_of(doc_string(doc, token_at(doc, at)->lemma))) : C_NONE;
    if (kind != C_SAY && kind != C_TELL && kind != C_QUOTE)
      continue;
    Attribution a = attribution_of(f, at);
    if (a.speaker == NONE)
      continue;
    uint32_t last = sentence + 1;
    while (last + 1 < doc->sentences.count && doc->sentences.items[last + 1].paragraph == s[1].paragraph)
      last++;
    f->first = s[1].first;
    f->end = doc->sentences.items[last].first + doc->sentences.items[last].count;
    keep(f, &a, f->first, f->end - 1);
    return;
  }
}

// Quotations nobody was found for: of whom the paragraph quoted last, or whom
// the sentence before introduced with a colon.
static void read_loose_quotes(Finder *f) {
  BedeDoc *doc = f->doc;
  uint32_t told = doc->speeches.count, at = 0; // speeches begin in order
  for (uint32_t q = 0; q < f->quotes.count; q++) {
    Quote *quote = &f->quotes.items[q];
    if (quote->taken || quote->last - quote->first < 4)
      continue;
    const Sentence *s = &doc->sentences.items[token_at(doc, quote->first)->sentence];
    if (quote->first != s->first)
      continue; // inside a sentence: no utterance of its own
    while (at < told && doc->speeches.items[at].first < quote->first)
      at++;
    if (read_signed(f, quote) || read_announced(f, quote))
      continue;
    const Speech *best = NULL;
    uint32_t gap = NONE;
    for (uint32_t i = at > NEIGHBOURS ? at - NEIGHBOURS : 0; i < told && i < at + NEIGHBOURS; i++) {
      const Speech *p = &doc->speeches.items[i];
      uint32_t anchor = p->cue_token != NONE ? p->cue_token : p->first;
      uint32_t distance = anchor < quote->first ? quote->first - anchor : 2 * (anchor - quote->last);
      bool near = paragraph(doc, anchor) == s->paragraph ||
                  (paragraph(doc, anchor) + 1 == s->paragraph &&
                   (p->kind != SPEECH_INDIRECT || p->first + p->count + 3 > s->first));
      if (near && p->speaker_head != NONE && distance < gap) {
        best = p;
        gap = distance;
      }
    }
    if (!best)
      continue;
    Speech copy = *best;
    copy.first = quote->first;
    copy.count = quote->last - quote->first + 1;
    copy.span = doc_token_span(doc, copy.first, copy.count);
    copy.kind = SPEECH_DIRECT;
    quote->taken = true;
    array_push(&doc->arena, &doc->speeches, copy);
  }
}

void find_speech(BedeDoc *doc, const BedeModel *model) {
  if (!has_tree(doc))
    return;
  Finder f = {.doc = doc, .model = model};
  f.quote_of = arena_alloc(&doc->arena, doc->tokens.count * sizeof *f.quote_of);
  find_quotes(&f);
  for (uint32_t i = 0; i < doc->sentences.count; i++) {
    const Sentence *s = &doc->sentences.items[i];
    f.first = s->first;
    f.end = s->first + s->count;
    if (read_transcript(&f, s))
      continue;
    read_announced_block(&f, i);
    f.first = s->first;
    f.end = s->first + s->count;
    for (uint32_t at = f.first; at < f.end; at++) {
      const Token *t = token_at(doc, at);
      const char *value = NULL;
      if (t->upos == UPOS_VERB) {
        Cue kind = cue_kind(&f, str_of(doc_string(doc, t->lemma)));
        if (kind == C_NOUN || kind == C_SOURCE || kind == C_PAPER)
          kind = C_NONE;
        if (kind != C_NONE && !is(&f, at, "according"))
          read_verb(&f, at, kind);
      } else if (t->upos == UPOS_NOUN) {
        if (cue_kind(&f, str_of(doc_string(doc, t->lemma))) == C_NOUN)
          read_noun(&f, at);
      }
      if (t->upos == UPOS_VERB || t->upos == UPOS_ADP || t->upos == UPOS_SCONJ) { // "according to", "in the words of"
        uint32_t count = words_match(&model->words, WORDS_SPEECH_VERBS, doc, at, &value);
        if (count && !strcmp(value, "source"))
          read_source(&f, at, count);
      }
    }
  }
  sort(doc);
  read_loose_quotes(&f);
  sort(doc);
}
