"""Which names a library is searched with, how each is written, and how often it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal

from sinorus.engines.port import Engine, SearchRequest
from sinorus.model.names import NameForm, NameFormKind, NameGroup, NameOrigin, NamePage, NameSort
from sinorus.query.nodes import Node, Positional, Synonyms
from sinorus.query.words import form_node, joined, terms
from sinorus.text.fold import fold_value
from sinorus.text.names import Entry, Names, alternatives_of
from sinorus.text.order import natural_key
from sinorus.text.scripts import CYRILLIC, IDEOGRAPH, LATIN
from sinorus.text.tokens import is_ideograph, tokenize

_BETWEEN = re.compile(r"[\W_]+")
_HAN = re.compile(f"[{IDEOGRAPH}]")
_CYRILLIC = re.compile(f"[{CYRILLIC}]")
_LATIN = re.compile(f"[{LATIN}]")
_FOUND = ("form", "narrower")
"""The kinds of forms by which a search for a name looks."""
_LONGEST = 80
"""Characters of what a name is looked for that is written like it."""


def list_names(
    engine: Engine,
    names: Names,
    words: Sequence[str],
    *,
    sort: NameSort = "name",
    offset: int = 0,
    limit: int | None = None,
    counted: bool = False,
) -> NamePage:
    """A page of the groups that have all the words, those of the page counted in the index.

    Words are folded and count from their beginning, Chinese ones anywhere; or all of them are a
    name as a search reads it: `Путина`, `Д. С. Песков`. With `counted` each form is counted too.
    """
    every = {number: every_form(names.entry(number)) for number in range(len(names))}
    found = list(_having(names, every, words))
    meant = None if found else _meant(every.values(), words)
    found.sort(key=lambda number: natural_key(every[number][0].form))
    if sort != "name":
        often = {number: _found(engine, _node(names, number))[0] for number in found}
        found.sort(key=often.__getitem__, reverse=sort.startswith("-"))
    page = found[offset : None if limit is None else offset + limit]
    groups = [_group(engine, names, number, every[number], counted) for number in page]
    return NamePage(groups, len(found), offset, limit, meant)


def every_form(entry: Entry) -> list[NameForm]:
    """All that a group lists, each once; nothing is counted."""
    first = len(entry.forms) - entry.narrower
    ambiguous, own = {*entry.ambiguous}, {*entry.own}
    listed: Iterable[tuple[Sequence[str], NameFormKind, bool]] = (
        (entry.forms[:first], "form", False),
        (entry.forms[first:], "narrower", False),
        (entry.cased, "form", True),
        (entry.opens, "opens", False),
        (entry.opens_cased, "opens", True),
        (entry.ambiguous, "ambiguous", False),
    )
    found: dict[str, NameForm] = {}
    for forms, kind, cased in listed:
        for form in forms:
            only = form in own or (cased and f"={form}" in own)
            one = NameForm(form, _language(form), kind, cased, form in ambiguous, only)
            found.setdefault(form, one)
    return [*found.values()]


def _having(
    names: Names, every: Mapping[int, Sequence[NameForm]], words: Sequence[str]
) -> Iterator[int]:
    """The groups that have all the words, without those of a file that list nothing."""
    called = _called(names, " ".join(words))
    sought = [_words(word).rstrip() for word in words]
    for number, forms in every.items():
        told = "\n".join([_words(one.form) for one in forms]) if words else ""
        if forms and (number in called or all(_stands(word, told) for word in sought)):
            yield number


def _called(names: Names, text: str) -> set[int]:
    """The groups that a text names, or may name, as a whole."""
    tokens = tokenize(text)
    if not tokens.forms:
        return set()
    written = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    found, candidates = names.meaning(tokens.stems, tokens.forms, written)
    return {*candidates, *([found[0]] if found else [])}


def _words(text: str) -> str:
    """The words of a text with blanks around each."""
    return f" {_BETWEEN.sub(' ', fold_value(text)).strip()} "


def _stands(word: str, told: str) -> bool:
    """Whether a word begins one of those told; what has no letter is in none."""
    bare = word.strip()
    return bool(bare) and (bare if is_ideograph(bare[0]) else word) in told


def _meant(every: Iterable[Sequence[NameForm]], words: Sequence[str]) -> str | None:
    """The form that is written like the words."""
    from difflib import get_close_matches

    known: dict[str, str] = {}
    for one in chain.from_iterable(every):
        known.setdefault(_words(one.form).strip(), one.form)
    sought = _words(" ".join(words)).strip()[:_LONGEST]
    near = get_close_matches(sought, known, 3, 0.7)
    alike = [one for one in near if one[:1] == sought[:1]] or near
    return known[alike[0]] if alike else None


def _group(
    engine: Engine, names: Names, number: int, forms: Sequence[NameForm], counted: bool
) -> NameGroup:
    paragraphs, documents = _found(engine, _node(names, number))
    forms = [
        one._replace(ambiguous=one.ambiguous or len(_called(names, one.form)) > 1)
        if one.kind == "opens"
        else one
        for one in forms
    ]
    if counted:
        forms = [one._replace(paragraphs=_found(engine, _form_node(one))[0]) for one in forms]
    told = [one.own for one in forms]
    origin: NameOrigin = "names.toml" if all(told) else "both" if any(told) else "built-in"
    entry = names.entry(number)
    return NameGroup(
        forms[0].form,
        origin,
        bool(entry.surnames),
        entry.patronymic,
        tuple(forms),
        paragraphs,
        documents,
    )


def _language(form: str) -> Literal["en", "ru", "zh"] | None:
    if _HAN.search(form):
        return "zh"
    if _CYRILLIC.search(form):
        return "ru"
    return "en" if _LATIN.search(form) else None


def _node(names: Names, number: int) -> Node | None:
    """A query for a name in all its forms: what a search for the first of them finds."""
    found = [_form_node(one) for one in every_form(names.entry(number)) if one.kind in _FOUND]
    found += [form_node(ways, form) for form, ways in names.variants(number)]
    parts = tuple(one for one in found if one is not None)
    return Synonyms(parts) if len(parts) > 1 else parts[0] if parts else None


def _form_node(one: NameForm) -> Positional | None:
    """A query for one form, in all its cases or as it is written."""
    if one.cased:
        return joined(terms(one.form, "cased"), run=True)
    return form_node(alternatives_of(one.form), one.form) if tokenize(one.form).forms else None


def _found(engine: Engine, node: Node | None) -> tuple[int, int]:
    """How many paragraphs of how many documents a query finds."""
    if node is None:
        return 0, 0
    page = engine.search(SearchRequest(node, limit=0))
    return page.total, len(page.tally)
