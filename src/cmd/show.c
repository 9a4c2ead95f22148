// show.c - events for people: lines of a table, CSV, sentences with marks.
//
// Widths are counted in code points, which is right for the letters of names
// as news in English writes them.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "cmd/cmd.h"
#include "doc/csv.h"
#include "doc/json.h"
#include <math.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

Show show_new(Format format) {
  Show show = {.format = format, .width = 100};
  struct winsize size;
  if (isatty(STDOUT_FILENO)) {
    const char *no = getenv("NO_COLOR");
    show.colour = !no || !*no;
    show.terminal = true;
    if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col >= 60)
      show.width = MIN(size.ws_col, 160);
  }
  return show;
}

void show_ink(const Show *show, Out *out, Ink ink, const char *text) {
  static const char *const codes[] = {"", "1", "2", "32", "36", "33", "31"};
  if (show->colour && ink != PLAIN)
    out_print(out, "\033[%sm%s\033[0m", codes[ink], text);
  else
    out_text(out, text);
}

static size_t width_of(Str s) {
  size_t width = 0;
  for (size_t i = 0; i < s.len; i++)
    width += ((unsigned char)s.at[i] & 0xC0) != 0x80;
  return width;
}

// At most width columns of s, on one line, an ellipsis where something is cut.
static Str fit(Arena *arena, Str s, size_t width) {
  Out out = {0};
  size_t left = width_of(s) > width ? width - 1 : width, at = 0;
  bool cut = width_of(s) > width, blank = false;
  while (at < s.len && left) {
    uint32_t code = utf8_next(s, &at);
    bool space = code <= ' ' || code == 0x7F;
    if (!space || !blank)
      utf8_put(&out, space ? ' ' : code), left--;
    blank = space;
  }
  if (cut)
    out_text(&out, "…");
  Str fitted = arena_str(arena, (Str){out.at ? out.at : "", out.len});
  out_free(&out);
  return fitted;
}

static void put_field(const Show *show, Out *out, Ink ink, Str s, size_t width) {
  Arena arena = {0};
  Str fitted = fit(&arena, s, width);
  show_ink(show, out, ink, fitted.at);
  for (size_t i = width_of(fitted); i < width; i++)
    out_char(out, ' ');
  arena_free(&arena);
}

// ---- words for records

void show_actor(Out *out, const BedeDoc *doc, uint32_t actor) {
  if (actor >= doc->actors.count) {
    out_char(out, '_');
    return;
  }
  const Actor *a = &doc->actors.items[actor];
  const char *name = doc_string(doc, a->name);
  out_text(out, a->code);
  if (a->sector[0])
    out_print(out, "%s%s", a->code[0] ? "." : "", a->sector);
  if (a->code[0] && (a->kind == ACTOR_NAME || a->kind == ACTOR_TITLED || a->kind == ACTOR_PRONOUN) &&
      *name) {
    out_print(out, " %s", name);
  } else if (!a->code[0]) {
    out_print(out, "%s\"", a->sector[0] ? " " : "");
    out_str(out, doc_span(doc, a->span));
    out_char(out, '"');
  }
}

void show_days(Out *out, Day begin, Day end) {
  char first[11], last[11];
  day_print(begin, first);
  day_print(end, last);
  out_text(out, first);
  if (!begin.year || !end.year || !strcmp(first, last))
    return;
  // 2023-01-01 to 2023-12-31 is the year 2023; 2024-03-01 to 2024-05-31 are
  // the months 2024-03/2024-05
  bool months = begin.day == 1 && end.day && end.day == days_in_month(end.year, end.month);
  bool years = months && begin.month == 1 && end.month == 12;
  size_t len = years ? 4 : months ? 7 : strlen(first);
  out->len -= strlen(first) - len;
  out->at[out->len] = 0;
  if (strncmp(first, last, len))
    out_print(out, "/%.*s", (int)(years || months ? len : strlen(last)), last);
}

// 200,000,000,000
static void put_grouped(Out *out, double value) {
  if (fabs(value) >= 1e15 || value != (double)(int64_t)value) {
    json_number(out, value);
    return;
  }
  char digits[32];
  int len = snprintf(digits, sizeof digits, "%lld", (long long)fabs(value));
  if (value < 0)
    out_char(out, '-');
  for (int i = 0; i < len; i++) {
    if (i && (len - i) % 3 == 0)
      out_char(out, ',');
    out_char(out, digits[i]);
  }
}

