"""The text of a file that was written elsewhere."""

from models.basics.errors import FileUnreadable

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def text_in(content: bytes) -> str:
    """Return a text, in UTF-8 or UTF-16, or as Windows wrote it before. Raises `FileUnreadable` for what is no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                raise FileUnreadable("txt") from None
    if b"\x00" in content:
        raise FileUnreadable("txt")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
