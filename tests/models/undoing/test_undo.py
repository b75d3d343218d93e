"""What was just done is undone: all is as it was, once, whoever presses, and never what cannot be undone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, select

from exports.sentences import event_sentence
from models.agreeing.agreement import (
    drop_agreement,
    hide_agreement,
    revive_agreement,
    show_agreements,
)
from models.alliance.groups import remove_group
from models.alliance.logo import choose_logo, remove_logo
from models.alliance.partner import (
    add_partner,
    find_partner,
    partner_token,
    remove_partner,
    renew_partner_link,
)
from models.alliance.plan import choose_parties
from models.alliance.stakeholders import add_stakeholder, remove_stakeholder
from models.baseline.conclusions import remove_conclusion, take_evidence
from models.baseline.findings import keep_words, remove_finding, set_consent
from models.baseline.improvements import make_proposal_of, put_off_improvement, write_improvement
from models.baseline.sources import replace_word
from models.basics.clock import now
from models.basics.errors import CannotBeUndone, NotFound
from models.basics.keys import new_token
from models.basics.words import CallOutcome, Consent, Hindrance, Secrecy, Step
from models.drafting.proposal import (
    change_proposal,
    hide_proposal,
    say_why_hidden,
    show_proposals,
    support_proposal,
    withdraw_proposal,
)
from models.drafting.wording import leave_out_principle, reword_principle, word_principle
from models.installation.installation import sign_in
from models.progress.calls import note_call, take_back_call
from models.signing.agenda import renew_public_link
from models.storage.chain import chain_is_whole, list_events
from models.storage.database import engine, reading
from models.storage.writing import write
from models.tables import (
    Agreement,
    AgreementCall,
    Event,
    Partner,
    Principle,
    Proposal,
    Reason,
    Round,
    Undoable,
    Unfinished,
    Workshop,
)
from models.undoing.acting import Done, act_and_note
from models.undoing.undo import (
    UNDONE,
    Undone,
    can_be_undone_now,
    forget_what_was_kept,
    undo,
    what_can_be_undone,
)
from models.undoing.ways import WAYS
from models.upkeep import keep_promises
from models.voting.after_reveal import hide_reason, show_reasons, take_reasons_off
from models.voting.cancelling import cancel_round
from models.who_may_see import Role
from models.workshop.unfinished import finish_form, keep_unfinished
from models.workshop.workshop import (
    end_workshop,
    find_projector,
    find_table_host,
    make_table_host_link,
    projector_token,
    renew_projector_link,
    table_host_token,
    take_room_to,
    withdraw_table_host_link,
)
from tests.builders import (
    LEADER,
    Room,
    cast,
    cast_all,
    close_and_reveal,
    make_agenda,
    make_agreement,
    make_principle,
    make_proposal,
    make_round,
    make_workshop,
    newest_undoable,
    rows_of,
    take_room,
    undo_last,
)
from tests.builders.startfoto import (
    DRAWS,
    LETTER,
    make_conclusion,
    make_interview,
    make_quote,
    make_startfoto,
)

OTHER = "Joost Bakker"
# What tells of the undoing itself, or counts on however often something was done.
APART = {"event", "undoable", "alembic_version"}
COUNTERS = {"note_revision", "revision", "content", "links_made", "projector_links_made", "public_links_made"}


@dataclass
class Story:
    """A room in which each kind of act can be done."""

    room: Room = field(
        default_factory=lambda: make_workshop(
            people={"Bewoners": 6, "Kerken": 5}, partners=["Gemeente Merenveld", "Selam"], step=Step.DRAFT
        )
    )

    def proposal(self, text: str = "Zebrapad bij de school 🦓", *, is_shown: bool = True) -> int:
        return make_proposal(self.room, text=text, is_shown=is_shown)

    def reason(self) -> int:
        vote = make_round(self.room)
        cast_all(vote, [(person, "agree") for person in self.room.people[1:]])
        cast(vote, self.room.people[0], "concern", reason="Niet zonder tolk.")
        close_and_reveal(vote)
        return int(rows_of(Reason)[-1]["id"])

    def do(self, action: Any, /, **arguments: Any) -> Any:
        return write(action, who=LEADER, **arguments)


Act = Callable[[], Any]


def _newest(table: Any) -> int:
    return max(int(row["id"]) for row in rows_of(table))


def _hides(story: Story) -> Act:
    proposal = story.proposal()
    write(support_proposal, participant_id=story.room.people[2], proposal_id=proposal, on=True)
    return lambda: story.do(hide_proposal, proposal_id=proposal)


def _shows(story: Story) -> Act:
    story.proposal()
    for text in ("Elke maand samen eten", "شارع بلا سيارات"):
        story.proposal(text, is_shown=False)
    hidden = story.proposal("Met een naam erin", is_shown=False)
    story.do(hide_proposal, proposal_id=hidden, reason="Er staat een naam in.")
    waiting = [row["id"] for row in rows_of(Proposal) if row["shown_at"] is None]
    return lambda: story.do(show_proposals, workshop_id=story.room.workshop_id, proposal_ids=waiting)


def _words(story: Story) -> Act:
    sources = [story.proposal(), story.proposal("Een veilige oversteek")]
    make_principle(story.room, text="Iedereen hoort erbij.", sources=sources[:1])
    return lambda: story.do(
        word_principle,
        workshop_id=story.room.workshop_id,
        text="We steken veilig over.",
        proposal_ids=sources,
    )


def _rewords(story: Story) -> Act:
    source, more = story.proposal(), story.proposal("Een veilige oversteek")
    principle = make_principle(story.room, text="Iedereen hoort erbij.", sources=[source])
    vote = make_round(story.room, principles=[principle])
    cast_all(vote, [(person, "agree") for person in story.room.people])
    close_and_reveal(vote)
    return lambda: story.do(
        reword_principle,
        principle_id=principle,
        text="Iedereen hoort er echt bij.",
        why="Duidelijker.",
        proposal_ids=[more],
    )


def _cancels(story: Story) -> Act:
    vote = make_round(story.room, items=2)
    cast_all(vote, [(person, "agree") for person in story.room.people])
    return lambda: story.do(cancel_round, round_id=vote.round_id)


def _hides_reason(story: Story) -> Act:
    reason = story.reason()
    return lambda: story.do(hide_reason, reason_id=reason)


def _shows_reasons(story: Story) -> Act:
    story.reason()
    return lambda: story.do(show_reasons, round_id=_newest(Round), reason_ids=None)


def _takes_reasons_off(story: Story) -> Act:
    reason = story.reason()
    story.do(show_reasons, round_id=_newest(Round), reason_ids=None)
    return lambda: story.do(take_reasons_off, reason_ids=[reason])


def _drops(story: Story) -> Act:
    agreement = make_agreement(story.room, what="We openen de zaal op zondag.", owner="Selam")
    return lambda: story.do(drop_agreement, agreement_id=agreement, reason="Geen zaal.")


def _takes_off(story: Story) -> Act:
    agreement = make_agreement(story.room)
    story.do(show_agreements, agreement_ids=[agreement])
    return lambda: story.do(hide_agreement, agreement_id=agreement)


def _puts_on(story: Story) -> Act:
    agreement = make_agreement(story.room)
    return lambda: story.do(show_agreements, agreement_ids=[agreement])


def _puts_several_on(story: Story) -> Act:
    first = make_agreement(story.room)
    story.do(show_agreements, agreement_ids=[first])
    others = [make_agreement(story.room, what=what) for what in ("Soep op maandag", "Een tolk op dinsdag")]
    return lambda: story.do(show_agreements, agreement_ids=[first, *others])


def _notes(story: Story) -> Act:
    agreement = make_agreement(story.room, owner="Selam")
    return lambda: story.do(
        note_call, agreement_id=agreement, outcome=CallOutcome.BUSY, sentence="De zaal is geboekt."
    )


def _renews_partners(story: Story) -> Act:
    return lambda: story.do(renew_partner_link, partner_id=story.room.partners["Selam"])


def _renews_projectors(story: Story) -> Act:
    return lambda: story.do(renew_projector_link, workshop_id=story.room.workshop_id)


def _withdraws_hosts(story: Story) -> Act:
    story.do(make_table_host_link, workshop_id=story.room.workshop_id)
    return lambda: story.do(withdraw_table_host_link, workshop_id=story.room.workshop_id)


def _renews_public(story: Story) -> Act:
    make_agreement(story.room, owner="Selam")
    agenda = make_agenda(story.room)
    return lambda: story.do(renew_public_link, agenda_id=agenda)


def _chooses_logo(story: Story) -> Act:
    return lambda: story.do(choose_logo, alliance_id=story.room.alliance_id, png=b"\x89PNG one")


def _takes_logo_away(story: Story) -> Act:
    story.do(choose_logo, alliance_id=story.room.alliance_id, png=b"\x89PNG one")
    return lambda: story.do(remove_logo, alliance_id=story.room.alliance_id)


def _removes(story: Story) -> Act:
    partner = story.do(
        add_partner,
        alliance_id=story.room.alliance_id,
        kind="resident",
        name="Renée d’Hondt",
        representative="Renée d’Hondt",
        role="bewoner van de Dijk",
        group_id=story.room.groups["Bewoners"],
    )
    plan = {"alliance_id": story.room.alliance_id, "block": "re-bubbelen"}
    story.do(choose_parties, partner_ids=[story.room.partners["Selam"], partner], **plan)
    return lambda: story.do(remove_partner, partner_id=partner)


def _takes_off_the_map(story: Story) -> Act:
    party = {"kind": "residents", "influence": 1, "touched": 5, "attitude": "waits"}
    first, second = (
        story.do(add_stakeholder, alliance_id=story.room.alliance_id, name=name, **party)
        for name in ("Jongeren Oost", "Nieuwe bewoners")
    )
    plan = {"alliance_id": story.room.alliance_id, "block": "re-bubbelen"}
    story.do(choose_parties, stakeholder_ids=[first, second], **plan)
    return lambda: story.do(remove_stakeholder, stakeholder_id=first)


def _goes_on(story: Story) -> Act:
    return lambda: take_room(story.room, Step.VOTE)


def _makes_vaguer(story: Story) -> Act:
    source = make_interview(make_startfoto(story.room))
    make_quote(source, DRAWS)
    return lambda: story.do(replace_word, source_id=source, word="Samira", became="iemand")


def _takes_evidence(story: Story) -> Act:
    startfoto = make_startfoto(story.room)
    quote = make_quote(make_interview(startfoto), LETTER)
    conclusion = make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[quote])
    return lambda: story.do(take_evidence, conclusion_id=conclusion, finding_ids=[quote])


def _removes_finding(story: Story) -> Act:
    startfoto = make_startfoto(story.room)
    source = make_interview(startfoto)
    quote = make_quote(source, DRAWS, themes=[startfoto.themes["Taal"]])
    story.do(keep_words, finding_id=quote)
    story.do(set_consent, finding_ids=[quote], consent=Consent.WITH_NAME, name="Šárka Nováková")
    return lambda: story.do(remove_finding, finding_id=quote)


def _removes_conclusion(story: Story) -> Act:
    startfoto = make_startfoto(story.room)
    quote = make_quote(make_interview(startfoto), LETTER)
    conclusion = make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[quote])
    return lambda: story.do(remove_conclusion, conclusion_id=conclusion)


def _point(story: Story) -> int:
    startfoto = make_startfoto(story.room)
    return int(
        write(
            write_improvement,
            who=LEADER,
            baseline_id=startfoto.baseline_id,
            text="Brieven passen op één bladzijde.",
        ).improvement_id
    )


def _proposes_point(story: Story) -> Act:
    point = _point(story)
    return lambda: story.do(make_proposal_of, improvement_id=point)


def _puts_off(story: Story) -> Act:
    point = _point(story)
    return lambda: story.do(put_off_improvement, improvement_id=point, why="De begroting is rond.")


ACTS: dict[str, Callable[[Story], Act]] = {
    "word replaced": _makes_vaguer,
    "evidence changed": _takes_evidence,
    "conclusion removed": _removes_conclusion,
    "finding removed": _removes_finding,
    "improvement proposed": _proposes_point,
    "improvement put off": _puts_off,
    "proposal hidden": _hides,
    "proposals shown": _shows,
    "principle worded": _words,
    "principle reworded": _rewords,
    "round cancelled": _cancels,
    "reason hidden": _hides_reason,
    "reasons shown": _shows_reasons,
    "reasons taken off": _takes_reasons_off,
    "agreement dropped": _drops,
    "agreement hidden": _takes_off,
    "agreement shown": _puts_on,
    "agreements shown": _puts_several_on,
    "call noted": _notes,
    "partner link renewed": _renews_partners,
    "projector link renewed": _renews_projectors,
    "table host link withdrawn": _withdraws_hosts,
    "public link renewed": _renews_public,
    "partner removed": _removes,
    "stakeholder removed": _takes_off_the_map,
    "logo chosen": _chooses_logo,
    "logo removed": _takes_logo_away,
    "room taken to a step": _goes_on,
}


@cache
def _tables(_kind: str) -> list[Table]:
    """Return what each database of this kind has, told once: to ask takes longer than a test."""
    found = MetaData()
    found.reflect(engine())
    return found.sorted_tables


def _everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table, apart from what tells of undoing."""
    with engine().connect() as connection:
        return {
            table.name: sorted(
                (
                    {name: value for name, value in row._mapping.items() if name not in COUNTERS}
                    for row in connection.execute(select(table))
                ),
                key=repr,
            )
            for table in _tables(engine().dialect.name)
            if table.name not in APART
        }


