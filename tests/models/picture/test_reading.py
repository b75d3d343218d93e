"""The picture read from a round: no figure before its close, rows joined as in any round, words as they were asked."""

from datetime import date, timedelta

from sqlmodel import Session

from exports.sentences.picture import who_answered
from models.baseline.baseline import add_theme, merge_themes, rename_theme
from models.basics.clock import day_of
from models.basics.words import Phase
from models.photo.answers import read_answers
from models.picture.picture import EVERYONE
from models.picture.reading import PictureView, read_picture
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Baseline, Participant, Round, Statement, Workshop
from tests.builders import (
    LEADER,
    Photo,
    Startfoto,
    close,
    make_photo,
    make_startfoto,
    make_workshop,
)
from tests.questions import questions_asked

TIME_ZONE = "Europe/Amsterdam"
ASKED = [
    ("Taal", "Ik word geholpen in een taal die ik begrijp."),
    ("Taal", "Ik begrijp de brieven van de gemeente niet."),
    ("Thuis voelen", "Ik voel mij hier thuis."),
]


def _view(startfoto: Startfoto) -> PictureView:
    with reading() as session:
        return read_picture(session, startfoto.baseline_id)


def _photo(
    people: dict[str | None, int], agree: dict[str | None, list[int]], *, is_closed: bool = True
) -> Photo:
    room = make_workshop(people=people)
    return make_photo(make_startfoto(room), ASKED, agree, reversed_ones=[2], is_closed=is_closed)


def test_the_picture_of_a_closed_round_has_its_rows_and_themes(database: str) -> None:
    photo = _photo(
        {"Gemeente": 20, "Bewoners": 30, "Jongeren": 4, "Ouderen": 3},
        {
            "Gemeente": [18, 2, 16],
            "Bewoners": [9, 27, 24],
            "Jongeren": [1, 3, 4],
            "Ouderen": [0, 3, 1],
        },
    )

    view = _view(photo.startfoto)

    groups = photo.startfoto.room.groups
    town, people = str(groups["Gemeente"]), str(groups["Bewoners"])
    assert view.picture.widest is not None
    assert view.themes[view.picture.widest.id] == "Taal"
    assert [(row.key, row.agree, row.answers, row.people) for row in view.picture.widest.rows] == [
        (town, 36, 40, 20),
        (people, 12, 60, 30),
        ("other", 2, 14, 7),
    ]
    assert view.picture.widest.gap == 70
    assert view.picture.rows == {town: 20, people: 30, "other": 7}
    assert (view.who.people, view.who.came, view.who.joined) == (57, 57, ("Jongeren", "Ouderen"))


def test_an_open_round_tells_how_many_and_no_figure(sqlite: str) -> None:
    photo = _photo({"Gemeente": 6, "Bewoners": 5}, {"Gemeente": [5, 2, 1]}, is_closed=False)

    view = _view(photo.startfoto)

    assert (view.phase, view.who.people, view.picture.themes, view.picture.rows) == (Phase.OPEN, 6, (), {})


def test_four_answers_stay_hidden_and_a_fifth_does_not_tell_them(sqlite: str) -> None:
    """One round, closed once: there is no moment with four and a next one with five to subtract."""
    four = _photo({"Gemeente": 4}, {"Gemeente": [4, 0, 2]})

    view = _view(four.startfoto)

    assert view.picture.is_hidden
    assert all(
        one.total is None and not one.rows for theme in view.picture.themes for one in theme.statements
    )
    assert view.who.people == 4


def test_nobody_answered_is_no_figure(sqlite: str) -> None:
    view = _view(_photo({"Gemeente": 3}, {}).startfoto)

    assert (view.is_closed, view.who.people, view.picture.is_hidden) == (True, 0, True)


def test_one_group_only_is_everyone(sqlite: str) -> None:
    view = _view(_photo({"Bewoners": 24}, {"Bewoners": [12, 12, 24]}).startfoto)

    assert view.picture.rows == {EVERYONE: 24}
    assert [[row.percent for row in theme.rows] for theme in view.picture.themes] == [[100], [50]]


def test_a_group_of_which_nobody_answered_is_named(sqlite: str) -> None:
    photo = _photo(
        {"Gemeente": 6, "Bewoners": 8, "Ondernemers": 5}, {"Gemeente": [5, 2, 1], "Bewoners": [5, 2, 1]}
    )

    view = _view(photo.startfoto)

    assert (view.who.silent, view.who.people, view.who.came) == (("Ondernemers",), 14, 19)


def test_the_words_are_those_that_were_asked(sqlite: str) -> None:
    photo = _photo({"Bewoners": 24}, {"Bewoners": [12, 12, 24]})

    write(_say_otherwise, statement_id=photo.statements[2])

    texts = {one.text for theme in _view(photo.startfoto).picture.themes for one in theme.statements}
    assert texts == {text for _theme, text in ASKED}


