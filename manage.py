"""The command line: what screens do and a script may want too. `python manage.py --help` lists it."""

import hashlib
import json
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from exports.agenda.build import build_files
from exports.baseline.report import build_report
from exports.evening.evening_report import build_evening
from exports.formats.formats import Format, agenda_as
from exports.genuine.verdict import judge
from exports.genuine.words import verdict_told
from exports.language import chosen_language, translations
from exports.plan.document import build_plan
from exports.sentences import choice_label, error_sentence, outcome_sentence
from exports.sentences.mediation import to_accept
from exports.sentences.methods import words_to_freeze
from exports.sentences.overwriting import elsewhere_told, left_told
from exports.sentences.seating import (
    contradiction_told,
    not_kept,
    reached_told,
    remark_told,
    tables_told,
    why_no_more,
)
from exports.sentences.server_key import another_key_told
from models.alliance.alliance import read_alliance
from models.baseline.baseline import newest_baseline
from models.basics.clock import today
from models.basics.errors import DomainError
from models.basics.keys import has_server_key, key_file, server_key
from models.basics.words import BuildingBlock, Copy, Decision, Language, MediationStep, Phase, Step
from models.encounters.document import evening_document
from models.encounters.people_file import MOST_PEOPLE, people_of_file, wanted_of
from models.encounters.seating.seat import WishesClash, seat
from models.encounters.seating.tables import MOST_ROUNDS
from models.example.evening import load_evening
from models.example.mediation import STEPS as STEPS_OF_MEDIATION
from models.example.mediation import LoadedMediation, load_mediations
from models.example.startfoto import STEPS as STEPS_OF_STARTFOTO
from models.example.startfoto import load_startfoto
from models.example.workshop import load_example
from models.installation.address import join_url, mediation_url, partner_url, projector_url, public_address
from models.installation.installation import (
    SHORTEST_PASSPHRASE,
    hash_passphrase,
    new_passphrase,
    renew_passphrase,
)
from models.photo.meeting import baseline_of_meeting
from models.photo.results import results_of_meeting
from models.planning.document import plan_document
from models.reports.freezing import report_document
from models.server_key import look_before_writing
from models.signing.agenda import read_agenda
from models.storage.database import back_up, reading, sqlite_file
from models.storage.database import migrate as migrate_database
from models.storage.overwriting import kept_elsewhere, overwrite_erased
from models.storage.writing import write
from models.tables import Baseline, Workshop
from models.voting.round_views import list_rounds
from models.workshop.programme import ALLIANCE, ENCOUNTERS
from models.workshop.workshop import find_workshop, workshop_with

LANGUAGE = chosen_language(
    None, os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG"), fallback="en"
)
_ = translations(LANGUAGE).gettext

