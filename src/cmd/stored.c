// stored.c - a small cache of loaded documents.
// SPDX-License-Identifier: Apache-2.0
#include "cmd/stored.h"

BedeStatus stored_open(const Args *args, Stored *out, BedeError *err) {
  *out = (Stored){0};
  return store_open(args->db ? args->db : "bede.db", STORE_READ, &out->store, err);
}

BedeStatus stored_doc(Stored *s, int64_t key, const BedeDoc **out, BedeError *err) {
  size_t slot = (size_t)key % STORED_SLOTS;
  BedeStatus status = BEDE_OK;
  if (s->keys[slot] != key || !s->docs[slot]) {
    doc_free(s->docs[slot]);
    s->docs[slot] = NULL;
    s->keys[slot] = key;
    status = store_load(s->store, key, &s->docs[slot], err);
  }
  *out = s->docs[slot];
  return status;
}

void stored_close(Stored *s) {
  for (size_t i = 0; i < STORED_SLOTS; i++)
    doc_free(s->docs[i]);
  store_close(s->store);
  *s = (Stored){0};
}
