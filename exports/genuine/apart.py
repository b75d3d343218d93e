"""Runs the reader of offered files in a process of its own."""

from typing import IO, Any

from exports.apart import told_apart
from exports.genuine.reading import Problem, Reading, Seal

READER = "exports.genuine.reader"


def read_apart(offered: IO[bytes]) -> Reading:
    """Return what stands in an offered file, which must be a real one and stand at its beginning."""
    told = told_apart(READER, offered)
    return Reading(problem=Problem.TOO_LARGE) if told is None else _reading(told)


def _reading(told: dict[str, Any]) -> Reading:
    seal = told.pop("seal")
    texts = [(place, text, is_hidden) for place, text, is_hidden in told.pop("texts")]
    return Reading(**told, texts=texts, seal=Seal(**seal) if seal is not None else None)
