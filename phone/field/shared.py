"""What both pages of an interview need: a link that is wrong counts as a failed try, and nobody posts too fast."""

from starlette.requests import Request
from starlette.responses import Response

from models.basics.errors import DomainError, NotFound
from phone.serving.errors import TooManyPosts, counted, problem_page
from phone.serving.limits import post_rate


def noted(request: Request, error: DomainError) -> DomainError:
    """Return what to answer; a wrong link counts as a failed try."""
    return counted(request, error) if is_wrong_link(error) else error


def is_wrong_link(error: DomainError) -> bool:
    """Return whether nobody has this link, or not any more."""
    return isinstance(error, NotFound) and error.what == "link"


def wrong_link_page(request: Request, error: DomainError) -> Response:
    """Return the page, or the JSON, for a link that opens nothing."""
    return problem_page(request, noted(request, error))


def brake(source_id: int) -> None:
    """Raise `TooManyPosts` where more comes of one interview than people can type."""
    if not post_rate.allows(f"interview {source_id}"):
        raise TooManyPosts
