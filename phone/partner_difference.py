"""What changed between two versions of an agenda, for partners who are asked again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    """Return what changed between two frozen contents: the agenda, then principles, then agreements."""
    return [
        *_whole_agenda(before, now),
        *_numbered("principle", _principles(before), _principles(now), PRINCIPLE_FIELDS, "text"),
        *_numbered("agreement", before["agreements"], now["agreements"], AGREEMENT_FIELDS, "what"),
    ]


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
