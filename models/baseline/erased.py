"""What was erased or withdrawn stays so, also when an older copy of the database is put back: a list outside of it.

A line names a source or a finding without telling anything of it. What somebody who leads removed is not in it: putting
a copy back is how one gets that back.
"""

import os
from collections.abc import Iterable
from datetime import UTC, date
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session, col, select

from models.baseline.erasing import PRIVATE, due_to_erase, erase_source
from models.baseline.releasing import withdraw
from models.basics.keys import data_folder
from models.basics.words import Erased
from models.storage.changes import alliance_changed
from models.storage.forgetting import mark_erased
from models.tables import Baseline, BaselineSource, Finding


def erased_file() -> Path:
    """Return where the list stands: beside the server key, and so in no copy of the database."""
    return data_folder() / "erased-notes"


def known_erased() -> set[str]:
    """Return the names of all that was ever erased or withdrawn here."""
    try:
        return set(erased_file().read_text(encoding="ascii").split())
    except FileNotFoundError:
        return set()


def keep_erased(names: Iterable[str]) -> None:
    """Add names to the list, on the disk before this returns."""
    new = sorted(set(names) - known_erased())
    if not new:
        return
    path = erased_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as stream:
        stream.write("".join(f"{name}\n" for name in new))
        stream.flush()
        os.fsync(stream.fileno())


def names_to_keep(session: Session, *, on: date | None = None) -> list[str]:
    """Return the names of the notes whose day has come or came, and of what speakers withdrew."""
    erased = session.exec(select(BaselineSource).where(col(BaselineSource.note_erased_at).is_not(None))).all()
    withdrawn = session.exec(select(Finding).where(col(Finding.withdrawn_at).is_not(None))).all()
    return [
        *(_name(source) for source in [*erased, *due_to_erase(session, on=on)]),
        *(_name(finding) for finding in withdrawn),
    ]


def erase_again(session: Session, *, names: set[str]) -> int:
    """Erase and withdraw what stands in the list and stands here again; return how much. Harmless when repeated."""
    if not names:
        return 0
    sources = [
        source
        for source in session.exec(
            select(BaselineSource).where(
                col(BaselineSource.note_erased_at).is_(None), col(BaselineSource.kind).in_(PRIVATE)
            )
        ).all()
        if _name(source) in names
    ]
    findings = [
        finding
        for finding in session.exec(select(Finding).where(col(Finding.withdrawn_at).is_(None))).all()
        if _name(finding) in names
    ]
    for finding in findings:
        withdraw(finding)
        session.add(finding)
    session.flush()
    for source in sources:
        erase_source(session, source)
    session.flush()
    for alliance_id in sorted(
        {
            session.get_one(Baseline, baseline_id).alliance_id
            for baseline_id in [
                *(source.baseline_id for source in sources),
                *(finding.baseline_id for finding in findings),
            ]
        }
    ):
        alliance_changed(session, alliance_id, content=True)
    if sources or findings:
        mark_erased(session, Erased.NOTES)
    return len(sources) + len(findings)


def _name(row: BaselineSource | Finding) -> str:
    """Return a name that no other row has, also where an id is given again after a copy was put back."""
    told = f"{type(row).__name__} {row.id} {row.added_at.astimezone(UTC).isoformat()}"
    return sha256(told.encode()).hexdigest()[:40]
