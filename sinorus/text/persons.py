"""Names of persons as they are also written: with initials, a patronymic, or the surname first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.text.tokens import tokenize

LONGEST = 5
"""Words that a person's name may have where it is known by its parts."""

_TITLES = frozenset(
    {
        *("ambassador", "chairman", "count", "emperor", "empress", "general", "generalissimo"),
        *("madame", "marshal", "premier", "president", "secretary"),
        *("граф", "генерал", "император", "маршал", "посол", "председатель", "президент"),
    }
)
"""A word before a surname that is no given name."""
_SINGLE = dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True))
_LETTERS = {**_SINGLE, "ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh"} | {
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
_VOWELS = "аеёиоуыэюя"
_TWO_LETTERS = ("Ch", "Kh", "Sh", "Ya", "Ye", "Yo", "Yu", "Zh")
"""What may stand for one Russian initial: `Yu. Andropov`."""


def surnames(forms: Sequence[str], opens: Sequence[str]) -> frozenset[str]:
    """The folded forms of a person that may be the surname: those that are one word."""
    alone = [form.removeprefix("=") for form in (*forms, *opens)]
    return frozenset(_folded(form) for form in alone if " " not in form)


def variants(forms: Sequence[str], known: frozenset[str], patronymic: str) -> list[str]:
    """Other ways to write those `forms` that are given names before one of the `known` surnames.

    `Dmitry Peskov` with the patronymic `Сергеевич` → `D. Peskov`, `D. S. Peskov`, `D.S. Peskov`,
    `Dmitry Sergeyevich Peskov`, `Peskov Dmitry`, `Peskov D. S.` and so on.
    """
    found: list[str] = []
    for form in forms:
        *given, surname = form.split()
        if not 1 <= len(given) <= 3 or _folded(surname) not in known or not _spelt(surname):
            continue
        if _folded(given[0]) in _TITLES:
            continue
        for before in _given(given, _fathers(patronymic, surname)):
            found += [f"{before} {surname}", f"{surname} {before}"]
    return [one for one in dict.fromkeys(found) if one not in forms]


def _given(given: Sequence[str], fathers: Sequence[str]) -> Iterator[str]:
    """Given names in full and as initials, without the patronymic and with it."""
    yield " ".join(given)
    for father in fathers:
        yield f"{' '.join(given)} {father}"
    initials = [f"{name[0]}." for name in given]
    yield " ".join(initials)
    if len(given) > 1:
        yield "".join(initials)
    for father in dict.fromkeys(f"{father[0]}." for father in fathers):
        yield f"{' '.join(given)} {father}"
        yield " ".join([*initials, father])
        yield "".join([*initials, father])
    if fathers and given[0][:2] in _TWO_LETTERS:
        yield f"{given[0][:2]}."


def _fathers(patronymic: str, surname: str) -> list[str]:
    """The patronymic in the script of the surname; in Latin letters in two spellings."""
    if not patronymic or "\u0400" <= surname[0] <= "\u04ff":
        return [patronymic] if patronymic else []
    return list(
        dict.fromkeys((_romanised(patronymic, "y", "ye"), _romanised(patronymic, "i", "e")))
    )


def _romanised(word: str, soft: str, iotated: str) -> str:
    """A Russian patronymic in Latin letters: `Васильевич` → Vasilyevich, or Vasilievich."""
    letters: list[str] = []
    before = ""
    for letter in word.lower():
        if letter == "е" and before == "ь":
            letters.append(soft + "e")
        elif letter == "и" and before == "ь":
            letters.append("yi" if soft == "y" else "i")
        elif letter == "е" and (not before or before in _VOWELS):
            letters.append(iotated)
        else:
            letters.append(_LETTERS.get(letter, letter))
        before = letter
    return "".join(letters).capitalize()


def _spelt(word: str) -> bool:
    """Whether a word is of Latin or Cyrillic letters."""
    return word[0].isalpha() and word[0] < "\u0530"


def _folded(form: str) -> str:
    return " ".join(tokenize(form).forms)
