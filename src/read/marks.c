// marks.c - what the words of an element's class and id say about it.
// SPDX-License-Identifier: Apache-2.0
#include "read/internal.h"
#include "read/body.h"

typedef struct Mark Mark;
struct Mark {
  const char *word; // "*" at the end: begins so; "+": this word, then the next;
                    // "=" before: the whole class
  uint16_t marks;
};

// A class is cut into words at signs and where small letters end: "relatedLinks
// story__more-on" is related, links, story, more, on.
static const Mark words[] = {
    {"nav", MARK_NAV}, {"navbar", MARK_NAV}, {"navigation", MARK_NAV}, {"menu", MARK_NAV},
    {"submenu", MARK_NAV}, {"topnav", MARK_NAV},
    {"breadcrumb*", MARK_NAV}, {"sidebar*", MARK_NAV}, {"footer*", MARK_NAV}, {"=footer", MARK_NAV | MARK_SURE}, {"foot", MARK_NAV},
    {"masthead*", MARK_NAV}, {"pagination", MARK_NAV}, {"pager", MARK_NAV}, {"rail", MARK_NAV},
    {"toolbar", MARK_NAV}, {"topbar", MARK_NAV}, {"toc", MARK_NAV}, {"skip", MARK_NAV},
    {"share*", MARK_BOX}, {"sharing*", MARK_BOX}, {"social*", MARK_BOX}, {"addthis*", MARK_BOX},
    {"addtoany*", MARK_BOX}, {"follow", MARK_BOX}, {"sharedaddy", MARK_BOX}, {"sns", MARK_BOX},
    {"newsletter*", MARK_BOX}, {"subscribe*", MARK_BOX}, {"subscription*", MARK_BOX},
    {"signup*", MARK_BOX}, {"sign+up", MARK_BOX}, {"login", MARK_BOX},
    {"cookie*", MARK_BOX | MARK_SURE}, {"consent*", MARK_BOX | MARK_SURE},
    {"gdpr*", MARK_BOX | MARK_SURE}, {"=modal", MARK_BOX},
    {"popup*", MARK_BOX}, {"overlay", MARK_BOX}, {"tooltip*", MARK_BOX}, {"lightbox*", MARK_BOX},
    {"ad", MARK_BOX}, {"ads", MARK_BOX}, {"advert", MARK_BOX}, {"adverts", MARK_BOX},
    {"advertise*", MARK_BOX}, {"adslot*", MARK_BOX}, {"adunit*", MARK_BOX}, {"adbox*", MARK_BOX},
    {"sponsor*", MARK_BOX}, {"outbrain*", MARK_BOX}, {"taboola*", MARK_BOX}, {"dfp*", MARK_BOX},
    {"promo", MARK_BOX}, {"promos", MARK_BOX}, {"promotion*", MARK_BOX}, {"promobox", MARK_BOX},
    {"widget*", MARK_BOX}, {"donate*", MARK_BOX}, {"donation*", MARK_BOX}, {"survey", MARK_BOX},
    {"rollover*", MARK_BOX}, {"popover*", MARK_BOX}, {"hovercard*", MARK_BOX}, {"poll", MARK_BOX}, {"quiz", MARK_BOX}, {"rating*", MARK_BOX}, {"cta", MARK_BOX},
    {"banner*", MARK_BOX}, {"disclaimer", MARK_BOX}, {"copyright", MARK_BOX}, {"noprint", MARK_BOX},
    {"alert", MARK_BOX}, {"pullquote*", MARK_BOX}, {"pull+quote", MARK_BOX},
    {"inlist", MARK_BOX}, {"membership", MARK_BOX}, {"infobox*", MARK_BOX}, {"factbox*", MARK_BOX},
    {"related*", MARK_RELATED}, {"recirc*", MARK_RELATED}, {"recommend*", MARK_RELATED},
    {"read+more", MARK_RELATED}, {"readmore*", MARK_RELATED}, {"more+on", MARK_RELATED},
    {"more+from", MARK_RELATED}, {"most+read", MARK_RELATED}, {"mostread", MARK_RELATED},
    {"popular*", MARK_RELATED}, {"trending*", MARK_RELATED}, {"=teaser", MARK_RELATED}, {"excerpt*", MARK_RELATED},
    {"up+next", MARK_RELATED}, {"read+next", MARK_RELATED}, {"also+read", MARK_RELATED},
    {"also+like", MARK_RELATED}, {"read+also", MARK_RELATED}, {"see+also", MARK_RELATED},
    {"latest", MARK_RELATED}, {"breaking", MARK_RELATED}, {"suggested*", MARK_RELATED}, {"onward", MARK_RELATED},
    {"tags", MARK_BYLINE}, {"tag", MARK_BYLINE}, {"taglist", MARK_BYLINE}, {"topics", MARK_BYLINE},
    {"keywords", MARK_BYLINE}, {"categories", MARK_BYLINE}, {"category", MARK_BYLINE},
    {"byline*", MARK_BYLINE}, {"author*", MARK_BYLINE}, {"bio", MARK_BYLINE},
    {"contributor*", MARK_BYLINE}, {"timestamp*", MARK_BYLINE}, {"date", MARK_BYLINE},
    {"dateline*", 0}, {"published", MARK_BYLINE}, {"meta", MARK_BYLINE}, {"postmeta", MARK_BYLINE},
    {"metadata", MARK_BYLINE}, {"pubdate", MARK_BYLINE}, {"datetime", MARK_BYLINE},
    {"profile", MARK_BYLINE}, {"kicker", MARK_BYLINE},
    {"comment", MARK_COMMENT}, {"comments", MARK_COMMENT | MARK_SURE}, {"commentlist", MARK_COMMENT | MARK_SURE},
    {"disqus*", MARK_COMMENT | MARK_SURE}, {"respond", MARK_COMMENT}, {"replies", MARK_COMMENT},
    {"reply", MARK_COMMENT},
    {"caption*", MARK_CAPTION}, {"figcaption", MARK_CAPTION}, {"credit*", MARK_CAPTION},
    {"gallery*", MARK_CAPTION}, {"slideshow*", MARK_CAPTION}, {"carousel*", MARK_CAPTION},
    {"slider*", MARK_CAPTION}, {"player*", MARK_CAPTION}, {"photographer", MARK_CAPTION},
    {"jwplayer", MARK_CAPTION},
    {"=hidden", MARK_SKIP}, {"sr+only", MARK_SKIP}, {"screen+reader", MARK_SKIP},
    {"visually+hidden", MARK_SKIP}, {"visuallyhidden", MARK_SKIP}, {"=hide", MARK_SKIP},
    {"print+only", MARK_SKIP}, {"=offscreen", MARK_SKIP}, {"=assistive", MARK_SKIP},
};

