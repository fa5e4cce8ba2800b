# shellcheck shell=bash disable=SC2154  # reads the variables of the script that sources it
# What every test of a script shares: sentences that hold or do not, waiting with a deadline, a folder of one's own.
# Sourced with the checkout in $root and the folder of the built programs in $DAYBOOK_BIN.
set -euo pipefail
source "$root/compose/lib/wait.sh"

readonly wait_seconds_max=60
spec_failures=0 spec_sentences=0
scratch=$(mktemp -d /tmp/daybook-spec.XXXXXX)
chmod 0711 "$scratch"
export DAYBOOK_SKIP_PACKAGES=1

# holds SENTENCE COMMAND...: the command must end well. Its output is shown when it does not.
holds() {
  local sentence=$1 output
  shift
  spec_sentences=$((spec_sentences + 1))
  if output=$("$@" 2>&1 </dev/null); then
    echo "ok: $sentence"
  else
    echo "NOT OK: $sentence"
    printf '%s\n' "    ${*}" "$output" | head -n 40
    spec_failures=$((spec_failures + 1))
  fi
}

# refused CODE WORDS COMMAND...: it must end with this code and say these words.
refused() {
  local code=$1 words=$2 actual=0 output
  shift 2
  output=$("$@" 2>&1 </dev/null) || actual=$?
  if ((actual == code)) && grep -qF -- "$words" <<<"$output"; then return 0; fi
  echo "expected exit code $code and '$words', got exit code $actual and:"
  echo "$output"
  return 1
}

same() { [[ $1 == "$2" ]] || { printf 'one:   %s\nother: %s\n' "$1" "$2" && return 1; }; }

says() { grep -qF -- "$2" "$1" || { cat "$1" && return 1; }; }

fails() { ! "$@"; }

# until_holds COMMAND...: waits for a condition.
until_holds() { wait_until "$wait_seconds_max" "$@" >/dev/null 2>&1; }

# spec_ends: the last line of a test.
spec_ends() {
  echo "$spec_sentences sentences, $spec_failures of them do not hold."
  exit $((spec_failures > 0))
}
