"""The same content as the same bytes: a zip file has clocks and an order of its own."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def same_bytes(package: bytes) -> bytes:
    """Return the zip file `package` with its entries in a fixed order and at a fixed time."""
    stream = BytesIO()
    with ZipFile(BytesIO(package)) as found, ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=9) as written:
        names = sorted(found.namelist(), key=lambda name: (name not in _FIRST, name))
        for name in names:
            entry = ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            written.writestr(entry, found.read(name))
    return stream.getvalue()
