#!/usr/bin/env bash
# Writes requirements.lock: every package that Handslag runs with, at one version, with the hashes of its files, for all
# systems and every Python from 3.11 on. After a change of requirements.txt, and to take newer versions: make lock.
set -euo pipefail
cd "$(dirname "$0")/.."
setup/environment.sh
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
# uv, since pip's own tools lock for the one system they run on. Not among the requirements: nothing else needs it.
.venv/bin/python -m pip install -qq --disable-pip-version-check --target "$tools" 'uv>=0.13,<1'
# Where this system keeps the certificates it trusts; uv brings its own otherwise.
certificates=/etc/ssl/certs/ca-certificates.crt
[ ! -r "$certificates" ] || export SSL_CERT_FILE=${SSL_CERT_FILE:-$certificates}
"$tools/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
    --no-annotate --no-emit-index-url requirements.txt --output-file requirements.lock
