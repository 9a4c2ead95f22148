// version.c - `bede version`.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/cmd.h"

int cmd_version(const Args *args) {
  BedeModel *model;
  BedeError err;
  printf("bede " BEDE_VERSION "\n");
  if (model_find(args, &model, &err)) {
    complain("%s", err.message);
    return SOME_FAILED;
  }
  char version[17];
  hash_hex(model->version, version);
  printf("data %s\n", version);
  printf("places: GeoNames (geonames.org), CC BY 4.0\n");
  bede_model_free(model);
  return print_end() ? DONE : SOME_FAILED;
}
