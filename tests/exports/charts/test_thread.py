"""The thread as a sentence and as a picture."""

import itertools
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from exports.charts.sankey import ACCENT_30, HAIR
from exports.charts.thread import thread_chart
from exports.sentences.thread import came_sentence, origin_name, round_words, thread_name, thread_sentence
from models.basics.words import Decision, Phase
from models.drafting.origins import NO_PROPOSAL, ROOM, Came, Origin, OriginKind
from models.threads.threads import Thread, ThreadAgreement, ThreadPrinciple, ThreadRound, threads

RESIDENTS = Origin(OriginKind.GROUP, "Bewoners & <buren>")
TABLE = Origin(OriginKind.TABLE, "Tafel 4")
ADOPTED = ThreadRound(3, Phase.REVEALED, Decision.ADOPTED, is_about_this_text=True)
EVENINGS = ThreadPrinciple(
    4,
    "Gebouwen van de gemeente en het buurthuis zijn ook ’s avonds open, als plek om elkaar te ontmoeten",
    (Came(RESIDENTS, 2), Came(TABLE, 1)),
    ADOPTED,
)
WRITTEN = ThreadPrinciple(5, "Wij groeten elkaar.", (), None)
EATING = ThreadAgreement(1, "Wij eten samen.", (4,), None)
WALKING = ThreadAgreement(2, "Wij wandelen elke week.", (4,), None)
PROPOSED = ThreadAgreement(3, "Wij vegen de straat.", (), TABLE)
ALL = threads([EVENINGS, WRITTEN], [EATING, WALKING, PROPOSED])
FROM_TABLE = next(thread for thread in ALL if thread.key == "table:Tafel 4~4~2")


