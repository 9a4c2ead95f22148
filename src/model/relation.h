// relation.h - weights of the small linear model that names the relation of a
// marked pair where the codebook is silent (event/learned.h, train/relate.py).
//
// data/en/corpus/weights.tsv has a row for each feature: its name, and the
// weights of the types, "TYPE:weight" parted by blanks; what is not named is 0.
// A weight is a whole number from -127 to 127. The image holds the section
// "relation.weights": records sorted by the hash of the feature's name.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/image.h"

typedef struct RelationRow RelationRow;
struct RelationRow {
  uint64_t key;                // hash_str of the feature's name
  int8_t weight[EVENT_TYPES];  // of each EventType
};

typedef struct RelationModel RelationModel;
struct RelationModel {
  const RelationRow *rows;
  uint32_t count;
};

// NULL where the model does not know the feature.
const RelationRow *relation_row(const RelationModel *model, Str feature);

BedeStatus relation_build(const char *folder, ImageWriter *writer, BedeError *err);
BedeStatus relation_open(const Image *image, RelationModel *out, BedeError *err);
