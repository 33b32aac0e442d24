"""What there is in a library, by name: for those who choose among it before they ask.

It is read off the index as it is, quickly, without a look at the files or a word to anybody: what
completes a command line while it is typed has no time for more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sinorus.engines import kind_of

if TYPE_CHECKING:
    from sinorus.config import Settings
    from sinorus.engines.port import Engine


class Catalogue:
    """The names of what is in the index of a library.

    All of it is empty without a library (`root` None) and where the index is not on this machine.
    What reads raises the errors of the engine: NoIndexError, IndexDamagedError and others.
    """

    def __init__(self, root: Path | None, settings: Settings) -> None:
        self.root, self._settings = root, settings

    @cached_property
    def _engine(self) -> Engine | None:
        kind = kind_of(self._settings)
        return (
            None
            if kind.remote or self.root is None
            else kind.open(self._settings, self.root, _unheard)
        )

    def ids(self) -> Sequence[str]:
        """The ids of all documents, sorted."""
        return [] if self._engine is None else self._engine.find_documents("")

    def ids_ending(self, suffix: str) -> Sequence[str]:
        """The ids that end so, sorted."""
        return [] if self._engine is None else self._engine.find_documents(suffix)

    def paths(self) -> Sequence[str]:
        """The paths of all documents in the library, sorted."""
        if self._engine is None:
            return []
        return [one.path for one in self._engine.fingerprints() if one.document]

    def paragraphs(self, document: str, first: int, last: int) -> Iterator[tuple[int, str]]:
        """The numbers and texts of some paragraphs of a document."""
        if self._engine is not None:
            for one in self._engine.paragraphs(document, first, last):
                yield one.n, one.text

    def length(self, document: str) -> int:
        """How many paragraphs a document has; 0 if there is none of that id."""
        found = self._engine.document(document) if self._engine is not None else None
        return found.paragraphs if found else 0

    def title(self, document: str) -> str | None:
        """The title of a document, or its id where it has none; None if it is not there."""
        found = self._engine.document(document) if self._engine is not None else None
        return (found.title or found.id) if found else None

    def values(self, name: str) -> Sequence[str]:
        """The distinct values of a field: `author`, `publisher`, `tag`, `lang`, any other key."""
        return [] if self._engine is None else self._engine.values(name)

    def fields(self) -> Sequence[str]:
        """The fields of which a document has a value, sorted."""
        return [] if self._engine is None else self._engine.fields()

    def sets(self) -> Sequence[str]:
        """The names of the sets of marks, in their order."""
        if self.root is None:
            return []
        from sinorus.files import Tree
        from sinorus.library.mark_file import MarkFile

        tree = Tree(str(self.root), self._settings["trusted"])
        return list(dict.fromkeys(mark.set for mark in MarkFile(tree, 0).quick()))

    def names(self) -> Iterator[Sequence[str]]:
        """All forms of each name that a search knows, as they were compiled for the last search."""
        if self.root is None:
            return
        from sinorus.files import Tree
        from sinorus.library.names import every_form
        from sinorus.library.naming import load_names

        tree = Tree(str(self.root), self._settings["trusted"], read_only=True)
        names = load_names(tree, "index", compiled=True)
        for number in range(len(names)):
            if forms := [one.form for one in every_form(names.entry(number))]:
                yield forms

    def close(self) -> None:
        """Closes the index."""
        if "_engine" in self.__dict__ and self._engine is not None:
            self._engine.close()


def _unheard(_: str) -> None:
    return None
