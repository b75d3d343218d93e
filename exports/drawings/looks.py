"""How a vote may look, from support to objection, and its colour."""

from models.voting.methods.method import Mark

NO_DOTS = "no dots"
"""How those are drawn who took part and gave a text no dots: hollow."""

FILLS: dict[str, str] = {
    Mark.AGREE: "var(--agree)",
    Mark.NEUTRAL: "var(--paper)",
    Mark.CONCERN: "var(--concern)",
    Mark.OBJECTION: "var(--object)",
    Mark.DOT: "var(--accent)",
    NO_DOTS: "var(--paper)",
}
LOOKS = tuple(FILLS)
