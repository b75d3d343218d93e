"""The text of a note that was typed elsewhere: from a .txt or a .docx."""

import zipfile
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from models.basics.errors import FileTooLarge, FileUnreadable
from models.basics.text_file import text_in

FILE_LIMIT = 5_000_000
UNPACKED_LIMIT = 50_000_000
# What is read into a tree of words takes many times its size.
UNPACKED_WORDS_LIMIT = 20_000_000


def note_in(content: bytes, file_name: str) -> str:
    """Return the text of a note's file, a line for each paragraph; tables cell by cell.

    Raises `FileTooLarge`, and `FileUnreadable` for what is neither a text nor a Word file of today's kind.
    """
    if len(content) > FILE_LIMIT:
        raise FileTooLarge(FILE_LIMIT)
    if file_name.casefold().endswith(".docx"):
        return _from_word(content)
    if file_name.casefold().endswith(".txt"):
        return text_in(content)
    raise FileUnreadable("note")


def _from_word(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            words = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            for found, limit in ((parts, UNPACKED_LIMIT), (words, UNPACKED_WORDS_LIMIT)):
                if sum(part.file_size for part in found) > limit:
                    raise FileTooLarge(limit)
        document = Document(BytesIO(content))
        paragraphs = [
            "".join(
                piece.text or "" if piece.tag == qn("w:t") else "\t" if piece.tag == qn("w:tab") else "\n"
                for piece in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:cr"))
            )
            for paragraph in document.element.body.iter(qn("w:p"))
        ]
    except FileTooLarge:
        raise
    except Exception:
        # A file can be broken in as many ways as there are parts in it; none of them tells people more.
        raise FileUnreadable("docx") from None
    return "\n".join(paragraphs)
