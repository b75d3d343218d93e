"""Checks that every sentence has its Dutch; run as a script it prints what is wrong, and then fails.

Sentences are found as people's tools find them: calls of gettext in Python, and in the phones' templates. Add Dutch to
any catalogue, in any place: `setup/words.py sort` brings every sentence to the catalogue of its room, by the alphabet.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "locale" / "nl" / "LC_MESSAGES"
ROOMS = ("app.py", "manage.py", "pages", "phone", "exports")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "forms": (1, 2), "N_": None}
# One catalogue per room. A sentence that more than one of them says stands in SHARED.
SHARED = "sentences.po"
HEADS = {
    "manage.po": "The Dutch of manage.py, the command line.",
    "pages.po": "The Dutch of pages/: what who leads sees, and the projector.",
    "phone.po": "The Dutch of phone/: what participants and partners see, and the public pages.",
    SHARED: "The Dutch that more than one face says: exports/sentences/, exports/results/, words of several rooms.",
    "documents.po": "The Dutch of what exports/ makes: the agenda, handouts and charts.",
}
ROOM_OF_A_FILE = {
    "manage.py": "manage.po",
    "pages/": "pages.po",
    "phone/": "phone.po",
    "exports/sentences/": SHARED,
    "exports/results/": SHARED,
    "exports/": "documents.po",
}
# Words that models/ keeps in English, because it knows no language; faces translate them.
WORDS_OF_THE_DOMAIN = (
    ("models/alliance/groups.py", "GROUP_PRESETS"),
    ("models/baseline/baseline.py", "THEME_PRESETS"),
    ("models/baseline/statements.py", "READY_WORDS"),
)
PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+)\}(?!\})|%\((\w+)\)")


@dataclass
class Sentence:
    """A sentence of the program: its English, its plural where it has one, and where it stands."""

    english: str
    plural: str | None = None
    places: list[str] = field(default_factory=list)

    @property
    def catalogue(self) -> str:
        """The catalogue in which its Dutch belongs."""
        found = {
            next((name for start, name in ROOM_OF_A_FILE.items() if place.startswith(start)), SHARED)
            for place in self.places
        }
        return found.pop() if len(found) == 1 else SHARED


def placeholders(text: str) -> set[str]:
    """Return the names in `{name}` and `%(name)s`."""
    return {brace or percent for brace, percent in PLACEHOLDER.findall(text)}


def _sources() -> Iterator[tuple[Path, str]]:
    for room in ROOMS:
        path = ROOT / room
        files = [path] if path.is_file() else sorted(path.rglob("*")) if path.is_dir() else []
        for file in files:
            if file.suffix == ".py":
                yield file, "python"
            elif file.suffix == ".html":
                yield file, "jinja2.ext:babel_extract"


def sentences() -> dict[str, Sentence]:
    """Return every sentence that the program may show, by its English."""
    found: dict[str, Sentence] = {}
    for file, method in _sources():
        options = {"newstyle_gettext": "true", "extensions": "jinja2.ext.i18n", "trimmed": "true"}
        rows = extract(method, io.BytesIO(file.read_bytes()), keywords=KEYWORDS, options=options)
        for line, messages, _comments, _context in rows:
            english, plural = (messages, None) if isinstance(messages, str) else (messages[0], messages[1])
            sentence = found.setdefault(english, Sentence(english))
            sentence.plural = sentence.plural or plural
            sentence.places.append(f"{file.relative_to(ROOT)}:{line}")
    for file_name, name in WORDS_OF_THE_DOMAIN:
        for english in _constant(ROOT / file_name, name):
            found.setdefault(english, Sentence(english)).places.append(f"{file_name}: {name}")
    return found


def _constant(file: Path, name: str) -> tuple[str, ...]:
    """Return the words that `file` assigns to `name`. Raises `LookupError` when it does not."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == name for t in node.targets
        ):
            return tuple(ast.literal_eval(node.value))
    raise LookupError(f"{file.relative_to(ROOT)} has no {name}")


