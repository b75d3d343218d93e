"""The script that follows the news of a room: written once, and joined in front of those that say what news does."""

from pathlib import Path

FOLLOWER = (Path(__file__).resolve().parent / "follow_room.js").read_text(encoding="utf-8")
