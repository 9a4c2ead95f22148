#!/bin/sh
# deb.sh - a Debian package of what a build installs; `./dev deb` calls it.
# usage: tools/deb.sh BUILD-FOLDER   prints the package's path
#
# The program finds its data beside itself, so what was built for /usr/local
# serves in /usr as it is. What it depends on is read off its libraries.
# SPDX-License-Identifier: Apache-2.0
set -eu
build=$(realpath "${1:?usage: tools/deb.sh BUILD-FOLDER}")
source=$(realpath "$(dirname "$0")/..")
version=$("$build/bede" version | sed -n 's/^bede //p')
arch=$(dpkg --print-architecture)
work=$build/deb root=$build/deb/root
rm -rf "$work"
mkdir -p "$root/DEBIAN" "$work/debian"

DESTDIR=$root meson install -C "$build" --no-rebuild --quiet
mv "$root/usr/local" "$root/usr.new"
rm -r "$root/usr"
mv "$root/usr.new" "$root/usr"
find "$root" -name '*.pc' -exec sed -i 's|/usr/local|/usr|g' {} +
mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
strip --strip-unneeded "$root/usr/bin/bede"
find "$root/usr/lib" -name '*.so.*' -type f -exec strip --strip-unneeded {} +
gzip -9n "$root"/usr/share/man/man1/*.1

doc=$root/usr/share/doc/bede
mkdir -p "$doc"
cp -r "$source/README.md" "$source/docs" "$source/examples" "$doc"
{
  echo "Bede: https://www.apache.org/licenses/LICENSE-2.0 (Apache-2.0), its text in"
  echo "/usr/share/common-licenses/Apache-2.0. Each file under /usr/share/bede names its"
  echo "source and licence at its head; places are from GeoNames, CC BY 4.0; shapes of"
  echo "the map from Natural Earth, public domain."
} >"$doc/copyright"
find "$root" -type d -exec chmod 755 {} + # whatever the umask
find "$root" -type f -exec chmod u=rwX,go=rX {} +

# dpkg-shlibdeps wants a source package to stand in.
printf 'Source: bede\n\nPackage: bede\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O --ignore-missing-info root/usr/bin/bede \
  root/usr/lib/*/libbede.so.*.*.* 2>"$work/shlibdeps.log" | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { cat "$work/shlibdeps.log" >&2; exit 1; }
cat >"$root/DEBIAN/control" <<END
Package: bede
Version: $version
Architecture: $arch
Maintainer: Bede's authors <bede@localhost>
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: $depends
Section: science
Priority: optional
Description: newswire to political event data
 Bede reads newswire and writes down who did what to whom: rows of event data,
 each with the words it was made from and the rule that made it, in a store that
 can be asked, plotted and shown in a browser. It needs no network connection.
END
package=$work/bede_${version}_$arch.deb
dpkg-deb --root-owner-group -Zgzip -z6 --build "$root" "$package" >/dev/null
echo "$package"
