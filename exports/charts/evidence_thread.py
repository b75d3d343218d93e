"""The whole thread as a picture: evidence, conclusions, points and proposals, principles, agreements, and how they go.

From the points on a ribbon is as wide as the number of proposals that it carries. Before them it shows which part of
what is behind a point comes from where. What nothing followed from ends in a node that says so.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

import plotly.graph_objects as go

from exports.charts.sankey import Columns, Node, Picture, sankey
from exports.language import translations
from exports.sentences.thread import evidence_name, origin_name, point_word
from exports.sentences.words import progress_word
from models.drafting.origins import OriginKind
from models.threads.evidence import EvidenceThread
from models.threads.threads import Thread, ThreadAgreement

EVIDENCE, CONCLUSION, POINT, PRINCIPLE, AGREEMENT, PROGRESS = range(6)
COLUMNS = Columns(
    begins=(0.005, 0.145, 0.345, 0.545, 0.735, 0.915), letters=(17, 28, 28, 26, 25, 11), lines=3, gap=58
)
NOTHING = "nothing"


def evidence_thread_chart(
    evidence: EvidenceThread,
    threads: Sequence[Thread],
    chosen: Thread | None,
    language: str,
    *,
    unpractised: Collection[int] = (),
) -> go.Figure | None:
    """Return the whole thread with `chosen` coloured, or None where there is none.

    `unpractised` are the principles of which it is said that no agreement practises them.
    """
    _ = translations(language).gettext
    picture = Picture(COLUMNS)
    flows = _proposals(picture, threads, language, unpractised)
    _points(picture, evidence, flows, language)
    _behind(picture, evidence, language)
    if chosen is not None:
        picture.chosen = _chosen(evidence, chosen)
    return sankey(
        picture,
        [
            _("Evidence"),
            _("Conclusion"),
            _("Point or proposal"),
            _("Principle"),
            _("Agreement"),
            # Before anybody told how it goes, nobody is silent.
            _("Progress") if any(node[0] == PROGRESS for node in picture.words) else "",
        ],
    )


def _proposals(
    picture: Picture, threads: Sequence[Thread], language: str, unpractised: Collection[int]
) -> Mapping[Node, float]:
    """Draw from each origin to how its agreements go; return how many proposals each origin gave."""
    _ = translations(language).gettext
    given: dict[tuple[Node, Node], float] = {}
    ends: dict[Node, dict[Node, ThreadAgreement]] = defaultdict(dict)
    for thread in threads:
        origin = _origin(thread)
        start = origin
        picture.say(origin, origin_name(thread.came.origin, language))
        if thread.principle is not None:
            start = (PRINCIPLE, str(thread.principle.number))
            picture.say(
                start,
                _("{number}. {text}").format(number=thread.principle.number, text=thread.principle.text),
            )
            given[origin, start] = max(thread.came.proposals, 1)
        if thread.agreement is not None:
            ends[start][AGREEMENT, str(thread.agreement.number)] = thread.agreement
        elif thread.principle is not None and thread.principle.number in unpractised:
            picture.say((AGREEMENT, NOTHING), _("no agreement yet"))
    for (origin, principle), proposals in given.items():
        picture.carry(origin, principle, proposals)
    was_told = any(one.progress for found in ends.values() for one in found.values())
    for start, agreements in ends.items():
        total = _into(picture, start) if start[0] == PRINCIPLE else len(agreements)
        for node, agreement in agreements.items():
            picture.say(node, _("{number}. {text}").format(number=agreement.number, text=agreement.what))
            picture.carry(start, node, total / len(agreements))
    for agreement in {one.number: one for found in ends.values() for one in found.values()}.values():
        if not was_told:
            break
        node, state = (AGREEMENT, str(agreement.number)), agreement.progress or NOTHING
        picture.say(
            (PROGRESS, state),
            progress_word(agreement.progress, language) if agreement.progress else _("nothing heard yet"),
        )
        picture.carry(node, (PROGRESS, state), _into(picture, node))
    for node in [node for node in picture.words if node[0] == PRINCIPLE and node not in ends]:
        if int(node[1]) in unpractised:
            picture.carry(node, (AGREEMENT, NOTHING), _into(picture, node))
    flows: dict[Node, float] = defaultdict(float)
    for (start, _end), value in picture.ribbons.items():
        flows[start] += value
    return flows


def _points(picture: Picture, evidence: EvidenceThread, flows: Mapping[Node, float], language: str) -> None:
    """Draw the points, what became of those that no principle or agreement came of, and the conclusions before them."""
    _ = translations(language).gettext
    for point in evidence.points:
        node = _point_node(point.name)
        # Over the name of the origin: here is room for its words.
        picture.words.pop(node, None)
        picture.say(node, _("{number}. {text}").format(number=point.name, text=point.text))
        if node not in flows:
            became = point_word(point, language)
            picture.say((PRINCIPLE, became), became)
            picture.carry(node, (PRINCIPLE, became), 1)
        for conclusion_id in point.conclusion_ids:
            picture.carry(
                (CONCLUSION, str(conclusion_id)),
                node,
                flows.get(node, 1) / len(point.conclusion_ids),
            )


def _behind(picture: Picture, evidence: EvidenceThread, language: str) -> None:
    """Draw the conclusions with what lies beside each, and what lies beside none."""
    _ = translations(language).gettext
    for found in evidence.found:
        picture.say((EVIDENCE, f"{found.kind}:{found.side}"), evidence_name(found, language))
    laid = weight = 0.0
    for conclusion in evidence.conclusions:
        node = (CONCLUSION, str(conclusion.id))
        picture.say(node, _("{number}. {text}").format(number=conclusion.name, text=conclusion.text))
        going = sum(value for (start, _end), value in picture.ribbons.items() if start == node)
        if not going:
            picture.say((POINT, NOTHING), _("no point for improvement yet"))
            picture.carry(node, (POINT, NOTHING), 1)
        count = sum(one.count for one in conclusion.evidence)
        for one in conclusion.evidence:
            start = (EVIDENCE, f"{one.kind}:{one.side}")
            picture.say(start, evidence_name(one, language))
            picture.carry(start, node, (going or 1) * one.count / count)
        laid += count
        weight += (going or 1) if count else 0
    for one in evidence.unused:
        node = (CONCLUSION, NOTHING)
        picture.say(node, _("beside no conclusion"))
        share = weight / laid if laid else 1 / sum(other.count for other in evidence.unused)
        picture.carry((EVIDENCE, f"{one.kind}:{one.side}"), node, one.count * share)


def _chosen(evidence: EvidenceThread, chosen: Thread) -> set[tuple[Node, Node]]:
    way = [_origin(chosen)]
    if chosen.principle is not None:
        way.append((PRINCIPLE, str(chosen.principle.number)))
    if chosen.agreement is not None:
        way.append((AGREEMENT, str(chosen.agreement.number)))
        way.append((PROGRESS, chosen.agreement.progress or NOTHING))
    found = set(pairwise(way))
    point = evidence.point(chosen.came.origin.name)
    if chosen.came.origin.kind is OriginKind.IMPROVEMENT and point is not None:
        for conclusion in evidence.conclusions:
            if conclusion.id in point.conclusion_ids:
                node = (CONCLUSION, str(conclusion.id))
                found.add((node, way[0]))
                found |= {((EVIDENCE, f"{one.kind}:{one.side}"), node) for one in conclusion.evidence}
    return found


def _origin(thread: Thread) -> Node:
    origin = thread.came.origin
    if origin.kind is OriginKind.IMPROVEMENT:
        return _point_node(origin.name)
    return (POINT, f"{origin.kind}:{origin.name}")


def _point_node(name: str | None) -> Node:
    return (POINT, f"point:{name}")


def _into(picture: Picture, node: Node) -> float:
    return sum(value for (_start, end), value in picture.ribbons.items() if end == node)
