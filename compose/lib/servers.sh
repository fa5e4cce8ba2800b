# shellcheck shell=bash disable=SC2154,SC2034  # shares its variables with the script that sources it
# The servers of ./up: PostgreSQL and Kafka (ours, unless the environment names others) and Daybook itself.
# Needs say.sh, native.sh, folders.sh, wait.sh, and $root, $port, $with_kafka, $ephemeral.

readonly ready_seconds_max=60 drain_seconds_max=30
readonly native=$root/compose/native
postgres_is_ours="" kafka_is_ours="" serve_pid=""

# named_elsewhere NAME OWN: the variable, unless it names our own server, as in a shell that read .daybook/env.
named_elsewhere() {
  local value=${!1:-}
  if [[ -n $value && "$1=$value" != "$2" ]]; then echo "$value"; fi
}

start_postgres() {
  local external
  external=$(named_elsewhere DATABASE_URL "$("$native/postgres" url "$data/postgres")")
  if [[ -n $external ]]; then
    say "PostgreSQL: the one that DATABASE_URL names"
    export DATABASE_URL=$external
    return
  fi
  if [[ -d $data/postgres/cluster ]]; then
    say "PostgreSQL: starting"
  else
    say "PostgreSQL: making a private cluster in $data/postgres"
  fi
  postgres_is_ours=yes
  local line
  line=$("$native/postgres" start "$data/postgres" --log "$logs/postgres.log" --stop-with $$ 9>&-) || exit
  export "${line?}"
}

start_kafka() {
  local external line
  external=$(named_elsewhere KAFKA_BROKERS "$("$native/kafka" url "$data/kafka")")
  if [[ -n $external ]]; then
    say "Kafka: the one that KAFKA_BROKERS names"
    export KAFKA_BROKERS=$external
    return
  fi
  export KAFKA_BROKERS=""
  [[ -n $with_kafka ]] || return 0
  say "Kafka: starting a broker"
  kafka_is_ours=yes
  line=$("$native/kafka" start "$data/kafka" --log "$logs/kafka.log" --stop-with $$ 9>&-) || exit
  export "${line?}"
  say "Kafka: ready on $KAFKA_BROKERS"
}

prepare_database() {
  if [[ ! -f $DAYBOOK_KEYS ]]; then
    say "Keys: making $DAYBOOK_KEYS"
    run_daybook init-keys --keys "$DAYBOOK_KEYS"
    chmod 0600 "$DAYBOOK_KEYS"
  fi
  say "Database: migrating"
  run_daybook migrate
}

# run_daybook ARGUMENT...: a short command; its own sentence is what the user reads when it fails.
run_daybook() {
  local code=0
  "$DAYBOOK_BIN/daybook" "$@" </dev/null >>"$logs/daybook.log" 2>&1 9>&- || code=$?
  ((code == 0)) || explain_end "$1" "$code"
}

# explain_end COMMAND CODE
explain_end() {
  refuse_if_disk_is_full "$data" "$logs/daybook.log"
  show_end "$logs/daybook.log"
  case $2 in
    "$exit_port_taken") port_taken ;;
    "$exit_newer_data") refuse "$exit_newer_data" "The data was made by a newer Daybook. Update this checkout" \
      "(git pull), or remove the data with ./up --purge." ;;
    *) refuse "$exit_failed" "'daybook $1' ended with exit code $2; the lines above say why." ;;
  esac
}

port_taken() {
  refuse "$exit_port_taken" "Port $port on 127.0.0.1 is taken by another program. Stop that one, or choose another" \
    "port: ./up --port $((port + 1))"
}

# In a session of its own, so that a Ctrl-C reaches it only through us; and it ends when this script is killed.
start_daybook() {
  say "Daybook: starting on $DAYBOOK_URL"
  setsid setpriv --pdeathsig TERM "$DAYBOOK_BIN/daybook" serve --listen "127.0.0.1:$port" --data "$data/state" \
    </dev/null >>"$logs/daybook.log" 2>&1 9>&- &
  serve_pid=$!
  if ! wait_until "$ready_seconds_max" daybook_is_ready_or_ended; then
    show_end "$logs/daybook.log"
    refuse "$exit_failed" "Daybook was not ready after $ready_seconds_max seconds; the lines above may say what it" \
      "waits for."
  fi
  daybook_runs || daybook_ended
}

daybook_runs() { kill -0 "$serve_pid" 2>/dev/null; }
daybook_has_ended() { ! daybook_runs; }
daybook_is_ready_or_ended() { daybook_has_ended || curl -s -f -o /dev/null --max-time 2 "$DAYBOOK_URL/readyz"; }

# Says how it ended, before or after it was ready.
daybook_ended() {
  local code=0
  wait "$serve_pid" || code=$?
  serve_pid=""
  explain_end serve "$code"
}

stop_servers() {
  stop_daybook
  if [[ -n $kafka_is_ours ]]; then
    say "Kafka: stopping"
    "$native/kafka" stop "$data/kafka" ${ephemeral:+--now} 9>&- || true
  fi
  if [[ -n $postgres_is_ours ]]; then
    say "PostgreSQL: stopping"
    "$native/postgres" stop "$data/postgres" ${ephemeral:+--now} 9>&- || true
  fi
}

# It finishes the requests it has begun; one that takes longer than the limit is cut off.
stop_daybook() {
  [[ -n $serve_pid ]] && daybook_runs || return 0
  say "Daybook: stopping"
  kill -TERM "$serve_pid" 2>/dev/null || true
  if ! wait_until "$drain_seconds_max" daybook_has_ended; then
    kill -KILL "$serve_pid" 2>/dev/null || true
    wait_until "$drain_seconds_max" daybook_has_ended || say "Daybook: process $serve_pid does not end"
  fi
}
