# shellcheck shell=bash disable=SC2034  # shares its variables with the script that sources it
# How the scripts speak: progress lines with the time since the start, and sentences for what went wrong.

# runuser and its like are there, which a runner of jobs may not have in its path.
export PATH=$PATH:/usr/sbin:/sbin

readonly exit_failed=1 exit_port_taken=2 exit_newer_data=3 exit_no_jars=4
# Microseconds; a script that another one calls goes on with that one's clock.
clock_start=${DAYBOOK_CLOCK_START:-${EPOCHREALTIME/[.,]/}}
export DAYBOOK_CLOCK_START=$clock_start

# say TEXT: one line of progress. On stderr, since the standard output of a script may be meant for a shell.
say() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - clock_start) / 100000))
  printf '[%3d.%ds] %s\n' $((tenths / 10)) $((tenths % 10)) "$*" >&2
}

# refuse CODE SENTENCE...: ends the script with a sentence that says what to do.
refuse() {
  local code=$1
  shift
  printf '\n%s\n' "$*" >&2
  exit "$code"
}

# show_end FILE: the last lines of a log, so that nobody has to go and look for it.
show_end() {
  [[ -s $1 ]] || return 0
  printf '\nThe end of %s:\n' "$1" >&2
  tail -n 12 "$1" | sed 's/^/  /' >&2
}
