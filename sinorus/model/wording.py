"""Numbers with their nouns, as notices, reports and headings say them in English."""

from __future__ import annotations

from collections.abc import Mapping


def counted(number: int, noun: str) -> str:
    """`1 paragraph`, `1,234 paragraphs`, `0 matches`: the noun is given in the singular."""
    return f"{number:,} {inflected(noun, number)}"


_KINDS = 6
"""Kinds of files that a sentence names."""


def kinds(counts: Mapping[str, int]) -> str:
    """`600 .png, 1 .zip` and, of more than six kinds, ` and 12 others`: files by their suffix."""
    named = list(counts.items())[:_KINDS]
    others = sum(counts.values()) - sum(number for _, number in named)
    listed = ", ".join(f"{number:,} {suffix}" for suffix, number in named)
    more = f" and {others:,} other{'s' if others > 1 else ''}" if others else ""
    return listed + more


def not_read(counts: Mapping[str, int]) -> str:
    """`3 files of kinds that are not read: 2 .png, 1 .zip`; the first is the most frequent."""
    number = sum(counts.values())
    what = "file of a kind that is" if number == 1 else "files of kinds that are"
    return f"{number:,} {what} not read: {kinds(counts)}"


def to_install(counts: Mapping[str, int], extras: Mapping[str, str]) -> list[str]:
    """`3 .pdf, 1 .docx are read after: pip install 'sinorus[documents]'`, one a command.

    `extras` has the extra that adds what reads a suffix.
    """
    found = []
    for extra in dict.fromkeys(extras.values()):
        lacking = {suffix: counts[suffix] for suffix, its in extras.items() if its == extra}
        what = "is" if sum(lacking.values()) == 1 else "are"
        found.append(f"{kinds(lacking)} {what} read after: pip install 'sinorus[{extra}]'")
    return found


def inflected(noun: str, number: int) -> str:
    """The noun in the singular for 1, else in its regular plural: `documents`, `matches`."""
    if number == 1:
        return noun
    return f"{noun}es" if noun.endswith(("ch", "s", "sh", "x")) else f"{noun}s"
