"""What an anonymous round shows: no group under five, and no numbers under five votes."""

import json
from collections.abc import Mapping
from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.basics.errors import NotFound
from models.basics.words import Decision, PrincipleStatus, RuleKind, Secrecy
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Principle
from models.voting.after_reveal import show_reasons
from models.voting.decision import Result
from models.voting.results import results
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_people,
    make_round,
    make_workshop,
    round_of,
    row_of,
    rows_of,
)

pytestmark = pytest.mark.both_databases

HALL: dict[str | None, int] = {"Residents": 12, "Communities": 6, "Municipality": 4, "Businesses": 2, None: 3}


def _result(vote: Vote, item: int = 0) -> Result:
    result = round_of(vote).items[item].result
    assert result is not None
    return result


def _of(room: Room, sizes: Mapping[str | None, int], group: str | None) -> list[int]:
    """Return the participants of a group: people joined group by group, in the order of `sizes`."""
    start = 0
    for name, count in sizes.items():
        if name == group:
            return room.people[start : start + count]
        start += count
    raise AssertionError(group)


class TestAtTheOpening:
    def test_groups_under_five_count_together_and_their_phones_know(self, database: str) -> None:
        room = make_workshop(people=HALL)

        vote = make_round(room)

        view = round_of(vote)
        assert [(row.key == "other", row.name) for row in view.rows] == [
            (False, "Residents"),
            (False, "Communities"),
            (True, None),
        ]
        assert sorted(view.joined_groups) == ["Businesses", "Municipality"]
        assert view.joins_people_without_group is True
        with reading() as session:
            rows = {
                group: {row_of(session, vote.round_id, person) for person in _of(room, HALL, group)}
                for group in HALL
            }
        assert rows == {
            "Residents": {str(room.groups["Residents"])},
            "Communities": {str(room.groups["Communities"])},
            "Municipality": {"other"},
            "Businesses": {"other"},
            None: {"other"},
        }

    def test_who_comes_late_goes_to_a_row_that_exists_or_to_the_others(self, database: str) -> None:
        room = make_workshop(people={"Residents": 6, "Communities": 5, "Municipality": 0})
        vote = make_round(room)

        late = [make_people(room, count=1, group=group)[0] for group in ("Residents", "Municipality", None)]

        with reading() as session:
            assert [row_of(session, vote.round_id, person) for person in late] == [
                str(room.groups["Residents"]),
                "other",
                "other",
            ]


class TestAtTheClose:
    def test_large_groups_are_shown_by_themselves_and_small_ones_together(self, database: str) -> None:
        room = make_workshop(people=HALL)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people])
        cast(vote, _of(room, HALL, "Municipality")[0], "objection")

        close_and_reveal(vote)

        assert [(row.name, row.cast, row.counts["objection"]) for row in _result(vote).rows] == [
            ("Residents", 12, 0),
            ("Communities", 6, 0),
            (None, 9, 1),
        ]

    def test_a_group_of_which_few_voted_is_joined_then(self, database: str) -> None:
        sizes: dict[str | None, int] = {"Residents": 12, "Communities": 6, "Municipality": 8}
        room = make_workshop(people=sizes)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in _of(room, sizes, "Residents")])
        cast_all(vote, [(person, "agree") for person in _of(room, sizes, "Municipality")])
        cast_all(vote, [(person, "agree") for person in _of(room, sizes, "Communities")[:3]])

        close_and_reveal(vote)

        assert [(row.key, row.cast) for row in _result(vote).rows] == [
            (str(room.groups["Residents"]), 12),
            ("other", 11),
        ]

    def test_few_votes_on_one_question_join_the_row_for_the_whole_round(self, database: str) -> None:
        sizes: dict[str | None, int] = {"Residents": 12, "Communities": 6, "Municipality": 8}
        room = make_workshop(people=sizes)
        vote = make_round(room, items=2)
        for item, voters in enumerate((room.people, room.people[:12] + room.people[14:])):
            cast_all(vote, [(person, "agree") for person in voters], item=item)

        close_and_reveal(vote)

        for item in (0, 1):
            assert [row.key for row in _result(vote, item).rows] == [str(room.groups["Residents"]), "other"]

    def test_with_fewer_than_two_rows_only_the_total_is_shown(self, database: str) -> None:
        room = make_workshop(people={"Residents": 7, "Communities": 3})
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people])

        close_and_reveal(vote)

        result = _result(vote)
        assert result.rows == []
        assert result.numbers is not None
        assert result.numbers.cast == 10

    def test_after_the_close_the_other_groups_are_named(self, database: str) -> None:
        sizes: dict[str | None, int] = {"Residents": 12, "Communities": 6, "Municipality": 8}
        room = make_workshop(people=sizes)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people[:15] + room.people[18:]])

        close_and_reveal(vote)

        assert sorted(round_of(vote).joined_groups) == ["Communities", "Municipality"]
        assert round_of(vote).joins_people_without_group is False


