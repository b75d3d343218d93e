"""The picture of a startfoto on the projector with what a town brings: statements of two lines, many few, a change."""

from collections.abc import Callable
from datetime import UTC, datetime

from models.baseline.views import BaselineRow
from models.basics.words import Phase
from models.picture.picture import Answered, AnsweredStatement, picture
from models.picture.reading import PictureView, WhoAnswered
from models.picture.second import SecondPhoto
from pages.parts.projector.picture import picture_screen
from pages.parts.projector.screen import Room, Screen

GROUPS = {"1": "Bewoners", "2": "Gemeenschappen", "3": "Organisaties", "4": "Gemeente", "5": "Ondernemers"}
THEMES = {
    1: "Thuis voelen",
    2: "Meedoen",
    3: "Veiligheid en discriminatie",
    4: "Gehoord worden",
    5: "Toegang tot hulp",
    6: "Werk en school",
    7: "Taal",
    8: "Elkaar ontmoeten",
}
TEXTS = {
    1: ["Ik voel mij thuis waar ik woon.", "In mijn straat groeten mensen elkaar, ook wie hier pas woont."],
    2: ["Ik kan meedoen.", "Wat hier wordt georganiseerd, is voor mij te duur of te ver weg."],
    3: ["Ik voel mij veilig in mijn buurt, ook 's avonds en ook als ik alleen ben."],
    4: ["Bij plannen voor mijn wijk telt mijn mening mee, en ik hoor ook wat er met mijn idee is gedaan."],
    5: ["Als ik hulp nodig heb, krijg ik die."],
    6: ["Iedereen heeft hier een eerlijke kans op werk."],
    7: ["Ik word geholpen in een taal die ik begrijp."],
    8: ["Ik spreek vaak mensen met een andere achtergrond dan ik."],
}
LARGE, SMALL = (
    {"1": 118, "2": 37, "3": 24, "4": 22, "other": 13},
    {"1": 40, "2": 24, "3": 12, "4": 19, "other": 13},
)


def pictures(room: Callable[..., Room]) -> dict[str, Screen]:
    """Return every page of the picture by name: of a large town and of a small one, with what changed since."""
    found: dict[str, Screen] = {}
    for name, rows in (("large", LARGE), ("small", SMALL)):
        before, after = _view(1, rows, shares=(30, 90)), _view(2, rows, shares=(60, 70))
        same = {number + 100: number for number in range(1, 10)}
        second = SecondPhoto(before, after, same, {})
        pages = picture_screen(room(), after, second).pages
        found |= {
            f"picture, {name}, page {page + 1}": picture_screen(room(page=page), after, second)
            for page in range(pages)
        }
    for name, rows in (("nineteen people", {"1": 19}), ("few in two groups", {"1": 14, "4": 5})):
        few = _view(2, rows, shares=(60, 70))
        found[f"picture, {name}"] = picture_screen(room(), few, None)
    return found


def _view(number: int, rows: dict[str, int], *, shares: tuple[int, int]) -> PictureView:
    asked = [(theme, text) for theme, texts in TEXTS.items() for text in texts]
    first = 1 if number == 1 else 101
    statements = [
        _statement(first + place, theme, text, rows, shares=shares)
        for place, (theme, text) in enumerate(asked)
    ]
    return PictureView(
        baseline=BaselineRow(number, 1, number, "", None, None, None),
        phase=Phase.REVEALED,
        round_id=number,
        workshop_id=number,
        closed_at=datetime(2026, number, 3, tzinfo=UTC),
        place="Merenveld",
        themes=THEMES,
        statements=len(statements),
        names=GROUPS,
        who=WhoAnswered(sum(rows.values()), sum(rows.values()), {}, ("Ondernemers",), True, ()),
        picture=picture(list(THEMES), statements),
        scale=("agree", "disagree"),
    )


def _statement(
    number: int, theme: int, text: str, rows: dict[str, int], *, shares: tuple[int, int]
) -> AnsweredStatement:
    """Return a statement on which the municipality agrees most, and of the themes the last one went back."""
    low, high = shares if theme < len(THEMES) else shares[::-1]
    answers = {
        key: Answered(people * (high if key == "4" else low) // 100, people) for key, people in rows.items()
    }
    total = Answered(sum(one.agree for one in answers.values()), sum(rows.values()))
    return AnsweredStatement(number, number % 100, theme, text, theme == 2, total, answers)
