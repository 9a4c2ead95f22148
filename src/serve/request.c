// request.c - request targets, and what their parameters ask for.
// SPDX-License-Identifier: Apache-2.0
#include "serve/request.h"
#include "base/utf8.h"
#include <stdlib.h>

const char *const unit_names[5] = {"auto", "day", "week", "month", "year"};

static int hex_digit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool decode(Arena *arena, Str s, bool plus, const char **out) {
  char *at = arena_alloc(arena, s.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < s.len; i++) {
    char c = s.at[i];
    if (c == '%') {
      int high = i + 2 < s.len ? hex_digit(s.at[i + 1]) : -1;
      int low = i + 2 < s.len ? hex_digit(s.at[i + 2]) : -1;
      if (high < 0 || low < 0)
        return false;
      c = (char)(high << 4 | low);
      i += 2;
    } else if (c == '+' && plus) {
      c = ' ';
    }
    if (!c)
      return false;
    at[len++] = c;
  }
  at[len] = 0;
  *out = at;
  return utf8_invalid((Str){at, len}) == len;
}

BedeStatus target_parse(Str text, Target *out, BedeError *err) {
  *out = (Target){.path = ""};
  if (text.len > TARGET_LIMIT)
    return fail(err, BEDE_INPUT, "the address is longer than %d bytes", TARGET_LIMIT);
  Str rest = text, path = str_cut(&rest, '?');
  if (!path.len || path.at[0] != '/' || !decode(&out->arena, path, false, &out->path))
    return fail(err, BEDE_INPUT, "the path is malformed");
  while (rest.len) {
    Str value = str_cut(&rest, '&'), name = str_cut(&value, '=');
    if (!name.len)
      continue;
    if (out->count == PARAMS_LIMIT)
      return fail(err, BEDE_INPUT, "more than %d parameters", PARAMS_LIMIT);
    Param *p = &out->params[out->count];
    if (!decode(&out->arena, name, true, &p->name) || !decode(&out->arena, value, true, &p->value))
      return fail(err, BEDE_INPUT, "parameter %zu is no UTF-8, or has a broken %% in it",
                  out->count + 1);
    out->count++;
  }
  return BEDE_OK;
}

void target_free(Target *target) { arena_free(&target->arena); }

const char *target_param(const Target *target, const char *name) {
  for (size_t i = 0; i < target->count; i++)
    if (!strcmp(target->params[i].name, name))
      return target->params[i].value;
  return NULL;
}

// ---- what is asked for

// "actual,planned" as bits of the names' places.
static BedeStatus read_bits(const Param *p, const char *const *names, size_t count, uint32_t *out,
                            BedeError *err) {
  Str rest = str_of(p->value);
  while (rest.len) {
    Str word = str_cut(&rest, ',');
    size_t i = 0;
    while (i < count && !str_equal_fold(word, str_of(names[i])))
      i++;
    if (i == count)
      return fail(err, BEDE_INPUT, "%s: there is no `%.*s`", p->name, (int)MIN(word.len, 60),
                  word.at);
    *out |= 1u << i;
  }
  return BEDE_OK;
}

static BedeStatus read_number(const Param *p, uint32_t low, uint32_t high, uint32_t *out,
                              BedeError *err) {
  size_t len = strlen(p->value);
  uint64_t number = 0;
  for (size_t i = 0; i < len && i < 10; i++)
    number = number * 10 + (uint64_t)(p->value[i] - '0');
  if (!len || len > 9 || strspn(p->value, "0123456789") != len || number < low || number > high)
    return fail(err, BEDE_INPUT, "%s: needs a number from %u to %u", p->name, low, high);
  *out = (uint32_t)number;
  return BEDE_OK;
}

static BedeStatus read_day(const Param *p, bool last, int32_t *out, bool *given, BedeError *err) {
  Day day;
  char same[11];
  if (!day_parse(str_of(p->value), &day) || (day_print(day, same), strcmp(same, p->value)))
    return fail(err, BEDE_INPUT, "%s: needs YYYY, YYYY-MM or YYYY-MM-DD", p->name);
  *out = last ? day_last(day) : day_first(day);
  *given = true;
  return BEDE_OK;
}

static BedeStatus read_cursor(const Param *p, Asked *out, BedeError *err) {
  int64_t *const parts[] = {&out->cursor.first, &out->cursor.precision, &out->cursor.document,
                            &out->cursor.number};
  Str rest = str_of(p->value);
  for (size_t i = 0; i < COUNT(parts); i++) {
    Str word = str_cut(&rest, '_');
    bool minus = word.len && word.at[0] == '-';
    size_t at = minus;
    int64_t number = 0;
    for (; at < word.len && at < 17 && word.at[at] >= '0' && word.at[at] <= '9'; at++)
      number = number * 10 + (word.at[at] - '0');
    if (at < word.len || word.len == (size_t)minus)
      return fail(err, BEDE_INPUT, "cursor: is none that this server gave");
    *parts[i] = minus ? -number : number;
  }
  out->has_cursor = true;
  return rest.len ? fail(err, BEDE_INPUT, "cursor: is none that this server gave") : BEDE_OK;
}

