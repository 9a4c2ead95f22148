// made.h - a small coded document made by hand, for tests of json and store.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"

static inline Span made_find(const BedeDoc *doc, const char *words) {
  size_t at = 0;
  str_find(doc->text, str_of(words), &at);
  return (Span){(uint32_t)at, (uint32_t)(at + strlen(words))};
}

static inline Actor made_actor(BedeDoc *doc, const char *words, const char *code,
                               const char *sector, const char *name) {
  Actor a = {.span = made_find(doc, words), .kind = ACTOR_NAME, .antecedent = NONE,
             .name = doc_text(doc, str_of(name))};
  memcpy(a.code, code, strlen(code) + 1);
  memcpy(a.sector, sector, strlen(sector) + 1);
  return a;
}

// Peru's envoy meets Chile's twice in Lima; a fund of "about 3.5 to 4 million"
// is pledged; an official says so.
static inline BedeDoc *made_doc(const char *id, uint64_t salt) {
  BedeDoc *doc = doc_new();
  Arena *arena = &doc->arena;
  doc->text = arena_str(arena, STR("Peru and Chile met in Lima, an official said.\n\n"
                                   "They will set up a fund of 4 million dollars in 2031."));
  doc->frame.id = arena_str(arena, str_of(id));
  doc->frame.title = STR("Neighbours \"meet\"");
  doc->frame.agency = STR("Andean Wire");
  doc->frame.published = STR("2030-05-06T10:00");
  array_push(arena, &doc->frame.authors, STR("Ana Sol"));
  array_push(arena, &doc->frame.authors, STR("Rui Mar"));
  doc->day = (Day){2030, 5, 6};
  doc->day_basis = BASIS_PUBLISHED;
  array_push(arena, &doc->sentences, (Sentence){.span = {0, 45}});
  array_push(arena, &doc->sentences,
             (Sentence){.span = {47, (uint32_t)doc->text.len}, .paragraph = 1});
  array_push(arena, &doc->actors, made_actor(doc, "Peru", "PER", "GOV", "Peru"));
  array_push(arena, &doc->actors, made_actor(doc, "Chile", "CHL", "", "Chile"));
  array_push(arena, &doc->actors, made_actor(doc, "an official", "", "GOV", ""));
  array_push(arena, &doc->times,
             (Time){.span = made_find(doc, "2031"), .value = doc_text(doc, STR("2031")),
                    .begin = {2031, 1, 1}, .end = {2031, 12, 31}});
  array_push(arena, &doc->places,
             (Place){.span = made_find(doc, "Lima"), .name = doc_text(doc, STR("Lima")),
                     .country = "PER", .located = 1, .lat = -12.05, .lon = -77.25,
                     .geonames = 12345});
  array_push(arena, &doc->figures,
             (Figure){.span = made_find(doc, "4 million dollars"), .value = 3.5e6, .value2 = 4e6,
                      .has_value2 = 1, .change = '~', .unit = doc_text(doc, STR("USD"))});
  array_push(arena, &doc->speeches,
             (Speech){.span = {0, 26}, .speaker = made_find(doc, "an official"),
                      .cue = made_find(doc, "said"), .actor = 2, .kind = SPEECH_INDIRECT,
                      .speaker_head = NONE, .cue_token = NONE});
  for (uint32_t i = 0; i < 3; i++) // places, figures, times: all index 0
    array_push(arena, &doc->members, 0);
  uint32_t trace = doc->members.count;
  array_push(arena, &doc->members, doc_text(doc, STR("clause S meets T")));
  array_push(arena, &doc->derived,
             (Derived){doc_text(doc, STR("a fund")), doc_text(doc, STR("CHL-PER")), {2031, 0, 0},
                       {2031, 0, 0}, doc_text(doc, STR("told"))});
  Event e = {.id = 0xfeed0000 + salt, .type = EVENT_CONSULT, .mutual = 1, .source = 0, .target = 1,
             .speech = 0, .speaker = 2, .speaker_span = made_find(doc, "an official"),
             .trigger_span = made_find(doc, "met"), .begin = {2030, 5, 6}, .end = {2030, 5, 6},
             .basis = BASIS_PUBLISHED, .inferred = 1, .place_count = 1, .count = 2,
             .rule = doc_text(doc, STR("consult/meet")), .cameo = doc_text(doc, STR("040")),
             .goldstein = 1.9f, .confidence = 0.93f, .trace = trace, .trace_count = 1};
  array_push(arena, &doc->events, e);
  e = (Event){.id = 0xbeef0000 + salt, .sentence = 1, .type = EVENT_AID, .status = STATUS_PLANNED,
              .source = 1, .target = NONE, .speech = NONE, .speaker = NONE,
              .trigger_span = made_find(doc, "set up"), .count = 1, .begin = {2031, 1, 1},
              .end = {2031, 12, 31}, .basis = BASIS_TEXT, .figures = 1, .figure_count = 1,
              .times = 2, .time_count = 1, .pledge = doc_text(doc, STR("set up a fund")),
              .due_begin = {2031, 0, 0}, .due_end = {2031, 0, 0}, .derived_count = 1,
              .goldstein = 7, .confidence = 0.5f, .context = doc_text(doc, STR("economic aid"))};
  array_push(arena, &doc->events, e);
  return doc;
}
