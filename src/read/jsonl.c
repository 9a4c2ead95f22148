// jsonl.c - documents as JSON Lines: one object a line, text kept byte for
// byte.
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"
#include "read/internal.h"
#include <jansson.h>

// A member that is a string, copied; "" where it is absent or null.
static BedeStatus string_of(json_t *object, const char *name, const char *place,
                            Arena *arena, Str *out, BedeError *err) {
  json_t *value = json_object_get(object, name);
  *out = STR("");
  if (!value || json_is_null(value))
    return BEDE_OK;
  if (json_is_integer(value)) {
    *out = arena_print(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return BEDE_OK;
  }
  if (!json_is_string(value))
    return fail(err, BEDE_INPUT, "%s: \"%s\" is no string", place, name);
  *out = arena_str(arena, (Str){json_string_value(value), json_string_length(value)});
  if (memchr(out->at, 0, out->len))
    return fail(err, BEDE_INPUT, "%s: \"%s\" holds a NUL character", place, name);
  return BEDE_OK;
}

#define READ(object, name, field)                                              \
  if ((status = string_of(object, name, place, arena, &(field), err)))         \
    goto done;

BedeStatus read_json(const BedeModel *model, Str line, const char *place,
                     BedeDoc **out, BedeError *err) {
  BedeStatus status = BEDE_OK;
  BedeDoc *doc = doc_new();
  Arena *arena = &doc->arena;
  Frame *f = &doc->frame;
  json_error_t error;
  Str whole = utf8_mend(arena, line), day = STR(""), agency = STR("");
  json_t *object = json_loadb(whole.at, whole.len, JSON_ALLOW_NUL, &error), *value;
  *out = NULL;
  if (!object) {
    status = fail(err, BEDE_INPUT, "%s: is no JSON: %s, at byte %d", place, error.text,
                  error.position);
    goto done;
  }
  if (!json_is_object(object)) {
    status = fail(err, BEDE_INPUT, "%s: is no JSON object", place);
    goto done;
  }
  value = json_object_get(object, "text");
  if (!json_is_string(value)) {
    status = fail(err, BEDE_INPUT, "%s: the object has no string \"text\"", place);
    goto done;
  }
  READ(object, "text", doc->text)
  if (doc->text.len > BEDE_TEXT_LIMIT) {
    status = fail(err, BEDE_TOO_BIG, "%s: the text has %zu bytes; the limit is %u", place,
                  doc->text.len, BEDE_TEXT_LIMIT);
    goto done;
  }
  READ(object, "id", f->id)
  READ(object, "path", f->path)
  READ(object, "url", f->url)
  READ(object, "title", f->title)
  READ(object, "published", f->published)
  READ(object, "date", day)
  READ(object, "agency", agency)
  READ(object, "source", f->source)
  READ(object, "language", f->language)
  if (day.len) {
    Day date;
    size_t at = 0;
    if (!day_parse(day, &date) && !read_day_at(day, &at, &date)) {
      status = fail(err, BEDE_INPUT, "%s: \"date\" is no day: %.*s", place,
                    (int)MIN(day.len, (size_t)40), day.at);
      goto done;
    }
    char printed[11];
    day_print(date, printed);
    f->date = arena_str(arena, str_of(printed));
  }
  for (int editors = 0; editors < 2; editors++) {
    const char *name = editors ? "editors" : "authors";
    json_t *list = json_object_get(object, name), *item;
    size_t i;
    if (!list || json_is_null(list))
      continue;
    if (!json_is_array(list)) {
      status = fail(err, BEDE_INPUT, "%s: \"%s\" is no list", place, name);
      goto done;
    }
    json_array_foreach(list, i, item) {
      if (!json_is_string(item))
        continue;
      Str person = arena_str(arena, (Str){json_string_value(item), json_string_length(item)});
      if (editors)
        array_push(arena, &f->editors, person);
      else
        array_push(arena, &f->authors, person);
    }
  }
  if (json_is_object(value = json_object_get(object, "dateline"))) {
    READ(value, "place", f->dateline_place)
    READ(value, "country", f->dateline_country)
    READ(value, "date", f->dateline_date)
  }
  f->agency = agency;
  read_find_dateline(model, doc);
  if (!agency.len && !read_agency(model, f->agency).len && read_agency(model, f->source).len)
    f->agency = read_agency(model, f->source); // also for "(Xinhau)"
  read_finish(doc);
  *out = doc;
done:
  json_decref(object);
  if (status)
    doc_free(doc);
  return status;
}
