"""Terms across languages: concepts (sanctions, санкции, 制裁) by the stems of their forms."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sinorus.text.joins import wholes
from sinorus.text.names import Alternatives, alternatives_of, choices_of
from sinorus.text.stems import readings, stem
from sinorus.text.tokens import Tokens, tokenize

LANGUAGES = ("en", "ru", "zh")
"""The languages that a concept has forms in."""
FORMAT = 1
"""The version of the compiled form; terms in another one are compiled again."""

OWN = Path(__file__).with_name("terms.toml")
"""The file of terms that comes with the program."""

BEGINS = ">"
"""Before the first stem of forms: the key of how many words the longest of them has."""

Forms = Mapping[str, Sequence[str]]
"""Written forms by language."""


ALSO = -1
"""After the numbers of concepts of a library: those that the program has of the same form."""


class Concept(NamedTuple):
    """What is said in several languages: its forms by language, those with other senses too.

    A form that is `ambiguous` stands for several concepts, of which the first is the usual one.
    """

    forms: Mapping[str, Sequence[str]]
    ambiguous: Sequence[str] = ()
    line: int | None = None


class Compiled(NamedTuple):
    """Concepts ready to be looked up.

    `keys` maps the readings of a form, joined by spaces, to the numbers of the concepts that it
    stands for, the usual one first; and the first of them after BEGINS to the most words of a form
    that begins so. `entries` are the forms of the concepts by number. `instead` has the numbers of
    those that take the place of concepts of the program, which they contain.
    """

    entries: Sequence[Forms]
    keys: Mapping[str, Sequence[int]]
    instead: Mapping[int, int]


def own_text() -> str:
    """The text of the file of terms that comes with the program."""
    return OWN.read_text("utf-8")


def compile_terms(concepts: Iterable[Concept], base: Terms | None = None) -> Compiled:
    """Concepts in a table; beside `base`, to which those of a library are added.

    A concept that shares a form with one before it, or with one of `base`, is more of the same,
    unless the form is ambiguous. What a library has among its forms is not ambiguous there any
    longer; what it calls so has its senses first.
    """
    made = _Made(base)
    for one in concepts:
        made.put(one)
    return made.compiled()


class _Made:
    """Concepts as they are put together."""

    def __init__(self, base: Terms | None) -> None:
        self._base = base
        self._entries: list[dict[str, dict[str, str]]] = []
        self._home: dict[str, int] = {}
        self._unsure: set[str] = set()
        self._instead: dict[int, int] = {}

    def put(self, one: Concept) -> None:
        unsure = {*map(_folded, one.ambiguous)}
        self._unsure |= unsure
        folded = {
            language: {_folded(form): form for form in forms}
            for language, forms in one.forms.items()
        }
        clear = [key for some in folded.values() for key in some if key not in unsure]
        at = next((self._home[key] for key in clear if key in self._home), None)
        if at is None:
            at = self._begin(clear)
        for language, some in folded.items():
            for key, form in some.items():
                self._entries[at].setdefault(language, {}).setdefault(key, form)
                if key not in unsure:
                    self._home.setdefault(key, at)

    def _begin(self, clear: Sequence[str]) -> int:
        """The number of a new concept, with what `base` has of it."""
        self._entries.append({})
        at = len(self._entries) - 1
        for key in clear if self._base else ():
            senses = self._base.senses(tokenize(key).stems) if self._base else []
            if len(senses) == 1 and senses[0] not in self._instead:
                self._instead[senses[0]] = at
                for language, forms in self._base.forms(senses[0]).items():  # type: ignore[union-attr]
                    self._entries[at][language] = {_folded(form): form for form in forms}
                break
        return at

    def compiled(self) -> Compiled:
        keys: dict[str, list[int]] = {}
        for number, entry in enumerate(self._entries):
            for key, form in (one for some in entry.values() for one in some.items()):
                for stems in _ways(form):
                    _add(keys, stems, number, also=self._base is not None and key in self._unsure)
        entries = [
            {language: [*entry[language].values()] for language in LANGUAGES if language in entry}
            for entry in self._entries
        ]
        return Compiled(entries, keys, self._instead)


def _folded(form: str) -> str:
    return " ".join(tokenize(form).forms)


def _add(keys: dict[str, list[int]], stems: Sequence[str], number: int, *, also: bool) -> None:
    found = keys.setdefault(" ".join(stems), [])
    if number not in found:
        found.insert(len(found) - (ALSO in found), number)
    if also and ALSO not in found:
        found.append(ALSO)
    longest = keys.setdefault(BEGINS + stems[0], [0])
    longest[0] = max(longest[0], len(stems))


def _ways(form: str) -> Iterator[Sequence[str]]:
    """The stems of a form, in each reading; with hyphens also as one word."""
    tokens = tokenize(form)
    yield from choices_of(alternatives_of(form))
    if tokens.joins:
        yield joined_stems(tokens)


def joined_stems(tokens: Tokens) -> list[str]:
    """The stems of tokens, of those that are one word together the stem of that."""
    ends = wholes(tokens.joins)
    found: list[str] = []
    at, stems = 0, tokens.stems
    while at < len(tokens):
        end = ends.get(at, at + 1)
        found.append(stems[at] if end == at + 1 else stem("".join(tokens.forms[at:end])))
        at = end
    return found


class Terms(ABC):
    """Concepts, looked up by the stems of a query's words."""

    @property
    def stamp(self) -> object:
        """What tells these terms from others, for what is made from them and kept."""
        return None

    def longest(self, reading: str) -> int:
        """How many words the longest form has that begins with this one; 0 if none does."""
        return (self.place(BEGINS + reading) or [0])[0]

    @abstractmethod
    def place(self, key: str) -> Sequence[int] | None:
        """What a table has for a key, as `Compiled` says."""

    @abstractmethod
    def forms(self, concept: int) -> Forms:
        """The written forms of a concept by language."""

    def source(self, concept: int) -> str:
        """Where a concept comes from: `terms`, or `dictionary`."""
        return "terms"

    def senses(self, stems: Sequence[str]) -> list[int]:
        """The concepts that words are together, by their stems, the usual one first."""
        ways = [readings(one) for one in stems]
        if max(map(self.longest, ways[0])) < len(stems):
            return []
        found: dict[int, None] = {}
        for way in choices_of(ways):
            found.update(dict.fromkeys(self.place(" ".join(way)) or ()))
        return [*found]


class TermsInMemory(Terms):
    """Terms as they were compiled."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled

    def place(self, key: str) -> Sequence[int] | None:
        return self.compiled.keys.get(key)

    def forms(self, concept: int) -> Forms:
        return self.compiled.entries[concept]


def written_as(forms: Forms) -> Iterator[tuple[str, Alternatives]]:
    """Each form as written and as it is searched."""
    for some in forms.values():
        for form in some:
            yield form, alternatives_of(form)
