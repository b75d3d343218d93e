"""What changed between two frozen versions of an agenda, and how every face says it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from exports.language import day, listed, translations

PRINCIPLE_FIELDS = ("text", "status", "review_on")
AGREEMENT_FIELDS = (
    "what",
    "first_step",
    "owner",
    "owner_accepted",
    "supporters",
    "due_on",
    "measure",
    "principles",
    "depends_on",
)


@dataclass(frozen=True)
class Change:
    """One difference. `number` is None for what belongs to the whole agenda.

    `field` is a key of the frozen content, or "whole" when a principle or agreement is new (`before` is None)
    or gone (`now` is None).
    """

    subject: str
    number: int | None
    field: str
    before: Any
    now: Any


@dataclass(frozen=True)
class ChangeText:
    """One difference with the version before. `before` or `now` is empty for what is new or gone."""

    title: str
    before: str
    now: str


def agenda_changes(before: dict[str, Any], now: dict[str, Any], language: str) -> list[ChangeText]:
    """Return what the frozen content `now` says otherwise than `before`, in words of `language`."""
    return [change_text(change, language) for change in differences(before, now)]


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    """Return what changed between two frozen contents: the agenda, then principles, then agreements."""
    return [
        *_whole_agenda(before, now),
        *_numbered("principle", _principles(before), _principles(now), PRINCIPLE_FIELDS, "text"),
        *_numbered("agreement", before["agreements"], now["agreements"], AGREEMENT_FIELDS, "what"),
    ]


def change_text(change: Change, language: str) -> ChangeText:
    """Return one difference between two versions in words of `language`."""
    return ChangeText(
        title=_change_title(change, language),
        before=field_value(change.field, change.before, language),
        now=field_value(change.field, change.now, language),
    )


def field_label(field: str, language: str) -> str:
    """Return the name of a field of the frozen content, as it stands before its value."""
    _ = translations(language).gettext
    return {
        "text": _("Text"),
        "status": _("Status"),
        "review_on": _("We look again"),
        "what": _("What"),
        "first_step": _("First step"),
        "owner": _("Owner"),
        "owner_accepted": _("Owner has accepted"),
        "supporters": _("Helps"),
        "due_on": _("Done on"),
        "measure": _("How we see that it worked"),
        "principles": _("For principle"),
        "depends_on": _("Cannot do without agreement"),
        "name": _("Name of the alliance"),
        "place": _("Place"),
        "purpose": _("Purpose"),
        "partners": _("Partners"),
        "next_meeting_on": _("Next meeting"),
    }[field]


def field_value(field: str, value: Any, language: str) -> str:
    """Return a value of the frozen content as people read it; empty where there is none."""
    if value is None:
        return ""
    _ = translations(language).gettext
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field in ("due_on", "review_on", "next_meeting_on"):
        return day(date.fromisoformat(value), language)
    if field == "status":
        words = {"adopted": _("adopted"), "not adopted": _("not adopted"), "left out": _("left out")}
        return words.get(value, str(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return listed([str(entry) for entry in value], language)
    return str(value)


def _principles(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [*content["principles"], *content["not_adopted"]]


def _whole_agenda(before: dict[str, Any], now: dict[str, Any]) -> Iterator[Change]:
    for field in ("name", "place", "purpose"):
        if before["alliance"][field] != now["alliance"][field]:
            yield Change("agenda", None, field, before["alliance"][field], now["alliance"][field])
    names_before = [partner["name"] for partner in before["partners"]]
    names_now = [partner["name"] for partner in now["partners"]]
    if names_before != names_now:
        yield Change("agenda", None, "partners", names_before, names_now)
    if before["next_meeting_on"] != now["next_meeting_on"]:
        yield Change("agenda", None, "next_meeting_on", before["next_meeting_on"], now["next_meeting_on"])


def _numbered(
    subject: str,
    before: list[dict[str, Any]],
    now: list[dict[str, Any]],
    fields: tuple[str, ...],
    title: str,
) -> Iterator[Change]:
    old = {entry["number"]: entry for entry in before}
    new = {entry["number"]: entry for entry in now}
    for number in sorted(old.keys() | new.keys()):
        if number not in old:
            yield Change(subject, number, "whole", None, new[number][title])
        elif number not in new:
            yield Change(subject, number, "whole", old[number][title], None)
        else:
            for field in fields:
                if old[number][field] != new[number][field]:
                    yield Change(subject, number, field, old[number][field], new[number][field])


def _change_title(change: Change, language: str) -> str:
    _ = translations(language).gettext
    if change.subject == "agenda":
        return field_label(change.field, language)
    if change.field == "whole":
        titles = {
            ("principle", True): _("Principle {number} is new"),
            ("principle", False): _("Principle {number} is gone"),
            ("agreement", True): _("Agreement {number} is new"),
            ("agreement", False): _("Agreement {number} is gone"),
        }
        return titles[change.subject, change.before is None].format(number=change.number)
    if change.subject == "principle":
        pattern = _("Principle {number}, {field}")
    else:
        pattern = _("Agreement {number}, {field}")
    return pattern.format(number=change.number, field=field_label(change.field, language).lower())
