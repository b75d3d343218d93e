"""What changed between two wordings, as safe HTML."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape


def marked_difference(before: str, after: str) -> str:
    """Return `after` as HTML: new words stand in `<ins>`, words of `before` that went in `<del>`.

    A few words that happen to stand in both, between more that do not, go along with those: one reads whole phrases.
    """
    parts: list[str] = []
    for part in _phrases(before, after):
        if part.same:
            parts.append(escape(part.same))
        if part.gone:
            parts.append(f"<del>{escape(part.gone)}</del>")
        if part.come:
            parts.append(f"<ins>{escape(part.come)}</ins>")
    return "".join(parts)


_WORD = re.compile(r"\w+")


@dataclass
class _Part:
    """Words that stayed (`same`), or else what is `gone` and what has `come` in one place."""

    same: str = ""
    gone: str = ""
    come: str = ""

    @property
    def changed(self) -> int:
        """How many letters the longer side of a change has."""
        return max(len(self.gone), len(self.come))


def _phrases(before: str, after: str) -> list[_Part]:
    """Return the texts in parts, with what both have by chance joined to the changes around it.

    As in "Diff Strategies" (N. Fraser, 2006, section 3.2, semantic cleanup): what stayed is no longer than the change
    on each side of it; and it is one word at most, since a phrase that stayed is where one reads on.
    """
    old, new = _words(before), _words(after)
    parts = [
        _Part(same="".join(old[old_from:old_to]))
        if kind == "equal"
        else _Part(gone="".join(old[old_from:old_to]), come="".join(new[new_from:new_to]))
        for kind, old_from, old_to, new_from, new_to in SequenceMatcher(
            None, old, new, autojunk=False
        ).get_opcodes()
    ]
    place = 1
    while place < len(parts) - 1:
        left, same, right = parts[place - 1 : place + 2]
        if 0 < len(same.same) <= min(left.changed, right.changed) and len(_WORD.findall(same.same)) < 2:
            parts[place - 1 : place + 2] = [
                _Part(
                    gone=left.gone + same.same + right.gone,
                    come=left.come + same.same + right.come,
                )
            ]
            place = max(1, place - 2)
        else:
            place += 1
    return [split for part in parts for split in _with_shared_ends(part)]


def _with_shared_ends(part: _Part) -> list[_Part]:
    """Return a change with the space that both its sides begin or end with standing outside it."""
    begins = " " if part.gone[:1] == part.come[:1] == " " else ""
    ends = " " if len(part.gone) > 1 and len(part.come) > 1 and part.gone[-1] == part.come[-1] == " " else ""
    if not (begins or ends):
        return [part]
    inner = slice(len(begins), -1 if ends else None)
    return [_Part(same=begins), _Part(gone=part.gone[inner], come=part.come[inner]), _Part(same=ends)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)
