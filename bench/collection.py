"""The texts that all engines get: files of a library, and their paragraphs ready made.

A folder is repeated by giving each copy of a file its own path and, in its front matter, its own
id. Nothing else is changed, so that the vocabulary does not grow with the copies: what is rare in
one copy is found once in each.
"""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import NamedTuple

from bench.child import Row, text_bytes
from bench.common import SHARED, tell
from sinorus.files import Tree
from sinorus.model import Document, Fingerprint, Paragraph
from sinorus.sources.kinds import SUFFIXES, suffix_of
from sinorus.sources.read import read_content, read_source
from sinorus.sources.walk import walk

LIBRARY = SHARED / "library"
REPEATED = LIBRARY / "frus"
TIMES = 20
_ID = re.compile(rb"^id:[ \t]*(\S+)", re.MULTILINE)

Ready = tuple[Document, Sequence[Paragraph], Fingerprint]
"""What a sinorus writer takes for one document."""


class Piece(NamedTuple):
    """A file to copy: from where, to which path below the source folder, and as which copy."""

    source: Path
    path: Path
    copy: str


class Collection(NamedTuple):
    """What was made: where it came from, its size, and the bytes of its paragraphs' text."""

    folder: str
    times: int
    documents: int
    paragraphs: int
    text: int

    def __str__(self) -> str:
        name = Path(self.folder).name
        return (
            f"{name} × {self.times}: {self.documents:,} documents, "
            f"{self.paragraphs:,} paragraphs, {self.text / 1e6:.1f} MB of text"
        )


class Home:
    """The folder of a run: the library's files, the ready paragraphs, an index of each engine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = folder / "library"
        self.ready = folder / "ready.pickle"
        self.rows = folder / "rows.pickle"
        self.described = folder / "collection.json"

    def index(self, engine: str) -> Path:
        """Where the index of an engine is."""
        return self.library / "index" if engine == "sinorus" else self.folder / engine

    def mark(self, engine: str) -> Path:
        """A file that is there when the index of an engine is whole."""
        return self.folder / f"{engine}.whole"


def files_of(folder: Path) -> list[Path]:
    """The source files below a folder, sorted."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if suffix_of(path.name) in SUFFIXES)


def pieces_of(folder: Path, times: int) -> Iterator[Piece]:
    """A folder so many times; with the default folder also its neighbours, once each."""
    for number in range(1, times + 1):
        yield from copy_of(folder, number)
    if folder == REPEATED:
        for other in sorted(LIBRARY.iterdir()):
            if other != folder and other.is_dir():
                for path in files_of(other):
                    yield Piece(path, path.relative_to(LIBRARY), "")


def copy_of(folder: Path, number: int) -> Iterator[Piece]:
    """The files of one copy of a folder."""
    copy = f"copy{number:02}"
    for path in files_of(folder):
        yield Piece(path, copy / path.relative_to(folder), copy)


def write_piece(root: Path, piece: Piece) -> None:
    """Puts a file into a library; its `id:` gets the name of the copy before it."""
    raw = piece.source.read_bytes()
    end = raw.find(b"\n---", 3) if raw.startswith(b"---") else -1
    if piece.copy and end > 0:
        raw = _ID.sub(rb"id: %s/\1" % piece.copy.encode(), raw[:end], count=1) + raw[end:]
    target = root / "seeds" / piece.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(raw)


def read_ready(root: Path, folder: str = "seeds") -> Iterator[Ready]:
    """The documents of a library as an index run has them, each id once."""
    taken: set[str] = set()
    for entry in walk(Tree(str(root)), [folder]).entries:
        source = read_source(entry, read_content(Tree(str(root)), entry.path))
        document, paragraphs = source.document, source.paragraphs
        if document is None:
            continue
        if document.id in taken:
            name = next(name for n in count(2) if (name := f"{document.id}~{n}") not in taken)
            document = replace(document, id=name)
            paragraphs = tuple(replace(paragraph, document=name) for paragraph in paragraphs)
        taken.add(document.id)
        yield document, paragraphs, source.fingerprint._replace(document=document.id)


def rows_of(document: Document, paragraphs: Sequence[Paragraph]) -> list[Row]:
    """The paragraphs of a document as the other engines get them."""
    place = document.extra.get("place", "")
    known = (
        ", ".join(document.authors),
        place if isinstance(place, str) else ", ".join(place),
        document.date.first if document.date else "",
    )
    return [(document.id, one.n, one.text, *known) for one in paragraphs]


def prepare(home: Home, folder: Path, times: int) -> Collection:
    """Makes the files and the ready paragraphs, or takes those that an earlier run has kept."""
    if home.described.is_file():
        kept = Collection(**json.loads(home.described.read_text("utf-8")))
        if (kept.folder, kept.times) != (str(folder), times):
            raise SystemExit(f"{home.folder} holds {kept}: name another folder with --keep")
        return kept
    tell("the files …")
    (home.library / "seeds").mkdir(parents=True, exist_ok=True)
    for piece in pieces_of(folder, times):
        write_piece(home.library, piece)
    tell("their paragraphs …")
    documents = paragraphs = size = 0
    with home.ready.open("wb") as ready, home.rows.open("wb") as plain:
        for one in read_ready(home.library):
            rows = rows_of(one[0], one[1])
            pickle.dump(one, ready, protocol=4)
            pickle.dump(rows, plain, protocol=4)
            documents += 1
            paragraphs += len(rows)
            size += text_bytes(rows)
    if not documents:
        raise SystemExit(f"{folder} holds no text")
    made = Collection(str(folder), times, documents, paragraphs, size)
    home.described.write_text(json.dumps(made._asdict()), "utf-8")
    return made
