"""The principles: what was adopted and how it was carried, and what was not adopted and why."""

from exports.agenda.sections.results import write_result
from exports.sentences.methods.frozen import frozen_method
from exports.sentences.record import (
    carried_sentences,
    counts_sentence,
    decided_in,
    follow_up_sentence,
    hidden_reasons_sentence,
    practised_sentence,
    reasons_in_words,
    support_sentence,
)
from exports.sentences.rule import rule_sentence
from exports.sentences.thread import came_sentence, frozen_came
from exports.word.paper import Paper
from exports.word.tables import TEXT_WIDTH, Cell, Line, text_cell
from exports.word.text import write_text
from models.basics.words import Decision
from models.signing.shape import Content, PrincipleContent, RoundContent
from models.voting.decision import Rule

_SOURCES_SHOWN = 8


def write_principles(paper: Paper, content: Content, anchor: str) -> None:
    """Write the adopted principles, each with its vote, its concerns and its history."""
    _ = paper.gettext
    paper.heading(1, _("Our principles"), anchor=anchor)
    if not content["principles"]:
        paper.paragraph(_("No principle has been adopted yet."))
        return
    paper.paragraph(
        _("This is what we find important together. With each principle you read how it was carried.")
    )
    for principle in content["principles"]:
        _write_principle(paper, principle)


def write_not_adopted(paper: Paper, content: Content, anchor: str) -> None:
    """Write the minority report: the texts that were not adopted, and what was said against them."""
    _ = paper.gettext
    paper.heading(1, _("What was not adopted, and why"), anchor=anchor)
    if not content["not_adopted"]:
        paper.paragraph(_("There is no text that was not adopted."))
        return
    paper.paragraph(_("An objection is a contribution too. That is why these texts stay visible."))
    for principle in content["not_adopted"]:
        _write_principle(paper, principle)


def _write_principle(paper: Paper, principle: PrincipleContent) -> None:
    _ = paper.gettext
    is_adopted = principle["status"] == "adopted"
    paper.heading(2, _("Principle {number}").format(number=principle["number"]))
    # What only put texts in order stands in the history.
    decided = [round_ for round_ in principle["rounds"] if round_["decision"] != Decision.RANKED]
    paper.quote(principle["text"], stays=bool(decided))
    if decided:
        _write_decision(paper, decided[-1])
    else:
        paper.paragraph(_("There was no vote on this text."))
    if not is_adopted:
        paper.paragraph(follow_up_sentence(principle["follow_up"], principle["status"], paper.language))
    if decided:
        _write_reasons(paper, decided[-1], is_adopted=is_adopted)
    _write_history(paper, principle)


def _write_decision(paper: Paper, round_: RoundContent) -> None:
    carried = paper.paragraph()
    write_text(carried, decided_in(round_, paper.language), look="Strong")
    write_text(carried, " " + " ".join(carried_sentences(round_, paper.language)))
    carried.paragraph_format.keep_with_next = True
    if said := rule_sentence(
        round_["method"], Rule.from_stored(round_), paper.language, frozen_method(round_)
    ):
        rule = paper.paragraph(said, "Small")
        rule.paragraph_format.keep_with_next = round_["numbers"] is not None
    write_result(paper, round_)


def _write_reasons(paper: Paper, round_: RoundContent, *, is_adopted: bool) -> None:
    _ = paper.gettext
    objections, concerns = reasons_in_words(round_, paper.language)
    if objections:
        paper.heading(3, _("Objections that were written down") if is_adopted else _("The objections"))
        paper.words(objections)
    if concerns:
        paper.heading(3, _("Concerns that we take with us") if is_adopted else _("The concerns"))
        paper.words(concerns)
    if round_["reasons_hidden"]:
        paper.paragraph(hidden_reasons_sentence(round_["reasons_hidden"], paper.language), "Small")


def _write_history(paper: Paper, principle: PrincipleContent) -> None:
    _ = paper.gettext
    rows: list[list[Cell | str]] = [*_came_rows(paper, principle), *_source_rows(paper, principle)]
    only_one = len(principle["versions"]) == 1
    for version in principle["versions"]:
        lines = [] if only_one else [Line(_quoted(paper, version["text"]))]
        if version["why"]:
            lines.append(Line(_("Why: {reason}").format(reason=version["why"]), "Table Small"))
        if lines:
            name = _("Version {number}").format(number=version["version"])
            rows.append([text_cell(name, "Table Strong"), Cell(tuple(lines))])
        for round_ in principle["rounds"]:
            if round_["version"] == version["version"]:
                name = _("Round {number}").format(number=round_["number"])
                rows.append([text_cell(name, "Table Strong"), counts_sentence(round_, paper.language)])
    rows.extend(_practice_rows(paper, principle))
    if not rows:
        return
    paper.heading(3, _("From proposal to practice"))
    paper.table(
        _("Principle {number}, from proposal to practice").format(number=principle["number"]),
        (30, TEXT_WIDTH - 30),
        rows,
        head=(_("When"), _("What")),
        is_whole=True,
    )


def _came_rows(paper: Paper, principle: PrincipleContent) -> list[list[Cell | str]]:
    came = frozen_came(principle)
    if not came:
        return []
    return [[text_cell(paper.gettext("Origin"), "Table Strong"), came_sentence(came, paper.language)]]


def _source_rows(paper: Paper, principle: PrincipleContent) -> list[list[Cell | str]]:
    _, ngettext = paper.gettext, paper.ngettext
    sources = sorted(principle["sources"], key=lambda source: -source["support"])
    rows: list[list[Cell | str]] = []
    for source in sources[:_SOURCES_SHOWN]:
        support = Line(support_sentence(source["support"], paper.language), "Table Small")
        cell = Cell((Line(_quoted(paper, source["text"])), support))
        rows.append([text_cell(_("Proposal"), "Table Strong"), cell])
    more = len(sources) - _SOURCES_SHOWN
    if more > 0:
        rows.append(
            [
                "",
                ngettext("And {count} more proposal.", "And {count} more proposals.", more).format(
                    count=more
                ),
            ]
        )
    return rows


def _practice_rows(paper: Paper, principle: PrincipleContent) -> list[list[Cell | str]]:
    _ = paper.gettext
    if principle["status"] != "adopted":
        return []
    practised = practised_sentence(principle["practised_by"], paper.language)
    rows: list[list[Cell | str]] = [[text_cell(_("Practice"), "Table Strong"), practised]]
    if principle["review_on"] is not None:
        again = _("We look at this principle again on {day}.").format(day=paper.day(principle["review_on"]))
        rows.append([text_cell(_("Review"), "Table Strong"), again])
    return rows


def _quoted(paper: Paper, text: str) -> str:
    return paper.gettext("“{text}”").format(text=text)
