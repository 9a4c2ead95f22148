#!/usr/bin/env python3
"""notebook.py - runs docs/notebook.ipynb from its first cell to its last, and looks
at what it shows. BEDE is the program; the package, nbclient, ipykernel, pandas and
matplotlib are those of the Python that runs this (`./dev test python`).

SPDX-License-Identifier: Apache-2.0
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

root = Path(__file__).resolve().parent.parent
bede = os.path.abspath(os.environ["BEDE"])
notebook = nbformat.read(root / "docs/notebook.ipynb", as_version=4)
for cell in notebook.cells:
    if cell.cell_type == "code" and cell.outputs:
        sys.exit("docs/notebook.ipynb is kept without outputs; they stand there now")
with tempfile.TemporaryDirectory() as folder:
    os.symlink(root / "examples", os.path.join(folder, "examples"))
    os.environ["PATH"] = os.path.dirname(bede) + ":" + os.environ["PATH"]
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    lines = subprocess.run([bede, "events", "--db", "bede.db", "--once", "--status", "actual", "--from", "2025-04-08",
                            "--to", "jsonl", "--quiet", "GHA", "URY"], cwd=folder, check=True, capture_output=True,
                           text=True).stdout.splitlines()

outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
kinds = [kind for output in outputs for kind in output.get("data", {})]
text = "".join(output.get("text", "") for output in outputs)
wrong = []
if "image/png" not in kinds:
    wrong.append("there is no figure")
if "image/svg+xml" not in kinds:
    wrong.append("there is no picture of the store")
if "text/html" not in kinds:
    wrong.append("there is no table")
found = re.search(r"before: (\d+) of (\d+) are conflict; after: (\d+) of (\d+)", text)
if not found or int(found[4]) != len(lines):
    wrong.append(f"stories after: {found and found[4]}, but `bede events --once` has {len(lines)}")
elif not int(found[1]) / int(found[2]) > 0.5 > int(found[3]) / int(found[4]):
    wrong.append("no turn: " + found[0])
print("\n".join(wrong) or "notebook: ok, " + found[0])
sys.exit(1 if wrong else 0)
