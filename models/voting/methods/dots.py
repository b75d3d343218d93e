"""Dot voting: a budget of dots over all items of a round, to see where to begin.

Also "dotmocracy" (Jason Diceman, "Dotmocracy Handbook", 2010, on its known flaws): so dots are secret until the close,
look-alikes are merged first, and no item is added after the start. Who took part and left an item without dots, gave
it 0: every item has as many ballots as there are voters.
"""

from models.basics.words import RuleKind
from models.voting.methods.method import Budgets, Choice, Look, Mark, Shape, VotingMethod

DOTS = VotingMethod(
    "dots",
    (Choice("0", Mark.DOT), Choice("1", Mark.DOT, is_in_favour=True)),
    (RuleKind.TOP,),
    Look(Shape.DOTS),
    Budgets(fewest=1, most=20, usual=5),
)