def _is_whole(room: Room) -> bool:
    with reading() as session:
        return chain_is_whole(session, room.alliance_id)


def test_every_way_of_undoing_is_looked_at_here() -> None:
    assert set(ACTS) == set(WAYS)


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ACTS)
def test_undone_all_stands_as_it_stood_and_the_record_tells_who_undid_what(database: str, kind: str) -> None:
    story = Story()
    act = ACTS[kind](story)
    before = _everything()
    act()
    assert _everything() != before

    undone = undo_last(who=OTHER)

    assert undone == Undone()
    assert _everything() == before
    with reading() as session:
        newest, told_of = list_events(session, story.room.alliance_id, limit=2)
        can_still = what_can_be_undone(session, story.room.alliance_id, limit=20)
    assert (newest.who, newest.what) == (OTHER, UNDONE)
    assert newest.details == {"event": told_of.id, "of": kind, "told": told_of.details}
    said = event_sentence(newest.what, newest.details, "nl")
    assert said == f"Ongedaan gemaakt: {event_sentence(kind, told_of.details, 'nl')}"
    assert told_of.id not in {one.event_id for one in can_still}
    assert _is_whole(story.room)


@pytest.mark.parametrize("kind", ACTS)
def test_undone_by_two_it_is_undone_once_and_the_second_hears_by_whom(sqlite: str, kind: str) -> None:
    story = Story()
    ACTS[kind](story)()
    event_id = newest_undoable()
    write(undo, who=OTHER, event_id=event_id)
    before, events = _everything(), len(rows_of(Event))

    again = write(undo, who=LEADER, event_id=event_id)

    assert again == Undone(already_by=OTHER)
    assert (_everything(), len(rows_of(Event))) == (before, events)


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["proposal hidden", "partner removed", "round cancelled"])
def test_at_the_same_moment_too(database: str, kind: str) -> None:
    story = Story()
    act = ACTS[kind](story)
    before = _everything()
    act()
    event_id = newest_undoable()

    with ThreadPoolExecutor(4) as threads:
        done = list(
            threads.map(
                lambda name: write(undo, who=name, event_id=event_id), ["Iris", "Joost", "Aïsha", "Bo"]
            )
        )

    assert sorted(one.already_by is None for one in done) == [False, False, False, True]
    assert _everything() == before
    assert len([row for row in rows_of(Event) if row["what"] == UNDONE]) == 1
    assert _is_whole(story.room)


