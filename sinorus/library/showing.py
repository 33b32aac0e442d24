"""Documents and paragraphs by id, with what surrounds them and whether they are still the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sinorus.engines.port import Engine
from sinorus.errors import SinorusError, UnknownIdError
from sinorus.library.former import Formers
from sinorus.library.ids import Asked, Ids, place_in, read_id
from sinorus.library.searching import known_forms
from sinorus.model import Check, Document, Former, Paragraph, ParagraphId, Shown, Span
from sinorus.query.evaluate import Highlighter
from sinorus.query.nodes import Node
from sinorus.query.passages import Passage

if TYPE_CHECKING:
    from sinorus.library.marked import Marked

MOST = 200_000
"""Paragraphs that are shown at once; a thousand documents may be asked for a thousand times."""
_KEPT = 50_000
"""Paragraphs, read or highlighted, that are kept for the next id."""
_QUOTED = 600
"""Characters that are told of what a paragraph said that is gone."""
_FILES = 1_000
"""Documents of which is known which paragraph is on which line."""


def show(
    engine: Engine,
    ids: Iterable[str],
    *,
    before: int = 0,
    after: int = 0,
    node: Node | None = None,
) -> list[Shown]:
    """The paragraphs that `ids` ask for, in that order, with context; `node` is highlighted.

    Raises as `Selection` does.
    """
    return list(Selection(engine, ids, before=before, after=after, node=node))


_MISSING = 20
"""Ids that may name nothing where others do: to look for what was meant takes its time."""


class Part(NamedTuple):
    """Paragraphs `first` to `last` of a document, with what a hash says of the first.

    `hash` is the one that the first has now, where the id had one; `whole` tells that a document
    was asked for and none of its paragraphs, `elsewhere` that they moved to another document.
    `was` is what the first said, where it has changed and that is known.
    """

    asked: str
    document: Document
    first: int
    last: int
    check: Check | None
    hash: str
    whole: bool
    elsewhere: bool = False
    was: Former | None = None


class Selection:
    """What some ids ask for: all of them are looked up at once, and their paragraphs read one
    after the other, as often as it is gone through.

    Raises UnknownIdError for the first id that names nothing, SinorusError for too much. Where it
    is `lenient`, ids that name nothing are left out as long as others name something or they come
    with a hash: `missing` has the error of each, of which there may be twenty. `formers` knows what
    paragraphs said that are no more: without it what has changed is looked for by its number.
    `marked` knows the marks of paragraphs.
    """

    def __init__(
        self,
        engine: Engine,
        ids: Iterable[str],
        *,
        before: int = 0,
        after: int = 0,
        node: Node | None = None,
        most: int = MOST,
        lenient: bool = False,
        formers: Formers | None = None,
        marked: Marked | None = None,
    ) -> None:
        self._engine, self._before, self._after = engine, before, after
        self._formers, self._marked = formers, marked
        self._marks = Highlighter(node) if node else None
        self._known = known_forms(engine, node) if node else {}
        self._kept: dict[str, list[Paragraph]] = {}
        self._size = 0
        self._lines: dict[str, dict[int, int]] = {}
        self._spans: dict[str, tuple[tuple[int, int], ...]] = {}
        ids_known = Ids(engine)
        known: dict[str, Part] = {}
        self._parts: list[Part] = []
        self.missing: list[UnknownIdError] = []
        total = 0
        for text in ids:
            part = known.get(text)
            if part is None:
                try:
                    part = known[text] = self._found(text, ids_known)
                except UnknownIdError as fault:
                    if not lenient or len(self.missing) == _MISSING:
                        raise
                    self.missing.append(fault)
                    continue
            self._parts.append(part)
            total += min(part.last + after, part.document.paragraphs) - max(
                part.first - 1 - before, 0
            )
            if total > most:
                raise SinorusError(
                    f"this is more than {most:,} paragraphs", "ask for fewer at once, as xargs does"
                )

        if self.missing and not self._parts and not any(fault.gone for fault in self.missing):
            raise self.missing[0]

    def __bool__(self) -> bool:
        return bool(self._parts)

    def __iter__(self) -> Iterator[Shown]:
        told: set[ParagraphId] = set()
        for part in self._parts:
            start = max(part.first - 1 - self._before, 0)
            for paragraph in self._paragraphs(part.document)[start : part.last + self._after]:
                was = part.was if paragraph.n == part.first else None
                yield Shown(
                    asked=part.asked,
                    document=part.document,
                    paragraph=paragraph,
                    matches=self._highlighted(part.document, paragraph),
                    check=part.check if paragraph.n == part.first else None,
                    context=not part.first <= paragraph.n <= part.last,
                    notes=self._footnotes(part.document, paragraph, told),
                    whole=part.whole,
                    was=was,
                    edits=_edits(was, paragraph) if was else (),
                    marks=self._marked.of(paragraph) if self._marked else (),
                )

    def _footnotes(
        self, document: Document, paragraph: Paragraph, told: set[ParagraphId]
    ) -> tuple[Paragraph, ...]:
        """The footnotes of a paragraph that are not in what is shown, each told once."""
        found = []
        every = self._paragraphs(document) if paragraph.notes else []
        for n in paragraph.notes:
            name = ParagraphId(document.id, n)
            if n <= len(every) and name not in self._shown and name not in told:
                told.add(name)
                found.append(every[n - 1])
        return tuple(found)

    @cached_property
    def _shown(self) -> set[ParagraphId]:
        """All paragraphs that are shown by themselves, which are no more than `MOST`."""
        return {
            ParagraphId(part.document.id, n)
            for part in self._parts
            for n in range(
                max(part.first - self._before, 1),
                min(part.last + self._after, part.document.paragraphs) + 1,
            )
        }

    def parts(self) -> Iterator[tuple[Part, Paragraph | None]]:
        """What each id asks for, with the first paragraph of it, if there is one."""
        for part in self._parts:
            first = self._engine.paragraphs(part.document.id, part.first, part.first)
            yield part, next(iter(first), None)

    def checked(self) -> list[Part]:
        """What was asked for with a hash and is not as it was, each once."""
        return [
            *{
                part.asked: part for part in self._parts if part.check in ("moved", "changed")
            }.values()
        ]

    def _found(self, text: str, ids: Ids) -> Part:
        """What an id asks for, if need be by its hash in another document or a renamed file."""
        try:
            return self._part(*self._find(text, ids))
        except UnknownIdError as fault:
            asked = read_id(text)
            if asked.hash is None:
                raise
            if part := self._elsewhere(asked) or self._changed(asked, None):
                return part
            fault.gone = True
            raise

    def _changed(self, asked: Asked, document: Document | None) -> Part | None:
        """The likeliest paragraph for one of which it is known what it said; None if it is not.

        Raises UnknownIdError, `gone`, where that is known and nothing is like it.
        """
        was = self._formers.find(asked.hash or "") if self._formers else None
        if was is None:
            return None
        from sinorus.library.likeliest import Lost, likeliest

        own = self._paragraphs(document) if document else []
        found = likeliest(self._engine, Lost(was.text, asked.first or was.n), own)
        there = self._engine.document(found.document) if found else None
        if found is None or there is None:
            fault = UnknownIdError(
                f"{asked.text} is gone; until {was.until} it was '{_shortened(was.text)}'"
            )
            fault.gone = True
            raise fault
        size = (asked.last or 0) - (asked.first or 0)
        last = min(found.n + size, there.paragraphs)
        elsewhere = document is None or there.id != document.id
        return Part(
            *(asked.text, there, found.n, last, "changed", self._hash_of(found)),
            whole=False,
            elsewhere=elsewhere,
            was=was,
        )

    def _hash_of(self, name: ParagraphId) -> str:
        found = self._engine.paragraphs(name.document, name.n, name.n)
        return "".join(one.hash for one in found)

    def _elsewhere(self, asked: Asked) -> Part | None:
        """The paragraph with the hash of an id, wherever it is now."""
        found = self._engine.paragraph_by_hash(asked.hash or "")
        first, last = asked.first or 1, asked.last or asked.first or 1
        near = min(found, key=lambda one: (abs(one.n - first), one.document), default=None)
        document = self._engine.document(near.document) if near else None
        if near is None or document is None:
            return None
        end = min(near.n + last - first, document.paragraphs)
        return Part(asked.text, document, near.n, end, "moved", asked.hash or "", False, True)

    def _find(self, text: str, ids: Ids) -> tuple[Asked, Document]:
        """What an id or a place (`path:line`) asks for, and of which document."""
        asked = read_id(text)
        fault: UnknownIdError | None = None
        try:
            if document := ids.known(asked.document):
                return asked, document
        except UnknownIdError as several:
            fault = several
        place = place_in(text)
        if place is None and fault is None and asked.first and (cut := ids.cut(asked.document)):
            return asked, cut
        if place is None:
            raise fault or ids.unknown(asked.document)
        document = ids.find(place[0])
        n = self._on_lines(document).get(place[1])
        if n is None:
            raise UnknownIdError(f"no paragraph of {document.id} is on line {place[1]}")
        return Asked(text, document.id, n, n, None), document

    def _on_lines(self, document: Document) -> dict[int, int]:
        """The number of the first paragraph on each line."""
        if document.id not in self._lines:
            if len(self._lines) >= _FILES:
                self._lines.clear()
            found = self._lines[document.id] = {}
            for paragraph in self._paragraphs(document):
                if not paragraph.line:  # the file has no lines
                    break
                for line in range(paragraph.line, paragraph.end_line + 1):
                    found.setdefault(line, paragraph.n)
        return self._lines[document.id]

    def _part(self, asked: Asked, document: Document) -> Part:
        first, last = asked.first or 1, asked.last or document.paragraphs
        check: Check | None = None
        now = ""
        if asked.hash and asked.first:
            check, moved_to = _check(self._paragraphs(document), asked.first, asked.hash)
            if check == "changed":
                part = self._elsewhere(asked) or self._changed(asked, document)
                if part is not None:
                    return part
            first, last = moved_to, moved_to + last - first
            now = "".join(one.hash for one in self._paragraphs(document)[first - 1 : first])
        # What is known of a document spares reading it, until it is its turn.
        if first > document.paragraphs:
            size = len(self._paragraphs(document))
            last = last or size
            if first > size:
                raise UnknownIdError(
                    f"{document.id} has {size} paragraphs, there is no #{first}",
                    reason="unknown paragraph",
                )
        return Part(asked.text, document, first, last, check, now, asked.first is None)

    def _paragraphs(self, document: Document) -> list[Paragraph]:
        found = self._kept.get(document.id)
        if found is None:
            found = list(self._engine.paragraphs(document.id))
            self._size += len(found)
            while self._kept and self._size > _KEPT:
                self._size -= len(self._kept.pop(next(iter(self._kept))))
            self._kept[document.id] = found
        return found

    def _highlighted(self, document: Document, paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
        if self._marks is None:
            return ()
        spans = self._spans.get(paragraph.id)
        if spans is None:
            if len(self._spans) >= _KEPT:
                self._spans.clear()
            spans = self._spans[paragraph.id] = self._marks(
                Passage(document, paragraph, self._known)
            )
        return spans


def _check(paragraphs: Sequence[Paragraph], n: int, written: str) -> tuple[Check, int]:
    """Whether paragraph `n` still has the hash, and the number of the one that has it now."""
    if n <= len(paragraphs) and paragraphs[n - 1].hash == written:
        return "exact", n
    same = [paragraph.n for paragraph in paragraphs if paragraph.hash == written]
    if same:
        return "moved", min(same, key=lambda other: abs(other - n))
    return "changed", n


def _edits(was: Former, paragraph: Paragraph) -> tuple[tuple[Span, Span], ...]:
    from sinorus.library.likeliest import word_edits

    return word_edits(was.text, paragraph.text)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"


def one_text(engine: Engine, text: str) -> tuple[Document, list[Paragraph]]:
    """The document and the paragraphs that one id names. Raises UnknownIdError."""
    shown = show(engine, [text])
    return shown[0].document, [item.paragraph for item in shown]
