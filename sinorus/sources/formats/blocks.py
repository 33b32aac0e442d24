"""What a reader of any format gives: blocks of text as seen, and where each stretch stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from sinorus.model import Kind, Place, Style, Styled
from sinorus.sources.formats.lines import byte_length


class Block(NamedTuple):
    """A paragraph before it has a number; the fields are those of `Paragraph`.

    `notes` are the labels of the footnotes that it refers to, sorted; `label` is that of the one it
    is part of, or empty. `level` is that of a heading, from 1, else 0. `speaker` is who speaks
    where the file says so itself. `page` and `end_page` count from 1, `page_label` is as printed.
    `mark` counts an item of a list.
    `line` and `end_line` are 0 where the file has no lines that a person could go to.
    """

    text: str
    line: int
    end_line: int
    kind: Kind = "text"
    heading: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    spans: tuple[Styled, ...] = ()
    notes: tuple[str, ...] = ()
    label: str = ""
    level: int = 0
    time: str | None = None
    speaker: str | None = None
    page: int | None = None
    end_page: int | None = None
    page_label: str | None = None
    mark: str | None = None

    def below(self, heading: tuple[str, ...]) -> Block:
        """The block with these headings above it; `_replace` takes twice as long."""
        return Block._make((*self[:4], heading, *self[5:]))


class Draft:
    """A block in the making: its text so far, and where in the source each stretch of it stands.

    A source is bytes of UTF-8; `LineTable` makes lines and columns of their offsets. The text is
    `parts` joined, `size` its length. `starts` are where stretches begin in the text, `sources`
    where in the source; what stands at `next` in the source goes on without a new stretch.
    """

    __slots__ = (
        *("kind", "label", "level", "mark", "next", "notes", "parts", "prose", "size", "sources"),
        *("spans", "starts"),
    )

    def __init__(self, kind: Kind = "text", label: str = "") -> None:
        self.kind: Kind = kind
        self.label = label
        self.level = 0
        self.mark: str | None = None
        self.prose = False
        """Whether it is to be told apart by `prose` what its paragraphs are."""
        self.size = 0
        self.notes: list[str] = []
        self.spans: list[Styled] = []
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.sources: list[int] = []
        self.next = -1

    def add(self, text: str, start: int, end: int) -> None:
        """Adds text of one line that stands from `start` to `end` in the source.

        Where it is longer or shorter there (an entity) only its beginning is known, and it is a
        stretch of its own.
        """
        size = len(text)
        exact = size == end - start or len(text.encode()) == end - start
        if start != self.next or not exact:
            self.starts.append(self.size)
            self.sources.append(start)
        self.parts.append(text)
        self.size += size
        self.next = end if exact else -1

    def say(self, text: str) -> None:
        """Adds text that stands nowhere in a file that a person could go to."""
        self.parts.append(text)
        self.size += len(text)

    def add_break(self, sign: str = "\n") -> None:
        """Adds white space that stands for something in the source."""
        if self.size:
            self.parts.append(sign)
            self.size += len(sign)
            self.next = -1

    def add_line_end(self) -> None:
        """Ends a line, if there is anything on it: one of tags alone has nothing to see."""
        if self.size and not self.ends_with("\n"):
            self.add_break()

    def add_lines(self, text: str, start: int) -> None:
        """Adds text of one line or more that stands in the source from `start` on as it is."""
        lines = text.split("\n")
        for number, line in enumerate(lines):
            end = start + byte_length(line)
            if number:
                self.add_break()
            if line:
                self.add(line, start, end)
            start = end + 1

    def style(self, start: int, kind: Style, target: str = "") -> None:
        """Gives the text from `start` on a style, if there is any."""
        if start < self.size:
            self.spans.append(Styled(start, self.size, kind, target))

    @property
    def text(self) -> str:
        """All text so far."""
        if len(self.parts) > 1:
            self.parts = ["".join(self.parts)]
        return self.parts[0] if self.parts else ""

    def cut(self, holes: Sequence[tuple[int, int]]) -> None:
        """Takes stretches out of the text; they are sorted and do not overlap."""
        text, begins, sources = self.text, self.starts, self.sources
        bounds = [0, *(at for hole in holes for at in hole), len(text)]
        kept = list(zip(bounds[::2], bounds[1::2], strict=True))
        parts, places, origins, size = [], [], [], 0
        at, known, source = 0, 0, 0  # the next place, and an offset whose source is known
        for start, end in kept:
            while at < len(begins) and begins[at] <= start:
                known, source, at = begins[at], sources[at], at + 1
            known, source = start, source + byte_length(text[known:start])
            if start < end:
                places.append(size)
                origins.append(source)
            while at < len(begins) and begins[at] < end:
                places.append(size + begins[at] - start)
                origins.append(sources[at])
                known, source, at = begins[at], sources[at], at + 1
            parts.append(text[start:end])
            size += end - start
        self.spans = _without(self.spans, holes)
        self.parts, self.starts, self.sources = ["".join(parts)], places, origins
        self.size, self.next = size, -1

    def truncate(self, size: int) -> None:
        """Takes off all text from `size` on."""
        while self.size > size:
            last = self.parts.pop()
            self.size -= len(last)
            if self.size < size:
                self.parts.append(last[: size - self.size])
                self.size = size
            self.next = -1
        while self.starts and self.starts[-1] >= size:
            self.starts.pop()
            self.sources.pop()
        while self.spans and self.spans[-1].end > size:  # they are in the order of their ends
            last_span = self.spans.pop()
            if last_span.start < size:
                self.spans.append(last_span._replace(end=size))

    def tail(self, start: int) -> str:
        """The text from `start` on, which costs what is taken and not what there is."""
        found, size = [], self.size
        for part in reversed(self.parts):
            if size <= start:
                break
            size -= len(part)
            found.append(part if size >= start else part[start - size :])
        return "".join(reversed(found))

    def ends_with(self, sign: str) -> bool:
        """Whether a character is the last of the text."""
        return bool(self.parts) and self.parts[-1].endswith(sign)

    def trim(self, signs: str = " \t\n") -> None:
        """Takes off characters from the end of the text."""
        size = self.size
        while size and self.tail(size - 1)[0] in signs:
            size -= 1
            self.truncate(size)

    def add_blank(self, sign: str) -> None:
        """Adds white space where there is none yet."""
        if self.size and not self.parts[-1][-1].isspace():
            self.add_break(sign)

    def strip(self) -> None:
        """Takes off the white space on either side."""
        before = self.size - len(self.text.lstrip())
        after = len(self.text.rstrip())
        self.cut([hole for hole in ((0, before), (after, self.size)) if hole[0] < hole[1]])

    def piece(self, start: int, end: int) -> Draft:
        """A block of its own with a stretch of this text; the notes stay with the first."""
        other = Draft(self.kind, self.label)
        other.level = self.level
        other.mark = self.mark if start == 0 else None
        other.notes = self.notes if start == 0 else []
        other.parts, other.size = [self.text], self.size
        other.starts, other.sources = list(self.starts), list(self.sources)
        other.spans = list(self.spans)
        other.cut([hole for hole in ((0, start), (end, self.size)) if hole[0] < hole[1]])
        return other

    @property
    def source(self) -> int:
        """Where in the source its first text stands; -1 if it has none."""
        return self.sources[0] if self.sources else -1

    def prepend(self, text: str, source: int) -> None:
        """Puts text in front that stands right there in the source."""
        self.starts = [0, *(start + len(text) for start in self.starts)]
        self.sources = [source, *self.sources]
        self.spans = [
            Styled(one.start + len(text), one.end + len(text), one.kind, one.target)
            for one in self.spans
        ]
        self.parts = [text, *self.parts]
        self.size += len(text)

    def block(self, lines: LineTable | None, heading: tuple[str, ...]) -> Block | None:
        """The finished block, without white space around it; None if nothing is left to see.

        Without `lines` it stands on none.
        """
        bare = self.text.strip()
        if not bare[:1].isalnum() and not any(map(_is_seen, bare)):
            return None
        if len(bare) != self.size:
            self.strip()
        text = self.text
        spans: tuple[Styled, ...] = ()
        if self.spans:
            spans = tuple(sorted(self.spans, key=lambda one: (one.start, -one.end)))
        notes = tuple(sorted(set(self.notes))) if self.notes else ()
        if lines is None:
            told = (text, 0, 0, self.kind, heading, (), spans, notes, self.label, self.level)
            return Block(*told, mark=self.mark)
        places, plain = lines.places(self.starts, self.sources, text)
        first, last = places[0].line, places[-1].line
        if self.kind == "table":  # a cell of several lines stands beside others
            last = max([place.line for place in places])
        where = (text, first, last, self.kind, heading, () if plain else places)
        return Block(*where, spans, notes, self.label, self.level, mark=self.mark)


def _without(spans: Sequence[Styled], holes: Sequence[tuple[int, int]]) -> list[Styled]:
    """The spans of a text that the holes were taken out of; those within a hole are gone."""
    ends = [end for _, end in holes]
    removed = [0, *accumulate(end - start for start, end in holes)]

    def moved(offset: int) -> int:
        many = bisect_right(ends, offset)
        inside = max(0, offset - holes[many][0]) if many < len(holes) else 0
        return offset - removed[many] - inside

    found = [one._replace(start=moved(one.start), end=moved(one.end)) for one in spans]
    return [one for one in found if one.start < one.end]


class LineTable:
    """Lines and columns of the offsets in a source that was put together from stretches of a file.

    `starts` are the offsets of its lines, `numbers` the numbers of these lines in the file.
    """

    def __init__(self, starts: Sequence[int], numbers: Sequence[int]) -> None:
        self._starts, self._numbers = starts, numbers

    def place(self, source: int) -> tuple[int, int]:
        """The number in the file of the line that an offset in the source is on, and the column."""
        line = bisect_right(self._starts, source) - 1
        return self._numbers[line], source - self._starts[line]

    def places(
        self, starts: Sequence[int], sources: Sequence[int], text: str
    ) -> tuple[tuple[Place, ...], bool]:
        """The place of each stretch of a text, which begins at `starts` and in the source there.

        And whether there is no need to know: each line of the text is all of a line.
        """
        found = []
        first, ends = self._starts, len(self._starts)
        line = -1
        for start, source in zip(starts, sources, strict=True):
            if line < 0 or not (
                first[line] <= source and (line + 1 == ends or source < first[line + 1])
            ):
                line = bisect_right(first, source) - 1
            found.append(Place(start, self._numbers[line], source - first[line]))
        if found[0].column:
            return tuple(found), False
        return tuple(found), is_plain(text, found)


def is_plain(text: str, places: Sequence[Place]) -> bool:
    """Whether each line of a text is all of one line of the file, in their order."""
    first = places[0].line
    if len(places) != text.count("\n") + 1:
        return False
    at = 0
    for number, place in enumerate(places):
        if place.column or place.line != first + number or place.start != at:
            return False
        at = text.find("\n", at) + 1
    return True


def _is_seen(character: str) -> bool:
    return character.isprintable() and not character.isspace()
