"""What the home says of the startfoto: where it stands, one finding, and its one next action."""

from sqlmodel import Session

from exports.language import day_this_year
from exports.sentences.baseline import coverage_sentence
from exports.sentences.photo import who_answered
from models.baseline.baseline import newest_baseline
from models.baseline.conclusion_views import list_conclusions, list_improvements
from models.baseline.views import CollectView, collect_view
from models.basics.clock import today
from models.basics.words import BuildingBlock, ImprovementState
from models.photo.answers import Answers, read_answers
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.home.card import BlockCard, Home, Leads, Standing, card_by_the_plan
from pages.parts.home.where import ALLIANCE

COLLECT, STATEMENTS, CONCLUSIONS = "startfoto.py", "statements.py", "conclusions.py"


def baseline_card(session: Session, home: Home) -> BlockCard:
    """Return the card of the startfoto, counted from what was collected and concluded."""
    link = {ALLIANCE: str(home.alliance.id)}
    explained = _("How inclusive is this place now?")
    newest = newest_baseline(session, home.alliance.id)
    if newest is None:
        by_the_plan = card_by_the_plan(home, BuildingBlock.BASELINE, explained)
        if by_the_plan is not None:
            return by_the_plan
        begins = Leads(_("Begin the baseline"), COLLECT, link)
        reason = home.reasons[BuildingBlock.BASELINE]
        more = explained if reason else _("It begins with a talk.")
        return BlockCard(Standing.CHOSEN, _("not begun yet"), reason or explained, more, begins)
    answers = read_answers(session, newest.id)
    if answers is not None and answers.is_open:
        return BlockCard(
            Standing.BUSY,
            _("statements open"),
            who_answered(answers, language()),
            _open_until(answers, home),
            Leads(_("To the statements"), STATEMENTS, link),
        )
    collected = collect_view(session, newest.id)
    conclusions = list_conclusions(session, newest.id)
    if not conclusions:
        finding = (
            coverage_sentence(collected.coverage, language()) if collected.sources else _("No sources yet.")
        )
        return BlockCard(
            Standing.BUSY, _("collecting"), finding, _collected(collected), Leads(_("Collect"), COLLECT, link)
        )
    resting = sum(not one.standing.is_concept for one in conclusions)
    told = ngettext(
        "With evidence: {resting} of {count} conclusion.",
        "With evidence: {resting} of {count} conclusions.",
        len(conclusions),
    ).format(resting=resting, count=len(conclusions))
    points = list_improvements(session, newest.id)
    taken_up = sum(one.state == ImprovementState.TAKEN_UP for one in points)
    more = ngettext(
        "Taken up: {taken_up} of {count} point for improvement.",
        "Taken up: {taken_up} of {count} points for improvement.",
        len(points),
    ).format(taken_up=taken_up, count=len(points))
    action = Leads(_("To the conclusions"), CONCLUSIONS, link)
    if newest.presented_on is None:
        return BlockCard(Standing.BUSY, _("concluding"), told, more, action)
    shown_on = day_this_year(newest.presented_on, today(home.alliance.time_zone), language())
    return BlockCard(Standing.DONE, _("presented on {day}").format(day=shown_on), told, more, action)


def _open_until(answers: Answers, home: Home) -> str:
    if answers.open_until is None:
        return _("Open in the room.")
    until = day_this_year(answers.open_until, today(home.alliance.time_zone), language())
    return _("Open by link until {day}.").format(day=until)


def _collected(collected: CollectView) -> str:
    sources = ngettext("{count} source", "{count} sources", len(collected.sources))
    findings = ngettext("{count} finding", "{count} findings", collected.findings)
    return _("{sources}, {findings}").format(
        sources=sources.format(count=len(collected.sources)),
        findings=findings.format(count=collected.findings),
    )
