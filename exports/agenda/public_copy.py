"""The public copy of an agenda: the same agreements, without the names of people.

Organisations and communities stand there by name. Residents who are a partner, and people who offered help, are told
as that: everybody can read the public copy, and it cannot be called back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from exports.language import in_a_sentence, translations
from models.agreeing.named_people import NamedPerson, Text, named_people
from models.basics.words import PartnerKind
from models.signing.files import SignatureData
from models.signing.shape import AgreementContent, Content, GapContent


def public_content(content: Content, language: str) -> Content:
    """Return the frozen content as the public copy tells it, with the words for people in `language`."""
    people = _People.of(content, language)
    coherence = content["coherence"]
    ids = coherence.get("partner_ids", [partner.get("id") for partner in content["partners"]])
    return {
        **content,
        "partners": [
            {
                **partner,
                "name": people.told(partner["name"], partner.get("id")),
                "representative": "",
                "role": "",
            }
            for partner in content["partners"]
        ],
        "agreements": [_agreement(agreement, people, language) for agreement in content["agreements"]],
        "coherence": {
            **coherence,
            "partners": [
                people.told(name, partner_id)
                for name, partner_id in zip_longest(coherence["partners"], ids[: len(coherence["partners"])])
            ],
            "gaps": [_gap(gap, people) for gap in coherence["gaps"]],
        },
    }


def public_signatures(
    signatures: list[SignatureData], content: Content, language: str
) -> list[SignatureData]:
    """Return the partners' answers as the public copy tells them: by whom, without the names of people."""
    people = _People.of(content, language)
    return [
        replace(
            signature,
            partner_name=people.told(signature.partner_name, signature.partner_id),
            name="",
            role="",
            consent="",
            drawn=[],
            witness="",
        )
        for signature in signatures
    ]


def people_in_texts(content: Content, reservations: Sequence[str] = ()) -> list[NamedPerson]:
    """Return the people whose names stand inside texts of the public copy: those it leaves out elsewhere.

    These are the partners' representatives, residents who are a partner, and who offered help. `reservations` are what
    partners wrote beside their answer.
    """
    organisations = [
        partner["name"] for partner in content["partners"] if partner["kind"] != PartnerKind.RESIDENT
    ]
    people = [partner["name"] for partner in content["partners"] if partner["kind"] == PartnerKind.RESIDENT]
    people += [partner["representative"] for partner in content["partners"]]
    people += [
        name
        for agreement in content["agreements"]
        for name in agreement["supporters"]
        if name not in organisations
    ]
    return named_people(
        [*_texts(content), *(Text(text, "reservation") for text in reservations)], people, organisations
    )


def _texts(content: Content) -> Iterator[Text]:
    """Yield everything that people typed and that the public copy shows as it is."""
    yield Text(content["alliance"]["purpose"], "purpose")
    for principle in [*content["principles"], *content["not_adopted"]]:
        said = [principle["text"], *(source["text"] for source in principle["sources"])]
        said += [text for version in principle["versions"] for text in (version["text"], version["why"])]
        said += [
            text
            for round_ in principle["rounds"]
            for reason in round_["reasons"]
            for text in (reason["text"], reason["answer"] or "")
        ]
        yield from (Text(text, "principle", principle["number"]) for text in said)
    for agreement in content["agreements"]:
        said = [agreement["what"], agreement["first_step"], agreement["measure"]]
        yield from (Text(text, "agreement", agreement["number"]) for text in said)


def names_residents(content: Content) -> bool:
    """Return whether a resident is a partner, so that the copy has to say why a name is missing."""
    return any(partner["kind"] == PartnerKind.RESIDENT for partner in content["partners"])


@dataclass(frozen=True)
class _People:
    """What stands in the copy instead of a resident's name: by the partner's id, since names may be alike.

    By name only what was frozen before ids were kept beside names; who is called like a resident is then told as one.
    """

    by_id: dict[int, str]
    by_name: dict[str, str]
    partner_names: frozenset[str]

    @classmethod
    def of(cls, content: Content, language: str) -> "_People":
        _ = translations(language).gettext
        residents = [partner for partner in content["partners"] if partner["kind"] == PartnerKind.RESIDENT]
        labels = [_("Resident {number}").format(number=place) for place in range(1, len(residents) + 1)]
        if len(labels) == 1:
            labels = [_("A resident")]
        told = list(zip(residents, labels, strict=True))
        return cls(
            {partner["id"]: label for partner, label in told if "id" in partner},
            {partner["name"]: label for partner, label in told},
            frozenset(partner["name"] for partner in content["partners"]),
        )

    def told(self, name: str, partner_id: int | None) -> str:
        """Return how the copy names a partner."""
        if partner_id is None:
            return self.by_name.get(name, name)
        return self.by_id.get(partner_id, name)

    def is_resident(self, name: str, partner_id: int | None) -> bool:
        return partner_id in self.by_id if partner_id is not None else name in self.by_name


def _agreement(agreement: AgreementContent, people: _People, language: str) -> AgreementContent:
    owner = agreement["owner"]
    return {
        **agreement,
        "owner": people.told(owner, agreement.get("owner_id")) if owner is not None else None,
        "supporters": _supporters(agreement, people, language),
    }


def _supporters(agreement: AgreementContent, people: _People, language: str) -> list[str]:
    """Return who helps: partners first; who offered help without being one is counted."""
    ngettext = translations(language).ngettext
    names = agreement["supporters"]
    ids = agreement.get("supporter_ids")
    helpers = (
        [(name, None) for name in names if name in people.partner_names]
        if ids is None
        else [(name, each) for name, each in zip(names, ids, strict=True) if each is not None]
    )
    told = [
        in_a_sentence(people.told(name, each)) if people.is_resident(name, each) else name
        for name, each in helpers
    ]
    others = len(names) - len(helpers)
    if others:
        told.append(ngettext("{count} participant", "{count} participants", others).format(count=others))
    return told


def _gap(gap: GapContent, people: _People) -> GapContent:
    partner = gap.get("partner")
    return {**gap, "partner": people.told(partner, gap.get("partner_id"))} if partner is not None else gap
