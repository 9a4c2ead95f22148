// plot.c - pictures as SVG.
// SPDX-License-Identifier: Apache-2.0
#include "serve/plot.h"
#include "base/utf8.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

// data/world/countries.tsv and countries-50m.tsv, by tools/embed.c
extern const char world_tsv[], world_50m_tsv[];

// Blue for cooperation, orange and red for conflict, the darker the more
// material: told apart also by those who do not see red and green.
const char *const plot_colours[4] = {"#86b6d9", "#1f6aa5", "#f0ad5e", "#b8321f"};

void xml_text(Out *out, Str s) {
  for (size_t at = 0; at < s.len;) {
    size_t begin = at;
    uint32_t code = utf8_next(s, &at);
    if (code == '&')
      out_text(out, "&amp;");
    else if (code == '<')
      out_text(out, "&lt;");
    else if (code == '>')
      out_text(out, "&gt;");
    else if (code == '"')
      out_text(out, "&quot;");
    else if ((code < ' ' && code != '\t' && code != '\n') || code == 0xFFFE || code == 0xFFFF ||
             (code == 0xFFFD && at == begin + 1))
      out_text(out, "\xEF\xBF\xBD");
    else
      out_bytes(out, s.at + begin, at - begin);
  }
}

static void xml(Out *out, const char *text) { xml_text(out, str_of(text)); }

// Text as the value of a parameter in a link.
static void url_part(Out *out, const char *text) {
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.';
    out_print(out, plain ? "%c" : "%%%02X", c);
  }
}

double plot_begin(Out *out, const Plot *plot, double height, const char *what) {
  double top = plot->title && *plot->title ? 30 : 0;
  out_print(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%.0f\" viewBox=\"0 0 "
            "%u %.0f\" role=\"%s\" aria-label=\"",
            plot->width, height + top, plot->width, height + top, plot->links ? "group" : "img");
  xml(out, plot->title && *plot->title ? plot->title : what);
  out_text(out, "\" font-family=\"system-ui, 'DejaVu Sans', sans-serif\" font-size=\"11\">\n");
  out_text(out, "<rect class=\"paper\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  if (top > 0) {
    out_text(out, "<text class=\"ink\" x=\"8\" y=\"20\" font-size=\"14\" font-weight=\"600\" fill=\"" INK "\">");
    xml(out, plot->title);
    out_text(out, "</text>\n");
  }
  return top;
}

void plot_label(Out *out, double x, double y, const char *anchor, const char *text) {
  out_print(out, "<text class=\"ink\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"" INK "\">", x, y,
            anchor);
  xml(out, text);
  out_text(out, "</text>\n");
}

static void put_legend(Out *out, double x, double y, double width) {
  static const char *const names[4] = {"verbal cooperation", "material cooperation", "verbal conflict",
                                       "material conflict"};
  double step = MAX(MIN((width - x) / 4, 150.0), 75.0);
  bool small = step < 125;
  for (int i = 0; i < 4; i++) {
    double at = small ? x + (i % 2) * 140 : x + i * step, line = small ? y + (i / 2) * 14 : y;
    out_print(out, "<rect class=\"q%d\" x=\"%.1f\" y=\"%.1f\" width=\"10\" height=\"10\" fill=\"%s\"/>",
              i + 1, at, line - 9, plot_colours[i]);
    plot_label(out, at + 14, line, "start", names[i]);
  }
}

// ---- the timeline

static double nice_step(double top, int steps) {
  double rough = MAX(top, 1) / steps, unit = pow(10, floor(log10(rough)));
  double factor = rough / unit;
  return MAX(1, unit * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10));
}

static void print_day(Out *out, int32_t number, Unit unit) {
  Day day = day_of_number(number);
  char text[11];
  if (unit >= UNIT_MONTH)
    day.day = 0;
  if (unit >= UNIT_YEAR)
    day.month = 0;
  day_print(day, text);
  out_text(out, text);
}

typedef struct Axes Axes; // where the bars stand
struct Axes {
  double left, right, top, zero, bottom, scale; // pixels; of one event
  int32_t from, until;                          // days
};

static double x_of(const Axes *f, double day) {
  return f->left + (day - f->from) / (f->until + 1.0 - f->from) * (f->right - f->left);
}

