"""The picture of a startfoto in words: where the gap is largest, how sure that is, who answered and who did not."""

from exports.language import in_a_sentence, listed, number, percent, translations
from exports.sentences.outcome import row_label
from exports.sentences.photo import about_the_link
from models.baseline.conclusion_views import ConclusionView
from models.basics.words import Source
from models.picture.intervals import Interval
from models.picture.picture import EVERYONE, Answered, AnsweredStatement, PictureTheme, ThemeRow
from models.picture.reading import PictureView, WhoAnswered


def row_name(view: PictureView, key: str, language: str) -> str:
    """Return the name of a row, with a capital: a group's own, or words for the rows that have none."""
    _ = translations(language).gettext
    if key == EVERYONE:
        return _("Everyone")
    name = row_label(key, view.names.get(key), language)
    return name[:1].upper() + name[1:]


def row_in_a_sentence(view: PictureView, key: str, language: str) -> str:
    """Return the name of a row as it stands inside a sentence; one that was typed in another language stays whole."""
    name = row_name(view, key, language)
    return _typed(view, name, language) if key in view.names else in_a_sentence(name)


def _typed(view: PictureView, name: str, language: str) -> str:
    return in_a_sentence(name) if view.spoken in ("", language) else name


def picture_headline(view: PictureView, language: str) -> str:
    """Return the finding: at which theme the gap is largest, or why none can be said."""
    _ = translations(language).gettext
    widest = view.picture.widest
    if view.picture.is_hidden:
        return _("Fewer than five people answered: that stays hidden.")
    if widest is None:
        return _("There is no gap to see yet.")
    if not widest.gap:
        return _("The groups say the same.")
    name = view.themes[widest.id]
    return _("The gap is largest at {theme}: {gap}.").format(
        # A name of another language is no word of this sentence.
        theme=in_a_sentence(name) if view.spoken in ("", language) else f"“{name}”",
        gap=widest.gap,
    )


def picture_explanation(view: PictureView, language: str) -> str:
    """Return on which two groups the headline rests and whether that may be chance, or why there is none."""
    _ = translations(language).gettext
    widest = view.picture.widest
    if view.picture.is_hidden:
        return _("Otherwise one would know what each of them said.")
    if widest is None:
        return _("For that two groups of 20 people or more are needed. With fewer, every person is drawn.")
    lowest, highest = widest.lowest, widest.highest
    if not widest.gap or lowest is None or highest is None:
        return _("At every theme the groups agree as much as each other.")
    said = _("{highest}: {high} agree. {lowest}: {low}. They are {gap} apart.").format(
        highest=row_name(view, highest.key, language),
        high=percent(highest.percent),
        lowest=row_name(view, lowest.key, language),
        low=percent(lowest.percent),
        gap=widest.gap,
    )
    return said if widest.is_more_than_chance else f"{said} {may_be_chance(language)}"


def may_be_chance(language: str) -> str:
    """Return that a difference may be chance, as a sentence."""
    return translations(language).gettext("That can be chance.")


def theme_in_words(view: PictureView, theme: PictureTheme, language: str) -> str:
    """Return one theme with the numbers of all its rows, for who does not see the drawing."""
    _ = translations(language).gettext
    rows = ", ".join(
        f"{row_in_a_sentence(view, row.key, language)} {_of_row(row, language)}" for row in theme.rows
    )
    if theme.gap is None:
        return _("{theme}: {rows}.").format(theme=view.themes[theme.id], rows=rows)
    return _("{theme}: {rows}, gap {gap}.").format(theme=view.themes[theme.id], rows=rows, gap=theme.gap)


def _of_row(row: ThemeRow, language: str) -> str:
    return few_of(row, language) if row.is_drawn_as_people else str(row.percent)


def few_of(row: ThemeRow, language: str) -> str:
    """Return how many agree where people are few; on several statements it counts answers, and says so."""
    said = agree_of(Answered(row.agree, row.answers), language)
    if row.answers == row.people:
        return said
    return translations(language).gettext("{agree_of} answers").format(agree_of=said)


def agree_of(answered: Answered, language: str) -> str:
    """Return how many of how many agree."""
    return (
        translations(language)
        .gettext("{agree} of {people}")
        .format(agree=number(answered.agree, language), people=number(answered.people, language))
    )


