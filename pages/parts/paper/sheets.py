"""The sheets that were typed in, last one first: to type again, or to take back. Never what stands on them."""

from collections.abc import Sequence

import streamlit as st

from exports.language import clock_time
from exports.sentences import doer_name
from models.voting.paper import SheetView, take_back_sheet
from models.voting.round_views import RoundView
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small
from pages.parts.paper.entry import type_again

SHOWN = 12


def sheets_typed(
    round_: RoundView, sheets: Sequence[SheetView], time_zone: str, *, shows_codes: bool
) -> None:
    """Draw the sheets of an open round; with names and codes for who leads (`shows_codes`), else by number."""
    with st.container(border=True, key="card_sheets"):
        st.header(
            ngettext("{count} sheet typed in", "{count} sheets typed in", len(sheets)).format(
                count=len(sheets)
            ),
            anchor=False,
        )
        if not sheets:
            st.markdown(_("No sheet was typed in for this round yet."))
        for sheet in sheets[:SHOWN]:
            _sheet(round_, sheet, time_zone, shows_codes)
        if len(sheets) > SHOWN:
            more = len(sheets) - SHOWN
            small(ngettext("And {count} more.", "And {count} more.", more).format(count=more))
        small(_("What stands on a sheet is not shown here. After the close nobody can take a sheet back."))


def _sheet(round_: RoundView, sheet: SheetView, time_zone: str, shows_codes: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"sheet_{sheet.participant_id}"):
        number = _("participant {number}").format(number=sheet.number)
        who = (shows_codes and sheet.name) or number
        told = [
            f"**{plain(who)}**",
            *([plain(sheet.personal_code)] if shows_codes else []),
            plain(sheet.group or _("no group")),
            plain(
                _("{time}, by {name}").format(
                    time=clock_time(sheet.entered_at, language(), time_zone),
                    name=doer_name(sheet.entered_by, language()),
                )
            ),
        ]
        st.markdown(" · ".join(told), width="stretch")
        st.button(
            _("Type again"),
            key=f"sheet_again_{sheet.participant_id}",
            icon=":material/edit:",
            help=_("Type the sheet of {name} again").format(name=plain(who)),
            on_click=type_again,
            args=(sheet.personal_code if shows_codes else str(sheet.number),),
        )
        st.button(
            _("Take this sheet back"),
            key=f"sheet_back_{sheet.participant_id}",
            icon=":material/undo:",
            help=_("Take back the sheet of {name}").format(name=plain(who)),
            on_click=act_on_click,
            args=(take_back_sheet,),
            kwargs={"round_id": round_.id, "participant_id": sheet.participant_id},
        )
