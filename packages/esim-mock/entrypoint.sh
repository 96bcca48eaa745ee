#!/bin/sh
# The first process of a container hears only the signals that it handles, and Node handles none until it has started.
trap 'kill "$mock" || exit 0' TERM INT
node "$(dirname "$0")/dist/bin.js" "$@" &
mock=$!
wait "$mock"
status=$?
# A signal ends the first wait before it ends the mock.
while kill -0 "$mock"; do
  wait "$mock"
  status=$?
done 2>/dev/null
# 143: a mock that had not started yet.
[ "$status" = 143 ] || exit "$status"
