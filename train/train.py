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

import corpora

AFFIX_ROWS = 1 << 14       # rows of the hashed table; row 0 is padding
WORD_UNKNOWN, WORD_ROOT = 1, 2   # rows of the word table; row 0 is padding
FEATURES = 5
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


def affixes(form):
    w = form.encode("utf-8")
    low = w.lower()        # bytes.lower touches ASCII only
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
    def __init__(s, words, sizes, dim=128, hidden=128, arc=128, label=128):
        super().__init__()
        s.word = nn.Embedding(words, dim, padding_idx=0)
        s.affix = nn.Embedding(AFFIX_ROWS, dim, padding_idx=0)
        nn.init.normal_(s.word.weight, 0, .1)
        nn.init.normal_(s.affix.weight, 0, .05)
        s.lstm = nn.LSTM(dim, hidden, 2, bidirectional=True, batch_first=True, dropout=.3)
        s.tags = nn.ModuleDict({k: nn.Linear(2 * hidden, sizes[k]) for k in ("upos", "xpos", "feats", "lemma", "name")})
        s.arc_dep, s.arc_head = nn.Linear(2 * hidden, arc), nn.Linear(2 * hidden, arc)
        s.arc = nn.Parameter(torch.randn(arc + 1, arc) / arc)
        s.rel_dep, s.rel_head = nn.Linear(2 * hidden, label), nn.Linear(2 * hidden, label)
        s.rel = nn.Linear(label, sizes["deprel"])
        s.drop = .33

    def encode(s, w, a):
        e = s.word(w) + s.affix(a).sum(2)
        y, _ = s.lstm(F.dropout(e, s.drop, s.training))
        return F.dropout(y, s.drop, s.training)

    def hide(s, t):
        return F.dropout(F.leaky_relu(t, .125), s.drop, s.training)

    def arcs(s, y):
        d, h = s.hide(s.arc_dep(y)), s.hide(s.arc_head(y))
        one = torch.ones(d.shape[:2] + (1,))
        return torch.cat([d, one], 2) @ s.arc @ h.transpose(1, 2)      # [sentence, dependent, head]

    def labels(s, y, heads):
        h = s.rel_head(y)
        h = torch.gather(h, 1, heads.unsqueeze(2).expand(-1, -1, h.shape[2]))
        return s.rel(s.hide(s.rel_dep(y) + h))


# ---- data to tensors

class Data:
    def __init__(s, trees, names):
        count = collections.Counter(f.lower() for x in trees + names for f in x["form"])
        tree_words = {f.lower() for x in trees for f in x["form"]}
        s.words = sorted((w for w, c in count.items() if c >= 2 and (w in tree_words or c >= 3)), key=lambda w: (-count[w], w))
        s.row = {w: i + 3 for i, w in enumerate(s.words)}
        s.count = count
        s.voc = {}
        for k, least in (("upos", 1), ("xpos", 1), ("deprel", 1), ("feats", 2)):
            c = collections.Counter(v for x in trees for v in x[k])
            s.voc[k] = sorted((v for v, n in c.items() if n >= least), key=lambda v: (-c[v], v))
        c = collections.Counter(script(f, l) for x in trees for f, l in zip(x["form"], x["lemma"]) if l != "_")
        s.voc["lemma"] = sorted((v for v, n in c.items() if n >= 3), key=lambda v: (-c[v], v))
        s.voc["name"] = NAMES
        s.index = {k: {v: i for i, v in enumerate(vs)} for k, vs in s.voc.items()}
        s.cache = {}
        p = torch.zeros(len(s.words) + 3)
        for w, i in s.row.items():
            p[i] = .25 / (.25 + count[w])
        s.word_drop = p

    def feats(s, form):
        r = s.cache.get(form)
        if r is None:
            r = s.cache[form] = (s.row.get(form.lower(), WORD_UNKNOWN), affixes(form))
        return r

    def tensors(s, batch):
        n = max(len(x["form"]) for x in batch) + 1
        w = np.zeros((len(batch), n), np.int64)
        a = np.zeros((len(batch), n, FEATURES), np.int64)
        g = {k: np.full((len(batch), n), -100, np.int64) for k in ("upos", "xpos", "feats", "lemma", "name", "head", "deprel")}
        for i, x in enumerate(batch):
            w[i, 0] = WORD_ROOT
            for j, f in enumerate(x["form"], 1):
                w[i, j], a[i, j] = s.feats(f)
                if x["name"][j - 1] is not None:
                    g["name"][i, j] = s.index["name"][x["name"][j - 1]]
                if "head" not in x:
                    continue
                for k in ("upos", "xpos", "feats", "deprel"):
                    g[k][i, j] = s.index[k].get(x[k][j - 1], -100)
                g["head"][i, j] = x["head"][j - 1]
                if x["lemma"][j - 1] != "_":
                    g["lemma"][i, j] = s.index["lemma"].get(script(f, x["lemma"][j - 1]), -100)
        return torch.from_numpy(w), torch.from_numpy(a), {k: torch.from_numpy(v) for k, v in g.items()}

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


