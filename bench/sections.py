"""The report's sections: each turns what was measured into lines with the goals that are set for them."""

from collections.abc import Sequence

from bench.crowd import p95
from bench.growth import BALLOTS, PHONES, Growth
from bench.left_behind import SECONDS as SECONDS_AFTER
from bench.left_behind import Left
from bench.mediation import PEOPLE as PEOPLE_OPENING
from bench.mediation import PHONES as PHONES_BESIDE
from bench.mediation import Opened
from bench.page_weight import Weight
from bench.paper import TIMES, Grown, Whole
from bench.phones import SLOWER_MILLISECONDS, Burst, Event, Voted
from bench.processes import (
    DRAFT_SECONDS,
    ITEMS,
    JOIN_SECONDS,
    PEOPLE,
    PROCESSES,
    ROOMS,
    VOTE_SECONDS,
    ManyRooms,
)
from bench.report import Line, Section
from bench.seating import Seated, Sweep
from bench.seating_beside import Beside
from bench.side_by_side import SideBySide
from bench.soak import MINUTES, Soak, worst_kind
from bench.statements import PHONES as PHONES_ANSWERING
from bench.statements import STATEMENTS, Answered
from bench.steps import Moved
from bench.vote_to_projector import Delay

P95_GOALS = {1_000: 10.0, 10_000: 25.0}
MEMORY_GOALS = {1_000: 250.0, 10_000: 700.0}
SLOW_DISK_GOAL = 40.0
FLOOR_GOAL, FLOOR_UP_TO = 4.0, 1_000
GROWTH_GOAL = 1.2
TOLD_GOAL = SHOWN_GOAL = 300.0
BURST_GOAL = 25.0
PAGE_GOALS = {60: 500.0, 1_000: 2_500.0}
# In a straight line it is 1.
PAPER_GOAL = 1.5
WHOLE_GOAL, MEMORY_GOAL = 1000.0, 150.0
SEATING_SECONDS_GOAL, SEATING_UNDER_GOAL, SEATING_REACHED_GOAL = 3.0, 3.0, 10.0
STRANGERS_GOAL = 3.0
MEMORY_GROWTH_GOAL = 1.05
WEIGHT_GOAL, REQUESTS_GOAL = 25.0, 5.0
OPENING_MEMORY_GOAL, OPENING_GOAL = 160.0, 2.0


def soak(found: Soak) -> Section:
    quiet, attacked = p95(found.quiet), p95(found.attacked)
    kind, worst = worst_kind(found)
    before, after = found.memory_of_halves
    answers = ", ".join(
        f"{name.replace('_', ' ')} {dict(sorted(statuses.items()))}"
        for name, statuses in found.statuses.items()
    )
    return Section(
        "Half an hour with strangers",
        f"Three rooms of 60 draft, vote, agree and sign, meeting after meeting, for {MINUTES:.0f} minutes; a minute of "
        f"strangers follows a minute without. What the strangers were answered: {answers}.",
        [
            Line("votes confirmed without strangers", len(found.quiet), ""),
            Line("votes confirmed beside strangers", len(found.attacked), ""),
            Line("p95 without strangers", quiet, "ms"),
            Line("p95 beside strangers", attacked, "ms"),
            Line("how many times as long", attacked / quiet, "×", STRANGERS_GOAL),
            Line(f"longest by kind, {kind.replace('_', ' ')}: p95", worst, "ms"),
            Line("votes refused", found.refused.total(), "", 0),
            Line("votes lost", found.lost, "", 0),
            Line("votes doubled", found.doubled, "", 0),
            Line("rounds; proposals; signatures", found.rounds, f"; {found.proposals}; {found.signatures}"),
            Line("memory, third quarter", before, "MB"),
            Line("memory, last quarter", after, "MB"),
            Line("growth of memory in the second half", after / before, "×", MEMORY_GROWTH_GOAL),
            Line("tracebacks in the log", found.tracebacks, "", 0),
        ],
    )


def processes(found: ManyRooms) -> Section:
    lines = [Line("deadlocks in PostgreSQL", found.deadlocks, "", 0)]
    for what, took in (("joins", found.joins), ("proposals", found.proposals), ("votes", found.votes)):
        lines += [
            Line(f"{what}: confirmed", len(took.latency), ""),
            Line(f"{what}: p95", took.p95, "ms"),
            Line(f"{what}: refused", took.refused.total(), "", 0),
        ]
    return Section(
        "Many rooms on several processes",
        f"{PROCESSES} processes on one PostgreSQL, {ROOMS} rooms of {PEOPLE} phones: all join within "
        f"{JOIN_SECONDS:.0f} s, propose within {DRAFT_SECONDS:.0f} s, vote on each of {ITEMS} items within "
        f"{VOTE_SECONDS:.0f} s; then every round is closed at once. Lost and doubled: counted in the database.",
        [
            *lines,
            Line("closes: longest", max(found.closes), "ms"),
            Line("votes lost", found.lost, "", 0),
            Line("votes doubled", found.doubled, "", 0),
            Line("proposals lost", found.missing, "", 0),
        ],
    )


