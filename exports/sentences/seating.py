"""What a seating can and cannot do, in sentences: how many new meetings, why no more, which wishes clash."""

from collections.abc import Sequence

from exports.language import listed, translations
from models.basics.words import WishStrength
from models.encounters.mixing import Kept
from models.encounters.people_file import Remark, Remarked
from models.encounters.seating.tables import table_sizes
from models.encounters.seating.wanted import Bound, Plan, Reason, Wanted, Wish
from models.encounters.seating.wishes import Clash, Contradiction


def why_no_more(wanted: Wanted, bound: Bound, language: str) -> str:
    """Return why no seating can bring about more new meetings than the bound, as one or more sentences."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    sizes = table_sizes(wanted.people, wanted.tables)
    told = []
    for reason in bound.because:
        match reason:
            case Reason.SEATS:
                sentence = ngettext(
                    "In one round there are no more seats beside each other.",
                    "In {count} rounds there are no more seats beside each other.",
                    wanted.rounds,
                )
                told.append(sentence.format(count=wanted.rounds))
            case Reason.EVERYONE:
                told.append(_("There are no more pairs of people who have not met."))
            case Reason.FEW_TABLES:
                sentence = ngettext(
                    "From the second round on a table of {size} always holds at least one pair that sat together "
                    "before, since there are only {tables} tables.",
                    "From the second round on a table of {size} always holds at least {count} pairs that sat together "
                    "before, since there are only {tables} tables.",
                    bound.at_a_table,
                )
                told.append(sentence.format(size=max(sizes), count=bound.at_a_table, tables=wanted.tables))
            case Reason.TOGETHER:
                sentence = ngettext(
                    "One pair stays together in every round, and meets only once.",
                    "{count} pairs stay together in every round, and meet only once.",
                    bound.repeated,
                )
                told.append(sentence.format(count=bound.repeated))
            case Reason.EARLIER:
                told.append(_("Who sat together before does not meet anew."))
            case Reason.NOBODY_LEFT:
                told.append(_("There is nobody left to meet."))
    return " ".join(told)


def reached_told(plan: Plan, language: str) -> str:
    """Return how many new meetings a plan brings about, beside the most that any plan could."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    if plan.new == plan.bound.most:
        sentence = ngettext(
            "One new meeting. More is not possible.", "{count} new meetings. More is not possible.", plan.new
        )
        return sentence.format(count=plan.new)
    return _("{count} new meetings, of {most} at most.").format(count=plan.new, most=plan.bound.most)


