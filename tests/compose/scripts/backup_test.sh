#!/usr/bin/env bash
# daybook-backup and daybook-restore: every form of a backup, made of a running Daybook while commands come in, is
# restored into an empty database, is sound, and gives the same read models.
root=$(readlink -f "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../..")
source "$root/tests/compose/scripts/spec.sh"
readonly backup=$root/compose/backup/daybook-backup restore=$root/compose/backup/daybook-restore
readonly issues_before=20
source "$root/compose/lib/say.sh"
source "$root/compose/lib/native.sh"
writer_pid="" serve_pid=""

end() {
  local pid
  for pid in $writer_pid $serve_pid; do kill -KILL "$pid" 2>/dev/null || true; done
  "$root/compose/native/postgres" stop "$scratch/postgres" --now || true
  rm -rf "$scratch"
}
trap end EXIT

post() { curl -s -f --max-time 30 "$DAYBOOK_URL/api/v1/$1" -H "Authorization: Bearer ${token:-}" --json "$2"; }
value() { psql -X -q -A -t -d "${2:-$DATABASE_URL}" -c "$1"; }

# Given a Daybook with a workspace and issues
line=$("$root/compose/native/postgres" start "$scratch/postgres" --stop-with $$)
export DATABASE_URL=${line#*=} DAYBOOK_KEYS=$scratch/keys
port=$(free_port 0)
DAYBOOK_URL=http://127.0.0.1:$port
"$DAYBOOK_BIN/daybook" init-keys --keys "$DAYBOOK_KEYS" >/dev/null
"$DAYBOOK_BIN/daybook" serve --listen "127.0.0.1:$port" --data "$scratch/state" >"$scratch/serve.log" 2>&1 </dev/null &
serve_pid=$!
until_holds curl -s -f "$DAYBOOK_URL/readyz" || { cat "$scratch/serve.log" && exit 1; }
token=$(post auth/register '{"email": "ada@example.org", "password": "a long day in the book"}' | jq -r .access_token)
workspace=$(post workspaces '{"name": "First light"}' | jq -r .id)
write_issue() { post "workspaces/$workspace/issues" '{"title": "Write the next line"}' >/dev/null; }
for _ in $(seq "$issues_before"); do write_issue; done

# new_database NAME: another database on the same server, named by $fresh.
new_database() {
  value "CREATE DATABASE $1"
  fresh=${DATABASE_URL/\/daybook\?/\/$1\?}
}

# restored NAME ARGUMENT...: into a new database, with a key file of its own at $scratch/NAME/keys.
restored() {
  local name=$1
  shift
  new_database "$name"
  mkdir -p "$scratch/$name"
  DATABASE_URL=$fresh DAYBOOK_KEYS=$scratch/$name/keys "$restore" "$@"
}

# When a backup of each form is made while commands are running
(while write_issue; do :; done) &
writer_pid=$!
position=$(value "SELECT max(position) FROM log.events")
grows() { (($(value "SELECT max(position) FROM log.events") > position)); }
until_holds grows
printf 'a passphrase of the test\n' >"$scratch/passphrase"
holds "zstd, keys inside" "$backup" "$scratch/zstd.backup" --keys-inside
holds "gzip, keys sealed" "$backup" "$scratch/gzip.backup" --compress gzip --keys-sealed "$scratch/passphrase"
holds "plain, keys apart" "$backup" "$scratch/plain.backup" --compress none --keys-apart "$scratch/keys.apart"
holds "a tar on the standard output" bash -c "'$backup' - --keys-inside >'$scratch/stream.tar'"
position=$(value "SELECT max(position) FROM log.events")
holds "commands were taken all the while" until_holds grows
kill "$writer_pid"
wait "$writer_pid" 2>/dev/null || true
writer_pid=""

# Then nobody else may read what is secret in them
for secret in zstd.backup/keys gzip.backup/keys.sealed keys.apart; do
  holds "$secret is private" same "$(stat -c %a "$scratch/$secret")" 600
done
holds "sealed keys show nothing" fails grep -qF "$(awk '/^claim/ { print $4 }' "$DAYBOOK_KEYS")" \
  "$scratch/gzip.backup/keys.sealed"
holds "no keys are in the one that keeps them apart" test ! -e "$scratch/plain.backup/keys"
holds "a backup replaces nothing" refused 1 "there already" "$backup" "$scratch/zstd.backup" --no-keys
holds "the keys are never forgotten silently" refused 1 "What of the keys?" "$backup" "$scratch/another"

# And each is restored into an empty database, where the audit finds it sound with the root of its manifest
holds "zstd is restored" restored zstd "$scratch/zstd.backup"
holds "gzip is restored" restored gzip "$scratch/gzip.backup" --passphrase "$scratch/passphrase"
mkdir "$scratch/plain" && cp "$scratch/keys.apart" "$scratch/plain/keys"
holds "plain is restored with the keys that were put there" restored plain "$scratch/plain.backup"
stream_restored() { restored stream - <"$scratch/stream.tar"; }
holds "the tar is restored" stream_restored
for form in zstd gzip plain stream; do
  holds "$form has the keys" cmp "$scratch/$form/keys" "$DAYBOOK_KEYS"
done

# And the read models that are made from a restored log are those that grew with the log it was taken of
holds "the last state is backed up" "$backup" "$scratch/last.backup" --no-keys
kill "$serve_pid"
wait "$serve_pid" || true
serve_pid=""
grown=$("$DAYBOOK_BIN/daybook" digest --data "$scratch/state")
mkdir "$scratch/last" && cp "$DAYBOOK_KEYS" "$scratch/last/keys"
holds "it is restored beside the keys" restored last "$scratch/last.backup"
export DATABASE_URL=${DATABASE_URL/\/daybook\?/\/last\?}
holds "its read models are made anew" "$DAYBOOK_BIN/daybook" rebuild --data "$scratch/state.last"
holds "they have the digest of those that grew" same "$("$DAYBOOK_BIN/daybook" digest --data "$scratch/state.last")" "$grown"

# And what must not be restored is refused
holds "a database that is not empty" refused 1 "not empty" "$restore" "$scratch/last.backup"
mkdir "$scratch/none"
holds "no keys" refused 1 "holds no keys" env DAYBOOK_KEYS="$scratch/none/keys" "$restore" "$scratch/last.backup"
"$DAYBOOK_BIN/daybook" init-keys --keys "$scratch/none/keys" >/dev/null
holds "another log's keys" refused 1 "does not belong" env DAYBOOK_KEYS="$scratch/none/keys" "$restore" "$scratch/last.backup"
holds "sealed keys without their passphrase" refused 1 "sealed" env DAYBOOK_KEYS="$scratch/none/new" "$restore" "$scratch/gzip.backup"
printf x >>"$scratch/zstd.backup/log.dump.zst"
holds "a damaged dump" refused 1 "damaged" "$restore" "$scratch/zstd.backup"
spec_ends
