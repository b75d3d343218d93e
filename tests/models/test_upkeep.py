"""What time itself brings."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models import clock
from models import round as rounds
from models.agenda import AgendaDocument, BuiltFile, agendas_to_close, freeze_agenda, read_agenda
from models.ballot import BallotPost, cast_ballot
from models.database import reading
from models.round import close_round, named_ballots, reveal_round
from models.upkeep import keep_promises
from models.words import Copy, Secrecy
from models.workshop import end_workshop
from models.writing import write
from tests.builders import LEADER, Room, make_round, make_workshop


def build(document: AgendaDocument) -> list[BuiltFile]:
    return [BuiltFile(copy, "docx", f"{copy} {document.edition}".encode()) for copy in Copy]


def adopted(*, secrecy: Secrecy = Secrecy.NAMED) -> tuple[Room, int]:
    room = make_workshop(people=6, partners=["Gemeente Merenveld"])
    opened = make_round(room, secrecy=secrecy)
    for person in room.people:
        write(cast_ballot, ballot=BallotPost(person, opened.round_id, opened.items[0], "agree"))
    write(close_round, who=LEADER, round_id=opened.round_id)
    write(reveal_round, who=LEADER, round_id=opened.round_id)
    return room, opened.round_id


@pytest.mark.parametrize(("days", "names"), [(29, 6), (31, 0)])
def test_who_chose_what_in_a_named_round_is_forgotten_after_30_days(
    database: str, monkeypatch: pytest.MonkeyPatch, days: int, names: int
) -> None:
    room, round_id = adopted()
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    later = datetime.now(UTC) + timedelta(days=days)
    monkeypatch.setattr(rounds, "now", lambda: later)

    keep_promises(build)

    with reading() as session:
        assert len(named_ballots(session, round_id)) == names


def test_signing_closes_by_itself_on_the_day_after_its_closing_date(database: str) -> None:
    room, _ = adopted()
    yesterday = clock.today("Europe/Amsterdam") - timedelta(days=1)
    write(freeze_agenda, who=LEADER, workshop_id=room.workshop_id, closes_on=yesterday)

    keep_promises(build)
    keep_promises(build)

    with reading() as session:
        agenda = read_agenda(session, room.workshop_id)
    assert agenda is not None and agenda.closed_at is not None
    assert agenda.editions == [1]


def test_signing_stays_open_on_its_closing_date_itself(database: str) -> None:
    room, _ = adopted()
    today: date = clock.today("Europe/Amsterdam")
    write(freeze_agenda, who=LEADER, workshop_id=room.workshop_id, closes_on=today)

    with reading() as session:
        assert agendas_to_close(session) == []
