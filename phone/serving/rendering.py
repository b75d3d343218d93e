"""One way to make a page: Jinja with autoescape, in the person's language, with what every page shows."""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from exports import drawings, sentences
from exports.agenda.difference import marked_difference
from exports.drawings.coarse import on_grid
from exports.drawings.signs import PROGRESS_ICONS
from exports.drawings.tables import table_sign
from exports.hyphenation import with_soft_hyphens
from exports.icons import ICON_PATHS
from exports.language import (
    LANGUAGES,
    clock_time,
    day,
    day_and_time,
    in_a_sentence,
    listed,
    number,
    translations,
)
from exports.results import result_parts, shown, tables_of_results
from exports.sentences import baseline
from exports.sentences.record import answer_to_objection
from exports.sentences.tables import round_name, table_name
from phone.serving.assets import asset_url, style_url
from phone.serving.contact import contact_links
from phone.serving.request import language_of, safe_back

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
# Icons are drawn in a box of 960 units. At 36 pixels eight of them are a third of a pixel, and no icon is larger.
ICON_SIDE, ICON_CELL = 960, 8
# A line break, or a letter of a script that runs from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam.
_RUNS_OTHERWISE = re.compile("[\n\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U0001e900-\U0001e95f]")


class Icons:
    """The icons of one page: each is drawn once, on a sheet, however often it is used."""

    def __init__(self) -> None:
        self._used: dict[str, None] = {}
        self._marks: dict[str, None] = {}

    def __call__(self, name: str) -> Markup:
        """Return an icon the size of the text beside it. KeyError for a name that exports.icons does not know."""
        self.need(name)
        return Markup('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>').format(name)

    def need(self, *names: str) -> str:
        """Put icons on the sheet that only the script will show."""
        for name in names:
            self._used[name] = None
        return ""

    def mark(self, look: str) -> Markup:
        """Return the symbol of an answer, for a page on which it stands many times. ValueError for what is no mark."""
        self.need_marks(look)
        return Markup('<svg class="symbol" aria-hidden="true"><use href="#m-{}"/></svg>').format(look)

    def need_marks(self, *looks: str) -> str:
        """Put marks on the sheet that stand in a part which was drawn before."""
        for look in looks:
            self._marks[look] = None
        return ""

    def sheet(self) -> Markup:
        """Return the shapes of all icons used so far. Stands last in `main`, so that it travels with it."""
        symbols = Markup("").join([*map(_symbol, self._used), *map(_mark, self._marks)])
        return Markup('<svg class="sheet" aria-hidden="true">{}</svg>').format(symbols)


@lru_cache
def _symbol(name: str) -> Markup:
    side = ICON_SIDE // ICON_CELL
    return Markup('<symbol id="i-{}" viewBox="0 -{} {} {}"><path d="{}"/></symbol>').format(
        name, side, side, side, on_grid(ICON_PATHS[name], ICON_CELL)
    )


@lru_cache
def _mark(look: str) -> Markup:
    return Markup(drawings.choice_symbol_once(look, f"m-{look}"))


