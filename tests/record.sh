#!/bin/sh
# record.sh - the record of the dispatch on two presidents, the kind of
# document that prompted Bede: what must be in it, and what must not.
# usage: tests/record.sh path/to/bede   (BEDE_DATA as for every command)
# SPDX-License-Identifier: Apache-2.0
set -u
bede=${1:?usage: record.sh path/to/bede}
file=$(dirname "$0")/../examples/xinhua-two-presidents-invented.txt
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

$bede read --quiet "$file" >"$work/frame" &&
  $bede annotate --quiet "$file" >"$work/layers" &&
  $bede code --quiet --to jsonl "$file" >"$work/full" || exit 2
# The sentence and the words of places, dates … would match by chance.
sed 's/"text":"\([^"\\]\|\\.\)*","event"/"event"/' "$work/full" >"$work/events"

verdict() { # verdict TITLE STATUS
  if [ "$2" = 0 ]; then passed=$((passed + 1))
  else failed=$((failed + 1)); echo "not right: $1"; fi
}

# Prints the lines of a file that match all the patterns.
lines() {
  lines_of=$work/$1; shift
  cp "$lines_of" "$work/left"
  for pattern; do
    grep -E -- "$pattern" "$work/left" >"$work/next"
    mv "$work/next" "$work/left"
  done
  cat "$work/left"
}
some() { title=$1; shift; [ -n "$(lines "$@")" ]; verdict "$title" $?; }
none() { title=$1; shift; [ -z "$(lines "$@")" ]; verdict "$title" $?; }
number() { # number TITLE FROM TO FILE PATTERN...
  title=$1 from=$2 to=$3; shift 3
  found=$(lines "$@" | grep -c .)
  [ "$found" -ge "$from" ] && [ "$found" -le "$to" ]
  verdict "$title (found $found)" $?
}

president='"source":\{"text":"[^"]*","begin":[0-9]+,"end":[0-9]+,"code":"KEN","sector":"GOV","name":"Joram Wekhanya"'
kenya='"source":\{"text":"[^"]*","begin":[0-9]+,"end":[0-9]+,"code":"(KEN|IDN)"'
indonesia='"target":\{"text":"[^"]*","begin":[0-9]+,"end":[0-9]+,"code":"(KEN|IDN)"'
says='"speaker":\{"text":"[^"]*","begin":[0-9]+,"end":[0-9]+,"code":"KEN","name":"Joram Wekhanya"'
agency='"speaker":null'
trigger() { printf '"trigger":\\{"text":"[^"]*(%s)' "$1"; }

# ---- the frame
some "the title is the headline alone" frame '"title":"Kenyan president says steady Kenya-Indonesia ties benefit peoples on both shores"'
some "agency and time of the page" frame '"agency":"Xinhua"' '"published":"2024-12-31T19:22"'
some "the dateline" frame '"dateline":\{"place":"Nairobi","country":"KEN","date":"2024-12-31"\}'
some "web editors" frame '"editors":\["Lin Ruoyi","Guo Benming"\]'
some "the text is the body" frame '"text":"(NAIROBI, Dec. 31 \(Xinhua\) -- )?More than half' 'steady course\."\}?'
none "no frame in the text" frame '"text":".*(Web editor|19:22)'

# ---- what was done and said
number "messages were exchanged, once" 1 1 events '"event":"CONSULT"' '"status":"actual"' '"mutual":true' "$(trigger 'messages|exchang')" "$agency" '"date":\{"begin":"2024-12-31"'
some "congratulations on behalf of government and people" events '"event":"SUPPORT"' '"status":"actual"' "$president" "$indonesia" '"behalf":\[\{' "$agency"
some "two meetings in two capitals this year" events '"event":"CONSULT"' '"status":"actual"' '"mutual":true' '"count":2' '"places":\[.*Nairobi.*Jakarta' "$says" '"date":\{"begin":"2024-01-01"'
some "discussions and consensus" events '"event":"(AGREE|CONSULT)"' '"status":"actual"' '"mutual":true' "$(trigger 'consensus|discussions')" "$says"
some "trust deepened, coordination tightened" events '"event":"COOPERATE"' '"status":"actual"' "$kenya" "$indonesia" '"mutual":true' "$(trigger 'trust|coordination|cooperation')" "$says"
some "exchange years concluded" events '"event":"COOPERATE"' '"status":"actual"' "$(trigger 'Years|Exchange|end')" "$says"
some "culture years announced and pledged" events '"status":"planned"' "$kenya" "$indonesia" '"pledge":\{"what"' '"by":\{"begin":"2025-01-01"' "$says"
some "an anniversary to celebrate" events '"status":"planned"' "$kenya" "$indonesia" '"pledge":\{"what":"[^"]*anniversary' "$says"
some "ready to keep in contact" events '"event":"(CONSULT|COOPERATE)"' '"status":"planned"' "$president" "$indonesia" "$(trigger 'ready|keep|contact')" "$says"
some "relations derived from their anniversary" events '"derived":\[\{"statement"' '"reason"'

# ---- figures and times
some "the trade target" layers '"value":3000000000,"unit":"USD"'
some "times" layers '"value":"2024-12-31"' '"value":"2024"' '"value":"2025/2026"' '"value":"P50Y"'

# ---- what must not be there
number "as many events as the text has" 8 14 events
none "editors and agency are no actors" events '"text":"[^"]*(Lin Ruoyi|Guo Benming|Xinhua)'
none "phrases about the times are no events" events "$(trigger 'keel|course|storm|taught')"
none "nothing planned is coded as done" events '"status":"actual"' '"event":"COOPERATE"' "$(trigger 'stage|celebrate|keep')"
none "the president's words are nobody else's" events '"speaker":\{' '"speaker":\{"text":"[^"]*","begin":[0-9]+,"end":[0-9]+,"code":("IDN"|null)'

[ $failed = 0 ] || { echo "events found:"; cat "$work/events"; }
echo "$passed passed, $failed failed"
[ $failed = 0 ]