// "200 billion USD": as wide as a column allows.
static void put_amount(Out *out, const BedeDoc *doc, const Figure *f) {
  static const struct {
    double size;
    const char *name;
  } scales[] = {{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}};
  const char *unit = doc_string(doc, f->unit), *name = "";
  double value = f->value, size = 1;
  for (size_t i = 0; i < COUNT(scales) && size == 1; i++)
    if (fabs(value) >= scales[i].size)
      size = scales[i].size, name = scales[i].name;
  if (size > 1)
    out_print(out, "%.4g", value / size);
  else
    put_grouped(out, value);
  if (f->has_value2)
    out_char(out, '-'), put_grouped(out, f->value2 / size);
  out_print(out, "%s%s%s", name, *unit && strcmp(unit, "%") ? " " : "", unit);
}

void show_figure(Out *out, const BedeDoc *doc, const Figure *f) {
  const char *unit = doc_string(doc, f->unit), *of = doc_string(doc, f->of);
  switch (f->change) {
  case '~': out_text(out, "about "); break;
  case '>': out_text(out, "more than "); break;
  case '<': out_text(out, "less than "); break;
  case 'u': out_text(out, "up "); break;
  case 'd': out_text(out, "down "); break;
  }
  put_grouped(out, f->value);
  if (f->has_value2)
    out_text(out, " to "), put_grouped(out, f->value2);
  if (*unit)
    out_print(out, "%s%s", strcmp(unit, "%") ? " " : "", unit);
  if (*of)
    out_print(out, " (%s)", of);
}

// Bytes on one line: runs of white space become one blank.
static void put_line(Out *out, Str s) {
  bool blank = false;
  for (size_t i = 0; i < s.len; i++) {
    bool space = (unsigned char)s.at[i] <= ' ';
    if (!space || !blank)
      out_char(out, space ? ' ' : s.at[i]);
    blank = space;
  }
}

// The speaker as the table has it: a code where there is one, else the words.
static void put_speaker(Out *out, const BedeDoc *doc, const Event *e) {
  if (e->speaker < doc->actors.count && doc->actors.items[e->speaker].code[0])
    show_actor(out, doc, e->speaker);
  else
    put_line(out, doc_span(doc, e->speaker_span));
}

static bool has_speaker(const BedeDoc *doc, const Event *e) {
  return e->speaker_span.end > e->speaker_span.begin || e->speaker < doc->actors.count;
}

// ---- the table

enum { DATE = 11, SIDE = 24, TYPE = 12, STATUS = 11, PLACE = 13, FIGURE = 15, SPEAKER = 16 };

static Ink type_ink(uint8_t type) {
  static const Ink inks[] = {GREEN, CYAN, YELLOW, RED};
  return inks[event_quads[type]];
}

static void table_head(const Show *show, Out *out) {
  char line[240];
  snprintf(line, sizeof line, "%-*s  %-*s  %-*s  %-*s  %-*s  %-*s  %-*s  %-*s  %s", DATE, "date", SIDE, "source", TYPE,
           "event", SIDE, "target", STATUS, "status", PLACE, "place", FIGURE, "figure", SPEAKER, "speaker", "words");
  show_ink(show, out, BOLD, line);
  out_char(out, '\n');
}

