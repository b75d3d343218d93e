"""Files for who leads: the agenda in each kind, badges and ballot sheets.

Links of our own, since they stay the same however often the page around them is drawn again: a file that Streamlit
offers is gone as soon as news of the room draws its button anew.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports.evening.evening_report import build_evening
from exports.formats.formats import Format, agenda_as
from exports.handouts.badges import Badge, Meeting, build_badges
from exports.handouts.ballot_sheets import MOST_TEXTS, Question, Sheet, build_ballot_sheets
from exports.handouts.partner_links import LinkCard, build_partner_links
from exports.handouts.seats import SeatedPerson, build_seat_cards, build_seat_list, build_table_cards
from exports.language import translations
from models.alliance.alliance import read_alliance
from models.alliance.partner import partner_token, read_partners
from models.basics.clock import now
from models.basics.codes import whole_number
from models.basics.errors import InvalidValue, NotFound
from models.basics.words import Copy
from models.encounters.document import evening_document
from models.encounters.evening import read_evening
from models.encounters.seating.tables import tables_for
from models.encounters.views import planned_rounds, tables_of_round
from models.installation.address import join_url, partner_url, public_address, short_address
from models.server_key import link_can_be_shown
from models.signing.agenda import read_agenda
from models.storage.database import reading
from models.tables import Alliance, Workshop
from models.voting.methods import USUAL
from models.voting.principles import list_principles
from models.voting.questions import VOTABLE
from models.voting.round_views import read_round
from models.workshop.people import ParticipantRow, list_participants, who_votes_on_paper, with_unused_code
from models.workshop.workshop import workshop_with
from phone.files.word_file import agenda_file, word_file
from phone.serving.request import language_of


def agenda(request: Request) -> Response:
    """GET /files/{code}/agenda.{format}: the newest agenda. `copy` is `partners` or `public`.

    The kept bytes; while signing is open a file made now, which says so.
    """
    _, workshop, alliance, _ = _led(request)
    copy_for = request.query_params.get("copy", Copy.PARTNERS)
    if copy_for not in set(Copy):
        raise InvalidValue("copy", copy_for)
    format = request.path_params["format"]
    if format not in set(Format):
        raise NotFound("file")
    with reading() as session:
        newest = read_agenda(session, workshop.id)
    if newest is None:
        raise NotFound("agenda")
    given = agenda_as(newest.id, Copy(copy_for), Format(format))
    return agenda_file(
        request,
        alliance,
        given.content,
        version=newest.version,
        edition=given.edition,
        copy=Copy(copy_for),
        format=Format(format),
    )


def badges(request: Request) -> Response:
    """GET /files/{code}/badges.docx: badges for codes that nobody used yet, with `qr=1` with a QR code to join."""
    address, workshop, alliance, people = _led(request)
    has_qr = request.query_params.get("qr") == "1" and address is not None
    cards = [
        Badge(
            one.personal_code,
            one.group,
            join_url(address, workshop.code, one.personal_code) if has_qr and address else None,
        )
        for one in with_unused_code(people)
    ]
    _ = translations(language_of(request)).gettext
    name = _("badges")
    return word_file(
        build_badges(_meeting(address, workshop, alliance), cards), f"{name}-{workshop.code}.docx"
    )


def ballot_sheets(request: Request) -> Response:
    """GET /files/{code}/ballot-sheets.docx: a sheet for each code that votes on paper.

    `round` is the round whose texts stand on it; else `lines` is how many texts the sheet leaves room for; else they
    are the texts as they are worded now. Both of these are for a round in the usual way.
    """
    address, workshop, alliance, people = _led(request)
    _ = translations(language_of(request)).gettext
    sheets = [Sheet(one.personal_code, one.number, one.group) for one in who_votes_on_paper(people)]
    content = build_ballot_sheets(_meeting(address, workshop, alliance), _question(request, workshop), sheets)
    name = _("ballot-sheets")
    return word_file(content, f"{name}-{workshop.code}.docx")


def partner_links(request: Request) -> Response:
    """GET /files/{code}/partner-links.docx: a card with the personal link of each partner, to cut and hand out."""
    address, workshop, alliance, _people = _led(request)
    if address is None:
        raise NotFound("address")
    with reading() as session:
        partners = read_partners(session, alliance.id)
    cards = [
        LinkCard(
            partner.name,
            partner.kind,
            "" if partner.representative == partner.name else partner.representative,
            partner_url(address, partner_token(partner)),
        )
        for partner in partners
        # What would not open is on no sheet.
        if link_can_be_shown(partner)
    ]
    _ = translations(language_of(request)).gettext
    name = _("partner-links")
    content = build_partner_links(_meeting(address, workshop, alliance), cards)
    return word_file(content, f"{name}-{workshop.code}.docx")


def seats(request: Request) -> Response:
    """GET /files/{code}/seats.docx: an evening at mixed tables on paper.

    `what` is `tables` (also where nothing is asked), `people` (with `all=1` also who has a phone) or `list`.
    """
    address, workshop, alliance, people = _led(request)
    with reading() as session:
        evening = read_evening(session, workshop.id)
        planned = [
            tables_of_round(session, workshop.id, number) for number in planned_rounds(session, workshop.id)
        ]
    rounds = [
        {person.participant_id: table.number for table in tables for person in table.people}
        for tables in planned
    ]
    hosts = [{table.host for table in tables} for tables in planned]
    seated = [
        SeatedPerson(
            one.number,
            one.name,
            one.group,
            [seats.get(one.id) for seats in rounds],
            [number for number, badges in enumerate(hosts, start=1) if one.number in badges],
        )
        for one in people
        if one.left_at is None
    ]
    without_phone = {one.number for one in people if not one.has_phone}
    _ = translations(language_of(request)).gettext
    names = {"tables": _("table-cards"), "cards": _("seat-cards"), "list": _("seat-list")}
    meeting = _meeting(address, workshop, alliance)
    match request.query_params.get("what", "tables"):
        case "tables":
            tables = evening.tables or tables_for(len(seated), evening.table_size)
            return word_file(build_table_cards(meeting, tables), f"{names['tables']}-{workshop.code}.docx")
        case "people":
            wanted = request.query_params.get("all") == "1"
            cards = [one for one in seated if wanted or one.number in without_phone]
            return word_file(build_seat_cards(meeting, cards), f"{names['cards']}-{workshop.code}.docx")
        case "list":
            return word_file(build_seat_list(meeting, seated), f"{names['list']}-{workshop.code}.docx")
        case what:
            raise InvalidValue("what", what)


def evening(request: Request) -> Response:
    """GET /files/{code}/evening.docx: what an evening at mixed tables did, as the page and the projector show it."""
    with reading() as session:
        workshop = workshop_with(session, request.path_params["code"])
        found = evening_document(session, workshop.id)
    name = translations(language_of(request)).gettext("evening")
    return word_file(build_evening(found), f"{name}-{workshop.code}.docx")


def _led(request: Request) -> tuple[str | None, Workshop, Alliance, list[ParticipantRow]]:
    """Return the public address, the workshop of the path, its alliance and its people.

    Raises `NotFound`.
    """
    with reading() as session:
        workshop = workshop_with(session, request.path_params["code"])
        return (
            public_address(session),
            workshop,
            read_alliance(session, workshop.alliance_id),
            list_participants(session, workshop.id),
        )


def _question(request: Request, workshop: Workshop) -> Question:
    query = request.query_params
    choices = USUAL.choices
    if "round" in query:
        with reading() as session:
            asked = read_round(session, whole_number(query["round"]) or 0)
        if asked.workshop_id != workshop.id:
            raise NotFound("round")
        return Question([item.text for item in asked.items], asked.method, asked.choices, asked.budget)
    if "lines" in query:
        lines = whole_number(query["lines"]) or 0
        if not 1 <= lines <= MOST_TEXTS:
            raise InvalidValue("lines", query["lines"])
        return Question([None] * lines, USUAL.name, choices)
    with reading() as session:
        found = list_principles(session, workshop.alliance_id)
    return Question([one.text for one in found if one.status in VOTABLE], USUAL.name, choices)


def _meeting(address: str | None, workshop: Workshop, alliance: Alliance) -> Meeting:
    return Meeting(
        alliance=alliance.name,
        code=workshop.code,
        language=alliance.language,
        time_zone=alliance.time_zone,
        address=short_address(address) if address else None,
        made_at=now(),
    )


routes = [
    Route("/files/{code}/agenda.{format}", agenda, methods=["GET"]),
    Route("/files/{code}/badges.docx", badges, methods=["GET"]),
    Route("/files/{code}/partner-links.docx", partner_links, methods=["GET"]),
    Route("/files/{code}/seats.docx", seats, methods=["GET"]),
    Route("/files/{code}/evening.docx", evening, methods=["GET"]),
    Route("/files/{code}/ballot-sheets.docx", ballot_sheets, methods=["GET"]),
]
