#!/bin/sh
# exports.sh - the shared library exports what bede.h declares, and nothing else.
# usage: tests/exports.sh include/bede.h libbede.so
# SPDX-License-Identifier: Apache-2.0
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
tr '\n' ' ' <"$1" | grep -oE 'BEDE_API [^;]*;' | grep -oE 'bede_[a-z_]+\(' | tr -d '(' |
  sort >"$work/declared"
nm -D --defined-only "$2" | awk '$2 ~ /[TDBRV]/ {print $3}' |
  grep -vE '^(_init|_fini|__asan|__ubsan|__tsan|__odr_asan|__sanitizer)' | sort >"$work/exported"
[ -s "$work/declared" ] || { echo "found no declarations in $1"; exit 2; }
diff "$work/declared" "$work/exported" && echo "$(wc -l <"$work/declared") functions, declared and exported"
