"""What an evening at mixed tables did, in sentences: plain per cent, and what nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from exports.language import day, listed, locale_of, number, percent, translations
from models.encounters.group_pairs import GroupPairs
from models.encounters.seating.wanted import Reason
from models.encounters.series import PairsOfGroups
from models.encounters.what_it_did import EveningDid, KnownClass, Met, Numbers, RowName
from models.workshop.rows import SMALLEST_SHOWN

# So many points of a hundred apart is more than hardly anything.
_CLEARLY = 5


def row_names(rows: Sequence[RowName], language: str) -> list[str]:
    """Return how each row is called; small groups together are other groups."""
    _ = translations(language).gettext
    return [_("Other groups") if row.is_other else row.groups[0] or _("Without a group") for row in rows]


def joined_told(rows: Sequence[RowName], language: str) -> str:
    """Return which groups count together, or nothing."""
    _ = translations(language).gettext
    together = [name or _("people without a group") for row in rows if row.is_other for name in row.groups]
    if len(together) < 2:
        return ""
    return _("These count together as other groups, since they are small: {groups}.").format(
        groups=listed(together, language)
    )


def means(numbers: Numbers, language: str) -> tuple[str, str]:
    """Return the mean before and after as whole numbers; with a decimal where those would be the same."""
    whole = (round(numbers.mean_before), round(numbers.mean_after))
    digits = "#,##0" if whole[0] != whole[1] else "#,##0.0"
    before, after = (
        format_decimal(mean, digits, locale=locale_of(language))
        for mean in (numbers.mean_before, numbers.mean_after)
    )
    return before, after


def means_told(numbers: Numbers, language: str) -> str:
    """Return both means as a headline."""
    before, after = means(numbers, language)
    return (
        translations(language)
        .gettext("Before, people knew {before} others here. Now they would greet {after}.")
        .format(before=before, after=after)
    )


def class_name(one: KnownClass, language: str) -> str:
    """Return what numbers stand in a class: “6 to 10”, “more than 20”."""
    _ = translations(language).gettext
    if one.most is None:
        return _("more than {number}").format(number=one.least - 1)
    return _("{least} to {most}").format(least=one.least, most=one.most)


def answered_told(did: EveningDid, language: str) -> str:
    """Return how many people gave both numbers, of how many who came."""
    _ = translations(language).gettext
    return _("{count} of {people} gave both numbers").format(
        count=did.answers.both, people=did.answers.people
    )


def no_numbers_told(did: EveningDid, language: str) -> str:
    """Return why there are no numbers although both questions are closed."""
    _ = translations(language).gettext
    if did.is_answer_erased:
        return _("What people answered and chose was erased on its day, as was promised.")
    return _("Too few gave both numbers, so we tell none: fewer than {count}.").format(count=SMALLEST_SHOWN)


def meetings_told(met: Met, language: str) -> str:
    """Return how many pairs met, beside how many could have."""
    _ = translations(language).gettext
    values = {"count": number(met.total, language), "most": number(met.bound.most, language)}
    if met.is_at_least:
        return _("At least {count} new meetings, of at most {most}.").format(**values)
    if met.total == met.bound.most:
        return _("{count} new meetings. More was not possible.").format(**values)
    return _("{count} new meetings, of at most {most}.").format(**values)


def why_not_more(met: Met, language: str) -> str:
    """Return why no other seating of the same people could have brought more about."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    told = []
    for reason in met.bound.because:
        match reason:
            case Reason.EVERYONE:
                told.append(_("Then everybody has met everybody who was here."))
            case Reason.FEW_TABLES:
                told.append(
                    ngettext(
                        "With {count} table some sit together again from the second round on.",
                        "With {count} tables some sit together again from the second round on.",
                        met.tables,
                    ).format(count=met.tables)
                )
            case Reason.TOGETHER:
                told.append(_("Who wished to stay together meets only once."))
            case _other:
                sentence = ngettext(
                    "In {count} round there are no more seats beside each other.",
                    "In {count} rounds there are no more seats beside each other.",
                    met.rounds,
                )
                told.append(sentence.format(count=met.rounds))
    return " ".join(told)


def pairs_headline(did: EveningDid, language: str) -> str:
    """Return what stands above the pairs of groups."""
    _ = translations(language).gettext
    if did.met is None or did.met.by_group is None:
        return _("Who met whom")
    at_tables = _standing(did.met.by_group)
    told = {
        1: _("Groups found each other at the tables."),
        0: _("At the tables groups mixed as by lot."),
        -1: _("At the tables people sat with their own group more than by lot."),
    }[at_tables]
    if did.chosen is None or did.chosen.share_between is None or did.met.by_group.share_between is None:
        return told
    apart = round(100 * did.chosen.share_between) - round(100 * did.met.by_group.share_between)
    after = (
        _("After that people choose their own group more often.")
        if apart <= -_CLEARLY
        else _("After that people choose other groups more often.")
        if apart >= _CLEARLY
        else _("After that people choose as they sat.")
    )
    return f"{told} {after}"


