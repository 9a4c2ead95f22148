// spark.c - the course of a series as lines of small bars, for a terminal: █ is
// the most that any bar has, · none.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stored.h"
#include "store/store.h"

// Cooperation, conflict, or all reports where classes were not counted.
static int64_t count_of(const StorePeriod *row, int line) {
  if (row->stories < 0)
    return row->reports;
  return line ? row->quads[2] + row->quads[3] : row->quads[0] + row->quads[1];
}

// Where there are more periods than columns, so many stand for one bar.
static int64_t bar_of(const StoreSeries *series, uint32_t bar, uint32_t each, int line) {
  int64_t sum = 0;
  for (uint32_t i = bar * each; i < MIN((bar + 1) * each, series->count); i++)
    sum += count_of(&series->rows[i], line);
  return sum;
}

// Both lines have one scale, so that they can be compared.
void show_sparks(const Show *show, Out *out, const StoreSeries *series, const char *unit) {
  static const char *const bars[] = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static const char *const names[] = {"cooperation", "conflict"};
  if (series->count < 2)
    return;
  bool classes = series->rows[0].stories >= 0;
  uint32_t room = MAX(show->width, 60u) - 20, each = (series->count + room - 1) / room;
  uint32_t count = (series->count + each - 1) / each;
  int64_t most = 1;
  for (uint32_t i = 0; i < count; i++)
    for (int line = 0; line <= classes; line++)
      most = MAX(most, bar_of(series, i, each, line));
  for (int line = 0; line <= classes; line++) {
    Out drawn = {0};
    for (uint32_t i = 0; i < count; i++)
      out_text(&drawn, bars[(bar_of(series, i, each, line) * 8 + most - 1) / most]);
    out_print(out, "  %-12s", classes ? names[line] : "events");
    show_ink(show, out, classes ? (line ? YELLOW : CYAN) : PLAIN, drawn.at);
    out_char(out, '\n');
    out_free(&drawn);
  }
  out_print(out, "  %s to %s; a bar is ", series->rows[0].period, series->rows[series->count - 1].period);
  if (each > 1)
    out_print(out, "%u %ss", each, unit);
  else
    out_print(out, "a %s", unit);
  out_print(out, ", the tallest %lld\n", (long long)most);
}