static void put_time_axis(Out *out, const Axes *f) {
  static const struct {
    int months, days;
  } steps[] = {{0, 1},  {0, 2},  {0, 7},   {0, 14},  {1, 0},   {3, 0},   {6, 0},
               {12, 0}, {24, 0}, {60, 0}, {120, 0}, {240, 0}, {600, 0}, {1200, 0}};
  double span = f->until + 1.0 - f->from, room = (f->right - f->left) / 75;
  size_t i = 0;
  while (i + 1 < COUNT(steps) && span / (steps[i].days + steps[i].months * 30.4) > room)
    i++;
  int32_t at = f->from;
  if (steps[i].months) {
    Day d = day_of_number(f->from);
    int month = (d.year * 12 + d.month - 1) / steps[i].months * steps[i].months;
    for (;; month += steps[i].months) {
      at = day_number((Day){(int16_t)(month / 12), (uint8_t)(month % 12 + 1), 1});
      if (at > f->until)
        break;
      if (at < f->from || x_of(f, at) > f->right - 30)
        continue;
      Out text = {0};
      print_day(&text, at, steps[i].months >= 12 ? UNIT_YEAR : UNIT_MONTH);
      out_print(out, "<path class=\"faint\" d=\"M%.1f %.1fV%.1f\" stroke=\"" FAINT "\"/>", x_of(f, at), f->top,
                f->bottom + 4);
      plot_label(out, x_of(f, at) + 3, f->bottom + 14, "start", text.at);
      out_free(&text);
    }
    return;
  }
  for (; at <= f->until; at += steps[i].days) {
    Out text = {0};
    print_day(&text, at, UNIT_DAY);
    out_print(out, "<path class=\"faint\" d=\"M%.1f %.1fV%.1f\" stroke=\"" FAINT "\"/>", x_of(f, at), f->top,
              f->bottom + 4);
    plot_label(out, x_of(f, at) + 3, f->bottom + 14, "start", text.at);
    out_free(&text);
  }
}

static void put_count_axis(Out *out, const Axes *f, double up, double down) {
  double step = nice_step(up + down, 5);
  for (double v = -floor(down / step) * step; v <= up; v += step) {
    double y = f->zero - v * f->scale;
    char text[24];
    snprintf(text, sizeof text, "%.0f", fabs(v));
    out_print(out, "<path class=\"faint\" d=\"M%.1f %.1fH%.1f\" stroke=\"" FAINT "\"/>", f->left, y, f->right);
    plot_label(out, f->left - 5, y + 4, "end", text);
  }
}

static void put_bar(Out *out, const Axes *f, const Bin *bin, Unit unit) {
  uint32_t all = bin->quads[0] + bin->quads[1] + bin->quads[2] + bin->quads[3];
  if (!all)
    return;
  double x = x_of(f, bin->first), width = x_of(f, bin->last + 1.0) - x;
  double gap = width > 4 ? 1 : 0, at = f->zero;
  char from[11], until[11];
  day_print(day_of_number(bin->first), from);
  day_print(day_of_number(bin->last), until);
  out_print(out, "<g class=\"bar\" data-from=\"%s\" data-until=\"%s\"><title>", from, until);
  print_day(out, bin->first, unit);
  out_print(out,
            ": %u event%s; cooperation %u verbal, %u material; conflict %u verbal, %u material; "
            "Goldstein %.1f on average</title>",
            all, all == 1 ? "" : "s", bin->quads[0], bin->quads[1], bin->quads[2], bin->quads[3],
            (double)bin->goldstein / 10 / all);
  static const int order[4] = {1, 0, 3, 2}; // material next to the axis
  for (int i = 0; i < 4; i++) {
    int q = order[i];
    double height = bin->quads[q] * f->scale;
    if (i == 2)
      at = f->zero;
    if (height > 0)
      out_print(out, "<rect class=\"q%d\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>",
                q + 1, x + gap / 2, i < 2 ? at - height : at, MAX(width - gap, 0.5), height, plot_colours[q]);
    at += i < 2 ? -height : height;
  }
  out_text(out, "</g>\n");
}

