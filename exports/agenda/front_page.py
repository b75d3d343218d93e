"""Page 2 of the agenda, which stands alone: what was agreed, who does what by when, and who signed for it.

Every face that shows it draws from here: the document, and who is about to sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exports.agenda.short import short_text
from exports.language import day, day_this_year, translations
from exports.sentences.progress import number_word
from models.basics.words import Answer
from models.signing.files import SignatureData
from models.signing.shape import AgreementContent, Content

# From this many agreements on, one looks for one's own name: the rows then stand by owner.
BY_OWNER_FROM = 10
_ANSWERS: tuple[Answer | None, ...] = (Answer.SIGNED, Answer.RESERVED, Answer.DECLINED, None)


@dataclass(frozen=True)
class AgreementRow:
    """One agreement: who carries it, and on which day it is done. `owner` and `due` are empty while there is none."""

    number: int
    what: str
    owner: str
    is_accepted: bool
    due: str


@dataclass(frozen=True)
class Signer:
    """A partner, and the reservation or the explanation that stands beside its answer; often empty."""

    name: str
    added: str


@dataclass(frozen=True)
class AnswerRow:
    """Who gave one answer, None for those who gave none yet; `word` is what it is called."""

    answer: Answer | None
    word: str
    signers: tuple[Signer, ...]


@dataclass(frozen=True)
class FrontPage:
    """`due_head` stands above the days; the rows stand by owner where `is_by_owner`, else in the order of numbers."""

    above: str
    sentence: str
    due_head: str
    is_by_owner: bool
    agreements: tuple[AgreementRow, ...]
    counts: str
    answers: tuple[AnswerRow, ...]


def front_page(content: Content, signatures: Sequence[SignatureData], language: str) -> FrontPage:
    """Return what page 2 says of a frozen content and the answers to it, in words of `language`.

    Without `signatures`, as before anybody was asked, every partner is one without an answer.
    """
    days = [date.fromisoformat(each["due_on"]) for each in content["agreements"] if each["due_on"]]
    year = days[0] if days and len({day.year for day in days}) == 1 else None
    _ = translations(language).gettext
    rows = [_agreement(agreement, year, language) for agreement in content["agreements"]]
    is_by_owner = len(rows) >= BY_OWNER_FROM
    if is_by_owner:
        rows.sort(key=lambda row: (not row.owner, row.owner.casefold(), row.number))
    answers = _answers(content, signatures, language)
    return FrontPage(
        above=_above(content, language),
        sentence=agreed_sentence(content, language),
        due_head=_("Done in {year}").format(year=year.year) if year else _("Done on"),
        is_by_owner=is_by_owner,
        agreements=tuple(rows),
        counts=counts_of_answers(answers, language),
        answers=answers,
    )


def agreed_sentence(content: Content, language: str) -> str:
    """Return in one sentence what was agreed: by how many, how many things, for how many principles."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    partners = len(content["partners"])
    agreements, principles = len(content["agreements"]), len(content["principles"])
    things = ngettext("{count} thing", "{count} things", agreements).format(
        count=number_word(agreements, language)
    )
    texts = ngettext("{count} principle", "{count} principles", principles).format(
        count=number_word(principles, language)
    )
    if not agreements and not principles:
        return _("Nothing has been agreed yet.")
    if not partners:
        said = _("Agreed on: {things}. For: {texts}.")
    elif not principles:
        said = ngettext(
            "{partners} partner agreed on {things}.", "{partners} partners agreed on {things}.", partners
        )
    elif not agreements:
        said = ngettext(
            "{partners} partner established {texts}, and made no agreements yet.",
            "{partners} partners established {texts}, and made no agreements yet.",
            partners,
        )
    else:
        said = ngettext(
            "{partners} partner agreed on {things}, to put {texts} into practice.",
            "{partners} partners agreed on {things}, to put {texts} into practice.",
            partners,
        )
    return said.format(partners=number_word(partners, language, begins=True), things=things, texts=texts)


def counts_of_answers(answers: Sequence[AnswerRow], language: str) -> str:
    """Return how many gave which answer: `5 yes, 1 with a reservation, 1 no, 1 still open`; empty without any."""
    _ = translations(language).gettext
    said = {
        Answer.SIGNED: _("{count} yes"),
        Answer.RESERVED: _("{count} with a reservation"),
        Answer.DECLINED: _("{count} no"),
        None: _("{count} still open"),
    }
    return ", ".join(said[row.answer].format(count=len(row.signers)) for row in answers)


def told_signers(row: AnswerRow, language: str, letters: int | None = None) -> str:
    """Return the names behind an answer, and what they added to it; those who added the same stand together.

    With `letters` each name, and three times as many of what was added, is cut after a word.
    """
    said = translations(language).gettext("{partner}: “{text}”")
    names: dict[str, list[str]] = {}
    for signer in row.signers:
        name = signer.name if letters is None else short_text(signer.name, letters)
        names.setdefault(signer.added, []).append(name)
    told = []
    for added, together in names.items():
        partners = ", ".join(together)
        text = added if letters is None else short_text(added, 3 * letters)
        told.append(said.format(partner=partners, text=text) if added else partners)
    return "; ".join(told)


def _above(content: Content, language: str) -> str:
    """Return which alliance this is, when it met and when it meets again."""
    _ = translations(language).gettext
    said = [content["alliance"]["name"], day(date.fromisoformat(content["workshop"]["held_on"]), language)]
    if content["next_meeting_on"] is not None:
        again = day(date.fromisoformat(content["next_meeting_on"]), language)
        said.append(_("together again on {day}").format(day=again))
    return " · ".join(said)


def _agreement(agreement: AgreementContent, year: date | None, language: str) -> AgreementRow:
    due = ""
    if agreement["due_on"] is not None:
        due_on = date.fromisoformat(agreement["due_on"])
        due = day_this_year(due_on, year, language) if year else day(due_on, language, style="medium")
    return AgreementRow(
        number=agreement["number"],
        what=agreement["what"],
        owner=agreement["owner"] or "",
        is_accepted=agreement["owner"] is not None and agreement["owner_accepted"],
        due=due,
    )


def _answers(content: Content, signatures: Sequence[SignatureData], language: str) -> tuple[AnswerRow, ...]:
    _ = translations(language).gettext
    words = {
        Answer.SIGNED: _("Signed"),
        Answer.RESERVED: _("With a reservation"),
        Answer.DECLINED: _("Said no"),
        None: _("No answer yet"),
    }
    given: list[tuple[Answer | None, Signer]] = [
        (signature.answer, Signer(signature.partner_name, signature.reservation)) for signature in signatures
    ] or [(None, Signer(partner["name"], "")) for partner in content["partners"]]
    found = [
        AnswerRow(answer, words[answer], tuple(signer for gave, signer in given if gave == answer))
        for answer in _ANSWERS
    ]
    return tuple(row for row in found if row.signers)
