#!/usr/bin/env python3
# confidence.py - weights and curve of data/en/words/confidence.txt, from events that
# were read and judged.
#
#   build/features NEWS.jsonl > features.tsv        (ninja -C build features)
#   train/confidence.py fit features.tsv verdicts.tsv > data/en/words/confidence.txt
#   train/confidence.py measure features.tsv verdicts.tsv
#
# verdicts.tsv: event id TAB anything TAB … TAB "right" or "wrong" (last field); events
# of other readers or samples are left out by the caller. `fit` is a logistic regression
# with a ridge; its sums, each computed without the fold the event is in, are mapped to
# shares by isotonic regression over ten bins ("curve"), each bin drawn towards the share of
# all by five events of that share. `measure` prints a table of reliability and the expected
# calibration error (ten bins of equal width; Naeini et al. 2015) of the confidence that
# features.tsv has, and the area under the curve. Plain Python.
# SPDX-License-Identifier: Apache-2.0
import math
import sys

RIDGE, FOLDS, ROUNDS = 3.0, 10, 60


def read(features, verdicts):
    judged = {}
    for line in open(verdicts, encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        if f[-1] in ("right", "wrong"):
            judged[f[0]] = f[-1] == "right"
    rows = []
    for line in open(features, encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        if f[0] in judged:
            names = ["type " + f[4]] + ([] if f[5] == "actual" else ["status " + f[5]])
            names += ["mutual"] * (f[8] == "1") + [x for x in f[10].split(";") if x]
            rows.append((names, judged.pop(f[0]), float(f[9])))
    print("# %d events, %d not found" % (len(rows), len(judged)), file=sys.stderr)
    return rows


def logistic(x):
    return 1 / (1 + math.exp(-x))


def fit(rows):
    """Ridge logistic regression by coordinate-wise Newton steps."""
    names = sorted({n for r in rows for n in r[0]})
    where = {n: [i for i, r in enumerate(rows) if n in r[0]] for n in names}
    weight = dict.fromkeys(names, 0.0)
    base, sums = 0.0, [0.0] * len(rows)

    def step(members, old, ridge):
        g = sum(rows[i][1] - logistic(sums[i]) for i in members) - ridge * old
        h = sum(logistic(sums[i]) * (1 - logistic(sums[i])) for i in members) + ridge
        d = max(-1.0, min(1.0, g / max(h, 1e-9)))
        for i in members:
            sums[i] += d
        return old + d

    for _ in range(ROUNDS):
        base = step(range(len(rows)), base, 1e-6)
        for n in names:
            weight[n] = step(where[n], weight[n], RIDGE)
    return base, weight


def total(names, base, weight):
    return base + sum(weight.get(n, 0.0) for n in names)


def curve(pairs):
    """(sum, right) to knots: ten bins of equal size, pooled until they rise."""
    pairs.sort()
    share = sum(r for _, r in pairs) / len(pairs)
    bins = []
    for k in range(10):
        part = pairs[k * len(pairs) // 10:(k + 1) * len(pairs) // 10]
        bins.append([sum(s for s, _ in part), len(part), sum(r for _, r in part)])
    pooled = []
    for b in bins:
        pooled.append(b)
        while len(pooled) > 1 and pooled[-2][2] / pooled[-2][1] >= pooled[-1][2] / pooled[-1][1]:
            top = pooled.pop()
            pooled[-1] = [x + y for x, y in zip(pooled[-1], top)]
    return [(round(100 * s / n), round(100 * (r + 5 * share) / (n + 5))) for s, n, r in pooled]


def do_fit(rows):
    out = []
    for k in range(FOLDS):
        base, weight = fit([r for i, r in enumerate(rows) if i % FOLDS != k])
        out += [(total(r[0], base, weight), r[1]) for i, r in enumerate(rows) if i % FOLDS == k]
    knots = curve(out)
    base, weight = fit(rows)
    count = {n: (sum(n in r[0] for r in rows), sum(n in r[0] and r[1] for r in rows)) for n in weight}
    print("# How likely an event is right, by what its rule rests on: weights in hundredths of a logit,")
    print("# with how many judged events had it and how many of them were right; curve: sums and the per")
    print("# cent right there. Made by train/confidence.py from %d events of the wire that were read and" % len(rows))
    print("# judged (docs/CODEBOOK.md, How sure). No text is kept. Own work, Apache-2.0.")
    print("base\t%d" % round(100 * base))
    print("curve\t" + " ".join("%d:%d" % k for k in knots))
    for n in sorted(weight):
        print("%s\t%d\t%d\t%d" % (n.lower(), round(100 * weight[n]), *count[n]))


def do_measure(rows):
    bins = [[] for _ in range(10)]
    for _, right, sure in rows:
        bins[min(9, int(sure * 10))].append((sure, right))
    print("| sure | events | mean | right |\n|---|---|---|---|")
    error = 0.0
    for k, b in enumerate(bins):
        if b:
            mean, share = sum(s for s, _ in b) / len(b), sum(r for _, r in b) / len(b)
            error += len(b) / len(rows) * abs(mean - share)
            print("| .%d to .%d | %d | %.2f | %.2f |" % (k, k + 1, len(b), mean, share))
    good = [s for _, r, s in rows if r]
    bad = [s for _, r, s in rows if not r]
    area = sum((g > b) + (g == b) / 2 for g in good for b in bad) / max(1, len(good) * len(bad))
    print("\nevents %d, right %.3f, expected calibration error %.3f, area under the curve %.3f" %
          (len(rows), len(good) / len(rows), error, area))


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("fit", "measure"):
        sys.exit("usage: confidence.py fit|measure FEATURES.tsv VERDICTS.tsv")
    (do_fit if sys.argv[1] == "fit" else do_measure)(read(sys.argv[2], sys.argv[3]))
