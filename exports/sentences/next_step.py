"""The next step of an alliance in words: what it asks for, what is known of that, and what the button says."""

from dataclasses import dataclass

from exports.language import day_this_year, translations
from exports.sentences.plan import block_in_a_sentence, plan_explained, plan_headline
from exports.sentences.progress import number_word, progress_headline
from exports.sentences.steps import step_name
from models.basics.clock import today
from models.basics.words import BuildingBlock
from models.next_step import Asks, NextStep
from models.planning.standing import PlanAsks, PlanStep
from models.workshop.meetings import WorkshopRow
from models.workshop.programme import BLOCKS


@dataclass(frozen=True)
class NextStepWords:
    """A sentence in large type, one or two below it, and the words on the button."""

    headline: str
    more: str
    action: str


def next_step_words(step: NextStep, language: str, time_zone: str) -> NextStepWords:
    """Return what is said of the next step, on a day in `time_zone`."""
    _ = translations(language).gettext
    if step.plan is not None:
        return NextStepWords(
            plan_headline(step.plan, language),
            plan_explained(step.plan, language),
            plan_action(step.plan, language),
        )
    day = _day(step.meeting, language, time_zone)
    if step.asks in (Asks.CLOSING, Asks.CALLING, Asks.MEETING_AGAIN, Asks.FOLLOWING, Asks.FREEZING):
        return _afterwards(step, language, time_zone)
    if step.asks is Asks.LEADING and step.meeting is not None:
        name = step_name(step.meeting.block, step.meeting.step, language)
        return NextStepWords(
            _("You are meeting now."),
            _("The room is at: {step}. Code {code}.").format(step=name, code=step.meeting.code),
            _("Lead the meeting"),
        )
    headline, more, action = {
        Asks.MEETING: (
            _("Plan the first meeting."),
            _("It gets a code, and a page to prepare it."),
            _("Plan a meeting"),
        ),
        Asks.PARTNERS: (
            _("Add the partners for {day}."),
            _("They carry agreements and sign. Each gets a personal link."),
            _("Add partners"),
        ),
        Asks.PREPARING: (_("Prepare {day}."), _partners_and_days(step, language), _("Prepare the meeting")),
        Asks.ADDRESS: (
            _("Choose the address for phones."),
            _("Do it on the Wi-Fi of the room, and scan the code with your own phone."),
            _("Choose the address"),
        ),
        Asks.BEGINNING: (
            {0: _("You meet today."), 1: _("You meet tomorrow.")}.get(step.days, _("Begin the meeting.")),
            _partners_and_days(step, language),
            _("Lead the meeting"),
        ),
    }[step.asks]
    return NextStepWords(headline.format(day=day), more, action)


def plan_action(step: PlanStep, language: str) -> str:
    """Return what the button says that does what the plan asks."""
    _ = translations(language).gettext
    if step.standing is not None and step.asks in (PlanAsks.BEGINNING, PlanAsks.GOING_ON):
        block = step.standing.block
        if block in (BuildingBlock.BASELINE, BuildingBlock.MEDIATION):
            return _("To {block}").format(block=block_in_a_sentence(block, language))
        return _("Plan a meeting") if block in BLOCKS else _("Look at the plan")
    return _("Change the plan")


def _day(meeting: WorkshopRow | None, language: str, time_zone: str) -> str:
    return day_this_year(meeting.held_on, today(time_zone), language) if meeting else ""


def _partners_and_days(step: NextStep, language: str) -> str:
    ngettext = translations(language).ngettext
    _ = translations(language).gettext
    told = []
    if step.count:
        partners = ngettext("{count} partner takes part.", "{count} partners take part.", step.count)
        told.append(partners.format(count=number_word(step.count, language, begins=True)))
    if step.days > 1:
        left = ngettext("{count} day to go.", "{count} days to go.", step.days)
        told.append(left.format(count=number_word(step.days, language, begins=True)))
    elif step.meeting is not None:
        told.append(_("Code {code}.").format(code=step.meeting.code))
    return " ".join(told)


def _afterwards(step: NextStep, language: str, time_zone: str) -> NextStepWords:
    _, ngettext = translations(language).gettext, translations(language).ngettext
    if step.asks is Asks.FREEZING:
        return NextStepWords(
            _("Freeze the text, and let partners sign."),
            _("After the meeting this goes as well: partners sign by their own link."),
            _("To signing"),
        )
    if step.asks is Asks.CLOSING:
        answered = ngettext(
            "{count} of {among} partner has answered.",
            "{count} of {among} partners have answered.",
            step.among,
        ).format(count=step.count, among=step.among)
        more = _("Everyone who answered counts. Remind the others, or close.")
        return NextStepWords(_("Close signing."), f"{answered} {more}", _("To signing"))
    if step.asks is Asks.MEETING_AGAIN and step.next_on is not None:
        day = day_this_year(step.next_on, today(time_zone), language)
        return NextStepWords(
            _("Plan the meeting of {day}.").format(day=day),
            _("The agenda promises it. Planning it gives a code, and a page to prepare it."),
            _("Plan this meeting"),
        )
    headline = progress_headline(step.followed, language)
    if step.asks is Asks.CALLING:
        return NextStepWords(headline, _("See whom you call, and what you can say."), _("See whom you call"))
    return NextStepWords(headline, _("Owners tell how it goes on their own page."), _("Follow agreements"))
