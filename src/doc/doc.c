// doc.c - strings, spans and invariants of a document.
// SPDX-License-Identifier: Apache-2.0
#include "doc/doc.h"
#include <stdlib.h>

const char *const upos_names[UPOS_COUNT] = {
#define X(name, text) text,
    UPOS_MAP(X)
#undef X
};
const char *const deprel_names[DEPREL_COUNT] = {
#define X(name, text) text,
    DEPREL_MAP(X)
#undef X
};
const char *const feature_names[EVENT_FEATURES] = {
#define X(name, text) text,
    FEATURE_MAP(X)
#undef X
};
const char *const event_types[EVENT_TYPES] = {
#define X(name) #name,
    PLOVER_MAP(X)
#undef X
};
const char *const status_names[STATUS_COUNT] = {
#define X(name, text) text,
    STATUS_MAP(X)
#undef X
};
const uint8_t event_quads[EVENT_TYPES] = {
    [EVENT_AGREE] = 0,   [EVENT_CONSULT] = 0,  [EVENT_SUPPORT] = 0,
    [EVENT_CONCEDE] = 0, [EVENT_COOPERATE] = 1, [EVENT_AID] = 1,
    [EVENT_RETREAT] = 1, [EVENT_REQUEST] = 2,  [EVENT_ACCUSE] = 2,
    [EVENT_REJECT] = 2,  [EVENT_THREATEN] = 2, [EVENT_PROTEST] = 3,
    [EVENT_SANCTION] = 3, [EVENT_MOBILIZE] = 3, [EVENT_COERCE] = 3,
    [EVENT_ASSAULT] = 3};
const char *const quad_names[4] = {"verbal cooperation", "material cooperation",
                                   "verbal conflict", "material conflict"};
const char *const name_types[6] = {"PERSON", "ORG", "PLACE", "EVENT", "OTHER", "NORP"};
const char *const time_types[4] = {"DATE", "TIME", "DURATION", "SET"};
const char *const speech_kinds[3] = {"direct", "indirect", "mixed"};
const char *const basis_names[4] = {"", "text", "dateline", "published"};

BedeDoc *doc_new(void) {
  BedeDoc *doc = calloc(1, sizeof *doc);
  if (!doc)
    out_of_memory();
  array_push(&doc->arena, &doc->strings, 0);
  return doc;
}

void doc_free(BedeDoc *doc) {
  if (doc)
    arena_free(&doc->arena);
  free(doc);
}

Text doc_text(BedeDoc *doc, Str s) {
  if (!s.len)
    return 0;
  uint32_t need = doc->strings.count + (uint32_t)s.len + 1;
  if (need > doc->strings.room) {
    uint32_t room = MAX(2 * doc->strings.room, need);
    doc->strings.items = arena_grow(&doc->arena, doc->strings.items,
                                    doc->strings.count, room);
    doc->strings.room = room;
  }
  Text at = doc->strings.count;
  memmove(doc->strings.items + at, s.at, s.len);
  doc->strings.items[at + s.len] = 0;
  doc->strings.count = need;
  return at;
}

const char *doc_string(const BedeDoc *doc, Text text) {
  return text < doc->strings.count ? doc->strings.items + text : "";
}

// Words of a text fragment: all but letters, figures and a few signs escaped; "-", ","
// and "&" part its pieces.
static void put_escaped(Out *out, Str s) {
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.at[i];
    if ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '.' || c == '_' || c == '~')
      out_char(out, (char)c);
    else
      out_print(out, "%%%02X", c);
  }
}

// The first `count` words of s, or its last ones: bytes of it.
static size_t words_end(Str s, uint32_t count, bool last) {
  size_t at = 0;
  while (at < s.len && count) {
    at++;
    char before = s.at[last ? s.len - at : at - 1];
    bool border = at == s.len || s.at[last ? s.len - at - 1 : at] == ' ';
    count -= border && before != ' ';
  }
  return at;
}

