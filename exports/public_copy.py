"""The public copy of an agenda: the same agreements, without the names of people.

Organisations and communities stand there by name. Residents who are a partner, and people who offered help, are told
as that: everybody can read the public copy, and it cannot be called back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exports.content import AgreementContent, Content, GapContent
from exports.language import translations
from models.agenda_files import SignatureData
from models.rules.named_people import NamedPerson, Text, named_people
from models.words import PartnerKind


def public_content(content: Content, language: str) -> Content:
    """Return the frozen content as the public copy tells it, with the words for people in `language`."""
    residents = _residents(content, language)
    coherence = content["coherence"]
    return {
        **content,
        "partners": [
            {
                **partner,
                "name": residents.get(partner["name"], partner["name"]),
                "representative": "",
                "role": "",
            }
            for partner in content["partners"]
        ],
        "agreements": [
            _agreement(agreement, content, residents, language) for agreement in content["agreements"]
        ],
        "coherence": {
            **coherence,
            "partners": [residents.get(name, name) for name in coherence["partners"]],
            "gaps": [_gap(gap, residents) for gap in coherence["gaps"]],
        },
    }


def public_signatures(
    signatures: list[SignatureData], content: Content, language: str
) -> list[SignatureData]:
    """Return the partners' answers as the public copy tells them: by whom, without the names of people."""
    residents = _residents(content, language)
    return [
        replace(
            signature,
            partner_name=residents.get(signature.partner_name, signature.partner_name),
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


def _residents(content: Content, language: str) -> dict[str, str]:
    """Return for the name of each resident what stands there instead, with a number where there are several."""
    _ = translations(language).gettext
    names = [partner["name"] for partner in content["partners"] if partner["kind"] == PartnerKind.RESIDENT]
    if len(names) == 1:
        return {names[0]: _("A resident")}
    return {name: _("Resident {number}").format(number=place) for place, name in enumerate(names, start=1)}


def _agreement(
    agreement: AgreementContent, content: Content, residents: dict[str, str], language: str
) -> AgreementContent:
    owner = agreement["owner"]
    return {
        **agreement,
        "owner": residents.get(owner, owner) if owner is not None else None,
        "supporters": _supporters(agreement["supporters"], content, residents, language),
    }


def _supporters(names: list[str], content: Content, residents: dict[str, str], language: str) -> list[str]:
    """Return who helps: partners first; who offered help without being one is counted."""
    ngettext = translations(language).ngettext
    partners = {partner["name"] for partner in content["partners"]}
    told = [
        _inside_a_sentence(residents[name]) if name in residents else name
        for name in names
        if name in partners
    ]
    others = sum(name not in partners for name in names)
    if others:
        told.append(ngettext("{count} participant", "{count} participants", others).format(count=others))
    return told


def _inside_a_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]


def _gap(gap: GapContent, residents: dict[str, str]) -> GapContent:
    partner = gap.get("partner")
    return {**gap, "partner": residents.get(partner, partner)} if partner is not None else gap
