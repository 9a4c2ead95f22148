// plot.c - `bede plot`: pictures of the store as files, SVG or PNG.
// SPDX-License-Identifier: Apache-2.0
#include "serve/plot.h"
#include "cmd/stored.h"
#include "store/told.h"
#include <stdlib.h>
#ifdef BEDE_PNG
#include <cairo.h>
#include <librsvg/rsvg.h>
#endif

typedef enum Picture { TIMELINE, MATRIX, MAP, CALENDAR, STORY, PICTURES } Picture;
static const char *const picture_names[PICTURES] = {"timeline", "matrix", "map", "calendar", "story"};

// The options as parameters of the page, so that both mean the same by them.
static BedeStatus read_filter(const Args *args, Target *target, Asked *asked, BedeError *err) {
  const struct {
    const char *name, *value;
  } given[] = {{"actor", args->count > 1 ? args->inputs[1] : NULL},
               {"other", args->count > 2 ? args->inputs[2] : NULL},
               {"type", args->type}, {"status", args->status}, {"from", args->from},
               {"until", args->until}, {"q", args->words}, {"unit", args->by}, {"box", args->box}};
  *target = (Target){0};
  for (size_t i = 0; i < COUNT(given); i++)
    if (given[i].value)
      target->params[target->count++] = (Param){given[i].name, given[i].value};
  return asked_read(target, asked, err);
}

static void write_title(Out *out, const Args *args, Picture picture, const Series *series) {
  static const char *const all[PICTURES] = {"Events", "Who does what to whom", "Where events took place",
                                            "Events day by day", ""};
  if (args->count > 1)
    out_print(out, "%s%s%s", args->inputs[1], args->count > 2 ? " and " : "",
              args->count > 2 ? args->inputs[2] : "");
  else
    out_text(out, all[picture]);
  if (picture == TIMELINE && series->count)
    out_print(out, ", by %s", unit_names[series->unit]);
  if (args->type)
    out_print(out, ", %s", args->type);
  if (args->status)
    out_print(out, ", %s", args->status);
}

static void draw(const Args *args, Picture picture, const Columns *columns, const Asked *asked, Out *out) {
  Arena arena = {0};
  Out title = {0};
  Rows rows = columns_filter(columns, &asked->filter, &arena);
  Series series = {0};
  if (picture == TIMELINE || picture == CALENDAR)
    series = count_series(columns, rows, &asked->filter, picture == CALENDAR ? UNIT_DAY : asked->unit, &arena);
  write_title(&title, args, picture, &series);
  Plot plot = {.width = args->width ? (uint32_t)args->width : asked->width, .title = title.at,
               .box = asked->has_box ? &asked->box : NULL};
  if (picture == TIMELINE)
    plot_timeline(out, &plot, &series);
  else if (picture == MATRIX)
    plot_matrix(out, &plot, columns, rows, &arena);
  else if (picture == MAP)
    plot_map(out, &plot, columns, rows, &arena);
  else
    plot_calendar(out, &plot, &series);
  out_free(&title);
  arena_free(&arena);
}

// The story of the id, or of the event with that id.
static BedeStatus find_story(Store *store, const char *id, StoreHits *hits, char story[17], BedeError *err) {
  BedeStatus status = told_events(store, id, hits, err);
  snprintf(story, 17, "%.16s", id);
  if (status || hits->count)
    return status;
  free(hits->items);
  StoreHits event = {0};
  status = store_find(store, &(StoreQuery){.id = id, .limit = 1}, &event, err);
  BedeDoc *doc = NULL;
  if (!status && event.count)
    status = store_load(store, event.items[0].document, &doc, err);
  if (!status && doc && event.items[0].event < doc->events.count)
    hash_hex(doc->events.items[event.items[0].event].story, story);
  doc_free(doc);
  free(event.items);
  *hits = (StoreHits){0};
  if (!status)
    status = told_events(store, story, hits, err);
  if (!status && !hits->count)
    status = fail(err, BEDE_INPUT, "%s: the store has no such story of events, and no such event", id);
  return status;
}

