// json.c - documents, annotations and events as JSON.
//
// Written by hand into an Out: a run over much news prints hundreds of
// megabytes, and the order of fields and the form of numbers must never vary.
// What is absent is null, an absent list is [].
// SPDX-License-Identifier: Apache-2.0
#include "doc/json.h"
#include "base/utf8.h"
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

// ---- building blocks

// What a byte of a string needs: 0 nothing, 1 an escape, 2 a look at UTF-8.
static int byte_class(unsigned char c) {
  return c >= 0x80 ? 2 : c < 0x20 || c == '"' || c == '\\';
}

static void escape(Out *out, char c) {
  static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (size_t i = 0; i + 1 < sizeof letters; i += 2)
    if (letters[i] == c) {
      out_char(out, '\\');
      out_char(out, letters[i + 1]);
      return;
    }
  out_print(out, "\\u%04x", (unsigned char)c);
}

void json_str(Out *out, Str s) {
  out_char(out, '"');
  size_t done = 0, at = 0; // bytes before done are written
  while (at < s.len) {
    int class = byte_class((unsigned char)s.at[at]);
    if (class == 0) {
      at++;
      continue;
    }
    size_t begin = at;
    bool broken = false;
    if (class == 1)
      at++;
    else
      broken = utf8_next(s, &at) == 0xFFFD && at == begin + 1;
    if (class == 2 && !broken)
      continue;
    out_bytes(out, s.at + done, begin - done);
    if (broken)
      out_text(out, "\xEF\xBF\xBD");
    else
      escape(out, s.at[begin]);
    done = at;
  }
  out_bytes(out, s.at + done, s.len - done);
  out_char(out, '"');
}

static void put_integer(Out *out, int64_t value) {
  char digits[24];
  size_t at = sizeof digits;
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  do
    digits[--at] = (char)('0' + rest % 10);
  while (rest /= 10);
  if (value < 0)
    digits[--at] = '-';
  out_bytes(out, digits + at, sizeof digits - at);
}

// snprintf writes the point of the locale; JSON wants its own.
static void put_number(Out *out, const char *digits) {
  const char *point = localeconv()->decimal_point;
  const char *hit = point[0] && strcmp(point, ".") ? strstr(digits, point) : NULL;
  if (!hit) {
    out_text(out, digits);
    return;
  }
  out_bytes(out, digits, (size_t)(hit - digits));
  out_char(out, '.');
  out_text(out, hit + strlen(point));
}

static bool put_whole(Out *out, double value) {
  if (!isfinite(value))
    out_text(out, "null");
  else if (fabs(value) < 1e15 && value == (double)(int64_t)value)
    put_integer(out, (int64_t)value);
  else
    return false;
  return true;
}

void json_number(Out *out, double value) {
  char digits[40];
  if (put_whole(out, value))
    return;
  for (int precision = 15; precision <= 17; precision++) {
    snprintf(digits, sizeof digits, "%.*g", precision, value);
    if (strtod(digits, NULL) == value)
      break;
  }
  put_number(out, digits);
}

// A float has fewer digits than the double it would become.
static void put_float(Out *out, float value) {
  char digits[40];
  if (put_whole(out, value))
    return;
  for (int precision = 6; precision <= 9; precision++) {
    snprintf(digits, sizeof digits, "%.*g", precision, (double)value);
    if (strtof(digits, NULL) == value)
      break;
  }
  put_number(out, digits);
}

// ---- fields: each begins with its comma, so the first of an object is written
// by the caller

#define FIELD(name) out_bytes(out, ",\"" name "\":", sizeof(",\"" name "\":") - 1)
#define OPEN(name) out_bytes(out, "{\"" name "\":", sizeof("{\"" name "\":") - 1)

static void put_string(Out *out, Str s) {
  if (s.len)
    json_str(out, s);
  else
    out_text(out, "null");
}

static void put_text(Out *out, const BedeDoc *doc, Text text) {
  put_string(out, str_of(doc_string(doc, text)));
}

static void put_bool(Out *out, bool value) {
  out_text(out, value ? "true" : "false");
}

static void put_day(Out *out, Day day) {
  char digits[11];
  day_print(day, digits);
  put_string(out, str_of(digits));
}

static void put_strings(Out *out, const Str *items, uint32_t count) {
  out_char(out, '[');
  for (uint32_t i = 0; i < count; i++) {
    if (i)
      out_char(out, ',');
    json_str(out, items[i]);
  }
  out_char(out, ']');
}

static void put_pair(Out *out, Span span) {
  if (span.begin == span.end) {
    out_text(out, "null");
    return;
  }
  out_char(out, '[');
  put_integer(out, span.begin);
  out_char(out, ',');
  put_integer(out, span.end);
  out_char(out, ']');
}

