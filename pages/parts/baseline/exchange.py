"""Findings brought as a table, and taken away as one."""

import streamlit as st

from pages.parts.baseline.at_hand import BaselineNow
from pages.parts.frame.download import download
from pages.parts.frame.file_brought import Told, file_sent
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, small_print


def exchange(now: BaselineNow) -> None:
    """Draw the field for a table of findings, and the files with what was released."""
    with st.container(border=True, key="card_exchange"):
        st.header(_("From a file, and to a file"), anchor=False)
        left, right = st.columns(2)
        with left:
            st.markdown(
                _(
                    "Bring findings from literature and figures as CSV, with the columns source, finding, kind, side, "
                    "themes and effect. All rows are stored, or none."
                )
            )
            file_sent(
                _("Choose a CSV file"),
                accepts=".csv,.txt",
                key="findings_file",
                address=f"/files/startfoto/{now.id}/findings.csv",
                then=_brought,
            )
        with right:
            st.markdown(_("Take the findings with you. What is not released stands there without its words."))
            with st.container(horizontal=True):
                path = f"startfoto/{now.id}"
                download(_("Workbook"), f"{path}/findings.xlsx", {}, key="findings_workbook")
                download(_("CSV"), f"{path}/findings.csv", {}, key="findings_csv")
            small_print(_("No cell is a formula, whatever somebody typed."))


def _brought(told: Told) -> None:
    count = int(told.get("count") or 0)
    tell(ngettext("{count} finding stored.", "{count} findings stored.", count).format(count=count))
