// encode.c - the network in plain float arithmetic.
//
//   embedding  = word row + five affix rows
//   two layers of BiLSTM; gates input, forget, cell, output
//   heads      = linear; arcs biaffine; labels one hidden layer
//
// Every output is a sum over inputs in rising order, started at the bias: the
// vector units work on neighbouring outputs, never across a sum, and the
// compiler may not fuse (-ffp-contract=off). So plain C, SSE, AVX2 and AVX-512
// give the same bits. exp is ours for the same reason.
// SPDX-License-Identifier: Apache-2.0
#include "parse/internal.h"

// One source, compiled once for each vector unit and chosen at start. Not
// under sanitizers, which do not like being called before they are set up.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    defined(__gnu_linux__) && !defined(__clang__)
#define FAST __attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3")))
#else
#define FAST
#endif

// Sixteen neighbouring outputs; one register with AVX-512, two or four else.
typedef float Lane __attribute__((vector_size(64), aligned(4), may_alias));
enum { LANE = 16 };

// y[r] += x[r] W for up to four rows r and the columns from `from` on, LANE at
// a time; sums stay in registers while the rows of W go by.
#define BLOCK(ROWS, LANES)                                                     \
  for (; o + LANE * LANES <= out; o += LANE * LANES) {                         \
    Lane sum[ROWS][LANES];                                                     \
    for (int r = 0; r < ROWS; r++)                                             \
      for (int l = 0; l < LANES; l++)                                          \
        sum[r][l] = *(const Lane *)(y + (size_t)r * y_step + o + LANE * l);    \
    for (uint32_t i = 0; i < in; i++) {                                        \
      const float *row = w->at + (size_t)i * out + o;                          \
      for (int l = 0; l < LANES; l++) {                                        \
        Lane weights = *(const Lane *)(row + LANE * l);                        \
        for (int r = 0; r < ROWS; r++)                                         \
          sum[r][l] += x[(size_t)r * x_step + i] * weights;                    \
      }                                                                        \
    }                                                                          \
    for (int r = 0; r < ROWS; r++)                                             \
      for (int l = 0; l < LANES; l++)                                          \
        *(Lane *)(y + (size_t)r * y_step + o + LANE * l) = sum[r][l];          \
  }

FAST static void multiply(const float *x, uint32_t x_step, uint32_t rows,
                          const Matrix *w, float *y, uint32_t y_step) {
  uint32_t in = w->rows, out = w->columns;
  while (rows) {
    uint32_t o = 0, now = rows >= 4 ? 4 : 1;
    if (now == 4) {
      BLOCK(4, 2)
      BLOCK(4, 1)
    } else {
      BLOCK(1, 8)
      BLOCK(1, 1)
    }
    for (uint32_t r = 0; r < now; r++)
      for (uint32_t k = o; k < out; k++) {
        float sum = y[(size_t)r * y_step + k];
        for (uint32_t i = 0; i < in; i++)
          sum += x[(size_t)r * x_step + i] * w->at[(size_t)i * out + k];
        y[(size_t)r * y_step + k] = sum;
      }
    x += (size_t)now * x_step;
    y += (size_t)now * y_step;
    rows -= now;
  }
}

// e^x for |x| <= 40 or so: 2^k times a polynomial (Cephes' expf coefficients'
// idea, our own Taylor coefficients: error below 2e-7 relative).
static inline float exp_of(float x) {
  x = x < -40.f ? -40.f : x > 40.f ? 40.f : x;
  float t = x * 1.44269504f, k = (float)(int32_t)(t + (t < 0 ? -.5f : .5f));
  float r = x - k * .693145751953125f - k * 1.42860677e-6f;
  float p = 1.f + r * (1.f + r * (.5f + r * (.166666667f + r * (.0416666667f +
            r * (.00833333333f + r * .00138888889f)))));
  union { uint32_t bits; float value; } scale = {(uint32_t)((int32_t)k + 127) << 23};
  return p * scale.value;
}

static inline float sigmoid(float x) { return 1.f / (1.f + exp_of(-x)); }
static inline float tanh_of(float x) { return 1.f - 2.f / (1.f + exp_of(2.f * x)); }

FAST static void step(const float *restrict gates, uint32_t hidden, float *restrict cell,
                      float *restrict out) {
  for (uint32_t i = 0; i < hidden; i++) {
    float in = sigmoid(gates[i]), forget = sigmoid(gates[hidden + i]);
    float fresh = tanh_of(gates[2 * hidden + i]), open = sigmoid(gates[3 * hidden + i]);
    cell[i] = forget * cell[i] + in * fresh;
    out[i] = open * tanh_of(cell[i]);
  }
}

static void set_bias(const Matrix *bias, uint32_t rows, float *y) {
  for (uint32_t r = 0; r < rows; r++)
    memcpy(y + (size_t)r * bias->columns, bias->at, bias->columns * sizeof *y);
}

