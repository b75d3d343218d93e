"""The example municipality is complete in every step, and a second one stands beside the first."""

import unicodedata
from datetime import date

import pytest

from exports.sentences.methods import words_to_freeze
from models.agreeing.views import AgreementView, list_agreements, read_coherence
from models.alliance.alliance import list_alliances, read_alliance
from models.alliance.partner import find_partner, read_partners
from models.basics.text import cleaned
from models.basics.words import Copy, Phase, Step
from models.drafting.views import ProposalRow, proposals_for_facilitator
from models.example import merenveld as example_content
from models.example.alliance import ExampleLoaded
from models.example.workshop import load_example
from models.progress.figures import read_figures
from models.signing.agenda import AgendaView, has_changed_since, read_agenda
from models.signing.files import AgendaDocument, BuiltFile, agenda_file
from models.storage.chain import chain_is_whole, list_events
from models.storage.database import reading
from models.tables import Workshop
from models.voting.principles import PrincipleView, list_principles
from models.voting.round_views import RoundView, list_rounds
from models.workshop.people import list_participants, people_here
from models.workshop.programme import ALLIANCE
from models.workshop.workshop import find_projector, find_workshop, read_workshop
from tests.questions import questions_asked

# Who presses the button waits for it: with 60 people, 14 proposals and 9 agreements it asks some 3,400 times.
MOST_QUESTIONS = 4_000


def build(document: AgendaDocument) -> list[BuiltFile]:
    return [BuiltFile(copy_for, "docx", document.sha256.encode()) for copy_for in Copy]


def _workshop(example: ExampleLoaded) -> Workshop:
    with reading() as session:
        return read_workshop(session, example.workshop_id)


def _proposals(example: ExampleLoaded) -> list[ProposalRow]:
    with reading() as session:
        return proposals_for_facilitator(session, example.workshop_id)


def _principles(example: ExampleLoaded) -> list[PrincipleView]:
    with reading() as session:
        return list_principles(session, example.alliance_id)


def _rounds(example: ExampleLoaded) -> list[RoundView]:
    with reading() as session:
        return list_rounds(session, example.workshop_id)


def _agreements(example: ExampleLoaded) -> list[AgreementView]:
    with reading() as session:
        return list_agreements(session, example.alliance_id)


def _agenda(example: ExampleLoaded) -> AgendaView:
    with reading() as session:
        found = read_agenda(session, example.workshop_id)
    assert found is not None
    return found


def _answers(example: ExampleLoaded) -> list[str]:
    return [answer.answer for answer in _agenda(example).partners if answer.answer is not None]


# The last step went through all others.
@pytest.mark.parametrize(
    "step",
    [
        *[step.name for step in ALLIANCE.steps[:-1]],
        pytest.param(Step.PROGRESS, marks=pytest.mark.both_databases),
    ],
)
def test_it_stands_in_the_step_that_was_asked_for(database: str, step: Step) -> None:
    with questions_asked() as asked:
        example = load_example(step, words=words_to_freeze(), build=build)

    assert len(asked) < MOST_QUESTIONS
    workshop = _workshop(example)
    assert (workshop.code, workshop.step) == (example.code, step)
    assert workshop.state == ("over" if step is Step.PROGRESS else "open")
    assert len(example.partners) == 8
    with reading() as session:
        assert all(find_partner(session, token) is not None for _name, token in example.partners)
        found = find_projector(session, example.projector_token)
        assert chain_is_whole(session, example.alliance_id)
        assert {event.who for event in list_events(session, example.alliance_id)} >= {"Voorbeeld"}
    assert (found is None) == (step is Step.PROGRESS)
    has_rounds = ALLIANCE.number(step) >= ALLIANCE.number(Step.VOTE)
    assert (example.round_id is not None, len(example.item_ids)) == (has_rounds, 3 if has_rounds else 0)


def test_people_come_from_five_groups_of_which_one_is_small(sqlite: str) -> None:
    example = load_example(Step.AGREE, words=words_to_freeze())

    with reading() as session:
        people = people_here(session, example.workshop_id)
        rows = list_participants(session, example.workshop_id)

    assert (len(rows), people.total, people.without_group) == (60, 59, 4)
    assert len(people.groups) == 5
    assert [group.name for group in people.groups if group.count < 5] == ["Ondernemers"]
    assert len([row for row in rows if row.left_at is not None]) == 1
    assert len([row for row in rows if row.partner is not None]) == 8
    assert len([row for row in rows if row.name is None]) > 30


def test_fourteen_proposals_came_in_with_support(sqlite: str) -> None:
    proposals = _proposals(load_example(Step.DRAFT, words=words_to_freeze()))

    assert len(proposals) == 14
    assert sorted({row.state for row in proposals}) == ["hidden", "received", "shown"]
    assert [row.hidden_reason is not None for row in proposals].count(True) == 1
    assert sum(row.support for row in proposals) > 100
    assert max(len(row.text) for row in proposals) == 390
    assert [row.origin for row in proposals].count("Tafel 4") == 1
    assert any("🍲" in row.text and "\u200d" in row.text for row in proposals)
    assert any(unicodedata.bidirectional(row.text[0]) == "AL" for row in proposals)


