"""A party without a phone: the page on which its mediator types and records, and the sheets that the party signs."""

from datetime import date, datetime

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from exports.language import day
from exports.sentences.mediation import SHEETS, mandate_choices, sheet_says
from models.basics.clock import now
from models.basics.codes import whole_number
from models.basics.errors import NotFound, NotYours
from models.mediation import own_texts
from models.mediation.acting import OnPaper
from models.mediation.opened import Opened
from models.mediation.texts import Text
from models.mediation.views import Inside
from phone.mediation.shared import back_to
from phone.mediation.visit import Visit, drawn, number_in, text_in
from phone.serving.request import field


def paper_in(form: FormData) -> OnPaper | None:
    """Return for which party without a phone a form was sent, and when that signed; None where it is one's own."""
    party_id = whole_number(field(form, "paper"))
    if not party_id:
        return None
    try:
        signed_on = date.fromisoformat(text_in(form, "signed_on"))
    except ValueError:
        signed_on = None
    return OnPaper(party_id, signed_on)


def confirm(request: Request, opened: Opened, form: FormData) -> Response | None:
    """POST …/confirm: `paper`, `signed_on`, `item`, `version`: the party signed exactly this."""
    paper = paper_in(form)
    if paper is None:
        raise NotFound("mediation party")
    own_texts.confirm_text(
        opened, item=text_in(form, "item"), version=number_in(form, "version"), paper=paper
    )
    return None


def asked_paper(visit: Visit) -> int | None:
    """Return of which party without a phone the page is asked for."""
    typed = visit.typed.values
    if "paper" in typed and "band" not in typed:
        return whole_number(typed["paper"])
    return whole_number(visit.request.query_params.get("paper"))


def paper_page(visit: Visit, party_id: int) -> Response | None:
    """Return the page of a party without a phone, or with `?sheet=` the sheet that it signs. A GET only shows.

    None where there is no such party.
    """
    try:
        theirs = visit.seen.as_party(party_id)
    except (NotYours, NotFound):
        return None
    asks = visit.request.query_params
    if (sheet := asks.get("sheet", "")) in SHEETS and visit.problem is None:
        return _sheet(visit, theirs, party_id, sheet, asks.get("item", ""))
    return drawn(
        visit,
        "mediation_paper.html",
        theirs=theirs,
        party=theirs.party(party_id),
        accepting=visit.accepting,
        mandates=mandate_choices(visit.language),
        today=now().date().isoformat(),
        on_day=lambda signed: day(date.fromisoformat(signed), visit.language, style="long"),
    )


def _sheet(visit: Visit, theirs: Inside, party_id: int, sheet: str, item: str) -> Response:
    text = next((one for one in theirs.texts if one.item == item), None)
    shows = _shown(theirs, sheet, text)
    if not shows and sheet != "accept":
        return back_to(visit.token, f"?paper={party_id}")
    return drawn(
        visit,
        "mediation_sheet.html",
        theirs=theirs,
        party=theirs.party(party_id),
        kind=sheet,
        says=sheet_says(sheet, visit.language),
        shows=shows,
        written=datetime.fromisoformat(text.content.at) if text and sheet == "text" else None,
        accepting=visit.accepting if sheet == "accept" else [],
        mandates=mandate_choices(visit.language),
    )


def _shown(theirs: Inside, sheet: str, text: Text | None) -> list[Text]:
    """Return the exact texts of a sheet: what waits to be read, or the one that it is about."""
    if sheet == "read":
        return theirs.unopened
    return [text] if text is not None and text.text else []
