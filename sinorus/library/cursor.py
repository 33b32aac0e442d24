"""What stands in a draft where somebody's cursor is: a citation, an id, a quotation, a sentence.

Only the paragraph around it is read, so that an answer does not wait for the length of a draft.
Offsets count code points into the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sinorus.citation.drafts.draft import Cited, Draft
from sinorus.citation.mending import Change
from sinorus.citation.sentences import sentences
from sinorus.citation.words import harmless
from sinorus.engines.port import Engine
from sinorus.errors import UnknownIdError
from sinorus.library.checking import Known, check
from sinorus.library.ids import Ids, ids_in_prose
from sinorus.model import Document, IndexState
from sinorus.model.checking import CheckReport, Finding

_EMPTY = re.compile(r"\n[ \t]*\n")
_READ = 20_000
"""Characters of a paragraph on each side that are read."""
_WORDS = 30
"""Words of a sentence that are looked for, the last ones."""
_BEHIND = re.compile(
    r"[>\s,})]*(?:supplement:\s*\[)?\s*(?:paras?\.|абз\.)[~\s]?(?P<n>\d{1,9}(?:\s?[-–]{1,2}\s?\d{1,9})?)"
)
_BEFORE = re.compile(
    r"\[(?:paras?\.|абз\.)[~\s]?(?P<n>\d{1,9}(?:\s?[-–]{1,2}\s?\d{1,9})?)\]\s?\{[^{}]*\Z"
)


class Standing(NamedTuple):
    """What a draft names from `start` to `end`: a citation key, or a paragraph by its id.

    `id` is what every command takes; of a key it is the document, or the paragraph that the
    locator beside it says. None: nothing in the library is called so.
    """

    start: int
    end: int
    written: str
    id: str | None
    key: str = ""


class Mendings(NamedTuple):
    """A report on a draft, and for each of its findings what would mend it, perhaps nothing."""

    report: CheckReport
    changes: tuple[tuple[Change, ...], ...]


class _Around(NamedTuple):
    """A paragraph of a draft and where it begins in it."""

    text: str
    start: int


def _around(text: str, offset: int) -> _Around:
    low = max(0, offset - _READ)
    before = [match.end() for match in _EMPTY.finditer(text, low, offset)]
    start = before[-1] if before else low
    behind = _EMPTY.search(text, offset, offset + _READ)
    end = behind.start() if behind else min(len(text), offset + _READ)
    return _Around(text[start:end], start)


def standing_at(
    engine: Engine, keys: Mapping[str, Document], text: str, offset: int, kind: str
) -> Standing | None:
    """The citation key or the id at an offset of a draft; None if neither stands there."""
    around = _around(text, offset)
    at = offset - around.start
    for cited in Draft(around.text, kind).cited:
        start = cited.start - (around.text[cited.start - 1 : cited.start] == "@")
        if start <= at <= cited.end:
            name = _keyed(keys, around.text, cited) if cited.key else cited.written
            place = (around.start + start, around.start + cited.end)
            return Standing(*place, cited.written, name, cited.key)
    line = around.text.rfind("\n", 0, at) + 1
    end = around.text.find("\n", at)
    ids = Ids(engine)
    for start, name in ids_in_prose(around.text[line : end if end >= 0 else None]):
        if start <= at - line <= start + len(name):
            first = around.start + line + start
            return Standing(first, first + len(name), name, name if _is_there(ids, name) else None)
    return None


def _is_there(ids: Ids, name: str) -> bool:
    try:
        return ids.known(name.rpartition("#")[0]) is not None
    except UnknownIdError:  # it may be any of several
        return False


def _keyed(keys: Mapping[str, Document], text: str, cited: Cited) -> str | None:
    """The document of a key, or its paragraphs that a locator names."""
    document = keys.get(cited.key)
    if document is None:
        return None
    beside = _BEHIND.match(text, cited.end) or _BEFORE.search(text, 0, cited.start)
    if beside is None:
        return document.id
    first, _, last = re.sub(r"\s", "", beside["n"]).replace("–", "-").partition("-")
    last = last.lstrip("-") or first
    if not 1 <= int(first) <= int(last) <= document.paragraphs:
        return document.id
    return f"{document.id}#{first}" + (f"-{last}" if last != first else "")


def quoted_at(known: Known, text: str, offset: int, kind: str, state: IndexState) -> Finding | None:
    """What became of the quotation at an offset of a draft, looked up alone; None if there is none.

    Its lines count from the beginning of its paragraph.
    """
    around = _around(text, offset)
    for one in check(known, Draft(around.text, kind), "-", state, 0).findings:
        start, end = (
            _offset(around.text, *place)
            for place in ((one.line, one.column), (one.end_line, one.end_column))
        )
        if one.kind == "quotation" and start - 1 <= offset - around.start <= end + 1:
            return one
    return None


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at + column - 1


def sentence_before(text: str, offset: int, kind: str) -> str:
    """The words of the sentence that a draft has before an offset, without markup, in one line."""
    around = _around(text, offset)
    blocks = Draft(around.text[: offset - around.start], kind).blocks
    prose = harmless(" ".join(blocks[-1].prose.text.split())) if blocks else ""
    found = sentences(prose)
    start, end = found[-1] if found else (0, 0)
    return " ".join(prose[start:end].split()[-_WORDS:])
