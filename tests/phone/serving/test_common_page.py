"""The page that phones have in common: everybody's own in its gaps, nobody else's, and never an older one."""

import asyncio
import gzip
import re
from collections import Counter
from collections.abc import Sequence

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from models.basics.words import Step
from models.drafting.proposal import support_proposal
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant
from models.voting.after_reveal import show_reasons
from models.workshop.participant import change_group, leave, raise_hand, record_first_step
from phone.serving.common_page import GAPS, CommonPage, value_attribute
from phone.serving.cookies import phone_cookie
from tests.builders import (
    LEADER,
    Room,
    cast,
    close_and_reveal,
    make_people,
    make_proposal,
    make_round,
    make_workshop,
    take_room,
)
from tests.phone.conftest import hold, make_app
from tests.phone.room.test_room import page_of

pytestmark = pytest.mark.both_databases

CHOICES = ("agree", "concern", "objection")


def people_of(room: Room) -> list[Participant]:
    with reading() as session:
        found = session.exec(
            select(Participant)
            .where(Participant.workshop_id == room.workshop_id)
            .order_by(col(Participant.number))
        ).all()
        return list(found)


def pages_at_once(room: Room, persons: Sequence[int]) -> list[httpx2.Response]:
    """Return what these people's phones get when all ask at the same moment."""
    app = make_app()

    async def ask() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://zaal.test") as client:
            return await asyncio.gather(
                *(
                    client.get(
                        f"/p/{room.code}",
                        headers={
                            "cookie": f"{phone_cookie(room.code)}={room.phones[person]}",
                            "accept-language": "en",
                        },
                    )
                    for person in persons
                )
            )

    return asyncio.run(ask())


def _name_everybody(session: Session, *, room: Room) -> None:
    for place, person in enumerate(room.people):
        found = session.get_one(Participant, person)
        found.name = f"Ada <{place}> & co" if place % 3 else None
        session.add(found)


def _crowd() -> Room:
    room = make_workshop(people={"Residents": 8, "Communities": 8, None: 4}, step=Step.DRAFT)
    write(_name_everybody, room=room)
    return room


def test_phones_that_ask_at_the_same_moment_each_get_their_own(database: str) -> None:
    room = _crowd()
    shown = make_proposal(room, text="Shown to all", author=0)
    for author in range(0, 20, 5):
        make_proposal(room, text=f"Only for the author of {author:02}", author=author, is_shown=False)
    for supporter in range(1, 20, 4):
        write(support_proposal, participant_id=room.people[supporter], proposal_id=shown, on=True)
    everybody = people_of(room)
    asked = [person for _ in range(3) for person in range(20)]

    pages = pages_at_once(room, asked)

    request_ids = Counter[str]()
    for person, answer in zip(asked, pages, strict=True):
        page, own = answer.text, everybody[person]
        assert answer.status_code == 200
        assert "gap-" not in page
        assert re.findall(r"Your personal code: (\w+)\.", page) == [own.personal_code]
        for other in everybody:
            assert (other.personal_code in page) == (other is own)
        said = (
            f"You are <bdi>Ada &lt;{person}&gt; &amp; co</bdi>."
            if own.name
            else f"You are participant {own.number}."
        )
        assert re.findall(r"You are [^.]*\.", page)[-1] == said
        chosen = re.findall(r'<option value="(\d*)" selected>', page)
        assert chosen == [str(own.group_id or "")]
        sent = [person] if person % 5 == 0 else []
        assert re.findall(r">Only for the author of (\d+)<", page) == [
            f"{n:02}" for n in sent for _ in (1, 2)
        ]
        pressed = 'aria-pressed="true"' in page
        assert pressed == (person % 4 == 1 and person != 0)
        request_ids.update(re.findall(r'name="request_id" value="(\w+)"', page))
    assert len(request_ids) == len(asked)
    assert set(request_ids.values()) == {1}


def test_while_some_have_voted_nobody_sees_the_vote_of_another(database: str) -> None:
    room = _crowd()
    vote = make_round(room)
    for person in range(0, 20, 2):
        cast(vote, room.people[person], CHOICES[person % 3], reason=f"Reason of {person:02}")
    asked = [*range(20), *range(20)]

    pages = pages_at_once(room, asked)

    for person, answer in zip(asked, pages, strict=True):
        own = CHOICES[person % 3] if person % 2 == 0 else ""
        assert re.findall(r'data-round="\d+" data-choice="(\w*)"', answer.text) == [own]
        reasons = set(re.findall(r"Reason of (\d+)", answer.text))
        assert reasons == ({f"{person:02}"} if own in ("concern", "objection") else set())


def test_what_goes_wrong_for_one_is_no_matter_of_the_others(database: str) -> None:
    room = _crowd()
    stranger = Room(room.alliance_id, room.workshop_id, "NOBODY", {}, {}, [], ["unknown"])
    app = make_app()

    async def ask() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://zaal.test") as client:
            cookies = {"cookie": f"{phone_cookie(room.code)}={room.phones[0]}"}
            paths = [f"/p/{room.code}", "/p/A%00B", f"/p/{stranger.code}", f"/p/{room.code}"] * 4
            return await asyncio.gather(*(client.get(path, headers=cookies) for path in paths))

    codes = [answer.status_code for answer in asyncio.run(ask())]

    assert set(codes[::4] + codes[3::4]) == {200}
    assert set(codes[2::4]) <= {404, 429}
    assert 200 not in codes[1::4]


