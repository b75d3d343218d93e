"""Where each thing came from and what it became, in words: for a node of the picture, a list and a sentence."""

from collections.abc import Sequence

from exports.language import listed, number, translations
from exports.sentences.baseline import side_word
from exports.sentences.words import decision_word
from models.basics.words import Decision, Phase, SourceKind
from models.drafting.origins import Came, Origin, OriginKind
from models.signing.shape import PrincipleContent
from models.threads.dead_ends import DeadEnds
from models.threads.evidence import EvidenceThread, ThreadEvidence, ThreadPoint
from models.threads.threads import Thread, ThreadRound

THREAD_SEPARATOR = " → "


def origin_name(origin: Origin, language: str) -> str:
    """Return where something came from, for a node or a cell: a table's or a group's name, or words for it."""
    _ = translations(language).gettext
    if origin.kind is OriginKind.IMPROVEMENT:
        return _("point {number} of the baseline").format(number=origin.name)
    if origin.name is not None:
        return origin.name
    return {
        OriginKind.OTHER_GROUPS: _("other groups"),
        OriginKind.WITHOUT_GROUP: _("people without a group"),
        OriginKind.ROOM: _("the room"),
        OriginKind.NO_PROPOSAL: _("without a proposal"),
    }[origin.kind]


def evidence_name(evidence: ThreadEvidence, language: str) -> str:
    """Return what kind of evidence this is, of which side, and how much, for a node or a cell."""
    _ = translations(language).gettext
    said: dict[str, str] = {
        SourceKind.INTERVIEW: _("{side}: {count}"),
        SourceKind.LITERATURE: _("Literature: {count}"),
        SourceKind.FIGURES: _("Figures, {side}: {count}"),
        SourceKind.OBSERVATION: _("Observation, {side}: {count}"),
    }
    return said.get(evidence.kind, _("Statements: {count}")).format(
        side=side_word(evidence.side, language), count=number(evidence.count, language)
    )


def point_word(point: ThreadPoint, language: str) -> str:
    """Return how it stands with a point of which no principle and no agreement came."""
    _ = translations(language).gettext
    if point.is_proposed:
        return _("a proposal, not worded yet")
    return _("not now") if point.is_for_later else _("no proposal yet")


def point_sentence(point: ThreadPoint, evidence: EvidenceThread, language: str) -> str:
    """Return from which conclusions a point follows, and how much lies beside each."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    told = [
        _("Point {number} of the baseline: {text}").format(
            number=point.name, text=_quoted(point.text, language)
        )
    ]
    for conclusion in evidence.conclusions:
        if conclusion.id not in point.conclusion_ids:
            continue
        count = sum(one.count for one in conclusion.evidence)
        against = sum(one.against for one in conclusion.evidence)
        told.append(
            ngettext(
                "It follows from conclusion {number} ({count} finding, {against} against): {text}",
                "It follows from conclusion {number} ({count} findings, {against} against): {text}",
                count,
            ).format(
                number=conclusion.name,
                count=number(count, language),
                against=number(against, language),
                text=_quoted(conclusion.text, language),
            )
        )
    return " ".join(told)


def dead_end_sentences(ends: DeadEnds, language: str) -> list[str]:
    """Return where the thread breaks off, a sentence for each kind of thing that nothing followed from."""
    ngettext = translations(language).ngettext
    told = []
    if ends.findings:
        told.append(
            ngettext(
                "{count} finding lies beside no conclusion.",
                "{count} findings lie beside no conclusion.",
                ends.findings,
            ).format(count=number(ends.findings, language))
        )
    for numbers, said in (
        (
            ends.conclusions,
            ngettext(
                "From conclusion {numbers} no point for improvement followed.",
                "From conclusions {numbers} no point for improvement followed.",
                len(ends.conclusions),
            ),
        ),
        (
            ends.points,
            ngettext(
                "Point {numbers} of the baseline became no proposal yet.",
                "Points {numbers} of the baseline became no proposals yet.",
                len(ends.points),
            ),
        ),
        (
            ends.principles,
            ngettext(
                "Principle {numbers} is practised by no agreement.",
                "Principles {numbers} are practised by no agreement.",
                len(ends.principles),
            ),
        ),
        (
            ends.agreements,
            ngettext(
                "Of agreement {numbers} nobody told yet how it goes.",
                "Of agreements {numbers} nobody told yet how it goes.",
                len(ends.agreements),
            ),
        ),
    ):
        if numbers:
            told.append(said.format(numbers=listed([str(each) for each in numbers], language)))
    return told


def round_words(found: ThreadRound | None, language: str) -> str:
    """Return what the last round about a principle came to, in a few words."""
    _ = translations(language).gettext
    if found is None:
        return _("not voted on yet")
    if not found.is_about_this_text:
        return _("reworded after round {number}").format(number=found.number)
    if found.decision is not None:
        word = decision_word(found.decision, language)
        return _("{decision}, round {number}").format(decision=word, number=found.number)
    if found.phase == Phase.OPEN:
        return _("round {number} is open").format(number=found.number)
    return _("round {number}, not shown yet").format(number=found.number)


def thread_name(thread: Thread, language: str) -> str:
    """Return a thread for a list to choose from: its origin and the numbers that it passes."""
    _ = translations(language).gettext
    parts = [origin_name(thread.came.origin, language)]
    if thread.principle is not None:
        parts.append(_("principle {number}").format(number=thread.principle.number))
    if thread.agreement is not None:
        parts.append(_("agreement {number}").format(number=thread.agreement.number))
    return THREAD_SEPARATOR.join(parts)


def thread_sentence(thread: Thread, language: str) -> str:
    """Return a thread as two or three sentences, from where it came to the agreement that it became."""
    _ = translations(language).gettext
    sentences = [_beginning(thread, language)]
    if thread.principle is not None:
        sentences.append(_round_sentence(thread.principle.round, language))
        if thread.agreement is None:
            sentences.append(_("No agreement puts this principle into practice yet."))
        else:
            sentences.append(
                _("Agreement {number} puts it into practice: {text}").format(
                    number=thread.agreement.number, text=_quoted(thread.agreement.what, language)
                )
            )
    return " ".join(sentences)


def came_sentence(came: Sequence[Came], language: str) -> str:
    """Return from how many proposals a principle was worded, and where those came from. `came` is not empty."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    total = sum(part.proposals for part in came)
    if len(came) == 1:
        return ngettext(
            "It comes from {count} proposal, from {origin}.",
            "It comes from {count} proposals, from {origin}.",
            total,
        ).format(count=number(total, language), origin=origin_name(came[0].origin, language))
    parts = [
        _("{count} from {origin}").format(
            count=number(part.proposals, language), origin=origin_name(part.origin, language)
        )
        for part in came
    ]
    return _("It comes from {count} proposals: {origins}.").format(
        count=number(total, language), origins=listed(parts, language)
    )


