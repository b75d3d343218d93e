"""What the terminal says at the start: where to go, the first time the passphrase, and why it does not start."""

import os
import sys

from streamlit import config

from exports.language import DEFAULT_LANGUAGE, translations
from exports.sentences import error_sentence
from exports.sentences.server_key import another_key_told
from exports.word.template import UnusableTemplate, own_template
from models.basics.errors import (
    InvalidValue,
    NewerDatabase,
    PassphraseTooShort,
    SealNotUsable,
    ServerKeyMissing,
)
from models.installation.address import configured_address, machine_addresses
from models.installation.installation import configured_passphrase
from models.installation.seal_key import seal_key
from models.server_key import look_before_writing

# systemd names here the stream that it keeps (systemd.exec, "Environment Variables in Spawned Processes"). Whatever was
# started from such a service inherits the name, and prints elsewhere.
JOURNAL = "JOURNAL_STREAM"


def refuse_a_weak_passphrase() -> None:
    """End a server whose settings give a passphrase that can be guessed, with the sentence that says so."""
    try:
        configured_passphrase()
    except PassphraseTooShort as error:
        sys.exit(" ".join(error_sentence(error, DEFAULT_LANGUAGE)))


def refuse_a_wrong_address() -> None:
    """End a server whose `HANDSLAG_URL` is no web address: every page and QR code would need it."""
    try:
        configured_address()
    except InvalidValue as error:
        sys.exit("HANDSLAG_URL: " + " ".join(error_sentence(error, DEFAULT_LANGUAGE)))


def refuse_an_unusable_template() -> None:
    """End a server whose `HANDSLAG_TEMPLATE` is no Word file: at the close of a meeting it would be too late."""
    try:
        own_template()
    except UnusableTemplate as error:
        _ = translations(DEFAULT_LANGUAGE).gettext
        told = _("Handslag does not start: {file} is not a Word file (.docx or .dotx) without macros.")
        sys.exit("HANDSLAG_TEMPLATE: " + told.format(file=error.file))


def greet(passphrase: str | None) -> None:
    """Print the addresses of this server, and `passphrase` when it was made just now, unless a journal keeps it."""
    _ = translations(DEFAULT_LANGUAGE).gettext
    port = _port()
    addresses = [configured_address() or f"http://localhost:{port}", *machine_addresses(port)]
    print(_("Handslag stands ready:"), *addresses, sep="\n  ", file=sys.stderr)
    if passphrase is None:
        return
    if _is_kept_in_a_journal():
        # What is printed there is read by every administrator, and stays.
        print(_("To lead, make a passphrase: manage.py password"), file=sys.stderr)
    else:
        print(_("Passphrase to lead (shown once):"), f"  {passphrase}", sep="\n", file=sys.stderr)


def _is_kept_in_a_journal() -> bool:
    """Return whether what is printed to standard error goes to systemd's journal."""
    printed = os.fstat(sys.stderr.fileno())
    return os.environ.get(JOURNAL) == f"{printed.st_dev}:{printed.st_ino}"


def look_before_anything_is_written() -> None:
    """Say what it means when the database was made under another server key than this start has.

    End a server that lacks its key, or whose database a newer version made, with the sentence that says so.
    """
    try:
        found = look_before_writing()
    except (ServerKeyMissing, NewerDatabase) as error:
        sys.exit(" ".join(error_sentence(error, DEFAULT_LANGUAGE)))
    except OSError as error:
        # A key that another user of this machine made, and may read alone.
        sys.exit(f"{error.filename}: {error.strerror}")
    for line in another_key_told(found, DEFAULT_LANGUAGE):
        print(line, file=sys.stderr)


def prepare_seal() -> None:
    """Make the key that seals at the first start. One that cannot be used is told: everything else goes on."""
    try:
        seal_key()
    except SealNotUsable as error:
        print(*error_sentence(error, DEFAULT_LANGUAGE), file=sys.stderr)


def _port() -> int:
    """The port, as far as it can be known: uvicorn's own options do not reach here."""
    if "--port" in sys.argv[:-1]:
        return int(sys.argv[sys.argv.index("--port") + 1])
    return int(config.get_option("server.port"))
