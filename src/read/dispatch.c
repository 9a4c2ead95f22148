// dispatch.c - plain text with the frame that crawlers and agencies put around
// it.
//
//   head    " date 2023-12-31 Headline", a headline, bylines, agency lines,
//           publishing times, buttons of a page, the dateline
//   body    paragraphs: parted by empty lines, or one a line
//   tail    "(Web editor: A, B)", "(Reporting by A; Editing by B)", "-0-",
//           initials of the desk, copyright, links to other stories
//
// Head and tail are eaten line by line from both ends as long as lines are
// known for frame; what remains is the body, whose words are never changed.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "read/internal.h"
#include <stdio.h>

enum { TITLE_BYTES = 300, FRAME_BYTES = 240, CREDIT_BYTES = 500, HEAD_LINES = 12 };

typedef struct Line Line;
struct Line {
  Str text;    // without blanks at both ends
  bool parted; // an empty line stands before it
};

typedef struct Dispatch Dispatch;
struct Dispatch {
  const BedeModel *model;
  BedeDoc *doc;
  Array(Line) lines;
  uint32_t first, last; // the lines not eaten yet: [first, last)
  bool wrapped;         // lines are parts of paragraphs
};

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool starts_fold(Str s, const char *prefix) {
  size_t len = strlen(prefix);
  return s.len >= len && str_equal_fold((Str){s.at, len}, (Str){prefix, len});
}

static Str without(Str s, size_t front) { return str_trim((Str){s.at + front, s.len - front}); }

// s without the signs of the set (ASCII) at both ends.
static Str stripped(Str s, const char *signs) {
  s = str_trim(s);
  while (s.len && strchr(signs, s.at[0]))
    s.at++, s.len--;
  while (s.len && strchr(signs, s.at[s.len - 1]))
    s.len--;
  return str_trim(s);
}

// Does s end like a sentence: with . ! or ?, quotation marks and brackets aside?
static bool ends_sentence(Str s) {
  s = stripped(s, "\"')]");
  if (s.len > 3 && (str_ends(s, STR("\u201d")) || str_ends(s, STR("\u2019"))))
    s.len -= 3;
  return s.len && strchr(".!?", s.at[s.len - 1]);
}

// A place alone on a line is told from a headline in capitals by a headline
// that was found before.
static bool dateline_of(const Dispatch *d, Str line, Dateline *out) {
  return read_dateline(d->model, line, d->doc->frame.title.len > 0, out);
}

// ---- people

// Is s the name of a person: one to five words, capitals, no figures?
static bool is_person(Str s) {
  if (s.len < 3 || s.len > 60)
    return false;
  Str rest = s;
  int words = 0, capitals = 0;
  while (rest.len) {
    Str word = str_cut(&rest, ' ');
    size_t at = 0;
    uint32_t code = utf8_next(word, &at);
    capitals += utf8_is_upper(code) || (code > 0x250 && utf8_is_letter(code));
    words += word.len > 0;
  }
  for (size_t i = 0; i < s.len; i++)
    if (strchr("0123456789:;!?\"|@/", s.at[i]))
      return false;
  return words <= 5 && capitals && 2 * capitals >= words;
}

static void keep_person(BedeDoc *doc, Str name, bool editor) {
  Frame *f = &doc->frame;
  const Str *known = editor ? f->editors.items : f->authors.items;
  uint32_t count = editor ? f->editors.count : f->authors.count;
  for (uint32_t i = 0; i < count; i++)
    if (str_equal_fold(known[i], name))
      return;
  name = arena_str(&doc->arena, name);
  if (editor)
    array_push(&doc->arena, &f->editors, name);
  else
    array_push(&doc->arena, &f->authors, name);
}