def render(
    request: Request,
    template: str,
    status: int = 200,
    language: str | None = None,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """Return a page.

    `template` is a file in `phone/templates/`; `language` is `nl` or `en`, else what the request asks for.
    Every template gets `language`, `icon`, `asset`, `style`, `back` (where the language switch returns to: the path
    of a page that is read; a page that answers a post passes its own) and whatever is given as `values`. With
    `alliance` among them the page carries its name, its colours and, at its foot, its contact.
    """
    chosen = language or language_of(request)
    if "back" not in values:
        query = f"?{request.url.query}" if request.url.query else ""
        values["back"] = safe_back(request.url.path + query) if request.method == "GET" else "/"
    values.setdefault("alliance", None)
    return HTMLResponse(draw(template, chosen, **values), status_code=status, headers=headers)


def draw(template: str, language: str, **values: Any) -> str:
    """Return the page that `render` sends. `values` are what it passes, `back` and `alliance` among them."""
    return (
        environment(language)
        .get_template(template)
        .render(
            language=language,
            other_languages=[(code, _invitation(code)) for code in LANGUAGES if code != language],
            icon=Icons(),
            asset=asset_url,
            style=style_url,
            in_their_words=_in_their_words(language, values["alliance"]),
            **values,
        )
    )


def _invitation(language: str) -> str:
    """What the language switch says, in the language that it leads to."""
    return translations(language).gettext("Read this page in English")


def prepare_pages() -> None:
    """Read every catalogue and template now: else a whole room waits for it when the first phone comes to a step."""
    for language in LANGUAGES:
        for template in environment(language).list_templates():
            environment(language).get_template(template)


class _InAnyLanguage(BytecodeCache):
    """Templates as they were compiled for one language, for the others too: words come in when a page is made."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.code


_compiled = _InAnyLanguage()


@lru_cache
def environment(language: str) -> Environment:
    """Return the templates in one language, with what they may call."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_compiled,
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters["soft"] = with_soft_hyphens
    made.filters["apart"] = _apart
    made.filters["inside"] = in_a_sentence
    made.filters["contact_links"] = contact_links
    made.filters["day"] = partial(_called, day, language)
    made.filters["number"] = partial(_called, number, language)
    made.filters["listed"] = partial(_called, listed, language)
    made.globals["clock_time"] = lambda moment, zone: clock_time(moment, language, zone)
    made.globals["day_and_time"] = lambda moment, zone: day_and_time(moment, language, zone)
    for sentence in (
        answer_to_objection,
        baseline.evidence_words,
        baseline.standing_line,
        sentences.answer_word,
        sentences.choice_explained,
        sentences.choice_label,
        sentences.decision_word,
        sentences.event_sentence,
        sentences.outcome_sentence,
        sentences.partner_kind_word,
        sentences.progress_word,
        sentences.reason_button,
        sentences.reason_question,
        sentences.row_label,
        sentences.rule_sentence,
        sentences.secrecy_sentence,
        sentences.source_name,
        sentences.step_name,
        sentences.step_question,
        sentences.told_helpers,
        sentences.told_partner,
        sentences.vote_question,
        result_parts.part_label,
        round_name,
        table_name,
        shown.dots_label,
        shown.numbered_label,
        shown.result_label,
        tables_of_results.row_numbers,
    ):
        made.globals[sentence.__name__] = partial(_said, sentence, language)
    for read in (result_parts.counts_by_look, result_parts.parts_of):
        made.globals[read.__name__] = read
    made.globals["changed"] = lambda before, after: Markup(marked_difference(before, after))
    made.globals["progress_icons"] = PROGRESS_ICONS
    # The same three symbols stand on every vote.
    made.globals["choice_symbol"] = lru_cache(maxsize=20)(partial(_drawn, drawings.choice_symbol))
    for drawing in (
        drawings.consent_lane,
        drawings.dots_lane,
        drawings.mark_bar,
        drawings.qr_svg,
        drawings.row_bar,
        drawings.signature_svg,
        table_sign,
    ):
        made.globals[drawing.__name__] = partial(_drawn, drawing)
    return made


def _in_their_words(language: str, alliance: Any) -> Markup:
    """Return the attributes of an element that holds what people of the alliance typed, and nothing else.

    They type in the alliance's language, as far as anybody knows, in whatever language this page is read.
    """
    if alliance is None or alliance.language == language:
        return Markup(' dir="auto"')
    return Markup(' dir="auto" lang="{}"').format(alliance.language)


def _apart(typed: str) -> str:
    """Return typed text for the middle of a sentence of ours: it runs in its own direction and turns nothing else.

    Text that runs as ours does, on one line, stays as it is; of markup nobody knows how it runs.
    """
    if isinstance(typed, Markup) or _RUNS_OTHERWISE.search(typed):
        return Markup("<bdi>{}</bdi>").format(typed)
    return typed


def _called(function: Callable[..., str], language: str, value: Any, **options: Any) -> str:
    return function(value, language, **options)


def _said(function: Callable[..., Any], language: str, *values: Any) -> Any:
    return function(*values, language)


def _drawn(function: Callable[..., str], *values: Any, **options: Any) -> Markup:
    """Drawings are made of numbers and of text that they escape themselves."""
    return Markup(function(*values, **options))
