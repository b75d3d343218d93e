"""What an evening at mixed tables did, as a Word document of two pages: from plain data to bytes, without any query.

It shows what the page and the projector show: shown cells alone, and nobody by name.
"""

from collections.abc import Sequence

from exports.agenda.sections.title import write_band, write_brand
from exports.language import day
from exports.sentences.conditions import condition_name, how_told
from exports.sentences.evening import (
    answered_told,
    chosen_beside_chance,
    class_name,
    erased_told,
    index_told,
    joined_told,
    means_told,
    meetings_told,
    met_beside_chance,
    no_numbers_told,
    not_known,
    pairs_headline,
    place_told,
    row_names,
    series_told,
    why_not_more,
)
from exports.sentences.tables import table_name
from exports.word.paper import Paper, strong
from exports.word.paragraphs import Inline
from exports.word.styles import colours_of
from exports.word.tables import TEXT_WIDTH, Cell, Line, head_cell
from exports.word.template import own_template
from models.encounters.document import EveningDocument
from models.encounters.group_pairs import GroupPairs
from models.workshop.rows import SMALLEST_SHOWN

MOST_IDEAS = 8
_NAME, _TABLE = 40.0, 30.0


def build_evening(document: EveningDocument) -> bytes:
    """Return what an evening did as a .docx in the alliance's language. The same document gives the same bytes."""
    paper = Paper(
        document.language,
        document.time_zone,
        colours=colours_of(document.accent),
        template=own_template(),
    )
    _, language, did = paper.gettext, paper.language, document.did
    title = _("What the evening did")
    held_on = day(did.held_on, language, style="long")
    paper.properties(
        title=f"{title} · {document.alliance} · {held_on}",
        subject=did.theme or document.place,
        author=document.alliance,
        made_at=document.made_at,
    )
    write_band(paper)
    paper.foot(f"{title} · {document.alliance} · {held_on}", _("page {page} of {pages}"))
    write_brand(paper, document.alliance, None)
    paper.paragraph(title, style="Title Long")
    about = (document.alliance, place_told(did, language), did.theme, document.venue, held_on)
    paper.paragraph(" · ".join(part for part in about if part), style="Subtitle")
    _numbers(paper, document)
    _met(paper, document)
    _conditions(paper, document)
    _groups(paper, document)
    _ideas(paper, document)
    paper.heading(2, _("What we do not know"))
    paper.bullets(not_known(did, language))
    paper.paragraph(erased_told(did, language), style="Small")
    if document.contact:
        paper.heading(2, _("Questions"))
        paper.paragraph(document.contact)
    return paper.bytes()


def _conditions(paper: Paper, document: EveningDocument) -> None:
    """Write under which conditions it was prepared; nothing where nobody ticked one."""
    _, language, conditions = paper.gettext, paper.language, document.did.conditions
    if not any(one.is_met for one in conditions):
        return
    paper.heading(2, _("How it was prepared"))
    told: list[Inline] = []
    for one in conditions:
        told += [strong(f"{condition_name(one.condition, language)}."), f" {how_told(one, language)} "]
    paper.paragraph(*told, _("Under these four conditions meeting each other helps (Allport, 1954)."))


def _numbers(paper: Paper, document: EveningDocument) -> None:
    _, language, did = paper.gettext, paper.language, document.did
    if did.numbers is None:
        told = (
            no_numbers_told(did, language)
            if did.answers.is_closed
            else _("Both questions are still open, so there are no figures yet.")
        )
        paper.paragraph(told, style="State")
        return
    paper.paragraph(
        strong(means_told(did.numbers, language)),
        " ",
        _("People say so themselves, at the end of an evening. {answered}.").format(
            answered=answered_told(did, language)
        ),
        style="State",
    )
    if did.numbers.classes:
        paper.told_table(
            _("How many others do people know here?"),
            (_NAME + 20, 45, 45),
            [
                [head_cell(class_name(one, language)), str(one.before), str(one.after)]
                for one in did.numbers.classes
            ],
            head=(_("Others"), _("People, before"), _("People who would greet now")),
            is_whole=True,
        )


