// dateline.c - where and when the agency says a report was written:
//
//   BEIJING, Dec. 31 (Xinhua) --       OSLO, March 5 (Reuters) -
//   KAMPALA, Uganda (AP) --            ULAANBAATAR, April 11. /TASS/.
//   TOKYO, May 20, Kyodo -             New Delhi, Jan 16 (PTI)
//   MOSCOW, Dec 1, 2006                MANILA --
//
// A dateline is a place with at least two of: capitals throughout, a day, an
// agency in brackets, a dash, the end of the line.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "read/internal.h"

enum { PLACE_WORDS = 5, AGENCY_BYTES = 48 };

Str read_agency(const BedeModel *model, Str s) {
  s = str_trim(s);
  if (!s.len || s.len > AGENCY_BYTES)
    return STR("");
  return str_of(words_find(&model->words, WORDS_AGENCIES, s));
}

static void skip_blanks(Str s, size_t *at) {
  while (*at < s.len && (s.at[*at] == ' ' || s.at[*at] == '\t'))
    (*at)++;
  while (*at + 1 < s.len && s.at[*at] == '\xC2' && s.at[*at + 1] == '\xA0')
    *at += 2;
}

static bool ends_line(Str s, size_t at) {
  skip_blanks(s, &at);
  return at >= s.len || s.at[at] == '\n' || s.at[at] == '\r';
}

// "--", "-", ":-", ".-", dashes; a dash must have a blank or the line's end
// behind it, or stand behind a bracket.
static size_t dash_at(Str s, size_t at, bool bracket) {
  size_t begin = at;
  if (at < s.len && (s.at[at] == '.' || s.at[at] == ':'))
    at++;
  skip_blanks(s, &at);
  size_t to = at;
  while (to < s.len && (s.at[to] == '-' || s.at[to] == '_') && to - at < 3)
    to++; // also "WASHINGTON _"
  if (to == at)
    for (int i = 0; i < 2 && to + 2 < s.len && s.at[to] == '\xE2' && s.at[to + 1] == '\x80' &&
                    (s.at[to + 2] == '\x93' || s.at[to + 2] == '\x94' || s.at[to + 2] == '\x95');
         i++)
      to += 3; // en and em dashes
  if (to == at)
    return bracket && at > begin && s.at[begin] == ':' ? begin + 1 : 0;
  if (to < s.len && !bracket && s.at[to] != ' ' && s.at[to] != '\n' && s.at[to] != '\r' &&
      s.at[to] != '\t' && s.at[to] != '\xC2')
    return 0;
  if (!bracket && at == begin && to == at + 1)
    return 0; // a hyphen
  return to;
}

static bool is_capital(Str word) {
  size_t at = 0;
  uint32_t code = utf8_next(word, &at);
  return utf8_is_upper(code) || (code >= 0x250 && utf8_is_letter(code));
}

static bool is_particle(Str word) {
  static const char *const particles[] = {"de",  "del", "la", "las", "los", "el", "al", "of",
                                          "the", "and", "da", "do",  "dos", "di", "am", "im",
                                          "an",  "der", "le", "les", "sur", "es", "ad", "au", "near"};
  for (size_t i = 0; i < COUNT(particles); i++)
    if (str_equal(word, str_of(particles[i])))
      return true;
  return false;
}

static bool is_loud(Str s) { // two capitals or more, and no small letter
  size_t at = 0, capitals = 0;
  while (at < s.len) {
    uint32_t code = utf8_next(s, &at);
    if (utf8_is_upper(code))
      capitals++;
    else if (utf8_is_letter(code) && code != 0xDF)
      return false;
  }
  return capitals > 1;
}

