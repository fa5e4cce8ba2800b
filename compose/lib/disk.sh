# shellcheck shell=bash disable=SC2154,SC2034  # shares its variables with the script that sources it
# Sentences for a full disk. Needs say.sh.

readonly new_data_mib_min=1024  # what a new database wants before it is made
readonly full_mib=64            # below this a failure is put down to the disk

# free_mib PATH: what is free on the disk that holds it.
free_mib() { df --output=avail -BM "$1" | awk 'NR == 2 { print int($1) }'; }

# require_space FOLDER: refuses when a new database would have too little.
require_space() {
  local free
  free=$(free_mib "$1")
  ((free >= new_data_mib_min)) && return
  refuse "$exit_failed" "The disk that holds $1 has $free MiB free; Daybook wants at least $new_data_mib_min MiB" \
    "before it makes its data there. Make room and run this again."
}

# refuse_if_disk_is_full FOLDER [LOG]: after a failure, says so when the disk is its cause.
refuse_if_disk_is_full() {
  local free
  free=$(free_mib "$1")
  if ((free >= full_mib)) && ! tail -n 50 "${2:-/dev/null}" 2>/dev/null | grep -q 'No space left on device'; then
    return 0
  fi
  refuse "$exit_failed" "The disk that holds $1 is full ($free MiB free). Make room and run this again; what was" \
    "written so far is safe."
}
