"""Paper ballot sheets: one is one participant's, counted once, corrected or taken back while the round is open."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.basics.errors import (
    InvalidValue,
    NotAdmitted,
    NotFound,
    PersonalCodeUnknown,
    RoundClosed,
    SheetEmpty,
    SheetKnown,
    VotedByPhone,
)
from models.basics.keys import new_token
from models.basics.words import Secrecy, Source
from models.joining.joining import join
from models.joining.voice import add_voice
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Ballot, Event, PaperSheet, Participant, RoundParticipant
from models.voting.paper import SheetEntered, enter_paper_ballots, sheets_of, take_back_sheet
from models.voting.round_views import ballots_of, ballots_stored, read_round
from models.workshop.participant import leave, make_personal_codes, remove
from models.workshop.people import count_people, list_participants, people_here
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_round,
    make_workshop,
    rows_of,
)

pytestmark = pytest.mark.both_databases


@pytest.fixture(params=[Secrecy.ANONYMOUS, Secrecy.NAMED], ids=["anonymous", "named"])
def secrecy(request: pytest.FixtureRequest) -> Secrecy:
    return Secrecy(request.param)


_requests = iter(range(1_000_000))


def _enter(vote: Vote, *choices: str, code: str = "", request_id: str = "", **more: object) -> SheetEntered:
    """Type a sheet with a choice for each item; an empty one was left open."""
    entered = write(
        enter_paper_ballots,
        who=LEADER,
        round_id=vote.round_id,
        choices=dict(zip(vote.items, choices, strict=False)),
        code=code,
        request_id=request_id or f"sheet {next(_requests)}",
        **more,
    )
    assert isinstance(entered, SheetEntered)
    return entered


def _codes(room: Room, count: int = 1, group: str | None = None) -> list[str]:
    made: list[str] = write(
        make_personal_codes,
        who=LEADER,
        workshop_id=room.workshop_id,
        count=count,
        group_id=room.groups[group] if group else None,
    )
    return made


def _stored(vote: Vote, person: int) -> list[str | None]:
    with reading() as session:
        found = ballots_of(session, vote.round_id, person)
    return [found[item].choice if item in found else None for item in vote.items]


def _people(room: Room) -> int:
    with reading() as session:
        return count_people(session, room.workshop_id)


def _sources(vote: Vote) -> dict[str, int] | None:
    with reading() as session:
        return read_round(session, vote.round_id).sources


def _ballots(vote: Vote) -> int:
    with reading() as session:
        return ballots_stored(session, vote.round_id)


def test_a_sheet_without_a_code_is_a_new_participant_with_one(database: str, secrecy: Secrecy) -> None:
    room = make_workshop(people=5)
    vote = make_round(room, items=2, secrecy=secrecy)

    entered = _enter(vote, "agree", "objection", group_id=room.groups["Residents"])

    assert (entered.number, entered.is_newcomer, len(entered.personal_code)) == (6, True, 8)
    assert _stored(vote, entered.participant_id) == ["agree", "objection"]
    with reading() as session:
        people = people_here(session, room.workshop_id)
    assert people.by_source == {Source.PHONE: 5, Source.PAPER: 1}
    assert {group.name: group.count for group in people.groups}["Residents"] == 1


def test_a_printed_code_is_that_participant_and_keeps_its_group(database: str) -> None:
    room = make_workshop(people={"Residents": 5})
    (code,) = _codes(room, group="Residents")
    vote = make_round(room)

    entered = _enter(
        vote, "concern", code=f" {code[:4].lower()} {code[4:]} ", reasons={vote.items[0]: " Who pays? "}
    )

    with reading() as session:
        (person,) = [one for one in list_participants(session, room.workshop_id) if one.personal_code == code]
        stored = ballots_of(session, vote.round_id, entered.participant_id)[vote.items[0]]
    assert (person.id, person.group, person.source) == (entered.participant_id, "Residents", Source.PAPER)
    assert (stored.choice, stored.reason) == ("concern", "Who pays?")


def test_a_sheet_may_leave_items_open_but_not_all(database: str) -> None:
    room = make_workshop(people=1)
    vote = make_round(room, items=3)

    entered = _enter(vote, "agree", "", "concern")
    with pytest.raises(SheetEmpty):
        _enter(vote, "", "", "")

    assert _stored(vote, entered.participant_id) == ["agree", None, "concern"]
    assert _people(room) == 2


def test_a_sheet_is_stored_whole_or_not_at_all(database: str) -> None:
    room = make_workshop(people=1)
    vote = make_round(room, items=2)

    for choices in (("agree", "perhaps"), ("agree", "agree")):
        with pytest.raises((InvalidValue, NotFound)):
            write(
                enter_paper_ballots,
                who=LEADER,
                round_id=vote.round_id,
                choices={
                    vote.items[0]: choices[0],
                    (vote.items[1] if choices[1] == "perhaps" else 999): choices[1],
                },
                request_id="r",
            )

    assert (_people(room), _ballots(vote), rows_of(PaperSheet)) == (1, 0, [])


def test_a_retry_is_harmless(database: str, secrecy: Secrecy) -> None:
    room = make_workshop(people=1)
    vote = make_round(room, items=2, secrecy=secrecy)

    first = _enter(vote, "agree", "concern", request_id="sheet")
    again = _enter(vote, "agree", "concern", request_id="sheet")

    assert again == first
    assert (_people(room), _ballots(vote)) == (2, 2)


def test_the_same_code_twice_is_told_and_counts_once(database: str, secrecy: Secrecy) -> None:
    room = make_workshop(people=5)
    (code,) = _codes(room)
    vote = make_round(room, secrecy=secrecy)
    first = _enter(vote, "agree", code=code)

    with pytest.raises(SheetKnown) as told:
        _enter(vote, "objection", code=code)

    assert (told.value.number, told.value.entered_by) == (first.number, LEADER)
    assert _stored(vote, first.participant_id) == ["agree"]
    close(vote)
    assert _sources(vote) == {"paper": 1}


def test_a_sheet_typed_again_as_a_correction_replaces_the_first(database: str, secrecy: Secrecy) -> None:
    room = make_workshop(people=5)
    (code,) = _codes(room)
    vote = make_round(room, items=2, secrecy=secrecy)
    first = _enter(vote, "agree", "agree", code=code)

    again = _enter(vote, "", "objection", code=code, replaces=True)

    assert again.participant_id == first.participant_id
    assert _stored(vote, first.participant_id) == [None, "objection"]
    with reading() as session:
        assert len(sheets_of(session, vote.round_id)) == 1


def _place(vote: Vote, person: int) -> tuple[int | None, str | None]:
    """Return somebody's group, and the row in which they count."""
    [found] = [row for row in rows_of(Participant) if row["id"] == person]
    rows = [row["row"] for row in rows_of(RoundParticipant) if row["participant_id"] == person]
    return found["group_id"], rows[0] if rows else None


