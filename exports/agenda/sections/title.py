"""The title page: what this document is, who stands behind it, whether it is closed, and what is where."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from exports.agenda.front_page import FrontPage
from exports.drawings import mark_svg, shutter_svg
from exports.language import listed
from exports.letters import lines_of
from exports.sentences.outcome import row_label
from exports.sentences.record import participants_sentence, partners_sentence, state_sentences
from exports.word.measure import POINT
from exports.word.paper import Paper, strong
from exports.word.paragraphs import Inline
from exports.word.pictures import Picture, png_of, size_of
from exports.word.tables import TEXT_WIDTH, Cell, head_cell
from exports.word.text import Run
from models.basics.words import Copy
from models.signing.shape import Content

if TYPE_CHECKING:
    from models.signing.files import AgendaDocument

_BAND_WIDTH, _BAND_HEIGHT = 1_630, 70
_TITLE_SIZE, _MOST_LINES = 34, 2
# The room of a logo, and how many of its points at least fill a millimetre.
_LOGO_WIDTH, _LOGO_HEIGHT, _FEWEST_POINTS = 62, 24, 4
# More than this does not fit beside the other facts: then there are numbers, and the names stand further on.
_MOST_LETTERS = 330


def answered(document: AgendaDocument) -> tuple[int, int]:
    """Return how many partners have answered, and how many were asked."""
    return sum(each.answer is not None for each in document.signatures), len(document.signatures)


def agenda_title(content: Content, paper: Paper) -> str:
    """Return the title of the document, without saying "alliance" twice."""
    first, _, rest = content["alliance"]["name"].partition(" ")
    name = rest if rest and first.casefold() in ("alliantie", "alliance") else content["alliance"]["name"]
    return paper.gettext("Alliance agenda {alliance}").format(alliance=name)


def write_band(paper: Paper) -> None:
    """Lay the band with the pattern of painted shutters over the first page; not over an organisation's own head."""
    if paper.has_own_template:
        return
    band = png_of(shutter_svg(_BAND_WIDTH, _BAND_HEIGHT), _BAND_WIDTH, f"#{paper.looks.colours.accent}")
    paper.first_head(
        Picture(
            band,
            TEXT_WIDTH,
            paper.gettext("A band with the pattern of painted Dutch shutters"),
            is_decoration=True,
        )
    )


def write_brand(paper: Paper, alliance: str, logo: bytes | None) -> None:
    """Write whose document this is: the logo of the alliance of that name, and by what it was made.

    An organisation's own template says the latter in its own way.
    """
    own = [Picture(logo, _width_of(logo), alliance)] if logo is not None else []
    if paper.has_own_template:
        if own:
            paper.paragraph(*own, style="Brand")
        return
    mark = Picture(
        png_of(mark_svg(), 192, f"#{paper.looks.colours.accent}"),
        9,
        paper.gettext("The mark of Handslag: two people shake hands"),
        is_decoration=True,
    )
    # The alliance stands first; who made the tool stands at the side.
    aside: list[Inline] = [*own, Run("", is_tab=True)] if own else []
    paper.paragraph(*aside, mark, "\u00a0\u00a0", strong("Handslag"), style="Brand")


def _width_of(logo: bytes) -> float:
    """Return how wide a logo stands on paper, in mm: whole, in the room that there is, and never coarse."""
    across, down = size_of(logo)
    return min(_LOGO_WIDTH, _LOGO_HEIGHT * across / down, across / _FEWEST_POINTS)


def write_title_page(
    paper: Paper,
    content: Content,
    document: AgendaDocument,
    copy_for: Copy,
    page: FrontPage,
    parts: list[tuple[str, str]],
) -> None:
    """Write the title page. `parts` are the anchor and the name of each part that follows."""
    _ = paper.gettext
    write_brand(paper, content["alliance"]["name"], document.logo)
    title = agenda_title(content, paper)
    is_long = lines_of(title, TEXT_WIDTH / (_TITLE_SIZE * POINT)) > _MOST_LINES
    paper.paragraph(title, style="Title Long" if is_long else "Title")
    paper.paragraph(_("What we find together, and what we do together"), style="Subtitle")
    if copy_for is Copy.PUBLIC:
        _write_public(paper)
    _write_state(paper, document, page)
    paper.told_table(
        _("About this meeting"),
        (38, TEXT_WIDTH - 38),
        [[head_cell(name), Cell((value,))] for name, value in _facts(paper, content)],
        style="Plain",
    )
    paper.paragraph(_("In this document"), style="Parts")
    for anchor, name in parts:
        paper.paragraph(
            Run(name, look="Hyperlink", anchor=anchor), Run("", page_of=anchor), style="Part Line"
        )


def _write_public(paper: Paper) -> None:
    """Write that this is the public copy: partners have one with more in it."""
    _ = paper.gettext
    paper.paragraph(
        strong(_("Public copy.")),
        " " + _("The signatures and the names of those who signed stand in the partners' copy only."),
    )


def _write_state(paper: Paper, document: AgendaDocument, page: FrontPage) -> None:
    """Write whether signing is closed, and how many gave which answer."""
    closed_on = paper.moment(document.closed_at) if document.closed_at is not None else None
    first, *others = state_sentences(document.label, closed_on, *answered(document), paper.language)
    if page.counts:
        others.append(paper.gettext("The answers: {counts}.").format(counts=page.counts))
    paper.paragraph(strong(first), *(f" {sentence}" for sentence in others), style="State")


def _facts(paper: Paper, content: Content) -> list[tuple[str, str]]:
    _ = paper.gettext
    alliance, workshop, people = content["alliance"], content["workshop"], content["participants"]
    groups = {group["name"]: group["count"] for group in people["groups"]}
    if people["without_group"]:
        groups[row_label("none", None, paper.language)] = people["without_group"]
    names = listed([partner["name"] for partner in content["partners"]], paper.language)
    if len(names) > _MOST_LETTERS:
        names = partners_sentence(Counter(partner["kind"] for partner in content["partners"]), paper.language)
    counted = participants_sentence(people["total"], groups, paper.language)
    if len(counted) > _MOST_LETTERS:
        counted = participants_sentence(people["total"], {}, paper.language)
    facts = [
        (_("Place"), _places(workshop["venue"], alliance["place"])),
        (_("Date"), paper.day(workshop["held_on"])),
        (_("Purpose"), alliance["purpose"]),
        (_("Partners"), names),
        (_("Participants"), counted),
    ]
    if content["next_meeting_on"] is not None:
        facts.append((_("Next meeting"), paper.day(content["next_meeting_on"])))
    return [(name, value) for name, value in facts if value]


def _places(venue: str, place: str) -> str:
    """Return the venue and the town, without saying the town twice."""
    if not venue or not place or place.casefold() in venue.casefold():
        return venue or place
    return f"{venue}, {place}"
