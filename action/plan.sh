#!/usr/bin/env bash
# Decides which release is installed, from where, and under which key it is kept between jobs.
set -euo pipefail

fail() {
  echo "::error::$1"
  exit 2
}

from="${FROM:-$SERVER_URL/$ACTION_REPOSITORY}"
case "$from" in
  *[[:space:]]*) fail "The input from is no address" ;;
esac

version="${VERSION#v}"
if [ -z "$version" ]; then
  version="$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$GITHUB_ACTION_PATH/deno.json")"
fi
case "$version" in
  "" | *[!0-9A-Za-z.+-]*) fail "The input version is neither a version nor latest" ;;
esac

# What is latest changes under the same name, so it is not kept.
key=""
[ "$version" = latest ] || key="comfydock-$RUNNER_OS-$RUNNER_ARCH-$version"

{
  echo "from=${from%/}"
  echo "version=$version"
  echo "directory=$RUNNER_TEMP/comfydock"
  echo "key=$key"
} >>"$GITHUB_OUTPUT"
