// network.h - the weights of the network and the names of its labels.
//
// train/train.py writes two files into data/en/network/: network.txt (labels
// and words, one a line, in the order of the rows) and network.weights:
//
//   bede network 1                       lines of text
//   tensor <name> <rows> <columns>       parted by tabs, in order
//   end
//   rows x columns half floats (IEEE 754 binary16, little endian), one tensor
//   after the other; matrices as [input][output]
//
// The image holds the tensors as floats.
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

typedef struct Matrix Matrix;
struct Matrix {
  const float *at; // rows x columns, row after row
  uint32_t rows, columns;
};

typedef struct Linear Linear; // y = x weight + bias
struct Linear {
  Matrix weight, bias;
};

typedef struct Lstm Lstm; // gates in the order input, forget, cell, output
struct Lstm {
  Matrix input, hidden, bias;
};

enum { NETWORK_LAYERS = 2, NETWORK_AFFIXES = 5 };

typedef struct WordSlot WordSlot;
struct WordSlot {
  uint64_t key; // hash of the lower-case word; 0: free
  uint32_t row, reserved;
};

typedef struct Network Network;
struct Network {
  const Image *image;
  Matrix word, affix;
  Lstm lstm[NETWORK_LAYERS][2]; // forward, backward
  Linear tag[LABELS_NAME + 1];  // UPOS … NAME
  Linear arc_dep, arc_head, rel_dep, rel_head, rel;
  Matrix arc;                   // (dependents + 1 for the bias) x heads
  const WordSlot *words;
  uint32_t word_mask;
  const Name32 *labels[LABELS_COUNT];
  uint32_t label_count[LABELS_COUNT];
  const uint8_t *upos_of, *deprel_of; // label to Upos, Deprel
};

const char *network_label(const Network *network, NetworkLabels set, uint32_t index);
BedeStatus network_build(const char *folder, ImageWriter *writer, BedeError *err);
BedeStatus network_open(const Image *image, Network *out, BedeError *err);
