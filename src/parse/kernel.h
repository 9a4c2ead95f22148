// kernel.h - the network's inner loops, once for each vector unit.
//
// All kernels compute the same integers, so which one runs is a matter of
// speed only (tests/unit/test_parse.c). docs/network.md has the arithmetic.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/network.h"

typedef struct Kernel Kernel;
struct Kernel {
  const char *name;
  // y[r] = layer(x[r]): rows of layer->in bytes (128 added), x_step apart, to
  // rows of layer->wide numbers, y_step apart.
  void (*multiply)(const Layer *layer, const uint8_t *x, uint32_t x_step,
                   uint32_t rows, int16_t *y, uint32_t y_step);
  // One step of an LSTM: the gates' sums over the input and over the last
  // output (4 hidden each: input, forget, cell, output; in 1/256) change the
  // cell (in 1/2048) and make the output (in 1/128, 128 added).
  // hidden is a multiple of 32.
  void (*step)(const Network *network, const int16_t *input, const int16_t *last,
               uint32_t hidden, int16_t *cell, uint8_t *out);
  // out[h] = mid . heads[h], size numbers each, a multiple of 32; cut to
  // +-DOT_MOST before, so that sums fit.
  void (*dots)(const int16_t *mid, const int16_t *heads, uint32_t rows,
               uint32_t size, int32_t *out);
};

enum { DOT_MOST = 2047 };

// The fastest that this processor has, and all that it has, plain first.
const Kernel *kernel_best(void);
uint32_t kernels_all(const Kernel *out[4]);
