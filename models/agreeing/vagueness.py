"""Where an agreement is still vague. For a hint, never a block."""

import re
from datetime import date

NO_DATE = "no date"
NO_OWNER = "no owner"
NO_FIRST_STEP = "no first step"
NO_MEASURE = "no measure"
SOMEONE = "someone"
WE_WILL_LOOK = "we will look into it"

_SOMEONE = re.compile(
    r"\b(iemand|men|er wordt|er moet|we moeten|ze moeten|iedereen|someone|somebody|one should|they should|everyone)\b",
    re.IGNORECASE,
)
_WE_WILL_LOOK = re.compile(
    r"\b(bekijken|onderzoeken of|kijken of|kijken naar|nagaan|nadenken over|streven|proberen|aandacht (voor|aan)"
    r"|meer aandacht|waar mogelijk|zo veel mogelijk|zoveel mogelijk|in gesprek blijven|oppakken waar"
    r"|look into|think about|consider|explore|where possible|as much as possible|try to|aim to|pay attention)\b",
    re.IGNORECASE,
)


def vague_points(
    what: str, first_step: str, due_on: date | None, owner_id: int | None, measure: str
) -> list[str]:
    """Return what is vague in an agreement, in the order in which one reads it. Dutch and English words are known."""
    text = f"{what}\n{first_step}"
    points = []
    if _SOMEONE.search(text):
        points.append(SOMEONE)
    if _WE_WILL_LOOK.search(text):
        points.append(WE_WILL_LOOK)
    if not first_step:
        points.append(NO_FIRST_STEP)
    if owner_id is None:
        points.append(NO_OWNER)
    if due_on is None:
        points.append(NO_DATE)
    if not measure:
        points.append(NO_MEASURE)
    return points
