// body.h - which parts of a page are the article.
//
//   page -> blocks (a paragraph, heading, list item: text between the borders
//           of block elements) -> the element that holds the article -> its
//           blocks without captions, links to other stories, boxes
//
// Rules are about form (tags, what classes say, share of links, length,
// punctuation), never about a publisher.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "read/html.h"

// What an element is by its tag and by the words of its class and id. Inherited
// by all below it.
enum {
  MARK_SKIP = 1 << 0,    // never text: script, style, hidden
  MARK_NAV = 1 << 1,     // menus, headers and footers of the site
  MARK_CAPTION = 1 << 2, // figures, captions, credits, players
  MARK_RELATED = 1 << 3, // links to other stories
  MARK_COMMENT = 1 << 4, // readers' comments
  MARK_BOX = 1 << 5,     // share buttons, newsletters, advertisements, forms
  MARK_BYLINE = 1 << 6,  // who wrote it, when, under which tags
  MARK_LINK = 1 << 7,    // in a link
  MARK_TABLE = 1 << 8,   // in a table's cell
  MARK_LIST = 1 << 9,    // in a list
  MARK_QUOTE = 1 << 10,  // in a block quotation
  MARK_SURE = 1 << 11,   // frame even where it holds most of the page's prose
  MARK_ITALIC = 1 << 12,
  MARK_FRAME = MARK_SKIP | MARK_NAV | MARK_CAPTION | MARK_RELATED | MARK_COMMENT | MARK_BOX |
               MARK_BYLINE
};

typedef struct Block Block;
struct Block {
  uint32_t node;  // the innermost block element around it
  uint32_t first; // its first text node
  uint16_t marks;
  uint8_t tag;    // of node
  bool keep;
  Str text;       // white space collapsed, in the page's arena
  uint32_t links; // bytes of it in links
  uint32_t italic; // and in italics
};

typedef struct Body Body;
struct Body {
  Array(Block) blocks; // all of the page, in order
  uint32_t node;       // the element that holds the article; 0: the page
  uint32_t title;      // the block of the headline, or UINT32_MAX
};

// title: the headline as the metadata have it, "" where there is none.
void body_find(const Page *page, Str title, Body *out);
// The same for a piece of HTML that is nothing but the article (of a feed).
void body_take_all(const Page *page, Body *out);
