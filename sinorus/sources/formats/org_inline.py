"""What stands in a line of Org: emphasis, links, marks of notes, entities, what is not exported."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from html.entities import html5
from typing import NamedTuple

from sinorus.model import Style
from sinorus.sources.formats.blocks import Draft
from sinorus.sources.formats.passages import Passage

_STYLES: dict[str, Style | None] = {
    "*": "strong",
    "/": "emphasis",
    "_": None,
    "+": "struck",
    "=": "code",
    "~": "code",
}
_TOKEN = re.compile(
    r"(?P<link>\[\[)"
    r"|(?P<note>\[fn:(?P<label>[\w-]{0,100})(?P<more>[:\]]))"
    r"|(?P<cited>\[cite(?:/[\w/-]{1,40})?:[^\[\]\n]{0,1000}\])"
    r"|(?P<cookie>\[(?:\d{0,4}/\d{0,4}|\d{0,3}%)\])"
    r"|(?P<radio><<<?)(?=[^\s<>])(?P<name>[^<>\n]{1,200})>>>?"
    r"|(?P<hidden>\{\{\{[A-Za-z][^{}\n]{0,500}\}\}\}|@@[\w-]{1,20}:[^@\n]{0,500}@@)"
    r"|(?P<break>\\\\)(?=[ \t]*(?:\n|\Z))"
    r"|(?P<formula>\\[(\[])"
    r"|\\(?P<entity>[A-Za-z]{2,30})(?:\{\}|(?![A-Za-z]))"
    r"|(?P<raised>(?<=\S)[_^]\{(?P<script>[^{}\n]{1,100})\})"
    r"|(?P<source>(?<!\w)src_[\w-]{1,30}(?:\[[^\[\]\n]{0,200}\])?\{(?P<code>[^{}\n]{1,500})\})"
    r"|(?P<emphasis>[*/_+=~])"
)
_BEFORE = re.compile(r"[\s\-–—({'\"“‘«「『（【《、，。：；！？…*/_+]")
_CLOSING = re.compile(
    r"(?<=\S)([*/_+=~])"
    r"(?=[\s\-–—.,:;!?'\")}\]\[”’»」』）】》、，。：；！？…\\*/_+=~]|\Z)"
)
_LONGEST_LINK = 4_000
_PICTURE = re.compile(r"[^\s]{1,2000}\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?)", re.IGNORECASE)
_DEEPEST = 32
_BRACKETS = re.compile(r"[\[\]]")
_ENTITIES = {"quad": "\u2003", "nbsp": "\u00a0", "dots": "…", "S": "§", "P": "¶", "shy": "\u00ad"}


class _Open(NamedTuple):
    """A style that is open: where its text ends, what stands there, where in the draft it began."""

    end: int
    size: int
    start: int
    style: Style | None
    target: str


class OrgInline:
    """Reads a passage into drafts; `notes` are those that stood in it, to come behind it."""

    def __init__(self, passage: Passage, number: int = 0) -> None:
        self.passage, self.text = passage, passage.text
        self.notes: list[Draft] = []
        self.number = number
        """How many notes without a label there were before."""

    def read(self, draft: Draft, start: int, end: int, depth: int = 0) -> None:
        """Adds what a reader sees of the text from `start` to `end`."""
        _Reading(self, draft, start, end, depth).run()

    def label(self) -> str:
        """A label for a note that has none."""
        self.number += 1
        return f"fn::{self.number}"

    @cached_property
    def closing(self) -> dict[str, list[int]]:
        """Where each mark may close."""
        found: dict[str, list[int]] = {sign: [] for sign in _STYLES}
        for match in _CLOSING.finditer(self.text):
            found[match[1]].append(match.start())
        return found

    @cached_property
    def breaks(self) -> list[int]:
        """Where lines end."""
        return [match.start() for match in re.finditer("\n", self.text)]

    @cached_property
    def brackets(self) -> dict[int, int]:
        """Where each bracket is closed."""
        found, stack = {}, []
        for match in _BRACKETS.finditer(self.text):
            if match[0] == "[":
                stack.append(match.start())
            elif stack:
                found[stack.pop()] = match.start()
        return found

    def emphasised(self, at: int, end: int) -> int:
        """Where what opens at `at` closes before `end`; -1 if nothing opens there."""
        text = self.text
        if at + 2 >= end or text[at + 1].isspace() or (at and not _BEFORE.match(text[at - 1])):
            return -1
        places = self.closing[text[at]]
        number = bisect_left(places, at + 2)
        if number == len(places) or places[number] >= end:
            return -1
        stop = places[number]
        lines = bisect_left(self.breaks, stop) - bisect_left(self.breaks, at)
        return stop if lines < 3 else -1


class _Reading:
    def __init__(self, of: OrgInline, draft: Draft, start: int, end: int, depth: int) -> None:
        self.of, self.text, self.draft = of, of.text, draft
        self.at, self.end, self.depth = start, end, depth
        self.open: list[_Open] = []

    def run(self) -> None:
        for match in _TOKEN.finditer(self.text, self.at, self.end):
            self.close(match.start())
            if match.start() >= self.at:
                self.take(match)
        self.close(self.end)
        self.upto(self.end)

    def upto(self, at: int) -> None:
        self.of.passage.copy(self.draft, self.at, at)
        self.at = max(self.at, at)

    def close(self, at: int) -> None:
        while self.open and self.open[-1].end <= at:
            one = self.open.pop()
            self.upto(one.end)
            if one.style:
                self.draft.style(one.start, one.style, one.target)
            self.at = max(self.at, one.end + one.size)

    def limit(self) -> int:
        return self.open[-1].end if self.open else self.end

    def enter(self, start: int, end: int, size: int, style: Style | None, target: str = "") -> None:
        """Opens a style whose mark stands from here to `start`."""
        self.at = start
        self.open.append(_Open(end, size, self.draft.size, style, target))

    def verbatim(self, start: int, end: int, after: int, style: Style, target: str = "") -> None:
        """Adds a stretch as it is."""
        begin = self.draft.size
        self.of.passage.copy(self.draft, start, end)
        self.draft.style(begin, style, target)
        self.at = after

    def take(self, match: re.Match[str]) -> None:
        """Reads one sign; what is none after all stays text."""
        what, start, end = match.lastgroup, match.start(), match.end()
        if end > self.limit():
            return
        if what == "emphasis":
            self.emphasis(start)
        elif match["link"]:
            self.link(start)
        elif match["note"]:
            self.note(match)
        elif match["entity"]:
            self.entity(match)
        elif match["formula"]:
            self.formula(match)
        elif match["raised"]:
            self.upto(start)
            self.verbatim(
                *(*match.span("script"), end),
                "subscript" if self.text[start] == "_" else "superscript",
            )
        elif match["code"]:
            self.upto(start)
            self.verbatim(*match.span("code"), end, "code")
        elif match["radio"]:
            self.upto(start)
            if match["radio"] == "<<<":
                self.of.passage.copy(self.draft, *match.span("name"))
            self.at = end
        else:  # what is not seen
            self.drop(start, end)

    def entity(self, match: re.Match[str]) -> None:
        """The name of a sign; one that names none is text."""
        name, start = match["entity"], match.start()
        sign = _ENTITIES.get(name) or html5.get(f"{name};")
        if sign is not None:
            self.upto(start)
            source = self.of.passage.source(start)
            for one in sign:
                self.draft.add(one, source, source + match.end() - start)
                self.draft.next = -1
            self.at = match.end()

    def formula(self, match: re.Match[str]) -> None:
        """What stands between the marks of a formula."""
        end = match.end()
        sign = "\\)" if match["formula"] == "\\(" else "\\]"
        closing = self.text.find(sign, end, min(self.limit(), end + _LONGEST_LINK))
        if closing >= 0:
            self.upto(match.start())
            self.verbatim(end, closing, closing + 2, "math")

    def drop(self, start: int, end: int) -> None:
        """Leaves out what is not seen, with one of the blanks around it."""
        self.upto(start)
        after = self.text[end : end + 1]
        if start and self.text[start - 1] in " \t" and not (after.isalnum() or after in '"«“([*/'):
            self.draft.trim(" \t")
        self.at = end

    def emphasis(self, start: int) -> None:
        stop = self.of.emphasised(start, self.limit())
        if stop < 0 or len(self.open) > _DEEPEST:
            return
        style = _STYLES[self.text[start]]
        self.upto(start)
        if style == "code":
            self.verbatim(start + 1, stop, stop + 1, style)
        else:
            self.enter(start + 1, stop, 1, style)

    def link(self, start: int) -> None:
        closing = self.text.find("]]", start + 2, min(self.limit(), start + _LONGEST_LINK))
        if closing < 0:
            return
        target, middle, told = self.text[start + 2 : closing].partition("][")
        if not target.strip():
            return
        self.upto(start)
        target = target.replace("\\[", "[").replace("\\]", "]").replace("\n", " ")
        if _PICTURE.fullmatch((told if middle else target).strip()):
            self.at = closing + 2
        elif told.strip():
            self.enter(closing - len(told), closing, 2, "link", target)
        else:
            self.verbatim(start + 2, closing - len(middle), closing + 2, "link", target)

    def note(self, match: re.Match[str]) -> None:
        """The mark of a note, which may hold all of it."""
        label, inner = match["label"], match["more"] == ":"
        closing = self.of.brackets.get(match.start(), -1) if inner else match.end() - 1
        if closing < 0 or closing >= self.limit() or not (label or inner):
            return
        name = f"fn:{label}" if label else self.of.label()
        self.drop(match.start(), closing + 1)
        self.draft.notes.append(name)
        if inner:
            note = Draft("footnote", name)
            start = match.end()
            while start < closing and self.text[start].isspace():
                start += 1
            if self.depth < 3:
                self.of.read(note, start, closing, self.depth + 1)
            else:
                self.of.passage.copy(note, start, closing)
            self.of.notes.append(note)
