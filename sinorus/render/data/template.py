r"""Lines after the user's own pattern: `template:{id}\t{author}[, {date}]`.

The pattern is taken apart here and not by str.format, whose `{a.b}` reaches into objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from sinorus.errors import SinorusError
from sinorus.model import Document, SearchResult, Shown
from sinorus.model.names import NamePage
from sinorus.render import view
from sinorus.render.data import csv as as_csv
from sinorus.render.data import names as as_names
from sinorus.render.look import Look
from sinorus.render.names import row
from sinorus.render.view import Record
from sinorus.render.visible import cell, harmless, one_line, truncated

_TOKEN = re.compile(
    r"\\(?P<escape>.?)|\{\{|\}\}|\{(?P<field>[^{}]*)\}|(?P<bracket>[\[\]])|(?P<stray>[{}])",
    re.DOTALL,
)
_ESCAPES = {"t": "\t", "n": "\n", "0": "\0", "\\": "\\", "[": "[", "]": "]"}
_ALWAYS_EMPTY = {
    "search": ("missing",),  # what lacks a word of the query is in no template
    "show": ("missing", "before", "after"),
    "sources": (),
    "names": (),
}
FIELDS = {
    command: tuple(name for name in (*columns, *made) if name not in _ALWAYS_EMPTY[command])
    for command, columns, made in (
        ("search", as_csv.SEARCH, ("year", "line1")),
        ("show", as_csv.SHOW, ("year", "line1")),
        ("sources", as_csv.SOURCES, ("year",)),
        ("names", as_names.COLUMNS, ()),
    )
}
"""The fields that the templates of a command have in every library."""


class Step(NamedTuple):
    """A piece of a pattern: a text, a field by its name, or an end of an optional part."""

    kind: Literal["text", "field", "open", "close"]
    value: str = ""


def search(pattern: str) -> Callable[[SearchResult, Look], Iterator[str]]:
    """A renderer of hits after the pattern; SinorusError if it cannot be read."""
    steps = _parsed(pattern)

    def rendered(result: SearchResult, look: Look) -> Iterator[str]:
        for hit in result.hits:
            record = view.search_record(hit) | {"query": result.query}
            record |= {"line1": truncated(one_line(hit.paragraph.text), 80)}
            yield _line(steps, record, hit.document, look)

    return rendered


def show(pattern: str) -> Callable[[Sequence[Shown], Look], Iterator[str]]:
    """A renderer of paragraphs after the pattern; SinorusError if it cannot be read."""
    steps = _parsed(pattern)

    def rendered(shown: Sequence[Shown], look: Look) -> Iterator[str]:
        for one in shown:
            record = view.shown_record(one)
            record |= {"line1": truncated(one_line(one.paragraph.text), 80)}
            yield _line(steps, record, one.document, look)

    return rendered


def sources(pattern: str) -> Callable[[Sequence[Document], Look], Iterator[str]]:
    """A renderer of documents after the pattern; SinorusError if it cannot be read."""
    steps = _parsed(pattern)

    def rendered(documents: Sequence[Document], look: Look) -> Iterator[str]:
        for document in documents:
            yield _line(steps, view.document_record(document), document, look)

    return rendered


def names(pattern: str) -> Callable[[NamePage, Look], Iterator[str]]:
    """A renderer of groups of names after the pattern; SinorusError if it cannot be read."""
    steps = _parsed(pattern)

    def rendered(page: NamePage, look: Look) -> Iterator[str]:
        return (_ended(_filled(steps, row(group))) for group in page)

    return rendered


def check(pattern: str, command: str, keys: Callable[[], Collection[str]]) -> None:
    """Raises SinorusError for a field that the command does not have and that is no key of a
    document either. The `keys` are asked for where the pattern has one that is not of `FIELDS`.
    """
    fields = FIELDS[command]
    others = [step.value for step in _parsed(pattern) if step.kind == "field"]
    others = [name for name in others if name not in fields]
    if not others:
        return
    own = keys()
    for name in others:
        if name not in own:
            beside = "" if command == "names" else ", and the keys of the library's documents"
            raise _unknown(name, fields, own, beside)


def _unknown(name: str, fields: Sequence[str], own: Collection[str], beside: str) -> SinorusError:
    from difflib import get_close_matches

    known = {one.casefold(): one for one in (*own, *fields)}
    near = get_close_matches(name.casefold()[:100], known, 1, 0.5)
    hint = f"did you mean {{{harmless(known[near[0]])}}}? " if near else ""
    return SinorusError(
        f"the template has no field {harmless(name)!r}",
        f"{hint}It knows {', '.join(fields)}{beside}",
    )


def _line(steps: Sequence[Step], record: Record, document: Document, look: Look) -> str:
    record |= {"year": document.year, "path": look.paths(document.path)}
    for name, value in document.extra.items():
        record.setdefault(name, value if isinstance(value, str) else list(value))
    return _ended(_filled(steps, record))


def _ended(text: str) -> str:
    """A line with its end, unless the pattern has one."""
    return text if text.endswith(("\n", "\0")) else text + "\n"


class _Part:
    """An optional part that is being filled; the whole pattern is one that always stays."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.fields = self.lacks = self.holds = False

    @property
    def stays(self) -> bool:
        """None of its own fields lacks a value; one without fields has a part that stays."""
        return not self.lacks and (self.fields or self.holds)


