"""The conclusions: all of them in a list, and the one at hand with everything it rests on."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from exports.sentences.baseline import standing_word
from models.baseline.conclusion_views import ConclusionView
from models.baseline.conclusions import QUESTIONS, change_conclusion, remove_conclusion, write_conclusion
from models.baseline.views import ThemeRow
from models.basics.errors import DomainError
from models.basics.text import STATEMENT_LIMIT
from pages.parts.baseline.at_hand import BaselineNow
from pages.parts.baseline.evidence import evidence_columns, heard_tiles, standing_html, what_is_missing
from pages.parts.frame.acting import act, refuse
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.table import badge
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain

AT_HAND, NEW = "conclusion", "new_conclusion"


def conclusion_at_hand(conclusions: Sequence[ConclusionView]) -> ConclusionView | None:
    """Return the conclusion of the address, else the first one."""
    asked = st.query_params.get(AT_HAND)
    return next((one for one in conclusions if str(one.number) == asked), next(iter(conclusions), None))


def choose_conclusion(number: int) -> None:
    """Take a conclusion at hand. For `on_click`."""
    st.query_params[AT_HAND] = str(number)


def conclusions_list(
    now: BaselineNow, conclusions: Sequence[ConclusionView], at_hand: ConclusionView | None
) -> None:
    """Draw every conclusion with whether it rests on something, and the field for a new one."""
    with st.container(border=True, key="card_conclusions"):
        count = len(conclusions)
        st.header(
            ngettext("{count} conclusion", "{count} conclusions", count).format(count=count), anchor=False
        )
        if not conclusions:
            st.markdown(_("No conclusion yet. Write one, and choose the evidence for it."))
        for one in conclusions:
            is_here = at_hand is not None and one.id == at_hand.id
            with st.container(key=f"conclusion_row_{'here_' if is_here else ''}{one.id}", gap="xsmall"):
                st.button(
                    plain(one.text),
                    key=f"choose_conclusion_{one.id}",
                    type="tertiary",
                    on_click=choose_conclusion,
                    args=(one.number,),
                )
                colour = "orange" if one.standing.is_concept else "green"
                st.html(badge(standing_word(one.standing, language()), colour))
        st.text_area(_("New conclusion"), key=NEW, max_chars=STATEMENT_LIMIT, height=100)
        st.button(
            _("Write the conclusion"),
            key="write_conclusion",
            icon=":material/add:",
            width="stretch",
            type="secondary" if conclusions else "primary",
            on_click=_write,
            args=(now.id,),
        )


def _write(baseline_id: int) -> None:
    text = str(st.session_state[NEW] or "")
    st.session_state[NEW] = ""
    written = act(write_conclusion, handled=(DomainError,), baseline_id=baseline_id, text=text)
    if written.error is not None:
        st.session_state[NEW] = text
        refuse(written.error)
        st.rerun()
    choose_conclusion(written.result.number)


def conclusion_card(now: BaselineNow, conclusion: ConclusionView, themes: Sequence[ThemeRow]) -> None:
    """Draw the conclusion at hand: what it says, the computed line, who was heard, and its evidence."""
    names = {theme.id: theme.name for theme in themes}
    about = ", ".join(names[theme] for theme in conclusion.theme_ids if theme in names)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        kick = _("Conclusion {number}").format(number=conclusion.number) + (f" · {about}" if about else "")
        st.html(Markup('<p class="kick" dir="auto">{}</p>').format(kick))
        st.badge(
            standing_word(conclusion.standing, language()),
            icon=":material/hourglass_top:" if conclusion.standing.is_concept else ":material/check:",
            color="orange" if conclusion.standing.is_concept else "green",
        )
    st.html(
        Markup('<h2 class="lead" dir="auto">{}</h2>{}').format(
            conclusion.text, standing_html(conclusion.standing)
        )
    )
    heard_tiles(conclusion.standing)
    evidence_columns(now, conclusion)
    what_is_missing(now, conclusion)


def conclusion_words(conclusion: ConclusionView, themes: Sequence[ThemeRow]) -> None:
    """Draw how sure it is, in the facilitator's own words, and the fields that change the conclusion itself."""
    st.checkbox(
        _("We looked for what says the opposite"),
        value=conclusion.opposite_sought,
        key=f"sought_{conclusion.id}",
        on_change=_sought,
        args=(conclusion.id,),
    )
    with st.expander(_("How sure is this? Four questions, in your own words"), key=f"sure_{conclusion.id}"):
        _field(conclusion, "sureness", _("How sure is this? One sentence, which stands in the report"))
        for question in QUESTIONS:
            _field(conclusion, question, _question(question))
    if not opens_panel(
        _("Change this conclusion"), key=f"change_conclusion_{conclusion.id}", icon=":material/edit:"
    ):
        return
    names = {theme.id: theme.name for theme in themes}
    key = f"conclusion_text_{conclusion.id}"
    st.text_area(
        _("The conclusion, in one sentence"),
        value=conclusion.text,
        key=key,
        max_chars=STATEMENT_LIMIT,
        height=90,
        on_change=_change_text,
        args=(conclusion.id, key),
    )
    themes_key = f"conclusion_themes_{conclusion.id}"
    st.session_state[themes_key] = [theme for theme in conclusion.theme_ids if theme in names]
    st.pills(
        _("Themes"),
        list(names),
        selection_mode="multi",
        format_func=lambda theme: plain(names[theme]),
        key=themes_key,
        on_change=_change_themes,
        args=(conclusion.id, themes_key),
    )
    with st.popover(_("Remove this conclusion"), icon=":material/close:", key="remove_conclusion_asks"):
        st.markdown(_("Its evidence stays, and so do the points for improvement."))
        st.button(_("Remove it"), key="remove_conclusion", on_click=_remove, args=(conclusion.id,))


def _question(question: str) -> str:
    return {
        "methods": _("How were the findings made: what may be skewed by that?"),
        "coherence": _("Do the findings fit together? What does not fit?"),
        "adequacy": _("Is there enough, and is it rich enough?"),
        "relevance": _("Does it hold for this place and these people?"),
    }[question]


def _field(conclusion: ConclusionView, name: str, label: str) -> None:
    key = f"{name}_{conclusion.id}"
    st.text_area(
        label,
        value=getattr(conclusion, name),
        key=key,
        max_chars=STATEMENT_LIMIT,
        height=80,
        on_change=_answer,
        args=(conclusion.id, name, key),
    )


def _answer(conclusion_id: int, name: str, key: str) -> None:
    said = str(st.session_state[key] or "")
    if name == "sureness":
        act(change_conclusion, conclusion_id=conclusion_id, sureness=said)
    else:
        act(change_conclusion, conclusion_id=conclusion_id, answers={name: said})


def _sought(conclusion_id: int) -> None:
    act(
        change_conclusion,
        conclusion_id=conclusion_id,
        opposite_sought=bool(st.session_state[f"sought_{conclusion_id}"]),
    )


def _change_text(conclusion_id: int, key: str) -> None:
    act(change_conclusion, conclusion_id=conclusion_id, text=str(st.session_state[key] or ""))


def _change_themes(conclusion_id: int, key: str) -> None:
    act(change_conclusion, conclusion_id=conclusion_id, theme_ids=list(st.session_state[key] or []))


def _remove(conclusion_id: int) -> None:
    removed = act(remove_conclusion, conclusion_id=conclusion_id)
    if removed:
        st.query_params.pop(AT_HAND, None)
        tell(_("Removed."), removed.undo)
