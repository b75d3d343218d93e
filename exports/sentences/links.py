"""Ready words to send with a partner's personal link, in the language of the alliance."""

from datetime import date

from exports.language import day, translations


def ask_to_carry(person: str, alliance: str, partner: str, what: str, link: str, language: str) -> str:
    """Return the words with which a meeting asks a partner to carry an agreement."""
    _ = translations(language).gettext
    return _(
        "Hello {person}, the meeting of {alliance} asks whether {partner} takes on this agreement: “{what}” "
        "Read it and answer on your own page: {link}"
    ).format(person=person, alliance=alliance, partner=partner, what=what, link=link)


def ask_to_sign(
    person: str, alliance: str, partner: str, closes_on: date | None, link: str, language: str
) -> str:
    """Return the words with which a partner is asked to read and sign the agenda; `closes_on` may be open."""
    _ = translations(language).gettext
    if closes_on is None:
        return _(
            "Hello {person}, the agenda of {alliance} is ready to sign. "
            "Read it and answer for {partner} on your own page: {link}"
        ).format(person=person, alliance=alliance, partner=partner, link=link)
    return _(
        "Hello {person}, the agenda of {alliance} is ready to sign, until {day}. "
        "Read it and answer for {partner} on your own page: {link}"
    ).format(person=person, alliance=alliance, partner=partner, day=day(closes_on, language), link=link)


def here_is_your_page(person: str, alliance: str, partner: str, link: str, language: str) -> str:
    """Return the words that come with a partner's link when nothing is asked yet."""
    _ = translations(language).gettext
    return _(
        "Hello {person}, this is the own page of {partner} in {alliance}. There you read and sign, and tell how "
        "agreements go. Keep the link to yourself: {link}"
    ).format(person=person, alliance=alliance, partner=partner, link=link)


def subject_of_link(alliance: str, language: str) -> str:
    """Return the subject of a mail with a partner's link."""
    return translations(language).gettext("Your own page: {alliance}").format(alliance=alliance)
