"""A believable agenda of six principles, nine agreements and eight partners, as plain data."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from models.basics.words import Answer
from models.example import merenveld as example
from models.signing.files import AgendaDocument, SignatureData

FROZEN_AT = datetime(2026, 11, 12, 20, 2, tzinfo=UTC)
CLOSED_AT = datetime(2026, 11, 12, 20, 30, tzinfo=UTC)
ADDRESS = "https://merenveld.example"
WORDS = ("appel", "rivier", "lantaarn", "winter", "kompas", "brood")
ROWS = [("1", "Bewoners", 24), ("2", "Gemeenschappen", 14), ("3", "Organisaties", 9), ("other", None, 13)]
# Per principle, round by round: agree, concern, objection.
VOTES = {
    1: [(59, 1, 0)],
    2: [(57, 3, 0)],
    3: [(57, 1, 2), (59, 1, 0)],
    4: [(57, 2, 1)],
    5: [(57, 3, 0)],
    6: [(44, 1, 15)],
}
RESERVATION = "onder voorbehoud van besluit door bestuur of college"
DECLINED_BECAUSE = "Onze leden praten hier eerst over."
WITNESS = "Joël van der Meulen"
CONSENT = "Ik heb deze alliantieagenda gelezen. Ik ga akkoord met de afspraken die bij ons staan."
# Per partner, in the order of the example: the answer, what was added to it, whether it is drawn, the witness.
ANSWERS: list[tuple[Answer | None, str, bool, str]] = [
    (Answer.RESERVED, RESERVATION, True, ""),
    (Answer.SIGNED, "", True, ""),
    (Answer.SIGNED, "", True, ""),
    (None, "", False, ""),
    (Answer.SIGNED, "", False, ""),
    (Answer.DECLINED, DECLINED_BECAUSE, False, ""),
    (Answer.SIGNED, "", False, ""),
    (Answer.SIGNED, "", True, WITNESS),
]
PEN = [
    [40, 140, 56, 60, 104, 36, 116, 40, 132, 46, 100, 144, 120, 144, 136, 144, 156, 84, 172, 84, 190, 90],
    [172, 84, 172, 136, 192, 136, 212, 136, 220, 76, 236, 76, 248, 80, 232, 132, 252, 132, 290, 20, 330, 120],
    [330, 120, 360, 150, 420, 60, 560, 70],
]


def make_numbers(agree: int, concern: int, objection: int) -> dict[str, Any]:
    cast = agree + concern + objection
    return {
        "cast": cast,
        "counts": {"agree": agree, "concern": concern, "objection": objection},
        "counted": cast,
        "in_favour": agree + concern,
        "share_reached": 100 * (agree + concern) // cast,
        "beyond": None,
        "dots": None,
    }


def make_round(
    number: int, version: int = 1, *, agree: int, concern: int = 0, objection: int = 0
) -> dict[str, Any]:
    """Return a round under "no open objections", its votes spread over four rows."""
    left = {"agree": agree, "concern": concern, "objection": objection}
    rows = []
    for key, name, size in ROWS:
        counts = {"agree": 0, "concern": 0, "objection": 0}
        for choice in ("objection", "concern", "agree"):
            counts[choice] = min(
                left[choice] if key == "other" else (left[choice] + 1) // 2, size - sum(counts.values())
            )
            left[choice] -= counts[choice]
        rows.append(
            {"key": key, "name": name, "counts": counts, "cast": sum(counts.values()), "carried": True}
        )
    return {
        "number": number,
        "version": version,
        "method": "consent",
        "rule": "no open objections",
        "share": None,
        "quorum": None,
        "level": None,
        "tolerated": None,
        "top": None,
        "budget": None,
        "choices": [
            {
                "value": choice,
                "mark": choice,
                "is_in_favour": choice != "objection",
                "is_abstention": False,
            }
            for choice in ("agree", "concern", "objection")
        ],
        "place": None,
        "is_tied": False,
        "secrecy": "anonymous",
        "decision": "not adopted" if objection else "adopted",
        "present": 61,
        "heads_counted": 61,
        "closed_at": "2026-11-12T19:10:00Z",
        "numbers": make_numbers(agree, concern, objection),
        "rows": rows,
        "reasons": [],
        "reasons_hidden": 0,
    }


def _reasons(choice: str, texts: Iterable[str | None]) -> list[dict[str, Any]]:
    return [{"choice": choice, "text": text, "answer": None} for text in texts if text]


def make_principle(number: int, **changes: Any) -> dict[str, Any]:
    """Return principle `number` of the example, voted on once or twice."""
    found = example.PRINCIPLES[number - 1]
    versions = [{"version": 1, "text": found.text, "why": ""}]
    first, *later = VOTES[number]
    rounds = [make_round(number, agree=first[0], concern=first[1], objection=first[2])]
    rounds[0]["reasons"] = _reasons("objection", found.ballots.objections.values())
    rounds[0]["reasons"] += _reasons("concern", found.ballots.concerns.values())
    if found.reworded:
        versions.append({"version": 2, "text": found.reworded, "why": found.why})
        rounds.append(make_round(7, 2, agree=later[0][0], concern=later[0][1], objection=later[0][2]))
        rounds[1]["reasons"] = _reasons("concern", found.ballots_on_reworded.concerns.values())
    principle: dict[str, Any] = {
        "number": number,
        "text": versions[-1]["text"],
        "version": len(versions),
        "review_on": None,
        "status": "adopted",
        "follow_up": None,
        "versions": versions,
        "sources": [
            {"text": example.PROPOSALS[place].text, "support": example.PROPOSALS[place].supporters}
            for place in found.sources
        ],
        "came": [{"kind": "group", "name": "Gemeenschappen", "proposals": len(found.sources)}],
        "practised_by": [
            place for place, agreement in enumerate(example.AGREEMENTS, 1) if number in agreement.principles
        ],
        "rounds": rounds,
    }
    return principle | changes


def make_agreements() -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "what": found.what,
            "first_step": found.first_step,
            "owner": found.owner,
            "owner_accepted": found.owner is not None and found.is_accepted,
            "supporters": found.supporters,
            "due_on": f"2027-0{number}-15" if found.due_in is not None else None,
            "measure": found.measure,
            "principles": found.principles,
            "depends_on": found.depends_on,
            "sources": [],
        }
        for number, found in enumerate(example.AGREEMENTS, 1)
    ]


def make_coherence(agreements: Sequence[dict[str, Any]]) -> dict[str, Any]:
    partners = [partner.name for partner in example.PARTNERS]
    return {
        "partners": partners,
        "rows": [
            {
                "principle": number,
                "cells": [
                    [
                        each["number"]
                        for each in agreements
                        if number in each["principles"] and partner in [each["owner"], *each["supporters"]]
                    ]
                    for partner in partners
                ],
            }
            for number in range(1, 6)
        ],
        "gaps": [
            {"kind": "partner without agreement", "partner": example.SYRIAN_HOUSE},
            {"kind": "no owner", "agreement_number": 9},
            {"kind": "due before what it depends on", "agreement_number": 5, "other_agreement_number": 4},
            {
                "kind": "too much in one month",
                "partner": example.GEMEENTE,
                "count": 4,
                "month": "2027-02",
            },
        ],
    }


def make_content(language: str = "nl") -> dict[str, Any]:
    agreements = make_agreements()
    fourth = make_principle(4, review_on="2027-05-20")
    fourth["rounds"][0] |= {"rule": "without objection", "share": 90, "quorum": 50, "decision": "adopted"}
    fifth = make_principle(5)
    fifth["rounds"][0]["reasons_hidden"] = 2
    return {
        "format": 1,
        "alliance": {
            "name": example.ALLIANCE_NAME,
            "place": example.PLACE,
            "purpose": example.PURPOSE,
            "language": language,
            "time_zone": example.TIME_ZONE,
            "contact": example.CONTACT,
        },
        "workshop": {"venue": example.VENUE, "held_on": "2026-11-12"},
        "version": 1,
        "next_meeting_on": "2027-02-11",
        "address": ADDRESS,
        "participants": {
            "total": 60,
            "groups": [
                {"name": "Bewoners", "count": 24},
                {"name": "Gemeenschappen", "count": 13},
                {"name": "Organisaties", "count": 9},
                {"name": "Gemeente", "count": 7},
                {"name": "Ondernemers", "count": 3},
            ],
            "without_group": 4,
            "heads_counted": 61,
            "sources": {"phone": 56, "shared": 1, "paper": 3},
        },
        "partners": [
            {
                "name": partner.name,
                "kind": partner.kind,
                "representative": partner.representative,
                "role": partner.role,
            }
            for partner in example.PARTNERS
        ],
        "principles": [make_principle(1), make_principle(2), make_principle(3), fourth, fifth],
        "not_adopted": [make_principle(6, status="not adopted", follow_up="minority report")],
        "agreements": agreements,
        "coherence": make_coherence(agreements),
    }


def make_signatures(*, with_drawings: bool = True) -> list[SignatureData]:
    """Return one answer per partner; the Raad van Kerken has not answered."""
    signatures = []
    for minute, (partner, said) in enumerate(zip(example.PARTNERS, ANSWERS, strict=True)):
        answer, added, is_drawn, witness = said
        signatures.append(
            SignatureData(
                partner_name=partner.name,
                partner_kind=partner.kind,
                answer=answer,
                name=partner.representative if answer else "",
                role=partner.role if answer else "",
                reservation=added,
                consent=CONSENT if answer in (Answer.SIGNED, Answer.RESERVED) else "",
                drawn=PEN if is_drawn and with_drawings else [],
                witness=witness,
                signed_at=datetime(2026, 11, 12, 20, 14 + minute, tzinfo=UTC) if answer else None,
            )
        )
    return signatures


def make_agenda(language: str = "nl", **changes: Any) -> AgendaDocument:
    """Return a closed agenda; `changes` are fields of the document."""
    content = changes.pop("content", None) or make_content(language)
    document = AgendaDocument(
        content=content,
        version=1,
        edition=1,
        sha256=sha256(repr(content).encode()).hexdigest(),
        frozen_at=FROZEN_AT,
        closed_at=CLOSED_AT,
        signatures=make_signatures(),
        public_url=f"{ADDRESS}/d/EXAMPLE",
        check_url=f"{ADDRESS}/check",
    )
    return replace(document, **changes)


_KINDS = (
    ("organisation", "Stichting"), ("community", "Wijkraad"), ("organisation", "Vereniging"),
    ("community", "Raad van Moskeeën"), ("organisation", "Zorggroep"), ("resident", "Zoë"),
)  # fmt: skip
_PLACES = (
    "De Veerkade", "Overwater", "Het Groene Hart", "Jaskółka", "Zuiderpolder", "De Kolk", "Rīm", "Hoog Oost",
    "De Tuinen", "Meerzicht",
)  # fmt: skip


def make_partner(place: int) -> dict[str, Any]:
    """Return a partner with a name of its own."""
    kind, first = _KINDS[place % len(_KINDS)]
    name = f"{first} {_PLACES[place % len(_PLACES)]} {place + 1}"
    person = example.PARTNERS[place % len(example.PARTNERS)]
    return {
        "id": place + 1,
        "name": name,
        "kind": kind,
        "representative": person.representative,
        "role": person.role,
    }


def make_large_agenda(
    times: int = 1, *, partners: int = 60, principles: int = 20, agreements: int = 40, language: str = "nl"
) -> AgendaDocument:
    """Return an agenda of many partners, all of whom drew a signature of their own; everything `times` as many."""
    content = make_content(language) | {"format": 3}
    content["partners"] = [make_partner(place) for place in range(times * partners)]
    names = [partner["name"] for partner in content["partners"]]
    adopted = content["principles"]
    content["principles"] = [
        adopted[place % len(adopted)]
        | {
            "number": place + 1,
            "practised_by": [
                2 * place + 1 + each for each in range(2) if 2 * place + each < times * agreements
            ],
        }
        for place in range(times * principles)
    ]
    made = content["agreements"]
    content["agreements"] = [
        made[place % len(made)]
        | {
            "number": place + 1,
            "owner": names[place % len(names)],
            "owner_accepted": place % 7 > 0,
            "supporters": [names[(place + 7) % len(names)], names[(place + 19) % len(names)]],
            "due_on": f"2027-{place % 9 + 1:02d}-15",
            "principles": [place // 2 % (times * principles) + 1],
            "depends_on": [place] if place % 5 == 4 else [],
        }
        for place in range(times * agreements)
    ]
    content["coherence"] = _coherence_of(content["principles"], content["agreements"], names)
    content["coherence"]["gaps"] = [
        {"kind": "partner without agreement", "partner": name} for name in names[times * agreements + 20 :]
    ]
    signatures = [
        SignatureData(
            partner_name=partner["name"],
            partner_kind=partner["kind"],
            partner_id=partner["id"],
            answer=Answer.RESERVED if place % 12 == 5 else Answer.SIGNED,
            name=partner["representative"],
            role=partner["role"],
            reservation=RESERVATION if place % 12 == 5 else "",
            consent=f"Ik heb deze alliantieagenda gelezen. {partner['name']} gaat akkoord, en ik mag tekenen.",
            drawn=[
                [number * (place + 3) % 600 if at % 2 == 0 else number for at, number in enumerate(PEN[0])],
                *PEN[1:],
            ],
            signed_at=datetime(2026, 11, 12, 20, 14, place % 60, tzinfo=UTC),
        )
        for place, partner in enumerate(content["partners"])
    ]
    return make_agenda(content=content, signatures=signatures, control_words=WORDS)


def _coherence_of(
    principles: Sequence[dict[str, Any]], agreements: Sequence[dict[str, Any]], names: list[str]
) -> dict[str, Any]:
    places = {name: place for place, name in enumerate(names)}
    rows = [{"principle": principle["number"], "cells": [[] for _name in names]} for principle in principles]
    for agreement in agreements:
        for principle in agreement["principles"]:
            for name in (agreement["owner"], *agreement["supporters"]):
                rows[principle - 1]["cells"][places[name]].append(agreement["number"])
    return {"partners": names, "rows": rows, "gaps": []}
