#!/usr/bin/env bash
# publish.sh 1.2.3 <sha>: makes the immutable release v1.2.3 of a commit, then lets v1.2 and v1 follow it.
# Running it again after it was interrupted goes on where it stopped. Wants `gh`, GH_TOKEN and GH_REPO.
set -euo pipefail

version=$1
sha=$2
here=$(dirname "$0")
notes=$(mktemp)
"$here/notes.sh" "$version" > "$notes"

# Commit that a tag names, empty when there is none. The tags made here are plain: they name commits, not tag objects.
commit_of() { gh api "repos/$GH_REPO/git/matching-refs/tags/$1" --jq ".[] | select(.ref == \"refs/tags/$1\") | .object.sha"; }

released=$(commit_of "v$version")
if [[ -n $released && $released != "$sha" ]]; then
  echo "v$version is released already, from $released: choose the next version." >&2
  exit 1
fi

if [[ -z $released ]]; then
  gh release view "v$version" > /dev/null 2>&1 ||
    gh release create "v$version" --draft --target "$sha" --title "v$version" --notes-file "$notes"
  # Publishing makes the tag and, with immutable releases switched on, freezes both.
  gh release edit "v$version" --draft=false --target "$sha" --notes-file "$notes"
fi

# Only forward: v1.2 follows the highest 1.2.x, v1 the highest 1.x.y.
highest() {
  {
    gh api --paginate "repos/$GH_REPO/git/matching-refs/tags/v$1." --jq '.[].ref | sub("^refs/tags/v"; "")'
    echo "$version" # the list may not have it yet
  } | grep -E '^[0-9]+\.[0-9]+\.[0-9]+$' | sort -V | tail -n 1
}

for line in "${version%.*}" "${version%%.*}"; do
  if [[ $(highest "$line") != "$version" ]]; then
    echo "v$line stays: v$(highest "$line") is higher than v$version."
  elif [[ -z $(commit_of "v$line") ]]; then
    gh api "repos/$GH_REPO/git/refs" -f ref="refs/tags/v$line" -f sha="$sha" > /dev/null
    echo "v$line now names v$version."
  else
    gh api --method PATCH "repos/$GH_REPO/git/refs/tags/v$line" -f sha="$sha" -F force=true > /dev/null
    echo "v$line now names v$version."
  fi
done
