"""What is stored about somebody is told to them, all of it, and their name is taken out where they want that."""

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import docx
import pytest
from sqlmodel import Session, SQLModel, col, select

from exports.agenda.build import build_agenda
from models.agreeing.agreement import show_agreements
from models.agreeing.ownership import offer_help, take_on
from models.agreeing.views import list_agreements
from models.basics.clock import now
from models.basics.errors import NotFound
from models.basics.keys import new_token
from models.basics.words import Copy, FollowUp, ProposalKind, Secrecy, Step, WorkshopState
from models.drafting.proposal import hide_proposal, send_proposal, support_proposal, withdraw_proposal
from models.joining.joining import join
from models.joining.voice import add_voice
from models.own_data.name import forget_name
from models.own_data.places import NOT_TOLD, TOLD
from models.own_data.reading import own_data
from models.own_data.shape import SEEN_BY, OwnData, as_json
from models.signing.files import agenda_document
from models.storage.chain import chain_is_whole, list_events
from models.storage.database import reading
from models.storage.forgetting import forget_deleted
from models.storage.writing import write
from models.tables import Participant, PhoneParticipant, Reason, Workshop
from models.voting.after_reveal import choose_follow_up, show_reasons
from models.voting.cancelling import cancel_round
from models.voting.paper import enter_paper_ballots
from models.voting.results import results
from models.voting.round import forget_old_names, reveal_round
from models.voting.round_views import list_rounds, named_ballots
from models.workshop.participant import raise_hand, record_first_step, remove
from models.workshop.people import list_participants
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    close,
    close_and_reveal,
    make_agenda,
    make_agreement,
    make_people,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
    rows_of,
    take_room,
)
from tests.builders.agreeing import names_waiting
from tests.questions import questions_asked

NAME = "Fatma Yılmaz-عمر 🙂"
WORDS = "Mijn zus Zoë woont daar al dertig jaar"

both_databases = pytest.mark.both_databases


def _named(room: Room, person: int = 0, name: str = NAME) -> int:
    """Let somebody of the room have a name, and return who."""

    def say(session: Session) -> None:
        session.get_one(Participant, room.people[person]).name = name

    write(say)
    return room.people[person]


def _data(participant_id: int) -> OwnData:
    with reading() as session:
        return own_data(session, participant_id)


def _all_vote(room: Room, vote: Vote, by_name: list[int]) -> None:
    """Let everybody vote: these object with their name, and of fewer than five votes no reason would be kept."""
    for person in room.people:
        if person in by_name:
            cast(vote, person, "objection", reason=WORDS, may_name=True)
        else:
            cast(vote, person)


def _shown_agreement(room: Room, what: str = "We eat together.") -> int:
    made = make_agreement(room, what=what)
    write(show_agreements, who=LEADER, agreement_ids=[made])
    return made


def _everything() -> str:
    return "\n".join(
        str(row)
        for table in SQLModel.__subclasses__()
        if table.__module__.startswith("models.tables")
        for row in rows_of(table)
    )


# ---- Nothing is left out ----


def _tables() -> dict[str, list[str]]:
    return {
        name: [column.name for column in table.columns] for name, table in SQLModel.metadata.tables.items()
    }


def _about_a_participant() -> set[str]:
    """Return the table of participants and those that refer to it."""
    return {
        name
        for name, table in SQLModel.metadata.tables.items()
        if name == "participant" or any(key.column.table.name == "participant" for key in table.foreign_keys)
    }


def test_every_column_about_a_participant_is_told_or_it_is_said_why_not() -> None:
    about = _about_a_participant()
    columns = {f"{table}.{column}" for table in about for column in _tables()[table]}

    assert {"proposal", "support", "phone_participant", "phone_asking", "agreement_supporter"} < about
    assert columns - TOLD.keys() - NOT_TOLD.keys() == set()


def test_every_other_table_is_told_or_it_is_said_why_not() -> None:
    named = {place.split(".")[0] for place in [*TOLD, *NOT_TOLD]}

    assert _tables().keys() - named == set()


