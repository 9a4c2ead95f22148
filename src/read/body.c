// body.c - see body.h.
// SPDX-License-Identifier: Apache-2.0
#include "read/body.h"
#include "read/internal.h"
#include "base/utf8.h"
#include <stdlib.h>

enum {
  PROSE = 80, // bytes of a block that is sentences rather than a label
  LONG = 25
};

typedef struct Finder Finder;
struct Finder {
  const Page *page;
  Body *body;
  uint16_t *own;     // of each node: its own marks
  uint16_t *marks;   // and those inherited
  uint32_t *prose;   // of each node: bytes of prose below it
};

static bool starts_fold(Str s, const char *prefix) {
  size_t len = strlen(prefix);
  return s.len >= len && str_equal_fold((Str){s.at, len}, (Str){prefix, len});
}

static bool find_fold(Str s, const char *what) {
  size_t len = strlen(what);
  for (size_t i = 0; i + len <= s.len; i++)
    if ((s.at[i] | 32) == (what[0] | 32) && str_equal_fold((Str){s.at + i, len}, (Str){what, len}))
      return true;
  return false;
}

static bool is_heading(uint8_t tag) { return tag >= TAG_H1 && tag <= TAG_H6; }

static bool ends_sentence(Str s) {
  while (s.len) {
    if (strchr("\"')]\x94 ", s.at[s.len - 1])) {
      s.len--;
    } else if (str_ends(s, STR("\u201d")) || str_ends(s, STR("\u2019"))) {
      s.len -= 3;
    } else {
      break;
    }
  }
  return s.len && (strchr(".!?:", s.at[s.len - 1]) || str_ends(s, STR("\u3002")) ||
                   str_ends(s, STR("\u2026")));
}

// ---- blocks

static bool is_hidden(const Page *page, uint32_t node) {
  Str style = html_attr(page, node, ATTR_STYLE);
  size_t at;
  if (str_find(style, STR("display:none"), &at) || str_find(style, STR("display: none"), &at))
    return true;
  return false;
}

static uint16_t own_marks(const Page *page, uint32_t node) {
  const Node *n = &page->nodes.items[node];
  uint16_t marks = 0;
  switch ((Tag)n->tag) {
  case TAG_NAV: case TAG_MENU: marks = MARK_NAV; break;
  case TAG_FOOTER: marks = MARK_NAV | MARK_SURE; break;
  case TAG_ASIDE: marks = MARK_BOX; break;
  case TAG_FORM: case TAG_BUTTON: case TAG_FIELDSET: case TAG_LABEL: marks = MARK_BOX; break;
  case TAG_FIGURE: case TAG_FIGCAPTION: case TAG_CAPTION: marks = MARK_CAPTION; break;
  case TAG_A: marks = MARK_LINK; break;
  case TAG_EM: case TAG_I: marks = MARK_ITALIC; break;
  case TAG_TD: case TAG_TH: marks = MARK_TABLE; break;
  case TAG_LI: case TAG_DD: case TAG_DT: marks = MARK_LIST; break;
  case TAG_BLOCKQUOTE: marks = MARK_QUOTE; break;
  case TAG_NOSCRIPT: marks = MARK_SKIP; break;
  case TAG_ADDRESS: case TAG_TIME: marks = MARK_BYLINE; break;
  default:
    if (html_kind(n->tag) == 'S')
      marks = MARK_SKIP;
  }
  if (n->tag == TAG_TIME || n->tag == TAG_LABEL)
    marks = 0;
  if (!n->attrs)
    return marks;
  if (n->tag != TAG_BODY && n->tag != TAG_HTML) {
    marks |= read_marks(html_attr(page, node, ATTR_CLASS));
    marks |= read_marks(html_attr(page, node, ATTR_ID));
  }
  if (is_hidden(page, node))
    marks |= MARK_SKIP;
  Str role = html_attr(page, node, ATTR_ROLE);
  if (str_equal(role, STR("navigation")) || str_equal(role, STR("banner")) ||
      str_equal(role, STR("contentinfo")) || str_equal(role, STR("search")))
    marks |= MARK_NAV;
  if (str_equal(role, STR("complementary")))
    marks |= MARK_BOX;
  if (str_equal(role, STR("dialog")) || str_equal(role, STR("alertdialog")))
    marks |= MARK_BOX | MARK_SURE;
  return marks;
}