@pytest.mark.parametrize("has_code", [True, False], ids=["a printed code", "no code"])
def test_a_wrong_group_is_put_right_by_typing_the_sheet_again(database: str, has_code: bool) -> None:
    room = make_workshop(people={"Residents": 6, "Communities": 6})
    wrong, right = room.groups["Residents"], room.groups["Communities"]
    vote = make_round(room)
    entered = _enter(vote, "agree", code=_codes(room)[0] if has_code else "", group_id=wrong)
    before = _place(vote, entered.participant_id)
    number = str(entered.number)

    _enter(vote, "agree", code=number, group_id=right, replaces=True)
    after = _place(vote, entered.participant_id)
    _enter(vote, "concern", code=number, replaces=True)

    assert before == (wrong, str(wrong))
    assert after == _place(vote, entered.participant_id) == (right, str(right))


def test_a_wrong_group_goes_with_the_sheet_that_is_taken_back(database: str) -> None:
    room = make_workshop(people={"Residents": 6, "Communities": 6})
    (code,) = _codes(room)
    vote = make_round(room)
    entered = _enter(vote, "agree", code=code, group_id=room.groups["Residents"])

    write(take_back_sheet, who=LEADER, round_id=vote.round_id, participant_id=entered.participant_id)
    without = _place(vote, entered.participant_id)
    _enter(vote, "agree", code=code, group_id=room.groups["Communities"])

    assert without == (None, None)
    assert _place(vote, entered.participant_id)[0] == room.groups["Communities"]


