"""The terms that a library's words are asked by: the program's, its own, and a dictionary."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sinorus.files import Tree
from sinorus.library.compiled import keep_compiled, read_compiled
from sinorus.library.location import own_file
from sinorus.text.stems import learn
from sinorus.text.term_table import entry_of, own_terms
from sinorus.text.terms import ALSO, BEGINS, FORMAT, Forms, Terms
from sinorus.text.tokens import FINGERPRINT

if TYPE_CHECKING:
    from sinorus.model import Progress

FILE = "terms.toml"
_LARGEST = 1 << 24
"""Bytes that a file of terms may have, written or compiled."""
_CACHE = "terms.json"
"""A line of JSON: stamps of what it was made from; then keys and entries as in `Compiled`."""


def load_terms(
    tree: Tree, index: str, *, dictionary: bool, make: Callable[[Progress], None] | None = None
) -> Terms:
    """The terms of the program and of the library's own file, and what only a dictionary knows.

    Raises ConfigError for a broken file. What is compiled of the library's file is kept in the
    folder `index` where that is there and can be written. A `dictionary` that is installed and was
    never read is read now if somebody hears of it (`make`): that takes ten seconds, once.
    """
    known = _with_library(tree, index, own_terms())
    if not dictionary:
        return known
    from sinorus.text import dictionary as installed

    def step(done: int, total: int) -> None:
        if make is not None:
            from sinorus.model import Progress

            make(Progress(done, total, done, total, "reading CC-CEDICT, once:", "steps"))

    words = installed.dictionary(make=None if make is None else step)
    return known if words is None else WithDictionary(known, words)


class WithDictionary(Terms):
    """Terms, and for words that are none the dictionary, whose numbers are below 0."""

    def __init__(self, terms: Terms, words: Terms) -> None:
        self._terms, self._words = terms, words

    def place(self, key: str) -> Sequence[int] | None:
        known = self._terms.place(key)
        if key.startswith(BEGINS):
            return [max(*(known or [0]), *(self._words.place(key) or [0]))]
        return known or [-1 - one for one in self._words.place(key) or ()] or None

    def forms(self, concept: int) -> Forms:
        return self._words.forms(-1 - concept) if concept < 0 else self._terms.forms(concept)

    def source(self, concept: int) -> str:
        return "dictionary" if concept < 0 else "terms"


def _with_library(tree: Tree, index: str, base: Terms) -> Terms:
    """The terms with those of the library's own file, if it has one."""
    content = own_file(tree, FILE, _LARGEST)
    if content is None:
        return base
    stamp = [FINGERPRINT, FORMAT, len(content), zlib.crc32(content), base.stamp]
    kept: list[Any] | None = None
    if (body := read_compiled(tree, index, _CACHE, stamp, _LARGEST)) is not None:
        with suppress(ValueError, RecursionError):
            kept = json.loads(body)
    if kept is None:
        from sinorus.text.term_files import read_concepts
        from sinorus.text.terms import compile_terms

        source = os.path.join(tree.root, FILE)  # noqa: PTH118
        concepts = read_concepts(content.decode("utf-8-sig", "replace"), source)
        compiled = compile_terms(concepts, base)
        entries = [entry_of(forms) for forms in compiled.entries]
        kept = [compiled.keys, entries, [*compiled.instead.items()]]
        dumped = json.dumps(kept, separators=(",", ":"), ensure_ascii=False)
        keep_compiled(tree, index, _CACHE, stamp, dumped.encode())
    return LibraryTerms(base, *kept)


class LibraryTerms(Terms):
    """The terms of a library beside those of the program, whose numbers follow on its own."""

    def __init__(
        self,
        base: Terms,
        keys: Mapping[str, Sequence[int]],
        entries: Sequence[tuple[Forms, dict[str, str]]],
        instead: Sequence[tuple[int, int]],
    ) -> None:
        self._base, self._keys, self._entries = base, keys, entries
        self._instead = dict(instead)

    def place(self, key: str) -> Sequence[int] | None:
        own, others = self._keys.get(key), self._base.place(key)
        if key.startswith(BEGINS):
            return [max(*(own or [0]), *(others or [0]))]
        if own is not None and ALSO not in own:
            return own
        size = len(self._entries)
        found = [one for one in own or () if one != ALSO]
        found += [self._instead.get(one, size + one) for one in others or ()]
        return found or None

    def forms(self, concept: int) -> Forms:
        if concept >= len(self._entries):
            return self._base.forms(concept - len(self._entries))
        forms, stems = self._entries[concept]
        learn(stems)
        return forms
