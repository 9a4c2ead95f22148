// kernel.c - the inner loops in plain C, AVX2, AVX-512 with VNNI, and NEON.
// SPDX-License-Identifier: Apache-2.0
#include "parse/kernel.h"

// (sum scale + 2^30) >> 31, cut to 16 bits: the one rounding of sums.
static inline int16_t rescale(int32_t sum, int32_t scale) {
  int32_t y = (int32_t)(((int64_t)sum * scale + (1 << 30)) >> 31);
  return (int16_t)(y > INT16_MAX ? INT16_MAX : y < INT16_MIN ? INT16_MIN : y);
}

static inline int16_t cut16(int32_t x) {
  return (int16_t)(x > INT16_MAX ? INT16_MAX : x < INT16_MIN ? INT16_MIN : x);
}

// A product of fractions of 2^15, rounded; only -1 times -1 does not fit, and
// no curve gives -1.
static inline int16_t product(int16_t a, int16_t b) {
  return (int16_t)((a * b + (1 << 14)) >> 15);
}

static inline int16_t on_curve(const int16_t *curve, int32_t x) {
  x = x < -CURVE_HALF ? -CURVE_HALF : x >= CURVE_HALF ? CURVE_HALF - 1 : x;
  return curve[x + CURVE_HALF];
}

// ---- plain C

static void multiply_plain(const Layer *l, const uint8_t *x, uint32_t x_step,
                           uint32_t rows, int16_t *y, uint32_t y_step) {
  for (uint32_t r = 0; r < rows; r++, x += x_step, y += y_step) {
    const int8_t *w = l->weight;
    for (uint32_t o = 0; o < l->wide; o += LAYER_OUT) {
      int32_t sum[LAYER_OUT];
      memcpy(sum, l->bias + o, sizeof sum);
      for (uint32_t i = 0; i < l->in; i += LAYER_IN)
        for (int k = 0; k < LAYER_OUT; k++, w += LAYER_IN)
          sum[k] += x[i] * w[0] + x[i + 1] * w[1] + x[i + 2] * w[2] + x[i + 3] * w[3];
      for (int k = 0; k < LAYER_OUT; k++)
        y[o + k] = rescale(sum[k], l->scale[o + k]);
    }
  }
}

static void step_plain(const Network *net, const int16_t *input, const int16_t *last,
                       uint32_t hidden, int16_t *cell, uint8_t *out) {
  for (uint32_t i = 0; i < hidden; i++) {
    uint32_t f = hidden + i, c = 2 * hidden + i, o = 3 * hidden + i;
    int16_t in = on_curve(net->sigmoid, input[i] + last[i]);
    int16_t forget = on_curve(net->sigmoid, input[f] + last[f]);
    int16_t fresh = on_curve(net->tanh, input[c] + last[c]);
    int16_t open = on_curve(net->sigmoid, input[o] + last[o]);
    // 2^15 in tanh is 1, and 2^11 in the cell
    cell[i] = cut16(product(forget, cell[i]) + ((product(in, fresh) + 8) >> 4));
    int16_t shown = product(open, on_curve(net->tanh, (cell[i] + 4) >> 3));
    int32_t y = (shown + 128) >> 8;
    out[i] = (uint8_t)((y > 127 ? 127 : y) + 128);
  }
}

static void dots_plain(const int16_t *mid, const int16_t *heads, uint32_t rows, uint32_t size, int32_t *out) {
  for (uint32_t h = 0; h < rows; h++, heads += size) {
    int32_t sum = 0;
    for (uint32_t i = 0; i < size; i++)
      sum += mid[i] * heads[i];
    out[h] = sum;
  }
}

static const Kernel plain = {"plain", multiply_plain, step_plain, dots_plain};

// ---- x86

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define VNNI __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512vnni")))
#define INLINE static inline __attribute__((always_inline))

enum { BLOCK = LAYER_OUT * LAYER_IN };

INLINE int32_t four_bytes(const uint8_t *at) {
  int32_t x;
  memcpy(&x, at, sizeof x);
  return x;
}

AVX2 INLINE __m256i rescale_avx2(__m256i sum, const int32_t *scale) {
  __m256i s = _mm256_loadu_si256((const void *)scale), half = _mm256_set1_epi64x(1 << 30);
  __m256i even = _mm256_add_epi64(_mm256_mul_epi32(sum, s), half);
  __m256i odd = _mm256_add_epi64(_mm256_mul_epi32(_mm256_srli_epi64(sum, 32), _mm256_srli_epi64(s, 32)), half);
  // bits 31 … 62 of each: the result fits 32 bits since scale < 2^31
  return _mm256_blend_epi32(_mm256_srli_epi64(even, 31), _mm256_slli_epi64(odd, 1), 0xAA);
}