def test_a_printed_group_stands_whatever_is_typed_beside_it(database: str) -> None:
    room = make_workshop(people={"Residents": 6, "Communities": 6})
    (code,) = _codes(room, group="Residents")
    vote = make_round(room)
    printed = (room.groups["Residents"], str(room.groups["Residents"]))
    entered = _enter(vote, "agree", code=code, group_id=room.groups["Communities"])
    first = _place(vote, entered.participant_id)

    _enter(vote, "agree", code=code, group_id=room.groups["Communities"], replaces=True)

    assert first == _place(vote, entered.participant_id) == printed


def test_a_number_stands_for_its_code_on_paper_only(database: str) -> None:
    room = make_workshop(people=2)
    _codes(room)
    vote = make_round(room)

    entered = _enter(vote, "agree", code="3")
    for number in ("1", "99"):
        with pytest.raises(PersonalCodeUnknown):
            _enter(vote, "agree", code=number)

    assert entered.number == 3
    assert _stored(vote, room.people[0]) == [None]


def test_an_unknown_code_is_told_and_nobody_comes_in(database: str) -> None:
    room, other = make_workshop(people=1), make_workshop(people=1)
    (elsewhere,) = _codes(other)
    vote = make_round(room)

    for code in ("AAAA3333", elsewhere):
        with pytest.raises(PersonalCodeUnknown):
            _enter(vote, "agree", code=code)

    assert _people(room) == 1


class TestPhoneAndPaperAreOneVoice:
    def test_who_joins_by_the_code_after_handing_in_paper_is_that_participant(self, database: str) -> None:
        room = make_workshop(people=5)
        (code,) = _codes(room)
        vote = make_round(room)
        entered = _enter(vote, "agree", code=code)

        joined = write(join, code=room.code, phone_token=new_token(), personal_code=code)

        assert joined.participant_id == entered.participant_id
        assert _people(room) == 6
        assert _stored(vote, joined.participant_id) == ["agree"]
        close(vote)
        assert _sources(vote) == {"paper": 1}

    def test_a_vote_by_phone_after_the_paper_takes_its_place(self, database: str, secrecy: Secrecy) -> None:
        room = make_workshop(people=5)
        (code,) = _codes(room)
        vote = make_round(room, secrecy=secrecy)
        entered = _enter(vote, "agree", code=code)
        write(join, code=room.code, phone_token=new_token(), personal_code=code)

        cast(vote, entered.participant_id, "objection", source=Source.PHONE)

        for attempt in (
            lambda: _enter(vote, "agree", code=code, replaces=True),
            lambda: write(
                take_back_sheet, who=LEADER, round_id=vote.round_id, participant_id=entered.participant_id
            ),
        ):
            with pytest.raises(VotedByPhone):
                attempt()
        assert _stored(vote, entered.participant_id) == ["objection"]
        close(vote)
        assert _sources(vote) == {"phone": 1}

    def test_paper_never_takes_the_place_of_a_vote_by_phone(self, database: str, secrecy: Secrecy) -> None:
        room = make_workshop(people=2)
        code = next(str(row["personal_code"]) for row in rows_of(Participant) if row["id"] == room.people[0])
        vote = make_round(room, secrecy=secrecy)
        cast(vote, room.people[0], "concern")

        for replaces in (False, True):
            with pytest.raises(VotedByPhone):
                _enter(vote, "agree", code=code, replaces=replaces)

        assert _stored(vote, room.people[0]) == ["concern"]

    def test_who_has_a_phone_may_hand_in_paper_instead(self, database: str) -> None:
        room = make_workshop(people=2)
        code = next(str(row["personal_code"]) for row in rows_of(Participant) if row["id"] == room.people[0])
        vote = make_round(room)

        entered = _enter(vote, "concern", code=code)

        assert (entered.participant_id, entered.is_newcomer) == (room.people[0], False)
        close(vote)
        assert _sources(vote) == {"paper": 1}
        assert _people(room) == 2

    def test_a_code_on_a_shared_phone_and_on_paper_is_one_voice(self, database: str) -> None:
        room = make_workshop(people=1)
        (code,) = _codes(room)
        first = make_round(room)
        entered = _enter(first, "agree", code=code)
        close(first)

        added = write(add_voice, code=room.code, phone_token=room.phones[0], personal_code=code)

        assert added.participant_id == entered.participant_id
        assert _people(room) == 2