def test_what_is_said_of_a_place_is_said_once_and_of_a_place_that_there_is() -> None:
    tables = _tables()
    places = set(tables) | {f"{table}.{column}" for table, columns in tables.items() for column in columns}

    assert (TOLD.keys() | NOT_TOLD.keys()) - places == set()
    assert TOLD.keys() & NOT_TOLD.keys() == set()
    assert all(NOT_TOLD.values())


def _within(kind: Any) -> Iterator[Any]:
    """Return the kinds of which a list, or a value that may be missing, is made."""
    if get_origin(kind) in (list, Union, types.UnionType):
        for part in get_args(kind):
            yield from _within(part)
    else:
        yield kind


def _is_told(kind: Any, path: list[str]) -> bool:
    if not path:
        return True
    hints = [get_type_hints(part) for part in _within(kind) if is_dataclass(part)]
    return any(path[0] in known and _is_told(known[path[0]], path[1:]) for known in hints)


def test_each_place_is_told_in_a_field_that_there_is() -> None:
    assert [place for place, path in TOLD.items() if not _is_told(OwnData, path.split("."))] == []
    assert SEEN_BY.keys() <= {field.name for field in fields(OwnData)}


# ---- What is told ----


@both_databases
def test_a_person_reads_who_they_are_here_and_by_which_phones(database: str) -> None:
    room = make_workshop(people={"Bewoners": 2, "Gemeente": 1})
    token = new_token()
    joined = write(
        join,
        code=room.code,
        phone_token=token,
        name=NAME,
        group_id=room.groups["Bewoners"],
        bubbles=[room.groups["Gemeente"]],
    )
    voice = write(add_voice, code=room.code, phone_token=token, name="Piet")
    write(raise_hand, participant_id=joined.participant_id, on=True)
    write(record_first_step, participant_id=joined.participant_id)

    data, of_voice = _data(joined.participant_id), _data(voice.participant_id)

    person = data.person
    assert (data.meeting.alliance, data.meeting.code) == ("Together", room.code)
    assert (person.number, person.name, person.source) == (4, NAME, "phone")
    assert (person.group, person.also_belongs) == ("Bewoners", ["Gemeente"])
    assert person.joined_at and person.admitted_at and person.hand_raised_at and not person.left_at
    assert person.has_first_step and len(person.personal_code) == 8
    assert [(phone.is_own, phone.is_with) for phone in data.phones] == [(True, None)]
    assert (data.votes_for, data.takes_part) == ([5], True)
    assert (of_voice.person.name, of_voice.person.source) == ("Piet", "shared")
    assert [(phone.is_own, phone.is_with) for phone in of_voice.phones] == [(False, 4)]


@both_databases
def test_a_person_reads_what_they_sent_and_support(database: str) -> None:
    room = make_workshop(people=3, step=Step.DRAFT)
    me = room.people[0]
    shown = make_proposal(room, text="Samen eten 🍲")
    make_principle(room, sources=[shown])
    hidden = make_proposal(room, text="Weg ermee", is_shown=False)
    write(hide_proposal, who=LEADER, proposal_id=hidden, reason="Dit kwetst")
    gone = make_proposal(room, text="Toch niet", is_shown=False)
    write(withdraw_proposal, participant_id=me, proposal_id=gone)
    theirs = [make_proposal(room, text=text, author=1) for text in ("Luisteren", "Zingen")]
    for proposal in theirs:
        write(support_proposal, participant_id=me, proposal_id=proposal, on=True)
    write(withdraw_proposal, participant_id=room.people[1], proposal_id=theirs[1])

    data = _data(me)

    assert [(one.text, one.state) for one in data.proposals] == [
        ("Samen eten 🍲", "shown"),
        ("Weg ermee", "hidden"),
        ("Toch niet", "withdrawn"),
    ]
    assert data.proposals[0].principle_number == 1
    assert data.proposals[1].hidden_reason == "Dit kwetst"
    # What its author withdrew is theirs alone.
    assert [one.text for one in data.supports] == ["Luisteren", None]
    assert _data(room.people[2]).proposals == []