// "Ingrid Solhaug in Oslo and Rui Pedreira": names to one of the lists.
static void keep_people(Dispatch *d, Str names, bool editors) {
  while (names.len) {
    Str name = str_cut(&names, ',');
    while (name.len) {
      size_t at;
      Str rest = STR("");
      if (str_find(name, STR(" and "), &at) || str_find(name, STR(" AND "), &at)) {
        rest = (Str){name.at + at + 5, name.len - at - 5};
        name.len = at;
      } else if (str_find(name, STR(" & "), &at)) {
        rest = (Str){name.at + at + 3, name.len - at - 3};
        name.len = at;
      }
      static const char *const cuts[] = {" in ", " for ", " at ", " from ", " | ", " on ", " with "};
      for (size_t i = 0; i < COUNT(cuts); i++)
        if (str_find(name, str_of(cuts[i]), &at))
          name.len = at;
      name = stripped(name, ".)(*;: -");
      if (starts_fold(name, "and "))
        name = without(name, 4);
      if (is_person(name) && !read_agency(d->model, name).len) {
        keep_person(d->doc, name, editors);
      }
      name = rest;
    }
  }
}

// "By Thursday evening the number had risen": prose, not a list of people.
static bool is_prose(Str s) {
  int small = 0;
  for (Str rest = s; rest.len;) {
    Str word = str_cut(&rest, ' ');
    small += word.len > 1 && is_lower(word.at[0]) && !str_equal(word, STR("and")) &&
             !str_equal(word, STR("in"));
  }
  return small > 3;
}

// "Web editor: A, B", "Reporting by A; Editing by B", "Writing by A": credits
// that fill the line. False where the line is something else.
static bool credits(Dispatch *d, Str line) {
  static const struct {
    const char *words;
    bool editors;
  } kinds[] = {{"web editor", true},       {"editor", true},
               {"editing by", true},       {"edited by", true},
               {"copy edited by", true},   {"reporting by", false},
               {"additional reporting", false}, {"reported by", false},
               {"report by", false},       {"writing by", false},
               {"written by", false},      {"compiled by", false},
               {"translated by", false},   {"produced by", true},
               {"reporting and writing by", false}, {"story by", false},
               {"with reporting by", false}, {"by ", false}};
  Str rest = stripped(line, "()[]*_ ");
  if (rest.len > CREDIT_BYTES)
    return false;
  bool any = false;
  while (rest.len) {
    Str credit = stripped(str_cut(&rest, ';'), "()[]*. ");
    bool found = false;
    for (size_t i = 0; i < COUNT(kinds) && !found; i++) {
      if (!starts_fold(credit, kinds[i].words))
        continue;
      size_t at = 0;
      const char *colon = memchr(credit.at, ':', MIN(credit.len, (size_t)24));
      Str names;
      if (colon)
        names = without(credit, (size_t)(colon - credit.at) + 1);
      else if (kinds[i].words[0] == 'b')
        names = without(credit, 3);
      else if (str_find(credit, STR(" by "), &at) && at < 32)
        names = without(credit, at + 4);
      else
        continue;
      // a name, or a sentence that happens to begin so?
      size_t to = 0;
      uint32_t code = utf8_next(names, &to);
      if (!names.len || !utf8_is_letter(code) ||
          (!utf8_is_upper(code) && code < 0x250 && !colon) || is_prose(names))
        continue;
      keep_people(d, names, kinds[i].editors);
      found = true;
    }
    if (!found && !any)
      return false;
    any |= found;
  }
  return any;
}

// ---- times of publishing

static void keep_published(Dispatch *d, Day day, int hour, int minute) {
  Frame *f = &d->doc->frame;
  if (f->published.len)
    return;
  char printed[11];
  day_print(day, printed);
  f->published = hour >= 0 ? arena_print(&d->doc->arena, "%sT%02d:%02d", printed, hour, minute)
                           : arena_str(&d->doc->arena, str_of(printed));
}