class TestTakenBack:
    def test_who_came_in_by_the_sheet_goes_with_it(self, database: str, secrecy: Secrecy) -> None:
        room = make_workshop(people=5)
        vote = make_round(room, items=2, secrecy=secrecy)
        entered = _enter(vote, "agree", "agree")

        write(take_back_sheet, who=LEADER, round_id=vote.round_id, participant_id=entered.participant_id)

        assert (_people(room), _ballots(vote), rows_of(PaperSheet)) == (5, 0, [])
        with reading() as session:
            assert read_round(session, vote.round_id).electorate == 5

    def test_the_printed_code_can_be_used_again(self, database: str) -> None:
        room = make_workshop(people=5)
        (code,) = _codes(room, group="Residents")
        vote = make_round(room)
        entered = _enter(vote, "agree", code=code)
        write(take_back_sheet, who=LEADER, round_id=vote.round_id, participant_id=entered.participant_id)

        again = _enter(vote, "objection", code=code)

        assert (again.participant_id, again.is_newcomer) == (entered.participant_id, True)
        assert _stored(vote, entered.participant_id) == ["objection"]

    def test_who_was_in_the_room_before_stays(self, database: str) -> None:
        room = make_workshop(people=2)
        code = next(str(row["personal_code"]) for row in rows_of(Participant) if row["id"] == room.people[0])
        vote = make_round(room)
        _enter(vote, "agree", code=code)

        write(take_back_sheet, who=LEADER, round_id=vote.round_id, participant_id=room.people[0])

        assert (_people(room), _ballots(vote)) == (2, 0)

    def test_what_was_never_entered_cannot_be_taken_back(self, database: str) -> None:
        room = make_workshop(people=2)
        vote = make_round(room)
        cast(vote, room.people[0], "agree")

        with pytest.raises(NotFound):
            write(take_back_sheet, who=LEADER, round_id=vote.round_id, participant_id=room.people[0])

        assert _stored(vote, room.people[0]) == ["agree"]


class TestWhoLeft:
    def test_who_went_home_and_left_a_sheet_is_counted(self, database: str) -> None:
        room = make_workshop(people=2)
        code = next(str(row["personal_code"]) for row in rows_of(Participant) if row["id"] == room.people[0])
        vote = make_round(room)
        write(leave, participant_id=room.people[0])

        _enter(vote, "agree", code=code)

        assert (_people(room), _ballots(vote)) == (2, 1)

    def test_who_was_removed_is_not_counted_through_paper(self, database: str) -> None:
        room = make_workshop(people=2)
        code = next(str(row["personal_code"]) for row in rows_of(Participant) if row["id"] == room.people[0])
        vote = make_round(room)
        write(remove, who=LEADER, participant_id=room.people[0])

        with pytest.raises(NotAdmitted):
            _enter(vote, "agree", code=code)

        assert _ballots(vote) == 0