@both_databases
def test_who_was_removed_reads_no_text_of_others_any_more(database: str) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    proposal = make_proposal(room, text="Luisteren", author=1)
    write(support_proposal, participant_id=room.people[0], proposal_id=proposal, on=True)
    assert [one.text for one in _data(room.people[0]).supports] == ["Luisteren"]

    write(remove, who=LEADER, participant_id=room.people[0])

    data = _data(room.people[0])
    assert [one.text for one in data.supports] == [None]
    assert [(line.who, line.what) for line in data.record] == [(LEADER, "participant removed")]
    assert not data.takes_part


@both_databases
@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_a_vote_is_told_until_nobody_can_link_it_any_more(database: str, secrecy: Secrecy) -> None:
    room = make_workshop(people=6)
    me = room.people[0]
    vote = make_round(room, secrecy=secrecy)
    for person in room.people:
        cast(vote, person, "objection" if person == me else "agree", reason=WORDS if person == me else None)

    [while_open] = _data(me).rounds
    close(vote)
    [closed] = _data(me).rounds

    assert (while_open.phase, while_open.is_linked) == ("open", True)
    assert [(one.choice, one.reason) for one in while_open.votes] == [("objection", WORDS)]
    assert closed.phase == "closed"
    if secrecy is Secrecy.ANONYMOUS:
        assert (closed.is_linked, closed.votes, closed.counts_for) == (False, [], None)
        assert WORDS not in str(as_json(_data(me)))
    else:
        assert [(one.choice, one.reason) for one in closed.votes] == [("objection", WORDS)]
        write(_over_long_ago, workshop_id=room.workshop_id)
        assert _data(me).rounds[0].linked_until == (now() - timedelta(days=1)).date()
        write(forget_old_names)
        [forgotten] = _data(me).rounds
        assert (forgotten.is_linked, forgotten.votes, forgotten.linked_until) == (False, [], None)


def _over_long_ago(session: Session, *, workshop_id: int) -> None:
    workshop = session.get_one(Workshop, workshop_id)
    workshop.state = WorkshopState.OVER
    workshop.over_at = now() - timedelta(days=31)


@both_databases
def test_nobody_reads_a_vote_of_somebody_else(database: str) -> None:
    room = make_workshop(people=2)
    vote = make_round(room, secrecy=Secrecy.NAMED)
    cast(vote, room.people[0], "objection", reason=WORDS)

    assert WORDS in str(_data(room.people[0]))
    assert WORDS not in str(_data(room.people[1]))


@both_databases
def test_a_cancelled_round_and_a_paper_sheet_are_told_while_they_are_stored(database: str) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    entered = write(
        enter_paper_ballots,
        who=LEADER,
        round_id=vote.round_id,
        choices={vote.items[0]: "concern"},
        request_id="sheet-1",
    )

    [typed] = _data(entered.participant_id).rounds
    write(cancel_round, who=LEADER, round_id=vote.round_id)
    [cancelled] = _data(entered.participant_id).rounds

    assert typed.paper is not None
    assert (typed.paper.typed_by, typed.paper.came_in_by_it, typed.source) == (LEADER, True, "paper")
    assert [line.what for line in _data(entered.participant_id).record] == ["paper sheet typed"]
    assert (cancelled.number, cancelled.phase, [one.choice for one in cancelled.votes]) == (
        None,
        "cancelled",
        ["concern"],
    )


@both_databases
def test_a_partner_reads_what_they_carry_and_who_helps_what_they_offered(database: str) -> None:
    room = make_workshop(people=2, step=Step.AGREE)
    first, second = _shown_agreement(room), _shown_agreement(room, "We sing.")
    write(take_on, participant_id=room.people[0], agreement_id=first, name=NAME)
    write(offer_help, participant_id=room.people[1], agreement_id=second, name="Zoë")

    partner, helper = _data(room.people[0]).partner, _data(room.people[1])

    assert partner is not None
    assert (partner.name, partner.kind) == (NAME, "resident")
    assert [(one.number, one.is_accepted) for one in partner.carries] == [(1, True)]
    assert [(one.agreement_number, one.name, one.is_shown) for one in helper.offers] == [(2, "Zoë", False)]
    assert helper.partner is None


