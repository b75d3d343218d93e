"""What changed between two frozen versions of an agenda, as a table."""

from typing import Any

from markupsafe import Markup

from exports.agenda.agenda_changes import agenda_changes
from exports.agenda.difference import marked_difference
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language


def agenda_difference(before: dict[str, Any], now: dict[str, Any]) -> None:
    """Draw what the content `now` says otherwise than `before`; one line where nothing changed."""
    table(
        [_("Where"), _("What changed")],
        [
            (change.title, Markup(marked_difference(change.before, change.now)))
            for change in agenda_changes(before, now, language())
        ]
        or [
            (
                _("Text"),
                _(
                    "The words of principles and agreements are the same. "
                    "Only numbers or names around them changed."
                ),
            )
        ],
        caption=_("Struck through is gone, underlined is new."),
    )
