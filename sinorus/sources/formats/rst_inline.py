"""What stands in a line of reStructuredText: emphasis, roles, references, notes, escapes."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sinorus.model import Style
from sinorus.sources.formats.blocks import Draft
from sinorus.sources.formats.passages import Passage

_TOKEN = re.compile(
    r"\\(?P<escaped>[\s\S])"
    r"|(?P<literal>``)"
    r"|(?P<role>(?<![\w:]):[A-Za-z][\w.+:-]{0,60}:)?(?P<tick>`)"
    r"|(?P<target>_`)"
    r"|(?P<strong>\*\*)|(?P<star>\*)"
    r"|\[(?P<note>\d{1,9}|\#[\w.-]{0,100}|\*|[^\W_][\w.:+-]{0,100})\]_(?!\w)"
    r"|(?P<bar>\|)"
    r"|(?P<reference>(?<=[^\W_])__?)(?![\w`])"
)
_CLOSERS = {
    "``": re.compile(r"(?<=\S)``(?!`)"),
    "`": re.compile(r"(?<![\s\\`])`(?!`)"),
    "**": re.compile(r"(?<![\s\\])\*\*"),
    "*": re.compile(r"(?<![\s\\*])\*(?!\*)"),
    "|": re.compile(r"(?<![\s\\|])\|"),
}
_OPEN_AFTER = frozenset("-:/'\"<([{")
_CLOSE_BEFORE = frozenset("-.,:;!?\\/'\")]}>")
_QUOTES = {"'": "'", '"': '"', "<": ">", "(": ")", "[": "]", "{": "}", "«": "»", "“": "”"}
_BEHIND = re.compile(r"(?P<link>__?)(?!\w)|(?P<role>:[A-Za-z][\w.+:-]{0,60}:)(?!\w)")
_NAME = re.compile(r"[^\W_](?:[\w.+:-]{0,98}[^\W_])?\Z")
_STYLES: dict[str, Style] = {
    "emphasis": "emphasis",
    "strong": "strong",
    "sup": "superscript",
    "sub": "subscript",
    "superscript": "superscript",
    "subscript": "subscript",
    "math": "math",
    "eq": "math",
    "dfn": "emphasis",
    "title": "emphasis",
    "title-reference": "emphasis",
    "t": "emphasis",
}
_TITLED = frozenset({"ref", "doc", "term", "numref", "download", "any", "index", "keyword", "pep"})
_PLAIN = frozenset({"abbr", "guilabel", "menuselection", "rfc", "strike", "del", "underline"})
_DROPPED = frozenset({"cite", "footcite", "raw", "raw-html", "raw-latex"})


@dataclass(slots=True)
class Names:
    """What is named in a text: targets, substitutions, and how many notes had no name so far."""

    targets: set[str] = field(default_factory=set)
    substitutions: Mapping[str, str] = field(default_factory=dict)
    room: int = 0
    """Characters that may yet be put in for names."""
    marks: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def label(written: str, counts: dict[str, int]) -> str:
        """The label of a note; those without a name are told apart by their order."""
        if written not in ("#", "*"):
            return written.lower()
        counts[written] = counts.get(written, 0) + 1
        return f"{written} {counts[written]}"


class RstInline:
    """Reads a passage into drafts."""

    def __init__(self, passage: Passage, names: Names) -> None:
        self.passage, self.text, self.names = passage, passage.text, names

    def read(self, draft: Draft, start: int, end: int) -> None:
        """Adds what a reader sees of the text from `start` to `end`."""
        at = start
        for match in _TOKEN.finditer(self.text, start, end):
            if match.start() < at:
                continue
            begin = match.start()
            if (after := self._take(draft, match, at, end)) is not None:
                at = max(after, begin)
        self.passage.copy(draft, at, end)

    def _take(self, draft: Draft, match: re.Match[str], at: int, end: int) -> int | None:
        """Reads one sign, with the text from `at` before it; its end, or None if it is text."""
        start, found = match.start(), match.end()
        if match["escaped"]:
            self.passage.copy(draft, at, start)
            return found if match["escaped"].isspace() else found - 1
        if match["note"]:
            if found > end:
                return None
            self._copy_trimmed(draft, at, start)
            draft.notes.append(self.names.label(match["note"], self.names.marks))
            return found
        if match["reference"]:
            return self._reference(draft, match, at)
        sign = match["literal"] or match["tick"] or match["strong"] or match["star"] or match["bar"]
        sign = sign or "`"
        stop = self._closed(sign, start, found, end)
        if stop < 0:
            return None
        if sign == "|":
            return self._substitution(draft, at, start, stop)
        if sign == "`" and not match["target"]:
            return self._interpreted(draft, match, at, stop)
        self.passage.copy(draft, at, start)
        begin = draft.size
        if sign == "``":
            self.passage.copy(draft, found, stop)
            draft.style(begin, "code")
        else:
            self.plain(draft, found, stop)
            if sign != "`":
                draft.style(begin, "strong" if sign == "**" else "emphasis")
        return stop + len(sign)

    def plain(self, draft: Draft, start: int, end: int) -> None:
        """Adds a stretch in which only escapes mean something."""
        at = self.text.find("\\", start, end)
        while at >= 0:
            self.passage.copy(draft, start, at)
            start = at + 1
            if self.text[start : start + 1].isspace():
                start += 1
            at = self.text.find("\\", at + 2, end)
        self.passage.copy(draft, start, end)

    @cached_property
    def _closers(self) -> dict[str, list[int]]:
        return {
            sign: [match.start() for match in pattern.finditer(self.text)]
            if sign[0] in self.text
            else []
            for sign, pattern in _CLOSERS.items()
        }

    def _closed(self, sign: str, start: int, found: int, end: int) -> int:
        """Where the sign that ends at `found` closes before `end`; -1 if it opens nothing."""
        text = self.text
        if found >= end or text[found].isspace():
            return -1
        if start:
            before = text[start - 1]
            if not _may_stand(before, _OPEN_AFTER) and not _is_escaped(text, start):
                return -1
            if _QUOTES.get(before) == text[found]:
                return -1
        places = self._closers[sign]
        number = bisect_left(places, found + 1)
        for stop in places[number : number + 8]:
            after = stop + len(sign)
            if after > end:
                return -1
            if after == len(text) or _may_stand(text[after], _CLOSE_BEFORE):
                return stop
            if sign in ("`", "|") and _BEHIND.match(text, after):
                return stop
        return -1

    def _reference(self, draft: Draft, match: re.Match[str], at: int) -> int | None:
        """A word that is a reference by the underline behind it, where there is such a target."""
        start = match.start()
        name = _NAME.search(self.text, max(at, start - 100), start)
        if name is None or (
            len(match["reference"]) == 1 and name[0].lower() not in self.names.targets
        ):
            return None
        self.passage.copy(draft, at, name.start())
        begin = draft.size
        self.passage.copy(draft, name.start(), start)
        draft.style(begin, "link")
        return match.end()

    def _substitution(self, draft: Draft, at: int, start: int, stop: int) -> int | None:
        if stop - start > 200:
            return None
        name = " ".join(self.text[start + 1 : stop].lower().split())
        told = self.names.substitutions.get(name)
        if told is None or len(told) > self.names.room:
            return None
        self.names.room -= len(told)
        self.passage.copy(draft, at, start)
        source = self.passage.source(start)
        for one in told:
            draft.add(one, source, source + stop + 1 - start)
            draft.next = -1
        behind = _BEHIND.match(self.text, stop + 1)
        return behind.end() if behind and behind["link"] else stop + 1

    def _interpreted(self, draft: Draft, match: re.Match[str], at: int, stop: int) -> int:
        """Text between single ticks: a link, or of a role that stands before or behind it."""
        role, start, after = match["role"] or "", match.end(), stop + 1
        behind = _BEHIND.match(self.text, after)
        if behind is not None and not (role and behind["role"]):
            role, after = behind["role"] or role, behind.end()
        name = role.strip(":").rpartition(":")[2].lower()
        if name in _DROPPED:
            self._copy_trimmed(draft, at, match.start())
            return after
        self.passage.copy(draft, at, match.start())
        inner = self.text[start:stop]
        linked = behind is not None and bool(behind["link"])
        end, target = stop, ""
        if (linked or (name and name not in _STYLES)) and inner.endswith(">"):
            opening = inner.rfind("<")
            if opening > 0 and inner[:opening].strip():
                target = inner[opening + 1 : -1]
                end = start + len(inner[:opening].rstrip())
            elif opening == 0:
                target, start, end = inner[1:-1], start + 1, stop - 1
        if name and inner[:1] in "~!" and name not in _TITLED:
            start += 1
            if inner[0] == "~":
                start = max(start, self.text.rfind(".", start, end) + 1)
        begin = draft.size
        self.plain(draft, start, end)
        style: Style | None = _STYLES.get(name)
        if linked or name in _TITLED:
            style = "link"
        elif style is None and name not in _PLAIN:
            style = "code" if name else "emphasis"
        if style is not None:
            draft.style(begin, style, target if style == "link" else "")
        return after

    def _copy_trimmed(self, draft: Draft, at: int, start: int) -> None:
        """Adds the text before what is not seen, without the blank that divides them."""
        self.passage.copy(draft, at, start)
        draft.trim(" \t")


def _may_stand(character: str, signs: frozenset[str]) -> bool:
    if character.isspace() or character in signs:
        return True
    return character > "\x7f" and unicodedata.category(character)[0] == "P"


def _is_escaped(text: str, start: int) -> bool:
    """Whether an escaped blank stands before, which divides words of scripts without blanks."""
    return text[start - 2 : start] in ("\\ ", "\\\n")
