"""The tree of a query: frozen values that know no engine.

A *positional* node says where in a paragraph it stands (`Positional`); a *filter* node asks about
the document, or what is known of a paragraph beside its text (`Filter`); `And`, `Or` and `Not` join
any of them.
"""

from __future__ import annotations

from dataclasses import field
from typing import NoReturn

from sinorus.model.value import value

_PERSON = 5
"""Words that an author's name may have for its order to be free."""


class AnyPositional:
    """A node of `Positional`, for `match` and `isinstance`."""


class AnyExpanding(AnyPositional):
    """A node of `Expanding`."""


class AnyFilter:
    """A node of `Filter`."""


@value(frozen=True)
class Term(AnyPositional):
    """One token: its stem, or its folded form where `exact`. `shown` is what the user wrote.

    It also stands where it is written as several tokens, with hyphens or spaces; not so where it is
    `solid`. Of an exact form, `cased` says which letters must be capitals (`US`, `Xi`); empty, any
    may be. A word of grammar is `loose` where it may be left out: see `lightened`. In a phrase a
    `tight` one stands only where no punctuation is before it.
    """

    text: str
    exact: bool = False
    shown: str = field(default="", compare=False)
    solid: bool = False
    cased: str = ""
    loose: bool = field(default=False, compare=False)
    tight: bool = False


@value(frozen=True)
class Prefix(AnyExpanding):
    """Every token whose folded form begins with `text`, and if it is given, with capitals as in
    `cased`.
    """

    text: str
    cased: str = ""


@value(frozen=True)
class Wildcard(AnyExpanding):
    """Every token whose folded form fits `pattern`: `*` any characters, `?` exactly one.

    If `cased` is given, its capitals fit that too.
    """

    pattern: str
    cased: str = ""


@value(frozen=True)
class Fuzzy(AnyExpanding):
    """Every token whose folded form is at most `distance` edits (Levenshtein) away from `text`.

    If `cased` is given, its form with capitals is so from that.
    """

    text: str
    distance: int
    cased: str = ""


@value(frozen=True)
class Phrase(AnyPositional):
    """`parts` one right after the other. `run`: written without quotes (`F-16`, `中俄关系`).

    `whole`: only where it does not cross the border of a longer Chinese word, see `crosses` in
    `query.positions`.
    """

    parts: tuple[Positional, ...]
    run: bool = field(default=False, compare=False)
    whole: bool = False


@value(frozen=True)
class Synonyms(AnyPositional):
    """Any of `parts`, ranked as if they were one word: a name in all its forms.

    `shown` is what the user wrote where that is one word with hyphens: the phrase of its parts
    comes first, then the word without hyphens.
    """

    parts: tuple[Positional, ...]
    shown: str = ""


@value(frozen=True)
class Concept(Synonyms):
    """A word or phrase as it was written, then the terms that say the same in all languages.

    It counts as one word however many of its forms are there, and once more where it is as
    written. The last `rarer` of its parts are of senses that are not the usual one.
    """

    rarer: int = 0


@value(frozen=True)
class Near:
    """All `parts` in one window with fewer than `distance` other words; `ordered`: in this order.

    Parts that are equal need as many different places; others may share words.
    """

    parts: tuple[Positional, ...]
    distance: int
    ordered: bool = False


@value(frozen=True)
class And:
    """All of `parts`.

    `between` has the words of grammar that were written after each part but the last, and that may
    be lacking; they count where the parts around them make a phrase. Empty if there are none.
    """

    parts: tuple[Node, ...]
    between: tuple[tuple[Term, ...], ...] = field(default=(), compare=False)


@value(frozen=True)
class Apart(And):
    """The words of a name that was written without quotes, wherever they stand in a paragraph.

    In an `Or` before the name itself. They match as any AND does, count for little, and are
    highlighted only where the name is not.
    """


@value(frozen=True)
class Or:
    """At least one of `parts`."""

    parts: tuple[Node, ...]


@value(frozen=True)
class Not:
    """Whatever `part` does not match."""

    part: Node


@value(frozen=True)
class FieldWords(AnyFilter):
    """The stems `words`, one right after the other, in a field of the document or the paragraph.

    `name` is `title`, `author`, `publisher`, `url` or the name of an extra field; or `heading` or
    `speaker`, which a paragraph has.
    """

    name: str
    words: tuple[str, ...]
    shown: str = field(default="", compare=False)

    @property
    def orders(self) -> tuple[tuple[str, ...], ...]:
        """The words in the orders that count: the surname of an author may stand first or last."""
        if self.name != "author" or not 1 < len(self.words) <= _PERSON:
            return (self.words,)
        last_first = self.words[-1:] + self.words[:-1]
        return tuple(dict.fromkeys((self.words, last_first, self.words[1:] + self.words[:1])))


@value(frozen=True)
class FieldValue(AnyFilter):
    """A field with exactly this folded value: `lang` (or a language it belongs to), `tag`, `id`.

    nodes.Or `kind`, which a paragraph has.
    """

    name: str
    value: str


@value(frozen=True)
class FieldText(AnyFilter):
    """A field of words, as `FieldWords` has them, in a value of which `part` stands.

    A form, a pattern, words near each other: what stems alone do not say. `shown` is the value as
    it was written.
    """

    name: str
    part: Positional | Near
    shown: str = field(default="", compare=False)


@value(frozen=True)
class FieldPattern(AnyFilter):
    """A field that `FieldValue` compares as a whole, with a value that fits a folded pattern.

    `*` stands for any characters, `?` for one; an id may also fit with what is behind a slash.
    """

    name: str
    pattern: str


@value(frozen=True)
class FieldRange(AnyFilter):
    """A field of the library's own with a value in a range, both ends included; None is open.

    Ends that are numbers are compared with the first number of a value, days (as in `DateRange`)
    with its date.
    """

    name: str
    least: float | str | None
    most: float | str | None
    shown: str = field(default="", compare=False)


@value(frozen=True)
class PathGlob(AnyFilter):
    """Documents whose path fits a shell pattern, in which `*` also stands for `/`.

    Without a wildcard: the file of this path, or all files below the folder.
    """

    pattern: str


@value(frozen=True)
class DateRange(AnyFilter):
    """Documents of which part of the date lies in the range; `shown` is how it was written.

    Bounds compare as text with `Date.first` and `Date.last`; None is open.
    """

    since: str | None
    until: str | None
    shown: str = field(default="", compare=False)


@value(frozen=True)
class DocumentIn(AnyFilter):
    """Documents with one of these ids. It is made by commands; `id:` in a query is a FieldValue."""

    ids: frozenset[str]


@value(frozen=True)
class ParagraphIn(AnyFilter):
    """Paragraphs in one of these ranges: a document, the first number and the last, with it.

    It is made by commands, as no query names a paragraph.
    """

    places: frozenset[tuple[str, int, int]]


@value(frozen=True)
class Everything:
    """Every paragraph."""


Expanding = Prefix | Wildcard | Fuzzy
"""A node that stands for many words of the index."""
Positional = Term | Expanding | Phrase | Synonyms
Filter = (
    FieldWords
    | FieldText
    | FieldValue
    | FieldPattern
    | FieldRange
    | PathGlob
    | DateRange
    | DocumentIn
    | ParagraphIn
)
Node = Positional | Near | And | Or | Not | Filter | Everything


def assert_never(value: NoReturn) -> NoReturn:
    """Ends a `match` over nodes, so that mypy reports a kind that has no case (typing, 3.11)."""
    raise AssertionError(value)
