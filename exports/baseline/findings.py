"""The findings of a startfoto as a table: a workbook, and a CSV that can be brought back in."""

import csv
from collections.abc import Sequence
from io import StringIO

from exports.language import translations
from exports.sentences.baseline import effect_word, side_word, source_kind_word, source_name
from exports.sentences.errors.files import column_name
from exports.workbook import Sheet, without_formula, workbook
from models.baseline.views import FindingTold

COLUMNS = ("number", "kind", "side", "source", "reference", "link", "finding", "themes", "effect")
_WIDTHS = (9, 14, 18, 34, 30, 24, 70, 34, 16)


def findings_workbook(findings: Sequence[FindingTold], language: str) -> bytes:
    """Return the findings as .xlsx, in `language`."""
    return workbook(
        Sheet(
            name=translations(language).gettext("Findings"),
            headers=headings(language),
            rows=[[one.number, *_row(one, language)[1:]] for one in findings],
            widths=_WIDTHS,
            table="Findings",
        ),
        language,
    )


def findings_csv(findings: Sequence[FindingTold], language: str) -> bytes:
    """Return the findings as CSV in UTF-8, apart by semicolons, as spreadsheets here read it."""
    stream = StringIO(newline="")
    written = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    written.writerow(headings(language))
    for one in findings:
        written.writerow([without_formula(cell) for cell in _row(one, language)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def headings(language: str) -> list[str]:
    """Return the names of the columns."""
    _ = translations(language).gettext
    return [_("number") if column == "number" else column_name(column, language) for column in COLUMNS]


def _row(one: FindingTold, language: str) -> list[str]:
    _ = translations(language).gettext
    if one.alias_number is not None:
        source = source_name(one.side, one.alias_number, "", one.role, language)
    else:
        source = one.title or _("without origin")
    if one.name:
        source = f"{one.name} ({source})"
    text = one.text if one.is_released else _("(not released yet)")
    return [
        str(one.number),
        source_kind_word(one.kind, language),
        side_word(one.side, language) if one.side else "",
        source,
        one.reference,
        one.link,
        _("“{text}”").format(text=text) if one.is_quote and one.is_released else text,
        "; ".join(one.themes),
        effect_word(one.effect, language) if one.effect else "",
    ]