// A line that holds a day with its year and little else: an agency, a time, an
// author, "Published", "Update".
static bool dated_line(Dispatch *d, Str line) {
  static const char *const said[] = {
      "published", "updated", "update", "posted", "last", "first", "modified", "at",
      "on",        "date",    "time",   "by",     "in",   "source", "and",     "utc",
      "gmt",       "est",     "edt",    "ist",    "cet",  "bst",   "pm",       "am",
      "p.m.",      "a.m.",    "beijing", "local", "editor", "monday", "tuesday", "wednesday",
      "thursday",  "friday",  "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat",
      "sun",       "release", "created", "revised", "ago", "read", "min", "minutes", "hrs"};
  Day day;
  Span where;
  int hour = -1, minute = 0;
  if (line.len > FRAME_BYTES || !read_find_day(line, &day, &where))
    return false;
  Str agency = STR(""), author = STR("");
  int others = 0;
  Str rest = line;
  while (rest.len) {
    Str part = stripped(str_cut(&rest, '|'), "()[]-,. ");
    if (!part.len)
      continue;
    Str name = starts_fold(part, "source") ? stripped(without(part, 6), ":() ") : part;
    if (starts_fold(part, "editor")) {
      Str editors = stripped(without(part, part.len > 6 && (part.at[6] | 32) == 's' ? 7 : 6), ": ");
      keep_people(d, editors, true);
      continue;
    }
    Str known = read_agency(d->model, name);
    if (known.len) {
      agency = known;
      continue;
    }
    const char *close = memchr(part.at, ')', part.len); // "(People's Daily Online) 09:15, …"
    size_t bracket = close ? (size_t)(close - part.at) : 0;
    if (bracket && (known = read_agency(d->model, (Str){part.at, bracket})).len) {
      agency = known;
      part = without(part, bracket + 1);
    }
    if (is_person(part) && !read_find_day(part, &day, &where)) {
      author = part;
      continue;
    }
    // word by word, days and times aside
    size_t at = 0;
    while (at < part.len) {
      Day other;
      size_t begin = at;
      if (read_day_at(part, &at, &other))
        continue;
      at = begin;
      while (at < part.len && !strchr(" ,()\t", part.at[at]))
        at++;
      Str word = stripped((Str){part.at + begin, at - begin}, ":-.|");
      while (at < part.len && strchr(" ,()\t", part.at[at]))
        at++;
      if (!word.len || is_digit(word.at[0]))
        continue;
      bool usual = false;
      for (size_t i = 0; i < COUNT(said) && !usual; i++)
        usual = str_equal_fold(word, str_of(said[i]));
      if (!usual && (known = read_agency(d->model, word)).len) {
        agency = known;
        usual = true;
      }
      others += !usual;
    }
  }
  if (others > 3)
    return false;
  read_find_day(line, &day, &where);
  if (!read_find_time(line, &hour, &minute))
    hour = -1;
  keep_published(d, day, hour, minute);
  if (agency.len && !d->doc->frame.agency.len)
    d->doc->frame.agency = arena_str(&d->doc->arena, agency);
  if (author.len)
    keep_people(d, author, false);
  return true;
}

// ---- the head

static bool is_button(Str line) {
  static const char *const buttons[] = {
      "share",       "save",       "print",    "email",     "e-mail", "comments", "comment",
      "listen",      "tweet",      "follow us", "copy link", "advertisement", "facebook",
      "twitter",     "whatsapp",   "telegram", "linkedin",  "share this", "share on",
      "news",        "world",      "politics", "home",      "text size", "a+", "a-",
      "bookmark",    "download",   "subscribe", "sign up",  "share this article"};
  for (size_t i = 0; i < COUNT(buttons); i++)
    if (str_equal_fold(line, str_of(buttons[i])))
      return true;
  return false;
}

