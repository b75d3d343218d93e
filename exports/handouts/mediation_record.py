"""The record of a mediation for its parties alone: made in memory at the moment it is downloaded, and never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exports.language import listed
from exports.word.paper import Paper


@dataclass(frozen=True)
class RecordedAgreement:
    """How to treat each other, and after how many days it is looked at again."""

    text: str
    look_again: int


@dataclass(frozen=True)
class MediationRecord:
    """What the record says: who took part, what everyone finds, what every party approved, and when it ended."""

    language: str
    time_zone: str
    mediator: str
    parties: Sequence[str]
    principles: Sequence[str]
    agreements: Sequence[RecordedAgreement]
    is_vertical: bool
    ended: str
    made_at: datetime


def build_mediation_record(record: MediationRecord) -> bytes:
    """Return the record as a .docx. It says of itself that it is no contract by itself, and who may read it."""
    paper = Paper(record.language, record.time_zone)
    _ = paper.gettext
    paper.properties(
        title=_("Record of working agreements"),
        subject=_("For the parties of this mediation alone"),
        author=record.mediator,
        made_at=record.made_at,
    )
    paper.heading(1, _("Record of working agreements"))
    paper.paragraph(
        _("Between {parties}. Mediator: {mediator}.").format(
            parties=listed(list(record.parties), record.language), mediator=record.mediator
        )
    )
    if record.ended:
        paper.paragraph(record.ended)
    paper.heading(2, _("What everyone finds"))
    if record.principles:
        paper.bullets(list(record.principles))
    else:
        paper.paragraph(_("No principle was found by everyone."))
    paper.heading(2, _("How we treat each other"))
    if record.agreements:
        paper.bullets([f"{one.text} {_look_again(paper, one)}" for one in record.agreements])
    else:
        paper.paragraph(_("No working agreement was approved by every party."))
    paper.heading(2, _("What this paper is"))
    paper.paragraph(
        _(
            "This is a record of working agreements. It becomes a settlement agreement (article 7:900 of the Dutch "
            "Civil Code) only when the parties say so and sign it."
        )
    )
    paper.paragraph(
        _("It is for the parties of this mediation alone. The secrecy that all accepted counts for it too.")
    )
    if record.is_vertical:
        paper.paragraph(
            _("The municipality falls under the Woo: what it has on paper, somebody can ask for.")
        )
    return paper.bytes()


def _look_again(paper: Paper, agreement: RecordedAgreement) -> str:
    _ = paper.gettext
    after = _("After six weeks") if agreement.look_again == 42 else _("After three months")
    return _("(We look back: {when}.)").format(when=after[:1].lower() + after[1:])
