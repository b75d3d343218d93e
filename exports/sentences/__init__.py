"""What every face says in the same words: whole sentences, in the language that is given last.

Pure functions on plain values. The message ids are the English sentences; the Dutch stands in
`locale/nl/LC_MESSAGES/sentences.po`.
"""

from exports.sentences.choices import (
    choice_explained,
    choice_label,
    reason_button,
    reason_question,
    vote_question,
)
from exports.sentences.coherence import dependency_sentence, gap_sentence, vague_sentence
from exports.sentences.errors import error_sentence
from exports.sentences.events import doer_name, event_sentence, what_undoing_costs
from exports.sentences.links import ask_to_carry, ask_to_sign, here_is_your_page, subject_of_link
from exports.sentences.outcome import outcome_sentence, row_label
from exports.sentences.progress import (
    call_word,
    number_word,
    progress_headline,
    standing_words,
    what_to_say,
    with_own_page,
)
from exports.sentences.rule import (
    method_explained,
    method_name,
    presence_sentence,
    rule_name,
    rule_sentence,
    secrecy_sentence,
)
from exports.sentences.signing import answer_word, consent_sentence, reservation_ready
from exports.sentences.steps import step_name, step_question, take_room_words
from exports.sentences.voices import acknowledged_sentence, more_voices_sentence
from exports.sentences.words import (
    block_name,
    decision_word,
    partner_kind_word,
    progress_word,
    source_name,
    sources_sentence,
    told_helpers,
    told_partner,
    told_person,
)

__all__ = [
    "acknowledged_sentence",
    "answer_word",
    "ask_to_carry",
    "ask_to_sign",
    "block_name",
    "call_word",
    "choice_explained",
    "choice_label",
    "consent_sentence",
    "decision_word",
    "dependency_sentence",
    "doer_name",
    "error_sentence",
    "event_sentence",
    "gap_sentence",
    "here_is_your_page",
    "method_explained",
    "method_name",
    "more_voices_sentence",
    "number_word",
    "outcome_sentence",
    "partner_kind_word",
    "presence_sentence",
    "progress_headline",
    "progress_word",
    "reason_button",
    "reason_question",
    "reservation_ready",
    "row_label",
    "rule_name",
    "rule_sentence",
    "secrecy_sentence",
    "source_name",
    "sources_sentence",
    "standing_words",
    "step_name",
    "step_question",
    "subject_of_link",
    "take_room_words",
    "told_helpers",
    "told_partner",
    "told_person",
    "vague_sentence",
    "vote_question",
    "what_to_say",
    "what_undoing_costs",
    "with_own_page",
]
