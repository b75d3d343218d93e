"""Which small groups would count together if a round opened now."""

from dataclasses import dataclass

from models.workshop.people import People
from models.workshop.rows import NONE, OTHER, joined, row_key


@dataclass(frozen=True)
class CountsTogether:
    """The rows of a round that would open now.

    `apart` names the groups that count by themselves; `joined_groups` those that count together as other groups, with
    the people without a group where `joins_people_without_group`.
    """

    apart: list[str]
    joined_groups: list[str]
    joins_people_without_group: bool


def counts_together(people: People) -> CountsTogether:
    """Return how the people who are here now would count in a round."""
    sizes = {row_key(group.group_id): group.count for group in people.groups}
    rows = joined({**sizes, NONE: people.without_group})
    together = next((row.members for row in rows if row.key == OTHER), ())
    alone = {row.key for row in rows}
    return CountsTogether(
        apart=[group.name for group in people.groups if row_key(group.group_id) in alone],
        joined_groups=[group.name for group in people.groups if row_key(group.group_id) in together],
        joins_people_without_group=NONE in together,
    )
