// facts.c - see facts.h.
// SPDX-License-Identifier: Apache-2.0
#include "read/facts.h"
#include "read/internal.h"
#include <jansson.h>

enum { JSON_DEPTH = 8, JSON_BYTES = 4 << 20, AUTHOR_BYTES = 80, AUTHORS = 20, FIRST_YEAR = 1990 };

typedef struct Search Search;
struct Search {
  const Page *page;
  Facts *facts;
  Str headline, og_title, h1, title_tag, meta_title; // candidates
  Str dates[6];                          // by trust, see below
  Array(Str) meta_authors;
};

enum { DATE_JSON, DATE_META, DATE_MICRO, DATE_OTHER_META, DATE_TIME, DATE_URL };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

static bool starts_fold(Str s, const char *prefix) {
  size_t len = strlen(prefix);
  return s.len >= len && str_equal_fold((Str){s.at, len}, (Str){prefix, len});
}

// ---- strings

// White space collapsed, and what was escaped twice resolved.
Str facts_tidy(Arena *arena, Str s) {
  static const struct {
    const char *name, *value;
  } entities[] = {{"&amp;", "&"},   {"&quot;", "\""},       {"&#039;", "'"},       {"&#39;", "'"},
                  {"&apos;", "'"},  {"&lt;", "<"},          {"&gt;", ">"},         {"&nbsp;", " "},
                  {"&#8217;", "\u2019"}, {"&#8216;", "\u2018"}, {"&#8220;", "\u201c"},
                  {"&#8221;", "\u201d"}, {"&rsquo;", "\u2019"}, {"&lsquo;", "\u2018"},
                  {"&ldquo;", "\u201c"}, {"&rdquo;", "\u201d"}, {"&#8211;", "\u2013"},
                  {"&ndash;", "\u2013"}, {"&mdash;", "\u2014"}, {"&#8212;", "\u2014"},
                  {"&#x27;", "'"}, {"&#8230;", "\u2026"}, {"&hellip;", "\u2026"}};
  Out out = {0};
  bool blank = false;
  for (size_t i = 0; i < s.len; i++) {
    if (strchr(" \t\r\n\f\v", s.at[i]) && s.at[i]) {
      blank = true;
      continue;
    }
    if (s.at[i] == '\xC2' && i + 1 < s.len && s.at[i + 1] == '\xA0') {
      blank = true;
      i++;
      continue;
    }
    if (s.at[i] == '\xC2' && i + 1 < s.len && s.at[i + 1] == '\xAD') {
      i++;
      continue;
    }
    if (!s.at[i])
      continue;
    if (blank && out.len)
      out_char(&out, ' ');
    blank = false;
    size_t k = 0;
    if (s.at[i] == '&')
      for (; k < COUNT(entities); k++)
        if (str_starts((Str){s.at + i, s.len - i}, str_of(entities[k].name)))
          break;
    if (s.at[i] == '&' && k < COUNT(entities)) {
      out_text(&out, entities[k].value);
      i += strlen(entities[k].name) - 1;
    } else {
      out_char(&out, s.at[i]);
    }
  }
  Str tidy = arena_str(arena, (Str){out.at ? out.at : "", out.len});
  out_free(&out);
  return tidy;
}

// ---- times

