"""The report of a startfoto as a Word document: from plain data to bytes, without any query."""

from collections.abc import Callable, Sequence

from exports.agenda.sections.title import write_band, write_brand
from exports.baseline.picture import told_statements, told_who_answered, write_picture
from exports.baseline.told import attribution, evidence_told, standing_of
from exports.language import listed
from exports.sentences.baseline import (
    effect_word,
    heard_line,
    improvement_word,
    lacking_word,
    not_heard_sentence,
    side_word,
    source_kind_word,
    standing_line,
)
from exports.word.frozen_part import canonical, carry, frozen_part
from exports.word.paper import Paper, strong
from exports.word.styles import colours_of
from exports.word.tables import TEXT_WIDTH, Cell, Line, head_cell
from exports.word.template import own_template
from models.baseline.evidence import Lacking
from models.basics.words import ImprovementState, Side, SourceKind, Stance
from models.reports.content import ConclusionContent, FindingContent, ReportContent, as_json
from models.reports.freezing import ReportDocument

MOST_ON_FRONT = 5
Gettext = Callable[[str], str]
_FIRST = 35
# So many lines of the last list go along with what closes the report: it never stands on a page by itself.
_LAST_LINES = 4


def build_report(document: ReportDocument) -> bytes:
    """Return the report as a .docx in the alliance's language. The same document gives the same bytes."""
    content = document.content
    alliance = content["alliance"]
    paper = Paper(
        alliance["language"],
        alliance["time_zone"],
        colours=colours_of(alliance["accent"] or None),
        template=own_template(),
    )
    _ = paper.gettext
    title = _called(paper, content)
    edition = _("edition {number}").format(number=content["edition"])
    paper.properties(
        title=f"{title} · {edition}",
        subject=_("How inclusive is this place now?"),
        author=alliance["name"],
        made_at=document.made_at,
    )
    paper.foot(f"{title} · {edition}", _("page {page} of {pages}"))
    if document.frozen_at is None:
        paper.head(_("Concept, not frozen yet"))
    write_band(paper)
    _front(paper, document, title)
    _method(paper, content)
    write_picture(paper, content)
    _themes(paper, content)
    _conclusions(paper, content)
    _improvements(paper, content)
    _unknown(paper, content)
    _genuine(paper, document)
    if document.frozen_at is not None:
        carry(paper.document, _carried(document))
    return paper.bytes()


def _called(paper: Paper, content: ReportContent) -> str:
    """Return the report's title: the second photo says that it is one, as two of them lie on a table side by side."""
    _, place, number = paper.gettext, content["alliance"]["place"], content["number"]
    if number > 1:
        return _("Baseline {number} of {place}").format(number=number, place=place)
    return _("Baseline of {place}").format(place=place)


def _carried(document: ReportDocument) -> bytes:
    """Return the frozen text for inside the file: by it everybody can check the file, without us too."""
    return frozen_part(
        canonical(as_json(document.content)),
        b"[]",
        text_sha256=document.sha256,
        facts={
            "copy": "report",
            "edition": str(document.content["edition"]),
            # Beside the text in the file, and not in it.
            "by": document.frozen_by,
        },
    )


def _front(paper: Paper, document: ReportDocument, title: str) -> None:
    """Write the page that stands alone: what was found, what can be better, who was heard, what is not known."""
    _ = paper.gettext
    content = document.content
    write_brand(paper, content["alliance"]["name"], document.logo)
    paper.paragraph(title, style="Title Long")
    paper.paragraph(_("How inclusive is this place now?"), style="Subtitle")
    paper.heading(2, _("What we found"))
    shown = sorted(content["conclusions"], key=lambda one: (bool(one["lacks"]), one["number"]))[
        :MOST_ON_FRONT
    ]
    for one in shown:
        paper.paragraph(strong(one["text"]), style="Words", keeps=True)
        paper.paragraph(_stands(paper, one), style="Small")
    if not shown:
        paper.paragraph(_("No conclusion was drawn yet."))
    paper.heading(2, _("What can be better"))
    points = [one for one in content["improvements"] if one["state"] != "not now"][:MOST_ON_FRONT]
    if points:
        paper.bullets([_point(paper, one["text"], one["who_could"]) for one in points])
    else:
        paper.paragraph(_("No point for improvement was written yet."))
    paper.heading(2, _("Who was heard, and who was not"))
    paper.paragraph(_who(paper, content), " ", _gaps(paper, content))
    answered = told_who_answered(paper, content)
    if answered:
        paper.paragraph(answered)
    if document.control_words:
        _control_words(paper, document.control_words)


