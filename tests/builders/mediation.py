"""A mediation at a step, with the words of everybody in it, and who opens it."""

from dataclasses import dataclass

from exports.sentences.mediation import to_accept
from models.basics.words import Language, MediationStep
from models.example.mediation import ExamplePerson, LoadedMediation, make_mediation
from models.example.merenveld_mediation import VERTICAL, ExampleMediation
from models.mediation import acting, arranging
from models.mediation.coming_in import unlock
from models.mediation.opened import Opened, open_keys
from tests.builders.workshop import LEADER, make_alliance


@dataclass(frozen=True)
class Mediated:
    """A mediation of the example and everybody in it: the mediator, two people of party A, one of party B."""

    alliance_id: int
    loaded: LoadedMediation

    def person(self, party: str, place: int = 0) -> ExamplePerson:
        """Return somebody by the letter of their party, of the mediator an empty one."""
        return [one for one in self.loaded.people if one.party == party][place]

    def open_as(self, party: str, place: int = 0) -> Opened:
        """Open it with the six words of somebody."""
        person = self.person(party, place)
        opened = open_keys.tapped(unlock(person.token, person.words) or "")
        assert opened is not None
        return opened

    def texts(self, readers: str) -> list[str]:
        """Return the sentences that these read: notes, A, B or all."""
        return self.loaded.texts.get(readers, [])


def let_in(mediator: Opened, person_id: int) -> None:
    """Let somebody in whose number the mediator has heard."""
    arranging.admit(mediator, person_id=person_id, number=acting.look(mediator).person(person_id).number)


def make_mediated(
    step: str = MediationStep.TOGETHER, of: ExampleMediation = VERTICAL, alliance_id: int | None = None
) -> Mediated:
    """Make a mediation at a step, as its people would."""
    alliance = alliance_id or make_alliance().alliance_id

    def accepting(direction: str, mediator: str, declaration: str) -> list[str]:
        return [one.whole for one in to_accept(direction, mediator, declaration, Language.DUTCH)]

    return Mediated(alliance, make_mediation(alliance, of, step, accepting=accepting, who=LEADER))
