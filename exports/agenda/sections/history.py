"""How the agenda came about: who took part, and the way of each text from proposal to decision, round by round."""

from exports.agenda.public_copy import names_residents
from exports.agenda.sections.headings import SHORT
from exports.agenda.sections.principles import decided_rounds
from exports.agenda.sections.results import write_result_by_group
from exports.agenda.short import numbered
from exports.language import number
from exports.sentences.outcome import row_label
from exports.sentences.record import counts_sentence, support_sentence
from exports.sentences.thread import came_sentence, frozen_came
from exports.sentences.words import partner_kind_word, source_name
from exports.word.paper import Paper
from exports.word.tables import TEXT_WIDTH, Cell, Line, head_cell
from models.basics.words import Copy
from models.signing.shape import Content, PrincipleContent

_SOURCES_SHOWN = 8
_WHEN = 30.0


def write_history(paper: Paper, content: Content, copy_for: Copy, anchor: str) -> None:
    """Write who took part, and the way of every text. The public copy names no representatives."""
    _ = paper.gettext
    paper.heading(1, _("How this agenda came about"), anchor=anchor)
    paper.heading(2, _("Who took part"))
    _write_participants(paper, content)
    if content["partners"]:
        _write_partners(paper, content, copy_for)
    texts = [*content["principles"], *content["not_adopted"]]
    joins_groups = any(
        row["key"] == "other"
        for text in texts
        for round_ in decided_rounds(text)[-1:]
        for row in round_["rows"]
    )
    if joins_groups:
        paper.paragraph(_("Small groups count together as “other groups”. This keeps every vote secret."))
    for text in texts:
        _write_way(paper, text)


def _write_partners(paper: Paper, content: Content, copy_for: Copy) -> None:
    _ = paper.gettext
    kinds = [(partner, partner_kind_word(partner["kind"], paper.language)) for partner in content["partners"]]
    if copy_for is Copy.PUBLIC:
        paper.told_table(
            _("Partners of the alliance"),
            (103, 60),
            [[head_cell(partner["name"]), kind] for partner, kind in kinds],
            head=(_("Partner"), _("Kind")),
            note=_("Residents stand in this copy without their name.") if names_residents(content) else "",
        )
        return
    paper.told_table(
        _("Partners of the alliance"),
        (62, 31, 70),
        [
            [
                head_cell(partner["name"]),
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
    sources = {source: count for source, count in people["sources"].items() if count}
    if len(sources) > 1:
        counted = ", ".join(
            f"{source_name(source, paper.language)} {number(count, paper.language)}"
            for source, count in sources.items()
        )
        sentences.append(_("How they took part: {sources}.").format(sources=counted))
    groups = {group["name"]: group["count"] for group in people["groups"]}
    if people["without_group"]:
        groups[row_label("none", None, paper.language)] = people["without_group"]
    if groups:
        counted = ", ".join(f"{name} {number(count, paper.language)}" for name, count in groups.items())
        sentences.append(_("Per group: {groups}.").format(groups=counted))
    paper.paragraph(" ".join(sentences))


def _write_way(paper: Paper, principle: PrincipleContent) -> None:
    """Write how the groups voted on a text at last, and its way up to there."""
    _ = paper.gettext
    rows: list[list[Cell | str]] = [*_came_rows(paper, principle), *_source_rows(paper, principle)]
    only_one = len(principle["versions"]) == 1
    for version in principle["versions"]:
        lines = [] if only_one else [Line(_quoted(paper, version["text"]))]
        if version["why"]:
            lines.append(Line(_("Why: {reason}").format(reason=version["why"]), "Table Small"))
        if lines:
            name = _("Version {number}").format(number=version["version"])
            rows.append([head_cell(name), Cell(tuple(lines))])
        for round_ in principle["rounds"]:
            if round_["version"] == version["version"]:
                name = _("Round {number}").format(number=round_["number"])
                rows.append([head_cell(name), counts_sentence(round_, paper.language)])
    decided = decided_rounds(principle)
    if not rows and not decided:
        return
    name = numbered(principle["number"], principle["text"], SHORT)
    paper.heading(2, name)
    if rows:
        paper.told_table(
            name,
            (_WHEN, TEXT_WIDTH - _WHEN),
            rows,
            head=(_("When"), _("What")),
        )
    if decided:
        write_result_by_group(paper, decided[-1])


def _came_rows(paper: Paper, principle: PrincipleContent) -> list[list[Cell | str]]:
    came = frozen_came(principle)
    if not came:
        return []
    return [[head_cell(paper.gettext("Origin")), came_sentence(came, paper.language)]]


def _source_rows(paper: Paper, principle: PrincipleContent) -> list[list[Cell | str]]:
    _, ngettext = paper.gettext, paper.ngettext
    sources = sorted(principle["sources"], key=lambda source: -source["support"])
    rows: list[list[Cell | str]] = []
    for source in sources[:_SOURCES_SHOWN]:
        support = Line(support_sentence(source["support"], paper.language), "Table Small")
        rows.append([head_cell(_("Proposal")), Cell((Line(_quoted(paper, source["text"])), support))])
    more = len(sources) - _SOURCES_SHOWN
    if more > 0:
        said = ngettext("And {count} more proposal.", "And {count} more proposals.", more)
        rows.append([head_cell(_("Proposal")), said.format(count=more)])
    return rows


def _quoted(paper: Paper, text: str) -> str:
    return paper.gettext("“{text}”").format(text=text)