// {"begin":1,"end":2   and the object is left open
static void open_span(Out *out, Span span) {
  OPEN("begin");
  put_integer(out, span.begin);
  FIELD("end");
  put_integer(out, span.end);
}

// {"text":"…","begin":1,"end":2   and the object is left open
static void open_words(Out *out, const BedeDoc *doc, Span span) {
  OPEN("text");
  json_str(out, doc_span(doc, span));
  FIELD("begin");
  put_integer(out, span.begin);
  FIELD("end");
  put_integer(out, span.end);
}

// ---- document

void json_document(Out *out, const BedeDoc *doc) {
  const Frame *f = &doc->frame;
  OPEN("id");
  json_str(out, f->id);
  FIELD("path"), put_string(out, f->path);
  FIELD("url"), put_string(out, f->url);
  FIELD("title"), put_string(out, f->title);
  FIELD("published"), put_string(out, f->published);
  FIELD("date"), put_day(out, doc->day);
  FIELD("agency"), put_string(out, f->agency);
  FIELD("source"), put_string(out, f->source);
  FIELD("authors"), put_strings(out, f->authors.items, f->authors.count);
  FIELD("editors"), put_strings(out, f->editors.items, f->editors.count);
  FIELD("language"), put_string(out, f->language);
  FIELD("dateline");
  if (f->dateline_place.len || f->dateline_country.len || f->dateline_date.len) {
    OPEN("place"), put_string(out, f->dateline_place);
    FIELD("country"), put_string(out, f->dateline_country);
    FIELD("date"), put_string(out, f->dateline_date);
    out_char(out, '}');
  } else {
    out_text(out, "null");
  }
  FIELD("text"), json_str(out, doc->text);
  out_char(out, '}');
}

// ---- annotation

static void put_name(Out *out, const BedeDoc *doc, const Name *name) {
  const Actor *actor =
      name->actor < doc->actors.count ? &doc->actors.items[name->actor] : NULL;
  open_span(out, doc_token_span(doc, name->first, name->count));
  FIELD("type"), json_str(out, str_of(name_types[name->type]));
  FIELD("actor"), put_string(out, str_of(actor ? actor->code : ""));
  FIELD("name"), put_text(out, doc, actor ? actor->name : 0);
  out_char(out, '}');
}

static void put_time(Out *out, const BedeDoc *doc, const Time *time) {
  open_span(out, time->span);
  FIELD("type"), json_str(out, str_of(time_types[time->type]));
  FIELD("value"), put_text(out, doc, time->value);
  out_char(out, '}');
}

static const char *const place_precisions[] = {"country", "town", "division", "county", "region"};

static void put_place(Out *out, const BedeDoc *doc, const Place *place, bool all) {
  open_span(out, place->span);
  FIELD("text"), json_str(out, doc_span(doc, place->span));
  FIELD("name"), put_text(out, doc, place->name);
  FIELD("country"), put_string(out, str_of(place->country));
  FIELD("lat"), json_number(out, place->located ? place->lat : NAN);
  FIELD("lon"), json_number(out, place->located ? place->lon : NAN);
  FIELD("geonames"), json_number(out, place->geonames ? place->geonames : NAN);
  if (all) { // the store keeps no more than the above
    FIELD("division"), put_text(out, doc, place->division);
    FIELD("precision");
    if (place->located)
      json_str(out, str_of(place_precisions[place->precision]));
    else
      out_text(out, "null");
    FIELD("confidence"), json_number(out, place->located ? (double)place->confidence / 100 : NAN);
  }
  out_char(out, '}');
}

static void put_figure(Out *out, const BedeDoc *doc, const Figure *figure) {
  open_span(out, figure->span);
  FIELD("value"), json_number(out, figure->value);
  if (figure->has_value2)
    FIELD("value2"), json_number(out, figure->value2);
  FIELD("unit"), put_text(out, doc, figure->unit);
  FIELD("change");
  char change = figure->change ? figure->change : '=';
  json_str(out, change == 'u'   ? STR("up")
                   : change == 'd' ? STR("down")
                                   : (Str){&change, 1});
  FIELD("of"), put_text(out, doc, figure->of);
  out_char(out, '}');
}

// The pieces of a quotation that its attribution breaks: records near it with
// the same cue, in one paragraph. The first of them stands for all.
enum { PIECES_APART = 8 };

static uint32_t paragraph_of(const BedeDoc *doc, const Speech *s) {
  return s->first < doc->tokens.count ? doc->sentences.items[doc->tokens.items[s->first].sentence].paragraph : 0;
}

static bool same_cue(const BedeDoc *doc, const Speech *a, const Speech *b) {
  return a->cue_token != NONE && a->cue_token == b->cue_token && paragraph_of(doc, a) == paragraph_of(doc, b);
}

