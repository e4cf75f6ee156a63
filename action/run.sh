#!/usr/bin/env bash
# Runs the commands, one a line, until one fails; the log and the job summary get what each of them told.
set -euo pipefail
unset COMFYDOCK_JSON

results="$(mktemp -d "$RUNNER_TEMP/comfydock-results-XXXXXX")"
# What names from outside look like must not be taken for commands to the runner.
token="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
matchers="$GITHUB_ACTION_PATH/action/problem_matchers.json"
code=0
count=0
result=""

finish() {
  local status=$?
  [ "$code" -ne 0 ] || code=$status
  [ "$ANNOTATIONS" != true ] ||
    sed -n 's/^ *"owner": "\(.*\)",$/::remove-matcher owner=\1::/p' "$matchers"
  [ "$code" -eq 0 ] && ok=true || ok=false
  {
    echo "ok=$ok"
    echo "exit-code=$code"
    echo "result=$result"
  } >>"$GITHUB_OUTPUT"
}

# What the command told: for people in the log, as Markdown in the job summary.
show() {
  if [ ! -s "$result" ]; then
    [ "$SUMMARY" != true ] ||
      printf '### :x: `comfydock`\n\nEnded with %s and told nothing\n\n' "$code" >>"$GITHUB_STEP_SUMMARY"
    return
  fi
  "$PROGRAM" summary "$result" --as text
  [ "$SUMMARY" != true ] || "$PROGRAM" summary "$result" >>"$GITHUB_STEP_SUMMARY"
}

# Runs one command; the words are split as a shell does, but nothing in them is expanded.
run_line() {
  local words=() word
  printf '%s\n' "$1" | xargs printf '%s\0' >"$results/words" || {
    echo "error: Cannot read the command: a quote is not closed"
    code=2
    return
  }
  while IFS= read -r -d '' word; do words+=("$word"); done <"$results/words"
  [ "${words[0]}" != comfydock ] || words=("${words[@]:1}")
  count=$((count + 1))
  result="$results/$count.json"
  COMFYDOCK_JSON=1 "$PROGRAM" ${words[@]+"${words[@]}"} </dev/null >"$result" || code=$?
  show
}

trap finish EXIT
[ "$ANNOTATIONS" != true ] || echo "::add-matcher::$matchers"
while IFS= read -r line && [ "$code" -eq 0 ]; do
  line="${line%$'\r'}"
  line="${line#"${line%%[![:space:]]*}"}"
  case "$line" in "" | "#"*) continue ;; esac
  echo "::group::$line"
  echo "::stop-commands::$token"
  run_line "$line"
  echo "::$token::"
  echo "::endgroup::"
done <<<"$COMMANDS"
exit "$code"