// A line between headline and body that is no part of either; kept in the frame.
static bool head_line(Dispatch *d, Str line) {
  if (line.len > FRAME_BYTES)
    return false;
  if (is_button(line))
    return true;
  Str agency = read_agency(d->model, stripped(line, "()=-*. "));
  if (agency.len) {
    if (!d->doc->frame.agency.len)
      d->doc->frame.agency = arena_str(&d->doc->arena, agency);
    return true;
  }
  if (starts_fold(line, "by ") && !ends_sentence(line)) {
    Str names = without(line, 3);
    // the agency behind the names: "By A. Author, Associated Press"
    const char *comma = memrchr(names.at, ',', names.len);
    const char *bar = memrchr(names.at, '|', names.len);
    const char *cut = bar ? bar : comma;
    if (cut && (agency = read_agency(d->model, without(names, (size_t)(cut - names.at) + 1))).len) {
      if (!d->doc->frame.agency.len)
        d->doc->frame.agency = arena_str(&d->doc->arena, agency);
      names.len = (size_t)(cut - names.at);
    }
    uint32_t before = d->doc->frame.authors.count;
    keep_people(d, names, false);
    return d->doc->frame.authors.count > before || read_agency(d->model, names).len;
  }
  if (starts_fold(line, "source:")) {
    Str source = without(line, 7);
    if (source.len < 40 && !ends_sentence(source)) {
      agency = read_agency(d->model, source);
      if (agency.len && !d->doc->frame.agency.len)
        d->doc->frame.agency = arena_str(&d->doc->arena, agency);
      else if (!agency.len && !d->doc->frame.source.len)
        d->doc->frame.source = arena_str(&d->doc->arena, source);
      return true;
    }
  }
  return dated_line(d, line) || (starts_fold(line, "editor") && credits(d, line));
}

// Does what follows the line speak for it being the headline?
static bool is_title(const Dispatch *d, uint32_t index, uint32_t end) {
  Str line = d->lines.items[index].text;
  Dateline dateline;
  if (line.len > TITLE_BYTES || end >= d->last || dateline_of(d, line, &dateline))
    return false;
  if (!ends_sentence(line))
    return d->lines.items[end].parted || !d->wrapped;
  // with a full stop, only where a dateline follows soon
  for (uint32_t i = end; i < d->last && i < end + 5; i++)
    if (dateline_of(d, d->lines.items[i].text, &dateline))
      return true;
  return false;
}

static void eat_head(Dispatch *d) {
  Frame *f = &d->doc->frame;
  Arena *arena = &d->doc->arena;
  if (d->first < d->last) {
    // the crawler's "date 2023-12-31" before the headline
    Line *line = &d->lines.items[d->first];
    Day day;
    if (starts_fold(line->text, "date ") && day_parse(without(line->text, 5), &day) && day.day) {
      char printed[11];
      day_print(day, printed);
      if (!f->date.len)
        f->date = arena_str(arena, str_of(printed));
      line->text = without(line->text, 15);
      if (!line->text.len)
        d->first++;
    }
  }
  if (!f->title.len && d->first < d->last) {
    uint32_t end = d->first + 1;
    while (d->wrapped && end < d->last && !d->lines.items[end].parted && end < d->first + 3) {
      Dateline dateline;
      if (dateline_of(d, d->lines.items[end].text, &dateline))
        break;
      end++;
    }
    if (is_title(d, d->first, end)) {
      Out title = {0};
      for (uint32_t i = d->first; i < end; i++) {
        if (i > d->first)
          out_char(&title, ' ');
        out_str(&title, d->lines.items[i].text);
      }
      f->title = arena_str(arena, (Str){title.at, title.len});
      out_free(&title);
      d->first = end;
    }
  } else if (d->first < d->last && str_equal(d->lines.items[d->first].text, f->title)) {
    d->first++;
  }
  for (int i = 0; i < HEAD_LINES && d->first < d->last; i++) {
    Dateline dateline;
    Str line = d->lines.items[d->first].text;
    if (dateline_of(d, line, &dateline) || !head_line(d, line))
      break;
    d->first++;
  }
  if (d->first < d->last) {
    Line *line = &d->lines.items[d->first];
    Dateline dateline;
    if (dateline_of(d, line->text, &dateline)) {
      read_keep_dateline(d->model, d->doc, &dateline);
      line->text = without(line->text, dateline.end);
      bool bare = !dateline.place.len && dateline.agency.len; // "(ANSA) - ROME, DEC 4 - …"
      if (bare && read_dateline(d->model, line->text, false, &dateline) && dateline.place.len) {
        read_keep_dateline(d->model, d->doc, &dateline);
        line->text = without(line->text, dateline.end);
      }
      if (!line->text.len)
        d->first++;
    }
  }
}

