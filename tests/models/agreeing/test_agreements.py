"""Agreements: exactly one owner, who accepted; what they depend on never goes in a circle."""

from dataclasses import replace
from datetime import date

import pytest

from models.agreeing.agreement import (
    OpenedAgreement,
    change_agreement,
    drop_agreement,
    hide_agreement,
    record_agreement,
    revive_agreement,
    show_agreements,
)
from models.agreeing.coherence import Gap
from models.agreeing.ownership import accept_ownership, ask_owner, decline_ownership, offer_help, take_on
from models.agreeing.views import AgreementView, list_agreements, read_coherence
from models.alliance.partner import find_partner, read_partners
from models.basics.errors import (
    InUse,
    InvalidValue,
    NotAdmitted,
    NotFound,
    NotYours,
    TextMissing,
    TextTooLong,
)
from models.basics.keys import new_token
from models.basics.words import ProgressState, Step
from models.drafting.wording import leave_out_principle
from models.joining.joining import join_as_partner
from models.progress.progress import report_progress
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.participant import leave
from tests.builders import (
    LEADER,
    Room,
    make_adopted,
    make_agreement,
    make_principle,
    make_proposal,
    make_workshop,
    post_all,
)

DUE = date(2027, 6, 1)


@pytest.fixture
def room(database: str) -> Room:
    return make_workshop(people=5, partners=["Municipality", "Selam", "Neighbours"], step=Step.AGREE)


def _all(room: Room) -> list[AgreementView]:
    with reading() as session:
        return list_agreements(session, room.alliance_id)


def _only(room: Room) -> AgreementView:
    (found,) = _all(room)
    return found


def _change(agreement: int, **changed: object) -> None:
    arguments: dict[str, object] = {
        "what": "We eat together.",
        "first_step": "",
        "due_on": None,
        "measure": "",
        "principle_ids": [],
        "depends_on": [],
        "supporter_ids": [],
    }
    write(change_agreement, who=LEADER, agreement_id=agreement, **{**arguments, **changed})


def _show(*agreements: int) -> None:
    write(show_agreements, who=LEADER, agreement_ids=list(agreements))


OPENED = OpenedAgreement(
    what="We eat together.",
    first_step="",
    due_on=None,
    measure="",
    principle_ids=[],
    depends_on=[],
    supporter_ids=[],
)


@pytest.mark.both_databases
def test_two_who_change_an_agreement_at_once_lose_nothing_of_each_other(room: Room) -> None:
    principle, other_principle = make_principle(room), make_principle(room, text="We say it aloud.")
    needed = make_agreement(room, what="We find hosts.")
    agreement = make_agreement(room, what="We eat together.")
    selam, neighbours = room.partners["Selam"], room.partners["Neighbours"]

    _change(agreement, what="We eat together every month.", principle_ids=[principle], opened=OPENED)
    _change(agreement, measure="Forty guests.", principle_ids=[other_principle], opened=OPENED)
    _change(agreement, supporter_ids=[selam], depends_on=[needed], due_on=DUE, opened=OPENED)
    _change(agreement, supporter_ids=[neighbours], opened=OPENED)

    found = next(each for each in _all(room) if each.id == agreement)
    assert (found.what, found.measure, found.due_on) == ("We eat together every month.", "Forty guests.", DUE)
    assert sorted(found.principle_ids) == [principle, other_principle]
    assert (found.depends_on_ids, found.supporter_ids) == ([needed], [selam, neighbours])


@pytest.mark.both_databases
def test_help_offered_from_a_phone_meanwhile_stays(room: Room) -> None:
    agreement = make_agreement(room, what="We eat together.")
    _show(agreement)
    selam = room.partners["Selam"]
    phone = write(join_as_partner, partner_id=selam, code=room.code, phone_token=new_token())
    write(offer_help, participant_id=phone.participant_id, agreement_id=agreement)

    _change(agreement, first_step="Ask for the key.", opened=OPENED)

    assert _only(room).supporter_ids == [selam]


