"""A startfoto in the room: how one answers its statements, its conclusions one by one, the points with most dots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exports.drawings import dots_lane, qr_svg
from exports.language import day, number
from exports.sentences import step_question
from exports.sentences.baseline import evidence_words, standing_line
from exports.sentences.picture import scored_lines
from models.baseline.conclusion_views import ConclusionView
from models.baseline.evidence import Standing
from models.basics.words import Stance, Step
from models.picture.reading import PictureView
from pages.parts.projector.control_words import NO_WORDS, shown_words
from pages.parts.projector.screen import (
    Room,
    Screen,
    code_size,
    drawing,
    page_of,
    qr_label,
    render,
    statement_size,
    turned,
    typed,
)

POINTS_ON_A_PAGE, MOST_SAID = 5, 2
LETTERS_OF_A_SHORT_POINT = 60


@dataclass(frozen=True)
class Point:
    """A point for improvement with the dots that it got; None where too few people put any. `place` is from 1."""

    text: str
    dots: int | None
    place: int | None
    standing: Standing | None


def soon_screen(room: Room, *, title: str, sentence: str) -> Screen:
    """Return that something comes, and does not stand here yet."""
    return render(
        "message.html", room, announce=title, title=title, icon_name="photo_camera", sentence=sentence
    )


def statements_screen(room: Room, *, count: int) -> Screen:
    """Return how to answer `count` statements, and how many people have. Their words stand on the phones."""
    _, ngettext = room.gettext, room.ngettext
    title = step_question(room.block, Step.STATEMENTS, room.language)
    return render(
        "statements.html",
        room,
        announce=title,
        title=title,
        kick=ngettext("{count} statement, on your phone", "{count} statements, on your phone", count).format(
            count=count
        ),
        qr=drawing(qr_svg(room.join_url, label=qr_label(room))) if room.join_url else "",
        how=_("Scan the code. Or go to") if room.join_url else "",
        and_type=_("and type") if room.join_url else _("The code of this meeting"),
        answered=ngettext("person answered so far", "people answered so far", room.voted),
        size=code_size(room.code) // 10 * 10,
        promise=_("Anonymous. Groups under 5 count together. You may change and skip."),
    )


def statements_closed_screen(room: Room) -> Screen:
    """Return that the statements are closed, and how many people answered."""
    _ = room.gettext
    title = _("The statements are closed")
    counted = room.ngettext("{count} person answered.", "{count} people answered.", room.voted).format(
        count=number(room.voted, room.language)
    )
    return render(
        "message.html",
        room,
        announce=f"{title}. {counted}",
        title=title,
        icon_name="photo_camera",
        sentence=f"{counted} {_('The picture comes soon.')}",
    )


def conclusion_screen(
    room: Room, conclusions: Sequence[ConclusionView], view: PictureView | None = None
) -> Screen:
    """Return the conclusion that the facilitator turned to, with what it rests on and some of what was said.

    `view` is the picture that says what every group said of its statements: one of them comes first.
    """

    def draw() -> Screen:
        (one,), page, pages = page_of(conclusions, 1, room.page)
        said = [*one.of(Stance.FOR), *one.of(Stance.AGAINST)]
        return render(
            "conclusion.html",
            room,
            announce=one.text,
            page=page,
            pages=pages,
            kick=room.gettext("What we conclude · {number} of {count}").format(
                number=page + 1, count=len(conclusions)
            ),
            text=typed(one.text),
            size=statement_size(one.text),
            rests_on=standing_line(one.standing, room.language),
            said=[
                *[typed(line) for line in (scored_lines(view, one, room.language) if view else [])][:1],
                *(typed(evidence_words(found, room.language)) for found in said if found.text),
            ][:MOST_SAID],
        )

    return turned(len(conclusions), draw)


def points_screen(room: Room, points: Sequence[Point]) -> Screen:
    """Return the points for improvement, most dots first; the first one large, with what it rests on."""
    ordered = sorted(points, key=lambda point: -(point.dots or 0))
    if any(point.dots is None for point in points):
        return soon_screen(
            room,
            title=step_question(room.block, Step.CONCLUSIONS, room.language),
            sentence=room.gettext("Fewer than five people put dots: what they chose stays hidden."),
        )
    most = max((point.dots or 0 for point in ordered), default=0)
    total = sum(point.dots or 0 for point in ordered)

    def draw() -> Screen:
        shown, page, pages = page_of(ordered, POINTS_ON_A_PAGE, room.page)
        title = step_question(room.block, Step.CONCLUSIONS, room.language)
        tally = room.gettext("{people} put {dots}").format(
            people=room.ngettext("{count} person", "{count} people", room.voted).format(
                count=number(room.voted, room.language)
            ),
            dots=room.ngettext("{count} dot", "{count} dots", total).format(
                count=number(total, room.language)
            ),
        )
        return render(
            "points.html",
            room,
            announce=f"{title} {tally}",
            page=page,
            pages=pages,
            title=title,
            tally=tally,
            items=[
                {
                    "is_first": page == 0 and place == 0,
                    "place": point.place or "",
                    "text": typed(point.text),
                    "is_long": len(point.text) > LETTERS_OF_A_SHORT_POINT,
                    "rests_on": standing_line(point.standing, room.language)
                    if point.standing and page == 0 and place == 0
                    else "",
                    "lane": drawing(dots_lane(point.dots or 0, most=most, mark=15, columns=40)),
                    "dots": number(point.dots or 0, room.language),
                    "label": room.ngettext("{count} dot", "{count} dots", point.dots or 0).format(
                        count=point.dots or 0
                    ),
                }
                for place, point in enumerate(shown)
            ],
        )

    return turned(max(1, -(-len(ordered) // POINTS_ON_A_PAGE)), draw)


def photo_end_screen(room: Room, *, conclusions: int, points: int, next_meeting_on: date | None) -> Screen:
    """Return the last screen: thanks, what it came to, and when we meet again."""
    _, ngettext = room.gettext, room.ngettext
    title = _("Thank you")
    results = [
        ngettext("{count} conclusion.", "{count} conclusions.", conclusions).format(count=conclusions),
        ngettext("{count} point for improvement.", "{count} points for improvement.", points).format(
            count=points
        ),
    ]
    facts = (
        [
            (
                "event",
                _("We meet again on {day}").format(day=day(next_meeting_on, room.language, style="long")),
            )
        ]
        if next_meeting_on
        else []
    )
    return turned(
        1,
        lambda: render(
            "end.html",
            room,
            announce=title,
            title=title,
            results=results,
            fetch=_("Everything stands in the report. Whoever took part may ask for it."),
            facts=facts,
            words=shown_words(room, NO_WORDS),
            qr="",
        ),
    )
