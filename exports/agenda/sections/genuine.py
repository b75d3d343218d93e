"""How one finds out whether a document is genuine, and what kind of signatures these are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.word.paper import Paper
from exports.word.pictures import Picture, qr_png
from exports.word.tables import TEXT_WIDTH, Cell, Line, head_cell
from exports.word.text import Run
from models.signing.files import CHECK_CODE_LENGTH
from models.signing.shape import Content

if TYPE_CHECKING:
    from models.signing.files import AgendaDocument

_QR, _LABEL = 28.0, 38.0


def write_genuine(paper: Paper, content: Content, document: AgendaDocument, anchor: str, front: str) -> None:
    """Write how one finds out whether a document is genuine: online, where there is an address.

    `front` is the anchor of page 2, where the control words stand.
    """
    _ = paper.gettext
    paper.heading(1, _("Is this document genuine?"), anchor=anchor)
    if content["address"] is not None and document.check_url is not None:
        page = document.check_url.split("://", 1)[-1].split("?", 1)[0]
        paper.paragraph(
            _("This can be checked. You then see which document this is, and whether a file was changed."),
            keeps=True,
        )
        code = Picture(qr_png(document.check_url), _QR, _("QR code: check this document"))
        paper.told_table(
            _("Where this document can be checked"),
            (_LABEL, TEXT_WIDTH - _LABEL),
            [
                [head_cell(_("Go to")), page],
                [
                    head_cell(_("Type there")),
                    Cell((Line(document.sha256[:CHECK_CODE_LENGTH], "Table Strong"),)),
                ],
                [head_cell(_("Or scan")), Cell((code,))],
            ],
            style="Plain",
            is_whole=True,
            keeps=True,
        )
    else:
        contact = content["alliance"]["contact"]
        said = [_("This meeting had no web address of its own on which a document can be checked.")]
        if contact:
            said.append(_("Do you have doubts? Ask: {contact}.").format(contact=contact))
        paper.paragraph(" ".join(said), keeps=True)
    digits = document.sha256
    paper.paragraph(
        _("The text of this version has this fingerprint (SHA-256):") + " ",
        Run(" ".join(digits[start : start + 8] for start in range(0, len(digits), 8)), look="Fingerprint"),
        style="Small",
        keeps=True,
    )
    if document.control_words:
        before, _place, after = _("The six control words of this text stand under “{part}”.").partition(
            "{part}"
        )
        name = Run(_("Who does what, and by when"), look="Hyperlink", anchor=front)
        paper.paragraph(before, name, after, keeps=True)


def write_kind_of_signature(paper: Paper) -> None:
    """Write what these signatures are in law, and what they are not: on one page with how to check a document."""
    _ = paper.gettext
    paper.heading(2, _("What kind of signatures these are"))
    paper.paragraph(
        _(
            "These are electronic signatures in the sense of article 3(10) of the European eIDAS regulation. "
            "They are not advanced or qualified signatures."
        ),
        keeps=True,
    )
    paper.paragraph(
        _(
            "Of every answer we keep who gave it and when, for which text, "
            "with which sentence one agreed, and who was witness."
        )
    )
