"""The thread from what somebody said to what was agreed, and where it breaks off."""

from exports.sentences.thread import evidence_name
from models.agreeing.views import list_agreements
from models.baseline.behind import behind_improvements
from models.baseline.conclusions import lay_evidence
from models.baseline.findings import narrow_consent
from models.baseline.improvements import make_proposal_of, write_improvement
from models.baseline.sources import speaker_token
from models.basics.words import Consent, Stance, Step
from models.drafting.origins import Origin, OriginKind
from models.drafting.views import proposals_for_facilitator
from models.drafting.wording import word_principle
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource
from models.threads.dead_ends import DeadEnds, dead_ends
from models.threads.evidence import EvidenceThread, ThreadEvidence, read_evidence_thread
from models.threads.threads import Thread
from models.threads.views import read_threads
from models.voting.principles import list_principles
from tests.builders import (
    LEADER,
    Room,
    allow,
    make_agreement,
    make_conclusion,
    make_finding,
    make_interview,
    make_photo,
    make_quote,
    make_startfoto,
    make_workshop,
)
from tests.builders.startfoto import DRAWS, LETTER
from tests.questions import questions_asked


def _proposed(room: Room) -> tuple[int, int, int, int]:
    """Return a source, its released quote, the point that follows from it, and the proposal that was made of that."""
    startfoto = make_startfoto(room)
    source = make_interview(startfoto)
    released, hidden = make_quote(source, LETTER), make_quote(source, DRAWS)
    allow(released)
    conclusion = make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[released, hidden])
    point = write(
        write_improvement,
        who=LEADER,
        baseline_id=startfoto.baseline_id,
        text="Brieven passen op één bladzijde.",
        conclusion_ids=[conclusion],
    ).improvement_id
    made = write(make_proposal_of, who=LEADER, improvement_id=point)
    return source, released, point, made.proposal_id


def _threads(room: Room) -> list[Thread]:
    with reading() as session:
        return read_threads(
            session,
            room.alliance_id,
            principles=list_principles(session, room.alliance_id),
            agreements=list_agreements(session, room.alliance_id),
        )


def _ends(room: Room) -> DeadEnds:
    with reading() as session:
        return dead_ends(
            session,
            room.alliance_id,
            principles=list_principles(session, room.alliance_id),
            agreements=list_agreements(session, room.alliance_id),
        )


def test_a_principle_says_of_which_point_it_came(database: str) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    _source, _quote, _point, proposal = _proposed(room)

    write(
        word_principle,
        who=LEADER,
        workshop_id=room.workshop_id,
        text="Wij schrijven kort.",
        proposal_ids=[proposal],
    )

    (thread,) = _threads(room)
    assert thread.came.origin == Origin(OriginKind.IMPROVEMENT, "1")
    with reading() as session:
        (row,) = proposals_for_facilitator(session, room.workshop_id)
    assert (row.improvement_number, row.origin) == (1, "")


def test_behind_a_point_stands_what_is_released_and_what_is_withdrawn_goes_at_once(database: str) -> None:
    room = make_workshop(step=Step.DRAFT)
    source, quote, point, _proposal = _proposed(room)
    with reading() as session:
        (conclusion,) = behind_improvements(session, [point])[point].conclusions
        token = speaker_token(session.get_one(BaselineSource, source))
    assert [said.text for said in conclusion.said] == [LETTER]

    write(narrow_consent, token=token, finding_id=quote, consent=Consent.NONE)

    with reading() as session:
        (conclusion,) = behind_improvements(session, [point])[point].conclusions
    assert conclusion.said == []
    assert conclusion.standing.findings == 1


def test_where_the_thread_breaks_off_is_named(sqlite: str) -> None:
    room = make_workshop(step=Step.DRAFT)
    startfoto = make_startfoto(room)
    make_finding(make_interview(startfoto), "Niemand vraagt iets.")
    make_conclusion(startfoto, "Niemand luistert.")
    write(write_improvement, who=LEADER, baseline_id=startfoto.baseline_id, text="Terugkoppelen.")
    make_agreement(room)

    assert _ends(room) == DeadEnds(findings=1, conclusions=["1"], points=["1"], principles=[], agreements=[])


def test_without_a_startfoto_nothing_is_said_of_one(sqlite: str) -> None:
    assert _ends(make_workshop()) == DeadEnds(0, [], [], [], [])


def test_the_thread_begins_with_evidence_counted_by_side_without_a_word_of_it(database: str) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    source, released, _point, _proposal = _proposed(room)
    make_finding(source, "Niemand nam dit over.")

    def read() -> EvidenceThread:
        with reading() as session:
            return read_evidence_thread(session, room.alliance_id)

    thread = read()

    [conclusion], [point] = thread.conclusions, thread.points
    assert (conclusion.name, point.name) == ("1", "1")
    assert conclusion.evidence == (ThreadEvidence("interview", "residents", 2),)
    assert point.conclusion_ids == (conclusion.id,)
    assert point.is_proposed
    assert thread.unused == (ThreadEvidence("interview", "residents", 1),)
    with reading() as session:
        token = speaker_token(session.get_one(BaselineSource, source))
    write(narrow_consent, token=token, finding_id=released, consent=Consent.NONE)
    [conclusion] = read().conclusions
    assert conclusion.evidence == (ThreadEvidence("interview", "residents", 1),)


def test_many_findings_ask_as_many_questions_as_a_few_and_fill_no_more_nodes(sqlite: str) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    source, *_rest = _proposed(room)

    def asked() -> tuple[int, int]:
        with questions_asked() as questions, reading() as session:
            thread = read_evidence_thread(session, room.alliance_id)
        return len(questions), len(thread.found)

    few = asked()
    for number in range(30):
        make_finding(source, f"Bevinding {number}.")

    assert asked() == few


def test_a_point_of_the_second_startfoto_bears_its_number(sqlite: str) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    _proposed(room)
    *_rest, proposal = _proposed(room)
    write(
        word_principle,
        who=LEADER,
        workshop_id=room.workshop_id,
        text="Brieven passen op één bladzijde.",
        proposal_ids=[proposal],
    )

    [thread] = _threads(room)

    assert thread.came.origin == Origin(OriginKind.IMPROVEMENT, "2.1")


def test_the_thread_runs_through_statements_for_a_conclusion_and_against_it(sqlite: str) -> None:
    room = make_workshop(people={"Bewoners": 6})
    photo = make_photo(
        make_startfoto(room),
        [("Taal", "Ik word geholpen in een taal die ik begrijp."), ("Meedoen", "Ik kan hier meedoen.")],
        {"Bewoners": [1, 4]},
    )
    conclusion = make_conclusion(photo.startfoto, "Taal staat in de weg.")
    for statement_id, stance in zip(photo.statements, (Stance.FOR, Stance.AGAINST), strict=True):
        write(lay_evidence, who=LEADER, conclusion_id=conclusion, statement_ids=[statement_id], stance=stance)

    with reading() as session:
        thread = read_evidence_thread(session, room.alliance_id)

    (found,) = thread.conclusions[0].evidence
    assert (found.kind, found.count, found.against) == ("", 2, 1)
    assert evidence_name(found, "nl") == "Stellingen: 2"
