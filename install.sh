#!/bin/sh
# Installs comfydock: fetches the program for this system, checks its SHA-256 and puts it into a directory on PATH.
# usage: install.sh [--from ADDRESS] [--version VERSION] [--dir DIRECTORY]
set -eu

# The repository that publishes releases; a release writes its own address here.
from="${COMFYDOCK_FROM:-}"
version=""
directory="${COMFYDOCK_INSTALL_DIR:-$HOME/.local/bin}"

fail() {
  echo "error: $1" >&2
  [ -z "${2:-}" ] || echo "hint: $2" >&2
  exit "${3:-1}"
}

while [ $# -gt 0 ]; do
  case "$1" in
    --from | --version | --dir)
      [ $# -ge 2 ] || fail "$1 needs a value" "" 2
      case "$1" in
        --from) from="$2" ;;
        --version) version="${2#v}" ;;
        --dir) directory="$2" ;;
      esac
      shift 2
      ;;
    -h | --help)
      echo "usage: install.sh [--from ADDRESS] [--version VERSION] [--dir DIRECTORY]"
      exit 0
      ;;
    *) fail "$1 is no option of install.sh" "install.sh --help lists them" 2 ;;
  esac
done
[ -n "$from" ] || fail "no address to fetch from" \
  "Name the repository that publishes comfydock: install.sh --from ADDRESS" 2
from="${from%/}"

case "$(uname -s)" in
  Linux) system=unknown-linux-gnu ;;
  Darwin) system=apple-darwin ;;
  *) fail "there is no program for $(uname -s)" "On Windows, run install.ps1" ;;
esac
case "$(uname -m)" in
  x86_64 | amd64) machine=x86_64 ;;
  aarch64 | arm64) machine=aarch64 ;;
  *) fail "there is no program for processors of the kind $(uname -m)" \
    "Run comfydock from its URL with Deno" ;;
esac
name="comfydock-$machine-$system"
if [ -n "$version" ]; then
  base="$from/releases/download/v$version"
else
  base="$from/releases/latest/download"
fi

work="$(mktemp -d)"
fresh=""
trap 'rm -rf "$work"; [ -z "$fresh" ] || rm -f "$fresh"' EXIT
trap 'exit 130' INT TERM

fetch() {
  if command -v curl >/dev/null 2>&1; then
    curl --fail --silent --show-error --location --retry 3 --output "$2" "$1"
  elif command -v wget >/dev/null 2>&1; then
    wget --quiet --tries=3 --output-document="$2" "$1"
  else
    fail "neither curl nor wget is here" "Install one of them"
  fi
}

digest() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum "$1" | cut -d ' ' -f 1
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256 "$1" | cut -d ' ' -f 1
  else
    fail "neither sha256sum nor shasum is here" "Install one of them; nothing is installed unchecked"
  fi
}

echo "Fetching $name from $base"
fetch "$base/SHA256SUMS" "$work/SHA256SUMS" ||
  fail "cannot fetch $base/SHA256SUMS" "Check the address and the version"
expected="$(awk -v name="$name" '$2 == name { print $1 }' "$work/SHA256SUMS")"
[ -n "$expected" ] || fail "this release has no $name" "Name another one with --version"
if [ -f "$directory/comfydock" ] && [ "$(digest "$directory/comfydock")" = "$expected" ]; then
  echo "$directory/comfydock is what was asked for"
  exit 0
fi
fetch "$base/$name" "$work/$name" || fail "cannot fetch $base/$name"
found="$(digest "$work/$name")"
[ "$found" = "$expected" ] ||
  fail "$name has the digest $found, not $expected" "Nothing was installed; fetch it again later"

mkdir -p "$directory" || fail "cannot make $directory" "Name another directory with --dir"
# Beside its place, so that it appears there whole.
fresh="$directory/.comfydock-$$"
cp "$work/$name" "$fresh" && chmod 755 "$fresh" ||
  fail "cannot write into $directory" "Name another directory with --dir"
said="$("$fresh" --version)" || fail "the program does not start on this system"
mv -f "$fresh" "$directory/comfydock"
fresh=""

echo "Installed $said as $directory/comfydock"
case ":$PATH:" in
  *":$directory:"*) echo "Try it: comfydock demo" ;;
  *) echo "Put $directory on your PATH, then try it: comfydock demo" ;;
esac
