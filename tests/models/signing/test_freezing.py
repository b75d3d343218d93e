"""A frozen agenda never changes; a change makes the next version."""

import hashlib
import json
from datetime import date

import pytest
from rfc8785 import dumps as canonical_json

from exports.sentences.methods import words_to_freeze
from models.agreeing.agreement import change_agreement, drop_agreement
from models.agreeing.ownership import accept_ownership, ask_owner
from models.agreeing.views import list_agreements
from models.alliance.partner import change_partner
from models.basics.errors import AgendaFrozen, NotFound, NothingToFreeze, RoundStillOpen
from models.basics.words import FollowUp, RuleKind, Secrecy, Step
from models.drafting.proposal import hide_proposal, support_proposal, withdraw_proposal
from models.drafting.wording import reword_principle
from models.installation.address import choose_address
from models.installation.installation import prepare_installation
from models.signing.agenda import freeze_agenda, has_changed_since, read_agenda, set_closing_date
from models.signing.files import find_public_agenda
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Agenda
from models.voting.after_reveal import choose_follow_up, hide_reason, show_reasons
from models.voting.round_views import read_round
from models.workshop.participant import leave
from models.workshop.people import list_participants
from models.workshop.workshop import change_workshop
from tests.builders import (
    HELD_ON,
    LEADER,
    Room,
    Vote,
    agenda_of,
    cast,
    cast_all,
    close_and_reveal,
    make_adopted,
    make_agenda,
    make_agreement,
    make_people,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
    rows_of,
)


def _ready(people: int = 6) -> tuple[Room, Vote, int]:
    """Return a room with an adopted principle and an agreement that practises it."""
    room = make_workshop(people={"Residents": people}, partners=["Municipality", "Selam"], step=Step.AGREE)
    vote = make_adopted(room)
    agreement = make_agreement(room, owner="Selam", due_on=date(2027, 6, 1), principle_ids=vote.principles)
    write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=agreement)
    return room, vote, agreement


def _has_changed(room: Room) -> bool:
    with reading() as session:
        return has_changed_since(session, agenda_of(room).id)


def _change_words(agreement: int, what: str = "Another text.") -> None:
    write(
        change_agreement,
        who=LEADER,
        agreement_id=agreement,
        what=what,
        first_step="",
        due_on=None,
        measure="",
        principle_ids=[],
        depends_on=[],
        supporter_ids=[],
    )


def test_what_is_frozen_is_canonical_and_its_sum_is_of_these_very_bytes(database: str) -> None:
    room, _vote, _agreement = _ready()

    make_agenda(room)

    (row,) = rows_of(Agenda)
    assert canonical_json(json.loads(row["content"])) == row["content"].encode()
    assert hashlib.sha256(row["content"].encode()).hexdigest() == row["sha256"]
    view = agenda_of(room)
    assert (view.version, view.sha256, view.frozen_by, view.closed_at) == (1, row["sha256"], LEADER, None)
    assert view.content == json.loads(row["content"])
    assert (view.previous, _has_changed(room), view.editions) == (None, False, [])


def test_the_content_tells_who_what_and_how_it_was_carried(database: str) -> None:
    room, _vote, _agreement = _ready()
    write(
        change_workshop,
        who=LEADER,
        workshop_id=room.workshop_id,
        venue="Town hall",
        held_on=HELD_ON,
        next_meeting_on=date(2027, 9, 1),
        needs_personal_code=False,
    )

    make_agenda(room)

    content = agenda_of(room).content
    assert content["format"] == 5
    assert content["look"] == {"accent": None, "logo": None}
    assert content["alliance"]["name"] == "Together"
    assert content["workshop"] == {"venue": "Town hall", "held_on": "2027-03-14"}
    assert (content["version"], content["next_meeting_on"], content["address"]) == (1, "2027-09-01", None)
    assert content["participants"] == {
        "total": 6,
        "groups": [{"name": "Residents", "count": 6}],
        "without_group": 0,
        "heads_counted": None,
        "sources": {"phone": 6},
    }
    assert [partner["name"] for partner in content["partners"]] == ["Municipality", "Selam"]
    (principle,) = content["principles"]
    assert (principle["number"], principle["text"], principle["status"]) == (1, "Principle 1.", "adopted")
    assert principle["practised_by"] == [1]
    (told,) = principle["rounds"]
    assert (told["rule"], told["decision"], told["present"]) == ("no open objections", "adopted", 6)
    assert told["numbers"]["counts"] == {"agree": 6, "concern": 0, "objection": 0}
    (agreement,) = content["agreements"]
    assert (agreement["owner"], agreement["owner_accepted"], agreement["due_on"]) == (
        "Selam",
        True,
        "2027-06-01",
    )
    assert content["coherence"]["rows"] == [{"principle": 1, "cells": [[], [1]]}]
    assert content["coherence"]["gaps"] == [
        {
            "kind": "partner without agreement",
            "partner": "Municipality",
            "partner_id": room.partners["Municipality"],
        }
    ]