def _asks_about_it(story: Story) -> None:
    vote = make_round(story.room, principles=[_newest(Principle)])
    story.do(cancel_round, round_id=vote.round_id)


MEANWHILE: dict[str, tuple[str, Callable[[Story], Any], Hindrance]] = {
    "its author changed it": (
        "proposal hidden",
        lambda s: write(
            change_proposal,
            participant_id=s.room.people[0],
            proposal_id=_newest(Proposal),
            text="Zonder naam",
        ),
        Hindrance.CHANGED,
    ),
    "its author took it away": (
        "proposal hidden",
        lambda s: write(withdraw_proposal, participant_id=s.room.people[0], proposal_id=_newest(Proposal)),
        Hindrance.CHANGED,
    ),
    "somebody let it through again": (
        "proposal hidden",
        lambda s: s.do(show_proposals, workshop_id=s.room.workshop_id, proposal_ids=[_newest(Proposal)]),
        Hindrance.CHANGED,
    ),
    "it was worded anew": (
        "principle worded",
        lambda s: s.do(reword_principle, principle_id=_newest(Principle), text="We steken over.", why=""),
        Hindrance.CHANGED,
    ),
    "it was left out": (
        "principle worded",
        lambda s: s.do(leave_out_principle, principle_id=_newest(Principle)),
        Hindrance.CHANGED,
    ),
    "the room was asked about it": ("principle worded", _asks_about_it, Hindrance.VOTED_ON),
    "the room was asked about the version": ("principle reworded", _asks_about_it, Hindrance.VOTED_ON),
    "an agreement practises it": (
        "principle worded",
        lambda s: make_agreement(s.room, principle_ids=[_newest(Principle)]),
        Hindrance.IN_USE,
    ),
    "another round was opened": ("round cancelled", lambda s: make_round(s.room), Hindrance.ROUND_FOLLOWED),
    "the reason was shown again": (
        "reason hidden",
        lambda s: s.do(show_reasons, round_id=_newest(Round), reason_ids=[_newest(Reason)]),
        Hindrance.CHANGED,
    ),
    "the reasons were hidden": (
        "reasons shown",
        lambda s: s.do(hide_reason, reason_id=_newest(Reason)),
        Hindrance.CHANGED,
    ),
    "the reasons were shown again": (
        "reasons taken off",
        lambda s: s.do(show_reasons, round_id=_newest(Round), reason_ids=[_newest(Reason)]),
        Hindrance.CHANGED,
    ),
    "it was taken up again": (
        "agreement dropped",
        lambda s: s.do(revive_agreement, agreement_id=_newest(Agreement)),
        Hindrance.CHANGED,
    ),
    "it was shown again": (
        "agreement hidden",
        lambda s: s.do(show_agreements, agreement_ids=[_newest(Agreement)]),
        Hindrance.CHANGED,
    ),
    "it was taken off": (
        "agreement shown",
        lambda s: s.do(hide_agreement, agreement_id=_newest(Agreement)),
        Hindrance.CHANGED,
    ),
    "it was taken back by its button": (
        "call noted",
        lambda s: s.do(take_back_call, call_id=_newest(AgreementCall)),
        Hindrance.CHANGED,
    ),
    "a third link was made": (
        "partner link renewed",
        lambda s: s.do(renew_partner_link, partner_id=s.room.partners["Selam"]),
        Hindrance.LINK_FOLLOWED,
    ),
    "the partner is gone": (
        "partner link renewed",
        lambda s: s.do(remove_partner, partner_id=s.room.partners["Selam"]),
        Hindrance.CHANGED,
    ),
    "a third projector's link was made": (
        "projector link renewed",
        lambda s: s.do(renew_projector_link, workshop_id=s.room.workshop_id),
        Hindrance.LINK_FOLLOWED,
    ),
    "the meeting is over": (
        "projector link renewed",
        lambda s: s.do(end_workshop, workshop_id=s.room.workshop_id),
        Hindrance.OVER,
    ),
    "another link was made for hosts": (
        "table host link withdrawn",
        lambda s: s.do(make_table_host_link, workshop_id=s.room.workshop_id),
        Hindrance.LINK_FOLLOWED,
    ),
    "the hosts' meeting is over": (
        "table host link withdrawn",
        lambda s: s.do(end_workshop, workshop_id=s.room.workshop_id),
        Hindrance.OVER,
    ),
    "the room went on": (
        "room taken to a step",
        lambda s: take_room(s.room, Step.AGREE),
        Hindrance.CHANGED,
    ),
    "the meeting ended": (
        "room taken to a step",
        lambda s: s.do(end_workshop, workshop_id=s.room.workshop_id),
        Hindrance.CHANGED,
    ),
    "a round was opened": ("room taken to a step", lambda s: make_round(s.room), Hindrance.ROUND_OPEN),
}


