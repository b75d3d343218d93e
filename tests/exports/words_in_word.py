"""What stands in a Word file, as words."""

from io import BytesIO

import docx


def words_of(content: bytes) -> str:
    """Return every word of a Word file, paragraphs first, then cells."""
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
