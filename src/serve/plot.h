// plot.h - pictures as SVG: of the page, and as files of their own.
//
// Colours stand as plain attributes, which a page's style sheet overrides by
// class (q1 … q4 for the quad classes). No script and no style is inside, so a
// picture can be shown under any Content-Security-Policy.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "serve/count.h"
#include "serve/request.h"

typedef struct Plot Plot;
struct Plot {
  uint32_t width;    // in pixels; the height follows from the content
  const char *title; // "": none
  bool links;        // cells and places lead to pages of `bede serve`
  const Box *box;    // of a map: that part of the world; NULL: all of it
};

void plot_timeline(Out *out, const Plot *plot, const Series *series);
// The most frequent actors as rows (who does) and columns (to whom).
void plot_matrix(Out *out, const Plot *plot, const Columns *columns, Rows rows, Arena *arena);
void plot_map(Out *out, const Plot *plot, const Columns *columns, Rows rows, Arena *arena);
// A square a day, a block a year.
void plot_calendar(Out *out, const Plot *plot, const Series *days);

// One report of a story: an event, and its document.
typedef struct StoryReport StoryReport;
struct StoryReport {
  const BedeDoc *doc;
  uint32_t event;
};

// Reports one below the other in order of time, and what they do not agree in.
// standing is that of told_standing.
void plot_story(Out *out, const Plot *plot, const StoryReport *reports, uint32_t count,
                const char *standing, Arena *arena);

// ---- what pictures share

#define INK "#3a3f45"
#define FAINT "#d5d9dd"
extern const char *const plot_colours[4]; // of the quad classes
// Opens the picture with its title; returns where the rest may begin. The height
// is without the title.
double plot_begin(Out *out, const Plot *plot, double height, const char *what);
void plot_label(Out *out, double x, double y, const char *anchor, const char *text);
// Text in XML: markup escaped, what XML cannot have replaced.
void xml_text(Out *out, Str s);
