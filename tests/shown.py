#!/usr/bin/env python3
"""shown.py - runs the commands that documents show, and compares what they print.

    tests/shown.py build/bede README.md docs/TUTORIAL.md
    tests/shown.py --accept build/bede README.md docs/TUTORIAL.md

In a document, a block that is fenced as `console` has commands, each behind "$ "
(`\\` at its end: it goes on), and below each what it prints. "..." stands for any
lines where it is alone, and for any characters within a line. The blocks of one
document run one after the other in one folder of their own, in which `examples`
is that of the source and `bede` or `build/bede` the program. A block fenced as `console commands`
is run, too, but what it prints is not shown. A picture `docs/pictures/NAME` that
a document shows must be NAME as its commands wrote it.

With --accept, what is printed now is written into the documents and pictures:
where "..." stood, the next line that still fits ends what is left out.
SPDX-License-Identifier: Apache-2.0
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

accept = sys.argv[1] == "--accept"
bede, *documents = sys.argv[2 if accept else 1:]
bede = os.path.abspath(bede)
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def blocks(lines):
    """(first, last, mode) of the lines inside each block of commands."""
    begin = None
    for i, line in enumerate(lines):
        if begin is None and re.fullmatch(r"```console( commands)?", line):
            begin = i + 1
        elif begin is not None and line == "```":
            yield begin, i, "commands" if lines[begin - 1].endswith("commands") else "shown"
            begin = None


def steps(lines):
    """[command, lines of the command, lines shown below it] of a block."""
    out, i = [], 0
    while i < len(lines):
        if not lines[i].startswith("$ "):
            raise ValueError("a block begins with `$ `, not: " + lines[i])
        told = [lines[i]]
        while told[-1].endswith("\\"):
            i += 1
            told.append(lines[i])
        i += 1
        shown = []
        while i < len(lines) and not lines[i].startswith("$ "):
            shown.append(lines[i])
            i += 1
        out.append(("\n".join(told)[2:], told, shown))
    return out


def line_fits(shown, real):
    return re.fullmatch(".*".join(re.escape(part) for part in shown.split("...")), real) is not None


def fits(shown, real):
    """Does `real` print as `shown`, line by line?"""
    if not shown:
        return not real
    if shown[0] == "...":
        return any(fits(shown[1:], real[i:]) for i in range(len(real) + 1))
    return bool(real) and line_fits(shown[0], real[0]) and fits(shown[1:], real[1:])


def mended(shown, real):
    """`real`, with what was left out in `shown` left out again where that can be told."""
    if "..." not in shown:
        return [s if r != s and line_fits(s, r) else r
                for s, r in zip(shown + [""] * len(real), real)]
    out, at = [], 0
    for i, line in enumerate(shown):
        if line != "...":
            if at < len(real):
                out.append(line if line_fits(line, real[at]) else real[at])
                at += 1
            continue
        out.append(line)
        rest = shown[i + 1:]
        if not rest:
            return out
        at = next((k for k in range(at, len(real)) if line_fits(rest[0], real[k])), len(real) - len(rest))
    return out


def run(command, folder):
    env = dict(os.environ, PATH=os.path.dirname(bede) + ":" + os.environ["PATH"], LC_ALL="C.UTF-8",
               COLUMNS="100", NO_COLOR="1")
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    return done.returncode, done.stdout.decode("utf-8", "replace").rstrip("\n").split("\n")


ran, wrong = 0, []
for document in documents:
    path = os.path.join(root, document)
    lines = open(path, encoding="utf-8").read().split("\n")
    folder = tempfile.mkdtemp(prefix="bede-shown-")
    os.symlink(os.path.join(root, "examples"), os.path.join(folder, "examples"))
    os.symlink(os.path.dirname(bede), os.path.join(folder, "build"))
    new = []
    last = 0
    for begin, end, mode in blocks(lines):
        new += lines[last:begin]
        for command, told, shown in steps(lines[begin:end]):
            status, real = run(command, folder)
            real = [line.rstrip() for line in real if mode == "shown"]
            real = [] if real == [""] else real
            while shown and not shown[-1]:
                shown.pop()
            ran += 1
            if status:
                wrong.append(f"{document}: exit {status} of: {command}\n    " + "\n    ".join(real))
            elif mode == "shown" and not fits(shown, real):
                wrong.append(f"{document}: other output of: {command}\n    " + "\n    ".join(real))
                shown = mended(shown, real)
            new += told + shown
        last = end
    new += lines[last:]
    if accept:
        open(path, "w", encoding="utf-8").write("\n".join(new))
    for picture in sorted(set(re.findall(r"[(\"](?:docs/)?pictures/([\w.-]+)[)\"]", "\n".join(lines)))):
        made, kept = os.path.join(folder, picture), os.path.join(root, "docs/pictures", picture)
        if not os.path.exists(made):
            wrong.append(f"{document}: no command writes {picture}")
        elif accept:
            os.makedirs(os.path.dirname(kept), exist_ok=True)
            shutil.copy(made, kept)
        elif not os.path.exists(kept) or open(made, "rb").read() != open(kept, "rb").read():
            wrong.append(f"{document}: docs/pictures/{picture} is not what its command draws now")
    shutil.rmtree(folder)
for text in wrong:
    print(text)
print(f"{ran} commands run, {len(wrong)} not as shown" + ("; accepted" if accept and wrong else ""))
if wrong and not accept:
    print("if the new output is right: tests/shown.py --accept build/bede " + " ".join(documents))
sys.exit(1 if not ran or (wrong and not accept) else 0)