def share_with_interval(row: ThemeRow, language: str) -> str:
    """Return a share with its interval in whole percents, or people where they are few."""
    if row.is_drawn_as_people:
        return agree_of(Answered(row.agree, row.answers), language)
    return (
        translations(language)
        .gettext("{share} ({low} to {high})")
        .format(share=percent(row.percent), low=_percent(row.interval.low), high=_percent(row.interval.high))
    )


def _percent(share: float) -> int:
    return int(100 * share + 0.5)


def statement_words(statement: AnsweredStatement, language: str) -> str:
    """Return what was asked, and that it counts the other way round where it does."""
    if not statement.is_reversed:
        return statement.text
    return translations(language).gettext("{text} (here “disagree” counts)").format(text=statement.text)


def statement_line(view: PictureView, statement: AnsweredStatement, language: str) -> str:
    """Return what each row said on a statement: a share from 20 people on, else people; nothing where it is hidden."""
    rows = dict(statement.rows) or ({EVERYONE: statement.total} if statement.total else {})
    told = []
    for key, row in rows.items():
        alone = ThemeRow(key, row.agree, row.people, row.people)
        said = few_of(alone, language) if alone.is_drawn_as_people else percent(alone.percent)
        told.append(f"{row_in_a_sentence(view, key, language)} {said}")
    if not told:
        return translations(language).gettext("hidden: fewer than five answered")
    return translations(language).gettext("Agree: {rows}").format(rows=", ".join(told))


def scored_lines(view: PictureView, conclusion: ConclusionView, language: str) -> list[str]:
    """Return the statements beside a conclusion for the room: what was asked, and what every group said."""
    _ = translations(language).gettext
    return [
        _("“{text}” {numbers}.").format(
            text=statement_words(found, language), numbers=statement_line(view, found, language)
        )
        for one in conclusion.statements
        if (found := view.statement(one.statement_id)) is not None and found.total is not None
    ]


def who_answered(view: PictureView, language: str) -> list[str]:
    """Return who answered and how, who did not, and that it is a photo: each a sentence, in this order."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    who = view.who
    told = [_how(who, language)]
    if who.by_link is not None and who.in_hall is not None:
        told.append(
            _("{by_link} came in by link before the day of the meeting, {in_hall} on the day itself.").format(
                by_link=number(who.by_link, language), in_hall=number(who.in_hall, language)
            )
        )
    told += about_the_link(who.open_until, view.place, language, is_shared_outside=who.is_shared_outside)
    if who.silent:
        told.append(
            ngettext(
                "Of {groups} nobody answered.", "Of these groups nobody answered: {groups}.", len(who.silent)
            ).format(groups=listed([_typed(view, name, language) for name in who.silent], language))
        )
    away = who.came - who.people
    if away > 0:
        told.append(
            ngettext(
                "{count} person came in and answered nothing.",
                "{count} people came in and answered nothing.",
                away,
            ).format(count=number(away, language))
        )
    joined = [_typed(view, name, language) for name in who.joined]
    if who.joins_without_group:
        joined.append(_("people without a group"))
    if joined:
        told.append(
            _("These count together as other groups, since they are small: {groups}.").format(
                groups=listed(joined, language)
            )
        )
    told.append(_("We do not know who never saw the statements. This is a photo, not a sample."))
    return told


def _how(who: WhoAnswered, language: str) -> str:
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    words = {
        Source.PHONE: _("{count} on a phone"),
        Source.SHARED: _("{count} on somebody else's phone"),
        Source.PAPER: _("{count} on paper"),
    }
    by = [
        words[source].format(count=number(who.sources[source], language))
        for source in Source
        if who.sources.get(source)
    ]
    said = ngettext("{count} person answered", "{count} people answered", who.people).format(
        count=number(who.people, language)
    )
    return f"{said}: {listed(by, language)}." if by else f"{said}."


def difference(value: int) -> str:
    """Return a difference with its sign; the sign for less is a real minus."""
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def between(interval: Interval, language: str) -> str:
    """Return an interval of a difference in whole percents."""
    return (
        translations(language)
        .gettext("{low} to {high}")
        .format(low=difference(round(100 * interval.low)), high=difference(round(100 * interval.high)))
    )
