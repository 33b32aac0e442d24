"""What words of a command line name: a hit of the last search, a path as it was printed, an id."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from sinorus.errors import UnknownIdError

if TYPE_CHECKING:
    from sinorus.cli.app import App
    from sinorus.cli.options import Sets
    from sinorus.cli.remembered import Remembered
    from sinorus.library import Library
    from sinorus.library.showing import Part, Selection
    from sinorus.model import Check

_NUMBERS = re.compile(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?")
"""`3`, and `3-5` for several: what no zero begins."""
_BEHIND_PATH = re.compile(r"(?P<path>.+?)(?P<rest>#\d[\w@-]*|:\d+)?(?::\d*)?", re.S)
_WILD = re.compile(r"[*?\[]")
_MOST = 1_000
"""Hits that a range may name."""


class Named:
    """Reads what a user wrote where an id is wanted.

    A whole id of a document comes before the number of a hit, and that before the end of an id.
    """

    def __init__(self, app: App, library: Library) -> None:
        self._app, self._library = app, library
        self._root = os.path.abspath(library.root)

    @cached_property
    def _remembered(self) -> Remembered | None:
        from sinorus.cli.remembered import remembered

        return remembered()

    def ids(self, words: Iterable[str]) -> Iterator[str]:
        """The ids that words name, with those of standard input in the place of `-`.

        Raises UnknownIdError for the number of no hit.
        """
        from sinorus.cli.streams import lines_piped_in

        for word in words:
            if word == "-":
                lines = lines_piped_in("reads ids from standard input")
                yield from map(self.located, self._library.ids_in(lines))
            elif hits := self.hits(word):
                yield from hits
            else:
                yield self.located(word)

    def chosen(self, given: Sets) -> tuple[list[str], bool]:
        """The ids that words and sets of marks name, and whether all marks are as they were marked.

        Of the marks it is said which are not. Raises SinorusError for a set that there is not.
        """
        from sinorus.render.marks import became

        ids = list(self.ids(given.ids))
        sets = self._library.marks.find(*given.sets) if given.sets else []
        for mark in (mark for one in sets for mark in one.marks):
            if told := became(mark):
                self._app.notice(f"{told} (set {mark.mark.set!r}, {mark.n})")
            if mark.id:
                ids.append(mark.id)
        return ids, all(one.sound for one in sets)

    def pair(self, words: tuple[str, str]) -> tuple[str, str]:
        """Two words of `compare` as ids, if they name two texts; else as they are: a query.

        A number is a hit only beside another or beside an id, and only one that was printed.
        """
        there = self._remembered
        is_hit = [
            _NUMBERS.fullmatch(word) is not None
            and "-" not in word
            and there is not None
            and there.hit(int(word)) is not None
            for word in words
        ]
        located = [self.located(word) for word in words]
        for one, other in ((0, 1), (1, 0)):
            if is_hit[one] and (is_hit[other] or self._is_text(located[other])):
                located[one] = next(iter(self.hits(words[one])), words[one])
        return located[0], located[1]

    def _is_text(self, word: str) -> bool:
        if re.search(r".#\d", word):
            return True
        try:
            return self._library.document_id(word) is not None
        except UnknownIdError:  # any of several
            return True

    def documents(self, words: Iterable[str]) -> Iterator[str]:
        """What words name where documents are wanted: of a hit it is the one that has it."""
        for word in words:
            hits = self.hits(word)
            yield from dict.fromkeys(hit.rpartition("#")[0] for hit in hits)
            if not hits:
                yield self.located(word)

    def filters(self, given: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
        """Filters with what their words name: documents for `source`, paths of the library."""
        found = dict(given)
        for name, words in given.items():
            if name in ("source", "not_source"):
                found[name] = list(self.documents(words))
            elif name in ("path", "not_path"):
                found[name] = [self.pattern(word) for word in words]
        return found

    def hits(self, word: str) -> list[str]:
        """The ids of the hits that a number or a range of numbers names; empty for other words.

        One that is not as it was printed has its hash, by which it is found. Raises UnknownIdError
        for what names none, and is no other name either.
        """
        match = _NUMBERS.fullmatch(word)
        if match is None:
            return []
        first, last = int(match[1]), int(match[2] or match[1])
        there = self._remembered
        known = there is not None and all(map(there.hit, {first, last}))
        if self._library.document_id(word, whole=True):
            if known and there is not None and (hit := there.hit(first)):
                self._app.notice(f"{word} is the document of that id; hit {first} is {hit[0]}")
            return []
        if first > last or last - first >= _MOST:
            return []
        if there is None or not known:
            if self._library.document_id(word):
                return []
            raise _no_hit(word, there)
        if there.library != os.path.realpath(self._root):
            raise UnknownIdError(
                f"{word} is a hit of another library, {there.library}",
                "search in this one first, or write the id",
            )
        return [self._checked(*hit) for n in range(first, last + 1) if (hit := there.hit(n))]

    def _checked(self, paragraph: str, text_hash: str) -> str:
        same = self._library.is_same(paragraph, text_hash)
        return paragraph if same else f"{paragraph}@{text_hash}"

    def located(self, word: str) -> str:
        """A path as it is reached from the current folder, perhaps with a paragraph or a line, as
        the library has it; any other word as it is.
        """
        if os.path.isfile(word):
            return self._below_root(word) or word
        match = _BEHIND_PATH.fullmatch(word)
        if match is None:
            return word
        path, rest = match["path"], match["rest"] or ""
        if not _leads_elsewhere(path) and not os.path.isfile(path):
            return word
        below = self._below_root(path)
        return f"{below}{rest}" if below else word

    def pattern(self, word: str) -> str:
        """The same for a path or a glob, which is meant from here where its first part is here."""
        below = self._from_here(word)
        return word if below is None else below or "*"

    def folder(self, word: str) -> str:
        """The same for a folder of the library."""
        return self._from_here(word) or word

    def _from_here(self, word: str) -> str | None:
        """The path below the library of one that is meant from the current folder; else None."""
        first = word.partition("/")[0]
        here = first and not _WILD.search(first) and os.path.lexists(first)
        return self._below_root(word) if here or _leads_elsewhere(word) else None

    def _below_root(self, path: str) -> str | None:
        """The path below the library; empty of its own folder, None of what is not below it."""
        try:
            whole = os.path.normpath(os.path.join(os.getcwd(), path))
        except FileNotFoundError:  # the current folder is gone
            return None
        for root in (self._root, os.path.realpath(self._root)):
            if whole == root:
                return ""
            if whole.startswith(root.rstrip("/") + "/"):
                return whole[len(root.rstrip("/")) + 1 :]
        return None


def tell_changed(app: App, parts: Iterable[Part]) -> None:
    """Says which paragraphs are not where, or as, they were when their hash was noted."""
    for part in parts:
        now = f"{part.document.id if part.elsewhere else ''}#{part.first}"
        tell_check(app, part.asked, part.check, now, part.hash)


def tell_missing(app: App, chosen: Selection) -> None:
    """Says which ids name nothing, beside those that do."""
    for fault in chosen.missing:
        app.notice("; ".join(filter(None, (fault.message, fault.hint))), fault.reason)


def tell_check(app: App, asked: str, check: Check | None, now: str, text_hash: str) -> None:
    """Says what became of one paragraph: that it is at `now`, or what hash it has there."""
    if check == "moved":
        app.notice(f"{asked}: moved, now {now}")
    elif check == "changed":
        where = "" if re.search(rf"{re.escape(now)}\b", asked) else now
        app.notice(f"{asked}: the text has changed since (now {where}@{text_hash})")


def _leads_elsewhere(path: str) -> bool:
    """Whether a path is written as no path of a library is: from the root, from here, upwards."""
    return path.startswith(("/", "./", "../")) or path in (".", "..")


def _no_hit(word: str, there: Remembered | None) -> UnknownIdError:
    if there is None:
        return UnknownIdError(
            f"there is no document {word!r}, and no search has printed hits in this terminal",
            "numbers are those of the last search here; else write an id",
        )
    printed = f"{there.first} to {there.last}" if there.last > there.first else f"{there.first}"
    return UnknownIdError(
        f"there is no hit {word}: the last search in this terminal printed {printed}",
        "search again with -n for more",
    )
