"""The example municipality with its startfoto: while one collects, or with conclusions. Made by the real actions."""

from datetime import timedelta

from sqlmodel import Session, col, select

from models.alliance.alliance import create_alliance
from models.alliance.plan import choose_blocks
from models.baseline.baseline import begin_baseline, read_themes
from models.baseline.conclusions import change_conclusion, lay_evidence, write_conclusion
from models.baseline.findings import mark_quote, set_consent, type_finding
from models.baseline.improvements import make_proposal_of, put_off_improvement, write_improvement
from models.baseline.sources import add_source, replace_word
from models.basics.clock import today
from models.basics.errors import InvalidValue
from models.basics.words import Consent, Language, SourceKind, Stance
from models.example.merenveld import ALLIANCE_NAME, BLOCKS, CONTACT, GROUPS, PLACE, PURPOSE, TIME_ZONE, VENUE
from models.example.merenveld_startfoto import CONCLUSIONS, DOCUMENTS, INTERVIEWS, POINTS, THEMES
from models.example.workshop import ExampleLoaded
from models.storage.database import reading
from models.storage.writing import write
from models.tables import BaselineSource, Finding
from models.workshop.workshop import projector_token, read_workshop

COLLECT, CONCLUSIONS_STEP = "collect", "conclusions"
STEPS = (COLLECT, CONCLUSIONS_STEP)
MEETS_AFTER = timedelta(days=30)


def load_startfoto(step: str, *, who: str = "Iris de Boer") -> ExampleLoaded:
    """Load the example's startfoto at a step, with the alliance's first meeting prepared. Raises `InvalidValue`."""
    if step not in STEPS:
        raise InvalidValue("step", step)
    created = write(
        create_alliance,
        who=who,
        name=ALLIANCE_NAME,
        place=PLACE,
        purpose=PURPOSE,
        language=Language.DUTCH,
        time_zone=TIME_ZONE,
        contact=CONTACT,
        groups=list(GROUPS),
        partners=[],
        venue=VENUE,
        held_on=today(TIME_ZONE) + MEETS_AFTER,
    )
    write(choose_blocks, who=who, alliance_id=created.alliance_id, blocks=[dict(block) for block in BLOCKS])
    begun = write(begin_baseline, who=who, alliance_id=created.alliance_id, themes=THEMES)
    write(_collect, who=who, baseline_id=begun.baseline_id, alliance_id=created.alliance_id)
    if step == CONCLUSIONS_STEP:
        write(_conclude, who=who, baseline_id=begun.baseline_id, alliance_id=created.alliance_id)
    with reading() as session:
        workshop = read_workshop(session, created.workshop_id)
        return ExampleLoaded(
            code=workshop.code,
            workshop_id=workshop.id,
            alliance_id=created.alliance_id,
            round_id=None,
            item_ids=[],
            partners=[],
            projector_token=projector_token(workshop),
        )


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
