// fingerprint.c - near-copies of a text told by its words: MinHash (Broder 1997)
// over runs of five words, and bands of it by which to look one up (Indyk and
// Motwani 1998).
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "record/record.h"

enum {
  RUN = 5,
  ALIKE = 52, // equal hashes of FINGERPRINT_HASHES: four fifths of the runs are shared
  BAND = FINGERPRINT_HASHES / FINGERPRINT_BANDS
};

static uint64_t mixed(uint64_t x) { // splitmix64's last steps (Steele and others 2014)
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
  x = (x ^ x >> 27) * 0x94D049BB133111EBu;
  return x ^ x >> 31;
}

// The next word of s at *at: letters and figures, in small letters. False at the end.
// Quotation marks, dashes and blanks part words in all their forms, so that it
// does not matter how a page writes them.
static bool next_word(Str s, size_t *at, uint64_t *word, bool *number) {
  *word = 0;
  while (*at < s.len) {
    size_t before = *at;
    unsigned char byte = (unsigned char)s.at[before];
    uint32_t code = byte < 0x80 ? (*at)++, byte : utf8_next(s, at);
    bool digit = code >= '0' && code <= '9';
    if (code >= 'A' && code <= 'Z')
      code |= 32;
    if (digit || (code >= 'a' && code <= 'z') || (code >= 0x80 && utf8_is_letter(code))) {
      if (!*word)
        *number = digit;
      *word = (*word ^ code) * 0x9E3779B97F4A7C15u;
      *word ^= *word >> 29;
      *word |= 1; // never 0
    } else if (*word) {
      return true;
    }
  }
  return *word != 0;
}

static void take_run(const uint64_t *words, uint32_t count, const uint64_t *factors, uint32_t *least) {
  uint64_t run = 0;
  for (uint32_t i = 0; i < count; i++)
    run = mixed(run + words[i] + 0x9E3779B97F4A7C15u);
  for (uint32_t i = 0; i < FINGERPRINT_HASHES; i++) { // multiply-shift, each with its own factor
    uint32_t hash = (uint32_t)(run * factors[i] >> 32);
    least[i] = MIN(least[i], hash);
  }
}

void fingerprint_make(const BedeDoc *doc, Fingerprint *out) {
  uint32_t least[FINGERPRINT_HASHES];
  uint64_t words[RUN], word, factors[FINGERPRINT_HASHES];
  uint32_t count = 0;
  bool number;
  *out = (Fingerprint){.day = doc->day.year ? day_number(doc->day) : UNDATED};
  memset(least, 0xFF, sizeof least);
  for (uint64_t i = 0; i < FINGERPRINT_HASHES; i++)
    factors[i] = mixed(i + 1) | 1;
  for (size_t at = 0; next_word(doc->text, &at, &word, &number);) {
    out->words = mixed(out->words + word);
    out->numbers += number ? mixed(word) : 0; // whatever their order
    if (count == RUN)
      memmove(words, words + 1, (RUN - 1) * sizeof *words);
    count = MIN(count + 1, (uint32_t)RUN);
    words[count - 1] = word;
    if (count == RUN)
      take_run(words, RUN, factors, least);
  }
  if (count && count < RUN) // a text of a few words is one run
    take_run(words, count, factors, least);
  out->empty = !count;
  for (uint32_t i = 0; i < FINGERPRINT_HASHES; i++)
    out->hashes[i] = (uint16_t)(mixed(least[i]) & 0xFFFF);
}

void fingerprint_bands(const Fingerprint *f, int64_t out[FINGERPRINT_BANDS]) {
  for (uint64_t i = 0; i < FINGERPRINT_BANDS; i++)
    out[i] = (int64_t)hash_bytes(f->hashes + i * BAND, BAND * sizeof *f->hashes, i + 1);
}

bool fingerprint_alike(const Fingerprint *a, const Fingerprint *b) {
  uint32_t same = 0;
  if (a->empty || b->empty)
    return false;
  bool dated = a->day != UNDATED && b->day != UNDATED;
  if (dated && (a->day > b->day + STORY_DAYS || b->day > a->day + STORY_DAYS))
    return false;
  if (!(dated && a->day == b->day) && a->numbers != b->numbers)
    return false;
  for (uint32_t i = 0; i < FINGERPRINT_HASHES; i++)
    same += a->hashes[i] == b->hashes[i];
  return same >= ALIKE;
}

// ---- which of them stands for all

static int digits(Str s, size_t at, size_t count) { // -1: there are none
  int value = 0;
  for (size_t i = at; i < at + count; i++) {
    if (i >= s.len || s.at[i] < '0' || s.at[i] > '9')
      return -1;
    value = 10 * value + s.at[i] - '0';
  }
  return value;
}

int64_t published_at(Str published, Day day) {
  enum { DAY_MINUTES = 24 * 60 };
  Day said = {0};
  if (!day_parse(published, &said) || !said.day)
    said = day;
  if (!said.year)
    return INT64_MAX;
  int64_t begin = (int64_t)day_number(said) * DAY_MINUTES;
  int hour = digits(published, 11, 2), minute = digits(published, 14, 2);
  if (published.len < 16 || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return begin + DAY_MINUTES; // some time of that day
  size_t sign = 16;
  while (sign < published.len && published.at[sign] != '+' && published.at[sign] != '-')
    sign++;
  int hours = digits(published, sign + 1, 2);
  size_t next = sign + 3 < published.len && published.at[sign + 3] == ':' ? sign + 4 : sign + 3;
  int minutes = digits(published, next, 2);
  int offset = hours < 0 ? 0 : 60 * hours + MAX(minutes, 0);
  return begin + 60 * hour + minute - (sign < published.len && published.at[sign] == '-' ? -offset : offset);
}
