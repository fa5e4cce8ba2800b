# shellcheck shell=bash disable=SC2154,SC2034  # shares its variables with the script that sources it
# What the runners of PostgreSQL and Kafka share. Needs say.sh.

# is_running PIDFILE WORD: whether the process named in the file lives and its command line holds the word;
# a process number may have been given to somebody else since.
is_running() {
  local pid
  pid=$(head -n 1 "$1" 2>/dev/null) || return 1
  [[ -n $pid && -r /proc/$pid/cmdline ]] || return 1
  tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "$2"
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port WISH: the port that is wished for, or with 0 any, on which nobody listens; below the range from which outgoing connections take theirs.
free_port() {
  local port=$1
  while ((port == 0)) || port_answers "$port"; do
    port=$((20000 + RANDOM % 10000))
  done
  echo "$port"
}

# temporary_folder NAME: makes a folder through which the database's user can pass, whoever that is.
temporary_folder() {
  local parent folder
  for parent in "${TMPDIR:-/tmp}" /tmp; do
    folder=$(mktemp -d "$parent/$1.XXXXXX" 2>/dev/null) || continue
    chmod 0711 "$folder"
    if ((EUID != 0)) || runuser -u postgres -- test -x "$folder" 2>/dev/null; then
      echo "$folder"
      return
    fi
    rmdir "$folder"
  done
  refuse "$exit_failed" "No temporary folder could be made in /tmp that the user postgres may enter."
}

# stop_with PID SCRIPT DIR: stops the server when that process ends, however it ends.
stop_with() {
  local pid=$1 script=$2 folder=$3
  # shellcheck disable=SC2016  # expanded by the shell that is started here
  setsid bash -c 'tail --pid="$1" -f /dev/null; exec "$2" stop "$3"' stop_with "$pid" "$script" "$folder" \
    </dev/null >/dev/null 2>&1 &
  echo $! >"$folder/watcher.pid"
}

# forget_watcher DIR: the server was stopped by other means. The watcher itself may be the one that asks.
forget_watcher() {
  if is_running "$1/watcher.pid" stop_with; then
    kill -- "-$(cat "$1/watcher.pid")" 2>/dev/null || true
  fi
  rm -f "$1/watcher.pid"
}