def test_what_was_not_adopted_stands_apart_with_the_minority_report(database: str) -> None:
    room, _adopted, _agreement = _ready()
    vote = make_round(room, principles=[make_principle(room, text="A quarter of every board.")])
    cast_all(vote, [(person, "agree") for person in room.people])
    cast(vote, room.people[0], "objection", reason="Not for small clubs.")
    cast(vote, room.people[1], "concern", reason="Give us two years.")
    cast(vote, room.people[2], "concern", reason="This names a person.")
    close_and_reveal(vote)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)
    with reading() as session:
        reasons = {reason.text: reason.id for reason in read_round(session, vote.round_id).items[0].reasons}
    write(hide_reason, who=LEADER, reason_id=reasons["This names a person."])
    write(choose_follow_up, who=LEADER, item_id=vote.items[0], follow_up=FollowUp.MINORITY_REPORT)
    make_principle(room, text="Never voted on.")

    make_agenda(room)

    content = agenda_of(room).content
    assert [principle["number"] for principle in content["principles"]] == [1]
    (left,) = content["not_adopted"]
    assert (left["number"], left["follow_up"], left["status"]) == (2, "minority report", "not adopted")
    (told,) = left["rounds"]
    assert [(reason["choice"], reason["text"], reason["answer"]) for reason in told["reasons"]] == [
        ("objection", "Not for small clubs.", None),
        ("concern", "Give us two years.", None),
    ]
    assert told["reasons_hidden"] == 1
    assert "This names a person." not in json.dumps(content)
    assert "Never voted on." not in json.dumps(content)


def test_every_version_round_and_source_of_a_principle_is_told(database: str) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    proposal = make_proposal(room, text="Always an interpreter")
    write(support_proposal, participant_id=room.people[1], proposal_id=proposal, on=True)
    principle = make_principle(room, text="Always.", sources=[proposal])
    first = make_round(room, principles=[principle])
    cast_all(first, [(person, "objection") for person in room.people])
    close_and_reveal(first)
    write(
        reword_principle,
        who=LEADER,
        principle_id=principle,
        text="Where needed.",
        why="Costs.",
        proposal_ids=[],
    )
    second = make_round(room, principles=[principle], rule=RuleKind.WITHOUT_OBJECTION, share=80)
    cast_all(second, [(person, "agree") for person in room.people])
    close_and_reveal(second)

    make_agenda(room)

    (told,) = agenda_of(room).content["principles"]
    assert told["versions"] == [
        {"version": 1, "text": "Always.", "why": ""},
        {"version": 2, "text": "Where needed.", "why": "Costs."},
    ]
    assert told["sources"] == [{"text": "Always an interpreter", "support": 1}]
    assert [(one["number"], one["version"], one["decision"]) for one in told["rounds"]] == [
        (1, 1, "not adopted"),
        (2, 2, "adopted"),
    ]