def test_who_takes_a_helper_or_a_principle_away_takes_only_that_away(room: Room) -> None:
    principle = make_principle(room)
    selam, neighbours = room.partners["Selam"], room.partners["Neighbours"]
    agreement = make_agreement(
        room, what="We eat together.", principle_ids=[principle], supporter_ids=[selam]
    )
    opened = replace(OPENED, principle_ids=[principle], supporter_ids=[selam])
    _change(agreement, principle_ids=[principle], supporter_ids=[selam, neighbours], opened=opened)

    _change(agreement, opened=opened)

    found = _only(room)
    assert (found.principle_ids, found.supporter_ids) == ([], [neighbours])


def test_an_agreement_says_what_who_when_and_how_one_sees_it(room: Room) -> None:
    principle = make_principle(room)
    first = make_agreement(room, what="We find hosts.")

    make_agreement(
        room,
        what=" We open  a living room. ",
        owner="Selam",
        due_on=DUE,
        first_step="Ask for the key.",
        measure="Twenty guests a day.",
        principle_ids=[principle, principle],
        depends_on=[first],
        supporter_ids=[room.partners["Neighbours"]],
    )

    found = _all(room)[1]
    assert (found.number, found.what, found.first_step) == (2, "We open a living room.", "Ask for the key.")
    assert (found.due_on, found.measure, found.version) == (DUE, "Twenty guests a day.", 1)
    assert found.owner is not None
    assert (found.owner.name, found.owner_accepted) == ("Selam", False)
    assert (found.principles, found.depends_on, found.supporters) == ([1], [1], ["Neighbours"])
    assert (found.state, found.is_shown, found.progress, found.changed_since_agenda) == (
        "open",
        False,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("changed", "error", "field"),
    [
        ({"what": " "}, TextMissing, "what"),
        ({"what": "x" * 401}, TextTooLong, "what"),
        ({"first_step": "x" * 401}, TextTooLong, "first_step"),
        ({"principle_ids": [4711]}, InvalidValue, "principles"),
        ({"depends_on": [4711]}, InvalidValue, "depends_on"),
        ({"supporter_ids": [4711]}, InvalidValue, "partner"),
    ],
)
def test_what_is_wrong_is_refused(
    room: Room, changed: dict[str, object], error: type[Exception], field: str
) -> None:
    agreement = make_agreement(room, what="We eat.")

    with pytest.raises(error) as refused:
        write(record_agreement, who=LEADER, workshop_id=room.workshop_id, **{"what": "We walk.", **changed})
    with pytest.raises(error):
        _change(agreement, **changed)

    assert refused.value.field == field  # type: ignore[attr-defined]
    assert [found.what for found in _all(room)] == ["We eat."]


@pytest.mark.both_databases
def test_numbers_follow_each_other_also_when_recorded_at_the_same_moment(room: Room) -> None:
    call = {"who": LEADER, "workshop_id": room.workshop_id, "what": "We eat."}

    post_all([(record_agreement, call)] * 12)

    assert [found.number for found in _all(room)] == list(range(1, 13))


def test_a_proposal_becomes_one_agreement_however_often_one_taps(room: Room) -> None:
    proposal = make_proposal(room)

    made = {make_agreement(room, proposal_id=proposal) for _ in range(3)}

    assert len(made) == 1
    source = _only(room).source
    assert source is not None and source.proposal_id == proposal
    with pytest.raises(NotFound):
        make_agreement(room, proposal_id=4711)


def test_other_words_make_a_new_version_and_other_links_do_not(room: Room) -> None:
    agreement = make_agreement(room)
    principle = make_principle(room)

    _change(agreement, principle_ids=[principle], supporter_ids=[room.partners["Selam"]])
    assert (_only(room).version, _only(room).principles, _only(room).supporters) == (1, [1], ["Selam"])
    _change(agreement, due_on=DUE)
    _change(agreement, due_on=DUE)

    assert (_only(room).version, _only(room).principles, _only(room).supporters) == (2, [], [])


