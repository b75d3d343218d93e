"""What was erased and still stands somewhere, for whoever runs the server."""

from exports.language import day, translations
from models.storage.journal import Elsewhere, Holder
from models.storage.overwriting import Left


def left_told(left: Left | None, language: str) -> list[str]:
    """Return whether everything that was erased is overwritten, and else what holds it."""
    _ = translations(language).gettext
    if left is None:
        return [_("Everything that was erased is overwritten, in the database and in its journal.")]
    since = day(left.since.date(), language)
    if not left.in_journal:
        return [
            _("What was erased since {day} still stands in the files of the database.").format(day=since),
            _(
                "Somebody keeps reading, or this role does not own the tables and the database. It is tried again."
            ),
        ]
    return [
        _("What was erased since {day} still stands in the journal of PostgreSQL (pg_wal).").format(
            day=since
        ),
        _holder_told(left.holder, language),
    ]


def _holder_told(holder: Holder | None, language: str) -> str:
    _ = translations(language).gettext
    match holder:
        case Holder.CHECKPOINT:
            return _("It goes after the next checkpoint; try again in some minutes.")
        case Holder.ARCHIVE:
            return _("The archive has not taken it yet: see archive_command.")
        case Holder.SLOT:
            return _("A replication slot holds it: a replica is behind, or is gone and its slot stayed.")
        case Holder.UNSEEN:
            return _("This role does not see whether a replica or an archive holds it. Give it pg_monitor.")
        case _:
            return _("It is tried again every ten minutes.")


def elsewhere_told(found: Elsewhere, language: str) -> list[str]:
    """Return where else PostgreSQL keeps what was erased, and what this database's role may not do."""
    _ = translations(language).gettext
    told = [
        (
            found.is_archived,
            _(
                "PostgreSQL archives its journal. What was erased stays there as long as you keep the archive."
            ),
        ),
        (
            found.replicas > 0,
            _(
                "Replicas follow this database: {count}. Each has a journal of its own, which Handslag does not reach."
            ),
        ),
        (
            not found.rights.may_checkpoint,
            _(
                "This role may not ask for a checkpoint (pg_checkpoint): what is erased goes after the next one."
            ),
        ),
        (
            not (found.rights.may_list_journal and found.rights.sees_everybody),
            _(
                "This role does not see the files of the journal, nor who else reads (pg_monitor): it takes longer."
            ),
        ),
    ]
    return [sentence.format(count=found.replicas) for is_so, sentence in told if is_so]
