// actors.h - the tables of states, people, bodies, groups and roles.
//
// Made from data/en/actors/ (format: docs/DATA.md). A name may belong to
// several entries; those that hold on the document's day count.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "doc/doc.h"
#include "model/phrase.h"

typedef struct ActorTable ActorTable;
struct ActorTable {
  const Image *image;
};

BedeStatus actors_build(const char *folder, ImageWriter *writer, BedeError *err);
BedeStatus actors_open(const Image *image, ActorTable *out, BedeError *err);
