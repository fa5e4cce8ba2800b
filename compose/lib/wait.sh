# shellcheck shell=bash
# Waiting with a deadline, for every script.

# wait_until SECONDS COMMAND...: asks again and again until the command ends well; fails when it never did in that time.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}
