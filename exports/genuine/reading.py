"""What may stand in a file that anybody made, and why it was not read further."""

from dataclasses import dataclass, field


class NotReadable(Exception):
    """Why a file is not read further: one of the words of `Problem`."""


class Problem:
    """`macros` and `strange xml` are in no file of ours; `too large` is one that takes more than we give."""

    NO_DOCUMENT = "no document"
    TOO_LARGE = "too large"
    MACROS = "macros"
    STRANGE_XML = "strange xml"
    BROKEN = "broken"


@dataclass
class Seal:
    """The seal of a PDF. `covers_all` when nothing stands outside it; `is_intact` when nothing inside was changed.

    `certificates` are DER in base64, that of who sealed first. `claimed` is which text it says to be of.
    """

    covers_all: bool = False
    is_intact: bool = False
    certificates: list[str] = field(default_factory=list)
    claimed: str = ""
    sealed_part: str = ""


@dataclass
class Reading:
    """What stands in a file. `texts` is every paragraph that one sees: where it stands, its words, whether they hide.

    `frozen` is the carried text in base64, `facts` what the file says of itself beside it. `pictures` are SHA-256,
    `links` where its links lead.
    """

    kind: str = ""
    problem: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    frozen: str = ""
    texts: list[tuple[str, str, bool]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    seal: Seal | None = None
