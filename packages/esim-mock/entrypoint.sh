#!/bin/sh
# The first process of a container hears only the signals that it handles, and Node handles none until it has started.
# Sent again, because a signal is lost on a process that is about to become Node.
trap 'kill "$mock" || exit 0; for pause in 0.1 0.4 1; do sleep "$pause"; kill "$mock"; done >/dev/null 2>&1 &' TERM INT
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
