"""What tables take along: one idea each, changed by anybody of the table, and never without being noticed."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models.alliance.alliance import read_alliance
from models.basics.clock import now
from models.basics.errors import (
    ChangedMeanwhile,
    NoMeetingAhead,
    NotAdmitted,
    NotFound,
    NotSeated,
    TextMissing,
    TextTooLong,
    WorkshopOver,
)
from models.drafting.support import SupportGiven
from models.drafting.views import proposals_for_facilitator
from models.encounters.forgetting import KEPT_DAYS, forget_evenings
from models.encounters.ideas import (
    IdeaView,
    by_support,
    ideas_supported_by,
    last_table,
    list_ideas,
    propose_idea,
    send_idea,
    show_idea,
    support_idea,
)
from models.own_data.reading import own_data
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Idea, Proposal, Workshop
from models.workshop.participant import leave
from models.workshop.workshop import end_workshop, workshop_with
from tests.builders import LEADER, Room, make_people
from tests.builders.evening import begin, divide, make_evening

pytestmark = pytest.mark.both_databases
WORDS = "Eén straattafel per maand 🍲"


def _send(
    person: int, text: str = WORDS, *, step: str = "Drie buren vragen", taker: str = "", version: int = 0
) -> IdeaView:
    sent: IdeaView = write(
        send_idea, participant_id=person, text=text, first_step=step, taker=taker, version=version
    )
    return sent


def _evening() -> Room:
    room = make_evening(8)
    divide(room)
    begin(room, 1)
    return room


def _mates(room: Room) -> list[int]:
    """Return the people of one table."""
    with reading() as session:
        at = {person: last_table(session, room.workshop_id, person) for person in room.people}
    return [person for person, table in at.items() if table == at[room.people[0]]]


def test_a_table_has_one_idea_which_anybody_of_it_may_change(database: str) -> None:
    room = _evening()
    one, other, *_rest = _mates(room)

    first = _send(one)
    again = _send(one)
    changed = _send(other, "Elke maand soep op straat", version=first.version)

    assert (first.version, again.version, changed.version) == (1, 1, 2)
    with reading() as session:
        (idea,) = list_ideas(session, room.workshop_id)
        assert (idea.text, idea.is_wish, idea.is_shown) == ("Elke maand soep op straat", False, False)
        assert [told.text for told in own_data(session, other).ideas] == ["Elke maand soep op straat"]
        assert own_data(session, one).ideas == []


def test_two_phones_of_a_table_do_not_write_over_each_other(database: str) -> None:
    room = _evening()
    one, other, *_rest = _mates(room)
    _send(one)

    with pytest.raises(ChangedMeanwhile):
        _send(other, "Iets anders")

    with reading() as session:
        assert [idea.text for idea in list_ideas(session, room.workshop_id)] == [WORDS]


def test_what_everybody_reads_is_not_changed_any_more_until_it_is_taken_off(database: str) -> None:
    room = _evening()
    idea = _send(room.people[0], step="")
    for _ in range(2):
        write(show_idea, who=LEADER, idea_id=idea.id, is_shown=True)

    with pytest.raises(ChangedMeanwhile):
        _send(room.people[0], "Toch iets anders", version=1)
    write(show_idea, who=LEADER, idea_id=idea.id, is_shown=False)
    _send(room.people[0], "Toch iets anders", version=1)

    with reading() as session:
        (found,) = list_ideas(session, room.workshop_id)
    assert (found.text, found.is_shown, found.is_wish) == ("Toch iets anders", False, False)


def test_who_sat_nowhere_or_left_or_comes_too_late_sends_nothing(database: str) -> None:
    room = make_evening(4)
    with pytest.raises(NotSeated):
        _send(room.people[0])
    divide(room)
    begin(room, 1)
    with pytest.raises(TextMissing):
        _send(room.people[0], "  ")
    with pytest.raises(TextTooLong):
        _send(room.people[0], "x" * 401)
    write(leave, participant_id=room.people[1])
    with pytest.raises(NotAdmitted):
        _send(room.people[1])
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    with pytest.raises(WorkshopOver):
        _send(room.people[0])


def test_a_latecomer_speaks_for_the_table_where_they_were_seated(database: str) -> None:
    room = _evening()
    (late,) = make_people(room, count=1)

    sent = _send(late)

    with reading() as session:
        assert sent.table == last_table(session, room.workshop_id, late)


def test_an_idea_becomes_a_proposal_once_with_its_table_as_source(database: str) -> None:
    room = _evening()
    idea = _send(room.people[0])

    codes = {
        write(propose_idea, who=LEADER, idea_id=idea.id, table_name="Tafel 1, rode zon") for _ in range(2)
    }

    with reading() as session:
        (proposal,) = session.exec(select(Proposal)).all()
        meeting = session.get_one(Workshop, proposal.workshop_id)
        assert (proposal.idea_id, proposal.table_name, proposal.text) == (idea.id, "Tafel 1, rode zon", WORDS)
        assert proposal.shown_at is not None and proposal.participant_id is None
        assert codes == {meeting.code} == {list_ideas(session, room.workshop_id)[0].proposal_code}
        assert read_alliance(session, room.alliance_id).id == meeting.alliance_id


def test_without_a_meeting_of_the_alliance_ahead_it_says_so(database: str) -> None:
    room = _evening()
    idea = _send(room.people[0])
    with reading() as session:
        others = session.exec(select(Workshop.id).where(Workshop.id != room.workshop_id)).all()
    for other in others:
        write(end_workshop, who=LEADER, workshop_id=other)

    with pytest.raises(NoMeetingAhead):
        write(propose_idea, who=LEADER, idea_id=idea.id, table_name="Tafel 1")


def test_after_thirty_days_the_idea_stays_without_who_typed_it_or_takes_it(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = _evening()
    _send(room.people[0], taker="Anna Visser")
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    later = now() + timedelta(days=KEPT_DAYS, minutes=1)
    monkeypatch.setattr("models.encounters.forgetting.now", lambda: later)

    write(forget_evenings)

    with reading() as session:
        (idea,) = session.exec(select(Idea)).all()
    assert (idea.text, idea.participant_id, idea.taker) == (WORDS, None, "")
    assert write(forget_evenings) == 0


def _support(person: int, idea_id: int, *, on: bool = True) -> SupportGiven:
    given: SupportGiven = write(support_idea, participant_id=person, idea_id=idea_id, on=on)
    return given


def _elsewhere(room: Room) -> list[int]:
    return [person for person in room.people if person not in _mates(room)]


def test_a_shown_idea_is_supported_once_by_each_as_a_proposal_is(database: str) -> None:
    room = _evening()
    idea = _send(room.people[0])
    one, other, *_rest = _elsewhere(room)
    with pytest.raises(NotFound):
        _support(one, idea.id)
    write(show_idea, who=LEADER, idea_id=idea.id, is_shown=True)

    counts = [_support(one, idea.id).count, _support(one, idea.id).count, _support(other, idea.id).count]
    back = _support(one, idea.id, on=False)

    assert (counts, back.is_on, back.count) == ([1, 1, 2], False, 1)
    with reading() as session:
        assert [found.support for found in list_ideas(session, room.workshop_id)] == [1]
        assert ideas_supported_by(session, other) == {idea.id}
        assert [(told.kind, told.text) for told in own_data(session, other).supports] == [("idea", WORDS)]


def test_who_may_not_support_an_idea(database: str) -> None:
    room, elsewhere = _evening(), make_evening(2)
    idea = _send(room.people[0])
    write(show_idea, who=LEADER, idea_id=idea.id, is_shown=True)
    one = _elsewhere(room)[0]
    for person in (_mates(room)[1], elsewhere.people[0]):
        with pytest.raises(NotFound):
            _support(person, idea.id)
    write(leave, participant_id=one)
    with pytest.raises(NotAdmitted):
        _support(one, idea.id)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    with pytest.raises(WorkshopOver):
        _support(_elsewhere(room)[1], idea.id)


def test_other_words_have_no_support_yet_and_the_same_words_keep_theirs(database: str) -> None:
    room = _evening()
    idea = _send(room.people[0])
    write(show_idea, who=LEADER, idea_id=idea.id, is_shown=True)
    _support(_elsewhere(room)[0], idea.id)
    write(show_idea, who=LEADER, idea_id=idea.id, is_shown=False)

    step = _send(room.people[0], step="Een andere stap", version=1)
    with reading() as session:
        kept = list_ideas(session, room.workshop_id)[0].support
    _send(room.people[0], "Iets anders", step="Een andere stap", version=step.version)

    with reading() as session:
        assert (kept, list_ideas(session, room.workshop_id)[0].support) == (1, 0)


def test_a_proposal_made_of_an_idea_names_its_table_and_brings_no_support_along(database: str) -> None:
    room = _evening()
    idea = _send(room.people[0])
    write(show_idea, who=LEADER, idea_id=idea.id, is_shown=True)
    _support(_elsewhere(room)[0], idea.id)

    code = write(propose_idea, who=LEADER, idea_id=idea.id, table_name="Tafel 1, rode zon")

    with reading() as session:
        (row,) = proposals_for_facilitator(session, workshop_with(session, code).id)
        assert (row.origin, row.support) == ("Tafel 1, rode zon", 0)
        assert list_ideas(session, room.workshop_id)[0].support == 1


def test_most_support_stands_first_and_as_much_by_table() -> None:
    ideas = [
        IdeaView(n, n, "Soep", "", "", 1, True, None, support) for n, support in ((1, 0), (2, 3), (3, 0))
    ]

    assert [idea.table for idea in by_support(ideas)] == [2, 1, 3]