// A day and perhaps a time at the begin of s, as ISO 8601 with the offset that
// is given: "2023-12-31T18:47+08:00". "" where there is none, or an absurd one.
Str facts_time(Arena *arena, Str s) {
  Day day;
  size_t at = 0, digits = 0;
  s = str_trim(s);
  while (digits < s.len && is_digit(s.at[digits]))
    digits++;
  if (digits == 8) { // the basic form of ISO 8601: 20231231T184700+0800
    bool time = s.len >= 13 && (s.at[8] | 32) == 't';
    for (size_t i = 9; i < 13 && time; i++)
      time = is_digit(s.at[i]);
    if (time) {
      size_t zone = 13;
      while (zone < s.len && is_digit(s.at[zone]))
        zone++;
      s = arena_print(arena, "%.4s-%.2s-%.2sT%.2s:%.2s%.*s", s.at, s.at + 4, s.at + 6, s.at + 9,
                      s.at + 11, (int)MIN(s.len - zone, (size_t)6), s.at + zone);
    } else {
      s = arena_print(arena, "%.4s-%.2s-%.2s", s.at, s.at + 4, s.at + 6);
    }
  }
  if (!read_day_at(s, &at, &day)) {
    Span where;
    if (s.len > 120 || !read_find_day(s, &day, &where))
      return STR("");
    at = where.end;
  }
  if (day.year < FIRST_YEAR || day.year > 2100 || !day.day)
    return STR("");
  char printed[11];
  day_print(day, printed);
  int hour, minute;
  Str rest = {s.at + at, s.len - at};
  if (rest.len > 4 && (rest.at[0] == 'T' || rest.at[0] == 't'))
    rest.at++, rest.len--;
  if (!read_find_time(rest, &hour, &minute))
    return arena_str(arena, str_of(printed));
  size_t i = rest.len;
  Str zone = STR("");
  if (rest.len && (rest.at[rest.len - 1] | 32) == 'z')
    zone = STR("Z");
  for (; i-- > 0 && !zone.len;) {
    if ((rest.at[i] == '+' || rest.at[i] == '-') && i + 4 < rest.len && is_digit(rest.at[i + 1]) &&
        is_digit(rest.at[i + 2])) {
      size_t m = rest.at[i + 3] == ':' ? i + 4 : i + 3;
      if (m + 1 < rest.len && is_digit(rest.at[m]) && is_digit(rest.at[m + 1]))
        zone = arena_print(arena, "%c%c%c:%c%c", rest.at[i], rest.at[i + 1], rest.at[i + 2],
                           rest.at[m], rest.at[m + 1]);
      break;
    }
  }
  return arena_print(arena, "%sT%02d:%02d%.*s", printed, hour, minute, STR_ARG(zone));
}

// The earlier of two days wins, and of two with the same day the first.
static void keep_date(Search *s, int kind, Str value) {
  Str time = facts_time(s->page->arena, value);
  if (!time.len)
    return;
  Str *have = &s->dates[kind];
  if (!have->len || strncmp(time.at, have->at, 10) < 0)
    *have = time;
}

// "/2023/12/31/", "/20231231", "/2023-12-31-", "/2023/dec/31/"
static void date_of_url(Search *s, Str url) {
  for (size_t i = 1; i + 8 <= url.len; i++) {
    if (!strchr("/-_.=", url.at[i - 1]) || !is_digit(url.at[i]))
      continue;
    Str rest = {url.at + i, MIN(url.len - i, (size_t)11)};
    char day[16];
    if (str_starts(rest, STR("20")) || str_starts(rest, STR("19"))) {
      int digits = 0;
      while ((size_t)digits < rest.len && is_digit(rest.at[digits]))
        digits++;
      static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
      if (digits == 4 && rest.len >= 11 && strchr("/-_", rest.at[4]) && is_alpha(rest.at[5])) {
        for (int m = 0; m < 12; m++)
          if (str_equal_fold((Str){rest.at + 5, 3}, (Str){months + 3 * m, 3}) &&
              rest.at[8] == rest.at[4]) {
            snprintf(day, sizeof day, "%.4s-%02d-%.2s", rest.at, m + 1, rest.at + 9);
            keep_date(s, DATE_URL, str_of(day));
          }
      } else if (digits == 4 && rest.len >= 10 && strchr("/-_", rest.at[4]) &&
                 is_digit(rest.at[5]) && is_digit(rest.at[6]) && rest.at[7] == rest.at[4] &&
                 is_digit(rest.at[8]) && is_digit(rest.at[9])) {
        snprintf(day, sizeof day, "%.4s-%.2s-%.2s", rest.at, rest.at + 5, rest.at + 8);
        keep_date(s, DATE_URL, str_of(day));
      } else if (digits == 8) {
        snprintf(day, sizeof day, "%.4s-%.2s-%.2s", rest.at, rest.at + 4, rest.at + 6);
        keep_date(s, DATE_URL, str_of(day));
      }
    }
  }
}

// ---- people

static bool has_digit(Str s) {
  for (size_t i = 0; i < s.len; i++)
    if (is_digit(s.at[i]))
      return true;
  return false;
}

static Str without_by(Str s) {
  s = str_trim(s);
  if (starts_fold(s, "by ") || starts_fold(s, "by:"))
    s = str_trim((Str){s.at + 3, s.len - 3});
  else if (starts_fold(s, "written by ") || starts_fold(s, "written by:"))
    s = str_trim((Str){s.at + 11, s.len - 11});
  else if (starts_fold(s, "reported by "))
    s = str_trim((Str){s.at + 12, s.len - 12});
  while (s.len && strchr(",;|-.", s.at[s.len - 1]) &&
         !(s.at[s.len - 1] == '.' && s.len > 2 && strchr(" .", s.at[s.len - 3])))
    s = str_trim((Str){s.at, s.len - 1});
  return s;
}