def test_in_voting_a_round_is_open_and_two_thirds_voted(sqlite: str) -> None:
    example = load_example(Step.VOTE, words=words_to_freeze())

    *earlier, last = _rounds(example)

    assert [found.phase for found in earlier] == [Phase.REVEALED, Phase.REVEALED]
    assert (last.phase, last.id, [item.id for item in last.items]) == (
        Phase.OPEN,
        example.round_id,
        example.item_ids,
    )
    assert 60 <= 100 * last.voted // last.electorate <= 70
    assert last.joined_groups == ["Ondernemers"]
    assert [row.is_late for row in _proposals(example)].count(True) == 1


def test_principles_are_adopted_reworded_or_left_with_a_minority_report(sqlite: str) -> None:
    example = load_example(Step.AGREE, words=words_to_freeze())

    principles = _principles(example)

    assert [found.status for found in principles] == ["adopted"] * 5 + ["not adopted"]
    assert [found.version for found in principles] == [1, 1, 2, 1, 1, 1]
    assert [len(found.rounds) for found in principles] == [1, 1, 2, 1, 1, 1]
    assert all(found.sources for found in principles)
    last = principles[-1].rounds[-1].items[-1]
    assert (last.follow_up, last.reasons_hidden) == ("minority report", 1)
    assert all(reason.state == "shown" for reason in last.reasons)
    assert all(
        item.result is not None and item.result.rows for found in _rounds(example) for item in found.items
    )


def test_agreements_have_owners_who_accepted_but_for_two(sqlite: str) -> None:
    example = load_example(Step.AGREE, words=words_to_freeze())

    agreements = _agreements(example)

    assert len(agreements) == 9
    assert [found.number for found in agreements if found.owner is None] == [9]
    assert [found.number for found in agreements if found.owner and not found.owner_accepted] == [6]
    assert [(found.number, found.depends_on) for found in agreements if found.depends_on] == [
        (5, [4]),
        (7, [3]),
        (8, [7]),
    ]
    assert all(
        found.is_shown and found.due_on is not None and found.due_on > date.today() for found in agreements
    )
    assert agreements[0].owner is not None
    assert (agreements[0].owner.name, agreements[0].owner.kind) == ("Zoë Hermans", "resident")
    with reading() as session:
        gaps = read_coherence(session, example.alliance_id).gaps
    assert [gap.kind for gap in gaps] == ["no owner", "partner without agreement"]


def test_at_signing_five_of_eight_have_answered(sqlite: str) -> None:
    example = load_example(Step.SIGN, words=words_to_freeze())

    view = _agenda(example)

    assert (view.version, view.closed_at) == (1, None)
    with reading() as session:
        assert not has_changed_since(session, view.id)
    assert sorted(_answers(example)) == ["declined", "reserved", "signed", "signed", "signed"]
    assert len([answer for answer in view.partners if answer.drawn]) == 3


def test_when_signing_is_closed_one_has_not_answered_and_the_files_are_kept(sqlite: str) -> None:
    example = load_example(Step.AGENDA, words=words_to_freeze(), build=build)

    view = _agenda(example)

    assert view.closed_at is not None
    assert (view.editions, len(_answers(example))) == ([1], 7)
    with reading() as session:
        file = agenda_file(session, view.id, Copy.PUBLIC)
    assert file is not None
    assert file.content == view.sha256.encode()


def test_without_a_builder_signing_closes_without_files(sqlite: str) -> None:
    example = load_example(Step.AGENDA, words=words_to_freeze())

    assert (_agenda(example).closed_at is not None, _agenda(example).editions) == (True, [])


def test_afterwards_owners_told_how_it_goes(sqlite: str) -> None:
    example = load_example(Step.PROGRESS, words=words_to_freeze(), build=build)

    states = [found.progress.state for found in _agreements(example) if found.progress]

    assert sorted(states) == ["busy", "busy", "done", "done", "stuck", "to do"]
    with reading() as session:
        figures = read_figures(session, example.alliance_id, date.today())
    assert (figures.principles_adopted, figures.agreements, figures.done, figures.overdue) == (5, 9, 2, 1)


def test_a_second_example_stands_beside_the_first(sqlite: str) -> None:
    first = load_example(Step.SIGN, words=words_to_freeze())
    before = _agenda(first), _rounds(first)

    second = load_example(Step.VOTE, words=words_to_freeze(), who="Iris")

    assert second.code != first.code
    assert (_agenda(first), _rounds(first)) == before
    with reading() as session:
        assert len(list_alliances(session)) == 2
        assert len(read_partners(session, second.alliance_id)) == 8
        assert {event.who for event in list_events(session, second.alliance_id)} >= {"Iris"}
        assert find_workshop(session, second.code) is not None
        assert (
            read_alliance(session, first.alliance_id).name == read_alliance(session, second.alliance_id).name
        )


def test_its_texts_are_as_they_would_be_stored() -> None:
    texts = [proposal.text for proposal in (*example_content.PROPOSALS, *example_content.AGREEMENT_PROPOSALS)]
    texts += [principle.text for principle in example_content.PRINCIPLES]
    texts += [agreement.what for agreement in example_content.AGREEMENTS]
    texts += [example_content.PURPOSE, example_content.CONTACT, example_content.CONSENT]

    assert [text for text in texts if cleaned(text) != text] == []
    assert max(len(text) for text in texts) <= 400
