"""How the agreements hang together: principles by partners, what is missing, what waits for what."""

from exports.sentences.coherence import dependency_sentence, frozen_gap_sentences
from exports.word.paper import Paper
from exports.word.styles import TINT
from exports.word.tables import TEXT_WIDTH, Cell, Fill, Line, text_cell
from models.signing.shape import Content

_PARTNER = 51.0
_COLUMNS = 10
_FILLED = Fill(TINT.removeprefix("#"))


def write_coherence(paper: Paper, content: Content, anchor: str) -> None:
    """Write the matrix, the gaps and the dependencies."""
    _ = paper.gettext
    paper.heading(1, _("How it hangs together"), anchor=anchor)
    coherence = content["coherence"]
    if coherence["partners"] and coherence["rows"]:
        paper.heading(2, _("Who puts which principle into practice"))
        paper.paragraph(
            _("The numbers in the boxes are the agreements in which a partner is owner or supporter.")
        )
        for start in range(0, len(coherence["rows"]), _COLUMNS):
            if start:
                paper.paragraph()
            _write_matrix(paper, content, start)
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


def _write_matrix(paper: Paper, content: Content, start: int) -> None:
    _ = paper.gettext
    rows = content["coherence"]["rows"][start : start + _COLUMNS]
    width = (TEXT_WIDTH - _PARTNER) / len(rows)
    paper.table(
        _("Agreements by partner and principle"),
        (_PARTNER, *([width] * len(rows))),
        [
            [text_cell(partner, "Table Strong"), *(_box(paper, row["cells"][place]) for row in rows)]
            for place, partner in enumerate(content["coherence"]["partners"])
        ],
        head=(
            ("", Cell((_("Principle"),), span=len(rows))),
            (_("Partner"), *(str(row["principle"]) for row in rows)),
        ),
    )


def _box(paper: Paper, agreements: list[int]) -> Cell:
    if not agreements:
        return text_cell("–")
    return Cell((Line(", ".join(str(each) for each in agreements), "Table Strong"),), fill=_FILLED)
