"""What is typed and not finished yet is kept, for who typed it, until it is finished."""

import pytest

from models.basics.errors import TextMissing, TextTooLong
from models.drafting.wording import word_principle
from models.storage.database import reading
from models.storage.writing import write
from models.voting.principles import list_principles
from models.workshop.unfinished import (
    FIELD_LIMIT,
    UnfinishedView,
    finish_form,
    forget_unfinished,
    keep_unfinished,
    read_unfinished,
)
from models.workshop.workshop import read_workshop
from tests.builders import make_workshop

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("database")]


def kept(who: str = "Iris", what: str = "wording 1") -> UnfinishedView | None:
    with reading() as session:
        return read_unfinished(session, who=who, what=what)


def test_the_last_words_are_kept_for_who_typed_them_and_for_nobody_else() -> None:
    write(keep_unfinished, who="Iris", what="wording 1", fields={"text": "We eat"})
    write(keep_unfinished, who="Iris", what="wording 1", fields={"text": "We eat  together\x07", "target": 3})

    found = kept()

    assert found is not None
    assert found.fields == {"text": "We eat together", "target": 3}
    assert kept(who="Bert") is None
    assert kept(what="wording 2") is None


def test_an_emptied_form_is_not_kept() -> None:
    write(keep_unfinished, who="Iris", what="wording 1", fields={"text": "We eat"})

    write(keep_unfinished, who="Iris", what="wording 1", fields={"text": " ", "chosen": [], "target": 0})

    assert kept() is None


def test_other_windows_of_the_workshop_are_told() -> None:
    room = make_workshop(people=1)
    with reading() as session:
        before = read_workshop(session, room.workshop_id).revision

    write(keep_unfinished, who="Iris", what="w", fields={"text": "We eat"}, workshop_id=room.workshop_id)

    with reading() as session:
        assert read_workshop(session, room.workshop_id).revision > before


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(TextTooLong):
        write(keep_unfinished, who="Iris", what="w", fields={"text": "a" * (FIELD_LIMIT + 1)})

    assert kept(what="w") is None


def test_finishing_does_it_and_forgets_in_one_go() -> None:
    room = make_workshop(people=1)
    write(keep_unfinished, who="Iris", what="wording 1", fields={"text": "We eat together."})
    typed = {"workshop_id": room.workshop_id, "text": "We eat together.", "proposal_ids": []}

    write(finish_form, who="Iris", what="wording 1", action=word_principle, arguments=typed)

    with reading() as session:
        assert [made.text for made in list_principles(session, room.alliance_id)] == ["We eat together."]
    assert kept() is None


def test_what_was_refused_is_still_kept() -> None:
    room = make_workshop(people=1)
    write(keep_unfinished, who="Iris", what="wording 1", fields={"why": "Because"})
    typed = {"workshop_id": room.workshop_id, "text": "", "proposal_ids": []}

    with pytest.raises(TextMissing):
        write(finish_form, who="Iris", what="wording 1", action=word_principle, arguments=typed)

    assert kept() is not None


def test_it_is_forgotten_when_asked() -> None:
    write(keep_unfinished, who="Iris", what="wording 1", fields={"text": "We eat"})

    write(forget_unfinished, who="Iris", what="wording 1")
    write(forget_unfinished, who="Iris", what="wording 1")

    assert kept() is None