def phones(voted: Sequence[Voted], slow: Voted | None) -> Section:
    lines = []
    for one in voted:
        lines += _crowd(one, f"{one.crowd.phones:,} phones", P95_GOALS.get(one.crowd.phones))
    if slow is not None:
        name = f"{slow.crowd.phones:,} phones, each fsync {SLOWER_MILLISECONDS} ms longer"
        lines += _crowd(slow, name, SLOW_DISK_GOAL)
    return Section(
        "Phones",
        "One room that grows. Each phone holds its live connection and votes on every item at a random moment within "
        "5 seconds per item (10 with 10,000 phones); 8 items, 3 above 1,000, 2 on the slow disk. From just before the "
        "post, or its new connection, to the parsed answer. Lag: how much later than planned a vote was sent. "
        "Lost and doubled: counted in the database afterwards.",
        lines,
    )


def _crowd(one: Voted, name: str, goal: float | None) -> list[Line]:
    votes = one.votes
    return [
        Line(f"{name}: vote confirmed, p95", votes.p95, "ms", goal),
        Line(f"{name}: median", votes.p50, "ms"),
        Line(f"{name}: p99", votes.p99, "ms"),
        Line(f"{name}: longest", votes.longest, "ms"),
        Line(f"{name}: lag of sending, p95", votes.lag_p95, "ms"),
        Line(f"{name}: votes confirmed", len(votes.latency), ""),
        Line(f"{name}: refused", votes.refused, "", 0),
        Line(f"{name}: lost", one.kept.lost, "", 0),
        Line(f"{name}: doubled", one.kept.doubled, "", 0),
        Line(f"{name}: resident memory", one.memory, "MB", MEMORY_GOALS.get(one.crowd.phones)),
        Line(f"{name}: joined per second", one.joined, ""),
    ]


def _burst(found: Burst, name: str) -> list[Line]:
    return [
        Line(f"{name}: vote confirmed, p95", found.votes.p95, "ms", BURST_GOAL),
        Line(f"{name}: longest", found.votes.longest, "ms"),
        Line(f"{name}: refused", found.votes.refused, "", 0),
        Line(f"{name}: lost", found.kept.lost, "", 0),
        Line(f"{name}: doubled", found.kept.doubled, "", 0),
    ]


def event(found: Event) -> Section:
    crowd = found.voted.crowd.phones
    lines = [
        *_crowd(found.voted, f"{crowd:,} phones beside both windows", P95_GOALS.get(crowd)),
        Line("projector shows the final count, after its confirmation", found.shown, "ms", SHOWN_GOAL),
        Line("close: last phone told", found.closed.told_last, "ms", TOLD_GOAL),
        Line("close: pages asked per second", found.closed.per_second, ""),
        Line("close: longest wait for a page", found.closed.wait_longest, "ms"),
        Line("close: last phone has its page", found.closed.page_last, "ms"),
        Line("reveal: last phone told", found.revealed.told_last, "ms", TOLD_GOAL),
        Line("reveal: pages asked per second", found.revealed.per_second, ""),
        Line("reveal: longest wait for a page", found.revealed.wait_longest, "ms"),
        Line("reveal: last phone has its page", found.revealed.page_last, "ms"),
        Line("after the close: lost", found.kept_after_close.lost, "", 0),
        Line("after the close: doubled", found.kept_after_close.doubled, "", 0),
        *_burst(found.burst, "all within one second"),
        *_burst(found.burst_beside, "all within one second, beside both windows"),
    ]
    return Section(
        "The event: 1,000 phones, the projector and the facilitator's page in real Chromium",
        "Times of a close and a reveal count from the moment that the server wrote down. Each phone then does what its "
        "script does: it waits a random 0 to 2 ms for each person in the room, and fetches its page.",
        lines,
    )