// Cuts "A, B and C"; a whole name that stands there already is not added.
static void keep_author(const Page *page, Facts *facts, Str names) {
  size_t at;
  if (str_find(names, STR("://"), &at))
    return; // an address, as of a page on Facebook
  names = facts_tidy(page->arena, without_by(names));
  while (names.len) {
    Str name = str_cut(&names, ',');
    for (;;) {
      Str rest = STR("");
      size_t cut = name.len, skip = 0;
      static const char *const joints[] = {" and ", " And ", " AND ", " & ", " | ", "; ", " und ", "/"};
      for (size_t i = 0; i < COUNT(joints); i++)
        if (str_find(name, str_of(joints[i]), &at) && at < cut)
          cut = at, skip = strlen(joints[i]);
      if (skip)
        rest = (Str){name.at + cut + skip, name.len - cut - skip};
      Str one = without_by((Str){name.at, cut});
      if (starts_fold(one, "and "))
        one = str_trim((Str){one.at + 4, one.len - 4});
      bool bad = !one.len || one.len > AUTHOR_BYTES || has_digit(one) ||
                 str_find(one, STR("://"), &at) || str_find(one, STR("@"), &at) ||
                 str_starts(one, STR("www."));
      for (uint32_t i = 0; i < facts->authors.count && !bad; i++)
        bad = str_equal_fold(facts->authors.items[i], one);
      if (!bad && facts->authors.count < AUTHORS)
        array_push(page->arena, &facts->authors, one);
      if (!rest.len)
        break;
      name = rest;
    }
  }
}

// ---- JSON-LD

static Str json_text(Search *s, json_t *value) {
  if (json_is_array(value))
    value = json_array_get(value, 0);
  if (!json_is_string(value))
    return STR("");
  return arena_str(s->page->arena, (Str){json_string_value(value), json_string_length(value)});
}

static void json_people(Search *s, json_t *value, int depth) {
  size_t i;
  json_t *item;
  if (json_is_array(value) && depth < 4) {
    json_array_foreach(value, i, item) json_people(s, item, depth + 1);
  } else if (json_is_object(value)) {
    json_t *name = json_object_get(value, "name");
    if (json_is_array(name) || json_is_object(name))
      json_people(s, name, depth + 1);
    else
      keep_author(s->page, s->facts, json_text(s, name));
  } else if (json_is_string(value)) {
    keep_author(s->page, s->facts, json_text(s, value));
  }
}

static bool is_article(json_t *type) {
  size_t i;
  json_t *item;
  if (json_is_array(type)) {
    json_array_foreach(type, i, item) if (json_is_string(item) && is_article(item)) return true;
    return false;
  }
  if (!json_is_string(type))
    return false;
  Str name = str_of(json_string_value(type));
  size_t slash = name.len;
  while (slash && name.at[slash - 1] != '/')
    slash--;
  name = (Str){name.at + slash, name.len - slash};
  return str_ends(name, STR("Article")) || str_ends(name, STR("BlogPosting")) ||
         str_equal(name, STR("Report"));
}

static void json_walk(Search *s, json_t *value, int depth) {
  size_t i;
  const char *key;
  json_t *item;
  if (depth > JSON_DEPTH)
    return;
  if (json_is_array(value)) {
    json_array_foreach(value, i, item) json_walk(s, item, depth + 1);
    return;
  }
  if (!json_is_object(value))
    return;
  if (is_article(json_object_get(value, "@type"))) {
    Facts *f = s->facts;
    Str headline = facts_tidy(s->page->arena, json_text(s, json_object_get(value, "headline")));
    if (!headline.len)
      headline = facts_tidy(s->page->arena, json_text(s, json_object_get(value, "name")));
    Str text = json_text(s, json_object_get(value, "articleBody"));
    if (!s->headline.len)
      s->headline = headline;
    if (text.len > f->text.len)
      f->text = text;
    keep_date(s, DATE_JSON, json_text(s, json_object_get(value, "datePublished")));
    if (!f->authors.count) {
      json_people(s, json_object_get(value, "author"), 0);
      if (!f->authors.count)
        json_people(s, json_object_get(value, "creator"), 0);
    }
    json_t *publisher = json_object_get(value, "publisher");
    if (!f->source.len && json_is_object(publisher))
      f->source = facts_tidy(s->page->arena, json_text(s, json_object_get(publisher, "name")));
    return;
  }
  json_object_foreach(value, key, item) {
    if (!strcmp(key, "@graph") || !strcmp(key, "mainEntity") || !strcmp(key, "mainEntityOfPage") ||
        !strcmp(key, "hasPart") || !strcmp(key, "itemListElement") || !strcmp(key, "item") ||
        !strcmp(key, "liveBlogUpdate"))
      json_walk(s, item, depth + 1);
  }
}

