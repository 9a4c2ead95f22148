// html.h - a page as a flat tree: nodes in the order of the page, each with the
// index behind its last descendant.
//
// libxml2's HTML parser calls back for each tag and piece of text; no other
// tree is built. So all work over a page is loops over an array, however deep
// its elements are nested, and going to a child, a sibling or out of a subtree
// is a step of an index.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/base.h"

// The tags that are told apart, and what they are: I inline, B block, S never
// text, V void (of no meaning for the text).
#define TAG_MAP(X)                                                             \
  X(A, "a", I) X(ADDRESS, "address", B) X(ARTICLE, "article", B)               \
  X(ASIDE, "aside", B) X(AUDIO, "audio", S) X(BLOCKQUOTE, "blockquote", B)     \
  X(BODY, "body", B) X(BR, "br", I) X(BUTTON, "button", B)                     \
  X(CANVAS, "canvas", S) X(CAPTION, "caption", B) X(CENTER, "center", B)       \
  X(CITE, "cite", I) X(DD, "dd", B) X(DETAILS, "details", B) X(DIV, "div", B)  \
  X(DL, "dl", B) X(DT, "dt", B) X(EM, "em", I) X(FIELDSET, "fieldset", B)                     \
  X(FIGCAPTION, "figcaption", B) X(FIGURE, "figure", B)                        \
  X(FOOTER, "footer", B) X(FORM, "form", B) X(H1, "h1", B) X(H2, "h2", B)      \
  X(H3, "h3", B) X(H4, "h4", B) X(H5, "h5", B) X(H6, "h6", B)                  \
  X(HEAD, "head", B) X(HEADER, "header", B) X(HR, "hr", B) X(HTML, "html", B)  \
  X(I, "i", I) X(IFRAME, "iframe", S) X(IMG, "img", I) X(INPUT, "input", S)                 \
  X(LABEL, "label", I) X(LEGEND, "legend", B) X(LI, "li", B)                   \
  X(LINK, "link", S) X(MAIN, "main", B) X(MENU, "menu", B)                     \
  X(META, "meta", S) X(NAV, "nav", B) X(NOSCRIPT, "noscript", B)               \
  X(OBJECT, "object", S) X(OL, "ol", B) X(OPTION, "option", S) X(P, "p", B)    \
  X(PICTURE, "picture", S) X(PRE, "pre", B) X(SCRIPT, "script", S)             \
  X(SECTION, "section", B) X(SELECT, "select", S) X(SPAN, "span", I)           \
  X(STYLE, "style", S) X(SUMMARY, "summary", B) X(SVG, "svg", S)               \
  X(TABLE, "table", B) X(TBODY, "tbody", B) X(TD, "td", B)                     \
  X(TEMPLATE, "template", S) X(TEXTAREA, "textarea", S) X(TH, "th", B)         \
  X(THEAD, "thead", B) X(TIME, "time", I) X(TITLE, "title", S)                 \
  X(TR, "tr", B) X(UL, "ul", B) X(VIDEO, "video", S)

typedef enum Tag {
  TAG_TEXT,  // a piece of text
  TAG_OTHER, // an element that is none of the map: as if inline
#define X(name, text, kind) TAG_##name,
  TAG_MAP(X)
#undef X
      TAG_COUNT
} Tag;

// In the order of their names.
#define ATTR_MAP(X)                                                            \
  X(ARIA_HIDDEN, "aria-hidden") X(CHARSET, "charset") X(CLASS, "class")        \
  X(CONTENT, "content") X(DATETIME, "datetime") X(HREF, "href")                \
  X(HTTP_EQUIV, "http-equiv") X(ID, "id") X(ITEMPROP, "itemprop")              \
  X(LANG, "lang") X(NAME, "name") X(PROPERTY, "property") X(REL, "rel")        \
  X(ROLE, "role") X(STYLE, "style") X(TYPE, "type")

typedef enum AttrName {
#define X(name, text) ATTR_##name,
  ATTR_MAP(X)
#undef X
      ATTR_COUNT
} AttrName;

typedef struct Node Node;
struct Node {
  uint8_t tag;         // Tag
  uint8_t attrs;       // how many attributes
  uint32_t attr;       // the first, in page->attrs
  uint32_t parent;     // the root's is itself
  uint32_t end;        // index behind its last descendant
  uint32_t from, size; // TAG_TEXT: bytes of page->text
};

typedef struct Attr Attr;
struct Attr {
  uint8_t name; // AttrName
  Str value;
};

typedef struct Page Page;
struct Page {
  Arena *arena;
  Array(Node) nodes; // nodes.items[0] is a root above all; never empty
  Array(Attr) attrs;
  Out text; // of all text nodes, entities resolved; freed by html_free
};

// Never fails: what is no HTML is text. bytes: valid UTF-8 without NUL.
void html_parse(Arena *arena, Str bytes, Page *out);
void html_free(Page *page);

Str html_attr(const Page *page, uint32_t node, AttrName name); // "" where none
Str html_text(const Page *page, uint32_t node);                // of a TAG_TEXT
// All text below the node, white space collapsed, in the page's arena.
Str html_inner(const Page *page, uint32_t node);
char html_kind(Tag tag); // 'I', 'B' or 'S', as in the map
