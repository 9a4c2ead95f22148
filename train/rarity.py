#!/usr/bin/env python3
"""Makes data/en/words/rarity.txt of the word list of wordfreq.

    pip download --no-deps wordfreq==3.1.1; pip install msgpack
    rarity.py HEAD wordfreq-3.1.1-py3-none-any.whl > rarity.txt

HEAD is the file's present comment, kept as it is. SPDX-License-Identifier: Apache-2.0
"""
import gzip
import re
import sys
import zipfile
import msgpack

LIMIT = 580  # centibels of a word's share; rarer words are not listed
WORD = re.compile(r"[a-z][a-z'.-]*[a-z.]|[0-9]+")


def main():
    head, wheel = sys.argv[1:]
    packed = zipfile.ZipFile(wheel).read("wordfreq/data/large_en.msgpack.gz")
    shares = {}
    for share, words in enumerate(msgpack.unpackb(gzip.decompress(packed), raw=False)[1:][:LIMIT]):
        for word in words:
            if WORD.fullmatch(word):
                shares.setdefault(word, share)
    for line in open(head, encoding="utf-8"):
        if line.startswith("#"):
            print(line, end="")
    for word in sorted(shares):
        print("%s\t%.1f" % (word, shares[word] / 100))


if __name__ == "__main__":
    main()