def dutch() -> dict[str, list[tuple[str, Message]]]:
    """Return the Dutch of every sentence, by its English, with the catalogue it stands in."""
    found: dict[str, list[tuple[str, Message]]] = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale="nl", abort_invalid=True)
        for message in catalogue:
            if message.id:
                english = message.id if isinstance(message.id, str) else message.id[0]
                found.setdefault(english, []).append((path.name, message))
    return found


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def wrong_in(sentence: Sentence, catalogue: str, message: Message) -> Iterator[str]:
    """Yield what is wrong with one translation."""
    where = f"{catalogue}: {sentence.english!r}"
    forms = _forms(message)
    if message.fuzzy:
        yield f"{where} is marked as uncertain (fuzzy)"
    if sentence.plural and (not isinstance(message.id, tuple) or message.id[1] != sentence.plural):
        yield f"{where} needs the plural {sentence.plural!r}"
        return
    if not forms or not all(form.strip() for form in forms):
        yield f"{where} has no Dutch"
        return
    # A singular may say "one" in words; what it may not do is ask for something that is not there.
    asked = placeholders(sentence.english) | placeholders(sentence.plural or "")
    for form in forms:
        if placeholders(form) - asked or (not sentence.plural and placeholders(form) != asked):
            yield f"{where} has other placeholders than {form!r}"
    if sentence.plural and placeholders(forms[-1]) != placeholders(sentence.plural):
        yield f"{where} has other placeholders than {forms[-1]!r}"
    if any("!" in form for form in forms):
        yield f"{where} has an exclamation mark in its Dutch"


def problems() -> list[str]:
    """Return in sentences what is wrong: no Dutch, unused Dutch, two Dutches, placeholders that differ."""
    found: list[str] = []
    used, translated = sentences(), dutch()
    for english, sentence in used.items():
        standing = translated.get(english, [])
        if not standing:
            found.append(f"{sentence.places[0]}: {english!r} has no Dutch")
        for catalogue, message in standing:
            found += wrong_in(sentence, catalogue, message)
        if len({_forms(message) for _, message in standing}) > 1:
            found.append(f"{english!r} has different Dutch in {', '.join(name for name, _ in standing)}")
        if len(standing) > 1:
            found.append(f"{english!r} stands in {', '.join(name for name, _ in standing)}: once is enough")
        elif standing and standing[0][0] != sentence.catalogue:
            found.append(
                f"{standing[0][0]}: {english!r} belongs in {sentence.catalogue} (setup/words.py sort)"
            )
    for english in translated.keys() - used.keys():
        found.append(f"{translated[english][0][0]}: {english!r} is not used")
    return sorted(found)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _entry(message: Message) -> str:
    """Return a message as it stands in a catalogue, each sentence on one line."""
    lines = [f"# {comment}" for comment in message.user_comments]
    if isinstance(message.id, str):
        return "\n".join(
            [*lines, f"msgid {_quoted(message.id)}", f"msgstr {_quoted(str(message.string))}", ""]
        )
    lines += [f"msgid {_quoted(message.id[0])}", f"msgid_plural {_quoted(message.id[1])}"]
    lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(_forms(message))]
    return "\n".join([*lines, ""])


def sort() -> None:
    """Write every Dutch to the catalogue of its room, by the alphabet of the English; remove other catalogues.

    What is not used any more, or has two Dutches, stays where it is found: `problems` tells of it.
    """
    used, entries = sentences(), {name: set[tuple[str, str]]() for name in HEADS}
    for english, standing in dutch().items():
        for name, message in standing:
            belongs = used[english].catalogue if english in used else name if name in HEADS else SHARED
            entries[belongs].add((english, _entry(message)))
    for name, head in HEADS.items():
        top = (
            f'# {head}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
            '"Language: nl\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        )
        ordered = sorted(entries[name], key=lambda entry: (entry[0].casefold(), entry))
        (CATALOGUES / name).write_text("\n".join([top, *(text for _, text in ordered)]), encoding="utf-8")
    for path in CATALOGUES.glob("*.po"):
        if path.name not in HEADS:
            path.unlink()


def main() -> int:
    """Print what is wrong; return 1 when something is, else 0. With `sort`, bring each Dutch to its place first."""
    if sys.argv[1:] == ["sort"]:
        sort()
    found = problems()
    for problem in found:
        print(problem)
    print(f"{len(sentences())} sentences, {len(found)} to mend.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
