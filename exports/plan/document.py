"""The plan of approach as a Word document of two pages: from plain data to bytes, without any query.

Parties of the map are counted and not named, and nothing else of the map stands here, unless it was asked for.
"""

from itertools import groupby

from exports.agenda.sections.title import write_band, write_brand
from exports.language import day, listed
from exports.sentences import block_name
from exports.sentences.plan import (
    attitude_word,
    column_head,
    months_told,
    plan_explained,
    plan_headline,
    stakeholder_kind_word,
    stand_word,
    state_of_block,
    with_whom,
)
from exports.word.paper import Paper, strong
from exports.word.styles import colours_of
from exports.word.tables import TEXT_WIDTH, Cell, Edge, Fill, Line, head_cell, text_cell
from exports.word.template import own_template
from models.planning.document import PlanDocument
from models.planning.standing import MonthLine, PlanStand, PlanStanding, month_line

# How each bar begins, so that no colour has to say it.
SIGNS = {
    PlanStand.DONE: "✓",
    PlanStand.BUSY: "●",
    PlanStand.DUE: "●",
    PlanStand.PASSED: "□",
    PlanStand.LATER: "○",
}
_NAME, _FEWEST_FOR_A_WORD, _PADDING = 27, 3, 0.7
_FILLS_A_PAGE = 1200


def build_plan(document: PlanDocument) -> bytes:
    """Return the plan as a .docx in the alliance's language. The same document gives the same bytes."""
    paper = Paper(
        document.language,
        document.time_zone,
        colours=colours_of(document.accent),
        template=own_template(),
    )
    _ = paper.gettext
    title = _("Plan of approach")
    stands_on = day(document.plan.today, document.language, style="long")
    paper.properties(
        title=f"{title} · {document.alliance}",
        subject=document.place,
        author=document.alliance,
        made_at=document.made_at,
    )
    write_band(paper)
    paper.foot(f"{title} · {document.alliance} · {stands_on}", _("page {page} of {pages}"))
    if document.stakeholders is not None:
        paper.head(_("With the map of who matters: not for everybody"))
    write_brand(paper, document.alliance, None)
    paper.paragraph(title, style="Title Long")
    paper.paragraph(f"{document.alliance} · {stands_on}", style="Subtitle")
    step = document.plan.step
    paper.paragraph(
        strong(plan_headline(step, document.language)),
        " ",
        plan_explained(step, document.language),
        style="State",
    )
    _months(paper, document)
    _blocks(paper, document)
    _second_page(paper, document)
    if document.stakeholders is not None:
        _map(paper, document)
    return paper.bytes()


def _months(paper: Paper, document: PlanDocument) -> None:
    _, plan = paper.gettext, document.plan
    line = month_line(plan.standings, plan.today)
    width = (TEXT_WIDTH - _NAME) / len(line.columns)
    years = [
        Cell((Line(str(year), "Table Compact"),), span=len(list(columns)))
        for year, columns in groupby(line.columns, key=lambda first: first.year)
    ]
    heads = [
        Cell(
            (
                Line(
                    ("▾" if place == line.now else "") + column_head(first, line.unit, paper.language),
                    "Table Compact",
                ),
            )
        )
        for place, first in enumerate(line.columns)
    ]
    paper.paragraph(_("The plan in months"), style="caption")
    paper.table(
        _("The plan in months"),
        (_NAME, *([width] * len(line.columns))),
        [
            [head_cell(block_name(one.block, paper.language)), *_row(paper, one, line)]
            for one in plan.standings
        ],
        head=([Cell(("",)), *years], [Cell(("",)), *heads]),
        is_whole=True,
        padding=_PADDING,
    )
    paper.paragraph(
        _("✓ done · ● now · ○ later · □ its month has passed · ▾ this day"),
        style="Small",
    )


def _row(paper: Paper, standing: PlanStanding, line: MonthLine) -> list[Cell]:
    word = stand_word(standing.stand, paper.language)
    bar = next((one for one in line.bars if one.standing is standing), None)
    if bar is None:
        return [Cell((Line(word, "Table Small"),), span=len(line.columns))]
    span = bar.last - bar.first + 1
    sign = SIGNS[standing.stand]
    edge = Edge(paper.looks.colours.accent, 12)
    cells = [
        Cell((Line("", "Table Compact"),), span=bar.first) if bar.first else None,
        Cell(
            (Line(f"{sign} {word}" if span >= _FEWEST_FOR_A_WORD else sign, "Table Compact"),),
            span=span,
            fill=Fill(paper.looks.colours.tint) if standing.stand is not PlanStand.LATER else None,
            edges=dict.fromkeys(("top", "left", "bottom", "right"), edge),
        ),
        Cell((Line("", "Table Compact"),), span=len(line.columns) - bar.last - 1)
        if bar.last < len(line.columns) - 1
        else None,
    ]
    return [cell for cell in cells if cell is not None]


