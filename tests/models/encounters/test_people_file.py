"""People brought as a CSV: what is read otherwise than it stands there is remarked, nothing is lost."""

import pytest

from models.basics.errors import FileUnreadable, RowInvalid
from models.basics.words import WishStrength
from models.encounters.people_file import Remark, Remarked, people_of_file, wanted_of
from models.encounters.seating.wanted import Wish


def test_people_groups_and_wishes_are_read_whatever_the_spreadsheet_made_of_them() -> None:
    dutch = "naam;groep;samen;apart\nRenée;Bewoners;فاطمة;\nفاطمة;Moskee;;Łukasz\nŁukasz;;;\n"
    english = 'name,group,together,apart\nRenée,Bewoners,فاطمة,\nفاطمة,Moskee,"",Łukasz\nŁukasz,,,\n'

    found = people_of_file(dutch.encode("utf-8-sig"))

    assert found == people_of_file(english.encode())
    assert found.names == ("Renée", "فاطمة", "Łukasz")
    assert found.group_numbers == (0, 1, None)
    assert found.wishes == (Wish(0, 1, WishStrength.MUST), Wish(1, 2, WishStrength.MUST_NOT))
    assert found.remarks == ()


def test_a_name_twice_is_two_people_and_a_wish_for_that_name_is_left_out_aloud() -> None:
    found = people_of_file(b"name,together\nJan,\nBea,Jan;Kees;bea\njan,Bea\nJan (2),")

    assert found.names == ("Jan", "Bea", "jan (3)", "Jan (2)")
    assert found.remarks == (
        Remarked(Remark.NAME_TWICE, "Jan", (2, 4)),
        Remarked(Remark.SEVERAL_CALLED, "Jan", (3,)),
        Remarked(Remark.NOBODY_CALLED, "Kees", (3,)),
    )
    assert found.wishes == (Wish(1, 1, WishStrength.MUST), Wish(2, 1, WishStrength.MUST))


def test_what_is_no_list_of_people_is_refused_with_its_row() -> None:
    with pytest.raises(FileUnreadable):
        people_of_file(b"wie,groep\nJan,A\n")
    with pytest.raises(FileUnreadable):
        people_of_file(b"\x00\x01")
    with pytest.raises(RowInvalid) as unnamed:
        people_of_file(b"name,group\nJan,A\n,B\n")

    assert (unnamed.value.row, unnamed.value.column) == (3, "name")


@pytest.mark.parametrize(("tables", "expected"), [(12, 5), (5, 5), (3, 3), (None, 2)])
def test_tables_that_are_asked_for_stand_as_long_as_nobody_sits_alone(
    tables: int | None, expected: int
) -> None:
    people = people_of_file(b"name\n" + b"\n".join(b"P%d" % number for number in range(10)))

    assert wanted_of(people, size=6, rounds=2, tables=tables).tables == expected
