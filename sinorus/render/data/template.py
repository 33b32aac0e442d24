r"""Lines after the user's own pattern: `template:{id}\t{title}`.

The pattern is taken apart here and not by str.format, whose `{a.b}` reaches into objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from sinorus.errors import SinorusError
from sinorus.model import Document, SearchResult
from sinorus.render import view
from sinorus.render.data import csv as as_csv
from sinorus.render.look import Look
from sinorus.render.view import Record
from sinorus.render.visible import cell, harmless, one_line, truncated

_TOKEN = re.compile(r"\\(?P<escape>.?)|\{\{|\}\}|\{(?P<field>[^{}]*)\}|(?P<stray>[{}])", re.DOTALL)
_ESCAPES = {"t": "\t", "n": "\n", "0": "\0", "\\": "\\"}
_MADE = ("year", "line1")
Part = tuple[bool, str]
"""A piece of a pattern: whether it is a field, and its name or its text."""


def search(pattern: str) -> Callable[[SearchResult, Look], Iterator[str]]:
    """A renderer of hits after the pattern; SinorusError if it cannot be read."""
    parts = _parsed(pattern, (*as_csv.SEARCH, *_MADE))

    def rendered(result: SearchResult, look: Look) -> Iterator[str]:
        for hit in result.hits:
            record = view.search_record(hit) | {"query": result.query}
            record |= {"line1": truncated(one_line(hit.paragraph.text), 80)}
            yield _filled(parts, record, hit.document, look)

    return rendered


def sources(pattern: str) -> Callable[[Sequence[Document], Look], Iterator[str]]:
    """A renderer of documents after the pattern; SinorusError if it cannot be read."""
    parts = _parsed(pattern, (*as_csv.SOURCES, "year"))

    def rendered(documents: Sequence[Document], look: Look) -> Iterator[str]:
        for document in documents:
            yield _filled(parts, view.document_record(document), document, look)

    return rendered


def _filled(parts: Sequence[Part], record: Record, document: Document, look: Look) -> str:
    record |= {"year": document.year, "path": look.paths(document.path)}
    text = "".join(cell(part, record[part]) if field else part for field, part in parts)
    return text if text.endswith(("\n", "\0")) else text + "\n"


def _parsed(pattern: str, fields: Sequence[str]) -> list[Part]:
    if not pattern:
        raise SinorusError("the template is empty", r"write for example template:{id}\t{title}")
    parts: list[Part] = []
    at = 0
    for token in _TOKEN.finditer(pattern):
        parts.append((False, _harmless_lines(pattern[at : token.start()])))
        at = token.end()
        if token["stray"]:
            raise SinorusError(
                f"there is a single {token['stray']!r} in the template",
                "write {{ or }} for a brace",
            )
        if token["escape"] is not None:
            parts.append((False, _escape(token["escape"])))
        elif token["field"] is not None:
            parts.append((True, _field(token["field"], fields)))
        else:
            parts.append((False, token[0][0]))
    return [*parts, (False, _harmless_lines(pattern[at:]))]


def _harmless_lines(text: str) -> str:
    """What stands between the fields, as the user typed it: tabs and newlines are meant."""
    return re.sub(r"[^\t\n]+", lambda run: harmless(run[0]), text)


def _escape(letter: str) -> str:
    if letter not in _ESCAPES:
        raise SinorusError(
            f"the template has an unknown escape \\{harmless(letter)}",
            r"it knows \t, \n, \0, and \\ for a backslash",
        )
    return _ESCAPES[letter]


def _field(name: str, fields: Sequence[str]) -> str:
    if name in fields:
        return name
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), fields, 1, 0.5)
    hint = f"did you mean {{{near[0]}}}? " if near else ""
    raise SinorusError(
        f"the template has no field {harmless(name)!r}", f"{hint}It knows {', '.join(fields)}"
    )
