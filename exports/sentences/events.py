"""What happened, in a sentence for each kind of event in an alliance's chain (`models.storage.chain`)."""

from collections.abc import Mapping
from typing import Any

from exports.language import translations
from exports.sentences.baseline import alias_name
from exports.sentences.signing import answer_word
from exports.sentences.steps import step_name
from models.basics.words import BuildingBlock, Side
from models.undoing.undo import UNDONE
from models.who_may_see import Role


def doer_name(who: str, language: str) -> str:
    """Return who did something, as people read it: a name; whoever hosted a table came by a link that has none, and
    whoever was interviewed is known by an alias.
    """
    side, _space, number = who.rpartition(" ")
    if side in set(Side) and number.isdecimal():
        return alias_name(side, int(number), language)
    return translations(language).gettext("table host") if who == Role.TABLE_HOST else who


def event_sentence(what: str, details: Mapping[str, Any], language: str) -> str:
    """Return what happened, without who did it. `details` are those of the event.

    A kind that this edition of Handslag does not know is told by its own name.
    """
    _ = translations(language).gettext
    counted = _counted(what, details, language)
    if counted is not None:
        return counted
    if what == UNDONE:
        return _("Undone: {what}").format(what=event_sentence(details["of"], details["told"], language))
    sentences = {
        **_of_the_alliance(language),
        **_of_the_meeting(language),
        **_of_rounds(language),
        **_of_agreements(language),
        **_of_the_agenda(language),
        **_of_the_startfoto(language),
    }
    known = _Known({"what": what, **details, **_in_words(details, language)})
    return sentences.get(what, _("Something else: {what}")).format_map(known)


def what_undoing_costs(what: str, language: str) -> str:
    """Return what one loses by undoing an act of this kind, in a sentence; empty where nothing."""
    _ = translations(language).gettext
    return {
        "partner link renewed": _("The link that was made since opens nothing any more then."),
        "projector link renewed": _("The link that was made since opens nothing any more then."),
        "public link renewed": _("The link that was made since opens nothing any more then."),
        "round cancelled": _("The room goes back to that round then, with every vote."),
        "room taken to a step": _("The room, its phones and the projector go back then."),
    }.get(what, "")


class _Known(dict[str, Any]):
    """The details that were kept; an event of an older edition may lack one."""

    def __missing__(self, key: str) -> str:
        return "–"