void plot_timeline(Out *out, const Plot *plot, const Series *s) {
  double up = 0, down = 0, height = 240;
  for (uint32_t i = 0; i < s->count; i++) {
    const uint32_t *q = s->bins[i].quads;
    up = MAX(up, q[0] + q[1]);
    down = MAX(down, q[2] + q[3]);
  }
  double top = plot_begin(out, plot, height, "Events over time, cooperation above the line, conflict below");
  bool small = plot->width < 560;
  put_legend(out, 44, top + 14, plot->width);
  Axes f = {.left = 44, .right = plot->width - 12, .top = top + (small ? 38 : 26),
              .bottom = top + height - 20};
  f.scale = (f.bottom - f.top) / MAX(up + down, 1);
  f.zero = f.top + up * f.scale;
  if (s->count) {
    f.from = s->bins[0].first;
    f.until = s->bins[s->count - 1].last;
    char from[11], until[11];
    day_print(day_of_number(f.from), from);
    day_print(day_of_number(f.until), until);
    put_count_axis(out, &f, up, down);
    put_time_axis(out, &f);
    out_print(out, "<g class=\"bars\" data-left=\"%.1f\" data-right=\"%.1f\" data-top=\"%.1f\" data-bottom=\"%.1f\" "
                   "data-from=\"%s\" data-until=\"%s\">\n",
              f.left, f.right, f.top, f.bottom, from, until);
    for (uint32_t i = 0; i < s->count; i++)
      put_bar(out, &f, &s->bins[i], s->unit);
    out_text(out, "</g>\n");
    for (uint32_t i = 0; i < s->break_count; i++) {
      double x = x_of(&f, s->bins[s->breaks[i]].first);
      out_print(out, "<g class=\"break\"><title>From ");
      print_day(out, s->bins[s->breaks[i]].first, s->unit);
      out_print(out, " the number of events is another</title><path class=\"line\" d=\"M%.1f %.1fV%.1f\" stroke=\"" INK
                     "\" stroke-dasharray=\"3 3\" fill=\"none\"/></g>\n", x, f.top, f.bottom);
    }
  } else {
    plot_label(out, plot->width / 2.0, f.zero + 40, "middle", "no dated events");
  }
  out_print(out, "<path class=\"line\" d=\"M%.1f %.1fH%.1f\" stroke=\"" INK "\"/>\n</svg>\n", f.left, f.zero, f.right);
}

// ---- the matrix

// Mean Goldstein value to a colour: red, grey, blue.
static void scale_colour(double mean, char out[8]) {
  double t = MAX(-1, MIN(1, mean / 8));
  const double end[3] = {t < 0 ? 184 : 31, t < 0 ? 50 : 106, t < 0 ? 31 : 165};
  int c[3];
  for (int i = 0; i < 3; i++)
    c[i] = (int)(222 + (end[i] - 222) * sqrt(fabs(t)));
  snprintf(out, 8, "#%02x%02x%02x", c[0] & 255, c[1] & 255, c[2] & 255);
}

enum { SIDE = 24 }; // actors of a matrix

