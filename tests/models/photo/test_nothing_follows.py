"""From all that is ever shown of statements nothing follows about fewer than five people, by whatever subtraction.

Gathered at every moment: while they are open, with each answer more, and once they are closed and shown; by statement,
by the picture with its themes, and by the command line. Each number is traced to the people behind it, which only this
test knows. Of one statement, sums and differences tell of no smaller set than the atoms, the finest parts into which
the shown sets divide who answered it: each holds five people or none. A theme adds up what stands beside its
statements, and no more.
"""

import json
from collections import Counter
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.basics.words import Phase
from models.photo.answers import StatementAnswers, read_answers
from models.picture.picture import EVERYONE, PictureTheme
from models.picture.reading import read_picture
from models.room_state import read_state
from models.storage.database import reading
from models.storage.writing import write
from models.voting.methods import SCORING
from models.voting.results import results
from models.voting.round import reveal_round
from tests.builders import LEADER, cast, close
from tests.builders.photo import Photo, come, make_photo, positive, said

FIVE = 5
GROUPS = ("Bewoners", "Gemeenschappen", "Gemeente")
CHOICES = [choice.value for choice in SCORING.choices]
LIFELIKE = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# Who comes, with an answer or none on each of five statements about four themes.
ANSWERING = st.lists(
    st.tuples(
        st.sampled_from([*GROUPS, None]),
        st.lists(
            st.one_of(st.sampled_from(CHOICES), st.sampled_from([*CHOICES, None])), min_size=5, max_size=5
        ),
    ),
    min_size=4,
    max_size=22,
)
TEXTS = tuple(f"Stelling {number}: iedereen hoort erbij." for number in range(1, 6))


@given(came=ANSWERING, moment=st.integers(min_value=0, max_value=22))
@LIFELIKE
def test_nothing_follows_by_subtraction(
    sqlite: str, came: list[tuple[str | None, list[str | None]]], moment: int
) -> None:
    photo = make_photo(texts=TEXTS, groups=GROUPS, reversed_ones=(1, 4))
    for place, (group, chosen) in enumerate(came):
        (person,) = come(photo, {group: 1})
        for item, choice in enumerate(chosen):
            if choice is not None:
                cast(photo.vote, person, choice, item=item)
        if place in (3, 4, 5, moment):
            assert list(_numbers_about_choices(photo)) == [], "while they are open nothing is told"

    close(photo.vote)
    write(reveal_round, who=LEADER, round_id=photo.vote.round_id)

    _check_what_is_shown(photo, came)


def _numbers_about_choices(photo: Photo) -> Iterator[object]:
    """Yield every number about choices that anybody may see now."""
    with reading() as session:
        answers = read_answers(session, photo.baseline_id)
        assert answers is not None
        yield from (one for one in answers.statements if one.total is not None or one.rows)
        picture = read_picture(session, photo.baseline_id)
        if picture.phase == Phase.OPEN:
            yield from picture.picture.themes
        (told,) = results(session, photo.room.code)
        yield from (item for item in told["items"] if item["numbers"] is not None or item["rows"])
        state = read_state(session, photo.room.workshop_id)
        assert state is not None
        yield from state.get("result", [])


def _check_what_is_shown(photo: Photo, came: list[tuple[str | None, list[str | None]]]) -> None:
    with reading() as session:
        answers = read_answers(session, photo.baseline_id)
        themes = read_picture(session, photo.baseline_id).picture.themes
        (told,) = results(session, photo.room.code)
    assert answers is not None
    place_of = {statement: place for place, statement in enumerate(photo.statements)}
    groups = {name: str(group_id) for name, group_id in photo.room.groups.items()}
    for one in answers.statements:
        place = place_of[one.statement_id]
        answered = [
            (person, groups[group] if group else "none", chosen[place])
            for person, (group, chosen) in enumerate(came)
            if chosen[place] is not None
        ]
        if one.total is None:
            assert len(answered) < FIVE and one.rows == []
            continue
        assert one.total.counts == {
            value: sum(choice == value for *_, choice in answered) for value in CHOICES
        }
        apart = {row.key for row in one.rows}
        shown = {
            row.key: {
                person
                for person, key, _choice in answered
                if key == row.key or (row.key == "other" and key not in apart)
            }
            for row in one.rows
        }
        for row in one.rows:
            behind = shown[row.key]
            counted = Counter(choice for person, _key, choice in answered if person in behind)
            assert row.spread.counts == {value: counted[value] for value in CHOICES}
        atoms = Counter(
            tuple(sorted(key for key, people in shown.items() if person in people)) for person, *_ in answered
        )
        assert all(size >= FIVE for size in atoms.values()), (one.number, atoms)
    _check_themes(answers.statements, themes)
    # The command line prints the same, and nothing besides.
    printed = {item["text"]: item for item in told["items"]}
    for one in answers.statements:
        item = printed[one.text]
        assert (item["numbers"] is None) == (one.total is None)
        if one.total is not None:
            assert item["numbers"]["counts"] == one.total.counts
        assert [row["counts"] for row in item["rows"]] == [row.spread.counts for row in one.rows]
    assert json.dumps(told)


def _check_themes(statements: list[StatementAnswers], themes: tuple[PictureTheme, ...]) -> None:
    """A row of a theme adds up its statements; not those on which a row has under five opinions."""
    for theme in themes:
        own = [one for one in statements if one.theme_id == theme.id and one.total is not None]
        told = [one for one in own if one.rows and all(said(row.spread) >= FIVE for row in one.rows)]
        # Without five opinions there is no figure at all.
        told = [one for one in told if one.total is not None and said(one.total) >= FIVE]
        expected = Counter[str]()
        for one in told:
            for row in one.rows:
                expected[f"{row.key} said"] += said(row.spread)
                expected[f"{row.key} positive"] += positive(one, row.spread)
        if not told:
            for one in own:
                if one.total is not None and said(one.total) >= FIVE:
                    expected[f"{EVERYONE} said"] += said(one.total)
                    expected[f"{EVERYONE} positive"] += positive(one, one.total)
        shown = Counter[str]()
        for added in theme.rows:
            assert added.people >= FIVE
            shown[f"{added.key} said"], shown[f"{added.key} positive"] = added.answers, added.agree
        assert shown == expected
