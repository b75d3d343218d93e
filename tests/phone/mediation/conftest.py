"""What tests of mediations share."""

import pytest


@pytest.fixture(autouse=True)
def quick_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let words cost a thousandth here: what is told of them does not hang on how much memory they take."""
    monkeypatch.setattr("models.mediation.sealing.MEMORY_KIBIBYTES", 64)
