"""What an evening did, as who leads reads it: numbers before and now, pairs of groups, chance, what nobody knows."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from exports.hyphenation import in_little_room
from exports.sentences.conditions import condition_name, how_told
from exports.sentences.evening import (
    answered_told,
    chosen_beside_chance,
    class_name,
    erased_told,
    hidden_told,
    index_label,
    index_told,
    joined_told,
    means,
    means_told,
    meetings_told,
    met_beside_chance,
    no_numbers_told,
    not_known,
    pairs_headline,
    row_names,
    series_told,
    why_not_more,
)
from models.encounters.group_pairs import Cell, GroupPairs
from models.encounters.what_it_did import EveningDid, Numbers
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small

_WIDEST_BAR = 68
# From which part of what could be a cell is one shade darker.
_SHADES = (0.15, 0.25, 0.35)


def did_style() -> None:
    """Lay the rules of this page over the facilitators' style sheet."""
    st.html(Path(__file__).resolve().parent / "did.css")


def numbers_card(did: EveningDid) -> None:
    """Draw the mean before and now, and how many met."""
    with st.container(border=True, key="card_means"):
        if did.numbers is not None:
            before, after = means(did.numbers, language())
            st.html(
                Markup(
                    '<p class="over-title">{}</p><p class="evening-means" aria-hidden="true">'
                    '<span class="was">{}</span>'
                    '<span class="to">→</span><span class="is">{}</span></p><h2 class="evening-title">{}</h2>'
                ).format(
                    _("How many others people know here, on average"),
                    before,
                    after,
                    means_told(did.numbers, language()),
                )
            )
            st.markdown(
                _("People say so themselves, at the end of an evening. {answered}.").format(
                    answered=answered_told(did, language())
                )
            )
        elif did.answers.is_closed:
            st.html(Markup('<h2 class="evening-title">{}</h2>').format(_("How many others people know here")))
            st.markdown(no_numbers_told(did, language()))
        else:
            st.html(Markup('<h2 class="evening-title">{}</h2>').format(_("How many others people know here")))
            st.markdown(_still_open(did))
        if did.met is not None:
            small(meetings_told(did.met, language()) + " " + why_not_more(did.met, language()))
        if did.series is not None:
            small(series_told(did.series, language()))


def _still_open(did: EveningDid) -> str:
    count = did.answers.both
    told = ngettext(
        "{count} person of {people} gave both numbers so far.",
        "{count} people of {people} gave both numbers so far.",
        count,
    )
    return (
        told.format(count=count, people=did.answers.people)
        + " "
        + _("Figures come once both questions are closed: then nobody can tell any more whose a number is.")
    )