// "west,south,east,north" in whole degrees or with a fraction.
static BedeStatus read_box(const Param *p, Asked *out, BedeError *err) {
  double *const parts[] = {&out->box.west, &out->box.south, &out->box.east, &out->box.north};
  Str rest = str_of(p->value);
  for (size_t i = 0; i < COUNT(parts); i++) {
    Str word = str_cut(&rest, ',');
    size_t at = word.len && word.at[0] == '-', digits = 0;
    double number = 0, unit = 1;
    bool point = false;
    for (; at < word.len && digits < 8; at++) {
      if (word.at[at] == '.' && !point) {
        point = true;
        continue;
      }
      if (word.at[at] < '0' || word.at[at] > '9')
        break;
      number = number * 10 + (word.at[at] - '0');
      unit *= point ? 10 : 1;
      digits++;
    }
    if (at < word.len || !digits)
      return fail(err, BEDE_INPUT, "box: needs west,south,east,north in degrees");
    *parts[i] = (word.at[0] == '-' ? -1 : 1) * number / unit;
  }
  const Box *b = &out->box;
  out->has_box = !rest.len && b->west >= -180 && b->east <= 180 && b->south >= -90 && b->north <= 90 &&
                 b->east - b->west >= 1 && b->north - b->south >= 1;
  return out->has_box ? BEDE_OK
                      : fail(err, BEDE_INPUT, "box: needs west,south,east,north in degrees, west and south the smaller, a degree apart at least");
}

static BedeStatus read_param(const Param *p, Asked *out, BedeError *err) {
  static const char *const quads[] = {"1", "2", "3", "4"};
  RowFilter *f = &out->filter;
  const struct {
    const char *name, **place;
  } words[] = {{"actor", &f->actor},   {"other", &f->other}, {"source", &f->source},
               {"target", &f->target}, {"place", &f->place}, {"agency", &f->agency},
               {"q", &f->words}};
  for (size_t i = 0; i < COUNT(words); i++)
    if (!strcmp(p->name, words[i].name)) {
      *words[i].place = *p->value ? p->value : NULL;
      return BEDE_OK;
    }
  if (!strcmp(p->name, "width"))
    return read_number(p, 200, 4000, &out->width, err);
  if (!strcmp(p->name, "limit"))
    return read_number(p, 1, 10000, &out->limit, err);
  if (!*p->value)
    return BEDE_OK; // an empty field of a form
  if (!strcmp(p->name, "type"))
    return read_bits(p, event_types, EVENT_TYPES, &f->types, err);
  if (!strcmp(p->name, "status"))
    return read_bits(p, status_names, STATUS_COUNT, &f->statuses, err);
  if (!strcmp(p->name, "quad"))
    return read_bits(p, quads, 4, &f->quads, err);
  if (!strcmp(p->name, "from"))
    return read_day(p, false, &f->from, &f->from_given, err);
  if (!strcmp(p->name, "until"))
    return read_day(p, true, &f->until, &f->until_given, err);
  if (!strcmp(p->name, "box"))
    return read_box(p, out, err);
  if (!strcmp(p->name, "cursor"))
    return read_cursor(p, out, err);
  if (!strcmp(p->name, "unit")) {
    uint32_t bits = 0;
    BedeStatus status = read_bits(p, unit_names, COUNT(unit_names), &bits, err);
    for (uint32_t i = 0; !status && i < COUNT(unit_names); i++)
      if (bits == 1u << i)
        out->unit = (Unit)i;
    return status;
  }
  if (!strcmp(p->name, "order")) {
    out->newest_first = !strcmp(p->value, "new");
    out->strongest = !strcmp(p->value, "strong");
    return out->newest_first || out->strongest || !strcmp(p->value, "old")
               ? BEDE_OK
               : fail(err, BEDE_INPUT, "order: is `new`, `old` or `strong`");
  }
  return fail(err, BEDE_INPUT, "there is no parameter `%.60s`", p->name);
}

BedeStatus asked_read(const Target *target, Asked *out, BedeError *err) {
  *out = (Asked){.limit = 50, .width = 900};
  BedeStatus status = BEDE_OK;
  for (size_t i = 0; !status && i < target->count; i++)
    status = read_param(&target->params[i], out, err);
  if (!status && out->filter.other && !out->filter.actor)
    status = fail(err, BEDE_INPUT, "other: needs `actor` beside it");
  return status;
}