// Words with capitals at s[*at]: a place or a region. Stops at a comma, a
// bracket, a dash, a day, an agency between slashes, the line's end. "" where
// something else stands among them.
static Str place_at(Str s, size_t *at) {
  size_t begin = *at, to = begin, end = begin;
  int words = 0;
  while (to < s.len && words < PLACE_WORDS) {
    size_t from = to;
    Day day;
    size_t day_end = to;
    if (words && read_day_at(s, &day_end, &day))
      break;
    while (to < s.len && !strchr(" \t\r\n,(", s.at[to]) &&
           !(s.at[to] == ':' && to > from) &&
           !(s.at[to] == '/' && to == from))
      to++;
    Str word = {s.at + from, to - from};
    if (!word.len)
      break;
    if (!is_capital(word) && !(words && is_particle(word)))
      break; // a dash, or what is no place
    for (size_t i = 0; i < word.len; i++)
      if (strchr("\"0123456789;?!$%&=<>", word.at[i]))
        return STR("");
    words++;
    end = to;
    skip_blanks(s, &to);
  }
  if (words == PLACE_WORDS && to < s.len && !strchr(",(\r\n-\xE2", s.at[to]))
    return STR("");
  Str place = {s.at + begin, end - begin};
  if (place.len && place.at[place.len - 1] == '.' && is_loud(place) && place.len > 5) {
    place.len--; // "MOSCOW. Dec 31": but "D.C."
  }
  *at = end;
  return place;
}

// An agency at s[*at]: "(Xinhua)", "/TASS/", "Kyodo". *known: it is in the
// list. "" and *at stays where there is none.
static Str agency_at(const BedeModel *model, Str s, size_t *at, bool *known, bool *bracket) {
  size_t from = *at;
  char open = from < s.len ? s.at[from] : 0;
  if (open == '(' || open == '/' || open == '[') {
    char close = open == '(' ? ')' : open == '[' ? ']' : '/';
    size_t to = from + 1;
    while (to < s.len && s.at[to] != close && s.at[to] != '\n' && to - from < AGENCY_BYTES)
      to++;
    if (to >= s.len || s.at[to] != close)
      return STR("");
    Str inner = str_trim((Str){s.at + from + 1, to - from - 1});
    Str name = read_agency(model, inner), rest = inner;
    while (!name.len && rest.len) // "(Xinhua/AP)", "(AFP, Reuters)"
      name = read_agency(model, str_cut(&rest, memchr(rest.at, '/', rest.len) ? '/' : ','));
    *known = name.len > 0;
    *bracket = true;
    size_t blanks = 0;
    for (size_t i = 0; i < inner.len; i++)
      blanks += inner.at[i] == ' ';
    if (!name.len && (open != '(' || !inner.len || !is_capital(inner) || blanks > 3))
      return STR("");
    *at = to + 1;
    return name.len ? name : inner;
  }
  // a bare name of up to three words
  size_t to = from;
  Str best = STR("");
  for (int words = 0; words < 3; words++) {
    while (to < s.len && !strchr(" \t\r\n,(:", s.at[to]))
      to++;
    Str name = {s.at + from, to - from};
    if (name.len && name.at[name.len - 1] == '.')
      name.len--;
    Str found = is_capital(name) || is_loud(name) ? read_agency(model, name) : STR("");
    if (found.len) {
      best = found;
      *at = from + name.len;
      *known = true;
    }
    if (to >= s.len || s.at[to] != ' ')
      break;
    to++;
  }
  return best;
}

// Words in capitals with a dash behind that are no place.
static bool is_label(Str place) {
  static const char *const labels[] = {
      "BREAKING", "UPDATE",  "URGENT",   "CORRECTION", "EXCLUSIVE", "WRAPUP", "FACTBOX",
      "ANALYSIS", "LIVE",    "VIDEO",    "WATCH",      "OPINION",   "NEWS",   "FLASH",
      "ALERT",    "ADVISORY", "LEAD",    "ATTENTION",  "NOTE",      "EDITOR", "PHOTO",
      "FEATURE",  "FOCUS",   "PROFILE",  "TIMELINE",   "EXPLAINER", "BREAKINGVIEWS",
      "PREVIEW",  "REFILE",  "REPEAT",   "UNITED NATIONS RESOLUTION"};
  Str first = place, rest = place;
  first = str_cut(&rest, ' ');
  for (size_t i = 0; i < COUNT(labels); i++)
    if (str_equal(first, str_of(labels[i])) || str_equal(place, str_of(labels[i])))
      return true;
  return false;
}