@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_what_was_changed_since_is_left_as_it_is_and_says_why(sqlite: str, meanwhile: str) -> None:
    kind, happens, hindrance = MEANWHILE[meanwhile]
    story = Story()
    ACTS[kind](story)()
    event_id = newest_undoable()
    happens(story)
    before = _everything()

    with pytest.raises(CannotBeUndone) as refused:
        write(undo, who=OTHER, event_id=event_id)

    assert refused.value.hindrance == hindrance
    assert _everything() == before
    with reading() as session:
        assert not can_be_undone_now(session, event_id)
        offered = what_can_be_undone(session, story.room.alliance_id, limit=20)
    assert event_id not in {one.event_id for one in offered}


def test_of_several_that_were_let_through_only_those_go_back_that_stand_as_they_were(sqlite: str) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    ids = [make_proposal(room, text=text, is_shown=False) for text in ("Een", "Twee", "Drie")]
    write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=None)
    shown = newest_undoable()
    write(hide_proposal, who=OTHER, proposal_id=ids[0])
    make_principle(room, text="Samen.", sources=[ids[1]])

    undone = write(undo, who=LEADER, event_id=shown)

    assert undone.left == 2
    states = {
        row["text"]: (row["shown_at"] is not None, row["hidden_at"] is not None) for row in rows_of(Proposal)
    }
    assert states == {"Een": (True, True), "Twee": (True, False), "Drie": (False, False)}


