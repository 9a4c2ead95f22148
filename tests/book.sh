#!/bin/sh
# book.sh BEDE DATA CODEBOOK.md - the second half of docs/CODEBOOK.md is what the
# codebook gives today; `./dev docs` renews it.
# SPDX-License-Identifier: Apache-2.0
bede=$1 data=$2 page=$3
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
"$bede" data book "$data" >"$work/book" || exit 1
sed -n '/^## All of it/,$p' "$page" >"$work/page"
cmp -s "$work/page" "$work/book" && exit 0
diff -u "$work/page" "$work/book" | head -n 40
echo "$page is not what the codebook gives; renew it with ./dev docs, and look at the diff"
exit 1
