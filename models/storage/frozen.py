"""A frozen agenda of any age, read in today's shape: from what was frozen, never from what a method means today."""

import json
from typing import Any

# What counted when choices were frozen by value and mark alone. A method may change; what was decided may not.
_IN_FAVOUR = {
    "consent": {"agree", "concern"},
    "gradients": {"1", "2", "3"},
    "fist of five": {"5", "4", "3"},
    "score": {"10", "9", "8", "7", "6"},
    "statement": {"strongly agree", "agree"},
}
_ABSTENTIONS = {"gradients": {"4"}}
_CONSENT = ("agree", "concern", "objection")
# What rounds, agreements and principles did not say yet in the first versions.
_ROUND: dict[str, Any] = {
    "level": None,
    "tolerated": None,
    "top": None,
    "budget": None,
    "place": None,
    "is_tied": False,
    "sources": None,
    "acknowledged": [],
}


def read_frozen(text: str) -> dict[str, Any]:
    """Return the content of an agenda from its stored text, with everything that is read of one today."""
    content: dict[str, Any] = json.loads(text)
    for principle in [*content["principles"], *content["not_adopted"]]:
        principle["rounds"] = [_round(found) for found in principle["rounds"]]
    content["agreements"] = [{"sources": []} | found for found in content["agreements"]]
    return content


def says_the_same(frozen: Any, now: Any) -> bool:
    """Return whether two contents, or parts of them, say the same as far as both say something.

    What an earlier version did not freeze yet cannot have changed since.
    """
    if isinstance(frozen, dict) and isinstance(now, dict):
        return all(says_the_same(frozen[key], now[key]) for key in frozen.keys() & now.keys())
    if isinstance(frozen, list) and isinstance(now, list):
        return len(frozen) == len(now) and all(map(says_the_same, frozen, now))
    return bool(frozen == now)


def _round(found: dict[str, Any]) -> dict[str, Any]:
    """Return a frozen round, also one from when consent was the only method."""
    made = _ROUND | found
    made["choices"] = [
        _choice(found["method"], choice)
        for choice in found.get("choices", [{"value": value, "mark": value} for value in _CONSENT])
    ]
    if (numbers := found["numbers"]) is not None:
        made["numbers"] = {
            "counted": numbers["cast"],
            "in_favour": numbers.get("without_objection", 0),
            "beyond": None,
            "dots": None,
        } | numbers
    # Rounds by groups came later: before, no row could fail to carry.
    made["rows"] = [{"carried": True} | row for row in found["rows"]]
    if "reasons" not in found:
        made["reasons"] = [
            {"choice": choice, "text": text, "answer": None}
            for choice, said in (("objection", found["objections"]), ("concern", found["concerns"]))
            for text in said
        ]
    return made


def _choice(method: str, choice: dict[str, Any]) -> dict[str, Any]:
    value = choice["value"]
    is_in_favour = value != "0" if choice["mark"] == "dot" else value in _IN_FAVOUR.get(method, ())
    return {"is_in_favour": is_in_favour, "is_abstention": value in _ABSTENTIONS.get(method, ())} | choice
