#!/bin/sh
# own.sh - a user's own actors and clauses, in each form that is read; what is
# wrong in them is told with file and line.
# usage: tests/own.sh path/to/bede path/to/data/en path/to/examples/own path/to/CODEBOOK.md
# SPDX-License-Identifier: Apache-2.0
set -u
bede=${1:?usage: own.sh bede data examples/own CODEBOOK.md} data=${2:?} own=${3:?} page=${4:?}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
failed=0
bad() { echo "own.sh: $*"; failed=1; }

cat >"$work/news.jsonl" <<'END'
{"id":"1","date":"2024-03-05","text":"Rivenna accused the Western River Front of killing three Rivennan policemen."}
{"id":"2","date":"2024-03-05","text":"President Oda Marn met Norway's foreign minister in Oslo."}
{"id":"3","date":"2024-03-05","text":"Riverguards of Rivenna arrested two Swedish sailors."}
{"id":"4","date":"1998-03-05","text":"The Vestre League attacked Sweden."}
{"id":"5","date":"2004-03-05","text":"The Vestre Alliance thanked Sweden. Holmgatan soldiers attacked Norway."}
{"id":"6","date":"2004-03-05","text":"A Holmgat marsh warden arrested a Swedish trader."}
{"id":"7","date":"2004-03-05","text":"Norway embargoed the fish of Chile."}
END

# Codes the news with these options into out.csv.
events() {
  "$bede" code --quiet --data "$data" --to csv "$@" "$work/news.jsonl" >"$work/out.csv" 2>"$work/err" || cat "$work/err"
}
want() { # want PATTERN: a line of the table matches
  grep -Eq -- "$1" "$work/out.csv" || { bad "no event like: $1"; cat "$work/out.csv"; }
}

events --actors "$own/actors.tsv,$own/actors.tabari,$own/agents.petrarch" --codebook "$own/codebook.txt"
want ',1,.*,RIV,,.*,ACCUSE,.*,RIVWRF,REB,'
want ',2,.*,RIV,GOV,.*,CONSULT,.*,NOR,GOV,'
want ',3,.*,RIV,MIL,.*,COERCE,.*,SWE,'
want ',4,.*,HOL,REB,.*,ASSAULT,.*,SWE,'
want ',5,.*,HOL,GOV,.*,SUPPORT,.*,SWE,'
want ',5,.*,HOL,MIL,.*,ASSAULT,.*,NOR,'
want ',6,.*,HOL,COP,.*,COERCE,.*,SWE,'
want ',7,.*,NOR,.*,SANCTION,.*,CHL,'

# without them nothing of it is known
events
grep -q 'RIV\|HOL' "$work/out.csv" && bad "own actors without --actors"

# an image made of them gives the same
"$bede" data build --quiet --actors "$own/actors.tsv" "$data" "$work/own.image" || bad "data build --actors"
"$bede" code --quiet --data "$work/own.image" --to csv "$work/news.jsonl" >"$work/out.csv"
want ',1,.*,RIV,,.*,ACCUSE,.*,RIVWRF,REB,'

# each of the builds below takes minutes under a sanitizer, which the first ones have met
[ -z "${BEDE_BRIEF:-}" ] || exit $failed

# what they would change in a store is what coding with them changes
"$bede" code --quiet --data "$data" --db "$work/a.db" "$work/news.jsonl" >/dev/null
"$bede" code --quiet --data "$data" --actors "$own/actors.tsv" --codebook "$own/codebook.txt" --db "$work/b.db" "$work/news.jsonl" >/dev/null
"$bede" whatif --quiet --data "$data" --actors "$own/actors.tsv" --codebook "$own/codebook.txt" --db "$work/a.db" --to csv |
  sed 's/,coded again,/,,/' | sort >"$work/whatif"
"$bede" diff --quiet --to csv "$work/a.db" "$work/b.db" | sed 's/,coded again,/,,/' | sort >"$work/diff"
cmp "$work/whatif" "$work/diff" || bad "whatif does not say what coding does"
cp "$work/whatif" "$work/out.csv"
want '^added,"7",'
"$bede" whatif --quiet --data "$data" --db "$work/a.db" >"$work/out.csv" 2>"$work/err" || cat "$work/err"
grep -q '^[-+~]' "$work/out.csv" && bad "whatif without anything new finds something"

