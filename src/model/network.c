// network.c - weights and labels: text and half floats to the image and back.
// SPDX-License-Identifier: Apache-2.0
#include "model/network.h"
#include "doc/doc.h"
#include "model/table.h"
#include <stdio.h>
#include <stdlib.h>

static const char *const label_names[LABELS_COUNT] = {
#define X(name, text) text,
    NETWORK_LABELS_MAP(X)
#undef X
};

enum { FIRST_WORD_ROW = 3 }; // padding, unknown, root come before

// The tensors in the order of train.py's export, each with the section that
// holds it. Sizes are checked when the image is opened.
#define LAYER(n, direction)                                                    \
  "lstm" n "." direction ".input", "lstm" n "." direction ".hidden",           \
      "lstm" n "." direction ".bias"
#define HEAD(name) name ".weight", name ".bias"
static const char *const tensor_names[] = {
    "word", "affix",
    LAYER("0", "forward"), LAYER("0", "backward"),
    LAYER("1", "forward"), LAYER("1", "backward"),
    HEAD("upos"), HEAD("xpos"), HEAD("feats"), HEAD("lemma"), HEAD("name"),
    HEAD("arc_dep"), HEAD("arc_head"), HEAD("rel_dep"), HEAD("rel_head"), HEAD("rel"),
    "arc"};

typedef struct Shape Shape;
struct Shape {
  uint32_t rows, columns, first, reserved; // first: index into network.floats
};

const char *network_label(const Network *n, NetworkLabels set, uint32_t index) {
  return index < n->label_count[set] ? image_string(n->image, n->labels[set][index]) : "_";
}

// ---- building

// IEEE 754 binary16 to binary32.
static float half(uint16_t h) {
  uint32_t sign = (uint32_t)(h & 0x8000) << 16, exponent = h >> 10 & 31, mantissa = h & 0x3FF, bits;
  if (exponent == 31) {
    bits = sign | 0x7F800000u | mantissa << 13;
  } else if (exponent) {
    bits = sign | (exponent + 112) << 23 | mantissa << 13;
  } else {
    float small = (float)mantissa / 16777216.f; // 2^-24
    return sign ? -small : small;
  }
  float f;
  memcpy(&f, &bits, sizeof f);
  return f;
}

static BedeStatus build_weights(const char *folder, ImageWriter *writer, BedeError *err) {
  char path[4096], *bytes;
  size_t size;
  snprintf(path, sizeof path, "%s/network/network.weights", folder);
  BedeStatus status = file_read(path, 256u << 20, &bytes, &size, err);
  if (status)
    return status;
  Shape shapes[COUNT(tensor_names)];
  Str rest = {bytes, size};
  uint64_t total = 0;
  float *floats = NULL;
  if (!str_equal(str_cut(&rest, '\n'), STR("bede network 1"))) {
    status = fail(err, BEDE_SYNTAX, "%s: is no network of version 1", path);
    goto done;
  }
  for (size_t i = 0; i < COUNT(tensor_names); i++) {
    Str line = str_cut(&rest, '\n'), word = str_cut(&line, '\t'), name = str_cut(&line, '\t');
    unsigned rows = 0, columns = 0;
    char numbers[32];
    snprintf(numbers, sizeof numbers, "%.*s", STR_ARG(line));
    if (!str_equal(word, STR("tensor")) || !str_equal(name, str_of(tensor_names[i])) ||
        sscanf(numbers, "%u\t%u", &rows, &columns) != 2 || !rows || !columns ||
        rows > 1u << 20 || columns > 1u << 12) {
      status = fail(err, BEDE_SYNTAX, "%s: tensor %zu is not %s with its sizes", path, i + 1, tensor_names[i]);
      goto done;
    }
    shapes[i] = (Shape){rows, columns, (uint32_t)total, 0};
    total += (uint64_t)rows * columns;
  }
  if (!str_equal(str_cut(&rest, '\n'), STR("end")) || total > 1u << 28 || rest.len != 2 * total) {
    status = fail(err, BEDE_SYNTAX, "%s: has %zu bytes of weights, its header promises %llu",
                  path, rest.len, 2 * (unsigned long long)total);
    goto done;
  }
  if (!(floats = malloc(total * sizeof *floats)))
    out_of_memory();
  const unsigned char *at = (const void *)rest.at;
  for (uint64_t i = 0; i < total; i++)
    floats[i] = half((uint16_t)(at[2 * i] | at[2 * i + 1] << 8));
  image_add(writer, "network.shapes", shapes, sizeof *shapes, COUNT(shapes));
  image_add(writer, "network.floats", floats, sizeof *floats, (uint32_t)total);
done:
  free(floats);
  free(bytes);
  return status;
}

