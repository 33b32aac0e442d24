"""Texts in several languages that stand side by side: each is read to its end, then the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

import lxml.html
from lxml import etree

Element: TypeAlias = etree._Element
Row = list[Element]

_LATIN = re.compile("[A-Za-zÀ-ɏ]+")
_CYRILLIC = re.compile("[Ѐ-ӿ]+")
_HAN = re.compile("[\u3400-\u9fff]")
_IDEOGRAPH = 3  # letters that say as much as one ideograph
_SURE = 0.7
"""Share of the letters of a text that are of its script."""
_SENTENCE = 30
"""Letters of a cell, on average, from which on a column is a text and not a list of terms."""
_LONGEST = 20_000  # characters of a cell that its script is told by
_CELLS = ("td", "th")
_BLOCKS = ("div", "section", "article", "td", "p", "li")
_MOST_COLUMNS = 4


def one_after_the_other(tree: lxml.html.HtmlElement) -> None:
    """Moves texts that stand side by side in languages of their own to stand below each other.

    A table, or rows of blocks, whose columns have a script or a `lang` each.
    """
    if not _has_two_scripts(tree):
        return
    for one in [*tree.iter("table")][::-1]:
        rows = [[cell for cell in row if cell.tag in _CELLS] for row in _rows_of(one)]
        if len(rows) > 1:
            _divide(one, rows)
    parents = dict.fromkeys(
        above for one in tree.iter("div", "section") if (above := one.getparent()) is not None
    )
    for parent in [*parents][::-1]:
        rows = [[cell for cell in row if cell.tag in _BLOCKS] for row in parent]
        if len(rows) > 1 and all(
            len(row) == len(cells) for row, cells in zip(parent, rows, strict=True)
        ):
            _divide(parent, rows)


def _has_two_scripts(tree: Element) -> bool:
    if tree.find(".//*[@lang]") is not None:
        return True
    found = [0, 0, 0]
    for text in tree.itertext(
        "p", "div", "td", "th", "span", "font", "li", "h1", "b", "br", "body"
    ):
        for at, count in enumerate(_letters(str(text))):
            found[at] += count
    return sum(count > 100 for count in found) > 1


def _rows_of(table: Element) -> list[Element]:
    found = []
    for one in table:
        if one.tag == "tr":
            found.append(one)
        elif one.tag in ("thead", "tbody", "tfoot"):
            found += [row for row in one if row.tag == "tr"]
    return found


def _letters(text: str) -> tuple[int, int, int]:
    text = text[:_LONGEST]
    latin = sum(map(len, _LATIN.findall(text)))
    cyrillic = sum(map(len, _CYRILLIC.findall(text)))
    return latin, cyrillic, _IDEOGRAPH * len(_HAN.findall(text))


def _divide(one: Element, rows: Sequence[Row]) -> None:
    """Puts the columns of `one` below each other, if each has a language of its own."""
    many = max(map(len, rows))
    if not 1 < many <= _MOST_COLUMNS:
        return
    full = [row for row in rows if len(row) == many]
    if len(full) < 2 or any(cell.get("rowspan") not in (None, "1") for row in full for cell in row):
        return
    columns = list(zip(*full, strict=True))
    languages = [_language_of(column) for column in columns]
    if None in languages or len(set(languages)) != many:
        return
    parts: list[Element] = []
    run: list[Row] = []
    for row in [*rows, []]:
        if len(row) == many:
            run.append(row)
            continue
        parts += [cell for column in zip(*run, strict=True) for cell in column] if run else []
        parts += row
        run = []
    for child in list(one):
        if child.tag != "caption":
            one.remove(child)
    one.tag = "div" if one.tag == "table" else one.tag
    for part in parts:
        part.tag = "div" if part.tag in _CELLS else part.tag
        part.tail = None
        one.append(part)


def _language_of(column: Sequence[Element]) -> str | None:
    """The language or script of a column, None if it has none or is no text."""
    said = {cell.get("lang", "").split("-")[0].lower() for cell in column}
    counts = [_letters("".join(map(str, cell.itertext()))) for cell in column]
    sums = [sum(count[at] for count in counts) for at in range(3)]
    total = sum(sums)
    if total < _SENTENCE * len(column):
        return None
    if len(said) == 1 and (given := str(said.pop())):
        return given
    if max(sums) < _SURE * total:
        return None
    return ("latin", "cyrillic", "han")[sums.index(max(sums))]
