#!/usr/bin/env bash
# Installs the release by the script of this system; a program from the cache stays only when it has the release's digest.
set -euo pipefail

program="$DIRECTORY/comfydock"
wanted=()
if [ "$RUNNER_OS" = Windows ]; then
  program="$program.exe"
  [ "$VERSION" = latest ] || wanted=(-Version "$VERSION")
  pwsh -NoProfile -NonInteractive -File "$GITHUB_ACTION_PATH/install.ps1" \
    -From "$FROM" -Directory "$DIRECTORY" -KeepPath ${wanted[@]+"${wanted[@]}"}
else
  [ "$VERSION" = latest ] || wanted=(--version "$VERSION")
  sh "$GITHUB_ACTION_PATH/install.sh" \
    --from "$FROM" --dir "$DIRECTORY" ${wanted[@]+"${wanted[@]}"}
fi

said="$("$program" --version)"
{
  echo "version=${said#comfydock }"
  echo "program=$program"
} >>"$GITHUB_OUTPUT"
echo "$DIRECTORY" >>"$GITHUB_PATH"