void doc_shown_at(const BedeDoc *doc, Span span, Out *out) {
  enum { WORDS = 6 };
  Str url = doc->frame.url, text = doc_span(doc, span);
  if (!str_starts(url, STR("http://")) && !str_starts(url, STR("https://")))
    return;
  size_t hash = 0, line = 0;
  while (hash < url.len && url.at[hash] != '#')
    hash++;
  while (line < text.len && text.at[line] != '\n') // a fragment lies in one block of the page
    line++;
  text = str_trim((Str){text.at, line});
  if (!text.len)
    return;
  size_t first = words_end(text, WORDS, false), last = words_end(text, WORDS, true);
  out_str(out, url);
  out_text(out, hash < url.len ? ":~:text=" : "#:~:text=");
  if (first + last >= text.len) {
    put_escaped(out, text);
    return;
  }
  put_escaped(out, (Str){text.at, first});
  out_char(out, ',');
  put_escaped(out, (Str){text.at + text.len - last, last});
}

Str doc_span(const BedeDoc *doc, Span span) {
  return (Str){doc->text.at + span.begin, span.end - span.begin};
}

Str doc_word(const BedeDoc *doc, uint32_t token) {
  return doc_span(doc, doc->tokens.items[token].span);
}

Span doc_token_span(const BedeDoc *doc, uint32_t first, uint32_t count) {
  if (!count)
    return (Span){0};
  return (Span){doc->tokens.items[first].span.begin,
                doc->tokens.items[first + count - 1].span.end};
}

bool word_is(const BedeDoc *doc, uint32_t token, const char *lower) {
  return token < doc->tokens.count &&
         str_equal_fold(doc_word(doc, token), str_of(lower));
}

bool lemma_is(const BedeDoc *doc, uint32_t token, const char *lemma) {
  return token < doc->tokens.count &&
         !strcmp(doc_string(doc, doc->tokens.items[token].lemma), lemma);
}

// ---- invariants

static bool bad_span(const BedeDoc *doc, Span s) {
  return s.begin > s.end || s.end > doc->text.len;
}

static bool bad_run(const BedeDoc *doc, uint32_t first, uint32_t count) {
  return count == 0 || first > doc->tokens.count ||
         count > doc->tokens.count - first;
}

static bool bad_members(const BedeDoc *doc, uint32_t first, uint32_t count,
                        uint32_t limit) {
  if (!count)
    return false;
  if (first > doc->members.count || count > doc->members.count - first)
    return true;
  for (uint32_t i = 0; i < count; i++)
    if (doc->members.items[first + i] >= limit)
      return true;
  return false;
}

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

static const char *check_split(const BedeDoc *doc) {
  uint32_t at = 0, token = 0;
  for (uint32_t i = 0; i < doc->sentences.count; i++) {
    const Sentence *s = &doc->sentences.items[i];
    if (bad_span(doc, s->span) || s->span.begin < at || s->span.begin == s->span.end)
      return "a sentence is empty, overlaps, or leaves the text";
    if (is_blank(doc->text.at[s->span.begin]) || is_blank(doc->text.at[s->span.end - 1]))
      return "a sentence begins or ends with white space";
    at = s->span.end;
    if (s->first != token || bad_run(doc, s->first, s->count))
      return "the tokens of a sentence do not follow those of the one before";
    uint32_t begin = s->span.begin;
    for (; token < s->first + s->count; token++) {
      const Token *t = &doc->tokens.items[token];
      if (t->sentence != i)
        return "a token names another sentence";
      if (t->span.begin < begin || t->span.end > s->span.end ||
          t->span.begin >= t->span.end)
        return "a token is empty, overlaps, or leaves its sentence";
      begin = t->span.end;
    }
  }
  return token == doc->tokens.count ? NULL : "a token stands outside all sentences";
}