# examples of own clauses are run with the others
"$bede" data check --quiet --codebook "$own/codebook.txt,$own/payments.txt" "$data" >"$work/out.csv" || bad "data check --codebook"
sed 's/NOR -> CHL/PER -> CHL/' "$own/payments.txt" >"$work/payments.txt"
"$bede" data check --quiet --codebook "$work/payments.txt" "$data" >"$work/out.csv" && bad "a wrong example of one's own passes"
want 'payments.txt:6: Norway paid'

# what is wrong is told
refuse() { # refuse TEXT WORDS...
  printf "$1" >"$work/wrong"
  "$bede" code --quiet --data "$data" --to csv --actors "$work/wrong" "$work/news.jsonl" >/dev/null 2>"$work/err" &&
    bad "accepted: $1"
  grep -Eq "wrong:?.*$2" "$work/err" || { bad "message for: $1"; cat "$work/err"; }
}
refuse 'RIV\t\tRivenna\t\tking\t\t\n' 'state, adjective'
refuse 'NAME_ [ABC >99]\n' 'is no time'
refuse 'NAME_ [ABC\n' 'not closed'
refuse '# nothing\n' 'no actor'
refuse 'pattern\tcode\tfrom\tto\n\tABC\t\t\n' ':2: the pattern is missing'
refuse 'pattern\tplural\tcode\tside\n\t\tGOV\t\n' ':2: the pattern is missing'

"$bede" code --quiet --data "$work/own.image" --actors "$own/actors.tsv" --to csv "$work/news.jsonl" >"$work/out.csv" 2>"$work/err" &&
  bad "own actors with an image that is not asked"
grep -q 'own.image: own actors and clauses need' "$work/err" || { bad "message for an image"; cat "$work/err"; }

# more files than any fixed number: the twentieth counts like the first
many=$own/actors.tsv
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18; do
  printf '# state [%s]: no code of TABARI\nX%02d\t\tNowhere %s\t\tstate\t\t\n' "$i" "$i" "$i" >"$work/state$i"
  many=$many,$work/state$i
done
events --actors "$many,$own/actors.tabari"
want ',4,.*,HOL,REB,.*,ASSAULT,.*,SWE,'

# the type of one's own that docs/CODEBOOK.md shows: its examples, its events, its mode
sed -n '/^type HACKING of/,/^```/p' "$page" | sed '$d' >"$work/hacking.txt"
[ "$(wc -l <"$work/hacking.txt")" -ge 10 ] || bad "no type of one's own in $page"
"$bede" data check --codebook "$work/hacking.txt" "$data" >"$work/out" || { bad "its examples"; cat "$work/out"; }
grep -q "^3 examples passed, 0 failed" "$work/out" || { bad "its examples were not run"; cat "$work/out"; }
echo '{"id":"8","date":"2024-03-05","text":"Chilean agents hacked the Peruvian ministry on Monday."}' >"$work/hack.jsonl"
"$bede" code --quiet --data "$data" --codebook "$work/hacking.txt" --db "$work/my.db" "$work/hack.jsonl" >/dev/null
"$bede" events --db "$work/my.db" --to csv --where "mode = hacking" >"$work/out.csv"
want ',CHL,.*,ASSAULT,hacking,180,.*,-3'
[ "$("$bede" events --db "$work/my.db" --to csv --where "mode = visit" | wc -l)" = 1 ] || bad "mode = visit finds what is none"
sed 's/NOR -> CHL/NOR -> PER/' "$work/hacking.txt" >"$work/wrong.txt"
"$bede" data check --codebook "$work/wrong.txt" "$data" >"$work/out" && bad "a wrong example passes"
refuse_clauses() { # refuse_clauses LINES WORDS
  printf "$1" >"$work/wrong.txt"
  "$bede" data check --codebook "$work/wrong.txt" "$data" >/dev/null 2>"$work/err" && bad "accepted: $1"
  grep -Eq "wrong.txt:[0-9]+: .*$2" "$work/err" || { bad "message for: $1"; cat "$work/err"; }
}
refuse_clauses 'type HACKING of BATTLE\n' 'no PLOVER type'
refuse_clauses 'type ASSAULT of COERCE\n' "PLOVER's own"
refuse_clauses 'type HACKING of ASSAULT\nS hacks T\n    cameo 180  mode cyber\n' 'no other mode'
exit $failed