static void table_event(const Show *show, Out *out, const BedeDoc *doc, const Event *e) {
  Out field = {0};
  out_text(&field, "");
#define FIELD(ink, width, ...)                                                 \
  do {                                                                         \
    out_reset(&field);                                                         \
    __VA_ARGS__;                                                               \
    put_field(show, out, ink, (Str){field.len ? field.at : "", field.len}, width); \
    out_text(out, "  ");                                                       \
  } while (0)
  FIELD(PLAIN, DATE, {
    show_days(&field, e->begin, e->end);
    Str first = {field.at, field.len};
    if (field.len > DATE - 1 && memchr(field.at, '/', field.len)) // more days: 2024-03-05+
      field.len = str_cut(&first, '/').len, out_char(&field, '+');
  });
  FIELD(PLAIN, SIDE, {
    show_actor(&field, doc, e->source);
    if (e->with_count)
      out_print(&field, " +%u", e->with_count);
  });
  FIELD(type_ink(e->type), TYPE,
        out_print(&field, "%s %s", e->mutual ? "<>" : "->", event_types[e->type]));
  FIELD(PLAIN, SIDE, {
    show_actor(&field, doc, e->target);
    if (e->target_with_count)
      out_print(&field, " +%u", e->target_with_count);
  });
  FIELD(e->status == STATUS_ACTUAL ? PLAIN : DIM, STATUS, out_text(&field, status_names[e->status]));
  FIELD(PLAIN, PLACE, {
    if (e->place_count)
      put_line(&field, str_of(doc_string(doc, doc->places.items[doc->members.items[e->places]].name)));
    if (e->place_count > 1)
      out_print(&field, " +%u", e->place_count - 1);
  });
  FIELD(PLAIN, FIGURE, {
    if (e->figure_count)
      put_amount(&field, doc, &doc->figures.items[doc->members.items[e->figures]]);
    if (e->figure_count > 1)
      out_print(&field, " +%u", e->figure_count - 1);
  });
  FIELD(PLAIN, SPEAKER, {
    if (has_speaker(doc, e))
      put_speaker(&field, doc, e);
  });
  out_reset(&field);
  put_line(&field, doc_span(doc, e->trigger_span));
  size_t used = DATE + 2 * SIDE + TYPE + STATUS + PLACE + FIGURE + SPEAKER + 16;
  Arena arena = {0};
  out_str(out, str_trim(fit(&arena, (Str){field.at, field.len},
                            show->width > used + 24 ? show->width - used : 32)));
  arena_free(&arena);
  out_char(out, '\n');
  out_free(&field);
#undef FIELD
}

void show_head(const Show *show, Out *out) {
  if (show->format == FORMAT_TABLE)
    table_head(show, out);
  else if (show->format == FORMAT_CSV)
    csv_head(out);
}

void show_event(const Show *show, Out *out, const BedeDoc *doc, uint32_t event) {
  const Event *e = &doc->events.items[event];
  if (show->format == FORMAT_TABLE) {
    table_event(show, out, doc, e);
  } else if (show->format == FORMAT_CSV) {
    csv_event(out, doc, event);
  } else {
    json_event(out, doc, event);
    out_char(out, '\n');
  }
}

// ---- running text

// Escape sequences of show_ink have no width.
static size_t seen_width(Str s) {
  size_t width = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (s.at[i] == '\033')
      while (i < s.len && s.at[i] != 'm')
        i++;
    else
      width += ((unsigned char)s.at[i] & 0xC0) != 0x80;
  }
  return width;
}

void show_wrapped(const Show *show, Out *out, Str text, const char *indent) {
  size_t room = show->width - strlen(indent), used = 0;
  size_t at = 0;
  while (at < text.len) {
    while (at < text.len && (unsigned char)text.at[at] <= ' ' && text.at[at] != '\033')
      at++;
    size_t begin = at;
    while (at < text.len && ((unsigned char)text.at[at] > ' ' || text.at[at] == '\033'))
      at++;
    Str word = {text.at + begin, at - begin};
    if (!word.len)
      break;
    size_t width = seen_width(word);
    if (used && used + 1 + width > room) {
      out_char(out, '\n');
      used = 0;
    }
    out_text(out, used ? " " : indent);
    out_str(out, word);
    used += width + (used ? 1 : 0);
  }
  if (used)
    out_char(out, '\n');
}

// ---- evidence

typedef struct Mark Mark;
struct Mark {
  Span span;
  const char *role;
  Ink ink;
};

enum { MARKS = 64 };
typedef struct Marks Marks;
struct Marks {
  Mark items[MARKS];
  uint32_t count;
};

static void mark(Marks *marks, Span span, const char *role, Ink ink) {
  if (span.begin < span.end && marks->count < MARKS)
    marks->items[marks->count++] = (Mark){span, role, ink};
}

static void mark_actors(Marks *marks, const BedeDoc *doc, uint32_t first, uint32_t count,
                        const char *role) {
  for (uint32_t i = 0; i < count; i++)
    mark(marks, doc->actors.items[doc->members.items[first + i]].span, role, CYAN);
}

