"""The principles: what was adopted and how it was carried, and what was not adopted and why."""

from exports.agenda.sections.headings import text_heading
from exports.agenda.sections.results import write_result
from exports.sentences.methods.frozen import frozen_method
from exports.sentences.record import (
    carried_sentences,
    decided_in,
    follow_up_sentence,
    hidden_reasons_sentence,
    practised_sentence,
    reasons_in_words,
)
from exports.sentences.rule import rule_sentence
from exports.word.paper import Paper, strong
from models.basics.words import Decision
from models.signing.shape import Content, PrincipleContent, RoundContent
from models.voting.decision import Rule


def write_principles(paper: Paper, content: Content, anchor: str, *, starts_a_page: bool) -> None:
    """Write the adopted principles, each with how it was carried and its concerns."""
    _ = paper.gettext
    paper.heading(1, _("Our principles"), anchor=anchor, starts_a_page=starts_a_page)
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


def decided_rounds(principle: PrincipleContent) -> list[RoundContent]:
    """Return the rounds that decided about a text; those that only put texts in order stand in the history."""
    return [round_ for round_ in principle["rounds"] if round_["decision"] != Decision.RANKED]


def _write_principle(paper: Paper, principle: PrincipleContent) -> None:
    _ = paper.gettext
    is_adopted = principle["status"] == "adopted"
    text_heading(paper, principle["number"], principle["text"], f"principle_{principle['number']}")
    decided = decided_rounds(principle)
    if not decided:
        paper.paragraph(_("There was no vote on this text."))
    else:
        _write_decision(paper, decided[-1])
    if not is_adopted:
        paper.paragraph(follow_up_sentence(principle["follow_up"], principle["status"], paper.language))
    if decided:
        _write_reasons(paper, decided[-1], is_adopted=is_adopted)
    if is_adopted:
        _write_practice(paper, principle)


def _write_decision(paper: Paper, round_: RoundContent) -> None:
    said = rule_sentence(round_["method"], Rule.from_stored(round_), paper.language, frozen_method(round_))
    told = [*carried_sentences(round_, paper.language), *([said] if said else [])]
    paper.paragraph(strong(decided_in(round_, paper.language)), " " + " ".join(told))
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
        paper.paragraph(hidden_reasons_sentence(round_["reasons_hidden"], paper.language), style="Small")


def _write_practice(paper: Paper, principle: PrincipleContent) -> None:
    _ = paper.gettext
    said = [practised_sentence(principle["practised_by"], paper.language)]
    if principle["review_on"] is not None:
        again = _("We look at this principle again on {day}.")
        said.append(again.format(day=paper.day(principle["review_on"])))
    paper.paragraph(" ".join(said))
