// relation.c - the weights of the relation model, text to image and look-up.
// SPDX-License-Identifier: Apache-2.0
#include "model/relation.h"
#include "model/table.h"
#include <stdlib.h>

static const char section[] = "relation.weights";

const RelationRow *relation_row(const RelationModel *model, Str feature) {
  uint64_t key = hash_str(feature);
  uint32_t low = 0, high = model->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (model->rows[middle].key < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low < model->count && model->rows[low].key == key ? &model->rows[low] : NULL;
}

static int by_key(const void *a, const void *b) {
  uint64_t x = ((const RelationRow *)a)->key, y = ((const RelationRow *)b)->key;
  return x < y ? -1 : x > y;
}

// "ACCUSE:-31": false where it is something else.
static bool read_weight(Str pair, RelationRow *row) {
  Str name = str_cut(&pair, ':');
  char digits[8] = {0}, *end;
  if (!pair.len || pair.len >= sizeof digits)
    return false;
  memcpy(digits, pair.at, pair.len);
  long value = strtol(digits, &end, 10);
  for (int type = 0; type < EVENT_TYPES; type++)
    if (str_equal(name, str_of(event_types[type]))) {
      row->weight[type] = (int8_t)value;
      return !*end && value >= -127 && value <= 127;
    }
  return false;
}

BedeStatus relation_build(const char *folder, ImageWriter *writer, BedeError *err) {
  Table table;
  Arena arena = {0};
  Array(RelationRow) rows = {0};
  BedeStatus status = table_open(folder, "corpus/weights.tsv", &table, err);
  if (status)
    return status;
  while (!status && table_next(&table)) {
    RelationRow row = {.key = hash_str(table.fields[0])};
    Str rest = table.fields[1];
    while (!status && rest.len) {
      Str pair = str_cut(&rest, ' ');
      if (!read_weight(pair, &row))
        status = table_fail(&table, err, "\"%.*s\" is no TYPE:weight (-127 to 127)", STR_ARG(pair));
    }
    array_push(&arena, &rows, row);
  }
  if (!status && rows.count)
    qsort(rows.items, rows.count, sizeof *rows.items, by_key);
  for (uint32_t i = 1; !status && i < rows.count; i++)
    if (rows.items[i].key == rows.items[i - 1].key)
      status = fail(err, BEDE_SYNTAX, "%s: a feature stands here twice", table.path);
  if (!status)
    image_add(writer, section, rows.items, sizeof *rows.items, rows.count);
  table_close(&table);
  arena_free(&arena);
  return status;
}

BedeStatus relation_open(const Image *image, RelationModel *out, BedeError *err) {
  const void *at;
  BedeStatus status = image_section(image, section, sizeof *out->rows, &at, &out->count, err);
  out->rows = at;
  return status;
}
