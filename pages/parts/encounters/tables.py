"""Who sits where, as who leads sees it: a card for each table, with how many of each group sit there."""

from collections import Counter
from collections.abc import Collection, Sequence

import streamlit as st
from markupsafe import Markup

from exports.drawings.tables import table_sign
from exports.sentences.tables import table_name
from models.encounters.views import TableView
from pages.parts.frame.picture import picture
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext


def table_cards(tables: Sequence[TableView], newcomers: Collection[int] = (), *, lost: str = "") -> None:
    """Draw the tables of a round; those at which a badge of `newcomers` sits stand out.

    `lost` is said above them while there is no connection.
    """
    st.html(
        Markup('<p class="seen-at">{}</p><ul class="table-cards">{}</ul>').format(
            lost, Markup("").join(_card(table, set(newcomers)) for table in tables)
        )
    )


def _card(table: TableView, newcomers: set[int]) -> Markup:
    groups = Counter(person.group for person in table.people if not person.has_left)
    rows = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(group or _("without a group"), count)
        for group, count in sorted(groups.items(), key=lambda item: (-item[1], item[0] or ""))
    )
    badges = ", ".join(str(person.number) for person in table.people if not person.has_left)
    new = [
        str(person.number) for person in table.people if person.number in newcomers and not person.has_left
    ]
    # In place of the name of its sign, as who leads looks for what changed: so no card grows.
    name = (
        Markup('<span class="came">{}</span>').format(_("new: {numbers}").format(numbers=", ".join(new)))
        if new
        else Markup("<span>{}</span>").format(table_name(table.number, language()))
    )
    told = [_("turns: badge {number}").format(number=table.host)] if table.host else []
    if table.card is not None:
        told.append(_("card {number}").format(number=table.card))
    if table.joined:
        told.append(_("with table {numbers}").format(numbers=", ".join(map(str, table.joined))))
    host = Markup('<p class="host">{}</p>').format(" · ".join(told)) if told else ""
    alone = (
        Markup('<p class="few">{}</p>').format(
            ngettext("{count} at this table", "{count} at this table", table.here).format(count=table.here)
        )
        if table.here < 3
        else ""
    )
    return Markup(
        '<li class="{}"><div class="top">{}<div><b>{}</b>{}</div></div><dl>{}</dl>'
        '<p class="badges">{}</p>{}{}</li>'
    ).format(
        "new" if new else "",
        picture(table_sign(table.number), "", width="36px"),
        _("Table {number}").format(number=table.number),
        name,
        rows,
        _("Badges {numbers}").format(numbers=badges),
        host,
        alone,
    )
