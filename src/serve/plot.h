// plot.h - pictures as SVG: of the page, and as files of their own.
//
// Colours stand as plain attributes, which a page's style sheet overrides by
// class (q1 … q4 for the quad classes). No script and no style is inside, so a
// picture can be shown under any Content-Security-Policy.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "serve/count.h"

typedef struct Plot Plot;
struct Plot {
  uint32_t width;    // in pixels; the height follows from the content
  const char *title; // "": none
  bool links;        // cells and places lead to pages of `bede serve`
};

void plot_timeline(Out *out, const Plot *plot, const Series *series);
// The most frequent actors as rows (who does) and columns (to whom).
void plot_matrix(Out *out, const Plot *plot, const Columns *columns, Rows rows, Arena *arena);
void plot_map(Out *out, const Plot *plot, const Columns *columns, Rows rows, Arena *arena);
// A square a day, a block a year.
void plot_calendar(Out *out, const Plot *plot, const Series *days);
// For a terminal: one character a bin, ▁ … █.
void plot_spark(Out *out, const Series *series);
// Text in XML: markup escaped, what XML cannot have replaced.
void xml_text(Out *out, Str s);