def not_kept(wanted: Wanted, plan: Plan, names: Sequence[str], language: str) -> list[str]:
    """Return a sentence for each thing that a plan could not keep: shares, mixed tables, softer wishes."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    told = []
    if wanted.people == 1:
        told.append(_("One person alone meets nobody."))
    elif wanted.tables == 1 and wanted.rounds > 1:
        told.append(_("Everybody fits at one table: after the first round nobody is new."))
    groups = set(wanted.groups)
    if wanted.people > 1 and len(groups) == 1 and None not in groups:
        told.append(_("Everybody is of one group, so no table can be mixed."))
    elif plan.of_one_group:
        count = len(plan.of_one_group)
        sentence = ngettext(
            "Once a table holds people of one group only.",
            "{count} times a table holds people of one group only.",
            count,
        )
        told.append(sentence.format(count=count))
    if plan.unbalanced:
        sentence = ngettext(
            "One time a table has one more or one fewer of a group than its fair share.",
            "{count} times a table has one more or one fewer of a group than its fair share.",
            plan.unbalanced,
        )
        told.append(sentence.format(count=plan.unbalanced))
    for wish in plan.unmet_wishes:
        sentence = (
            _("{one} and {other} would rather sit together once; that did not work out.")
            if wish.strength is WishStrength.RATHER
            else _("{one} and {other} would rather not sit together; once they do.")
        )
        told.append(sentence.format(one=names[wish.one], other=names[wish.other]))
    return told


def wish_told(wish: Wish, names: Sequence[str], language: str) -> str:
    """Return a wish as a sentence."""
    _ = translations(language).gettext
    sentence = {
        WishStrength.MUST: _("{one} must sit with {other}."),
        WishStrength.RATHER: _("{one} would rather sit with {other}."),
        WishStrength.RATHER_NOT: _("{one} would rather not sit with {other}."),
        WishStrength.MUST_NOT: _("{one} must not sit with {other}."),
    }[wish.strength]
    return sentence.format(one=names[wish.one], other=names[wish.other])


def contradiction_told(found: Contradiction, names: Sequence[str], language: str) -> str:
    """Return which wishes cannot all be kept, and why."""
    _ = translations(language).gettext
    people = listed([names[person] for person in found.people], language)
    wishes = " ".join(wish_told(wish, names, language) for wish in found.wishes)
    match found.clash:
        case Clash.SAME_PERSON:
            sentence = _("A wish names {people} twice: it needs two people.")
        case Clash.TOGETHER_AND_APART:
            sentence = _("{people} cannot sit both together and apart: {wishes}")
        case Clash.TABLE_TOO_SMALL:
            sentence = _("{people} must all sit together, and a table has {seats} seats: {wishes}")
        case Clash.TOO_MANY_APART:
            sentence = _("{people} must all sit apart, and there are {tables} tables: {wishes}")
        case Clash.NO_ROOM:
            sentence = _("No way was found to keep all these wishes at {tables} tables of {seats}: {wishes}")
    return sentence.format(people=people, wishes=wishes, seats=found.seats, tables=found.tables)


def remark_told(found: Remarked, language: str) -> str:
    """Return what was read otherwise than it stands in a table of people."""
    _ = translations(language).gettext
    rows = listed([str(row) for row in found.rows], language)
    sentence = {
        Remark.NAME_TWICE: _(
            "The name {name} stands more than once, on rows {rows}: they are seated as different people."
        ),
        Remark.NOBODY_CALLED: _("Row {rows}: nobody is called {name}. This wish was left out."),
        Remark.SEVERAL_CALLED: _(
            "Row {rows}: more than one person is called {name}. This wish was left out."
        ),
    }[found.remark]
    return sentence.format(name=found.name, rows=rows)


def tables_told(asked: int, tables: int, people: int, language: str) -> str:
    """Return why there are fewer tables than were asked for."""
    translated = translations(language)
    sentence = translated.ngettext(
        "{asked} tables are too many for {people} people: there is one table, so that nobody sits alone.",
        "{asked} tables are too many for {people} people: there are {count} tables, so that nobody sits alone.",
        tables,
    )
    return sentence.format(asked=asked, people=people, count=tables)


def kept_told(kept: Kept, language: str) -> str:
    """Return how well people who are to be kept together can be."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    if kept.people == 1:
        sentence = _("{name}: one person.")
    elif kept.parts == 1 and not kept.alone:
        sentence = ngettext(
            "{name}: {count} person, always at one table.",
            "{name}: {count} people, always at one table.",
            kept.people,
        )
    elif not kept.parts:
        sentence = ngettext(
            "{name}: {count} person. They cannot stay together beside the others, and sit everywhere.",
            "{name}: {count} people. They cannot stay together beside the others, and sit everywhere.",
            kept.people,
        )
    else:
        sentence = ngettext(
            "{name}: {count} people do not fit at one table. One part stays together.",
            "{name}: {count} people do not fit at one table. They stay together in {parts} parts.",
            kept.parts,
        )
        if kept.alone:
            sentence = ngettext(
                "{name}: {count} people do not fit at one table. One part stays together; {alone} sit where there is "
                "room.",
                "{name}: {count} people do not fit at one table. They stay together in {parts} parts; {alone} sit "
                "where there is room.",
                kept.parts,
            )
    # An answer in another script keeps its own direction, and leaves the sentence its.
    name = f"\u2068{kept.name}\u2069"
    return sentence.format(name=name, count=kept.people, parts=kept.parts, alone=kept.alone)