def test_a_principle_tells_where_its_proposals_came_from_and_names_no_small_group(database: str) -> None:
    room = make_workshop(people={"Bewoners": 6, "Ondernemers": 2, "Kerken": 3}, step=Step.DRAFT)
    sources = [make_proposal(room, author=author) for author in (0, 1, 6)]
    hidden = make_proposal(room, author=2)
    vote = make_round(room, principles=[make_principle(room, sources=[*sources, hidden])])
    cast_all(vote, [(person, "agree") for person in room.people])
    close_and_reveal(vote)
    write(hide_proposal, who=LEADER, proposal_id=hidden, reason="It names a person")

    make_agenda(room)

    (told,) = agenda_of(room).content["principles"]
    assert told["came"] == [
        {"kind": "group", "name": "Bewoners", "proposals": 2},
        {"kind": "other groups", "name": None, "proposals": 1},
    ]


def test_a_group_that_grows_after_the_freeze_does_not_change_what_is_signed(database: str) -> None:
    room = make_workshop(people={"Bewoners": 6, "Kerken": 4}, step=Step.DRAFT)
    vote = make_round(room, principles=[make_principle(room, sources=[make_proposal(room, author=0)])])
    cast_all(vote, [(person, "agree") for person in room.people])
    close_and_reveal(vote)
    make_agenda(room)

    make_people(room, count=2, group="Kerken")

    assert not _has_changed(room)


@pytest.mark.parametrize("ending", ["waiting", "hidden", "withdrawn"])
def test_a_source_that_the_room_may_not_see_is_not_told(database: str, ending: str) -> None:
    room, vote, _agreement = _ready()
    proposal = make_proposal(room, text="The neighbour of number 12.", is_shown=ending != "waiting")
    write(
        reword_principle,
        who=LEADER,
        principle_id=vote.principles[0],
        text="Greet each other.",
        why="",
        proposal_ids=[proposal],
    )
    if ending == "hidden":
        write(hide_proposal, who=LEADER, proposal_id=proposal, reason="It names somebody.")
    if ending == "withdrawn":
        write(withdraw_proposal, participant_id=room.people[0], proposal_id=proposal)
    again = make_round(room, principles=vote.principles)
    cast_all(again, [(person, "agree") for person in room.people])
    close_and_reveal(again)

    make_agenda(room)

    assert agenda_of(room).content["principles"][0]["text"] == "Greet each other."
    assert "number 12" not in json.dumps(agenda_of(room).content)


def test_under_five_votes_the_document_tells_no_numbers_either(database: str) -> None:
    room, _vote, _agreement = _ready()
    vote = make_round(room, secrecy=Secrecy.NAMED)
    for person in room.people[:4]:
        cast(vote, person, "concern", reason="Only four of us spoke.")
    close_and_reveal(vote)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)

    make_agenda(room)

    told = agenda_of(room).content["principles"][1]["rounds"][0]
    assert (told["numbers"], told["rows"], told["reasons"]) == (None, [], [])
    assert "Only four of us spoke." not in json.dumps(agenda_of(room).content)


def test_an_address_that_does_not_last_is_not_printed(database: str) -> None:
    prepare_installation()
    room, _vote, agreement = _ready()
    write(choose_address, who=LEADER, address="http://192.168.1.20:8501")
    make_agenda(room)
    assert agenda_of(room).content["address"] is None

    write(choose_address, who=LEADER, address="https://merenveld.example")
    _change_words(agreement)
    make_agenda(room)

    assert agenda_of(room).content["address"] == "https://merenveld.example"


def test_the_same_text_is_frozen_once(database: str) -> None:
    room, _vote, _agreement = _ready()
    make_agenda(room)

    with pytest.raises(AgendaFrozen):
        make_agenda(room)

    assert len(rows_of(Agenda)) == 1


def test_people_leaving_do_not_change_the_text(database: str) -> None:
    room, _vote, _agreement = _ready()
    make_agenda(room)

    write(leave, participant_id=room.people[0])

    assert _has_changed(room) is False
    with pytest.raises(AgendaFrozen):
        make_agenda(room)


def test_a_change_makes_the_next_version_and_the_old_one_stays(database: str) -> None:
    room, _vote, agreement = _ready()
    make_agenda(room)
    before = rows_of(Agenda)[0]

    _change_words(agreement)
    assert _has_changed(room) is True
    make_agenda(room)

    view = agenda_of(room)
    assert (view.version, _has_changed(room)) == (2, False)
    assert view.previous == json.loads(before["content"])
    assert rows_of(Agenda)[0] == before


