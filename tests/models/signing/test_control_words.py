"""Control words: the lists, what is computed, and when it is kept."""

import hashlib
import re
from collections import defaultdict
from itertools import chain

import pytest
from sqlmodel import Session, col, update

from exports.agenda.build import build_agenda
from models.basics.words import Copy
from models.signing.agenda import read_agenda
from models.signing.content import FORMAT
from models.signing.control_words import LIST_LENGTH, control_words, word_list
from models.signing.files import AgendaDocument, BuiltFile, agenda_document, check_document, publish
from models.signing.words_kept import complete_control_words, keep_control_words
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Agenda
from models.upkeep import keep_promises
from tests.builders import LEADER, Room, make_adopted, make_agenda, make_workshop, rows_of
from tests.phone.partner_room import small_files

DUTCH, ENGLISH = word_list("nl"), word_list("en")
ENDINGS = {
    "nl": ("etje", "tje", "pje", "je", "en", "e", "s", "n", "t"),
    "en": ("s", "es", "ed", "d", "ing", "ly"),
}
# Letters of Dutch that sound the same.
SOUNDS = (
    ("ij", "ei"),
    ("ouw", "ou"),
    ("auw", "ou"),
    ("au", "ou"),
    ("ch", "g"),
    ("c", "k"),
    ("y", "i"),
    ("x", "ks"),
    ("th", "t"),
)
# English words that sound like another: neither may be in the list.
SOUND_ALIKE = (
    "beach beech bare bear berry bury board bored bread bred break brake cell sell cellar seller cent "
    "scent cereal serial dear deer dessert desert dew due fair fare flour flower great grate hail hale "
    "hair hare hall haul heal heel hear here hole whole horse hoarse hour our knight night knot not leak "
    "leek lead led lesson lessen mail male maize maze meat meet metal medal morning mourning mussel "
    "muscle pail pale pain pane pair pear peace piece peak peek peal peel plain plane plum plumb pole "
    "poll pour poor rain reign right write road rode role roll root route sail sale sauce source scene "
    "seen sea see sight site sole soul stair stare steal steel sun son sweet suite tail tale thyme time "
    "tide tied toad towed wait weight waist waste wave waive weak week weather whether whale wail wood "
    "would wrap rap "
)


@pytest.mark.parametrize("words", [DUTCH, ENGLISH], ids=["Dutch", "English"])
def test_a_list_has_2048_plain_words_in_order(words: tuple[str, ...]) -> None:
    assert len(words) == len(set(words)) == LIST_LENGTH
    assert list(words) == sorted(words)
    assert [word for word in words if not re.fullmatch("[a-z]{4,9}", word)] == []


@pytest.mark.parametrize("words", [DUTCH, ENGLISH], ids=["Dutch", "English"])
def test_no_two_words_of_a_list_differ_in_one_letter_only(words: tuple[str, ...]) -> None:
    """One letter another, more or less: two words then share a form with one letter left out or open."""
    by_form = defaultdict(set)
    for word in words:
        by_form[word].add(word)
        for place in range(len(word)):
            by_form[word[:place] + word[place + 1 :]].add(word)
            by_form[f"{word[:place]}?{word[place + 1 :]}"].add(word)

    alike = {
        frozenset((one, other))
        for found in by_form.values()
        for one in found
        for other in found
        if one < other and _distance(one, other) < 2
    }

    assert alike == set()


@pytest.mark.parametrize(("words", "language"), [(DUTCH, "nl"), (ENGLISH, "en")], ids=["Dutch", "English"])
def test_no_word_stands_there_twice_in_another_form(words: tuple[str, ...], language: str) -> None:
    twins = [
        (word, word.removesuffix(ending))
        for word in words
        for ending in ENDINGS[language]
        if word.endswith(ending) and word.removesuffix(ending) in words
    ]

    assert twins == []


def test_no_two_dutch_words_sound_the_same() -> None:
    by_sound = defaultdict(list)
    for word in DUTCH:
        sound = word
        for letters, same in SOUNDS:
            sound = sound.replace(letters, same)
        by_sound[re.sub("d$", "t", re.sub("^v", "f", re.sub("^z", "s", sound)))].append(word)

    assert [found for found in by_sound.values() if len(found) > 1] == []


def test_no_english_word_sounds_like_another_that_people_know() -> None:
    assert sorted(set(SOUND_ALIKE.split()) & set(ENGLISH)) == []