// ---- the tail

static bool is_end_mark(Str line) {
  static const char *const marks[] = {"-0-", "enditem", "end item", "ends", "end", "-30-", "30",
                                      "###", "///", "___", "(end)", "/end", "xxx", "-end-",
                                      "----", "---", "--", "* * *", "***", "(ends)", "endit",
                                      "more", "(more)", "# #", "# # #", "=", "//", "-ends-",
                                      "end of news", "__", "_____", "/enditem", "(endall)"};
  for (size_t i = 0; i < COUNT(marks); i++)
    if (str_equal_fold(line, str_of(marks[i])))
      return true;
  return false;
}

// "str-mgd/pvh/jcl", "SKB SKB", "9376**4411", "tg/ab": signs of the desk.
static bool is_desk_mark(Str line) {
  if (line.len > 40 || line.len < 2)
    return false;
  size_t lower = 0, upper = 0, digits = 0, signs = 0, blanks = 0, run = 0, longest = 0;
  for (size_t i = 0; i < line.len; i++) {
    char c = line.at[i];
    run = is_lower(c) || is_upper(c) ? run + 1 : 0;
    longest = MAX(longest, run);
    if (is_lower(c))
      lower++;
    else if (is_upper(c))
      upper++;
    else if (is_digit(c))
      digits++;
    else if (strchr("-/*_", c))
      signs++;
    else if (c == ' ')
      blanks++;
    else
      return false;
  }
  if (longest > 6 || blanks > 3)
    return false;
  if (lower && !upper)
    return signs && !blanks && longest < 5; // initials parted by slashes
  if (upper && upper < 5 && signs == 1 && digits > 3 && !lower) // "MH/6123456"
    return line.at[upper] == '/';
  if (upper && !lower)
    return longest < 5 && !digits; // initials in capitals
  return digits && signs && !lower && !upper && memchr(line.at, '*', line.len);
}

// "041847 GMT Jul 31": when the wire sent it.
static bool is_wire_time(Str line) {
  size_t digits = 0, at;
  while (digits < line.len && is_digit(line.at[digits]))
    digits++;
  return line.len < 24 && (digits == 6 || digits == 4) && str_find(line, STR(" GMT"), &at) && at == digits;
}

// An address of a person or a site alone on a line.
static bool is_address(Str line) {
  return line.len < 80 && !memchr(line.at, ' ', line.len) && memchr(line.at, '.', line.len) &&
         (memchr(line.at, '@', line.len) || starts_fold(line, "www."));
}

// "(Juche112.5.1.)" at the end: KCNA's calendar, whose year 1 is 1912.
static bool eat_juche(Dispatch *d, Str *line) {
  size_t at;
  if (!str_find(*line, STR("(Juche"), &at) || !str_ends(*line, STR(")")))
    return false;
  int parts[3] = {0}, n = 0;
  for (size_t i = at + 6; i < line->len && n < 3; i++) {
    if (is_digit(line->at[i]) && parts[n] < 1000)
      parts[n] = 10 * parts[n] + line->at[i] - '0';
    else if (line->at[i] == '.')
      n++;
    else
      break;
  }
  if (!parts[0] || parts[0] > 300)
    return false;
  int year = parts[0] + 1911;
  if (n == 3 && parts[1] >= 1 && parts[1] <= 12 && parts[2] >= 1 && parts[2] <= days_in_month(year, parts[1]))
    keep_published(d, (Day){(int16_t)year, (uint8_t)parts[1], (uint8_t)parts[2]}, -1, 0);
  *line = str_trim((Str){line->at, at});
  return true;
}

