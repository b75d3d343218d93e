"""What the questions of a round are about, in words: principles, statements, or points for improvement."""

from models.basics.words import SubjectKind
from models.voting.round_views import ItemView, RoundView
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext


def subject_word(round_: RoundView) -> str:
    """Return the head of a column that names what each question was about."""
    return {
        SubjectKind.PRINCIPLE: _("Principle"),
        SubjectKind.STATEMENT: _("Statement"),
        SubjectKind.IMPROVEMENT: _("Point for improvement"),
    }[_kind(round_)]


def subject_line(item: ItemView, round_: RoundView, *, of: int | None = None) -> str:
    """Return which one a question is about, where it stands in its round, and which round that is.

    `of` is how many principles there are, where one says so: then the version stands only after the first.
    """
    if of is not None and item.about.kind == SubjectKind.PRINCIPLE:
        said = (
            _("Principle {number} of {count} · round {round}")
            if item.version == 1
            else _("Principle {number} of {count}, version {version} · round {round}")
        )
        return said.format(number=item.number, count=of, version=item.version, round=round_.number)
    is_alone = len(round_.items) == 1
    said = {
        SubjectKind.PRINCIPLE: _("Principle {number}, version {version} · round {round}")
        if is_alone
        else _("Principle {number}, version {version} · {position} of {items} · round {round}"),
        SubjectKind.STATEMENT: _("Statement {number} · round {round}")
        if is_alone
        else _("Statement {number} · {position} of {items} · round {round}"),
        SubjectKind.IMPROVEMENT: _("Point for improvement {number} · round {round}")
        if is_alone
        else _("Point for improvement {number} · {position} of {items} · round {round}"),
    }[item.about.kind]
    return said.format(
        number=item.number,
        version=item.version,
        position=item.position,
        items=len(round_.items),
        round=round_.number,
    )


def captions(item: ItemView) -> tuple[str, str]:
    """Return what stands above the table of all votes on it, and above that by group."""
    said = {
        SubjectKind.PRINCIPLE: (
            _("Votes on principle {number}"),
            _("Votes on principle {number}, by group"),
        ),
        SubjectKind.STATEMENT: (
            _("Answers to statement {number}"),
            _("Answers to statement {number}, by group"),
        ),
        SubjectKind.IMPROVEMENT: (
            _("Votes on point for improvement {number}"),
            _("Votes on point for improvement {number}, by group"),
        ),
    }[item.about.kind]
    return said[0].format(number=item.number), said[1].format(number=item.number)


def ballots_sentence(round_: RoundView) -> str:
    """Return the sentence for how many `ballots` are stored, from how many `voters`, about how many `items`."""
    items = len(round_.items)
    if items == 1:
        return _("{ballots}, from {voters}.")
    return {
        SubjectKind.PRINCIPLE: ngettext(
            "{ballots}, from {voters}, about {items} principle.",
            "{ballots}, from {voters}, about {items} principles.",
            items,
        ),
        SubjectKind.STATEMENT: ngettext(
            "{ballots}, from {voters}, about {items} statement.",
            "{ballots}, from {voters}, about {items} statements.",
            items,
        ),
        SubjectKind.IMPROVEMENT: ngettext(
            "{ballots}, from {voters}, about {items} point for improvement.",
            "{ballots}, from {voters}, about {items} points for improvement.",
            items,
        ),
    }[_kind(round_)]


def _kind(round_: RoundView) -> SubjectKind:
    return round_.items[0].about.kind
