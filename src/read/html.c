// html.c - see html.h. libxml2 2.9's HTML parser is neither recursive nor
// quadratic but in one place: it compares the attributes of a tag with each
// other. So tags that are longer than any sane one are emptied first.
// SPDX-License-Identifier: Apache-2.0
#include "read/html.h"
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>

enum {
  TAG_BYTES = 1 << 16,  // of one tag with its attributes
  NODE_LIMIT = 1 << 23, // nodes of a page
  VALUE_LIMIT = 1 << 16 // bytes of an attribute that are kept
};

static const struct {
  const char *text;
  char kind;
} tags[TAG_COUNT] = {
    [TAG_TEXT] = {"", 'I'},
    [TAG_OTHER] = {"", 'I'},
#define X(name, text, kind) [TAG_##name] = {text, #kind[0]},
    TAG_MAP(X)
#undef X
};

static const char *const attr_names[ATTR_COUNT] = {
#define X(name, text) [ATTR_##name] = text,
    ATTR_MAP(X)
#undef X
};

char html_kind(Tag tag) { return tags[tag].kind; }

static Tag tag_of(const char *name) {
  int low = TAG_OTHER + 1, high = TAG_COUNT - 1;
  while (low <= high) {
    int middle = (low + high) / 2, order = strcmp(name, tags[middle].text);
    if (!order)
      return (Tag)middle;
    if (order < 0)
      high = middle - 1;
    else
      low = middle + 1;
  }
  return TAG_OTHER;
}

// ---- what the parser calls

typedef struct Builder Builder;
struct Builder {
  Page *page;
  uint32_t open; // the innermost open element
  bool full;     // no more nodes are taken
  htmlParserCtxtPtr parser;
};

static uint32_t add(Builder *b, Tag tag) {
  Page *page = b->page;
  uint32_t index = page->nodes.count;
  array_push(page->arena, &page->nodes, (Node){.tag = (uint8_t)tag, .parent = b->open});
  return index;
}

static void start(void *context, const xmlChar *name, const xmlChar **attrs) {
  Builder *b = context;
  if (b->page->nodes.count >= NODE_LIMIT) {
    b->full = true;
    xmlStopParser(b->parser);
  }
  if (b->full)
    return;
  uint32_t index = add(b, tag_of((const char *)name));
  b->open = index;
  uint32_t first = b->page->attrs.count, count = 0;
  for (; attrs && attrs[0] && count < 255; attrs += 2) {
    const char *key = (const char *)attrs[0];
    for (int i = 0; i < ATTR_COUNT; i++) {
      if (strcmp(key, attr_names[i]))
        continue;
      Str value = str_of((const char *)attrs[1]);
      value.len = MIN(value.len, (size_t)VALUE_LIMIT);
      array_push(b->page->arena, &b->page->attrs,
                 (Attr){(uint8_t)i, arena_str(b->page->arena, value)});
      count++;
      break;
    }
  }
  b->page->nodes.items[index].attr = first;
  b->page->nodes.items[index].attrs = (uint8_t)count;
}

static void end(void *context, const xmlChar *name) {
  Builder *b = context;
  (void)name; // the parser's calls are balanced
  if (b->full || !b->open)
    return;
  Node *node = &b->page->nodes.items[b->open];
  node->end = b->page->nodes.count;
  b->open = node->parent;
}

static void text(void *context, const xmlChar *bytes, int size) {
  Builder *b = context;
  Page *page = b->page;
  if (b->full || size <= 0)
    return;
  Node *last = array_last(&page->nodes);
  if (last->tag != TAG_TEXT || last->parent != b->open) {
    uint32_t index = add(b, TAG_TEXT);
    last = &page->nodes.items[index];
    last->end = index + 1;
    last->from = (uint32_t)page->text.len;
  }
  out_bytes(&page->text, bytes, (size_t)size);
  last->size += (uint32_t)size;
}

// ---- tags that are too long