@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_what_was_shown_to_the_room_cannot_be_undone(sqlite: str, secrecy: Secrecy) -> None:
    story = Story()
    vote = make_round(story.room, secrecy=secrecy)
    cast_all(vote, [(person, "agree") for person in story.room.people])
    close_and_reveal(vote)
    before = _everything()

    for event in reversed(rows_of(Event)):
        if event["what"] in ("round opened", "round closed", "round revealed"):
            with pytest.raises(CannotBeUndone) as refused:
                write(undo, who=LEADER, event_id=event["id"])
            assert refused.value.hindrance == Hindrance.GONE
    with pytest.raises(NotFound):
        write(undo, who=LEADER, event_id=4711)

    assert _everything() == before


def _partner(room: Room) -> Partner:
    with reading() as session:
        return session.get_one(Partner, room.partners["Selam"])


def _workshop(room: Room) -> Workshop:
    with reading() as session:
        return session.get_one(Workshop, room.workshop_id)


def test_the_very_link_that_a_partner_had_opens_again_and_the_one_between_never_does(sqlite: str) -> None:
    room = make_workshop(partners=["Selam"])
    given = [partner_token(_partner(room))]
    write(renew_partner_link, who=LEADER, partner_id=room.partners["Selam"])
    given.append(partner_token(_partner(room)))

    undo_last()
    with reading() as session:
        assert find_partner(session, given[0]) is not None
        assert find_partner(session, given[1]) is None
    write(renew_partner_link, who=LEADER, partner_id=room.partners["Selam"])
    given.append(partner_token(_partner(room)))

    assert len(set(given)) == 3
    with reading() as session:
        assert [find_partner(session, token) is not None for token in given] == [False, False, True]