static BedeStatus build_labels(const char *folder, ImageWriter *writer, BedeError *err) {
  Table table;
  BedeStatus status = table_open(folder, "network/network.txt", &table, err);
  if (status)
    return status;
  Arena arena = {0};
  Array(Name32) labels[LABELS_COUNT] = {{0}};
  Array(uint64_t) words = {0};
  while (!status && table_next(&table)) {
    Str kind = table.fields[0];
    // not trimmed: a label may be empty of letters, never of bytes
    if (str_equal(kind, STR("word"))) {
      array_push(&arena, &words, hash_str(table.fields[1]));
      continue;
    }
    size_t set = 0;
    while (set < LABELS_COUNT && !str_equal(kind, str_of(label_names[set])))
      set++;
    if (set == LABELS_COUNT || !table.fields[1].len)
      status = table_fail(&table, err, "is no label and no word");
    else
      array_push(&arena, &labels[set], image_add_string(writer, table.fields[1]));
  }
  if (!status) {
    uint32_t slots = 16;
    while (slots < 2 * words.count)
      slots *= 2;
    WordSlot *map = arena_alloc(&arena, slots * sizeof *map);
    for (uint32_t i = 0; i < words.count; i++) {
      uint32_t at = (uint32_t)words.items[i] & (slots - 1);
      while (map[at].key && map[at].key != words.items[i])
        at = (at + 1) & (slots - 1);
      if (!map[at].key)
        map[at] = (WordSlot){words.items[i], i + FIRST_WORD_ROW, 0};
    }
    image_add(writer, "network.words", map, sizeof *map, slots);
    for (int set = 0; set < LABELS_COUNT; set++) {
      char section[IMAGE_NAME];
      snprintf(section, sizeof section, "network.%s", label_names[set]);
      image_add(writer, section, labels[set].items, sizeof(Name32), labels[set].count);
    }
  }
  uint8_t upos_of[256] = {0}, deprel_of[256] = {0};
  for (uint32_t i = 0; !status && i < labels[LABELS_UPOS].count + labels[LABELS_DEPREL].count; i++) {
    bool is_upos = i < labels[LABELS_UPOS].count;
    uint32_t k = is_upos ? i : i - labels[LABELS_UPOS].count;
    Name32 label = labels[is_upos ? LABELS_UPOS : LABELS_DEPREL].items[k];
    const char *const *known = is_upos ? upos_names : deprel_names;
    uint32_t count = is_upos ? (uint32_t)UPOS_COUNT : (uint32_t)DEPREL_COUNT, id = 1;
    while (id < count && image_add_string(writer, str_of(known[id])) != label)
      id++;
    if (id == count || k >= 256)
      status = fail(err, BEDE_SYNTAX, "%s: a part of speech or relation that doc.h does not know", table.path);
    else
      (is_upos ? upos_of : deprel_of)[k] = (uint8_t)id;
  }
  if (!status) {
    image_add(writer, "network.upos_of", upos_of, 1, 256);
    image_add(writer, "network.deprel_of", deprel_of, 1, 256);
  }
  arena_free(&arena);
  table_close(&table);
  return status;
}

BedeStatus network_build(const char *folder, ImageWriter *writer, BedeError *err) {
  BedeStatus status = build_labels(folder, writer, err);
  return status ? status : build_weights(folder, writer, err);
}

// ---- opening

typedef struct Opening Opening; // hands out the tensors in order
struct Opening {
  const Shape *shapes;
  const float *floats;
  uint32_t count, float_count, next;
  bool bad;
};