// The end of the tag that begins at bytes[at], quotation marks heeded; 0 where
// it is not longer than TAG_BYTES.
static size_t long_tag(Str bytes, size_t at) {
  size_t limit = MIN(bytes.len, at + TAG_BYTES), i = at;
  char quote = 0;
  for (; i < bytes.len; i++) {
    char c = bytes.at[i];
    if (quote)
      quote = c == quote ? 0 : quote;
    else if (c == '>')
      break;
    else if ((c == '"' || c == '\'') && bytes.at[i - 1] == '=')
      quote = c;
    else if (c == '<' && i > at && i < limit)
      return 0; // text that looks like a tag
  }
  return i > limit ? i : 0;
}

static Str shorten_tags(Arena *arena, Str bytes) {
  Out out = {0};
  size_t kept = 0;
  for (const char *p = bytes.at; bytes.len - (size_t)(p - bytes.at) > TAG_BYTES;) {
    p = memchr(p, '<', bytes.len - (size_t)(p - bytes.at) - TAG_BYTES);
    if (!p)
      break;
    size_t at = (size_t)(p - bytes.at);
    p++;
    if (!((*p | 32) >= 'a' && (*p | 32) <= 'z') || memchr(p, '>', TAG_BYTES / 16))
      continue;
    size_t to = long_tag(bytes, at);
    if (!to)
      continue;
    size_t name = at + 1;
    while (name < to && (bytes.at[name] | 32) >= 'a' && (bytes.at[name] | 32) <= 'z')
      name++;
    out_bytes(&out, bytes.at + kept, name - kept);
    kept = to;
    p = bytes.at + to;
  }
  if (!kept)
    return bytes;
  out_bytes(&out, bytes.at + kept, bytes.len - kept);
  Str copy = arena_str(arena, (Str){out.at, out.len});
  out_free(&out);
  return copy;
}

// ---- all of it

static void quiet(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

void html_parse(Arena *arena, Str bytes, Page *page) {
  *page = (Page){.arena = arena};
  array_push(arena, &page->nodes, (Node){.tag = TAG_OTHER});
  bytes = shorten_tags(arena, bytes);
  Builder b = {.page = page};
  htmlParserCtxtPtr parser =
      bytes.len ? htmlCreateMemoryParserCtxt(bytes.at, (int)bytes.len) : NULL;
  if (parser) {
    b.parser = parser;
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                   HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOIMPLIED);
    *parser->sax = (xmlSAXHandler){.startElement = start,
                                   .endElement = end,
                                   .characters = text,
                                   .ignorableWhitespace = text,
                                   .cdataBlock = text,
                                   .error = quiet,
                                   .warning = quiet};
    parser->userData = &b;
    xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(parser);
    htmlFreeParserCtxt(parser);
  }
  while (b.open) {
    page->nodes.items[b.open].end = page->nodes.count;
    b.open = page->nodes.items[b.open].parent;
  }
  page->nodes.items[0].end = page->nodes.count;
}

void html_free(Page *page) { out_free(&page->text); }

Str html_attr(const Page *page, uint32_t node, AttrName name) {
  const Node *n = &page->nodes.items[node];
  for (uint32_t i = 0; i < n->attrs; i++)
    if (page->attrs.items[n->attr + i].name == name)
      return page->attrs.items[n->attr + i].value;
  return STR("");
}

Str html_text(const Page *page, uint32_t node) {
  const Node *n = &page->nodes.items[node];
  return (Str){page->text.at + n->from, n->size};
}

Str html_inner(const Page *page, uint32_t node) {
  Out out = {0};
  bool blank = false;
  for (uint32_t i = node; i < page->nodes.items[node].end; i++) {
    const Node *n = &page->nodes.items[i];
    if (n->tag != TAG_TEXT) {
      if (i > node && html_kind(n->tag) == 'S' && n->tag != TAG_TITLE)
        i = n->end - 1;
      else
        blank |= html_kind(n->tag) == 'B' || n->tag == TAG_BR;
      continue;
    }
    Str s = html_text(page, i);
    for (size_t k = 0; k < s.len; k++) {
      if (strchr(" \t\r\n\f\v", s.at[k])) {
        blank = true;
        continue;
      }
      if (blank && out.len)
        out_char(&out, ' ');
      blank = false;
      out_char(&out, s.at[k]);
    }
  }
  Str s = arena_str(page->arena, (Str){out.at ? out.at : "", out.len});
  out_free(&out);
  return s;
}
