"""What tests of mediations share."""

import pytest

from phone.mediation.shared import WordTries
from phone.serving.limits import PostRate


@pytest.fixture(autouse=True)
def quick_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let words cost a thousandth here: what is told of them does not hang on how much memory they take."""
    monkeypatch.setattr("models.mediation.sealing.MEMORY_KIBIBYTES", 64)


@pytest.fixture
def unbraked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let words be typed and pages be posted as if nobody had before, in another test."""
    monkeypatch.setattr("phone.mediation.door.word_tries", WordTries())
    monkeypatch.setattr("phone.mediation.room.post_rate", PostRate())
