"""Results as text: one small function a command and format, found by name.

A renderer is pure. It reads no file and no environment and writes nothing; it yields text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from sinorus.errors import SinorusError
from sinorus.render.look import Look

if TYPE_CHECKING:
    from sinorus.model import (
        CheckReport,
        Comparison,
        Lacking,
        SearchResult,
        Shown,
        SourcePage,
        Status,
        TextComparison,
    )
    from sinorus.model.citation import Quotation
    from sinorus.model.marks import MarkSet
    from sinorus.model.names import NamePage

__all__ = ["FORMATS", "Look", "Renderer", "check_keys", "formats", "renderer", "schema_names"]

Value = TypeVar("Value")
Renderer = Callable[[Value, Look], Iterator[str]]
"""From a result and a look to chunks of text that are written one after the other."""

# Modules are named here and imported when asked for: rich alone takes longer than a search.
FORMATS: dict[str, dict[str, str]] = {
    "search": {
        "rich": "terminal.hits.search",
        "plain": "plain.hits.search",
        "json": "data.json.search",
        "jsonl": "data.json.search_lines",
        "csv": "data.csv.search",
        "tsv": "data.csv.search_tabs",
        "markdown": "markdown.hits.search",
        "vimgrep": "plain.hits.vimgrep",
        "template": "data.template.search",
        "kwic": "terminal.kwic.kwic",
        "only-matching": "plain.hits.only_matching",
    },
    "compare": {
        "rich": "terminal.comparison.compare",
        "plain": "plain.comparison.compare",
        "markdown": "markdown.comparison.compare",
        "json": "data.comparison.compare",
        "jsonl": "data.comparison.compare_lines",
        "csv": "data.comparison.compare_table",
        "tsv": "data.comparison.compare_tabs",
    },
    "compare-texts": {
        "rich": "terminal.comparison.compare_texts",
        "plain": "plain.comparison.compare_texts",
        "markdown": "markdown.comparison.compare_texts",
        "json": "data.comparison.compare_texts",
        "jsonl": "data.comparison.compare_texts_lines",
        "csv": "data.comparison.compare_texts_table",
        "tsv": "data.comparison.compare_texts_tabs",
    },
    "show": {
        "rich": "terminal.hits.show",
        "plain": "plain.hits.show",
        "json": "data.json.show",
        "jsonl": "data.json.show_lines",
        "csv": "data.csv.show",
        "tsv": "data.csv.show_tabs",
        "markdown": "markdown.hits.show",
        "vimgrep": "plain.hits.show_places",
        "template": "data.template.show",
    },
    "quote": {
        "plain": "plain.citation.quote",
        "json": "data.citation.quote",
        "jsonl": "data.citation.quote_lines",
    },
    "sources": {
        "rich": "terminal.sources.sources",
        "plain": "plain.library.sources",
        "json": "data.json.sources",
        "jsonl": "data.json.sources_lines",
        "csv": "data.csv.sources",
        "tsv": "data.csv.sources_tabs",
        "markdown": "markdown.hits.sources",
        "vimgrep": "plain.library.sources_lines",
        "template": "data.template.sources",
    },
    "lacking": {
        "plain": "plain.library.lacking",
        "vimgrep": "plain.library.lacking_lines",
    },
    "status": {
        "rich": "terminal.state.status",
        "plain": "plain.library.status",
        "json": "data.json.status",
    },
}
FORMATS["check"] = {
    "rich": "terminal.checking.check",
    "plain": "plain.checking.check",
    "json": "data.checking.check",
    "jsonl": "data.checking.check_lines",
    "vimgrep": "plain.checking.vimgrep",
    "github": "plain.checking.github",
}
FORMATS["marks"] = {
    "rich": "terminal.marks.marks",
    "plain": "plain.marks.marks",
    "json": "data.marks.marks",
    "jsonl": "data.marks.mark_lines",
    "markdown": "markdown.marks.marks",
    "vimgrep": "plain.marks.places",
}
FORMATS["mark-sets"] = FORMATS["marks"] | {
    "rich": "terminal.marks.sets",
    "plain": "plain.marks.sets",
}
FORMATS["names"] = {
    "rich": "terminal.names.names",
    "plain": "plain.library.names",
    "json": "data.names.names",
    "jsonl": "data.names.name_lines",
    "csv": "data.names.names_table",
    "tsv": "data.names.names_tabs",
    "markdown": "markdown.names.names",
    "template": "data.template.names",
}
FORMATS["searches"] = FORMATS["search"] | {
    "json": "data.json.searches",
    "csv": "data.csv.searches",
    "tsv": "data.csv.searches_tabs",
}
"""The renderers of each command as `module.function` below this package."""


def formats(command: str) -> tuple[str, ...]:
    """The formats of a command, in the order in which messages list them."""
    return tuple(FORMATS[command])


@overload
def renderer(command: Literal["search"], name: str) -> Renderer[SearchResult]: ...
@overload
def renderer(command: Literal["searches"], name: str) -> Renderer[Iterable[SearchResult]]: ...
@overload
def renderer(command: Literal["compare"], name: str) -> Renderer[Comparison]: ...
@overload
def renderer(command: Literal["compare-texts"], name: str) -> Renderer[TextComparison]: ...
@overload
def renderer(command: Literal["show"], name: str) -> Renderer[Sequence[Shown]]: ...
@overload
def renderer(command: Literal["quote"], name: str) -> Renderer[Sequence[Quotation]]: ...
@overload
def renderer(command: Literal["sources"], name: str) -> Renderer[SourcePage]: ...
@overload
def renderer(command: Literal["lacking"], name: str) -> Renderer[Sequence[Lacking]]: ...
@overload
def renderer(command: Literal["names"], name: str) -> Renderer[NamePage]: ...
@overload
def renderer(command: Literal["check"], name: str) -> Renderer[Sequence[CheckReport]]: ...
@overload
def renderer(command: Literal["marks", "mark-sets"], name: str) -> Renderer[Sequence[MarkSet]]: ...
@overload
def renderer(command: Literal["status"], name: str) -> Renderer[Status]: ...
def renderer(command: str, name: str) -> Renderer[Any]:
    """The renderer of a format, `name` as the user gave it (`json`, `template:{id}`).

    Raises SinorusError for a format that the command does not have, and for a bad template; so
    a command asks for its renderer before it does anything.
    """
    kind, colon, argument = name.partition(":")
    if kind not in FORMATS[command] or (colon and kind != "template"):
        raise _unknown(command, name)
    module, _, function = FORMATS[command][kind].rpartition(".")
    found = getattr(import_module(f"sinorus.render.{module}"), function)
    if kind == "template":
        found = found(argument)
    if command == "searches" and FORMATS[command][kind] == FORMATS["search"][kind]:
        found = _one_by_one(found)

    def encodable(value: Any, look: Look) -> Iterator[str]:
        for chunk in found(value, look):
            yield chunk.encode(look.encoding, "backslashreplace").decode(look.encoding)

    return encodable


def check_keys(command: str, name: str, keys: Callable[[], Collection[str]]) -> None:
    """Raises SinorusError for a template that names a field which neither the command nor any
    document has; `keys` gives those of the documents, and is called where it matters.
    """
    kind, _, pattern = name.partition(":")
    if kind == "template":
        from sinorus.render.data.template import check

        check(pattern, command, keys)


def schema_names() -> tuple[str, ...]:
    """The JSON documents that have a schema in `schemas/NAME.json`, as `sinorus.NAME/VERSION`."""
    return (
        *("search", "searches", "show", "compare", "compare-texts", "quote", "sources", "status"),
        *("check", "marks", "names"),
    )


def _one_by_one(render: Renderer[SearchResult]) -> Renderer[Iterable[SearchResult]]:
    """The answers to many queries by the renderer of one; every record then names its query."""

    def rendered(results: Iterable[SearchResult], look: Look) -> Iterator[str]:
        from dataclasses import replace

        batch = replace(look, batch=True)
        for result in results:
            yield from render(result, batch)

    return rendered


def _unknown(command: str, name: str) -> SinorusError:
    from difflib import get_close_matches

    from sinorus.render.visible import harmless

    known = formats(command)
    near = get_close_matches(name.partition(":")[0].lower(), known, 1, 0.5)
    spoken = {"searches": "search", "compare-texts": "compare", "mark-sets": "marks"}.get(
        command, command
    )
    hint = f"did you mean {near[0]}? " if near else ""
    listed = ", ".join(
        "template:…" if known_name == "template" else known_name for known_name in known
    )
    return SinorusError(f"{spoken} has no format {harmless(name)!r}", f"{hint}It knows {listed}")
