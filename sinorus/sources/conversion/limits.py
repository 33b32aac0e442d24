"""What a conversion may take, and what becomes of one, said between the processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from sinorus.config import Settings
from sinorus.files import Tree

if TYPE_CHECKING:
    from sinorus.sources.bibliography.kept import BibliographyFiles

Outcome = Literal["content", "unreadable", "not installed", "broken", "time", "memory", "size"]
"""How a conversion ended: with what it made, with a sentence, or at one of its limits."""


class Limits(NamedTuple):
    """Seconds by the clock, bytes of memory, and bytes of what may come out of a file."""

    seconds: float = 60.0
    memory: int = 1 << 30
    output: int = 1 << 28


class Conversions(NamedTuple):
    """A library whose files are read: what is made of them is kept there, what each may take, and
    the bibliographies that say what they are.
    """

    tree: Tree
    limits: Limits = Limits()
    bibliography: BibliographyFiles | None = None

    @classmethod
    def having(cls, tree: Tree, settings: Settings) -> Conversions:
        """Those of a library with the limits that its user sets."""
        seconds, megabytes = settings["conversion_seconds"], settings["conversion_megabytes"]
        files = None
        if settings["bibliography"]:
            from sinorus.sources.bibliography.kept import BibliographyFiles

            files = BibliographyFiles(tree, settings["bibliography"])
        return cls(tree, Limits(seconds, megabytes << 20), files)

    def quickly(self) -> Conversions:
        """The same for a search, which reads no large bibliography."""
        files = self.bibliography
        return self if files is None else self._replace(bibliography=files.quickly())


class Request(NamedTuple):
    """One file to convert: the module of its reader, its path, and how many bytes follow.

    `libraries` are what the reader imports when it has something to read: imported before, they
    are so for all files.
    """

    module: str
    path: str
    size: int
    limits: Limits
    libraries: tuple[str, ...] = ()


class Answer(NamedTuple):
    """How it ended; `reason` is for people, where there is anything to say."""

    outcome: Outcome
    reason: str = ""
    payload: bytes = b""
