"""The keys of the fields of an evening."""

from pages.parts.frame.room_now import RoomNow


def field_key(room: RoomNow, name: str) -> str:
    """Return the key of a field of the evening that this meeting is."""
    return f"evening_{name}_{room.workshop_id}"
