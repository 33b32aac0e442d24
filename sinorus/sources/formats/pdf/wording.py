"""The text of a paragraph: lines joined, hyphens undone, ligatures as letters, styles as spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from sinorus.model import Styled
from sinorus.model.documents import Style as Look
from sinorus.sources.formats.pdf.compounds import Words, is_compound
from sinorus.sources.formats.pdf.lines import WIDE_FROM, Line, is_wide, needs_space
from sinorus.sources.formats.pdf.notes import mark_of
from sinorus.sources.formats.pdf.runs import Run, Style

HYPHENS = "\ufffe-\u2010\u00ad"
"""What may stand at the end of a line within a word."""
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0xFFFE: "-",
    0x00AD: None,
    0xFFFF: None,
    0x200B: None,
    0xFEFF: None,
    **{code: None for code in range(32) if code not in (9, 10)},
    **dict.fromkeys(range(127, 160)),
    **dict.fromkeys(range(55296, 57344), 65533),
}
_JOINED = "\b"
"""Between two lines: the hyphen goes and they are one word."""
_LEADERS = re.compile(r"(?:[.·…_] ?){6,}")
"""Dots that lead to the number of a page, and lines to write on."""
_LEADER_SIGNS = ("....", ". . .", "····", "……", "____")
_PLAIN = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\u200a\u2010-\u2eff\u3001-\ud7ff\uff01-\uffef]")
"""What has to be looked up in the table above."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![\ufffe\w])")
_SOFT = "\u2010\u00ad"
"""Signs for hyphens that are not those of a keyboard."""
_HYPHENS = tuple(HYPHENS)
_TAIL = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\Z")
_HEAD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

Label = Callable[[int, str], str]
"""The label of the note that a mark on a page refers to, or empty."""


class Wording(NamedTuple):
    """The text of a paragraph, its spans and the labels of the notes that it refers to."""

    text: str
    spans: tuple[Styled, ...]
    notes: tuple[str, ...]


class Vocabulary:
    """The words of a document, by which hyphens at line ends are told from those of compounds."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines
        self._words: Words | None = None
        self._soft = False
        """Whether hyphens that are added at line ends are another sign than those of compounds."""

    def joined(self, before: str, after: str) -> bool:
        """Whether a word that a line end cuts behind its hyphen has none.

        `before` ends with the hyphen. Some programs set another sign for those that they add.
        """
        tail, head = _TAIL.search(before[:-1].rpartition(" ")[2]), _HEAD.match(after)
        if tail is None or head is None:
            return False
        words = self._known()
        if self._soft and head[0][0].islower():
            return before[-1] in _SOFT
        left, right = tail[0].lower(), head[0].lower()
        if left + right in words:
            return True
        if f"{left}-{right}" in words:
            return False
        capitals = tail[0].isupper() and head[0].isupper()
        if head[0][0].isupper() and not capitals:
            return False
        return not is_compound(tail[0] if not capitals else left, right, words)

    def _known(self) -> Words:
        if self._words is None:
            tokens: set[str] = set()
            skip = soft = False
            for line in self._lines:
                text = line.text
                found = text.split()
                cut = text.endswith(_HYPHENS)
                soft = soft or (cut and text[-1] in _SOFT)
                tokens.update(found[skip : len(found) - cut])
                skip = cut
            self._soft = soft and not any(_SOFT[0] in token for token in tokens)
            self._words = Words(word for token in tokens for word in _WORD.findall(token.lower()))
        return self._words


class _Text:
    """A text in the making: its parts, its length and its spans."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.spans: list[Styled] = []

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)

    @property
    def has_space(self) -> bool:
        """Whether it ends with white space."""
        return "".join(self.parts[-2:])[-1:].isspace()

    def drop_sign(self) -> None:
        """Takes the last character away."""
        self.parts[-1] = self.parts[-1][:-1]
        self.size -= 1


