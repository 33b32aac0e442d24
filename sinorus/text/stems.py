"""Stems: English Snowball for Latin words, Russian Snowball for Cyrillic ones.

Snowball cuts `Лавров` to `лавр` and `Лаврова` to `лавров`, so one stem does not stand for all the
cases of a Russian name. `case_stems` writes the cases out and gives the stems of all of them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# By the end of the nominative: what is cut off, and the endings of the cases (singular, and the
# plural of feminines and adjectives where it is a name of its own).
_ADJECTIVE = ("ий", "ый", "ой", "ого", "его", "ому", "ему", "им", "ым", "ом", "ем")
_FEMININE_ADJECTIVE = ("ая", "яя", "ой", "ей", "ую", "юю")
_ENDINGS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("ский", 2, ("ий", "ого", "ому", "им", "ом")),
    ("цкий", 2, ("ий", "ого", "ому", "им", "ом")),
    ("ая", 2, _FEMININE_ADJECTIVE),
    ("яя", 2, _FEMININE_ADJECTIVE),
    ("ый", 2, _ADJECTIVE),
    ("ой", 2, _ADJECTIVE),
    ("ия", 1, ("я", "и", "ю", "ей")),
    ("ие", 1, ("е", "я", "ю", "ем", "и")),
    ("ий", 2, (*_ADJECTIVE, "ия", "ию", "ием", "ии")),
    ("а", 1, ("а", "ы", "и", "е", "у", "ой", "ей")),
    ("я", 1, ("я", "и", "е", "ю", "ей", "ёй")),
    ("й", 1, ("й", "я", "ю", "ем", "е")),
    ("ь", 1, ("ь", "я", "ю", "ем", "е", "и", "ью")),
    ("о", 1, ("о", "а", "у", "ом", "е")),
    ("е", 1, ("е", "я", "ю", "ем")),
)
_CONSONANT = ("", "а", "у", "ом", "ым", "ем", "е")


CYRILLIC = "\u0400"
"""A folded word that compares as this or more is stemmed as Russian, any other as English."""


@cache
def stemmer(cyrillic: bool) -> Callable[[str], str]:
    """The Snowball stemmer of Russian or of English, made when it is first asked for."""
    import Stemmer

    language = "russian" if cyrillic else "english"
    return Stemmer.Stemmer(language, 0).stemWord  # type: ignore[no-any-return]


def stem(form: str) -> str:
    """The Snowball stem of a folded word; the script of its first letter decides which."""
    return stemmer(cyrillic=form >= CYRILLIC)(form)


def case_forms(form: str) -> list[str]:
    """A folded Cyrillic nominative with the cases that it may have; some of them are no words."""
    for end, cut, endings in _ENDINGS:
        if form.endswith(end) and len(form) > len(end) + 1:
            return [form, *(form[: len(form) - cut] + ending for ending in endings)]
    if form[-1:] in "бвгджзклмнпрстфхцчшщ" and len(form) > 2:
        return [form, *(form + ending for ending in _CONSONANT)]
    return [form]


def case_stems(form: str) -> tuple[str, ...]:
    """The stems of all cases of a folded Cyrillic nominative, its own first.

    A case whose stem is shorter than the nominative's is given as its exact form with an `=`
    before it (`китай` to `кита` and `=китая`): Snowball cut off too much, and that stem is another
    word's (`кит`, a whale).
    """
    own = stem(form)
    found = [own]
    for case in case_forms(form):
        other = stem(case)
        found.append(other if len(other) >= len(own) else "=" + case)
    return tuple(dict.fromkeys(found))