static void lstm(const Lstm *l, const float *x, uint32_t in, uint32_t rows,
                 bool backward, float *gates, float *out) {
  uint32_t hidden = l->hidden.rows, wide = 4 * hidden;
  float cell[1024] = {0};
  set_bias(&l->bias, rows, gates);
  multiply(x, in, rows, &l->input, gates, wide);
  for (uint32_t k = 0; k < rows; k++) {
    uint32_t r = backward ? rows - 1 - k : k;
    float *g = gates + (size_t)r * wide;
    float *y = out + (size_t)r * 2 * hidden + (backward ? hidden : 0);
    if (k) {
      const float *before = backward ? y + 2 * hidden : y - 2 * hidden;
      multiply(before, 0, 1, &l->hidden, g, wide);
    }
    step(g, hidden, cell, y);
  }
}

static void linear(const Linear *l, const float *x, uint32_t rows, float *y) {
  set_bias(&l->bias, rows, y);
  multiply(x, l->weight.rows, rows, &l->weight, y, l->weight.columns);
}

static inline float leak(float x) { return x < 0 ? .125f * x : x; }

static void leak_all(float *x, size_t count) {
  for (size_t i = 0; i < count; i++)
    x[i] = leak(x[i]);
}

FAST static void dots(const float *mid, const float *heads, uint32_t rows, uint32_t size, float *out) {
  // eight partial sums a dot, added up in a fixed order
  for (uint32_t h = 0; h < rows; h++) {
    const float *head = heads + (size_t)h * size;
    float part[8] = {0};
    for (uint32_t i = 0; i < size; i += 8)
      for (uint32_t k = 0; k < 8; k++)
        part[k] += mid[i + k] * head[i + k];
    out[h] = ((part[0] + part[4]) + (part[1] + part[5])) + ((part[2] + part[6]) + (part[3] + part[7]));
  }
}

void encode(const Network *net, const Features *features, uint32_t n, Scores *s) {
  uint32_t rows = n + 1, dim = net->word.columns;
  // The root is a word with no affix: train.py gives it row 0 of that table
  // five times, and the row is not zero.
  const Features root = {.word = 2};
  for (uint32_t r = 0; r < rows; r++) {
    const Features *f = r ? &features[r - 1] : &root;
    float *e = s->embedded + (size_t)r * dim;
    memcpy(e, net->word.at + (size_t)f->word * dim, dim * sizeof(float));
    for (int k = 0; k < NETWORK_AFFIXES; k++) {
      const float *row = net->affix.at + (size_t)f->affix[k] * dim;
      for (uint32_t d = 0; d < dim; d++)
        e[d] += row[d];
    }
  }
  const float *x = s->embedded;
  uint32_t in = dim;
  for (int layer = 0; layer < NETWORK_LAYERS; layer++) {
    float *y = s->layer[layer & 1];
    lstm(&net->lstm[layer][0], x, in, rows, false, s->gates, y);
    lstm(&net->lstm[layer][1], x, in, rows, true, s->gates, y);
    x = y;
    in = 2 * net->lstm[layer][0].hidden.rows;
  }
  for (int t = 0; t <= LABELS_NAME; t++)
    linear(&net->tag[t], x, rows, s->tag[t]);
  uint32_t dep = net->arc_dep.weight.columns, head = net->arc_head.weight.columns;
  linear(&net->arc_dep, x, rows, s->arc_dep);
  leak_all(s->arc_dep, (size_t)rows * dep);
  linear(&net->arc_head, x, rows, s->arc_head);
  leak_all(s->arc_head, (size_t)rows * head);
  linear(&net->rel_dep, x, rows, s->rel_dep);
  linear(&net->rel_head, x, rows, s->rel_head);
  // [dependent, 1] arc head: the last row of arc is the heads' own weight
  Matrix square = {net->arc.at, dep, head}, own = {net->arc.at + (size_t)dep * head, 1, head};
  set_bias(&own, rows, s->arc_mid);
  multiply(s->arc_dep, dep, rows, &square, s->arc_mid, head);
  for (uint32_t d = 0; d < rows; d++)
    dots(s->arc_mid + (size_t)d * head, s->arc_head, rows, head, s->arc + (size_t)d * rows);
}

void score_labels(const Network *net, uint32_t dependent, uint32_t head, Scores *s) {
  uint32_t size = net->rel.weight.rows;
  float hidden[1024];
  const float *d = s->rel_dep + (size_t)dependent * size, *h = s->rel_head + (size_t)head * size;
  for (uint32_t i = 0; i < size; i++)
    hidden[i] = leak(d[i] + h[i]);
  linear(&net->rel, hidden, 1, s->rel);
}