// ROWS rows of x by BLOCKS neighbouring blocks of outputs.
AVX2 INLINE void tile_avx2(const int ROWS, const int BLOCKS, const Layer *l, const uint8_t *x, uint32_t x_step,
                           uint32_t o, int16_t *y, uint32_t y_step) {
  __m256i sum[4][8];
  uint32_t groups = l->in / LAYER_IN;
  const int8_t *w = l->weight + (size_t)o / LAYER_OUT * groups * BLOCK;
  for (int r = 0; r < ROWS; r++)
    for (int b = 0; b < 2 * BLOCKS; b++)
      sum[r][b] = _mm256_loadu_si256((const void *)(l->bias + o + 8 * b));
  const __m256i one = _mm256_set1_epi16(1);
  for (uint32_t g = 0; g < groups; g++, w += BLOCK) {
    __m256i four[4];
    for (int r = 0; r < ROWS; r++)
      four[r] = _mm256_set1_epi32(four_bytes(x + (size_t)r * x_step + LAYER_IN * g));
    for (int b = 0; b < 2 * BLOCKS; b++) {
      __m256i weights = _mm256_loadu_si256((const void *)(w + (size_t)(b / 2) * groups * BLOCK + b % 2 * 32));
      for (int r = 0; r < ROWS; r++) // pairs fit 16 bits: LAYER_MOST
        sum[r][b] = _mm256_add_epi32(sum[r][b], _mm256_madd_epi16(_mm256_maddubs_epi16(four[r], weights), one));
    }
  }
  for (int r = 0; r < ROWS; r++)
    for (int b = 0; b < BLOCKS; b++) {
      __m256i low = rescale_avx2(sum[r][2 * b], l->scale + o + 16 * b);
      __m256i high = rescale_avx2(sum[r][2 * b + 1], l->scale + o + 16 * b + 8);
      __m256i both = _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xD8);
      _mm256_storeu_si256((void *)(y + (size_t)r * y_step + o + 16 * b), both);
    }
}

AVX2 static void multiply_avx2(const Layer *l, const uint8_t *x, uint32_t x_step,
                               uint32_t rows, int16_t *y, uint32_t y_step) {
  uint32_t r = 0;
  for (; r + 4 <= rows; r += 4)
    for (uint32_t o = 0; o < l->wide; o += 16)
      tile_avx2(4, 1, l, x + (size_t)r * x_step, x_step, o, y + (size_t)r * y_step, y_step);
  for (; r < rows; r++) {
    uint32_t o = 0;
    for (; o + 64 <= l->wide; o += 64)
      tile_avx2(1, 4, l, x + (size_t)r * x_step, x_step, o, y + (size_t)r * y_step, y_step);
    for (; o < l->wide; o += 16)
      tile_avx2(1, 1, l, x + (size_t)r * x_step, x_step, o, y + (size_t)r * y_step, y_step);
  }
}

// Sixteen values of a curve. The clipping is done by vectors, the look-up is
// one load each: gathers are no faster where they are fast, and slow elsewhere.
AVX2 INLINE __m256i curve_avx2(const int16_t *curve, __m256i x) {
  int16_t at[16];
  x = _mm256_max_epi16(x, _mm256_set1_epi16(-CURVE_HALF));
  x = _mm256_min_epi16(x, _mm256_set1_epi16(CURVE_HALF - 1));
  _mm256_storeu_si256((void *)at, x);
  const int16_t *middle = curve + CURVE_HALF;
  for (int i = 0; i < 16; i++)
    at[i] = middle[at[i]];
  return _mm256_loadu_si256((const void *)at);
}

