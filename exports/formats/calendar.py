"""The days of an agenda as a calendar file (RFC 5545): due dates, looking back, the next meeting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event
from icalendar.enums import TRANSP

from exports.language import listed, translations
from exports.word.text import printable
from models.signing.files import AgendaDocument
from models.signing.shape import AgreementContent, Content

PRODUCT = "-//Handslag//Alliance agenda//EN"


@dataclass(frozen=True)
class Day:
    """One whole day of a calendar; `name` stays the same from version to version."""

    name: str
    on: date
    summary: str
    description: str


def agenda_calendar(document: AgendaDocument, content: Content) -> bytes:
    """Return the days of an agenda as an .ics. Taken in again, a later version moves its days, and adds none twice."""
    alliance = content["alliance"]
    calendar = Calendar.new(
        prodid=PRODUCT,
        name=printable(alliance["name"]),
        language=alliance["language"],
    )
    for found in _days(content):
        event = Event.new(
            uid=str(uuid5(NAMESPACE_URL, f"handslag:{alliance['name']}:{found.name}")),
            stamp=document.frozen_at,
            start=found.on,
            end=found.on + timedelta(days=1),
            summary=printable(found.summary),
            description=printable(found.description) or None,
            sequence=document.version,
            transparency=TRANSP.TRANSPARENT,
        )
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _days(content: Content) -> Iterator[Day]:
    language = content["alliance"]["language"]
    _ = translations(language).gettext
    for agreement in content["agreements"]:
        if agreement["due_on"]:
            yield Day(
                f"agreement {agreement['number']}",
                date.fromisoformat(agreement["due_on"]),
                _("Agreement {number}: {what}").format(number=agreement["number"], what=agreement["what"]),
                "\n".join(_about(agreement, language)),
            )
    for principle in content["principles"]:
        if principle["review_on"]:
            yield Day(
                f"principle {principle['number']}",
                date.fromisoformat(principle["review_on"]),
                _("Look again at principle {number}").format(number=principle["number"]),
                principle["text"],
            )
    if content["next_meeting_on"]:
        yield Day(
            "next meeting",
            date.fromisoformat(content["next_meeting_on"]),
            _("Next meeting: {alliance}").format(alliance=content["alliance"]["name"]),
            content["alliance"]["contact"],
        )


def _about(agreement: AgreementContent, language: str) -> Iterator[str]:
    _ = translations(language).gettext
    if agreement["owner"]:
        yield _("Owner: {owner}").format(owner=agreement["owner"])
    if agreement["supporters"]:
        yield _("Supporters: {names}").format(names=listed(agreement["supporters"], language))
    if agreement["first_step"]:
        yield _("First step: {step}").format(step=agreement["first_step"])
    if agreement["measure"]:
        yield _("How we see it worked: {measure}").format(measure=agreement["measure"])