def _control_words(paper: Paper, words: Sequence[str]) -> None:
    """Write the six words of the frozen text: the page of the startfoto shows the same."""
    _ = paper.gettext
    told = _(
        "The same six stand beside this edition on the page of the baseline. Others belong to another text."
    )
    paper.paragraph(strong(_("Six control words.")), " ", told, style="State", keeps=True)
    paper.told_table(
        _("The six control words, in this order"),
        (TEXT_WIDTH / len(words),) * len(words),
        [[Cell((Line(word, "Control Word"),)) for word in words]],
        head=[Cell((str(place),)) for place, _word in enumerate(words, start=1)],
        is_whole=True,
        tight=0.8,
    )


def _point(paper: Paper, text: str, who_could: str) -> str:
    if not who_could:
        return text
    return paper.gettext("{text} Who could: {who}.").format(text=text, who=who_could.rstrip("."))


def _stands(paper: Paper, one: ConclusionContent) -> str:
    line = standing_line(standing_of(one), paper.language)
    if not one["lacks"]:
        return line
    why = listed([lacking_word(Lacking(lack), paper.language) for lack in one["lacks"]], paper.language)
    return paper.gettext("Concept: {why}. {line}").format(why=why, line=line)


def _who(paper: Paper, content: ReportContent) -> str:
    _, ngettext = paper.gettext, paper.ngettext
    sources = content["sources"]
    count = sources["by_kind"][SourceKind.INTERVIEW]
    sides = listed(
        [f"{side_word(side, paper.language).lower()} {sources['interviews'][side]}" for side in Side],
        paper.language,
    )
    told = ngettext("{count} interview ({sides}).", "{count} interviews ({sides}).", count).format(
        count=count, sides=sides
    )
    others = [
        f"{source_kind_word(kind, paper.language).lower()} {sources['by_kind'][kind]}"
        for kind in SourceKind
        if kind != SourceKind.INTERVIEW and sources["by_kind"][kind]
    ]
    if not others:
        return told
    return told + " " + _("Besides: {others}.").format(others=listed(others, paper.language))


def _gaps(paper: Paper, content: ReportContent) -> str:
    cells = [cell for theme in content["themes"] for cell in theme["cells"].values()]
    empty = sum(cell["findings"] == 0 for cell in cells)
    told = paper.ngettext(
        "In {empty} of the {places} places, theme by side, nobody was heard.",
        "In {empty} of the {places} places, theme by side, nobody was heard.",
        empty,
    ).format(empty=empty, places=len(cells))
    return told + " " + paper.gettext("This is a photo, not a sample.")


def _method(paper: Paper, content: ReportContent) -> None:
    _ = paper.gettext
    sources = content["sources"]
    # Where nobody concluded anything, no page has to stand alone: it would be half empty.
    paper.heading(
        1, _("How this was done"), starts_a_page=bool(content["conclusions"] or content["improvements"])
    )
    paper.paragraph(
        _(
            "We read what was written, took figures that there were, and spoke with people. What somebody said is "
            "marked word for word in the note of the talk. It stands here only as far as they allow, and names of "
            "people and places that could betray somebody are replaced by vaguer words in [brackets]. Everybody "
            "has an alias, the same everywhere."
        )
    )
    if sources["first_on"] and sources["last_on"]:
        paper.paragraph(
            (
                _("The talks were held on {first}. The explanation was given in {given} of {count}.")
                if sources["first_on"] == sources["last_on"]
                else _(
                    "The talks were held from {first} to {last}. The explanation was given in {given} of {count}."
                )
            ).format(
                first=paper.day(sources["first_on"], style="long"),
                last=paper.day(sources["last_on"], style="long"),
                given=sources["guide_given"],
                count=sources["by_kind"][SourceKind.INTERVIEW],
            )
        )
    if sources["documents"]:
        paper.told_table(
            _("What we read, counted and saw"),
            (_FIRST, TEXT_WIDTH - _FIRST),
            [
                [
                    head_cell(source_kind_word(one["kind"], paper.language)),
                    _document(one),
                ]
                for one in sources["documents"]
            ],
            head=(_("Kind of source"), _("Source")),
        )
    sides = [side.value for side in Side]
    width = (TEXT_WIDTH - _FIRST) / len(sides)
    paper.told_table(
        _("Where we heard somebody, and where nobody"),
        (_FIRST, *([width] * len(sides))),
        [
            [head_cell(theme["name"]), *(_cell(paper, theme["cells"][side]["findings"]) for side in sides)]
            for theme in content["themes"]
        ],
        head=(_("Theme"), *(side_word(side, paper.language) for side in sides)),
        note=_("The number counts findings. One finding can have two themes."),
    )


