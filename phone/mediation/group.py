"""The page on which a group is asked about a working agreement: its own people read it, the mediator does not."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from exports.sentences.mediation import group_numbers, without_a_name
from models.mediation.group import (
    ROUND_DAYS,
    answer_group,
    ask_group,
    asked_otherwise,
    end_round,
    record_spoken,
    tell_mediator,
)
from models.mediation.opened import Opened
from models.mediation.texts import Text
from models.mediation.views import GroupRound
from phone.mediation.shared import back_to
from phone.mediation.visit import Act, Visit, drawn, number_in, text_in, visit_of
from phone.serving.request import field


def asked_about(visit: Visit) -> str:
    """Return about which agreement the page of the group is asked for; nothing where it is not."""
    return visit.typed.values.get("group") or visit.request.query_params.get("group", "")


def group_page(visit: Visit, item: str) -> Response | None:
    """Return the page on which a group is asked; None where there is nothing to ask. A GET only shows."""
    seen = visit.seen
    about = next((one for one in seen.agreements if one.text.item == item), None)
    if about is None or not seen.asks_group or not seen.me.has_accepted:
        return None
    party = seen.party(seen.me.party_id)
    unnamed = without_a_name(visit.language)
    return drawn(
        visit,
        "mediation_group.html",
        party=party,
        # Whoever was let in gets the key of what is asked: nobody may be among them unseen.
        readers=[one.name or unnamed for one in party.people if one.is_admitted],
        about=about,
        asked=seen.round_about(about.text),
        days=ROUND_DAYS,
    )


def _ask(request: Request, opened: Opened, form: FormData) -> Response | None:
    ask_group(
        opened,
        item=text_in(form, "group"),
        version=number_in(form, "version"),
        days=number_in(form, "days"),
        release=field(form, "release") == "1",
    )
    return None


def _otherwise(request: Request, opened: Opened, form: FormData) -> Response | None:
    asked_otherwise(
        opened,
        item=text_in(form, "group"),
        version=number_in(form, "version"),
        how=text_in(form, "how"),
        release=field(form, "release") == "1",
    )
    return None


def _say(request: Request, opened: Opened, form: FormData) -> Response | None:
    answer_group(
        opened, item=text_in(form, "group"), answer=text_in(form, "answer"), line=text_in(form, "line")
    )
    return None


def _spoken(request: Request, opened: Opened, form: FormData) -> Response | None:
    counts = {answer: number_in(form, answer) for answer in ("yes", "asks", "no")}
    record_spoken(opened, item=text_in(form, "group"), counts=counts)
    return None


def _end(request: Request, opened: Opened, form: FormData) -> Response | None:
    end_round(opened, item=text_in(form, "group"))
    return None


def _tell(request: Request, opened: Opened, form: FormData) -> Response | None:
    visit = visit_of(request, opened)

    def in_words(agreement: Text, asked: GroupRound) -> str:
        return group_numbers(agreement.text, asked.counts, asked.otherwise, visit.alliance.language)

    tell_mediator(opened, item=text_in(form, "group"), in_words=in_words)
    return back_to(visit.token)


ACTS: dict[str, Act] = {
    "ask-group": _ask,
    "otherwise": _otherwise,
    "say": _say,
    "spoken": _spoken,
    "end-round": _end,
    "tell": _tell,
}