def frozen_came(principle: PrincipleContent) -> list[Came]:
    """Return where the proposals behind a frozen principle came from; empty where none may be shown."""
    return [
        Came(Origin(_frozen_kind(came["kind"]), came["name"]), came["proposals"])
        for came in principle.get("came", [])
    ]


def _frozen_kind(kind: str) -> OriginKind:
    """Return a kind that this version has words for: of another one all that may be said is that it was the room."""
    return OriginKind(kind) if kind in set(OriginKind) else OriginKind.ROOM


def _beginning(thread: Thread, language: str) -> str:
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    is_proposed = thread.came.origin.kind is not OriginKind.NO_PROPOSAL
    origin = origin_name(thread.came.origin, language)
    if thread.principle is not None:
        numbered = {"number": thread.principle.number, "text": _quoted(thread.principle.text, language)}
        if not is_proposed:
            return _("Principle {number} was written without a proposal: {text}").format(**numbered)
        return ngettext(
            "{count} proposal from {origin} became principle {number}: {text}",
            "{count} proposals from {origin} became principle {number}: {text}",
            thread.came.proposals,
        ).format(count=number(thread.came.proposals, language), origin=origin, **numbered)
    assert thread.agreement is not None
    numbered = {"number": thread.agreement.number, "text": _quoted(thread.agreement.what, language)}
    if not is_proposed:
        return _("Agreement {number} was written without a proposal or a principle: {text}").format(
            **numbered
        )
    return _("A proposal from {origin} became agreement {number}: {text}").format(origin=origin, **numbered)


def _round_sentence(found: ThreadRound | None, language: str) -> str:
    _ = translations(language).gettext
    if found is None:
        return _("There was no vote on it yet.")
    if not found.is_about_this_text:
        sentence = _("It was reworded after round {number}, and not voted on again yet.")
    elif found.decision is not None:
        sentence = {
            Decision.ADOPTED: _("It was adopted in round {number}."),
            Decision.NOT_ADOPTED: _("It was not adopted in round {number}."),
            Decision.NO_QUORUM: _("Too few people voted in round {number}, so nothing was decided."),
            Decision.NO_VOTES: _("No votes came in in round {number}, so nothing was decided."),
            Decision.TOO_FEW: _(
                "Fewer than five people voted in round {number}, too few to stay anonymous, so nothing was decided."
            ),
            Decision.RANKED: _("It was put in order in round {number}."),
        }[found.decision]
    elif found.phase == Phase.OPEN:
        sentence = _("Round {number} about it is open now.")
    else:
        sentence = _("Round {number} about it is closed. Its outcome is not shown yet.")
    return sentence.format(number=found.number)


def _quoted(text: str, language: str) -> str:
    """Return what people wrote between quotation marks, as the end of a sentence."""
    quoted = translations(language).gettext("“{text}”").format(text=text)
    return quoted if text.endswith((".", "!", "?", "…")) else f"{quoted}."