def evaluate(net, data, sentences):
    """Greedy heads: a quick look, the true figures come from `bede parse` and score/parse.py."""
    net.eval()
    hit = collections.Counter()
    with torch.no_grad():
        for w, a, g in data.batches(sentences, 2000):
            y = net.encode(w, a)
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

def export(net, data, folder, about):
    """Tensors as half floats, matrices as [input][output], so that C adds rows; the
    layout of the header is described in src/model/network.h."""
    st = {k: v.detach() for k, v in net.state_dict().items()}
    tensors = [("word", st["word.weight"]), ("affix", st["affix.weight"])]
    for layer in (0, 1):
        for suffix, name in (("", "forward"), ("_reverse", "backward")):
            p = "lstm.%s_%s_l%d" + suffix
            tensors += [("lstm%d.%s.input" % (layer, name), st[p % ("weight", "ih", layer)].t()),
                        ("lstm%d.%s.hidden" % (layer, name), st[p % ("weight", "hh", layer)].t()),
                        ("lstm%d.%s.bias" % (layer, name), (st[p % ("bias", "ih", layer)] + st[p % ("bias", "hh", layer)])[None])]
    for k in ("upos", "xpos", "feats", "lemma", "name"):
        tensors += [(k + ".weight", st["tags.%s.weight" % k].t()), (k + ".bias", st["tags.%s.bias" % k][None])]
    for k in ("arc_dep", "arc_head", "rel_dep", "rel_head", "rel"):
        tensors += [(k + ".weight", st[k + ".weight"].t()), (k + ".bias", st[k + ".bias"][None])]
    tensors.append(("arc", st["arc"]))
    os.makedirs(folder, exist_ok=True)
    head, body = ["bede network 1"], b""
    for name, t in tensors:
        t = t.contiguous().numpy().astype("<f2")
        head.append("tensor\t%s\t%d\t%d" % (name, t.shape[0], t.shape[1]))
        body += t.tobytes()
    with open(os.path.join(folder, "network.weights.new"), "wb") as f:
        f.write(("\n".join(head) + "\nend\n").encode() + body)
    with open(os.path.join(folder, "network.txt.new"), "w", encoding="utf-8") as f:
        f.write("# network.txt - words and labels of the network, in the order of its rows; made by train/train.py\n")
        f.write("# %s\n# licence: see train/README.md\n" % about)
        for k in ("upos", "xpos", "feats", "lemma", "name", "deprel"):
            for v in data.voc[k]:
                f.write("%s\t%s\n" % (k, v))
        for w in data.words:
            f.write("word\t%s\n" % w)
    for name in ("network.weights", "network.txt"):
        os.replace(os.path.join(folder, name + ".new"), os.path.join(folder, name))


def record(net, data, sentences, path):
    """What the network says of some sentences, in full precision: C must reproduce it."""
    net.eval()
    with open(path, "w", encoding="utf-8") as f, torch.no_grad():
        f.write("# made by train.py --record; one word a line: form, argmax of each head, best score of the arc row\n")
        for x in sentences:
            w, a, _ = data.tensors([dict(form=x["form"], name=[None] * len(x["form"]))])
            y = net.encode(w, a)
            arc = net.arcs(y)
            i = torch.arange(w.shape[1])
            arc[:, i, i] = -1e9
            tags = {k: net.tags[k](y)[0] for k in ("upos", "xpos", "feats", "lemma", "name")}
            for j, form in enumerate(x["form"], 1):
                f.write("%s\t%s\t%d\t%.4f\n" % (form, "\t".join(str(tags[k][j].argmax().item()) for k in tags),
                                                arc[0, j].argmax().item(), arc[0, j].max().item()))
            f.write("\n")
    net.train()


