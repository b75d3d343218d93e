"""One HTML file that computes the control words of a Word file, without any server: to keep for when we are gone."""

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path

from babel.messages.pofile import read_po

from exports.language import CATALOGUES, DEFAULT_LANGUAGE, LANGUAGES, translations
from models.signing.control_words import ROUNDS, SALT, word_list

_FOLDER = Path(__file__).parent
# Where the sentences of a document stand, and those that it shares with screens.
_OF_DOCUMENTS = ("documents.po", "sentences.po")
_PLACEHOLDER = re.compile(r"\{[^}]*\}|%\([^)]*\)s|\n")
_LETTERS = re.compile(r"\w{2}")
# What stands between names in a list, and who made the document.
_BETWEEN = {"en", "and", "Handslag"}


@dataclass(frozen=True)
class OfflinePage:
    """`policy` is what the page may do, `name` under which it is saved, without its ending."""

    html: str
    policy: str
    name: str


@lru_cache
def offline_checker(language: str) -> OfflinePage:
    """Return the page in `language`: word lists, sentences and program are in it, and it may load nothing."""
    _ = translations(language).gettext
    script, style = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("offline.js", "offline.css"))
    # A script of JSON ends at the first tag that ends it, whatever stands around that.
    data = json.dumps(_data(language), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    policy = offline_policy(script, style)
    html = (
        (_FOLDER / "offline.html")
        .read_text(encoding="utf-8")
        .format(
            language=language,
            policy=escape(policy),
            style=style,
            script=script,
            data=data,
            title=escape(_("Which control words belong to this document?")),
            introduction=escape(
                _(
                    "Choose the Word file of an alliance agenda, or of the report of a baseline. This page computes "
                    "its six control words, and looks whether what one sees in the file is the text that was frozen. "
                    "Compare the words with those that were shown when it was frozen."
                )
            ),
            quiet=escape(
                _(
                    "Your file stays on this computer. The page sends nothing and asks nothing of any server: save it, "
                    "and it works without a network too."
                )
            ),
            choose=escape(_("The Word file (.docx)")),
            needs_script=escape(_("This page needs JavaScript, to compute the words on your own computer.")),
        )
    )
    return OfflinePage(html, policy, _("control-words"))


def offline_policy(script: str, style: str) -> str:
    """Return what the page may do: run its own script, and load nothing from anywhere."""
    allowed = [f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in (script, style)]
    return f"default-src 'none'; script-src {allowed[0]}; style-src {allowed[1]}; base-uri 'none'; form-action 'none'"


def _data(language: str) -> dict[str, object]:
    _ = translations(language).gettext
    return {
        "salt": SALT.decode(),
        "rounds": ROUNDS,
        "words": {each: " ".join(word_list(each)) for each in LANGUAGES},
        "phrases": _phrases(),
        "say": {
            "busy": _("One moment, the words are being computed."),
            "same": _("What one sees in this file is the text that was frozen."),
            "changed": _("This file is not as it was made: the text that was frozen is not what one sees."),
            "isPublic": _(
                "This is the copy for everyone: names of people were left out of it. The control words belong to the "
                "whole text, so they can be computed from the partners' copy only."
            ),
            "words": _("Six control words"),
            "remember": _(
                "Are these not the words that the room saw? Then this is not the text of that day."
            ),
            "missing": _("This was frozen, but it cannot be seen in the file"),
            "hidden": _("This stands in the file, but it is hidden"),
            "notFrozen": _("This can be seen in the file, but it is not in the text that was frozen"),
            "frozen": _("Read the text that was frozen"),
            "fingerprint": _("Fingerprint of the text (SHA-256):"),
            "noDocument": _("It is no Word file (.docx), or it is broken."),
            "noText": _(
                "No frozen text travels in this file. It is no alliance agenda and no report of a baseline, or a "
                "program took the text out."
            ),
            "strange": _("There is something in it that no file of ours has. Do not open it."),
            "macros": _("There are macros in it: small programs. No file of ours has any. Do not open it."),
            "tooLarge": _("It takes too much to read. An agenda is much smaller."),
            "oldBrowser": _("This browser is too old for this page. Try a newer one."),
            "saveFirst": _(
                "A browser computes this only on a safe page. Save this page on your computer, and open it from there."
            ),
        },
    }


@lru_cache
def _phrases() -> list[str]:
    """Return the pieces of every sentence that a document of ours can hold, in both languages."""
    found: set[str] = set()
    for name in _OF_DOCUMENTS:
        with (CATALOGUES / DEFAULT_LANGUAGE / "LC_MESSAGES" / name).open("rb") as stream:
            for message in read_po(stream, locale=DEFAULT_LANGUAGE):
                texts = [message.id, message.string]
                for text in texts:
                    for each in [text] if isinstance(text, str) else text or ():
                        found.update(piece.strip() for piece in _PLACEHOLDER.split(each))
    found |= _BETWEEN
    # A number in words, or a label of a few, may begin a sentence; and a label stand within one.
    found |= {piece[:1].upper() + piece[1:] for piece in found if piece.count(" ") < 2}
    found |= {piece[:1].lower() + piece[1:] for piece in found if piece.count(" ") < 2}
    return sorted(piece for piece in found if _LETTERS.search(piece))
