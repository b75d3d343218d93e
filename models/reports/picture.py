"""The picture and what changed as a report freezes them: plain data to make the same picture of, without any id."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NotRequired, TypedDict

from models.baseline.views import BaselineRow
from models.basics.words import Phase
from models.picture.picture import Answered, AnsweredStatement, picture
from models.picture.reading import PictureView, WhoAnswered
from models.picture.second import SecondPhoto

# The rows that are no group's keep their key; groups are numbered.
_GROUP = "group {number}"


class AnsweredContent(TypedDict):
    agree: int
    people: int


class StatementContent(TypedDict):
    """`theme` is its place in the list, from 0. `total` is None and `rows` are empty where they may not be shown."""

    number: int
    theme: int
    text: str
    is_reversed: bool
    total: AnsweredContent | None
    rows: dict[str, AnsweredContent]


class WhoContent(TypedDict):
    people: int
    came: int
    sources: dict[str, int]
    joined: list[str]
    joins_without_group: bool
    silent: list[str]
    open_until: str | None
    is_shared_outside: bool
    # Where either are few, and in a report that was frozen before, there are neither.
    by_link: NotRequired[int]
    in_hall: NotRequired[int]


class PictureContent(TypedDict):
    """A photo: `themes` in the order of the list, `groups` the names by row, `scale` what one could choose."""

    number: int
    place: str
    closed_at: str
    themes: list[str]
    groups: dict[str, str]
    scale: list[str]
    who: WhoContent
    statements: list[StatementContent]


class ChangedContent(TypedDict):
    """The photo before this one; `same` gives by the number of a statement now the number of the same one then."""

    before: PictureContent
    same: dict[str, int]
    renamed: dict[str, str]


def row_keys(*views: PictureView) -> dict[str, str]:
    """Return under which key each row stands in a report: groups are numbered, in the order of their names' list."""
    groups = list(dict.fromkeys(key for view in views for key in view.names))
    return {key: _GROUP.format(number=place) for place, key in enumerate(groups, start=1)}


def picture_content(view: PictureView, keys: Mapping[str, str]) -> PictureContent:
    """Return a closed photo as plain values."""
    places = {theme_id: place for place, theme_id in enumerate(view.themes)}
    statements = sorted(
        (one for theme in view.picture.themes for one in theme.statements), key=lambda one: one.number
    )
    shown = {key for one in statements for key in one.rows}
    return {
        "number": view.baseline.number,
        "place": view.place,
        "closed_at": view.closed_at.isoformat() if view.closed_at else "",
        "themes": list(view.themes.values()),
        "groups": {keys[key]: name for key, name in view.names.items() if key in shown},
        "scale": list(view.scale),
        "who": _who(view.who),
        "statements": [
            {
                "number": one.number,
                "theme": places[one.theme_id],
                "text": one.text,
                "is_reversed": one.is_reversed,
                "total": _content(one.total) if one.total else None,
                "rows": {keys.get(key, key): _content(row) for key, row in one.rows.items()},
            }
            for one in statements
        ],
    }


def _who(who: WhoAnswered) -> WhoContent:
    content: WhoContent = {
        "people": who.people,
        "came": who.came,
        "sources": dict(who.sources),
        "joined": list(who.joined),
        "joins_without_group": who.joins_without_group,
        "silent": list(who.silent),
        "open_until": who.open_until.isoformat() if who.open_until else None,
        "is_shared_outside": who.is_shared_outside,
    }
    if who.by_link is not None and who.in_hall is not None:
        content["by_link"], content["in_hall"] = who.by_link, who.in_hall
    return content


def changed_content(photo: SecondPhoto, keys: Mapping[str, str]) -> ChangedContent:
    """Return what is needed to compare with the photo before, as plain values."""
    numbers = {
        one.id: one.number
        for view in (photo.before, photo.after)
        for theme in view.picture.themes
        for one in theme.statements
    }
    return {
        "before": picture_content(photo.before, keys),
        "same": {
            str(numbers[now]): numbers[then]
            for now, then in sorted(photo.same.items())
            if now in numbers and then in numbers
        },
        "renamed": {keys[key]: name for key, name in photo.renamed.items()},
    }


def _content(answered: Answered) -> AnsweredContent:
    return {"agree": answered.agree, "people": answered.people}


def told_picture(content: PictureContent) -> PictureView:
    """Return a photo from its content. Themes and statements have their places and numbers for ids."""
    statements = [
        AnsweredStatement(
            one["number"],
            one["number"],
            one["theme"],
            one["text"],
            one["is_reversed"],
            _answered(one["total"]) if one["total"] else None,
            {key: _answered(row) for key, row in one["rows"].items()},
        )
        for one in content["statements"]
    ]
    who = content["who"]
    return PictureView(
        baseline=BaselineRow(0, 0, content["number"], "", None, None, None),
        phase=Phase.CLOSED,
        round_id=None,
        workshop_id=None,
        closed_at=datetime.fromisoformat(content["closed_at"]) if content["closed_at"] else None,
        place=content["place"],
        themes=dict(enumerate(content["themes"])),
        statements=len(statements),
        names=content["groups"],
        who=WhoAnswered(
            who["people"],
            who["came"],
            who["sources"],
            tuple(who["joined"]),
            who["joins_without_group"],
            tuple(who["silent"]),
            open_until=date.fromisoformat(who["open_until"]) if who["open_until"] else None,
            is_shared_outside=who["is_shared_outside"],
            by_link=who.get("by_link"),
            in_hall=who.get("in_hall"),
        ),
        picture=picture(range(len(content["themes"])), statements),
        scale=tuple(content["scale"]),
    )


def told_change(content: ChangedContent, after: PictureView) -> SecondPhoto:
    """Return two photos beside each other from their content; `after` is the later one."""
    return SecondPhoto(
        told_picture(content["before"]),
        after,
        {int(now): then for now, then in content["same"].items()},
        content["renamed"],
    )


def _answered(content: AnsweredContent) -> Answered:
    return Answered(content["agree"], content["people"])
