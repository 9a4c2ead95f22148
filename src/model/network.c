// network.c - weights and labels: text and bytes to the image and back.
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

enum { FIRST_WORD_ROW = 4 }; // padding, unknown, root, known elsewhere come before

// What network.weights holds, in this order, which is train.py's export.
#define LSTM(n, direction) "layer\tlstm" n "." direction ".input", "layer\tlstm" n "." direction ".hidden"
static const char *const part_names[] = {
    "curve\tsigmoid", "curve\ttanh", "table\tword", "table\taffix",
    LSTM("0", "forward"), LSTM("0", "backward"), LSTM("1", "forward"), LSTM("1", "backward"),
    "layer\tupos", "layer\txpos", "layer\tfeats", "layer\tlemma", "layer\tname",
    "layer\tarc_dep", "layer\tarc_head", "layer\tarc",
    "layer\trel_dep", "layer\trel_head", "layer\trel"};
enum { CURVES = 2, TABLES = 2, FIRST_LAYER = CURVES + TABLES, PARTS = COUNT(part_names) };

// Where a part is in the sections network.bytes and network.numbers.
typedef struct Part Part;
struct Part {
  uint32_t rows, columns; // of a layer: inputs and outputs
  uint32_t bytes, numbers;
  float unit_in, unit_out;
};

static uint32_t padded(uint32_t count, uint32_t to) { return (count + to - 1) / to * to; }

int8_t layer_weight(const Layer *l, uint32_t in, uint32_t out) {
  size_t block = (size_t)(out / LAYER_OUT) * (l->in / LAYER_IN) + in / LAYER_IN;
  return l->weight[block * LAYER_OUT * LAYER_IN + out % LAYER_OUT * LAYER_IN + in % LAYER_IN];
}

const char *network_label(const Network *n, NetworkLabels set, uint32_t index) {
  return index < n->label_count[set] ? image_string(n->image, n->labels[set][index]) : "_";
}

// ---- building

static int32_t number_at(const unsigned char *at) {
  return (int32_t)(at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24);
}

// A layer's weights into blocks; bias and scale behind each other.
static void pack_layer(const unsigned char *from, const Part *p, int8_t *weights, int32_t *numbers) {
  uint32_t in = p->rows, out = p->columns, wide = padded(out, LAYER_OUT);
  for (uint32_t i = 0; i < in; i++)
    for (uint32_t o = 0; o < out; o++) {
      size_t block = (size_t)(o / LAYER_OUT) * (in / LAYER_IN) + i / LAYER_IN;
      weights[block * LAYER_OUT * LAYER_IN + o % LAYER_OUT * LAYER_IN + i % LAYER_IN] =
          (int8_t)from[(size_t)i * out + o];
    }
  const unsigned char *bias = from + (size_t)in * out, *scale = bias + 4 * (size_t)out;
  for (uint32_t o = 0; o < out; o++) {
    int32_t sum = 0; // of weights: what 128 more in every input adds
    for (uint32_t i = 0; i < in; i++)
      sum += (int8_t)from[(size_t)i * out + o];
    numbers[o] = (int32_t)((uint32_t)number_at(bias + 4 * (size_t)o) - 128u * (uint32_t)sum);
    numbers[wide + o] = number_at(scale + 4 * (size_t)o);
  }
}

// The header's next line, which must be of the part named name.
static bool read_part(Str line, const char *name, Part *p) {
  char text[128];
  size_t length = strlen(name);
  snprintf(text, sizeof text, "%.*s", STR_ARG(line));
  p->columns = p->unit_in = p->unit_out = 1;
  if (strncmp(text, name, length) || text[length] != '\t')
    return false;
  int got = sscanf(text + length + 1, "%u\t%u\t%f\t%f", &p->rows, &p->columns, &p->unit_in, &p->unit_out);
  int wanted = name[0] == 'c' ? 1 : name[0] == 't' ? 3 : 4;
  return got == wanted && p->rows && p->columns && p->rows <= 1u << 20 && p->columns <= 1u << 12 &&
         (name[0] != 'c' || p->rows == 2 * CURVE_HALF) &&
         (name[0] != 'l' || (p->rows % LAYER_IN == 0 && p->rows <= NETWORK_WIDEST));
}

