"""A quote is a span of its note, whatever happens to the note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.baseline.spans import Span, marked, moved, replaced
from models.basics.errors import InvalidValue, TextMissing, TextTooLong

NOTE = "Ik kreeg een brief. Alleen Samira tekent het. Alleen Samira, en soms Samira's zus. Éen brief 🙂."
texts = st.text(alphabet="ab é🙂.\n", max_size=60)


@st.composite
def notes_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    note = draw(st.text(alphabet="ab é🙂.\n", min_size=1, max_size=60))
    places = draw(
        st.lists(st.tuples(st.integers(0, len(note) - 1), st.integers(1, 20)), max_size=4).map(
            lambda found: [(starts, min(len(note), starts + length)) for starts, length in found]
        )
    )
    return note, [Span(starts, ends) for starts, ends in places]


@given(notes_with_spans(), texts)
def test_what_stands_after_a_change_are_the_very_same_words(
    drawn: tuple[str, list[Span]], after: str
) -> None:
    note, spans = drawn

    for span, place in zip(spans, moved(spans, note, after), strict=True):
        if place is None:
            assert span.words(note) not in after
        else:
            assert place.words(after) == span.words(note)


@given(notes_with_spans(), st.integers(0, 60), texts)
def test_text_that_is_put_in_elsewhere_loses_no_quote(
    drawn: tuple[str, list[Span]], place: int, new: str
) -> None:
    note, spans = drawn
    place = min(place, len(note))
    outside = [span for span in spans if span.ends <= place or span.starts >= place]

    places = moved(outside, note, note[:place] + new + note[place:])

    assert None not in places


def test_of_words_that_stand_there_twice_the_nearest_stay_the_quote() -> None:
    starts = NOTE.rindex("Alleen Samira")
    span = Span(starts, starts + len("Alleen Samira"))

    (place,) = moved([span], NOTE, "Vooraf. " + NOTE)

    assert place == Span(starts + 8, starts + 8 + len("Alleen Samira"))


@given(notes_with_spans())
def test_a_vaguer_word_stands_in_every_quote_that_had_the_word(drawn: tuple[str, list[Span]]) -> None:
    note, spans = drawn

    made = replaced(note, spans, "a", "[iemand]")

    assert "[iemand]" in made.note or not made.places
    for before, after in zip(spans, made.spans, strict=True):
        if not made.places:
            assert after == before
        assert 0 <= after.starts < after.ends <= len(made.note)


def test_a_word_is_replaced_wherever_it_stands_by_itself() -> None:
    starts = NOTE.index("Alleen Samira tekent")
    span = Span(starts, starts + len("Alleen Samira tekent"))

    made = replaced(NOTE + " Samiras fiets.", [span], "Samira", "[een medewerker]")

    assert len(made.places) == 3
    assert made.note.count("Samira") == 1
    assert made.spans[0].words(made.note) == "Alleen [een medewerker] tekent"


def test_a_quote_that_begins_inside_a_name_takes_in_all_of_what_took_its_place() -> None:
    note = "Toen kwam Fatima El Amrani binnen."
    starts = note.index("El Amrani")

    made = replaced(note, [Span(starts, len(note))], "Fatima El Amrani", "[een buurvrouw]")

    assert made.spans[0].words(made.note) == "[een buurvrouw] binnen."


def test_spaces_around_a_selection_are_no_part_of_it() -> None:
    assert marked("  Ja.  Nee. ", 0, 6) == Span(2, 5)


@pytest.mark.parametrize(
    ("starts", "ends", "error"),
    [(-1, 2, InvalidValue), (3, 2, InvalidValue), (0, 99, InvalidValue), (3, 4, TextMissing)],
)
def test_what_is_no_selection_is_refused(starts: int, ends: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        marked("Ja.    Nee.", starts, ends)


def test_a_quote_has_a_longest_length() -> None:
    with pytest.raises(TextTooLong):
        marked("a" * 1_001, 0, 1_001)
