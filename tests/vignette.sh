#!/bin/sh
# vignette.sh - runs the chunks of docs/vignette.Rmd as its text says they are run.
# Where R or RSQLite is missing it says so, and counts as skipped.
# usage: tests/vignette.sh path/to/bede path/to/source
# SPDX-License-Identifier: Apache-2.0
set -u
bede=$(realpath "$1") source=$(realpath "$2")
if ! Rscript -e 'library(RSQLite)' >/dev/null 2>&1; then
  echo "skipped: no R with RSQLite here (apt-get install r-base-core r-cran-rsqlite)"
  exit 77
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
ln -s "$source/examples" examples
mkdir bin && ln -s "$bede" bin/bede
PATH=$work/bin:$PATH BEDE_DATA=${BEDE_DATA:-$(dirname "$bede")/bede.image}
export BEDE_DATA
sed -n 's/^    \(bede .*\)/\1/p' "$source/docs/vignette.Rmd" >run.sh
[ "$(wc -l <run.sh)" -ge 3 ] && sh -e run.sh >/dev/null || { echo "the commands of the vignette fail"; exit 1; }
awk '/^```\{r\}$/ {on = 1; next} /^```$/ {on = 0} on' "$source/docs/vignette.Rmd" >run.R
Rscript --vanilla run.R >out 2>&1 || { cat out; exit 1; }
failed=0
ok() { [ "$2" = 0 ] || { echo "not right: $1"; failed=1; }; }
grep -q 'ASSAULT' out; ok "the table has the gravest act" $?
grep -q 'opened fire on a Uruguayan trawler' out; ok "and its words" $?
[ "$(grep -c 'GHA *URY *20' out)" -gt 5 ]; ok "months from the store" $?
[ "$(grep -c '<path\|<rect' figure.svg)" -gt 10 ]; ok "a figure with bars" $?
awk '/^\[1\] [0-9]/ {p = $2} END {exit !(p > 0 && p < 0.05)}' out; ok "a turn that is no chance" $?
# R counts what bede does
stories=$("$bede" series --db bede.db --by year --to csv GHA URY | awk -F, 'NR > 1 {n += $2} END {print n}')
[ "$(awk -F, 'NR > 1 {n += $2} END {print n}' months.csv)" = "$stories" ]; ok "as many stories by month as by year" $?
[ $failed = 0 ] || cat out
exit $failed
