"""The files of a startfoto: for who leads only, and nothing in them that is not released."""

import pytest
from starlette.testclient import TestClient

from tests.builders import make_conclusion, make_interview, make_quote, make_startfoto
from tests.builders.startfoto import DRAWS
from tests.phone.conftest import lead
from tests.phone.files.test_lead_files import words

FILES = ["findings.csv", "findings.xlsx", "report.docx"]


@pytest.mark.parametrize("name", FILES)
def test_only_who_leads_gets_them(client: TestClient, name: str) -> None:
    startfoto = make_startfoto()

    refused = client.get(f"/files/startfoto/{startfoto.baseline_id}/{name}")
    lead(client)
    given = client.get(f"/files/startfoto/{startfoto.baseline_id}/{name}")

    assert refused.status_code in (303, 403)
    assert given.status_code == 200
    assert name.rsplit(".")[1] in given.headers["content-disposition"]


def test_no_word_of_what_is_not_released_leaves_the_house(client: TestClient) -> None:
    startfoto = make_startfoto()
    quote = make_quote(make_interview(startfoto), DRAWS)
    make_conclusion(startfoto, "Alleen één medewerker helpt.", supporting=[quote])
    lead(client)

    table = client.get(f"/files/startfoto/{startfoto.baseline_id}/findings.csv").text
    report = words(client.get(f"/files/startfoto/{startfoto.baseline_id}/report.docx").content)

    assert "(mag nog niet mee)" in table
    assert "Alleen één medewerker helpt." in report
    assert "Samira" not in table + report


@pytest.mark.parametrize("asked", ["0", "nul", "99"])
def test_a_startfoto_that_there_is_not_is_not_found(client: TestClient, asked: str) -> None:
    lead(client)

    assert client.get(f"/files/startfoto/{asked}/findings.csv").status_code == 404
