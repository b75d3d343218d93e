"""The second photo in words: what changed more than chance, and why some things are not compared."""

from collections.abc import Sequence

from exports.language import in_a_sentence, month, number, percent, translations
from exports.sentences.picture import between, difference, few_of, row_name
from models.picture.picture import AnsweredStatement, ThemeRow
from models.picture.reading import PictureView
from models.picture.second import NoDifference, SecondPhoto, ThemeChange


def second_headline(changes: Sequence[ThemeChange], language: str) -> str:
    """Return the finding: how many themes went forward or back by more than chance."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    if not any(one.is_drawn for one in changes):
        return _("There is no difference to draw.")
    better = sum(one.is_more_than_chance and one.difference > 0 for one in changes)
    worse = sum(one.is_more_than_chance and one.difference < 0 for one in changes)
    forward = ngettext("{count} theme went forward", "{count} themes went forward", better).format(
        count=better
    )
    back = ngettext("{count} theme went back", "{count} themes went back", worse).format(count=worse)
    if better and worse:
        return _("{forward}, {back}. That is more than chance.").format(
            forward=forward, back=in_a_sentence(back)
        )
    if better or worse:
        return _("{change}. That is more than chance.").format(change=forward if better else back)
    return _("No theme changed by more than chance.")


def second_explanation(photo: SecondPhoto, key: str, changes: Sequence[ThemeChange], language: str) -> str:
    """Return of whom the photos are, how many they were and when, and at how many themes no difference is clear."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    told = [
        _("{group}: {before} answered in {then}, {after} in {now}.").format(
            group=row_name(photo.after, key, language),
            before=number(photo.before.picture.rows.get(key, 0), language),
            then=when(photo.before, language),
            after=number(photo.after.picture.rows.get(key, 0), language),
            now=when(photo.after, language),
        )
    ]
    unclear = sum(one.is_drawn and not one.is_more_than_chance for one in changes)
    if unclear:
        told.append(
            ngettext(
                "At {count} theme we see no clear difference.",
                "At {count} themes we see no clear difference.",
                unclear,
            ).format(count=unclear)
        )
    return " ".join(told)


def when(view: PictureView, language: str) -> str:
    """Return in which month a photo was taken."""
    return month(view.closed_at.date(), language) if view.closed_at else ""


def column_names(photo: SecondPhoto, language: str) -> tuple[str, str]:
    """Return how the two photos are called above a column: by their years, by number where these are the same."""
    then, now = photo.before.closed_at, photo.after.closed_at
    if then is not None and now is not None and then.year != now.year:
        return str(then.year), str(now.year)
    name = translations(language).gettext("Baseline {number}")
    return name.format(number=photo.before.baseline.number), name.format(number=photo.after.baseline.number)


def shown_share(row: ThemeRow | None, language: str) -> str:
    """Return a share in whole percents, people where they are few, nothing where there is none."""
    if row is None:
        return ""
    return few_of(row, language) if row.is_drawn_as_people else percent(row.percent)


def change_in_words(change: ThemeChange, language: str) -> str:
    """Return a drawn difference with its interval, for who does not see the drawing."""
    _ = translations(language).gettext
    assert change.interval is not None
    return _("difference {difference}, between {interval}").format(
        difference=difference(change.difference), interval=between(change.interval, language)
    )


def what_we_know(change: ThemeChange, language: str) -> str:
    """Return whether a difference is more than chance."""
    _ = translations(language).gettext
    return _("more than chance") if change.is_more_than_chance else _("can be chance")


def why_no_difference(photo: SecondPhoto, key: str, change: ThemeChange, language: str) -> tuple[str, str]:
    """Return why no difference is drawn: in a few words, and with what was asked then and now."""
    _ = translations(language).gettext
    if change.why_not is NoDifference.WORDS:
        return _("Other words, so no difference."), then_and_now(change, language)
    if change.why_not is NoDifference.SCALE:
        return _("Another scale, so no difference."), _("The answers to choose from were others.")
    if change.why_not is NoDifference.GROUP:
        return _("Another group, so no difference."), _other_group(photo, key, language)
    if change.why_not is NoDifference.FEW:
        return _("Too few people for a difference."), _(
            "A difference needs 20 people or more in both photos."
        )
    if change.why_not is NoDifference.HIDDEN:
        return _("Hidden, so no difference."), _("Fewer than five people answered in one of the photos.")
    return _("Asked in one photo only."), then_and_now(change, language)


def _other_group(photo: SecondPhoto, key: str, language: str) -> str:
    _ = translations(language).gettext
    if key in photo.renamed:
        return _("Then it was called “{then}”, now “{now}”.").format(
            then=photo.renamed[key], now=photo.after.names[key]
        )
    if key not in photo.before.picture.rows:
        return _("Then this group was not shown by itself.")
    if key not in photo.after.picture.rows:
        return _("Now this group is not shown by itself.")
    return _("Other groups count in it now.")


def then_and_now(change: ThemeChange, language: str) -> str:
    """Return the statements with other words: what was asked then, and what now."""
    _ = translations(language).gettext
    told = []
    if change.then:
        told.append(_("Then: {texts}").format(texts=_quoted(change.then, language)))
    if change.now:
        told.append(_("Now: {texts}").format(texts=_quoted(change.now, language)))
    return " ".join(told)


def _quoted(statements: Sequence[AnsweredStatement], language: str) -> str:
    _ = translations(language).gettext
    return " ".join(_("“{text}”").format(text=one.text) for one in statements)
