"""Names across scripts: groups of forms (Putin, Путин, 普京) that mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product, zip_longest
from math import prod
from pathlib import Path

from sinorus.config import parse_toml
from sinorus.errors import ConfigError
from sinorus.text.stems import CYRILLIC, case_forms, case_stems, is_russian, readings, stem
from sinorus.text.tokens import tokenize

FORMAT = 4
"""The version of the compiled form; names in another one are compiled again."""

STARTER = Path(__file__).with_name("names.toml")
"""The names file that comes with the program."""

LONGEST = 8
"""Words that a name may have where it is written without quotation marks."""

CHOICES = 4_096
"""Readings of a name that are looked up. Each Russian word doubles their number: without a limit a
quotation of twenty-five words would take a minute.
"""

Alternatives = tuple[tuple[str, ...], ...]
"""A form as it is searched: for each token the readings, or exact forms after `=`, that match."""


class Names:
    """Groups of names, looked up by the stems of a query's words.

    `shown` has the written forms of each group, `keys` maps the readings of a form, joined by
    spaces, to (group, form).
    """

    def __init__(self, shown: Sequence[Sequence[str]], keys: Mapping[str, Sequence[int]]) -> None:
        self.shown, self.keys = shown, keys

    def __len__(self) -> int:
        return len(self.shown)

    def forms(self, group: int) -> Sequence[str]:
        """The written forms of a group."""
        return self.shown[group]

    def place(self, key: str) -> Sequence[int] | None:
        """The (group, form) of stems joined by spaces; None if they are not a form."""
        return self.keys.get(key)

    def find(self, stems: Sequence[str], forms: Sequence[str] = ()) -> tuple[int, int] | None:
        """The (group, form) that words are together, by their stems; None if they are not a name.

        With their folded `forms`, Russian words are also found in the cases that `case_stems` gives
        as exact forms.
        """
        ways = [
            (*readings(stem), *(["=" + form] if form and is_russian(stem) else []))
            for stem, form in zip_longest(stems, forms, fillvalue="")
        ]
        for reading in _choices(ways):
            found = self.place(" ".join(reading))
            if found:
                return found[0], found[1]
        return None

    def others(self, group: int, form: int) -> Iterator[tuple[str, Alternatives]]:
        """The other forms of a group, each as written and as alternatives."""
        for other, written in enumerate(self.forms(group)):
            if other != form:
                yield written, _alternatives(written)

    def cases(self, group: int, form: int) -> tuple[str, Alternatives] | None:
        """A form with the cases that its stem does not find; None if it finds all of them."""
        written = self.forms(group)[form]
        alternatives = _alternatives(written)
        return (written, alternatives) if any(len(one) > 1 for one in alternatives) else None


def read_groups(text: str, source: str) -> list[list[str]]:
    """The forms of each `[[group]]` of a names file. Raises ConfigError that names `source`."""
    try:
        content = parse_toml(text)
    except ValueError as fault:  # not TOML, or a number of thousands of digits
        raise ConfigError(f"{source}: {fault}", "see docs/configuration.md for its form") from None
    except RecursionError:
        raise ConfigError(f"{source}: lists in lists, too deep to be names", "") from None
    unknown = sorted(set(content) - {"group"})
    if unknown:
        raise ConfigError(
            f"{source}: unknown key {unknown[0]!r}", "a names file has [[group]] only"
        )
    listed = content.get("group", [])
    if not isinstance(listed, list):
        raise ConfigError(
            f"{source}: group = {listed!r} is no group", "write [[group]] above forms"
        )
    groups: list[list[str]] = []
    for number, group in enumerate(listed, 1):
        forms = group.get("forms") if isinstance(group, dict) else None
        if not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
            raise ConfigError(
                f"{source}: group {number} has no list of forms",
                'write [[group]] and forms = ["Putin", "Путин", "普京"]',
            )
        groups.append(list(forms))
    return groups


def starter_text() -> str:
    """The text of the names file that comes with the program."""
    return STARTER.read_text("utf-8")


def compile_names(groups: Sequence[Sequence[str]]) -> Names:
    """Names from groups of forms; a group that shares a form with an earlier one joins it."""
    merged: list[list[str]] = []
    home: dict[str, int] = {}
    for forms in groups:
        folded = [" ".join(tokenize(form).forms) for form in forms]
        at = next((home[key] for key in folded if key in home), len(merged))
        if at == len(merged):
            merged.append([])
        for form, key in zip(forms, folded, strict=True):
            if key and home.setdefault(key, at) == at and form not in merged[at]:
                merged[at].append(form)
    shown = [_distinct(forms) for forms in merged]
    keys: dict[str, tuple[int, int]] = {}
    for group, forms in enumerate(shown):
        for number, form in enumerate(forms):
            for stems in _choices(_alternatives(form)):
                keys.setdefault(" ".join(stems), (group, number))
    return Names(shown, keys)


def russian_stems(forms: Iterable[str]) -> dict[str, str]:
    """The stems that are looked up where names are searched in these written forms."""
    found: dict[str, str] = {}
    for form in forms:
        tokens = tokenize(form)
        words, whole, last = [*tokens.forms], "", -1
        for first, pair in tokens.pairs:  # `Нью-Йорк` is also one word
            whole = whole + tokens.forms[first + 1] if first == last else pair
            last = first + 1
            words += (pair, whole)
        for word in words:
            if word >= CYRILLIC:
                found[word] = stem(word)
                found.update((case, stem(case)) for case in case_forms(word))
    return found


def _choices(alternatives: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Each choice of one alternative for each word; of more than `CHOICES` only the first."""
    if prod(map(len, alternatives)) > CHOICES:
        return iter([[word[0] for word in alternatives]])
    return product(*alternatives)


def _distinct(forms: Sequence[str]) -> list[str]:
    """The forms without those that have the stems of an earlier one."""
    seen: dict[tuple[str, ...], str] = {}
    for form in forms:
        seen.setdefault(tuple(tokenize(form).stems), form)
    return list(seen.values())


def _alternatives(form: str) -> Alternatives:
    tokens = tokenize(form)
    return tuple(
        case_stems(word) if is_russian(stem) else (stem,)
        for word, stem in zip(tokens.forms, tokens.stems, strict=True)
    )
