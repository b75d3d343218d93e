"""A Word file with other content in one of its parts, as somebody would make it who knows how."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

DOCUMENT = "word/document.xml"


def changed(package: bytes, changes: Mapping[str, Callable[[str], str]], **more: bytes) -> bytes:
    """Return the package with parts changed by name, and with more of them: `a__b` is the part `a/b`."""
    stream = BytesIO()
    with ZipFile(BytesIO(package)) as found, ZipFile(stream, "w", ZIP_DEFLATED) as written:
        for name in found.namelist():
            content = found.read(name)
            if name in changes:
                told = changes[name](content.decode())
                assert told != content.decode(), f"nothing was changed in {name}"
                content = told.encode()
            written.writestr(name, content)
        for name, content in more.items():
            written.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def replacing(before: str, now: str) -> dict[str, Callable[[str], str]]:
    """Return the change that puts other words into the document."""
    return {DOCUMENT: lambda xml: xml.replace(before, now, 1)}
