#!/bin/sh
# commands.sh - the commands as users meet them: the same output for any number
# of threads, clear messages for what cannot be read, nothing half-written.
# usage: tests/commands.sh path/to/bede path/to/examples   (BEDE_DATA as always)
# SPDX-License-Identifier: Apache-2.0
set -u
bede=$(realpath "$1") examples=$(realpath "$2")
work=$(mktemp -d) || exit 2
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 2
passed=0 failed=0

ok() { # ok TITLE STATUS
  if [ "$2" = 0 ]; then passed=$((passed + 1))
  else failed=$((failed + 1)); echo "not right: $1"; sed 's/^/    /' err 2>/dev/null | head -5; fi
}
# exits TITLE STATUS COMMAND...: the status is as said; output in out and err
exits() {
  title=$1 want=$2; shift 2
  "$@" >out 2>err; got=$?
  [ $got = "$want" ]; ok "$title (exit $got, not $want)" $?
}
told() { grep -qF -- "$2" err; ok "$1: says '$2'" $?; }
lines() { [ "$(wc -l <out)" = "$2" ]; ok "$1: $(wc -l <out) lines, not $2" $?; }

# ---- the same for any number of threads, and whether stored or not
"$bede" read --quiet "$examples"/*.txt >docs.jsonl
for i in 1 2; do sed "s/^{\"id\":\"/&$i-/" docs.jsonl; done >news.jsonl
documents=$(wc -l <news.jsonl)
for command in "read" "annotate" "code --to jsonl" "code --to csv" "code --to table"; do
  name=$(echo "$command" | tr -d ' -')
  for j in 1 8; do
    # shellcheck disable=SC2086
    "$bede" $command --quiet -j$j $(case $command in *table) echo "--each --db $name$j.db" ;; esac) \
      news.jsonl >"$name.$j" 2>err
  done
  [ -s "$name.1" ] && cmp "$name.1" "$name.8"
  ok "$command is the same with 1 and 8 threads" $?
done
(LC_ALL=de_DE.UTF-8; export LC_ALL; "$bede" code --to jsonl --quiet news.jsonl) | cmp - codetojsonl.1
ok "the locale changes nothing" $?
"$bede" events --db codetotable8.db --to jsonl >stories
grep -c '"story":"[0-9a-f]\{16\}"}$' stories | grep -qx "$(wc -l <stories)"; ok "events of the store have stories" $?
sed 's/"story":"[0-9a-f]*"}$/"story":null}/' stories | sort >stored
sort codetojsonl.1 | cmp - stored; ok "events of the store print as those that were coded" $?
exits "coding again" 0 "$bede" code --quiet --db codetotable8.db news.jsonl
cmp out codetotable.1; ok "coding again prints the same table" $?
exits "sample" 0 "$bede" sample --db codetotable8.db --seed 7 --count 5
cp out sample
exits "sample" 0 "$bede" sample --db codetotable1.db --seed 7 --count 5
cmp out sample; ok "a sample is the same for the same seed" $?

# ---- an event is as sure as its features are
sed 's/.*"confidence":\([0-9.]*\).*/\1/' codetojsonl.1 | sort -u >sure
[ "$(wc -l <sure)" -gt 3 ] && awk '$1 < .15 || $1 > .95 {bad = 1} END {exit bad}' sure
ok "confidences differ, and none is certain: $(tr '\n' ' ' <sure)" $?

# ---- plain text stays as it is, also through CoNLL-U
printf 'Chile thanked Peru. They can not agree.\n\nIt does n\047t rain.\n' >plain.txt
exits "parse --text" 0 "$bede" parse --text plain.txt
cp out plain.conllu
exits "parse what parse --text printed" 0 "$bede" parse plain.conllu
cmp out plain.conllu; ok "parsing words gives what parsing their text gave" $?
exits "parse --text --tree" 0 "$bede" parse --text --tree plain.txt
[ "$(grep -c '^[0-9][0-9]*	' plain.conllu)" = "$(grep -c -e '^root: ' -e '├─ ' -e '└─ ' out)" ]
ok "a drawn tree has every word" $?
printf '1\tChile\t_\n' >short.conllu
exits "CoNLL-U of three columns" 1 "$bede" parse short.conllu
told "CoNLL-U of three columns" "short.conllu:1: has 3 columns, not 10"