static void collect_marks(Marks *marks, const BedeDoc *doc, const Event *e) {
  if (e->source < doc->actors.count)
    mark(marks, doc->actors.items[e->source].span, "source", CYAN);
  if (e->target < doc->actors.count)
    mark(marks, doc->actors.items[e->target].span, "target", CYAN);
  mark(marks, e->trigger_span, event_types[e->type], BOLD);
  mark(marks, e->speaker_span, "says", YELLOW);
  mark_actors(marks, doc, e->withs, e->with_count, "with");
  mark_actors(marks, doc, e->target_withs, e->target_with_count, "with");
  mark_actors(marks, doc, e->behalves, e->behalf_count, "for");
  for (uint32_t i = 0; i < e->time_count; i++)
    mark(marks, doc->times.items[doc->members.items[e->times + i]].span, "when", GREEN);
  for (uint32_t i = 0; i < e->place_count; i++)
    mark(marks, doc->places.items[doc->members.items[e->places + i]].span, "where", GREEN);
  for (uint32_t i = 0; i < e->figure_count; i++)
    mark(marks, doc->figures.items[doc->members.items[e->figures + i]].span, "figure", GREEN);
}

// Marks are brackets and may stand in each other. At one byte, what ends is
// closed before what begins is opened, and the longest is opened first.
static void put_marked(const Show *show, Out *out, const BedeDoc *doc, const Marks *marks,
                       Span within) {
  for (uint32_t at = within.begin; at <= within.end; at++) {
    for (uint32_t i = 0; i < marks->count; i++)
      if (marks->items[i].span.end == at && marks->items[i].span.begin >= within.begin)
        show_ink(show, out, marks->items[i].ink, "]");
    for (uint32_t next = at < within.end ? within.end : 0; next > at;) {
      uint32_t longest = 0; // of those not longer than the one before
      for (uint32_t i = 0; i < marks->count; i++) {
        Span s = marks->items[i].span;
        if (s.begin == at && s.end <= next && s.end > longest)
          longest = s.end;
      }
      if (!longest)
        break;
      for (uint32_t i = 0; i < marks->count; i++) {
        const Mark *m = &marks->items[i];
        if (m->span.begin != at || m->span.end != longest)
          continue;
        show_ink(show, out, m->ink, "[");
        show_ink(show, out, m->ink, m->role);
        show_ink(show, out, m->ink, ": ");
      }
      next = longest - 1;
    }
    if (at < within.end) {
      char c = doc->text.at[at];
      out_char(out, (unsigned char)c < ' ' ? ' ' : c);
    }
  }
}

void show_sentence(const Show *show, Out *out, const BedeDoc *doc, const Event *e,
                   const char *indent) {
  Marks marks = {0};
  Out text = {0};
  collect_marks(&marks, doc, e);
  put_marked(show, &text, doc, &marks, doc->sentences.items[e->sentence].span);
  show_wrapped(show, out, (Str){text.at, text.len}, indent);
  out_free(&text);
}


// A line of evidence: role, what it stands for, and its words with their bytes.
static void put_evidence(const Show *show, Out *out, const BedeDoc *doc, const char *role,
                         const char *meaning, Span span) {
  Out words = {0};
  put_line(&words, doc_span(doc, span));
  Out line = {0};
  out_print(&line, "  %-9s %-28s ", role, meaning);
  out_str(out, (Str){line.at, line.len});
  if (span.begin < span.end) {
    out_print(out, "\"%s\" ", words.at);
    out_reset(&line);
    out_print(&line, "%u-%u", span.begin, span.end);
    show_ink(show, out, DIM, line.at);
  }
  out_char(out, '\n');
  out_free(&line);
  out_free(&words);
}

static void evidence_actor(const Show *show, Out *out, const BedeDoc *doc, const char *role,
                           uint32_t actor) {
  Out meaning = {0};
  if (actor >= doc->actors.count)
    return;
  show_actor(&meaning, doc, actor);
  const Actor *a = &doc->actors.items[actor];
  if (a->role)
    out_print(&meaning, ", %s", doc_string(doc, a->role));
  put_evidence(show, out, doc, role, meaning.at, a->span);
  out_free(&meaning);
}

static void evidence_actors(const Show *show, Out *out, const BedeDoc *doc, const char *role,
                            uint32_t first, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    evidence_actor(show, out, doc, role, doc->members.items[first + i]);
}

