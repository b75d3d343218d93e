"""The title page: what this document is, who stands behind it, and whether it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.drawings import mark_svg, shutter_svg
from exports.language import listed
from exports.sentences.outcome import row_label
from exports.sentences.record import participants_sentence, state_sentences
from exports.word.paper import Paper
from exports.word.pictures import Picture, png_of
from exports.word.tables import TEXT_WIDTH, text_cell
from exports.word.text import write_text
from models.basics.words import Copy
from models.signing.shape import Content

if TYPE_CHECKING:
    from models.signing.files import AgendaDocument

_BAND_WIDTH, _BAND_HEIGHT = 1_630, 70


def answered(document: AgendaDocument) -> tuple[int, int]:
    """Return how many partners have answered, and how many were asked."""
    return sum(each.answer is not None for each in document.signatures), len(document.signatures)


def agenda_title(content: Content, paper: Paper) -> str:
    """Return the title of the document, without saying "alliance" twice."""
    first, _, rest = content["alliance"]["name"].partition(" ")
    name = rest if rest and first.casefold() in ("alliantie", "alliance") else content["alliance"]["name"]
    return paper.gettext("Alliance agenda {alliance}").format(alliance=name)


def write_title_page(
    paper: Paper,
    content: Content,
    document: AgendaDocument,
    copy_for: Copy,
    parts: list[tuple[str, str]],
) -> None:
    """Write the title page. `parts` are the anchor and the name of each part that follows."""
    _ = paper.gettext
    band = png_of(shutter_svg(_BAND_WIDTH, _BAND_HEIGHT), _BAND_WIDTH)
    paper.picture(Picture(band, TEXT_WIDTH, _("A band with the pattern of painted Dutch shutters")))
    mark = paper.paragraph(style="Brand")
    paper.pictures.place(
        mark, Picture(png_of(mark_svg(), 192), 9, _("The mark of Handslag: two people shake hands"))
    )
    mark.add_run("\u00a0\u00a0")
    write_text(mark, "Handslag", look="Strong")
    paper.paragraph(agenda_title(content, paper), "Title")
    paper.paragraph(_("What we find together, and what we do together"), "Subtitle")
    if copy_for is Copy.PUBLIC:
        _write_public(paper)
    _write_state(paper, document)
    paper.table(
        _("About this meeting"),
        (38, TEXT_WIDTH - 38),
        [[text_cell(name, "Table Strong"), text_cell(value)] for name, value in _facts(paper, content)],
        style="Plain",
    )
    paper.paragraph(_("In this document"), "Parts")
    for anchor, name in parts:
        paper.link(paper.paragraph(style="Part"), name, anchor)


def _write_public(paper: Paper) -> None:
    """Write that this is the public copy: partners have one with more in it."""
    _ = paper.gettext
    told = paper.paragraph()
    write_text(told, _("Public copy."), look="Strong")
    write_text(
        told,
        " " + _("The signatures and the names of those who signed stand in the partners' copy only."),
    )


def _write_state(paper: Paper, document: AgendaDocument) -> None:
    closed_on = paper.moment(document.closed_at) if document.closed_at is not None else None
    first, *others = state_sentences(document.label, closed_on, *answered(document), paper.language)
    state = paper.paragraph(style="State")
    write_text(state, first, look="Strong")
    for sentence in others:
        write_text(state, " " + sentence)


def _facts(paper: Paper, content: Content) -> list[tuple[str, str]]:
    _ = paper.gettext
    alliance, workshop, people = content["alliance"], content["workshop"], content["participants"]
    groups = {group["name"]: group["count"] for group in people["groups"]}
    if people["without_group"]:
        groups[row_label("none", None, paper.language)] = people["without_group"]
    place = _places(workshop["venue"], alliance["place"])
    facts = [
        (_("Place"), place),
        (_("Date"), paper.day(workshop["held_on"])),
        (_("Purpose"), alliance["purpose"]),
        (_("Partners"), listed([partner["name"] for partner in content["partners"]], paper.language)),
        (_("Participants"), participants_sentence(people["total"], groups, paper.language)),
    ]
    if content["next_meeting_on"] is not None:
        facts.append((_("Next meeting"), paper.day(content["next_meeting_on"])))
    return [(name, value) for name, value in facts if value]


def _places(venue: str, place: str) -> str:
    """Return the venue and the town, without saying the town twice."""
    if not venue or not place or place.casefold() in venue.casefold():
        return venue or place
    return f"{venue}, {place}"
