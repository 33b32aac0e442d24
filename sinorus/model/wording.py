"""Numbers with their nouns, as notices, reports and headings say them in English."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """`1 paragraph`, `1,234 paragraphs`, `0 matches`: the noun is given in the singular."""
    return f"{number:,} {inflected(noun, number)}"


def inflected(noun: str, number: int) -> str:
    """The noun in the singular for 1, else in its regular plural: `documents`, `matches`."""
    if number == 1:
        return noun
    return f"{noun}es" if noun.endswith(("ch", "s", "sh", "x")) else f"{noun}s"