def test_the_very_screens_and_tables_that_had_a_link_go_on_with_it(sqlite: str) -> None:
    room = make_workshop()
    write(make_table_host_link, who=LEADER, workshop_id=room.workshop_id)
    screen, table = projector_token(_workshop(room)), table_host_token(_workshop(room))

    write(renew_projector_link, who=LEADER, workshop_id=room.workshop_id)
    between = projector_token(_workshop(room))
    undo_last()
    write(withdraw_table_host_link, who=LEADER, workshop_id=room.workshop_id)
    undo_last()
    with reading() as session:
        assert find_projector(session, screen) and find_table_host(session, table)
        assert find_projector(session, between) is None
    write(renew_projector_link, who=LEADER, workshop_id=room.workshop_id)

    assert projector_token(_workshop(room)) not in (screen, between)


def _adds(room: Room, name: str = "Renée d’Hondt") -> int:
    return int(
        write(
            add_partner,
            who=LEADER,
            alliance_id=room.alliance_id,
            kind="resident",
            name=name,
            group_id=room.groups["Residents"],
        )
    )


@pytest.mark.both_databases
def test_nobody_gets_the_link_of_a_partner_that_was_removed(database: str) -> None:
    room = make_workshop()
    first = _adds(room)
    with reading() as session:
        token = partner_token(session.get_one(Partner, first))
    write(remove_partner, who=LEADER, partner_id=first)

    second = _adds(room, "Fatma Yılmaz")

    with reading() as session:
        assert find_partner(session, token) is None
    write(undo, who=LEADER, event_id=newest_undoable())
    with reading() as session:
        found = find_partner(session, token)
        assert found is not None and found.name == "Renée d’Hondt"
        assert session.get_one(Partner, second).name == "Fatma Yılmaz"


