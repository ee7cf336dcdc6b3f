# What the scripts beside this file share: sourced by them, not run. Leaves the shell in the repository's root.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*"; }

# die STATUS SENTENCE
die() {
  printf '%s: %s\n' "${0##*/}" "$2" >&2
  exit "$1"
}

# 3 is the exit status of countercheck itself for a wrong command line.
usage_error() { die 3 "$1; --help tells the usage"; }

# Shows a command as one could type it, then runs it.
run() {
  printf '+'
  printf ' %q' "$@"
  printf '\n'
  "$@"
}

# Options of every script that builds. The caller sets preset to its default and defines usage().
#   preset       name in CMakePresets.json; the build directory is build/PRESET
#   jobs         compilers at a time
#   installing   yes or no
#   arguments    what came after --
parse_options() {
  jobs=$(nproc)
  installing=yes
  arguments=()
  while (($#)); do
    case $1 in
      -h | --help)
        usage
        exit 0
        ;;
      --no-install) installing=no ;;
      -j | --jobs)
        [[ ${2-} =~ ^[1-9][0-9]{0,3}$ ]] || usage_error "$1 wants a number of compilers, got '${2-}'"
        jobs=$2
        shift
        ;;
      --preset)
        local presets
        presets=$(sed -n 's/^ *"name": "\([^"]*\)".*/\1/p' CMakePresets.json | sort -u | paste -sd ' ')
        [[ -n ${2-} && " $presets " == *" $2 "* ]] || usage_error "--preset wants one of: $presets; got '${2-}'"
        preset=$2
        shift
        ;;
      --)
        shift
        # shellcheck disable=SC2034  # the caller reads it
        arguments=("$@")
        return
        ;;
      *) usage_error "unknown option '$1'" ;;
    esac
    shift
  done
}

# The names in scripts/packages: those marked "tests" only where the caller has set testing=yes.
wanted_packages() { awk -v testing="${testing-no}" '{sub("#.*", "")} NF == 1 || (NF && testing == "yes") {print $1}' scripts/packages; }

missing_packages() {
  local name
  for name in $(wanted_packages); do
    # A line for each architecture it is installed for.
    dpkg-query --show --showformat '${db:Status-Status}\n' "$name" 2>/dev/null | grep -x installed >/dev/null || say "$name"
  done
}

# Installs what scripts/packages names and the machine lacks. Touches neither apt nor the network when nothing is missing.
install_packages() {
  [[ $installing == yes ]] || return 0
  if ! command -v apt-get >/dev/null; then
    say "No apt-get here, so nothing is installed. Needed, by Debian's name and by what it is:"
    sed -n '/^[^#]/s/^/    /p' scripts/packages
    say "Going on with what this machine has."
    return
  fi

  local missing=() known=() as_root=() name
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]} == 0)); then
    say "Every package of scripts/packages is installed."
    return
  fi
  local remedy="install them: ${missing[*]}. To build with what is there, give --no-install."
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die 1 "packages are missing and this is neither root nor a machine with sudo; $remedy"
    as_root=(sudo)
    [[ -t 0 ]] || as_root=(sudo -n) # nobody is there to type a password
  fi

  run "${as_root[@]}" apt-get -q -o Acquire::Retries=3 update ||
    say "The package lists could not be refreshed; going on with those that are here."
  # Ubuntu, for one, has no linux-perf, and nothing is built from it: what is indeed needed, the configuration names.
  for name in "${missing[@]}"; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      known+=("$name")
    else
      say "apt knows no package $name; going on without it."
    fi
  done
  ((${#known[@]})) || return 0
  # The wait is for the unattended upgrade that a fresh machine often starts with.
  run "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 \
    -o DPkg::Lock::Timeout=300 install --no-install-recommends "${known[@]}" ||
    die 1 "packages could not be installed; as root, $remedy"
}

# build CMAKE-OPTION...: configures and builds the preset.
build() {
  local tool
  for tool in cmake ninja; do
    command -v "$tool" >/dev/null || die 1 "$tool is not installed; scripts/packages lists what is needed"
  done
  run cmake --preset "$preset" "$@"
  run cmake --build --preset "$preset" --parallel "$jobs"
}

# What scripts/quickstart runs. A compiler newer than ours may warn of more; that is no reason to keep anyone from it.
build_without_tests() { build -DCOUNTERCHECK_BUILD_TESTS=OFF -DCOUNTERCHECK_WARNINGS_AS_ERRORS=OFF; }
