"""How a table is called: by its colour and its symbol."""

from exports.language import translations
from models.encounters.signs import sign_of


def table_name(number: int, language: str) -> str:
    """Return what a table is called beside its number: "pink flower"."""
    _ = translations(language).gettext
    colours = [
        _("red {symbol}"),
        _("green {symbol}"),
        _("blue {symbol}"),
        _("yellow {symbol}"),
        _("orange {symbol}"),
        _("purple {symbol}"),
        _("pink {symbol}"),
        _("brown {symbol}"),
        _("grey {symbol}"),
        _("white {symbol}"),
    ]
    symbols = [
        _("sun"),
        _("tree"),
        _("boat"),
        _("bicycle"),
        _("hut"),
        _("key"),
        _("flower"),
        _("cup"),
        _("cloud"),
        _("star"),
    ]
    sign = sign_of(number)
    return colours[sign.colour].format(symbol=symbols[sign.symbol])


def round_name(number: int, language: str) -> str:
    """Return what a round of the ready script is about; what comes after it goes on with doing."""
    _ = translations(language).gettext
    names = [_("getting to know each other"), _("experiences"), _("dreaming"), _("doing")]
    return names[min(number, len(names)) - 1]