def main():
    ap = argparse.ArgumentParser(description="trains Bede's network")
    ap.add_argument("--shared", default="../shared", help="the folder with treebanks/, names/ and gold/")
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--rate", type=float, default=3e-3)
    ap.add_argument("--batch", type=int, default=700, help="words in a batch")
    ap.add_argument("--checkpoint", default="train/checkpoint.pt")
    ap.add_argument("--out", default="data/en/network")
    ap.add_argument("--record", metavar="FILE", help="also write outputs for the sentences of --sentences (one a line, words parted by blanks)")
    ap.add_argument("--sentences", metavar="FILE")
    args = ap.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    np.random.seed(args.seed)
    S = args.shared
    trees = [x for t in ("ewt", "gum") for x in corpora.conllu("%s/treebanks/en_%s.train.conllu" % (S, t))]
    names = list(corpora.columns(S + "/names/wikigold.conll", dict(PER="PERSON", ORG="ORG", LOC="PLACE"), ("MISC",)))
    names += list(corpora.crossner(S + "/gold/names.crossner-politics.dev.input.jsonl", S + "/gold/names.crossner-politics.dev.gold.jsonl"))
    tweets = list(corpora.columns(S + "/names/btc.conll", dict(PER="PERSON", ORG="ORG", LOC="PLACE")))
    tweets += list(corpora.columns(S + "/names/wnut17.train.conll",
                                   {"corporation": "ORG", "group": "ORG", "location": "PLACE", "person": "PERSON",
                                    "creative-work": "OTHER", "product": "OTHER"}))
    random.shuffle(tweets)
    names += tweets[:len(tweets) // 2]
    dev = {t: list(corpora.conllu("%s/treebanks/en_%s.dev.conllu" % (S, t))) for t in ("ewt", "gum")}
    data = Data(trees, names)
    print("trees %d, names %d, words %d, %s" % (len(trees), len(names), len(data.words),
                                                {k: len(v) for k, v in data.voc.items()}), flush=True)
    net = Net(len(data.words) + 3, {k: len(v) for k, v in data.voc.items()})
    average = {k: v.clone() for k, v in net.state_dict().items()}
    opt = torch.optim.Adam(net.parameters(), lr=args.rate, betas=(.9, .95))
    small = [p for p in net.parameters() if p.shape[0] < 10000]
    tree_batches, name_batches = data.batches(trees, args.batch), data.batches(names, args.batch)
    print("batches %d + %d" % (len(tree_batches), len(name_batches)), flush=True)
    spent, step, epoch = 0., 0, 0
    if os.path.exists(args.checkpoint):
        c = torch.load(args.checkpoint)
        net.load_state_dict(c["net"])
        opt.load_state_dict(c["opt"])
        average, spent, step, epoch = c["average"], c["spent"], c["step"], c["epoch"]
        print("goes on from %s at %.0f s" % (args.checkpoint, spent), flush=True)
    budget, last_save, began = args.minutes * 60, spent, time.time() - spent
    ce = lambda s, g: F.cross_entropy(s.reshape(-1, s.shape[-1]), g.reshape(-1), ignore_index=-100, label_smoothing=.03)

    def averaged():
        other = Net(len(data.words) + 3, {k: len(v) for k, v in data.voc.items()})
        other.load_state_dict(average)
        return other

    def save():
        about = "seed %d, %.0f minutes of %.0f, epoch %d" % (args.seed, spent / 60, args.minutes, epoch)
        torch.save(dict(net=net.state_dict(), opt=opt.state_dict(), average=average, spent=spent, step=step, epoch=epoch),
                   args.checkpoint + ".new")
        os.replace(args.checkpoint + ".new", args.checkpoint)
        export(averaged(), data, args.out, about)

    net.train()
    while spent < budget:
        plan = [(b, True) for b in tree_batches] + [(b, False) for b in random.sample(name_batches, len(name_batches) // 2)]
        random.shuffle(plan)
        total = 0.
        for (w, a, g), is_tree in plan:
            spent = time.time() - began
            if spent >= budget:
                break
            for group in opt.param_groups:
                group["lr"] = args.rate * min(1, (step + 1) / 200) * (1 - spent / budget) + 1e-5
            drop = (torch.rand(w.shape) < data.word_drop[w]) & (w > 2)
            y = net.encode(torch.where(drop, torch.full_like(w, WORD_UNKNOWN), w), a)
            loss = 0.
            if (g["name"] >= 0).any():
                loss = loss + .4 * ce(net.tags["name"](y), g["name"])
            if is_tree:
                arc = net.arcs(y).masked_fill((w == 0).unsqueeze(1), -1e4)
                h = g["head"].clamp(min=0)
                loss = (loss + F.cross_entropy(arc.reshape(-1, arc.shape[-1]), g["head"].reshape(-1), ignore_index=-100)
                        + ce(net.labels(y, h), g["deprel"]) + .3 * ce(net.tags["upos"](y), g["upos"])
                        + .3 * ce(net.tags["xpos"](y), g["xpos"]) + .15 * ce(net.tags["feats"](y), g["feats"])
                        + .2 * ce(net.tags["lemma"](y), g["lemma"]))
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
        if epoch % 4 == 0 or spent >= budget:
            other = averaged()
            line += " | " + " | ".join(t + " " + evaluate(other, data, dev[t]) for t in dev)
        print(line, flush=True)
        if spent - last_save > 300 or epoch == 4 or spent >= budget:
            save()
            last_save = spent
    if args.record:
        lines = [l.split() for l in open(args.sentences, encoding="utf-8") if l.strip()]
        record(averaged(), data, [dict(form=l) for l in lines], args.record)


if __name__ == "__main__":
    main()