# ---- malformed input: each named with its reason, the rest done
: >empty.txt
printf '\000\001\002\377\376binary\000' >binary.txt
printf '{"id":"a","text":"Peru thanked Chile."}\n{"id":"b","text":\n{"id":"c","text":"Peru thanked Chile."}\n' >cut.jsonl
printf '{"id":"d","text":"Peru \377 thanked Chile."}\n' >bytes.jsonl
printf '{"id":"e","text":"Per\\u0000u \\ud800 thanked."}\n' >escapes.jsonl
{ printf '{"id":"long","text":"'; head -c 100000000 /dev/zero | tr '\0' a; echo '"}'; } >long.jsonl
exits "cut JSON" 1 "$bede" read --quiet cut.jsonl
told "cut JSON" "cut.jsonl:2"
lines "cut JSON" 2
exits "a missing file among others" 1 "$bede" read --quiet docs.jsonl missing.txt cut.jsonl
told "a missing file" "missing.txt"
lines "a missing file" $((documents / 2 + 2))
exits "a line of 100 MB" 1 "$bede" read --quiet long.jsonl docs.jsonl
told "a line of 100 MB" "long.jsonl:1"
lines "a line of 100 MB" $((documents / 2))
for file in empty.txt binary.txt bytes.jsonl escapes.jsonl; do
  "$bede" read --quiet $file docs.jsonl >out 2>err
  got=$?
  [ $got = 0 ] || { [ $got = 1 ] && grep -qF $file err; }; ok "$file (exit $got)" $?
  tail -n $((documents / 2)) out | cut -c1-24 >got; cut -c1-24 docs.jsonl | cmp -s - got; ok "$file: the rest is done" $?
done
if [ "$(id -u)" != 0 ]; then
  cp docs.jsonl locked.jsonl; chmod 000 locked.jsonl
  exits "an unreadable file" 1 "$bede" read --quiet locked.jsonl docs.jsonl
  told "an unreadable file" "locked.jsonl"
fi
exits "standard input" 0 sh -c "'$bede' read --quiet - <docs.jsonl"
lines "standard input" $((documents / 2))

# ---- outputs that fail
exits "invalid UTF-8 is read" 0 "$bede" code --to jsonl --quiet bytes.jsonl
told "and told of" "bytes.jsonl:1: is no valid UTF-8 at byte"
lines "and coded" 1

if [ -w /dev/full ]; then
  printf '{"text":"Peru thanked Chile."}\n{"text":"cut\n' >cut.jsonl
  exits "a full disk behind a bad line" 1 sh -c "'$bede' code --to jsonl --quiet cut.jsonl >/dev/full"
  told "a full disk behind a bad line" "standard output: cannot write"
  exits "a full disk for output" 1 sh -c "'$bede' read --quiet docs.jsonl >/dev/full"
  told "a full disk for output" "No space left on device"
  exits "a full disk for an image" 1 "$bede" data build --quiet "$examples/../data/en" /dev/full/image
fi
echo "no database" >text.db
exits "a store that is no database" 1 "$bede" code --quiet --db text.db docs.jsonl
told "a store that is no database" "text.db: is no SQLite database"
[ "$(cat text.db)" = "no database" ]; ok "and it is left alone" $?
exits "a store that is a folder" 1 "$bede" code --quiet --db . docs.jsonl
mkdir locked-folder && chmod a-w locked-folder
if [ "$(id -u)" != 0 ]; then # root may write everywhere
  exits "a store in a folder that is not to be written" 1 "$bede" code --quiet --db locked-folder/x.db docs.jsonl
  told "a store in a folder that is not to be written" "no right to write in its folder"
fi
exits "a store in no folder" 1 "$bede" code --quiet --db nowhere/x.db docs.jsonl
told "a store in no folder" "nowhere/x.db"
exits "no store to read" 1 "$bede" events --db none.db
told "no store to read" "none.db: there is no such store"
[ ! -e none.db ]; ok "and none is made" $?
(ulimit -f 100; "$bede" code --quiet --each --db small.db news.jsonl >/dev/null 2>err); got=$?
[ $got = 1 ] && grep -q small.db err; ok "a store that may not grow (exit $got)" $?
exits "the store is whole all the same" 0 "$bede" code --quiet --each --db small.db news.jsonl
cmp out codetotable.1; ok "and the next run completes it" $?

