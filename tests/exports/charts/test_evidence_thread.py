"""The whole thread as a picture: from evidence to how an agreement goes, with its dead ends."""

import itertools

import plotly.graph_objects as go

from exports.charts.evidence_thread import COLUMNS, evidence_thread_chart
from exports.charts.sankey import ACCENT_30
from exports.sentences.thread import point_sentence
from models.drafting.origins import Came, Origin, OriginKind
from models.threads.evidence import EvidenceThread, ThreadConclusion, ThreadEvidence, ThreadPoint
from models.threads.threads import Thread, ThreadAgreement, ThreadPrinciple, threads

FROM_POINT = Origin(OriginKind.IMPROVEMENT, "1")
LETTERS_SHORT = ThreadPrinciple(3, "Brieven passen op één bladzijde.", (Came(FROM_POINT, 1),), None)
GREETING = ThreadPrinciple(4, "Wij groeten elkaar.", (Came(Origin(OriginKind.GROUP, "Bewoners"), 2),), None)
TESTED = ThreadAgreement(5, "Elke brief gaat langs een testpanel.", (3,), None, "busy")
RESIDENTS, FIGURES = (
    ThreadEvidence("interview", "residents", 3, 1),
    ThreadEvidence("figures", "municipality", 1),
)
EVIDENCE = EvidenceThread(
    conclusions=(
        ThreadConclusion(11, "1", "Brieven zijn te lang.", (RESIDENTS, FIGURES)),
        ThreadConclusion(12, "2", "De sportclub is een eerste plek.", ()),
    ),
    points=(
        ThreadPoint(21, "1", "Brieven op één bladzijde <b>.", (11,), is_proposed=True, is_for_later=False),
        ThreadPoint(22, "2", "Een vaste tolk aan de balie.", (11,), is_proposed=False, is_for_later=True),
        ThreadPoint(23, "3", "Aan het loket zit iemand.", (), is_proposed=False, is_for_later=False),
    ),
    found=(ThreadEvidence("interview", "residents", 5), FIGURES),
    unused=(ThreadEvidence("interview", "residents", 2),),
)
ALL = threads([LETTERS_SHORT, GREETING], [TESTED])


def _drawn(chosen: Thread | None = None) -> go.Figure:
    figure = evidence_thread_chart(EVIDENCE, ALL, chosen, "nl", unpractised=[4])
    assert figure is not None
    return figure


def test_every_dead_end_is_drawn_and_named() -> None:
    words = [annotation.text.replace("<br>", " ") for annotation in _drawn().layout.annotations]

    assert words[-6:] == ["Bewijs", "Conclusie", "Punt of voorstel", "Uitgangspunt", "Afspraak", "Voortgang"]
    assert {
        "Bewoners: 5",
        "naast geen conclusie",
        "nog geen verbeterpunt",
        "nog geen voorstel",
        "nu niet",
        "nog geen afspraak",
        "bezig",
    } <= set(words)
    assert "1. Brieven op één bladzijde &lt;b&gt;." in words


def test_the_chosen_thread_is_coloured_from_its_evidence_to_how_it_goes() -> None:
    [chosen] = [thread for thread in ALL if thread.agreement is TESTED]

    [sankey] = _drawn(chosen).data

    assert list(sankey.link.color).count(ACCENT_30) == 6


def test_nothing_is_lost_between_a_conclusion_and_how_an_agreement_goes() -> None:
    [sankey] = _drawn().data
    into: dict[int, float] = {}
    out: dict[int, float] = {}
    for start, end, value in zip(sankey.link.source, sankey.link.target, sankey.link.value, strict=True):
        out[start] = out.get(start, 0) + value
        into[end] = into.get(end, 0) + value

    assert all(abs(into[node] - out[node]) < 1e-9 for node in into.keys() & out.keys())


def test_words_of_nodes_do_not_fall_over_each_other_with_much_evidence() -> None:
    conclusions = tuple(
        ThreadConclusion(number, str(number), "Wat hier staat, is in één zin gezegd.", (RESIDENTS, FIGURES))
        for number in range(30)
    )
    points = tuple(
        ThreadPoint(number, str(number), "Iets concreets.", (number,), is_proposed=False, is_for_later=False)
        for number in range(20)
    )
    evidence = EvidenceThread(conclusions, points, (RESIDENTS, FIGURES), (RESIDENTS,))

    figure = evidence_thread_chart(evidence, ALL, None, "nl")

    assert figure is not None
    [sankey] = figure.data
    height = figure.layout.height - 52
    for column in set(sankey.node.x):
        places = sorted(y * height for x, y in zip(sankey.node.x, sankey.node.y, strict=True) if x == column)
        assert all(below - above >= COLUMNS.gap for above, below in itertools.pairwise(places))


def test_a_point_says_in_words_on_what_it_rests() -> None:
    assert point_sentence(EVIDENCE.points[1], EVIDENCE, "nl") == (
        "Punt 2 van de startfoto: “Een vaste tolk aan de balie.” "
        "Het volgt uit conclusie 1 (4 bevindingen, 1 tegen): “Brieven zijn te lang.”"
    )