void plot_matrix(Out *out, const Plot *plot, const Columns *c, Rows rows, Arena *arena) {
  Tallies actors = count_actors(c, rows, arena), pairs = count_directed(c, rows, arena);
  uint32_t side = MIN(actors.count, (uint32_t)SIDE);
  double left = 64, head = 64, cell = side ? MIN(34, (plot->width - left - 8) / side) : 0;
  double top = plot_begin(out, plot, head + cell * side + 34, "Who does what to whom, as a matrix");
  uint32_t *at = arena_alloc(arena, (c->codes.count + 1u) * sizeof *at);
  for (uint32_t i = 0; i < side; i++)
    at[actors.items[i].a] = i + 1;
  for (uint32_t i = 0; i < side; i++) {
    const char *code = c->codes.items[actors.items[i].a];
    double middle = (i + 0.5) * cell;
    plot_label(out, left - 6, top + head + middle + 4, "end", code);
    out_print(out, "<text class=\"ink\" fill=\"" INK "\" transform=\"translate(%.1f %.1f) rotate(-60)\">",
              left + middle + 2, top + head - 6);
    xml(out, code);
    out_text(out, "</text>\n");
  }
  for (uint32_t i = 0; i < pairs.count; i++) {
    const Tally *t = &pairs.items[i];
    if (!at[t->a] || !at[t->b])
      continue;
    double mean = (double)t->goldstein / 10 / t->count;
    double part = MIN(1, 0.35 + 0.65 * log(1 + t->count) / log(1 + MAX(pairs.items[0].count, 2)));
    double size = cell * part - 1, x = left + (at[t->b] - 0.5) * cell, y = top + head + (at[t->a] - 0.5) * cell;
    char colour[8];
    scale_colour(mean, colour);
    const char *a = c->codes.items[t->a], *b = c->codes.items[t->b];
    if (plot->links) {
      out_text(out, "<a href=\"/relation?actor=");
      url_part(out, a);
      out_text(out, "&amp;other=");
      url_part(out, b);
      out_text(out, "\" aria-label=\"");
      xml(out, a), out_text(out, " to "), xml(out, b);
      out_print(out, ": %u\">", t->count);
    }
    out_text(out, "<g class=\"cell\"><title>");
    xml(out, a), out_text(out, " to "), xml(out, b);
    out_print(out, ": %u event%s, Goldstein %.1f on average</title>", t->count, t->count == 1 ? "" : "s", mean);
    out_print(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>", x - size / 2,
              y - size / 2, size, size, colour);
    if (cell >= 24 && size >= 16)
      out_print(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"9\" fill=\"%s\">%u</text>", x,
                y + 3, fabs(mean) > 3.5 ? "#ffffff" : "#1c1f22", t->count);
    out_text(out, plot->links ? "</g></a>\n" : "</g>\n");
  }
  plot_label(out, left, top + head + cell * side + 20, "start",
            side ? "row: who does; column: to whom; size: how often; blue: cooperation, red: conflict"
                 : "no events between two known actors");
  out_text(out, "</svg>\n");
}

// ---- the map

// The Natural Earth projection by its polynomials (Šavrič et al. 2011), degrees
// to units of about -2.74 … 2.74 by -1.42 … 1.42.
static void project(double lon, double lat, double *x, double *y) {
  double p = lat * 3.14159265358979 / 180, p2 = p * p, p4 = p2 * p2;
  *x = lon * 3.14159265358979 / 180 *
       (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)));
  *y = p * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)));
}

typedef struct Globe Globe;
struct Globe {
  double scale, x, y;
};

static void point_of(const Globe *g, double lon, double lat, double *x, double *y) {
  project(lon, lat, x, y);
  *x = g->x + *x * g->scale;
  *y = g->y - *y * g->scale;
}

static bool next_point(Str *ring, double *lon, double *lat) {
  char *end;
  if (!ring->len)
    return false;
  Str point = str_cut(ring, ' ');
  *lon = strtod(point.at, &end);
  *lat = strtod(end + 1, NULL);
  return true;
}

// Does the ring reach into the box?
static bool ring_in(Str ring, const Box *box) {
  double lon, lat;
  Box ends = {180, 90, -180, -90};
  while (box && next_point(&ring, &lon, &lat))
    ends = (Box){MIN(ends.west, lon), MIN(ends.south, lat), MAX(ends.east, lon), MAX(ends.north, lat)};
  return !box || (ends.west <= box->east && ends.east >= box->west && ends.south <= box->north &&
                  ends.north >= box->south);
}

static void put_ring(Out *out, const Globe *g, Str ring) {
  double x, y, lon, lat, before = 0;
  for (char pen = 'M'; next_point(&ring, &lon, &lat); before = lon) {
    point_of(g, lon, lat, &x, &y);
    if (pen == 'L' && fabs(lon - before) > 180) // over the edge of the map
      pen = 'M';
    if (pen == 'M' && !ring.len) // a single point: a state too small for a shape
      out_print(out, "M%.1f %.1fh1.4v1.4h-1.4", x - 0.7, y - 0.7);
    else
      out_print(out, "%c%.1f %.1f", pen, x, y);
    pen = 'L';
  }
  out_char(out, 'Z');
}

enum { NEAR = 90 }; // degrees of longitude, from which on the finer shapes are taken