@dataclass(frozen=True)
class Chance:
    """A verdict in a word or two, and the sentence with its percents."""

    verdict: str
    sentence: str


def met_beside_chance(pairs: GroupPairs, language: str) -> Chance | None:
    """Return whether people met other groups more than by lot."""
    _ = translations(language).gettext
    if pairs.share_between is None:
        return None
    return Chance(
        {
            1: _("At the tables: yes."),
            0: _("At the tables: hardly."),
            -1: _("At the tables: no, less."),
        }[_standing(pairs)],
        _("Of all conversations {share} was with another group. By lot it would be {lot}.").format(
            share=_whole(pairs.share_between), lot=_whole(pairs.share_by_lot)
        ),
    )


def chosen_beside_chance(pairs: GroupPairs, language: str) -> Chance | None:
    """Return whether people who want to speak each other again are of two groups more than by lot."""
    _ = translations(language).gettext
    if pairs.share_between is None:
        return None
    return Chance(
        {
            1: _("After that: yes."),
            0: _("After that: hardly."),
            -1: _("After that: no, less."),
        }[_standing(pairs)],
        _("Of who want to speak each other again {share} is from another group. Chance gives {lot}.").format(
            share=_whole(pairs.share_between), lot=_whole(pairs.share_by_lot)
        ),
    )


def index_told(value: float, language: str) -> str:
    """Return an E-I index with its sign and two decimals."""
    told = format_decimal(abs(value), "0.00", locale=locale_of(language))
    return f"{'−' if value < 0 else '+'}{told}"


def index_label(points: Sequence[tuple[str, float]], language: str) -> str:
    """Return the line of the E-I index in words."""
    _ = translations(language).gettext
    return _("From −1, only one's own group, to +1, only other groups. {points}.").format(
        points=listed([f"{name} {index_told(value, language)}" for name, value in points], language)
    )


def hidden_told(language: str) -> str:
    """Return how the tables of pairs are to be read."""
    _ = translations(language).gettext
    return _(
        "Darker: a larger part of what could be. Under {count} pairs we hide the number, and count it nowhere. "
        "Who chose only from one side counts nowhere."
    ).format(count=SMALLEST_SHOWN)


def series_told(pairs: PairsOfGroups, language: str) -> str:
    """Return how many pairs of groups met over the series."""
    _ = translations(language).gettext
    share = percent(100 * pairs.met // pairs.possible)
    return _("Over the series {share} of all pairs of groups have met: {met} of {possible}.").format(
        share=share, met=pairs.met, possible=pairs.possible
    )


def not_known(did: EveningDid, language: str) -> list[str]:
    """Return what we do not know of an evening."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    later = _("Whether people still greet each other in a month.")
    if did.asks_again_on is not None:
        later += " " + _("Ask it on {day}.").format(day=day(did.asks_again_on, language, style="long"))
    told = [later]
    silent = did.answers.people - did.answers.both
    if did.answers.is_closed and silent > 0:
        told.append(
            ngettext(
                "What the {count} person who did not give both numbers thinks.",
                "What the {count} people who did not give both numbers think.",
                silent,
            ).format(count=silent)
        )
    return [
        *told,
        _("Whether the evening did this. We compare with nobody."),
        _("Who came perhaps wanted to. Who stayed at home does not count here."),
    ]


def erased_told(did: EveningDid, language: str) -> str:
    """Return when all of this goes."""
    _ = translations(language).gettext
    if not did.is_over:
        return _("30 days after the evening we erase bubbles, contacts and numbers.")
    return _("We erase bubbles, contacts and numbers on {day}.").format(
        day=day(did.erased_on, language, style="long")
    )


def place_told(did: EveningDid, language: str) -> str:
    """Return which evening of its series it is, or nothing."""
    if did.place is None or did.place[1] < 2:
        return ""
    return (
        translations(language)
        .gettext("Evening {number} of {count}")
        .format(number=did.place[0], count=did.place[1])
    )


def _standing(pairs: GroupPairs) -> int:
    """Return 1 where pairs are of two groups more than by lot, −1 where less, 0 where hardly either."""
    apart = round(100 * (pairs.share_between or 0)) - round(100 * pairs.share_by_lot)
    return (apart >= _CLEARLY) - (apart <= -_CLEARLY)


def _whole(share: float) -> str:
    return percent(round(100 * share))
