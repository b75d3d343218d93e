"""The plan of approach in words: where each block stands and when, with whom, what comes next; what the map says."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from exports.language import day_this_year, listed, locale_of, month, translations
from exports.sentences.progress import number_word
from exports.sentences.words import block_name
from models.alliance.plan import PlannedBlock
from models.alliance.stakeholders import StakeholderRow, weighed
from models.basics.words import Attitude, BuildingBlock, StakeholderKind
from models.planning.standing import PlanAsks, PlanStand, PlanStanding, PlanStep, Unit

MOST_NAMES = 5


def stakeholder_kind_word(kind: str, language: str) -> str:
    """Return what kind of party this is, with a capital, as a label."""
    _ = translations(language).gettext
    return {
        StakeholderKind.MUNICIPALITY: _("Municipality"),
        StakeholderKind.COMMUNITY: _("Community"),
        StakeholderKind.RESIDENTS: _("Residents"),
        StakeholderKind.ORGANISATION: _("Organisation"),
        StakeholderKind.BUSINESS: _("Business"),
        StakeholderKind.OTHER: _("Something else"),
    }[StakeholderKind(kind)]


def attitude_word(attitude: str, language: str) -> str:
    """Return how a party stands to what is planned."""
    _ = translations(language).gettext
    return {
        Attitude.CARRIES: _("carries it"),
        Attitude.WAITS: _("waits"),
        Attitude.DOUBTS: _("doubts"),
    }[Attitude(attitude)]


def block_in_a_sentence(block: str, language: str) -> str:
    """Return a building block as it is called inside a sentence."""
    _ = translations(language).gettext
    return {
        BuildingBlock.BASELINE: _("the baseline"),
        BuildingBlock.ENCOUNTERS: _("the bridging encounters"),
        BuildingBlock.ALLIANCE: _("the alliance"),
        BuildingBlock.MEDIATION: _("the mediation"),
    }[BuildingBlock(block)]


def months_told(starts_on: date | None, ends_on: date | None, language: str) -> str:
    """Return from which month to which: `mei 2026`, `maart – mei 2026`, `november 2026 – januari 2027`; or nothing."""
    if starts_on is None or ends_on is None:
        return ""
    if starts_on == ends_on:
        return month(starts_on, language)
    first = (
        format_date(starts_on, "LLLL", locale=locale_of(language))
        if starts_on.year == ends_on.year
        else month(starts_on, language)
    )
    return f"{first} – {month(ends_on, language)}"


def column_head(first: date, unit: Unit, language: str) -> str:
    """Return what stands above a column of the line of months; the year stands above that."""
    if unit is Unit.MONTH:
        return format_date(first, "LLL", locale=locale_of(language)).rstrip(".")
    if unit is Unit.QUARTER:
        _ = translations(language).gettext
        return _("Q{number}").format(number=(first.month - 1) // 3 + 1)
    return ""


def stand_word(stand: PlanStand, language: str) -> str:
    """Return where a block stands, in a word or three, as on its bar."""
    _ = translations(language).gettext
    return {
        PlanStand.OPEN: _("still to choose"),
        PlanStand.NOT_NEEDED: _("not needed now"),
        PlanStand.DONE: _("done"),
        PlanStand.BUSY: _("busy"),
        PlanStand.DUE: _("now"),
        PlanStand.PASSED: _("passed"),
        PlanStand.LATER: _("later"),
        PlanStand.WITHOUT_MONTH: _("no month yet"),
    }[stand]


def state_of_block(standing: PlanStanding, today: date, language: str) -> str:
    """Return whether a block is needed and where it stands, for the badge on its card."""
    _ = translations(language).gettext
    if standing.planned.is_needed is not True:
        return stand_word(standing.stand, language)
    if standing.ahead_on is not None and standing.stand in (PlanStand.LATER, PlanStand.DUE):
        return _("needed, on {day}").format(day=day_this_year(standing.ahead_on, today, language))
    if standing.stand is PlanStand.PASSED:
        return _("needed, its month has passed")
    return _("needed, {state}").format(state=stand_word(standing.stand, language))


def block_on_the_line(standing: PlanStanding, today: date, language: str) -> str:
    """Return a block as the line of months shows it, in one sentence."""
    _ = translations(language).gettext
    told = _("{block}: {state}").format(
        block=block_name(standing.block, language), state=state_of_block(standing, today, language)
    )
    months = months_told(standing.starts_on, standing.ends_on, language)
    return f"{told}, {months}" if months else told


def with_whom(planned: PlannedBlock, language: str, *, names_stakeholders: bool) -> str:
    """Return with whom a block is done, or that it is nobody yet.

    Parties of the map stand there by name only for who leads: else they are counted.
    """
    _, ngettext = translations(language).gettext, translations(language).ngettext
    named = [party.name for party in planned.partners]
    if names_stakeholders:
        named += [party.name for party in planned.stakeholders]
    if planned.others:
        named.append(planned.others)
    hidden = 0 if names_stakeholders else len(planned.stakeholders)
    if hidden:
        named.append(
            ngettext("{count} other party", "{count} other parties", hidden).format(
                count=number_word(hidden, language)
            )
        )
    if not named:
        return _("nobody yet")
    # What was typed may be an enumeration itself.
    return ", ".join(named) if planned.others else listed(named, language)


def plan_headline(step: PlanStep, language: str) -> str:
    """Return what the plan asks for next, in one sentence."""
    _ = translations(language).gettext
    standing = step.standing
    if standing is None:
        if step.asks is PlanAsks.CHOOSING:
            return _("Choose which building blocks you need.")
        return _("All of the plan is done.")
    sentence = {
        PlanAsks.BEGINNING: _("Begin with {block}."),
        PlanAsks.MOVING: _("{month} has passed. Move {block}, or say that it is done."),
        PlanAsks.GOING_ON: _("Go on with {block}."),
        PlanAsks.MONTHS: _("Choose the months of {block}."),
        PlanAsks.WAITING: _("The next step is {block}, in {month_inside}."),
        PlanAsks.CHOOSING_REST: _("Choose whether you need {block}."),
    }[step.asks]
    told = month(standing.ends_on, language) if standing.ends_on else ""
    return sentence.format(
        block=block_in_a_sentence(standing.block, language),
        month=told[:1].upper() + told[1:],
        month_inside=month(standing.starts_on, language) if standing.starts_on else "",
    )


def plan_explained(step: PlanStep, language: str) -> str:
    """Return what goes with what the plan asks: its months, and what must be known first."""
    _ = translations(language).gettext
    standing = step.standing
    if standing is None:
        return (
            _("For each of the four you say whether it is needed, and why.")
            if step.asks is PlanAsks.CHOOSING
            else _("A second baseline shows what changed.")
        )
    told = []
    months = months_told(standing.starts_on, standing.ends_on, language)
    if months and step.asks in (PlanAsks.BEGINNING, PlanAsks.GOING_ON):
        told.append(_("In the plan: {months}.").format(months=months))
    if step.asks is PlanAsks.CHOOSING_REST:
        told.append(_("Say why, also where it is not needed."))
    if step.asks is PlanAsks.MOVING:
        told.append(_("It stood in the plan for {months}.").format(months=months))
    if standing.planned.known_first and step.asks in (PlanAsks.BEGINNING, PlanAsks.WAITING, PlanAsks.MONTHS):
        told.append(_("To know first: {text}").format(text=standing.planned.known_first))
    elif step.asks is PlanAsks.MONTHS:
        told.append(_("Then it stands on the line of months."))
    return " ".join(told)


def map_headline(stakeholders: Sequence[StakeholderRow], language: str) -> str:
    """Return what the map of who matters says, in one sentence."""
    _, ngettext = translations(language).gettext, translations(language).ngettext
    if not stakeholders:
        return _("Nobody stands on the map yet.")
    count = len(weighed(stakeholders).touched)
    if not count:
        return _("Nobody is touched much while having little influence.")
    return ngettext(
        "{count} party is touched much and has little influence.",
        "{count} parties are touched much and have little influence.",
        count,
    ).format(count=number_word(count, language, begins=True))


def map_explained(stakeholders: Sequence[StakeholderRow], language: str) -> str:
    """Return with whom in the corner of the map nobody speaks yet; empty where nobody stands there."""
    _, ngettext = translations(language).gettext, translations(language).ngettext
    found = weighed(stakeholders)
    if not found.touched:
        return ""
    if not found.unheard:
        return _("Somebody speaks with each of them.")
    names = [one.name for one in found.unheard[:MOST_NAMES]]
    rest = len(found.unheard) - len(names)
    if rest:
        names.append(ngettext("{count} other", "{count} others", rest).format(count=rest))
    return ngettext(
        "With {count} of them nobody speaks yet: {names}.",
        "With {count} of them nobody speaks yet: {names}.",
        len(found.unheard),
    ).format(count=number_word(len(found.unheard), language), names=listed(names, language))
