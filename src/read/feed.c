// feed.c - see feed.h.
// SPDX-License-Identifier: Apache-2.0
#include "read/feed.h"
#include "read/charset.h"
#include "read/facts.h"
#include "read/internal.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>

struct Feed {
  Arena arena;
  xmlDocPtr doc;
  Array(xmlNodePtr) items;
  uint32_t at;
  Str source; // the feed's title
};

static bool named(const xmlNode *node, const char *name) {
  return node->type == XML_ELEMENT_NODE && !xmlStrcasecmp(node->name, (const xmlChar *)name);
}

// The node after `node` in the order of the file, below `top`. inside: may it be
// a child?
static xmlNodePtr following(xmlNodePtr node, xmlNodePtr top, bool inside) {
  if (inside && node->type == XML_ELEMENT_NODE && node->children)
    return node->children;
  while (node && node != top && !node->next)
    node = node->parent;
  return !node || node == top ? NULL : node->next;
}

// The first element of that name below top.
static xmlNodePtr first(xmlNodePtr top, const char *name) {
  for (xmlNodePtr n = top->children; n; n = following(n, top, true))
    if (named(n, name))
      return n;
  return NULL;
}

static xmlNodePtr child(xmlNodePtr top, const char *name) {
  for (xmlNodePtr n = top->children; n; n = n->next)
    if (named(n, name))
      return n;
  return NULL;
}

// Text below the node; references to declared entities are left out.
static Str text_of(Arena *arena, xmlNodePtr top) {
  Out out = {0};
  for (xmlNodePtr n = top ? top->children : NULL; n; n = following(n, top, true))
    if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content)
      out_text(&out, (const char *)n->content);
  Str s = arena_str(arena, str_trim((Str){out.at ? out.at : "", out.len}));
  out_free(&out);
  return s;
}

static Str attr_of(Arena *arena, xmlNodePtr node, const char *name) {
  for (xmlAttrPtr a = node ? node->properties : NULL; a; a = a->next)
    if (!xmlStrcasecmp(a->name, (const xmlChar *)name) && a->children && a->children->content &&
        a->children->type == XML_TEXT_NODE)
      return arena_str(arena, str_of((const char *)a->children->content));
  return STR("");
}

