"""The public copy names organisations and communities, and no people."""

import json
from io import BytesIO

import docx
import pytest
from docx.document import Document

from exports.agenda.build import build_agenda
from exports.agenda.public_copy import names_residents, people_in_texts, public_content, public_signatures
from models.agreeing.agreement import show_agreements
from models.agreeing.ownership import ask_owner, offer_help, take_on
from models.basics.words import Copy, Step
from models.example import merenveld as example
from models.signing.content import agenda_content
from models.signing.shape import Content, frozen
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Workshop
from tests.builders import LEADER, make_agreement, make_workshop
from tests.exports.make_agenda import PEN, make_agenda, make_content, make_signatures

HELPER = "Aïcha El Idrissi"


def _content(*residents: str) -> Content:
    """Return the example's agenda with these residents: each is a partner, carries an agreement and helps with one."""
    raw = make_content()
    raw["partners"] = [partner for partner in raw["partners"] if partner["kind"] != "resident"]
    raw["coherence"]["partners"] = [partner["name"] for partner in raw["partners"]]
    for place, name in enumerate(residents):
        raw["partners"].append({"name": name, "kind": "resident", "representative": name, "role": "bewoner"})
        raw["agreements"][place]["owner"] = name
        raw["agreements"][place + 1]["supporters"] = [raw["partners"][0]["name"], name, HELPER]
        raw["coherence"]["partners"].append(name)
        raw["coherence"]["gaps"].append({"kind": "partner without agreement", "partner": name})
    for agreement in raw["agreements"]:
        agreement["what"] = agreement["first_step"] = agreement["measure"] = ""
        if agreement["owner"] == example.ZOE and example.ZOE not in residents:
            agreement["owner"] = None
        agreement["supporters"] = [
            name for name in agreement["supporters"] if name != example.ZOE or example.ZOE in residents
        ]
    return frozen(raw)


def test_one_resident_is_a_resident_wherever_a_name_stood() -> None:
    content = _content(example.ZOE)
    assert json.dumps(content, ensure_ascii=False).count(example.ZOE) >= 5

    public = public_content(content, "nl")

    assert example.ZOE not in json.dumps(public, ensure_ascii=False)
    assert public["partners"][-1]["name"] == public["coherence"]["partners"][-1] == "Een bewoner"
    assert public["agreements"][0]["owner"] == public["coherence"]["gaps"][-1]["partner"] == "Een bewoner"
    assert names_residents(content) and not names_residents(_content())


def test_several_residents_have_a_number_each_the_same_everywhere() -> None:
    content = _content(example.ZOE, "Oğuz Yıldırım")

    public = public_content(content, "en")

    assert [partner["name"] for partner in public["partners"][-2:]] == ["Resident 1", "Resident 2"]
    assert [agreement["owner"] for agreement in public["agreements"][:2]] == ["Resident 1", "Resident 2"]
    assert public["agreements"][2]["supporters"] == [
        content["partners"][0]["name"],
        "resident 2",
        "1 participant",
    ]


def test_who_offered_help_is_counted_and_an_organisation_keeps_its_name_without_its_people() -> None:
    content = _content(example.ZOE)
    organisations = [partner["name"] for partner in content["partners"] if partner["kind"] != "resident"]

    public = public_content(content, "nl")

    written = json.dumps(public, ensure_ascii=False)
    assert HELPER in json.dumps(content, ensure_ascii=False) and HELPER not in written
    assert public["agreements"][1]["supporters"] == [organisations[0], "een bewoner", "1 deelnemer"]
    assert [partner["name"] for partner in public["partners"]][:-1] == organisations
    assert [(partner["representative"], partner["role"]) for partner in public["partners"]] == [
        ("", "") for _ in public["partners"]
    ]


def test_people_of_one_name_stay_apart_and_lend_it_to_no_partner(sqlite: str) -> None:
    room = make_workshop(people=4, partners=["Fatima"], step=Step.AGREE)
    first, second, third = (make_agreement(room, what=f"We eat together {number}.") for number in range(3))
    write(show_agreements, who=LEADER, agreement_ids=[first, second, third])
    write(take_on, participant_id=room.people[0], agreement_id=first, name="Fatima")
    write(take_on, participant_id=room.people[1], agreement_id=second, name="Fatima")
    write(offer_help, participant_id=room.people[2], agreement_id=second, name="Fatima")
    write(ask_owner, who=LEADER, agreement_id=third, partner_id=room.partners["Fatima"])
    with reading() as session:
        content = frozen(
            agenda_content(session, session.get_one(Workshop, room.workshop_id), version=1, address=None)
        )

    public = public_content(content, "en")

    assert [partner["name"] for partner in public["partners"]] == ["Fatima", "Resident 1", "Resident 2"]
    assert [agreement["owner"] for agreement in public["agreements"]] == [
        "Resident 1",
        "Resident 2",
        "Fatima",
    ]
    assert public["agreements"][1]["supporters"] == ["1 participant"]
    assert public["coherence"]["partners"] == ["Fatima", "Resident 1", "Resident 2"]


def test_answers_stand_by_partner_without_names_hands_and_witnesses() -> None:
    content, signatures = frozen(make_content()), make_signatures()
    assert any(signature.drawn == PEN for signature in signatures)

    public = public_signatures(signatures, content, "nl")

    assert [signature.answer for signature in public] == [signature.answer for signature in signatures]
    assert [signature.reservation for signature in public] == [each.reservation for each in signatures]
    assert example.ZOE not in [signature.partner_name for signature in public]
    for signature in public:
        assert (signature.name, signature.role, signature.consent, signature.witness) == ("", "", "", "")
        assert signature.drawn == []


def test_people_inside_texts_are_found_where_the_public_copy_shows_them() -> None:
    content = _content(example.ZOE)
    first = example.ZOE.split()[0]
    content["agreements"][2]["first_step"] = f"{first} vraagt de sleutel, en {HELPER} zet koffie."
    content["principles"][0]["rounds"][0]["reasons"] = [
        {"choice": "concern", "text": f"Dit zei {first} ook.", "answer": None}
    ]
    representative = content["partners"][0]["representative"]

    found = people_in_texts(content, [f"Alleen als {representative} het goedvindt."])

    assert {person.name: person.places for person in found} == {
        example.ZOE: (("principle", 1), ("agreement", 3)),
        representative: (("reservation", None),),
        HELPER: (("agreement", 3),),
    }
    shown = json.dumps(public_content(content, "nl"), ensure_ascii=False)
    assert shown.count(f"{first} vraagt de sleutel") == 1


@pytest.mark.parametrize(("language", "said"), [("nl", "Openbaar exemplaar."), ("en", "Public copy.")])
def test_the_title_page_and_every_foot_say_which_copy_it_is(language: str, said: str) -> None:
    document = make_agenda(language)
    public, partners = (
        docx.Document(BytesIO(build_agenda(document, copy_for))) for copy_for in (Copy.PUBLIC, Copy.PARTNERS)
    )

    def first_page(of: Document) -> str:
        return " ".join(paragraph.text for paragraph in of.paragraphs[:8])

    assert said in first_page(public) and said not in first_page(partners)
    assert said.rstrip(".").lower() in public.sections[0].footer.paragraphs[0].text
    assert said.rstrip(".").lower() not in partners.sections[0].footer.paragraphs[0].text
