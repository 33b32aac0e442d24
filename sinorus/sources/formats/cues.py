"""The cues of SubRip and WebVTT: when each is shown, and which lines it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-{{1,2}}>[ \t]*{_TIME}(?:[ \t].*)?")
_ARROW = re.compile(r"[ \t]*[\d:.,]{3,20}[ \t]*-{1,2}>")
_BLOCKS = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
_HEADER = re.compile(r"(Kind|Language|Title|Author|Date)[ \t]*:[ \t]*(\S.*)")
TAG = re.compile(
    r"<rt>[^<>\n]{0,100}(?:</rt>)?"
    r"|<(?P<closing>/?)(?P<name>[A-Za-z]+)(?P<more>[^<>\n]{0,300})>"
    r"|<\d[\d:.]{4,15}>"
    r"|\{\\[A-Za-z0-9][^{}\n]{0,200}\}|\{[A-Za-z]:[^{}\n]{0,80}\}"
    r"|(?P<blank>\\[Nnh])"
    r"|(?P<entity>&(?:[A-Za-z]{2,8}|\#\d{1,7}|\#x[0-9A-Fa-f]{1,6});)"
)
"""What of a line is not shown as it is written."""


@dataclass(slots=True)
class Cue:
    """What is shown from `start` to `end`, in milliseconds: lines by their indexes, texts bare."""

    start: int
    end: int
    lines: list[int] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    new: int = 0
    """The first of its lines that the cue before did not show."""
    known: int = 0
    """How many characters of that line the cue before did show."""

    @property
    def time(self) -> str:
        """When it begins, as `HH:MM:SS`."""
        seconds = self.start // 1_000
        return f"{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@dataclass(slots=True)
class Cues:
    """The cues of a file in its order; `broken` are lines whose times cannot be read."""

    found: list[Cue] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    header: dict[str, tuple[str, int]] = field(default_factory=dict)


def read_cues(texts: Sequence[str]) -> Cues:
    """The cues of a file; text that belongs to none belongs to the one before it."""
    cues = Cues()
    timings = [_TIMING.fullmatch(text[:400]) if "->" in text[:400] else None for text in texts]
    webvtt = texts[0].lstrip("\ufeff").startswith("WEBVTT")
    after_blank, passing = True, False
    for at, text in enumerate(texts):
        bare = text.strip()
        if (timing := timings[at]) is not None:
            cues.found.append(Cue(*_milliseconds(timing)))
            after_blank = passing = False
        elif not bare:
            after_blank, passing = True, False
        elif passing:
            continue
        elif webvtt and after_blank and _BLOCKS.fullmatch(bare[:400]):
            passing = True
        elif _ARROW.match(text[:400]):
            cues.broken.append(at)
        elif at + 1 < len(texts) and timings[at + 1] and (after_blank or bare.isdecimal()):
            continue  # what the cue is called
        elif cues.found:
            _add(cues.found[-1], at, text)
            after_blank = False
        elif header := _HEADER.fullmatch(bare[:400]):
            cues.header[header[1].lower()] = (header[2], at)
    cues.found = [cue for cue in cues.found if cue.lines]
    _mark_repeated(cues.found)
    return cues


def _add(cue: Cue, at: int, text: str) -> None:
    bare = " ".join(TAG.sub(_bare, text).split())
    if bare:
        cue.lines.append(at)
        cue.bare.append(bare)


def _bare(match: re.Match[str]) -> str:
    return match["entity"] or (" " if match["blank"] else "")


def _milliseconds(timing: re.Match[str]) -> tuple[int, int]:
    found = []
    for hours, minutes, seconds, rest in (timing.groups()[:4], timing.groups()[4:]):
        whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
        found.append(whole * 1_000 + int((rest or "0").ljust(3, "0")))
    return found[0], found[1]


_GAP = 250
"""Milliseconds between a cue and one that shows some of it again, at most."""
_FLASH = 100
"""Milliseconds of a cue that only holds the lines of its neighbours."""


def _mark_repeated(cues: Sequence[Cue]) -> None:
    """Marks what a cue repeats of the one before, where captions roll up line by line.

    Whoever says the same twice is not taken for it: only lines that stay on the screen while others
    come, as in captions made by machines.
    """
    pairs = [(one, two) for one, two in pairwise(cues) if _touch(one, two)]
    rolling = [pair for pair in pairs if len(pair[1].bare) > 1 and _shared(*pair)]
    growing = [pair for pair in pairs if _grows(*pair)]
    for one, two in pairs:
        if rolling or two.end - two.start <= _FLASH:
            two.new = _shared(one, two)
    if len(growing) > 1:
        for one, two in growing:
            last = len(one.bare) - 1
            if two.new <= last:
                two.new, two.known = last, len(one.bare[last])


def _touch(one: Cue, two: Cue) -> bool:
    return one.start <= two.start <= one.end + _GAP


def _shared(one: Cue, two: Cue) -> int:
    """How many lines at the end of a cue are those at the beginning of the next."""
    most = min(len(one.bare), len(two.bare), 8)
    return next((n for n in range(most, 0, -1) if one.bare[-n:] == two.bare[:n]), 0)


def _grows(one: Cue, two: Cue) -> bool:
    """Whether a cue is the one before, with words added to its last line."""
    last = len(one.bare) - 1
    if len(two.bare) <= last or one.bare[:last] != two.bare[:last]:
        return False
    before, after = one.bare[last], two.bare[last]
    return after.startswith(before) and after != before and not after[len(before)].isalnum()
