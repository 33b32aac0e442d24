"""Names across scripts: groups of forms (Putin, Путин, 普京) that mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product, zip_longest
from math import prod
from pathlib import Path
from typing import NamedTuple

from sinorus.text import persons
from sinorus.text.joins import wholes
from sinorus.text.name_files import Group
from sinorus.text.stems import (
    CYRILLIC,
    case_forms,
    case_stems,
    guessed_cases,
    is_russian,
    readings,
    stem,
)
from sinorus.text.tokens import tokenize

FORMAT = 9
"""The version of the compiled form; names in another one are compiled again."""

STARTER = Path(__file__).with_name("names.toml")
"""The names file that comes with the program."""

LONGEST = 8
"""Words that a name may have where it is written without quotation marks."""

CHOICES = 4_096
"""Readings of a name that are looked up. Each Russian word doubles their number: without a limit a
quotation of twenty-five words would take a minute.
"""

OPENED = -1
"""The number of a form that opens a group and is not searched for by its forms."""

_CASED = 2
"""Words that a form which minds case has at most."""

PERSON = -2
"""The number of the name of a person that is known by its parts (`Д. С. Песков`)."""

_tokens = lru_cache(maxsize=1 << 15)(tokenize)
_cases = lru_cache(maxsize=1 << 13)(case_stems)
"""While names are compiled each form is asked for several times, and most words are in several."""

Alternatives = tuple[tuple[str, ...], ...]
"""A form as it is searched: for each token the readings, or exact forms after `=`, that match."""


class Entry(NamedTuple):
    """A group as it is compiled: what it is searched by, and what is known of a person.

    The last `narrower` of the forms find each other alone. `opens` has what opens the group in any
    case, `opens_cased` only as it is written, `ambiguous` what is not widened; `own` has those of
    all these that only a library has.
    """

    forms: Sequence[str]
    narrower: int = 0
    opens: Sequence[str] = ()
    surnames: Sequence[str] = ()
    patronymic: str = ""
    cased: Sequence[str] = ()
    opens_cased: Sequence[str] = ()
    ambiguous: Sequence[str] = ()
    own: Sequence[str] = ()


class Names:
    """Groups of names, looked up by the stems of a query's words.

    `entries` are the groups. `keys` maps the readings of a form, joined by spaces, to (group,
    form); to (group, OPENED) where it only opens the group; and to (OPENED, group, …) where it may
    be any of these groups. A form that minds case has its case before its stems: `=T xi`.
    """

    def __init__(self, entries: Sequence[Entry], keys: Mapping[str, Sequence[int]]) -> None:
        self.entries, self.keys = entries, keys
        self._persons: dict[int, list[tuple[str, Alternatives]]] = {}
        self._words: dict[int, frozenset[str]] = {}
        self._surnames: dict[tuple[tuple[str, ...], str], Sequence[int] | None] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def entry(self, group: int) -> Entry:
        """What is known of a group."""
        return self.entries[group]

    def forms(self, group: int) -> Sequence[str]:
        """The written forms of a group."""
        return self.entry(group).forms

    def place(self, key: str) -> Sequence[int] | None:
        """What `keys` has for stems joined by spaces; None if they are not a form."""
        return self.keys.get(key)

    def find(
        self, stems: Sequence[str], forms: Sequence[str] = (), written: Sequence[str] = ()
    ) -> tuple[int, int] | None:
        """The (group, form) that words are together, by their stems; None if they are not a name,
        and where they may be several.

        With their folded `forms`, Russian words are also found in the cases that `case_stems` gives
        as exact forms; with the words as `written`, forms that mind case and persons by initials.
        """
        return self.meaning(stems, forms, written)[0]

    def candidates(
        self, stems: Sequence[str], forms: Sequence[str] = (), written: Sequence[str] = ()
    ) -> list[int]:
        """The groups that words may be, where a query does not say which; else none."""
        return self.meaning(stems, forms, written)[1]

    def meaning(
        self, stems: Sequence[str], forms: Sequence[str], written: Sequence[str]
    ) -> tuple[tuple[int, int] | None, list[int]]:
        """What `find` and `candidates` say of the same words."""
        found = self._places(stems, forms, written)
        if len(found) == 1 and found[0][0] != OPENED:
            return (found[0][0], found[0][1]), []
        return None, _groups(found)

    def _places(
        self, stems: Sequence[str], forms: Sequence[str], written: Sequence[str]
    ) -> list[Sequence[int]]:
        ways = [
            (*readings(stem), *(["=" + form] if form and is_russian(stem) else []))
            for stem, form in zip_longest(stems, forms, fillvalue="")
        ]
        if place := self._place(ways, written):
            return [place]
        if not 2 <= len(ways) <= persons.LONGEST or not written:
            return []
        ends = [self._surname(ways[at], written[at]) for at in (0, -1)]
        groups = dict.fromkeys(_groups([place for place in ends if place]))
        return [(group, PERSON) for group in groups if self._is_person(group, ways)]

    def _place(self, ways: Sequence[Sequence[str]], written: Sequence[str]) -> Sequence[int] | None:
        keys = [" ".join(way) for way in choices_of(ways)]
        for key in keys:
            if found := self.place(key):
                return found
        if len(ways) <= _CASED and any(word[:1].isupper() for word in written):
            case = _case(written)
            for key in keys:
                if found := self.place(f"={case} {key}"):
                    return found
        return None

    def _surname(self, reading: tuple[str, ...], written: str) -> Sequence[int] | None:
        """What a word is alone: each is at the end of several groups of neighbours."""
        key = (reading, written)
        if key not in self._surnames:
            self._surnames[key] = self._place([reading], [written])
        return self._surnames[key]

    def _is_person(self, group: int, readings: Sequence[Sequence[str]]) -> bool:
        """Whether words are the name of this person with initials, patronymic or surname first."""
        variants = self._variants(group)
        if not all(map(self._words[group].intersection, readings)):
            return False
        for _, alternatives in variants:
            if len(alternatives) == len(readings) and all(
                set(reading) & set(stems)
                for reading, stems in zip(readings, alternatives, strict=True)
            ):
                return True
        return False

    def _variants(self, group: int) -> list[tuple[str, Alternatives]]:
        if group not in self._persons:
            entry = self.entry(group)
            written = persons.variants(entry.forms, frozenset(entry.surnames), entry.patronymic)
            self._persons[group] = [(form, alternatives_of(form)) for form in written]
            self._words[group] = frozenset(
                one for _, words in self._persons[group] for word in words for one in word
            )
        return self._persons[group]

    def others(self, group: int, form: int) -> Iterator[tuple[str, Alternatives]]:
        """The other forms of a group, each as written and as alternatives.

        Where it was opened by a surname, with the surnames in other scripts.
        """
        entry = self.entry(group)
        first = len(entry.forms) - entry.narrower
        for other, written in enumerate(entry.forms):
            if other != form and not other < first <= form:
                yield written, alternatives_of(written)
        if form == OPENED:
            for written in entry.opens:
                yield written, _opening(written)

    def variants(self, group: int) -> Iterator[tuple[str, Alternatives]]:
        """How the forms of a person are also written: with initials, the surname first, and so on.

        Without those that a shorter one of them, or the surname as a form, finds anyway.
        """
        if not self.entry(group).surnames:
            return
        seen = {alternatives_of(form) for form in self.forms(group)}
        for written, alternatives in sorted(self._variants(group), key=lambda one: len(one[1])):
            pieces = {
                alternatives[start:end]
                for end in range(1, len(alternatives) + 1)
                for start in range(end)
            }
            if not pieces & seen:
                seen.add(alternatives)
                yield written, alternatives

    def cases(self, group: int, form: int) -> tuple[str, Alternatives] | None:
        """A form with the cases that its stem does not find; None if it finds all of them."""
        if form < 0:
            return None
        written = self.forms(group)[form]
        alternatives = alternatives_of(written)
        return (written, alternatives) if any(len(one) > 1 for one in alternatives) else None


def starter_text() -> str:
    """The text of the names file that comes with the program."""
    return STARTER.read_text("utf-8")


def compile_names(groups: Iterable[Group | Sequence[str]]) -> Names:
    """Names from groups; one that shares a form with an earlier one joins it.

    A group may be a list of its forms. What a later group has among its forms is no longer
    ambiguous: a library says so of a name that has one meaning there.
    """
    merged = _merged([one if isinstance(one, Group) else Group(one) for one in groups])
    entries = [_entry(one) for one in merged]
    keys: dict[str, Sequence[int]] = {}
    for group, entry in enumerate(entries):
        for number, form in enumerate(entry.forms):
            for stems in choices_of(alternatives_of(form)):
                keys.setdefault(" ".join(stems), (group, number))
    unsure: dict[str, list[int]] = {}
    opened: dict[str, list[int]] = {}
    for group, one in enumerate(merged):
        cased = [f"={form}" for form in one.cased]
        for forms, found in (([*one.opens, *cased], opened), (one.ambiguous, unsure)):
            for form in forms:
                for key in _opening_keys(form):
                    if group not in found.setdefault(key, []):
                        found[key].append(group)
    for key, numbers in opened.items():
        keys.setdefault(key, (numbers[0], OPENED) if len(numbers) == 1 else (OPENED, *numbers))
    keys.update({key: (OPENED, *numbers) for key, numbers in unsure.items()})
    return Names(entries, keys)


def _merged(groups: Sequence[Group]) -> list[Group]:
    """The groups, those that share a form as one; a form belongs to the first that has it."""
    joined: list[list[Group]] = []
    forms: list[dict[str, None]] = []
    home: dict[str, int] = {}
    unsure: set[str] = set()
    settled: set[str] = set()
    for group in groups:
        listed = [*group.forms, *group.narrower]
        keys = [_folded(form) for form in listed]
        own = {_folded(form) for form in group.ambiguous}
        at = next((home[key] for key in keys if key in home), len(joined))
        if at == len(joined):
            joined.append([])
            forms.append({})
        for form, key in zip(listed, keys, strict=True):
            if key and home.setdefault(key, at) == at:
                forms[at][form] = None
            if key in unsure and key not in own:
                settled.add(key)
        unsure |= own
        joined[at].append(group)
    return [
        Group(
            _distinct(list(forms[at])),
            [form for group in same for form in group.narrower],
            [form for group in same for form in group.opens],
            [f for group in same for f in group.ambiguous if _folded(f) not in settled],
            any(group.person for group in same),
            next((group.patronymic for group in same if group.patronymic), ""),
            list(dict.fromkeys(form for group in same for form in group.cased)),
            _own(same),
        )
        for at, same in enumerate(joined)
    ]


def _own(same: Sequence[Group]) -> list[str]:
    """What only a library's own groups among these have."""
    if not any(group.own for group in same):
        return []
    known = {_folded(form) for group in same if not group.own for form in group.every()}
    own = (form for group in same if group.own for form in group.every())
    return [form for form in dict.fromkeys(own) if _folded(form) not in known]