def _in_words(details: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return the details that are words of the domain, as people read them."""
    _ = translations(language).gettext
    words: dict[str, str] = {}
    if "step" in details:
        # Before there were other blocks an event did not say which one it was.
        block = details.get("block", BuildingBlock.ALLIANCE)
        words["step"] = step_name(block, details["step"], language).lower()
    if "answer" in details:
        words["answer"] = answer_word(details["answer"], language)
    if "door" in details:
        words["door"] = {"open": _("open"), "asks": _("asks first"), "shut": _("shut")}.get(
            details["door"], details["door"]
        )
    if "follow_up" in details:
        words["follow_up"] = {
            "reword": _("reword and vote again"),
            "minority report": _("minority report"),
            "leave out": _("leave out"),
        }.get(details["follow_up"], details["follow_up"])
    return words


def _counted(what: str, details: Mapping[str, Any], language: str) -> str | None:
    """Return the sentence of a kind that counts something, or None for the other kinds."""
    _, ngettext = translations(language).gettext, translations(language).ngettext
    if what == "proposals shown":
        count = len(details["proposals"])
        sentence = ngettext("{count} proposal let through", "{count} proposals let through", count)
    elif what == "proposals typed for a table":
        count = details["count"]
        sentence = ngettext(
            "{count} proposal typed for {table}", "{count} proposals typed for {table}", count
        )
    elif what == "reasons shown":
        count = details["count"]
        sentence = ngettext(
            "Round {round}: {count} reason shown", "Round {round}: {count} reasons shown", count
        )
    elif what == "reasons taken off":
        count = details["count"]
        sentence = ngettext(
            "Round {round}: {count} reason taken off the screen",
            "Round {round}: {count} reasons taken off the screen",
            count,
        )
    elif what == "agreements shown":
        count = len(details["numbers"])
        sentence = ngettext(
            "{count} agreement shown on the screen", "{count} agreements shown on the screen", count
        )
    elif what == "round opened":
        count = details["items"]
        sentence = ngettext(
            "Round {round} opened, on {count} text", "Round {round} opened, on {count} texts", count
        )
    elif what == "statements taken over":
        count = details["count"]
        sentence = ngettext("{count} statement taken over", "{count} statements taken over", count)
    elif what == "notes erased":
        count = details["count"]
        sentence = ngettext(
            "Baseline {number}: {count} note erased", "Baseline {number}: {count} notes erased", count
        )
    elif what == "findings brought":
        count = details["count"]
        sentence = ngettext(
            "Baseline {number}: {count} finding brought from a file",
            "Baseline {number}: {count} findings brought from a file",
            count,
        )
    elif what == "heads counted":
        count = details["heads"]
        if count is None:
            return _("Count of heads taken back")
        sentence = ngettext("{count} head counted", "{count} heads counted", count)
    else:
        return None
    return sentence.format(**{**details, "count": count})


def _of_the_alliance(language: str) -> dict[str, str]:
    _ = translations(language).gettext
    return {
        "alliance created": _("Alliance made"),
        "alliance changed": _("Details of the alliance changed"),
        "logo chosen": _("Logo of the alliance chosen"),
        "logo removed": _("Logo of the alliance taken away"),
        "plan of approach changed": _("Plan of approach changed"),
        "stakeholder map changed": _("Map of who matters changed"),
        "stakeholder removed": _("Somebody taken off the map of who matters"),
        "group added": _("Group added: {group}"),
        "group renamed": _("Group renamed: {group}"),
        "group removed": _("Group removed: {group}"),
        "workshop added": _("Meeting planned, with code {code}"),
        "partner added": _("Partner added: {partner}"),
        "partner changed": _("Details of a partner changed: {partner}"),
        "partner removed": _("Partner removed: {partner}"),
        "partner link renewed": _("Personal link renewed: {partner}"),
        "mediation begun": _("Mediation {number}: a mediator was asked"),
        "another mediator asked": _("Mediation {number}: another mediator was asked"),
        "mediation ended": _("Mediation {number} has ended"),
        "contact kept": _("How to reach a partner changed: {partner}"),
    }


def _of_the_meeting(language: str) -> dict[str, str]:
    _ = translations(language).gettext
    return {
        "workshop changed": _("Details of the meeting changed"),
        "room taken to a step": _("Room taken to the step “{step}”"),
        "workshop ended": _("Meeting ended"),
        "workshop opened again": _("Meeting opened again"),
        "door set": _("Door set: {door}"),
        "letting through switched": _("Letting everything through at once switched on or off"),
        "projector link renewed": _("Link of the projector renewed"),
        "table host link made": _("Link for table hosts made"),
        "table host link withdrawn": _("Link for table hosts withdrawn"),
        "evening changed": _("How the evening goes changed"),
        "evening of series planned": _("Evening {code} planned in the same series"),
        "evening put in series": _("Put in the series of evening {code}"),
        "evening taken out of series": _("Taken out of its series"),
        "series named": _("Theme of the series changed"),
        "questions changed": _("Question cards of round {number} changed"),
        "idea shown": _("Idea of table {number} let through"),
        "idea hidden": _("Idea of table {number} taken off the screens"),
        "idea proposed": _("Idea of table {number} made a proposal"),
        "evening answers closed": _("Both questions about whom people know closed"),
        "tables divided": _("Tables divided from round {number} on"),
        "table round begun": _("Round {number} at the tables begun"),
        "tables joined": _("Table {number} joined with table {into}"),
        "participant removed": _("Participant {number} removed from the room"),
        "participant on another phone": _("Participant {number} let in on another phone"),
        "paper sheet typed": _("Paper sheet of participant {number} typed in, round {round}"),
        "paper sheet typed again": _("Paper sheet of participant {number} typed in again, round {round}"),
        "paper sheet taken back": _("Paper sheet of participant {number} taken back, round {round}"),
        "proposal hidden": _("Proposal hidden"),
        "proposal back": _("Hiding a proposal undone"),
        "proposal waits": _("Letting a proposal through undone"),
        "proposals told apart": _("Look-alikes told apart"),
        "drafting ended": _("Drafting ended"),
        "drafting resumed": _("Drafting opened again"),
        "principle worded": _("Principle {number} worded"),
        "principle reworded": _("Principle {number} reworded, version {version}"),
        "principle left out": _("Principle {number} left out"),
        "principle taken back": _("Principle {number} taken back"),
        "review date set": _("Principle {number}: day to look at it again set"),
    }


def _of_rounds(language: str) -> dict[str, str]:
    _ = translations(language).gettext
    return {
        "paper sheet typed": _("Round {round}: paper of participant {number} typed in"),
        "paper sheet typed again": _("Round {round}: paper of participant {number} typed in again"),
        "paper sheet taken back": _("Round {round}: paper of participant {number} taken back"),
        "round closed": _("Round {round} closed"),
        "round cancelled": _("Round {round} cancelled"),
        "cancelling undone": _("Cancelling of round {round} undone"),
        "more voices seen": _(
            "Round {round}: more voices than people counted seen, {voices} against {heads}"
        ),
        "round revealed": _("Round {round}: result shown"),
        "follow-up chosen": _("Round {round}, text {position}: {follow_up}"),
        "reason hidden": _("Round {round}: a reason hidden"),
        "reason back": _("Round {round}: hiding a reason undone"),
        "reason taken off": _("Round {round}: a reason taken off the screen"),
        "objection answered": _("Round {round}: how an objection was answered"),
        "timer set": _("Round {round}: timer set or taken away"),
        "one more minute": _("Round {round}: one more minute"),
        "item shown": _("Round {round}: another text shown"),
    }


def _of_agreements(language: str) -> dict[str, str]:
    _ = translations(language).gettext
    return {
        "agreement recorded": _("Agreement {number} recorded"),
        "agreement changed": _("Agreement {number} changed"),
        "agreement shown": _("Agreement {number} shown on the screen"),
        "public link renewed": _("A new link to the public copy"),
        "names shown": _("Names let through to the screen"),
        "name refused": _("A name not let through"),
        "agreement hidden": _("Agreement {number} taken off the screen"),
        "agreement dropped": _("Agreement {number} dropped"),
        "agreement revived": _("Agreement {number} taken up again"),
        "agreement taken on": _("Agreement {number} taken on"),
        "owner asked": _("Agreement {number}: owner asked or taken off"),
        "ownership accepted": _("Agreement {number} accepted"),
        "ownership declined": _("Agreement {number} declined"),
        "help offered": _("Agreement {number}: help offered"),
        "help taken back": _("Agreement {number}: an offer of help taken back"),
        "progress reported": _("Agreement {number}: progress reported"),
        "call noted": _("Agreement {number}: a call noted"),
        "call taken back": _("Agreement {number}: the note of a call taken back"),
    }


def _of_the_agenda(language: str) -> dict[str, str]:
    _ = translations(language).gettext
    return {
        "agenda frozen": _("Text frozen as version {version}"),
        "closing date set": _("Version {version}: last day to sign set"),
        "agenda answered": _("Version {version}: {answer}"),
        "agenda closed": _("Signing of version {version} closed, document made"),
        "edition added": _("Version {version}, edition {edition} made"),
        "edition sealed": _("Version {version}, edition {edition}: sealed copies made"),
    }


def _of_the_startfoto(language: str) -> dict[str, str]:
    _ = translations(language).gettext
    return {
        "baseline begun": _("Baseline {number} begun"),
        "baseline presented": _("Baseline {number} presented"),
        "baseline not presented": _("Baseline {number}: day of presenting taken back"),
        "theme added": _("Theme added: {theme}"),
        "theme renamed": _("Theme renamed: {theme}"),
        "theme removed": _("Theme removed: {theme}"),
        "themes merged": _("Theme “{theme}” joined with “{into}”"),
        "themes put in order": _("Themes put in order"),
        "statement written": _("Statement {number} written"),
        "statement changed": _("Statement {number} changed"),
        "statement replaced": _("Statement {number} was asked: it stays, and {by} stands in its place"),
        "statement left out": _("Statement {number} left out"),
        "statements open until": _("Baseline {number}: until when the statements are open by link changed"),
        "link shared outside": _("Baseline {number}: the link was shared outside the place"),
        "link not shared outside": _("Baseline {number}: the link was not shared outside the place"),
        "source added": _("Source {number} added"),
        "source changed": _("Details of source {number} changed"),
        "source removed": _("Source {number} removed"),
        "note changed": _("Source {number}: note changed"),
        "word replaced": _("Source {number}: a word made vaguer"),
        "word put back": _("Source {number}: making a word vaguer undone"),
        "speaker link renewed": _("Source {number}: a new link for who was interviewed"),
        "interview link renewed": _("Source {number}: a new link to type the interview"),
        "interview note received": _("Source {number}: a note came from a phone"),
        "finding removed": _("Finding {number} removed"),
        "consent noted": _("Source {number}: consent of who was interviewed noted"),
        "consent given": _("Source {number}: who was interviewed gave consent"),
        "consent withdrawn": _("Source {number}: who was interviewed withdrew consent"),
        "conclusion written": _("Conclusion {number} written"),
        "conclusion changed": _("Conclusion {number} changed"),
        "conclusion removed": _("Conclusion {number} removed"),
        "evidence changed": _("Conclusion {number}: evidence changed"),
        "improvement written": _("Point for improvement {number} written"),
        "improvement changed": _("Point for improvement {number} changed"),
        "improvement removed": _("Point for improvement {number} removed"),
        "improvement put off": _("Point for improvement {number}: not now"),
        "improvement opened": _("Point for improvement {number} is open again"),
        "improvement proposed": _("Point for improvement {number} made a proposal"),
        "report frozen": _("Report of baseline {number} frozen as edition {edition}"),
    }
