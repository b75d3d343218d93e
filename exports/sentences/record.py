"""What the document says afterwards about rounds, sources and agreements, with their numbers."""

from collections.abc import Mapping, Sequence

from exports.language import listed, number, translations
from exports.sentences.choices import dots_of, label_of
from exports.sentences.methods import frozen_told
from exports.sentences.methods.frozen import frozen_method
from exports.sentences.methods.words import Told
from exports.sentences.outcome import row_label
from exports.sentences.shares import share_in_favour
from exports.sentences.voices import acknowledged_sentence
from exports.sentences.words import decision_word, sources_sentence
from models.basics.words import Decision, FollowUp, ObjectionAnswer, PartnerKind, RuleKind, Secrecy
from models.signing.shape import RoundContent
from models.voting.methods.method import Mark, Shape, Tally, dots_on


def decided_in(round_: RoundContent, language: str) -> str:
    """Return what a round decided, as one short sentence."""
    _ = translations(language).gettext
    said: dict[str, str] = {
        Decision.ADOPTED: _("Adopted in round {number}."),
        Decision.NOT_ADOPTED: _("Not adopted in round {number}."),
        Decision.NO_QUORUM: _("Not decided in round {number}."),
        Decision.NO_VOTES: _("No votes came in in round {number}."),
        Decision.TOO_FEW: _("Too few people voted in round {number} to keep them anonymous."),
        Decision.RANKED: _("Put in order in round {number}."),
    }
    decided = said.get(round_["decision"], _("Decision: {word}."))
    return decided.format(number=round_["number"], word=decision_word(round_["decision"], language))


