"""A group is asked before it approves or releases; what its people say the mediator cannot open."""

from datetime import timedelta

import pytest

from models.basics.clock import now
from models.basics.errors import ChangedMeanwhile, GroupNotAsked, InvalidValue, NotFound, NotYours, SignedWhen
from models.basics.words import AudienceKind, MediationStep, MediationText
from models.mediation import accepting, acting, approving, arranging, own_texts
from models.mediation.acting import OnPaper
from models.mediation.coming_in import come_in, draw_words, unlock
from models.mediation.group import answer_group, ask_group, asked_otherwise, end_round, record_spoken
from models.mediation.mediation import name_another_mediator
from models.mediation.opened import Opened, open_keys
from models.mediation.views import GroupRound
from models.storage.writing import write
from models.tables import MediationAudience, MediationKey
from tests.builders import LEADER, rows_of
from tests.builders.mediation import Mediated, let_in, make_mediated

AGREEMENT, LINE = "Wij groeten elkaar, ook na een moeilijk gesprek.", "Alleen als zij ook groeten. ❤️"


@pytest.fixture
def made(sqlite: str) -> Mediated:
    """Party A is a group of two with phones: Rinus speaks for it. A new agreement lies before all."""
    made = make_mediated(MediationStep.AGREEMENTS)
    own_texts.write_text(made.open_as(""), kind=MediationText.AGREEMENT, text=AGREEMENT)
    return made


def item_of(opened: Opened) -> str:
    return acting.look(opened).agreements[-1].text.item


def asks(opened: Opened, *, release: bool = False) -> str:
    item = item_of(opened)
    ask_group(opened, item=item, version=1, days=7, release=release)
    return item


def round_of(opened: Opened) -> GroupRound | None:
    seen = acting.look(opened)
    return seen.round_about(seen.agreements[-1].text)


def texts_of(opened: Opened) -> list[str]:
    return [text.text for text in acting.look(opened).texts]


@pytest.mark.both_databases
def test_a_group_does_not_approve_before_its_round_is_over(database: str) -> None:
    made = make_mediated(MediationStep.AGREEMENTS)
    own_texts.write_text(made.open_as(""), kind=MediationText.AGREEMENT, text=AGREEMENT)
    rinus, halima = made.open_as("A"), made.open_as("A", 1)
    item = item_of(rinus)

    with pytest.raises(GroupNotAsked):
        approving.answer_agreement(rinus, item=item, version=1, answer="yes")
    approving.answer_agreement(rinus, item=item, version=1, answer="asks")
    asks(rinus)
    assert [one.text.text for one in acting.look(halima).asked_of_me] == [AGREEMENT]
    answer_group(halima, item=item, answer="asks", line=LINE)
    with pytest.raises(GroupNotAsked):
        approving.answer_agreement(rinus, item=item, version=1, answer="yes")
    end_round(rinus, item=item)
    found = round_of(rinus)
    assert found is not None and (found.counts, found.lines) == (
        {"yes": 0, "asks": 1, "no": 0},
        [("asks", LINE)],
    )
    approving.answer_agreement(rinus, item=item, version=1, answer="yes")

    # A party that is no group is asked nothing.
    approving.answer_agreement(made.open_as("B"), item=item, version=1, answer="yes")
    assert acting.look(rinus).agreements[-1].is_approved


def test_what_is_asked_and_answered_neither_the_mediator_nor_another_party_can_open(made: Mediated) -> None:
    rinus, halima, mediator = made.open_as("A"), made.open_as("A", 1), made.open_as("")
    item = asks(rinus)
    answer_group(halima, item=item, answer="no", line=LINE)
    group = next(
        row["id"] for row in reversed(rows_of(MediationAudience)) if row["kind"] == AudienceKind.GROUP
    )

    readers = {row["person_id"] for row in rows_of(MediationKey) if row["audience_id"] == group}
    assert readers == {rinus.person_id, halima.person_id}
    assert LINE in texts_of(rinus)
    for other in (mediator, made.open_as("B")):
        assert LINE not in texts_of(other)
        assert group not in other.keys
    # Nor does letting somebody in again, or accepting, hand it over.
    accepting.accept(halima, texts=["alles"], mandate="self", who_decides="")
    assert group not in made.open_as("").keys


def test_who_has_no_phone_is_counted_by_who_speaks_for_the_group(made: Mediated) -> None:
    rinus, halima = made.open_as("A"), made.open_as("A", 1)
    item = asks(rinus)
    answer_group(halima, item=item, answer="yes", line="")
    answer_group(halima, item=item, answer="no", line=LINE)
    record_spoken(rinus, item=item, counts={"yes": 11, "asks": 2})
    with pytest.raises(InvalidValue):
        record_spoken(rinus, item=item, counts={"yes": -1})
    record_spoken(rinus, item=item, counts={"yes": 12, "asks": 2})

    found = round_of(halima)
    assert found is not None and found.counts == {"yes": 12, "asks": 2, "no": 1}


def test_it_is_over_on_its_day_and_nothing_is_answered_any_more(
    made: Mediated, monkeypatch: pytest.MonkeyPatch
) -> None:
    rinus, halima = made.open_as("A"), made.open_as("A", 1)
    item = asks(rinus)
    monkeypatch.setattr("models.mediation.views.now", lambda: now() + timedelta(days=8))

    with pytest.raises(ChangedMeanwhile):
        answer_group(halima, item=item, answer="yes", line="")
    with pytest.raises(ChangedMeanwhile):
        record_spoken(rinus, item=item, counts={"yes": 1})
    approving.answer_agreement(rinus, item=item, version=1, answer="yes")