def test_there_is_no_freeze_while_a_round_is_open_nor_of_nothing(database: str) -> None:
    room = make_workshop(people=5)
    with pytest.raises(NothingToFreeze):
        make_agenda(room)
    make_agreement(room)
    make_round(room)

    with pytest.raises(RoundStillOpen):
        make_agenda(room)

    assert rows_of(Agenda) == []
    with reading() as session:
        assert read_agenda(session, room.workshop_id) is None


def test_a_dropped_agreement_is_not_in_the_agenda(database: str) -> None:
    room, _vote, agreement = _ready()
    write(drop_agreement, who=LEADER, agreement_id=agreement, reason="Too much.")

    make_agenda(room)

    assert agenda_of(room).content["agreements"] == []


def test_a_public_link_leads_to_its_version(database: str) -> None:
    room, _vote, _agreement = _ready()
    agenda = make_agenda(room)

    with reading() as session:
        found = find_public_agenda(session, agenda_of(room).public_token or "")
        assert found is not None
        assert found.id == agenda
        assert find_public_agenda(session, "nonsense") is None


def test_a_closing_date_can_be_set_while_it_is_open(database: str) -> None:
    room, _vote, _agreement = _ready()
    frozen = write(
        freeze_agenda,
        who=LEADER,
        workshop_id=room.workshop_id,
        words=words_to_freeze(),
        closes_on=date(2027, 3, 28),
    )
    assert agenda_of(room).closes_on == date(2027, 3, 28)

    write(set_closing_date, who=LEADER, agenda_id=frozen.agenda_id, closes_on=None)

    assert agenda_of(room).closes_on is None
    with pytest.raises(NotFound):
        write(set_closing_date, who=LEADER, agenda_id=4711, closes_on=None)


class TestWhatLivesOn:
    """An agreement lives on after the freeze, and shows since which version it was changed."""

    def _changed_since(self, room: Room) -> int | None:
        with reading() as session:
            return list_agreements(session, room.alliance_id)[0].changed_since_agenda

    def test_nothing_shows_while_nothing_changed(self, database: str) -> None:
        room, _vote, _agreement = _ready()
        make_agenda(room)

        assert self._changed_since(room) is None

    @pytest.mark.both_databases
    def test_other_words_show_it_until_they_are_frozen(self, database: str) -> None:
        room, _vote, agreement = _ready()
        make_agenda(room)

        _change_words(agreement)
        assert self._changed_since(room) == 1
        make_agenda(room)

        assert self._changed_since(room) is None

    def test_another_owner_shows_it(self, database: str) -> None:
        room, _vote, agreement = _ready()
        make_agenda(room)

        write(ask_owner, who=LEADER, agreement_id=agreement, partner_id=room.partners["Municipality"])

        assert self._changed_since(room) == 1

    def test_an_agreement_that_was_dropped_shows_it(self, database: str) -> None:
        room, _vote, agreement = _ready()
        make_agenda(room)

        write(drop_agreement, who=LEADER, agreement_id=agreement, reason="Too much.")

        assert self._changed_since(room) == 1


def test_a_renamed_partner_keeps_the_frozen_name_in_the_frozen_text(database: str) -> None:
    room, _vote, _agreement = _ready()
    make_agenda(room)

    write(
        change_partner,
        who=LEADER,
        partner_id=room.partners["Selam"],
        kind="organisation",
        name="Selam Merenveld",
        representative="",
        role="",
        group_id=None,
    )

    assert [partner["name"] for partner in agenda_of(room).content["partners"]] == ["Municipality", "Selam"]


def test_freezing_reads_only_what_it_may_show(database: str) -> None:
    """No participant's name, code or phone reaches a frozen text."""
    room, _vote, _agreement = _ready()

    with reading() as session:
        codes = [row.personal_code for row in list_participants(session, room.workshop_id)]
    make_agenda(room)

    text = rows_of(Agenda)[0]["content"]
    assert len(codes) == 6
    assert not [code for code in (*codes, *room.phones) if code in text]
