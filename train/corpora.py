# corpora.py - reads the treebanks and the name corpora into sentences of one shape.
# SPDX-License-Identifier: Apache-2.0
#
# A sentence is a dict of equally long lists, one item a word:
#   form   the word as written
#   upos, xpos, feats, lemma, head (0 is the root), deprel   or None (names only)
#   name   BIO tags over NAME_TYPES, None where the corpus does not say
import json
import re

NAME_TYPES = ["PERSON", "ORG", "PLACE", "EVENT", "OTHER"]

# GUM's entity types that can be names; everything else is OTHER.
GUM_TYPES = {"person": "PERSON", "organization": "ORG", "place": "PLACE", "event": "EVENT",
             "object": "OTHER", "abstract": "OTHER", "plant": None, "animal": None,
             "substance": None, "time": None}
# Words that stand before a person's name and are not part of it.
TITLES = set("""president prime minister premier chancellor king queen prince princess emperor senator
representative congressman congresswoman governor mayor secretary general admiral colonel captain major
lieutenant sergeant ambassador judge justice chief chairman chairwoman director professor prof. dr. dr mr.
mr mrs. mrs ms. ms sir lord lady pope bishop archbishop father sister saint st. rev. reverend sheikh ayatollah
vice deputy foreign defense defence attorney commissioner speaker officer inspector""".split())


def conllu(path):
    """Sentences of a CoNLL-U file; multiword ranges and empty nodes are skipped."""
    rows, has_entities = [], False
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# global.Entity"):
                has_entities = True
            elif not line:
                if rows:
                    yield sentence(rows, has_entities)
                rows = []
            elif line[0] != "#":
                c = line.split("\t")
                if c[0].isdigit():
                    rows.append(c)
    if rows:
        yield sentence(rows, has_entities)


def sentence(rows, has_entities):
    s = {"form": [r[1] for r in rows], "lemma": [r[2] for r in rows], "upos": [r[3] for r in rows],
         "xpos": [r[4] for r in rows], "feats": [r[5] for r in rows], "head": [int(r[6]) for r in rows],
         "deprel": [r[7] for r in rows]}
    s["name"] = gum_names(rows) if has_entities else [None] * len(rows)
    return s


def gum_names(rows):
    """BIO tags from GUM's Entity annotation: of each mention whose head is a proper noun,
    the run of capitalised words (and small words between them) around that head."""
    n = len(rows)
    tags, open_, mentions = ["O"] * n, {}, []
    for i, r in enumerate(rows):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", r[9])
        if not m:
            continue
        for tok in re.findall(r"\([^()]*\)?|[^()]+\)", m[1]):
            if tok.startswith("("):
                parts = tok.strip("()").split("-")
                if len(parts) < 2:
                    continue
                if tok.endswith(")"):
                    mentions.append((i, i, parts[1]))
                else:
                    open_.setdefault(parts[0], []).append((i, parts[1]))
            else:
                key = tok.rstrip(")").split("-")[0]
                if open_.get(key):
                    b, t = open_[key].pop()
                    mentions.append((b, i, t))
    upos = [r[3] for r in rows]
    small = {"of", "the", "and", "for", "de", "la", "del", "al", "-", "in", "'s", "&", "von", "van", "to"}
    before = small - {"'s", "in", "to"}     # "New Zealand 's Prime Minister John Key" is not one name
    for b, e, t in sorted(mentions, key=lambda m: m[0] - m[1]):      # longest first, shorter ones inside are dropped
        heads = [i for i in range(b, e + 1) if not b <= int(rows[i][6]) - 1 <= e]
        kind = GUM_TYPES.get(t)
        if not heads or upos[heads[0]] != "PROPN" or kind is None:
            continue
        h = heads[0]

        def part(i):
            return upos[i] == "PROPN" or (rows[i][1][:1].isupper() and upos[i] in ("ADJ", "NOUN", "VERB", "X")) \
                or (upos[i] == "NUM" and i > b)
        lo = hi = h
        while lo > b and (part(lo - 1) or (lo - 1 > b and rows[lo - 1][1].lower() in before and part(lo - 2))):
            lo -= 1
        while hi < e and (part(hi + 1) or (hi + 1 < e and rows[hi + 1][1].lower() in small and part(hi + 2)
                                           and int(rows[hi + 2][6]) - 1 >= lo)):
            hi += 1
        if kind == "PERSON":
            while lo < hi and rows[lo][1].lower() in TITLES:
                lo += 1
            if rows[lo][1].lower() in TITLES:
                continue
        if any(x != "O" for x in tags[lo:hi + 1]):
            continue
        tags[lo] = "B-" + kind
        for i in range(lo + 1, hi + 1):
            tags[i] = "I-" + kind
    return tags


def columns(path, types, unknown=()):
    """Sentences of a file of `token tag` lines; tags map by types, those in unknown to None."""
    form, name = [], []
    with open(path, encoding="utf-8") as f:
        for line in list(f) + [""]:
            c = line.split()
            if not c:
                if form:
                    yield {"form": form, "name": bio(name, types, unknown)}
                form, name = [], []
            elif len(c) >= 2:
                form.append(c[0])
                name.append(c[-1])


def bio(tags, types, unknown):
    out, before = [], "O"
    for t in tags:
        if t == "O":
            out.append("O")
        else:
            place, kind = t.split("-", 1)
            if kind in unknown or kind not in types:
                out.append(None)
            else:
                begins = place == "B" or before == "O" or before.split("-", 1)[1] != kind
                out.append(("B-" if begins else "I-") + types[kind])
        before = t
    return out


def crossner(input_path, gold_path, unknown=("OTHER",)):
    """CrossNER's sentences (JSON Lines of Bede's own form), tokenised roughly as UD does."""
    gold = {}
    for line in open(gold_path, encoding="utf-8"):
        o = json.loads(line)
        gold[o["id"]] = o["names"]
    for line in open(input_path, encoding="utf-8"):
        o = json.loads(line)
        text = o["text"].encode("utf-8")
        form, name = [], []
        for m in re.finditer(rb"[A-Za-z]\.(?:[A-Za-z]\.)+|'s\b|[0-9][0-9.,]*[0-9]|[0-9A-Za-z\x80-\xff]+|[^\s]", text):
            form.append(m.group().decode("utf-8", "replace"))
            tag = "O"
            for g in gold.get(o["id"], ()):
                if g["begin"] <= m.start() < g["end"]:
                    tag = None if g["type"] in unknown else ("B-" if m.start() == g["begin"] else "I-") + g["type"]
            name.append(tag)
        yield {"form": form, "name": name}
