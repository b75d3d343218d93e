"""Who comes late, who leaves, who changes group while a round is open: what counts, and where."""

import pytest

from models.basics.errors import NotAdmitted
from models.basics.keys import new_token
from models.basics.words import Door, Secrecy, Source
from models.joining.joining import join
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant, RoundParticipant
from models.voting.ballot import ParticipantBallot, cast_ballot
from models.workshop.electorate import Standing, standings_in
from models.workshop.participant import admit, change_group, come_back, leave, remove
from models.workshop.people import count_people
from models.workshop.workshop import set_door
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
    rows_of,
)


def _standing(vote: Vote, person: int) -> Standing:
    with reading() as session:
        group_id = session.get_one(Participant, person).group_id
        return standings_in(session, vote.round_id, {person: group_id})[person]


def _rows(vote: Vote) -> dict[str, int]:
    result = round_of(vote).items[0].result
    assert result is not None
    return {row.name or row.key: row.cast for row in result.rows}


class TestComingLate:
    def test_who_comes_during_a_round_votes_in_the_row_of_the_group(self, database: str) -> None:
        room = make_workshop(people={"Residents": 6, "Communities": 6})
        vote = make_round(room)
        (late,) = make_people(room, count=1, group="Communities")

        cast_all(vote, [(person, "agree") for person in room.people])
        close_and_reveal(vote)

        assert _standing(vote, late).may_vote
        assert _rows(vote) == {"Residents": 6, "Communities": 7}
        assert round_of(vote).electorate == 13

    def test_a_latecomer_of_a_group_without_a_row_counts_in_other_groups(self, database: str) -> None:
        room = make_workshop(people={"Residents": 6, "Communities": 0})
        vote = make_round(room)

        (late,) = make_people(room, count=1, group="Communities")

        assert _standing(vote, late) == Standing(may_vote=True, row="other", counts_elsewhere=False)

    def test_who_comes_after_the_close_votes_in_the_next_round(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room)
        close(vote)
        (late,) = make_people(room, count=1)

        assert _standing(vote, late) == Standing(may_vote=False, row=None, counts_elsewhere=False)
        assert _standing(vote, room.people[0]).may_vote
        assert round_of(vote).electorate == 6
        assert _standing(make_round(room), late).may_vote

    def test_who_waits_at_the_door_votes_once_let_in(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = make_round(room)
        write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)
        late = write(join, code=room.code, phone_token=new_token()).participant_id

        with pytest.raises(NotAdmitted):
            cast(vote, late)
        at_the_door = round_of(vote).electorate
        write(admit, who=LEADER, participant_ids=[late])
        cast(vote, late, "concern")

        assert (at_the_door, round_of(vote).electorate) == (5, 6)
        assert round_of(vote).voted == 1


class TestLeaving:
    @pytest.mark.parametrize("secrecy", list(Secrecy))
    def test_a_vote_stands_after_its_voter_left(self, database: str, secrecy: Secrecy) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, secrecy=secrecy)
        cast_all(vote, [(person, "agree") for person in room.people])

        write(leave, participant_id=room.people[0])
        with pytest.raises(NotAdmitted):
            cast(vote, room.people[0], "objection")
        close_and_reveal(vote)

        found = round_of(vote)
        assert (found.voted, found.present) == (6, 6)
        result = found.items[0].result
        assert result is not None and result.numbers is not None
        assert result.numbers.counts["agree"] == 6

    def test_who_left_without_a_vote_is_not_present_for_the_quorum(self, database: str) -> None:
        room = make_workshop(people=10)
        vote = make_round(room, quorum=60)
        cast_all(vote, [(person, "agree") for person in room.people[:5]])

        for person in room.people[8:]:
            write(leave, participant_id=person)
        close_and_reveal(vote)

        found = round_of(vote)
        assert (found.present, found.voted) == (8, 5)
        assert found.items[0].result is not None
        assert found.items[0].result.decision == "adopted"

    def test_who_comes_back_may_change_the_vote_and_counts_once(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people])

        write(leave, participant_id=room.people[0])
        write(come_back, participant_id=room.people[0])
        cast(vote, room.people[0], "objection")
        close_and_reveal(vote)

        result = round_of(vote).items[0].result
        assert result is not None and result.numbers is not None
        assert result.numbers.counts == {"agree": 5, "concern": 0, "objection": 1}

    def test_the_vote_of_who_was_removed_stands_and_cannot_be_changed(self, database: str) -> None:
        room = make_workshop(people=6)
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people])

        write(remove, who=LEADER, participant_id=room.people[0])

        with pytest.raises(NotAdmitted):
            cast(vote, room.people[0], "objection")
        assert round_of(vote).voted == 6
        with reading() as session:
            assert count_people(session, room.workshop_id) == 5


class TestChangingGroup:
    def test_in_an_open_round_the_vote_counts_where_it_stood(self, database: str) -> None:
        room = make_workshop(people={"Residents": 6, "Communities": 6})
        vote = make_round(room)
        mover = room.people[0]

        write(change_group, participant_id=mover, group_id=room.groups["Communities"])
        cast_all(vote, [(person, "agree") for person in room.people])

        assert _standing(vote, mover) == Standing(True, str(room.groups["Residents"]), counts_elsewhere=True)
        close_and_reveal(vote)
        assert _rows(vote) == {"Residents": 6, "Communities": 6}

    def test_the_next_round_counts_it_in_the_new_group(self, database: str) -> None:
        room = make_workshop(people={"Residents": 6, "Communities": 6})
        close(make_round(room))
        mover = room.people[0]
        write(change_group, participant_id=mover, group_id=room.groups["Communities"])

        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people])

        assert not _standing(vote, mover).counts_elsewhere
        close_and_reveal(vote)
        assert _rows(vote) == {"Residents": 5, "Communities": 7}

    def test_between_two_small_groups_nothing_changes_for_this_round(self, database: str) -> None:
        room = make_workshop(people={"Residents": 6, "Communities": 2, "Businesses": 3})
        vote = make_round(room)
        mover = room.people[6]

        write(change_group, participant_id=mover, group_id=room.groups["Businesses"])

        assert _standing(vote, mover) == Standing(may_vote=True, row="other", counts_elsewhere=False)

    def test_after_an_anonymous_close_nobody_can_tell_where_somebody_stood(self, database: str) -> None:
        room = make_workshop(people={"Residents": 6, "Communities": 6})
        vote = make_round(room)
        close(vote)

        write(change_group, participant_id=room.people[0], group_id=room.groups["Communities"])

        assert _standing(vote, room.people[0]) == Standing(may_vote=True, row=None, counts_elsewhere=False)


def _by(vote: Vote, room: Room, person: int, source: Source) -> None:
    write(
        cast_ballot,
        ballot=ParticipantBallot(
            participant_id=room.people[person],
            round_id=vote.round_id,
            item_id=vote.items[0],
            choice="agree",
            source=source,
        ),
    )


def test_the_count_says_by_what_each_vote_came_last(database: str) -> None:
    room = make_workshop(people=3)
    vote = make_round(room)

    _by(vote, room, 0, Source.PHONE)
    _by(vote, room, 1, Source.PHONE)
    _by(vote, room, 1, Source.SHARED)
    _by(vote, room, 2, Source.SHARED)
    _by(vote, room, 2, Source.PHONE)
    close(vote)

    assert round_of(vote).sources == {"phone": 2, "shared": 1}
    assert {row["source"] for row in rows_of(RoundParticipant)} == {"phone", "shared"}