# ---- the picture of a story
printf '{"text":"Peru thanked Chile <b>&.","date":"2024-03-05","agency":"<i>"}\n' >markup.jsonl
"$bede" code --quiet --db markup.db markup.jsonl >/dev/null
id=$("$bede" events --db markup.db --to csv | sed -n '2s/,.*//p')
exits "the story of an event" 0 "$bede" plot story --db markup.db "$id"
grep -q 'Chile &lt;b&gt;&amp;' out && ! grep -q '<[bi]>' out; ok "its markup is text" $?
exits "no such story" 1 "$bede" plot story --db markup.db 0123456789abcdef -o none.svg
told "no such story" "0123456789abcdef: the store has no such story"
[ ! -e none.svg ]; ok "no picture without a story" $?
exits "no story named" 2 "$bede" plot story --db markup.db

# ---- near-copies: news.jsonl has every document under two ids
half=$((documents / 2))
exits "near-copies are told" 0 "$bede" read news.jsonl
told "near-copies are told" "$documents documents, $half of them near-copies of others"
exits "each is read once" 0 "$bede" read --once --quiet news.jsonl
lines "each is read once" $half
grep '^{"id":"1-' read.1 | sort >a; sed 's/,"copies":.*/}/' out | sort | cmp -s a -
ok "the least id of two stands for both" $?
[ "$(grep -c '"copies":\["2-[^"]*"\]}$' out)" = $half ]; ok "and has the id of the other" $?
sort -r news.jsonl >reversed.jsonl # the copies come first
for file in news reversed; do
  for j in 1 4; do
    exits "$file is stored once" 0 "$bede" code -j$j --db once-$file$j.db $file.jsonl
    told "$file is stored once" "$half near-copies of others"
    "$bede" events --db once-$file$j.db --to jsonl | sort >once-$file$j
  done
done
cmp -s once-news1 once-news4 && cmp -s once-news1 once-reversed1 && cmp -s once-news1 once-reversed4
ok "the order of near-copies does not matter" $?
grep '"doc":"1-' stories | sed 's/"story":"[0-9a-f]*"}$//' | sort >a
sed 's/"story":"[0-9a-f]*"}$//' once-news1 | sort | cmp -s a -
ok "the events are those of the document that stands for both" $?
"$bede" explain --db once-news1.db "$(sed -n '1s/^{"id":"\([0-9a-f]*\)".*/\1/p' once-news1)" >out
grep -q '^  also at   2-' out; ok "explain tells the other address" $?
exits "near-copies are known" 0 "$bede" code --db once-news1.db reversed.jsonl
told "near-copies are known" "$documents documents ($documents as in the store), $half near-copies of others"

# ---- questions to the store
exits "series" 0 "$bede" series --db codetotable1.db --by year --to csv KEN IDN
reports=$("$bede" events --db codetotable1.db --quiet --status actual --to jsonl KEN IDN | wc -l)
[ "$(sed -n 2p out | cut -d, -f1,3)" = "2024,$reports" ]
ok "series counts what events finds" $?
exits "series of all" 0 "$bede" series --db codetotable1.db
on_terminal() { script -qec "$*" /dev/null | tr -d '\r'; } # of util-linux, which Debian always has
"$bede" code --quiet --db course.db "$examples/trawlers" >/dev/null
NO_COLOR=1 on_terminal "'$bede' series --db course.db GHA URY" >out
grep -q '^  cooperation  *[·▁▂▃▄▅▆▇█]\{14\}$' out && grep -q '^  conflict  *····[▁▂▃▄▅▆▇█]\{3\}·.*$' out
ok "a terminal gets the course as bars" $?
[ "$("$bede" series --db course.db GHA URY | grep -c '█')" = 0 ]; ok "a file does not" $?
NO_COLOR=1 on_terminal "'$bede' dyad --db course.db GHA URY" | sed -n 2,4p >out
grep -q 'cooperation .*█\|conflict .*█' out && grep -q '2024-09 to 2025-10; a bar is a month' out; ok "and in a dyad" $?
exits "pledges" 0 "$bede" pledges --db codetotable1.db --due 2025 --to jsonl KEN IDN
grep -q '"due":{"begin":"2025-01-01","end":"2026-12-31","inferred":false},"state":"open"' out
ok "the culture years are due" $?
exits "events of a story" 0 "$bede" events --db codetotable1.db --quiet --to jsonl --story "$(sed -n '1s/.*"story":"\([0-9a-f]*\)".*/\1/p' stories)"
[ -s out ]; ok "and there are some" $?
for words in "'; DROP TABLE events; --" '" OR ""' 'NEAR(' '*' '%' '{x}:y' '\'; do
  exits "text $words" 0 "$bede" events --db codetotable1.db --quiet --to jsonl --text "$words"
  exits "place $words" 0 "$bede" events --db codetotable1.db --quiet --to jsonl --place "$words"
  lines "place $words" 0
  exits "speaker $words" 0 "$bede" series --db codetotable1.db --quiet --speaker "x$words"
