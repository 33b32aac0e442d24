"""Groups of names that mean the same, as a library is searched with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

NameFormKind = Literal["form", "narrower", "opens", "ambiguous"]
"""What a form does: it finds the others and is found by them; it finds only other narrower ones; it
finds the others and is not found by them; it does neither."""
NameOrigin = Literal["built-in", "names.toml", "both"]
"""Who knows a group: the program, the library's own file, or both, which have different forms."""
LANGUAGES = ("en", "ru", "zh", None)
"""By which the forms of a name are listed: that of their script, None for other scripts."""
NameSort = Literal["name", "paragraphs", "-paragraphs"]
NAME_SORTS: tuple[NameSort, ...] = ("name", "paragraphs", "-paragraphs")
"""By what a list of names may be sorted; with a minus those found most often first."""


class NameForm(NamedTuple):
    """One way to write a name. `lang` is the language of its script, None for other scripts.

    `cased`: it counts only as it is written; `ambiguous`: it finds only itself, as it has other
    meanings; `own`: only the library's file has it. So many `paragraphs` have it, in any of its
    cases; None where that was not counted.
    """

    form: str
    lang: Literal["en", "ru", "zh"] | None
    kind: NameFormKind = "form"
    cased: bool = False
    ambiguous: bool = False
    own: bool = False
    paragraphs: int | None = None


class NameGroup(NamedTuple):
    """The forms of a name, and how many paragraphs of how many documents a search for it finds."""

    name: str
    origin: NameOrigin
    person: bool
    patronymic: str
    forms: tuple[NameForm, ...]
    paragraphs: int
    documents: int

    def languages(self) -> Iterator[tuple[str | None, Sequence[NameForm]]]:
        """The forms by language, English first, other scripts last; each may have none."""
        for lang in LANGUAGES:
            yield lang, [one for one in self.forms if one.lang == lang]


class NamePage(tuple[NameGroup, ...]):
    """The groups of one page of a list.

    `total` is how many the list has, `offset` how many of them stand before the page, and `limit`
    how many were asked for (None: all). `meant`: the name that is written like what nothing has.
    """

    total: int
    offset: int
    limit: int | None
    meant: str | None

    def __new__(
        cls,
        groups: Iterable[NameGroup],
        total: int,
        offset: int = 0,
        limit: int | None = None,
        meant: str | None = None,
    ) -> NamePage:
        page = super().__new__(cls, groups)
        page.total, page.offset, page.limit, page.meant = total, offset, limit, meant
        return page