static bool is_small(char c) { return c >= 'a' && c <= 'z'; }
static bool is_big(char c) { return c >= 'A' && c <= 'Z'; }

// The next word of s in small letters; false at the end. *whole: nothing else
// is in its class.
static bool next_word(Str s, size_t *at, char out[32], bool *whole) {
  size_t i = *at, n = 0;
  while (i < s.len && !is_small(s.at[i]) && !is_big(s.at[i]))
    i++;
  for (; i < s.len && (is_small(s.at[i]) || is_big(s.at[i])); i++) {
    if (n && is_big(s.at[i]) && is_small(s.at[i - 1]))
      break;
    if (n < 31)
      out[n++] = s.at[i] | 32;
  }
  *whole = (i == s.len || s.at[i] == ' ') && (i == n || s.at[i - n - 1] == ' ');
  out[n] = 0;
  *at = i;
  return n > 0;
}

static uint16_t marks_of(const char *word, bool whole, const char *next) {
  uint16_t marks = 0;
  for (size_t i = 0; i < COUNT(words); i++) {
    const char *w = words[i].word;
    if (w[0] != word[0] && w[0] != '=')
      continue;
    if (w[0] == '=' && (!whole || strcmp(w + 1, word)))
      continue;
    if (w[0] == '=') {
      marks |= words[i].marks;
      continue;
    }
    if (w[0] != word[0])
      continue;
    size_t n = strcspn(w, "*+");
    if (strncmp(w, word, n))
      continue;
    if (w[n] == '*' || (!w[n] && !word[n]) ||
        (w[n] == '+' && !word[n] && next && !strcmp(w + n + 1, next)))
      marks |= words[i].marks;
  }
  return marks;
}

static bool is_one_of(const char *word, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!strcmp(word, list[i]))
      return true;
  return false;
}

// "comments-enabled", "has-sidebar": what the page has, not what the element is.
// "article-widget": a part of the article; "social-media-embed": what it quotes.
static bool is_other(const char *before, const char *word, const char *next) {
  static const char *const heads[] = {"has", "no", "with", "without"};
  static const char *const ends[] = {"enabled", "disabled", "open", "on", "off", "allowed"};
  static const char *const wholes[] = {"article", "story", "content", "body", "post"};
  static const char *const posts[] = {"media", "embed", "post"};
  return (before && is_one_of(before, heads, COUNT(heads))) ||
         (next && is_one_of(next, ends, COUNT(ends))) ||
         (before && is_one_of(before, wholes, COUNT(wholes)) && !strcmp(word, "widget")) ||
         (next && !strcmp(word, "social") && is_one_of(next, posts, COUNT(posts)));
}

uint16_t read_marks(Str names) {
  char word[3][32]; // the one before, this, the next
  bool whole[3];
  size_t at = 0;
  uint16_t marks = 0;
  int now = 0;
  bool more = next_word(names, &at, word[0], &whole[0]), first = true;
  while (more) {
    int next = (now + 1) % 3;
    more = next_word(names, &at, word[next], &whole[next]);
    const char *before = first ? NULL : word[(now + 2) % 3];
    if (!is_other(before, word[now], more ? word[next] : NULL))
      marks |= marks_of(word[now], whole[now], more ? word[next] : NULL);
    now = next;
    first = false;
  }
  return marks;
}
