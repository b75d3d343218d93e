"""Who took part: partners by name, participants as counts per group."""

from exports.agenda.public_copy import names_residents
from exports.language import number
from exports.sentences.outcome import row_label
from exports.sentences.words import partner_kind_word, source_name
from exports.word.paper import Paper
from exports.word.tables import text_cell
from models.basics.words import Copy
from models.signing.shape import Content


def write_people(paper: Paper, content: Content, copy_for: Copy, anchor: str) -> None:
    """Write who took part. The public copy names no representatives."""
    _ = paper.gettext
    paper.heading(1, _("Who took part"), anchor=anchor)
    if content["partners"]:
        paper.heading(2, _("Partners"))
        _write_partners(paper, content, copy_for)
    paper.heading(2, _("Participants"))
    _write_participants(paper, content)


def _write_partners(paper: Paper, content: Content, copy_for: Copy) -> None:
    _ = paper.gettext
    kinds = [(partner, partner_kind_word(partner["kind"], paper.language)) for partner in content["partners"]]
    if copy_for is Copy.PUBLIC:
        paper.table(
            _("Partners of the alliance"),
            (103, 60),
            [[text_cell(partner["name"], "Table Strong"), kind] for partner, kind in kinds],
            head=(_("Partner"), _("Kind")),
        )
        if names_residents(content):
            paper.paragraph(_("Residents stand in this copy without their name."), "Small")
        return
    paper.table(
        _("Partners of the alliance"),
        (62, 31, 70),
        [
            [
                text_cell(partner["name"], "Table Strong"),
                kind,
                ", ".join(part for part in (partner["representative"], partner["role"]) if part),
            ]
            for partner, kind in kinds
        ],
        head=(_("Partner"), _("Kind"), _("Represented by")),
    )


def _write_participants(paper: Paper, content: Content) -> None:
    _, ngettext = paper.gettext, paper.ngettext
    people = content["participants"]
    sentences = [
        ngettext("{count} person took part.", "{count} people took part.", people["total"]).format(
            count=number(people["total"], paper.language)
        )
    ]
    if people["heads_counted"] is not None:
        sentences.append(
            ngettext(
                "{count} person was counted in the room.",
                "{count} people were counted in the room.",
                people["heads_counted"],
            ).format(count=number(people["heads_counted"], paper.language))
        )
    sentences.append(_("Names of participants are not in this document."))
    paper.paragraph(" ".join(sentences))
    rows = [(group["name"], group["count"]) for group in people["groups"]]
    if people["without_group"]:
        rows.append((row_label("none", None, paper.language), people["without_group"]))
    if rows:
        paper.table(
            _("Participants per group"),
            (103, 60),
            [[name, number(count, paper.language)] for name, count in rows],
            head=(_("Group"), _("Participants")),
            is_whole=True,
        )
    sources = {source: count for source, count in people["sources"].items() if count}
    if len(sources) > 1:
        counted = ", ".join(
            f"{source_name(source, paper.language)} {number(count, paper.language)}"
            for source, count in sources.items()
        )
        paper.paragraph(_("How they took part: {sources}.").format(sources=counted), "Small")