def classes_card(numbers: Numbers) -> None:
    """Draw how many people gave which number, before and now."""
    with st.container(border=True, key="card_known"):
        st.html(Markup('<h2 class="evening-title">{}</h2>').format(_("How many others do people know here?")))
        most = max(max(one.before, one.after) for one in numbers.classes)
        rows = Markup("")
        for one in numbers.classes:
            for place, (kind, count, word) in enumerate(
                (
                    ("", one.before, ngettext("{count} person before", "{count} people before", one.before)),
                    ("now", one.after, ngettext("{count} person now", "{count} people now", one.after)),
                )
            ):
                head = (
                    Markup('<th scope="rowgroup" rowspan="2">{}</th>').format(class_name(one, language()))
                    if not place
                    else ""
                )
                rows += Markup(
                    '<tr>{}<td><div class="row"><i class="{}" style="width:{}%"></i>{}</div></td></tr>'
                ).format(head, kind, _WIDEST_BAR * count // max(most, 1), word.format(count=count))
        st.html(Markup('<table class="known-bars"><tbody>{}</tbody></table>').format(rows))
        people = ngettext("{count} person", "{count} people", numbers.people).format(count=numbers.people)
        small(_("Open bar: known before. Filled bar: would greet now. {people}.").format(people=people))


def pairs_card(did: EveningDid) -> None:
    """Draw which groups met, and which chose each other."""
    with st.container(border=True, key="card_pairs"):
        st.html(Markup('<h2 class="evening-title">{}</h2>').format(pairs_headline(did, language())))
        if did.met is None or did.met.by_group is None:
            st.markdown(_("There are too few people, or only one group, to tell groups apart."))
            return
        names = row_names(did.rows, language())
        tables = pairs_table(did.met.by_group, names, _("Spoke with each other (pairs)"))
        if did.chosen is not None:
            tables += pairs_table(did.chosen, names, _("Want to speak each other again (both)"))
        st.html(Markup('<div class="group-pairs">{}</div>').format(tables))
        if did.chosen is None and not did.is_answer_erased:
            small(
                _(
                    "Who wants to speak each other again is counted once the meeting has ended: "
                    "while people choose, a number that moves would tell who chose."
                )
            )
        told = " ".join(part for part in (hidden_told(language()), joined_told(did.rows, language())) if part)
        small(told)


def pairs_table(pairs: GroupPairs, names: Sequence[str], caption: str) -> Markup:
    """Return pairs group by group as half a table: a cell without a number says that it is hidden."""
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(in_little_room(name)) for name in names)
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            in_little_room(name),
            Markup("").join(_cell(pairs, (other, one)) for other in range(one + 1))
            + Markup("<td></td>") * (len(names) - one - 1),
        )
        for one, name in enumerate(names)
    )
    return Markup(
        '<table class="pairs"><caption>{}</caption><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(caption, heads, rows)


def _cell(pairs: GroupPairs, cell: Cell) -> Markup:
    if cell not in pairs.pairs:
        return Markup('<td class="hidden"><span>{}</span></td>').format(_("hidden"))
    count, possible = pairs.pairs[cell], pairs.possible[cell]
    shade = 1 + sum(count / possible >= limit for limit in _SHADES)
    return Markup('<td class="heat-{}"><b>{}</b>{}</td>').format(
        shade, count, _("of {count}").format(count=possible)
    )


def chance_card(did: EveningDid) -> None:
    """Draw whether this was more than chance: two sentences, and the E-I index as a line."""
    pairs = did.met.by_group if did.met else None
    if pairs is None or pairs.index is None:
        return
    with st.container(border=True, key="card_chance"):
        st.html(Markup('<h2 class="evening-title">{}</h2>').format(_("Was this more than chance?")))
        found = [met_beside_chance(pairs, language())]
        if did.chosen is not None:
            found.append(chosen_beside_chance(did.chosen, language()))
        for one in found:
            if one is not None:
                st.markdown(f"**{one.verdict}** {one.sentence}")
        points = [(_("by lot"), "lot", pairs.index_by_lot), (_("at the tables"), "tables", pairs.index)]
        if did.chosen is not None and did.chosen.index is not None:
            points.append((_("speak again"), "again", did.chosen.index))
        label = index_label([(name, value) for name, _kind, value in points], language())
        marks = Markup("").join(
            Markup('<i class="{}" style="left:{}%"></i>').format(kind, f"{50 * (1 + value):.1f}")
            for _name, kind, value in points
        )
        told = Markup("").join(
            Markup('<li><i class="{}"></i>{} {}</li>').format(kind, name, index_told(value, language()))
            for name, kind, value in points
        )
        st.html(
            Markup(
                '<div role="img" aria-label="{}"><div class="index-line">{}</div><p class="index-ends"><span>{}</span>'
                '<span>{}</span></p><ul class="index-marks">{}</ul></div>'
            ).format(label, marks, _("−1 only the own group"), _("+1 only other groups"), told)
        )
        small(_("This number is the E-I index (Krackhardt and Stern, 1988). It counts shown cells only."))


def conditions_card(did: EveningDid) -> None:
    """Draw under which conditions the evening was prepared; nothing where nobody ticked one."""
    if not any(one.is_met for one in did.conditions):
        return
    with st.container(border=True, key="card_conditions"):
        st.html(Markup('<h2 class="evening-title">{}</h2>').format(_("How it was prepared")))
        for one in did.conditions:
            icon = ":material/check_circle:" if one.is_met else ":material/info:"
            name = condition_name(one.condition, language())
            st.markdown(f"{icon} **{name}.** {plain(how_told(one, language()))}")
        small(_("Under these four conditions meeting each other helps (Allport, 1954)."))


def unknown_card(did: EveningDid) -> None:
    """Draw what nobody knows, and when all of this is erased."""
    with st.container(border=True, key="card_unknown"):
        st.html(Markup('<h2 class="evening-title">{}</h2>').format(_("What we do not know")))
        st.markdown("\n".join(f"- {line}" for line in not_known(did, language())))
        small(erased_told(did, language()))
