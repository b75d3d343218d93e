"""What a start with another server key means, for whoever starts the server or types a command."""

from exports.language import translations
from models.server_key import AnotherKey


def another_key_told(found: AnotherKey, language: str) -> list[str]:
    """Return line by line what it means that the database was made under another key; nothing when it was not."""
    if not found.has_changed:
        return []
    _ = translations(language).gettext
    stuck = _("{alliance}, code {code}, round {number}: close it with what there is, or begin it again.")
    told = [
        _("Links that were given out still open. They cannot be shown again: make new ones where needed."),
        _("What was voted counts. Open anonymous rounds take no votes any more."),
        *(
            stuck.format(alliance=alliance, code=code, number=number)
            for alliance, code, number in found.rounds
        ),
        _("Do you still have the old key? Stop, put it back (server.key or HANDSLAG_KEY), and start again."),
    ]
    return [
        _("This start has another server key than before. What that means:"),
        *(f"  {line}" for line in told),
    ]
