#!/usr/bin/env bash
# Publishes the tarballs in a folder that `pnpm release:pack` has filled. Needs nothing but npm, so that where the right to publish is, no
# dependency's code runs. What is out already is skipped: a release that broke off is finished by running it again.
set -euo pipefail
cd "$1"
sha256sum --check --quiet SHA256SUMS
field() { tar -xzOf "$1" package/package.json | node -p "JSON.parse(require('node:fs').readFileSync(0, 'utf8')).$2"; }
for tarball in *.tgz; do
  package="$(field "$tarball" name)@$(field "$tarball" version)"
  if [ -n "$(npm view "$package" version 2>/dev/null)" ]; then
    echo "$package is out already"
  else
    npm publish "./$tarball"
    echo "$package is out"
  fi
done
