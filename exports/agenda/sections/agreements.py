"""The agreements in full, by the principle that they put into practice."""

from exports.agenda.short import numbered
from exports.language import listed
from exports.sentences.record import also_sentence, needs_sentence, support_sentence
from exports.word.paper import Paper
from exports.word.tables import Cell, Fill, Line
from models.signing.shape import AgreementContent, Content

_WIDTHS = (11.0, 62.0, 42.0, 18.0, 30.0)
_LETTERS = 90


def agreement_anchor(number: int) -> str:
    """Return the name by which a link finds an agreement in full."""
    return f"agreement_{number}"


def write_agreements(paper: Paper, content: Content, anchor: str) -> None:
    """Write every agreement once, under the first of its principles."""
    _ = paper.gettext
    paper.heading(1, _("Our agreements"), anchor=anchor)
    if not content["agreements"]:
        paper.paragraph(_("No agreements have been made yet."))
        return
    paper.paragraph(
        _("Each agreement has one owner. The owner took on the agreement, unless it says otherwise.")
    )
    texts = {
        principle["number"]: principle["text"]
        for principle in [*content["principles"], *content["not_adopted"]]
    }
    rows: list[list[Cell | str]] = []
    for number, agreements in _by_principle(content).items():
        rows.append([_group(paper, number, texts)])
        rows.extend(_row(paper, agreement, under=number) for agreement in agreements)
    paper.told_table(
        _("The agreements, by principle"),
        _WIDTHS,
        rows,
        head=(
            _("No."),
            _("What, and the first step"),
            _("Owner and supporters"),
            _("Due on"),
            _("How we will see that it worked"),
        ),
    )


def _group(paper: Paper, number: int | None, texts: dict[int, str]) -> Cell:
    """Return the row above the agreements for one principle."""
    _ = paper.gettext
    if number is None:
        said = _("Apart from the principles")
    else:
        said = _("For principle {number}").format(number=numbered(number, texts.get(number, ""), _LETTERS))
    ground = Fill(paper.looks.colours.tint)
    return Cell((said,), span=len(_WIDTHS), fill=ground, stays=True, is_head=True)


def _by_principle(content: Content) -> dict[int | None, list[AgreementContent]]:
    """Return the agreements under their first principle, in the order of the principles; None comes last."""
    found: dict[int | None, list[AgreementContent]] = {}
    for agreement in content["agreements"]:
        found.setdefault(min(agreement["principles"], default=None), []).append(agreement)
    return dict(sorted(found.items(), key=lambda item: (item[0] is None, item[0] or 0)))


def _row(paper: Paper, agreement: AgreementContent, *, under: int | None) -> list[Cell | str]:
    _ = paper.gettext
    lines = [Line(agreement["what"], "Table Strong")]
    if agreement["first_step"]:
        lines.append(Line(_("First step: {step}").format(step=agreement["first_step"])))
    others = [each for each in agreement["principles"] if each != under]
    if others:
        lines.append(Line(also_sentence(others, paper.language), "Table Small"))
    if agreement["depends_on"]:
        lines.append(Line(needs_sentence(agreement["depends_on"], paper.language), "Table Small"))
    if agreement.get("comes_from_mediation"):
        lines.append(Line(_("Comes from a mediation."), "Table Small"))
    for source in agreement["sources"]:
        lines.append(Line(support_sentence(source["support"], paper.language), "Table Small"))
    due_on = agreement["due_on"]
    number = agreement["number"]
    return [
        Cell((Line(str(number), mark=agreement_anchor(number)),), is_head=True),
        Cell(tuple(lines)),
        _people(paper, agreement),
        paper.day(due_on, style="medium") if due_on is not None else "–",
        agreement["measure"] or "–",
    ]


def _people(paper: Paper, agreement: AgreementContent) -> Cell:
    _ = paper.gettext
    if agreement["owner"] is None:
        lines = [Line(_("looks for an owner"), "Table Strong")]
    else:
        lines = [Line(agreement["owner"], "Table Strong")]
        if not agreement["owner_accepted"]:
            lines.append(Line(_("asked, not accepted yet"), "Table Small"))
    if agreement["supporters"]:
        names = listed(agreement["supporters"], paper.language)
        lines.append(Line(_("With: {names}").format(names=names)))
    return Cell(tuple(lines))