def _met(paper: Paper, document: EveningDocument) -> None:
    _, language, did = paper.gettext, paper.language, document.did
    paper.heading(2, _("Who met"))
    if did.met is None:
        paper.paragraph(_("Nobody sat at a table yet."))
        return
    paper.paragraph(strong(meetings_told(did.met, language)), " ", why_not_more(did.met, language))
    if did.series is not None:
        paper.paragraph(series_told(did.series, language))
    pairs = did.met.by_group
    if pairs is None or pairs.index is None:
        return
    paper.heading(2, _("Was this more than chance?"))
    found = [met_beside_chance(pairs, language)]
    if did.chosen is not None:
        found.append(chosen_beside_chance(did.chosen, language))
    for one in found:
        if one is not None:
            paper.paragraph(strong(one.verdict), " ", one.sentence)
    points = [(_("By lot"), pairs.index_by_lot), (_("At the tables"), pairs.index)]
    if did.chosen is not None and did.chosen.index is not None:
        points.append((_("Who wants to speak each other again"), did.chosen.index))
    paper.told_table(
        _("The E-I index"),
        (TEXT_WIDTH - 40, 40),
        [[head_cell(name), index_told(value, language)] for name, value in points],
        head=(_("Pairs"), _("Index")),
        is_whole=True,
        note=_(
            "Krackhardt and Stern, 1988: −1 is only one's own group, +1 only other groups. It counts shown cells only."
        ),
    )


def _groups(paper: Paper, document: EveningDocument) -> None:
    _, language, did = paper.gettext, paper.language, document.did
    if did.met is None or did.met.by_group is None:
        return
    paper.heading(1, pairs_headline(did, language), starts_a_page=True)
    names = row_names(did.rows, language)
    _pairs(paper, did.met.by_group, names, _("Spoke with each other (pairs)"))
    if did.chosen is not None:
        _pairs(paper, did.chosen, names, _("Want to speak each other again (both)"))
    hidden = _(
        "The number stands first, then of how many there could be. "
        "Under {count} pairs we hide it, and count it nowhere."
    ).format(count=SMALLEST_SHOWN)
    paper.paragraph(
        " ".join(part for part in (hidden, joined_told(did.rows, language)) if part), style="Small"
    )


def _pairs(paper: Paper, pairs: GroupPairs, names: Sequence[str], caption: str) -> None:
    """Write pairs group by group. Columns are called by the number of their row: names would not fit."""
    _ = paper.gettext
    width = (TEXT_WIDTH - _NAME) / len(names)
    paper.told_table(
        caption,
        (_NAME, *([width] * len(names))),
        [
            [
                head_cell(f"{one + 1} {name}"),
                *(_cell(paper, pairs, other, one) if other <= one else "–" for other in range(len(names))),
            ]
            for one, name in enumerate(names)
        ],
        head=(_("Group"), *(str(place) for place in range(1, len(names) + 1))),
        is_whole=len(names) < 12,
    )


def _cell(paper: Paper, pairs: GroupPairs, one: int, other: int) -> Cell | str:
    _ = paper.gettext
    if (one, other) not in pairs.pairs:
        return Cell((Line(_("hidden"), "Table Small"),))
    told = _("{count} of {possible}").format(
        count=pairs.pairs[one, other], possible=pairs.possible[one, other]
    )
    return Cell((Line(told, "Table Small"),))


def _ideas(paper: Paper, document: EveningDocument) -> None:
    _, ngettext = paper.gettext, paper.ngettext
    paper.heading(2, _("What the tables take along"))
    if not document.ideas:
        paper.paragraph(_("No idea was shown to the room."))
        return
    paper.told_table(
        _("Ideas of the tables"),
        (_TABLE, TEXT_WIDTH - _TABLE),
        [
            [
                head_cell(
                    _("{number}, {name}").format(
                        number=idea.table, name=table_name(idea.table, paper.language)
                    )
                ),
                Cell(
                    (
                        Line(idea.text, "Table Compact"),
                        Line(
                            _("First step: {step}").format(step=idea.first_step)
                            if idea.first_step
                            else _("A wish: nobody knows a first step yet."),
                            "Table Small",
                        ),
                    )
                ),
            ]
            for idea in document.ideas[:MOST_IDEAS]
        ],
        head=(_("Table"), _("Idea")),
    )
    more = len(document.ideas) - MOST_IDEAS
    if more > 0:
        paper.paragraph(
            ngettext(
                "{count} idea more stands on the page of the harvest.",
                "{count} ideas more stand on the page of the harvest.",
                more,
            ).format(count=more),
            style="Small",
        )
