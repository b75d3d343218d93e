"""The alliance agenda as a Word document: from frozen, plain data to bytes, without any query."""

from dataclasses import replace

from exports.agenda.public_copy import public_content, public_signatures
from exports.agenda.sections.agreements import write_agreements
from exports.agenda.sections.coherence import write_coherence
from exports.agenda.sections.people import write_people
from exports.agenda.sections.principles import write_not_adopted, write_principles
from exports.agenda.sections.signatures import (
    write_genuine,
    write_kind_of_signature,
    write_return,
    write_signatures,
)
from exports.agenda.sections.title import agenda_title, write_title_page
from exports.word.paper import Paper
from models.basics.words import Copy
from models.signing.files import AgendaDocument, BuiltFile
from models.signing.shape import frozen

DOCX = "docx"


def build_agenda(document: AgendaDocument, copy_for: Copy) -> bytes:
    """Return the agenda as a .docx in the alliance's language.

    The same document gives the same bytes. The public copy holds no drawn signatures and no names of people.
    """
    content = frozen(document.content)
    if copy_for is Copy.PUBLIC:
        language = content["alliance"]["language"]
        document = replace(document, signatures=public_signatures(document.signatures, content, language))
        content = public_content(content, language)
    paper = Paper(content["alliance"]["language"], content["alliance"]["time_zone"])
    _ = paper.gettext
    title = agenda_title(content, paper)
    version = _("version {version}").format(version=document.label)
    paper.properties(
        title=f"{title} · {version}",
        subject=content["alliance"]["purpose"],
        author=content["alliance"]["name"],
        made_at=document.frozen_at,
    )
    foot = [title, version, *([_("public copy")] if copy_for is Copy.PUBLIC else [])]
    paper.foot(" · ".join(foot), _("page {page} of {pages}"))
    if document.closed_at is None:
        paper.head(_("Not closed yet"))
    parts = [
        ("people", _("Who took part")),
        ("principles", _("Our principles")),
        ("minority", _("What was not adopted, and why")),
        ("agreements", _("Our agreements")),
        ("coherence", _("How it hangs together")),
        ("signatures", _("Signatures")),
    ]
    write_title_page(paper, content, document, copy_for, parts)
    write_people(paper, content, copy_for, "people")
    write_principles(paper, content, "principles")
    write_not_adopted(paper, content, "minority")
    write_agreements(paper, content, "agreements")
    write_coherence(paper, content, "coherence")
    write_signatures(paper, content, document, copy_for, "signatures")
    write_genuine(paper, content, document)
    write_return(paper, content)
    write_kind_of_signature(paper)
    return paper.bytes()


def build_files(document: AgendaDocument) -> list[BuiltFile]:
    """Return the files that closing the signing makes: the partners' copy and the public one."""
    return [BuiltFile(copy_for, DOCX, build_agenda(document, copy_for)) for copy_for in Copy]
