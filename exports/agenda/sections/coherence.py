"""How the agreements hang together: principles by partners, what is missing, what waits for what, when we return."""

from exports.agenda.short import numbered
from exports.sentences.coherence import dependency_sentence, frozen_gap_sentences
from exports.word.paper import Paper
from exports.word.tables import TEXT_WIDTH, Cell, Fill, Line
from models.signing.shape import CoherenceRow, Content

# A grid is read at a glance as long as it is small; beyond it, a list of what is filled says the same in less room.
_MOST_COLUMNS, _MOST_ROWS = 10, 15
_PARTNER, _PRINCIPLE = 51.0, 66.0
_LETTERS = 110


def write_coherence(paper: Paper, content: Content, anchor: str) -> None:
    """Write who puts what into practice, the gaps, the dependencies, and when the alliance meets again."""
    _ = paper.gettext
    paper.heading(1, _("How it hangs together"), anchor=anchor)
    coherence = content["coherence"]
    if coherence["partners"] and coherence["rows"]:
        paper.heading(2, _("Who puts which principle into practice"))
        if len(coherence["rows"]) <= _MOST_COLUMNS and len(coherence["partners"]) <= _MOST_ROWS:
            _write_grid(paper, content)
        else:
            _write_list(paper, content)
    paper.heading(2, _("What waits for what"))
    dependencies = [
        dependency_sentence(agreement["number"], needed, paper.language)
        for agreement in content["agreements"]
        for needed in agreement["depends_on"]
    ]
    if dependencies:
        paper.bullets(dependencies)
    else:
        paper.paragraph(_("No agreement has to wait for another one."))
    paper.heading(2, _("What is still missing"))
    if missing := frozen_gap_sentences(coherence["gaps"], paper.language):
        paper.bullets(missing)
    else:
        paper.paragraph(_("We found nothing that is missing."))
    _write_return(paper, content)


def _write_grid(paper: Paper, content: Content) -> None:
    _ = paper.gettext
    paper.paragraph(
        _("The numbers in the boxes are the agreements in which a partner is owner or supporter."), keeps=True
    )
    rows = content["coherence"]["rows"]
    width = (TEXT_WIDTH - _PARTNER) / len(rows)
    filled = Fill(paper.looks.colours.tint)
    paper.told_table(
        _("Agreements by partner and principle"),
        (_PARTNER, *([width] * len(rows))),
        [
            [Cell((partner,), is_head=True), *(_box(row["cells"][place], filled) for row in rows)]
            for place, partner in enumerate(content["coherence"]["partners"])
        ],
        head=(
            ("", Cell((_("Principle"),), span=len(rows))),
            (_("Partner"), *(str(row["principle"]) for row in rows)),
        ),
        is_whole=True,
    )


def _box(agreements: list[int], filled: Fill) -> Cell:
    if not agreements:
        return Cell(("–",))
    return Cell((Line(", ".join(str(each) for each in agreements), "Table Strong"),), fill=filled)


def _write_list(paper: Paper, content: Content) -> None:
    """Write per principle who puts it into practice by which agreements: only what is filled."""
    _ = paper.gettext
    texts = {principle["number"]: principle["text"] for principle in content["principles"]}
    partners = content["coherence"]["partners"]
    paper.told_table(
        _("Partners and their agreements, by principle"),
        (_PRINCIPLE, TEXT_WIDTH - _PRINCIPLE),
        [
            [
                Cell((numbered(row["principle"], texts.get(row["principle"], ""), _LETTERS),), is_head=True),
                _carriers(paper, row, partners),
            ]
            for row in content["coherence"]["rows"]
        ],
        head=(_("Principle"), _("Partners, and the agreements in which they are owner or supporter")),
    )


def _carriers(paper: Paper, row: CoherenceRow, partners: list[str]) -> str:
    said = paper.gettext("{partner} ({numbers})")
    return ", ".join(
        said.format(partner=partner, numbers=", ".join(str(each) for each in agreements))
        for partner, agreements in zip(partners, row["cells"], strict=False)
        if agreements
    ) or paper.gettext("nobody yet")


def _write_return(paper: Paper, content: Content) -> None:
    """Write when the alliance meets again, and when principles are looked at again."""
    _ = paper.gettext
    paper.heading(2, _("When we come back to this"))
    if content["next_meeting_on"] is None:
        paper.paragraph(_("There is no date for a next meeting yet."))
    else:
        paper.paragraph(_("We meet again on {day}.").format(day=paper.day(content["next_meeting_on"])))
    paper.bullets(
        [
            _("We look at principle {number} again on {day}.").format(
                number=principle["number"], day=paper.day(principle["review_on"])
            )
            for principle in content["principles"]
            if principle["review_on"] is not None
        ]
    )
    contact = content["alliance"]["contact"]
    if contact:
        paper.paragraph(_("Questions until then: {contact}.").format(contact=contact))