app = typer.Typer(
    help=_("Handslag on the command line."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Code = Annotated[str, typer.Argument(help=_("The code of the meeting, as on the screen in the room."))]


class Refused(Exception):
    """What was asked cannot be done; the sentence says why."""


@dataclass(frozen=True)
class Link:
    """A partner and the address of the partner's own page."""

    name: str
    link: str


@dataclass(frozen=True)
class Example:
    """Where to find a loaded example; `manage.py example` prints it as one JSON object."""

    code: str
    workshop: int
    url: str
    round: int | None
    items: list[int]
    partners: list[Link]
    projector: str


def bring_up_to_date() -> None:
    """Say what it means when the server key is another one, before anything is written; then bring tables up to date.

    Raises `ServerKeyMissing` and `NewerDatabase`, as a start of the app does.
    """
    for line in another_key_told(look_before_writing(), LANGUAGE):
        typer.echo(line, err=True)
    migrate_database()


def _workshop_id(code: str) -> int:
    with reading() as session:
        return workshop_with(session, code).id


STEPS_BY_BLOCK: dict[str, tuple[str, ...]] = {
    BuildingBlock.ALLIANCE: tuple(step.name for step in ALLIANCE.steps),
    BuildingBlock.BASELINE: STEPS_OF_STARTFOTO,
    BuildingBlock.ENCOUNTERS: tuple(step.name for step in ENCOUNTERS.steps),
    BuildingBlock.MEDIATION: tuple(STEPS_OF_MEDIATION),
}
FIRST_SHOWN: dict[str, str] = {
    BuildingBlock.ALLIANCE: Step.VOTE,
    BuildingBlock.BASELINE: Step.PICTURE,
    BuildingBlock.ENCOUNTERS: Step.TABLES,
    BuildingBlock.MEDIATION: MediationStep.TOGETHER,
}
STEPS = "|".join(dict.fromkeys(step for steps in STEPS_BY_BLOCK.values() for step in steps))


def _block_of_example(block: str) -> str:
    if block not in STEPS_BY_BLOCK:
        raise typer.BadParameter(f"{block!r}: {'|'.join(STEPS_BY_BLOCK)}")
    return block


@app.command(help=_("Make an invented municipality, with its room at one step. Prints where to find it."))
def example(
    step: Annotated[str | None, typer.Option(help=_("The step that the room is in."), metavar=STEPS)] = None,
    block: Annotated[
        str,
        typer.Option(
            help=_("The building block that is shown."),
            metavar="|".join(STEPS_BY_BLOCK),
            callback=_block_of_example,
        ),
    ] = BuildingBlock.ALLIANCE,
) -> None:
    step = step or FIRST_SHOWN[block]
    if step not in STEPS_BY_BLOCK[block]:
        raise typer.BadParameter(f"{step!r}: {'|'.join(STEPS_BY_BLOCK[block])}")
    bring_up_to_date()
    mediations: list[LoadedMediation] = []
    if block == BuildingBlock.BASELINE:
        loaded = load_startfoto(step)
    elif block == BuildingBlock.ENCOUNTERS:
        loaded = load_evening(step)
    elif block == BuildingBlock.MEDIATION:
        loaded, mediations = load_mediations(step, accepting=_accepting)
    else:
        loaded = load_example(step, words=words_to_freeze(), build=build_files)
    with reading() as session:
        chosen = public_address(session)
    address = chosen or f"http://localhost:{os.environ.get('PORT', '8501')}"
    found = Example(
        code=loaded.code,
        workshop=loaded.workshop_id,
        url=join_url(address, loaded.code),
        round=loaded.round_id,
        items=loaded.item_ids,
        partners=[Link(name, partner_url(address, token)) for name, token in loaded.partners],
        projector=projector_url(address, loaded.projector_token),
    )
    told = asdict(found)
    # A report and a plan are asked for by the alliance, since they need no meeting.
    told["alliance"] = loaded.alliance_id
    if block == BuildingBlock.MEDIATION:
        told |= _mediations_told(mediations, address)
    typer.echo(json.dumps(told, ensure_ascii=False))


def _accepting(direction: str, mediator: str, declaration: str) -> list[str]:
    """Return what the invented people accept, in the language of the example."""
    return [one.whole for one in to_accept(direction, mediator, declaration, Language.DUTCH)]


def _mediations_told(mediations: list[LoadedMediation], address: str) -> dict[str, Any]:
    """Return the links, codes and words of the invented people by their names, and every sentence that stands there."""
    people = [person for one in mediations for person in one.people]
    return {
        "links": {person.name: mediation_url(address, person.token) for person in people},
        "codes": {person.name: person.code for person in people},
        "words": {person.name: person.words for person in people if person.words},
        "texts": [text for one in mediations for texts in one.texts.values() for text in texts],
        "mediations": [
            {
                "direction": one.direction,
                "people": [
                    {
                        "name": person.name,
                        "party": person.party,
                        "link": mediation_url(address, person.token),
                        "code": person.code,
                        "words": person.words,
                        "spare_words": person.spare_words,
                    }
                    for person in one.people
                ],
                "texts": one.texts,
            }
            for one in mediations
        ],
    }


@app.command(help=_("Write the report of an alliance's baseline as a Word file."))
def startfoto(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="CODE",
            help=_("The join code of a meeting, or the number of an alliance; the example prints both."),
        ),
    ],
    out: Annotated[Path, typer.Option(help=_("The file to write."))],
) -> None:
    bring_up_to_date()
    with reading() as session:
        found = _baseline_asked_for(session, asked)
        if found is None:
            raise Refused(_("This alliance has no baseline yet. Begin one on the page Baseline first."))
        document = report_document(session, found.id)
    content = build_report(document)
    out.write_bytes(content)
    typer.echo(str(out))