def words_of(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def drawn(chosen: Thread | None = None, language: str = "nl") -> go.Figure:
    figure = thread_chart(ALL, chosen, language)
    assert figure is not None
    return figure


def test_a_thread_is_one_story_from_proposal_to_agreement() -> None:
    assert thread_sentence(FROM_TABLE, "nl") == (
        "1 voorstel van Tafel 4 werd uitgangspunt 4: “Gebouwen van de gemeente en het buurthuis zijn ook "
        "’s avonds open, als plek om elkaar te ontmoeten”. Het is aangenomen in ronde 3. "
        "Afspraak 2 brengt het in praktijk: “Wij wandelen elke week.”"
    )
    assert thread_sentence(ALL[0], "en").startswith(
        "2 proposals from Bewoners & <buren> became principle 4: “Gebouwen"
    )


def test_a_thread_says_where_it_ends_and_what_had_no_proposal() -> None:
    written = next(thread for thread in ALL if thread.principle is WRITTEN)

    assert thread_sentence(written, "nl") == (
        "Uitgangspunt 5 is geschreven zonder voorstel: “Wij groeten elkaar.” Er is nog niet over gestemd. "
        "Nog geen afspraak brengt dit uitgangspunt in praktijk."
    )


def test_an_agreement_may_come_straight_from_a_proposal() -> None:
    straight = next(thread for thread in ALL if thread.agreement is PROPOSED)

    assert (
        thread_sentence(straight, "nl") == "Een voorstel van Tafel 4 werd afspraak 3: “Wij vegen de straat.”"
    )
    alone = Thread("", Came(NO_PROPOSAL, 0), None, PROPOSED)
    assert thread_sentence(alone, "nl") == (
        "Afspraak 3 is geschreven zonder voorstel of uitgangspunt: “Wij vegen de straat.”"
    )


@pytest.mark.parametrize(
    ("found", "short", "sentence"),
    [
        (None, "nog niet gestemd", "Er is nog niet over gestemd."),
        (ADOPTED, "aangenomen, ronde 3", "Het is aangenomen in ronde 3."),
        (
            replace(ADOPTED, decision=Decision.NOT_ADOPTED),
            "niet aangenomen, ronde 3",
            "Het is niet aangenomen in ronde 3.",
        ),
        (
            replace(ADOPTED, decision=Decision.NO_QUORUM),
            "te weinig stemmen, ronde 3",
            "In ronde 3 stemden te weinig mensen. Er is niets besloten.",
        ),
        (
            replace(ADOPTED, decision=Decision.NO_VOTES),
            "geen stemmen, ronde 3",
            "In ronde 3 kwamen geen stemmen binnen. Er is niets besloten.",
        ),
        (
            replace(ADOPTED, phase=Phase.OPEN, decision=None),
            "ronde 3 is open",
            "Ronde 3 hierover is nu open.",
        ),
        (
            replace(ADOPTED, phase=Phase.CLOSED, decision=None),
            "ronde 3, nog niet getoond",
            "Ronde 3 hierover is gesloten. De uitslag is nog niet getoond.",
        ),
        (
            replace(ADOPTED, is_about_this_text=False),
            "anders verwoord na ronde 3",
            "Het is na ronde 3 anders verwoord. Over die tekst is nog niet gestemd.",
        ),
    ],
)
def test_a_round_is_told_in_a_few_words_and_in_a_sentence(
    found: ThreadRound | None, short: str, sentence: str
) -> None:
    thread = replace(FROM_TABLE, principle=replace(EVENINGS, round=found))

    assert round_words(found, "nl") == short
    assert f" {sentence} " in thread_sentence(thread, "nl")


def test_a_thread_in_the_list_has_its_origin_and_its_numbers() -> None:
    assert thread_name(FROM_TABLE, "nl") == "Tafel 4 → uitgangspunt 4 → afspraak 2"
    assert origin_name(ROOM, "nl") == "de zaal"
    assert origin_name(Origin(OriginKind.OTHER_GROUPS), "nl") == "overige groepen"


def test_the_document_says_from_how_many_proposals_a_principle_came() -> None:
    assert came_sentence([Came(TABLE, 1)], "nl") == "Het komt uit 1 voorstel, van Tafel 4."
    assert came_sentence(EVENINGS.came, "nl") == (
        "Het komt uit 3 voorstellen: 2 van Bewoners & <buren> en 1 van Tafel 4."
    )


def test_every_node_has_its_words_under_four_heads() -> None:
    words = words_of(drawn())

    assert words[-4:] == ["Waar komt het vandaan", "Uitgangspunt", "Ronde", "Afspraak"]
    assert "Bewoners &amp; &lt;buren&gt;" in words
    assert "4. Gebouwen van de gemeente en het<br>buurthuis zijn ook ’s avonds open, …" in words
    assert {"aangenomen, ronde 3", "nog niet gestemd", "zonder voorstel", "1. Wij eten samen."} <= set(words)
    assert len(words) - 4 == len(drawn().data[0].node.x)


def test_only_the_chosen_thread_is_coloured_and_nothing_moves() -> None:
    [before], [after] = drawn().data, drawn(FROM_TABLE).data

    assert set(before.link.color) == {HAIR}
    assert sorted(after.link.color).count(ACCENT_30) == 3
    assert (after.link.source, after.link.target) == (before.link.source, before.link.target)


def test_a_ribbon_is_as_wide_as_its_proposals_and_is_shared_among_agreements() -> None:
    [sankey] = drawn().data

    assert sorted(sankey.link.value) == [1, 1, 1, 1, 1.5, 1.5, 2, 3]


def test_words_never_fall_over_those_of_the_next_node() -> None:
    [sankey] = drawn().data
    height = drawn().layout.height - 52

    for column in set(sankey.node.x):
        places = sorted(y * height for x, y in zip(sankey.node.x, sankey.node.y, strict=True) if x == column)
        assert all(below - above >= 40 for above, below in itertools.pairwise(places))


def test_without_threads_there_is_no_picture() -> None:
    assert thread_chart([], None, "nl") is None