static Matrix take(Opening *o, uint32_t rows, uint32_t columns) {
  Matrix m = {0};
  if (o->next >= o->count) {
    o->bad = true;
    return m;
  }
  const Shape *s = &o->shapes[o->next++];
  if ((rows && s->rows != rows) || (columns && s->columns != columns) ||
      !s->rows || !s->columns || s->first > o->float_count ||
      (uint64_t)s->rows * s->columns > o->float_count - s->first) {
    o->bad = true;
    return m;
  }
  return (Matrix){o->floats + s->first, s->rows, s->columns};
}

static Linear take_linear(Opening *o, uint32_t in, uint32_t out) {
  Linear l;
  l.weight = take(o, in, out);
  l.bias = take(o, 1, l.weight.columns);
  return l;
}

BedeStatus network_open(const Image *image, Network *out, BedeError *err) {
  *out = (Network){.image = image};
  Opening o = {0};
  const void *at;
  uint32_t count;
  BedeStatus status = image_section(image, "network.shapes", sizeof(Shape), (const void **)&o.shapes, &o.count, err);
  if (!status)
    status = image_section(image, "network.floats", sizeof(float), (const void **)&o.floats, &o.float_count, err);
  if (!status)
    status = image_section(image, "network.words", sizeof(WordSlot), (const void **)&out->words, &count, err);
  if (status)
    return status;
  if (!count || (count & (count - 1)))
    return fail(err, BEDE_IMAGE, "the image's network words have a wrong size");
  out->word_mask = count - 1;
  for (int set = 0; set < LABELS_COUNT; set++) {
    char section[IMAGE_NAME];
    snprintf(section, sizeof section, "network.%s", label_names[set]);
    if ((status = image_section(image, section, sizeof(Name32), &at, &count, err)))
      return status;
    out->labels[set] = at;
    out->label_count[set] = count;
  }
  if ((status = image_section(image, "network.upos_of", 1, (const void **)&out->upos_of, &count, err)) ||
      (!(count == 256) && (status = fail(err, BEDE_IMAGE, "the image's upos_of is damaged"))) ||
      (status = image_section(image, "network.deprel_of", 1, (const void **)&out->deprel_of, &count, err)) ||
      (!(count == 256) && (status = fail(err, BEDE_IMAGE, "the image's deprel_of is damaged"))))
    return status;
  for (int i = 0; i < 256; i++)
    if (out->upos_of[i] >= UPOS_COUNT || out->deprel_of[i] >= DEPREL_COUNT)
      return fail(err, BEDE_IMAGE, "the image's labels are damaged");
  out->word = take(&o, 0, 0);
  uint32_t dim = out->word.columns;
  out->affix = take(&o, 0, dim);
  uint32_t in = dim, hidden = 0;
  for (int layer = 0; layer < NETWORK_LAYERS; layer++) {
    for (int d = 0; d < 2; d++) {
      Lstm *l = &out->lstm[layer][d];
      l->input = take(&o, in, hidden ? 4 * hidden : 0);
      if (!hidden)
        hidden = l->input.columns / 4;
      l->hidden = take(&o, hidden, 4 * hidden);
      l->bias = take(&o, 1, 4 * hidden);
    }
    in = 2 * hidden;
  }
  for (int t = 0; t <= LABELS_NAME; t++)
    out->tag[t] = take_linear(&o, in, out->label_count[t]);
  out->arc_dep = take_linear(&o, in, 0);
  out->arc_head = take_linear(&o, in, 0);
  out->rel_dep = take_linear(&o, in, 0);
  out->rel_head = take_linear(&o, in, out->rel_dep.weight.columns);
  out->rel = take_linear(&o, out->rel_dep.weight.columns, out->label_count[LABELS_DEPREL]);
  out->arc = take(&o, out->arc_dep.weight.columns + 1, out->arc_head.weight.columns);
  if (o.bad || dim % 16 || hidden % 16 || !hidden || dim > 1024 || hidden > 1024 ||
      out->arc_head.weight.columns % 16 || out->rel_dep.weight.columns % 16 ||
      out->word.rows < FIRST_WORD_ROW || out->affix.rows < 2)
    return fail(err, BEDE_IMAGE, "the image's network has sizes that do not fit each other");
  for (uint32_t i = 0; i <= out->word_mask; i++)
    if (out->words[i].row >= out->word.rows)
      return fail(err, BEDE_IMAGE, "the image's network words name rows that are not there");
  return BEDE_OK;
}