def _meeting_asked_for(session: Session, asked: str) -> Workshop | None:
    """Return the meeting with this code; None where it is the number of an alliance. Raises `NotFound`."""
    workshop = find_workshop(session, asked)
    if workshop is None and not asked.strip().isdecimal():
        return workshop_with(session, asked)
    return workshop


def _baseline_asked_for(session: Session, asked: str) -> Baseline | None:
    """Return the startfoto of a meeting with this code, else the newest of its alliance, or of that number."""
    workshop = _meeting_asked_for(session, asked)
    if workshop is None:
        return newest_baseline(session, int(asked))
    return baseline_of_meeting(session, workshop.id) or newest_baseline(session, workshop.alliance_id)


@app.command(help=_("Write the plan of approach of an alliance as a Word file of two pages."))
def plan(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="ALLIANCE",
            help=_("The join code of a meeting, or the number of an alliance; the example prints both."),
        ),
    ],
    out: Annotated[Path, typer.Option(help=_("The file to write."))],
    with_map: Annotated[
        bool,
        typer.Option(
            "--with-map",
            help=_("Put the map of who matters in it too. Everybody who gets the file reads it."),
        ),
    ] = False,
) -> None:
    bring_up_to_date()
    with reading() as session:
        workshop = _meeting_asked_for(session, asked)
        found = read_alliance(session, int(asked) if workshop is None else workshop.alliance_id)
        document = plan_document(session, found.id, today(found.time_zone), with_map=with_map)
    out.write_bytes(build_plan(document))
    typer.echo(str(out))


@app.command(help=_("Write what an evening at mixed tables did as a Word file of two pages."))
def evening(
    code: Code,
    out: Annotated[Path, typer.Option(help=_("The file to write."))],
) -> None:
    bring_up_to_date()
    workshop_id = _workshop_id(code)
    with reading() as session:
        document = evening_document(session, workshop_id)
    out.write_bytes(build_evening(document))
    typer.echo(str(out))


@contextmanager
def telling_when_it_takes_long(after: float = 2, every: float = 5) -> Iterator[None]:
    """Say after `after` seconds that something is being made, and how long it has taken, until it is there."""
    began, is_there = time.monotonic(), threading.Event()

    def tell() -> None:
        wait = after
        while not is_there.wait(wait):
            seconds = round(time.monotonic() - began)
            typer.echo(
                _("The file is being made: {seconds} seconds so far.").format(seconds=seconds), err=True
            )
            wait = every

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        is_there.set()
        teller.join()


@app.command(help=_("Write the agenda of a meeting to a file: as a Word file, or as another kind."))
def agenda(
    code: Code,
    out: Annotated[Path, typer.Option(help=_("The file to write."))],
    copy: Annotated[Copy, typer.Option(help=_("For whom: the partners, or the public."))] = Copy.PARTNERS,
    format: Annotated[
        Format,
        typer.Option(
            help=_(
                "The kind of file. A PDF is sealed once signing is closed; xlsx are the agreements, ics their days, "
                "json the text that was signed. PDF and ODT need LibreOffice."
            )
        ),
    ] = Format.DOCX,
) -> None:
    bring_up_to_date()
    workshop_id = _workshop_id(code)
    with reading() as session:
        found = read_agenda(session, workshop_id)
    if found is None:
        raise Refused(_("There is no agenda yet. Freeze one on the page Sign first."))
    with telling_when_it_takes_long():
        given = agenda_as(found.id, copy, format)
    out.write_bytes(given.content)
    if not given.is_final:
        typer.echo(_("Signing is still open: this file says so, and is not the final one."))
    typer.echo(_("{file}: {size} bytes.").format(file=out, size=len(given.content)))


