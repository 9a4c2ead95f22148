// changes.c - two codings of a document compared, and printed as a feed.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/changes.h"
#include "doc/csv.h"
#include "doc/json.h"
#include <jansson.h>
#include <stdlib.h>

static json_t *parsed(const BedeDoc *doc, uint32_t event) {
  Out out = {0};
  json_event(&out, doc, event);
  json_t *object = json_loadb(out.at, out.len, 0, NULL);
  out_free(&out);
  return object;
}

// What says nothing about what happened.
static bool is_aside(const char *field) {
  static const char *const fields[] = {"id", "story", "rule", "confidence", "doc", "sentence"};
  for (size_t i = 0; i < COUNT(fields); i++)
    if (!strcmp(field, fields[i]))
      return true;
  return false;
}

// An actor, a date and the like may stand elsewhere in another text, or be found
// by other words: what they mean counts.
static json_t *meaning(const char *field, json_t *value) {
  static const char *const spans[] = {"begin", "end", "text"};
  json_t *copy = json_deep_copy(value);
  bool dated = !strcmp(field, "date") || !strcmp(field, "pledge");
  size_t index;
  json_t *item;
  if (json_is_object(copy) && !dated)
    for (size_t i = 0; i < COUNT(spans); i++)
      if (json_object_size(copy) > 1 && (json_object_get(copy, "code") || json_object_get(copy, "name") ||
                                         json_object_get(copy, "country") || strcmp(spans[i], "text")))
        json_object_del(copy, spans[i]);
  if (json_is_array(copy))
    json_array_foreach(copy, index, item) {
      json_t *inner = meaning(field, item);
      json_array_set_new(copy, index, inner);
    }
  return copy;
}

static bool field_differs(const char *field, json_t *a, json_t *b) {
  json_t *x = meaning(field, a), *y = meaning(field, b);
  bool differs = !json_equal(x, y);
  json_decref(x);
  json_decref(y);
  return differs;
}

// The names of fields that differ, in the order of the first.
typedef Array(const char *) Fields;

static Fields fields_of(json_t *old, json_t *new, Arena *arena) {
  Fields fields = {0};
  const char *key;
  json_t *value;
  json_object_foreach(new, key, value) {
    if (!is_aside(key) && strcmp(key, "text") && field_differs(key, json_object_get(old, key), value))
      array_push(arena, &fields, key);
  }
  return fields;
}

static bool overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

static Str code_of(const BedeDoc *doc, uint32_t actor) {
  return actor < doc->actors.count ? str_of(doc->actors.items[actor].code) : (Str){0};
}

static bool same_event(const BedeDoc *old, uint32_t i, const BedeDoc *new, uint32_t k) {
  const Event *a = &old->events.items[i], *b = &new->events.items[k];
  if (str_equal(old->text, new->text))
    return overlap(a->trigger_span, b->trigger_span);
  return str_equal(doc_span(old, a->trigger_span), doc_span(new, b->trigger_span)) &&
         str_equal(code_of(old, a->source), code_of(new, b->source)) &&
         str_equal(code_of(old, a->target), code_of(new, b->target));
}

// ---- printing

void changes_head(Changes *c) {
  if (c->show.format == FORMAT_CSV)
    out_text(&c->out, "change,document,why,old_event,new_event,field,old,new\n");
}

// A value for people: what an actor or a date means, else as JSON.
static char *words_of(json_t *value) {
  json_t *code = json_object_get(value, "code"), *begin = json_object_get(value, "begin");
  json_t *name = json_object_get(value, "name"), *text = json_object_get(value, "text");
  Out out = {0};
  if (json_is_string(value))
    out_text(&out, json_string_value(value));
  else if (!value || json_is_null(value))
    out_text(&out, "none");
  else if (json_is_string(code) && *json_string_value(code))
    out_print(&out, "%s%s%s", json_string_value(code), json_is_string(name) ? " " : "",
              json_is_string(name) ? json_string_value(name) : "");
  else if (json_is_string(begin))
    out_text(&out, json_string_value(begin));
  else if (json_is_string(text))
    out_print(&out, "\"%s\"", json_string_value(text));
  else {
    char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    out_text(&out, dump ? dump : "");
    free(dump);
  }
  return out.at ? out.at : calloc(1, 1);
}

static void put_version(Out *out, const char *name, const BedeDoc *doc, uint32_t event,
                        const Version *version) {
  out_print(out, ",\"%s\":", name);
  if (!doc) {
    out_text(out, "null");
    return;
  }
  out_text(out, "{\"program\":");
  json_str(out, str_of(version->program));
  out_text(out, ",\"data\":");
  json_str(out, str_of(version->data));
  out_text(out, ",\"event\":");
  json_event(out, doc, event);
  out_char(out, '}');
}