// Text between two borders, put together.
typedef struct Run Run;
struct Run {
  Out text;
  uint32_t node, first, links, italic;
  uint16_t marks;
  bool blank, broken; // white space waits; <br> waits
};

static void end_run(Finder *f, Run *run) {
  if (run->text.len) {
    Block block = {.node = run->node,
                   .first = run->first,
                   .marks = run->marks,
                   .tag = f->page->nodes.items[run->node].tag,
                   .links = run->links,
                   .italic = run->italic,
                   .text = arena_str(f->page->arena, (Str){run->text.at, run->text.len})};
    array_push(f->page->arena, &f->body->blocks, block);
  }
  out_reset(&run->text);
  run->links = run->italic = 0;
  run->blank = run->broken = false;
}

static void add_text(Finder *f, Run *run, uint32_t node, uint32_t block) {
  Str s = html_text(f->page, node);
  uint16_t marks = f->marks[node];
  bool link = marks & MARK_LINK, italic = marks & MARK_ITALIC;
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.at[i];
    if (c <= ' ') {
      run->blank = true;
      continue;
    }
    if (c == 0xC2 && i + 1 < s.len && s.at[i + 1] == '\xA0') { // no-break blank
      run->blank = true;
      i++;
      continue;
    }
    if (c == 0xC2 && i + 1 < s.len && s.at[i + 1] == '\xAD') { // soft hyphen
      i++;
      continue;
    }
    if (c == 0xE2 && i + 2 < s.len && s.at[i + 1] == '\x80' && s.at[i + 2] == '\x8B') {
      i += 2; // zero width blank
      continue;
    }
    if (!run->text.len) {
      run->node = block;
      run->first = node;
      run->marks = marks & (uint16_t)~(MARK_LINK | MARK_ITALIC);
    } else if (run->blank) {
      out_char(&run->text, ' ');
      run->links += link;
      run->italic += italic;
    }
    run->blank = run->broken = false;
    out_char(&run->text, (char)c);
    run->links += link;
    run->italic += italic;
  }
}

static void make_blocks(Finder *f) {
  const Page *page = f->page;
  uint32_t count = page->nodes.count, block = 0;
  Run run = {0};
  for (uint32_t i = 0; i < count; i++) {
    const Node *n = &page->nodes.items[i];
    // out of the block elements that have ended
    while (block && i >= page->nodes.items[block].end) {
      end_run(f, &run);
      do
        block = page->nodes.items[block].parent;
      while (block && html_kind(page->nodes.items[block].tag) != 'B');
    }
    if (n->tag == TAG_TEXT) {
      // what is framed inside a paragraph is a block by itself
      if (run.text.len && ((f->marks[i] ^ run.marks) & MARK_FRAME))
        end_run(f, &run);
      if (!(f->marks[i] & MARK_SKIP))
        add_text(f, &run, i, block);
      continue;
    }
    if (html_kind(n->tag) == 'S') {
      i = n->end - 1;
      continue;
    }
    if (n->tag == TAG_BR) {
      bool ends = run.text.len && ends_sentence((Str){run.text.at, run.text.len});
      if (run.broken || ends)
        end_run(f, &run);
      run.broken = run.text.len > 0;
      run.blank = true;
      continue;
    }
    if (html_kind(n->tag) == 'B') {
      end_run(f, &run);
      block = i;
    }
  }
  end_run(f, &run);
  out_free(&run.text);
}

// ---- where the article is

// Another story in a list: its headline, a link, and a beginning that breaks off.
static bool is_teaser(const Block *b) {
  return (b->marks & MARK_LIST) && b->links >= LONG &&
         (str_ends(b->text, STR("...")) || str_ends(b->text, STR("\u2026")));
}

static bool is_prose(const Block *b) {
  if (b->text.len < PROSE || 2 * b->links > b->text.len || is_heading(b->tag) || is_teaser(b))
    return false;
  return ends_sentence(b->text) || b->text.len > 200;
}