// Pages break JSON's rules in two ways: line ends in strings, and comments or
// CDATA marks around it.
static void json_script(Search *s, Str text) {
  if (text.len > JSON_BYTES)
    return;
  char *copy = arena_copy(s->page->arena, text);
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)copy[i] < ' ')
      copy[i] = ' ';
  size_t begin = strcspn(copy, "{["), end = text.len;
  while (end > begin && copy[end - 1] != '}' && copy[end - 1] != ']')
    end--;
  json_error_t error;
  json_t *value = end > begin ? json_loadb(copy + begin, end - begin, JSON_ALLOW_NUL, &error) : NULL;
  json_walk(s, value, 0);
  json_decref(value);
}

// ---- tags

static void meta(Search *s, uint32_t node) {
  const Page *page = s->page;
  Str name = html_attr(page, node, ATTR_PROPERTY), content = html_attr(page, node, ATTR_CONTENT);
  if (!name.len)
    name = html_attr(page, node, ATTR_NAME);
  if (!name.len)
    name = html_attr(page, node, ATTR_ITEMPROP);
  if (!name.len || !content.len)
    return;
#define IS(text) str_equal_fold(name, STR(text))
  Facts *f = s->facts;
  if (IS("og:title") && !s->og_title.len)
    s->og_title = facts_tidy(page->arena, content);
  else if ((IS("twitter:title") || IS("dc.title") || IS("sailthru.title") || IS("headline")) &&
           !s->meta_title.len)
    s->meta_title = facts_tidy(page->arena, content);
  else if (IS("article:published_time") || IS("og:article:published_time") ||
           IS("article:published") || IS("og:published_time"))
    keep_date(s, DATE_META, content);
  else if (IS("datePublished") || IS("pubdate") || IS("publishdate") || IS("publish-date") ||
           IS("publish_date") || IS("dc.date.issued") || IS("dcterms.created") ||
           IS("sailthru.date") || IS("parsely-pub-date") || IS("dc.date") || IS("date") ||
           IS("cXenseParse:recs:publishtime") || IS("article_date_original") ||
           IS("og:pubdate") || IS("published_time") || IS("published-date") || IS("dcterms.date") ||
           IS("article.published") || IS("rnews:datePublished") || IS("OriginalPublicationDate") ||
           IS("dc.date.created") || IS("DateCreated") || IS("iso-8601-publish-date") ||
           IS("DC.Issued") || IS("last-publish-date") || IS("publication_date") ||
           IS("date.published") || IS("article.created"))
    keep_date(s, DATE_OTHER_META, content);
  else if (IS("author") || IS("article:author") || IS("dc.creator") || IS("parsely-author") ||
           IS("sailthru.author") || IS("byl") || IS("dcterms.creator") || IS("authors") ||
           IS("article:author_name") || IS("cXenseParse:author") || IS("article.author"))
    array_push(page->arena, &s->meta_authors, content);
  else if (IS("og:site_name") && !f->source.len)
    f->source = facts_tidy(page->arena, content);
  else if (IS("og:url") && !f->url.len)
    f->url = facts_tidy(page->arena, content);
#undef IS
}

static bool has_word(Str names, const char *word) {
  Str rest = names;
  while (rest.len)
    if (str_equal_fold(str_cut(&rest, ' '), str_of(word)))
      return true;
  return false;
}

// "Ministers meet | The Daily Fathom": without the site's name.
static Str cut_site(Str title, Str h1, Str source) {
  static const char *const bars[] = {" | ", " - ", " \u2013 ", " \u2014 ", " \u00bb ", " :: ", " \u00b7 "};
  size_t at;
  if (h1.len && str_find(title, h1, NULL))
    return h1;
  for (size_t i = 0; i < COUNT(bars); i++) {
    Str rest = title;
    size_t last = 0;
    while (str_find(rest, str_of(bars[i]), &at)) {
      last = (size_t)(rest.at - title.at) + at;
      rest = (Str){rest.at + at + strlen(bars[i]), rest.len - at - strlen(bars[i])};
    }
    if (last && (rest.len < 30 || str_equal_fold(rest, source)) && last > rest.len)
      return (Str){title.at, last};
  }
  return title;
}

