// day.c - calendar days (proleptic Gregorian).
// SPDX-License-Identifier: Apache-2.0
#include "doc/doc.h"
#include <stdio.h>

static bool digits(Str s, size_t at, int n, int *out) {
  int value = 0;
  for (int i = 0; i < n; i++) {
    if (at + (size_t)i >= s.len || s.at[at + (size_t)i] < '0' || s.at[at + (size_t)i] > '9')
      return false;
    value = 10 * value + (s.at[at + (size_t)i] - '0');
  }
  *out = value;
  return true;
}

bool day_parse(Str s, Day *out) {
  int year, month = 0, day = 0;
  *out = (Day){0};
  if (!digits(s, 0, 4, &year) || year == 0)
    return false;
  if (s.len > 4 && s.at[4] == '-' && digits(s, 5, 2, &month)) {
    if (month < 1 || month > 12)
      return false;
    if (s.len > 7 && s.at[7] == '-' && digits(s, 8, 2, &day) &&
        (day < 1 || day > days_in_month(year, month)))
      return false;
  }
  *out = (Day){(int16_t)year, (uint8_t)month, (uint8_t)day};
  return true;
}

void day_print(Day d, char out[11]) {
  out[0] = 0;
  unsigned y = (unsigned)(d.year < 0 ? 0 : d.year) % 10000;
  if (d.year > 0 && d.day)
    snprintf(out, 11, "%04u-%02u-%02u", y, d.month % 100u, d.day % 100u);
  else if (d.year > 0 && d.month)
    snprintf(out, 11, "%04u-%02u", y, d.month % 100u);
  else if (d.year > 0)
    snprintf(out, 11, "%04u", y);
}

// After Hinnant, "chrono-compatible low-level date algorithms": years begin in
// March, so that the leap day is the last.
int32_t day_number(Day d) {
  int m = d.month ? d.month : 1, day = d.day ? d.day : 1;
  int y = d.year - (m <= 2);
  int era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
  int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

Day day_of_number(int32_t z) {
  z += 719468;
  int era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
  int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
  int m = mp < 10 ? mp + 3 : mp - 9;
  return (Day){(int16_t)(yoe + era * 400 + (m <= 2)), (uint8_t)m,
               (uint8_t)(doy - (153 * mp + 2) / 5 + 1)};
}

int day_weekday(Day d) {
  int32_t n = day_number(d) + 3; // 1970-01-01 was a Thursday
  return (int)((n % 7 + 7) % 7);
}

int day_compare(Day a, Day b) {
  int x = a.year * 512 + a.month * 32 + a.day, y = b.year * 512 + b.month * 32 + b.day;
  return (x > y) - (x < y);
}

int days_in_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : month >= 1 && month <= 12 ? days[month - 1] : 0;
}
