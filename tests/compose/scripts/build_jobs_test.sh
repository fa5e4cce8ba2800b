#!/usr/bin/env bash
# How many compilers run at once: as many as the processors, the memory and the limits of a container allow.
root=$(readlink -f "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../..")
source "$root/tests/compose/scripts/spec.sh"
source "$root/compose/lib/say.sh"
source "$root/compose/lib/build.sh"
trap 'rm -rf "$scratch"' EXIT
unset DAYBOOK_JOBS

# Given control groups of our own making
# shellcheck disable=SC2034  # read by build.sh
control_groups=$scratch/groups own_control_groups=$scratch/own
readonly gib=$((1024 * 1024 * 1024))
limit() { mkdir -p "$(dirname "$control_groups/$1")" && echo "$2" >"$control_groups/$1"; }
limits() { memory_limits | tr '\n' ' '; }

# Version 2, as in a container, where one's own group is the top of the folder
echo "0::/" >"$own_control_groups"
limit memory.max $((3 * gib))
holds "a container's limit is seen" same "$(limits)" "3072 "
holds "two compilers fit into it at the most" test "$(build_jobs)" -le 2
limit memory.max $((gib / 2))
holds "with too little for one there is one all the same" same "$(build_jobs)" 1
limit memory.max max
holds "no limit is none" same "$(limits)" ""

# Version 2, below a group that has a limit
echo "0::/system.slice/build" >"$own_control_groups"
limit system.slice/memory.max $((2 * gib))
limit system.slice/build/memory.max max
holds "the limit of a group above counts" same "$(limits)" "2048 "

# Version 1, beside other controllers
printf '%s\n' "5:devices:/elsewhere" "4:cpu,memory:/docker/x" "0::/" >"$own_control_groups"
limit memory/memory.limit_in_bytes 9223372036854771712
limit memory/docker/x/memory.limit_in_bytes $gib
holds "version 1 is read too" same "$(limits)" "1024 "

# And who says so decides
holds "DAYBOOK_JOBS decides" same "$(DAYBOOK_JOBS=7 build_jobs)" 7
spec_ends