void facts_find(const Page *page, Str url, Facts *facts) {
  *facts = (Facts){.title = STR(""), .published = STR(""), .url = STR(""), .source = STR(""),
                   .language = STR(""), .text = STR("")};
  Search s = {.page = page, .facts = facts};
  Str canonical = STR("");
  for (uint32_t i = 0; i < page->nodes.count; i++) {
    const Node *n = &page->nodes.items[i];
    switch ((Tag)n->tag) {
    case TAG_HTML:
      if (!facts->language.len)
        facts->language = html_attr(page, i, ATTR_LANG);
      break;
    case TAG_META:
      meta(&s, i);
      break;
    case TAG_LINK:
      if (has_word(html_attr(page, i, ATTR_REL), "canonical") && !canonical.len)
        canonical = html_attr(page, i, ATTR_HREF);
      break;
    case TAG_TITLE:
      if (!s.title_tag.len && page->nodes.items[n->parent].tag != TAG_SVG)
        s.title_tag = html_inner(page, i);
      break;
    case TAG_SCRIPT:
      if (starts_fold(html_attr(page, i, ATTR_TYPE), "application/ld+json") && i + 1 < n->end)
        json_script(&s, html_text(page, i + 1));
      break;
    default:
      break;
    }
    if (n->attrs && n->tag != TAG_META) {
      Str prop = html_attr(page, i, ATTR_ITEMPROP);
      if (has_word(prop, "datePublished")) {
        Str value = html_attr(page, i, ATTR_CONTENT);
        if (!value.len)
          value = html_attr(page, i, ATTR_DATETIME);
        keep_date(&s, DATE_MICRO, value.len ? value : html_inner(page, i));
      }
    }
  }
  if (canonical.len && (str_starts(canonical, STR("http")) || !facts->url.len))
    facts->url = canonical;
  if (!str_starts(facts->url, STR("http")))
    facts->url = url;
  date_of_url(&s, facts->url);
  // titles
  uint32_t h1s = 0;
  for (uint32_t i = 0; i < page->nodes.count; i++) {
    if (page->nodes.items[i].tag != TAG_H1)
      continue;
    Str h1 = facts_tidy(page->arena, html_inner(page, i));
    if (!h1.len)
      continue;
    h1s++;
    // the h1 that the metadata know, else the first
    if (!s.h1.len || (s.headline.len && str_equal(h1, s.headline)) ||
        (s.title_tag.len && h1.len > 15 && str_find(s.title_tag, h1, NULL)))
      s.h1 = h1;
  }
  Str named = cut_site(facts_tidy(page->arena, s.title_tag), s.h1, facts->source);
  bool own = s.h1.len > 10 && (h1s == 1 || str_equal(s.h1, s.headline) || str_equal(s.h1, s.og_title) ||
                               str_equal(s.h1, named));
  Str shared = cut_site(s.og_title, STR(""), facts->source);
  // JSON-LD is made from the story's own record; headings and og:title are
  // often rewritten for one place
  if (s.h1.len && str_starts(shared, s.h1))
    shared = s.h1;
  facts->title = shared.len && str_equal(shared, s.h1) ? s.h1 : s.headline.len ? s.headline : shared.len ? shared : own ? s.h1
      : named.len ? named : s.h1.len ? s.h1 : s.meta_title;
  keep_date(&s, DATE_URL, s.title_tag); // "… | Site | 31.12.2023"
  for (size_t i = 0; i < COUNT(s.dates); i++)
    if (!facts->published.len && s.dates[i].len)
      facts->published = s.dates[i];
  if (!facts->authors.count)
    for (uint32_t i = 0; i < s.meta_authors.count; i++)
      keep_author(page, facts, s.meta_authors.items[i]);
}

// A short block with a day, between the headline and the first paragraph or
// some blocks before.
static Str date_beside(const Page *page, const Body *body) {
  enum { NEAR = 12, SHORT = 90 };
  uint32_t first = 0;
  while (first < body->blocks.count && !body->blocks.items[first].keep)
    first++;
  for (uint32_t i = first; i-- > 0 && i + NEAR >= first;) {
    const Block *b = &body->blocks.items[i];
    Day day;
    Span where;
    if (b->text.len < SHORT && !(b->marks & (MARK_NAV | MARK_RELATED | MARK_COMMENT)) &&
        read_find_day(b->text, &day, &where))
      return facts_time(page->arena, (Str){b->text.at + where.begin, b->text.len - where.begin});
  }
  return STR("");
}

