#!/usr/bin/env bash
# Prints what CHANGELOG.md says about a version: notes.sh 1.2.3. Fails when the version or its section is no good.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=${1:-}
changelog=${2:-CHANGELOG.md}

if ! [[ $version =~ ^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$ ]]; then
  echo "\"$version\" is no release version: write such as 1.2.3." >&2
  exit 1
fi

notes=$(awk -v heading="## $version" '
  index($0, "## ") == 1 { found = ($0 == heading || index($0, heading " ") == 1); next }
  found { print }
' "$changelog")

if [[ -z ${notes//[[:space:]]/} ]]; then
  echo "$changelog has no section \"## $version\" that says anything: write it first." >&2
  exit 1
fi
printf '%s\n' "$notes"