def carried_sentences(round_: RoundContent, language: str) -> list[str]:
    """Return how a round came to its decision: its numbers, who was there, how secret it was."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    numbers = round_["numbers"]
    sentences: list[str] = []
    if round_["decision"] != Decision.NO_VOTES:
        if round_["decision"] == Decision.TOO_FEW:
            sentences.append(_("With fewer than five votes the outcome would tell what people chose."))
        elif numbers is None:
            sentences.append(_("Fewer than five people voted. That is why there are no numbers here."))
        else:
            sentences.append(_why(round_, language))
            sentences.append(
                ngettext("{count} person voted.", "{count} people voted.", numbers["cast"]).format(
                    count=number(numbers["cast"], language)
                )
            )
            sentences.append(sources_sentence(round_.get("sources") or {}, language))
    sentences.extend(_presence(round_, language))
    sentences.extend(
        acknowledged_sentence(seen["moment"], seen["voices"], seen["heads"], language)
        for seen in round_.get("acknowledged", [])
    )
    if round_["secrecy"] == Secrecy.ANONYMOUS:
        sentences.append(_("The vote was anonymous."))
    if round_["secrecy"] == Secrecy.NAMED:
        sentences.append(_("The vote was with names. They are not in this document."))
    return [sentence for sentence in sentences if sentence]


def _why(round_: RoundContent, language: str) -> str:
    _ = translations(language).gettext
    numbers, rule = round_["numbers"], round_["rule"]
    assert numbers is not None
    if round_["decision"] == Decision.NO_QUORUM:
        return _("At least {quorum} percent of those present had to vote.").format(quorum=round_["quorum"])
    reached = share_in_favour(numbers["in_favour"], numbers["counted"], round_["share"])
    if rule == RuleKind.WITHOUT_OBJECTION:
        said = _("{reached} percent had no objection, {needed} percent was needed.")
        return said.format(reached=reached, needed=round_["share"])
    if rule == RuleKind.SHARE_OF_VOTES:
        said = _("{reached} percent was in favour, {needed} percent was needed.")
        return said.format(reached=reached, needed=round_["share"])
    if rule == RuleKind.EVERY_GROUP:
        return _carried_by(round_, language)
    if rule == RuleKind.LEVEL:
        return _beyond(round_, numbers["beyond"] or 0, language)
    if rule == RuleKind.TOP:
        return _place(round_, numbers["dots"] or 0, language)
    if rule == RuleKind.NO_OPEN_OBJECTIONS:
        objecting = [choice["value"] for choice in round_["choices"] if choice["mark"] == Mark.OBJECTION]
        return _objections(sum(numbers["counts"].get(value, 0) for value in objecting), language)
    return ""


def _objections(count: int, language: str) -> str:
    translated = translations(language)
    if not count:
        return translated.gettext("No objection was left.")
    return translated.ngettext(
        "There was {count} objection.", "There were {count} objections.", count
    ).format(count=count)


def _carried_by(round_: RoundContent, language: str) -> str:
    _ = translations(language).gettext
    needed = _("In every group at least {share} percent had to be in favour.").format(share=round_["share"])
    against = [row_label(row["key"], row["name"], language) for row in round_["rows"] if not row["carried"]]
    if not against:
        return needed
    return f"{needed} " + _("It was not carried by {groups}.").format(groups=listed(against, language))


def _beyond(round_: RoundContent, count: int, language: str) -> str:
    ngettext = translations(language).ngettext
    return ngettext(
        "{count} vote went beyond “{level}”; at most {tolerated} was agreed.",
        "{count} votes went beyond “{level}”; at most {tolerated} was agreed.",
        count,
    ).format(
        count=count,
        level=label_of(_told(round_, language), round_["level"] or "", language),
        tolerated=round_["tolerated"],
    )


def _place(round_: RoundContent, dots: int, language: str) -> str:
    ngettext = translations(language).ngettext
    ended = ngettext(
        "It ended in place {place}, with {count} dot.", "It ended in place {place}, with {count} dots.", dots
    ).format(place=round_["place"], count=number(dots, language))
    if round_["top"] is None:
        return ended
    top = round_["top"]
    adopted = ngettext("The first one is adopted.", "The first {top} are adopted.", top).format(top=top)
    return f"{ended} {adopted}"


def answer_to_objection(answer: str | None, language: str) -> str:
    """Return how an objection was dealt with, as a short sentence; empty while it was not."""
    _ = translations(language).gettext
    said: dict[str | None, str] = {
        ObjectionAnswer.REWORDED: _("The text was worded anew because of this."),
        ObjectionAnswer.MINORITY_REPORT: _("It stands in the minority report."),
        ObjectionAnswer.CONVERSATION: _("We go on talking about this."),
    }
    return said.get(answer, "")


def _presence(round_: RoundContent, language: str) -> list[str]:
    ngettext = translations(language).ngettext
    heads, present, numbers = round_["heads_counted"], round_["present"], round_["numbers"]
    if heads is None:
        if present is None:
            return []
        return [
            ngettext("{count} person was present.", "{count} people were present.", present).format(
                count=number(present, language)
            )
        ]
    sentences = [
        ngettext(
            "{count} person was counted in the room.", "{count} people were counted in the room.", heads
        ).format(count=number(heads, language))
    ]
    more = 0 if numbers is None else numbers["cast"] - heads
    if more > 0:
        sentences.append(
            ngettext(
                "That is {count} vote more than people counted.",
                "That is {count} votes more than people counted.",
                more,
            ).format(count=more)
        )
    return sentences


def counts_sentence(round_: RoundContent, language: str) -> str:
    """Return the counts of a round and its decision in one line, for the history of a principle."""
    _ = translations(language).gettext
    decision = _("Decision: {word}.").format(word=decision_word(round_["decision"], language))
    numbers = round_["numbers"]
    if numbers is None:
        return decision
    return f"{counts_in_words(round_, numbers['counts'], language)}. {decision}"


def counts_in_words(round_: RoundContent, counts: Mapping[str, int], language: str) -> str:
    """Return how many people chose what, in all or in one row of a round, without a full stop."""
    told, look = _told(round_, language), frozen_method(round_).look
    if look.shape is Shape.DOTS and all(value.isdecimal() for value in counts):
        return dots_of(told, dots_on(Tally(sum(counts.values()), dict(counts))), language)
    if told.counted and counts.keys() <= told.counted.keys():
        return ", ".join(one.said(counts.get(choice, 0), language) for choice, one in told.counted.items())
    return " · ".join(
        f"{label_of(told, choice['value'], language)}: {number(counts[choice['value']], language)}"
        for choice in round_["choices"]
        if counts.get(choice["value"])
    )


def reasons_in_words(round_: RoundContent, language: str) -> tuple[list[str], list[str]]:
    """Return the objections and the other reasons that were shown, each with how it was dealt with."""
    marks = {choice["value"]: choice["mark"] for choice in round_["choices"]}
    objections: list[str] = []
    others: list[str] = []
    for reason in round_["reasons"]:
        said = f"{reason['text']} {answer_to_objection(reason['answer'], language)}".strip()
        (objections if marks.get(reason["choice"]) == Mark.OBJECTION else others).append(said)
    return objections, others


def _told(round_: RoundContent, language: str) -> Told:
    return frozen_told(frozen_method(round_), language)


def support_sentence(support: int, language: str) -> str:
    """Return how a proposal came in, and by how many people it was supported."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    if not support:
        return _("Sent in from the room.")
    return ngettext(
        "Sent in from the room, supported by {count} person.",
        "Sent in from the room, supported by {count} people.",
        support,
    ).format(count=number(support, language))