def _say_otherwise(session: Session, *, statement_id: int) -> None:
    session.get_one(Statement, statement_id).text = "Ik hoor hier thuis."


def test_a_theme_renamed_or_merged_after_the_answers_takes_them_along(sqlite: str) -> None:
    photo = _photo({"Bewoners": 24}, {"Bewoners": [12, 12, 24]})
    startfoto = photo.startfoto
    write(rename_theme, who=LEADER, theme_id=startfoto.themes["Thuis voelen"], name="Je thuis voelen")
    other = write(add_theme, who=LEADER, alliance_id=startfoto.room.alliance_id, name="Meertaligheid")
    write(merge_themes, who=LEADER, theme_id=startfoto.themes["Taal"], into_id=other)

    view = _view(startfoto)

    assert [view.themes[theme.id] for theme in view.picture.themes] == ["Je thuis voelen", "Meertaligheid"]
    assert [theme.rows[0].agree for theme in view.picture.themes] == [24, 24]


def test_the_picture_asks_as_much_for_three_statements_as_for_twelve(sqlite: str) -> None:
    few = _photo({"Bewoners": 6}, {"Bewoners": [1, 2, 3]})
    many = make_photo(
        make_startfoto(make_workshop(people={"Bewoners": 6}, name="Anders")),
        [("Taal", f"Stelling {number}.") for number in range(12)],
        {"Bewoners": [3] * 12},
    )

    counts = []
    for photo in (few, many):
        with questions_asked() as asked:
            _view(photo.startfoto)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_round_that_was_closed_says_the_same_at_every_later_moment(sqlite: str) -> None:
    photo = _photo({"Gemeente": 20, "Bewoners": 30}, {"Gemeente": [18, 2, 16], "Bewoners": [9, 27, 24]})
    before = _view(photo.startfoto)

    close(photo.vote)

    assert _view(photo.startfoto) == before


def test_the_last_day_by_link_and_that_it_went_beyond_the_place_stand_beside_the_figures(sqlite: str) -> None:
    photo = _photo({"Bewoners": 24}, {"Bewoners": [12, 12, 24]})
    write(_was_shared, baseline_id=photo.startfoto.baseline_id)

    told = " ".join(who_answered(_view(photo.startfoto), "nl"))

    assert "24 mensen gaven antwoord: 24 op een telefoon." in told
    assert "open tot en met 1 mei 2024" in told
    assert "buiten Merenveld" in told
    assert told.endswith("Dit is een foto, geen steekproef.")


def test_statements_that_were_closed_before_their_last_day_were_open_until_that_day(sqlite: str) -> None:
    photo = _photo({"Bewoners": 24}, {"Bewoners": [12, 12, 24]})
    with reading() as session:
        closed = session.get_one(Round, photo.vote.round_id).closed_at
    assert closed is not None
    closed_on = day_of(closed, TIME_ZONE)

    write(_was_shared, baseline_id=photo.startfoto.baseline_id, until=closed_on + timedelta(days=14))

    assert _view(photo.startfoto).who.open_until == closed_on
    with reading() as session:
        answers = read_answers(session, photo.startfoto.baseline_id)
    assert answers is not None
    assert answers.open_until == closed_on


def test_it_is_said_how_many_came_by_link_and_how_many_in_the_hall_unless_either_are_few(
    sqlite: str,
) -> None:
    photo = _photo({"Bewoners": 24}, {"Bewoners": [12, 12, 24]})
    write(_was_shared, baseline_id=photo.startfoto.baseline_id)
    told = {}

    for earlier in (19, 20, 4, 5):
        write(_came_before_the_day, photo=photo, people=earlier)
        view = _view(photo.startfoto)
        told[earlier] = (view.who.by_link, view.who.in_hall)

    assert told == {19: (19, 5), 20: (None, None), 4: (None, None), 5: (5, 19)}
    assert "5 kwamen vóór de dag van de bijeenkomst binnen via de link, 19 op de dag zelf." in " ".join(
        who_answered(view, "nl")
    )


def _came_before_the_day(session: Session, *, photo: Photo, people: int) -> None:
    """Let the first `people` have joined on the day before the meeting, and all others on the day itself."""
    workshop = session.get_one(Workshop, photo.startfoto.room.workshop_id)
    closed = session.get_one(Round, photo.vote.round_id).closed_at
    assert closed is not None
    workshop.held_on = closed.date()
    session.add(workshop)
    for place, person in enumerate(photo.startfoto.room.people):
        joined = session.get_one(Participant, person)
        joined.joined_at = closed - timedelta(days=2) if place < people else closed
        session.add(joined)


def _was_shared(session: Session, *, baseline_id: int, until: date = date(2024, 5, 1)) -> None:
    baseline = session.get_one(Baseline, baseline_id)
    baseline.open_until, baseline.is_shared_outside = until, True