def statements(found: Answered) -> Section:
    votes, name = found.votes, f"{PHONES_ANSWERING:,} phones, {STATEMENTS} statements"
    return Section(
        "Statements of a startfoto",
        "Phones that came by link, each with its page of all statements and its live connection, answer every "
        "statement at a random moment within 5 seconds per statement. The goals are those of any vote.",
        [
            Line(f"{name}: answer confirmed, p95", votes.p95, "ms", P95_GOALS.get(PHONES_ANSWERING)),
            Line(f"{name}: median", votes.p50, "ms"),
            Line(f"{name}: longest", votes.longest, "ms"),
            Line(f"{name}: lag of sending, p95", votes.lag_p95, "ms"),
            Line(f"{name}: answers confirmed", len(votes.latency), ""),
            Line(f"{name}: refused", votes.refused, "", 0),
            Line(f"{name}: lost", found.kept.lost, "", 0),
            Line(f"{name}: doubled", found.kept.doubled, "", 0),
            Line(f"{name}: page, p95", p95(found.pages), "ms"),
            Line(f"{name}: joined per second", found.joined, ""),
        ],
    )


def mediation(found: Opened) -> Section:
    return Section(
        "Ten people open a mediation at once",
        f"{PHONES_BESIDE} phones vote within two seconds, by turns alone and while {PEOPLE_OPENING} people type "
        "their six words at the same moment (Argon2id of 64 MiB each, one at a time).",
        [
            Line("memory, more than alone", found.more, "MiB", OPENING_MEMORY_GOAL),
            Line("a vote beside it against one alone, p95", found.ratio, "×", OPENING_GOAL),
            Line("vote confirmed alone, p95", p95(found.alone), "ms"),
            Line("vote confirmed beside it, p95", p95(found.beside), "ms"),
            Line("votes refused", found.refused, "", 0),
            Line("an opening, longest", max(found.openings), "ms"),
        ],
    )


def left_behind(found: Left) -> Section:
    return Section(
        "What a mediation leaves in memory",
        f"The example's sentences and six words, searched in all memory of the server's process {SECONDS_AFTER:.0f} "
        f"seconds after everybody locked. While it was open {found.open} of {found.sentences} sentences were found.",
        [
            Line(f"sentences of {found.sentences} found", found.after, ""),
            Line("in so many places", found.places, ""),
            Line(f"six words of {found.words} people found", found.words_after, ""),
        ],
    )


def steps(found: Sequence[Moved]) -> Section:
    lines = []
    for one in found:
        name = f"{one.phones:,} phones, to the step {one.step}"
        lines += [
            Line(f"{name}: last phone told", one.told_last, "ms"),
            Line(f"{name}: last phone has its page", one.page_last, "ms", PAGE_GOALS.get(one.phones)),
            Line(f"{name}: the server's processor time per phone", one.processor, "ms"),
        ]
    return Section(
        "From step to step",
        "Time counts from the first phone told. Each waits a random 0 to 2 ms for each person in the room, and fetches "
        "its page, compressed. Processor time is for the news and the page together.",
        lines,
    )


def side_by_side(found: Sequence[SideBySide]) -> Section:
    lines = []
    for one in found:
        name = f"{one.phones} phones"
        lines += [
            Line(f"{name}: ours, p95", one.ours.p95, "ms"),
            Line(f"{name}: Streamlit page, p95, no answer counted as 10 s", one.streamlit_p95, "ms"),
            Line(f"{name}: Streamlit page, no answer in 10 s, or given up", one.streamlit.refused, ""),
            Line(f"{name}: Streamlit page, votes stored", one.streamlit_stored, ""),
            Line(f"{name}: times as long", one.ratio, "×"),
        ]
    return Section(
        "Side by side with Streamlit",
        "The same votes at the same moments on `bench/streamlit_vote.py`, a page as one would write it today, spoken "
        "to over its own WebSocket. For the record, Polis (Node and PostgreSQL) on the same kind of machine: 60 phones "
        "p95 15 ms, 500 p95 28 ms with 1–2 % of votes refused, 1,000 p95 5–10 s with 28 % refused.",
        lines,
    )


def floor(voted: Sequence[Voted]) -> Section:
    lines = []
    for one in voted:
        if one.floor is None:
            continue
        name = f"{one.crowd.phones:,} phones"
        lines += [
            Line(f"{name}: empty POST, p95", one.floor.post_p95, "ms"),
            Line(f"{name}: durable commit straight into SQLite, p95", one.floor.commit_p95, "ms"),
            Line(
                f"{name}: a vote against an empty POST",
                one.votes.p95 / one.floor.post_p95,
                "×",
                FLOOR_GOAL if one.crowd.phones <= FLOOR_UP_TO else None,
            ),
        ]
    return Section(
        "The floor",
        "As many empty POSTs to a bare ASGI app under the same server, and as many commits straight into SQLite (WAL, "
        "synchronous = FULL), at the same pace, right after the votes.",
        lines,
    )