def practised_sentence(agreements: Sequence[int], language: str) -> str:
    """Return by which agreements a principle is put into practice."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    if not agreements:
        return _("No agreement puts this principle into practice yet.")
    return ngettext(
        "Agreement {numbers} puts this principle into practice.",
        "Agreements {numbers} put this principle into practice.",
        len(agreements),
    ).format(numbers=listed([str(each) for each in agreements], language))


def hidden_reasons_sentence(hidden: int, language: str) -> str:
    """Return how many reasons are not printed."""
    ngettext = translations(language).ngettext
    return ngettext(
        "{count} reason was hidden by the facilitator.",
        "{count} reasons were hidden by the facilitator.",
        hidden,
    ).format(count=hidden)


def follow_up_sentence(follow_up: str | None, status: str, language: str) -> str:
    """Return what was done with a text that was not adopted."""
    _ = translations(language).gettext
    if status == "left out" or follow_up == FollowUp.LEAVE_OUT:
        return _("The room has left this text out. It stands here so that it is not forgotten.")
    if follow_up == FollowUp.MINORITY_REPORT:
        return _("It stands here as a minority report: what was said stays visible.")
    return _("Nothing more has been decided about this text yet.")


def also_sentence(principles: Sequence[int], language: str) -> str:
    """Return which other principles an agreement puts into practice. `principles` is not empty."""
    ngettext = translations(language).ngettext
    return ngettext(
        "Also for principle {numbers}.", "Also for principles {numbers}.", len(principles)
    ).format(numbers=listed([str(each) for each in principles], language))


def needs_sentence(agreements: Sequence[int], language: str) -> str:
    """Return which agreements an agreement cannot do without. `agreements` is not empty."""
    ngettext = translations(language).ngettext
    return ngettext(
        "Cannot do without agreement {numbers}.", "Cannot do without agreements {numbers}.", len(agreements)
    ).format(numbers=listed([str(each) for each in agreements], language))


def participants_sentence(total: int, groups: Mapping[str, int], language: str) -> str:
    """Return how many took part, and how many per group, in the order of `groups`."""
    if not groups:
        return number(total, language)
    counted = ", ".join(f"{name} {number(count, language)}" for name, count in groups.items())
    return f"{number(total, language)}: {counted}"


def partners_sentence(kinds: Mapping[str, int], language: str) -> str:
    """Return how many partners there are, and how many of each kind."""
    ngettext = translations(language).ngettext
    organisations, communities, residents = (kinds.get(kind, 0) for kind in PartnerKind)
    told = [
        ngettext("{count} organisation", "{count} organisations", organisations).format(count=organisations),
        ngettext("{count} community", "{count} communities", communities).format(count=communities),
        ngettext("{count} resident", "{count} residents", residents).format(count=residents),
    ]
    here = [said for said, count in zip(told, (organisations, communities, residents), strict=True) if count]
    total = number(sum(kinds.values()), language)
    return f"{total}: {listed(here, language)}" if here else total


def state_sentences(
    version: str, closed_on: str | None, answered: int, asked: int, language: str
) -> list[str]:
    """Return what kind of copy this is. `closed_on` is the day in words on which signing closed, or None."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    if closed_on is None:
        return [
            _("Version {version}. Not closed yet.").format(version=version),
            ngettext(
                "{answered} of {asked} partner has answered.",
                "{answered} of {asked} partners have answered.",
                asked,
            ).format(answered=answered, asked=asked),
        ]
    return [_("Version {version}. Signing closed on {day}.").format(version=version, day=closed_on)]
