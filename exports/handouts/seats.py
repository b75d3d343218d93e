"""An evening at mixed tables on paper: a card for each table, a card for each person, and a list for at the door."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exports.drawings.tables import table_sign
from exports.handouts.badges import Meeting
from exports.sentences.tables import table_name
from exports.word.cards import (
    CARD_STYLES,
    GROUP_STYLES,
    NAME_STYLES,
    PADDING,
    add_cards,
    fitted,
    height_of_lines,
)
from exports.word.paper import Paper
from exports.word.pictures import Picture, png_of
from exports.word.styles import TextStyle
from exports.word.tables import Cell, Line

CARD_WIDTH, CARD_HEIGHT = 85.0, 54.0
_NUMBER_COLUMN = 29.0
_TABLE_SIGN, _TABLE_WORDS, _TABLE_HEIGHT = 80.0, 100.0, 138.0
_SIGN_PIXELS = 600
_NAME = 9.0
_STYLES = (
    *CARD_STYLES,
    TextStyle("Table Number", size=150, is_bold=True, line=0.9, follows="Card Text"),
    TextStyle("Table Name", size=26, is_bold=True, line=1, follows="Card Text"),
    TextStyle("Badge Number", size=40, is_bold=True, line=0.9, follows="Card Text"),
)


@dataclass(frozen=True)
class SeatedPerson:
    """Somebody with the number on their badge. `tables` holds a table for each round, None where there is none."""

    number: int
    name: str | None
    group: str | None
    tables: Sequence[int | None]
    # The rounds, from 1, in which the lot fell on them to mind the turns at their table.
    hosts: Collection[int] = ()


def build_table_cards(meeting: Meeting, tables: int) -> bytes:
    """Return a card for each table, two on an A4, to fold or to stand up."""
    paper = _paper(meeting, _STYLES, "Table cards")
    _ = paper.gettext
    cards = []
    for number in range(1, tables + 1):
        name = table_name(number, meeting.language)
        sign = Picture(
            png_of(table_sign(number, size=_SIGN_PIXELS), _SIGN_PIXELS), _TABLE_SIGN - 2 * PADDING - 4, name
        )
        words = (Line(_("Table"), "Card Name"), Line(str(number), "Table Number"), Line(name, "Table Name"))
        cards.append((Cell((sign,)), Cell(words)))
    add_cards(
        paper, _("Table cards"), cards, columns=(_TABLE_SIGN, _TABLE_WORDS), across=1, height=_TABLE_HEIGHT
    )
    return paper.bytes()


def build_seat_cards(meeting: Meeting, people: Sequence[SeatedPerson]) -> bytes:
    """Return a card for each person: the number for the screen in the room, and the tables that are known."""
    paper = _paper(meeting, _STYLES, "Cards for people")
    add_cards(
        paper,
        paper.gettext("Cards for people"),
        [_person(paper, meeting, person) for person in people],
        columns=(CARD_WIDTH - _NUMBER_COLUMN, _NUMBER_COLUMN),
        across=2,
        height=CARD_HEIGHT,
    )
    return paper.bytes()


def build_seat_list(meeting: Meeting, people: Sequence[SeatedPerson]) -> bytes:
    """Return a list by number for who welcomes people at the door."""
    paper = _paper(meeting, (), "List for the door")
    _ = paper.gettext
    rounds = max((len(person.tables) for person in people), default=0)
    paper.heading(1, _("Who sits where"))
    paper.paragraph(
        _("Made at {time}. The screen in the room knows best.").format(time=paper.moment(meeting.made_at))
    )
    if any(person.hosts for person in people):
        paper.paragraph(_("* minds the turns at that table; drawn by lot."))
    width = 14.0
    names = (160 - 16 - rounds * width) / 2
    paper.told_table(
        _("Badges and tables"),
        [16, names, names, *[width] * rounds],
        [
            [
                str(person.number),
                person.name or "",
                person.group or "",
                *(
                    (f"{table} *" if place in person.hosts else str(table)) if table else "–"
                    for place, table in enumerate(person.tables, start=1)
                ),
            ]
            for person in people
        ],
        [
            _("Badge"),
            _("Name"),
            _("Group"),
            *(_("R. {number}").format(number=place + 1) for place in range(rounds)),
        ],
    )
    return paper.bytes()


def _paper(meeting: Meeting, styles: tuple[TextStyle, ...], subject: str) -> Paper:
    paper = Paper(meeting.language, meeting.time_zone, styles)
    _ = paper.gettext
    paper.properties(
        title=_("Tables {alliance}").format(alliance=meeting.alliance),
        subject={
            "Table cards": _("Table cards"),
            "Cards for people": _("Cards for people"),
            "List for the door": _("List for the door"),
        }[subject],
        author=meeting.alliance,
        made_at=meeting.made_at,
    )
    return paper


def _person(paper: Paper, meeting: Meeting, person: SeatedPerson) -> tuple[Cell, Cell]:
    """Return the two halves of a card: who and where, and the number."""
    _ = paper.gettext
    width = CARD_WIDTH - _NUMBER_COLUMN - 2 * PADDING
    seats = [
        Line(
            (
                _("Round {number}: table {table}, {name}. You mind the turns.")
                if place in person.hosts
                else _("Round {number}: table {table}, {name}")
            ).format(number=place, table=table, name=table_name(table, meeting.language)),
            "Card Small",
        )
        for place, table in enumerate(person.tables, start=1)
        if table
    ]
    told = seats or [Line(_("Find your number on the screen in the room."), "Card Text")]
    left = CARD_HEIGHT - 2 * PADDING - height_of_lines(told, width)
    name = fitted(
        person.name or meeting.alliance, NAME_STYLES, width=width, height=max(min(left / 2, 2 * _NAME), _NAME)
    )
    who: list[Line] = [name]
    if person.group:
        who.append(fitted(person.group, GROUP_STYLES, width=width, height=_NAME))
    number = (Line(_("Badge"), "Card Small"), Line(str(person.number), "Badge Number"))
    return Cell((*who, *told)), Cell(number)
