#!/usr/bin/env bash
# ./up --ephemeral: several beside each other, nothing left behind, and the checkout's own data is left alone.
root=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../..
root=$(readlink -f "$root")
source "$root/tests/compose/scripts/spec.sh"

end() {
  local pid
  for pid in "$scratch"/*.pid; do
    if [[ -s $pid ]]; then kill "$(<"$pid")" 2>/dev/null || true; fi
  done
  rm -rf "$scratch"
}
trap end EXIT

environment_of() { sed -n 's/^Shells:  source //p' "$scratch/$1.out"; }
folder_of() { dirname "$(environment_of "$1")"; }

# begin NAME: a shell that still names other servers must not lead it there.
begin() {
  DATABASE_URL=postgresql:///elsewhere KAFKA_BROKERS=127.0.0.1:1 DAYBOOK_KEYS=$scratch/elsewhere \
    "$root/up" --ephemeral -d >"$scratch/$1.out" 2>"$scratch/$1.err" </dev/null
  cp "$(folder_of "$1")/pid" "$scratch/$1.pid"
}

url_of() (
  # shellcheck disable=SC1090
  source "$(environment_of "$1")"
  echo "$DAYBOOK_URL"
)

answers() { curl -s -f -o /dev/null --max-time 5 "$(url_of "$1")/readyz"; }

register() {
  curl -s -f --max-time 20 "$(url_of "$1")/api/v1/auth/register" \
    --json '{"email": "ada@example.org", "password": "a long day in the book"}'
}

own_data() { find "$root/.daybook" -printf "%p %s %T@\n" 2>/dev/null | sort || true; }

leaves_nothing() {
  kill "$(<"$scratch/$1.pid")"
  until_holds test ! -e "$2"
}

# Given what this checkout holds already
before=$(own_data)

# When two are started from it
holds "the first is ready" begin first
holds "a second is ready beside it" begin second

# Then each is a Daybook of its own
holds "they listen on different ports" fails same "$(url_of first)" "$(url_of second)"
holds "their folders differ" fails same "$(folder_of first)" "$(folder_of second)"
holds "the first answers" answers first
holds "somebody registers with the first" register first
holds "the same address is free in the second" register second
holds "nobody else can read the keys" same "$(stat -c %a "$(folder_of first)/keys")" 600

# When one is killed outright, then its servers end with it and the other goes on
first=$(folder_of first) second=$(folder_of second) first_url=$(url_of first)
kill -KILL "$(<"$scratch/first.pid")"
holds "its Daybook ends" until_holds fails curl -s -o /dev/null --max-time 1 "$first_url/livez"
holds "its database ends" until_holds test ! -e "$first/data/postgres/cluster/postmaster.pid"
rm -rf "$first"
holds "the other still answers" answers second

# When the other is asked to end, then it leaves nothing
holds "its folder is gone" leaves_nothing second "$second"
holds "the checkout's own data is as it was" same "$(own_data)" "$before"
holds "--stop is not for it" refused 1 "removes itself" "$root/up" --ephemeral --stop
spec_ends