def _blocks(paper: Paper, document: PlanDocument) -> None:
    _, language, plan = paper.gettext, paper.language, document.plan
    rows: list[list[Cell | str]] = []
    for standing in plan.standings:
        planned = standing.planned
        rows.append(
            [
                Cell(
                    (
                        block_name(standing.block, language),
                        Line(state_of_block(standing, plan.today, language), "Table Small"),
                    ),
                    is_head=True,
                ),
                *(
                    text_cell(text, "Table Compact")
                    for text in (
                        planned.why or _("not said yet"),
                        with_whom(planned, language, names_stakeholders=document.stakeholders is not None)
                        if planned.is_needed
                        else "–",
                        (months_told(standing.starts_on, standing.ends_on, language) or _("no month yet"))
                        if planned.is_needed
                        else "–",
                        planned.known_first or "–",
                    )
                ),
            ]
        )
    paper.told_table(
        _("Per building block"),
        (26, 48, 37, 21, 31),
        rows,
        head=(_("Building block"), _("Why"), _("With whom"), _("When"), _("To know first")),
        splits_rows=True,
    )


def _second_page(paper: Paper, document: PlanDocument) -> None:
    """Write what plays here, who does what, and what the plan does not say yet."""
    _, language, plan = paper.gettext, paper.language, document.plan
    letters = sum(
        len(text)
        for one in plan.standings
        for text in (one.planned.why, one.planned.others, one.planned.known_first)
    )
    # Where much was said of the blocks it goes on below them: two pages are all that somebody reads.
    paper.heading(1, _("What plays here"), starts_a_page=letters < _FILLS_A_PAGE)
    paper.paragraph(plan.dynamics or _("Nothing was written about this yet."))
    with_partners = _partners(plan.standings, language)
    if with_partners:
        paper.heading(2, _("Who takes part in what"))
        paper.told_table(
            _("Partners, and the building blocks that they take part in"),
            (60, TEXT_WIDTH - 60),
            [[head_cell(name), blocks] for name, blocks in with_partners],
            head=(_("Partner"), _("Takes part in")),
        )
    open_ends = _open_ends(paper, plan.standings)
    if open_ends:
        paper.heading(2, _("What the plan does not say yet"))
        paper.bullets(open_ends)
    paper.heading(2, _("Questions"))
    paper.paragraph(document.contact)


def _partners(standings: tuple[PlanStanding, ...], language: str) -> list[tuple[str, str]]:
    """Return each partner that the plan names, with the blocks they take part in."""
    found: dict[str, list[str]] = {}
    for standing in standings:
        if standing.planned.is_needed:
            for party in standing.planned.partners:
                found.setdefault(party.name, []).append(block_name(standing.block, language))
    return [(name, listed(blocks, language)) for name, blocks in found.items()]


def _open_ends(paper: Paper, standings: tuple[PlanStanding, ...]) -> list[str]:
    _ = paper.gettext
    found = []
    for one in standings:
        planned, name = one.planned, block_name(one.block, paper.language)
        if one.stand is PlanStand.OPEN:
            found.append(_("{block}: whether it is needed").format(block=name))
        if planned.lacks_reason:
            found.append(_("{block}: why").format(block=name))
        if one.stand is PlanStand.WITHOUT_MONTH:
            found.append(_("{block}: when").format(block=name))
        if one.stand is PlanStand.PASSED:
            found.append(_("{block}: when, for its month has passed").format(block=name))
        if planned.is_needed and not (planned.partners or planned.stakeholders or planned.others):
            found.append(_("{block}: with whom").format(block=name))
    return found


def _map(paper: Paper, document: PlanDocument) -> None:
    _, language = paper.gettext, paper.language
    paper.heading(1, _("Who matters"), starts_a_page=True)
    paper.paragraph(
        _("This is how those who lead see each party. They chose to put it in this file."), style="State"
    )
    if not document.stakeholders:
        paper.paragraph(_("Nobody stands on the map yet."))
        return
    paper.told_table(
        _("Who matters, the most touched first"),
        (52, 27, 18, 18, 23, 25),
        [
            [
                head_cell(one.name),
                stakeholder_kind_word(one.kind, language),
                str(one.influence),
                str(one.touched),
                attitude_word(one.attitude, language),
                one.contact_by or _("nobody"),
            ]
            for one in document.stakeholders
        ],
        head=(
            _("Name"),
            _("Kind"),
            _("Influence"),
            _("Touched"),
            _("Attitude"),
            _("Who speaks with them"),
        ),
        note=_("Influence and how much it touches them run from 1 (little) to 5 (much)."),
    )
