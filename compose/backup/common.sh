# shellcheck shell=bash disable=SC2034,SC2154  # shares its variables with the script that sources it
# What daybook-backup and daybook-restore share. Needs $self, the path of the script.

readonly backup_format=1            # raised when an older daybook-restore could not read a backup any more
readonly answer_seconds_max=60
readonly pbkdf2_rounds=600000
readonly key_file=${DAYBOOK_KEYS:-.daybook/keys}
daybook=""

say() { printf '%s\n' "$*" >&2; }

refuse() {
  printf '%s: %s\n' "${self##*/}" "$*" >&2
  exit 1
}

usage() { sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$self"; }

require_database() {
  [[ -n ${DATABASE_URL:-} ]] || refuse "DATABASE_URL must name the database; \`source .daybook/env\` sets it to that of ./up."
}

require_program() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || refuse "The program $program is missing."
  done
}

require_daybook() {
  daybook=${DAYBOOK_BIN:+$DAYBOOK_BIN/}daybook
  command -v "$daybook" >/dev/null || refuse "The program 'daybook' is missing; DAYBOOK_BIN names the folder that has it."
}

require_passphrase() {
  require_program openssl
  [[ -s $1 ]] || refuse "The file with the passphrase, '$1', cannot be read or is empty."
}

# seal PASSPHRASE_FILE, unseal PASSPHRASE_FILE: standard input to standard output.
seal() { openssl enc -aes-256-cbc -salt -pbkdf2 -iter "$pbkdf2_rounds" -pass "file:$1"; }
unseal() { openssl enc -d -aes-256-cbc -pbkdf2 -iter "$pbkdf2_rounds" -pass "file:$1"; }

# sql QUERY: its one value.
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$DATABASE_URL" -c "$1" </dev/null; }
