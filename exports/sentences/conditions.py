"""What is said of the conditions under which meeting each other helps, and of how an evening looks after them."""

from exports.language import translations
from models.basics.words import Condition
from models.encounters.conditions import ConditionNow


def condition_name(condition: str, language: str) -> str:
    """Return in a few words which condition it is."""
    _ = translations(language).gettext
    return {
        Condition.EQUAL: _("Equal at the table"),
        Condition.GOAL: _("One goal"),
        Condition.COOPERATION: _("Doing together"),
        Condition.BACKING: _("Backing"),
    }[Condition(condition)]


def ready_sentence(condition: str, language: str) -> str:
    """Return how an evening looks after a condition, where nobody says it in words of their own."""
    _ = translations(language).gettext
    return {
        Condition.EQUAL: _("The lot says who minds the turns, and everybody has one."),
        Condition.GOAL: _("Every table looks for one idea, about the theme."),
        Condition.COOPERATION: _("The idea gets a first step, and the table takes it together."),
        Condition.BACKING: _("Somebody whom people know opens the evening and stands behind it."),
    }[Condition(condition)]


def asked_of(condition: str, language: str) -> str:
    """Return what who prepares an evening asks themselves about a condition."""
    _ = translations(language).gettext
    return {
        Condition.EQUAL: _("Does everybody count as much, whatever their work or title?"),
        Condition.GOAL: _("Does everybody know what the evening is for?"),
        Condition.COOPERATION: _("Do people need each other for what they make?"),
        Condition.BACKING: _("Who opens the evening? An alderman, a headmaster, somebody people trust?"),
    }[Condition(condition)]


def how_told(one: ConditionNow, language: str) -> str:
    """Return how a condition was looked after; that nobody did, where it was not."""
    _ = translations(language).gettext
    if not one.is_met:
        return _("This was not looked after beforehand.")
    return one.how or ready_sentence(one.condition, language)
