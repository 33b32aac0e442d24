"""What is left out on purpose: patterns in the syntax of .gitignore.

The names of a path are matched one by one as it is walked, and a folder that is excluded is never
entered: so a pattern has to match a path itself, never one above it. Names are matched by `fnmatch`
of the standard library, whose expressions do not go back on what they have passed: a pattern made
to be slow is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from fnmatch import translate
from itertools import groupby
from typing import NamedTuple

MOST = 1_000
"""Patterns of a library in all: each is tried on each name."""
LONGEST = 256
"""Characters of a pattern."""

_TOKEN = re.compile(r"\\(?P<escaped>.)|(?P<set>\[[!^]?\]?(?:\[:[a-z]+:\]|[^\]\\])*\])|(?P<any>.)")
_CLASS = re.compile(r"\[:([a-z]+):\]")
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \t",
    "digit": "0-9",
    "lower": "a-z",
    "space": " \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}
_TRAILING = re.compile(r"(?<!\\)((?:\\\\)*)[ \t]+\Z")
_EVERYTHING = re.compile(translate("*"))

Matches = Callable[[str], object]


class BadPattern(ValueError):  # noqa: N818 - says what the pattern is
    """A line that is no pattern; its text says why."""


class Pattern(NamedTuple):
    """One pattern: what it matches is excluded, or with `!` is not.

    `name` is an expression of the last name of a path; else `parts` match all of its names, and
    None stands for any number of them.
    """

    excludes: bool
    folders_only: bool
    name: str
    parts: tuple[Matches | None, ...] = ()


class _Step(NamedTuple):
    """Patterns that stand together and say the same: expressions of names, or one of paths."""

    excludes: bool
    folders_only: bool
    names: Matches | None
    parts: tuple[Matches | None, ...]


class Rules:
    """The patterns of one place; paths are relative to the folder `base`, the last one decides."""

    def __init__(self, base: str, patterns: Sequence[Pattern]) -> None:
        self._skipped = len(base) + 1 if base else 0
        self._count = len(patterns)
        self._steps: list[_Step] = []
        for (excludes, folders_only, by_name), run in groupby(reversed(patterns), _kind):
            if by_name:
                names = re.compile("|".join(pattern.name for pattern in run)).match
                self._steps.append(_Step(excludes, folders_only, names, ()))
            else:
                steps = (_Step(excludes, folders_only, None, pattern.parts) for pattern in run)
                self._steps.extend(steps)

    def __len__(self) -> int:
        return self._count

    def excludes(self, path: str, folder: bool) -> bool | None:
        """Whether what is at `path` is excluded; None if nothing is said of it."""
        name = path[path.rfind("/") + 1 :]
        names: list[str] = []
        for step in self._steps:
            if step.folders_only and not folder:
                continue
            if step.names is not None:
                if step.names(name) is not None:
                    return step.excludes
                continue
            names = names or path[self._skipped :].lstrip("/").split("/")
            if _fits(step.parts, names):
                return step.excludes
        return None


def _kind(pattern: Pattern) -> tuple[bool, bool, bool]:
    return pattern.excludes, pattern.folders_only, bool(pattern.name)


class Chain(NamedTuple):
    """The rules that hold in a folder: its own, and those of the folders above it."""

    rules: Rules
    above: Chain | None = None


def excluded(chain: Chain | None, path: str, *, folder: bool) -> bool:
    """Whether what is at `path` is left out: the nearest rules that say something of it decide."""
    while chain is not None:
        said = chain.rules.excludes(path, folder)
        if said is not None:
            return said
        chain = chain.above
    return False


def parse(line: str) -> Pattern | None:
    """The pattern in a line; None for an empty one or a comment. Raises BadPattern."""
    if line.startswith("#"):
        return None
    text = _TRAILING.sub(r"\1", line)
    if not text.strip():
        return None
    if len(text) > LONGEST:
        raise BadPattern(f"a pattern of more than {LONGEST} characters")
    excludes = not text.startswith("!")
    text = text if excludes else text[1:]
    folders_only = text.endswith("/")
    text = text[:-1] if folders_only else text
    if not text.strip("/"):
        raise BadPattern(f"{line.strip()!r} is no pattern: it names nothing")
    if "/" not in text:
        return Pattern(excludes, folders_only, _glob(text))
    parts = [_part(part) for part in text.removeprefix("/").split("/")]
    if parts[-1] is None:  # `folder/**` is all that is in the folder, and not the folder
        parts.insert(-1, _EVERYTHING.match)
    return Pattern(excludes, folders_only, "", tuple(parts))


def _part(text: str) -> Matches | None:
    """What matches one name of a path; None for `**`, any number of them. Raises BadPattern."""
    return None if len(text) > 1 and not text.strip("*") else re.compile(_glob(text)).match


def _glob(text: str) -> str:
    """The expression of a name. Raises BadPattern."""
    found: list[str] = []
    for token in _TOKEN.finditer(text):
        if (escaped := token["escaped"]) is not None:
            found.append(f"[{escaped}]" if escaped in "*?[" else escaped)
        elif members := token["set"]:
            negated = members[1] in "!^"
            body = _CLASS.sub(_class, members[2 if negated else 1 : -1])
            found.append(f"[{'!' if negated else ''}{body}]")
        elif token["any"] in "[\\":
            what = "[ without ]" if token["any"] == "[" else "a lone \\"
            raise BadPattern(f"{text!r} is no pattern: it has {what}")
        else:
            found.append(token["any"])
    return translate("".join(found))


def _class(named: re.Match[str]) -> str:
    if named[1] not in _CLASSES:
        raise BadPattern(f"{named[0]!r} is no class of characters")
    return _CLASSES[named[1]]


def _fits(parts: Sequence[Matches | None], names: Sequence[str]) -> bool:
    """Whether the parts match all of the names.

    Of the places that `**` could end at the first will do: what comes behind has the most room.
    """
    part = name = 0
    deep, after = -1, 0  # the last `**` passed, and where it ends so far
    while name < len(names):
        matches = parts[part] if part < len(parts) else None
        if part < len(parts) and matches is None:
            deep, after = part, name
            part += 1
        elif matches is not None and matches(names[name]) is not None:
            part, name = part + 1, name + 1
        elif deep >= 0:
            after += 1
            part, name = deep + 1, after
        else:
            return False
    return all(one is None for one in parts[part:])


def patterns_of(
    lines: Iterable[str], room: int = MOST
) -> tuple[list[Pattern], list[tuple[int, str]]]:
    """The patterns in lines, no more than there is room for; what is wrong, with the line."""
    patterns: list[Pattern] = []
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        try:
            pattern = parse(line)
        except BadPattern as fault:
            faults.append((number, str(fault)))
        else:
            if pattern is None:
                continue
            patterns.append(pattern)
        if len(patterns) + len(faults) > room:
            reason = f"a library may have {MOST:,} patterns; those from here on do not count"
            return patterns[:room], [*faults[:room], (number, reason)]
    return patterns, faults
