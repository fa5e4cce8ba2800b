#!/usr/bin/env bash
# Data that older commits left (tests/fixtures) is taken over by the programs of today: in place, and restored from a backup.
# And the other way round: a program that is older than its database says so and touches nothing.
root=$(readlink -f "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../..")
source "$root/tests/compose/scripts/spec.sh"
source "$root/compose/lib/say.sh"
source "$root/compose/lib/native.sh"
readonly backup=$root/compose/backup/daybook-backup restore=$root/compose/backup/daybook-restore
readonly password="a long day in the book"
export KAFKA_BROKERS=""
serve_pid="" token="" port=$(free_port 0)
DAYBOOK_URL=http://127.0.0.1:$port

end() {
  [[ -z $serve_pid ]] || kill -KILL "$serve_pid" 2>/dev/null || true
  "$root/compose/native/postgres" stop "$scratch/postgres" --now || true
  rm -rf "$scratch"
}
trap end EXIT

line=$("$root/compose/native/postgres" start "$scratch/postgres" --stop-with $$)
readonly server=${line#*=}
# The role belongs to the server, and a dump of a database does not make it.
psql -X -q -d "$server" -c "CREATE ROLE daybook_writer NOLOGIN"

# new_database NAME: an empty one, which DATABASE_URL names from here on.
new_database() {
  psql -X -q -d "$server" -c "CREATE DATABASE $1"
  export DATABASE_URL=${server/\/daybook\?/\/$1\?}
}

# lay_out FIXTURE FOLDER: as the older program left it.
lay_out() {
  mkdir -p "$2/state"
  zstd -q -d -c "$1/database.sql.zst" | psql -X -q -v ON_ERROR_STOP=1 -d "$DATABASE_URL" >/dev/null
  zstd -q -d -c "$1/state.tar.zst" | tar -C "$2/state" -xf -
  install -m 0600 "$1/keys" "$2/keys"
  # Signing in is an event of who does it.
  zstd -q -d -c "$1/expected.json.zst" | jq 'del(.["/me"] | .version, .changed, .updated_at)' >"$2/expected.json"
}

# begin FOLDER: starts a Daybook of today over it. What it leaves in variables is lost to whoever calls it in a subshell, as
# `holds` does; so it and its like are called plainly, and what they did is asked afterwards.
begin() {
  export DAYBOOK_KEYS=$1/keys
  "$DAYBOOK_BIN/daybook" serve --listen "127.0.0.1:$port" --data "$1/state" >"$1/serve.log" 2>&1 </dev/null &
  serve_pid=$!
}

ready() { until_holds curl -s -f "$DAYBOOK_URL/readyz" || { cat "$scratch"/*/serve.log && return 1; }; }

finish() {
  local code=0
  kill "$serve_pid"
  wait "$serve_pid" || code=$?
  serve_pid=""
  holds "$1" same "$code" 0
}

call() { curl -s -S --fail-with-body --max-time 30 -X "$1" "$DAYBOOK_URL/api/v1$2" -H "Authorization: Bearer $token" ${3:+--json "$3"}; }

sign_in() { token=$(call POST /auth/login "{\"email\": \"$1@example.org\", \"password\": \"$password\"}" | jq -r .access_token); }

# answers_as_then FOLDER QUESTION: every field that was there then has the value it had; there may be more of them by now, and since they show
# more, the last position that changed a row may be a later one.
answers_as_then() {
  call GET "$2" >"$1/answer.json" || { cat "$1/answer.json" && return 1; }
  jq -e --arg question "$2" --slurpfile answer "$1/answer.json" '
    def leaves: [paths as $path | select(getpath($path) | type | . != "object") | {path: $path, value: (getpath($path) | if type == "array" then length else . end)}];
    # Hits of the same rank have no order that was ever promised.
    def settled: if $question | contains("/search?") then .data |= sort_by(-.rank, .entity_id) else . end;
    ($answer[0] | settled) as $now | (.[$question] | settled) as $old | [
      $old | leaves[] | .path as $path | {path: ($path | map(tostring) | join("/")), then: .value,
        now: ($now | getpath($path) | if type == "array" then length else . end)} |
        select(.then != .now and (((.path | endswith("/changed")) or .path == "changed") and .now > .then | not))]
    | if . == [] then true else (map(tojson) | join("\n") | halt_error) end' "$1/expected.json"
}

everything_answers_as_then() {
  local question
  while IFS= read -r question; do
    holds "  $question" answers_as_then "$1" "$question"
  done < <(jq -r 'keys[]' "$1/expected.json")
}

digest() { "$DAYBOOK_BIN/daybook" digest --data "$1"; }

takes_over() {
  local name=$1 fixture=$2 folder=$scratch/$1 workspace issue
  # Given what an older program left
  new_database "$name"
  mkdir "$folder"
  lay_out "$fixture" "$folder"
  holds "$name: a backup is made of it as it is" env DAYBOOK_KEYS="$folder/keys" "$backup" "$folder/backup" --keys-inside

  # When today's program is started over it, then everything is as it was
  begin "$folder"
  holds "$name: it is taken over" ready
  sign_in ada
  everything_answers_as_then "$folder"
  holds "$name: the audit finds it sound" "$DAYBOOK_BIN/daybook" audit verify

  # And it goes on
  workspace=$(jq -r '[.[] | .data? | arrays | .[] | .workspace_id? // empty][0]' "$folder/expected.json")
  issue=$(jq -r '[to_entries[] | select(.key | test("/issues\\?")).value.data[] | select(.deleted_at == null)][0].id' "$folder/expected.json")
  holds "$name: an old issue is changed" call PATCH "/workspaces/$workspace/issues/$issue" '{"status": "done", "title": "Ground"}'
  holds "$name: a new one is opened" call POST "/workspaces/$workspace/issues" '{"title": "Look through it"}'
  sign_in ben
  holds "$name: the other member answers to an old issue" call POST "/workspaces/$workspace/issues/$issue/comments" '{"content": "At last"}'
  finish "$name: it ends properly"
  holds "$name: the audit finds it sound after that" "$DAYBOOK_BIN/daybook" audit verify
  holds "$name: its read models are made anew" "$DAYBOOK_BIN/daybook" rebuild --data "$folder/anew"
  holds "$name: they have the digest of those that grew" same "$(digest "$folder/state")" "$(digest "$folder/anew")"
}

is_restored() {
  local name=$1 folder=$scratch/$1
  mkdir "$folder.restored"
  cp "$folder/expected.json" "$folder.restored/"
  new_database "${name}_restored"
  holds "$name: its backup is restored by today's program" env DAYBOOK_KEYS="$folder.restored/keys" "$restore" "$folder/backup"
  begin "$folder.restored"
  holds "$name: a Daybook starts over it" ready
  sign_in ada
  everything_answers_as_then "$folder.restored"
  finish "$name: that one ends properly"
}

for fixture in "$root"/tests/fixtures/data-*; do
  commit=${fixture##*-}
  takes_over "of_$commit" "$fixture"
  is_restored "of_$commit"
done

# Given a database two steps ahead of this program (one is what a newer program may do while older ones still run)
new_database of_the_future
export DAYBOOK_KEYS=$scratch/keys
"$DAYBOOK_BIN/daybook" init-keys --keys "$DAYBOOK_KEYS" >/dev/null
"$DAYBOOK_BIN/daybook" migrate >/dev/null
psql -X -q -d "$DATABASE_URL" -c "INSERT INTO log.migrations (number, name, sha256)
  SELECT max(number) + step, 'of_the_future', '' FROM log.migrations, generate_series(1, 2) AS step GROUP BY step"
# Newer ones of pg_dump add a random word each time.
content() { pg_dump "$DATABASE_URL" | grep -v 'restrict '; }
before=$(content | sha256sum)

# When anything of this program meets it, then it refuses with the code for that and a sentence that says what to do
for program in "daybook serve" daybook-command daybook-query daybook-projector "daybook migrate" "daybook rebuild" "daybook audit verify"; do
  read -ra words <<<"$program"
  holds "$program refuses a newer database" refused 3 "made by a newer Daybook" "$DAYBOOK_BIN/${words[0]}" "${words[@]:1}"
done
holds "nothing in it was touched" same "$(content | sha256sum)" "$before"
spec_ends
