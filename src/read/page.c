// page.c - an HTML page to a document with its frame.
// SPDX-License-Identifier: Apache-2.0
#include "read/body.h"
#include "read/charset.h"
#include "read/facts.h"
#include "read/internal.h"
#include "read/language.h"

enum { STATED_LEAST = 200 }; // bytes of an article

bool read_looks_html(Str head) {
  static const char *const tags[] = {"<!doctype html", "<html", "<head", "<body", "<!--", "<meta",
                                     "<title", "<script", "<article", "<div", "<p>", "<p ", "<table",
                                     "<link", "<h1", "<main", "<section"};
  head = str_trim(head);
  for (size_t i = 0; i < COUNT(tags); i++) {
    size_t len = strlen(tags[i]);
    if (head.len >= len && str_equal_fold((Str){head.at, len}, (Str){tags[i], len}))
      return true;
  }
  return false;
}

static void keep_facts(BedeDoc *doc, const Facts *facts) {
  Frame *f = &doc->frame;
  if (!f->title.len)
    f->title = arena_str(&doc->arena, facts->title);
  if (facts->published.len)
    f->published = arena_str(&doc->arena, facts->published);
  if (!f->url.len)
    f->url = arena_str(&doc->arena, facts->url);
  if (!f->source.len)
    f->source = arena_str(&doc->arena, facts->source);
  if (facts->language.len >= 2) {
    char two[3] = {facts->language.at[0] | 32, facts->language.at[1] | 32, 0};
    if (two[0] >= 'a' && two[0] <= 'z' && two[1] >= 'a' && two[1] <= 'z')
      f->language = arena_str(&doc->arena, str_of(two));
  }
  for (uint32_t i = 0; i < facts->authors.count && !f->authors.count; i++)
    for (uint32_t k = 0; k < facts->authors.count; k++)
      array_push(&doc->arena, &f->authors, arena_str(&doc->arena, facts->authors.items[k]));
}

static void add_paragraph(Out *text, Str paragraph) {
  if (text->len && paragraph.len)
    out_text(text, "\n\n");
  out_str(text, paragraph);
}

// The article as JSON-LD states it: a line is a paragraph, unless it is HTML.
static void add_stated(Out *text, Arena *arena, Str stated) {
  if (!str_find(stated, STR("</p>"), NULL) && !str_find(stated, STR("<br"), NULL)) {
    while (stated.len)
      add_paragraph(text, str_trim(str_cut(&stated, '\n')));
    return;
  }
  Page page;
  Body body;
  html_parse(arena, stated, &page);
  body_take_all(&page, &body);
  for (uint32_t i = 0; i < body.blocks.count; i++)
    if (body.blocks.items[i].keep)
      add_paragraph(text, body.blocks.items[i].text);
  html_free(&page);
}

BedeStatus read_page(const BedeModel *model, const Record *record, BedeDoc **out, BedeError *err) {
  Arena arena = {0};
  Page page;
  Body body;
  Facts facts;
  *out = NULL;
  html_parse(&arena, charset_decode(&arena, record->bytes, record->charset), &page);
  bool piece = record->kind == RECORD_PIECE;
  if (piece) {
    facts = (Facts){.title = STR(""), .published = STR(""), .url = STR(""), .source = STR(""),
                    .language = STR(""), .text = STR("")};
    body_take_all(&page, &body);
  } else {
    facts_find(&page, record->url, &facts);
    body_find(&page, facts.title, &body);
    facts_add(&page, &body, &facts);
  }
  Out text = {0};
  for (uint32_t i = 0; i < body.blocks.count; i++) {
    if (!body.blocks.items[i].keep)
      continue;
    add_paragraph(&text, body.blocks.items[i].text);
  }
  if (facts.text.len > STATED_LEAST && 4 * text.len < facts.text.len) {
    out_reset(&text); // a script of the page is to make the article of it
    add_stated(&text, &arena, facts.text);
  }
  BedeStatus status = BEDE_OK;
  if (!text.len) {
    status = fail(err, BEDE_INPUT, "%s: no article was found in the page", record->place);
  } else if (text.len > BEDE_TEXT_LIMIT) {
    status = fail(err, BEDE_TOO_BIG, "%s: the text has %zu bytes; the limit is %u", record->place,
                  text.len, BEDE_TEXT_LIMIT);
  } else {
    BedeDoc *doc = doc_new();
    Frame *f = &doc->frame;
    f->id = arena_str(&doc->arena, record->id);
    f->url = arena_str(&doc->arena, record->url);
    f->title = arena_str(&doc->arena, record->title);
    f->published = arena_str(&doc->arena, record->published);
    f->source = arena_str(&doc->arena, record->source);
    if (record->author.len)
      array_push(&doc->arena, &f->authors, arena_str(&doc->arena, record->author));
    keep_facts(doc, &facts);
    read_dispatch(model, doc, (Str){text.at, text.len});
    // templates say "en" whatever stands in them: the words decide where they can
    Str language = language_of(doc->text);
    if (language.len)
      f->language = language;
    read_finish(doc);
    *out = doc;
  }
  out_free(&text);
  html_free(&page);
  arena_free(&arena);
  return status;
}