class TestDependencies:
    def test_a_circle_is_refused_and_nothing_changes(self, room: Room) -> None:
        first = make_agreement(room, what="First.")
        second = make_agreement(room, what="Second.", depends_on=[first])
        third = make_agreement(room, what="Third.", depends_on=[second])

        for depends_on in ([third], [second, third], [first]):
            with pytest.raises(InvalidValue) as refused:
                _change(first, what="Changed.", depends_on=depends_on)
            assert refused.value.field == "depends_on"

        assert [(found.what, found.depends_on) for found in _all(room)] == [
            ("First.", []),
            ("Second.", [1]),
            ("Third.", [2]),
        ]

    def test_a_dependency_can_be_turned_round(self, room: Room) -> None:
        first = make_agreement(room)
        second = make_agreement(room, depends_on=[first])

        _change(second)
        _change(first, depends_on=[second])

        assert [found.depends_on for found in _all(room)] == [[2], []]

    def test_an_agreement_of_another_alliance_is_none(self, room: Room) -> None:
        elsewhere = make_agreement(make_workshop())

        with pytest.raises(InvalidValue):
            make_agreement(room, depends_on=[elsewhere])


class TestOwners:
    def test_who_is_asked_accepts(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Selam")

        for _ in range(2):
            write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=agreement)

        assert _only(room).owner_accepted is True
        ((name, accepted, ended),) = [
            (owner.name, owner.accepted_at is not None, owner.ended_at) for owner in _only(room).owners
        ]
        assert (name, accepted, ended) == ("Selam", True, None)

    @pytest.mark.both_databases
    def test_who_declines_leaves_it_without_an_owner_and_stays_in_the_history(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Selam")

        write(decline_ownership, partner_id=room.partners["Selam"], agreement_id=agreement)

        assert (_only(room).owner, _only(room).owner_accepted) == (None, False)
        (owner,) = _only(room).owners
        assert (owner.name, owner.accepted_at) == ("Selam", None)
        assert owner.ended_at is not None

    def test_only_who_is_asked_answers(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Selam")

        for action in (accept_ownership, decline_ownership):
            with pytest.raises(NotYours):
                write(action, partner_id=room.partners["Neighbours"], agreement_id=agreement)
        with pytest.raises(NotFound):
            write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=4711)

    def test_it_is_handed_over_and_the_new_owner_accepts(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Selam")
        write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=agreement)

        write(ask_owner, who=LEADER, agreement_id=agreement, partner_id=room.partners["Neighbours"])
        assert (_only(room).owner_accepted, [owner.name for owner in _only(room).owners]) == (
            False,
            ["Selam", "Neighbours"],
        )
        with pytest.raises(NotYours):
            write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=agreement)
        write(accept_ownership, partner_id=room.partners["Neighbours"], agreement_id=agreement)

        old, new = _only(room).owners
        assert old.ended_at is not None
        assert (new.ended_at, _only(room).owner_accepted) == (None, True)

    def test_asking_the_owner_again_does_not_undo_the_acceptance(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Selam")
        write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=agreement)

        write(ask_owner, who=LEADER, agreement_id=agreement, partner_id=room.partners["Selam"])

        assert (_only(room).owner_accepted, len(_only(room).owners)) == (True, 1)

    def test_it_can_be_without_an_owner_again(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Selam")

        write(ask_owner, who=LEADER, agreement_id=agreement, partner_id=None)

        assert _only(room).owner is None

    def test_a_partner_of_another_alliance_is_not_asked(self, room: Room) -> None:
        other = make_workshop(partners=["Elsewhere"])
        agreement = make_agreement(room)

        with pytest.raises(InvalidValue):
            write(ask_owner, who=LEADER, agreement_id=agreement, partner_id=other.partners["Elsewhere"])


class TestTakingOn:
    def test_a_resident_becomes_a_partner_with_a_link_and_has_accepted(self, room: Room) -> None:
        agreement = make_agreement(room)
        _show(agreement)

        taken = write(take_on, participant_id=room.people[0], agreement_id=agreement, name=" Zoë  Hermans ")

        found = _only(room)
        assert found.owner is not None
        assert (found.owner.id, found.owner.name, found.owner.kind) == (
            taken.partner_id,
            "Zoë Hermans",
            "resident",
        )
        assert found.owner_accepted is True
        with reading() as session:
            partner = find_partner(session, taken.token)
        assert partner is not None
        assert partner.id == taken.partner_id

    @pytest.mark.both_databases
    def test_tapping_twice_makes_one_partner(self, room: Room) -> None:
        agreement = make_agreement(room)
        _show(agreement)
        call = {"participant_id": room.people[0], "agreement_id": agreement, "name": "Zoë"}

        taken = post_all([(take_on, call)] * 10)

        assert set(taken) == {taken[0]}
        with reading() as session:
            assert [partner.name for partner in read_partners(session, room.alliance_id)][3:] == ["Zoë"]
        assert len(_only(room).owners) == 1

    @pytest.mark.both_databases
    def test_the_first_of_two_who_tap_at_the_same_moment_has_it(self, room: Room) -> None:
        agreement = make_agreement(room)
        _show(agreement)

        taken = post_all(
            [
                (take_on, {"participant_id": person, "agreement_id": agreement, "name": f"Person {person}"})
                for person in room.people
            ]
        )

        assert [isinstance(answer, InUse) for answer in taken].count(False) == 1
        assert len(_only(room).owners) == 1
        with reading() as session:
            assert len(read_partners(session, room.alliance_id)) == 4

    def test_a_partner_in_the_room_takes_it_on_as_itself(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Neighbours")
        _show(agreement)
        joined = write(
            join_as_partner, partner_id=room.partners["Selam"], code=room.code, phone_token=new_token()
        )

        taken = write(take_on, participant_id=joined.participant_id, agreement_id=agreement, name="")

        assert taken.partner_id == room.partners["Selam"]
        assert [owner.name for owner in _only(room).owners] == ["Neighbours", "Selam"]
        assert _only(room).owner_accepted is True

    def test_what_somebody_carries_already_is_not_taken_away(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Selam")
        write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=agreement)
        _show(agreement)

        with pytest.raises(InUse):
            write(take_on, participant_id=room.people[0], agreement_id=agreement, name="Zoë")

    def test_nor_by_another_partner_in_the_room(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Neighbours")
        write(accept_ownership, partner_id=room.partners["Neighbours"], agreement_id=agreement)
        _show(agreement)
        joined = write(
            join_as_partner, partner_id=room.partners["Selam"], code=room.code, phone_token=new_token()
        )

        with pytest.raises(InUse):
            write(take_on, participant_id=joined.participant_id, agreement_id=agreement, name="")

    def test_only_what_the_room_sees_and_only_by_who_is_there_with_a_name(self, room: Room) -> None:
        unseen, seen, dropped = (make_agreement(room) for _ in range(3))
        _show(seen, dropped)
        write(drop_agreement, who=LEADER, agreement_id=dropped, reason="Too much.")

        for agreement in (unseen, dropped, 4711):
            with pytest.raises(NotFound):
                write(take_on, participant_id=room.people[0], agreement_id=agreement, name="Zoë")
        with pytest.raises(TextMissing):
            write(take_on, participant_id=room.people[0], agreement_id=seen, name=" ")
        write(leave, participant_id=room.people[0])
        with pytest.raises(NotAdmitted):
            write(take_on, participant_id=room.people[0], agreement_id=seen, name="Zoë")


class TestHelp:
    def test_it_is_offered_once_by_name_or_as_a_partner(self, room: Room) -> None:
        agreement = make_agreement(room)
        _show(agreement)
        partner = write(
            join_as_partner, partner_id=room.partners["Selam"], code=room.code, phone_token=new_token()
        ).participant_id

        for person, name in (
            (room.people[0], "Oğuz"),
            (room.people[0], "Oğuz"),
            (partner, ""),
            (partner, ""),
        ):
            write(offer_help, participant_id=person, agreement_id=agreement, name=name)

        assert _only(room).supporters == ["Selam", "Oğuz"]

    def test_a_person_without_a_name_gives_one(self, room: Room) -> None:
        agreement = make_agreement(room)
        _show(agreement)

        with pytest.raises(TextMissing):
            write(offer_help, participant_id=room.people[0], agreement_id=agreement, name="")

    def test_a_change_of_the_words_keeps_who_offered_by_name(self, room: Room) -> None:
        agreement = make_agreement(room)
        _show(agreement)
        write(offer_help, participant_id=room.people[0], agreement_id=agreement, name="Oğuz")

        _change(agreement, what="We eat and drink.")

        assert _only(room).supporters == ["Oğuz"]


def test_an_agreement_is_shown_after_one_tap_and_hidden_again(room: Room) -> None:
    agreement = make_agreement(room)

    _show(agreement)
    assert _only(room).is_shown is True
    write(hide_agreement, who=LEADER, agreement_id=agreement)
    assert _only(room).is_shown is False


def test_an_agreement_is_dropped_with_a_reason_and_can_be_revived(room: Room) -> None:
    agreement = make_agreement(room)
    with pytest.raises(TextMissing):
        write(drop_agreement, who=LEADER, agreement_id=agreement, reason=" ")

    write(drop_agreement, who=LEADER, agreement_id=agreement, reason="Too much at once.")
    assert (_only(room).state, _only(room).dropped_reason) == ("dropped", "Too much at once.")
    write(revive_agreement, who=LEADER, agreement_id=agreement)

    assert (_only(room).state, _only(room).dropped_reason) == ("open", None)


class TestProgress:
    def test_the_newest_report_stands(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Selam")
        write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=agreement)

        for state in (ProgressState.BUSY, ProgressState.DONE, ProgressState.DONE):
            write(
                report_progress,
                partner_id=room.partners["Selam"],
                agreement_id=agreement,
                state=state,
                sentence=" Eleven hosts. ",
            )

        progress = _only(room).progress
        assert progress is not None
        assert (progress.state, progress.sentence, progress.reported_by) == ("done", "Eleven hosts.", "Selam")

    def test_only_the_owner_reports_and_only_in_four_words(self, room: Room) -> None:
        agreement = make_agreement(room, owner="Selam")
        write(accept_ownership, partner_id=room.partners["Selam"], agreement_id=agreement)

        with pytest.raises(NotYours):
            write(
                report_progress,
                partner_id=room.partners["Neighbours"],
                agreement_id=agreement,
                state="done",
                sentence="",
            )
        with pytest.raises(InvalidValue):
            write(
                report_progress,
                partner_id=room.partners["Selam"],
                agreement_id=agreement,
                state="nearly",
                sentence="",
            )


def test_coherence_looks_at_what_stands_and_was_adopted(database: str) -> None:
    room = make_workshop(people=5, partners=["Municipality", "Selam", "Neighbours"], step=Step.AGREE)
    adopted = make_adopted(room, items=2).principles
    draft = make_principle(room, text="Not voted on yet.")
    first = make_agreement(
        room, owner="Municipality", due_on=date(2027, 5, 1), principle_ids=[adopted[0], draft]
    )
    make_agreement(
        room, owner="Selam", due_on=date(2027, 4, 1), principle_ids=[adopted[0]], depends_on=[first]
    )
    dropped = make_agreement(room, owner="Neighbours", principle_ids=[adopted[1]])
    write(drop_agreement, who=LEADER, agreement_id=dropped, reason="Too much.")
    make_agreement(room, what="Nobody carries this.")

    with reading() as session:
        found = read_coherence(session, room.alliance_id)

    assert found.principles == [(1, "Principle 1."), (2, "Principle 2.")]
    assert found.cells == {(1, room.partners["Municipality"]): [1], (1, room.partners["Selam"]): [2]}
    assert found.dependencies == [(2, 1)]
    assert found.gaps == [
        Gap("principle nobody practises", principle_number=2),
        Gap("no owner", agreement_number=4),
        Gap("partner without agreement", partner="Neighbours", partner_id=room.partners["Neighbours"]),
        Gap("due before what it depends on", agreement_number=2, other_agreement_number=1),
    ]
    write(leave_out_principle, who=LEADER, principle_id=adopted[1])
    with reading() as session:
        assert read_coherence(session, room.alliance_id).principles == [(1, "Principle 1.")]
