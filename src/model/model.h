// model.h - everything the stages know, read-only once open.
//
// Each part has a header of its own with its records, `x_build` (text under
// data/en/ to sections of the image) and `x_open` (sections to pointers, all
// indexes checked). compile/ puts the parts together.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/actors.h"
#include "model/codebook.h"
#include "model/gazetteer.h"
#include "model/image.h"
#include "model/network.h"
#include "model/relation.h"
#include "model/words.h"

struct BedeModel {
  Image image;
  Words words;
  Network network;
  ActorTable actors;
  Gazetteer gazetteer;
  Codebook codebook;
  RelationModel relation;
  uint64_t version; // hash of the image: tells runs with other data apart
};
