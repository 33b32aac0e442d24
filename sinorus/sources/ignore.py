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

    `name` matches the last name of a path; else `parts` match all of its names, and None stands for
    any number of them.
    """

    excludes: bool
    folders_only: bool
    name: Matches | None
    parts: tuple[Matches | None, ...] = ()

    def matches(self, names: Sequence[str]) -> bool:
        """Whether it matches the path of these names."""
        if self.name is not None:
            return self.name(names[-1]) is not None
        return _fits(self.parts, names)


class Rules:
    """The patterns of one place; paths are relative to the folder `base`, the last one decides."""

    def __init__(self, base: str, patterns: Iterable[Pattern]) -> None:
        self._skipped = len(base) + 1 if base else 0
        self._patterns = [*patterns][::-1]

    def __len__(self) -> int:
        return len(self._patterns)

    def excludes(self, path: str, folder: bool) -> bool | None:
        """Whether what is at `path` is excluded; None if nothing is said of it."""
        names = path[self._skipped :].lstrip("/").split("/")
        for pattern in self._patterns:
            if (folder or not pattern.folders_only) and pattern.matches(names):
                return pattern.excludes
        return None


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
    return Pattern(excludes, folders_only, None, tuple(parts))


def _part(text: str) -> Matches | None:
    """What matches one name of a path; None for `**`, any number of them. Raises BadPattern."""
    return None if len(text) > 1 and not text.strip("*") else _glob(text)


def _glob(text: str) -> Matches:
    """What matches a name. Raises BadPattern."""
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
    return re.compile(translate("".join(found))).match


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
