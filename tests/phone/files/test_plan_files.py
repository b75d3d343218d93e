"""The plan of approach as a file: for who leads only, and the map of who matters only where it is asked for."""

import pytest
from starlette.testclient import TestClient

from models.alliance.stakeholders import add_stakeholder
from models.storage.writing import write
from tests.builders import LEADER, make_alliance
from tests.phone.conftest import lead
from tests.phone.files.test_lead_files import words


def test_only_who_leads_gets_the_plan_and_the_map_only_when_it_is_asked_for(client: TestClient) -> None:
    room = make_alliance()
    write(
        add_stakeholder,
        who=LEADER,
        alliance_id=room.alliance_id,
        name="Jongeren Oost",
        kind="residents",
        influence=1,
        touched=5,
        attitude="doubts",
    )
    address = f"/files/plan/{room.alliance_id}/plan.docx"

    refused = client.get(address)
    lead(client)
    given, with_map = client.get(address), client.get(f"{address}?map=1")

    assert refused.status_code in (303, 403)
    assert (given.status_code, with_map.status_code) == (200, 200)
    assert ".docx" in given.headers["content-disposition"]
    assert "Jongeren Oost" not in words(given.content)
    assert "Jongeren Oost" in words(with_map.content)


@pytest.mark.parametrize("asked", ["0", "nul", "99"])
def test_a_plan_that_there_is_not_is_not_found(client: TestClient, asked: str) -> None:
    lead(client)

    assert client.get(f"/files/plan/{asked}/plan.docx").status_code == 404