// What stands in the node as HTML: its markup, or text that is markup.
static Str html_of(Arena *arena, xmlNodePtr top) {
  bool elements = false;
  for (xmlNodePtr n = top->children; n; n = n->next)
    elements |= n->type == XML_ELEMENT_NODE;
  if (!elements)
    return text_of(arena, top);
  Out out = {0};
  xmlBufferPtr buffer = xmlBufferCreate();
  for (xmlNodePtr n = top->children; n; n = n->next)
    if (n->type != XML_ENTITY_REF_NODE)
      xmlNodeDump(buffer, top->doc, n, 0, 0);
  out_bytes(&out, xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
  xmlBufferFree(buffer);
  Str s = arena_str(arena, (Str){out.at ? out.at : "", out.len});
  out_free(&out);
  return s;
}

// ---- the file

bool feed_begins(Str head) {
  static const char *const tags[] = {"<?xml", "<rss", "<feed", "<rdf:RDF", "<nitf", "<newsItem",
                                     "<newsMessage", "<Sentences"};
  head = str_trim(head);
  for (size_t i = 0; i < COUNT(tags); i++) {
    size_t len = strlen(tags[i]);
    if (head.len >= len && str_equal_fold((Str){head.at, len}, (Str){tags[i], len})) {
      size_t at;
      Str start = {head.at, MIN(head.len, (size_t)1024)};
      return i || !(str_find(start, STR("<html"), &at) || str_find(start, STR("<!DOCTYPE html"), &at));
    }
  }
  return false;
}

BedeStatus feed_open(Str bytes, const char *name, Feed **out, BedeError *err) {
  Feed *feed = calloc(1, sizeof *feed);
  if (!feed)
    out_of_memory();
  Str text = charset_decode(&feed->arena, bytes, STR(""));
  text = str_trim(text);
  feed->doc = xmlReadMemory(text.at, (int)text.len, NULL, "UTF-8",
                            XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
  xmlNodePtr root = feed->doc ? xmlDocGetRootElement(feed->doc) : NULL;
  feed->source = STR("");
  if (!root) {
    feed_close(feed);
    return fail(err, BEDE_INPUT, "%s: is no XML", name);
  }
  xmlNodePtr top = (xmlNodePtr)feed->doc;
  for (xmlNodePtr n = root; n;) {
    bool item = named(n, "item") || named(n, "entry") || named(n, "nitf") || named(n, "newsItem") ||
                (named(n, "Sentence") && child(n, "Text"));
    if (item)
      array_push(&feed->arena, &feed->items, n);
    n = following(n, top, !item);
  }
  if (!feed->items.count) {
    fail(err, BEDE_INPUT, "%s: is XML with <%s>, but no feed, NITF or NewsML-G2 item", name,
         (const char *)root->name);
    feed_close(feed);
    return BEDE_INPUT;
  }
  if (named(root, "rss") || named(root, "feed") || named(root, "RDF")) {
    xmlNodePtr channel = child(root, "channel");
    xmlNodePtr title = child(channel ? channel : root, "title");
    feed->source = facts_tidy(&feed->arena, text_of(&feed->arena, title));
  }
  *out = feed;
  return BEDE_OK;
}

// ---- items

static void read_item(Feed *feed, xmlNodePtr item, Record *out) {
  Arena *arena = &out->arena;
  static const char *const bodies[] = {"encoded", "content", "description", "summary"};
  static const char *const days[] = {"pubDate", "published", "date", "issued", "updated"};
  for (size_t i = 0; i < COUNT(bodies) && !out->bytes.len; i++) {
    xmlNodePtr body = child(item, bodies[i]);
    if (body)
      out->bytes = html_of(arena, body);
  }
  for (size_t i = 0; i < COUNT(days) && !out->published.len; i++)
    out->published = facts_time(arena, text_of(arena, child(item, days[i])));
  out->title = facts_tidy(arena, text_of(arena, child(item, "title")));
  for (xmlNodePtr n = item->children; n && !out->url.len; n = n->next) {
    if (!named(n, "link"))
      continue;
    Str rel = attr_of(arena, n, "rel"), href = attr_of(arena, n, "href");
    if (href.len && (!rel.len || str_equal(rel, STR("alternate"))))
      out->url = href;
    else if (!href.len)
      out->url = text_of(arena, n);
  }
  if (!out->url.len) {
    Str guid = text_of(arena, child(item, "guid"));
    if (str_starts(guid, STR("http")))
      out->url = guid;
  }
  xmlNodePtr author = child(item, "creator");
  if (!author)
    author = child(item, "author");
  if (author && child(author, "name"))
    author = child(author, "name");
  Str who = facts_tidy(arena, text_of(arena, author));
  size_t at;
  const char *open = who.len ? memchr(who.at, '(', who.len) : NULL; // "a@b.example (A. Name)"
  if (str_find(who, STR("@"), &at))
    who = open && str_ends(who, STR(")")) ? (Str){open + 1, (size_t)(who.at + who.len - open) - 2} : STR("");
  out->author = who;
  out->source = feed->source;
}

static void read_news(xmlNodePtr item, Record *out) {
  Arena *arena = &out->arena;
  static const char *const titles[] = {"hl1", "headline", "title"};
  static const char *const bodies[] = {"body.content", "body", "inlineXML", "inlineData"};
  static const char *const authors[] = {"person", "by", "byline", "creator"};
  static const struct {
    const char *node, *attribute;
  } days[] = {{"date.issue", "norm"}, {"contentCreated", NULL}, {"firstCreated", NULL},
              {"versionCreated", NULL}, {"story.date", "norm"}, {"pubdata", "date.publication"}};
  for (size_t i = 0; i < COUNT(titles) && !out->title.len; i++) {
    xmlNodePtr n = first(item, titles[i]);
    if (n)
      out->title = facts_tidy(arena, text_of(arena, n));
  }
  for (size_t i = 0; i < COUNT(bodies) && !out->bytes.len; i++) {
    xmlNodePtr n = first(item, bodies[i]);
    if (n)
      out->bytes = html_of(arena, n);
  }
  for (size_t i = 0; i < COUNT(days) && !out->published.len; i++) {
    xmlNodePtr n = first(item, days[i].node);
    if (n)
      out->published = facts_time(arena, days[i].attribute ? attr_of(arena, n, days[i].attribute)
                                                           : text_of(arena, n));
  }
  xmlNodePtr byline = first(item, "byline");
  for (size_t i = 0; i < COUNT(authors) && !out->author.len; i++) {
    xmlNodePtr n = first(i ? item : byline ? byline : item, authors[i]);
    Str who = n ? facts_tidy(arena, text_of(arena, n)) : STR("");
    if (str_starts(who, STR("By ")))
      who = (Str){who.at + 3, who.len - 3};
    if (who.len < 80)
      out->author = who;
  }
  out->id = attr_of(arena, item, "guid"); // NewsML-G2
  if (!out->id.len)
    out->id = attr_of(arena, first(item, "doc-id"), "id-string");
  out->source = facts_tidy(arena, text_of(arena, first(item, "provider")));
}

// PETRARCH's input: <Sentence date="20080801" id="AFP_1" source="AFP"><Text>…
static void read_petrarch(xmlNodePtr item, Record *out) {
  Arena *arena = &out->arena;
  out->kind = RECORD_ROW;
  out->bytes = facts_tidy(arena, text_of(arena, child(item, "Text")));
  out->id = attr_of(arena, item, "id");
  out->date = attr_of(arena, item, "date");
  out->agency = attr_of(arena, item, "source");
}

bool feed_next(Feed *feed, const char *name, Record *out) {
  if (feed->at >= feed->items.count)
    return false;
  xmlNodePtr item = feed->items.items[feed->at++];
  out->kind = RECORD_PIECE;
  if (named(item, "nitf") || named(item, "newsItem"))
    read_news(item, out);
  else if (named(item, "Sentence"))
    read_petrarch(item, out);
  else
    read_item(feed, item, out);
  out->source = arena_str(&out->arena, out->source);
  out->place = arena_print(&out->arena, "%s: item %u", name, feed->at).at;
  return true;
}

void feed_close(Feed *feed) {
  if (!feed)
    return;
  if (feed->doc)
    xmlFreeDoc(feed->doc);
  arena_free(&feed->arena);
  free(feed);
}