def test_the_file_says_what_the_page_says_in_values_of_json(sqlite: str) -> None:
    room = make_workshop(people={"Bewoners": 5})
    me = _named(room)
    vote = make_round(room)
    cast(vote, me, "concern", reason=WORDS)
    data = _data(me)

    told = as_json(data)

    assert told["format"] == 1
    assert told["person"]["name"] == NAME
    assert told["rounds"][0]["votes"][0]["reason"] == WORDS
    assert told["person"]["joined_at"] == data.person.joined_at.isoformat() if data.person.joined_at else ""
    assert told.keys() == {field.name for field in fields(OwnData)} | {"format", "seen_by"}
    assert told["seen_by"]["supports"] == "only counted"


def test_nothing_is_told_of_nobody(sqlite: str) -> None:
    make_workshop(people=1)

    with pytest.raises(NotFound), reading() as session:
        own_data(session, 99)


@pytest.mark.parametrize("count", [1, 15])
def test_much_is_read_with_as_many_questions_as_little(sqlite: str, count: int) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    for place in range(count):
        write(
            send_proposal,
            participant_id=room.people[0],
            kind=ProposalKind.PRINCIPLE,
            text=f"Voorstel {place}",
            request_id=None,
        )
        vote = make_round(room, secrecy=Secrecy.NAMED)
        cast(vote, room.people[0])
        close_and_reveal(vote)

    with questions_asked() as asked:
        data = _data(room.people[0])

    assert (len(data.proposals), len(data.rounds)) == (count, count)
    assert len(asked) == 21


# ---- A name is taken out ----


@both_databases
def test_a_name_is_nowhere_any_more_once_it_is_forgotten(database: str) -> None:
    room = make_workshop(people=6)
    me = _named(room)
    vote = make_round(room, secrecy=Secrecy.NAMED)
    _all_vote(room, vote, [me])
    close_and_reveal(vote)
    take_room(room, Step.AGREE)
    write(offer_help, participant_id=me, agreement_id=_shown_agreement(room))
    assert _everything().count(NAME) == 3
    assert _data(me).has_a_name_to_forget

    write(forget_name, participant_id=me)
    write(forget_name, participant_id=me)

    assert NAME not in _everything()
    # The reason and the vote stand, without the name.
    assert [(row["text"], row["name"]) for row in rows_of(Reason)] == [(WORDS, None)]
    data = _data(me)
    assert (data.person.name, data.offers, data.has_a_name_to_forget) == (None, [], False)
    assert [(one.choice, one.name_shown) for one in data.rounds[0].votes] == [("objection", False)]


@both_databases
def test_who_leads_and_later_documents_read_a_number_where_a_name_was(database: str) -> None:
    room = make_workshop(people=6)
    me = _named(room)
    _named(room, 1, "Renée d'Hondt")
    vote = make_round(room, secrecy=Secrecy.NAMED)
    _all_vote(room, vote, [me])
    close_and_reveal(vote)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)
    write(choose_follow_up, who=LEADER, item_id=vote.items[0], follow_up=FollowUp.MINORITY_REPORT)
    take_room(room, Step.AGREE)
    for person in room.people[:2]:
        write(offer_help, participant_id=person, agreement_id=_shown_agreement(room))

    before = _read_by_others(room)
    write(forget_name, participant_id=me)
    after = _read_by_others(room)
    agenda = make_agenda(room)
    with reading() as session:
        document = agenda_document(session, agenda)
        files = [build_agenda(document, copy_for) for copy_for in (Copy.PARTNERS, Copy.PUBLIC)]

    assert [NAME in part for part in before] == [True, True, True, True, True, False]
    assert [NAME in part for part in after] == [False] * 6
    assert "#1" in after[1] and "help taken back" in after[5]
    assert "Renée d'Hondt" in after[2]
    texts = [_text_of(file) for file in files]
    assert [NAME in text for text in texts] == [False, False]
    assert "Renée d'Hondt" in texts[0] and WORDS in texts[0]
    with reading() as session:
        assert chain_is_whole(session, room.alliance_id)


