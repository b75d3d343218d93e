"""The alliance agenda as a Word document: from frozen, plain data to bytes, without any query."""

from dataclasses import replace
from typing import cast

from exports.agenda.front_page import front_page
from exports.agenda.public_copy import public_content, public_signatures
from exports.agenda.sections.agreements import write_agreements
from exports.agenda.sections.coherence import write_coherence
from exports.agenda.sections.front import write_front_page
from exports.agenda.sections.genuine import write_genuine, write_kind_of_signature
from exports.agenda.sections.history import write_history
from exports.agenda.sections.principles import write_not_adopted, write_principles
from exports.agenda.sections.signatures import write_signatures
from exports.agenda.sections.title import agenda_title, write_band, write_title_page
from exports.word.frozen_part import canonical, carry, frozen_part
from exports.word.paper import Paper
from exports.word.styles import colours_of
from exports.word.template import own_template
from models.basics.words import Copy
from models.signing.files import WORD, AgendaDocument, BuiltFile, SignatureData
from models.signing.shape import Content, frozen

DOCX = WORD


def build_agenda(document: AgendaDocument, copy_for: Copy) -> bytes:
    """Return the agenda as a .docx in the alliance's language.

    The same document gives the same bytes. The public copy holds no drawn signatures and no names of people.
    """
    content = frozen(document.content)
    if copy_for is Copy.PUBLIC:
        language = content["alliance"]["language"]
        document = replace(document, signatures=public_signatures(document.signatures, content, language))
        content = public_content(content, language)
    language = content["alliance"]["language"]
    colours = colours_of(content["look"]["accent"] if "look" in content else None)
    paper = Paper(language, content["alliance"]["time_zone"], colours=colours, template=own_template())
    _ = paper.gettext
    title = agenda_title(content, paper)
    version = _("version {version}").format(version=document.label)
    paper.properties(
        title=f"{title} · {version}",
        subject=content["alliance"]["purpose"],
        author=content["alliance"]["name"],
        made_at=document.frozen_at,
    )
    write_band(paper)
    foot = [title, version, *([_("public copy")] if copy_for is Copy.PUBLIC else [])]
    paper.foot(" · ".join(foot), _("page {page} of {pages}"))
    if document.closed_at is None:
        paper.head(_("Not closed yet"))
    page = front_page(content, document.signatures, language)
    parts = [
        ("front", _("Who does what, and by when")),
        ("principles", _("Our principles")),
        ("agreements", _("Our agreements")),
        ("coherence", _("How it hangs together")),
        ("minority", _("What was not adopted, and why")),
        ("history", _("How this agenda came about")),
        ("signatures", _("Signatures")),
        ("genuine", _("Is this document genuine?")),
    ]
    write_title_page(paper, content, document, copy_for, page, parts)
    is_one_page = write_front_page(paper, page, document.control_words, "front")
    # Where page 2 runs on, what follows does too: no page is left half empty.
    write_principles(paper, content, "principles", starts_a_page=is_one_page)
    write_agreements(paper, content, "agreements")
    write_coherence(paper, content, "coherence")
    write_not_adopted(paper, content, "minority")
    write_history(paper, content, copy_for, "history")
    write_signatures(paper, document, copy_for, page, "signatures")
    write_genuine(paper, content, document, "genuine", "front")
    write_kind_of_signature(paper)
    carry(paper.document, _carried(document, copy_for))
    return paper.bytes()


def _carried(document: AgendaDocument, copy_for: Copy) -> bytes:
    """Return the frozen text that a copy carries: the public one without what it does not show."""
    if copy_for is Copy.PUBLIC:
        content = cast(Content, document.content)
        text = canonical(public_content(content, content["alliance"]["language"]))
    else:
        text = document.frozen_text.encode() or canonical(document.content)
    return frozen_part(
        text,
        canonical([_answer(signature) for signature in document.signatures]),
        text_sha256=document.sha256,
        facts={
            "copy": copy_for,
            "version": str(document.version),
            "edition": str(document.edition) if document.closed_at is not None else "",
            "before": document.edition_before,
            "events": document.chain_head,
        },
    )


def _answer(signature: SignatureData) -> dict[str, str | None]:
    """Return what a partner answered, in the words that the document shows."""
    signed_at = signature.signed_at
    return {
        "partner": signature.partner_name,
        "answer": signature.answer,
        "name": signature.name,
        "role": signature.role,
        "reservation": signature.reservation,
        "consent": signature.consent,
        "witness": signature.witness,
        "signed_at": signed_at.isoformat() if signed_at is not None else None,
    }


def build_files(document: AgendaDocument) -> list[BuiltFile]:
    """Return the files that closing the signing makes: the partners' copy and the public one."""
    return [BuiltFile(copy_for, DOCX, build_agenda(document, copy_for)) for copy_for in Copy]
