"""What a check says, in sentences; and what each program says of a sealed copy."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from exports.genuine.reading import Problem
from exports.genuine.verdict import Difference, Judged, Verdict, What
from exports.language import day, translations
from models.basics.words import Copy
from models.signing.files import SEALED, DocumentCheck, version_label

# Longer texts are cut in the middle of a list; the whole stands in the document.
LONGEST_SHOWN = 300


@dataclass(frozen=True)
class DifferenceTold:
    """`kind` says what is different; `before` and `now` are the two texts, where there are any."""

    kind: str
    before: str
    now: str


@dataclass(frozen=True)
class VerdictTold:
    """A headline, what it means in whole sentences, and where the file differs. `more` says how much is left out."""

    headline: str
    sentences: list[str]
    differences: list[DifferenceTold]
    more: str


def verdict_told(judged: Judged, language: str) -> VerdictTold:
    """Return the answer of a check in words."""
    translated = translations(language)
    headline, sentences = _said(judged, language)
    more = ""
    if judged.more:
        more = translated.ngettext(
            "And {count} more difference.", "And {count} more differences.", judged.more
        ).format(count=judged.more)
    return VerdictTold(
        headline, sentences, [_difference(each, language) for each in judged.differences], more
    )


def _said(judged: Judged, language: str) -> tuple[str, list[str]]:
    _ = translations(language).gettext
    which = _which(judged.found, language) if judged.found is not None else []
    match judged.verdict:
        case Verdict.GENUINE:
            return _("Yes, this file is genuine"), [
                *which,
                _("Not one character was changed."),
                *_closed(judged.found, language),
                *_history(judged.found, language),
            ]
        case Verdict.SEALED:
            return _("Yes, this file is genuine"), [
                *which,
                _("It bears the seal of this Handslag, and the seal is whole."),
            ]
        case Verdict.SAVED_AGAIN:
            return _("The text is the same, but the file was saved again"), [
                *which,
                _(
                    "Every text that one sees is that of the original. A program saved the file again, so its bytes "
                    "differ. How it looks was not compared. To be sure, use the original."
                ),
            ]
        case Verdict.CHANGED:
            return _("This file was changed"), [
                *which,
                _(
                    "It was made of this document, but it is not the same any more. The differences stand below."
                ),
            ]
        case Verdict.ADDED_TO:
            return _("Something was added to this file after it was sealed"), [
                *which,
                _("Do not trust this file. Ask for the original, and check that one."),
            ]
        case Verdict.SEAL_BROKEN:
            return _("The seal of this file is broken"), [
                *which,
                _("It was changed after it was sealed. Ask for the original, and check that one."),
            ]
        case Verdict.NOT_SEALED:
            return _("This PDF is not sealed"), [
                _("So nobody can see whether it was changed. Ask for the sealed copy, or for the Word file.")
            ]
        case Verdict.NOT_READABLE:
            return _("We cannot check this file"), [_problem(judged.problem, language)]
    return _("We do not know this file"), [
        _("It was changed, or it does not come from here. Ask for the original, and check that one.")
    ]


def _which(found: DocumentCheck, language: str) -> list[str]:
    _ = translations(language).gettext
    if found.report_of is not None:
        return [
            _("It is the report of baseline {number} of {alliance}, edition {edition}.").format(
                number=found.report_of, alliance=found.alliance, edition=found.edition
            )
        ]
    version = version_label(found.version, found.edition or 1)
    told = [
        _("It is the agenda of {alliance}, version {version}.").format(
            alliance=found.alliance, version=version
        )
    ]
    if found.copy_for == Copy.PUBLIC:
        told.append(_("It is the copy for everyone."))
    elif found.copy_for == Copy.PARTNERS:
        told.append(_("It is the copy for the partners, with their signatures."))
    if found.format == SEALED:
        told.append(_("It is the sealed copy."))
    return told


def _closed(found: DocumentCheck | None, language: str) -> list[str]:
    _ = translations(language).gettext
    if found is not None and found.report_of is not None and found.closed_at is not None:
        return [
            _("Its text was frozen on {day}.").format(
                day=day(found.closed_at.astimezone(ZoneInfo(found.time_zone)).date(), language)
            )
        ]
    if found is None or found.closed_at is None:
        return [_("Signing is still open: this is the file of now, not the final one.")]
    return [
        _("Signing was closed on {day}.").format(
            day=day(found.closed_at.astimezone(ZoneInfo(found.time_zone)).date(), language)
        )
    ]


def _history(found: DocumentCheck | None, language: str) -> list[str]:
    _ = translations(language).gettext
    if found is None or found.history_holds is None:
        return []
    if found.history_holds:
        return [_("What happened before it stands here as it stood then.")]
    return [
        _(
            "But what happened before it no longer stands here as it stood then: something of the alliance's history "
            "was changed or removed on this server."
        )
    ]


def _problem(problem: str, language: str) -> str:
    _ = translations(language).gettext
    return {
        Problem.MACROS: _("There are macros in it: small programs. No file of ours has any. Do not open it."),
        Problem.STRANGE_XML: _("There is something in it that no file of ours has. Do not open it."),
        Problem.TOO_LARGE: _("It takes too much to read. An agenda is much smaller."),
        Problem.BROKEN: _("It is broken. Download or copy it again."),
    }.get(problem, _("It is no Word file (.docx) and no PDF."))


def _difference(difference: Difference, language: str) -> DifferenceTold:
    _ = translations(language).gettext
    kind = {
        What.TEXT: _("The text is different"),
        What.HIDDEN: _("There is hidden text"),
        What.CARRIED: _("The frozen text inside the file was changed"),
        What.PICTURE: _("A picture was added or changed"),
        What.LINK: _("A link was added or changed"),
    }[difference.what]
    if difference.place:
        kind = _("{kind}, below “{heading}”").format(kind=kind, heading=_short(difference.place))
    now = "" if difference.what is What.PICTURE else difference.now
    return DifferenceTold(kind, _short(difference.before), _short(now))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1].rstrip() + "…"


@dataclass(frozen=True)
class ProgramTold:
    """What one sees of a sealed copy, or of the Word file, in a program."""

    program: str
    sentence: str


def programs_told(language: str) -> list[ProgramTold]:
    """Return what a partner will see, per program. None of it is a sign of something wrong."""
    _ = translations(language).gettext
    return [
        ProgramTold(
            "Word",
            _("The Word file opens like any other, without a seal or a warning. You can change your copy."),
        ),
        ProgramTold(
            "LibreOffice",
            _(
                "The Word file opens like any other. The sealed PDF opens with a bar: signed, by somebody it does "
                "not know."
            ),
        ),
        ProgramTold(
            "Acrobat Reader",
            _(
                "The sealed PDF says that its validity is unknown, because no company vouches for our seal; and below "
                "it that the document was not changed since."
            ),
        ),
        ProgramTold(_("A browser"), _("The sealed PDF opens like any other. Browsers do not look at seals.")),
        ProgramTold(
            _("A phone"),
            _("The sealed PDF opens like any other. To check it, send it to the page “Check a document”."),
        ),
    ]
