# shellcheck shell=bash disable=SC2154,SC2034  # shares its variables with the script that sources it
# Where Daybook keeps its things: .daybook in the checkout, with the data behind .daybook/data, or a temporary folder
# of the same form. Needs say.sh, native.sh and $root, the checkout.

readonly data_format=1            # raised when an older Daybook could not read the folder any more
readonly system_folder=/var/lib/daybook
home="" logs="" own_keys="" # set by use_home
data=""                     # set by open_folders and open_temporary_folders

use_home() { home=$1 logs=$1/log own_keys=$1/keys; }

# Root's database runs as another user, who may not be able to enter the checkout: its data lives elsewhere.
data_home() {
  echo "$system_folder/$(printf %s "$root" | sha256sum | cut -c 1-12)"
}

# The target of .daybook/data; nothing when there is none yet.
existing_data() { if [[ -L $home/data || -e $home/data ]]; then readlink -m "$home/data"; fi; }

open_folders() {
  mkdir -p "$home" 2>/dev/null || not_ours "$root"
  chmod 0700 "$home" 2>/dev/null || not_ours "$home"
  mkdir -p "$logs" 2>/dev/null || not_ours "$home"
  [[ -w $home && -w $logs ]] || not_ours "$home"
  data=$(existing_data)
  if [[ -z $data ]]; then
    data=$home/data
    if ((EUID == 0)); then
      data=$(data_home)
      ln -s "$data" "$home/data"
    fi
  fi
  if [[ $data == "$system_folder"/* ]]; then
    # Others pass through to the database's folder; nothing else in here is open to them.
    mkdir -p "$data" 2>/dev/null || not_ours "$data"
    chmod 0755 "$system_folder" "$data" 2>/dev/null || not_ours "$data"
  else
    mkdir -p "$data"
  fi
  mkdir -p "$data/state" 2>/dev/null || not_ours "$data"
  chmod 0700 "$data/state"
}

# Everything in one new folder, which whoever calls this removes.
open_temporary_folders() {
  local folder
  folder=$(temporary_folder daybook-up) || exit
  use_home "$folder"
  data=$home/data
  mkdir -m 0700 "$logs"
  mkdir -m 0711 "$data"
  mkdir -m 0700 "$data/state"
}

# For those who only end or remove: makes nothing.
find_folders() {
  [[ ! -e $home || -w $home ]] || not_ours "$home"
  data=$(existing_data)
  [[ -z $data || ! -e $data || -w $data ]] || not_ours "$data"
}

not_ours() {
  refuse "$exit_failed" "$1 belongs to $(stat -c %U "$1" 2>/dev/null || echo root), and $(id -un) may not write" \
    "there. Run this as that user, or use a checkout of your own."
}

# One ./up at a time for one folder of data. The lock is the open file 9, which no server may inherit.
lock_data() {
  exec 9>>"$data/lock"
  flock -n 9 || refuse "$exit_failed" "Daybook is being started or runs already in this checkout (process" \
    "$(running_pid)). ./up --stop ends it."
  echo $$ >"$home/pid"
}

# Each start has logs of its own; those of the one before are kept.
keep_previous_logs() {
  rm -rf "$logs/previous"
  mkdir "$logs/previous"
  find "$logs" -maxdepth 1 -type f -exec mv -t "$logs/previous" {} +
}

is_locked() { [[ -e $data/lock ]] && ! flock -n "$data/lock" true; }
is_unlocked() { ! is_locked; }

running_pid() { cat "$home/pid" 2>/dev/null || echo unknown; }

require_known_format() {
  local format=0
  if [[ -f $data/FORMAT ]]; then format=$(<"$data/FORMAT"); fi
  [[ $format =~ ^[0-9]+$ ]] || format=unknown
  if [[ $format == unknown ]] || ((format > data_format)); then
    refuse "$exit_newer_data" "The data in $data was made by a newer Daybook (format $format; this one knows" \
      "$data_format). Update this checkout (git pull), or remove the data with ./up --purge."
  fi
  echo "$data_format" >"$data/FORMAT"
}
