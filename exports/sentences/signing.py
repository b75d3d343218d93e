"""What one agrees to by signing, and the answers a partner can give."""

from exports.language import translations
from models.basics.words import Answer, PartnerKind


def answer_word(answer: str, language: str) -> str:
    """Return a partner's answer to the agenda, for a column or a pill."""
    _ = translations(language).gettext
    return {
        Answer.SIGNED: _("signed"),
        Answer.RESERVED: _("signed with a reservation"),
        Answer.DECLINED: _("does not sign"),
    }[Answer(answer)]


def consent_sentence(partner_name: str, partner_kind: str, language: str) -> str:
    """Return the sentence that stands above the signature, and is stored with it."""
    _ = translations(language).gettext
    if PartnerKind(partner_kind) is PartnerKind.RESIDENT:
        return _("I have read this alliance agenda. I agree with it, and I sign for myself.")
    return _(
        "I have read this alliance agenda. {partner} agrees with it, and I may sign for {partner}."
    ).format(partner=partner_name)


def reservation_ready(language: str) -> str:
    """Return the reservation that stands ready for who first has to ask at home."""
    _ = translations(language).gettext
    return _("subject to a decision by the board or the municipal executive")