def test_it_may_have_been_asked_otherwise_and_that_is_said_in_a_line(made: Mediated) -> None:
    rinus = made.open_as("A")
    item = item_of(rinus)
    asked_otherwise(rinus, item=item, version=1, how="Op onze avond in De Linde, 14 mensen.", release=False)

    found = round_of(made.open_as("A", 1))
    assert found is not None and found.is_over and found.otherwise.startswith("Op onze avond")
    approving.answer_agreement(rinus, item=item, version=1, answer="yes")


def test_an_agreement_that_changes_asks_the_group_again(made: Mediated) -> None:
    rinus, mediator = made.open_as("A"), made.open_as("")
    item = asks(rinus)
    end_round(rinus, item=item)
    own_texts.write_text(mediator, kind=MediationText.AGREEMENT, text="Wij groeten.", item=item)

    with pytest.raises(GroupNotAsked):
        approving.answer_agreement(rinus, item=item, version=2, answer="yes")


def test_letting_a_sentence_out_to_the_alliance_is_asked_too(made: Mediated) -> None:
    rinus, marieke = made.open_as("A"), made.open_as("B")
    item = asks(rinus, release=False)
    end_round(rinus, item=item)
    for opened in (rinus, marieke):
        approving.answer_agreement(opened, item=item, version=1, answer="yes")

    with pytest.raises(GroupNotAsked):
        approving.release_to_alliance(rinus, item=item, version=1)
    asks(rinus, release=True)
    end_round(rinus, item=item)
    approving.release_to_alliance(rinus, item=item, version=1)


def test_only_who_speaks_asks_and_only_the_others_answer(made: Mediated) -> None:
    rinus, halima = made.open_as("A"), made.open_as("A", 1)
    item = item_of(rinus)

    for opened in (halima, made.open_as(""), made.open_as("B")):
        with pytest.raises(NotYours):
            ask_group(opened, item=item, version=1, days=7, release=False)
    with pytest.raises(NotFound):
        answer_group(halima, item=item, answer="yes", line="")
    asks(rinus)
    with pytest.raises(NotFound):
        answer_group(rinus, item=item, answer="yes", line="")
    for act in (end_round,):
        with pytest.raises(NotYours):
            act(halima, item=item)


def test_who_comes_in_later_reads_it_once_it_is_asked_again_and_who_leaves_reads_nothing_new(
    made: Mediated,
) -> None:
    rinus, halima, mediator = made.open_as("A"), made.open_as("A", 1), made.open_as("")
    item = asks(rinus)
    invited = arranging.add_person(mediator, party_id=1, person="Sjaak de Groot")
    drawn = draw_words(invited.token, "nl")
    sjaak = open_keys.tapped(come_in(invited.token, drawn, drawn.words))
    assert sjaak is not None
    let_in(mediator, invited.person_id)
    accepting.accept(sjaak, texts=["alles"], mandate="self", who_decides="")
    assert round_of(sjaak) is None
    asks(rinus)
    answer_group(sjaak, item=item, answer="yes", line="")
    kept = dict(halima.keys)
    arranging.remove(mediator, person_id=halima.person_id)
    record_spoken(rinus, item=item, counts={"yes": 3})

    found = round_of(sjaak)
    assert found is not None and found.counts["yes"] == 4
    assert found.text.audience_id not in kept
    assert unlock(made.person("A", 1).token, made.person("A", 1).words) is None


def test_another_mediator_changes_nothing_for_the_group(made: Mediated) -> None:
    rinus = made.open_as("A")
    item = asks(rinus)
    invited = write(name_another_mediator, who=LEADER, mediation_id=1)
    drawn = draw_words(invited.token, "nl")
    newcomer = open_keys.tapped(come_in(invited.token, drawn, drawn.words))
    assert newcomer is not None
    arranging.set_up(newcomer, direction="vertical", name="Karim Aziz", declaration="Ik hoor bij niemand.")
    accepting.accept(rinus, texts=["alles"], mandate="self", who_decides="")

    record_spoken(rinus, item=item, counts={"yes": 3})
    assert not [text for text in acting.look(newcomer).texts if text.audience == AudienceKind.GROUP]


def test_of_a_group_without_a_phone_it_is_said_how_it_was_asked(made: Mediated) -> None:
    mediator = made.open_as("")
    arranging.add_party_on_paper(mediator, name="Koffieclub", kind="group", person="Ayşe Öztürk")
    paper = OnPaper(3, now().date())
    accepting.accept(mediator, texts=["alles"], mandate="group", who_decides="", paper=paper)
    item = item_of(mediator)

    with pytest.raises(GroupNotAsked):
        approving.answer_agreement(mediator, item=item, version=1, answer="yes", paper=paper)
    with pytest.raises(SignedWhen):
        approving.answer_agreement(
            mediator, item=item, version=1, answer="yes", paper=OnPaper(3), group_asked="Bij de koffie."
        )
    approving.answer_agreement(
        mediator, item=item, version=1, answer="yes", paper=paper, group_asked="Bij de koffie."
    )
    assert acting.look(mediator).agreements[-1].answers[3] == "yes"
