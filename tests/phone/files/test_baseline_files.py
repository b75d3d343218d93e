"""The files of a startfoto: for who leads only, and nothing in them that is not released."""

import pytest
from starlette.testclient import TestClient

from models.reports.freezing import complete_words, freeze_report
from models.storage.writing import write
from models.tables import BaselineReport
from tests.builders import (
    LEADER,
    make_conclusion,
    make_interview,
    make_quote,
    make_startfoto,
    rows_of,
)
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


def test_anybody_may_ask_whether_a_report_is_genuine_by_its_file_or_its_code(client: TestClient) -> None:
    startfoto = make_startfoto()
    make_conclusion(startfoto, "Brieven zijn te lang.")
    complete_words(write(freeze_report, who=LEADER, baseline_id=startfoto.baseline_id).report_id)
    lead(client)
    content = client.get(f"/files/startfoto/{startfoto.baseline_id}/report.docx").content
    client.cookies.clear()
    [report] = rows_of(BaselineReport)

    by_file = client.post(
        "/check", files={"file": ("verslag.docx", content)}, headers={"Accept": "application/json"}
    ).json()
    by_code = client.get("/check", params={"code": report["sha256"][:8]})

    assert (by_file["known"], by_file["document"], by_file["edition"]) == (True, "baseline report", 1)
    assert " ".join(by_file["control_words"]) == report["control_words"]
    assert "edition 1" in by_code.text
