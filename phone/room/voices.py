"""Several voices on one phone: for whom one votes now, what each chose, and who asks to be added."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.basics.codes import whole_number
from models.basics.errors import InvalidValue
from models.basics.words import Phase
from models.joining.joining import PhoneView
from models.joining.voice import Voice, voices_of_each
from models.voting.ballot import StoredBallot
from models.voting.round_views import RoundView, ballots_of_each
from models.workshop.electorate import Standing, standings_in

Values = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """For whom a page is asked: the number of a voice, in the round in which it was chosen."""

    number: int | None
    round_id: int | None


@dataclass(frozen=True)
class VoiceShown:
    """A voice as the page switches between them. `votes` is the JSON of its choices per item, for the script."""

    voice: Voice
    is_chosen: bool
    standing: Standing | None
    cast: int
    votes: str


def asked(fields: Any) -> Asked:
    """Return for whom a query or a form asks. `fields` maps names to text."""
    return Asked(whole_number(fields.get("voice")), whole_number(fields.get("round")))


def number_of(text: str | None) -> int | None:
    """Return the number of the voice in a form's field; None where it names nobody. Raises `InvalidValue`."""
    if not text:
        return None
    number = whole_number(text)
    if number is None:
        raise InvalidValue("voice", text)
    return number


@dataclass(frozen=True)
class Spoken:
    """The voices of one phone, with what each chose in the open round and where each stands in it, by participant."""

    voices: list[Voice]
    ballots: dict[int, dict[int, StoredBallot]]
    standings: dict[int, Standing]


class Speaking:
    """What is said on some phones, read for all of them at once when it is asked for the first time."""

    def __init__(self, session: Session, phone_ids: Sequence[int | None]) -> None:
        self._session = session
        self._phones = [phone_id for phone_id in phone_ids if phone_id is not None]
        self._voices: dict[int, list[Voice]] | None = None
        self._of_round: dict[int, tuple[dict[int, dict[int, StoredBallot]], dict[int, Standing]]] = {}

    def on(self, phone_id: int | None, last: RoundView | None) -> Spoken:
        """Return what is said on one of the phones in `last`, the newest round of its room."""
        if self._voices is None:
            self._voices = voices_of_each(self._session, self._phones)
        voices = self._voices.get(phone_id, []) if phone_id is not None else []
        ballots, standings = self._in_round(last) if last is not None and voices else ({}, {})
        return Spoken(
            voices,
            {voice.participant_id: ballots.get(voice.participant_id, {}) for voice in voices},
            {voice.participant_id: standings[voice.participant_id] for voice in voices if standings},
        )

    def _in_round(self, last: RoundView) -> tuple[dict[int, dict[int, StoredBallot]], dict[int, Standing]]:
        if last.id not in self._of_round:
            everybody = [voice for voices in (self._voices or {}).values() for voice in voices]
            groups = {voice.participant_id: voice.group_id for voice in everybody}
            is_open = last.phase == Phase.OPEN
            self._of_round[last.id] = (
                ballots_of_each(self._session, last.id, list(groups)) if is_open else {},
                standings_in(self._session, last.id, groups),
            )
        return self._of_round[last.id]


def voice_values(speaking: Speaking, view: PhoneView, last: RoundView | None, asking: Asked) -> Values:
    """Return what a vote page shows of the voices of a phone.

    `speaker` is the other person for whom one votes now, None for the phone's own. A round begins with the own voice:
    who was chosen counts only in the round in which that was.
    """
    mine = view.participant
    spoken = speaking.on(view.phone_id if mine is not None else None, last)
    voices, ballots, standings = spoken.voices, spoken.ballots, spoken.standings
    is_open = last is not None and last.phase == Phase.OPEN
    speaker = next(
        (
            voice
            for voice in voices
            if voice.number == asking.number and not voice.is_own and voice.is_here and is_open
        ),
        None,
    )
    if last is None or asking.round_id != last.id:
        speaker = None
    speaking_id = speaker.participant_id if speaker else (mine.id if mine else 0)
    standing = standings.get(speaking_id)
    return {
        "round": last,
        "speaker": speaker,
        "voices": [
            VoiceShown(
                voice=voice,
                is_chosen=voice.participant_id == speaking_id,
                standing=standings.get(voice.participant_id),
                cast=len(ballots.get(voice.participant_id, {})),
                votes=_votes(ballots.get(voice.participant_id, {})),
            )
            for voice in voices
        ],
        "ballots": ballots.get(speaking_id, {}),
        "row_names": {row.key: row.name for row in last.rows} if last else {},
        "row": standing.row if standing else None,
    }


def for_anybody(values: Values) -> Values | None:
    """Return what `voice_values` returns for anybody whose phone shows the same: one voice that has chosen nothing yet,
    without who that is. None for a phone that shows more than that.
    """
    voices: list[VoiceShown] = values.get("voices", [])
    if not voices:
        return values
    shown, last = voices[0], values["round"]
    if len(voices) > 1 or not shown.voice.is_own or shown.cast or values["speaker"] is not None:
        return None
    opened_at = last.opened_at if last else datetime.min
    came_later = last is not None and shown.voice.joined_at > opened_at
    anybody = Voice(
        participant_id=0,
        number=0,
        name=None,
        group_id=None,
        personal_code="",
        joined_at=datetime.max.replace(tzinfo=opened_at.tzinfo) if came_later else opened_at,
        is_own=True,
        is_here=shown.voice.is_here,
        has_left=shown.voice.has_left,
    )
    return values | {"voices": [replace(shown, voice=anybody)]}


def voices_json(session: Session, view: PhoneView, last: RoundView | None) -> list[Values]:
    """Return the other voices of a phone with their choices, as `GET /p/{code}/state` tells."""
    is_open = last is not None and last.phase == Phase.OPEN
    spoken = Speaking(session, [view.phone_id]).on(view.phone_id, last)
    told = []
    for voice in spoken.voices:
        if voice.is_own:
            continue
        chosen = spoken.ballots[voice.participant_id]
        told.append(
            {
                "voice": voice.number,
                "name": voice.name,
                "admitted": voice.is_here,
                "items": [
                    {
                        "id": item.id,
                        "choice": chosen[item.id].choice if item.id in chosen else None,
                        "sequence": chosen[item.id].sequence if item.id in chosen else 0,
                    }
                    for item in (last.items if is_open and last is not None else [])
                ],
            }
        )
    return told


def _votes(ballots: dict[int, StoredBallot]) -> str:
    return json.dumps(
        {
            str(item_id): {
                "choice": ballot.choice,
                "sequence": ballot.sequence,
                "reason": ballot.reason or "",
                "may_name": ballot.may_name,
            }
            for item_id, ballot in ballots.items()
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
