"""The published shape of the frozen content (JSON Schema, draft 2020-12), for programs that read `agenda.json`.

Readers leave out what they do not know: a later format may say more, and never means something else by the same name.
"""

from typing import Any

from models.basics.words import PartnerKind, PrincipleStatus
from models.signing.content import FORMAT

IDENTIFIER = "urn:handslag:agenda:1:schema"

_TEXT: dict[str, Any] = {"type": "string"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 1}
_DAY: dict[str, Any] = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [shape, {"type": "null"}]}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": {**required, **optional}}


_SOURCE = _object({"text": _TEXT, "support": _COUNT})
_ROUND = _object(
    {
        "number": _NUMBER,
        "version": _NUMBER,
        "method": _TEXT,
        "secrecy": {"enum": ["anonymous", "named"]},
        "decision": _TEXT,
        "present": _or_null(_COUNT),
        "heads_counted": _or_null(_COUNT),
        "closed_at": {"type": "string", "format": "date-time"},
        "choices": _list(_object({"value": _TEXT, "mark": _TEXT})),
        "numbers": _or_null(_object({"cast": _COUNT, "counts": {"type": "object"}})),
        "rows": _list(
            _object({"key": _TEXT, "name": _or_null(_TEXT), "counts": {"type": "object"}, "cast": _COUNT})
        ),
        "reasons": _list(_object({"choice": _TEXT, "text": _TEXT, "answer": _or_null(_TEXT)})),
        "reasons_hidden": _COUNT,
    }
)
_PRINCIPLE = _object(
    {
        "number": _NUMBER,
        "text": _TEXT,
        "version": _NUMBER,
        "review_on": _or_null(_DAY),
        "status": {"enum": [str(status) for status in PrincipleStatus]},
        "follow_up": _or_null(_TEXT),
        "versions": _list(_object({"version": _NUMBER, "text": _TEXT, "why": _TEXT})),
        "sources": _list(_SOURCE),
        "practised_by": _list(_NUMBER),
        "rounds": _list({"$ref": "#/$defs/round"}),
    }
)
_AGREEMENT = _object(
    {
        "number": _NUMBER,
        "what": _TEXT,
        "first_step": _TEXT,
        "owner": _or_null(_TEXT),
        "owner_accepted": {"type": "boolean"},
        "supporters": _list(_TEXT),
        "due_on": _or_null(_DAY),
        "measure": _TEXT,
        "principles": _list(_NUMBER),
        "depends_on": _list(_NUMBER),
        "sources": _list(_SOURCE),
    }
)

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": IDENTIFIER,
    "title": "Handslag: the content of an alliance agenda",
    "description": "What was frozen and signed. The SHA-256 of its canonical form (RFC 8785) is what partners signed.",
    "$defs": {"principle": _PRINCIPLE, "agreement": _AGREEMENT, "round": _ROUND},
    **_object(
        {
            "format": {"type": "integer", "minimum": 1, "description": f"The newest is {FORMAT}."},
            "alliance": _object(
                {
                    "name": _TEXT,
                    "place": _TEXT,
                    "purpose": _TEXT,
                    "language": {"type": "string", "pattern": "^[a-z]{2}$"},
                    "time_zone": _TEXT,
                    "contact": _TEXT,
                }
            ),
            "workshop": _object({"venue": _TEXT, "held_on": _DAY}),
            "version": _NUMBER,
            "next_meeting_on": _or_null(_DAY),
            "address": _or_null(_TEXT),
            "participants": _object(
                {
                    "total": _COUNT,
                    "groups": _list(_object({"name": _TEXT, "count": _COUNT})),
                    "without_group": _COUNT,
                    "heads_counted": _or_null(_COUNT),
                    "sources": {"type": "object", "additionalProperties": _COUNT},
                }
            ),
            "partners": _list(
                _object(
                    {
                        "name": _TEXT,
                        "kind": {"enum": [str(kind) for kind in PartnerKind]},
                        "representative": _TEXT,
                        "role": _TEXT,
                    },
                    id={"type": "integer"},
                )
            ),
            "principles": _list({"$ref": "#/$defs/principle"}),
            "not_adopted": _list({"$ref": "#/$defs/principle"}),
            "agreements": _list({"$ref": "#/$defs/agreement"}),
            "coherence": _object(
                {
                    "partners": _list(_TEXT),
                    "rows": _list(_object({"principle": _NUMBER, "cells": _list(_list(_NUMBER))})),
                    "gaps": _list(_object({"kind": _TEXT})),
                }
            ),
        },
        methods={"type": "object"},
        look=_object(
            {"accent": _or_null({"type": "string", "pattern": "^#[0-9A-F]{6}$"})},
            logo=_or_null({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
        ),
    ),
}