def _filled(steps: Sequence[Step], record: Record) -> str:
    parts = [_Part()]
    for kind, value in steps:
        now = parts[-1]
        if kind == "text":
            now.text.append(value)
        elif kind == "field":
            found = cell(value, record.get(value))
            now.fields, now.lacks = True, now.lacks or not found.strip()
            now.text.append(found)
        elif kind == "open":
            parts.append(_Part())
        elif parts.pop().stays:
            parts[-1].text += now.text
            parts[-1].holds = True
    return "".join(parts[0].text)


def _parsed(pattern: str) -> list[Step]:
    if not pattern:
        raise SinorusError("the template is empty", r"write for example template:{id}\t{title}")
    steps: list[Step] = []
    at = 0
    for token in _TOKEN.finditer(pattern):
        steps.append(Step("text", _harmless_lines(pattern[at : token.start()])))
        at = token.end()
        if token["stray"]:
            raise SinorusError(
                f"there is a single {token['stray']!r} in the template",
                "write {{ or }} for a brace",
            )
        if token["escape"] is not None:
            steps.append(Step("text", _escape(token["escape"])))
        elif token["field"] is not None:
            steps.append(Step("field", token["field"]))
        elif token["bracket"]:
            steps.append(Step("open" if token["bracket"] == "[" else "close"))
        else:
            steps.append(Step("text", token[0][0]))
    steps.append(Step("text", _harmless_lines(pattern[at:])))
    _check_brackets(steps)
    return steps


def _check_brackets(steps: Sequence[Step]) -> None:
    """Raises SinorusError for a bracket alone, and for a part that has no field to depend on."""
    fields: list[bool] = []
    for kind, _ in steps:
        if kind == "open":
            fields.append(False)
        elif kind == "field" and fields:
            fields[-1] = True
        elif kind == "close":
            if not fields:
                raise SinorusError("there is a single ']' in the template", _BRACKETS)
            if not fields.pop():
                raise SinorusError("a part in [ ] of the template has no field", _BRACKETS)
            if fields:
                fields[-1] = True
    if fields:
        raise SinorusError("there is a single '[' in the template", _BRACKETS)


_BRACKETS = r"what is in [ ] is left out where a field in it is empty; write \[ or \] for a bracket"


def _harmless_lines(text: str) -> str:
    """What stands between the fields, as the user typed it: tabs and newlines are meant."""
    return re.sub(r"[^\t\n]+", lambda run: harmless(run[0]), text)


def _escape(letter: str) -> str:
    if letter not in _ESCAPES:
        raise SinorusError(
            f"the template has an unknown escape \\{harmless(letter)}",
            r"it knows \t, \n, \0, \[, \], and \\ for a backslash",
        )
    return _ESCAPES[letter]