done
exits "a condition" 0 "$bede" events --db codetotable1.db --to jsonl --where 'source = KEN and not (target != IDN) and date >= 2020'
[ -s out ] && ! grep -qv '"code":"KEN"' out; ok "events that fit a condition" $?
exits "a condition on a series" 0 "$bede" series --db codetotable1.db --where 'confidence > 0'
for condition in "type = '; DROP TABLE events; --" 'goldstein > 1e99' 'date > 99999' 'reports = -1' "$(seq -s ' or source = ' 2000)"; do
  exits "the condition $(echo "$condition" | cut -c1-30)" 2 "$bede" events --db codetotable1.db --where "$condition"
  told "the condition $(echo "$condition" | cut -c1-30)" "where: "
done
exits "a limit beyond all numbers" 2 "$bede" events --db codetotable1.db --limit 99999999999999999999
told "a limit beyond all numbers" "needs a number"
exits "no words" 2 "$bede" events --db codetotable1.db --text " "
exits "a period that is none" 2 "$bede" series --db codetotable1.db --by decade
told "a period that is none" "day, week, month or year"
exits "a state that is none" 2 "$bede" pledges --db codetotable1.db --state done
exits "a day that is none" 2 "$bede" pledges --db codetotable1.db --due 2024-13
exits "an end before the beginning" 2 "$bede" events --db codetotable1.db --from 2025 --until 2024
told "an end before the beginning" "--from 2025 is after --until 2024"
exits "a year far off" 0 "$bede" series --db codetotable1.db --from 9999