@app.command(
    help=_("Say whether a file is a genuine agenda of here, and which control words belong to its text.")
)
def check(file: Annotated[Path, typer.Argument(help=_("The file to check."))]) -> None:
    with file.open("rb") as offered:
        sha256 = hashlib.file_digest(offered, "sha256").hexdigest()
        offered.seek(0)
        bring_up_to_date()
        judged = judge(offered, sha256)
    told = verdict_told(judged, LANGUAGE)
    lines = [f"{told.headline}.", *told.sentences]
    for difference in told.differences:
        lines.append(f"- {difference.kind}")
        lines += [f"  - {difference.before}"] if difference.before else []
        lines += [f"  + {difference.now}"] if difference.now else []
    lines += [told.more] if told.more else []
    if judged.found is not None and judged.verdict.has_the_text:
        lines.append(_("Control words: {words}").format(words=" · ".join(judged.found.control_words)))
    if not judged.verdict.is_genuine:
        raise Refused("\n".join(lines))
    for line in lines:
        typer.echo(line)


@app.command(
    help=_("Print every round of a meeting: the count, the outcome and how many ballots are stored.")
)
def results(
    code: Code,
    as_json: Annotated[bool, typer.Option("--json", help=_("As JSON, for scripts."))] = False,
) -> None:
    bring_up_to_date()
    workshop_id = _workshop_id(code)
    with reading() as session:
        if as_json:
            typer.echo(json.dumps(results_of_meeting(session, code), ensure_ascii=False, indent=2))
            return
        rounds = list_rounds(session, workshop_id)
    if not rounds:
        typer.echo(_("Nothing has been voted on yet."))
    for one in rounds:
        typer.echo(_("Round {number}: {voted} of {electorate} voted.").format(**vars(one)))
        for item in one.items:
            typer.echo(f"  {item.number}. {item.text}")
            if one.phase is Phase.REVEALED and item.result is not None:
                typer.echo("     " + " ".join(outcome_sentence(item.result, LANGUAGE)))
                if item.result.decision == Decision.ANSWERED and item.result.numbers is not None:
                    counts = item.result.numbers.counts
                    answers = [
                        f"{choice_label(one.method, value, LANGUAGE)}: {counts[value]}" for value in counts
                    ]
                    typer.echo("     " + " · ".join(answers))


