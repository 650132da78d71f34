# Shared by the scripts: messages, the right Node first on PATH, root when needed. Sourced from the project's root.

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }

# fail "what went wrong" "what to do"…
fail() {
  printf '\033[1;31merror:\033[0m %s\n' "$1" >&2
  shift
  printf '       %s\n' "$@" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "this step needs root: $*" "run it as root, or install sudo"
  fi
}

PATH=$PWD/.tools/node_modules/node/bin:$PATH
export PATH

node_is_new() {
  command -v node >/dev/null && [ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 22 ]
}

# One compile job can need 1.2 GB.
jobs_count() {
  local memory_gb cores
  cores=$(nproc)
  memory_gb=$(awk '/MemAvailable/ {print int($2 / 1200000)}' /proc/meminfo)
  [ "$memory_gb" -ge 1 ] || memory_gb=1
  echo $((cores < memory_gb ? cores : memory_gb))
}

# port_is_taken HOST PORT
port_is_taken() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }
