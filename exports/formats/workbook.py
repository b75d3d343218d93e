"""The agreements as a workbook: one table to filter and sort, with dates as dates."""

from datetime import date

from exports.language import listed, translations
from exports.workbook import Sheet, Value, workbook
from models.signing.files import AgendaDocument
from models.signing.shape import AgreementContent, Content

_WIDTHS = (6, 48, 40, 26, 14, 34, 14, 34, 16, 16)


def agreements_workbook(document: AgendaDocument, content: Content) -> bytes:
    """Return the agreements as an .xlsx in the alliance's language. No text in it can become a formula."""
    alliance = content["alliance"]
    language = alliance["language"]
    _ = translations(language).gettext
    version = _("version {version}").format(version=document.label)
    return workbook(
        Sheet(
            name=_("Agreements"),
            headers=[
                _("No."),
                _("What"),
                _("First step"),
                _("Owner"),
                _("Owner has accepted"),
                _("Supporters"),
                _("Due on"),
                _("How we see it worked"),
                _("Principles"),
                _("Depends on"),
            ],
            rows=[_row(agreement, language) for agreement in content["agreements"]],
            widths=_WIDTHS,
            table="Agreements",
            keeps="C2",
        ),
        language,
        title=f"{alliance['name']} · {version}",
        author=alliance["name"],
        made_at=document.frozen_at,
    )


def _row(agreement: AgreementContent, language: str) -> list[Value]:
    _ = translations(language).gettext
    due_on = agreement["due_on"]
    accepted = ""
    if agreement["owner"] is not None:
        accepted = _("yes") if agreement["owner_accepted"] else _("no")
    return [
        agreement["number"],
        agreement["what"],
        agreement["first_step"],
        agreement["owner"],
        accepted,
        listed(agreement["supporters"], language),
        date.fromisoformat(due_on) if due_on else None,
        agreement["measure"],
        ", ".join(map(str, agreement["principles"])),
        ", ".join(map(str, agreement["depends_on"])),
    ]
