#!/bin/sh
# deb.sh - installs the Debian package into a folder, uses it there, and removes
# it again. Run by `./dev test deb`.
# usage: tests/deb.sh PACKAGE.deb
# SPDX-License-Identifier: Apache-2.0
set -u
package=$(realpath "${1:?usage: tests/deb.sh PACKAGE.deb}")
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
root=$work/root
failed=0
ok() { [ "$2" = 0 ] || { echo "not right: $1"; failed=1; }; }

# dpkg's own records are in the folder, too; what the package depends on is the
# machine's affair, and looked for below.
mkdir -p "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/info"
: >"$root/var/lib/dpkg/status"
into() { dpkg --admindir="$root/var/lib/dpkg" --instdir="$root" --log=/dev/null --force-not-root \
  --force-depends --force-bad-path --no-triggers "$@" >"$work/log" 2>&1; }
into -i "$package"; ok "dpkg -i: $(cat "$work/log")" $?
into --audit; ok "dpkg --audit" $?

unset BEDE_DATA
PATH=$root/usr/bin:$PATH
cd "$work" || exit 2
[ "$(command -v bede)" = "$root/usr/bin/bede" ]; ok "the installed program is run" $?
bede version >version 2>&1 && grep -q '^data ' version; ok "it finds its knowledge" $?
bede code --quiet --db a.db "$root/usr/share/doc/bede/examples/trawlers" >events
[ "$(grep -c 'GHA' events)" -gt 10 ]; ok "it codes its examples" $?
bede code --quiet --codebook "$root/usr/share/doc/bede/examples/own/payments.txt" --db b.db \
  "$root/usr/share/doc/bede/examples/trawlers" | grep -q 'pay 12 million'; ok "with own clauses" $?
bede plot map --db a.db -o map.svg && grep -q '<svg' map.svg; ok "it draws" $?
bede serve --db a.db --port $((20000 + $$ % 20000)) >address 2>&1 & serving=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do grep -q http address && break; sleep 0.5; done
grep -q 'http://127.0.0.1:[0-9]' address; ok "it serves" $?
kill $serving
[ "$(ls "$root"/usr/share/man/man1/bede*.1.gz | wc -l)" -gt 15 ]; ok "manual pages" $?
for file in bash-completion/completions/bede.bash zsh/vendor-completions/_bede fish/vendor_completions.d/bede.fish \
  doc/bede/copyright doc/bede/docs/TUTORIAL.md; do
  [ -s "$root/usr/share/$file" ]; ok "$file" $?
done

# a program against the library
printf '#include <bede.h>\n#include <stdio.h>\nint main(void) { puts(bede_status_text(BEDE_OK)); return 0; }\n' >use.c
if command -v cc >/dev/null; then
  lib=$(dirname "$(ls "$root"/usr/lib/*/libbede.so)")
  cc -I"$root/usr/include" use.c -L"$lib" -lbede -o use 2>err && [ -n "$(LD_LIBRARY_PATH=$lib ./use)" ]
  ok "a program of one's own links to it: $(cat err)" $?
fi

# what it says it depends on is what its libraries are in
for name in $(dpkg-deb -f "$package" Depends | tr ',|' '\n\n' | sed 's/ *(.*//'); do
  dpkg -s "$name" >/dev/null 2>&1; ok "depends on $name, which is not here" $?
done
into -r bede; ok "dpkg -r: $(cat "$work/log")" $?
left=$(find "$root/usr" ! -type d 2>/dev/null | head -3)
[ -z "$left" ]; ok "left behind: $left" $?
[ $failed = 0 ] && echo "deb: ok"
exit $failed
