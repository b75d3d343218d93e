"""The plan of approach as a file, for who leads."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports.language import translations
from exports.plan.document import build_plan
from models.alliance.alliance import read_alliance
from models.basics.clock import today
from models.basics.codes import whole_number
from models.basics.errors import NotFound
from models.planning.document import plan_document
from models.storage.database import reading
from phone.files.word_file import word_file
from phone.serving.request import language_of


def plan(request: Request) -> Response:
    """GET /files/plan/{alliance}/plan.docx: the plan as it stands today; with `map=1` the map of who matters too."""
    identifier = whole_number(request.path_params["alliance"])
    if identifier is None:
        raise NotFound("alliance")
    with reading() as session:
        alliance = read_alliance(session, identifier)
        found = plan_document(
            session,
            alliance.id,
            today(alliance.time_zone),
            with_map=request.query_params.get("map") == "1",
        )
    name = translations(language_of(request)).gettext("plan-of-approach")
    return word_file(build_plan(found), f"{name}-{found.plan.today.isoformat()}.docx")


routes = [Route("/files/plan/{alliance}/plan.docx", plan, methods=["GET"])]
