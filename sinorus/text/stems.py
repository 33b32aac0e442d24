"""Stems: what an ordinary query word is compared with. Lemmas of Russian words, English stems.

A form that is of several Russian words has one stem for all of them, `|сталь|стать|`. Two words are
the same where their stems have a reading in common.

The lemmas of a form are always the same, whoever worked them out: an index has those of its forms,
and what it gives to `learn` need not be looked up in the dictionary, which takes 50 ms to
read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sinorus.text import english
from sinorus.text.russian import GUESSED, lemmas

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
"""A folded word that compares as this or more is read as Russian, any other as English."""
_LAST = "\u052f"
BETWEEN = "|"
"""Before, between and behind the readings of a stem that has several. Such stems stand side by side
in a sorted dictionary, and one that has a reading is found as `|reading|`."""
_MOST = 400_000
"""Forms whose stems are remembered; at so many all are forgotten."""
_known: dict[str, str] = {}


def stem(form: str) -> str:
    """The stem of a folded word; the script of its first letter decides which."""
    if form < CYRILLIC:
        return english.stemmer()(form)
    if len(form) == 1:  # an initial, or a word that has no other forms
        return form
    found = _known.get(form)
    if found is None:
        if len(_known) >= _MOST:
            _known.clear()
        found = _known[form] = _russian(form)
    return found


def _russian(form: str) -> str:
    found = lemmas(form)
    return found[0] if len(found) == 1 else f"{BETWEEN}{BETWEEN.join(found)}{BETWEEN}"


def learn(stems: Mapping[str, str]) -> None:
    """Remembers the stems of Cyrillic forms that `stem` gave to somebody else."""
    if len(_known) + len(stems) > _MOST:
        _known.clear()
    _known.update(stems)


def unknown(forms: Iterable[str]) -> list[str]:
    """Those of some forms whose stems would have to be looked up in the dictionary."""
    return [form for form in forms if len(form) > 1 and form >= CYRILLIC and form not in _known]


def forget() -> None:
    """Forgets the stems that are remembered; a measurement reads the same words as new ones."""
    _known.clear()


def readings(stem: str) -> Sequence[str]:
    """The words that a stem stands for: most stand for one."""
    return stem[1:-1].split(BETWEEN) if stem.startswith(BETWEEN) else (stem,)


def is_russian(stem: str) -> bool:
    """Whether a stem is of a Cyrillic word."""
    return stem.startswith(BETWEEN) or CYRILLIC <= stem[:1] <= _LAST


def alike(left: str, right: str) -> bool:
    """Whether two stems are the same word in one of their readings."""
    if left == right:
        return True
    if not (left.startswith(BETWEEN) or right.startswith(BETWEEN)):
        return False
    return not set(readings(left)).isdisjoint(readings(right))


def case_forms(form: str) -> list[str]:
    """A folded Cyrillic nominative with the cases that it may have; some of them are no words."""
    for end, cut, endings in _ENDINGS:
        if form.endswith(end) and len(form) > len(end) + 1:
            return [form, *(form[: len(form) - cut] + ending for ending in endings)]
    if form[-1:] in "бвгджзклмнпрстфхцчшщ" and len(form) > 2:
        return [form, *(form + ending for ending in _CONSONANT)]
    return [form]


def case_stems(form: str) -> tuple[str, ...]:
    """The readings of a folded Cyrillic nominative; behind them, the cases that they do not find.

    The dictionary has the cases of its words. Those of other names are written out; one that has
    no reading in common with the nominative is given as itself with an `=` before it: `=ахмата`.
    """
    own = stem(form)
    if form in readings(own):
        return (form,)
    missed = ["=" + case for case in guessed_cases(form) if not alike(own, stem(case))]
    return tuple(dict.fromkeys([*readings(own), *missed]))


def guessed_cases(form: str) -> list[str]:
    """The cases that a folded nominative may have; none of one that the dictionary has."""
    return case_forms(form)[1:] if readings(stem(form))[0].endswith(GUESSED) else []