# ---- exports
stories=$("$bede" events --db codetotable1.db --quiet --once --status actual --to jsonl | wc -l)
for form in gdelt:61:0 phoenix:26:0 polecat:40:1; do
  name=${form%%:*} columns=${form#*:} head=${form##*:}
  exits "export to $name" 0 "$bede" export --db codetotable1.db --to "$name"
  lines "export to $name" $((stories + head))
  [ "$(awk -F '\t' '{print NF}' out | sort -u)" = "${columns%:*}" ]; ok "$name has ${columns%:*} columns" $?
done
exits "export of a pair" 0 "$bede" export --db codetotable1.db --to icews KEN IDN
exits "export to nowhere" 2 "$bede" export --db codetotable1.db
exits "export to what is not" 2 "$bede" export --db codetotable1.db --to paper
told "export to what is not" "gdelt, gdelt-mentions, icews"

# ---- audit
cp codetotable1.db audit.db
exits "audit" 0 sh -c "printf 'r\nr\nw\ns\nx\nn\nr\nq\n' | '$bede' audit --db audit.db --count 20"
grep -q '^     5      3   60.0%   23.1% -  88.2%  all' out; ok "precision with its interval" $?
exits "a series with what was judged" 0 "$bede" series --db audit.db --by year --to csv
tail -n 1 out | grep -qE ',[0-9.]+,[0-9.]+,[0-9.]+$'; ok "a series has error bars" $?
awk -F, 'NR > 1 && !($14 <= $13 && $13 <= $15 && $13 <= $3 + 0.005) {exit 1}
  NR == 1 && $13 != "right" {exit 1}' out; ok "bars lie about what is right, and that is no more than was counted" $?
exits "audit report" 0 "$bede" audit --db audit.db --report --to csv
grep -qx 'all,,5,3,0.6000,0.2307,0.8824' out && grep -qx 'wrong,source,1,0,.*' out; ok "verdicts are kept" $?
exits "audit again" 0 sh -c "printf 'q\n' | '$bede' audit --db audit.db --count 100000"
grep -q "^1 of $(($(wc -l <stored) - 5))" out; ok "what was judged is not drawn again" $?

cp codetotable1.db audit.db
number=$("$bede" events --db audit.db --quiet --type CONSULT --to jsonl | wc -l)
for i in $(seq "$number"); do echo r | "$bede" audit --db audit.db --type CONSULT --count 1; done >out 2>err
[ "$number" -gt 5 ] && [ "$(grep -c '^1 of 1' out)" = "$number" ]; ok "one at a time, all are judged at last" $?

# ---- what is not the same
exits "whatif nothing is new" 0 "$bede" whatif --db codetotable1.db --data "$BEDE_DATA"
told "whatif nothing is new" "0 would appear, 0 vanish, 0 change"
exits "whatif of nothing" 2 "$bede" whatif --db codetotable1.db
exits "the same store" 0 "$bede" diff codetotable1.db codetotable8.db
told "the same store" "0 added, 0 deleted, 0 corrected"
sed '1d' docs.jsonl | sed '1s/"text":"/&Kenya invited Peru to talks.\\n\\n/' >other.jsonl
"$bede" code --quiet --db first.db docs.jsonl >/dev/null && "$bede" code --quiet --db second.db other.jsonl >/dev/null
exits "another store" 0 "$bede" diff first.db second.db --to jsonl
grep -q '"change":"deleted".*"why":"document gone".*"new":null' out; ok "events of a document that went" $?
grep -q '"change":"added".*"why":"new text".*"old":null,"new":{"program":' out; ok "events of another text" $?
! grep '"why":"new text"' out | grep -q '"change":"deleted"'; ok "what stands there still was not deleted" $?
exits "another store, turned" 0 "$bede" diff second.db first.db --to csv
[ "$(grep -c '^added' out)" = "$("$bede" diff --quiet first.db second.db --to csv | grep -c '^deleted')" ]; ok "what one lacks the other adds" $?
exits "a store beside nothing" 2 "$bede" diff first.db
exits "a store beside none" 1 "$bede" diff first.db none.db
exits "cite" 0 "$bede" cite --db codetotable1.db KEN IDN --where "type = CONSULT"
grep -qF "@misc{bede-" out && line=$(grep '^bede cite' out); ok "a citation in BibTeX" $?
grep -q "Answer: $("$bede" events --quiet --to csv --db codetotable1.db KEN IDN --type CONSULT | sed 1d | wc -l) events" out
ok "a citation counts what is found" $?
(PATH=$(dirname "$bede"):$PATH; eval "$line" >again 2>err) && cmp again out; ok "a cited line says the same again" $?
exits "a citation of another store" 1 sh -c "PATH=$(dirname "$bede"):\$PATH; $(echo "$line" | sed 's/codetotable1/second/')"
told "a citation of another store" "the documents are not those that were cited"
exits "a citation of nothing" 2 "$bede" cite --db codetotable1.db --expect "'; --"
exits "Parquet without a file" 2 "$bede" export --db codetotable1.db --to parquet
exits "Parquet without its library" 1 env BEDE_DUCKDB=none.so "$bede" export --db codetotable1.db --to parquet -o x.parquet
told "Parquet without its library" "libduckdb.so is not there"
exits "an export to a file" 0 "$bede" export --db codetotable1.db --to gdelt -o gdelt.csv
"$bede" export --db codetotable1.db --to gdelt | cmp - gdelt.csv; ok "an export to a file is the same" $?
mkfifo pipe
for command in "export --to gdelt" "plot map"; do
  cat pipe >got & reading=$!
  # shellcheck disable=SC2086
  exits "$command into a pipe" 0 "$bede" $command --db codetotable1.db -o pipe
  [ -p pipe ] && wait $reading && [ -s got ]; ok "$command: the pipe stays one" $?
  kill $reading 2>/dev/null
done
cp gdelt.csv before.csv
cp codetotable1.db damaged.db
pages=$(($(wc -c <damaged.db) / 4096 / 4)) # the last quarter is gone
dd if=/dev/zero of=damaged.db bs=4096 seek=$((3 * pages)) count=$pages conv=notrunc 2>err
exits "an export of a damaged store" 1 "$bede" export --db damaged.db --to polecat -o gdelt.csv
told "an export of a damaged store" "gdelt.csv: is not written"
cmp gdelt.csv before.csv && [ "$(ls gdelt.csv*)" = gdelt.csv ]; ok "it leaves the file of before, and nothing beside it" $?
exits "an export into nothing" 1 "$bede" export --db codetotable1.db --to gdelt -o none/gdelt.csv

# ---- wrong usage
exits "no command" 2 "$bede"
exits "an unknown command" 2 "$bede" frobnicate
exits "an unknown option" 2 "$bede" code --frobnicate x
exits "an option without its value" 2 "$bede" code --db
exits "a number that is none" 2 "$bede" code -j x docs.jsonl
exits "an unknown form" 2 "$bede" code --to xml docs.jsonl
exits "a dyad of one" 2 "$bede" dyad --db codetotable1.db KEN
exits "no input" 2 "$bede" code
exits "going on without a store" 2 "$bede" code --resume --to jsonl docs.jsonl
exits "an unknown type" 2 "$bede" events --db codetotable1.db --type QUARREL
exits "help" 0 "$bede" help
for command in $("$bede" help | awk '/^  [a-z]/ {print $1}'); do
  exits "help of $command" 0 "$bede" "$command" --help
  exits "manual of $command" 0 "$bede" help --man "$command"
done
exits "no image" 1 "$bede" read --data missing.image docs.jsonl
told "no image" "missing.image"
echo "no image" >bad.image
exits "an image that is none" 1 "$bede" read --data bad.image docs.jsonl
told "an image that is none" "bad.image: is no knowledge image"

# ---- cases
cat >good.txt <<'END'
# a comment
=== peace and quiet
The valley is green in spring.
---
none
END
exits "a case that passes" 0 "$bede" check good.txt
[ "$(tail -n 1 out)" = "1 passed, 0 failed" ]; ok "and says so" $?
sed 's/^none$/NOR -> CHL   ACCUSE/' good.txt >bad.txt
exits "a case that fails" 1 "$bede" check bad.txt
[ "$(tail -n 1 out)" = "0 passed, 1 failed" ]; ok "and says so" $?
exits "accepting" 1 "$bede" check --accept bad.txt
cmp bad.txt good.txt; ok "accepting writes what the program gives" $?
sed 's/^The/known-bug: no reason\nThe/; s/^none$/NOR -> CHL   ACCUSE/' good.txt >known.txt
exits "a known bug" 0 "$bede" check known.txt
sed 's/^The/known-bug: no reason\nThe/' good.txt >mended.txt
exits "a known bug that passes" 1 "$bede" check mended.txt
sed 's/^none$/NOR => CHL/' good.txt >syntax.txt
exits "a case that cannot be read" 1 "$bede" check syntax.txt
told "a case that cannot be read" "syntax.txt:5"

# ---- actors that stand alone: by date, by the words before, in any spelling
cat >phrases.tsv <<'END'
id	text	context	date
1	Portuguese prime minister Guterres		
2	UN chief Guterres		
3	Romano Prodi		
4	Muhammad Mursi		2012-09-01
5	Kenya's ruling council		
6	Polisario Front		2010-05-05
7	Dili		
8	the Northwest Atlantic Fisheries Organization		
END
exits "actor" 0 "$bede" actor phrases.tsv
printf '1\tPRT\tGOV\n2\tUNO\tIGO\n3\tITA\tELI\n4\tEGY\tGOV\n5\tKEN\tGOV\n6\tESH\tREB\n7\tTLS\tGOV\n8\tNAFO\tIGO\n' |
  cmp -s - out; ok "actor: $(tr '\t\n' ' ;' <out)" $?

# ---- pictures and the page
for picture in timeline matrix map calendar; do
  exits "plot $picture" 0 "$bede" plot $picture --db codetotable1.db
  [ "$(head -c 4 out)" = "<svg" ] && [ "$(tail -n 1 out)" = "</svg>" ]; ok "plot $picture draws" $?
done
exits "plot of two actors to a file" 0 "$bede" plot timeline KEN IDN --db codetotable1.db -o two.svg
grep -q "KEN and IDN, by" two.svg && [ -z "$(ls two.svg.* 2>/dev/null)" ]; ok "it is there, with its title" $?
exits "plot of no kind" 2 "$bede" plot pie --db codetotable1.db
exits "plot with a wrong date" 2 "$bede" plot map --db codetotable1.db --from spring
exits "plot where nothing can be written" 1 "$bede" plot map --db codetotable1.db -o none/x.svg
told "plot where nothing can be written" "none/x.svg"
exits "serve without a store" 1 "$bede" serve --db none.db
told "serve without a store" "none.db"
exits "serve at no address" 1 "$bede" serve --db codetotable1.db --host no.such.address
told "serve at no address" "no address"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
