"""XML of a file that anybody may have made: read as it streams by, and none that declares anything."""

from typing import Any
from xml.parsers import expat

from exports.genuine.reading import NotReadable, Problem

DEEPEST = 400


class StrictXml:
    """Reads XML as it streams by, and no XML that declares anything: ours never does."""

    def __init__(self) -> None:
        self.depth = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._strange
        self._parser.EntityDeclHandler = self._strange
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.letters

    def read(self, content: bytes) -> None:
        """Read a whole part. Raises `NotReadable`, and `expat.ExpatError` where it is no XML."""
        self._parser.Parse(content, True)

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def letters(self, text: str) -> None: ...

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotReadable(Problem.STRANGE_XML)
        self.start(name, attributes)

    def _end(self, name: str) -> None:
        self.end(name)
        self.depth -= 1

    def _strange(self, *_anything: Any) -> None:
        raise NotReadable(Problem.STRANGE_XML)
