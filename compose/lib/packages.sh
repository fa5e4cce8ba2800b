# shellcheck shell=bash disable=SC2154,SC2034  # shares its variables with the script that sources it
# Installs the Debian packages of compose/packages that are missing. Needs say.sh and $root, the checkout.

# packages_of GROUP...: the names that stand in these groups of the list.
packages_of() {
  awk -v groups=" $* " '
    /^\[/ { inside = index(groups, " " substr($0, 2, length($0) - 2) " "); next }
    inside && NF && $1 !~ /^#/ { print $1 }' "$root/compose/packages"
}

# missing_of PACKAGE...: those that are not installed.
missing_of() {
  local installed package
  # dpkg-query fails when it knows nothing of one of them; what it knows of the others still counts.
  # shellcheck disable=SC2016  # the fields are dpkg-query's, not the shell's
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  for package in "$@"; do
    [[ $'\n'$installed$'\n' == *$'\n'"installed $package"$'\n'* ]] || echo "$package"
  done
}

require_debian() {
  local name="an unknown system" ID="" VERSION_ID="" PRETTY_NAME=""
  # shellcheck disable=SC1091
  if [[ -r /etc/os-release ]]; then source /etc/os-release; fi
  name=${PRETTY_NAME:-$name}
  [[ $ID == debian && $VERSION_ID == 12 ]] && return
  refuse "$exit_failed" "This script knows Debian 12 only, and this is $name. Bring what compose/packages lists" \
    "yourself and run it again with DAYBOOK_SKIP_PACKAGES=1, or use a Debian 12 machine or container."
}

# as_root COMMAND...: directly, or through sudo. Without a terminal sudo must not ask for a password.
as_root() {
  if ((EUID == 0)); then
    "$@"
  elif [[ -t 0 ]]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

# Debian's server package makes and starts a cluster of its own, which nobody asked for here.
prevent_main_cluster() {
  [[ -e /etc/postgresql-common ]] && return
  as_root mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' |
    as_root tee /etc/postgresql-common/createcluster.d/daybook.conf >/dev/null
}

# packages_behind PROGRAM...: those whose shared libraries the programs are linked with.
packages_behind() {
  local library
  # /lib is /usr/lib, and dpkg knows each file by only one of the two names.
  ldd "$@" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' | sort -u | while read -r library; do
    dpkg-query -S "*${library#/usr}"
  done | cut -d: -f1 | sort -u
}

# install_packages GROUP...
install_packages() {
  local wanted
  mapfile -t wanted < <(packages_of "$@")
  install_missing "${wanted[@]}"
}

# install_missing PACKAGE...
install_missing() {
  [[ -z ${DAYBOOK_SKIP_PACKAGES:-} ]] || return 0
  require_debian
  local missing
  mapfile -t missing < <(missing_of "$@")
  if ((${#missing[@]} == 0)); then
    say "Packages: all $# are installed"
    return
  fi
  if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    refuse "$exit_failed" "These packages are missing, and without sudo only root can install them. As root:" \
      $'\n\n  '"apt-get update && apt-get install ${missing[*]}"
  fi
  say "Packages: installing ${#missing[@]} of $#: ${missing[*]}"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q -y)
  as_root true || refuse "$exit_failed" "sudo did not let this script install packages. Run it as root, or in a" \
    "terminal where sudo can ask for the password."
  prevent_main_cluster
  # An unreachable third-party source must not stop us: the install says whether what we want was found.
  as_root "${apt[@]}" update </dev/null >&2 || say "Packages: apt-get update reported errors; going on"
  as_root "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null >&2 ||
    refuse "$exit_failed" "apt-get could not install the packages above. Its messages say why; mend that and run" \
      "this again."
}