static void put_world(Out *out, const Globe *g, const Box *box) {
  bool fine = box && box->east - box->west <= NEAR;
  Str rest = str_of(fine ? world_50m_tsv : world_tsv);
  out_print(out, "<g class=\"land\" data-scale=\"%s\" fill=\"#e4e7ea\" stroke=\"#ffffff\" stroke-width=\"0.5\">\n",
            fine ? "50m" : "110m");
  while (rest.len) {
    Str line = str_cut(&rest, '\n'), code = str_cut(&line, '\t');
    size_t begin = out->len;
    bool any = false;
    if (!line.len || code.at[0] == '#')
      continue;
    out_text(out, "<path d=\"");
    while (line.len) {
      Str ring = str_cut(&line, ';');
      if (!ring_in(ring, box))
        continue;
      put_ring(out, g, ring);
      any = true;
    }
    out_text(out, "\"><title>");
    xml_text(out, code);
    out_text(out, "</title></path>\n");
    if (!any)
      out->len = begin;
  }
  out_text(out, "</g>\n");
}

// So that the box fills the width; the height follows, within bounds.
static Globe globe_of(const Plot *plot, double *height) {
  Globe g = {.scale = plot->width / 5.56, .x = plot->width / 2.0};
  *height = plot->width * 0.52;
  if (!plot->box) {
    g.y = *height / 2;
    return g;
  }
  const Box *b = plot->box;
  double left = 9, right = -9, low = 9, high = -9; // of the projected edge
  for (int i = 0; i <= 32; i++) {
    double lon = b->west + (b->east - b->west) * (i % 9) / 8, x, y;
    project(lon, b->south + (b->north - b->south) * (i / 9) / 3, &x, &y);
    left = MIN(left, x), right = MAX(right, x), low = MIN(low, y), high = MAX(high, y);
  }
  g.scale = MIN(plot->width / (right - left), plot->width * 0.8 / (high - low));
  *height = (high - low) * g.scale;
  g.x = plot->width / 2.0 - (left + right) / 2 * g.scale;
  g.y = *height / 2 + (low + high) / 2 * g.scale;
  return g;
}

void plot_map(Out *out, const Plot *plot, const Columns *c, Rows rows, Arena *arena) {
  Tallies places = count_places(c, rows, arena);
  double height;
  uint32_t without = 0, shown = 0, most = 1, nowhere = rows.count, outside = 0;
  Globe g = globe_of(plot, &height);
  double top = plot_begin(out, plot, height + 32, "Where events took place");
  g.y += top;
  out_print(out, "<svg y=\"%.0f\" width=\"%u\" height=\"%.1f\" viewBox=\"0 %.0f %u %.1f\">\n", top, plot->width, height,
            top, plot->width, height); // what is outside of the box is cut off
  put_world(out, &g, plot->box);
  for (uint32_t i = 0; i < places.count; i++)
    if (c->places.items[places.items[i].a].located)
      most = MAX(most, places.items[i].count);
  out_text(out, "<g class=\"places\">\n");
  for (uint32_t i = 0; i < places.count; i++) { // the most frequent first, so underneath
    const Tally *t = &places.items[i];
    const RowPlace *p = &c->places.items[t->a];
    nowhere -= t->count;
    if (!p->located || fabs(p->lat) > 90 || fabs(p->lon) > 180) {
      without += t->count;
      continue;
    }
    const Box *b = plot->box;
    if (b && (p->lon < b->west || p->lon > b->east || p->lat < b->south || p->lat > b->north)) {
      outside += t->count;
      continue;
    }
    double x, y, mean = (double)t->goldstein / 10 / t->count;
    point_of(&g, p->lon, p->lat, &x, &y);
    char colour[8];
    scale_colour(mean, colour);
    double radius = MAX(2, plot->width / 45.0 * sqrt((double)t->count / most));
    if (plot->links) {
      out_text(out, "<a href=\"/?place=");
      url_part(out, p->name);
      out_text(out, "\" aria-label=\"");
      xml(out, p->name);
      out_print(out, ": %u\">", t->count);
    }
    out_print(out, "<circle class=\"place\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\"0.8\" "
                   "stroke=\"" INK "\" stroke-width=\"0.5\"><title>", x, y, radius, colour);
    xml(out, p->name);
    out_print(out, "%s%s: %u event%s, Goldstein %.1f on average</title></circle>%s\n", *p->country ? ", " : "",
              p->country, t->count, t->count == 1 ? "" : "s", mean, plot->links ? "</a>" : "");
    shown += t->count;
  }
  out_text(out, "</g>\n</svg>\n");
  char text[160];
  snprintf(text, sizeof text, "%u events drawn; %u lie elsewhere, %u name no place,", shown, outside, nowhere);
  if (!plot->box)
    snprintf(text, sizeof text, "%u events drawn; %u name no place,", shown, nowhere);
  plot_label(out, 8, top + height + 12, "start", text);
  snprintf(text, sizeof text, "%u a place whose position is not known", without);
  plot_label(out, 8, top + height + 25, "start", text);
  out_text(out, "</svg>\n");
}