static bool is_later_piece(const BedeDoc *doc, uint32_t i) {
  for (uint32_t k = i > PIECES_APART ? i - PIECES_APART : 0; k < i; k++)
    if (same_cue(doc, &doc->speeches.items[k], &doc->speeches.items[i]))
      return true;
  return false;
}

static void put_speech(Out *out, const BedeDoc *doc, uint32_t i) {
  const Speech *speech = &doc->speeches.items[i];
  Span all = speech->span;
  uint32_t pieces = 1, end = i + 1;
  for (uint32_t k = i + 1; k < doc->speeches.count && k < end + PIECES_APART; k++)
    if (same_cue(doc, speech, &doc->speeches.items[k])) {
      all.end = MAX(all.end, doc->speeches.items[k].span.end);
      pieces++;
      end = k + 1;
    }
  open_span(out, all);
  if (pieces > 1) {
    FIELD("parts"), out_char(out, '[');
    for (uint32_t k = i; k < end; k++)
      if (k == i || same_cue(doc, speech, &doc->speeches.items[k])) {
        if (k > i)
          out_char(out, ',');
        put_pair(out, doc->speeches.items[k].span);
      }
    out_char(out, ']');
  }
  FIELD("speaker"), put_pair(out, speech->speaker);
  FIELD("cue"), put_pair(out, speech->cue);
  FIELD("kind"), json_str(out, str_of(speech_kinds[speech->kind]));
  out_char(out, '}');
}

#define LIST(count, put)                                                       \
  do {                                                                         \
    out_char(out, '[');                                                        \
    for (uint32_t i = 0; i < (count); i++) {                                   \
      if (i)                                                                   \
        out_char(out, ',');                                                    \
      put;                                                                     \
    }                                                                          \
    out_char(out, ']');                                                        \
  } while (0)

void json_annotation(Out *out, const BedeDoc *doc) {
  OPEN("id");
  json_str(out, doc->frame.id);
  FIELD("sentences");
  LIST(doc->sentences.count, put_pair(out, doc->sentences.items[i].span));
  FIELD("names");
  LIST(doc->names.count, put_name(out, doc, &doc->names.items[i]));
  FIELD("times");
  LIST(doc->times.count, put_time(out, doc, &doc->times.items[i]));
  FIELD("places");
  LIST(doc->places.count, put_place(out, doc, &doc->places.items[i], true));
  FIELD("figures");
  LIST(doc->figures.count, put_figure(out, doc, &doc->figures.items[i]));
  FIELD("speech"), out_char(out, '[');
  for (uint32_t i = 0, told = 0; i < doc->speeches.count; i++)
    if (!is_later_piece(doc, i)) {
      if (told++)
        out_char(out, ',');
      put_speech(out, doc, i);
    }
  out_char(out, ']');
  FIELD("story"), out_text(out, "null");
  out_char(out, '}');
}

// ---- event

static const char *precision(Day begin, Day end) {
  if (!begin.month)
    return end.year > begin.year ? "years" : "year";
  if (!begin.day)
    return end.year && day_compare(begin, end) ? "months" : "month";
  if (!end.year || day_compare(begin, end) == 0)
    return "day";
  if (begin.day == 1 && end.day == days_in_month(end.year, end.month)) {
    if (begin.month == 1 && end.month == 12)
      return begin.year == end.year ? "year" : "years";
    return begin.year == end.year && begin.month == end.month ? "month" : "months";
  }
  return "days";
}

// {"begin":…,"end":…,"precision":…   and the object is left open
static void open_days(Out *out, Day begin, Day end) {
  OPEN("begin"), put_day(out, begin);
  FIELD("end"), put_day(out, end.year ? end : begin);
  FIELD("precision"), json_str(out, str_of(precision(begin, end)));
}

static void open_actor(Out *out, const BedeDoc *doc, uint32_t index) {
  const Actor *actor = &doc->actors.items[index];
  open_words(out, doc, actor->span);
  FIELD("code"), put_string(out, str_of(actor->code));
  FIELD("sector"), put_string(out, str_of(actor->sector));
  FIELD("name"), put_text(out, doc, actor->name);
  FIELD("role"), put_text(out, doc, actor->role);
}

static void put_actors(Out *out, const BedeDoc *doc, uint32_t first, uint32_t count) {
  LIST(count, (open_actor(out, doc, doc->members.items[first + i]),
               out_char(out, '}')));
}

static void put_side(Out *out, const BedeDoc *doc, uint32_t actor, uint32_t withs,
                     uint32_t with_count, uint32_t behalves, uint32_t behalf_count) {
  if (actor >= doc->actors.count) {
    out_text(out, "null");
    return;
  }
  open_actor(out, doc, actor);
  FIELD("with"), put_actors(out, doc, withs, with_count);
  FIELD("behalf"), put_actors(out, doc, behalves, behalf_count);
  out_char(out, '}');
}

static void put_contexts(Out *out, Str contexts) {
  out_char(out, '[');
  for (bool first = true; contexts.len;) {
    Str context = str_cut(&contexts, ' ');
    if (!context.len)
      continue;
    if (!first)
      out_char(out, ',');
    json_str(out, context);
    first = false;
  }
  out_char(out, ']');
}

static void put_speaker(Out *out, const BedeDoc *doc, const Event *e) {
  const Actor *actor =
      e->speaker < doc->actors.count ? &doc->actors.items[e->speaker] : NULL;
  Span span = e->speaker_span;
  if (span.begin == span.end && actor)
    span = actor->span;
  if (span.begin == span.end) {
    out_text(out, "null");
    return;
  }
  open_words(out, doc, span);
  FIELD("code"), put_string(out, str_of(actor ? actor->code : ""));
  FIELD("name"), put_text(out, doc, actor ? actor->name : 0);
  out_char(out, '}');
}

static void put_derived(Out *out, const BedeDoc *doc, const Derived *d) {
  OPEN("statement"), put_text(out, doc, d->statement);
  FIELD("code"), put_text(out, doc, d->code);
  FIELD("begin"), put_day(out, d->begin);
  FIELD("end"), put_day(out, d->end);
  FIELD("reason"), put_text(out, doc, d->reason);
  out_char(out, '}');
}

void json_event(Out *out, const BedeDoc *doc, uint32_t event) {
  const Event *e = &doc->events.items[event];
  const uint32_t *members = doc->members.items;
  char id[17];
  hash_hex(e->id, id);
  OPEN("id"), json_str(out, str_of(id));
  FIELD("doc"), json_str(out, doc->frame.id);
  FIELD("sentence"), put_integer(out, e->sentence);
  FIELD("text"), json_str(out, doc_span(doc, doc->sentences.items[e->sentence].span));
  FIELD("event"), json_str(out, str_of(event_types[e->type]));
  FIELD("mode"), put_text(out, doc, e->mode);
  FIELD("contexts"), put_contexts(out, str_of(doc_string(doc, e->context)));
  FIELD("cameo"), put_text(out, doc, e->cameo);
  FIELD("quad"), json_str(out, str_of(quad_names[event_quads[e->type]]));
  FIELD("goldstein"), put_float(out, e->goldstein);
  FIELD("status"), json_str(out, str_of(status_names[e->status]));
  FIELD("source");
  put_side(out, doc, e->source, e->withs, e->with_count, e->behalves, e->behalf_count);
  FIELD("target");
  put_side(out, doc, e->target, e->target_withs, e->target_with_count, 0, 0);
  FIELD("mutual"), put_bool(out, e->mutual);
  FIELD("count"), put_integer(out, e->count);
  FIELD("trigger"), open_words(out, doc, e->trigger_span), out_char(out, '}');
  FIELD("date");
  if (e->begin.year) {
    open_days(out, e->begin, e->end);
    FIELD("basis"), put_string(out, str_of(basis_names[e->basis]));
    FIELD("inferred"), put_bool(out, e->inferred);
    out_char(out, '}');
  } else {
    out_text(out, "null");
  }
  FIELD("place");
  if (e->place_count)
    put_place(out, doc, &doc->places.items[members[e->places]], false);
  else
    out_text(out, "null");
  FIELD("places");
  LIST(e->place_count, put_place(out, doc, &doc->places.items[members[e->places + i]], false));
  FIELD("figures");
  LIST(e->figure_count,
       put_figure(out, doc, &doc->figures.items[members[e->figures + i]]));
  FIELD("times");
  LIST(e->time_count, put_time(out, doc, &doc->times.items[members[e->times + i]]));
  FIELD("pledge");
  if (e->pledge) {
    OPEN("what"), put_text(out, doc, e->pledge);
    FIELD("by");
    if (e->due_begin.year) {
      open_days(out, e->due_begin, e->due_end);
      FIELD("inferred"), put_bool(out, e->due_inferred);
      out_char(out, '}');
    } else {
      out_text(out, "null");
    }
    out_char(out, '}');
  } else {
    out_text(out, "null");
  }
  FIELD("speaker"), put_speaker(out, doc, e);
  FIELD("derived");
  LIST(e->derived_count, put_derived(out, doc, &doc->derived.items[e->derived + i]));
  FIELD("agency"), put_string(out, doc->frame.agency);
  FIELD("rule"), put_text(out, doc, e->rule);
  FIELD("confidence"), put_float(out, e->confidence);
  if (e->story) {
    char story[17];
    hash_hex(e->story, story);
    FIELD("story"), out_print(out, "\"%s\"", story);
  } else {
    FIELD("story"), out_text(out, "null");
  }
  out_char(out, '}');
}
