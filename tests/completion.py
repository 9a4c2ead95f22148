#!/usr/bin/env python3
"""completion.py - completion as the shells do it: what Tab gives.

    tests/completion.py path/to/bede

A shell that is not installed is left out, and told. zsh is asked on a terminal of
its own, as it completes nowhere else.
SPDX-License-Identifier: Apache-2.0
"""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

bede = os.path.abspath(sys.argv[1])
folder = tempfile.mkdtemp()
open(os.path.join(folder, "wire.jsonl"), "w").close()
ENV = dict(os.environ, HOME=folder, PATH=os.path.dirname(bede) + ":" + os.environ["PATH"], TERM="dumb",
           LC_ALL="C.UTF-8")

# What is typed, what must be offered, and what must not.
WANTED = [
    ("bede ev", ["events"], ["series", "wire.jsonl"]),
    ("bede events --t", ["--to", "--type", "--target", "--text"], ["--tree", "--port"]),
    ("bede events --type COO", ["COOPERATE"], ["COERCE"]),
    ("bede pledges --state o", ["overdue", "open"], ["kept"]),
    ("bede export --to g", ["gdelt", "geojson"], ["csv"]),
    ("bede export --to p", ["phoenix", "polecat", "parquet"], ["gdelt"]),
    ("bede plot ti", ["timeline"], ["map"]),
    ("bede data b", ["build"], ["check"]),
    ("bede code wi", ["wire.jsonl"], []),
    ("bede events --db wi", ["wire.jsonl"], []),
    ("bede help pl", ["pledges", "plot"], ["code"]),
]


def script(shell):
    done = subprocess.run([bede, "help", "--completion", shell], capture_output=True, text=True, check=True)
    path = os.path.join(folder, {"zsh": "_bede", "bash": "bede.bash", "fish": "bede.fish"}[shell])
    with open(path, "w", encoding="utf-8") as file:
        file.write(done.stdout)
    return path


def ask_bash(typed):
    words = typed.split(" ")
    program = (f"source {script('bash')}; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
               "_bede; printf '%s\\n' \"${COMPREPLY[@]}\"")
    return subprocess.run(["bash", "--norc", "-c", program], cwd=folder, env=ENV, capture_output=True, text=True,
                          check=True).stdout.split()


def ask_fish(typed):
    program = f"source {script('fish')}; complete -C '{typed}'"
    done = subprocess.run(["fish", "--no-config", "-c", program], cwd=folder, env=ENV, capture_output=True, text=True)
    return [line.split("\t")[0].split("=")[-1] for line in done.stdout.splitlines()]


def ask_zsh(typed):
    """Types the words and Tab on a terminal, twice: completed, or listed."""
    script("zsh")
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execvpe("zsh", ["zsh", "-f", "-i"], ENV)

    def read_until(mark, seconds=20):
        got, end = "", time.time() + seconds
        while mark not in got and time.time() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                try:
                    got += os.read(terminal, 65536).decode("utf-8", "replace")
                except OSError:
                    break
        return got

    def send(text):
        os.write(terminal, text.encode())

    send(f"PS1='ready> '; fpath=({folder} $fpath); autoload -Uz compinit; compinit -D -u; "
         "LISTMAX=0; setopt nobeep; bindkey '^I' list-choices; bindkey '^G' send-break; echo set''up\n")
    read_until("setup\r\n")
    send(typed + "\t")
    time.sleep(1.5)
    send("\x07echo do''ne\n")
    got = read_until("done\r\n")
    os.close(terminal)
    os.waitpid(pid, 0)
    got = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", " ", got)
    return [word.rstrip("=") for word in got.replace(typed, " ", 1).split()]


asked, wrong = 0, []
for shell, ask in (("bash", ask_bash), ("fish", ask_fish), ("zsh", ask_zsh)):
    if not shutil.which(shell):
        print(f"{shell}: not installed, not tested")
        continue
    for typed, must, must_not in WANTED:
        offered = ask(typed)
        asked += 1
        lacking = [w for w in must if w not in offered]
        extra = [w for w in must_not if w in offered]
        if lacking or extra:
            wrong.append(f"{shell}: `{typed}` offers {offered[:12]}; lacking {lacking}, extra {extra}")
shutil.rmtree(folder)
print("\n".join(wrong + [f"{asked} completions, {len(wrong)} wrong"]))
sys.exit(1 if wrong or not asked else 0)