// Words that begin sentences, not places: "On Monday, March 5 -".
static bool begins_sentence(Str place) {
  static const char *const words[] = {"On", "In",  "At",   "The",  "A",  "By",    "From",
                                      "As", "For", "When", "Last", "It", "Since", "Until",
                                      "Updated", "Published", "Posted", "Date"};
  Str rest = place, first = str_cut(&rest, ' ');
  for (size_t i = 0; i < COUNT(words); i++)
    if (str_equal(first, str_of(words[i])))
      return true;
  return false;
}

bool read_dateline(const BedeModel *model, Str text, bool alone, Dateline *out) {
  *out = (Dateline){.place = STR(""), .region = STR(""), .agency = STR("")};
  size_t at = 0;
  bool known = false, bracket = false, stop = false;
  skip_blanks(text, &at);
  if (!read_day_at(text, &at, &out->day) &&
      !(at < text.len && (text.at[at] == '(' || text.at[at] == '/'))) {
    out->place = place_at(text, &at);
    if (!out->place.len || begins_sentence(out->place))
      return false;
  }
  // regions, day and agency, parted by commas, in this order
  while (!out->agency.len && !stop) {
    size_t before = at;
    skip_blanks(text, &at);
    bool comma = at < text.len && (text.at[at] == ',' ||
                                   (out->day.month && text.at[at] == '.' && !bracket));
    at += comma;
    skip_blanks(text, &at);
    size_t here = at;
    if (!out->day.month && read_day_at(text, &at, &out->day))
      continue;
    if ((comma || out->day.month || (at < text.len && strchr("(/[", text.at[at])))) {
      out->agency = agency_at(model, text, &at, &known, &bracket);
      if (out->agency.len)
        break;
    }
    if (comma && !out->day.month && !out->region.len && out->place.len) {
      size_t dash = here;
      Str region = place_at(text, &dash);
      if (region.len) {
        out->region = region;
        at = dash;
        continue;
      }
    }
    at = before;
    stop = true;
  }
  size_t dash = dash_at(text, at, bracket);
  if (bracket && !dash) { // "/TASS/.", "(Xinhua),"
    if (at < text.len && (text.at[at] == '.' || text.at[at] == ','))
      at++;
  }
  out->end = dash ? dash : at;
  bool line = ends_line(text, out->end), loud = is_loud(out->place);
  bool day = out->day.month != 0;
  if (!out->place.len) { // "Dec 13", "(Reuters) - Oil", "(CNN) Police"
    size_t next = out->end;
    skip_blanks(text, &next);
    bool capital = next < text.len && is_capital((Str){text.at + next, text.len - next});
    return day ? line || (known && (dash || bracket))
               : known && bracket && (dash || line || capital);
  }
  if (loud) {
    if (day)
      return out->agency.len || dash || line;
    if (out->agency.len && bracket && (known || dash))
      return dash || line || known;
    if (known && dash)
      return true;
    int words = 1;
    for (size_t i = 0; i < out->place.len; i++)
      words += out->place.at[i] == ' ';
    if (is_label(out->place) || out->place.len < 3 || words > 3)
      return false;
    return !out->agency.len && (dash ? !line : alone && line);
  }
  if (day)
    return known || (bracket && (dash || line)) || dash || line;
  return known && bracket && dash;
}

// "BEIJING" to "Beijing", where all letters are capitals.
static Str soften(Arena *arena, Str place) {
  place = arena_str(arena, place);
  if (!is_loud(place))
    return place;
  Out out = {0};
  bool inside = false;
  for (size_t at = 0; at < place.len;) {
    uint32_t code = utf8_next(place, &at);
    bool letter = utf8_is_letter(code);
    if (inside && letter && utf8_is_upper(code))
      code = code < 0x80 || (code >= 0xC0 && code <= 0xDE) ? code + 32 : code + 1;
    utf8_put(&out, code);
    inside = letter || code == '\'';
  }
  place = arena_str(arena, (Str){out.at, out.len});
  out_free(&out);
  return place;
}

