#!/bin/sh
# patterns.sh BEDE DATA - the compiled codebook that is kept as text shows what
# new weights or clauses do to it; it must be what the program makes today.
# SPDX-License-Identifier: Apache-2.0
bede=$1 data=$2
kept=$data/codebook/patterns.txt
[ -f "$kept" ] || exit 77 # skipped
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
"$bede" data build --quiet --patterns "$work/patterns.txt" "$data" "$work/image" || exit 1
cmp -s "$kept" "$work/patterns.txt" && exit 0
diff -u "$kept" "$work/patterns.txt" | head -n 60
echo "$kept is not what the codebook and the weights give. Renew it, and look at the diff:"
echo "  bede data build --patterns data/en/codebook/patterns.txt data/en build/bede.image"
exit 1
