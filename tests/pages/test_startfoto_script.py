"""The script with which one marks in a note stays small."""

from pathlib import Path

import pages.parts.baseline.note_marks as note_marks


def test_the_marking_script_is_at_most_eight_kilobytes() -> None:
    script = Path(note_marks.__file__).with_suffix(".js")

    assert len(script.read_bytes()) <= 8_000