static bool is_notice(Str line) {
  static const char *const notices[] = {
      "\u00a9", "(c)", "copyright", "all rights reserved", "notes to editors", "editorial contacts",
      "note to editors", "# dpa-notebook", "the following information is not intended",
      "dpa ", "(photo:", "(with photo)", "(with inputs from", "this story has not been edited",
      "this material may not be published", "with inputs from", "for more information",
      "follow us on", "click here", "sign up for"};
  for (size_t i = 0; i < COUNT(notices); i++)
    if (starts_fold(line, notices[i]))
      return i < 4 || line.len < 200;
  return false;
}

static bool is_links_heading(Str line) {
  static const char *const headings[] = {
      "related topics", "related stories", "related articles", "related links", "related news",
      "related",        "more on this story", "read more",     "read also",     "also read",
      "see also",       "most read",      "top stories",       "tags",          "topics",
      "you may also like", "recommended", "more from",         "more news",     "latest news",
      "most popular",   "trending",       "in this article"};
  Str bare = stripped(line, ":* ");
  for (size_t i = 0; i < COUNT(headings); i++)
    if (str_equal_fold(bare, str_of(headings[i])))
      return true;
  return false;
}

// "Tremont reported from Geneva." below a rule.
static bool is_contribution(Str line) {
  return line.len < FRAME_BYTES &&
         (str_find(line, STR("reported from"), NULL) || str_find(line, STR("contributed to"), NULL) ||
          str_find(line, STR("contributed reporting"), NULL) || str_find(line, STR("contributed."), NULL));
}

// The body's last line may hold a piece of the tail: "… said. Enditem",
// "… drivers. EFE", "… said. (PNA)", "… Lisbon. (Reporting by …)".
static bool eat_end_of_line(Dispatch *d) {
  Line *line = &d->lines.items[d->last - 1];
  Str s = line->text;
  if (eat_juche(d, &s)) {
    line->text = s;
    if (!s.len)
      d->last--;
    return true;
  }
  if (str_ends(s, STR(").")))
    s.len--; // "(ANSA)."
  size_t end = s.len;
  if (end && s.at[end - 1] == ')') {
    const char *open = memrchr(s.at, '(', s.len);
    if (!open || open == s.at)
      return false;
    size_t at = (size_t)(open - s.at);
    Str before = str_trim((Str){s.at, at}), inner = {open + 1, s.len - at - 2};
    Str agency = read_agency(d->model, inner);
    if (!before.len || !ends_sentence(before) || !(agency.len || credits(d, inner)))
      return false;
    if (agency.len && !d->doc->frame.agency.len)
      d->doc->frame.agency = arena_str(&d->doc->arena, agency);
    line->text = before;
    return true;
  }
  // behind the last full stop: a mark, an agency, initials of a desk
  while (end && !strchr(".!?\"", s.at[end - 1]) && s.len - end < 40)
    end--;
  Str tail = str_trim((Str){s.at + end, s.len - end});
  if (!end || !tail.len || s.len - end >= 40)
    return false;
  Str words = tail, first = str_cut(&words, ' ');
  Str agency = read_agency(d->model, tail);
  if (!agency.len && (!words.len || is_desk_mark(words)))
    agency = read_agency(d->model, first);
  bool capitals = true;
  for (size_t i = 0; i < tail.len; i++)
    capitals &= !is_lower(tail.at[i]);
  if (!is_end_mark(tail) && !(agency.len && capitals))
    return false;
  if (agency.len && !d->doc->frame.agency.len)
    d->doc->frame.agency = arena_str(&d->doc->arena, agency);
  line->text = str_trim((Str){s.at, end});
  return true;
}