class Writer:
    """Writes paragraphs; `body` is the number of the style that most text has."""

    def __init__(self, styles: Sequence[Style], body: int, words: Vocabulary, label: Label) -> None:
        self._words = words
        self._label = label
        plain = styles[body] if 0 <= body < len(styles) else Style()
        self._looks = [_looks(style, plain) for style in styles]

    def write(
        self, lines: Sequence[Line], skip: int = 0, *, separator: str = "", styled: bool = True
    ) -> Wording:
        """The text of these lines, without the first `skip` characters.

        They are joined by `separator`, or as one paragraph where it is empty.
        """
        made = _Text()
        notes: list[str] = []
        for line in lines:
            previous: Run | None = None
            alone = len(line.runs) == 1
            for run in line.runs:
                text = run.text
                if skip:
                    text, skip = text[skip:], max(0, skip - len(text))
                    if not text:
                        continue
                raised = not alone and line.is_raised(run)
                if raised and made.parts and (labels := self._labels(line, run)):
                    notes += labels
                    previous = run._replace(text=previous.text if previous else " ")
                    continue
                if previous is None:
                    glue = self._glue(made, text, separator)
                else:
                    glue = " " if needs_space(previous, run) else ""
                if glue and not (glue == " " and made.has_space):
                    made.add(glue)
                start, previous = made.size, run
                made.add(text)
                if styled:
                    for look in self._looks[run.style]:
                        made.spans.append(Styled(start, made.size, look))
                    if raised:
                        made.spans.append(Styled(start, made.size, "superscript"))
                if run.link:
                    made.spans.append(Styled(start, made.size, "link", run.link))
        text = "".join(made.parts)
        return _clean(text, _merged(made.spans, text), notes)

    def _glue(self, made: _Text, text: str, separator: str) -> str:
        """What stands between the text so far and that of another line."""
        if not made.parts or separator:
            return separator if made.parts else ""
        last = made.parts[-1][-1:]
        if last < WIDE_FROM and text[0] < WIDE_FROM and last.isalnum() and text[0].isalnum():
            return " "
        glue = self._between("".join(made.parts[-3:]), text)
        if glue == _JOINED:
            made.drop_sign()
            return ""
        return glue

    def _labels(self, line: Line, run: Run) -> list[str]:
        """The labels of the notes that a raised run refers to; all of it must be marks."""
        mark = mark_of(line, run)
        if mark:
            label = self._label(line.page, mark)
            return [label] if label else []
        marks = [part for part in re.split(r"[,\s]+", run.text.strip()) if part]
        labels = [self._label(line.page, one) for one in marks]
        return labels if labels and all(labels) else []

    def _between(self, before: str, after: str) -> str:
        """What joins two lines: a space, nothing, or `_JOINED`."""
        last, first = before[-1:], after[:1]
        if last in HYPHENS and last:
            if len(before) > 1 and before[-2].isalpha():
                return _JOINED if self._words.joined(before, after) else ""
            return " " if len(before) > 1 and before[-2] == " " else ""
        if is_wide(last) and is_wide(first):
            return ""
        if (is_wide(last) or is_wide(first)) and not (last.isspace() or first.isspace()):
            return ""
        if last in "–—/" and len(before) > 1 and not before[-2].isspace():
            return ""
        if first in "–—" and len(after) > 1 and not after[1].isspace():
            return ""
        return " "


def _looks(style: Style, plain: Style) -> tuple[Look, ...]:
    """What a style adds to that of most text."""
    found: list[Look] = []
    if style.bold and not plain.bold:
        found.append("strong")
    if style.italic and not plain.italic:
        found.append("emphasis")
    if style.fixed and not plain.fixed:
        found.append("code")
    return tuple(found)


def _merged(spans: Sequence[Styled], text: str) -> list[Styled]:
    """Spans of one kind that only white space parts are one."""
    found: list[Styled] = []
    last: dict[tuple[Look, str], int] = {}
    for span in spans:
        at = last.get((span.kind, span.target))
        if at is not None:
            before = found[at]
            if not text[before.end : span.start].strip():
                found[at] = before._replace(end=span.end)
                continue
        last[span.kind, span.target] = len(found)
        found.append(span)
    return found


def _clean(text: str, spans: Sequence[Styled], notes: Sequence[str]) -> Wording:
    """Ligatures as letters, signs that nobody sees left out, no white space around."""
    leaders = any(sign in text for sign in _LEADER_SIGNS)
    if not (leaders or _PLAIN.search(text)) and text == text.strip():
        return Wording(text, tuple(spans), tuple(sorted(set(notes))))
    bounds = sorted({at for span in spans for at in (span.start, span.end)} | {0, len(text)})
    places: dict[int, int] = {0: 0}
    parts = []
    size = 0
    for start, end in pairwise(bounds):
        part = text[start:end].translate(_LIGATURES)
        if leaders:
            part = _LEADERS.sub("… ", part)
        parts.append(part)
        size += len(part)
        places[end] = size
    written = "".join(parts)
    before = len(written) - len(written.lstrip())
    written = written.strip()
    moved = [
        Styled(
            min(max(places[one.start] - before, 0), len(written)),
            min(max(places[one.end] - before, 0), len(written)),
            one.kind,
            one.target,
        )
        for one in spans
    ]
    return Wording(
        written, tuple(one for one in moved if one.start < one.end), tuple(sorted(set(notes)))
    )
