// plot_story.c - the picture of a story: its reports one below the other, each
// with its sentence, and what they do not agree in marked.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "serve/plot.h"

// ---- what reports are compared by

typedef enum Aspect { WHO, WHOM, WHAT, STATUS, WHEN, WHERE, FIGURES, TIMES, SAYS, ASPECTS } Aspect;
static const char *const aspect_names[ASPECTS] = {"who",   "to whom", "what",  "status", "when",
                                                  "where", "figures", "times", "says"};

static void put_actor(Out *out, const BedeDoc *doc, uint32_t actor) {
  if (actor >= doc->actors.count) {
    out_text(out, "nobody named");
    return;
  }
  const Actor *a = &doc->actors.items[actor];
  const char *name = doc_string(doc, a->name);
  out_print(out, "%s%s%s", a->code, a->code[0] && a->sector[0] ? "." : "", a->sector);
  if (*name)
    out_print(out, "%s%s", out->len ? " " : "", name);
  else if (!a->code[0])
    out_str(out, doc_span(doc, a->span));
}

static void put_days(Out *out, Day begin, Day end) {
  char first[11], last[11];
  day_print(begin, first);
  day_print(end, last);
  out_text(out, first);
  if (end.year && strcmp(first, last))
    out_print(out, " to %s", last);
}

static void put_aspect(Out *out, const StoryReport *r, Aspect aspect) {
  const BedeDoc *doc = r->doc;
  const Event *e = &doc->events.items[r->event];
  const uint32_t *members = doc->members.items;
  switch (aspect) {
  case WHO:
    put_actor(out, doc, e->source);
    break;
  case WHOM:
    put_actor(out, doc, e->target);
    break;
  case WHAT:
    out_text(out, event_types[e->type]);
    if (e->mode)
      out_print(out, ", %s", doc_string(doc, e->mode));
    break;
  case STATUS:
    out_text(out, status_names[e->status]);
    break;
  case WHEN:
    if (e->begin.year)
      put_days(out, e->begin, e->end);
    else
      out_text(out, "day of the report");
    break;
  case WHERE:
    for (uint32_t i = 0; i < e->place_count; i++)
      out_print(out, "%s%s", i ? ", " : "", doc_string(doc, doc->places.items[members[e->places + i]].name));
    break;
  case FIGURES:
    for (uint32_t i = 0; i < e->figure_count; i++) {
      out_text(out, i ? ", " : "");
      out_str(out, doc_span(doc, doc->figures.items[members[e->figures + i]].span));
    }
    break;
  case TIMES:
    if (e->count > 1)
      out_print(out, "%u", e->count);
    break;
  default:
    if (e->speaker < doc->actors.count)
      put_actor(out, doc, e->speaker);
    else if (e->speaker_span.end > e->speaker_span.begin)
      out_str(out, doc_span(doc, e->speaker_span));
    else
      out_text(out, "the agency itself");
  }
}

static Str aspect_of(const StoryReport *r, Aspect aspect, Arena *arena) {
  Out out = {0};
  put_aspect(&out, r, aspect);
  Str s = arena_str(arena, (Str){out.at ? out.at : "", out.len});
  out_free(&out);
  return s;
}

// ---- lines of text

enum { LETTER = 6, LINE = 15, INDENT = 30, MOST = 40 }; // pixels of a letter on average; reports

typedef struct Pen Pen;
struct Pen {
  Out *out; // NULL: only counts
  double y;
  size_t letters; // of a line
};

static void put_line(Pen *pen, Str text, const char *style) {
  pen->y += LINE;
  if (!pen->out)
    return;
  out_print(pen->out, "<text class=\"ink\" x=\"%d\" y=\"%.1f\" fill=\"" INK "\"%s>", INDENT, pen->y, style);
  xml_text(pen->out, text);
  out_text(pen->out, "</text>\n");
}

