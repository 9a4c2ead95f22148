// confidence.c - weights of features to a probability, in whole numbers so that
// it is the same on every machine.
// SPDX-License-Identifier: Apache-2.0
#include "event/confidence.h"
#include <stdio.h>
#include <stdlib.h>

static long weight_of(const Words *words, const char *kind, const char *name) {
  char key[64];
  snprintf(key, sizeof key, "%s%s", kind, name);
  const char *value = words_find(words, WORDS_CONFIDENCE, str_of(key));
  return value ? strtol(value, NULL, 10) : 0;
}

// "-120:21 -40:44 35:63": per cent right at a sum; straight lines between.
static long on_curve(const char *curve, long sum) {
  char *rest = (char *)curve;
  long before = 0, share = 500; // in thousandths
  for (bool first = true; *rest; first = false) {
    long at = strtol(rest, &rest, 10);
    if (*rest != ':')
      break;
    long here = 10 * strtol(rest + 1, &rest, 10);
    if (sum <= at)
      return first || at == before ? here : share + (here - share) * (sum - before) / (at - before);
    before = at;
    share = here;
  }
  return share;
}

float confidence_of(const Words *words, const Event *e) {
  long sum = weight_of(words, "", "base") + weight_of(words, "type ", event_types[e->type]) +
             weight_of(words, "status ", status_names[e->status]) + (e->mutual ? weight_of(words, "", "mutual") : 0);
  for (int i = 0; i < EVENT_FEATURES; i++)
    if (e->features & 1u << i)
      sum += weight_of(words, "", feature_names[i]);
  const char *curve = words_find(words, WORDS_CONFIDENCE, STR("curve"));
  return (float)on_curve(curve ? curve : "", sum) / 1000;
}