class TestUnderFiveVotes:
    @pytest.mark.parametrize("voters", [1, 4])
    def test_an_anonymous_round_has_no_outcome_no_number_and_no_reason(
        self, database: str, voters: int
    ) -> None:
        room = make_workshop(people={"Residents": 6, "Communities": 6})
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people[1:voters]])
        cast(vote, room.people[0], "concern", reason="Only I can have said this.")

        close_and_reveal(vote)
        write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)

        result = _result(vote)
        assert (result.decision, result.numbers, result.rows) == (Decision.TOO_FEW, None, [])
        assert round_of(vote).items[0].reasons == []
        assert {row["status"] for row in rows_of(Principle)} == {PrincipleStatus.DRAFT}

    def test_what_one_voter_chose_changes_nothing_that_is_told(self, database: str) -> None:
        told = []
        for choice in ("agree", "objection"):
            room = make_workshop(people=6)
            vote = make_round(room)
            cast(vote, room.people[0], choice)
            close_and_reveal(vote)
            told.append(_result(vote))

        assert told[0] == told[1]

    def test_a_named_round_has_its_outcome(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, secrecy=Secrecy.NAMED)
        cast_all(vote, [(person, "agree") for person in room.people[:3]])

        close_and_reveal(vote)

        assert _result(vote).decision == Decision.ADOPTED

    def test_the_place_among_dots_is_not_told_either(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, items=2, method="dots", rule=RuleKind.TOP, top=1, budget=1)
        cast_all(vote, [(person, "1") for person in room.people[:2]])
        cast_all(vote, [(person, "1") for person in room.people[2:4]], item=1)

        close_and_reveal(vote)

        for item in round_of(vote).items:
            assert item.result is not None
            assert (item.result.numbers, item.result.place, item.result.is_tied) == (None, None, False)

    def test_five_votes_show_numbers_and_reasons(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people[1:]])
        cast(vote, room.people[0], "concern", reason="Who pays?")

        close_and_reveal(vote)

        result = _result(vote)
        assert result.numbers is not None
        assert result.numbers.counts == {"agree": 4, "concern": 1, "objection": 0}
        assert [reason.text for reason in round_of(vote).items[0].reasons] == ["Who pays?"]

    def test_a_question_that_few_answered_hides_only_its_own_numbers(self, database: str) -> None:
        room = make_workshop(people=8)
        vote = make_round(room, items=2)
        cast_all(vote, [(person, "agree") for person in room.people])
        cast_all(vote, [(person, "objection") for person in room.people[:3]], item=1)

        close_and_reveal(vote)

        assert _result(vote).numbers is not None
        assert (_result(vote, 1).decision, _result(vote, 1).numbers) == (Decision.TOO_FEW, None)


def test_the_command_line_shows_no_more_than_that(database: str) -> None:
    room = make_workshop(people={"Residents": 6, "Communities": 3})
    vote = make_round(room, items=2)
    cast_all(vote, [(person, "agree") for person in room.people])
    cast_all(vote, [(person, "agree") for person in room.people[:4]], item=1)

    with reading() as session:
        (while_open,) = results(session, room.code)
    close(vote)
    with reading() as session:
        (told,) = results(session, room.code.lower())

    assert [item["numbers"] for item in while_open["items"]] == [None, None]
    assert [item["decision"] for item in while_open["items"]] == [None, None]
    assert (told["voted"], told["ballots_stored"], told["sources"]) == (9, 13, {"phone": 9})
    assert [item["decision"] for item in told["items"]] == ["adopted", "too few"]
    assert [item["numbers"] is None for item in told["items"]] == [False, True]
    assert [item["rows"] for item in told["items"]] == [[], []]
    assert json.loads(json.dumps(told)) == told


def test_results_of_an_unknown_code_are_not_found(database: str) -> None:
    with reading() as session, pytest.raises(NotFound):
        results(session, "AAAAA")


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.dictionaries(st.sampled_from(["A", "B", "C", None]), st.integers(0, 9), min_size=1),
    choices=st.lists(
        st.tuples(st.booleans(), st.booleans(), st.sampled_from(["agree", "concern", "objection"])),
        min_size=36,
        max_size=36,
    ),
)
def test_nothing_that_is_shown_tells_of_fewer_than_five_people(
    sqlite: str, sizes: dict[str | None, int], choices: list[tuple[bool, bool, str]]
) -> None:
    room = make_workshop(people=sizes)
    vote = make_round(room, items=2, rule=RuleKind.WITHOUT_OBJECTION, share=50)
    for item in (0, 1):
        cast_all(
            vote,
            [
                (person, choice[2])
                for person, choice in zip(room.people, choices, strict=False)
                if choice[item]
            ],
            item=item,
        )

    close_and_reveal(vote)

    for shown_item in round_of(vote).items:
        result = shown_item.result
        assert result is not None
        shown = asdict(result)
        if result.numbers is None:
            assert shown["rows"] == []
            continue
        assert result.numbers.cast >= 5
        assert len(result.rows) != 1
        assert all(row.cast >= 5 for row in result.rows)
        if result.rows:
            assert sum(row.cast for row in result.rows) == result.numbers.cast