static bool tail_line(Dispatch *d, Str line) {
  if (is_end_mark(line) || is_desk_mark(line) || is_notice(line) || is_wire_time(line) ||
      is_address(line))
    return true;
  Str agency = read_agency(d->model, stripped(line, "()=-*_. /"));
  if (agency.len) {
    if (!d->doc->frame.agency.len)
      d->doc->frame.agency = arena_str(&d->doc->arena, agency);
    return true;
  }
  return credits(d, line);
}

// A line of the tail that stands right below the body of a wrapped text.
static bool begins_tail(Str line) {
  Str bare = stripped(line, "([");
  return is_end_mark(line) || starts_fold(line, "\u00a9") ||
         (bare.at != line.at && (starts_fold(bare, "reporting by") || starts_fold(bare, "editing by") ||
                                 starts_fold(bare, "writing by") || starts_fold(bare, "web editor")));
}

static void eat_tail(Dispatch *d) {
  // links to other stories: a heading, and below it only short lines
  uint32_t from = d->last;
  for (uint32_t i = d->last; i > d->first + 1 && d->last - i < 40; i--) {
    Str line = d->lines.items[i - 1].text;
    if (is_links_heading(line))
      from = i - 1;
    else if (line.len > 120 || (ends_sentence(line) && line.len > 60))
      break;
  }
  d->last = from;
  bool ate = true;
  while (ate && d->last > d->first) {
    Str line = d->lines.items[d->last - 1].text;
    ate = false;
    if (d->last - d->first > 1 && tail_line(d, line)) {
      d->last--;
      ate = true;
    } else if (d->last - d->first > 2 && is_contribution(line) &&
               is_end_mark(d->lines.items[d->last - 2].text)) {
      d->last -= 2;
      ate = true;
    } else {
      ate = eat_end_of_line(d);
    }
  }
}

// ---- all of it

// Puts the lines of wrapped paragraphs together.
static void join_paragraphs(Dispatch *d) {
  Out paragraph = {0};
  uint32_t count = d->first; // lines kept
  for (uint32_t i = d->first; i < d->last;) {
    bool parted = d->lines.items[i].parted;
    out_reset(&paragraph);
    do {
      Str line = d->lines.items[i++].text;
      bool hyphen = paragraph.len > 1 && paragraph.at[paragraph.len - 1] == '-' &&
                    is_lower(paragraph.at[paragraph.len - 2]) && is_lower(line.at[0]);
      if (paragraph.len && !hyphen) // "long-" and "term" below it are one word
        out_char(&paragraph, ' ');
      out_str(&paragraph, line);
    } while (i < d->last && !d->lines.items[i].parted && !begins_tail(d->lines.items[i].text));
    d->lines.items[count++] = (Line){
        arena_str(&d->doc->arena, (Str){paragraph.at, paragraph.len}), parted};
  }
  d->last = count;
  out_free(&paragraph);
}

void read_dispatch(const BedeModel *model, BedeDoc *doc, Str text) {
  Dispatch d = {.model = model, .doc = doc, .wrapped = read_is_wrapped(text)};
  bool parted = false;
  if (str_starts(text, STR("\xEF\xBB\xBF")))
    text = (Str){text.at + 3, text.len - 3};
  while (text.len) {
    Str line = str_trim(str_cut(&text, '\n'));
    while (str_starts(line, STR("\u00a0")))
      line = str_trim((Str){line.at + 2, line.len - 2});
    if (line.len)
      array_push(&doc->arena, &d.lines, (Line){line, parted});
    parted = !line.len;
  }
  d.last = d.lines.count;
  eat_head(&d);
  if (d.wrapped)
    join_paragraphs(&d);
  eat_tail(&d);
  Out body = {0};
  for (uint32_t i = d.first; i < d.last; i++) {
    if (i > d.first)
      out_text(&body, "\n\n");
    out_str(&body, d.lines.items[i].text);
  }
  doc->text = arena_str(&doc->arena, (Str){body.at ? body.at : "", body.len});
  out_free(&body);
}
