"""The example municipality with its startfoto: while one collects, and in each step of its meeting. Made by the real
actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from models.alliance.groups import read_groups
from models.baseline.baseline import begin_baseline, read_themes
from models.baseline.conclusions import change_conclusion, lay_evidence, write_conclusion
from models.baseline.findings import mark_quote, set_consent, type_finding
from models.baseline.improvements import (
    make_proposal_of,
    put_off_improvement,
    standing_points,
    write_improvement,
)
from models.baseline.sources import add_source, replace_word
from models.baseline.statements import ReadyStatement, take_ready_statements
from models.basics.clock import today
from models.basics.errors import InvalidValue
from models.basics.keys import new_token
from models.basics.words import BuildingBlock, Consent, SourceKind, Stance, Step
from models.example.alliance import ExampleLoaded, loaded, make_alliance
from models.example.ballots import ballots_come_in
from models.example.merenveld import TIME_ZONE, VENUE
from models.example.merenveld_startfoto import (
    ANSWERED_SO_FAR,
    ANSWERING,
    CONCLUSIONS,
    DOCUMENTS,
    DOTS_BY,
    INTERVIEWS,
    POINTS,
    STATEMENTS,
    THEMES,
    ExampleStatement,
)
from models.joining.joining import join
from models.photo.meeting import open_statements, plan_startfoto, rank_points
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource, Finding, Participant
from models.voting.ballot import ParticipantBallot
from models.voting.closing import close_round
from models.voting.round import reveal_round
from models.voting.round_views import read_round
from models.workshop.programme import STARTFOTO
from models.workshop.workshop import take_room_to

COLLECT = "collect"
# What can be shown: first what one collects, before anybody meets, then the steps of the meeting.
STEPS = (COLLECT, *(step.name for step in STARTFOTO.steps))
MEETS_AFTER, OPEN_FOR = timedelta(days=30), timedelta(days=14)
# The months of the startfoto, counted from that of the alliance's own meeting.
STARTFOTO_MONTHS = (-3, 0)
FAVOURABLE, UNFAVOURABLE = ("agree", "strongly agree"), ("disagree", "strongly disagree", "neutral")


@dataclass
class Photo:
    """What the example remembers while it is made."""

    who: str
    alliance_id: int
    baseline_id: int
    workshop_id: int
    code: str
    groups: dict[str, int]
    round_id: int | None = None


def load_startfoto(step: str, *, who: str = "Iris de Boer") -> ExampleLoaded:
    """Load the example's startfoto at a step; the alliance's own first meeting is prepared. Raises `InvalidValue`."""
    if step not in STEPS:
        raise InvalidValue("step", step)
    created = make_alliance(
        who, today(TIME_ZONE) + MEETS_AFTER, months={BuildingBlock.BASELINE: STARTFOTO_MONTHS}
    )
    begun = write(begin_baseline, who=who, alliance_id=created.alliance_id, themes=THEMES)
    write(_collect, who=who, baseline_id=begun.baseline_id, alliance_id=created.alliance_id)
    write(_write_statements, who=who, baseline_id=begun.baseline_id, alliance_id=created.alliance_id)
    if step == COLLECT:
        return loaded(created.alliance_id, created.workshop_id)
    planned = write(
        plan_startfoto, who=who, alliance_id=created.alliance_id, venue=VENUE, held_on=today(TIME_ZONE)
    )
    with reading() as session:
        groups = {group.name: group.id for group in read_groups(session, created.alliance_id)}
    photo = Photo(who, created.alliance_id, begun.baseline_id, planned.workshop_id, planned.code, groups)
    for reached in STARTFOTO.steps:
        if STARTFOTO.number(reached.name) <= STARTFOTO.number(step):
            WHAT_HAPPENS[reached.name](photo, reached.name == step)
    return loaded(photo.alliance_id, photo.workshop_id, photo.round_id)


def _write_statements(session: Session, *, who: str, baseline_id: int, alliance_id: int) -> None:
    themes = {theme.name: theme.id for theme in read_themes(session, alliance_id)}
    take_ready_statements(
        session,
        who=who,
        baseline_id=baseline_id,
        statements=[ReadyStatement(themes[one.theme], one.text, one.is_reversed) for one in STATEMENTS],
    )


def _welcome(photo: Photo, is_last: bool) -> None:
    if is_last:
        write(take_room_to, who=photo.who, workshop_id=photo.workshop_id, step=Step.WELCOME)
        write(_people_come_in, photo=photo, groups=_who_answers()[:ANSWERED_SO_FAR])


def _statements(photo: Photo, is_last: bool) -> None:
    """Open them by link; where the room is further, everyone has answered and they are closed and shown."""
    opened = write(
        open_statements, who=photo.who, baseline_id=photo.baseline_id, until=today(TIME_ZONE) + OPEN_FOR
    )
    photo.round_id = opened.round_id
    answering = _who_answers()[: ANSWERED_SO_FAR if is_last else None]
    people = write(_people_come_in, photo=photo, groups=answering)
    write(_answers_come_in, round_id=opened.round_id, people=people, groups=answering)
    if not is_last:
        write(close_round, who=photo.who, round_id=opened.round_id)
        write(reveal_round, who=photo.who, round_id=opened.round_id)


def _who_answers() -> list[str | None]:
    """Return the group of each who answers, in the order in which they come: mixed, as people come by a link."""
    everybody = [group for group, count in ANSWERING for _ in range(count)]
    # 45 has no divisor in common with 214.
    return [everybody[place * 45 % len(everybody)] for place in range(len(everybody))]


def _people_come_in(session: Session, *, photo: Photo, groups: list[str | None]) -> list[int]:
    return [
        join(
            session,
            code=photo.code,
            phone_token=new_token(),
            group_id=photo.groups[group] if group else None,
        ).participant_id
        for group in groups
    ]


def _answers_come_in(session: Session, *, round_id: int, people: list[int], groups: list[str | None]) -> None:
    rows = [group for group, _count in ANSWERING]
    ballots = [
        ParticipantBallot(
            participant_id=person,
            round_id=round_id,
            item_id=item.id,
            choice=_answer(STATEMENTS[item.number - 1], rows.index(group), place, item.number),
            reason=None,
            may_name=False,
            request_id=None,
            sequence=1,
        )
        for item in read_round(session, round_id).items
        for place, (person, group) in enumerate(zip(people, groups, strict=True))
    ]
    ballots_come_in(session, ballots=ballots)


def _answer(statement: ExampleStatement, row: int, place: int, number: int) -> str:
    """Return what somebody answers: as many of a row are favourable as the statement says, and a few do not know."""
    drawn = (place * 61 + number * 37) % 101
    if drawn >= 97:
        return "unknown"
    is_favourable = drawn < statement.shares[row]
    answers = FAVOURABLE if is_favourable else UNFAVOURABLE
    chosen = answers[(place + number) % len(answers)]
    if not statement.is_reversed or chosen == "neutral":
        return chosen
    return (
        chosen.replace("disagree", "agree") if "disagree" in chosen else chosen.replace("agree", "disagree")
    )


def _picture(photo: Photo, is_last: bool) -> None:
    write(take_room_to, who=photo.who, workshop_id=photo.workshop_id, step=Step.PICTURE)


def _conclusions(photo: Photo, is_last: bool) -> None:
    write(_conclude, who=photo.who, baseline_id=photo.baseline_id, alliance_id=photo.alliance_id)
    write(take_room_to, who=photo.who, workshop_id=photo.workshop_id, step=Step.CONCLUSIONS)


def _end(photo: Photo, is_last: bool) -> None:
    with reading() as session:
        points = [one.id for one in standing_points(session, photo.baseline_id)]
    opened = write(rank_points, who=photo.who, baseline_id=photo.baseline_id, improvement_ids=points)
    photo.round_id = opened.round_id
    write(_dots_come_in, photo=photo, round_id=opened.round_id)
    write(close_round, who=photo.who, round_id=opened.round_id)
    write(reveal_round, who=photo.who, round_id=opened.round_id)
    write(take_room_to, who=photo.who, workshop_id=photo.workshop_id, step=Step.END)


def _dots_come_in(session: Session, *, photo: Photo, round_id: int) -> None:
    people = session.exec(
        select(Participant.id)
        .where(Participant.workshop_id == photo.workshop_id)
        .order_by(col(Participant.number))
        .limit(DOTS_BY)
    ).all()
    items = [item.id for item in read_round(session, round_id).items]
    ballots_come_in(
        session,
        ballots=[
            ParticipantBallot(
                participant_id=person,
                round_id=round_id,
                item_id=item,
                choice=str(max(0, 3 - (place + rank) % 3 - rank)),
                reason=None,
                may_name=False,
                request_id=None,
                sequence=1,
            )
            for place, person in enumerate(people)
            for rank, item in enumerate(items)
        ],
    )


WHAT_HAPPENS: dict[str, Callable[[Photo, bool], None]] = {
    Step.WELCOME: _welcome,
    Step.STATEMENTS: _statements,
    Step.PICTURE: _picture,
    Step.CONCLUSIONS: _conclusions,
    Step.END: _end,
}
"""What happens in each step; whether it is the last one that is shown."""


def _collect(session: Session, *, who: str, baseline_id: int, alliance_id: int) -> None:
    themes = {theme.name: theme.id for theme in read_themes(session, alliance_id)}
    for interview in INTERVIEWS:
        source_id = add_source(
            session,
            who=who,
            baseline_id=baseline_id,
            kind=SourceKind.INTERVIEW,
            side=interview.side,
            role=interview.role,
            held_on=today(TIME_ZONE) - timedelta(days=interview.days_ago),
            is_guide_handed_over=True,
            note=interview.note,
        ).source_id
        by_consent: dict[Consent, list[int]] = {}
        for quote in interview.quotes:
            note = session.get_one(BaselineSource, source_id).note
            starts = note.index(quote.words)
            made = mark_quote(
                session,
                who=who,
                source_id=source_id,
                starts=starts,
                ends=starts + len(quote.words),
                words=quote.words,
                theme_ids=[themes[name] for name in quote.themes],
                effect=quote.effect,
            )
            if quote.consent is not None:
                by_consent.setdefault(quote.consent, []).append(made.finding_id)
        for consent, findings in by_consent.items():
            set_consent(session, who=who, finding_ids=findings, consent=consent)
        for word, vaguer in interview.telling.items():
            replace_word(session, who=who, source_id=source_id, word=word, became=vaguer)
    for document in DOCUMENTS:
        source_id = add_source(
            session,
            who=who,
            baseline_id=baseline_id,
            kind=document.kind,
            side=document.side,
            title=document.title,
            reference=document.reference,
        ).source_id
        for text, names, effect in document.findings:
            type_finding(
                session,
                who=who,
                source_id=source_id,
                text=text,
                theme_ids=[themes[name] for name in names],
                effect=effect,
            )


def _conclude(session: Session, *, who: str, baseline_id: int, alliance_id: int) -> None:
    themes = {theme.name: theme.id for theme in read_themes(session, alliance_id)}
    found = session.exec(
        select(Finding).where(Finding.baseline_id == baseline_id).order_by(col(Finding.number))
    ).all()
    conclusions: list[int] = []
    for conclusion in CONCLUSIONS:
        made = write_conclusion(
            session,
            who=who,
            baseline_id=baseline_id,
            text=conclusion.text,
            theme_ids=[themes[name] for name in conclusion.themes],
        ).conclusion_id
        for stance, beginnings in (
            (Stance.FOR, conclusion.supporting),
            (Stance.AGAINST, conclusion.opposing),
        ):
            findings = [
                next(one.id for one in found if one.text.startswith(beginning)) for beginning in beginnings
            ]
            if findings:
                lay_evidence(session, who=who, conclusion_id=made, finding_ids=findings, stance=stance)
        change_conclusion(
            session,
            who=who,
            conclusion_id=made,
            sureness=conclusion.sureness,
            answers=conclusion.answers,
            opposite_sought=conclusion.opposite_sought,
        )
        conclusions.append(made)
    for point in POINTS:
        written = write_improvement(
            session,
            who=who,
            baseline_id=baseline_id,
            text=point.text,
            who_could=point.who_could,
            conclusion_ids=[conclusions[number - 1] for number in point.conclusions],
        )
        if point.why_not_now:
            put_off_improvement(
                session, who=who, improvement_id=written.improvement_id, why=point.why_not_now
            )
        if point.is_proposed:
            make_proposal_of(session, who=who, improvement_id=written.improvement_id)
