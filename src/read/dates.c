// dates.c - days and times as frames write them.
// SPDX-License-Identifier: Apache-2.0
#include "read/internal.h"
#include <stdlib.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

static void skip_blanks(Str s, size_t *at) {
  while (*at < s.len && (s.at[*at] == ' ' || s.at[*at] == '\t'))
    (*at)++;
}

// Digits at s[*at], at most `most`, not followed by another; -1 for none.
static int number_at(Str s, size_t *at, int most) {
  int value = 0, n = 0;
  while (*at + (size_t)n < s.len && is_digit(s.at[*at + (size_t)n]) && n < most)
    value = 10 * value + (s.at[*at + (size_t)n++] - '0');
  if (!n || (*at + (size_t)n < s.len && is_digit(s.at[*at + (size_t)n])))
    return -1;
  *at += (size_t)n;
  return value;
}

// The letters at s[*at] as an index of the list of names, each cut to three
// letters or more ("Sept"); -1 for none. A period behind an abbreviation is taken.
static int name_at(Str s, size_t *at, const char *const *names, int count) {
  size_t end = *at;
  if (end >= s.len)
    return -1;
  while (end < s.len && is_alpha(s.at[end]))
    end++;
  Str word = {s.at + *at, end - *at};
  for (int i = 0; i < count; i++) {
    Str name = str_of(names[i]);
    if (word.len >= 3 && word.len <= name.len &&
        str_equal_fold(word, (Str){name.at, word.len}) &&
        (word.len == name.len || word.len <= 5)) {
      *at = end + (word.len < name.len && end < s.len && s.at[end] == '.');
      return i;
    }
  }
  return -1;
}

static int month_at(Str s, size_t *at) {
  static const char *const months[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return name_at(s, at, months, 12) + 1;
}

static bool weekday_at(Str s, size_t *at) {
  static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                     "Friday", "Saturday", "Sunday"};
  return name_at(s, at, days, 7) >= 0;
}

// ", 2023" or " 2023"; 0 and *at stays where there is none.
static int year_at(Str s, size_t *at) {
  size_t to = *at;
  if (to < s.len && s.at[to] == ',')
    to++;
  skip_blanks(s, &to);
  size_t begin = to;
  int year = number_at(s, &to, 4);
  if (to - begin != 4 || year < 1800 || year > 2200)
    return 0;
  *at = to;
  return year;
}

static void skip_ordinal(Str s, size_t *at) { // "st", "nd", "rd", "th"
  static const char *const ends[] = {"st", "nd", "rd", "th"};
  if (*at + 2 <= s.len && (*at + 2 == s.len || !is_alpha(s.at[*at + 2])))
    for (size_t i = 0; i < COUNT(ends); i++)
      if (str_equal_fold((Str){s.at + *at, 2}, str_of(ends[i]))) {
        *at += 2;
        return;
      }
}

static bool make(int year, int month, int day, Day *out) {
  if (month < 1 || month > 12 || day < 1 || day > days_in_month(year ? year : 2000, month))
    return false;
  *out = (Day){(int16_t)year, (uint8_t)month, (uint8_t)day};
  return true;
}

// 2023-12-31, 2023/12/31, 31.12.2023
static bool figures_at(Str s, size_t *at, Day *out) {
  size_t to = *at, begin = to;
  int a = number_at(s, &to, 4);
  size_t first = to - begin;
  if (a < 0 || to >= s.len || (first != 4 && first > 2))
    return false;
  char sign = s.at[to++];
  if (!(first == 4 ? sign == '-' || sign == '/' || sign == '.' : sign == '.'))
    return false;
  int b = number_at(s, &to, 2);
  if (b < 0 || to >= s.len || s.at[to++] != sign)
    return false;
  begin = to;
  int c = number_at(s, &to, first == 4 ? 2 : 4);
  if (c < 0 || (first != 4 && to - begin != 4))
    return false;
  int year = first == 4 ? a : c;
  if (year < 1800 || year > 2200 || !make(year, b, first == 4 ? c : a, out))
    return false;
  *at = to;
  return true;
}

bool read_day_at(Str s, size_t *at, Day *out) {
  size_t to = *at;
  if (figures_at(s, at, out))
    return true;
  if (weekday_at(s, &to)) {
    if (to < s.len && s.at[to] == ',')
      to++;
    skip_blanks(s, &to);
  }
  int month = month_at(s, &to), day, year;
  if (month) { // Dec. 31, 2023
    skip_blanks(s, &to);
    day = number_at(s, &to, 2);
    if (day < 0)
      return false;
    skip_ordinal(s, &to);
  } else { // 31 December 2023
    day = number_at(s, &to, 2);
    if (day < 0)
      return false;
    skip_ordinal(s, &to);
    skip_blanks(s, &to);
    if (!(month = month_at(s, &to)))
      return false;
  }
  year = year_at(s, &to);
  if ((to < s.len && is_alpha(s.at[to])) || !make(year, month, day, out))
    return false;
  *at = to;
  return true;
}

bool read_find_day(Str s, Day *out, Span *where) {
  for (size_t i = 0; i < s.len; i++) {
    if (i && (is_alpha(s.at[i - 1]) || is_digit(s.at[i - 1])))
      continue; // begins inside a word
    size_t at = i;
    if ((is_alpha(s.at[i]) || is_digit(s.at[i])) && read_day_at(s, &at, out) && out->year) {
      *where = (Span){(uint32_t)i, (uint32_t)at};
      return true;
    }
  }
  return false;
}

bool read_find_time(Str s, int *hour, int *minute) {
  for (size_t i = 0; i < s.len; i++) {
    size_t at = i;
    if (!is_digit(s.at[i]) || (i && (is_digit(s.at[i - 1]) || s.at[i - 1] == ':' || s.at[i - 1] == '.')))
      continue;
    int h = number_at(s, &at, 2);
    if (h < 0 || h > 23 || at + 2 >= s.len || s.at[at] != ':')
      continue;
    at++;
    size_t begin = at;
    int m = number_at(s, &at, 2);
    if (m < 0 || m > 59 || at - begin != 2)
      continue;
    if (at < s.len && s.at[at] == ':') // seconds
      at++, number_at(s, &at, 2);
    skip_blanks(s, &at);
    if (at + 1 < s.len && h <= 12) {
      char half = s.at[at] | 32;
      size_t m_at = at + 1 + (s.at[at + 1] == '.' && at + 2 < s.len);
      if ((half == 'a' || half == 'p') && (s.at[m_at] | 32) == 'm')
        h = h % 12 + (half == 'p' ? 12 : 0);
    }
    *hour = h;
    *minute = m;
    return true;
  }
  return false;
}

Day read_nearest(Day day, Day near) {
  Day best = day;
  best.year = near.year;
  for (int year = near.year - 1; year <= near.year + 1; year++) {
    Day other = day;
    other.year = (int16_t)year;
    if (other.day <= days_in_month(year, other.month) &&
        abs(day_number(other) - day_number(near)) < abs(day_number(best) - day_number(near)))
      best = other;
  }
  best.day = MIN(best.day, (uint8_t)days_in_month(best.year, best.month));
  return best;
}
