"""Words with letters of two scripts that look alike: read as words of one script.

`MИД` is often typed with a Latin M, `Cоветский` with a Latin C, and a scan mixes them as it likes.
"""

from __future__ import annotations

import re
from unicodedata import normalize

_LATIN = "AaBCcEeHIiJjKkMOoPpSsTXxYyËëÏï"
_CYRILLIC = "АаВСсЕеНІіЈјКкМОоРрЅѕТХхУуЁёЇї"
_GREEK = "ΑΒΕΗΙΚΜΝΟΡΤΥΧΖο"
_GREEK_AS_LATIN = "ABEHIKMNOPTYXZo"
_GREEK_AS_CYRILLIC = "АВЕНІКМ ОРТУХ о"

_TO_LATIN = str.maketrans(_CYRILLIC + _GREEK, _LATIN + _GREEK_AS_LATIN)
_TO_CYRILLIC = str.maketrans(_LATIN + _GREEK, _CYRILLIC + _GREEK_AS_CYRILLIC)
for _letter in "SsJjΝΖ":  # that Russian has none like
    del _TO_CYRILLIC[ord(_letter)]

_RUN = re.compile(r"[LC][LCmjs]*")
_RUN_WITH_GREEK = re.compile(r"[LCO][LCOmjs]*")
_SIGNS = "mjs"
_MIXED = re.compile(r"L[mjs]*C|C[mjs]*L")
_MIXED_WITH_GREEK = re.compile(r"[LC][mjs]*O|O[mjs]*[LC]")


def in_one_script(text: str, letters: str) -> tuple[str, str]:
    """A text and its outline, of the same lengths, with each word in one script where it can be.

    A word is of a script if each of its letters is or looks so. Where both could be, one in
    capitals is Cyrillic (`CCCР`), any other what most of its letters are.
    """
    run = _RUN
    if "O" in letters and _MIXED_WITH_GREEK.search(letters):
        run = _RUN_WITH_GREEK
    elif "C" not in letters or "L" not in letters or not _MIXED.search(letters):
        return text, letters
    parts: list[str] = []
    outlines: list[str] = []
    after = 0
    for found in run.finditer(letters):
        kinds = found.group()
        present = {kind for kind in "LCO" if kind in kinds}
        if len(present) < 2:
            continue
        start, end = found.span()
        changed = _changed(text[start:end], kinds)
        if changed is not None:
            parts += (text[after:start], changed[0])
            outlines += (letters[after:start], changed[1])
            after = end
    return "".join([*parts, text[after:]]), "".join([*outlines, letters[after:]])


def _changed(word: str, kinds: str) -> tuple[str, str] | None:
    """A word and its outline in Cyrillic or in Latin; None where it can be neither."""
    readings = [
        (kind, table)
        for kind, table in (("C", _TO_CYRILLIC), ("L", _TO_LATIN))
        if kind in kinds
        and all(
            one == kind or one in _SIGNS or _is_like(word, kinds, at, table)
            for at, one in enumerate(kinds)
        )
    ]
    if not readings:
        return None
    latin = not word.isupper() and kinds.count("L") > kinds.count("C")
    kind, table = readings[-1 if latin else 0]
    own = [
        letter if one == kind or one in _SIGNS else chr(table[ord(letter)])
        for letter, one in zip(word, kinds, strict=True)
    ]
    return "".join(own), "".join([one if one in _SIGNS else kind for one in kinds])


def _is_like(word: str, kinds: str, at: int, table: dict[int, int]) -> bool:
    """Whether the letter at a place of a word, with its accents, looks like one of the table."""
    if kinds[at + 1 : at + 2] != "m":
        return ord(word[at]) in table
    accented = normalize("NFC", word[at : at + 2])
    return len(accented) == 1 and ord(accented) in table and kinds[at + 2 : at + 3] != "m"