def growth(found: Growth) -> Section:
    return Section(
        "Growth",
        f"{PHONES:,} phones vote on a server with {BALLOTS:,} ballots of earlier meetings, and on one with none, "
        "in turns.",
        [
            Line("empty database, p95", found.almost_empty.p95, "ms"),
            Line(f"{BALLOTS:,} ballots, p95", found.full.p95, "ms"),
            Line("times as long", found.ratio, "×", GROWTH_GOAL),
            Line("refused", found.almost_empty.refused + found.full.refused, "", 0),
        ],
    )


def page_weight(weights: Sequence[Weight]) -> Section:
    lines = []
    for place, one in enumerate(weights):
        is_ours = place < len(weights) - 1
        lines += [
            Line(f"{one.page}: over the wire", one.bytes / 1000, "kB", WEIGHT_GOAL if is_ours else None),
            Line(f"{one.page}: requests", one.requests, "", REQUESTS_GOAL if is_ours else None),
            Line(f"{one.page}: until one can tap", one.ready_ms, "ms"),
        ]
    return Section(
        "Page weight",
        "Nothing cached, at slow 4G (1.6 Mbps, 150 ms, processor four times slower). For the record, Polis: 443 kB and "
        "3.5 s to the first button.",
        lines,
    )


def projector(delays: Sequence[Delay]) -> Section:
    lines = []
    for one in delays:
        lines += [
            Line(f"after {one.since}: median", one.median_ms, "ms"),
            Line(f"after {one.since}: p95", one.p95_ms, "ms"),
        ]
    return Section(
        "From one vote to the projector", "Thirty votes, one after another, in real Chromium.", lines
    )


def paper(found: Sequence[Grown], whole: Sequence[Whole]) -> Section:
    lines = []
    for one in found:
        lines += [
            Line(one.what, one.large, "ms"),
            Line(f"{one.what}: each, against one of {TIMES} times fewer", one.ratio / TIMES, "×", PAPER_GOAL),
        ]
    for each in whole:
        what = f"agenda of {60 * each.times} partners, {20 * each.times} principles, {40 * each.times} agreements"
        is_usual = each.times == 1
        lines += [
            Line(f"{what}, every signature drawn", each.milliseconds, "ms", WHOLE_GOAL if is_usual else None),
            Line(
                f"{what}: memory of the process",
                each.megabytes,
                "MB",
                MEMORY_GOAL if is_usual else None,
            ),
        ]
    if len(whole) > 1:
        growth = whole[-1].milliseconds / whole[0].milliseconds / (whole[-1].times / whole[0].times)
        lines.append(
            Line(f"the same, each against one of {whole[-1].times} times fewer", growth, "×", PAPER_GOAL)
        )
    return Section("Paper", "Word files of two sizes; processor time.", lines)


def seating(found: Sequence[Seated], sweep: Sweep) -> Section:
    first = found[0]
    worst = min(100 * new / most for *_, new, most in sweep.under)
    few = len({case[:3] for case in sweep.under if 100 * case[3] / case[4] < 100 - SEATING_UNDER_GOAL})
    lines = []
    for one in found:
        goal = (
            SEATING_UNDER_GOAL
            if "left" in one.what or "evenings" in one.what or "impossible" in one.what
            else 0.0
        )
        lines += [
            Line(f"{one.what}: under the bound at most", 100 - one.part, "%", goal),
            Line(f"{one.what}: tables without a fair share", one.unfair, "", 0.0),
            Line(
                f"{one.what}: longest",
                one.seconds,
                "s",
                3 * SEATING_SECONDS_GOAL if "300" in one.what else SEATING_SECONDS_GOAL,
            ),
        ]
    return Section(
        "Seats at mixed tables",
        "New meetings against the proved bound; every plan is recounted by a checker of its own.",
        [
            *lines,
            Line("300 people: how many times the seconds of 60", found[1].seconds / first.seconds, "×"),
            Line("every size of hall: cases", sweep.cases, ""),
            Line(
                "every size of hall: not at the bound",
                100 * len(sweep.under) / sweep.cases,
                "%",
                SEATING_REACHED_GOAL,
            ),
            Line("every size of hall: cases more than 3 % under it", few, ""),
            Line("every size of hall: furthest under the bound", 100 - worst, "%"),
        ],
    )


def seating_beside(found: Sequence[Beside]) -> Section:
    lines = []
    for one in found:
        lines += [
            Line(f"{one.phones} phones: p95 without a search", one.alone.p95, "ms"),
            Line(f"{one.phones} phones: p95 while tables are divided", one.beside.p95, "ms"),
            Line(f"{one.phones} phones: beside against without, in one run", one.ratio, "×"),
            Line(f"{one.phones} phones: votes refused", one.alone.refused + one.beside.refused, "", 0.0),
        ]
    return Section(
        "Votes while tables are divided",
        "A search for 300 people, 50 tables, 5 rounds goes on in its own process, begun again until the votes are in.",
        lines,
    )