def _document(one: dict[str, str]) -> Cell:
    parts = [one["title"], one["reference"], one["link"]]
    return Cell((". ".join(part.rstrip(".") for part in parts if part) + ".",))


def _cell(paper: Paper, findings: int) -> str:
    return str(findings) if findings else paper.gettext("nobody")


def _themes(paper: Paper, content: ReportContent) -> None:
    _ = paper.gettext
    paper.heading(1, _("What we found, by theme"))
    told: set[int] = set()
    for theme in content["themes"]:
        found = [one for one in content["findings"] if theme["name"] in one["themes"]]
        paper.heading(2, theme["name"])
        if not found:
            paper.paragraph(_("Nothing that may stand here."))
            continue
        for one in found:
            if one["number"] not in told:
                _finding(paper, one)
        again = [str(one["number"]) for one in found if one["number"] in told]
        told |= {one["number"] for one in found}
        if again:
            paper.paragraph(
                paper.ngettext(
                    "See finding {numbers} too.", "See findings {numbers} too.", len(again)
                ).format(numbers=listed(again, paper.language)),
                style="Small",
            )
    rest = [one for one in content["findings"] if not one["themes"]]
    if rest:
        paper.heading(2, _("Without a theme"))
        for one in rest:
            _finding(paper, one)
    if content["not_released"]:
        paper.paragraph(
            paper.ngettext(
                "{count} finding does not stand here: there is no consent for it, or not yet.",
                "{count} findings do not stand here: there is no consent for them, or not yet.",
                content["not_released"],
            ).format(count=content["not_released"]),
            style="Small",
        )


def _finding(paper: Paper, one: FindingContent) -> None:
    words = paper.gettext("“{text}”").format(text=one["text"]) if one["is_quote"] else one["text"]
    effect = f" · {effect_word(one['effect'], paper.language).lower()}" if one["effect"] else ""
    paper.paragraph(words, style="Words", keeps=True)
    paper.paragraph(f"{one['number']} · {attribution(one, paper.language)}{effect}", style="Small")


def _conclusions(paper: Paper, content: ReportContent) -> None:
    _ = paper.gettext
    paper.heading(1, _("What it comes to"))
    by_number = {one["number"]: one for one in content["findings"]}
    if not content["conclusions"]:
        paper.paragraph(_("No conclusion was drawn yet."))
    for one in content["conclusions"]:
        standing = standing_of(one)
        paper.heading(2, _("Conclusion {number}").format(number=one["number"]))
        paper.paragraph(one["text"], style="Quote", keeps=True)
        if one["themes"]:
            paper.paragraph(listed(one["themes"], paper.language), style="Small", keeps=True)
        paper.paragraph(strong(_stands(paper, one)), keeps=True)
        paper.paragraph(heard_line(standing, paper.language).capitalize() + ".")
        if one["sureness"]:
            paper.paragraph(strong(_("How sure this is:")), " ", one["sureness"])
        for stance, name in (
            (Stance.FOR, _("Supports this")),
            (Stance.AGAINST, _("Says the opposite")),
        ):
            pieces = [piece["finding"] for piece in one["evidence"] if piece["stance"] == stance]
            if not pieces:
                if stance is Stance.AGAINST and one["opposite_sought"]:
                    paper.paragraph(strong(name + ":"), " ", _("Looked for, and not found."))
                continue
            paper.paragraph(strong(name), keeps=True)
            paper.bullets(
                [
                    evidence_told(by_number[number], paper.language)
                    for number in pieces
                    if number is not None and number in by_number
                ]
            )
            hidden = sum(number is None for number in pieces)
            if hidden:
                paper.paragraph(
                    paper.ngettext(
                        "And {count} finding whose words do not stand here.",
                        "And {count} findings whose words do not stand here.",
                        hidden,
                    ).format(count=hidden),
                    style="Small",
                )
        if one["statements"]:
            paper.paragraph(strong(_("Statements")), keeps=True)
            paper.bullets(told_statements(paper, content, one))
        missing = not_heard_sentence(standing, paper.language)
        if missing:
            paper.paragraph(strong(_("Still missing.")), " ", missing)
        for question, name in _questions(_):
            if one["answers"][question]:
                paper.paragraph(strong(name), " ", one["answers"][question], style="Small")