// Words broken into lines; a word longer than a line is cut.
static void put_lines(Pen *pen, Str text, const char *style) {
  Out line = {0};
  size_t letters = 0;
  for (size_t at = 0; at < text.len;) {
    size_t begin = at, width = 0;
    while (at < text.len && (unsigned char)text.at[at] > ' ' && width < pen->letters) {
      utf8_next(text, &at);
      width++;
    }
    if (width && letters && letters + 1 + width > pen->letters) {
      put_line(pen, (Str){line.at, line.len}, style);
      out_reset(&line);
      letters = 0;
    }
    if (width) {
      if (letters)
        out_char(&line, ' ');
      letters += width + (letters > 0);
      out_bytes(&line, text.at + begin, at - begin);
    }
    while (at < text.len && (unsigned char)text.at[at] <= ' ')
      at++;
  }
  if (letters)
    put_line(pen, (Str){line.at, line.len}, style);
  out_free(&line);
}

// ---- the picture

typedef struct StoryPlot StoryPlot;
struct StoryPlot {
  const StoryReport *reports;
  uint32_t count, shown;
  const char *standing;
  bool differs[ASPECTS];
  Arena *arena;
};

static void put_report(Pen *pen, const StoryPlot *s, const StoryReport *r) {
  const BedeDoc *doc = r->doc;
  const Event *e = &doc->events.items[r->event];
  char day[11];
  day_print(doc->day, day);
  Str agency = doc->frame.agency.len ? doc->frame.agency : doc->frame.source;
  Str head = arena_print(s->arena, "%s%s%.*s", day, *day && agency.len ? "  " : "", STR_ARG(agency));
  double top = pen->y;
  put_lines(pen, head.len ? head : STR("no day, no agency"), " font-weight=\"600\"");
  put_lines(pen, doc_span(doc, doc->sentences.items[e->sentence].span), "");
  for (int i = 0; i < ASPECTS; i++) {
    Str value = s->differs[i] ? aspect_of(r, (Aspect)i, s->arena) : (Str){0};
    if (value.len)
      put_lines(pen, arena_print(s->arena, "%s: %.*s", aspect_names[i], STR_ARG(value)),
                " font-style=\"italic\" font-weight=\"600\"");
  }
  if (pen->out)
    out_print(pen->out, "<rect class=\"q%d\" x=\"12\" y=\"%.1f\" width=\"6\" height=\"%.1f\" fill=\"%s\"/>\n",
              event_quads[e->type] + 1, top + 4, pen->y - top, plot_colours[event_quads[e->type]]);
  pen->y += LINE * 0.8;
}

static void put_story(Pen *pen, const StoryPlot *s) {
  Out text = {0};
  out_print(&text, "%u report%s", s->count, s->count == 1 ? "" : "s");
  if (*s->standing)
    out_print(&text, ", %s", s->standing);
  bool any = false;
  for (int i = 0; i < ASPECTS; i++)
    if (s->differs[i]) {
      out_print(&text, "%s%s", any ? ", " : "; they differ in: ", aspect_names[i]);
      any = true;
    }
  out_text(&text, any || s->count < 2 ? "" : "; they agree");
  put_lines(pen, (Str){text.at, text.len}, "");
  out_free(&text);
  pen->y += LINE * 0.6;
  for (uint32_t i = 0; i < s->shown; i++)
    put_report(pen, s, &s->reports[i]);
  if (s->shown < s->count)
    put_lines(pen, arena_print(s->arena, "… and %u more", s->count - s->shown), "");
}

void plot_story(Out *out, const Plot *plot, const StoryReport *reports, uint32_t count,
                const char *standing, Arena *arena) {
  StoryPlot s = {reports, count, MIN(count, (uint32_t)MOST), standing, {false}, arena};
  for (int i = 0; i < ASPECTS; i++) {
    Str first = count ? aspect_of(&reports[0], (Aspect)i, arena) : (Str){0};
    for (uint32_t k = 1; k < count && !s.differs[i]; k++)
      s.differs[i] = !str_equal(first, aspect_of(&reports[k], (Aspect)i, arena));
  }
  Pen pen = {.letters = MAX((size_t)(plot->width - INDENT - 8) / LETTER, (size_t)20)};
  put_story(&pen, &s); // how high is it?
  pen.y = plot_begin(out, plot, pen.y + 4, "The reports of one story");
  pen.out = out;
  put_story(&pen, &s);
  out_text(out, "</svg>\n");
}
