"""Tokens found on outlines are those that a pattern over the characters themselves would find."""

from __future__ import annotations

import random
import re
from collections import defaultdict

from sinorus.text import scripts
from sinorus.text.scripts import outline
from sinorus.text.tokens import TOKEN


def plain_pattern() -> re.Pattern[str]:
    joined = scripts.MARK + scripts.INVISIBLE
    letter = f"[{scripts.LATIN}{scripts.CYRILLIC}]"
    alternatives = []
    for name, letters in (("wL", scripts.LATIN), ("wC", scripts.CYRILLIC)):
        run = f"[{letters}][{letters}{joined}]*"
        accented = f"[{letters}][{scripts.MARK}]*"
        dotted = rf"{accented}(?:[{scripts.DOT}]{accented})+(?![{letters}{joined}])"
        alternatives.append(rf"(?P<{name}>{dotted}|{run}(?:[{scripts.APOSTROPHE}]{run})*)")
    known = scripts.LATIN + scripts.CYRILLIC + scripts.IDEOGRAPH + scripts.NUMBER
    sign = scripts.MARK + scripts.INVISIBLE + scripts.APOSTROPHE + scripts.VOICING
    sign += scripts.LATIN + scripts.CYRILLIC + scripts.IDEOGRAPH + scripts.CLOSING + scripts.END
    sign += scripts.BETWEEN + scripts.DOT
    marked = rf"(?:(?<=[{sign}])|(?<=[^\W\d_])(?<![{scripts.NUMBER}]))"
    alternatives.append(r"(?P<digits>\d+)")
    alternatives.append(f"(?P<ideograph>[{scripts.IDEOGRAPH}][{scripts.VOICING}]*)")
    alternatives.append(f"{marked}[{scripts.SUPERSCRIPT}]+")
    alternatives.append(f"(?<=[{scripts.IDEOGRAPH}{scripts.VOICING}])[{scripts.CIRCLED}]+")
    alternatives.append(
        rf"(?<=\S)[{scripts.OPENING}]\d{{1,3}}"
        rf"(?:[{scripts.BETWEEN}{scripts.HYPHEN[1:]}-][^\S\n]?\d{{1,3}})*[{scripts.END}]"
    )
    alternatives.append(f"(?P<number>[{scripts.NUMBER}])")
    alternatives.append(f"(?P<other>(?:(?![{known}])[^\\W\\d_][{scripts.MARK}]*)+)")
    hyphen = f"[{scripts.HYPHEN[1:]}-]"
    before = f"(?<=[{scripts.LATIN}{scripts.CYRILLIC}{joined}])"
    alternatives.append(rf"{before}{hyphen}(?P<hyphen>(?:[^\S\n]*\n[^\S\n]*)?)(?={letter})")
    alternatives.append(rf"(?<=[{scripts.SOFT}])\n(?P<broken>[^\S\n]*)(?={letter})")
    alternatives.append(rf"(?<=[{scripts.SOFT}])(?P<parted>[^\S\n]+\n[^\S\n]*)(?={letter})")
    return re.compile("|".join(alternatives))


PLAIN = plain_pattern()


def found(pattern: re.Pattern[str], text: str) -> list[tuple[str | None, tuple[int, int]]]:
    return [(match.lastgroup, match.span()) for match in pattern.finditer(text)]


def test_each_character_alone_is_what_it_was() -> None:
    for first in range(0, 0x110000, 0x100):
        # A full stop and a space between: nothing joins.
        text = " . ".join(map(chr, range(first, first + 0x100)))
        assert found(TOKEN, outline(text)) == found(PLAIN, text), hex(first)


def test_characters_together_are_what_they_were() -> None:
    kinds: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for character in map(chr, range(0x110000)):
        kinds[outline(character), character.isalnum(), character.isalpha()].append(character)
    chance = random.Random(11)
    for _ in range(20_000):
        chosen = [chance.choice(chance.choice(list(kinds.values()))) for _ in range(10)]
        chosen += chance.choices("[]1-¹①\n'. a.sж中\xac", k=4)
        chance.shuffle(chosen)
        text = "".join(chosen)
        assert found(TOKEN, outline(text)) == found(PLAIN, text), ascii(text)
