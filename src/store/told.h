// told.h - which reports tell one story, for reading.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store/store.h"

enum { TOLD_LIMIT = 200 }; // reports of a story that are given

// The events of a story of events, by day and document; none where it is no such
// story. The caller frees out->items.
BedeStatus told_events(Store *store, const char *story, StoreHits *out, BedeError *err);
// The documents of a story of documents, each as a hit without an event (NONE).
BedeStatus told_documents(Store *store, const char *story, StoreHits *out, BedeError *err);
// The story that a document tells; "" where it is not known.
BedeStatus told_by(Store *store, int64_t document, char out[17], BedeError *err);
// confirmed, single source, denied, disputed; "" for a story of documents.
BedeStatus told_standing(Store *store, const char *story, char out[24], int64_t *independent,
                         BedeError *err);
