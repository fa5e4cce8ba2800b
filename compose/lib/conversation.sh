# shellcheck shell=bash
# The first conversation with a running Daybook, to be copied into a shell.

# field NAME: the shell code that takes one field out of a reply on standard input.
field() {
  if command -v jq >/dev/null; then
    echo "jq -r .$1"
  else
    echo "grep -o '\"$1\":\"[^\"]*\"' | head -n 1 | cut -d'\"' -f4"
  fi
}

# conversation URL
conversation() {
  local show=""
  if command -v jq >/dev/null; then show=" | jq ."; fi
  cat <<END
  api=$1/api/v1
  token=\$(curl -s \$api/auth/register --json '{"email": "ada'\$RANDOM'@example.org", "password": "a long day in the book"}' | $(field access_token))
  auth="Authorization: Bearer \$token"
  workspace=\$(curl -s \$api/workspaces -H "\$auth" --json '{"name": "First light"}' | $(field id))
  issue=\$(curl -s \$api/workspaces/\$workspace/issues -H "\$auth" --json '{"title": "Write the first line"}' | $(field identifier))
  curl -s \$api/workspaces/\$workspace/issues/\$issue -H "\$auth"$show
  curl -s \$api/workspaces/\$workspace/activity -H "\$auth"$show
END
}
