"""The same content as the same bytes: a zip file has clocks and an order of its own."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_EPOCH = (1980, 1, 1, 0, 0, 0)
# Pictures are as small as they get.
_PACKED = (".png", ".jpg", ".jpeg")
_LEVEL = 6


def same_bytes(package: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """Return the zip file `package` with its entries in a fixed order and at a fixed time.

    `instead` are entries, by their name, that another content takes the place of.
    """
    stream, replaced = BytesIO(), instead or {}
    with ZipFile(BytesIO(package)) as found, ZipFile(stream, "w") as written:
        names = sorted(found.namelist(), key=lambda name: (name not in _FIRST, name))
        for name in names:
            entry = ZipInfo(name, date_time=_EPOCH)
            entry.create_system = 0
            entry.external_attr = 0
            content = replaced[name] if name in replaced else found.read(name)
            is_packed = name.lower().endswith(_PACKED)
            written.writestr(entry, content, ZIP_STORED if is_packed else ZIP_DEFLATED, compresslevel=_LEVEL)
    return stream.getvalue()
