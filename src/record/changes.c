// changes.c - where a series of counts changes its level.
// SPDX-License-Identifier: Apache-2.0
#include "record/record.h"
#include <math.h>

// Log-likelihood of counts under one Poisson rate, without what is constant.
static double fit(double count, double exposure) {
  return count > 0 && exposure > 0 ? count * log(count / exposure) : 0;
}

// The best place to part [begin, end): both parts have two periods at least.
static uint32_t best_cut(const double *counts, const double *exposure, uint32_t begin, uint32_t end,
                         double *gain) {
  double all = 0, base = 0, left = 0, left_base = 0;
  uint32_t best = begin;
  for (uint32_t i = begin; i < end; i++)
    all += counts[i], base += exposure[i];
  *gain = 0;
  for (uint32_t i = begin; i + 2 < end; i++) {
    left += counts[i], left_base += exposure[i];
    if (i == begin)
      continue;
    double more = fit(left, left_base) + fit(all - left, base - left_base) - fit(all, base);
    if (more > *gain)
      *gain = more, best = i + 1;
  }
  return best;
}

static void part(const double *counts, const double *exposure, uint32_t begin, uint32_t end,
                 double least, bool *out) {
  double gain;
  if (end - begin < 4)
    return;
  uint32_t cut = best_cut(counts, exposure, begin, end, &gain);
  if (gain < least)
    return;
  out[cut] = true;
  part(counts, exposure, begin, cut, least, out);
  part(counts, exposure, cut, end, least, out);
}

void series_changes(const double *counts, const double *exposure, uint32_t count, bool *out) {
  for (uint32_t i = 0; i < count; i++)
    out[i] = false;
  if (count >= 4)
    part(counts, exposure, 0, count, 3 * log(count), out);
}