def test_what_changes_without_a_new_revision_is_on_the_next_page(client: TestClient) -> None:
    room = make_workshop(people={"Residents": 2, "Communities": 2}, step=Step.DRAFT)
    before = page_of(client, room)
    write(change_group, participant_id=room.people[0], group_id=room.groups["Communities"])
    changed = page_of(client, room)
    make_people(room, count=1)
    one_more = page_of(client, room)
    write(leave, participant_id=room.people[0])
    gone = page_of(client, room)

    assert f'value="{room.groups["Residents"]}" selected' in before
    assert f'value="{room.groups["Communities"]}" selected' in changed
    assert "4 people here" in changed
    assert "5 people here" in one_more
    assert "You left the meeting" in gone


def test_a_hand_and_a_first_step_are_on_ones_own_page_only(client: TestClient) -> None:
    room = make_workshop(people=6)
    vote = make_round(room)
    page_of(client, room, 1)
    write(raise_hand, participant_id=room.people[0], on=True)

    raised, others = page_of(client, room, 0), page_of(client, room, 1)
    close_and_reveal(vote)
    take_room(room, Step.AGENDA)
    write(record_first_step, participant_id=room.people[0])
    kept, not_kept = page_of(client, room, 0), page_of(client, room, 1)

    assert "Lower my hand" in raised
    assert "Lower my hand" not in others
    assert "data-kept>" in kept
    assert "data-kept hidden>" in not_kept
    assert "1 person wrote a first step." in not_kept


def test_every_step_of_a_room_follows_the_one_before(client: TestClient) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    draft = page_of(client, room)
    vote = make_round(room)
    asks = page_of(client, room)
    for person in room.people:
        cast(vote, person, "objection", reason="Too fast")
    close_and_reveal(vote)
    revealed = page_of(client, room)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)
    reasons = page_of(client, room)
    take_room(room, Step.AGREE)
    agree = page_of(client, room)

    assert 'id="propose"' in draft
    assert 'class="ask"' in asks
    assert "6 objections" in revealed
    assert "Too fast" not in revealed
    assert "Too fast" in reasons
    assert "Propose an agreement" in agree


@pytest.mark.parametrize("step", [Step.DRAFT, Step.VOTE, Step.AGREE, Step.SIGN, Step.AGENDA, Step.PROGRESS])
def test_the_page_is_the_same_compressed_or_not(client: TestClient, step: Step) -> None:
    room = make_workshop(people=2, step=step)
    hold(client, room)

    def asked(encoding: str) -> str:
        answer = client.get(f"/p/{room.code}", headers={"accept-encoding": encoding})
        assert answer.headers.get("content-encoding", "identity") == encoding
        assert answer.headers["vary"] == "Accept-Encoding"
        return re.sub(r'name="request_id" value="\w+"', "", answer.text)

    assert asked("gzip") == asked("identity")


@given(st.lists(st.text(max_size=300), min_size=1, max_size=6), st.text(max_size=300))
def test_any_text_comes_through_the_gaps_and_the_compression(texts: list[str], value: str) -> None:
    page = CommonPage(str(GAPS["name"]).join(texts))

    filled = page.fill({"name": value})

    assert filled.decode() == value.join(texts)
    assert gzip.decompress(page.fill_compressed({"name": value})) == filled


@given(
    st.lists(st.tuples(st.text(max_size=300), st.sampled_from(sorted(GAPS))), min_size=1, max_size=6),
    st.lists(st.text(max_size=30), min_size=2, max_size=4),
)
def test_whatever_length_the_gaps_have_everybody_gets_what_is_their_own(
    parts: list[tuple[str, str]], values: list[str]
) -> None:
    page = CommonPage("".join(text + str(GAPS[name]) for text, name in parts) + "end")

    for value in [*values, *values]:
        own = {name: value * place for place, name in enumerate(GAPS, start=1)}
        expected = "".join(text + own[name] for text, name in parts) + "end"
        assert page.fill(own).decode() == expected
        assert gzip.decompress(page.fill_compressed(own)).decode() == expected


def test_a_page_is_hardly_larger_for_a_name_in_every_form() -> None:
    words = " ".join(f"Afspraak {number}: wie doet wat, en wanneer?" for number in range(200))
    alone = CommonPage(words).fill_compressed({})
    thrice = CommonPage(words.join(["", *[str(GAPS["name_value"])] * 3]))

    for name in ("Zoë Çelik-van der Meulen", "Bo", "مريم", "O'Neill & <co>"):
        own = {"name_value": value_attribute(name)}
        assert len(thrice.fill_compressed(own)) < 2 * len(alone)
        assert gzip.decompress(thrice.fill_compressed(own)) == thrice.fill(own)


def test_a_page_is_hardly_larger_for_what_is_each_phones_own() -> None:
    words = " ".join(f"Stelling {number}: ik voel mij thuis waar ik woon." for number in range(200))
    own = {"request_id": "0" * 24, "number": "61", "personal_code": "GJQH7CTT"}

    alone = CommonPage(words).fill_compressed({})
    thrice = CommonPage(words.join(["", *(str(GAPS[name]) for name in own)]))

    assert len(thrice.fill_compressed(own)) < 2 * len(alone)