static void evidence_head(const Show *show, Out *out, const BedeDoc *doc, const Event *e) {
  char id[17];
  Out line = {0};
  hash_hex(e->id, id);
  show_actor(&line, doc, e->source);
  out_print(&line, " %s %s ", e->mutual ? "<->" : "->", event_types[e->type]);
  show_actor(&line, doc, e->target);
  out_print(&line, ", %s", status_names[e->status]);
  show_ink(show, out, BOLD, line.at);
  out_print(out, "   %s\n", id);
  out_free(&line);
}

void show_evidence(const Show *show, Out *out, const BedeDoc *doc, uint32_t event) {
  const Event *e = &doc->events.items[event];
  const uint32_t *members = doc->members.items;
  Out meaning = {0};
  evidence_head(show, out, doc, e);
  show_sentence(show, out, doc, e, "    ");
  evidence_actor(show, out, doc, "source", e->source);
  evidence_actors(show, out, doc, "with", e->withs, e->with_count);
  evidence_actors(show, out, doc, "for", e->behalves, e->behalf_count);
  evidence_actor(show, out, doc, "target", e->target);
  evidence_actors(show, out, doc, "with", e->target_withs, e->target_with_count);
  out_print(&meaning, "%s%s%s", event_types[e->type], e->mode ? ", " : "", doc_string(doc, e->mode));
  if (e->cameo)
    out_print(&meaning, ", CAMEO %s", doc_string(doc, e->cameo));
  put_evidence(show, out, doc, "event", meaning.at, e->trigger_span);
  if (e->begin.year) {
    out_reset(&meaning);
    show_days(&meaning, e->begin, e->end);
    out_print(&meaning, " (%s%s)", e->inferred ? "inferred, " : "",
              e->basis ? basis_names[e->basis] : "");
    put_evidence(show, out, doc, "when", meaning.at,
                 e->time_count ? doc->times.items[members[e->times]].span : (Span){0});
  }
  for (uint32_t i = 0; i < e->place_count; i++) {
    const Place *p = &doc->places.items[members[e->places + i]];
    out_reset(&meaning);
    out_print(&meaning, "%s%s%s", doc_string(doc, p->name), p->country[0] ? ", " : "", p->country);
    put_evidence(show, out, doc, "where", meaning.at, p->span);
  }
  for (uint32_t i = 0; i < e->figure_count; i++) {
    const Figure *f = &doc->figures.items[members[e->figures + i]];
    out_reset(&meaning);
    show_figure(&meaning, doc, f);
    put_evidence(show, out, doc, "figure", meaning.at, f->span);
  }
  if (e->pledge) {
    out_reset(&meaning);
    out_text(&meaning, doc_string(doc, e->pledge));
    if (e->due_begin.year) {
      out_text(&meaning, ", by ");
      show_days(&meaning, e->due_begin, e->due_end);
      out_text(&meaning, e->due_inferred ? " (inferred)" : "");
    }
    put_evidence(show, out, doc, "pledge", meaning.at, (Span){0});
  }
  if (has_speaker(doc, e)) {
    out_reset(&meaning);
    out_text(&meaning, "");
    if (e->speaker < doc->actors.count)
      show_actor(&meaning, doc, e->speaker);
    put_evidence(show, out, doc, "says", meaning.len ? meaning.at : "", e->speaker_span);
  }
  for (uint32_t i = 0; i < e->derived_count; i++) {
    const Derived *d = &doc->derived.items[e->derived + i];
    out_reset(&meaning);
    out_print(&meaning, "%s %s ", doc_string(doc, d->statement), doc_string(doc, d->code));
    show_days(&meaning, d->begin, d->end);
    out_print(&meaning, ": %s", doc_string(doc, d->reason));
    put_evidence(show, out, doc, "derived", meaning.at, (Span){0});
  }
  out_print(out, "  %-9s %s%s\n", "rule", doc_string(doc, e->rule),
            e->by_order ? " (by word order: the structure did not match)" : "");
  out_print(out, "  %-9s %.2f\n", "sure", (double)e->confidence);
  for (uint32_t i = 0; i < e->trace_count; i++)
    out_print(out, "  %-9s %s\n", i ? "" : "because", doc_string(doc, members[e->trace + i]));
  out_free(&meaning);
}