@app.command(
    help=_(
        "Seat people at mixed tables, round by round, so that as many as possible meet for the first time. "
        "The file is a CSV with the columns name and group; together and apart may hold names, separated by semicolons."
    )
)
def seating(
    people: Annotated[Path, typer.Argument(help=_("The CSV with the people."))],
    size: Annotated[
        int, typer.Option(help=_("How many people sit at a table at most."), min=2, max=MOST_PEOPLE)
    ] = 6,
    rounds: Annotated[int, typer.Option(help=_("How many rounds there are."), min=1, max=MOST_ROUNDS)] = 4,
    tables: Annotated[
        int | None,
        typer.Option(help=_("How many tables there are, instead of a size."), min=1, max=MOST_PEOPLE),
    ] = None,
    seed: Annotated[int, typer.Option(help=_("The same number gives the same seating."))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=_("As JSON, for scripts."))] = False,
) -> None:
    found = people_of_file(people.read_bytes())
    told = [remark_told(remark, LANGUAGE) for remark in found.remarks]
    wanted = wanted_of(found, size=size, rounds=rounds, tables=tables)
    if tables is not None and wanted.tables < tables:
        told.append(tables_told(tables, wanted.tables, wanted.people, LANGUAGE))
    try:
        plan = seat(wanted, seed=seed)
    except WishesClash as clash:
        raise Refused(
            "\n".join(contradiction_told(one, found.names, LANGUAGE) for one in clash.contradictions)
        ) from None
    told += not_kept(wanted, plan, found.names, LANGUAGE)
    because = why_no_more(wanted, plan.bound, LANGUAGE)
    if as_json:
        seated = [
            [
                {"table": number, "people": [found.names[person] for person in table]}
                for number, table in enumerate(one, start=1)
            ]
            for one in plan.rounds
        ]
        answer = {
            "rounds": seated,
            "new_encounters": plan.new,
            "bound": plan.bound.most,
            "bound_because": because,
            "not_kept": told,
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    for number, one in enumerate(plan.rounds, start=1):
        typer.echo(_("Round {number}").format(number=number))
        for place, table in enumerate(one, start=1):
            names = ", ".join(found.names[person] for person in table)
            typer.echo("  " + _("Table {number}: {seated}").format(number=place, seated=names))
    typer.echo(f"{reached_told(plan, LANGUAGE)} {because}")
    for line in told:
        typer.echo(line)


@app.command(help=_("Copy the SQLite database while people vote. The server key is not in the copy."))
def backup(file: Annotated[Path, typer.Argument(help=_("The file to write."))]) -> None:
    source = sqlite_file()
    if source is None:
        raise Refused(
            _("This is a PostgreSQL database: copy it with pg_dump --exclude-table-data=round_secret.")
        )
    if not source.is_file():
        raise Refused(_("There is no database yet at {file}.").format(file=source))
    if file.exists():
        raise Refused(_("{file} exists already. Choose another name.").format(file=file))
    try:
        back_up(file)
    except sqlite3.DatabaseError:
        raise Refused(_("The copy is not whole. Nothing was written.")) from None
    typer.echo(_("{file}: {size} bytes.").format(file=file, size=file.stat().st_size))


@app.command(
    help=_(
        "Overwrite at once what was erased, and say what is left and where else it is kept. Status 1: some is left."
    )
)
def erased() -> None:
    bring_up_to_date()
    left = overwrite_erased(patience=timedelta())
    for line in left_told(left, LANGUAGE):
        typer.echo(line)
    found = kept_elsewhere()
    for line in elsewhere_told(found, LANGUAGE) if found else []:
        typer.echo(line)
    if left is not None:
        raise typer.Exit(1)


@app.command(help=_("Make a new passphrase for facilitators, and print it once."))
def password(
    signs_everybody_out: Annotated[
        bool, typer.Option("--sign-everybody-out", help=_("Also end every sign-in that stands now."))
    ] = False,
) -> None:
    if os.environ.get("HANDSLAG_PASSPHRASE"):
        sentence = _(
            "HANDSLAG_PASSPHRASE sets the passphrase: at least {count} characters. Change it there, and start again."
        )
        raise Refused(sentence.format(count=SHORTEST_PASSPHRASE))
    bring_up_to_date()
    fresh = new_passphrase()
    write(renew_passphrase, passphrase_hash=hash_passphrase(fresh), signs_everybody_out=signs_everybody_out)
    typer.echo(_("The passphrase for facilitators is now: {passphrase}").format(passphrase=fresh))


@app.command(help=_("Make a new server key where the old one is lost, and say what that means."))
def new_key() -> None:
    if has_server_key():
        raise Refused(_("There is a server key already. Nothing was changed."))
    server_key()
    typer.echo(_("A new server key stands in {file}. Keep it apart from the copies.").format(file=key_file()))
    bring_up_to_date()


@app.command(help=_("Bring the database to this version's tables. The app does so by itself when it starts."))
def migrate() -> None:
    bring_up_to_date()
    typer.echo(_("The database is up to date."))


def main() -> None:
    """Run the command line. What went wrong is printed as a sentence, and ends it with status 1."""
    try:
        app()
    except Refused as refusal:
        sentence = str(refusal)
    except DomainError as error:
        sentence = " ".join(error_sentence(error, LANGUAGE))
    except OSError as error:
        if error.filename is None:
            raise
        sentence = f"{error.filename}: {error.strerror}"
    typer.echo(sentence, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
