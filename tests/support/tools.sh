# shellcheck shell=bash
# Tools that check us and that Debian does not have: fetched once, in one version, into a folder of the build.
readonly skipped=77

# skip SENTENCE: ends a test that cannot be run here.
skip() {
  echo "Skipped: $*"
  exit "$skipped"
}

# python_tool FOLDER PACKAGE VERSION: into FOLDER/bin, from PyPI.
python_tool() {
  local folder=$1/$2-$3
  tool_folder=$folder/bin
  [[ ! -e $folder/whole ]] || return 0
  rm -rf "$folder"
  /usr/bin/python3 -m venv "$folder" >/dev/null 2>&1 || skip "python3 cannot make a virtual environment (python3-venv)."
  "$tool_folder/pip" --quiet --disable-pip-version-check install "$2==$3" >/dev/null 2>&1 ||
    skip "$2 $3 could not be fetched from PyPI."
  touch "$folder/whole"
}

# npm_tool FOLDER PACKAGE VERSION: into FOLDER/node_modules, from npm's registry.
npm_tool() {
  local folder=$1/${2//\//-}-$3
  tool_folder=$folder/node_modules
  [[ ! -e $folder/whole ]] || return 0
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then skip "node and npm, which run $2, are not installed."; fi
  rm -rf "$folder"
  mkdir -p "$folder"
  echo '{"private": true}' >"$folder/package.json"
  npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent "$2@$3" >/dev/null 2>&1 ||
    skip "$2 $3 could not be fetched from the npm registry."
  touch "$folder/whole"
}
