// csv.c - events as lines of CSV (RFC 4180, but lines end in LF alone).
// SPDX-License-Identifier: Apache-2.0
#include "doc/csv.h"

static void csv(Out *out, Str s, bool last) {
  bool quote = false;
  for (size_t i = 0; i < s.len; i++)
    quote = quote || strchr(",\"\n\r", s.at[i]);
  if (quote)
    out_char(out, '"');
  for (size_t i = 0; i < s.len; i++) {
    if (s.at[i] == '"')
      out_char(out, '"');
    out_char(out, s.at[i]);
  }
  if (quote)
    out_char(out, '"');
  out_char(out, last ? '\n' : ',');
}

void csv_quoted(Out *out, Str s) {
  out_char(out, '"');
  for (size_t i = 0; i < s.len; i++) {
    if (s.at[i] == '"')
      out_char(out, '"');
    out_char(out, (unsigned char)s.at[i] < ' ' ? ' ' : s.at[i]);
  }
  out_char(out, '"');
}

void csv_head(Out *out) {
  out_text(out, "id,doc,begin,end,source,source_sector,source_name,event,mode,cameo,quad,goldstein,"
                "status,mutual,target,target_sector,target_name,speaker,speaker_name,place,country,"
                "pledge,agency,rule,confidence,text\n");
}

static void csv_side(Out *out, const BedeDoc *doc, uint32_t actor) {
  const Actor *a = actor < doc->actors.count ? &doc->actors.items[actor] : NULL;
  csv(out, str_of(a ? a->code : ""), false);
  csv(out, str_of(a ? a->sector : ""), false);
  Str name = str_of(a ? doc_string(doc, a->name) : "");
  csv(out, a && !name.len ? doc_span(doc, a->span) : name, false);
}

void csv_event(Out *out, const BedeDoc *doc, uint32_t event) {
  const Event *e = &doc->events.items[event];
  char id[17], day[11];
  const Actor *speaker = e->speaker < doc->actors.count ? &doc->actors.items[e->speaker] : NULL;
  const Place *place =
      e->place_count ? &doc->places.items[doc->members.items[e->places]] : NULL;
  hash_hex(e->id, id);
  csv(out, str_of(id), false);
  csv(out, doc->frame.id, false);
  day_print(e->begin, day), csv(out, str_of(day), false);
  day_print(e->end.year ? e->end : e->begin, day), csv(out, str_of(day), false);
  csv_side(out, doc, e->source);
  csv(out, str_of(event_types[e->type]), false);
  csv(out, str_of(doc_string(doc, e->mode)), false);
  csv(out, str_of(doc_string(doc, e->cameo)), false);
  csv(out, str_of(quad_names[event_quads[e->type]]), false);
  out_print(out, "%.1f,", (double)e->goldstein);
  csv(out, str_of(status_names[e->status]), false);
  out_text(out, e->mutual ? "1," : "0,");
  csv_side(out, doc, e->target);
  csv(out, str_of(speaker ? speaker->code : ""), false);
  Str name = str_of(speaker ? doc_string(doc, speaker->name) : "");
  csv(out, name.len ? name : doc_span(doc, e->speaker_span), false);
  csv(out, str_of(place ? doc_string(doc, place->name) : ""), false);
  csv(out, str_of(place ? place->country : ""), false);
  csv(out, str_of(doc_string(doc, e->pledge)), false);
  csv(out, doc->frame.agency, false);
  csv(out, str_of(doc_string(doc, e->rule)), false);
  out_print(out, "%.2f,", (double)e->confidence);
  csv(out, doc_span(doc, doc->sentences.items[e->sentence].span), true);
}
