#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Unpacks Debian's arm64 packages of our libraries into FOLDER/root, for the preset `aarch64`. Beside the system's package
# database, not in it: nothing is installed, and no foreign architecture has to be added.
# Usage: aarch64-sysroot.sh FOLDER
set -euo pipefail

here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
mkdir -p "$1"
folder=$(realpath "$1")
[ ! -e "$folder/complete" ] || exit 0

apt=$folder/apt
mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial"
: >"$apt/status"
options=(-q -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Install-Recommends=false
    -o APT::Sandbox::User=root -o "Dir::State=$apt/state" -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt/cache")
mapfile -t libraries < <(grep -E '(-dev|dev)$' "$here/debian-packages.txt")

apt-get "${options[@]}" update
apt-get "${options[@]}" install --yes --download-only "${libraries[@]}"
rm -rf "$folder/root" && mkdir -p "$folder/root"
for package in "$apt"/cache/archives/*.deb; do
    dpkg -x "$package" "$folder/root"
done
# Absolute links would lead out of the folder.
find "$folder/root" -type l -lname '/*' | while read -r link; do
    ln -snf "$folder/root$(readlink "$link")" "$link"
done
# So would absolute paths in the packages' CMake files.
grep -rlE '"/usr' "$folder"/root/usr/lib/*/cmake "$folder"/root/usr/share/cmake 2>/dev/null |
    xargs -r sed -i -E "/_realOrig/!s#([\";])/usr([\"/])#\1$folder/root/usr\2#g"
rm -rf "$apt"
touch "$folder/complete"