// Sums of all blocks below each node. only: blocks without these marks.
static void add_up(Finder *f, uint16_t without) {
  const Page *page = f->page;
  uint32_t count = page->nodes.count;
  memset(f->prose, 0, count * sizeof *f->prose);
  for (uint32_t i = 0; i < f->body->blocks.count; i++) {
    const Block *b = &f->body->blocks.items[i];
    if (is_prose(b) && !(b->marks & without))
      f->prose[b->node] += (uint32_t)b->text.len / (b->marks & MARK_LIST ? 2 : 1);
  }
  for (uint32_t i = count; i-- > 1;) {
    f->prose[page->nodes.items[i].parent] += f->prose[i];
  }
}

// Marks go down the tree; an element that holds most of the page's prose is no
// box, whatever its class says ("has-sidebar").
static void set_marks(Finder *f, bool weigh) {
  const Page *page = f->page;
  for (uint32_t i = 0; i < page->nodes.count; i++) {
    const Node *n = &page->nodes.items[i];
    if (!weigh)
      f->own[i] = n->tag == TAG_TEXT ? 0 : own_marks(page, i);
    uint16_t own = f->own[i];
    if (weigh && (own & MARK_FRAME) && !(own & MARK_SURE) && 10 * (uint64_t)f->prose[i] > 4 * (uint64_t)f->prose[0])
      own &= (uint16_t)~MARK_FRAME;
    f->marks[i] = own | (i ? f->marks[n->parent] : 0);
  }
}

// What an element claims to be: 3 the article's text, 2 the article, 1 the
// page's main part.
static int claim(const Page *page, uint32_t node) {
  static const char *const bodies[] = {
      "articlebody", "article-body", "article_body", "article__body", "story-body", "storybody",
      "story_body", "story__body", "entry-content", "post-content", "post-body", "article-content",
      "article__content", "articlecontent", "article_content", "post_content", "entry_content",
      "postcontent", "article-text", "articletext", "article_text", "story-content", "news-body",
      "body-content", "content-body", "content__body", "body-text", "bodytext", "article-main",
      "storytext", "story-text", "post__content", "content-article", "article__text", "postbody",
      "richtext", "rich-text", "the-content", "td-post-content", "single-content", "news-text",
      "article-copy", "body-copy", "story__content"};
  const Node *n = &page->nodes.items[node];
  if (str_equal_fold(html_attr(page, node, ATTR_ITEMPROP), STR("articleBody")))
    return 3;
  for (int k = 0; k < 2 && n->attrs; k++) {
    Str rest = html_attr(page, node, k ? ATTR_ID : ATTR_CLASS);
    while (rest.len) {
      Str word = str_cut(&rest, ' ');
      for (size_t i = 0; i < COUNT(bodies); i++) {
        size_t len = strlen(bodies[i]);
        // "c-article-body", "article-body--wide"
        for (size_t at = 0; at + len <= word.len; at++)
          if (str_equal_fold((Str){word.at + at, len}, (Str){bodies[i], len}) &&
              (!at || strchr("-_", word.at[at - 1])) &&
              (at + len == word.len || strchr("-_", word.at[at + len])))
            return 3;
      }
    }
  }
  if (n->tag == TAG_ARTICLE)
    return 2;
  return n->tag == TAG_MAIN || str_equal(html_attr(page, node, ATTR_ROLE), STR("main"));
}

// Goes down as long as one child has nearly all of the prose.
static uint32_t descend(const Finder *f, uint32_t node, uint32_t percent) {
  const Page *page = f->page;
  for (;;) {
    uint32_t best = 0, end = page->nodes.items[node].end;
    for (uint32_t i = node + 1; i < end; i = page->nodes.items[i].end)
      if (html_kind(page->nodes.items[i].tag) == 'B' && (!best || f->prose[i] > f->prose[best]))
        best = i;
    if (!best || !f->prose[best] ||
        100 * (uint64_t)f->prose[best] < (uint64_t)percent * f->prose[node])
      return node;
    if (page->nodes.items[best].tag == TAG_P || is_heading(page->nodes.items[best].tag))
      return node;
    node = best;
  }
}

