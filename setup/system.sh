#!/usr/bin/env bash
# Installs the system's own packages that the tests need, where they are missing: Chromium, LibreOffice Writer,
# PostgreSQL, Caddy, poppler, fonts. Does nothing, quickly, when all is there. Without the right to install it
# prints one sentence with the line to type.
set -euo pipefail

missing=()
has() { command -v "$1" >/dev/null 2>&1; }
holds() { compgen -G "$1" >/dev/null; }

has python3 && python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
has chromium || has chromium-browser || missing+=(chromium)
{ has soffice && holds '/usr/lib/libreoffice/program/libswlo.so'; } || missing+=(libreoffice-writer-nogui)
holds '/usr/lib/postgresql/*/bin/initdb' || missing+=(postgresql)
has pdftoppm || missing+=(poppler-utils)
has caddy || missing+=(caddy)
# Playwright's own driver is linked to it.
holds '/usr/lib/*/libatomic.so.1' || missing+=(libatomic1)
# The faces that phones and Word would have: Liberation for Latin, Noto for Arabic and Ethiopic, emoji, Carlito for Calibri.
holds '/usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf' || missing+=(fonts-liberation)
holds '/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf' || missing+=(fonts-noto-core)
holds '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf' || missing+=(fonts-noto-color-emoji)
holds '/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf' || missing+=(fonts-crosextra-carlito)

[ ${#missing[@]} -eq 0 ] && exit 0

if ! has apt-get; then
    echo "The tests need these of Debian's packages, by the names your system gives them: ${missing[*]}" >&2
    exit 1
fi
administrator=()
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "The tests need more of the system; type: sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    administrator=(sudo -n)
fi

echo "Installing ${missing[*]} (a few minutes, only now)."
apt=("${administrator[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() { "$@" >"$log" 2>&1 </dev/null || { cat "$log" >&2; exit 1; }; }

apt-cache show "${missing[@]}" >/dev/null 2>&1 || quietly "${apt[@]}" update
# Names differ: Ubuntu calls its browser chromium-browser; older releases have no Writer without a screen.
for place in "${!missing[@]}"; do
    apt-cache show "${missing[$place]}" >/dev/null 2>&1 && continue
    case ${missing[$place]} in
        chromium) missing[place]=chromium-browser ;;
        libreoffice-writer-nogui) missing[place]=libreoffice-writer ;;
    esac
done
install() { "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1 </dev/null; }
# An old list of packages names files that are gone: one fresh list, one more try.
if ! install; then
    quietly "${apt[@]}" update
    install || { cat "$log" >&2; exit 1; }
fi