def _questions(_: Gettext) -> tuple[tuple[str, str], ...]:
    return (
        ("methods", _("How the findings were made:")),
        ("coherence", _("Whether they fit together:")),
        ("adequacy", _("Whether it is enough:")),
        ("relevance", _("Whether it holds here:")),
    )


def _improvements(paper: Paper, content: ReportContent) -> None:
    _ = paper.gettext
    paper.heading(1, _("What can be better"))
    if not content["improvements"]:
        paper.paragraph(_("No point for improvement was written yet."))
        return
    paper.told_table(
        _("Points for improvement"),
        (10, 74, 38, 41),
        [
            [
                head_cell(str(one["number"])),
                one["text"],
                one["who_could"] or "–",
                _became(paper, one["state"], one["principle"], one["agreement"], one["why_not_now"]),
            ]
            for one in content["improvements"]
        ],
        head=(_("No."), _("What"), _("Who could"), _("How it stands")),
        note=_("Each follows from a conclusion: {links}.").format(links=_links(paper, content))
        if any(one["conclusions"] for one in content["improvements"])
        else "",
    )


def _became(paper: Paper, state: str, principle: int | None, agreement: int | None, why: str) -> str:
    _ = paper.gettext
    if agreement is not None:
        return _("taken up: agreement {number}").format(number=agreement)
    if principle is not None:
        return _("taken up: principle {number}").format(number=principle)
    if state == ImprovementState.TAKEN_UP:
        return _("is now a proposal")
    word = improvement_word(state, paper.language)
    return f"{word}: {why}" if why else word


def _links(paper: Paper, content: ReportContent) -> str:
    _ = paper.gettext
    return "; ".join(
        _("{point} from {conclusions}").format(
            point=one["number"],
            conclusions=listed([str(number) for number in one["conclusions"]], paper.language),
        )
        for one in content["improvements"]
        if one["conclusions"]
    )


def _unknown(paper: Paper, content: ReportContent) -> None:
    _ = paper.gettext
    paper.heading(1, _("What we do not know"))
    paper.paragraph(_gaps(paper, content))
    concepts = [one for one in content["conclusions"] if one["lacks"]]
    empty = [
        (theme["name"], [side.value for side in Side if not theme["cells"][side]["findings"]])
        for theme in content["themes"]
    ]
    paper.bullets(
        [
            _("{theme}: nobody of {sides}").format(
                theme=name,
                sides=listed([side_word(side, paper.language).lower() for side in sides], paper.language),
            )
            for name, sides in empty
            if sides
        ],
        keeps=0 if concepts else _LAST_LINES,
    )
    if concepts:
        paper.paragraph(strong(_("Still a concept")), keeps=True)
        paper.bullets(
            [
                f"{one['number']}: "
                + listed(
                    [lacking_word(Lacking(lack), paper.language) for lack in one["lacks"]], paper.language
                )
                for one in concepts
            ],
            keeps=_LAST_LINES,
        )


def _genuine(paper: Paper, document: ReportDocument) -> None:
    _ = paper.gettext
    paper.heading(2, _("Which text this is"))
    if document.frozen_at is None:
        paper.paragraph(
            _(
                "This is a concept. Once it is frozen it carries six control words, and its text changes no more."
            )
        )
        return
    paper.paragraph(
        _("{name} froze this text on {day}. Its SHA-256 is {sha256}.").format(
            name=document.frozen_by,
            day=paper.moment(document.frozen_at),
            sha256=document.sha256,
        )
    )
    paper.paragraph(
        _(
            "Is a file of this report genuine? The page “Check a document” says so, and so do the six control words."
        )
    )
