#!/usr/bin/env python3
"""hostile.py BEDE SCORE: every file of SCORE/hostile.py alone, and between two
copies of a good page, within its limits (10 seconds, 1 GiB).

Where SCORE is not there the test is skipped. BEDE_HOSTILE_SLOW=6 stretches the
time and lifts the limit of memory, for sanitizer builds.
SPDX-License-Identifier: Apache-2.0
"""
import json
import os
import resource
import subprocess
import sys
import tempfile


def faults(bede, names, file, status, words, slow):
    """What is wrong with the reading of file among names."""
    def limit():
        if slow == 1:
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    try:
        run = subprocess.run([bede, "read", "--quiet", "-j1", *names], capture_output=True,
                             timeout=10 * slow, preexec_fn=limit, check=False)
    except subprocess.TimeoutExpired:
        yield "takes too long"
        return
    told = run.stderr.decode(errors="replace")
    try:
        documents = [json.loads(line) for line in run.stdout.decode().splitlines()]
    except ValueError as e:
        yield f"prints no JSON or no UTF-8: {e}"
        return
    if run.returncode not in (0, 1):
        yield f"exit status {run.returncode}: {told[-300:]}"
    if status != "any" and str(run.returncode) != status:
        yield f"exit status {run.returncode}, not {status}: {told[:300]}"
    if run.returncode == 1 and file.split("\t")[0] not in told:
        yield f"an error that does not name it: {told[:300]}"
    if run.returncode == 0 and not documents:
        yield "silence"
    if len(names) > 1:
        if len(documents) < 2 or documents[0]["path"] != names[0] or documents[-1]["path"] != names[-1]:
            yield "what stands beside it is not read"
        documents = documents[1:-1]
    texts = [d["text"] + (d["title"] or "") for d in documents]
    if words != "-" and not any(words in t for t in texts):
        yield f"does not hold: {words}"
    if any(ord(c) < 32 and c not in "\n\t\r" for t in texts for c in t):
        yield "control characters come out"
    if "Palantir" in run.stdout.decode():
        yield "a file that an entity names was opened"


def main():
    bede, score = os.path.abspath(sys.argv[1]), os.path.join(sys.argv[2], "hostile.py")
    if not os.path.exists(score):
        sys.exit(77)
    slow = int(os.environ.get("BEDE_HOSTILE_SLOW", "1"))
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, score, folder], check=True)
        with open(os.path.join(folder, "MANIFEST.tsv"), encoding="utf-8") as f:
            rows = [line.rstrip("\n").split("\t") for line in f][1:]
        os.chdir(folder)
        for file, status, words, _ in rows:
            file = file.replace("\\t", "\t")
            for names in [file], ["good.html", file, "good.html"]:
                for fault in faults(bede, names, file, status, words, slow):
                    print(f"{' '.join(names)}: {fault}")
                    wrong += 1
    print(f"{len(rows)} files, {wrong} faults")
    sys.exit(wrong > 0)


main()
