// lines.c - whether a text's lines are paragraphs, or only as long as a screen
// was wide.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "read/read.h"

enum { NARROW = 45, WIDE = 100 }; // columns between which lines are wrapped

// Each line with another directly below votes. For wrapping: a line that does
// not end like a sentence and is followed by a small letter, or does one of the
// two and is of fitting length. Against: all others. A longer line decides.
bool read_is_wrapped(Str text) {
  uint32_t pro = 0, contra = 0;
  while (text.len) {
    Str line = str_cut(&text, '\n');
    if (line.len && line.at[line.len - 1] == '\r')
      line.len--;
    size_t columns = 0;
    for (size_t i = 0; i < line.len && columns <= WIDE; i++)
      columns += ((unsigned char)line.at[i] & 0xC0) != 0x80;
    if (columns > WIDE)
      return false;
    line = str_trim(line);
    if (!line.len || !text.len || text.at[0] == '\n' || text.at[0] == '\r')
      continue;
    bool small = text.at[0] >= 'a' && text.at[0] <= 'z';
    bool ends = strchr(".!?:\"", line.at[line.len - 1]) != NULL;
    if ((small && !ends) || (columns >= NARROW && (small || !ends)))
      pro++;
    else
      contra++;
  }
  return pro > contra;
}
