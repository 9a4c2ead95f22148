#!/bin/sh
# layers.sh - checks that dependencies point left only: a folder of src/ may
# include itself and the folders before it in the order below, and nobody
# else's internal.h (docs/ARCHITECTURE.md). Prints what offends, and fails.
# SPDX-License-Identifier: Apache-2.0
cd "${1:-$(dirname "$0")/..}/src" || exit 2
include='^[[:space:]]*#[[:space:]]*include[[:space:]]*"'
earlier="" # the folders seen so far, for grep: base|doc|...
offends=$(
  for folder in base doc model read split parse mention event compile record store serve cmd; do
    earlier="${earlier:+$earlier|}$folder"
    [ -d "$folder" ] || continue
    grep -rnE "$include[^\"/]*/" --include='*.[ch]' "$folder" | grep -vE "\"($earlier)/"
    grep -rnE "$include.*internal\.h\"" --include='*.[ch]' "$folder" | grep -vE "\"($folder/)?internal\.h\""
    case $folder in store | serve | cmd) ;; # code.h has all stages in a row
      *) grep -rnE "$include(code\.h|bede\.c)\"" --include='*.[ch]' "$folder" ;; esac
  done
  for folder in */; do
    case "|$earlier|" in *"|${folder%/}|"*) ;; *) echo "$folder: has no place in the order of layers" ;; esac
  done
)
[ -z "$offends" ] && exit 0
printf '%s\n' "$offends" | sed 's|^|src/|'
exit 1
