"""What became of agreements in words: how many ask attention, where each stands, and what one says on the telephone."""

from collections.abc import Sequence
from datetime import date

from exports.language import day_this_year, number, translations
from exports.sentences.words import progress_word
from models.basics.clock import day_of
from models.basics.words import CallOutcome, ProgressState, Stand
from models.progress.following import Followed, counted
from models.progress.standing import Standing


def number_word(count: int, language: str, *, begins: bool = False) -> str:
    """Return a number as one writes it in a sentence: in letters up to ten. `begins` where it is the first word."""
    _ = translations(language).gettext
    if count == 1:
        return _("One") if begins else _("one")
    words = {
        2: _("two"),
        3: _("three"),
        4: _("four"),
        5: _("five"),
        6: _("six"),
        7: _("seven"),
        8: _("eight"),
        9: _("nine"),
        10: _("ten"),
    }
    word = words.get(count, number(count, language))
    return word[0].upper() + word[1:] if begins else word


def progress_headline(followed: Sequence[Followed], language: str) -> str:
    """Return what asks attention, in one sentence: how many agreements are late, and how many are silent."""
    _ = translations(language).gettext
    if not followed:
        return _("There are no agreements yet.")
    if all(agreement.last_word is None for agreement in followed):
        return _("Nobody has told anything yet.")
    if all(agreement.standing.is_done for agreement in followed):
        return _("All agreements are done.")
    late, silent = counted(followed)
    return _late_and_silent(late, silent, language)


def _late_and_silent(late: int, silent: int, language: str) -> str:
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    told = {
        "late": number_word(late, language, begins=True),
        "silent": number_word(silent, language, begins=not late),
    }
    if late and silent:
        if late == 1:
            sentence = ngettext(
                "{late} agreement is late and {silent} is silent.",
                "{late} agreement is late and {silent} are silent.",
                silent,
            )
        else:
            sentence = ngettext(
                "{late} agreements are late and {silent} is silent.",
                "{late} agreements are late and {silent} are silent.",
                silent,
            )
    elif late:
        sentence = ngettext("{late} agreement is late.", "{late} agreements are late.", late)
    elif silent:
        sentence = ngettext("{silent} agreement is silent.", "{silent} agreements are silent.", silent)
    else:
        return _("No agreement is late or silent.")
    return sentence.format(**told)


def standing_words(standing: Standing, language: str, *, is_heard: bool) -> str:
    """Return where an agreement stands, in a word or three. `is_heard`: there was a word about it."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    if standing.stand is Stand.LATE:
        return ngettext("{count} day late", "{count} days late", standing.days_late).format(
            count=number(standing.days_late, language)
        )
    if standing.stand is Stand.SILENT:
        return _("silent")
    if standing.stand is Stand.SEEKS_OWNER:
        return _("looks for an owner")
    if standing.stand is Stand.TO_DO and is_heard:
        return _("begins later")
    return progress_word(standing.state, language)


def call_word(state: str, language: str) -> str:
    """Return what came of a call, or how far an owner said it is."""
    if state == CallOutcome.NO_ANSWER:
        return translations(language).gettext("no answer")
    return progress_word(state, language)


def what_to_say(
    followed: Followed, leader: str, alliance: str, today: date, time_zone: str, language: str
) -> str:
    """Return what `leader` can say when calling who carries an agreement, whole, in the language of the alliance.

    Only what the owner sent in is told back, never what was noted of an earlier call.
    """
    _ = translations(language).gettext
    carrier = followed.carrier
    if carrier is None:
        return ""
    told = {
        "person": carrier.person,
        "leader": leader,
        "alliance": alliance,
        "what": followed.what,
        "first_step": followed.first_step,
        "asked_on": day_this_year(day_of(carrier.asked_at, time_zone), today, language)
        if carrier.asked_at
        else "",
        "due_on": day_this_year(followed.due_on, today, language) if followed.due_on else "",
        "sentence": followed.own_word.sentence if followed.own_word else "",
    }
    said = [_("Hello {person}, this is {leader} of {alliance}.")]
    if carrier.is_accepted or not told["asked_on"]:
        said.append(_("It is about your agreement: “{what}”"))
    else:
        said.append(_("On {asked_on} the meeting asked whether you take this on: “{what}”"))
    state = followed.standing.state
    if state is ProgressState.DONE:
        said.append(_("We heard that it is done. Thank you. What went well?"))
        return " ".join(said).format(**told)
    if followed.first_step and state is ProgressState.TO_DO:
        said.append(_("The first step is: “{first_step}”"))
    if followed.standing.is_late:
        said.append(_("The day for it was {due_on}."))
    if told["sentence"]:
        said.append(_("You told us: “{sentence}”"))
    if not carrier.is_accepted:
        said.append(_("Do you take it on? What do you need for that?"))
    elif state is ProgressState.STUCK:
        said.append(_("What do you need to go on?"))
    else:
        said.append(_("How is it going? What do you need?"))
    return " ".join(said).format(**told)


def with_own_page(words: str, link: str, language: str) -> str:
    """Return words to send to a partner, with where to answer them."""
    _ = translations(language).gettext
    return _("{words} You can also tell it on your own page: {link}").format(words=words, link=link)