static const char *check_tree(const BedeDoc *doc, const Sentence *s) {
  const Token *tokens = doc->tokens.items;
  uint32_t roots = 0;
  for (uint32_t i = s->first; i < s->first + s->count; i++) {
    if (tokens[i].upos >= UPOS_COUNT || tokens[i].deprel >= DEPREL_COUNT ||
        tokens[i].lemma >= doc->strings.count)
      return "a token's tag, relation or lemma is out of range";
    if (tokens[i].head < s->first || tokens[i].head >= s->first + s->count)
      return "a head is outside the sentence";
    roots += tokens[i].head == i;
    uint32_t steps = 0, at = i;
    while (tokens[at].head != at && steps++ <= s->count)
      at = tokens[at].head;
    if (steps > s->count)
      return "the tree has a circle";
  }
  return roots == 1 ? NULL : "a sentence does not have one root";
}

const char *doc_check(const BedeDoc *doc) {
  const char *bad = check_split(doc);
  if (bad)
    return bad;
  bool parsed = doc->tokens.count && doc->tokens.items[0].upos != UPOS_NO_UPOS;
  for (uint32_t i = 0; parsed && i < doc->sentences.count; i++)
    if ((bad = check_tree(doc, &doc->sentences.items[i])))
      return bad;
  for (uint32_t i = 0; i < doc->names.count; i++)
    if (bad_run(doc, doc->names.items[i].first, doc->names.items[i].count) ||
        doc->names.items[i].type >= COUNT(name_types))
      return "a name is empty or leaves the text";
  for (uint32_t i = 0; i < doc->actors.count; i++) {
    const Actor *a = &doc->actors.items[i];
    if (bad_run(doc, a->first, a->count) || a->head < a->first ||
        a->head >= a->first + a->count || bad_span(doc, a->span))
      return "an actor's tokens, head or span are out of range";
    if (a->antecedent != NONE && a->antecedent >= doc->actors.count)
      return "an antecedent is no actor";
    if (bad_members(doc, a->member, a->members, doc->actors.count))
      return "a member of a group is no actor";
  }
  for (uint32_t i = 0; i < doc->times.count; i++)
    if (bad_run(doc, doc->times.items[i].first, doc->times.items[i].count) ||
        bad_span(doc, doc->times.items[i].span))
      return "a time is empty or leaves the text";
  for (uint32_t i = 0; i < doc->places.count; i++)
    if (bad_run(doc, doc->places.items[i].first, doc->places.items[i].count) ||
        bad_span(doc, doc->places.items[i].span))
      return "a place is empty or leaves the text";
  for (uint32_t i = 0; i < doc->figures.count; i++)
    if (bad_run(doc, doc->figures.items[i].first, doc->figures.items[i].count) ||
        bad_span(doc, doc->figures.items[i].span))
      return "a figure is empty or leaves the text";
  for (uint32_t i = 0; i < doc->speeches.count; i++) {
    const Speech *s = &doc->speeches.items[i];
    if (bad_span(doc, s->span) || bad_span(doc, s->speaker) || bad_span(doc, s->cue) ||
        (s->actor != NONE && s->actor >= doc->actors.count))
      return "a speech leaves the text or its speaker is no actor";
  }
  for (uint32_t i = 0; i < doc->events.count; i++) {
    const Event *e = &doc->events.items[i];
    if (e->sentence >= doc->sentences.count || e->trigger >= doc->tokens.count ||
        bad_span(doc, e->trigger_span) || e->type >= EVENT_TYPES ||
        e->status >= STATUS_COUNT)
      return "an event's sentence, trigger, type or status is out of range";
    if ((e->source != NONE && e->source >= doc->actors.count) ||
        (e->target != NONE && e->target >= doc->actors.count) ||
        (e->speaker != NONE && e->speaker >= doc->actors.count))
      return "an event's source, target or speaker is no actor";
    if (bad_members(doc, e->withs, e->with_count, doc->actors.count) ||
        bad_members(doc, e->target_withs, e->target_with_count, doc->actors.count) ||
        bad_members(doc, e->behalves, e->behalf_count, doc->actors.count) ||
        bad_members(doc, e->times, e->time_count, doc->times.count) ||
        bad_members(doc, e->places, e->place_count, doc->places.count) ||
        bad_members(doc, e->figures, e->figure_count, doc->figures.count) ||
        bad_members(doc, e->trace, e->trace_count, doc->strings.count))
      return "an event names a record that is not there";
  }
  return NULL;
}
