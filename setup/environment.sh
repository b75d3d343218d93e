#!/usr/bin/env bash
# Makes .venv and installs a requirements file into it, only when that file changed since the last time.
# Usage: setup/environment.sh [requirements-test.txt | requirements.lock]
# From the lock only the very files are taken whose hashes stand in it, and nothing is built on this machine.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted=${1:-requirements.txt}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if ! { [ -x .venv/bin/python ] && is_new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python=
    for candidate in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$candidate"; then python=$candidate; break; fi
    done
    if [ -z "$python" ]; then
        echo "Handslag needs Python 3.11 or newer; type: sudo apt-get install -y python3 python3-venv" >&2
        exit 1
    fi
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        echo "Handslag needs Python's venv; type: sudo apt-get install -y python3-venv" >&2
        exit 1
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi

# The test file holds the other one, so it stands for both. The Python counts too: another one has other packages.
stamp=$( { .venv/bin/python -V; cat requirements.txt; [ "$wanted" = requirements.txt ] || cat "$wanted"; } | sha256sum | cut -d' ' -f1)
record=.venv/.installed-$(basename "$wanted" .txt)
if [ "$(cat "$record" 2>/dev/null)" != "$stamp" ]; then
    echo "Installing $wanted into .venv (about a minute, only now)."
    how=()
    [ "$wanted" != requirements.lock ] || how=(--require-hashes --only-binary :all:)
    # Tests import a part of it, and compile that by themselves: a third of the time less.
    [ "$wanted" != requirements-test.txt ] || how=(--no-compile)
    .venv/bin/python -m pip install -qq --disable-pip-version-check ${how[@]+"${how[@]}"} -r "$wanted"
    echo "$stamp" >"$record"
fi
