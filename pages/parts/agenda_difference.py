"""What changed between two frozen versions of an agenda, as a table."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from exports.language import day, listed
from pages.parts.difference import marked_difference
from pages.parts.table import table
from pages.parts.words import gettext as _
from pages.parts.words import language

Content = Mapping[str, Any]


def agenda_difference(before: Content, now: Content) -> None:
    """Draw what the content `now` says otherwise than `before`; one line where nothing changed."""
    rows = [*_principles(before, now), *_agreements(before, now), *_meeting(before, now)]
    table(
        [_("Where"), _("What changed")],
        rows or [(_("Text"), _("Nothing changed in principles, agreements and dates."))],
        caption=_("Struck through is gone, underlined is new."),
    )


def _principles(before: Content, now: Content) -> Iterator[tuple[str, str | Markup]]:
    old = {entry["number"]: entry for entry in [*before["principles"], *before["not_adopted"]]}
    new = {entry["number"]: entry for entry in [*now["principles"], *now["not_adopted"]]}
    for number in sorted({*old, *new}):
        where = _("Principle {number}").format(number=number)
        was, is_now = old.get(number), new.get(number)
        if was is None or is_now is None or was["text"] != is_now["text"]:
            yield where, _changed(was["text"] if was else "", is_now["text"] if is_now else "")
        if was and is_now and was["status"] != is_now["status"]:
            yield (
                _("Principle {number}, outcome").format(number=number),
                _changed(_outcome(was["status"]), _outcome(is_now["status"])),
            )


def _agreements(before: Content, now: Content) -> Iterator[tuple[str, str | Markup]]:
    old = {entry["number"]: entry for entry in before["agreements"]}
    new = {entry["number"]: entry for entry in now["agreements"]}
    for number in sorted({*old, *new}):
        was, is_now = old.get(number), new.get(number)
        if was is None or is_now is None:
            yield (
                _("Agreement {number}").format(number=number),
                _changed(was["what"] if was else "", is_now["what"] if is_now else ""),
            )
            continue
        for field, where in (
            ("what", _("Agreement {number}")),
            ("first_step", _("Agreement {number}, first step")),
            ("owner", _("Agreement {number}, owner")),
            ("owner_accepted", _("Agreement {number}, accepted by the owner")),
            ("due_on", _("Agreement {number}, date")),
            ("measure", _("Agreement {number}, how we see it")),
            ("supporters", _("Agreement {number}, who helps")),
            ("principles", _("Agreement {number}, principles")),
            ("depends_on", _("Agreement {number}, what comes first")),
        ):
            if was[field] != is_now[field]:
                yield where.format(number=number), _changed(_said(was[field]), _said(is_now[field]))


def _meeting(before: Content, now: Content) -> Iterator[tuple[str, str | Markup]]:
    if before["next_meeting_on"] != now["next_meeting_on"]:
        yield _("Next meeting"), _changed(_said(before["next_meeting_on"]), _said(now["next_meeting_on"]))


def _changed(before: str, now: str) -> Markup:
    return Markup(marked_difference(before, now))


def _outcome(status: str) -> str:
    return {
        "adopted": _("Adopted"),
        "not adopted": _("Not adopted"),
        "left out": _("Left out"),
    }.get(status, status)


def _said(value: str | bool | list[Any] | None) -> str:
    """Return a value of the frozen content as people read it; dates stand in it as ISO text."""
    if value is None or value == "" or value == []:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return listed([str(entry) for entry in value], language())
    try:
        return day(date.fromisoformat(value), language(), style="long")
    except ValueError:
        return value
