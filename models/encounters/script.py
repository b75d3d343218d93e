"""The ready script of an evening: four rounds with three questions each, in plain words.

The order is that of the Day of Dialogue (Nederland in Dialoog): getting to know each other, experiences, dreams, doing.
The questions are ours.
"""

from models.basics.words import Language

CARDS_IN_A_ROUND = 3
SCRIPT: dict[str, tuple[tuple[str, str, str], ...]] = {
    Language.DUTCH: (
        (
            "Wie bent u, en waar komt u hier graag?",
            "Waar bent u trots op in uw straat of buurt?",
            "Wat doet u graag op een vrije dag? Met wie?",
        ),
        (
            "Wanneer voelde u zich hier thuis? Wie of wat hielp daarbij?",
            "Wanneer hoorde u er niet bij? Wat had toen geholpen?",
            "Wat leerde u van iemand die anders leeft dan u?",
        ),
        (
            "Het is vijf jaar later en het gaat hier goed. Wat ziet u?",
            "Wie kennen elkaar dan, die elkaar nu niet kennen?",
            "Wat mag zeker niet verdwijnen?",
        ),
        (
            "Wat kunnen wij zelf doen, met wat er al is?",
            "Wat is de eerste kleine stap? Wie zet die?",
            "Wie vragen wij om mee te doen?",
        ),
    ),
    Language.ENGLISH: (
        (
            "Who are you, and where do you like to be here?",
            "What are you proud of in your street or neighbourhood?",
            "What do you like to do on a free day? With whom?",
        ),
        (
            "When did you feel at home here? Who or what helped?",
            "When did you not belong? What would have helped then?",
            "What did you learn from somebody who lives differently?",
        ),
        (
            "It is five years later and all is well here. What do you see?",
            "Who know each other then, who do not know each other now?",
            "What must certainly not disappear?",
        ),
        (
            "What can we do ourselves, with what there is?",
            "What is the first small step? Who takes it?",
            "Whom do we ask to join?",
        ),
    ),
}


def script_of(language: str, number: int) -> list[str]:
    """Return the questions of a round, from 1. What comes after the script goes on with its last round."""
    rounds = SCRIPT.get(language, SCRIPT[Language.ENGLISH])
    return list(rounds[min(number, len(rounds)) - 1])