// ---- the calendar

static uint32_t bin_count(const Bin *bin) {
  return bin->quads[0] + bin->quads[1] + bin->quads[2] + bin->quads[3];
}

typedef struct YearBlock YearBlock;
struct YearBlock {
  double left, top, cell; // pixels
  int32_t begin, monday;  // its first day, and the Monday of that week
};

static YearBlock year_block(int year, double left, double top, double cell) {
  int32_t begin = day_number((Day){(int16_t)year, 1, 1});
  return (YearBlock){left, top, cell, begin, begin - day_weekday(day_of_number(begin))};
}

static void put_day(Out *out, const YearBlock *y, int32_t day) {
  out_print(out, "x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"", y->left + (day - y->monday) / 7 * y->cell,
            y->top + (day - y->monday) % 7 * y->cell, y->cell - 1.5, y->cell - 1.5);
}

static void put_year(Out *out, const YearBlock *y, int year) {
  static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[8];
  snprintf(text, sizeof text, "%d", year % 10000);
  plot_label(out, y->left - 6, y->top + y->cell * 4, "end", text);
  for (int month = 1; month <= 12 && y->cell * 4 > 22; month++) {
    int32_t day = day_number((Day){(int16_t)year, (uint8_t)month, 1});
    plot_label(out, y->left + (day - y->monday) / 7 * y->cell, y->top - 3, "start", names[month - 1]);
  }
  for (int32_t day = y->begin; day_of_number(day).year == year; day++) {
    out_text(out, "<rect class=\"faint-fill\" fill=\"#eef0f2\" ");
    put_day(out, y, day);
    out_text(out, "/>\n");
  }
}

static void put_day_count(Out *out, const YearBlock *y, const Bin *bin, uint32_t most) {
  uint32_t all = bin_count(bin);
  double mean = (double)bin->goldstein / 10 / all;
  char colour[8], day[11];
  scale_colour(mean, colour);
  day_print(day_of_number(bin->first), day);
  out_print(out, "<g class=\"bar\" data-from=\"%s\" data-until=\"%s\"><title>%s: %u event%s, Goldstein %.1f on "
                 "average</title><rect fill=\"%s\" fill-opacity=\"%.2f\" ",
            day, day, day, all, all == 1 ? "" : "s", mean, colour, 0.35 + 0.65 * sqrt((double)all / most));
  put_day(out, y, bin->first);
  out_text(out, "/></g>\n");
}

enum { YEARS = 30 }; // of a calendar, the last ones; years without events are left out

void plot_calendar(Out *out, const Plot *plot, const Series *s) {
  double left = 44, cell = (plot->width - left - 8) / 54.0, block = cell * 7 + 26;
  int years[YEARS + 1], count = 0;
  uint32_t most = 1;
  for (uint32_t i = s->count; i-- > 0 && count <= YEARS;) {
    int year = day_of_number(s->bins[i].first).year;
    most = MAX(most, bin_count(&s->bins[i]));
    if (bin_count(&s->bins[i]) && (!count || years[count - 1] != year))
      years[count++] = year;
  }
  count = MIN(count, (int)YEARS);
  double top = plot_begin(out, plot, MAX(count, 1) * block + 16, "Events of each day, as a calendar") + 18;
  if (!count)
    plot_label(out, plot->width / 2.0, top + block / 2, "middle", "no days with events");
  for (int k = 0; k < count; k++) {
    YearBlock y = year_block(years[k], left, top + (count - 1 - k) * block, cell);
    put_year(out, &y, years[k]);
    for (uint32_t i = 0; i < s->count; i++)
      if (bin_count(&s->bins[i]) && day_of_number(s->bins[i].first).year == years[k])
        put_day_count(out, &y, &s->bins[i], most);
  }
  out_text(out, "</svg>\n");
}
