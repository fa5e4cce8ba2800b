# shellcheck shell=bash disable=SC2154,SC2034  # shares its variables with the script that sources it
# Configures and builds one CMake preset. Needs say.sh, disk.sh and $root, the checkout.

# A compiler of this code base takes up to this much memory.
readonly compiler_memory_mib=1500
control_groups=/sys/fs/cgroup own_control_groups=/proc/self/cgroup

# memory_limits: in MiB, a line each, what this shell's control group and those above it may take. In a container these are the
# only limits; the machine's memory says nothing about it.
memory_limits() {
  local controllers path folder file bytes
  while IFS=: read -r _ controllers path; do
    case ,$controllers, in
      ,,) folder=$control_groups file=memory.max ;;
      *,memory,*) folder=$control_groups/memory file=memory.limit_in_bytes ;;
      *) continue ;;
    esac
    while true; do
      bytes=$(cat "$folder$path/$file" 2>/dev/null || true)
      # The word "max", and in version 1 a number of 19 digits, are no limit.
      if [[ $bytes =~ ^[0-9]{1,16}$ ]]; then echo $((bytes / 1024 / 1024)); fi
      [[ -n ${path%/} ]] || break
      path=${path%/*}
    done
  done <"$own_control_groups"
}

# As many compilers as there are processors, or fewer where the memory would not hold them.
build_jobs() {
  local available_mib by_memory processors
  available_mib=$({ awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo && memory_limits; } | sort -n | head -n 1)
  by_memory=$((available_mib / compiler_memory_mib))
  processors=$(nproc)
  ((by_memory < processors)) && processors=$((by_memory > 1 ? by_memory : 1))
  echo "${DAYBOOK_JOBS:-$processors}"
}

# build PRESET. One at a time for one checkout: the lock is the open file 8. Ninja itself runs CMake again when a CMake file changed, so an existing tree needs no configuring.
build() {
  local preset=$1 tree=$root/build/$1
  cd "$root" || exit
  mkdir -p build
  exec 8>>"build/$preset.lock"
  if ! flock -n 8; then
    say "Build: another one of this checkout is under way; waiting for it"
    flock 8
  fi
  if [[ ! -f $tree/build.ninja || CMakePresets.json -nt $tree/build.ninja ]]; then
    say "Build: configuring the preset $preset"
    cmake --preset "$preset" </dev/null >&2 8>&- || build_failed
  fi
  say "Build: preset $preset with $(build_jobs) compilers at once"
  NINJA_STATUS="[%f/%t, %e s] " cmake --build --preset "$preset" -j "$(build_jobs)" </dev/null >&2 8>&- ||
    build_failed
  exec 8>&-
}

build_failed() {
  refuse_if_disk_is_full "$root"
  refuse "$exit_failed" "The build failed; the compiler's messages stand above. A build folder of an older compiler" \
    "or checkout is a frequent cause: rm -rf build, and run this again."
}