static uint32_t find_article(const Finder *f) {
  const Page *page = f->page;
  uint32_t best = 0;
  uint64_t most = 0;
  static const uint32_t weight[] = {100, 115, 130, 170};
  uint32_t open = descend(f, 0, 60);
  for (uint32_t i = 1; i < page->nodes.count; i++) {
    const Node *n = &page->nodes.items[i];
    if (n->tag == TAG_TEXT || !f->prose[i] || html_kind(n->tag) != 'B')
      continue;
    int level = claim(page, i);
    if (!level && i != open)
      continue;
    uint64_t score = (uint64_t)f->prose[i] * weight[level];
    if (score > most) {
      most = score;
      best = i;
    }
  }
  return best;
}

// ---- which blocks of it

static bool same_words(Str a, Str b) { // letters and digits, case aside
  size_t i = 0, k = 0;
  for (;;) {
    while (i < a.len && !(a.at[i] & 0x80) && !((a.at[i] | 32) >= 'a' && (a.at[i] | 32) <= 'z') &&
           !(a.at[i] >= '0' && a.at[i] <= '9'))
      i++;
    while (k < b.len && !(b.at[k] & 0x80) && !((b.at[k] | 32) >= 'a' && (b.at[k] | 32) <= 'z') &&
           !(b.at[k] >= '0' && b.at[k] <= '9'))
      k++;
    if (i == a.len || k == b.len)
      return i == a.len && k == b.len;
    char x = a.at[i], y = b.at[k];
    if (x >= 'A' && x <= 'Z')
      x |= 32;
    if (y >= 'A' && y <= 'Z')
      y |= 32;
    if (x != y)
      return false;
    i++, k++;
  }
}

// "Read more: …", "Related", "Sign up for …": lines among paragraphs that lead
// elsewhere.
static bool leads_away(const Block *b) {
  static const char *const openings[] = {
      "read more", "read also", "also read", "related:", "related stor", "related art", "see also",
      "more:", "watch:", "watch |", "listen |", "read |", "watch now", "recommended", "sign up", "subscribe", "click here",
      "follow us", "share this", "advertisement", "story continues below", "article continues",
      "continue reading", "read next", "you may also like", "more on this", "listen:", "photos:",
      "video:", "related content", "most popular", "trending", "don't miss", "download our",
      "get the latest", "join our", "scroll to continue", "loading", "skip advertisement",
      "copyright", "\u00a9", "all rights reserved", "support our", "tags:", "filed under",
      "read the full", "read:", "in pictures:", "leave a comment", "post a comment",
      "this article was originally", "more from", "related reading", "what to read next"};
  static const char *const inside[] = {
      "on twitter", "on facebook", "newsletter", "privacy policy", "my bookmarks", "get in touch",
      "may be reached at", "can be reached at", "on instagram", "contact us", "share it with",
      "do you have a story", "push alerts", "in your inbox", "to your inbox", "google news",
      "earn a commission", "affiliate link"};
  for (size_t i = 0; i < COUNT(inside) && b->text.len < 400; i++)
    if (find_fold(b->text, inside[i]) && (b->text.len < 130 || b->tag != TAG_P || i > 1))
      return true;
  if (b->text.len > 220)
    return false;
  for (size_t i = 0; i < COUNT(openings); i++)
    if (starts_fold(b->text, openings[i]))
      return true;
  return false;
}

static bool keeps(const Finder *f, const Block *b) {
  (void)f;
  size_t len = b->text.len;
  if (b->marks & MARK_FRAME)
    return false;
  if (leads_away(b))
    return false;
  if (is_heading(b->tag))
    return 2 * b->links <= len;
  if ((b->marks & MARK_TABLE) && b->tag != TAG_P)
    return 4 * b->links <= len;
  if (b->marks & MARK_LIST)
    return 2 * b->links <= len && !is_teaser(b);
  if (b->tag == TAG_P || (b->marks & MARK_QUOTE))
    return 10 * b->links <= 8 * len || (ends_sentence(b->text) && b->links < len);
  return 2 * b->links <= len && (len >= LONG || ends_sentence(b->text));
}

