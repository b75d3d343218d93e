"""Many new people from one address: told, counted in memory only, and never without end."""

from models.joining.fresh_joins import FORGOTTEN_AFTER, MANY, MOST_KEPT, WITHIN, FreshJoins


class Clock:
    """A clock that a test turns on."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_many_from_one_address_within_a_minute_are_told_with_all_that_came_from_there() -> None:
    clock = Clock()
    joins = FreshJoins(clock)
    for _ in range(MANY - 1):
        joins.joined("K7M4Q", "192.0.2.7")
    assert joins.crowds("K7M4Q") == []
    joins.joined("K7M4Q", "192.0.2.7")
    clock.time = 600
    joins.joined("K7M4Q", "192.0.2.7")

    assert joins.crowds("K7M4Q") == [MANY + 1]
    assert joins.crowds("PX4TQ") == []


def test_a_phone_that_many_use_after_each_other_is_nothing_to_tell() -> None:
    clock = Clock()
    joins = FreshJoins(clock)
    for turn in range(100):
        clock.time = turn * (WITHIN / 5)
        joins.joined("K7M4Q", "192.0.2.7")

    assert joins.crowds("K7M4Q") == []


def test_a_hall_with_an_address_for_each_phone_is_nothing_to_tell() -> None:
    joins = FreshJoins(Clock())
    for place in range(200):
        joins.joined("K7M4Q", f"10.0.0.{place}")

    assert joins.crowds("K7M4Q") == []


def test_it_is_forgotten_after_the_meeting_and_never_more_than_so_many() -> None:
    clock = Clock()
    joins = FreshJoins(clock)
    for _ in range(MANY):
        joins.joined("K7M4Q", "192.0.2.7")
    clock.time = FORGOTTEN_AFTER + 1
    assert joins.crowds("K7M4Q") == []

    for place in range(MOST_KEPT + 50):
        joins.joined("K7M4Q", f"2001:db8:{place:x}::/64")
    assert len(joins._joins) == MOST_KEPT
