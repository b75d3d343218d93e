"""An act of who leads, with the event by which it can be undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from models.storage.undoable import take_noted
from models.who_may_see import Role, act_as_visitor


@dataclass(frozen=True)
class Done:
    """What an action returned, and the event of what it did, None where that cannot be undone."""

    result: Any
    event_id: int | None


def act_and_note(
    session: Session,
    *,
    tokens: Mapping[Role, str | None],
    action: Callable[..., Any],
    arguments: dict[str, Any],
) -> Done:
    """Run `action` as who leads, or hosts a table, and note by which event it can be undone. Raises what it raises."""
    result = act_as_visitor(session, tokens=tokens, action=action, arguments=arguments)
    return Done(result, take_noted(session))