// Is the only author the site itself, by its name or address?
static bool only_site(const Facts *facts) {
  if (facts->authors.count != 1)
    return !facts->authors.count;
  Str name = facts->authors.items[0];
  return str_equal_fold(name, facts->source) || str_find(name, STR("www."), NULL) ||
         starts_fold(name, "admin") || starts_fold(name, "editor") || starts_fold(name, "staff");
}

// Two to six words, all with capitals: "Maren Holt", "Maren Holt/Idris Bell".
static bool is_names(Str s) {
  int words = 0;
  bool begins = true;
  for (size_t i = 0; i < s.len; i++) {
    if (strchr(" /", s.at[i])) {
      begins = true;
      continue;
    }
    if (begins && !(s.at[i] >= 'A' && s.at[i] <= 'Z') && !(s.at[i] & 0x80))
      return false;
    if (!is_alpha(s.at[i]) && !(s.at[i] & 0x80) && !strchr("-'.", s.at[i]))
      return false;
    words += begins;
    begins = false;
  }
  return words >= 2 && words <= 6 && s.at[s.len - 1] != '.';
}

// "By Maren Holt" near the first paragraph, or names alone right above it.
static Str byline_beside(const Body *body, const Facts *facts) {
  enum { NEAR = 12, BEHIND = 2 };
  uint32_t first = 0;
  while (first < body->blocks.count && !body->blocks.items[first].keep)
    first++;
  uint32_t from = first > NEAR ? first - NEAR : 0;
  for (uint32_t i = from; i < body->blocks.count && i < first + BEHIND; i++) {
    const Block *b = &body->blocks.items[i];
    Str s = b->text;
    if (s.len < 6 || s.len > 200 || (b->marks & (MARK_NAV | MARK_RELATED | MARK_COMMENT)))
      continue;
    if (starts_fold(s, "by ") && s.at[3] >= 'A' && s.at[3] <= 'Z' && s.at[s.len - 1] != '.') {
      const char *comma = memchr(s.at, ',', s.len);
      const char *bar = memchr(s.at, '|', s.len);
      if (comma && !bar)
        bar = comma;
      s = bar ? (Str){s.at, (size_t)(bar - s.at)} : s;
      if (s.len <= AUTHOR_BYTES)
        return s;
    }
    if (i + 2 >= first && i <= first && is_names(s) && !str_equal_fold(s, facts->source))
      return s;
  }
  return STR("");
}

void facts_add(const Page *page, const Body *body, Facts *facts) {
  if (!facts->published.len)
    facts->published = date_beside(page, body);
  if (!facts->published.len) { // the first <time> of the page's article
    Search s = {.page = page, .facts = facts};
    for (uint32_t i = 0; i < page->nodes.count; i++) {
      if (page->nodes.items[i].tag != TAG_TIME)
        continue;
      Str value = html_attr(page, i, ATTR_DATETIME);
      keep_date(&s, DATE_TIME, value.len ? value : html_inner(page, i));
      if (s.dates[DATE_TIME].len)
        break;
    }
    if (s.dates[DATE_TIME].len)
      facts->published = s.dates[DATE_TIME];
  }
  if (only_site(facts)) {
    Str byline = byline_beside(body, facts);
    if (byline.len)
      facts->authors.count = 0;
    keep_author(page, facts, byline);
  }
  if (!facts->authors.count) {
    for (uint32_t i = 0; i < page->nodes.count; i++) {
      const Node *n = &page->nodes.items[i];
      if (n->tag == TAG_TEXT || !n->attrs || html_kind(n->tag) == 'S')
        continue;
      if (!has_word(html_attr(page, i, ATTR_REL), "author") &&
          !has_word(html_attr(page, i, ATTR_ITEMPROP), "author") &&
          !str_find(html_attr(page, i, ATTR_CLASS), STR("byline"), NULL) &&
          !str_find(html_attr(page, i, ATTR_CLASS), STR("author"), NULL))
        continue;
      Str name = html_inner(page, i);
      if (name.len && name.len < AUTHOR_BYTES)
        keep_author(page, facts, name);
      if (facts->authors.count)
        break;
    }
  }
}
