"""The content of an agenda as plain data: `models.signing.content` makes it, and every export reads it.

Days are ISO dates, moments ISO times in UTC.
"""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict, cast

from models.voting.decision import StoredRule


class AllianceContent(TypedDict):
    name: str
    place: str
    purpose: str
    language: str
    time_zone: str
    contact: str


class WorkshopContent(TypedDict):
    venue: str
    held_on: str


class GroupCount(TypedDict):
    name: str
    count: int


class ParticipantsContent(TypedDict):
    total: int
    groups: list[GroupCount]
    without_group: int
    heads_counted: int | None
    sources: dict[str, int]


class PartnerContent(TypedDict):
    id: NotRequired[int]
    name: str
    kind: str
    representative: str
    role: str


class SourceContent(TypedDict):
    text: str
    support: int


class CameContent(TypedDict):
    """How many proposals came from one origin; `kind` is one of `models.drafting.origins.OriginKind`."""

    kind: str
    name: str | None
    proposals: int


class VersionContent(TypedDict):
    version: int
    text: str
    why: str


class NumbersContent(TypedDict):
    cast: int
    counts: dict[str, int]
    counted: int
    in_favour: int
    share_reached: int
    beyond: int | None
    dots: int | None


class RowContent(TypedDict):
    key: str
    name: str | None
    counts: dict[str, int]
    cast: int
    carried: bool


class ChoiceContent(TypedDict):
    """`mark` is how a choice is drawn, see `models.voting.methods.method.Mark`; the rest is what it counted for."""

    value: str
    mark: str
    is_in_favour: bool
    is_abstention: bool


class ReasonContent(TypedDict):
    """`answer` is how an objection was dealt with, None while it was not."""

    choice: str
    text: str
    answer: str | None


class AcknowledgedContent(TypedDict):
    """When whoever led saw more voices than heads; `moment` is one of `models.workshop.voices.Moment`."""

    moment: str
    voices: int
    heads: int


class MethodContent(TypedDict):
    """A method as it was frozen: its `models.voting.methods.method.Look`, and by language what is told of it."""

    look: dict[str, Any]
    words: Mapping[str, Mapping[str, Any]]


class RoundContent(StoredRule):
    """`numbers` is None where fewer than five people voted; `choices` and `reasons` as `models` put them in order.

    `method_as_frozen` stands once in an agenda, under `methods`; `frozen` puts it into each round.
    """

    number: int
    version: int
    method: str
    method_as_frozen: NotRequired[MethodContent | None]
    budget: int | None
    choices: list[ChoiceContent]
    secrecy: str
    decision: str
    place: int | None
    is_tied: bool
    present: int | None
    heads_counted: int | None
    acknowledged: NotRequired[list[AcknowledgedContent]]
    sources: NotRequired[dict[str, int] | None]
    closed_at: str
    numbers: NumbersContent | None
    rows: list[RowContent]
    reasons: list[ReasonContent]
    reasons_hidden: int


class PrincipleContent(TypedDict):
    """`versions` and `rounds` stand oldest first. `came` is missing in what was frozen before it was kept."""

    number: int
    text: str
    version: int
    review_on: str | None
    status: str
    follow_up: str | None
    versions: list[VersionContent]
    sources: list[SourceContent]
    came: NotRequired[list[CameContent]]
    practised_by: list[int]
    rounds: list[RoundContent]


class AgreementContent(TypedDict):
    """The ids are missing in what was frozen before they were kept: then only names tell who is who."""

    number: int
    what: str
    first_step: str
    owner: str | None
    owner_id: NotRequired[int | None]
    owner_accepted: bool
    supporters: list[str]
    supporter_ids: NotRequired[list[int | None]]
    due_on: str | None
    measure: str
    principles: list[int]
    depends_on: list[int]
    sources: list[SourceContent]
    comes_from_mediation: NotRequired[bool]


class CoherenceRow(TypedDict):
    """`cells` holds the numbers of agreements, one list per partner."""

    principle: int
    cells: list[list[int]]


class GapContent(TypedDict, total=False):
    kind: str
    principle_number: int | None
    partner: str | None
    partner_id: int | None
    agreement_number: int | None
    other_agreement_number: int | None
    count: int | None
    month: str | None


class CoherenceContent(TypedDict):
    partners: list[str]
    partner_ids: NotRequired[list[int]]
    rows: list[CoherenceRow]
    gaps: list[GapContent]


class LookContent(TypedDict):
    """How an alliance's document looks: its own colour (`#RRGGBB`), None for ours; the SHA-256 of its logo's PNG.

    `logo` is missing in what was frozen before there were any.
    """

    accent: str | None
    logo: NotRequired[str | None]


class Content(TypedDict):
    """`methods` is missing in what was frozen before an agenda carried them: see `exports.sentences.methods.frozen`.

    `look` is missing in what was frozen before it was kept: then a document has our own colours.
    """

    format: int
    alliance: AllianceContent
    workshop: WorkshopContent
    version: int
    next_meeting_on: str | None
    address: str | None
    participants: ParticipantsContent
    partners: list[PartnerContent]
    principles: list[PrincipleContent]
    not_adopted: list[PrincipleContent]
    agreements: list[AgreementContent]
    coherence: CoherenceContent
    methods: NotRequired[dict[str, MethodContent]]
    look: NotRequired[LookContent]


def frozen(content: Mapping[str, Any]) -> Content:
    """Return `content` as `models.signing.agenda` froze it, with its fields known to the type checker.

    Each round gets its method as the agenda was frozen with it, where it was.
    """
    methods = content.get("methods")
    if methods is None:
        return cast(Content, content)
    told = {
        part: [
            {
                **principle,
                "rounds": [
                    {**round_, "method_as_frozen": methods.get(round_["method"])}
                    for round_ in principle["rounds"]
                ],
            }
            for principle in content[part]
        ]
        for part in ("principles", "not_adopted")
    }
    return cast(Content, {**content, **told})
