// network.h - the weights of the network and the names of its labels.
//
// train/train.py writes two files into data/en/network/: network.txt (labels
// and words, one a line, in the order of the rows) and network.weights:
//
//   bede network 2                              lines of text, parted by tabs
//   curve <name> <count>                        sigmoid, tanh
//   table <name> <rows> <columns> <unit>        word, affix
//   layer <name> <in> <out> <unit in> <unit out>
//   end
//   then, in the same order, little endian:
//   curve: count int16; table: rows x columns int8;
//   layer: in x out int8 as [input][output], out int32 bias, out int32 scale
//
// A unit is what a step of 1 stands for. docs/network.md has the arithmetic.
// The image holds a layer's weights in blocks of four inputs and sixteen
// outputs, as the dot-product instructions take them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/image.h"

#define NETWORK_LABELS_MAP(X)                                                  \
  X(UPOS, "upos") X(XPOS, "xpos") X(FEATS, "feats") X(LEMMA, "lemma")          \
  X(NAME, "name") X(DEPREL, "deprel")

typedef enum NetworkLabels {
#define X(name, text) LABELS_##name,
  NETWORK_LABELS_MAP(X)
#undef X
      LABELS_COUNT
} NetworkLabels;

enum {
  NETWORK_LAYERS = 2,
  NETWORK_AFFIXES = 5,
  NETWORK_WIDEST = 1024, // inputs of a layer, at most
  LAYER_IN = 4,          // inputs and
  LAYER_OUT = 16,        // outputs of a block of weights
  LAYER_LEAST = -64,     // weights, so that two products of a byte and a
  LAYER_MOST = 64,       // weight fit 16 bits: 2 x 255 x 64 < 32768
  CURVE_HALF = 2048,     // curves are given for -2048 … 2047, in 1/256
};

// Rows of signed bytes.
typedef struct ByteTable ByteTable;
struct ByteTable {
  const int8_t *at;
  uint32_t rows, columns;
  float unit;
};

// y = round((sum of x w + bias) scale / 2^31), cut to 16 bits. x are bytes
// with 128 added; bias has that taken off again.
typedef struct Layer Layer;
struct Layer {
  const int8_t *weight; // blocks [out / 16][in / 4][16][4]
  const int32_t *bias, *scale;
  uint32_t in, out;     // in is a multiple of 4
  uint32_t wide;        // out, made a multiple of 16 with rows of zeros
  float unit_in, unit_out;
};

typedef struct Lstm Lstm; // gates in the order input, forget, cell, output
struct Lstm {
  Layer input, hidden;
};

typedef struct WordSlot WordSlot;
struct WordSlot {
  uint64_t key; // hash of the lower-case word; 0: free
  uint32_t row, reserved;
};

typedef struct Network Network;
struct Network {
  const Image *image;
  const int16_t *sigmoid, *tanh; // 4096 each: in 1/32768 of x + 2048, x in 1/256
  ByteTable word, affix;
  Lstm lstm[NETWORK_LAYERS][2]; // forward, backward
  Layer tag[LABELS_NAME + 1];   // UPOS … NAME
  Layer arc_dep, arc_head, arc, rel_dep, rel_head, rel;
  const WordSlot *words;
  uint32_t word_mask;
  const Name32 *labels[LABELS_COUNT];
  uint32_t label_count[LABELS_COUNT];
  const uint8_t *upos_of, *deprel_of; // label to Upos, Deprel
};

const char *network_label(const Network *network, NetworkLabels set, uint32_t index);
// The weight of an input and an output.
int8_t layer_weight(const Layer *layer, uint32_t in, uint32_t out);
BedeStatus network_build(const char *folder, ImageWriter *writer, BedeError *err);
// A hash of all of it: what one network parsed another may not number alike.
uint64_t network_version(const Network *network);
BedeStatus network_open(const Image *image, Network *out, BedeError *err);