def test_a_partner_comes_back_without_a_group_that_is_gone(sqlite: str) -> None:
    room = make_workshop()
    partner = _adds(room)
    write(remove_partner, who=LEADER, partner_id=partner)
    event_id = newest_undoable()
    write(remove_group, who=LEADER, group_id=room.groups["Residents"])

    write(undo, who=LEADER, event_id=event_id)

    with reading() as session:
        assert session.get_one(Partner, partner).group_id is None


def test_what_was_known_of_a_partner_that_was_removed_is_forgotten_after_a_day(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_workshop()
    write(remove_partner, who=LEADER, partner_id=_adds(room))
    event_id = newest_undoable()
    assert "Hondt" in str(rows_of(Undoable))
    keep_promises(lambda *_: pytest.fail("nothing to build"))
    assert "Hondt" in str(rows_of(Undoable))
    later = now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr("models.undoing.undo.now", lambda: later)

    assert write(forget_what_was_kept) == 1

    assert "Hondt" not in str(rows_of(Undoable))
    with pytest.raises(CannotBeUndone) as refused:
        write(undo, who=LEADER, event_id=event_id)
    assert refused.value.hindrance == Hindrance.FORGOTTEN


def _as_leader(name: str) -> Callable[..., Done]:
    token = new_token()
    write(sign_in, name=name, token=token)

    def act(action: Any, **arguments: Any) -> Done:
        done = write(act_and_note, tokens={Role.FACILITATOR: token}, action=action, arguments=arguments)
        assert isinstance(done, Done)
        return done

    return act


AGAIN: dict[str, Callable[[Story], tuple[Any, dict[str, Any]]]] = {
    "hiding": lambda s: (hide_proposal, {"proposal_id": s.proposal()}),
    "cancelling": lambda s: (cancel_round, {"round_id": make_round(s.room).round_id}),
    "hiding a reason": lambda s: (hide_reason, {"reason_id": s.reason()}),
    "dropping": lambda s: (drop_agreement, {"agreement_id": make_agreement(s.room), "reason": "Geen zaal."}),
    "a partner's link": lambda s: (
        renew_partner_link,
        {"partner_id": s.room.partners["Selam"], "serial": _partner(s.room).serial},
    ),
    "the projector's link": lambda s: (
        renew_projector_link,
        {"workshop_id": s.room.workshop_id, "serial": _workshop(s.room).projector_serial},
    ),
    "going on": lambda s: (take_room_to, {"workshop_id": s.room.workshop_id, "step": Step.VOTE}),
}


@pytest.mark.parametrize("act", AGAIN)
def test_two_who_press_at_once_do_it_once_and_either_can_undo_it(sqlite: str, act: str) -> None:
    story = Story()
    action, arguments = AGAIN[act](story)
    iris, joost = _as_leader("Iris"), _as_leader(OTHER)
    untouched = _everything()
    done = iris(action, **arguments)
    assert done.event_id is not None
    before = _everything()

    again = joost(action, **arguments)

    assert again.event_id == done.event_id
    assert _everything() == before
    joost(undo, event_id=again.event_id)
    assert _everything() == untouched


def test_hidden_twice_a_proposal_keeps_the_reason_that_its_author_reads(sqlite: str) -> None:
    story = Story()
    proposal = story.proposal()
    story.do(hide_proposal, proposal_id=proposal)
    story.do(say_why_hidden, proposal_id=proposal, reason="Er staat een naam in.")

    story.do(hide_proposal, proposal_id=proposal)

    assert [row["hidden_reason"] for row in rows_of(Proposal)] == ["Er staat een naam in."]


def _worded(room: Room) -> int:
    fields = {"wording": "We steken veilig over.", "wording_target": 0}
    write(keep_unfinished, who=LEADER, what="wording 1", fields=fields)
    write(
        finish_form,
        who=LEADER,
        what="wording 1",
        action=word_principle,
        arguments={
            "workshop_id": room.workshop_id, "text": "We steken veilig over.", "proposal_ids": [],
        },
    )  # fmt: skip
    return newest_undoable()


def test_what_one_typed_stands_in_its_field_again_whoever_undid_it(sqlite: str) -> None:
    room = make_workshop(step=Step.DRAFT)
    event_id = _worded(room)
    assert rows_of(Unfinished) == []

    write(undo, who=OTHER, event_id=event_id)

    [form] = rows_of(Unfinished)
    assert (form["who"], form["fields"]["wording"]) == (LEADER, "We steken veilig over.")


def test_and_takes_no_place_of_what_was_begun_since(sqlite: str) -> None:
    room = make_workshop(step=Step.DRAFT)
    event_id = _worded(room)
    write(keep_unfinished, who=LEADER, what="wording 1", fields={"wording": "Iets anders"})

    write(undo, who=LEADER, event_id=event_id)

    assert [form["fields"]["wording"] for form in rows_of(Unfinished)] == ["Iets anders"]


def test_the_words_of_a_call_that_was_taken_back_are_kept_nowhere(sqlite: str) -> None:
    story = Story()
    fields = {"said": "Zij is ziek."}
    agreement = make_agreement(story.room, owner="Selam")
    write(keep_unfinished, who=LEADER, what="call", fields=fields)
    call = write(
        finish_form,
        who=LEADER,
        what="call",
        action=note_call,
        arguments={"agreement_id": agreement, "outcome": CallOutcome.BUSY, "sentence": "Zij is ziek."},
    )
    assert "ziek" in str(_everything() | {"undoable": rows_of(Undoable)})

    write(take_back_call, who=LEADER, call_id=call)

    assert "ziek" not in str(_everything() | {"undoable": rows_of(Undoable)})


def test_what_can_be_undone_is_listed_newest_first_with_the_words_by_which_one_knows_it(sqlite: str) -> None:
    story = Story()
    hidden = story.proposal("Zebrapad bij de school 🦓")
    story.do(hide_proposal, proposal_id=hidden)
    agreement = make_agreement(story.room, what="Soep op maandag", due_on=date(2027, 6, 1))
    story.do(drop_agreement, agreement_id=agreement, reason="Geen zaal.")

    with reading() as session:
        listed = what_can_be_undone(session, story.room.alliance_id, limit=2)

    assert [(one.what, one.names) for one in listed] == [
        ("agreement dropped", "Soep op maandag"),
        ("proposal hidden", "Zebrapad bij de school 🦓"),
    ]