static BedeStatus build_weights(const char *folder, ImageWriter *writer, BedeError *err) {
  char path[4096], *bytes;
  size_t size;
  snprintf(path, sizeof path, "%s/network/network.weights", folder);
  BedeStatus status = file_read(path, 256u << 20, &bytes, &size, err);
  if (status)
    return status;
  Part parts[PARTS] = {{0}};
  Str rest = {bytes, size};
  size_t wanted = 0, byte_count = 0, number_count = 0;
  int8_t *all = NULL;
  int32_t *numbers = NULL;
  if (!str_equal(str_cut(&rest, '\n'), STR("bede network 2"))) {
    status = fail(err, BEDE_SYNTAX, "%s: is no network of version 2", path);
    goto done;
  }
  for (size_t i = 0; i < PARTS; i++) {
    Part *p = &parts[i];
    if (!read_part(str_cut(&rest, '\n'), part_names[i], p)) {
      status = fail(err, BEDE_SYNTAX, "%s: part %zu is not %s with its sizes", path, i + 1, part_names[i]);
      goto done;
    }
    bool layer = i >= FIRST_LAYER;
    size_t items = (size_t)p->rows * p->columns;
    p->bytes = (uint32_t)byte_count;
    p->numbers = (uint32_t)number_count;
    wanted += i < CURVES ? 2 * items : items + (layer ? 8 * (size_t)p->columns : 0);
    size_t wide = padded(p->columns, LAYER_OUT);
    byte_count += i < CURVES ? 2 * items : layer ? p->rows * wide : items;
    byte_count = (byte_count + 63) / 64 * 64;
    number_count += layer ? 2 * wide : 0;
    if (byte_count > 1u << 30)
      break;
  }
  if (!str_equal(str_cut(&rest, '\n'), STR("end")) || byte_count > 1u << 30 || rest.len != wanted) {
    status = fail(err, BEDE_SYNTAX, "%s: has %zu bytes of weights, its header promises %zu", path, rest.len, wanted);
    goto done;
  }
  all = calloc(byte_count, 1);
  numbers = calloc(number_count, sizeof *numbers);
  if (!all || !numbers)
    out_of_memory();
  const unsigned char *at = (const void *)rest.at;
  for (size_t i = 0; i < PARTS; i++) {
    const Part *p = &parts[i];
    size_t items = (size_t)p->rows * p->columns;
    if (i < CURVES) {
      int16_t *curve = (int16_t *)(void *)(all + p->bytes);
      for (size_t k = 0; k < items; k++)
        curve[k] = (int16_t)(at[2 * k] | at[2 * k + 1] << 8);
      at += 2 * items;
    } else if (i < FIRST_LAYER) {
      memcpy(all + p->bytes, at, items);
      at += items;
    } else {
      pack_layer(at, p, all + p->bytes, numbers + p->numbers);
      at += items + 8 * (size_t)p->columns;
    }
  }
  image_add(writer, "network.parts", parts, sizeof *parts, PARTS);
  image_add(writer, "network.bytes", all, 1, (uint32_t)byte_count);
  image_add(writer, "network.numbers", numbers, sizeof *numbers, (uint32_t)number_count);
done:
  free(all);
  free(numbers);
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

typedef struct Opening Opening;
struct Opening {
  const Part *parts;
  const int8_t *bytes;
  const int32_t *numbers;
  uint32_t count, byte_count, number_count, next;
  bool bad;
};

// The next part; NULL, and o->bad, where its bytes are not all there.
static const Part *take(Opening *o, size_t item, bool layer) {
  const Part *p = o->next < o->count ? &o->parts[o->next++] : NULL;
  size_t wide = p ? layer ? padded(p->columns, LAYER_OUT) : p->columns : 0;
  if (!p || !p->rows || !p->columns || p->bytes % 64 || p->bytes > o->byte_count ||
      p->rows * wide * item > o->byte_count - p->bytes ||
      (layer && (p->numbers > o->number_count || 2 * wide > o->number_count - p->numbers))) {
    o->bad = true;
    return NULL;
  }
  return p;
}

static const int16_t *take_curve(Opening *o) {
  const Part *p = take(o, 2, false);
  o->bad |= !p || p->rows != 2 * CURVE_HALF || p->columns != 1;
  return p ? (const int16_t *)(const void *)(o->bytes + p->bytes) : NULL;
}

static ByteTable take_table(Opening *o, uint32_t columns) {
  const Part *p = take(o, 1, false);
  o->bad |= !p || (columns && p->columns != columns);
  return p ? (ByteTable){o->bytes + p->bytes, p->rows, p->columns, p->unit_in} : (ByteTable){0};
}

// in, out: what the layers beside it want; out 0: any.
static Layer take_layer(Opening *o, uint32_t in, uint32_t out) {
  const Part *p = take(o, 1, true);
  if (!p || p->rows != in || (out && p->columns != out) || in % LAYER_IN || in > NETWORK_WIDEST) {
    o->bad = true;
    return (Layer){0};
  }
  uint32_t wide = padded(p->columns, LAYER_OUT);
  Layer l = {.weight = o->bytes + p->bytes, .bias = o->numbers + p->numbers,
             .scale = o->numbers + p->numbers + wide, .in = in, .out = p->columns, .wide = wide,
             .unit_in = p->unit_in, .unit_out = p->unit_out};
  // a damaged image may not overflow the sums: |bias| < 2^30, 0 <= scale
  for (uint32_t k = 0; k < wide; k++)
    o->bad |= l.scale[k] < 0 || l.bias[k] > 1 << 30 || l.bias[k] < -(1 << 30);
  for (size_t k = 0; k < (size_t)in * wide; k++)
    o->bad |= l.weight[k] < LAYER_LEAST || l.weight[k] > LAYER_MOST;
  return l;
}

uint64_t network_version(const Network *network) {
  static const struct {
    const char *name;
    size_t size;
  } sections[] = {{"network.parts", sizeof(Part)}, {"network.bytes", 1},
                  {"network.numbers", sizeof(int32_t)}, {"network.words", sizeof(WordSlot)}};
  uint64_t hash = 1;
  for (size_t i = 0; i < COUNT(sections); i++) {
    const void *at;
    uint32_t count;
    if (!image_section(network->image, sections[i].name, sections[i].size, &at, &count, NULL))
      hash = hash_bytes(at, count * sections[i].size, hash);
  }
  for (int set = 0; set < LABELS_COUNT; set++)
    hash = hash_bytes(network->labels[set], network->label_count[set] * sizeof(Name32), hash);
  return hash;
}

BedeStatus network_open(const Image *image, Network *out, BedeError *err) {
  *out = (Network){.image = image};
  Opening o = {0};
  const void *at;
  uint32_t count;
  BedeStatus status = image_section(image, "network.parts", sizeof(Part), (const void **)&o.parts, &o.count, err);
  if (!status)
    status = image_section(image, "network.bytes", 1, (const void **)&o.bytes, &o.byte_count, err);
  if (!status)
    status = image_section(image, "network.numbers", sizeof(int32_t), (const void **)&o.numbers, &o.number_count, err);
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
  out->sigmoid = take_curve(&o);
  out->tanh = take_curve(&o);
  out->word = take_table(&o, 0);
  uint32_t dim = out->word.columns, in = dim, hidden = 0;
  out->affix = take_table(&o, dim);
  for (int layer = 0; layer < NETWORK_LAYERS; layer++) {
    for (int d = 0; d < 2; d++) {
      Lstm *l = &out->lstm[layer][d];
      l->input = take_layer(&o, in, 4 * hidden);
      if (!hidden)
        hidden = l->input.out / 4;
      l->hidden = take_layer(&o, hidden, 4 * hidden);
    }
    in = 2 * hidden;
  }
  for (int t = 0; t <= LABELS_NAME; t++)
    out->tag[t] = take_layer(&o, in, out->label_count[t]);
  out->arc_dep = take_layer(&o, in, 0);
  out->arc_head = take_layer(&o, in, 0);
  out->arc = take_layer(&o, out->arc_dep.out, out->arc_head.out);
  out->rel_dep = take_layer(&o, in, 0);
  out->rel_head = take_layer(&o, in, out->rel_dep.out);
  out->rel = take_layer(&o, out->rel_dep.out, out->label_count[LABELS_DEPREL]);
  if (o.bad || dim % 32 || hidden % 32 || !hidden || dim > NETWORK_WIDEST || hidden > NETWORK_WIDEST / 2 ||
      out->arc_dep.out % 32 || out->arc_head.out % 32 || out->arc_head.out > 256 || out->rel_dep.out % 32 ||
      out->word.rows < FIRST_WORD_ROW || out->affix.rows < 2)
    return fail(err, BEDE_IMAGE, "the image's network has sizes that do not fit each other");
  for (uint32_t i = 0; i <= out->word_mask; i++)
    if (out->words[i].row >= out->word.rows)
      return fail(err, BEDE_IMAGE, "the image's network words name rows that are not there");
  return BEDE_OK;
}