class TestAfterTheClose:
    def test_nothing_is_entered_or_taken_back(self, database: str, secrecy: Secrecy) -> None:
        room = make_workshop(people=5)
        vote = make_round(room, secrecy=secrecy)
        entered = _enter(vote, "agree")
        close(vote)

        with pytest.raises(RoundClosed):
            _enter(vote, "agree")
        with pytest.raises(RoundClosed):
            write(take_back_sheet, who=LEADER, round_id=vote.round_id, participant_id=entered.participant_id)

    def test_who_handed_in_a_sheet_is_forgotten_and_how_many_is_kept(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = make_round(room)
        entered = [_enter(vote, "agree"), _enter(vote, "objection")]
        assert len(rows_of(PaperSheet)) == 2

        close(vote)

        assert rows_of(PaperSheet) == []
        assert _sources(vote) == {"paper": 2}
        for sheet in entered:
            assert _stored(vote, sheet.participant_id) == [None]

    def test_no_event_names_a_choice(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = make_round(room)
        _enter(vote, "objection", reasons={vote.items[0]: "Te duur voor ons."})

        close(vote)

        (told,) = [row for row in rows_of(Event) if row["what"] == "paper sheet typed"]
        assert told["details"] == {"workshop": room.code, "round": 1, "number": 6}
        assert "Te duur" not in repr(rows_of(Event))

    def test_few_sheets_tell_only_how_many_they_were(self, database: str) -> None:
        room = make_workshop(people={"Residents": 6})
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people])
        _enter(vote, "objection", group_id=room.groups["Residents"])

        close_and_reveal(vote)

        with reading() as session:
            found = read_round(session, vote.round_id)
        assert found.sources == {"phone": 6, "paper": 1}
        result = found.items[0].result
        assert result is not None and result.numbers is not None
        assert result.numbers.counts == {"agree": 6, "concern": 0, "objection": 1}
        assert result.rows == []
        assert {row["row"] for row in rows_of(RoundParticipant)} == {None}
        assert len({row["voter_key"] for row in rows_of(Ballot)}) == 7


def test_sheets_are_listed_last_first_without_choices(database: str) -> None:
    room = make_workshop(people={"Residents": 1})
    (code,) = _codes(room, group="Residents")
    vote = make_round(room)
    _enter(vote, "agree", code=code)
    last = _enter(vote, "objection")

    with reading() as session:
        first_shown, second_shown = sheets_of(session, vote.round_id)

    assert (first_shown.participant_id, first_shown.group) == (last.participant_id, None)
    assert (second_shown.personal_code, second_shown.group, second_shown.entered_by) == (
        code,
        "Residents",
        LEADER,
    )
    assert "objection" not in repr(first_shown)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(["agree", "concern", "objection", "phone", "back"])),
        max_size=20,
    )
)
def test_whatever_is_typed_and_tapped_in_whatever_order_one_code_is_at_most_one_vote(
    sqlite: str, steps: list[tuple[int, str]]
) -> None:
    room = make_workshop(people=1)
    codes = _codes(room, 4)
    ids = {row["personal_code"]: int(row["id"]) for row in rows_of(Participant)}
    vote = make_round(room)
    expected: dict[str, tuple[str, str]] = {}

    for place, step in steps:
        code = codes[place]
        source = expected.get(code, ("", ""))[1]
        if step == "phone":
            joined = write(join, code=room.code, phone_token=new_token(), personal_code=code)
            cast(vote, joined.participant_id, "concern", source=Source.PHONE)
            expected[code] = ("concern", "phone")
        elif step == "back":
            if source == "paper":
                write(take_back_sheet, who=LEADER, round_id=vote.round_id, participant_id=ids[code])
                del expected[code]
        elif source == "phone":
            with pytest.raises((VotedByPhone, SheetKnown)):
                _enter(vote, step, code=code)
        else:
            _enter(vote, step, code=code, replaces=source == "paper")
            expected[code] = (step, "paper")
    close(vote)

    stored = sorted(str(row["choice"]) for row in rows_of(Ballot) if row["round_item_id"] in vote.items)
    assert stored == sorted(choice for choice, _source in expected.values())
    sources = [source for _choice, source in expected.values()]
    assert _sources(vote) == {source: sources.count(source) for source in set(sources)}
