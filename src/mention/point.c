// point.c - stretches of the calendar: their TIMEX3 names, their days.
//
// TIMEX3 follows ISO 8601 and adds to it: seasons (1998-SU), quarters, halves,
// weekends (1998-W02-WE), decades (199), centuries (19), years BC (BC0480).
// SPDX-License-Identifier: Apache-2.0
#include "mention/internal.h"
#include <stdio.h>

static const char *const seasons[] = {"", "SP", "SU", "FA", "WI"};

static Day day_of(Point p) {
  return (Day){(int16_t)p.year, p.month ? p.month : 1, p.day ? p.day : 1};
}

// ISO 8601: the week of a day belongs to the year that has its Thursday.
static void week_of(Day day, int *year, int *week) {
  int32_t thursday = day_number(day) - day_weekday(day) + 3;
  Day t = day_of_number(thursday);
  *year = t.year;
  *week = (int)(thursday - day_number((Day){t.year, 1, 1})) / 7 + 1;
}

void point_value(Point p, char out[POINT_VALUE]) {
  unsigned y = (unsigned)(p.year < 0 ? -p.year : p.year) % 10000;
  const char *era = p.year < 0 ? "BC" : "";
  int year, week;
  char text[12];
  snprintf(text, sizeof text, p.year ? "%s%04u" : "XXXX", era, y);
  if (!p.year)
    memcpy(text, "XXXX", 5);
  switch (p.grain) {
  case 'D':
    if (p.month && p.day)
      snprintf(out, POINT_VALUE, "%s-%02u-%02u", text, p.month % 100u, p.day % 100u);
    else
      snprintf(out, POINT_VALUE, "%s-XX-XX", text);
    break;
  case 'M': snprintf(out, POINT_VALUE, "%s-%02u", text, p.month % 100u); break;
  case 'Q': snprintf(out, POINT_VALUE, "%s-Q%u", text, p.n % 10u); break;
  case 'H': snprintf(out, POINT_VALUE, "%s-H%u", text, p.n % 10u); break;
  case 'S': snprintf(out, POINT_VALUE, "%s-%s", text, seasons[p.n < 5 ? p.n : 0]); break;
  case 'E': snprintf(out, POINT_VALUE, "%s%03u", era, y / 10); break;
  case 'C': snprintf(out, POINT_VALUE, "%s%02u", era, y / 100); break;
  case 'W':
  case 'w':
    if (p.year <= 0) {
      snprintf(out, POINT_VALUE, "XXXX-WXX%s", p.grain == 'w' ? "-WE" : "");
      break;
    }
    week_of(day_of(p), &year, &week);
    snprintf(out, POINT_VALUE, "%04d-W%02d%s", year, week, p.grain == 'w' ? "-WE" : "");
    break;
  default: snprintf(out, POINT_VALUE, "%s", text);
  }
}

void point_days(Point p, Day *begin, Day *end) {
  *begin = *end = (Day){0};
  if (p.year <= 0 || p.year > 9999)
    return;
  int16_t y = (int16_t)p.year;
  int from = 1, to = 12; // months
  int32_t n;
  switch (p.grain) {
  case 'D':
    if (p.month && p.day)
      *begin = *end = (Day){y, p.month, p.day};
    return;
  case 'W':
  case 'w':
    n = day_number(day_of(p)) - day_weekday(day_of(p));
    *begin = day_of_number(n + (p.grain == 'w' ? 5 : 0));
    *end = day_of_number(n + 6);
    return;
  case 'M': from = to = p.month; break;
  case 'Q': from = 3 * p.n - 2, to = 3 * p.n; break;
  case 'H': from = 6 * p.n - 5, to = 6 * p.n; break;
  case 'S':
    // Seasons of the north, by months; winter begins in December and is named
    // after the year that it begins in.
    from = 3 * p.n, to = 3 * p.n + 2;
    if (p.n == 4) {
      *begin = (Day){y, 12, 1};
      *end = (Day){(int16_t)(y + 1), 2, (uint8_t)days_in_month(y + 1, 2)};
      return;
    }
    break;
  case 'E': *begin = (Day){y, 1, 1}, *end = (Day){(int16_t)(y + 9), 12, 31}; return;
  case 'C': *begin = (Day){y, 1, 1}, *end = (Day){(int16_t)(y + 99), 12, 31}; return;
  case 'Y': break;
  default: return;
  }
  if (from < 1 || to > 12)
    return;
  *begin = (Day){y, (uint8_t)from, 1};
  *end = (Day){y, (uint8_t)to, (uint8_t)days_in_month(y, to)};
}

Point point_of_day(Day d) {
  return (Point){.year = d.year, .month = d.month, .day = d.day,
                 .grain = !d.year ? 0 : d.day ? 'D' : d.month ? 'M' : 'Y'};
}

Point point_shift(Point p, char grain, int n) {
  if (!p.year) {
    p.grain = grain;
    return p;
  }
  if (grain == 'D' || grain == 'W') {
    int32_t number = day_number(day_of(p)) + n * (grain == 'W' ? 7 : 1);
    if (p.year > 0 && number > -719000 && number < 2900000)
      p = point_of_day(day_of_number(number));
  } else {
    int months = (p.month ? p.month : 1) - 1 + (grain == 'M' ? n : 0);
    int years = grain == 'Y' ? n : 0;
    years += months >= 0 ? months / 12 : -((11 - months) / 12);
    months = (months % 12 + 12) % 12;
    p.year += years;
    if (p.year <= 0 && p.year - years > 0)
      p.year = 0;
    p.month = (uint8_t)(months + 1);
    if (p.year > 0 && p.day > days_in_month(p.year, p.month))
      p.day = (uint8_t)days_in_month(p.year, p.month);
  }
  p.grain = grain;
  return p;
}

// The anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8).
Day easter(int year) {
  int a = year % 19, b = year / 100, c = year % 100;
  int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return (Day){(int16_t)year, (uint8_t)(f / 31), (uint8_t)(f % 31 + 1)};
}