AVX2 static void step_avx2(const Network *net, const int16_t *input, const int16_t *last,
                           uint32_t hidden, int16_t *cell, uint8_t *out) {
  for (uint32_t i = 0; i < hidden; i += 16) {
#define GATE(k)                                                                     \
  _mm256_adds_epi16(_mm256_loadu_si256((const void *)(input + (k) * hidden + i)),   \
                    _mm256_loadu_si256((const void *)(last + (k) * hidden + i)))
    __m256i in = curve_avx2(net->sigmoid, GATE(0)), forget = curve_avx2(net->sigmoid, GATE(1));
    __m256i fresh = curve_avx2(net->tanh, GATE(2)), open = curve_avx2(net->sigmoid, GATE(3));
#undef GATE
    __m256i c = _mm256_mulhrs_epi16(forget, _mm256_loadu_si256((const void *)(cell + i)));
    __m256i add = _mm256_srai_epi16(_mm256_adds_epi16(_mm256_mulhrs_epi16(in, fresh), _mm256_set1_epi16(8)), 4);
    c = _mm256_adds_epi16(c, add);
    _mm256_storeu_si256((void *)(cell + i), c);
    __m256i far = _mm256_srai_epi16(_mm256_adds_epi16(c, _mm256_set1_epi16(4)), 3);
    __m256i shown = _mm256_mulhrs_epi16(open, curve_avx2(net->tanh, far));
    __m256i h = _mm256_srai_epi16(_mm256_adds_epi16(shown, _mm256_set1_epi16(128)), 8);
    __m128i bytes = _mm_packs_epi16(_mm256_castsi256_si128(h), _mm256_extracti128_si256(h, 1));
    _mm_storeu_si128((void *)(out + i), _mm_add_epi8(bytes, _mm_set1_epi8((char)0x80)));
  }
}

AVX2 static void dots_avx2(const int16_t *mid, const int16_t *heads, uint32_t rows, uint32_t size, int32_t *out) {
  for (uint32_t h = 0; h < rows; h++, heads += size) {
    __m256i sum = _mm256_setzero_si256(), more = sum;
    for (uint32_t i = 0; i < size; i += 32) {
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_loadu_si256((const void *)(mid + i)),
                                                    _mm256_loadu_si256((const void *)(heads + i))));
      more = _mm256_add_epi32(more, _mm256_madd_epi16(_mm256_loadu_si256((const void *)(mid + i + 16)),
                                                      _mm256_loadu_si256((const void *)(heads + i + 16))));
    }
    sum = _mm256_add_epi32(sum, more);
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4E));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0xB1));
    out[h] = _mm_cvtsi128_si32(s);
  }
}

VNNI INLINE __m256i rescale_vnni(__m512i sum, const int32_t *scale) {
  __m512i s = _mm512_loadu_si512(scale), half = _mm512_set1_epi64(1 << 30);
  __m512i even = _mm512_add_epi64(_mm512_mul_epi32(sum, s), half);
  __m512i odd = _mm512_add_epi64(_mm512_mul_epi32(_mm512_srli_epi64(sum, 32), _mm512_srli_epi64(s, 32)), half);
  __m512i y = _mm512_mask_blend_epi32(0xAAAA, _mm512_srli_epi64(even, 31), _mm512_slli_epi64(odd, 1));
  return _mm512_cvtsepi32_epi16(y);
}

// sum + products of x's bytes and the weights', by fours. In assembly because
// GCC 12 copies every sum of the built-in's once a round.
VNNI INLINE __m512i add_products(__m512i sum, __m512i x, __m512i weights) {
  __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(x), "v"(weights));
  return sum;
}

VNNI INLINE void tile_vnni(const int ROWS, const int BLOCKS, const Layer *l, const uint8_t *x, uint32_t x_step,
                           uint32_t o, int16_t *y, uint32_t y_step) {
  __m512i sum[4][10];
  uint32_t groups = l->in / LAYER_IN;
  const int8_t *w = l->weight + (size_t)o / LAYER_OUT * groups * BLOCK;
  for (int r = 0; r < ROWS; r++)
    for (int b = 0; b < BLOCKS; b++)
      sum[r][b] = _mm512_loadu_si512(l->bias + o + 16 * b);
  for (uint32_t g = 0; g < groups; g++, w += BLOCK) {
    __m512i four[4];
    for (int r = 0; r < ROWS; r++)
      four[r] = _mm512_set1_epi32(four_bytes(x + (size_t)r * x_step + LAYER_IN * g));
    for (int b = 0; b < BLOCKS; b++) {
      __m512i weights = _mm512_loadu_si512(w + (size_t)b * groups * BLOCK);
      for (int r = 0; r < ROWS; r++)
        sum[r][b] = add_products(sum[r][b], four[r], weights);
    }
  }
  for (int r = 0; r < ROWS; r++)
    for (int b = 0; b < BLOCKS; b++)
      _mm256_storeu_si256((void *)(y + (size_t)r * y_step + o + 16 * b), rescale_vnni(sum[r][b], l->scale + o + 16 * b));
}