def _read_by_others(room: Room) -> list[str]:
    """Return what stands on the facilitators' pages, the wall and in exports: whose name waits, the list, and so on."""
    with reading() as session:
        [last] = list_rounds(session, room.workshop_id)
        return [
            str(list_participants(session, room.workshop_id)),
            str(named_ballots(session, last.id)),
            str(names_waiting(session, room.alliance_id)),
            str(list_agreements(session, room.alliance_id)),
            str(last.items),
            str([(event.who, event.what, event.details) for event in list_events(session, room.alliance_id)])
            + str(results(session, room.code)).replace(NAME, ""),
        ]


def _text_of(file: bytes) -> str:
    opened = docx.Document(BytesIO(file))
    return "\n".join(node.text or "" for node in opened.element.body.iter() if node.tag.endswith("}t"))


def test_a_forgotten_name_is_overwritten_in_the_file_too(sqlite: str) -> None:
    room = make_workshop(people=3)
    me = _named(room)
    file = Path(sqlite.removeprefix("sqlite:///"))
    forget_deleted()
    assert NAME.encode() in file.read_bytes()

    write(forget_name, participant_id=me)
    forget_deleted()

    assert NAME.encode() not in file.read_bytes()


@both_databases
def test_a_name_is_not_shown_beside_a_reason_of_a_round_that_is_still_open(database: str) -> None:
    room = make_workshop(people=5)
    me = _named(room)
    vote = make_round(room, secrecy=Secrecy.NAMED)
    _all_vote(room, vote, [me])

    write(forget_name, participant_id=me)
    close(vote)
    write(reveal_round, who=LEADER, round_id=vote.round_id)

    assert [(row["text"], row["name"]) for row in rows_of(Reason)] == [(WORDS, None)]


@both_databases
def test_of_two_with_the_same_name_and_words_one_stays(database: str) -> None:
    room = make_workshop(people=5)
    people = [_named(room, place) for place in (0, 1)]
    vote = make_round(room, secrecy=Secrecy.NAMED)
    _all_vote(room, vote, people)
    close(vote)

    write(forget_name, participant_id=people[0])

    assert sorted(str(row["name"]) for row in rows_of(Reason)) == [NAME, "None"]
    assert _data(people[1]).has_a_name_to_forget


@both_databases
def test_what_was_frozen_and_a_partners_name_stay_and_that_is_told(database: str) -> None:
    room = make_workshop(people=3, step=Step.AGREE)
    helper, owner = _named(room), _named(room, 1, "Renée d'Hondt")
    agreement = _shown_agreement(room)
    write(offer_help, participant_id=helper, agreement_id=agreement)
    write(take_on, participant_id=owner, agreement_id=agreement)
    assert _data(helper).name_stands_in_versions == []
    make_agenda(room)
    assert _data(helper).name_stands_in_versions == [1]

    for person in (helper, owner):
        write(forget_name, participant_id=person)

    of_owner = _data(owner)
    assert of_owner.person.name is None
    assert of_owner.partner is not None and of_owner.partner.name == "Renée d'Hondt"
    assert of_owner.name_stands_in_versions == [1]
    with reading() as session:
        [agreement_now] = list_agreements(session, room.alliance_id)
    assert agreement_now.helpers == []
    # A helper whose offer is gone is known by nothing any more that could name the version.
    assert _data(helper).name_stands_in_versions == []


def test_a_name_that_is_not_there_changes_nothing(sqlite: str) -> None:
    room = make_workshop(people=2)

    def revision() -> int:
        with reading() as session:
            return session.get_one(Workshop, room.workshop_id).revision

    before = revision()
    write(forget_name, participant_id=room.people[0])
    assert revision() == before

    with pytest.raises(NotFound):
        write(forget_name, participant_id=99)


def test_nobody_elses_name_goes_with_it(sqlite: str) -> None:
    room = make_workshop(people=1)
    make_people(room, count=2)
    for place in range(3):
        _named(room, place, f"Renée {place}")

    write(forget_name, participant_id=room.people[1])

    with reading() as session:
        names = session.exec(select(Participant.name).order_by(col(Participant.number))).all()
        links = len(session.exec(select(PhoneParticipant)).all())
    assert (list(names), links) == (["Renée 0", None, "Renée 2"], 3)