static BedeStatus draw_story(const Args *args, Store *store, Out *out, BedeError *err) {
  StoreHits hits = {0};
  char story[17], standing[24] = "";
  int64_t independent = 0;
  Arena arena = {0};
  Out title = {0};
  BedeStatus status = find_story(store, args->inputs[1], &hits, story, err);
  BedeDoc **docs = arena_alloc(&arena, (hits.count + 1u) * sizeof *docs);
  StoryReport *reports = arena_alloc(&arena, (hits.count + 1u) * sizeof *reports);
  uint32_t count = 0, loaded = 0;
  for (; !status && loaded < hits.count; loaded++) {
    status = store_load(store, hits.items[loaded].document, &docs[loaded], err);
    if (!status && hits.items[loaded].event < docs[loaded]->events.count)
      reports[count++] = (StoryReport){docs[loaded], hits.items[loaded].event};
  }
  if (!status)
    status = told_standing(store, story, standing, &independent, err);
  if (!status && count) {
    const Event *e = &reports[0].doc->events.items[reports[0].event];
    show_actor(&title, reports[0].doc, e->source);
    out_print(&title, " %s ", e->mutual ? "↔" : "→");
    show_actor(&title, reports[0].doc, e->target);
    out_print(&title, ", %s", event_types[e->type]);
    Plot plot = {.width = args->width ? (uint32_t)args->width : 900, .title = title.at};
    plot_story(out, &plot, reports, count, standing, &arena);
  }
  for (uint32_t i = 0; i < loaded; i++)
    doc_free(docs[i]);
  out_free(&title);
  arena_free(&arena);
  free(hits.items);
  return status;
}

// ---- files

#ifdef BEDE_PNG
static cairo_status_t take_bytes(void *out, const unsigned char *bytes, unsigned count) {
  out_bytes(out, bytes, count);
  return CAIRO_STATUS_SUCCESS;
}

static BedeStatus to_png(Out *svg, const char *path, BedeError *err) {
  GError *why = NULL;
  BedeStatus status = BEDE_OK;
  double width = 0, height = 0;
  RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg->at, svg->len, &why);
  if (!handle || !rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height)) {
    status = fail(err, BEDE_IO, "%s: cannot be drawn: %s", path, why ? why->message : "no size");
  } else {
    const double scale = 2; // sharp in print and on dense screens
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)(width * scale), (int)(height * scale));
    cairo_t *cairo = cairo_create(surface);
    RsvgRectangle all = {0, 0, width * scale, height * scale};
    out_reset(svg);
    if (!rsvg_handle_render_document(handle, cairo, &all, &why) ||
        cairo_surface_write_to_png_stream(surface, take_bytes, svg))
      status = fail(err, BEDE_IO, "%s: cannot be drawn: %s", path, why ? why->message : "no memory");
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
  }
  g_clear_error(&why);
  if (handle)
    g_object_unref(handle);
  return status;
}
#else
static BedeStatus to_png(Out *svg, const char *path, BedeError *err) {
  (void)svg;
  return fail(err, BEDE_INPUT, "%s: this Bede was built without librsvg and writes no PNG; SVG it does", path);
}
#endif

int cmd_plot(const Args *args) {
  BedeError err;
  Target target;
  Asked asked;
  int picture = 0;
  while (args->count && picture < PICTURES && strcmp(picture_names[picture], args->inputs[0]))
    picture++;
  if (!args->count || args->count > 3 || picture == PICTURES)
    return usage_error("which picture? (bede plot timeline|matrix|map|calendar [ACTOR [OTHER]], or story ID)");
  if (picture == STORY && args->count != 2)
    return usage_error("which story? (bede plot story ID; `bede events --to jsonl` tells the ids)");
  if (args->width && (args->width < 200 || args->width > 4000))
    return usage_error("--width needs a number from 200 to 4000");
  if (read_filter(args, &target, &asked, &err))
    return usage_error("%s", err.message);
  Store *store;
  Columns *columns = NULL;
  Out out = {0};
  BedeStatus status = store_open(args->db ? args->db : "bede.db", STORE_READ, &store, &err);
  if (!status && picture == STORY) {
    status = draw_story(args, store, &out, &err);
  } else if (!status) {
    status = columns_load(store, &columns, &err);
    if (!status)
      draw(args, (Picture)picture, columns, &asked, &out);
  }
  bool good = true;
  if (!status && !args->out)
    good = print_out(&out) && print_end();
  if (!status && args->out && str_ends(str_of(args->out), STR(".png")))
    status = to_png(&out, args->out, &err);
  if (!status && args->out)
    status = file_write(args->out, out.at, out.len, &err);
  if (status)
    complain("%s", err.message);
  out_free(&out);
  columns_free(columns);
  store_close(store);
  return status || !good ? SOME_FAILED : DONE;
}
