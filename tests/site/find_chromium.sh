#!/usr/bin/env bash
# Make sure of a Chromium for the browser tests: install it where we may, else say how.
# Never fails: without one, those tests are skipped and say why.
set -uo pipefail

for name in "${HEXAPLA_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then
        exit 0
    fi
done

root=()
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        root=(sudo -n)
    else
        root=(false)
    fi
fi

if command -v apt-get >/dev/null && [ "${root[*]}" != false ]; then
    echo "Chromium is missing: installing it with apt-get for the browser tests."
    export DEBIAN_FRONTEND=noninteractive
    if "${root[@]}" apt-get -qq update &&
        "${root[@]}" apt-get -qq -y --no-install-recommends install chromium >/dev/null; then
        exit 0
    fi
fi

cat >&2 <<'HINT'
There is no Chromium here, so the browser tests will be skipped. To run them, install it:
    Debian:  apt-get install chromium
    Fedora:  dnf install chromium
    macOS:   brew install --cask chromium
or name the program of another Chromium: HEXAPLA_CHROMIUM=/path/to/chrome make test
HINT
exit 0
