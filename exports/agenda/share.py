"""A ready text for each partner, to copy, mail or send: where the agenda is, and what this partner took on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from exports.language import day, translations
from models.signing.shape import AgreementContent, Content


@dataclass(frozen=True)
class ShareText:
    subject: str
    body: str

    @property
    def mail(self) -> str:
        """The text as a link that opens a mail program."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.body.replace(chr(10), chr(13) + chr(10)))}"


def share_text(
    content: Content,
    *,
    partner_id: int,
    name: str,
    link: str | None,
    public_link: str | None,
    is_closed: bool,
    control_words: Sequence[str],
) -> ShareText:
    """Return the text for one partner in the alliance's language; `name` is whom it greets."""
    alliance = content["alliance"]
    language = alliance["language"]
    _ = translations(language).gettext
    subject = _("Alliance agenda {alliance}").format(alliance=alliance["name"])
    parts = [
        _("Hello {name},").format(name=name),
        _("The alliance agenda of {alliance} is ready.").format(alliance=alliance["name"])
        if is_closed
        else _("The text of the alliance agenda of {alliance} is fixed. Will you sign it?").format(
            alliance=alliance["name"]
        ),
    ]
    if link is not None:
        parts.append(_("Read and download it on your own page: {link}").format(link=link))
        parts.append(_("That link is yours alone. Please do not pass it on."))
    mine = [found for found in content["agreements"] if found.get("owner_id") == partner_id]
    if mine:
        parts.append("\n".join([_("This is what you took on:"), *(_line(each, language) for each in mine)]))
    if public_link is not None and is_closed:
        parts.append(
            _("Everybody may have this link, to the copy without names: {link}").format(link=public_link)
        )
    if control_words:
        parts.append(_("The six control words of the text: {words}").format(words=" ".join(control_words)))
    if alliance["contact"]:
        parts.append(_("Questions? {contact}").format(contact=alliance["contact"]))
    return ShareText(subject, "\n\n".join(parts))


def _line(agreement: AgreementContent, language: str) -> str:
    _ = translations(language).gettext
    told = f"- {agreement['number']}. {agreement['what']}"
    if agreement["due_on"] is None:
        return told
    due = day(date.fromisoformat(agreement["due_on"]), language, style="long")
    return _("{agreement} Due on {day}.").format(agreement=told, day=due)
