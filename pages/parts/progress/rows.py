"""The agreements as a table: one piece of HTML for any number of them, in which a row is chosen."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from exports.language import day_this_year
from exports.sentences import call_word, standing_words
from models.basics.clock import day_of
from models.basics.words import Stand
from models.progress.following import Followed
from models.progress.standing import Word
from pages.parts.frame.choosing import choosing
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.progress.order import choose

ROWS, CARD = "progress_rows", "card_call"
_ICONS = {
    Stand.LATE: "event_busy",
    Stand.SILENT: "speaker_notes_off",
    Stand.STUCK: "error",
    Stand.SEEKS_OWNER: "search",
    Stand.BUSY: "play_arrow",
    Stand.TO_DO: "hourglass_top",
    Stand.DONE: "check_circle",
}


def agreement_table(agreements: Sequence[Followed], chosen: Followed, today: date, time_zone: str) -> None:
    """Draw the agreements in this order, with `chosen` marked; a tap on another takes that one at hand."""
    choosing(
        ROWS,
        table_html(agreements, today, time_zone),
        chosen=chosen.number,
        card=CARD,
        on_choose=choose,
    )


def table_html(agreements: Sequence[Followed], today: date, time_zone: str) -> str:
    """Return the table; everything that people typed in it is escaped."""
    caption = ngettext(
        "{count} agreement, what asks attention first",
        "{count} agreements, what asks attention first",
        len(agreements),
    ).format(count=len(agreements))
    # Said aloud: on a narrow screen the rows are drawn as blocks, which some screen readers take for no table.
    head = Markup("").join(
        Markup('<th scope="col" role="columnheader">{}</th>').format(name)
        for name in (_("Agreement and owner"), _("Last word"), _("Done by"), _("State"))
    )
    return str(
        Markup(
            '<table class="handslag followed" role="table"><caption class="unseen">{}</caption>'
            '<thead role="rowgroup"><tr role="row">{}</tr></thead><tbody role="rowgroup">{}</tbody></table>'
        ).format(
            caption, head, Markup("").join(_row(agreement, today, time_zone) for agreement in agreements)
        )
    )


def _row(agreement: Followed, today: date, time_zone: str) -> Markup:
    due = day_this_year(agreement.due_on, today, language()) if agreement.due_on else _("no day")
    return Markup(
        '<tr role="row" data-row="{number}"><th scope="row" role="rowheader">'
        '<button type="button" data-choose="{number}" aria-pressed="false"><b>{number}</b> '
        '<span dir="auto">{what}</span></button><span class="about" dir="auto">{owner}</span></th>'
        '<td role="cell">{word}</td><td role="cell"><span class="due">{due_name}</span>{due}</td>'
        '<td role="cell">{stand}</td></tr>'
    ).format(
        number=agreement.number,
        what=agreement.what,
        owner=owner_words(agreement),
        word=_word(agreement, today, time_zone),
        due_name=_("Done by"),
        due=due,
        stand=_stands(agreement),
    )


def owner_words(agreement: Followed) -> str:
    """Return who carries an agreement, or that nobody does yet."""
    carrier = agreement.carrier
    if carrier is None:
        return _("looks for an owner")
    return carrier.name if carrier.is_accepted else _("{owner}, asked").format(owner=carrier.name)


def _word(agreement: Followed, today: date, time_zone: str) -> Markup:
    word = agreement.last_word
    if word is None:
        told = _("no word yet") if agreement.carrier else _("nobody to ask yet")
        return Markup('<b class="unheard">{}</b>').format(told)
    said = _("“{text}”").format(text=word.sentence) if word.sentence else call_word(word.state, language())
    return Markup('<span class="said" dir="auto">{}</span><span class="about">{}</span>').format(
        said, said_when(word, today, time_zone)
    )


def said_when(word: Word, today: date, time_zone: str) -> str:
    """Return on which day something was said, and who noted it where that was who leads."""
    said_on = day_this_year(day_of(word.said_at, time_zone), today, language())
    return _("{day}, noted by {name}").format(day=said_on, name=word.said_by) if word.is_noted else said_on


def _stands(agreement: Followed) -> Markup:
    standing = agreement.standing
    words = standing_words(standing, language(), is_heard=agreement.last_word is not None)
    shown = [_stand(standing.stand, words)]
    if standing.is_late and standing.is_silent:
        shown.append(_stand(Stand.SILENT, _("silent")))
    return Markup('<span class="stands">{}</span>').format(Markup("").join(shown))


def _stand(stand: Stand, words: str) -> Markup:
    return Markup(
        '<span class="stand {}"><span class="symbol" aria-hidden="true" translate="no">{}</span>{}</span>'
    ).format(stand.value.replace(" ", "-"), _ICONS[stand], words)
