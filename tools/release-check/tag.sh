#!/usr/bin/env bash
# Tags the commit with each package's name and version, and the Go module the way that `go get` wants it; then makes one release of it, with
# all files. Tags and a release that exist stay as they are, so that running it again finishes what broke off.
set -euo pipefail
cd "$1"
field() { tar -xzOf "$1" package/package.json | node -p "JSON.parse(require('node:fs').readFileSync(0, 'utf8')).$2"; }
tag() {
  if gh api "repos/$GITHUB_REPOSITORY/git/ref/tags/$1" --silent 2>/dev/null; then
    echo "$1 is there already"
  else
    gh api "repos/$GITHUB_REPOSITORY/git/refs" --silent -f "ref=refs/tags/$1" -f "sha=$GITHUB_SHA"
    echo "$1 is new"
  fi
}
for tarball in *.tgz; do
  version=$(field "$tarball" version)
  tag "$(field "$tarball" name)@$version"
done
# All packages share one version.
tag "packages/clients/go/v$version"
tag "v$version"
gh release view "v$version" >/dev/null 2>&1 || gh release create "v$version" --verify-tag --title "$version" --generate-notes ./*
