"""Which quotation marks of a text open and close each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sinorus.citation.wording import HAN

PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "＂": "＂",
    "'": "'",
    "〝": "〞〟",
    "｢": "｣",
    "»": "«",
    "›": "‹",
    "”": "”",
    "《": "》",
    "〈": "〉",
}
"""Marks that open, and those that may close what they open."""
TITLES = frozenset("《〈")
LONGEST = 20_000
"""Characters between two marks that belong together."""
_SIGN = re.compile("[" + "".join({*PAIRS, *"".join(PAIRS.values())}) + "]")
_BEFORE = re.compile(rf"[\s(\[{{—–\-/:;,.…>{HAN}。，、：；！？（“”«»„‘「『]")
_AFTER = re.compile(rf"[\s)\]}}—–\-/:;,.…!?<{HAN}。，、：；！？）“”«»「」『』\"]")
_TURNED = frozenset("»›”")
"""Marks that close where most write, and open where Danes, Germans and Swedes do."""
_APART = re.compile(r"[\s(\[{—–]")
"""What stands before these when they open."""
_SURE = frozenset('“«「『„‹〝｢"＂')
"""Marks that are nothing else: one that is not closed is a slip, and no apostrophe."""


_CLOSES: dict[str, list[str]] = {}
"""The marks that each mark may close."""
for _mark, _signs in PAIRS.items():
    for _one in _signs:
        _CLOSES.setdefault(_one, []).append(_mark)


class Marks(NamedTuple):
    """Where each mark that opens is closed, and the marks that are not; by offsets, ascending."""

    closed: Mapping[int, int]
    open: Sequence[int]


def marks(text: str) -> Marks:
    """The marks of a text, each looked at once: the last that opened is the first to be closed."""
    reading = _Reading(text)
    for match in _SIGN.finditer(text):
        reading.take(match.start(), match[0])
    return reading.read()


class _Reading:
    """What is open while the marks of a text are read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.closed: dict[int, int] = {}
        self.slips: list[int] = []
        self.stack: list[int] = []
        self.waiting = dict.fromkeys(PAIRS, 0)
        self.newest: dict[str, int] = {}
        self.given_up: set[int] = set()

    def read(self) -> Marks:
        """The marks, when all of the text is read."""
        self.slips += [at for at in self.stack if self.text[at] in _SURE]
        return Marks(dict(sorted(self.closed.items())), sorted(self.slips))

    def take(self, at: int, sign: str) -> None:
        """Reads the next mark."""
        before, after = self.text[at - 1 : at] if at else "", self.text[at + 1 : at + 2]
        openers = [mark for mark in _CLOSES.get(sign, ()) if self.waiting[mark]]
        ends = not after or _AFTER.match(after) is not None
        closes = bool(openers) and (ends or sign not in "“‘’'«‹")
        opens = sign in PAIRS
        if sign in _TURNED:
            opens = not ends and (not before or _APART.match(before) is not None)
        elif sign in "'\"‘":
            opens = bool(after.strip()) and (not before or _BEFORE.match(before) is not None)
        if closes and opens and sign == '"' and not ends and (before.isspace() or before in "([{"):
            closes = False  # as no mark that closes stands: the one before was not closed
        if closes:
            self._close(at, openers)
        elif opens:
            self._open(at, sign)

    def _open(self, at: int, sign: str) -> None:
        if sign in "'‘" and self.waiting[sign]:  # what was read as one before is an apostrophe
            self.given_up.add(self.newest[sign])
        else:
            self.waiting[sign] += 1
        self.newest[sign] = at
        self.stack.append(at)

    def _close(self, at: int, openers: Sequence[str]) -> None:
        while self.stack:
            last = self.stack.pop()
            mark = self.text[last]
            if last in self.given_up:
                continue
            self.waiting[mark] -= 1
            if mark in openers and at - last <= LONGEST:
                self.closed[last] = at
            elif mark in _SURE:
                self.slips.append(last)
            if mark in openers:
                return
