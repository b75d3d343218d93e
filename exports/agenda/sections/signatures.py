"""The partners' answers, how to check the document, when we return, and what kind of signatures these are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exports.agenda.sections.title import answered
from exports.drawings import signature_svg
from exports.sentences.signing import answer_word
from exports.word.paper import Paper
from exports.word.pictures import Picture, png_of, qr_png
from exports.word.tables import TEXT_WIDTH, Cell, Line, text_cell
from exports.word.text import write_text
from models.basics.words import Answer, Copy
from models.signing.files import CHECK_CODE_LENGTH
from models.signing.shape import Content

if TYPE_CHECKING:
    from models.signing.files import AgendaDocument, SignatureData

_WIDTHS = (46.0, 44.0, 43.0, 30.0)
_PUBLIC_WIDTHS = (73.0, 50.0, 40.0)


def write_signatures(
    paper: Paper, content: Content, document: AgendaDocument, copy_for: Copy, anchor: str
) -> None:
    """Write who signed, with which reservation, who declined, and who has not answered."""
    _ = paper.gettext
    paper.heading(1, _("Signatures"), anchor=anchor)
    paper.paragraph(
        _("We sign for version {version} of this alliance agenda.").format(version=document.version)
    )
    if document.closed_at is None:
        count, asked = answered(document)
        paper.paragraph(
            paper.ngettext(
                "Signing is still open: {answered} of {asked} partner has answered.",
                "Signing is still open: {answered} of {asked} partners have answered.",
                asked,
            ).format(answered=count, asked=asked)
        )
    if not document.signatures:
        paper.paragraph(_("No partner was asked to sign."))
    elif copy_for is Copy.PUBLIC:
        _write_public_answers(paper, document)
    else:
        _write_answers(paper, document)


def _write_answers(paper: Paper, document: AgendaDocument) -> None:
    _ = paper.gettext
    rows: list[list[Cell | str]] = []
    for signature in document.signatures:
        below = _evidence(paper, signature)
        who = [Line(signature.name, "Table Strong")] if signature.name else []
        if signature.role:
            who.append(Line(signature.role))
        cells = (
            _hand(paper, signature),
            tuple(who) or ("–",),
            (signature.partner_name,),
            _when(paper, signature),
        )
        rows.append(
            [Cell(lines, stays=bool(below), edges={"bottom": None} if below else {}) for lines in cells]
        )
        if below:
            rows.append([Cell(below, span=len(_WIDTHS), edges={"top": None})])
    paper.table(
        _("Signatures of the partners"),
        _WIDTHS,
        rows,
        head=(_("Signature"), _("Name and role"), _("On behalf of"), _("When")),
    )


def _write_public_answers(paper: Paper, document: AgendaDocument) -> None:
    _ = paper.gettext
    rows: list[list[Cell | str]] = []
    for signature in document.signatures:
        answer = [Line(_answer(paper, signature))]
        if signature.reservation:
            answer.append(Line(_added(paper, signature), "Table Strong"))
        when = paper.moment(signature.signed_at) if signature.signed_at is not None else "–"
        rows.append([text_cell(signature.partner_name, "Table Strong"), Cell(tuple(answer)), when])
    paper.table(
        _("Answers of the partners"),
        _PUBLIC_WIDTHS,
        rows,
        head=(_("Partner"), _("Answer"), _("When")),
    )
    paper.paragraph(
        _("The signatures and the names of those who signed stand in the partners' copy only."), "Small"
    )


def _hand(paper: Paper, signature: SignatureData) -> tuple[Line | Picture | str, ...]:
    _ = paper.gettext
    if signature.answer not in (Answer.SIGNED, Answer.RESERVED):
        return (Line(_answer(paper, signature), "Table Strong"),)
    if not signature.drawn:
        return (Line(signature.name, "Typed Name"), Line(_("Typed signature"), "Table Small"))
    return (
        Picture(
            png_of(signature_svg(signature.drawn), 600),
            40,
            _("Drawn signature of {name}").format(name=signature.name),
        ),
    )


def _when(paper: Paper, signature: SignatureData) -> tuple[Line | str, ...]:
    if signature.signed_at is None:
        return ("–",)
    return (Line(paper.moment(signature.signed_at)),)


def _answer(paper: Paper, signature: SignatureData) -> str:
    if signature.answer is None:
        return paper.gettext("no answer yet")
    return answer_word(signature.answer, paper.language)


def _added(paper: Paper, signature: SignatureData) -> str:
    _ = paper.gettext
    if signature.answer == Answer.DECLINED:
        return _("Explanation: {text}").format(text=signature.reservation)
    return _("Reservation: {text}").format(text=signature.reservation)


def _evidence(paper: Paper, signature: SignatureData) -> tuple[Line, ...]:
    _ = paper.gettext
    lines = []
    if signature.reservation:
        lines.append(Line(_added(paper, signature), "Table Strong"))
    if signature.consent and signature.answer in (Answer.SIGNED, Answer.RESERVED):
        lines.append(Line(signature.consent, "Table Small"))
    if signature.witness:
        lines.append(Line(_("Witnessed by {name}.").format(name=signature.witness), "Table Small"))
    return tuple(lines)


def write_genuine(paper: Paper, content: Content, document: AgendaDocument) -> None:
    """Write how one finds out whether a document is genuine: online, where there is an address."""
    _ = paper.gettext
    paper.heading(2, _("Is this document genuine?"))
    if content["address"] is not None and document.check_url is not None:
        page = document.check_url.split("://", 1)[-1].split("?", 1)[0]
        lines = (
            Line(_("Scan the code, or go to {page}.").format(page=page)),
            Line(_("Type there: {code}").format(code=document.sha256[:CHECK_CODE_LENGTH]), "Table Strong"),
            Line(_("There you see which document this is, and whether a file was changed.")),
        )
        code = Picture(qr_png(document.check_url), 30, _("QR code: check this document"))
        paper.table(
            _("Where this document can be checked"),
            (36, TEXT_WIDTH - 36),
            [[Cell((code,)), Cell(lines)]],
            style="Plain",
        )
    else:
        contact = content["alliance"]["contact"]
        paper.paragraph(_("This meeting had no web address of its own on which a document can be checked."))
        if contact:
            paper.paragraph(_("Do you have doubts? Ask: {contact}.").format(contact=contact))
    fingerprint = paper.paragraph(
        _("The text of this version has this fingerprint (SHA-256):") + " ", "Small"
    )
    digits = document.sha256
    write_text(
        fingerprint,
        " ".join(digits[start : start + 8] for start in range(0, len(digits), 8)),
        look="Fingerprint",
    )
    if document.control_words:
        _write_control_words(paper, document.control_words)


def _write_control_words(paper: Paper, words: Sequence[str]) -> None:
    """Write the six words that the room saw, and what they are worth: only a check tells that they belong to a text."""
    _ = paper.gettext
    paper.paragraph(
        _(
            "Six control words belong to the text of this version. Who was there when it was frozen saw the same six. "
            "Does a check of this document give other words? Then its text is not the one of that day."
        )
    )
    paper.table(
        _("The six control words"),
        (TEXT_WIDTH / len(words),) * len(words),
        [[text_cell(word, "Table Strong") for word in words]],
        style="Plain",
    )


def write_return(paper: Paper, content: Content) -> None:
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


def write_kind_of_signature(paper: Paper) -> None:
    """Write what these signatures are in law, and what they are not."""
    _ = paper.gettext
    paper.heading(2, _("What kind of signatures these are"))
    paper.paragraph(
        _(
            "These are electronic signatures in the sense of article 3(10) of the European eIDAS regulation. "
            "They are not advanced or qualified signatures."
        )
    )
    paper.paragraph(
        _(
            "Of every answer we keep who gave it and when, for which text, "
            "with which sentence one agreed, and who was witness."
        )
    )