// The country that a place or region of that name is, or is the capital of; ""
// where there is none, or several. Words in capitals are taken as names.
static Str country_named(const BedeModel *model, Str name, bool capitals, Day day) {
  const ActorTable *table = &model->actors;
  Str words[ACTOR_WORDS];
  uint32_t count = actor_words(name, words);
  bool loud = is_loud(name);
  uint64_t key = 0;
  if (!table->image || !count || count > ACTOR_WORDS)
    return STR("");
  for (uint32_t i = 0; i < count; i++) {
    char lower[8];
    for (size_t k = 0; k < words[i].len && k < sizeof lower; k++)
      lower[k] = (char)(words[i].at[k] | 32);
    bool particle = i && words[i].len < sizeof lower && is_particle((Str){lower, words[i].len});
    key = actor_step(key, words[i], !loud ? FORM_AS_IS : particle ? FORM_LOWER : FORM_TITLE);
  }
  const PhraseSlot *slot = phrase_at(&table->phrases, key);
  if (!slot || slot->value >= table->name_count)
    return STR("");
  const ActorName *entries = &table->names[slot->value];
  Str found = STR("");
  for (uint32_t i = 0; i < entries->count; i++) {
    const ActorEntry *entry = &table->entries[table->runs[entries->first + i]];
    if (entry->kind != ENTRY_COUNTRY && !(capitals && entry->kind == ENTRY_CAPITAL))
      continue;
    if (entry_when(entry, day))
      continue;
    Str code = str_of(entry->code);
    if (found.len && !str_equal(found, code))
      return STR("");
    found = code;
  }
  return found;
}

// A region decides where there is one ("HOUSTON, Texas"), else the place. A
// part of a country is the country ("GUANGZHOU, South China"). "Georgia" is a
// state of two countries; only Tbilisi tells.
static Str country_of(const BedeModel *model, const Dateline *d, Day day) {
  if (!d->region.len)
    return country_named(model, d->place, true, day);
  if (str_equal_fold(d->region, STR("Georgia")))
    return str_equal_fold(d->place, STR("Tbilisi")) ? STR("GEO") : STR("");
  Str country = country_named(model, d->region, false, day);
  if (country.len)
    return country;
  static const char *const parts[] = {"north",     "south",     "east",      "west",
                                      "northeast", "northwest", "southeast", "southwest",
                                      "central",   "northern",  "southern",  "eastern",
                                      "western"};
  Str rest = d->region, first = str_cut(&rest, ' ');
  for (size_t i = 0; i < COUNT(parts) && rest.len; i++)
    if (str_equal_fold(first, str_of(parts[i])))
      return country_named(model, rest, false, day);
  return STR("");
}

void read_keep_dateline(const BedeModel *model, BedeDoc *doc, const Dateline *d) {
  Frame *f = &doc->frame;
  if (!f->dateline_place.len && d->place.len)
    f->dateline_place = soften(&doc->arena, d->place);
  if (!f->agency.len && d->agency.len)
    f->agency = arena_str(&doc->arena, d->agency);
  if (!f->dateline_date.len && d->day.month) {
    Day day = d->day, near = {0};
    if (!day.year && (day_parse(f->date, &near) || day_parse(f->published, &near)))
      day = read_nearest(day, near);
    if (day.year) {
      char printed[11];
      day_print(day, printed);
      f->dateline_date = arena_str(&doc->arena, str_of(printed));
    }
  }
  Day day = {0};
  if (!day_parse(f->dateline_date, &day) && !day_parse(f->date, &day))
    day_parse(f->published, &day);
  if (!f->dateline_country.len && d->place.len)
    f->dateline_country = arena_str(&doc->arena, country_of(model, d, day));
}
