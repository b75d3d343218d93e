"""The finding at hand: its words as they will be printed, what may betray somebody, its themes, and consent."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup, escape

from exports.language import day
from exports.sentences.baseline import alias_name, consent_word, effect_word, vaguer_word
from models.baseline.findings import (
    change_finding,
    keep_words,
    remove_finding,
    set_consent,
    type_finding,
)
from models.baseline.sources import VAGUER_LIMIT, replace_word
from models.baseline.telling import NOWHERE, Hint
from models.baseline.views import FindingView, NoteView
from models.basics.text import NAME_LIMIT
from models.basics.words import Consent, Effect, SourceKind
from models.tables.finding import LONGEST_FINDING
from pages.parts.baseline.note_marks import choose_finding
from pages.parts.frame.acting import act, act_on_click, act_then
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small_print

OWN_WORDS, OWN_THEMES = "own_words", "own_themes"
EFFECT_ICONS = {
    Effect.HELPS: ":material/add:",
    Effect.HINDERS: ":material/remove:",
    Effect.BOTH: ":material/swap_vert:",
}


def finding_card(view: NoteView, finding: FindingView) -> None:
    """Draw the finding at hand."""
    with st.container(border=True, key="card_finding"):
        place = view.findings.index(finding) + 1
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            kind = _("Quote {place} of {count}") if finding.is_quote else _("Finding {place} of {count}")
            st.html(
                Markup('<p class="kick">{}</p>').format(kind.format(place=place, count=len(view.findings)))
            )
            st.button(
                _("Take the mark away") if finding.is_quote else _("Take the finding away"),
                key="remove_finding",
                type="tertiary",
                icon=":material/undo:",
                on_click=_remove,
                args=(finding.id,),
            )
        st.html(words_html(finding))
        if finding.withdrawn_at is not None:
            st.warning(
                _("Withdrawn on {day}. It stands in no conclusion and no report any more.").format(
                    day=day(finding.withdrawn_at.date(), language(), style="long")
                ),
                icon=":material/lock:",
            )
            return
        _hint(view, finding)
        _themes(view, finding)
        _effect(finding)
        if view.source.kind == SourceKind.INTERVIEW:
            _consent(view, finding)
        elif finding.released_at is not None:
            small_print(_("This may be shared: its source is named."))


def words_html(finding: FindingView) -> str:
    """Return the words as they will be printed, with what may betray somebody marked."""
    parts, end = [], 0
    for hint in sorted(finding.hints, key=lambda one: one.starts):
        if hint.starts != NOWHERE and hint.starts >= end:
            parts += [
                escape(finding.text[end : hint.starts]),
                Markup('<mark class="telling">{}</mark>').format(finding.text[hint.starts : hint.ends]),
            ]
            end = hint.ends
    parts.append(escape(finding.text[end:]))
    text = Markup("").join(parts)
    if not finding.is_quote:
        return str(Markup('<p class="own-words" dir="auto">{}</p>').format(text))
    return str(Markup('<blockquote class="quote" dir="auto">“{}”</blockquote>').format(text))


def _remove(finding_id: int) -> None:
    removed = act(remove_finding, finding_id=finding_id)
    if removed:
        choose_finding(None)
        tell(_("Taken away."), removed.undo)


def _hint(view: NoteView, finding: FindingView) -> None:
    if not finding.hints:
        return
    hint = finding.hints[0]
    key = f"vaguer_{finding.id}_{hint.word}"
    with st.container(key="card_hint"):
        words = ", ".join(one.word for one in finding.hints)
        st.html(
            Markup(
                '<p class="hint-line"><span class="symbol" aria-hidden="true" translate="no">visibility</span> '
                "<b>{}</b> {}</p>"
            ).format(
                _("This can betray somebody: {words}.").format(words=words),
                _("Choose something vaguer first. Only then can it be shared."),
            )
        )
        if hint.starts == NOWHERE:
            small_print(_("It stands in the role: {role}.").format(role=plain(view.source.role)))
        st.session_state.setdefault(key, vaguer_word(hint.kind, hint.word, language()))
        st.text_input(
            _("In place of “{word}”").format(word=plain(hint.word)), key=key, max_chars=VAGUER_LIMIT - 2
        )
        with st.container(horizontal=True):
            st.button(
                _("Make it [{vaguer}]").format(vaguer=plain(str(st.session_state[key]))),
                key=f"make_{key}",
                type="primary",
                icon=":material/edit:",
                on_click=_replace,
                args=(view.source.id, hint, key),
            )
            st.button(
                _("Let it stand"),
                key=f"keep_{key}",
                on_click=act_on_click,
                args=(keep_words,),
                kwargs={"finding_id": finding.id, "words": [hint.word]},
            )
            if len(finding.hints) > 1:
                st.button(
                    _("Let all {count} stand").format(count=len(finding.hints)),
                    key=f"keep_all_{key}",
                    on_click=act_on_click,
                    args=(keep_words,),
                    kwargs={"finding_id": finding.id},
                )
        small_print(
            _("We point at what looks like a name. Look yourself too: a job and a street betray as much.")
        )


def _replace(source_id: int, hint: Hint, key: str) -> None:
    became = str(st.session_state[key])
    replaced = act(replace_word, source_id=source_id, word=hint.word, became=became)
    if replaced:
        tell(_("Made vaguer, wherever it stood in this note."), replaced.undo)


def _themes(view: NoteView, finding: FindingView) -> None:
    key = f"themes_{finding.id}"
    names = {theme.id: theme.name for theme in view.themes}
    st.session_state[key] = [theme_id for theme_id in finding.theme_ids if theme_id in names]
    st.pills(
        _("Themes"),
        list(names),
        selection_mode="multi",
        format_func=lambda theme_id: plain(names[theme_id]),
        key=key,
        on_change=_set_themes,
        args=(finding.id, list(finding.theme_ids), key),
    )


def _set_themes(finding_id: int, before: Sequence[int], key: str) -> None:
    chosen = list(st.session_state[key] or [])
    if act(change_finding, finding_id=finding_id, theme_ids=chosen):
        tell(_("Themes stored."), undo=change_finding, finding_id=finding_id, theme_ids=list(before))


def _effect(finding: FindingView) -> None:
    key = f"effect_{finding.id}"
    st.session_state[key] = Effect(finding.effect) if finding.effect else None
    st.segmented_control(
        _("What does this do for inclusion?"),
        list(Effect),
        format_func=lambda effect: f"{EFFECT_ICONS[effect]} {effect_word(effect, language())}",
        key=key,
        width="stretch",
        on_change=_set_effect,
        args=(finding.id, key),
    )


def _set_effect(finding_id: int, key: str) -> None:
    act(change_finding, finding_id=finding_id, effect=str(st.session_state[key] or ""))


def _consent(view: NoteView, finding: FindingView) -> None:
    who = alias_name(view.source.side, view.source.alias_number or 0, language())
    key = f"consent_{finding.id}"
    asked = finding.consent_at is not None
    st.session_state[key] = Consent(finding.consent) if asked else None
    wished = f"name_{view.source.id}"
    st.session_state.setdefault(wished, view.name)
    st.segmented_control(
        _("Consent of {who}").format(who=who),
        list(Consent),
        format_func=lambda consent: consent_word(consent, language()),
        key=key,
        width="stretch",
        on_change=_set_consent,
        args=([finding.id], key, wished),
    )
    if finding.consent == Consent.WITH_NAME or st.session_state.get(f"wants_name_{view.source.id}"):
        st.text_input(
            _("The name that may stand there"),
            key=wished,
            max_chars=NAME_LIMIT,
            on_change=_give_name,
            args=(finding.id, wished),
        )
    small_print(_who_said(finding, who))
    others = [
        one.id
        for one in view.findings
        if one.withdrawn_at is None and not one.consent_by_speaker and one.consent != finding.consent
    ]
    if asked and others and finding.consent != Consent.WITH_NAME:
        st.button(
            _("The same for all of this interview"),
            key="consent_for_all",
            on_click=act_on_click,
            args=(set_consent,),
            kwargs={"finding_ids": others, "consent": finding.consent},
        )


def _who_said(finding: FindingView, who: str) -> str:
    if finding.consent_at is None:
        return _("Not asked yet. Until then it stands nowhere else.")
    on = day(finding.consent_at.date(), language(), style="long")
    if finding.consent_by_speaker:
        return _("{who} chose this on {day}, by their own link. They can withdraw it.").format(
            who=plain(who), day=on
        )
    return _("{name} noted this on {day}. {who} can withdraw it by their own link.").format(
        name=plain(finding.consent_by), day=on, who=plain(who)
    )


def _set_consent(finding_ids: list[int], key: str, wished: str) -> None:
    consent = st.session_state[key]
    name = str(st.session_state.get(wished) or "")
    if consent is None:
        return
    if consent == Consent.WITH_NAME and not name.strip():
        st.session_state[f"wants_{wished}"] = True
        return
    act(set_consent, finding_ids=finding_ids, consent=str(consent), name=name)


def _give_name(finding_id: int, wished: str) -> None:
    name = str(st.session_state[wished] or "")
    if name.strip():
        act(set_consent, finding_ids=[finding_id], consent=str(Consent.WITH_NAME), name=name)


def own_words(view: NoteView) -> None:
    """Draw the field for a finding in own words, and the findings of this source that are no quotes."""
    with st.container(border=True, key="card_own_words"):
        st.header(_("In your own words"), anchor=False)
        names = {theme.id: theme.name for theme in view.themes}
        st.text_area(
            _("What was found, in one sentence"), key=OWN_WORDS, height=90, max_chars=LONGEST_FINDING
        )
        st.pills(
            _("Themes of this finding"),
            list(names),
            selection_mode="multi",
            format_func=lambda theme_id: plain(names[theme_id]),
            key=OWN_THEMES,
        )
        st.button(
            _("Add the finding"),
            key="add_finding",
            icon=":material/add:",
            on_click=_add,
            args=(view.source.id,),
        )
        for place, finding in enumerate(view.findings, start=1):
            if not finding.is_quote:
                st.button(
                    f"{place} · {plain(finding.text)}",
                    key=f"finding_{finding.id}",
                    type="tertiary",
                    on_click=choose_finding,
                    args=(finding.id,),
                )


def _add(source_id: int) -> None:
    act_then(
        type_finding,
        then={OWN_WORDS: "", OWN_THEMES: []},
        source_id=source_id,
        text=st.session_state[OWN_WORDS] or "",
        theme_ids=list(st.session_state[OWN_THEMES] or []),
    )
