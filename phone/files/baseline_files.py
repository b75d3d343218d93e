"""Files of a startfoto for who leads: its findings as a workbook and as CSV, and its report."""

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports.baseline.findings import findings_csv, findings_workbook
from exports.baseline.report import build_report
from exports.language import translations
from models.alliance.alliance import read_alliance
from models.baseline.views import FindingTold, findings_told
from models.basics.codes import whole_number
from models.basics.errors import NotFound
from models.reports.freezing import draft_document, report_document
from models.storage.database import reading
from models.storage.finding import existing
from models.tables import Alliance, Baseline
from phone.files.word_file import download_of, word_file
from phone.serving.request import language_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def findings_as_workbook(request: Request) -> Response:
    """GET /files/startfoto/{baseline}/findings.xlsx: every finding; without its words what is not released."""
    found, alliance, number = _findings(request)
    return download_of(
        findings_workbook(found, alliance.language), f"{_name(request)}-{number}.xlsx", media_type=XLSX
    )


def findings_as_csv(request: Request) -> Response:
    """GET /files/startfoto/{baseline}/findings.csv: the same, without a formula in it."""
    found, alliance, number = _findings(request)
    return download_of(
        findings_csv(found, alliance.language),
        f"{_name(request)}-{number}.csv",
        media_type="text/csv; charset=utf-8",
    )


def report(request: Request) -> Response:
    """GET /files/startfoto/{baseline}/report.docx: the newest edition, with `draft=1` as it would be frozen now."""
    is_draft = request.query_params.get("draft") == "1"
    with reading() as session:
        baseline = _baseline(request, session)
        found = draft_document(session, baseline.id) if is_draft else report_document(session, baseline.id)
    _ = translations(language_of(request)).gettext
    name = _("baseline-report")
    return word_file(build_report(found), f"{name}-{found.content['number']}.{found.content['edition']}.docx")


def _baseline(request: Request, session: Session) -> Baseline:
    identifier = whole_number(request.path_params["baseline"])
    if identifier is None:
        raise NotFound("baseline")
    return existing(session, Baseline, identifier)


def _findings(request: Request) -> tuple[list[FindingTold], Alliance, int]:
    with reading() as session:
        baseline = _baseline(request, session)
        return (
            findings_told(session, baseline.id),
            read_alliance(session, baseline.alliance_id),
            baseline.number,
        )


def _name(request: Request) -> str:
    return translations(language_of(request)).gettext("findings")


routes = [
    Route("/files/startfoto/{baseline}/findings.xlsx", findings_as_workbook, methods=["GET"]),
    Route("/files/startfoto/{baseline}/findings.csv", findings_as_csv, methods=["GET"]),
    Route("/files/startfoto/{baseline}/report.docx", report, methods=["GET"]),
]