static void choose(Finder *f, Str title) {
  Body *body = f->body;
  uint32_t end = f->page->nodes.items[body->node].end;
  Block *blocks = body->blocks.items;
  uint32_t first = UINT32_MAX, last = 0;
  for (uint32_t i = 0; i < body->blocks.count; i++) {
    Block *b = &blocks[i];
    if (b->first < body->node || b->first >= end)
      continue;
    b->keep = keeps(f, b);
    if (title.len && same_words(b->text, title))
      b->keep = false;
    if (b->tag == TAG_H1)
      b->keep = false;
    if (b->keep && is_prose(b)) {
      first = MIN(first, i);
      last = i;
    }
  }
  // short things before the first paragraph and behind the last are frame
  for (uint32_t i = 0; i < body->blocks.count; i++) {
    Block *b = &blocks[i];
    if (!b->keep || (first <= i && i <= last) || first == UINT32_MAX)
      continue;
    bool sentence = b->tag == TAG_P && ends_sentence(b->text);
    const Block *near = &blocks[i < first ? first : last];
    const Node *nodes = f->page->nodes.items;
    if (b->text.len >= LONG && (b->node == near->node || (nodes[b->node].parent == nodes[near->node].parent &&
                                                          b->tag == near->tag)))
      sentence = true;
    if (!sentence && !(i < first && is_heading(b->tag) && b->text.len > 60))
      b->keep = false;
  }
  // the author, the paper on itself: italics behind the last paragraph
  for (uint32_t i = body->blocks.count, left = 3; i-- > 0 && left;) {
    if (!blocks[i].keep)
      continue;
    if (i == first || blocks[i].italic + 3 < blocks[i].text.len || blocks[i].text.len > 400)
      break;
    blocks[i].keep = false;
    left--;
  }
  // a heading needs something below it
  bool below = false;
  for (uint32_t i = body->blocks.count; i-- > 0;) {
    if (!blocks[i].keep)
      continue;
    if (is_heading(blocks[i].tag) && !below)
      blocks[i].keep = false;
    else
      below = true;
  }
}

// Pages that are put together of "widgets": what a class calls a box is none where it
// has prose in it.
static void open_boxes(Finder *f) {
  for (uint32_t i = 0; i < f->page->nodes.count; i++)
    if (f->prose[i] && !(f->own[i] & MARK_SURE))
      f->own[i] &= (uint16_t)~MARK_BOX;
}

static void look(Finder *f, Str title) {
  add_up(f, MARK_SKIP | MARK_COMMENT | MARK_SURE);
  set_marks(f, true);
  f->body->blocks.count = 0;
  make_blocks(f);
  add_up(f, MARK_FRAME);
  f->body->node = find_article(f);
  choose(f, title);
}

static bool found_prose(const Body *body) {
  for (uint32_t i = 0; i < body->blocks.count; i++)
    if (body->blocks.items[i].keep && is_prose(&body->blocks.items[i]))
      return true;
  return false;
}

void body_find(const Page *page, Str title, Body *out) {
  uint32_t count = page->nodes.count;
  *out = (Body){.title = UINT32_MAX};
  Finder f = {.page = page, .body = out};
  f.own = arena_alloc(page->arena, count * sizeof *f.own);
  f.marks = arena_alloc(page->arena, count * sizeof *f.marks);
  f.prose = arena_alloc(page->arena, count * sizeof *f.prose);
  set_marks(&f, false);
  make_blocks(&f);
  look(&f, title);
  if (!found_prose(out)) {
    add_up(&f, MARK_SKIP | MARK_COMMENT | MARK_SURE | MARK_NAV | MARK_RELATED | MARK_CAPTION);
    open_boxes(&f);
    look(&f, title);
  }
}

void body_take_all(const Page *page, Body *out) {
  uint32_t count = page->nodes.count;
  *out = (Body){.title = UINT32_MAX};
  Finder f = {.page = page, .body = out};
  f.own = arena_alloc(page->arena, count * sizeof *f.own);
  f.marks = arena_alloc(page->arena, count * sizeof *f.marks);
  set_marks(&f, false);
  make_blocks(&f);
  for (uint32_t i = 0; i < out->blocks.count; i++)
    out->blocks.items[i].keep =
        !(out->blocks.items[i].marks & MARK_CAPTION) && !leads_away(&out->blocks.items[i]);
}