def _entry(group: Group) -> Entry:
    surnames = persons.surnames(group.forms, group.opens) if group.person else ()
    narrower = {_folded(form) for form in group.narrower}
    last = [form for form in group.forms if narrower and _folded(form) in narrower]
    opens = dict.fromkeys(group.opens)
    forms = [*(form for form in group.forms if form not in last), *last]
    return Entry(
        forms,
        len(last),
        [form for form in opens if not form.startswith("=")],
        sorted(surnames),
        group.patronymic,
        group.cased,
        [form[1:] for form in opens if form.startswith("=")],
        group.ambiguous,
        group.own,
    )


def _opening_keys(form: str) -> Iterator[str]:
    """The keys of a form that opens a group; one that begins with an `=` minds case."""
    written = form.removeprefix("=")
    tokens = _tokens(written)
    words = [written[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    case = f"={_case(words)} " if form.startswith("=") else ""
    for stems in choices_of(_opening(written)):
        yield case + " ".join(stems)


def _opening(form: str) -> Alternatives:
    """What a form that opens a group matches: a Russian surname its cases alone (no Иван)."""
    tokens = _tokens(form)
    if len(tokens) == 1 and "\u0400" <= tokens.forms[0][0] <= "\u052f":
        return (tuple("=" + case for case in dict.fromkeys(case_forms(tokens.forms[0]))),)
    return alternatives_of(form)


def _case(words: Sequence[str]) -> str:
    """A letter for each word: `U` all capitals, `T` the first one a capital, `l` small."""
    return "".join("U" if w.isupper() else "T" if w[:1].isupper() else "l" for w in words)


def _groups(places: Iterable[Sequence[int]]) -> list[int]:
    """The groups that `places` name."""
    return [group for place in places for group in (place[1:] if place[0] == OPENED else place[:1])]


def russian_stems(forms: Iterable[str]) -> dict[str, str]:
    """The stems that are looked up where names are searched in these written forms."""
    found: dict[str, str] = {}
    for form in forms:
        tokens = _tokens(form)
        words = [*tokens.forms, *(join.form for join in tokens.joins)]
        words += ["".join(tokens.forms[at:end]) for at, end in wholes(tokens.joins).items()]
        for word in words:
            if word >= CYRILLIC:
                found[word] = stem(word)
                found.update((case, stem(case)) for case in guessed_cases(word))
    return found


def choices_of(alternatives: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Each choice of one alternative for each word; of more than `CHOICES` only the first."""
    if prod(map(len, alternatives)) > CHOICES:
        return iter([[word[0] for word in alternatives]])
    return product(*alternatives)


def _folded(form: str) -> str:
    return " ".join(_tokens(form).forms)


def _distinct(forms: Sequence[str]) -> list[str]:
    """The forms without those that have the stems of an earlier one."""
    seen: dict[tuple[str, ...], str] = {}
    for form in forms:
        seen.setdefault(tuple(_tokens(form).stems), form)
    return list(seen.values())


def alternatives_of(form: str) -> Alternatives:
    """What each word of a form matches: its stem, in Russian those of all cases."""
    tokens = _tokens(form)
    return tuple(
        _cases(word) if is_russian(stem) else (stem,)
        for word, stem in zip(tokens.forms, tokens.stems, strict=True)
    )