static void put_jsonl(Changes *c, const char *change, const BedeDoc *old, uint32_t i,
                      const BedeDoc *new, uint32_t k, const Version *was, const Version *is,
                      const char *why, const Fields *fields) {
  Out *out = &c->out;
  out_print(out, "{\"change\":\"%s\",\"doc\":", change);
  json_str(out, (old ? old : new)->frame.id);
  out_text(out, ",\"why\":");
  json_str(out, str_of(why));
  out_text(out, ",\"fields\":[");
  for (uint32_t f = 0; f < fields->count; f++)
    out_print(out, "%s\"%s\"", f ? "," : "", fields->items[f]);
  out_char(out, ']');
  put_version(out, "old", old, i, was);
  put_version(out, "new", new, k, is);
  out_text(out, "}\n");
}

static void put_csv(Changes *c, const char *change, const BedeDoc *old, uint32_t i,
                    const BedeDoc *new, uint32_t k, const char *why, const Fields *fields,
                    json_t *a, json_t *b) {
  char ids[2][17] = {"", ""};
  if (old)
    hash_hex(old->events.items[i].id, ids[0]);
  if (new)
    hash_hex(new->events.items[k].id, ids[1]);
  for (uint32_t f = 0; f < MAX(fields->count, 1); f++) {
    out_print(&c->out, "%s,", change);
    csv_quoted(&c->out, (old ? old : new)->frame.id);
    out_print(&c->out, ",%s,%s,%s,", why, ids[0], ids[1]);
    if (fields->count) {
      char *x = words_of(json_object_get(a, fields->items[f]));
      char *y = words_of(json_object_get(b, fields->items[f]));
      out_print(&c->out, "%s,", fields->items[f]);
      csv_quoted(&c->out, str_of(x));
      out_char(&c->out, ',');
      csv_quoted(&c->out, str_of(y));
      free(x), free(y);
    } else {
      out_text(&c->out, ",,");
    }
    out_char(&c->out, '\n');
  }
}

static void put_table(Changes *c, const BedeDoc *old, uint32_t i, const BedeDoc *new, uint32_t k,
                      const char *why, const Fields *fields, json_t *a, json_t *b) {
  Ink ink = !old ? GREEN : !new ? RED : YELLOW;
  show_ink(&c->show, &c->out, ink, !old ? "+ " : !new ? "- " : "~ ");
  new ? show_event(&c->show, &c->out, new, k) : show_event(&c->show, &c->out, old, i);
  for (uint32_t f = 0; f < fields->count; f++) {
    char *x = words_of(json_object_get(a, fields->items[f]));
    char *y = words_of(json_object_get(b, fields->items[f]));
    out_print(&c->out, "      %s: %s, was %s\n", fields->items[f], y, x);
    free(x), free(y);
  }
  if (*why && (!old || !new))
    out_print(&c->out, "      %s\n", why);
}

static void put(Changes *c, const BedeDoc *old, uint32_t i, const BedeDoc *new, uint32_t k,
                const Version *was, const Version *is, const char *why) {
  Arena arena = {0};
  Fields fields = {0};
  json_t *a = old ? parsed(old, i) : NULL, *b = new ? parsed(new, k) : NULL;
  if (a && b)
    fields = fields_of(a, b, &arena);
  if (a && b && !fields.count) {
    c->same++;
  } else {
    const char *change = !old ? "added" : !new ? "deleted" : "corrected";
    *(!old ? &c->added : !new ? &c->deleted : &c->corrected) += 1;
    if (c->show.format == FORMAT_JSONL)
      put_jsonl(c, change, old, i, new, k, was, is, why, &fields);
    else if (c->show.format == FORMAT_CSV)
      put_csv(c, change, old, i, new, k, why, &fields, a, b);
    else
      put_table(c, old, i, new, k, why, &fields, a, b);
  }
  json_decref(a);
  json_decref(b);
  arena_free(&arena);
}

void changes_put(Changes *c, const BedeDoc *old, const BedeDoc *new, const Version *was,
                 const Version *is, const char *why) {
  Arena arena = {0};
  uint32_t before = old ? old->events.count : 0, after = new ? new->events.count : 0;
  uint32_t *match = arena_alloc(&arena, (before + 1) * sizeof *match); // of new + 1
  bool *taken = arena_alloc(&arena, after + 1);
  for (int pass = 0; pass < 2; pass++)
    for (uint32_t i = 0; i < before; i++)
      for (uint32_t k = 0; k < after && !match[i]; k++)
        if (!taken[k] && (pass ? same_event(old, i, new, k)
                               : old->events.items[i].id == new->events.items[k].id)) {
          match[i] = k + 1;
          taken[k] = true;
        }
  for (uint32_t i = 0; i < before; i++)
    put(c, old, i, match[i] ? new : NULL, match[i] ? match[i] - 1 : 0, was, is, why);
  for (uint32_t k = 0; k < after; k++)
    if (!taken[k])
      put(c, NULL, 0, new, k, was, is, why);
  arena_free(&arena);
}
