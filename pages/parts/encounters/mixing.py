"""Who sits with whom: by group, by bubble and by a question of one's own, mixed, kept together or left aside."""

from collections.abc import Sequence

import streamlit as st

from exports.sentences.seating import kept_told
from models.alliance.groups import read_groups
from models.basics.text import LINE_LIMIT, NOTE_LIMIT
from models.basics.words import Mixing
from models.encounters.evening import MIXINGS, change_evening, read_evening
from models.encounters.mixing import (
    By,
    answers_in,
    asked_question,
    change_question,
    how_kept,
    note_choice,
    own_choice,
    read_question,
)
from models.encounters.plan import Asked, asked_now
from models.storage.database import reading
from models.tables import Encounter, Participant
from pages.parts.encounters.keys import field_key
from pages.parts.encounters.wishes import called
from pages.parts.frame.acting import act
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.saving import note_stored, stored_line
from pages.parts.frame.whole_page import keep_message
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small

COLUMNS = dict(zip(By, MIXINGS, strict=True))
WHO, ANSWER, SKIPS = "mixing_who", "mixing_answer", 0
MOST_TYPED = 12 * (NOTE_LIMIT // 2)


def who_sits_with_whom(room: RoomNow) -> None:
    """Draw what the tables do with groups, bubbles and answers, and how that works out for who is here."""
    with reading() as session:
        evening = read_evening(session, room.workshop_id)
        asked = asked_now(session, room.workshop_id)
        groups = len(read_groups(session, room.alliance.id))
        question = read_question(session, room.workshop_id)
    st.header(_("Who sits with whom"), anchor=False)
    counted = ngettext("{count} group", "{count} groups", groups).format(count=groups)
    _attribute(room, evening, asked, By.GROUP, _("Group"), counted)
    where = _("Where people belong too. We show nobody whose they are.")
    _attribute(room, evening, asked, By.BUBBLE, _("Bubbles"), where)
    if question is not None:
        _attribute(room, evening, asked, By.ANSWER, _("Your own question"), question.text)
    stored_line("mixing", room.alliance.time_zone)
    with st.expander(_("A question of your own")):
        small(
            _(
                "The phones ask it at the welcome, and people may skip it. For instance: "
                "which language do you speak at the table?"
            )
        )
        st.text_input(
            _("The question"),
            value=question.text if question else "",
            max_chars=LINE_LIMIT,
            key=field_key(room, "question"),
        )
        st.text_area(
            _("The answers: two to twelve, one on each line"),
            value="\n".join(text for _id, text in question.answers) if question else "",
            max_chars=MOST_TYPED,
            key=field_key(room, "answers"),
        )
        small(_("With the question empty, nothing is asked."))
        st.button(_("Keep the question"), key="keep_mixing_question", on_click=_store_question, args=(room,))


def spoken_choice(room: RoomNow, people: Sequence[Participant]) -> None:
    """Draw a form for what somebody without a phone of their own answers; nothing where nothing is asked."""
    with reading() as session:
        question = asked_question(session, room.workshop_id)
        open_for = {
            person.id: person
            for person in people
            if not own_choice(session, room.workshop_id, person.id).is_seated
        }
    if question is None or not open_for:
        return
    answers = {SKIPS: _("No answer")} | dict(question.answers)
    with st.expander(_("Your own question, for who has no phone of their own")):
        st.markdown(plain(question.text))
        who, answer, send = st.columns([2, 2, 1], vertical_alignment="bottom")
        who.selectbox(
            _("Who"), list(open_for), format_func=lambda one: called(open_for[one]), key=WHO, index=None
        )
        answer.selectbox(
            _("Answer"), list(answers), format_func=lambda one: answers.get(one, ""), key=ANSWER, index=None
        )
        send.button(_("Keep"), key="keep_mixing_answer", on_click=_keep_choice)


def _attribute(room: RoomNow, evening: Encounter, asked: Asked, by: By, label: str, about: str) -> None:
    name = COLUMNS[by]
    what, choice, effect = st.columns([2, 3, 3], vertical_alignment="center")
    with what, st.container(gap=None):
        st.markdown(f"**{plain(label)}**")
        small(about)
    with choice:
        key = field_key(room, name)
        st.session_state[key] = Mixing(getattr(evening, name))
        st.segmented_control(
            _("What the tables do: {what}").format(what=label),
            list(Mixing),
            format_func=_mixing,
            key=key,
            label_visibility="collapsed",
            on_change=_store,
            args=(room, name),
        )
    with effect, st.container(gap=None):
        for sentence in _works_out(asked, by, Mixing(getattr(evening, name))):
            small(sentence)


def _works_out(asked: Asked, by: By, mixing: Mixing) -> list[str]:
    """Return how a choice works out for who is here."""
    if mixing is Mixing.ASIDE:
        return [_("The tables do not look at it.")]
    sets = [one for one in asked.alike if one.by is by]
    if mixing is Mixing.TOGETHER:
        told = [kept_told(one, language()) for one in how_kept(asked.wanted, sets)]
        return told or [_("Who is alike sits at one table in every round.")]
    if by is By.GROUP:
        return [_("Every table has its fair share of each.")]
    filled = len({person for one in sets for person in one.people})
    sentence = ngettext(
        "{count} person of {people} filled something in.",
        "{count} people of {people} filled something in.",
        filled,
    )
    return [sentence.format(count=filled, people=asked.wanted.people)]


def _mixing(mixing: str) -> str:
    return {
        Mixing.MIX: _("mix"),
        Mixing.TOGETHER: _("keep together"),
        Mixing.ASIDE: _("leave aside"),
    }[Mixing(mixing)]


def _store(room: RoomNow, name: str) -> None:
    chosen = st.session_state[field_key(room, name)]
    # A second tap on the same choice takes it away: it stays what it was.
    if chosen is None:
        return
    with reading() as session:
        evening = read_evening(session, room.workshop_id)
    now = {
        column: getattr(evening, column) for column in ("theme", "table_size", "rounds", "minutes", *MIXINGS)
    }
    note_stored("mixing", act(change_evening, workshop_id=room.workshop_id, **(now | {name: str(chosen)})))


def _store_question(room: RoomNow) -> None:
    done = act(
        change_question,
        workshop_id=room.workshop_id,
        question=st.session_state[field_key(room, "question")],
        answers=answers_in(st.session_state[field_key(room, "answers")]),
    )
    note_stored("mixing", done)


def _keep_choice() -> None:
    chosen, answer = st.session_state.get(WHO), st.session_state.get(ANSWER)
    if chosen is None or answer is None:
        return
    done = act(note_choice, participant_id=chosen, answer_id=answer or None)
    if done.error is None:
        st.session_state[WHO] = st.session_state[ANSWER] = None
        keep_message(_("Kept. The tables are divided with it."))