VNNI static void multiply_vnni(const Layer *l, const uint8_t *x, uint32_t x_step,
                               uint32_t rows, int16_t *y, uint32_t y_step) {
  uint32_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    const uint8_t *from = x + (size_t)r * x_step;
    int16_t *to = y + (size_t)r * y_step;
    uint32_t o = 0;
    for (; o + 64 <= l->wide; o += 64)
      tile_vnni(4, 4, l, from, x_step, o, to, y_step);
    for (; o < l->wide; o += 16)
      tile_vnni(4, 1, l, from, x_step, o, to, y_step);
  }
  for (; r < rows; r++) {
    const uint8_t *from = x + (size_t)r * x_step;
    int16_t *to = y + (size_t)r * y_step;
    uint32_t o = 0;
    for (; o + 128 <= l->wide; o += 128)
      tile_vnni(1, 8, l, from, x_step, o, to, y_step);
    for (; o < l->wide; o += 16)
      tile_vnni(1, 1, l, from, x_step, o, to, y_step);
  }
}

static const Kernel avx2 = {"AVX2", multiply_avx2, step_avx2, dots_avx2};
static const Kernel vnni = {"AVX-512 VNNI", multiply_vnni, step_avx2, dots_avx2};

uint32_t kernels_all(const Kernel *out[4]) {
  uint32_t count = 0;
  out[count++] = &plain;
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) {
    out[count++] = &avx2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni"))
      out[count++] = &vnni;
  }
  return count;
}

// ---- ARM

#elif defined(__aarch64__)
#include <arm_neon.h>

// NEON's products are of signed bytes: 128 is taken from x, and what that
// takes from the sum is given back by 128 times the sum of the weights.
static void multiply_neon(const Layer *l, const uint8_t *x, uint32_t x_step,
                          uint32_t rows, int16_t *y, uint32_t y_step) {
  const int8x16_t ones = vdupq_n_s8(1);
  for (uint32_t r = 0; r < rows; r++, x += x_step, y += y_step) {
    const int8_t *w = l->weight;
    for (uint32_t o = 0; o < l->wide; o += LAYER_OUT) {
      int32x4_t sum[8] = {0}, weights[8] = {0}; // two lanes for each output
      for (uint32_t i = 0; i < l->in; i += LAYER_IN) {
        uint32_t four;
        memcpy(&four, x + i, sizeof four);
        int8x16_t v = vreinterpretq_s8_u32(vdupq_n_u32(four ^ 0x80808080u));
        for (int k = 0; k < 4; k++, w += 16) {
          int8x16_t m = vld1q_s8(w);
          sum[2 * k] = vpadalq_s16(sum[2 * k], vmull_s8(vget_low_s8(v), vget_low_s8(m)));
          sum[2 * k + 1] = vpadalq_s16(sum[2 * k + 1], vmull_high_s8(v, m));
          weights[2 * k] = vpadalq_s16(weights[2 * k], vmull_s8(vget_low_s8(ones), vget_low_s8(m)));
          weights[2 * k + 1] = vpadalq_s16(weights[2 * k + 1], vmull_high_s8(ones, m));
        }
      }
      for (int k = 0; k < 4; k++) {
        int32x4_t all = vpaddq_s32(sum[2 * k], sum[2 * k + 1]);
        int32x4_t taken = vpaddq_s32(weights[2 * k], weights[2 * k + 1]);
        all = vaddq_s32(vaddq_s32(all, vshlq_n_s32(taken, 7)), vld1q_s32(l->bias + o + 4 * k));
        int32_t four[4];
        vst1q_s32(four, all);
        for (int j = 0; j < 4; j++)
          y[o + 4 * k + j] = rescale(four[j], l->scale[o + 4 * k + j]);
      }
    }
  }
}

static void dots_neon(const int16_t *mid, const int16_t *heads, uint32_t rows, uint32_t size, int32_t *out) {
  for (uint32_t h = 0; h < rows; h++, heads += size) {
    int32x4_t sum = vdupq_n_s32(0);
    for (uint32_t i = 0; i < size; i += 8) {
      int16x8_t a = vld1q_s16(mid + i), b = vld1q_s16(heads + i);
      sum = vmlal_high_s16(vmlal_s16(sum, vget_low_s16(a), vget_low_s16(b)), a, b);
    }
    out[h] = vaddvq_s32(sum);
  }
}

static const Kernel neon = {"NEON", multiply_neon, step_plain, dots_neon};

uint32_t kernels_all(const Kernel *out[4]) {
  out[0] = &plain;
  out[1] = &neon;
  return 2;
}

#else
uint32_t kernels_all(const Kernel *out[4]) {
  out[0] = &plain;
  return 1;
}
#endif

const Kernel *kernel_best(void) {
  const Kernel *all[4];
  uint32_t count = kernels_all(all);
  return all[count - 1];
}
