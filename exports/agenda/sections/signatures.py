"""The partners' answers: who signed and how, with which reservation, who declined, who may still answer by pen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.agenda.front_page import FrontPage
from exports.agenda.sections.title import answered
from exports.drawings import signature_svg
from exports.sentences.signing import answer_word
from exports.word.paper import Paper
from exports.word.pictures import Picture, png_of
from exports.word.tables import Cell, Line, head_cell
from models.basics.words import Answer, Copy

if TYPE_CHECKING:
    from models.signing.files import AgendaDocument, SignatureData

_WIDTHS = (43.0, 46.0, 44.0, 30.0)
_PUBLIC_WIDTHS = (73.0, 50.0, 40.0)
_DRAWN, _PIXELS = 38.0, 400
# Room for a hand, in mm.
_PEN = 17.0
_SIGNED = (Answer.SIGNED, Answer.RESERVED)


def write_signatures(
    paper: Paper, document: AgendaDocument, copy_for: Copy, page: FrontPage, anchor: str
) -> None:
    """Write who signed, with which reservation, who declined, and who has not answered."""
    _ = paper.gettext
    heading = _("Signatures: {counts}").format(counts=page.counts) if page.counts else _("Signatures")
    paper.heading(1, heading, anchor=anchor)
    said = [_("We sign for version {version} of this alliance agenda.").format(version=document.version)]
    if document.closed_at is None:
        count, asked = answered(document)
        said.append(
            paper.ngettext(
                "Signing is still open: {answered} of {asked} partner has answered.",
                "Signing is still open: {answered} of {asked} partners have answered.",
                asked,
            ).format(answered=count, asked=asked)
        )
    if not document.signatures:
        said.append(_("No partner was asked to sign."))
    # One paragraph: LibreOffice leaves a heading behind when two in a row have to stay with what follows.
    sentences = _consents(document) if copy_for is Copy.PARTNERS else []
    if len(sentences) == 1:
        said.append(_("Who signed agreed with this sentence:"))
    elif sentences:
        said.append(
            _("Who signed agreed with one of these sentences. Its number stands beside the signature:")
        )
    paper.paragraph(" ".join(said), keeps=bool(document.signatures))
    if not document.signatures:
        return
    if copy_for is Copy.PUBLIC:
        _write_public_answers(paper, document)
    else:
        _write_answers(paper, document, sentences)


def _write_answers(paper: Paper, document: AgendaDocument, sentences: list[str]) -> None:
    _ = paper.gettext
    if len(sentences) == 1:
        paper.words(sentences)
    else:
        numbered = _("{number}. {sentence}")
        paper.words([numbered.format(number=place, sentence=each) for place, each in enumerate(sentences, 1)])
    rows: list[list[Cell | str]] = []
    for signature in document.signatures:
        below = _evidence(paper, signature)
        edges = {"bottom": None} if below else {}
        least = _PEN if signature.answer is None else 0
        rows.append(
            [
                Cell(lines, stays=bool(below), edges=edges, least=least, is_head=place == 0)
                for place, lines in enumerate(_lines(paper, signature, sentences))
            ]
        )
        if below:
            rows.append([Cell(below, span=len(_WIDTHS), edges={"top": None})])
    paper.told_table(
        _("Signatures of the partners"),
        _WIDTHS,
        rows,
        head=(_("On behalf of"), _("Signature"), _("Name and role"), _("When")),
    )


def _lines(
    paper: Paper, signature: SignatureData, sentences: list[str]
) -> list[tuple[Line | Picture | str, ...]]:
    """Return the four cells of an answer: for whom, the hand, who, and when; empty where a pen may write."""
    _ = paper.gettext
    who = [Line(signature.name, "Table Strong")] if signature.name else []
    if signature.role:
        who.append(Line(signature.role))
    when = [paper.moment(signature.signed_at)] if signature.signed_at is not None else []
    if len(sentences) > 1 and signature.consent and signature.answer in _SIGNED:
        place = sentences.index(_consent(signature)) + 1
        when.append(_("sentence {number}").format(number=place))
    return [
        (signature.partner_name,),
        _hand(paper, signature),
        tuple(who),
        tuple(Line(said, "Table Text" if place == 0 else "Table Small") for place, said in enumerate(when)),
    ]


def _consents(document: AgendaDocument) -> list[str]:
    """Return the sentences with which partners agreed, each once, in the order in which they stand."""
    said = [_consent(each) for each in document.signatures if each.consent and each.answer in _SIGNED]
    return list(dict.fromkeys(said))


def _consent(signature: SignatureData) -> str:
    """Return the sentence with which a partner agreed, with dots in the place of its own name."""
    return (
        signature.consent.replace(signature.partner_name, "…")
        if signature.partner_name
        else signature.consent
    )


def _write_public_answers(paper: Paper, document: AgendaDocument) -> None:
    _ = paper.gettext
    rows: list[list[Cell | str]] = []
    for signature in document.signatures:
        answer = [Line(_answer(paper, signature))]
        if signature.reservation:
            answer.append(Line(_added(paper, signature), "Table Strong"))
        when = paper.moment(signature.signed_at) if signature.signed_at is not None else "–"
        rows.append([head_cell(signature.partner_name), Cell(tuple(answer)), when])
    paper.told_table(
        _("Answers of the partners"),
        _PUBLIC_WIDTHS,
        rows,
        head=(_("Partner"), _("Answer"), _("When")),
        note=_("The signatures and the names of those who signed stand in the partners' copy only."),
    )


def _hand(paper: Paper, signature: SignatureData) -> tuple[Line | Picture | str, ...]:
    _ = paper.gettext
    if signature.answer is None:
        return (Line(_answer(paper, signature), "Table Small"),)
    if signature.answer not in _SIGNED:
        return (Line(_answer(paper, signature), "Table Strong"),)
    if not signature.drawn:
        return (Line(signature.name, "Typed Name"), Line(_("Typed signature"), "Table Small"))
    return (
        Picture(
            png_of(signature_svg(signature.drawn), _PIXELS),
            _DRAWN,
            _("Drawn signature of {name}").format(name=signature.name),
        ),
    )


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
    if signature.witness:
        lines.append(Line(_("Witnessed by {name}.").format(name=signature.witness), "Table Small"))
    return tuple(lines)
