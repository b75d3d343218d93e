"""Step 3: who puts which principle into practice, and the gaps as sentences with the words of the agreements."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from exports.language import day, listed, month
from models.agreeing.coherence import (
    DUE_TOO_EARLY,
    NO_OWNER,
    NOBODY_PRACTISES,
    TOO_MUCH,
    WITHOUT_AGREEMENT,
    Coherence,
    Gap,
)
from pages.parts.projector.agreement import ShownAgreement
from pages.parts.projector.screen import Room, Screen, bold, render, typed
from pages.parts.projector.whole import HEIGHT, Page, height_of, whole_pages

# The two columns of the picture, and the letters of the right one.
_TEXT_WIDTH, _NAMES_WIDTH, _NAMES_SIZE = 800, 836, 42
_PICTURE_SIZES, _PICTURE_AROUND, _PICTURE_GAP = (52, 48, 44, 42), 36, 18
_SENTENCE_WIDTH, _ABOUT_SIZE, _SENTENCE_AROUND = 1580, 44, 30
_SENTENCE_SIZES = (64, 60, 56, 52, 48, 44, 42)
SENTENCES_ON_A_PAGE = 2


@dataclass(frozen=True)
class Practised:
    """A principle and the partners who put it into practice, each with the numbers of their agreements."""

    number: int
    text: str
    partners: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Told:
    """A gap, or what waits for what: a sentence, and below it what may be done about it. Without markup for measuring.

    `icon` stands beside it.
    """

    icon: str
    sentence: Markup
    about: Markup
    plain: str


@dataclass(frozen=True)
class Picture:
    """One page of the coherence picture: principles with their partners, or sentences under a title."""

    title: str
    shown: Page[Practised] | Page[Told]
    principles: Sequence[Practised] = ()
    sentences: Sequence[Told] = ()


def coherence_pages(room: Room, coherence: Coherence, agreements: Sequence[ShownAgreement]) -> list[Picture]:
    """Return the pages of the picture: every principle and partner by its whole name, then the sentences."""
    _ = room.gettext
    pictures = []
    if coherence.principles and coherence.partners:
        title = _("How the agreements hang together")
        pages: list[Page[Practised]] = whole_pages(
            _practised(coherence),
            _height_of_practised,
            gap=_PICTURE_GAP,
            sizes=_PICTURE_SIZES,
            together=_PICTURE_SIZES[-1:],
        )
        pictures = [Picture(title, page, principles=page.items) for page in pages]
    words = _Words(room, coherence, agreements)
    gaps = words.gaps()
    missing = room.ngettext(
        "In one place it does not fit together yet",
        "In {count} places it does not fit together yet",
        len(gaps),
    ).format(count=len(gaps))
    for title, told in ((missing, gaps), (_("What waits for what"), words.needs())):
        if told:
            found: list[Page[Told]] = whole_pages(
                told, _height_of_told, most=SENTENCES_ON_A_PAGE, sizes=_SENTENCE_SIZES
            )
            pictures += [Picture(title, page, sentences=page.items) for page in found]
    return pictures


def coherence_screen(room: Room, picture: Picture, *, page: int, pages: int) -> Screen:
    """Return one page of the coherence picture."""
    return render(
        "gaps.html" if picture.sentences else "coherence.html",
        room,
        announce=picture.title,
        is_sheet=True,
        page=page,
        pages=pages,
        title=picture.title,
        size=picture.shown.size,
        nobody=room.gettext("No agreement yet"),
        about=room.gettext("The numbers are the agreements."),
        principles=[
            {
                "number": one.number,
                "text": typed(one.text),
                "partners": [(typed(name), numbers) for name, numbers in one.partners],
            }
            for one in picture.principles
        ],
        sentences=picture.sentences,
    )


def _practised(coherence: Coherence) -> list[Practised]:
    """Return the principles with who practises them; where these fill more than a page, as a row for each part."""
    found = []
    for number, text in coherence.principles:
        partners = [
            (name, ", ".join(str(agreement) for agreement in agreements))
            for partner_id, name in coherence.partners
            if (agreements := coherence.cells.get((number, partner_id), []))
        ]
        part: list[tuple[str, str]] = []
        for partner in partners:
            if part and _height_of_names([*part, partner]) > HEIGHT - _PICTURE_AROUND:
                found.append(Practised(number, text, part))
                part = []
            part.append(partner)
        found.append(Practised(number, text, part))
    return found


def _height_of_names(partners: Sequence[tuple[str, str]]) -> float:
    return sum(height_of(f"{name}  {numbers}", _NAMES_SIZE, _NAMES_WIDTH) + 6 for name, numbers in partners)


def _height_of_practised(one: Practised, size: int) -> float:
    text = height_of(f"{one.number}  {one.text}", size, _TEXT_WIDTH)
    names = _height_of_names(one.partners or [("", "")])
    return max(text, names) + _PICTURE_AROUND


def _height_of_told(told: Told, size: int) -> float:
    about = height_of(told.about.striptags(), _ABOUT_SIZE, _SENTENCE_WIDTH) + 16 if told.about else 0
    return height_of(told.plain, size, _SENTENCE_WIDTH) + about + _SENTENCE_AROUND


class _Words:
    """Says gaps and dependencies with the words of the agreements: a number alone tells a room nothing."""

    def __init__(self, room: Room, coherence: Coherence, agreements: Sequence[ShownAgreement]) -> None:
        self._room = room
        self._coherence = coherence
        self._agreements = {agreement.number: agreement for agreement in agreements}
        self._principles = dict(coherence.principles)

    def gaps(self) -> list[Told]:
        """Return the gaps, those of partners without an agreement in one sentence."""
        idle = [gap.partner or "" for gap in self._coherence.gaps if gap.kind == WITHOUT_AGREEMENT]
        found = [self._gap(gap) for gap in self._coherence.gaps if gap.kind != WITHOUT_AGREEMENT]
        return [*found, *self._without_agreement(idle)] if idle else found

    def needs(self) -> list[Told]:
        """Return what waits for what, as far as no gap told it already."""
        _ = self._room.gettext
        told = {
            (gap.agreement_number, gap.other_agreement_number)
            for gap in self._coherence.gaps
            if gap.kind == DUE_TOO_EARLY
        }
        found = []
        for number, needed in self._coherence.dependencies:
            if (number, needed) in told:
                continue
            about = ""
            waits, awaited = self._agreements[number].owner, self._agreements[needed].owner
            if waits and awaited and waits != awaited:
                about = bold(_("{partner} waits for {other}."), partner=typed(waits), other=typed(awaited))
            found.append(
                self._told(
                    "hourglass_top",
                    _("{agreement} can only be done when {needed} is done."),
                    about,
                    agreement=self._quoted(number),
                    needed=self._quoted(needed),
                )
            )
        return found

    def _gap(self, gap: Gap) -> Told:
        _ = self._room.gettext
        if gap.kind == NO_OWNER:
            return self._told(
                "front_hand",
                _("Nobody carries {agreement} yet."),
                bold(_("Will you? Tap on your phone: {button}."), button=_("I take this on")),
                agreement=self._quoted(gap.agreement_number),
            )
        if gap.kind == NOBODY_PRACTISES:
            return self._told(
                "handshake",
                _("No agreement puts {principle} into practice yet."),
                Markup.escape(_("What can we do for it?")),
                principle=self._in_quotes(self._principles.get(gap.principle_number or 0, "")),
            )
        if gap.kind == DUE_TOO_EARLY:
            return self._told(
                "event",
                _("{agreement} must be done before {needed}, but cannot do without it."),
                bold(
                    _("The first is due on {day}, the other on {other_day}."),
                    day=self._due(gap.agreement_number),
                    other_day=self._due(gap.other_agreement_number),
                ),
                agreement=self._quoted(gap.agreement_number),
                needed=self._quoted(gap.other_agreement_number),
            )
        if gap.kind == TOO_MUCH:
            count = gap.count or 0
            return self._told(
                "event",
                self._room.ngettext(
                    "{partner} must finish {count} agreement in {month}.",
                    "{partner} must finish {count} agreements in {month}. That is a lot.",
                    count,
                ),
                "",
                partner=gap.partner or "",
                count=str(count),
                month=month(gap.month, self._room.language) if gap.month else "",
            )
        raise ValueError(f"unknown kind of gap: {gap.kind!r}")

    def _without_agreement(self, partners: Sequence[str]) -> list[Told]:
        """Return the partners without an agreement in a sentence; where they fill more than a page, in several."""
        found, part = [], [partners[0]]
        for partner in partners[1:]:
            if _height_of_told(self._idle([*part, partner]), _SENTENCE_SIZES[-1]) > HEIGHT:
                found.append(self._idle(part))
                part = []
            part.append(partner)
        return [*found, self._idle(part)]

    def _idle(self, partners: Sequence[str]) -> Told:
        return self._told(
            "group",
            self._room.ngettext(
                "{partners} has no agreement yet.", "{partners} have no agreement yet.", len(partners)
            ),
            "",
            partners=listed(list(partners), self._room.language),
        )

    def _told(self, icon: str, sentence: str, about: Markup | str, **values: str) -> Told:
        shown = {name: typed(value) for name, value in values.items()}
        return Told(icon, bold(sentence, **shown), Markup(about), sentence.format(**values))

    def _quoted(self, number: int | None) -> str:
        return self._in_quotes(self._agreements[number or 0].what)

    def _in_quotes(self, text: str) -> str:
        """Return a text inside a sentence: in quotation marks, without the full stop at its end."""
        return self._room.gettext("“{text}”").format(text=text.removesuffix("."))

    def _due(self, number: int | None) -> str:
        due_on = self._agreements[number or 0].due_on
        return day(due_on, self._room.language, style="long") if due_on else ""
