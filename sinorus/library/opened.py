"""A library that is open: its settings, its files, and its index, brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinorus.config import Settings, load_settings
from sinorus.engines import open_engine
from sinorus.engines.port import Engine
from sinorus.errors import ConfigError, SinorusError
from sinorus.files import Tree
from sinorus.library.freshness import Freshness
from sinorus.library.location import (
    FILE,
    MARKS,
    find_library,
    has_file,
    make_library,
    named_library,
    source_folder,
)
from sinorus.library.survey import LibraryFiles, Survey
from sinorus.model import IndexReport, IndexState, Notice, Progress
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.kinds import extras_for, kinds_of

if TYPE_CHECKING:
    from typing_extensions import Self

    from sinorus.library.former import Formers
    from sinorus.library.marked import Marked
    from sinorus.library.marks import Marks
    from sinorus.model import (
        Added,
        Fingerprint,
        Hit,
        Status,
    )

Notify = Callable[[Notice], None]


def _silent(_: Notice) -> None:
    return None


class OpenLibrary:
    """A folder of sources that is open: its settings, its files, its index.

    `notify` is called with each sentence that a user should know and that is not an answer: what
    was indexed on the way, what is out of date. `progress` gets the steps of an index run that a
    search sets off. With `read_only` not even what is kept to be quicker is written.
    """

    def __init__(
        self,
        root: Path,
        settings: Settings,
        *,
        notify: Notify = _silent,
        progress: Callable[[Progress], None] | None = None,
        read_only: bool = False,
    ) -> None:
        self.root, self.settings, self.notify = root, settings, notify
        self._tree = Tree(str(root), settings["trusted"], read_only=read_only)
        self._progress = progress
        self._place = Conversions.having(self._tree, settings)
        self._files = LibraryFiles(self._place, settings)

    @cached_property
    def _engine(self) -> Engine:
        return open_engine(self.settings, self.root, self._tell)

    @cached_property
    def marks(self) -> Marks:
        """The evidence sets of the library, to read and to change."""
        from sinorus.library.marks import Marks

        return Marks(lambda: self._engine, self._tree, self.settings["wait"])

    @cached_property
    def _freshness(self) -> Freshness:
        look, place, wait = self._files.quick_look, self._files.quick_place, self.settings["wait"]
        return Freshness(self._engine, place, look, wait, self.notify, self._progress)

    @classmethod
    def open(cls, path: str | Path = ".", *, notify: Notify = _silent) -> Self:
        """The library at `path` or above it, with its own settings and nobody's environment.

        Raises NoLibraryError if there is none.
        """
        root = find_library(Path(path))
        return cls(root, load_settings(root / FILE), notify=notify)

    @classmethod
    def at(cls, path: str | Path, *, notify: Notify = _silent) -> Self:
        """The library that `path` itself is. Raises NoLibraryError if it is not one."""
        root = named_library(Path(path))
        return cls(root, load_settings(root / FILE), notify=notify)

    @classmethod
    def init(cls, path: str | Path, *, notify: Notify = _silent) -> Self:
        """Makes a folder a library, and opens it; what is there already is left as it is."""
        make_library(Path(path))
        return cls.at(path, notify=notify)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the index and the folders of the library."""
        if "_engine" in self.__dict__:
            self._engine.close()
        self._tree.close()

    def refresh(self, update: bool | None = None) -> IndexState:
        """Makes sure that answers fit the files, or says that they may not.

        `update` None: as the settings say. A missing index is made if the library is small; raises
        NoIndexError otherwise.
        """
        return self._freshness.check(self.settings["update"] if update is None else update)

    def generation(self) -> str:
        """What the index is called that is there now; another after each change, also by others.

        A library that is open goes on reading the one that it first read, until it is told to
        `reopen`. Empty without an index.
        """
        return self._engine.generation()

    def reopen(self) -> None:
        """Reads the index that is there now from here on; names and terms stay as they were."""
        if not self._engine.shared:  # what others write too is read as it is at any time
            self._engine.close()

    def is_empty(self) -> bool:
        """Whether the index has no documents."""
        return not self._engine.info().documents

    def is_same(self, paragraph: str, text_hash: str) -> bool:
        """Whether a paragraph, by its whole id, is there and has a text of that hash."""
        document, _, n = paragraph.rpartition("#")
        if self._engine.document(document) is None:
            return False
        found = self._engine.paragraphs(document, int(n), int(n))
        return any(one.hash == text_hash for one in found)

    def other_kinds(self) -> tuple[dict[str, int], dict[str, str]]:
        """Files of each kind that is not read, by suffix, and the extra that some lack for that."""
        return (kinds := kinds_of(self._files.others)), extras_for(kinds)

    def status(self, *, check: bool = False) -> Status:
        """Counts, coverage, versions and freshness; with `check` the whole index is read."""
        from sinorus.library.status import beside_any, status

        other = partial(beside_any, self.settings, self.root, self._engine, self.notify)
        return status(self._engine, self._tree, self._files.look, other, check=check)

    def add(self, given: str | Path | bytes, **how: Any) -> Added:
        """Copies a file, or a text of bytes, into the library, as `adding`; raises its error."""
        for one in self.adding(given, **how):
            if isinstance(one, SinorusError):
                raise one
            return one
        raise SinorusError("there is no source in it")

    def adding(
        self, given: str | Path | bytes, *, to: str | None = None, **how: Any
    ) -> Iterator[Added | SinorusError]:
        """What becomes of a file, each source in a folder, a text of bytes: a copy, or an error.

        `to` is a source folder, else the first; `name` what to call one file; `as_markdown` writes
        what it says as Markdown. Raises SinorusError for what is no source folder.
        """
        from sinorus.library.adding import adding

        return adding(self._place, self.add_to(to), given, **how)

    def add_to(self, folder: str | None) -> str:
        """The source folder that `add` copies into. Raises SinorusError if it is not one."""
        return source_folder(self.settings["sources"], folder)

    def index(self, *, rebuild: bool = False, only: Collection[str] | None = None) -> IndexReport:
        """Brings the index up to date; what it did. Raises as `indexing` does."""
        for step in self.indexing(rebuild=rebuild, only=only):
            if isinstance(step, IndexReport):
                return step
        raise SinorusError("the index run ended without a report")

    def indexing(
        self, *, rebuild: bool = False, only: Collection[str] | None = None
    ) -> Iterator[Progress | IndexReport]:
        """The steps of an index run, the report last; the commit comes before the report.

        `only`: paths relative to the library. An index of another version is rebuilt. Raises
        IndexLockedError, IndexDamagedError.
        """
        from sinorus.library.indexing import update_index

        known = [] if rebuild else self._freshness.known()
        if known is None:
            self._tell("the index was made by another version of sinorus and is rebuilt")
            only, known = None, []

        def look(known: Sequence[Fingerprint]) -> Survey:
            return self._files.look(known, None if rebuild else only)

        seen, wait = look(known), self.settings["wait"]
        for step in update_index(self._engine, self._place, look, seen, rebuild=rebuild, wait=wait):
            if isinstance(step, IndexReport) and only is None:
                yield replace(step, faults=self._files.with_settings(step.faults))
            else:
                yield step

    def copying(self, url: str) -> Iterator[Progress | IndexReport]:
        """The steps of copying the embedded index to the cluster at `url`; raises NoIndexError."""
        from sinorus.library.migration import copying

        return copying(self._tree, self.settings, self.root, url, self._tell)

    def kept(self) -> str:
        """What an index run that was interrupted left of the index, in words."""
        from sinorus.library.status import kept
        from sinorus.sources.conversion.kept import FOLDER

        converted = self.root / FOLDER
        more = converted.is_dir() and any(converted.iterdir())
        return kept(self._engine) + ("; what was converted is kept" if more else "")

    def _formers(self) -> Formers:
        """What paragraphs said before their sources were changed, as it is known now."""
        from sinorus.library.former import Formers

        return Formers(self._tree, self._tell)

    def _marked(self) -> Marked | None:
        """What knows the marks of paragraphs; None where nothing is marked, or nobody can read it,
        which is said then.
        """
        if not has_file(self._tree, MARKS):
            return None
        try:
            return self.marks.marked()
        except ConfigError as fault:
            self._tell(f"{fault.message}; no marks are shown")
            return None

    def _with_marks(self, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The same hits with their marks."""
        marked = self._marked() if hits else None
        if marked is None:
            return hits
        return tuple(replace(hit, marks=marked.of(hit.paragraph)) for hit in hits)

    def _tell(self, text: str) -> None:
        self.notify(Notice(text))
