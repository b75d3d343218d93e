"""The thread as a picture: where things came from, the principles, their rounds and the agreements, in four columns.

A ribbon is as wide as the number of proposals that it carries. Where there is a startfoto, `evidence_thread` has more
columns in front.
"""

from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from exports.charts.sankey import Columns, Node, Picture, sankey
from exports.language import translations
from exports.sentences.thread import origin_name, round_words
from models.threads.threads import Thread

ORIGIN, PRINCIPLE, ROUND, AGREEMENT = range(4)
# Two lines of words take the height of a gap and a narrow ribbon.
COLUMNS = Columns(begins=(0.005, 0.205, 0.525, 0.715), letters=(24, 38, 26, 33), lines=2, gap=36)


def thread_chart(threads: Sequence[Thread], chosen: Thread | None, language: str) -> go.Figure | None:
    """Return the threads as a Sankey diagram with `chosen` coloured, or None where there are none."""
    _ = translations(language).gettext
    heads = [_("Where it came from"), _("Principle"), _("Round"), _("Agreement")]
    return sankey(_picture(threads, chosen, language), heads)


def _picture(threads: Sequence[Thread], chosen: Thread | None, language: str) -> Picture:
    _ = translations(language).gettext
    picture = Picture(COLUMNS)
    # Once for a principle, however many agreements its threads run on to.
    principle_widths: dict[tuple[Node, Node], int] = {}
    ends: dict[Node, list[Node]] = {}
    for thread in threads:
        origin = thread.came.origin
        way: list[Node] = [(ORIGIN, f"{origin.kind}:{origin.name}")]
        words = [origin_name(origin, language)]
        if thread.principle is not None:
            principle = thread.principle
            way += [(PRINCIPLE, str(principle.number)), (ROUND, str(principle.number))]
            words += [
                _("{number}. {text}").format(number=principle.number, text=principle.text),
                round_words(principle.round, language),
            ]
            principle_widths[way[0], way[1]] = max(thread.came.proposals, 1)
        if thread.agreement is not None:
            agreement = thread.agreement
            way.append((AGREEMENT, str(agreement.number)))
            words.append(_("{number}. {text}").format(number=agreement.number, text=agreement.what))
            ends.setdefault(way[-2], [])
            if way[-1] not in ends[way[-2]]:
                ends[way[-2]].append(way[-1])
        for node, said in zip(way, words, strict=True):
            picture.say(node, said)
        if chosen is not None and thread.key == chosen.key:
            picture.chosen = set(pairwise(way))
    for (origin_node, principle_node), proposals in principle_widths.items():
        round_node = (ROUND, principle_node[1])
        picture.ribbons[origin_node, principle_node] = proposals
        picture.carry(principle_node, round_node, proposals)
    for start, agreements in ends.items():
        total = picture.ribbons[(PRINCIPLE, start[1]), start] if start[0] == ROUND else len(agreements)
        for end in agreements:
            picture.ribbons[start, end] = total / len(agreements)
    return picture