def test_the_lists_never_change() -> None:
    """Rooms saw words of these lists: one that is changed or moved makes what they remember wrong."""
    assert [hashlib.sha256(" ".join(words).encode()).hexdigest()[:16] for words in (DUTCH, ENGLISH)] == [
        "d640ecaed727c1e9",
        "7230e2672778fb9e",
    ]


def test_the_words_are_six_times_eleven_bits_of_pbkdf2() -> None:
    text = hashlib.sha256("Iedereen in Merenveld hoort erbij, ook Zoë en أحمد.".encode()).hexdigest()
    key = hashlib.pbkdf2_hmac("sha256", bytes.fromhex(text), b"Handslag control words 1", 600_000, 9)
    bits = "".join(f"{byte:08b}" for byte in key)
    places = [int(bits[start : start + 11], 2) for start in range(0, 66, 11)]

    assert control_words(text, "nl") == tuple(DUTCH[place] for place in places)
    assert control_words(text, "en") == tuple(ENGLISH[place] for place in places)
    assert control_words(text, "fr") == control_words(text, "en")
    assert control_words(text, "nl") == ("koffer", "dakgoot", "positie", "royaal", "diner", "maatregel")


@pytest.fixture
def room(database: str) -> Room:
    made = make_workshop(people=6, partners=["Poolse school"])
    make_adopted(made)
    make_agenda(made)
    return made


def _kept() -> list[str]:
    return [row["control_words"] for row in rows_of(Agenda)]


def test_the_words_of_a_frozen_text_are_kept_and_shown(room: Room) -> None:
    [agenda] = rows_of(Agenda)
    expected = control_words(agenda["sha256"], "nl")

    complete_control_words(agenda["id"])

    with reading() as session:
        shown = read_agenda(session, room.workshop_id)
        document = agenda_document(session, agenda["id"])
        checked = check_document(session, code=agenda["sha256"])
    assert shown is not None and checked is not None
    assert shown.control_words == document.control_words == checked.control_words == expected
    assert _kept() == [" ".join(expected)]


def test_words_that_are_kept_stay(room: Room) -> None:
    agenda_id = rows_of(Agenda)[0]["id"]
    complete_control_words(agenda_id)
    before = rows_of(Agenda)

    complete_control_words()
    write(keep_control_words, agenda_id=agenda_id, words=("other",) * 6)

    assert rows_of(Agenda) == before


def test_an_agenda_that_was_frozen_earlier_gets_its_words_by_itself_and_its_files_stay_as_they_were(
    room: Room,
) -> None:
    [agenda] = rows_of(Agenda)
    earlier = agenda["content"].replace(f'"format":{FORMAT}', '"format":2')
    assert earlier != agenda["content"]
    write(_freeze_otherwise, agenda_id=agenda["id"], content=earlier)
    with reading() as session:
        before = build_agenda(agenda_document(session, agenda["id"]), Copy.PARTNERS)

    keep_promises(small_files)

    [after] = rows_of(Agenda)
    assert after["control_words"].split() == list(control_words(after["sha256"], "nl"))
    assert after["content"] == earlier
    with reading() as session:
        document = agenda_document(session, agenda["id"])
    assert document.control_words == ()
    assert build_agenda(document, Copy.PARTNERS) == before


def _freeze_otherwise(session: Session, *, agenda_id: int, content: str) -> None:
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    session.exec(update(Agenda).where(col(Agenda.id) == agenda_id).values(content=content, sha256=sha256))


def test_a_close_after_a_fall_between_freeze_and_words_still_makes_a_file_with_them(room: Room) -> None:
    [agenda] = rows_of(Agenda)
    assert _kept() == [""]
    seen: list[tuple[str, ...]] = []

    def build(document: AgendaDocument) -> list[BuiltFile]:
        seen.append(document.control_words)
        return small_files(document)

    publish(agenda["id"], who=LEADER, build=build)

    assert seen == [control_words(agenda["sha256"], "nl")]
    assert _kept() == [" ".join(chain.from_iterable(seen))]


def _distance(one: str, other: str) -> int:
    """Return how many letters have to be put in, left out or changed to make one word of the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, row[0] = row[0], number
        for place, found in enumerate(other, start=1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (letter != found)),
            )
    return row[-1]
