"""How a method was told when an agenda was frozen: by what stands in the agenda, else by the version it comes from.

Agendas of format 1 carried codes alone. What those meant, in both languages, is written down in `format_1.json`, and
changes no more: not when a choice of today is renamed, and not when its method is gone.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.signing.shape import RoundContent
from models.voting.methods.method import FrozenMethod, Look, Numbering, Shape

_FORMAT_1 = Path(__file__).with_name("format_1.json")


def frozen_method(round_: RoundContent) -> FrozenMethod:
    """Return how the method of a frozen round looked and what it said; for one that nobody knows, plain bars."""
    written = round_.get("method_as_frozen") or _of_format_1().get(round_["method"])
    return FrozenMethod() if written is None else FrozenMethod(_look(written["look"]), written["words"])


@lru_cache
def _of_format_1() -> dict[str, Any]:
    written: dict[str, Any] = json.loads(_FORMAT_1.read_text(encoding="utf-8"))
    return written


def _look(written: Mapping[str, Any]) -> Look:
    """Return a look as far as it is known today: what a later version draws otherwise is drawn as bars."""
    shape, numbering = written["shape"], written["numbering"]
    return Look(
        shape=Shape(shape) if shape in set(Shape) else Shape.BARS,
        numbering=Numbering(numbering) if numbering in set(Numbering) else Numbering.NONE,
        has_terms=written["has_terms"],
        says_without_objection=written["says_without_objection"],
    )
